"""What the report concludes, what it did not look at, and what it cannot know. Fails closed: doubt is "unchecked"."""

from ...records import Album
from ...verdicts import FindingKind, LeakageSummary
from .record import Counts, MembershipFacts, Outcome, QualityFacts, ReportedPhoto
from .words import TITLES, count

HEADLINES: dict[Outcome, str] = {
    "clean": "No leak found",
    "withheld": "Leaks found and withheld",
    "leak": "Leak found",
    "unchecked": "Not fully checked",
}
NEVER_CHECKED = "Not checked"

_NOT_ANONYMOUS = (
    "anonymous in the sense of the GDPR. Whether a person can be singled out, linked or inferred with all means "
    "reasonably likely to be used is for the controller to judge; this report is one piece of evidence for that."
)
_CLEAN_LIMIT = (
    "“Clean” means that nothing came nearer to a reference than the stated threshold. A picture or person that is not "
    "in the gallery cannot be found, and what lies just beyond the threshold is not found either."
)
_RATES_LIMIT = (
    "Error rates come from the pairs that each encoder was calibrated on. On pictures of another kind they may be "
    "higher; where no rate is stated, none is known."
)
_NAMES_LIMIT = "The references are named by salted digests. Only who has the gallery can tell which picture is meant."
_LIMITS: tuple[str, ...] = (
    f"It is not a statement that the album is {_NOT_ANONYMOUS}",
    _CLEAN_LIMIT,
    _RATES_LIMIT,
    "False alarms are part of every check: a withheld photo need not be a leak. Nothing is released to find out.",
    _NAMES_LIMIT,
)
_AUDIT_LIMITS: tuple[str, ...] = (
    f"It is not a statement that the pictures are {_NOT_ANONYMOUS}",
    _CLEAN_LIMIT,
    _RATES_LIMIT,
    "How the pictures were made is not known here, nor whether software made them. Nothing was moved or changed: what "
    "leaks still lies where it was.",
    "False alarms are part of every check: a picture that is called a leak need not be one.",
    _NAMES_LIMIT,
)
_BUILTIN_LIMIT = (
    "The built-in encoders and their error rates come from drawn worlds. They say nothing about photographs of real "
    "people: for those, connect an encoder that was calibrated on such photographs."
)
_REMADE_LIMIT = (
    "Photos were made again until a check passed. Each further try is another chance to slip past the same check, so "
    "such photos are vouched for a little less than those that passed at once; the list below says which they are."
)
_MEMBERSHIP_LIMIT = (
    "Membership tests that see only released pictures are weak: they give a lower bound of what could be inferred. A "
    "test that finds nothing does not show that nothing can be found."
)


def outcome_of(album: Album, photos: list[ReportedPhoto]) -> Outcome:
    """The worst that holds for what lies in the album folder now."""
    summary = album.leakage
    states = [photo.state for photo in photos]
    in_album = [finding for finding in (summary.findings if summary else []) if finding.status == "leak"]
    if "leak" in states or (in_album and not _left_with_its_photos(album, photos)):
        return "leak"
    if summary is None or summary.incomplete or not photos or set(states) & {"unchecked", "not_made"}:
        return "unchecked"
    if "withheld" in states:
        return "withheld"
    return summary.status


def _left_with_its_photos(album: Album, photos: list[ReportedPhoto]) -> bool:
    """Whether every leak of the album as a whole is about characters of whom no photo and no portrait is left."""
    shown = {photo.scene for photo in photos if photo.state in {"clean", "unchecked", "leak"}}
    people = {entry.character for scene in album.plan.scenes if scene.id in shown for entry in scene.cast}
    people |= {member.character for member in album.cast if member.portraits}
    return all(
        finding.kind == "identity" and finding.subject and finding.subject not in people
        for finding in (album.leakage.findings if album.leakage else [])
        if finding.status == "leak"
    )


def headline_of(album: Album, outcome: Outcome) -> str:
    """A few words that stand at the top."""
    if outcome == "unchecked" and not compared(album.leakage):
        return NEVER_CHECKED
    return HEADLINES[outcome]


