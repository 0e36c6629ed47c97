"""Reading private picture files safely: by content and not by name, bounded, never followed in circles."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import AlbumError

FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")
MAX_FILE_BYTES: Final = 512 * 2**20
MAX_PIXELS: Final = 160_000_000  # below Pillow's own refusal; larger files are scans or decompression bombs
# Names that promise a picture. One that cannot be read is a gap in the check, so it counts as skipped.
PICTURE_SUFFIXES: Final = frozenset(
    {
        ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".webp", ".bmp", ".dib", ".tif", ".tiff", ".gif", ".heic",
        ".heif", ".avif", ".jxl", ".jp2", ".psd", ".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2",
        ".raf", ".ppm", ".pgm", ".tga",
    }
)  # fmt: skip


# What Pillow's decoders raise on damaged files; SyntaxError is its word for a broken PNG chunk.
_DAMAGE = (
    ArithmeticError, EOFError, IndexError, MemoryError, OSError, SyntaxError, ValueError, struct.error, zlib.error,
    Image.DecompressionBombError,
)  # fmt: skip


class UnreadablePictureError(Exception):
    """One file could not be used; the message is a reason without its name. Never leaves this room."""


class UnknownFormatError(UnreadablePictureError):
    """The content is no picture format that is read."""


def list_files(folder: Path) -> Iterator[Path]:
    """All visible files below a folder, in the order of their names; linked folders once each.

    Raises:
        AlbumError: the folder, or one inside it, is missing, not a folder or may not be read.
    """
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        raise AlbumError(f"The folder '{folder}' {what}: give a folder of pictures.")
    seen: set[str] = set()
    for root, folders, files in os.walk(folder, onerror=_refuse, followlinks=True):
        here = os.path.realpath(root)
        if here in seen:
            folders.clear()
            continue
        seen.add(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(root) / name


def promises_picture(path: Path) -> bool:
    """Whether the file's name says that it is a picture."""
    return path.suffix.lower() in PICTURE_SUFFIXES


def read_picture(path: Path) -> np.ndarray:
    """Pixels of a picture file as a viewer shows them: first frame, turned upright, transparency on white.

    Returns:
        (height, width, 3) uint8.

    Raises:
        UnreadablePictureError: why the file cannot be used.
    """
    try:
        if not path.is_file():
            raise UnreadablePictureError("not a regular file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadablePictureError(f"larger than {MAX_FILE_BYTES // 2**20} MB")
        with path.open("rb") as file, _opened(file) as image:
            return np.asarray(_as_seen(image))
    except PermissionError as error:
        raise UnreadablePictureError("may not be read") from error
    except _DAMAGE as error:
        raise UnreadablePictureError("cut short or damaged") from error


def _opened(file: object) -> Image.Image:
    try:
        image = Image.open(file, formats=FORMATS)  # pyright: ignore[reportArgumentType]
    except Image.DecompressionBombError as error:
        raise UnreadablePictureError(f"more than {MAX_PIXELS // 1_000_000} megapixels") from error
    except UnidentifiedImageError as error:
        raise UnknownFormatError("not a picture format that is read") from error
    if image.width * image.height > MAX_PIXELS:
        raise UnreadablePictureError(f"more than {MAX_PIXELS // 1_000_000} megapixels")
    return image


def _as_seen(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):  # 16 and 32 bit: converting would clip
        values = np.asarray(upright, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) / (high - low) * 255 if high > low else np.zeros_like(values)
        return Image.fromarray(scaled.astype(np.uint8)).convert("RGB")
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return upright.convert("RGB")


def _refuse(error: OSError) -> None:
    raise AlbumError(f"The folder '{error.filename}' may not be read, so nothing in it can be checked.") from error
