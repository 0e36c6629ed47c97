"""Landmarks that a place may be known by."""

import random
from collections.abc import Callable

from ..canvas import Rgb
from ..view import View
from . import grounds, indoors, towers

_Painter = Callable[[View, float, float, Rgb | None, random.Random], None]

LANDMARKS: dict[str, _Painter] = {
    "bandstand": grounds.bandstand,
    "pier": grounds.pier,
    "lighthouse": towers.lighthouse,
    "bridge": grounds.bridge,
    "fountain": grounds.fountain,
    "statue": grounds.statue,
    "windmill": towers.windmill,
    "cabin": towers.cabin,
    "barn": towers.barn,
    "church": towers.church,
    "tower": towers.tower,
    "boulder": grounds.boulders,
    "waterfall": grounds.waterfall,
    "pond": grounds.pond,
    "fence": grounds.fence,
    "lamp": grounds.lamp,
    "wheel": towers.ferris_wheel,
    "fireplace": indoors.fireplace,
    "bookshelf": indoors.bookshelf,
    "piano": indoors.piano,
    "picture": indoors.picture,
    "clock": indoors.clock,
    "plant": indoors.plant,
}
