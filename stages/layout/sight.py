"""What must stay visible in a scene, judged for many places of a thing at once."""

from collections.abc import Sequence

import numpy as np

from .figures import Box

NEAR_HIDES = 0.15  # share of somebody's box that a nearer thing may cover
_FAR_HIDDEN, _SHARED = 0.26, 0.10  # share of a farther thing that people may cover; of things that may overlap


class Sight:
    """What must stay visible, as arrays, so that many places are judged at once."""

    def __init__(self, people: Sequence[tuple[float, Box, Box | None]], things: Sequence[Box]) -> None:
        self.lines = np.array([line for line, _, _ in people])
        self.people = np.array([box for _, box, _ in people]).reshape(-1, 4)
        self.faces = np.array([face or (9.0, 9.0, 9.0, 9.0) for _, _, face in people]).reshape(-1, 4)
        self.things = np.array(things).reshape(-1, 4)

    def trouble(self, boxes: np.ndarray, line: float, *, hides: float = NEAR_HIDES) -> np.ndarray:
        """By how much each of (places, 4) boxes on one ground line breaks the rules of sight, (places,); 0 is good."""
        total = np.zeros(len(boxes))
        own = _areas(boxes)
        nearer = self.lines >= line
        if nearer.any():
            hidden = (_common(boxes, self.people[nearer]) / own[:, None]).sum(axis=1)
            total += np.maximum(hidden - _FAR_HIDDEN, 0.0)
        if (~nearer).any():
            bodies, faces = self.people[~nearer], self.faces[~nearer]
            total += np.maximum(_common(boxes, bodies) / _areas(bodies) - hides, 0.0).sum(axis=1)
            total += (_common(boxes, faces) / np.maximum(_areas(faces), 1e-6)).sum(axis=1)
        if len(self.things):
            smaller = np.minimum(own[:, None], _areas(self.things)[None, :])
            total += np.maximum(_common(boxes, self.things) / smaller - _SHARED, 0.0).sum(axis=1)
        return total


def _areas(boxes: np.ndarray) -> np.ndarray:
    return np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1e-9)


def _common(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Common areas of (n, 4) and (m, 4) boxes, (n, m)."""
    width = np.minimum(boxes[:, None, 2], others[None, :, 2]) - np.maximum(boxes[:, None, 0], others[None, :, 0])
    height = np.minimum(boxes[:, None, 3], others[None, :, 3]) - np.maximum(boxes[:, None, 1], others[None, :, 1])
    return np.maximum(width, 0.0) * np.maximum(height, 0.0)
