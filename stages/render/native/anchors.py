"""Anchors as the host's model sees them: encoded ahead, looked at in the midst of sampling.

This file imports torch, so it is imported only inside functions.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from ..pipelines.anchors import Anchor, AnchorStudio, joined_features
from ..pipelines.injection import Injection
from .host import ModelHost

_ROUNDING: Final = 1e-6  # of a step: 0.55 of 100 steps are 55 and not 55.00000000000001


@dataclass(eq=False)
class AnchorModel:
    """What `AnchorStudio` needs of a model, from a host's MODEL and VAE.

    tell: gives the conditioning of a text.
    """

    host: ModelHost
    model: Any
    vae: Any
    tell: Callable[[str], Any]
    _pass: tuple[Any, Tensor, Mapping[str, Any], Injection] | None = field(default=None, init=False)

    def encode_picture(self, pixels: np.ndarray) -> Tensor:
        """The latent of a (height, width, 3) uint8 picture, as the network is shown it."""
        scaled = torch.from_numpy(pixels.astype(np.float32) / 255)[None]
        latent = self.host.encode(self.vae, scaled)
        inner = self.model.model
        return inner.process_latent_in(latent).to(self.host.load_device(self.model), torch.float32)

    def encode_text(self, text: str, width: int, height: int) -> dict[str, Any]:
        """Conditioning of a text for a picture of this size in pixels."""
        return {"conditioning": [[one, {**facts, "width": width, "height": height}] for one, facts in self.tell(text)]}

    def noised(self, latent: Tensor, noise: Tensor, timestep: float) -> Tensor:
        """A latent at a noise level, by the model's own rule; the timestep is a sigma."""
        sigma = torch.full((len(latent),), timestep, device=latent.device)
        schedule = self.model.get_model_object("model_sampling")
        return schedule.noise_scaling(sigma.view(-1, *(1,) * (latent.ndim - 1)), noise, latent, False)

    def look(
        self, noised: Tensor, timestep: float, arguments: Mapping[str, Any], collect: Callable[[str, Tensor], None]
    ) -> None:
        """Show the loaded network one noised latent and collect what the patched layers are shown."""
        if self._pass is None:
            raise RuntimeError("anchors are looked at only in the midst of sampling")
        inner, sigma, options, injection = self._pass
        injection.collect = collect
        try:
            self.host.predict(inner, arguments["conditioning"], noised, sigma[:1], options)
        finally:
            injection.collect = None

    @contextmanager
    def sampling(self, inner: Any, sigma: Tensor, options: Mapping[str, Any], injection: Injection) -> Iterator[None]:
        """For the block, `look` uses what the sampler has loaded."""
        self._pass = (inner, sigma, options, injection)
        try:
            yield
        finally:
            self._pass = None


class _AnyLayer:
    """Every layer that the patches collect is wanted."""

    def __contains__(self, name: object) -> bool:
        return True


_ANY: Any = _AnyLayer()


def anchor_stepping(
    model: AnchorModel,
    studio: AnchorStudio,
    injection: Injection,
    anchors: Sequence[Sequence[tuple[Anchor, tuple[int, int]]]],
    until: float,
) -> Callable[..., None]:
    """What is done ahead of each prediction: the injection gets what the anchors look like at its noise level.

    Args:
        model: the studio's.
        studio: computes and keeps.
        injection: of the photo.
        anchors: of each person and then the place, each with the size at which it is looked at.
        until: share of the steps with anchors.
    """

    def before(guider: Any, _latent: Tensor, sigma: Tensor, options: Mapping[str, Any]) -> None:
        level = float(sigma.reshape(-1)[0])
        if level < last_anchored(options.get("transformer_options", {}).get("sample_sigmas"), until):
            injection.features = ()
            return
        with model.sampling(guider.inner_model, sigma.reshape(-1), options, injection):
            injection.features = [
                joined_features([studio.features(anchor, size, level, _ANY) for anchor, size in one]) for one in anchors
            ]

    return before


def last_anchored(sigmas: Tensor | None, until: float) -> float:
    """The noise level of the last step with anchors; 0 where the host does not tell its steps."""
    if sigmas is None:
        return 0.0
    steps = math.ceil(until * (len(sigmas) - 1) - _ROUNDING)
    return float(sigmas[max(1, steps) - 1])
