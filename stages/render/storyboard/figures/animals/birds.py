"""Parrots, ducks and chickens."""

from dataclasses import dataclass
from typing import Final

from ...canvas import Rgb, Xy, mix, shade
from ..geometry import Part
from ..palette import INK, WHITE, luma, scaled
from .faces import Face
from .sketch import PLAIN, Sketch
from .traits import Coloring

_ORANGE: Final[Rgb] = (236, 150, 52)
_RED: Final[Rgb] = (208, 58, 50)


@dataclass(frozen=True)
class _Bird:
    """Lengths in units of about the bird's height."""

    body: tuple[float, float, float]  # radius along, radius across, tilt in radians
    center: Xy
    neck: Xy  # where the head is
    head: float
    legs: float


_BIRDS: Final[dict[str, _Bird]] = {
    "duck": _Bird((0.42, 0.27, -0.12), (0.0, -0.42), (0.36, -0.92), 0.165, 0.18),
    "chicken": _Bird((0.36, 0.29, -0.30), (0.0, -0.50), (0.30, -0.98), 0.145, 0.24),
    "parrot": _Bird((0.19, 0.34, 0.34), (0.0, -0.58), (0.15, -0.98), 0.175, 0.12),
}


def draw_bird(sketch: Sketch, species: str, coloring: Coloring, face: Face, pose: str) -> None:
    """A bird looking right, or at the camera, or away."""
    bird = _BIRDS[species]
    frontal = face.view != "side"
    low = bird.legs if pose in ("sitting", "lying", "sleeping", "swimming") else 0.0
    flying = pose in ("jumping", "running", "playing", "cheering", "dancing") and not frontal
    if not low:
        _legs(sketch, bird, species, face)
    _tail(sketch, bird, species, coloring, low, face)
    if flying:
        _wing_up(sketch, bird, coloring, scaled(coloring.base, (0.82, 0.80, 0.84)), -0.06)
    head = (bird.neck[0] * (0.0 if frontal else 1.0), bird.neck[1] + low)
    if pose == "eating" and not frontal:
        head = (bird.neck[0] + 0.28, -0.24)
    body = _body(bird, head, low, frontal=frontal)
    sketch.fill(body, coloring.base, shade=0.08)
    _plumage(sketch, bird, species, coloring, body, head, low, frontal=frontal)
    if flying:
        _wing_up(sketch, bird, coloring, _wing_color(species, coloring), 0.0)
    else:
        _wings(sketch, bird, species, coloring, low, frontal=frontal)
    _head(sketch, bird, species, coloring, face, head)
    if pose == "swimming":
        _ripples(sketch)


def _body(bird: _Bird, head: Xy, low: float, *, frontal: bool) -> list[Part]:
    x, y = bird.center[0], bird.center[1] + low
    along, across, tilt = bird.body
    if frontal:
        wide = max(across, 0.2) * (1.0 if along > across else 0.72)
        tall = 0.30 if along > across else across
        return [
            PLAIN.ellipse(0.0, y, wide, tall * 1.02),
            PLAIN.tube([(0.0, y - 0.1), head], wide * 0.75, bird.head * 0.9),
        ]
    neck = PLAIN.tube([(x + along * 0.45, y - across * 0.2), head], across * 0.62, bird.head * 0.82)
    return [PLAIN.ellipse(x, y, along, across, tilt), neck]


def _plumage(
    sketch: Sketch,
    bird: _Bird,
    species: str,
    coloring: Coloring,
    body: list[Part],
    head: Xy,
    low: float,
    *,
    frontal: bool,
) -> None:
    y = bird.center[1] + low
    light = coloring.second if species == "parrot" else mix(coloring.base, WHITE, 0.35)
    x = 0.0 if frontal else bird.body[0] * 0.72
    sketch.fill(
        [PLAIN.ellipse(x, y + 0.06, 0.16, 0.24, 0.2 if not frontal else 0.0)],
        light,
        outline=0.0,
        clip=body,
        opacity=0.85,
    )
    if species == "duck" and luma(coloring.base) < 200:
        ring = [PLAIN.tube([(head[0] - 0.2, head[1] + 0.22), (head[0] + 0.2, head[1] + 0.22)], 0.035)]
        sketch.fill(ring, WHITE, outline=0.0, clip=body)
    if coloring.pattern in ("spots", "patches"):
        for dx, dy in ((-0.2, -0.08), (-0.05, 0.10), (0.1, -0.1), (-0.25, 0.08), (0.16, 0.12)):
            sketch.fill([PLAIN.ellipse(dx, y + dy, 0.04, 0.03)], coloring.second, outline=0.0, clip=body)


