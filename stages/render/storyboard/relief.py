"""What stands on the horizon: hills, wooded ridges, mountains with facets and snow, dunes, skylines, rocks."""

import itertools
import random
from collections.abc import Sequence

import numpy as np

from .canvas import Rgb, Xy, mix, shade
from .noise import profile
from .view import View

_STEPS = 90


def paint_hills(view: View, name: str, *, v: float, height: float, color: Rgb, z: float, pace: float = 48.0) -> None:
    """A soft ridge.

    Args:
        view: the camera.
        name: of the ridge; the same name keeps its shape.
        v: mean height over the horizon, in focal lengths.
        height: how much it varies, in focal lengths.
        color: in daylight, without haze.
        z: metres away, for the haze.
        pace: noise texels per focal length; more is more rugged.
    """
    us = np.linspace(-view.reach - 0.05, view.reach + 0.05, _STEPS)
    row = view.rng("ridge", name).randrange(256)
    line = profile(view.tile("ridges", 1.9), row, us * pace + row) - 0.5
    fine = profile(view.tile("ridges", 1.9), row + 40, us * pace * 5) - 0.5
    crest = [
        view.far(float(u), max(0.004, v + height * float(a + 0.12 * b))) for u, a, b in zip(us, line, fine, strict=True)
    ]
    _down_to_horizon(view, crest, view.color(_cover(view, color, 0.75), z))
    # A second, lower and slightly lighter fold gives the ridge a body.
    shares = 0.5 + 0.9 * (profile(view.tile("ridges", 1.9), row + 90, us * pace * 1.6) - 0.5)
    folds = [(x, y + float(share) * (view.horizon - y)) for (x, y), share in zip(crest, shares, strict=True)]
    _down_to_horizon(view, folds, view.color(_cover(view, shade(color, 0.07), 0.75), z))


def paint_treeline(
    view: View, name: str, *, v: float, height: float, color: Rgb, z: float, pointed: bool = False
) -> None:
    """A distant wood: a ridge whose edge is made of crowns."""
    rng = view.rng("treeline", name)
    row = rng.randrange(256)
    step = height * (0.34 if pointed else 0.55)
    first = int(-view.reach / step) - 2
    dark = view.color(_cover(view, shade(color, -0.2), 0.45), z)
    base = view.color(_cover(view, color, 0.45), z)
    light = view.color(_cover(view, shade(color, 0.12), 0.6), z)
    backs, crowns, lights = [], [], []
    for cell in range(first, -first + 1):
        own = view.rng("crown", name, cell)
        u = (cell + own.uniform(-0.3, 0.3)) * step
        level = v + height * float(profile(view.tile("ridges", 1.9), row, np.array([u * 40]))[0] - 0.5)
        top = level + height * own.uniform(0.35, 1.0)
        if pointed:
            _spire(view, u, top, step * own.uniform(0.7, 1.0), own.choice((dark, base, base)))
            continue
        x, y = view.far(u, top - step * 0.6)
        radius = step * own.uniform(0.6, 0.95) * view.focal
        backs.append((x + radius * 0.3, y + radius * 0.3, radius, radius * 0.9))
        crowns.append((x, y, radius * 0.9, radius * 0.85))
        side = 1 if view.light[0] > 0 else -1
        lights.append((x + side * radius * 0.25, y - radius * 0.25, radius * 0.5, radius * 0.4))
    left, right = -view.reach - 0.1, view.reach + 0.1
    view.canvas.dabs(backs, dark)
    view.canvas.dabs(crowns, base)
    view.canvas.polygon(
        [
            view.far(left, v + 0.2 * height),
            view.far(right, v + 0.2 * height),
            view.far(right, -0.01),
            view.far(left, -0.01),
        ],
        dark,
    )
    view.canvas.dabs(lights, light)


def _spire(view: View, u: float, top: float, width: float, color: Rgb) -> None:
    points: list[Xy] = [view.far(u, top)]
    for level, half in ((0.66, 0.26), (0.68, 0.16), (0.36, 0.40), (0.38, 0.26), (0.0, 0.5)):
        points.append(view.far(u + half * width, top * level))
        points.insert(0, view.far(u - half * width, top * level))
    view.canvas.polygon(points, color)


