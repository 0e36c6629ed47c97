"""Was one of the album's own portraits pasted into a photo as it is, instead of being drawn anew in the scene?

A renderer that pastes its references keeps the likeness and loses pose, light and place; such a photo also gives away
the reference where that was private. The portrait is laid over the photo at every place and at many sizes, mirrored
too, and compared by normalised cross-correlation of the three colours (Lewis, "Fast normalized cross-correlation",
1995), which does not mind brightness and contrast.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from ..verdicts import CheckFacts, Finding
from .anchors import Anchor

CHECK: Final = "copy-paste ncc-rgb@1"
# Measured by benchmarks/leakage.py on drawn albums: see `paste_found` and `paste_false_alarms` there.
THRESHOLD: Final = 0.91
SMALLEST: Final = 0.14  # side of a pasted portrait, of the photo's shorter side

_SIDE = 112  # pixels of the photo's longer side in the search over all places
_FINE_SIDE = 256  # and in the second look at the best one
_STEP = 1.14  # between two sizes
_CANDIDATES = 4  # places that are looked at again
_FINE_STEPS = (0.92, 0.94, 0.96, 0.98, 1.0, 1.02, 1.04, 1.06, 1.08)
_FFT_MULTIPLE = 32  # transforms of prime lengths are slow
_MIN_DEVIATION = 2.0  # grey levels; flatter windows correlate with anything


@dataclass(frozen=True)
class Pasted:
    """The best place of a portrait in a photo. score: -1..1. box: x0 y0 x1 y1 as fractions."""

    score: float
    box: tuple[float, float, float, float]


def check_pasted(photo: np.ndarray, anchors: Sequence[Anchor]) -> list[Finding]:
    """One finding for a photo: the worst of the album's portraits, or none where there are no portraits.

    Args:
        photo: (height, width, 3) uint8.
        anchors: of the characters in it; unreadable ones make the finding "unchecked".
    """
    if not anchors:
        return []
    found = [(find_pasted(photo, anchor.pixels), anchor) for anchor in anchors if anchor.pixels is not None]
    worst, whose = max(found, key=lambda pair: pair[0].score, default=(None, None))
    if worst is not None and whose is not None and worst.score >= THRESHOLD:
        return [_finding("leak", worst, whose.character, "A portrait of the album was pasted in as it is.")]
    missing = sum(anchor.pixels is None for anchor in anchors)
    if missing:
        reason = f"Copy-paste not checked: {missing} of {len(anchors)} portraits cannot be read."
        return [_finding("unchecked", worst, "", reason)]
    return [_finding("clean", worst, "", "")]


def facts(status: str, anchors: int, reason: str = "") -> CheckFacts:
    """What the report says of this check."""
    return CheckFacts(
        kind="copy_paste",
        check=CHECK,
        status=status,  # pyright: ignore[reportArgumentType]
        references=anchors,
        calibration="drawn albums, benchmarks/leakage.py",
        threshold=THRESHOLD,
        reason=reason or f"portraits pasted at {SMALLEST:.0%} of the photo's side or larger",
    )


def find_pasted(photo: np.ndarray, portrait: np.ndarray) -> Pasted:
    """Where a photo is most like a portrait.

    Args:
        photo: (height, width, 3) uint8.
        portrait: (height, width, 3) uint8.
    """
    coarse = _scaled(photo, _SIDE)
    height, width = coarse.shape[:2]
    field, found = _Field(coarse), []
    for number, template in enumerate(_templates(portrait, height, width)):
        score, y, x = field.best(template)
        th, tw = template.shape[:2]
        found.append((score, number % 2 == 1, (x / width, y / height, (x + tw) / width, (y + th) / height)))
    best = sorted(found, key=lambda place: place[0], reverse=True)[:_CANDIDATES]
    looks = [_second_look(photo, portrait, box, mirrored=mirrored) for _, mirrored, box in best]
    return max(looks, key=lambda look: look.score)


def _templates(portrait: np.ndarray, height: int, width: int) -> Iterator[np.ndarray]:
    """The portrait at every size that is looked for, each followed by its mirror image."""
    ratio = portrait.shape[1] / portrait.shape[0]
    side = float(min(height, width / ratio))
    smallest = SMALLEST * min(height, width)
    while True:
        size = (max(4, round(side * ratio)), max(4, round(side)))
        small = _resized(portrait, (min(size[0], width), min(size[1], height)))
        yield small
        yield small[:, ::-1]
        if side <= smallest:
            return
        side = max(side / _STEP, smallest)


def _second_look(
    photo: np.ndarray, portrait: np.ndarray, box: tuple[float, float, float, float], *, mirrored: bool
) -> Pasted:
    """Around the best place with more pixels and finer sizes; the search grid may have missed the true size."""
    fine = _scaled(photo, _FINE_SIDE)
    height, width = fine.shape[:2]
    x0, y0, x1, y1 = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    margin = 0.15 * max(x1 - x0, y1 - y0) + 2
    left, top = max(0, int(x0 - margin)), max(0, int(y0 - margin))
    part = fine[top : min(height, int(y1 + margin) + 1), left : min(width, int(x1 + margin) + 1)]
    field, best = _Field(part), Pasted(-1.0, box)
    for factor in _FINE_STEPS:
        size = (round((x1 - x0) * factor), round((y1 - y0) * factor))
        if not (4 <= size[0] <= part.shape[1] and 4 <= size[1] <= part.shape[0]):
            continue
        small = _resized(portrait, size)
        score, y, x = field.best(small[:, ::-1] if mirrored else small)
        if score > best.score:
            corner = (left + x) / width, (top + y) / height
            best = Pasted(score, (*corner, corner[0] + size[0] / width, corner[1] + size[1] / height))
    return best


class _Field:
    """A picture that templates are correlated with; its own transforms are made once.

    Args:
        picture: (height, width, 3) float32.
    """

    def __init__(self, picture: np.ndarray) -> None:
        self._shape = picture.shape[:2]
        self._padded = tuple(-(-side // _FFT_MULTIPLE) * _FFT_MULTIPLE for side in self._shape)
        self._spectra = [np.fft.rfft2(picture[..., colour], self._padded) for colour in range(3)]
        self._sums = _integral(picture.astype(np.float64))
        self._squares = _integral((picture.astype(np.float64) ** 2).sum(axis=-1, keepdims=True))

    def best(self, template: np.ndarray) -> tuple[float, int, int]:
        """The highest correlation and the row and column of the template's corner."""
        height, width = template.shape[:2]
        rows, columns = self._shape[0] - height + 1, self._shape[1] - width + 1
        centred = template - template.mean(axis=(0, 1))
        norm = float(np.sqrt((centred**2).sum()))
        if norm < _MIN_DEVIATION * np.sqrt(template.size):
            return -1.0, 0, 0
        product = sum(
            np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(centred[..., colour], self._padded)), self._padded)
            for colour, spectrum in enumerate(self._spectra)
        )
        pixels = height * width
        sums = _windows(self._sums, height, width)
        energy = _windows(self._squares, height, width)[..., 0] - (sums**2).sum(axis=-1) / pixels
        flat = energy < 3 * pixels * _MIN_DEVIATION**2
        with np.errstate(invalid="ignore", divide="ignore"):
            scores = np.where(flat, -1.0, np.asarray(product)[:rows, :columns] / (np.sqrt(energy) * norm))
        at = int(scores.argmax())
        row, column = divmod(at, columns)
        return float(min(1.0, scores.flat[at])), row, column


