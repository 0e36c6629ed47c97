"""Four-legged animals from the side: legs, tail, body, coat, neck; the head comes from `heads`."""

import math

from ...canvas import Rgb, Xy, mix, shade
from ..geometry import Frame, Part, along, direction, shifted, tube
from ..palette import scaled
from .coats import draw_coat, fringe, wool
from .faces import Face
from .heads import draw_head
from .postures import Posture, posture_name, posture_of
from .sketch import PLAIN, Sketch
from .tails import draw_tail
from .traits import Coloring, Traits

FAR = (0.80, 0.78, 0.82)  # what the shadow of the body multiplies the far legs with


def draw_side(sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, pose: str) -> None:
    """The whole animal looking right; `face` says what its head shows and to which side it turns."""
    name = posture_name(pose, traits)
    posture = posture_of(name, traits)
    lying = name in ("lying", "sleeping", "sitting")
    _far_legs(sketch, traits, coloring, posture)
    draw_tail(sketch, traits, coloring, posture)
    neck_end = _neck_end(traits, posture)
    body = _body(traits, posture, neck_end)
    near = [
        part
        for leg, front in ((posture.legs[2], False), (posture.legs[3], True))
        for part in _leg(traits, leg, front=front, folded=lying and not front)
    ]
    if traits.curly:
        wool_parts = wool(body)
        _hooves(
            sketch,
            traits,
            coloring,
            [_leg(traits, posture.legs[2], front=False), _leg(traits, posture.legs[3], front=True)],
            posture,
        )
        sketch.fill(wool_parts, coloring.base, shade=0.09)
        draw_coat(sketch, traits, coloring, wool_parts, posture)
    else:
        whole = [*body, *near]
        if traits.fluffy:
            whole += fringe(posture, traits)
        sketch.fill(whole, coloring.base, shade=0.10)
        draw_coat(sketch, traits, coloring, whole, posture)
        _leg_lines(sketch, traits, coloring, posture, folded=lying)
        _paws(sketch, traits, coloring, posture)
    if traits.mane:
        _mane(sketch, coloring, posture, neck_end)
    angle = math.radians(posture.head_tilt)
    draw_head(sketch, traits, coloring, face, Frame(_head_place(traits, posture, neck_end), traits.head, angle))
    if posture.submerged:
        _water(sketch, traits)


def _neck_end(traits: Traits, posture: Posture) -> Xy:
    angle = math.radians(posture.neck_angle)
    start = posture.shoulder
    reach = traits.neck + traits.chest * 0.35
    return start[0] + reach * math.cos(angle), start[1] - reach * math.sin(angle)


def _head_place(traits: Traits, posture: Posture, end: Xy) -> Xy:
    return end[0] + traits.head * 0.25, end[1] - traits.head * 0.30


def _body(traits: Traits, posture: Posture, neck_end: Xy) -> list[Part]:
    shoulder, hip = posture.shoulder, posture.hip
    heading = direction(hip, shoulder, otherwise=(1.0, 0.0))
    down = (-heading[1], heading[0]) if heading[0] >= 0 else (heading[1], -heading[0])
    middle = shifted(((shoulder[0] + hip[0]) / 2, (shoulder[1] + hip[1]) / 2), down, 0.02)
    trunk = tube([hip, middle, shoulder], traits.loin, (traits.loin + traits.chest) * 0.49, traits.chest)
    base = (shoulder[0] - 0.02, shoulder[1] - traits.chest * 0.25)
    neck = PLAIN.tube([base, neck_end], max(traits.neck_width * 1.25, traits.chest * 0.72), traits.neck_width)
    withers = (shoulder[0] - 0.04, shoulder[1] - traits.chest * 0.22)
    nape = (base[0] + (neck_end[0] - base[0]) * 0.55, base[1] + (neck_end[1] - base[1]) * 0.55)
    slope = PLAIN.tube(
        [along(hip, shoulder, 0.6), withers, nape], traits.loin * 0.85, traits.chest * 0.82, traits.neck_width
    )
    return [trunk, neck, slope]


def _leg(traits: Traits, points: tuple[Xy, ...], *, front: bool, folded: bool = False) -> list[Part]:
    thick = traits.leg
    top = traits.thigh * 0.78 if front else traits.thigh
    radii = [top, thick * 1.3, thick] if front else [top, thick * 1.75, thick, thick]
    joints = len(points)
    parts = [PLAIN.tube(points, *(radii if joints == len(radii) else radii[:joints]))]
    if folded:
        parts.append(
            PLAIN.ellipse(
                points[0][0] + traits.thigh * 0.4, points[0][1] + 0.02, traits.thigh * 1.35, traits.thigh * 1.05, 0.2
            )
        )
    if not traits.hoofed:
        x, y = points[-1]
        parts.append(PLAIN.ellipse(x + thick * 0.55, y + thick * 0.05, thick * 1.5, thick * 0.92))
    return parts


