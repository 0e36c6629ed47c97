"""Trains the copy encoder by contrast: two changed views of one picture against views of all others."""

import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from ...stages.encoders.networks import CopyEncoder
from .augment import jittered, noisy, patched, relit, softened
from .dataset import drawn_shards, read_shard
from .fitting import Fit, save_half
from .people import Split
from .scores import equal_error_rate
from .world import SCENES_PER_ALBUM

STORED: Final = 144  # pixels of a stored picture's side
_PICTURES: Final = 48  # of a batch; each is shown twice
_TEMPERATURE: Final = 0.07
_CROP: Final = 0.5**0.5  # side of a crop of half the area


def train_copy_encoder(world: Path, out: Path, *, minutes: float, seed: int, device: str = "cpu") -> dict[str, float]:
    """Train `copy_encoder/` below `out`.

    Args:
        world: folder of `draw_shards`; all complete shards are used.
        out: gets copy_encoder/ and a checkpoint.
        minutes: of training, earlier runs included.
        seed: of everything random.
        device: "cpu" or "cuda".

    Returns:
        Figures on held-out pictures; see `copy_figures`.
    """
    torch.manual_seed(seed)
    pictures = gather_pictures(world, "train")
    encoder: Any = CopyEncoder().to(device)
    fit = Fit("copy", {"encoder": encoder}, out / "checkpoints", seed=seed)
    last = fit.run(minutes, lambda step: _loss(encoder, pictures, step, seed, device))
    save_half(encoder, out / "copy_encoder")
    return {"copy_loss": last, **copy_figures(encoder, gather_pictures(world, "held_out"), device=device)}


def gather_pictures(world: Path, split: Split) -> np.ndarray:
    """All scenes of a split in order, (n, STORED, STORED, 3) uint8; every `SCENES_PER_ALBUM` are one album."""
    found = [
        np.asarray(Image.fromarray(picture).resize((STORED, STORED), Image.Resampling.BOX))
        for number in drawn_shards(world, split)
        for picture in map(np.asarray, read_shard(world, split, number).rgb)
    ]
    return np.stack(found)


def _loss(encoder: Any, pictures: np.ndarray, step: int, seed: int, device: str) -> Tensor:
    rng, generator = np.random.default_rng((seed, step)), torch.Generator().manual_seed(seed * 1_000_003 + step)
    chosen = pictures[choose_pictures(len(pictures), rng)]
    views = []
    for _ in range(2):
        stored = torch.from_numpy(np.stack([recompressed(picture, rng, share=0.4) for picture in chosen])).to(device)
        views.append(changed(stored, int(encoder.config["size"]), generator))
    with torch.autocast(torch.device(device).type, torch.bfloat16):
        vectors = encoder(torch.cat(views).contiguous(memory_format=torch.channels_last))
    return contrast(*vectors.chunk(2), temperature=_TEMPERATURE)


def choose_pictures(count: int, rng: np.random.Generator) -> np.ndarray:
    """Pictures of a batch: four of each album, since scenes of one place and cast are the hardest to tell apart."""
    albums = rng.choice(count // SCENES_PER_ALBUM, _PICTURES // 4, replace=count < SCENES_PER_ALBUM * _PICTURES // 4)
    scenes = [rng.choice(SCENES_PER_ALBUM, 4, replace=False) for _ in albums]
    return np.concatenate([album * SCENES_PER_ALBUM + four for album, four in zip(albums, scenes, strict=True)])


def contrast(first: Tensor, second: Tensor, *, temperature: float) -> Tensor:
    """NT-Xent, the InfoNCE of two views (Chen et al., ICML 2020, equation 1).

    Args:
        first: (n, dim) of unit length, one view of each picture.
        second: (n, dim), the other view in the same order.
        temperature: of the cosines.
    """
    both = torch.cat([first, second])
    cosine = (both @ both.T).fill_diagonal_(-torch.inf) / temperature
    partner = torch.arange(len(both), device=both.device).roll(len(first))
    return functional.cross_entropy(cosine, partner)


def changed(stored: Tensor, size: int, generator: torch.Generator) -> Tensor:
    """What copies suffer: crop to half the area, mirror, turn, relight, resize, noise, something pasted over."""
    pictures = jittered(stored, size, generator, cover=(0.9 * _CROP, 1.0), shift=0.15, degrees=8)
    pictures = softened(relit(pictures, generator, strength=1.1), generator, smallest=40)
    return noisy(patched(pictures, generator, share=0.2, largest=0.35), generator, most=0.1)


def recompressed(
    picture: np.ndarray, rng: np.random.Generator, *, share: float, quality: int | None = None
) -> np.ndarray:
    """A picture through JPEG of a random quality, sometimes."""
    if rng.random() >= share:
        return picture
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality or int(rng.integers(15, 95)))
    return np.asarray(Image.open(file))


