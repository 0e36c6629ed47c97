"""Single-file checkpoints: the configuration that goes with their weights, read from the weights' own shapes.

A single file holds no configuration and no tokenizer; diffusers would fetch them from a server. All that matters of
the configuration can be read from the shapes, and what cannot is the same for all checkpoints of a family. The
tokenizer of both families is that of CLIP, whose list of merges comes with the pack.
"""

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .checkpoint import Family
from .weights import WeightHeader

MERGES: Final = Path(__file__).with_name("clip_merges.txt.gz")
_UNET, _VAE = "model.diffusion_model.", "first_stage_model."
_LATENT_SCALE: Final[dict[Family, float]] = {"sd15": 0.18215, "sdxl": 0.13025}
_NATIVE: Final[dict[Family, int]] = {"sd15": 64, "sdxl": 128}  # side of the latent that the family was trained at
_END: Final = "<|endoftext|>"

Shapes = Mapping[str, tuple[int, ...]]


def write_configs(header: WeightHeader, family: Family, folder: Path) -> Path:
    """Write the diffusers folder without weights that a single file stands for.

    Args:
        header: of the file.
        family: what it is.
        folder: where to; made if missing.

    Returns:
        The folder.
    """
    shapes = header.shapes
    parts: dict[str, Any] = {
        "scheduler": ("PNDMScheduler" if family == "sd15" else "EulerDiscreteScheduler", scheduler_config(header)),
        "unet": ("UNet2DConditionModel", unet_config(shapes, family)),
        "vae": ("AutoencoderKL", vae_config(shapes, family)),
    }
    if family == "sd15":
        parts["text_encoder"] = ("CLIPTextModel", clip_config(shapes, "cond_stage_model.transformer.text_model."))
    else:
        parts["text_encoder"] = (
            "CLIPTextModel",
            clip_config(shapes, "conditioner.embedders.0.transformer.text_model."),
        )
        parts["text_encoder_2"] = ("CLIPTextModelWithProjection", open_clip_config(shapes))
    index: dict[str, Any] = {
        "_class_name": "StableDiffusionPipeline" if family == "sd15" else "StableDiffusionXLPipeline"
    }
    for name, (kind, config) in parts.items():
        index[name] = ["transformers" if kind.startswith("CLIP") else "diffusers", kind]
        file = "scheduler_config.json" if name == "scheduler" else "config.json"
        _write(folder / name / file, {"_class_name": kind, **config})
    for name, pad in _tokenizers(family):
        index[name] = ["transformers", "CLIPTokenizer"]
        write_tokenizer(folder / name, pad=pad)
    _write(folder / "model_index.json", index)
    return folder


def _tokenizers(family: Family) -> list[tuple[str, str]]:
    """Names of the tokenizers and what they pad with; OpenCLIP pads with zeros, whose token is "!"."""
    return [("tokenizer", _END)] if family == "sd15" else [("tokenizer", _END), ("tokenizer_2", "!")]


def scheduler_config(header: WeightHeader) -> dict[str, Any]:
    """The noise schedule of both families; checkpoints that predict velocity say so with an empty tensor."""
    velocity = "v_pred" in header.shapes or header.metadata.get("modelspec.prediction_type") == "v"
    return {
        "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000,
        "prediction_type": "v_prediction" if velocity else "epsilon", "steps_offset": 1, "timestep_spacing": "leading",
        "rescale_betas_zero_snr": "ztsnr" in header.shapes, "skip_prk_steps": True, "set_alpha_to_one": False,
        "clip_sample": False,
    }  # fmt: skip


