"""Bare arms, hands, legs and feet."""

import math

from ..canvas import Rgb, Xy
from .body import Body
from .brush import SKIN_SHADE, Brush
from .geometry import Frame, Part, along, direction, shifted
from .trunk import arm_line, leg_line, sleeve


def draw_bare_arm(brush: Brush, body: Body, side: str, skin: Rgb) -> None:
    """The arm under its sleeve, and the hand."""
    unit = body.unit
    arm = sleeve(arm_line(body, side), body.girth.arm, unit, 0.0, 1.0)
    brush.fill([*arm, *_palm(body, side)], skin, outline=unit * 0.014, shade=unit * 0.05, tint=SKIN_SHADE)
    thumb = _thumb(body, side)
    brush.fill(thumb, skin, outline=unit * 0.012)
    brush.fill(_palm(body, side, small=0.86), skin)


def hand_frame(body: Body, side: str) -> Frame:
    """At the wrist, y along the hand."""
    _, elbow, wrist = body.arm(side)
    dx, dy = direction(elbow, wrist)
    return Frame(wrist, body.unit, math.atan2(-dx, dy))


def _palm(body: Body, side: str, *, small: float = 1.0) -> list[Part]:
    frame, size = hand_frame(body, side), body.girth.arm[2] / 0.115
    return [
        frame.ellipse(0.0, 0.11 * size, 0.118 * size * small, 0.155 * size * small),
        frame.tube([(0.0, 0.0), (0.0, 0.1 * size)], 0.11 * size * small),
    ]


def _thumb(body: Body, side: str) -> list[Part]:
    frame, size = hand_frame(body, side), body.girth.arm[2] / 0.115
    inward = -body.outward(side)
    tip = frame(inward * 0.15 * size, 0.13 * size)
    other = frame(-inward * 0.15 * size, 0.13 * size)
    middle = body.trunk(0.0, body.length * 0.5)
    if math.dist(other, middle) < math.dist(tip, middle):
        inward = -inward
    return [
        frame.tube(
            [(inward * 0.06 * size, 0.05 * size), (inward * 0.145 * size, 0.15 * size)], 0.052 * size, 0.045 * size
        )
    ]


def draw_bare_leg(brush: Brush, body: Body, side: str, skin: Rgb, *, end: float = 1.0) -> None:
    """The leg from the hip to the ankle, or to an earlier fraction of it."""
    leg = sleeve(leg_line(body, side), body.girth.leg, body.unit, 0.0, end, knee=end < 1)
    brush.fill(leg, skin, outline=body.unit * 0.014, shade=body.unit * 0.07, tint=SKIN_SHADE)


def foot_frame(body: Body, side: str) -> Frame:
    """At the ankle: y down along the shin, x towards the toes where the foot is seen from the side."""
    _, knee, ankle = body.leg(side)
    dx, dy = direction(knee, ankle)
    mirror = -1.0 if body.turn < 0 else 1.0
    return Frame(ankle, body.unit, math.atan2(-dx, dy), mirror)


def toe_side(body: Body, side: str) -> float:
    """Where the toes point in the foot's frame: 1 fully sideways; a little outwards for feet seen from the front."""
    if body.turn:
        return 1.0
    x = Frame(body.joints["neck"], 1.0).local(body.joints[f"{side}_ankle"])[0]
    hips = along(body.joints["l_hip"], body.joints["r_hip"], 0.5)[0] - body.joints["neck"][0]
    return 0.28 if x >= hips else -0.28


def heel(body: Body, side: str) -> Xy:
    """The middle of the heel, output pixels."""
    _, knee, ankle = body.leg(side)
    return shifted(ankle, direction(knee, ankle), body.unit * 0.1)
