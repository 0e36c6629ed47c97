"""Verification figures: equal error rate, thresholds for a false match rate, and how sure they are."""

import math
from typing import Final

from ...stages.encoders.error_rates import equal_error_rate, threshold_at

__all__ = ["equal_error_rate", "threshold_at", "wilson"]

_Z95: Final = 1.959964


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
