"""Public halls: classroom, museum, station."""

from ..buildings import Facade
from ..canvas import Rgb, shade
from ..ground import lay_ground
from ..room import Room
from ..solids import paint_box, paint_chair, paint_table
from ..view import View


def paint_classroom(view: View) -> None:
    """Blackboard, map, desks."""
    room = Room(view, half_width=3.4, height=3.1, depth=7.4)
    room.shell((236, 226, 196), "boards", dado=(150, 184, 176))
    side = view.rng("classroom").choice((-1, 1))
    _blackboard(room, -side * 0.55)
    room.window(side * min(2.35, room.half - 0.75), 1.2, 1.2, 1.4)
    _map(room, -side * min(2.75, room.half - 0.6))
    clock = room.back.at(room.half - side * 0.55, 2.75)
    m = view.metre(room.depth)
    view.canvas.ellipse(clock, 0.2 * m, 0.2 * m, view.color((70, 66, 64), 7))
    view.canvas.ellipse(clock, 0.16 * m, 0.16 * m, view.color((250, 248, 242), 7))
    view.canvas.line(
        [(clock[0], clock[1] - 0.12 * m), clock, (clock[0] + 0.08 * m, clock[1] + 0.03 * m)],
        0.025 * m,
        view.color((50, 46, 44), 7),
    )
    paint_table(view, (-side * 0.55 - 0.7, -side * 0.55 + 0.7), (6.4, 6.9), (156, 112, 74))
    globe = view.point(-side * 0.55 + 0.45, 0.95, 6.5)
    view.canvas.ellipse(globe, 0.15 * m, 0.15 * m, view.color((86, 142, 180), 6))
    view.canvas.dabs(
        [
            (globe[0] - 0.05 * m, globe[1] - 0.03 * m, 0.06 * m, 0.05 * m),
            (globe[0] + 0.06 * m, globe[1] + 0.05 * m, 0.05 * m, 0.04 * m),
        ],
        view.color((120, 164, 96), 6),
    )
    for z in (5.6, 4.4):
        for x in (-2.7, -1.5, 1.5, 2.7):
            paint_table(view, (x - 0.4, x + 0.4), (z, z + 0.42), (210, 166, 112), height_m=0.66)
            paint_chair(view, x, z - 0.42, (92, 136, 166), back_near=True)


def _blackboard(room: Room, x: float) -> None:
    wall, s, view = room.back, x + room.half, room.view
    wall.quad(s - 1.5, 1.02, s + 1.5, 2.42, (164, 120, 78))
    wall.quad(s - 1.42, 1.1, s + 1.42, 2.34, (52, 92, 78))
    wall.quad(s - 1.42, 1.98, s - 0.3, 2.34, (58, 100, 85))
    wall.quad(s - 1.45, 0.96, s + 1.45, 1.02, (190, 146, 98))
    m = view.metre(room.depth)
    chalk = view.color((236, 240, 232), 7)
    for row, marks in enumerate(((0.1, 0.22, 0.3), (0.16, 0.12, 0.24, 0.1), (0.26, 0.2))):
        left = s - 1.2
        for mark in marks:
            a, b = wall.at(left, 2.12 - 0.28 * row), wall.at(left + mark, 2.12 - 0.28 * row + 0.03)
            view.canvas.line([a, ((a[0] + b[0]) / 2, a[1] - 0.05 * m), b], 0.022 * m, chalk)
            left += mark + 0.08
    cx, cy = wall.at(s + 0.75, 1.72)
    view.canvas.line(
        [
            (cx - 0.34 * m, cy + 0.3 * m),
            (cx + 0.34 * m, cy + 0.3 * m),
            (cx, cy - 0.34 * m),
            (cx - 0.34 * m, cy + 0.3 * m),
        ],
        0.022 * m,
        chalk,
    )
    for dx, color in ((-0.6, (250, 250, 246)), (-0.45, (240, 200, 90)), (0.3, (236, 130, 130))):
        wall.quad(s + dx, 1.02, s + dx + 0.1, 1.05, color)


