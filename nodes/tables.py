"""Plain-text tables for STRING outputs."""


def photo_table(album):
    """One line for each photo of an album, columns apart by tabs."""
    lines = ["number\tscene\tstatus\tseed\tattempt\tverdict"]
    for photo in album.photos:
        lines.append(f"{photo.number}\t{photo.scene}\t{photo.status}\t{photo.seed}\t{photo.attempt}\t{_verdict(photo)}")
    return "\n".join(lines)


def leakage_report(album):
    """The album's summary in words, then one line for each photo."""
    summary = album.leakage
    lines = [f"{summary.status.upper()}: {summary.reason}"]
    if summary.references:
        lines.append(f"Check: {summary.check}, {summary.references} references, threshold {summary.threshold:g} bits.")
    lines += [f"Skipped: {line}" for line in summary.skipped]
    for photo in album.photos:
        verdict = photo.verdict
        score = f", {verdict.score:g} bits from reference {verdict.nearest}" if verdict and verdict.nearest else ""
        lines.append(f"{photo.number}. {photo.scene}: {_verdict(photo)}{score}")
    return "\n".join(lines)


def _verdict(photo):
    return photo.verdict.status if photo.verdict else f"not checked ({photo.status})"
