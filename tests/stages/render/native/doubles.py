"""Stand-ins for what ComfyUI hands over: a model that has its patch points, text encoder, VAE, ControlNet and host.

The models are tiny but compute: patches that are put in act, and what is wrong with them changes pixels.
"""

import copy
import hashlib
from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace

import torch
from torch import nn
from torch.nn import functional

WIDTH, HEADS, TEXT, CELL = 16, 2, 12, 8


def values(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def weights(seed):
    """A network of some weights, the same for the same seed."""
    layer = nn.Linear(2, 2)
    layer.load_state_dict({"weight": values(2, 2, seed=seed), "bias": values(2, seed=seed)})
    return layer


def attention(query, key, value, heads, mask=None, extra=None):
    """As ComfyUI's: (batch, tokens, channels), the mask (queries, keys) is added to the logits."""
    split = [part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
    bias = None if mask is None else mask[None, None]
    return functional.scaled_dot_product_attention(*split, attn_mask=bias).transpose(1, 2).flatten(2)


class Layer(nn.Module):
    """Projections of one attention layer."""

    def __init__(self, told=WIDTH):
        super().__init__()
        self.to_q = nn.Linear(WIDTH, WIDTH, bias=False)
        self.to_k = nn.Linear(told, WIDTH, bias=False)
        self.to_v = nn.Linear(told, WIDTH, bias=False)
        self.to_out = nn.Linear(WIDTH, WIDTH)


class Block(nn.Module):
    """One transformer block, with the points at which ComfyUI lets patches in: ahead of the projections, and
    between them and the way out."""

    def __init__(self, told=TEXT):
        super().__init__()
        self.attn1, self.attn2 = Layer(), Layer(told)

    def forward(self, hidden, text, options):
        hidden = hidden + self.attend("attn1", hidden, hidden, options)
        return hidden + self.attend("attn2", hidden, text, options)

    def attend(self, name, hidden, context, options):
        layer, value = getattr(self, name), context
        extra = {key: one for key, one in options.items() if key not in ("patches", "patches_replace")}
        extra["n_heads"] = HEADS
        for patch in options.get("patches", {}).get(f"{name}_patch", ()):
            hidden, context, value = patch(hidden, context, value, extra)
        replaced = options.get("patches_replace", {}).get(name, {})
        place = tuple(options.get("block", ()))
        chosen = replaced.get((*place, options.get("block_index", 0)), replaced.get(place))
        projected = layer.to_q(hidden), layer.to_k(context), layer.to_v(value)
        found = layer.to_out(attention(*projected, HEADS) if chosen is None else chosen(*projected, extra))
        for patch in options.get("patches", {}).get(f"{name}_output_patch", ()):
            found = patch(found, extra)
        return found


class UNetModel(nn.Module):
    """Three blocks on one level."""

    PLACES = (("input", 1), ("middle", 0), ("output", 3))

    def __init__(self, told=TEXT, channels=4):
        super().__init__()
        self.enter, self.leave = nn.Linear(channels, WIDTH), nn.Linear(WIDTH, channels)
        self.blocks = nn.ModuleList(Block(told) for _ in self.PLACES)

    def forward(self, latent, text, options):
        hidden = self.enter(latent.flatten(2).transpose(1, 2))
        for place, block in zip(self.PLACES, self.blocks, strict=True):
            here = {"block": place, "block_index": 0, "original_shape": list(latent.shape)}
            here["activations_shape"] = list(latent.shape)
            hidden = block(hidden, text, {**options, **here})
        return self.leave(hidden).transpose(1, 2).unflatten(2, latent.shape[-2:])


class Transformer(nn.Module):
    """Any other network: it looks at nothing but the latent."""

    def __init__(self, channels=4):
        super().__init__()
        self.leave = nn.Conv2d(channels, channels, 1)

    def forward(self, latent, text, options):
        return self.leave(latent) + text.mean()


class BaseModel(nn.Module):
    def __init__(self, network, config="SD15"):
        super().__init__()
        self.diffusion_model = network
        self.model_config = type(config, (), {})()

    def process_latent_in(self, latent):
        return latent * 0.5


def made_as(*names, network=None, config="SD15"):
    """An inner model of a class of that name; further names are what it inherits from."""
    kind = BaseModel
    for name in reversed(names):
        kind = type(name, (kind,), {})
    return kind(UNetModel() if network is None else network, config)


@dataclass(eq=False)
class Patcher:
    """What goes along MODEL links."""

    model: nn.Module
    channels: int = 4
    model_options: dict = field(default_factory=lambda: {"transformer_options": {}})
    patches: dict = field(default_factory=dict)
    backup: dict = field(default_factory=dict)
    object_patches: dict = field(default_factory=dict)
    wrappers: dict = field(default_factory=dict)
    load_device: torch.device = field(default_factory=lambda: torch.device("cpu"))

    def clone(self):
        other = copy.copy(self)
        other.model_options = {"transformer_options": copied(self.model_options["transformer_options"])}
        other.wrappers = copied(self.wrappers)
        return other

    def get_model_object(self, name):
        if name == "latent_format":
            return SimpleNamespace(latent_channels=self.channels)
        if name in self.object_patches:
            return self.object_patches[name]
        return SimpleNamespace(noise_scaling=lambda sigma, noise, latent, _full: latent + sigma * noise)

    def set_model_attn1_patch(self, patch):
        self._patches("attn1_patch").append(patch)

    def set_model_attn1_output_patch(self, patch):
        self._patches("attn1_output_patch").append(patch)

    def set_model_attn2_patch(self, patch):
        self._patches("attn2_patch").append(patch)

    def set_model_attn1_replace(self, patch, block, number):
        self._replaced("attn1")[block, number] = patch

    def set_model_attn2_replace(self, patch, block, number):
        self._replaced("attn2")[block, number] = patch

    def _patches(self, name):
        return self.model_options["transformer_options"].setdefault("patches", {}).setdefault(name, [])

    def _replaced(self, name):
        return self.model_options["transformer_options"].setdefault("patches_replace", {}).setdefault(name, {})


def copied(value):
    """Dicts and lists anew, what is in them as it is."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    return [copied(one) for one in value] if isinstance(value, list) else value


class Clip:
    """Embeddings that depend on the text alone; counts what it was asked to encode."""

    def __init__(self, width=TEXT, template=None, seed=1):
        self.encoded, self.shown = [], []
        self.patcher = SimpleNamespace(model=weights(seed))
        self.width = width
        self.tokenizer = SimpleNamespace() if template is None else SimpleNamespace(llama_template_images=template)

    def tokenize(self, text, **more):
        words = text.split()
        windows = [words[start : start + 75] for start in range(0, max(1, len(words)), 75)]
        return {"l": windows, **({"more": (text, more)} if more else {})}

    def encode_from_tokens_scheduled(self, tokens):
        text = " ".join(word for window in tokens["l"] for word in window)
        self.encoded.append(text)
        if "more" in tokens:
            self.shown.append(tokens["more"])
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
        return [[values(1, 5, self.width, seed=seed), {"pooled_output": torch.zeros(1, 4)}]]


class Vae:
    """Averages of eight by eight pixels, and back."""

    latent_channels = 4

    def __init__(self, seed=2):
        self.first_stage_model = weights(seed)

    def spacial_compression_encode(self):
        return CELL

    def encode(self, pixels):
        small = functional.avg_pool2d(pixels.movedim(-1, 1), CELL)
        return torch.cat([small, small.mean(dim=1, keepdim=True)], dim=1) * 2 - 1

    def decode(self, latent):
        large = functional.interpolate(latent[:, :3], scale_factor=CELL, mode="nearest")
        return torch.sigmoid(large).movedim(1, -1)


class Control:
    """A ControlNet: its copies know what they were given."""

    def __init__(self, told=TEXT, network=True):
        if network:
            self.control_model = UNetModel(told)
        self.hint = self.strength = self.previous = self.range = None

    def copy(self):
        other = Control(network=False)
        if hasattr(self, "control_model"):
            other.control_model = self.control_model
        return other

    def set_cond_hint(self, hint, strength, timestep_percent_range, vae=None):
        self.hint, self.strength, self.range, self.vae = hint, strength, timestep_percent_range, vae
        return self

    def set_previous_controlnet(self, previous):
        self.previous = previous


class Executor:
    """What a wrapper is given to go on with."""

    def __init__(self, class_obj, call):
        self.class_obj, self._call = class_obj, call

    def __call__(self, *given):
        return self._call(*given)


class Host:
    """Samples with plain Euler steps; remembers what it was asked for. `trouble` is called after every step."""

    def __init__(self):
        self.asked, self.encoded, self.predicted = [], [], 0
        self.trouble = lambda step, latent: latent
        self.decode_trouble = lambda pixels: pixels

    def sample(self, model, noise, latent, positive, negative, **asked):
        on_step = asked.pop("on_step")
        named = {"model": model, "noise": noise, "latent": latent, "positive": positive, "negative": negative}
        self.asked.append(SimpleNamespace(**named, **asked))
        sigmas = torch.linspace(asked["denoise"], 0, asked["steps"] + 1)
        current = latent + noise * sigmas[0]
        for step, (sigma, following) in enumerate(pairwise(sigmas), start=1):
            given = {**model.model_options["transformer_options"], "sample_sigmas": sigmas}
            options = {**model.model_options, "transformer_options": given}
            change = self._prediction(model, current, sigma[None], options, asked, positive, negative)
            current = self.trouble(step, current - (sigma - following) * change)
            on_step(step, current)
        return current

    def _prediction(self, model, latent, sigma, options, asked, positive, negative):
        guidance = asked["guidance"]

        def predict(latent, _sigma, options, _seed):
            told = [positive[0][0], *([negative[0][0]] if guidance != 1 else [])]
            chosen = {**options["transformer_options"], "cond_or_uncond": list(range(len(told)))}
            batch = latent.expand(len(told), -1, -1, -1)
            with torch.no_grad():
                parts = model.model.diffusion_model(batch, torch.cat(told), chosen)
            return parts[:1] if guidance == 1 else parts[1:] + guidance * (parts[:1] - parts[1:])

        call = predict
        guider = SimpleNamespace(inner_model=model.model)
        for wrapper in [one for found in model.wrappers.get("predict", {}).values() for one in found]:
            inner = call
            call = lambda *given, wrapper=wrapper, inner=inner: wrapper(Executor(guider, inner), *given)  # noqa: E731
        return call(latent, sigma, options, asked["seed"])

    def empty_latent(self, model, width, height, cell):
        return torch.zeros(1, model.channels, height // cell, width // cell)

    def noise(self, latent, seed):
        return values(*latent.shape, seed=seed % 2**63)

    def encode(self, vae, pixels):
        self.encoded.append(pixels)
        return vae.encode(pixels)

    def decode(self, vae, latent):
        return self.decode_trouble(vae.decode(latent))

    def load_device(self, model):
        return model.load_device

    def attend(self, query, key, value, heads, mask, extra):
        return attention(query, key, value, heads, mask)

    def on_prediction(self, model, key, wrapper):
        model.wrappers.setdefault("predict", {}).setdefault(key, []).append(wrapper)

    def predict(self, inner, conditioning, latent, sigma, options):
        self.predicted += 1
        chosen = {**options["transformer_options"], "cond_or_uncond": [0]}
        with torch.no_grad():
            inner.diffusion_model(latent, conditioning[0][0], chosen)

    def relieve(self):
        self.relieved = True

    def out_of_memory(self, error):
        return isinstance(error, MemoryError)
