"""What people wear on the body: scarf, necklace, bow tie, watch, backpack."""

from collections.abc import Collection

from ..canvas import Rgb, Xy, shade, smooth
from . import palette
from .body import Body
from .brush import Brush
from .geometry import Part, along

_SCARF: Rgb = (206, 84, 70)
_BACKPACK: Rgb = (58, 128, 120)


def draw_backpack_bag(brush: Brush, body: Body) -> None:
    """The bag itself; before the trunk, or over it for a person seen from behind."""
    unit, s, length = body.unit, body.girth.shoulder, body.length
    if body.turn:
        x = -body.turn * (s * 0.62 + 0.22)
        bag = [
            (x - 0.30, 0.16),
            (x, 0.06),
            (x + 0.30, 0.16),
            (x + 0.33, length * 0.45),
            (x + 0.28, length * 0.84),
            (x - 0.28, length * 0.84),
            (x - 0.33, length * 0.45),
        ]
    else:
        w = s * (0.80 if body.away else 1.12)
        bag = [
            (-w * 0.8, 0.10),
            (0.0, -0.02),
            (w * 0.8, 0.10),
            (w, length * 0.45),
            (w * 0.9, length * 0.86),
            (-w * 0.9, length * 0.86),
            (-w, length * 0.45),
        ]
    shape = [body.trunk.blob(bag, tension=0.4)]
    brush.fill(shape, _BACKPACK, outline=unit * 0.016, shade=unit * 0.1)
    if body.away:
        w = s * 0.55
        pocket = [
            body.trunk.blob(
                [(-w, length * 0.50), (w, length * 0.50), (w * 0.94, length * 0.78), (-w * 0.94, length * 0.78)],
                tension=0.3,
            )
        ]
        brush.fill(pocket, shade(_BACKPACK, -0.14), outline=unit * 0.014)
        brush.line(
            body.trunk.many([(-s * 0.6, length * 0.36), (s * 0.6, length * 0.36)]),
            unit * 0.022,
            palette.METAL,
            clip=shape,
        )


def draw_backpack_straps(brush: Brush, body: Body) -> None:
    """The straps over the chest."""
    if body.away:
        return
    s, length = body.girth.shoulder, body.length
    for side in (-1, 1):
        if body.turn and side == body.turn:
            continue
        x = side * s * 0.58 if not body.turn else -body.turn * s * 0.12
        line = body.trunk.many(
            [(x * 0.96, -0.10), (x * 1.05, 0.25), (x * 1.12, length * 0.42), (x * 1.35, length * 0.62)]
        )
        brush.fill(
            [Part(tuple(smooth(line, closed=False)), (body.unit * 0.06,) * (8 * 3 + 1))],
            shade(_BACKPACK, -0.18),
            outline=body.unit * 0.01,
        )


def draw_at_neck(brush: Brush, body: Body, worn: Collection[str]) -> None:
    """Scarf, necklace and bow tie; over the garment, under the head."""
    unit, turn = body.unit, body.turn
    if "necklace" in worn and not body.away:
        line = smooth(
            body.trunk.many(
                [
                    (-0.22, -0.10),
                    (-0.15 + turn * 0.05, 0.14),
                    (turn * 0.08, 0.24),
                    (0.15 + turn * 0.05, 0.14),
                    (0.22, -0.10),
                ]
            ),
            closed=False,
        )
        brush.line(line, unit * 0.024, palette.METAL)
        brush.fill([body.trunk.ellipse(turn * 0.08, 0.28, 0.05, 0.06)], (214, 76, 96), outline=unit * 0.01)
    if "bow_tie" in worn and not body.away:
        x, y, color = turn * 0.12, 0.04, (176, 46, 62)
        for side in (-1, 1):
            wing = [(x, y), (x + side * 0.20, y - 0.11), (x + side * 0.21, y + 0.11)]
            brush.fill([body.trunk.polygon(wing)], color, outline=unit * 0.012, shade=unit * 0.03)
        brush.fill([body.trunk.ellipse(x, y, 0.05, 0.055)], shade(color, -0.22))
    if "scarf" in worn:
        _scarf(brush, body)


def _scarf(brush: Brush, body: Body) -> None:
    unit, side = body.unit, body.turn or 1
    if not body.away:
        end: list[Xy] = [(side * 0.14, 0.05), (side * 0.24, 0.45), (side * 0.22, 0.92)]
        tail = [body.trunk.tube(end, 0.14, 0.15, 0.15)]
        brush.fill(tail, shade(_SCARF, -0.1), outline=unit * 0.014, shade=unit * 0.05)
        for y in (0.70, 0.86):
            brush.line(
                body.trunk.many([(side * 0.23 - 0.3, y), (side * 0.23 + 0.3, y)]),
                unit * 0.05,
                (246, 226, 190),
                clip=tail,
            )
    wrap = [body.trunk.tube([(-0.27, -0.16), (0.0, -0.06), (0.27, -0.16)], 0.13, 0.16, 0.13)]
    brush.fill(wrap, _SCARF, outline=unit * 0.014, shade=unit * 0.06)
    fold = smooth(body.trunk.many([(-0.28, -0.12), (0.0, -0.01), (0.28, -0.15)]), closed=False)
    brush.line(fold, unit * 0.016, shade(_SCARF, -0.25), clip=wrap)


def draw_watch(brush: Brush, body: Body) -> None:
    """On the left wrist."""
    _, elbow, wrist = body.arm("l")
    at, before = along(wrist, elbow, 0.06), along(wrist, elbow, 0.20)
    brush.fill(
        [Part((at, before), (body.unit * body.girth.arm[2] * 1.2,) * 2)],
        (60, 52, 58),
        clip=[Part((at, before), (body.unit * body.girth.arm[2] * 1.12,) * 2)],
    )
    middle = along(at, before, 0.5)
    brush.fill([Part((middle,), (body.unit * 0.085,))], palette.METAL, outline=body.unit * 0.012)
    brush.fill([Part((middle,), (body.unit * 0.055,))], palette.WHITE)
