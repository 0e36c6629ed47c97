"""Shapes as unions of polygons and tapered tubes, and frames that place them on the picture."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..canvas import Xy, ellipse_points, smooth


@dataclass(frozen=True)
class Part:
    """A polygon, or, when `radii` has a value for every point, a round tube along the points."""

    points: tuple[Xy, ...]
    radii: tuple[float, ...] | None = None
    flat: tuple[bool, bool] = (False, False)  # whether a tube's start and end are cut straight instead of round

    def bounds(self) -> tuple[float, float, float, float]:
        """The box around everything that is filled."""
        reach = self.radii or (0.0,) * len(self.points)
        across = [(x - r, x + r) for (x, _), r in zip(self.points, reach, strict=True)]
        down = [(y - r, y + r) for (_, y), r in zip(self.points, reach, strict=True)]
        return min(a for a, _ in across), min(a for a, _ in down), max(b for _, b in across), max(b for _, b in down)


Shape = Sequence[Part]


@dataclass(frozen=True)
class Frame:
    """Local coordinates: `unit` pixels per 1, turned by `angle` radians clockwise around `origin`."""

    origin: Xy
    unit: float
    angle: float = 0.0
    mirror: float = 1.0  # -1 flips x

    def __call__(self, x: float, y: float) -> Xy:
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        x, y = x * self.unit * self.mirror, y * self.unit
        return self.origin[0] + x * cos - y * sin, self.origin[1] + x * sin + y * cos

    def local(self, point: Xy) -> Xy:
        """The inverse of calling the frame."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        dx, dy = point[0] - self.origin[0], point[1] - self.origin[1]
        return (dx * cos + dy * sin) / self.unit * self.mirror, (dy * cos - dx * sin) / self.unit

    def many(self, points: Sequence[Xy]) -> list[Xy]:
        return [self(x, y) for x, y in points]

    def blob(self, points: Sequence[Xy], *, tension: float = 0.5) -> Part:
        """The closed smooth curve through local points."""
        return Part(tuple(smooth(self.many(points), closed=True, tension=tension)))

    def polygon(self, points: Sequence[Xy]) -> Part:
        return Part(tuple(self.many(points)))

    def ellipse(self, x: float, y: float, radius_x: float, radius_y: float, angle: float = 0.0) -> Part:
        turned = self.angle + angle * self.mirror
        return Part(tuple(ellipse_points(self(x, y), radius_x * self.unit, radius_y * self.unit, turned, count=36)))

    def tube(self, points: Sequence[Xy], *radii: float) -> Part:
        """A smooth tube through local points; one radius, or several spread evenly along it."""
        return tube(self.many(points), *(radius * self.unit for radius in radii))

    def beside(self, x: float, y: float, *, angle: float = 0.0, size: float = 1.0) -> "Frame":
        """A frame at a local point, turned and resized against this one."""
        return Frame(self(x, y), self.unit * size, self.angle + angle * self.mirror, self.mirror)


def tube(points: Sequence[Xy], *radii: float) -> Part:
    """A smooth tube through points; the radii are spread evenly along it."""
    line = smooth(points, closed=False, steps=6) if len(points) > 2 else list(points)
    last = max(1, len(line) - 1)
    return Part(tuple(line), tuple(_spread(radii, index / last) for index in range(len(line))))


def straight_tube(points: Sequence[Xy], *radii: float) -> Part:
    """A tube with corners at its joints, one radius per point."""
    return Part(tuple(points), tuple(radii))


def _spread(values: Sequence[float], at: float) -> float:
    if len(values) == 1:
        return values[0]
    place = at * (len(values) - 1)
    index = min(int(place), len(values) - 2)
    return values[index] + (values[index + 1] - values[index]) * (place - index)


def along(a: Xy, b: Xy, fraction: float) -> Xy:
    """The point that far from `a` (0) to `b` (1)."""
    return a[0] + (b[0] - a[0]) * fraction, a[1] + (b[1] - a[1]) * fraction


def shifted(point: Xy, direction: Xy, length: float) -> Xy:
    """The point that many pixels further along a direction."""
    return point[0] + direction[0] * length, point[1] + direction[1] * length


def direction(a: Xy, b: Xy, *, otherwise: Xy = (0.0, 1.0)) -> Xy:
    """The unit vector from `a` to `b`; `otherwise` where they coincide."""
    length = math.dist(a, b)
    return otherwise if length < 1e-6 else ((b[0] - a[0]) / length, (b[1] - a[1]) / length)


def hull(points: Sequence[Xy]) -> list[Xy]:
    """The convex polygon around the points. Source: Andrew's monotone chain, 1979."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves = []
    for sequence in (ordered, ordered[::-1]):
        chain: list[Xy] = []
        for point in sequence:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        halves.append(chain[:-1])
    return halves[0] + halves[1]


def _turn(a: Xy, b: Xy, c: Xy) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
