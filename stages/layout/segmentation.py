"""A blueprint as the ADE20K-coloured segmentation that ControlNets read."""

from typing import Final, NamedTuple

import numpy as np

from .. import vocabulary as v
from ..errors import AlbumError
from ..records import AlbumPlan, Region, SceneLayout
from .backdrop import backdrop_of
from .masks import scene_masks


class SegmentationClass(NamedTuple):
    index: int  # 0-based among ADE20K's 150
    name: str
    colour: tuple[int, int, int]  # RGB


# Source: open-mmlab/mmsegmentation, mmseg/datasets/ade.py (classes and palette); the same colours as ControlNet's
# annotator/uniformer. Only the classes that blueprints show.
ADE20K: Final[dict[str, SegmentationClass]] = {
    one.name: one
    for one in (
        SegmentationClass(0, "wall", (120, 120, 120)),
        SegmentationClass(1, "building", (180, 120, 120)),
        SegmentationClass(2, "sky", (6, 230, 230)),
        SegmentationClass(3, "floor", (80, 50, 50)),
        SegmentationClass(4, "tree", (4, 200, 3)),
        SegmentationClass(5, "ceiling", (120, 120, 80)),
        SegmentationClass(6, "road", (140, 140, 140)),
        SegmentationClass(9, "grass", (4, 250, 7)),
        SegmentationClass(11, "sidewalk", (235, 255, 7)),
        SegmentationClass(12, "person", (150, 5, 61)),
        SegmentationClass(13, "earth", (120, 120, 70)),
        SegmentationClass(15, "table", (255, 6, 82)),
        SegmentationClass(16, "mountain", (143, 255, 140)),
        SegmentationClass(19, "chair", (204, 70, 3)),
        SegmentationClass(20, "car", (0, 102, 200)),
        SegmentationClass(21, "water", (61, 230, 250)),
        SegmentationClass(26, "sea", (9, 7, 230)),
        SegmentationClass(29, "field", (112, 9, 255)),
        SegmentationClass(36, "lamp", (224, 255, 8)),
        SegmentationClass(41, "box", (0, 255, 20)),
        SegmentationClass(46, "sand", (160, 150, 20)),
        SegmentationClass(49, "fireplace", (250, 10, 15)),
        SegmentationClass(66, "flower", (255, 0, 0)),
        SegmentationClass(67, "book", (255, 163, 0)),
        SegmentationClass(68, "hill", (255, 102, 0)),
        SegmentationClass(69, "bench", (194, 255, 0)),
        SegmentationClass(74, "computer", (0, 255, 173)),
        SegmentationClass(76, "boat", (173, 255, 0)),
        SegmentationClass(82, "light", (255, 173, 0)),
        SegmentationClass(93, "pole", (51, 0, 255)),
        SegmentationClass(94, "land", (0, 194, 255)),
        SegmentationClass(100, "poster", (143, 255, 0)),
        SegmentationClass(102, "van", (163, 255, 0)),
        SegmentationClass(106, "canopy", (0, 255, 92)),
        SegmentationClass(108, "plaything", (255, 0, 31)),
        SegmentationClass(112, "basket", (92, 255, 0)),
        SegmentationClass(114, "tent", (112, 224, 255)),
        SegmentationClass(115, "bag", (70, 184, 160)),
        SegmentationClass(119, "ball", (255, 0, 163)),
        SegmentationClass(120, "food", (255, 204, 0)),
        SegmentationClass(126, "animal", (255, 0, 122)),
        SegmentationClass(127, "bicycle", (255, 245, 0)),
        SegmentationClass(130, "screen", (0, 204, 255)),
        SegmentationClass(131, "blanket", (20, 0, 255)),
        SegmentationClass(132, "sculpture", (255, 255, 0)),
        SegmentationClass(140, "pier", (71, 0, 255)),
        SegmentationClass(142, "plate", (0, 255, 184)),
        SegmentationClass(147, "glass", (25, 194, 194)),
        SegmentationClass(149, "flag", (92, 0, 255)),
    )
}

# ADE20K has no class for many things: then the nearest in shape and use stands for them.
_OF_THINGS: Final[dict[v.ObjectKind, str]] = {
    "ball": "ball", "frisbee": "plaything", "kite": "plaything", "picnic_blanket": "blanket",
    "picnic_basket": "basket", "umbrella": "canopy", "beach_umbrella": "canopy", "tent": "tent",
    "campfire": "fireplace", "lantern": "lamp", "backpack": "bag", "suitcase": "bag", "map": "poster",
    "camera": "box", "phone": "screen", "laptop": "computer", "book": "book", "guitar": "plaything",
    "bicycle": "bicycle", "car": "car", "van": "van", "boat": "boat", "canoe": "boat", "surfboard": "plaything",
    "fishing_rod": "pole", "sandcastle": "sculpture", "snowman": "sculpture", "sled": "plaything", "bench": "bench",
    "table": "table", "chair": "chair", "cup": "glass", "bowl": "plate", "cake": "food", "candles": "light",
    "gift": "box", "balloons": "plaything", "flowers": "flower", "ice_cream": "food", "pizza": "food",
    "christmas_tree": "tree", "pumpkin": "food", "stick": "pole", "leash": "pole", "telescope": "pole",
    "toy": "plaything", "trophy": "sculpture", "paintbrush": "pole", "bread": "food", "flag": "flag", "other": "box",
}  # fmt: skip


def draw_segmentation(layout: SceneLayout, plan: AlbumPlan, *, width: int, height: int) -> np.ndarray:
    """Draw which ADE20K class every pixel belongs to, in the published colours.

    Behind the regions lie the surfaces of the place (sky, ground, sea, mountain, wall, floor, ceiling …), and nearer
    regions cut farther ones. No blending: every pixel has exactly one class's colour.

    Args:
        layout: of one scene.
        plan: for the kinds of the place, of the cast and of the objects.
        width: of the picture, pixels, at least 1.
        height: of the picture, pixels, at least 1.

    Returns:
        (height, width, 3) uint8 RGB.

    Raises:
        AlbumError: the size is not positive, or the layout names what the plan does not have.
    """
    if width < 1 or height < 1:
        raise AlbumError(f"A segmentation needs at least 1 x 1 pixels, but {width} x {height} was asked for.")
    scene = plan.scene(layout.scene)
    place = plan.environment(scene.environment)
    behind = backdrop_of(layout, place.kind, place.id, width, height)
    colours = np.array([ADE20K[name].colour for name in behind.names], dtype=np.uint8)
    picture = colours[behind.surface]
    things = {thing.id: _OF_THINGS[thing.kind] for thing in scene.objects}
    for region, mask in zip(layout.regions, scene_masks(layout, width, height), strict=True):
        picture[mask > 0] = ADE20K[_class_of(region, plan, things)].colour
    return picture


def _class_of(region: Region, plan: AlbumPlan, things: dict[str, str]) -> str:
    if region.kind == "character":
        return "animal" if plan.character(region.ref).kind == "animal" else "person"
    if region.ref not in things:
        raise AlbumError(f"The layout places '{region.ref}', which is not an object of its scene: lay it out again.")
    return things[region.ref]
