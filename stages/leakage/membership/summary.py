"""From scores to a report: figures with intervals, a finding, and what it does not say."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ...encoders.interface import EncoderFacts
from ...score_model import ScoreModelFacts
from ...version import SOFTWARE
from . import report as r
from .candidates import Candidates
from .roc import LEVEL, Interval, OperatingRate, auc_interval, rate_at, roc_curve

MIN_FOR_PER_MILLE: Final = 3000  # non-members; 0 of fewer still allows for more than 0.1 % (rule of three)
MOST_UNEVEN: Final = 0.05  # difference between the shares of both sides of which the model was told what they show
_CURVE_POINTS: Final = 256
_DIGITS: Final = 6


@dataclass(frozen=True)
class Run:
    """One attack's scores: of members and of non-members, in the order of their digests."""

    name: str
    access: r.Access
    source: str
    calls: int
    detail: bool
    members: np.ndarray
    non_members: np.ndarray


@dataclass(frozen=True, eq=False)
class Facts:
    """What was audited with what. blind: AUC without model or album."""

    members: Candidates
    non_members: Candidates
    released: Candidates
    model: ScoreModelFacts | None
    encoder: EncoderFacts | None
    seed: int
    blind: Interval

    @property
    def released_that_are_members(self) -> int:
        return sum(digest in self.members.sources for digest in self.released.sources)


def summarise(runs: Sequence[Run], facts: Facts) -> r.MembershipReport:
    """The report on attacks that were run.

    Args:
        runs: at least one that is no detail.
        facts: what they were run on.

    Raises:
        AlbumError: a score is not a number.
    """
    results = _results(runs)
    whole = [result for result in results if not result.detail]
    strongest = max(whole, key=lambda result: result.auc.value)
    shown = [result for result in whole if result.auc_low_of_all > 0.5]
    released = facts.released
    return r.MembershipReport(
        software=SOFTWARE,
        members=_set(facts.members),
        non_members=_set(facts.non_members),
        released=released.count,
        released_digest=_digest(released) if released.count else None,
        released_that_are_members=facts.released_that_are_members,
        model=r.ModelFacts(**vars(facts.model)) if facts.model is not None else None,
        encoder=_encoder_facts(facts.encoder),
        seed=facts.seed,
        blind=_share(facts.blind),
        attacks=results,
        strongest=strongest.name,
        finding="leak_shown" if shown else "no_leak_shown",
        reason=_reason(strongest, shown, len(whole)),
        notes=_notes(whole, facts),
        limits=_limits(facts),
    )


def _results(runs: Sequence[Run]) -> list[r.AttackResult]:
    count = sum(not run.detail for run in runs)
    return [_result(run, level_of_all=1 - (1 - LEVEL) / count) for run in runs]


def _result(run: Run, *, level_of_all: float) -> r.AttackResult:
    auc = auc_interval(run.members, run.non_members)
    of_all = auc_interval(run.members, run.non_members, level=level_of_all)
    targets = (0.01, 0.001) if len(run.non_members) >= MIN_FOR_PER_MILLE else (0.01,)
    return r.AttackResult(
        name=run.name,
        access=run.access,
        source=run.source,
        detail=run.detail,
        model_calls=run.calls,
        auc=_share(auc),
        auc_low_of_all=_round(of_all.low),
        auc_high_of_all=_round(of_all.high),
        rates=[_rate(rate_at(run.members, run.non_members, target)) for target in targets],
        members_median=_round(float(np.median(run.members))),
        non_members_median=_round(float(np.median(run.non_members))),
        roc=_curve(run),
    )


def _curve(run: Run) -> list[r.RocPoint]:
    """The corners of the curve, thinned evenly along log(FPR) where there are many."""
    roc = roc_curve(run.members, run.non_members)
    kept = np.arange(len(roc.fpr))
    if len(kept) > _CURVE_POINTS:
        at = np.geomspace(0.5 / len(run.non_members), 1, _CURVE_POINTS - 2)
        kept = np.unique([0, *(np.searchsorted(roc.fpr, at, side="right") - 1), len(kept) - 1])
    return [r.RocPoint(fpr=_round(float(roc.fpr[i])), tpr=_round(float(roc.tpr[i]))) for i in kept]


