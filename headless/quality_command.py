"""`synthetic-albums quality`: one setting in full, or several side by side."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..stages.errors import AlbumError

if TYPE_CHECKING:
    from ..stages.encoders import PictureEncoder
    from ..stages.quality import QualityReport, TradeoffTable

FORMATS: Final = ("text", "json", "csv")


@dataclass(frozen=True)
class QualityChoices:
    """What the command line asks for.

    settings: folders, each "FOLDER" or "NAME=FOLDER". reference: folder of real pictures. real: folder of reference
    albums for the utility probe, None to leave it out. k, seed: as for `measure_quality`. seconds: of making one
    photo, by setting name.
    """

    settings: tuple[str, ...]
    reference: Path
    real: Path | None = None
    k: int = 5
    seed: int = 0
    seconds: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class QualityResult:
    """What was measured: a report for each setting, and the table of them."""

    reports: "dict[str, QualityReport]"
    table: "TradeoffTable"

    def shown(self, form: str) -> str:
        """As text, JSON or CSV. As text, one setting is told in full, several as the table."""
        from ..stages.quality import quality_text, report_json

        if form == "csv":
            return self.table.to_csv()
        if form == "json":
            reports = {name: json.loads(report_json(report)) for name, report in self.reports.items()}
            whole = {"table": json.loads(self.table.to_json()), "reports": reports}
            return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
        if len(self.reports) > 1:
            return self.table.to_text()
        return "".join(f"{quality_text(report)}\n" for report in self.reports.values())


def measure_settings(
    choices: QualityChoices,
    encoder: "PictureEncoder",
    *,
    on_progress: Callable[[str, int, int], None] = lambda setting, done, total: None,
) -> QualityResult:
    """Measure every setting against the same reference pictures.

    Args:
        choices: of the command line.
        encoder: of whole pictures.
        on_progress: called with the setting, pictures looked at, and about how many there are.

    Raises:
        AlbumError: a name or number does not fit, a folder holds no album, or as `measure_quality`.
    """
    from ..stages.quality import Question, find_albums, measure_quality, tradeoff_row, tradeoff_table
    from ..stages.story import TARGET_MIX

    named = _named(choices.settings)
    seconds = _seconds(choices.seconds, named)
    real = tuple(find_albums(choices.real)) if choices.real is not None else ()
    reports: dict[str, QualityReport] = {}
    rows = []
    for name, folder in named.items():
        albums = find_albums(folder)
        question = Question(
            albums=albums,
            reference=choices.reference,
            encoder=encoder,
            k=choices.k,
            seed=choices.seed,
            real=real,
            mix=TARGET_MIX,
        )
        reports[name] = measure_quality(
            question, on_progress=lambda done, total, name=name: on_progress(name, done, total)
        )
        rows.append(tradeoff_row(name, albums, reports[name], seconds=seconds.get(name)))
    return QualityResult(reports, tradeoff_table(rows, list(reports.values())))


def add_quality(commands: Any, run: Callable[[Any], int]) -> None:
    """Add the command to the parser."""
    quality = commands.add_parser(
        "quality",
        help="measure albums beside reference pictures",
        description="Compares the photos of albums with a folder of reference pictures: KID, precision, recall, "
        "coverage, diversity, the cast, and, with --real, what a classifier learns from them. Several settings become "
        "one table of leakage, quality and cost. Needs the extra `quality`.",
        epilog="Exit codes: 0 measured, 2 could not be measured.",
    )
    quality.set_defaults(command=run)
    quality.add_argument(
        "settings", nargs="+", metavar="[NAME=]FOLDER", help="an album or a folder of albums; one for each setting"
    )
    quality.add_argument(
        "--reference", type=Path, required=True, metavar="DIR", help="pictures, or albums, that they should resemble"
    )
    quality.add_argument("--real", type=Path, metavar="DIR", help="reference albums for the utility probe (at least 6)")
    quality.add_argument(
        "--encoder",
        type=Path,
        metavar="DIR",
        help="a CLIP, SigLIP or DINO folder (default: the small built-in encoder, which does not judge realism)",
    )
    quality.add_argument(
        "--k", type=int, default=5, metavar="K", help="neighbours of precision and recall (default: 5)"
    )
    quality.add_argument("--seed", type=int, default=0, metavar="S", help="of resamples and splits (default: 0)")
    quality.add_argument(
        "--seconds", action="append", default=[], metavar="NAME=S", help="seconds that a photo of a setting took"
    )
    quality.add_argument("--format", choices=FORMATS, default="text", help="what is printed (default: text)")


def _named(settings: Sequence[str]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for text in settings:
        name, equals, folder = text.partition("=")
        path = Path(folder if equals else name)
        name = name if equals else path.resolve().name
        if not name or not str(path) or (equals and not folder):
            raise AlbumError(f"'{text}' is not a setting: write FOLDER, or NAME=FOLDER.")
        if name in named:
            raise AlbumError(f"Two settings are called '{name}': write NAME=FOLDER to tell them apart.")
        named[name] = path
    return named


def _seconds(texts: Sequence[str], named: dict[str, Path]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if name not in named or not 0 <= value < float("inf"):
            raise AlbumError(f"--seconds '{text}' does not fit: write NAME=SECONDS with the name of a setting.")
        found[name] = value
    return found
