"""Which model a path holds, found out from its files alone, before anything is loaded."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from ...errors import AlbumError
from .weights import PICKLES, WeightHeader, digest_of, read_header, refuse_pickle

Family = Literal["sd15", "sdxl"]
FAMILY_NAMES: Final[dict[str, str]] = {"sd15": "SD 1.5", "sdxl": "SDXL"}
# Pipelines of these families that have the same parts; what they do with them does not matter here.
_PIPELINES: Final[dict[str, Family]] = {
    "StableDiffusionPipeline": "sd15",
    "StableDiffusionImg2ImgPipeline": "sd15",
    "StableDiffusionControlNetPipeline": "sd15",
    "LatentConsistencyModelPipeline": "sd15",
    "StableDiffusionXLPipeline": "sdxl",
    "StableDiffusionXLImg2ImgPipeline": "sdxl",
    "StableDiffusionXLControlNetPipeline": "sdxl",
}
_PARTS: Final[dict[Family, tuple[str, ...]]] = {
    "sd15": ("unet", "vae", "text_encoder"),
    "sdxl": ("unet", "vae", "text_encoder", "text_encoder_2"),
}
_ALLOWED_CLASSES: Final = frozenset({
    "UNet2DConditionModel", "AutoencoderKL", "CLIPTextModel", "CLIPTextModelWithProjection", "CLIPTokenizer",
    "CLIPTokenizerFast", "CLIPImageProcessor", "CLIPFeatureExtractor", "StableDiffusionSafetyChecker",
    "CLIPVisionModelWithProjection", "ControlNetModel",
})  # fmt: skip
_CROSS_DIMS: Final = {1024: "SD 2", 1280: "the SDXL refiner"}
_PROBE: Final = "model.diffusion_model.input_blocks.0.0.weight"
# Names that only models of other families have, in single files.
_OTHERS: Final = (
    ("joint_blocks.", "SD 3"), ("double_blocks.", "Flux"), ("double_stream", "Flux"), ("single_transformer", "Flux"),
    ("cap_embedder", "Lumina or Z-Image"), ("patchify_proj", "LTX"), ("txt_in.", "a diffusion transformer"),
    ("conditioner.embedders.0.model.", "the SDXL refiner"), ("cond_stage_model.model.", "SD 2"),
    ("motion_modules", "AnimateDiff"), ("control_model.", "a ControlNet"),
    ("controlnet_cond_embedding", "a ControlNet"),
    ("lora_unet_", "a LoRA"), ("lora_te", "a LoRA"), ("lora_A", "a LoRA"),
)  # fmt: skip


@dataclass(frozen=True)
class Checkpoint:
    """A model that was recognised. variant: "fp16" where a folder has no other weights. header: of a single file."""

    path: Path
    family: Family
    variant: str | None = None
    header: WeightHeader | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is one file and not a diffusers folder."""
        return self.header is not None

    def files(self) -> list[Path]:
        """All its weights and configurations."""
        if self.is_file:
            return [self.path]
        ending = f".{self.variant}.safetensors" if self.variant else ".safetensors"
        files = [self.path / "model_index.json"]
        for part in [*_PARTS[self.family], "tokenizer", "tokenizer_2", "scheduler", "safety_checker"]:
            found = (self.path / part).glob("*") if (self.path / part).is_dir() else []
            files += [one for one in found if one.suffix in (".json", ".txt") or one.name.endswith(ending)]
        return files

    def digest(self) -> str:
        """The sha256 over all its weights and configurations."""
        return digest_of(self.files(), root=None if self.is_file else self.path)


def inspect_checkpoint(path: Path) -> Checkpoint:
    """Recognise a diffusers folder or a single file.

    Args:
        path: of a folder with model_index.json, or of a safetensors file.

    Raises:
        AlbumError: nothing is there, it is a pickle, not whole, or of a family that is not rendered with.
    """
    if path.is_dir():
        return _inspect_folder(path)
    refuse_pickle(path)
    if not path.exists():
        raise AlbumError(
            f"There is no checkpoint {path}: give a diffusers folder or a safetensors file of SD 1.5 or SDXL."
        )
    if path.suffix.lower() != ".safetensors":
        raise AlbumError(f"{path} is not a safetensors file: give a diffusers folder or a .safetensors checkpoint.")
    return _inspect_file(path)


def _inspect_folder(folder: Path) -> Checkpoint:
    index = read_json(folder / "model_index.json", what="a diffusers folder")
    name = str(index.get("_class_name"))
    if name not in _PIPELINES:
        raise AlbumError(
            f"{folder} holds a {name}, which is not SD 1.5 or SDXL for text to image: choose another checkpoint."
        )
    family = _PIPELINES[name]
    for part, entry in index.items():
        _require_stock(folder, part, entry)
    variants = {part: _part_variant(folder, part) for part in _PARTS[family]}
    unet = read_json(folder / "unet" / "config.json", what="the denoiser")
    _require_family(folder, family, int(unet.get("in_channels", 4)), unet.get("cross_attention_dim"), unet)
    return Checkpoint(folder, family, variant="fp16" if "fp16" in variants.values() else None)


