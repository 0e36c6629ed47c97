"""Whose tokens look at which anchors and read which text: what attention of one photo is told, in any framework.

This file imports torch, so it is imported only inside functions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import torch
from torch import Tensor

from .masks import PhotoShares, owners, to_grid, token_grids

_NO_SHARE: Final = 1e-3  # below it a region's edge counts as outside


@dataclass(frozen=True, eq=False)
class TokenGroup:
    """Tokens of one owner on one level. keys: own tokens that they see, None for all. bias: log of their shares."""

    reference: int
    tokens: Tensor
    keys: Tensor | None
    bias: Tensor


@dataclass(eq=False)
class Injection:
    """What the processors of one photo read; the sampler changes it from step to step.

    shares: whose pixels are whose. grid: rows and columns of the latent. people: how many of the references are
    people; the place comes after them. strength: of the anchors. features: for each reference, and by the name of the
    layer, what its anchors show (1, tokens, channels), or None where it has no anchors; empty while anchors rest.
    collect: where set, self-attention writes what it is shown there, and nothing is changed. texts: each person's own
    text (1, tokens, channels), None for nobody's. region_strength: of those texts.
    """

    shares: PhotoShares
    grid: tuple[int, int]
    strength: float
    isolate: bool
    device: torch.device
    features: Sequence[Mapping[str, Tensor] | None] = ()
    collect: Callable[[str, Tensor], None] | None = None
    texts: Sequence[Tensor | None] = ()
    region_strength: float = 0.0
    _grids: dict[int, tuple[int, int]] = field(init=False)
    _groups: dict[tuple[int, tuple[bool, ...]], list[TokenGroup]] = field(default_factory=dict, init=False)
    _weights: dict[int, list[tuple[Tensor, Tensor]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._grids = token_grids(*self.grid)

    def groups(self, tokens: int) -> list[TokenGroup]:
        """The owners of a level's tokens; empty where there is nothing to do or the level is not known."""
        if tokens not in self._grids or not any(feature is not None for feature in self.features):
            return []
        given = tuple(feature is not None for feature in self.features)
        if (tokens, given) not in self._groups:
            self._groups[tokens, given] = self._grouped(self._grids[tokens], given)
        return self._groups[tokens, given]

    def _grouped(self, grid: tuple[int, int], given: tuple[bool, ...]) -> list[TokenGroup]:
        people = len(self.shares.people)
        shares = [to_grid(share, *grid) for share in (*self.shares.people, self.shares.background)]
        owner = owners(shares, least=0.0)
        crowd = np.isin(owner, range(people))
        groups: list[TokenGroup] = []
        free = np.zeros(len(owner), bool)  # tokens that attend as ever
        for index, share in enumerate(shares):
            mine = owner == index
            hidden = crowd & ~mine if self.isolate and index < people else np.zeros_like(mine)
            if not given[index] and not hidden.any():
                free |= mine
            elif mine.any():
                bias = np.log(np.maximum(share[mine], _NO_SHARE)) + np.log(self.strength)
                groups.append(
                    TokenGroup(
                        index,
                        self._indices(mine),
                        self._indices(~hidden) if hidden.any() else None,
                        torch.from_numpy(bias.astype(np.float32)).to(self.device),
                    )
                )
        if free.any():
            groups.append(TokenGroup(-1, self._indices(free), None, torch.zeros(int(free.sum()), device=self.device)))
        return groups

    def region_weights(self, tokens: int) -> list[tuple[Tensor, Tensor]]:
        """For each person the tokens inside the region and how much its text counts there, (n, 1)."""
        if tokens not in self._grids:
            return []
        if tokens not in self._weights:
            found = []
            for share in self.shares.people:
                cells = to_grid(share, *self._grids[tokens])
                inside = cells > _NO_SHARE
                weight = torch.from_numpy(self.region_strength * cells[inside])[:, None].to(self.device)
                found.append((self._indices(inside), weight))
            self._weights[tokens] = found
        return self._weights[tokens]

    def _indices(self, chosen: np.ndarray) -> Tensor:
        return torch.from_numpy(np.flatnonzero(chosen)).to(self.device)
