"""The renderer over ComfyUI's own MODEL, CLIP and VAE."""

from .comfy_sampling import sampler_names, scheduler_names
from .sockets import ALBUM_RENDERER

_CONTROL = "A ControlNet of the model's family for {}. Its pictures are drawn from the layout. Empty = none."


class AlbumModelRenderer:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Makes the photos with the MODEL, CLIP and VAE on your canvas, LoRAs and patches included; memory stays with "
        "ComfyUI. Everybody is painted after their own portraits and the place after its plate: UNets (SD 1.5, SDXL) "
        "look at them in their attention, models for editing (Flux Kontext, Flux.2, Qwen-Image-Edit, OmniGen2) get "
        "them as reference latents. Other models are told by words alone, and the log says so."
    )
    SEARCH_ALIASES = ["ksampler", "checkpoint", "sdxl", "flux", "kontext", "qwen image edit", "consistent", "native"]
    FUNCTION = "make"
    RETURN_TYPES = (ALBUM_RENDERER,)
    RETURN_NAMES = ("renderer",)
    OUTPUT_TOOLTIPS = ("For Album Identity and Album Render.",)

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "model": ("MODEL", {"tooltip": "What paints, with LoRAs and patches as you like."}),
                "clip": ("CLIP", {"tooltip": "The text encoder of the model."}),
                "vae": ("VAE", {"tooltip": "The VAE of the model."}),
                "sampler": (sampler_names(), {"default": "dpmpp_2m", "tooltip": "As in KSampler."}),
                "scheduler": (scheduler_names(), {"default": "karras", "tooltip": "As in KSampler."}),
                "steps": (
                    "INT",
                    {"default": 25, "min": 1, "max": 10000, "tooltip": "1 is noise, 20 to 30 usual, 10000 the most."},
                ),
                "cfg": (
                    "FLOAT",
                    {
                        "default": 6.0,
                        "min": 0.0,
                        "max": 100.0,
                        "step": 0.1,
                        "round": 0.01,
                        "tooltip": "How strictly the text is followed. 0 = not at all, 1 = no negative prompt and "
                        "twice as fast, as Flux wants it; 6 to 8 usual for SD; 100 = burnt.",
                    },
                ),
                "denoise": (
                    "FLOAT",
                    {
                        "default": 1.0,
                        "min": 0.05,
                        "max": 1.0,
                        "step": 0.01,
                        "tooltip": "1 = photos start from noise. Below, from the storyboard's drawing of the scene: "
                        "0.05 = hardly changed, 0.6 = its colours and places stay.",
                    },
                ),
                "negative_prompt": (
                    "STRING",
                    {
                        "default": "blurry, deformed, extra limbs, text, watermark",
                        "multiline": True,
                        "tooltip": "What no photo should show. Unused at a CFG of 1.",
                    },
                ),
                "anchor_strength": (
                    "FLOAT",
                    {
                        "default": 1.0,
                        "min": 0.0,
                        "max": 4.0,
                        "step": 0.05,
                        "tooltip": "How much photos look at portraits and plates. 0 = not at all, the same picture as "
                        "KSampler's; 1 = as much as at themselves; 4 = nearly copies. Models for editing see them "
                        "fully from 1 on; below, for fewer steps.",
                    },
                ),
                "regions": (
                    ["auto", "attention", "masks", "off"],
                    {
                        "default": "auto",
                        "tooltip": "How each person's own text acts in their region. attention = inside the "
                        "cross-attention of UNets, at no extra pass. masks = a pass for every person, with any model. "
                        "off = one text for all. auto = attention for UNets, off for others.",
                    },
                ),
                "region_strength": (
                    "FLOAT",
                    {
                        "default": 0.6,
                        "min": 0.0,
                        "max": 1.0,
                        "step": 0.05,
                        "tooltip": "How much of each person's own text acts in their region. 0 = nothing, 1 = with "
                        "attention that text alone, with masks as much as the whole picture's.",
                    },
                ),
            },
            "optional": {
                "pose_control_net": ("CONTROL_NET", {"tooltip": _CONTROL.format("OpenPose skeletons")}),
                "depth_control_net": ("CONTROL_NET", {"tooltip": _CONTROL.format("depth")}),
                "segmentation_control_net": ("CONTROL_NET", {"tooltip": _CONTROL.format("ADE20K segmentation")}),
                "control_strength": (
                    "FLOAT",
                    {
                        "default": 0.8,
                        "min": 0.0,
                        "max": 10.0,
                        "step": 0.05,
                        "advanced": True,
                        "tooltip": "How closely the ControlNets hold photos to the layout: 0 = not, 1 = closely, 10 = "
                        "far too much.",
                    },
                ),
                "extra_prompt": (
                    "STRING",
                    {
                        "default": "",
                        "multiline": True,
                        "tooltip": "Words put behind every photo's prompt as they are, with weights in parentheses or "
                        "embedding:name if you like: a LoRA's trigger, a style. Empty = nothing.",
                    },
                ),
                "anchor_blocks": (
                    ["decoder", "deepest", "all"],
                    {
                        "default": "decoder",
                        "advanced": True,
                        "tooltip": "Which self-attention layers of a UNet look at anchors. deepest = rough likeness, "
                        "cheapest; decoder = usual; all = closest and dearest.",
                    },
                ),
                "anchors_until": (
                    "FLOAT",
                    {
                        "default": 0.8,
                        "min": 0.0,
                        "max": 1.0,
                        "step": 0.05,
                        "advanced": True,
                        "tooltip": "Share of the steps in which photos look at anchors: 0 = none, 1 = all.",
                    },
                ),
                "anchor_scale": (
                    "FLOAT",
                    {
                        "default": 0.5,
                        "min": 0.25,
                        "max": 1.0,
                        "step": 0.05,
                        "advanced": True,
                        "tooltip": "Side of anchors as a share of the photo's: 0.25 = coarse and cheap, 1 = as fine as "
                        "the photo, and dear.",
                    },
                ),
                "anchor_cache_mib": (
                    "INT",
                    {
                        "default": 2048,
                        "min": 0,
                        "max": 1000000,
                        "advanced": True,
                        "tooltip": "MiB of main memory for what anchors look like to a UNet. 0 = compute it for every "
                        "photo, up to 1000000. Given back after the run. Changes no pixel.",
                    },
                ),
                "shared_noise": (
                    "FLOAT",
                    {
                        "default": 0.0,
                        "min": 0.0,
                        "max": 1.0,
                        "step": 0.05,
                        "advanced": True,
                        "tooltip": "Share of the starting noise that photos of one place have in common. 0 = none, and "
                        "the noise that KSampler takes; 1 = all, so that the same things turn up at the same spots.",
                    },
                ),
            },
        }

    def make(
        self,
        model,
        clip,
        vae,
        sampler,
        scheduler,
        steps,
        cfg,
        denoise,
        negative_prompt,
        anchor_strength,
        regions,
        region_strength,
        pose_control_net=None,
        depth_control_net=None,
        segmentation_control_net=None,
        control_strength=None,
        extra_prompt=None,
        anchor_blocks=None,
        anchors_until=None,
        anchor_scale=None,
        anchor_cache_mib=None,
        shared_noise=None,
    ):
        from ..stages.render.native import ModelRenderer, ModelSettings
        from ..stages.render.pipelines import AnchorSettings
        from .comfy_sampling import ComfySampling
        from .render_diffusers import control_pictures

        controls = {
            "pose": pose_control_net,
            "depth": depth_control_net,
            "segmentation": segmentation_control_net,
        }
        settings = ModelSettings(
            sampler=sampler,
            scheduler=scheduler,
            steps=steps,
            guidance=cfg,
            denoise=denoise,
            negative=negative_prompt.strip(),
            extra=extra_prompt or "",
            anchors=AnchorSettings(
                strength=anchor_strength,
                **_given(blocks=anchor_blocks, until=anchors_until, scale=anchor_scale, cache_mib=anchor_cache_mib),
            ),
            regions=regions,
            region_strength=region_strength,
            **_given(shared_noise=shared_noise, control_strength=control_strength),
        )
        renderer = ModelRenderer(
            model,
            clip,
            vae,
            settings,
            ComfySampling(),
            controls={kind: control for kind, control in controls.items() if control is not None},
            control_pictures=control_pictures,
            start_picture=_storyboard,
        )
        return (renderer,)


def _given(**values):
    """What the graph holds; what it leaves out is the stage's to choose."""
    return {name: value for name, value in values.items() if value is not None}


def _storyboard(job):
    """The storyboard's drawing of a photo, which it may start from."""
    from ..stages.render.storyboard import StoryboardRenderer

    return StoryboardRenderer().render_photo(job, on_step=lambda done, steps: None)
