"""Anchors and what a denoiser sees in them: computed once an album for every timestep, kept within a bound."""

import hashlib
import math
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from ...seeds import derive_seed
from .masks import fitted, subject_share, to_grid, token_grids

Features = Mapping[str, Tensor]  # by the name of the layer, (1, tokens, channels) float16
_MIB = 2**20
_PREPARED = 24  # anchors whose latent, noise and text are kept: less than a MiB each
_CELL = 64  # pixels; sides of anchors are multiples of it, so that every level halves evenly


@dataclass(frozen=True, eq=False)
class Anchor:
    """A generation-0 picture of one person, animal or place.

    pixels: (height, width, 3) uint8. whole: the ground belongs to it, as in plates. text: what it shows, in words.
    """

    pixels: np.ndarray
    whole: bool
    text: str

    def key(self, width: int, height: int) -> str:
        """The same for the same picture, text and working size."""
        content = np.ascontiguousarray(self.pixels)
        digest = hashlib.sha256(f"{content.shape}|{self.whole}|{width}x{height}|{self.text}".encode())
        digest.update(content.tobytes())
        return digest.hexdigest()


def anchor_size(anchor: Anchor, width: int, height: int, scale: float) -> tuple[int, int]:
    """Width and height in pixels at which an anchor is looked at: its own shape, the photo's area times scale squared.

    Args:
        anchor: the picture.
        width: of the photo, pixels.
        height: of the photo, pixels.
        scale: 0.25..1.
    """
    rows, columns = anchor.pixels.shape[:2]
    side = scale * math.sqrt(width * height)
    shape = math.sqrt(columns / rows)
    return tuple(max(_CELL, _CELL * round(side * part / _CELL)) for part in (shape, 1 / shape))  # type: ignore[return-value]


@dataclass(eq=False)
class _Tier:
    limit: int  # bytes
    device: torch.device
    used: int = 0


class FeatureCache:
    """Features of anchors by anchor and timestep, at most `device_mib` on the device and `host_mib` beside it.

    Photos visit all timesteps of their anchors in turn. A cache that threw out what was used longest ago would then
    throw out just what comes next; so what the photo in the making uses is never thrown out. What does not fit beside
    it is computed again for every photo, and anchors that the photo does not use make room, longest unused first.

    Args:
        device: of the denoiser; where it is the processor, there is one tier only.
        device_mib: bound of the first tier, MiB.
        host_mib: bound of the second tier, MiB.
    """

    def __init__(self, device: torch.device, device_mib: int, host_mib: int) -> None:
        self._device = device
        self._tiers = [_Tier(device_mib * _MIB, device)]
        if device.type != "cpu":
            self._tiers.append(_Tier(host_mib * _MIB, torch.device("cpu")))
        self._entries: OrderedDict[tuple[str, float], tuple[_Tier, Features, int]] = OrderedDict()
        self._current: frozenset[str] = frozenset()
        self.computed = 0  # how often features had to be computed

    @property
    def held_bytes(self) -> int:
        """What is kept now, all tiers together."""
        return sum(tier.used for tier in self._tiers)

    def begin_photo(self, keys: Collection[str]) -> None:
        """Say which anchors the next photo uses."""
        self._current = frozenset(keys)
        for entry in [entry for entry in self._entries if entry[0] in self._current]:
            self._entries.move_to_end(entry)

    def get(self, key: str, timestep: float) -> Features | None:
        """What is kept of an anchor at a timestep, on the device of the denoiser wherever it was kept."""
        found = self._entries.get((key, timestep))
        return {name: value.to(self._device) for name, value in found[1].items()} if found else None

    def put(self, key: str, timestep: float, features: Features) -> None:
        """Keep features where there is room."""
        size = sum(value.numel() * value.element_size() for value in features.values())
        for tier in self._tiers:
            if size <= tier.limit and self._make_room(tier, size):
                kept = {name: value.to(tier.device) for name, value in features.items()}
                self._entries[key, timestep] = (tier, kept, size)
                tier.used += size
                return

    def clear(self) -> None:
        """Give everything back."""
        self._entries.clear()
        for tier in self._tiers:
            tier.used = 0

    def _make_room(self, tier: _Tier, size: int) -> bool:
        stale = [
            entry for entry, (where, _, _) in self._entries.items() if where is tier and entry[0] not in self._current
        ]
        freed = sum(self._entries[entry][2] for entry in stale)
        if tier.used - freed + size > tier.limit:
            return False
        for entry in stale:
            if tier.used + size <= tier.limit:
                break
            tier.used -= self._entries.pop(entry)[2]
        return True


