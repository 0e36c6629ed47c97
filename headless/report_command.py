"""`synthetic-albums report`: what is known of an album's leakage, written into its folder and printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

EXIT_CODES = {"clean": 0, "withheld": 1, "leak": 1, "unchecked": 2}


def add_report(commands: Any, run: Callable[[Any], int]) -> None:
    """Add the command to the parser."""
    report = commands.add_parser(
        "report",
        help="write and print the leakage report of an album",
        description="Writes reports/leakage.html and reports/leakage.json into an album's folder and prints the "
        "report. It checks nothing itself: run the check first.",
        epilog="Exit codes: 0 clean, 1 leaks were found (withheld or not), 2 not checked, or no report was written.",
    )
    report.set_defaults(command=run)
    report.add_argument("folder", type=Path, metavar="ALBUM_FOLDER", help="the folder with album.json")
    report.add_argument("--json", action="store_true", help="print the report as JSON")


def write_report(folder: Path, *, as_json: bool) -> tuple[str, int]:
    """Write the report of an album.

    Args:
        folder: of the album.
        as_json: whether to print it as it is in leakage.json, or in words.

    Returns:
        What to print, and the exit code.

    Raises:
        AlbumError: the folder is no album, or the report cannot be written.
    """
    from ..stages.album_folder import AlbumFolder
    from ..stages.leakage.report import report_text, write_leakage_report

    written = write_leakage_report(AlbumFolder(folder))
    report = written.parts.report
    shown = report.model_dump_json(indent=2) if as_json else f"{report_text(report)}\n\n{written.page}"
    return shown, EXIT_CODES[report.outcome]
