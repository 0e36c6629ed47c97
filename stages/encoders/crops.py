"""Head-and-shoulders crops: the same part of a person from a scene and from a portrait."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from ..errors import AlbumError
from ..vocabulary import OPENPOSE_18

CROP: Final = 64  # pixels of a crop's side
_UNIT: Final = 0.44  # head height of a portrait, of its side
PORTRAIT_REACH: Final = 1 / _UNIT  # side of the square in head heights: just the whole portrait
_NOSE_TO_NECK = 0.75  # of the head height, in every pose and facing: the contract with the layout
_BELOW_EARS = 0.09  # middle of the square below the line between the ears, head heights
_PORTRAIT_EARS = 0.47 - 0.02 * _UNIT  # of a portrait's height
_UPRIGHT_DEGREES = 4.0  # heads that tilt less are left as they are
_NOSE, _NECK, _R_EAR, _L_EAR = (OPENPOSE_18.index(name) for name in ("nose", "neck", "r_ear", "l_ear"))


@dataclass(frozen=True)
class HeadWindow:
    """Where a head is in a picture: middle of the crop and head height in pixels, tilt in degrees clockwise."""

    x: float
    y: float
    unit: float
    tilt: float


def head_window(keypoints: Sequence[tuple[float, float, float]], width: int, height: int) -> HeadWindow:
    """Read the head from a skeleton.

    Args:
        keypoints: OpenPose-18 joints (x, y, flag), x and y as fractions of the picture.
        width: of the picture, pixels.
        height: of the picture, pixels.

    Raises:
        AlbumError: there are not 18 joints, or nose and neck are one point.
    """
    if len(keypoints) != len(OPENPOSE_18):
        raise AlbumError(f"A head needs the {len(OPENPOSE_18)} joints of OpenPose, but there are {len(keypoints)}.")
    points = [(x * width, y * height) for x, y, _ in keypoints]
    nose, neck = points[_NOSE], points[_NECK]
    unit = math.dist(nose, neck) / _NOSE_TO_NECK
    if unit < 1e-3:
        raise AlbumError("Nose and neck of a skeleton are one point, so its head has no size: lay out the scene again.")
    up = (nose[0] - neck[0]) / (_NOSE_TO_NECK * unit), (nose[1] - neck[1]) / (_NOSE_TO_NECK * unit)
    ears = (points[_R_EAR][0] + points[_L_EAR][0]) / 2, (points[_R_EAR][1] + points[_L_EAR][1]) / 2
    # Of a head that is turned, the ears stay in its middle while the nose does not; detectors may not find them.
    middle = ears if math.dist(ears, nose) < 0.5 * unit else nose
    tilt = math.degrees(math.atan2(up[0], -up[1]))
    return HeadWindow(middle[0] - up[0] * _BELOW_EARS * unit, middle[1] - up[1] * _BELOW_EARS * unit, unit, tilt)


def head_crop(
    picture: np.ndarray,
    keypoints: Sequence[tuple[float, float, float]],
    *,
    reach: float = PORTRAIT_REACH,
    size: int = CROP,
) -> np.ndarray:
    """The upright square around a person's head and shoulders.

    Args:
        picture: (height, width, 3) uint8.
        keypoints: OpenPose-18 joints (x, y, flag) of the person, x and y as fractions of the picture.
        reach: side of the square in head heights.
        size: side of the result in pixels.

    Returns:
        (size, size, 3) uint8. What lies outside the picture repeats its border.
    """
    return turned_crop(picture, head_window(keypoints, picture.shape[1], picture.shape[0]), reach=reach, size=size)


def turned_crop(
    picture: np.ndarray, window: HeadWindow, *, reach: float = PORTRAIT_REACH, size: int = CROP
) -> np.ndarray:
    """The upright square around a head that was found; see `head_crop`.

    Args:
        picture: (height, width, 3) uint8.
        window: where the head is.
        reach: side of the square in head heights.
        size: side of the result in pixels.

    Returns:
        (size, size, 3) uint8.
    """
    side = reach * window.unit
    if abs(window.tilt) < _UPRIGHT_DEGREES:
        return square_crop(picture, window.x, window.y, side, size)
    wide = math.ceil(size * math.sqrt(2)) + 2
    turned = Image.fromarray(square_crop(picture, window.x, window.y, side * wide / size, wide))
    turned = turned.rotate(window.tilt, Image.Resampling.BILINEAR)
    first = (wide - size) // 2
    return np.asarray(turned)[first : first + size, first : first + size]


def portrait_crop(portrait: np.ndarray, *, reach: float = PORTRAIT_REACH, size: int = CROP) -> np.ndarray:
    """The same part of a person from a head-and-shoulders portrait.

    Args:
        portrait: (side, side, 3) uint8, as `stages/render/storyboard/figures/portrait.py` draws it.
        reach: side of the square in head heights.
        size: side of the result in pixels.

    Returns:
        (size, size, 3) uint8.
    """
    window = portrait_window(portrait.shape[1], portrait.shape[0])
    return square_crop(portrait, window.x, window.y, reach * window.unit, size)


def portrait_window(width: int, height: int) -> HeadWindow:
    """Where the head is in a head-and-shoulders portrait of so many pixels."""
    return HeadWindow(width / 2, (_PORTRAIT_EARS + _BELOW_EARS * _UNIT) * height, _UNIT * height, 0.0)


def square_crop(picture: np.ndarray, x: float, y: float, side: float, size: int) -> np.ndarray:
    """Cut a square and resize it, with smoothing where it shrinks.

    Args:
        picture: (height, width, 3) uint8.
        x: middle, pixels; the square may reach over the border, which is then repeated.
        y: likewise.
        side: of the square, pixels.
        size: side of the result, pixels.

    Returns:
        (size, size, 3) uint8.
    """
    height, width = picture.shape[:2]
    left, top = x - side / 2, y - side / 2
    x0, y0 = math.floor(left) - 1, math.floor(top) - 1
    x1, y1 = math.ceil(left + side) + 1, math.ceil(top + side) + 1
    columns = np.clip(np.arange(x0, x1), 0, width - 1)
    rows = np.clip(np.arange(y0, y1), 0, height - 1)
    part = Image.fromarray(picture[rows[:, None], columns])
    box = (left - x0, top - y0, left - x0 + side, top - y0 + side)
    return np.asarray(part.resize((size, size), Image.Resampling.BILINEAR, box=box))