def _require_stock(folder: Path, part: str, entry: Any) -> None:
    """Folders may name any class, and diffusers would import it."""
    if part.startswith("_") or not isinstance(entry, list) or len(entry) != 2 or entry[1] is None:
        return
    library, kind = str(entry[0]), str(entry[1])
    stock = library in ("diffusers", "transformers", "stable_diffusion") and (
        kind in _ALLOWED_CLASSES or (part == "scheduler" and kind.endswith("Scheduler"))
    )
    if not stock:
        raise AlbumError(
            f"{folder} wants the class {library}.{kind} for its '{part}', which is no stock part of SD 1.5 or SDXL: "
            "choose another checkpoint."
        )


def _part_variant(folder: Path, part: str) -> str | None:
    """Require the weights of a part; gives the variant that has to be asked for."""
    if not (folder / part).is_dir():
        raise AlbumError(f"{folder} has no '{part}': it was only partly downloaded. Fetch the whole folder again.")
    files = sorted(path for path in (folder / part).iterdir() if path.name.endswith(".safetensors"))
    plain = [path for path in files if len(path.name.split(".")) == 2]
    half = [path for path in files if ".fp16." in path.name]
    if not files:
        pickles = sorted(path for path in (folder / part).iterdir() if path.suffix in PICKLES)
        if pickles:
            refuse_pickle(pickles[0])
        raise AlbumError(
            f"{folder / part} has no safetensors weights: it was only partly downloaded. Fetch the whole folder again."
        )
    for path in plain or half:
        read_header(path)
    _require_shards(folder / part)
    return None if plain else "fp16"


def _require_shards(folder: Path) -> None:
    for index in folder.glob("*.safetensors.index*.json"):
        named = set(read_json(index, what="a list of weights").get("weight_map", {}).values())
        missing = sorted(name for name in named if not (folder / str(name)).is_file())
        if missing:
            raise AlbumError(f"{folder} lacks {missing[0]}: it was only partly downloaded. Fetch it again.")


def _inspect_file(path: Path) -> Checkpoint:
    header = read_header(path)
    for part, name in _OTHERS:
        if any(part in tensor for tensor in header.shapes) and not _is_known(header):
            raise AlbumError(f"{path} is {name}, not an SD 1.5 or SDXL checkpoint: choose another file.")
    if _PROBE not in header.shapes:
        raise AlbumError(f"{path} holds no denoiser of SD 1.5 or SDXL: choose a whole checkpoint.")
    sdxl = header.has("conditioner.embedders.1.model.")
    family: Family = "sdxl" if sdxl else "sd15"
    texts = "conditioner.embedders.0.transformer." if sdxl else "cond_stage_model.transformer."
    for prefix, part in (("first_stage_model.", "autoencoder (VAE)"), (texts, "text encoder")):
        if not header.has(prefix):
            raise AlbumError(
                f"{path} has a denoiser but no {part}: choose a whole checkpoint, or save it as a diffusers folder."
            )
    cross = next((shape for name, shape in header.shapes.items() if name.endswith("attn2.to_k.weight")), ())
    first = header.shapes[_PROBE]
    if len(cross) != 2 or len(first) != 4:
        raise AlbumError(f"{path} has no denoiser that reads text as SD 1.5 and SDXL do: choose another checkpoint.")
    _require_family(path, family, first[1], cross[1], {})
    return Checkpoint(path, family, header=header)


def _is_known(header: WeightHeader) -> bool:
    return _PROBE in header.shapes and (
        header.has("cond_stage_model.transformer.") or header.has("conditioner.embedders.1.model.")
    )


def _require_family(path: Path, family: Family, channels: int, cross_dim: Any, unet: dict[str, Any]) -> None:
    if channels != 4:
        kind = {9: "an inpainting checkpoint", 8: "an instruction or upscaling checkpoint"}.get(channels, "of its own")
        raise AlbumError(f"{path} is {kind} ({channels} channels in): choose one that makes pictures from text.")
    if unet and (unet.get("addition_embed_type") == "text_time") != (family == "sdxl"):
        raise AlbumError(
            f"{path} says that it is {FAMILY_NAMES[family]}, but its denoiser is not: its files are mixed up."
        )
    if cross_dim in _CROSS_DIMS:
        raise AlbumError(f"{path} is {_CROSS_DIMS[cross_dim]}, not SD 1.5 or SDXL: choose another checkpoint.")


def read_json(path: Path, *, what: str) -> dict[str, Any]:
    """Read a configuration.

    Raises:
        AlbumError: it is missing or broken.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AlbumError(
            f"{path.parent} is not {what}, or was only partly downloaded: it has no {path.name}."
        ) from error
    except (OSError, ValueError) as error:
        raise AlbumError(f"{path} cannot be read ({error}): download it again.") from error
    if not isinstance(found, dict):
        raise AlbumError(f"{path} is not {what}: download it again.")
    return found
