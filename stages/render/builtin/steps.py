"""The steps from noise to a picture, for every network of the built-in model that predicts the picture.

This file imports torch, so it is imported only inside functions.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ...errors import AlbumError
from ..renderer import PhotoJob
from .hashes import REMEDY


def integrate(
    scheduler: Any,
    noise: Tensor,
    predict: Callable[[Tensor, Tensor], Tensor],
    on_step: Callable[[int], None] = lambda done: None,
) -> Tensor:
    """Follow the straight paths of flow matching from noise to a picture, by the Euler method.

    Args:
        scheduler: diffusers' `FlowMatchEulerDiscreteScheduler`, with its timesteps set.
        noise: standard normal.
        predict: the picture that the network sees under the noise at a timestep, of the shape of the noise.
        on_step: told after every step; may raise to stop.

    Source:
        Stepping along the velocity of a predicted picture: Li & He, arXiv:2511.13720, equation 5.
    """
    latent = noise
    for done, timestep in enumerate(scheduler.timesteps, start=1):
        picture = predict(latent, timestep).clamp(-1, 1)
        velocity = (latent - picture) / (timestep / scheduler.config.num_train_timesteps)
        latent = scheduler.step(velocity, timestep, latent, return_dict=False)[0]
        on_step(done)
    return latent


def require_numbers(picture: Tensor, job: PhotoJob) -> None:
    """Refuse what a network gave when it is no picture.

    Raises:
        AlbumError: a value is not a number.
    """
    if not torch.isfinite(picture).all():
        raise AlbumError(
            f"The built-in model gave values that are not numbers for scene '{job.scene.id}': its weights are damaged, "
            f"{REMEDY}."
        )
