"""A blueprint as a picture: what stands where, in which order and pose, for the eye and for the editor's preview."""

import colorsys
from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..records import Keypoint, Region, SceneLayout
from ..seeds import derive_seed

# OpenPose's body edges between its 18 joints. Source: Cao et al., OpenPose, TPAMI 2019, figure 2.
LIMBS: Final = (
    (1, 2), (2, 3), (3, 4), (1, 5), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip

_SUPERSAMPLE = 2  # lines without stairs
_SKY = (33, 40, 52)
_GROUND = (47, 54, 63)
_HORIZON = (92, 104, 120)
_LIGHT = (255, 214, 102)
_INK = (245, 247, 250)
_LABEL = (18, 22, 29)

_Colour = tuple[int, int, int]


def draw_blueprint(layout: SceneLayout, *, width: int, height: int) -> np.ndarray:
    """Draw the horizon, the light's direction and every region's outline, skeleton and name, farthest first.

    A region keeps its colour from scene to scene: it comes from the id of the character or object.

    Args:
        layout: of one scene.
        width: of the picture, pixels; the layout's fractions are stretched to it.
        height: as `width`.

    Returns:
        (height, width, 3) uint8.
    """
    size = (width * _SUPERSAMPLE, height * _SUPERSAMPLE)
    image = Image.new("RGB", size, _SKY)
    draw = ImageDraw.Draw(image)
    line = max(2, min(size) // 200)
    horizon = layout.horizon * size[1]
    draw.rectangle((0, horizon, *size), fill=_GROUND)
    draw.line((0, horizon, size[0], horizon), fill=_HORIZON, width=line)
    _draw_light(draw, layout.light, size, line)
    for region in layout.regions:
        image = _with_silhouette(image, region, line)
    draw = ImageDraw.Draw(image)
    for region in layout.regions:
        _draw_skeleton(draw, region.keypoints, size, line)
    taken: list[tuple[float, float, float, float]] = []
    for region in reversed(layout.regions):  # the nearest name first: it keeps its place
        taken.append(_draw_name(draw, region, size, taken))
    return np.asarray(image.reduce(_SUPERSAMPLE)).copy()


def _colour(region: Region) -> _Colour:
    hue = derive_seed("blueprint colour", region.ref) % 360 / 360
    saturation = 0.75 if region.kind == "character" else 0.2  # things stay behind people
    red, green, blue = colorsys.hls_to_rgb(hue, 0.62, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _with_silhouette(image: Image.Image, region: Region, line: int) -> Image.Image:
    """The region's shape, see-through, so that what it hides can still be made out."""
    width, height = image.size
    x0, y0, x1, y1 = region.box
    outlines = region.mask or [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]]
    veil = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(veil)
    for outline in outlines:
        if len(outline) > 2:
            pen.polygon([(x * width, y * height) for x, y in outline], fill=150)
    colour = _colour(region)
    image = Image.composite(Image.new("RGB", image.size, colour), image, veil)
    box = (min(x0, x1) * width, min(y0, y1) * height, max(x0, x1) * width, max(y0, y1) * height)
    ImageDraw.Draw(image).rectangle(box, outline=colour, width=max(1, line // 2))
    return image


def _draw_skeleton(draw: ImageDraw.ImageDraw, joints: Sequence[Keypoint], size: tuple[int, int], line: int) -> None:
    points = [(x * size[0], y * size[1]) if visible else None for x, y, visible in joints]
    for number, (start, end) in enumerate(LIMBS):
        from_point, to_point = (points[joint] if joint < len(points) else None for joint in (start, end))
        if from_point and to_point:
            red, green, blue = colorsys.hsv_to_rgb(number / len(LIMBS), 0.85, 1.0)
            colour = (round(red * 255), round(green * 255), round(blue * 255))
            draw.line((*from_point, *to_point), fill=colour, width=line)
    for point in points:
        if point:
            draw.circle(point, line, fill=_INK)


def _draw_light(draw: ImageDraw.ImageDraw, light: tuple[float, float], size: tuple[int, int], line: int) -> None:
    """A sun at the edge that the light comes from, with a short ray into the picture."""
    radius = min(size) * 0.022
    middle = (size[0] / 2, size[1] / 2)
    reach = min((half - 2 * radius) / max(abs(way), 1e-6) for half, way in zip(middle, light, strict=True))
    sun = (middle[0] + light[0] * reach, middle[1] + light[1] * reach)
    end = (sun[0] - light[0] * radius * 4, sun[1] - light[1] * radius * 4)
    draw.line((*sun, *end), fill=_LIGHT, width=line)
    draw.circle(sun, radius, fill=_LIGHT)


def _draw_name(
    draw: ImageDraw.ImageDraw,
    region: Region,
    size: tuple[int, int],
    taken: Sequence[tuple[float, float, float, float]],
) -> tuple[float, float, float, float]:
    """Write the name above the region's box, lower where another name stands; gives back where it is."""
    font_size = max(12.0, min(size) / 30)
    font = ImageFont.load_default(font_size)
    pad = font_size / 3
    _, _, text_width, text_height = draw.textbbox((0, 0), region.ref, font=font)
    wide, high = text_width + 2 * pad, text_height + pad
    x = min(max(min(region.box[0], region.box[2]) * size[0], 0), max(0, size[0] - wide))
    y = min(max(min(region.box[1], region.box[3]) * size[1] - high, 0), max(0, size[1] - high))
    while any(x < right and left < x + wide and y < low and top < y + high for left, top, right, low in taken):
        y += high
    place = (x, y, x + wide, y + high)
    draw.rectangle(place, fill=_LABEL, outline=_colour(region), width=2)
    draw.text((x + pad, y + pad / 3), region.ref, fill=_INK, font=font)
    return place
