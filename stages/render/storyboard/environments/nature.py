"""Wild places: forest, mountain, lake, desert, snowfield, campsite."""

import random

import numpy as np

from ..canvas import Rgb, shade
from ..ground import lay_ground, paint_water, shore, winding
from ..plants import paint_bush, paint_cactus, paint_flowers, paint_grass, paint_reeds
from ..relief import paint_dunes, paint_hills, paint_mountains, paint_rock, paint_treeline
from ..sky import paint_sky
from ..trees import paint_tree
from ..view import View


def stand_of_trees(
    view: View, name: str, zs: tuple[float, ...], species: tuple[str, ...], *, spacing: float = 3.0, clear: float = 1.5,
    height_m: tuple[float, float] = (5.0, 9.0), leaf: Rgb | None = None,
) -> None:  # fmt: skip
    """Rows of trees, far ones first, that leave `clear` metres per 10 m free in the middle."""
    for z in sorted(zs, reverse=True):
        for x, rng in view.spread(f"{name}-{z}", z, spacing, clear=clear * z / 10):
            paint_tree(view, x, z + rng.uniform(-0.1, 0.1) * z, rng.uniform(*height_m), rng.choice(species), rng, leaf)


def paint_forest(view: View) -> None:
    """A trail between tall trees."""
    paint_sky(view)
    paint_treeline(view, "back", v=0.16, height=0.12, color=(104, 146, 96), z=260, pointed=True)
    paint_treeline(view, "middle", v=0.10, height=0.16, color=(72, 112, 72), z=90, pointed=True)
    lay_ground(view, "litter")
    lay_ground(view, "dirt", cover=winding(view, "trail", 1.5, bend_m=1.2))
    stand_of_trees(view, "far", (44.0, 30.0), ("pine", "pine", "oak"), spacing=4.4, clear=1.2, height_m=(9, 15))
    _light_shafts(view)
    stand_of_trees(view, "mid", (19.0, 13.0), ("pine", "oak", "birch"), spacing=4.2, clear=2.6, height_m=(8, 12))
    for x, rng in view.spread("fern", 9.0, 1.9, clear=2.2):
        paint_bush(view, x, 9.0, rng.uniform(0.5, 0.9), rng, (88, 124, 62))
    stand_of_trees(view, "near", (7.5,), ("pine", "oak"), spacing=4.4, clear=4.6, height_m=(9, 11))
    paint_grass(view, "fern", 2.2, 9, (96, 132, 66), height_m=0.2, amount=120)


def _light_shafts(view: View) -> None:
    if not view.sunlit:
        return
    rng = view.rng("shafts")
    side = 1 if view.light[0] > 0 else -1
    with view.canvas.layer(blur=view.focal * 0.012):
        for _ in range(5):
            u, width = rng.uniform(-0.5, 0.5), rng.uniform(0.02, 0.06)
            top, foot = view.far(u + side * 0.22, 0.7), view.far(u - side * 0.1, -0.12)
            w = width * view.focal
            view.canvas.polygon(
                [(top[0] - w / 2, top[1]), (top[0] + w / 2, top[1]), (foot[0] + w, foot[1]), (foot[0] - w, foot[1])],
                (255, 244, 196, 34),
            )


def paint_mountain(view: View) -> None:
    """Snowy peaks, pines and a stony trail."""
    paint_sky(view)
    paint_mountains(view, "range", height=0.34, color=(126, 128, 140), z=420, spacing=0.40)
    paint_mountains(view, "front", height=0.19, color=(112, 118, 120), z=200, spacing=0.30, snow=0.22)
    paint_hills(view, "foot", v=0.045, height=0.10, color=(98, 128, 84), z=120)
    paint_treeline(view, "wood", v=0.006, height=0.05, color=(58, 94, 66), z=80, pointed=True)
    lay_ground(view, "dry_grass")
    lay_ground(view, "gravel", cover=winding(view, "trail", 1.3, bend_m=2.4, offset_m=0.3))
    stand_of_trees(view, "pines", (34.0, 24.0), ("pine",), spacing=5.0, clear=2.6, height_m=(4.5, 7.5))
    for z in (15.0, 9.0, 6.0):
        for x, rng in view.spread(f"rocks-{z}", z, 2.6, clear=0.26 * z):
            paint_rock(view, x, z, rng.uniform(0.5, 1.5), rng)
    stand_of_trees(view, "near", (10.0,), ("pine",), spacing=5.0, clear=3.6, height_m=(4.5, 6))
    paint_grass(view, "alp", 2.2, 9, (150, 156, 84), height_m=0.18)
    paint_flowers(view, "alp", 2.4, 7, ((240, 236, 246), (150, 120, 206), (246, 206, 84)), amount=60)


