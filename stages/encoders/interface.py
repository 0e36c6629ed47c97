"""What every encoder is to the rest of the pack, whoever trained it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

if TYPE_CHECKING:
    from .calibration import Calibration

LooksAt = Literal["picture", "person"]
Keypoints = Sequence[tuple[float, float, float]]  # OpenPose-18 (x, y, visible), x and y as fractions of the picture


@dataclass(frozen=True)
class EncoderFacts:
    """What reports say of an encoder. Vectors can be compared only where `sha256` is the same.

    name: with version, e.g. "builtin-copy@1", "dinov2-base", "arcface-w600k_r50". sha256: of the weights, lower-case
    hex. dim: of the vectors. looks_at: whole pictures or people. license: of the weights, shown to users.
    """

    name: str
    sha256: str
    dim: int
    looks_at: LooksAt
    license: str = ""

    @property
    def label(self) -> str:
        """Short form for tables: the name and the start of the hash."""
        return f"{self.name} {self.sha256[:12]}"


class PictureEncoder(Protocol):
    """Whole pictures to vectors whose cosine says how alike they are."""

    @property
    def facts(self) -> EncoderFacts: ...

    @property
    def calibration(self) -> "Calibration | None":
        """Its thresholds; None where nobody has calibrated it, and then nothing may be called clean by it."""
        ...

    def encode(self, pictures: Sequence[np.ndarray]) -> np.ndarray:
        """Pictures (height, width, 3) uint8 of any sizes to (pictures, dim) float32 of unit length."""
        ...

    def close(self) -> None:
        """Give memory back; the next call loads again."""
        ...


@dataclass(frozen=True, eq=False)
class FoundPerson:
    """A person in a picture. box: of the head, x0 y0 x1 y1 as fractions; vector: (dim,) unit; confidence: 0..1."""

    box: tuple[float, float, float, float]
    vector: np.ndarray
    confidence: float = 1.0


class PersonEncoder(Protocol):
    """People in pictures to vectors whose cosine says whether two are the same person."""

    @property
    def facts(self) -> EncoderFacts: ...

    @property
    def calibration(self) -> "Calibration | None": ...

    @property
    def finds_people(self) -> bool:
        """Whether it has a detector; without one, only people whose skeleton is known can be encoded."""
        ...

    def find(self, picture: np.ndarray) -> list[FoundPerson]:
        """Everybody that the detector finds in a (height, width, 3) uint8 picture.

        Raises:
            AlbumError: there is no detector.
        """
        ...

    def encode_known(self, picture: np.ndarray, skeletons: Sequence[Keypoints]) -> list[FoundPerson | None]:
        """The people whose skeletons are known; None for those whose head cannot be seen or is too small."""
        ...

    def close(self) -> None: ...
