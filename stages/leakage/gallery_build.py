"""Reading a folder of private pictures into a gallery: one file at a time, in bounded memory, only what is new."""

import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from ..encoders.interface import EncoderFacts, PersonEncoder, PictureEncoder
from ..errors import AlbumError
from ..picture_files import UnknownFormatError, UnreadablePictureError, list_files, promises_picture, read_pictures
from . import signature as s
from .gallery import DIGEST_CHARS, MARK_BYTES, Gallery, pixel_digest, salted_digest
from .gallery_look import Look, people_of_row
from .mapped import RowStore
from .state import file_mark, folder_state, scan_folder

MAX_SKIPPED_SHARE: Final = 0.1  # of the picture files; past that "nothing was found" would say too little
BATCH_PICTURES: Final = 32  # encoded at once
BATCH_BYTES: Final = 64 * 2**20  # of their pixels; one larger picture is a batch of its own

_SHOWN_FILES = 5


def build_gallery(
    folder: Path,
    *,
    picture_encoder: PictureEncoder | None = None,
    person_encoder: PersonEncoder | None = None,
    previous: Gallery | None = None,
    half: bool = False,
    scratch: Path | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    check_interrupt: Callable[[], None] = lambda: None,
) -> Gallery:
    """Read a folder of private pictures, with all folders below it, one file at a time.

    Memory does not grow with the number of pictures but for some 500 bytes of each: what is kept of them goes to
    files without a name once it is more than a few megabytes.

    Fails closed: a gallery that would leave out more than a tenth of its picture files is refused, and so is one whose
    folder changed while it was read.

    Args:
        folder: PNG, JPEG, WebP, BMP, TIFF and GIF files are told by content. Hidden files are left out.
        picture_encoder: gives every picture a vector; None goes on with that of `previous`, if any.
        person_encoder: gives everybody whom its detector finds a vector; None likewise.
        previous: an earlier gallery of the folder. Files that have not changed since are not opened, pictures that are
            known already are not encoded, and what is no longer in the folder leaves the gallery. One that was made
            with other encoders is not used.
        half: keep vectors as float16, half the size, cosines to about 0.001; `previous` decides where it is used.
        scratch: the folder for files without a name; None is the system's.
        on_progress: called with files looked at and files in all.
        check_interrupt: called before each file; what it raises stops the reading.

    Raises:
        AlbumError: the folder is missing, unreadable or holds no usable picture; too many of its picture files cannot
            be used, and the message names some of them; it changed meanwhile; an encoder is missing or gives vectors
            that cannot be compared.
    """
    state, files = scan_folder(folder)
    if previous is not None and previous.vectors_alone:
        raise AlbumError(
            "Vectors that were made elsewhere cannot be brought up to date from a folder of pictures: give either the "
            "folder or the embedding file."
        )
    previous = previous.resolve() if previous is not None else None
    look = Look(picture_encoder, person_encoder, previous, half=half)
    builder = _Builder(folder, look, scratch)
    try:
        for number, path in enumerate(list_files(folder)):
            check_interrupt()
            builder.read(path)
            on_progress(number + 1, files)
        if folder_state(folder) != state:
            raise AlbumError(_changed(folder))
        return builder.finish(lambda: _require_state(folder, state))
    finally:
        builder.close()
        look.close()


@dataclass(frozen=True)
class _Skip:
    path: Path
    reason: str


@dataclass(frozen=True)
class _Entry:
    """A picture that is to be added. known: its row in the earlier gallery; else digest, signature and pixels."""

    known: int | None = None
    digest: bytes = b""
    signature: np.ndarray | None = None
    pixels: np.ndarray | None = None


