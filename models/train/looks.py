"""What an identity looks like, as numbers: a code for each attribute, and somebody who differs in one of them."""

from typing import Final, get_args

import numpy as np

from ...stages import vocabulary as v
from ...stages.records import Character
from .people import TWIN_ATTRIBUTES, identity_key

ACCESSORIES: Final = get_args(v.Accessory)
# Slots with one value each. Height shows in no head-and-shoulders crop, so it is no slot; the bald have no hair colour.
SLOTS: Final[dict[str, tuple[str, ...]]] = {
    "age": get_args(v.AgeGroup), "gender": get_args(v.Gender), "build": get_args(v.Build),
    "skin": tuple(map(str, range(1, 11))), "hair": get_args(v.HairStyle),
    "hair_color": (*get_args(v.HairColor), "none"), "face": get_args(v.FaceShape), "eyes": get_args(v.EyeColor),
    "facial_hair": get_args(v.FacialHair), "freckles": ("no", "yes"),
}  # fmt: skip
CODES: Final = len(SLOTS) + len(ACCESSORIES)
_SIZES: Final = np.array([len(values) for values in SLOTS.values()])


def look_codes(character: Character) -> np.ndarray:
    """(CODES,) uint8: the index of each slot's value, then 1 for each accessory that is worn."""
    face, hair = character.face, character.hair
    values = (
        character.age_group, character.gender, character.build, str(character.skin_tone), hair.style,
        "none" if hair.style == "bald" else hair.color, face.shape, face.eyes, face.facial_hair,
        "yes" if face.freckles else "no",
    )  # fmt: skip
    slots = [known.index(value) for known, value in zip(SLOTS.values(), values, strict=True)]
    return np.array([*slots, *(name in character.accessories for name in ACCESSORIES)], np.uint8)


def imagined_twins(codes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For each identity somebody who differs in one slot, or in one accessory.

    Args:
        codes: (n, CODES) uint8.
        rng: of the choice.

    Returns:
        (n, CODES) uint8.
    """
    twins = codes.copy()
    rows = np.arange(len(codes))
    # Accessories are chosen three times as often as any other slot: there are many of them.
    slot = rng.integers(0, len(SLOTS) + 3, len(codes))
    change = slot < len(SLOTS)
    sizes = _SIZES[slot[change]]
    step = 1 + (rng.random(change.sum()) * (sizes - 1)).astype(np.int64)
    twins[rows[change], slot[change]] = (codes[rows[change], slot[change]] + step) % sizes
    worn = len(SLOTS) + rng.integers(0, len(ACCESSORIES), (~change).sum())
    twins[rows[~change], worn] ^= 1
    return twins


def twin_attribute(first: Character, second: Character) -> str | None:
    """The one attribute in which two people differ, of `TWIN_ATTRIBUTES`; None when they are no twins."""
    if identity_key(first) == identity_key(second):
        return None
    differing = [name for name in (*TWIN_ATTRIBUTES, *_OTHERS) if _value(first, name) != _value(second, name)]
    return differing[0] if len(differing) == 1 and differing[0] in TWIN_ATTRIBUTES else None


_OTHERS: Final = ("age_group", "gender", "height", "face.eyes", "face.freckles")


def _value(character: Character, name: str) -> object:
    outer, _, inner = name.partition(".")
    value = getattr(character, outer)
    return getattr(value, inner) if inner else (sorted(value) if isinstance(value, list) else value)