def _wing_color(species: str, coloring: Coloring) -> Rgb:
    if species == "parrot":
        return mix(coloring.base, (40, 96, 190), 0.55)
    return scaled(coloring.base, (0.88, 0.84, 0.84)) if luma(coloring.base) > 70 else shade(coloring.base, 0.14)


def _wings(sketch: Sketch, bird: _Bird, species: str, coloring: Coloring, low: float, *, frontal: bool) -> None:
    color, y = _wing_color(species, coloring), bird.center[1] + low
    if frontal:
        wide = max(bird.body[1], 0.2) * (1.0 if bird.body[0] > bird.body[1] else 0.72)
        for side in (-1, 1):
            sketch.fill([PLAIN.ellipse(side * wide * 0.90, y - 0.02, 0.068, 0.20, -side * 0.10)], color, shade=0.03)
        return
    if species == "parrot":
        wing = [(-0.02, -0.86), (0.12, -0.70), (0.06, -0.42), (-0.16, -0.22), (-0.24, -0.40), (-0.15, -0.68)]
    else:
        a = bird.body[0]
        wing = [
            (a * 0.42, y - 0.10),
            (a * 0.25, y + 0.09),
            (-a * 0.35, y + 0.12),
            (-a * 1.0, y - 0.10),
            (-a * 0.55, y - 0.15),
            (0.0, y - 0.19),
        ]
    shape = [PLAIN.blob([(x, yy + (low if species == "parrot" else 0.0)) for x, yy in wing])]
    sketch.fill(shape, color, shade=0.04)
    for index in range(2):
        x = -0.10 - 0.10 * index if species != "parrot" else -0.06 - 0.05 * index
        drop = 0.04 if species != "parrot" else 0.14
        sketch.line(
            [(x + 0.12, y + drop - 0.05), (x, y + drop + 0.015), (x - 0.12, y + drop - 0.03)],
            0.014,
            scaled(color, (0.7, 0.68, 0.72)),
            clip=shape,
        )


def _wing_up(sketch: Sketch, bird: _Bird, coloring: Coloring, color: Rgb, shift: float) -> None:
    x, y = bird.center
    wing = [
        (x + 0.12, y - 0.05),
        (x + 0.05, y - 0.38),
        (x - 0.18, y - 0.72),
        (x - 0.36, y - 0.60),
        (x - 0.42, y - 0.38),
        (x - 0.30, y - 0.10),
    ]
    sketch.fill([PLAIN.blob([(a + shift, b) for a, b in wing])], color, shade=0.04)


def _tail(sketch: Sketch, bird: _Bird, species: str, coloring: Coloring, low: float, face: Face) -> None:
    y = bird.center[1] + low
    dark = _wing_color(species, coloring)
    if species == "parrot":
        for dx, color in ((-0.05, shade(dark, -0.12)), (0.02, dark)):
            line = [(-0.06 + dx, y + 0.18), (-0.22 + dx, y + 0.45), (-0.30 + dx, min(-0.01, y + 0.62))]
            sketch.fill(
                [PLAIN.tube([(x if face.view == "side" else 0.03 + dx, yy) for x, yy in line], 0.08, 0.06, 0.03)], color
            )
        return
    if face.view == "front":
        return
    x = -bird.body[0] * 0.8 if face.view == "side" else 0.0
    if species == "chicken":
        for dx, dy in ((-0.26, -0.34), (-0.30, -0.22), (-0.28, -0.10)):
            sketch.fill(
                [PLAIN.tube([(x + 0.08, y), (x + dx * 0.6, y + dy * 0.75), (x + dx, y + dy * 0.9)], 0.11, 0.09, 0.03)],
                dark,
                shade=0.02,
            )
        return
    sketch.fill(
        [PLAIN.blob([(x + 0.15, y - 0.1), (x - 0.16, y - 0.22), (x - 0.06, y - 0.04), (x + 0.15, y + 0.1)])], dark
    )


def _legs(sketch: Sketch, bird: _Bird, species: str, face: Face) -> None:
    color = (120, 112, 110) if species == "parrot" else _ORANGE
    for x, dark in ((0.10, True), (-0.04, False)) if face.view == "side" else ((-0.09, False), (0.09, False)):
        tone = shade(color, -0.2) if dark else color
        sketch.line([(x, -bird.legs - 0.12), (x, -0.03)], 0.045, tone)
        if species == "duck":
            sketch.fill(
                [PLAIN.blob([(x - 0.05, -0.04), (x + 0.15, -0.05), (x + 0.18, 0.0), (x - 0.06, 0.0)])],
                tone,
                outline=0.008,
            )
        else:
            for dx in (-0.07, 0.05, 0.12):
                sketch.line([(x, -0.035), (x + dx, -0.012)], 0.028, tone)


