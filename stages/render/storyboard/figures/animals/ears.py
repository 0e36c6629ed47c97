"""Ears, by kind and by the side from which the head is seen."""

from collections.abc import Callable

from ...canvas import Rgb, Xy, mix, shade
from ..geometry import Frame
from ..palette import luma, scaled
from .sketch import Sketch
from .traits import Coloring, Traits

_PINK: Rgb = (226, 160, 154)


def draw_ears(sketch: Sketch, traits: Traits, coloring: Coloring, f: Frame, which: str) -> None:
    """Args: which: "near" or "far" on a head seen from the side, "front" for both."""
    color = _color(traits, coloring)
    if which == "far":
        color = scaled(color, (0.80, 0.78, 0.82))
    for side in (-1, 1) if which == "front" else (0,):
        _EARS[traits.ears](sketch, f, color, side, which)


def _color(traits: Traits, coloring: Coloring) -> Rgb:
    if traits.curly and traits.hoofed:
        return shade(coloring.second, -0.35)
    if traits.ears in ("drop", "hound", "folded"):
        if coloring.pattern in ("spots", "patches") or traits.mask == "pug":
            return coloring.second if traits.mask != "pug" else (58, 48, 48)
        return scaled(coloring.base, (0.88, 0.80, 0.74)) if luma(coloring.base) > 70 else shade(coloring.base, -0.15)
    return coloring.base


def _ear(sketch: Sketch, f: Frame, points: list[Xy], color: Rgb, *, tension: float = 0.5) -> None:
    sketch.fill([f.blob(points, tension=tension)], color, shade=f.unit * 0.12)


