"""Animal heads, from the side, from the front and from behind."""

from ..geometry import Frame
from .faces import Face
from .head_front import draw_front_head
from .head_side import draw_side_head
from .sketch import Sketch
from .traits import Coloring, Traits


def draw_head(sketch: Sketch, traits: Traits, coloring: Coloring, face: Face, frame: Frame) -> None:
    """The head around the frame's origin, looking right where seen from the side; the skull's radius is the unit."""
    (draw_side_head if face.view == "side" else draw_front_head)(sketch, traits, coloring, face, frame)
