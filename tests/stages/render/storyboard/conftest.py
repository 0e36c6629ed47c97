"""Small photo jobs without people, whose drawings are tested beside the figures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from synthetic_albums.stages.records import Camera, Environment, Region, Scene, SceneLayout, SceneObject, Style
from synthetic_albums.stages.render.renderer import PhotoJob
from synthetic_albums.stages.render.storyboard import StoryboardRenderer


def make_job(
    kind: str = "park",
    *,
    lighting: str = "daylight",
    weather: str = "clear",
    style: str = "natural",
    shot: str = "medium",
    size: tuple[int, int] = (96, 96),
    features: tuple[str, ...] = (),
    things: dict[str, tuple[float, float, float, float]] | None = None,
    horizon: float = 0.44,
    scene: str = "s1",
    seed: int = 3,
    album_seed: int = 7,
) -> PhotoJob:
    things = things or {}
    return PhotoJob(
        style=Style(name=style),
        scene=Scene(
            id=scene,
            title="t",
            caption="c",
            environment="place",
            time=datetime(2026, 6, 14, 9, 30),
            weather=weather,
            lighting=lighting,
            camera=Camera(shot=shot),
            objects=[SceneObject(id=thing, kind=thing) for thing in things],
        ),
        environment=Environment(id="place", kind=kind, features=list(features)),
        characters=(),
        outfits=(),
        members=(),
        layout=SceneLayout(
            scene=scene,
            width=size[0],
            height=size[1],
            horizon=horizon,
            ground=0.9,
            light=(-0.6, -0.8),
            regions=[Region(id=f"r-{ref}", kind="object", ref=ref, box=box, depth=0.3) for ref, box in things.items()],
        ),
        width=size[0],
        height=size[1],
        seed=seed,
        album_seed=album_seed,
        attempt=0,
    )


def draw(job: PhotoJob) -> np.ndarray:
    return StoryboardRenderer().render_photo(job, on_step=lambda done, steps: None)


@pytest.fixture
def job() -> Callable[..., PhotoJob]:
    return make_job


@pytest.fixture
def photo() -> Callable[..., np.ndarray]:
    def take(kind: str = "park", **options: Any) -> np.ndarray:
        return draw(make_job(kind, **options)).astype(np.float32)

    return take


@pytest.fixture
def difference() -> Callable[[np.ndarray, np.ndarray], float]:
    """Mean absolute difference of two pictures, 0 to 255."""
    return lambda a, b: float(np.abs(a - b).mean())
