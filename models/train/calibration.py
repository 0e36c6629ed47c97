"""Writes `calibration.json`: thresholds of the encoders from people and pictures that no training saw."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from ...stages.encoders import (
    Calibration,
    builtin_person_encoder,
    builtin_picture_encoder,
    load_identity_encoder,
    portrait_crop,
    write_calibrations,
)
from ...stages.encoders.builtin import BuiltinPersonEncoder
from ...stages.encoders.calibrate import Labelled, calibrate_copies, score_pairs
from ...stages.encoders.calibration_file import CALIBRATION_NAME
from ...stages.encoders.error_rates import TARGETS, ScoredPairs, measure_calibration
from ...stages.errors import AlbumError
from .dataset import Shard, drawn_shards, read_shard
from .heads import album_twins
from .people import identity_key
from .seen import seen_people

TWIN_TARGETS: Final = (0.1, *TARGETS)  # there are few twins
_NEAR: Final = 0.5  # head heights between a found head and the one that it is
_OF_PEOPLE: Final = "People of a drawn world that no training saw, scenes of 256 pixels, heads of 9 pixels and more"
_NO_TWINS: Final = "One-attribute twins are left out."
_OF_TWINS: Final = f"{_OF_PEOPLE}. Impostors are people of one album that differ in one attribute."


def calibrate(world: Path, out: Path) -> list[Calibration]:
    """Calibrate `identity_encoder/` (with `head_detector/`) and `copy_encoder/` below `out`, as far as they are there.

    Args:
        world: folder of `draw_shards`, with held-out shards.
        out: gets calibration.json.

    Returns:
        What was written. For people: "scene_to_scene" and "scene_to_portrait", of which one head is cut as a skeleton
        says, as in an album, and the other, where there is a detector, as that finds it, as in a gallery;
        "known_scene_to_scene" and "known_scene_to_portrait", where both places are known; and the last two against
        one-attribute twins alone, "…/twins". For pictures: "copies" and "copies/<change>". A part that the world is too
        small for is left out, with a line.
    """
    found: list[Calibration] = []
    if (out / "identity_encoder").is_dir():
        found += _people(world, out)
    if (out / "copy_encoder").is_dir():
        encoder = builtin_picture_encoder(out)
        pictures = [
            np.asarray(picture)
            for number in drawn_shards(world, "held_out")
            for picture in read_shard(world, "held_out", number).rgb
        ]
        told = (
            f"{len(pictures)} drawn scenes of 256 pixels that no training saw, in albums of 8 with one cast each. "
            "Genuine: each with its own copies, cropped to half the area, mirrored, relit, recompressed and made "
            "smaller. Impostor: such a copy with another scene."
        )
        found += _made(lambda: calibrate_copies(encoder, pictures, told=told))
        encoder.close()
    if found:
        write_calibrations(out / CALIBRATION_NAME, found)
    return found


@dataclass(eq=False)
class _Heads:
    """Vectors that are gathered one by one."""

    vectors: list[np.ndarray] = field(default_factory=list)
    subject: list[int] = field(default_factory=list)
    picture: list[int] = field(default_factory=list)

    def add(self, vector: np.ndarray, subject: int, picture: int) -> None:
        self.vectors.append(vector)
        self.subject.append(subject)
        self.picture.append(picture)

    def of(self, subjects: set[int], dim: int) -> Labelled:
        kept = [row for row, subject in enumerate(self.subject) if subject in subjects]
        return Labelled(
            np.array([self.vectors[row] for row in kept], np.float32).reshape(len(kept), dim),
            np.array([self.subject[row] for row in kept], int),
            np.array([self.picture[row] for row in kept], int),
        )


class _World:
    """Everybody of the held-out shards: heads in scenes as the skeletons say, as the detector finds them, portraits."""

    def __init__(self, world: Path, encoder: BuiltinPersonEncoder) -> None:
        self.encoder = encoder
        self.index: dict[str, int] = {}
        self.twins: set[tuple[int, int]] = set()
        self.scenes, self.portraits = _Heads(), _Heads()
        self.found_scenes, self.found_portraits = _Heads(), _Heads()
        self._pictures = 0
        for number in drawn_shards(world, "held_out"):
            self._read(read_shard(world, "held_out", number))
        seen = np.bincount(self.scenes.subject, minlength=len(self.index))
        self.twice = set(np.flatnonzero(seen >= 2).tolist())  # known from two scenes at least

    def alike(self) -> np.ndarray:
        """(subjects, subjects) bool: one-attribute twins."""
        matrix = np.zeros((len(self.index),) * 2, bool)
        for a, b in self.twins:
            matrix[a, b] = matrix[b, a] = True
        return matrix

    def told(self, condition: str) -> str:
        """Where the pairs of a condition come from."""
        if condition.startswith("known_") or not self.encoder.finds_people:
            return f"{_OF_PEOPLE}, all cut as their layouts say. {_NO_TWINS}"
        of_portraits = condition.endswith("portrait")
        found = self.found_portraits if of_portraits else self.found_scenes
        known = self.portraits if of_portraits else self.scenes
        share = f"{len(found.vectors) / max(1, len(known.vectors)):.1%}"
        return f"{_OF_PEOPLE}. One head is cut as its layout says, the other as it is found ({share} are). {_NO_TWINS}"

    def _read(self, shard: Shard) -> None:
        self._read_portraits(shard)
        for job, picture, maps in zip(shard.jobs(), shard.rgb, shard.maps, strict=True):
            pixels = np.asarray(picture)
            seen = [one for one in seen_people(job, maps[0]) if one.face]
            skeletons = [job.layout.regions[one.region].keypoints for one in seen]
            owners = [self.index[identity_key(job.characters[one.member])] for one in seen]
            known = self.encoder.encode_known(pixels, skeletons)
            found = self.encoder.find(pixels) if self.encoder.finds_people else []
            for person, owner in zip(known, owners, strict=True):
                if person is None:
                    continue
                self.scenes.add(person.vector, owner, self._pictures)
                near = min(found, key=lambda one, box=person.box: _apart(one.box, box), default=None)
                if near is not None and _apart(near.box, person.box) < _NEAR:
                    self.found_scenes.add(near.vector, owner, self._pictures)
            self._pictures += 1

    def _read_portraits(self, shard: Shard) -> None:
        network = load_identity_encoder(self.encoder.folder / self.encoder.part)
        row = 0
        for plan in shard.albums:
            for character in plan.characters:
                if character.kind == "person":
                    owner = self.index.setdefault(identity_key(character), len(self.index))
                    for picture in map(np.array, shard.portraits[row]):
                        self._read_portrait(picture, network.encode([portrait_crop(picture)])[0], owner)
                row += 1
            self.twins |= set(album_twins(plan, self.index))

    def _read_portrait(self, picture: np.ndarray, vector: np.ndarray, owner: int) -> None:
        self.portraits.add(vector, owner, self._pictures)
        if self.encoder.finds_people and (found := self.encoder.find(picture)):
            self.found_portraits.add(found[0].vector, owner, self._pictures)
        self._pictures += 1


def _people(world: Path, out: Path) -> list[Calibration]:
    encoder = builtin_person_encoder(out)
    held_out = _World(world, encoder)
    if not held_out.twice:
        return _made(_nobody)
    known, portraits, *found = (
        heads.of(held_out.twice, encoder.facts.dim)
        for heads in (held_out.scenes, held_out.portraits, held_out.found_scenes, held_out.found_portraits)
    )
    kinds: dict[str, tuple[Labelled, Labelled | None]] = {
        "known_scene_to_scene": (known, None),
        "known_scene_to_portrait": (known, portraits),
    }
    if encoder.finds_people:
        kinds = {"scene_to_scene": (known, found[0]), "scene_to_portrait": (known, found[1]), **kinds}
    else:
        kinds = {name.removeprefix("known_"): pair for name, pair in kinds.items()} | kinds
    alike = held_out.alike()
    calibrations = []
    for condition, (first, second) in kinds.items():
        far, near = score_pairs(first, second, alike=alike), score_pairs(first, second, alike=~alike)
        main = _made(_measured(far, encoder, condition, held_out.told(condition)))
        calibrations += [_with_twins(one, near.impostor) for one in main]
        if condition.startswith("known_"):
            calibrations += _made(_measured(near, encoder, f"{condition}/twins", _OF_TWINS, TWIN_TARGETS))
    encoder.close()
    return calibrations


def _with_twins(found: Calibration, twins: np.ndarray) -> Calibration:
    """The same, with what it says of twins, since whoever uses the thresholds must know."""
    if len(twins) == 0:
        return found
    shares = ", ".join(f"{(twins >= point.threshold).mean():.0%} at {point.target:g}" for point in found.points)
    told = f"{found.pairs} Of {len(twins)} pairs of such twins these are taken for one person: {shares}."
    return found.model_copy(update={"pairs": told})


def _measured(
    pairs: ScoredPairs, encoder: BuiltinPersonEncoder, condition: str, told: str, targets: tuple[float, ...] = TARGETS
) -> Callable[[], list[Calibration]]:
    return lambda: [measure_calibration(pairs, encoder.facts, condition=condition, told=told, targets=targets)]


def _nobody() -> list[Calibration]:
    raise AlbumError("Nobody of the held-out world is seen in two scenes.")


def _made(measure: Callable[[], list[Calibration]]) -> list[Calibration]:
    """Calibrations, or none of a world that is too small for them."""
    try:
        return measure()
    except AlbumError as error:
        print(f"not calibrated: {error}", flush=True)
        return []


def _apart(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> float:
    """Distance of the middles of two boxes, in heights of the second; of square pictures."""
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in (first, second)]
    return float(np.hypot(middles[0][0] - middles[1][0], middles[0][1] - middles[1][1])) / (second[3] - second[1])