def summary_of(album: Album, counts: Counts, outcome: Outcome) -> str:
    """The outcome in two or three sentences."""
    leakage = album.leakage
    if not compared(leakage):
        why = leakage.reason if leakage and leakage.reason else _no_check(album)
        return f"{why} Nothing is known about leaks, and nothing in this album is cleared."
    said = [f"{count(counts.clean, 'photo')} of {counts.photos:,} {'is' if counts.clean == 1 else 'are'} clean."]
    if counts.leaking:
        said.append(f"{_are(counts.leaking, 'photo')} too near to the gallery and still in the album.")
    if counts.withheld:
        said.append(
            f"{_are(counts.withheld, 'photo')} withheld: kept in a folder beside the album, and never in this report."
        )
    if counts.unchecked:
        said.append(f"{_are(counts.unchecked, 'photo')} in the album without a valid check.")
    if counts.not_made:
        said.append(f"{_are(counts.not_made, 'photo')} not made yet.")
    found = [finding for finding in (leakage.findings if leakage else []) if finding.status == "leak"]
    if found:
        said.append(
            f"{count(len(found), 'finding')} of the album as a whole {'stands' if len(found) == 1 else 'stand'}."
        )
    if outcome == "unchecked" and leakage is not None:
        said += [leakage.incomplete or (leakage.reason if leakage.status == "unchecked" else "")]
    if counts.made_again:
        said.append(f"{count(counts.made_again, 'photo')} {'was' if counts.made_again == 1 else 'were'} made again.")
    return " ".join(filter(None, said))[:600]


def not_checked(
    album: Album,
    counts: Counts,
    membership: MembershipFacts | str | None,
    quality: QualityFacts | str | None,
) -> list[str]:
    """What was not looked at, a sentence each. A text in the place of results says why they could not be read."""
    leakage = album.leakage
    said = []
    made: dict[FindingKind, str] = {check.kind: check.status for check in leakage.checks} if leakage else {}
    if leakage is not None and not leakage.checks and leakage.check:
        made["near_copy"] = leakage.status
    for kind, title in TITLES.items():
        if kind not in made:
            said.append(f"{title}: this check was not made.")
    said += what_was_left_open(leakage, counts)
    said.append(_of_report(membership, "Membership inference was not tested: nobody tried to tell which pictures the "
                           "generator was trained on or the album was made from."))  # fmt: skip
    if isinstance(membership, MembershipFacts) and not membership.of_these_photos:
        said.append("The membership audit is of other photos than those that are in the album now.")
    said.append(_of_report(quality, "Quality was not measured, so nothing is said of what privacy cost here."))
    return [sentence[:600] for sentence in said if sentence]


def what_was_left_open(leakage: LeakageSummary | None, counts: Counts, *, noun: str = "photo") -> list[str]:
    """Checks that could not be made, photos that were not checked, and references that were not used."""
    said = []
    for check in leakage.checks if leakage else []:
        if check.status == "unchecked":
            said.append(f"{TITLES[check.kind]} ({check.check}): {check.reason or 'it could not be made.'}")
    if counts.unchecked:
        said.append(f"{_are(counts.unchecked, noun)} without a valid check; the table of {noun}s says why.")
    if counts.not_made:
        said.append(f"{_are(counts.not_made, 'photo')} not made, so there was nothing to check.")
    if leakage is not None and leakage.skipped:
        unused = count(len(leakage.skipped), "file")
        said.append(f"{unused} of the gallery could not be used, so copies of what they show were not looked for.")
    return said


def audit_limits(leakage: LeakageSummary) -> list[str]:
    """What a report on pictures that are no album cannot know."""
    return _with_encoders(list(_AUDIT_LIMITS), leakage)


def limits(album: Album, counts: Counts, membership: MembershipFacts | str | None) -> list[str]:
    """What the report cannot know, whatever it found."""
    said = _with_encoders(list(_LIMITS), album.leakage)
    if counts.made_again:
        said.append(_REMADE_LIMIT)
    if isinstance(membership, MembershipFacts):
        said.append(_MEMBERSHIP_LIMIT)
    return said


def _with_encoders(said: list[str], leakage: LeakageSummary | None) -> list[str]:
    encoders = {check.encoder for check in leakage.checks} if leakage else set()
    if any(encoder.startswith("builtin") for encoder in encoders):
        said.insert(2, _BUILTIN_LIMIT)
    return said


def compared(leakage: LeakageSummary | None) -> bool:
    """Whether there was anything that photos were compared with."""
    return leakage is not None and (
        leakage.references > 0 or any(check.status != "unchecked" for check in leakage.checks)
    )


def _no_check(album: Album) -> str:
    checked_before = any(photo.verdict is not None for photo in album.photos)
    if checked_before:
        return "The album was changed after its last check, or the check was stopped."
    return "This album was never checked."


def _of_report(result: object, absent: str) -> str:
    return result if isinstance(result, str) else "" if result is not None else absent


def _are(number: int, noun: str) -> str:
    return f"{count(number, noun)} {'is' if number == 1 else 'are'}"
