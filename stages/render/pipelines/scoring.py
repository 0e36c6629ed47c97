"""A checkpoint as a `ScoreModel`: what its denoiser sees under noise, asked for one step and not for a picture.

Asked is the denoiser with the photo's text, as it was trained, with LoRAs where there are some. Anchors, regions and
guidance act only while a picture is sampled; ControlNets and IP-Adapters are models of their own. They are left out.
"""

import hashlib
import math
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from ...errors import AlbumError
from ...records import Album, PhotoRecord, SceneLayout
from ...score_model import Predicts, ScoreModelFacts, require_same_weights
from ..renderer import photo_job
from .checkpoint import FAMILY_NAMES
from .masks import fitted
from .memory import free_device, unless_out_of_memory
from .prompts import photo_prompt

if TYPE_CHECKING:
    from .model import LoadedModel

_PREDICTS: Final[dict[str, Predicts]] = {"epsilon": "noise", "v_prediction": "v", "sample": "clean"}
_GRID: Final = 64  # pixels; sides are multiples of it, so that every level of the denoiser halves evenly
_SLIMMEST: Final = 2.0  # longer by shorter side; slimmer pictures are cut, as trainings cut them
_TOO_SLIM: Final = 4.0  # of these more than half would be cut away
_NATIVE: Final = 64  # cells of a side, where the denoiser does not say at which size it was trained
_MOST_AT_ONCE: Final = 16  # pictures; halved where memory runs out

Result = TypeVar("Result")
Described = Mapping[str, Any]  # of `Renderer.describe`


@dataclass(frozen=True)
class Told:
    """What the denoiser is told of a photo. text: its prompt. photo: which it is, for messages."""

    text: str
    photo: str


