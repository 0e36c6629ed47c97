"""A node pack for tests and benchmarks: models of ComfyUI's own classes with random weights, most of them tiny.

Runs inside ComfyUI. `TinyCheckpoint` reads a file of `benchmarks/tiny_checkpoint.py`; the others make their weights up,
the same ones every time.
"""

import torch

_UNET = {
    "image_size": 32, "in_channels": 4, "out_channels": 4, "num_res_blocks": [1, 1], "transformer_depth": [1, 0],
    "transformer_depth_output": [1, 1, 0, 0], "transformer_depth_middle": 1, "use_spatial_transformer": True,
    "use_temporal_attention": False, "legacy": False, "model_channels": 32, "channel_mult": [1, 2], "context_dim": 32,
    "use_linear_in_transformer": False, "adm_in_channels": None, "num_classes": None, "num_heads": 8,
    "num_head_channels": -1,
}  # fmt: skip
_XL_SIZES = 6 * 256  # numbers in which SDXL is told the picture's size


def _patcher(model):
    import comfy.model_management as management
    import comfy.model_patcher

    return comfy.model_patcher.ModelPatcher(model, management.get_torch_device(), management.unet_offload_device())


def _random(network, seed, scale=1.0):
    """Weights that are the same on every machine, small enough to stay finite."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in sorted(network.named_parameters()):
            if value.ndim < 2:
                value.fill_(0.0 if name.endswith("bias") else 1.0)
            else:
                spread = scale / (value[0].numel() ** 0.5)
                value.copy_(torch.randn(value.shape, generator=generator) * spread)
    return network


class TinyCheckpoint:
    CATEGORY = "tests"
    FUNCTION = "load"
    RETURN_TYPES = ("MODEL", "CLIP", "VAE")

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"path": ("STRING", {"default": ""})}}

    def load(self, path):
        import comfy.model_base
        import comfy.sd
        import comfy.sd1_clip
        import comfy.supported_models
        import comfy.supported_models_base
        import comfy.utils

        weights = {name: value.float() for name, value in comfy.utils.load_torch_file(path).items()}
        config = comfy.supported_models.SD15(dict(_UNET))
        config.set_inference_dtype(torch.float32, None)
        model = config.get_model({}, "")
        _load(model.diffusion_model, weights, "model.diffusion_model.")
        target = comfy.supported_models_base.ClipTarget(comfy.sd1_clip.SD1Tokenizer, _tiny_clip(32))
        clip = comfy.sd.CLIP(target, model_options={"dtype": torch.float32})
        stored = {k.removeprefix("cond_stage_model."): v for k, v in weights.items() if "cond_stage" in k}
        clip.load_sd({f"clip_l.{name}": value for name, value in stored.items()}, full_model=True)
        return _patcher(model), clip, _tiny_vae(weights)


def _load(network, weights, prefix):
    part = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
    missing, odd = network.load_state_dict(part, strict=False)
    if missing or odd:
        raise ValueError(f"weights do not fit: {missing[:3]} {odd[:3]}")


def _tiny_vae(weights=None, channels=4):
    import comfy.sd

    layers = {
        "double_z": True, "z_channels": channels, "resolution": 256, "in_channels": 3, "out_ch": 3, "ch": 32,
        "ch_mult": [1, 1, 1, 1], "num_res_blocks": 1, "attn_resolutions": [], "dropout": 0.0,
    }  # fmt: skip
    config = {"params": {"ddconfig": layers, "embed_dim": channels}}
    prefix = "first_stage_model."
    if weights is None:
        from comfy.ldm.models.autoencoder import AutoencoderKL

        part = _random(AutoencoderKL(**config["params"]), 7).state_dict()
    else:
        part = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
    vae = comfy.sd.VAE(sd=part, config=config, dtype=torch.float32)
    vae.latent_channels = channels
    return vae


def _tiny_clip(width, *, masks=False):
    """A class like those of ComfyUI's checkpoints, with a text encoder of this width, all of whose tokens count."""
    import comfy.sd1_clip

    settings = {
        "architectures": ["CLIPTextModel"], "bos_token_id": 49406, "eos_token_id": 49407, "hidden_act": "quick_gelu",
        "hidden_size": width, "intermediate_size": 2 * width, "max_position_embeddings": 77, "num_attention_heads": 1,
        "num_hidden_layers": 2, "pad_token_id": 1, "projection_dim": width, "vocab_size": 49408, "layer_norm_eps": 1e-5,
    }  # fmt: skip

    class TinyText(comfy.sd1_clip.SDClipModel):
        def __init__(self, device="cpu", dtype=None, model_options=None, **_given):
            super().__init__(
                device=device, dtype=dtype, textmodel_json_config=dict(settings), model_options=model_options or {}
            )

    class TinyClip(comfy.sd1_clip.SD1ClipModel):
        def __init__(self, device="cpu", dtype=None, model_options=None, **_given):
            super().__init__(device=device, dtype=dtype, model_options=model_options or {}, clip_model=TinyText)

        def encode_token_weights(self, token_weight_pairs):
            told = super().encode_token_weights(token_weight_pairs)
            return (*told[:2], {"attention_mask": torch.ones(1, told[0].shape[1], dtype=torch.long)}) if masks else told

    return TinyClip


