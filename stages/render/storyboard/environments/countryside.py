"""Tended green places: park, garden, playground, meadow, farm."""

import numpy as np

from ..buildings import paint_fence, paint_house, paint_street_lamp
from ..canvas import Rgb, shade
from ..ground import lay_ground, paint_water, winding
from ..plants import paint_bush, paint_flowers, paint_grass
from ..relief import paint_hills, paint_skyline, paint_treeline
from ..sky import paint_sky
from ..solids import paint_box
from ..trees import paint_tree
from ..view import View
from .nature import stand_of_trees

_BLOSSOMS: tuple[Rgb, ...] = ((236, 92, 110), (250, 200, 80), (240, 240, 246), (168, 116, 208))


def paint_park(view: View) -> None:
    """Lawn, winding path, pond and trees, the city behind."""
    paint_sky(view)
    paint_skyline(view, "city", v=0.12, color=(158, 164, 176), z=700)
    paint_treeline(view, "back", v=0.015, height=0.075, color=(98, 138, 72), z=170)
    lay_ground(view, "grass")
    _pond(view)
    lay_ground(view, "gravel", cover=winding(view, "path", 2.2, bend_m=3.2, offset_m=0.6))
    stand_of_trees(view, "far", (42.0, 28.0), ("oak", "maple", "oak", "birch"), spacing=6.4, clear=1.0)
    _park_bench(view, *((-3.4, 13.0) if view.rng("bench").random() < 0.5 else (3.6, 13.0)))
    for z, x in ((22.0, 2.9), (12.0, -3.2)):
        paint_street_lamp(view, x, z, height_m=3.4)
    for z in (17.0, 11.0):
        for x, rng in view.spread(f"bush-{z}", z, 3.4, clear=0.36 * z):
            paint_bush(view, x, z, rng.uniform(0.9, 1.5), rng, flowers=rng.choice((None, None, (236, 120, 140))))
    stand_of_trees(view, "near", (14.0, 9.5), ("oak", "maple"), spacing=6.4, clear=4.0, height_m=(6.5, 9))
    paint_grass(view, "lawn", 2.0, 9, (130, 170, 76))
    paint_flowers(view, "lawn", 2.4, 8, ((250, 248, 240), (250, 216, 90)), amount=46)


