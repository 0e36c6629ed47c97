"""Verification figures: equal error rate, thresholds for a false match rate, and how sure they are."""

import math
from typing import Final

import numpy as np

_Z95: Final = 1.959964


def equal_error_rate(genuine: np.ndarray, impostor: np.ndarray) -> float:
    """Where as many genuine pairs are rejected as impostor pairs are accepted.

    A pair is accepted when its score is at least the threshold. Every score is tried as the threshold; between the two
    neighbours where the rates cross, both are interpolated linearly. Source: ISO/IEC 19795-1:2021.

    Args:
        genuine: (n,) scores of pairs that belong together.
        impostor: (m,) scores of pairs that do not.

    Returns:
        0..1.
    """
    if len(genuine) == 0 or len(impostor) == 0:
        raise ValueError("An equal error rate needs genuine and impostor scores.")
    genuine, impostor = np.sort(genuine), np.sort(impostor)
    tried = np.unique(np.concatenate([genuine, impostor, [np.inf]]))
    rejected = np.searchsorted(genuine, tried, side="left") / len(genuine)
    accepted = 1 - np.searchsorted(impostor, tried, side="left") / len(impostor)
    gap = rejected - accepted
    after = int(np.argmax(gap >= 0))
    if after == 0 or gap[after] == 0:
        return float((rejected[after] + accepted[after]) / 2)
    share = gap[after - 1] / (gap[after - 1] - gap[after])
    return float(rejected[after - 1] + share * (rejected[after] - rejected[after - 1]))


def threshold_at(impostor: np.ndarray, rate: float) -> float:
    """The smallest threshold that accepts at most the share `rate` of impostors."""
    scores = np.sort(impostor)[::-1]
    allowed = math.floor(rate * len(scores))
    return float(np.nextafter(scores[allowed], np.inf)) if allowed < len(scores) else float(scores[-1])


def wilson(hits: int, count: int) -> tuple[float, float]:
    """95 % confidence interval of a share. Source: Wilson, JASA 22, 1927.

    Args:
        hits: of them.
        count: of all, at least 1.
    """
    share, z2 = hits / count, _Z95**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    spread = _Z95 / (1 + z2 / count) * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    low = middle - spread if hits else 0.0  # exactly, whatever is rounded
    return low, middle + spread if hits < count else 1.0