def paint_lake(view: View) -> None:
    """Still water that mirrors mountains."""
    paint_sky(view)
    paint_mountains(view, "range", height=0.24, color=(116, 126, 146), z=520, spacing=0.42, snow=0.34)
    paint_hills(view, "hills", v=0.05, height=0.10, color=(88, 122, 92), z=240)
    paint_treeline(view, "shore", v=0.004, height=0.045, color=(58, 98, 68), z=110, pointed=True)
    paint_water(view, "lake", calm=0.86, deep=(34, 88, 112))
    near = shore(view, "near", 6.2, wobble_m=0.9)
    lay_ground(view, "gravel", cover=shore(view, "near", 6.7, wobble_m=0.9))
    lay_ground(view, "grass", cover=near)
    for x, rng in view.spread("stones", 6.4, 1.3, clear=1.2):
        paint_rock(view, x, 6.4, rng.uniform(0.25, 0.6), rng)
    stand_of_trees(view, "side", (5.4,), ("birch", "pine", "willow"), spacing=3.0, clear=4.2, height_m=(4.2, 5.4))
    for side in (-1, 1):
        paint_reeds(view, "reeds", 5.6, side)
    paint_grass(view, "bank", 2.2, 6, (120, 156, 76))


def paint_desert(view: View) -> None:
    """Dunes, mesas and cacti."""
    paint_sky(view)
    rng = view.rng("mesas")
    for _ in range(4):
        _mesa(view, rng.uniform(-0.8, 0.8), rng.uniform(0.06, 0.15), rng)
    paint_dunes(view, "far", v=0.02, height=0.06, color=(224, 170, 112), z=260)
    paint_dunes(view, "near", v=0.0, height=0.035, color=(228, 172, 112), z=90)
    lay_ground(view, "desert")
    for z in (30.0, 17.0, 10.0):
        for x, own in view.spread(f"cacti-{z}", z, 6.0, clear=0.22 * z):
            paint_cactus(view, x, z, own.uniform(1.8, 3.2))
    for z in (12.0, 7.0):
        for x, own in view.spread(f"stones-{z}", z, 2.4, clear=0.24 * z):
            paint_rock(view, x, z, own.uniform(0.25, 0.8), own, (178, 120, 86))
    paint_grass(view, "dry", 2.6, 9, (188, 158, 92), height_m=0.16, amount=70)


def _mesa(view: View, u: float, top: float, rng: random.Random) -> None:
    half, side = rng.uniform(0.09, 0.17), 1 if view.light[0] > 0 else -1
    rock: Rgb = (190, 112, 78)
    outline = [
        (u - half, -0.01),
        (u - half * 0.72, top * 0.45),
        (u - half * 0.66, top),
        (u + half * 0.6, top * 0.97),
        (u + half * 0.7, top * 0.4),
        (u + half, -0.01),
    ]
    view.canvas.polygon([view.far(*p) for p in outline], view.color(rock, 260))
    split = u - side * half * 0.15
    dark = [
        (split, top),
        (split - side * 0.01, top * 0.4),
        (split + side * 0.01, -0.01),
        (u - side * half, -0.01),
        (u - side * half * 0.72, top * 0.43),
        (u - side * half * 0.64, top * 0.985),
    ]
    view.canvas.polygon([view.far(*p) for p in dark], view.color(shade(rock, -0.22), 260))
    for level in (0.8, 0.62):
        y0, y1 = view.far(u - half * 0.64, top * level), view.far(u + half * 0.62, top * level)
        view.canvas.line([y0, y1], view.focal * 0.004, (*view.color(shade(rock, 0.22), 260), 150))


