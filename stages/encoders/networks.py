"""The encoders' networks.

This file imports torch and diffusers, so it is imported only inside functions.
"""

from collections.abc import Sequence

import numpy as np
import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from ..errors import AlbumError

_BATCH = 64


class ResidualBlock(nn.Module):
    """Two convolutions beside a shortcut that is averaged where the block halves the grid (He et al., CVPR 2016)."""

    def __init__(self, inner: int, outer: int, stride: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(inner, outer, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outer)
        self.second = nn.Conv2d(outer, outer, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outer)
        self.pool = nn.AvgPool2d(stride) if stride > 1 else nn.Identity()
        self.skip = nn.Conv2d(inner, outer, 1, bias=False) if inner != outer else nn.Identity()

    def forward(self, grid: Tensor) -> Tensor:
        """(n, inner, h, w) to (n, outer, h / stride, w / stride)."""
        inside = functional.relu(self.first_norm(self.first(grid)))
        return functional.relu(self.second_norm(self.second(inside)) + self.skip(self.pool(grid)))


class _VectorEncoder(ModelMixin, ConfigMixin):
    """What both encoders share: uint8 pictures in, unit vectors out."""

    config_name = "config.json"

    def both_ways(self, pictures: Tensor) -> Tensor:
        """The mean direction of a picture and its mirror image, so that mirrored pictures have one vector.

        Args:
            pictures: (n, 3, size, size), -1..1.

        Returns:
            (n, dim) float32 of unit length.
        """
        return functional.normalize(self(pictures).float() + self(pictures.flip(3)).float(), dim=1)

    @torch.inference_mode()
    def encode(self, pictures: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
        """Vectors of pictures; a picture and its mirror image have the same.

        Args:
            pictures: any number of (height, width, 3) uint8; other sizes than the network's own are resized to it.

        Returns:
            (pictures, dim) float32 of unit length.

        Raises:
            AlbumError: a vector is not made of numbers, because the weights are damaged.
        """
        size, dim = int(self.config["size"]), int(self.config["dim"])
        self.eval()
        found = [np.zeros((0, dim), np.float32)]
        for first in range(0, len(pictures), _BATCH):
            stacked = np.stack([squashed(picture, size) for picture in pictures[first : first + _BATCH]])
            batch = as_input(torch.from_numpy(stacked)).to(self.device, self.dtype)
            found.append(self.both_ways(batch).cpu().numpy())
        vectors = np.concatenate(found)
        if not np.isfinite(vectors).all():
            raise AlbumError(
                f"The {type(self).__name__} gave values that are not numbers: its weights are damaged. Install the "
                "pack again."
            )
        return vectors


def as_input(pictures: Tensor) -> Tensor:
    """(n, h, w, 3) uint8 to (n, 3, h, w) float32 from -1 to 1."""
    return pictures.movedim(-1, 1).float() / 127.5 - 1


def squashed(picture: np.ndarray, size: int) -> np.ndarray:
    """(height, width, 3) uint8 to (size, size, 3), whatever its shape was."""
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
        raise AlbumError(f"An encoder reads (height, width, 3) uint8 and not {picture.shape} {picture.dtype}.")
    if picture.shape[:2] == (size, size):
        return picture
    return np.asarray(Image.fromarray(picture).resize((size, size), Image.Resampling.BILINEAR))


class IdentityEncoder(_VectorEncoder):
    """Head-and-shoulders crops to unit vectors whose cosine says whether two crops show one identity.

    The last grid is flattened and not averaged, since crops are aligned: hair is always above, shoulders below.

    Args:
        size: pixels of a crop's side, a multiple of 16.
        dim: of the vectors.
        widths: channels of the four grids.
    """

    @register_to_config
    def __init__(self, size: int = 64, dim: int = 128, widths: tuple[int, ...] = (32, 64, 96, 128)) -> None:
        super().__init__()
        a, b, c, d = widths
        self.stem = nn.Sequential(nn.Conv2d(3, a, 5, 2, 2, bias=False), nn.BatchNorm2d(a), nn.ReLU())
        self.body = nn.Sequential(
            ResidualBlock(a, a),
            ResidualBlock(a, b, 2),
            ResidualBlock(b, b),
            ResidualBlock(b, c, 2),
            ResidualBlock(c, c),
            ResidualBlock(c, d, 2),
        )
        self.leave = nn.Linear(d * (size // 16) ** 2, dim)

    def forward(self, crops: Tensor) -> Tensor:
        """(n, 3, size, size) from -1 to 1 to (n, dim) of unit length."""
        return functional.normalize(self.features(crops).float(), dim=1)

    def features(self, crops: Tensor) -> Tensor:
        """(n, 3, size, size) from -1 to 1 to (n, dim) of any length."""
        return self.leave(self.body(self.stem(crops)).flatten(1))


class CopyEncoder(_VectorEncoder):
    """Whole pictures to unit vectors whose cosine says whether one was made from the other.

    The last grid is pooled by a generalised mean (Radenovic et al., TPAMI 2019, equation 3), so that a part of a
    picture still resembles the whole.

    Args:
        size: pixels that a picture is squashed to.
        dim: of the vectors.
        widths: channels of the four grids.
    """

    @register_to_config
    def __init__(self, size: int = 128, dim: int = 192, widths: tuple[int, ...] = (32, 64, 128, 160)) -> None:
        super().__init__()
        a, b, c, d = widths
        self.stem = nn.Sequential(nn.Conv2d(3, a, 8, 4, 2, bias=False), nn.BatchNorm2d(a), nn.ReLU())
        self.body = nn.Sequential(
            ResidualBlock(a, a),
            ResidualBlock(a, b, 2),
            ResidualBlock(b, b),
            ResidualBlock(b, c, 2),
            ResidualBlock(c, c),
            ResidualBlock(c, d),
        )
        self.power = nn.Parameter(torch.tensor(3.0))
        self.leave = nn.Linear(d, dim)

    def forward(self, pictures: Tensor) -> Tensor:
        """(n, 3, size, size) from -1 to 1 to (n, dim) of unit length."""
        grid = self.body(self.stem(pictures)).float().clamp(min=1e-3)
        pooled = grid.pow(self.power).mean(dim=(2, 3)).pow(1 / self.power)
        return functional.normalize(self.leave(pooled.to(self.leave.weight.dtype)).float(), dim=1)