class CheckpointScoreModel:
    """Asks the denoiser of a checkpoint about pictures.

    Pictures are seen as a training sees them: brought to the area that the denoiser was trained at, cut at the middle
    to sides that are multiples of 64, and encoded to latents, of which the mean is taken. Times are brought to the
    nearest training timestep: 0 is the first, where little noise is left (0.09 % of the variance with the usual
    schedule), and 1 the last.

    Args:
        checkpoint: its path, for messages.
        load: gives the networks, and of which weights they are, as `weights_of`; called at the first question, and
            again after `close`.
        describe: what `DiffusersRenderer.describe` says now; raises where a file is missing or broken.
        relieve: gives up memory that can be given up.
        close: gives the networks back.
    """

    def __init__(
        self,
        checkpoint: Path,
        load: "Callable[[], tuple[LoadedModel, str]]",
        describe: Callable[[], Described],
        relieve: Callable[[], None],
        close: Callable[[], None],
    ) -> None:
        self._path = checkpoint
        self._load, self._describe, self._relieve, self._close = load, describe, relieve, close
        self._weights: str | None = None  # of the model that was asked or checked first; no other may answer after it
        self._seen: Callable[[], LoadedModel | None] = lambda: None
        self._facts: ScoreModelFacts | None = None
        self._shares: np.ndarray | None = None
        self._told: tuple[Any, dict[str, Any]] | None = None
        self._at_once = _MOST_AT_ONCE

    @property
    def facts(self) -> ScoreModelFacts:
        """Variance preserving; what is predicted is what the checkpoint's schedule says. sha256: with all LoRAs.

        Raises:
            AlbumError: the checkpoint cannot be loaded, was changed, or has another kind of noise schedule.
        """
        if self._facts is None:
            model = self._model()
            loras = str(self._describe()["loras"])
            name = f"diffusers, {FAMILY_NAMES[model.family]}" + (f", LoRAs: {loras.count(',') + 1}" if loras else "")
            self._facts = ScoreModelFacts(name, self._weights or "", "variance_preserving", _predicts(model))
        return self._facts

    def require_maker(self, album: Album) -> None:
        """Refuse an album that this checkpoint made before it or its LoRAs were changed.

        Raises:
            AlbumError: it is; or a file of the checkpoint is missing or broken.
        """
        described = self._describe()
        require_same_weights(album, described)
        self._weights = self._weights or weights_of(described)

    def condition(self, album: Album, photo: PhotoRecord) -> Told:
        """The prompt that the renderer makes of one photo of an album.

        Raises:
            AlbumError: the plan lacks the photo's scene; or as `facts`.
        """
        scene = album.plan.scene(photo.scene)
        layout = album.layout.scene(scene.id) if album.layout is not None else _blank_layout(scene.id)
        job = photo_job(
            album.plan, scene, layout, (), width=layout.width, height=layout.height, seed=photo.seed, attempt=0
        )
        text = photo_prompt(job, self._model().count_tokens).text
        return Told(text, f"the photo of scene '{scene.id}' of the album '{album.plan.title}'")

    def prepare(self, picture: np.ndarray, condition: Told | None) -> np.ndarray:
        """The latent of a picture, (4, h / 8, w / 8) float32, scaled as the denoiser was trained.

        Raises:
            AlbumError: the picture is too small or too slim, memory does not suffice, or the autoencoder gives values
                that are not numbers; or as `facts`.
        """
        height, width = picture.shape[:2]
        what = _named(condition, width, height)
        model = self._model()
        cell = model.latent_scale
        if min(width, height) < cell or max(width, height) > _TOO_SLIM * min(width, height):
            raise AlbumError(
                f"A checkpoint cannot be asked about {what}, which is {width} x {height} pixels: it takes pictures of "
                f"{cell} pixels a side or more, up to {_TOO_SLIM:g} times as long as wide. Cut the picture, or take "
                "it out."
            )
        pixels = fitted(picture, *_seen_size(width, height, _native_side(model)))
        latent = self._with_relief(lambda: self._model().encode_picture(pixels).float().cpu().numpy()[0], what)
        if not np.isfinite(latent).all():
            raise AlbumError(
                f"The checkpoint's autoencoder gave values that are not numbers for {what}: choose dtype float32. If "
                "that does not help, the checkpoint is damaged: download it again."
            )
        return latent

    def signal_and_noise(self, time: float) -> tuple[float, float]:
        """The square roots of the signal's and of the noise's share of the variance, at the nearest timestep.

        Source:
            Ho et al., DDPM, NeurIPS 2020 (arXiv:2006.11239), equation 4.
        """
        share = float(self._schedule()[self._timestep(time)])
        return math.sqrt(share), math.sqrt(1 - share)

    def predict(self, noisy: np.ndarray, time: float, conditions: Sequence[Told | None]) -> np.ndarray:
        """What the denoiser itself gives, without guidance.

        Where memory runs out, fewer pictures are asked about at once.

        Args:
            noisy: (pictures, 4, h, w) float32.
            time: 0..1.
            conditions: of `condition`; None is asked with the empty prompt.

        Raises:
            AlbumError: memory does not suffice for a single picture, or the denoiser gives values that are not numbers;
                the message names the photo. Or as `facts`.
        """
        found: list[np.ndarray] = []
        while (start := sum(map(len, found))) < len(noisy):
            count = min(self._at_once, len(noisy) - start)
            ask = partial(self._asked, noisy, time, conditions, slice(start, start + count))
            what = _named(conditions[start], *self._pixels(noisy))
            part = unless_out_of_memory(ask) if count > 1 else self._with_relief(ask, what)
            if part is None:
                self._at_once = count // 2
                free_device()
                continue
            self._require_numbers(part, time, conditions[start : start + count], noisy)
            found.append(part)
        return np.concatenate(found)

    def close(self) -> None:
        """Give the networks and whatever was kept of the last question back."""
        self._told = None
        self._seen = lambda: None
        self._at_once = _MOST_AT_ONCE
        self._close()

    def _asked(self, noisy: np.ndarray, time: float, conditions: Sequence[Told | None], which: slice) -> np.ndarray:
        """The predictions for some pictures of a batch."""
        import torch

        from .model import muted_adapter

        model = self._model()
        with torch.inference_mode():
            arguments = self._arguments(model, conditions, *self._pixels(noisy))
            latents = torch.from_numpy(np.ascontiguousarray(noisy[which])).to(model.device, model.dtype)
            step = torch.tensor(self._timestep(time), device=model.device)
            with muted_adapter(model.pipe.unet):
                found = model.pipe.unet(latents, step, return_dict=False, **_sliced(arguments, which))
            return found[0].float().cpu().numpy()

    def _require_numbers(
        self, part: np.ndarray, time: float, conditions: Sequence[Told | None], noisy: np.ndarray
    ) -> None:
        wrong = ~np.isfinite(part).reshape(len(part), -1).all(axis=1)
        if wrong.any():
            what = _named(conditions[int(wrong.argmax())], *self._pixels(noisy))
            raise AlbumError(
                f"The checkpoint gave values that are not numbers for {what} at time {time:g}: choose dtype float32. "
                "If that does not help, the checkpoint is damaged: download it again."
            )

    def _arguments(
        self, model: "LoadedModel", conditions: Sequence[Told | None], width: int, height: int
    ) -> dict[str, Any]:
        """What the denoiser is told of a batch. Kept for one batch: attacks ask about the same one many times."""
        texts = [None if one is None else one.text for one in conditions]
        key = (texts, width, height)
        if self._told is None or self._told[0] != key:
            told = {text: model.encode_text(text, width, height) for text in dict.fromkeys(texts)}
            self._told = key, _joined([told[text] for text in texts])
        return self._told[1]

    def _model(self) -> "LoadedModel":
        """The loaded checkpoint.

        Raises:
            AlbumError: it cannot be loaded, or is not the one that was asked before.
        """
        if (known := self._seen()) is not None:
            return known
        loaded = unless_out_of_memory(self._load)
        if loaded is None:
            self._close()
            raise AlbumError(
                f"There is not enough memory to load the checkpoint {self._path}: choose dtype float16, or turn "
                "offload on."
            )
        model, weights = loaded
        if self._weights not in (None, weights):
            self._close()
            raise AlbumError(
                f"The checkpoint {self._path}, or one of its LoRAs, was changed while the audit ran, which would "
                "speak of two models: leave the files as they are, then audit again."
            )
        self._weights, self._seen = weights, weakref.ref(model)
        return model

    def _schedule(self) -> np.ndarray:
        """The signal's share of the variance at each training timestep, float64, above 0 and below 1."""
        if self._shares is None:
            model = self._model()
            _predicts(model)  # refuses schedules without such a table
            self._shares = np.array([model.alpha_bar(step) for step in range(len(model.pipe.scheduler.alphas_cumprod))])
        return self._shares

    def _timestep(self, time: float) -> int:
        return round(min(max(time, 0.0), 1.0) * (len(self._schedule()) - 1))

    def _pixels(self, noisy: np.ndarray) -> tuple[int, int]:
        """Width and height of the pictures whose latents these are."""
        scale = self._model().latent_scale
        return noisy.shape[3] * scale, noisy.shape[2] * scale

    def _with_relief(self, compute: Callable[[], Result], what: str) -> Result:
        """Compute, and where memory runs out, once more with what could be freed."""
        if (found := unless_out_of_memory(compute)) is not None:
            return found
        self._relieve()
        if (found := unless_out_of_memory(compute)) is not None:
            return found
        self.close()
        raise AlbumError(
            f"There is not enough memory to ask the checkpoint about {what}, also after freeing what could be freed: "
            "choose dtype float16, turn offload on, or take ControlNets and the IP-Adapter out, which are not asked."
        )


