"""Distances between two sets of vectors: Fréchet, kernel, and how their neighbourhoods overlap.

Fréchet distance comes from torchmetrics and neighbourhoods from prdc, both from the extra `quality`. The kernel
distance is our own: torchmetrics has it only for two sets of one size and without an interval.
"""

from typing import Any, Final

import numpy as np

from ..errors import AlbumError
from .record import Interval, Manifold

MIN_PICTURES: Final = 5  # with fewer, a resample often holds two pictures only
FRECHET_PICTURES: Final = 2000  # below it the Fréchet distance is mostly bias (Chong & Forsyth, CVPR 2020)
MOST_COMPARED: Final = 2000  # pictures of a set whose distances to all others are held in memory at once
_RESAMPLES: Final = 1000
_EXTRA: Final = 'pip install "synthetic-albums[quality]", in ComfyUI\'s environment: pip install prdc torchmetrics'


def frechet_distance(photos: np.ndarray, reference: np.ndarray) -> float:
    """Fréchet distance between Gaussians that are fitted to two sets; FID where the vectors are Inception's.

    Singular covariances, of sets smaller than `dim`, are allowed: the trace is summed over eigenvalues.

    Args:
        photos: (photos, dim) vectors, at least 2.
        reference: (reference, dim) vectors of the same encoder, at least 2.

    Returns:
        0 for equal sets; no upper end.

    Raises:
        AlbumError: torchmetrics is missing, the sets do not fit, or a vector is not made of numbers.

    Source: Heusel et al., NeurIPS 2017, equation 6.
    """
    _require_sets(photos, reference, least=2)
    try:
        from torchmetrics.image.fid import FrechetInceptionDistance
    except ImportError as error:
        raise AlbumError(f"The Fréchet distance needs torchmetrics: {_EXTRA}.") from error
    import torch

    given: Any = torch.nn.Identity()  # the vectors are there already; the metric asks only how long they are
    given.num_features = photos.shape[1]
    metric = FrechetInceptionDistance(feature=given)
    metric.update(torch.from_numpy(reference.astype(np.float64)), real=True)
    metric.update(torch.from_numpy(photos.astype(np.float64)), real=False)
    mean, other = metric.real_features_sum, metric.fake_features_sum
    if not bool(torch.isfinite(mean).all() and torch.isfinite(other).all()):
        raise AlbumError("The vectors are too large for a Fréchet distance: use an encoder whose vectors are scaled.")
    return max(0.0, float(metric.compute()))


def kernel_distance(photos: np.ndarray, reference: np.ndarray, *, seed: int) -> Interval:
    """Unbiased squared maximum mean discrepancy with the kernel (x·y / dim + 1)³, and its bootstrap interval.

    Pictures are drawn again with replacement, 1,000 times. Pairs of a picture with itself are left out there too, so
    that the resamples scatter around the estimate and not above it.

    Args:
        photos: (photos, dim) vectors, at least `MIN_PICTURES`.
        reference: (reference, dim) vectors of the same encoder, at least `MIN_PICTURES`; the numbers may differ.
        seed: of the resamples.

    Returns:
        The estimate and the middle 95 % of the resamples. Sets of one kind give values around 0, also below it.

    Raises:
        AlbumError: the sets are too small, do not fit, or a vector is not made of numbers.

    Source: Gretton et al., JMLR 2012, equation 3; Bińkowski et al., ICLR 2018, section 4.
    """
    _require_sets(photos, reference, least=MIN_PICTURES)
    x, y = photos.astype(np.float64), reference.astype(np.float64)
    within, across, others = _kernel(x, x), _kernel(x, y), _kernel(y, y)
    one, all_ones = np.ones((1, len(x))), np.ones((1, len(y)))
    value = float(_weighted_mmd(within, across, others, one, all_ones)[0])
    rng = np.random.default_rng(seed)
    drawn = _drawn(rng, len(x)), _drawn(rng, len(y))
    resampled = _weighted_mmd(within, across, others, *drawn)
    low, high = np.quantile(resampled, (0.025, 0.975))
    return Interval(value=value, low=float(low), high=float(high))


