"""The detector of drawn heads: a map of where heads are, and for each cell how large and how tilted.

This file imports torch and diffusers, so it is imported only inside functions.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from ..errors import AlbumError
from .networks import ResidualBlock, as_input

STRIDE = 4  # pixels of a cell
UNIT = 32.0  # pixels; head heights are learned as logarithms of multiples of it
_COARSEST = 32  # pixels of a cell of the coarsest grid
_MOST = 64  # heads of a picture
_SAME_HEAD = 0.6  # head heights between two finds of one head
_LARGE_PICTURE = 1.5  # of the network's size: above, small heads are looked for at twice the resolution
_SMALL_HEAD = 1.0  # of UNIT: larger ones are not looked for there
_SURER = 0.1  # more confidence is asked there, where there are four times as many places to be wrong at


@dataclass(frozen=True)
class Head:
    """A head that was found: middle of its crop and height in pixels, tilt in degrees clockwise, confidence 0..1."""

    x: float
    y: float
    unit: float
    tilt: float
    confidence: float


class HeadDetector(ModelMixin, ConfigMixin):
    """Objects as points (Zhou et al., arXiv:1904.07850): the peaks of a map are heads with a face that can be seen.

    Args:
        size: pixels of a picture's longer side.
        widths: channels of the four grids, of 4, 8, 16 and 32 pixels a cell.
        threshold: confidence at or above which a peak counts; chosen on pictures that it was not trained on.
    """

    config_name = "config.json"

    @register_to_config
    def __init__(self, size: int = 256, widths: tuple[int, ...] = (16, 40, 80, 112), threshold: float = 0.3) -> None:
        super().__init__()
        a, b, c, d = widths
        self.stem = nn.Sequential(nn.Conv2d(3, a, 6, STRIDE, 1, bias=False), nn.BatchNorm2d(a), nn.ReLU())
        self.fine = ResidualBlock(a, a)
        self.middle = nn.Sequential(ResidualBlock(a, b, 2), ResidualBlock(b, b))
        self.coarse = nn.Sequential(ResidualBlock(b, c, 2), ResidualBlock(c, c))
        self.coarsest = ResidualBlock(c, d, 2)
        self.up_coarse, self.up_middle, self.up_fine = nn.Conv2d(d, c, 1), nn.Conv2d(c, b, 1), nn.Conv2d(b, 2 * a, 1)
        self.join_coarse, self.join_middle = ResidualBlock(c, c), ResidualBlock(b, b)
        self.from_fine = nn.Conv2d(a, 2 * a, 1)
        self.join_fine = ResidualBlock(2 * a, 2 * a)
        self.leave = nn.Conv2d(2 * a, 6, 1)
        nn.init.constant_(
            self.leave.get_parameter("bias")[:1], -4.0
        )  # heads are rare (as Lin et al., ICCV 2017, section 4.1)

    def forward(self, pictures: Tensor) -> Tensor:
        """(n, 3, h, w) from -1 to 1, sides multiples of 32, to (n, 6, h / 4, w / 4).

        The six are: logit of a head's middle; its offset from the cell's middle across and down, in cells; logarithm
        of its height in `UNIT`; sine and cosine of its tilt.
        """
        fine = self.fine(self.stem(pictures))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        coarse = self.join_coarse(coarse + _doubled(self.up_coarse(self.coarsest(coarse))))
        middle = self.join_middle(middle + _doubled(self.up_middle(coarse)))
        return self.leave(self.join_fine(self.from_fine(fine) + _doubled(self.up_fine(middle))))

    @torch.inference_mode()
    def detect(self, picture: np.ndarray, *, threshold: float | None = None) -> list[Head]:
        """Heads of one picture, the surest first.

        Args:
            picture: (height, width, 3) uint8 of any size; it is fitted into the network's own.
            threshold: of the confidence, 0..1; the network's own unless said otherwise.

        Raises:
            AlbumError: the value is no such picture, or the weights are damaged.
        """
        if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8 or 0 in picture.shape:
            raise AlbumError(
                f"The head detector reads (height, width, 3) uint8 and not {picture.shape} {picture.dtype}."
            )
        self.eval()
        least = float(self.config["threshold"]) if threshold is None else threshold
        size = int(self.config["size"])
        found = self._at_size(picture, size, least, math.inf)
        if max(picture.shape[:2]) > _LARGE_PICTURE * size:
            found += self._at_size(picture, 2 * size, min(0.99, least + _SURER), _SMALL_HEAD * UNIT)
        return apart(found)[:_MOST]

    def _at_size(self, picture: np.ndarray, size: int, threshold: float, largest: float) -> list[Head]:
        """Heads of a picture whose longer side is made `size`, none higher than `largest` there."""
        scale = size / max(picture.shape[:2])
        height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
        fitted = np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.BILINEAR))
        # Right and below the border is repeated up to a whole number of the coarsest cells.
        padded = np.pad(fitted, ((0, -height % _COARSEST), (0, -width % _COARSEST), (0, 0)), mode="edge")
        seen = self(as_input(torch.from_numpy(padded[None].copy())).to(self.device, self.dtype))[0].float().cpu()
        if not seen.isfinite().all():
            raise AlbumError(
                "The head detector gave values that are not numbers: its weights are damaged. Install the pack again."
            )
        return [
            Head(head.x / scale, head.y / scale, head.unit / scale, head.tilt, head.confidence)
            for head in peaks(seen, threshold)
            if head.unit <= largest and head.x < width and head.y < height
        ]


def peaks(seen: Tensor, threshold: float) -> list[Head]:
    """Heads at the cells that are surer than their eight neighbours.

    Args:
        seen: (6, h, w) float32, what `HeadDetector.forward` gave of one picture.
        threshold: of the confidence, 0..1.
    """
    sure = seen[0].sigmoid()
    best = functional.max_pool2d(sure[None, None], 3, 1, 1)[0, 0]
    rows, columns = torch.nonzero((sure >= best) & (sure >= threshold), as_tuple=True)
    order = sure[rows, columns].argsort(descending=True, stable=True)[: 4 * _MOST]
    found = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        confidence, across, down, size, sine, cosine = [float(sure[row, column]), *seen[1:, row, column].tolist()]
        unit = UNIT * math.exp(min(3.0, max(-3.0, size)))
        x, y = (column + 0.5 + across) * STRIDE, (row + 0.5 + down) * STRIDE
        found.append(Head(x, y, unit, math.degrees(math.atan2(sine, cosine)), confidence))
    return found


def apart(heads: list[Head]) -> list[Head]:
    """The surest of the finds of each head, the surest first."""
    kept: list[Head] = []
    for head in sorted(heads, key=lambda one: -one.confidence):
        if all(math.hypot(head.x - one.x, head.y - one.y) > _SAME_HEAD * max(head.unit, one.unit) for one in kept):
            kept.append(head)
    return kept


def _doubled(grid: Tensor) -> Tensor:
    return functional.interpolate(grid, scale_factor=2.0, mode="nearest")
