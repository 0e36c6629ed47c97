"""Places to eat: café and restaurant."""

from ..canvas import Rgb
from ..room import Room
from ..solids import paint_box, paint_chair
from ..view import View
from .home import paint_dining_corner


def paint_cafe(view: View) -> None:
    """Counter, chalkboard, pendant lamps."""
    rng = view.rng("cafe")
    room = Room(view, half_width=3.2, height=3.2, depth=7.0)
    wall = rng.choice(((118, 150, 140), (190, 132, 104), (222, 200, 164)))
    room.shell(wall, "boards", dado=(142, 98, 66))
    side = rng.choice((-1, 1))
    room.window(-side * 1.5, 1.05, 1.9, 1.5, bars=3)
    _chalkboard(room, side * 1.5, 1.95, 1.6, 0.85)
    room.shelves(side * 1.5, 1.9, 1.25, 1, "cups", books=False)
    x0, x1 = sorted((side * 0.5, side * (room.half - 0.1)))
    paint_box(view, (x0, x1), (0, 1.05), (5.7, 6.3), (126, 84, 58))
    paint_box(view, (x0 - 0.06, x1 + 0.06), (1.05, 1.12), (5.62, 6.35), (222, 206, 178))
    _espresso(view, side * 1.9, 5.8)
    _pastries(view, side * 1.05, 5.75)
    paint_dining_corner(view, -side * 1.75, 5.2, (176, 128, 84))
    for x in (-1.7, 0.0, 1.7):
        room.pendant(x, 5.6, 0.85, (58, 66, 66))


def _chalkboard(room: Room, x: float, h: float, width: float, height: float) -> None:
    wall, s = room.back, x + room.half
    wall.quad(s - width / 2 - 0.06, h - 0.06, s + width / 2 + 0.06, h + height + 0.06, (150, 108, 70))
    wall.quad(s - width / 2, h, s + width / 2, h + height, (50, 60, 58))
    rng = room.view.rng("chalk", x)
    for row in range(4):
        top = h + height * (0.84 - 0.2 * row)
        left = s - width * 0.4
        for _ in range(rng.randint(2, 4)):
            long = rng.uniform(0.1, 0.24) * width
            if left + long > s + width * 0.3:
                break
            wall.quad(left, top - 0.04, left + long, top, (226, 226, 216))
            left += long + 0.05 * width
        wall.quad(s + width * 0.34, top - 0.04, s + width * 0.42, top, (246, 214, 140))


def _espresso(view: View, x: float, z: float) -> None:
    paint_box(view, (x - 0.32, x + 0.32), (1.12, 1.5), (z, z + 0.35), (190, 196, 200), glossy=True)
    paint_box(view, (x - 0.36, x + 0.36), (1.5, 1.56), (z - 0.02, z + 0.36), (176, 66, 58))
    m = view.metre(z)
    view.canvas.dabs(
        [(*view.point(x + dx, 1.2, z - 0.02), 0.05 * m, 0.045 * m) for dx in (-0.16, 0.16)],
        view.color((250, 248, 242), z),
    )
    view.canvas.dabs(
        [(*view.point(x + dx, 1.36, z - 0.02), 0.035 * m, 0.03 * m) for dx in (-0.16, 0.16)],
        view.color((50, 50, 54), z),
    )


def _pastries(view: View, x: float, z: float) -> None:
    m = view.metre(z)
    for row, h in enumerate((1.16, 1.34)):
        view.canvas.polygon(
            [view.point(x + dx, h + dh, z) for dx, dh in ((-0.38, 0), (0.38, 0), (0.38, 0.02), (-0.38, 0.02))],
            view.color((236, 236, 232), z),
        )
        view.canvas.dabs(
            [(*view.point(x + dx, h + 0.06, z), 0.075 * m, 0.05 * m) for dx in (-0.26, -0.09, 0.09, 0.26)],
            view.color(((206, 144, 76), (226, 150, 160))[row], z),
        )
    view.canvas.polygon(
        [view.point(x + dx, h, z - 0.01) for dx, h in ((-0.42, 1.12), (0.42, 1.12), (0.42, 1.52), (-0.42, 1.52))],
        (235, 244, 248, 60),
    )


