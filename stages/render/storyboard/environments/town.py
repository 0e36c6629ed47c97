"""Built places outdoors: road, city street, old town, market."""

from ..buildings import Facade, paint_fence, paint_row, paint_street_lamp
from ..canvas import Rgb, shade
from ..ground import lay_ground
from ..plants import paint_grass
from ..relief import paint_hills, paint_mountains, paint_skyline
from ..sky import paint_sky
from ..solids import paint_box
from ..trees import paint_tree
from ..view import View
from .nature import stand_of_trees


def paint_road(view: View) -> None:
    """A country road to the mountains."""
    paint_sky(view)
    paint_mountains(view, "range", height=0.17, color=(128, 134, 152), z=620, spacing=0.36, snow=0.3)
    paint_hills(view, "hills", v=0.04, height=0.07, color=(126, 148, 98), z=260)
    lay_ground(view, "dry_grass")
    stand_of_trees(view, "far", (60.0, 38.0), ("pine", "oak"), spacing=7.0, clear=2.2, height_m=(6, 10))
    lay_ground(view, "gravel", cover=lambda x, z: (3.7 - abs(x)) * 4)
    lay_ground(view, "asphalt", cover=lambda x, z: (3.2 - abs(x)) * 12, soft=False)
    p, white = view.point, (238, 236, 226)
    for x in (-3.0, 3.0):
        view.canvas.polygon(
            [p(x - 0.07, 0, 1.6), p(x + 0.07, 0, 1.6), p(x + 0.07, 0, 400), p(x - 0.07, 0, 400)], view.color(white, 8)
        )
    z = 1.9
    while z < 90:
        view.canvas.polygon(
            [p(-0.08, 0, z), p(0.08, 0, z), p(0.08, 0, z + 2.2), p(-0.08, 0, z + 2.2)], view.color((246, 206, 84), z)
        )
        z += 4.4
    paint_fence(view, 4.4, 40, 4.4, 4.6, color=(196, 200, 202), height_m=0.8, post_m=3.0)
    for z in (64.0, 44.0, 30.0, 20.0, 13.0):
        _telegraph_pole(view, -5.6, z, z * 1.42)
    stand_of_trees(view, "near", (15.0,), ("pine", "oak"), spacing=7.0, clear=5.6, height_m=(6, 9))
    _road_sign(view, 4.9, 11.0)
    paint_grass(view, "verge", 2.6, 9, (168, 164, 92), height_m=0.25, amount=110)


def _telegraph_pole(view: View, x: float, z: float, next_z: float) -> None:
    m, wood = view.metre(z), view.color((98, 76, 60), z)
    view.canvas.limb([view.point(x, 0, z), view.point(x, 7.2, z)], 0.22 * m, 0.16 * m, wood)
    view.canvas.line([view.point(x - 0.9, 6.6, z), view.point(x + 0.9, 6.6, z)], 0.12 * m, wood)
    for dx in (-0.8, 0.8):
        sag = view.point(x + dx, 6.0, (z + next_z) / 2)
        view.canvas.curve(
            [view.point(x + dx, 6.7, z), sag, view.point(x + dx, 6.7, next_z)],
            max(0.5, 0.02 * m),
            view.color((64, 62, 66), z),
        )


def _road_sign(view: View, x: float, z: float) -> None:
    m = view.metre(z)
    px, py = view.point(x, 2.4, z)
    view.canvas.line([view.point(x, 0, z), (px, py)], 0.09 * m, view.color((150, 154, 158), z))
    view.canvas.polygon(
        [(px, py - 0.75 * m), (px + 0.75 * m, py), (px, py + 0.75 * m), (px - 0.75 * m, py)],
        view.color((40, 40, 44), z),
    )
    view.canvas.polygon(
        [(px, py - 0.66 * m), (px + 0.66 * m, py), (px, py + 0.66 * m), (px - 0.66 * m, py)],
        view.color((246, 200, 66), z),
    )
    view.canvas.curve(
        [
            (px - 0.05 * m, py + 0.35 * m),
            (px + 0.14 * m, py + 0.1 * m),
            (px - 0.12 * m, py - 0.12 * m),
            (px + 0.05 * m, py - 0.36 * m),
        ],
        0.11 * m,
        view.color((40, 40, 44), z),
    )


