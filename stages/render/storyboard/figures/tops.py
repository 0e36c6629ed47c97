"""Upper garments: their bodies, sleeves, necklines and details."""

from ....records import Outfit
from ..canvas import Rgb, mix, shade
from . import palette
from .body import Body
from .bottoms import draw_folds
from .brush import SKIN_SHADE, Brush
from .details import draw_details
from .geometry import Frame, Part
from .limbs import hand_frame
from .necklines import draw_neckline
from .patterns import Cloth
from .trunk import arm_line, leg_line, skirt_shape, sleeve, trunk_shape
from .wardrobe import TOPS


def cloth_of(body: Body, outfit: Outfit) -> Cloth:
    """The upper garment's cloth along the trunk."""
    return Cloth(palette.CLOTH[outfit.top_color], outfit.pattern, body.trunk)


def draw_bare_trunk(brush: Brush, body: Body, skin: Rgb) -> None:
    """The skin that necklines, straps and swimwear leave open."""
    brush.fill(trunk_shape(body), skin, outline=body.unit * 0.014, shade=body.unit * 0.13, tint=SKIN_SHADE)


def draw_top(brush: Brush, body: Body, outfit: Outfit, skin: Rgb) -> None:
    """The garment's body without its sleeves."""
    cut, cloth, unit = TOPS[outfit.top], cloth_of(body, outfit), body.unit
    if cut.neckline == "straps":
        _draw_strapped(brush, body, outfit, cloth, skin)
        return
    shape = trunk_shape(body, loose=cut.loose)
    if cut.reach:
        waist = 0.62 if outfit.top == "dress" else 0.4
        skirt = skirt_shape(body, cut.reach, cut.flare, loose=cut.loose, waist=waist)
        if outfit.top == "dress":
            brush.fill(skirt, cloth, outline=unit * 0.014, shade=unit * 0.15)
            shape = trunk_shape(body, loose=cut.loose, hem=-body.length * 0.30)
        else:
            shape = [*shape, *skirt]
        draw_folds(brush, body, skirt, cut.reach, cloth.color)
    brush.fill(shape, cloth, outline=unit * 0.014, shade=unit * 0.13)
    if outfit.top == "dress":
        belt = body.trunk.many([(-2, body.length * 0.66), (2, body.length * 0.66)])
        brush.line(belt, unit * 0.085, shade(cloth.color, -0.25), clip=shape)
    draw_neckline(brush, body, outfit, cut.neckline, skin, shape)
    if not body.away:
        draw_details(brush, body, outfit, shape)


def draw_sleeve(brush: Brush, body: Body, side: str, outfit: Outfit, skin: Rgb) -> None:
    """The sleeve over a bare arm, joined to the garment's body without a seam."""
    cut, cloth, unit = TOPS[outfit.top], cloth_of(body, outfit), body.unit
    joint = body.joints[f"{side}_shoulder"]
    if cut.sleeve <= 0:
        cover = [Part((joint, body.trunk(0.0, 0.16)), (unit * body.girth.arm[0] * 0.9,) * 2)]
        bare = [body.trunk.polygon([(-3, -1), (3, -1), (3, 0.22), (-3, 0.22)])]
        if outfit.top == "swimsuit" and outfit.bottom == "swim_shorts":
            brush.fill([Part((joint,), (unit * body.girth.arm[0] * 1.02,))], skin, clip=trunk_shape(body))
        elif not body.turn:
            brush.fill([Part((joint,), (unit * body.girth.arm[0] * 1.02,))], skin, clip=[*bare, *cover][:1])
        return
    shoulder, elbow, wrist = (radius * cut.puff for radius in body.girth.arm)
    shoulder = body.girth.arm[0] * min(cut.puff, 1.14)
    radii = (shoulder, elbow if cut.sleeve > 0.5 else elbow * 1.08, wrist * (0.86 if outfit.top == "blouse" else 1.0))
    if outfit.top == "blouse":
        elbow *= 1.1
    line = arm_line(body, side)
    shape = sleeve(line, radii, unit, 0.0, cut.sleeve)
    along_arm = cloth.on(_limb_frame(body, side))
    color = _sleeve_color(outfit, cloth.color)
    brush.fill(shape, Cloth(color, along_arm.pattern, along_arm.frame), outline=unit * 0.014, shade=unit * 0.06)
    if not body.turn and outfit.pattern == "plain":
        join = [Part((joint,), (unit * shoulder * 1.04,))]
        brush.fill(join, color, clip=_inner(body, cut.loose))
    _draw_cuff(brush, body, line, radii, outfit, color)


