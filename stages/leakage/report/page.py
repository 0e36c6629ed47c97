"""The report as one page that opens from disk and prints on A4: no network, no script, pictures inside it."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ...verdicts import Decision, Finding
from ...wording import clock, long_date
from .record import LeakageReport, ReportedCheck, ReportedPhoto
from .words import ACTION_WORDS, RESULT_WORDS, SHORT, STATE_WORDS, compared_words, count, finding_words, threshold_words

TEMPLATES: Final = Path(__file__).parent / "templates"
SIGNS: Final = {"clean": "✓", "withheld": "!", "leak": "✕", "unchecked": "?"}
SHOWN_FINDINGS: Final = 8  # of one photo; the rest is in leakage.json
SHOWN_DIGITS: Final = 12  # of a hash


def report_page(report: LeakageReport, thumbnails: Mapping[int, bytes]) -> str:
    """Write the page. All text is escaped; a policy in the page forbids scripts and every request.

    Args:
        report: what is said.
        thumbnails: JPEG files of photos that may be shown, by number.

    Returns:
        HTML text. Times and durations stand in `<time>` elements and in elements of class "seconds" alone.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("leakage.html.j2").render(**page_content(report, thumbnails))


def page_content(report: LeakageReport, thumbnails: Mapping[int, bytes]) -> dict[str, Any]:
    """Everything that the page says, as plain text and lists."""
    written, created = report.written_time, report.album_created_time
    return {
        "r": report,
        "sign": SIGNS[report.outcome],
        "written": f"{long_date(written.date())}, {clock(written)}",
        "created": f"{long_date(created.date())}, {clock(created)}" if created else "",
        "tiles": _tiles(report),
        "checks": [_check(check) for check in report.checks],
        "photos": [_photo(report, photo, thumbnails.get(photo.number)) for photo in report.photos],
        "album_findings": [_finding(report, finding) for finding in report.album_findings],
        "decisions": [_decision(report, decision) for decision in report.decisions],
        "references": count(report.gallery.references, "reference"),
        "making": _making(report),
    }


def _tiles(report: LeakageReport) -> list[tuple[str, str, str]]:
    """(number, what it counts, colour) of the key figures; zeros that are good news are left out."""
    counts, what = report.counts, "photo" if report.of_album else "picture"
    tiles = [
        (f"{counts.photos:,}", what if counts.photos == 1 else f"{what}s", ""),
        (f"{counts.clean:,}", "clean", "clean"),
        (f"{counts.withheld:,}", "withheld", "withheld" if counts.withheld else "") if report.of_album else None,
        (f"{counts.leaking:,}", "leaking", "leak") if counts.leaking else None,
        (f"{counts.unchecked:,}", "not checked", "unchecked") if counts.unchecked else None,
        (f"{counts.not_made:,}", "not made", "unchecked") if counts.not_made else None,
        (f"{counts.made_again:,}", "made again", "") if report.of_album else None,
        (f"{report.gallery.references:,}", "references", ""),
    ]
    return [tile for tile in tiles if tile is not None]


def _check(check: ReportedCheck) -> dict[str, Any]:
    facts = check.facts
    return {
        "title": check.title,
        "question": check.question,
        "status": facts.status,
        "result": RESULT_WORDS[facts.status],
        "rows": [
            (name, value)
            for name, value in (
                ("Looked at" if facts.kind == "metadata" else "Compared with", compared_words(facts)),
                ("Check", facts.check),
                ("Encoder", facts.encoder),
                ("Encoder SHA-256", facts.encoder_sha256 or ""),
                ("Calibrated on", facts.calibration),
                ("Counts as found at", threshold_words(facts)),
                ("False matches", _share(facts.false_match_rate)),
                ("Missed matches", _share(facts.false_non_match_rate)),
                ("Remark", facts.reason),
            )
            if value
        ],
        "words": check.words,
    }


def _share(rate: tuple[float, float, float] | None) -> str:
    if rate is None:
        return ""
    value, low, high = (f"{100 * share:.3g} %" for share in rate)
    return f"{value} of comparisons (95 % interval: {low} to {high})"


def _photo(report: LeakageReport, photo: ReportedPhoto, thumbnail: bytes | None) -> dict[str, Any]:
    findings = [_finding(report, finding) for finding in photo.findings]
    shown = findings[:SHOWN_FINDINGS]
    made = [f"attempt {photo.attempt + 1}"] if photo.fingerprint else []
    made += [f"references at {100 * photo.weight:.0f} %"] if photo.weight < 1 else []
    return {
        "number": photo.number,
        "title": photo.title or photo.scene,
        "state": photo.state,
        "result": STATE_WORDS[photo.state],
        "picture": f"data:image/jpeg;base64,{base64.b64encode(thumbnail).decode()}" if thumbnail else "",
        "made": ", ".join(made),
        "reason": photo.reason if photo.state != "clean" else "",
        "findings": shown,
        "more": len(findings) - len(shown),
        "digest": (photo.sha256 or "")[:SHOWN_DIGITS],
    }


def _finding(report: LeakageReport, finding: Finding) -> dict[str, str]:
    return {
        "kind": SHORT[finding.kind],
        "subject": report.cast_names.get(finding.subject, finding.subject),
        "status": finding.status,
        "result": STATE_WORDS[finding.status],
        "score": finding_words(finding),
        "nearest": finding.nearest[:SHOWN_DIGITS],
        "reason": finding.reason,
    }


def _decision(report: LeakageReport, decision: Decision) -> dict[str, Any]:
    action = ACTION_WORDS[decision.action]
    if decision.action == "new_identity" and decision.character:
        action += f" for {report.cast_names.get(decision.character, decision.character)}"
    elif decision.action == "lower_weight":
        action += f" ({100 * decision.weight:.0f} %)"
    limit = f" (limit {decision.threshold:.3g})" if decision.threshold is not None else ""
    return {
        "photo": decision.photo,
        "attempt": decision.attempt + 1,
        "action": action,
        "kind": decision.action,
        "why": SHORT[decision.kind] if decision.kind else "",
        "score": f"{decision.score:.3g}{limit}" if decision.score is not None else "",
        "reason": decision.reason,
        "seconds": f"{decision.seconds:.1f} s" if decision.seconds else "",
    }


def _making(report: LeakageReport) -> list[tuple[str, str]]:
    rows = [
        ("Report made by", report.software),
        ("Content SHA-256 of this report", report.content_sha256),
        ("Plan SHA-256", report.plan_sha256 or ""),
        ("Gallery digest", report.gallery.digest),
        ("Album seed", "" if report.album_seed is None else str(report.album_seed)),
    ]
    rows += [(f"Renderer: {name}", str(value)) for name, value in report.renderer.items() if value is not None]
    rows += list(report.versions.items())
    return [(name, value) for name, value in rows if value]