def single_changes(pictures: np.ndarray, size: int, seed: int) -> dict[str, Tensor]:
    """Held-out pictures with one change each, and with all at once, (n, 3, size, size) of -1..1 by name."""
    rng, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    stored = torch.from_numpy(pictures)
    plain = functional.interpolate(_centered(stored, 1.0, size), (size, size))
    packed = torch.from_numpy(np.stack([recompressed(one, rng, share=1.0, quality=25) for one in pictures]))
    small = functional.interpolate(plain, (48, 48), mode="bilinear", antialias=True)
    cut = jittered(stored, size, generator, cover=(_CROP, _CROP), shift=0.14, degrees=0, mirror=False)
    return {
        "crop": cut,
        "flip": plain.flip(3),
        "relight": relit(plain, generator),
        "recompress": _centered(packed, 1.0, size),
        "resize": functional.interpolate(small, (size, size), mode="bilinear"),
        "rotate": jittered(stored, size, generator, cover=(0.9, 0.9), shift=0, degrees=8, mirror=False),
        "all": changed(packed, size, generator),
    }


def _centered(stored: Tensor, cover: float, size: int) -> Tensor:
    generator = torch.Generator().manual_seed(0)
    return jittered(stored, size, generator, cover=(cover, cover), shift=0, degrees=0, mirror=False)


def copy_scores(encoder: Any, pictures: np.ndarray, *, device: str = "cpu", seed: int = 5) -> dict[str, np.ndarray]:
    """Cosines of held-out pictures.

    Returns:
        "copy/<change>": (n,) of each picture with its changed self. "other": (n, n) of each picture changed in all
        ways with each unchanged one, of which the diagonal is no impostor.
    """
    encoder.eval()
    size = int(encoder.config["size"])
    plain = _encoded(encoder, _centered(torch.from_numpy(pictures), 1.0, size), device)
    scores = {}
    for name, views in single_changes(pictures, size, seed).items():
        vectors = _encoded(encoder, views, device)
        scores[f"copy/{name}"] = (vectors * plain).sum(axis=1)
        if name == "all":
            scores["other"] = vectors @ plain.T
    return scores


@torch.inference_mode()
def _encoded(encoder: Any, views: Tensor, device: str) -> np.ndarray:
    return np.concatenate([encoder.both_ways(part.to(device)).cpu().numpy() for part in views.split(64)])


def album_mates(count: int) -> np.ndarray:
    """(n, n) bool: whether two pictures are of one album."""
    album = np.arange(count) // SCENES_PER_ALBUM
    return album[:, None] == album[None]


def copy_figures(encoder: Any, pictures: np.ndarray, *, device: str = "cpu") -> dict[str, float]:
    """Equal error rates of changed against other pictures, by change; `copy_eer/mates` against the same album only."""
    scores = copy_scores(encoder, pictures, device=device)
    other, mates = scores["other"], album_mates(len(pictures))
    own = np.eye(len(pictures), dtype=bool)
    figures = {
        f"copy_eer/{name.removeprefix('copy/')}": equal_error_rate(found, other[~own])
        for name, found in scores.items()
        if name != "other"
    }
    return {**figures, "copy_eer/mates": equal_error_rate(scores["copy/all"], other[mates & ~own])}