def paint_city_street(view: View) -> None:
    """Tall facades, shops, trees and cars."""
    paint_sky(view)
    paint_skyline(view, "towers", v=0.36, color=(150, 158, 174), z=420, spacing=0.085)
    lay_ground(view, "paving", soft=False)
    lay_ground(view, "asphalt", cover=lambda x, z: (2.9 - abs(x)) * 14, soft=False)
    for side in (-1, 1):
        paint_row(view, "street", side, 5.6, 2.4, 74.0, storeys=(4, 7), pastel=False, shops=True)
        for z in (60.0, 40.0, 26.0, 16.0, 9.5):
            _street_side(view, side, z)
    _zebra(view)


def _street_side(view: View, side: int, z: float) -> None:
    paint_street_lamp(view, side * 3.4, z)
    rng = view.rng("kerb", side, z)
    if z > 9.6:
        paint_tree(view, side * 3.9, z * 0.86, rng.uniform(3.8, 4.8), "maple", rng)
    if z > 12:
        _parked_car(
            view, side * 2.0, z * 0.92, rng.choice(((190, 62, 54), (62, 104, 160), (226, 222, 214), (72, 78, 86)))
        )


def _parked_car(view: View, x: float, z: float, color: Rgb) -> None:
    paint_box(view, (x - 0.8, x + 0.8), (0.25, 0.85), (z, z + 3.8), color)
    paint_box(view, (x - 0.68, x + 0.68), (0.85, 1.4), (z + 0.5, z + 2.9), shade(color, -0.05))
    m, p = view.metre(z), view.point
    view.canvas.polygon(
        [p(x - 0.6, 0.9, z + 0.5), p(x + 0.6, 0.9, z + 0.5), p(x + 0.52, 1.32, z + 0.5), p(x - 0.52, 1.32, z + 0.5)],
        view.color((64, 78, 92), z),
    )
    for dx in (-0.62, 0.62):
        view.canvas.ellipse(p(x + dx, 0.24, z), 0.12 * m, 0.24 * m, view.color((36, 36, 40), z))
        light = (255, 90, 70) if view.look.dark else view.color((206, 60, 50), z)
        view.canvas.ellipse(p(x + dx * 0.95, 0.66, z), 0.12 * m, 0.07 * m, light)


def _zebra(view: View) -> None:
    for index in range(-3, 4):
        x = index * 0.85
        view.canvas.polygon(
            [view.point(x + dx, 0, z) for dx, z in ((-0.24, 5.2), (0.24, 5.2), (0.24, 7.4), (-0.24, 7.4))],
            (*view.color((240, 240, 234), 6), 225),
        )


def paint_old_town(view: View) -> None:
    """A cobbled lane of painted houses, a church at its end."""
    paint_sky(view)
    paint_hills(view, "hill", v=0.09, height=0.1, color=(118, 140, 104), z=300)
    lay_ground(view, "cobbles", soft=False)
    _church(view, view.rng("church").choice((-1.6, 1.6)), 46.0)
    for side in (-1, 1):
        paint_row(view, "lane", side, 4.0, 2.4, 44.0, storeys=(2, 3), pastel=True, shops=False)
        for index, z in enumerate((26.0, 15.0, 9.0)):
            _flower_pots(view, side, z, index)
    _bunting(view)
    paint_street_lamp(view, -3.1, 18.0, height_m=3.2)
    paint_street_lamp(view, 3.1, 11.0, height_m=3.2)


