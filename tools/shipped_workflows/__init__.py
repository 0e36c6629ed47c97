"""The shipped workflows and blueprints, each described in a file of its own."""

from .audit_elsewhere import AUDIT_ELSEWHERE
from .character_library import CHARACTER_LIBRARY
from .description import Blueprint, Node, Workflow
from .human_in_the_loop import HUMAN_IN_THE_LOOP
from .own_checkpoint import OWN_CHECKPOINT
from .own_model import OWN_MODEL
from .photo_album import PHOTO_ALBUM
from .private_gallery import PRIVATE_GALLERY
from .quickstart import QUICKSTART
from .reference_model import REFERENCE_MODEL
from .sample_it_yourself import SAMPLE_IT_YOURSELF
from .storyboard_only import STORYBOARD_ONLY
from .two_families import TWO_FAMILIES

ALL = [
    QUICKSTART,
    PRIVATE_GALLERY,
    STORYBOARD_ONLY,
    OWN_CHECKPOINT,
    OWN_MODEL,
    REFERENCE_MODEL,
    SAMPLE_IT_YOURSELF,
    TWO_FAMILIES,
    HUMAN_IN_THE_LOOP,
    CHARACTER_LIBRARY,
    AUDIT_ELSEWHERE,
]

BLUEPRINTS = [PHOTO_ALBUM]

__all__ = ["ALL", "BLUEPRINTS", "Blueprint", "Node", "Workflow"]
