"""Places at the sea: beach, harbour, coastal town."""

import random

from ..buildings import paint_house
from ..canvas import Rgb, shade
from ..ground import lay_ground, paint_water, shore
from ..plants import paint_grass
from ..relief import paint_hills, paint_rock
from ..sky import paint_sky
from ..solids import paint_box
from ..trees import paint_tree
from ..view import View


def paint_beach(view: View) -> None:
    """Sand, surf, a headland and palms."""
    paint_sky(view)
    side = view.rng("headland").choice((-1, 1))
    _headland(view, side, 0.075, (104, 132, 104), 260)
    paint_water(view, "sea", calm=0.35, deep=(28, 122, 150))
    _surf(view)
    lay_ground(view, "dirt", cover=shore(view, "wet", 11.5, wobble_m=1.3))
    lay_ground(view, "sand", cover=shore(view, "wet", 10.6, wobble_m=1.3))
    for x, rng in view.spread("rocks", 11.0, 2.6, clear=4.2):
        paint_rock(view, x, 11.0 + rng.uniform(-0.5, 1.5), rng.uniform(0.4, 1.1), rng)
    paint_tree(view, -side * 4.3, 10.0, 6.0, "palm", view.rng("palm", 0))
    paint_tree(view, -side * 5.6, 11.5, 7.0, "palm", view.rng("palm", 1))
    rng = view.rng("shells")
    dabs = []
    for _ in range(40):
        z = 1 / rng.uniform(1 / 9, 1 / 2.2)
        px, py = view.point(rng.uniform(-1.1, 1.1) * z, 0, z)
        dabs.append((px, py, 0.03 * view.metre(z), 0.02 * view.metre(z)))
    view.canvas.dabs(dabs[:20], view.color((250, 240, 222), 4))
    view.canvas.dabs(dabs[20:], view.color((176, 146, 112), 4))
    paint_grass(view, "dune", 2.6, 8, (172, 172, 104), height_m=0.3, amount=34)


def _headland(view: View, side: int, height: float, color: Rgb, z: float) -> None:
    edge = side * 0.06
    shape = [
        (edge, -0.004),
        (edge + side * 0.06, height * 0.35),
        (edge + side * 0.16, height * 0.5),
        (edge + side * 0.26, height),
        (edge + side * 0.5, height * 1.15),
        (side * (view.reach + 0.4), height * 1.3),
        (side * (view.reach + 0.4), -0.006),
    ]
    view.canvas.polygon([view.far(*p) for p in shape], view.color(color, z))
    cliff = [
        (edge, -0.004),
        (edge + side * 0.06, height * 0.35),
        (edge + side * 0.16, height * 0.5),
        (edge + side * 0.2, height * 0.2),
        (edge + side * 0.36, -0.006),
    ]
    view.canvas.polygon([view.far(*p) for p in cliff], view.color((184, 164, 138), z))


def _surf(view: View) -> None:
    """White lines of breaking waves."""
    for index, z in enumerate((38.0, 24.0, 17.0, 13.2)):
        rng = view.rng("surf", index)
        left, right = -view.reach * z * 1.1, view.reach * z * 1.1
        phase = rng.uniform(0, 6)
        count = 36
        near, far = [], []
        for step in range(count + 1):
            x = left + (right - left) * step / count
            wave = rng.uniform(-0.02, 0.02) * z + 0.05 * z * ((step * 0.7 + phase) % 3.1 - 1.5) / 1.5
            thick = z * rng.uniform(0.008, 0.035) * (1.5 if index == 3 else 1.0)
            near.append(view.point(x, 0, max(1.0, z + wave)))
            far.append(view.point(x, 0.02, z + wave + thick))
        view.canvas.polygon([*near, *far[::-1]], (*view.color((250, 252, 252), z), 120 + 35 * index))


def paint_harbor(view: View) -> None:
    """A planked quay, boats, and houses across the basin."""
    paint_sky(view)
    paint_hills(view, "hill", v=0.06, height=0.09, color=(104, 128, 104), z=330)
    side = view.rng("quay").choice((-1, 1))
    _waterfront(view, "far-shore", 52.0)
    paint_water(view, "basin", calm=0.7, deep=(30, 84, 104))
    for index, (x, z) in enumerate(((-6.5, 30.0), (3.2, 25.0), (9.5, 33.0), (-2.6, 38.0), (-5.0, 17.5), (5.4, 15.0))):
        _sailboat(view, x * side, z, view.rng("boat", index))
    paint_box(view, (-60, 60), (-1.0, 0.02), (7.3, 7.6), (140, 134, 126))
    lay_ground(view, "planks", cover=shore(view, "quay", 7.4, wobble_m=0.0), soft=False)
    for x in (-5.4, -3.1, 3.1, 5.4):
        px, py = view.point(x, 0, 7.0)
        m = view.metre(7.0)
        view.canvas.limb([(px, py), (px, py - 0.55 * m)], 0.3 * m, 0.24 * m, view.color((66, 62, 62), 7))
        view.canvas.ellipse((px, py - 0.58 * m), 0.2 * m, 0.08 * m, view.color((98, 94, 92), 7))
    _crates(view, side * 3.4, 5.6)


