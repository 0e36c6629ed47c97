"""Random changes of batches of pictures: what an encoder must not mind.

All take and give (n, 3, h, w) float from -1 to 1 unless said otherwise, and draw from a CPU generator, so that a batch
is the same on every device.
"""

import math

import torch
from torch import Generator, Tensor
from torch.nn import functional


def uniform(count: int, low: float, high: float, generator: Generator) -> Tensor:
    """(count,) evenly from `low` to `high`."""
    return low + (high - low) * torch.rand(count, generator=generator)


def jittered(
    pictures: Tensor,
    size: int,
    generator: Generator,
    *,
    cover: tuple[float, float],
    shift: float,
    degrees: float,
    mirror: bool = True,
) -> Tensor:
    """Random squares of pictures.

    Args:
        pictures: (n, h, w, 3) uint8.
        size: of the result, pixels.
        generator: of the choice.
        cover: side of the square, as a fraction of the picture's, from and to.
        shift: of its middle, at most, as a fraction of the picture's side.
        degrees: of its rotation, at most.
        mirror: whether every second one is mirrored.

    Returns:
        (n, 3, size, size) float, -1..1.
    """
    count, device = len(pictures), pictures.device
    scale = uniform(count, *cover, generator)
    angle = uniform(count, -math.radians(degrees), math.radians(degrees), generator)
    flip = torch.where(torch.rand(count, generator=generator) < 0.5, -1.0, 1.0) if mirror else torch.ones(count)
    cos, sin = scale * angle.cos(), scale * angle.sin()
    moved = (torch.rand(count, 2, generator=generator) * 2 - 1) * 2 * shift
    theta = torch.stack([cos * flip, -sin, moved[:, 0], sin * flip, cos, moved[:, 1]], dim=1).view(count, 2, 3)
    grid = functional.affine_grid(theta.to(device), [count, 3, size, size], align_corners=False)
    source = pictures.movedim(-1, 1).float() / 127.5 - 1
    return functional.grid_sample(source, grid, mode="bilinear", padding_mode="border", align_corners=False)


def relit(pictures: Tensor, generator: Generator, *, strength: float = 1.0) -> Tensor:
    """Another exposure, white balance, contrast, saturation and gamma; 1 is a strong change."""
    count, device = len(pictures), pictures.device

    def draw(spread: float, channels: int = 1) -> Tensor:
        amount = torch.rand(count, channels, generator=generator) * 2 - 1
        return torch.exp(amount * spread * strength)[:, :, None, None].to(device)

    light = (pictures * 0.5 + 0.5).clamp(min=1e-4) ** draw(0.25)
    light = light * draw(0.3) * draw(0.1, 3)
    mean = light.mean(dim=(2, 3), keepdim=True)
    light = (light - mean) * draw(0.3) + mean
    gray = light.mean(dim=1, keepdim=True)
    light = (light - gray) * draw(0.25) + gray
    return light.clamp(0, 1) * 2 - 1


def softened(pictures: Tensor, generator: Generator, *, smallest: int, groups: int = 4, share: float = 0.6) -> Tensor:
    """Shrink and enlarge again, as pictures of another resolution; each of `groups` parts has its own size.

    Args:
        pictures: a batch.
        generator: of the choice.
        smallest: side that a picture is shrunk to, at least, pixels.
        groups: parts of the batch.
        share: of the parts that are changed.
    """
    size = pictures.shape[-1]
    parts = []
    for part in pictures.chunk(groups):
        luck, place = torch.rand(2, generator=generator).tolist()
        if luck >= share:
            parts.append(part)
            continue
        side = round(smallest * (size / smallest) ** place)
        small = functional.interpolate(part, (side, side), mode="bilinear", antialias=True)
        parts.append(functional.interpolate(small, (size, size), mode="bilinear"))
    return torch.cat(parts)


def noisy(pictures: Tensor, generator: Generator, *, most: float = 0.12) -> Tensor:
    """Gaussian noise of a random strength, at most `most` of the range -1 to 1."""
    strength = uniform(len(pictures), 0, most, generator).to(pictures.device)
    noise = torch.randn(pictures.shape, generator=generator).to(pictures.device)
    return (pictures + noise * strength[:, None, None, None]).clamp(-1, 1)


def patched(pictures: Tensor, generator: Generator, *, share: float = 0.3, largest: float = 0.4) -> Tensor:
    """A random rectangle of one colour over some pictures (Zhong et al., AAAI 2020): something stands in front."""
    count, size = len(pictures), pictures.shape[-1]
    sides = uniform(count * 2, 0.1, largest, generator).view(count, 2) * size
    corner = torch.rand(count, 2, generator=generator) * (size - sides)
    used = torch.rand(count, generator=generator) < share
    color = (torch.rand(count, 3, 1, 1, generator=generator) * 2 - 1).to(pictures.device)
    at = torch.arange(size) + 0.5
    across = (at >= corner[:, :1]) & (at < corner[:, :1] + sides[:, :1])
    down = (at >= corner[:, 1:]) & (at < corner[:, 1:] + sides[:, 1:])
    mask = (down[:, :, None] & across[:, None, :] & used[:, None, None])[:, None].to(pictures.device)
    return torch.where(mask, color, pictures)
