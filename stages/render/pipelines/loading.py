"""Checkpoints as stock diffusers pipelines, loaded from local files alone."""

import tempfile
from pathlib import Path
from typing import Any, Final

import diffusers
import torch

from ...errors import AlbumError
from .addons import DTYPE, load_adapter, load_lora, reading, require_package, with_controls
from .checkpoint import Checkpoint, Family, inspect_checkpoint
from .model import LoadedModel
from .settings import DeviceName, DtypeName, RenderSettings, SchedulerName
from .single_file import write_configs
from .text_encoders import read_text_encoders
from .weights import read_header

_LIBRARY: Any = diffusers  # it loads its classes on demand, which type checkers do not follow
_KARRAS: Final = {"use_karras_sigmas": True}
_SCHEDULERS: Final[dict[SchedulerName, tuple[str, dict[str, Any]]]] = {
    "dpmpp_2m": ("DPMSolverMultistepScheduler", {"use_karras_sigmas": False}),
    "dpmpp_2m_karras": ("DPMSolverMultistepScheduler", _KARRAS),
    "dpmpp_2m_sde": ("DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++", **_KARRAS}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler_ancestral": ("EulerAncestralDiscreteScheduler", {}),
    "ddim": ("DDIMScheduler", {}),
    "unipc": ("UniPCMultistepScheduler", {}),
    "heun": ("HeunDiscreteScheduler", {}),
    "pndm": ("PNDMScheduler", {"skip_prk_steps": True}),
    "lcm": ("LCMScheduler", {}),
}


def load_model(settings: RenderSettings, checkpoint: Checkpoint | None = None) -> LoadedModel:
    """Load a checkpoint with everything that is asked for, from local files alone.

    Args:
        settings: what to load.
        checkpoint: of `inspect_checkpoint`, where that was done before.

    Raises:
        AlbumError: a file is missing, broken, a pickle or of another family; a package or the device is not there.
    """
    checkpoint = checkpoint or inspect_checkpoint(settings.checkpoint)
    device = choose_device(settings.device)
    dtype = choose_dtype(settings.dtype, device)
    with reading(f"The checkpoint {checkpoint.path}"):
        pipe = _from_file(checkpoint, dtype) if checkpoint.is_file else _from_folder(checkpoint, dtype)
        pipe.scheduler = make_scheduler(settings.scheduler, pipe.scheduler)
    for number, lora in enumerate(settings.loras):
        load_lora(pipe, lora, f"lora{number}", checkpoint.family)
    if settings.loras:
        pipe.set_adapters([f"lora{number}" for number in range(len(settings.loras))], [
            lora.weight for lora in settings.loras
        ])  # fmt: skip
    controls = tuple(control for control in settings.controls if control.weight > 0)
    if controls:
        pipe = with_controls(pipe, controls, checkpoint.family, dtype)
    if settings.adapter is not None:
        load_adapter(pipe, settings.adapter, checkpoint.family, dtype)
    pipe.set_progress_bar_config(disable=True)
    model = LoadedModel(pipe, checkpoint.family, device, dtype, controls)
    if settings.offload:
        offload(model)
    else:
        pipe.to(device)
    return model


def offload(model: LoadedModel) -> None:
    """Keep the parts on the processor and move each to the device only while it computes.

    Raises:
        AlbumError: there is no device beside the processor, or accelerate is not installed.
    """
    if model.offloaded:
        return
    if model.device.type == "cpu":
        raise AlbumError("Offloading needs a GPU beside the processor: turn it off, or choose another device.")
    require_package("accelerate", "Offloading to the processor")
    model.pipe.enable_model_cpu_offload(device=model.device)
    model.offloaded = True


def choose_device(name: DeviceName) -> torch.device:
    """The device of a name; "auto" is the GPU where there is one.

    Raises:
        AlbumError: it is not there.
    """
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        return torch.device(next(device for device, found in there.items() if found))
    if not there[name]:
        raise AlbumError(f'The device "{name}" is not there: choose auto or cpu.')
    return torch.device(name)


def choose_dtype(name: DtypeName, device: torch.device) -> torch.dtype:
    """The number format of a name; "auto" is half precision on a GPU and single precision on the processor."""
    if name == "auto":
        return torch.float32 if device.type == "cpu" else torch.float16
    return {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}[name]


def make_scheduler(name: SchedulerName, before: Any) -> Any:
    """A scheduler of the closed list, with the noise schedule of the checkpoint's own."""
    if name == "checkpoint":
        return before
    kind, options = _SCHEDULERS[name]
    return getattr(_LIBRARY, kind).from_config(before.config, **options)


def _from_folder(checkpoint: Checkpoint, dtype: torch.dtype) -> Any:
    _require_whole(checkpoint, checkpoint.path)
    return _pipeline_class(checkpoint.family).from_pretrained(
        str(checkpoint.path), **{DTYPE: dtype}, variant=checkpoint.variant, use_safetensors=True,
        local_files_only=True,
    )  # fmt: skip


def _from_file(checkpoint: Checkpoint, dtype: torch.dtype) -> Any:
    if checkpoint.header is None:
        raise RuntimeError("a single file has a header")
    with tempfile.TemporaryDirectory() as scratch:
        configs = write_configs(checkpoint.header, checkpoint.family, Path(scratch))
        _require_whole(checkpoint, configs)
        return _pipeline_class(checkpoint.family).from_single_file(
            str(checkpoint.path), config=str(configs), **{DTYPE: dtype}, local_files_only=True,
            **read_text_encoders(checkpoint.path, checkpoint.family, configs, dtype),
        )  # fmt: skip


def _pipeline_class(family: Family) -> Any:
    return _LIBRARY.StableDiffusionPipeline if family == "sd15" else _LIBRARY.StableDiffusionXLPipeline


def _require_whole(checkpoint: Checkpoint, configs: Path) -> None:
    """Weights that a file lacks would be random, without an error: compare their number with the networks'."""
    networks = {"unet": _LIBRARY.UNet2DConditionModel, "vae": _LIBRARY.AutoencoderKL}
    prefixes = {"unet": "model.diffusion_model.", "vae": "first_stage_model."}
    for part, kind in networks.items():
        with torch.device("meta"):  # shapes only
            wanted = len(kind.from_config(kind.load_config(str(configs), subfolder=part)).state_dict())
        if checkpoint.header is not None:
            found = sum(name.startswith(prefixes[part]) for name in checkpoint.header.shapes)
        else:
            found = sum(len(read_header(path).shapes) for path in _weight_files(checkpoint, part))
        if found < wanted:
            raise AlbumError(
                f"{checkpoint.path} lacks {wanted - found} of {wanted} weights of its {part}: download it again."
            )


def _weight_files(checkpoint: Checkpoint, part: str) -> list[Path]:
    files = sorted((checkpoint.path / part).glob("*.safetensors"))
    return [path for path in files if (".fp16." in path.name) == (checkpoint.variant == "fp16")]
