"""Animal heads from the front and from behind. Frames have the skull's radius as their unit."""

from ...canvas import mix, shade, smooth
from ..geometry import Frame, Part
from ..palette import TONGUE, luma
from .coats import pale, wool
from .ears import draw_ears
from .faces import NOSE, PINK_NOSE, Face, draw_eye, head_color, snout_color
from .head_marks import mark_front
from .sketch import Sketch
from .traits import Coloring, Traits


def draw_front_head(sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, f: Frame) -> None:
    """The head from the front, or the back of it."""
    color = head_color(traits, coloring)
    behind = face.view == "back"
    if traits.ears in ("pointed", "bat", "long", "pricked", "side") and not behind:
        draw_ears(sketch, traits, coloring, f, "front")
    for side in (-1, 1) if traits.horns else ():
        horn = f.tube([(side * 0.45, -0.75), (side * 0.8, -1.25), (side * 0.62, -1.75)], 0.18, 0.13, 0.04)
        sketch.fill([horn], (232, 222, 200), shade=0.02)
    long = traits.hoofed
    low = 0.62 + traits.muzzle / traits.head * 0.62 if long else 0.46
    skull = _skull(traits, f, low)
    if face.open_mouth and not behind and not long:
        _front_tongue(sketch, traits, f)
    sketch.fill(skull, color, shade=traits.head * 0.28)
    if behind:
        draw_ears(sketch, traits, coloring, f, "front")
        return
    mark_front(sketch, traits, coloring, f, skull)
    if long:
        _front_snout(sketch, traits, coloring, f, skull, low)
    else:
        _front_muzzle(sketch, traits, coloring, face, f)
    eyes_y = -0.12 if not traits.whiskers else -0.05
    for side in (-1, 1):
        draw_eye(sketch, traits, f, face, (side * (0.42 if not long else 0.58), eyes_y), coloring, 1.05)
    if traits.ears in ("drop", "hound", "folded"):
        draw_ears(sketch, traits, coloring, f, "front")
    if traits.curly or traits.mane:
        _forelock(sketch, traits, coloring, f)


def _skull(traits: Traits, f: Frame, low: float) -> list[Part]:
    if traits.hoofed:
        nose = f.tube([(0.0, 0.2), (0.0, low)], 0.72, traits.muzzle_width / traits.head * 1.12)
        return [f.ellipse(0.0, 0.0, 0.92, 0.92), nose]
    cheeks = 1.14 if traits.fluffy or traits.whiskers else 1.02
    half = [(0.62, -0.78), (0.98, -0.2), (cheeks, 0.32), (0.68, 0.80)]
    return [f.blob([(0.0, -0.92), *half, (0.0, 0.97), *[(-x, y) for x, y in reversed(half)]])]


def _front_tongue(sketch: Sketch, traits: Traits, f: Frame) -> None:
    if traits.whiskers:
        return
    wide = traits.muzzle_width / traits.head * 1.0
    sketch.fill([f.ellipse(0.0, 0.80, wide * 0.95, 0.42)], (140, 56, 58))
    sketch.fill([f.tube([(0.0, 0.85), (0.02, 1.28)], 0.24, 0.22)], TONGUE)
    sketch.line(f.many([(0.0, 0.95), (0.01, 1.25)]), 0.05 * f.unit, (198, 92, 96))


def _front_muzzle(sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, f: Frame) -> None:
    wide = max(0.42, traits.muzzle_width / traits.head)
    light = pale(coloring) if traits.mask or traits.whiskers else mix(coloring.base, (255, 248, 236), 0.32)
    if traits.mask in ("saddle", "pug"):
        light = (62, 52, 52)
    if traits.whiskers:
        sketch.fill([f.ellipse(-0.22, 0.46, 0.30, 0.24), f.ellipse(0.22, 0.46, 0.30, 0.24)], light, outline=0.0)
    else:
        sketch.fill(
            [f.ellipse(0.0, 0.45, wide * 1.12, 0.46), f.ellipse(0.0, 0.22, wide * 0.72, 0.40)], light, outline=0.006
        )
    nose = PINK_NOSE if traits.whiskers else NOSE
    size = 0.12 if traits.whiskers else 0.225
    top = 0.27 if traits.whiskers else 0.24
    sketch.fill(
        [
            f.blob(
                [
                    (-size, top - size * 0.5),
                    (size, top - size * 0.5),
                    (size * 0.7, top + size * 0.3),
                    (0.0, top + size * 0.75),
                    (-size * 0.7, top + size * 0.3),
                ]
            )
        ],
        nose,
        outline=0.0,
    )
    if not traits.whiskers:
        sketch.fill([f.ellipse(-0.05, top - size * 0.28, size * 0.4, size * 0.16)], (156, 146, 150), outline=0.0)
    ink = (70, 48, 48) if luma(light) > 80 else (24, 18, 20)
    corner = {"sad": 0.14, "angry": 0.12, "tired": 0.08}.get(face.emotion, -0.02)
    low = top + size * 0.75
    sketch.line(f.many([(0.0, low), (0.0, 0.58)]), 0.06 * f.unit, ink)
    for side in (-1, 1):
        line = [(0.0, 0.58), (side * 0.16, 0.68 if corner < 0.05 else 0.60), (side * 0.34, 0.58 + corner)]
        sketch.line(f.many(line), 0.065 * f.unit, ink)
        if traits.whiskers:
            for dy in (0.0, 0.14):
                sketch.line(
                    f.many([(side * 0.42, 0.44 + dy), (side * 1.25, 0.34 + dy * 2.0)]), 0.03 * f.unit, (252, 250, 246)
                )
    if face.open_mouth and traits.whiskers:
        sketch.fill([f.ellipse(0.0, 0.70, 0.13, 0.12)], (150, 60, 64), outline=0.0)


def _front_snout(sketch: Sketch, traits: Traits, coloring: Coloring, f: Frame, skull: list[Part], low: float) -> None:
    wide = traits.muzzle_width / traits.head
    sketch.fill(
        [f.ellipse(0.0, low + wide * 0.15, wide * 1.25, wide * 1.0)],
        snout_color(traits, coloring),
        outline=0.0,
        clip=skull,
    )
    for side in (-1, 1):
        sketch.fill([f.ellipse(side * wide * 0.48, low + 0.02, 0.10, 0.14, side * 0.4)], NOSE, outline=0.0)
    sketch.line(
        f.many([(-wide * 0.5, low + wide * 0.62), (0.0, low + wide * 0.74), (wide * 0.5, low + wide * 0.62)]),
        0.07 * f.unit,
        (70, 48, 48),
    )
    if traits.tail == "stub":
        sketch.fill(
            [f.tube([(0.0, low + wide * 1.0), (0.0, low + wide + 0.7)], 0.22, 0.04)], shade(coloring.base, -0.08)
        )


def _forelock(sketch: Sketch, traits: Traits, coloring: Coloring, f: Frame) -> None:
    if traits.mane:
        lock = f.blob([(-0.35, -0.95), (0.3, -0.95), (0.22, -0.4), (0.0, -0.05), (-0.12, -0.4)])
        sketch.fill([lock], coloring.dark)
        return
    knot = f.tube(smooth([(-0.55, -0.62), (0.0, -0.85), (0.55, -0.62)], closed=False), 0.26)
    sketch.fill(wool([knot], radius=f.unit * 0.2), coloring.base, shade=0.03)
