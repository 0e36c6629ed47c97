"""The built-in model's second stage: paints the denoiser's small picture anew at twice its size, with the blueprint.

This file imports torch and diffusers, so it is imported only inside functions.
"""

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn
from torch.nn import functional

from .networks import AlbumConditioner, Conditions


class _Block(nn.Module):
    """A residual block whose second convolution is scaled and shifted by the scene (Perez et al., AAAI 2018)."""

    def __init__(self, inner: int, outer: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(8, inner)
        self.first = nn.Conv2d(inner, outer, 3, padding=1)
        self.scene = nn.Linear(hidden, 2 * outer)
        self.second_norm = nn.GroupNorm(8, outer)
        self.second = nn.Conv2d(outer, outer, 3, padding=1)
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()

    def forward(self, grid: Tensor, scene: Tensor) -> Tensor:
        """(b, inner, h, w) and (b, hidden) to (b, outer, h, w)."""
        inside = self.first(functional.silu(self.norm(grid)))
        scale, shift = self.scene(scene)[..., None, None].chunk(2, dim=1)
        inside = self.second(functional.silu(self.second_norm(inside) * (1 + scale) + shift))
        return self.skip(grid) + inside


class AlbumRefiner(ModelMixin, ConfigMixin):
    """Doubles the denoiser's picture and paints what is too small for its grid: faces, hands, things, edges.

    A cascade's second stage (Ho et al., JMLR 2022) without noise of its own: with the blueprint, the words and the
    identities at full size there is little left to choose, so one step of regression does.

    Args:
        words: of the regions, as the denoiser's conditioner has them.
        size: of the enlarged pictures that it learned from.
        patch: pixels of a cell of its grid.
        widths: channels of its three grids.
        hidden: of its conditioner.
        maps: channels of the conditions.
    """

    @register_to_config
    def __init__(
        self,
        words: list[str],
        size: int = 256,
        patch: int = 4,
        widths: tuple[int, int, int] = (64, 96, 128),
        hidden: int = 160,
        maps: int = 64,
    ) -> None:
        super().__init__()
        a, b, c = widths
        self.conditioner = AlbumConditioner(
            words=words, size=size, patch=patch, hidden=hidden, out_channels=maps, painted=48
        )
        self.enter = nn.Conv2d(3 * patch**2 + maps, a, 3, padding=1)
        self.down = nn.ModuleList([_Block(a, a, hidden), _Block(b, b, hidden)])
        self.halve = nn.ModuleList([nn.Conv2d(a, b, 3, 2, 1), nn.Conv2d(b, c, 3, 2, 1)])
        self.middle = nn.ModuleList([_Block(c, c, hidden), _Block(c, c, hidden)])
        self.grow = nn.ModuleList([nn.Conv2d(c, b, 3, padding=1), nn.Conv2d(b, a, 3, padding=1)])
        self.up = nn.ModuleList([_Block(2 * b, b, hidden), _Block(2 * a, a, hidden)])
        self.leave = nn.Sequential(nn.Conv2d(a, 96, 3, padding=1), nn.PixelShuffle(2), nn.GELU())
        self.fine = nn.Sequential(nn.Conv2d(24, 32, 3, padding=1), nn.PixelShuffle(2), nn.GELU())
        # The last convolution sees every pixel beside its neighbours, so that no grid of cells remains.
        self.last = nn.Conv2d(8 + 3, 3, 3, padding=1)
        for parameter in self.last.parameters():
            nn.init.zeros_(parameter)

    def forward(self, picture: Tensor, given: Conditions) -> Tensor:
        """Enlarge and refine.

        Args:
            picture: (batch, 3, h, w), -1..1; 2 h and 2 w are multiples of four patches.
            given: conditions with maps of (2 h, 2 w).

        Returns:
            (batch, 3, 2 h, 2 w), not clipped.
        """
        patch = int(self.config["patch"])
        maps, _, scene = self.conditioner(given)
        large = functional.interpolate(picture, scale_factor=2, mode="bicubic", align_corners=False)
        grid = self.enter(torch.cat([functional.pixel_unshuffle(large, patch).to(maps.dtype), maps], dim=1))
        kept = []
        for block, halve in zip(self.down, self.halve, strict=True):
            grid = block(grid, scene)
            kept.append(grid)
            grid = halve(grid)
        for block in self.middle:
            grid = block(grid, scene)
        for block, grow in zip(self.up, self.grow, strict=True):
            grid = grow(functional.interpolate(grid, scale_factor=2.0, mode="nearest"))
            grid = block(torch.cat([grid, kept.pop()], dim=1), scene)
        fine = self.fine(self.leave(grid))
        return large + self.last(torch.cat([fine, large.to(fine.dtype)], dim=1))
