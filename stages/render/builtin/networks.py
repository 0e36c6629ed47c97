"""The built-in model's own networks: what turns a blueprint into conditions, and the upsampler.

This file imports torch and diffusers, so it is imported only inside functions.
"""

from dataclasses import dataclass

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, eq=False)
class Conditions:
    """What one batch of scenes is conditioned on; see `AlbumConditioner.forward` for what the values mean.

    Row 0 of what has rows is the scene as a whole, row i + 1 region i of the layout.
    words: (batch, rows, words) int64, 0 for padding. identity: (batch, rows, identity_dim) float, unit length.
    known: (batch, rows) float, 1 where an identity is given. boxes: (batch, rows, 4) float, x0 y0 x1 y1, 0..1.
    present: (batch, rows) float, 1 for a row, 0 for padding. colours: (batch, rows, parts, 4) float, -1..1 and whether
    they are known. instance, limbs, nearness, parts: (batch, size, size); parts says which part a pixel shows.
    horizon: (batch,) float, 0 top to 1 bottom. light: (batch, 2) float, unit vector towards the light. sketch: (batch,
    4, size / 2, size / 2) float, colours -1..1 and 1 where they are known: a coarse picture of what should be there.
    """

    words: Tensor
    identity: Tensor
    known: Tensor
    boxes: Tensor
    present: Tensor
    instance: Tensor
    limbs: Tensor
    nearness: Tensor
    horizon: Tensor
    light: Tensor
    colours: Tensor
    parts: Tensor
    sketch: Tensor

    def to(self, device: str | torch.device) -> "Conditions":
        """The same conditions on a device."""
        return Conditions(**{name: value.to(device) for name, value in vars(self).items()})


