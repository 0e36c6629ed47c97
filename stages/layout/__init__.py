"""Plan to blueprint: camera, boxes, poses, depth order and masks of every scene, and its pictures for other tools."""

from .blueprint import lay_out_scene, lay_out_scenes
from .check import check_layout
from .depth import draw_depth
from .drawing import draw_blueprint
from .elements import layout_elements
from .masks import region_mask, scene_masks
from .openpose import draw_openpose
from .regional import RegionPrompt, background_region, scene_regions
from .segmentation import ADE20K, draw_segmentation

__all__ = [
    "ADE20K",
    "RegionPrompt",
    "background_region",
    "check_layout",
    "draw_blueprint",
    "draw_depth",
    "draw_openpose",
    "draw_segmentation",
    "lay_out_scene",
    "lay_out_scenes",
    "layout_elements",
    "region_mask",
    "scene_masks",
    "scene_regions",
]
