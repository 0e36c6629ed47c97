import numpy as np
import pytest
from synthetic_albums.stages.records import Region, SceneLayout
from synthetic_albums.stages.render.builtin.raster import BONES, EYE, HEAD, LIMB_VALUES, NOSE, PARTS, blueprint_raster
from synthetic_albums.stages.vocabulary import OPENPOSE_18

STANDING = {
    "nose": (0.5, 0.2), "neck": (0.5, 0.3), "r_shoulder": (0.4, 0.3), "l_shoulder": (0.6, 0.3), "r_elbow": (0.35, 0.4),
    "l_elbow": (0.65, 0.4), "r_wrist": (0.3, 0.5), "l_wrist": (0.7, 0.5), "r_hip": (0.45, 0.55), "l_hip": (0.55, 0.55),
    "r_knee": (0.45, 0.7), "l_knee": (0.55, 0.7), "r_ankle": (0.45, 0.9), "l_ankle": (0.55, 0.9), "r_eye": (0.47, 0.18),
    "l_eye": (0.53, 0.18), "r_ear": (0.44, 0.2), "l_ear": (0.56, 0.2),
}  # fmt: skip


def layout_of(*regions, horizon=0.4):
    return SceneLayout(
        scene="s", width=128, height=128, horizon=horizon, ground=0.9, light=(0.0, -1.0), regions=list(regions)
    )


def box(name, x0, y0, x1, y1, depth, **more):
    return Region(id=name, kind="object", ref=name, box=(x0, y0, x1, y1), depth=depth, **more)


def person(hidden=()):
    points = [(*STANDING[name], 0.0 if name in hidden else 1.0) for name in OPENPOSE_18]
    return Region(
        id="p", kind="character", ref="ana", box=(0.2, 0.1, 0.8, 0.95), depth=0.3, pose="standing", keypoints=points
    )


def test_nearer_regions_lie_over_farther_ones():
    raster = blueprint_raster(layout_of(box("a", 0, 0, 0.6, 1, 0.8), box("b", 0.4, 0, 1, 1, 0.2)), width=100, height=50)
    assert raster.instance.shape == raster.limbs.shape == raster.nearness.shape == (50, 100)
    assert (raster.instance[25, 20], raster.instance[25, 50], raster.instance[25, 80]) == (1, 2, 2)
    assert raster.nearness[25, 20] == round(255 * 0.2)
    assert raster.nearness[25, 80] == round(255 * 0.8)


def test_a_mask_is_filled_and_its_box_is_not():
    triangle = box("a", 0, 0, 1, 1, 0.5, mask=[[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]])
    instance = blueprint_raster(layout_of(triangle), width=64, height=64).instance
    assert instance[10, 10] == 1
    assert instance[60, 60] == 0
    assert instance.mean() == pytest.approx(0.5, abs=0.03)


def test_the_ground_comes_nearer_from_the_horizon_down_and_the_sky_is_far():
    nearness = blueprint_raster(layout_of(horizon=0.4), width=10, height=100).nearness.astype(int)
    assert not nearness[:40].any()
    column = nearness[40:, 0]
    assert (np.diff(column) >= 0).all()
    assert column[-1] > 200
    assert (nearness == nearness[:, :1]).all()


def test_limbs_lie_where_the_pose_says():
    limbs = blueprint_raster(layout_of(person()), width=256, height=256).limbs
    assert limbs.max() < LIMB_VALUES
    shin = BONES.index(("l_knee", "l_ankle")) + 1
    assert limbs[int(0.8 * 256), int(0.55 * 256)] == shin
    upper_arm = BONES.index(("r_shoulder", "r_elbow")) + 1
    assert limbs[int(0.35 * 256), int(0.375 * 256)] == upper_arm
    assert limbs[int(0.2 * 256), int(0.5 * 256)] == NOSE
    assert limbs[int(0.18 * 256), int(0.47 * 256)] == EYE
    assert limbs[int(0.22 * 256), int(0.48 * 256)] == HEAD


def test_what_is_not_visible_is_not_drawn():
    limbs = blueprint_raster(layout_of(person(hidden=("l_ankle", "r_eye"))), width=256, height=256).limbs
    assert BONES.index(("l_knee", "l_ankle")) + 1 not in limbs
    assert limbs[int(0.18 * 256), int(0.47 * 256)] == HEAD


def test_the_nearer_body_hides_limbs_behind_it():
    raster = blueprint_raster(layout_of(person(), box("wall", 0, 0.6, 1, 1, 0.1)), width=128, height=128)
    assert not raster.limbs[80:].any()
    assert raster.limbs[:70].any()


def test_the_same_blueprint_at_two_sizes_says_the_same():
    small, large = (blueprint_raster(layout_of(person()), width=side, height=side) for side in (64, 256))
    assert (small.instance == large.instance[2::4, 2::4]).mean() > 0.97


def test_parts_of_a_person_lie_on_its_limbs_and_everything_else_is_body():
    raster = blueprint_raster(layout_of(person(), box("ball", 0.85, 0.85, 0.99, 0.99, 0.1)), width=256, height=256)

    def at(x, y):
        return PARTS[raster.parts[int(y * 256), int(x * 256)]]

    assert (at(0.55, 0.62), at(0.55, 0.8), at(0.55, 0.9)) == ("thigh", "shin", "foot")
    assert (at(0.325, 0.45), at(0.3, 0.5)) == ("forearm", "hand")
    assert (at(0.5, 0.42), at(0.5, 0.21), at(0.5, 0.15)) == ("body", "face", "hair")
    assert at(0.92, 0.92) == "body"
    assert at(0.02, 0.02) == "none"
    assert not raster.parts[raster.instance == 0].any()


def test_from_behind_a_head_is_hair():
    raster = blueprint_raster(layout_of(person(hidden=("nose", "r_eye", "l_eye"))), width=256, height=256)
    assert PARTS.index("face") not in raster.parts
    assert PARTS.index("hair") in raster.parts
