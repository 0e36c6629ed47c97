"""Paints shapes on a canvas in two tones: lit towards the light, shaded on the far side, with a subtle outline.

Everything is drawn on a patch of the shape's own size, so a figure costs what it covers and not the whole picture.
"""

import itertools
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ..canvas import Canvas, Rgb, Xy
from .geometry import Part, Shape
from .palette import scaled
from .patterns import Cloth, draw_pattern

if TYPE_CHECKING:
    Tone = Callable[[Rgb], Rgb]

Box = tuple[int, int, int, int]

CLOTH_SHADE = (0.80, 0.77, 0.84)  # cool, as skylight fills a shadow
SKIN_SHADE = (0.88, 0.77, 0.73)  # warm, as light passes through skin
OUTLINE = (0.66, 0.58, 0.62)
FINE = 2  # masks are drawn this much finer than the canvas's own supersampling, for soft edges


class Brush:
    """Paints for one figure: knows the canvas, the scene's colour and where the light is."""

    def __init__(self, canvas: Canvas, tone: "Tone", light: Xy) -> None:
        self.canvas = canvas
        self.light = light
        self._tone = tone
        self._toned: dict[Rgb, Rgb] = {}

    def tone(self, color: Rgb) -> Rgb:
        """The colour under the scene's light."""
        if color not in self._toned:
            self._toned[color] = self._tone(color)
        return self._toned[color]

    def fill(
        self,
        shape: Shape,
        paint: Rgb | Cloth,
        *,
        outline: float = 0.0,
        shade: float = 0.0,
        tint: tuple[float, float, float] = CLOTH_SHADE,
        clip: Shape | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Paint the union of a shape's parts.

        Args:
            shape: parts in output pixels.
            paint: a plain-daylight colour, or a cloth with a pattern.
            outline: thickness of the darker edge, output pixels.
            shade: how deep the shadow on the far side reaches, output pixels.
            tint: what the shadow multiplies the colour with.
            clip: only where this shape is.
            opacity: 0 to 1.
        """
        box = self._patch_box(shape, outline)
        if box is None:
            return
        plain = paint if isinstance(paint, tuple) else paint.color
        limit = None if clip is None else self._mask(clip, box)
        if outline > 0:
            edge = self._mask(shape, box, grow=outline)
            self._lay(Image.new("RGB", edge.size, self.tone(scaled(plain, OUTLINE))), edge, box, limit, opacity)
        mask = self._mask(shape, box)
        pigment = self._flat(paint, box)
        if shade * self.canvas.scale >= 1:
            pigment = self._shaded(pigment, shape, box, shade * self.canvas.scale, tint)
        self._lay(pigment, mask, box, limit, opacity)

    def line(
        self, points: list[Xy], width: float, color: Rgb, *, opacity: float = 1.0, clip: Shape | None = None
    ) -> None:
        """A thin line with round ends."""
        self.fill([Part(tuple(points), (width / 2,) * len(points))], color, opacity=opacity, clip=clip)

    # --- inside ---

    def _patch_box(self, shape: Shape, margin: float) -> Box | None:
        scale, image = self.canvas.scale, self.canvas.image
        bounds = [part.bounds() for part in shape if part.points]
        if not bounds:
            return None
        x0 = max(0, math.floor((min(b[0] for b in bounds) - margin) * scale) - 1)
        y0 = max(0, math.floor((min(b[1] for b in bounds) - margin) * scale) - 1)
        x1 = min(image.width, math.ceil((max(b[2] for b in bounds) + margin) * scale) + 1)
        y1 = min(image.height, math.ceil((max(b[3] for b in bounds) + margin) * scale) + 1)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _mask(self, shape: Shape, box: Box, *, grow: float = 0.0, fine: int = FINE) -> Image.Image:
        """Where the shape is on the patch, "L", antialiased."""
        size = (box[2] - box[0], box[3] - box[1])
        large = Image.new("L", (size[0] * fine, size[1] * fine), 0)
        draw = ImageDraw.Draw(large)
        zoom = self.canvas.scale * fine
        for part in shape:
            points = [(x * zoom - box[0] * fine, y * zoom - box[1] * fine) for x, y in part.points]
            if part.radii is not None:
                _draw_tube(draw, points, [(radius + grow) * zoom for radius in part.radii], part.flat)
            elif len(points) > 2:
                draw.polygon(points, fill=255)
                if grow > 0:
                    _draw_tube(draw, [*points, points[0]], [grow * zoom] * (len(points) + 1))
        return large.reduce(fine) if fine > 1 else large

    def _flat(self, paint: Rgb | Cloth, box: Box) -> Image.Image:
        """The patch in the paint's colour and pattern, without light."""
        size = (box[2] - box[0], box[3] - box[1])
        if not isinstance(paint, Cloth):
            return Image.new("RGB", size, self.tone(paint))
        base = Image.new("RGB", size, self.tone(paint.color))
        draw_pattern(base, paint, self.tone, (box[0], box[1]), self.canvas.scale)
        return base

    def _shaded(
        self, base: Image.Image, shape: Shape, box: Box, reach: float, tint: tuple[float, float, float]
    ) -> Image.Image:
        """Lit where the shape, moved towards the light, still covers itself."""
        # Wider than the patch: a shape that the frame cuts has no shaded edge along the frame.
        extra = math.ceil(reach * 1.4)
        x0, y0, x1, y1 = box
        wide = self._mask(shape, (x0 - extra, y0 - extra, x1 + extra, y1 + extra), fine=1)
        lit = Image.new("L", wide.size, 0)
        lit.paste(wide, (round(self.light[0] * reach), round(self.light[1] * reach)))
        lit = lit.filter(ImageFilter.BoxBlur(max(0.5, reach * 0.3)))
        lit = lit.crop((extra, extra, extra + base.width, extra + base.height))
        dark = ImageChops.multiply(base, Image.new("RGB", base.size, scaled((255, 255, 255), tint)))
        return Image.composite(base, dark, lit)

    def _lay(
        self, pigment: Image.Image, mask: Image.Image, box: Box, limit: Image.Image | None, opacity: float
    ) -> None:
        if limit is not None:
            mask = ImageChops.multiply(mask, limit)
        if opacity < 1.0:
            mask = mask.point([round(value * opacity) for value in range(256)])
        patch = pigment.convert("RGBA")
        patch.putalpha(mask)
        self.canvas.image.alpha_composite(patch, (box[0], box[1]))


def _draw_tube(
    draw: ImageDraw.ImageDraw, points: list[Xy], radii: list[float], flat: tuple[bool, bool] = (False, False)
) -> None:
    for (x, y), radius in zip(points, radii, strict=True):
        if (flat[0] and math.dist((x, y), points[0]) < radius) or (flat[1] and math.dist((x, y), points[-1]) < radius):
            continue
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
    for (a, b), (ra, rb) in zip(itertools.pairwise(points), itertools.pairwise(radii), strict=True):
        length = math.dist(a, b)
        if length > 0:
            nx, ny = (a[1] - b[1]) / length, (b[0] - a[0]) / length
            draw.polygon(
                [
                    (a[0] + nx * ra, a[1] + ny * ra),
                    (b[0] + nx * rb, b[1] + ny * rb),
                    (b[0] - nx * rb, b[1] - ny * rb),
                    (a[0] - nx * ra, a[1] - ny * ra),
                ],
                fill=255,
            )
