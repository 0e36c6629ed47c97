"""The body of one person, read from its keypoints: frames of head and trunk, joints, thicknesses, what is nearer."""

import math
from dataclasses import dataclass

from .... import vocabulary as v
from ....records import Character, Region
from ..canvas import Canvas, Xy
from .geometry import Frame, along, direction

NOSE_TO_NECK = 0.75  # of the head height: the contract with the layout
NOSE_BELOW_CENTER = 0.05
NOSE_AHEAD = 0.22  # how far the nose of a turned head is shifted, of the head height

# x across and y down in head heights, for a person of six heads; used where a layout gives no keypoints.
_STANDING: dict[str, Xy] = {
    "nose": (0.0, 0.55), "neck": (0.0, 1.3), "r_shoulder": (-0.72, 1.35), "r_elbow": (-0.85, 2.2),
    "r_wrist": (-0.9, 3.0), "l_shoulder": (0.72, 1.35), "l_elbow": (0.85, 2.2), "l_wrist": (0.9, 3.0),
    "r_hip": (-0.4, 3.05), "r_knee": (-0.42, 4.4), "r_ankle": (-0.42, 5.75), "l_hip": (0.4, 3.05),
    "l_knee": (0.42, 4.4), "l_ankle": (0.42, 5.75), "r_eye": (-0.17, 0.48), "l_eye": (0.17, 0.48),
    "r_ear": (-0.4, 0.52), "l_ear": (0.4, 0.52),
}  # fmt: skip
_ARM = {"baby": 0.9, "child": 0.82, "teen": 0.9}
_LEG = {"baby": 0.88, "child": 0.76, "teen": 0.88}
_BUILD = {"slim": 0.86, "average": 1.0, "athletic": 1.08, "broad": 1.28}


@dataclass(frozen=True)
class Girth:
    """Half thicknesses in head heights."""

    arm: tuple[float, float, float]  # shoulder, elbow, wrist
    leg: tuple[float, float, float]  # thigh, knee, ankle
    shoulder: float  # from the middle of the trunk to the outside of the shoulder
    waist: float
    hip: float


@dataclass(frozen=True)
class Body:
    joints: dict[str, Xy]
    head: Frame  # unit: the head height; origin: the middle of the head
    trunk: Frame  # same unit; origin: the neck; y runs down the spine
    length: float  # from neck to hips, in head heights
    turn: int  # -1 faces picture-left, 1 picture-right, 0 the camera or away
    away: bool
    girth: Girth

    @property
    def unit(self) -> float:
        """The head height in output pixels."""
        return self.head.unit

    @property
    def sides(self) -> tuple[str, str]:
        """The far and the near side of the body, "l" or "r"; for a person seen from the front, left to right."""
        return ("r", "l") if self.turn < 0 else ("l", "r")

    def arm(self, side: str) -> tuple[Xy, Xy, Xy]:
        return self.joints[f"{side}_shoulder"], self.joints[f"{side}_elbow"], self.joints[f"{side}_wrist"]

    def leg(self, side: str) -> tuple[Xy, Xy, Xy]:
        return self.joints[f"{side}_hip"], self.joints[f"{side}_knee"], self.joints[f"{side}_ankle"]

    def folded(self, side: str) -> bool:
        """Whether the thigh stands off the trunk, as in sitting: it then lies over the hem of a top."""
        hip, knee, _ = self.leg(side)
        x, y = self.trunk.local(knee)
        from_x, from_y = self.trunk.local(hip)
        return abs(x - from_x) > 1.1 * (y - from_y)

    def kneels(self, side: str) -> bool:
        """Whether, seen from the front, the shin goes back behind the knee."""
        if self.turn or self.away:
            return False
        _, knee, ankle = self.leg(side)
        return self.trunk.local(ankle)[1] < self.trunk.local(knee)[1] + 0.35

    def outward(self, side: str) -> int:
        """Which way along the trunk's x axis a side lies."""
        x, _ = self.trunk.local(self.joints[f"{side}_shoulder"])
        if abs(x) > 0.05:
            return 1 if x > 0 else -1
        return (1 if side == "l" else -1) * (-1 if self.away else 1)


