"""Changes one scene of a plan and nothing else."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, get_args

from .. import vocabulary as v
from ..errors import AlbumError
from ..records import AlbumPlan, CastEntry, Character, Scene, SceneObject, parse_record
from .requests import number
from .suggest import unknown
from .when import light_at

_MAX_CAST: Final = 12
_MAX_OBJECTS: Final = 12
Names = str | Sequence[str]


def edit_scene(
    plan: AlbumPlan,
    scene_number: int,
    *,
    title: str = "",
    caption: str = "",
    emotion: str = "",
    mood: str = "",
    camera_shot: str = "",
    camera_angle: str = "",
    time: str | datetime = "",
    lighting: str = "",
    weather: str = "",
    cast_add: Names = (),
    cast_remove: Names = (),
    objects_add: Names = (),
    objects_remove: Names = (),
) -> AlbumPlan:
    """A plan in which one scene is changed as named; "" and empty lists leave things as they are.

    Ids stay, so every other scene keeps its blueprint, seed and photo. When the time changes and the light was what
    the clock made of the old time, the light follows the clock; a light that the story had set stays.

    Args:
        plan: to change; it is not touched itself.
        scene_number: 1-based.
        title: new title.
        caption: new caption.
        emotion: of everybody ("happy"), or by name ("Maya: happy, Tom: tired").
        mood: a `vocabulary.Mood`.
        camera_shot: a `vocabulary.Shot`.
        camera_angle: a `vocabulary.Angle`.
        time: "18:30" keeps the day; "2026-06-14T18:30" or a datetime sets both. Must stay between the neighbours.
        lighting: a `vocabulary.Lighting`.
        weather: a `vocabulary.Weather`.
        cast_add: names or ids, a list or separated by commas or lines. Who is there already stays as they are.
        cast_remove: the same; what the person held stays in the scene, what they did to others goes.
        objects_add: "ball", "3 red balloons", or "other: birdhouse" for what no kind fits.
        objects_remove: ids, kinds or names of things in the scene.

    Raises:
        AlbumError: a number, name or value does not exist (the message lists those that do), the time leaves the
            order of the story, or the scene would hold too much.
    """
    scene = _scene(plan, scene_number)
    data: dict[str, Any] = scene.model_dump()
    data.update({name: text for name, text in (("title", title), ("caption", caption)) if text})
    for name, value, allowed in (
        ("mood", mood, get_args(v.Mood)),
        ("lighting", lighting, v.LIGHTINGS),
        ("weather", weather, v.WEATHERS),
    ):
        if value:
            data[name] = _one_of(name, value, allowed)
    if camera_shot:
        data["camera"]["shot"] = _one_of("camera shot", camera_shot, get_args(v.Shot))
    if camera_angle:
        data["camera"]["angle"] = _one_of("camera angle", camera_angle, get_args(v.Angle))
    if time:
        _move(plan, scene_number, data, time, relight=not lighting)
    _change_cast(plan, scene_number, data, _names(cast_add), _names(cast_remove))
    _change_objects(plan, data, _names(objects_add), _names(objects_remove))
    if emotion:
        _feel(plan, data, emotion)
    edited = parse_record(Scene, data, what=f"edited scene {scene_number}")
    scenes = [edited if other is scene else other for other in plan.scenes]
    return plan.model_copy(update={"scenes": scenes})


def _scene(plan: AlbumPlan, scene_number: int) -> Scene:
    if not isinstance(scene_number, int) or not 1 <= scene_number <= len(plan.scenes):
        raise AlbumError(f"There is no scene {scene_number}: the plan has scenes 1 to {len(plan.scenes)}.")
    return plan.scenes[scene_number - 1]


def _one_of(what: str, value: str, allowed: Sequence[str]) -> str:
    wanted = re.sub(r"[\s-]+", "_", value.strip().lower())
    if wanted not in allowed:
        raise AlbumError(unknown(what, value, allowed))
    return wanted


def _names(given: Names) -> list[str]:
    items = re.split(r"[,\n]", given) if isinstance(given, str) else list(given)
    return [item.strip() for item in items if item.strip()]


def _move(plan: AlbumPlan, scene_number: int, data: dict[str, Any], time: str | datetime, *, relight: bool) -> None:
    old: datetime = data["time"]
    moment = _moment(time, old)
    before = plan.scenes[scene_number - 2].time if scene_number > 1 else None
    after = plan.scenes[scene_number].time if scene_number < len(plan.scenes) else None
    if (before and moment < before) or (after and moment > after):
        bounds = [f"not before {before.isoformat()} of scene {scene_number - 1}"] if before else []
        bounds += [f"not after {after.isoformat()} of scene {scene_number + 1}"] if after else []
        raise AlbumError(
            f"Scene {scene_number} cannot be at {moment.isoformat()}: it must be {' and '.join(bounds)}. "
            "Move its neighbours first."
        )
    data["time"] = moment
    kind = plan.environment(data["environment"]).kind
    fire = any(thing["kind"] == "campfire" for thing in data["objects"])
    if relight and data["lighting"] == light_at(old, kind, said="", fire=fire):
        data["lighting"] = light_at(moment, kind, said="", fire=fire)


def _moment(time: str | datetime, old: datetime) -> datetime:
    if isinstance(time, datetime):
        moment = time
    else:
        clock = re.fullmatch(r"\s*(\d{1,2})[:.](\d\d)\s*", time)
        try:
            moment = (
                old.replace(hour=int(clock[1]), minute=int(clock[2]), second=0)
                if clock
                else datetime.fromisoformat(time.strip())
            )
        except ValueError as error:
            raise AlbumError(f"'{time}' is no time: write 18:30, or 2026-06-14T18:30 to change the day too.") from error
    if moment.tzinfo is not None:
        raise AlbumError(f"'{time}' has a time zone: give local wall-clock time, e.g. 2026-06-14T18:30.")
    return moment.replace(microsecond=0)


def _character(plan: AlbumPlan, given: str) -> Character:
    wanted = given.strip().casefold()
    for character in plan.characters:
        if wanted == character.id:
            return character
    same = [character for character in plan.characters if character.name.casefold() == wanted]
    if len(same) > 1:
        raise AlbumError(f"'{given}' is the name of {', '.join(c.id for c in same)}: give one of these ids.")
    if not same:
        raise AlbumError(unknown("character", given, [name for c in plan.characters for name in (c.name, c.id)]))
    return same[0]


def _change_cast(
    plan: AlbumPlan, scene_number: int, data: dict[str, Any], added: list[str], removed: list[str]
) -> None:
    for given in removed:
        character = _character(plan, given)
        if all(entry["character"] != character.id for entry in data["cast"]):
            there = [plan.character(entry["character"]).name for entry in data["cast"]]
            raise AlbumError(f"Scene {scene_number}: " + unknown("character here called", given, there))
        data["cast"] = [entry for entry in data["cast"] if entry["character"] != character.id]
        data["interactions"] = [
            link for link in data["interactions"] if character.id not in (link["subject"], link["target"])
        ]
        for thing in data["objects"]:
            thing["held_by"] = None if thing["held_by"] == character.id else thing["held_by"]
    for given in added:
        character = _character(plan, given)
        if all(entry["character"] != character.id for entry in data["cast"]):
            data["cast"].append(_entry(plan, scene_number, character).model_dump())
    if len(data["cast"]) > _MAX_CAST:
        raise AlbumError(f"Scene {scene_number} would have {len(data['cast'])} characters; {_MAX_CAST} is the most.")


def _entry(plan: AlbumPlan, scene_number: int, character: Character) -> CastEntry:
    """The newcomer, dressed as in the nearest scene of that day, else as in the nearest one at all."""
    here = plan.scenes[scene_number - 1]
    worn = [
        (other.time.date() != here.time.date(), abs(index - scene_number + 1), entry.outfit)
        for index, other in enumerate(plan.scenes)
        for entry in other.cast
        if entry.character == character.id and entry.outfit
    ]
    nearest = min(worn, key=lambda found: found[:2])[2] if worn else None
    outfit = nearest or (character.outfits[0].id if character.outfits else None)
    emotion = here.cast[0].emotion if here.cast else "happy"
    return CastEntry(character=character.id, outfit=outfit, action="being there", emotion=emotion)


def _change_objects(plan: AlbumPlan, data: dict[str, Any], added: list[str], removed: list[str]) -> None:
    for given in removed:
        wanted = re.sub(r"[\s-]+", "_", given.strip().lower())
        gone = [
            thing
            for thing in data["objects"]
            if wanted in {thing["id"], thing["kind"], thing["name"].lower().replace(" ", "_")}
        ]
        if not gone:
            there = [name for thing in data["objects"] for name in (thing["name"] or thing["kind"], thing["id"])]
            raise AlbumError(unknown("object in this scene called", given, there))
        ids = {thing["id"] for thing in gone}
        data["objects"] = [thing for thing in data["objects"] if thing["id"] not in ids]
        data["interactions"] = [link for link in data["interactions"] if link["target"] not in ids]
    taken = {character.id for character in plan.characters} | {thing["id"] for thing in data["objects"]}
    for given in added:
        thing = _object(given, taken)
        taken.add(thing.id)
        data["objects"].append(thing.model_dump())
    if len(data["objects"]) > _MAX_OBJECTS:
        raise AlbumError(f"The scene would have {len(data['objects'])} objects; {_MAX_OBJECTS} is the most.")


def _object(given: str, taken: set[str]) -> SceneObject:
    kind, _, name = (part.strip() for part in given.partition(":"))
    words = re.findall(r"[\w']+", kind.lower())
    count = next((value for word in words[:1] if (value := number(word))), 1)
    color = next((word for word in words if word in get_args(v.Color)), None)
    rest = [word for index, word in enumerate(words) if word != color and not (index == 0 and number(word))]
    wanted = "_".join(rest)
    singular = wanted.removesuffix("s")
    found = next(
        (form for form in (wanted, wanted + "s", singular, wanted.removesuffix("es")) if form in v.OBJECT_KINDS), ""
    )
    if not found:
        raise AlbumError(unknown("object kind", given, v.OBJECT_KINDS) + " For anything else write 'other: birdhouse'.")
    if not 1 <= count <= 20:
        raise AlbumError(f"'{given}': a scene holds 1 to 20 of a thing.")
    base = re.sub(r"[^a-z0-9_-]+", "-", (name.lower() or found))[:30].strip("-_") or found
    base = base if base[0].isalpha() else found
    unique = next(i for n in range(1, 99) if (i := base if n == 1 else f"{base}-{n}") not in taken)
    return SceneObject(id=unique, kind=found, name=name[:200], color=color, count=count)  # type: ignore[arg-type]


def _feel(plan: AlbumPlan, data: dict[str, Any], emotion: str) -> None:
    emotions = get_args(v.Emotion)
    if ":" not in emotion:
        for entry in data["cast"]:
            entry["emotion"] = _one_of("emotion", emotion, emotions)
        _one_of("emotion", emotion, emotions)
        return
    for part in _names(emotion):
        name, _, value = part.partition(":")
        character = _character(plan, name)
        entry = next((entry for entry in data["cast"] if entry["character"] == character.id), None)
        if entry is None:
            there = [plan.character(other["character"]).name for other in data["cast"]]
            raise AlbumError(unknown("character here called", name.strip(), there))
        entry["emotion"] = _one_of("emotion", value, emotions)
