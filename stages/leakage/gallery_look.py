"""What a gallery is built with: encoders that look at new pictures, and an earlier gallery that knows the others."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ..encoders.interface import EncoderFacts, PersonEncoder, PictureEncoder
from ..errors import AlbumError
from .gallery import MARK_BYTES, Gallery, salted_digest
from .rough import UNIT_TOLERANCE

_KEY_BYTES: Final = 8


class Look:
    """Which encoders look, and what an earlier gallery knows already."""

    def __init__(
        self, picture: PictureEncoder | None, person: PersonEncoder | None, previous: Gallery | None, *, half: bool
    ) -> None:
        self.picture = picture or (previous.picture_handle if previous else None)
        self.person = person or (previous.person_handle if previous else None)
        self.picture_facts = picture.facts if picture else previous.picture_encoder if previous else None
        self.person_facts = person.facts if person else previous.person_encoder if previous else None
        self.finds_people = self.person.finds_people if self.person else bool(previous and previous.people is not None)
        self.previous = previous if previous is not None and self._fits(previous) else None
        self.dtype = np.float16 if half else np.float32
        for known in (self.previous.vectors, self.previous.people) if self.previous else ():
            self.dtype = known.dtype.type if known is not None else self.dtype
        self._digests = _Sorted(self.previous.digests) if self.previous else None
        self._marks = _Sorted(self.previous.marks) if self.previous else None

    def _fits(self, previous: Gallery) -> bool:
        return (
            _same(self.picture_facts, previous.picture_encoder)
            and _same(self.person_facts, previous.person_encoder)
            and self.finds_people == (previous.people is not None)
        )

    def close(self) -> None:
        """Give the encoders' memory back; they load again when photos are looked at."""
        for encoder in (self.picture, self.person):
            if encoder is not None:
                encoder.close()

    def known_file(self, mark: bytes) -> list[int]:
        """Rows of the earlier gallery that came from a file that has not changed."""
        if self.previous is None or self._marks is None:
            return []
        found = self._marks.find(salted_digest(self.previous.salt, mark)[:MARK_BYTES])
        return [int(row) for row in self.previous.marks_of[found.start : found.stop]]

    def known_picture(self, digest: bytes) -> int | None:
        """The row of the earlier gallery with these pixels."""
        if self.previous is None or self._digests is None:
            return None
        found = self._digests.find(salted_digest(self.previous.salt, digest))
        return found.start if len(found) else None

    def vectors(self, pictures: Sequence[np.ndarray], names: Sequence[str]) -> np.ndarray:
        """(pictures, dim) of unit length."""
        if self.picture is None or self.picture_facts is None:
            raise AlbumError(_missing(self.picture_facts))
        found = np.asarray(self.picture.encode(pictures))
        return _checked(found, self.picture_facts, names, self.dtype)

    def people(self, picture: np.ndarray, name: str) -> np.ndarray:
        """(people, dim) of unit length."""
        if self.person is None or self.person_facts is None:
            raise AlbumError(_missing(self.person_facts))
        found = self.person.find(picture)
        if not found:
            return np.zeros((0, self.person_facts.dim), self.dtype)
        vectors = np.stack([person.vector for person in found])
        return _checked(vectors, self.person_facts, [name] * len(found), self.dtype)


class _Sorted:
    """Sorted rows of bytes, where one is found without a dictionary of all of them."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = rows
        self._keys = np.ascontiguousarray(rows[:, :_KEY_BYTES]).view(">u8").ravel()

    def find(self, row: bytes) -> range:
        """Where the rows lie that are equal to this one."""
        key = np.frombuffer(row[:_KEY_BYTES], ">u8")[0]
        start, stop = (int(np.searchsorted(self._keys, key, side)) for side in ("left", "right"))
        while start < stop and self._rows[start].tobytes() != row:
            start += 1
        end = start
        while end < stop and self._rows[end].tobytes() == row:
            end += 1
        return range(start, end)


def people_of_row(gallery: Gallery, row: int) -> np.ndarray | None:
    """Vectors of the people in one picture, (people, dim); None where nobody was looked for."""
    if gallery.people is None or gallery.people_of is None:
        return None
    start, stop = (int(np.searchsorted(gallery.people_of, row, side)) for side in ("left", "right"))
    return gallery.people[start:stop]


def _same(one: EncoderFacts | None, other: EncoderFacts | None) -> bool:
    return (one.sha256 if one else None) == (other.sha256 if other else None)


def _missing(facts: EncoderFacts | None) -> str:
    label = facts.label if facts else "another encoder"
    return f"New pictures of the gallery must be encoded by {label}, which is not built in: connect that encoder."


def _checked(vectors: np.ndarray, facts: EncoderFacts, names: Sequence[str], dtype: type[np.generic]) -> np.ndarray:
    """Vectors that an encoder gave, if they can be compared: what cannot would look unlike everything, and so clean."""
    if vectors.shape != (len(names), facts.dim) or vectors.dtype.kind != "f":
        raise AlbumError(
            f"The encoder {facts.label} should give {len(names)} vectors of {facts.dim} numbers, but gave "
            f"{vectors.dtype} {vectors.shape}: nothing can be compared by it. Use another encoder."
        )
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    for name, length in zip(names, lengths, strict=True):
        if not abs(length - 1) <= UNIT_TOLERANCE:
            how = f"of length {length:.4g}" if np.isfinite(length) else "that is not made of numbers"
            raise AlbumError(
                f"The encoder {facts.label} gave '{name}' a vector {how} instead of length 1, which cannot be "
                "compared: its weights are damaged, or it does not fit. Use another encoder, or install it again."
            )
    return vectors.astype(dtype)
