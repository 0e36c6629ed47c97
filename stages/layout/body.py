"""A person's skeleton: proportions, joint angles in three dimensions, and the flat OpenPose figure they project to.

The body frame has its origin at the middle of the hips: x to the person's left, y up, z to where they face. All
lengths are in head heights H (chin to crown), the unit in which figures are drawn. What every drawer may rely on:
the nose is 0.75 H from the neck joint (middle of the shoulder line) in every pose and facing, so H can be read back
from the keypoints; the crown is 0.55 H above the nose and the soles are `SOLE` below the ankles.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .. import vocabulary as v
from ..records import Character

Vector = tuple[float, float, float]

NOSE_TO_NECK = 0.75
CROWN_ABOVE_NOSE = 0.55
SOLE = 0.24  # ankle joint to sole
NOSE, NECK, R_SHOULDER, R_ELBOW, R_WRIST, L_SHOULDER, L_ELBOW, L_WRIST = range(8)
R_HIP, R_KNEE, R_ANKLE, L_HIP, L_KNEE, L_ANKLE, R_EYE, L_EYE, R_EAR, L_EAR = range(8, 18)

# Storybook proportions: whole figures in head heights, and real heights in metres.
HEADS_TALL = {"baby": 3.6, "child": 4.6, "teen": 5.7, "young_adult": 6.0, "adult": 6.0, "senior": 6.0}
METRES_TALL = {"baby": 0.70, "child": 1.15, "teen": 1.60, "young_adult": 1.70, "adult": 1.70, "senior": 1.65}
HEIGHT_FACTOR = {"short": 0.94, "average": 1.0, "tall": 1.06}
BREADTH = {"slim": 0.90, "average": 1.0, "athletic": 1.08, "broad": 1.12}
SHOULDERS = {"baby": 1.08, "child": 1.22, "teen": 1.38}
HIPS = {"baby": 0.78, "child": 0.82, "teen": 0.90}

# How (x, z) of the body frame fall on the picture for each facing: picture x = a x + b z, and how near z' = c x + d z.
# Left and right are not pure profiles: shoulders keep 0.6 of their width, strides nearly all of theirs.
VIEWS: dict[str, tuple[float, float, float, float]] = {
    "camera": (1.0, 0.0, 0.0, 1.0),
    "away": (-1.0, 0.0, 0.0, -1.0),
    "right": (0.6, 0.95, -0.8, 0.3),
    "left": (0.6, -0.95, 0.8, 0.3),
}


@dataclass(frozen=True)
class Body:
    """Bone lengths in head heights, and the head height in metres."""

    metres: float
    shoulders: float
    hips: float
    torso: float
    thigh: float
    shin: float
    upper_arm: float
    forearm: float
    breadth: float


@dataclass(frozen=True)
class Bend:
    """Directions of a limb's two bones, degrees: swing 0 down, 90 forward, 180 up; spread away from the middle."""

    upper_swing: float
    upper_spread: float
    lower_swing: float
    lower_spread: float


@dataclass(frozen=True)
class Reach:
    """A hand brought to a point of the body frame measured from the neck joint (x outwards), elbow towards `hint`."""

    target: Vector
    hint: Vector = (0.6, -1.0, -0.3)


Limb = Bend | Reach


@dataclass(frozen=True)
class Stance:
    """One pose of the whole body. `turn` rolls the figure in the picture (lying), degrees, towards its back."""

    right_arm: Limb
    left_arm: Limb
    right_leg: Bend
    left_leg: Bend
    lean: float = 0.0  # torso forwards, degrees
    tilt: float = 0.0  # torso sideways, degrees
    nod: float = 0.0  # head in the picture, degrees clockwise
    turn: float = 0.0
    lift: float = 0.0  # head heights between ground and the lowest point (jumping)

    def mirrored(self) -> "Stance":
        """The same pose with left and right exchanged."""
        return replace(
            self,
            right_arm=self.left_arm,
            left_arm=self.right_arm,
            right_leg=self.left_leg,
            left_leg=self.right_leg,
            tilt=-self.tilt,
            nod=-self.nod,
        )


