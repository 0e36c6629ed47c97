"""One photo from a loaded checkpoint: the stock pipeline, with anchors, regions and controls around it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from diffusers.image_processor import IPAdapterMaskProcessor
from PIL import Image
from torch import Tensor

from ...errors import AlbumError
from ...seeds import derive_seed
from ..builtin.renderer import job_noise
from ..renderer import PhotoJob, StepCallback
from .anchors import Anchor, AnchorStudio, anchor_size, joined_features
from .attention import anchored_layers, injected
from .injection import Injection
from .masks import PhotoShares, photo_shares
from .model import LoadedModel, muted_adapter
from .settings import RenderSettings

_VIEWS_USED: Final = 3  # portraits of one character that are attended to
_ROUNDING: Final = 1e-6  # of a step: 0.55 of 100 steps are 55 and not 55.00000000000001


@dataclass(frozen=True, eq=False)
class PhotoTexts:
    """What a photo is told. people: each character's own text, in the job's order; place: what its plate shows."""

    photo: str
    people: tuple[str, ...]
    looks: tuple[str, ...]
    place: str


@torch.inference_mode()
def sample_photo(
    model: LoadedModel,
    settings: RenderSettings,
    studio: AnchorStudio,
    job: PhotoJob,
    texts: PhotoTexts,
    controls: Mapping[str, np.ndarray],
    on_step: StepCallback,
) -> np.ndarray:
    """Sample one photo.

    Args:
        model: of `load_model`.
        settings: how.
        studio: for the anchors' features.
        job: the photo; width and height are multiples of 8.
        texts: what it is told, each within CLIP's tokens.
        controls: a picture for each ControlNet by its kind, (height, width, 3) uint8.
        on_step: told after every step; may raise to stop.

    Returns:
        (job.height, job.width, 3) uint8.

    Raises:
        AlbumError: latents or pixels are no numbers, a control picture is missing, or the checkpoint's own safety
            checker holds the picture back.
    """
    arguments = _text_arguments(model, settings, texts.photo)
    arguments |= _control_arguments(model, job, controls)
    shares = photo_shares(job, softness=settings.softness)
    rows, columns = job.height // model.latent_scale, job.width // model.latent_scale
    channels = int(model.pipe.unet.config.in_channels)
    noise = job_noise(job, rows, columns, channels, shared=settings.shared_noise)
    generator = torch.Generator("cpu").manual_seed(derive_seed(job.seed, "diffusers steps"))
    arguments["latents"] = torch.from_numpy(noise).to(model.device, model.dtype)
    with (
        _adapted(model, settings, job, shares) as adapter,
        _attending(model, settings, studio, _photo_sight(model, settings, job, texts, shares)),
    ):
        return run_pipeline(
            model, settings, {**arguments, **adapter}, size=(job.width, job.height), generator=generator,
            what=f"scene '{job.scene.id}'", on_step=on_step,
        )  # fmt: skip


@torch.inference_mode()
def sample_reference(
    model: LoadedModel,
    settings: RenderSettings,
    studio: AnchorStudio,
    text: str,
    *,
    size: tuple[int, int],
    seed: int,
    what: str,
    anchor: Anchor | None = None,
) -> np.ndarray:
    """Sample a portrait or a plate, without regions or controls.

    Args:
        model: of `load_model`.
        settings: how.
        studio: for the anchor's features.
        text: what it shows.
        size: width and height in pixels, multiples of 8.
        seed: of noise and steps.
        what: what it is, for messages.
        anchor: a picture of the same person, which all of this one looks at.

    Returns:
        (height, width, 3) uint8.

    Raises:
        AlbumError: as `sample_photo`.
    """
    width, height = size
    generator = torch.Generator("cpu").manual_seed(derive_seed(seed, "diffusers reference"))
    channels, cell = int(model.pipe.unet.config.in_channels), model.latent_scale
    latents = torch.randn((1, channels, height // cell, width // cell), generator=generator)
    arguments: dict[str, Any] = _text_arguments(model, settings, text)
    arguments["latents"] = latents.to(model.device, model.dtype)
    if model.controls:
        blank = Image.new("RGB", size)
        many = len(model.controls) > 1
        arguments["image"] = [blank] * len(model.controls) if many else blank
        arguments["controlnet_conditioning_scale"] = [0.0] * len(model.controls) if many else 0.0
    everywhere = PhotoShares(np.ones((1, height, width), np.float32), np.zeros((height, width), np.float32))
    sight = _Sight(everywhere, ((anchor,) if anchor else (), ()), (), settings.anchors.strength, size)
    with _adapted(model, settings, None, None) as adapter, _attending(model, settings, studio, sight):
        return run_pipeline(
            model, settings, {**arguments, **adapter}, size=size, generator=generator, what=what,
            on_step=lambda done, steps: None,
        )  # fmt: skip


def run_pipeline(
    model: LoadedModel,
    settings: RenderSettings,
    arguments: Mapping[str, Any],
    *,
    size: tuple[int, int],
    generator: torch.Generator,
    what: str,
    on_step: Callable[[int, int], None],
) -> np.ndarray:
    """Call the stock pipeline and require numbers after every step."""

    def after_step(_pipe: Any, step: int, _timestep: Any, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        if not torch.isfinite(tensors["latents"]).all():
            raise _no_numbers(what, f"step {step + 1}")
        total = len(model.pipe.scheduler.timesteps)
        on_step(min(step + 1, total), total + 1)
        return tensors

    try:
        result = model.pipe(
            **arguments,
            width=size[0],
            height=size[1],
            num_inference_steps=settings.steps,
            guidance_scale=settings.guidance,
            generator=generator,
            output_type="np",
            callback_on_step_end=after_step,
            callback_on_step_end_tensor_inputs=["latents"],
        )
    finally:
        if model.offloaded:
            model.pipe.maybe_free_model_hooks()
    pixels = result.images[0]
    if not np.isfinite(pixels).all():
        raise _no_numbers(what, "decoding")
    if any(getattr(result, "nsfw_content_detected", None) or ()):
        raise AlbumError(
            f"The checkpoint's own safety checker held back the picture of {what}: try again with another attempt, or "
            "change the scene."
        )
    total = len(model.pipe.scheduler.timesteps) + 1
    on_step(total, total)
    return np.rint(pixels * 255).astype(np.uint8)


def _no_numbers(what: str, where: str) -> AlbumError:
    return AlbumError(
        f"The checkpoint gave values that are not numbers for {what} ({where}): choose dtype float32, another "
        "scheduler, or lower guidance."
    )


def _text_arguments(model: LoadedModel, settings: RenderSettings, text: str) -> dict[str, Any]:
    guided = settings.guidance > 1
    encoded = model.pipe.encode_prompt(
        prompt=text, device=model.device, num_images_per_prompt=1, do_classifier_free_guidance=guided,
        negative_prompt=(settings.negative or None) if guided else None,
    )  # fmt: skip
    names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds", "negative_pooled_prompt_embeds")
    return dict(zip(names, encoded, strict=False))


def _control_arguments(model: LoadedModel, job: PhotoJob, pictures: Mapping[str, np.ndarray]) -> dict[str, Any]:
    if not model.controls:
        return {}
    images = []
    for control in model.controls:
        if control.kind not in pictures:
            raise AlbumError(
                f"There is no {control.kind} picture of scene '{job.scene.id}' for the ControlNet {control.path}: "
                "leave that ControlNet out."
            )
        images.append(Image.fromarray(pictures[control.kind]).resize((job.width, job.height)))
    weights = [control.weight for control in model.controls]
    many = len(images) > 1
    return {
        "image": images if many else images[0],
        "controlnet_conditioning_scale": weights if many else weights[0],
    }


@contextmanager
def _adapted(
    model: LoadedModel, settings: RenderSettings, job: PhotoJob | None, shares: PhotoShares | None
) -> Iterator[dict[str, Any]]:
    """Image embeddings of everybody who has a portrait, each for its region; nobody mutes the adapter."""
    if settings.adapter is None:
        yield {}
        return
    shown = [] if job is None else [index for index, member in enumerate(job.members) if member.portraits]
    guided = settings.guidance > 1
    if job is None or shares is None or not shown or job.weight == 0:
        blank = [np.zeros((64, 64, 3), np.uint8)]
        with muted_adapter(model.pipe.unet):
            yield {"ip_adapter_image_embeds": model.encode_references(blank, guided=guided)}
        return
    embeds = model.encode_references([job.members[index].portraits[0] for index in shown], guided=guided)
    masks = [Image.fromarray(np.rint(shares.people[index] * 255).astype(np.uint8)) for index in shown]
    processor = IPAdapterMaskProcessor(do_binarize=False)
    regions = processor.preprocess(masks, height=job.height, width=job.width)
    regions = regions.reshape(1, len(shown), regions.shape[-2], regions.shape[-1])
    model.pipe.set_ip_adapter_scale(settings.adapter.scale * job.weight)
    yield {
        "ip_adapter_image_embeds": embeds,
        "cross_attention_kwargs": {"ip_adapter_masks": [regions.to(model.device, model.dtype)]},
    }


@dataclass(frozen=True, eq=False)
class _Sight:
    """What a picture looks at. anchors: of every person, then of the place; texts: every person's own, or none."""

    shares: PhotoShares
    anchors: tuple[tuple[Anchor, ...], ...]
    texts: Sequence[Tensor | None]
    strength: float
    size: tuple[int, int]


