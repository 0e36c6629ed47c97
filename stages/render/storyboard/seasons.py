"""What the month does to plants. Albums say no latitude, so months are those of the northern temperate zone."""

import random

from .canvas import Rgb, mix

_AUTUMN: tuple[Rgb, ...] = ((214, 128, 48), (226, 164, 60), (188, 84, 44), (200, 146, 62), (168, 122, 52))
_BLOSSOM: dict[str, Rgb] = {"cherry": (246, 190, 208), "apple": (246, 226, 228)}
_FRESH: Rgb = (164, 200, 92)
_EVERGREEN = frozenset({"pine", "fir", "palm"})


def season_of(month: int) -> str:
    """Meteorological season of a month, 1 to 12: "spring" from March, "summer" from June, and so on."""
    return ("winter", "spring", "summer", "autumn")[month % 12 // 3]


def tree_in_season(species: str, leaf: Rgb | None, season: str, own: random.Random) -> tuple[str, Rgb | None]:
    """What a tree looks like in a season: species to draw, and its foliage's colour or None for the species' own.

    Args:
        species: as in `paint_tree`; evergreens stay as they are, and so does what is asked for by colour.
        leaf: a colour that was asked for.
        season: of `season_of`.
        own: randomness of this tree alone, the same in every scene.
    """
    if species in _EVERGREEN or leaf is not None or species == "bare":
        return species, leaf
    if season == "winter":
        return "bare", None
    if season == "autumn":
        return ("oak" if species == "cherry" else species), own.choice(_AUTUMN)
    if season == "spring":
        return species, _BLOSSOM.get(species) or mix(_FRESH, (150, 190, 80), own.random())
    return ("oak" if species == "cherry" else species), None
