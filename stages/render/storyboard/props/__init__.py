"""Things: every kind of object, shaded under the scene's light."""

from collections.abc import Callable

from ..canvas import Box, Canvas, Rgb, Tone
from . import camping, handheld, play, table, vehicles
from .pen import COLORS, Pen

__all__ = ["COLORS", "draw_prop"]

_Draw = Callable[[Pen, Rgb | None, int, str], None]

# kind -> (width over height, how it is drawn)
_PROPS: dict[str, tuple[float, _Draw]] = {
    "ball": (1.0, play.ball), "frisbee": (2.4, play.frisbee), "kite": (0.85, play.kite),
    "picnic_blanket": (4.0, play.picnic_blanket), "picnic_basket": (1.1, play.picnic_basket),
    "umbrella": (1.05, play.umbrella), "beach_umbrella": (0.95, play.beach_umbrella),
    "tent": (1.6, camping.tent), "campfire": (1.07, camping.campfire), "lantern": (0.62, camping.lantern),
    "backpack": (0.75, vehicles.backpack), "suitcase": (0.72, vehicles.suitcase), "map": (1.4, handheld.map_sheet),
    "camera": (1.25, handheld.camera), "phone": (0.52, handheld.phone), "laptop": (1.4, handheld.laptop),
    "book": (1.35, handheld.book), "guitar": (1.55, handheld.guitar), "bicycle": (1.6, vehicles.bicycle),
    "car": (2.6, vehicles.car), "van": (2.15, vehicles.van), "boat": (1.6, camping.boat), "canoe": (5.0, camping.canoe),
    "surfboard": (0.3, play.surfboard), "fishing_rod": (0.95, camping.fishing_rod),
    "sandcastle": (1.25, play.sandcastle), "snowman": (0.58, play.snowman), "sled": (2.3, play.sled),
    "bench": (1.85, vehicles.bench), "table": (1.95, vehicles.table), "chair": (0.58, vehicles.chair),
    "cup": (0.95, table.cup), "bowl": (1.6, table.bowl), "cake": (1.1, table.cake), "candles": (1.15, table.candles),
    "gift": (1.05, table.gift), "balloons": (0.64, table.balloons), "flowers": (0.78, table.flowers),
    "ice_cream": (0.5, table.ice_cream), "pizza": (2.8, table.pizza), "christmas_tree": (0.62, table.christmas_tree),
    "pumpkin": (1.15, table.pumpkin), "stick": (4.2, camping.stick), "leash": (1.0, camping.leash),
    "telescope": (0.7, vehicles.telescope), "toy": (0.95, handheld.toy), "trophy": (0.66, handheld.trophy),
    "paintbrush": (0.5, handheld.paintbrush), "bread": (2.0, table.bread), "flag": (0.72, handheld.flag),
    "other": (1.0, handheld.other),
}  # fmt: skip
_DRAWN_AS_ONE = frozenset({"balloons", "candles", "flowers", "cake", "picnic_blanket"})
_STRETCHED = frozenset({"picnic_blanket", "table", "bench", "canoe"})  # as wide as those who use them need
_MOST_SHOWN = 7


def draw_prop(
    canvas: Canvas, kind: str, box_px: Box, *, color: Rgb | str | None, count: int, name: str, tone: Tone,
    light: tuple[float, float], seed: int, mirrored: bool = False,
) -> None:  # fmt: skip
    """Draw a thing, or a few of them, standing on the lower edge of its box.

    Args:
        canvas: the surface.
        kind: one of vocabulary.OBJECT_KINDS.
        box_px: x0, y0, x1, y1 in pixels; the thing keeps its own proportions inside.
        color: its main colour as a name of vocabulary.Color or as RGB; the kind's own when None.
        count: how many; up to seven are shown.
        name: what the plan calls it, which may tell a soccer ball from a beach ball.
        tone: the scene's light.
        light: towards the light, unit vector in the picture.
        seed: of its small irregularities.
        mirrored: looks to the left instead of to the right.
    """
    x0, y0, x1, y1 = box_px
    if x1 - x0 < 1 or y1 - y0 < 1:
        return
    aspect, draw = _PROPS[kind]
    main = COLORS[color] if isinstance(color, str) else color
    shown = 1 if kind in _DRAWN_AS_ONE else min(count, _MOST_SHOWN)
    for index, cell in enumerate(_cells(box_px, shown, aspect)):
        place = cell if kind in _STRETCHED else _fitted(cell, aspect)
        draw(Pen(canvas, place, tone, light, seed + index, mirrored=mirrored), main, count, name)


def _cells(box: Box, count: int, aspect: float) -> list[Box]:
    """Overlapping places for several things: a back row above a front row."""
    if count <= 1:
        return [box]
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    front = (count + 1) // 2 if count > 3 else count
    rows = [count - front, front] if count > 3 else [count]
    share = 0.72 if len(rows) == 2 else 1.0
    cells = []
    for row, number in enumerate(rows):
        each = min(width / max(1.0, 0.72 * number + 0.28), height * share * aspect)
        step = (width - each) / max(1, number - 1) if number > 1 else 0.0
        bottom = y1 if row == len(rows) - 1 else y1 - height * (1 - share)
        start = x0 if number > 1 else x0 + (width - each) / 2
        cells += [(start + i * step, bottom - height * share, start + i * step + each, bottom) for i in range(number)]
    return cells


def _fitted(box: Box, aspect: float) -> Box:
    x0, y0, x1, y1 = box
    width = min(x1 - x0, (y1 - y0) * aspect)
    height = width / aspect
    middle = (x0 + x1) / 2
    return middle - width / 2, y1 - height, middle + width / 2, y1
