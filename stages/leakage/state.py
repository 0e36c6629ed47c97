"""Has a folder of private pictures changed since it was read?"""

import hashlib
from pathlib import Path

from ..picture_files import list_files


def folder_state(folder: Path) -> str:
    """A short text that changes whenever a file below the folder comes, goes, or gets another size or time.

    Reads no file's content, and nothing can be learned of the names from it.

    Args:
        folder: what `build_gallery` reads.

    Raises:
        AlbumError: the folder, or one inside it, is missing or may not be read.
    """
    return scan_folder(folder)[0]


def scan_folder(folder: Path) -> tuple[str, int]:
    """The folder's state, see `folder_state`, and how many visible files lie in it."""
    digest = hashlib.sha256()
    files = 0
    for path in list_files(folder):
        try:
            status = path.stat()
            mark = f"{status.st_size}\0{status.st_mtime_ns}"
        except OSError:  # a dangling link: its name alone counts
            mark = "unreadable"
        digest.update(f"{path.relative_to(folder)}\0{mark}\0".encode("utf-8", "surrogateescape"))
        files += 1
    return digest.hexdigest()[:32], files


def file_mark(folder: Path, path: Path) -> bytes | None:
    """A hash of a file's place below the folder, size, and times of writing and of change; None if it is gone.

    A file with the mark of an earlier run need not be opened again: whoever writes to it changes one of these.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    place = path.relative_to(folder).as_posix()
    told = f"{place}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ctime_ns}"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).digest()
