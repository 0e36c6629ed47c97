"""The JSON file of calibrations that lies beside an encoder's weights."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from ..errors import AlbumError
from ..record_base import Record, parse_record
from .calibration import Calibration
from .interface import EncoderFacts

CALIBRATION_NAME: Final = "calibration.json"
_LARGEST: Final = 4 * 2**20  # bytes; sixteen points need a few thousand


class CalibrationFile(Record):
    """Everything that is known of one encoder's, or one model folder's, error rates."""

    version: Literal[1] = 1
    calibrations: list[Calibration] = Field(min_length=1, max_length=64)


def read_calibrations(path: Path) -> list[Calibration]:
    """Read a file that `write_calibrations` wrote.

    Args:
        path: of the JSON file.

    Raises:
        AlbumError: the file is missing, cannot be read, is no JSON, or is not such a file of this version.
    """
    remedy = "write it anew with synthetic-albums calibrate"
    try:
        if path.stat().st_size > _LARGEST:
            raise AlbumError(f"The calibration {path} is larger than {_LARGEST // 2**20} MB, so it is none: {remedy}.")
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AlbumError(f"There is no calibration {path}: {remedy}, or leave the field empty.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise AlbumError(f"The calibration {path} cannot be read ({error}): {remedy}.") from error
    return parse_record(CalibrationFile, data, what=f"calibration {path}").calibrations


def write_calibrations(path: Path, calibrations: Iterable[Calibration]) -> None:
    """Write calibrations as JSON, by rename, so that the file is never half-written.

    Raises:
        AlbumError: the disk does not take it.
    """
    text = CalibrationFile(calibrations=list(calibrations)).model_dump_json(indent=1) + "\n"
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise AlbumError(f"The calibration {path} cannot be written ({error}): choose another place.") from error


def fitting_calibration(
    calibrations: Sequence[Calibration], facts: EncoderFacts, condition: str | None, *, source: Path
) -> Calibration:
    """The calibration that belongs to an encoder.

    Args:
        calibrations: of `read_calibrations`.
        facts: of the encoder.
        condition: what is compared with what; None for the first that was made of these weights.
        source: named in messages.

    Raises:
        AlbumError: none of them was made of these weights, for this use, or under this condition.
    """
    own = [found for found in calibrations if found.encoder_sha256 == facts.sha256 and found.looks_at == facts.looks_at]
    if not own:
        made_for = sorted({f"{found.encoder} {found.encoder_sha256[:12]} ({found.looks_at})" for found in calibrations})
        raise AlbumError(
            f"The calibration {source} was made for {', '.join(made_for)[:300]} and not for {facts.label} "
            f"({facts.looks_at}): thresholds hold for the very weights that they were measured with. Calibrate this "
            "encoder with synthetic-albums calibrate, or give the file that belongs to it."
        )
    fitting = [found for found in own if condition is None or found.condition == condition]
    if not fitting:
        known = ", ".join(sorted(found.condition for found in own))
        raise AlbumError(f"The calibration {source} has no condition '{condition}'; it has: {known}.")
    return fitting[0]
