import itertools

import numpy as np
import pytest
from synthetic_albums.stages.render.storyboard.canvas import Canvas
from synthetic_albums.stages.render.storyboard.props import COLORS, draw_prop
from synthetic_albums.stages.vocabulary import OBJECT_KINDS, Color

GROUND = (214, 224, 214)


def picture(kind, *, color=None, count=1, name="", tone=lambda color: color, light=(-0.6, -0.8), box=(12, 12, 84, 84)):
    canvas = Canvas(96, 96, ground=GROUND)
    draw_prop(canvas, kind, box, color=color, count=count, name=name, tone=tone, light=light, seed=1)
    return np.asarray(canvas.finished(), np.float32)


def test_every_thing_is_drawn_and_looks_like_no_other():
    pictures = {kind: picture(kind) for kind in OBJECT_KINDS}
    empty = np.broadcast_to(np.asarray(GROUND, np.float32), (96, 96, 3))
    assert min((np.abs(drawn - empty).mean(), kind) for kind, drawn in pictures.items())[0] > 0.7
    distance, first, second = min(
        (np.abs(pictures[a] - pictures[b]).mean(), a, b) for a, b in itertools.combinations(OBJECT_KINDS, 2)
    )
    assert distance > 1.0, (first, second)


@pytest.mark.parametrize("kind", sorted(set(OBJECT_KINDS) - {"campfire", "lantern", "candles", "cake"}))
def test_a_thing_stays_in_its_box(kind):
    drawn = picture(kind)
    outside = np.ones((96, 96), bool)
    outside[8:88, 8:88] = False
    assert np.abs(drawn[outside] - GROUND).max() < 3


@pytest.mark.parametrize("color", Color.__args__)
def test_every_colour_of_the_vocabulary_is_known(color):
    assert color in COLORS


@pytest.mark.parametrize("kind", sorted(set(OBJECT_KINDS) - {"campfire", "pizza"}))
def test_a_thing_takes_its_colour(kind):
    assert np.abs(picture(kind, color="red") - picture(kind, color="turquoise")).mean() > 0.02


@pytest.mark.parametrize("kind", ["gift", "pumpkin", "balloons", "candles", "cup"])
def test_several_things_look_different_from_one(kind):
    assert np.abs(picture(kind, count=7) - picture(kind, count=1)).mean() > 0.5


def test_the_scene_s_light_is_on_things():
    dark = picture("van", tone=lambda color: (color[0] // 3, color[1] // 3, color[2] // 2))
    assert dark.mean() < picture("van").mean() - 8


def test_shading_follows_the_light():
    left, right = picture("ball", light=(-0.7, -0.7)), picture("ball", light=(0.7, -0.7))
    assert left[30:50, 20:40].mean() > right[30:50, 20:40].mean()


def test_a_name_may_say_which_kind_of_ball_it_is():
    assert np.abs(picture("ball", name="soccer ball") - picture("ball")).mean() > 2


def test_a_box_of_no_size_draws_nothing():
    assert np.abs(picture("cup", box=(40, 40, 40, 60)) - GROUND).max() == 0


def test_a_box_far_outside_the_picture_draws_nothing():
    assert np.abs(picture("boat", box=(500, 500, 700, 700)) - GROUND).max() == 0
