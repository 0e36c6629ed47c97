"""Lasting features of a place ("red bandstand", "old oak tree"): read from their words, drawn always at one spot."""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...records import Environment
from .canvas import Rgb
from .ground import lay_ground
from .landmarks import LANDMARKS
from .plants import paint_bush, paint_flowers
from .props import COLORS, draw_prop
from .trees import paint_tree
from .view import View

_TREES = {
    "oak": "oak",
    "pine": "pine",
    "fir": "pine",
    "spruce": "pine",
    "palm": "palm",
    "birch": "birch",
    "willow": "willow",
    "cherry": "cherry",
    "apple": "apple",
    "maple": "maple",
    "tree": "oak",
    "trees": "oak",
    "pines": "pine",
    "palms": "palm",
}
_SYNONYMS = {
    "gazebo": "bandstand",
    "pavilion": "bandstand",
    "jetty": "pier",
    "dock": "pier",
    "boardwalk": "pier",
    "cottage": "cabin",
    "hut": "cabin",
    "lodge": "cabin",
    "house": "cabin",
    "farmhouse": "cabin",
    "shed": "cabin",
    "cliff": "boulder",
    "rock": "boulder",
    "rocks": "boulder",
    "boulders": "boulder",
    "stones": "boulder",
    "tower": "tower",
    "castle": "tower",
    "belfry": "tower",
    "chapel": "church",
    "cathedral": "church",
    "sculpture": "statue",
    "monument": "statue",
    "stream": "pond",
    "river": "pond",
    "pool": "pond",
    "creek": "pond",
    "roses": "flowers",
    "rose": "flowers",
    "tulips": "flowers",
    "flowerbed": "flowers",
    "flower": "flowers",
    "wildflowers": "flowers",
    "lavender": "flowers",
    "hedge": "bush",
    "bushes": "bush",
    "shrubs": "bush",
    "lamppost": "lamp",
    "lamps": "lamp",
    "lantern": "lamp",
    "streetlamp": "lamp",
    "falls": "waterfall",
    "hearth": "fireplace",
    "stove": "fireplace",
    "painting": "picture",
    "paintings": "picture",
    "portrait": "picture",
    "mural": "picture",
    "clocks": "clock",
    "bookcase": "bookshelf",
    "bookshelves": "bookshelf",
    "shelves": "bookshelf",
    "plants": "plant",
    "fern": "plant",
    "carousel": "bandstand",
    "fencing": "fence",
    "gate": "fence",
}
_PROPS = {
    "bench": ("bench", 1.5, 0.85),
    "boat": ("boat", 3.2, 1.4),
    "rowboat": ("boat", 3.2, 1.4),
    "canoe": ("canoe", 3.4, 0.8),
    "tent": ("tent", 2.6, 1.7),
    "car": ("car", 3.8, 1.5),
    "van": ("van", 4.2, 2.1),
    "bicycle": ("bicycle", 1.7, 1.1),
    "table": ("table", 1.6, 0.85),
    "chair": ("chair", 0.6, 1.0),
    "snowman": ("snowman", 1.1, 1.7),
    "flag": ("flag", 1.6, 3.0),
    "flags": ("flag", 1.6, 3.0),
    "umbrella": ("beach_umbrella", 2.2, 2.3),
    "telescope": ("telescope", 1.0, 1.5),
    "pumpkins": ("pumpkin", 1.2, 0.6),
    "campfire": ("campfire", 1.2, 0.9),
    "guitar": ("guitar", 0.45, 1.1),
    "sled": ("sled", 1.2, 0.5),
    "surfboards": ("surfboard", 0.7, 2.1),
    "balloons": ("balloons", 1.1, 2.2),
}
_COLOR_WORDS: dict[str, Rgb] = {
    **COLORS,
    "grey": COLORS["gray"],
    "golden": (222, 174, 74),
    "wooden": (156, 112, 72),
    "stone": (178, 170, 158),
}


class Feature(NamedTuple):
    """A drawable noun of a feature's text, and the colour it was given."""

    text: str
    noun: str
    color: Rgb | None


def read_feature(text: str) -> Feature | None:
    """Find the drawable noun in a feature's words; None when there is none.

    Args:
        text: as the plan says it, e.g. "an old red bandstand". The last drawable word before a preposition is meant.
    """
    # "a stone bridge over the creek" is a bridge: what follows a preposition counts only when nothing stands before it.
    for part in re.split(r"\b(?:over|by|with|near|in|on|at|of|under|beside|behind|among|beyond|from)\b", text.lower()):
        words = re.findall(r"[a-z]+", part)
        color = next((_COLOR_WORDS[word] for word in words if word in _COLOR_WORDS), None)
        for word in reversed(words):
            noun = _drawable(word) or _drawable(word.removesuffix("s"))
            if noun is not None:
                return Feature(text, _species(words) if noun in {"tree", "trees"} else noun, color)
    return None


def _drawable(word: str) -> str | None:
    noun = _SYNONYMS.get(word, word)
    return noun if noun in LANDMARKS or noun in _TREES or noun in _PROPS or noun in _PLANTS else None


