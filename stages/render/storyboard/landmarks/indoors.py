"""What a room may be known by."""

import math
import random

from ..canvas import Rgb, mix, shade
from ..solids import paint_box
from ..view import View


def fireplace(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A fireplace."""
    z = 6.0
    brick, m = color or (166, 96, 78), view.metre(z)
    paint_box(view, (x - 0.8, x + 0.8), (0, 1.25), (z - 0.35, z), brick)
    paint_box(view, (x - 0.95, x + 0.95), (1.25, 1.36), (z - 0.42, z), (134, 92, 62))
    paint_box(view, (x - 0.55, x + 0.55), (1.36, 2.9), (z - 0.2, z), shade(brick, 0.08))
    p = view.point
    view.canvas.polygon(
        [
            p(x + dx, h, z - 0.36)
            for dx, h in ((-0.5, 0.05), (0.5, 0.05), (0.5, 0.72), (0.25, 0.9), (-0.25, 0.9), (-0.5, 0.72))
        ],
        (34, 24, 24),
    )
    base = p(x, 0.12, z - 0.36)
    for dx, tall, tint in (
        (-0.18, 0.4, (226, 84, 36)),
        (0.16, 0.46, (232, 96, 40)),
        (0.0, 0.56, (244, 130, 46)),
        (0.0, 0.36, (255, 206, 96)),
    ):
        view.canvas.blob(
            [
                (base[0] + (dx - 0.15) * m, base[1]),
                (base[0] + (dx - 0.1) * m, base[1] - tall * 0.5 * m),
                (base[0] + dx * m, base[1] - tall * m),
                (base[0] + (dx + 0.12) * m, base[1] - tall * 0.45 * m),
                (base[0] + (dx + 0.15) * m, base[1]),
            ],
            tint,
        )
    view.canvas.line([(base[0] - 0.3 * m, base[1]), (base[0] + 0.3 * m, base[1] + 0.02 * m)], 0.1 * m, (84, 54, 40))
    view.canvas.glow((base[0], base[1] - 0.3 * m), 1.3 * m, (255, 160, 80, 130))
    view.add_lamp((base[0], base[1] - 0.2 * m), 3.6 * m, 1.0 if view.look.dark else 0.3, (255, 160, 84))


def bookshelf(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A bookshelf."""
    wood = color or (142, 100, 64)
    paint_box(view, (x - 0.6, x + 0.6), (0, 2.1), (5.6, 5.95), wood)
    for row in range(5):
        at = x - 0.55
        paint_box(view, (x - 0.55, x + 0.55), (0.06 + row * 0.41, 0.42 + row * 0.41), (5.59, 5.6), shade(wood, -0.45))
        while at < x + 0.46:
            thick = rng.uniform(0.05, 0.09)
            tint = rng.choice(((176, 66, 60), (66, 104, 140), (214, 172, 92), (86, 128, 96), (226, 216, 196)))
            paint_box(
                view,
                (at, at + thick),
                (0.06 + row * 0.41, 0.06 + row * 0.41 + rng.uniform(0.22, 0.32)),
                (5.58, 5.59),
                tint,
            )
            at += thick + 0.01


def piano(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A piano."""
    wood = color or (58, 44, 42)
    paint_box(view, (x - 0.75, x + 0.75), (0, 1.2), (5.5, 5.9), wood)
    paint_box(view, (x - 0.75, x + 0.75), (0.62, 0.72), (5.2, 5.5), shade(wood, 0.06))
    paint_box(view, (x - 0.68, x + 0.68), (0.72, 0.74), (5.22, 5.45), (248, 244, 234))
    for key in range(14):
        paint_box(view, (x - 0.64 + key * 0.095, x - 0.60 + key * 0.095), (0.74, 0.755), (5.32, 5.45), (36, 32, 34))
    for dx in (-0.7, 0.62):
        paint_box(view, (x + dx, x + dx + 0.08), (0, 0.62), (5.24, 5.32), wood)


def picture(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A picture."""
    z, h = 5.95, 1.6
    p = view.point
    for grow, tint in ((0.12, (176, 134, 74)), (0.04, (94, 66, 44)), (0.0, color or (190, 216, 228))):
        view.canvas.polygon(
            [p(x + dx * (0.5 + grow), h + dy * (0.38 + grow), z) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))],
            view.color(tint, z),
        )
    view.canvas.polygon(
        [
            p(x + dx, h + dy, z)
            for dx, dy in ((-0.5, -0.38), (-0.5, -0.05), (-0.15, 0.1), (0.2, -0.08), (0.5, 0.04), (0.5, -0.38))
        ],
        view.color((104, 136, 96), z),
    )


def clock(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A clock."""
    m, at = view.metre(5.9), view.point(x, 2.15, 5.9)
    for r, tint in ((0.3, color or (120, 84, 56)), (0.25, (250, 246, 236))):
        view.canvas.ellipse(at, r * m, r * m, view.color(tint, 6))
    view.canvas.line(
        [(at[0], at[1] - 0.19 * m), at, (at[0] + 0.12 * m, at[1] + 0.06 * m)], 0.03 * m, view.color((40, 36, 36), 6)
    )


def plant(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    """A plant."""
    z = min(z, 5.2)
    m = view.metre(z)
    px, py = view.point(x, 0.4, z)
    for index in range(11):
        angle = math.pi * (1.08 + 0.84 * index / 10)
        reach = rng.uniform(0.55, 0.95) * m
        tip = (px + math.cos(angle) * reach * 0.8, py + math.sin(angle) * reach)
        mid = ((px + tip[0]) / 2, (py + tip[1]) / 2 - 0.08 * m)
        view.canvas.blob(
            [(px, py), (mid[0] - 0.07 * m, mid[1]), tip, (mid[0] + 0.07 * m, mid[1])],
            view.color(shade((84, 136, 76), rng.uniform(-0.25, 0.2)), z),
            tension=0.3,
        )
    view.canvas.polygon(
        [(px - 0.22 * m, py), (px + 0.22 * m, py), (px + 0.16 * m, py + 0.4 * m), (px - 0.16 * m, py + 0.4 * m)],
        view.color(mix(color or (196, 120, 84), (196, 120, 84), 0.3), z),
    )


def floor_lamp(view: View, x: float, z: float) -> None:
    """A lamp with a shade that stands in a room."""
    m, p = view.metre(z), view.point
    view.canvas.line([p(x, 0, z), p(x, 1.5, z)], 0.04 * m, view.color((80, 70, 62), z))
    view.canvas.ellipse(p(x, 0.02, z), 0.18 * m, 0.05 * m, view.color((80, 70, 62), z))
    px, py = p(x, 1.5, z)
    lit = view.look.dark
    cloth = (255, 226, 160) if lit else view.color((240, 226, 196), z)
    view.canvas.polygon(
        [
            (px - 0.16 * m, py - 0.2 * m),
            (px + 0.16 * m, py - 0.2 * m),
            (px + 0.27 * m, py + 0.16 * m),
            (px - 0.27 * m, py + 0.16 * m),
        ],
        cloth,
    )
    if lit:
        view.canvas.glow((px, py), 1.4 * m, (255, 210, 130, 150))
        view.add_lamp((px, py + 0.3 * m), 4.2 * m, 0.85)
