"""Arrays that may be larger than memory: mapped from files, gathered row by row, let go of when they were read."""

import mmap
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final

import numpy as np

from ..safe_files import disk_errors_explained

BLOCK_BYTES: Final = 8 * 2**20  # read, hashed or written at once
_SPILL_BYTES: Final = 16 * 2**20  # of one array; below it a file is not worth the trouble
_READ_ONLY: Final = "r"


def map_file(file: IO[bytes], dtype: np.dtype, shape: Sequence[int], offset: int) -> np.ndarray:
    """An array in a file, read-only; nothing is read until it is looked at. The file may be closed or unlinked."""
    if 0 in shape:  # nothing can be mapped
        return np.zeros(tuple(shape), dtype)
    return np.memmap(file, dtype=dtype, mode=_READ_ONLY, offset=offset, shape=tuple(shape))


def forget(rows: np.ndarray) -> None:
    """Say that a slice of a mapped array was read, so that its pages need not stay in memory. Others are left alone."""
    source = _map_of(rows)
    if source is None or rows.flags.writeable or not hasattr(mmap, "MADV_DONTNEED"):
        return
    start = rows.ctypes.data - np.frombuffer(source, np.uint8).ctypes.data
    first = start - start % mmap.PAGESIZE
    source.madvise(mmap.MADV_DONTNEED, first, start + rows.nbytes - first)


def blocks(array: np.ndarray) -> Iterator[np.ndarray]:
    """Slices of rows of at most about `BLOCK_BYTES`, contiguous; pages of a map are let go of behind them."""
    step = max(1, BLOCK_BYTES // max(1, array[:1].nbytes))
    for start in range(0, len(array), step):
        rows = array[start : start + step]
        yield np.ascontiguousarray(rows)
        forget(rows)


class RowStore:
    """Rows of one kind, gathered one after another, in bounded memory: many of them go to a file without a name.

    Args:
        row_shape: of each row.
        dtype: of each row.
        folder: where the file lies, for as long as the rows are used; None for the system's folder for such files.
    """

    def __init__(self, row_shape: Sequence[int], dtype: type[np.generic], folder: Path | None = None) -> None:
        self._shape = tuple(row_shape)
        self._dtype = np.dtype(dtype)
        self._row_bytes = self._dtype.itemsize * int(np.prod(self._shape))
        self._folder = folder
        self._file = tempfile.SpooledTemporaryFile(_SPILL_BYTES, dir=str(self._place()))  # noqa: SIM115  # `close` closes it
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, rows: np.ndarray) -> None:
        """Take in (n, *row_shape) rows.

        Raises:
            AlbumError: the disk is full or may not be written.
        """
        data = np.ascontiguousarray(rows, dtype=self._dtype).reshape(-1, *self._shape)
        with disk_errors_explained("write a temporary file in", self._place()):
            self._file.seek(self._count * self._row_bytes)
            self._file.write(data.tobytes())
        self._count += len(data)

    def take(self, order: np.ndarray) -> np.ndarray:
        """The rows in another order, in memory when they are few, else mapped from a file without a name.

        Args:
            order: (n,) int, which rows.
        """
        if len(order) * self._row_bytes <= _SPILL_BYTES:
            return self._read(order)
        step = max(1, BLOCK_BYTES // self._row_bytes)
        writing = disk_errors_explained("write a temporary file in", self._place())
        with writing, tempfile.TemporaryFile(dir=self._folder) as file:  # closed at the end; the map keeps the content
            for start in range(0, len(order), step):
                file.write(self._read(order[start : start + step]).tobytes())
            file.flush()
            return map_file(file, self._dtype, (len(order), *self._shape), 0)

    def close(self) -> None:
        """Give the space back; what `take` gave stays."""
        self._file.close()

    def _read(self, order: np.ndarray) -> np.ndarray:
        found = np.empty((len(order), self._row_bytes), np.uint8)
        for place, row in enumerate(order):
            self._file.seek(int(row) * self._row_bytes)
            found[place] = np.frombuffer(self._file.read(self._row_bytes), np.uint8)
        return found.view(self._dtype).reshape(len(order), *self._shape)

    def _place(self) -> Path:
        return self._folder or Path(tempfile.gettempdir())


def file_stamp(path: Path) -> tuple[int, int, int, int]:
    """What changes when a file is written or replaced: its node, size and times.

    Raises:
        AlbumError: it is gone or may not be looked at.
    """
    with disk_errors_explained("look at", path):
        status = os.stat(path)
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _map_of(array: np.ndarray) -> mmap.mmap | None:
    source: object = array
    while isinstance(source, np.ndarray):
        source = source.base
    return source if isinstance(source, mmap.mmap) else None
