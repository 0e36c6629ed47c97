"""Anchored attention and regional text as patches of the host's UNet, for one photo.

The equations are those of `pipelines.attention`, whose module text names their sources. Here they are written for
ComfyUI's patch points: `attn1_patch` puts the anchors' tokens behind the photo's own before keys and values are
projected, so that LoRAs and weight casts act on them as on the rest, and the replacement of `attn1` lets each group of
tokens see what it may see; `attn2_patch` and the replacement of `attn2` do the same with everybody's own text. Only a
copy of the model is patched. A block that another pack has replaced is left to it.

This file imports torch, so it is imported only inside functions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor

from ..pipelines.injection import Injection, TokenGroup
from ..pipelines.settings import BlockChoice
from .host import Attend

_CHOSEN: Final[dict[BlockChoice, tuple[str, ...]]] = {
    "all": ("input", "middle", "output"),
    "decoder": ("middle", "output"),
    "deepest": ("middle",),
}
_BLOCKS: Final = (*(("input", n) for n in range(16)), ("middle", 0), *(("output", n) for n in range(16)))
_GUIDED: Final = 0  # in the host's list of what each part of a batch is: 0 is told the prompt, 1 the negative one


def patch_anchors(model: Any, injection: Injection, blocks: BlockChoice, attend: Attend) -> None:
    """Let self-attention look at anchors.

    Args:
        model: a copy, which is changed.
        injection: what the patches read, from step to step.
        blocks: in which the anchors are seen.
        attend: the host's attention.
    """
    taken = _taken(model, "attn1")
    counts: dict[str, tuple[int, int]] = {}  # the photo's own tokens and those of anchors put behind them, by layer

    def show(hidden: Tensor, context: Tensor, value: Tensor, extra: Mapping[str, Any]) -> tuple[Tensor, Tensor, Tensor]:
        counts.pop(_name(extra), None)
        layer = _layer(extra, taken, _CHOSEN[blocks])
        if layer is None or not _as_it_was(hidden, extra):
            return hidden, context, value
        if injection.collect is not None:
            injection.collect(layer, hidden)
            return hidden, context, value
        more = _shown(injection, layer, hidden, extra)
        if more is None:
            return hidden, context, value
        counts[layer] = hidden.shape[1], more.shape[1]
        return hidden, torch.cat([context, more], dim=1), torch.cat([value, more], dim=1)

    def look(query: Tensor, key: Tensor, value: Tensor, extra: Mapping[str, Any]) -> Tensor:
        heads = int(extra["n_heads"])
        _, many = counts.pop(_name(extra), (0, 0))
        if many == 0:
            return attend(query, key, value, heads, None, extra)
        return _looked(injection, query, key, value, many, lambda *parts: attend(*parts, extra), extra)

    def cut(attended: Tensor, extra: Mapping[str, Any]) -> Tensor:
        # Somebody replaced this block while sampling, as perturbed-attention guidance does, and gave a value for each
        # key: those of the anchors are no tokens of the photo.
        own, many = counts.pop(_name(extra), (0, 0))
        return attended[:, :own] if many else attended

    model.set_model_attn1_patch(show)
    model.set_model_attn1_output_patch(cut)
    for block, number in _BLOCKS:
        if block in _CHOSEN[blocks] and (block, number) not in taken:
            model.set_model_attn1_replace(look, block, number)


def patch_regions(model: Any, injection: Injection, attend: Attend) -> None:
    """Let each person's text act in that person's region of every cross-attention layer.

    Args:
        model: a copy, which is changed.
        injection: whose texts and regions are read.
        attend: the host's attention.
    """
    taken = _taken(model, "attn2")
    counts: dict[str, int] = {}  # tokens of the photo's own text, by layer

    def tell(hidden: Tensor, context: Tensor, value: Tensor, extra: Mapping[str, Any]) -> tuple[Tensor, Tensor, Tensor]:
        layer = _layer(extra, taken, _CHOSEN["all"])
        if layer is None:
            return hidden, context, value
        counts.pop(layer, None)
        told = injection.collect is None and _same_grid(injection, extra) and _as_it_was(hidden, extra)
        if not told or not injection.region_weights(hidden.shape[1]):
            return hidden, context, value
        own = [text.to(context).expand(len(context), -1, -1) for text in injection.texts if text is not None]
        counts[layer] = context.shape[1]
        return hidden, torch.cat([context, *own], dim=1), torch.cat([value, *own], dim=1)

    def read(query: Tensor, key: Tensor, value: Tensor, extra: Mapping[str, Any]) -> Tensor:
        heads = int(extra["n_heads"])
        many = counts.pop(_name(extra), None)
        if many is None:
            return attend(query, key, value, heads, None, extra)
        return _mixed(injection, query, key, value, many, lambda *parts: attend(*parts, heads, None, extra), extra)

    model.set_model_attn2_patch(tell)
    for block, number in _BLOCKS:
        if (block, number) not in taken:
            model.set_model_attn2_replace(read, block, number)


def _looked(
    injection: Injection,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    many: int,
    attend: Callable[..., Tensor],
    extra: Mapping[str, Any],
) -> Tensor:
    """Each group of the photo's tokens attends to what it may see; the last `many` keys are the anchors'."""
    heads, own = int(extra["n_heads"]), key.shape[1] - many
    given = _spans(injection, _name(extra), own)
    result = torch.empty_like(query)
    for group in _groups(injection, query.shape[1], extra):
        keys, bias = _seen(group, given, key, query.shape[1], own)
        result[:, group.tokens] = attend(query[:, group.tokens], key[:, keys], value[:, keys], heads, bias)
    return result


def _shown(injection: Injection, layer: str, hidden: Tensor, extra: Mapping[str, Any]) -> Tensor | None:
    """The tokens of all anchors in a layer, (batch, tokens, channels); None where there are none for this pass."""
    seen = [one for one in injection.features if one is not None]
    if not _groups(injection, hidden.shape[1], extra) or any(layer not in one for one in seen):
        return None
    return torch.cat([one[layer].to(hidden) for one in seen], dim=1).expand(len(hidden), -1, -1)


def _mixed(
    injection: Injection,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    many: int,
    attend: Callable[[Tensor, Tensor, Tensor], Tensor],
    extra: Mapping[str, Any],
) -> Tensor:
    """What the photo's own `many` tokens of text say, changed in each person's region by that person's."""
    told = attend(query, key[:, :many], value[:, :many])
    mixed = told.clone()
    rows = _guided_rows(extra, len(query))
    start = many
    for text, (tokens, weight) in zip(injection.texts, injection.region_weights(query.shape[1]), strict=True):
        if text is None:
            continue
        own = slice(start, start + text.shape[1])
        start += text.shape[1]
        if len(tokens) and rows:
            change = attend(query[rows][:, tokens], key[rows, own], value[rows, own]) - told[rows][:, tokens]
            mixed[torch.tensor(rows, device=told.device)[:, None], tokens[None]] += weight.to(told.dtype) * change
    return mixed


