"""Markings on heads: breed masks, patches, spots, stripes, blazes; clipped to the skull."""

from ...canvas import Xy, mix
from ..geometry import Frame, Part
from .coats import pale
from .sketch import Sketch
from .traits import Coloring, Traits

_SOOT = (58, 48, 48)
_WHITE = (248, 242, 232)


def mark_front(sketch: Sketch, traits: Traits, coloring: Coloring, f: Frame, skull: list[Part]) -> None:
    """Markings of a face seen from the front."""
    if traits.white_trim:
        lower = [
            (-1.3, 0.30), (-0.62, 0.12), (-0.3, 0.1), (0.0, 0.0), (0.3, 0.1), (0.62, 0.12), (1.3, 0.30), (0.8, 1.1),
            (-0.8, 1.1),
        ]  # fmt: skip
        sketch.fill([f.blob(lower)], pale(coloring), outline=0.0, clip=skull)
        sketch.fill([f.tube([(0.0, -0.75), (0.0, 0.2)], 0.09, 0.2)], pale(coloring), outline=0.0, clip=skull)
        if traits.mask == "husky":
            spots = [f.ellipse(side * 0.40, -0.36, 0.20, 0.17) for side in (-1, 1)]
            sketch.fill(spots, pale(coloring), outline=0.0, clip=skull)
    else:
        lines = [[(x * 1.2, -0.95), (x, -0.5)] for x in (-0.28, 0.0, 0.28)]
        lines += [[(side * 1.15, 0.1), (side * 0.75, 0.14)] for side in (-1, 1)]
        spots = ((-0.5, -0.5), (0.2, -0.65), (0.7, 0.25), (-0.75, 0.2), (0.0, -0.35))
        _mark_pattern(sketch, coloring, f, skull, patch=(0.48, -0.28), spots=spots, lines=lines)
    if traits.mane:
        sketch.fill([f.tube([(0.0, -0.4), (0.0, 0.9)], 0.12, 0.22)], _WHITE, outline=0.0, clip=skull, opacity=0.9)


def mark_side(sketch: Sketch, traits: Traits, coloring: Coloring, f: Frame, skull: list[Part], tip: Xy) -> None:
    """Markings of a head seen from the side; `tip` is the end of its muzzle."""
    x, y = tip
    if traits.white_trim:
        jaw = f.tube([(0.30, 0.62), (x - 0.1, y + 0.25), (x + 0.35, y + 0.1)], 0.42, 0.42, 0.3)
        sketch.fill([jaw], pale(coloring), outline=0.0, clip=skull)
        if traits.mask in ("husky", "collie"):
            sketch.fill([f.ellipse(0.42, -0.46, 0.16, 0.12)], pale(coloring), outline=0.0, clip=skull)
    elif traits.mask in ("saddle", "pug"):
        sketch.fill([f.tube([(0.55, y), tip], 0.36, 0.5)], _SOOT, outline=0.0, clip=skull)
    elif coloring.pattern != "plain":
        spots = ((-0.3, -0.45), (0.05, 0.4), (0.55, 0.25), (-0.5, 0.15))
        lines: list[list[Xy]] = [[(at, -0.95), (at + 0.04, -0.5)] for at in (-0.15, 0.1, 0.35)]
        _mark_pattern(sketch, coloring, f, skull, patch=(-0.25, -0.5), spots=spots, lines=lines)
    elif not traits.hoofed:
        light = mix(coloring.base, (255, 248, 236), 0.28)
        sketch.fill([f.tube([(0.45, y + 0.12), tip], 0.34, 0.36)], light, outline=0.0, clip=skull, opacity=0.9)
    if traits.mane:
        blaze = f.tube([(0.35, -0.15), (x - 0.1, y - 0.5)], 0.10, 0.15)
        sketch.fill([blaze], _WHITE, outline=0.0, clip=skull, opacity=0.9)


def _mark_pattern(
    sketch: Sketch,
    coloring: Coloring,
    f: Frame,
    skull: list[Part],
    *,
    patch: Xy,
    spots: tuple[Xy, ...],
    lines: list[list[Xy]],
) -> None:
    if coloring.pattern == "patches":
        sketch.fill([f.ellipse(*patch, 0.5, 0.53, 0.2)], coloring.second, outline=0.0, clip=skull)
    elif coloring.pattern == "spots":
        sketch.fill([f.ellipse(x, y, 0.105, 0.095) for x, y in spots], coloring.second, outline=0.0, clip=skull)
    elif coloring.pattern == "tabby":
        for line in lines:
            sketch.line(f.many(line), 0.1 * f.unit, mix(coloring.base, coloring.dark, 0.7), clip=skull)
