"""Houses, facades in perspective, lamps, fences and landmarks."""

import random

from .canvas import Rgb, Xy, mix, shade
from .view import View

_WALLS: tuple[Rgb, ...] = (
    (236, 214, 178),
    (222, 160, 122),
    (206, 130, 108),
    (196, 206, 210),
    (232, 196, 128),
    (172, 190, 170),
    (226, 222, 212),
    (180, 160, 190),
)
_PASTELS: tuple[Rgb, ...] = (
    (244, 226, 196),
    (240, 186, 160),
    (168, 206, 214),
    (250, 244, 232),
    (246, 214, 140),
    (196, 218, 182),
    (232, 168, 168),
)
_ROOFS: tuple[Rgb, ...] = ((164, 84, 62), (120, 78, 66), (96, 102, 116), (148, 98, 72))


class Facade:
    """A flat wall in the world; (s, h) are metres along it and up."""

    def __init__(self, view: View, start: tuple[float, float], end: tuple[float, float], light: float) -> None:
        """`start` and `end` are (x, z) of the wall's ends; `light` is added to every colour, -1 to 1."""
        self.view, self.start, self.end, self.light = view, start, end, light
        self.length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5

    def at(self, s: float, h: float) -> Xy:
        x, z = self.ground(s)
        return self.view.point(x, h, z)

    def quad(self, s0: float, h0: float, s1: float, h1: float, color: Rgb, *, lit: bool = False) -> None:
        _, z = self.ground((s0 + s1) / 2)
        paint = color if lit else self.view.color(shade(color, self.light), z)
        self.view.canvas.polygon([self.at(s0, h0), self.at(s1, h0), self.at(s1, h1), self.at(s0, h1)], paint)

    def ground(self, s: float) -> tuple[float, float]:
        t = s / self.length if self.length else 0.0
        x, z = self.start[0] + (self.end[0] - self.start[0]) * t, self.start[1] + (self.end[1] - self.start[1]) * t
        return x, max(0.9, z)


def paint_house(
    view: View, x: float, z: float, width_m: float, height_m: float, rng: random.Random, *, wall: Rgb | None = None,
    roof: Rgb | None = None, chimney: bool = True,
) -> None:  # fmt: skip
    """A gabled house seen from the front with its side in perspective.

    Args:
        view: the camera.
        x: metres right of the middle, of the house's centre.
        z: metres to the front wall.
        width_m: of the front.
        height_m: of the walls; the roof adds about half of the width.
        rng: the randomness that belongs to this house.
        wall: colour of the walls.
        roof: colour of the roof.
        chimney: whether there is one.
    """
    wall = wall or rng.choice(_WALLS)
    roof = roof or rng.choice(_ROOFS)
    half, depth = width_m / 2, width_m * 0.9
    inner = -1 if x > 0 else 1  # the side wall that the camera sees
    side = Facade(
        view, (x + inner * half, z), (x + inner * half, z + depth), -0.22 if view.light[0] * inner < 0 else 0.05
    )
    front = Facade(view, (x - half, z), (x + half, z), 0.04 if view.light[0] * inner < 0 else -0.10)
    if view.point(x + width_m, 0, z)[0] < 0 or view.point(x - width_m, 0, z)[0] > view.canvas.width:
        return
    side.quad(0, 0, depth, height_m, wall)
    ridge_h = height_m + width_m * 0.42
    snow = view.look.snowy
    cover: Rgb = (240, 245, 251) if snow else roof
    back_tip, tip = view.point(x, ridge_h, z + depth), view.point(x, ridge_h, z)
    eave = x + inner * (half + 0.25)
    slope = [tip, back_tip, view.point(eave, height_m - 0.15, z + depth), view.point(eave, height_m - 0.15, z - 0.2)]
    view.canvas.polygon(slope, view.color(shade(cover, -0.12), z))
    front.quad(0, 0, width_m, height_m, wall)
    view.canvas.polygon(
        [front.at(0, height_m - 0.02), front.at(width_m, height_m - 0.02), tip], view.color(shade(wall, front.light), z)
    )
    thick = max(0.8, 0.2 * view.metre(z))
    view.canvas.line(
        [view.point(x - half - 0.3, height_m - 0.25, z), tip, view.point(x + half + 0.3, height_m - 0.25, z)],
        thick,
        view.color(cover, z),
    )
    if chimney:
        cx = x + inner * half * 0.45
        view.canvas.polygon(
            [
                view.point(cx + dx, h, z + 1)
                for dx, h in (
                    (-0.25, ridge_h - 1.2),
                    (-0.25, ridge_h + 0.3),
                    (0.3, ridge_h + 0.3),
                    (0.3, ridge_h - 1.2),
                )
            ],
            view.color((140, 92, 78), z),
        )
    _house_openings(front, side, width_m, height_m, depth, rng)


