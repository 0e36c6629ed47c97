"""Checking a rendered album: what is too close to the gallery is withheld, and every verdict is written down."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..album_folder import CONTACT_SHEET, PAGE, AlbumFolder, AlbumWriter
from ..encoders.interface import PictureEncoder
from ..errors import AlbumError
from ..records import Album, PhotoRecord, Verdict
from ..verdicts import CheckFacts, Finding, LeakageSummary
from . import copy_paste, metadata, text
from .anchor_checks import check_anchors, look_at_portraits
from .anchors import read_anchors
from .copies import CHECK
from .expected import expected_people
from .gallery import Gallery
from .neighbours import NeighbourRatios
from .options import CheckOptions
from .photo_checks import PhotoChecks, changed_since, downgraded, require_comparable
from .remedies import scenes_with
from .summary import summarise
from .thresholds import NotCheckedError

_STOPPED: Final = "Not checked: the check was stopped before its end."

_log = logging.getLogger(__name__)


def check_album(
    folder: AlbumFolder,
    gallery: Gallery | None,
    *,
    on_progress: Callable[[int, int], None],
    check_interrupt: Callable[[], None],
    threshold_bits: int | None = None,
    options: CheckOptions | None = None,
) -> Album:
    """Check every photo of an album, move leaks to the quarantine beside it, and record the verdicts in album.json.

    Photos are read one at a time. One that cannot be read is "unchecked", as all are without a gallery. A photo that
    was withheld before stays so whatever the gallery says now: only a new photo in its place is checked anew. A
    character that is recognised over all of its photos takes all of them along. A run that is stopped keeps what it
    found out, and the album as a whole is then "unchecked"; so it is when the gallery changed meanwhile.

    Args:
        folder: of the album; locked for the whole check.
        gallery: what must not come back; None checks nothing and says so.
        on_progress: called with photos looked at and photos in all.
        check_interrupt: called before each photo; what it raises stops the check.
        threshold_bits: as for `check_photos`; None takes that of the options.
        options: what else may be chosen.

    Returns:
        The album as saved.

    Raises:
        AlbumError: the folder is no album or cannot be written, the gallery is empty, or an option is out of range. A
            leak that cannot be moved to the quarantine is written down as a leak first; nothing is lost.
        AlbumBusyError: another run is writing this album.
    """
    options = options or CheckOptions()
    if threshold_bits is not None:
        options = replace(options, threshold_bits=threshold_bits)
    options.require_valid()
    require_comparable(gallery, options)
    with folder.writing() as writer:
        run = _AlbumCheck(writer, gallery, options)
        try:
            run.look_at_photos(on_progress, check_interrupt)
            run.decide_on_characters()
            run.finished = True
        finally:
            run.checks.close()
            run.save()
        run.complain()
        return writer.album


@dataclass(eq=False)
class _AlbumCheck:
    """One check of one album, and what it has found so far."""

    writer: AlbumWriter
    gallery: Gallery | None
    options: CheckOptions
    finished: bool = False
    photos: list[PhotoRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)  # of the album as a whole
    binding: list[Finding] = field(default_factory=list)  # those that forbid "clean"
    facts: list[CheckFacts] = field(default_factory=list)
    not_moved: dict[int, str] = field(default_factory=dict)  # photo number to why
    looked_at: set[int] = field(default_factory=set)  # positions of the photos that this run looked at

    def __post_init__(self) -> None:
        self.album = self.writer.album
        self.photos = list(self.album.photos)
        self.people = [character.id for character in self.album.plan.characters if character.kind == "person"]
        self.checks = PhotoChecks(self.gallery, self.options, photos=len(self.photos), characters=len(self.people))
        self.anchors = list(read_anchors(self.writer.folder, self.album)) if self.gallery is not None else []
        self.ratios = self._ratios()

    def look_at_photos(self, on_progress: Callable[[int, int], None], check_interrupt: Callable[[], None]) -> None:
        """Check every photo by itself; what leaks is moved at once."""
        for index, record in enumerate(self.photos):
            check_interrupt()
            self._keep(index, self._looked_at(index, record))
            on_progress(index + 1, len(self.photos))

    def decide_on_characters(self) -> None:
        """What can only be told from the whole album: its characters, portraits, texts and distances."""
        if self.gallery is None:
            return
        self._check_anchors()
        self._check_characters()
        self._check_texts()
        if self.ratios is not None:
            finding, said = self.ratios.decide()
            self.findings.append(finding)
            self.facts.append(said)
        self._require_same_gallery()

    def save(self) -> None:
        """Write down what is known, also of a run that was stopped."""
        verdicts = [photo.verdict for photo in self.photos if photo.verdict is not None]
        not_made = sum(photo.status in {"pending", "failed"} for photo in self.photos)
        leakage = summarise(
            verdicts,
            self.gallery,
            not_made=not_made,
            checks=[*self.checks.facts(verdicts, self.findings), *self.facts],
            findings=self.findings,
            binding=self.binding,
        )
        if not self.finished:
            told = {} if leakage.status == "leak" else {"status": "unchecked", "reason": _STOPPED}
            leakage = leakage.model_copy(update={**told, "incomplete": _STOPPED})
        checked = self.album.model_copy(update={"photos": self.photos, "leakage": self._with_decisions(leakage)})
        if checked != self.writer.album:  # a check that finds nothing new changes no byte
            self.writer.save(checked)

    def complain(self) -> None:
        """Say which leaks still lie in the album, after everything else was written down.

        Raises:
            AlbumError: there are some.
        """
        if self.not_moved:
            named = "; ".join(f"photo {number}: {why}" for number, why in list(self.not_moved.items())[:5])
            raise AlbumError(
                f"{len(self.not_moved)} photos leak and could not be moved out of {self.writer.folder.path}: {named} "
                "The album is marked as a leak: do not share it, and run the check again."
            )

    def _looked_at(self, index: int, record: PhotoRecord) -> PhotoRecord:
        if record.status == "withheld":
            return record
        if record.status != "done":
            return record.model_copy(update={"verdict": None})
        try:
            photo = self.writer.folder.load_photo(record)
            data = self.writer.folder.read_bytes(record.file)
        except AlbumError as error:
            _log.warning("Photo %d could not be checked: %s", record.number, error)
            reason = "Not checked: the photo's file is gone or was changed. Run the album again."
            threshold = float(self.options.threshold_bits)
            verdict = Verdict(status="unchecked", check=CHECK, threshold=threshold, reason=reason)
            return record.model_copy(update={"verdict": verdict})
        self.looked_at.add(index)
        if self.ratios is not None:
            self.ratios.look(photo)
        expected = expected_people(self.album, record.scene)
        scenes = [scene for scene in self.album.plan.scenes if scene.id == record.scene]  # none where the plan changed
        present = {entry.character for scene in scenes for entry in scene.cast}
        anchors = [anchor for anchor in self.anchors if anchor.character in present]
        verdict = self.checks.look(photo, expected=expected, anchors=anchors, data=data)
        return record.model_copy(update={"verdict": verdict})

    def _keep(self, index: int, record: PhotoRecord) -> None:
        """Take a looked-at photo over; a leak goes to the quarantine before the next photo is looked at."""
        before = self.photos[index]
        leaked = record.status == "done" and record.verdict is not None and record.verdict.status == "leak"
        if leaked:
            for shared in (PAGE, CONTACT_SHEET):  # they may show the photo; Album Save writes them anew
                self.writer.remove(shared)
            record = self._withheld(record)
        self.photos[index] = record
        if leaked or record.status != before.status:  # a kill must not forget why the photo is gone
            self.writer.save(self.album.model_copy(update={"photos": list(self.photos), "leakage": None}))

    def _withheld(self, record: PhotoRecord) -> PhotoRecord:
        try:
            return self.writer.withhold(record)
        except AlbumError as error:
            _log.error("Photo %d leaks and could not be moved: %s", record.number, error)
            self.not_moved[record.number] = str(error)
            return record

    def _check_anchors(self) -> None:
        """Portraits, plates and the contact sheet are part of what is shared."""
        found, files = check_anchors(self.checks, self.writer.folder, self.album, self.anchors)
        self.findings += found
        self.binding += [finding for finding in found if finding.status == "unchecked"]
        sheet = self.writer.folder.read_bytes(CONTACT_SHEET)
        if sheet is not None:
            self.findings += metadata.check_metadata(sheet, what="The contact sheet")
            files += 1
        self.facts += list(self._file_facts(files))

    def _file_facts(self, files: int) -> Iterator[CheckFacts]:
        made = [finding for photo in self.photos if photo.verdict for finding in photo.verdict.findings]
        made += self.findings
        there = {index for index, photo in enumerate(self.photos) if photo.status == "done"}
        unread = bool(there - self.looked_at)
        looked_at = len(there & self.looked_at) + files
        yield metadata.facts(_found(made, "metadata", complete=looked_at > 0 and not unread), looked_at)
        if self.anchors:
            compared = any(finding.kind == "copy_paste" for finding in made)
            yield copy_paste.facts(_found(made, "copy_paste", complete=compared and not unread), len(self.anchors))

    def _check_characters(self) -> None:
        identities = self.checks.identities
        if identities is None:
            return
        look_at_portraits(identities, self.anchors)
        for decision in identities.characters(self.people):
            finding = self._known_before(decision) if decision.status == "unchecked" else decision
            self.findings.append(finding)
            if finding.status == "leak":
                self._flag_photos_of(finding)
            elif finding.status == "unchecked" and self.options.required == "copies and identities":
                self.binding.append(finding)

    def _known_before(self, decision: Finding) -> Finding:
        """What was found of a character before all that showed it was withheld; the decision where nothing was."""
        for photo in self.photos:
            for finding in photo.verdict.findings if photo.status == "withheld" and photo.verdict else []:
                of_character = finding.kind == "identity" and finding.box is None and finding.status == "leak"
                if of_character and finding.subject == decision.subject:
                    return finding
        return decision

    def _flag_photos_of(self, finding: Finding) -> None:
        """All photos of a recognised character carry the finding and go to the quarantine."""
        shown = scenes_with(self.album, finding.subject)
        for index, record in enumerate(self.photos):
            if record.scene in shown and index in self.looked_at and record.verdict is not None:
                verdict = self.checks.verdict([*record.verdict.findings, finding])
                self._keep(index, record.model_copy(update={"verdict": verdict}))

    def _check_texts(self) -> None:
        found = text.check_texts(self.album.plan, self.options.private_texts)
        self.findings += found
        self.facts += text.facts(self.options.private_texts, found)

    def _ratios(self) -> NeighbourRatios | None:
        held_out = self.options.held_out
        if held_out is None or self.gallery is None:
            return None
        try:
            return NeighbourRatios(self.gallery, held_out, self._copy_encoder())
        except NotCheckedError as error:
            reason = f"Distances to held-out pictures not checked: {error}."[:600]
            finding = Finding(kind="neighbours", check="neighbours", status="unchecked", reason=reason)
            self.findings.append(finding)
            self.binding.append(finding)  # it was asked for
            self.facts.append(CheckFacts(kind="neighbours", check="neighbours", status="unchecked", reason=reason))
            return None

    def _copy_encoder(self) -> PictureEncoder:
        if self.checks.copies is None:
            reason = self.checks.missing.get("near-copies by an encoder", "the gallery has no vectors of pictures")
            raise NotCheckedError(reason)
        return self.checks.copies.encoder

    def _require_same_gallery(self) -> None:
        """What was compared with a gallery that is another by now is not cleared."""
        if self.gallery is None:
            return
        reason = changed_since(self.gallery, "gallery")
        if not reason and self.options.held_out is not None:
            reason = changed_since(self.options.held_out, "held-out set")
        if reason:
            self.binding.append(Finding(kind="near_copy", check="gallery", status="unchecked", reason=reason))
            self.findings.append(self.binding[-1])
            self.photos = [
                photo.model_copy(update={"verdict": downgraded(photo.verdict, reason)}) if photo.verdict else photo
                for photo in self.photos
            ]

    def _with_decisions(self, leakage: LeakageSummary) -> LeakageSummary:
        """A check says what is; what a re-synthesis decided before it stays in the log."""
        stored = self.album.leakage
        return leakage.model_copy(update={"decisions": stored.decisions}) if stored is not None else leakage


def _found(findings: Sequence[Finding], kind: str, *, complete: bool) -> str:
    """How a check came out; "unchecked" where it found nothing and did not look everywhere."""
    statuses = {finding.status for finding in findings if finding.kind == kind}
    return next(
        (status for status in ("leak", "unchecked") if status in statuses), "clean" if complete else "unchecked"
    )
