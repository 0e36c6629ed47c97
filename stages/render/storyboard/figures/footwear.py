"""Bare feet, sneakers, boots, shoes, sandals and heels."""

from ....records import Outfit
from ..canvas import Rgb, Xy, shade, smooth
from . import palette
from .body import Body
from .brush import CLOTH_SHADE, SKIN_SHADE, Brush
from .geometry import Frame, Part
from .limbs import foot_frame, toe_side
from .trunk import leg_line, sleeve


def draw_foot(brush: Brush, body: Body, side: str, outfit: Outfit, skin: Rgb) -> None:
    """The foot and what it wears."""
    frame, size = foot_frame(body, side), body.girth.leg[2] / (0.145 if body.turn else 0.128)
    kind = outfit.footwear
    color = palette.CLOTH[outfit.footwear_color]
    foot = _Foot(brush, frame, size, toe_side(body, side), front=not body.turn)
    if kind in ("barefoot", "sandals"):
        foot.sole(skin, SKIN_SHADE, lift=0.02)
        (foot.toes if kind == "barefoot" else foot.straps)(skin if kind == "barefoot" else color)
        return
    if kind == "boots":
        shaft = sleeve(leg_line(body, side), tuple(r * 1.12 for r in body.girth.leg), body.unit, 0.72, 1.0)
        brush.fill(shaft, color, outline=body.unit * 0.014, shade=body.unit * 0.06)
    foot.sole(color, CLOTH_SHADE, lift=0.0)
    if kind == "sneakers":
        foot.rubber(palette.RUBBER)
        foot.laces()
    elif kind == "boots":
        foot.rubber(shade(palette.CLOTH["brown"], -0.45))
    elif kind == "heels":
        foot.instep(skin)
        foot.spike(color)
    else:
        foot.rubber(shade(color, -0.45), thin=True)


class _Foot:
    """One foot in its own frame; from the side its toes are at x > 0."""

    def __init__(self, brush: Brush, frame: Frame, size: float, toe: float, *, front: bool) -> None:
        self.brush, self.frame, self.size, self.toe, self.front = brush, frame, size, toe, front

    def part(self, points: list[Xy]) -> Part:
        return Part(
            tuple(
                smooth(self.frame.many([(x * self.size, y * self.size) for x, y in points]), closed=True, tension=0.42)
            )
        )

    def outline(self) -> list[Xy]:
        if self.front:
            lean = self.toe * 0.45
            return [
                (-0.13, -0.10),
                (0.13, -0.10),
                (0.17 + lean * 0.5, 0.10),
                (0.19 + lean, 0.24),
                (0.10 + lean, 0.31),
                (-0.10 + lean, 0.31),
                (-0.19 + lean, 0.24),
                (-0.17 + lean * 0.5, 0.10),
            ]
        return [
            (-0.15, -0.10),
            (0.13, -0.10),
            (0.20, 0.03),
            (0.40, 0.10),
            (0.50, 0.18),
            (0.48, 0.25),
            (0.2, 0.265),
            (-0.12, 0.26),
            (-0.20, 0.18),
            (-0.18, 0.02),
        ]

    def sole(self, color: Rgb, tint: tuple[float, float, float], *, lift: float) -> None:
        """The whole foot or shoe."""
        points = [(x, y - lift) for x, y in self.outline()]
        unit = self.frame.unit
        self.brush.fill([self.part(points)], color, outline=unit * 0.014, shade=unit * 0.05, tint=tint)

    def rubber(self, color: Rgb, *, thin: bool = False) -> None:
        """The sole's edge."""
        top = 0.23 if thin else 0.20
        band = [(-0.6, top), (0.8, top), (0.8, 0.5), (-0.6, 0.5)]
        shape = [self.frame.polygon([(x * self.size, y * self.size) for x, y in band])]
        self.brush.fill(shape, color, clip=[self.part(self.outline())])

    def laces(self) -> None:
        lean = self.toe * 0.25 if self.front else 0.0
        for index in range(2):
            y = 0.03 + 0.065 * index
            ends = (
                [(-0.07 + lean * index, y), (0.07 + lean * index, y)]
                if self.front
                else [(0.10 + 0.08 * index, y - 0.01), (0.20 + 0.09 * index, y + 0.03)]
            )
            self.brush.line(
                self.frame.many([(x * self.size, yy * self.size) for x, yy in ends]),
                self.frame.unit * 0.022,
                palette.RUBBER,
            )

    def toes(self, skin: Rgb) -> None:
        dark = palette.scaled(skin, (0.80, 0.66, 0.62))
        lean = self.toe * 0.45
        xs = (-0.09, -0.03, 0.03, 0.09) if self.front else ()
        for x in xs:
            line = [((x + lean) * self.size, 0.245 * self.size), ((x + lean) * self.size, 0.285 * self.size)]
            self.brush.line(self.frame.many(line), self.frame.unit * 0.012, dark)
        if not self.front:
            line = [(0.40 * self.size, 0.17 * self.size), (0.45 * self.size, 0.185 * self.size)]
            self.brush.line(self.frame.many(line), self.frame.unit * 0.014, dark)

    def straps(self, color: Rgb) -> None:
        clip = [self.part(self.outline())]
        lean = self.toe * 0.3
        bands = (
            [[(-0.25, 0.0), (0.25, 0.0)], [(-0.25 + lean, 0.17), (0.3 + lean, 0.17)]]
            if self.front
            else [[(-0.25, 0.0), (0.22, -0.02)], [(0.12, 0.26), (0.26, 0.02)], [(0.30, 0.26), (0.36, 0.08)]]
        )
        for band in bands:
            self.brush.line(
                self.frame.many([(x * self.size, y * self.size) for x, y in band]),
                self.frame.unit * 0.06,
                color,
                clip=clip,
            )
        self.rubber(shade(color, -0.3), thin=True)

    def instep(self, skin: Rgb) -> None:
        lean = self.toe * 0.2
        opening = (
            [(-0.11, -0.14), (0.11, -0.14), (0.11 + lean, 0.09), (lean, 0.14), (-0.11 + lean, 0.09)]
            if self.front
            else [(-0.12, -0.14), (0.14, -0.14), (0.28, 0.07), (0.12, 0.12), (-0.08, 0.02)]
        )
        self.brush.fill([self.part(opening)], skin)

    def spike(self, color: Rgb) -> None:
        if not self.front:
            heel = [(-0.19, 0.16), (-0.10, 0.20), (-0.13, 0.34), (-0.17, 0.34)]
            self.brush.fill([self.frame.polygon([(x * self.size, y * self.size) for x, y in heel])], shade(color, -0.2))
