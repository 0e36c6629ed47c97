"""The optimizer of the denoiser: Muon for weights that are matrices, AdamW for the rest."""

from collections.abc import Iterable
from typing import Any


class MatrixOptimizer:
    """Muon (Jordan et al., 2024; torch.optim.Muon) over matrices and convolutions, AdamW over everything else.

    torch's Muon takes matrices only, so a convolution (out, in, k, k) is given to it as the matrix (out, in k k) that
    shares its memory, as in the airbench code that introduced Muon.

    Args:
        named: parameters by name.
        lr: of AdamW.
        matrix_lr: of Muon.
        weight_decay: of both.
    """

    def __init__(
        self, named: Iterable[tuple[str, Any]], *, lr: float, matrix_lr: float, weight_decay: float = 0.01
    ) -> None:
        import torch

        self.convolved: list[tuple[Any, Any]] = []
        matrices, others = [], []
        for name, parameter in named:
            if parameter.ndim < 2 or "embedding" in name or "conv_in" in name or "conv_out" in name:
                others.append(parameter)
                continue
            flat = torch.nn.Parameter(parameter.data.view(len(parameter), -1))
            self.convolved.append((parameter, flat))
            matrices.append(flat)
        self.base = {"muon": matrix_lr, "adamw": lr}
        self.parts = {
            "muon": torch.optim.Muon(
                matrices, lr=matrix_lr, weight_decay=weight_decay, momentum=0.95, adjust_lr_fn="match_rms_adamw"
            ),
            "adamw": torch.optim.AdamW(others, lr=lr, weight_decay=weight_decay, betas=(0.9, 0.95)),
        }

    def step(self, factor: float) -> None:
        """One step with all learning rates multiplied by `factor`; gradients are cleared."""
        for parameter, flat in self.convolved:
            if parameter.grad is not None:
                flat.grad = parameter.grad.view(len(parameter), -1)
        for name, part in self.parts.items():
            for group in part.param_groups:
                group["lr"] = self.base[name] * factor
            part.step()
            part.zero_grad(set_to_none=True)
        for parameter, _ in self.convolved:
            parameter.grad = None

    def tensors(self) -> dict[str, Any]:
        """The state as named tensors, for a safetensors file."""
        import torch

        found = {}
        for name, part in self.parts.items():
            for index, state in part.state_dict()["state"].items():
                for key, value in state.items():
                    found[f"{name}.{index}.{key}"] = torch.as_tensor(value).clone()
        return found

    def load(self, tensors: dict[str, Any]) -> None:
        """Take back what `tensors` gave."""
        for name, part in self.parts.items():
            state: dict[int, dict[str, Any]] = {}
            for path, value in tensors.items():
                owner, index, key = path.split(".", 2)
                if owner == name:
                    state.setdefault(int(index), {})[key] = value
            part.load_state_dict({"state": state, "param_groups": part.state_dict()["param_groups"]})
