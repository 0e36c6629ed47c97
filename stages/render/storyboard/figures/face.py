"""The face: eyes, brows, nose, mouth, cheeks, freckles, wrinkles and facial hair."""

from ..canvas import Rgb, Xy, mix, shade, smooth
from . import palette
from .brush import Brush
from .expressions import Expression
from .geometry import Part
from .head import Head, head_shape
from .mouth import draw_mouth

_EYE_SIZE = {"baby": 1.34, "child": 1.24, "teen": 1.08, "senior": 0.92}
_LOW = {"baby": 0.075, "child": 0.055, "teen": 0.02}  # young faces sit lower on the head
SIMPLE_BELOW = 26.0  # head heights in pixels under which an eye is one dark dot with a glint of its colour


def draw_face(brush: Brush, head: Head, expression: Expression) -> None:
    """Everything on the front of the head, under the hair."""
    low = _LOW.get(head.age, 0.0)
    _cheeks(brush, head, expression, low)
    if head.character.face.freckles:
        _freckles(brush, head, low)
    if head.age == "senior":
        _wrinkles(brush, head)
    _facial_hair(brush, head)
    _nose(brush, head, low)
    draw_mouth(brush, head, expression, low * 0.7)
    for side in (-1, 1):
        _eye(brush, head, expression, side, low)
        _brow(brush, head, expression, side, low)


def _cheeks(brush: Brush, head: Head, expression: Expression, low: float) -> None:
    strength = expression.blush * (0.8 if head.age in ("adult", "senior") else 1.0)
    strength *= 0.6 if head.character.gender == "male" and not head.young else 1.0
    for side in (-1, 1):
        x = head.across(side * 0.235)
        spot = [head.frame.ellipse(x, 0.185 + low * 0.5, 0.092, 0.068)]
        brush.fill(spot, palette.blush(head.skin), opacity=strength, clip=head_shape(head))


def _freckles(brush: Brush, head: Head, low: float) -> None:
    color = palette.scaled(head.skin, (0.78, 0.62, 0.5))
    spots = ((0.12, 0.125), (0.17, 0.165), (0.22, 0.12), (0.26, 0.17), (0.205, 0.205), (0.06, 0.10))
    parts = [
        head.frame.ellipse(head.across(side * x), y + low * 0.6, 0.0125, 0.0125) for side in (-1, 1) for x, y in spots
    ]
    brush.fill(parts, color, opacity=0.85)


def _wrinkles(brush: Brush, head: Head) -> None:
    color = palette.scaled(head.skin, (0.78, 0.65, 0.60))
    unit = head.frame.unit
    for side in (-1, 1):
        lines: list[list[Xy]] = [
            [(side * 0.265, -0.035), (side * 0.315, -0.055)],
            [(side * 0.268, -0.005), (side * 0.325, 0.0)],
            [(side * 0.12, 0.155), (side * 0.175, 0.21), (side * 0.185, 0.275)],
            [(side * 0.10, 0.072), (side * 0.165, 0.095), (side * 0.225, 0.078)],
        ]
        for line in lines:
            brush.line(smooth(head.on_many(line), closed=False), unit * 0.014, color, opacity=0.8)
    for y in (-0.25, -0.30):
        brush.line(
            smooth(head.on_many([(-0.13, y), (0.0, y - 0.012), (0.13, y)]), closed=False),
            unit * 0.011,
            color,
            opacity=0.6,
        )


def _nose(brush: Brush, head: Head, low: float) -> None:
    unit = head.frame.unit
    color = palette.scaled(head.skin, (0.76, 0.60, 0.56))
    small = 0.7 if head.young else 1.0
    y = 0.105 + low * 0.6
    if head.turn:
        t = head.turn
        bridge = [
            (t * 0.01, y - 0.10 * small),
            (t * (0.075 * small + 0.02), y - 0.01),
            (t * 0.045, y + 0.028),
            (-t * 0.015, y + 0.02),
        ]
        brush.fill(
            [Part(tuple(smooth(head.on_many(bridge), closed=True)))], mix(head.skin, (255, 240, 225), 0.16), opacity=0.8
        )
        brush.line(smooth(head.on_many(bridge[1:]), closed=False), unit * 0.018, color)
        return
    width = 0.045 * small + (0.012 if head.character.gender == "male" and not head.young else 0.0)
    brush.fill(
        [head.frame.ellipse(0.0, y - 0.005, width, 0.034 * small)], palette.scaled(head.skin, (0.95, 0.84, 0.80))
    )
    under = [(-width, y), (-width * 0.55, y + 0.026), (0.0, y + 0.03), (width * 0.55, y + 0.026), (width, y)]
    brush.line(smooth(head.on_many(under), closed=False), unit * 0.017, color)