def _head(sketch: Sketch, bird: _Bird, species: str, coloring: Coloring, face: Face, at: Xy) -> None:
    x, y = at
    r = bird.head
    frontal = face.view == "front"
    color = coloring.base
    if species == "duck" and luma(coloring.base) < 200 and coloring.base[1] < 150:
        color = (46, 116, 84)  # a drake's head
    if species == "chicken":
        comb = [
            PLAIN.ellipse(x + dx * r, y - r * 1.02, r * 0.34, r * 0.42)
            for dx in ((-0.4, 0.0, 0.4) if not frontal else (-0.15, 0.15))
        ]
        sketch.fill(comb, _RED, outline=0.012)
    sketch.fill([PLAIN.ellipse(x, y, r, r * 0.98)], color, shade=0.03)
    if face.view == "back":
        return
    _beak(sketch, species, x, y, r, face, frontal=frontal)
    if species == "parrot":
        for ex in (-0.42, 0.42) if frontal else (0.30,):
            sketch.fill([PLAIN.ellipse(x + ex * r, y - r * 0.12, r * 0.36, r * 0.36)], WHITE, outline=0.0)
    for ex in (-0.45, 0.45) if frontal else (0.32,):
        _eye(sketch, face, x + ex * r, y - r * 0.15, r * 0.18)


def _eye(sketch: Sketch, face: Face, x: float, y: float, r: float) -> None:
    if face.asleep or face.emotion == "laughing":
        sketch.line([(x - r, y), (x, y + r * 0.7 * (1 if face.asleep else -1)), (x + r, y)], 0.018, INK)
        return
    tall = {"surprised": 1.3, "tired": 0.6, "sad": 0.8, "angry": 0.7}.get(face.emotion, 1.0)
    sketch.fill([PLAIN.ellipse(x, y, r, r * 1.15 * tall)], INK, outline=0.0)
    sketch.fill([PLAIN.ellipse(x - r * 0.3, y - r * 0.4, r * 0.36, r * 0.36)], WHITE, outline=0.0)


def _beak(sketch: Sketch, species: str, x: float, y: float, r: float, face: Face, *, frontal: bool) -> None:
    if frontal:
        color = (70, 62, 66) if species == "parrot" else _ORANGE
        wide = 0.5 if species == "duck" else 0.28
        if face.open_mouth:
            sketch.fill([PLAIN.ellipse(x, y + r * 0.52, r * wide * 0.8, r * 0.22)], (176, 74, 66), outline=0.01)
        sketch.fill(
            [
                PLAIN.blob(
                    [(x - r * wide, y + r * 0.20), (x, y - r * 0.02), (x + r * wide, y + r * 0.20), (x, y + r * 0.52)]
                )
            ],
            color,
            outline=0.012,
        )
    elif species == "duck":
        if face.open_mouth:
            sketch.fill(
                [PLAIN.tube([(x + r * 0.7, y + r * 0.25), (x + r * 1.75, y + r * 0.55)], r * 0.20, r * 0.13)],
                shade(_ORANGE, -0.2),
            )
        sketch.fill(
            [PLAIN.tube([(x + r * 0.75, y + r * 0.08), (x + r * 1.9, y + r * 0.16)], r * 0.28, r * 0.20)],
            _ORANGE,
            shade=0.015,
        )
    elif species == "parrot":
        sketch.fill(
            [
                PLAIN.blob(
                    [
                        (x + r * 0.62, y - r * 0.42),
                        (x + r * 1.38, y - r * 0.05),
                        (x + r * 1.28, y + r * 0.62),
                        (x + r * 0.98, y + r * 0.22),
                        (x + r * 0.7, y + r * 0.30),
                    ]
                )
            ],
            (74, 66, 70),
            shade=0.015,
        )
    else:
        if face.open_mouth:
            sketch.fill(
                [
                    PLAIN.polygon(
                        [(x + r * 0.7, y + r * 0.12), (x + r * 1.45, y + r * 0.45), (x + r * 0.7, y + r * 0.42)]
                    )
                ],
                shade(_ORANGE, -0.2),
                outline=0.008,
            )
        sketch.fill(
            [PLAIN.polygon([(x + r * 0.78, y - r * 0.25), (x + r * 1.62, y + r * 0.10), (x + r * 0.78, y + r * 0.32)])],
            _ORANGE,
            outline=0.012,
        )
    if species == "chicken":
        sketch.fill(
            [PLAIN.ellipse(x + (0.0 if frontal else r * 0.72), y + r * 0.85, r * 0.24, r * 0.36)], _RED, outline=0.01
        )


def _ripples(sketch: Sketch) -> None:
    sketch.fill([PLAIN.ellipse(0.0, -0.01, 0.55, 0.05)], (140, 196, 214), outline=0.0)
    for x in (-0.3, 0.3):
        sketch.line([(x - 0.16, -0.01), (x, 0.01), (x + 0.16, -0.01)], 0.016, (236, 248, 250))
