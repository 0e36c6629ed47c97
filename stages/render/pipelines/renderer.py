"""The renderer over checkpoints: SD 1.5 and SDXL, from a diffusers folder or a single file."""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ...errors import AlbumError
from ...records import CastMember, Character, Environment, Style
from ...safe_files import FileStates, file_states
from ...seeds import derive_seed
from ..renderer import PhotoJob, StepCallback
from .checkpoint import Checkpoint, inspect_checkpoint
from .masks import fitted
from .memory import free_device, unless_out_of_memory
from .prompts import CountTokens, Fitted, person_prompt, photo_prompt, place_prompt, portrait_prompt
from .settings import RenderSettings
from .weights import digest_of, file_digest

if TYPE_CHECKING:
    from .anchors import AnchorStudio
    from .model import LoadedModel
    from .sampling import PhotoTexts
    from .scoring import CheckpointScoreModel

# Part of every photo's fingerprint: raised whenever the same weights, settings and job give other pixels than before.
SAMPLING_VERSION: Final = "2"
SMALLEST, LARGEST = 64, 4096  # pixels of a side
_CELL: Final = 8  # pixels of one cell of the latent
_LARGEST_REFERENCE: Final = 1536  # pixels of a side at which portraits and plates are sampled

ControlPictures = Callable[[PhotoJob], Mapping[str, np.ndarray]]

_log = logging.getLogger(__name__)


def no_pictures(job: PhotoJob) -> Mapping[str, np.ndarray]:
    """No control pictures, for renderers without ControlNets."""
    return {}


