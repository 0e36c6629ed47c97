"""Checking pictures that already lie in a folder, for the command line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..picture_files import UnknownFormatError, UnreadablePictureError, list_files, promises_picture, read_pictures
from ..records import Album, PhotoRecord, Verdict, parse_record
from ..verdicts import Finding
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


def check_folder(
    folder: Path, gallery: Gallery, *, threshold_bits: int, options: CheckOptions | None = None
) -> dict[str, Any]:
    """Check an album's photos, or all pictures below any other folder. Nothing is moved.

    A picture that cannot be read, and a photo that the album lists but that is not there, are "unchecked": the
    folder is clean only if every one of its pictures is. An album's portraits and plates are checked as well. In its
    photos people are found by its layout, and each character is judged over all of them; in other folders only an
    encoder with a detector can look for people.

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
    chosen.require_valid()
    require_comparable(gallery, chosen)
    album = _listed(folder)
    files = list(_files(folder, album))
    people = len(_people(album))
    run = _FolderCheck(folder, album, files, PhotoChecks(gallery, chosen, photos=len(files), characters=people))
    try:
        verdicts = run.verdicts()
        findings, binding = run.findings(verdicts)
    finally:
        run.checks.close()
    reason = changed_since(gallery, "gallery")
    if reason:
        verdicts = {name: downgraded(verdict, reason) for name, verdict in verdicts.items()}
    found = list(verdicts.values())
    summary = summarise(
        found,
        gallery,
        not_made=run.not_made(),
        checks=run.checks.facts(found, findings),
        findings=findings,
        binding=binding,
    )
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
                "file": name,
                **verdict.model_dump(include=_PHOTO_FIELDS),
                "findings": [finding.model_dump(mode="json") for finding in verdict.findings],
            }
            for name, verdict in verdicts.items()
        ],
    }


@dataclass(frozen=True, eq=False)
class _FolderCheck:
    """One check of one folder. album: None where it is no album."""

    folder: Path
    album: Album | None
    files: list[Path]
    checks: PhotoChecks

    def verdicts(self) -> dict[str, Verdict]:
        """Of every file by its path in the folder, then of what the album lists and is not there."""
        found: dict[str, Verdict] = {}
        for path in self.files:
            verdict = self._file(path)
            if verdict is not None:
                found[path.relative_to(self.folder).as_posix()] = verdict
        for record in self._records():
            name = _name(record)
            if name not in found:
                found[name] = self._unreadable("the album lists it, but it is not there")
        return found

    def findings(self, verdicts: dict[str, Verdict]) -> tuple[list[Finding], list[Finding]]:
        """About the album as a whole, and those of them that forbid "clean".

        A recognised character's photos get the finding in `verdicts`.
        """
        if self.album is None:
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
                return None
            return self._unreadable(str(error))
        verdicts = [self._frame(path, frame) for frame in frames]
        return max(verdicts, key=lambda verdict: ("clean", "unchecked", "leak").index(verdict.status))

    def _frame(self, path: Path, frame: np.ndarray) -> Verdict:
        if self.album is None:
            return self.checks.look(frame)
        name = path.relative_to(self.folder).as_posix()
        scene = next((record.scene for record in self._records() if _name(record) == name), "")
        return self.checks.look(frame, expected=expected_people(self.album, scene), data=path.read_bytes())

    def _unreadable(self, reason: str) -> Verdict:
        finding = Finding(
            kind="near_copy", check=CHECK, status="unchecked", threshold=float(self.checks.options.threshold_bits),
            reason=f"Not checked: {reason}.",
        )  # fmt: skip
        return self.checks.verdict([finding])


def _files(folder: Path, album: Album | None) -> Iterator[Path]:
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
