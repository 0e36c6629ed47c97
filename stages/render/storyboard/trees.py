"""Trees with clustered, shaded foliage."""

import math
import random

from ...seeds import derive_seed
from .canvas import Dab, Rgb, mix, shade
from .seasons import tree_in_season
from .view import View

SNOW: Rgb = (240, 245, 252)
_GREENS: dict[str, Rgb] = {
    "oak": (92, 136, 58),
    "maple": (120, 150, 62),
    "birch": (142, 170, 78),
    "willow": (134, 164, 84),
    "cherry": (244, 176, 196),
    "apple": (104, 146, 62),
    "autumn": (214, 128, 48),
}


def paint_tree(
    view: View, x: float, z: float, height_m: float, species: str, rng: random.Random, leaf: Rgb | None = None
) -> None:
    """A tree standing at x, z, as it looks in the season.

    Args:
        view: the camera.
        x: metres right of the middle.
        z: metres away.
        height_m: metres.
        species: "pine", "palm", "bare" or a broadleaf of the list above; anything else is an oak.
        rng: the randomness that belongs to this tree.
        leaf: the foliage's colour, when it is not the species' own.
    """
    own = random.Random(derive_seed(view.place, "season", round(x, 3), round(z, 3)))  # noqa: S311
    species, leaf = tree_in_season(species, leaf, view.season, own)
    if species in {"pine", "fir"}:
        _conifer(view, x, z, height_m, rng, leaf or (58, 98, 70))
    elif species == "palm":
        _palm(view, x, z, height_m, rng)
    else:
        _broadleaf(view, x, z, height_m, species, rng, leaf or _GREENS.get(species, _GREENS["oak"]))


def tree_shadow(view: View, x: float, z: float, width_m: float) -> None:
    """The soft shadow of a crown on the ground."""
    px, py = view.point(x, 0, z)
    reach = width_m * view.metre(z)
    strength = 40 + round(110 * view.look.shadow)
    away = -view.light[0] * 0.45 * reach if view.sunlit else 0.0
    dark = view.color((30, 40, 40), z)
    for grow, share in ((1.0, 0.4), (0.82, 0.35), (0.6, 0.35)):
        center = (px + away, py + 0.02 * reach)
        view.canvas.ellipse(center, reach * 0.62 * grow, reach * 0.075 * grow, (*dark, round(strength * share)))


def _broadleaf(view: View, x: float, z: float, height_m: float, species: str, rng: random.Random, leaf: Rgb) -> None:
    canvas, size = view.canvas, height_m * view.metre(z)
    px, py = view.point(x, 0, z)
    if px + size < 0 or px - size > canvas.width:
        return
    tree_shadow(view, x, z, height_m * 0.62)
    lean = (0.06 if view.light[0] > 0 else -0.06) * size if view.look.windy else rng.uniform(-0.02, 0.02) * size
    bark = (214, 210, 200) if species == "birch" else (112, 84, 62)
    _trunk(view, px, py, size, lean, bark, z, rng)
    if species == "bare":
        _twigs(view, px + lean, py, size, shade(bark, -0.3), z, rng)
        return
    wide, middle = (0.30, 0.70) if species == "birch" else (0.37, 0.66)
    clusters = []
    # The bigger a tree is in the picture, the smaller the clumps that its crown is made of.
    count, clump = (9, 1.0) if size < 40 else (16, 1.0) if size < 150 else (30, 0.78) if size < 320 else (52, 0.62)
    for index in range(count):
        turn, reach = index * 2.4 + rng.uniform(-0.4, 0.4), math.sqrt((index + 0.5) / count)
        cx = px + lean + math.cos(turn) * reach * wide * size
        cy = py - middle * size - math.sin(turn) * reach * 0.27 * size
        if species == "willow":
            cy += reach * 0.08 * size
        clusters.append((cx, cy, rng.uniform(0.11, 0.16) * clump * size))
    clusters.sort(key=lambda cluster: cluster[1])
    paint_foliage(view, clusters, leaf, z, rng, fine=size > 46)
    if species == "apple" and view.season != "spring":
        spots = [(cx + rng.uniform(-r, r) * 0.7, cy + rng.uniform(-r, r) * 0.7) for cx, cy, r in clusters]
        canvas.dabs([(sx, sy, size * 0.016, size * 0.016) for sx, sy in spots], view.color((206, 56, 46), z))