def paint_mountains(
    view: View, name: str, *, height: float, color: Rgb, z: float, spacing: float = 0.34, snow: float = 0.42
) -> None:
    """A range of peaks with lit and shaded faces.

    Args:
        view: the camera.
        name: of the range.
        height: of the tallest peak over the horizon, in focal lengths.
        color: of the rock.
        z: metres away, for the haze.
        spacing: between peaks, in focal lengths.
        snow: part of the height that is capped, 0 none.
    """
    cells = int((view.reach + 2 * spacing) / spacing) + 1
    peaks = []
    for cell in range(-cells, cells + 1):
        rng = view.rng("peak", name, cell)
        u = (cell + rng.uniform(-0.3, 0.3)) * spacing
        peaks.append((rng.uniform(0.55, 1.0) * height, u, rng))
    if view.look.snowy:
        snow = min(1.0, snow + 0.3)
    for top, u, rng in sorted(peaks, key=lambda peak: peak[0], reverse=True):
        _peak(view, u, top, top * rng.uniform(1.15, 1.5), color, z, snow, rng)


def _peak(view: View, u: float, top: float, half: float, color: Rgb, z: float, snow: float, rng: random.Random) -> None:
    side = 1 if view.light[0] > 0 else -1
    lit, dark = view.color(shade(color, 0.12), z), view.color(mix(shade(color, -0.28), (60, 70, 110), 0.2), z)
    left = _slope(u, top, -half, rng)
    right = _slope(u, top, half, rng)
    spine = [
        (u + rng.uniform(-0.10, 0.10) * half * t - side * 0.16 * half * t, top * (1 - t))
        for t in (0.0, 0.18, 0.36, 0.58, 0.8, 1.0)
    ]
    bright, shaded = (right, left) if side > 0 else (left, right)
    canvas = view.canvas
    canvas.polygon([view.far(*p) for p in [*left[::-1], *right]] + [view.far(u, -0.01)], dark)
    canvas.polygon([view.far(*p) for p in [*bright, *spine[::-1]]], lit)
    _gullies(view, u, top, half, side, lit, dark, rng)
    if snow > 0:
        white, blue = view.color((250, 251, 255), z * 0.7), view.color((176, 192, 224), z * 0.7)
        canvas.polygon([view.far(*p) for p in _cap(shaded, spine, top, snow, rng)], blue)
        canvas.polygon([view.far(*p) for p in _cap(bright, spine, top, snow, rng)], white)


def _slope(u: float, top: float, half: float, rng: random.Random) -> list[Xy]:
    points = [(u, top)]
    for t in (0.14, 0.3, 0.46, 0.64, 0.82, 1.0):
        points.append(
            (u + half * (t + rng.uniform(-0.035, 0.035)), top * (1 - t**0.92) + rng.uniform(-0.02, 0.02) * top)
        )
    return points


def _gullies(view: View, u: float, top: float, half: float, side: int, lit: Rgb, dark: Rgb, rng: random.Random) -> None:
    for _ in range(5):
        t = rng.uniform(0.25, 0.7)
        start = (u + side * half * rng.uniform(0.05, 0.75) * t, top * (1 - t))
        length = rng.uniform(0.14, 0.3) * top
        wedge = [
            start,
            (start[0] + side * 0.28 * length, start[1] - length),
            (start[0] - side * 0.12 * length, start[1] - length * 0.9),
        ]
        view.canvas.polygon([view.far(*p) for p in wedge], mix(lit, dark, 0.55))
        start = (u - side * half * rng.uniform(0.1, 0.7) * t, top * (1 - t))
        wedge = [
            start,
            (start[0] - side * 0.2 * length, start[1] - length),
            (start[0] + side * 0.1 * length, start[1] - length * 0.8),
        ]
        view.canvas.polygon([view.far(*p) for p in wedge], mix(dark, lit, 0.22))


def _cap(edge: Sequence[Xy], spine: Sequence[Xy], top: float, snow: float, rng: random.Random) -> list[Xy]:
    """The snow between a slope and the spine, down to a ragged line."""
    floor = top * (1 - snow)
    outer = [p for p in edge if p[1] >= floor] or [edge[0]]
    inner = [p for p in spine if p[1] >= floor] or [spine[0]]
    start, end = _cut(edge, floor), _cut(spine, floor)
    ragged = []
    for index in range(1, 6):
        t = index / 6
        tongue = top * (-0.085 if index % 2 else 0.06) * rng.uniform(0.6, 1.3)
        ragged.append((start[0] + (end[0] - start[0]) * t, floor + tongue))
    return [*outer, start, *ragged, end, *inner[::-1]]


def _cut(line: Sequence[Xy], level: float) -> Xy:
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        if y1 <= level <= y0 and y0 > y1:
            return x0 + (x1 - x0) * (y0 - level) / (y0 - y1), level
    return line[-1]


