"""SD 1.5 and SDXL checkpoints of a megabyte or two with random weights, made on the spot with the real classes.

As diffusers folders, and as single files in the layout in which such checkpoints are shared; with a ControlNet, a LoRA
and an IP-Adapter that go with them.
"""

import json
from pathlib import Path
from typing import Any, Literal

from synthetic_albums.stages.render.pipelines.single_file import write_tokenizer

Family = Literal["sd15", "sdxl"]
MERGES = 1200  # of the tokenizer in folders; single files bring none and use the whole one
CROSS = {"sd15": 32, "sdxl": 96}  # width of the text that the denoiser reads
_WIDTHS = {"sd15": (32,), "sdxl": (32, 64)}  # of the text encoders


def make_parts(
    family: Family,
    *,
    words: int = 512 + MERGES + 2,
    seed: int = 0,
    layout: dict[str, Any] | None = None,
    vae_width: int = 8,
) -> dict[str, Any]:
    """The networks of a checkpoint, by their names in a pipeline; random but always the same.

    Args:
        family: "sd15" or "sdxl".
        words: of the tokenizer.
        seed: of the weights.
        layout: of the denoiser, where it is to be another than the tiny one.
        vae_width: channels of the autoencoder; the first implementation groups them by 32.
    """
    import torch
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    with torch.random.fork_rng():
        torch.manual_seed(seed)
        parts: dict[str, Any] = {}
        for number, width in enumerate(_WIDTHS[family]):
            config = CLIPTextConfig(
                vocab_size=words, hidden_size=width, projection_dim=width, intermediate_size=2 * width,
                num_hidden_layers=2, num_attention_heads=1, max_position_embeddings=77,
                hidden_act="gelu" if number else "quick_gelu",
                bos_token_id=words - 2, eos_token_id=words - 1, pad_token_id=words - 1,
            )  # fmt: skip
            parts["text_encoder_2" if number else "text_encoder"] = (
                CLIPTextModelWithProjection(config) if number else CLIPTextModel(config)
            )
        parts["vae"] = AutoencoderKL(
            block_out_channels=(vae_width,) * 4, layers_per_block=1, latent_channels=4, norm_num_groups=vae_width,
            down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
            scaling_factor=0.18215 if family == "sd15" else 0.13025, force_upcast=family == "sdxl",
        )  # fmt: skip
        xl: dict[str, Any] = {
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
            "block_out_channels": (64, 64), "attention_head_dim": (1, 1), "use_linear_projection": True,
            "transformer_layers_per_block": (1, 2), "addition_embed_type": "text_time", "addition_time_embed_dim": 8,
            "projection_class_embeddings_input_dim": 6 * 8 + _WIDTHS["sdxl"][1],
        }  # fmt: skip
        plain: dict[str, Any] = {
            "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
            "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
            "block_out_channels": (32, 64), "attention_head_dim": 8,
        }  # fmt: skip
        parts["unet"] = UNet2DConditionModel(
            **{
                "sample_size": 8, "in_channels": 4, "out_channels": 4, "layers_per_block": 1,
                "cross_attention_dim": CROSS[family], **(plain if family == "sd15" else xl), **(layout or {}),
            }
        )  # fmt: skip
    return {name: part.eval() for name, part in parts.items()}


def make_folder(folder: Path, family: Family, *, seed: int = 0, layout: dict[str, Any] | None = None) -> Path:
    """A diffusers folder."""
    parts = make_parts(family, seed=seed, layout=layout)
    index: dict[str, Any] = {
        "_class_name": "StableDiffusionPipeline" if family == "sd15" else "StableDiffusionXLPipeline",
        "_diffusers_version": "0.35.0",
        "scheduler": ["diffusers", "EulerDiscreteScheduler"],
    }
    for name, part in parts.items():
        part.save_pretrained(folder / name, safe_serialization=True)
        index[name] = ["transformers" if name.startswith("text") else "diffusers", type(part).__name__]
    for name in ["tokenizer", *(["tokenizer_2"] if family == "sdxl" else [])]:
        make_tokenizer(folder / name)
        index[name] = ["transformers", "CLIPTokenizer"]
    if family == "sd15":
        index |= {"safety_checker": [None, None], "feature_extractor": [None, None], "requires_safety_checker": False}
    schedule = {
        "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000,
        "prediction_type": "epsilon", "steps_offset": 1, "timestep_spacing": "leading",
    }  # fmt: skip
    (folder / "scheduler").mkdir(parents=True, exist_ok=True)
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(schedule))
    (folder / "model_index.json").write_text(json.dumps(index))
    return folder


