"""What lies behind the regions of a scene: which surface each pixel shows and how near it is."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..records import SceneLayout
from ..seeds import derive_seed
from ..vocabulary import INDOOR_KINDS

NEAREST = 0.8  # inverse depth of the ground on the ground line; regions there have depth 0.2
_WALL = 0.16  # inverse depth of the wall behind a room
_SIDES = 1.15  # inverse depth that side walls of rooms and streets gain from the middle to the edge, per picture width
_FACADES = 0.95  # how steeply the roofs along a street rise towards the camera, per picture width


@dataclass(frozen=True)
class _Place:
    """An open place: its ground, what stands along the horizon, and the water between shore and horizon."""

    ground: str
    band: str = ""
    band_height: float = 0.0  # picture heights over the horizon
    water: str = ""


_SHORE = 0.30  # where water ends, between the horizon and the lower edge
_OPEN: Final[dict[str, _Place]] = {
    "park": _Place("grass", "tree", 0.12),
    "garden": _Place("grass", "tree", 0.14),
    "playground": _Place("grass", "tree", 0.10),
    "beach": _Place("sand", water="sea"),
    "harbor": _Place("pier", "building", 0.10, "sea"),
    "coastal_town": _Place("sidewalk", "building", 0.14, "sea"),
    "forest": _Place("earth", "tree", 0.42),
    "mountain": _Place("grass", "mountain", 0.22),
    "lake": _Place("grass", "mountain", 0.12, "water"),
    "meadow": _Place("field", "tree", 0.06),
    "desert": _Place("sand", "hill", 0.06),
    "snowfield": _Place("land", "mountain", 0.14),
    "campsite": _Place("grass", "tree", 0.24),
    "road": _Place("road", "mountain", 0.12),
    "farm": _Place("field", "tree", 0.08),
}
_STREETS: Final[dict[str, str]] = {"city_street": "road", "old_town": "sidewalk", "market": "sidewalk"}


@dataclass(frozen=True, eq=False)
class Backdrop:
    """surface: (height, width) index into `names`; nearness: (height, width) float32 inverse depth, 0 far."""

    names: tuple[str, ...]
    surface: np.ndarray
    nearness: np.ndarray


def backdrop_of(layout: SceneLayout, kind: str, place: str, width: int, height: int) -> Backdrop:
    """Floor, walls and ceiling of a room; ground, facades and sky of a street; ground, water, ridge and sky elsewhere.

    Inverse depth of flat ground grows evenly from the horizon down, so it agrees with the depth that the blueprint
    gives whatever stands there.

    Args:
        layout: for horizon and ground line.
        kind: one of vocabulary.ENVIRONMENT_KINDS.
        place: id of the environment; the skyline is its own and stays from scene to scene.
        width: of the picture, pixels.
        height: of the picture, pixels.
    """
    y = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]
    x = ((np.arange(width, dtype=np.float32) + 0.5) / width)[None, :]
    per_height = NEAREST / max(min(layout.ground, 1.0) - layout.horizon, 0.05)
    below = (y - layout.horizon) * per_height
    floor = np.broadcast_to(np.clip(below, 0.0, 1.2), (height, width))
    if kind in INDOOR_KINDS:
        return _room(floor, np.clip(-below * 0.9, 0.0, 1.2), np.abs(x - 0.5))
    if kind in _STREETS:
        return _street(floor, y, layout.horizon, np.abs(x - 0.5), _STREETS[kind])
    return _open(floor, y, x, layout.horizon, _OPEN.get(kind, _Place("earth")), place)


def _room(floor: np.ndarray, ceiling: np.ndarray, aside: np.ndarray) -> Backdrop:
    sides = np.maximum(aside * _SIDES - 0.34, 0.0)
    layers = np.stack(np.broadcast_arrays(np.float32(_WALL), sides, floor, ceiling))
    surface = np.array([0, 0, 1, 2])[layers.argmax(axis=0)]
    return Backdrop(("wall", "floor", "ceiling"), surface, layers.max(axis=0).astype(np.float32))


def _street(floor: np.ndarray, y: np.ndarray, horizon: float, aside: np.ndarray, ground: str) -> Backdrop:
    sides = np.broadcast_to(np.maximum(aside - 0.06, 0.0) * _SIDES, floor.shape)
    roof = horizon - 0.06 - aside * _FACADES
    facade = (y > roof) & (sides >= floor)
    surface = np.where(facade, 1, np.where(y < horizon, 2, 0))
    nearness = np.where(facade, sides, floor)
    return Backdrop((ground, "building", "sky"), surface, nearness.astype(np.float32))


def _open(floor: np.ndarray, y: np.ndarray, x: np.ndarray, horizon: float, place: _Place, key: str) -> Backdrop:
    shore = horizon + _SHORE * (1.0 - horizon)
    surface = np.where(y < horizon, 2, np.where((y < shore) & bool(place.water), 3, 0))
    surface = np.broadcast_to(surface, floor.shape).copy()
    ridge = _skyline(x, key) * place.band_height
    band = (y < horizon) & (y > horizon - ridge)
    surface[band] = 1
    nearness = np.where(band, 0.05, floor)
    names = (place.ground, place.band or "sky", "sky", place.water or place.ground)
    return Backdrop(names, surface, nearness.astype(np.float32))


def _skyline(x: np.ndarray, key: str) -> np.ndarray:
    """Heights 0.55 to 1 along the horizon, a few slow waves that belong to the place."""
    rng = np.random.default_rng(derive_seed("skyline", key))
    waves = sum(np.sin(2 * np.pi * (count * x + rng.random())) / count for count in (1, 2, 5))
    return 0.78 + 0.22 * np.asarray(waves) / 1.7
