"""The outlines of trunk, legs and arms that garments are cut from."""

import math
from collections.abc import Sequence

from ..canvas import Xy, smooth
from .body import Body
from .geometry import Part, along, direction, hull, shifted

HEM = 0.16  # how far below the hips a waist-long top ends, head heights


def trunk_shape(body: Body, *, hem: float = HEM, loose: float = 0.0, top: float = -0.15) -> list[Part]:
    """Shoulders to just under the hips; `loose` widens it, `top` is where the neckline starts."""
    girth, length = body.girth, body.length
    half = {
        sign: [
            (0.17, top),
            (girth.shoulder * 0.62, _slope(body, sign) - 0.12),
            (girth.shoulder - 0.03, _slope(body, sign) - 0.01),
            (girth.shoulder + 0.015 + loose * 0.4, _slope(body, sign) + 0.17),
            (girth.shoulder * 0.90 + loose, 0.52),
            (girth.waist + loose, length * 0.64),
            (girth.hip * 0.98 + loose, length * 0.92),
            (girth.hip + loose, length + hem),
        ]
        for sign in (1, -1)
    }
    right = smooth([(x, y) for x, y in half[1]], closed=False, tension=0.42)
    left = smooth([(-x, y) for x, y in half[-1]], closed=False, tension=0.42)
    under = [(0.0, length + hem + 0.03)]
    return [body.trunk.polygon([*right, *under, *reversed(left)])]


def yoke_shape(body: Body, depth: float) -> list[Part]:
    """The uppermost part of the trunk, for necklines and capes."""
    s = body.girth.shoulder
    return [body.trunk.blob([(-s, 0.0), (0.0, -0.2), (s, 0.0), (s * 0.8, depth), (-s * 0.8, depth)])]


def arm_line(body: Body, side: str) -> list[Xy]:
    """Shoulder to wrist, softly bent at the elbow."""
    shoulder, elbow, wrist = body.arm(side)
    # The joint lies in the shoulder's crease; the arm's middle starts further in and lower, under the shoulder line.
    inward = body.trunk(0.0, body.trunk.local(shoulder)[1] + 0.10)
    start = along(shoulder, inward, 0.13)
    return smooth(
        [shifted(start, direction(shoulder, elbow), body.unit * 0.11), elbow, wrist],
        closed=False,
        tension=0.28,
        steps=12,
    )


def leg_line(body: Body, side: str) -> list[Xy]:
    """Hip to ankle, softly bent at the knee."""
    hip, knee, ankle = body.leg(side)
    middle = body.trunk(0.0, body.trunk.local(hip)[1])
    return smooth([along(hip, middle, 0.24), knee, ankle], closed=False, tension=0.28, steps=12)


def sleeve(
    line: list[Xy], radii: Sequence[float], unit: float, start: float, end: float, *, knee: bool = False
) -> list[Part]:
    """The stretch of a limb between two fractions of it, as thick as the three radii (head heights) say.

    Where it ends early it is cut straight, as cloth is; or rounded, for a knee that hides the rest of the leg.
    """
    last = len(line) - 1
    first, final = round(start * last), max(round(start * last) + 1, round(end * last))
    points = line[first : final + 1]
    thick = [unit * _radius(radii, (first + index) / last) for index in range(len(points))]
    return [Part(tuple(points), tuple(thick), (start > 0, end < 1 and not knee))]


def skirt_shape(body: Body, reach: float, flare: float, *, loose: float = 0.03, waist: float = 0.62) -> list[Part]:
    """Cloth that hangs from the waist over both thighs down to a fraction of the leg (0.5 is the knee)."""
    girth, unit = body.girth, body.unit
    belt = body.trunk.many([(-girth.waist - loose, body.length * waist), (girth.waist + loose, body.length * waist)])
    hips = body.trunk.many([(-girth.hip - loose, body.length), (girth.hip + loose, body.length)])
    hem = [point for side in "lr" for point in _hem(body, side, reach, flare * unit)]
    outline = hull([*belt, *hips, *hem])
    if len(outline) < 3:
        return [Part(tuple(belt + hips))]
    return [Part(tuple(_rounded(outline)))]


def _hem(body: Body, side: str, reach: float, flare: float) -> list[Xy]:
    hip, knee, ankle = body.leg(side)
    a, b, share = (hip, knee, reach * 2) if reach <= 0.5 else (knee, ankle, reach * 2 - 1)
    point, heading = along(a, b, share), direction(a, b)
    across = (-heading[1], heading[0])
    thick = body.girth.leg[0] * body.unit * (1.0 if reach <= 0.5 else 0.85)
    return [shifted(point, across, thick + flare), shifted(point, across, -thick - flare)]


def _rounded(outline: list[Xy]) -> list[Xy]:
    """A polygon with its corners taken off by a short arc."""
    points: list[Xy] = []
    for index, corner in enumerate(outline):
        before, after = outline[index - 1], outline[(index + 1) % len(outline)]
        cut = min(0.18, 0.25)
        a, b = along(corner, before, cut), along(corner, after, cut)
        middle = along(along(a, b, 0.5), corner, 0.5)
        points += [a, middle, b]
    return points


def _slope(body: Body, sign: int) -> float:
    for side in "lr":
        if body.outward(side) == sign:
            return max(-0.3, min(0.35, body.trunk.local(body.joints[f"{side}_shoulder"])[1]))
    return 0.05


def _radius(radii: Sequence[float], at: float) -> float:
    a, b, share = (radii[0], radii[1], at * 2) if at < 0.5 else (radii[1], radii[2], at * 2 - 1)
    return a + (b - a) * (0.5 - 0.5 * math.cos(math.pi * share))
