"""A supersampled drawing surface: antialiased shapes, smooth curves, gradients, shadows and glows on Pillow.

All coordinates are output pixels (x right, y down), as floats; the surface multiplies them by its supersampling
factor, draws without antialiasing, and is reduced once at the end.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Rgb = tuple[int, int, int]
Rgba = tuple[int, int, int, int]
Paint = Rgb | Rgba
Xy = tuple[float, float]
Box = tuple[float, float, float, float]
Dab = tuple[float, float, float, float]  # centre x, centre y, radius x, radius y

# Maps a material's colour in plain daylight to its colour under the scene's light and haze.
Tone = Callable[[Rgb], Rgb]

# Draws one shape: onto what, in which paint, shifted by how many surface pixels.
_Shape = Callable[[ImageDraw.ImageDraw, Rgba, float, float], None]


class Canvas:
    """An RGBA picture in the making. Later shapes cover earlier ones; translucent paints blend."""

    def __init__(self, width: int, height: int, *, supersample: int = 2, ground: Paint = (255, 255, 255)) -> None:
        self.width = width
        self.height = height
        self.scale = supersample
        self.image = Image.new("RGBA", (width * supersample, height * supersample), _rgba(ground))

    # --- shapes ---

    def polygon(self, points: Sequence[Xy], paint: Paint) -> None:
        """Fill a closed polygon."""
        if len(points) < 2:
            return
        self._fill(
            lambda draw, fill, dx, dy: draw.polygon(self._scaled(points, dx, dy), fill=fill), paint, _bounds(points)
        )

    def blob(self, points: Sequence[Xy], paint: Paint, *, tension: float = 0.5) -> None:
        """Fill the closed smooth curve through the points (Catmull-Rom; tension 0 straight, 0.5 round)."""
        self.polygon(smooth(points, closed=True, tension=tension), paint)

    def ellipse(self, center: Xy, radius_x: float, radius_y: float, paint: Paint, *, angle: float = 0.0) -> None:
        """Fill an ellipse; `angle` in radians, clockwise on the picture."""
        self.polygon(ellipse_points(center, radius_x, radius_y, angle), paint)

    def dabs(self, dabs: Sequence[Dab], paint: Paint) -> None:
        """Fill many upright ellipses at once: leaves, pebbles, flowers, flakes. Overlaps do not add up."""
        if not dabs:
            return
        scale = self.scale

        def shape(draw: ImageDraw.ImageDraw, fill: Rgba, dx: float, dy: float) -> None:
            for x, y, rx, ry in dabs:
                left, top = (x - rx) * scale + dx, (y - ry) * scale + dy
                draw.ellipse((left, top, left + 2 * rx * scale, top + 2 * ry * scale), fill=fill)

        reach = max(max(rx, ry) for _, _, rx, ry in dabs)
        self._fill(shape, paint, _bounds([(x, y) for x, y, _, _ in dabs], reach))

    def strokes(self, segments: Sequence[tuple[float, float, float, float]], width: float, paint: Paint) -> None:
        """Many straight lines (x0, y0, x1, y1) at once, square ended: grass, rain, tiles, planks."""
        if not segments:
            return
        scale, thickness = self.scale, max(1, round(width * self.scale))

        def shape(draw: ImageDraw.ImageDraw, fill: Rgba, dx: float, dy: float) -> None:
            for x0, y0, x1, y1 in segments:
                ends = (x0 * scale + dx, y0 * scale + dy, x1 * scale + dx, y1 * scale + dy)
                draw.line(ends, fill=fill, width=thickness)

        ends = [(x0, y0) for x0, y0, _, _ in segments] + [(x1, y1) for _, _, x1, y1 in segments]
        self._fill(shape, paint, _bounds(ends, width + 1))

    def rectangle(self, box: Box, paint: Paint, *, radius: float = 0.0) -> None:
        """Fill x0, y0, x1, y1, with corners rounded by `radius` pixels."""
        x0, y0, x1, y1 = box
        if x1 <= x0 or y1 <= y0:
            return
        scale = self.scale
        radius = min(radius, (x1 - x0) / 2, (y1 - y0) / 2) * scale

        def shape(draw: ImageDraw.ImageDraw, fill: Rgba, dx: float, dy: float) -> None:
            corners = (x0 * scale + dx, y0 * scale + dy, x1 * scale + dx, y1 * scale + dy)
            draw.rounded_rectangle(corners, radius=radius, fill=fill)

        self._fill(shape, paint, box)

    def line(self, points: Sequence[Xy], width: float, paint: Paint) -> None:
        """A polyline with round joints and ends, `width` pixels thick."""
        self.limb(points, width, width, paint)

    def curve(self, points: Sequence[Xy], width: float, paint: Paint, *, tension: float = 0.5) -> None:
        """A smooth open curve through the points."""
        self.line(smooth(points, closed=False, tension=tension), width, paint)

    def limb(self, points: Sequence[Xy], start_width: float, end_width: float, paint: Paint) -> None:
        """A polyline that tapers from one thickness to another: arms, legs, branches, tails."""
        if not points:
            return
        start, end = start_width / 2 * self.scale, end_width / 2 * self.scale
        self._fill(
            lambda draw, fill, dx, dy: _stroke(draw, self._scaled(points, dx, dy), start, end, fill),
            paint,
            _bounds(points, max(start_width, end_width) / 2 + 1),
        )

    # --- light and air ---

    def vertical_gradient(self, y0: float, y1: float, top: Paint, bottom: Paint) -> None:
        """Blend a band of the full width from one paint to another."""
        a, b = round(y0 * self.scale), round(y1 * self.scale)
        if b <= a:
            return
        mix = np.linspace(0.0, 1.0, b - a)[:, None]
        rows = np.asarray(_rgba(top)) * (1 - mix) + np.asarray(_rgba(bottom)) * mix  # (rows, 4)
        band = np.broadcast_to(rows[:, None, :], (b - a, self.image.width, 4)).round().astype(np.uint8)
        self._blend(Image.fromarray(np.ascontiguousarray(band)), (0, a))

    def glow(self, center: Xy, radius: float, paint: Paint, *, power: float = 2.0) -> None:
        """A round light that fades to nothing at `radius`; higher power keeps it nearer to the middle."""
        red, green, blue, alpha = _rgba(paint)
        # A glow is smooth, so a small picture of it can be stretched.
        size = int(min(97, max(9, 2 * radius * self.scale)))
        axis = np.linspace(-1.0, 1.0, size)
        fade = np.clip(1.0 - np.hypot(axis[:, None], axis[None, :]), 0.0, 1.0) ** power * alpha
        pixels = np.empty((size, size, 4), np.uint8)
        pixels[..., :3] = (red, green, blue)
        pixels[..., 3] = fade
        self.patch(pixels, (center[0] - radius, center[1] - radius, center[0] + radius, center[1] + radius))

    @contextmanager
    def layer(self, *, blur: float = 0.0, opacity: float = 1.0, clip: Image.Image | None = None) -> Iterator[None]:
        """Collect what is drawn inside, then lay it over: blurred, faded, or clipped.

        Args:
            blur: Gaussian radius in output pixels (soft shadows, distant haze, out-of-focus backgrounds).
            opacity: 0 invisible to 1 as drawn.
            clip: an "L" picture of the surface's own size, from `stencil`; only where it is white remains.
        """
        below = self.image
        self.image = Image.new("RGBA", below.size, (0, 0, 0, 0))
        try:
            yield
        finally:
            drawn, self.image = self.image, below
        bounds = drawn.getbbox()
        if bounds is None:
            return
        margin = math.ceil(3 * blur * self.scale)
        box = (
            max(0, bounds[0] - margin),
            max(0, bounds[1] - margin),
            min(drawn.width, bounds[2] + margin),
            min(drawn.height, bounds[3] + margin),
        )
        drawn = drawn.crop(box)
        if blur > 0:
            drawn = _blur_premultiplied(drawn, blur * self.scale)
        if opacity < 1.0 or clip is not None:
            alpha = drawn.getchannel("A").point([round(value * opacity) for value in range(256)])
            drawn.putalpha(alpha if clip is None else ImageChops.multiply(alpha, clip.crop(box)))
        self.image.alpha_composite(drawn, box[:2])

    def patch(self, pixels: np.ndarray, box: Box) -> None:
        """Lay a small RGBA picture over the surface, stretched to fill `box`.

        Args:
            pixels: (h, w, 4) uint8, not premultiplied.
            box: x0, y0, x1, y1 in output pixels; what reaches outside the surface is cut off.
        """
        x0, y0, x1, y1 = (round(value * self.scale) for value in box)
        left, top, right, bottom = max(0, x0), max(0, y0), min(self.image.width, x1), min(self.image.height, y1)
        if right <= left or bottom <= top:
            return
        step_x, step_y = pixels.shape[1] / (x1 - x0), pixels.shape[0] / (y1 - y0)
        # Only the visible part is stretched: a picture that is mostly outside costs nothing.
        source = ((left - x0) * step_x, (top - y0) * step_y, (right - x0) * step_x, (bottom - y0) * step_y)
        stretched = Image.fromarray(pixels).resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=source)
        self.image.alpha_composite(stretched, (left, top))

    def stencil(self, points: Sequence[Xy]) -> Image.Image:
        """A clip mask for `layer` in the shape of a polygon."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(self._scaled(points, 0.0, 0.0), fill=255)
        return mask

    # --- the picture ---

    def finished(self) -> Image.Image:
        """The RGB picture at output size."""
        return self.image.convert("RGB").reduce(self.scale)

    # --- inside ---

    def _scaled(self, points: Sequence[Xy], dx: float, dy: float) -> list[Xy]:
        scale = self.scale
        return [(x * scale + dx, y * scale + dy) for x, y in points]

    def _fill(self, shape: _Shape, paint: Paint, bounds: Box) -> None:
        fill = _rgba(paint)
        x0, y0 = max(0, math.floor(bounds[0] * self.scale)), max(0, math.floor(bounds[1] * self.scale))
        x1 = min(self.image.width, math.ceil(bounds[2] * self.scale) + 1)
        y1 = min(self.image.height, math.ceil(bounds[3] * self.scale) + 1)
        if x1 <= x0 or y1 <= y0 or fill[3] == 0:
            return
        if fill[3] == 255:
            shape(ImageDraw.Draw(self.image), fill, 0.0, 0.0)
            return
        # A translucent shape is drawn once on its own patch, so that overlapping parts do not add up.
        patch = Image.new("RGBA", (x1 - x0, y1 - y0), (*fill[:3], 0))
        shape(ImageDraw.Draw(patch), fill, -x0, -y0)
        self.image.alpha_composite(patch, (x0, y0))

    def _blend(self, patch: Image.Image, corner: tuple[int, int]) -> None:
        x, y = corner
        source = (
            max(0, -x),
            max(0, -y),
            min(patch.width, self.image.width - x),
            min(patch.height, self.image.height - y),
        )
        if source[2] > source[0] and source[3] > source[1]:
            self.image.alpha_composite(patch.crop(source), (max(0, x), max(0, y)))


