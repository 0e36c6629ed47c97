"""A gallery as one safetensors file, which may be larger than memory; and embedding files that were made elsewhere."""

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from ..encoders.interface import EncoderFacts, LooksAt
from ..errors import AlbumError
from ..safe_files import disk_errors_explained, write_atomically
from . import signature as s
from .gallery import FORMAT, MARK_BYTES, SIGNATURE, VERSION, Gallery
from .mapped import BLOCK_BYTES, blocks, file_stamp, forget, map_file
from .rough import require_unit_rows

READ_VERSIONS: Final = (1, 2)
SUFFIX: Final = ".safetensors"

_KEY = "gallery"
_LOOKS_AT: Final[dict[str, LooksAt]] = {"picture": "picture", "person": "person"}
_DTYPES = {"F32": np.float32, "F16": np.float16, "U8": np.uint8, "I64": np.int64}
_CODES = {np.dtype(kind): code for code, kind in _DTYPES.items()}
_TENSORS = (
    "people_of",
    "marks_of",
    "vectors",
    "people",
    "signatures",
    "digests",
    "marks",
)  # wide numbers first: aligned
_DAMAGED = "The gallery file is damaged: build the gallery again."
_FOREIGN = "This is not a gallery file, or it is damaged: build the gallery again."

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class _Opened:
    """A safetensors file: its metadata, its tensors, mapped where it is a file, and the parts of all its data."""

    metadata: dict[str, str]
    layout: dict[str, Any]
    arrays: Arrays


def write_gallery(gallery: Gallery) -> bytes:
    """One safetensors blob: the gallery can travel to where albums are made, the pictures stay where they are."""
    return b"".join(_parts(gallery))


def write_gallery_file(gallery: Gallery, path: Path) -> None:
    """Write what `write_gallery` gives to a file, atomically and without holding it in memory.

    Raises:
        AlbumError: the name does not end in .safetensors, or the disk refuses.
    """
    require_gallery_name(path)
    write_atomically(path, _parts(gallery))


def read_gallery(data: bytes) -> Gallery:
    """Read what `write_gallery` wrote, also that of an earlier version; see `read_gallery_file`."""
    from safetensors import SafetensorError, deserialize

    try:
        deserialize(data)  # checks that the header is sound and fits the data
    except (SafetensorError, ValueError) as error:
        raise AlbumError(_FOREIGN) from error
    return _gallery(_opened(data[8:], lambda kind, shape, at: _part_of(data, kind, shape, at), data[:8]))


def read_gallery_file(path: Path) -> Gallery:
    """Read a gallery from a file, or an embedding file that was made elsewhere; arrays are mapped, not loaded.

    An embedding file has a tensor `vectors` (rows, dim), F32 or F16, of unit length, and in its metadata `encoder` (a
    name), `encoder_sha256` (of the weights, 64 hex digits), and perhaps `looks_at` ("picture", or "person" for vectors
    of people) and `license`.

    Args:
        path: of a .safetensors file. What is mapped stays as it was when the file is replaced, not when it is written
            into; `Gallery.require_unchanged` notices both.

    Raises:
        AlbumError: it is missing, unreadable, something else, damaged, empty, of a version or signature that cannot be
            compared, or a row of it is not of unit length.
    """
    gallery, _ = read_with_checksum(path)
    return gallery


def read_with_checksum(path: Path) -> tuple[Gallery, str]:
    """The gallery in a file, see `read_gallery_file`, and what `checksum` gives for it."""
    from safetensors import SafetensorError, safe_open

    with disk_errors_explained("read", path):
        stamp = file_stamp(path)
        with path.open("rb") as file:
            try:
                with safe_open(path, framework="np"):
                    """The library has checked that the header is sound and fits the size of the file."""
            except (SafetensorError, ValueError) as error:
                raise AlbumError(f"'{path}': {_FOREIGN}") from error
            length = file.read(8)
            header = file.read(int.from_bytes(length, "little"))
            opened = _opened(header, lambda kind, shape, at: map_file(file, kind, shape, at), length)
    try:
        gallery = _gallery(opened)
    except AlbumError as error:
        raise AlbumError(f"'{path}': {error}") from error
    facts = json.loads(opened.metadata.get(_KEY, "{}"))
    bound = dataclasses.replace(gallery, unchanged=lambda: _require_stamp(path, stamp))
    return bound, str(facts.get("sha256", ""))


def checksum(gallery: Gallery) -> str:
    """Of everything that the gallery's file says."""
    return _facts(gallery)["sha256"]


