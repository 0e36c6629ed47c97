"""Trains the head detector on the exact layouts of the drawn world."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...stages.encoders.crops import portrait_window
from ...stages.encoders.heads import STRIDE, UNIT, Head, HeadDetector, apart, peaks
from ...stages.encoders.networks import as_input
from .augment import noisy, patched, relit, softened, uniform
from .dataset import SIZE, drawn_shards, read_shard
from .fitting import Fit, save_half
from .head_data import FACE, MOST_HEADS, HeadScenes, gather_head_scenes, head_maps, moved_heads

BATCH: Final = 16
LARGE_HEAD: Final = 12.0  # pixels of 256: what recall and precision are stated for
WANTED_PRECISION: Final = 0.9
_PORTRAITS: Final = 2  # of a batch
_WEIGHTS: Final = (1.0, 1.0, 1.5, 1.0, 1.0)  # of offsets, height, sine, cosine
_MATCHED: Final = 0.5  # head heights between a find and the head that it is
_LEAST: Final = 0.05  # confidence below which nothing is listed


def train_head_detector(world: Path, out: Path, *, minutes: float, seed: int, device: str = "cpu") -> dict[str, float]:
    """Train `head_detector/` below `out`.

    The last training shard is kept back to choose the threshold on, where there are two or more.

    Args:
        world: folder of `draw_shards`; all complete shards are used.
        out: gets head_detector/ and a checkpoint.
        minutes: of training, earlier runs included.
        seed: of everything random.
        device: "cpu" or "cuda".

    Returns:
        Figures on held-out scenes; see `detection_figures`.
    """
    torch.manual_seed(seed)
    numbers = drawn_shards(world, "train")
    kept_back = numbers[-1:]
    used = numbers[:-1] or numbers
    scenes = gather_head_scenes(world, "train", used)
    portraits = np.concatenate([_portraits(world, number) for number in used])
    print(f"heads: {len(scenes.heads)} scenes, {int((scenes.heads[..., 4] == FACE).sum())} faces", flush=True)
    detector: Any = HeadDetector().to(device)
    fit = Fit("heads", {"detector": detector}, out / "checkpoints", seed=seed)
    last = fit.run(minutes, lambda step: _loss(detector, scenes, portraits, step, seed, device))
    found = find_heads(detector, gather_head_scenes(world, "train", kept_back))
    detector.register_to_config(threshold=best_threshold(*found))
    save_half(detector, out / "head_detector")
    held_out = find_heads(detector, gather_head_scenes(world, "held_out"))
    return {"heads_loss": last, **detection_figures(*held_out, threshold=float(detector.config["threshold"]))}


def _portraits(world: Path, number: int) -> np.ndarray:
    """Portraits of people, one outfit each, (n, 96, 96, 3) uint8."""
    shard = read_shard(world, "train", number)
    kinds = [character.kind for plan in shard.albums for character in plan.characters]
    return shard.portraits[np.array(kinds) == "person", 0]


def _loss(detector: Any, scenes: HeadScenes, portraits: np.ndarray, step: int, seed: int, device: str) -> Tensor:
    rng, generator = np.random.default_rng((seed, step)), torch.Generator().manual_seed(seed * 1_000_003 + step)
    rows = rng.integers(0, len(scenes.heads), BATCH - _PORTRAITS)
    stored, heads = with_portraits(scenes, portraits, rows, rng)
    size = int(detector.config["size"])
    pictures, moved = vary_scenes(torch.from_numpy(stored).to(device), heads, size, generator)
    sure, asked, shape = (torch.from_numpy(part).to(device) for part in head_maps(moved, size, STRIDE, UNIT))
    with torch.autocast(torch.device(device).type, torch.bfloat16):
        seen = detector(pictures.contiguous(memory_format=torch.channels_last))
    return detection_loss(seen.float(), sure, asked, shape)


def with_portraits(
    scenes: HeadScenes, portraits: np.ndarray, rows: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Scenes of a batch and a few portraits, all of `SIZE` pixels, with their heads."""
    chosen = torch.from_numpy(np.ascontiguousarray(portraits[rng.integers(0, len(portraits), _PORTRAITS)]))
    large = functional.interpolate(chosen.movedim(-1, 1).float(), (SIZE, SIZE), mode="bilinear").round().byte()
    window = portrait_window(SIZE, SIZE)
    heads = np.full((_PORTRAITS, MOST_HEADS, 5), np.nan, np.float32)
    heads[:, 0] = window.x, window.y, window.unit, window.tilt, FACE
    stored = np.concatenate([scenes.pictures(rows), large.movedim(1, -1).numpy()])
    return stored, np.concatenate([scenes.heads[rows], heads])


def vary_scenes(stored: Tensor, heads: np.ndarray, size: int, generator: torch.Generator) -> tuple[Tensor, np.ndarray]:
    """Pictures nearer and farther, moved, turned, mirrored, relit, soft, noisy, partly covered, with their heads.

    Args:
        stored: (n, SIZE, SIZE, 3) uint8.
        heads: (n, MOST_HEADS, 5); see `HeadScenes`.
        size: of the result, pixels.
        generator: of the choice.

    Returns:
        (n, 3, size, size) of -1..1, and the heads there.
    """
    count = len(stored)
    scale = torch.exp(uniform(count, -0.6, 0.4, generator))  # of what is shown: below 1 is nearer
    angle = uniform(count, -0.21, 0.21, generator)  # 12 degrees
    flip = torch.where(torch.rand(count, generator=generator) < 0.5, -1.0, 1.0)
    room = (1 - scale).abs() + 0.1
    moved = (torch.rand(count, 2, generator=generator) * 2 - 1) * room[:, None]
    cos, sin = scale * angle.cos(), scale * angle.sin()
    theta = torch.stack([cos * flip, -sin, moved[:, 0], sin * flip, cos, moved[:, 1]], dim=1).view(count, 2, 3)
    grid = functional.affine_grid(theta.to(stored.device), [count, 3, size, size], align_corners=False)
    pictures = functional.grid_sample(
        as_input(stored), grid, mode="bilinear", padding_mode="zeros", align_corners=False
    )
    pictures = softened(relit(pictures, generator, strength=0.8), generator, smallest=80)
    pictures = noisy(patched(pictures, generator, share=0.1, largest=0.2), generator, most=0.08)
    return pictures, moved_heads(heads, theta.numpy(), size)


