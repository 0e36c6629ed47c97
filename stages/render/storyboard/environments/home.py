"""Rooms of a home: kitchen, living room, bedroom."""

from ..canvas import Rgb, shade
from ..landmarks.indoors import floor_lamp
from ..room import Room
from ..solids import paint_box, paint_chair, paint_floor_shadow, paint_table
from ..view import View

_WALLS: tuple[Rgb, ...] = ((236, 222, 196), (204, 216, 206), (226, 206, 196), (206, 214, 226), (240, 226, 186))


def paint_kitchen(view: View) -> None:
    """Cabinets, stove, fridge, checkered floor."""
    rng = view.rng("kitchen")
    room = Room(view, half_width=2.7, height=2.9, depth=6.0)
    room.shell(rng.choice(_WALLS), "checker")
    cabinet = rng.choice(((108, 142, 138), (232, 226, 212), (92, 118, 150), (186, 150, 108)))
    back, half = room.depth, room.half
    _backsplash(room)
    room.window(0.0, 1.25, 1.5, 1.1)
    for side in (-1, 1):
        edge = side * half
        x = sorted((edge, side * 1.25))
        paint_box(view, (x[0], x[1]), (1.75, 2.6), (back - 0.4, back), cabinet)
        _doors(view, x[0], x[1], 1.8, 2.55, back - 0.4, cabinet)
    paint_box(view, (-half, half), (0.1, 0.86), (back - 0.65, back), cabinet)
    _doors(view, -half, half, 0.16, 0.8, back - 0.65, cabinet)
    paint_box(view, (-half, half), (0.86, 0.92), (back - 0.7, back), (226, 220, 208))
    _stove(view, 1.75, back - 0.66)
    _fridge(view, -min(2.35, half - 0.4), back - 0.75)
    _on_counter(view, back - 0.5)
    room.pendant(0.0, 4.4, 0.75, (206, 120, 70))


def _backsplash(room: Room) -> None:
    width = 2 * room.half
    room.back.quad(0, 0.9, width, 1.75, (240, 238, 230))
    for row in range(1, 5):
        room.back.quad(0, 0.9 + row * 0.17, width, 0.91 + row * 0.17, (206, 204, 196))
    for column in range(int(width / 0.17)):
        room.back.quad(column * 0.17, 0.9, column * 0.17 + 0.01, 1.75, (210, 208, 200))


def _doors(view: View, x0: float, x1: float, h0: float, h1: float, z: float, color: Rgb) -> None:
    count = max(1, round((x1 - x0) / 0.6))
    step = (x1 - x0) / count
    m = view.metre(z)
    for index in range(count):
        a = x0 + index * step
        view.canvas.polygon(
            [
                view.point(x, h, z)
                for x, h in ((a + 0.04, h0), (a + step - 0.04, h0), (a + step - 0.04, h1), (a + 0.04, h1))
            ],
            view.color(shade(color, 0.07), z),
        )
        view.canvas.polygon(
            [
                view.point(x, h, z)
                for x, h in (
                    (a + 0.11, h0 + 0.08),
                    (a + step - 0.11, h0 + 0.08),
                    (a + step - 0.11, h1 - 0.08),
                    (a + 0.11, h1 - 0.08),
                )
            ],
            view.color(shade(color, -0.07), z),
        )
        knob = view.point(a + (step - 0.09 if index % 2 == 0 else 0.09), (h0 + h1) / 2, z)
        view.canvas.ellipse(knob, 0.025 * m, 0.025 * m, view.color((204, 176, 110), z))


