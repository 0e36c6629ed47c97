"""The judge: networks that say what is in a finished picture, trained apart from everything that makes pictures.

This file imports torch and diffusers, so it is imported only inside functions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn
from torch.nn import functional

from ..errors import AlbumError
from .networks import ResidualBlock, as_input, squashed

_BATCH = 64


class JudgeOfPeople(nn.Module):
    """Head crops to a unit vector for identity, attributes, and the colour of the top.

    Unlike the identity encoder it pools its last grid by attention (as Lee et al., ICML 2019, equation 11).
    """

    def __init__(self, slots: list[int], accessories: int, colors: int, dim: int) -> None:
        super().__init__()
        self.sizes = [*slots, accessories, colors]
        self.body = nn.Sequential(
            nn.Conv2d(3, 40, 4, 2, 1, bias=False), nn.BatchNorm2d(40), nn.ReLU(),
            ResidualBlock(40, 64, 2), ResidualBlock(64, 64), ResidualBlock(64, 112, 2), ResidualBlock(112, 112),
        )  # fmt: skip
        self.queries = nn.Conv2d(112, 6, 1)
        self.leave = nn.Linear(6 * 112, dim)
        self.attributes = nn.Linear(6 * 112, sum(self.sizes))

    def forward(self, crops: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(n, 3, h, w) to (n, dim) of any length, and logits: of each slot, of accessories, of top colours."""
        grid = self.body(crops).flatten(2)
        weights = self.queries(grid[..., None])[..., 0].float().softmax(dim=2).to(grid.dtype)
        pooled = (weights @ grid.transpose(1, 2)).flatten(1)
        return self.leave(pooled), list(self.attributes(pooled).split(self.sizes, dim=1))


class JudgeOfScenes(nn.Module):
    """Whole pictures to place, light, number of people, and where the people are."""

    def __init__(self, places: int, lights: int, counts: int) -> None:
        super().__init__()
        self.sizes = [places, lights, counts]
        self.near = nn.Sequential(
            nn.Conv2d(3, 40, 6, 4, 1, bias=False), nn.BatchNorm2d(40), nn.ReLU(),
            ResidualBlock(40, 40), ResidualBlock(40, 80, 2), ResidualBlock(80, 80),
        )  # fmt: skip
        self.far = nn.Sequential(ResidualBlock(80, 144, 2), ResidualBlock(144, 144))
        self.density = nn.Conv2d(80 + 144, 1, 1)
        self.leave = nn.Linear(2 * 144 + 1, sum(self.sizes))

    def forward(self, pictures: Tensor) -> tuple[list[Tensor], Tensor]:
        """(n, 3, h, w) to logits of place, light and count, and (n, h / 8, w / 8) people for each cell.

        The sum over the map is the number of people (Lempitsky & Zisserman, NeurIPS 2010), and helps to classify it.
        """
        near = self.near(pictures)
        far = self.far(near)
        both = torch.cat([near, functional.interpolate(far, near.shape[2:], mode="nearest")], dim=1)
        density = functional.softplus(self.density(both).float() - 5)[:, 0]
        pooled = torch.cat([far.mean(dim=(2, 3)), far.amax(dim=(2, 3)), density.sum(dim=(1, 2))[:, None]], dim=1)
        return list(self.leave(pooled).split(self.sizes, dim=1)), density


