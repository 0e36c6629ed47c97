"""The renderer over checkpoints: SD 1.5 and SDXL, and the built-in model where none is named."""

from .sockets import ALBUM_RENDERER
from .weight_files import files_token

_FILES = {"default": "", "advanced": True}


class AlbumDiffusersRenderer:
    CATEGORY = "Synthetic Albums/render"
    DESCRIPTION = (
        "Makes the photos with an SD 1.5 or SDXL checkpoint. Everybody is painted after their own portraits and the "
        "place after its plate, each in its own region, so people look alike from photo to photo and do not blend. "
        "Takes LoRAs, ControlNets for pose, depth and segmentation, and an IP-Adapter. Nothing is downloaded."
    )
    SEARCH_ALIASES = ["checkpoint", "stable diffusion", "sdxl", "lora", "controlnet", "ip-adapter", "consistent"]
    FUNCTION = "make"
    RETURN_TYPES = (ALBUM_RENDERER,)
    RETURN_NAMES = ("renderer",)
    OUTPUT_TOOLTIPS = (
        "For Album Identity and Album Render. The weights are loaded for the first picture and given back after the "
        "last.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "checkpoint": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "empty = the built-in model",
                        "tooltip": "A .safetensors checkpoint or a diffusers folder of SD 1.5 or SDXL: its name in "
                        "models/checkpoints or models/diffusers, or a full path. Empty = the tiny built-in model, "
                        "which reads none of the other inputs.",
                    },
                ),
                "steps": (
                    "INT",
                    {"default": 25, "min": 1, "max": 150, "tooltip": "1 is noise, 20 to 30 usual, 150 slow."},
                ),
                "guidance": (
                    "FLOAT",
                    {
                        "default": 6.0,
                        "min": 1.0,
                        "max": 30.0,
                        "step": 0.5,
                        "tooltip": "How strictly the text is followed (CFG). 1 = off and twice as fast, 30 = burnt.",
                    },
                ),
                "scheduler": (
                    [
                        "checkpoint",
                        "dpmpp_2m",
                        "dpmpp_2m_karras",
                        "dpmpp_2m_sde",
                        "euler",
                        "euler_ancestral",
                        "ddim",
                        "unipc",
                        "heun",
                        "pndm",
                        "lcm",
                    ],
                    {
                        "default": "dpmpp_2m_karras",
                        "tooltip": "The method of sampling. checkpoint = the one that the checkpoint names.",
                    },
                ),
                "negative_prompt": (
                    "STRING",
                    {
                        "default": "blurry, deformed, extra limbs, text, watermark",
                        "multiline": True,
                        "tooltip": "What no photo should show; about 60 words at most. Unused without guidance.",
                    },
                ),
                "anchor_strength": (
                    "FLOAT",
                    {
                        "default": 1.0,
                        "min": 0.0,
                        "max": 4.0,
                        "step": 0.05,
                        "tooltip": "How much photos look at portraits and plates. 0 = not at all, 1 = as much as at "
                        "themselves, 4 = nearly copies.",
                    },
                ),
                "region_strength": (
                    "FLOAT",
                    {
                        "default": 0.6,
                        "min": 0.0,
                        "max": 1.0,
                        "step": 0.05,
                        "tooltip": "How much of each person's own text acts in their region. 0 = one text for all, "
                        "1 = there the person's text alone.",
                    },
                ),
                "loras": (
                    "STRING",
                    {
                        **_FILES,
                        "multiline": True,
                        "placeholder": "one a line, as in film.safetensors:0.8",
                        "tooltip": "LoRAs in models/loras or as full paths, one a line, each with :weight from -4 to 4 "
                        "behind it where it is not 1. Needs the package peft.",
                    },
                ),
                "pose_controlnet": (
                    "STRING",
                    {**_FILES, "tooltip": "An OpenPose ControlNet in models/controlnet or a path. Empty = none."},
                ),
                "depth_controlnet": (
                    "STRING",
                    {**_FILES, "tooltip": "A depth ControlNet in models/controlnet or a path. Empty = none."},
                ),
                "segmentation_controlnet": (
                    "STRING",
                    {**_FILES, "tooltip": "A segmentation (ADE20K) ControlNet, likewise. Empty = none."},
                ),
                "control_strength": (
                    "FLOAT",
                    {
                        "default": 0.8,
                        "min": 0.0,
                        "max": 2.0,
                        "step": 0.05,
                        "advanced": True,
                        "tooltip": "How closely the ControlNets hold the photo to the blueprint: 0 = not, 2 = stiffly.",
                    },
                ),
                "ip_adapter": (
                    "STRING",
                    {**_FILES, "tooltip": "An IP-Adapter (.safetensors) in models/ipadapter or a path. Empty = none."},
                ),
                "image_encoder": (
                    "STRING",
                    {
                        **_FILES,
                        "tooltip": "The folder of the CLIP vision model (config.json and model.safetensors) that the "
                        "IP-Adapter was trained with, in models/clip_vision or as a path.",
                    },
                ),
                "ip_adapter_scale": (
                    "FLOAT",
                    {
                        "default": 0.6,
                        "min": 0.0,
                        "max": 2.0,
                        "step": 0.05,
                        "advanced": True,
                        "tooltip": "How much the IP-Adapter adds in each person's region: 0 = nothing, 2 = too much.",
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
                        "tooltip": "Share of the starting noise that photos of one place have in common. 0 = none and "
                        "most varied, 1 = all, so that the same things turn up at the same spots.",
                    },
                ),
                "anchor_blocks": (
                    ["decoder", "deepest", "all"],
                    {
                        "default": "decoder",
                        "advanced": True,
                        "tooltip": "Which self-attention layers look at anchors. deepest = rough likeness, cheapest; "
                        "decoder = usual; all = closest and dearest.",
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
                "anchor_cache_mib": (
                    "INT",
                    {
                        "default": 2048,
                        "min": 0,
                        "max": 1000000,
                        "advanced": True,
                        "tooltip": "MiB of GPU memory for what anchors look like, and as much main memory. 0 = compute "
                        "it for every photo, up to 1000000. Changes no pixel.",
                    },
                ),
                "dtype": (
                    ["auto", "float32", "float16", "bfloat16"],
                    {
                        "default": "auto",
                        "advanced": True,
                        "tooltip": "Number format. auto = float16 on a GPU, float32 on the processor.",
                    },
                ),
                "device": (
                    ["auto", "cpu", "cuda", "mps"],
                    {
                        "default": "auto",
                        "advanced": True,
                        "tooltip": "Where the checkpoint runs. auto = the GPU when there is one.",
                    },
                ),
                "offload": (
                    "BOOLEAN",
                    {
                        "default": False,
                        "advanced": True,
                        "tooltip": "Keep the model in main memory, and each part on the GPU only while it computes: "
                        "slower, needs far less. Needs the package accelerate.",
                    },
                ),
            }
        }

    @classmethod
    def IS_CHANGED(cls, checkpoint, loras="", ip_adapter="", image_encoder="", **others):
        """Follows the files of all weights, so that others under the same names are noticed."""
        from ..stages.errors import AlbumError

        if checkpoint == "":
            return ""
        try:
            controls = [others.get(f"{kind}_controlnet", "") for kind in ("pose", "depth", "segmentation")]
            named = [(("controlnet",), name) for name in controls]
            named += [(("ipadapter",), ip_adapter), (("clip_vision",), image_encoder)]
            paths = [_model(("checkpoints", "diffusers"), checkpoint), *(lora.path for lora in _loras(loras))]
            paths += [_model(kinds, name) for kinds, name in named if name.strip()]
            return files_token([file] for path in paths for file in _files(path))
        except (OSError, AttributeError, AlbumError):  # not there, or linked and known only when the graph runs
            return float("nan")

    def make(
        self,
        checkpoint,
        steps,
        guidance,
        scheduler,
        negative_prompt,
        anchor_strength,
        region_strength,
        loras,
        pose_controlnet,
        depth_controlnet,
        segmentation_controlnet,
        control_strength,
        ip_adapter,
        image_encoder,
        ip_adapter_scale,
        shared_noise,
        anchor_blocks,
        anchors_until,
        anchor_cache_mib,
        dtype,
        device,
        offload,
    ):
        from ..stages.render.builtin import BuiltinRenderer
        from ..stages.render.pipelines import AnchorSettings, DiffusersRenderer, RenderSettings

        if not checkpoint.strip():
            return (BuiltinRenderer(),)
        controls = {"pose": pose_controlnet, "depth": depth_controlnet, "segmentation": segmentation_controlnet}
        settings = RenderSettings(
            checkpoint=_model(("checkpoints", "diffusers"), checkpoint),
            scheduler=scheduler,
            steps=steps,
            guidance=guidance,
            negative=negative_prompt.strip(),
            dtype=dtype,
            device=device,
            offload=offload,
            loras=_loras(loras),
            anchors=AnchorSettings(
                strength=anchor_strength, blocks=anchor_blocks, until=anchors_until, cache_mib=anchor_cache_mib
            ),
            region_strength=region_strength,
            controls=_controls(controls, control_strength),
            adapter=_adapter(ip_adapter, image_encoder, ip_adapter_scale),
            shared_noise=shared_noise,
        )
        return (DiffusersRenderer(settings, control_pictures=control_pictures),)