def _stove(view: View, x: float, z: float) -> None:
    paint_box(view, (x - 0.36, x + 0.36), (0.05, 0.93), (z - 0.02, z + 0.6), (212, 214, 216))
    p, m = view.point, view.metre(z)
    view.canvas.polygon(
        [p(a, h, z - 0.02) for a, h in ((x - 0.27, 0.2), (x + 0.27, 0.2), (x + 0.27, 0.62), (x - 0.27, 0.62))],
        view.color((52, 54, 60), z),
    )
    view.canvas.line(
        [p(x - 0.25, 0.68, z - 0.03), p(x + 0.25, 0.68, z - 0.03)], 0.03 * m, view.color((150, 152, 156), z)
    )
    view.canvas.dabs(
        [(*p(x + dx, 0.83, z - 0.03), 0.035 * m, 0.035 * m) for dx in (-0.24, -0.08, 0.08, 0.24)],
        view.color((60, 62, 66), z),
    )
    paint_box(view, (x - 0.22, x + 0.04), (0.93, 1.12), (z + 0.15, z + 0.4), (196, 70, 58))
    view.canvas.line([p(x + 0.04, 1.06, z + 0.2), p(x + 0.2, 1.08, z + 0.2)], 0.03 * m, view.color((60, 50, 48), z))


def _fridge(view: View, x: float, z: float) -> None:
    color: Rgb = (232, 236, 236)
    paint_box(view, (x - 0.38, x + 0.38), (0.03, 1.95), (z, z + 0.7), color, glossy=True)
    p, m = view.point, view.metre(z)
    view.canvas.line([p(x - 0.38, 1.25, z), p(x + 0.38, 1.25, z)], 0.02 * m, view.color((160, 166, 168), z))
    for h0, h1 in ((0.85, 1.15), (1.35, 1.65)):
        view.canvas.line([p(x + 0.29, h0, z), p(x + 0.29, h1, z)], 0.035 * m, view.color((150, 154, 158), z))
    for dx, h, color in ((-0.12, 1.5, (236, 196, 84)), (0.05, 1.62, (214, 92, 80)), (-0.05, 1.4, (104, 160, 190))):
        view.canvas.polygon(
            [p(x + dx + a, h + b, z) for a, b in ((0, 0), (0.13, 0), (0.13, 0.12), (0, 0.12))], view.color(color, z)
        )


def _on_counter(view: View, z: float) -> None:
    m, p = view.metre(z), view.point
    for x, color, tall in ((-1.5, (186, 110, 74), 0.26), (-1.3, (226, 214, 190), 0.2), (-1.12, (120, 150, 128), 0.16)):
        paint_box(view, (x - 0.07, x + 0.07), (0.92, 0.92 + tall), (z, z + 0.15), color)
    px, py = p(0.55, 0.95, z)
    view.canvas.dabs(
        [(px + d * m, py - 0.14 * m, 0.09 * m, 0.09 * m) for d in (-0.14, 0.02, 0.16)], view.color((228, 120, 52), z)
    )
    view.canvas.dabs([(px - 0.05 * m, py - 0.18 * m, 0.08 * m, 0.08 * m)], view.color((192, 54, 46), z))
    view.canvas.polygon(
        [
            (px - 0.28 * m, py - 0.1 * m),
            (px + 0.3 * m, py - 0.1 * m),
            (px + 0.16 * m, py + 0.04 * m),
            (px - 0.14 * m, py + 0.04 * m),
        ],
        view.color((92, 128, 160), z),
    )
    px, py = p(-0.55, 0.94, z)
    view.canvas.line(
        [(px, py), (px, py - 0.32 * m), (px + 0.16 * m, py - 0.36 * m), (px + 0.2 * m, py - 0.26 * m)],
        0.04 * m,
        view.color((178, 184, 188), z),
    )


def paint_living_room(view: View) -> None:
    """Sofa, bookcase, rug, floor lamp."""
    rng = view.rng("living")
    room = Room(view, half_width=2.8, height=2.9, depth=6.2)
    room.shell(rng.choice(_WALLS), "boards")
    side = rng.choice((-1, 1))
    fabric = rng.choice(((92, 132, 140), (196, 132, 96), (150, 158, 116), (176, 110, 120)))
    room.window(side * 0.9, 0.95, 1.7, 1.4, curtain=shade(fabric, 0.35))
    room.shelves(-side * min(2.1, room.half - 0.6), 1.1, 0.0, 5, "books")
    room.picture(-side * 0.7, 1.55, 0.75, 0.6, "landscape")
    _rug(view, 4.3, fabric)
    _sofa(view, side * 0.5, 5.2, fabric)
    floor_lamp(view, side * min(2.25, room.half - 0.3), 5.3)
    _plant(view, -side * min(1.25, room.half - 0.3), 5.6)


