"""Has a folder of private pictures changed since it was read?"""

import hashlib
from pathlib import Path

from .pictures import list_files


def folder_state(folder: Path) -> str:
    """A short text that changes whenever a file below the folder comes, goes, or gets another size or time.

    Reads no file's content, and nothing can be learned of the names from it.

    Args:
        folder: what `build_gallery` reads.

    Raises:
        AlbumError: the folder, or one inside it, is missing or may not be read.
    """
    digest = hashlib.sha256()
    for path in list_files(folder):
        try:
            status = path.stat()
            mark = f"{status.st_size}\0{status.st_mtime_ns}"
        except OSError:  # a dangling link: its name alone counts
            mark = "unreadable"
        digest.update(f"{path.relative_to(folder)}\0{mark}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]
