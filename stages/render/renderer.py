"""The one interface that every renderer implements, and the job that it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..records import AlbumPlan, CastMember, Character, Environment, Outfit, Scene, SceneLayout, Style
from ..seeds import derive_seed

StepCallback = Callable[[int, int], None]  # (steps done, steps in all); may raise InterruptedAlbumError


@dataclass(frozen=True, eq=False)
class PhotoJob:
    """Exactly what one photo depends on: never another photo, never its position in the album."""

    style: Style
    scene: Scene
    environment: Environment
    characters: tuple[Character, ...]  # in the order of scene.cast
    outfits: tuple[Outfit | None, ...]  # what each of them wears here; None for animals
    members: tuple[CastMember, ...]  # their identities and anchor portraits, same order
    layout: SceneLayout
    width: int  # pixels
    height: int  # pixels
    seed: int  # of this attempt
    album_seed: int  # the same for all photos: what must not change from scene to scene is drawn from it
    attempt: int
    weight: float = 1.0  # share of the references' strength: 0 lets go of portraits and plate altogether
    plate: np.ndarray | None = None  # the place without people, (height, width, 3) uint8


class Renderer(Protocol):
    """Makes pictures as uint8 RGB arrays of shape (height, width, 3).

    The same job must give the same pixels on every call: resume and "redo one photo" rest on that.
    """

    name: str

    def describe(self) -> dict[str, str | int | float | bool | None]:
        """Whatever besides the job changes the pixels (version, steps, model hash …); part of the fingerprint."""
        ...

    def render_photo(self, job: PhotoJob, *, on_step: StepCallback) -> np.ndarray:
        """One photo, (job.height, job.width, 3) uint8."""
        ...

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        """A generation-0 anchor of one character on a plain ground, (size, size, 3) uint8."""
        ...

    def close(self) -> None:
        """Give memory back. Called once after a run; the renderer may be used again afterwards."""
        ...


def photo_seed(plan: AlbumPlan, scene_id: str, attempt: int) -> int:
    """The seed that a photo is made from, 0 to 2^63-1; 0 is the first attempt."""
    return derive_seed(plan.seed, "photo", scene_id, attempt)


def photo_job(
    plan: AlbumPlan,
    scene: Scene,
    layout: SceneLayout,
    members: tuple[CastMember, ...],
    *,
    width: int,
    height: int,
    seed: int,
    attempt: int,
    weight: float = 1.0,
    plate: np.ndarray | None = None,
) -> PhotoJob:
    """Cut out of the plan what one scene depends on. `members` are in the order of `scene.cast`."""
    return PhotoJob(
        style=plan.style,
        scene=scene,
        environment=plan.environment(scene.environment),
        characters=tuple(plan.character(entry.character) for entry in scene.cast),
        outfits=tuple(plan.outfit(entry) for entry in scene.cast),
        members=members,
        layout=layout,
        width=width,
        height=height,
        seed=seed,
        album_seed=plan.seed,
        attempt=attempt,
        weight=weight,
        plate=plate,
    )
