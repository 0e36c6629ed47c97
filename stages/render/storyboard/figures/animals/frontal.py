"""Four-legged animals seen from the front or from behind, standing or sitting."""

from ...canvas import Rgb, mix, shade
from ..geometry import Frame, Part
from ..palette import luma, scaled
from .coats import pale, wool
from .faces import Face
from .heads import draw_head
from .sketch import PLAIN, Sketch
from .traits import Coloring, Traits


def draw_frontal(
    sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, *, sitting: bool, lifted: bool
) -> None:
    """The whole animal; from behind when the face's view is "back". `lifted` raises a front paw (running, jumping)."""
    behind = face.view == "back"
    if behind:
        _head(sketch, traits, coloring, face, sitting=sitting)
    else:
        _tail_behind(sketch, traits, coloring, sitting=sitting)
    (_sitting if sitting else _standing)(sketch, traits, coloring, behind=behind, lifted=lifted)
    if behind:
        _tail_in_front(sketch, traits, coloring, sitting=sitting)
    else:
        _head(sketch, traits, coloring, face, sitting=sitting)


def _head(sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, *, sitting: bool) -> None:
    raised = traits.neck * 0.62 if traits.hoofed else traits.neck * 0.35
    y = -(traits.back + raised) - (0.10 if sitting else 0.0)
    size = traits.head * (1.10 if not traits.hoofed else 1.05)
    draw_head(sketch, traits, coloring, face, Frame((0.0, y), size))


def _standing(sketch: Sketch, traits: Traits, coloring: Coloring, *, behind: bool, lifted: bool) -> None:
    back, chest, leg = traits.back, traits.chest, traits.leg
    for side in (-1, 1):
        hind = [
            PLAIN.tube([(side * chest * 0.72, -back * 0.55), (side * chest * 0.78, -leg * 0.9)], leg * 1.5, leg),
            *_paw(traits, side * chest * 0.78, 0.0),
        ]
        sketch.fill(hind, scaled(_legs(traits, coloring), (0.80, 0.78, 0.82)))
    body = _trunk(traits, behind=behind)
    fronts: list[list[Part]] = []
    for side in (-1, 1):
        up = 0.22 if lifted and side == 1 else 0.0
        x = side * chest * 0.46
        fronts.append(
            [
                PLAIN.tube([(x, -back * 0.58), (x * 1.02, -leg * 0.9 - up)], leg * 1.7, leg * 1.15),
                *_paw(traits, x * 1.02, up),
            ]
        )
    if traits.curly and traits.hoofed:
        for one in fronts:
            sketch.fill(one, _legs(traits, coloring), shade=0.03)
        sketch.fill(wool(body), coloring.base, shade=0.09)
    else:
        for one in fronts:
            sketch.fill(one, coloring.base, shade=0.04)
        sketch.fill(wool(body) if traits.curly else body, coloring.base, shade=0.09)
    _bib(sketch, traits, coloring, body, behind=behind)
    _toes(sketch, traits, coloring, [(side * chest * 0.47, 0.22 if lifted and side == 1 else 0.0) for side in (-1, 1)])


def _trunk(traits: Traits, *, behind: bool) -> list[Part]:
    back, chest = traits.back, traits.chest
    wide = chest * (1.12 if behind else 1.0)
    neck_top = back + (traits.neck * 0.45 if traits.hoofed else 0.06)
    parts = [
        PLAIN.blob(
            [
                (0.0, -back - 0.02),
                (wide * 0.85, -back * 0.92),
                (wide * 1.05, -back * 0.62),
                (wide * 0.78, -back * 0.36),
                (0.0, -back * 0.30),
                (-wide * 0.78, -back * 0.36),
                (-wide * 1.05, -back * 0.62),
                (-wide * 0.85, -back * 0.92),
            ]
        )
    ]
    parts.append(PLAIN.tube([(0.0, -back * 0.72), (0.0, -neck_top)], chest * 0.78, traits.neck_width * 0.95))
    if traits.fluffy and not behind:
        for x, y in ((-0.10, -0.40), (0.0, -0.34), (0.10, -0.40)):
            parts.append(PLAIN.tube([(x, back * (y - 0.2)), (x * 0.9, back * (y + 0.06))], 0.10, 0.015))
    return parts


