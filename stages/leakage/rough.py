"""Scores that are a little wrong, quickly, and by how much at most: what an exact search begins with.

Source: the bounds are those of Higham, Accuracy and Stability of Numerical Algorithms (2002), chapters 2 and 3.
"""

from typing import Any, Final, Protocol

import numpy as np

from ..errors import AlbumError
from .mapped import forget

UNIT_TOLERANCE: Final = 2e-3  # of a row's length: vectors that were rounded to float16 keep within it
FLOAT32_ROUNDOFF: Final = 2.0**-24
_BFLOAT16_ROUNDOFF: Final = 2.0**-8
_SLACK: Final = 1.01  # on norms that were themselves computed in float32


class RoughScores(Protocol):
    """One way to compare roughly.

    Scores are given as whole numbers, the bits of the floating-point values: in that form a processor compares several
    times as many at once, and among positive values their order is the same.
    """

    relative: float  # by how much of itself a score is rounded at the end
    reads: bool  # whether comparing reads the vectors themselves

    def prepare(self, vectors: np.ndarray, step: int) -> None: ...

    def start(self, queries: np.ndarray) -> np.ndarray:
        """Take (q, dim) queries; gives (q,) float64: how far a score before its rounding may be from the exact one."""
        ...

    def compare(self, start: int, stop: int) -> np.ndarray:
        """(q, rows) int16 or int32."""
        ...

    def values(self, codes: np.ndarray) -> np.ndarray:
        """Codes of any shape as float32."""
        ...

    def code(self, values: np.ndarray) -> np.ndarray:
        """Positive float64 values as codes that are not above them."""
        ...


class Float32Scores:
    """numpy's product of float32 blocks."""

    relative = 0.0
    reads = True

    def prepare(self, vectors: np.ndarray, step: int) -> None:
        self._vectors = vectors
        self._most = 0.0
        for start in range(0, len(vectors), step):
            rows = vectors[start : start + step]
            self._most = max(self._most, float(require_unit_rows(rows, start, "gallery vector").max()))
            forget(rows)

    def start(self, queries: np.ndarray) -> np.ndarray:
        self._queries = np.ascontiguousarray(queries, np.float32)
        return _summing(queries, self._most)

    def compare(self, start: int, stop: int) -> np.ndarray:
        rows = self._vectors[start:stop]
        scores = self._queries @ np.asarray(rows, np.float32).T
        forget(rows)
        return np.ascontiguousarray(scores).view(np.int32)

    def values(self, codes: np.ndarray) -> np.ndarray:
        return codes.view(np.float32)

    def code(self, values: np.ndarray) -> np.ndarray:
        return np.nextafter(values.astype(np.float32), np.float32(0)).view(np.int32)


class Bfloat16Scores:
    """torch's product of blocks that are rounded to bfloat16, from a rounded copy where there is room for one."""

    relative = _BFLOAT16_ROUNDOFF * _SLACK

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep
        self.reads = not keep
        self._copy: Any = None

    def prepare(self, vectors: np.ndarray, step: int) -> None:
        import torch

        self._vectors = vectors
        self._most = self._off = 0.0
        if self._keep:
            self._copy = torch.empty(vectors.shape, dtype=torch.bfloat16)
        for start in range(0, len(vectors), step):
            rows = vectors[start : start + step]
            self._most = max(self._most, float(require_unit_rows(rows, start, "gallery vector").max()))
            values = _tensor(rows)
            rounded = values.bfloat16()
            if self._copy is not None:
                self._copy[start : start + step] = rounded
            off = torch.linalg.vector_norm(rounded.float().sub_(values), dim=1).max()
            self._off = max(self._off, float(off) * _SLACK)
            forget(rows)

    def start(self, queries: np.ndarray) -> np.ndarray:
        exact = _tensor(queries)
        self._queries = exact.bfloat16()
        moved = (self._queries.double() - exact.double()).norm(dim=1).numpy()
        # |q'x' - qx| <= |q| |x' - x| + |q' - q| |x'|, and then what the sum of the products loses.
        most = self._most + self._off
        return _lengths(queries) * self._off + moved * most * _SLACK + _summing(queries, most) * _SLACK

    def compare(self, start: int, stop: int) -> np.ndarray:
        import torch

        if self._copy is not None:
            rounded = self._copy[start:stop]
        else:
            rows = self._vectors[start:stop]
            rounded = _tensor(rows).bfloat16()
            forget(rows)
        with torch.inference_mode():
            return (self._queries @ rounded.T).contiguous().view(torch.int16).numpy()

    def values(self, codes: np.ndarray) -> np.ndarray:
        return (codes.astype(np.int32) << 16).view(np.float32)

    def code(self, values: np.ndarray) -> np.ndarray:
        below = np.nextafter(values.astype(np.float32), np.float32(0))
        return (below.view(np.int32) >> 16).astype(np.int16)  # cutting bits off rounds down


def require_unit_rows(rows: np.ndarray, first: int, what: str) -> np.ndarray:
    """Lengths of rows, (n,) float64, that are all 1 as nearly as rounding allows.

    Args:
        rows: (n, dim) float32 or float16.
        first: number of the first of them, for the message.
        what: they are, for the message.

    Raises:
        AlbumError: a length is not 1; the first such row is named.
    """
    lengths = _lengths(rows)
    bad = np.flatnonzero(~(np.abs(lengths - 1) <= UNIT_TOLERANCE))
    if len(bad):
        length = lengths[bad[0]]
        how = f"has length {length:.4g}" if np.isfinite(length) else "is not finite"
        more = f", and {len(bad) - 1} more after it" if len(bad) > 1 else ""
        raise AlbumError(
            f"The {what} {first + int(bad[0])} {how}, but must have length 1{more}: it cannot be compared. Encode "
            "again, or divide each row by its length."
        )
    return lengths


def _lengths(rows: np.ndarray) -> np.ndarray:
    values = np.asarray(rows, np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.sqrt(np.einsum("nd,nd->n", values, values, dtype=np.float32).astype(np.float64))


def _summing(queries: np.ndarray, most: float) -> np.ndarray:
    """(q,) bound of what a float32 sum of products loses, in any order of its terms, twice over for safety.

    Two units more are for the exact score, which is rounded to float32 at the end.
    """
    terms = queries.shape[1] + 2
    return _lengths(queries) * most * _SLACK * 2 * terms * FLOAT32_ROUNDOFF + 4 * FLOAT32_ROUNDOFF


def _tensor(rows: np.ndarray) -> Any:
    import torch

    return torch.from_numpy(np.array(rows, np.float32))  # a copy: torch has no read-only tensors
