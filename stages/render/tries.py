"""Which tries at a photo the consistency monitor has already turned down, and which comes next.

All of it is read from the attempts that album.json keeps, so a run that was stopped goes on where it was.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from ..errors import AlbumError
from ..records import Attempt, Cast, PhotoRecord
from .renderer import PhotoJob

SEEDS_FIRST: Final = 3  # tries at full weight before the references' strength is lowered
WEIGHT_STEP: Final = 0.75  # by which each later try lowers it
MAX_TRIES: Final = 16
_REASON_CHARS: Final = 600  # of an attempt, the record's own bound
_BELOW_BAR: Final = "Best of"
_NUMBERED = re.compile(r"Try (\d{1,3}):")


@dataclass(frozen=True)
class Assessment:
    """What a monitor says of one try.

    scores: by what was compared, e.g. "similar.ana". passed: nothing missed its bar. reasons: a sentence for each thing
    that did. shortfall: how far the bars were missed in all, 0 where it passed; the try with the least is the best.
    unchecked: what could not be looked at, in words.
    """

    scores: dict[str, float]
    passed: bool
    reasons: tuple[str, ...] = ()
    shortfall: float = 0.0
    unchecked: tuple[str, ...] = ()


class PhotoMonitor(Protocol):
    """What the album loop asks after each photo. The same pixels must get the same answer on every call."""

    @property
    def label(self) -> str:
        """Its name, version, encoders and thresholds in short: what it said counts only for the same label."""
        ...

    def assess(self, job: PhotoJob, pixels: np.ndarray, cast: Cast) -> Assessment:
        """Judge a (height, width, 3) uint8 photo; the cast holds the people of the album, not the animals."""
        ...

    def close(self) -> None:
        """Give memory back. Called once after a run; the monitor may be used again afterwards."""
        ...


@dataclass(frozen=True)
class Ladder:
    """The tries at one photo that one monitor judged, since the first of them.

    start: (attempt, weight) of the first. tries: how many there were. settled: one was kept. below_bar: the one that
    was kept is only the best of those that were turned down.
    """

    start: tuple[int, float]
    tries: int
    settled: bool
    below_bar: bool


def check_tries(max_tries: int, weight: float) -> None:
    """Refuse bounds that cannot be.

    Raises:
        AlbumError: `max_tries` is not 1..16, or `weight` is not 0..1.
    """
    if not 1 <= max_tries <= MAX_TRIES:
        raise AlbumError(f"The number of tries is {max_tries}: use 1 to {MAX_TRIES}.")
    if not 0.0 <= weight <= 1.0:  # also refuses what is no number
        raise AlbumError(f"The weight of the references is {weight}: use 0 to 1.")


def try_at(start: tuple[int, float], index: int) -> tuple[int, float]:
    """(attempt, weight) of one rung: every try has a seed of its own, from the fourth on with weaker references."""
    attempt, weight = start
    lowered = max(0, index - SEEDS_FIRST + 1)
    return attempt + index, weight * WEIGHT_STEP**lowered


def read_ladder(attempts: Sequence[Attempt], label: str) -> Ladder | None:
    """The latest ladder of the monitor `label`; None where the last attempt was not judged by it."""
    mark = _mark(label)
    if not attempts or not attempts[-1].reason.endswith(mark):
        return None
    last = attempts[-1]
    tries = 0
    for attempt in reversed(attempts):
        if not attempt.reason.endswith(mark):
            return None
        number = _NUMBERED.match(attempt.reason)
        tries = max(tries, int(number[1]) if number else 0)
        if number and number[1] == "1":
            below_bar = last.reason.startswith(_BELOW_BAR)
            return Ladder((attempt.attempt, attempt.weight), tries, last.outcome == "done", below_bar)
    return None


def judged_attempt(job: PhotoJob, number: int, found: Assessment, label: str) -> Attempt:
    """The record of a try that was made and assessed; `number` counts the tries from 1."""
    said = "consistent." if found.passed else " ".join(found.reasons)
    return _attempt(job, "done" if found.passed else "rejected", f"Try {number}:", said, found, label)


def failed_attempt(job: PhotoJob, number: int, reason: str, label: str) -> Attempt:
    """The record of a try that could not be made."""
    return _attempt(job, "failed", f"Try {number}:", reason, None, label)


def withheld_attempt(job: PhotoJob, number: int, label: str) -> Attempt:
    """The record of a try that is not made, because a leakage check withheld the very photo before."""
    return _attempt(job, "rejected", f"Try {number}:", "an earlier leakage check withheld this photo.", None, label)


def kept_attempt(best: PhotoRecord, tries: int, label: str, reasons: str) -> Attempt:
    """The record of keeping the best of all tries although it is below the bar."""
    said = _shortened(f"{_BELOW_BAR} {tries} tries, below the bar:", reasons, _mark(label))
    return Attempt(attempt=best.attempt, seed=best.seed, weight=best.weight, outcome="done", reason=said)


def is_below_bar(record: PhotoRecord) -> bool:
    """Whether a finished photo is only the best of tries that were all turned down."""
    return record.status == "done" and bool(record.attempts) and record.attempts[-1].reason.startswith(_BELOW_BAR)


def why_rejected(attempts: Sequence[Attempt], tried: tuple[int, float], label: str) -> str:
    """What the monitor said of one try, without its number and its mark."""
    for attempt in reversed(attempts):
        if attempt.outcome == "rejected" and (attempt.attempt, attempt.weight) == tried:
            return _NUMBERED.sub("", attempt.reason).removesuffix(_mark(label)).strip()
    return ""


def _attempt(job: PhotoJob, outcome: Any, head: str, said: str, found: Assessment | None, label: str) -> Attempt:
    unchecked = f" Not checked: {'; '.join(found.unchecked)}." if found is not None and found.unchecked else ""
    reason = _shortened(head, said + unchecked, _mark(label))
    return Attempt(attempt=job.attempt, seed=job.seed, weight=job.weight, outcome=outcome, reason=reason)


def _shortened(head: str, said: str, mark: str) -> str:
    room = _REASON_CHARS - len(head) - len(mark) - 2
    return f"{head} {said if len(said) <= room else said[: room - 1] + '…'} {mark}"


def _mark(label: str) -> str:
    return f"[{label[:200]}]"
