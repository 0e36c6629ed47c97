"""The front of a garment: its middle moves to the side that the person faces."""

from ..canvas import Rgb, shade, smooth
from . import palette
from .body import Body
from .brush import Brush
from .geometry import Frame, Shape


class Front:
    """The front of a trunk: its middle moves to the side that the person faces."""

    def __init__(self, brush: Brush, body: Body, color: Rgb, skin: Rgb, shape: Shape) -> None:
        self.brush, self.body, self.color, self.skin, self.shape = brush, body, color, skin, shape
        shift = body.turn * body.girth.shoulder * 0.30
        self.frame = Frame(body.trunk(shift, 0.0), body.unit, body.trunk.angle)
        self.neck = Frame(body.trunk(body.turn * 0.05, 0.0), body.unit, body.trunk.angle)
        self.dark = palette.scaled(color, (0.72, 0.68, 0.74)) if palette.luma(color) > 75 else shade(color, 0.16)
        self.hem = body.length + 0.16

    def line(self, points: list[tuple[float, float]], width: float, color: Rgb | None = None) -> None:
        path = smooth(self.frame.many(points), closed=False)
        self.brush.line(path, width * self.body.unit, self.dark if color is None else color, clip=self.shape)

    def patch(self, points: list[tuple[float, float]], color: Rgb, *, outline: float = 0.0) -> None:
        self.brush.fill(
            [self.frame.polygon(points)], color, outline=outline * self.body.unit, clip=None if outline else self.shape
        )

    def dot(self, x: float, y: float, radius: float, color: Rgb) -> None:
        self.brush.fill([self.frame.ellipse(x, y, radius, radius)], color, clip=self.shape)

    def opening(self, width: float, depth: float) -> None:
        """Skin at the neck down to `depth`."""
        hole = [
            self.neck.blob(
                [
                    (-width, -0.2),
                    (width, -0.2),
                    (width * 0.82, depth * 0.45),
                    (0.0, depth),
                    (-width * 0.82, depth * 0.45),
                ],
                tension=0.4,
            )
        ]
        self.brush.fill(hole, self.skin)
        self.brush.fill(
            [self.neck.ellipse(0.0, -0.34, 0.32, 0.2)], palette.scaled(self.skin, (0.88, 0.77, 0.73)), clip=hole
        )

    def rim(self, width: float, depth: float, thick: float, color: Rgb) -> None:
        points = [
            (-width, -0.16),
            (-width * 0.82, depth * 0.45),
            (0.0, depth),
            (width * 0.82, depth * 0.45),
            (width, -0.16),
        ]
        self.brush.line(smooth(self.neck.many(points), closed=False), thick * self.body.unit, color)
