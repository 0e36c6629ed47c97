"""Outlines: what a figure covers, as polygons around its head, trunk and limbs."""

import math

import numpy as np

from .body import (
    CROWN_ABOVE_NOSE,
    L_ANKLE,
    L_ELBOW,
    L_HIP,
    L_KNEE,
    L_SHOULDER,
    L_WRIST,
    NECK,
    NOSE,
    NOSE_TO_NECK,
    R_ANKLE,
    R_ELBOW,
    R_HIP,
    R_KNEE,
    R_SHOULDER,
    R_WRIST,
    SOLE,
)  # fmt: skip

_ARM, _HAND, _THIGH, _SHIN, _FOOT = 0.19, 0.16, 0.30, 0.20, 0.13  # half thicknesses in head heights


def person_outline(joints: np.ndarray, head: float, breadth: float, facing: str) -> list[np.ndarray]:
    """Polygons that together cover a person.

    Args:
        joints: (18, 2) OpenPose-18 joints in any one unit, y down.
        head: head height in that unit.
        breadth: the body's breadth, 1 average.
        facing: which way the toes point.
    """
    wide = head * breadth
    polygons = [_head(joints, head), _trunk(joints, wide)]
    for shoulder, elbow, wrist in ((R_SHOULDER, R_ELBOW, R_WRIST), (L_SHOULDER, L_ELBOW, L_WRIST)):
        polygons.append(capsule(joints[shoulder], joints[elbow], wide * 0.22, wide * _ARM))
        polygons.append(capsule(joints[elbow], joints[wrist], wide * _ARM, wide * _HAND))
        polygons.append(disc(joints[wrist] + _step(joints[elbow], joints[wrist]) * head * 0.12, head * 0.19))
    for hip, knee, ankle in ((R_HIP, R_KNEE, R_ANKLE), (L_HIP, L_KNEE, L_ANKLE)):
        polygons.append(capsule(joints[hip], joints[knee], wide * _THIGH, wide * 0.24))
        polygons.append(capsule(joints[knee], joints[ankle], wide * 0.24, wide * _SHIN))
        heel, toe = foot(joints[knee], joints[ankle], head, facing)
        polygons.append(capsule(heel, toe, head * _FOOT, head * _FOOT))
    return polygons


def foot(knee: np.ndarray, ankle: np.ndarray, head: float, facing: str) -> tuple[np.ndarray, np.ndarray]:
    """Heel and toe of a foot: flat below the ankle, pointing where the person faces; in line with a lying leg."""
    down = _step(knee, ankle)
    if down[1] < 0.25:  # the leg lies or trails: the foot turns up from its end
        heel = ankle + down * head * 0.1
        return heel, heel + np.array([0.0, -1.0]) * head * 0.3
    reach = {"left": -0.42, "right": 0.42}.get(facing, 0.0) * head
    heel = ankle + np.array([0.0, (SOLE - _FOOT) * head])
    return heel, heel + np.array([reach, 0.0])


def capsule(start: np.ndarray, end: np.ndarray, start_radius: float, end_radius: float) -> np.ndarray:
    """Outline of a round-ended, tapering bar, (14, 2)."""
    heading = math.atan2(end[1] - start[1], end[0] - start[0])
    turns = np.linspace(-math.pi / 2, math.pi / 2, 7)
    front = _arc(end, end_radius, heading + turns)
    back = _arc(start, start_radius, heading + math.pi + turns)
    return np.concatenate([front, back])


def disc(center: np.ndarray, radius_x: float, radius_y: float | None = None) -> np.ndarray:
    """Outline of an ellipse, (16, 2)."""
    turns = np.arange(16) * (2 * math.pi / 16)
    return center + np.stack([np.cos(turns) * radius_x, np.sin(turns) * (radius_y or radius_x)], axis=1)


def bounds(polygons: list[np.ndarray]) -> tuple[float, float, float, float]:
    """Smallest box x0, y0, x1, y1 around polygons."""
    points = np.concatenate(polygons)
    x0, y0 = points.min(axis=0)
    x1, y1 = points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _head(joints: np.ndarray, head: float) -> np.ndarray:
    """The head with its hair: 0.05 H above the nose along the neck, a little wider than the skull."""
    up = (joints[NOSE] - joints[NECK]) / (NOSE_TO_NECK * head)
    up = up / max(float(np.hypot(*up)), 1e-9)
    radius = CROWN_ABOVE_NOSE * head
    return disc(joints[NOSE] + up * 0.05 * head, radius * 0.96, radius)


def _trunk(joints: np.ndarray, wide: float) -> np.ndarray:
    """Hull of shoulders and hips, with flesh around the joints, and the neck."""
    rings = [disc(joints[joint], wide * 0.24) for joint in (R_SHOULDER, L_SHOULDER)]
    rings += [disc(joints[joint], wide * 0.32) for joint in (R_HIP, L_HIP)]
    rings.append(disc(joints[NECK] * 0.75 + joints[NOSE] * 0.25, wide * 0.2))
    return hull(np.concatenate(rings))


def hull(points: np.ndarray) -> np.ndarray:
    """Convex hull of (n, 2) points, counted around. Source: Andrew (1979), monotone chains."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    chains: list[tuple[float, float]] = []
    for sequence in (ordered, ordered[::-1]):
        chain: list[tuple[float, float]] = []
        for point in sequence:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        chains += chain[:-1]
    return np.array(chains)


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _arc(center: np.ndarray, radius: float, angles: np.ndarray) -> np.ndarray:
    return center + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _step(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    gap = end - start
    return gap / max(float(np.hypot(*gap)), 1e-9)
