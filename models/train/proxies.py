"""Margin softmax whose class vectors are computed from what the classes look like."""

from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .looks import ACCESSORIES, CODES, SLOTS, imagined_twins

_ONE_HOT: Final = sum(len(values) for values in SLOTS.values()) + len(ACCESSORIES)
_HASH: Final = torch.from_numpy(np.random.default_rng(0).integers(1, 2**40, CODES))


class LookProxies(nn.Module):
    """One unit vector for each identity, computed from its attributes.

    An identity of the world *is* its combination of attributes, so a network over attributes gives every combination
    its class vector, also those that no drawing shows: that is where one-attribute twins come from as negatives.

    Args:
        dim: of the vectors.
        hidden: width of the network.
    """

    def __init__(self, dim: int, hidden: int = 256) -> None:
        super().__init__()
        self.straight = nn.Linear(_ONE_HOT, dim)
        self.bent = nn.Sequential(
            nn.Linear(_ONE_HOT, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, dim)
        )

    def forward(self, codes: Tensor) -> Tensor:
        """(n, CODES) integers to (n, dim) of unit length."""
        hot = one_hot(codes)
        return functional.normalize(self.straight(hot) + self.bent(hot), dim=1)


class LookHeads(nn.Module):
    """Attributes read from features: cross-entropy for each slot, and for each accessory on its own."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.leave = nn.Linear(dim, _ONE_HOT)

    def forward(self, features: Tensor) -> list[Tensor]:
        """(n, dim) to the logits of each slot, then (n, accessories) logits."""
        return list(self.leave(features).split([*(len(values) for values in SLOTS.values()), len(ACCESSORIES)], dim=1))

    def loss(self, features: Tensor, codes: Tensor) -> Tensor:
        """Mean over slots, and over accessories as one more."""
        *slots, worn = self(features)
        losses = [functional.cross_entropy(logits, codes[:, slot]) for slot, logits in enumerate(slots)]
        wearing = functional.binary_cross_entropy_with_logits(worn, codes[:, len(SLOTS) :].float(), reduction="none")
        return torch.stack([*losses, wearing.sum(dim=1).mean()]).mean()


def one_hot(codes: Tensor) -> Tensor:
    """(n, CODES) integers to (n, values) float."""
    slots = [functional.one_hot(codes[:, slot], len(values)) for slot, values in enumerate(SLOTS.values())]
    return torch.cat([*slots, codes[:, len(SLOTS) :]], dim=1).float()


def candidates(own: np.ndarray, others: np.ndarray, rng: np.random.Generator, *, twins: int = 3) -> np.ndarray:
    """Everybody that a batch is compared with: itself, imagined twins of each, and others.

    Args:
        own: (n, CODES) uint8, the identities of the batch.
        others: (m, CODES) uint8.
        rng: of the twins.
        twins: for each.

    Returns:
        (n + twins n + m, CODES) uint8.
    """
    return np.concatenate([own, *(imagined_twins(own, rng) for _ in range(twins)), others])


def margin_softmax(
    vectors: Tensor, proxies: Tensor, own: Tensor, codes: Tensor, *, scale: float, margin: float
) -> Tensor:
    """Additive margin softmax: the cosine with the own class must win by a margin.

    Source: AM-Softmax, Wang et al., IEEE SPL 25, 2018, equation 5; the same as CosFace, Wang et al., CVPR 2018,
    equation 4.

    Args:
        vectors: (n, dim) of unit length.
        proxies: (m, dim) of unit length, of the candidates; the first n are the own classes of the vectors.
        own: (n, CODES) integers, who the vectors are of.
        codes: (m, CODES) integers, who the candidates are; who looks the same as the own class is no negative.
        scale: of the cosines.
        margin: taken from the cosine with the own class.
    """
    cosine = vectors @ proxies.T
    same = look_hash(own)[:, None] == look_hash(codes)[None]
    rows = torch.arange(len(vectors), device=vectors.device)
    positive = cosine[rows, rows] - margin
    logits = cosine.masked_fill(same, -torch.inf)
    logits[rows, rows] = positive
    return functional.cross_entropy(logits * scale, rows)


def look_hash(codes: Tensor) -> Tensor:
    """(n, CODES) integers to (n,) int64 that are equal for equal rows."""
    return (codes.long() * _HASH.to(codes.device)).sum(dim=1)
