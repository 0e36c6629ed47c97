"""Where in a picture something is painted anew from near: things, animals, figures, heads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ...encoders import head_window
from ...records import Region, SceneLayout

Kind = Literal["thing", "animal", "figure", "head"]
Window = tuple[int, int, int]  # left, top and side of a square, pixels
KINDS: Final[tuple[Kind, ...]] = ("thing", "animal", "figure", "head")  # in the order in which they are painted
SMALLEST_SIDE, LARGEST_SIDE = 44, 160  # pixels of a window's side, in pictures of about 256 x 256
_HEAD_REACH: Final = 2.2  # head heights: with hair and hats, and the shoulders
_HEAD_RADIUS: Final = 0.85  # head heights
_REACH: Final = 1.12  # of the longer side of a box
_SMALLEST_HEAD: Final = 5.0  # pixels; below it there is nothing to paint
_SMALLEST_BOX: Final = 6.0
_LARGEST_BOX: Final = 112.0  # pixels; what is larger, the denoiser's own grid shows as finely


@dataclass(frozen=True)
class Subject:
    """What a close-up shows. region: index into the layout. x, y: its middle; size: side of the square; pixels."""

    region: int
    kind: Kind
    x: float
    y: float
    size: float


def subjects_of(layout: SceneLayout, width: int, height: int) -> list[Subject]:
    """Everything in a picture of (height, width) pixels that is worth a close-up, in the order to paint it.

    Far before near, and heads last of all: what is painted later covers what was painted before.
    """
    found = [
        subject
        for index, region in enumerate(layout.regions)
        for subject in _subjects(index, region, width, height)
        if 0 < subject.x < width and 0 < subject.y < height
    ]
    return sorted(found, key=lambda subject: (subject.kind == "head", subject.region))


def _subjects(index: int, region: Region, width: int, height: int) -> Iterator[Subject]:
    x0, y0, x1, y1 = (min(1.0, max(0.0, value)) for value in region.box)
    across, down = (x1 - x0) * width, (y1 - y0) * height
    if min(across, down) >= _SMALLEST_BOX and max(across, down) <= _LARGEST_BOX:
        kind: Kind = "thing" if region.kind == "object" else "figure" if region.keypoints else "animal"
        yield Subject(index, kind, (x0 + x1) / 2 * width, (y0 + y1) / 2 * height, _REACH * max(across, down))
    if region.keypoints:
        head = head_window(region.keypoints, width, height)
        if head.unit >= _SMALLEST_HEAD:
            yield Subject(index, "head", head.x, head.y, _HEAD_REACH * head.unit)


def head_mask(layout: SceneLayout, width: int, height: int) -> np.ndarray:
    """Where heads, hair and hats are, (height, width) bool.

    What the denoiser painted there is not shown to the detailer: who somebody is, words and vector say.
    """
    rows, columns = np.mgrid[:height, :width] + 0.5
    mask = np.zeros((height, width), bool)
    for region in layout.regions:
        if region.keypoints:
            head = head_window(region.keypoints, width, height)
            mask |= (columns - head.x) ** 2 + (rows - head.y) ** 2 < (_HEAD_RADIUS * head.unit) ** 2
    return mask


def window_of(subject: Subject, width: int, height: int) -> Window:
    """The square around a subject, inside the picture."""
    side = round(min(max(subject.size, SMALLEST_SIDE), LARGEST_SIDE, width, height))
    x, y = round(subject.x - side / 2), round(subject.y - side / 2)
    return min(max(x, 0), width - side), min(max(y, 0), height - side), side
