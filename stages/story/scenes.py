"""Makes the scenes: for each beat the cast with poses, the things, who does what to whom, and the caption."""

import random
from datetime import datetime
from typing import Final

from ..records import Camera, CastEntry, Character, Interaction, Scene, SceneObject
from ..seeds import derive_seed
from ..vocabulary import INDOOR_KINDS
from . import captions as c
from .activities import Activity, activities
from .beats import DETAILS, Beat
from .lexicon_places import NOUN_FILLERS, split_list
from .lexicon_time import HOLIDAYS
from .outfits import choose_outfit, wear_for
from .stage import Setting, Stage
from .when import light_at
from .wording import subjects_of, words_of, write_texts

_LENS: Final = {"wide": (24, 28), "medium": (35, 40, 50), "close_up": (75, 85), "detail": (60, 100)}
_MAX_IN_SHOT: Final = {"wide": 8, "medium": 4, "close_up": 2, "detail": 0}
_ARRIVAL: Final = Activity(
    "Arriving",
    "",
    "walking;walking;waving",
    "arriving",
    "",
    "*",
    "",
    "walking_together>other;walking_together>pet",
    "walking:trotting ahead",
    "",
    "happy",
)
_LEAVING: Final = Activity(
    "Time to go",
    "",
    "walking;waving",
    "heading home",
    "",
    "*",
    "",
    "walking_together>other;hugging>partner;walking_together>pet",
    "walking:tired but content",
    "",
    "content",
)
_PORTRAIT: Final = Activity(
    "Portrait",
    "",
    "standing;sitting",
    "looking into the camera",
    "",
    "*",
    "",
    "looking_at>other",
    "sitting:looking into the camera",
    "",
    "happy",
)
_MOODS: Final = {
    "happy": "joyful",
    "laughing": "playful",
    "excited": "joyful",
    "content": "calm",
    "thoughtful": "calm",
    "tired": "calm",
    "sad": "nostalgic",
    "surprised": "joyful",
    "neutral": "calm",
}
_LYING: Final = frozenset({"sleeping", "lying"})


def make_scene(stage: Stage, setting: Setting, beat: Beat, moment: datetime, number: int, *, closing: str) -> Scene:
    """One photo of the story.

    Args:
        stage: the album's cast and memory of used captions, updated.
        setting: the event.
        beat: what this photo shows.
        moment: when.
        number: 1-based position, for the id.
        closing: sentence to end the caption with, or "".
    """
    scene_id = _scene_id(number, setting.environment, beat)
    rng = random.Random(derive_seed(stage.seed, "scene", scene_id))  # noqa: S311
    activity = _activity(beat)
    stage.scenes = number
    people, animals = _on_stage(stage, setting, beat, activity, rng)
    fire = "campfire" in activity.objects or setting.event.said[:1] in (["campfire"], ["marshmallows"])
    kind = setting.event.place.kind if setting.event.place else "park"
    lighting = light_at(moment, kind, said=setting.event.light, fire=fire)
    cast = _cast(stage, setting, activity, people, animals, moment, rng, posed=beat.form in {"portrait", "pet"})
    objects = _objects(stage, setting, beat, activity, people, animals, rng, fire=fire)
    words = words_of(setting, lighting, moment, rng)
    subjects = subjects_of(stage, people, animals, setting)
    title, caption = write_texts(stage, setting, beat, activity, subjects, words, rng)
    if closing:
        caption = f"{caption} {closing.rstrip('.')}."
    return Scene(
        id=scene_id,
        title=title[:200],
        caption=caption[:600],
        environment=setting.environment,
        time=moment,
        weather=setting.weather,  # type: ignore[arg-type]
        lighting=lighting,  # type: ignore[arg-type]
        mood=setting.event.mood or stage.mood or _holiday_mood(setting) or _mood_of(activity, lighting),  # type: ignore[arg-type]
        camera=Camera(shot=beat.shot, angle=_angle(beat, activity, people, rng), lens_mm=rng.choice(_LENS[beat.shot])),  # type: ignore[arg-type]
        cast=cast,
        objects=objects,
        interactions=_interactions(stage, activity, people, animals, objects),
    )


def _scene_id(number: int, environment: str, beat: Beat) -> str:
    return f"s{number:02d}-{environment}-{(beat.activity or beat.form).replace('_', '-')}"[:40].rstrip("-")