@dataclass(eq=False)
class DiffusersRenderer:
    """Makes photos with a checkpoint.

    The weights are loaded for the first picture and given back by `close`. The same job gives the same pixels on the
    same machine: noise is drawn on the processor, and features of anchors are the same whether they were kept or
    computed again.

    Args:
        settings: checkpoint and everything that is chosen about it.
        control_pictures: gives the picture of each kind of ControlNet for a job, (height, width, 3) uint8.
    """

    settings: RenderSettings
    control_pictures: ControlPictures = no_pictures
    name: str = field(default="diffusers", init=False)
    _checkpoint: Checkpoint | None = field(default=None, init=False)
    _model: "LoadedModel | None" = field(default=None, init=False)
    _studio: "AnchorStudio | None" = field(default=None, init=False)
    _loaded_files: FileStates | None = field(default=None, init=False)  # as they were when the model was loaded
    _said: set[str] = field(default_factory=set, init=False)  # parts of prompts that were named as left out

    def describe(self) -> dict[str, str | int | float | bool | None]:
        """Version, hashes of all weights, and every setting that changes pixels.

        Raises:
            AlbumError: a file is missing, not whole, a pickle or of another family.
        """
        chosen, anchors = self.settings, self.settings.anchors
        checkpoint = self._inspected()
        facts: dict[str, str | int | float | bool | None] = {
            "renderer": self.name,
            "version": SAMPLING_VERSION,
            "family": checkpoint.family,
            "weights": checkpoint.digest(),
            "scheduler": chosen.scheduler,
            "steps": chosen.steps,
            "guidance": chosen.guidance,
            "negative": chosen.negative,
            "dtype": chosen.dtype,
            "loras": ",".join(f"{file_digest(lora.path)}:{lora.weight:g}" for lora in chosen.loras),
            "anchors": anchors.strength,
            "region_strength": chosen.region_strength,
            "softness": chosen.softness,
            "shared_noise": chosen.shared_noise,
        }
        if anchors.strength > 0:
            facts |= {
                "anchor_blocks": anchors.blocks,
                "anchors_until": anchors.until,
                "anchor_scale": anchors.scale,
                "isolate": anchors.isolate,
            }
        for control in chosen.controls:
            files = _files_of(control.path)
            facts[f"control_{control.kind}"] = f"{digest_of(files)}:{control.weight:g}"
        if chosen.adapter is not None:
            files = [chosen.adapter.path, *_files_of(chosen.adapter.encoder)]
            facts["adapter"] = f"{digest_of(files)}:{chosen.adapter.scale:g}"
        return facts

    def render_photo(self, job: PhotoJob, *, on_step: StepCallback) -> np.ndarray:
        """Sample one photo.

        Where memory runs out, everything that can be given up is, and the photo is tried once more.

        Args:
            job: what to render; width and height are multiples of 8 from 64 to 4096.
            on_step: told before the first and after every step; may raise to stop.

        Returns:
            (job.height, job.width, 3) uint8.

        Raises:
            AlbumError: the size does not fit, a file or package is missing, memory does not suffice, or the checkpoint
                gives values that are not numbers.
        """
        require_size(job)

        def sample() -> np.ndarray:
            from .sampling import sample_photo

            model, studio = self._loaded()
            texts = self._texts(job, model.count_tokens)
            pictures = self.control_pictures(job) if model.controls else {}
            return sample_photo(model, self.settings, studio, job, texts, pictures, on_step)

        on_step(0, self.settings.steps + 1)  # loading takes long: whoever waits sees that it began
        return self._with_relief(sample, f"the photo of scene '{job.scene.id}' at {job.width} x {job.height} pixels")

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        """Sample a generation-0 anchor of one character from the front, on plain ground.

        It is sampled at the size that the checkpoint was trained at and then reduced, since checkpoints make small
        pictures badly.

        Args:
            character: who.
            member: for the locked looks.
            size: side of the square in pixels.
            seed: of the noise.

        Returns:
            (size, size, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        return self._portrait(character, member, "front", size, seed)

    def render_view(self, character: Character, member: CastMember, *, view: str, size: int, seed: int) -> np.ndarray:
        """Sample another view of a character, which looks at the front portrait as photos do.

        Args:
            character: who.
            member: for the locked looks and the front portrait.
            view: "three_quarter" or "full_length".
            size: side of the square in pixels.
            seed: of the noise.

        Returns:
            (size, size, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        return self._portrait(character, member, view, size, seed)

    def render_plate(self, place: Environment, style: Style, *, album_seed: int, width: int, height: int) -> np.ndarray:
        """Sample a place without people, the anchor of its photos' background.

        Args:
            place: which.
            style: of the album.
            album_seed: the noise is drawn from it and the place.
            width: of the picture, pixels.
            height: of the picture, pixels.

        Returns:
            (height, width, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        what = f"the plate of '{place.id}'"

        def sample() -> np.ndarray:
            from .sampling import sample_reference

            model, studio = self._loaded()
            text = self._kept(place_prompt(style, place, model.count_tokens), what)
            size = self._sampled_size(width, height)
            seed = derive_seed(album_seed, "plate", place.id)
            return sample_reference(model, self.settings, studio, text, size=size, seed=seed, what=what)

        return fitted(self._with_relief(sample, what), width, height)

    def _portrait(self, character: Character, member: CastMember, view: str, size: int, seed: int) -> np.ndarray:
        what = f"the portrait of {character.name}"

        def sample() -> np.ndarray:
            from .anchors import Anchor
            from .sampling import sample_reference

            model, studio = self._loaded()
            text = self._kept(portrait_prompt(character, member, model.count_tokens, view=view), what)
            anchor = None
            if view != "front" and member.portraits:
                looks = portrait_prompt(character, member, model.count_tokens).text
                anchor = Anchor(member.portraits[0], whole=False, text=looks)
            side = self._sampled_size(size, size)
            return sample_reference(model, self.settings, studio, text, size=side, seed=seed, what=what, anchor=anchor)

        return fitted(self._with_relief(sample, what), size, size)

    def _sampled_size(self, width: int, height: int) -> tuple[int, int]:
        """Sides at which a reference picture is sampled: its shape, about the area that the checkpoint knows."""
        model, _ = self._loaded()
        native = int(model.pipe.unet.config.sample_size or _CELL) * model.latent_scale
        factor = max(1.0, native / math.sqrt(width * height))
        across, down = (min(_LARGEST_REFERENCE, -(-round(side * factor) // 64) * 64) for side in (width, height))
        return across, down

    def score_model(self) -> "CheckpointScoreModel":
        """The same checkpoint as a membership audit asks it; what it closes is this renderer.

        Raises:
            AlbumError: as `describe`.
        """
        from .scoring import CheckpointScoreModel

        return CheckpointScoreModel(
            self.settings.checkpoint, self._loaded_weights, self.describe, self._relieve, self.close
        )

    def close(self) -> None:
        """Give the weights and the features of anchors back."""
        if self._studio is not None:
            self._studio.clear()
        loaded = self._model is not None
        self._model = self._studio = self._checkpoint = self._loaded_files = None
        self._said.clear()
        if loaded:
            free_device()

    def _inspected(self) -> Checkpoint:
        if self._checkpoint is None:
            self._checkpoint = inspect_checkpoint(self.settings.checkpoint)
        return self._checkpoint

    def _loaded(self) -> "tuple[LoadedModel, AnchorStudio]":
        if self._model is None or self._studio is None:
            checkpoint = self._inspected()
            _log.info("Loading the checkpoint %s; this takes a while.", checkpoint.path.name)
            try:
                from .anchors import AnchorStudio, FeatureCache
                from .loading import load_model
            except ImportError as error:
                if (error.name or "").startswith(__name__.partition(".stages.")[0]):
                    raise  # our own mistake, not a missing package
                raise AlbumError(
                    f"Rendering with a checkpoint needs the package '{error.name}', which cannot be imported "
                    f"({error}): "
                    'pip install "synthetic-albums[standalone,checkpoints]", or use another renderer.'
                ) from error
            self._loaded_files = self._weight_files()
            self._model = load_model(self.settings, checkpoint)
            bound = self.settings.anchors.cache_mib
            self._studio = AnchorStudio(self._model, FeatureCache(self._model.device, bound, bound))
        return self._model, self._studio

    def _weight_files(self) -> FileStates:
        return file_states([*self._inspected().files(), *(lora.path for lora in self.settings.loras)])

    def _loaded_weights(self) -> "tuple[LoadedModel, str]":
        """The model and the hash of its weights; loaded anew where its files were changed since.

        Raises:
            AlbumError: as `describe`, or they are being changed right now.
        """
        from .scoring import weights_of

        if self._model is not None and self._loaded_files not in (None, self._weight_files()):
            self.close()
        model, _ = self._loaded()
        weights = weights_of(self.describe())
        if self._loaded_files not in (None, self._weight_files()):
            self.close()
            raise AlbumError(
                f"The checkpoint {self.settings.checkpoint}, or one of its LoRAs, was changed while it was loaded: "
                "wait until it is whole, then try again."
            )
        return model, weights

    def _texts(self, job: PhotoJob, count: CountTokens) -> "PhotoTexts":
        from .sampling import PhotoTexts

        where = f"scene '{job.scene.id}'"
        cast = list(zip(job.characters, job.members, strict=True))
        return PhotoTexts(
            # Without texts of their own, the one for all has to say what everybody looks like.
            photo=self._kept(photo_prompt(job, count, looks=self.settings.region_strength == 0), where),
            people=tuple(self._kept(person_prompt(job, index, count), where) for index in range(len(cast))),
            looks=tuple(portrait_prompt(character, member, count).text for character, member in cast),
            place=place_prompt(job.style, job.environment, count).text,
        )

    def _kept(self, fitted: Fitted, where: str) -> str:
        news = [part for part in fitted.dropped if part not in self._said]
        if news:
            _log.info("CLIP reads 75 tokens; left out of the prompt of %s: %s", where, "; ".join(news))
            self._said.update(news)
        return fitted.text

    def _with_relief(self, sample: Callable[[], np.ndarray], what: str) -> np.ndarray:
        """Run, and where memory ran out, once more with what could be freed."""
        if (pixels := unless_out_of_memory(sample)) is not None:
            return pixels
        _log.warning("Memory ran out for %s: trying once more with less.", what)
        self._relieve()
        if (pixels := unless_out_of_memory(sample)) is not None:
            return pixels
        self.close()
        raise AlbumError(
            f"There is not enough memory for {what}, also after freeing what could be freed: choose a smaller size, "
            "dtype float16, fewer ControlNets, or turn offload on."
        )

    def _relieve(self) -> None:
        """Give up kept features; keep the model's parts on the processor where there is a device beside it."""
        if self._studio is not None:
            self._studio.clear()
        free_device()
        if self._model is None or self._model.device.type == "cpu":
            return
        from .loading import offload

        try:
            offload(self._model)
        except AlbumError as error:  # without accelerate the second try has the freed features only
            _log.warning("%s", error)


def require_size(job: PhotoJob) -> None:
    """Check that a photo's size fits the latent's grid.

    Raises:
        AlbumError: a side is out of range or not a multiple of 8; the nearest size that fits is said.
    """
    sides = (job.width, job.height)
    if all(SMALLEST <= side <= LARGEST and side % _CELL == 0 for side in sides):
        return
    near = [min(LARGEST, max(SMALLEST, _CELL * round(side / _CELL))) for side in sides]
    raise AlbumError(
        f"Scene '{job.scene.id}' cannot be rendered at {job.width} x {job.height} pixels: width and height must be "
        f"multiples of {_CELL} from {SMALLEST} to {LARGEST}. The nearest is {near[0]} x {near[1]}; set it "
        "in Album Layout."
    )


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.iterdir() if one.suffix in (".json", ".safetensors"))
