"""Anchored attention and regional text, as attention processors that are put into a denoiser for one photo.

Anchored attention. In a self-attention layer with queries Q, keys K and values V of the photo's own tokens, a token n
that belongs to r (a person, or the place) also attends to the keys K_r and values V_r of r's anchors:

    O_n = softmax([Q_n K^T, Q_n K_r^T] / sqrt(d) + [0, log(s m_n)]) [V; V_r]

where s is the strength and m_n in (0, 1] the share of n that belongs to r. As a sum over single keys, each anchor's
token counts s m_n times as much as one of the photo's: at s = 0 the photo is on its own, and the processors are then
not put in at all. K_r and V_r are the layer's own projections of what a pass over the noised anchor at the same
timestep shows it, so a photo depends on anchors alone and never on another photo.

- Sharing keys and values between pictures: consistent self-attention, Zhou et al., StoryDiffusion, NeurIPS 2024
  (arXiv:2405.01434), equations 1 to 3, where they come from the other pictures of a batch.
- Masks in the logits, "+ log M": subject-driven self-attention, Tewel et al., ConsiStory, SIGGRAPH 2024
  (arXiv:2402.03286), equations 1 to 4.
- People do not attend to each other inside one photo: isolation attention, He et al., IR-Diffusion, 2024
  (arXiv:2411.19261); masks for several subjects also in Gaur et al., StorySync, 2025 (arXiv:2508.03735).

Regional text. In a cross-attention layer with the photo's text c and a person's own text c_i,

    O_n = A(Q_n, c) + sum_i b m_in (A(Q_n, c_i) - A(Q_n, c))

with the share m_in of n that belongs to person i and the strength b: outside its region a text changes nothing, and
inside the layer gives a mean of both. Only the guided half is told, the unguided one keeps the negative text.

- One cross-attention for each region, mixed by masks: Bar-Tal et al., MultiDiffusion, ICML 2023 (arXiv:2302.08113),
  equation 5, mixes pictures so; inside the attention layers it is known as attention coupling.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import torch
from diffusers.models.attention_processor import AttnProcessor2_0
from torch import Tensor, nn
from torch.nn import functional

from .injection import Injection, TokenGroup
from .settings import BlockChoice


class AnchoredProcessor(nn.Module):
    """Self-attention that also attends to anchors; without any it is the processor that was there."""

    def __init__(self, inner: Any, name: str, injection: Injection) -> None:
        super().__init__()
        self.inner, self.name, self.injection = inner, name, injection

    def __call__(
        self,
        attn: Any,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,
        attention_mask: Tensor | None = None,
        temb: Tensor | None = None,
    ) -> Tensor:
        """As AttnProcessor2_0, (batch, tokens, channels) to the same shape."""
        injection = self.injection
        if injection.collect is not None:
            injection.collect(self.name, hidden_states)
            groups: list[TokenGroup] = []
        else:
            groups = injection.groups(hidden_states.shape[1])
        if not groups:
            return self.inner(attn, hidden_states, encoder_hidden_states, attention_mask, temb)
        return _anchored(attn, hidden_states, groups, [
            None if feature is None else feature[self.name] for feature in injection.features
        ])  # fmt: skip


class RegionalProcessor(nn.Module):
    """Cross-attention in which each person's region also reads its own text, on top of the processor that was there."""

    def __init__(self, inner: Any, injection: Injection) -> None:
        super().__init__()
        self.inner, self.injection = inner, injection

    def __call__(
        self,
        attn: Any,
        hidden_states: Tensor,
        encoder_hidden_states: Any = None,
        attention_mask: Tensor | None = None,
        temb: Tensor | None = None,
        ip_adapter_masks: Any = None,
    ) -> Tensor:
        """As AttnProcessor2_0, or an IP-Adapter's processor where one was there."""
        masks = {} if ip_adapter_masks is None else {"ip_adapter_masks": ip_adapter_masks}
        told = self.inner(attn, hidden_states, encoder_hidden_states, attention_mask, temb, **masks)
        injection = self.injection
        if injection.collect is not None or not any(text is not None for text in injection.texts):
            return told
        text = encoder_hidden_states[0] if isinstance(encoder_hidden_states, tuple) else encoder_hidden_states
        weights = injection.region_weights(hidden_states.shape[1])
        for own, (tokens, weight) in zip(injection.texts, weights, strict=False):
            if own is None or len(tokens) == 0:
                continue
            asking = hidden_states[-1:, tokens]  # the guided half comes last
            change = _PLAIN(attn, asking, own) - _PLAIN(attn, asking, text[-1:])
            told[-1:, tokens] += weight.to(told.dtype) * change
        return told