def _map(room: Room, x: float) -> None:
    wall, s, view = room.back, x + room.half, room.view
    wall.quad(s - 0.5, 1.3, s + 0.5, 2.3, (188, 214, 226))
    for shape, color in (
        ((0.1, 0.15, 0.4, 0.1, 0.45, 0.4, 0.25, 0.55, 0.12, 0.4), (206, 178, 110)),
        ((0.55, 0.4, 0.85, 0.35, 0.9, 0.75, 0.62, 0.8), (140, 176, 116)),
        ((0.2, 0.7, 0.42, 0.66, 0.4, 0.85, 0.24, 0.88), (216, 150, 116)),
    ):
        points = [wall.at(s - 0.5 + shape[i], 1.3 + shape[i + 1]) for i in range(0, len(shape), 2)]
        view.canvas.blob(points, view.color(color, 7))
    wall.quad(s - 0.54, 2.28, s + 0.54, 2.34, (120, 88, 60))


def paint_museum(view: View) -> None:
    """Paintings under a skylight, columns and busts."""
    room = Room(view, half_width=4.2, height=4.6, depth=9.0)
    room.shell((214, 206, 196), "stone_floor", ceiling=(232, 230, 226), dado=(196, 186, 174))
    for index, (x, w, h) in enumerate(((-2.9, 1.3, 1.6), (-0.9, 1.7, 1.2), (1.2, 1.1, 1.5), (3.0, 1.4, 1.1))):
        room.picture(x, 1.5 + (1.6 - h) / 2, w, h, f"art-{index}", frame=(186, 146, 76))
        lamp = view.point(x, 3.55, room.depth)
        m = view.metre(room.depth)
        view.canvas.rectangle(
            (lamp[0] - 0.3 * m, lamp[1], lamp[0] + 0.3 * m, lamp[1] + 0.06 * m), view.color((80, 78, 80), 8)
        )
        view.canvas.glow((lamp[0], lamp[1] + 0.7 * m), 1.2 * m, (255, 240, 206, 90))
        if view.look.dark:
            view.add_lamp((lamp[0], lamp[1] + 0.8 * m), 2.2 * m, 0.5)
    skylight = [view.point(x, room.height, z) for x, z in ((-1.6, 8.2), (1.6, 8.2), (1.6, 4.0), (-1.6, 4.0))]
    view.canvas.polygon(skylight, view.look.middle)
    for x in (-0.8, 0.0, 0.8):
        view.canvas.line(
            [view.point(x, room.height, 8.2), view.point(x, room.height, 4.0)],
            0.01 * view.focal,
            view.color((236, 234, 230), 4),
        )
    for side in (-1, 1):
        _column(view, side * 3.3, 8.3, room.height)
        _statue(view, side * 2.0, 6.9)
    paint_box(view, (-0.9, 0.9), (0.32, 0.42), (6.6, 7.1), (92, 70, 56))
    for x in (-0.75, 0.6):
        paint_box(view, (x, x + 0.12), (0, 0.32), (6.65, 7.05), (70, 62, 58))
    for x in (-1.5, 0.0, 1.5):
        m = view.metre(8.2)
        view.canvas.limb(
            [view.point(x, 0, 8.2), view.point(x, 0.85, 8.2)], 0.06 * m, 0.05 * m, view.color((206, 170, 90), 8)
        )
    view.canvas.curve(
        [
            view.point(-1.5, 0.8, 8.2),
            view.point(-0.75, 0.58, 8.2),
            view.point(0, 0.8, 8.2),
            view.point(0.75, 0.58, 8.2),
            view.point(1.5, 0.8, 8.2),
        ],
        0.05 * view.metre(8.2),
        view.color((150, 46, 56), 8),
    )


