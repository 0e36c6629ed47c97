"""The poses of a scene as the skeleton picture that OpenPose ControlNets read."""

import math
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from ..errors import AlbumError
from ..records import SceneLayout

# Limbs (numbers of joints in vocabulary.OPENPOSE_18) and colours (RGB; joint i and limb i share colour i) of the
# published annotator. Source: lllyasviel/ControlNet-v1-1-nightly, annotator/openpose/util.py, draw_bodypose; its
# limbSeq counts joints from 1 and has two more entries, which it never draws.
LIMB_PAIRS: Final[tuple[tuple[int, int], ...]] = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip
JOINT_COLOURS: Final[tuple[tuple[int, int, int], ...]] = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0), (0, 255, 85),
    (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255), (170, 0, 255),
    (255, 0, 255), (255, 0, 170), (255, 0, 85),
)  # fmt: skip

_RADIUS = 4.0  # pixels of joint circles and half the width of limbs, where the picture's shorter side is …
_DRAWN_AT = 512.0  # … as large as the annotator makes it before it draws
_OPACITY = 0.6  # of limbs over what is already there

Point = tuple[float, float]


def draw_openpose(layout: SceneLayout, width: int, height: int) -> np.ndarray:
    """Draw the skeletons of a scene's people as the ControlNet annotator does: circles first, limbs blended over them.

    Joints that cannot be seen (a face from behind, the far ear) or lie outside the canvas are left out with their
    limbs, as a detector would not find them. Animals have no such skeleton.

    Args:
        layout: of one scene.
        width: of the picture, pixels, at least 1.
        height: of the picture, pixels, at least 1.

    Returns:
        (height, width, 3) uint8 RGB on black.

    Raises:
        AlbumError: the size is not positive.
    """
    if width < 1 or height < 1:
        raise AlbumError(f"A skeleton picture needs at least 1 x 1 pixels, but {width} x {height} was asked for.")
    people = [_joints(region.keypoints, width, height) for region in layout.regions if region.keypoints]
    radius = max(1.0, _RADIUS * min(width, height) / _DRAWN_AT)
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for joint, colour in enumerate(JOINT_COLOURS):
        for joints in people:
            place = joints[joint]
            if place is not None:
                draw.circle(place, radius, fill=colour)
    canvas = np.asarray(image).copy()
    for (start, end), colour in zip(LIMB_PAIRS, JOINT_COLOURS, strict=False):
        for joints in people:
            one, other = joints[start], joints[end]
            if one is not None and other is not None:
                _blend_limb(canvas, one, other, radius, colour)
    return canvas


def _joints(keypoints: list[tuple[float, float, float]], width: int, height: int) -> list[Point | None]:
    """Whole pixels, as the annotator cuts them; None for joints that are not there."""
    found: list[Point | None] = []
    for x, y, visible in keypoints:
        inside = visible > 0 and 0 <= x < 1 and 0 <= y < 1
        found.append((float(int(x * width)), float(int(y * height))) if inside else None)
    return found


def _blend_limb(canvas: np.ndarray, start: Point, end: Point, radius: float, colour: tuple[int, int, int]) -> None:
    """Lay an ellipse that spans two joints over the canvas, in place."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    heading = math.atan2(start[1] - end[1], start[0] - end[0])
    cos, sin = math.cos(heading), math.sin(heading)
    height, width = canvas.shape[:2]
    reach = max(length / 2, radius) + 1
    x0, x1 = max(0, math.floor(middle[0] - reach)), min(width, math.ceil(middle[0] + reach) + 1)
    y0, y1 = max(0, math.floor(middle[1] - reach)), min(height, math.ceil(middle[1] + reach) + 1)
    outline = []
    for degree in range(0, 360, 3):
        along = length / 2 * math.cos(math.radians(degree))
        across = radius * math.sin(math.radians(degree))
        outline.append((middle[0] + along * cos - across * sin - x0, middle[1] + along * sin + across * cos - y0))
    mask = Image.new("1", (x1 - x0, y1 - y0))
    ImageDraw.Draw(mask).polygon(outline, fill=1, outline=1)
    inside = np.asarray(mask)
    window = canvas[y0:y1, x0:x1]
    mixed = window[inside] * (1 - _OPACITY) + np.array(colour) * _OPACITY
    window[inside] = np.rint(mixed).astype(np.uint8)
