"""Checking pictures that already lie in a folder, for the command line."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import AlbumError
from ..records import Album, Verdict, parse_record
from .copies import CHECK, check_photos, summarise
from .gallery import Gallery
from .pictures import UnknownFormatError, UnreadablePictureError, list_files, promises_picture, read_pictures


def check_folder(folder: Path, gallery: Gallery, *, threshold_bits: int) -> dict[str, Any]:
    """Check an album's photos, or all pictures below any other folder.

    A picture that cannot be read, and a photo that the album lists but that is not there, are "unchecked": the
    folder is clean only if every one of its pictures is.

    Args:
        folder: an album folder (with album.json; its photos/ are checked) or any folder of pictures.
        gallery: what must not come back.
        threshold_bits: as for `check_photos`.

    Returns:
        Plain JSON data: `status`, `reason`, `check`, `references`, `skipped`, `threshold_bits`, and `photos`, each
        with `file`, `status`, `score`, `nearest` and `reason`.

    Raises:
        AlbumError: the folder is missing or unreadable, album.json is not valid, or the threshold is out of range.
    """
    verdicts: dict[str, Verdict] = {}
    for path in _files_to_check(folder):
        verdict = _check_file(path, gallery, threshold_bits)
        if verdict is not None:
            verdicts[path.relative_to(folder).as_posix()] = verdict
    listed, not_made = _listed_photos(folder)
    for name in listed:
        if name not in verdicts:
            verdicts[name] = _unreadable("the album lists it, but it is not there", threshold_bits)
    summary = summarise(list(verdicts.values()), gallery, not_made=not_made)
    return {
        "status": summary.status,
        "reason": summary.reason,
        "check": summary.check,
        "references": summary.references,
        "skipped": summary.skipped,
        "threshold_bits": threshold_bits,
        "photos": [
            {"file": name, **verdict.model_dump(include={"status", "score", "nearest", "reason"})}
            for name, verdict in verdicts.items()
        ],
    }


def _files_to_check(folder: Path) -> Iterator[Path]:
    if not (folder / "album.json").is_file():
        return list_files(folder)
    photos = folder / "photos"  # an album that has not been rendered yet has no such folder
    return list_files(photos) if photos.exists() else iter(())


def _check_file(path: Path, gallery: Gallery, threshold_bits: int) -> Verdict | None:
    """None for a file that is no picture and does not claim to be one."""
    try:
        frames = read_pictures(path)
    except UnreadablePictureError as error:
        if isinstance(error, UnknownFormatError) and not promises_picture(path):
            return None
        return _unreadable(str(error), threshold_bits)
    verdicts = check_photos(frames, gallery, threshold_bits=threshold_bits)
    return max(verdicts, key=lambda verdict: ("clean", "unchecked", "leak").index(verdict.status))


def _unreadable(reason: str, threshold_bits: int) -> Verdict:
    return Verdict(status="unchecked", check=CHECK, threshold=float(threshold_bits), reason=f"Not checked: {reason}.")


def _listed_photos(folder: Path) -> tuple[list[str], int]:
    """The files of the album's finished photos, and how many are not made; none for a folder that is no album."""
    index = folder / "album.json"
    if not index.is_file():
        return [], 0
    try:
        data = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise AlbumError(f"'{index}' cannot be read as JSON: is this an album folder?") from error
    album = parse_record(Album, data, what=f"album in '{index}'")
    done = [photo for photo in album.photos if photo.status == "done" and photo.file]
    not_made = sum(photo.status in {"pending", "failed"} for photo in album.photos)
    return [PurePosixPath(photo.file).as_posix() for photo in done], not_made