def _far_legs(sketch: Sketch, traits: Traits, coloring: Coloring, posture: Posture) -> None:
    color = scaled(_leg_color(traits, coloring), FAR)
    for points, front in ((posture.legs[0], False), (posture.legs[1], True)):
        leg = _leg(traits, points, front=front)
        sketch.fill(leg, color)
        _hoof(sketch, traits, points, leg)


def _leg_color(traits: Traits, coloring: Coloring) -> Rgb:
    return shade(coloring.second, -0.35) if traits.curly and traits.hoofed else coloring.base


def _hooves(sketch: Sketch, traits: Traits, coloring: Coloring, legs: list[list[Part]], posture: Posture) -> None:
    for leg, points in zip(legs, posture.legs[2:], strict=True):
        shape = leg if traits.hoofed else [*leg, *wool(leg, radius=0.075)]
        sketch.fill(shape, _leg_color(traits, coloring), shade=0.03)
        _hoof(sketch, traits, points, leg)


def _hoof(sketch: Sketch, traits: Traits, points: tuple[Xy, ...], leg: list[Part]) -> None:
    if not traits.hoofed or len(points) < 3:
        return
    x, y = points[-1]
    t = traits.leg
    sketch.fill(
        [
            PLAIN.polygon(
                [(x - t * 1.1, y - t * 0.6), (x + t * 1.1, y - t * 0.6), (x + t * 1.5, y + t), (x - t * 1.2, y + t)]
            )
        ],
        (70, 58, 54),
        outline=0.01,
    )


def _leg_lines(sketch: Sketch, traits: Traits, coloring: Coloring, posture: Posture, *, folded: bool) -> None:
    """A curve that separates the near thigh and shoulder from the body."""
    dark = scaled(coloring.base, (0.72, 0.66, 0.66)) if sum(coloring.base) > 200 else shade(coloring.base, 0.2)
    hip = posture.legs[2][0]
    r = traits.thigh * (1.3 if folded else 1.0)
    arc = [(hip[0] + r * math.cos(a), hip[1] + r * math.sin(a)) for a in (-1.2, -0.6, 0.0, 0.55)]
    sketch.line([(x + (0.05 if folded else 0.0), y) for x, y in arc], 0.014, dark, opacity=0.75)
    if not posture.submerged and not folded:
        top = posture.legs[3][0]
        front = [
            (top[0] - traits.thigh * 0.78 * math.cos(a), top[1] + traits.thigh * 0.9 * math.sin(a))
            for a in (0.1, 0.7, 1.2)
        ]
        sketch.line(front, 0.014, dark, opacity=0.6)


def _paws(sketch: Sketch, traits: Traits, coloring: Coloring, posture: Posture) -> None:
    if posture.submerged:
        return
    for points in posture.legs[2:]:
        if traits.hoofed:
            _hoof(sketch, traits, points, [])
            continue
        x, y = points[-1]
        for dx in (0.9, 1.45):
            toe = [(x + traits.leg * dx, y), (x + traits.leg * (dx + 0.1), y + traits.leg * 0.7)]
            sketch.line(toe, 0.012, scaled(coloring.base, (0.62, 0.55, 0.55)))


def _mane(sketch: Sketch, coloring: Coloring, posture: Posture, neck_end: Xy) -> None:
    dark = coloring.dark if sum(coloring.base) < 640 else mix(coloring.base, (190, 160, 120), 0.5)
    base = (posture.shoulder[0] - 0.16, posture.shoulder[1] - 0.22)
    heading = direction(base, neck_end)
    back = (heading[1], -heading[0])
    crest = [
        shifted(base, back, 0.02),
        shifted(((base[0] + neck_end[0]) / 2, (base[1] + neck_end[1]) / 2), back, 0.10),
        shifted(neck_end, back, 0.13),
        (neck_end[0] + 0.08, neck_end[1] - 0.14),
    ]
    sketch.fill([PLAIN.tube(crest, 0.05, 0.085, 0.085, 0.03)], dark, shade=0.03)


def _water(sketch: Sketch, traits: Traits) -> None:
    half = traits.body / 2 + 0.35
    sketch.fill(
        [PLAIN.blob([(-half, 0.0), (0.0, -0.04), (half + 0.1, 0.0), (0.0, 0.07)])], (140, 196, 214), outline=0.0
    )
    for x, wide in ((-0.3, 0.22), (0.35, 0.26)):
        sketch.line([(x - wide, 0.0), (x, 0.02), (x + wide, 0.0)], 0.016, (236, 248, 250))
