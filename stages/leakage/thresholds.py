"""From a stated rate of false alarms to a threshold, by way of an encoder's calibration."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..encoders.calibration import Calibration, OperatingPoint, Rate
from ..encoders.interface import PersonEncoder, PictureEncoder
from ..errors import AlbumError

MAX_EXTRAPOLATION: Final = 100.0  # times below the lowest rate that was measured
MAX_COSINE: Final = 0.99  # above it, rounding and recompression decide

_FLAT = 1e-6  # points that are nearer say nothing of a slope
_MIN_SHAPE = -0.5


class NotCheckedError(Exception):
    """One kind of check could not be made; the message is a sentence for the report. Never leaves this room."""


@dataclass(frozen=True)
class Threshold:
    """Where "the same" begins for one check of one innocent photo or character.

    cosine: pairs at or above it count as the same. comparisons: how many are made. false_match: rate of one comparison
    with its interval. false_non_match: of one comparison, likewise; None where it was not measured. expected: share of
    innocent photos or characters that are flagged, at most (union bound). note: what is assumed.
    """

    cosine: float
    comparisons: int
    false_match: tuple[float, float, float]
    false_non_match: tuple[float, float, float] | None
    expected: float
    calibration: str
    note: str


def require_calibration(encoder: PictureEncoder | PersonEncoder) -> Calibration:
    """The calibration of an encoder, only if it is of this very encoder.

    Raises:
        NotCheckedError: there is none, it cannot be read, or it belongs to other weights or another use.
    """
    try:
        facts, calibration = encoder.facts, encoder.calibration
    except AlbumError as error:
        raise NotCheckedError(f"the encoder or its calibration cannot be used: {error}") from error
    if calibration is None:
        raise NotCheckedError(f"{facts.label} has no calibration: make one with synthetic-albums calibrate")
    if calibration.encoder_sha256 != facts.sha256 or calibration.looks_at != facts.looks_at:
        raise NotCheckedError(
            f"the calibration is of {calibration.encoder} {calibration.encoder_sha256[:12]} ({calibration.looks_at}) "
            f"and not of {facts.label} ({facts.looks_at}): calibrate this encoder"
        )
    return calibration


def threshold_for(calibration: Calibration, *, target: float, comparisons: int) -> Threshold:
    """The threshold at which an innocent photo or character is flagged at no more than the target rate.

    The rate of one comparison is the target divided by the number of comparisons (Bonferroni), whatever depends on
    what. Between two measured rates the logarithm of the rate is taken to be linear in the threshold. Below the lowest,
    down to a hundredth of it, the tail is taken to be generalised Pareto (Coles, An Introduction to Statistical
    Modeling of Extreme Values, 2001, chapter 4) through the three strictest points, with a shape from -0.5 to 0; of two
    points, exponential. Where the target would need more than that, the threshold stays there and `expected` says how
    many false alarms follow: a leak is not let through for want of a better calibration.

    Args:
        calibration: of the encoder.
        target: 0..1, of one innocent photo or character.
        comparisons: references times views, at least 1.
    """
    points = sorted(calibration.points, key=lambda point: point.threshold)
    tail = _tail(points)
    rates = [_rate(point) for point in points]
    lowest = rates[-1] / (MAX_EXTRAPOLATION if tail is not None else 1.0)
    rate = min(max(target / max(1, comparisons), lowest), rates[0])  # never laxer than what was measured
    cosine, note = _cosine_at(points, rates, tail, rate)
    if cosine > MAX_COSINE:
        cosine = MAX_COSINE
        rate = max(rate, _rate_at_most(points, tail, MAX_COSINE))
    nearest = min(points, key=lambda point: abs(point.threshold - cosine))
    expected = min(1.0, rate * max(1, comparisons))
    if expected > target * 1.001:
        note += f"; the target of {target:g} is out of its reach, so more false alarms are expected"
    return Threshold(
        cosine=cosine,
        comparisons=comparisons,
        false_match=_scaled(nearest, rate),
        false_non_match=_misses(points, cosine),
        expected=expected,
        calibration=f"{calibration.condition}; {calibration.subjects} subjects, {calibration.genuine_pairs} genuine "
        f"and {calibration.impostor_pairs} impostor pairs",
        note=note,
    )


@dataclass(frozen=True)
class _Tail:
    """The generalised Pareto tail beyond a point: threshold `start` has rate `first`; scale is per e-fold there."""

    start: float
    first: float
    scale: float
    shape: float

    def cosine(self, rate: float) -> float:
        folds = math.log(self.first / rate)
        return self.start + self.scale * (folds if self.shape == 0 else math.expm1(self.shape * folds) / self.shape)

    def rate(self, cosine: float) -> float:
        beyond = (cosine - self.start) / self.scale
        if self.shape == 0:
            return self.first * math.exp(-beyond)
        return self.first * max(0.0, 1 + self.shape * beyond) ** (-1 / self.shape)


def _tail(points: list[OperatingPoint]) -> _Tail | None:
    """Fitted to the strictest points; None where they do not say how fast the rate falls."""
    if len(points) < 2:
        return None
    steps = [(b.threshold - a.threshold, math.log(_rate(a) / _rate(b))) for a, b in pairwise(points[-3:])]
    if any(width < _FLAT or folds < _FLAT for width, folds in steps):
        return None
    slopes = [width / folds for width, folds in steps]  # threshold per e-fold, between the points
    shape = 0.0
    if len(slopes) == 2:  # the slope is that of the middle of each step, and changes by the shape for each e-fold
        shape = min(0.0, max(_MIN_SHAPE, math.log(slopes[1] / slopes[0]) / ((steps[0][1] + steps[1][1]) / 2)))
    scale = slopes[-1] * math.exp(shape * steps[-1][1] / 2)
    return _Tail(points[-1].threshold, _rate(points[-1]), scale, 0.0 if shape > -_FLAT else shape)


def _rate(point: OperatingPoint) -> float:
    """The measured false-match rate; where none was met, the upper end of what may be."""
    return max(point.false_match.value or point.false_match.high, 1e-12)


def _cosine_at(points: list[OperatingPoint], rates: list[float], tail: _Tail | None, rate: float) -> tuple[float, str]:
    if rate >= rates[0]:
        return points[0].threshold, "threshold as measured"
    for low, high, first, second in zip(points, points[1:], rates, rates[1:], strict=False):
        if second <= rate <= first:
            part = 0.0 if first <= second else math.log(first / rate) / math.log(first / second)
            return low.threshold + part * (high.threshold - low.threshold), "threshold between two measured ones"
    if tail is None:
        return points[-1].threshold, "threshold as measured"
    kind = "an exponential" if tail.shape == 0 else f"a generalised Pareto (shape {tail.shape:.2f})"
    return tail.cosine(rate), f"threshold beyond the lowest measured rate of {rates[-1]:.2g}, by {kind} tail"


def _rate_at_most(points: list[OperatingPoint], tail: _Tail | None, cosine: float) -> float:
    """What the rate at a threshold cannot exceed: by the tail beyond the points, else that of the next laxer point."""
    if tail is not None and cosine >= points[-1].threshold:
        return tail.rate(cosine)
    laxer = [_rate(point) for point in points if point.threshold <= cosine]
    return laxer[-1] if laxer else 1.0


def _scaled(point: OperatingPoint, rate: float) -> tuple[float, float, float]:
    """The rate with the nearest point's interval, in proportion."""
    share = rate / _rate(point)
    return rate, point.false_match.low * share, min(1.0, point.false_match.high * share)


def _misses(points: list[OperatingPoint], cosine: float) -> tuple[float, float, float] | None:
    """The rate of misses at the next measured threshold that is no laxer; None beyond all of them."""
    above = [point for point in points if point.threshold >= cosine - _FLAT]
    return _as_tuple(above[0].false_non_match) if above else None


def _as_tuple(rate: Rate) -> tuple[float, float, float]:
    return rate.value, rate.low, rate.high
