"""Attacks that need only the released pictures: is one of them oddly near to a candidate?"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ...encoders.interface import PictureEncoder
from ...errors import AlbumError
from ..search import nearest

NEIGHBOURS: Final = 10  # whose mean distance says how crowded a candidate's surroundings are
_TINY: Final = 1e-6

IMAGE_ATTACKS: Final = {
    "nearest": "distance to the nearest released picture",
    "nearest, relative": "the same, divided by the distance to the candidate's neighbours among all candidates; after "
    "Carlini et al., USENIX Security 2023, section 5.1",
}


def image_scores(candidates: np.ndarray, released: np.ndarray) -> dict[str, np.ndarray]:
    """Score candidates by their distance to released pictures.

    Args:
        candidates: (candidates, dim) unit vectors, members and non-members together and in any order.
        released: (released, dim) unit vectors.

    Returns:
        For each of `IMAGE_ATTACKS` (candidates,) float64, higher for members. "nearest" is minus the distance
        ||c - r|| to the nearest released picture. "nearest, relative" divides it by the mean distance to the
        candidate's `NEIGHBOURS` nearest other candidates: a picture in a crowded part of the space is near to
        everything. Members and non-members are each other's neighbours, so the reference favours neither.
    """
    own = np.arange(len(candidates))
    count = min(NEIGHBOURS, len(candidates) - 1)
    to_released = _distances(nearest(candidates, released, 1)[0])[:, 0]
    around = _distances(nearest(candidates, candidates, count, exclude=(own, own))[0]).mean(axis=1)
    return {"nearest": -to_released, "nearest, relative": -to_released / np.maximum(around, _TINY)}


def encoded(encoder: PictureEncoder, pictures: Sequence[np.ndarray]) -> np.ndarray:
    """Vectors of pictures, refused where they cannot be compared.

    Raises:
        AlbumError: the encoder gave another number of vectors, zeros, or values that are not numbers.
    """
    vectors = np.asarray(encoder.encode(pictures), np.float64)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.ndim == 2 else np.zeros((0, 1))
    if len(norms) != len(pictures) or not np.isfinite(norms).all() or (norms < _TINY).any():
        raise AlbumError(
            f"The encoder '{encoder.facts.name}' gave vectors that cannot be compared (zeros, values that are not "
            "numbers, or too few): nothing was audited. Use another encoder, or put its right weights in place."
        )
    return (vectors / norms).astype(np.float32)


def _distances(cosines: np.ndarray) -> np.ndarray:
    """Of unit vectors, from their cosines."""
    return np.sqrt(np.clip(2 - 2 * cosines.astype(np.float64), 0, None))