def make_tokenizer(folder: Path) -> Path:
    """CLIP's tokenizer with its first merges only."""
    write_tokenizer(folder)
    merges = (folder / "merges.txt").read_text(encoding="utf-8").splitlines()[1 : 1 + MERGES]
    whole = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    ends = ["<|startoftext|>", "<|endoftext|>"]
    words = [*sorted(whole, key=whole.__getitem__)[: 512 + MERGES], *ends]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]), encoding="utf-8")
    return folder


def make_file(path: Path, family: Family, *, seed: int = 0, vae_width: int = 8) -> Path:
    """A single file as checkpoints are shared, with the names of the first implementation."""
    from safetensors.torch import save_file

    parts = make_parts(family, words=49408, seed=seed, vae_width=vae_width)
    weights = {
        f"model.diffusion_model.{_unet_name(name, family)}": value for name, value in parts["unet"].state_dict().items()
    }
    for name, value in parts["vae"].state_dict().items():
        square = ".attentions." in name and "group_norm" not in name and value.ndim == 2
        weights[f"first_stage_model.{_vae_name(name)}"] = value[..., None, None] if square else value
    root = "cond_stage_model.transformer." if family == "sd15" else "conditioner.embedders.0.transformer."
    for name, value in parts["text_encoder"].state_dict().items():
        weights[f"{root}text_model.{name.removeprefix('text_model.')}"] = value
    if family == "sdxl":
        weights |= _open_clip(parts["text_encoder_2"].state_dict())
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous().half() for name, value in weights.items()}, path)
    return path


def make_control(folder: Path, family: Family) -> Path:
    """A ControlNet as a diffusers folder, with weights that change something."""
    import torch
    from diffusers.models.controlnets.controlnet import ControlNetModel

    network = ControlNetModel.from_unet(make_parts(family)["unet"], conditioning_channels=3)
    with torch.random.fork_rng():
        torch.manual_seed(1)
        for name, weight in network.named_parameters():
            if "controlnet_down" in name or "controlnet_mid" in name or "conv_out" in name:
                torch.nn.init.normal_(weight, std=0.3)
    network.save_pretrained(folder, safe_serialization=True)
    return folder


def make_lora(path: Path, family: Family) -> Path:
    """A LoRA of rank 2 on the queries and keys of the denoiser's attention."""
    import torch
    from safetensors.torch import save_file

    generator = torch.Generator().manual_seed(2)
    weights = {}
    for name, value in make_parts(family)["unet"].state_dict().items():
        if name.endswith(("attn1.to_q.weight", "attn2.to_k.weight")):
            stem = f"unet.{name.removesuffix('.weight')}"
            weights[f"{stem}.lora_A.weight"] = torch.randn(2, value.shape[1], generator=generator)
            weights[f"{stem}.lora_B.weight"] = torch.randn(value.shape[0], 2, generator=generator)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, path)
    return path


def make_adapter(path: Path, encoder: Path, family: Family) -> Path:
    """An IP-Adapter with four tokens for a picture, and its image encoder."""
    import torch
    from safetensors.torch import save_file
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    with torch.random.fork_rng():
        torch.manual_seed(3)
        vision = CLIPVisionModelWithProjection(
            CLIPVisionConfig(
                hidden_size=32,
                intermediate_size=64,
                num_hidden_layers=1,
                num_attention_heads=1,
                image_size=32,
                patch_size=8,
                projection_dim=24,
            )
        )
        vision.save_pretrained(encoder)
        cross, number, weights = CROSS[family], 1, {}
        processors = make_parts(family)["unet"].attn_processors
        state = make_parts(family)["unet"].state_dict()
        for name in processors:
            if name.endswith("attn2.processor"):
                width = state[f"{name.removesuffix('.processor')}.to_q.weight"].shape[0]
                for part in ("k", "v"):
                    weights[f"ip_adapter.{number}.to_{part}_ip.weight"] = torch.randn(width, cross)
                number += 2
        weights |= {
            "image_proj.proj.weight": torch.randn(4 * cross, 24), "image_proj.proj.bias": torch.zeros(4 * cross),
            "image_proj.norm.weight": torch.ones(cross), "image_proj.norm.bias": torch.zeros(cross),
        }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, path)
    return path


