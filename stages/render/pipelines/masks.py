"""Whose pixels are whose: soft shares of people and ground, and the subject of an anchor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from ..builtin.raster import blueprint_raster
from ..renderer import PhotoJob

_LARGEST = 1024  # pixels of the map that shares are read from
_LEVELS: Final = 5  # halvings of the latent grid that a denoiser may have
_SUBJECT = (0.04, 0.92)  # share of a portrait that a subject takes; outside it the ground was not told from it


@dataclass(frozen=True, eq=False)
class PhotoShares:
    """How much of every pixel belongs to whom.

    people: (people, height, width) float32, 0..1, in the order of the job's characters. background: (height, width),
    what people leave. Together they are 1 everywhere.
    """

    people: np.ndarray
    background: np.ndarray


def photo_shares(job: PhotoJob, *, softness: float) -> PhotoShares:
    """Shares of a photo's pixels after its blueprint, nearer regions over farther ones.

    Args:
        job: the photo.
        softness: width of the edge as a share of the shorter side; 0 makes it hard.
    """
    factor = min(1.0, _LARGEST / max(job.width, job.height))
    width, height = max(1, round(job.width * factor)), max(1, round(job.height * factor))
    instance = blueprint_raster(job.layout, width=width, height=height).instance
    people = np.zeros((len(job.characters), height, width), np.float32)
    for index, character in enumerate(job.characters):
        for number, region in enumerate(job.layout.regions, start=1):
            if region.kind == "character" and region.ref == character.id:
                people[index][instance == number] = 1.0
        if softness > 0:
            people[index] = _blurred(people[index], softness * min(width, height) / 2)
    total = people.sum(axis=0, keepdims=True)
    people /= np.maximum(total, 1.0)
    return PhotoShares(people, np.clip(1.0 - people.sum(axis=0), 0.0, 1.0))


def _blurred(mask: np.ndarray, radius: float) -> np.ndarray:
    image = Image.fromarray(np.rint(mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(image, np.float32) / 255


def to_grid(shares: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Average shares over the cells of a grid.

    Args:
        shares: (height, width) float32.
        rows: of the grid.
        columns: of the grid.

    Returns:
        (rows * columns,) float32, row by row.
    """
    cells = Image.fromarray(np.ascontiguousarray(shares)).resize((columns, rows), Image.Resampling.BOX)
    return np.clip(np.asarray(cells, np.float32).reshape(-1), 0.0, 1.0)


def token_grids(rows: int, columns: int) -> dict[int, tuple[int, int]]:
    """Grids of a denoiser's levels by their number of tokens; each level halves the one before, rounded up.

    Args:
        rows: of the latent.
        columns: of the latent.
    """
    grids: dict[int, tuple[int, int]] = {}
    for _ in range(_LEVELS):
        grids.setdefault(rows * columns, (rows, columns))
        rows, columns = (rows + 1) // 2, (columns + 1) // 2
    return grids


def subject_share(portrait: np.ndarray) -> np.ndarray:
    """Where in a portrait on plain ground the subject is.

    The ground's colour is the median of the upper and side edges; what is far from it is the subject, parted by
    Otsu's threshold on the distance. Where that gives nearly nothing or nearly all, the whole picture counts.

    Args:
        portrait: (height, width, 3) uint8.

    Returns:
        (height, width) float32, 0 or 1.

    Source:
        Otsu, IEEE Trans. SMC 9(1), 1979.
    """
    pixels = portrait.astype(np.float32)
    edge = max(1, round(0.03 * min(portrait.shape[:2])))
    border = np.concatenate(
        [pixels[:edge].reshape(-1, 3), pixels[:, :edge].reshape(-1, 3), pixels[:, -edge:].reshape(-1, 3)]
    )
    distance = np.linalg.norm(pixels - np.median(border, axis=0), axis=2)
    inside = (distance > _otsu(distance)).astype(np.float32)
    low, high = _SUBJECT
    return inside if low <= float(inside.mean()) <= high else np.ones_like(inside)


def _otsu(values: np.ndarray) -> float:
    """The threshold that parts values into two groups of least variance within."""
    counts, edges = np.histogram(values, bins=64)
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1 + int(np.nanargmax(between[:-1]))]) if len(np.unique(values)) > 1 else float("inf")


def fitted(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """A picture enlarged or reduced to a size, cut at the middle to its shape; (height, width, 3) uint8."""
    rows, columns = picture.shape[:2]
    factor = max(width / columns, height / rows)
    size = max(width, round(columns * factor)), max(height, round(rows * factor))
    image = Image.fromarray(np.ascontiguousarray(picture)).resize(size, Image.Resampling.LANCZOS)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.asarray(image.crop((left, top, left + width, top + height)))


def owners(shares: Sequence[np.ndarray], *, least: float) -> np.ndarray:
    """For every cell the number of whoever has the largest share, -1 where nobody has at least `least`.

    Args:
        shares: of each candidate, (cells,) float32; at least one.
        least: 0..1.
    """
    stacked = np.stack(shares)
    return np.where(stacked.max(axis=0) >= least, stacked.argmax(axis=0), -1)
