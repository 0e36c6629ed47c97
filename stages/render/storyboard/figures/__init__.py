"""People and animals of the storyboard."""

from .animals import draw_animal
from .person import draw_mannequin, draw_person
from .portrait import VIEWS, draw_portrait

__all__ = ["VIEWS", "draw_animal", "draw_mannequin", "draw_person", "draw_portrait"]
