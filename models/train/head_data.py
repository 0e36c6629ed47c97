"""What the head detector learns from: every drawn scene with the exact places of its heads."""

import math
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from ...stages.encoders import head_window
from .dataset import SIZE, Shard, drawn_shards, read_shard
from .people import Split
from .seen import SMALLEST_HEAD, seen_people

MOST_HEADS: Final = 12  # of a scene
FACE, UNSURE = 1.0, 0.0  # a head with a face that can be seen; one that is half hidden or tiny


@dataclass(frozen=True, eq=False)
class HeadScenes:
    """Scenes of some shards with their heads.

    shards: arrays (scenes, 256, 256, 3) uint8, mapped from disk. heads: (all scenes, MOST_HEADS, 5) float32: middle
    x, y and height in pixels, tilt in degrees clockwise, and `FACE` or `UNSURE`; NaN where there is no more head.
    """

    shards: list[np.ndarray]
    heads: np.ndarray

    def pictures(self, rows: np.ndarray) -> np.ndarray:
        """(rows, 256, 256, 3) uint8 of scenes by their place."""
        per_shard = len(self.shards[0])
        return np.stack([self.shards[row // per_shard][row % per_shard] for row in rows.tolist()])


def gather_head_scenes(world: Path, split: Split, numbers: list[int] | None = None) -> HeadScenes:
    """Read the scenes of a split.

    Args:
        world: folder of `draw_shards`.
        split: which of it.
        numbers: of shards; all that are drawn unless said otherwise.
    """
    shards, heads = [], []
    for number in drawn_shards(world, split) if numbers is None else numbers:
        shard = read_shard(world, split, number)
        shards.append(shard.rgb)
        heads.append(shard_heads(shard))
    return HeadScenes(shards, np.concatenate(heads))


def shard_heads(shard: Shard) -> np.ndarray:
    """(scenes, MOST_HEADS, 5) of one shard; see `HeadScenes`."""
    found = np.full((len(shard.rgb), MOST_HEADS, 5), np.nan, np.float32)
    for row, (job, maps) in enumerate(zip(shard.jobs(), shard.maps, strict=True)):
        faces = (one for one in seen_people(job, maps[0]) if job.layout.regions[one.region].facing != "away")
        for place, seen in enumerate(islice(faces, MOST_HEADS)):
            window = head_window(job.layout.regions[seen.region].keypoints, SIZE, SIZE)
            found[row, place] = window.x, window.y, window.unit, window.tilt, FACE if seen.face else UNSURE
    return found


def moved_heads(heads: np.ndarray, theta: np.ndarray, size: int) -> np.ndarray:
    """Where heads are in pictures that `affine_grid` has moved.

    Args:
        heads: (n, MOST_HEADS, 5) in pixels of pictures of `SIZE`.
        theta: (n, 2, 3) from the new picture's coordinates, -1..1, to the old one's: turned, scaled, mirrored, moved.
        size: of the new pictures, pixels.

    Returns:
        (n, MOST_HEADS, 5) in pixels of the new pictures; heads that are too small there are `UNSURE`.
    """
    old = np.concatenate([heads[..., :2] / SIZE * 2 - 1 - theta[:, None, :, 2]], axis=-1)
    back = np.linalg.inv(theta[:, :, :2])
    new = np.einsum("nij,nkj->nki", back, old)
    scale = np.sqrt(np.abs(np.linalg.det(back)))[:, None] * size / SIZE
    up = np.stack([np.sin(np.radians(heads[..., 3])), -np.cos(np.radians(heads[..., 3]))], axis=-1)
    turned = np.einsum("nij,nkj->nki", back, up)
    tilt = np.degrees(np.arctan2(turned[..., 0], -turned[..., 1]))
    unit = heads[..., 2] * scale
    sure = np.where(unit >= SMALLEST_HEAD * size, heads[..., 4], np.where(np.isnan(unit), np.nan, UNSURE))
    return np.stack([(new[..., 0] + 1) / 2 * size, (new[..., 1] + 1) / 2 * size, unit, tilt, sure], -1).astype(
        np.float32
    )


def head_maps(heads: np.ndarray, size: int, stride: int, unit: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the detector should say of moved pictures.

    Around each head lies a bell whose width follows the head (Zhou et al., arXiv:1904.07850, section 3).

    Args:
        heads: (n, MOST_HEADS, 5) in pixels of the pictures.
        size: of the pictures, pixels.
        stride: pixels of a cell.
        unit: pixels that heights are multiples of.

    Returns:
        sure: (n, cells, cells) 0..1. asked: (n, cells, cells) bool, False where nobody knows whether a head counts.
        shape: (n, 6, cells, cells): weight, offsets, logarithm of the height, sine and cosine of the tilt.
    """
    cells = size // stride
    sure = np.zeros((len(heads), cells, cells), np.float32)
    asked = np.ones((len(heads), cells, cells), bool)
    shape = np.zeros((len(heads), 6, cells, cells), np.float32)
    ys, xs = np.mgrid[:cells, :cells] + 0.5
    for row, place in np.argwhere(np.isfinite(heads[..., 0])):
        x, y, height, tilt, face = heads[row, place].tolist()
        across, down = x / stride - xs, y / stride - ys
        far = np.hypot(across, down)
        if face == UNSURE:
            asked[row] &= far > max(1.0, 0.5 * height / stride)
            continue
        if not (0 <= x < size and 0 <= y < size):
            continue
        spread = max(0.7, 0.1 * height / stride)
        nearest = far.argmin()  # the bell is 1 at one cell, wherever in it the head's middle lies
        away = np.hypot(across - across.flat[nearest], down - down.flat[nearest])
        bell = np.exp(-(away**2) / (2 * spread**2))
        nearer = bell > sure[row]
        sure[row] = np.maximum(sure[row], bell)
        near = nearer & (far <= max(1.0, 0.15 * height / stride))
        angle = math.radians(tilt)
        known = (1.0, across, down, math.log(height / unit), math.sin(angle), math.cos(angle))
        for channel, value in enumerate(known):
            shape[row, channel] = np.where(near, value, shape[row, channel])
    asked |= sure > 0.5
    return sure, asked, shape
