"""Blueprints in the forms that ControlNets, regional conditioning and core's box nodes read."""

from .sockets import ALBUM_CAST, ALBUM_LAYOUT, ALBUM_PLAN


class AlbumLayoutControl:
    CATEGORY = "Synthetic Albums/layout"
    DESCRIPTION = "Draws every blueprint as ControlNets read it: OpenPose-18 skeleton, depth and ADE20K segmentation."
    SEARCH_ALIASES = ["openpose", "depth", "segmentation", "controlnet", "pose", "ade20k"]
    FUNCTION = "draw"
    RETURN_TYPES = ("IMAGE", "IMAGE", "IMAGE")
    RETURN_NAMES = ("pose", "depth", "segmentation")
    OUTPUT_TOOLTIPS = (
        "OpenPose-18 skeletons on black, as a batch in the order of the scenes.",
        "Inverse depth, near is white, as a batch.",
        "Segmentation in the colours of ADE20K, as a batch.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "The plan that the layout was made for."}),
                "layout": (ALBUM_LAYOUT, {"tooltip": "From Album Layout."}),
            }
        }

    def draw(self, plan, layout):
        from ..stages.layout import draw_depth, draw_openpose, draw_segmentation
        from .images import fitting_size, image_batch

        count = len(layout.scenes)
        size = layout.scenes[0].width, layout.scenes[0].height
        width, height = fitting_size(count, *size)
        pose = (draw_openpose(scene, width, height) for scene in layout.scenes)
        depth = (draw_depth(scene, plan, width=width, height=height) for scene in layout.scenes)
        segmentation = (draw_segmentation(scene, plan, width=width, height=height) for scene in layout.scenes)
        return image_batch(pose, count), image_batch(depth, count), image_batch(segmentation, count)


class AlbumSceneRegions:
    CATEGORY = "Synthetic Albums/layout"
    DESCRIPTION = (
        "One scene as prompts and masks, the background first, for CLIP Text Encode and Conditioning (Set Mask); and "
        "as bounding-box elements for models that read boxes."
    )
    SEARCH_ALIASES = ["regional prompt", "masks", "bounding boxes", "elements", "conditioning", "attention couple"]
    FUNCTION = "describe"
    RETURN_TYPES = ("STRING", "MASK", "STRING", "STRING")
    RETURN_NAMES = ("prompts", "masks", "names", "elements_json")
    OUTPUT_IS_LIST = (True, True, True, False)
    OUTPUT_TOOLTIPS = (
        "One prompt for each region, as a list; the background first, then farthest to nearest.",
        "The mask of each region, as a list in the same order.",
        "The id of each region, as a list in the same order.",
        "Bounding boxes 0 to 1000 with descriptions, as JSON.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "The plan that the layout was made for."}),
                "layout": (ALBUM_LAYOUT, {"tooltip": "From Album Layout."}),
                "cast": (ALBUM_CAST, {"tooltip": "From Album Identity; gives the locked descriptions."}),
                "scene": (
                    "INT",
                    {"default": 1, "min": 1, "max": 1000, "tooltip": "Number of the photo, from 1 to 1000 at most."},
                ),
            }
        }

    def describe(self, plan, layout, cast, scene):
        import json

        from ..stages.errors import AlbumError
        from ..stages.layout import background_region, layout_elements, scene_regions
        from .images import mask_batch

        if not 1 <= scene <= len(layout.scenes):
            raise AlbumError(f"There is no scene {scene}: the layout has scenes 1 to {len(layout.scenes)}.")
        chosen = layout.scenes[scene - 1]
        appearances = {member.character: member.appearance for member in cast.members}
        size = {"width": chosen.width, "height": chosen.height}
        regions = [
            background_region(chosen, plan, **size),
            *scene_regions(chosen, plan, appearances, **size),
        ]
        return (
            [region.prompt for region in regions],
            [mask_batch([region.mask], 1) for region in regions],
            [region.region for region in regions],
            json.dumps(layout_elements(chosen, plan, appearances), indent=1, ensure_ascii=False),
        )
