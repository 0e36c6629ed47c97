"""Picture files of the stand-in core nodes: names inside one folder only, IMAGE tensors to and from 8-bit files."""

import json
import re
from pathlib import Path, PurePosixPath
from time import localtime
from typing import TYPE_CHECKING, Any

from ..stages.errors import AlbumError

if TYPE_CHECKING:
    from torch import Tensor

PICTURE_SUFFIXES = frozenset((".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"))
MASK_WITHOUT_ALPHA = (64, 64)  # what ComfyUI's LoadImage gives for a picture without transparency


def list_pictures(folder: Path) -> list[str]:
    """The picture files directly in a folder, sorted; none if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file())


def inside(folder: Path, name: str, purpose: str) -> Path:
    """The path of `name` in `folder`.

    Raises:
        AlbumError: the name leaves the folder.
    """
    if "\0" in name:
        raise AlbumError(f"{purpose}: a file name cannot hold a zero character.")
    path = (folder / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise AlbumError(f"{purpose}: '{name}' lies outside {folder}. Use a name inside that folder.")
    return path


def save_pictures(
    images: "Tensor", prefix: str, folder: Path, texts: dict[str, Any] | None, *, kind: str
) -> list[dict[str, str]]:
    """Write a batch as PNGs `<prefix>_00001_.png`, counting on from what is there, as ComfyUI does.

    Args:
        images: (batch, height, width, channels) float, 0 to 1.
        prefix: may name subfolders and %width%, %height%, %year%, %month%, %day%, %hour%, %minute%, %second% and
            %batch_num%.
        folder: nothing outside it is written.
        texts: JSON values for the PNGs' text chunks, e.g. the graph; None writes none.
        kind: "output" or "temp", for the reply.

    Returns:
        What a node shows under `ui.images`.

    Raises:
        AlbumError: the prefix leaves the folder, or the folder cannot be written.
    """
    import numpy as np
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    for key, value in (texts or {}).items():
        chunks.add_text(key, json.dumps(value))
    height, width = int(images.shape[1]), int(images.shape[2])
    target = inside(folder, _fill_in(prefix, width, height), "filename_prefix")
    saved = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        first = _next_number(target)
        for i, image in enumerate(images):
            pixels = np.clip(image.cpu().numpy() * 255.0, 0, 255).astype(np.uint8)
            stem = target.name.replace("%batch_num%", str(i))
            path = target.with_name(f"{stem}_{first + i:05}_.png")
            Image.fromarray(pixels).save(path, pnginfo=chunks, compress_level=4)
            subfolder = path.parent.relative_to(folder.resolve())
            saved.append({"filename": path.name, "subfolder": _posix(subfolder), "type": kind})
    except OSError as error:
        raise AlbumError(f"Cannot write pictures to {target.parent}: {error.strerror or error}.") from error
    return saved


def _posix(path: Path) -> str:
    return "" if path == Path() else str(PurePosixPath(path))


def _fill_in(prefix: str, width: int, height: int) -> str:
    now = localtime()
    known = {"width": str(width), "height": str(height), "year": str(now.tm_year)}
    for key, value in zip(("month", "day", "hour", "minute", "second"), now[1:6], strict=True):
        known[key] = f"{value:02}"
    return re.sub(r"%(\w+)%", lambda match: known.get(match[1], match[0]), prefix)


def _next_number(target: Path) -> int:
    pattern = re.compile(re.escape(target.name) + r"_(\d+)", re.IGNORECASE)
    numbers = [int(match[1]) for path in target.parent.iterdir() if (match := pattern.match(path.name))]
    return max(numbers, default=0) + 1


def load_picture(path: Path) -> "tuple[Tensor, Tensor]":
    """An IMAGE (frames, height, width, 3), 0 to 1, and a MASK of how transparent it is (1 = see-through).

    Raises:
        AlbumError: the file is missing or is not a picture that can be read.
    """
    import numpy as np
    import torch
    from PIL import ImageSequence

    frames, masks = [], []
    with _opened(path) as picture:
        for raw in ImageSequence.Iterator(picture):
            frame = _upright(raw, path)
            rgb = np.asarray(frame.convert("RGB"), dtype=np.float32) / 255.0
            if frames and rgb.shape != frames[0].shape:
                continue
            frames.append(rgb)
            masks.append(_transparency(frame))
            if picture.format == "MPO":  # the further pictures are other views of the same photo
                break
    return torch.from_numpy(np.stack(frames)), torch.from_numpy(np.stack(masks))


def load_channel(path: Path, channel: str) -> "Tensor":
    """One channel of a picture as a MASK (1, height, width); alpha is turned round, so 1 = see-through.

    Raises:
        AlbumError: the file is missing or is not a picture that can be read.
    """
    import numpy as np
    import torch

    with _opened(path) as picture:
        band = _upright(picture, path).convert("RGBA").getchannel(channel[0].upper())
    values = np.asarray(band, dtype=np.float32)[None] / 255.0
    return torch.from_numpy(1.0 - values if channel == "alpha" else values)


def _opened(path: Path) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(path)
    except UnidentifiedImageError as error:
        raise AlbumError(f"{path.name} is not a picture that can be read. Use PNG, JPEG or WebP.") from error
    except (OSError, Image.DecompressionBombError) as error:
        raise AlbumError(f"Cannot open the picture {path.name}: {error}.") from error


def _upright(frame: Any, path: Path) -> Any:
    from PIL import Image, ImageOps

    try:
        frame.load()
        turned = ImageOps.exif_transpose(frame)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise AlbumError(f"The picture {path.name} is damaged: {error}.") from error
    return turned.point(lambda value: value * (1 / 255)) if turned.mode == "I" else turned


def _transparency(frame: Any) -> Any:
    import numpy as np

    if "A" in frame.getbands():
        alpha = frame.getchannel("A")
    elif frame.mode == "P" and "transparency" in frame.info:
        alpha = frame.convert("RGBA").getchannel("A")
    else:
        return np.zeros(MASK_WITHOUT_ALPHA, dtype=np.float32)
    return 1.0 - np.asarray(alpha, dtype=np.float32) / 255.0
