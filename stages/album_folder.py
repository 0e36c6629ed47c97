"""The album on disk: `album.json` is the truth, photos and anchors lie beside it.

    <album>/album.json        plan, layout, cast, and one record for each photo
    <album>/photos/           <scene id>.png: named by the scene, so that inserting a photo renames no other
    <album>/anchors/          portraits and cast.safetensors
    <album>/reports/          what later stages write
    <album>/album.lock        held by the one process that writes; the system lets go of it when that process dies
    <album>.withheld/         photos that failed the leakage check; beside the album, so that sharing never sends them
    <album>.removed/          photos of scenes that are no longer in the plan; never deleted, and taken back from there

Whatever moment a crash picks, the folder opens again: files are replaced in one step, an `album.json` that cannot be
read is moved aside, and a photo counts as done only while its file has the bytes that its record names.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np

from .album_text import AlbumText, GarbledAlbumError, read_album
from .errors import AlbumBusyError, AlbumError
from .photo_file import decode_photo
from .records import Album, PhotoRecord
from .safe_files import (
    album_path,
    disk_errors_explained,
    file_digest,
    inner_path,
    is_reserved_on_windows,
    move_file,
    sweep_temporary_files,
    write_atomically,
)

__all__ = [
    "AlbumFolder",
    "AlbumWriter",
    "album_path",
    "disk_errors_explained",
    "photo_file_name",
    "plate_file_name",
    "portrait_file_name",
    "write_atomically",
]

ALBUM_FILE: Final = "album.json"
LOCK_FILE: Final = "album.lock"
PHOTOS: Final = "photos"
ANCHORS: Final = "anchors"
PAGE: Final = "index.html"
CONTACT_SHEET: Final = "contact_sheet.png"

_log = logging.getLogger(__name__)


def photo_file_name(scene_id: str) -> str:
    """Where the photo of a scene lies, relative to the album folder."""
    return f"{PHOTOS}/{_safe_stem(scene_id)}.png"


def portrait_file_name(character_id: str, index: int) -> str:
    """Where a portrait of a character lies, relative to the album folder; `index` counts from 0."""
    return f"{ANCHORS}/{_safe_stem(character_id)}{f'~{index + 1}' if index else ''}.png"


def plate_file_name(environment_id: str) -> str:
    """Where the plate of a place lies, relative to the album folder; no character's portrait can have that name."""
    return f"{ANCHORS}/place~{_safe_stem(environment_id)}.png"


