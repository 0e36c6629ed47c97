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
        "The blueprint of every scene.",
        "One picture of each blueprint, as a batch in the order of the scenes.",
        "For each scene where its people and animals are, as a batch.",
        "The layout as JSON: boxes and keypoints as fractions of the canvas.",
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
                        "tooltip": "Width of every photo in pixels, 64 to 2048. Sets the shape of the composition.",
                    },
                ),
                "height": (
                    "INT",
                    {
                        "default": 512,
                        "min": 64,
                        "max": 2048,
                        "step": 8,
                        "tooltip": "Height of every photo in pixels, 64 to 2048. Half to twice the width looks best.",
                    },
                ),
            }
        }

    def lay_out(self, plan, width, height):
        import numpy as np

        from ..stages.layout import draw_blueprint, lay_out_scenes, scene_masks
        from .images import image_batch, mask_batch

        layout = lay_out_scenes(plan, width=width, height=height)
        blueprints, masks = [], []
        for scene in layout.scenes:
            blueprints.append(draw_blueprint(scene, plan, width=width, height=height))
            regions = scene_masks(scene, width, height)
            cast = [region.kind == "character" for region in scene.regions]
            masks.append(np.max(regions[cast], axis=0) if any(cast) else np.zeros((height, width), np.uint8))
        return layout, image_batch(blueprints), mask_batch(masks), layout.model_dump_json(indent=1)