def _trunk(view: View, px: float, py: float, size: float, lean: float, bark: Rgb, z: float, rng: random.Random) -> None:
    canvas = view.canvas
    side = 1 if view.light[0] > 0 else -1
    dark, base = view.color(shade(bark, -0.3), z), view.color(bark, z)
    fork = (px + lean * 0.5, py - 0.46 * size)
    canvas.limb([(px, py), fork], 0.085 * size, 0.055 * size, dark)
    for dx, dy in ((-0.2, -0.74), (0.02, -0.84), (0.2, -0.72), (0.12, -0.6)):
        tip = (px + lean + (dx + rng.uniform(-0.03, 0.03)) * size, py + dy * size)
        canvas.limb([(fork[0], fork[1] + 0.04 * size), tip], 0.045 * size, 0.010 * size, dark)
    shift = side * 0.014 * size
    canvas.limb([(px + shift, py), (fork[0] + shift, fork[1])], 0.05 * size, 0.03 * size, base)
    if bark[0] > 180:  # birch
        marks = [
            (px + rng.uniform(-0.025, 0.02) * size, py - t * 0.05 * size, 0.014 * size, 0.004 * size)
            for t in range(1, 10)
        ]
        canvas.dabs(marks, view.color((70, 66, 62), z))


def _twigs(view: View, px: float, py: float, size: float, bark: Rgb, z: float, rng: random.Random) -> None:
    """The crown of a tree without leaves, with snow on it where it snows."""
    canvas, color = view.canvas, view.color(bark, z)
    for index in range(9 if size < 60 else 22):
        turn = math.pi * (0.08 + 0.84 * rng.random())
        start = (px + math.cos(turn) * 0.10 * size, py - 0.52 * size - math.sin(turn) * 0.14 * size)
        reach = rng.uniform(0.24, 0.36) * size
        tip = (px + math.cos(turn) * reach, py - 0.56 * size - math.sin(turn) * reach * 1.05)
        canvas.limb([start, tip], 0.014 * size, 0.004 * size, color)
        side = (tip[0] + rng.uniform(-0.08, 0.08) * size, tip[1] - rng.uniform(0.0, 0.07) * size)
        middle = ((start[0] + tip[0]) / 2, (start[1] + tip[1]) / 2)
        canvas.limb([middle, side], 0.008 * size, 0.003 * size, color)
        if view.look.snowy and index % 2:
            canvas.limb([middle, tip], 0.012 * size, 0.004 * size, view.color(SNOW, z))


def paint_foliage(
    view: View, clusters: list[tuple[float, float, float]], leaf: Rgb, z: float, rng: random.Random, *, fine: bool
) -> None:
    """Dark mass, mid tone, lit clusters on the light's side, and leaves that break the edges."""
    canvas = view.canvas
    side = 1 if view.light[0] > 0 else -1
    deep = view.color(mix(shade(leaf, -0.45), (28, 50, 66), 0.25), z)
    base, mid = view.color(shade(leaf, -0.18), z), view.color(leaf, z)
    light = view.color(mix(leaf, (244, 232, 130), 0.32), z)
    if view.look.snowy:
        light = view.color(SNOW, z)
    tops = min(cy - r for _, cy, r in clusters)
    span = max(cy + r for _, cy, r in clusters) - tops
    canvas.dabs([(cx - side * r * 0.10, cy + r * 0.24, r * 1.08, r) for cx, cy, r in clusters], deep)
    if fine:
        canvas.dabs(_leaves(clusters, 9, 0.98, 1.14, 0.17, rng), deep)
    canvas.dabs([(cx, cy, r * 0.98, r * 0.86) for cx, cy, r in clusters], base)
    if fine:
        canvas.dabs(_leaves(clusters, 7, 0.75, 1.06, 0.17, rng), base)
    upper = [(cx, cy, r) for cx, cy, r in clusters if (cy - tops) / span < 0.78]
    canvas.dabs([(cx + side * r * 0.16, cy - r * 0.20, r * 0.74, r * 0.6) for cx, cy, r in upper], mid)
    if fine:
        lifted = [(cx + side * r * 0.16, cy - r * 0.2, r * 0.75) for cx, cy, r in upper]
        canvas.dabs(_leaves(lifted, 8, 0.6, 1.1, 0.2, rng), mid)
    top = [(cx, cy, r) for cx, cy, r in clusters if (cy - tops) / span < 0.6]
    lifted = [(cx + side * r * 0.28, cy - r * 0.42, r * 0.42) for cx, cy, r in top]
    if view.look.snowy:
        canvas.dabs(_leaves([(cx, cy - r * 0.5, r * 0.75) for cx, cy, r in upper], 9, 0.0, 1.0, 0.4, rng), light)
    elif fine:
        canvas.dabs(_leaves(lifted, 10, 0.1, 1.15, 0.3, rng), light)
    else:
        canvas.dabs([(cx, cy, r, r * 0.8) for cx, cy, r in lifted], light)


def _leaves(
    clusters: list[tuple[float, float, float]], count: int, near: float, far: float, size: float, rng: random.Random
) -> list[Dab]:
    leaves = []
    for cx, cy, r in clusters:
        for _ in range(count):
            turn, reach = rng.uniform(0, 6.283), rng.uniform(near, far) * r
            own = r * size * rng.uniform(0.6, 1.1)
            leaves.append((cx + math.cos(turn) * reach, cy + math.sin(turn) * reach * 0.88, own, own * 0.8))
    return leaves