class JudgeOfThings(nn.Module):
    """Crops around boxes to the kind of object, or nothing."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 32, 5, 2, 2, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
            ResidualBlock(32, 64, 2), ResidualBlock(64, 112, 2), ResidualBlock(112, 112), ResidualBlock(112, 144, 2),
        )  # fmt: skip
        self.leave = nn.Linear(2 * 144, kinds)

    def forward(self, crops: Tensor) -> Tensor:
        """(n, 3, h, w) to (n, kinds) logits."""
        grid = self.body(crops)
        return self.leave(torch.cat([grid.mean(dim=(2, 3)), grid.amax(dim=(2, 3))], dim=1))


@dataclass(frozen=True, eq=False)
class HeadVerdicts:
    """Of n heads. vectors: (n, dim) float32, unit length. slots: (n, values) probabilities of each slot.

    accessories: (n, accessories) probabilities, each on its own. tops: (n, colours) probabilities.
    """

    vectors: np.ndarray
    slots: dict[str, np.ndarray]
    accessories: np.ndarray
    tops: np.ndarray


@dataclass(frozen=True, eq=False)
class SceneVerdicts:
    """Of n pictures, probabilities. places: (n, 26). lights: (n, 7). counts: (n, 5), 0 to 4 people."""

    places: np.ndarray
    lights: np.ndarray
    counts: np.ndarray


class Judge(ModelMixin, ConfigMixin):
    """Three networks with the vocabularies that their outputs stand for.

    Args:
        places: kinds of environment.
        lights: kinds of light.
        kinds: of objects; one output more stands for nothing.
        slots: attributes of a person with one value each: pairs of a name and its values. Not a dictionary, since
            files of configurations do not keep the order of one.
        accessories: that may be worn together.
        colors: of tops.
        most: people that are counted.
        dim: of the identity vectors.
        reach: side of a head crop in head heights.
        head_size: pixels of a head crop's side.
        scene_size: pixels that a picture is squashed to.
        thing_size: pixels of an object crop's side.
    """

    config_name = "config.json"

    @register_to_config
    def __init__(
        self,
        places: list[str],
        lights: list[str],
        kinds: list[str],
        slots: list[list[Any]],
        accessories: list[str],
        colors: list[str],
        most: int = 4,
        dim: int = 128,
        reach: float = 2.6,
        head_size: int = 64,
        scene_size: int = 128,
        thing_size: int = 64,
    ) -> None:
        super().__init__()
        self.people = JudgeOfPeople([len(values) for _, values in slots], len(accessories), len(colors), dim)
        self.scenes = JudgeOfScenes(len(places), len(lights), most + 1)
        self.things = JudgeOfThings(len(kinds) + 1)

    def judge_heads(self, crops: Sequence[np.ndarray] | np.ndarray) -> HeadVerdicts:
        """Judge crops of `head_crop(picture, keypoints, reach=judge.config.reach, size=judge.config.head_size)`."""
        vectors, *logits = self._batched(crops, int(self.config["head_size"]), self._heads)
        return HeadVerdicts(
            vectors=vectors,
            slots={name: _softmax(found) for (name, _), found in zip(self.config["slots"], logits, strict=False)},
            accessories=1 / (1 + np.exp(-logits[-2])),
            tops=_softmax(logits[-1]),
        )

    def judge_scenes(self, pictures: Sequence[np.ndarray] | np.ndarray) -> SceneVerdicts:
        """Judge whole pictures of any size, (h, w, 3) uint8."""
        found = self._batched(pictures, int(self.config["scene_size"]), lambda batch: self.scenes(batch)[0])
        return SceneVerdicts(*(_softmax(logits) for logits in found))

    def judge_things(self, crops: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
        """Judge squares around objects: (n, kinds + 1) probabilities, of nothing last."""
        return _softmax(self._batched(crops, int(self.config["thing_size"]), lambda batch: [self.things(batch)])[0])

    def _heads(self, batch: Tensor) -> list[Tensor]:
        vectors, logits = self.people(batch)
        return [functional.normalize(vectors.float(), dim=1), *logits]

    @torch.inference_mode()
    def _batched(
        self, pictures: Sequence[np.ndarray] | np.ndarray, size: int, look: Callable[[Tensor], list[Tensor]]
    ) -> list[np.ndarray]:
        self.eval()
        if len(pictures) == 0:
            raise AlbumError("The judge was given no pictures.")
        batches = []
        for first in range(0, len(pictures), _BATCH):
            stacked = np.stack([squashed(picture, size) for picture in pictures[first : first + _BATCH]])
            seen = look(as_input(torch.from_numpy(stacked)).to(self.device, self.dtype))
            batches.append([part.float().cpu().numpy() for part in seen])
        found = [np.concatenate(parts) for parts in zip(*batches, strict=True)]
        if not all(np.isfinite(part).all() for part in found):
            raise AlbumError(
                "The judge gave values that are not numbers: its weights are damaged. Install the pack again."
            )
        return found


def _softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