class _Builder:
    """Gathers what is kept of each picture, and puts it in order at the end."""

    def __init__(self, folder: Path, look: Look, scratch: Path | None) -> None:
        self._folder, self._look = folder, look
        self._signatures = RowStore((len(s.WINDOWS), s.BYTES), np.uint8, scratch)
        self._vectors = _store(look.picture_facts, look.dtype, scratch)
        self._people = _store(look.person_facts if look.finds_people else None, look.dtype, scratch)
        self._people_of = array("q")
        self._rows: dict[bytes, int] = {}  # by digest, salted like the earlier gallery's, if there is one
        self._raw: list[bytes] = []  # digests without salt, of pictures that are not in the earlier gallery
        self._files: list[tuple[bytes, int]] = []
        self._waiting: list[tuple[_Entry, str]] = []
        self._waiting_bytes = self._waiting_new = 0
        self._skips: list[_Skip] = []
        self._ignored = self._used = self._kept = 0

    def read(self, path: Path) -> None:
        """Take in one file."""
        mark = file_mark(self._folder, path)
        known = self._look.known_file(mark) if mark is not None else []
        try:
            entries = [_Entry(known=row) for row in known] or self._entries(path)
        except UnreadablePictureError as error:
            if isinstance(error, UnknownFormatError) and not promises_picture(path):
                self._ignored += 1
            else:
                self._skips.append(_Skip(path, str(error)))
            return
        self._used += 1
        for entry in entries:
            row = self._add(entry, path)
            if mark is not None:
                self._files.append((mark, row))

    def finish(self, unchanged: Callable[[], None]) -> Gallery:
        """The gallery of everything that was taken in."""
        self._encode_waiting()
        _require_coverage(self._folder, self._used, self._skips)
        salt, digests = self._salted()
        order = np.array(sorted(range(len(digests)), key=digests.__getitem__), np.int64)
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        people_of = place[np.frombuffer(self._people_of, np.int64)] if len(self._people_of) else np.zeros(0, np.int64)
        by_picture = np.argsort(people_of, kind="stable")
        marks = sorted((salted_digest(salt, mark)[:MARK_BYTES], int(place[row])) for mark, row in self._files)
        look = self._look
        return Gallery(
            signatures=self._signatures.take(order),
            digests=np.frombuffer(b"".join(digests[row] for row in order), np.uint8).reshape(-1, len(salt)),
            salt=salt,
            skipped=tuple(sorted(_describe(skip, salt) for skip in self._skips)),
            ignored=self._ignored,
            vectors=self._vectors.take(order) if self._vectors is not None else None,
            picture_encoder=look.picture_facts,
            people=self._people.take(by_picture) if self._people is not None else None,
            people_of=people_of[by_picture] if self._people is not None else None,
            person_encoder=look.person_facts,
            no_person=len(order) - len(np.unique(people_of)) if self._people is not None else 0,
            marks=np.frombuffer(b"".join(mark for mark, _ in marks), np.uint8).reshape(-1, MARK_BYTES),
            marks_of=np.array([row for _, row in marks], np.int64),
            picture_handle=look.picture,
            person_handle=look.person,
            unchanged=unchanged,
        )

    def close(self) -> None:
        """Give the space of the unordered rows back."""
        for store in (self._signatures, self._vectors, self._people):
            if store is not None:
                store.close()

    def _entries(self, path: Path) -> list[_Entry]:
        """What is to be added of a file that has to be opened."""
        entries = []
        for pixels in read_pictures(path):
            digest = pixel_digest(pixels)
            known = self._look.known_picture(digest)
            if known is not None:
                entries.append(_Entry(known=known))
            elif self._key(digest) in self._rows:
                entries.append(_Entry(digest=digest))
            else:
                entries.append(_Entry(digest=digest, signature=_signature(pixels), pixels=pixels))
        return entries

    def _add(self, entry: _Entry, path: Path) -> int:
        """The row of a picture among those that were taken in, which may be that of an earlier file."""
        previous = self._look.previous
        if entry.known is not None and previous is not None:
            key = previous.digests[entry.known].tobytes()
        else:
            key = self._key(entry.digest)
        if key in self._rows:
            return self._rows[key]
        row = self._rows[key] = len(self._rows)
        if entry.known is not None and previous is not None:
            self._kept += 1
            self._signatures.append(previous.signatures[entry.known])
            self._take_people(row, people_of_row(previous, entry.known))
        elif entry.signature is not None and entry.pixels is not None:
            self._raw.append(entry.digest)
            self._signatures.append(entry.signature)
            if self._people is not None:
                self._take_people(row, self._look.people(entry.pixels, path.name))
        if self._vectors is not None:
            self._wait(entry, path.name)
        return row

    def _take_people(self, row: int, people: np.ndarray | None) -> None:
        if self._people is not None and people is not None:
            self._people.append(people)
            self._people_of.extend([row] * len(people))

    def _wait(self, entry: _Entry, name: str) -> None:
        self._waiting.append((entry, name))
        if entry.pixels is not None:
            self._waiting_bytes += entry.pixels.nbytes
            self._waiting_new += 1
        full = self._waiting_new >= BATCH_PICTURES or self._waiting_bytes >= BATCH_BYTES
        if full or len(self._waiting) >= BATCH_PICTURES * BATCH_PICTURES:
            self._encode_waiting()

    def _encode_waiting(self) -> None:
        """Vectors of the pictures that wait, in their order; known ones are copied."""
        if self._vectors is None:
            return
        new = [(entry.pixels, name) for entry, name in self._waiting if entry.pixels is not None]
        encoded = iter(self._look.vectors([pixels for pixels, _ in new], [name for _, name in new]) if new else ())
        known = self._look.previous.vectors if self._look.previous else None
        for entry, _ in self._waiting:
            if entry.known is not None and known is not None:
                self._vectors.append(known[entry.known])
            else:
                self._vectors.append(next(encoded))
        self._waiting.clear()
        self._waiting_bytes = self._waiting_new = 0

    def _key(self, digest: bytes) -> bytes:
        return salted_digest(self._look.previous.salt, digest) if self._look.previous else digest

    def _salted(self) -> tuple[bytes, list[bytes]]:
        """The salt, and the salted digest of each row. A gallery that keeps a picture keeps its salt."""
        previous = self._look.previous
        if previous is not None and self._kept:
            return previous.salt, list(self._rows)
        salt = hashlib.sha256(b"synthetic_albums gallery\x00" + b"".join(sorted(self._raw))).digest()
        return salt, [salted_digest(salt, digest) for digest in self._raw]


