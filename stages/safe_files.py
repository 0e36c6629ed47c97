"""Files that are never half-written, names that never leave their folder, and disk errors that say what to do."""

import errno
import hashlib
import os
import secrets
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from .errors import AlbumError

TEMPORARY_SUFFIX: Final = ".album-tmp"
MAX_PART_BYTES: Final = 120  # file systems allow 255; the rest is for the suffixes that are added to a name
MAX_NAME_PARTS: Final = 8

FileStates = frozenset[tuple[str, int, int]]

_RESERVED_ON_WINDOWS = frozenset(
    {"con", "prn", "aux", "nul", "clock$", *(f"{name}{digit}" for name in ("com", "lpt") for digit in "123456789")}
)
_REMEDIES = {
    errno.ENOSPC: "the disk is full. Free some space and run again; everything that was finished is kept",
    errno.EDQUOT: "your disk quota is used up. Free some space and run again; everything that was finished is kept",
    errno.EACCES: "writing or reading there is not allowed. Choose another folder or change its permissions",
    errno.EPERM: "writing or reading there is not allowed. Choose another folder or change its permissions",
    errno.EROFS: "it is on a read-only disk. Choose another folder",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    errno.ENOTDIR: "a part of it is a file and not a folder. Choose another folder or move that file away",
    errno.EEXIST: "it is a file and not a folder. Choose another folder or move that file away",
    errno.EISDIR: "there is a folder where a file belongs. Move that folder away and run again",
    errno.ELOOP: "it is a symbolic link that cannot be followed. Put a real folder there",
}


@contextmanager
def disk_errors_explained(doing: str, path: Path) -> Iterator[None]:
    """Turn what the disk refuses inside the block into an AlbumError that names the path and the remedy.

    Args:
        doing: what was tried, e.g. "write".
        path: what it was tried on.

    Raises:
        AlbumError: the block raised an OSError, or a ValueError for a path that no disk can hold (a NUL character).
    """
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(
            error.errno or 0, f"the system says: {error.strerror or error}. Check the disk, run again"
        )
        raise AlbumError(f"Cannot {doing} {path}: {remedy}.") from error
    except ValueError as error:
        raise AlbumError(f"Cannot {doing} {str(path)!r}: {error}. Choose another name.") from error


def file_states(paths: Iterable[Path]) -> FileStates:
    """Paths, sizes and times of the last change of those that are there: they tell whether one was changed.

    Raises:
        OSError: one of them may not be looked at.
    """
    states = ((path, path.stat()) for path in paths if path.is_file())
    return frozenset((str(path), state.st_size, state.st_mtime_ns) for path, state in states)


def inner_path(root: Path, relative: str) -> Path:
    """The path of something inside `root`, never outside it, also not through symbolic links.

    Args:
        root: the folder.
        relative: forward slashes, e.g. "photos/s1.png".

    Raises:
        AlbumError: `relative` is empty, absolute, has "..", a backslash, a drive or a control character, or leads
            over a symbolic link out of the folder.
    """
    parts = PurePosixPath(relative).parts
    odd = any(character in '\\:*?"<>|' or not character.isprintable() for character in relative)
    if not parts or odd or relative.startswith("/") or ".." in parts:
        raise AlbumError(f"{relative!r:.200} is not a path inside the album folder {root}: use e.g. 'photos/name.png'.")
    target = root.joinpath(*parts)
    with disk_errors_explained("look at", target):
        inside = target.parent.resolve().is_relative_to(root.resolve()) and not target.is_symlink()
    if not inside:
        raise AlbumError(
            f"{target} leads out of the album folder over a symbolic link, and is left alone. "
            "Put a real file or folder there, or choose another album folder."
        )
    return target


