"""Reading people's own picture files safely: by content and not by name, bounded, never followed in circles."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import AlbumError

FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")
MAX_FILE_BYTES: Final = 512 * 2**20
MAX_PIXELS: Final = 160_000_000  # below Pillow's own refusal; larger files are scans or decompression bombs
MAX_FRAMES: Final = 200  # of one file; each is compared as a picture of its own
# Files that need not be pictures. Any other that cannot be read is a gap in the check, so it counts as skipped.
OTHER_SUFFIXES: Final = frozenset(
    {
        ".txt", ".md", ".rst", ".log", ".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".xml", ".xmp",
        ".ini", ".cfg", ".db", ".sqlite", ".lock", ".html", ".htm", ".css", ".js", ".py", ".doc", ".docx", ".odt",
        ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".mp3", ".wav", ".flac", ".m4a", ".ogg", ".safetensors", ".npy",
        ".npz", ".onnx", ".pt", ".bin", ".exe", ".dll", ".so", ".sh", ".bat", ".url", ".lnk", ".aae", ".thm", ".srt",
    }
)  # fmt: skip


# What Pillow's decoders raise on damaged files; SyntaxError is its word for a broken PNG chunk.
_DAMAGE = (
    ArithmeticError, EOFError, IndexError, MemoryError, OSError, SyntaxError, ValueError, struct.error, zlib.error,
    Image.DecompressionBombError,
)  # fmt: skip


class UnreadablePictureError(Exception):
    """One file could not be used; the message is a reason without its name. Callers count it or turn it into theirs."""


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
    """Whether a file that cannot be read might be a picture, by its name."""
    return path.suffix.lower() not in OTHER_SUFFIXES


def read_pictures(path: Path) -> list[np.ndarray]:
    """Pixels of every frame or page of a picture file, as a viewer shows it: upright, transparency on white.

    Of a multi-picture JPEG only the first is read: the others are its own previews and depth maps.

    Returns:
        Each (height, width, 3) uint8, at least one.

    Raises:
        UnreadablePictureError: why the file cannot be used.
    """
    try:
        if not path.is_file():
            raise UnreadablePictureError("not a regular file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadablePictureError(f"larger than {MAX_FILE_BYTES // 2**20} MB")
        with path.open("rb") as file, _opened(file) as image:
            return [np.asarray(_as_seen(frame)) for frame in _frames(image)]
    except PermissionError as error:
        raise UnreadablePictureError("may not be read") from error
    except _DAMAGE as error:
        raise UnreadablePictureError("cut short or damaged") from error


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    count = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    if count > MAX_FRAMES:
        raise UnreadablePictureError(f"more than {MAX_FRAMES} frames")
    if count * image.width * image.height > MAX_PIXELS:
        raise UnreadablePictureError(f"more than {MAX_PIXELS // 1_000_000} megapixels in all its frames")
    for index in range(count):
        image.seek(index)
        yield image


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
