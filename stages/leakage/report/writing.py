"""Writing the report into the album folder: both files or neither."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from ...album_folder import AlbumFolder, AlbumWriter
from ...errors import AlbumError
from ...safe_files import disk_errors_explained, inner_path, move_file
from .build import ReportParts, build_report
from .page import report_page

PAGE_FILE: Final = "reports/leakage.html"
JSON_FILE: Final = "reports/leakage.json"

_NEW: Final = ".new"


@dataclass(frozen=True, eq=False)
class WrittenReport:
    """Where the report lies, and what it is made of."""

    page: Path
    parts: ReportParts


def write_leakage_report(
    folder: AlbumFolder, *, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc).replace(microsecond=0)
) -> WrittenReport:
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
        page = report_page(parts.report, parts.thumbnails).encode("utf-8")
        data = (parts.report.model_dump_json(indent=1) + "\n").encode("utf-8")
        _replace_both(writer, {PAGE_FILE: page, JSON_FILE: data})
    return WrittenReport(folder.path / PAGE_FILE, parts)


def _replace_both(writer: AlbumWriter, files: dict[str, bytes]) -> None:
    """Write all files beside the old ones first: a disk that is full then leaves the old ones alone."""
    try:
        for relative, data in files.items():
            writer.write_bytes(relative + _NEW, data)
    except AlbumError:
        for relative in files:
            writer.remove(relative + _NEW)
        raise
    for relative in files:
        source, target = (inner_path(writer.folder.path, name) for name in (relative + _NEW, relative))
        with disk_errors_explained("write", target):
            move_file(source, target)