def _sitting(sketch: Sketch, traits: Traits, coloring: Coloring, *, behind: bool, lifted: bool) -> None:
    back, chest, leg = traits.back + 0.05, traits.chest, traits.leg
    wide = min(0.28, max(chest, traits.loin)) * 1.35
    haunches = [PLAIN.ellipse(side * wide * 0.62, -0.24, wide * 0.62, 0.25) for side in (-1, 1)]
    feet = [PLAIN.ellipse(side * wide * 0.98, -leg, leg * 1.9, leg * 1.0) for side in (-1, 1)]
    body = [
        PLAIN.blob(
            [
                (0.0, -back),
                (chest * 0.82, -back * 0.84),
                (chest * 1.02, -back * 0.5),
                (wide * 0.95, -back * 0.18),
                (wide * 0.6, -0.03),
                (-wide * 0.6, -0.03),
                (-wide * 0.95, -back * 0.18),
                (-chest * 1.02, -back * 0.5),
                (-chest * 0.82, -back * 0.84),
            ]
        ),
        PLAIN.tube([(0.0, -back * 0.8), (0.0, -back - 0.08)], chest * 0.7, traits.neck_width),
    ]
    if behind:
        sketch.fill(wool(body) if traits.curly else body, coloring.base, shade=0.1)
        return
    rear = [*haunches, *feet]
    sketch.fill(wool(rear, radius=0.08) if traits.curly else rear, coloring.base, shade=0.05)
    sketch.fill(wool(body) if traits.curly else body, coloring.base, shade=0.08)
    _bib(sketch, traits, coloring, body, behind=False)
    for side in (-1, 1):
        x = side * chest * 0.44
        up = 0.30 if lifted and side == 1 else 0.0
        shape = [
            PLAIN.tube([(x, -back * 0.58), (x * 1.05, -leg - up)], leg * 1.6, leg * 1.15),
            *_paw(traits, x * 1.05, up),
        ]
        sketch.fill(shape, coloring.base, shade=0.035)
        if traits.white_trim:
            sketch.fill(
                [PLAIN.ellipse(x * 1.05, -leg - up, leg * 2, leg * 2.2)], pale(coloring), outline=0.0, clip=shape
            )
        cover = [PLAIN.ellipse(x * 0.9, -back * 0.60, leg * 1.5, leg * 2.0)]
        sketch.fill(cover, coloring.base, outline=0.0, clip=shape)
    _toes(sketch, traits, coloring, [(side * chest * 0.46, 0.30 if lifted and side == 1 else 0.0) for side in (-1, 1)])


def _paw(traits: Traits, x: float, up: float) -> list[Part]:
    t = traits.leg
    if traits.hoofed:
        return []
    return [PLAIN.ellipse(x, -t * 0.95 - up, t * 1.45, t * 0.98)]


def _toes(sketch: Sketch, traits: Traits, coloring: Coloring, paws: list[tuple[float, float]]) -> None:
    t = traits.leg
    for x, up in paws:
        if traits.hoofed:
            sketch.fill(
                [
                    PLAIN.polygon(
                        [
                            (x - t * 1.1, -t * 1.5 - up),
                            (x + t * 1.1, -t * 1.5 - up),
                            (x + t * 1.35, -up),
                            (x - t * 1.35, -up),
                        ]
                    )
                ],
                (70, 58, 54),
                outline=0.01,
            )
            continue
        for dx in (-0.45, 0.45):
            sketch.line(
                [(x + dx * t, -t * 0.9 - up), (x + dx * t, -t * 0.2 - up)],
                0.013,
                scaled(coloring.base, (0.62, 0.55, 0.55)),
            )


