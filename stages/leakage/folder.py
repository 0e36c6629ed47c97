"""Checking pictures where they are, in a folder or in memory: nothing is moved or changed."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..photo_file import to_photo
from ..picture_files import UnknownFormatError, UnreadablePictureError, list_files, promises_picture, read_pictures
from ..records import Album, PhotoRecord, Verdict, parse_record
from ..safe_files import FileStates, file_states
from ..verdicts import Finding, LeakageSummary
from . import text
from .anchor_checks import check_anchors, look_at_portraits
from .anchors import read_anchors
from .copies import CHECK
from .expected import expected_people
from .gallery import Gallery
from .options import CheckOptions
from .photo_checks import PhotoChecks, changed_since, downgraded, require_comparable
from .remedies import scenes_with
from .summary import summarise

_PHOTO_FIELDS = {"status", "score", "nearest", "reason"}
_CHANGED = (
    "Not checked: pictures came, went or were changed during the check. Let nothing write there, and check again."
)
_COLOURS = (3, 4)  # channels; the fourth is transparency and is left out


@dataclass(frozen=True, eq=False)
class CheckedPicture:
    """What is known of one picture.

    name: its path in the folder with forward slashes, or "picture 3" of those in memory. sha256: of its file; None in
    memory, and where it could not be read. kept: what `check_pictures` was told to keep of clean ones.
    """

    name: str
    verdict: Verdict
    sha256: str | None = None
    kept: bytes = b""


@dataclass(frozen=True, eq=False)
class CheckedPictures:
    """What is known of them all.

    ignored: files in the folder that are no pictures and do not claim to be. of_album: whether the folder is one.
    """

    summary: LeakageSummary
    pictures: list[CheckedPicture]
    ignored: int
    of_album: bool


def check_pictures(
    folder: Path | None,
    gallery: Gallery | None,
    *,
    pictures: Sequence[np.ndarray] = (),
    options: CheckOptions,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    check_interrupt: Callable[[], None] = lambda: None,
    keep: Callable[[np.ndarray], bytes] = lambda pixels: b"",
) -> CheckedPictures:
    """Check an album's photos, or all pictures below any other folder, and pictures in memory.

    A picture that cannot be read, and a photo that the album lists but that is not there, are "unchecked": the whole
    is clean only if every one of its pictures is. An album's portraits and plates are checked as well. In its photos
    people are found by its layout, and each character is judged over all of them; in other pictures only an encoder
    with a detector can look for people. Nothing is clean where files came, went or changed during the check.

    Args:
        folder: an album folder (with album.json; its photos/ are checked) or any folder of pictures; None for none.
        gallery: what must not come back; None checks nothing and says so.
        pictures: in memory, each (height, width, 3 or 4) floats, 0 to 1; they come behind those of the folder.
        options: what may be chosen. What needs a plan or several photos is asked of albums alone.
        on_progress: called with pictures looked at and pictures in all.
        check_interrupt: called before each picture; what it raises stops the check.
        keep: what to keep, as a thumbnail, of a picture in which nothing was found: of (height, width, 3) uint8, the
            first frame of its file.

    Raises:
        AlbumError: the folder is missing or unreadable, album.json is not valid, the gallery is empty, or an option is
            out of range.
    """
    options.require_valid()
    require_comparable(gallery, options)
    album = _listed(folder) if folder is not None else None
    files = list(_files(folder, album))
    before = file_states(files)
    photos = len(files) + len(pictures)
    characters = len(_people(album)) if album is not None else None
    checks = PhotoChecks(gallery, options, photos=photos, characters=characters)
    run = _Check(folder, album, files, pictures, checks, keep)
    try:
        verdicts = run.verdicts(on_progress, check_interrupt)
        checked = list(run.in_memory(on_progress, check_interrupt))
        findings, binding = run.findings(verdicts)
    finally:
        checks.close()
    checked = [
        *(CheckedPicture(name, one, run.digests.get(name), run.kept.get(name, b"")) for name, one in verdicts.items()),
        *checked,
    ]
    reason = (changed_since(gallery, "gallery") if gallery is not None else "") or run.changed_since(before)
    if reason:
        checked = [replace(picture, verdict=downgraded(picture.verdict, reason)) for picture in checked]
    found = [picture.verdict for picture in checked]
    summary = summarise(
        found,
        gallery,
        not_made=run.not_made(),
        checks=checks.facts(found, findings),
        findings=findings,
        binding=binding,
    )
    return CheckedPictures(summary, checked, run.ignored, of_album=album is not None)


def check_folder(
    folder: Path, gallery: Gallery, *, threshold_bits: int, options: CheckOptions | None = None
) -> dict[str, Any]:
    """`check_pictures` of a folder, for the command line.

    Args:
        folder: an album folder (with album.json; its photos/ are checked) or any folder of pictures.
        gallery: what must not come back.
        threshold_bits: as for `check_photos`.
        options: what else may be chosen; its own threshold is not used.

    Returns:
        Plain JSON data: `status`, `reason`, `check`, `references`, `skipped`, `threshold_bits`, `checks`, `findings`
        about the whole, and `photos`, each with `file`, `status`, `score`, `nearest`, `reason` and `findings`.

    Raises:
        AlbumError: the folder is missing or unreadable, album.json is not valid, or an option is out of range.
    """
    chosen = CheckOptions(**{**vars(options or CheckOptions()), "threshold_bits": threshold_bits})
    checked = check_pictures(folder, gallery, options=chosen)
    summary = checked.summary
    return {
        "status": summary.status,
        "reason": summary.reason,
        "check": summary.check,
        "references": summary.references,
        "skipped": summary.skipped,
        "threshold_bits": threshold_bits,
        "checks": [check.model_dump(mode="json") for check in summary.checks],
        "findings": [finding.model_dump(mode="json") for finding in summary.findings],
        "photos": [
            {
                "file": picture.name,
                **picture.verdict.model_dump(include=_PHOTO_FIELDS),
                "findings": [finding.model_dump(mode="json") for finding in picture.verdict.findings],
            }
            for picture in checked.pictures
        ],
    }


@dataclass(eq=False)
class _Check:
    """One check. album: None where the folder is no album. digests, kept: of the files that are pictures, by name."""

    folder: Path | None
    album: Album | None
    files: list[Path]
    pictures: Sequence[np.ndarray]
    checks: PhotoChecks
    keep: Callable[[np.ndarray], bytes]
    digests: dict[str, str] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    ignored: int = 0

    def verdicts(
        self, on_progress: Callable[[int, int], None], check_interrupt: Callable[[], None]
    ) -> dict[str, Verdict]:
        """Of every file by its path in the folder, then of what the album lists and is not there."""
        found: dict[str, Verdict] = {}
        total = len(self.files) + len(self.pictures)
        for done, path in enumerate(self.files, start=1):
            check_interrupt()
            verdict = self._file(path)
            if verdict is not None:
                found[self._path(path)] = verdict
            on_progress(done, total)
        for record in self._records():
            name = _name(record)
            if name not in found:
                found[name] = self._unreadable("the album lists it, but it is not there")
        return found

    def in_memory(
        self, on_progress: Callable[[int, int], None], check_interrupt: Callable[[], None]
    ) -> Iterator[CheckedPicture]:
        """Every picture in memory, in their order."""
        for number, picture in enumerate(self.pictures, start=1):
            check_interrupt()
            verdict, kept = self._in_memory(picture)
            yield CheckedPicture(f"picture {number}", verdict, kept=kept)
            on_progress(len(self.files) + number, len(self.files) + len(self.pictures))

    def changed_since(self, before: FileStates) -> str:
        """Why the files are not those that were there before the check; empty where they are."""
        try:
            files = list(_files(self.folder, self.album))
            same = sorted(files) == sorted(self.files) and file_states(files) == before
        except (AlbumError, OSError):
            same = False
        return "" if same else _CHANGED

    def findings(self, verdicts: dict[str, Verdict]) -> tuple[list[Finding], list[Finding]]:
        """About the album as a whole, and those of them that forbid "clean".

        A recognised character's photos get the finding in `verdicts`.
        """
        if self.album is None or self.folder is None:
            return [], []
        folder = AlbumFolder(self.folder)
        anchors = list(read_anchors(folder, self.album))
        findings, _ = check_anchors(self.checks, folder, self.album, anchors)
        binding = [finding for finding in findings if finding.status == "unchecked"]
        findings += text.check_texts(self.album.plan, self.checks.options.private_texts)
        if self.checks.identities is None:
            return findings, binding
        look_at_portraits(self.checks.identities, anchors)
        everybody = self.checks.options.required == "copies and identities"
        for finding in self.checks.identities.characters(_people(self.album)):
            findings.append(finding)
            if finding.status == "leak":
                self._flag_photos_of(finding, verdicts)
            elif finding.status == "unchecked" and everybody:
                binding.append(finding)
        return findings, binding

    def _flag_photos_of(self, finding: Finding, verdicts: dict[str, Verdict]) -> None:
        for record in self._records():
            if self.album is not None and record.scene in scenes_with(self.album, finding.subject):
                name = _name(record)
                verdicts[name] = self.checks.verdict([*verdicts[name].findings, finding])

    def not_made(self) -> int:
        """Photos that the album is to have and has not."""
        return sum(photo.status in {"pending", "failed"} for photo in self.album.photos) if self.album else 0

    def _records(self) -> list[PhotoRecord]:
        photos = self.album.photos if self.album is not None else []
        return [photo for photo in photos if photo.status == "done" and photo.file]

    def _file(self, path: Path) -> Verdict | None:
        """None for a file that is no picture and does not claim to be one."""
        try:
            frames = read_pictures(path)
        except UnreadablePictureError as error:
            if isinstance(error, UnknownFormatError) and not promises_picture(path):
                self.ignored += 1
                return None
            return self._unreadable(str(error))
        try:
            name, data = self._path(path), path.read_bytes()
        except OSError:
            return self._unreadable("it was there and went away, or may not be read")
        self.digests[name] = hashlib.sha256(data).hexdigest()
        verdicts = [self._frame(name, frame, data) for frame in frames]
        worst = max(verdicts, key=lambda verdict: ("clean", "unchecked", "leak").index(verdict.status))
        if worst.status == "clean":
            self.kept[name] = self.keep(frames[0])
        return worst

    def _path(self, path: Path) -> str:
        return path.relative_to(self.folder or path).as_posix()

    def _frame(self, name: str, frame: np.ndarray, data: bytes) -> Verdict:
        if self.album is None:
            return self.checks.look(frame)
        scene = next((record.scene for record in self._records() if _name(record) == name), "")
        return self.checks.look(frame, expected=expected_people(self.album, scene), data=data)

    def _in_memory(self, picture: np.ndarray) -> tuple[Verdict, bytes]:
        if picture.ndim != 3 or picture.shape[2] not in _COLOURS:
            return self._unreadable(f"it has the shape {picture.shape} and is no colour picture"), b""
        if not np.isfinite(picture).all():
            return self._unreadable("it has pixels that are not numbers (NaN or infinite)"), b""
        pixels = to_photo(picture)
        verdict = self.checks.look(pixels)
        return verdict, self.keep(pixels) if verdict.status == "clean" else b""

    def _unreadable(self, reason: str) -> Verdict:
        finding = Finding(
            kind="near_copy", check=CHECK, status="unchecked", threshold=float(self.checks.options.threshold_bits),
            reason=f"Not checked: {reason}.",
        )  # fmt: skip
        return self.checks.verdict([finding])


def _files(folder: Path | None, album: Album | None) -> Iterator[Path]:
    if folder is None:
        return iter(())
    if album is None:
        return list_files(folder)
    photos = folder / "photos"  # an album that has not been rendered yet has no such folder
    return list_files(photos) if photos.exists() else iter(())


def _people(album: Album | None) -> list[str]:
    characters = album.plan.characters if album is not None else []
    return [character.id for character in characters if character.kind == "person"]


def _name(record: PhotoRecord) -> str:
    return PurePosixPath(record.file).as_posix()


def _listed(folder: Path) -> Album | None:
    """What album.json says; None for a folder that is no album."""
    index = folder / "album.json"
    if not index.is_file():
        return None
    try:
        data = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise AlbumError(f"'{index}' cannot be read as JSON: is this an album folder?") from error
    return parse_record(Album, data, what=f"album in '{index}'")
