"""Between our pictures, uint8 arrays, and ComfyUI's IMAGE and MASK tensors."""

from collections.abc import Iterable
from typing import Any


def image_batch(pictures: Iterable[Any]) -> Any:
    """Stack (height, width, 3) uint8 pictures of one size into an IMAGE: (batch, height, width, 3) float32 in 0..1."""
    import numpy as np
    import torch

    stacked = np.stack(list(pictures))
    return torch.from_numpy(stacked).to(torch.float32) / 255.0


def mask_batch(masks: Iterable[Any]) -> Any:
    """Stack (height, width) uint8 masks of one size into a MASK: (batch, height, width) float32 in 0..1."""
    return image_batch(masks)