def _reason(strongest: r.AttackResult, shown: list[r.AttackResult], count: int) -> str:
    rate = strongest.rates[0]
    figures = (
        f"The strongest of {count} attacks, '{strongest.name}', has an AUC of {strongest.auc.value:.3f} "
        f"({strongest.auc.low:.3f} to {strongest.auc.high:.3f}) and finds {rate.tpr.value:.1%} of the members where "
        "1 % of the non-members are taken for members."
    )
    if shown:
        return f"{figures} Members can be told from non-members better than by guessing."
    return f"{figures} None is surely better than guessing; that does not show that nothing leaks."


def _notes(whole: list[r.AttackResult], facts: Facts) -> list[str]:
    notes = []
    members, non_members, blind = facts.members, facts.non_members, facts.blind
    equal = facts.released_that_are_members
    if equal:
        notes.append(f"{equal} of the released photos are members, equal in every pixel.")
    if facts.released.skipped:
        notes.append(
            f"{len(facts.released.skipped)} finished photos of the album are gone or were changed since they were "
            "made, so distances to them were not measured: run the album again."
        )
    if blind.low > 0.5:
        notes.append(
            f"Members and non-members can be told apart without model or album (AUC {blind.value:.3f}, "
            f"{blind.low:.3f} to {blind.high:.3f}): they differ in themselves, so the figures here are no measure of "
            "what leaks. Choose non-members from the same source."
        )
    for result in whole:
        if result.auc_high_of_all < 0.5:
            notes.append(
                f"'{result.name}' ranks non-members above members (AUC {result.auc.value:.3f}): the sets differ in "
                "something other than membership, or the attack does not fit this model."
            )
    without = members.count + non_members.count - members.with_conditions - non_members.with_conditions
    if facts.model is not None and without:
        notes.append(
            f"Of {without} candidates nothing is known but their pixels, so the model was asked with its empty "
            "condition: that finds less than what it was trained with. Give members as album folders to tell it."
        )
    told = [one.with_conditions / max(1, one.count) for one in (members, non_members)]
    if facts.model is not None and abs(told[0] - told[1]) > MOST_UNEVEN:
        notes.append(
            f"The model was told what {told[0]:.0%} of the members show, but of the non-members {told[1]:.0%}. It does "
            "better on what it is told about, so its figures measure that as well, and say little of what leaks. Give "
            "both sides as albums, or both as pictures."
        )
    if facts.encoder is None:
        notes.append("No encoder was given, so attacks on the released photos alone were not run.")
    if facts.model is None:
        notes.append("No model was given, so the attacks that find most (loss, PIA, SimA) were not run.")
    return notes


def _limits(facts: Facts) -> list[str]:
    limits = [r.BOUND_LIMIT, r.SPLIT_LIMIT, r.NEAR_COPY_LIMIT]
    if facts.encoder is not None:
        limits.insert(0, r.IMAGE_ONLY_LIMIT)
    if facts.non_members.count < MIN_FOR_PER_MILLE:
        limits.append(
            f"The rate at 0.1 % FPR is not given: with {facts.non_members.count} non-members it cannot be measured "
            f"(at least {MIN_FOR_PER_MILLE} are needed)."
        )
    return limits


def _encoder_facts(facts: EncoderFacts | None) -> r.EncoderUsed | None:
    return r.EncoderUsed(name=facts.name, sha256=facts.sha256, license=facts.license) if facts else None


def _set(candidates: Candidates) -> r.AuditedSet:
    return r.AuditedSet(
        pictures=candidates.count,
        with_conditions=candidates.with_conditions,
        repeated=candidates.repeated,
        skipped=list(candidates.skipped[:200]),
        skipped_count=len(candidates.skipped),
        digest=_digest(candidates),
    )


def _digest(candidates: Candidates) -> str:
    return hashlib.sha256("\n".join(candidates.sources).encode()).hexdigest()


def _share(interval: Interval) -> r.MeasuredShare:
    return r.MeasuredShare(value=_round(interval.value), low=_round(interval.low), high=_round(interval.high))


def _rate(rate: OperatingRate) -> r.RateAtFpr:
    return r.RateAtFpr(
        target_fpr=rate.target, threshold=_round(rate.threshold), tpr=_share(rate.tpr), fpr=_share(rate.fpr),
        tpr_low=_round(rate.tpr_low), tpr_high=_round(rate.tpr_high),
    )  # fmt: skip


def _round(value: float) -> float:
    return round(value, _DIGITS)
