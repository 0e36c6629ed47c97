"""The camera of a scene: where the horizon lies, how large a metre is, and where the light comes from."""

import math
import random
from dataclasses import dataclass, replace

from ..records import AlbumPlan, Scene
from ..seeds import derive_seed
from ..vocabulary import INDOOR_KINDS

# The lower the camera, the lower the horizon lies in the picture (larger y), and the less it looks down.
_HORIZON = {"eye_level": 0.45, "low": 0.64, "high": 0.20, "overhead": -0.30}
_PITCH = {"eye_level": 11.0, "low": 3.0, "high": 20.0, "overhead": 30.0}

TALL = 1.70  # metres, the adult that shot sizes are stated for
_SHOT_SHARE = {"wide": 0.42, "medium": 0.82, "close_up": 2.0, "detail": 2.4}  # of the picture's height that it fills


@dataclass(frozen=True)
class View:
    """How metres on the ground become picture heights.

    horizon and ground are y in picture heights (0 top, 1 bottom); `scale` is picture heights per metre on the ground
    line. Everything farther away stands higher and is smaller: both go linearly to the horizon.
    """

    aspect: float
    horizon: float
    ground: float
    scale: float
    pitch: float
    light: tuple[float, float]

    def scale_at(self, y: float) -> float:
        """Picture heights per metre for things that stand on the ground at y."""
        return self.scale * max(y - self.horizon, 0.02) / (self.ground - self.horizon)

    def depth_at(self, y: float) -> float:
        """Depth 0..1 of the ground at y: 0.2 on the ground line, 1 at the horizon."""
        line = min(self.ground, 1.0)
        return min(max(1.0 - 0.8 * (y - self.horizon) / max(line - self.horizon, 0.05), 0.0), 1.0)

    def toward_water(self, size: float) -> "View":
        """The same camera for people in the water: they float near the horizon, smaller (`size`) than on the shore."""
        return replace(self, ground=min(self.ground, self.horizon + 0.16), scale=self.scale * size)

    def scaled(self, factor: float) -> "View":
        """The same camera farther away: figures shrink and, half as much, move towards the horizon."""
        ground = self.horizon + (self.ground - self.horizon) * (1 + factor) / 2
        return replace(self, scale=self.scale * factor, ground=ground)


def view_of_scene(plan: AlbumPlan, scene: Scene, *, aspect: float, tallest: float) -> View:
    """The camera that fits a scene.

    The same environment keeps its horizon for each camera angle; the light follows the clock and the place.

    Args:
        plan: for its seed and environments.
        scene: shot, angle and time.
        aspect: width divided by height of the picture.
        tallest: metres, the highest figure in the scene; 0 when there is none.
    """
    place = random.Random(derive_seed(plan.seed, "layout-place", scene.environment))  # noqa: S311
    own = random.Random(derive_seed(plan.seed, "layout-view", scene.id))  # noqa: S311
    horizon = _HORIZON[scene.camera.angle] + place.uniform(-0.03, 0.03)
    shot = scene.camera.shot
    if shot == "wide":
        ground, scale = own.uniform(0.86, 0.91), _SHOT_SHARE[shot] / _reference(tallest) * own.uniform(0.92, 1.12)
    elif shot == "medium":
        ground = own.uniform(0.95, 0.99)
        scale = min(max(0.80 / max(tallest, 0.1), _SHOT_SHARE[shot] / TALL * 0.9), 0.95)
    else:
        ground, scale = 2.0, _SHOT_SHARE[shot] / TALL * own.uniform(0.95, 1.1)
    if tallest > 0 and shot in ("wide", "medium"):
        scale = min(scale, (ground - 0.05) / tallest)
    return View(aspect, horizon, ground, scale, _PITCH[scene.camera.angle], light_direction(plan, scene))


def _reference(tallest: float) -> float:
    """Metres that a shot's share is for: children alone come nearer to the camera, not all the way."""
    return TALL if tallest <= 0 or tallest > TALL else 0.45 * TALL + 0.55 * max(tallest, 0.6)


def light_direction(plan: AlbumPlan, scene: Scene) -> tuple[float, float]:
    """Unit vector in the picture, y down, towards the light.

    Outdoors the sun rises on one side of a place, stands high at noon and sets on the other side; which side is east
    is a property of the place. Lamps indoors hang above one side; a fire is low in the middle.
    """
    place = random.Random(derive_seed(plan.seed, "layout-east", scene.environment))  # noqa: S311
    east = 1.0 if place.random() < 0.5 else -1.0
    indoors = plan.environment(scene.environment).kind in INDOOR_KINDS
    if scene.lighting == "firelight":
        return _unit(0.35 * east, 0.9)
    if indoors or scene.lighting == "lamplight":
        return _unit(0.55 * east, -0.83)
    hour = scene.time.hour + scene.time.minute / 60
    if scene.lighting == "night" or not 5 <= hour <= 21:  # the moon, across the sky from where the sun will be
        return _unit(-0.5 * east, -0.86)
    if scene.lighting == "sunrise":
        hour = min(hour, 7.0)
    elif scene.lighting in ("golden_hour", "blue_hour"):
        hour = max(hour, 18.5) if hour >= 12 else min(hour, 7.5)
    angle = math.pi * (min(max(hour, 6.0), 20.0) - 6.0) / 14.0  # 0 in the east, half a turn later in the west
    return _unit(math.cos(angle) * east, -max(math.sin(angle), 0.18))


def _unit(x: float, y: float) -> tuple[float, float]:
    length = math.hypot(x, y)
    return (x / length, y / length)
