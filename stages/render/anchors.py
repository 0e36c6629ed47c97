"""What an album keeps of its cast: portraits as pictures, identities as one file, hashes in album.json."""

import hashlib
from typing import Final

import numpy as np

from ..album_folder import AlbumWriter, portrait_file_name
from ..photo_file import encode_photo
from ..records import Cast, CastRecord

CAST_FILE: Final = "anchors/cast.safetensors"
MAX_PORTRAITS: Final = 8  # of one character, the record's own bound


def write_anchors(
    writer: AlbumWriter, cast: Cast, cast_bytes: bytes | None, *, synthetic_source: str
) -> list[CastRecord]:
    """Write the cast's portraits to anchors/, and its file where there is one. Files that are there already stay.

    Args:
        writer: of the album.
        cast: members with or without portraits.
        cast_bytes: the content of anchors/cast.safetensors.
        synthetic_source: the IPTC term written into the portraits.

    Raises:
        AlbumError: the disk refuses, or a portrait is not a (height, width, 3) uint8 picture.
    """
    if cast_bytes is not None:
        _write_if_new(writer, CAST_FILE, cast_bytes)
    records = []
    for member in cast.members:
        count = min(len(member.portraits), MAX_PORTRAITS)
        files = [portrait_file_name(member.character, index) for index in range(count)]
        for file, portrait in zip(files, member.portraits, strict=False):
            data = encode_photo(portrait, facts={"Character": member.character}, synthetic_source=synthetic_source)
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
            )
        )
    return records


def _write_if_new(writer: AlbumWriter, relative: str, data: bytes) -> None:
    if writer.folder.read_bytes(relative) != data:
        writer.write_bytes(relative, data)
