"""The encoders that ship with the pack, as handles: they load when they are used first and give memory back."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from ..errors import AlbumError
from .calibration_file import CALIBRATION_NAME, fitting_calibration, read_calibrations
from .crops import HeadWindow, head_crop, head_window, turned_crop
from .interface import EncoderFacts, FoundPerson, Keypoints, LooksAt
from .loading import file_sha256, load_copy_encoder, load_head_detector, load_identity_encoder, require_listed

if TYPE_CHECKING:
    from .calibration import Calibration

BUILTIN_MODELS: Final = Path(__file__).resolve().parents[2] / "models" / "builtin"
Condition = Literal["scene_to_scene", "scene_to_portrait"]
# Head height in pixels below which nobody is known by. Measured on held-out drawn scenes made smaller, against the same
# people at full size: equal error rates of 0.6 % at 12 to 16 pixels, 0.9 % at 7 to 8, 1.4 % at 6 to 7, 2.2 % at 4 to 5.
SMALLEST_HEAD_PX: Final = 7.0
_FACE_RADIUS: Final = 0.42  # of the head height
_FACE_INSIDE: Final = 0.55  # share of the face's disc that must lie in the picture
_WEIGHTS: Final = "diffusion_pytorch_model.safetensors"
_REMEDY: Final = "install the pack again, with its models folder"


class _Handle:
    """What both handles share. Holds no network until one is needed."""

    def __init__(self, folder: Path | None, part: str, name: str, looks_at: LooksAt, condition: str) -> None:
        self.folder = BUILTIN_MODELS if folder is None else Path(folder)
        self.part, self.name = part, name
        self.looks_at: LooksAt = looks_at
        self.condition = condition
        self._facts: EncoderFacts | None = None
        self._networks: dict[str, Any] = {}

    @property
    def facts(self) -> EncoderFacts:
        """Name, hash and licence; reads the file of weights once, and loads no network.

        Raises:
            AlbumError: the weights are missing or cannot be read.
        """
        if self._facts is None:
            self._facts = EncoderFacts(self.name, self._hashed(), self._dim(), self.looks_at, license="Apache-2.0")
        return self._facts

    @property
    def calibration(self) -> "Calibration | None":
        """Thresholds from the model folder's calibration.json; None where there is no such file.

        Raises:
            AlbumError: the file is there, but altered, unreadable, or made for other weights.
        """
        path = self.folder / CALIBRATION_NAME
        if not path.is_file():
            return None
        require_listed(path, self.folder)
        return fitting_calibration(read_calibrations(path), self.facts, self.condition, source=path)

    def close(self) -> None:
        """Give memory back; the next call loads again."""
        self._networks.clear()

    def _dim(self) -> int:
        path = self.folder / self.part / "config.json"
        try:
            return int(json.loads(path.read_text(encoding="utf-8"))["dim"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AlbumError(f"The encoder's file {path} cannot be read ({error}): {_REMEDY}.") from error

    def _hashed(self) -> str:
        path = self.folder / self.part / _WEIGHTS
        try:
            return file_sha256(path)
        except OSError as error:
            raise AlbumError(f"The encoder's weights {path} cannot be read ({error}): {_REMEDY}.") from error

    def _loaded(self, load: Any, part: str) -> Any:
        if part not in self._networks:
            network = load(self.folder / part)
            if part == self.part and self._hashed() != self.facts.sha256:
                raise AlbumError(
                    f"The weights in {self.folder / part} were changed while they were in use, so new vectors could "
                    "not be compared with the earlier ones: run the whole check again."
                )
            self._networks[part] = network
        return self._networks[part]


class BuiltinPictureEncoder(_Handle):
    """The copy encoder: whole pictures to unit vectors."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder, "copy_encoder", "builtin-copy@1", "picture", "copies")

    def encode(self, pictures: Sequence[np.ndarray]) -> np.ndarray:
        """Vectors of pictures (height, width, 3) uint8 of any sizes; a picture and its mirror image have the same.

        Returns:
            (pictures, dim) float32 of unit length.

        Raises:
            AlbumError: the weights are missing, altered or damaged, or a value is no such picture.
        """
        return self._loaded(load_copy_encoder, self.part).encode(pictures)