def _photo_sight(
    model: LoadedModel, settings: RenderSettings, job: PhotoJob, texts: PhotoTexts, shares: PhotoShares
) -> _Sight:
    own = _region_texts(model, texts) if settings.region_strength > 0 else ()
    strength = settings.anchors.strength * job.weight
    return _Sight(shares, photo_anchors(job, texts), own, strength, (job.width, job.height))


@contextmanager
def _attending(model: LoadedModel, settings: RenderSettings, studio: AnchorStudio, sight: _Sight) -> Iterator[None]:
    """Anchors and regional texts for the block; where both are off, nothing is touched."""
    anchored = any(sight.anchors) and sight.strength > 0 and settings.anchors.until > 0
    regional = len(sight.texts) > 0
    if not anchored and not regional:
        yield
        return
    width, height = sight.size
    injection = Injection(
        shares=sight.shares,
        grid=(height // model.latent_scale, width // model.latent_scale),
        strength=sight.strength,
        isolate=settings.anchors.isolate,
        device=model.device,
        texts=sight.texts,
        region_strength=settings.region_strength,
    )
    unet = model.pipe.unet
    layers = anchored_layers(unet, settings.anchors.blocks) if anchored else []
    stepping = _stepping(model, settings, studio, sight, injection, layers) if anchored else nullcontext()
    with injected(unet, injection, layers, regional=regional), model.looking_with(injection), stepping:
        yield


def photo_anchors(job: PhotoJob, texts: PhotoTexts) -> tuple[tuple[Anchor, ...], ...]:
    """The anchors of a photo: of every character in its order, then of the place."""
    people = tuple(
        tuple(Anchor(portrait, whole=False, text=look) for portrait in member.portraits[:_VIEWS_USED])
        for member, look in zip(job.members, texts.looks, strict=True)
    )
    plate = () if job.plate is None else (Anchor(job.plate, whole=True, text=texts.place),)
    return (*people, plate)


def _region_texts(model: LoadedModel, texts: PhotoTexts) -> list[Tensor]:
    return [
        model.pipe.encode_prompt(
            prompt=text, device=model.device, num_images_per_prompt=1, do_classifier_free_guidance=False
        )[0]
        for text in texts.people
    ]


@contextmanager
def _stepping(
    model: LoadedModel,
    settings: RenderSettings,
    studio: AnchorStudio,
    sight: _Sight,
    injection: Injection,
    layers: Sequence[str],
) -> Iterator[None]:
    """Before each pass of the denoiser, give the processors what the anchors look like at its timestep."""
    sized = [
        [(anchor, anchor_size(anchor, *sight.size, settings.anchors.scale)) for anchor in one] for one in sight.anchors
    ]
    studio.cache.begin_photo({anchor.key(*size) for one in sized for anchor, size in one})
    wanted = frozenset(layers)

    def before(_unet: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        if injection.collect is not None:  # this pass looks at an anchor
            return
        timestep = float(given[1] if len(given) > 1 else named["timestep"])
        if timestep < _last_anchored(model.pipe.scheduler.timesteps, settings.anchors.until):
            injection.features = ()
            return
        injection.features = [
            joined_features([studio.features(anchor, size, timestep, wanted) for anchor, size in one]) for one in sized
        ]

    hook = model.pipe.unet.register_forward_pre_hook(before, with_kwargs=True)
    try:
        yield
    finally:
        hook.remove()
        injection.features = ()


def _last_anchored(timesteps: Tensor, until: float) -> float:
    """The last timestep of the share of steps in which anchors are attended to."""
    steps = math.ceil(until * len(timesteps) - _ROUNDING)
    return float(timesteps[max(1, steps) - 1])
