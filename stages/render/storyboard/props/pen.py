"""A pen that draws in fractions of a thing's box, in the thing's own colours under the scene's light."""

import math
import random
from collections.abc import Sequence

from ..canvas import Box, Canvas, Paint, Rgb, Tone, Xy, mix, shade

COLORS: dict[str, Rgb] = {
    "white": (246, 244, 238), "black": (46, 46, 52), "gray": (142, 146, 152), "beige": (222, 202, 168),
    "brown": (132, 88, 56), "red": (208, 58, 50), "burgundy": (126, 34, 54), "orange": (236, 134, 48),
    "yellow": (248, 204, 70), "green": (82, 146, 78), "olive": (128, 128, 66), "teal": (44, 132, 130),
    "turquoise": (78, 190, 192), "blue": (62, 116, 190), "navy": (42, 58, 104), "purple": (132, 84, 164),
    "pink": (238, 146, 176),
}  # fmt: skip


class Pen:
    """x runs 0..1 from left to right, y 0..1 from top to bottom; lengths are fractions of the box's smaller side."""

    def __init__(
        self, canvas: Canvas, box: Box, tone: Tone, light: tuple[float, float], seed: int, *, mirrored: bool = False
    ) -> None:
        self.mirrored = mirrored  # x runs from right to left
        self.canvas, self.box, self.tone, self.light = canvas, box, tone, light
        self.rng = random.Random(seed)  # noqa: S311 - drawing, not cryptography
        self.width, self.height = box[2] - box[0], box[3] - box[1]
        self.unit = min(self.width, self.height)
        self.side = 1 if light[0] > 0 else -1

    def at(self, x: float, y: float) -> Xy:
        x = 1.0 - x if self.mirrored else x
        return self.box[0] + x * self.width, self.box[1] + y * self.height

    def paint(self, color: Paint, amount: float = 0.0) -> Paint:
        tinted = self.tone(shade((color[0], color[1], color[2]), amount))
        return (*tinted, color[3]) if len(color) == 4 else tinted

    def poly(self, points: Sequence[Xy], color: Paint, amount: float = 0.0) -> None:
        self.canvas.polygon([self.at(x, y) for x, y in points], self.paint(color, amount))

    def blob(self, points: Sequence[Xy], color: Paint, amount: float = 0.0, *, tension: float = 0.5) -> None:
        self.canvas.blob([self.at(x, y) for x, y in points], self.paint(color, amount), tension=tension)

    def rect(
        self, x0: float, y0: float, x1: float, y1: float, color: Paint, amount: float = 0.0, *, radius: float = 0.0
    ) -> None:
        x0, x1 = (x1, x0) if self.mirrored else (x0, x1)
        self.canvas.rectangle(
            (*self.at(x0, y0), *self.at(x1, y1)), self.paint(color, amount), radius=radius * self.unit
        )

    def oval(
        self, x: float, y: float, rx: float, ry: float, color: Paint, amount: float = 0.0, *, angle: float = 0.0
    ) -> None:
        self.canvas.ellipse(self.at(x, y), rx * self.width, ry * self.height, self.paint(color, amount), angle=angle)

    def disc(self, x: float, y: float, radius: float, color: Paint, amount: float = 0.0) -> None:
        self.canvas.ellipse(self.at(x, y), radius * self.unit, radius * self.unit, self.paint(color, amount))

    def ring(self, x: float, y: float, radius: float, width: float, color: Paint, amount: float = 0.0) -> None:
        cx, cy = self.at(x, y)
        turns = [index * math.tau / 40 for index in range(41)]
        points = [(cx + radius * self.unit * math.cos(t), cy + radius * self.unit * math.sin(t)) for t in turns]
        self.canvas.line(points, max(0.6, width * self.unit), self.paint(color, amount))

    def line(self, points: Sequence[Xy], width: float, color: Paint, amount: float = 0.0) -> None:
        self.canvas.line([self.at(x, y) for x, y in points], max(0.6, width * self.unit), self.paint(color, amount))

    def curve(self, points: Sequence[Xy], width: float, color: Paint, amount: float = 0.0) -> None:
        self.canvas.curve([self.at(x, y) for x, y in points], max(0.6, width * self.unit), self.paint(color, amount))

    def limb(self, points: Sequence[Xy], start: float, end: float, color: Paint, amount: float = 0.0) -> None:
        places = [self.at(x, y) for x, y in points]
        self.canvas.limb(places, max(0.6, start * self.unit), max(0.4, end * self.unit), self.paint(color, amount))

    def ball(self, x: float, y: float, rx: float, ry: float, color: Rgb) -> None:
        """A round body: shade on the far side, light and a highlight on the near one."""
        for share, amount in ((1.0, -0.30), (0.92, -0.16), (0.80, -0.02), (0.60, 0.10), (0.36, 0.22)):
            shift = (1 - share) * 0.62
            self.oval(x + self.side * shift * rx, y - shift * ry, rx * share, ry * share, color, amount)
        self.oval(x + self.side * 0.42 * rx, y - 0.48 * ry, rx * 0.13, ry * 0.10, mix(color, (255, 255, 255), 0.75))

    def barrel(self, x0: float, y0: float, x1: float, y1: float, color: Rgb) -> None:
        """An upright round body of even width: cups, posts, candles."""
        bands = 7
        for index in range(bands):
            a, b = index / bands, (index + 1) / bands
            amount = 0.18 - 0.55 * abs((a + b) / 2 - (0.34 if self.side < 0 else 0.66))
            self.rect(x0 + (x1 - x0) * a - 0.002, y0, x0 + (x1 - x0) * b + 0.004, y1, color, amount)

    def glow(self, x: float, y: float, radius: float, color: Rgb, alpha: int) -> None:
        """Light that is not dimmed by the scene's own."""
        self.canvas.glow(self.at(x, y), radius * self.unit, (*color, alpha))

    def shine(self, points: Sequence[Xy], color: Rgb) -> None:
        """A smooth shape that shines by itself: flames, bulbs, screens."""
        self.canvas.blob([self.at(x, y) for x, y in points], color)