def body_of(character: Character) -> Body:
    """Proportions of a person from age, height and build."""
    age = character.age_group
    heads = HEADS_TALL[age]
    below_neck = heads - NOSE_TO_NECK - CROWN_ABOVE_NOSE - SOLE
    legs = 0.596 if heads > 5 else 0.56 if heads > 4 else 0.50  # the younger, the shorter the legs
    arms = below_neck * (0.494 if heads > 4 else 0.52)
    breadth = BREADTH[character.build] * (1.04 if character.gender == "male" and heads > 5 else 1.0)
    return Body(
        metres=METRES_TALL[age] * HEIGHT_FACTOR[character.height] / heads,
        shoulders=SHOULDERS.get(age, 1.45) * breadth,
        hips=HIPS.get(age, 0.95) * (1 + (breadth - 1) * 0.6),
        torso=below_neck * (1 - legs),
        thigh=below_neck * legs * 0.512,
        shin=below_neck * legs * 0.488,
        upper_arm=arms * 0.523,
        forearm=arms * 0.477,
        breadth=breadth,
    )


def pose_figure(body: Body, stance: Stance, facing: v.Facing, *, pitch: float) -> np.ndarray:
    """Project a stance to the picture.

    Args:
        body: the proportions.
        stance: the pose, in the body frame.
        facing: where the person looks.
        pitch: how far the camera looks down, degrees; nearer things sink in the picture.

    Returns:
        (18, 2) float64 OpenPose-18 joints in head heights, x right and y **down**, hips' middle at the origin.
    """
    hips = body.hips * (0.65 if facing in ("left", "right") else 1.0)  # in a stride the hips turn with the legs
    joints = _joints(body, stance, hips)  # (18, 3); the face is filled in below
    a, b, c, d = VIEWS[facing]
    slope = math.radians(pitch)
    x = a * joints[:, 0] + b * joints[:, 2]
    near = c * joints[:, 0] + d * joints[:, 2]
    flat = np.stack([x, -(joints[:, 1] * math.cos(slope)) + near * math.sin(slope)], axis=1)
    flat[[NOSE, R_EYE, L_EYE, R_EAR, L_EAR]] = flat[NECK] + _face(facing, _head_angle(stance, facing))
    if stance.turn:
        toward = -1.0 if facing in ("right", "camera") else 1.0
        flat = rotate(flat, math.radians(stance.turn) * toward)
    return flat


def visible_joints(facing: v.Facing) -> np.ndarray:
    """Which joints can be seen: (18,) 0 or 1. From behind no face; from the side no far ear."""
    seen = np.ones(18, dtype=int)
    if facing == "away":
        seen[[NOSE, R_EYE, L_EYE]] = 0
    elif facing == "left":
        seen[R_EAR] = 0
    elif facing == "right":
        seen[L_EAR] = 0
    return seen


def rotate(points: np.ndarray, angle: float) -> np.ndarray:
    """Rotate (n, 2) picture points about the origin, radians, clockwise as seen (y is down)."""
    cos, sin = math.cos(angle), math.sin(angle)
    return points @ np.array([[cos, sin], [-sin, cos]])


def bend_arm(shoulder: np.ndarray, wrist: np.ndarray, upper: float, lower: float, outward: float) -> np.ndarray:
    """Elbow of an arm in the picture that reaches from shoulder to wrist.

    Bones that would have to fold sharply are foreshortened instead, as an arm that points at the camera is.

    Args:
        shoulder: (2,) point.
        wrist: (2,) point, at most `upper + lower` away.
        upper: length of the upper arm, same unit.
        lower: length of the forearm, same unit.
        outward: -1 or 1, the side of the picture to which the elbow bends.
    """
    gap = wrist - shoulder
    distance = max(float(np.hypot(*gap)), 1e-9)
    shrink = min(1.0, max(0.62, distance * 1.05 / (upper + lower)))
    upper, lower = upper * shrink, lower * shrink
    along = (distance**2 + upper**2 - lower**2) / (2 * distance)
    along = min(max(along, -upper), upper)
    off = math.sqrt(max(upper**2 - along**2, 0.0))
    side = np.array([-gap[1], gap[0]]) / distance
    down_and_out = np.array([outward * 0.7, 0.7])
    if float(side @ down_and_out) < 0:
        side = -side
    return shoulder + gap / distance * along + side * off