def control_pictures(job):
    """The blueprint of a photo as the pictures that ControlNets read, by their kind."""
    from ..stages.layout import draw_depth, draw_openpose, draw_segmentation
    from ..stages.records import AlbumPlan

    plan = AlbumPlan(
        title=job.scene.id,
        seed=job.album_seed,
        characters=list(job.characters),
        environments=[job.environment],
        scenes=[job.scene],
    )
    size = {"width": job.width, "height": job.height}
    return {
        "pose": draw_openpose(job.layout, **size),
        "depth": draw_depth(job.layout, plan, **size),
        "segmentation": draw_segmentation(job.layout, plan, **size),
    }


def _files(path):
    return [file for file in path.rglob("*") if not file.is_dir()] if path.is_dir() else [path]


def _model(kinds, name):
    from .host import current_host

    return current_host().model_path(kinds, name.strip())


def _loras(text):
    from ..stages.render.pipelines import LoraFile

    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, weight = line.rpartition(":")
        try:
            found.append((name, float(weight)) if name else (line, 1.0))
        except ValueError:  # the colon belongs to the path
            found.append((line, 1.0))
    return tuple(LoraFile(_model(("loras",), name), weight) for name, weight in found)


def _controls(names, strength):
    from ..stages.render.pipelines import ControlFile

    return tuple(
        ControlFile(kind, _model(("controlnet",), name), strength) for kind, name in names.items() if name.strip()
    )


def _adapter(name, encoder, scale):
    from ..stages.errors import AlbumError
    from ..stages.render.pipelines import ImageAdapter

    if not name.strip():
        return None
    if not encoder.strip():
        raise AlbumError("An IP-Adapter needs the folder of its image encoder: fill in image_encoder.")
    return ImageAdapter(_model(("ipadapter",), name), _model(("clip_vision",), encoder), scale)
