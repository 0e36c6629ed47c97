"""Completes a scene that a language model drafted: everything left out or impossible is filled in by rules."""

import random
from datetime import datetime
from typing import Final

from ..records import (
    Camera,
    CastEntry,
    Character,
    Environment,
    Scene,
)
from ..seeds import derive_seed
from ..vocabulary import INDOOR_KINDS
from .activities import Activity, activities
from .captions import join_names
from .draft import SceneDraft, says_something
from .draft_contacts import complete_interactions
from .draft_facts import words_in
from .draft_telling import Telling
from .draft_things import complete_objects
from .outfits import choose_outfit, wear_for
from .scan import find_mentions, tokenise
from .when import light_at

_LENS: Final = {"wide": (24, 28), "medium": (35, 40, 50), "close_up": (75, 85), "detail": (60, 100)}
_ROOM: Final = {"wide": 12, "medium": 4, "close_up": 2, "detail": 0}
MAX_IN_PHOTO: Final = 12  # what a scene record holds
_SHOTS: Final = ("wide", "medium", "close_up")
_ANIMAL_POSES: Final = frozenset(
    {"standing", "walking", "running", "jumping", "sitting", "lying", "sleeping", "swimming", "playing", "eating",
     "drinking", "climbing"}
)  # fmt: skip
_BABY_POSES: Final = frozenset({"sitting", "lying", "sleeping"})
_WATERS: Final = frozenset({"beach", "lake", "harbor"})
_COLD_MONTHS: Final = frozenset({11, 12, 1, 2, 3})


def complete_scene(telling: Telling, draft: SceneDraft, slot: Scene, place: Environment, moment: datetime) -> Scene:
    """One scene that is whole and possible, added to the telling.

    Args:
        telling: the album so far; updated.
        draft: the model's scene.
        slot: the rule plan's scene at the same position.
        place: where it is.
        moment: when, not before the scene before.
    """
    number = len(telling.scenes) + 1
    rng = random.Random(derive_seed(telling.seed, "model's scene", number))  # noqa: S311
    said = telling.facts.must(slot)
    told = _told(draft)
    activity = activities()[said] if said else activities()[told] if told else None
    entries = _cast(telling, draft, slot, said if said != told else "", rng)
    shot = _shot(telling, draft, len(entries))
    weather = _weather(telling, draft, slot, place, moment)
    entries = [
        _dressed(telling, entry, _wants(entry, activity, slot, place), place, weather, moment) for entry in entries
    ]
    objects = complete_objects(telling, draft, slot, activity if said else None, entries)
    fire = any(thing.kind == "campfire" for thing in objects)
    light = slot.lighting if telling.facts.times_said else light_at(moment, place.kind, said="", fire=fire)
    names = [telling.characters[entry.character].name for entry in entries]
    scene = Scene(
        id=f"s{number:02d}-{place.id}",
        title=draft.title if says_something(draft.title) else _plain_title(telling, place, activity),
        caption=draft.caption if says_something(draft.caption) else _plain_caption(telling, names, place, activity),
        environment=place.id,
        time=moment,
        weather=weather,  # type: ignore[arg-type]
        lighting=light,  # type: ignore[arg-type]
        mood=draft.mood,
        camera=Camera(shot=shot, angle=draft.angle, lens_mm=rng.choice(_LENS[shot])),  # type: ignore[arg-type]
        cast=entries,
        objects=objects,
        interactions=complete_interactions(draft, entries, objects, telling.characters, telling.relations),
    )
    telling.scenes.append(scene)
    return scene


