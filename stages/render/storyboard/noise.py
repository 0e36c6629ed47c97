"""Seeded noise: one tileable picture per place, from which ridges, ground and clouds are read."""

from functools import lru_cache

import numpy as np

SIZE = 256  # power of two, so that wrapping an index is a bit mask


@lru_cache(maxsize=32)
def noise_tile(seed: int, roughness: float = 1.3) -> np.ndarray:
    """Tileable fractal noise.

    Args:
        seed: any seed in [0, 2**63).
        roughness: exponent of the spectrum's fall; 0 white noise, 1 stone, 2 clouds.

    Returns:
        (256, 256) float32, mean 0.5, nearly all within 0..1. Shared: do not write to it.
    """
    white = np.random.default_rng(seed).standard_normal((SIZE, SIZE))
    frequency = np.hypot(np.fft.fftfreq(SIZE)[:, None], np.fft.rfftfreq(SIZE)[None, :])
    frequency[0, 0] = 1.0
    spectrum = np.fft.rfft2(white) / frequency**roughness
    spectrum[0, 0] = 0.0
    field = np.fft.irfft2(spectrum, s=(SIZE, SIZE))
    tile = (0.5 + 0.2 * field / field.std()).astype(np.float32)
    tile.flags.writeable = False
    return tile


def sample(tile: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Read a tile at texel coordinates that may lie anywhere; nearest texel, wrapped."""
    return tile[y.astype(np.int32) & (SIZE - 1), x.astype(np.int32) & (SIZE - 1)]


def sample_smooth(tile: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Read a tile between its texels, so that near ground shows no squares."""
    left, top = np.floor(x), np.floor(y)
    across, down = x - left, y - top
    across, down = across * across * (3 - 2 * across), down * down * (3 - 2 * down)
    x0, y0 = left.astype(np.int32), top.astype(np.int32)
    x1, y1 = (x0 + 1) & (SIZE - 1), (y0 + 1) & (SIZE - 1)
    x0, y0 = x0 & (SIZE - 1), y0 & (SIZE - 1)
    upper = tile[y0, x0] * (1 - across) + tile[y0, x1] * across
    lower = tile[y1, x0] * (1 - across) + tile[y1, x1] * across
    return upper * (1 - down) + lower * down


def profile(tile: np.ndarray, row: int, x: np.ndarray) -> np.ndarray:
    """A smooth line of noise: one row of a tile, interpolated at texel coordinates `x`."""
    return np.interp(np.mod(x, SIZE), np.arange(SIZE + 1), np.append(tile[row % SIZE], tile[row % SIZE, 0]))
