"""All checks of one photo, made ready once for an album or a folder: findings in, one verdict out."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from ..errors import AlbumError
from ..verdicts import CheckFacts, Finding, FindingKind, Status, Verdict
from ..wording import without_paths
from . import copy_paste, metadata
from .all_windows import WINDOWS_CHECK, second_look
from .anchors import Anchor
from .copies import CHECK, check_photos
from .encoded_copies import EncodedCopies
from .gallery import Gallery
from .identities import ExpectedPerson, Identities
from .options import CheckOptions
from .thresholds import NotCheckedError

MAX_FINDINGS: Final = 64  # of one verdict
_ORDER: Final[tuple[FindingKind, ...]] = ("near_copy", "identity", "copy_paste", "text", "metadata", "neighbours")
_WORST: Final[tuple[Status, ...]] = ("leak", "unchecked", "clean")
_SOME_UNSEEN: Final = "Nobody, or not everybody who had to be, was seen well enough to be compared."

_log = logging.getLogger(__name__)


class PhotoChecks:
    """The checks that a gallery allows, with reasons for those that it does not.

    Args:
        gallery: None checks copies of nothing, and says so.
        options: validated.
        photos: how many are to be checked; the false-alarm target is shared among them.
        characters: how many people the album has; likewise. None for pictures that are no album.
    """

    def __init__(self, gallery: Gallery | None, options: CheckOptions, *, photos: int, characters: int | None) -> None:
        self.gallery, self.options = gallery, options
        self._targets = options.targets(photos=photos, characters=characters)
        self.missing: dict[str, str] = {}  # kind of check to why it is not made; it makes photos unchecked
        self.left_out: dict[str, str] = {}  # likewise, but nobody asked for it
        self.copies: EncodedCopies | None = None
        self.identities: Identities | None = None
        if gallery is not None:
            self._prepare_copies(gallery)
            self._prepare_identities(gallery)

    @property
    def signatures(self) -> bool:
        """Whether the gallery can be compared by cosine signs."""
        return self.gallery is not None and not self.gallery.vectors_alone

    def look(
        self,
        photo: np.ndarray,
        *,
        expected: Sequence[ExpectedPerson] | None = None,
        anchors: Sequence[Anchor] = (),
        data: bytes | None = None,
    ) -> Verdict:
        """The verdict on one photo, as far as it can be told from itself.

        Args:
            photo: (height, width, 3) uint8.
            expected: who is in it by the layout; None where there is none.
            anchors: portraits of those who are in it.
            data: its PNG file, for its metadata; None leaves that out.
        """
        findings = self.near_copies(photo)
        findings += [self._unmade(kind, reason) for kind, reason in self.missing.items()]
        if self.identities is not None:
            findings += self.identities.look(photo, expected)
        findings += copy_paste.check_pasted(photo, anchors)
        if data is not None:
            findings += metadata.check_metadata(data, what="The photo")
        return self.verdict(findings)

    def near_copies(self, picture: np.ndarray, *, portrait: bool = False) -> list[Finding]:
        """What the checks on whole pictures say, as far as the gallery allows them.

        Args:
            picture: (height, width, 3) uint8.
            portrait: whether it is one; these are so much alike that nearness is not looked at again.
        """
        found = [] if self.gallery is not None and not self.signatures else [self._by_signs(picture)]
        if self.gallery is not None and self.signatures and not portrait:
            again = second_look(picture, found[0], self.gallery, threshold_bits=self.options.threshold_bits)
            found += [again] if again is not None else []
        return found if self.copies is None else [*found, self.copies.look(picture)]

    def verdict(self, findings: Sequence[Finding]) -> Verdict:
        """The worst of the findings decides; among equals, the order of the kinds."""
        return worst_verdict(findings, self._weighed)

    def facts(self, verdicts: Sequence[Verdict], of_album: Sequence[Finding] = ()) -> list[CheckFacts]:
        """One entry for each kind of check, also for those that were not made.

        Args:
            verdicts: of all photos, as they are in the end.
            of_album: what the same checks found of the album as a whole: its characters and anchors.
        """
        if self.gallery is None:
            return []
        findings = [*(finding for verdict in verdicts for finding in verdict.findings), *of_album]
        rows = []
        if self.signatures:
            rows.append(
                CheckFacts(
                    kind="near_copy",
                    check=CHECK,
                    status=self.status(findings, CHECK, WINDOWS_CHECK),
                    references=self.gallery.count,
                    threshold=float(self.options.threshold_bits),
                    calibration="copies and strangers, benchmarks/leakage_copies.py",
                )
            )
        if self.copies is not None:
            rows.append(self.copies.facts(self.status(findings, self.copies.check)))
        if self.identities is not None:
            status = self.status(findings, self.identities.check)
            rows.append(self.identities.facts(status, _SOME_UNSEEN if status == "unchecked" else ""))
        for what, reason in {**self.missing, **self.left_out}.items():
            rows.append(
                CheckFacts(kind=_kind(what), check=what, status="unchecked", reason=f"Not checked: {reason}."[:600])
            )
        return rows

    def status(self, findings: Iterable[Finding], *checks: str) -> Status:
        """How checks came out over many findings; "unchecked" where they made none, or could compare nothing."""
        made = [finding for finding in findings if finding.check in checks]
        if all(finding.status == "unchecked" for finding in made):
            return "unchecked"
        seen = {self._weighed(finding) for finding in made}
        return next(status for status in _WORST if status in seen)

    def close(self) -> None:
        """Give the encoders' memory back; they load again when the next album is checked."""
        for check in (self.copies, self.identities):
            if check is not None:
                check.encoder.close()

    def _by_signs(self, photo: np.ndarray) -> Finding:
        verdict = check_photos([photo], self.gallery, threshold_bits=self.options.threshold_bits)[0]
        return Finding(
            kind="near_copy", check=verdict.check, status=verdict.status, score=verdict.score,
            threshold=verdict.threshold, nearest=verdict.nearest, reason=verdict.reason,
        )  # fmt: skip

    def _prepare_copies(self, gallery: Gallery) -> None:
        if gallery.vectors is None:
            if not self.signatures:
                required = self.options.required == "copies and identities"
                where = self.missing if required else self.left_out
                where["near-copies"] = "the gallery holds people alone"
            else:
                self.left_out["near-copies by an encoder"] = "no encoder has looked at the gallery's pictures"
            return
        try:
            given = gallery.resolve(picture_encoder=self.options.picture_encoder)
            self.copies = EncodedCopies(given, target=self._targets.copies)
        except (AlbumError, NotCheckedError) as error:
            self.missing["near-copies by an encoder"] = without_paths(error).rstrip(".")

    def _prepare_identities(self, gallery: Gallery) -> None:
        nobody = gallery.people is None or not len(gallery.people)
        if nobody:
            reason = _why_nobody(gallery)
            required = self.options.required == "copies and identities"
            (self.missing if required else self.left_out)["people"] = reason
            return
        try:
            given = gallery.resolve(person_encoder=self.options.person_encoder)
            self.identities = Identities(
                given, character_target=self._targets.characters, photo_target=self._targets.heads
            )
        except (AlbumError, NotCheckedError) as error:
            self.missing["people"] = without_paths(error).rstrip(".")

    def _unmade(self, kind: str, reason: str) -> Finding:
        text = f"Not checked for {kind}: {reason}."
        return Finding(kind=_kind(kind), check=f"{kind}, not made", status="unchecked", reason=text[:600])

    def _weighed(self, finding: Finding) -> Status:
        """A finding's weight in the verdict: somebody who cannot be seen counts only where everybody was asked for."""
        unseen = finding.kind == "identity" and finding.status == "unchecked" and finding.subject != ""
        return "clean" if unseen and self.options.required != "copies and identities" else finding.status