def manifold_overlap(photos: np.ndarray, reference: np.ndarray, *, k: int) -> Manifold:
    """Precision, recall, density and coverage by the k nearest neighbours.

    Args:
        photos: (photos, dim) vectors, more than k + 1.
        reference: (reference, dim) vectors of the same encoder, more than k + 1.
        k: neighbours that set the radius around each picture. Fewer make the test stricter.

    Raises:
        AlbumError: prdc is missing, or there are too few pictures for this k.

    Source: Kynkäänniemi et al., NeurIPS 2019; Naeem et al., ICML 2020. The balls are prdc's, so a distance that
        equals the radius is outside.
    """
    _require_sets(photos, reference, least=2)
    fewest = min(len(photos), len(reference))
    if not 1 <= k <= fewest - 2:
        raise AlbumError(
            f"With {len(photos)} photos and {len(reference)} reference pictures, k must be 1 to {fewest - 2}, but it "
            f"is {k}: use a smaller k or more pictures."
        )
    try:  # its own `compute_prdc` prints, which would end up among the results of a command
        from prdc.prdc import compute_nearest_neighbour_distances, compute_pairwise_distance
    except ImportError as error:
        raise AlbumError(f"Precision and recall need prdc: {_EXTRA}.") from error
    x, y = photos.astype(np.float64), reference.astype(np.float64)
    photo_radii = compute_nearest_neighbour_distances(x, k)
    reference_radii = compute_nearest_neighbour_distances(y, k)
    apart = compute_pairwise_distance(y, x)  # (reference, photos)
    near_reference = apart < reference_radii[:, None]
    return Manifold(
        k=k,
        photos=len(x),
        reference=len(y),
        precision=counted_share(int(near_reference.any(axis=0).sum()), len(x)),
        recall=counted_share(int((apart < photo_radii[None, :]).any(axis=1).sum()), len(y)),
        density=float(near_reference.sum(axis=0).mean() / k),
        coverage=counted_share(int((apart.min(axis=1) < reference_radii).sum()), len(y)),
    )


def counted_share(count: int, of: int) -> Interval:
    """A share with its 95 % interval by Wilson's score, for independent trials."""
    from scipy.stats import binomtest

    interval = binomtest(count, of).proportion_ci(method="wilson")
    # Rounding may put the ends of 0 of n and n of n a hair inside.
    return Interval(
        value=count / of, low=min(float(interval.low), count / of), high=max(float(interval.high), count / of)
    )


def _kernel(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x @ y.T / x.shape[1] + 1.0) ** 3


def _drawn(rng: np.random.Generator, count: int) -> np.ndarray:
    """(resamples, count) how often each picture was drawn; at least two different ones each time."""
    weights = rng.multinomial(count, np.full(count, 1 / count), size=_RESAMPLES).astype(np.float64)
    lonely = (weights > 0).sum(axis=1) < 2
    weights[lonely] = 1.0
    return weights


def _weighted_mmd(
    within: np.ndarray, across: np.ndarray, others: np.ndarray, x: np.ndarray, y: np.ndarray
) -> np.ndarray:
    """(resamples,) squared MMD of weighted sets; x (resamples, photos) and y (resamples, reference) are weights."""
    cross = ((x @ across) * y).sum(axis=1) / (x.sum(axis=1) * y.sum(axis=1))
    return _mean_of_pairs(within, x) + _mean_of_pairs(others, y) - 2 * cross


def _mean_of_pairs(kernel: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted mean of the kernel over pairs of two different pictures, for each row of weights."""
    squares = weights**2
    total = ((weights @ kernel) * weights).sum(axis=1) - squares @ np.diagonal(kernel)
    return total / (weights.sum(axis=1) ** 2 - squares.sum(axis=1))


def _require_sets(photos: np.ndarray, reference: np.ndarray, *, least: int) -> None:
    for name, vectors in (("photos", photos), ("reference pictures", reference)):
        if vectors.ndim != 2 or len(vectors) < least:
            raise AlbumError(
                f"There are {len(vectors)} {name}, but at least {least} are needed to say anything: take a longer "
                "album, a folder of albums, or more reference pictures."
            )
        if not np.isfinite(vectors).all():
            raise AlbumError(f"Vectors of the {name} are not made of numbers: the encoder or its weights are damaged.")
    if photos.shape[1] != reference.shape[1]:
        raise AlbumError(
            f"The vectors of the photos have {photos.shape[1]} numbers and those of the reference pictures "
            f"{reference.shape[1]}: encode both with the same encoder."
        )
