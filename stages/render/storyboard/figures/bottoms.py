"""Legs dressed: trousers, shorts, skirts, leggings and swimwear, with feet."""

from ....records import Outfit
from ..canvas import Rgb, mix, shade, smooth
from . import palette
from .body import Body
from .brush import CLOTH_SHADE, Brush
from .footwear import draw_foot
from .geometry import Part
from .limbs import draw_bare_leg
from .patterns import Cloth
from .trunk import leg_line, skirt_shape, sleeve, trunk_shape
from .wardrobe import BOTTOMS, BottomCut

KNEE = 0.54  # of the leg: just past the knee


def draw_leg(brush: Brush, body: Body, side: str, outfit: Outfit, skin: Rgb, *, far: bool) -> None:
    """One leg with its foot and trouser leg; a far leg lies in shadow."""
    cut = BOTTOMS[outfit.bottom]
    bare = palette.scaled(skin, (0.92, 0.87, 0.86)) if far else skin
    if body.kneels(side):  # the foot is behind the knee
        draw_foot(brush, body, side, outfit, skin)
        draw_bare_leg(brush, body, side, bare, end=KNEE)
        _trouser_leg(brush, body, side, outfit, cut, far=far, end=KNEE)
        return
    draw_bare_leg(brush, body, side, bare)
    over_shoe = outfit.footwear != "boots"
    if not over_shoe:
        _trouser_leg(brush, body, side, outfit, cut, far=far)
    draw_foot(brush, body, side, outfit, skin)
    if over_shoe:
        _trouser_leg(brush, body, side, outfit, cut, far=far)
    if outfit.bottom == "jeans" and body.unit > 24:
        _jeans_seam(brush, body, side, outfit)


def draw_pelvis(brush: Brush, body: Body, outfit: Outfit) -> None:
    """What joins the two legs: the seat of the trousers or the skirt. Nothing under a swimsuit of one piece."""
    cut, unit = BOTTOMS[outfit.bottom], body.unit
    if cut is None:
        return
    cloth = _cloth(body, outfit)
    if cut.skirt:
        skirt = skirt_shape(body, cut.length, 0.16)
        brush.fill(skirt, cloth, outline=unit * 0.014, shade=unit * 0.14)
        draw_folds(brush, body, skirt, cut.length, cloth.color)
        return
    seat = [*trunk_shape(body, hem=0.10, loose=0.0)]
    low = [body.trunk.polygon([(-3, body.length * 0.70), (3, body.length * 0.70), (3, 9), (-3, 9)])]
    brush.fill(seat, cloth, clip=low, shade=unit * 0.1)
    if not body.turn and outfit.bottom != "swim_shorts":
        fly = body.trunk.many([(0.0, body.length * 0.8), (0.0, body.length + 0.16)])
        brush.line(fly, unit * 0.014, palette.scaled(cloth.color, (0.70, 0.68, 0.74)))
    belt = [
        body.trunk.polygon(
            [(-3, body.length * 0.74), (3, body.length * 0.74), (3, body.length * 0.82), (-3, body.length * 0.82)]
        )
    ]
    brush.fill(belt, shade(cloth.color, -0.22), clip=seat)


def draw_folds(brush: Brush, body: Body, shape: list[Part], reach: float, color: Rgb) -> None:
    """Soft folds that fall from the waist of a skirt to its hem."""
    girth, unit = body.girth, body.unit
    if unit < 16:
        return
    legs = [leg_line(body, side) for side in body.sides]
    for share in (0.18, 0.5, 0.82):
        start = body.trunk((share * 2 - 1) * girth.waist * 0.7, body.length * 0.85)
        ends = [line[min(len(line) - 1, round(reach * (len(line) - 1)))] for line in legs]
        end = tuple(a + (b - a) * (share * 1.5 - 0.25) for a, b in zip(*ends, strict=True))
        brush.line([start, end], unit * 0.022, palette.scaled(color, CLOTH_SHADE), opacity=0.6, clip=shape)


def _trouser_leg(
    brush: Brush, body: Body, side: str, outfit: Outfit, cut: BottomCut | None, *, far: bool, end: float = 1.0
) -> None:
    if cut is None or cut.skirt:
        return
    thigh, knee, ankle = body.girth.leg
    wide = cut.wide
    radii = (
        thigh * min(wide, 1.08),
        knee * wide,
        ankle * (wide + (0.22 if outfit.bottom in ("jeans", "trousers") else 0.0)),
    )
    leg = sleeve(leg_line(body, side), radii, body.unit, 0.0, min(end, cut.length), knee=end < cut.length)
    cloth = _cloth(body, outfit)
    if far:
        cloth = Cloth(palette.scaled(cloth.color, (0.86, 0.84, 0.89)), cloth.pattern, cloth.frame)
    brush.fill(leg, cloth, outline=body.unit * 0.014, shade=body.unit * 0.085)
    if outfit.bottom in ("shorts", "swim_shorts") and end > cut.length:
        edge = sleeve(leg_line(body, side), radii, body.unit, cut.length - 0.03, cut.length)
        brush.fill(
            edge,
            mix(cloth.color, palette.WHITE, 0.5) if outfit.bottom == "swim_shorts" else shade(cloth.color, -0.18),
            clip=leg,
        )


def _jeans_seam(brush: Brush, body: Body, side: str, outfit: Outfit) -> None:
    line = leg_line(body, side)
    offset = body.outward(side) * body.girth.leg[1] * body.unit * 0.55
    seam = [(x + offset, y) for x, y in line[3:-2]]
    brush.line(
        smooth(seam[::4], closed=False),
        body.unit * 0.011,
        mix(palette.CLOTH[outfit.bottom_color], (255, 214, 150), 0.35),
        opacity=0.7,
    )


def _cloth(body: Body, outfit: Outfit) -> Cloth:
    pattern = (
        outfit.pattern
        if outfit.bottom in ("skirt", "swim_shorts") and outfit.pattern in ("floral", "dotted", "checked")
        else "plain"
    )
    return Cloth(palette.CLOTH[outfit.bottom_color], pattern, body.trunk)
