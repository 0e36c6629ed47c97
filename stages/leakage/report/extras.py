"""Results that other rooms left in the album's reports folder. Damaged or unknown ones are named, never trusted."""

import hashlib
import json
import math
from typing import Any

from ...album_folder import AlbumFolder
from ...errors import AlbumError
from ...record_base import parse_record
from ...wording import readable
from ..journal import Journal, read_journal
from .record import MembershipFacts, MembershipRow, QualityFacts, QualityRow

MEMBERSHIP_FILE = "reports/membership.json"
QUALITY_FILE = "reports/quality.json"

_MANIFOLD = {
    "precision": "share of photos that look like reference pictures",
    "recall": "share of reference pictures that the photos could be taken for",
    "coverage": "share of reference pictures with a photo nearby",
}


def read_membership(folder: AlbumFolder, released: list[str]) -> MembershipFacts | str | None:
    """The membership audit in short; a sentence where the file cannot be understood, None where there is none.

    Args:
        folder: of the album.
        released: hex digests of the pixels of all photos that are in the album now.
    """
    from ..membership.report import ACCESS_TEXT, MembershipReport

    data = folder.read_bytes(MEMBERSHIP_FILE)
    if data is None:
        return None
    try:
        audit = parse_record(MembershipReport, json.loads(data), what="membership report")
    except (AlbumError, ValueError, RecursionError):
        return "There is a membership audit, but its file cannot be understood: run the audit again."
    now = hashlib.sha256("\n".join(sorted(set(released))).encode()).hexdigest()
    rows = [
        MembershipRow(
            attack=readable(attack.name),
            needs=ACCESS_TEXT[attack.access],
            auc=(attack.auc.value, attack.auc.low, attack.auc.high),
            found_at_one_percent=next(
                ((rate.tpr.value, rate.tpr.low, rate.tpr.high) for rate in attack.rates if rate.target_fpr == 0.01),
                None,
            ),
        )
        for attack in audit.attacks
        if not attack.detail
    ]
    return MembershipFacts(
        finding=audit.finding,
        reason=readable(audit.reason),
        of_these_photos=audit.released_digest in (None, now),
        members=audit.members.pictures,
        non_members=audit.non_members.pictures,
        model=readable(f"{audit.model.name} {audit.model.sha256[:12]}") if audit.model else "",
        blind=(audit.blind.value, audit.blind.low, audit.blind.high),
        rows=rows,
        notes=[readable(note) for note in [*audit.notes, *audit.limits]],
    )


def read_quality(folder: AlbumFolder) -> QualityFacts | str | None:
    """The quality report in short; a sentence where the file cannot be understood, None where there is none."""
    data = folder.read_bytes(QUALITY_FILE)
    if data is None:
        return None
    try:
        report = json.loads(data)
        return QualityFacts(
            encoder=readable(f"{report['encoder']} {report['encoder_sha256'][:12]}"),
            photos=report["photos"]["pictures"],
            references=report["reference"]["pictures"],
            rows=_quality_rows(report),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "There is a quality report, but its file cannot be understood: measure the quality again."


def read_decisions(folder: AlbumFolder) -> Journal | None:
    """The journal of the re-synthesis; None where there is none or it is damaged (the album has its decisions too)."""
    try:
        return read_journal(folder)
    except AlbumError:
        return None


def _quality_rows(report: dict[str, Any]) -> list[QualityRow]:
    rows = [_row("KID", report["kid"], "distance between photos and references; 0: cannot be told apart")]
    manifold = report.get("manifold") or {}
    rows += [_row(name, manifold[name], meaning) for name, meaning in _MANIFOLD.items() if name in manifold]
    diversity = report["diversity"]
    for name, meaning in (("pairwise", "how different two photos are"), ("reference_pairwise", "two references")):
        rows.append(_row(f"{name.replace('_', ' ')} diversity", {"value": diversity[name]}, meaning))
    for task in (report.get("utility") or {}).get("tasks", []):
        if task.get("utility"):
            meaning = "what a classifier learns from photos, as a share of what it learns from real pictures"
            rows.append(_row(f"utility: {task['task']}", task["utility"], meaning))
    return rows[:32]


def _row(name: str, interval: dict[str, Any], meaning: str) -> QualityRow:
    numbers = {key: float(interval[key]) for key in ("value", "low", "high") if interval.get(key) is not None}
    if not all(map(math.isfinite, numbers.values())):
        raise ValueError(f"{name} is not a number")
    return QualityRow(measure=readable(name)[:200], meaning=meaning, **numbers)
