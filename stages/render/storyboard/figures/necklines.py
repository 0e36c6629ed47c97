"""Collars and necklines."""

from collections.abc import Callable

from ....records import Outfit
from ..canvas import Rgb, mix, shade, smooth
from . import palette
from .body import Body
from .brush import Brush
from .garment_front import Front
from .geometry import Shape


def draw_neckline(brush: Brush, body: Body, outfit: Outfit, kind: str, skin: Rgb, shape: Shape) -> None:
    """The edge around the neck; from behind only a plain rim or a hood."""
    color = palette.CLOTH[outfit.top_color]
    if body.away:
        _behind(brush, body, kind, color, skin)
        return
    _NECKLINES[kind](Front(brush, body, color, skin, shape))


def _crew(f: Front) -> None:
    f.opening(0.225, 0.10)
    f.rim(0.225, 0.10, 0.05, shade(f.color, -0.18))


def _collar(f: Front) -> None:
    f.opening(0.2, 0.17)
    light = mix(f.color, palette.WHITE, 0.30)
    for side in (-1, 1):
        wing = [
            (side * 0.20, -0.20),
            (side * 0.30, -0.08),
            (side * 0.23, 0.20),
            (side * 0.02, 0.10),
            (side * 0.15, -0.02),
        ]
        f.brush.fill([f.neck.polygon(wing)], light, outline=f.body.unit * 0.012)


def _v(f: Front) -> None:
    hole = [f.neck.polygon([(-0.23, -0.2), (0.23, -0.2), (0.20, -0.05), (0.0, 0.32), (-0.20, -0.05)])]
    f.brush.fill(hole, f.skin)
    f.brush.fill([f.neck.ellipse(0.0, -0.34, 0.32, 0.2)], palette.scaled(f.skin, (0.88, 0.77, 0.73)), clip=hole)
    points = f.neck.many([(-0.23, -0.18), (-0.20, -0.05), (0.0, 0.32), (0.20, -0.05), (0.23, -0.18)])
    f.brush.line(points, f.body.unit * 0.045, shade(f.color, -0.2))


def _rib(f: Front) -> None:
    f.brush.fill(
        [f.neck.tube([(-0.2, -0.15), (0.0, -0.07), (0.2, -0.15)], 0.095)],
        shade(f.color, -0.12),
        outline=f.body.unit * 0.012,
    )


def _hood(f: Front) -> None:
    f.opening(0.2, 0.09)
    hood = f.neck.tube(
        [(-0.27, -0.22), (-0.26, 0.0), (0.0, 0.12), (0.26, 0.0), (0.27, -0.22)], 0.105, 0.095, 0.07, 0.095, 0.105
    )
    f.brush.fill([hood], shade(f.color, -0.10), outline=f.body.unit * 0.014, shade=f.body.unit * 0.03)


def _open(f: Front) -> None:
    inner = mix(palette.WHITE, f.color, 0.12) if palette.luma(f.color) < 190 else palette.CLOTH["blue"]
    f.patch([(-0.19, -0.3), (0.19, -0.3), (0.24, f.hem + 0.2), (-0.24, f.hem + 0.2)], inner)
    f.opening(0.19, 0.08)
    f.line([(-0.19, -0.2), (-0.21, f.hem * 0.5), (-0.24, f.hem + 0.2)], 0.035)
    f.line([(0.19, -0.2), (0.21, f.hem * 0.5), (0.24, f.hem + 0.2)], 0.035)
    for side in (-1, 1):
        wing = [(side * 0.18, -0.24), (side * 0.34, -0.10), (side * 0.36, 0.16), (side * 0.19, 0.05)]
        f.brush.fill([f.neck.polygon(wing)], shade(f.color, -0.14), outline=f.body.unit * 0.012)


def _lapels(f: Front) -> None:
    inner = palette.CLOTH["beige"] if palette.luma(f.color) < 150 else palette.CLOTH["navy"]
    f.patch([(-0.2, -0.3), (0.2, -0.3), (0.0, 0.52)], inner)
    for side in (-1, 1):
        wing = [
            (side * 0.17, -0.24),
            (side * 0.35, -0.10),
            (side * 0.40, 0.20),
            (side * 0.28, 0.22),
            (side * 0.01, 0.58),
            (side * 0.10, 0.1),
        ]
        f.brush.fill([f.neck.polygon(wing)], shade(f.color, -0.10), outline=f.body.unit * 0.013)


def _tie(f: Front) -> None:
    f.patch([(-0.24, -0.3), (0.24, -0.3), (0.0, 0.78)], palette.CLOTH["white"])
    tie = palette.CLOTH["burgundy"] if palette.luma(f.color) < 150 else palette.CLOTH["navy"]
    f.patch(
        [(-0.055, -0.02), (0.055, -0.02), (0.035, 0.07), (0.085, 0.52), (0.0, 0.68), (-0.085, 0.52), (-0.035, 0.07)],
        tie,
    )
    for side in (-1, 1):
        f.brush.fill(
            [f.neck.polygon([(side * 0.20, -0.2), (side * 0.25, -0.1), (side * 0.13, 0.1), (side * 0.02, 0.0)])],
            palette.WHITE,
            outline=f.body.unit * 0.01,
        )
        wing = [
            (side * 0.22, -0.18),
            (side * 0.40, -0.04),
            (side * 0.42, 0.22),
            (side * 0.32, 0.25),
            (side * 0.0, 0.84),
            (side * 0.13, 0.2),
        ]
        f.brush.fill(
            [f.frame.polygon(wing)],
            shade(f.color, -0.08) if palette.luma(f.color) > 75 else shade(f.color, 0.08),
            outline=f.body.unit * 0.013,
        )


def _scoop(f: Front) -> None:
    f.opening(0.30, 0.20)
    f.rim(0.30, 0.20, 0.035, shade(f.color, -0.2))


def _behind(brush: Brush, body: Body, kind: str, color: Rgb, skin: Rgb) -> None:
    unit = body.unit
    if kind == "hood":
        brush.fill(
            [body.trunk.blob([(-0.36, -0.2), (0.36, -0.2), (0.32, 0.22), (0.0, 0.40), (-0.32, 0.22)])],
            shade(color, -0.1),
            outline=unit * 0.014,
            shade=unit * 0.06,
        )
        return
    depth = 0.14 if kind == "scoop" else 0.0
    hole = [
        body.trunk.blob(
            [
                (-0.22, -0.24),
                (0.22, -0.24),
                (0.18, -0.08 + depth * 0.4),
                (0.0, -0.03 + depth),
                (-0.18, -0.08 + depth * 0.4),
            ]
        )
    ]
    brush.fill(hole, skin)
    rim = smooth(
        body.trunk.many(
            [
                (-0.22, -0.17),
                (-0.18, -0.08 + depth * 0.4),
                (0.0, -0.03 + depth),
                (0.18, -0.08 + depth * 0.4),
                (0.22, -0.17),
            ]
        ),
        closed=False,
    )
    brush.line(rim, unit * 0.05, shade(color, -0.18))


_NECKLINES: dict[str, Callable[[Front], None]] = {
    "crew": _crew, "collar": _collar, "v": _v, "rib": _rib, "hood": _hood, "open": _open, "lapels": _lapels,
    "tie": _tie, "scoop": _scoop,
}  # fmt: skip
