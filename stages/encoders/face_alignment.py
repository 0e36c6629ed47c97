"""Turns, shifts and scales a face so that eyes, nose and mouth lie where a recogniser was trained to have them."""

from typing import Final

import numpy as np
from PIL import Image

from ..errors import AlbumError

SIDE: Final = 112  # pixels
# Where ArcFace's training had the eyes, the nose and the corners of the mouth (Deng et al., CVPR 2019).
TEMPLATE: Final = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)


def similarity(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The rotation, scale and shift that bring points nearest to others, in the least squares.

    Args:
        source: (n, 2), two or more that differ.
        target: (n, 2).

    Returns:
        (2, 3): target = matrix[:, :2] @ source + matrix[:, 2].

    Raises:
        AlbumError: the points are all one, or not numbers.

    Source: Umeyama, TPAMI 13(4), 1991, equations 40 to 43.
    """
    mean, goal = source.mean(axis=0), target.mean(axis=0)
    spread = ((source - mean) ** 2).sum() / len(source)
    if not np.isfinite(spread) or spread < 1e-9:
        raise AlbumError("The points of a face are all in one place, so it cannot be aligned.")
    u, sizes, v = np.linalg.svd((target - goal).T @ (source - mean) / len(source))
    sign = np.array([1.0, np.sign(np.linalg.det(u) * np.linalg.det(v)) or 1.0])
    turned = u @ np.diag(sign) @ v * ((sizes * sign).sum() / spread)
    return np.concatenate([turned, (goal - turned @ mean)[:, None]], axis=1)


def aligned_face(picture: np.ndarray, points: np.ndarray, template: np.ndarray = TEMPLATE) -> np.ndarray:
    """The face as a recogniser wants it.

    Args:
        picture: (height, width, 3) uint8.
        points: (n, 2) pixels, whole numbers are the middles of pixels.
        template: (n, 2), where they should be.

    Returns:
        (112, 112, 3) uint8, black where the picture does not reach.

    Raises:
        AlbumError: see `similarity`.
    """
    there = similarity(np.asarray(points, np.float64), template)
    back = np.linalg.inv(there[:, :2])
    shift = -back @ there[:, 2]
    # Pillow counts from the corners of pixels, the points from their middles.
    shift = shift + 0.5 - back.sum(axis=1) * 0.5
    terms = (back[0, 0], back[0, 1], shift[0], back[1, 0], back[1, 1], shift[1])
    image = Image.fromarray(picture).transform(
        (SIDE, SIDE), Image.Transform.AFFINE, terms, resample=Image.Resampling.BILINEAR
    )  # fmt: skip
    return np.asarray(image)