def write_atomically(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace a file so that at every moment either the old or the new content is there, also after a power cut.

    Missing folders are made. On an error the old content stays and nothing else is left behind.

    Args:
        target: the file.
        data: all of it, or one part after another where it is larger than memory should hold.

    Raises:
        AlbumError: the disk refuses (full, read-only, name too long, not a folder …).
    """
    temporary = target.with_name(f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")
    with disk_errors_explained("write", target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            # "x" refuses what is already there, so that nobody can lay a link in the way.
            with temporary.open("xb") as file:
                for part in (data,) if isinstance(data, bytes) else data:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            move_file(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)


def move_file(source: Path, target: Path) -> None:
    """Rename within one disk, replacing the target, and make the rename itself survive a power cut."""
    for last_try in (False, False, False, False, True):
        try:
            os.replace(source, target)
            break
        except PermissionError:
            if os.name != "nt" or last_try:
                raise
            time.sleep(0.05)  # Windows refuses while a viewer or virus scanner has the target open
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep_temporary_files(root: Path) -> int:
    """Delete what writers that were killed left half-written in a folder and its direct sub-folders.

    Only for who holds the lock. Symbolic links are not followed.

    Returns:
        How many files that were.
    """
    folders = [root]
    with os.scandir(root) as entries:
        folders += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    stale = [path for folder in folders for path in folder.glob(f".*{TEMPORARY_SUFFIX}")]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def file_digest(data: bytes) -> str:
    """The SHA-256 of a file's content, as lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def album_path(base: Path, name: str) -> Path:
    """Turn an album's name, which anybody may have typed, into a folder strictly inside `base`.

    Letters and digits of all scripts, spaces, "-" and "_" stay; other characters become "-". "trips/2026" makes a
    folder in a folder. Nothing is created. Two names that differ only in replaced characters give the same folder.

    Args:
        base: where albums may be written.
        name: what the user calls the album.

    Raises:
        AlbumError: nothing is left of the name, it is absolute, has "." or ".." parts, a backslash or a drive, is
            reserved on Windows, too long or too deep, or leads out of `base` over a symbolic link.
    """
    hint = "Choose a name like 'summer 2026' or 'trips/alps'."
    if not name.strip():
        raise AlbumError(f"The album name is empty. {hint}")
    if name.startswith("/") or "\\" in name or (len(name) > 1 and name[1] == ":"):
        raise AlbumError(f"The album name {name!r:.100} is a path of its own; it must be a name inside {base}. {hint}")
    raw_parts = name.split("/")
    if len(raw_parts) > MAX_NAME_PARTS:
        raise AlbumError(
            f"The album name has {len(raw_parts)} folders in it, at most {MAX_NAME_PARTS} are made. {hint}"
        )
    folder = base.joinpath(*(_folder_name(part, hint) for part in raw_parts))
    with disk_errors_explained("look at", folder):
        if not folder.resolve().is_relative_to(base.resolve()):
            raise AlbumError(f"The album name {name!r:.100} leads out of {base} over a symbolic link. {hint}")
    return folder


def is_reserved_on_windows(name: str) -> bool:
    """Whether Windows takes the name for a device, whatever its extension."""
    return name.split(".")[0].strip().lower() in _RESERVED_ON_WINDOWS


def _folder_name(part: str, hint: str) -> str:
    kept = []
    for character in unicodedata.normalize("NFC", part):
        if character in " -_" or unicodedata.category(character)[0] in "LNM":
            kept.append(character)
        elif unicodedata.category(character) != "Cf" and kept and kept[-1] != "-":  # Cf: invisible, also bidirectional
            kept.append("-")
    cleaned = "".join(kept).strip(" -")
    if not cleaned:
        raise AlbumError(f"Nothing that can name a folder is left of {part!r:.100} in the album name. {hint}")
    if is_reserved_on_windows(cleaned):
        raise AlbumError(f"'{cleaned}' is a device on Windows and cannot name an album. {hint}")
    if len(cleaned.encode("utf-8")) > MAX_PART_BYTES:
        raise AlbumError(f"The album name '{cleaned:.40}…' is too long: at most {MAX_PART_BYTES} bytes a part. {hint}")
    return cleaned
