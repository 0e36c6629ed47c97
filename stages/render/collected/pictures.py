"""Pictures that somebody else sampled, looked at before they become photos of an album."""

import hashlib
from typing import Final

import numpy as np

from ...photo_file import to_photo
from ...records import SceneLayout
from ..photo_request import MAX_SIDE_PX, MAX_STRETCH, MIN_SIDE_PX

_WITH_COLOURS: Final = (3, 4)  # channels; the fourth is transparency and is left out


def what_is_wrong(picture: np.ndarray, layout: SceneLayout) -> str:
    """Why a picture cannot be the photo of a scene, and what to do; "" where it can.

    Args:
        picture: (height, width, 3 or 4) floats, 0 to 1.
        layout: of the scene; the picture has its shape, at any size.
    """
    if picture.ndim != 3 or picture.shape[2] not in _WITH_COLOURS:
        return f"has the shape {picture.shape} and is no colour picture: connect the IMAGE of VAE Decode"
    height, width = picture.shape[:2]
    if min(width, height) < MIN_SIDE_PX or max(width, height) > MAX_SIDE_PX:
        return f"is {width} x {height} pixels: a photo has {MIN_SIDE_PX} to {MAX_SIDE_PX} a side, so scale it"
    if abs((width / height) / (layout.width / layout.height) - 1) > MAX_STRETCH:
        return (
            f"is {width} x {height} pixels, but its scene is laid out for {layout.width} x {layout.height}: sample it "
            "at the width and height of Album Scene Pick, or enlarge it without changing its shape"
        )
    if not np.isfinite(picture).all():
        return (
            "has pixels that are not numbers (NaN or infinite), as half precision gives where it overflows: sample and "
            "decode it again with the model or the VAE in float32"
        )
    return ""


def picture_digest(picture: np.ndarray) -> str:
    """Hash of what the photo will show, 64 hexadecimal digits."""
    pixels = np.ascontiguousarray(to_photo(picture))
    return hashlib.sha256(f"{pixels.shape}\0".encode() + pixels.tobytes()).hexdigest()