def join_scene(telling: Telling, at: int, who: Character) -> None:
    """Put one more character into a scene that is told already.

    Args:
        telling: the album so far; its scene is replaced.
        at: 0-based position of a scene with less than `MAX_IN_PHOTO` in it.
        who: not in the scene yet.
    """
    scene = telling.scenes[at]
    place = telling.places[scene.environment]
    pose = "sitting" if who.age_group == "baby" else "standing"
    entry = CastEntry(character=who.id, pose=pose, emotion="happy", facing="camera")
    worn = {line.outfit for line in scene.cast}
    wants = next((wear for wear in ("formal", "swim") if worn == {wear}), "")
    entry = _dressed(telling, entry, wants, place, scene.weather, scene.time)
    cast = [*scene.cast, entry]
    camera = scene.camera
    if len(cast) > _ROOM[camera.shot]:
        shot = next(s for s in ("close_up", "medium", "wide") if len(cast) <= _ROOM[s])
        camera = camera.model_copy(update={"shot": shot, "lens_mm": _LENS[shot][0]})
    telling.scenes[at] = scene.model_copy(update={"cast": cast, "camera": camera})
    telling.fill("people who were in no photo")


def _told(draft: SceneDraft) -> str:
    """The activity that the model's words speak of, or ""."""
    text = ". ".join([draft.title, draft.caption, *(entry.action for entry in draft.cast)])
    senses = (m.sense("activity") for m in find_mentions(tokenise(text[:600])) if not m.negated)
    return next((sense.key for sense in senses if sense), "")


def _cast(telling: Telling, draft: SceneDraft, slot: Scene, missing: str, rng: random.Random) -> list[CastEntry]:
    """Who is in the photo. `missing` is an activity of the prompt that the model's words leave out."""
    entries: dict[str, CastEntry] = {}
    for line in draft.cast:
        who = telling.characters.get(line.character)
        if who is not None and who.id not in entries:
            action = line.action if says_something(line.action) else ""
            entries[who.id] = CastEntry(
                character=who.id, action=action, pose=line.pose, emotion=line.emotion, facing=line.facing
            )
    for reason, who in _also_there(telling, draft, bool(entries)):
        if who not in entries and len(entries) < MAX_IN_PHOTO:
            entries[who] = CastEntry(character=who, emotion="happy")
            telling.fill(reason)
    if not entries and _needs_people(telling, draft, missing):
        entries = {entry.character: entry for entry in _stand_ins(telling, slot)}
        telling.fill("the cast of scenes")
    found = [_possible(entry, telling.characters[entry.character], rng) for entry in entries.values()]
    if missing:
        found = _doing(found, telling, slot, activities()[missing])
    for entry in found:
        telling.turns[entry.character] = telling.turns.get(entry.character, 0) + 1
    return found


def _also_there(telling: Telling, draft: SceneDraft, peopled: bool) -> list[tuple[str, str]]:
    """(reason, character id) of those whom the words or the interactions of a scene speak of."""
    words = set(words_in(f"{draft.title}. {draft.caption}"))
    found = []
    if draft.shot != "detail":
        spoken = {who.id: set(words_in(who.name)) for who in telling.characters.values()}
        found = [("people named in captions", who) for who, name in spoken.items() if name and name <= words]
    if peopled or found:
        ends = [end for link in draft.interactions for end in (link.subject, link.target)]
        found += [("people of interactions", end) for end in ends if end in telling.characters]
    return found


def _needs_people(telling: Telling, draft: SceneDraft, missing: str) -> bool:
    """A photo without anybody is fine now and then, as a detail or a wide view."""
    before = telling.scenes[-1] if telling.scenes else None
    empty = draft.shot in {"detail", "wide"} and before is not None and bool(before.cast)
    return bool(telling.characters) and (bool(missing) or not empty)


def _stand_ins(telling: Telling, slot: Scene) -> list[CastEntry]:
    known = [
        entry.model_copy(update={"character": telling.ids[entry.character], "outfit": None})
        for entry in slot.cast
        if entry.character in telling.ids
    ]
    if known and (telling.facts.cast_said or all(entry.character in telling.ids for entry in slot.cast)):
        return known
    turn = sorted(telling.characters, key=lambda who: telling.turns.get(who, 0))
    return [CastEntry(character=who, emotion="happy") for who in turn[:3]]


def _possible(entry: CastEntry, who: Character, rng: random.Random) -> CastEntry:
    """The entry in a pose that its body can take."""
    if who.kind == "animal" and entry.pose not in _ANIMAL_POSES:
        return entry.model_copy(update={"pose": rng.choice(("standing", "sitting"))})
    if who.kind == "person" and who.age_group == "baby" and entry.pose not in _BABY_POSES:
        return entry.model_copy(update={"pose": "sitting"})
    return entry


