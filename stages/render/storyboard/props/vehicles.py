"""Vehicles and furniture."""

import math

from ..canvas import Rgb
from .pen import Pen

_TYRE: Rgb = (42, 42, 48)
_GLASS: Rgb = (150, 190, 206)
_WOOD: Rgb = (156, 106, 64)


def bicycle(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A bicycle."""
    base = color or (44, 132, 130)
    ratio = pen.height / pen.width
    left, right, radius = (0.5 * 0.58 * ratio, 0.71), (1 - 0.5 * 0.58 * ratio, 0.71), 0.275
    for x, y in (left, right):
        pen.ring(x, y, radius, 0.045, _TYRE)
        pen.ring(x, y, radius - 0.03, 0.014, (190, 194, 198))
        for spoke in range(10):
            angle = spoke * math.tau / 10
            pen.line(
                [
                    (x, y),
                    (
                        x + radius * math.cos(angle) * pen.unit / pen.width,
                        y + radius * math.sin(angle) * pen.unit / pen.height,
                    ),
                ],
                0.007,
                (196, 200, 204),
            )
        pen.disc(x, y, 0.03, (120, 124, 130))
    seat, crank, head = (0.38, 0.30), (0.46, 0.73), (0.70, 0.26)
    for a, b in (
        (left, crank),
        (left, (0.39, 0.38)),
        (crank, (0.38, 0.32)),
        ((0.395, 0.4), (0.71, 0.34)),
        (crank, (0.715, 0.38)),
        (head, right),
    ):
        pen.line([a, b], 0.042, base)
        pen.line([(a[0], a[1] - 0.008), (b[0], b[1] - 0.008)], 0.014, base, 0.35)
    pen.line([(0.38, 0.32), seat], 0.03, (120, 124, 130))
    pen.blob([(0.29, 0.24), (0.36, 0.22), (0.46, 0.25), (0.4, 0.30), (0.3, 0.30)], (88, 58, 44))
    pen.curve([head, (0.69, 0.14), (0.76, 0.08), (0.82, 0.14)], 0.034, (120, 124, 130))
    pen.line([(0.79, 0.1), (0.83, 0.15)], 0.045, (88, 58, 44))
    pen.disc(*crank, 0.06, (96, 100, 106))
    pen.line([(0.46, 0.73), (0.49, 0.87)], 0.028, (96, 100, 106))
    pen.rect(0.46, 0.86, 0.53, 0.89, _TYRE)


def car(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A car."""
    base = color or (206, 62, 56)
    body = [
        (0.0, 0.66),
        (0.02, 0.5),
        (0.14, 0.44),
        (0.26, 0.40),
        (0.36, 0.14),
        (0.42, 0.09),
        (0.68, 0.08),
        (0.76, 0.14),
        (0.86, 0.40),
        (0.97, 0.46),
        (1.0, 0.62),
        (0.99, 0.80),
        (0.0, 0.80),
    ]
    pen.blob(body, base, tension=0.25)
    pen.poly([(0.01, 0.66), (0.99, 0.62), (0.985, 0.82), (0.01, 0.82)], base, -0.22)
    pen.poly([(0.03, 0.49), (0.27, 0.42), (0.86, 0.42), (0.97, 0.48), (0.97, 0.51), (0.03, 0.53)], base, 0.18)
    pen.poly([(0.31, 0.40), (0.39, 0.17), (0.53, 0.16), (0.53, 0.40)], _GLASS)
    pen.poly([(0.56, 0.40), (0.56, 0.16), (0.68, 0.165), (0.72, 0.2), (0.80, 0.40)], _GLASS)
    for points in (
        ((0.36, 0.4), (0.44, 0.17), (0.48, 0.17), (0.40, 0.4)),
        ((0.6, 0.4), (0.65, 0.17), (0.68, 0.17), (0.64, 0.4)),
    ):
        pen.poly(points, (236, 246, 250, 150))
    pen.line([(0.545, 0.42), (0.55, 0.78)], 0.012, base, -0.4)
    for x in (0.48, 0.74):
        pen.rect(x, 0.51, x + 0.05, 0.545, (220, 224, 226), radius=0.02)
    pen.oval(0.97, 0.57, 0.025, 0.06, (255, 244, 200))
    pen.oval(0.02, 0.58, 0.018, 0.07, (226, 58, 46))
    _wheels(pen, (0.2, 0.79), 0.205)


def _wheels(pen: Pen, xs_y: tuple[float, float], radius: float) -> None:
    first, y = xs_y
    for x in (first, 1 - first):
        pen.disc(x, y, radius * 1.1, (32, 30, 36))
        pen.disc(x, y, radius, _TYRE)
        pen.disc(x, y, radius * 0.62, (196, 200, 204))
        pen.disc(x, y, radius * 0.5, (150, 154, 160))
        for spoke in range(5):
            angle = spoke * math.tau / 5
            end = (
                x + radius * 0.55 * math.cos(angle) * pen.unit / pen.width,
                y + radius * 0.55 * math.sin(angle) * pen.unit / pen.height,
            )
            pen.line([(x, y), end], radius * 0.16, (220, 224, 226))


def van(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A van."""
    base = color or (78, 168, 172)
    pen.rect(0.0, 0.04, 1.0, 0.84, base, -0.05, radius=0.16)
    pen.rect(0.0, 0.04, 1.0, 0.46, (248, 244, 232), radius=0.16)
    pen.poly([(0.0, 0.42), (1.0, 0.42), (1.0, 0.50), (0.0, 0.50)], base, 0.12)
    pen.poly([(0.01, 0.68), (0.99, 0.68), (0.985, 0.84), (0.015, 0.84)], base, -0.24)
    for x0, x1 in ((0.06, 0.25), (0.29, 0.48), (0.52, 0.71)):
        pen.rect(x0, 0.15, x1, 0.40, _GLASS, radius=0.04)
        pen.poly([(x0 + 0.03, 0.39), (x0 + 0.09, 0.16), (x0 + 0.13, 0.16), (x0 + 0.07, 0.39)], (236, 246, 250, 140))
    pen.poly([(0.76, 0.40), (0.76, 0.15), (0.90, 0.15), (0.985, 0.40)], _GLASS)
    pen.rect(0.06, 0.0, 0.72, 0.04, (150, 110, 74))
    pen.line([(0.745, 0.14), (0.745, 0.82)], 0.01, base, -0.4)
    pen.rect(0.76, 0.53, 0.82, 0.555, (224, 226, 228), radius=0.01)
    pen.disc(0.965, 0.58, 0.055, (255, 246, 206))
    pen.rect(0.0, 0.55, 0.025, 0.66, (222, 62, 50))
    pen.rect(0.93, 0.78, 1.0, 0.83, (214, 218, 220), radius=0.02)
    _wheels(pen, (0.21, 0.84), 0.155)


def bench(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A bench."""
    wood = color or _WOOD
    for x in (0.08, 0.86):
        pen.rect(x, 0.05, x + 0.055, 1.0, (64, 68, 74), radius=0.02)
        pen.rect(x - 0.02, 0.94, x + 0.09, 1.0, (64, 68, 74), radius=0.02)
    for y, amount in ((0.04, 0.06), (0.17, 0.0), (0.30, -0.08)):
        pen.rect(0.0, y, 1.0, y + 0.10, wood, amount, radius=0.03)
        pen.rect(0.0, y, 1.0, y + 0.025, wood, amount + 0.2, radius=0.01)
    pen.poly([(0.03, 0.48), (0.97, 0.48), (1.0, 0.62), (0.0, 0.62)], wood, 0.14)
    pen.line([(0.015, 0.55), (0.985, 0.55)], 0.016, wood, -0.3)
    pen.rect(0.0, 0.615, 1.0, 0.68, wood, -0.16)
    for x in (0.05, 0.9):
        pen.curve([(x, 0.34), (x - 0.02, 0.4), (x, 0.5)], 0.05, (64, 68, 74))


def table(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A table."""
    wood = color or (178, 124, 76)
    for x in (0.16, 0.78):
        pen.rect(x, 0.2, x + 0.05, 0.90, wood, -0.4)
    for x in (0.03, 0.91):
        pen.rect(x, 0.24, x + 0.06, 1.0, wood, -0.18)
    pen.rect(0.02, 0.27, 0.98, 0.36, wood, -0.28)
    pen.poly([(0.09, 0.06), (0.91, 0.06), (1.0, 0.2), (0.0, 0.2)], wood, 0.16)
    for y in (0.1, 0.145):
        pen.line([(0.075 - (y - 0.06) * 0.6, y), (0.925 + (y - 0.06) * 0.6, y)], 0.008, wood, -0.06)
    pen.rect(0.0, 0.2, 1.0, 0.28, wood, -0.06)


def chair(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A chair."""
    wood = color or _WOOD
    for x in (0.14, 0.78):
        pen.rect(x, 0.0, x + 0.09, 0.88, wood, -0.25, radius=0.03)
    for y in (0.05, 0.2, 0.35):
        pen.rect(0.18, y, 0.84, y + 0.08, wood, 0.02, radius=0.02)
    for x in (0.04, 0.86):
        pen.rect(x, 0.56, x + 0.10, 1.0, wood, -0.12, radius=0.02)
    pen.poly([(0.14, 0.49), (0.86, 0.49), (0.98, 0.58), (0.02, 0.58)], wood, 0.18)
    pen.rect(0.02, 0.575, 0.98, 0.64, wood, -0.08)


def telescope(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A telescope."""
    base = color or (236, 236, 232)
    for foot in (0.1, 0.5, 0.88):
        pen.limb([(0.48, 0.48), (foot, 0.99)], 0.05, 0.035, (120, 86, 58), -0.1 if foot == 0.5 else 0.05)
    pen.line([(0.3, 0.78), (0.68, 0.78)], 0.02, (120, 86, 58))
    pen.disc(0.48, 0.46, 0.07, (70, 74, 80))
    pen.limb([(0.1, 0.58), (0.34, 0.45)], 0.07, 0.09, (70, 74, 80))
    pen.limb([(0.3, 0.47), (0.84, 0.16)], 0.15, 0.17, base, -0.25)
    pen.limb([(0.3, 0.45), (0.83, 0.14)], 0.08, 0.09, base, 0.1)
    pen.limb([(0.84, 0.16), (0.94, 0.10)], 0.21, 0.21, (70, 74, 80))
    pen.oval(0.96, 0.085, 0.03, 0.06, (150, 190, 214), angle=0.9)


def suitcase(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A suitcase."""
    base = color or (156, 96, 56)
    pen.line([(0.36, 0.2), (0.36, 0.03), (0.64, 0.03), (0.64, 0.2)], 0.05, (72, 62, 60))
    pen.rect(0.02, 0.16, 0.98, 0.95, base, -0.22, radius=0.12)
    pen.rect(0.04, 0.16, 0.94, 0.93, base, radius=0.11)
    for x in (0.22, 0.70):
        pen.rect(x, 0.16, x + 0.09, 0.94, base, -0.38)
        pen.rect(x - 0.015, 0.34, x + 0.105, 0.42, (222, 186, 104), radius=0.02)
    pen.rect(0.38, 0.52, 0.62, 0.72, (244, 232, 200), radius=0.03)
    pen.oval(0.5, 0.62, 0.07, 0.05, (92, 150, 170))
    pen.rect(0.08, 0.2, 0.9, 0.235, base, 0.25, radius=0.02)
    for x in (0.16, 0.84):
        pen.disc(x, 0.965, 0.05, (52, 50, 54))


def backpack(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A backpack."""
    base = color or (62, 112, 168)
    pen.curve([(0.4, 0.08), (0.42, 0.0), (0.58, 0.0), (0.6, 0.08)], 0.05, base, -0.4)
    for x in (0.04, 0.96):
        pen.curve([(0.5 + (x - 0.5) * 0.7, 0.2), (x, 0.4), (0.5 + (x - 0.5) * 0.8, 0.86)], 0.08, base, -0.4)
    pen.blob(
        [
            (0.5, 0.03),
            (0.8, 0.1),
            (0.9, 0.4),
            (0.9, 0.85),
            (0.78, 0.99),
            (0.22, 0.99),
            (0.1, 0.85),
            (0.1, 0.4),
            (0.2, 0.1),
        ],
        base,
        -0.14,
        tension=0.4,
    )
    pen.blob(
        [(0.5, 0.04), (0.76, 0.11), (0.82, 0.4), (0.8, 0.48), (0.2, 0.48), (0.18, 0.4), (0.24, 0.11)],
        base,
        0.08,
        tension=0.4,
    )
    pen.line([(0.18, 0.49), (0.82, 0.49)], 0.02, base, -0.4)
    pen.rect(0.22, 0.58, 0.78, 0.9, base, 0.04, radius=0.1)
    pen.line([(0.24, 0.66), (0.76, 0.66)], 0.02, base, -0.4)
    for x in (0.36, 0.62):
        pen.rect(x, 0.44, x + 0.05, 0.62, (196, 148, 92), radius=0.01)
        pen.rect(x - 0.01, 0.54, x + 0.06, 0.585, (222, 224, 226), radius=0.01)
