import random
from typing import get_args

import numpy as np
import pytest
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.layout import body as b
from synthetic_albums.stages.layout.figures import person_figure
from synthetic_albums.stages.layout.poses import LYING, stance_of
from synthetic_albums.stages.records import Character, Outfit

FACINGS = get_args(v.Facing)
AGES = ("baby", "child", "adult")


def someone(**fields: object) -> Character:
    return Character(id="ana", name="Ana", outfits=[Outfit(id="o")], **fields)


def joints_of(pose: str, facing: str = "camera", *, seat: str = "", seed: int = 1, **fields: object) -> np.ndarray:
    """OpenPose joints in head heights, y down, ground at 0."""
    rng = random.Random(seed)  # noqa: S311
    figure = person_figure(someone(**fields), pose, facing, seat=seat, pitch=11.0, rng=rng)
    return figure.joints / figure.body.metres


def length(joints: np.ndarray, start: int, end: int) -> float:
    return float(np.hypot(*(joints[end] - joints[start])))


@pytest.mark.parametrize("facing", FACINGS)
@pytest.mark.parametrize("pose", v.POSES)
def test_the_head_height_can_be_read_from_nose_and_neck_in_every_pose(pose, facing):
    assert length(joints_of(pose, facing), b.NOSE, b.NECK) == pytest.approx(0.75, abs=1e-6)


@pytest.mark.parametrize(("age", "heads"), b.HEADS_TALL.items())
def test_a_standing_figure_is_as_many_heads_tall_as_its_age_says(age, heads):
    joints = joints_of("standing", age_group=age)
    assert -(joints[b.NOSE, 1] - 0.55) == pytest.approx(heads, rel=0.04)


def test_proportions_are_those_the_drawer_expects():
    joints = joints_of("standing")
    assert length(joints, b.R_SHOULDER, b.L_SHOULDER) == pytest.approx(1.45, rel=0.02)
    assert length(joints, b.R_HIP, b.L_HIP) == pytest.approx(0.95, rel=0.02)
    assert length(joints, b.R_EYE, b.L_EYE) == pytest.approx(0.36, rel=0.02)
    assert length(joints, b.R_EAR, b.L_EAR) == pytest.approx(0.84, rel=0.02)
    assert joints[b.NOSE, 1] - joints[b.R_EYE, 1] == pytest.approx(0.1, abs=0.03)


def test_broad_people_have_broader_shoulders_than_slim_ones():
    slim, broad = (length(joints_of("standing", build=k), b.R_SHOULDER, b.L_SHOULDER) for k in ("slim", "broad"))
    assert slim < 1.45 < broad


def test_the_right_side_is_on_the_left_of_the_picture_unless_seen_from_behind():
    front, back = joints_of("standing", "camera"), joints_of("standing", "away")
    for right, left in ((b.R_SHOULDER, b.L_SHOULDER), (b.R_HIP, b.L_HIP), (b.R_EAR, b.L_EAR), (b.R_ANKLE, b.L_ANKLE)):
        assert front[right, 0] < front[left, 0]
        assert back[right, 0] > back[left, 0]


@pytest.mark.parametrize(("facing", "sign"), [("left", -1), ("right", 1)])
def test_seen_from_the_side_the_face_looks_that_way_and_shoulders_are_narrower(facing, sign):
    joints = joints_of("standing", facing)
    assert sign * (joints[b.NOSE, 0] - joints[b.NECK, 0]) > 0.1
    assert length(joints, b.R_SHOULDER, b.L_SHOULDER) < 1.45 * 0.75
    far_ear = b.L_EAR if facing == "right" else b.R_EAR
    assert [i for i, seen in enumerate(b.visible_joints(facing)) if not seen] == [far_ear]


