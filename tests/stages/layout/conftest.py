"""A small random plan generator: anything the vocabulary allows, in every combination."""

import random
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import get_args

import pytest
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.records import (
    AlbumPlan,
    Camera,
    CastEntry,
    Character,
    Environment,
    Interaction,
    Outfit,
    Scene,
    SceneObject,
)

AGES, BUILDS, HEIGHTS = get_args(v.AgeGroup), get_args(v.Build), get_args(v.Height)
SPECIES, SIZES = get_args(v.Species), get_args(v.AnimalSize)
SHOTS, ANGLES, FACINGS = get_args(v.Shot), get_args(v.Angle), get_args(v.Facing)
LINKS = get_args(v.InteractionKind)


def person(name: str, **fields: object) -> Character:
    return Character(id=name, name=name.title(), outfits=[Outfit(id="day")], **fields)


def animal(name: str, species: str = "dog", **fields: object) -> Character:
    return Character(id=name, name=name.title(), kind="animal", species=species, **fields)


def plan_of(characters: list[Character], scenes: list[Scene], *, seed: int = 7, place: str = "park") -> AlbumPlan:
    return AlbumPlan(
        title="Test",
        seed=seed,
        characters=characters,
        environments=[Environment(id="place", kind=place)],
        scenes=scenes,
    )


def scene_of(cast: list[CastEntry], **fields: object) -> Scene:
    base: dict[str, object] = {
        "id": "s1", "title": "T", "caption": "C", "environment": "place", "time": datetime(2026, 6, 14, 10),
    }  # fmt: skip
    return Scene(**(base | fields), cast=cast)


def random_plan(seed: int, *, scenes: int = 2) -> AlbumPlan:
    rng = random.Random(seed)  # noqa: S311
    characters = [
        animal(f"c{i}", rng.choice(SPECIES), size=rng.choice(SIZES))
        if rng.random() < 0.25
        else person(f"c{i}", age_group=rng.choice(AGES), build=rng.choice(BUILDS), height=rng.choice(HEIGHTS))
        for i in range(rng.randint(1, 12))
    ]
    places = [Environment(id=f"e{i}", kind=rng.choice(v.ENVIRONMENT_KINDS)) for i in range(2)]
    start = datetime(2026, 6, 14, 6)
    return AlbumPlan(
        title="Random",
        seed=seed,
        characters=characters,
        environments=places,
        scenes=[_random_scene(rng, f"s{i}", characters, start + timedelta(hours=i)) for i in range(scenes)],
    )


def _random_scene(rng: random.Random, name: str, characters: list[Character], time: datetime) -> Scene:
    cast = rng.sample(characters, rng.randint(0, len(characters)))
    objects = [
        SceneObject(
            id=f"o{i}",
            kind=rng.choice(v.OBJECT_KINDS),
            count=rng.choice((1, 1, 1, 3, 20)),
            held_by=rng.choice(cast).id if cast and rng.random() < 0.4 else None,
        )
        for i in range(rng.choice((0, 0, 1, 2, 3, 5, 12)))
    ]
    targets = [one.id for one in cast] + [thing.id for thing in objects]
    return Scene(
        id=name,
        title=name,
        caption=name,
        environment=rng.choice(("e0", "e1")),
        time=time,
        lighting=rng.choice(v.LIGHTINGS),
        camera=Camera(shot=rng.choice(SHOTS), angle=rng.choice(ANGLES)),
        cast=[
            CastEntry(
                character=one.id,
                outfit="day" if one.kind == "person" else None,
                pose=rng.choice(v.POSES),
                facing=rng.choice(FACINGS),
            )
            for one in cast
        ],
        objects=objects,
        interactions=[
            Interaction(kind=rng.choice(LINKS), subject=rng.choice(cast).id, target=rng.choice(targets))
            for _ in range(rng.choice((0, 1, 2, 6)) if cast else 0)
        ],
    )


@pytest.fixture
def make() -> SimpleNamespace:
    """Builders of small plans: person, animal, plan_of, scene_of and random_plan."""
    return SimpleNamespace(person=person, animal=animal, plan_of=plan_of, scene_of=scene_of, random_plan=random_plan)