def _eye(brush: Brush, head: Head, expression: Expression, side: int, low: float) -> None:
    unit = head.frame.unit
    size = _EYE_SIZE.get(head.age, 1.0)
    far = FAR_NARROW if head.turn * side > 0 else 1.0
    x, y = head.across(side * (0.168 + 0.008 * (size - 1))), 0.0 + low
    rx, ry = 0.066 * size * far, 0.078 * size * max(0.0, expression.open)
    if expression.arcs or expression.open < 0.15:
        _closed_eye(brush, head, (x, y), rx * 1.12, up=expression.arcs)
        _lashes(brush, head, (x, y), rx, 0.0, side)
        return
    iris = palette.EYES[head.character.face.eyes]
    ball = [head.frame.ellipse(x, y, rx, ry)]
    if expression.open < 0.6:
        ball = [Part(tuple(head.frame.many(_drooping(x, y, rx, ry))))]
    if unit < SIMPLE_BELOW:
        brush.fill([head.frame.ellipse(x, y, rx * 0.9, max(ry, 0.03))], mix(palette.INK, iris, 0.4))
        return
    if expression.lower_lid:
        ball = [Part(tuple(head.frame.many(_lidded(x, y, rx, ry, expression.lower_lid))))]
    brush.fill(ball, palette.WHITE)
    gx, gy = x + expression.gaze[0] * 0.024 + head.turn * 0.012, y + expression.gaze[1] * 0.022
    radius = 0.056 * size
    brush.fill([head.frame.ellipse(gx, gy, radius * far, radius * 1.08)], shade(iris, -0.28), clip=ball)
    brush.fill([head.frame.ellipse(gx, gy + radius * 0.25, radius * 0.78 * far, radius * 0.8)], iris, clip=ball)
    brush.fill([head.frame.ellipse(gx, gy, radius * 0.55 * far, radius * 0.58)], (34, 26, 30), clip=ball)
    brush.fill([head.frame.ellipse(gx - 0.02, gy - 0.024, 0.0185 * size, 0.0195 * size)], (255, 255, 255), clip=ball)
    _upper_lid(brush, head, (x, y), (rx, ry), expression)
    _lashes(brush, head, (x, y), rx, ry, side)


FAR_NARROW = 0.86


def _lidded(x: float, y: float, rx: float, ry: float, lift: float) -> list[Xy]:
    """An eye whose lower lid is pushed up by a smile."""
    floor = ry * (1 - lift * 2.4)
    return smooth(
        [(x - rx, y), (x - rx * 0.7, y - ry * 0.72), (x, y - ry), (x + rx * 0.7, y - ry * 0.72), (x + rx, y),
         (x + rx * 0.6, y + floor * 0.78), (x, y + floor), (x - rx * 0.6, y + floor * 0.78)],
        closed=True,
    )  # fmt: skip


def _drooping(x: float, y: float, rx: float, ry: float) -> list[Xy]:
    """A half-shut eye: flat above, round below."""
    return smooth(
        [(x - rx, y - ry * 0.2), (x - rx * 0.5, y - ry * 0.5), (x + rx * 0.5, y - ry * 0.5), (x + rx, y - ry * 0.2),
         (x + rx * 0.6, y + ry * 0.8), (x, y + ry), (x - rx * 0.6, y + ry * 0.8)],
        closed=True,
    )  # fmt: skip


def _upper_lid(brush: Brush, head: Head, center: Xy, radii: Xy, expression: Expression) -> None:
    (x, y), (rx, ry) = center, radii
    unit = head.frame.unit
    heavy = 0.036 if head.character.gender == "female" and not head.young else 0.028
    arc = [
        (x - rx * 1.08, y - ry * 0.12),
        (x - rx * 0.7, y - ry * 0.78),
        (x, y - ry * 1.04),
        (x + rx * 0.7, y - ry * 0.78),
        (x + rx * 1.08, y - ry * 0.12),
    ]
    if expression.open < 0.6:
        crease = [(x - rx * 0.9, y - ry - 0.012), (x, y - ry - 0.04), (x + rx * 0.9, y - ry - 0.012)]
        brush.line(
            smooth(head.frame.many(crease), closed=False), unit * 0.012, palette.scaled(head.skin, (0.7, 0.56, 0.54))
        )
        arc = [
            (x - rx * 1.12, y - ry * 0.2),
            (x - rx * 0.5, y - ry * 0.55),
            (x + rx * 0.5, y - ry * 0.55),
            (x + rx * 1.12, y - ry * 0.2),
        ]
    brush.line(smooth(head.frame.many(arc), closed=False), unit * heavy, palette.INK)
    if expression.bags:
        bag = [(x - rx * 0.8, y + 0.07), (x, y + 0.095), (x + rx * 0.8, y + 0.07)]
        brush.line(
            smooth(head.frame.many(bag), closed=False),
            unit * 0.016,
            palette.scaled(head.skin, (0.80, 0.68, 0.72)),
            opacity=0.9,
        )


