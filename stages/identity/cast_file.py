"""A cast as one safetensors file: vectors and portraits as tensors, the rest as JSON in its metadata."""

import json
from typing import Any

import numpy as np

from ..errors import AlbumError
from ..records import Cast, CastMember

VERSION = 1
MAX_BYTES = 1 << 30  # refused unread: 32 characters with 8 portraits of 1024 pixels are 0.8 GB
MAX_HEADER_BYTES = 1 << 20
_KEY = "synthetic_albums_cast"
_FOREIGN = (
    (b"PK\x03\x04", "a zip archive (perhaps a PyTorch .pt file)"),
    (b"\x80\x02", "a Python pickle"), (b"\x80\x03", "a Python pickle"), (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"), (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x93NUMPY", "a NumPy file"), (b"GGUF", "a GGUF model"), (b"{", "plain JSON text"),
)  # fmt: skip
_REMEDY = "Choose a cast file that this pack saved."


def write_cast(cast: Cast) -> bytes:
    """Pack a cast; the same cast always gives the same bytes.

    Args:
        cast: members with (dim,) float32 unit vectors and (height, width, 3) uint8 portraits.

    Raises:
        AlbumError: two members are the same character, or a vector or portrait is not what the record says.
    """
    from safetensors.numpy import save

    tensors: dict[str, np.ndarray] = {}
    described = []
    for member in cast.members:
        if f"vector.{member.character}" in tensors:
            raise AlbumError(f"The cast names '{member.character}' twice: keep one of the two.")
        _check_vector(member.vector, member.character)
        tensors[f"vector.{member.character}"] = np.ascontiguousarray(member.vector)
        for index, portrait in enumerate(member.portraits):
            _check_portrait(portrait, member.character)
            tensors[f"portrait.{member.character}.{index}"] = np.ascontiguousarray(portrait)
        described.append(
            {
                "character": member.character,
                "encoder": member.encoder,
                "source": member.source,
                "appearance": member.appearance,
                "portraits": len(member.portraits),
            }
        )
    content = {"version": VERSION, "members": described, "metadata": dict(sorted(cast.metadata.items()))}
    # One metadata entry only: safetensors does not keep the order of several, and so not the bytes.
    return save(tensors, metadata={_KEY: json.dumps(content, ensure_ascii=True, sort_keys=True)})


def read_cast(data: bytes) -> Cast:
    """Unpack a cast and check everything in it; nothing in the file is ever executed.

    Args:
        data: the bytes of a file that `write_cast` made.

    Raises:
        AlbumError: the data is not safetensors, is cut off, is not a cast or of a later version, lacks a tensor, or
            holds a vector that is not finite or not of unit length, or a portrait that is not a picture.
    """
    content = _read_content(data)
    tensors = _read_tensors(data)
    members = tuple(_read_member(entry, tensors) for entry in content["members"])
    seen: set[str] = set()
    for member in members:
        if member.character in seen:
            raise AlbumError(f"The cast file names '{member.character}' twice. {_REMEDY}")
        seen.add(member.character)
    expected = {f"vector.{member.character}" for member in members}
    expected |= {f"portrait.{m.character}.{i}" for m in members for i in range(len(m.portraits))}
    strange = sorted(set(tensors) - expected)
    if strange:
        raise AlbumError(f"The cast file holds tensors that no member owns: {', '.join(strange[:5])}. {_REMEDY}")
    return Cast(members=members, metadata=content["metadata"])


def _read_content(data: bytes) -> dict[str, Any]:
    """The checked JSON of the metadata."""
    for magic, what in _FOREIGN:
        if data.startswith(magic) and not _plausible_header(data):
            raise AlbumError(f"The cast file is not safetensors but {what}. {_REMEDY}")
    if len(data) > MAX_BYTES:
        raise AlbumError(f"The cast file has {len(data)} bytes; at most {MAX_BYTES} are read. {_REMEDY}")
    if not _plausible_header(data):
        raise AlbumError(f"The cast file is not safetensors, or it is cut off. {_REMEDY}")
    length = int.from_bytes(data[:8], "little")
    try:
        header = json.loads(data[8 : 8 + length])
        content = json.loads(header["__metadata__"][_KEY])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AlbumError(f"The file is safetensors but holds no cast. {_REMEDY}") from error
    if not isinstance(content, dict) or not isinstance(content.get("version"), int):
        raise AlbumError(f"The cast file does not say its version. {_REMEDY}")
    if content["version"] != VERSION:
        raise AlbumError(f"The cast file has version {content['version']}; this pack reads version {VERSION}.")
    members, metadata = content.get("members"), content.get("metadata")
    texts = isinstance(metadata, dict) and all(isinstance(value, str) for value in metadata.values())
    if not texts or not isinstance(members, list) or not all(isinstance(entry, dict) for entry in members):
        raise AlbumError(f"The cast file's list of members is damaged. {_REMEDY}")
    return content


def _plausible_header(data: bytes) -> bool:
    length = int.from_bytes(data[:8], "little") if len(data) >= 8 else 0
    return 0 < length <= MAX_HEADER_BYTES and len(data) >= 8 + length and data[8:9] == b"{"


def _read_tensors(data: bytes) -> dict[str, np.ndarray]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(data)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise AlbumError(f"The cast file is damaged or cut off ({error}). {_REMEDY}") from error


def _read_member(entry: dict[str, Any], tensors: dict[str, np.ndarray]) -> CastMember:
    texts = {name: entry.get(name) for name in ("character", "encoder", "source", "appearance")}
    wrong = [name for name, value in texts.items() if not isinstance(value, str)]
    count = entry.get("portraits")
    if wrong or not isinstance(count, int) or not 0 <= count <= 8 or texts["source"] not in ("sampled", "reference"):
        raise AlbumError(f"The cast file describes a member badly: {str(entry)[:120]}. {_REMEDY}")
    name = str(texts["character"])
    vector = _tensor(tensors, f"vector.{name}", name)
    _check_vector(vector, name)
    portraits = tuple(_tensor(tensors, f"portrait.{name}.{index}", name) for index in range(count))
    for portrait in portraits:
        _check_portrait(portrait, name)
    return CastMember(
        character=name,
        vector=vector,
        encoder=str(texts["encoder"]),
        source="reference" if texts["source"] == "reference" else "sampled",
        appearance=str(texts["appearance"]),
        portraits=portraits,
    )


def _tensor(tensors: dict[str, np.ndarray], key: str, name: str) -> np.ndarray:
    if key not in tensors:
        raise AlbumError(f"The cast file lacks the tensor '{key}' of '{name}'. {_REMEDY}")
    return tensors[key]


def _check_vector(vector: np.ndarray, name: str) -> None:
    if vector.ndim != 1 or vector.dtype != np.float32:
        raise AlbumError(
            f"The vector of '{name}' must be (dim,) float32, but it is {vector.shape} {vector.dtype}: cast again."
        )
    if not np.isfinite(vector).all():
        raise AlbumError(f"The vector of '{name}' is not finite: cast again.")
    length = float(np.linalg.norm(vector.astype(np.float64)))
    if abs(length - 1.0) > 1e-3:
        raise AlbumError(f"The vector of '{name}' must have length 1, but it has {length:.4g}: cast again.")


def _check_portrait(portrait: np.ndarray, name: str) -> None:
    if portrait.ndim != 3 or portrait.shape[2] != 3 or portrait.dtype != np.uint8 or portrait.size == 0:
        raise AlbumError(
            f"A portrait of '{name}' must be (height, width, 3) uint8, but it is {portrait.shape} {portrait.dtype}."
        )
