"""Hats and head wraps."""

from collections.abc import Callable

from ..canvas import Rgb, mix, shade, smooth
from . import palette
from .geometry import Part
from .head import near_ear
from .on_head import TRIM, OnHead


def _dome(on: OnHead, color: Rgb, low: float, high: float, grow: float) -> list[Part]:
    r = on.w + grow
    back = -on.t * 0.04
    return on.blob(
        [
            (-r + back, low),
            (-r * 0.98 + back, -0.30),
            (-r * 0.66 + back, -0.50 - high * 0.6),
            (back, -0.56 - high),
            (r * 0.66 + back, -0.50 - high * 0.6),
            (r * 0.98 + back, -0.30),
            (r + back, low),
            (back, low + 0.06),
        ],
        color,
        shaded=0.09,
    )


def _cap(on: OnHead) -> None:
    color = TRIM["cap"]
    dome = _dome(on, color, -0.20, 0.02, 0.045)
    on.brush.fill([on.frame.ellipse(0.0, -0.60, 0.04, 0.025)], shade(color, -0.2))
    on.line([(0.0, -0.58), (on.t * 0.18, -0.38), (on.t * 0.24, -0.2)], 0.014, shade(color, -0.22), dome)
    if on.head.away:
        on.blob([(-0.16, -0.17), (0.16, -0.17), (0.1, -0.05), (-0.1, -0.05)], shade(color, -0.3))
        return
    if on.t:
        t = on.t
        on.blob(
            [
                (t * 0.02, -0.24),
                (t * on.w * 0.98, -0.22),
                (t * (on.w + 0.38), -0.14),
                (t * (on.w + 0.34), -0.09),
                (t * on.w * 0.8, -0.12),
                (t * 0.02, -0.14),
            ],
            shade(color, -0.14),
            tension=0.4,
        )
        return
    on.blob(
        [
            (-on.w * 0.98, -0.19),
            (-on.w * 0.5, -0.27),
            (0.0, -0.285),
            (on.w * 0.5, -0.27),
            (on.w * 0.98, -0.19),
            (on.w * 0.86, -0.12),
            (0.0, -0.155),
            (-on.w * 0.86, -0.12),
        ],
        shade(color, -0.16),
        shaded=0.02,
    )


def _sun_hat(on: OnHead) -> None:
    color, band = TRIM["sun_hat"], (182, 76, 70)
    on.brush.fill([on.frame.ellipse(on.t * 0.04, -0.19, 0.80, 0.165)], shade(color, -0.10), outline=on.unit * 0.014)
    dome = _dome(on, color, -0.22, 0.06, 0.0)
    on.brush.fill([on.frame.polygon([(-2, -0.36), (2, -0.36), (2, -0.25), (-2, -0.25)])], band, clip=dome)
    if not on.head.away:
        front = [
            (-0.80, -0.20),
            (-0.45, -0.26),
            (0.0, -0.275),
            (0.45, -0.26),
            (0.80, -0.20),
            (0.45, -0.115),
            (0.0, -0.10),
            (-0.45, -0.115),
        ]
        on.blob([(x + on.t * 0.04, y) for x, y in front], color, shaded=0.03)


def _beanie(on: OnHead) -> None:
    color = TRIM["beanie"]
    on.brush.fill(
        [on.frame.ellipse(-on.t * 0.04, -0.66, 0.125, 0.12)],
        mix(color, palette.WHITE, 0.7),
        outline=on.unit * 0.012,
        shade=on.unit * 0.03,
    )
    _dome(on, color, -0.16, 0.03, 0.055)
    r = on.w + 0.075
    band = on.blob(
        [(-r, -0.17), (-r * 0.96, -0.30), (0.0, -0.345), (r * 0.96, -0.30), (r, -0.17), (0.0, -0.20)],
        mix(color, palette.WHITE, 0.22),
        shaded=0.03,
        tension=0.4,
    )
    for index in range(-4, 5):
        on.line([(index * 0.095, -0.36), (index * 0.10, -0.15)], 0.012, shade(color, -0.05), band)


def _helmet(on: OnHead) -> None:
    color = TRIM["helmet"]
    dome = _dome(on, color, -0.17, 0.05, 0.08)
    for x in (-0.22, 0.0, 0.22):
        on.line([(x + on.t * 0.05, -0.52), (x * 1.2 + on.t * 0.08, -0.32)], 0.06, shade(color, -0.45), dome)
    if not on.head.away:
        ends = [(on.w * 0.98, -0.1), (on.w * 0.72, 0.36), (0.0, 0.53)]
        if on.t:
            ends = [(near_ear(on.head), -0.12), (near_ear(on.head) * 0.4, 0.36), (on.t * 0.12, 0.52)]
        for side in (-1, 1) if not on.t else (1,):
            on.line([(side * x, y) for x, y in ends], 0.03, (52, 50, 58))


