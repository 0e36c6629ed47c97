# ruff: noqa: N802 (ComfyUI's contract: INPUT_TYPES and class attributes)
"""Core nodes that load and run models, as graphs around albums use them: declared, but run by ComfyUI alone.

With their inputs and outputs known, such graphs can be written, checked and opened in the editor here. A run is
refused in one sentence before anything is done.
"""

from typing import Any, ClassVar, NoReturn

from ..nodes.comfy_sampling import SAMPLERS, SCHEDULERS
from ..stages.errors import AlbumError

Inputs = dict[str, Any]
_LARGEST_SIDE = 16384
_FILES: tuple[list[str], Inputs] = ([], {"default": ""})  # which there are, the folders of a ComfyUI know


class _ByComfyUI:
    """A node that only ComfyUI can run."""

    TITLE: ClassVar[str]
    FUNCTION = "refuse"
    RETURN_TYPES: ClassVar[tuple[str, ...]]

    def refuse(self, **_: Any) -> NoReturn:
        raise AlbumError(_sentence(self.TITLE))


def _sentence(title: str) -> str:
    return (
        f"{title} works with models that are loaded in ComfyUI: run this graph there, or take Album Diffusers "
        "Renderer, which opens checkpoints by itself."
    )


class CheckpointLoaderSimple(_ByComfyUI):
    TITLE = "Load Checkpoint"
    DESCRIPTION = "Loads a checkpoint with denoiser, text encoder and VAE in it."
    CATEGORY = "loaders"
    RETURN_TYPES = ("MODEL", "CLIP", "VAE")

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"ckpt_name": _FILES}}

    @classmethod
    def VALIDATE_INPUTS(cls, ckpt_name: str | None) -> str:
        return _sentence(cls.TITLE)


class UNETLoader(_ByComfyUI):
    TITLE = "Load Diffusion Model"
    DESCRIPTION = "Loads a denoiser alone."
    CATEGORY = "advanced/loaders"
    RETURN_TYPES = ("MODEL",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        kept_as = (["default", "fp8_e4m3fn", "fp8_e4m3fn_fast", "fp8_e5m2"],)
        return {"required": {"unet_name": _FILES, "weight_dtype": kept_as}}

    @classmethod
    def VALIDATE_INPUTS(cls, unet_name: str | None) -> str:
        return _sentence(cls.TITLE)


class DualCLIPLoader(_ByComfyUI):
    TITLE = "DualCLIPLoader"
    DESCRIPTION = "Loads two text encoders that a model reads together."
    CATEGORY = "advanced/loaders"
    RETURN_TYPES = ("CLIP",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        kinds = ["sdxl", "sd3", "flux", "hunyuan_video", "hidream", "hunyuan_image"]
        return {
            "required": {"clip_name1": _FILES, "clip_name2": _FILES, "type": (kinds,)},
            "optional": {"device": (["default", "cpu"], {"advanced": True})},
        }

    @classmethod
    def VALIDATE_INPUTS(cls, clip_name1: str | None, clip_name2: str | None) -> str:
        return _sentence(cls.TITLE)


class VAELoader(_ByComfyUI):
    TITLE = "Load VAE"
    DESCRIPTION = "Loads a VAE alone."
    CATEGORY = "loaders"
    RETURN_TYPES = ("VAE",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"vae_name": _FILES}}

    @classmethod
    def VALIDATE_INPUTS(cls, vae_name: str | None) -> str:
        return _sentence(cls.TITLE)


class CLIPTextEncode(_ByComfyUI):
    TITLE = "CLIP Text Encode (Prompt)"
    DESCRIPTION = "Encodes a text."
    CATEGORY = "conditioning"
    RETURN_TYPES = ("CONDITIONING",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"text": ("STRING", {"multiline": True, "dynamicPrompts": True}), "clip": ("CLIP",)}}


class EmptyLatentImage(_ByComfyUI):
    TITLE = "Empty Latent Image"
    DESCRIPTION = "Latents of nothing, to be sampled from noise."
    CATEGORY = "latent"
    RETURN_TYPES = ("LATENT",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        side = ("INT", {"default": 512, "min": 16, "max": _LARGEST_SIDE, "step": 8})
        batch = ("INT", {"default": 1, "min": 1, "max": 4096})
        return {"required": {"width": side, "height": side, "batch_size": batch}}


class KSampler(_ByComfyUI):
    TITLE = "KSampler"
    DESCRIPTION = "Takes noise out of a latent, step by step."
    CATEGORY = "sampling"
    RETURN_TYPES = ("LATENT",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {
            "required": {
                "model": ("MODEL",),
                "seed": ("INT", {"default": 0, "min": 0, "max": 2**64 - 1, "control_after_generate": True}),
                "steps": ("INT", {"default": 20, "min": 1, "max": 10000}),
                "cfg": ("FLOAT", {"default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1, "round": 0.01}),
                "sampler_name": (list(SAMPLERS),),
                "scheduler": (list(SCHEDULERS),),
                "positive": ("CONDITIONING",),
                "negative": ("CONDITIONING",),
                "latent_image": ("LATENT",),
                "denoise": ("FLOAT", {"default": 1.0, "min": 0.0, "max": 1.0, "step": 0.01}),
            }
        }


class VAEDecode(_ByComfyUI):
    TITLE = "VAE Decode"
    DESCRIPTION = "Turns latents into pictures."
    CATEGORY = "latent"
    RETURN_TYPES = ("IMAGE",)

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"samples": ("LATENT",), "vae": ("VAE",)}}


MODEL_NODES: dict[str, type] = {
    "CheckpointLoaderSimple": CheckpointLoaderSimple,
    "CLIPTextEncode": CLIPTextEncode,
    "DualCLIPLoader": DualCLIPLoader,
    "EmptyLatentImage": EmptyLatentImage,
    "KSampler": KSampler,
    "UNETLoader": UNETLoader,
    "VAEDecode": VAEDecode,
    "VAELoader": VAELoader,
}