def _joints(body: Body, stance: Stance, hips: float) -> np.ndarray:
    """All joints but the face in the body frame, (18, 3)."""
    joints = np.zeros((18, 3))
    lean, tilt = math.radians(stance.lean), math.radians(stance.tilt)
    spine = np.array([math.sin(tilt), math.cos(tilt) * math.cos(lean), math.cos(tilt) * math.sin(lean)])
    joints[NECK] = spine * body.torso
    across = np.array([math.cos(tilt), -math.sin(tilt), 0.0])
    for side, shoulder, arm in ((-1, R_SHOULDER, stance.right_arm), (1, L_SHOULDER, stance.left_arm)):
        joints[shoulder] = joints[NECK] + across * (side * body.shoulders / 2)
        joints[shoulder + 1], joints[shoulder + 2] = _arm(body, joints[NECK], joints[shoulder], arm, side)
    for side, hip, leg in ((-1, R_HIP, stance.right_leg), (1, L_HIP, stance.left_leg)):
        joints[hip] = (side * hips / 2, 0.0, 0.0)
        joints[hip + 1] = joints[hip] + body.thigh * _direction(leg.upper_swing, leg.upper_spread, side)
        joints[hip + 2] = joints[hip + 1] + body.shin * _direction(leg.lower_swing, leg.lower_spread, side)
    return joints


def _arm(body: Body, neck: np.ndarray, shoulder: np.ndarray, arm: Limb, side: int) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(arm, Bend):
        elbow = shoulder + body.upper_arm * _direction(arm.upper_swing, arm.upper_spread, side)
        return elbow, elbow + body.forearm * _direction(arm.lower_swing, arm.lower_spread, side)
    # Reaches are written for an adult; shorter arms reach proportionally less far from the neck, except to the face.
    size = 1.0 if arm.target[1] > 0 else (body.upper_arm + body.forearm) / 2.31
    target = neck + np.array(_outward(arm.target, side)) * size
    return _two_bones(shoulder, target, body.upper_arm, body.forearm, np.array(_outward(arm.hint, side)))


def _two_bones(
    start: np.ndarray, target: np.ndarray, upper: float, lower: float, hint: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Middle and end joint of a two-bone limb that reaches for a target, bent towards the hint."""
    gap = target - start
    distance = float(np.linalg.norm(gap))
    reach = min(max(distance, abs(upper - lower) + 0.05), (upper + lower) * 0.985)
    direction = gap / max(distance, 1e-9)
    along = (reach**2 + upper**2 - lower**2) / (2 * reach)
    off = math.sqrt(max(upper**2 - along**2, 0.0))
    side = hint - direction * float(hint @ direction)
    side = side / max(float(np.linalg.norm(side)), 1e-9)
    return start + direction * along + side * off, start + direction * reach


def _direction(swing: float, spread: float, side: int) -> np.ndarray:
    forward, out = math.radians(swing), math.radians(spread)
    return np.array([side * math.sin(out), -math.cos(out) * math.cos(forward), math.cos(out) * math.sin(forward)])


def _outward(vector: Sequence[float], side: int) -> Vector:
    return (vector[0] * side, vector[1], vector[2])


def _head_angle(stance: Stance, facing: str) -> float:
    """The head follows a leaning torso only part of the way: people keep their eyes level."""
    a, b, _, _ = VIEWS[facing]
    sideways = stance.tilt * a * 0.5 + stance.lean * b * 0.45
    return math.radians(sideways + stance.nod)


def _face(facing: str, angle: float) -> np.ndarray:
    """Nose, right eye, left eye, right ear, left ear from the neck joint, (5, 2), x right and y down."""
    if facing in ("camera", "away"):
        flip = 1.0 if facing == "camera" else -1.0
        points = np.array([(0, -0.75), (-0.18, -0.85), (0.18, -0.85), (-0.42, -0.77), (0.42, -0.77)])
        points[:, 0] *= flip
    else:
        drop = -math.sqrt(NOSE_TO_NECK**2 - 0.22**2)
        points = np.array([(0.22, drop), (0.02, drop - 0.1), (0.27, drop - 0.1), (-0.24, drop - 0.02), (0.4, drop)])
        if facing == "left":  # seen from the other side: the left half of the face is the near one
            points = points[[0, 2, 1, 4, 3]] * np.array([-1.0, 1.0])
    return rotate(points, angle)
