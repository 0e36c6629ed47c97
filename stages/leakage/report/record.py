"""The leakage report as a record: `reports/leakage.json`, and what page, text and picture are made from."""

from datetime import datetime
from typing import Any, Final, Literal

from pydantic import Field

from ...record_base import Line, Record, Seed, Sha256, Text
from ...verdicts import CheckFacts, Decision, Finding
from ..journal import Costs

FORMAT: Final = "synthetic_albums.leakage_report"

# "withheld": leaks were found, and everything that is left in the album is clean.
Outcome = Literal["clean", "withheld", "leak", "unchecked"]
PhotoState = Literal["clean", "withheld", "leak", "unchecked", "not_made"]


class ReportedPhoto(Record):
    """What is known of one photo at the moment of the report: its file was looked at again."""

    number: int = Field(ge=1)
    scene: Line
    title: Line
    state: PhotoState
    reason: Text = ""
    attempt: int = Field(default=0, ge=0)
    weight: float = 1.0
    seed: Seed = 0
    fingerprint: Sha256 | None = None
    sha256: Sha256 | None = Field(default=None, description="of the PNG file; none where the file is not in the album")
    findings: list[Finding] = Field(default_factory=list, max_length=64)


class ReportedCheck(Record):
    """One check with its error rates in words."""

    title: Line
    question: Line
    facts: CheckFacts
    words: list[Text] = Field(default_factory=list, max_length=8)


class Counts(Record):
    """Photos of the album by state, and how many were made again."""

    photos: int = Field(ge=0)
    clean: int = Field(ge=0)
    withheld: int = Field(ge=0)
    leaking: int = Field(ge=0)
    unchecked: int = Field(ge=0)
    not_made: int = Field(ge=0)
    made_again: int = Field(ge=0)


class GalleryFacts(Record):
    """What the album was compared with, without a name or a picture of it."""

    references: int = Field(ge=0)
    digest: Line = ""
    skipped: list[Line] = Field(default_factory=list, max_length=200)


class MembershipRow(Record):
    """One attack of the membership audit. Shares as (value, lower, upper end of the 95 % interval)."""

    attack: Line
    needs: Line
    auc: tuple[float, float, float]
    found_at_one_percent: tuple[float, float, float] | None = None


class MembershipFacts(Record):
    """The membership audit in short; the whole of it is reports/membership.json."""

    finding: Line
    reason: Text
    of_these_photos: bool = Field(description="whether the audited photos are those of this album as it is now")
    members: int
    non_members: int
    model: Line = Field(default="", description="the model that was asked; empty where released pictures were all")
    blind: tuple[float, float, float] = Field(description="AUC of a classifier that sees neither model nor album")
    rows: list[MembershipRow] = Field(max_length=32)
    notes: list[Text] = Field(default_factory=list, max_length=40)


class QualityRow(Record):
    """One figure of the quality report."""

    measure: Line
    value: float
    low: float | None = None
    high: float | None = None
    meaning: Line = ""


class QualityFacts(Record):
    """The quality report in short; the whole of it is reports/quality.json."""

    encoder: Line
    photos: int
    references: int
    rows: list[QualityRow] = Field(max_length=32)


class LeakageReport(Record):
    """Everything that is said. The same album gives the same record but for fields named `…time` and `…seconds`.

    content_sha256: of this record without those fields, so that page and file can be told to belong together. An audit
    of pictures that are no album has no album_created_time, plan_sha256 and album_seed.
    """

    format: Literal["synthetic_albums.leakage_report"] = FORMAT
    version: Literal[1] = 1
    content_sha256: Sha256 | Literal[""] = ""
    written_time: datetime
    album_created_time: datetime | None = None
    software: Line
    title: Line
    outcome: Outcome
    headline: Line
    summary: Text
    counts: Counts
    gallery: GalleryFacts
    checks: list[ReportedCheck] = Field(max_length=33)
    photos: list[ReportedPhoto]
    album_findings: list[Finding] = Field(default_factory=list)
    decisions: list[Decision] = Field(default_factory=list)
    costs: Costs | None = None
    membership: MembershipFacts | None = None
    quality: QualityFacts | None = None
    not_checked: list[Text] = Field(default_factory=list)
    limits: list[Text]
    plan_sha256: Sha256 | None = None
    album_seed: Seed | None = None
    cast_names: dict[str, Line] = Field(default_factory=dict, description="invented names, by character id")
    renderer: dict[str, Any] = Field(default_factory=dict)
    versions: dict[str, Line] = Field(default_factory=dict)

    @property
    def of_album(self) -> bool:
        """Whether it is about an album of the pack, and not about pictures of which nothing else is known."""
        return self.plan_sha256 is not None


def without_times(value: Any) -> Any:
    """Plain JSON data without what differs from run to run: fields whose name ends in "time" or "seconds"."""
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if not key.endswith(("time", "seconds"))}
    if isinstance(value, list):
        return [without_times(item) for item in value]
    return value
