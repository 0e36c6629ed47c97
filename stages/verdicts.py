"""What the leakage check says of a photo and of an album. Read by the check, the report and the page."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from .record_base import Id, Line, Record, Sha256, Text

Status = Literal["clean", "leak", "unchecked"]  # anything but "clean" must be read as not cleared
FindingKind = Literal["near_copy", "identity", "copy_paste", "text", "metadata", "neighbours"]


class Finding(Record):
    """What one check says of one photo, or of the album as a whole."""

    kind: FindingKind
    check: Line = Field(description="which check, by name and version, with the encoder where there is one")
    status: Status
    score: float | None = Field(default=None, description="distance or similarity to the nearest reference")
    threshold: float | None = None
    nearest: Line = Field(default="", description="salted hash of the nearest reference; never its name")
    subject: Line = Field(default="", description="whom or what it is about: a character id, a field of the plan")
    box: tuple[float, float, float, float] | None = Field(
        default=None, description="where in the photo, x0 y0 x1 y1 as fractions"
    )
    reason: Text = ""


class Verdict(Record):
    """What the leakage check says of one photo: the worst of its findings."""

    status: Status
    check: Line = ""
    score: float | None = Field(default=None, description="the check's distance or similarity to the nearest reference")
    threshold: float | None = None
    nearest: Line = Field(default="", description="salted hash of the nearest reference; never its name")
    reason: Text = ""
    findings: list[Finding] = Field(default_factory=list, max_length=64)


class CheckFacts(Record):
    """One kind of check as it was run: with what, at which threshold, with which error rates."""

    kind: FindingKind
    check: Line
    status: Status
    references: int = Field(default=0, ge=0, description="pictures, people or texts that were compared with")
    encoder: Line = ""
    encoder_sha256: Sha256 | None = None
    calibration: Line = Field(default="", description="what the threshold was calibrated on")
    threshold: float | None = None
    false_match_rate: tuple[float, float, float] | None = Field(
        default=None, description="of one comparison: rate, lower and upper end of the 95 % interval"
    )
    false_non_match_rate: tuple[float, float, float] | None = None
    expected_false_alarms: float | None = Field(
        default=None,
        description="upper bound, by the calibration, on the share of innocent ones that are flagged when all "
        "comparisons are made: of photos (near_copy), of characters (identity; of photos where there is no album), of "
        "albums (neighbours)",
    )
    reason: Text = ""


class Decision(Record):
    """One step of a re-synthesis, in the order in which it was taken."""

    photo: int = Field(ge=1)
    scene: Id
    action: Literal["new_seed", "lower_weight", "new_identity", "withheld", "released"]
    attempt: int = Field(default=0, ge=0)
    weight: float = 1.0
    character: Line = ""
    kind: FindingKind | None = None
    score: float | None = None
    threshold: float | None = None
    seconds: float = Field(default=0.0, ge=0.0)
    time: datetime | None = None
    reason: Text = ""


class LeakageSummary(Record):
    """The check of the whole album: what was compared with what, and how it came out."""

    status: Status
    check: Line = ""
    references: int = Field(default=0, ge=0)
    skipped: list[Line] = Field(default_factory=list, max_length=200)
    threshold: float | None = None
    reason: Text = ""
    gallery: Line = Field(default="", description="digest of the gallery's content")
    checks: list[CheckFacts] = Field(default_factory=list, max_length=32)
    findings: list[Finding] = Field(
        default_factory=list, max_length=512, description="about the album as a whole: its characters, its texts"
    )
    decisions: list[Decision] = Field(default_factory=list, max_length=4096)
    incomplete: Text = Field(
        default="", description="what kept the check from being whole, also where leaks were found; empty: nothing did"
    )
