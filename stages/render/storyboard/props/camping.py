"""Things for the woods and the water."""

import math

from ..canvas import Rgb, shade
from .pen import Pen

_WOOD: Rgb = (150, 102, 62)
_IRON: Rgb = (66, 70, 76)


def tent(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A tent."""
    base = color or (226, 128, 54)
    pen.line([(0.02, 0.99), (0.12, 0.86)], 0.008, (230, 230, 224))
    pen.line([(0.98, 0.99), (0.88, 0.86)], 0.008, (230, 230, 224))
    pen.poly([(0.42, 0.04), (0.62, 0.0), (0.98, 0.96), (0.78, 1.0)], base, -0.24)
    pen.poly([(0.62, 0.0), (0.66, 0.1), (0.99, 0.97), (0.97, 0.95)], base, -0.36)
    pen.poly([(0.42, 0.04), (0.04, 1.0), (0.78, 1.0)], base)
    pen.poly([(0.42, 0.04), (0.04, 1.0), (0.2, 1.0)], base, 0.14)
    pen.poly([(0.42, 0.24), (0.24, 1.0), (0.6, 1.0)], (62, 44, 44))
    pen.poly([(0.42, 0.24), (0.24, 1.0), (0.33, 1.0), (0.37, 0.6)], base, 0.3)
    pen.poly([(0.42, 0.24), (0.60, 1.0), (0.52, 1.0), (0.47, 0.6)], base, -0.12)
    pen.line([(0.42, 0.04), (0.62, 0.0)], 0.016, base, 0.35)


def campfire(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A campfire."""
    for index in range(9):
        angle = math.pi * index / 8
        pen.ball(0.5 + 0.45 * math.cos(angle), 0.90 - 0.10 * math.sin(angle), 0.085, 0.07, (128, 122, 118))
    pen.oval(0.5, 0.9, 0.36, 0.08, (52, 40, 36))
    for x0, x1 in ((0.16, 0.72), (0.84, 0.28), (0.3, 0.62)):
        pen.limb([(x0, 0.96), (x1, 0.70)], 0.10, 0.08, (96, 64, 44))
        pen.oval(x0, 0.96, 0.045, 0.04, (186, 140, 92))
    pen.glow(0.5, 0.62, 0.75, (255, 150, 60), 130)
    for wide, tall, tint in (
        (0.30, 0.84, (226, 74, 30)),
        (0.25, 0.70, (244, 122, 36)),
        (0.18, 0.52, (254, 182, 60)),
        (0.10, 0.32, (255, 238, 160)),
    ):
        foot = 0.88
        pen.shine(
            [
                (0.5 - wide, foot - 0.1),
                (0.5 - wide * 0.9, foot - tall * 0.42),
                (0.5 - wide * 0.5, foot - tall * 0.3),
                (0.5 - wide * 0.32, foot - tall * 0.74),
                (0.5 - 0.02, foot - tall * 0.6),
                (0.53, foot - tall),
                (0.5 + wide * 0.44, foot - tall * 0.55),
                (0.5 + wide * 0.72, foot - tall * 0.66),
                (0.5 + wide, foot - tall * 0.2),
                (0.5 + wide * 0.6, foot),
                (0.5 - wide * 0.6, foot),
            ],
            tint,
        )
    pen.canvas.dabs(
        [
            (*pen.at(0.5 + pen.rng.uniform(-0.3, 0.3), pen.rng.uniform(0.0, 0.4)), 0.010 * pen.unit, 0.012 * pen.unit)
            for _ in range(8)
        ],
        (255, 206, 110),
    )
    for index in range(9):
        angle = math.pi * (1 + index / 8)
        pen.ball(
            0.5 + 0.45 * math.cos(angle),
            0.90 - 0.08 * math.sin(angle),
            0.09,
            0.07,
            shade((138, 132, 126), pen.rng.uniform(-0.12, 0.1)),
        )


def lantern(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A lantern."""
    metal = color or (64, 76, 78)
    pen.ring(0.5, 0.14, 0.2, 0.04, metal)
    pen.glow(0.5, 0.58, 1.1, (255, 190, 90), 150)
    pen.poly([(0.22, 0.36), (0.78, 0.36), (0.86, 0.84), (0.14, 0.84)], (255, 226, 150))
    pen.shine([(0.5, 0.42), (0.6, 0.62), (0.56, 0.74), (0.44, 0.74), (0.4, 0.62)], (255, 250, 214))
    pen.poly([(0.5, 0.14), (0.88, 0.36), (0.12, 0.36)], metal)
    pen.poly([(0.5, 0.14), (0.88, 0.36), (0.5, 0.36)], metal, -0.25)
    for x0, x1 in ((0.22, 0.14), (0.5, 0.5), (0.78, 0.86)):
        pen.line([(x0, 0.36), (x1, 0.84)], 0.05, metal)
    pen.rect(0.06, 0.83, 0.94, 1.0, metal, -0.1, radius=0.06)


def fishing_rod(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A fishing rod."""
    pen.limb([(0.06, 1.0), (0.2, 0.78)], 0.045, 0.04, color or (178, 132, 84))
    pen.limb([(0.2, 0.78), (0.5, 0.36), (0.92, 0.02)], 0.028, 0.008, (72, 62, 60))
    pen.disc(0.21, 0.83, 0.045, _IRON)
    pen.disc(0.21, 0.83, 0.025, (190, 194, 198))
    pen.curve([(0.92, 0.02), (0.95, 0.3), (0.93, 0.62)], 0.006, (240, 240, 240))
    pen.disc(0.93, 0.66, 0.03, (216, 60, 52))
    pen.disc(0.93, 0.645, 0.02, (250, 248, 240))


def boat(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A boat."""
    hull = color or (58, 106, 156)
    words = name.lower()
    if not any(word in words for word in ("row", "dinghy", "ferry", "motor")):
        pen.line([(0.5, 0.02), (0.5, 0.72)], 0.02, _WOOD)
        pen.poly([(0.52, 0.05), (0.52, 0.64), (0.9, 0.64)], (250, 246, 236))
        pen.poly([(0.52, 0.05), (0.52, 0.64), (0.62, 0.64)], (226, 224, 220))
        pen.poly([(0.48, 0.12), (0.48, 0.62), (0.2, 0.64)], (238, 232, 222))
        pen.poly([(0.5, 0.0), (0.64, 0.03), (0.5, 0.07)], (220, 70, 60))
    else:
        pen.poly([(0.02, 0.6), (0.98, 0.56), (0.9, 0.72), (0.1, 0.74)], (128, 90, 60))
        pen.line([(0.3, 0.6), (0.12, 0.94)], 0.03, (206, 168, 116))
    pen.blob(
        [(0.0, 0.68), (0.3, 0.73), (0.7, 0.73), (1.0, 0.65), (0.9, 0.9), (0.8, 0.98), (0.2, 0.98), (0.08, 0.88)],
        hull,
        tension=0.3,
    )
    pen.poly([(0.06, 0.86), (0.93, 0.85), (0.83, 0.985), (0.18, 0.985)], hull, -0.25)
    pen.curve([(0.01, 0.69), (0.3, 0.74), (0.7, 0.74), (0.99, 0.66)], 0.03, (248, 244, 232))


def canoe(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A canoe."""
    base = color or (196, 84, 52)
    pen.blob(
        [(0.02, 0.10), (0.2, 0.42), (0.5, 0.48), (0.8, 0.42), (0.98, 0.10), (0.8, 0.34), (0.5, 0.38), (0.2, 0.34)],
        base,
        -0.5,
    )
    pen.blob(
        [
            (0.0, 0.06),
            (0.06, 0.3),
            (0.25, 0.46),
            (0.5, 0.5),
            (0.75, 0.46),
            (0.94, 0.3),
            (1.0, 0.06),
            (0.97, 0.6),
            (0.85, 0.95),
            (0.5, 1.0),
            (0.15, 0.95),
            (0.03, 0.6),
        ],
        base,
        tension=0.35,
    )
    pen.curve([(0.03, 0.7), (0.18, 0.92), (0.5, 0.97), (0.82, 0.92), (0.97, 0.7)], 0.12, base, -0.25)
    pen.curve([(0.0, 0.08), (0.2, 0.42), (0.5, 0.5), (0.8, 0.42), (1.0, 0.08)], 0.06, (236, 206, 150))


def stick(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A branch."""
    wood = color or (128, 92, 62)
    pen.limb([(0.02, 0.7), (0.35, 0.5), (0.66, 0.52), (0.98, 0.3)], 0.34, 0.22, wood, -0.2)
    pen.limb([(0.03, 0.66), (0.35, 0.45), (0.66, 0.47), (0.97, 0.27)], 0.14, 0.08, wood, 0.2)
    pen.limb([(0.58, 0.5), (0.72, 0.12)], 0.16, 0.08, wood, -0.1)
    pen.oval(0.03, 0.7, 0.02, 0.14, (206, 170, 122))


def leash(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A leash."""
    base = color or (206, 62, 58)
    pen.curve([(0.1, 0.16), (0.3, 0.42), (0.2, 0.7), (0.5, 0.86), (0.78, 0.66), (0.88, 0.9)], 0.07, base, -0.25)
    pen.curve([(0.1, 0.14), (0.3, 0.40), (0.2, 0.68), (0.5, 0.84), (0.78, 0.64), (0.88, 0.88)], 0.035, base, 0.1)
    pen.ring(0.14, 0.12, 0.10, 0.06, base)
    pen.ring(0.89, 0.92, 0.06, 0.03, (186, 190, 194))