def _waterfront(view: View, name: str, z: float) -> None:
    for x, rng in view.spread(name, z, 6.4):
        paint_house(view, x, z + rng.uniform(0, 6), rng.uniform(5, 7), rng.uniform(5, 8), rng)


def _sailboat(view: View, x: float, z: float, rng: random.Random) -> None:
    m, p = view.metre(z), view.point
    hull = rng.choice(((244, 244, 240), (56, 92, 132), (176, 64, 56), (64, 120, 112)))
    size = rng.uniform(0.85, 1.15)
    outline = [(-2.0, 0.75), (2.1, 0.85), (1.5, 0.0), (-1.6, 0.0)]
    px, py = p(x, 0, z)
    view.canvas.polygon(
        [(px + dx * m * size, py + (0.0 - dy) * -0.5 * m * size) for dx, dy in outline],
        (*view.color(shade(hull, -0.5), z), 110),
    )
    view.canvas.polygon([(px + dx * m * size, py - dy * m * size) for dx, dy in outline], view.color(hull, z))
    view.canvas.polygon(
        [
            (px + dx * m * size, py - dy * m * size)
            for dx, dy in ((-1.95, 0.62), (2.0, 0.72), (1.9, 0.5), (-1.85, 0.42))
        ],
        view.color((222, 84, 66) if hull[0] > 200 else (244, 240, 230), z),
    )
    view.canvas.rectangle(
        (px - 0.8 * m * size, py - 1.25 * m * size, px + 0.5 * m * size, py - 0.78 * m * size),
        view.color((236, 232, 222), z),
        radius=0.1 * m,
    )
    view.canvas.line(
        [(px, py - 0.8 * m * size), (px, py - 5.2 * m * size)], max(0.7, 0.09 * m), view.color((146, 116, 86), z)
    )
    if rng.random() < 0.65:
        sail = view.color((248, 244, 234), z)
        view.canvas.polygon(
            [
                (px + 0.1 * m, py - 5.0 * m * size),
                (px + 0.1 * m, py - 1.4 * m * size),
                (px + 1.9 * m * size, py - 1.4 * m * size),
            ],
            sail,
        )
        view.canvas.polygon(
            [
                (px - 0.1 * m, py - 4.6 * m * size),
                (px - 0.1 * m, py - 1.3 * m * size),
                (px - 1.5 * m * size, py - 1.2 * m * size),
            ],
            shade(sail, -0.12),
        )
    if view.look.dark:
        view.canvas.ellipse((px - 0.2 * m, py - 1.0 * m * size), 0.12 * m, 0.1 * m, (255, 214, 130))
        view.add_lamp((px, py - m), 2.0 * m, 0.4)


def _crates(view: View, x: float, z: float) -> None:
    paint_box(view, (x - 0.5, x + 0.3), (0, 0.6), (z, z + 0.7), (170, 128, 84))
    paint_box(view, (x - 0.3, x + 0.3), (0.6, 1.05), (z + 0.05, z + 0.6), (190, 148, 98))
    px, py = view.point(x - 0.9, 0.1, z)
    m = view.metre(z)
    for r, color in ((0.34, (196, 168, 120)), (0.24, (160, 132, 92)), (0.14, (196, 168, 120))):
        view.canvas.ellipse((px, py - 0.05 * m), r * m, r * 0.42 * m, view.color(color, z))


