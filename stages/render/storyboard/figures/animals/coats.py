"""Coat patterns and textures: patches, spots, tabby stripes, breed markings, feathering, wool."""

import math

import numpy as np

from .....seeds import derive_seed
from ...canvas import Xy, mix, shade
from ..geometry import Part, along
from ..palette import luma
from .postures import Posture
from .sketch import PLAIN, Sketch
from .traits import Coloring, Traits


def draw_coat(sketch: Sketch, traits: Traits, coloring: Coloring, body: list[Part], posture: Posture) -> None:
    """Markings, clipped to the body."""
    hip, shoulder = posture.hip, posture.shoulder
    if coloring.pattern == "patches":
        for at, dy, rx, ry in (
            (0.12, -0.08, 0.20, 0.17),
            (0.62, -0.10, 0.17, 0.14),
            (0.95, 0.12, 0.13, 0.10),
            (0.38, 0.13, 0.10, 0.07),
        ):
            x, y = along(hip, shoulder, at)
            sketch.fill(
                [PLAIN.blob(_uneven((x, y + dy), rx, ry, f"patch {at}"))], coloring.second, outline=0.0, clip=body
            )
    elif coloring.pattern == "spots":
        _spots(sketch, coloring, body, hip, shoulder)
    elif coloring.pattern == "tabby":
        dark = coloring.second if coloring.second != (243, 239, 231) else coloring.dark
        for index in range(7):
            x, y = along(hip, shoulder, -0.12 + index * 0.17)
            line = [(x + 0.02, y - 0.30), (x - 0.02, y - 0.12), (x + 0.01, y + 0.02)]
            sketch.line(line, 0.042, mix(coloring.base, dark, 0.75), clip=body)
    _breed_marks(sketch, traits, coloring, body, posture)


def _breed_marks(sketch: Sketch, traits: Traits, coloring: Coloring, body: list[Part], posture: Posture) -> None:
    hip, shoulder = posture.hip, posture.shoulder
    pale = coloring.second
    if traits.white_trim:
        chest = [
            PLAIN.ellipse(
                shoulder[0] + traits.chest * 0.75, shoulder[1] - 0.04, traits.chest * 0.62, traits.chest * 1.15, 0.25
            )
        ]
        sketch.fill(chest, pale, outline=0.0, clip=body)
        belly = [PLAIN.tube([(hip[0] + 0.1, hip[1] + traits.loin), (shoulder[0], shoulder[1] + traits.chest)], 0.07)]
        sketch.fill(belly, pale, outline=0.0, clip=body)
        for leg in posture.legs[2:]:
            sketch.fill(
                [PLAIN.tube([along(leg[-2], leg[-1], 0.2), leg[-1], (leg[-1][0] + 0.1, leg[-1][1])], 0.11)],
                pale,
                outline=0.0,
                clip=body,
            )
    if traits.mask in ("saddle", "beagle"):
        saddle = (52, 44, 44)
        top = [
            PLAIN.tube(
                [
                    (hip[0] - 0.02, hip[1] - traits.loin * 0.75),
                    along((hip[0], hip[1] - traits.loin * 0.9), (shoulder[0], shoulder[1] - traits.chest * 0.9), 0.5),
                    (shoulder[0] - 0.05, shoulder[1] - traits.chest * 0.8),
                ],
                0.14,
                0.19,
                0.14,
            )
        ]
        sketch.fill(top, saddle, outline=0.0, clip=body)
    if traits.fluffy:
        light = mix(
            coloring.base, coloring.second if luma(coloring.second) > luma(coloring.base) else (255, 250, 240), 0.45
        )
        ruff = [
            (shoulder[0] + traits.chest * 0.5, shoulder[1] - 0.22),
            (shoulder[0] + traits.chest * 0.98, shoulder[1] - 0.02),
            (shoulder[0] + traits.chest * 0.62, shoulder[1] + 0.22),
            (shoulder[0] + traits.chest * 0.3, shoulder[1]),
        ]
        sketch.fill([PLAIN.blob(ruff)], light, outline=0.0, clip=body, opacity=0.8)


def fringe(posture: Posture, traits: Traits) -> list[Part]:
    """Long hair under the belly, on the chest and behind the legs, as tapering locks."""
    hip, shoulder = posture.hip, posture.shoulder
    locks: list[Part] = []
    if not posture.submerged and abs(hip[1] - shoulder[1]) < 0.35:
        for at in (0.42, 0.62, 0.82):
            x, y = along(hip, shoulder, at)
            locks.append(
                PLAIN.tube(
                    [(x + 0.06, y + traits.chest * 0.6), (x - 0.05, min(-0.05, y + traits.chest + 0.04))], 0.13, 0.02
                )
            )
    for dx, dy in ((0.98, -0.10), (0.98, 0.10), (0.80, 0.28)):
        x, y = shoulder[0] + traits.chest * dx * 0.8, shoulder[1] + traits.chest * dy * 2
        locks.append(PLAIN.tube([(x, y - 0.05), (x + 0.075, y + 0.10)], 0.085, 0.012))
    for leg in posture.legs[2:]:
        if len(leg) > 2 and not posture.submerged:
            x, y = along(leg[0], leg[1], 0.72)
            locks.append(PLAIN.tube([(x - 0.05, y), (x - 0.15, min(-0.05, y + 0.10))], 0.06, 0.01))
    return locks


def wool(parts: list[Part], *, radius: float = 0.105) -> list[Part]:
    """Round curls over the outline of parts."""
    curls = list(parts)
    for part in parts:
        if part.radii is None:
            curls += [
                PLAIN.ellipse(x, y, radius * 0.8, radius * 0.8)
                for x, y in part.points[:: max(1, len(part.points) // 22)]
            ]
            continue
        for index, ((x, y), reach) in enumerate(zip(part.points, part.radii, strict=True)):
            if index % 2:
                continue
            for turn in range(9):
                angle = turn * math.tau / 9 + index * 0.35
                curls.append(
                    PLAIN.ellipse(
                        x + reach * math.cos(angle) * 0.92, y + reach * math.sin(angle) * 0.92, radius, radius
                    )
                )
    return curls


def _spots(sketch: Sketch, coloring: Coloring, body: list[Part], hip: Xy, shoulder: Xy) -> None:
    rng = np.random.default_rng(derive_seed("coat", "spots"))
    for index in range(26):
        x, y = along(hip, shoulder, -0.18 + 1.36 * (index % 13) / 12)
        y += rng.uniform(-0.22, 0.22) + (0.38 if index % 5 == 0 else 0.0)
        size = rng.uniform(0.022, 0.044)
        sketch.fill(
            [PLAIN.ellipse(x + rng.uniform(-0.04, 0.04), y, size, size * 0.86)], coloring.second, outline=0.0, clip=body
        )


def _uneven(center: Xy, rx: float, ry: float, name: str) -> list[Xy]:
    rng = np.random.default_rng(derive_seed("coat", name))
    return [
        (
            center[0] + rx * math.cos(a * math.tau / 8) * rng.uniform(0.75, 1.1),
            center[1] + ry * math.sin(a * math.tau / 8) * rng.uniform(0.75, 1.1),
        )
        for a in range(8)
    ]


def pale(coloring: Coloring) -> tuple[int, int, int]:
    """The lighter of the coat's colours, for muzzles and tail tips."""
    return coloring.second if luma(coloring.second) > luma(coloring.base) else shade(coloring.base, 0.35)
