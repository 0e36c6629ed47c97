"""Cloth patterns: stripes, checks, dots and flowers that follow the garment's own frame."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from ..canvas import Rgb, Xy, mix
from .geometry import Frame
from .palette import accent


@dataclass(frozen=True)
class Cloth:
    """A garment's colour and pattern; `frame` has the head height as its unit."""

    color: Rgb
    pattern: str
    frame: Frame

    def on(self, frame: Frame) -> "Cloth":
        """The same cloth along another part of the body."""
        return Cloth(self.color, self.pattern, frame)


def draw_pattern(
    patch: Image.Image, cloth: Cloth, tone: Callable[[Rgb], Rgb], corner: tuple[int, int], scale: int
) -> None:
    """Draw over a patch that is already filled with the cloth's colour."""
    painter = _PAINTERS.get(cloth.pattern)
    if painter is not None and cloth.frame.unit * scale >= 4:
        painter(ImageDraw.Draw(patch), _Grid(cloth.frame, patch.size, corner, scale), cloth.color, tone)


@dataclass(frozen=True)
class _Grid:
    """Cells of the garment's frame that touch the patch, and where they are on it."""

    frame: Frame
    size: tuple[int, int]
    corner: tuple[int, int]
    scale: int

    def place(self, x: float, y: float) -> Xy:
        px, py = self.frame(x, y)
        return px * self.scale - self.corner[0], py * self.scale - self.corner[1]

    def span(self) -> tuple[float, float, float, float]:
        width, height = self.size
        corners = [
            self.frame.local(((self.corner[0] + x) / self.scale, (self.corner[1] + y) / self.scale))
            for x in (0, width)
            for y in (0, height)
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def steps(self, low: float, high: float, step: float) -> Iterator[int]:
        yield from range(math.floor(low / step) - 1, math.ceil(high / step) + 2)


def _stripes(draw: ImageDraw.ImageDraw, grid: _Grid, color: Rgb, tone: Callable[[Rgb], Rgb]) -> None:
    x0, y0, x1, y1 = grid.span()
    fill = tone(accent(color))
    for row in grid.steps(y0, y1, 0.24):
        _band(draw, grid, (x0, row * 0.24 - 0.05, x1, row * 0.24 + 0.05), fill)


def _checks(draw: ImageDraw.ImageDraw, grid: _Grid, color: Rgb, tone: Callable[[Rgb], Rgb]) -> None:
    x0, y0, x1, y1 = grid.span()
    light, half = tone(accent(color)), tone(mix(color, accent(color), 0.42))
    rows, columns = list(grid.steps(y0, y1, 0.3)), list(grid.steps(x0, x1, 0.3))
    for row in rows:
        _band(draw, grid, (x0, row * 0.3 - 0.07, x1, row * 0.3 + 0.07), half)
    for column in columns:
        _band(draw, grid, (column * 0.3 - 0.07, y0, column * 0.3 + 0.07, y1), half)
    for row in rows:
        for column in columns:
            x, y = column * 0.3, row * 0.3
            _band(draw, grid, (x - 0.07, y - 0.07, x + 0.07, y + 0.07), light)


def _dots(draw: ImageDraw.ImageDraw, grid: _Grid, color: Rgb, tone: Callable[[Rgb], Rgb]) -> None:
    for x, y in _staggered(grid, 0.24):
        _disc(draw, grid, (x, y), 0.052, tone(accent(color)))


def _flowers(draw: ImageDraw.ImageDraw, grid: _Grid, color: Rgb, tone: Callable[[Rgb], Rgb]) -> None:
    petals, heart, leaf = tone(accent(color)), tone((243, 190, 70)), tone(mix(color, (72, 138, 86), 0.75))
    for x, y in _staggered(grid, 0.34):
        _disc(draw, grid, (x + 0.12, y + 0.08), 0.035, leaf)
        for turn in range(5):
            angle = turn * math.tau / 5
            _disc(draw, grid, (x + 0.058 * math.cos(angle), y + 0.058 * math.sin(angle)), 0.04, petals)
        _disc(draw, grid, (x, y), 0.034, heart)


def _staggered(grid: _Grid, step: float) -> Iterator[Xy]:
    x0, y0, x1, y1 = grid.span()
    for row in grid.steps(y0, y1, step):
        for column in grid.steps(x0, x1, step):
            yield (column + (0.5 if row % 2 else 0.0)) * step, row * step


def _band(draw: ImageDraw.ImageDraw, grid: _Grid, box: tuple[float, float, float, float], fill: Rgb) -> None:
    x0, y0, x1, y1 = box
    draw.polygon([grid.place(x0, y0), grid.place(x1, y0), grid.place(x1, y1), grid.place(x0, y1)], fill=fill)


def _disc(draw: ImageDraw.ImageDraw, grid: _Grid, center: Xy, radius: float, fill: Rgb) -> None:
    (x, y), r = grid.place(*center), radius * grid.frame.unit * grid.scale
    draw.ellipse([x - r, y - r, x + r, y + r], fill=fill)


_PAINTERS = {"striped": _stripes, "checked": _checks, "dotted": _dots, "floral": _flowers}
