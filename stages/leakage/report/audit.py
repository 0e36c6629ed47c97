"""From checked pictures that are no album to the same report."""

import io

import numpy as np
from PIL import Image

from ...version import SOFTWARE
from ...wording import readable
from ..folder import CheckedPictures
from .outcome import HEADLINES, NEVER_CHECKED, audit_limits, compared, what_was_left_open
from .parts import (
    THUMBNAIL_PX,
    Clock,
    ReportParts,
    now_in_seconds,
    ranked_findings,
    readable_record,
    reported_check,
    sealed,
    thumbnail,
    thumbnail_px,
)
from .record import Counts, GalleryFacts, LeakageReport, ReportedPhoto
from .words import count

_LONGEST_NAME = 200
_ALBUMS_ALONE = (
    "What only albums have: pasted portraits, private texts, data left in their files and nearness to held-out "
    "pictures are looked for by Album Leakage Check."
)
_NO_MEMBERSHIP = (
    "Membership inference was not tested: nobody tried to tell which pictures the generator was trained on."
)


def audit_report(checked: CheckedPictures, *, title: str, now: Clock = now_in_seconds) -> ReportParts:
    """Put together what a check of any pictures found.

    Args:
        checked: of `check_pictures`, told to keep an `audit_thumbnail` of each picture.
        title: what the pictures are called.
        now: the time that the report is dated with.

    Returns:
        The record, and thumbnails of the clean pictures alone.
    """
    leakage = checked.summary
    states = [picture.verdict.status for picture in checked.pictures]
    counts = Counts(
        photos=len(states),
        clean=states.count("clean"),
        withheld=0,
        leaking=states.count("leak"),
        unchecked=states.count("unchecked"),
        not_made=0,
        made_again=0,
    )
    left_open = [_ALBUMS_ALONE, *what_was_left_open(leakage, counts, noun="picture"), _NO_MEMBERSHIP]
    if checked.ignored:
        left_open.append(f"Files that are no pictures by content and name, and were left out: {checked.ignored:,}.")
    report = LeakageReport(
        written_time=now(),
        software=SOFTWARE,
        title=readable(title)[:_LONGEST_NAME] or "Pictures",
        outcome=leakage.status,
        headline=HEADLINES[leakage.status] if compared(leakage) and states else NEVER_CHECKED,
        summary=_summary(checked, counts),
        counts=counts,
        gallery=GalleryFacts(
            references=leakage.references,
            digest=leakage.gallery,
            skipped=[readable(line) for line in leakage.skipped],
        ),
        checks=[reported_check(facts, counts, by_heads=not checked.of_album) for facts in leakage.checks],
        photos=[
            ReportedPhoto(
                number=number,
                scene="",
                title=_shown_name(picture.name),
                state=picture.verdict.status,
                reason=readable(picture.verdict.reason),
                sha256=picture.sha256,
                findings=list(ranked_findings(picture.verdict)),
            )
            for number, picture in enumerate(checked.pictures, start=1)
        ],
        album_findings=[readable_record(finding) for finding in leakage.findings],
        not_checked=[readable(line)[:600] for line in left_open],
        limits=audit_limits(leakage),
    )
    kept = {
        number: _smaller(picture.kept, thumbnail_px(counts.photos))
        for number, picture in enumerate(checked.pictures, start=1)
        if picture.verdict.status == "clean" and picture.kept
    }
    return ReportParts(sealed(report), kept)


def audit_thumbnail(pixels: np.ndarray) -> bytes:
    """What `check_pictures` is to keep of a picture, (height, width, 3) uint8: a small JPEG file."""
    return thumbnail(pixels, THUMBNAIL_PX)


def _smaller(data: bytes, side: int) -> bytes:
    if side == THUMBNAIL_PX:
        return data
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        return thumbnail(np.asarray(picture), side)


def _summary(checked: CheckedPictures, counts: Counts) -> str:
    """The outcome in two or three sentences."""
    leakage = checked.summary
    if not counts.photos:
        return "There was no picture to check: name a folder that has some, or connect images."
    if not compared(leakage):
        return readable(f"{leakage.reason} Nothing is known about leaks, and no picture is cleared.")[:600]
    said = [f"{count(counts.clean, 'picture')} of {counts.photos:,} {'is' if counts.clean == 1 else 'are'} clean."]
    if counts.leaking:
        near = "is" if counts.leaking == 1 else "are"
        said.append(f"{count(counts.leaking, 'picture')} {near} too near to the gallery and must not be shared.")
    if counts.unchecked:
        said.append(
            f"{count(counts.unchecked, 'picture')} could not be checked, and so {_is(counts.unchecked)} not clean."
        )
    if leakage.status == "unchecked" and not counts.unchecked:
        said.append(leakage.incomplete or leakage.reason)
    return readable(" ".join(said))[:600]


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _shown_name(name: str) -> str:
    """The end of a long path tells more than its beginning."""
    shown = readable(name)
    return shown if len(shown) <= _LONGEST_NAME else f"…{shown[1 - _LONGEST_NAME :]}"
