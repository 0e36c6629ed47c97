"""The sketch that the built-in model is told: place, things and clothes by daylight, and nobody in particular."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.records import (
    AlbumPlan,
    CastEntry,
    Character,
    Environment,
    Face,
    Hair,
    Outfit,
    Scene,
    SceneObject,
)
from synthetic_albums.stages.render.renderer import photo_job
from synthetic_albums.stages.render.storyboard.scene import paint_sketch

SIDE = 64


def sketch(*, person=None, lighting="daylight", weather="clear", top="blue", seed=5, photo_seed=1, pose="standing"):
    """A person with a ball in a park."""
    person = person or {}
    ana = Character(id="ana", name="Ana", outfits=[Outfit(id="day", top_color=top)], **person)
    scene = Scene(
        id="s1", title="t", caption="c", environment="place", time=datetime(2026, 6, 14, 12), lighting=lighting,
        weather=weather, cast=[CastEntry(character="ana", pose=pose)], objects=[SceneObject(id="ball", kind="ball")],
    )  # fmt: skip
    places = [Environment(id="place", kind="park")]
    plan = AlbumPlan(title="T", seed=seed, characters=[ana], environments=places, scenes=[scene])
    layout = lay_out_scene(plan, scene, width=SIDE, height=SIDE)
    job = photo_job(plan, scene, layout, (), width=SIDE, height=SIDE, seed=photo_seed, attempt=0)
    return paint_sketch(job), job


def test_it_is_small_and_of_the_size_of_the_job():
    picture, job = sketch()
    assert picture.shape == (SIDE, SIDE, 3)
    assert picture.dtype == np.uint8
    assert paint_sketch(replace(job, width=48, height=32)).shape == (32, 48, 3)


@pytest.mark.parametrize("other", [{"lighting": "night"}, {"weather": "rain"}])
def test_light_and_weather_leave_it_as_it_is(other):
    picture, job = sketch()
    assert np.array_equal(picture, paint_sketch(replace(job, scene=job.scene.model_copy(update=other))))


def test_another_seed_of_the_photo_leaves_it_as_it_is():
    assert np.array_equal(sketch()[0], sketch(photo_seed=2)[0])


@pytest.mark.parametrize(
    "person",
    [
        {"hair": Hair(style="afro", color="red")},
        {"face": Face(shape="square", eyes="green", freckles=True)},
        {"accessories": ["glasses", "cap", "backpack"]},
    ],
)
def test_it_does_not_say_who_somebody_is(person):
    assert np.array_equal(sketch()[0], sketch(person=person)[0])


@pytest.mark.parametrize("other", [{"top": "red"}, {"pose": "waving"}, {"seed": 6}])
def test_clothes_pose_and_the_look_of_the_place_are_in_it(other):
    assert not np.array_equal(sketch()[0], sketch(**other)[0])


def test_things_are_in_it():
    picture, job = sketch()
    regions = [region for region in job.layout.regions if region.ref != "ball"]
    without = paint_sketch(replace(job, layout=job.layout.model_copy(update={"regions": regions})))
    changed = (picture != without).any(axis=2)
    x0, y0, x1, y1 = next(region.box for region in job.layout.regions if region.ref == "ball")
    inside = np.zeros_like(changed)
    inside[int(y0 * SIDE) - 1 : int(y1 * SIDE) + 2, int(x0 * SIDE) - 1 : int(x1 * SIDE) + 2] = True
    assert changed[inside].any()
    assert not changed[~inside].any()
