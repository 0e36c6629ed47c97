"""The colour that each part of each region most likely has, as the plan says it: paint by numbers."""

from typing import Final

import numpy as np

from ...records import Character, Outfit, Region
from ..renderer import PhotoJob
from ..storyboard.canvas import Rgb
from ..storyboard.figures import palette
from ..storyboard.props import COLORS
from .raster import PARTS

_SHORT_SLEEVES: Final = frozenset({"t_shirt", "tank_top", "dress", "swimsuit", "jersey"})
_BARE_SHINS: Final = frozenset({"shorts", "skirt", "swim_shorts"})
_LOOKS: Final = ("forearm", "thigh", "shin", "foot", "hair", "face", "hand")


def region_colours(job: PhotoJob, region: Region, *, looks: bool = True) -> np.ndarray:
    """Colours of one region's parts.

    Args:
        job: what is rendered.
        region: one of its layout.
        looks: whether skin and hair may be said; without them only clothes have a colour.

    Returns:
        (PARTS, 4) float32: red, green, blue in -1..1, and 1 where a colour is known; zeros where it is not.
    """
    known: dict[str, Rgb] = {}
    for character, outfit in zip(job.characters, job.outfits, strict=True):
        if character.id != region.ref:
            continue
        if character.kind == "animal":
            known = {"body": palette.COAT[character.coat.color]} if character.coat else {}
        else:
            known = _person(character, outfit, looks=looks)
    for thing in job.scene.objects:
        if thing.id == region.ref and thing.color in COLORS:
            known = {"body": COLORS[thing.color]}
    table = np.zeros((len(PARTS), 4), np.float32)
    for part, colour in known.items():
        table[PARTS.index(part)] = (*(channel / 127.5 - 1 for channel in colour), 1.0)
    return table


def _person(character: Character, outfit: Outfit | None, *, looks: bool) -> dict[str, Rgb]:
    known: dict[str, Rgb] = {}
    if looks:
        skin = palette.skin(character.skin_tone)
        known = dict.fromkeys(_LOOKS, skin)
        if character.hair.style != "bald":
            known["hair"] = palette.HAIR[character.hair.color]
    if outfit is None:
        return known
    top, bottom = palette.CLOTH[outfit.top_color], palette.CLOTH[outfit.bottom_color]
    known["body"] = top
    if outfit.top not in _SHORT_SLEEVES:
        known["forearm"] = top
    if outfit.bottom != "none":
        known["thigh"] = bottom
        if outfit.bottom not in _BARE_SHINS:
            known["shin"] = bottom
    elif outfit.top != "swimsuit":
        known["thigh"] = top
        if outfit.top == "suit":
            known["shin"] = top
    if outfit.footwear != "barefoot":
        known["foot"] = palette.CLOTH[outfit.footwear_color]
    return known