def _column(view: View, x: float, z: float, height: float) -> None:
    stone: Rgb = (230, 224, 212)
    paint_box(view, (x - 0.42, x + 0.42), (0, 0.25), (z, z + 0.8), stone)
    m = view.metre(z)
    lit = 1 if view.light[0] > 0 else -1
    for width, shift, amount in ((0.66, 0.0, -0.18), (0.5, 0.06, -0.04), (0.26, 0.12, 0.1)):
        view.canvas.limb(
            [view.point(x + shift * lit, 0.25, z), view.point(x + shift * lit, height - 0.3, z)],
            width * m,
            width * 0.9 * m,
            view.color(shade(stone, amount), z),
        )
    for flute in (-0.2, -0.08, 0.05, 0.18):
        view.canvas.line(
            [view.point(x + flute, 0.4, z), view.point(x + flute, height - 0.5, z)],
            0.02 * m,
            (*view.color(shade(stone, -0.3), z), 120),
        )
    paint_box(view, (x - 0.46, x + 0.46), (height - 0.35, height), (z, z + 0.8), stone)


def _statue(view: View, x: float, z: float) -> None:
    marble: Rgb = (240, 236, 228)
    paint_box(view, (x - 0.3, x + 0.3), (0, 1.0), (z, z + 0.6), (186, 178, 168))
    paint_box(view, (x - 0.35, x + 0.35), (1.0, 1.07), (z - 0.04, z + 0.64), (206, 198, 188))
    m = view.metre(z)
    px, py = view.point(x, 1.07, z + 0.2)
    dark, base = view.color(shade(marble, -0.22), z), view.color(marble, z)
    for color, shift in ((dark, 0.0), (base, 0.025 * m * (1 if view.light[0] > 0 else -1))):
        view.canvas.blob(
            [
                (px - 0.22 * m + shift, py),
                (px - 0.25 * m + shift, py - 0.24 * m),
                (px - 0.08 * m + shift, py - 0.32 * m),
                (px + 0.08 * m + shift, py - 0.32 * m),
                (px + 0.25 * m + shift, py - 0.24 * m),
                (px + 0.22 * m + shift, py),
            ],
            color,
        )
        view.canvas.limb([(px + shift, py - 0.28 * m), (px + shift, py - 0.45 * m)], 0.12 * m, 0.1 * m, color)
        view.canvas.ellipse((px + shift, py - 0.52 * m), 0.12 * m, 0.15 * m, color)
    view.canvas.dabs([(px + d * m, py - 0.63 * m, 0.06 * m, 0.05 * m) for d in (-0.08, 0.0, 0.08)], dark)


def paint_station(view: View) -> None:
    """A platform hall with a train."""
    room = Room(view, half_width=4.6, height=5.4, depth=15.0)
    room.shell((196, 190, 180), "stone_floor", ceiling=(170, 180, 186), dado=(132, 84, 66))
    _hall_window(room)
    _roof_trusses(view, room)
    side = view.rng("platform").choice((-1, 1))
    edge = side * 1.15
    lay_ground(view, "asphalt", cover=lambda x, z: (side * x - side * edge) * 12)
    train_x = side * 1.5
    _train(view, side, train_x)
    view.canvas.polygon(
        [
            view.point(x, 0.01, z)
            for x, z in (
                (edge - side * 0.55, 0.95),
                (edge - side * 0.38, 0.95),
                (edge - side * 0.38, 15),
                (edge - side * 0.55, 15),
            )
        ],
        view.color((246, 204, 70), 5),
    )
    for z in (11.0, 7.5):
        x = -side * 3.0
        paint_box(view, (x - 0.9, x + 0.9), (0.38, 0.46), (z, z + 0.5), (156, 108, 66))
        paint_box(view, (x - 0.9, x + 0.9), (0.55, 0.9), (z + 0.48, z + 0.54), (156, 108, 66))
        for dx in (-0.75, 0.65):
            paint_box(view, (x + dx, x + dx + 0.1), (0, 0.4), (z + 0.05, z + 0.45), (56, 60, 62))
    _hanging_clock(view, -side * 1.1, 8.5, room.height)
    _departures(view, -side * 2.7, 12.5)


def _hall_window(room: Room) -> None:
    view, wall = room.view, room.back
    room.window(0.0, 2.0, 5.0, 2.6, bars=6)
    for x in (-room.half + 0.9, room.half - 0.9):
        wall.quad(x + room.half - 0.6, 0, x + room.half + 0.6, 2.6, (92, 66, 52))
    wall.quad(room.half - 2.6, 4.7, room.half + 2.6, 4.78, view.look.low)


