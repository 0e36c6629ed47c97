"""A cast as one safetensors file: vectors, portraits and plates as tensors, the rest as JSON in its metadata.

Version 2 adds views, consent, plates, the characters' attributes, and what the file says of itself. A cast that has
none of these is written as version 1, byte for byte as it always was.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import AlbumError
from ..records import Cast, CastMember, Character, parse_record

VERSION = 2
MAX_PLATES = 200  # of one cast, the plan's own bound
MAX_PORTRAITS = 8  # of one member, the record's own bound
MAX_TEXT = 600
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


@dataclass(frozen=True, eq=False)
class CastDocument:
    """What a cast file holds.

    characters: the attributes of whoever was saved with them. about: what the file says of itself: software, license,
    how it was made, and for each encoder its name, hash and licence.
    """

    cast: Cast
    characters: tuple[Character, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)

    def character(self, character_id: str) -> Character | None:
        return next((character for character in self.characters if character.id == character_id), None)


def write_cast(cast: Cast, *, characters: Sequence[Character] = (), about: dict[str, Any] | None = None) -> bytes:
    """Pack a cast; the same cast always gives the same bytes.

    Args:
        cast: members with (dim,) float32 unit vectors and (height, width, 3) uint8 portraits.
        characters: the attributes of the members, for a file that is to star in other albums.
        about: what the file says of itself, as plain JSON values.

    Raises:
        AlbumError: two members are the same character, or a vector, portrait or plate is not what the record says.
    """
    from safetensors.numpy import save

    newer = bool(characters or about or cast.plates or any(_is_newer(member) for member in cast.members))
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
        described.append(_described(member, newer))
    for place, plate in cast.plates.items():
        _check_portrait(plate, place)
        tensors[f"plate.{place}"] = np.ascontiguousarray(plate)
    content: dict[str, Any] = {"members": described, "metadata": dict(sorted(cast.metadata.items()))}
    content["version"] = 2 if newer else 1
    if newer:
        content["plates"] = list(cast.plates)
        content["characters"] = [character.model_dump(mode="json") for character in characters]
        content["about"] = about or {}
    # One metadata entry only: safetensors does not keep the order of several, and so not the bytes.
    return save(tensors, metadata={_KEY: json.dumps(content, ensure_ascii=True, sort_keys=True)})


def _is_newer(member: CastMember) -> bool:
    return bool(member.consent) or member.views not in ((), ("front",))


def _described(member: CastMember, newer: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "character": member.character,
        "encoder": member.encoder,
        "source": member.source,
        "appearance": member.appearance,
        "portraits": len(member.portraits),
    }
    return {**entry, "views": list(member.views), "consent": member.consent} if newer else entry


def read_cast(data: bytes) -> Cast:
    """The cast of a file, as `read_cast_document`."""
    return read_cast_document(data).cast


def read_cast_document(data: bytes) -> CastDocument:
    """Unpack a cast and check everything in it; nothing in the file is ever executed.

    Args:
        data: the bytes of a file that `write_cast` made, of version 1 or 2.

    Raises:
        AlbumError: the data is not safetensors, is cut off, is not a cast or of a later version, lacks a tensor, or
            holds a vector that is not finite or not of unit length, or a portrait or plate that is not a picture.
    """
    content = _read_content(data)
    tensors = _read_tensors(data)
    members = tuple(_read_member(entry, tensors) for entry in content["members"])
    seen: set[str] = set()
    for member in members:
        if member.character in seen:
            raise AlbumError(f"The cast file names '{member.character}' twice. {_REMEDY}")
        seen.add(member.character)
    plates = _read_plates(content.get("plates", []), tensors)
    expected = {f"vector.{member.character}" for member in members} | {f"plate.{place}" for place in plates}
    expected |= {f"portrait.{m.character}.{i}" for m in members for i in range(len(m.portraits))}
    strange = sorted(set(tensors) - expected)
    if strange:
        raise AlbumError(f"The cast file holds tensors that no member owns: {', '.join(strange[:5])}. {_REMEDY}")
    cast = Cast(members=members, metadata=content["metadata"], plates=plates)
    return CastDocument(cast, _read_characters(content.get("characters", []), seen), content.get("about", {}))


def _read_plates(names: object, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    if not isinstance(names, list) or len(names) > MAX_PLATES or not all(isinstance(name, str) for name in names):
        raise AlbumError(f"The cast file's list of plates is damaged. {_REMEDY}")
    plates = {name: _tensor(tensors, f"plate.{name}", name) for name in names}
    for name, plate in plates.items():
        _check_portrait(plate, name)
    return plates


def _read_characters(entries: object, members: set[str]) -> tuple[Character, ...]:
    if not isinstance(entries, list):
        raise AlbumError(f"The cast file's list of characters is damaged. {_REMEDY}")
    characters = tuple(parse_record(Character, entry, what="character in the cast file") for entry in entries)
    if not {character.id for character in characters} <= members:
        raise AlbumError(f"The cast file describes characters who are not in it. {_REMEDY}")
    return characters


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
    if not 1 <= content["version"] <= VERSION:
        raise AlbumError(
            f"The cast file has version {content['version']}; this pack reads versions 1 to {VERSION}. Update the pack."
        )
    members, metadata = content.get("members"), content.get("metadata")
    texts = isinstance(metadata, dict) and all(isinstance(value, str) for value in metadata.values())
    if not texts or not isinstance(members, list) or not all(isinstance(entry, dict) for entry in members):
        raise AlbumError(f"The cast file's list of members is damaged. {_REMEDY}")
    if not isinstance(content.get("about", {}), dict):
        raise AlbumError(f"What the cast file says of itself is damaged. {_REMEDY}")
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
    if (
        wrong
        or not isinstance(count, int)
        or not 0 <= count <= MAX_PORTRAITS
        or texts["source"] not in ("sampled", "reference")
    ):
        raise AlbumError(f"The cast file describes a member badly: {str(entry)[:120]}. {_REMEDY}")
    views, consent = entry.get("views", []), entry.get("consent", "")
    if not isinstance(views, list) or len(views) not in (0, count) or not isinstance(consent, str):
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
        views=tuple(str(view)[:200] for view in views),
        consent=consent[:MAX_TEXT],
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
