"""Food, drink and things to celebrate with."""

import math

from ..canvas import Rgb, shade
from .pen import Pen

_FLAME: tuple[tuple[float, Rgb], ...] = ((1.0, (244, 140, 46)), (0.6, (255, 236, 160)))


def cup(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A cup."""
    base = color or (236, 232, 224)
    pen.ring(0.82, 0.6, 0.17, 0.08, base, -0.16)
    pen.barrel(0.1, 0.34, 0.76, 0.92, base)
    pen.oval(0.43, 0.92, 0.33, 0.08, base, -0.16)
    pen.oval(0.43, 0.34, 0.33, 0.09, base, 0.12)
    pen.oval(0.43, 0.35, 0.28, 0.065, (96, 62, 42))
    for x in (0.34, 0.52):
        pen.curve([(x, 0.26), (x + 0.06, 0.18), (x - 0.03, 0.1), (x + 0.03, 0.0)], 0.035, (255, 255, 255, 120))


def bowl(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A bowl."""
    base = color or (86, 136, 168)
    tint = (214, 62, 50)
    for x, y, r, fruit in (
        (0.3, 0.34, 0.2, tint),
        (0.7, 0.34, 0.2, (240, 152, 50)),
        (0.5, 0.26, 0.22, (122, 166, 66)),
        (0.5, 0.40, 0.2, (248, 208, 80)),
    ):
        pen.ball(x, y, r * pen.unit / pen.width, r * pen.unit / pen.height, fruit)
    pen.blob(
        [(0.02, 0.42), (0.98, 0.42), (0.86, 0.78), (0.66, 0.96), (0.34, 0.96), (0.14, 0.78)], base, -0.08, tension=0.3
    )
    pen.blob(
        [(0.06, 0.5), (0.4, 0.5), (0.34, 0.9), (0.2, 0.8)]
        if pen.side < 0
        else [(0.94, 0.5), (0.6, 0.5), (0.66, 0.9), (0.8, 0.8)],
        base,
        0.14,
        tension=0.3,
    )
    pen.rect(0.0, 0.40, 1.0, 0.48, base, 0.22, radius=0.05)
    pen.rect(0.34, 0.94, 0.66, 1.0, base, -0.3)


def _flame(pen: Pen, x: float, y: float, size: float) -> None:
    pen.glow(x, y, size * 5, (255, 190, 90), 120)
    sx, sy = size * pen.unit / pen.width, size * pen.unit / pen.height
    for share, tint in _FLAME:
        pen.shine(
            [
                (x, y - 1.5 * sy * share),
                (x + 0.55 * sx * share, y),
                (x + 0.3 * sx * share, y + 0.6 * sy * share),
                (x - 0.3 * sx * share, y + 0.6 * sy * share),
                (x - 0.55 * sx * share, y),
            ],
            tint,
        )


def cake(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A cake."""
    icing = color or (244, 170, 190)
    pen.oval(0.5, 0.93, 0.5, 0.07, (222, 222, 224))
    for x0, x1, top, foot in ((0.1, 0.9, 0.62, 0.92), (0.22, 0.78, 0.36, 0.64)):
        middle, half = (x0 + x1) / 2, (x1 - x0) / 2
        pen.barrel(x0, top, x1, foot, (246, 232, 208))
        pen.oval(middle, foot, half, 0.055, (246, 232, 208), -0.12)
        pen.oval(middle, top, half, 0.06, icing, 0.12)
        for drip in range(7):
            x = x0 + (drip + 0.5) / 7 * (x1 - x0)
            long = 0.07 + 0.05 * (drip % 2)
            pen.limb([(x, top + 0.01), (x, top + long)], 0.10 * half * 2, 0.085 * half * 2, icing)
        pen.oval(middle, top - 0.005, half * 0.94, 0.045, icing, 0.25)
    for index in range(9):
        x = 0.14 + index * 0.09
        pen.disc(x, 0.885 + 0.03 * math.sin(index / 8 * math.pi), 0.028, (255, 250, 244))
    candles = max(3, min(7, count if count > 1 else 5))
    for index in range(candles):
        x = 0.5 + (index - (candles - 1) / 2) * 0.44 / max(1, candles - 1)
        pen.rect(x - 0.014, 0.18, x + 0.014, 0.36, ((92, 160, 200), (250, 206, 90), (226, 96, 110))[index % 3])
        _flame(pen, x, 0.13, 0.045)


def candles(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """Candles."""
    number = max(3, min(9, count))
    for index in range(number):
        x = (index + 0.5) / number
        top = 0.34 + 0.2 * ((index * 7) % 3) / 2
        half = min(0.10, 0.36 / number)
        pen.barrel(x - half, top, x + half, 0.95, color or (246, 234, 206))
        pen.oval(x, top, half, 0.03, (255, 246, 214), 0.1)
        pen.line([(x, top), (x, top - 0.05)], 0.015, (60, 50, 46))
        _flame(pen, x, top - 0.12, 0.075)
    pen.oval(0.5, 0.96, 0.48, 0.04, (176, 136, 84))


def gift(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A gift."""
    base = color or (62, 132, 128)
    ribbon: Rgb = (248, 206, 92) if color != (248, 204, 70) else (208, 58, 50)
    pen.poly([(0.06, 0.4), (0.66, 0.4), (0.66, 1.0), (0.06, 1.0)], base)
    pen.poly([(0.66, 0.4), (0.94, 0.36), (0.94, 0.92), (0.66, 1.0)], base, -0.28)
    pen.poly([(0.02, 0.28), (0.68, 0.28), (0.68, 0.42), (0.02, 0.42)], base, 0.12)
    pen.poly([(0.68, 0.28), (0.98, 0.25), (0.98, 0.38), (0.68, 0.42)], base, -0.18)
    pen.poly([(0.02, 0.28), (0.3, 0.22), (0.98, 0.25), (0.68, 0.28)], base, 0.3)
    pen.rect(0.29, 0.28, 0.42, 1.0, ribbon)
    pen.poly([(0.78, 0.27), (0.85, 0.265), (0.85, 0.95), (0.78, 0.97)], ribbon, -0.25)
    for way in (-1, 1):
        pen.blob(
            [(0.42, 0.26), (0.42 + way * 0.16, 0.02), (0.42 + way * 0.34, 0.06), (0.42 + way * 0.3, 0.22)],
            ribbon,
            0.05 if way < 0 else -0.12,
        )
        pen.blob(
            [
                (0.42 + way * 0.06, 0.22),
                (0.42 + way * 0.17, 0.08),
                (0.42 + way * 0.26, 0.12),
                (0.42 + way * 0.22, 0.19),
            ],
            ribbon,
            -0.35,
        )
    pen.disc(0.42, 0.23, 0.07, ribbon, -0.1)


def balloons(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """Balloons."""
    tints: tuple[Rgb, ...] = (
        (220, 62, 56),
        (250, 202, 70),
        (64, 132, 196),
        (98, 168, 92),
        (240, 142, 176),
        (136, 88, 168),
        (240, 136, 52),
    )
    number = max(1, min(7, count if count > 1 else 5))
    spots = ((0.5, 0.2), (0.24, 0.28), (0.76, 0.27), (0.38, 0.46), (0.63, 0.48), (0.12, 0.52), (0.88, 0.5))[:number]
    for x, y in spots:
        pen.curve([(x, y + 0.15), ((x + 0.5) / 2 + 0.02, 0.75), (0.5, 1.0)], 0.012, (236, 236, 232))
    for index, (x, y) in reversed(list(enumerate(spots))):
        tint = color if color and index % 2 == 0 else (shade(color, 0.4) if color else tints[index])
        ry = 0.15 if number > 1 else 0.28
        pen.poly([(x - 0.03, y + ry * 1.12), (x + 0.03, y + ry * 1.12), (x, y + ry * 0.9)], tint, -0.2)
        pen.ball(x, y, ry * 0.8 * pen.unit / pen.width, ry, tint)


def flowers(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """Flowers."""
    base = color or (232, 84, 110)
    heads = ((0.5, 0.16), (0.26, 0.24), (0.74, 0.24), (0.4, 0.36), (0.62, 0.38), (0.16, 0.42), (0.84, 0.42))
    for x, y in heads:
        pen.line([(x, y), (0.5, 0.75)], 0.02, (78, 128, 62))
    for x, y, turn in ((0.14, 0.3, -0.6), (0.86, 0.3, 0.6), (0.34, 0.1, -0.2), (0.68, 0.1, 0.3)):
        pen.oval(x, y, 0.06, 0.11, (92, 142, 70), angle=turn)
    for index, (x, y) in enumerate(heads):
        tint = (base, (250, 214, 96), (250, 246, 240))[index % 3]
        for petal in range(6):
            angle = petal * math.tau / 6
            r = 0.085
            pen.disc(
                x + r * math.cos(angle) * pen.unit / pen.width,
                y + r * math.sin(angle) * pen.unit / pen.height,
                0.075,
                tint,
                0.08 if petal in (3, 4) else -0.06,
            )
        pen.disc(x, y, 0.055, (248, 196, 66) if tint != (250, 214, 96) else (150, 92, 50))
    pen.poly([(0.22, 0.5), (0.78, 0.5), (0.6, 1.0), (0.4, 1.0)], (244, 234, 214))
    pen.poly([(0.22, 0.5), (0.5, 0.64), (0.42, 1.0), (0.4, 1.0)], (222, 208, 184))
    pen.poly([(0.78, 0.5), (0.5, 0.64), (0.56, 1.0), (0.6, 1.0)], (232, 220, 198))
    pen.rect(0.36, 0.76, 0.64, 0.81, base, -0.15)


def ice_cream(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """An ice cream."""
    pen.poly([(0.14, 0.46), (0.86, 0.46), (0.5, 1.0)], (222, 164, 92))
    pen.poly([(0.5, 0.46), (0.86, 0.46), (0.5, 1.0)], (196, 136, 70))
    for t in (0.25, 0.5, 0.75):
        pen.line([(0.14 + 0.36 * t, 0.46 + 0.54 * t), (0.14 + 0.72 * min(1.0, t + 0.35), 0.46)], 0.02, (168, 112, 58))
        pen.line([(0.86 - 0.36 * t, 0.46 + 0.54 * t), (0.86 - 0.72 * min(1.0, t + 0.35), 0.46)], 0.02, (168, 112, 58))
    scoop = color or (244, 170, 186)
    pen.ball(0.5, 0.36, 0.42, 0.17, scoop)
    pen.ball(0.5, 0.18, 0.36, 0.16, shade(scoop, 0.35) if color else (250, 240, 212))
    for x in (0.2, 0.38, 0.58, 0.78):
        pen.disc(x, 0.47, 0.09, scoop, -0.04)
    pen.disc(0.5, 0.04, 0.085, (206, 40, 52))
    pen.canvas.dabs(
        [
            (*pen.at(x, y), 0.03 * pen.unit, 0.02 * pen.unit)
            for x, y in ((0.34, 0.15), (0.5, 0.2), (0.64, 0.13), (0.44, 0.1))
        ],
        (112, 72, 160),
    )


def pizza(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A pizza."""
    pen.oval(0.5, 0.66, 0.5, 0.34, (222, 222, 226), -0.1)
    pen.oval(0.5, 0.58, 0.48, 0.36, (206, 146, 78))
    pen.oval(0.5, 0.50, 0.47, 0.36, (230, 176, 104))
    pen.oval(0.5, 0.49, 0.40, 0.29, (204, 72, 46))
    pen.oval(0.5, 0.48, 0.38, 0.27, (248, 210, 120))
    for x, y in (
        (0.32, 0.4),
        (0.5, 0.32),
        (0.68, 0.42),
        (0.4, 0.58),
        (0.6, 0.6),
        (0.5, 0.47),
        (0.24, 0.5),
        (0.77, 0.53),
    ):
        pen.oval(x, y, 0.055, 0.06, (196, 58, 44))
        pen.oval(x - 0.008, y - 0.012, 0.035, 0.032, (222, 92, 70))
    for x, y in ((0.42, 0.42), (0.6, 0.48), (0.34, 0.52), (0.54, 0.66), (0.7, 0.6)):
        pen.oval(x, y, 0.03, 0.028, (88, 138, 66), angle=x * 5)
    for a, b in (((0.14, 0.36), (0.86, 0.62)), ((0.86, 0.36), (0.14, 0.62))):
        pen.line([a, b], 0.02, (180, 120, 64, 150))


def bread(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A bread."""
    crust = color or (206, 142, 76)
    pen.blob(
        [(0.02, 0.66), (0.08, 0.3), (0.3, 0.12), (0.7, 0.12), (0.92, 0.3), (0.98, 0.66), (0.88, 0.96), (0.12, 0.96)],
        crust,
        -0.16,
        tension=0.4,
    )
    pen.blob(
        [(0.06, 0.56), (0.12, 0.3), (0.3, 0.16), (0.7, 0.16), (0.88, 0.3), (0.92, 0.54), (0.5, 0.66)],
        crust,
        0.10,
        tension=0.4,
    )
    for x in (0.2, 0.4, 0.6, 0.78):
        pen.limb([(x + 0.05, 0.2), (x - 0.05, 0.62)], 0.10, 0.06, (246, 218, 160))
    pen.blob([(0.1, 0.9), (0.5, 0.84), (0.9, 0.9), (0.8, 0.97), (0.2, 0.97)], crust, -0.34)


def pumpkin(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A pumpkin."""
    base = color or (236, 124, 40)
    for x, rx, amount in (
        (0.18, 0.18, -0.24),
        (0.82, 0.18, -0.24),
        (0.32, 0.2, -0.1),
        (0.68, 0.2, -0.1),
        (0.5, 0.2, 0.04),
    ):
        pen.oval(x, 0.6, rx, 0.40, base, amount + (0.06 if (x - 0.5) * pen.side > 0 else -0.04))
        pen.oval(x + pen.side * 0.04, 0.5, rx * 0.45, 0.24, base, amount + 0.16)
    pen.limb([(0.5, 0.26), (0.49, 0.12), (0.58, 0.02)], 0.12, 0.08, (96, 116, 58))
    pen.curve([(0.52, 0.24), (0.68, 0.12), (0.78, 0.2), (0.74, 0.26)], 0.025, (96, 126, 62))
    if any(word in name.lower() for word in ("halloween", "jack", "carved")):
        glow: Rgb = (255, 214, 100)
        for points in (
            ((0.28, 0.52), (0.42, 0.52), (0.35, 0.4)),
            ((0.58, 0.52), (0.72, 0.52), (0.65, 0.4)),
            ((0.47, 0.62), (0.53, 0.62), (0.5, 0.55)),
        ):
            pen.canvas.polygon([pen.at(*point) for point in points], glow)
        pen.canvas.polygon(
            [
                pen.at(*p)
                for p in (
                    (0.24, 0.68),
                    (0.36, 0.74),
                    (0.42, 0.7),
                    (0.5, 0.76),
                    (0.58, 0.7),
                    (0.64, 0.74),
                    (0.76, 0.68),
                    (0.66, 0.86),
                    (0.34, 0.86),
                )
            ],
            glow,
        )


def christmas_tree(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A christmas tree."""
    green: Rgb = (44, 104, 66)
    pen.rect(0.44, 0.84, 0.56, 0.96, (104, 74, 52))
    pen.poly([(0.34, 0.9), (0.66, 0.9), (0.62, 1.0), (0.38, 1.0)], (176, 56, 52))
    for index in range(5):
        foot, top, half = 0.88 - index * 0.165, 0.60 - index * 0.14, 0.5 - index * 0.088
        hem = [(0.5 + half * (1 - t / 5), foot - (0.025 if t % 2 else 0.0) - t * 0.004) for t in range(11)]
        pen.poly([(0.5, top), *hem], green, -0.2 + 0.03 * index)
        lit = [point for point in hem if (point[0] - 0.5) * pen.side >= -0.1]
        pen.poly([(0.5, top), *lit], green, 0.02 + 0.03 * index)
    tints: tuple[Rgb, ...] = (color or (214, 58, 52), (248, 204, 84), (90, 150, 206), (236, 236, 232))
    for index in range(22):
        y = 0.2 + 0.66 * (index / 21)
        x = 0.5 + (0.36 * (y - 0.05)) * math.sin(index * 2.4) * 1.15
        pen.ball(x, y, 0.032, 0.032 * pen.width / pen.height, tints[index % 4])
    for index in range(16):
        y = 0.16 + 0.7 * (index / 15)
        x = 0.5 + 0.34 * (y - 0.02) * math.sin(index * 4.1 + 1)
        pen.canvas.ellipse(pen.at(x, y), 0.011 * pen.unit, 0.011 * pen.unit, (255, 236, 170))
    pen.glow(0.5, 0.06, 0.18, (255, 220, 120), 150)
    star = [
        (
            0.5 + (0.085 if t % 2 == 0 else 0.036) * math.sin(t * math.pi / 5),
            0.06 - (0.085 if t % 2 == 0 else 0.036) * math.cos(t * math.pi / 5) * pen.width / pen.height,
        )
        for t in range(10)
    ]
    pen.canvas.polygon([pen.at(*point) for point in star], (255, 214, 84))
