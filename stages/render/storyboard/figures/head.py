"""The bare head: face shape, ears, neck; and the map that turns a face to the side."""

from dataclasses import dataclass

from ....records import Character
from ..canvas import Rgb, Xy
from . import palette
from .body import Body
from .brush import SKIN_SHADE, Brush
from .geometry import Frame, Part

# Half outlines from crown to chin, x in head heights at the right side.
_OUTLINES: dict[str, tuple[Xy, ...]] = {
    "oval": ((0.23, -0.46), (0.36, -0.29), (0.398, -0.05), (0.382, 0.15), (0.30, 0.34), (0.145, 0.475)),
    "round": ((0.26, -0.455), (0.40, -0.27), (0.435, -0.03), (0.428, 0.17), (0.345, 0.355), (0.175, 0.475)),
    "square": ((0.25, -0.46), (0.385, -0.29), (0.41, -0.05), (0.402, 0.16), (0.362, 0.355), (0.20, 0.482)),
    "heart": ((0.26, -0.46), (0.395, -0.29), (0.425, -0.06), (0.388, 0.14), (0.262, 0.34), (0.10, 0.48)),
    "long": ((0.22, -0.465), (0.335, -0.30), (0.366, -0.05), (0.358, 0.16), (0.302, 0.36), (0.16, 0.48)),
}
_YOUNG = {"baby": 1.13, "child": 1.08, "teen": 1.02}
FAR_SQUEEZE = 0.80  # the far half of a turned face is this much narrower
FACE_SHIFT = 0.13  # how far a turned face moves to the side, head heights


@dataclass(frozen=True)
class Head:
    frame: Frame
    turn: int
    away: bool
    width: float  # half the width at the temples, head heights
    skin: Rgb
    character: Character

    @property
    def age(self) -> str:
        return self.character.age_group

    @property
    def young(self) -> bool:
        return self.age in ("baby", "child")

    def across(self, x: float) -> float:
        """Where a face's x lands when the head is turned."""
        if not self.turn:
            return x
        return x * (FAR_SQUEEZE if x * self.turn > 0 else 0.96) + self.turn * FACE_SHIFT

    def on(self, x: float, y: float) -> Xy:
        """A point of the face, in output pixels."""
        return self.frame(self.across(x), y)

    def on_many(self, points: list[Xy]) -> list[Xy]:
        return [self.on(x, y) for x, y in points]

    def warped(self, points: list[Xy]) -> list[Xy]:
        """Face points in the head's own coordinates, moved by the turn."""
        return [(self.across(x), y) for x, y in points]


def read_head(body: Body, character: Character) -> Head:
    """What the drawing of the head needs to know."""
    outline = _OUTLINES[character.face.shape]
    width = outline[2][0] * _YOUNG.get(character.age_group, 1.0)
    return Head(body.head, body.turn, body.away, width, palette.skin(character.skin_tone), character)


def head_shape(head: Head) -> list[Part]:
    """The outline of the skull and jaw."""
    grow = _YOUNG.get(head.age, 1.0)
    half = [(x * grow, y + (0.015 if head.young and y > 0.1 else 0)) for x, y in _OUTLINES[head.character.face.shape]]
    right = [(_jaw(head, x, y), y) for x, y in half]
    left = [(_jaw(head, -x, y), y) for x, y in half]
    chin = (_jaw(head, 0.0, 0.5), 0.5)
    return [head.frame.blob([(0.0, -0.5), *right, chin, *reversed(left)])]


def draw_neck(brush: Brush, body: Body, head: Head) -> None:
    """The neck, in the shadow of the chin."""
    thick = 0.165 if head.young else {"male": 0.20, "female": 0.155}.get(head.character.gender, 0.175)
    thick *= {"broad": 1.12, "slim": 0.94}.get(head.character.build, 1.0)
    top = head.frame(-head.turn * 0.05, 0.30)
    base = body.trunk(0.0, 0.12)
    neck = [Part((top, body.trunk(0.0, -0.1), base), (thick * body.unit, thick * body.unit, thick * 1.25 * body.unit))]
    brush.fill(neck, head.skin, outline=body.unit * 0.012)
    if not head.away:
        shadow = [head.frame.ellipse(head.turn * 0.03, 0.40, 0.36, 0.26)]
        brush.fill(shadow, palette.scaled(head.skin, SKIN_SHADE), clip=neck)


def draw_head(brush: Brush, head: Head, *, ears: bool) -> None:
    """Skull, jaw and, seen from the front and where no hair covers them, the ears."""
    unit = head.frame.unit
    if ears and not head.turn:
        for side in (-1, 1):
            draw_ear(brush, head, side * head.width * 0.99, side)
    brush.fill(head_shape(head), head.skin, outline=unit * 0.014, shade=unit * 0.085, tint=SKIN_SHADE)


def draw_ear(brush: Brush, head: Head, x: float, side: int) -> None:
    """One ear; `side` is the way that its rim points."""
    unit = head.frame.unit
    small = 0.9 if head.young else 1.0
    ear = [head.frame.ellipse(x + side * 0.02, 0.05, 0.075 * small, 0.105 * small, side * 0.2)]
    brush.fill(ear, head.skin, outline=unit * 0.012, shade=unit * 0.02, tint=SKIN_SHADE)
    if not head.away:
        inner = palette.scaled(head.skin, (0.86, 0.70, 0.66))
        brush.fill([head.frame.ellipse(x + side * 0.02, 0.06, 0.036, 0.058, side * 0.2)], inner)


def near_ear(head: Head) -> float:
    """The x of the one ear that a turned head shows, head heights."""
    return -head.turn * (head.width - 0.19)


def _jaw(head: Head, x: float, y: float) -> float:
    """Turn the outline: the jaw moves towards where the face looks, the back of the skull bulges."""
    if not head.turn:
        return x
    ahead = head.turn * 0.055 * max(0.0, min(1.0, (y + 0.1) / 0.5))
    bulge = 1.10 if x * head.turn < 0 and y < 0.1 else 1.0
    return x * bulge + ahead
