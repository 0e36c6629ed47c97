"""The gallery: what must not come back, kept as signatures, vectors and salted digests, never as pictures or names."""

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from ..encoders.interface import EncoderFacts, PersonEncoder, PictureEncoder
from ..errors import AlbumError
from . import signature as s

if TYPE_CHECKING:
    from .search import Neighbours

FORMAT: Final = "synthetic_albums.gallery"
VERSION: Final = 2
SIGNATURE: Final = f"dct{s.BITS}-grid{s.GRID}-windows{len(s.WINDOWS)}"  # galleries of another one cannot be compared
DIGEST_CHARS: Final = 16
MARK_BYTES: Final = 16


@dataclass(frozen=True, eq=False)
class Gallery:
    """What is known of the reference pictures.

    A gallery of an embedding file made elsewhere has vectors or people alone: `digests` and `signatures` are then
    empty, and near-copies cannot be looked for in it. Any array may be a memory map of a file.

    signatures: (pictures, windows, s.BYTES) uint8. digests: (pictures, 32) uint8, salted SHA-256 of the pixels, sorted,
    so that neither names nor the order of files remain. salt: derived from the whole content, so that the same folder
    gives the same report and reports on different galleries cannot be joined on a shared picture; a gallery that is
    brought up to date keeps its salt, so that a reference keeps its label. skipped: one line for each picture file that
    could not be used, without its name. ignored: how many other files lay there.

    vectors: (count, dim) float32 or float16 of unit length, one for each picture in the order of `digests`; None where
    no encoder looked. picture_encoder: which one did. people: (people, dim) unit vectors of everybody found; None where
    nobody was looked for. people_of: (people,) int64, the row of the picture that each was seen in. person_encoder:
    which one looked, also when it has no detector and so could not. no_person: pictures in which nobody was found.

    marks: (files, MARK_BYTES) uint8, sorted; marks_of: (files,) int64, the row of the picture that the file holds. A
    mark is a salted hash of a file's place, size and times: an unchanged file need not be opened again. Nothing can be
    learned from it without guessing all of these at once, the time to the nanosecond.

    Not saved: picture_handle and person_handle, the encoders themselves, for looking at photos with the very same ones;
    unchanged, which raises an AlbumError when what the gallery was read from is no longer what it was.
    """

    signatures: np.ndarray
    digests: np.ndarray
    salt: bytes
    skipped: tuple[str, ...] = ()
    ignored: int = 0
    vectors: np.ndarray | None = None
    picture_encoder: EncoderFacts | None = None
    people: np.ndarray | None = None
    people_of: np.ndarray | None = None
    person_encoder: EncoderFacts | None = None
    no_person: int = 0
    marks: np.ndarray = field(default_factory=lambda: np.zeros((0, MARK_BYTES), np.uint8))
    marks_of: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    picture_handle: PictureEncoder | None = field(default=None, repr=False)
    person_handle: PersonEncoder | None = field(default=None, repr=False)
    unchanged: Callable[[], None] | None = field(default=None, repr=False)

    @property
    def count(self) -> int:
        """How many references there are: pictures, or rows of an embedding file."""
        if len(self.digests):
            return len(self.digests)
        if self.vectors is not None:
            return len(self.vectors)
        return 0 if self.people is None else len(self.people)

    @property
    def vectors_alone(self) -> bool:
        """Whether it came from an embedding file, so that there are no signatures to compare pictures with."""
        return len(self.digests) == 0 and self.count > 0

    def label(self, index: int) -> str:
        """How reports name a reference: the start of its salted digest, or its row in an embedding file."""
        if not len(self.digests):
            return f"row-{index}"
        return self.digests[index].tobytes().hex()[:DIGEST_CHARS]

    def require_unchanged(self) -> None:
        """Refuse to speak of a folder or file that is another by now; a check calls this at its end.

        Raises:
            AlbumError: the folder or file that the gallery was read from has changed or gone.
        """
        if self.unchanged is not None:
            self.unchanged()

    def resolve(
        self, picture_encoder: PictureEncoder | None = None, person_encoder: PersonEncoder | None = None
    ) -> "Gallery":
        """The gallery with the encoders that photos are to be looked at with.

        Args:
            picture_encoder: None keeps the one that is there, else takes the built-in one if it made the vectors.
            person_encoder: likewise.

        Returns:
            A copy. Its handles are still None where no encoder was given and the built-in one is another.

        Raises:
            AlbumError: an encoder that was given is not the one that made the vectors.
        """
        from ..encoders import builtin_person_encoder, builtin_picture_encoder

        picture = picture_encoder or self.picture_handle
        person = person_encoder or self.person_handle
        if self.picture_encoder is not None:
            picture = picture or _built_in(builtin_picture_encoder, self.picture_encoder.sha256)
        if self.person_encoder is not None:
            person = person or _built_in(builtin_person_encoder, self.person_encoder.sha256)
        _require_same(picture.facts if picture else None, self.picture_encoder, "pictures")
        _require_same(person.facts if person else None, self.person_encoder, "people")
        return dataclasses.replace(self, picture_handle=picture, person_handle=person)

    def require_picture_encoder(self) -> PictureEncoder:
        """The encoder that made `vectors`.

        Raises:
            AlbumError: no encoder looked at the pictures, or it is neither built in nor connected.
        """
        return _required(self.picture_handle, self.picture_encoder, "pictures")

    def require_person_encoder(self) -> PersonEncoder:
        """The encoder that made `people`; see `require_picture_encoder`."""
        return _required(self.person_handle, self.person_encoder, "people")

    def summary(self) -> str:
        """What it holds, for the user; the first line is all of it where no encoder looked."""
        what = "Rows of vectors in" if self.vectors_alone else "Pictures in"
        lines = [f"{what} the gallery: {self.count}; could not be used: {len(self.skipped)}."]
        if self.vectors is not None and self.picture_encoder is not None:
            lines.append(f"Pictures are compared by {self.picture_encoder.label} too.")
        if self.people is not None and self.person_encoder is not None:
            nobody = "" if self.vectors_alone else f"; pictures in which nobody was found: {self.no_person}"
            lines.append(f"People found: {len(self.people)}{nobody}; compared by {self.person_encoder.label}.")
        elif self.person_encoder is not None:
            lines.append(f"People were not looked for: {self.person_encoder.label} has no detector.")
        return "\n".join([*lines, *(f"- {line}" for line in self.skipped)])

    def picture_neighbours(self, *, memory_mb: int = 256) -> "Neighbours | None":
        """A search over `vectors`, for many questions; None where there are none."""
        return _neighbours(self.vectors, memory_mb)

    def person_neighbours(self, *, memory_mb: int = 256) -> "Neighbours | None":
        """A search over `people`, for many questions; None where there are none."""
        return _neighbours(self.people, memory_mb)