def worst_verdict(findings: Sequence[Finding], weighed: Callable[[Finding], Status]) -> Verdict:
    """One verdict that carries all findings, the gravest first.

    Args:
        findings: of one photo; none makes an "unchecked" verdict.
        weighed: gives the status that a finding counts as.
    """
    if not findings:
        return Verdict(status="unchecked", reason="Not checked: nothing was compared.")
    ranked = sorted(findings, key=lambda found: (_WORST.index(weighed(found)), _ORDER.index(found.kind)))
    worst = ranked[0]
    status = weighed(worst)
    return Verdict(
        status=status,
        check=worst.check,
        score=worst.score,
        threshold=worst.threshold,
        nearest=worst.nearest,
        reason=worst.reason if status != "clean" else "",
        findings=ranked[:MAX_FINDINGS],
    )


def require_comparable(gallery: Gallery | None, options: CheckOptions) -> None:
    """Refuse bad arguments before anything is looked at.

    Raises:
        AlbumError: the gallery is empty, or the threshold is out of range.
    """
    check_photos([], None, threshold_bits=options.threshold_bits)
    if gallery is not None and gallery.count == 0:
        raise AlbumError("The gallery is empty: build it from a folder with at least one picture.")


def changed_since(read: Gallery, what: str) -> str:
    """Why nothing is cleared by a gallery that is another by now; empty where it is still the same.

    Where it lies is for the log alone: what is returned goes into the album.

    Args:
        read: the gallery.
        what: it is, as in "gallery".
    """
    try:
        read.require_unchanged()
    except AlbumError as error:
        _log.warning("%s", error)
        return f"Not checked: the {what} has changed since it was read. Let nothing write there, and check again."
    return ""


def downgraded(verdict: Verdict, reason: str) -> Verdict:
    """A clean verdict that holds no longer; others stay as they are."""
    return (
        verdict.model_copy(update={"status": "unchecked", "reason": reason[:600]})
        if verdict.status == "clean"
        else verdict
    )


def leaks(findings: Iterable[Finding]) -> bool:
    """Whether any of them says leak."""
    return any(finding.status == "leak" for finding in findings)


def _why_nobody(gallery: Gallery) -> str:
    """Why a gallery has no people in it: looked for in vain, or not looked for at all."""
    if gallery.person_encoder is None:
        return "no encoder has looked for people in the gallery"
    if gallery.people is None:
        return f"{gallery.person_encoder.label} has no detector, so nobody looked for people in the gallery"
    return "nobody was found in the gallery's pictures"


def _kind(what: str) -> FindingKind:
    return "identity" if what == "people" else "near_copy"