def _bib(sketch: Sketch, traits: Traits, coloring: Coloring, body: list[Part], *, behind: bool) -> None:
    back, chest = traits.back, traits.chest
    if coloring.pattern == "patches":
        sketch.fill(
            [PLAIN.ellipse(chest * 0.6, -back * 0.6, chest * 0.5, back * 0.22)], coloring.second, outline=0.0, clip=body
        )
        sketch.fill(
            [PLAIN.ellipse(-chest * 0.7, -back * 0.42, chest * 0.4, back * 0.12)],
            coloring.second,
            outline=0.0,
            clip=body,
        )
    elif coloring.pattern == "spots":
        for x, y in ((-0.6, 0.7), (0.1, 0.55), (0.6, 0.75), (-0.2, 0.85), (0.5, 0.45), (-0.5, 0.4)):
            sketch.fill([PLAIN.ellipse(chest * x, -back * y, 0.034, 0.03)], coloring.second, outline=0.0, clip=body)
    elif coloring.pattern == "tabby":
        for y in (0.45, 0.6, 0.75):
            for side in (-1, 1):
                sketch.line(
                    [(side * chest * 1.1, -back * y), (side * chest * 0.55, -back * (y - 0.03))],
                    0.04,
                    mix(coloring.base, coloring.dark, 0.7),
                    clip=body,
                )
    if not behind and not traits.hoofed:
        _draw_chest(sketch, traits, coloring, body)


def _draw_chest(sketch: Sketch, traits: Traits, coloring: Coloring, body: list[Part]) -> None:
    """The lighter fur of the chest."""
    back, chest = traits.back, traits.chest
    light: Rgb | None = None
    if traits.white_trim:
        light = pale(coloring)
    elif coloring.pattern == "plain" or traits.fluffy:
        light = mix(coloring.base, (255, 248, 236), 0.32) if luma(coloring.base) > 70 else shade(coloring.base, 0.12)
    if light is not None:
        bib = [
            PLAIN.blob(
                [
                    (-chest * 0.55, -back * 0.98),
                    (chest * 0.55, -back * 0.98),
                    (chest * 0.5, -back * 0.6),
                    (0.0, -back * 0.38),
                    (-chest * 0.5, -back * 0.6),
                ]
            )
        ]
        sketch.fill(bib, light, outline=0.0, clip=body)


def _tail_behind(sketch: Sketch, traits: Traits, coloring: Coloring, *, sitting: bool) -> None:
    if traits.tail in ("puff", "stub", "hair", "tuft"):
        return
    thick = 0.10 if traits.tail in ("feather", "brush", "curl") else 0.05
    base = -0.16 if sitting else -traits.back * 0.62
    wide = traits.chest * (1.5 if sitting else 0.9)
    rise = 0.04 if sitting else 0.34
    line = [(0.0, base), (wide, base - 0.02), (wide + 0.16, base - rise), (wide + 0.10, base - rise - 0.20)]
    sketch.fill(
        [PLAIN.tube(line, thick * 0.8, thick, thick, thick * 0.35)],
        scaled(coloring.base, (0.94, 0.92, 0.92)),
        shade=0.04,
    )


def _tail_in_front(sketch: Sketch, traits: Traits, coloring: Coloring, *, sitting: bool) -> None:
    top = -0.30 if sitting else -traits.back * 0.80
    if traits.tail in ("puff", "pom", "stub"):
        sketch.fill(
            wool([PLAIN.ellipse(0.0, top, 0.07, 0.07), PLAIN.tube([(0.0, top), (0.01, top)], 0.06)], radius=0.045),
            shade(coloring.base, 0.25),
            shade=0.03,
        )
        return
    thick = 0.10 if traits.tail in ("feather", "brush", "curl", "hair") else 0.05
    color = coloring.dark if traits.tail == "hair" else coloring.base
    low = -0.06 if sitting else min(-0.08, top + 0.55)
    line = (
        [(0.0, top), (0.05, top + (low - top) * 0.4), (0.20 if sitting else 0.08, low)]
        if sitting or traits.hoofed
        else [(0.0, top), (0.12, top + 0.10), (0.17, top + 0.30), (0.10, top + 0.46)]
    )
    sketch.fill([PLAIN.tube(line, thick * 0.7, thick, thick * 0.4)], color, shade=0.03)


def _legs(traits: Traits, coloring: Coloring) -> Rgb:
    return shade(coloring.second, -0.35) if traits.curly and traits.hoofed else coloring.base