_PLAIN: Final = AttnProcessor2_0()


def _anchored(attn: Any, hidden: Tensor, groups: Sequence[TokenGroup], features: Sequence[Tensor | None]) -> Tensor:
    """The equation of this module's first paragraph, group by group."""
    query, key, value = (_heads(attn, part(hidden)) for part in (attn.to_q, attn.to_k, attn.to_v))
    query, key = _normed(attn.norm_q, query), _normed(attn.norm_k, key)
    result = torch.empty_like(query)
    for group in groups:
        keys, values = (key, value) if group.keys is None else (key[:, :, group.keys], value[:, :, group.keys])
        bias = None
        feature = features[group.reference] if group.reference >= 0 else None
        if feature is not None:
            shown = feature.to(hidden.device, hidden.dtype)
            given = _normed(attn.norm_k, _heads(attn, attn.to_k(shown))).expand(len(key), -1, -1, -1)
            values = torch.cat([values, _heads(attn, attn.to_v(shown)).expand(len(key), -1, -1, -1)], dim=2)
            bias = torch.zeros(len(group.tokens), keys.shape[2] + given.shape[2], device=hidden.device)
            bias[:, keys.shape[2] :] = group.bias[:, None]
            keys = torch.cat([keys, given], dim=2)
            bias = bias.to(query.dtype)
        result[:, :, group.tokens] = functional.scaled_dot_product_attention(
            query[:, :, group.tokens], keys, values, attn_mask=bias
        )
    joined = result.transpose(1, 2).reshape(hidden.shape[0], hidden.shape[1], -1)
    return attn.to_out[1](attn.to_out[0](joined))


def _heads(attn: Any, projected: Tensor) -> Tensor:
    """(batch, tokens, heads * width) to (batch, heads, tokens, width)."""
    batch, tokens, width = projected.shape
    return projected.view(batch, tokens, attn.heads, width // attn.heads).transpose(1, 2)


def _normed(norm: Any, value: Tensor) -> Tensor:
    return value if norm is None else norm(value)


def anchored_layers(unet: Any, blocks: BlockChoice) -> list[str]:
    """Names of the self-attention layers that attend to anchors.

    Args:
        unet: of diffusers.
        blocks: "decoder" is the middle and the way up, "deepest" the coarsest level alone, "all" every layer.
    """
    names = [name for name in unet.attn_processors if name.endswith(".attn1.processor")]
    if blocks == "all":
        return names
    chosen = [name for name in names if name.startswith(("mid_block.", "up_blocks."))]
    if blocks == "decoder":
        return chosen
    deepest = [name for name in chosen if name.startswith("mid_block.")]
    return deepest or [name for name in chosen if name.split(".")[:2] == chosen[0].split(".")[:2]]


@contextmanager
def injected(unet: Any, injection: Injection, layers: Sequence[str], *, regional: bool) -> Iterator[None]:
    """Put the processors in for the block, and afterwards the very objects back that were there.

    Args:
        unet: of diffusers.
        injection: what they read.
        layers: of `anchored_layers`.
        regional: whether cross-attention reads the people's own texts.
    """
    before = dict(unet.attn_processors)
    chosen = set(layers)
    during: dict[str, Any] = {}
    for name, inner in before.items():
        if name in chosen:
            during[name] = AnchoredProcessor(inner, name, injection)
        elif regional and name.endswith(".attn2.processor"):
            during[name] = RegionalProcessor(inner, injection)
        else:
            during[name] = inner
    try:
        unet.set_attn_processor(during)
        yield
    finally:
        unet.set_attn_processor(dict(before))