def paint_snowfield(view: View) -> None:
    """Snow, firs and tracks below white mountains."""
    paint_sky(view)
    paint_mountains(view, "range", height=0.27, color=(150, 162, 184), z=480, spacing=0.38, snow=0.8)
    paint_hills(view, "white", v=0.03, height=0.08, color=(226, 234, 246), z=160)
    lay_ground(view, "snow")
    for z in (46.0, 30.0, 19.0, 11.0):
        for x, rng in view.spread(f"firs-{z}", z, 5.6, clear=0.30 * z):
            _snowy_fir(view, x, z, rng.uniform(4.0, 7.0), rng)
    rng = view.rng("tracks")
    side = rng.choice((-1, 1))
    prints = []
    for step in range(34):
        z = 2.6 + step * 0.55
        x = side * (0.9 + 0.06 * step) + (0.13 if step % 2 else -0.13)
        px, py = view.point(x, 0, z)
        prints.append((px, py, 0.10 * view.metre(z), 0.035 * view.metre(z)))
    view.canvas.dabs(prints, view.color((176, 194, 222), 5))


def _snowy_fir(view: View, x: float, z: float, height_m: float, rng: random.Random) -> None:
    paint_tree(view, x, z, height_m, "pine", rng, (62, 96, 84))
    px, py = view.point(x, 0, z)
    size = height_m * view.metre(z)
    snow = view.color((246, 249, 255), z)
    for tier in range(6):
        t = tier / 6
        half, level = (0.20 * (1 - t) + 0.02) * size, py - (0.18 + 0.78 * t) * size
        view.canvas.dabs(
            [(px + d * half, level + abs(d) * 0.05 * size, half * 0.26, half * 0.13) for d in (-0.7, -0.25, 0.3, 0.75)],
            snow,
        )
    view.canvas.dabs([(px, py - 0.97 * size, 0.022 * size, 0.035 * size)], snow)
    view.canvas.ellipse((px, py), 0.26 * size, 0.035 * size, view.color((238, 243, 252), z))


def paint_campsite(view: View) -> None:
    """A clearing with a tent among pines."""
    paint_sky(view)
    paint_hills(view, "ridge", v=0.11, height=0.12, color=(86, 112, 104), z=420)
    paint_treeline(view, "back", v=0.03, height=0.11, color=(62, 98, 70), z=130, pointed=True)
    lay_ground(view, "grass")
    lay_ground(view, "dirt", cover=_clearing)
    stand_of_trees(view, "far", (32.0, 22.0), ("pine",), spacing=4.0, clear=1.7, height_m=(8, 13))
    _camp_tent(view, *((-3.6, 11.0) if view.rng("tent").random() < 0.5 else (3.6, 11.0)))
    stand_of_trees(view, "near", (12.5, 8.5), ("pine", "pine", "birch"), spacing=4.4, clear=4.4, height_m=(7.5, 10))
    for x, rng in view.spread("stones", 6.5, 1.8, clear=1.7):
        paint_rock(view, x, 6.5, rng.uniform(0.25, 0.55), rng)
    paint_grass(view, "camp", 2.2, 8, (112, 146, 72), amount=130)


def _clearing(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    return 3.0 * (1.0 - ((x / 3.2) ** 2 + ((z - 5.5) / 3.6) ** 2) ** 0.5)


def _camp_tent(view: View, x: float, z: float) -> None:
    rng = view.rng("tent-color")
    color = rng.choice(((222, 126, 58), (68, 128, 122), (196, 84, 70), (214, 176, 84)))
    p = view.point
    inner = -1 if x > 0 else 1
    front = [p(x - 1.3, 0, z), p(x + 1.3, 0, z), p(x, 1.75, z)]
    roof = [p(x, 1.75, z), p(x, 1.75, z + 2.4), p(x + inner * 1.3, 0, z + 2.4), p(x + inner * 1.3, 0, z)]
    view.canvas.ellipse(p(x, 0, z), 1.7 * view.metre(z), 0.16 * view.metre(z), (*view.color((20, 26, 22), z), 110))
    view.canvas.polygon(roof, view.color(shade(color, -0.22), z))
    view.canvas.polygon(front, view.color(color, z))
    inside = (255, 206, 120) if view.look.dark else view.color(shade(color, -0.6), z)
    view.canvas.polygon([p(x - 0.5, 0, z), p(x + 0.5, 0, z), p(x, 1.45, z)], inside)
    view.canvas.polygon([p(x + 0.1, 0, z), p(x + 0.62, 0, z), p(x, 1.5, z)], view.color(shade(color, 0.14), z))
    if view.look.dark:
        view.add_lamp(p(x, 0.7, z), 3.0 * view.metre(z), 0.7)
