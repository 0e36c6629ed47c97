"""Privacy and utility of several settings in one table, a row for each setting."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..record_base import Line, Record, Sha256, Text
from ..records import Album, PhotoRecord
from .distances import counted_share
from .record import Interval, Number, QualityReport, Share

NOT_CHECKED = "not checked"


class TradeoffRow(Record):
    """One setting: what leaked, how good it is, what it cost."""

    setting: Line
    albums: int = Field(ge=1)
    photos: int = Field(ge=1, description="planned photos of all albums")
    leaked: Interval | None = Field(
        default=None, description="share of checked photos in which a leak was found at any try; None: none was checked"
    )
    withheld: Share = Field(description="share of photos that are not released because they leaked")
    unchecked: Share = Field(description="share of released photos that no check has cleared")
    kid: Interval
    precision: Interval | None = None
    recall: Interval | None = None
    coverage: Interval | None = None
    vendi: Number
    utility: dict[str, Interval | None] = Field(
        default_factory=dict, description="by task: accuracy learned from synthetic / from as many real pictures"
    )
    tries: Number = Field(description="mean tries of a photo, re-synthesis included")
    seconds: Number | None = Field(default=None, description="of making one photo, where it was measured")


class TradeoffTable(Record):
    """Rows that may be compared: one encoder, one reference set, one k."""

    version: Literal[1] = 1
    encoder: Line
    encoder_sha256: Sha256
    reference: Sha256
    reference_pictures: int = Field(ge=2)
    k: int | None = None
    rows: list[TradeoffRow] = Field(min_length=1, max_length=200)
    notes: list[Text] = Field(default_factory=list, max_length=20)

    def header(self) -> list[str]:
        """Names of the columns of `to_text`."""
        tasks = [f"utility_{task}" for task in self._tasks()]
        return [
            "setting", "photos", "leaked", "withheld", "unchecked", "kid", "precision", "recall", "coverage", "vendi",
            *tasks, "tries", "seconds",
        ]  # fmt: skip

    def to_text(self) -> str:
        """For people: aligned columns, intervals in brackets, encoder and notes below."""
        table = [self.header(), *(self._shown(row) for row in self.rows)]
        widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
        ]
        lines.insert(1, "  ".join("-" * width for width in widths))
        neighbours = f", k = {self.k}" if self.k is not None else ""
        lines.append(
            f"Encoder {self.encoder} {self.encoder_sha256[:12]}, {self.reference_pictures} reference pictures"
            f"{neighbours}. Brackets: 95 % intervals."
        )
        return "\n".join([*lines, *self.notes]) + "\n"

    def to_csv(self) -> str:
        """For spreadsheets: plain numbers, each interval in three columns; empty where something was not measured."""
        tasks = [f"utility_{task}" for task in self._tasks()]
        spread = ["leaked", "kid", "precision", "recall", "coverage", *tasks]
        header = [
            "setting", "albums", "photos", "withheld", "unchecked", "vendi", "tries", "seconds",
            *(f"{name}{end}" for name in spread for end in ("", "_low", "_high")), "encoder", "encoder_sha256",
        ]  # fmt: skip
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in self.rows:
            plain = [row.albums, row.photos, row.withheld, row.unchecked, row.vendi, row.tries, row.seconds]
            intervals = [row.leaked, row.kid, row.precision, row.recall, row.coverage]
            intervals += [row.utility.get(task) for task in self._tasks()]
            ends = [end for found in intervals for end in _ends(found)]
            writer.writerow([_cell(row.setting), *plain, *ends, self.encoder, self.encoder_sha256])
        return file.getvalue()

    def to_json(self) -> str:
        """For programs."""
        return json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"

    def _tasks(self) -> list[str]:
        return list(dict.fromkeys(task for row in self.rows for task in row.utility))

    def _shown(self, row: TradeoffRow) -> list[str]:
        checked = _percent(row.leaked) if row.leaked else NOT_CHECKED
        return [
            row.setting, str(row.photos), checked, f"{row.withheld:.1%}", f"{row.unchecked:.1%}", _plain(row.kid, 3),
            _plain(row.precision, 2), _plain(row.recall, 2), _plain(row.coverage, 2), f"{row.vendi:.1f}",
            *(_plain(row.utility.get(task), 2) for task in self._tasks()),
            f"{row.tries:.2f}", "-" if row.seconds is None else f"{row.seconds:.2f}",
        ]  # fmt: skip


def tradeoff_row(
    setting: str, albums: Sequence[AlbumFolder], report: QualityReport, *, seconds: float | None = None
) -> TradeoffRow:
    """What one setting's albums say of leakage, beside their quality.

    Leakage is read from `album.json`. A photo that no check has looked at counts as unchecked, never as clean.

    Args:
        setting: its name in the table.
        albums: of this setting.
        report: of the same albums.
        seconds: of making one photo, if somebody measured it.

    Raises:
        AlbumError: an album cannot be read, or there is none.
    """
    read = [folder.read() for folder in albums]
    photos = [(album, photo) for album in read for photo in album.photos]
    if not photos:
        raise AlbumError(f"The setting '{setting}' has no albums: give at least one.")
    released = [photo for _, photo in photos if photo.status == "done"]
    checked = [pair for pair in photos if _was_checked(pair[1])]
    leaked = sum(_ever_leaked(album, photo) for album, photo in checked)
    manifold = report.manifold
    tasks = report.utility.tasks if report.utility else []
    return TradeoffRow(
        setting=setting,
        albums=len(read),
        photos=len(photos),
        leaked=counted_share(leaked, len(checked)) if checked else None,
        withheld=sum(photo.status == "withheld" for _, photo in photos) / len(photos),
        unchecked=sum(not _was_checked(photo) for photo in released) / max(1, len(released)),
        kid=report.kid,
        precision=manifold.precision if manifold else None,
        recall=manifold.recall if manifold else None,
        coverage=manifold.coverage if manifold else None,
        vendi=report.diversity.vendi,
        utility={task.task: task.utility for task in tasks},
        tries=sum(max(1, len(photo.attempts)) for _, photo in photos) / len(photos),
        seconds=seconds,
    )


def tradeoff_table(rows: Sequence[TradeoffRow], reports: Sequence[QualityReport]) -> TradeoffTable:
    """Put the rows of several settings side by side.

    Args:
        rows: of `tradeoff_row`.
        reports: of the same settings, in the same order.

    Raises:
        AlbumError: there are no rows, names repeat, or the settings were measured with different encoders, against
            different reference pictures or with different k, so that their numbers cannot be compared.
    """
    if not rows or len(rows) != len(reports):
        raise AlbumError("A table needs at least one setting, and a report for each: measure the settings first.")
    names = [row.setting for row in rows]
    if len(set(names)) < len(names):
        raise AlbumError(f"Two settings are called alike ({', '.join(names)}): give each a name of its own.")
    first = reports[0]
    for name, report in zip(names, reports, strict=True):
        _require_comparable(names[0], first, name, report)
    sizes = {row.photos for row in rows}
    notes = []
    if len(sizes) > 1:
        notes.append("The settings differ in their number of photos: compare KID, not precision, recall or coverage.")
    if any(row.leaked is None or row.unchecked for row in rows):
        notes.append(
            "Where photos were not checked, nothing is said about leakage: run the leakage check on all of them."
        )
    if any(report.frechet_biased for report in reports):
        notes.append("There are too few pictures for a Fréchet distance, so the table has KID; lower is nearer.")
    return TradeoffTable(
        encoder=first.encoder,
        encoder_sha256=first.encoder_sha256,
        reference=first.reference.digest,
        reference_pictures=first.reference.pictures,
        k=first.manifold.k if first.manifold else None,
        rows=list(rows),
        notes=notes,
    )


def _require_comparable(first_name: str, first: QualityReport, name: str, report: QualityReport) -> None:
    differences = {
        "encoders": (first.encoder_sha256, report.encoder_sha256),
        "reference pictures": (first.reference.digest, report.reference.digest),
        "k": (first.manifold and first.manifold.k, report.manifold and report.manifold.k),
    }
    for what, (one, other) in differences.items():
        if one != other:
            raise AlbumError(
                f"'{first_name}' and '{name}' were measured with different {what}, so their numbers cannot be "
                "compared: measure them again in one run."
            )


def _was_checked(photo: PhotoRecord) -> bool:
    return photo.status == "withheld" or (photo.verdict is not None and photo.verdict.status != "unchecked")


def _ever_leaked(album: Album, photo: PhotoRecord) -> bool:
    """Now, or at an earlier try that was redone."""
    decided = album.leakage.decisions if album.leakage else []
    now = photo.status == "withheld" or (photo.verdict is not None and photo.verdict.status == "leak")
    return now or any(step.photo == photo.number and step.kind is not None for step in decided)


def _ends(interval: Interval | None) -> list[float | None]:
    return [interval.value, interval.low, interval.high] if interval else [None, None, None]


def _plain(interval: Interval | None, digits: int) -> str:
    if interval is None:
        return "-"
    return f"{interval.value:.{digits}f} [{interval.low:.{digits}f}, {interval.high:.{digits}f}]"


def _percent(interval: Interval) -> str:
    return f"{interval.value:.1%} [{interval.low:.1%}, {interval.high:.1%}]"


def _cell(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
