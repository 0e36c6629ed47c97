"""The training world: seeded albums over the planner's whole vocabulary, with every label exact.

A world album is an ordinary `AlbumPlan` of eight scenes: laid out by the layout room and drawn by the storyboard, so
its boxes, masks, keypoints, depth and identities are known and not estimated. Nothing in it is told by a story: places,
light, weather, poses, clothes and things are combined evenly, so that a model learns every word the planner may use.
"""

import random
from datetime import datetime, timedelta
from typing import Final, get_args

from ...stages import vocabulary as v
from ...stages.records import (
    AlbumPlan,
    Camera,
    CastEntry,
    Character,
    Environment,
    Interaction,
    Scene,
    SceneObject,
    Style,
)
from ...stages.seeds import derive_seed
from .people import Split, draw_animal, draw_person, draw_twin

WORLD_VERSION: Final = 1  # raised whenever the same seed gives another world
SCENES_PER_ALBUM: Final = 8

_SHOTS: Final = (("wide", 0.27), ("medium", 0.43), ("close_up", 0.22), ("detail", 0.08))
_ANGLES: Final = (("eye_level", 0.7), ("low", 0.12), ("high", 0.12), ("overhead", 0.06))
_PEOPLE: Final = ((0, 0.06), (1, 0.34), (2, 0.34), (3, 0.18), (4, 0.08))
_WEATHERS: Final = (
    ("clear", 0.32), ("partly_cloudy", 0.2), ("overcast", 0.13), ("rain", 0.09), ("snow", 0.08), ("fog", 0.07),
    ("storm", 0.04), ("wind", 0.07),
)  # fmt: skip
_LIGHTS_OUT: Final = (
    ("sunrise", 0.12), ("daylight", 0.38), ("golden_hour", 0.19), ("blue_hour", 0.11), ("night", 0.12),
    ("firelight", 0.08),
)  # fmt: skip
_LIGHTS_IN: Final = (
    ("daylight", 0.42), ("golden_hour", 0.12), ("lamplight", 0.24), ("night", 0.12), ("sunrise", 0.05),
    ("blue_hour", 0.05),
)  # fmt: skip
_HOURS: Final = {
    "sunrise": 6, "daylight": 12, "golden_hour": 19, "blue_hour": 21, "night": 23, "lamplight": 20, "firelight": 22,
}  # fmt: skip
_SHY_OUTDOORS: Final = frozenset({"van", "car", "boat", "canoe", "tent", "campfire", "snowman", "sandcastle", "sled"})
_HELD: Final = (
    "ball", "frisbee", "kite", "umbrella", "lantern", "map", "camera", "phone", "book", "guitar", "fishing_rod", "cup",
    "bowl", "cake", "gift", "balloons", "flowers", "ice_cream", "pizza", "stick", "trophy", "paintbrush", "bread",
    "flag", "toy", "backpack", "suitcase", "surfboard", "picnic_basket",
)  # fmt: skip
_STILL_POSES: Final = ("standing", "sitting", "walking", "waving", "standing", "sitting", "cheering", "holding_hands")
_ANIMAL_POSES: Final = ("standing", "walking", "running", "sitting", "lying", "sleeping", "jumping", "standing")
_PAIRS: Final = ("hugging", "holding_hands", "talking", "looking_at", "posing_together", "dancing_with", "helping")
_FEATURES: Final = (
    "red bandstand", "old oak tree", "white bridge", "stone fountain", "wooden bench", "two pine trees", "clock tower",
    "blue boat", "white lighthouse", "green fence", "statue", "flower bed", "small pond", "church", "palm tree",
)  # fmt: skip


def world_album(seed: int, index: int, split: Split) -> AlbumPlan:
    """One album of the world: the same arguments always give the same plan.

    Args:
        seed: of the world.
        index: which of its albums, from 0.
        split: whose identities are cast. Places and things are shared by all splits, seeds of their drawing are not.
    """
    rng = random.Random(derive_seed("world", WORLD_VERSION, seed, split, index))  # noqa: S311
    people = _people(rng, split)
    animals = [draw_animal(rng, f"animal-{number}") for number in range(rng.choice((0, 0, 1, 1, 2)))]
    places = [_place(rng, number) for number in range(2)]
    start = datetime(2025, 1, 1) + timedelta(days=rng.randrange(365))
    scenes = [
        _scene(rng, number, start + timedelta(days=number), rng.choice(places), people, animals)
        for number in range(SCENES_PER_ALBUM)
    ]
    return AlbumPlan(
        title=f"World {seed}, {split} album {index}",
        planner=f"world@{WORLD_VERSION}",
        style=Style(name="natural"),
        seed=derive_seed("world album", seed, split, index),
        characters=[*people, *animals],
        environments=places,
        scenes=scenes,
    )


