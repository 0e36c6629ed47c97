"""Things that are held, read, played or carried."""

import math

from ..canvas import Rgb, shade
from .pen import Pen


def map_sheet(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A map."""
    paper = color or (240, 228, 196)
    tops, feet = (0.08, 0.0, 0.08, 0.0, 0.08), (1.0, 0.92, 1.0, 0.92, 1.0)
    for index in range(4):
        x0, x1 = index / 4, (index + 1) / 4
        pen.poly(
            [(x0, tops[index]), (x1, tops[index + 1]), (x1, feet[index + 1]), (x0, feet[index])],
            paper,
            0.05 if index % 2 else -0.08,
        )
    pen.blob([(0.04, 0.6), (0.2, 0.5), (0.36, 0.66), (0.3, 0.88), (0.06, 0.9)], (148, 190, 130))
    pen.blob([(0.56, 0.14), (0.8, 0.1), (0.94, 0.3), (0.8, 0.46), (0.6, 0.36)], (150, 196, 216))
    pen.curve([(0.1, 0.3), (0.3, 0.36), (0.46, 0.56), (0.7, 0.6), (0.88, 0.76)], 0.03, (222, 150, 84))
    pen.line([(0.6, 0.78), (0.72, 0.9)], 0.05, (206, 52, 46))
    pen.line([(0.72, 0.78), (0.6, 0.9)], 0.05, (206, 52, 46))


def camera(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A camera."""
    base = color or (58, 60, 66)
    pen.rect(0.0, 0.2, 1.0, 0.96, base, radius=0.12)
    pen.rect(0.0, 0.2, 1.0, 0.38, (196, 198, 200), radius=0.08)
    pen.rect(0.36, 0.06, 0.66, 0.26, (176, 178, 182), radius=0.05)
    pen.rect(0.42, 0.11, 0.6, 0.21, (86, 110, 130), radius=0.03)
    pen.rect(0.08, 0.12, 0.22, 0.22, (206, 62, 54), radius=0.04)
    for radius, tint in ((0.34, (150, 152, 156)), (0.29, (36, 38, 44)), (0.2, (50, 72, 100)), (0.12, (24, 30, 44))):
        pen.disc(0.5, 0.6, radius, tint)
    pen.disc(0.44, 0.52, 0.055, (220, 234, 246))
    pen.disc(0.85, 0.29, 0.05, (246, 226, 150))


def phone(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A phone."""
    pen.rect(0.0, 0.0, 1.0, 1.0, color or (40, 42, 48), radius=0.2)
    pen.rect(0.07, 0.05, 0.93, 0.95, (122, 178, 214), radius=0.14)
    pen.poly([(0.07, 0.62), (0.4, 0.42), (0.6, 0.56), (0.93, 0.36), (0.93, 0.8), (0.07, 0.8)], (104, 150, 110))
    for x in (0.2, 0.4, 0.6, 0.8):
        pen.rect(
            x - 0.07,
            0.83,
            x + 0.07,
            0.91,
            ((240, 120, 90), (250, 206, 90), (246, 246, 244), (150, 110, 190))[round(x * 5) - 1],
            radius=0.05,
        )
    pen.disc(0.72, 0.2, 0.11, (255, 240, 180))
    pen.rect(0.36, 0.065, 0.64, 0.095, (30, 32, 38), radius=0.03)


def laptop(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A laptop."""
    base = color or (178, 184, 190)
    pen.rect(0.1, 0.0, 0.9, 0.74, base, -0.35, radius=0.05)
    pen.rect(0.13, 0.04, 0.87, 0.70, (92, 150, 196))
    pen.poly([(0.13, 0.7), (0.13, 0.5), (0.4, 0.34), (0.6, 0.5), (0.87, 0.3), (0.87, 0.7)], (70, 116, 130))
    pen.rect(0.2, 0.12, 0.5, 0.17, (246, 248, 250))
    pen.rect(0.2, 0.21, 0.42, 0.25, (226, 234, 240))
    pen.poly([(0.1, 0.74), (0.9, 0.74), (1.0, 0.93), (0.0, 0.93)], base)
    for row in range(3):
        y = 0.775 + row * 0.035
        pen.line([(0.15 - row * 0.02, y), (0.85 + row * 0.02, y)], 0.022, (86, 90, 98))
    pen.poly([(0.4, 0.875), (0.6, 0.875), (0.62, 0.915), (0.38, 0.915)], base, -0.18)
    pen.rect(0.0, 0.925, 1.0, 0.98, base, -0.28, radius=0.03)


def book(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A book."""
    cover = color or (172, 62, 58)
    pen.poly([(0.0, 0.18), (0.5, 0.28), (1.0, 0.18), (1.0, 0.92), (0.5, 1.0), (0.0, 0.92)], cover, -0.1)
    for side in (-1, 1):
        page = [
            (0.5, 0.24),
            (0.5 + side * 0.2, 0.08),
            (0.5 + side * 0.46, 0.1),
            (0.5 + side * 0.46, 0.82),
            (0.5 + side * 0.2, 0.8),
            (0.5, 0.94),
        ]
        pen.poly(page, (250, 244, 228), -0.02 if side * pen.side > 0 else -0.12)
        for row in range(6):
            y = 0.24 + row * 0.09
            pen.line([(0.5 + side * 0.10, y + 0.03), (0.5 + side * 0.4, y - 0.01)], 0.018, (164, 156, 146))
    pen.line([(0.5, 0.25), (0.5, 0.96)], 0.025, (196, 184, 164))
    pen.poly([(0.62, 0.1), (0.68, 0.1), (0.68, 0.36), (0.65, 0.31), (0.62, 0.36)], (222, 170, 62))


def guitar(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A guitar."""
    wood = color or (206, 138, 70)

    def along(t: float, across: float) -> tuple[float, float]:
        x, y = 0.06 + 0.9 * t, 0.76 - 0.62 * t
        return x + across * 0.42 * pen.unit / pen.width, y + across * 0.78 * pen.unit / pen.height

    body = [
        along(t, w)
        for t, w in ((0.0, 0.0), (0.02, 0.24), (0.14, 0.34), (0.26, 0.2), (0.36, 0.24), (0.45, 0.14), (0.46, 0.0))
    ]
    other = [along(t, w) for t, w in ((0.45, -0.14), (0.36, -0.24), (0.26, -0.2), (0.14, -0.34), (0.02, -0.24))]
    pen.blob([(x + 0.01, y + 0.025) for x, y in body + other], wood, -0.45)
    pen.blob(body + other, wood)
    pen.blob([(0.5 * (x + along(0.22, 0)[0]), 0.5 * (y + along(0.22, 0)[1])) for x, y in other + body[:1]], wood, 0.14)
    pen.disc(*along(0.3, 0), 0.115, (92, 58, 40))
    pen.disc(*along(0.3, 0), 0.09, (40, 28, 28))
    pen.limb([along(0.42, 0), along(0.9, 0)], 0.085, 0.065, (88, 56, 40))
    pen.limb([along(0.89, 0), along(1.0, 0)], 0.12, 0.13, (72, 46, 36))
    for t in (0.5, 0.57, 0.64, 0.71, 0.78, 0.85):
        pen.line([along(t, -0.05), along(t, 0.05)], 0.010, (222, 206, 170))
    pen.line([along(0.11, -0.11), along(0.11, 0.11)], 0.05, (72, 46, 36))
    for w in (-0.03, 0.0, 0.03):
        pen.line([along(0.11, w), along(0.94, w)], 0.006, (246, 240, 226))
    for t in (0.93, 0.98):
        for w in (-0.12, 0.12):
            pen.disc(*along(t, w), 0.025, (226, 222, 210))


def toy(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A teddy bear."""
    fur = color or (186, 134, 84)
    for x in (0.26, 0.74):
        pen.ball(x, 0.15, 0.13, 0.13, fur)
        pen.oval(x, 0.16, 0.07, 0.07, (240, 206, 164))
    for x in (0.14, 0.86):
        pen.ball(x, 0.62, 0.13, 0.17, fur)
    pen.ball(0.5, 0.70, 0.32, 0.28, fur)
    pen.oval(0.5, 0.72, 0.2, 0.19, (240, 206, 164))
    for x in (0.24, 0.76):
        pen.ball(x, 0.90, 0.16, 0.11, fur)
        pen.oval(x, 0.91, 0.08, 0.06, (240, 206, 164))
    pen.ball(0.5, 0.30, 0.31, 0.26, fur)
    pen.oval(0.5, 0.38, 0.14, 0.10, (246, 220, 184))
    pen.oval(0.5, 0.345, 0.045, 0.032, (60, 44, 42))
    for x in (0.39, 0.61):
        pen.disc(x, 0.27, 0.036, (44, 34, 36))
    pen.curve([(0.44, 0.41), (0.5, 0.43), (0.56, 0.41)], 0.018, (60, 44, 42))
    for way in (-1, 1):
        pen.poly([(0.5, 0.52), (0.5 + way * 0.17, 0.46), (0.5 + way * 0.17, 0.59)], (208, 58, 56))
    pen.disc(0.5, 0.525, 0.04, (176, 42, 44))


def trophy(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A trophy."""
    gold = color or (240, 190, 70)
    for way in (-1, 1):
        pen.curve(
            [(0.5 + way * 0.3, 0.1), (0.5 + way * 0.5, 0.12), (0.5 + way * 0.46, 0.34), (0.5 + way * 0.2, 0.44)],
            0.07,
            gold,
            -0.15,
        )
    pen.blob(
        [(0.16, 0.02), (0.84, 0.02), (0.8, 0.3), (0.62, 0.5), (0.5, 0.54), (0.38, 0.5), (0.2, 0.3)],
        gold,
        -0.05,
        tension=0.3,
    )
    lit = 0.36 if pen.side < 0 else 0.64
    pen.blob([(lit - 0.08, 0.06), (lit + 0.06, 0.06), (lit + 0.04, 0.34), (lit - 0.02, 0.42)], gold, 0.4)
    pen.oval(0.5, 0.035, 0.34, 0.035, gold, 0.3)
    pen.limb([(0.5, 0.5), (0.5, 0.72)], 0.16, 0.12, gold, -0.2)
    pen.oval(0.5, 0.73, 0.2, 0.035, gold, 0.1)
    pen.rect(0.2, 0.76, 0.8, 1.0, (92, 62, 46), radius=0.04)
    pen.rect(0.34, 0.82, 0.66, 0.94, gold, 0.1, radius=0.02)
    star = [
        (
            0.5 + (0.11 if t % 2 == 0 else 0.045) * math.sin(t * math.pi / 5),
            0.24 - (0.11 if t % 2 == 0 else 0.045) * math.cos(t * math.pi / 5) * pen.width / pen.height,
        )
        for t in range(10)
    ]
    pen.poly(star, gold, -0.35)


def paintbrush(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A paintbrush."""
    pen.limb([(0.78, 0.02), (0.42, 0.62)], 0.12, 0.24, (196, 142, 84))
    pen.limb([(0.74, 0.04), (0.40, 0.58)], 0.04, 0.08, (236, 190, 132))
    pen.limb([(0.42, 0.62), (0.34, 0.75)], 0.27, 0.30, (196, 200, 204))
    pen.blob([(0.2, 0.72), (0.5, 0.78), (0.38, 0.9), (0.12, 1.0), (0.12, 0.84)], (86, 62, 48))
    pen.blob([(0.16, 0.84), (0.42, 0.87), (0.34, 0.93), (0.12, 1.0)], color or (62, 122, 196))


def flag(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A flag."""
    base = color or (62, 116, 190)
    pen.limb([(0.08, 1.0), (0.08, 0.02)], 0.05, 0.04, (206, 196, 180))
    pen.disc(0.08, 0.02, 0.045, (236, 190, 84))
    steps = 12
    for stripe, (low, high) in enumerate(((0.0, 0.34), (0.33, 0.67), (0.66, 1.0))):
        tint = (base, (250, 246, 238), shade(base, -0.25))[stripe]
        for index in range(steps):
            a, b = index / steps, (index + 1) / steps + 0.01
            wave = [0.03 * math.sin(t * 7.0) * (0.3 + t) for t in (a, b)]
            corners = [
                (0.1 + 0.88 * a, 0.05 + 0.5 * low + wave[0]),
                (0.1 + 0.88 * b, 0.05 + 0.5 * low + wave[1]),
                (0.1 + 0.88 * b, 0.05 + 0.5 * high + wave[1]),
                (0.1 + 0.88 * a, 0.05 + 0.5 * high + wave[0]),
            ]
            pen.poly(corners, tint, 0.14 * math.cos(a * 7.0 + 0.6))


def other(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A parcel."""
    paper = color or (196, 156, 106)
    pen.poly([(0.02, 0.3), (0.66, 0.34), (0.66, 1.0), (0.02, 0.94)], paper)
    pen.poly([(0.66, 0.34), (0.98, 0.24), (0.98, 0.86), (0.66, 1.0)], paper, -0.26)
    pen.poly([(0.02, 0.3), (0.36, 0.2), (0.98, 0.24), (0.66, 0.34)], paper, 0.22)
    string: Rgb = (240, 228, 204)
    pen.line([(0.34, 0.32), (0.34, 0.97)], 0.03, string)
    pen.line([(0.02, 0.62), (0.66, 0.67), (0.98, 0.55)], 0.03, string)
    pen.line([(0.34, 0.32), (0.66, 0.22)], 0.03, string)
    for way in (-1, 1):
        pen.curve([(0.48, 0.27), (0.48 + way * 0.1, 0.1), (0.48 + way * 0.2, 0.16), (0.48, 0.27)], 0.03, string)
    pen.poly([(0.1, 0.72), (0.26, 0.735), (0.26, 0.86), (0.1, 0.845)], (250, 246, 236))
