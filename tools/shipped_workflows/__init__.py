"""The shipped workflows, each described in a file of its own."""

from .character_library import CHARACTER_LIBRARY
from .description import Node, Workflow
from .human_in_the_loop import HUMAN_IN_THE_LOOP
from .own_checkpoint import OWN_CHECKPOINT
from .private_gallery import PRIVATE_GALLERY
from .quickstart import QUICKSTART
from .storyboard_only import STORYBOARD_ONLY
from .two_families import TWO_FAMILIES

ALL = [
    QUICKSTART,
    PRIVATE_GALLERY,
    STORYBOARD_ONLY,
    OWN_CHECKPOINT,
    TWO_FAMILIES,
    HUMAN_IN_THE_LOOP,
    CHARACTER_LIBRARY,
]

__all__ = ["ALL", "Node", "Workflow"]
