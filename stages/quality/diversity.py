"""How different the pictures of one set are from each other."""

import numpy as np

from ..errors import AlbumError


def mean_pairwise_distance(vectors: np.ndarray) -> float:
    """Mean cosine distance of two different pictures.

    Args:
        vectors: (pictures, dim) of unit length, at least 2.

    Returns:
        0, all alike, to 2; about 1 where vectors have nothing to do with each other.

    Raises:
        AlbumError: there are fewer than two.
    """
    _require_two(vectors)
    total = vectors.astype(np.float64).sum(axis=0)
    pairs = len(vectors) * (len(vectors) - 1)
    alike = (float(total @ total) - float((vectors.astype(np.float64) ** 2).sum())) / pairs
    return max(0.0, 1.0 - alike)


def vendi_score(vectors: np.ndarray) -> float:
    """Effective number of different pictures: the exponential of the entropy of the similarities' eigenvalues.

    Args:
        vectors: (pictures, dim) of unit length, at least 2. Similarity is their cosine.

    Returns:
        1, all the same, to the number of pictures or dimensions, whichever is less.

    Raises:
        AlbumError: there are fewer than two.

    Source: Friedman & Dieng, TMLR 2023, definition 3.1.
    """
    _require_two(vectors)
    rows = vectors.astype(np.float64)
    # Both products have the same eigenvalues but zeros; the smaller one is enough.
    product = rows @ rows.T if len(rows) <= rows.shape[1] else rows.T @ rows
    shares = np.clip(np.linalg.eigvalsh(product / len(rows)), 0.0, None)
    shares = shares[shares > 0] / shares.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _require_two(vectors: np.ndarray) -> None:
    if len(vectors) < 2:
        raise AlbumError(f"Diversity is about two pictures at least, but there are {len(vectors)}.")