def unet_config(shapes: Shapes, family: Family) -> dict[str, Any]:
    """The denoiser's configuration from the shapes of its weights."""
    own = {name.removeprefix(_UNET): shape for name, shape in shapes.items() if name.startswith(_UNET)}
    blocks = 1 + max(_numbers(own, r"input_blocks\.(\d+)\."))
    levels: list[dict[str, Any]] = [{"channels": 0, "layers": 0, "depth": 0}]
    for block in range(1, blocks):
        if f"input_blocks.{block}.0.op.weight" in own:
            levels.append({"channels": 0, "layers": 0, "depth": 0})
            continue
        level = levels[-1]
        level["channels"] = own[f"input_blocks.{block}.0.out_layers.3.weight"][0]
        level["layers"] += 1
        level["depth"] = len(_numbers(own, rf"input_blocks\.{block}\.1\.transformer_blocks\.(\d+)\."))
    channels = [level["channels"] for level in levels]
    depths = [level["depth"] for level in levels]
    cross = next(shape[1] for name, shape in own.items() if name.endswith("attn2.to_k.weight"))
    linear = any(len(shape) == 2 for name, shape in own.items() if name.endswith("proj_in.weight"))
    config: dict[str, Any] = {
        "sample_size": _NATIVE[family],
        "in_channels": own["input_blocks.0.0.weight"][1],
        "out_channels": own["out.2.weight"][0],
        "block_out_channels": channels,
        "layers_per_block": levels[0]["layers"],
        "down_block_types": ["CrossAttnDownBlock2D" if depth else "DownBlock2D" for depth in depths],
        "up_block_types": ["CrossAttnUpBlock2D" if depth else "UpBlock2D" for depth in reversed(depths)],
        "transformer_layers_per_block": [max(depth, 1) for depth in depths],
        "cross_attention_dim": cross,
        "use_linear_projection": linear,
        # The number of heads cannot be seen in the shapes: SD 1.5 has 8 everywhere, SDXL one for 64 channels.
        "attention_head_dim": 8 if family == "sd15" else [max(1, one // 64) for one in channels],
    }
    if family == "sdxl":
        pooled = open_clip_config(shapes)["projection_dim"]
        told = own["label_emb.0.0.weight"][1]
        config |= {
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": (told - pooled) // 6,  # six numbers of size and crop
            "projection_class_embeddings_input_dim": told,
        }
    return config


def vae_config(shapes: Shapes, family: Family) -> dict[str, Any]:
    """The autoencoder's configuration from the shapes of its weights."""
    own = {name.removeprefix(_VAE): shape for name, shape in shapes.items() if name.startswith(_VAE)}
    levels = sorted(set(_numbers(own, r"encoder\.down\.(\d+)\.block\.")))
    return {
        "in_channels": own["encoder.conv_in.weight"][1],
        "out_channels": own["decoder.conv_out.weight"][0],
        "block_out_channels": [own[f"encoder.down.{level}.block.0.conv1.weight"][0] for level in levels],
        "down_block_types": ["DownEncoderBlock2D"] * len(levels),
        "up_block_types": ["UpDecoderBlock2D"] * len(levels),
        "layers_per_block": len(_numbers(own, r"encoder\.down\.0\.block\.(\d+)\.")),
        "latent_channels": own["post_quant_conv.weight"][0],
        "norm_num_groups": min(32, own["encoder.conv_in.weight"][0]),
        "sample_size": 8 * _NATIVE[family],
        "scaling_factor": _LATENT_SCALE[family],
        "force_upcast": family == "sdxl",
    }


def clip_config(shapes: Shapes, prefix: str) -> dict[str, Any]:
    """CLIP's text encoder as OpenAI made it, from the shapes of its weights."""
    words, width = shapes[f"{prefix}embeddings.token_embedding.weight"]
    return {
        "model_type": "clip_text_model", "architectures": ["CLIPTextModel"],
        "vocab_size": words, "hidden_size": width, "projection_dim": width,
        "intermediate_size": shapes[f"{prefix}encoder.layers.0.mlp.fc1.weight"][0],
        "num_hidden_layers": len(_numbers(shapes, rf"{re.escape(prefix)}encoder\.layers\.(\d+)\.")),
        "num_attention_heads": max(1, width // 64), "hidden_act": "quick_gelu",
        "max_position_embeddings": shapes[f"{prefix}embeddings.position_embedding.weight"][0],
        "bos_token_id": words - 2, "eos_token_id": words - 1, "pad_token_id": words - 1,
    }  # fmt: skip


def open_clip_config(shapes: Shapes) -> dict[str, Any]:
    """SDXL's second text encoder, which is OpenCLIP's, from the shapes of its weights."""
    prefix = "conditioner.embedders.1.model."
    words, width = shapes[f"{prefix}token_embedding.weight"]
    return {
        "model_type": "clip_text_model", "architectures": ["CLIPTextModelWithProjection"],
        "vocab_size": words, "hidden_size": width, "projection_dim": shapes[f"{prefix}text_projection"][1],
        "intermediate_size": shapes[f"{prefix}transformer.resblocks.0.mlp.c_fc.weight"][0],
        "num_hidden_layers": len(_numbers(shapes, rf"{re.escape(prefix)}transformer\.resblocks\.(\d+)\.")),
        "num_attention_heads": max(1, width // 64), "hidden_act": "gelu",
        "max_position_embeddings": shapes[f"{prefix}positional_embedding"][0],
        "bos_token_id": words - 2, "eos_token_id": words - 1, "pad_token_id": 1,
    }  # fmt: skip


def write_tokenizer(folder: Path, *, pad: str = _END) -> Path:
    """Write the files of CLIP's tokenizer.

    The vocabulary follows from the merges: 256 bytes, the same at the end of a word, one entry for every merge, and
    two marks.

    Args:
        folder: where to; made if missing.
        pad: the token that fills up short texts.

    Source:
        Radford et al., ICML 2021; openai/CLIP, clip/simple_tokenizer.py (how the vocabulary is numbered).
    """
    merges = gzip.decompress(MERGES.read_bytes()).decode("utf-8").splitlines()
    letters = _byte_letters()
    words = [*letters, *(f"{one}</w>" for one in letters), *("".join(merge.split()) for merge in merges)]
    vocabulary = {word: number for number, word in enumerate([*words, "<|startoftext|>", _END])}
    _write(folder / "vocab.json", vocabulary)
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]), encoding="utf-8")
    marks = {"bos_token": "<|startoftext|>", "eos_token": _END, "unk_token": _END, "pad_token": pad}
    _write(folder / "special_tokens_map.json", marks)
    _write(
        folder / "tokenizer_config.json",
        {**marks, "model_max_length": 77, "do_lower_case": True, "add_prefix_space": False,
         "tokenizer_class": "CLIPTokenizer"},
    )  # fmt: skip
    return folder


def _byte_letters() -> list[str]:
    """A printable letter for each of the 256 bytes, in the order of the vocabulary: those that are printable first."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = len(set(range(256)) - set(printable))
    return [chr(byte) for byte in printable] + [chr(256 + number) for number in range(others)]


def _numbers(names: Mapping[str, Any], pattern: str) -> set[int]:
    matcher = re.compile(pattern)
    return {int(found.group(1)) for name in names if (found := matcher.match(name))}


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