def _headscarf(on: OnHead) -> None:
    color = TRIM["headscarf"]
    r = on.w + 0.055
    outer = [
        (-r * 0.9, 0.42),
        (-r * 1.04, 0.05),
        (-r, -0.28),
        (-r * 0.6, -0.52),
        (0.0, -0.575),
        (r * 0.6, -0.52),
        (r, -0.28),
        (r * 1.04, 0.05),
        (r * 0.9, 0.42),
        (0.0, 0.62),
    ]
    if on.head.away:
        on.blob([*outer[:-1], (r * 0.6, 0.8), (0.0, 1.0), (-r * 0.6, 0.8)], color)
        return
    hole = [
        (0.84, -0.02),
        (0.78, -0.20),
        (0.48, -0.34),
        (0.0, -0.37),
        (-0.48, -0.34),
        (-0.78, -0.20),
        (-0.84, -0.02),
        (-0.80, 0.20),
        (-0.55, 0.40),
        (0.0, 0.49),
        (0.55, 0.40),
        (0.80, 0.20),
    ]
    ring = smooth(on.head.warped([(x * on.w, y) for x, y in hole]), closed=True)
    border = smooth([(x - on.t * 0.03, y) for x, y in outer], closed=True)
    # One outline with a slit: out around the scarf, in around the face.
    start = min(range(len(ring)), key=lambda index: ring[index][1])
    inner = [*ring[start:], *ring[: start + 1]]
    top = min(range(len(border)), key=lambda index: border[index][1])
    rim = [*border[top:], *border[: top + 1]]
    scarf = [on.frame.polygon([*rim, *inner])]
    on.brush.fill(scarf, color, outline=on.unit * 0.013, shade=on.unit * 0.05)
    for x in (-1, 1):
        on.line(
            [(x * on.w * 0.5, -0.46), (x * on.w * 0.98, -0.1), (x * on.w * 0.9, 0.3)], 0.014, shade(color, -0.18), scarf
        )
    on.blob([(-0.30, 0.50), (0.0, 0.56), (0.30, 0.50), (0.44, 0.74), (0.1, 0.92), (-0.3, 0.80)], shade(color, -0.06))


def _turban(on: OnHead) -> None:
    color = TRIM["turban"]
    r = on.w + 0.10
    dome = on.blob(
        [
            (-r, -0.12),
            (-r * 1.06, -0.34),
            (-r * 0.72, -0.60),
            (0.0, -0.70),
            (r * 0.72, -0.60),
            (r * 1.06, -0.34),
            (r, -0.12),
            (r * 0.5, -0.22),
            (0.0, -0.29),
            (-r * 0.5, -0.22),
        ],
        color,
        shaded=0.08,
    )
    for index in range(4):
        k = index / 4
        on.line(
            [
                (-r * (1.0 - 0.2 * k), -0.16 - 0.13 * index),
                (-0.05, -0.30 - 0.10 * index),
                (r * 0.55, -0.50 - 0.06 * index),
            ],
            0.016,
            shade(color, -0.22),
            dome,
        )
        on.line(
            [(r * (1.0 - 0.2 * k), -0.16 - 0.13 * index), (0.12, -0.32 - 0.10 * index)],
            0.016,
            shade(color, -0.22),
            dome,
        )


def _party_hat(on: OnHead) -> None:
    x = 0.10
    cone = [on.frame.polygon([(x - 0.25, -0.43), (x + 0.07, -1.0), (x + 0.29, -0.40), (x + 0.02, -0.36)])]
    on.brush.fill(cone, (88, 168, 190), outline=on.unit * 0.013, shade=on.unit * 0.06)
    for dx, y in ((-0.08, -0.5), (0.09, -0.48), (0.02, -0.62), (0.13, -0.66), (0.06, -0.78)):
        on.brush.fill([on.frame.ellipse(x + dx, y, 0.034, 0.034)], (252, 216, 96), clip=cone)
    on.brush.fill([on.frame.ellipse(x + 0.07, -1.0, 0.07, 0.07)], (236, 98, 122), outline=on.unit * 0.01)


HATS: dict[str, Callable[[OnHead], None]] = {
    "cap": _cap, "sun_hat": _sun_hat, "beanie": _beanie, "helmet": _helmet, "headscarf": _headscarf,
    "turban": _turban, "party_hat": _party_hat,
}  # fmt: skip