def regions_possible(model: Any) -> bool:
    """Whether a block of a UNet is left whose cross-attention no other pack has replaced."""
    taken = {block[:2] for block in _taken(model, "attn2")}
    names = [name for name, _ in model.model.diffusion_model.named_modules() if name.endswith(".attn2")]
    return len(taken) < len({name.removesuffix(".attn2").partition(".transformer_blocks.")[0] for name in names})


def _taken(model: Any, layer: str) -> frozenset[tuple[Any, ...]]:
    options = model.model_options.get("transformer_options", {})
    return frozenset(tuple(block) for block in options.get("patches_replace", {}).get(layer, {}))


def _name(extra: Mapping[str, Any]) -> str:
    block = extra.get("block")
    return "" if block is None else f"{block[0]}.{block[1]}.{extra.get('block_index', 0)}"


def _layer(extra: Mapping[str, Any], taken: frozenset[tuple[Any, ...]], chosen: Sequence[str]) -> str | None:
    """The layer's name, where it is one that is patched."""
    block = extra.get("block")
    if block is None or block[0] not in chosen:
        return None
    place = (block[0], block[1])
    return None if place in taken or (*place, extra.get("block_index", 0)) in taken else _name(extra)


def _tokens(extra: Mapping[str, Any], otherwise: int) -> int:
    """Tokens of the layer, where the host says how large its map is."""
    shape = extra.get("activations_shape")
    return otherwise if shape is None else int(shape[-2]) * int(shape[-1])


def _as_it_was(hidden: Tensor, extra: Mapping[str, Any]) -> bool:
    """Whether the tokens are those of the whole map: others merge them, or fold tiles into the batch."""
    whole = extra.get("original_shape")
    return hidden.shape[1] == _tokens(extra, hidden.shape[1]) and (whole is None or len(hidden) == int(whole[0]))


def _same_grid(injection: Injection, extra: Mapping[str, Any]) -> bool:
    """Whether this pass is over the whole photo: tiles and areas of other packs are left as they are."""
    shape = extra.get("original_shape")
    return shape is None or tuple(shape[-2:]) == tuple(injection.grid)


def _groups(injection: Injection, tokens: int, extra: Mapping[str, Any]) -> list[TokenGroup]:
    return injection.groups(tokens) if _same_grid(injection, extra) else []


def _spans(injection: Injection, layer: str, start: int) -> list[slice | None]:
    """Where behind the photo's own keys those of each reference's anchors lie."""
    spans: list[slice | None] = []
    for feature in injection.features:
        if feature is None:
            spans.append(None)
            continue
        spans.append(slice(start, start + feature[layer].shape[1]))
        start += feature[layer].shape[1]
    return spans


def _seen(
    group: TokenGroup, spans: Sequence[slice | None], key: Tensor, tokens: int, own: int
) -> tuple[Tensor, Tensor | None]:
    """Indices of the keys that a group sees, and the bias (queries, keys) on its anchors'."""
    everything = torch.arange(key.shape[1], device=key.device)
    seen = everything[:own] if group.keys is None else torch.cat([group.keys, everything[tokens:own]])
    span = spans[group.reference] if group.reference >= 0 else None
    if span is None:
        return seen, None
    bias = torch.zeros(len(group.tokens), len(seen) + span.stop - span.start, device=key.device)
    bias[:, len(seen) :] = group.bias[:, None]
    return torch.cat([seen, everything[span]]), bias.to(key.dtype)


def _guided_rows(extra: Mapping[str, Any], batch: int) -> list[int]:
    """Rows of a batch that are told the prompt."""
    parts = extra.get("cond_or_uncond", [_GUIDED])
    each = batch // len(parts)
    return [row for part, kind in enumerate(parts) if kind == _GUIDED for row in range(part * each, (part + 1) * each)]


def before_each_prediction(on_prediction: Callable[..., None], model: Any, before: Callable[..., None]) -> None:
    """Call `before(guider, latent, sigma, options)` ahead of every prediction of a patched copy."""

    def around(executor: Any, latent: Tensor, sigma: Tensor, options: Any = None, seed: Any = None) -> Any:
        chosen = {} if options is None else options
        before(executor.class_obj, latent, sigma, chosen)
        return executor(latent, sigma, chosen, seed)

    on_prediction(model, "synthetic_albums", around)
