"""For people who sample by themselves: scenes as prompts and conditioning, and their pictures back as an album."""

from .album import collect_album
from .conditioning import encode_scene, require_text_encoder, window_count
from .scenes import PickedScene, RegionText, pick_scenes

__all__ = [
    "PickedScene",
    "RegionText",
    "collect_album",
    "encode_scene",
    "pick_scenes",
    "require_text_encoder",
    "window_count",
]