def read_body(canvas: Canvas, region: Region, character: Character) -> Body:
    """Measure a person's region.

    Args:
        canvas: its size turns the region's fractions into pixels.
        region: with OpenPose-18 keypoints; without usable ones a standing body fills the box.
        character: age and build set the thicknesses.
    """
    joints = _joints(canvas, region)
    unit = math.dist(joints["nose"], joints["neck"]) / NOSE_TO_NECK
    if unit < 1.0:
        joints, unit = _standing(canvas, region)
    turn = {"left": -1, "right": 1}.get(region.facing, 0)
    hips = along(joints["l_hip"], joints["r_hip"], 0.5)
    spine = direction(joints["neck"], hips)
    trunk = Frame(joints["neck"], unit, math.atan2(-spine[0], spine[1]))
    length = min(3.0, max(0.5, math.dist(joints["neck"], hips) / unit))
    return Body(
        joints=joints,
        head=_head_frame(joints, unit, turn),
        trunk=trunk,
        length=length,
        turn=turn,
        away=region.facing == "away",
        girth=_girth(character, joints, trunk, turn),
    )


def _joints(canvas: Canvas, region: Region) -> dict[str, Xy]:
    found = {
        name: (x * canvas.width, y * canvas.height)
        for name, (x, y, _) in zip(v.OPENPOSE_18, region.keypoints, strict=False)
        if math.isfinite(x) and math.isfinite(y) and abs(x) < 50 and abs(y) < 50
    }
    if len(found) < len(v.OPENPOSE_18):
        return _standing(canvas, region)[0]
    return found


def _standing(canvas: Canvas, region: Region) -> tuple[dict[str, Xy], float]:
    x0, y0, x1, y1 = (value if math.isfinite(value) else 0.0 for value in region.box)
    unit = max(2.0, abs(y1 - y0) * canvas.height / 6.0)
    origin = ((x0 + x1) / 2 * canvas.width, min(y0, y1) * canvas.height)
    return {name: (origin[0] + x * unit, origin[1] + y * unit) for name, (x, y) in _STANDING.items()}, unit


def _head_frame(joints: dict[str, Xy], unit: float, turn: int) -> Frame:
    up = direction(joints["neck"], joints["nose"], otherwise=(0.0, -1.0))
    lean = math.asin(NOSE_AHEAD / NOSE_TO_NECK) * turn
    angle = math.atan2(up[0], -up[1]) - lean
    nose = Frame(joints["nose"], unit, angle)
    return Frame(nose(-turn * NOSE_AHEAD, -NOSE_BELOW_CENTER), unit, angle)


def _girth(character: Character, joints: dict[str, Xy], trunk: Frame, turn: int) -> Girth:
    build = _BUILD[character.build]
    arm = build**0.8 * _ARM.get(character.age_group, 1.0) * (0.92 if character.gender == "female" else 1.0)
    leg = build**0.8 * _LEG.get(character.age_group, 1.0)
    grown = character.age_group not in ("baby", "child")
    shoulder = 0.08 + _half_span(joints, trunk, "shoulder", least=0.40 if turn else 0.52)
    hip = 0.24 * leg + _half_span(joints, trunk, "hip", least=0.30 if turn else 0.32) * 0.80
    taper = {"female": 0.80, "male": 0.93}.get(character.gender, 0.87) if grown else 0.98
    curve = {"female": 1.05, "male": 0.95}.get(character.gender, 1.0) if grown else 1.0
    hip *= curve
    shoulder *= {"athletic": 1.04, "broad": 1.08}.get(character.build, 1.0)
    waist = (shoulder * 0.55 + hip * 0.45) * taper * {"athletic": 0.96, "broad": 1.12}.get(character.build, 1.0)
    return Girth(
        arm=(0.185 * arm, 0.152 * arm, 0.115 * arm),
        leg=(0.285 * leg, 0.205 * leg, 0.145 * leg),
        shoulder=shoulder,
        waist=waist,
        hip=max(hip, waist * 0.9),
    )


def _half_span(joints: dict[str, Xy], trunk: Frame, joint: str, *, least: float) -> float:
    left, right = (trunk.local(joints[f"{side}_{joint}"])[0] for side in "lr")
    return min(1.2, max(least, abs(left - right) / 2))