def _limb_frame(body: Body, side: str) -> Frame:
    """Along the arm, from the shoulder: stripes on a sleeve run around it."""
    return Frame(body.joints[f"{side}_shoulder"], body.unit, hand_frame(body, side).angle)


def _inner(body: Body, loose: float) -> list[Part]:
    """The trunk a little smaller, so that covering a seam keeps the outer edge."""
    inner = trunk_shape(body, loose=loose - 0.03)[0]
    return [inner]


def _sleeve_color(outfit: Outfit, color: Rgb) -> Rgb:
    if outfit.top == "jersey" and outfit.pattern == "plain":
        return mix(color, palette.WHITE, 0.86) if palette.luma(color) < 200 else palette.CLOTH["navy"]
    return color


def _draw_cuff(
    brush: Brush,
    body: Body,
    line: list[tuple[float, float]],
    radii: tuple[float, float, float],
    outfit: Outfit,
    color: Rgb,
) -> None:
    cut = TOPS[outfit.top]
    depth = {"sweater": 0.07, "hoodie": 0.07, "jacket": 0.05, "suit": 0.0, "shirt": 0.06, "blouse": 0.05}.get(
        outfit.top, 0.03
    )
    if depth <= 0:
        return
    edge = sleeve(line, radii, body.unit, max(0.0, cut.sleeve - depth), cut.sleeve)
    brush.fill(edge, shade(color, -0.16), clip=sleeve(line, radii, body.unit, 0.0, cut.sleeve))


def _draw_strapped(brush: Brush, body: Body, outfit: Outfit, cloth: Cloth, skin: Rgb) -> None:
    """Tank tops and swimsuits; a swimsuit over swim shorts leaves the chest bare."""
    unit, g, length = body.unit, body.girth, body.length
    swim = outfit.top == "swimsuit"
    if swim and outfit.bottom == "swim_shorts":
        _draw_chest(brush, body, skin)
        return
    x = g.shoulder * 0.50
    low = length + (0.2 if swim else 0.16)
    bottom = (
        [(g.hip * 1.0, length * 0.92), (g.hip * 0.5, low - 0.02), (0.0, low + 0.12)]
        if swim
        else [(g.hip * 1.01, length * 0.92), (g.hip * 1.01, low), (0.0, low + 0.03)]
    )
    half = [(x + 0.09, -0.2), (x + 0.12, 0.22), (g.shoulder * 0.93, 0.52), (g.waist + 0.005, length * 0.64), *bottom]
    back = -0.06 if body.away else 0.0
    neck = [(x - 0.06, -0.2), (x - 0.09, 0.18 + back), (0.0, 0.36 + back * 2)]
    outline = [*half, *[(-a, b) for a, b in reversed(half[:-1])], *[(-a, b) for a, b in neck], *reversed(neck[:-1])]
    shape = [body.trunk.polygon(outline)]
    trunk = trunk_shape(body, hem=0.3) if swim else trunk_shape(body)
    brush.fill(shape, cloth, shade=unit * 0.13, clip=trunk)
    if swim:
        for side in body.sides:
            upper = sleeve(leg_line(body, side), body.girth.leg, unit, 0.0, 0.10)
            brush.fill(upper, cloth, clip=shape)


def _draw_chest(brush: Brush, body: Body, skin: Rgb) -> None:
    if body.away or body.turn:
        return
    line = palette.scaled(skin, (0.80, 0.66, 0.62))
    for side in (-1, 1):
        points = body.trunk.many([(side * 0.10, 0.66), (side * 0.30, 0.69), (side * 0.42, 0.60)])
        brush.line(points, body.unit * 0.014, line, opacity=0.7)
    brush.fill([body.trunk.ellipse(0.0, body.length * 0.66, 0.018, 0.026)], line)
