"""Which people and things of a scene can be seen, and how well."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from ...stages.encoders import head_window
from ...stages.records import Region
from ...stages.render.renderer import PhotoJob
from ...stages.vocabulary import OPENPOSE_18

SMALLEST_HEAD: Final = 9 / 256  # of the picture's height: below, a face has no features
_FACE_SHOWN = 0.55  # of the head's disc that must be the person's own
_ARM_OFF_NOSE = 0.35  # head heights; an arm that is nearer covers eyes, nose or mouth
_ANY_PIXELS = 100 / 256**2  # of the picture; whoever shows less is not counted


@dataclass(frozen=True, eq=False)
class SeenPerson:
    """A person of a job. member: index into `job.characters`. region: index into the layout's regions.

    head: its height as a fraction of the picture's height. face_shown: share of the head's disc, 0..1. area: pixels of
    the person that are seen, of all. face: whether a face is seen well enough to know somebody by: large
    enough, not turned away, not hidden by anything else, and not behind an own arm.
    """

    member: int
    region: int
    head: float
    face_shown: float
    area: float
    face: bool


def seen_people(job: PhotoJob, instance: np.ndarray) -> list[SeenPerson]:
    """People of a job of whom anything is in the picture.

    Args:
        job: of the scene.
        instance: (height, width) uint8, of `blueprint_raster`.
    """
    found = []
    for index, member, region in _regions(job, "person"):
        own = instance == index + 1
        area = float(own.mean())
        if area < _ANY_PIXELS:
            continue
        head, shown = _face(region, own)
        faces = region.facing != "away"
        large = head >= SMALLEST_HEAD and shown >= _FACE_SHOWN
        seen = faces and large and not _behind_arm(region, *own.shape)
        found.append(SeenPerson(member, index, head, shown, area, seen))
    return found


def _regions(job: PhotoJob, kind: str) -> Iterator[tuple[int, int, Region]]:
    members = {character.id: number for number, character in enumerate(job.characters)}
    for index, region in enumerate(job.layout.regions):
        member = members.get(region.ref)
        if member is not None and job.characters[member].kind == kind and region.keypoints:
            yield index, member, region


def _behind_arm(region: Region, height: int, width: int) -> bool:
    points = {
        name: np.array([x * width, y * height]) for name, (x, y, _) in zip(OPENPOSE_18, region.keypoints, strict=True)
    }
    unit = head_window(region.keypoints, width, height).unit
    arms = [(f"{s}_shoulder", f"{s}_elbow", f"{s}_wrist") for s in "rl"]
    return any(
        _distance(points["nose"], points[start], points[end]) < _ARM_OFF_NOSE * unit
        for arm in arms
        for start, end in pairwise(arm)
    )


def _distance(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    """From a point to a segment."""
    along = end - start
    share = np.clip(np.dot(point - start, along) / max(np.dot(along, along), 1e-9), 0, 1)
    return float(np.linalg.norm(point - start - share * along))


def _face(region: Region, own: np.ndarray) -> tuple[float, float]:
    height, width = own.shape
    window = head_window(region.keypoints, width, height)
    nose = region.keypoints[0][0] * width, region.keypoints[0][1] * height
    radius = 0.42 * window.unit
    y0, y1 = int(nose[1] - radius), int(nose[1] + radius) + 1
    x0, x1 = int(nose[0] - radius), int(nose[0] + radius) + 1
    ys, xs = np.mgrid[y0:y1, x0:x1]
    disc = (xs + 0.5 - nose[0]) ** 2 + (ys + 0.5 - nose[1]) ** 2 <= radius**2
    inside = disc & (ys >= 0) & (ys < height) & (xs >= 0) & (xs < width)
    shown = own[np.clip(ys, 0, height - 1), np.clip(xs, 0, width - 1)] & inside
    return window.unit / height, float(shown.sum()) / max(1, int(disc.sum()))