def _conifer(view: View, x: float, z: float, height_m: float, rng: random.Random, leaf: Rgb) -> None:
    canvas, size = view.canvas, height_m * view.metre(z)
    px, py = view.point(x, 0, z)
    if px + size < 0 or px - size > canvas.width:
        return
    tree_shadow(view, x, z, height_m * 0.36)
    side = 1 if view.light[0] > 0 else -1
    lean = 0.05 * size * side if view.look.windy else 0.0
    leaf = shade(leaf, rng.uniform(-0.12, 0.1))
    deep, base = view.color(mix(shade(leaf, -0.4), (24, 44, 62), 0.2), z), view.color(leaf, z)
    light = view.color(SNOW if view.look.snowy else mix(leaf, (206, 214, 130), 0.3), z)
    canvas.limb([(px, py), (px, py - 0.3 * size)], 0.05 * size, 0.04 * size, view.color((92, 70, 54), z))
    tiers = 4 if size < 30 else 7
    for tier in range(tiers):
        t = tier / tiers
        bottom, top = py - (0.10 + 0.80 * t) * size, py - (0.10 + 0.80 * t + 0.30 * (1 - 0.45 * t)) * size
        half = (0.235 * (1 - t) + 0.045) * size * rng.uniform(0.92, 1.08)
        sway, tip_sway = lean * t * t, lean * min(1.0, t + 0.25) ** 2
        canvas.polygon(_skirt(px + sway, px + tip_sway, bottom, top, half, half, rng), deep)
        inner = (half * 0.35, half * 0.95) if side > 0 else (half * 0.95, half * 0.35)
        canvas.polygon(_skirt(px + sway, px + tip_sway, bottom - 0.012 * size, top, *inner, rng), base)
        if size > 26:
            edge = [
                (px + sway + side * half * d, bottom - (0.015 + 0.19 * (1 - d) * (1 - 0.5 * t)) * size)
                for d in (0.25, 0.5, 0.78)
            ]
            canvas.dabs([(ex, ey, half * 0.13, half * (0.09 if view.look.snowy else 0.055)) for ex, ey in edge], light)
        if view.look.snowy:
            cap = [
                (px + sway + half * d, bottom - (0.02 + 0.16 * (1 - abs(d))) * size) for d in (-0.62, -0.2, 0.3, 0.7)
            ]
            canvas.dabs([(ex, ey, half * 0.22, half * 0.12) for ex, ey in cap], light)


def _skirt(
    x: float, tip: float, bottom: float, top: float, left: float, right: float, rng: random.Random
) -> list[tuple[float, float]]:
    """One tier of branches: a triangle with a ragged hem."""
    height = bottom - top
    points = [(tip, top)]
    for t in (1.0, 0.72, 0.44, 0.16):
        points.append((x + right * t, bottom - height * 0.10 * (1 - t) + rng.uniform(0, 0.05) * height))
        points.append((x + right * (t - 0.12), bottom - height * 0.12))
    for t in (0.16, 0.44, 0.72, 1.0):
        points.append((x - left * (t - 0.12), bottom - height * 0.12))
        points.append((x - left * t, bottom - height * 0.10 * (1 - t) + rng.uniform(0, 0.05) * height))
    return points


def _palm(view: View, x: float, z: float, height_m: float, rng: random.Random) -> None:
    canvas, size = view.canvas, height_m * view.metre(z)
    px, py = view.point(x, 0, z)
    if px + size < 0 or px - size > canvas.width:
        return
    tree_shadow(view, x, z, height_m * 0.45)
    lean = rng.choice((-1, 1)) * rng.uniform(0.10, 0.2) * size
    top = (px + lean, py - 0.8 * size)
    stem = [(px, py), (px + lean * 0.25, py - 0.32 * size), (px + lean * 0.62, py - 0.6 * size), top]
    canvas.limb(stem, 0.055 * size, 0.032 * size, view.color((122, 96, 70), z))
    canvas.limb([(sx + 0.008 * size, sy) for sx, sy in stem], 0.024 * size, 0.012 * size, view.color((166, 134, 98), z))
    blow = 0.5 if view.look.windy else 0.0
    for index, turn in enumerate((-2.9, -0.25, -2.4, -0.75, -1.95, -1.2, -1.57)):
        length = size * rng.uniform(0.36, 0.44)
        turn += blow * math.cos(turn)
        mid = (top[0] + math.cos(turn) * length * 0.55, top[1] + math.sin(turn) * length * 0.40 - 0.03 * size)
        tip = (top[0] + math.cos(turn) * length, top[1] + math.sin(turn) * length * 0.35 + 0.16 * size)
        color = view.color(shade((92, 142, 66), -0.25 + 0.09 * index), z)
        under = (mid[0] * 0.92 + top[0] * 0.08, mid[1] + 0.075 * size)
        canvas.blob([top, mid, tip, under], color, tension=0.4)
    canvas.dabs(
        [(top[0] + d * size, top[1] + 0.03 * size, 0.018 * size, 0.02 * size) for d in (-0.025, 0.0, 0.025)],
        view.color((116, 78, 46), z),
    )