def _doing(entries: list[CastEntry], telling: Telling, slot: Scene, activity: Activity) -> list[CastEntry]:
    """The people doing what the prompt says, each in one of the activity's poses."""
    telling.fill("what the prompt says they do")
    people = [entry for entry in entries if telling.characters[entry.character].kind == "person"]
    if not people:
        have = {entry.character for entry in entries}
        more = [entry for entry in _stand_ins(telling, slot) if entry.character not in have]
        entries = [*more[:4], *entries][:12]
        people = [entry for entry in entries if telling.characters[entry.character].kind == "person"]
    poses = activity.poses.split(";")
    pets = [telling.characters[e.character].name for e in entries if e not in people]
    action = activity.action.replace("{pet}", join_names(pets) if pets else "the animals")
    changed = {
        entry.character: entry.model_copy(update={"pose": poses[index % len(poses)], "action": action})
        for index, entry in enumerate(people)
        if telling.characters[entry.character].age_group != "baby"
    }
    return [changed.get(entry.character, entry) for entry in entries]


def _shot(telling: Telling, draft: SceneDraft, people: int) -> str:
    """The model's shot, unless not everybody fits in or it would be the third of its kind in a row."""
    shot = (
        draft.shot
        if people <= _ROOM[draft.shot]
        else next(s for s in ("close_up", "medium", "wide") if people <= _ROOM[s])
    )
    if not people and shot in {"medium", "close_up"}:
        shot = "wide"
    before = [scene.camera.shot for scene in telling.scenes[-2:]]
    if before == [shot, shot]:
        other = [s for s in _SHOTS if s != shot and people <= _ROOM[s] and (people or s == "wide")]
        shot = other[0] if other else shot
        telling.fill("the variety of shots")
    return shot


def _weather(telling: Telling, draft: SceneDraft, slot: Scene, place: Environment, moment: datetime) -> str:
    """One weather per place and day; snow only when it can fall."""
    if telling.facts.weather_said:
        return slot.weather
    warm = moment.month not in _COLD_MONTHS and place.kind not in {"snowfield", "mountain"}
    wish = draft.weather or slot.weather
    if wish == "snow" and warm:
        wish = slot.weather if slot.weather != "snow" else "overcast"
        telling.fill("the weather")
    return telling.weathers.setdefault((moment.date(), place.id), wish)


def _wants(entry: CastEntry, activity: Activity | None, slot: Scene, place: Environment) -> str:
    """The kind of clothes that the scene asks for, as `wear_for` knows it."""
    formal = any(line.outfit == "formal" for line in slot.cast)
    if formal:
        return "formal"
    if entry.pose == "swimming" and place.kind in _WATERS:
        return "swim"
    return activity.wear if activity and (activity.wear != "swim" or place.kind in _WATERS) else ""


def _dressed(
    telling: Telling, entry: CastEntry, wants: str, place: Environment, weather: str, moment: datetime
) -> CastEntry:
    who = telling.characters[entry.character]
    if who.kind == "animal":
        return entry.model_copy(update={"outfit": None})
    wear = wear_for(wants, moment=moment, weather=weather, indoor=place.kind in INDOOR_KINDS)
    day = telling.days.setdefault(moment.date(), len(telling.days))
    owned = telling.outfits.setdefault(who.id, [])
    return entry.model_copy(update={"outfit": choose_outfit(who, owned, wear, day, moment, telling.seed)})


def _plain_title(telling: Telling, place: Environment, activity: Activity | None) -> str:
    telling.fill("titles")
    title = activity.title if activity and "{" not in activity.title else ""
    return title or place.name or place.kind.replace("_", " ")


def _plain_caption(telling: Telling, names: list[str], place: Environment, activity: Activity | None) -> str:
    telling.fill("captions")
    where = place.name or place.kind.replace("_", " ")
    if not names:
        return f"{where[:1].upper()}{where[1:]}."
    what = f" {activity.action}" if activity and "{" not in activity.action else ""
    return f"{join_names(names)}{what}: {where}."[:600]
