"""Mouths: one small drawing per expression."""

from collections.abc import Callable

from ..canvas import Rgb, Xy, mix, smooth
from . import palette
from .brush import Brush
from .expressions import Expression
from .geometry import Part
from .head import Head

_Y = 0.285  # the mouth's line, head heights below the middle of the head


def draw_mouth(brush: Brush, head: Head, expression: Expression, low: float) -> None:
    """The mouth of an expression; `low` moves it down, for young faces."""
    width = expression.width * (0.86 if head.young else 1.0)
    _MOUTHS[expression.mouth](brush, head, _Y + low, width)


def _lip(head: Head) -> Rgb:
    if palette.luma(head.skin) < 80:
        return mix(head.skin, (206, 96, 90), 0.62)
    base = mix(palette.scaled(head.skin, (0.66, 0.42, 0.40)), (150, 52, 54), 0.35)
    return mix(base, (190, 52, 66), 0.45) if head.character.gender == "female" and not head.young else base


def _curve(brush: Brush, head: Head, points: list[Xy], thick: float = 0.026) -> None:
    brush.line(smooth(head.on_many(points), closed=False), head.frame.unit * thick, _lip(head))


def _soft(brush: Brush, head: Head, y: float, width: float) -> None:
    _curve(brush, head, [(-0.085 * width, y - 0.008), (0.0, y + 0.008), (0.085 * width, y - 0.008)])


def _smile(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.145 * width
    _curve(
        brush, head, [(-w, y - 0.035), (-w * 0.55, y + 0.012), (0.0, y + 0.026), (w * 0.55, y + 0.012), (w, y - 0.035)]
    )


def _frown(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.115 * width
    _curve(
        brush, head, [(-w, y + 0.045), (-w * 0.5, y + 0.005), (0.0, y - 0.008), (w * 0.5, y + 0.005), (w, y + 0.045)]
    )
    _curve(brush, head, [(-0.045, y + 0.085), (0.0, y + 0.078), (0.045, y + 0.085)], 0.012)


def _aside(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.09 * width
    _curve(brush, head, [(-w, y + 0.014), (0.0, y + 0.012), (w * 0.7, y - 0.004), (w * 1.15, y - 0.03)])


def _open(brush: Brush, head: Head, outline: list[Xy], *, teeth: float, tongue: Xy | None) -> None:
    """An open mouth with an upper row of teeth `teeth` deep and a tongue."""
    mouth = [Part(tuple(smooth(head.on_many(outline), closed=True, tension=0.42)))]
    unit = head.frame.unit
    brush.fill(mouth, palette.MOUTH)
    if tongue is not None:
        brush.fill(
            [head.frame.ellipse(head.across(0.0), tongue[0], tongue[1], tongue[1] * 0.62)], palette.TONGUE, clip=mouth
        )
    if teeth:
        top = min(y for _, y in outline)
        row = [
            (-0.3, top - 0.05),
            (0.3, top - 0.05),
            (0.3, top + teeth),
            (0.0, top + teeth + 0.012),
            (-0.3, top + teeth),
        ]
        brush.fill([Part(tuple(head.on_many(row)))], palette.WHITE, clip=mouth)
    edge = smooth(head.on_many(outline), closed=True, tension=0.42)
    brush.line([*edge, edge[0]], unit * 0.016, _lip(head))


def _grin(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.16 * width
    top = y - 0.038
    outline = [
        (-w, top),
        (-w * 0.5, top + 0.012),
        (0.0, top + 0.016),
        (w * 0.5, top + 0.012),
        (w, top),
        (w * 0.72, y + 0.04),
        (0.0, y + 0.078),
        (-w * 0.72, y + 0.04),
    ]
    _open(brush, head, outline, teeth=0.05, tongue=(y + 0.075, 0.07))


def _laugh(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.175 * width
    top = y - 0.055
    outline = [
        (-w, top),
        (-w * 0.5, top + 0.008),
        (0.0, top + 0.01),
        (w * 0.5, top + 0.008),
        (w, top),
        (w * 0.82, y + 0.06),
        (w * 0.4, y + 0.118),
        (0.0, y + 0.13),
        (-w * 0.4, y + 0.118),
        (-w * 0.82, y + 0.06),
    ]
    _open(brush, head, outline, teeth=0.046, tongue=(y + 0.115, 0.1))


def _round(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.062 * width
    outline = [(-w, y + 0.01), (0.0, y - 0.068), (w, y + 0.01), (0.0, y + 0.082)]
    mouth = smooth(head.on_many(outline), closed=True)
    brush.fill([Part(tuple(mouth))], palette.MOUTH)
    brush.fill([head.frame.ellipse(head.across(0.0), y + 0.07, 0.045, 0.03)], palette.TONGUE, clip=[Part(tuple(mouth))])
    brush.line([*mouth, mouth[0]], head.frame.unit * 0.02, _lip(head))


def _tense(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.12 * width
    outline = [
        (-w, y + 0.04),
        (-w * 0.7, y - 0.02),
        (0.0, y - 0.03),
        (w * 0.7, y - 0.02),
        (w, y + 0.04),
        (w * 0.6, y + 0.035),
        (0.0, y + 0.025),
        (-w * 0.6, y + 0.035),
    ]
    mouth = smooth(head.on_many(outline), closed=True, tension=0.4)
    brush.fill([Part(tuple(mouth))], palette.WHITE)
    unit = head.frame.unit
    brush.line(head.on_many([(-w * 0.8, y + 0.006), (w * 0.8, y + 0.006)]), unit * 0.01, palette.MOUTH)
    brush.line([*mouth, mouth[0]], unit * 0.024, _lip(head))


def _yawn(brush: Brush, head: Head, y: float, width: float) -> None:
    w = 0.07 * width
    outline = [(-w, y), (0.0, y - 0.026), (w, y), (0.0, y + 0.042)]
    mouth = smooth(head.on_many(outline), closed=True)
    brush.fill([Part(tuple(mouth))], palette.MOUTH)
    brush.line([*mouth, mouth[0]], head.frame.unit * 0.018, _lip(head))


_MOUTHS: dict[str, Callable[[Brush, Head, float, float], None]] = {
    "soft": _soft, "smile": _smile, "grin": _grin, "laugh": _laugh, "round": _round, "aside": _aside,
    "frown": _frown, "tense": _tense, "yawn": _yawn,
}  # fmt: skip
