# ruff: noqa: N802, RUF012 (ComfyUI's contract: INPUT_TYPES and class attributes)
"""Stand-ins for the core nodes that graphs around albums use: same ids, inputs, outputs and results as ComfyUI's."""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..nodes.host import current_host
from ..stages.errors import AlbumError
from .model_nodes import MODEL_NODES
from .pictures import inside, list_pictures, load_channel, load_picture, save_pictures

if TYPE_CHECKING:
    from torch import Tensor

Inputs = dict[str, Any]
HIDDEN_GRAPH = {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"}


class SaveImage:
    DESCRIPTION = "Saves the images as PNG files in the output folder."
    CATEGORY = "image"
    RETURN_TYPES = ()
    FUNCTION = "save_images"
    OUTPUT_NODE = True

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        prefix = {
            "default": "ComfyUI",
            "tooltip": "How the file names start. May name subfolders of the output folder.",
        }
        return {
            "required": {"images": ("IMAGE", {"tooltip": "The images."}), "filename_prefix": ("STRING", prefix)},
            "hidden": HIDDEN_GRAPH,
        }

    def save_images(
        self, images: "Tensor", filename_prefix: str = "ComfyUI", prompt: Any = None, extra_pnginfo: Any = None
    ) -> Inputs:
        folder, texts = current_host().output_directory(), _texts(prompt, extra_pnginfo)
        return {"ui": {"images": save_pictures(images, filename_prefix, folder, texts, kind="output")}}


class PreviewImage:
    DESCRIPTION = "Shows the images. Without an editor they go to the previews folder, if one is given."
    CATEGORY = "image"
    RETURN_TYPES = ()
    FUNCTION = "save_images"
    OUTPUT_NODE = True

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"images": ("IMAGE",)}, "hidden": HIDDEN_GRAPH}

    def save_images(self, images: "Tensor", prompt: Any = None, extra_pnginfo: Any = None) -> Inputs:
        folder: Path | None = getattr(current_host(), "previews", None)
        if folder is None:
            return {"ui": {"images": []}}
        texts = _texts(prompt, extra_pnginfo)
        return {"ui": {"images": save_pictures(images, "preview", folder, texts, kind="temp")}}


def _texts(prompt: Any, extra_pnginfo: Any) -> dict[str, Any] | None:
    if not current_host().metadata_allowed():
        return None
    return {**({"prompt": prompt} if prompt is not None else {}), **(extra_pnginfo or {})}


class PreviewAny:
    DESCRIPTION = "Shows any value as text."
    CATEGORY = "utils"
    RETURN_TYPES = ()
    FUNCTION = "main"
    OUTPUT_NODE = True

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"source": (ANY, {})}}

    def main(self, source: Any = None) -> Inputs:
        return {"ui": {"text": (_as_text(source),)}}


class _AnyType(str):
    """Fits every socket: ComfyUI compares types with `!=`."""

    __slots__ = ()

    def __ne__(self, other: object) -> bool:
        return False

    __eq__ = str.__eq__
    __hash__ = str.__hash__


ANY = _AnyType("*")


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)) or value is None:
        return str(value)
    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        return str(value)


class LoadImage:
    DESCRIPTION = "Loads a picture of the input folder; `name.png [output]` takes it from the output folder."
    CATEGORY = "image"
    RETURN_TYPES = ("IMAGE", "MASK")
    FUNCTION = "load_image"

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"image": (list_pictures(current_host().input_directory()), {"image_upload": True})}}

    def load_image(self, image: str) -> "tuple[Tensor, Tensor]":
        return load_picture(_find(image))

    @classmethod
    def IS_CHANGED(cls, image: str, **_: Any) -> str:
        return hashlib.sha256(_find(image).read_bytes()).hexdigest()

    @classmethod
    def VALIDATE_INPUTS(cls, image: str | None) -> bool | str:
        if image is None:  # linked: known only when the graph runs
            return True
        try:
            return _find(image).exists() or f"Invalid image file: {image}"
        except AlbumError as error:
            return str(error)


class LoadImageMask(LoadImage):
    DESCRIPTION = "Loads one channel of a picture of the input folder as a mask."
    CATEGORY = "mask"
    RETURN_TYPES = ("MASK",)
    FUNCTION = "load_channel"

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        inputs = super().INPUT_TYPES()
        inputs["required"]["channel"] = (["alpha", "red", "green", "blue"],)
        return inputs

    def load_channel(self, image: str, channel: str) -> "tuple[Tensor]":
        return (load_channel(_find(image), channel),)


def _find(name: str) -> Path:
    host = current_host()
    for mark, folder in ((" [output]", host.output_directory()), (" [input]", host.input_directory())):
        if name.endswith(mark):
            return inside(folder, name.removesuffix(mark), "image")
    return inside(host.input_directory(), name, "image")