def _church(view: View, x: float, z: float) -> None:
    stone: Rgb = (214, 200, 176)
    roof: Rgb = (240, 245, 251) if view.look.snowy else (96, 116, 116)
    paint_box(view, (x - 4, x + 4), (0, 9), (z, z + 12), stone)
    p = view.point
    view.canvas.polygon([p(x - 4.4, 9, z), p(x + 4.4, 9, z), p(x, 13, z)], view.color(roof, z))
    paint_box(view, (x - 1.8, x + 1.8), (0, 16), (z - 2, z + 1), shade(stone, 0.1))
    view.canvas.polygon([p(x - 2.1, 16, z - 2), p(x + 2.1, 16, z - 2), p(x, 24, z - 2)], view.color(roof, z))
    cx, cy = p(x, 13, z - 2)
    m = view.metre(z)
    view.canvas.ellipse(
        (cx, cy), 1.1 * m, 1.1 * m, (255, 232, 170) if view.look.dark else view.color((246, 242, 230), z)
    )
    view.canvas.line(
        [(cx, cy - 0.8 * m), (cx, cy), (cx + 0.5 * m, cy + 0.2 * m)], max(0.5, 0.14 * m), view.color((60, 54, 50), z)
    )
    view.canvas.line([p(x, 24, z - 2), p(x, 25.6, z - 2)], max(0.6, 0.2 * m), view.color((120, 96, 60), z))


def _flower_pots(view: View, side: int, z: float, index: int) -> None:
    rng = view.rng("pots", side, index)
    for offset in (0.0, 0.9):
        x = side * 3.45
        paint_box(view, (x - 0.24, x + 0.24), (0, 0.4), (z + offset, z + offset + 0.4), (188, 110, 76))
        m = view.metre(z + offset)
        px, py = view.point(x, 0.55, z + offset)
        view.canvas.dabs(
            [(px + dx * m, py - lift * m, 0.2 * m, 0.18 * m) for dx, lift in ((-0.16, 0), (0.16, 0), (0, 0.2))],
            view.color((88, 130, 66), z),
        )
        flower = rng.choice(((232, 84, 96), (250, 200, 90), (238, 150, 190)))
        view.canvas.dabs(
            [
                (px + rng.uniform(-0.26, 0.26) * m, py + rng.uniform(-0.32, 0.1) * m, 0.06 * m, 0.06 * m)
                for _ in range(7)
            ],
            view.color(flower, z),
        )


def _bunting(view: View) -> None:
    """Washing-line of little flags across the lane."""
    z, colors = 13.0, ((222, 84, 72), (250, 206, 96), (92, 160, 170), (244, 238, 226))
    ends = [view.point(-4.0, 5.4, z), view.point(0, 4.5, z), view.point(4.0, 5.4, z)]
    view.canvas.curve(ends, max(0.5, 0.02 * view.metre(z)), view.color((110, 100, 92), z))
    for index in range(13):
        t = (index + 0.5) / 13 * 2 - 1
        x, y = view.point(t * 4.0, 4.5 + 0.9 * t * t, z)
        size = 0.2 * view.metre(z)
        view.canvas.polygon(
            [(x - size * 0.7, y), (x + size * 0.7, y), (x + (size * 0.8 if view.look.windy else 0), y + size * 1.5)],
            view.color(colors[index % 4], z),
        )


def paint_market(view: View) -> None:
    """Striped stalls on a square."""
    paint_sky(view)
    lay_ground(view, "cobbles", soft=False)
    back = Facade(view, (-40.0, 30.0), (40.0, 30.0), -0.02)
    for index, (x, rng) in enumerate(view.spread("houses", 30.0, 6.6)):
        from_x = x - 3.6
        color = rng.choice(((240, 220, 184), (222, 166, 132), (198, 208, 206), (238, 200, 140), (206, 150, 140)))
        height = 7.0 + (index % 3) * 1.1
        back.quad(from_x + 40, 0, from_x + 47, height, color)
        view.canvas.polygon(
            [
                view.point(from_x - 0.3, height, 30),
                view.point(from_x + 7.3, height, 30),
                view.point(from_x + 3.5, height + 3.2, 30),
            ],
            view.color((240, 245, 251) if view.look.snowy else rng.choice(((164, 84, 62), (110, 92, 88))), 30),
        )
        for level in (1.2, 4.4):
            for share in (1.4, 3.5, 5.6):
                lit = view.look.dark and rng.random() < 0.6
                back.quad(
                    from_x + 40 + share - 0.5,
                    level,
                    from_x + 40 + share + 0.5,
                    level + 1.5,
                    (255, 208, 120) if lit else (92, 108, 124),
                    lit=lit,
                )
    colors: tuple[Rgb, ...] = ((206, 64, 56), (60, 124, 104), (226, 168, 62), (62, 104, 160), (150, 86, 140))
    for z in (22.0, 15.5, 10.5):
        for side in (-1, 1):
            for step, offset in enumerate((2.3, 5.4, 8.5)):
                x = side * (offset + 0.08 * z)
                if abs(x) < (view.reach + 0.2) * z:
                    rng = view.rng("stall", z, side, step)
                    _stall(view, x, z, rng.choice(colors))
    _strings_of_lights(view)