def _people(rng: random.Random, split: Split) -> list[Character]:
    """Four people; in every second album two of them are twins but for one attribute."""
    people = [draw_person(rng, f"person-{number}", split) for number in range(4)]
    if rng.random() < 0.5:
        people[1], _ = draw_twin(people[0], rng, "person-1", split)
    return people


def _place(rng: random.Random, number: int) -> Environment:
    kind = rng.choice(v.ENVIRONMENT_KINDS)
    features = [] if kind in v.INDOOR_KINDS or rng.random() < 0.5 else rng.sample(_FEATURES, rng.choice((1, 1, 2)))
    return Environment(id=f"place-{number}", kind=kind, features=features)


def _scene(
    rng: random.Random,
    number: int,
    day: datetime,
    place: Environment,
    people: list[Character],
    animals: list[Character],
) -> Scene:
    indoors = place.kind in v.INDOOR_KINDS
    shot = _pick(rng, _SHOTS)
    lighting = _pick(rng, _LIGHTS_IN if indoors else _LIGHTS_OUT)
    crowd = rng.sample(people, min(_pick(rng, _PEOPLE), 2 if shot == "close_up" else 4))
    beasts = [animal for animal in animals if rng.random() < 0.45][: 1 if shot == "close_up" else 2]
    cast = [_person_entry(rng, person) for person in crowd] + [_animal_entry(rng, animal) for animal in beasts]
    objects = _objects(rng, crowd, indoors=indoors, shot=shot, fire=lighting == "firelight")
    return Scene(
        id=f"s{number}",
        title=f"Scene {number}",
        caption="",
        environment=place.id,
        time=day.replace(hour=_HOURS[lighting]),
        weather="clear" if indoors and rng.random() < 0.6 else _pick(rng, _WEATHERS),
        lighting=lighting,  # type: ignore[arg-type]
        mood=rng.choice(v.MOODS),
        camera=Camera(shot=shot, angle=_pick(rng, _ANGLES) if shot != "close_up" else "eye_level"),  # type: ignore[arg-type]
        cast=cast,
        objects=objects,
        interactions=_interactions(rng, crowd),
    )


def _person_entry(rng: random.Random, person: Character) -> CastEntry:
    pose = rng.choice(_STILL_POSES) if rng.random() < 0.4 else rng.choice(v.POSES)
    return CastEntry(
        character=person.id,
        outfit=rng.choice(person.outfits).id,
        pose=pose,  # type: ignore[arg-type]
        emotion=rng.choice(get_args(v.Emotion)),
        facing=rng.choice(("camera", "camera", "camera", "left", "right", "left", "right", "away")),
    )


def _animal_entry(rng: random.Random, animal: Character) -> CastEntry:
    return CastEntry(
        character=animal.id,
        pose=rng.choice(_ANIMAL_POSES),  # type: ignore[arg-type]
        emotion=rng.choice(("neutral", "happy", "excited")),
        facing=rng.choice(("left", "right", "left", "right", "camera")),
    )


def _objects(rng: random.Random, crowd: list[Character], *, indoors: bool, shot: str, fire: bool) -> list[SceneObject]:
    count = rng.choice((1, 1, 2)) if shot == "detail" else rng.choice((0, 1, 1, 2, 2, 3))
    kinds = [kind for kind in v.OBJECT_KINDS if kind not in ("leash", "other")]
    kinds = [kind for kind in kinds if not (indoors and kind in _SHY_OUTDOORS)]
    chosen = rng.sample(kinds, count)
    if fire and "campfire" not in chosen:
        chosen.append("campfire")
    free = [person.id for person in crowd]
    rng.shuffle(free)
    objects = []
    for number, kind in enumerate(chosen):
        held = kind in _HELD and free and shot != "detail" and rng.random() < 0.55
        objects.append(
            SceneObject(
                id=f"thing-{number}",
                kind=kind,  # type: ignore[arg-type]
                color=rng.choice(get_args(v.Color)) if rng.random() < 0.6 else None,
                count=rng.choice((1, 1, 1, 2, 3)),
                held_by=free.pop() if held else None,
            )
        )
    return objects


def _interactions(rng: random.Random, crowd: list[Character]) -> list[Interaction]:
    if len(crowd) < 2 or rng.random() > 0.3:
        return []
    first, second = rng.sample(crowd, 2)
    return [Interaction(kind=rng.choice(_PAIRS), subject=first.id, target=second.id)]  # type: ignore[arg-type]


def _pick(rng: random.Random, weighted: tuple[tuple[object, float], ...]) -> object:
    return rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
