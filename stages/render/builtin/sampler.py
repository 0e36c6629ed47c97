"""Loads the built-in model from its folder and samples pictures from it.

This file imports torch and diffusers, so it is imported only inside functions.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional
from transformers import CLIPTextConfig, CLIPTextModel, PreTrainedTokenizerFast

from ...errors import AlbumError
from ..renderer import PhotoJob
from .conditions import job_sketch, region_rows, stack_conditions, without_looks
from .detail import detail
from .hashes import REMEDY, verify_hashes
from .known_words import told_caption
from .networks import AlbumConditioner, AlbumUpsampler, Conditions
from .raster import blueprint_raster
from .settings import Sampling
from .steps import integrate, require_numbers
from .words import scene_caption

_PARTS: Final = {"unet": UNet2DConditionModel, "conditioner": AlbumConditioner, "upsampler": AlbumUpsampler}
_DETAILER: Final = {"detail_unet": UNet2DConditionModel, "detail_conditioner": AlbumConditioner}


@dataclass(frozen=True, eq=False)
class BuiltinModel:
    """The networks, in evaluation mode on one device.

    detail_unet, detail_conditioner: the second stage; models without one are only enlarged. digest: sha256 over the
    weight files.
    """

    unet: UNet2DConditionModel
    conditioner: AlbumConditioner
    text_encoder: CLIPTextModel
    tokenizer: PreTrainedTokenizerFast
    scheduler: FlowMatchEulerDiscreteScheduler
    upsampler: AlbumUpsampler | None
    detail_unet: UNet2DConditionModel | None
    detail_conditioner: AlbumConditioner | None
    digest: str

    @property
    def patch(self) -> int:
        """Pixels of one cell of the denoiser's grid."""
        return int(self.conditioner.config["patch"])

    @property
    def size(self) -> int:
        """Pixels of the side that it was trained at."""
        return int(self.conditioner.config["size"])


def load_builtin(folder: Path, *, device: str = "cpu", upsampler: bool = True) -> BuiltinModel:
    """Load with the stock loaders of diffusers and transformers.

    Args:
        folder: of `model_index.json`.
        device: "cpu" or "cuda".
        upsampler: False while training, when there is none yet, and no detailer either.

    Raises:
        AlbumError: a file is missing, or is not the one whose hash `hashes.json` names.
    """
    digest = verify_hashes(folder)
    wanted: dict[str, Any] = {name: kind for name, kind in _PARTS.items() if upsampler or name != "upsampler"}
    if upsampler and any((folder / name).is_dir() for name in _DETAILER):
        wanted |= _DETAILER
    networks: dict[str, Any] = {name: _read(folder, name, partial(_network, kind)) for name, kind in wanted.items()}
    networks["text_encoder"] = _read(folder, "text_encoder", load_text_encoder)
    networks = {name: network.to(device).eval() for name, network in networks.items()}
    return BuiltinModel(
        unet=networks["unet"],
        conditioner=networks["conditioner"],
        text_encoder=networks["text_encoder"],
        upsampler=networks.get("upsampler"),
        detail_unet=networks.get("detail_unet"),
        detail_conditioner=networks.get("detail_conditioner"),
        tokenizer=_read(folder, "tokenizer", _tokenizer),
        scheduler=_read(folder, "scheduler", FlowMatchEulerDiscreteScheduler.from_pretrained),
        digest=digest,
    )


def _read(folder: Path, name: str, read: Callable[[Path], Any]) -> Any:
    if not (folder / name).is_dir():
        raise AlbumError(f"The built-in model has no '{name}' in {folder}: {REMEDY}.")
    try:
        return read(folder / name)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise AlbumError(f"The built-in model's '{name}' in {folder} cannot be read ({error}): {REMEDY}.") from error


def _network(kind: Any, folder: Path) -> Any:
    """In single precision, since processors compute in it; the files hold half precision, to be small."""
    network, found = kind.from_pretrained(
        folder, torch_dtype=torch.float32, low_cpu_mem_usage=False, use_safetensors=True, local_files_only=True,
        output_loading_info=True,
    )  # fmt: skip
    odd = sorted([*found["missing_keys"], *found["unexpected_keys"]])
    if odd:  # diffusers would go on with random weights
        raise ValueError(f"{len(odd)} of its weights are missing or unknown, such as {odd[0]}")
    return network


