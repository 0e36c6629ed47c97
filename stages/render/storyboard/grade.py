"""Final looks of the album's styles: exposure, colour, grain, paper, outlines."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from ...seeds import derive_seed
from .noise import SIZE, noise_tile
from .view import Lamp

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_Grade = Callable[[np.ndarray, int, int], np.ndarray]


def relight(picture: np.ndarray, lamps: list[Lamp], *, dusk: float) -> np.ndarray:
    """Brighten and warm what is near the lamps.

    Args:
        picture: (h, w, 3) float32, 0..1.
        lamps: in pixels of the picture.
        dusk: mean light of the scene, 1 daylight; lamps bring it up to about daylight and no further.
    """
    if not lamps:
        return picture
    height, width = picture.shape[:2]
    step = max(1, min(height, width) // 96)
    ys, xs = np.arange(0, height, step, dtype=np.float32)[:, None], np.arange(0, width, step, dtype=np.float32)[None, :]
    gain = np.zeros((ys.shape[0], xs.shape[1], 3), np.float32)
    for lamp in lamps:
        nearness = np.clip(1 - ((xs - lamp.x) ** 2 + (ys - lamp.y) ** 2) / max(lamp.radius, 1.0) ** 2, 0, 1) ** 2
        gain += (nearness * lamp.strength)[..., None] * (np.asarray(lamp.color, np.float32) / 200)
    gain = min(1.5, max(0.12, 1.08 / max(dusk, 0.05) - 1)) * (1 - np.exp(-gain))
    channels = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(gain[..., c])).resize((width, height), Image.Resampling.BILINEAR)
        )
        for c in range(3)
    ]
    # What shines by itself, flames and lit windows, is not made brighter by its own light.
    dim = 1 - 0.9 * np.clip(picture.max(axis=2, keepdims=True), 0, 1) ** 2
    return picture * (1 + np.dstack(channels) * dim)


def grade(picture: np.ndarray, style: str, *, place: int, photo: int) -> np.ndarray:
    """Develop a picture in one of the album's styles.

    Args:
        picture: (h, w, 3) float32, 0..1 and above where lights shine.
        style: one of vocabulary.STYLE_NAMES.
        place: seed of what stays from photo to photo, such as the paper of a watercolour.
        photo: seed of what does not, such as film grain.

    Returns:
        (h, w, 3) uint8.
    """
    highlights = np.maximum(picture - 0.85, 0)
    picture = np.where(picture > 0.85, 0.85 + 0.15 * (1 - np.exp(-highlights / 0.15)), picture)  # a soft shoulder
    graded = _GRADES[style](picture.astype(np.float32), place, photo)
    return (np.clip(graded, 0, 1) * 255 + 0.5).astype(np.uint8)


def _gray(picture: np.ndarray) -> np.ndarray:
    return (picture @ _LUMA)[..., None]


def _saturate(picture: np.ndarray, amount: float) -> np.ndarray:
    gray = _gray(picture)
    return gray + (picture - gray) * amount


def _contrast(picture: np.ndarray, amount: float) -> np.ndarray:
    """An S-curve around the middle; 0 leaves the picture as it is."""
    x = np.clip(picture, 0, 1)
    return x + amount * (x * x * (3 - 2 * x) - x)


def _vignette(picture: np.ndarray, amount: float) -> np.ndarray:
    height, width = picture.shape[:2]
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    return picture * (1 - amount * np.clip((x * x + y * y - 0.35) / 1.65, 0, 1))[..., None]


def _grain(picture: np.ndarray, amount: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(derive_seed(seed, "grain"))
    return picture + rng.standard_normal(picture.shape[:2], np.float32)[..., None] * amount


def _blurred(picture: np.ndarray, radius: float) -> np.ndarray:
    image = Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def _unit(picture: np.ndarray) -> float:
    return (picture.shape[0] * picture.shape[1]) ** 0.5


def _natural(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    return _vignette(_contrast(picture, 0.12), 0.10)


def _vivid(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    return np.clip(_contrast(_saturate(picture, 1.5), 0.45), 0, 1) * 1.03


def _black_and_white(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    gray = picture @ np.array([0.42, 0.46, 0.12], np.float32)
    gray = np.maximum(gray, 0.0) ** (1.0 if gray.mean() > 0.22 else 0.68)  # night is exposed for the faces
    return _grain(_vignette(np.repeat(_contrast(gray, 0.6)[..., None], 3, axis=2), 0.22), 0.018, photo)


def _film(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    halo = np.clip(_blurred(picture, _unit(picture) * 0.014) - 0.72, 0, 1) * np.array([1.0, 0.45, 0.25], np.float32)
    warm = _saturate(_contrast(picture, 0.3), 0.9) * np.array([1.05, 0.99, 0.89], np.float32) + halo * 0.55
    return _grain(_vignette(0.055 + warm * 0.92, 0.16), 0.021, photo)


def _vintage(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    gray = _contrast(_gray(picture), 0.1)
    sepia = gray * np.array([1.02, 0.86, 0.64], np.float32) + np.array([0.10, 0.075, 0.05], np.float32)
    faded = sepia * 0.82 + picture * 0.12 + 0.05
    return _grain(_vignette(faded, 0.42), 0.014, photo)


def _cinematic(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    gray = _gray(picture)
    teal, orange = np.array([-0.075, 0.015, 0.075], np.float32), np.array([0.085, 0.015, -0.085], np.float32)
    split = teal * (1 - np.clip(gray * 1.25, 0, 1)) + orange * np.clip(gray * 1.15 - 0.2, 0, 1)
    return _vignette(_contrast(_saturate(picture, 0.92) * 0.94 + split, 0.55), 0.30)


def _paper(shape: tuple[int, ...], seed: int, roughness: float) -> np.ndarray:
    tile = noise_tile(derive_seed(seed, "paper", roughness), roughness)
    return tile[np.arange(shape[0])[:, None] & (SIZE - 1), np.arange(shape[1])[None, :] & (SIZE - 1)] - 0.5


def _watercolor(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    unit = _unit(picture)
    image = Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    size = max(3, int(unit / 110) | 1)
    flat = np.asarray(image.filter(ImageFilter.MedianFilter(min(7, size))), np.float32) / 255
    flat = _wobbled(flat, place, unit * 0.004)
    # Pigment gathers at the edge of every wash.
    edge = np.clip(_gray(_blurred(flat, unit * 0.006)) - _gray(flat), 0, 1)
    wash = _paper(picture.shape, place, 1.7)[..., None]
    color = _saturate(flat, 1.12) * 0.84 + 0.16 - edge * 0.75 + wash * 0.16
    color += _paper(picture.shape, place, 0.55)[..., None] * 0.10
    return _bled(color, place)


def _wobbled(picture: np.ndarray, seed: int, amount: float) -> np.ndarray:
    height, width = picture.shape[:2]
    shift_x, shift_y = _paper(picture.shape, seed, 1.81) * amount * 3, _paper(picture.shape, seed, 1.82) * amount * 3
    rows = np.clip(np.arange(height)[:, None] + shift_y, 0, height - 1).astype(np.int32)
    columns = np.clip(np.arange(width)[None, :] + shift_x, 0, width - 1).astype(np.int32)
    return picture[rows, columns]


def _bled(picture: np.ndarray, seed: int) -> np.ndarray:
    """White paper around a ragged edge."""
    height, width = picture.shape[:2]
    y, x = (np.arange(height) + 0.5)[:, None], (np.arange(width) + 0.5)[None, :]
    unit = min(height, width)
    inside = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y)) / unit
    ragged = inside - 0.030 + _paper(picture.shape, seed, 1.4) * 0.045
    cover = np.clip(ragged / 0.012, 0, 1)[..., None]
    rim = np.exp(-((ragged / 0.010 - 1.0) ** 2))[..., None] * 0.10
    return picture * cover - rim * cover + np.array([0.985, 0.975, 0.95], np.float32) * (1 - cover)


def _illustration(picture: np.ndarray, place: int, photo: int) -> np.ndarray:
    unit = _unit(picture)
    smooth = _blurred(picture, unit * 0.0016)
    levels = 6
    gray = np.clip(_gray(smooth), 0.02, 1)
    stepped = (np.floor(gray * levels) + 0.5 + np.clip((gray * levels % 1 - 0.5) * 6, -0.5, 0.5)) / levels
    flat = _saturate(smooth * (0.45 + 0.55 * stepped / gray), 1.22)
    fine, coarse = _blurred(picture, unit * 0.0018), _blurred(picture, unit * 0.0045)
    line = np.clip((np.abs(fine - coarse).max(axis=2) - 0.055) * 11, 0, 1)[..., None]
    ink = np.array([0.14, 0.10, 0.16], np.float32)
    return flat * (1 - line * 0.8) + ink * line * 0.8


_GRADES: dict[str, _Grade] = {
    "natural": _natural, "vivid": _vivid, "black_and_white": _black_and_white, "film": _film, "vintage": _vintage,
    "cinematic": _cinematic, "watercolor": _watercolor, "illustration": _illustration,
}  # fmt: skip
