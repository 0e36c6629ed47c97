"""Hair: what hangs behind the shoulders, the cap and fringe over the head, curls, tails, buns and braids."""

import math

from ..canvas import Rgb, Xy, mix, shade, smooth
from . import palette
from .brush import CLOTH_SHADE, Brush
from .geometry import Part
from .haircuts import CUTS, Cut, flattened
from .head import Head, draw_ear, head_shape, near_ear

_HATS = frozenset({"cap", "sun_hat", "beanie", "helmet"})
_WRAPS = frozenset({"turban", "headscarf"})


def hair_cut(head: Head) -> Cut | None:
    """The style that shows: None when bald or wrapped, pressed down under a hat."""
    worn = set(head.character.accessories)
    cut = CUTS[head.character.hair.style]
    if cut is None or worn & _WRAPS:
        return None
    if head.age == "baby" and cut.back is not None and not cut.curl:
        cut = CUTS["pixie"]
    return flattened(cut) if cut is not None and worn & _HATS else cut


def hair_color(head: Head) -> Rgb:
    """The hair's colour, lifted a little where it would vanish against the skin."""
    color = palette.HAIR[head.character.hair.color]
    if abs(palette.luma(color) - palette.luma(head.skin)) < 10:
        return shade(color, 0.10) if palette.luma(color) < 60 else shade(color, -0.15)
    return color


def draw_back_hair(brush: Brush, head: Head) -> None:
    """What hangs behind the neck and shoulders; drawn before the trunk."""
    cut = hair_cut(head)
    if cut is None:
        return
    color, unit = hair_color(head), head.frame.unit
    if cut.back is not None:
        brush.fill(_hanging(head, cut), palette.scaled(color, CLOTH_SHADE), outline=unit * 0.012, shade=unit * 0.08)
    if cut.extra == "tail":
        _tail(brush, head, color)
    if cut.extra == "bun":
        _bun(brush, head, color)


def draw_hair(brush: Brush, head: Head) -> None:
    """The cap of hair over the head, with its fringe or, from behind, down to the nape."""
    cut = hair_cut(head)
    if cut is None:
        if head.turn:
            draw_ear(brush, head, near_ear(head), -head.turn)
        return
    color, unit = hair_color(head), head.frame.unit
    if head.away:
        _draw_nape(brush, head, cut, color)
        return
    parts = _cap(head, cut)
    if cut.sheer:
        color = mix(color, head.skin, 0.30)
    elif not head.young or cut.top > 0.05:
        _forehead_shadow(brush, head, parts)
    brush.fill(parts, color, outline=0.0 if cut.sheer else unit * 0.012, shade=unit * 0.07)
    _shine(brush, head, parts, color, cut)
    _strands(brush, head, parts, color, cut)
    if head.turn and not cut.covers_ears:
        draw_ear(brush, head, near_ear(head), -head.turn)
    if cut.extra == "braids":
        _braids(brush, head, color)


# --- outlines ---


def _cap(head: Head, cut: Cut) -> list[Part]:
    w, t = head.width, head.turn
    right, left = _side(head, cut, 1), _side(head, cut, -1)
    crown = [(0.52 * w, -0.48 - cut.top * 0.86), (0.0, -0.5 - cut.top), (-0.52 * w, -0.48 - cut.top * 0.86)]
    outer = smooth([*right, *[(_out(t, x), y) for x, y in crown], *reversed(left)], closed=False)
    # On the far side of a turned head no lock hangs in front of the cheek.
    line = smooth(head.warped([(x * w, min(y, 0.12) if x * t > 0.5 else y) for x, y in cut.line]), closed=False)
    contour = [*outer, *reversed(line)]
    parts = [head.frame.polygon(contour)]
    if cut.curl:
        parts += _curls(head, outer, cut.curl) + _curls(head, line, cut.curl * 0.62)
    return parts


def _side(head: Head, cut: Cut, side: int) -> list[Xy]:
    """The outer edge from where it ends beside the face up to the temple."""
    w, t = head.width, head.turn
    reach = w + cut.side
    ends = min(cut.ends, 0.16) if side == t else cut.ends
    if side == -t:  # the back of a turned head
        low = max(cut.ends, 0.30)
        inner = side * (w - 0.08 if cut.covers_ears else w - 0.20)
        edge = [
            (inner, low + 0.05),
            (side * reach * 0.92, low),
            (side * reach * 1.07, low * 0.4),
            (side * reach * 1.10, -0.12),
        ]
    else:
        tip = 0.93 if ends < 0.3 else 1.0
        edge = [(side * reach * tip, ends), (side * reach, min(ends * 0.4, -0.02)), (side * reach, -0.14)]
        edge = [(x - t * 0.02, y) for x, y in edge]
    return [*edge, (_out(t, side * (reach * 0.88)), -0.35 - cut.top * 0.45)]


