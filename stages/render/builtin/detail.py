"""The detailer: paints what is too small for the denoiser's grid anew, from near, and lays it back into the picture.

Detection, crop and inpainting is how users of ComfyUI mend small faces (FaceDetailer of the Impact Pack, ADetailer).
Here nothing has to be detected: the blueprint says where everybody and everything is.

This file imports torch and diffusers, so it is imported only inside functions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
from PIL import Image
from torch import Tensor
from torch.nn import functional

from ...seeds import derive_seed
from ..renderer import PhotoJob
from .closeups import Subject, Window, closeup_sketch, subjects_of, window_of, with_things
from .conditions import RegionRows, region_rows, rows_in_window, stack_conditions, without_looks
from .networks import Conditions
from .raster import BlueprintRaster, blueprint_raster, shrunk
from .raster import window as part_of
from .steps import integrate, require_numbers

if TYPE_CHECKING:
    from .sampler import BuiltinModel

_FEATHER: Final = 0.16  # of a window's side, over which a close-up fades into the picture
_SIDES: Final = ((100, 64), (130, 96), (1 << 30, 128))  # windows of up to so many pixels are painted at that size
# Heads are painted at twice the size that the detailer was trained at: its sketch, half as large, then shows the whole
# portrait, and not a dozen pixels of it.
_HEAD_SIZE: Final = 128


@torch.inference_mode()
def detail(
    model: "BuiltinModel",
    job: PhotoJob,
    vectors: Sequence[np.ndarray | None],
    picture: Tensor,
    *,
    steps: int,
    looks: bool = True,
    portraits: Sequence[np.ndarray | None] = (),
    sketch: np.ndarray | None = None,
) -> Tensor:
    """Paint things, animals, figures and then heads anew, each from near and with all that is known of it.

    A close-up is sampled from noise with a reduced copy of what is there as a sketch, so that it fits in, with
    portraits in the place of heads; and with the words and identity vectors of everybody in it, so that it becomes whom
    it should be. It depends on nothing but its own window, so the same job gives the same pixels.

    Args:
        model: with a detailer.
        job: whose picture it is.
        vectors: identity vector of each of its characters, or None.
        picture: (1, 3, h, w), -1..1, of about 256 x 256 pixels.
        steps: of the Euler method.
        looks: whether people's looks are said in words and colours, too.
        portraits: for each character the front portrait, (side, side, 3) uint8, or None; left out there are none.
        sketch: of the photo, (h, w, 3) uint8, for the shapes of animals and things; None leaves them to the words.

    Returns:
        (1, 3, h, w), -1..1.

    Raises:
        AlbumError: the detailer gave a value that is not a number.
    """
    height, width = picture.shape[2:]
    conditioner: Any = model.detail_conditioner
    rows = region_rows(job, conditioner.word_ids)
    told = _Told(
        job=job,
        rows=rows if looks else without_looks(rows),
        vectors=vectors,
        raster=blueprint_raster(job.layout, width=width, height=height),
        portraits={
            character.id: portrait
            for character, portrait in zip(job.characters, portraits, strict=False)
            if portrait is not None
        },
        sketch=sketch,
    )
    found = [(subject, window_of(subject, width, height)) for subject in subjects_of(job.layout, width, height)]
    painted = picture.clone()
    for heads in (False, True):
        for size in (size for _, size in _SIDES):
            group = [
                (subject, window)
                for subject, window in found
                if (subject.kind == "head") == heads and _size_for(subject, window) == size
            ]
            if group:
                made = _sample(model, told, painted, group, size, steps)
                for (_, window), closeup in zip(group, made, strict=True):
                    _lay_in(painted, closeup, window)
    return painted


def _size_for(subject: Subject, window: Window) -> int:
    return _HEAD_SIZE if subject.kind == "head" else next(size for most, size in _SIDES if window[2] <= most)


@dataclass(frozen=True, eq=False)
class _Told:
    """What is known of a picture. raster, sketch: at its size. portraits: by character."""

    job: PhotoJob
    rows: RegionRows
    vectors: Sequence[np.ndarray | None]
    raster: BlueprintRaster
    portraits: Mapping[str, np.ndarray]
    sketch: np.ndarray | None


def _sample(
    model: "BuiltinModel",
    told: _Told,
    picture: Tensor,
    group: Sequence[tuple[Subject, Window]],
    size: int,
    steps: int,
) -> Tensor:
    """Close-ups (len(group), 3, size, size) of one size."""
    unet: Any = model.detail_unet
    conditioner: Any = model.detail_conditioner
    device = picture.device
    arrays = _conditions(told, picture, [window for _, window in group], size, int(conditioner.config["identity_dim"]))
    given = Conditions(**{name: torch.from_numpy(array).to(device) for name, array in arrays.items()})
    maps, tokens, labels = conditioner(given)
    patch = int(conditioner.config["patch"])
    noise = np.concatenate([_noise(told.job, subject, size // patch, 3 * patch**2) for subject, _ in group])
    scheduler = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000)
    scheduler.set_timesteps(steps, device=device)

    def predict(latent: Tensor, timestep: Tensor) -> Tensor:
        found = unet(
            torch.cat([latent, maps], dim=1), timestep, tokens, class_labels=labels,
            encoder_attention_mask=given.present, return_dict=False,
        )[0]  # fmt: skip
        require_numbers(found, told.job)
        return found

    latent = integrate(scheduler, torch.from_numpy(noise).to(device), predict)
    return functional.pixel_shuffle(latent, patch).clamp(-1, 1)


def _conditions(
    told: _Told, picture: Tensor, windows: Sequence[Window], size: int, identity_dim: int
) -> dict[str, np.ndarray]:
    height, width = picture.shape[2:]
    layout = told.job.layout
    half, sketches = size // 2, []
    pixels = ((picture[0].clamp(-1, 1) + 1) * 127.5 + 0.5).byte().movedim(0, -1).cpu().numpy()
    if told.sketch is not None:
        pixels = with_things(pixels, told.sketch, layout, told.raster.instance)
    for window in windows:
        x, y, side = window
        part = Image.fromarray(pixels[y : y + side, x : x + side])
        seen = np.asarray(part.resize((half, half), Image.Resampling.BILINEAR))
        sketches.append(closeup_sketch(seen, layout, told.portraits, window, width, height))
    return stack_conditions(
        [rows_in_window(told.rows, window, width, height) for window in windows],
        [shrunk(part_of(told.raster, *window), size) for window in windows],
        [told.vectors] * len(windows),
        horizons=[(layout.horizon * height - y) / side for _, y, side in windows],
        lights=[layout.light] * len(windows),
        identity_dim=identity_dim,
        sketches=sketches,
    )


def _noise(job: PhotoJob, subject: Subject, cells: int, channels: int) -> np.ndarray:
    region = job.layout.regions[subject.region]
    rng = np.random.default_rng(derive_seed(job.seed, "close-up", subject.kind, region.id))
    return rng.standard_normal((1, channels, cells, cells), np.float32)


def _lay_in(picture: Tensor, closeup: Tensor, window: Window) -> None:
    """Blend a close-up into its window; it fades towards the border, but for where that is the picture's own."""
    x, y, side = window
    large = functional.interpolate(
        closeup[None], (side, side), mode="bicubic", antialias=side < closeup.shape[-1], align_corners=False
    ).clamp(-1, 1)
    across = _fade(side, x > 0, x + side < picture.shape[3])
    down = _fade(side, y > 0, y + side < picture.shape[2])
    share = (down[:, None] * across[None, :]).to(picture)
    part = picture[:, :, y : y + side, x : x + side]
    part.mul_(1 - share).add_(share * large)


def _fade(side: int, first: bool, last: bool) -> Tensor:
    """(side,): 1 in the middle, falling smoothly to 0 at the ends that are inside the picture."""
    rise = ((torch.arange(side) + 0.5) / (_FEATHER * side)).clamp(0, 1)
    rise = rise * rise * (3 - 2 * rise)
    one = torch.ones(side)
    return (rise if first else one) * (rise.flip(0) if last else one)
