"""Identity vectors of anchor portraits: head and shoulders from the front, as every renderer makes them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ..errors import AlbumError
from ..vocabulary import OPENPOSE_18
from .interface import FoundPerson, PersonEncoder

_UNIT: Final = 0.44  # head height, of the portrait's side
_NOSE_Y: Final = 0.47  # of the portrait's height
# Joints in head heights from the nose. Arms and legs leave the picture; encoders read nose, neck, eyes and ears.
_JOINTS: Final = {
    "nose": (0.0, 0.0), "neck": (0.0, 0.75), "r_shoulder": (-0.70, 0.82), "l_shoulder": (0.70, 0.82),
    "r_eye": (-0.18, -0.1), "l_eye": (0.18, -0.1), "r_ear": (-0.42, -0.02), "l_ear": (0.42, -0.02),
}  # fmt: skip
_BELOW: Final = (0.0, 2.6)
PORTRAIT_SKELETON: Final[tuple[tuple[float, float, float], ...]] = tuple(
    (0.5 + x * _UNIT, _NOSE_Y + y * _UNIT, float(name in _JOINTS))
    for name, (x, y) in ((name, _JOINTS.get(name, _BELOW)) for name in OPENPOSE_18)
)
"""OpenPose-18 (x, y, visible) of a portrait, as fractions of it: the contract with the renderers."""


def encode_portrait(encoder: PersonEncoder, portrait: np.ndarray, *, name: str) -> np.ndarray:
    """The identity vector of an anchor portrait.

    Args:
        encoder: any person encoder; without a detector it is told where the head of a portrait is.
        portrait: (side, side, 3) uint8, head and shoulders from the front.
        name: of the character, for the message.

    Returns:
        (dim,) float32 of unit length.

    Raises:
        AlbumError: nobody can be seen on the portrait.
    """
    (known,) = encoder.encode_known(portrait, [PORTRAIT_SKELETON])
    if known is None and encoder.finds_people:
        known = surest(encoder.find(portrait))
    if known is None:
        raise AlbumError(
            f"The encoder '{encoder.facts.name}' sees nobody on the portrait of '{name}': make the portraits larger, "
            "or with another renderer."
        )
    return np.asarray(known.vector, np.float32)


def surest(found: Sequence[FoundPerson]) -> FoundPerson | None:
    """Whom a detector is surest of."""
    return max(found, key=lambda person: person.confidence, default=None)