class MaskToImage:
    CATEGORY = "mask"
    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "mask_to_image"

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"mask": ("MASK",)}}

    def mask_to_image(self, mask: "Tensor") -> "tuple[Tensor]":
        flat = mask.reshape(-1, *mask.shape[-2:])  # (masks, height, width)
        return (flat[..., None].expand(-1, -1, -1, 3),)


class ImageToMask:
    CHANNELS = ["red", "green", "blue", "alpha"]
    CATEGORY = "mask"
    RETURN_TYPES = ("MASK",)
    FUNCTION = "image_to_mask"

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"image": ("IMAGE",), "channel": (cls.CHANNELS,)}}

    def image_to_mask(self, image: "Tensor", channel: str) -> "tuple[Tensor]":
        return (image[..., self.CHANNELS.index(channel)],)


class ImageBatch:
    CATEGORY = "image"
    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "batch"

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {"required": {"image1": ("IMAGE",), "image2": ("IMAGE",)}}

    def batch(self, image1: "Tensor", image2: "Tensor") -> "tuple[Tensor]":
        import torch

        if image1.shape[1:] != image2.shape[1:]:
            image2 = _fitted(image2, image1.shape[1], image1.shape[2])
        return (torch.cat((image1, image2)),)


def _fitted(image: "Tensor", height: int, width: int) -> "Tensor":
    """Cut to the aspect ratio about the centre, then scaled."""
    from torch.nn.functional import interpolate

    old_height, old_width = image.shape[1], image.shape[2]
    cut_x = max(0, round((old_width - old_height * width / height) / 2))
    cut_y = max(0, round((old_height - old_width * height / width) / 2))
    cut = image[:, cut_y : old_height - cut_y, cut_x : old_width - cut_x]
    return interpolate(cut.movedim(-1, 1), size=(height, width), mode="bilinear").movedim(1, -1)


class RegexExtract:
    DESCRIPTION = "Takes what a regular expression finds in a text."
    CATEGORY = "utils/string"
    RETURN_TYPES = ("STRING",)
    FUNCTION = "execute"
    MODES = ["First Match", "All Matches", "First Group", "All Groups"]

    @classmethod
    def INPUT_TYPES(cls) -> Inputs:
        return {
            "required": {
                "string": ("STRING", {"multiline": True}),
                "regex_pattern": ("STRING", {"multiline": True}),
                "mode": (cls.MODES,),
                "case_insensitive": ("BOOLEAN", {"default": True}),
                "multiline": ("BOOLEAN", {"default": False}),
                "dotall": ("BOOLEAN", {"default": False}),
                "group_index": ("INT", {"default": 1, "min": 0, "max": 100}),
            }
        }

    def execute(
        self,
        string: str,
        regex_pattern: str,
        mode: str,
        case_insensitive: bool,
        multiline: bool,
        dotall: bool,
        group_index: int,
    ) -> tuple[str]:
        flags = re.IGNORECASE * case_insensitive | re.MULTILINE * multiline | re.DOTALL * dotall
        try:
            pattern = re.compile(regex_pattern, flags)
        except re.error:
            return ("",)  # as ComfyUI does
        # All Matches gives the first group of a pattern that has any.
        wanted = {"First Match": 0, "All Matches": min(1, pattern.groups)}.get(mode, group_index)
        if wanted > pattern.groups or (mode == "All Groups" and not pattern.groups):
            return ("",)
        found = pattern.finditer(string) if mode.startswith("All") else filter(None, [pattern.search(string)])
        return ("\n".join(match.group(wanted) or "" for match in found),)


def _primitive(socket: str, **options: Any) -> type:
    class Primitive:
        CATEGORY = "utils/primitive"
        RETURN_TYPES = (socket,)
        FUNCTION = "execute"

        @classmethod
        def INPUT_TYPES(cls) -> Inputs:
            return {"required": {"value": (socket, options)}}

        def execute(self, value: Any) -> tuple[Any]:
            return (value,)

    return Primitive


WHOLE_RANGE = {"min": -sys.maxsize, "max": sys.maxsize}

CORE_NODES: dict[str, type] = {
    "ImageBatch": ImageBatch,
    "ImageToMask": ImageToMask,
    "LoadImage": LoadImage,
    "LoadImageMask": LoadImageMask,
    "MaskToImage": MaskToImage,
    "PreviewAny": PreviewAny,
    "PreviewImage": PreviewImage,
    "PrimitiveBoolean": _primitive("BOOLEAN"),
    "PrimitiveFloat": _primitive("FLOAT", **WHOLE_RANGE),
    "PrimitiveInt": _primitive("INT", control_after_generate=True, **WHOLE_RANGE),
    "PrimitiveString": _primitive("STRING", multiline=False),
    "PrimitiveStringMultiline": _primitive("STRING", multiline=True),
    "RegexExtract": RegexExtract,
    "SaveImage": SaveImage,
    **MODEL_NODES,
}
