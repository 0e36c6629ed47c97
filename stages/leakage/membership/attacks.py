"""Scores that are higher for pictures a diffusion model was trained on: denoising loss, PIA and SimA.

All of them ask the model to take noise off a candidate, so they need the model itself and not only its pictures. They
are written for x_t = a x_0 + s e, which covers flow matching and DDPM; `interface.py` says what a and s are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ...errors import AlbumError
from ...score_model import ScoreModel, clean_of, noise_of
from ...seeds import derive_seed

# Little noise asks for grain, where how plain a picture is outweighs whether it is remembered; under much noise only
# memory or the condition can tell the picture. Latent models remember at less noise than pixels do, so both are asked.
LOSS_TIMES: Final = (0.4, 0.6, 0.8, 0.95)
LOSS_DRAWS: Final = 2  # noises for each time
PIA_START: Final = 0.8  # of models that cannot name noise at time 0, as these can:
PIA_FROM_ZERO: Final = ("noise", "v")
PIA_TIMES: Final = (0.5, 0.8)
# Where the paper's variance-preserving models were asked, and where a flow in pixels was found to remember.
SIMA_TIMES: Final = {"variance_preserving": (0.05, 0.2), "flow": (0.5, 0.8)}
_NORM: Final = 4  # of the vectors, as Kong et al. and Rao et al. take it
_TINY: Final = 1e-12

Noises = Callable[[str, int], np.ndarray]


@dataclass(frozen=True, eq=False)
class Batch:
    """Candidates of one shape. clean: (pictures, ...) float32 as the model sees them; digests: of their pixels."""

    clean: np.ndarray
    conditions: Sequence[Any]
    digests: Sequence[str]


@dataclass(frozen=True)
class Attack:
    """One way to score candidates. calls: predictions of the model for one picture. source: where it comes from."""

    name: str
    run: Callable[[ScoreModel, Batch, int], dict[str, np.ndarray]]
    calls: int
    source: str


def denoising_loss(model: ScoreModel, batch: Batch, seed: int) -> dict[str, np.ndarray]:
    """How well the model finds a picture again under noise that is drawn for it.

    The score is minus the logarithm of the mean squared error of x_0, averaged over times and draws: errors at
    different times differ by orders of magnitude, and logarithms let each time count alike without looking at the
    other candidates. At one time it ranks as the error of e does, which is that of x_0 times (a / s)^2.

    Args:
        model: of which something is to be learned.
        batch: of candidates.
        seed: of the noise; a picture's noise depends on its pixels and not on its place.

    Returns:
        "loss", and "loss t=..." for each time alone: (pictures,) float64, higher for members.

    Source:
        Matsumoto, Miura & Yanai, "Membership inference attacks against diffusion models", IEEE S&P Workshops 2023
        (arXiv:2302.03262), section IV; Carlini et al., "Extracting training data from diffusion models", USENIX
        Security 2023, section 5.2.
    """
    scores = {}
    for time in LOSS_TIMES:
        a, s = model.signal_and_noise(time)
        of_draws = []
        for draw in range(LOSS_DRAWS):
            noise = _noise(batch, seed, f"loss {time} {draw}")
            noisy = a * batch.clean + s * noise
            found = clean_of(model.facts, _predicted(model, noisy, time, batch), noisy, a, s)
            of_draws.append(-np.log(_mean((found - batch.clean) ** 2) + _TINY))
        scores[f"loss t={time:g}"] = np.mean(of_draws, axis=0)
    return {"loss": np.mean(list(scores.values()), axis=0), **scores}


def proximal_initialization(model: ScoreModel, batch: Batch, seed: int) -> dict[str, np.ndarray]:
    """PIA: how well the model takes off the noise that it sees in the untouched picture itself.

    e_0 is the noise that the model names at (nearly) no noise; x_t = a x_0 + s e_0 is on the way that the model itself
    would take back to the picture; the score is minus the 4-norm of e_0 minus the noise named at x_t. Models that
    name noise are asked at time 0, as in the paper, and so are those that name v, which is the noise there. Others
    cannot be, since the noise is 0 / 0 there, and near 0 it is the rounding error of a clean picture: they are asked
    at t = 0.8, without noise, and e_0 is brought to the mean absolute value of normal noise (the paper's PIAN), without
    which x_t would be no point that the model was trained at. That is a variant of ours, weaker than the other attacks
    where it was measured (benchmarks/RESULTS.md).

    Args:
        model: of which something is to be learned.
        batch: of candidates.
        seed: unused; the attack draws nothing.

    Returns:
        "pia": the mean over its times of minus the logarithm of the norm, (pictures,) float64, higher for members.

    Source:
        Kong et al., "An efficient membership inference attack for the diffusion model by proximal initialization",
        ICLR 2024 (arXiv:2305.18355), equation 9 (PIA) and 10 (PIAN).
    """
    del seed
    start = 0.0 if model.facts.predicts in PIA_FROM_ZERO else PIA_START
    a, s = model.signal_and_noise(start)
    at = batch.clean if start == 0.0 else a * batch.clean
    first = noise_of(model.facts, _predicted(model, at, start, batch), at, a, s)
    if start:
        size = _mean(np.abs(first)) / np.sqrt(2 / np.pi)
        first = first / np.maximum(size, _TINY).reshape(-1, *[1] * (first.ndim - 1)).astype(np.float32)
    norms = []
    for time in PIA_TIMES:
        a, s = model.signal_and_noise(time)
        noisy = a * batch.clean + s * first
        second = noise_of(model.facts, _predicted(model, noisy, time, batch), noisy, a, s)
        norms.append(-np.log(_norm(first - second) + _TINY))
    return {"pia": np.mean(norms, axis=0)}


def score_norm(model: ScoreModel, batch: Batch, seed: int) -> dict[str, np.ndarray]:
    """SimA: how little noise the model sees in the untouched picture.

    The mean prediction points to the training pictures near by, so its norm is small where one of them is. One call for
    each time. Variance-preserving models are given x_0 itself, as in the paper; flow models a x_0, the point of the
    path that has no noise, since their a falls fast.

    Args:
        model: of which something is to be learned.
        batch: of candidates.
        seed: unused; the attack draws nothing.

    Returns:
        "sima": the mean over its times of minus the logarithm of the 4-norm, (pictures,) float64, higher for members.

    Source:
        Rao, Qu & Moyer, "Score-based membership inference on diffusion models", arXiv:2509.25003, whose statistic is
        the norm of the noise that is named at (x_0, t).
    """
    del seed
    norms = []
    for time in SIMA_TIMES[model.facts.path]:
        a, s = model.signal_and_noise(time)
        at = batch.clean if model.facts.path == "variance_preserving" else a * batch.clean
        named = noise_of(model.facts, _predicted(model, at, time, batch), at, a, s)
        norms.append(-np.log(_norm(named) + _TINY))
    return {"sima": np.mean(norms, axis=0)}


MODEL_ATTACKS: Final = (
    Attack("loss", denoising_loss, len(LOSS_TIMES) * LOSS_DRAWS, "denoising loss, Matsumoto et al. 2023"),
    Attack("pia", proximal_initialization, 1 + len(PIA_TIMES), "PIA, Kong et al., ICLR 2024"),
    Attack("sima", score_norm, len(SIMA_TIMES["flow"]), "SimA, Rao et al., arXiv:2509.25003"),
)


def _predicted(model: ScoreModel, noisy: np.ndarray, time: float, batch: Batch) -> np.ndarray:
    """The model's raw prediction, refused where it is none: a comparison with NaN would rank at random."""
    prediction = model.predict(noisy.astype(np.float32, copy=False), time, batch.conditions)
    if prediction.shape != noisy.shape:
        raise AlbumError(
            f"The model '{model.facts.name}' gave predictions of shape {prediction.shape} for pictures of shape "
            f"{noisy.shape}: it does not keep to the interface, so nothing was audited."
        )
    if not np.isfinite(prediction).all():
        raise AlbumError(
            f"The model '{model.facts.name}' gave values that are not numbers at time {time:g}: its weights are "
            "damaged. Put the right ones in place, then audit again."
        )
    return prediction


def _noise(batch: Batch, seed: int, what: str) -> np.ndarray:
    shape = batch.clean.shape[1:]
    generators = (np.random.default_rng(derive_seed("membership", seed, digest, what)) for digest in batch.digests)
    return np.stack([generator.standard_normal(shape, np.float32) for generator in generators])


def _mean(values: np.ndarray) -> np.ndarray:
    return values.reshape(len(values), -1).mean(axis=1, dtype=np.float64)


def _norm(vectors: np.ndarray) -> np.ndarray:
    """The 4-norm over the elements, per element, so that pictures of different sizes compare."""
    return _mean(np.abs(vectors.astype(np.float64)) ** _NORM) ** (1 / _NORM)
