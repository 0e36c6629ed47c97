"""The renderer that ships with the pack: a tiny diffusion model trained on drawn worlds."""

import hashlib
import logging
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np

from ...errors import AlbumError
from ...records import CastMember, Character, Environment, Style
from ...seeds import derive_seed
from ..plates import plate_job
from ..renderer import PhotoJob, StepCallback
from ..storyboard.renderer import drawn_view
from ..storyboard.scene import develop
from .settings import Sampling

if TYPE_CHECKING:
    from .sampler import BuiltinModel
    from .scoring import BuiltinScoreModel

BUILTIN_FOLDER: Final = Path(__file__).resolve().parents[3] / "models" / "builtin"
# Part of every photo's fingerprint: raised whenever the same weights and job give other pixels than before.
SAMPLING_VERSION: Final = "3"
Quality = Literal["quality", "draft"]
QUALITIES: Final = get_args(Quality)
_SAMPLING: Final = {"quality": Sampling(), "draft": Sampling(steps=6, guidance=1.0)}
SMALLEST, LARGEST = 128, 1024  # pixels of a side
SLIMMEST = 2.0  # longer by shorter side: it has seen squares only
_GRID = 16  # pixels; the denoiser's grid is halved twice
_SAME_PLACE = 0.75  # share of the noise's variance that photos of one place have in common
_PORTRAIT = 96  # pixels of the portraits that its identities were learned from

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class BuiltinRenderer:
    """Samples photos from the built-in model.

    The weights are loaded when the first photo is rendered and given back by `close`. The same job gives the same
    pixels on the same machine; another number of threads or another processor may differ in the last bit of a pixel.
    What a plan says and the loaded model does not know is left out, with one warning for each word.

    Args:
        quality: "quality" is 20 steps with guidance, "draft" 6 steps without.
        folder: of the model; the one that ships with the pack unless said otherwise.
        device: "cpu", or "cuda" where there is one.
    """

    quality: Quality = "quality"
    folder: Path = field(default_factory=lambda: BUILTIN_FOLDER)
    device: str = "cpu"
    name: str = field(default="builtin", init=False)
    _model: "BuiltinModel | None" = field(default=None, init=False)
    _portraits: dict[str, np.ndarray] = field(default_factory=dict, init=False)
    _vectors: dict[str, np.ndarray] = field(default_factory=dict, init=False)
    _encoder: Any = field(default=None, init=False)
    _said: set[str] = field(default_factory=set, init=False)  # unknown words that were warned of

    def __post_init__(self) -> None:
        if self.quality not in QUALITIES:
            raise AlbumError(f"The quality must be one of {', '.join(QUALITIES)}, but it is '{self.quality}'.")

    def describe(self) -> dict[str, str | int | float | bool | None]:
        """Version, quality, and the digest of the weights."""
        from .hashes import verify_hashes

        sampling = _SAMPLING[self.quality]
        return {
            "renderer": self.name,
            "version": SAMPLING_VERSION,
            "quality": self.quality,
            "steps": sampling.steps,
            "guidance": sampling.guidance,
            "closeup_steps": sampling.closeup_steps,
            "weights": self._model.digest if self._model else verify_hashes(self.folder),
        }

    def render_photo(self, job: PhotoJob, *, on_step: StepCallback) -> np.ndarray:
        """Sample one photo.

        Args:
            job: what to render; 128 to 1024 pixels wide and high, not slimmer than 2 to 1.
            on_step: told before the first and after every step; may raise to stop.

        Returns:
            (job.height, job.width, 3) uint8.

        Raises:
            AlbumError: the size is one that the model does not know, its files are missing or altered, its packages
                are not installed, or it gives values that are no numbers.
        """
        return self._painted(job, _SAMPLING[self.quality], on_step)

    def _painted(self, job: PhotoJob, sampling: Sampling, on_step: StepCallback) -> np.ndarray:
        width, height = working_size(job)
        on_step(0, sampling.steps + 1)  # loading takes seconds: whoever waits sees that it began
        model = self._loaded()
        import torch

        from .sampler import enlarge, refine, sample

        self._warn_of_unknown(job, model)
        noise = torch.from_numpy(job_noise(job, height // model.patch, width // model.patch, 3 * model.patch**2))
        vectors = self.identity_vectors(job)
        picture = sample(
            model, [job], [vectors], noise.to(self.device), sampling,
            lambda done, of: on_step(done, of + 1),
        )  # fmt: skip
        if model.detail_unet is not None or width < job.width or height < job.height:
            picture = refine(model, job, vectors, picture, sampling, self.anchor_portraits(job))
        while picture.shape[2] < job.height or picture.shape[3] < job.width:
            picture = enlarge(model, job, picture)
        pixels = _resized(picture[0].movedim(0, -1).float().cpu().numpy() * 0.5 + 0.5, job.width, job.height)
        on_step(sampling.steps + 1, sampling.steps + 1)
        return develop(pixels, job)

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        """The reference picture that the character's identity vector is encoded from: a drawing.

        Args:
            character: who.
            member: unused; references follow the character's attributes.
            size: side of the square in pixels.
            seed: unused; there is one reference of everybody.

        Returns:
            (size, size, 3) uint8.
        """
        return drawn_view(character, "front", size)

    def render_view(self, character: Character, member: CastMember, *, view: str, size: int, seed: int) -> np.ndarray:
        """A reference picture as `render_portrait` gives, seen otherwise: a drawing.

        Args:
            character: who.
            member: unused; references follow the character's attributes.
            view: "front", "three_quarter" or "full_length".
            size: side of the square in pixels.
            seed: unused; there is one reference of everybody.

        Returns:
            (size, size, 3) uint8.

        Raises:
            AlbumError: there is no such view.
        """
        return drawn_view(character, view, size)

    def render_plate(
        self, environment: Environment, style: Style, *, album_seed: int, width: int, height: int
    ) -> np.ndarray:
        """Sample a place without people and things, at noon on a clear summer day, always as a draft.

        The sketch shows all of it, and it is only compared with: more steps would cost a photo and change little.

        Args:
            environment: the place.
            style: of the album.
            album_seed: whose noise the plate shares with the photos of the place.
            width: 128 to 1024 pixels.
            height: 128 to 1024 pixels.

        Returns:
            (height, width, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        job = plate_job(environment, style, album_seed=album_seed, width=width, height=height)
        return self._painted(job, _SAMPLING["draft"], lambda *_: None)

    def score_model(self) -> "BuiltinScoreModel":
        """The same networks as a membership audit asks them; what it closes is this renderer."""
        from .scoring import BuiltinScoreModel

        return BuiltinScoreModel(self._loaded, self.identity_vector, self.close)

    def close(self) -> None:
        """Give the weights back."""
        self._model = self._encoder = None
        self._portraits.clear()
        self._vectors.clear()
        self._said.clear()

    def _loaded(self) -> "BuiltinModel":
        if self._model is None:
            _log.info("Loading the built-in model; the first time this takes a few seconds.")
            try:
                from .sampler import load_builtin
            except ImportError as error:
                if (error.name or "").startswith(__name__.partition(".stages.")[0]):
                    raise  # our own mistake, not a missing package
                raise AlbumError(
                    f"The built-in model needs the package '{error.name}', which cannot be imported ({error}): "
                    'pip install "synthetic-albums[standalone]", or let the storyboard draw the photos.'
                ) from error
            self._model = load_builtin(self.folder, device=self.device)
        return self._model

    def _warn_of_unknown(self, job: PhotoJob, model: "BuiltinModel") -> None:
        from .known_words import unknown_words

        news = unknown_words(job, model.conditioner.word_ids, model.tokenizer).without(self._said)
        for sentence in news.sentences(job):
            _log.warning(sentence)
        self._said.update(news.values, news.caption)

    def identity_vectors(self, job: PhotoJob) -> list[np.ndarray | None]:
        """What the networks are told of who is in a photo.

        Args:
            job: whose members' front portraits count where they come from reference pictures; and the weight of the
                references, which scales every vector.

        Returns:
            For each character (dim,) float32; None for animals, and for everybody at weight 0.
        """
        found: list[np.ndarray | None] = []
        for character, portrait in zip(job.characters, self.anchor_portraits(job), strict=True):
            vector = None if portrait is None else self._vector_of(character, portrait)
            found.append(None if vector is None else vector * np.float32(job.weight))
        return found

    def anchor_portraits(self, job: PhotoJob) -> list[np.ndarray | None]:
        """The front portraits that a photo's people follow: of their reference pictures, or else drawn.

        Returns:
            For each character (side, side, 3) uint8; None for animals, and for everybody at weight 0.
        """
        known = {member.character: member for member in job.members}
        found: list[np.ndarray | None] = []
        for character in job.characters:
            member = known.get(character.id)
            if job.weight <= 0 or character.kind != "person":
                found.append(None)
            elif member is not None and member.source == "reference" and member.portraits:
                found.append(np.ascontiguousarray(member.portraits[0]))
            else:
                found.append(self._drawn(character))
        return found

    def identity_vector(self, character: Character) -> np.ndarray | None:
        """The identity vector of the portrait that is drawn of a person; animals have none."""
        return self._vector_of(character, self._drawn(character)) if character.kind == "person" else None

    def _drawn(self, character: Character) -> np.ndarray:
        key = character.model_dump_json(exclude={"name", "role"})
        if key not in self._portraits:
            self._portraits[key] = drawn_view(character, "front", _PORTRAIT)
        return self._portraits[key]

    def _vector_of(self, character: Character, portrait: np.ndarray) -> np.ndarray:
        key = hashlib.sha256(portrait.tobytes()).hexdigest()
        if key not in self._vectors:
            self._vectors[key] = self._encoded(character, portrait)
        return self._vectors[key]

    def _encoded(self, character: Character, portrait: np.ndarray) -> np.ndarray:
        from ...encoders import load_identity_encoder, portrait_crop
        from .hashes import REMEDY

        folder = self.folder / "identity_encoder"
        if self._encoder is None:
            if not folder.is_dir():
                raise AlbumError(f"The built-in model has no 'identity_encoder' in {self.folder}: {REMEDY}.")
            self._encoder = load_identity_encoder(folder, device=self.device)
        vector = np.asarray(self._encoder.encode([portrait_crop(portrait)])[0], np.float32)
        wanted = int(self._loaded().conditioner.config["identity_dim"])
        if vector.shape != (wanted,) or not np.isfinite(vector).all():
            raise AlbumError(
                f"The identity encoder in {folder} does not fit the built-in model: it gave {vector.shape} for "
                f"'{character.name}' and not {wanted} numbers. To go on, {REMEDY}."
            )
        return vector


def working_size(job: PhotoJob) -> tuple[int, int]:
    """Width and height in pixels at which the denoiser works: about 128 squared in the shape of the photo.

    Raises:
        AlbumError: the photo is smaller, larger or slimmer than the model can do.
    """
    for side, pixels in (("width", job.width), ("height", job.height)):
        if not SMALLEST <= pixels <= LARGEST:
            raise AlbumError(
                f"Scene '{job.scene.id}' cannot be rendered with a {side} of {pixels} pixels: the built-in model knows "
                f"{SMALLEST} to {LARGEST}. Choose such a size in Album Layout, or another renderer."
            )
    if max(job.width, job.height) > SLIMMEST * min(job.width, job.height):
        raise AlbumError(
            f"Scene '{job.scene.id}' cannot be rendered at {job.width} x {job.height} pixels: the built-in model knows "
            f"shapes up to {SLIMMEST:g} to 1. Choose such a size in Album Layout, or another renderer."
        )
    shape = math.sqrt(job.width / job.height)
    return _GRID * round(128 * shape / _GRID), _GRID * round(128 / shape / _GRID)


def job_noise(job: PhotoJob, height: int, width: int, channels: int, *, shared: float = _SAME_PLACE) -> np.ndarray:
    """Standard normal noise (1, channels, height, width) float32, of which photos of one place share a part.

    Shared noise makes shared backgrounds: the place looks alike from photo to photo. A second attempt shares nothing,
    since what it must get away from may be in the shared part. `shared` is the share of the variance in common, 0..1.
    """
    own = np.random.default_rng(derive_seed(job.seed, "builtin noise"))
    noise = own.standard_normal((1, channels, height, width), np.float32)
    if job.attempt > 0 or shared == 0:
        return noise
    place = np.random.default_rng(derive_seed(job.album_seed, job.environment.id, "builtin noise"))
    common = place.standard_normal((1, channels, height, width), np.float32)
    return math.sqrt(shared) * common + math.sqrt(1 - shared) * noise


def _resized(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    from PIL import Image

    if pixels.shape[:2] == (height, width):
        return pixels
    planes = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(pixels[..., c])).resize((width, height), Image.Resampling.LANCZOS)
        )
        for c in range(3)
    ]
    return np.clip(np.dstack(planes), 0, 1)