def detection_loss(seen: Tensor, sure: Tensor, asked: Tensor, shape: Tensor) -> Tensor:
    """Penalty-reduced focal loss of the map (Zhou et al., arXiv:1904.07850, equation 1), and L1 of what is at heads.

    Args:
        seen: (n, 6, cells, cells), what the detector gave.
        sure: (n, cells, cells), 1 at heads, falling to 0 around them.
        asked: (n, cells, cells) bool; elsewhere nothing is asked.
        shape: (n, 6, cells, cells), weight and the five true values.
    """
    logits = seen[:, 0]
    share = logits.sigmoid()
    hit = (1 - share).square() * functional.logsigmoid(logits)
    miss = (1 - sure).pow(4) * share.square() * functional.logsigmoid(-logits)
    heads = (sure == 1).sum().clamp(min=1)
    focal = -torch.where(sure == 1, hit, miss)[asked].sum() / heads
    weight = shape[:, :1]
    error = (seen[:, 1:] - shape[:, 1:]).abs() * torch.tensor(_WEIGHTS, device=seen.device)[:, None, None]
    return focal + (error * weight).sum() / weight.sum().clamp(min=1)


@torch.inference_mode()
def find_heads(detector: Any, scenes: HeadScenes) -> tuple[list[list[Head]], np.ndarray]:
    """All finds of all scenes down to a confidence of 0.05, and the heads that there are."""
    detector.eval()
    found = []
    for first in range(0, len(scenes.heads), BATCH):
        rows = np.arange(first, min(first + BATCH, len(scenes.heads)))
        stored = torch.from_numpy(scenes.pictures(rows)).to(detector.device)
        seen = detector(as_input(stored).to(detector.dtype)).float().cpu()
        found += [apart(peaks(one, _LEAST)) for one in seen]
    return found, scenes.heads


def outcomes(found: list[list[Head]], heads: np.ndarray, *, smallest: float = LARGE_HEAD) -> tuple[np.ndarray, int]:
    """What the finds of all scenes are.

    Finds are given to the nearest head within half its height, the surest first. A find of a head that is smaller
    than `smallest`, or that nobody knows whether it counts, is neither right nor wrong.

    Returns:
        (finds, 2): confidence and whether it is right. And how many heads there were to find.
    """
    rows, there = [], 0
    for finds, true in zip(found, heads, strict=True):
        true = true[np.isfinite(true[:, 0])]
        counts = (true[:, 4] == FACE) & (true[:, 2] >= smallest)
        there += int(counts.sum())
        taken = np.zeros(len(true), bool)
        for head in finds:
            far = np.hypot(true[:, 0] - head.x, true[:, 1] - head.y) / true[:, 2] if len(true) else np.zeros(0)
            far = np.where(taken, np.inf, far)
            nearest = int(far.argmin()) if len(far) else -1
            matched = nearest >= 0 and far[nearest] < _MATCHED
            if matched:
                taken[nearest] = True
            if not matched or counts[nearest]:
                rows.append((head.confidence, float(matched)))
    return np.array(rows, np.float64).reshape(-1, 2), there


def best_threshold(found: list[list[Head]], heads: np.ndarray) -> float:
    """The lowest confidence at which nine finds of ten are right; else that with the best harmonic mean.

    A person who is not found is not compared, so recall comes first.
    """
    finds, there = outcomes(found, heads)
    if len(finds) == 0 or there == 0:
        return 0.3
    finds = finds[np.argsort(-finds[:, 0], kind="stable")]
    right = finds[:, 1].cumsum()
    precise = np.flatnonzero(right / np.arange(1, len(finds) + 1) >= WANTED_PRECISION)
    score = 2 * right / (there + np.arange(1, len(finds) + 1))
    chosen = precise[-1] if len(precise) else score.argmax()
    return float(np.clip(finds[chosen, 0], 0.1, 0.9))


def detection_figures(found: list[list[Head]], heads: np.ndarray, *, threshold: float) -> dict[str, float]:
    """Of heads of 12 pixels and more with a face that can be seen.

    Returns:
        head_recall, head_precision, head_average_precision (over all thresholds), heads.
    """
    finds, there = outcomes(found, heads)
    finds = finds[np.argsort(-finds[:, 0], kind="stable")]
    right = finds[:, 1].cumsum()
    precision = right / np.arange(1, len(finds) + 1)
    average = float((precision * finds[:, 1]).sum() / max(1, there))
    kept = finds[:, 0] >= threshold
    return {
        "head_recall": float(finds[kept, 1].sum() / max(1, there)),
        "head_precision": float(finds[kept, 1].mean()) if kept.any() else 0.0,
        "head_average_precision": average,
        "heads": float(there),
    }