def load_text_encoder(folder: Path) -> CLIPTextModel:
    """Without `from_pretrained`: transformers 4 and 5 name the weights differently, and 5 shows a bar of its own."""
    network = CLIPTextModel(CLIPTextConfig.from_pretrained(folder, local_files_only=True))
    prefix = "text_model."
    own = prefix if any(name.startswith(prefix) for name in network.state_dict()) else ""
    stored = load_file(folder / "model.safetensors")
    network.load_state_dict({own + name.removeprefix(prefix): value.float() for name, value in stored.items()})
    return network


def _tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """Without `from_pretrained`: release 4 of transformers complains about the class name that release 5 writes."""
    settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    kept = ("pad_token", "unk_token", "bos_token", "eos_token", "model_max_length")
    return PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"), **{name: settings[name] for name in kept}
    )


@torch.inference_mode()
def sample(
    model: BuiltinModel,
    jobs: Sequence[PhotoJob],
    vectors: Sequence[Sequence[np.ndarray | None]],
    noise: Tensor,
    sampling: Sampling,
    on_step: Callable[[int, int], None] = lambda done, steps: None,
    *,
    captions: Sequence[str] | None = None,
) -> Tensor:
    """Sample pictures at the denoiser's own size.

    Args:
        model: of `load_builtin`.
        jobs: what to render; all pictures get one size.
        vectors: for each job the identity vector of each of its characters, or None.
        noise: (jobs, 3 patch^2, h / patch, w / patch) standard normal; h and w are multiples of 16.
        sampling: how.
        on_step: told after every step; may raise to stop.
        captions: free text for each job in place of the caption that its plan gives. Words that the model does not
            know are left out; where it knows none, the place and the light of the scene are said instead.

    Returns:
        (jobs, 3, h, w) float32, -1..1.

    Raises:
        AlbumError: the model gave a value that is not a number.

    Source:
        Predicting the picture and stepping along its velocity: Li & He, arXiv:2511.13720, equation 5.
        Classifier-free guidance: Ho & Salimans, arXiv:2207.12598, equation 6, with w = guidance - 1.
    """
    device = noise.device
    height, width = noise.shape[2] * model.patch, noise.shape[3] * model.patch
    given = _conditions(model, jobs, vectors, height, width, sampling)
    text, mask = caption_tokens(model, _told(model, jobs, captions), device)
    maps, tokens, labels = encode_conditions(model, given, text, mask)
    guided = sampling.guidance > 1.0
    if guided:
        blank = _blank(given)
        empty, empty_mask = caption_tokens(model, [""] * len(jobs), device)
        blank_maps, blank_tokens, blank_labels = encode_conditions(model, blank, empty, empty_mask)
        maps, tokens = torch.cat([maps, blank_maps]), torch.cat([tokens, blank_tokens])
        labels = torch.cat([labels, blank_labels])
        mask = torch.cat([mask, empty_mask])
        present = torch.cat([given.present, given.present])
    else:
        present = given.present
    attend = torch.cat([mask.float(), present], dim=1)
    scheduler: Any = FlowMatchEulerDiscreteScheduler.from_config(model.scheduler.config)
    scheduler.set_timesteps(sampling.steps, device=device)

    def predict(latent: Tensor, timestep: Tensor) -> Tensor:
        both = torch.cat([latent, latent]) if guided else latent
        picture = model.unet(
            torch.cat([both, maps], dim=1),
            timestep,
            tokens,
            class_labels=labels,
            encoder_attention_mask=attend,
            return_dict=False,
        )[0]
        if guided:
            told, untold = picture.chunk(2)
            picture = untold + sampling.guidance * (told - untold)
        for job, one in zip(jobs, picture, strict=True):
            require_numbers(one, job)
        return picture

    latent = integrate(scheduler, noise, predict, lambda done: on_step(done, sampling.steps))
    return functional.pixel_shuffle(latent, model.patch).clamp(-1, 1)


@torch.inference_mode()
def refine(
    model: BuiltinModel,
    job: PhotoJob,
    vectors: Sequence[np.ndarray | None],
    picture: Tensor,
    sampling: Sampling,
    portraits: Sequence[np.ndarray | None] = (),
) -> Tensor:
    """Double a sampled picture, and paint small things and faces anew from near where the model has a detailer.

    Args:
        model: with an upsampler.
        job: whose picture it is.
        vectors: identity vector of each of its characters, or None.
        picture: of `sample`, (1, 3, h, w), -1..1; h and w are multiples of 16.
        sampling: how.
        portraits: for each character the front portrait, (side, side, 3) uint8, or None; left out there are none.

    Returns:
        (1, 3, 2 h, 2 w), -1..1.

    Raises:
        AlbumError: there is no upsampler, or a network gave a value that is not a number.
    """
    large = enlarge(model, job, picture)
    if model.detail_unet is None or model.detail_conditioner is None:
        return large
    return detail(
        model, job, vectors, large, steps=sampling.closeup_steps, looks=sampling.looks, portraits=portraits,
        sketch=_thing_sketch(job, *large.shape[2:]) if sampling.sketch else None,
    )  # fmt: skip