def pixel_digest(pixels: np.ndarray) -> bytes:
    """SHA-256 of a picture's size and pixels."""
    size = f"{pixels.shape[1]}x{pixels.shape[0]}\x00".encode()
    return hashlib.sha256(size + np.ascontiguousarray(pixels).tobytes()).digest()


def salted_digest(salt: bytes, digest: bytes) -> bytes:
    """SHA-256 that only says something to who has the gallery."""
    return hashlib.sha256(salt + digest).digest()


def _neighbours(vectors: np.ndarray | None, memory_mb: int) -> "Neighbours | None":
    from .search import Neighbours

    return None if vectors is None or not len(vectors) else Neighbours(vectors, memory_mb=memory_mb)


def _require_same(found: EncoderFacts | None, wanted: EncoderFacts | None, what: str) -> None:
    if found is None:
        return
    if wanted is None:
        raise AlbumError(
            f"No encoder has looked at the {what} of the gallery, so nothing can be compared by {found.label}: build "
            "the gallery with that encoder."
        )
    if found.sha256 != wanted.sha256:
        raise AlbumError(
            f"The {what} of the gallery were encoded by {wanted.label} and cannot be compared by {found.label}: "
            "connect the former, or build the gallery again with the latter."
        )


_Encoder = TypeVar("_Encoder", PictureEncoder, PersonEncoder)


def _required(handle: _Encoder | None, facts: EncoderFacts | None, what: str) -> _Encoder:
    if facts is None:
        raise AlbumError(f"No encoder has looked at the {what} of the gallery: build the gallery with one.")
    if handle is None:
        raise AlbumError(
            f"The {what} of the gallery were encoded by {facts.label}, which is not built in: connect that encoder."
        )
    return handle


def _built_in(make: Callable[[], _Encoder], sha256: str) -> _Encoder | None:
    try:
        encoder = make()
        same = encoder.facts.sha256 == sha256
    except AlbumError:  # the built-in model is not there; whoever needs an encoder says so
        return None
    return encoder if same else None
