"""A loaded checkpoint, and what anchors need of it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from .checkpoint import Family
from .injection import Injection
from .settings import ControlFile


@dataclass(eq=False)
class LoadedModel:
    """A pipeline in evaluation mode, and what anchors need of it.

    controls: kinds of the ControlNets, in the order of the pipeline. offloaded: whether its parts move to the device
    only while they compute.
    """

    pipe: Any
    family: Family
    device: torch.device
    dtype: torch.dtype
    controls: tuple[ControlFile, ...] = ()
    offloaded: bool = False
    _injection: Injection | None = field(default=None, init=False)

    @property
    def latent_scale(self) -> int:
        """Pixels of one cell of the latent, each way."""
        return int(self.pipe.vae_scale_factor)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text without the marks of its ends, by the tokenizer that counts more."""
        tokenizers = [self.pipe.tokenizer, getattr(self.pipe, "tokenizer_2", None)]
        return max(len(one(text, verbose=False).input_ids) - 2 for one in tokenizers if one is not None)

    @torch.inference_mode()
    def encode_picture(self, pixels: np.ndarray) -> Tensor:
        """The latent of a picture, (1, 4, height / 8, width / 8): the mean of what the autoencoder gives.

        Args:
            pixels: (height, width, 3) uint8.
        """
        vae = self.pipe.vae
        scaled = torch.from_numpy(pixels.copy()).to(self.device).float().permute(2, 0, 1)[None] / 127.5 - 1
        upcast = vae.dtype == torch.float16 and bool(vae.config.force_upcast)
        if upcast:  # SDXL's autoencoder overflows in half precision
            vae.to(torch.float32)
        try:
            latent = vae.encode(scaled.to(vae.dtype)).latent_dist.mean
        finally:
            if upcast:
                vae.to(torch.float16)
        return (latent * vae.config.scaling_factor).to(self.dtype)

    @torch.inference_mode()
    def encode_text(self, text: str | None, width: int, height: int) -> dict[str, Any]:
        """Arguments for the denoiser that tell it a text, without guidance.

        Args:
            text: at most 75 tokens. None is the empty prompt as the pipeline's unguided half is told it: SDXL was
                trained with zeros there, where its configuration says so.
            width: of the picture in pixels, which SDXL is told too.
            height: as `width`.
        """
        encoded: Any = self.pipe.encode_prompt(
            prompt=text or "", device=self.device, num_images_per_prompt=1, do_classifier_free_guidance=False
        )
        if text is None and self.pipe.config.get("force_zeros_for_empty_prompt", False):
            encoded = [None if one is None else torch.zeros_like(one) for one in encoded]
        arguments: dict[str, Any] = {"encoder_hidden_states": encoded[0]}
        added: dict[str, Any] = {}
        if self.family == "sdxl":
            sizes = torch.tensor([[height, width, 0, 0, height, width]], device=self.device, dtype=encoded[0].dtype)
            added = {"text_embeds": encoded[2], "time_ids": sizes}
        unet = self.pipe.unet
        if unet.config.encoder_hid_dim_type == "ip_image_proj":
            added["image_embeds"] = self.encode_references([np.zeros((64, 64, 3), np.uint8)], guided=False)
        if added:
            arguments["added_cond_kwargs"] = added
        if unet.config.time_cond_proj_dim is not None:
            # Pipelines have a guidance only once they were run.
            strength = torch.tensor([getattr(self.pipe, "guidance_scale", 1.0) - 1.0])
            arguments["timestep_cond"] = self.pipe.get_guidance_scale_embedding(
                strength, embedding_dim=unet.config.time_cond_proj_dim
            ).to(self.device, self.dtype)
        return arguments

    @torch.inference_mode()
    def encode_references(self, pictures: Sequence[np.ndarray], *, guided: bool) -> list[Tensor]:
        """Image embeddings for the IP-Adapter, one (1 or 2, pictures, …) tensor in a list; the first half is unguided.

        Args:
            pictures: each (height, width, 3) uint8.
            guided: whether there is an unguided half.
        """
        images = [Image.fromarray(np.ascontiguousarray(picture)) for picture in pictures]
        return self.pipe.prepare_ip_adapter_image_embeds([images], None, self.device, 1, guided)

    def alpha_bar(self, timestep: float) -> float:
        """Share of the signal's variance at a timestep; between whole timesteps log-linear in signal to noise."""
        table = self.pipe.scheduler.alphas_cumprod.double().clamp(1e-9, 1 - 1e-9)
        ratio = torch.logit(table)
        last = len(table) - 1
        low = min(max(int(timestep), 0), last)
        high = min(low + 1, last)
        part = min(max(timestep - low, 0.0), 1.0)
        return float(torch.sigmoid(ratio[low] * (1 - part) + ratio[high] * part))

    def noised(self, latent: Tensor, noise: Tensor, timestep: float) -> Tensor:
        """A latent at a timestep.

        Source:
            Ho et al., DDPM, NeurIPS 2020 (arXiv:2006.11239), equation 4.
        """
        alpha = self.alpha_bar(timestep)
        return math.sqrt(alpha) * latent + math.sqrt(1 - alpha) * noise

    @contextmanager
    def looking_with(self, injection: Injection) -> Iterator[None]:
        """Let `look` collect through the processors of this injection."""
        self._injection = injection
        try:
            yield
        finally:
            self._injection = None

    @torch.inference_mode()
    def look(
        self, noised: Tensor, timestep: float, arguments: Mapping[str, Any], collect: Callable[[str, Tensor], None]
    ) -> None:
        """Show the denoiser one noised latent and collect what the injected layers are shown."""
        injection = self._injection
        if injection is None:
            raise RuntimeError("anchors are looked at only while processors are injected")
        injection.collect = collect
        try:
            with muted_adapter(self.pipe.unet):
                step = torch.tensor(timestep, device=noised.device, dtype=torch.float32)
                self.pipe.unet(noised, step, return_dict=False, **arguments)
        finally:
            injection.collect = None


@contextmanager
def muted_adapter(unet: Any) -> Iterator[None]:
    """Switch an IP-Adapter off for the block, where there is one."""
    inner = [getattr(processor, "inner", processor) for processor in unet.attn_processors.values()]
    scales = [processor.scale for processor in inner if isinstance(getattr(processor, "scale", None), list)]
    kept = [list(scale) for scale in scales]
    try:
        for scale in scales:
            scale[:] = [0.0] * len(scale)
        yield
    finally:
        for scale, before in zip(scales, kept, strict=True):
            scale[:] = before
