"""Scenes for people who sample by themselves: what core's nodes need, as lists with one entry for each photo."""

from .sockets import ALBUM_CAST, ALBUM_LAYOUT, ALBUM_PLAN

_PLAN = {"tooltip": "What happens."}
_LAYOUT = {"tooltip": "The blueprint of the same plan; sets the size of the photos, in multiples of 8 pixels."}
_CAST = {"tooltip": "Who the characters are, from Album Identity on the same plan."}
_SCENES = {
    "default": "",
    "placeholder": "all, or e.g. 3,7-9",
    "tooltip": "Which photos: numbers and ranges from 1 like 3,7-9. Empty = all. Album Collect takes the same text.",
}
_EXTRA = {
    "default": "",
    "multiline": True,
    "tooltip": "Words put behind every prompt as they are, with weights in parentheses or embedding:name if you like: "
    "a LoRA's trigger, a style. Empty = nothing.",
}


class AlbumScenePick:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Hands out scenes as lists, so that CLIP Text Encode, ControlNets, Empty Latent Image and KSampler run once "
        "for each photo: prompt, size, seed, pose, depth and segmentation. Album Collect takes the pictures back."
    )
    SEARCH_ALIASES = ["scene list", "ksampler", "loop", "for each scene", "controlnet", "own sampler", "native"]
    FUNCTION = "pick"
    RETURN_TYPES = ("STRING", "STRING", "INT", "INT", "INT", "STRING", "IMAGE", "IMAGE", "IMAGE")
    RETURN_NAMES = ("prompt", "negative", "width", "height", "seed", "scene", "pose", "depth", "segmentation")
    OUTPUT_IS_LIST = (True, True, True, True, True, True, True, True, True)
    OUTPUT_TOOLTIPS = (
        "What each photo shows, looks and clothes too, as a list for CLIP Text Encode.",
        "The negative text once for each photo, as a list.",
        "Width of each photo in pixels, as a list for Empty Latent Image.",
        "Height of each photo in pixels, as a list for Empty Latent Image.",
        "The seed of each photo, as a list for KSampler and Album Collect; the same that Album Render takes.",
        "The id of each scene, as a list.",
        "OpenPose-18 skeletons on black, as a list of pictures.",
        "Inverse depth, near is white, as a list of pictures.",
        "Segmentation in the colours of ADE20K, as a list of pictures.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, _PLAN),
                "layout": (ALBUM_LAYOUT, _LAYOUT),
                "cast": (ALBUM_CAST, _CAST),
                "scenes": ("STRING", _SCENES),
                "negative": (
                    "STRING",
                    {
                        "default": "blurry, deformed, extra limbs, text, watermark",
                        "multiline": True,
                        "tooltip": "What no photo should show.",
                    },
                ),
                "attempt": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 9999,
                        "advanced": True,
                        "tooltip": "0 = the first seeds; every other number up to 9999 gives other ones.",
                    },
                ),
            },
            "optional": {
                "extra_prompt": ("STRING", _EXTRA),
                "clip": (
                    "CLIP",
                    {
                        "tooltip": "With it prompts are cut, the least important parts first, to what this text "
                        "encoder reads in one go. Empty = whole prompts, which CLIP reads in pieces."
                    },
                ),
            },
        }

    def pick(self, plan, layout, cast, scenes, negative, attempt, extra_prompt=None, clip=None):
        from ..stages.render.collected import pick_scenes, require_text_encoder, window_count

        picked = pick_scenes(
            plan,
            layout,
            cast,
            subset=scenes,
            attempt=attempt,
            extra=extra_prompt or "",
            count=None if clip is None else window_count(require_text_encoder(clip)),
        )
        return (
            [one.prompt for one in picked],
            [negative] * len(picked),
            [one.width for one in picked],
            [one.height for one in picked],
            [one.seed for one in picked],
            [one.scene for one in picked],
            *_control_pictures(picked, plan, layout),
        )