def _stall(view: View, x: float, z: float, color: Rgb) -> None:
    p, m = view.point, view.metre(z)
    rng = view.rng("goods", round(x, 2), z)
    for dx in (-1.2, 1.2):
        view.canvas.line([p(x + dx, 0, z + 0.9), p(x + dx, 2.5, z + 0.9)], 0.07 * m, view.color((120, 88, 62), z))
    paint_box(view, (x - 1.25, x + 1.25), (0, 0.85), (z, z + 0.9), (168, 126, 84))
    for plank in range(1, 8):
        view.canvas.line(
            [p(x - 1.25 + plank * 0.31, 0, z), p(x - 1.25 + plank * 0.31, 0.82, z)],
            max(0.4, 0.02 * m),
            view.color((128, 94, 62), z),
        )
    for tray in range(4):
        tint = rng.choice(
            ((216, 62, 50), (240, 150, 52), (250, 210, 80), (122, 168, 72), (150, 84, 130), (228, 196, 150))
        )
        left = x - 1.15 + tray * 0.58
        heap = [(left + 0.28 + rng.uniform(-0.22, 0.22), 0.92 + rng.uniform(0, 0.16)) for _ in range(9)]
        for amount, lift in ((-0.2, 0.0), (0.05, 0.02)):
            dabs = [
                (p(gx, gh + lift, z + 0.2)[0], p(gx, gh + lift, z + 0.2)[1], 0.085 * m, 0.08 * m) for gx, gh in heap
            ]
            view.canvas.dabs(dabs, view.color(shade(tint, amount), z))
    for dx in (-1.2, 1.2):
        view.canvas.line([p(x + dx, 0, z), p(x + dx, 2.2, z)], 0.08 * m, view.color((150, 112, 78), z))
    stripes = 8
    for index in range(stripes):
        a, b = x - 1.45 + 2.9 * index / stripes, x - 1.45 + 2.9 * (index + 1) / stripes
        paint = color if index % 2 else (248, 242, 230)
        paint = (240, 245, 251) if view.look.snowy and index % 2 == 0 else paint
        view.canvas.polygon(
            [p(a, 2.25, z - 0.3), p(b, 2.25, z - 0.3), p(b, 2.9, z + 0.9), p(a, 2.9, z + 0.9)], view.color(paint, z)
        )
        view.canvas.polygon(
            [p(a, 2.25, z - 0.3), p(b, 2.25, z - 0.3), p((a + b) / 2, 1.98, z - 0.3)],
            view.color(shade(paint, -0.12), z),
        )
    if view.look.dark:
        view.canvas.ellipse(p(x, 2.0, z), 0.09 * m, 0.11 * m, (255, 230, 160))
        view.add_lamp(p(x, 1.5, z), 2.6 * m, 0.75)


def _strings_of_lights(view: View) -> None:
    for z, h in ((18.0, 5.2), (9.0, 3.9)):
        bulbs = []
        for index in range(19):
            t = index / 18 * 2 - 1
            bulbs.append(view.point(t * 0.8 * z, h + 0.08 * z * t * t, z))
        view.canvas.line(bulbs, max(0.5, 0.02 * view.metre(z)), view.color((84, 76, 70), z))
        size = 0.075 * view.metre(z)
        lit = (255, 226, 150) if view.look.dark else view.color((250, 238, 200), z)
        view.canvas.dabs([(x, y + size, size, size * 1.2) for x, y in bulbs], lit)
        if view.look.dark:
            for bulb in bulbs[::3]:
                view.canvas.glow(bulb, size * 6, (255, 210, 120, 110))