def _store(facts: EncoderFacts | None, dtype: type[np.generic], scratch: Path | None) -> RowStore | None:
    return RowStore((facts.dim,), dtype, scratch) if facts is not None else None


def _signature(pixels: np.ndarray) -> np.ndarray:
    coefficients = s.grid_coefficients(s.picture_luma(Image.fromarray(pixels)))
    if s.too_plain(coefficients[s.WHOLE]):
        raise UnreadablePictureError("too plain to be compared")
    return s.pack_signs(coefficients)


def _changed(folder: Path) -> str:
    return (
        f"Files in the gallery folder '{folder}' came, went or were changed during the run, so what was found says too "
        "little. Let nothing write there, and run again."
    )


def _require_state(folder: Path, state: str) -> None:
    if folder_state(folder) != state:
        raise AlbumError(_changed(folder))


def _require_coverage(folder: Path, used: int, skips: list[_Skip]) -> None:
    named = "; ".join(f"'{skip.path.relative_to(folder)}' ({skip.reason})" for skip in skips[:_SHOWN_FILES])
    more = f" and {len(skips) - _SHOWN_FILES} more" if len(skips) > _SHOWN_FILES else ""
    if used == 0:
        found = f": {named}{more}" if skips else ""
        raise AlbumError(f"The gallery folder '{folder}' holds no picture that can be compared{found}.")
    if len(skips) > MAX_SKIPPED_SHARE * (used + len(skips)):
        raise AlbumError(
            f"{len(skips)} of {used + len(skips)} picture files in '{folder}' cannot be compared, so a check against "
            f"them would say too little. Repair, convert or move them: {named}{more}."
        )


def _describe(skip: _Skip, salt: bytes) -> str:
    """A line that the owner of the pictures can match with a file, and nobody else."""
    suffix = skip.path.suffix.lower() if promises_picture(skip.path) else "file"
    if not skip.path.is_file():  # opening a pipe would wait for its other end
        return f"{suffix}: {skip.reason}"
    try:
        with skip.path.open("rb") as file:
            start = file.read(2**20)
    except OSError:
        return f"{suffix}: {skip.reason}"
    return f"{salted_digest(salt, start).hex()[:DIGEST_CHARS]} {suffix}: {skip.reason}"
