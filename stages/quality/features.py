"""Pictures to vectors, a batch at a time: of albums, and of any folder of reference pictures."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from ..album_folder import AlbumFolder
from ..encoders.interface import PictureEncoder
from ..errors import AlbumError
from ..picture_files import UnknownFormatError, UnreadablePictureError, list_files, promises_picture, read_pictures
from ..safe_files import disk_errors_explained
from .record import PictureSet

MAX_SKIPPED_SHARE: Final = 0.1  # of the picture files; what is measured on the rest would be about another set
_BATCH: Final = 32
_NAMED: Final = 5
_ALBUM: Final = "album.json"
CHANGED: Final = "missing or changed since it was made"

OnPicture = Callable[[], None]


@dataclass(frozen=True, eq=False)
class EncodedSet:
    """Pictures of one set.

    vectors: (pictures, dim) float32 of unit length. owners: (pictures,) int64, which album each is from, 0 for a plain
    folder. digests: of the pixels, in the same order. facts: what reports say of it.
    """

    vectors: np.ndarray
    owners: np.ndarray
    digests: tuple[bytes, ...]
    facts: PictureSet


@dataclass(frozen=True)
class _Unusable:
    where: str
    reason: str


_Item = tuple[int, np.ndarray] | _Unusable


def find_albums(folder: Path) -> list[AlbumFolder]:
    """The album at a path, or all albums below it, in the order of their names.

    Raises:
        AlbumError: the path is no folder, may not be read, or holds no album.
    """
    with disk_errors_explained("look into", folder):
        if (folder / _ALBUM).is_file():
            return [AlbumFolder(folder)]
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            raise AlbumError(f"{folder} {what}: give an album folder or a folder of albums.")
        found = [AlbumFolder(path.parent) for path in sorted(folder.rglob(_ALBUM)) if path.is_file()]
    if not found:
        raise AlbumError(f"{folder} holds no album: no folder in it has an {_ALBUM}. Render an album first.")
    return found


def encode_albums(albums: list[AlbumFolder], encoder: PictureEncoder, *, on_picture: OnPicture) -> EncodedSet:
    """Encode the finished photos of albums. Photos that are withheld are not released, so they are left out.

    Args:
        albums: from `find_albums`.
        encoder: of whole pictures.
        on_picture: called before each picture; what it raises stops the run.

    Raises:
        AlbumError: an album cannot be read, has no finished photo, too many photo files cannot be used, or the
            encoder's vectors cannot be compared.
    """
    return _encode(_album_pictures(albums), encoder, "photos", len(albums), on_picture)


def encode_folder(folder: Path, encoder: PictureEncoder, *, on_picture: OnPicture) -> EncodedSet:
    """Encode a folder of reference pictures with all folders below it. Of albums in it only the photos are taken.

    Pictures that equal another pixel by pixel are counted once.

    Args:
        folder: PNG, JPEG, WebP, BMP, TIFF and GIF files, told by content. Hidden files are left out.
        encoder: of whole pictures.
        on_picture: called before each picture; what it raises stops the run.

    Raises:
        AlbumError: the folder is missing or holds no usable picture, more than a tenth of its picture files cannot
            be used (the message names some), or the encoder's vectors cannot be compared.
    """
    files = list(list_files(folder))
    roots = {path.parent for path in files if path.name == _ALBUM}
    chosen = [path for path in files if _is_content(path, roots)]
    return _encode(_file_pictures(chosen), encoder, f"reference pictures in {folder}", len(roots), on_picture)


def unit_vectors(vectors: np.ndarray, expected: int, what: str) -> np.ndarray:
    """What an encoder gave, as float32 of unit length.

    Raises:
        AlbumError: there are fewer or more than pictures, or a vector is zero or not made of numbers.
    """
    vectors = np.asarray(vectors, dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != expected:
        raise AlbumError(f"The encoder gave {vectors.shape} for {expected} {what}: it must give one vector for each.")
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    bad = ~(np.isfinite(lengths) & (lengths > 0))
    if bad.any():
        raise AlbumError(
            f"{int(bad.sum())} of {expected} vectors of the {what} are zero or not made of numbers: the encoder or its "
            "weights are damaged. Install it again or use another."
        )
    return (vectors / lengths[:, None]).astype(np.float32)


def _album_pictures(albums: list[AlbumFolder]) -> Iterator[_Item]:
    for owner, folder in enumerate(albums):
        for record in folder.read().photos:
            if record.status != "done":
                continue
            try:
                yield owner, folder.load_photo(record)
            except AlbumError:
                yield _Unusable(f"{folder.path.name}/{record.file}", CHANGED)


def _file_pictures(files: list[Path]) -> Iterator[_Item]:
    for path in files:
        try:
            for pixels in read_pictures(path):
                yield 0, pixels
        except UnreadablePictureError as error:
            if not isinstance(error, UnknownFormatError) or promises_picture(path):
                yield _Unusable(path.name, str(error))


def _is_content(path: Path, roots: set[Path]) -> bool:
    """Of an album the photos count; its portraits, sheets and reports would be other pictures of the same."""
    for root in path.parents:
        if root in roots:
            return path.relative_to(root).parts[0] == "photos"
    return True


def _encode(
    items: Iterable[_Item], encoder: PictureEncoder, what: str, albums: int, on_picture: OnPicture
) -> EncodedSet:
    skips: list[_Unusable] = []
    kept: dict[bytes, int] = {}
    repeated = 0
    batch: list[np.ndarray] = []
    blocks: list[np.ndarray] = []
    for item in items:
        on_picture()
        if isinstance(item, _Unusable):
            skips.append(item)
            continue
        owner, pixels = item
        digest = _pixel_digest(pixels)
        if digest in kept:
            repeated += 1
            continue
        kept[digest] = owner
        batch.append(pixels)
        if len(batch) == _BATCH:
            blocks.append(unit_vectors(encoder.encode(batch), len(batch), what))
            batch = []
    if batch:
        blocks.append(unit_vectors(encoder.encode(batch), len(batch), what))
    _require_enough(len(kept) + repeated, skips, what)
    vectors = np.concatenate(blocks)
    facts = PictureSet(
        pictures=len(vectors),
        albums=albums,
        repeated=repeated,
        skipped=dict(sorted(Counter(skip.reason for skip in skips).items())),
        digest=_set_digest(vectors),
    )
    return EncodedSet(vectors, np.array(list(kept.values()), np.int64), tuple(kept), facts)


def _require_enough(used: int, skips: list[_Unusable], what: str) -> None:
    named = ", ".join(f"{skip.where} ({skip.reason})" for skip in skips[:_NAMED])
    more = f" and {len(skips) - _NAMED} more" if len(skips) > _NAMED else ""
    if not used:
        tail = f" {len(skips)} files could not be used: {named}{more}." if skips else ""
        raise AlbumError(f"There are no {what} to measure.{tail} Give a folder with pictures, or render the album.")
    if len(skips) > MAX_SKIPPED_SHARE * (used + len(skips)):
        raise AlbumError(
            f"{len(skips)} of {used + len(skips)} files of the {what} cannot be used, so the rest would say too "
            f"little. Repair, remove or render them again: {named}{more}."
        )


def _pixel_digest(pixels: np.ndarray) -> bytes:
    return hashlib.sha256(f"{pixels.shape}".encode() + np.ascontiguousarray(pixels).tobytes()).digest()


def _set_digest(vectors: np.ndarray) -> str:
    """Of the vectors alone, so that neither names nor the order of files are in it."""
    return hashlib.sha256(b"".join(sorted(row.tobytes() for row in vectors))).hexdigest()
