"""Tails."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ...canvas import Xy, mix, shade
from ..palette import luma
from .coats import pale, wool
from .postures import Posture
from .sketch import PLAIN, Sketch
from .traits import Coloring, Traits


@dataclass(frozen=True)
class _Tail:
    """Where a tail starts and which way it goes."""

    sketch: Sketch
    traits: Traits
    coloring: Coloring
    posture: Posture
    start: Xy
    angle: float  # radians above the horizontal, backwards

    @property
    def lying(self) -> bool:
        return self.posture.tail_angle < 0

    def at(self, distance: float, lift: float) -> Xy:
        """A point that far along the tail and `lift` above it, never under the ground."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        x, y = self.start
        return x - distance * cos - lift * sin, min(y - distance * sin - lift * cos, -0.045)


def draw_tail(sketch: Sketch, traits: Traits, coloring: Coloring, posture: Posture) -> None:
    """The tail, behind the body, from the hips backwards."""
    start = (posture.hip[0] - traits.loin * 0.72, posture.hip[1] - traits.loin * 0.45)
    if posture.tail_angle < 0:  # on the ground
        start = (posture.hip[0] - traits.loin * 0.75, posture.hip[1] + traits.loin * 0.35)
    tail = _Tail(sketch, traits, coloring, posture, start, math.radians(posture.tail_angle))
    _TAILS.get(traits.tail, _plain)(tail)


def _feather(tail: _Tail) -> None:
    (x, y), at, color = tail.start, tail.at, tail.coloring.base
    plume = [
        (x + 0.02, y - 0.05), at(0.22, 0.06), at(0.46, 0.10), at(0.68, 0.17), at(0.66, 0.05), at(0.60, -0.08),
        at(0.48, -0.17), at(0.35, -0.22), at(0.20, -0.19), (x + 0.04, y + 0.06),
    ]  # fmt: skip
    tail.sketch.fill([PLAIN.blob(plume), PLAIN.tube([(x, y), at(0.20, -0.02)], 0.07, 0.09)], color, shade=0.05)
    for lift in (0.04, -0.05):
        line = [at(0.12, lift * 0.5), at(0.36, lift), at(0.58, lift + 0.08)]
        tail.sketch.line(line, 0.02, mix(color, (255, 248, 232), 0.4), opacity=0.8)


def _brush(tail: _Tail) -> None:
    line = [tail.start, tail.at(0.22, -0.06), tail.at(0.46, -0.03), tail.at(0.68, 0.06)]
    tail.sketch.fill([PLAIN.tube(line, 0.05, 0.11, 0.115, 0.015)], tail.coloring.base, shade=0.05)
    tip = pale(tail.coloring) if tail.traits.mask == "fox" else tail.coloring.dark
    tail.sketch.fill([PLAIN.tube([tail.at(0.52, 0.0), tail.at(0.68, 0.06)], 0.10, 0.015)], tip, outline=0.0)


def _curl(tail: _Tail) -> None:
    x, y = tail.start
    line = [(x, y), (x - 0.16, y - 0.18), (x - 0.04, y - 0.36), (x + 0.14, y - 0.30), (x + 0.12, y - 0.16)]
    if tail.lying:
        line = [(x, y), tail.at(0.2, -0.05), tail.at(0.4, 0.0)]
    tail.sketch.fill([PLAIN.tube(line, 0.07, 0.105, 0.10, 0.05)], tail.coloring.base, shade=0.04)


def _ball(tail: _Tail) -> None:
    color = tail.coloring.base
    end = tail.at(0.06, 0.0) if tail.traits.tail == "puff" else tail.at(0.24, 0.14)
    tail.sketch.fill([PLAIN.tube([tail.start, end], 0.04)], color)
    ball = PLAIN.tube([end, (end[0] - 0.01, end[1])], 0.085)
    tail.sketch.fill(wool([ball], radius=0.05), shade(color, 0.3 if luma(color) < 200 else 0.0), shade=0.03)


def _hanging(tail: _Tail) -> None:
    hip, loin, angle = tail.posture.hip, tail.traits.loin, tail.posture.tail_angle
    x, y = hip[0] - loin * 0.92, hip[1] - loin * 0.35
    low = min(-0.06, y + 0.62)
    flow = 0.22 if 0 < angle < 30 and hip[1] < -0.85 else 0.0  # streams behind a galloping animal
    line = [(x + 0.05, y), (x - 0.09 - flow * 0.5, y + 0.10), (x - 0.11 - flow, (y + low) / 2), (x - 0.06 - flow, low)]
    if tail.traits.tail == "hair":
        tail.sketch.fill([PLAIN.tube(line, 0.045, 0.085, 0.09, 0.02)], tail.coloring.dark, shade=0.03)
        return
    tail.sketch.fill([PLAIN.tube(line, 0.03, 0.025, 0.022)], tail.coloring.base)
    tail.sketch.fill([PLAIN.ellipse(line[-1][0], line[-1][1] - 0.02, 0.045, 0.085)], tail.coloring.dark)


def _stub(tail: _Tail) -> None:
    tail.sketch.fill([PLAIN.tube([tail.start, tail.at(0.12, 0.06)], 0.06, 0.035)], tail.coloring.base)


def _plain(tail: _Tail) -> None:
    kind, coloring = tail.traits.tail, tail.coloring
    long = {"long": 0.80, "up": 0.42}.get(kind, 0.55)
    lift = {"long": 0.34, "up": 0.30}.get(kind, 0.10) + max(0.0, math.sin(tail.angle)) * 0.1
    if tail.lying:
        lift = 0.02
    tip = 0.035 if kind == "long" else 0.018
    line = [tail.start, tail.at(long * 0.4, -0.05), tail.at(long * 0.75, lift * 0.4), tail.at(long * 0.9, lift)]
    shape = [PLAIN.tube(line, 0.06, 0.05, 0.045, tip)]
    tail.sketch.fill(shape, coloring.base, shade=0.025)
    if coloring.pattern == "tabby":
        for share in (0.5, 0.7):
            x, y = tail.at(long * share, lift * share * 0.5)
            tail.sketch.line([(x, y - 0.05), (x + 0.02, y + 0.05)], 0.035, coloring.dark, clip=shape)


_TAILS: dict[str, Callable[[_Tail], None]] = {
    "feather": _feather, "brush": _brush, "curl": _curl, "puff": _ball, "pom": _ball, "hair": _hanging,
    "tuft": _hanging, "stub": _stub,
}  # fmt: skip