def _thing_sketch(job: PhotoJob, height: int, width: int) -> np.ndarray | None:
    """The sketch of a photo at the size of the picture; None where it shows no animals or things."""
    if all(region.keypoints for region in job.layout.regions):
        return None
    return job_sketch(job, 2 * width, 2 * height)


@torch.inference_mode()
def enlarge(model: BuiltinModel, job: PhotoJob, picture: Tensor) -> Tensor:
    """Double a picture with the learned upsampler.

    Args:
        model: with an upsampler.
        job: whose blueprint says what is where.
        picture: (1, 3, h, w), -1..1.

    Returns:
        (1, 3, 2 h, 2 w), -1..1.

    Raises:
        AlbumError: there is no upsampler, or it gave a value that is not a number.
    """
    if model.upsampler is None:
        raise AlbumError("This built-in model has no upsampler: train one, or install the pack again.")
    height, width = picture.shape[2:]
    scale = int(model.upsampler.config["scale"])
    rows = region_rows(job, {word: index for index, word in enumerate(model.upsampler.config["words"], start=1)})
    small = blueprint_raster(job.layout, width=width, height=height)
    large = blueprint_raster(job.layout, width=width * scale, height=height * scale)
    words = torch.from_numpy(np.concatenate([rows.words, rows.looks], axis=1))[None]
    instance, limbs = torch.from_numpy(small.instance.copy())[None], torch.from_numpy(large.limbs.copy())[None]
    device = picture.device
    large = model.upsampler(picture, words.to(device), instance.to(device), limbs.to(device))
    require_numbers(large, job)
    return large.clamp(-1, 1)


def _conditions(
    model: BuiltinModel,
    jobs: Sequence[PhotoJob],
    vectors: Sequence[Sequence[np.ndarray | None]],
    height: int,
    width: int,
    sampling: Sampling,
) -> Conditions:
    conditioner = model.conditioner
    said = [region_rows(job, conditioner.word_ids) for job in jobs]
    sketched = sampling.sketch and conditioner.config["sketch"]
    arrays = stack_conditions(
        [rows if sampling.looks else without_looks(rows) for rows in said],
        [blueprint_raster(job.layout, width=width, height=height) for job in jobs],
        vectors,
        horizons=[job.layout.horizon for job in jobs],
        lights=[job.layout.light for job in jobs],
        identity_dim=int(conditioner.config["identity_dim"]),
        sketches=[job_sketch(job, width, height) for job in jobs] if sketched else (),
    )
    device = model.unet.device
    return Conditions(**{name: torch.from_numpy(array).to(device) for name, array in arrays.items()})


def _told(model: BuiltinModel, jobs: Sequence[PhotoJob], captions: Sequence[str] | None) -> list[str]:
    said = [scene_caption(job) for job in jobs] if captions is None else captions
    return [told_caption(caption, job, model.tokenizer) for caption, job in zip(said, jobs, strict=True)]


def caption_tokens(model: BuiltinModel, captions: list[str], device: torch.device | str) -> tuple[Tensor, Tensor]:
    """Token ids of captions and which of them count, (captions, longest) int64 each."""
    text = model.tokenizer(captions, padding="max_length", truncation=True, return_tensors="pt")
    return text["input_ids"].to(device), text["attention_mask"].to(device)


def encode_conditions(
    model: BuiltinModel, given: Conditions, text: Tensor, mask: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """What the denoiser is told.

    Args:
        model: of `load_builtin`.
        given: of the pictures.
        text: of `caption_tokens`.
        mask: of `caption_tokens`.

    Returns:
        Maps (pictures, channels, h, w), tokens to attend to (pictures, tokens, dim), and vectors of the scenes.
    """
    maps, rows, scene = model.conditioner(given)
    written = model.text_encoder(text, attention_mask=mask).last_hidden_state
    return maps, torch.cat([written, rows], dim=1), scene


def _blank(given: Conditions) -> Conditions:
    """The same maps with nothing said about them: what guidance steers away from."""
    parts = dict(vars(given))
    for name in ("words", "known", "colours", "sketch"):
        parts[name] = torch.zeros_like(parts[name])
    return Conditions(**parts)