def require_gallery_name(path: Path) -> None:
    """Refuse to write galleries over files of other kinds.

    Raises:
        AlbumError: the name does not end in .safetensors.
    """
    if path.suffix.lower() != SUFFIX:
        raise AlbumError(f"A gallery file is a {SUFFIX} file, but the name is '{path.name}': call it 'name{SUFFIX}'.")


def _require_stamp(path: Path, stamp: tuple[int, ...]) -> None:
    if file_stamp(path) != stamp:
        raise AlbumError(f"The gallery file '{path}' was changed during the run. Let nothing write there, run again.")


def _parts(gallery: Gallery) -> Iterator[bytes]:
    header = {"__metadata__": {_KEY: json.dumps(_facts(gallery), sort_keys=True)}, **_layout(_arrays(gallery))}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # the tensors begin at a multiple of eight
    yield len(text).to_bytes(8, "little") + text
    for array in _arrays(gallery).values():
        for rows in blocks(array):
            yield rows.tobytes()


def _facts(gallery: Gallery) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "signature": SIGNATURE,
        "salt": gallery.salt.hex(),
        "skipped": list(gallery.skipped),
        "ignored": gallery.ignored,
        "vectors": str(gallery.vectors.dtype) if gallery.vectors is not None else "none",
        "picture_encoder": asdict(gallery.picture_encoder) if gallery.picture_encoder else None,
        "person_encoder": asdict(gallery.person_encoder) if gallery.person_encoder else None,
        "no_person": gallery.no_person,
    }
    return {**facts, "sha256": _checksum(facts, _arrays(gallery))}


def _arrays(gallery: Gallery) -> Arrays:
    found = {name: getattr(gallery, name) for name in _TENSORS}
    return {name: array for name, array in found.items() if array is not None}


def _layout(arrays: Arrays) -> dict[str, Any]:
    layout, at = {}, 0
    for name, array in arrays.items():
        layout[name] = {
            "dtype": _CODES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [at, at + array.nbytes],
        }
        at += array.nbytes
    return layout


def _checksum(facts: dict[str, Any], arrays: Arrays) -> str:
    digest = hashlib.sha256(json.dumps([facts, _layout(arrays)], sort_keys=True).encode())
    for array in arrays.values():
        for rows in blocks(array):
            digest.update(rows.data)
    return digest.hexdigest()


def _opened(header: bytes, tensor: Callable[[np.dtype, list[int], int], np.ndarray], length: bytes) -> _Opened:
    size = int.from_bytes(length, "little")
    described = json.loads(header[:size])
    metadata = described.pop("__metadata__", {})
    arrays = {
        name: tensor(np.dtype(_DTYPES[facts["dtype"]]), facts["shape"], 8 + size + facts["data_offsets"][0])
        for name, facts in described.items()
        if facts["dtype"] in _DTYPES
    }
    return _Opened(metadata, described, arrays)


def _part_of(data: bytes, kind: np.dtype, shape: list[int], at: int) -> np.ndarray:
    return np.frombuffer(data, kind, int(np.prod(shape)), at).reshape(shape)


def _gallery(opened: _Opened) -> Gallery:
    if _KEY not in opened.metadata:
        return _embeddings(opened)
    try:
        facts = json.loads(opened.metadata[_KEY])
    except ValueError as error:
        raise AlbumError(_FOREIGN) from error
    _require_known(facts)
    try:
        gallery = _described(facts, opened.arrays)
        intact = facts["sha256"] == _expected_checksum(facts, opened.arrays)
    except (KeyError, TypeError, ValueError) as error:
        raise AlbumError(_DAMAGED) from error
    if not intact or len(gallery.salt) != hashlib.sha256().digest_size or not _shapes_fit(gallery):
        raise AlbumError(_DAMAGED)
    return gallery


def _expected_checksum(facts: dict[str, Any], arrays: Arrays) -> str:
    if facts["version"] == 1:
        return hashlib.sha256(arrays["signatures"].tobytes() + arrays["digests"].tobytes()).hexdigest()
    ordered = {name: arrays[name] for name in _TENSORS if name in arrays}
    return _checksum({name: value for name, value in facts.items() if name != "sha256"}, ordered)


def _described(facts: dict[str, Any], arrays: Arrays) -> Gallery:
    first = facts["version"] == 1
    return Gallery(
        signatures=arrays["signatures"],
        digests=arrays["digests"],
        salt=bytes.fromhex(facts["salt"]),
        skipped=tuple(str(line) for line in facts["skipped"]),
        ignored=int(facts["ignored"]),
        vectors=arrays.get("vectors"),
        picture_encoder=_encoder(facts.get("picture_encoder")),
        people=arrays.get("people"),
        people_of=arrays.get("people_of"),
        person_encoder=_encoder(facts.get("person_encoder")),
        no_person=int(facts.get("no_person", 0)),
        marks=np.zeros((0, MARK_BYTES), np.uint8) if first else arrays["marks"],
        marks_of=np.zeros(0, np.int64) if first else arrays["marks_of"],
    )


