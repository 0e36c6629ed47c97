"""What copies of a picture suffer: the changes that a whole-picture encoder is calibrated under."""

import io
from collections.abc import Callable
from typing import Final

import numpy as np
from PIL import Image

Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]
CROPPED_AREA: Final = 0.5  # of the picture that a crop keeps


def cropped(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Half of the picture's area, in its shape, anywhere in it."""
    height, width = picture.shape[:2]
    tall, wide = (max(1, round(side * CROPPED_AREA**0.5)) for side in (height, width))
    top, left = int(rng.integers(0, height - tall + 1)), int(rng.integers(0, width - wide + 1))
    return picture[top : top + tall, left : left + wide]


def flipped(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The mirror image."""
    return np.ascontiguousarray(picture[:, ::-1])


def relit(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another gamma, gain and contrast, 0.74 to 1.35 each, and white balance, 0.9 to 1.1."""
    light = (picture / 255.0) ** np.exp(rng.uniform(-0.3, 0.3)) * np.exp(rng.uniform(-0.3, 0.3))
    light = light * np.exp(rng.uniform(-0.1, 0.1, 3))
    mean = light.mean(axis=(0, 1))
    light = (light - mean) * np.exp(rng.uniform(-0.3, 0.3)) + mean
    return (np.clip(light, 0, 1) * 255 + 0.5).astype(np.uint8)


def recompressed(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Through JPEG of a quality from 20 to 60."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=int(rng.integers(20, 61)))
    return np.asarray(Image.open(file))


def resized(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A quarter to a half as wide and high."""
    share = rng.uniform(0.25, 0.5)
    height, width = (max(8, round(side * share)) for side in picture.shape[:2])
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.BILINEAR))


CHANGES: Final[dict[str, Change]] = {
    "crop": cropped,
    "flip": flipped,
    "relight": relit,
    "recompress": recompressed,
    "resize": resized,
}
