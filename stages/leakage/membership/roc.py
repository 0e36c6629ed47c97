"""How well scores tell members from non-members, and how sure that is: AUC, TPR at a fixed FPR, intervals."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...errors import AlbumError

LEVEL: Final = 0.95  # of all intervals


@dataclass(frozen=True)
class Interval:
    """A measured value with the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Roc:
    """Receiver operating characteristic. fpr, tpr: rising from 0 to 1, one point for each different score."""

    fpr: np.ndarray
    tpr: np.ndarray


@dataclass(frozen=True)
class OperatingRate:
    """True-positive rate where the false-positive rate is held.

    target: the false-positive rate asked for. threshold: of the score; at or above it a candidate counts as a member.
    tpr: with its Clopper-Pearson interval *for this threshold*. fpr: measured there, with the same interval.
    tpr_low, tpr_high: interval of the true-positive rate that also allows for the threshold: the non-members are a
    sample, so which score has the target as its false-positive rate is itself uncertain.
    """

    target: float
    threshold: float
    tpr: Interval
    fpr: Interval
    tpr_low: float
    tpr_high: float


def require_scores(members: np.ndarray, non_members: np.ndarray) -> None:
    """Refuse scores that cannot be ranked.

    Raises:
        AlbumError: a side is empty, or a score is not a number.
    """
    for name, scores in (("members", members), ("non-members", non_members)):
        if scores.ndim != 1 or not len(scores):
            raise AlbumError(f"There are no scores of {name}: give at least one picture.")
        if not np.isfinite(scores).all():
            bad = int((~np.isfinite(scores)).sum())
            raise AlbumError(f"{bad} of {len(scores)} scores of {name} are not numbers: nothing can be said of them.")


def roc_curve(members: np.ndarray, non_members: np.ndarray) -> Roc:
    """The curve over all thresholds; candidates with equal scores are taken in together.

    Args:
        members: scores, (pictures,), higher for members.
        non_members: likewise.
    """
    require_scores(members, non_members)
    thresholds = np.unique(np.concatenate([members, non_members]))[::-1]
    return Roc(*(np.concatenate([[0.0], _share_from(scores, thresholds)]) for scores in (non_members, members)))


def auc_interval(members: np.ndarray, non_members: np.ndarray, *, level: float = LEVEL) -> Interval:
    """Area under the curve: how often a member scores higher than a non-member, ties counting half.

    The interval is DeLong's, on the logit scale so that it stays within 0..1. Where its variance is 0 (every member
    above every non-member, say) it would have no width; then the exact interval of a share is taken over as many
    disjoint pairs as there are: min(members, non-members).

    Args:
        members: scores, (pictures,), higher for members.
        non_members: likewise.
        level: of the interval.

    Source:
        DeLong, DeLong & Clarke-Pearson, Biometrics 1988, equations 1 to 7; midranks as in Sun & Xu, IEEE Signal
        Processing Letters 2014, algorithm 1; logit interval: Pepe, "The Statistical Evaluation of Medical Tests",
        2003, section 5.2.
    """
    from scipy.stats import norm, rankdata

    require_scores(members, non_members)
    m, n = len(members), len(non_members)
    pooled = rankdata(np.concatenate([members, non_members]))
    of_members = (pooled[:m] - rankdata(members)) / n  # share of non-members below each member
    of_others = 1 - (pooled[m:] - rankdata(non_members)) / m  # share of members above each non-member
    auc = float(of_members.mean())
    variance = _variance(of_members) / m + _variance(of_others) / n
    if variance < 1e-15 or not 0 < auc < 1:
        pairs = min(m, n)
        exact = clopper_pearson(round(auc * pairs), pairs, level=level)
        return Interval(auc, min(auc, exact.low), max(auc, exact.high))
    logit, width = np.log(auc / (1 - auc)), norm.ppf(0.5 + level / 2) * np.sqrt(variance) / (auc * (1 - auc))
    low, high = (1 / (1 + np.exp(-value)) for value in (logit - width, logit + width))
    return Interval(auc, float(low), float(high))


def clopper_pearson(hits: int, trials: int, *, level: float = LEVEL) -> Interval:
    """A share with its exact interval (Clopper & Pearson, Biometrika 1934).

    Args:
        hits: 0 to trials.
        trials: at least 1.
        level: of the interval.
    """
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = float(beta.ppf(tail, hits, trials - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, trials - hits)) if hits < trials else 1.0
    return Interval(hits / trials, low, high)


def rate_at(members: np.ndarray, non_members: np.ndarray, target: float, *, level: float = LEVEL) -> OperatingRate:
    """The true-positive rate at the lowest threshold whose measured false-positive rate is at most `target`.

    The interval that allows for the threshold is free of any distribution: the score that a share `target` of all
    non-members reaches lies between two of the sorted scores with at least `level` probability (the order statistics'
    binomial interval: David & Nagaraja, "Order Statistics", 2003, section 7.1), and the true-positive rate is taken
    with its own exact interval at each end.

    Args:
        members: scores, (pictures,), higher for members.
        non_members: likewise.
        target: false-positive rate, above 0 and below 1.
        level: of the intervals.
    """
    from scipy.stats import binom

    require_scores(members, non_members)
    count = len(non_members)
    falling = np.sort(non_members)[::-1]
    threshold = _above(members, falling, int(np.floor(target * count + 1e-9)))
    tail = (1 - level) / 2
    fewest, most = int(binom.ppf(tail, count, target)), int(binom.ppf(1 - tail, count, target))
    # Between fewest and most of the non-members reach the score in question, so it is at most the fewest-th highest of
    # theirs and above the one behind the most-th.
    hits = _hits(members, threshold)
    surely = _hits(members, float(falling[fewest - 1])) if fewest else 0
    perhaps = int((members > falling[most]).sum()) if most < count else len(members)
    # Where scores are equal the threshold may lie outside; what was measured is never left out.
    surely, perhaps = min(surely, hits), max(perhaps, hits)
    return OperatingRate(
        target=target,
        threshold=threshold,
        tpr=clopper_pearson(hits, len(members), level=level),
        fpr=clopper_pearson(_hits(non_members, threshold), count, level=level),
        tpr_low=clopper_pearson(surely, len(members), level=level).low,
        tpr_high=clopper_pearson(perhaps, len(members), level=level).high,
    )


def _above(members: np.ndarray, falling: np.ndarray, allowed: int) -> float:
    """The lowest score that at most `allowed` of the non-members reach."""
    limit = falling[allowed]  # this one, and whatever equals it, must stay below the threshold
    reaching = np.concatenate([members[members > limit], falling[falling > limit]])
    return float(reaching.min()) if len(reaching) else float(np.nextafter(limit, np.inf))


def _hits(scores: np.ndarray, threshold: float) -> int:
    return int((scores >= threshold).sum())


def _share_from(scores: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """Share of scores at or above each threshold."""
    rising = np.sort(scores)
    return 1 - np.searchsorted(rising, thresholds, side="left") / len(rising)


def _variance(values: np.ndarray) -> float:
    return float(values.var(ddof=1)) if len(values) > 1 else 0.0
