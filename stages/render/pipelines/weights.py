"""Weight files before they are loaded: whether they are whole, what is in them, and their hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ...errors import AlbumError

PICKLES: Final = frozenset({".ckpt", ".pt", ".pth", ".bin", ".pkl"})
_LONGEST_HEADER = 100_000_000  # bytes; the limit of the safetensors library
_BLOCK = 1 << 20  # bytes read at once
_POINTER = b"version https://git-lfs"

# By path, size and time of the last change: hashing gigabytes for every run would cost half a minute.
_DIGESTS: dict[tuple[str, int, int], str] = {}


@dataclass(frozen=True)
class WeightHeader:
    """What a safetensors file says of its tensors: shapes by name, and free text."""

    shapes: Mapping[str, tuple[int, ...]]
    metadata: Mapping[str, str]

    def has(self, prefix: str) -> bool:
        """Whether any tensor's name begins so."""
        return any(name.startswith(prefix) for name in self.shapes)


def read_header(path: Path) -> WeightHeader:
    """Read the header of a safetensors file and compare what it promises with the file's size.

    Args:
        path: of the file.

    Raises:
        AlbumError: the file is missing, a pickle, a pointer of git-lfs, cut short, or no safetensors file.

    Source:
        The format: huggingface/safetensors, README.md: 8 bytes length, JSON header, tensors.
    """
    refuse_pickle(path)
    if not path.is_file():
        raise AlbumError(f"There is no file {path}: check the path.")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
            if (start + file.read(len(_POINTER))).startswith(_POINTER):
                raise AlbumError(f"{path} is only a pointer of git-lfs: fetch the file itself, as with `git lfs pull`.")
            length = int.from_bytes(start, "little")
            if size < 8 or (length <= _LONGEST_HEADER and size < 8 + length):
                raise AlbumError(f"{path} is cut short ({size} bytes): download it again.")
            if not 2 <= length <= _LONGEST_HEADER:
                raise AlbumError(f"{path} is not a safetensors file: choose another.")
            file.seek(8)
            header = json.loads(file.read(length))
            metadata = header.pop("__metadata__", {})
            shapes = {name: tuple(tensor["shape"]) for name, tensor in header.items()}
            promised = 8 + length + max((tensor["data_offsets"][1] for tensor in header.values()), default=0)
    except OSError as error:
        raise AlbumError(f"{path} cannot be read: {error}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AlbumError(f"{path} is not a safetensors file: choose another, or download it again.") from error
    if size < promised:
        raise AlbumError(f"{path} is cut short: it has {size} of {promised} bytes. Download it again.")
    return WeightHeader(shapes, metadata)


def refuse_pickle(path: Path) -> None:
    """Raise for files that would have to be unpickled.

    Raises:
        AlbumError: the name ends like that of a pickle.
    """
    if path.suffix.lower() in PICKLES:
        raise AlbumError(
            f"{path} is a pickle: such files can run code when they are opened, so they are not. Use the model's "
            "safetensors version, or convert it with a tool that you trust."
        )


def file_digest(path: Path) -> str:
    """The sha256 of a file; computed once for the same path, size and time of change.

    Raises:
        AlbumError: the file cannot be read.
    """
    try:
        state = path.stat()
        key = (str(path.resolve()), state.st_size, state.st_mtime_ns)
        if key not in _DIGESTS:
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
            _DIGESTS[key] = digest.hexdigest()
    except OSError as error:
        raise AlbumError(f"{path} cannot be read: {error}.") from error
    return _DIGESTS[key]


def digest_of(paths: Iterable[Path], *, root: Path | None = None) -> str:
    """One sha256 over several files and their names.

    Args:
        paths: of the files, in any order.
        root: what names are relative to; without it the bare file names count, so that a moved model stays the same.
    """
    digest = hashlib.sha256()
    names = {(path.relative_to(root).as_posix() if root else path.name): path for path in paths}
    for name, path in sorted(names.items()):
        digest.update(f"{name}\0{file_digest(path)}\0".encode())
    return digest.hexdigest()
