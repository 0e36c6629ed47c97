"""Shorthands for drawing what is worn on one head."""

from ..canvas import Rgb, smooth
from .brush import Brush
from .geometry import Part
from .head import Head

TRIM: dict[str, Rgb] = {
    "cap": (201, 72, 62), "sun_hat": (232, 206, 150), "beanie": (62, 120, 134), "headscarf": (196, 92, 120),
    "turban": (226, 142, 58), "helmet": (70, 130, 196), "hair_bow": (222, 84, 116), "headphones": (60, 62, 74),
}  # fmt: skip


class OnHead:
    """Shorthands for drawing on one head."""

    def __init__(self, brush: Brush, head: Head) -> None:
        self.brush, self.head, self.frame = brush, head, head.frame
        self.unit, self.w, self.t = head.frame.unit, head.width, head.turn

    def blob(
        self,
        points: list[tuple[float, float]],
        color: Rgb,
        *,
        shaded: float = 0.06,
        outline: float = 0.014,
        tension: float = 0.5,
    ) -> list[Part]:
        part = [self.frame.blob(points, tension=tension)]
        self.brush.fill(part, color, outline=self.unit * outline, shade=self.unit * shaded)
        return part

    def line(self, points: list[tuple[float, float]], width: float, color: Rgb, clip: list[Part] | None = None) -> None:
        self.brush.line(smooth(self.frame.many(points), closed=False), self.unit * width, color, clip=clip)