def _out(turn: int, x: float) -> float:
    return x * 1.10 if x * turn < 0 else x


def _hanging(head: Head, cut: Cut) -> list[Part]:
    w, t = head.width, head.turn
    half = [(x * w, y) for x, y in cut.back or ()]
    shift = -t * 0.10
    points = [*half, *[(-x, y) for x, y in reversed(half[1:-1])]]
    outline = smooth([(x * (0.92 if t else 1.0) + shift, y) for x, y in points], closed=True)
    parts = [head.frame.polygon(outline)]
    if cut.curl:
        parts += _curls(head, outline, cut.curl)
    return parts


def _curls(head: Head, line: list[Xy], radius: float) -> list[Part]:
    """Round curls set along a line, alternately larger and smaller."""
    parts: list[Part] = []
    walked, wanted = 0.0, 0.0
    for index, point in enumerate(line):
        if index:
            walked += math.dist(line[index - 1], point)
        if walked >= wanted:
            size = radius * (1.0 if len(parts) % 2 else 0.82)
            parts.append(head.frame.ellipse(*point, size, size))
            wanted = walked + radius * 1.25
    return parts


# --- finish ---


def _forehead_shadow(brush: Brush, head: Head, parts: list[Part]) -> None:
    drop = head.frame.unit * 0.035
    ahead = head.frame(0.0, 0.0), head.frame(0.0, 1.0)
    dx, dy = (ahead[1][0] - ahead[0][0]) / head.frame.unit * drop, (ahead[1][1] - ahead[0][1]) / head.frame.unit * drop
    moved = [Part(tuple((x + dx, y + dy) for x, y in part.points), part.radii) for part in parts]
    brush.fill(moved, palette.scaled(head.skin, (0.84, 0.70, 0.66)), clip=head_shape(head), opacity=0.75)


def _shine(brush: Brush, head: Head, parts: list[Part], color: Rgb, cut: Cut) -> None:
    if cut.sheer:
        return
    light = shade(color, 0.28 if palette.luma(color) < 90 else 0.34)
    side = 1.0 if brush.light[0] >= 0 else -1.0
    w, top = head.width, 0.5 + cut.top
    if cut.curl:
        spots = [(side * w * 0.5, -top * 0.74), (side * w * 0.1, -top * 0.86), (side * w * 0.8, -top * 0.45)]
        glints = [head.frame.ellipse(x, y, cut.curl * 0.55, cut.curl * 0.32, side * 0.5) for x, y in spots]
        brush.fill(glints, light, opacity=0.55, clip=parts)
        return
    arc = [(side * w * (0.18 + 0.72 * step / 8), -top * (0.80 - 0.36 * (step / 8) ** 1.6)) for step in range(9)]
    brush.fill([head.frame.tube(arc, 0.006, 0.034, 0.03, 0.006)], light, opacity=0.6, clip=parts)


def _strands(brush: Brush, head: Head, parts: list[Part], color: Rgb, cut: Cut) -> None:
    """A few darker lines that follow the hair from its parting down."""
    w, unit = head.width, head.frame.unit
    dark = palette.scaled(color, (0.72, 0.68, 0.74)) if palette.luma(color) > 60 else shade(color, 0.13)
    for side in (-1, 1):
        for index in range(cut.strands):
            x = 0.30 + 0.22 * index
            end = min(cut.ends + 0.05, 0.9) - 0.12 * index if cut.ends > 0.3 else -0.18
            line = [
                (side * w * x * 0.35, -0.47),
                (side * w * (x + 0.22), -0.30),
                (side * w * min(1.06, x + 0.42), end * 0.5),
                (side * w * min(1.12, x + 0.46), end),
            ]
            brush.line(smooth(head.frame.many(line), closed=False), unit * 0.011, dark, opacity=0.55, clip=parts)


def _falling_strands(brush: Brush, head: Head, parts: list[Part], color: Rgb, end: float) -> None:
    """From behind: lines from the crown down."""
    dark = palette.scaled(color, (0.74, 0.70, 0.76)) if palette.luma(color) > 60 else shade(color, 0.13)
    for x in (-0.7, -0.35, 0.0, 0.35, 0.7):
        line = [(x * head.width * 0.25, -0.42), (x * head.width * 1.05, -0.1), (x * head.width * 1.15, end)]
        brush.line(smooth(head.frame.many(line), closed=False), head.frame.unit * 0.012, dark, opacity=0.5, clip=parts)


# --- from behind, and extras ---


