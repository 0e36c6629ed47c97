"""The camera: where a point of the world falls on the canvas, and what colour a material has there."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from ...seeds import derive_seed
from .canvas import Canvas, Rgb, Xy, mix
from .look import Look
from .noise import noise_tile

EYE_M = 1.6  # height of the camera over the ground


class Lamp(NamedTuple):
    """A light in the picture that brightens what is near it."""

    x: float  # pixels
    y: float
    radius: float
    color: Rgb
    strength: float


@dataclass(eq=False)
class View:
    """A pinhole camera at eye height over flat ground.

    World coordinates are metres: x to the right of the picture's middle, h above the ground, z away from the camera.
    Zooming is a longer focal length and a raised or lowered horizon a tilt, so a place keeps its shape in every shot.
    """

    canvas: Canvas
    look: Look
    place: int  # seed of everything that must not change from scene to scene
    photo: int  # seed of everything that may
    horizon: float  # pixels
    focal: float  # pixels
    light: tuple[float, float]
    season: str = "summer"
    indoors: bool = False
    lamps: list[Lamp] = field(default_factory=list)

    def rng(self, *parts: object) -> random.Random:
        """Randomness that belongs to the place, keyed by what it is for."""
        return random.Random(derive_seed(self.place, *parts))  # noqa: S311 - drawing, not cryptography

    def tile(self, name: str, roughness: float) -> np.ndarray:
        """Noise that belongs to the place."""
        return noise_tile(derive_seed(self.place, name), roughness)

    def point(self, x: float, h: float, z: float) -> Xy:
        """Project a point in metres to pixels."""
        scale = self.focal / z
        return self.canvas.width / 2 + x * scale, self.horizon + (EYE_M - h) * scale

    def far(self, u: float, v: float) -> Xy:
        """A point so far away that only its direction counts; u right and v up, in focal lengths."""
        return self.canvas.width / 2 + u * self.focal, self.horizon - v * self.focal

    def metre(self, z: float) -> float:
        """Pixels per metre at distance z."""
        return self.focal / z

    @property
    def reach(self) -> float:
        """Half the picture's width in focal lengths: what `far` coordinates are visible."""
        return self.canvas.width / 2 / self.focal

    @property
    def sunlit(self) -> bool:
        """Whether the sun throws visible shadows."""
        return self.look.shadow > 0.3 and not self.look.dark

    def color(self, material: Rgb, z: float) -> Rgb:
        """A material's colour under the light, seen through z metres of air."""
        return mix(self.look.tone(material), self.look.haze, min(0.95, 1.0 - math.exp(-z / self.look.sight_m)))

    def spread(
        self, name: str, z: float, spacing: float, *, clear: float = 0.0
    ) -> Iterator[tuple[float, random.Random]]:
        """Seeded places along a line at distance z.

        Args:
            name: what is spread; the same name gives the same places in every scene.
            z: metres away.
            spacing: mean metres between neighbours.
            clear: half-width in metres of the middle that stays free.

        Yields:
            x in metres, and the randomness of the thing that stands there.
        """
        half = self.reach * z
        for cell in range(math.floor(-half / spacing) - 1, math.ceil(half / spacing) + 2):
            rng = self.rng(name, cell)
            x = (cell + rng.uniform(-0.38, 0.38)) * spacing
            if abs(x) >= clear:
                yield x, rng

    def add_lamp(self, at: Xy, radius: float, strength: float = 0.8, color: Rgb = (255, 190, 110)) -> None:
        """Remember a light, so that what is near it is brightened when the picture is finished."""
        self.lamps.append(Lamp(at[0], at[1], radius, color, strength))
