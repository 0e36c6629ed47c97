"""Where in a picture something is painted anew from near: things, animals, figures, heads."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from PIL import Image

from ...encoders import PORTRAIT_REACH, head_window
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
_FAINT: Final = 8.0  # of 255: below it a colour says nothing of the light
_GAINS: Final = (0.2, 1.6)
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


def thing_pixels(layout: SceneLayout, instance: np.ndarray) -> np.ndarray:
    """Where animals and things are seen, (height, width) bool.

    Args:
        layout: of the picture.
        instance: of its raster, (height, width).
    """
    chosen = [False, *(not region.keypoints for region in layout.regions)]
    return np.array(chosen)[instance]


def with_things(seen: np.ndarray, drawn: np.ndarray, layout: SceneLayout, instance: np.ndarray) -> np.ndarray:
    """A picture with its animals and things taken from a sketch, each as bright as the picture shows it.

    The denoiser's grid blurs what is small; the sketch knows its shape, and the picture the light that it stands in.

    Args:
        seen: (height, width, 3) uint8, what the denoiser made.
        drawn: the sketch of the same photo, (height, width, 3) uint8.
        layout: of the picture.
        instance: of its raster, (height, width).

    Returns:
        (height, width, 3) uint8.
    """
    result = seen.copy()
    for number, region in enumerate(layout.regions, start=1):
        inside = instance == number
        if region.keypoints or not inside.any():
            continue
        # One gain for all colours: what a blurred thing took on from the ground around it is not its light.
        light = (seen[inside].mean() + _FAINT) / (drawn[inside].mean() + _FAINT)
        lit = drawn[inside] * np.clip(light, *_GAINS) + 0.5
        result[inside] = np.clip(lit, 0, 255).astype(np.uint8)
    return result


def closeup_sketch(
    seen: np.ndarray, layout: SceneLayout, portraits: Mapping[str, np.ndarray], window: Window, width: int, height: int
) -> np.ndarray:
    """What the detailer is shown of a window: what is there, but portraits in the place of heads.

    What the denoiser made of a head is not shown: who somebody is, the portrait says, an anchor of generation 0, as
    reference-guided inpainting has it (Yang et al., Paint by Example, CVPR 2023). It looks straight ahead, in a light
    of its own; how the head is turned, lit and feels is left to the detailer, so it is marked as not to be trusted
    fully.

    Args:
        seen: (side, side, 3) uint8, the window, reduced.
        layout: of the picture.
        portraits: by the reference of the region, (p, p, 3) uint8 each; heads of others are left empty.
        window: of the picture of (height, width) pixels.
        width: pixels.
        height: pixels.

    Returns:
        (side, side, 4) uint8; the fourth channel is 255 for what is there, 128 for portraits, 0 for nothing.
    """
    side = len(seen)
    sketch = np.dstack([seen, np.full((side, side), 255, np.uint8)])
    x, y, size = window
    scale = side / size
    rows, columns = np.mgrid[:side, :side] + 0.5
    for region in layout.regions:
        if not region.keypoints:
            continue
        head = head_window(region.keypoints, width, height)
        across, down = columns - (head.x - x) * scale, rows - (head.y - y) * scale
        inside = across**2 + down**2 < (_HEAD_RADIUS * head.unit * scale) ** 2
        if not inside.any():
            continue
        sketch[inside] = 0
        portrait = portraits.get(region.ref)
        if portrait is not None:
            sketch[inside, :3] = _turned(portrait, across, down, head.unit * scale * PORTRAIT_REACH, head.tilt)[inside]
            sketch[inside, 3] = 128
    return sketch


def _turned(portrait: np.ndarray, across: np.ndarray, down: np.ndarray, side: float, tilt: float) -> np.ndarray:
    """A portrait drawn `side` pixels large around the point where `across` and `down` are 0, turned clockwise."""
    few = max(1, math.ceil(side))
    small = np.asarray(Image.fromarray(portrait).convert("RGB").resize((few, few), Image.Resampling.BOX))
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    u, v = across * cos + down * sin, down * cos - across * sin
    column, row = (np.clip((along / side + 0.5) * few, 0, few - 1).astype(np.int64) for along in (u, v))
    return small[row, column]


def window_of(subject: Subject, width: int, height: int) -> Window:
    """The square around a subject, inside the picture."""
    side = round(min(max(subject.size, SMALLEST_SIDE), LARGEST_SIDE, width, height))
    x, y = round(subject.x - side / 2), round(subject.y - side / 2)
    return min(max(x, 0), width - side), min(max(y, 0), height - side), side
