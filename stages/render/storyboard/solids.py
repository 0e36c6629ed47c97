"""Boxes in the world, of which furniture, stalls, steps and posts are made."""

from .canvas import Rgb, shade
from .view import EYE_M, View

Span = tuple[float, float]


def paint_box(view: View, x: Span, h: Span, z: Span, color: Rgb, *, glossy: bool = False) -> None:
    """An upright box: the faces that the camera sees, each in its own shade.

    Args:
        view: the camera.
        x: left and right, metres.
        h: bottom and top, metres.
        z: near and far, metres.
        color: of the material.
        glossy: whether a streak of light lies on the front.
    """
    (x0, x1), (h0, h1), (z0, z1) = x, h, z
    p, middle = view.point, (z0 + z1) / 2

    def face(corners: list[tuple[float, float, float]], amount: float) -> None:
        view.canvas.polygon([p(*corner) for corner in corners], view.color(shade(color, amount), middle))

    if x0 > 0:
        face([(x0, h0, z0), (x0, h0, z1), (x0, h1, z1), (x0, h1, z0)], -0.06 if view.light[0] < 0 else -0.26)
    elif x1 < 0:
        face([(x1, h0, z0), (x1, h0, z1), (x1, h1, z1), (x1, h1, z0)], -0.06 if view.light[0] > 0 else -0.26)
    if h1 < EYE_M:
        face([(x0, h1, z0), (x1, h1, z0), (x1, h1, z1), (x0, h1, z1)], 0.16)
    elif h0 > EYE_M:
        face([(x0, h0, z0), (x1, h0, z0), (x1, h0, z1), (x0, h0, z1)], -0.34)
    face([(x0, h0, z0), (x1, h0, z0), (x1, h1, z0), (x0, h1, z0)], -0.10)
    if glossy:
        a, b = x0 + (x1 - x0) * 0.12, x0 + (x1 - x0) * 0.3
        face(
            [
                (a, h0 + (h1 - h0) * 0.1, z0),
                (a + 0.02, h1 - (h1 - h0) * 0.1, z0),
                (b, h1 - (h1 - h0) * 0.1, z0),
                (b - 0.02, h0 + (h1 - h0) * 0.1, z0),
            ],
            0.06,
        )


def paint_floor_shadow(view: View, x: Span, z: Span, strength: int = 70) -> None:
    """A soft dark patch under a piece of furniture."""
    (x0, x1), (z0, z1) = x, z
    dark = (*view.color((24, 20, 26), z0), strength)
    with view.canvas.layer(blur=view.focal * 0.008):
        view.canvas.polygon(
            [
                view.point(x0 - 0.08, 0, z0 - 0.15),
                view.point(x1 + 0.08, 0, z0 - 0.15),
                view.point(x1, 0, z1),
                view.point(x0, 0, z1),
            ],
            dark,
        )


def paint_table(view: View, x: Span, z: Span, color: Rgb, *, height_m: float = 0.75) -> None:
    """A table with four legs."""
    (x0, x1), (z0, z1) = x, z
    paint_floor_shadow(view, x, z)
    leg = 0.07
    for lx, lz in ((x0, z1 - leg), (x1 - leg, z1 - leg), (x0, z0), (x1 - leg, z0)):
        paint_box(view, (lx, lx + leg), (0, height_m), (lz, lz + leg), shade(color, -0.2))
    paint_box(view, (x0 - 0.05, x1 + 0.05), (height_m - 0.06, height_m), (z0 - 0.05, z1 + 0.05), color)


def paint_chair(view: View, x: float, z: float, color: Rgb, *, back_near: bool = False) -> None:
    """A plain chair, its back towards the camera or away from it."""
    paint_floor_shadow(view, (x - 0.22, x + 0.22), (z, z + 0.44), 50)
    rear = z if back_near else z + 0.40
    legs = [(x - 0.21, z + 0.38), (x + 0.17, z + 0.38), (x - 0.21, z), (x + 0.17, z)]
    back = lambda: paint_box(view, (x - 0.21, x + 0.21), (0.5, 0.95), (rear, rear + 0.04), color)  # noqa: E731
    for lx, lz in legs:
        paint_box(view, (lx, lx + 0.04), (0, 0.45), (lz, lz + 0.04), shade(color, -0.25))
    if not back_near:
        back()
    paint_box(view, (x - 0.22, x + 0.22), (0.43, 0.48), (z, z + 0.44), color)
    if back_near:
        back()


def ground_shadow(view: View, x: float, z: float, half: float) -> None:
    """A dark ellipse where something stands."""
    px, py = view.point(x, 0, z)
    m = view.metre(z)
    view.canvas.ellipse((px, py), half * m, 0.12 * half * m + 1, (*view.color((22, 26, 28), z), 100))
