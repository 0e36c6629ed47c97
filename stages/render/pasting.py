"""Whether a portrait was pasted into a photo: how well its very pixels explain what is there."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from PIL import Image

from ..encoders import square_crop

TEMPLATE: Final = 32  # pixels of a portrait's side where it is compared: faces, not film grain
SCALES: Final = (0.7, 0.79, 0.89, 1.0, 1.12, 1.26, 1.42)  # of the size at which the head is expected
FINE_SCALES: Final = (
    0.94,
    0.955,
    0.97,
    0.985,
    1.0,
    1.015,
    1.03,
    1.045,
    1.06,
)  # of the best of these, at twice the pixels
FINE_REACH: Final = 1.15
REACH: Final = 2.0  # side of the part of the photo that is searched, in expected portrait sides
_DULL: Final = 4.0  # standard deviation of grey levels below which nothing can be told


def pasted_score(photo: np.ndarray, portrait: np.ndarray, *, x: float, y: float, side: float) -> float:
    """The best normalised cross-correlation of a portrait, or its mirror image, with a part of a photo.

    Args:
        photo: (height, width, 3) uint8.
        portrait: (side, side, 3) uint8.
        x: where the middle of the portrait would be, pixels of the photo.
        y: likewise.
        side: how large it would be, pixels of the photo.

    Returns:
        -1..1; 1 is the same picture up to brightness and contrast. 0 where the portrait shows nothing.

    Source:
        Lewis, Fast Normalized Cross-Correlation, Vision Interface 1995, equation 2.
    """
    coarse = [
        _match(photo, portrait, _Place(x, y, side * scale, flip), TEMPLATE, REACH / scale)
        for scale in SCALES
        for flip in (False, True)
    ]
    best = max(coarse)
    fine = [
        _match(photo, portrait, replace(best.place, side=best.place.side * scale), 2 * TEMPLATE, FINE_REACH)
        for scale in FINE_SCALES
    ]
    return max(best, *fine).score


@dataclass(frozen=True)
class _Place:
    """Where a portrait may be in a photo: middle and side in pixels, and whether it is mirrored."""

    x: float
    y: float
    side: float
    flip: bool


@dataclass(frozen=True, order=True)
class _Found:
    score: float
    place: _Place = field(compare=False)


def _match(photo: np.ndarray, portrait: np.ndarray, at: _Place, pixels: int, reach: float) -> _Found:
    """The best place for a portrait of one size; `reach` is the side of what is searched, in its own sides."""
    grid = max(pixels, round(pixels * reach))
    field_side = at.side * grid / pixels
    searched = _grey(square_crop(photo, at.x, at.y, field_side, grid))
    template = np.asarray(Image.fromarray(portrait).convert("L").resize((pixels, pixels), Image.Resampling.BOX), float)
    if template.std() < _DULL:
        return _Found(0.0, at)
    scores = _correlated(searched, template[:, ::-1] if at.flip else template)
    row, column = np.unravel_index(int(scores.argmax()), scores.shape)
    step, middle = field_side / grid, (grid - pixels) / 2
    moved = replace(at, x=at.x + (column - middle) * step, y=at.y + (row - middle) * step)
    return _Found(float(scores.max()), moved)


def _correlated(searched: np.ndarray, template: np.ndarray) -> np.ndarray:
    """Normalised cross-correlation at every place where the template lies within."""
    from scipy.signal import fftconvolve

    centred = template - template.mean()
    area = template.size
    cross = fftconvolve(searched, centred[::-1, ::-1], mode="valid")
    ones = np.ones_like(template)
    total, squares = (fftconvolve(values, ones, mode="valid") for values in (searched, searched * searched))
    energy = np.maximum(squares - total * total / area, area * _DULL**2)
    return cross / np.sqrt(energy * (centred * centred).sum())


def _grey(picture: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(picture).convert("L"), np.float64)
