"""Masks: regions as pixels."""

import numpy as np
from PIL import Image, ImageDraw

from ..records import Region, SceneLayout

_SUPERSAMPLE = 2  # outlines are rounded to half pixels


def region_mask(region: Region, width: int, height: int) -> np.ndarray:
    """Rasterise what a region covers, clipped to the canvas.

    Args:
        region: its polygons, or its box when it has none.
        width: of the canvas, pixels.
        height: of the canvas, pixels.

    Returns:
        (height, width) uint8, 255 inside and 0 outside.
    """
    factor = _SUPERSAMPLE if max(width, height) <= 2048 else 1
    image = Image.new("L", (width * factor, height * factor), 0)
    draw = ImageDraw.Draw(image)
    x0, y0, x1, y1 = region.box
    polygons = region.mask or [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]]
    for polygon in polygons:
        points = [(x * width * factor - 0.5, y * height * factor - 0.5) for x, y in polygon]
        if len(points) > 2:
            draw.polygon(points, fill=255)
    if factor > 1:
        image = image.reduce(factor)
    return np.where(np.asarray(image) > 128, 255, 0).astype(np.uint8)


def scene_masks(layout: SceneLayout, width: int, height: int) -> np.ndarray:
    """What can be seen of every region: nearer regions cut farther ones.

    Args:
        layout: regions, farthest first.
        width: of the canvas, pixels.
        height: of the canvas, pixels.

    Returns:
        (regions, height, width) uint8, 0 or 255, in the order of `layout.regions`; no two overlap.
    """
    masks = np.zeros((len(layout.regions), height, width), dtype=np.uint8)
    covered = np.zeros((height, width), dtype=bool)
    for index in range(len(layout.regions) - 1, -1, -1):
        mask = region_mask(layout.regions[index], width, height)
        mask[covered] = 0
        covered |= mask > 0
        masks[index] = mask
    return masks
