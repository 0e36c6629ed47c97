"""The built-in model as a `ScoreModel`: what it sees under noise, asked for one step and not for a picture."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...errors import AlbumError
from ...records import Album, Character, PhotoRecord
from ...score_model import ScoreModelFacts, require_same_weights
from ..renderer import PhotoJob, photo_job
from .conditions import MAX_LOOKS, MAX_WORDS, RegionRows, job_sketch, region_rows, stack_conditions
from .known_words import told_caption
from .raster import PARTS, BlueprintRaster, blueprint_raster
from .words import scene_caption

if TYPE_CHECKING:
    from .sampler import BuiltinModel

_SIDE: Final = 128  # pixels; the denoiser works at about this squared
_GRID: Final = 16
_SLIMMEST: Final = 2.0  # longer by shorter side; slimmer pictures are squeezed
_NO_HORIZON, _NO_LIGHT = 0.5, (0.0, -1.0)  # of a picture of which nothing is known
_FEWEST_STEPS: Final = 1e-3  # the smallest time that the networks were trained at, about

Vector = Callable[[Character], np.ndarray | None]
_Told = tuple[Any, Any, Any, Any]  # maps, tokens, labels, which tokens are there


class BuiltinScoreModel:
    """Asks the networks of a built-in model, or of any folder in its layout.

    Args:
        load: gives the networks; called when the first picture is scored, and again after `close`.
        vector: the identity vector of a character, None for animals.
        close: gives the networks back.
        name: in reports.
    """

    def __init__(
        self, load: "Callable[[], BuiltinModel]", vector: Vector, close: Callable[[], None], *, name: str = "builtin"
    ) -> None:
        self._load, self._vector, self._close, self._name = load, vector, close, name
        self._last: tuple[tuple[Any, ...], tuple[int, ...], _Told] | None = None
        self._facts: ScoreModelFacts | None = None

    @property
    def facts(self) -> ScoreModelFacts:
        """Flow matching; the networks name the clean picture. sha256: over all files of the model's folder."""
        if self._facts is None:
            self._facts = ScoreModelFacts(self._name, self._load().digest, "flow", "clean")
        return self._facts

    def require_maker(self, album: Album) -> None:
        """Refuse an album that was painted with other weights of the built-in model.

        Raises:
            AlbumError: it was.
        """
        require_same_weights(album, {"renderer": self.facts.name, "weights": self.facts.sha256})

    def condition(self, album: Album, photo: PhotoRecord) -> PhotoJob:
        """The photo job of one photo of an album: what the renderer would be told, but for its seed.

        Raises:
            AlbumError: the album has no layout, or none of this scene.
        """
        if album.layout is None:
            raise AlbumError(
                f"The album '{album.plan.title}' has no layout, so the model cannot be told what its photos show: "
                "make it with this pack, or give its photos as plain pictures."
            )
        scene = next(one for one in album.plan.scenes if one.id == photo.scene)
        layout = album.layout.scene(scene.id)
        return photo_job(
            album.plan, scene, layout, (), width=layout.width, height=layout.height, seed=photo.seed, attempt=0
        )

    def prepare(self, picture: np.ndarray, condition: Any) -> np.ndarray:
        """Cells of the denoiser's grid, (3 patch^2, h / patch, w / patch) float32, -1..1.

        Reduced as the training reduces: to about 128 x 128 pixels in the picture's shape, by area.
        """
        import torch
        from torch.nn import functional

        del condition
        height, width = picture.shape[:2]
        shape = math.sqrt(min(_SLIMMEST, max(1 / _SLIMMEST, width / height)))
        size = _GRID * round(_SIDE / shape / _GRID), _GRID * round(_SIDE * shape / _GRID)
        pixels = torch.from_numpy(np.array(picture)).movedim(-1, 0)[None]
        small = functional.interpolate(pixels, size, mode="bilinear", antialias=True)
        return functional.pixel_unshuffle(small.float() / 127.5 - 1, self._load().patch)[0].numpy()

    def signal_and_noise(self, time: float) -> tuple[float, float]:
        """x_t = (1 - t) x_0 + t e."""
        return 1.0 - time, time

    def predict(self, noisy: np.ndarray, time: float, conditions: Sequence[PhotoJob | None]) -> np.ndarray:
        """The clean pictures that the networks see, without guidance and unclamped.

        Args:
            noisy: (pictures, 3 patch^2, h, w) float32.
            time: 0..1.
            conditions: of `condition`; None is asked with no words, no people and an empty blueprint.
        """
        import torch

        model = self._load()
        device = model.unet.device
        with torch.inference_mode():
            maps, tokens, labels, attend = self._told(model, tuple(conditions), noisy.shape[2:])
            latent = torch.cat([torch.from_numpy(noisy).to(device), maps], dim=1)
            return (
                model.unet(
                    latent, max(time, _FEWEST_STEPS) * 1000, tokens, class_labels=labels, encoder_attention_mask=attend
                )
                .sample.float()
                .cpu()
                .numpy()
            )

    def close(self) -> None:
        """Give the networks back."""
        self._last = None
        self._close()

    def _told(self, model: "BuiltinModel", conditions: tuple[PhotoJob | None, ...], cells: tuple[int, ...]) -> _Told:
        """What the denoiser is told. Kept for one batch, since attacks ask about the same one many times."""
        if self._last is not None and _same(self._last[0], conditions) and self._last[1] == cells:
            return self._last[2]
        import torch

        from .networks import Conditions
        from .sampler import caption_tokens, encode_conditions

        height, width = (side * model.patch for side in cells)
        sketched = bool(model.conditioner.config["sketch"])
        arrays = stack_conditions(
            [_rows(job, model) for job in conditions],
            [_raster(job, width, height) for job in conditions],
            [[self._vector(character) for character in job.characters] if job else [] for job in conditions],
            horizons=[job.layout.horizon if job else _NO_HORIZON for job in conditions],
            lights=[job.layout.light if job else _NO_LIGHT for job in conditions],
            identity_dim=int(model.conditioner.config["identity_dim"]),
            sketches=[job_sketch(job, width, height) if job and sketched else None for job in conditions],
        )
        device = model.unet.device
        given = Conditions(**{name: torch.from_numpy(array).to(device) for name, array in arrays.items()})
        captions = [told_caption(scene_caption(job), job, model.tokenizer) if job else "" for job in conditions]
        text, mask = caption_tokens(model, captions, device)
        told = *encode_conditions(model, given, text, mask), torch.cat([mask.float(), given.present], dim=1)
        self._last = conditions, cells, told
        return told


def _same(first: tuple[Any, ...], second: tuple[Any, ...]) -> bool:
    return len(first) == len(second) and all(a is b for a, b in zip(first, second, strict=True))


def _rows(job: PhotoJob | None, model: "BuiltinModel") -> RegionRows:
    if job is not None:
        return region_rows(job, model.conditioner.word_ids)
    blank = np.zeros((1, len(PARTS), 4), np.float32)
    return RegionRows(
        words=np.zeros((1, MAX_WORDS), np.int64),
        looks=np.zeros((1, MAX_LOOKS), np.int64),
        boxes=np.array([(0.0, 0.0, 1.0, 1.0)], np.float32),
        cast=np.full(1, -1, np.int64),
        colours=blank,
        clothes=blank,
    )


def _raster(job: PhotoJob | None, width: int, height: int) -> BlueprintRaster:
    if job is not None:
        return blueprint_raster(job.layout, width=width, height=height)
    return BlueprintRaster(*(np.zeros((height, width), np.uint8) for _ in range(4)))