def _sofa(view: View, x: float, z: float, color: Rgb) -> None:
    paint_floor_shadow(view, (x - 1.1, x + 1.1), (z - 0.1, z + 0.8))
    paint_box(view, (x - 1.0, x + 1.0), (0.35, 0.92), (z + 0.55, z + 0.8), color)
    for dx in (-0.85, 0.05):
        paint_box(view, (x + dx, x + dx + 0.8), (0.5, 0.88), (z + 0.45, z + 0.6), shade(color, 0.12))
    paint_box(view, (x - 1.0, x + 1.0), (0.08, 0.38), (z, z + 0.8), shade(color, -0.08))
    for dx in (-0.85, 0.02):
        paint_box(view, (x + dx, x + dx + 0.83), (0.36, 0.5), (z - 0.03, z + 0.55), shade(color, 0.1))
    for dx in (-1.18, 0.96):
        paint_box(view, (x + dx, x + dx + 0.22), (0.06, 0.66), (z - 0.02, z + 0.8), color)
    for dx, tint in ((-0.6, (240, 206, 130)), (0.55, (236, 232, 222))):
        m = view.metre(z)
        px, py = view.point(x + dx, 0.66, z + 0.3)
        view.canvas.polygon(
            [
                (px - 0.2 * m, py + 0.16 * m),
                (px - 0.16 * m, py - 0.18 * m),
                (px + 0.18 * m, py - 0.15 * m),
                (px + 0.2 * m, py + 0.17 * m),
            ],
            view.color(tint, z),
        )


def _rug(view: View, z: float, color: Rgb) -> None:
    for grow, tint in (
        (1.0, (226, 210, 184)),
        (0.9, shade(color, -0.1)),
        (0.78, (236, 222, 198)),
        (0.7, shade(color, 0.2)),
    ):
        x, dz = 1.7 * grow, 1.0 * grow
        view.canvas.polygon(
            [view.point(a, 0, z + b) for a, b in ((-x, -dz), (x, -dz), (x, dz), (-x, dz))], view.color(tint, z)
        )


def _plant(view: View, x: float, z: float) -> None:
    m = view.metre(z)
    px, py = view.point(x, 0.35, z)
    for index, (dx, dy) in enumerate(
        ((-0.42, -0.55), (0.42, -0.5), (-0.25, -0.85), (0.24, -0.9), (-0.5, -0.25), (0.5, -0.22), (0.0, -1.0))
    ):
        tip, bend = (px + dx * m, py + dy * m), (px + dx * 0.35 * m, py + dy * 0.75 * m)
        leaf = view.color(shade((84, 134, 78), -0.25 + 0.07 * index), z)
        view.canvas.blob(
            [(px, py), (bend[0] - 0.06 * m, bend[1]), tip, (bend[0] + 0.08 * m, bend[1] + 0.06 * m)], leaf, tension=0.35
        )
    view.canvas.polygon(
        [
            (px - 0.2 * m, py - 0.02 * m),
            (px + 0.2 * m, py - 0.02 * m),
            (px + 0.15 * m, py + 0.35 * m),
            (px - 0.15 * m, py + 0.35 * m),
        ],
        view.color((194, 120, 84), z),
    )
    view.canvas.polygon(
        [(px + 0.05 * m, py), (px + 0.2 * m, py), (px + 0.15 * m, py + 0.35 * m), (px + 0.04 * m, py + 0.35 * m)],
        view.color((166, 96, 66), z),
    )


