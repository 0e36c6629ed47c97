"""Things for play, picnic, beach and snow."""

import math

from ..canvas import Rgb, shade
from .pen import COLORS, Pen

_WOOD: Rgb = (150, 102, 62)
_IRON: Rgb = (66, 70, 76)


def ball(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A ball."""
    if color is None and any(word in name.lower() for word in ("soccer", "football")):
        pen.ball(0.5, 0.5, 0.5, 0.5, (240, 240, 236))
        for x, y, r in (
            (0.5, 0.5, 0.14),
            (0.5, 0.08, 0.1),
            (0.88, 0.36, 0.1),
            (0.74, 0.85, 0.1),
            (0.26, 0.85, 0.1),
            (0.12, 0.36, 0.1),
        ):
            corners = [(x + r * math.sin(t * math.tau / 5), y - r * math.cos(t * math.tau / 5)) for t in range(5)]
            pen.poly(corners, (44, 44, 50))
        return
    base = color or (214, 64, 56)
    pen.ball(0.5, 0.5, 0.5, 0.5, base)
    light = (250, 246, 236)
    pen.blob(
        [(0.37, 0.05), (0.5, 0.02), (0.61, 0.04), (0.71, 0.5), (0.61, 0.95), (0.5, 0.975), (0.39, 0.95), (0.46, 0.5)],
        light,
        -0.05,
    )
    pen.blob(
        [(0.035, 0.42), (0.13, 0.22), (0.26, 0.5), (0.15, 0.80), (0.035, 0.6)],
        (62, 120, 190) if color is None else light,
        -0.08,
    )
    pen.oval(0.5 + pen.side * 0.2, 0.24, 0.07, 0.05, (255, 255, 255))


def frisbee(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A frisbee."""
    base = color or (236, 92, 60)
    pen.oval(0.5, 0.62, 0.5, 0.36, base, -0.32)
    pen.oval(0.5, 0.48, 0.5, 0.38, base)
    pen.oval(0.5, 0.46, 0.36, 0.26, base, 0.16)
    pen.oval(0.5, 0.45, 0.22, 0.15, base, -0.06)
    pen.oval(0.5 + pen.side * 0.24, 0.34, 0.12, 0.06, (255, 255, 255, 150))


def kite(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A kite."""
    base = color or (226, 74, 62)
    other = (250, 206, 84) if base != COLORS["yellow"] else (62, 120, 190)
    top, left, right, foot, middle = (0.52, 0.0), (0.14, 0.26), (0.92, 0.24), (0.52, 0.66), (0.52, 0.25)
    for corners, tint, amount in (
        ((top, left, middle), base, 0.08),
        ((top, right, middle), other, 0.0),
        ((left, foot, middle), other, -0.08),
        ((right, foot, middle), base, -0.16),
    ):
        pen.poly(corners, tint, amount)
    pen.line([top, foot], 0.012, _WOOD)
    pen.line([left, right], 0.012, _WOOD)
    tail = [(0.52, 0.66), (0.4, 0.76), (0.55, 0.84), (0.38, 0.92), (0.46, 1.0)]
    pen.curve(tail, 0.014, (236, 236, 230))
    for index, (x, y) in enumerate(tail[1:]):
        tint = (base, other)[index % 2]
        pen.poly([(x, y), (x - 0.08, y - 0.03), (x - 0.08, y + 0.035)], tint)
        pen.poly([(x, y), (x + 0.08, y - 0.03), (x + 0.08, y + 0.035)], tint, -0.12)


def picnic_blanket(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A picnic blanket."""
    base = color or (206, 58, 56)
    corner = lambda u, v: (0.16 + 0.68 * u - 0.16 * v + 0.32 * u * v, 0.06 + 0.88 * v)  # noqa: E731
    pen.poly([(0.0, 0.97), (1.0, 0.97), (0.98, 1.0), (0.02, 1.0)], base, -0.4)
    pen.poly([corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], (248, 244, 234))
    cells = 9
    for row in range(6):
        for column in range(cells):
            stripes = (row % 2) + (column % 2)
            if not stripes:
                continue
            u0, u1, v0, v1 = column / cells, (column + 1) / cells, row / 6, (row + 1) / 6
            tint = base if stripes == 2 else shade(base, 0.45)
            pen.poly([corner(u0, v0), corner(u1, v0), corner(u1, v1), corner(u0, v1)], tint)
    pen.poly([corner(0.3, 0), corner(0.36, 0), corner(0.30, 1), corner(0.22, 1)], (40, 20, 40, 22))


def picnic_basket(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A picnic basket."""
    straw = color or (196, 144, 84)
    pen.curve([(0.14, 0.46), (0.2, 0.12), (0.5, 0.02), (0.8, 0.12), (0.86, 0.46)], 0.06, straw, -0.25)
    pen.poly([(0.02, 0.42), (0.98, 0.42), (0.88, 1.0), (0.12, 1.0)], straw, -0.1)
    for row in range(5):
        y0 = 0.46 + row * 0.108
        for column in range(9):
            x0 = 0.08 + column * 0.094 + (row % 2) * 0.03
            pen.rect(x0, y0, x0 + 0.07, y0 + 0.08, straw, 0.14 if (row + column) % 2 else -0.22, radius=0.03)
    pen.poly([(0.06, 0.40), (0.94, 0.40), (0.8, 0.56), (0.6, 0.46), (0.42, 0.6), (0.22, 0.46)], (246, 240, 232))
    for x in (0.2, 0.4, 0.6, 0.78):
        pen.rect(x, 0.41, x + 0.05, 0.48, (206, 66, 62))
    pen.rect(0.0, 0.36, 1.0, 0.44, straw, -0.3, radius=0.04)


def umbrella(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """An umbrella."""
    base = color or (206, 60, 64)
    pen.line([(0.5, 0.1), (0.5, 0.92)], 0.026, _IRON)
    pen.curve([(0.5, 0.9), (0.5, 0.99), (0.42, 0.99), (0.41, 0.93)], 0.03, _WOOD)
    _canopy(pen, base, 0.0, 1.0, 0.02, 0.46, ((0.0, -0.22), (0.26, 0.0), (0.5, 0.14), (0.74, -0.06)))
    pen.line([(0.5, 0.0), (0.5, 0.06)], 0.03, _IRON)


def _canopy(
    pen: Pen,
    base: Rgb,
    x0: float,
    x1: float,
    top: float,
    rim: float,
    panels: tuple[tuple[float, float], ...],
    second: Rgb | None = None,
) -> None:
    width, middle = x1 - x0, (x0 + x1) / 2
    edges = [share for share, _ in panels] + [1.0]
    for index, (start, amount) in enumerate(panels):
        end = edges[index + 1]
        a, b = x0 + width * start, x0 + width * end

        def rib(x: float) -> list[tuple[float, float]]:
            return [
                (middle + (x - middle) * math.sin(t * math.pi / 8), top + (rim - top) * (1 - math.cos(t * math.pi / 8)))
                for t in range(5)
            ]

        scallop = [(a + (b - a) * t / 4, rim - 0.05 * math.sin(math.pi * t / 4)) for t in range(5)]
        tint = second if second is not None and index % 2 else base
        pen.poly([*rib(a), *scallop[1:-1], *rib(b)[::-1]], tint, amount)


def beach_umbrella(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A beach umbrella."""
    base = color or (226, 76, 66)
    pen.oval(0.5, 0.985, 0.13, 0.02, (206, 176, 128))
    pen.limb([(0.5, 0.06), (0.5, 0.99)], 0.022, 0.028, (240, 236, 226))
    panels = ((0.0, -0.18), (0.16, -0.08), (0.36, 0.0), (0.56, 0.06), (0.76, -0.02), (0.9, -0.14))
    _canopy(pen, base, 0.0, 1.0, 0.02, 0.36, panels, (250, 246, 234))
    pen.disc(0.5, 0.02, 0.02, base, -0.2)


def sandcastle(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A sandcastle."""
    sand = color or (222, 186, 128)
    pen.blob([(0.03, 0.99), (0.08, 0.87), (0.5, 0.79), (0.92, 0.87), (0.97, 0.99)], sand, -0.1, tension=0.2)
    for x0, x1, top, foot in ((0.34, 0.66, 0.3, 0.9), (0.1, 0.36, 0.5, 0.95), (0.64, 0.9, 0.5, 0.95)):
        pen.barrel(x0, top, x1, foot, sand)
        step = (x1 - x0) / 5
        for index in (0, 2, 4):
            pen.rect(x0 + index * step, top - 0.07, x0 + (index + 1) * step, top + 0.01, sand, 0.06 - 0.06 * index)
    pen.poly([(0.44, 0.92), (0.44, 0.74), (0.5, 0.68), (0.56, 0.74), (0.56, 0.92)], sand, -0.5)
    for x, y in ((0.2, 0.66), (0.76, 0.66), (0.5, 0.5)):
        pen.rect(x, y, x + 0.04, y + 0.09, sand, -0.45, radius=0.02)
    pen.line([(0.5, 0.26), (0.5, 0.02)], 0.02, _WOOD)
    pen.poly([(0.5, 0.02), (0.7, 0.08), (0.5, 0.15)], (222, 70, 62))
    for x in (0.16, 0.5, 0.8):
        pen.disc(x, 0.95, 0.028, (250, 240, 226))


def snowman(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A snowman."""
    scarf = color or (208, 58, 54)
    snow: Rgb = (240, 245, 252)
    for points in (((0.3, 0.5), (0.08, 0.36), (0.0, 0.28)), ((0.7, 0.5), (0.92, 0.38), (1.0, 0.3))):
        pen.limb(points, 0.035, 0.02, (104, 74, 52))
    pen.ball(0.5, 0.80, 0.42, 0.21, snow)
    pen.ball(0.5, 0.50, 0.31, 0.165, snow)
    pen.ball(0.5, 0.26, 0.22, 0.125, snow)
    pen.poly([(0.28, 0.345), (0.72, 0.345), (0.7, 0.405), (0.3, 0.405)], scarf)
    pen.poly([(0.6, 0.38), (0.74, 0.38), (0.72, 0.56), (0.61, 0.55)], scarf, -0.18)
    for x in (0.42, 0.58):
        pen.disc(x, 0.235, 0.028, (40, 40, 46))
    pen.poly([(0.48, 0.265), (0.5, 0.295), (0.78, 0.30)], (240, 130, 50))
    for x, y in ((0.4, 0.31), (0.45, 0.325), (0.5, 0.33), (0.55, 0.325)):
        pen.disc(x, y, 0.014, (40, 40, 46))
    for y in (0.46, 0.52, 0.58):
        pen.disc(0.5, y, 0.026, (40, 40, 46))
    pen.rect(0.24, 0.14, 0.76, 0.17, (48, 48, 56), radius=0.02)
    pen.rect(0.33, 0.0, 0.67, 0.155, (54, 54, 62))
    pen.rect(0.33, 0.105, 0.67, 0.14, scarf)


def sled(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A sled."""
    wood = color or (186, 116, 64)
    for dy, amount in ((-0.12, -0.35), (0.0, -0.1)):
        pen.curve(
            [(0.08, 0.94 + dy), (0.86, 0.94 + dy), (0.97, 0.8 + dy), (0.94, 0.5 + dy), (0.86, 0.52 + dy)],
            0.08,
            (176, 62, 54),
            amount,
        )
    for x in (0.22, 0.5, 0.76):
        pen.line([(x, 0.92), (x, 0.56)], 0.07, wood, -0.3)
    for y, amount in ((0.38, 0.08), (0.47, -0.04), (0.56, 0.04)):
        pen.poly([(0.08, y), (0.84, y), (0.84, y + 0.075), (0.08, y + 0.075)], wood, amount)
    pen.curve([(0.9, 0.5), (0.98, 0.3), (0.9, 0.08)], 0.03, (230, 222, 200))


def surfboard(pen: Pen, color: Rgb | None, count: int, name: str) -> None:
    """A surfboard."""
    base = color or (78, 186, 190)
    outline = [(0.5, 0.0), (0.84, 0.16), (0.98, 0.5), (0.84, 0.88), (0.5, 1.0), (0.16, 0.88), (0.02, 0.5), (0.16, 0.16)]
    pen.blob(outline, base, -0.28)
    pen.blob([(0.5 + (x - 0.5) * 0.9 + pen.side * 0.03, y) for x, y in outline], base)
    pen.poly([(0.07, 0.34), (0.93, 0.34), (0.96, 0.42), (0.05, 0.42)], (250, 246, 234))
    pen.poly([(0.05, 0.45), (0.95, 0.45), (0.96, 0.49), (0.05, 0.49)], (238, 120, 80))
    pen.line([(0.5, 0.02), (0.5, 0.98)], 0.03, base, -0.3)
    pen.blob([(0.3, 0.14), (0.38, 0.14), (0.3, 0.32), (0.22, 0.3)], (255, 255, 255, 130))
