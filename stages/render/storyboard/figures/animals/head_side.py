"""Animal heads from the side, looking right. Frames have the skull's radius as their unit."""

from ...canvas import Xy, shade
from ..geometry import Frame
from ..palette import TONGUE, luma
from .ears import draw_ears
from .faces import NOSE, PINK_NOSE, Face, draw_eye, head_color, snout_color
from .head_marks import mark_side
from .sketch import Sketch
from .traits import Coloring, Traits


def draw_side_head(sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, f: Frame) -> None:
    """The head from the side, looking right."""
    long, wide = traits.muzzle / traits.head, traits.muzzle_width / traits.head
    drop = 1.05 if traits.hoofed else 0.42
    tip = (0.55 + long * (0.75 if traits.hoofed else 0.98), drop)
    color = head_color(traits, coloring)
    muzzle = f.tube([(0.30, drop * 0.45), tip], wide * 1.35, wide * 0.92)
    skull = [f.ellipse(0.0, 0.0, 1.0, 0.93), muzzle]
    if traits.hoofed:
        skull = [f.ellipse(0.0, 0.0, 0.95, 0.9), f.tube([(0.05, 0.15), tip], 0.78, wide * 1.05)]
    draw_ears(sketch, traits, coloring, f, "far")
    if face.open_mouth and not traits.hoofed and not traits.whiskers:
        _side_tongue(sketch, f, tip, wide)
    sketch.fill(skull, color, shade=traits.head * 0.28)
    mark_side(sketch, traits, coloring, f, skull, tip)
    if traits.hoofed and traits.muzzle_width > 0.08:
        end = [f.ellipse(tip[0], tip[1], wide * 1.15, wide * 1.0, 0.5)]
        sketch.fill(end, snout_color(traits, coloring), outline=0.0, clip=skull)
        nostril = (tip[0] + wide * 0.45, tip[1] - wide * 0.25)
        sketch.fill([f.ellipse(*nostril, 0.10, 0.14)], NOSE, outline=0.0)
    else:
        nose = PINK_NOSE if traits.whiskers else NOSE
        size = 0.17 if traits.whiskers else 0.25
        sketch.fill([f.ellipse(tip[0] + wide * 0.72, tip[1] - wide * 0.42, size, size * 0.82)], nose, outline=0.0)
        if not traits.whiskers:
            sketch.fill(
                [f.ellipse(tip[0] + wide * 0.66, tip[1] - wide * 0.52, size * 0.35, size * 0.2)],
                (150, 140, 146),
                outline=0.0,
            )
    _side_mouth(sketch, f, face, tip, wide, traits)
    draw_eye(sketch, traits, f, face, (0.40, -0.16), coloring)
    draw_ears(sketch, traits, coloring, f, "near")
    if traits.curly:
        _topknot(sketch, traits, coloring, f)
    if traits.horns:
        sketch.fill(
            [
                f.tube(
                    [(-0.05, -0.8), (-0.35, -1.5), (-0.15 if luma(coloring.base) < 0 else -0.75, -1.95)],
                    0.20,
                    0.14,
                    0.04,
                )
            ],
            (232, 222, 200),
            shade=0.02,
        )
    if traits.tail == "stub" and traits.hoofed:
        sketch.fill(
            [f.tube([(tip[0] - 0.25, tip[1] + wide * 0.8), (tip[0] - 0.35, tip[1] + wide + 0.75)], 0.2, 0.03)],
            shade(coloring.base, -0.08),
        )


def _side_tongue(sketch: Sketch, f: Frame, tip: Xy, wide: float) -> None:
    jaw = [f.tube([(0.25, tip[1] + wide * 0.55), (tip[0] - 0.12, tip[1] + wide * 1.20)], 0.42, 0.20)]
    sketch.fill(jaw, (140, 56, 58))
    sketch.fill(
        [
            f.tube(
                [
                    (tip[0] - 0.35, tip[1] + wide * 0.9),
                    (tip[0] - 0.05, tip[1] + wide * 1.25),
                    (tip[0] + 0.02, tip[1] + wide * 1.2 + 0.55),
                ],
                0.16,
                0.2,
                0.18,
            )
        ],
        TONGUE,
    )


def _side_mouth(sketch: Sketch, f: Frame, face: Face, tip: Xy, wide: float, traits: Traits) -> None:
    ink = (70, 48, 48)
    if face.open_mouth and not traits.hoofed and not traits.whiskers:
        return
    corner = 0.16 if face.emotion in ("sad", "angry", "tired") else -0.16
    line = [
        (tip[0] + wide * 0.35, tip[1] + wide * 0.42),
        (tip[0] - wide * 0.5, tip[1] + wide * 0.62),
        (tip[0] - wide * 1.5, tip[1] + wide * (0.45 + corner * 3)),
    ]
    sketch.line(f.many(line), 0.09 * f.unit, ink)
    if traits.whiskers:
        for dy in (-0.05, 0.2):
            sketch.line(
                f.many([(tip[0] - 0.05, tip[1] + dy), (tip[0] + 0.65, tip[1] + dy * 2.2 - 0.1)]),
                0.035 * f.unit,
                (250, 248, 244),
            )


def _topknot(sketch: Sketch, traits: Traits, coloring: Coloring, f: Frame) -> None:
    knot = [
        f.ellipse(x, y, 0.36, 0.34) for x, y in ((-0.55, -0.5), (-0.3, -0.85), (0.1, -0.98), (0.42, -0.78), (0.0, -0.6))
    ]
    sketch.fill(knot, coloring.base, shade=0.03)