def paint_bedroom(view: View) -> None:
    """Bed, dresser, curtains."""
    rng = view.rng("bedroom")
    room = Room(view, half_width=2.6, height=2.8, depth=6.0)
    room.shell(rng.choice(((206, 214, 228), (228, 208, 206), (210, 222, 208), (234, 222, 196))), "boards")
    side = rng.choice((-1, 1))
    cover = rng.choice(((102, 138, 170), (186, 112, 106), (122, 154, 118), (150, 124, 170)))
    room.window(side * 1.1, 1.0, 1.4, 1.35, curtain=shade(cover, 0.45))
    room.picture(-side * 0.75, 1.75, 0.8, 0.55, "above-bed")
    _bed(view, -side * 0.75, 4.1, cover)
    stand = -side * 0.75 + side * 1.3
    paint_box(view, (stand - 0.22, stand + 0.22), (0.0, 0.55), (5.5, 5.9), (156, 112, 74))
    _table_lamp(view, stand, 0.55, 5.6)
    paint_box(view, (side * 2.0 - 0.45, side * 2.0 + 0.45), (0, 0.95), (5.5, 5.95), (170, 126, 84))
    for h in (0.12, 0.4, 0.68):
        paint_box(view, (side * 2.0 - 0.4, side * 2.0 + 0.4), (h, h + 0.23), (5.48, 5.5), (186, 142, 98))
    _rug(view, 3.5, shade(cover, 0.1))


def _bed(view: View, x: float, z: float, cover: Rgb) -> None:
    far, wood = z + 1.9, (150, 108, 70)
    paint_floor_shadow(view, (x - 0.85, x + 0.85), (z, far))
    paint_box(view, (x - 0.85, x + 0.85), (0, 1.15), (far, far + 0.08), wood)
    paint_box(view, (x - 0.8, x + 0.8), (0.1, 0.34), (z, far), shade(wood, -0.1))
    paint_box(view, (x - 0.78, x + 0.78), (0.34, 0.52), (z, far), (244, 242, 236))
    paint_box(view, (x - 0.82, x + 0.82), (0.22, 0.56), (z - 0.02, far - 0.62), cover)
    paint_box(view, (x - 0.82, x + 0.82), (0.53, 0.58), (far - 0.8, far - 0.58), (250, 248, 242))
    for dx in (-0.4, 0.4):
        px, py = view.point(x + dx, 0.66, far - 0.3)
        m = view.metre(far)
        view.canvas.rectangle(
            (px - 0.33 * m, py - 0.14 * m, px + 0.33 * m, py + 0.16 * m),
            view.color((226, 224, 222), z),
            radius=0.12 * m,
        )
        view.canvas.rectangle(
            (px - 0.31 * m, py - 0.14 * m, px + 0.31 * m, py + 0.09 * m),
            view.color((252, 250, 246), z),
            radius=0.12 * m,
        )


def _table_lamp(view: View, x: float, h: float, z: float) -> None:
    m, p = view.metre(z), view.point
    view.canvas.limb([p(x, h, z), p(x, h + 0.25, z)], 0.10 * m, 0.04 * m, view.color((196, 168, 120), z))
    px, py = p(x, h + 0.35, z)
    lit = view.look.dark
    view.canvas.polygon(
        [
            (px - 0.1 * m, py - 0.13 * m),
            (px + 0.1 * m, py - 0.13 * m),
            (px + 0.2 * m, py + 0.11 * m),
            (px - 0.2 * m, py + 0.11 * m),
        ],
        (255, 228, 164) if lit else view.color((246, 232, 204), z),
    )
    if lit:
        view.canvas.glow((px, py), 1.1 * m, (255, 208, 130, 150))
        view.add_lamp((px, py + 0.2 * m), 3.4 * m, 0.8)


def paint_dining_corner(view: View, x: float, z: float, wood: Rgb) -> None:
    """A table with two chairs."""
    paint_chair(view, x - 0.9, z + 0.15, shade(wood, -0.1))
    paint_chair(view, x + 0.9, z + 0.15, shade(wood, -0.1))
    paint_table(view, (x - 0.55, x + 0.55), (z, z + 0.7), wood)
