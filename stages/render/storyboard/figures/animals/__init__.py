"""Animals: twelve species, dogs by breed."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from .....records import CastEntry, Character, Region
from ...canvas import Canvas, Rgb, Xy
from ..brush import Brush
from ..palette import EYES
from .birds import draw_bird
from .faces import Face
from .frontal import draw_frontal
from .postures import posture_name
from .quadruped import draw_side
from .sketch import Sketch
from .traits import Traits, coloring_of, traits_of
from .turtle import draw_turtle

if TYPE_CHECKING:
    Tone = Callable[[Rgb], Rgb]

_VIEWS = {"camera": "front", "away": "back"}
_PLUMAGE = {
    "parrot": ("green", "red"),
    "duck": ("brown", "white"),
    "chicken": ("white", "red"),
    "turtle": ("green", "brown"),
}
_FRONTAL = frozenset({"standing", "walking", "running", "jumping", "sitting", "eating"})


def draw_animal(
    canvas: Canvas, region: Region, character: Character, entry: CastEntry, *, tone: "Tone", light: Xy
) -> None:
    """Draw an animal into its region's box, never outside it.

    Args:
        canvas: drawn on in place.
        region: its box, and the side to which the animal looks.
        character: species, breed and coat.
        entry: pose and emotion in this scene.
        tone: a material's daylight colour to its colour under the scene's light.
        light: unit vector in the picture towards the light.
    """
    x0, y0, x1, y1 = region.box
    if not all(math.isfinite(value) for value in region.box) or x1 - x0 < 1e-4 or y1 - y0 < 1e-4:
        return
    box = (x0 * canvas.width, y0 * canvas.height, x1 * canvas.width, y1 * canvas.height)
    sketch = sketch_animal(character, entry.pose, entry.emotion, region.facing)
    sketch.paint(Brush(canvas, tone, light), box, mirrored=region.facing == "left")


def sketch_animal(character: Character, pose: str, emotion: str, facing: str) -> Sketch:
    """The animal's strokes in its own units, looking right unless it faces the camera or away."""
    face = Face(_VIEWS.get(facing, "side"), emotion, asleep=pose == "sleeping", eyes=EYES[character.face.eyes])
    sketch, species = Sketch(), character.species or "other"
    if species in _PLUMAGE:
        coloring = coloring_of(character, *_PLUMAGE[species], "plain")
        if species == "turtle":
            draw_turtle(sketch, coloring, face, pose)
        else:
            draw_bird(sketch, species, coloring, face, pose)
        return sketch
    traits = traits_of(character)
    coloring = coloring_of(character, traits.color, traits.second, traits.pattern)
    name = posture_name(pose, traits)
    if face.view != "side" and name in _FRONTAL and (face.view == "front" or name != "eating"):
        draw_frontal(sketch, traits, coloring, face, sitting=_sits(name, traits), lifted=name in ("running", "jumping"))
    else:
        draw_side(sketch, traits, coloring, face, pose)
    return sketch


def _sits(name: str, traits: Traits) -> bool:
    return name == "sitting" or traits.ears == "long"
