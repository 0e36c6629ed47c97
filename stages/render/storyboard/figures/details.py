"""What is sewn on a garment's front: buttons, zips, pockets, numbers."""

from collections.abc import Callable

from ....records import Outfit
from ..canvas import mix, shade
from . import palette
from .body import Body
from .brush import Brush
from .garment_front import Front
from .geometry import Shape


def draw_details(brush: Brush, body: Body, outfit: Outfit, shape: Shape) -> None:
    """Buttons, zips, pockets, numbers."""
    detail = _DETAILS.get(outfit.top)
    if detail is not None and body.unit > 14:
        detail(Front(brush, body, palette.CLOTH[outfit.top_color], (0, 0, 0), shape))


def _buttons(f: Front) -> None:
    f.line([(0.0, 0.12), (0.0, f.hem + 0.1)], 0.016)
    light = mix(f.color, palette.WHITE, 0.75) if palette.luma(f.color) < 190 else f.dark
    for index in range(5):
        f.dot(0.0, 0.28 + index * (f.hem - 0.3) / 4.4, 0.024, light)


def _ruffle(f: Front) -> None:
    light = mix(f.color, palette.WHITE, 0.35)
    for index in range(3):
        f.dot(0.0, 0.46 + index * 0.26, 0.026, light)
    f.line([(0.0, 0.36), (0.0, f.hem)], 0.014)


def _knit(f: Front) -> None:
    f.patch([(-3, f.hem - 0.14), (3, f.hem - 0.14), (3, f.hem + 0.4), (-3, f.hem + 0.4)], shade(f.color, -0.12))
    if f.body.unit > 30:
        for index in range(-6, 7):
            f.line([(index * 0.12, f.hem - 0.12), (index * 0.12, f.hem + 0.1)], 0.012)


def _pocket(f: Front) -> None:
    low = f.hem - 0.16
    f.brush.fill(
        [
            f.frame.polygon(
                [
                    (-0.27, low - 0.42),
                    (0.27, low - 0.42),
                    (0.43, low - 0.1),
                    (0.40, low),
                    (-0.40, low),
                    (-0.43, low - 0.1),
                ]
            )
        ],
        shade(f.color, -0.09),
        outline=f.body.unit * 0.012,
        clip=f.shape,
    )
    f.patch([(-3, f.hem - 0.1), (3, f.hem - 0.1), (3, f.hem + 0.4), (-3, f.hem + 0.4)], shade(f.color, -0.14))
    for side in (-1, 1):
        f.line([(side * 0.09, 0.1), (side * 0.10, 0.42)], 0.022, mix(f.color, palette.WHITE, 0.7))


def _jacket_pockets(f: Front) -> None:
    f.patch([(-3, f.hem - 0.08), (-0.24, f.hem - 0.08), (-0.24, f.hem + 0.4), (-3, f.hem + 0.4)], shade(f.color, -0.16))
    f.patch([(3, f.hem - 0.08), (0.24, f.hem - 0.08), (0.24, f.hem + 0.4), (3, f.hem + 0.4)], shade(f.color, -0.16))
    for side in (-1, 1):
        f.line([(side * 0.40, f.hem - 0.55), (side * 0.52, f.hem - 0.28)], 0.026)


def _coat_buttons(f: Front) -> None:
    f.line([(0.0, 0.58), (0.0, f.hem + 2.0)], 0.018)
    for index in range(3):
        f.dot(0.09, 0.75 + index * 0.36, 0.034, f.dark)
    for side in (-1, 1):
        f.line([(side * 0.36, f.hem - 0.28), (side * 0.56, f.hem - 0.30)], 0.04)


def _toggles(f: Front) -> None:
    f.line([(0.0, 0.16), (0.0, f.hem + 2.0)], 0.022)
    for index in range(4):
        y = 0.38 + index * 0.38
        f.line([(-0.09, y), (0.09, y)], 0.045, f.dark)
    for side in (-1, 1):
        f.patch(
            [
                (side * 0.30, f.hem - 0.30),
                (side * 0.58, f.hem - 0.30),
                (side * 0.58, f.hem - 0.20),
                (side * 0.30, f.hem - 0.20),
            ],
            f.dark,
        )


def _suit_front(f: Front) -> None:
    f.line([(0.0, 0.82), (0.02, f.hem + 0.1)], 0.016)
    for y in (0.95, 1.2):
        f.dot(0.05, y, 0.028, f.dark)
    f.patch([(0.32, 0.50), (0.50, 0.47), (0.49, 0.53), (0.33, 0.56)], palette.WHITE)


def _number(f: Front) -> None:
    light = mix(f.color, palette.WHITE, 0.86) if palette.luma(f.color) < 200 else palette.CLOTH["navy"]
    strokes = [[(-0.16, 0.62), (0.16, 0.62), (-0.02, 1.12)]]
    for stroke in strokes:
        f.brush.line(f.frame.many(stroke), f.body.unit * 0.085, light, clip=f.shape)
    for side in (-1, 1):
        x = side * (f.body.girth.waist + 0.04)
        f.brush.line(f.body.trunk.many([(x, 0.5), (x, f.hem)]), f.body.unit * 0.09, light, clip=f.shape)


_DETAILS: dict[str, Callable[[Front], None]] = {
    "shirt": _buttons, "blouse": _ruffle, "sweater": _knit, "hoodie": _pocket, "jacket": _jacket_pockets,
    "coat": _coat_buttons, "raincoat": _toggles, "suit": _suit_front, "jersey": _number,
}  # fmt: skip