def _house_openings(
    front: Facade, side: Facade, width_m: float, height_m: float, depth: float, rng: random.Random
) -> None:
    door_at = width_m * rng.choice((0.5, 0.3, 0.7))
    door = rng.choice(((110, 70, 50), (60, 96, 110), (140, 56, 52), (70, 104, 76)))
    front.quad(door_at - 0.62, 0, door_at + 0.62, 2.22, (242, 238, 228))
    front.quad(door_at - 0.5, 0, door_at + 0.5, 2.1, door)
    for level in range(max(1, int(height_m / 2.6))):
        for share in (0.18, 0.5, 0.82):
            s = share * width_m
            if level == 0 and abs(s - door_at) < 1.3:
                continue
            paint_window(front, s, 1.0 + 2.6 * level, 1.0, 1.2, rng)
    for share in (0.3, 0.7):
        paint_window(side, share * depth, 1.0, 1.0, 1.2, rng)
    paint_window(front, width_m / 2, height_m + 0.25, 0.8, 0.8, rng)


def paint_window(
    wall: Facade,
    s: float,
    h: float,
    width_m: float,
    height_m: float,
    rng: random.Random,
    *,
    trim: Rgb = (244, 240, 232),
) -> None:
    """A window with frame, bars and sill, lit or mirroring the sky; `s`, `h` are its lower middle."""
    view, half = wall.view, width_m / 2
    wall.quad(s - half - 0.1, h - 0.1, s + half + 0.1, h + height_m + 0.1, trim)
    glowing = view.look.dark and rng.random() < 0.72
    look = view.look
    if glowing:
        wall.quad(s - half, h, s + half, h + height_m, (255, 208, 120), lit=True)
        wall.quad(s - half, h, s + half, h + height_m * 0.35, (246, 178, 88), lit=True)
        x, y = wall.at(s, h + height_m / 2)
        radius = height_m * view.metre(wall.ground(s)[1])
        if radius > 0.05 * view.focal:  # far windows shine, but light nothing
            view.add_lamp((x, y), radius * 1.8, 0.22)
    else:
        glass = mix(look.middle, (40, 56, 76), 0.45 if not look.dark else 0.75)
        wall.quad(s - half, h, s + half, h + height_m, glass, lit=True)
        view.canvas.polygon(
            [
                wall.at(s - half, h + height_m),
                wall.at(s + half * 0.4, h + height_m),
                wall.at(s - half, h + height_m * 0.25),
            ],
            mix(glass, look.low, 0.35),
        )
    wall.quad(s - 0.035, h, s + 0.035, h + height_m, trim)
    wall.quad(s - half, h + height_m * 0.55, s + half, h + height_m * 0.55 + 0.06, trim)
    wall.quad(
        s - half - 0.16, h - 0.18, s + half + 0.16, h - 0.08, (250, 250, 252) if look.snowy else shade(trim, -0.08)
    )


def paint_row(
    view: View,
    name: str,
    side: int,
    x: float,
    z0: float,
    z1: float,
    *,
    storeys: tuple[int, int],
    pastel: bool,
    shops: bool,
) -> None:
    """A street side of facades that recede to the vanishing point.

    Args:
        view: the camera.
        name: of the row.
        side: -1 left, 1 right of the street.
        x: metres from the middle of the street to the walls.
        z0: nearest metre.
        z1: farthest metre.
        storeys: fewest and most.
        pastel: painted plaster of a seaside or old town, rather than city brick and stone.
        shops: whether the ground floors are shops with awnings.
    """
    lots = []
    z = z0
    while z < z1:
        rng = view.rng("lot", name, side, len(lots))
        width = rng.uniform(5.0, 8.5)
        lots.append((z, z + width, rng))
        z += width
    light = 0.03 if view.light[0] * side < 0 else -0.16
    for near, far, rng in reversed(lots):
        wall = rng.choice(_PASTELS if pastel else _WALLS)
        levels = rng.randint(*storeys)
        _lot(view, side, x + rng.uniform(-0.15, 0.15), near, far, wall, levels, light, rng, shops=shops, gabled=pastel)


def _lot(
    view: View, side: int, x: float, near: float, far: float, wall: Rgb, levels: int, light: float,
    rng: random.Random, *,
    shops: bool, gabled: bool,
) -> None:  # fmt: skip
    face = Facade(view, (side * x, near), (side * x, far), light)
    width, height = far - near, 3.2 * levels + 0.6
    end = Facade(view, (side * x, near), (side * (x + 9), near), -0.05)
    end.quad(0, 0, 9, height, wall)
    face.quad(0, 0, width, height, wall)
    if gabled:
        tip = view.point(side * (x + 2.6), height + 2.2, near), view.point(side * (x + 2.6), height + 2.2, far)
        roof = (240, 245, 251) if view.look.snowy else rng.choice(_ROOFS)
        view.canvas.polygon(
            [face.at(0, height), face.at(width, height), tip[1], tip[0]], view.color(shade(roof, light), near)
        )
    face.quad(0, height - 0.35, width, height, shade(wall, 0.2))
    columns = max(2, round(width / 2.2))
    for level in range(levels):
        for column in range(columns):
            s = width * (column + 0.5) / columns
            if level == 0:
                continue
            paint_window(face, s, 3.2 * level + 0.9, 0.95, 1.55, rng)
            if gabled:
                shutter = shade(wall, -0.35)
                face.quad(s - 0.85, 3.2 * level + 0.85, s - 0.58, 3.2 * level + 2.5, shutter)
                face.quad(s + 0.58, 3.2 * level + 0.85, s + 0.85, 3.2 * level + 2.5, shutter)
    (_shop if shops else _ground_floor)(view, face, width, rng, side)