def _activity(beat: Beat) -> Activity:
    if beat.activity:
        return activities()[beat.activity]
    return {"arrival": _ARRIVAL, "leaving": _LEAVING}.get(beat.form, _PORTRAIT)


def _on_stage(
    stage: Stage, setting: Setting, beat: Beat, activity: Activity, rng: random.Random
) -> tuple[list[Character], list[Character]]:
    """Who is in the shot, the one in front first. Turns are taken, so that everybody gets pictures."""
    people, animals = list(setting.people), list(setting.animals)
    if beat.form in {"detail", "scenic"}:
        return [], []
    owned = [animal for animal in animals if animal.id not in stage.wild]
    wild = [animal for animal in animals if animal.id in stage.wild]
    if activity.needs == "animal" or beat.form == "pet":
        turn = sorted(animals, key=lambda animal: stage.shown.get(animal.id, 0))
        chosen = turn[: 1 if beat.shot == "close_up" else 2]
        for animal in chosen:
            stage.shown[animal.id] = stage.shown.get(animal.id, 0) + 1
        return [], chosen
    people.sort(
        key=lambda person: (
            person.id != setting.celebrated or beat.activity not in {"birthday_cake", "gifts", "graduate"},
            stage.shown.get(person.id, 0),
        )
    )
    if (
        activity.links.startswith(("dancing_with>partner", "holding_hands>partner", "looking_at>partner"))
        and "two" in activity.needs
    ):
        loving = [person for person in people if stage.partner_of(person.id)]
        people = loving + [person for person in people if person not in loving]
    limit = 1 if beat.form == "portrait" else _MAX_IN_SHOT[beat.shot]
    if beat.form == "activity" and beat.shot == "medium" and len(people) > 2 and "two" not in activity.needs:
        limit = rng.choice((2, 3, 3, 4))
    if len(people) > limit and people:
        lead = people[0]
        partner = stage.partner_of(lead.id)
        rest = sorted(people[1:], key=lambda person: (person.id != partner, stage.shown.get(person.id, 0)))
        people = [lead, *rest[: limit - 1]]
    for person in people[:1]:
        stage.shown[person.id] = stage.shown.get(person.id, 0) + 1
    if beat.form == "portrait":
        return people, []
    grazing = wild if activity.links.find(">pet") >= 0 or not people else wild[:2]
    room = 12 - len(people)
    if activity.needs == "pet" and not owned:
        owned = wild
    return people, (owned[:3] + [animal for animal in grazing if animal not in owned][:3])[
        :room
    ] if beat.shot != "close_up" or "pet" in activity.needs else owned[:1]


def _cast(
    stage: Stage,
    setting: Setting,
    activity: Activity,
    people: list[Character],
    animals: list[Character],
    moment: datetime,
    rng: random.Random,
    *,
    posed: bool,
) -> list[CastEntry]:
    kind = setting.event.place.kind if setting.event.place else "park"
    wants = activity.wear
    if not wants and kind in {"beach", "lake"} and "swim" in setting.event.said and "swim" in stage.used:
        wants = "swim"
    if setting.event.holiday in {"wedding", "graduation"} or any(
        key in {"vows", "first_dance", "bouquet"} for key in setting.event.said
    ):
        wants = wants or "formal"
    wear = wear_for(wants, moment=moment, weather=setting.weather, indoor=kind in INDOOR_KINDS)
    if wear == "swim":
        stage.used["swim"] = 1
    day = stage.days.setdefault(moment.date(), len(stage.days))
    poses = activity.poses.split(";")
    names = c.join_names([animal.name for animal in animals]) if animals else "the animals"
    entries = []
    for index, person in enumerate(people):
        pose = poses[index % len(poses)]
        if person.age_group == "baby" and pose not in _LYING:
            pose = "sitting"
        emotion = activity.emotion if index == 0 else rng.choice((activity.emotion, "happy", "content", "laughing"))
        facing = (
            "camera"
            if posed or pose in {"waving", "cheering"}
            else ("right", "left")[index % 2]
            if len(people) > 1 or animals
            else rng.choice(("left", "right", "camera"))
        )
        outfit = choose_outfit(person, stage.outfits[person.id], wear, day, moment, stage.seed)
        entries.append(
            CastEntry(
                character=person.id,
                outfit=outfit,
                action=activity.action.replace("{pet}", names)[:200],
                pose=pose,
                emotion=emotion,
                facing=facing,
            )
        )  # type: ignore[arg-type]
    pose, action = activity.pet.split(":")
    entries += [
        CastEntry(
            character=animal.id,
            action=action,
            pose=pose
            if animal.id not in stage.wild or animal.species == "dog" or pose != "walking" or not people
            else "standing",
            emotion="content",
            facing=("camera" if posed else "left"),
        )  # type: ignore[arg-type]
        for animal in animals
    ]
    return entries