def _integral(values: np.ndarray) -> np.ndarray:
    return np.pad(values, ((1, 0), (1, 0), (0, 0))).cumsum(axis=0).cumsum(axis=1)


def _windows(integral: np.ndarray, height: int, width: int) -> np.ndarray:
    a, b = integral[height:, width:], integral[:-height, :-width]
    return a + b - integral[height:, :-width] - integral[:-height, width:]


def _scaled(photo: np.ndarray, side: int) -> np.ndarray:
    """With the longer side at most so long."""
    factor = min(1.0, side / max(photo.shape[:2]))
    size = (max(8, round(photo.shape[1] * factor)), max(8, round(photo.shape[0] * factor)))
    return _resized(photo, size)


def _resized(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """To (width, height), smoothed where it shrinks; float32."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    return np.asarray(image.resize(size, Image.Resampling.BILINEAR), dtype=np.float32)


def _finding(status: str, pasted: Pasted | None, subject: str, reason: str) -> Finding:
    return Finding(
        kind="copy_paste",
        check=CHECK,
        status=status,  # pyright: ignore[reportArgumentType]
        score=None if pasted is None else round(pasted.score, 4),
        threshold=THRESHOLD,
        subject=subject,
        box=pasted.box if pasted is not None and status == "leak" else None,
        reason=reason,
    )