class TinyModel:
    """A model of another kind, with random weights: for editing with reference latents, or a UNet as SDXL's."""

    CATEGORY = "tests"
    FUNCTION = "make"
    RETURN_TYPES = ("MODEL", "CLIP", "VAE")

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"kind": (["flux", "omnigen2", "chroma", "qwen", "z_image", "sdxl"],)}}

    def make(self, kind):
        import comfy.sd
        import comfy.sd1_clip
        import comfy.supported_models
        import comfy.supported_models_base

        config = _KINDS[kind](comfy.supported_models)
        config.set_inference_dtype(torch.float32, None)
        model = config.get_model({}, "")
        _random(model.diffusion_model, 3)
        masks = kind in ("omnigen2", "z_image")
        target = comfy.supported_models_base.ClipTarget(comfy.sd1_clip.SD1Tokenizer, _tiny_clip(32, masks=masks))
        clip = comfy.sd.CLIP(target, model_options={"dtype": torch.float32})
        _random(clip.cond_stage_model, 5)
        vae = _video_vae() if kind == "qwen" else _tiny_vae(channels=4 if kind == "sdxl" else 16)
        return _patcher(model), clip, vae


def _sdxl(models):
    # Its heads have 64 channels.
    wide = {"model_channels": 64, "channel_mult": [1, 1], "num_classes": "sequential"}
    return models.SDXL({**_UNET, **wide, "adm_in_channels": _XL_SIZES + 32})


def _newer(parameters):
    """What later versions ask for besides, as far as a class of parameters has a place for it."""
    asked = {"txt_ids_dims": [], "vec_in_dim": 32}
    return {name: value for name, value in asked.items() if name in getattr(parameters, "__dataclass_fields__", {})}


def _flux(models):
    from comfy.ldm.flux.model import FluxParams

    return models.Flux(
        {
            "image_model": "flux", "in_channels": 16, "out_channels": 16, "patch_size": 2, "vec_in_dim": 32,
            "context_in_dim": 32, "hidden_size": 48, "mlp_ratio": 2.0, "num_heads": 2, "depth": 1,
            "depth_single_blocks": 1, "axes_dim": [8, 8, 8], "theta": 10000, "qkv_bias": True, "guidance_embed": True,
            **_newer(FluxParams),
        }
    )  # fmt: skip


def _chroma(models):
    from comfy.ldm.chroma.model import ChromaParams

    return models.Chroma(
        {
            "image_model": "chroma", "in_channels": 64, "out_channels": 64, "patch_size": 2, "context_in_dim": 32,
            "hidden_size": 48, "mlp_ratio": 2.0, "num_heads": 2, "depth": 1, "depth_single_blocks": 1,
            "axes_dim": [8, 8, 8], "theta": 10000, "qkv_bias": True, "in_dim": 64, "out_dim": 48, "hidden_dim": 32,
            "n_layers": 1, **_newer(ChromaParams),
        }
    )  # fmt: skip


def _omnigen2(models):
    return models.Omnigen2(
        {
            "image_model": "omnigen2", "in_channels": 16, "out_channels": 16, "patch_size": 2, "hidden_size": 48,
            "num_layers": 1, "num_refiner_layers": 1, "num_attention_heads": 2, "num_kv_heads": 1, "multiple_of": 16,
            "ffn_dim_multiplier": None, "norm_eps": 1e-5, "axes_dim_rope": (8, 8, 8), "axes_lens": (300, 512, 512),
            "text_feat_dim": 32, "timestep_scale": 1000.0,
        }
    )  # fmt: skip


