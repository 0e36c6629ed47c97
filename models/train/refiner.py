"""Trains the refiner: from what the denoiser makes of a drawn picture to the picture, at twice the size."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset

from ...stages.render.builtin.networks import Conditions
from ...stages.render.builtin.words import REGION_WORDS
from .batches import BatchMaker, Dropping, Scenes
from .dataset import SIZE
from .denoiser import PATCH
from .optimizers import MatrixOptimizer

# It is to follow words and identities, so they are hardly ever left out; the denoiser sees the same ones.
_DROPPING: Final = Dropping(everything=0.02, text=0.05, scene=0.02, looks=0.2, vector=0.2)
_FIRST_TIME, _LAST_TIME = 0.3, 1.0  # of the noise that the denoiser paints from
_LR: Final = 1.5e-3
_MATRIX_LR: Final = 4e-3
_DECAY_SHARE: Final = 0.6
_KEEP: Final = 0.999  # of the average of weights
_LOG_STEPS: Final = 50
_SAVE_SECONDS: Final = 240


class RefinerTraining:
    """A training that can stop at any time and go on from its last checkpoint.

    Args:
        scenes: drawn ones.
        denoiser: folder with unet/, conditioner/, text_encoder/, whose faults it learns to mend.
        out: folder of the result, in diffusers' layout, and of `checkpoint.safetensors`.
        seed: of weights and examples.
        device: "cpu" or "cuda".
        batch: pictures a step.
    """

    def __init__(
        self, scenes: Scenes, denoiser: Path, out: Path, *, seed: int = 0, device: str = "cpu", batch: int = 8
    ) -> None:
        from ...stages.render.builtin.refiner import AlbumRefiner

        torch.manual_seed(seed)
        self.scenes, self.out, self.seed, self.device, self.batch = scenes, out, seed, device, batch
        self.base = _Base(denoiser, device)
        self.network = AlbumRefiner(words=list(REGION_WORDS)).to(device).train()
        named = list(self.network.named_parameters())
        self.average = {name: value.detach().clone() for name, value in named}
        self.optimizer = MatrixOptimizer(named, lr=_LR, matrix_lr=_MATRIX_LR)
        self.step, self.seconds = 0, 0.0
        self._resume()

    def run(self, minutes: float, *, log: Any = print) -> dict[str, float]:
        """Train until `minutes` are spent in all, earlier runs included; gives figures of the averaged weights."""
        budget, saved, clock = minutes * 60, time.monotonic(), time.monotonic()
        loader, losses = self._loader(), []
        generator = torch.Generator().manual_seed(self.seed + self.step)
        while self.seconds < budget:
            batch = {name: value.to(self.device) for name, value in next(loader).items()}
            painted, given, wanted = self.base.painted(batch, generator)
            with torch.autocast(self.device, torch.bfloat16):
                made = self.network(painted, given)
            loss = picture_loss(made.float(), wanted, batch["weight"])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            progress = self.seconds / budget
            self.optimizer.step(min(1.0, (self.step + 1) / 100) * min(1.0, max(0.0, 1 - progress) / _DECAY_SHARE))
            self._follow()
            self.step += 1
            losses.append(loss.item())
            now = time.monotonic()
            self.seconds, clock = self.seconds + now - clock, now
            if self.step % _LOG_STEPS == 0:
                seen, mean = self.step * self.batch, np.mean(losses[-_LOG_STEPS:])
                log(f"refiner {self.seconds / 60:5.1f} min  {seen:7d} samples  loss {mean:.4f}", flush=True)
            if now - saved > _SAVE_SECONDS:
                self.save()
                saved = time.monotonic()
        self.save()
        return self.figures()

    def _loader(self) -> Iterator[dict[str, Any]]:
        maker = BatchMaker(self.scenes, batch=self.batch, size=SIZE, seed=self.seed + 77, dropping=_DROPPING)
        return iter(DataLoader(_Stream(maker, self.step), batch_size=None, num_workers=1, prefetch_factor=4))

    def _follow(self) -> None:
        keep = min(_KEEP, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.named_parameters():
                self.average[name].lerp_(value.detach(), 1 - keep)

    def averaged(self) -> Any:
        """A copy of the network with averaged weights."""
        from ...stages.render.builtin.refiner import AlbumRefiner

        network = AlbumRefiner(words=list(REGION_WORDS)).to(self.device).eval()
        network.load_state_dict(self.average)
        return network

    def save(self) -> None:
        """Write the checkpoint and the averaged network."""
        from safetensors.torch import save_file

        self.out.mkdir(parents=True, exist_ok=True)
        tensors = {f"weight.{name}": value.detach().contiguous() for name, value in self.network.named_parameters()}
        tensors |= {f"average.{name}": value.contiguous() for name, value in self.average.items()}
        tensors |= {f"optimizer.{name}": value.contiguous() for name, value in self.optimizer.tensors().items()}
        part = self.out / "checkpoint.part"
        facts = {"progress": json.dumps({"step": self.step, "seconds": self.seconds})}
        save_file({name: value.cpu() for name, value in tensors.items()}, part, metadata=facts)
        part.replace(self.out / "checkpoint.safetensors")
        self.averaged().save_pretrained(self.out / "refiner")

    def _resume(self) -> None:
        from safetensors import safe_open

        path = self.out / "checkpoint.safetensors"
        if not path.is_file():
            return
        state: dict[str, Any] = {}
        with safe_open(path, "pt") as file, torch.no_grad():
            for name, value in self.network.named_parameters():
                value.copy_(file.get_tensor(f"weight.{name}"))
                self.average[name].copy_(file.get_tensor(f"average.{name}"))
            for key in file.keys():  # noqa: SIM118 - safe_open is no dictionary
                if key.startswith("optimizer."):
                    state[key.removeprefix("optimizer.")] = file.get_tensor(key)
            progress = json.loads(file.metadata()["progress"])
        self.optimizer.load(state)
        self.step, self.seconds = progress["step"], progress["seconds"]

    @torch.no_grad()
    def figures(self) -> dict[str, float]:
        """Peak signal-to-noise ratio in dB of refined and of merely enlarged pictures against the drawn ones."""
        maker = BatchMaker(self.scenes, batch=32, size=SIZE, seed=12345, dropping=Dropping(0, 0, 0, 0, 0))
        batch = {name: value.to(self.device) for name, value in maker.make(0).items()}
        painted, given, wanted = self.base.painted(batch, torch.Generator().manual_seed(1))
        made = self.averaged()(painted, given).clamp(-1, 1)
        plain = functional.interpolate(painted, scale_factor=2, mode="bicubic", align_corners=False).clamp(-1, 1)
        return {"refiner_psnr": _psnr(made, wanted), "enlarged_psnr": _psnr(plain, wanted)}


class _Base:
    """The trained denoiser, which paints in one step from a noised drawing: blurred as it paints, but aligned."""

    def __init__(self, folder: Path, device: str) -> None:
        from diffusers import UNet2DConditionModel

        from ...stages.render.builtin.networks import AlbumConditioner
        from ...stages.render.builtin.sampler import load_text_encoder

        self.unet = UNet2DConditionModel.from_pretrained(folder / "unet", low_cpu_mem_usage=False).float()
        self.conditioner = AlbumConditioner.from_pretrained(folder / "conditioner", low_cpu_mem_usage=False).float()
        self.text_encoder = load_text_encoder(folder / "text_encoder")
        for network in (self.unet, self.conditioner, self.text_encoder):
            network.to(device).eval().requires_grad_(False)

    @torch.no_grad()
    def painted(self, batch: dict[str, Tensor], generator: torch.Generator) -> tuple[Tensor, Conditions, Tensor]:
        """What the denoiser makes of a batch at 128 px, the conditions at 256 px, and the drawn pictures.

        Returns:
            ((n, 3, 128, 128), conditions, (n, 3, 256, 256)), pictures from -1 to 1.
        """
        wanted = batch["picture"].float() / 127.5 - 1
        given = Conditions(**{name: batch[name] for name in Conditions.__dataclass_fields__})
        maps = {name: getattr(given, name)[:, 1::2, 1::2] for name in ("instance", "limbs", "nearness", "parts")}
        coarse = Conditions(**{**vars(given), **maps})
        clean = functional.pixel_unshuffle(functional.avg_pool2d(wanted, 2), PATCH)
        share = torch.rand(len(clean), generator=generator).to(clean.device)
        time_ = _FIRST_TIME + (_LAST_TIME - _FIRST_TIME) * share
        t = time_[:, None, None, None]
        noise = torch.randn(clean.shape, generator=generator).to(clean.device)
        with torch.autocast(clean.device.type, torch.bfloat16):
            conditions, rows, scene = self.conditioner(coarse)
            text = self.text_encoder(batch["tokens"], attention_mask=batch["mask"]).last_hidden_state
            found = self.unet(
                torch.cat([(1 - t) * clean + t * noise, conditions.float()], dim=1),
                time_ * 1000,
                torch.cat([text.float(), rows.float()], dim=1),
                class_labels=scene.float(),
                encoder_attention_mask=torch.cat([batch["mask"].float(), given.present], dim=1),
            ).sample
        return functional.pixel_shuffle(found.float(), PATCH).clamp(-1, 1), given, wanted


class _Stream(IterableDataset):
    def __init__(self, maker: BatchMaker, start: int) -> None:
        self.maker, self.start = maker, start

    def __iter__(self) -> Iterator[dict[str, Any]]:
        number = self.start
        while True:
            yield self.maker.make(number)
            number += 1


def picture_loss(made: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """Weighted absolute error of pictures and of their gradients, at full and at half size.

    Args:
        made: (n, 3, h, w).
        wanted: likewise.
        weight: (n, 1, h, w); heads and eyes weigh more.
    """
    total = torch.zeros((), device=made.device)
    for _ in range(2):
        difference = made - wanted
        across = (difference[..., :, 1:] - difference[..., :, :-1]).abs()
        down = (difference[..., 1:, :] - difference[..., :-1, :]).abs()
        total = total + (difference.abs() * weight).mean()
        total = total + (across * weight[..., :, 1:]).mean() + (down * weight[..., 1:, :]).mean()
        made, wanted, weight = (functional.avg_pool2d(part, 2) for part in (made, wanted, weight))
    return total


def _psnr(one: Tensor, other: Tensor) -> float:
    return float(10 * torch.log10(4 / functional.mse_loss(one, other)))
