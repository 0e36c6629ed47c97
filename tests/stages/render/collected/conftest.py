from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.records import (
    AlbumPlan,
    CastEntry,
    Character,
    Environment,
    Hair,
    Outfit,
    Scene,
    SceneObject,
)

WIDTH, HEIGHT = 96, 64


def make_plan(count=3, **changes):
    start = datetime(2026, 6, 1, 9)
    people = [
        Character(id="ana", name="Ana", gender="female", hair=Hair(color="red"), outfits=[Outfit(id="day")]),
        Character(id="leo", name="Leo", gender="male", outfits=[Outfit(id="day", top_color="green")]),
    ]
    scenes = [
        Scene(
            id=f"s{n}",
            title=f"T{n}",
            caption=f"Ana (and Leo) at the lake, day {n}.",
            environment="lake",
            time=start + timedelta(days=n),
            cast=[CastEntry(character=one.id, outfit="day") for one in people[: n % 3]],
            objects=[SceneObject(id="ball", kind="ball", color="yellow")],
        )
        for n in range(1, count + 1)
    ]
    plan = AlbumPlan(
        title="The lake",
        prompt="Two friends at the lake",
        seed=5,
        characters=people,
        environments=[Environment(id="lake", kind="lake")],
        scenes=scenes,
    )
    return plan.model_copy(update=changes)


def make_pictures(count, *, width=WIDTH, height=HEIGHT, shade=0.0):
    """Each another gradient, (height, width, 3) float32."""
    ramp = np.linspace(0.0, 0.5, width, dtype=np.float32)
    return [
        np.stack([np.tile(ramp, (height, 1)) + one, *np.full((2, height, width), shade + one)], axis=-1).astype("f4")
        for one in (index / (2 * count) for index in range(count))
    ]


@dataclass
class Story:
    """A plan with what belongs to it."""

    plan: AlbumPlan

    def __post_init__(self):
        self.layout = lay_out_scenes(self.plan, width=WIDTH, height=HEIGHT)
        self.cast = cast_characters(self.plan)

    @property
    def parts(self):
        return self.plan, self.layout, self.cast


@pytest.fixture
def tell():
    """Make a small story with some of the plan's fields changed."""
    return lambda count=3, **changes: Story(make_plan(count, **changes))


@pytest.fixture
def story(tell):
    return tell()


@pytest.fixture
def paint():
    return make_pictures


@pytest.fixture
def folder(tmp_path):
    return AlbumFolder(tmp_path / "album")