class BuiltinPersonEncoder(_Handle):
    """The identity encoder, with the head detector where the model folder has one.

    It knows drawn people; what it says of photographs of people means nothing.
    """

    def __init__(self, folder: Path | None = None, *, condition: Condition = "scene_to_scene") -> None:
        super().__init__(folder, "identity_encoder", "builtin-identity@1", "person", condition)

    @property
    def finds_people(self) -> bool:
        """Whether the model folder has a head detector."""
        return (self.folder / "head_detector").is_dir()

    def find(self, picture: np.ndarray) -> list[FoundPerson]:
        """Everybody whose head the detector finds, the surest first.

        Args:
            picture: (height, width, 3) uint8.

        Raises:
            AlbumError: there is no detector, a file is missing or altered, or the value is no such picture.
        """
        if not self.finds_people:
            raise AlbumError(
                f"There is no head detector in {self.folder}, so people are only known where their skeleton is: "
                f"{_REMEDY}."
            )
        heads = self._loaded(load_head_detector, "head_detector").detect(picture)
        windows = [HeadWindow(head.x, head.y, head.unit, head.tilt) for head in heads]
        kept = [number for number, window in enumerate(windows) if window.unit >= SMALLEST_HEAD_PX]
        crops = [turned_crop(picture, windows[number]) for number in kept]
        return self._people(picture, crops, [windows[n] for n in kept], [heads[n].confidence for n in kept])

    def encode_known(self, picture: np.ndarray, skeletons: Sequence[Keypoints]) -> list[FoundPerson | None]:
        """People whose skeletons are known.

        Args:
            picture: (height, width, 3) uint8.
            skeletons: OpenPose-18 (x, y, visible) each, x and y as fractions of the picture.

        Returns:
            One for each skeleton; None where the nose is said not to be seen, less than 55 % of the face lies in the
            picture, or the head is lower than `SMALLEST_HEAD_PX`.

        Raises:
            AlbumError: a skeleton is none, or a file is missing or altered.
        """
        height, width = picture.shape[:2]
        windows = [head_window(skeleton, width, height) for skeleton in skeletons]
        kept = [
            number
            for number, (skeleton, window) in enumerate(zip(skeletons, windows, strict=True))
            if window.unit >= SMALLEST_HEAD_PX and _face_shows(skeleton, window.unit, width, height)
        ]
        crops = [head_crop(picture, skeletons[number]) for number in kept]
        found = self._people(picture, crops, [windows[number] for number in kept], [1.0] * len(kept))
        by_number = dict(zip(kept, found, strict=True))
        return [by_number.get(number) for number in range(len(skeletons))]

    def _people(
        self, picture: np.ndarray, crops: list[np.ndarray], windows: list[HeadWindow], confidences: list[float]
    ) -> list[FoundPerson]:
        vectors = (
            self._loaded(load_identity_encoder, self.part).encode(crops) if crops else np.zeros((0, self.facts.dim))
        )
        height, width = picture.shape[:2]
        return [
            FoundPerson(_box(window, width, height), vector, confidence)
            for window, vector, confidence in zip(windows, vectors, confidences, strict=True)
        ]


def builtin_picture_encoder(folder: Path | None = None) -> BuiltinPictureEncoder:
    """The copy encoder that ships with the pack.

    Args:
        folder: of a model with `copy_encoder/` and calibration.json; the shipped one unless said otherwise.
    """
    return BuiltinPictureEncoder(folder)


def builtin_person_encoder(
    folder: Path | None = None, *, condition: Condition = "scene_to_scene"
) -> BuiltinPersonEncoder:
    """The encoder of drawn people that ships with the pack.

    Args:
        folder: of a model with `identity_encoder/`, `head_detector/` and calibration.json; the shipped one unless said
            otherwise.
        condition: which calibration to answer with: "scene_to_scene" for a gallery of scenes, "scene_to_portrait" for
            one of portraits.
    """
    return BuiltinPersonEncoder(folder, condition=condition)


def _face_shows(skeleton: Keypoints, unit: float, width: int, height: int) -> bool:
    x, y, seen = skeleton[0]
    if seen <= 0:
        return False
    at = np.linspace(-1, 1, 21) * _FACE_RADIUS * unit
    xs, ys = np.meshgrid(x * width + at, y * height + at)
    disc = np.hypot(xs - x * width, ys - y * height) <= _FACE_RADIUS * unit
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    return float((disc & inside).sum() / disc.sum()) >= _FACE_INSIDE


def _box(window: HeadWindow, width: int, height: int) -> tuple[float, float, float, float]:
    """The upright square of one head height around a head, cut at the picture's border."""
    half = window.unit / 2
    x0, x1 = ((window.x + side) / width for side in (-half, half))
    y0, y1 = ((window.y + side) / height for side in (-half, half))
    return tuple(min(1.0, max(0.0, value)) for value in (x0, y0, x1, y1))  # type: ignore[return-value]
