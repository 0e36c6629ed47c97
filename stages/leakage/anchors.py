"""The album's own anchors as the checks see them: each character's portraits, and whatever else lies beside them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..album_folder import ANCHORS, AlbumFolder, disk_errors_explained
from ..encoders import PORTRAIT_REACH
from ..encoders.interface import Keypoints
from ..errors import AlbumError
from ..photo_file import decode_photo
from ..records import Album
from ..vocabulary import OPENPOSE_18

_UNIT = 1 / PORTRAIT_REACH  # head height of a portrait that the pack draws, of its side
_EARS = 0.47 - 0.02 * _UNIT  # height of its ears, of its side: as `portrait_crop` cuts it
_NOSE_TO_NECK = 0.75  # of the head height: the contract between layouts and `head_window`

_OWN_RENDERERS = frozenset({"storyboard", "builtin"})  # they frame a portrait as `portrait_crop` expects it

CAST_FILE: Final = f"{ANCHORS}/cast.safetensors"

_log = logging.getLogger(__name__)


def _portrait_skeleton() -> Keypoints:
    points = {
        "nose": (0.5, _EARS), "neck": (0.5, _EARS + _NOSE_TO_NECK * _UNIT),
        "r_ear": (0.5 - 0.3 * _UNIT, _EARS), "l_ear": (0.5 + 0.3 * _UNIT, _EARS),
    }  # fmt: skip
    return tuple((*points.get(name, (0.5, _EARS)), 1.0 if name in points else 0.0) for name in OPENPOSE_18)


PORTRAIT_SKELETON: Final[Keypoints] = _portrait_skeleton()  # head and shoulders, from the front


@dataclass(frozen=True, eq=False)
class Anchor:
    """One portrait. file: relative to the album. drawn: the pack made it, head and shoulders from the front.

    pixels: (height, width, 3) uint8; None where the file is gone or damaged.
    """

    character: str
    file: str
    pixels: np.ndarray | None
    drawn: bool


def read_anchors(folder: AlbumFolder, album: Album) -> Iterator[Anchor]:
    """The portraits of an album's cast, one at a time."""
    own = str(album.renderer.get("name", "")) in _OWN_RENDERERS
    for member in album.cast:
        for index, file in enumerate(member.portraits):
            view = member.views[index] if index < len(member.views) else "front"
            drawn = own and member.source == "sampled" and view in {"", "front"}
            yield Anchor(member.character, file, _pixels(folder, file), drawn)


@dataclass(frozen=True, eq=False)
class OtherPicture:
    """A file in anchors/ that is nobody's portrait: a plate of a place, or what an earlier run left there.

    file: relative to the album. data: None where it cannot be read. pixels: (height, width, 3) uint8, None likewise.
    """

    file: str
    data: bytes | None
    pixels: np.ndarray | None


def read_others(folder: AlbumFolder, album: Album) -> Iterator[OtherPicture]:
    """Everything in anchors/ but the listed portraits and the cast's own file, one at a time, by name.

    It is shared with the album like the rest, so a check that left it out would vouch for what it has not seen.

    Raises:
        AlbumError: the folder may not be read.
    """
    listed = {file for member in album.cast for file in member.portraits} | {CAST_FILE}
    with disk_errors_explained("read", folder.path / ANCHORS):
        names = sorted(path.name for path in (folder.path / ANCHORS).glob("*") if not path.name.startswith("."))
    for file in (f"{ANCHORS}/{name}" for name in names):
        if file not in listed:
            try:
                data = folder.read_bytes(file)
            except AlbumError as error:
                _log.warning("The file %s could not be read: %s", file, error)
                data = None
            yield OtherPicture(file, data, _pixels(folder, file) if data is not None else None)


def _pixels(folder: AlbumFolder, file: str) -> np.ndarray | None:
    try:
        data = folder.read_bytes(file)
        return None if data is None else decode_photo(data)
    except AlbumError as error:
        _log.warning("The anchor %s could not be read: %s", file, error)
        return None
