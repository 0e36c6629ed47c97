"""Trains the identity encoder by margin softmax, with one-attribute twins as hard negatives."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from ...stages.encoders import PORTRAIT_REACH
from ...stages.encoders.networks import IdentityEncoder, as_input
from .augment import jittered, noisy, patched, relit, softened
from .fitting import Fit, save_half
from .heads import STORED, STORED_REACH, Heads, gather_heads
from .proxies import LookHeads, LookProxies, candidates, margin_softmax
from .verification import verification_figures

BATCH: Final = 128
_OTHERS: Final = 768  # identities beside the batch that every head is compared with
_SCALE, _MARGIN, _ATTRIBUTES = 24.0, 0.2, 0.5


def train_identity_encoder(
    world: Path, out: Path, *, minutes: float, seed: int, device: str = "cpu"
) -> dict[str, float]:
    """Train `identity_encoder/` below `out`.

    Args:
        world: folder of `draw_shards`; all complete shards are used.
        out: gets identity_encoder/ and a checkpoint.
        minutes: of training, earlier runs included.
        seed: of everything random.
        device: "cpu" or "cuda".

    Returns:
        Figures on held-out people; see `verification_figures`.
    """
    torch.manual_seed(seed)
    heads = gather_heads(world, "train")
    print(f"identity: {len(heads.pictures)} heads of {len(heads.codes)} people", flush=True)
    modules = _modules(device)
    encoder = modules["encoder"]
    fit = Fit("identity", modules, out / "checkpoints", seed=seed)
    chooser = HeadChooser(heads, seed)
    last = fit.run(minutes, lambda step: _loss(modules, chooser, step, device))
    save_half(encoder, out / "identity_encoder")
    held_out = gather_heads(world, "held_out")
    return {"identity_loss": last, **verification_figures(held_out, encode_heads(encoder, held_out.pictures, device))}


def go_on_compatibly(
    world: Path, start: Path, out: Path, *, minutes: float, seed: int, device: str = "cpu"
) -> dict[str, float]:
    """Train a finished identity encoder further without moving the space of its vectors.

    The class vectors stay as they are, so new vectors lie where the old ones did, only nearer to their class: whatever
    was trained on the old vectors can be given the new ones (backward-compatible training: Shen et al., CVPR 2020).

    Args:
        world: folder of `draw_shards`; all complete shards are used.
        start: folder that `train_identity_encoder` wrote to.
        out: gets identity_encoder/ and a checkpoint.
        minutes: of this further training, earlier runs of it included.
        seed: of everything random.
        device: "cpu" or "cuda".

    Returns:
        Figures on held-out people, and `compatible_cosine`: the mean between old and new vectors of their portraits.
    """
    from safetensors.torch import load_file

    from ...stages.encoders import load_identity_encoder

    torch.manual_seed(seed)
    heads = gather_heads(world, "train")
    old = load_identity_encoder(start / "identity_encoder", device=device)
    modules = _modules(device)
    stored = load_file(start / "checkpoints" / "identity.checkpoint.safetensors")
    for name, module in modules.items():
        prefix = f"weight.{name}."
        module.load_state_dict({k.removeprefix(prefix): v for k, v in stored.items() if k.startswith(prefix)})
    moving = {name: module for name, module in modules.items() if name != "proxies"}
    fit = Fit("identity_compatible", moving, out / "checkpoints", seed=seed)
    chooser = HeadChooser(heads, seed)
    last = fit.run(minutes, lambda step: _loss(modules, chooser, step, device, fixed=True))
    save_half(modules["encoder"], out / "identity_encoder")
    held_out = gather_heads(world, "held_out")
    vectors = encode_heads(modules["encoder"], held_out.pictures, device)
    before = encode_heads(old, held_out.pictures[held_out.portrait], device)
    cosine = float((before * vectors[held_out.portrait]).sum(axis=1).mean())
    return {"identity_loss": last, "compatible_cosine": cosine, **verification_figures(held_out, vectors)}


class HeadChooser:
    """Chooses batches: half of everybody evenly, half pairs of one-attribute twins.

    Args:
        heads: to choose from.
        seed: of the choice.
    """

    def __init__(self, heads: Heads, seed: int) -> None:
        self.heads, self.seed = heads, seed
        self.rows = heads.of_identity()

    def choose(self, step: int, batch: int) -> tuple[np.ndarray, np.random.Generator]:
        """Rows of batch number `step`, and a generator for what is done with them."""
        rng = np.random.default_rng((self.seed, step))
        who = list(rng.integers(0, len(self.rows), batch))
        if self.heads.twins:
            pairs = [self.heads.twins[pair][:2] for pair in rng.integers(0, len(self.heads.twins), batch // 4)]
            who[: 2 * len(pairs)] = [number for pair in pairs for number in pair]
        return np.array([rng.choice(self.rows[number]) for number in who]), rng


def _modules(device: str) -> dict[str, Any]:
    encoder = IdentityEncoder()
    dim = int(encoder.config["dim"])
    modules = {"encoder": encoder, "proxies": LookProxies(dim), "heads": LookHeads(dim)}
    return {name: module.to(device) for name, module in modules.items()}


def _loss(
    modules: dict[str, Any], chooser: HeadChooser, step: int, device: str, *, fixed: bool = False
) -> torch.Tensor:
    rows, rng = chooser.choose(step, BATCH)
    heads = chooser.heads
    own = heads.codes[heads.identity[rows]]
    others = heads.codes[rng.integers(0, len(heads.codes), _OTHERS)]
    everybody = torch.from_numpy(candidates(own, others, rng)).long().to(device)
    generator = torch.Generator().manual_seed(chooser.seed * 1_000_003 + step)
    crops = vary_heads(torch.from_numpy(heads.pictures[rows]).to(device), 64, generator, reach=PORTRAIT_REACH)
    encoder = modules["encoder"]
    with torch.autocast(torch.device(device).type, torch.bfloat16):
        features = encoder.features(crops.contiguous(memory_format=torch.channels_last)).float()
    vectors = torch.nn.functional.normalize(features, dim=1)
    codes = everybody[: len(rows)]
    with torch.set_grad_enabled(not fixed):
        proxies = modules["proxies"](everybody)
    loss = margin_softmax(vectors, proxies, codes, everybody, scale=_SCALE, margin=_MARGIN)
    return loss + _ATTRIBUTES * modules["heads"].loss(features, codes)


def vary_heads(stored: torch.Tensor, size: int, generator: torch.Generator, *, reach: float) -> torch.Tensor:
    """Heads as a generator might paint them: moved, relit, soft, noisy, partly covered.

    Args:
        stored: (n, STORED, STORED, 3) uint8.
        size: of the result, pixels.
        generator: of the choice.
        reach: side of the result in head heights, about.

    Returns:
        (n, 3, size, size) float, -1..1.
    """
    cover = reach / STORED_REACH
    crops = jittered(stored, size, generator, cover=(0.88 * cover, 1.12 * cover), shift=0.04, degrees=8)
    crops = relit(crops, generator, strength=0.55)
    crops = softened(crops, generator, smallest=20)
    return noisy(patched(crops, generator, share=0.12, largest=0.3), generator, most=0.08)


def centered(stored: np.ndarray, reach: float, size: int) -> torch.Tensor:
    """The middle of stored heads as `head_crop` would have cut it, (n, 3, size, size), -1..1."""
    side = STORED * reach / STORED_REACH
    first = (STORED - side) / 2
    whole = as_input(torch.from_numpy(stored))
    steps = (torch.arange(size) + 0.5) * side / size + first
    at = steps / STORED * 2 - 1
    grid = torch.stack(torch.meshgrid(at, at, indexing="xy"), dim=-1)[None].expand(len(stored), -1, -1, -1)
    return torch.nn.functional.grid_sample(whole, grid, mode="bilinear", padding_mode="border", align_corners=False)


@torch.inference_mode()
def encode_heads(encoder: Any, stored: np.ndarray, device: str = "cpu", *, reach: float = PORTRAIT_REACH) -> np.ndarray:
    """(n, STORED, STORED, 3) uint8 to (n, dim) float32 vectors."""
    size = int(encoder.config["size"])
    encoder.eval()
    parts = [
        encoder.both_ways(centered(stored[first : first + 128], reach, size).to(device)).cpu().numpy()
        for first in range(0, len(stored), 128)
    ]
    return np.concatenate(parts)
