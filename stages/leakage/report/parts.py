"""What reports on albums and audits of other pictures have in common."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Final, TypeVar

import numpy as np
from PIL import Image

from ...verdicts import CheckFacts, Decision, Finding, Verdict
from ...wording import readable
from .record import Counts, LeakageReport, ReportedCheck, without_times
from .words import QUESTIONS, check_title, rate_words

THUMBNAIL_PX: Final = 192  # of the longer side
FEWER_PX: Final = 96  # past MANY_PHOTOS, so that a page of a thousand photos stays below some megabytes
MANY_PHOTOS: Final = 150

RecordT = TypeVar("RecordT", CheckFacts, Decision, Finding)
Clock = Callable[[], datetime]


@dataclass(frozen=True, eq=False)
class ReportParts:
    """The record, and small pictures of the clean photos alone: JPEG files by photo number."""

    report: LeakageReport
    thumbnails: dict[int, bytes] = field(default_factory=dict)


def sealed(report: LeakageReport) -> LeakageReport:
    """The report with the hash of its own content."""
    digest = hashlib.sha256(json.dumps(without_times(report.model_dump(mode="json")), sort_keys=True).encode())
    return report.model_copy(update={"content_sha256": digest.hexdigest()})


def thumbnail_px(photos: int) -> int:
    """The longer side of the thumbnails in a report on so many photos."""
    return THUMBNAIL_PX if photos <= MANY_PHOTOS else FEWER_PX


def now_in_seconds() -> datetime:
    """What reports are dated with."""
    return datetime.now(timezone.utc).replace(microsecond=0)


def ranked_findings(verdict: Verdict) -> Iterator[Finding]:
    """What was found, worst first. Verdicts of older checks have a single score and no list."""
    if not verdict.findings and verdict.check:
        yield Finding(
            kind="near_copy",
            check=readable(verdict.check),
            status=verdict.status,
            score=verdict.score,
            threshold=verdict.threshold,
            nearest=readable(verdict.nearest),
            reason=readable(verdict.reason),
        )
    order = {"leak": 0, "unchecked": 1, "clean": 2}
    yield from sorted(map(readable_record, verdict.findings), key=lambda finding: order[finding.status])


def reported_check(facts: CheckFacts, counts: Counts, *, by_heads: bool = False) -> ReportedCheck:
    """A check with its error rates in words. by_heads: whether people were decided on by single heads."""
    return ReportedCheck(
        title=check_title(facts),
        question=QUESTIONS[facts.kind],
        facts=readable_record(facts),
        words=rate_words(facts, counts.clean + counts.withheld + counts.leaking, by_heads=by_heads),
    )


def thumbnail(pixels: np.ndarray, side: int) -> bytes:
    """A JPEG file of (height, width, 3) uint8 whose longer side has at most so many pixels."""
    picture = Image.fromarray(pixels)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    file = io.BytesIO()
    picture.save(file, format="JPEG", quality=80)
    return file.getvalue()


def readable_record(record: RecordT) -> RecordT:
    """A copy whose texts steer nothing around them."""
    texts = {name: readable(value) for name, value in record if isinstance(value, str)}
    return record.model_copy(update=texts)