def _objects(
    stage: Stage,
    setting: Setting,
    beat: Beat,
    activity: Activity,
    people: list[Character],
    animals: list[Character],
    rng: random.Random,
    *,
    fire: bool,
) -> list[SceneObject]:
    taken = {character.id for character in stage.characters}
    objects: list[SceneObject] = []

    def add(kind: str, name: str = "", holder: str | None = None) -> None:
        base = kind if kind not in taken else f"{kind}-1"
        if all(thing.kind != kind or thing.name != name for thing in objects):
            unique = base if all(thing.id != base for thing in objects) else f"{base}-{len(objects) + 1}"
            objects.append(SceneObject(id=unique, kind=kind, name=name, held_by=holder))  # type: ignore[arg-type]

    if beat.form == "detail":
        kind = setting.event.place.kind if setting.event.place and setting.event.place.noun not in NOUN_FILLERS else ""
        chosen = _least_used(split_list(DETAILS[kind]), stage.used, rng)
        stage.detail = chosen
        what, name, _ = chosen.split("=")
        add(what, name)
        return objects
    portrait = beat.shot == "close_up" and beat.form != "activity"
    for what, name, hand in [] if portrait else _specs(activity.objects):
        if what != "leash" or animals:
            add(what, name, people[0].id if hand == "lead" and people else None)
    if fire:
        add("campfire")
    outdoors = setting.event.place is not None and setting.event.place.kind not in INDOOR_KINDS
    if (
        setting.weather == "rain"
        and people
        and outdoors
        and not portrait
        and not any(thing.held_by for thing in objects)
    ):
        add("umbrella", "", people[-1].id)
    if setting.event.holiday == "birthday" and beat.shot in {"wide", "medium"}:
        add("balloons")
    return objects


def _specs(objects: str) -> list[tuple[str, str, str]]:
    """The (kind, name, hand) of each "kind@hand=name" of an activity."""
    found = []
    for spec in split_list(objects):
        left, _, name = spec.partition("=")
        kind, _, hand = left.partition("@")
        found.append((kind, name, hand))
    return found


def _least_used(options: tuple[str, ...], used: dict[str, int], rng: random.Random) -> str:
    fewest = min(used.get(option, 0) for option in options)
    chosen = rng.choice([option for option in options if used.get(option, 0) == fewest])
    used[chosen] = used.get(chosen, 0) + 1
    return chosen


def _interactions(
    stage: Stage, activity: Activity, people: list[Character], animals: list[Character], objects: list[SceneObject]
) -> list[Interaction]:
    lead = people[0] if people else animals[0] if animals and activity.needs == "animal" else None
    if lead is None:
        return []
    partner = stage.partner_of(lead.id)
    present = {person.id for person in people}
    baby = next((person.id for person in people[1:] if person.age_group == "baby"), None)
    targets = {
        "partner": partner if partner in present else None,
        "other": people[1].id if len(people) > 1 else None,
        "pet": animals[0].id if animals and animals[0] is not lead else None,
        "thing": objects[0].id if objects else None,
        "baby": baby,
    }
    found: list[Interaction] = []
    for link in split_list(activity.links):
        kind, target = link.split(">")
        if targets[target] and all(other.target != targets[target] for other in found) and len(found) < 2:
            found.append(Interaction(kind=kind, subject=lead.id, target=targets[target]))  # type: ignore[arg-type]
    return found


def _holiday_mood(setting: Setting) -> str:
    return HOLIDAYS[setting.event.holiday].mood if setting.event.holiday else ""


def _mood_of(activity: Activity, lighting: str) -> str:
    return (
        "cozy"
        if lighting in {"firelight", "lamplight"} and activity.emotion in {"content", "thoughtful"}
        else _MOODS[activity.emotion]
    )


def _angle(beat: Beat, activity: Activity, people: list[Character], rng: random.Random) -> str:
    if beat.form == "detail":
        return rng.choice(("overhead", "high"))
    if people and all(person.age_group in {"child", "baby"} for person in people) and beat.shot != "wide":
        return rng.choice(("eye_level", "low"))
    return rng.choice(("eye_level", "eye_level", "eye_level", "low", "high"))
