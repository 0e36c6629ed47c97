"""A small plan with people, an animal and a thing, as photo jobs; and a copy of the tiny model to spoil."""

import shutil
from datetime import datetime

import pytest
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scene
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
from synthetic_albums.stages.render.renderer import photo_job
from synthetic_albums.stages.seeds import derive_seed


def make_job(*, width=128, height=128, people=("ana",), features=(), lighting="daylight", attempt=0, scene="s1"):
    """A scene in a park: people, the dog, and a ball."""
    plan = AlbumPlan(
        title="A walk",
        seed=5,
        characters=[
            Character(
                id="ana", name="Ana", gender="female", hair=Hair(style="long", color="red"), accessories=["glasses"],
                outfits=[Outfit(id="day", top="t_shirt", top_color="blue")],
            ),
            Character(id="leo", name="Leo", gender="male", skin_tone=9, outfits=[Outfit(id="day", top_color="red")]),
            Character(id="rex", name="Rex", kind="animal", species="dog"),
        ],
        environments=[Environment(id="place", kind="park", features=list(features))],
        scenes=[
            Scene(
                id=scene,
                title="t",
                caption="c",
                environment="place",
                time=datetime(2026, 6, 14, 9, 30),
                lighting=lighting,
                cast=[CastEntry(character=name) for name in people] + [CastEntry(character="rex", pose="sitting")],
                objects=[SceneObject(id="toy", kind="ball", color="yellow")],
            )
        ],
    )  # fmt: skip
    cast = cast_characters(plan)
    return photo_job(
        plan,
        plan.scenes[0],
        lay_out_scene(plan, plan.scenes[0], width=width, height=height),
        tuple(cast.member(entry.character) for entry in plan.scenes[0].cast),
        width=width,
        height=height,
        seed=derive_seed(plan.seed, "photo", scene, attempt),
        attempt=attempt,
    )


@pytest.fixture
def job():
    return make_job


@pytest.fixture
def own_builtin(tiny_builtin, tmp_path):
    """A copy of the tiny model that the test may spoil."""
    return shutil.copytree(tiny_builtin, tmp_path / "builtin")


@pytest.fixture(scope="session")
def loaded(tiny_builtin):
    from synthetic_albums.stages.render.builtin.sampler import load_builtin

    return load_builtin(tiny_builtin)


@pytest.fixture
def rewrite_hashes():
    """Make a folder's list of hashes true again, as somebody who changes a model on purpose would."""
    from synthetic_albums.stages.render.builtin.hashes import write_hashes

    return write_hashes
