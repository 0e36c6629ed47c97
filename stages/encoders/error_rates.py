"""Error rates of an encoder from scored pairs, and how sure they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..errors import AlbumError
from .calibration import Calibration, OperatingPoint, Rate
from .interface import EncoderFacts

TARGETS: Final = (1e-2, 1e-3, 1e-4)
# Rule of 30 (Doddington et al., Speech Communication 31, 2000): with 30 errors the true rate lies within 30 % of the
# measured one with 90 % confidence. So a rate is only stated where that many impostor pairs are expected to pass.
ERRORS_NEEDED: Final = 30
DRAWS: Final = 400  # of the bootstrap
INTERVAL: Final = (
    "95 %, bootstrap over subjects, 400 draws (Bolle et al., CVIU 95, 2004); no error at all: Clopper-Pearson, one "
    "trial a subject"
)


@dataclass(frozen=True, eq=False)
class ScoredPairs:
    """Cosines of pairs, with the subjects that they are of.

    genuine: (n,) of pairs of one subject; genuine_subject: (n,) int, 0..subjects-1. impostor: (m,) of pairs of two;
    impostor_subjects: (m, 2) int.
    """

    genuine: np.ndarray
    genuine_subject: np.ndarray
    impostor: np.ndarray
    impostor_subjects: np.ndarray
    subjects: int


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
    tried = np.append(np.unique(np.concatenate([genuine, impostor])), np.inf)
    rejected = np.searchsorted(np.sort(genuine), tried, side="left") / len(genuine)
    accepted = 1 - np.searchsorted(np.sort(impostor), tried, side="left") / len(impostor)
    return _crossing(rejected, accepted)


def threshold_at(impostor: np.ndarray, rate: float) -> float:
    """The smallest threshold that accepts at most the share `rate` of impostors.

    Args:
        impostor: (m,) scores of pairs that do not belong together.
        rate: 0..1.
    """
    allowed = math.floor(rate * len(impostor))
    if allowed >= len(impostor):
        return float(impostor.min())
    return float(np.nextafter(np.partition(impostor, len(impostor) - 1 - allowed)[-1 - allowed], np.inf))


def measure_calibration(
    pairs: ScoredPairs,
    facts: EncoderFacts,
    *,
    condition: str,
    told: str,
    targets: Sequence[float] = TARGETS,
    impostors: str = "subjects",
    seed: int = 0,
) -> Calibration:
    """Thresholds at the asked false-match rates, as far as the impostor pairs allow, with their error rates.

    Args:
        pairs: scored by the encoder.
        facts: of the encoder.
        condition: what is compared with what.
        told: where the pairs came from.
        targets: false-match rates of one comparison. One that fewer than 30 impostor pairs are expected to reach is
            left out (rule of 30: Doddington et al., Speech Communication 31, 2000).
        impostors: what there should be more of, for messages: "people" or "pictures".
        seed: of the bootstrap.

    Raises:
        AlbumError: there are no genuine pairs, too few impostor pairs for the loosest target, or scores that are no
            numbers.
    """
    if not (np.isfinite(pairs.genuine).all() and np.isfinite(pairs.impostor).all()):
        raise AlbumError(f"The encoder {facts.label} gave scores that are not numbers: its weights may be damaged.")
    if len(pairs.genuine) == 0:
        raise AlbumError(f"There is no pair of the same to calibrate {facts.name} with: give at least two of each.")
    reached = [target for target in sorted(targets, reverse=True) if target * len(pairs.impostor) >= ERRORS_NEEDED]
    if not reached:
        needed = math.ceil(ERRORS_NEEDED / max(targets))
        raise AlbumError(
            f"A false-match rate of {max(targets):g} needs at least {needed} pairs of different {impostors} "
            f"({ERRORS_NEEDED} expected errors), but there are {len(pairs.impostor)}: give more {impostors}."
        )
    thresholds = [threshold_at(pairs.impostor, target) for target in reached]
    drawn = _bootstrap(pairs, thresholds, seed)
    points = []
    for number, (target, threshold) in enumerate(zip(reached, thresholds, strict=True)):
        match = float((pairs.impostor >= threshold).mean())
        miss = float((pairs.genuine < threshold).mean())
        points.append(
            OperatingPoint(
                target=target,
                threshold=threshold,
                false_match=_rate(match, drawn.matches[number], pairs.subjects),
                false_non_match=_rate(miss, drawn.misses[number], pairs.subjects),
            )
        )
    return Calibration(
        encoder=facts.name,
        encoder_sha256=facts.sha256,
        looks_at=facts.looks_at,
        condition=condition,
        pairs=told[:600],
        interval=INTERVAL,
        subjects=pairs.subjects,
        genuine_pairs=len(pairs.genuine),
        impostor_pairs=len(pairs.impostor),
        equal_error_rate=_rate(equal_error_rate(pairs.genuine, pairs.impostor), drawn.equal, pairs.subjects),
        points=points,
    )


@dataclass(frozen=True, eq=False)
class _Drawn:
    """Rates of every draw. matches, misses: (thresholds, draws). equal: (draws,)."""

    matches: np.ndarray
    misses: np.ndarray
    equal: np.ndarray


def _bootstrap(pairs: ScoredPairs, thresholds: Sequence[float], seed: int) -> _Drawn:
    """What other choices of subjects would have given.

    Pairs of one subject depend on one another, so whole subjects are drawn with replacement; a pair counts as often as
    both of its subjects were drawn together. Draws that hold no pair of a kind are left out.
    """
    rng = np.random.default_rng(seed)
    order, genuine_order = np.argsort(pairs.impostor), np.argsort(pairs.genuine)
    impostor, genuine = pairs.impostor[order], pairs.genuine[genuine_order]
    first, second = pairs.impostor_subjects[order].T
    own = pairs.genuine_subject[genuine_order]
    cuts, own_cuts = np.searchsorted(impostor, thresholds), np.searchsorted(genuine, thresholds)
    # Thresholds that the equal error rate of a draw is looked for at: dense where genuine and impostor scores meet.
    tried = np.unique(np.concatenate([np.quantile(impostor, np.linspace(0.5, 1, 400)), genuine]))
    tried = tried[:: max(1, len(tried) // 2000)]
    at, own_at = np.searchsorted(impostor, tried), np.searchsorted(genuine, tried)
    matches, misses, equal = [], [], []
    for _ in range(DRAWS):
        times = rng.multinomial(pairs.subjects, np.full(pairs.subjects, 1 / pairs.subjects)).astype(np.float32)
        below = np.concatenate([[0.0], np.cumsum(times[first] * times[second], dtype=np.float64)])
        missed = np.concatenate([[0.0], np.cumsum(times[own], dtype=np.float64)])
        if below[-1] == 0 or missed[-1] == 0:
            continue
        matches.append(1 - below[cuts] / below[-1])
        misses.append(missed[own_cuts] / missed[-1])
        equal.append(_crossing(missed[own_at] / missed[-1], 1 - below[at] / below[-1]))
    shape = (-1, len(thresholds))
    return _Drawn(np.array(matches).reshape(shape).T, np.array(misses).reshape(shape).T, np.array(equal))


def _crossing(rejected: np.ndarray, accepted: np.ndarray) -> float:
    """Where rising rejections meet falling acceptances, interpolated between two neighbours."""
    gap = rejected - accepted
    if gap[-1] < 0:
        return float((rejected[-1] + accepted[-1]) / 2)
    after = int(np.argmax(gap >= 0))
    if after == 0 or gap[after] == 0:
        return float((rejected[after] + accepted[after]) / 2)
    share = gap[after - 1] / (gap[after - 1] - gap[after])
    return float(rejected[after - 1] + share * (rejected[after] - rejected[after - 1]))


def _rate(value: float, drawn: np.ndarray, subjects: int) -> Rate:
    """A rate with its interval, which holds the rate itself also where few draws were of use."""
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (0.0, 1.0)
    if value == 0:  # the bootstrap cannot draw an error that was never seen
        high = max(float(high), 1 - 0.025 ** (1 / subjects))
    return Rate(value=value, low=min(value, max(0.0, float(low))), high=max(value, min(1.0, float(high))))
