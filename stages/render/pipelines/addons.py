"""What goes onto a checkpoint: LoRAs, ControlNets and an IP-Adapter, each refused where it is of another family."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import util
from pathlib import Path
from typing import Any, Final

import diffusers
import torch
from diffusers.utils import deprecation_utils
from safetensors import SafetensorError

from ...errors import AlbumError
from .checkpoint import FAMILY_NAMES, Family, read_json
from .settings import ControlFile, ImageAdapter, LoraFile
from .weights import read_header, refuse_pickle

EXTRA: Final = 'pip install "synthetic-albums[checkpoints]"'
_BROKEN: Final = (OSError, ValueError, KeyError, TypeError, IndexError, RuntimeError, AttributeError, SafetensorError)
# Newer releases call the number format `dtype` and warn of the older name.
DTYPE: Final = "dtype" if hasattr(deprecation_utils, "_TORCH_DTYPE_DEPRECATION_MESSAGE") else "torch_dtype"
_LIBRARY: Any = diffusers  # it loads its classes on demand, which type checkers do not follow


def load_lora(pipe: Any, lora: LoraFile, name: str, family: Family) -> None:
    """Put a LoRA into a pipeline under a name; its weight is set afterwards.

    Raises:
        AlbumError: the file is missing, broken, of another family, or peft is not installed.
    """
    header = read_header(lora.path)
    require_package("peft", "A LoRA")
    wanted = int(pipe.unet.config.cross_attention_dim)
    marks = ("lora_down", "lora_A", "lora.down")
    found = [
        shape[-1] for tensor, shape in header.shapes.items()
        if "attn2" in tensor and "to_k" in tensor and any(mark in tensor for mark in marks)
    ]  # fmt: skip
    if found and found[0] != wanted:
        raise AlbumError(
            f"The LoRA {lora.path} is for another family than {FAMILY_NAMES[family]} (text width {found[0]}, not "
            f"{wanted}): choose one that goes with the checkpoint."
        )
    with reading(f"The LoRA {lora.path}"):
        pipe.load_lora_weights(
            str(lora.path.parent), weight_name=lora.path.name, adapter_name=name, local_files_only=True,
            use_safetensors=True,
        )  # fmt: skip
    if not any(name in names for names in pipe.get_list_adapters().values()):
        raise AlbumError(f"{lora.path} changes nothing of this checkpoint: choose a LoRA of {FAMILY_NAMES[family]}.")


def with_controls(pipe: Any, controls: Sequence[ControlFile], family: Family, dtype: torch.dtype) -> Any:
    """The same parts as a pipeline with ControlNets.

    Raises:
        AlbumError: one is missing, broken or of another family.
    """
    networks = [_load_control(pipe.unet, control, family, dtype) for control in controls]
    kind = (
        _LIBRARY.StableDiffusionControlNetPipeline if family == "sd15"
        else _LIBRARY.StableDiffusionXLControlNetPipeline
    )  # fmt: skip
    with reading("The ControlNet"):
        return kind.from_pipe(pipe, controlnet=networks if len(networks) > 1 else networks[0], **{DTYPE: dtype})


def _load_control(unet: Any, control: ControlFile, family: Family, dtype: torch.dtype) -> Any:
    """A ControlNet whose text and denoiser are those of the family; everything else is refused before sampling."""
    path = control.path
    refuse_pickle(path)
    if not path.exists():
        raise AlbumError(f"There is no ControlNet {path}: check the path, or leave {control.kind} out.")
    with reading(f"The ControlNet {path}"):
        if path.is_dir():
            config = read_json(path / "config.json", what="a ControlNet's folder")
            if config.get("_class_name") != "ControlNetModel":
                raise AlbumError(
                    f"{path} holds a {config.get('_class_name')}, not a ControlNet: choose another folder."
                )
            _require_control_family(path, config.get("cross_attention_dim"), unet, family)
            return _LIBRARY.ControlNetModel.from_pretrained(
                str(path), **{DTYPE: dtype}, use_safetensors=True, local_files_only=True
            )
        header = read_header(path)
        widths = [shape[1] for name, shape in header.shapes.items() if name.endswith("attn2.to_k.weight")]
        if not (header.has("control_model.") or header.has("controlnet_cond_embedding.")):
            raise AlbumError(f"{path} is not a ControlNet: choose another file.")
        _require_control_family(path, widths[0] if widths else None, unet, family)
        with tempfile.TemporaryDirectory() as scratch:
            _LIBRARY.ControlNetModel.from_unet(unet, load_weights_from_unet=False).save_config(scratch)
            return _LIBRARY.ControlNetModel.from_single_file(
                str(path), config=scratch, **{DTYPE: dtype}, local_files_only=True
            )


def _require_control_family(path: Path, width: Any, unet: Any, family: Family) -> None:
    wanted = unet.config.cross_attention_dim
    if width != wanted:
        raise AlbumError(
            f"The ControlNet {path} is for another family than the checkpoint, which is {FAMILY_NAMES[family]} (text "
            f"width {width}, not {wanted}): choose one that goes with it."
        )


def load_adapter(pipe: Any, adapter: ImageAdapter, family: Family, dtype: torch.dtype) -> None:
    """Put an IP-Adapter and its image encoder into a pipeline.

    Raises:
        AlbumError: one is missing, broken or of another family.
    """
    from transformers import CLIPImageProcessor, CLIPVisionModelWithProjection

    header = read_header(adapter.path)
    widths = [shape[1] for name, shape in header.shapes.items() if name.endswith("to_k_ip.weight")]
    if not widths or not header.has("image_proj."):
        raise AlbumError(f"{adapter.path} is not an IP-Adapter: choose another file.")
    wanted = pipe.unet.config.cross_attention_dim
    if widths[0] != wanted:
        raise AlbumError(
            f"The IP-Adapter {adapter.path} is for another family than {FAMILY_NAMES[family]} (text width {widths[0]}, "
            f"not {wanted}): choose one that goes with the checkpoint."
        )
    config = read_json(adapter.encoder / "config.json", what="the folder of an image encoder")
    weights = adapter.encoder / "model.safetensors"
    read_header(weights)
    with reading(f"The image encoder {adapter.encoder}"):
        encoder: Any = CLIPVisionModelWithProjection.from_pretrained(
            str(adapter.encoder), use_safetensors=True, local_files_only=True
        )
        side = int(config.get("image_size", config.get("vision_config", {}).get("image_size", 224)))
        pipe.register_modules(
            image_encoder=encoder.to(dtype=dtype).eval(),
            feature_extractor=CLIPImageProcessor(size=side, crop_size=side),
        )
    with reading(f"The IP-Adapter {adapter.path}"):
        pipe.load_ip_adapter(
            str(adapter.path.parent), subfolder="", weight_name=adapter.path.name, image_encoder_folder=None,
            local_files_only=True,
        )  # fmt: skip
    pipe.set_ip_adapter_scale(adapter.scale)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Say in one sentence what could not be read.

    Raises:
        AlbumError: whatever the libraries make of files that do not fit.
    """
    try:
        yield
    except torch.cuda.OutOfMemoryError:
        raise
    except _BROKEN as error:
        detail = " ".join(str(error).split())[:300]
        raise AlbumError(
            f"{what} cannot be loaded: its files do not fit together or are damaged ({detail})."
        ) from error


def require_package(name: str, what: str) -> None:
    """Check that an optional package is there.

    Raises:
        AlbumError: it is not, and how to install it.
    """
    if util.find_spec(name) is None:
        raise AlbumError(f"{what} needs the package '{name}', which is not installed: {EXTRA}.")
