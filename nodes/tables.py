"""Plain-text tables for STRING outputs."""


def photo_table(album):
    """One line for each photo of an album, columns apart by tabs.

    Photos that a monitor looked at add weight, tries, and what was measured; an album without such has no such columns.
    """
    monitored = any(photo.scores for photo in album.photos)
    lines = ["number\tscene\tstatus\tseed\tattempt\tverdict" + ("\tweight\ttries\tscores" if monitored else "")]
    for photo in album.photos:
        line = f"{photo.number}\t{photo.scene}\t{photo.status}\t{photo.seed}\t{photo.attempt}\t{_verdict(photo)}"
        lines.append(line + (_monitored(photo) if monitored else ""))
    return "\n".join(lines)


def _monitored(photo):
    from ..stages.render import is_below_bar

    shown = {name: value for name, value in sorted(photo.scores.items()) if name != "shortfall"}
    scores = ", ".join(f"{name} {value:.2f}" for name, value in shown.items())
    below = "BELOW THE BAR: " if is_below_bar(photo) else ""
    tries = sum(attempt.outcome != "done" or not attempt.reason.startswith("Best of") for attempt in photo.attempts)
    return f"\t{photo.weight:g}\t{tries}\t{below}{scores or 'not looked at'}"


def leakage_report(album):
    """The album's summary in words, then what was run, what was found of the whole, and one line for each photo."""
    summary = album.leakage
    lines = [f"{summary.status.upper()}: {summary.reason}"]
    if summary.incomplete and summary.incomplete != summary.reason:
        lines.append(f"Incomplete: {summary.incomplete}")
    if summary.references:
        bits = f", threshold {summary.threshold:g} bits" if summary.threshold is not None else ""
        lines.append(f"Check: {summary.check}, {summary.references} references{bits}.")
    lines += [_check_line(check) for check in summary.checks]
    lines += [f"Skipped: {line}" for line in summary.skipped]
    lines += [_finding_line("Album", finding) for finding in summary.findings if finding.status != "clean"]
    for photo in album.photos:
        verdict = photo.verdict
        score = f", {_score(verdict)} from reference {verdict.nearest}" if verdict and verdict.nearest else ""
        lines.append(f"{photo.number}. {photo.scene}: {_verdict(photo)}{score}")
        open_findings = [found for found in verdict.findings if found.status != "clean"] if verdict else []
        lines += [_finding_line("   ", finding) for finding in open_findings]
    return "\n".join(lines)


def _check_line(check):
    parts = [f"{check.kind.replace('_', ' ')} by {check.check}", f"outcome {check.status}"]
    if check.references:
        parts.append(f"{check.references} references")
    if check.threshold is not None:
        parts.append(f"threshold {check.threshold:.4g}")
    if check.false_match_rate is not None:
        rate, low, high = check.false_match_rate
        parts.append(f"false matches {rate:.2g} of a comparison ({low:.2g} to {high:.2g})")
    if check.expected_false_alarms is not None:
        of = {"near_copy": "photos", "identity": "characters", "neighbours": "albums"}.get(check.kind, "cases")
        share = f"at most {100 * check.expected_false_alarms:.2g} % of {of} that have nothing of the gallery"
        parts.append(f"by the calibration, false alarms in {share}")
    if check.calibration:
        parts.append(f"calibrated on {check.calibration}")
    return f"- {', '.join(parts)}." + (f" {check.reason}" if check.reason else "")


def _finding_line(where, finding):
    about = f" ({finding.subject})" if finding.subject else ""
    score = f" [{finding.score:.4g}, threshold {finding.threshold:.4g}]" if _measured(finding) else ""
    near = f", reference {finding.nearest}" if finding.nearest and finding.status == "leak" else ""
    return f"{where} {finding.status}: {finding.kind.replace('_', ' ')}{about}: {finding.reason}{score}{near}"


def _measured(finding):
    return finding.score is not None and finding.threshold is not None


def _score(verdict):
    """Distances of the picture hash are in bits, everything else is a similarity."""
    bits = "dct" in verdict.check
    return f"{verdict.score:g} bits" if bits else f"similarity {verdict.score:.3g}"


def _verdict(photo):
    return photo.verdict.status if photo.verdict else f"not checked ({photo.status})"
