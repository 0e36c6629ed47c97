"""Landmarks of parks and shores."""

import math
import random

import numpy as np

from ..buildings import paint_fence, paint_street_lamp
from ..canvas import Rgb, shade
from ..ground import lay_ground, paint_water
from ..relief import paint_rock
from ..solids import ground_shadow, paint_box
from ..view import View
from .indoors import floor_lamp


def bandstand(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A bandstand."""
    roof, wood = color or (176, 70, 58), (240, 234, 220)
    p, m = view.point, view.metre(z)
    ground_shadow(view, x, z, 2.6)
    paint_box(view, (x - 2.0, x + 2.0), (0, 0.55), (z - 0.6, z + 2.2), (176, 168, 156))
    for dz in (1.9, -0.4):
        for dx in (-1.75, -0.65, 0.65, 1.75):
            view.canvas.limb(
                [p(x + dx, 0.55, z + dz), p(x + dx, 2.9, z + dz)],
                0.14 * m,
                0.12 * m,
                view.color(shade(wood, -0.12 if dz > 0 else 0.0), z),
            )
    for h in (0.75, 1.2):
        view.canvas.line([p(x - 1.75, h, z - 0.4), p(x + 1.75, h, z - 0.4)], 0.07 * m, view.color(wood, z))
    for index in range(15):
        dx = -1.75 + 3.5 * index / 14
        view.canvas.line([p(x + dx, 0.75, z - 0.4), p(x + dx, 1.2, z - 0.4)], 0.04 * m, view.color(wood, z))
    top: Rgb = (242, 246, 252) if view.look.snowy else roof
    eaves = [(-2.4, 2.85), (-0.85, 2.75), (0.85, 2.75), (2.4, 2.85)]
    peak = p(x, 4.6, z + 0.8)
    for index, amount in enumerate((-0.05, 0.08, -0.2) if view.light[0] < 0 else (-0.2, 0.08, -0.05)):
        (ax, ah), (bx, bh) = eaves[index], eaves[index + 1]
        view.canvas.polygon([p(x + ax, ah, z - 0.5), p(x + bx, bh, z - 0.5), peak], view.color(shade(top, amount), z))
    view.canvas.line([p(x + dx, h - 0.04, z - 0.5) for dx, h in eaves], 0.12 * m, view.color(wood, z))
    view.canvas.limb([peak, (peak[0], peak[1] - 0.6 * m)], 0.14 * m, 0.04 * m, view.color((206, 170, 92), z))
    if view.look.dark:
        view.canvas.glow(p(x, 2.4, z), 1.6 * m, (255, 214, 140, 150))
        view.add_lamp(p(x, 1.8, z), 4.0 * m, 0.6)


def pier(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A pier."""
    wood = color or (150, 122, 92)
    z0, z1 = max(4.0, z - 6), z + 16
    half, h = 0.9, 0.45
    z_post = z1
    while z_post > z0:
        for dx in (-half, half):
            view.canvas.limb(
                [view.point(x + dx, -0.5, z_post), view.point(x + dx, h + 0.5, z_post)],
                0.2 * view.metre(z_post),
                0.18 * view.metre(z_post),
                view.color(shade(wood, -0.3), z_post),
            )
        z_post -= 2.4
    paint_box(view, (x - half, x + half), (h - 0.16, h), (z0, z1), wood)
    z_plank = z0
    while z_plank < z1:
        view.canvas.line(
            [view.point(x - half, h, z_plank), view.point(x + half, h, z_plank)],
            max(0.4, 0.03 * view.metre(z_plank)),
            view.color(shade(wood, -0.28), z_plank),
        )
        z_plank += 0.3 + 0.02 * z_plank


def bridge(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A bridge."""
    stone, p, m = color or (178, 168, 152), view.point, view.metre(z)
    wet = math.copysign(1.0, x)

    def stream(sx: np.ndarray, sz: np.ndarray) -> np.ndarray:
        return (1.9 - abs(sx - x - wet * 0.05 * (sz - z) ** 2 / 6)) * 2 * (sz < z + 9) * (sz > 4.2)

    paint_water(view, "bridge", cover=stream, calm=0.75, deep=(54, 108, 116))
    arch = [(x + 1.75 * math.cos(t * math.pi / 16), 0.1 + 1.35 * math.sin(t * math.pi / 16)) for t in range(17)]
    crown = [(-3.9, 0.55), (-2.4, 1.35), (-0.8, 1.9), (0.8, 1.9), (2.4, 1.35), (3.9, 0.55)]
    body = [(x + dx, h + 0.5) for dx, h in crown] + [(x + 3.9, 0.0)] + arch + [(x - 3.9, 0.0)]
    inside = [p(ax, h, z + 1.6) for ax, h in arch]
    view.canvas.polygon([p(ax, h, z) for ax, h in arch] + inside[::-1], view.color(shade(stone, -0.5), z))
    view.canvas.polygon([p(bx, h, z) for bx, h in body], view.color(stone, z))
    for row in range(5):
        for column in range(-8, 9):
            bx, h = x + column * 0.48 + (row % 2) * 0.24, 0.2 + row * 0.42
            roof = 1.9 - 0.1 * (bx - x) ** 2
            if h > roof or ((bx - x) / 1.95) ** 2 + (h / 1.6) ** 2 < 1:
                continue
            tint = view.color(shade(stone, rng.uniform(-0.16, 0.14)), z)
            (bx0, by0), (bx1, by1) = p(bx - 0.21, h + 0.17, z), p(bx + 0.21, h - 0.17, z)
            view.canvas.rectangle((bx0, by0, bx1, by1), tint, radius=0.06 * m)
    for t in range(17):
        angle = t * math.pi / 16
        inner, outer = (
            (x + 1.75 * math.cos(angle), 0.1 + 1.35 * math.sin(angle)),
            (x + 2.1 * math.cos(angle), 0.1 + 1.68 * math.sin(angle)),
        )
        view.canvas.line([p(*inner, z), p(*outer, z)], 0.26 * m, view.color(shade(stone, 0.12 if t % 2 else -0.06), z))
    rail: Rgb = (242, 246, 252) if view.look.snowy else shade(stone, 0.2)
    view.canvas.curve([p(x + dx, h + 0.55, z) for dx, h in crown], 0.2 * m, view.color(rail, z))


def fountain(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A fountain."""
    stone, m = color or (196, 188, 176), view.metre(z)
    px, py = view.point(x, 0, z)
    ground_shadow(view, x, z, 2.2)
    for rx, lift, amount in ((1.9, 0.0, -0.25), (1.9, 0.28, -0.08), (1.95, 0.55, 0.12)):
        view.canvas.ellipse((px, py - lift * m), rx * m, rx * 0.26 * m, view.color(shade(stone, amount), z))
    view.canvas.ellipse((px, py - 0.55 * m), 1.7 * m, 0.4 * m, view.color((96, 164, 190), z))
    view.canvas.limb([(px, py - 0.5 * m), (px, py - 1.6 * m)], 0.4 * m, 0.24 * m, view.color(shade(stone, -0.1), z))
    view.canvas.ellipse((px, py - 1.55 * m), 0.85 * m, 0.2 * m, view.color(stone, z))
    view.canvas.ellipse((px, py - 1.6 * m), 0.72 * m, 0.14 * m, view.color((120, 184, 206), z))
    spray = (*view.color((236, 246, 252), z), 190)
    for way in (-1, 1):
        for reach, top in ((0.5, 2.5), (0.9, 2.35), (0.25, 2.7)):
            view.canvas.curve(
                [(px, py - 1.6 * m), (px + way * reach * 0.3 * m, py - top * m), (px + way * reach * m, py - 1.5 * m)],
                0.05 * m,
                spray,
            )
        view.canvas.curve(
            [
                (px + way * 0.75 * m, py - 1.55 * m),
                (px + way * 1.05 * m, py - 1.3 * m),
                (px + way * 1.2 * m, py - 0.6 * m),
            ],
            0.06 * m,
            spray,
        )


def statue(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A statue."""
    bronze, m = color or (110, 138, 122), view.metre(z)
    ground_shadow(view, x, z, 0.9)
    paint_box(view, (x - 0.7, x + 0.7), (0, 0.25), (z, z + 1.2), (186, 180, 170))
    paint_box(view, (x - 0.5, x + 0.5), (0.25, 1.5), (z + 0.15, z + 1.0), (200, 194, 184))
    px, py = view.point(x, 1.5, z + 0.4)
    for amount, shift, width in ((-0.25, 0.0, 1.0), (0.08, 0.05 * (1 if view.light[0] > 0 else -1), 0.6)):
        tint = view.color(shade(bronze, amount), z)
        cx = px + shift * m
        view.canvas.limb([(cx, py), (cx, py - 0.9 * m)], 0.5 * m * width, 0.34 * m * width, tint)
        view.canvas.limb([(cx, py - 0.8 * m), (cx, py - 1.25 * m)], 0.5 * m * width, 0.42 * m * width, tint)
        view.canvas.limb(
            [(cx + 0.2 * m * width, py - 1.3 * m), (cx + 0.48 * m, py - 1.5 * m), (cx + 0.56 * m, py - 1.9 * m)],
            0.14 * m * width,
            0.09 * m * width,
            tint,
        )
        view.canvas.ellipse((cx, py - 1.62 * m), 0.17 * m * width, 0.2 * m * width, tint)


def boulders(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """Boulders."""
    for dx, dz, size in ((0.6, 0.8, 2.4), (-0.9, 0.4, 1.8), (0.2, -0.3, 1.1)):
        paint_rock(view, x + dx, z + dz, size, rng, color or (138, 132, 124))


def waterfall(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A waterfall."""
    z, x = z * 1.7, x * 1.7
    p, m = view.point, view.metre(z)
    rock = color or (112, 108, 104)
    cliff = [(-6, 0), (-5.6, 3), (-4.4, 6.4), (-2.2, 8.6), (0, 8.2), (2.0, 8.8), (4.2, 6.8), (5.4, 3.4), (6, 0)]
    view.canvas.polygon([p(x + dx, h, z) for dx, h in cliff], view.color(rock, z))
    for _ in range(14):
        dx, h = rng.uniform(-4.6, 4.6), rng.uniform(0.6, 6.0)
        view.canvas.polygon(
            [p(x + dx, h, z), p(x + dx + 0.9, h + 0.4, z), p(x + dx + 0.5, h - 1.2, z), p(x + dx - 0.2, h - 0.9, z)],
            view.color(shade(rock, rng.uniform(-0.25, 0.18)), z),
        )
    view.canvas.polygon(
        [p(x + dx, h, z) for dx, h in ((-1.0, 8.2), (1.0, 8.2), (1.5, 0.2), (-1.4, 0.2))],
        view.color((176, 210, 226), z),
    )
    for _ in range(16):
        dx = rng.uniform(-1.0, 1.0)
        view.canvas.line(
            [p(x + dx, 8.1, z), p(x + dx * 1.35, rng.uniform(0.4, 4), z)],
            0.1 * m,
            (*view.color((248, 252, 255), z), 190),
        )
    with view.canvas.layer(blur=0.3 * m):
        view.canvas.ellipse(p(x, 0.4, z), 2.6 * m, 0.8 * m, (*view.color((244, 250, 255), z), 200))


def pond(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A pond."""

    def cover(sx: np.ndarray, sz: np.ndarray) -> np.ndarray:
        return 4.0 * (1.0 - (((sx - x) / 3.4) ** 2 + ((sz - z) / 2.6) ** 2) ** 0.5)

    def bank(sx: np.ndarray, sz: np.ndarray) -> np.ndarray:
        return 4.0 * (1.0 - (((sx - x) / 3.75) ** 2 + ((sz - z) / 2.95) ** 2) ** 0.5)

    lay_ground(view, "dirt", cover=bank)
    paint_water(view, "feature-pond", cover=cover, calm=0.85, deep=(58, 112, 118))


def fence(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A fence."""
    paint_fence(view, x - 2.4, z, x + 2.4, z, color=color or (226, 220, 206), post_m=0.42)


def lamp(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A lamp: on a post outside, with a shade in a room."""
    if view.indoors:
        floor_lamp(view, x, min(z, 5.4))
        return
    paint_street_lamp(view, x, min(z, 14.0))
