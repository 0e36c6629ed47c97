"""Makes the scenes: for each beat the cast with poses, the things, who does what to whom, and the caption."""

import random
import re
from datetime import datetime
from typing import Final

from ..records import Camera, CastEntry, Character, Scene
from ..seeds import derive_seed
from ..vocabulary import INDOOR_KINDS
from . import captions as c
from .activities import Activity, activities
from .beats import Beat
from .lexicon_time import HOLIDAYS
from .outfits import choose_outfit, wear_for
from .scene_things import interactions_of, things_of
from .stage import Setting, Stage
from .when import light_at
from .wording import mention_animals, subjects_of, words_of, write_texts

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


def make_scene(
    stage: Stage, setting: Setting, beat: Beat, moment: datetime, number: int, *, closing: str, told: str = ""
) -> Scene:
    """One photo of the story.

    Args:
        stage: the album's cast and memory of used captions, updated.
        setting: the event.
        beat: what this photo shows.
        moment: when.
        number: 1-based position, for the id.
        closing: sentence to end the caption with, or "".
        told: the prompt's own words for this moment, used as the caption where they fit in, or "".
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
    told = told if _shows(told, stage, people, animals) else ""
    objects = things_of(stage, setting, beat, activity, people, animals, rng, fire=fire, told=bool(told))
    subjects = subjects_of(stage, people, animals, setting)
    title, caption = write_texts(
        stage, setting, beat, activity, subjects, lambda: words_of(setting, lighting, moment, rng), rng, told=told
    )
    caption += mention_animals(stage, animals, subjects, caption, rng)
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
        interactions=interactions_of(stage, activity, people, animals, objects),
    )


def _shows(told: str, stage: Stage, people: list[Character], animals: list[Character]) -> bool:
    """Whether an animal that the prompt's words name is in the picture that they are to caption."""
    words = set(re.findall(r"[^\W\d_]+", told.lower()))
    shown = {name.lower() for animal in animals for name in (animal.name, animal.role)}
    named = [
        c
        for c in stage.characters
        if c.kind == "animal" and {c.name.lower().removeprefix("the "), c.role.lower()} & words
    ]
    return bool(people) or all({animal.name.lower(), animal.role.lower()} & shown for animal in named)


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
    if setting.event.holiday in {"wedding", "graduation", "prom", "quinceañera"} or any(
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
                pose=pose,  # type: ignore[arg-type]
                emotion=emotion,  # type: ignore[arg-type]
                facing=facing,
            )
        )
    pose, action = activity.pet.split(":")
    entries += [
        CastEntry(
            character=animal.id,
            action=action,
            pose=pose  # type: ignore[arg-type]
            if animal.id not in stage.wild or animal.species == "dog" or pose != "walking" or not people
            else "standing",
            emotion="content",
            facing=("camera" if posed else "left"),
        )
        for animal in animals
    ]
    return entries


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
