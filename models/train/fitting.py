"""One training loop for all encoders: so many minutes, resumable, progress lines."""

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from .optimizers import MatrixOptimizer

_WARM_UP: Final = 60  # steps


class Fit:
    """Minimises a loss for a given time. The checkpoint holds weights, optimizer and the time spent.

    Args:
        name: in progress lines and of the checkpoint.
        modules: what is trained, by name.
        folder: of the checkpoint.
        seed: of everything random.
        lr: of AdamW; Muon's is 2.5 times as high.
    """

    def __init__(self, name: str, modules: dict[str, nn.Module], folder: Path, *, seed: int, lr: float = 2e-3) -> None:
        self.name, self.modules, self.seed = name, modules, seed
        self.path = folder / f"{name}.checkpoint.safetensors"
        self.optimizer = MatrixOptimizer(self._parameters(), lr=lr, matrix_lr=2.5 * lr)
        self.step, self.seconds = 0, 0.0
        self._resume()

    def run(self, minutes: float, loss_of: Callable[[int], Tensor], *, log: Any = print) -> float:
        """Train until `minutes` are spent in all, earlier runs included.

        Args:
            minutes: of training.
            loss_of: the loss of step number n.
            log: told how it goes.

        Returns:
            The mean of the last losses.

        Raises:
            FloatingPointError: the loss is no number.
        """
        for module in self.modules.values():
            module.train()
        losses: list[float] = []
        clock = saved = time.monotonic()
        while self.seconds < minutes * 60:
            loss = loss_of(self.step)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([parameter for _, parameter in self._parameters()], 2.0)
            self.optimizer.step(self._rate(self.seconds / (minutes * 60)))
            self.step += 1
            now = time.monotonic()
            self.seconds, clock = self.seconds + now - clock, now
            losses.append(loss.item())
            if not math.isfinite(losses[-1]):
                raise FloatingPointError(f"{self.name}: the loss is {losses[-1]} at step {self.step}.")
            if self.step % 100 == 0:
                mean = sum(losses[-100:]) / len(losses[-100:])
                log(f"{self.name} {self.seconds / 60:6.1f} min  step {self.step:6d}  loss {mean:.4f}", flush=True)
            if now - saved > 120:
                self.save()
                saved = now
        self.save()
        for module in self.modules.values():
            module.eval()
        return sum(losses[-100:]) / max(1, len(losses[-100:]))

    def save(self) -> None:
        """Write the checkpoint, by rename."""
        from safetensors.torch import save_file

        self.path.parent.mkdir(parents=True, exist_ok=True)
        tensors = {f"weight.{name}": value for name, value in self._states()}
        tensors |= {f"optimizer.{name}": value for name, value in self.optimizer.tensors().items()}
        part = self.path.with_suffix(".part")
        metadata = {"step": str(self.step), "seconds": str(self.seconds)}
        save_file({name: value.detach().cpu().contiguous() for name, value in tensors.items()}, part, metadata=metadata)
        part.replace(self.path)

    def _rate(self, progress: float) -> float:
        """Warm-up, then half a cosine to nothing (Loshchilov & Hutter, ICLR 2017, equation 5)."""
        return min(1.0, (self.step + 1) / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))

    def _parameters(self) -> Iterator[tuple[str, Any]]:
        for module_name, module in self.modules.items():
            for name, parameter in module.named_parameters():
                yield f"{module_name}.{name}", parameter

    def _states(self) -> Iterator[tuple[str, Tensor]]:
        for module_name, module in self.modules.items():
            for name, value in module.state_dict().items():
                yield f"{module_name}.{name}", value

    def _resume(self) -> None:
        from safetensors import safe_open

        if not self.path.is_file():
            return
        with safe_open(self.path, "pt") as file, torch.no_grad():
            metadata = file.metadata()
            for name, value in self._states():
                value.copy_(file.get_tensor(f"weight.{name}"))
            keys = [key for key in file.keys() if key.startswith("optimizer.")]  # noqa: SIM118 - no dictionary
            self.optimizer.load({key.removeprefix("optimizer."): file.get_tensor(key) for key in keys})
        self.step, self.seconds = int(metadata["step"]), float(metadata["seconds"])


def save_half(network: Any, folder: Path) -> None:
    """Save in half precision in the stock layout; loaders turn it back into single precision."""
    import copy

    copy.deepcopy(network).cpu().half().save_pretrained(folder)