def paint_dunes(view: View, name: str, *, v: float, height: float, color: Rgb, z: float) -> None:
    """Dunes with a sunny and a shaded side."""
    side = 1 if view.light[0] > 0 else -1
    spacing = height * 4.5
    cells = int((view.reach + spacing) / spacing) + 1
    for cell in range(-cells, cells + 1):
        rng = view.rng("dune", name, cell)
        u, top = (cell + rng.uniform(-0.3, 0.3)) * spacing, v + height * rng.uniform(0.5, 1.0)
        half = spacing * rng.uniform(0.7, 1.0)
        crest = [(u - half, 0.0), (u - half * 0.45, top * 0.55), (u, top), (u + half * 0.5, top * 0.5), (u + half, 0.0)]
        view.canvas.blob([view.far(*p) for p in [*crest, (u, -0.02)]], view.color(shade(color, 0.1), z), tension=0.3)
        ridge = [(u, top), (u + 0.10 * half, top * 0.6), (u - 0.02 * half, top * 0.3), (u + 0.12 * half, 0.0)]
        slope = [(u - side * half * 0.4, top * 0.6), (u - side * half * 0.9, 0.05 * top), (u - side * half, -0.01)]
        view.canvas.polygon([view.far(*p) for p in [*ridge, *slope[::-1]]], view.color(shade(color, -0.2), z))


def paint_rock(view: View, x: float, z: float, size_m: float, rng: random.Random, color: Rgb = (138, 132, 124)) -> None:
    """A boulder with a lit top, a shaded side and a little moss or snow."""
    px, py = view.point(x, 0, z)
    r = size_m * view.metre(z) / 2
    side = 1 if view.light[0] > 0 else -1
    outline = [
        (-1.05, 0.06),
        (-0.95, -0.4),
        (-0.5, -0.85 - rng.uniform(0, 0.15)),
        (0.1, -1.0),
        (0.6, -0.75),
        (0.98, -0.3),
        (1.08, 0.06),
    ]
    outline = [(dx * (1 + rng.uniform(-0.08, 0.08)), dy) for dx, dy in outline]
    place = lambda points: [(px + dx * r * side, py + dy * r) for dx, dy in points]  # noqa: E731
    top = [outline[1], outline[2], outline[3], outline[4], (0.3, -0.55), (-0.35, -0.45)]
    view.canvas.polygon(place(outline), view.color(_cover(view, color, 0.0), z))
    view.canvas.polygon(
        place([outline[0], outline[1], (-0.35, -0.45), (-0.15, 0.06)]), view.color(shade(color, -0.3), z)
    )
    view.canvas.polygon(place(top), view.color(_cover(view, shade(color, 0.22), 0.95), z))
    view.canvas.polygon(place([(0.3, -0.55), outline[4], outline[5], (0.55, -0.15)]), view.color(shade(color, 0.1), z))


def paint_skyline(view: View, name: str, *, v: float, color: Rgb, z: float, spacing: float = 0.07) -> None:
    """Distant towers, lit windows in the dark."""
    cells = int((view.reach + spacing) / spacing) + 1
    for cell in range(-cells, cells + 1):
        rng = view.rng("tower", name, cell)
        u, top = cell * spacing, v * rng.uniform(0.35, 1.0)
        half = spacing * rng.uniform(0.35, 0.52)
        tint = view.color(shade(color, rng.uniform(-0.18, 0.12)), z)
        (x0, y0), (x1, _) = view.far(u - half, top), view.far(u + half, top)
        view.canvas.rectangle((x0, y0, x1, view.horizon + 2), tint)
        view.canvas.rectangle((x0 + (x1 - x0) * 0.62, y0, x1, view.horizon + 2), shade(tint, -0.12))
        size = half * view.focal * 0.16
        glass = (255, 214, 130) if view.look.dark else mix(tint, view.look.middle, 0.5)
        panes = []
        for row in range(int((view.horizon - y0) / (size * 4.2))):
            for column in range(3):
                if rng.random() < (0.5 if view.look.dark else 0.9):
                    panes.append(
                        (x0 + (x1 - x0) * (0.2 + 0.3 * column), y0 + size * (2.4 + 4.2 * row), size * 0.8, size)
                    )
        view.canvas.dabs(panes, glass)


def _cover(view: View, color: Rgb, amount: float) -> Rgb:
    return mix(color, (236, 242, 250), amount) if view.look.snowy else color


def _down_to_horizon(view: View, crest: Sequence[Xy], color: Rgb) -> None:
    (x0, _), (x1, _) = crest[0], crest[-1]
    foot = view.horizon + 0.012 * view.focal
    view.canvas.polygon([*crest, (x1, foot), (x0, foot)], color)
