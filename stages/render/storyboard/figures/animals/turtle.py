"""Turtles."""

from ...canvas import Rgb, mix, shade
from ..geometry import Part
from ..palette import INK, WHITE, scaled
from .faces import Face
from .sketch import PLAIN, Sketch
from .traits import Coloring


def draw_turtle(sketch: Sketch, coloring: Coloring, face: Face, pose: str) -> None:
    """A turtle looking right; asleep its head rests on the ground."""
    skin = mix(coloring.base, (170, 190, 110), 0.55)
    step = 0.10 if pose in ("walking", "running", "playing") else 0.0
    for x, lean in ((-0.42 + step, -0.04), (0.38 - step, 0.04)):
        sketch.fill(
            [PLAIN.tube([(x + 0.08, -0.24), (x + 0.10 + lean, -0.08)], 0.12, 0.10)], scaled(skin, (0.8, 0.78, 0.8))
        )
    sketch.fill([PLAIN.tube([(-0.66, -0.22), (-0.86, -0.13)], 0.07, 0.015)], skin)
    low = 0.14 if face.asleep or pose == "eating" else 0.0
    _head(sketch, skin, face, 0.98, -0.46 + low * 1.6)
    for x in (-0.46 - step, 0.42 + step):
        sketch.fill([PLAIN.tube([(x, -0.26), (x + 0.04, -0.085)], 0.13, 0.105)], skin, shade=0.03)
        for dx in (-0.05, 0.02, 0.09):
            sketch.fill([PLAIN.ellipse(x + dx + 0.05, -0.02, 0.018, 0.02)], WHITE, outline=0.0)
    shell = [
        PLAIN.blob(
            [
                (-0.76, -0.22),
                (-0.70, -0.52),
                (-0.40, -0.82),
                (0.0, -0.92),
                (0.40, -0.82),
                (0.70, -0.52),
                (0.76, -0.22),
                (0.0, -0.16),
            ],
            tension=0.42,
        )
    ]
    dome = scaled(coloring.base, (0.80, 0.72, 0.62)) if coloring.base[1] > 120 else coloring.base
    sketch.fill(shell, dome, shade=0.1)
    _plates(sketch, shell, dome)
    sketch.fill(
        [PLAIN.tube([(-0.74, -0.235), (0.0, -0.19), (0.74, -0.235)], 0.06)],
        mix(dome, (240, 220, 160), 0.55),
        shade=0.02,
    )


def _head(sketch: Sketch, skin: Rgb, face: Face, x: float, y: float) -> None:
    sketch.fill(
        [PLAIN.tube([(0.55, -0.32), (0.80, y + 0.10), (x, y)], 0.14, 0.115, 0.12), PLAIN.ellipse(x, y, 0.20, 0.17)],
        skin,
        shade=0.04,
    )
    if face.view == "back":
        return
    for ex in (-0.02, 0.13) if face.view == "front" else (0.07,):
        if face.asleep:
            sketch.line([(x + ex - 0.035, y - 0.04), (x + ex, y - 0.02), (x + ex + 0.035, y - 0.04)], 0.018, INK)
        else:
            sketch.fill([PLAIN.ellipse(x + ex, y - 0.05, 0.036, 0.046)], INK, outline=0.0)
            sketch.fill([PLAIN.ellipse(x + ex - 0.01, y - 0.066, 0.013, 0.013)], WHITE, outline=0.0)
    corner = 0.03 if face.emotion in ("sad", "angry", "tired") else -0.03
    if face.open_mouth:
        sketch.fill([PLAIN.ellipse(x + 0.11, y + 0.06, 0.065, 0.04)], (166, 70, 66), outline=0.008)
    else:
        sketch.line([(x + 0.02, y + 0.07 + corner), (x + 0.10, y + 0.075), (x + 0.18, y + 0.05)], 0.016, INK)


def _plates(sketch: Sketch, shell: list[Part], dome: Rgb) -> None:
    light, dark = shade(dome, 0.16), shade(dome, -0.25)
    plates = (
        [(-0.16, -0.84), (0.16, -0.84), (0.24, -0.58), (0.0, -0.42), (-0.24, -0.58)],
        [(-0.56, -0.68), (-0.26, -0.80), (-0.32, -0.56), (-0.46, -0.40), (-0.66, -0.46)],
        [(0.56, -0.68), (0.26, -0.80), (0.32, -0.56), (0.46, -0.40), (0.66, -0.46)],
        [(-0.36, -0.48), (-0.22, -0.52), (-0.03, -0.38), (-0.05, -0.26), (-0.38, -0.27)],
        [(0.36, -0.48), (0.22, -0.52), (0.03, -0.38), (0.05, -0.26), (0.38, -0.27)],
    )
    for plate in plates:
        sketch.fill([PLAIN.blob(plate, tension=0.25)], light, outline=0.0, clip=shell)
        sketch.line([*plate, plate[0]], 0.018, dark, clip=shell)
