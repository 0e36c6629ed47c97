"""The check of the whole album in one record: it is clean only if every photo is; one leak makes it a leak."""

import hashlib
from collections.abc import Sequence

from ..verdicts import CheckFacts, Finding, LeakageSummary, Status, Verdict
from .copies import CHECK, NO_GALLERY
from .gallery import Gallery

MAX_FINDINGS = 512  # of one album
MAX_CHECKS = 32


def summarise(
    verdicts: Sequence[Verdict],
    gallery: Gallery | None,
    *,
    not_made: int = 0,
    checks: Sequence[CheckFacts] = (),
    findings: Sequence[Finding] = (),
    binding: Sequence[Finding] = (),
) -> LeakageSummary:
    """Sum up the verdicts of an album or a folder.

    Args:
        verdicts: of the photos that are there.
        gallery: what they were compared with.
        not_made: photos that the album is to have and has not; with any of them nothing is clean yet.
        checks: what was run, for the report.
        findings: about the album as a whole; a leak among them makes the album a leak.
        binding: those of them that make the album "unchecked" where they are.
    """
    status, reason = _photos_status(verdicts, gallery, not_made)
    status, reason = _with_findings(status, reason, findings, binding)
    if gallery is not None and gallery.skipped:
        files = "file" if len(gallery.skipped) == 1 else "files"
        reason += f" {len(gallery.skipped)} more gallery {files} could not be compared."
    if status == "clean":
        reason += _what_else(checks)
    return LeakageSummary(
        status=status,
        check=CHECK if gallery else "",
        references=gallery.count if gallery else 0,
        skipped=_shortened(gallery.skipped) if gallery else [],
        threshold=_threshold(verdicts),
        reason=reason[:600],
        gallery=gallery_digest(gallery) if gallery else "",
        checks=list(checks)[:MAX_CHECKS],
        findings=_gravest(findings),
        incomplete=f"Not checked as a whole: {binding[0].reason}"[:600] if binding else "",
    )


def gallery_digest(gallery: Gallery) -> str:
    """A short text that is the same for the same references and encoders."""
    digest = hashlib.sha256(gallery.salt)
    digest.update(gallery.digests.tobytes())
    digest.update(f"{gallery.count} {0 if gallery.people is None else len(gallery.people)}".encode())
    for encoder in (gallery.picture_encoder, gallery.person_encoder):
        digest.update((encoder.sha256 if encoder else "-").encode())
    return digest.hexdigest()[:32]


def _photos_status(verdicts: Sequence[Verdict], gallery: Gallery | None, not_made: int) -> tuple[Status, str]:
    leaks = sum(verdict.status == "leak" for verdict in verdicts)
    unchecked = sum(verdict.status == "unchecked" for verdict in verdicts)
    if leaks:
        also = f" {_photos(unchecked)} could not be checked." if unchecked else ""
        return "leak", _leak_words(verdicts, leaks) + also
    if gallery is None:
        return "unchecked", NO_GALLERY
    if not verdicts:
        return "unchecked", "Not checked: there was no photo to check."
    if unchecked:
        why = next(verdict.reason for verdict in verdicts if verdict.status == "unchecked")
        return "unchecked", f"{_photos(unchecked)} of {len(verdicts)} could not be checked. {why}".strip()
    if not_made:
        return "unchecked", f"Not checked as a whole: {_photos(not_made)} of the album not made yet."
    references = gallery.count
    pictures = "picture" if references == 1 else "pictures"
    return "clean", f"No near-copy of the gallery's {references} {pictures} was found."


def _leak_words(verdicts: Sequence[Verdict], leaks: int) -> str:
    kinds = [found.kind for verdict in verdicts for found in verdict.findings if found.status == "leak"]
    if all(kind == "near_copy" for kind in kinds):
        return f"{_photos(leaks)} of {len(verdicts)} too close to a picture in the gallery."
    words = {
        "near_copy": "a picture of the gallery", "identity": "a person of the gallery",
        "copy_paste": "a portrait of the album itself", "metadata": "metadata in the file", "text": "private text",
    }  # fmt: skip
    found = ", ".join(text for kind, text in words.items() if kind in kinds)
    return f"{_photos(leaks)} of {len(verdicts)} leak: {found}."


def _with_findings(
    status: Status, reason: str, findings: Sequence[Finding], binding: Sequence[Finding]
) -> tuple[Status, str]:
    said = [finding.reason for finding in findings if finding.status == "leak" and finding.reason]
    if any(finding.status == "leak" for finding in findings):
        words = " ".join(dict.fromkeys(said))
        return "leak", f"{reason} {words}" if status == "leak" else words or "The album as a whole leaks."
    if status == "clean" and binding:
        return "unchecked", f"Not checked as a whole: {binding[0].reason}"
    return status, reason


def _what_else(checks: Sequence[CheckFacts]) -> str:
    """What clean does and does not cover beside near-copies."""
    clean = {check.kind for check in checks if check.status == "clean"}
    words = ""
    if "identity" in clean:
        words += " Nobody of the gallery was recognised."
    open_checks = [check for check in checks if check.status == "unchecked" and check.kind in {"near_copy", "identity"}]
    if "identity" not in clean and not any(check.kind == "identity" for check in open_checks):
        words += " People were not compared."
    return words + "".join(f" {check.check.capitalize()}: {_lower(check.reason)}" for check in open_checks)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _threshold(verdicts: Sequence[Verdict]) -> float | None:
    """Of the check by cosine signs, wherever it stands among the findings."""
    for verdict in verdicts:
        for found in verdict.findings:
            if found.check == CHECK and found.threshold is not None:
                return found.threshold
    return next((verdict.threshold for verdict in verdicts if verdict.threshold is not None), None)


def _gravest(findings: Sequence[Finding]) -> list[Finding]:
    order = ("leak", "unchecked", "clean")
    return sorted(findings, key=lambda finding: order.index(finding.status))[:MAX_FINDINGS]


def _photos(count: int) -> str:
    return f"{count} photo" if count == 1 else f"{count} photos"


def _shortened(lines: Sequence[str], limit: int = 200) -> list[str]:
    if len(lines) <= limit:
        return list(lines)
    return [*lines[: limit - 1], f"and {len(lines) - limit + 1} more"]