def _stroke(draw: ImageDraw.ImageDraw, points: Sequence[Xy], start: float, end: float, fill: Rgba) -> None:
    """Quads between circles of a radius that changes evenly along the line."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    whole = sum(lengths) or 1.0
    radii, walked = [start], 0.0
    for length in lengths:
        walked += length
        radii.append(start + (end - start) * walked / whole)
    for (x, y), radius in zip(points, radii, strict=True):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
    for (a, b), (ra, rb), length in zip(itertools.pairwise(points), itertools.pairwise(radii), lengths, strict=True):
        if length > 0:
            nx, ny = (a[1] - b[1]) / length, (b[0] - a[0]) / length
            draw.polygon(
                [
                    (a[0] + nx * ra, a[1] + ny * ra),
                    (b[0] + nx * rb, b[1] + ny * rb),
                    (b[0] - nx * rb, b[1] - ny * rb),
                    (a[0] - nx * ra, a[1] - ny * ra),
                ],
                fill=fill,
            )


def smooth(points: Sequence[Xy], *, closed: bool, tension: float = 0.5, steps: int = 8) -> list[Xy]:
    """Points on the cardinal spline through `points`. Source: Catmull & Rom, 1974."""
    count = len(points)
    if count < 3:
        return list(points)
    curve: list[Xy] = []
    for index in range(count if closed else count - 1):
        p0 = points[index - 1] if closed or index > 0 else points[index]
        p1, p2 = points[index], points[(index + 1) % count]
        p3 = points[(index + 2) % count] if closed or index + 2 < count else p2
        m1 = (tension * (p2[0] - p0[0]), tension * (p2[1] - p0[1]))
        m2 = (tension * (p3[0] - p1[0]), tension * (p3[1] - p1[1]))
        for step in range(steps):
            t = step / steps
            h1, h2 = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t
            h3, h4 = 3 * t**2 - 2 * t**3, t**3 - t**2
            curve.append(
                (
                    h1 * p1[0] + h2 * m1[0] + h3 * p2[0] + h4 * m2[0],
                    h1 * p1[1] + h2 * m1[1] + h3 * p2[1] + h4 * m2[1],
                )
            )
    if not closed:
        curve.append(points[-1])
    return curve


def ellipse_points(center: Xy, radius_x: float, radius_y: float, angle: float = 0.0, count: int = 48) -> list[Xy]:
    """Corners of a polygon that stands for an ellipse; `angle` in radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    turns = (2 * math.pi * index / count for index in range(count))
    offsets = ((radius_x * math.cos(turn), radius_y * math.sin(turn)) for turn in turns)
    return [(center[0] + x * cos - y * sin, center[1] + x * sin + y * cos) for x, y in offsets]


def mix(a: Rgb, b: Rgb, amount: float) -> Rgb:
    """From `a` (amount 0) to `b` (amount 1)."""
    amount = min(1.0, max(0.0, amount))
    return tuple(round(x + (y - x) * amount) for x, y in zip(a, b, strict=True))  # pyright: ignore[reportReturnType]


def shade(color: Rgb, amount: float) -> Rgb:
    """Darker for negative amounts (-1 black), lighter for positive ones (1 white)."""
    return mix(color, (0, 0, 0) if amount < 0 else (255, 255, 255), abs(amount))


def hex_rgb(text: str) -> Rgb:
    """Read "#a07e56" as (160, 126, 86)."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _rgba(paint: Paint) -> Rgba:
    return paint if len(paint) == 4 else (*paint, 255)


def _bounds(points: Sequence[Xy], margin: float = 0.0) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _blur_premultiplied(image: Image.Image, radius: float) -> Image.Image:
    """Blur colour and alpha together; blurring them apart draws the black of empty pixels into the edges."""
    return image.convert("RGBa").filter(ImageFilter.GaussianBlur(radius)).convert("RGBA")
