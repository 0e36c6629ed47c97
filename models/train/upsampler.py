"""Trains the upsampler: from a damaged small picture and the blueprint to the drawn large one."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...stages.render.builtin.raster import EYE, HEAD
from ...stages.render.builtin.words import REGION_WORDS
from .batches import Scenes, cut
from .dataset import SIZE

CROP: Final = 64  # pixels of the small picture's side that one example shows
Degrade = Callable[[Tensor, torch.Generator], Tensor]


def train_upsampler(
    scenes: Scenes,
    out: Path,
    *,
    minutes: float,
    seed: int = 0,
    device: str = "cpu",
    batch: int = 16,
    painted: Callable[[list[Any]], Tensor] | None = None,
    start: Path | None = None,
) -> dict[str, float]:
    """Train and save.

    Args:
        scenes: drawn ones, 256 px.
        out: folder of the result, in diffusers' layout.
        minutes: of training.
        seed: of weights and examples.
        device: "cpu" or "cuda".
        batch: examples a step.
        painted: gives for a list of examples what the denoiser makes of them at half size, (n, 3, 128, 128) in -1..1;
            then half of the examples learn from its faults instead of from made-up ones.
        start: weights to go on from.

    Returns:
        {"upsampler_psnr": dB on undamaged halves, "bicubic_psnr": of bicubic enlarging on the same}.
    """
    from ...stages.render.builtin.networks import AlbumUpsampler

    torch.manual_seed(seed)
    network = AlbumUpsampler.from_pretrained(start) if start else AlbumUpsampler(words=list(REGION_WORDS))
    network = network.to(device).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.0)
    rng, generator = random.Random(seed), torch.Generator().manual_seed(seed)  # noqa: S311
    began, step, losses = time.monotonic(), 0, []
    while (spent := time.monotonic() - began) < minutes * 60:
        examples = [_example(scenes, rng) for _ in range(batch)]
        large, words, instance, limbs, weight = (part.to(device) for part in _stacked(examples))
        small = functional.avg_pool2d(large, 2)
        faulty = _damaged(small.cpu(), generator).to(device)
        with torch.autocast(device, torch.bfloat16):
            made = network(faulty, words, instance, limbs)
        loss = _loss(made.float(), large, weight)
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * min(1.0, 2.5 * max(0.02, 1 - spent / (minutes * 60)))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        step += 1
        if step % 100 == 0:
            print(f"upsampler {spent / 60:5.1f} min  step {step:5d}  loss {np.mean(losses[-100:]):.4f}", flush=True)
    network.eval().save_pretrained(out)
    return {name: float(value) for name, value in _figures(network, scenes, device).items()}


def _example(scenes: Scenes, rng: random.Random) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A square of 128 px of a drawn picture with its words and maps, more often where people are."""
    while True:
        example = rng.choice(scenes.examples)
        shown = cut(scenes, example, rng)
        if shown.picture.shape[0] == SIZE:
            break
    side = 2 * CROP
    x, y = rng.randrange(0, SIZE - side + 1, 2), rng.randrange(0, SIZE - side + 1, 2)
    heads = np.argwhere(shown.raster.limbs >= HEAD)
    if len(heads) and rng.random() < 0.5:
        row, column = heads[rng.randrange(len(heads))]
        y = int(np.clip(row - CROP + rng.randrange(-24, 25), 0, SIZE - side)) // 2 * 2
        x = int(np.clip(column - CROP + rng.randrange(-24, 25), 0, SIZE - side)) // 2 * 2
    window = np.s_[y : y + side, x : x + side]
    words = np.concatenate([shown.rows.words, shown.rows.looks], axis=1)
    return shown.picture[window], words, shown.raster.instance[window], shown.raster.limbs[window]


def _stacked(examples: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]) -> tuple[Tensor, ...]:
    """(large, words, instance, limbs, weight): pictures -1..1, instance at half size."""
    pictures, words, instances, limbs = zip(*examples, strict=True)
    most = max(1, *(len(one) for one in words))
    padded = np.zeros((len(words), most, words[0].shape[1]), np.int64)
    for index, one in enumerate(words):
        padded[index, : len(one)] = one
    large = torch.from_numpy(np.stack(pictures)).movedim(-1, 1).float() / 127.5 - 1
    limb = torch.from_numpy(np.stack(limbs))
    weight = 1.0 + 2.0 * (limb >= HEAD).float() + 2.0 * (limb >= EYE).float()
    instance = torch.from_numpy(np.stack(instances)[:, ::2, ::2].copy())
    return large, torch.from_numpy(padded), instance, limb, weight[:, None]


def _damaged(small: Tensor, generator: torch.Generator) -> Tensor:
    """What a small sampler does to a picture: blur, grain, drifting colour, and blotches."""
    count = len(small)
    amount = torch.rand(count, 1, 1, 1, generator=generator)
    amount = amount * (torch.rand(count, 1, 1, 1, generator=generator) > 0.25)  # every fourth picture stays as it is
    soft = functional.avg_pool2d(functional.pad(small, (1, 1, 1, 1), mode="reflect"), 3, 1)
    damaged = torch.lerp(small, soft, amount * torch.rand(count, 1, 1, 1, generator=generator))
    damaged = damaged + 0.06 * amount * torch.randn(small.shape, generator=generator)
    blotches = torch.randn(count, 3, 8, 8, generator=generator)
    drift = functional.interpolate(blotches, small.shape[2:], mode="bilinear", align_corners=False)
    return (damaged + 0.04 * amount * drift).clamp(-1, 1)


def _loss(made: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """Absolute error of the picture and of its gradients: edges are what enlarging loses."""
    difference = made - wanted
    across, down = difference[..., :, 1:] - difference[..., :, :-1], difference[..., 1:, :] - difference[..., :-1, :]
    return (difference.abs() * weight).mean() + 0.5 * (
        (across.abs() * weight[..., :, 1:]).mean() + (down.abs() * weight[..., 1:, :]).mean()
    )


@torch.no_grad()
def _figures(network: Any, scenes: Scenes, device: str) -> dict[str, float]:
    rng = random.Random(12345)  # noqa: S311
    large, words, instance, limbs, _ = (
        part.to(device) for part in _stacked([_example(scenes, rng) for _ in range(48)])
    )
    small = functional.avg_pool2d(large, 2)
    made = network(small, words, instance, limbs).clamp(-1, 1)
    plain = functional.interpolate(small, scale_factor=2, mode="bicubic", align_corners=False).clamp(-1, 1)
    return {"upsampler_psnr": _psnr(made, large), "bicubic_psnr": _psnr(plain, large)}


def _psnr(one: Tensor, other: Tensor) -> float:
    """Peak signal-to-noise ratio in dB for values in -1..1."""
    return float(10 * torch.log10(4 / functional.mse_loss(one, other)))