@dataclass(frozen=True, eq=False)
class _Prepared:
    """An anchor as the denoiser is shown it. tokens: by the number of tokens of a level, those of the subject."""

    latent: Tensor
    noise: Tensor
    arguments: Mapping[str, Any]
    tokens: Mapping[int, Tensor]


class AnchorStudio:
    """Computes the features of anchors with a loaded model, through a cache.

    Args:
        model: with `encode_picture`, `encode_text`, `noised` and `look`, as `model.LoadedModel`.
        cache: where features are kept.
    """

    def __init__(self, model: Any, cache: FeatureCache) -> None:
        self._model, self.cache = model, cache
        self._prepared: OrderedDict[str, _Prepared] = OrderedDict()

    def clear(self) -> None:
        """Give everything back."""
        self.cache.clear()
        self._prepared.clear()

    def features(self, anchor: Anchor, size: tuple[int, int], timestep: float, layers: Collection[str]) -> Features:
        """What the given layers are shown of an anchor at a timestep.

        Args:
            anchor: the picture.
            size: width and height of `anchor_size`.
            timestep: of the step that the photo is about to make.
            layers: that are to be collected; the model must have them injected.

        Returns:
            (1, tokens of the subject, channels) float16 by layer; the same whether it was kept or computed.
        """
        key = anchor.key(*size)
        found = self.cache.get(key, timestep)
        if found is None:
            found = self._computed(key, anchor, size, timestep, layers)
            self.cache.computed += 1
            self.cache.put(key, timestep, found)
        return found

    def prepare(self, anchor: Anchor, size: tuple[int, int]) -> None:
        """Encode picture and text of an anchor ahead, where they must not be once the denoiser runs."""
        self._ready(anchor.key(*size), anchor, size)

    def _computed(
        self, key: str, anchor: Anchor, size: tuple[int, int], timestep: float, layers: Collection[str]
    ) -> Features:
        prepared = self._ready(key, anchor, size)
        noised = self._model.noised(prepared.latent, prepared.noise, timestep)
        collected: dict[str, Tensor] = {}

        def collect(name: str, hidden: Tensor) -> None:
            if name in layers:
                collected[name] = hidden[:, prepared.tokens[hidden.shape[1]]].half()

        self._model.look(noised, timestep, prepared.arguments, collect)
        return collected

    def _ready(self, key: str, anchor: Anchor, size: tuple[int, int]) -> _Prepared:
        if key in self._prepared:
            self._prepared.move_to_end(key)
            return self._prepared[key]
        width, height = size
        pixels = fitted(anchor.pixels, width, height)
        latent = self._model.encode_picture(pixels)
        generator = torch.Generator("cpu").manual_seed(derive_seed("anchor noise", key))
        noise = torch.randn(latent.shape, generator=generator).to(latent)
        share = np.ones(pixels.shape[:2], np.float32) if anchor.whole else subject_share(pixels)
        tokens = {count: _inside(share, *grid) for count, grid in token_grids(*latent.shape[-2:]).items()}
        made = _Prepared(
            latent,
            noise,
            self._model.encode_text(anchor.text, width, height),
            {count: chosen.to(latent.device) for count, chosen in tokens.items()},
        )
        self._prepared[key] = made
        while len(self._prepared) > _PREPARED:
            self._prepared.popitem(last=False)
        return made


_INSIDE: Final = 0.5  # share of a cell from which on it counts to the subject


def _inside(share: np.ndarray, rows: int, columns: int) -> Tensor:
    cells = to_grid(share, rows, columns)
    chosen = np.flatnonzero(cells >= min(_INSIDE, float(cells.max())))
    return torch.from_numpy(chosen)


def joined_features(features: Sequence[Features]) -> Features | None:
    """Several anchors of one person as one; None where there are none."""
    if not features:
        return None
    if len(features) == 1:
        return features[0]
    return {name: torch.cat([one[name] for one in features], dim=1) for name in features[0]}
