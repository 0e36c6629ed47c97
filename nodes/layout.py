"""The layout node: a plan becomes a blueprint."""

from .sockets import ALBUM_LAYOUT, ALBUM_PLAN


class AlbumLayout:
    CATEGORY = "Synthetic Albums/layout"
    DESCRIPTION = "Lays out every scene of a plan: horizon, light, boxes, OpenPose-18 poses, depth order and masks."
    SEARCH_ALIASES = ["blueprint", "composition", "bounding boxes", "pose", "openpose", "regions", "masks"]
    FUNCTION = "lay_out"
    RETURN_TYPES = (ALBUM_LAYOUT, "IMAGE", "MASK", "STRING")
    RETURN_NAMES = ("layout", "blueprints", "cast_masks", "layout_json")
    OUTPUT_TOOLTIPS = (
        "The blueprint of every scene, for Album Render.",
        "One drawing of each blueprint, as a batch in the order of the scenes. Reduced when it would exceed 1 GB.",
        "For each scene where its people and animals are, as a batch of the blueprints' size.",
        "The layout as JSON: boxes, keypoints and outlines as fractions of the canvas.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "From Album Story Planner or Album Plan Edit."}),
                "width": (
                    "INT",
                    {
                        "default": 512,
                        "min": 64,
                        "max": 2048,
                        "step": 8,
                        "tooltip": "Width of every photo in pixels: 64 is a thumbnail, 2048 large and slow. Wider than "
                        "high leaves more room for groups.",
                    },
                ),
                "height": (
                    "INT",
                    {
                        "default": 512,
                        "min": 64,
                        "max": 2048,
                        "step": 8,
                        "tooltip": "Height of every photo in pixels: 64 is a thumbnail, 2048 large and slow. The "
                        "longer side may be at most 8 times the shorter; up to twice looks best.",
                    },
                ),
            }
        }

    def lay_out(self, plan, width, height):
        from ..stages.layout import draw_blueprint, lay_out_scenes
        from .images import fitting_size, image_batch, mask_batch

        layout = lay_out_scenes(plan, width=width, height=height)
        count = len(layout.scenes)
        wide, high = fitting_size(count, width, height)
        drawings = (draw_blueprint(scene, width=wide, height=high) for scene in layout.scenes)
        masks = (_cast_mask(scene, wide, high) for scene in layout.scenes)
        return layout, image_batch(drawings, count), mask_batch(masks, count), layout.model_dump_json(indent=1)


def _cast_mask(scene, width, height):
    """Where a person or an animal can be seen, (height, width) uint8 0 or 255."""
    import numpy as np

    from ..stages.layout import scene_masks

    cast = [region.kind == "character" for region in scene.regions]
    if not any(cast):
        return np.zeros((height, width), np.uint8)
    return scene_masks(scene, width, height)[cast].max(axis=0)
