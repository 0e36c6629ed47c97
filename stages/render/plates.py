"""The job of a plate: a place as it is, without people and things, at noon on a clear summer day."""

from datetime import datetime
from typing import Final

from ..records import Camera, Environment, Scene, SceneLayout, Style
from ..seeds import derive_seed
from .renderer import PhotoJob

HORIZON: Final = 0.44  # of the height, as in a medium shot at eye level
GROUND: Final = 0.9
_SUN: Final = (-0.6, -0.8)
_NOON: Final = datetime(2026, 6, 14, 12)


def plate_job(environment: Environment, style: Style, *, album_seed: int, width: int, height: int) -> PhotoJob:
    """What a renderer is given to make a plate with the means that it makes photos with.

    Args:
        environment: the place.
        style: of the album.
        album_seed: what the place's own look is drawn from; its plate and its photos share it.
        width: pixels.
        height: pixels.
    """
    scene = Scene(
        id="plate",
        title=environment.name[:120] or environment.kind,
        caption=environment.description[:600],
        environment=environment.id,
        time=_NOON,
        weather="clear",
        lighting="daylight",
        mood="calm",
        camera=Camera(),
    )
    layout = SceneLayout(scene="plate", width=width, height=height, horizon=HORIZON, ground=GROUND, light=_SUN)
    return PhotoJob(
        style=style,
        scene=scene,
        environment=environment,
        characters=(),
        outfits=(),
        members=(),
        layout=layout,
        width=width,
        height=height,
        seed=derive_seed(album_seed, "plate", environment.id),
        album_seed=album_seed,
        attempt=0,
    )
