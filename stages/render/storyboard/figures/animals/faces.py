"""What side and front views of animal heads share: the mood, eyes, colours."""

from dataclasses import dataclass
from typing import Final

from ...canvas import Rgb, Xy, mix, shade
from ..geometry import Frame
from ..palette import INK, WHITE, luma, scaled
from .sketch import Sketch
from .traits import Coloring, Traits

NOSE: Final[Rgb] = (52, 40, 44)
PINK_NOSE: Final[Rgb] = (222, 138, 138)


@dataclass(frozen=True)
class Face:
    """What a head shows: "side", "front" or "back", and the mood on it."""

    view: str
    emotion: str
    asleep: bool
    eyes: Rgb

    @property
    def open_mouth(self) -> bool:
        return self.emotion in ("happy", "laughing", "excited") and not self.asleep


def draw_eye(
    sketch: Sketch, traits: Traits, f: Frame, face: Face, at: Xy, coloring: Coloring, size: float = 1.0
) -> None:
    """An eye at a point of the head's frame, with its brow when sad or angry."""
    x, y = at
    r = (0.155 if not traits.whiskers else 0.20) * size
    ink = INK if luma(coloring.base) > 70 else (22, 16, 20)
    if face.asleep or face.emotion == "laughing":
        rise = -0.12 if face.emotion == "laughing" and not face.asleep else 0.10
        lid = INK if luma(head_color(traits, coloring)) > 70 else (210, 200, 196)
        sketch.line(f.many([(x - r * 1.2, y), (x, y + rise), (x + r * 1.2, y)]), 0.085 * f.unit, lid)
        return
    tall = {"surprised": 1.3, "excited": 1.15, "tired": 0.6, "content": 0.8}.get(face.emotion, 1.0)
    if luma(head_color(traits, coloring)) < 110:
        sketch.fill([f.ellipse(x, y, r * 1.25, r * 1.25 * tall)], (150, 130, 116), outline=0.0)
    if traits.whiskers:
        sketch.fill([f.ellipse(x, y, r * 1.1, r * 1.15 * tall)], face.eyes, outline=0.012)
        sketch.fill([f.ellipse(x, y, r * 0.55, r * 0.95 * tall)], (24, 18, 22), outline=0.0)
    else:
        sketch.fill([f.ellipse(x, y, r, r * 1.15 * tall)], ink, outline=0.0)
        sketch.fill([f.ellipse(x, y + r * 0.35, r * 0.68, r * 0.6 * tall)], mix(ink, face.eyes, 0.62), outline=0.0)
        sketch.fill([f.ellipse(x, y - r * 0.05, r * 0.5, r * 0.6 * tall)], ink, outline=0.0)
    sketch.fill([f.ellipse(x - r * 0.32, y - r * 0.42 * tall, r * 0.34, r * 0.36)], WHITE, outline=0.0)
    if face.emotion in ("sad", "angry"):
        inner = 1.0 if x >= 0 and face.view == "side" else (-1.0 if x > 0 else 1.0)
        lift = 0.11 if face.emotion == "sad" else -0.13
        sketch.line(
            f.many([(x + inner * r * 1.3, y - r * 1.5 - lift), (x - inner * r * 1.3, y - r * 1.5 + lift)]),
            0.09 * f.unit,
            scaled(coloring.base, (0.5, 0.42, 0.42)),
        )


def head_color(traits: Traits, coloring: Coloring) -> Rgb:
    """The head's colour; woolly animals have a bare dark face."""
    if traits.curly and traits.hoofed:
        return shade(coloring.second, -0.35)
    return coloring.base


def snout_color(traits: Traits, coloring: Coloring) -> Rgb:
    """The end of a hoofed animal's muzzle."""
    if traits.mane:
        return mix(coloring.base, (60, 46, 44), 0.45) if luma(coloring.base) > 60 else shade(coloring.base, 0.15)
    if traits.horns and traits.tail == "tuft":
        return (236, 178, 168)
    return mix(head_color(traits, coloring), (240, 200, 190), 0.35)