def weights_of(described: Described) -> str:
    """The sha256 of all weights that a description names: the checkpoint's own, and that of it with its LoRAs."""
    weights, loras = str(described["weights"]), str(described["loras"])
    return hashlib.sha256(f"{weights}\0{loras}".encode()).hexdigest() if loras else weights


def _predicts(model: "LoadedModel") -> Predicts:
    """What the denoiser predicts.

    Raises:
        AlbumError: its noise schedule has no table of shares, or it predicts something else.
    """
    scheduler = model.pipe.scheduler
    kind = str(scheduler.config.get("prediction_type", "epsilon"))
    if kind not in _PREDICTS or getattr(scheduler, "alphas_cumprod", None) is None:
        raise AlbumError(
            f"The checkpoint's noise schedule ({type(scheduler).__name__}, prediction '{kind}') is not that of SD 1.5 "
            "or SDXL, so its model cannot be asked: connect no renderer and a picture encoder, or another checkpoint."
        )
    return _PREDICTS[kind]


def _seen_size(width: int, height: int, native: int) -> tuple[int, int]:
    """Width and height at which a picture is seen: about its shape, about native x native pixels."""
    shape = math.sqrt(min(_SLIMMEST, max(1 / _SLIMMEST, width / height)))
    across, down = (max(_GRID, _GRID * round(native * part / _GRID)) for part in (shape, 1 / shape))
    return across, down


def _native_side(model: "LoadedModel") -> int:
    """Side in pixels of the square that has the area of the pictures that the denoiser was trained with."""
    cells = model.pipe.unet.config.sample_size or _NATIVE
    return round(math.sqrt(math.prod((cells, cells) if isinstance(cells, int) else cells)) * model.latent_scale)


def _named(condition: Told | None, width: int, height: int) -> str:
    return condition.photo if condition is not None else f"a picture of {width} x {height} pixels"


def _blank_layout(scene: str) -> SceneLayout:
    """For albums without layout: prompts do not look at it."""
    return SceneLayout(scene=scene, width=_GRID, height=_GRID, horizon=0.5, ground=0.5, light=(0.0, -1.0))


def _joined(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Arguments for single pictures as arguments for all of them: their tensors one after another."""
    import torch

    def join(values: Sequence[Any]) -> Any:
        if isinstance(values[0], dict):
            return {name: join([value[name] for value in values]) for name in values[0]}
        if isinstance(values[0], list):
            return [join(entries) for entries in zip(*values, strict=True)]
        return torch.cat(list(values))

    return join(parts)


def _sliced(arguments: Any, which: slice) -> Any:
    """The arguments for some of the pictures."""
    if isinstance(arguments, dict):
        return {name: _sliced(value, which) for name, value in arguments.items()}
    if isinstance(arguments, list):
        return [_sliced(value, which) for value in arguments]
    return arguments[which]
