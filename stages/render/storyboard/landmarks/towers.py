"""Tall landmarks and houses."""

import math
import random

from ..buildings import paint_house
from ..canvas import Rgb, shade
from ..relief import paint_rock
from ..solids import ground_shadow, paint_box
from ..view import View


def _round_tower(view: View, x: float, z: float, bottom: float, top: float, h0: float, h1: float, color: Rgb) -> None:
    """A tapering round wall, shaded across."""
    lit = 1 if view.light[0] > 0 else -1
    bands = 9
    for index in range(bands):
        a, b = -1 + 2 * index / bands, -1 + 2 * (index + 1) / bands
        amount = 0.16 - 0.34 * abs((a + b) / 2 * lit - 0.45)
        corners = [(x + a * bottom, h0), (x + b * bottom * 1.02, h0), (x + b * top * 1.02, h1), (x + a * top, h1)]
        view.canvas.polygon([view.point(cx, h, z) for cx, h in corners], view.color(shade(color, amount), z))


def lighthouse(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A lighthouse."""
    z = z * 2.2
    x, band, p, m = x * 2.2, color or (204, 62, 54), view.point, view.metre(z)
    for dx in (-3.4, 0.6, 2.8, -1.4):
        paint_rock(view, x + dx, z, 3.4, rng, (124, 118, 110))
    for index in range(5):
        h0, h1 = 0.8 + index * 2.5, 0.8 + (index + 1) * 2.5
        wide = (1.75 - 0.14 * index, 1.75 - 0.14 * (index + 1))
        _round_tower(view, x, z, wide[0], wide[1], h0, h1, band if index % 2 else (246, 242, 234))
    for h in (4.0, 8.5):
        cx, cy = p(x + 0.2, h, z)
        view.canvas.rectangle(
            (cx - 0.2 * m, cy - 0.4 * m, cx + 0.2 * m, cy + 0.3 * m),
            (255, 214, 130) if view.look.dark else view.color((72, 78, 90), z),
        )
    view.canvas.line([p(x - 1.4, 13.4, z), p(x + 1.4, 13.4, z)], 0.3 * m, view.color((70, 72, 78), z))
    glass = (255, 244, 190) if view.look.dark else view.color((206, 224, 230), z)
    view.canvas.polygon([p(x + dx, h, z) for dx, h in ((-0.75, 13.5), (0.75, 13.5), (0.75, 15), (-0.75, 15))], glass)
    view.canvas.line([p(x, 13.5, z), p(x, 15, z)], 0.1 * m, view.color((70, 72, 78), z))
    view.canvas.polygon([p(x - 1.0, 15, z), p(x + 1.0, 15, z), p(x, 16.4, z)], view.color(band, z))
    if view.look.dark:
        lamp = p(x, 14.2, z)
        with view.canvas.layer(blur=0.25 * m):
            for way in (-1, 1):
                far = (lamp[0] + way * 1.1 * view.focal, lamp[1])
                view.canvas.polygon(
                    [lamp, (far[0], far[1] - 0.08 * view.focal), (far[0], far[1] + 0.05 * view.focal)],
                    (255, 244, 196, 70),
                )
        view.canvas.glow(lamp, 4 * m, (255, 244, 190, 220))
        view.add_lamp(lamp, 6 * m, 0.6)


def windmill(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A windmill."""
    z, x = z * 1.6, x * 1.6
    m = view.metre(z)
    ground_shadow(view, x, z, 2.2)
    _round_tower(view, x, z, 1.9, 1.1, 0, 6.6, color or (238, 230, 214))
    view.canvas.polygon(
        [view.point(x + dx, h, z) for dx, h in ((-1.3, 6.5), (1.3, 6.5), (0.5, 7.9), (-0.5, 7.9))],
        view.color((130, 84, 62), z),
    )
    hub = view.point(x, 6.9, z - 1)
    turn = rng.uniform(0.2, 1.2)
    for blade in range(4):
        angle = turn + blade * math.pi / 2
        dx, dy = math.cos(angle), math.sin(angle)
        tip = (hub[0] + dx * 4.2 * m, hub[1] + dy * 4.2 * m)
        side = (-dy * 0.75 * m, dx * 0.75 * m)
        root = (hub[0] + dx * 0.9 * m, hub[1] + dy * 0.9 * m)
        view.canvas.polygon(
            [root, tip, (tip[0] + side[0], tip[1] + side[1]), (root[0] + side[0], root[1] + side[1])],
            (*view.color((246, 240, 226), z), 225),
        )
        view.canvas.line([hub, tip], 0.14 * m, view.color((112, 84, 62), z))


def church(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A church."""
    z, x = z * 1.7, x * 1.7
    wall = color or (242, 238, 228)
    paint_house(view, x, z + 1, 5.0, 4.6, rng, wall=wall, roof=(110, 84, 76), chimney=False)
    paint_box(view, (x - 1.0, x + 1.0), (0, 8.2), (z - 0.5, z + 1.6), wall)
    p = view.point
    view.canvas.polygon(
        [p(x - 1.25, 8.2, z - 0.5), p(x + 1.25, 8.2, z - 0.5), p(x, 12.5, z)], view.color((110, 84, 76), z)
    )
    lit = (255, 212, 130) if view.look.dark else view.color((84, 96, 116), z)
    m = view.metre(z)
    for h in (6.2, 2.4):
        cx, cy = p(x, h, z - 0.5)
        view.canvas.rectangle((cx - 0.34 * m, cy - 0.6 * m, cx + 0.34 * m, cy + 0.6 * m), lit, radius=0.34 * m)


def tower(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A tower."""
    z, x = z * 1.8, x * 1.8
    stone, m = color or (182, 172, 154), view.metre(z)
    _round_tower(view, x, z, 2.4, 2.1, 0, 10, stone)
    _round_tower(view, x, z, 2.5, 2.5, 10, 11, shade(stone, 0.06))
    for index in range(-2, 3):
        _round_tower(view, x + index * 1.0, z, 0.3, 0.3, 11, 11.8, stone)
    for h, dx in ((2.6, -0.4), (5.4, 0.5), (8.0, -0.2)):
        cx, cy = view.point(x + dx, h, z)
        view.canvas.rectangle(
            (cx - 0.22 * m, cy - 0.55 * m, cx + 0.22 * m, cy + 0.55 * m),
            (255, 212, 130) if view.look.dark else view.color((58, 56, 60), z),
            radius=0.2 * m,
        )


def ferris_wheel(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A ferris wheel."""
    z, x = z * 2.2, x * 2.2
    m, p = view.metre(z), view.point
    hub, steel = p(x, 8.0, z), view.color(color or (226, 226, 230), z)
    for dx in (-3.2, 3.2):
        view.canvas.limb([p(x + dx, 0, z), hub], 0.4 * m, 0.25 * m, steel)
    rim = [
        (hub[0] + 6.6 * m * math.cos(t * math.pi / 16), hub[1] + 6.6 * m * math.sin(t * math.pi / 16))
        for t in range(33)
    ]
    view.canvas.line(rim, 0.24 * m, steel)
    view.canvas.line(
        [(hub[0] + (px - hub[0]) * 0.86, hub[1] + (py - hub[1]) * 0.86) for px, py in rim], 0.12 * m, steel
    )
    for index in range(0, 32, 4):
        view.canvas.line([hub, rim[index]], 0.09 * m, steel)
    for index in range(0, 32, 4):
        tint = ((214, 70, 62), (66, 130, 180), (246, 196, 70), (92, 156, 96))[index // 4 % 4]
        cx, cy = rim[index]
        view.canvas.ellipse(
            (cx, cy + 0.5 * m), 0.7 * m, 0.6 * m, (255, 220, 140) if view.look.dark else view.color(tint, z)
        )


def cabin(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A cabin."""
    paint_house(view, x, z, 4.6, 2.7, rng, wall=color or (166, 118, 78), roof=(104, 76, 62))
    if view.look.weather not in {"storm", "rain"}:
        top = view.point(x, 5.6, z + 1)
        m = view.metre(z)
        with view.canvas.layer(blur=0.18 * m):
            for index in range(5):
                r = (0.22 + 0.12 * index) * m
                view.canvas.ellipse(
                    (top[0] + (0.12 * index**1.5) * m, top[1] - 0.55 * index * m),
                    r,
                    r * 0.8,
                    (*view.color((232, 232, 236), z), 120 - 20 * index),
                )


def barn(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A barn."""
    paint_house(view, x, z * 1.4, 7.0, 4.2, rng, wall=color or (170, 62, 52), roof=(116, 104, 100), chimney=False)
