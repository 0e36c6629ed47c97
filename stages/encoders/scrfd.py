"""Faces from the outputs of an SCRFD detector: boxes, scores and five points (Guo et al., ICLR 2022)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from ..errors import AlbumError

SIZE: Final = 640  # pixels of the input's side
STRIDES: Final = (8, 16, 32)
_ANCHORS: Final = 2  # of each cell
LEAST_SCORE: Final = 0.5
LARGEST_OVERLAP: Final = 0.4
_WIDTHS: Final = {1: "scores", 4: "boxes", 10: "points"}


@dataclass(frozen=True, eq=False)
class Face:
    """A face. box: x0, y0, x1, y1 in pixels. score: 0..1. points: (5, 2) pixels: eyes, nose, corners of the mouth."""

    box: tuple[float, float, float, float]
    score: float
    points: np.ndarray


def detector_input(picture: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a picture into the detector's square, top left, black where it does not reach.

    Args:
        picture: (height, width, 3) uint8.

    Returns:
        (1, 3, 640, 640) float32, (x - 127.5) / 128, RGB; and by what the picture was multiplied.
    """
    height, width = picture.shape[:2]
    longer = max(height, width)
    fitted = (max(1, SIZE * width // longer), max(1, SIZE * height // longer))
    square = np.zeros((SIZE, SIZE, 3), np.uint8)
    square[: fitted[1], : fitted[0]] = np.asarray(Image.fromarray(picture).resize(fitted, Image.Resampling.BILINEAR))
    return ((square.astype(np.float32) - 127.5) / 128.0).transpose(2, 0, 1)[None], SIZE / longer


def decode_faces(outputs: Sequence[np.ndarray], scale: float, *, least: float = LEAST_SCORE) -> list[Face]:
    """Faces in pixels of the picture, the surest first, one of each.

    Each cell of a stride's grid has two anchors at its upper left corner; an output gives, in strides, the distances
    from there to the box's four sides, and the way to each point.

    Args:
        outputs: nine arrays in any order, of scores (n, 1), boxes (n, 4) and points (n, 10) for three strides, each
            maybe with one more axis of length 1 in front.
        scale: of `detector_input`.
        least: score at or above which a face counts.

    Raises:
        AlbumError: the outputs are not those of such a detector.
    """
    by_stride = _sorted(outputs)
    found: list[Face] = []
    for stride in STRIDES:
        scores, boxes, points = (by_stride[name, stride] for name in ("scores", "boxes", "points"))
        kept = np.flatnonzero(scores[:, 0] >= least)
        cell = kept // _ANCHORS
        corner = np.stack([cell % (SIZE // stride), cell // (SIZE // stride)], axis=1) * float(stride)
        left_top, right_bottom = corner - boxes[kept, :2] * stride, corner + boxes[kept, 2:] * stride
        marks = (corner[:, None] + points[kept].reshape(-1, 5, 2) * stride) / scale
        edges = np.concatenate([left_top, right_bottom], axis=1) / scale
        for score, edge, mark in zip(scores[kept, 0], edges, marks, strict=True):
            found.append(Face((edge[0], edge[1], edge[2], edge[3]), float(score), mark))
    return without_overlaps(found)


def without_overlaps(faces: Sequence[Face], *, largest: float = LARGEST_OVERLAP) -> list[Face]:
    """Keep the surest of the faces that share more than `largest` of their union (greedy suppression)."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda one: -one.score):
        if all(_overlap(face.box, one.box) <= largest for one in kept):
            kept.append(face)
    return kept


def _sorted(outputs: Sequence[np.ndarray]) -> dict[tuple[str, int], np.ndarray]:
    lengths = {(SIZE // stride) ** 2 * _ANCHORS: stride for stride in STRIDES}
    found = {}
    for output in outputs:
        flat = output[0] if output.ndim == 3 and output.shape[0] == 1 else output
        stride, name = lengths.get(len(flat)), _WIDTHS.get(flat.shape[-1]) if flat.ndim == 2 else None
        if stride and name:
            found[name, stride] = flat.astype(np.float64)
    if len(found) != len(STRIDES) * len(_WIDTHS):
        shapes = ", ".join(str(tuple(output.shape)) for output in outputs)
        raise AlbumError(
            f"The face detector gave {shapes}, which are not scores, boxes and five points for the strides 8, 16 and "
            f"32 of a picture of {SIZE} pixels: use an SCRFD with key points such as det_10g.onnx."
        )
    if not all(np.isfinite(part).all() for part in found.values()):
        raise AlbumError("The face detector gave values that are not numbers: its file may be damaged.")
    return found


def _overlap(first: Sequence[float], second: Sequence[float]) -> float:
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(0.0, wide) * max(0.0, high)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return shared / max(areas - shared, 1e-9)
