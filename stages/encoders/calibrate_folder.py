"""Calibrates an encoder from a folder of the user's own pictures."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from ..errors import AlbumError
from ..picture_files import (
    UnknownFormatError,
    UnreadablePictureError,
    list_files,
    promises_picture,
    read_pictures,
)
from .calibrate import Labelled, calibrate_copies, score_pairs
from .calibration import Calibration
from .calibration_file import read_calibrations, write_calibrations
from .error_rates import measure_calibration
from .interface import PersonEncoder, PictureEncoder

SAME_PERSON: Final = "same_person"
UNREADABLE_SHARE: Final = 0.1  # of the picture files; above it nobody knows what the thresholds stand for
LONGEST_PX: Final = 1024  # longer sides are made so; every encoder looks at far fewer pixels
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class FolderCalibration:
    """What came of it. used: pictures. skipped: files with the reason why they are not among them."""

    calibrations: list[Calibration]
    used: int
    skipped: list[str]


def calibrate_picture_folder(
    encoder: PictureEncoder, folder: Path, *, seed: int = 0, on_progress: Progress = lambda done, total: None
) -> FolderCalibration:
    """Calibrate a whole-picture encoder on a folder of different pictures; genuine pairs are made by changing them.

    A file that is there twice counts once. Near-duplicates, as bursts have them, are not noticed: they count as
    different pictures and raise the thresholds.

    Args:
        encoder: to calibrate.
        folder: of pictures, with its sub-folders.
        seed: of the changes and of the bootstrap.
        on_progress: told how many files are done, of how many.

    Raises:
        AlbumError: the folder is missing, more than a tenth of its pictures cannot be read, or there are too few of
            them; see `measure_calibration`.
    """
    reading = _Reading(folder, on_progress)
    told = (
        "Different pictures of one folder, longer sides at most 1024 pixels. Genuine: each with its own copies, "
        "cropped to half the area, mirrored, relit, recompressed and made smaller. Impostor: such a copy with "
        "another picture."
    )
    calibrations = calibrate_copies(encoder, (picture for _, picture in reading.pictures()), told=told, seed=seed)
    reading.require_readable()
    return FolderCalibration(calibrations, reading.used, reading.skipped)


def calibrate_people_folder(
    encoder: PersonEncoder, folder: Path, *, seed: int = 0, on_progress: Progress = lambda done, total: None
) -> FolderCalibration:
    """Calibrate an encoder of people on a folder with one sub-folder for each person.

    Of every picture the largest person that is found counts.

    Args:
        encoder: to calibrate.
        folder: with a sub-folder of pictures for each person; what lies beside the sub-folders is left out.
        seed: of the bootstrap.
        on_progress: told how many files are done, of how many.

    Raises:
        AlbumError: the folder is missing, has fewer than two sub-folders, more than a tenth of its pictures cannot be
            read, nobody is found in any, or there are too few pairs; see `measure_calibration`.
    """
    if not encoder.finds_people:
        raise AlbumError(f"The encoder {encoder.facts.name} has no detector, so it cannot find the people in pictures.")
    reading = _Reading(folder, on_progress, groups=True)
    vectors, subjects = [], []
    for group, picture in reading.pictures():
        people = encoder.find(picture)
        if not people:
            reading.leave_out("no person found")
            continue
        vectors.append(max(people, key=lambda one: _area(one.box)).vector)
        subjects.append(group)
    reading.require_readable()
    if not vectors:
        raise AlbumError(
            f"No person was found in any picture of '{folder}': give pictures on which faces are large enough, or "
            "another encoder."
        )
    everybody = Labelled(np.stack(vectors), np.array(subjects), np.arange(len(vectors)))
    calibration = measure_calibration(
        score_pairs(everybody, seed=seed),
        encoder.facts,
        condition=SAME_PERSON,
        told="Pictures of people, one folder for each; of every picture the largest person that was found.",
        impostors="people",
        seed=seed,
    )
    return FolderCalibration([calibration], reading.used, reading.skipped)


def save_calibrations(path: Path, calibrations: list[Calibration]) -> None:
    """Write calibrations into a file, beside those of other encoders and conditions that are there already.

    Raises:
        AlbumError: what is there is no such file, or the disk does not take it.
    """
    new = {(found.encoder_sha256, found.condition.partition("/")[0]) for found in calibrations}
    there = read_calibrations(path) if path.exists() else []
    kept = [found for found in there if (found.encoder_sha256, found.condition.partition("/")[0]) not in new]
    write_calibrations(path, [*calibrations, *kept])


class _Reading:
    """Pictures of a folder, one after the other, and what could not be used of it."""

    def __init__(self, folder: Path, on_progress: Progress, *, groups: bool = False) -> None:
        self.folder, self.used = folder, 0
        self.skipped: list[str] = []
        self._unreadable = 0
        self._current = ""
        self._on_progress = on_progress
        self._files = [(0, path) for path in list_files(folder)] if not groups else list(_grouped(folder))

    def pictures(self) -> Iterator[tuple[int, np.ndarray]]:
        """(group, (height, width, 3) uint8) of every file that can be read and was not met before."""
        met: set[bytes] = set()
        for number, (group, path) in enumerate(self._files):
            self._current = path.relative_to(self.folder).as_posix()
            picture = self._read(path)
            if picture is not None:
                digest = hashlib.sha256(picture.tobytes() + str(picture.shape).encode()).digest()
                if digest in met:
                    self.skipped.append(f"{self._current}: the same picture as another")
                else:
                    met.add(digest)
                    self.used += 1
                    yield group, picture
            self._on_progress(number + 1, len(self._files))

    def leave_out(self, reason: str) -> None:
        """The picture that was given last is of no use."""
        self.used -= 1
        self.skipped.append(f"{self._current}: {reason}")

    def require_readable(self) -> None:
        """Refuse a folder of which too much could not be read."""
        whole = self.used + len(self.skipped)
        if self._unreadable > UNREADABLE_SHARE * whole:
            raise AlbumError(
                f"{self._unreadable} of {whole} picture files in '{self.folder}' cannot be read, so thresholds from "
                f"the rest would say too little: {'; '.join(self.skipped[:3])}. Repair, convert or move them."
            )

    def _read(self, path: Path) -> np.ndarray | None:
        try:
            return _reduced(read_pictures(path)[0])
        except UnreadablePictureError as error:
            if not isinstance(error, UnknownFormatError) or promises_picture(path):
                self._unreadable += 1
                self.skipped.append(f"{self._current}: {error}")
            return None


def _grouped(folder: Path) -> Iterator[tuple[int, Path]]:
    """Files of the sub-folders, with the number of the sub-folder."""
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        raise AlbumError(
            f"The folder '{folder}' {what}: give a folder with one sub-folder of pictures for each person."
        )
    groups = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if len(groups) < 2:
        raise AlbumError(
            f"The folder '{folder}' has {len(groups)} sub-folders, but people are told apart by them: make one for "
            "each person and put that person's pictures there."
        )
    for number, group in enumerate(groups):
        for path in list_files(group):
            yield number, path


def _reduced(picture: np.ndarray) -> np.ndarray:
    longer = max(picture.shape[:2])
    if longer <= LONGEST_PX:
        return picture
    height, width = (max(1, round(side * LONGEST_PX / longer)) for side in picture.shape[:2])
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.BOX))


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