def paint_restaurant(view: View) -> None:
    """Laid tables, candles, a chandelier."""
    rng = view.rng("restaurant")
    room = Room(view, half_width=3.6, height=3.4, depth=8.0)
    room.shell(
        rng.choice(((128, 52, 52), (60, 84, 84), (86, 70, 96))), "boards", dado=(92, 62, 48), trim=(196, 160, 104)
    )
    room.window(0.0, 1.1, 2.0, 1.7, bars=3, curtain=(176, 142, 96))
    for x in (-2.3, 2.3):
        room.picture(x, 1.6, 0.8, 0.9, f"wall-{x}", frame=(196, 156, 84))
        _sconce(view, x * 0.68, 2.0, room.depth - 0.05)
    for x, z in ((-2.3, 6.6), (0.1, 6.9), (2.4, 6.5)):
        _laid_table(view, x, z)
    _chandelier(room, 0.0, 6.0)


def _sconce(view: View, x: float, h: float, z: float) -> None:
    m, at = view.metre(z), view.point(x, h, z)
    view.canvas.polygon(
        [
            (at[0] - 0.12 * m, at[1] - 0.2 * m),
            (at[0] + 0.12 * m, at[1] - 0.2 * m),
            (at[0] + 0.06 * m, at[1] + 0.1 * m),
            (at[0] - 0.06 * m, at[1] + 0.1 * m),
        ],
        (255, 226, 160) if view.look.dark else view.color((250, 236, 206), z),
    )
    view.canvas.glow(at, 0.9 * m, (255, 206, 130, 120 if view.look.dark else 60))
    if view.look.dark:
        view.add_lamp(at, 2.4 * m, 0.55)


def _laid_table(view: View, x: float, z: float) -> None:
    chair: Rgb = (116, 74, 54)
    paint_chair(view, x - 0.85, z + 0.1, chair)
    paint_chair(view, x + 0.85, z + 0.1, chair)
    paint_box(view, (x - 0.55, x + 0.55), (0.12, 0.76), (z, z + 0.8), (246, 242, 234))
    m = view.metre(z)
    for fold in (-0.4, -0.2, 0.05, 0.27, 0.45):
        view.canvas.limb(
            [view.point(x + fold, 0.74, z), view.point(x + fold * 1.02, 0.13, z)],
            0.01 * m,
            0.05 * m,
            (*view.color((200, 194, 190), z), 130),
        )
    for dx in (-0.3, 0.3):
        px, py = view.point(x + dx, 0.78, z + 0.3)
        view.canvas.ellipse((px, py), 0.15 * m, 0.045 * m, view.color((222, 222, 224), z))
        view.canvas.ellipse((px, py - 0.01 * m), 0.10 * m, 0.028 * m, view.color((252, 252, 250), z))
    px, py = view.point(x, 0.78, z + 0.4)
    view.canvas.limb([(px, py), (px, py - 0.22 * m)], 0.045 * m, 0.045 * m, view.color((246, 240, 226), z))
    view.canvas.ellipse((px, py - 0.28 * m), 0.025 * m, 0.05 * m, (255, 214, 120))
    view.canvas.glow((px, py - 0.27 * m), 0.4 * m, (255, 200, 110, 110))
    if view.look.dark:
        view.add_lamp((px, py), 1.8 * m, 0.55)


def _chandelier(room: Room, x: float, z: float) -> None:
    view, m = room.view, room.view.metre(z)
    px, py = view.point(x, room.height - 0.8, z)
    gold = view.color((206, 166, 92), z)
    view.canvas.line([view.point(x, room.height, z), (px, py)], 0.03 * m, gold)
    view.canvas.curve(
        [
            (px - 0.7 * m, py - 0.1 * m),
            (px - 0.35 * m, py + 0.12 * m),
            (px, py),
            (px + 0.35 * m, py + 0.12 * m),
            (px + 0.7 * m, py - 0.1 * m),
        ],
        0.035 * m,
        gold,
    )
    for dx, dy in ((-0.7, -0.1), (-0.36, 0.0), (0.0, -0.05), (0.36, 0.0), (0.7, -0.1)):
        bulb = (px + dx * m, py + (dy - 0.1) * m)
        view.canvas.ellipse(bulb, 0.045 * m, 0.075 * m, (255, 240, 200))
        if view.look.dark:
            view.canvas.glow(bulb, 0.4 * m, (255, 214, 140, 130))
    if view.look.dark:
        view.add_lamp((px, py + 0.4 * m), 3.6 * m, 0.6)