def _z_image(models):
    """Z-Image Omni, where ComfyUI knows it: Z-Image with a part that reads pictures."""
    return models.Lumina2(
        {
            "image_model": "lumina2", "patch_size": 2, "in_channels": 16, "dim": 48, "n_layers": 1, "n_heads": 2,
            "n_refiner_layers": 1, "n_kv_heads": 2, "axes_dims": [8, 8, 8], "axes_lens": [300, 512, 512],
            "cap_feat_dim": 32, "qk_norm": True, "siglip_feat_dim": 16, "pad_tokens_multiple": 32,
        }
    )  # fmt: skip


def _qwen(models):
    return models.QwenImage(
        {
            "image_model": "qwen_image", "in_channels": 64, "num_layers": 1, "attention_head_dim": 32,
            "num_attention_heads": 2, "joint_attention_dim": 32, "axes_dims_rope": (8, 12, 12),
        }
    )  # fmt: skip


def _video_vae():
    """The autoencoder that Qwen-Image shares with Wan; ComfyUI knows it at its real width only."""
    import comfy.sd
    from comfy.ldm.wan.vae import WanVAE

    layers = {"dim": 96, "z_dim": 16, "dim_mult": [1, 2, 4, 4], "num_res_blocks": 2, "attn_scales": []}
    network = WanVAE(**layers, temperal_downsample=[False, True, True])
    return comfy.sd.VAE(sd=_random(network, 4).state_dict())


_KINDS = {
    "flux": _flux, "omnigen2": _omnigen2, "chroma": _chroma, "qwen": _qwen, "z_image": _z_image, "sdxl": _sdxl,
}  # fmt: skip


def tiny_control(width=32):
    """A ControlNet for `_UNET`, or for one that reads texts of another width."""
    import comfy.cldm.cldm
    import comfy.controlnet

    layout = {name: value for name, value in _UNET.items() if name not in ("out_channels", "transformer_depth_output")}
    network = comfy.cldm.cldm.ControlNet(**{**layout, "context_dim": width}, hint_channels=3)
    return comfy.controlnet.ControlNet(_random(network, 11))


class RandomCheckpoint:
    """SD 1.5 at its real size, with random weights: for what photos cost, not for what they show."""

    CATEGORY = "tests"
    FUNCTION = "make"
    RETURN_TYPES = ("MODEL", "CLIP", "VAE")

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {}}

    def make(self):
        import comfy.sd
        import comfy.sd1_clip
        import comfy.supported_models
        import comfy.supported_models_base
        from comfy.ldm.models.autoencoder import AutoencoderKL

        wide = {
            "model_channels": 320, "channel_mult": [1, 2, 4, 4], "num_res_blocks": [2, 2, 2, 2], "context_dim": 768,
            "transformer_depth": [1, 1, 1, 1, 1, 1, 0, 0], "transformer_depth_output": [1] * 9 + [0] * 3,
        }  # fmt: skip
        config = comfy.supported_models.SD15({**_UNET, **wide})
        config.set_inference_dtype(torch.float32, None)
        model = config.get_model({}, "")
        _random(model.diffusion_model, 3)
        target = comfy.supported_models_base.ClipTarget(comfy.sd1_clip.SD1Tokenizer, comfy.sd1_clip.SD1ClipModel)
        clip = comfy.sd.CLIP(target, model_options={"dtype": torch.float32})
        _random(clip.cond_stage_model, 5)
        layers = {
            "double_z": True, "z_channels": 4, "resolution": 256, "in_channels": 3, "out_ch": 3, "ch": 128,
            "ch_mult": [1, 2, 4, 4], "num_res_blocks": 2, "attn_resolutions": [], "dropout": 0.0,
        }  # fmt: skip
        network = _random(AutoencoderKL(ddconfig=layers, embed_dim=4), 7)
        return _patcher(model), clip, comfy.sd.VAE(sd=network.state_dict(), dtype=torch.float32)


NODE_CLASS_MAPPINGS = {"RandomCheckpoint": RandomCheckpoint, "TinyCheckpoint": TinyCheckpoint, "TinyModel": TinyModel}