def _ground_floor(view: View, face: Facade, width: float, rng: random.Random, side: int) -> None:
    door = rng.choice(((110, 70, 50), (60, 96, 110), (140, 56, 52), (70, 104, 76)))
    face.quad(width * 0.5 - 0.6, 0, width * 0.5 + 0.6, 2.4, shade(door, -0.3))
    face.quad(width * 0.5 - 0.5, 0, width * 0.5 + 0.5, 2.3, door)
    for share in (0.18, 0.82):
        paint_window(face, width * share, 0.9, 1.1, 1.4, rng)


def _shop(view: View, face: Facade, width: float, rng: random.Random, side: int) -> None:
    color = rng.choice(((176, 66, 58), (58, 110, 96), (66, 92, 140), (208, 158, 70), (112, 76, 112)))
    face.quad(0.15, 0, width - 0.15, 3.0, shade(color, -0.35))
    glass = (255, 214, 136) if view.look.dark else mix(view.look.middle, (60, 72, 84), 0.5)
    for a, b in ((0.06, 0.36), (0.42, 0.58), (0.64, 0.94)):
        face.quad(width * a, 0.5 if a != 0.42 else 0.1, width * b, 2.4, glass, lit=True)
    if view.look.dark:
        view.add_lamp(face.at(width / 2, 1.6), 2.6 * view.metre(max(1.0, face.start[1] + width / 2)), 0.4)
    face.quad(0.15, 2.5, width - 0.15, 3.05, color)
    stripes = 8
    for index in range(stripes):
        s0, s1 = width * index / stripes, width * (index + 1) / stripes
        (x, z) = face.start
        z0, z1 = max(0.9, z + s0), max(0.9, z + s1)
        out = x - side * 1.0
        paint = view.color(color if index % 2 else (246, 240, 230), z0)
        view.canvas.polygon(
            [view.point(x, 3.0, z0), view.point(x, 3.0, z1), view.point(out, 2.45, z1), view.point(out, 2.45, z0)],
            paint,
        )
        view.canvas.polygon(
            [view.point(out, 2.45, z0), view.point(out, 2.45, z1), view.point(out, 2.2, z1), view.point(out, 2.2, z0)],
            shade(paint, -0.12),
        )


def paint_street_lamp(view: View, x: float, z: float, *, height_m: float = 4.2) -> None:
    """A lantern on a post; it shines in the dark."""
    m = view.metre(z)
    iron = view.color((52, 56, 60), z)
    view.canvas.limb([view.point(x, 0, z), view.point(x, height_m, z)], 0.13 * m, 0.07 * m, iron)
    px, py = view.point(x, height_m + 0.25, z)
    glass = (255, 226, 150) if view.look.dark else view.color((226, 226, 214), z)
    view.canvas.polygon(
        [
            (px - 0.16 * m, py - 0.2 * m),
            (px + 0.16 * m, py - 0.2 * m),
            (px + 0.1 * m, py + 0.22 * m),
            (px - 0.1 * m, py + 0.22 * m),
        ],
        glass,
    )
    view.canvas.polygon([(px - 0.22 * m, py - 0.2 * m), (px + 0.22 * m, py - 0.2 * m), (px, py - 0.42 * m)], iron)
    if view.look.dark:
        view.canvas.glow((px, py), 1.5 * m, (255, 214, 130, 190))
        view.add_lamp((px, py + 1.4 * m), 4.2 * m, 0.8)


def paint_fence(
    view: View,
    x0: float,
    z0: float,
    x1: float,
    z1: float,
    *,
    color: Rgb = (236, 232, 222),
    height_m: float = 1.0,
    post_m: float = 1.2,
) -> None:
    """Posts and two rails between two points on the ground."""
    length = ((x1 - x0) ** 2 + (z1 - z0) ** 2) ** 0.5
    count = max(2, min(60, round(length / post_m)))
    for h in (0.4 * height_m, 0.8 * height_m):
        a, b = view.point(x0, h, z0), view.point(x1, h, z1)
        view.canvas.limb(
            [a, b], 0.07 * view.metre(z0), 0.07 * view.metre(z1), view.color(shade(color, -0.1), (z0 + z1) / 2)
        )
    for index in range(count + 1):
        t = index / count
        x, z = x0 + (x1 - x0) * t, z0 + (z1 - z0) * t
        view.canvas.limb(
            [view.point(x, 0, z), view.point(x, height_m, z)],
            0.10 * view.metre(z),
            0.09 * view.metre(z),
            view.color(color, z),
        )