def _drop(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    if side:
        _ear(
            sketch,
            f,
            [
                (side * 0.60, -0.80),
                (side * 0.98, -0.62),
                (side * 1.28, -0.05),
                (side * 1.24, 0.42),
                (side * 1.0, 0.52),
                (side * 0.82, 0.12),
                (side * 0.74, -0.36),
            ],
            color,
        )
    elif which == "near":
        _ear(
            sketch,
            f,
            [(-0.10, -0.72), (-0.50, -0.72), (-0.78, -0.20), (-0.70, 0.42), (-0.36, 0.62), (-0.08, 0.25), (0.02, -0.3)],
            color,
        )


def _hound(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    if side:
        _ear(
            sketch,
            f,
            [
                (side * 0.62, -0.70),
                (side * 1.02, -0.52),
                (side * 1.36, 0.2),
                (side * 1.32, 0.85),
                (side * 1.0, 1.0),
                (side * 0.82, 0.5),
                (side * 0.78, -0.2),
            ],
            color,
        )
    elif which == "near":
        _ear(
            sketch,
            f,
            [(-0.10, -0.62), (-0.48, -0.62), (-0.80, 0.1), (-0.72, 0.85), (-0.34, 1.05), (-0.06, 0.5), (0.02, -0.2)],
            color,
        )


def _folded(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    if side:
        _ear(
            sketch,
            f,
            [
                (side * 0.42, -0.86),
                (side * 0.82, -0.98),
                (side * 1.12, -0.45),
                (side * 0.98, -0.22),
                (side * 0.68, -0.50),
            ],
            color,
            tension=0.35,
        )
    else:
        shift = 0.30 if which == "far" else 0.0
        _ear(
            sketch,
            f,
            [
                (-0.45 + shift, -0.75),
                (-0.18 + shift, -1.08),
                (0.22 + shift, -0.62),
                (0.18 + shift, -0.32),
                (-0.16 + shift, -0.5),
            ],
            color,
            tension=0.35,
        )


def _pointed(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str, height: float = 1.0) -> None:
    inner = mix(color, _PINK, 0.6)
    if side:
        outer = [(side * 0.28, -0.80), (side * 0.82, -0.92 - 0.68 * height), (side * 1.02, -0.30)]
        sketch.fill([f.blob(outer, tension=0.22)], color, shade=f.unit * 0.08)
        sketch.fill(
            [f.blob([(side * 0.45, -0.84), (side * 0.79, -0.82 - 0.5 * height), (side * 0.90, -0.46)], tension=0.22)],
            inner,
            outline=0.0,
        )
        return
    shift = 0.34 if which == "far" else 0.0
    outer = [(-0.66 + shift, -0.55), (-0.30 + shift, -0.98 - 0.65 * height), (0.12 + shift, -0.78)]
    sketch.fill([f.blob(outer, tension=0.22)], color, shade=f.unit * 0.08)
    if which == "near":
        sketch.fill(
            [f.blob([(-0.44, -0.66), (-0.26, -0.86 - 0.45 * height), (0.0, -0.78)], tension=0.22)], inner, outline=0.0
        )


def _bat(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    _pointed(sketch, f, color, side, which, height=1.4)


def _long(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    inner = mix(color, _PINK, 0.65)
    if side:
        sketch.fill(
            [f.tube([(side * 0.36, -0.70), (side * 0.50, -1.5), (side * 0.62, -2.25)], 0.24, 0.32, 0.14)],
            color,
            shade=f.unit * 0.1,
        )
        sketch.fill(
            [f.tube([(side * 0.40, -1.0), (side * 0.50, -1.5), (side * 0.60, -2.1)], 0.10, 0.16, 0.05)],
            inner,
            outline=0.0,
        )
        return
    lean = 0.32 if which == "far" else 0.0
    sketch.fill(
        [f.tube([(-0.25 + lean, -0.70), (-0.48 + lean * 1.2, -1.5), (-0.66 + lean * 1.6, -2.2)], 0.22, 0.30, 0.13)],
        color,
        shade=f.unit * 0.1,
    )
    if which == "near":
        sketch.fill([f.tube([(-0.30, -1.0), (-0.46, -1.5), (-0.60, -2.05)], 0.08, 0.14, 0.05)], inner, outline=0.0)


def _pricked(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    inner = mix(color, _PINK, 0.4)
    if side:
        sketch.fill(
            [
                f.blob(
                    [
                        (side * 0.30, -0.75),
                        (side * 0.42, -1.45),
                        (side * 0.72, -1.72),
                        (side * 0.86, -1.2),
                        (side * 0.72, -0.62),
                    ]
                )
            ],
            color,
        )
        sketch.fill([f.ellipse(side * 0.62, -1.15, 0.12, 0.32, side * 0.2)], inner, outline=0.0)
        return
    shift = 0.35 if which == "far" else 0.0
    sketch.fill(
        [
            f.blob(
                [
                    (-0.40 + shift, -0.65),
                    (-0.36 + shift, -1.35),
                    (-0.05 + shift, -1.78),
                    (0.12 + shift, -1.2),
                    (0.0 + shift, -0.72),
                ]
            )
        ],
        color,
    )


def _side_ear(sketch: Sketch, f: Frame, color: Rgb, side: int, which: str) -> None:
    inner = mix(color, _PINK, 0.55)
    if side:
        sketch.fill(
            [
                f.blob(
                    [
                        (side * 0.70, -0.55),
                        (side * 1.25, -0.78),
                        (side * 1.78, -0.48),
                        (side * 1.45, -0.15),
                        (side * 0.82, -0.16),
                    ]
                )
            ],
            color,
        )
        sketch.fill([f.ellipse(side * 1.25, -0.42, 0.30, 0.14, side * 0.12)], inner, outline=0.0)
    elif which == "near":
        sketch.fill([f.blob([(-0.30, -0.50), (-0.85, -0.82), (-1.32, -0.58), (-1.05, -0.22), (-0.45, -0.14)])], color)
        sketch.fill([f.ellipse(-0.82, -0.48, 0.26, 0.12, 0.2)], inner, outline=0.0)


_EARS: dict[str, Callable[[Sketch, Frame, Rgb, int, str], None]] = {
    "drop": _drop, "hound": _hound, "folded": _folded, "pointed": _pointed, "bat": _bat, "long": _long,
    "pricked": _pricked, "side": _side_ear,
}  # fmt: skip
