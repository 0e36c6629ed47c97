"""What the judge of scenes and the judge of things learn from, cut out of a split's drawn shards once."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from ...stages import vocabulary as v
from ...stages.encoders import square_crop
from ...stages.records import Region
from ...stages.render.renderer import PhotoJob
from .dataset import drawn_shards, read_shard
from .people import Split
from .seen import seen_people

MOST_PEOPLE: Final = 4
SCENE: Final = 128  # pixels of a stored scene's side
CELLS: Final = 16  # of the map of people, a side
THING: Final = 80  # pixels of a stored object crop's side
THING_REACH: Final = 1.3  # side of the square that is judged, of the box's longer side
STORED_THING_REACH: Final = 1.25 * THING_REACH
NOTHING: Final = len(v.OBJECT_KINDS)
_SMALLEST_THING: Final = 10 / 256  # shorter side of the box, of the picture
_THING_SHOWN: Final = 0.5  # share of the object's own area


@dataclass(frozen=True, eq=False)
class SceneData:
    """pictures: (n, SCENE, SCENE, 3) uint8. place, light, count: (n,) uint8. density: (n, CELLS, CELLS) float16."""

    pictures: np.ndarray
    place: np.ndarray
    light: np.ndarray
    count: np.ndarray
    density: np.ndarray


@dataclass(frozen=True, eq=False)
class ThingData:
    """pictures: (n, THING, THING, 3) uint8. kind: (n,) uint8, index of `OBJECT_KINDS`, or NOTHING."""

    pictures: np.ndarray
    kind: np.ndarray


@dataclass(frozen=True)
class SeenThing:
    """An object that can be seen. region: index into the layout. kind: index of `OBJECT_KINDS`. box: in pixels."""

    region: int
    kind: int
    box: tuple[float, float, float, float]

    def square(self, reach: float) -> tuple[float, float, float]:
        """Middle and side of the square around it, pixels."""
        x0, y0, x1, y1 = self.box
        return (x0 + x1) / 2, (y0 + y1) / 2, reach * max(x1 - x0, y1 - y0)


def seen_things(job: PhotoJob, instance: np.ndarray) -> list[SeenThing]:
    """Objects of a job that are large enough, half uncovered at least, and inside the picture for the most part.

    Args:
        job: of the scene.
        instance: (height, width) uint8, of `blueprint_raster`.
    """
    height, width = instance.shape
    kinds = {thing.id: thing.kind for thing in job.scene.objects}
    found = []
    for index, region in enumerate(job.layout.regions):
        if region.ref not in kinds:
            continue
        x0, y0, x1, y1 = region.box
        shown = float((instance == index + 1).sum()) / max(1.0, _area(region) * width * height)
        if min(x1 - x0, y1 - y0) >= _SMALLEST_THING and shown >= _THING_SHOWN:
            box = (x0 * width, y0 * height, x1 * width, y1 * height)
            found.append(SeenThing(index, v.OBJECT_KINDS.index(kinds[region.ref]), box))
    return found


def _area(region: Region) -> float:
    """Of the whole object, also of what is hidden or outside, as a share of the picture."""
    x0, y0, x1, y1 = region.box
    if not region.mask:
        return (x1 - x0) * (y1 - y0)
    return sum(_shoelace(polygon) for polygon in region.mask)


def _shoelace(polygon: Sequence[tuple[float, float]]) -> float:
    x, y = np.array(polygon).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def people_count(job: PhotoJob, instance: np.ndarray) -> int:
    """How many people are to be seen, at most `MOST_PEOPLE`."""
    return min(MOST_PEOPLE, len(seen_people(job, instance)))


def gather_scenes(world: Path, split: Split) -> SceneData:
    """All scenes of a split, with their labels."""
    pictures, labels, density = [], [], []
    for job, picture, instance in _drawn(world, split):
        pictures.append(np.asarray(Image.fromarray(picture).resize((SCENE, SCENE), Image.Resampling.BOX)))
        place, light = v.ENVIRONMENT_KINDS.index(job.environment.kind), v.LIGHTINGS.index(job.scene.lighting)
        labels.append((place, light, people_count(job, instance)))
        density.append(_density(job, instance))
    table = np.array(labels, np.uint8)
    return SceneData(np.stack(pictures), table[:, 0], table[:, 1], table[:, 2], np.stack(density))


def gather_things(world: Path, split: Split, *, seed: int) -> ThingData:
    """All objects of a split that can be seen, and half as many squares without any."""
    rng = random.Random(seed)  # noqa: S311
    pictures, kinds = [], []
    for job, picture, instance in _drawn(world, split):
        things = seen_things(job, instance)
        for thing in things:
            pictures.append(square_crop(picture, *thing.square(STORED_THING_REACH), THING))
            kinds.append(thing.kind)
        empty = _empty_square(job, instance, rng)
        if empty is not None:
            x, y, side = empty
            pictures.append(square_crop(picture, x, y, 1.25 * side, THING))
            kinds.append(NOTHING)
    return ThingData(np.stack(pictures), np.array(kinds, np.uint8))


def _drawn(world: Path, split: Split) -> Iterator[tuple[PhotoJob, np.ndarray, np.ndarray]]:
    for number in drawn_shards(world, split):
        shard = read_shard(world, split, number)
        for job, picture, maps in zip(shard.jobs(), shard.rgb, shard.maps, strict=True):
            yield job, np.asarray(picture), np.asarray(maps[0])


def _density(job: PhotoJob, instance: np.ndarray) -> np.ndarray:
    """Each person spreads 1 over the pixels it shows."""
    side = len(instance) // CELLS
    total = np.zeros((CELLS, CELLS), np.float32)
    for seen in seen_people(job, instance):
        own = (instance == seen.region + 1).reshape(CELLS, side, CELLS, side).sum(axis=(1, 3))
        total += own / own.sum()
    return total.astype(np.float16)


def _empty_square(job: PhotoJob, instance: np.ndarray, rng: random.Random) -> tuple[float, float, float] | None:
    """A square in which no object is seen; None where ten tries found none."""
    things = {thing.id for thing in job.scene.objects}
    rows = [index + 1 for index, region in enumerate(job.layout.regions) if region.ref in things]
    taken = np.isin(instance, rows)
    size = len(instance)
    for _ in range(10):
        side = size * 0.06 * (0.6 / 0.06) ** rng.random()
        x, y = rng.uniform(0.1 * size, 0.9 * size), rng.uniform(0.1 * size, 0.9 * size)
        x0, y0 = max(0, int(x - side / 2)), max(0, int(y - side / 2))
        if not taken[y0 : int(y + side / 2) + 1, x0 : int(x + side / 2) + 1].any():
            return x, y, side
    return None
