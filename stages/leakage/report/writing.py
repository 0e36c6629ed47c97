"""Writing a report, into an album's folder or one of its own: both files or neither."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ...album_folder import ALBUM_FILE, AlbumFolder
from ...errors import AlbumError
from ...safe_files import disk_errors_explained, inner_path, move_file, write_atomically
from .build import build_report
from .page import report_page
from .parts import Clock, ReportParts, now_in_seconds

PAGE_FILE: Final = "reports/leakage.html"
JSON_FILE: Final = "reports/leakage.json"

_NEW: Final = ".new"


@dataclass(frozen=True, eq=False)
class WrittenReport:
    """Where the report lies, and what it is made of."""

    page: Path
    parts: ReportParts


def write_leakage_report(folder: AlbumFolder, *, now: Clock = now_in_seconds) -> WrittenReport:
    """Write `reports/leakage.html` and `reports/leakage.json`. Checks and changes nothing else.

    An album that was never checked gets a report too, whose headline says so.

    Args:
        folder: of an album.
        now: the time that the report is dated with.

    Raises:
        AlbumError: the folder is no album, or the disk refuses: then an earlier report stays as it was.
        AlbumBusyError: another run is writing this album.
    """
    if not folder.exists():
        raise AlbumError(f"There is no album in {folder.path}: give the folder of an album, with its album.json.")
    with folder.writing() as writer:
        parts = build_report(folder, now=now)
        _write_both(writer.folder.path, parts)
    return WrittenReport(folder.path / PAGE_FILE, parts)


def write_audit_report(folder: Path, parts: ReportParts) -> WrittenReport:
    """Write the report of an audit into `reports/` of a folder of its own, in the place of an earlier one.

    Args:
        folder: is made where it is not there.
        parts: of `audit_report`.

    Raises:
        AlbumError: the folder is an album, whose reports are another's, or the disk refuses: then an earlier report
            stays as it was.
    """
    if (folder / ALBUM_FILE).exists():
        raise AlbumError(f"{folder} is an album with reports of its own: give the audit's report another name.")
    _write_both(folder, parts)
    return WrittenReport(folder / PAGE_FILE, parts)


def _write_both(root: Path, parts: ReportParts) -> None:
    """Write all files beside the old ones first: a disk that is full then leaves the old ones alone."""
    page = report_page(parts.report, parts.thumbnails).encode("utf-8")
    data = (parts.report.model_dump_json(indent=1) + "\n").encode("utf-8")
    files = {PAGE_FILE: page, JSON_FILE: data}
    try:
        for relative, content in files.items():
            write_atomically(inner_path(root, relative + _NEW), content)
    except AlbumError:
        for relative in files:
            path = inner_path(root, relative + _NEW)
            with disk_errors_explained("delete", path):
                path.unlink(missing_ok=True)
        raise
    for relative in files:
        source, target = (inner_path(root, name) for name in (relative + _NEW, relative))
        with disk_errors_explained("write", target):
            move_file(source, target)
