"""Photo jobs as the arrays that the built-in model's conditioner reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..renderer import PhotoJob
from ..storyboard.scene import paint_sketch
from .colours import region_colours
from .raster import PARTS, BlueprintRaster
from .words import region_text, scene_words

MAX_WORDS = 18  # scene words of one region
MAX_LOOKS = 14  # words for looks of one region


@dataclass(frozen=True, eq=False)
class RegionRows:
    """The background and the regions of one scene, in the order of its layout: row 0 is the scene as a whole.

    words: (1 + regions, MAX_WORDS) int64, 0 for padding; looks: (1 + regions, MAX_LOOKS) int64.
    boxes: (1 + regions, 4) float32. cast: for every row the index of its character in the job, -1 where it is no
    person.
    """

    words: np.ndarray
    looks: np.ndarray
    boxes: np.ndarray
    cast: np.ndarray
    colours: np.ndarray
    clothes: np.ndarray


def region_rows(job: PhotoJob, word_ids: Mapping[str, int]) -> RegionRows:
    """Look up the words of every region of a scene.

    Args:
        job: what to render.
        word_ids: of the conditioner. Words that it does not know, since the vocabulary grew after it was trained, are
            left out.
    """
    regions = job.layout.regions
    words = np.zeros((1 + len(regions), MAX_WORDS), np.int64)
    looks = np.zeros((1 + len(regions), MAX_LOOKS), np.int64)
    cast = np.full(1 + len(regions), -1, np.int64)
    _look_up(words[0], scene_words(job), word_ids)
    people = {character.id: index for index, character in enumerate(job.characters) if character.kind == "person"}
    # Who comes from reference pictures looks as they do, and not as the plan happens to say.
    somebody = {member.character for member in job.members if member.source == "reference"}
    for row, region in enumerate(regions, start=1):
        text = region_text(job, region)
        _look_up(words[row], text.scene, word_ids)
        if region.ref not in somebody:
            _look_up(looks[row], text.looks, word_ids)
        cast[row] = people.get(region.ref, -1)
    boxes = np.array([(0.0, 0.0, 1.0, 1.0), *(region.box for region in regions)], np.float32)
    blank = np.zeros((1, len(PARTS), 4), np.float32)
    colours, clothes = (
        np.concatenate(
            [blank, *(region_colours(job, one, looks=told and one.ref not in somebody)[None] for one in regions)]
        )
        for told in (True, False)
    )
    return RegionRows(words, looks, np.clip(boxes, -0.5, 1.5), cast, colours, clothes)


def _look_up(row: np.ndarray, words: Sequence[str], word_ids: Mapping[str, int]) -> None:
    known = [word_ids[word] for word in words if word in word_ids][: len(row)]
    row[: len(known)] = known


def without_looks(rows: RegionRows) -> RegionRows:
    """The same rows with nothing said about anybody's looks, in words or colours; what they wear stays said."""
    return replace(rows, looks=np.zeros_like(rows.looks), colours=rows.clothes)


def rows_in_window(rows: RegionRows, window: tuple[int, int, int], width: int, height: int) -> RegionRows:
    """The rows of a square of a picture: `window` is its left, top and side in pixels of (height, width)."""
    x, y, side = window
    size, corner = np.array([width, height] * 2, np.float32), np.array([x, y] * 2, np.float32)
    return replace(rows, boxes=(rows.boxes * size - corner) / np.float32(side))


def job_sketch(job: PhotoJob, width: int, height: int) -> np.ndarray:
    """The sketch of a photo whose conditions have maps of (height, width): (height / 2, width / 2, 3) uint8."""
    return paint_sketch(replace(job, width=width // 2, height=height // 2))


def stack_conditions(
    rows: Sequence[RegionRows],
    rasters: Sequence[BlueprintRaster],
    vectors: Sequence[Sequence[np.ndarray | None]],
    *,
    horizons: Sequence[float],
    lights: Sequence[tuple[float, float]],
    identity_dim: int,
    sketches: Sequence[np.ndarray | None] = (),
) -> dict[str, np.ndarray]:
    """Pad scenes to one batch.

    Args:
        rows: of `region_rows`.
        rasters: the maps of each scene, all of one size.
        vectors: for each scene the identity vector of each of its characters, or None where none is to be used.
        horizons: 0 top to 1 bottom.
        lights: unit vectors.
        identity_dim: length of identity vectors.
        sketches: for each scene half as large as its maps, (h / 2, w / 2, 3) uint8, or None; left out there are none. A
            fourth channel says how far each pixel is to be trusted, 0 not at all to 255.

    Returns:
        The fields of `networks.Conditions` as arrays.
    """
    batch, most = len(rows), max(1, *(len(one.words) for one in rows))
    words = np.zeros((batch, most, MAX_WORDS + MAX_LOOKS), np.int64)
    identity = np.zeros((batch, most, identity_dim), np.float32)
    known = np.zeros((batch, most), np.float32)
    boxes = np.zeros((batch, most, 4), np.float32)
    present = np.zeros((batch, most), np.float32)
    colours = np.zeros((batch, most, len(PARTS), 4), np.float32)
    for index, one in enumerate(rows):
        count = len(one.words)
        words[index, :count] = np.concatenate([one.words, one.looks], axis=1)
        boxes[index, :count] = one.boxes
        colours[index, :count] = one.colours
        present[index, :count] = 1
        for row, member in enumerate(one.cast):
            vector = vectors[index][member] if member >= 0 else None
            if vector is not None:
                identity[index, row], known[index, row] = vector, 1
    height, width = rasters[0].instance.shape
    sketch = np.zeros((batch, 4, height // 2, width // 2), np.float32)
    for index, known_colours in enumerate(sketches):
        if known_colours is not None:
            trust = known_colours[..., 3] / np.float32(255) if known_colours.shape[2] > 3 else np.float32(1)
            sketch[index, 3] = trust
            sketch[index, :3] = (known_colours[..., :3].transpose(2, 0, 1) / np.float32(127.5) - 1) * (trust > 0)
    return {
        "words": words, "identity": identity, "known": known, "boxes": boxes, "present": present,
        "colours": colours, "parts": np.stack([one.parts for one in rasters]),
        "instance": np.stack([one.instance for one in rasters]), "limbs": np.stack([one.limbs for one in rasters]),
        "nearness": np.stack([one.nearness for one in rasters]).astype(np.float32) / 255,
        "horizon": np.asarray(horizons, np.float32), "light": np.asarray(lights, np.float32), "sketch": sketch,
    }  # fmt: skip