def _roof_trusses(view: View, room: Room) -> None:
    iron = (74, 92, 96)
    for z in (14.0, 10.0, 7.0, 5.0):
        m = view.metre(z)
        left, right = view.point(-room.half, 4.5, z), view.point(room.half, 4.5, z)
        arch = [
            left,
            view.point(-room.half * 0.5, 5.1, z),
            view.point(0, 5.3, z),
            view.point(room.half * 0.5, 5.1, z),
            right,
        ]
        view.canvas.curve(arch, 0.16 * m, view.color(iron, z))
        view.canvas.line([left, right], 0.06 * m, view.color(iron, z))
        for t in (-0.7, -0.35, 0.0, 0.35, 0.7):
            view.canvas.line(
                [view.point(room.half * t, 4.5, z), view.point(room.half * t, 5.3 - 0.6 * t * t, z)],
                0.05 * m,
                view.color(iron, z),
            )
        lamp = view.point(0, 4.3, z)
        view.canvas.ellipse(
            lamp, 0.16 * m, 0.1 * m, (255, 236, 180) if view.look.dark else view.color((240, 238, 226), z)
        )
        if view.look.dark:
            view.add_lamp(lamp, 3.4 * m, 0.55)


def _train(view: View, side: int, x: float) -> None:
    body, stripe = (206, 74, 60), (246, 238, 222)
    wall = Facade(view, (x, 1.2), (x, 14.6), -0.06)
    paint_box(view, tuple(sorted((x, x + side * 2.6))), (0.15, 3.1), (1.2, 14.6), body)  # type: ignore[arg-type]
    length = wall.length
    wall.quad(0, 0.15, length, 0.5, (66, 66, 72))
    wall.quad(0, 0.5, length, 3.0, body)
    wall.quad(0, 1.0, length, 1.16, stripe)
    wall.quad(0, 2.85, length, 3.1, shade(body, -0.25))
    s = 0.4
    while s < length - 1.6:
        lit = view.look.dark
        glass: Rgb = (255, 220, 146) if lit else (96, 120, 138)
        wall.quad(s, 1.45, s + 1.2, 2.5, shade(body, -0.3))
        wall.quad(s + 0.06, 1.5, s + 1.14, 2.45, glass, lit=lit)
        s += 1.55
        if int(s) % 5 == 0:
            wall.quad(s, 0.4, s + 0.9, 2.6, stripe)
            wall.quad(s + 0.1, 1.4, s + 0.8, 2.45, glass, lit=lit)
            s += 1.2


def _hanging_clock(view: View, x: float, z: float, height: float) -> None:
    m, at = view.metre(z), view.point(x, 3.3, z)
    view.canvas.line([view.point(x, height - 0.8, z), at], 0.05 * m, view.color((60, 66, 68), z))
    view.canvas.ellipse(at, 0.42 * m, 0.42 * m, view.color((52, 60, 62), z))
    view.canvas.ellipse(at, 0.34 * m, 0.34 * m, (255, 246, 214) if view.look.dark else view.color((250, 248, 240), z))
    view.canvas.line([(at[0], at[1] - 0.26 * m), at, (at[0] + 0.17 * m, at[1] + 0.08 * m)], 0.045 * m, (40, 40, 44))


def _departures(view: View, x: float, z: float) -> None:
    board = Facade(view, (x - 1.1, z), (x + 1.1, z), 0.0)
    board.quad(0, 2.5, 2.2, 3.7, (40, 46, 54))
    rng = view.rng("departures")
    for row in range(4):
        h = 3.42 - 0.27 * row
        board.quad(0.12, h, 0.12 + rng.uniform(0.5, 1.0), h + 0.12, (250, 214, 110), lit=True)
        board.quad(1.5, h, 1.5 + rng.uniform(0.25, 0.5), h + 0.12, (240, 240, 236), lit=True)
