"""Things in people's hands: at the wrist, across the body, or above the head."""

import numpy as np

from ..records import SceneObject
from .body import L_HIP, L_WRIST, NECK, NOSE, R_HIP, R_WRIST
from .contacts import LEFT, RIGHT, Arm, reach
from .figures import Placed, thing_figure
from .things import THINGS, many

_BOTH_HANDS = frozenset({"reading", "photographing", "carrying", "cooking"})

_LARGEST = 1.7  # head heights of a thing that is simply held
_AT_THE_MOUTH = 0.65  # head heights of what is eaten or drunk, so that the face stays to be seen


def hold(thing: SceneObject, holder: Placed, busy: set[Arm], animals: list[Placed]) -> Placed:
    """Place a held thing, and raise the arm that holds it where that is needed.

    Args:
        thing: the object.
        holder: who holds it; an animal holds it in its mouth.
        busy: arms of the holder that are taken; the arm used is added.
        animals: where the animals of the scene are, for leashes.
    """
    width, height = many(THINGS[thing.kind], min(thing.count, 5))
    if holder.joints is None:
        busy.add(RIGHT)
        return _in_mouth(thing, holder, width, height)
    if thing.kind == "guitar":
        return _across(thing, holder, busy)
    arm = _free_arm(holder, busy)
    if thing.kind in ("umbrella", "balloons", "flag"):
        return _overhead(thing, holder, arm, busy, width, height)
    if thing.kind == "leash" and animals:
        busy.add(arm)
        return _leash(thing, holder, arm, min(animals, key=lambda one: abs(one.x - holder.x)))
    if thing.kind == "fishing_rod":
        return _rod(thing, holder, arm, busy)
    largest = _AT_THE_MOUTH if holder.figure.pose in ("eating", "drinking") else _LARGEST
    shrink = min(1.0, largest * holder.head / (max(width, height) * holder.scale))
    width, height = width * shrink, height * shrink
    center = _grip(thing, holder, arm, busy)
    center[1] += _below_eyes(holder, arm, center, width * holder.scale, height * holder.scale)
    return _at(thing, holder, center, width, height, near=2)


def hold_low(thing: SceneObject, holder: Placed, arm: Arm) -> Placed:
    """Place a thing in a hand that hangs down, where it hides nobody."""
    joints, body = holder.joints, holder.figure.body
    width, height = many(THINGS[thing.kind], min(thing.count, 5))
    if joints is None or body is None:
        return _in_mouth(thing, holder, width, height)
    length = (body.upper_arm + body.forearm) * holder.head
    side = 1.0 if joints[arm[0], 0] >= joints[NECK, 0] else -1.0
    reach(holder, arm, joints[arm[0]] + np.array([side * 0.2, 0.9]) * length)
    if holder.figure.pose in _BOTH_HANDS:  # the other hand is not needed either
        rest = LEFT if arm == RIGHT else RIGHT
        reach(holder, rest, joints[rest[0]] + np.array([-side * 0.2, 0.95]) * length)
    shrink = min(1.0, _LARGEST * 0.7 * holder.head / (max(width, height) * holder.scale))
    center = joints[arm[2]] + np.array([0.0, 0.16 * holder.head + 0.25 * height * shrink * holder.scale])
    return _at(thing, holder, center, width * shrink, height * shrink, near=2)


def _below_eyes(holder: Placed, arm: Arm, center: np.ndarray, width: float, height: float) -> float:
    """How far a held thing and its hand must sink so that the holder's eyes and nose can be seen."""
    joints = holder.joints
    if joints is None:
        return 0.0
    nose = joints[NOSE]
    if abs(float(center[0] - nose[0])) > width / 2 + 0.45 * holder.head:
        return 0.0
    sink = float(nose[1]) + 0.1 * holder.head - (float(center[1]) - height / 2)
    if not 0 < sink < height + 0.9 * holder.head:
        return 0.0
    reach(holder, arm, joints[arm[2]] + np.array([0.0, sink]))
    return sink


def _free_arm(holder: Placed, busy: set[Arm]) -> Arm:
    """The arm that is free and already furthest up, so that a cup goes to the mouth and a wave keeps its hand."""
    joints = holder.joints
    if joints is None:
        return RIGHT
    free = [arm for arm in (RIGHT, LEFT) if arm not in busy] or [RIGHT, LEFT]
    lifted = [arm for arm in free if joints[arm[2], 1] < joints[arm[0], 1] + holder.head * 1.6]
    return min(lifted or free, key=lambda arm: float(joints[arm[2], 1]))


def _grip(thing: SceneObject, holder: Placed, arm: Arm, busy: set[Arm]) -> np.ndarray:
    """Middle of a thing held in one hand, or between both."""
    joints = holder.joints
    if joints is None:
        return np.zeros(2)
    both = holder.figure.pose in _BOTH_HANDS and not busy
    if both:
        busy |= {RIGHT, LEFT}
        middle = joints[[R_WRIST, L_WRIST]].mean(axis=0)
        return middle + np.array([0.0, -0.1 * holder.head])
    busy.add(arm)
    if holder.figure.pose == "standing" and THINGS[thing.kind].home != "ground":  # shown rather than dangling
        side = 1.0 if joints[arm[0], 0] >= joints[NECK, 0] else -1.0
        facing = {"left": -1.0, "right": 1.0}.get(holder.figure.facing, side)
        reach(holder, arm, joints[arm[0]] + np.array([facing * 0.45, 0.95]) * holder.head)
    bone = joints[arm[2]] - joints[arm[1]]
    return joints[arm[2]] + bone / max(float(np.hypot(*bone)), 1e-9) * 0.16 * holder.head


