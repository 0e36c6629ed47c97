"""Are vectors fit to be compared? Zero and NaN compare as far from everything, which would pass for clean."""

from typing import Final

import numpy as np

from .thresholds import NotCheckedError

_BLOCK: Final = 65_536  # rows looked at at once, also of a memory map
_TOLERANCE: Final = 0.02  # of the length; half precision is off by a thousandth


def require_unit_rows(vectors: np.ndarray, what: str) -> None:
    """Refuse vectors that are not numbers or not of unit length.

    Args:
        vectors: (rows, dim), perhaps a memory map.
        what: named in the message, e.g. "the gallery's picture vectors".

    Raises:
        NotCheckedError: with how many rows are unfit.
    """
    unfit = 0
    for first in range(0, len(vectors), _BLOCK):
        block = np.asarray(vectors[first : first + _BLOCK], dtype=np.float32)
        length = np.sqrt((block * block).sum(axis=1))
        unfit += int((~(np.abs(length - 1) <= _TOLERANCE)).sum())  # NaN is not near 1 either
    if unfit:
        raise NotCheckedError(f"{unfit} of {len(vectors)} rows of {what} are zero, not numbers or not of unit length")


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows scaled to unit length; a row of zeros becomes NaN and so never counts as clean."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (vectors / length).astype(np.float32)