def test_from_behind_there_is_no_face():
    assert [i for i, seen in enumerate(b.visible_joints("away")) if not seen] == [b.NOSE, b.R_EYE, b.L_EYE]


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("facing", FACINGS)
@pytest.mark.parametrize("pose", v.POSES)
def test_no_bone_is_longer_than_it_can_be_and_nothing_is_below_ground(pose, facing, age):
    joints = joints_of(pose, facing, age_group=age)
    body = b.body_of(someone(age_group=age))
    stretch = 1.12  # a side view exaggerates strides a little
    for joint, end, bone in (
        (b.R_SHOULDER, b.R_ELBOW, body.upper_arm), (b.L_ELBOW, b.L_WRIST, body.forearm),
        (b.R_HIP, b.R_KNEE, body.thigh), (b.L_KNEE, b.L_ANKLE, body.shin),
    ):  # fmt: skip
        assert length(joints, joint, end) <= bone * stretch
    assert joints[:, 1].max() <= 0.01


def test_standing_people_have_straight_uncrossed_legs():
    joints = joints_of("standing")
    assert joints[b.R_KNEE, 0] < joints[b.L_KNEE, 0]
    assert joints[b.R_HIP, 1] < joints[b.R_KNEE, 1] < joints[b.R_ANKLE, 1]
    assert joints[[b.R_ANKLE, b.L_ANKLE], 1] == pytest.approx(-b.SOLE, abs=0.12)


@pytest.mark.parametrize("pose", ["walking", "running", "throwing", "climbing"])
@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("seed", range(5))
def test_strides_seen_from_the_side_do_not_cross_the_legs(pose, facing, seed):
    joints = joints_of(pose, facing, seed=seed)
    sign = 1 if facing == "right" else -1
    hips, knees, ankles = (sign * (joints[left, 0] - joints[right, 0]) for left, right in (
        (b.L_HIP, b.R_HIP), (b.L_KNEE, b.R_KNEE), (b.L_ANKLE, b.R_ANKLE),
    ))  # fmt: skip
    assert np.sign(hips) == np.sign(knees) == np.sign(ankles)


@pytest.mark.parametrize("pose", ["sitting", "crouching", "kneeling"])
def test_low_poses_are_lower_than_standing(pose):
    assert joints_of(pose)[b.NOSE, 1] > joints_of("standing")[b.NOSE, 1] + 0.8


def test_on_a_chair_hips_are_at_seat_height_and_thighs_level():
    joints = joints_of("sitting", "right", seat="chair")
    assert joints[b.R_KNEE, 0] - joints[b.R_HIP, 0] > 0.9
    assert abs(joints[b.R_KNEE, 1] - joints[b.R_HIP, 1]) < 0.5
    assert joints[b.R_ANKLE, 1] > joints[b.R_KNEE, 1] + 1.0


def test_on_a_chair_the_feet_of_children_dangle():
    assert (
        joints_of("sitting", "right", seat="chair", age_group="child")[[b.R_ANKLE, b.L_ANKLE], 1].max() < -b.SOLE - 0.2
    )


@pytest.mark.parametrize("pose", sorted(LYING))
def test_who_lies_is_longer_than_high(pose):
    width, height = np.ptp(joints_of(pose), axis=0)
    assert width > 3.5
    assert height < 1.8


def test_cheering_raises_both_hands_and_waving_one():
    cheering, waving = joints_of("cheering"), joints_of("waving")
    assert (cheering[[b.R_WRIST, b.L_WRIST], 1] < cheering[b.NOSE, 1]).all()
    assert (waving[[b.R_WRIST, b.L_WRIST], 1] < waving[b.NECK, 1]).sum() == 1


def test_jumping_leaves_the_ground():
    assert joints_of("jumping")[[b.R_ANKLE, b.L_ANKLE], 1].max() < -0.8


def test_every_pose_and_facing_has_a_silhouette_of_its_own():
    shapes = {joints_of(pose, "right").round(2).tobytes() for pose in v.POSES}
    assert len(shapes) == len(v.POSES)


def test_the_same_random_state_gives_the_same_stance_and_others_small_differences():
    one, same, other = (stance_of("standing", "camera", seated=False, rng=random.Random(s)) for s in (1, 1, 2))  # noqa: S311
    assert one == same
    assert one != other