_RESNET = {
    "norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
    "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
}  # fmt: skip
_UNET_ENDS = {
    "time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2", "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0", "conv_out": "out.2", "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
}  # fmt: skip
_LAYERS = 1  # resnets of a block on the way down; one more on the way up


def _unet_name(name: str, family: Family) -> str:
    stem, _, end = name.rpartition(".")
    if stem in _UNET_ENDS:
        return f"{_UNET_ENDS[stem]}.{end}"
    words = name.split(".")
    if words[0] == "mid_block":
        place = f"middle_block.{1 if words[1] == 'attentions' else 2 * int(words[2])}"
        rest = words[3:]
    else:
        block, layer = int(words[1]), int(words[3])
        down = words[0] == "down_blocks"
        number = block * (_LAYERS + 1) + layer + (1 if down else 0)
        rest = words[4:]
        if words[2] == "downsamplers":
            return f"input_blocks.{(block + 1) * (_LAYERS + 1)}.0.op.{end}"
        if words[2] == "upsamplers":
            return f"output_blocks.{block * (_LAYERS + 1) + _LAYERS}.{2 if family == 'sdxl' else 1}.conv.{end}"
        place = f"{'input' if down else 'output'}_blocks.{number}.{1 if words[2] == 'attentions' else 0}"
    if rest[0] in _RESNET and "attentions" not in words:
        rest = [_RESNET[rest[0]], *rest[1:]]
    return ".".join([place, *rest])


def _vae_name(name: str) -> str:
    words = name.split(".")
    if words[0] not in ("encoder", "decoder"):
        return name
    rest = words[1:]
    if rest[0] in ("down_blocks", "up_blocks"):
        level = int(rest[1]) if rest[0] == "down_blocks" else 3 - int(rest[1])
        way = rest[0].removesuffix("_blocks")
        if rest[2] == "resnets":
            rest = [way, str(level), "block", *rest[3:]]
        else:
            rest = [way, str(level), f"{way}sample", *rest[4:]]
    elif rest[0] == "mid_block":
        rest = ["mid", f"block_{int(rest[2]) + 1}" if rest[1] == "resnets" else "attn_1", *rest[3:]]
    joined = ".".join([words[0], *rest])
    for new, old in {
        "conv_norm_out": "norm_out", "conv_shortcut": "nin_shortcut", "group_norm": "norm", "to_q": "q", "to_k": "k",
        "to_v": "v", "to_out.0": "proj_out",
    }.items():  # fmt: skip
        joined = joined.replace(f".{new}.", f".{old}.")
    return joined


def _open_clip(state: dict[str, Any]) -> dict[str, Any]:
    import torch

    root = "conditioner.embedders.1.model."
    state = {name.removeprefix("text_model."): value for name, value in state.items()}
    found = {
        f"{root}token_embedding.weight": state["embeddings.token_embedding.weight"],
        f"{root}positional_embedding": state["embeddings.position_embedding.weight"],
        f"{root}text_projection": state["text_projection.weight"].T,
    }
    for end in ("weight", "bias"):
        found[f"{root}ln_final.{end}"] = state[f"final_layer_norm.{end}"]
        for layer in range(2):
            old, new = f"encoder.layers.{layer}.", f"{root}transformer.resblocks.{layer}."
            found[f"{new}attn.in_proj_{end}"] = torch.cat(
                [state[f"{old}self_attn.{part}_proj.{end}"] for part in "qkv"]
            )
            for ours, theirs in {
                "self_attn.out_proj": "attn.out_proj", "layer_norm1": "ln_1", "layer_norm2": "ln_2",
                "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj",
            }.items():  # fmt: skip
                found[f"{new}{theirs}.{end}"] = state[f"{old}{ours}.{end}"]
    return found
