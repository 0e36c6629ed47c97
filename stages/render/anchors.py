"""What an album keeps of its cast: portraits and plates as pictures, identities as one file, hashes in album.json."""

import hashlib
from typing import Final

import numpy as np

from ..album_folder import AlbumWriter, plate_file_name, portrait_file_name
from ..photo_file import encode_photo
from ..records import Cast, CastRecord

CAST_FILE: Final = "anchors/cast.safetensors"
MAX_PORTRAITS: Final = 8  # of one character, the record's own bound


def write_anchors(
    writer: AlbumWriter, cast: Cast, cast_bytes: bytes | None, *, synthetic_source: str
) -> list[CastRecord]:
    """Write portraits and plates to anchors/, and the cast's file where there is one. Files that are there stay.

    Args:
        writer: of the album.
        cast: members with or without portraits; plates where there are any.
        cast_bytes: the content of anchors/cast.safetensors.
        synthetic_source: the IPTC term written into the portraits.

    Raises:
        AlbumError: the disk refuses, or a portrait is not a (height, width, 3) uint8 picture.
    """
    if cast_bytes is not None:
        _write_if_new(writer, CAST_FILE, cast_bytes)
    for place, plate in cast.plates.items():
        data = encode_photo(plate, facts={"Place": place}, synthetic_source=synthetic_source)
        _write_if_new(writer, plate_file_name(place), data)
    records = []
    for member in cast.members:
        count = min(len(member.portraits), MAX_PORTRAITS)
        files = [portrait_file_name(member.character, index) for index in range(count)]
        for index, (file, portrait) in enumerate(zip(files, member.portraits, strict=False)):
            view = {"View": member.views[index]} if 0 < index < len(member.views) else {}
            facts = {"Character": member.character, **view}
            data = encode_photo(portrait, facts=facts, synthetic_source=synthetic_source)
            _write_if_new(writer, file, data)
        vector = np.ascontiguousarray(member.vector, dtype="<f4")
        records.append(
            CastRecord(
                character=member.character,
                encoder=member.encoder[:200],
                source=member.source,
                appearance=member.appearance[:600],
                vector_sha256=hashlib.sha256(vector.tobytes()).hexdigest(),
                portraits=files,
                views=[view[:200] for view in member.views[:count]],
                consent=member.consent[:600],
            )
        )
    return records


def _write_if_new(writer: AlbumWriter, relative: str, data: bytes) -> None:
    if writer.folder.read_bytes(relative) != data:
        writer.write_bytes(relative, data)
