"""The report as plain text, for STRING sockets and terminals."""

from .record import LeakageReport, MembershipFacts, QualityFacts, ReportedCheck, ReportedPhoto
from .words import ACTION_WORDS, RESULT_WORDS, SHORT, STATE_WORDS, compared_words, count, finding_words, threshold_words


def report_text(report: LeakageReport) -> str:
    """Headline, what was checked against what, every photo, what was made again, and the limits. Without times."""
    what = "Album" if report.of_album else "Pictures"
    lines = [f"{report.headline.upper()}: {report.summary}", "", f"{what}: {report.title}"]
    lines.append(
        f"Gallery: {count(report.gallery.references, 'reference')}, digest {report.gallery.digest or 'unknown'}"
    )
    lines += ["", "CHECKS", *(line for check in report.checks for line in _check(check))]
    if not report.checks:
        lines.append("None was made.")
    if report.album_findings:
        lines += ["", "THE ALBUM AS A WHOLE" if report.of_album else "ALL PICTURES AS A WHOLE"]
        lines += [
            f"- {SHORT[finding.kind]} {_name(report, finding.subject)}: {finding.status} {finding_words(finding)} "
            f"{finding.reason}".rstrip()
            for finding in report.album_findings
        ]
    lines += ["", "PHOTOS" if report.of_album else "PICTURES", *(_photo(photo) for photo in report.photos)]
    if report.decisions:
        lines += ["", "MADE AGAIN OR WITHHELD", *_decisions(report)]
    if report.membership:
        lines += ["", "MEMBERSHIP", *_membership(report.membership)]
    if report.quality:
        lines += ["", "QUALITY", *_quality(report.quality)]
    lines += ["", "NOT CHECKED", *(f"- {line}" for line in report.not_checked or ["Nothing that this pack can check."])]
    lines += ["", "LIMITS", *(f"- {line}" for line in report.limits)]
    lines += ["", f"Content SHA-256 {report.content_sha256}, {report.software}"]
    return "\n".join(lines)


def _check(check: ReportedCheck) -> list[str]:
    facts = check.facts
    encoder = f", encoder {facts.encoder} {(facts.encoder_sha256 or '')[:12]}".rstrip() if facts.encoder else ""
    limit = threshold_words(facts)
    against = f", {compared_words(facts)}" if compared_words(facts) else ""
    lines = [
        f"- {check.title}: {RESULT_WORDS[facts.status]}. {facts.check}{against}{encoder}"
        + (f", found at {limit}" if limit else "")
    ]
    return [*lines, *(f"  {sentence}" for sentence in check.words)]


def _photo(photo: ReportedPhoto) -> str:
    worst = photo.findings[0] if photo.findings else None
    score = f", {SHORT[worst.kind]} {finding_words(worst)}" if worst and finding_words(worst) else ""
    nearest = f", reference {worst.nearest}" if worst and worst.nearest else ""
    reason = f" ({photo.reason})" if photo.reason and photo.state != "clean" else ""
    return f"{photo.number}. {photo.title or photo.scene}: {STATE_WORDS[photo.state]}{score}{nearest}{reason}"


def _decisions(report: LeakageReport) -> list[str]:
    lines = []
    for decision in report.decisions:
        who = f" for {_name(report, decision.character)}" if decision.action == "new_identity" else ""
        weight = f" ({decision.weight:g})" if decision.action == "lower_weight" else ""
        lines.append(
            f"- photo {decision.photo}, attempt {decision.attempt}: {ACTION_WORDS[decision.action]}{who}{weight}. "
            f"{decision.reason}".rstrip()
        )
    if report.costs:
        lines.append(f"Photos made again: {report.costs.photos_made_again}; checks: {report.costs.checks}.")
    return lines


def _membership(facts: MembershipFacts) -> list[str]:
    lines = [f"{facts.reason} Members {facts.members}, non-members {facts.non_members}."]
    for row in facts.rows:
        value, low, high = row.auc
        lines.append(f"- {row.attack} ({row.needs}): AUC {value:.3f} ({low:.3f} to {high:.3f})")
    return lines


def _quality(facts: QualityFacts) -> list[str]:
    lines = [f"{facts.photos} photos beside {facts.references} reference pictures, encoder {facts.encoder}."]
    for row in facts.rows:
        between = f" ({row.low:.3f} to {row.high:.3f})" if row.low is not None and row.high is not None else ""
        lines.append(f"- {row.measure}: {row.value:.3f}{between}, {row.meaning}")
    return lines


def _name(report: LeakageReport, subject: str) -> str:
    return report.cast_names.get(subject, subject)