class AlbumConditioner(ModelMixin, ConfigMixin):
    """Region words and identity vectors to one vector a region, painted into the region's own pixels.

    Identity reaches the denoiser twice: as a token that it attends to (IP-Adapter: Ye et al., arXiv:2308.06721) and as
    features of just the pixels of that person, which is what binds looks to the right person when there are several
    (GLIGEN: Li et al., CVPR 2023; layout-to-image by painted embeddings: SPADE, Park et al., CVPR 2019).
    """

    @register_to_config
    def __init__(
        self,
        words: list[str],
        size: int = 128,
        patch: int = 4,
        hidden: int = 160,
        painted: int = 40,
        out_channels: int = 48,
        token_dim: int = 128,
        identity_dim: int = 128,
        limb_values: int = 17,
        limb_dim: int = 5,
        sketch: bool = False,
    ) -> None:
        super().__init__()
        self.word_ids = {word: index for index, word in enumerate(words, start=1)}
        self.embedding = nn.EmbeddingBag(len(words) + 1, hidden, mode="sum", padding_idx=0)
        nn.init.normal_(self.embedding.weight, std=0.3)
        self.identity_in = nn.Linear(identity_dim, hidden)
        self.box_in = nn.Linear(16, hidden)
        self.mix = nn.Sequential(
            nn.LayerNorm(hidden), nn.Linear(hidden, 2 * hidden), nn.GELU(), nn.Linear(2 * hidden, hidden)
        )
        self.everywhere = nn.Linear(hidden, hidden)
        self.paint = nn.Linear(hidden, painted)
        self.token = nn.Linear(hidden, token_dim)
        self.limb = nn.Embedding(limb_values, limb_dim)
        fine, coarse = limb_dim + 5, painted + 2
        # A sketch comes last, so that a model that has learned without one can go on from its weights.
        channels = fine * patch**2 + coarse * (patch // 2) ** 2 + 5 + (4 * (patch // 2) ** 2 if sketch else 0)
        self.join = nn.Sequential(nn.Conv2d(channels, 96, 1), nn.SiLU(), nn.Conv2d(96, out_channels, 3, padding=1))

    def forward(self, given: Conditions) -> tuple[Tensor, Tensor, Tensor]:
        """Conditions of a batch.

        Args:
            given: maps of (size, size), as `blueprint_raster` makes them.

        Returns:
            (maps, tokens, scene): (batch, out_channels, size / patch, size / patch) to be concatenated to the noisy
            input, (batch, rows, token_dim) to be attended to, and (batch, hidden) to be added to the time embedding.
        """
        rows = self._rows(given)
        tokens = self.token(rows) * given.present[..., None]
        return self._maps(given, self.paint(rows)), tokens, rows[:, 0]

    def _rows(self, given: Conditions) -> Tensor:
        """(batch, rows, hidden). Every row knows of the scene: firelight colours a shirt, too."""
        batch, count, words = given.words.shape
        said = self.embedding(given.words.reshape(batch * count, words)).reshape(batch, count, -1)
        who = self.identity_in(given.identity) * given.known[..., None]
        angles = given.boxes[..., None] * torch.pi * torch.tensor([1.0, 2.0], device=given.boxes.device)
        where = self.box_in(torch.cat([angles.sin(), angles.cos()], dim=-1).flatten(-2))
        whole = said + who + where + self.everywhere(said[:, :1])
        return whole + self.mix(whole)

    def _maps(self, given: Conditions, table: Tensor) -> Tensor:
        batch, rows, depth = table.shape
        patch, half = int(self.config["patch"]), int(self.config["patch"]) // 2
        fine = torch.cat(
            [self.limb(given.limbs.long()).movedim(-1, 1), given.nearness[:, None].float(), self._flat(given)], dim=1
        )
        coarse_map = given.instance[:, ::2, ::2].long()
        offsets = torch.arange(batch, device=table.device)[:, None, None] * rows
        index = coarse_map + offsets
        painted = functional.embedding(index, table.reshape(batch * rows, depth))
        within = self._within(given, index, coarse_map, rows)
        coarse = torch.cat([painted, within.to(painted.dtype)], dim=-1).movedim(-1, 1)
        fine = functional.pixel_unshuffle(fine.to(painted.dtype), patch)
        coarse = functional.pixel_unshuffle(coarse, half)
        sketched = [functional.pixel_unshuffle(given.sketch.to(painted.dtype), half)] if self.config["sketch"] else []
        return self.join(torch.cat([fine, coarse, self._air(given, fine), *sketched], dim=1))

    @staticmethod
    def _flat(given: Conditions) -> Tensor:
        """The blueprint painted by numbers: (batch, 4, size, size)."""
        batch, rows, parts, depth = given.colours.shape
        first = torch.arange(batch, device=given.parts.device)[:, None, None] * rows
        index = (first + given.instance.long()) * parts + given.parts.long()
        return functional.embedding(index, given.colours.reshape(-1, depth)).movedim(-1, 1)

    @staticmethod
    def _within(given: Conditions, index: Tensor, instance: Tensor, rows: int) -> Tensor:
        """Where in its own box a pixel lies, -1..1; 0 in the background. (batch, h / 2, w / 2, 2)."""
        batch, height, width = instance.shape
        boxes = given.boxes.reshape(batch * rows, 4)[index]
        across = (torch.arange(width, device=instance.device) + 0.5) / width
        down = (torch.arange(height, device=instance.device) + 0.5) / height
        x = (across[None, None, :] - boxes[..., 0]) / (boxes[..., 2] - boxes[..., 0]).clamp(min=0.02)
        y = (down[None, :, None] - boxes[..., 1]) / (boxes[..., 3] - boxes[..., 1]).clamp(min=0.02)
        inside = (instance > 0)[..., None]
        return (torch.stack([x, y], dim=-1) * 2 - 1).clamp(-1.5, 1.5) * inside

    @staticmethod
    def _air(given: Conditions, like: Tensor) -> Tensor:
        """Height over the horizon, coarse and fine, across, and the direction of the light. (batch, 5, h, w)."""
        batch, _, height, width = like.shape
        y = (torch.arange(height, device=like.device) + 0.5) / height
        above = (y[None, :] - given.horizon[:, None])[:, None, :, None].expand(batch, 1, height, width)
        across = torch.linspace(-1, 1, width, device=like.device)[None, None, None].expand(batch, 1, height, width)
        light = given.light[:, :, None, None].expand(batch, 2, height, width)
        return torch.cat([above.clamp(-1, 1), (above * 8).clamp(-1, 1), across, light], dim=1).to(like.dtype)


class AlbumUpsampler(ModelMixin, ConfigMixin):
    """Doubles a picture's size once or more, sharpening it with what the blueprint says is there.

    Residual blocks at the small size and sub-pixel convolution (Shi et al., CVPR 2016) on top of bicubic enlarging.
    """

    @register_to_config
    def __init__(
        self,
        words: list[str],
        scale: int = 2,
        width: int = 40,
        depth: int = 5,
        painted: int = 12,
        limb_values: int = 17,
        limb_dim: int = 4,
        identity_dim: int = 128,
    ) -> None:
        super().__init__()
        self.embedding = nn.EmbeddingBag(len(words) + 1, painted, mode="sum", padding_idx=0)
        self.limb = nn.Embedding(limb_values, limb_dim)
        # Limbs are given at the enlarged size, since the blueprint knows them as sharply as anybody asks.
        self.enter = nn.Conv2d(3 + painted + limb_dim * scale**2, width, 3, padding=1)
        self.residuals = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.GELU(), nn.Conv2d(width, width, 3, padding=1))
            for _ in range(depth)
        )
        self.leave = nn.Conv2d(width, 3 * scale**2, 3, padding=1)
        for parameter in self.leave.parameters():
            nn.init.zeros_(parameter)

    def forward(self, picture: Tensor, words: Tensor, instance: Tensor, limbs: Tensor) -> Tensor:
        """Enlarge.

        Args:
            picture: (batch, 3, h, w), -1..1.
            words: (batch, rows, words) int64, as in `Conditions`.
            instance: (batch, h, w), 0 background, i + 1 region i.
            limbs: (batch, scale h, scale w).

        Returns:
            (batch, 3, scale h, scale w), not clipped.
        """
        batch, count, length = words.shape
        scale = int(self.config["scale"])
        table = self.embedding(words.reshape(batch * count, length))
        index = instance.long() + torch.arange(batch, device=picture.device)[:, None, None] * count
        painted = functional.embedding(index, table).movedim(-1, 1)
        bones = functional.pixel_unshuffle(self.limb(limbs.long()).movedim(-1, 1), scale)
        hidden = self.enter(torch.cat([picture.to(painted.dtype), painted, bones], dim=1))
        for block in self.residuals:
            hidden = hidden + block(hidden)
        large = functional.interpolate(picture, scale_factor=scale, mode="bicubic", align_corners=False)
        return large + functional.pixel_shuffle(self.leave(hidden), scale)
