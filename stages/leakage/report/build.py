"""From an album folder to the report's record. Every photo file is looked at again: a verdict holds for its bytes."""

import hashlib
from typing import Final

import numpy as np

from ...album_folder import AlbumFolder
from ...errors import AlbumError
from ...photo_file import decode_photo
from ...records import Album, PhotoRecord
from ...verdicts import CheckFacts, Decision, LeakageSummary
from ...version import SOFTWARE
from ...wording import readable
from ..gallery import pixel_digest
from .extras import read_decisions, read_membership, read_quality
from .outcome import headline_of, limits, not_checked, outcome_of, summary_of
from .parts import (
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
from .record import Counts, GalleryFacts, LeakageReport, MembershipFacts, PhotoState, QualityFacts, ReportedPhoto

TEXT_WITHHELD: Final = "[withheld: private text]"


def build_report(folder: AlbumFolder, *, now: Clock = now_in_seconds) -> ReportParts:
    """Put together what is known of an album's leakage. Changes nothing.

    A photo whose file has other bytes than those that were made counts as unchecked, whatever its verdict says.

    Args:
        folder: of an album, checked or not.
        now: the time that the report is dated with.

    Raises:
        AlbumError: the folder is no album, or cannot be read.
    """
    album = folder.read()
    photos, thumbnails, released = _photos(folder, album)
    journal = read_decisions(folder)
    decided = list(album.leakage.decisions) if album.leakage else []
    if journal is not None and len(journal.decisions) > len(decided):
        decided = list(journal.decisions)  # the album was rendered or checked anew, which forgets them
    counts = _counts(photos, decided)
    membership, quality = read_membership(folder, released), read_quality(folder)
    outcome = outcome_of(album, photos)
    leakage = album.leakage
    report = LeakageReport(
        written_time=now(),
        album_created_time=album.created,
        software=SOFTWARE,
        title=_told(album, "title", album.plan.title) or "Album",
        outcome=outcome,
        headline=headline_of(album, outcome),
        summary=readable(summary_of(album, counts, outcome)),
        counts=counts,
        gallery=GalleryFacts(
            references=leakage.references if leakage else 0,
            digest=readable(leakage.gallery) if leakage else "",
            skipped=[readable(line) for line in leakage.skipped] if leakage else [],
        ),
        checks=[reported_check(facts, counts) for facts in _facts(leakage)],
        photos=photos,
        album_findings=[readable_record(finding) for finding in leakage.findings] if leakage else [],
        decisions=[readable_record(decision) for decision in decided],
        costs=journal.costs if journal else None,
        membership=membership if isinstance(membership, MembershipFacts) else None,
        quality=quality if isinstance(quality, QualityFacts) else None,
        not_checked=[readable(line) for line in not_checked(album, counts, membership, quality)],
        limits=limits(album, counts, membership),
        plan_sha256=hashlib.sha256(album.plan.model_dump_json().encode()).hexdigest(),
        album_seed=album.plan.seed,
        cast_names={
            character.id: _told(album, f"characters[{index}].name", character.name)
            for index, character in enumerate(album.plan.characters)
        },
        renderer={readable(name): _plain(value) for name, value in sorted(album.renderer.items())},
        versions={readable(name): readable(version) for name, version in sorted(album.versions.items())},
    )
    return ReportParts(sealed(report), thumbnails)


def _photos(folder: AlbumFolder, album: Album) -> tuple[list[ReportedPhoto], dict[int, bytes], list[str]]:
    """All photos, thumbnails of the clean ones, and pixel digests of all that are there."""
    titles = {
        scene.id: _told(album, f"scenes[{index}].title", scene.title) for index, scene in enumerate(album.plan.scenes)
    }
    side = thumbnail_px(len(album.photos))
    reported, thumbnails, released = [], {}, []
    for record in album.photos:
        pixels, problem = _pixels(folder, record)
        if pixels is not None:
            released.append(pixel_digest(pixels).hex())
        state, reason = _state(record, problem)
        if state == "clean" and pixels is not None:
            thumbnails[record.number] = thumbnail(pixels, side)
        verdict = record.verdict
        reported.append(
            ReportedPhoto(
                number=record.number,
                scene=record.scene,
                title=titles.get(record.scene, ""),
                state=state,
                reason=readable(reason)[:600],
                attempt=record.attempt,
                weight=record.weight,
                seed=record.seed,
                fingerprint=record.fingerprint,
                sha256=record.sha256 if pixels is not None else None,
                findings=list(ranked_findings(verdict)) if verdict and not problem else [],
            )
        )
    return reported, thumbnails, released


def _told(album: Album, path: str, text: str) -> str:
    """A text of the plan, unless the check found private text or personal data in it."""
    found = album.leakage.findings if album.leakage else []
    private = any(item.kind == "text" and item.status == "leak" and item.subject == path for item in found)
    return TEXT_WITHHELD if private else readable(text)


def _pixels(folder: AlbumFolder, record: PhotoRecord) -> tuple[np.ndarray | None, str]:
    """The pixels of a finished photo, or why they cannot be had."""
    if record.status != "done":
        return None, ""
    try:
        return decode_photo(folder.photo_bytes(record)), ""
    except AlbumError:
        return None, "Not checked: its file is gone or was changed since the check. Run the album and the check again."


def _state(record: PhotoRecord, problem: str) -> tuple[PhotoState, str]:
    verdict = record.verdict
    if record.status == "withheld":
        return "withheld", verdict.reason if verdict and verdict.reason else "It was found too near to the gallery."
    if record.status != "done":
        reason = record.attempts[-1].reason if record.attempts else ""
        return "not_made", reason if record.status == "failed" else ""
    if problem:
        return "unchecked", problem
    if verdict is None:
        return "unchecked", "Not checked: it was made or changed after the last check."
    return verdict.status, verdict.reason


def _facts(leakage: LeakageSummary | None) -> list[CheckFacts]:
    """The checks as they were made. Summaries of older checks name a single one."""
    if leakage is None:
        return []
    if leakage.checks or not leakage.check:
        return leakage.checks
    return [
        CheckFacts(
            kind="near_copy",
            check=leakage.check,
            status=leakage.status,
            references=leakage.references,
            threshold=leakage.threshold,
        )
    ]


def _counts(photos: list[ReportedPhoto], decisions: list[Decision]) -> Counts:
    states = [photo.state for photo in photos]
    again = {decision.scene for decision in decisions if decision.action not in {"released", "withheld"}}
    return Counts(
        photos=len(photos),
        clean=states.count("clean"),
        withheld=states.count("withheld"),
        leaking=states.count("leak"),
        unchecked=states.count("unchecked"),
        not_made=states.count("not_made"),
        made_again=len(again & {photo.scene for photo in photos}),
    )


def _plain(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    return readable(str(value))[:200]
