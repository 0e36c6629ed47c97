"""Trains the judge: other seeds, other networks and other crops than anything that makes or conditions pictures."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...stages import vocabulary as v
from ...stages.encoders.judge import Judge
from ...stages.seeds import derive_seed
from .augment import jittered, noisy, patched, relit, softened
from .fitting import Fit, save_half
from .heads import STORED_REACH, TOP_COLORS, Heads, gather_heads
from .judge_data import (
    MOST_PEOPLE,
    STORED_THING_REACH,
    THING_REACH,
    SceneData,
    ThingData,
    gather_scenes,
    gather_things,
)
from .looks import ACCESSORIES, SLOTS
from .proxies import LookProxies, candidates, margin_softmax

SHARES: Final = {"people": 0.4, "scenes": 0.38, "things": 0.22}  # of the minutes
_BATCH: Final = {"people": 112, "scenes": 64, "things": 128}
_OTHERS: Final = 512
_SCALE, _MARGIN = 16.0, 0.1


def new_judge() -> Judge:
    """A judge of the planner's vocabularies, with random weights."""
    return Judge(
        places=list(v.ENVIRONMENT_KINDS),
        lights=list(v.LIGHTINGS),
        kinds=list(v.OBJECT_KINDS),
        slots=[[name, list(values)] for name, values in SLOTS.items()],
        accessories=list(ACCESSORIES),
        colors=list(TOP_COLORS),
        most=MOST_PEOPLE,
    )


def train_judge(world: Path, out: Path, *, minutes: float, seed: int, device: str = "cpu") -> dict[str, float]:
    """Train `judge/` below `out`.

    Args:
        world: folder of `draw_shards`; all complete shards are used.
        out: gets judge/ and checkpoints.
        minutes: of training over all three networks, earlier runs included.
        seed: of everything random; the judge's own seeds are derived from it.
        device: "cpu" or "cuda".

    Returns:
        The judge's ceilings: its figures on drawn held-out scenes; see `judging.drawn_ceilings`.
    """
    from .judging import drawn_ceilings

    torch.manual_seed(derive_seed("judge", seed))
    judge = new_judge().to(device)
    losses = {}
    for part, train in (("scenes", _train_scenes), ("things", _train_things), ("people", _train_people)):
        losses[f"judge_{part}_loss"] = train(
            judge, world, out / "checkpoints", minutes * SHARES[part], derive_seed("judge", part, seed) % 2**31, device
        )
        save_half(judge, out / "judge")
    return {**losses, **drawn_ceilings(out / "judge", world, device=device)}


def _train_people(judge: Judge, world: Path, folder: Path, minutes: float, seed: int, device: str) -> float:
    heads = gather_heads(world, "train")
    torch.manual_seed(seed)
    modules: dict[str, Any] = {"judge": judge.people, "proxies": LookProxies(int(judge.config["dim"])).to(device)}
    fit = Fit("judge_people", modules, folder, seed=seed)
    reach = float(judge.config["reach"])

    def loss_of(step: int) -> Tensor:
        rng, generator = np.random.default_rng((seed, step)), torch.Generator().manual_seed(seed + step)
        rows = _people_rows(heads, rng)
        own = heads.codes[heads.identity[rows]]
        others = heads.codes[rng.integers(0, len(heads.codes), _OTHERS)]
        everybody = torch.from_numpy(candidates(own, others, rng, twins=2)).long().to(device)
        stored = torch.from_numpy(heads.pictures[rows]).to(device)
        cover = reach / STORED_REACH
        size = int(judge.config["head_size"])
        crops = jittered(stored, size, generator, cover=(0.85 * cover, 1.09 * cover), shift=0.05, degrees=6)
        crops = noisy(softened(relit(crops, generator, strength=0.4), generator, smallest=22), generator, most=0.06)
        with _autocast(device):
            vectors, logits = judge.people(_quick(crops))
        codes = everybody[: len(rows)]
        tops = torch.from_numpy(heads.top[rows]).long().to(device)
        proxies = modules["proxies"](everybody)
        identity = margin_softmax(
            functional.normalize(vectors.float(), dim=1), proxies, codes, everybody, scale=_SCALE, margin=_MARGIN
        )  # fmt: skip
        return identity + 3 * _attribute_loss(logits, codes, tops)

    return fit.run(minutes, loss_of)