def _overhead(thing: SceneObject, holder: Placed, arm: Arm, busy: set[Arm], width: float, height: float) -> Placed:
    """Umbrella, balloons or flag: the lower end in the hand, the rest above and clear of the face."""
    joints = holder.joints
    if joints is None:
        return _in_mouth(thing, holder, width, height)
    busy.add(arm)
    side = 1.0 if joints[arm[0], 0] >= joints[NECK, 0] else -1.0
    if holder.figure.pose not in ("cheering", "waving", "jumping"):
        reach(holder, arm, joints[arm[0]] + np.array([side * 0.45, 0.45]) * holder.head)
    wrist, crown = joints[arm[2]], float(joints[NOSE, 1]) - 0.55 * holder.head
    size = min(1.0, 4.2 * holder.head / (max(width, height) * holder.scale))
    width, height = width * size, height * size
    if thing.kind == "umbrella":
        height = max((float(wrist[1]) - crown) / holder.scale + 0.3 * height, height * 0.7)
        x = float(wrist[0]) * 0.6 + float(joints[NOSE, 0]) * 0.4
        return _standing(thing, holder, x, float(wrist[1]), width, height, near=-1)
    x = float(wrist[0]) + side * width * holder.scale * 0.12
    bottom = float(wrist[1])
    room = max((bottom - 0.01) / holder.scale, 0.25)
    squeeze = min(1.0, room / height)
    return _standing(thing, holder, x, bottom, width * max(squeeze, 0.6), height * squeeze, near=-1)


def _across(thing: SceneObject, holder: Placed, busy: set[Arm]) -> Placed:
    """A guitar in front of the body: one hand on the strings, the other along the neck."""
    joints = holder.joints
    if joints is None:
        return _in_mouth(thing, holder, 0.9, 0.6)
    size = THINGS[thing.kind]
    middle = joints[NECK] * 0.42 + joints[[R_HIP, L_HIP]].mean(axis=0) * 0.58
    width = min(size.width, 3.0 * holder.head / holder.scale)
    height = width * size.height / size.width
    half = width * holder.scale / 2
    reach(holder, RIGHT, middle + np.array([-0.25 * half, 0.0]))
    reach(holder, LEFT, middle + np.array([0.75 * half, -0.35 * height * holder.scale]))
    busy |= {RIGHT, LEFT}
    return _at(thing, holder, middle, width, height, near=2)


def _leash(thing: SceneObject, holder: Placed, arm: Arm, animal: Placed) -> Placed:
    """From the wrist to the animal's neck: the box is what the line spans."""
    joints = holder.joints
    wrist = joints[arm[2]] if joints is not None else np.array([holder.x, holder.y])
    x0, y0, x1, y1 = animal.box
    neck_x = x0 + (x1 - x0) * (0.75 if animal.figure.facing == "right" else 0.25)
    neck_y = y0 + (y1 - y0) * 0.35
    left, right = sorted((float(wrist[0]), neck_x))
    top, bottom = sorted((float(wrist[1]), neck_y))
    width, height = max(right - left, 0.02), max(bottom - top, 0.02)
    figure = thing_figure(thing.id, width / holder.scale, height / holder.scale)
    return Placed(figure, (left + right) / 2, top + height, holder.scale, near=2, line=holder.line)


def _rod(thing: SceneObject, holder: Placed, arm: Arm, busy: set[Arm]) -> Placed:
    joints = holder.joints
    if joints is None:
        return _in_mouth(thing, holder, 0.6, 0.3)
    busy.add(arm)
    size = THINGS[thing.kind]
    side = 1.0 if joints[arm[0], 0] >= joints[NECK, 0] else -1.0
    side = {"left": -1.0, "right": 1.0}.get(holder.figure.facing, side)
    reach(holder, arm, joints[arm[0]] + np.array([side * 0.8, 0.9]) * holder.head)
    wrist = joints[arm[2]]
    length = min(size.height, max((float(wrist[1]) - 0.02) / holder.scale, 0.3))
    width = size.width * length / size.height
    return _standing(
        thing, holder, float(wrist[0]) + side * width * holder.scale / 2, float(wrist[1]), width, length, near=2
    )


def _in_mouth(thing: SceneObject, holder: Placed, width: float, height: float) -> Placed:
    x0, y0, x1, y1 = holder.box
    shrink = min(1.0, 0.5 * (y1 - y0) / (max(width, height) * holder.scale))
    x = x0 + (x1 - x0) * {"right": 0.95, "left": 0.05}.get(holder.figure.facing, 0.5)
    return _at(thing, holder, np.array([x, y0 + (y1 - y0) * 0.27]), width * shrink, height * shrink, near=2)


def _at(thing: SceneObject, holder: Placed, center: np.ndarray, width: float, height: float, *, near: float) -> Placed:
    bottom = float(center[1]) + height * holder.scale / 2
    return _standing(thing, holder, float(center[0]), bottom, width, height, near=near)


def _standing(
    thing: SceneObject, holder: Placed, x: float, bottom: float, width: float, height: float, *, near: float
) -> Placed:
    figure = thing_figure(thing.id, width, height, outline=THINGS[thing.kind].outline)
    return Placed(figure, x, bottom, holder.scale, near=holder.near + near, line=holder.line)