class AlbumFolder:
    """One album on disk. Reading needs no lock; writing goes through `writing()`, one process at a time."""

    def __init__(self, path: Path | str) -> None:
        self.path: Final = Path(path).absolute()

    def __repr__(self) -> str:
        return f"AlbumFolder({str(self.path)!r})"

    def exists(self) -> bool:
        """Whether there is an album.json."""
        with disk_errors_explained("read", self.path):
            return (self.path / ALBUM_FILE).is_file()

    def read(self) -> Album:
        """Read album.json.

        Raises:
            AlbumError: there is none, it cannot be read, or a newer version of the pack wrote it.
        """
        file = self.path / ALBUM_FILE
        try:
            return read_album(file)
        except GarbledAlbumError as error:
            raise AlbumError(
                f"{file} cannot be understood: {error}. Run the album again: finished photos are recognised and kept."
            ) from error

    def read_bytes(self, relative: str) -> bytes | None:
        """One file of the album, or None where there is none.

        Raises:
            AlbumError: the path leaves the folder, or the file cannot be read.
        """
        path = inner_path(self.path, relative)
        with disk_errors_explained("read", path):
            return path.read_bytes() if path.is_file() else None

    def photo_path(self, record: PhotoRecord) -> Path:
        """The file of a photo.

        Raises:
            AlbumError: the photo has no file, or the record names one outside the album folder.
        """
        if record.status != "done" or not record.file:
            raise AlbumError(f"Photo {record.number} (scene '{record.scene}') is {record.status} and has no file.")
        return inner_path(self.path, record.file)

    def photo_bytes(self, record: PhotoRecord) -> bytes:
        """The PNG file of a photo, only if it is still the one that was made.

        Raises:
            AlbumError: the photo has no file, the file is gone, or it has other bytes than its record says.
        """
        path = self.photo_path(record)
        with disk_errors_explained("read", path):
            data = path.read_bytes()
        if record.sha256 is not None and file_digest(data) != record.sha256:
            raise AlbumError(
                f"Photo {record.number} (scene '{record.scene}'): {path} was changed since it was made. "
                "Run the album again to make it anew, or put the old file back."
            )
        return data

    def load_photo(self, record: PhotoRecord) -> np.ndarray:
        """The pixels of a photo, (height, width, 3) uint8.

        Raises:
            AlbumError: as `photo_bytes`, or the file is not a picture.
        """
        return decode_photo(self.photo_bytes(record))

    def state_token(self) -> str:
        """A short text that changes whenever album.json, the photo files or the exported files come, go or change."""
        digest = hashlib.sha256()
        with disk_errors_explained("look at", self.path):
            for file in (self.path / ALBUM_FILE, *sorted(_pngs(self.path / PHOTOS))):
                if file.is_file():
                    status = file.stat()
                    digest.update(f"{file.name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
            exported = [name for name in (PAGE, CONTACT_SHEET) if (self.path / name).is_file()]
            digest.update(" ".join(exported).encode())  # they are written after every change of the rest
        return digest.hexdigest()[:32]

    @contextmanager
    def writing(self) -> "Iterator[AlbumWriter]":
        """Hold the album for writing; the folder is made if need be.

        What earlier writers left half-written is swept away, and an album.json that cannot be understood is moved
        to album.json.broken-1, -2 ….

        Raises:
            AlbumBusyError: another process (or another block of this one) is writing it.
            AlbumError: the folder cannot be written, holds other files under an album's names, or a newer version of
                the pack wrote the album.
        """
        from filelock import FileLock, Timeout

        _refuse_foreign_folder(self.path)
        with disk_errors_explained("make the album folder", self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(inner_path(self.path, LOCK_FILE), timeout=0)
        with disk_errors_explained("write in the album folder", self.path):
            try:
                lock.acquire()
            except Timeout as error:
                raise AlbumBusyError(
                    f"The album {self.path} is being written by another run. "
                    "Wait for it, stop it, or choose another album name."
                ) from error
        try:
            with disk_errors_explained("clean up", self.path):
                sweep_temporary_files(self.path)
            yield AlbumWriter(self, _read_or_move_aside(self.path / ALBUM_FILE))
        finally:
            lock.release()

    def update(self, album: Album) -> None:
        """Replace album.json; for callers that write nothing else. Raises as `writing`."""
        with self.writing() as writer:
            writer.save(album)

    def write_bytes(self, relative: str, data: bytes) -> Path:
        """Write one file of the album; for callers that write nothing else. Raises as `writing`."""
        with self.writing() as writer:
            return writer.write_bytes(relative, data)

    def write_text(self, relative: str, text: str) -> Path:
        """Write one UTF-8 file of the album; for callers that write nothing else. Raises as `writing`."""
        return self.write_bytes(relative, text.encode("utf-8"))


class AlbumWriter:
    """The right to change an album, from `AlbumFolder.writing()`."""

    def __init__(self, folder: AlbumFolder, stored: Album | None) -> None:
        self.folder: Final = folder
        self.stored = stored  # what album.json says; None in a new folder, and where it could not be understood
        self._text = AlbumText()

    @property
    def album(self) -> Album:
        """What album.json says.

        Raises:
            AlbumError: there is no album here yet.
        """
        if self.stored is None:
            raise AlbumError(f"There is no album in {self.folder.path} yet: render one there first.")
        return self.stored

    def save(self, album: Album) -> None:
        """Replace album.json in one step.

        Raises:
            AlbumError: the disk refuses; the old album.json is untouched.
        """
        write_atomically(self.folder.path / ALBUM_FILE, self._text.of(album))
        self.stored = album

    def write_bytes(self, relative: str, data: bytes) -> Path:
        """Write one file in one step.

        Args:
            relative: path in the album folder with forward slashes, e.g. "reports/leakage.json".
            data: its content.

        Raises:
            AlbumError: the path leaves the folder, is the lock or album.json itself, or the disk refuses.
        """
        if relative.lower() in {ALBUM_FILE, LOCK_FILE}:
            raise AlbumError(f"'{relative}' is the album's own file and is written by `save` alone.")
        path = inner_path(self.folder.path, relative)
        write_atomically(path, data)
        return path

    def write_text(self, relative: str, text: str) -> Path:
        """Write one UTF-8 file in one step. Raises as `write_bytes`."""
        return self.write_bytes(relative, text.encode("utf-8"))

    def remove(self, relative: str) -> None:
        """Delete one file; nothing happens if it is not there.

        Raises:
            AlbumError: the path leaves the folder, or the disk refuses.
        """
        path = inner_path(self.folder.path, relative)
        with disk_errors_explained("delete", path):
            path.unlink(missing_ok=True)

    def withhold(self, record: PhotoRecord) -> PhotoRecord:
        """Move a photo to the quarantine beside the album folder, `<album>.withheld/`.

        The move comes before the new record is saved: should a crash come between them, the quarantine itself tells
        the next run that this photo is withheld. Who deletes the file there lets the photo be made and checked again.

        Returns:
            The record as it is now, status "withheld" and no file. The caller saves it.

        Raises:
            AlbumError: the photo has no file, or it cannot be moved.
        """
        source = self.folder.photo_path(record)
        self._move_beside(source, "withheld", _aside_name(record.scene, record.fingerprint or "unknown"))
        return record.model_copy(update={"status": "withheld", "file": ""})

    def was_withheld(self, scene_id: str, fingerprint: str) -> bool:
        """Whether exactly this photo lies in the quarantine, also where album.json has forgotten it."""
        path = _beside(self.folder.path, "withheld") / _aside_name(scene_id, fingerprint)
        with disk_errors_explained("look at", path):
            return path.exists()

    def withhold_anchor(self, relative: str) -> None:
        """Move a portrait or the cast's file to the quarantine, if it is there; the next render makes it anew.

        Args:
            relative: path in the album folder, e.g. "anchors/ana.png".

        Raises:
            AlbumError: the path leaves the folder, or the file cannot be moved.
        """
        source = inner_path(self.folder.path, relative)
        with disk_errors_explained("read", source):
            data = source.read_bytes() if source.is_file() else None
        if data is not None:
            self._move_beside(source, "withheld", f"{source.stem}-{file_digest(data)[:24]}{source.suffix}")

    def set_aside(self, scene_id: str, mark: str) -> None:
        """Move a scene's photo file to `<album>.removed/`, if there is one.

        Args:
            scene_id: whose.
            mark: tells several photos of one scene apart: the fingerprint, or why it was put there.

        Raises:
            AlbumError: it cannot be moved.
        """
        source = inner_path(self.folder.path, photo_file_name(scene_id))
        if source.is_file():
            self._move_beside(source, "removed", _aside_name(scene_id, mark))

    def take_back(self, scene_id: str, mark: str) -> None:
        """Undo `set_aside`: move that photo file from `<album>.removed/` to the scene's place.

        Raises:
            AlbumError: it is not there, or it cannot be moved.
        """
        source = self._removed_path(scene_id, mark)
        target = inner_path(self.folder.path, photo_file_name(scene_id))
        with disk_errors_explained(f"move {source} to", target):
            target.parent.mkdir(exist_ok=True)
            move_file(source, target)

    def read_removed(self, scene_id: str, mark: str) -> bytes | None:
        """What `set_aside` put in `<album>.removed/` under that mark, or None."""
        path = self._removed_path(scene_id, mark)
        with disk_errors_explained("read", path):
            return path.read_bytes() if path.is_file() else None

    def _removed_path(self, scene_id: str, mark: str) -> Path:
        return _beside(self.folder.path, "removed") / _aside_name(scene_id, mark)

    def _move_beside(self, source: Path, kind: str, name: str) -> None:
        target_folder = _beside(self.folder.path, kind)
        if target_folder.is_symlink():
            raise AlbumError(f"{target_folder} is a symbolic link: put a real folder there, photos are moved into it.")
        with disk_errors_explained(f"move {source.name} to", target_folder):
            target_folder.mkdir(exist_ok=True)
            move_file(source, target_folder / name)


def _refuse_foreign_folder(path: Path) -> None:
    """A folder that was never an album may hold files of the user under the names that an album writes."""
    with disk_errors_explained("look at", path):
        ours = (ALBUM_FILE, LOCK_FILE, f"{ALBUM_FILE}.broken-1")
        if any((path / name).exists() for name in ours):
            return
        taken = [name for name in (PAGE, CONTACT_SHEET) if (path / name).is_file() and not (path / name).is_symlink()]
    if taken:
        raise AlbumError(
            f"{path} is no album, but has a '{taken[0]}' that an album would overwrite: choose another folder."
        )


def _read_or_move_aside(file: Path) -> Album | None:
    with disk_errors_explained("read", file):
        if not file.exists():
            return None
    try:
        return read_album(file)
    except GarbledAlbumError as error:
        with disk_errors_explained("move aside", file):
            number = 1
            while (aside := file.with_name(f"{file.name}.broken-{number}")).exists():
                number += 1
            move_file(file, aside)
        _log.warning("%s could not be understood and was moved to %s: %s", file, aside.name, error)
        return None


def _beside(path: Path, kind: str) -> Path:
    resolved = path.resolve()
    if not resolved.name:
        raise AlbumError(f"{path} is the root of a disk and cannot be an album: choose a folder in it.")
    return resolved.with_name(f"{resolved.name}.{kind}")


def _safe_stem(item_id: str) -> str:
    # "~" cannot occur in an id, so the changed name meets no other's.
    return f"{item_id}~" if is_reserved_on_windows(item_id) else item_id


def _aside_name(scene_id: str, mark: str) -> str:
    return f"{_safe_stem(scene_id)}-{mark[:24]}.png"


def _pngs(folder: Path) -> list[Path]:
    return list(folder.glob("*.png"))