def paint_features(view: View, environment: Environment, *, indoors: bool) -> None:
    """Draw what lasts in a place, farther things first.

    The spot of a feature follows from the place and the feature's own words, so that it stays where it is when others
    are added; only a spot that an earlier feature has taken is moved on.
    """
    placed = []
    taken: set[int] = set()
    for text in environment.features:
        feature = read_feature(text)
        if feature is None:
            continue
        rng = view.rng("feature", text.lower())
        slot = rng.randrange(len(_SLOTS))
        while slot in taken and len(taken) < len(_SLOTS):
            slot = (slot + 1) % len(_SLOTS)
        taken.add(slot)
        placed.append((_SLOTS[slot], feature, rng))
    for (share, z), feature, rng in sorted(placed, key=lambda item: -item[0][1]):
        if indoors:
            z = 5.2
        z = _ashore(view, environment.kind, feature.noun, share, z)
        # In a narrow picture the spots move together, so that none is lost outside the frame.
        x = share * z * min(1.0, view.reach / 0.42)
        _paint(view, feature, x, z, rng)


# Where features stand: share of the distance to the side, metres away. Never in the middle, where people are.
_SLOTS = (
    (-0.30, 13.0),
    (0.30, 14.0),
    (-0.22, 20.0),
    (0.21, 21.0),
    (0.36, 9.5),
    (-0.37, 9.8),
    (0.15, 17.0),
    (-0.15, 16.0),
)


# Where the water begins, metres away; what is at home in or over water.
_SHORES = {"beach": 9.6, "harbor": 7.2, "lake": 6.0, "coastal_town": 8.4}
_AFLOAT = frozenset({"pier", "lighthouse", "boat", "rowboat", "canoe", "bridge", "surfboards"})


def _ashore(view: View, kind: str, noun: str, share: float, z: float) -> float:
    """Keep dry what would stand in water: on the beach, or on an islet of its own."""
    if kind not in _SHORES or noun in _AFLOAT or z <= _SHORES[kind]:
        return z
    if kind == "beach" and noun not in {"church", "tower", "windmill", "wheel", "waterfall"}:
        return _SHORES[kind]
    middle, half_x, half_z = share * z * 1.35 * min(1.0, view.reach / 0.42), 0.24 * z + 2.0, 0.55 * z

    def islet(x: np.ndarray, away: np.ndarray) -> np.ndarray:
        return 9.0 * (1.0 - (((x - middle) / half_x) ** 2 + ((away - z * 1.4) / half_z) ** 2) ** 0.5)

    def rim(x: np.ndarray, away: np.ndarray) -> np.ndarray:
        return islet(x, away) + 0.7

    lay_ground(view, "sand", cover=rim)
    lay_ground(view, "grass", cover=islet)
    return z


def _species(words: list[str]) -> str:
    return next((_TREES[word] for word in words if word in _TREES and word not in {"tree", "trees"}), "oak")


def _paint(view: View, feature: Feature, x: float, z: float, rng: random.Random) -> None:
    noun = feature.noun
    if noun in LANDMARKS:
        LANDMARKS[noun](view, x, z, feature.color, rng)
    elif noun in _TREES:
        old = 1.25 if re.search(r"\b(old|big|tall|giant|ancient|huge)\b", feature.text.lower()) else 1.0
        paint_tree(view, x, z, 7.0 * old, _TREES[noun], rng, feature.color)
    elif noun in _PLANTS:
        _PLANTS[noun](view, x, z, feature.color, rng)
    else:
        kind, width, height = _PROPS[noun]
        (x0, y0), (x1, y1) = view.point(x - width / 2, height, z), view.point(x + width / 2, 0, z)
        name = next((name for name, value in COLORS.items() if value == feature.color), None)
        draw_prop(
            view.canvas, kind, (x0, y0, x1, y1), color=name, count=1, name=feature.text, light=view.light,
            tone=lambda color: view.color(color, z), seed=rng.randrange(2**31),
        )  # fmt: skip


def _bush(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    for dx in (-0.9, 0.0, 0.9):
        paint_bush(view, x + dx, z, 1.1, rng, flowers=color)


def _flowers(view: View, x: float, z: float, color: Rgb | None, rng: random.Random) -> None:
    tint = color or rng.choice(((226, 70, 96), (246, 190, 70), (170, 110, 200)))
    for dx in (-1.0, -0.35, 0.35, 1.0):
        paint_bush(view, x + dx, z, 0.6, rng, flowers=tint)
    paint_flowers(view, f"feature-{x:.1f}", max(2.2, z - 5), z, (tint,), amount=30)


_PLANTS: dict[str, Callable[[View, float, float, Rgb | None, random.Random], None]] = {
    "bush": _bush,
    "flowers": _flowers,
}

# Everything that a feature can be read as.
FEATURE_NOUNS: tuple[str, ...] = tuple(sorted({*LANDMARKS, *_TREES.values(), *_PROPS, *_PLANTS}))