def _people_rows(heads: Heads, rng: np.random.Generator) -> np.ndarray:
    """Any heads, those of scenes four times as often as portraits."""
    weight = np.where(heads.portrait, 0.25, 1.0)
    bound = np.cumsum(weight)
    return np.searchsorted(bound, rng.random(_BATCH["people"]) * bound[-1])


def _attribute_loss(logits: list[Tensor], codes: Tensor, tops: Tensor) -> Tensor:
    *slots, worn, colors = (part.float() for part in logits)
    losses = [functional.cross_entropy(found, codes[:, slot]) for slot, found in enumerate(slots)]
    wearing = functional.binary_cross_entropy_with_logits(worn, codes[:, len(SLOTS) :].float(), reduction="none")
    return torch.stack([*losses, wearing.sum(dim=1).mean(), functional.cross_entropy(colors, tops)]).mean()


def _train_scenes(judge: Judge, world: Path, folder: Path, minutes: float, seed: int, device: str) -> float:
    data = gather_scenes(world, "train")
    torch.manual_seed(seed)
    fit = Fit("judge_scenes", {"judge": judge.scenes}, folder, seed=seed)
    draw = partial(_drawn_rows, len(data.pictures), _BATCH["scenes"], seed)
    return fit.run(minutes, lambda step: _scene_loss(judge, data, *draw(step), device))


def _drawn_rows(count: int, batch: int, seed: int, step: int) -> tuple[np.ndarray, torch.Generator]:
    """The rows of one step's batch, and the randomness of what is done to them."""
    rows = np.random.default_rng((seed, step)).integers(0, count, batch)
    return rows, torch.Generator().manual_seed(seed + step)


def _scene_loss(judge: Judge, data: SceneData, rows: np.ndarray, generator: torch.Generator, device: str) -> Tensor:
    pictures = torch.from_numpy(data.pictures[rows]).to(device).movedim(-1, 1).float() / 127.5 - 1
    density = torch.from_numpy(data.density[rows].astype(np.float32)).to(device)
    flip = torch.rand(len(rows), generator=generator).to(device) < 0.5
    pictures = torch.where(flip[:, None, None, None], pictures.flip(3), pictures)
    density = torch.where(flip[:, None, None], density.flip(2), density)
    # What the light is must stay to be seen: this changes exposure and colour by a few percent only.
    pictures = noisy(softened(relit(pictures, generator, strength=0.12), generator, smallest=64), generator, most=0.06)
    with _autocast(device):
        logits, found = judge.scenes(_quick(pictures))
    truth = (data.place[rows], data.light[rows], data.count[rows])
    named = [
        functional.cross_entropy(part.float(), torch.from_numpy(label).long().to(device))
        for part, label in zip(logits, truth, strict=True)
    ]
    people = functional.smooth_l1_loss(found.sum(dim=(1, 2)), density.sum(dim=(1, 2)))
    return torch.stack(named).sum() + people + 20 * functional.mse_loss(found, density)


def _train_things(judge: Judge, world: Path, folder: Path, minutes: float, seed: int, device: str) -> float:
    data = gather_things(world, "train", seed=seed)
    torch.manual_seed(seed)
    fit = Fit("judge_things", {"judge": judge.things}, folder, seed=seed)
    draw = partial(_drawn_rows, len(data.pictures), _BATCH["things"], seed)
    return fit.run(minutes, lambda step: _thing_loss(judge, data, *draw(step), device))


def _thing_loss(judge: Judge, data: ThingData, rows: np.ndarray, generator: torch.Generator, device: str) -> Tensor:
    stored = torch.from_numpy(data.pictures[rows]).to(device)
    cover, size = THING_REACH / STORED_THING_REACH, int(judge.config["thing_size"])
    crops = jittered(stored, size, generator, cover=(0.85 * cover, 1.2 * cover), shift=0.06, degrees=6)
    crops = relit(crops, generator, strength=0.5)
    crops = noisy(softened(crops, generator, smallest=20), generator, most=0.08)
    with _autocast(device):
        logits = judge.things(_quick(patched(crops, generator, share=0.1, largest=0.3)))
    kind = torch.from_numpy(data.kind[rows]).long().to(device)
    return functional.cross_entropy(logits.float(), kind, label_smoothing=0.02)


def _quick(pictures: Tensor) -> Tensor:
    """The memory order that convolutions in half precision are fastest in."""
    return pictures.contiguous(memory_format=torch.channels_last)


def _autocast(device: str) -> Any:
    return torch.autocast(torch.device(device).type, torch.bfloat16)
