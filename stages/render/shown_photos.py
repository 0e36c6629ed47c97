"""The photos of an album as pictures, with a plain card in the place of each that cannot be shown."""

import textwrap
from collections.abc import Iterator
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..records import Album

GROUND: Final = (88, 88, 88)
INK: Final = (250, 250, 250)
LINE_CHARS: Final = 24

_REASONS = {
    "pending": "not made yet",
    "failed": "could not be made",
    "withheld": "withheld: too close to a private picture",
}


def load_photos(folder: AlbumFolder, album: Album, *, size: tuple[int, int]) -> Iterator[np.ndarray]:
    """Read the photos one after another, so that never more than one is in memory.

    A photo that is pending, failed or withheld, and one whose file is gone or was changed, becomes a neutral grey
    card that says so: positions stay, and nothing unchecked slips through.

    Args:
        folder: of the album.
        album: whose photos, in order.
        size: (width, height) in pixels of every picture; a photo of another size is fitted in on grey.

    Returns:
        For each photo a (height, width, 3) uint8 array.
    """
    for record in album.photos:
        if record.status != "done":
            yield placeholder(record.number, _REASONS[record.status], size=size)
            continue
        try:
            photo = folder.load_photo(record)
        except AlbumError:
            yield placeholder(record.number, "the file is gone or was changed: run the album again", size=size)
            continue
        yield photo if photo.shape[1::-1] == size else _fitted(photo, size)


def placeholder(number: int, reason: str, *, size: tuple[int, int]) -> np.ndarray:
    """A grey card that says why a photo is not shown, (height, width, 3) uint8.

    Args:
        number: of the photo, 1-based.
        reason: a few plain words.
        size: (width, height) in pixels.
    """
    width, height = size
    card = Image.new("RGB", size, GROUND)
    text = "\n".join([f"Photo {number}", *textwrap.wrap(reason, LINE_CHARS)])
    font = ImageFont.load_default(max(8.0, min(width, height) / 16))
    draw = ImageDraw.Draw(card)
    middle = (width / 2, height / 2)
    draw.multiline_text(
        middle, text, fill=INK, font=font, anchor="mm", align="center", spacing=min(width, height) // 40
    )
    return np.array(card)


def _fitted(photo: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return np.array(ImageOps.pad(Image.fromarray(photo), size, Image.Resampling.LANCZOS, color=GROUND))
