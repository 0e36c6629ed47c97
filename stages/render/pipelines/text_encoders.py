"""Text encoders out of single files, by their own names of weights.

diffusers reads them too, but each of its releases only together with some releases of transformers.
"""

import re
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import safe_open
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from .checkpoint import Family

_INNER: Final = "text_model."  # what some releases of transformers put in front of the names
_OPEN_CLIP: Final = {
    "token_embedding.weight": "embeddings.token_embedding.weight",
    "positional_embedding": "embeddings.position_embedding.weight",
    "ln_final.weight": "final_layer_norm.weight",
    "ln_final.bias": "final_layer_norm.bias",
}
_OPEN_CLIP_LAYER: Final = {
    "ln_1": "layer_norm1", "ln_2": "layer_norm2", "attn.out_proj": "self_attn.out_proj", "mlp.c_fc": "mlp.fc1",
    "mlp.c_proj": "mlp.fc2",
}  # fmt: skip


def read_text_encoders(path: Path, family: Family, configs: Path, dtype: torch.dtype) -> dict[str, Any]:
    """The text encoders of a checkpoint, by their names in a pipeline, in evaluation mode.

    Args:
        path: of the single file.
        family: what it is.
        configs: folder of `write_configs` for it.
        dtype: of the weights.

    Raises:
        RuntimeError: weights are missing or do not fit.
    """
    if family == "sd15":
        prefix = "cond_stage_model.transformer.text_model."
        return {"text_encoder": _read(path, prefix, configs / "text_encoder", CLIPTextModel, dtype)}
    first = _read(
        path, "conditioner.embedders.0.transformer.text_model.", configs / "text_encoder", CLIPTextModel, dtype
    )
    second = _read(
        path, "conditioner.embedders.1.model.", configs / "text_encoder_2", CLIPTextModelWithProjection, dtype
    )
    return {"text_encoder": first, "text_encoder_2": second}


def _read(path: Path, prefix: str, folder: Path, kind: Any, dtype: torch.dtype) -> Any:
    network = kind(CLIPTextConfig.from_pretrained(folder, local_files_only=True))
    with safe_open(path, framework="pt") as file:
        names = [name for name in list(file.keys()) if name.startswith(prefix)]
        weights = {name.removeprefix(prefix): file.get_tensor(name) for name in names}
    if kind is CLIPTextModelWithProjection:
        weights = _from_open_clip(weights)
    wanted = network.state_dict()
    inner = _INNER if any(name.startswith(_INNER) for name in wanted) else ""
    weights = {name if name.startswith("text_projection") else inner + name: weights[name] for name in weights}
    network.load_state_dict({name: value for name, value in weights.items() if name in wanted})
    return network.to(dtype).eval()


def _from_open_clip(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """OpenCLIP's names and shapes in those of CLIP: it keeps query, key and value in one matrix."""
    found = {new: weights[old] for old, new in _OPEN_CLIP.items() if old in weights}
    found["text_projection.weight"] = weights["text_projection"].T.contiguous()
    for name, value in weights.items():
        match = re.fullmatch(r"transformer\.resblocks\.(\d+)\.(.+?)(?:\.|_)(weight|bias)", name)
        if match is None:
            continue
        layer, part, end = f"encoder.layers.{match[1]}.", match[2], match[3]
        if part == "attn.in_proj":
            for letter, third in zip("qkv", value.chunk(3), strict=True):
                found[f"{layer}self_attn.{letter}_proj.{end}"] = third
        else:
            found[f"{layer}{_OPEN_CLIP_LAYER[part]}.{end}"] = value
    return found
