"""Plan to blueprint: camera, boxes, poses, depth order and masks of every scene."""

from .blueprint import lay_out_scene, lay_out_scenes
from .check import check_layout
from .drawing import draw_blueprint
from .masks import region_mask, scene_masks

__all__ = ["check_layout", "draw_blueprint", "lay_out_scene", "lay_out_scenes", "region_mask", "scene_masks"]
