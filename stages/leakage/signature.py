"""A perceptual signature that survives recompression, resizing, relighting, flips and crops.

Like pHash it keeps the signs of a picture's low cosine frequencies, but of many windows at once: because the cosine
transform is separable, two matrix products give the coefficients of all windows of a grid, where a library's hash
would be called some seven hundred times. Flips only change signs and transposition only swaps the axes, so the
eight orientations cost nothing. What is stored are signs, never values: a picture cannot be drawn from them.

Source: the idea of sign hashes of DCT coefficients is pHash's (Zauner, 2010); `imagehash.phash` is the test oracle.
"""

from typing import Final

import numpy as np
from PIL import Image

SIDE: Final = 120  # pixels of the square that every picture is reduced to; a multiple of GRID
GRID: Final = 12  # window edges lie on twelfths of each side
ORDER: Final = 12  # cosine frequencies per axis
BITS: Final = ORDER * ORDER - 1  # all but the mean
BYTES: Final = (BITS + 7) // 8
MIN_WINDOW_AREA: Final = 0.32  # of the picture: inside any crop that keeps half of it lies a window of this size
MIN_CONTRAST: Final = 2.0  # grey levels; below this, signs are rounding noise
MIN_BITS_IN_USE: Final = 24.0  # fewer frequencies with any weight and strangers agree by chance

Interval = tuple[float, float]

INTERVALS: Final[tuple[Interval, ...]] = tuple(
    (start * SIDE / GRID, end * SIDE / GRID) for start in range(GRID) for end in range(start + 5, GRID + 1)
)
# (windows, 2): row and column interval of every window, the whole picture among them.
WINDOWS: Final = np.array(
    [
        (row, column)
        for row, (top, bottom) in enumerate(INTERVALS)
        for column, (left, right) in enumerate(INTERVALS)
        if (bottom - top) * (right - left) >= MIN_WINDOW_AREA * SIDE * SIDE
    ]
)
_WHOLE = INTERVALS.index((0.0, float(SIDE)))
WHOLE: Final = int(np.flatnonzero((WINDOWS == _WHOLE).all(axis=1))[0])
ORIENTATIONS: Final = tuple((swap, down, right) for swap in (False, True) for down in (1, -1) for right in (1, -1))

_KY, _KX = np.mgrid[:ORDER, :ORDER]
_WHITENING = np.hypot(_KY, _KX).astype(np.float32)  # pictures have about 1/f amplitudes; this evens them out
_WEIGHT_LIMIT = 1.5  # of the root mean square: one strong frequency must not decide alone


def picture_luma(image: Image.Image) -> np.ndarray:
    """Reduce an RGB picture to a square of brightness.

    Returns:
        (SIDE, SIDE) float32, 0..255.
    """
    grey = image.convert("L")
    shrinks = min(grey.size) >= SIDE
    small = grey.resize((SIDE, SIDE), Image.Resampling.BOX if shrinks else Image.Resampling.BICUBIC)
    return np.asarray(small, dtype=np.float32)


def window_coefficients(luma: np.ndarray, rows: list[Interval], columns: list[Interval]) -> np.ndarray:
    """Cosine coefficients of every window that a row interval and a column interval make.

    Args:
        luma: (SIDE, SIDE) float32.
        rows: top and bottom edges in pixels of `luma`, fractions allowed.
        columns: left and right edges, likewise.

    Returns:
        (rows, columns, ORDER, ORDER) float32, frequencies down and across.
    """
    across = _cosines(columns).reshape(-1, SIDE)
    down = _cosines(rows).reshape(-1, SIDE)
    products = down @ (luma @ across.T)  # (rows * ORDER, columns * ORDER)
    return products.reshape(len(rows), ORDER, len(columns), ORDER).transpose(0, 2, 1, 3)


def grid_coefficients(luma: np.ndarray) -> np.ndarray:
    """Coefficients of all `WINDOWS`, (windows, ORDER, ORDER) float32."""
    everything = window_coefficients(luma, list(INTERVALS), list(INTERVALS))
    return everything[WINDOWS[:, 0], WINDOWS[:, 1]]


def oriented(coefficients: np.ndarray, orientation: int) -> np.ndarray:
    """The coefficients that the picture would have after one of the eight flips and quarter turns.

    Args:
        coefficients: (..., ORDER, ORDER).
        orientation: index into `ORIENTATIONS`.
    """
    swap, down, right = ORIENTATIONS[orientation]
    turned = np.swapaxes(coefficients, -1, -2) if swap else coefficients
    signs = np.where(_KY % 2, down, 1) * np.where(_KX % 2, right, 1)  # a flip negates the odd waves
    return turned * signs.astype(coefficients.dtype)


def pack_signs(coefficients: np.ndarray) -> np.ndarray:
    """(..., ORDER, ORDER) coefficients to (..., BYTES) uint8."""
    return np.packbits(_flat(coefficients) > 0, axis=-1)


def unpack_signs(packed: np.ndarray) -> np.ndarray:
    """(..., BYTES) uint8 to (..., BITS) float32 of -1 and 1."""
    return np.unpackbits(packed, axis=-1, count=BITS).astype(np.float32) * 2 - 1


def signed_weights(coefficients: np.ndarray) -> np.ndarray:
    """Signs of the frequencies, each as heavy as it is sure: one near zero flips at the least change.

    Returns:
        (..., BITS) float32; the absolute values of each row add up to `BITS`, so distances are in bits.
    """
    whitened = _flat(coefficients * _WHITENING)
    scale = np.sqrt((whitened**2).mean(axis=-1, keepdims=True)) + 1e-6
    weights = np.clip(whitened / scale, -_WEIGHT_LIMIT, _WEIGHT_LIMIT)
    return (weights * (BITS / (np.abs(weights).sum(axis=-1, keepdims=True) + 1e-6))).astype(np.float32)


def too_plain(coefficients: np.ndarray) -> bool:
    """Whether one window has too little in it for its signs to mean anything.

    Args:
        coefficients: (ORDER, ORDER).
    """
    values = _flat(coefficients)
    contrast = 2.0 * float(np.sqrt((values**2).sum()))  # Parseval: about the standard deviation in grey levels
    weights = np.abs(signed_weights(coefficients))
    in_use = float(weights.sum() ** 2 / ((weights**2).sum() + 1e-6))
    return not (contrast >= MIN_CONTRAST and in_use >= MIN_BITS_IN_USE)


def _flat(coefficients: np.ndarray) -> np.ndarray:
    return coefficients.reshape(*coefficients.shape[:-2], ORDER * ORDER)[..., 1:]


def _cosines(intervals: list[Interval]) -> np.ndarray:
    """(intervals, ORDER, SIDE) float32: cosines over each interval, zero outside; cut pixels count in part."""
    edges = np.asarray(intervals, dtype=np.float64)
    start, end = edges[:, :1], edges[:, 1:]  # (intervals, 1)
    pixel = np.arange(SIDE)
    covered = np.clip(np.minimum(pixel + 1, end) - np.maximum(pixel, start), 0.0, 1.0) / (end - start)
    position = (pixel + 0.5 - start) / (end - start)  # 0..1 inside the interval
    waves = np.cos(np.pi * np.arange(ORDER)[None, :, None] * position[:, None, :])
    return (waves * covered[:, None, :]).astype(np.float32)
