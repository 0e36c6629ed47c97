"""`synthetic-albums calibrate`: thresholds of an encoder from the user's own pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from ..stages.errors import AlbumError

if TYPE_CHECKING:
    from ..stages.encoders import FolderCalibration, PersonEncoder, PictureEncoder, Rate

BUILTIN: Final = "builtin"
LooksAt = Literal["people", "pictures"]
_FILE: Final = "calibration.json"
_SKIPPED_SHOWN: Final = 20


@dataclass(frozen=True)
class CalibrationChoices:
    """What the command line asks for.

    folder: of the pictures. encoder: "builtin", or the folder of an encoder. looks_at: of the built-in encoder; others
    say it themselves. out: the file, or a folder for calibration.json; None for beside the encoder.
    """

    folder: Path
    encoder: str
    looks_at: LooksAt = "pictures"
    out: Path | None = None
    seed: int = 0


def add_calibrate(commands: Any, run: Callable[[Any], int]) -> None:
    """Add the command to the parser."""
    calibrate = commands.add_parser(
        "calibrate",
        help="measure at which similarity an encoder says the same, and how often it errs",
        description="Measures the thresholds of an encoder for 1 %, 0.1 % and 0.01 % of false matches, as far as "
        "the pictures allow, with the share of misses and 95 % intervals, and writes them where the leakage check "
        "finds them. For an encoder of people the folder has one sub-folder of pictures for each person; for one of "
        "whole pictures it holds any different pictures, and copies of them are made.",
        epilog="Exit codes: 0 written, 2 could not be calibrated.",
    )
    calibrate.set_defaults(command=run)
    calibrate.add_argument("folder", type=Path, metavar="FOLDER", help="pictures, or sub-folders of pictures of people")
    calibrate.add_argument(
        "--encoder", required=True, metavar="NAME", help="the folder of a vision model or of a face pack; or builtin"
    )
    calibrate.add_argument(
        "--looks-at",
        choices=("people", "pictures"),
        default="pictures",
        help="which of the built-in encoders (default: pictures)",
    )
    calibrate.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write (default: calibration.json beside the encoder)"
    )
    calibrate.add_argument("--seed", type=int, default=0, metavar="S", help="of the copies and of the intervals")


def calibrate_encoder(choices: CalibrationChoices) -> tuple[Path, "FolderCalibration"]:
    """Calibrate, and write the file.

    Returns:
        Where it lies, and what was measured.

    Raises:
        AlbumError: the encoder or the pictures cannot be used, there are too few, or the file cannot be written.
    """
    from ..stages.encoders import calibrate_people_folder, calibrate_picture_folder, save_calibrations

    out = _target(choices)
    encoder = chosen_encoder(choices.encoder, choices.looks_at)
    try:
        if encoder.facts.looks_at == "person":
            found = calibrate_people_folder(encoder, choices.folder, seed=choices.seed)  # type: ignore[arg-type]
        else:
            found = calibrate_picture_folder(encoder, choices.folder, seed=choices.seed)  # type: ignore[arg-type]
    finally:
        encoder.close()
    save_calibrations(out, found.calibrations)
    return out, found


def chosen_encoder(name: str, looks_at: LooksAt) -> "PictureEncoder | PersonEncoder":
    """The built-in encoder, or that of a folder: with ONNX files a face pack, else a vision model.

    Raises:
        AlbumError: the folder holds neither.
    """
    from ..stages.encoders import (
        builtin_person_encoder,
        builtin_picture_encoder,
        face_encoder_from_folder,
        holds_face_pack,
        picture_encoder_from_folder,
    )

    if name == BUILTIN:
        return builtin_person_encoder() if looks_at == "people" else builtin_picture_encoder()
    folder = Path(name)
    return face_encoder_from_folder(folder) if holds_face_pack(folder) else picture_encoder_from_folder(folder)


def calibration_text(path: Path, found: "FolderCalibration") -> str:
    """What was measured, for people: a line for each threshold, then what was left out."""
    lines = [_heading(found)]
    for calibration in found.calibrations:
        lines.append(f"{calibration.condition}: equal error rate {_percent(calibration.equal_error_rate.value)}")
        lines += [
            f"  threshold {point.threshold:.4f}: false matches {_rate(point.false_match)}, "
            f"misses {_rate(point.false_non_match)}"
            for point in calibration.points
        ]
    if found.skipped:
        lines.append(f"Left out: {len(found.skipped)}")
        lines += [f"  {line}" for line in found.skipped[:_SKIPPED_SHOWN]]
        more = len(found.skipped) - _SKIPPED_SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
    return "\n".join([*lines, str(path)])


def _heading(found: "FolderCalibration") -> str:
    first = found.calibrations[0]
    of = f" of {first.subjects} people" if first.looks_at == "person" else ""
    return (
        f"{first.encoder} {first.encoder_sha256[:12]}: {found.used} pictures{of}, {first.genuine_pairs} genuine and "
        f"{first.impostor_pairs} impostor pairs; intervals 95 %"
    )


def _rate(rate: "Rate") -> str:
    return f"{_percent(rate.value)} [{_percent(rate.low)}, {_percent(rate.high)}]"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _target(choices: CalibrationChoices) -> Path:
    if choices.out is not None:
        return choices.out / _FILE if choices.out.is_dir() else choices.out
    if choices.encoder == BUILTIN:
        raise AlbumError(
            "The built-in encoders have their calibration already, and it is not replaced: say with --out where the "
            "new one goes."
        )
    return Path(choices.encoder) / _FILE
