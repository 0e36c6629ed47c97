"""A drawing in its own units, fitted into a box before it is painted: an animal never leaves its region."""

from dataclasses import dataclass, field, replace

from ...canvas import Rgb, Xy, smooth
from ..brush import CLOTH_SHADE, Brush
from ..geometry import Frame, Part, Shape

Box = tuple[float, float, float, float]
MAX_STRETCH = 1.12  # how much wider or taller than drawn an animal may become to fill its box
EDGE = 0.016  # outline thickness in units


@dataclass(frozen=True)
class _Stroke:
    shape: Shape
    color: Rgb
    outline: float
    shade: float
    clip: Shape | None
    opacity: float
    tint: tuple[float, float, float]


@dataclass
class Sketch:
    """Strokes in order. y = 0 is the ground, y goes down (so a back is at about -1), x to where the animal looks."""

    strokes: list[_Stroke] = field(default_factory=list)

    def fill(
        self,
        shape: Shape,
        color: Rgb,
        *,
        outline: float = EDGE,
        shade: float = 0.0,
        clip: Shape | None = None,
        opacity: float = 1.0,
        tint: tuple[float, float, float] = CLOTH_SHADE,
    ) -> None:
        self.strokes.append(_Stroke(tuple(shape), color, outline, shade, clip, opacity, tint))

    def line(
        self, points: list[Xy], width: float, color: Rgb, *, clip: Shape | None = None, opacity: float = 1.0
    ) -> None:
        path = smooth(points, closed=False)
        part = Part(tuple(path), (width / 2,) * len(path))
        self.fill([part], color, outline=0.0, clip=clip, opacity=opacity)

    def bounds(self) -> Box:
        boxes = [part.bounds() for stroke in self.strokes if stroke.clip is None for part in stroke.shape]
        edge = EDGE
        return (
            min(b[0] for b in boxes) - edge,
            min(b[1] for b in boxes) - edge,
            max(b[2] for b in boxes) + edge,
            max(b[3] for b in boxes) + edge,
        )

    def paint(self, brush: Brush, box: Box, *, mirrored: bool) -> None:
        """Paint into a box of output pixels, standing on its lower edge, looking left when mirrored."""
        x0, y0, x1, y1 = self.bounds()
        wide, tall = max(1e-6, (box[2] - box[0]) / (x1 - x0)), max(1e-6, (box[3] - box[1]) / (y1 - y0))
        least = min(wide, tall)
        zoom_x, zoom_y = min(wide, least * MAX_STRETCH), min(tall, least * MAX_STRETCH)
        flip = -1.0 if mirrored else 1.0
        left = (box[0] + box[2]) / 2 - flip * (x0 + x1) / 2 * zoom_x
        top = box[3] - y1 * zoom_y

        def placed(shape: Shape) -> list[Part]:
            return [
                replace(
                    part,
                    points=tuple((left + x * zoom_x * flip, top + y * zoom_y) for x, y in part.points),
                    radii=None if part.radii is None else tuple(radius * least for radius in part.radii),
                )
                for part in shape
            ]

        for stroke in self.strokes:
            brush.fill(
                placed(stroke.shape),
                stroke.color,
                outline=stroke.outline * least,
                shade=stroke.shade * least,
                clip=None if stroke.clip is None else placed(stroke.clip),
                opacity=stroke.opacity,
                tint=stroke.tint,
            )


PLAIN = Frame((0.0, 0.0), 1.0)
