import numpy as np
import pytest
from synthetic_albums.stages.layout import draw_blueprint
from synthetic_albums.stages.records import Region, SceneLayout

SKY, GROUND = (33, 40, 52), (47, 54, 63)


def scene(*regions, light=(1.0, 0.0)):
    return SceneLayout(scene="s", width=100, height=100, horizon=0.5, ground=0.9, light=light, regions=list(regions))


def region(ref, box, *, kind="character", keypoints=()):
    return Region(id=ref, kind=kind, ref=ref, box=box, depth=0.5, keypoints=list(keypoints))


@pytest.mark.parametrize(("width", "height"), [(64, 64), (200, 80), (81, 203)])
def test_a_drawing_has_the_size_that_is_asked_for(width, height):
    drawing = draw_blueprint(scene(region("ana", (0.2, 0.2, 0.6, 0.9))), width=width, height=height)
    assert drawing.shape == (height, width, 3)
    assert drawing.dtype == np.uint8


def test_the_ground_begins_at_the_horizon():
    drawing = draw_blueprint(scene(), width=100, height=100)
    assert tuple(drawing[40, 10]) == SKY
    assert tuple(drawing[60, 10]) == GROUND


def test_a_sun_stands_where_the_light_comes_from():
    right = draw_blueprint(scene(light=(1.0, 0.0)), width=100, height=100)
    left = draw_blueprint(scene(light=(-1.0, 0.0)), width=100, height=100)
    assert right[50, 90:].max() == 255
    assert right[50, :10].max() < 255
    assert left[50, :10].max() == 255


def test_a_region_is_filled_where_it_is_and_nowhere_else():
    empty = draw_blueprint(scene(), width=200, height=200)
    drawing = draw_blueprint(scene(region("ana", (0.2, 0.3, 0.5, 0.8))), width=200, height=200)
    changed = (drawing != empty).any(axis=2)
    assert changed[70:155, 45:95].all()
    assert not changed[165:].any()
    assert not changed[:, 105:].any()


def test_a_character_keeps_its_colour_wherever_it_stands():
    first = draw_blueprint(scene(region("ana", (0.0, 0.6, 0.4, 1.0))), width=100, height=100)
    second = draw_blueprint(
        scene(region("leo", (0.0, 0.6, 0.4, 1.0)), region("ana", (0.5, 0.6, 0.9, 1.0))), width=100, height=100
    )
    assert tuple(first[80, 20]) == tuple(second[80, 70])
    assert tuple(second[80, 20]) != tuple(second[80, 70])


def test_joints_that_cannot_be_seen_are_not_drawn():
    seen = [(0.5, 0.7, 1.0), (0.5, 0.9, 1.0)]  # nose and neck
    unseen = [(0.5, 0.7, 1.0), (0.5, 0.9, 0.0)]
    plain = draw_blueprint(scene(region("ana", (0.3, 0.6, 0.7, 1.0))), width=100, height=100)
    limb = draw_blueprint(scene(region("ana", (0.3, 0.6, 0.7, 1.0), keypoints=seen)), width=100, height=100)
    no_limb = draw_blueprint(scene(region("ana", (0.3, 0.6, 0.7, 1.0), keypoints=unseen)), width=100, height=100)
    assert (limb[80, 50] != plain[80, 50]).any()
    assert (no_limb[80, 50] == plain[80, 50]).all()


def test_what_reaches_out_of_the_picture_is_cut():
    outside = scene(region("ana", (-0.5, -0.5, 1.5, 1.5)), region("gone", (1.2, 0.1, 1.4, 0.3), kind="object"))
    assert draw_blueprint(outside, width=100, height=100).shape == (100, 100, 3)


def test_names_of_those_who_stand_in_one_place_do_not_cover_each_other():
    together = scene(region("ana", (0.3, 0.5, 0.7, 1.0)), region("leo", (0.3, 0.5, 0.7, 1.0)))
    drawing = draw_blueprint(together, width=400, height=400)
    alone = draw_blueprint(scene(region("leo", (0.3, 0.5, 0.7, 1.0))), width=400, height=400)
    ink = (drawing > 230).all(axis=2).sum()
    assert ink > 1.5 * (alone > 230).all(axis=2).sum()