class AlbumSceneConditioning:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Encodes scenes for KSampler, as a list with one entry for each photo: a text for the whole picture, and one "
        "for each person, animal and thing, limited to where it can be seen."
    )
    SEARCH_ALIASES = ["regional prompt", "masked conditioning", "set mask", "area", "clip text encode", "scene list"]
    FUNCTION = "encode"
    RETURN_TYPES = ("CONDITIONING", "MASK", "STRING")
    RETURN_NAMES = ("conditioning", "masks", "texts")
    OUTPUT_IS_LIST = (True, True, True)
    OUTPUT_TOOLTIPS = (
        "The positive conditioning of each photo, as a list for KSampler or Apply ControlNet.",
        "For each photo a batch of masks, as a list: the ground first, then every region that can be seen, farthest "
        "to nearest.",
        "For each photo what was encoded, as a list: the whole picture in the first line, then a line for each region.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "clip": ("CLIP", {"tooltip": "The text encoder of the model that samples."}),
                "plan": (ALBUM_PLAN, _PLAN),
                "layout": (ALBUM_LAYOUT, _LAYOUT),
                "cast": (ALBUM_CAST, _CAST),
                "scenes": ("STRING", _SCENES),
                "region_strength": (
                    "FLOAT",
                    {
                        "default": 1.0,
                        "min": 0.0,
                        "max": 10.0,
                        "step": 0.05,
                        "tooltip": "How much a region follows its own text. 0 = not at all, and saves the time; 1 = as "
                        "much as the text of the whole picture; 10 = hardly anything else.",
                    },
                ),
                "region_area": (
                    ["default", "mask bounds"],
                    {
                        "default": "default",
                        "tooltip": "As in Conditioning (Set Mask). default = a region is sampled in the whole picture. "
                        "mask bounds = only in the box around it, faster, but it knows nothing of the rest.",
                    },
                ),
                "prompt_length": (
                    ["fitted", "whole"],
                    {
                        "default": "fitted",
                        "tooltip": "fitted = texts are cut, the least important parts first, to what the encoder reads "
                        "in one go. whole = nothing is cut; CLIP reads long texts in pieces.",
                    },
                ),
            },
            "optional": {"extra_prompt": ("STRING", _EXTRA)},
        }

    def encode(
        self,
        clip,
        plan,
        layout,
        cast,
        scenes,
        region_strength,
        region_area,
        prompt_length,
        extra_prompt=None,
    ):
        from ..stages.render.collected import encode_scene, pick_scenes, require_text_encoder, window_count
        from .host import current_host

        host, clip = current_host(), require_text_encoder(clip)
        picked = pick_scenes(
            plan,
            layout,
            cast,
            subset=scenes,
            extra=extra_prompt or "",
            count=window_count(clip) if prompt_length == "fitted" else None,
            regional=True,
        )
        size = _mask_size(picked)
        update = host.progress(len(picked))
        encoded, batches, texts = [], [], []
        for done, one in enumerate(picked, start=1):
            host.raise_if_interrupted()
            batch, seen = _scene_masks(layout.scene(one.scene), one.regions, *size)
            regions = [(region.text, mask[None]) for region, mask in zip(seen, batch[1:], strict=True)]
            encoded.append(
                encode_scene(
                    clip,
                    one.prompt,
                    regions if region_strength > 0 else [],
                    strength=region_strength,
                    bounds=region_area == "mask bounds",
                )
            )
            batches.append(batch)
            texts.append("\n".join([one.prompt, *(f"{region.region}: {region.text}" for region in seen)]))
            update(done, len(picked), None)
        return encoded, batches, texts


def _control_pictures(picked, plan, layout):
    """Pose, depth and segmentation of each scene, every one a list of IMAGEs of one picture."""
    from ..stages.layout import draw_depth, draw_openpose, draw_segmentation
    from .host import current_host
    from .images import fitting_size, image_batch

    host, lists = current_host(), ([], [], [])
    for one in picked:
        host.raise_if_interrupted()
        scene = layout.scene(one.scene)
        width, height = fitting_size(len(picked), one.width, one.height)
        drawn = (
            draw_openpose(scene, width, height),
            draw_depth(scene, plan, width=width, height=height),
            draw_segmentation(scene, plan, width=width, height=height),
        )
        for pictures, picture in zip(lists, drawn, strict=True):
            pictures.append(image_batch([picture], 1))
    return lists


def _mask_size(picked):
    """(width, height) at which the masks of all scenes together stay small; samplers scale them anyway."""
    from .images import fitting_size

    return fitting_size(sum(len(one.regions) + 1 for one in picked), picked[0].width, picked[0].height)


def _scene_masks(scene, regions, width, height):
    """A MASK of the ground and of every region that can be seen, and those regions."""
    import numpy as np

    from ..stages.layout import scene_masks
    from .images import mask_batch

    masks = scene_masks(scene, width, height)
    seen = [region for region in regions if masks[region.index].any()]
    ground = np.where(masks.any(axis=0), 0, 255).astype(np.uint8)
    return mask_batch([ground, *(masks[region.index] for region in seen)], len(seen) + 1), seen
