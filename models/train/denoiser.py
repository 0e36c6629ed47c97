"""Trains the denoiser with its text encoder and conditioner, by flow matching, from drawn scenes."""

import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch.utils.data import DataLoader, IterableDataset

from ...stages.render.builtin.words import REGION_WORDS
from .batches import BatchMaker, Dropping, Scenes, cut
from .closeups import CLOSEUP_DROPPING, cut_closeup
from .optimizers import MatrixOptimizer
from .text import MAX_TOKENS, build_tokenizer, vocabulary_words

HIDDEN: Final = 160  # of the conditioner


@dataclass(frozen=True)
class Recipe:
    """What distinguishes one training from another; saved beside the checkpoint.

    size: pixels of a picture's side. patch: pixels of a cell of the grid. conditions: channels of the maps. closeups:
    whether it learns close-ups of people and things, by their words alone, instead of scenes with their captions.
    time_mean, time_std: of n, where the noise's share is sigmoid(n). decay_share: of the time, at its end, in which the
    learning rate falls to nothing.
    """

    size: int = 128
    patch: int = 4
    conditions: int = 48
    closeups: bool = False
    time_mean: float = 0.9
    time_std: float = 1.1
    channels: tuple[int, ...] = (64, 96, 160)
    attention: tuple[bool, ...] = (False, False, True)
    layers: int = 1
    batch: int = 32
    lr: float = 2e-3
    matrix_lr: float = 5e-3
    ema: float = 0.9995
    decay_share: float = 0.6
    seed: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The networks that are trained together."""
        return ("unet", "conditioner") if self.closeups else ("unet", "conditioner", "text_encoder")


CLOSEUPS: Final = Recipe(
    size=64, patch=2, conditions=40, closeups=True, time_mean=0.3, channels=(48, 80, 128), batch=32
)


def build_parts(recipe: Recipe) -> dict[str, Any]:
    """The networks of `Recipe.parts`, with random weights."""
    from diffusers import UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    from ...stages.render.builtin.networks import AlbumConditioner

    torch.manual_seed(recipe.seed)
    pixels = 3 * recipe.patch**2
    down = tuple("CrossAttnDownBlock2D" if attends else "DownBlock2D" for attends in recipe.attention)
    up = tuple("CrossAttnUpBlock2D" if attends else "UpBlock2D" for attends in reversed(recipe.attention))
    words = vocabulary_words()
    text_config = CLIPTextConfig(
        vocab_size=len(words), hidden_size=128, intermediate_size=256, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=MAX_TOKENS, projection_dim=128, pad_token_id=0, bos_token_id=2, eos_token_id=3,
    )  # fmt: skip
    parts: dict[str, Any] = {
        "unet": UNet2DConditionModel(
            sample_size=recipe.size // recipe.patch, in_channels=pixels + recipe.conditions, out_channels=pixels,
            down_block_types=down, up_block_types=up, block_out_channels=recipe.channels,
            layers_per_block=recipe.layers, cross_attention_dim=128, attention_head_dim=4, norm_num_groups=16,
            class_embed_type="simple_projection", projection_class_embeddings_input_dim=HIDDEN,
        ),
        "conditioner": AlbumConditioner(
            words=list(REGION_WORDS), size=recipe.size, patch=recipe.patch, hidden=HIDDEN,
            out_channels=recipe.conditions, sketch=True,
        ),
        "text_encoder": CLIPTextModel(text_config),
    }  # fmt: skip
    return {name: parts[name] for name in recipe.parts}


def flow_loss(parts: dict[str, Any], batch: dict[str, Any], generator: Any, recipe: Recipe, *, autocast: bool) -> Any:
    """Weighted mean squared error of the predicted picture.

    With x_t = (1 - t) x_0 + t e (rectified flow: Liu et al., ICLR 2023; Lipman et al., ICLR 2023) the network predicts
    x_0, and the sampler makes of it the velocity (x_t - x_0) / t: a cell of the grid has 48 values, and a narrow
    network that had to predict their noise would have little room left for the picture (Li & He, arXiv:2511.13720). The
    error is weighted by 1 / (t^2 + 0.25): the velocity's own weight, but not for nearly clean pictures, where it would
    spend the network on grain. t = sigmoid(n), n ~ N(0.9, 1.1): later than for small pictures, since neighbouring
    pixels say the same and only strong noise hides what is there (Esser et al., ICML 2024, sections 3.1 and 5.3.2).

    Args:
        parts: of `build_parts`.
        batch: of `BatchMaker.make`, on the device of the networks.
        generator: of noise and times, on the CPU.
        recipe: of the networks.
        autocast: whether to compute in bfloat16.
    """
    from torch.nn import functional

    from ...stages.render.builtin.networks import Conditions

    device = batch["picture"].device
    patch = recipe.patch
    clean = functional.pixel_unshuffle(batch["picture"].float() / 127.5 - 1, patch)
    noise = torch.randn(clean.shape, generator=generator).to(device)
    place = recipe.time_std * torch.randn(len(clean), generator=generator) + recipe.time_mean
    time_ = torch.sigmoid(place).to(device)
    t = time_[:, None, None, None]
    given = Conditions(**{name: batch[name] for name in Conditions.__dataclass_fields__})
    with torch.autocast(device.type, torch.bfloat16, enabled=autocast):
        maps, rows, scene = parts["conditioner"](given)
        noisy = torch.cat([(1 - t) * clean + t * noise, maps.float()], dim=1)
        seen, mask = rows.float(), given.present
        if "text_encoder" in parts:
            text = parts["text_encoder"](batch["tokens"], attention_mask=batch["mask"]).last_hidden_state
            seen = torch.cat([text.float(), seen], dim=1)
            mask = torch.cat([batch["mask"].float(), mask], dim=1)
        predicted = parts["unet"](
            noisy, time_ * 1000, seen, class_labels=scene.float(), encoder_attention_mask=mask
        ).sample
    weight = functional.pixel_unshuffle(batch["weight"], patch).repeat(1, 3, 1, 1)
    error = (predicted.float() - clean) ** 2 * weight / (t**2 + 0.25)
    return error.sum() / weight.sum()


def load_widened(network: Any, stored: dict[str, Any]) -> None:
    """Load weights of a network that may have had fewer inputs to some of its layers: new inputs start at nothing."""
    wanted = network.state_dict()
    for name, value in stored.items():
        room = wanted[name]
        if value.shape != room.shape and value.ndim == room.ndim and value.shape[1] < room.shape[1]:
            stored = stored | {name: torch.zeros_like(room).index_copy(1, torch.arange(value.shape[1]), value)}
    network.load_state_dict(stored)


class DenoiserTraining:
    """A training that can stop at any time and go on from its last checkpoint.

    Args:
        scenes: what to learn from.
        out: folder of checkpoints; `average/` in it gets the averaged networks in diffusers' layout.
        recipe: of the training.
        device: "cpu" or "cuda".
        start: folder of a finished model whose weights are taken where there is no checkpoint yet.
    """

    def __init__(
        self, scenes: Scenes, out: Path, recipe: Recipe, *, device: str = "cpu", start: Path | None = None
    ) -> None:
        self.scenes, self.out, self.recipe, self.device = scenes, out, recipe, device
        self.parts = {name: part.to(device).train() for name, part in build_parts(recipe).items()}
        if start is not None:
            for name, network in self.parts.items():
                stored = start / (f"detail_{name}" if recipe.closeups else name)
                if stored.is_dir() or not recipe.closeups:  # a model need not have a detailer to start from
                    load_widened(network, type(network).from_pretrained(stored).float().state_dict())
        if device == "cpu":
            from diffusers.models.attention_processor import AttnProcessor

            # torch's fused attention spends more time in its backward pass on the CPU than the plain products do.
            self.parts["unet"].set_attn_processor(AttnProcessor())
        self.average = {name: parameter.detach().clone() for name, parameter in self._named()}
        self.optimizer = MatrixOptimizer(self._named(), lr=recipe.lr, matrix_lr=recipe.matrix_lr)
        self.step = 0
        self.seconds = 0.0
        self.generator = torch.Generator().manual_seed(recipe.seed)
        self._resume()

    def _named(self) -> Iterator[tuple[str, Any]]:
        for part, network in self.parts.items():
            for name, parameter in network.named_parameters():
                yield f"{part}.{name}", parameter

    def run(self, minutes: float, *, checkpoint_minutes: float = 5.0, log: Any = print) -> float:
        """Train until `minutes` of training time are spent in all, earlier runs included; gives the last mean loss."""
        budget, saved, losses = minutes * 60, time.monotonic(), []
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / "recipe.json").write_text(json.dumps(asdict(self.recipe), indent=1), encoding="utf-8")
        loader = self._loader()
        clock = time.monotonic()
        while self.seconds < budget:
            batch = {name: value.to(self.device) for name, value in next(loader).items()}
            loss = flow_loss(self.parts, batch, self.generator, self.recipe, autocast=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([parameter for _, parameter in self._named()], 1.0)
            self.optimizer.step(self._rate(self.seconds / budget))
            self._follow()
            self.step += 1
            now = time.monotonic()
            self.seconds, clock = self.seconds + now - clock, now
            losses.append(loss.item())
            if not math.isfinite(losses[-1]):
                raise FloatingPointError(f"The loss is {losses[-1]} at step {self.step}: lower the learning rate.")
            if self.step % 50 == 0:
                mean = sum(losses[-50:]) / len(losses[-50:])
                seen = self.step * self.recipe.batch
                log(
                    f"{self.seconds / 60:6.1f} min  step {self.step:6d}  {seen:8d} samples  loss {mean:.4f}", flush=True
                )
            if now - saved > checkpoint_minutes * 60:
                self.save()
                saved = time.monotonic()
        self.save()
        return sum(losses[-50:]) / max(1, len(losses[-50:]))

    def _loader(self) -> Iterator[dict[str, Any]]:
        """Batches from one helper process, which looks for new shards now and then."""
        recipe = self.recipe
        # By heart: every picture always with all that is said of it.
        whole = Dropping() if self.scenes.only is None else Dropping(0, 0, 0, 0, 0, 0)
        dropping, cutter = (CLOSEUP_DROPPING, cut_closeup) if recipe.closeups else (whole, cut)
        maker = BatchMaker(
            self.scenes, batch=recipe.batch, size=recipe.size, seed=recipe.seed, dropping=dropping, cutter=cutter
        )
        return iter(DataLoader(_Stream(maker, self.step), batch_size=None, num_workers=1, prefetch_factor=4))

    def _rate(self, progress: float) -> float:
        """Warm-up over 100 steps, flat, then linear to zero."""
        warm = min(1.0, (self.step + 1) / 100)
        return warm * min(1.0, max(0.0, 1.0 - progress) / self.recipe.decay_share)

    def _follow(self) -> None:
        """Exponential moving average of the weights, short at the start."""
        keep = min(self.recipe.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            names = list(self._named())
            torch._foreach_lerp_(
                [self.average[name] for name, _ in names], [parameter.detach() for _, parameter in names], 1 - keep
            )

    def averaged(self) -> dict[str, Any]:
        """Copies of the networks with averaged weights, ready to sample."""
        parts = build_parts(self.recipe)
        for part, network in parts.items():
            for name, parameter in network.named_parameters():
                parameter.data.copy_(self.average[f"{part}.{name}"])
            network.eval()
        return parts

    def save(self) -> None:
        """Write the checkpoint and the averaged networks, each by rename."""
        from safetensors.torch import save_file

        self.out.mkdir(parents=True, exist_ok=True)
        tensors = {f"weight.{name}": parameter.detach().contiguous() for name, parameter in self._named()}
        tensors |= {f"average.{name}": value.contiguous() for name, value in self.average.items()}
        tensors |= {f"optimizer.{name}": value.contiguous() for name, value in self.optimizer.tensors().items()}
        part = self.out / "checkpoint.part"
        metadata = {"step": str(self.step), "seconds": str(self.seconds)}
        save_file({name: value.cpu() for name, value in tensors.items()}, part, metadata=metadata)
        part.replace(self.out / "checkpoint.safetensors")
        for name, network in self.averaged().items():
            network.save_pretrained(self.out / "average" / name)
        if "text_encoder" in self.parts:
            build_tokenizer().save_pretrained(self.out / "average" / "tokenizer")

    def _resume(self) -> None:
        from safetensors import safe_open

        path = self.out / "checkpoint.safetensors"
        if not path.is_file():
            return
        state: dict[str, Any] = {}
        with safe_open(path, "pt") as file, torch.no_grad():
            metadata = file.metadata()
            for name, parameter in self._named():
                parameter.copy_(file.get_tensor(f"weight.{name}"))
                self.average[name].copy_(file.get_tensor(f"average.{name}"))
            for key in file.keys():  # noqa: SIM118 - safe_open is no dictionary
                if key.startswith("optimizer."):
                    state[key.removeprefix("optimizer.")] = file.get_tensor(key)
        self.optimizer.load(state)
        self.step, self.seconds = int(metadata["step"]), float(metadata["seconds"])
        self.generator.manual_seed(self.recipe.seed + self.step)


class _Stream(IterableDataset):
    """An endless iterable of batches for torch's loader."""

    def __init__(self, maker: BatchMaker, start: int) -> None:
        self.maker, self.start = maker, start

    def __iter__(self) -> Iterator[dict[str, Any]]:
        number = self.start
        while True:
            if number % 200 == 0:
                self.maker.scenes.refresh()
            yield self.maker.make(number)
            number += 1
