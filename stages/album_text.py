"""album.json as text: written piece by piece so that a save stays cheap, read so that damage is told from age."""

import json
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from .errors import AlbumError
from .records import Album, PhotoRecord, parse_record
from .safe_files import disk_errors_explained


class GarbledAlbumError(AlbumError):
    """album.json is there but cannot be understood."""


class AlbumText:
    """Makes the text of one album again and again, while little of it changes.

    Plan and layout of 500 photos are megabytes and stay as they are during a run, so their text is made once.
    """

    def __init__(self) -> None:
        # Values beside their text: holding the value keeps its id from being given to another.
        self._fields: dict[str, tuple[object, bytes]] = {}
        self._photos: dict[int, tuple[PhotoRecord, bytes]] = {}

    def of(self, album: Album) -> bytes:
        """The album as JSON in UTF-8, one line a field and one line a photo.

        What is new is read back before it replaces anything: an album.json that is written can be opened.
        """
        values = {name: getattr(album, name) for name in Album.model_fields if name != "photos"}
        changed = any(name not in self._fields or self._fields[name][0] is not value for name, value in values.items())
        if changed:
            self._fields = {name: (value, _json_text(value)) for name, value in values.items()}
        self._photos = {id(photo): self._photos.get(id(photo)) or (photo, _photo_text(photo)) for photo in album.photos}
        lines = [b'"%s": %s' % (name.encode(), text) for name, (_, text) in self._fields.items()]
        photos = b",\n".join(self._photos[id(photo)][1] for photo in album.photos)
        text = b"{\n" + b",\n".join([*lines, b'"photos": [\n%s\n]' % photos]) + b"\n}\n"
        if changed:
            Album.model_validate_json(text)
        return text


def read_album(file: Path) -> Album:
    """Read and validate an album.json.

    Raises:
        GarbledAlbumError: it is there but not an album.
        AlbumError: it is not there, cannot be read, or a newer version of the pack wrote it.
    """
    with disk_errors_explained("read", file):
        if not file.exists():
            raise AlbumError(f"There is no album in {file.parent}: render one there first.")
        data = file.read_bytes()
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise GarbledAlbumError(f"it is cut short or not JSON ({error})") from error
    if isinstance(content, dict) and isinstance(content.get("version"), int) and content["version"] > 1:
        parse_record(Album, content, what=str(file))  # a newer pack's album is not broken: this raises and says so
    try:
        return parse_record(Album, content, what="album")
    except AlbumError as error:
        raise GarbledAlbumError(str(error).rstrip(".")) from error


def _json_text(value: Any) -> bytes:
    return to_json(value, inf_nan_mode="null")


def _photo_text(photo: PhotoRecord) -> bytes:
    text = _json_text(photo)
    PhotoRecord.model_validate_json(text)
    return text