def _draw_nape(brush: Brush, head: Head, cut: Cut, color: Rgb) -> None:
    w, unit = head.width, head.frame.unit
    reach = w + cut.side
    outer = [
        (reach * 0.80, 0.26),
        (reach, 0.08),
        (reach, -0.14),
        (reach * 0.88, -0.35 - cut.top * 0.45),
        (w * 0.52, -0.48 - cut.top * 0.86),
        (0.0, -0.5 - cut.top),
    ]
    nape = [(w * 0.62, 0.36), (0.0, 0.40)]
    half = [*reversed(outer), *nape]
    outline = smooth([*half, *[(-x, y) for x, y in reversed(half[1:-1])]], closed=True)
    parts = [head.frame.polygon(outline)]
    if cut.curl:
        parts += _curls(head, outline, cut.curl)
    if cut.back is not None:
        parts += _hanging(head, cut)
    if cut.sheer:
        color = mix(color, head.skin, 0.30)
    brush.fill(parts, color, outline=0.0 if cut.sheer else unit * 0.012, shade=unit * 0.08)
    _shine(brush, head, parts, color, cut)
    if not cut.curl and not cut.sheer:
        _falling_strands(brush, head, parts, color, 1.3 if cut.back is not None else 0.4)
    if cut.extra == "tail":
        _tail(brush, head, color)
    elif cut.extra == "bun":
        _bun(brush, head, color)
    elif cut.extra == "braids":
        _braids(brush, head, color)


def _tail(brush: Brush, head: Head, color: Rgb) -> None:
    t, w, unit = head.turn, head.width, head.frame.unit
    side = -t if t else 1
    if head.away:
        line, knot = [(0.0, -0.16), (0.05, 0.2), (-0.02, 0.6), (0.06, 0.98)], (0.0, -0.17)
    elif t:
        line = [(side * w * 1.02, -0.24), (side * w * 1.75, -0.16), (side * w * 1.95, 0.3), (side * w * 1.62, 0.85)]
        knot = (side * w * 1.14, -0.24)
    else:
        line = [(w * 0.55, -0.44), (w * 1.45, -0.38), (w * 1.72, 0.1), (w * 1.45, 0.62)]
        knot = (w * 0.92, -0.42)
    brush.fill([head.frame.tube(line, 0.07, 0.155, 0.15, 0.02)], color, outline=unit * 0.012, shade=unit * 0.06)
    gloss = [(x - side * 0.03, y) for x, y in line[1:3]]
    brush.fill([head.frame.tube(gloss, 0.012, 0.025, 0.006)], shade(color, 0.25), opacity=0.5)
    brush.fill([head.frame.ellipse(*knot, 0.05, 0.075, 0.3)], (214, 84, 92), outline=unit * 0.01)


def _bun(brush: Brush, head: Head, color: Rgb) -> None:
    t, unit = head.turn, head.frame.unit
    x, y = (0.0, -0.30) if head.away else (-t * 0.26, -0.60 if not t else -0.55)
    brush.fill([head.frame.ellipse(x, y, 0.205, 0.185)], color, outline=unit * 0.012, shade=unit * 0.06)
    swirl = [(x - 0.12, y + 0.02), (x - 0.02, y - 0.10), (x + 0.10, y - 0.02), (x + 0.02, y + 0.07)]
    brush.line(smooth(head.frame.many(swirl), closed=False), unit * 0.014, shade(color, 0.25), opacity=0.6)


def _braids(brush: Brush, head: Head, color: Rgb) -> None:
    w, t, unit = head.width, head.turn, head.frame.unit
    for side in (-1, 1):
        if t and side == t:
            continue
        top = (side * w * 0.98 if not t else side * w * 0.72, 0.16)
        for index in range(6):
            x, y = top[0] + side * 0.018 * index, top[1] + 0.135 * index
            size = 0.105 - 0.007 * index
            for lean in (-1, 1):
                bead = [head.frame.ellipse(x + lean * 0.032, y, size * 0.72, size, lean * 0.5)]
                brush.fill(bead, color, outline=unit * 0.009, shade=unit * 0.025)
        end = (top[0] + side * 0.11, top[1] + 0.79)
        brush.fill([head.frame.ellipse(*end, 0.052, 0.036)], (214, 84, 92))
        brush.fill(
            [
                head.frame.blob(
                    [
                        (end[0] - 0.04, end[1] + 0.02),
                        (end[0] + 0.04, end[1] + 0.02),
                        (end[0] + 0.045, end[1] + 0.11),
                        (end[0], end[1] + 0.16),
                        (end[0] - 0.045, end[1] + 0.11),
                    ]
                )
            ],
            color,
            outline=unit * 0.009,
        )