def _pond(view: View) -> None:
    side = view.rng("pond").choice((-1, 1))

    def cover(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        return 5.0 * (1.0 - (((x - side * 6.5) / 6.0) ** 2 + ((z - 21.0) / 4.2) ** 2) ** 0.5)

    paint_water(view, "pond", cover=cover, calm=0.85, deep=(66, 116, 116))


def _park_bench(view: View, x: float, z: float) -> None:
    wood: Rgb = (150, 98, 58)
    for dx in (-0.75, 0.65):
        paint_box(view, (x + dx, x + dx + 0.1), (0, 0.9), (z, z + 0.4), (60, 64, 66))
    for h in (0.6, 0.78):
        paint_box(view, (x - 0.85, x + 0.85), (h, h + 0.12), (z + 0.38, z + 0.42), wood)
    paint_box(view, (x - 0.85, x + 0.85), (0.42, 0.48), (z, z + 0.4), wood)


def paint_garden(view: View) -> None:
    """A house, a picket fence, roses and a paved path."""
    paint_sky(view)
    paint_treeline(view, "back", v=0.03, height=0.09, color=(104, 142, 78), z=110)
    lay_ground(view, "grass")
    side = view.rng("house").choice((-1, 1))
    paint_house(view, side * 6.4, 19.0, 7.0, 3.4, view.rng("house", "look"), wall=(240, 226, 198))
    paint_fence(view, -12, 17.5, 12, 17.5, height_m=1.1, post_m=0.4)
    lay_ground(view, "paving", cover=winding(view, "path", 1.3, bend_m=1.4, offset_m=0.2), soft=False)
    paint_tree(view, -side * 5.0, 14.0, 5.4, "apple", view.rng("apple"))
    for z in (14.0, 10.0, 7.2):
        for x, rng in view.spread(f"roses-{z}", z, 1.55, clear=0.25 * z):
            paint_bush(view, x, z, rng.uniform(0.65, 1.15), rng, flowers=rng.choice(_BLOSSOMS))
    arch = -side * 2.5
    _rose_arch(view, arch, 11.5)
    paint_grass(view, "lawn", 2.0, 7, (128, 172, 78), amount=150)
    paint_flowers(view, "border", 2.6, 7.5, _BLOSSOMS, amount=130)


def _rose_arch(view: View, x: float, z: float) -> None:
    posts = [(x - 0.9, 0.0), (x - 0.9, 1.8), (x - 0.5, 2.3), (x, 2.5), (x + 0.5, 2.3), (x + 0.9, 1.8), (x + 0.9, 0.0)]
    line = [view.point(px, h, z) for px, h in posts]
    view.canvas.curve(line, 0.09 * view.metre(z), view.color((238, 234, 226), z), tension=0.4)
    rng, m = view.rng("arch"), view.metre(z)
    for color, size in (
        ((76, 116, 58), 0.17),
        ((112, 150, 76), 0.11),
        ((232, 96, 120), 0.06),
        ((250, 186, 196), 0.045),
    ):
        dabs = []
        for _ in range(26):
            px, py = rng.choice(line[:-1] if rng.random() < 0.5 else line[1:])
            dabs.append((px + rng.uniform(-0.25, 0.25) * m, py + rng.uniform(-0.3, 0.3) * m, size * m, size * m * 0.85))
        view.canvas.dabs(dabs, view.color(color, z))


def paint_playground(view: View) -> None:
    """Slide, swings and seesaw in a sand pit."""
    paint_sky(view)
    paint_skyline(view, "blocks", v=0.10, color=(186, 176, 166), z=420, spacing=0.11)
    paint_treeline(view, "back", v=0.02, height=0.07, color=(104, 146, 76), z=120)
    lay_ground(view, "grass")

    def pit(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        return 4.0 * (1.0 - ((x / 6.5) ** 2 + ((z - 9.5) / 5.4) ** 2) ** 0.5)

    lay_ground(view, "sand", cover=pit)
    stand_of_trees(view, "far", (26.0,), ("maple", "oak"), spacing=5.6, clear=1.6, height_m=(5, 7))
    paint_fence(view, -14, 20, 14, 20, color=(94, 156, 160), height_m=1.0, post_m=0.7)
    side = view.rng("slide").choice((-1, 1))
    _slide(view, side * 3.3, 11.5, -side)
    _swings(view, -side * 3.6, 12.5)
    _seesaw(view, side * 0.9, 16.0)
    paint_grass(view, "lawn", 2.0, 5, (126, 170, 76), amount=120)


def _slide(view: View, x: float, z: float, way: int) -> None:
    p, m = view.point, view.metre(z)
    red, blue, yellow = (view.color(c, z) for c in ((220, 74, 62), (58, 116, 186), (248, 200, 70)))
    for dx in (-0.45, 0.45):
        for dz in (0.0, 0.9):
            view.canvas.limb([p(x + dx, 0, z + dz), p(x + dx, 2.6, z + dz)], 0.13 * m, 0.12 * m, blue)
    view.canvas.polygon([p(x - 0.8, 2.55, z), p(x + 0.8, 2.55, z), p(x, 3.3, z)], red)
    view.canvas.polygon([p(x - 0.5, 1.4, z), p(x + 0.5, 1.4, z), p(x + 0.5, 1.55, z), p(x - 0.5, 1.55, z)], yellow)
    back = x - way * 0.45
    for step in range(6):
        view.canvas.line(
            [
                p(back - way * 0.9 * (1 - step / 6), 0.25 * step, z),
                p(back - way * 0.9 * (1 - step / 6) + 0.4, 0.25 * step, z + 0.3),
            ],
            0.07 * m,
            yellow,
        )
    chute = [(x + way * 0.45, 1.5), (x + way * 1.1, 1.0), (x + way * 1.9, 0.35), (x + way * 2.6, 0.2)]
    view.canvas.curve([p(cx, h + 0.16, z + 0.6) for cx, h in chute], 0.10 * m, view.color((236, 170, 50), z))
    view.canvas.curve([p(cx, h, z + 0.3) for cx, h in chute], 0.42 * m, yellow)
    view.canvas.curve([p(cx, h + 0.12, z) for cx, h in chute], 0.12 * m, view.color((252, 222, 120), z))


def _swings(view: View, x: float, z: float) -> None:
    p, m = view.point, view.metre(z)
    steel = view.color((206, 84, 74), z)
    for dx in (-1.7, 1.7):
        for spread in (-0.5, 0.5):
            view.canvas.limb([p(x + dx + spread, 0, z), p(x + dx, 2.7, z)], 0.12 * m, 0.10 * m, steel)
    view.canvas.line([p(x - 1.7, 2.7, z), p(x + 1.7, 2.7, z)], 0.13 * m, steel)
    sway = 0.5 if view.look.windy else 0.0
    for dx in (-0.8, 0.8):
        for edge in (-0.25, 0.25):
            view.canvas.line(
                [p(x + dx + edge, 2.7, z), p(x + dx + edge + sway, 0.6, z)],
                max(0.7, 0.03 * m),
                view.color((120, 120, 124), z),
            )
        view.canvas.line(
            [p(x + dx - 0.32 + sway, 0.58, z), p(x + dx + 0.32 + sway, 0.58, z)], 0.09 * m, view.color((60, 66, 84), z)
        )


def _seesaw(view: View, x: float, z: float) -> None:
    m = view.metre(z)
    view.canvas.polygon(
        [view.point(x - 0.3, 0, z), view.point(x + 0.3, 0, z), view.point(x, 0.6, z)], view.color((70, 120, 180), z)
    )
    view.canvas.line(
        [view.point(x - 1.5, 0.2, z), view.point(x + 1.5, 0.85, z)], 0.13 * m, view.color((240, 180, 60), z)
    )


def paint_meadow(view: View) -> None:
    """Tall grass and flowers under low hills."""
    paint_sky(view)
    paint_hills(view, "blue", v=0.09, height=0.12, color=(110, 142, 130), z=520)
    paint_hills(view, "green", v=0.045, height=0.09, color=(132, 166, 92), z=220, pace=36)
    paint_treeline(view, "hedge", v=0.0, height=0.03, color=(92, 132, 70), z=130)
    paint_hills(view, "rise", v=0.012, height=0.035, color=(156, 184, 96), z=60, pace=24)
    lay_ground(view, "meadow")
    side = view.rng("lone").choice((-1, 1))
    paint_tree(view, side * 8.0, 24.0, 8.5, "oak", view.rng("lone", "tree"))
    paint_flowers(view, "far", 7, 26, ((240, 96, 90), (250, 214, 90), (244, 244, 248)), amount=210)
    paint_grass(view, "tall", 1.9, 11, (158, 182, 88), height_m=0.42, amount=420)
    paint_flowers(view, "near", 2.2, 7, ((236, 82, 78), (250, 208, 80), (246, 246, 250), (134, 130, 220)), amount=150)


def paint_farm(view: View) -> None:
    """A red barn, silo, bales and a field."""
    paint_sky(view)
    paint_hills(view, "hills", v=0.06, height=0.09, color=(122, 152, 100), z=380)
    paint_treeline(view, "hedge", v=0.006, height=0.03, color=(88, 124, 66), z=160)
    lay_ground(view, "meadow")
    side = view.rng("barn").choice((-1, 1))

    def field(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        return (-side * x - 2.6) * 1.5

    lay_ground(view, "dry_grass", cover=field)
    _furrows(view, -side)
    _silo(view, side * 10.4, 26.0)
    _barn(view, side * 5.6, 21.0)
    for x, z in ((-side * 5.0, 17.0), (-side * 7.4, 22.0), (-side * 3.6, 25.0)):
        _bale(view, x, z)
    lay_ground(view, "dirt", cover=winding(view, "track", 2.0, bend_m=1.6, offset_m=side * 0.8))
    paint_fence(view, -side * 2.5, 26, -side * 3.4, 5.4, color=(158, 128, 96), height_m=1.1, post_m=2.0)
    paint_grass(view, "farm", 2.0, 9, (150, 168, 80), height_m=0.26)


def _furrows(view: View, side: int) -> None:
    if view.look.snowy:
        return
    for index in range(14):
        x = side * (3.2 + index * 1.3)
        view.canvas.limb(
            [view.point(x, 0, 4.6), view.point(x, 0, 70)],
            0.20 * view.metre(4.6),
            0.3,
            (*view.color((150, 124, 66), 14), 90),
        )


def _barn(view: View, x: float, z: float) -> None:
    red: Rgb = (170, 62, 52)
    inner = -1 if x > 0 else 1
    half, wall, depth = 3.4, 3.4, 8.0
    p = view.point
    roof: Rgb = (240, 245, 251) if view.look.snowy else (110, 100, 98)
    side_x = x + inner * half
    view.canvas.polygon(
        [p(side_x, 0, z), p(side_x, 0, z + depth), p(side_x, wall, z + depth), p(side_x, wall, z)],
        view.color(shade(red, -0.25), z),
    )
    gable = [
        (-half, 0.0),
        (-half, wall),
        (-half * 0.62, wall + 1.9),
        (0.0, wall + 2.9),
        (half * 0.62, wall + 1.9),
        (half, wall),
        (half, 0.0),
    ]
    bend = inner * half * 0.62
    view.canvas.polygon(
        [
            p(x, wall + 2.9, z),
            p(x, wall + 2.9, z + depth),
            p(x + bend, wall + 1.9, z + depth),
            p(x + bend, wall + 1.9, z),
        ],
        view.color(shade(roof, 0.1), z),
    )
    view.canvas.polygon(
        [
            p(x + bend, wall + 1.9, z),
            p(x + bend, wall + 1.9, z + depth),
            p(side_x, wall, z + depth),
            p(side_x, wall, z),
        ],
        view.color(shade(roof, -0.1), z),
    )
    view.canvas.polygon([p(x + dx, h, z) for dx, h in gable], view.color(red, z))
    m = view.metre(z)
    for plank in range(1, 12):
        dx = -half + plank * half / 6
        view.canvas.line([p(x + dx, 0, z), p(x + dx, wall, z)], max(0.5, 0.04 * m), view.color(shade(red, -0.14), z))
    view.canvas.line([p(x + dx, h, z) for dx, h in gable[1:-1]], 0.22 * m, view.color(roof, z))
    white = view.color((244, 238, 228), z)
    view.canvas.polygon(
        [p(x - 1.2, 0, z), p(x + 1.2, 0, z), p(x + 1.2, 2.5, z), p(x - 1.2, 2.5, z)], view.color(shade(red, -0.2), z)
    )
    for a, b in (
        ((-1.2, 0), (-1.2, 2.5)),
        ((1.2, 0), (1.2, 2.5)),
        ((-1.2, 2.5), (1.2, 2.5)),
        ((-1.2, 0), (1.2, 2.5)),
        ((-1.2, 2.5), (1.2, 0)),
        ((0, 0), (0, 2.5)),
    ):
        view.canvas.line([p(x + a[0], a[1], z), p(x + b[0], b[1], z)], 0.12 * m, white)
    view.canvas.polygon(
        [p(x - 0.6, wall + 0.4, z), p(x + 0.6, wall + 0.4, z), p(x + 0.6, wall + 1.6, z), p(x - 0.6, wall + 1.6, z)],
        white,
    )
    loft = (255, 208, 120) if view.look.dark else view.color((70, 50, 48), z)
    view.canvas.polygon(
        [
            p(x - 0.45, wall + 0.5, z),
            p(x + 0.45, wall + 0.5, z),
            p(x + 0.45, wall + 1.5, z),
            p(x - 0.45, wall + 1.5, z),
        ],
        loft,
    )


def _silo(view: View, x: float, z: float) -> None:
    p, steel = view.point, (188, 194, 198)
    for share, amount in ((1.0, -0.25), (0.72, -0.05), (0.3, 0.16)):
        shift = (1 if view.light[0] > 0 else -1) * (1 - share) * 0.9
        view.canvas.polygon(
            [
                p(x - 1.5 * share + shift, 0, z),
                p(x + 1.5 * share + shift, 0, z),
                p(x + 1.5 * share + shift, 7, z),
                p(x - 1.5 * share + shift, 7, z),
            ],
            view.color(shade(steel, amount), z),
        )
    cx, cy = p(x, 7, z)
    view.canvas.polygon(
        [(cx - 1.5 * view.metre(z), cy + 1), (cx, cy - 1.3 * view.metre(z)), (cx + 1.5 * view.metre(z), cy + 1)],
        view.color((150, 80, 72), z),
    )


def _bale(view: View, x: float, z: float) -> None:
    px, py = view.point(x, 0.7, z)
    m, straw = view.metre(z), (222, 184, 98)
    view.canvas.ellipse((px, py + 0.68 * m), 1.0 * m, 0.14 * m, (*view.color((50, 46, 30), z), 110))
    view.canvas.rectangle(
        (px - 0.2 * m, py - 0.7 * m, px + 0.85 * m, py + 0.7 * m), view.color(shade(straw, -0.2), z), radius=0.3 * m
    )
    view.canvas.ellipse((px - 0.2 * m, py), 0.62 * m, 0.7 * m, view.color(straw, z))
    for r in (0.48, 0.3, 0.12):
        view.canvas.ellipse(
            (px - 0.2 * m, py), 0.62 * m * r / 0.6, r * m, view.color(shade(straw, -0.14 if r != 0.3 else 0.06), z)
        )