def paint_coastal_town(view: View) -> None:
    """A promenade above a bay, pastel houses on the hill."""
    paint_sky(view)
    side = view.rng("town").choice((-1, 1))
    paint_water(view, "sea", calm=0.45, deep=(30, 112, 142))
    for index in range(3):
        _sailboat(view, -side * (9.0 + 7 * index), 48.0 + 14 * index, view.rng("boat", index))
    _hill_town(view, side)
    _surf_line = shore(view, "bay", 15.0, wobble_m=1.2, slope=side * 0.55)
    lay_ground(view, "sand", cover=_surf_line)
    lay_ground(view, "paving", cover=shore(view, "promenade", 8.6, wobble_m=0.0), soft=False)
    _railing(view, 8.6)
    paint_tree(view, side * 5.0, 8.0, 5.4, "palm", view.rng("palm"))
    for x in (-4.6, 4.9):
        paint_box(view, (x - 0.55, x + 0.55), (0, 0.45), (7.2, 7.8), (206, 132, 92))
        px, py = view.point(x, 0.45, 7.3)
        m = view.metre(7.3)
        view.canvas.dabs(
            [(px + dx * m, py - 0.12 * m, 0.18 * m, 0.16 * m) for dx in (-0.4, -0.13, 0.13, 0.4)],
            view.color((90, 132, 64), 7),
        )
        view.canvas.dabs(
            [(px + dx * m, py - 0.18 * m, 0.07 * m, 0.07 * m) for dx in (-0.44, -0.2, 0.0, 0.22, 0.42)],
            view.color((232, 84, 96), 7),
        )


def _hill_town(view: View, side: int) -> None:
    """Pastel houses that climb a hill above the bay."""
    shape = [
        (side * -0.06, -0.004),
        (side * 0.05, 0.05),
        (side * 0.2, 0.14),
        (side * 0.42, 0.23),
        (side * (view.reach + 0.5), 0.27),
        (side * (view.reach + 0.5), -0.07),
        (side * 0.1, -0.03),
    ]
    view.canvas.blob([view.far(*p) for p in shape], view.color((116, 142, 92), 120), tension=0.25)
    rng = view.rng("hill-houses")
    lots = []
    for level in range(6):
        for column in range(9):
            u = 0.03 + level * 0.035 + column * 0.072 + rng.uniform(-0.015, 0.015)
            lots.append((0.175 - level * 0.037 + min(0.05, u * 0.09), u, random.Random(rng.randrange(2**31))))  # noqa: S311
    for v, u, own in lots:
        _cottage(view, side * u, v - 0.035, own)
    tower, base = view.far(side * 0.27, 0.17)
    f = view.focal
    view.canvas.rectangle(
        (tower - 0.013 * f, base - 0.11 * f, tower + 0.013 * f, base), view.color((250, 240, 220), 80)
    )
    view.canvas.polygon(
        [(tower - 0.017 * f, base - 0.11 * f), (tower, base - 0.15 * f), (tower + 0.017 * f, base - 0.11 * f)],
        view.color((180, 92, 70), 80),
    )


def _cottage(view: View, u: float, v: float, rng: random.Random) -> None:
    wall = rng.choice(
        ((250, 240, 222), (244, 200, 170), (250, 226, 160), (176, 210, 216), (238, 176, 164), (222, 228, 206))
    )
    roof: Rgb = (240, 245, 251) if view.look.snowy else rng.choice(((196, 98, 72), (178, 86, 66), (208, 120, 86)))
    x, y = view.far(u, v)
    w, h = rng.uniform(0.030, 0.040) * view.focal, rng.uniform(0.034, 0.05) * view.focal
    if not (-w < x < view.canvas.width + w):
        return
    lit = 1 if view.light[0] > 0 else -1
    view.canvas.rectangle((x - w, y - h, x + w, y + 0.01 * view.focal), view.color(wall, 90))
    edge = (x - w, x - w * 0.35) if lit > 0 else (x + w * 0.35, x + w)
    view.canvas.rectangle((edge[0], y - h, edge[1], y + 0.01 * view.focal), view.color(shade(wall, -0.18), 90))
    view.canvas.polygon(
        [(x - w * 1.12, y - h), (x - w * 0.5, y - h - w * 0.6), (x + w * 0.5, y - h - w * 0.6), (x + w * 1.12, y - h)],
        view.color(roof, 90),
    )
    for row in range(2):
        for dx in (-0.55, 0.0, 0.55):
            lit_pane = view.look.dark and rng.random() < 0.6
            pane = (255, 210, 124) if lit_pane else view.color((88, 106, 122), 90)
            cx, cy = x + dx * w, y - h * (0.78 - 0.42 * row)
            view.canvas.rectangle((cx - w * 0.11, cy - h * 0.10, cx + w * 0.11, cy + h * 0.12), pane)


def _railing(view: View, z: float) -> None:
    half = view.reach * z * 1.1
    m = view.metre(z)
    white = view.color((244, 246, 246), z)
    step = 1.1
    for index in range(int(-half / step) - 1, int(half / step) + 2):
        view.canvas.limb([view.point(index * step, 0, z), view.point(index * step, 1.0, z)], 0.07 * m, 0.06 * m, white)
    for h, width in ((1.0, 0.075), (0.68, 0.035), (0.36, 0.035)):
        view.canvas.line([view.point(-half, h, z), view.point(half, h, z)], width * m, white)