def _closed_eye(brush: Brush, head: Head, center: Xy, rx: float, *, up: bool) -> None:
    x, y = center
    rise = -0.055 if up else 0.042
    base = 0.025 if up else 0.0
    arc = [
        (x - rx, y + base),
        (x - rx * 0.5, y + base + rise * 0.8),
        (x, y + base + rise),
        (x + rx * 0.5, y + base + rise * 0.8),
        (x + rx, y + base),
    ]
    brush.line(smooth(head.frame.many(arc), closed=False), head.frame.unit * 0.032, palette.INK)


def _lashes(brush: Brush, head: Head, center: Xy, rx: float, ry: float, side: int) -> None:
    if head.character.gender != "female" or head.frame.unit < SIMPLE_BELOW:
        return
    (x, y), unit = center, head.frame.unit
    outer = x + side * rx
    length = 0.03 if head.young else 0.042
    for lift, reach in ((0.30, 1.0), (0.62, 0.75)):
        start = head.frame(outer - side * rx * (lift - 0.3) * 0.9, y - ry * lift)
        end = head.frame(outer + side * length * reach, y - ry * lift - length * (0.45 + lift * 0.6))
        brush.line([start, end], unit * 0.018, palette.INK)


def _brow(brush: Brush, head: Head, expression: Expression, side: int, low: float) -> None:
    color = _brow_color(head)
    y = -0.155 + low * 0.85 - (0.02 if head.young else 0.0)
    thick = {"female": 0.017, "male": 0.027}.get(head.character.gender, 0.022) * (0.75 if head.young else 1.0)
    inner, middle, outer = side * 0.085, side * 0.17, side * 0.262
    line = [
        (inner, y - expression.inner_brow + 0.012),
        (middle, y - (expression.inner_brow + expression.outer_brow) / 2 - 0.018),
        (outer, y - expression.outer_brow + 0.018),
    ]
    unit = head.frame.unit
    points = smooth(head.on_many(line), closed=False)
    radii = [unit * thick * (1.0 - 0.55 * index / (len(points) - 1)) for index in range(len(points))]
    brush.fill([Part(tuple(points), tuple(radii))], color)


def _brow_color(head: Head) -> Rgb:
    color = palette.HAIR[head.character.hair.color]
    dark = shade(color, -0.3) if palette.luma(color) > 60 else color
    if head.character.hair.color in ("white", "gray"):
        dark = shade(color, -0.18)
    if abs(palette.luma(dark) - palette.luma(head.skin)) < 28:
        dark = shade(head.skin, -0.55) if palette.luma(head.skin) > 60 else (14, 11, 12)
    return dark


def _facial_hair(brush: Brush, head: Head) -> None:
    kind = head.character.face.facial_hair
    if kind == "none" or head.young:
        return
    color = palette.HAIR[head.character.hair.color]
    unit, w = head.frame.unit, head.width
    outline = head_shape(head)
    if kind in ("beard", "stubble"):
        grow = 0.075 if kind == "beard" else 0.0
        half = [
            (0.16, 0.185), (w * 0.52, 0.215), (w * 0.80, 0.13), (w * 1.02, 0.0), (w * 1.02 + grow * 0.2, 0.2),
            (w * 0.84 + grow * 0.5, 0.37 + grow * 0.5), (w * 0.45, 0.50 + grow),
        ]  # fmt: skip
        beard = [(0.0, 0.165), *half, (0.0, 0.53 + grow * 1.25), *[(-x, y) for x, y in reversed(half)]]
        part = [Part(tuple(smooth(head.on_many(beard), closed=True, tension=0.4)))]
        if kind == "stubble":
            brush.fill(part, mix(color, head.skin, 0.25), clip=outline, opacity=0.22)
            return
        brush.fill(part, color, shade=unit * 0.06, outline=unit * 0.01)
        lip = [head.frame.ellipse(head.across(0.0), 0.285, 0.125, 0.062)]
        brush.fill(lip, head.skin)
    tash = [
        (0.0, 0.17),
        (0.09, 0.165),
        (0.17, 0.215),
        (0.215, 0.265),
        (0.13, 0.25),
        (0.0, 0.222),
        (-0.13, 0.25),
        (-0.215, 0.265),
        (-0.17, 0.215),
        (-0.09, 0.165),
    ]
    brush.fill([Part(tuple(smooth(head.on_many(tash), closed=True)))], color, outline=unit * 0.008)