def _encoder(facts: dict[str, Any] | None) -> EncoderFacts | None:
    return EncoderFacts(**facts) if facts is not None else None


def _require_known(facts: object) -> None:
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise AlbumError("This safetensors file is not a gallery: build one from the folder of private pictures.")
    if facts.get("version") not in READ_VERSIONS or facts.get("signature") != SIGNATURE:
        raise AlbumError(
            f"The gallery file is of version {facts.get('version')!r:.20} with signatures "
            f"{facts.get('signature')!r:.60}; this pack compares version {VERSION} with '{SIGNATURE}'. "
            "Build the gallery again from the pictures."
        )


def _shapes_fit(gallery: Gallery) -> bool:
    count = len(gallery.digests) if gallery.digests.ndim else 0
    return (
        count > 0
        and _is(gallery.digests, np.uint8, (count, hashlib.sha256().digest_size))
        and _is(gallery.signatures, np.uint8, (count, len(s.WINDOWS), s.BYTES))
        and _vectors_fit(gallery.vectors, gallery.picture_encoder, count)
        and _people_fit(gallery, count)
        and _is(gallery.marks, np.uint8, (len(gallery.marks), MARK_BYTES))
        and _points(gallery.marks_of, len(gallery.marks), count)
    )


def _people_fit(gallery: Gallery, count: int) -> bool:
    if gallery.people is None or gallery.people_of is None:
        return gallery.people is None and gallery.people_of is None
    people = len(gallery.people)
    return _vectors_fit(gallery.people, gallery.person_encoder, people) and _points(gallery.people_of, people, count)


def _vectors_fit(vectors: np.ndarray | None, facts: EncoderFacts | None, count: int) -> bool:
    if vectors is None:
        return True
    return facts is not None and vectors.dtype.kind == "f" and vectors.shape == (count, facts.dim)


def _points(rows: np.ndarray, length: int, count: int) -> bool:
    fits = _is(rows, np.int64, (length,))
    return fits and (length == 0 or (int(rows.min()) >= 0 and int(rows.max()) < count))


def _is(array: np.ndarray, dtype: type[np.generic], shape: tuple[int, ...]) -> bool:
    return array.dtype == dtype and array.shape == shape


def _embeddings(opened: _Opened) -> Gallery:
    """A gallery of an embedding file."""
    said, vectors = opened.metadata, opened.arrays.get("vectors")
    name, sha256 = said.get("encoder", "").strip(), said.get("encoder_sha256", "").lower()
    looks_at = _LOOKS_AT.get(said.get("looks_at", "picture"))
    if vectors is None or vectors.ndim != 2 or vectors.dtype.kind != "f" or 0 in vectors.shape:
        raise AlbumError(
            "This safetensors file is not a gallery, nor does it have a tensor 'vectors' (rows, numbers) of F32 or "
            "F16: build a gallery from the folder of private pictures."
        )
    if not name or not re.fullmatch(r"[0-9a-f]{64}", sha256) or looks_at is None:
        raise AlbumError(
            "The embedding file does not say which encoder made it: its metadata must have 'encoder' (a name), "
            "'encoder_sha256' (of the weights, 64 hex digits) and may have 'looks_at' (picture or person)."
        )
    _require_unit(vectors)
    facts = EncoderFacts(name, sha256, vectors.shape[1], looks_at, said.get("license", ""))
    empty = Gallery(
        signatures=np.zeros((0, len(s.WINDOWS), s.BYTES), np.uint8),
        digests=np.zeros((0, hashlib.sha256().digest_size), np.uint8),
        salt=hashlib.sha256(f"embeddings {facts.sha256}".encode()).digest(),
    )
    if looks_at == "picture":
        return dataclasses.replace(empty, vectors=vectors, picture_encoder=facts)
    rows = np.arange(len(vectors), dtype=np.int64)
    return dataclasses.replace(empty, people=vectors, people_of=rows, person_encoder=facts)


def _require_unit(vectors: np.ndarray) -> None:
    step = max(1, BLOCK_BYTES // vectors[:1].nbytes)
    for start in range(0, len(vectors), step):
        rows = vectors[start : start + step]
        require_unit_rows(rows, start, "row of the embedding file,")
        forget(rows)
