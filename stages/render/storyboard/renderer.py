"""The renderer that needs no model: it draws the blueprint."""

import numpy as np

from ...errors import AlbumError
from ...records import CastMember, Character, Environment, Style
from ..plates import plate_job
from ..renderer import PhotoJob, StepCallback
from . import figures
from .scene import paint_photo

# Part of every photo's fingerprint: raised whenever the same job gives other pixels than before.
DRAWING_VERSION = "2"
_SMALLEST, _LARGEST = 64, 2048


class StoryboardRenderer:
    """Draws picture-book scenes. Keeps nothing between photos, so that the same job always gives the same pixels."""

    name = "storyboard"

    def describe(self) -> dict[str, str | int | float | bool | None]:
        """Name and version of the drawing."""
        return {"renderer": self.name, "version": DRAWING_VERSION}

    def render_photo(self, job: PhotoJob, *, on_step: StepCallback) -> np.ndarray:
        """Draw one photo.

        Args:
            job: what to draw; 64 to 2048 pixels wide and high.
            on_step: told a few times how far the photo is; may raise to stop.

        Returns:
            (job.height, job.width, 3) uint8.

        Raises:
            AlbumError: the size is out of range, or the layout names what is not in the scene.
        """
        for side, pixels in (("width", job.width), ("height", job.height)):
            if not _SMALLEST <= pixels <= _LARGEST:
                raise AlbumError(
                    f"Scene '{job.scene.id}' cannot be drawn with a {side} of {pixels} pixels: "
                    f"choose {_SMALLEST} to {_LARGEST}."
                )
        return paint_photo(job, on_step)

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        """Draw one character on a plain ground.

        Args:
            character: who.
            member: unused; drawings follow the character's attributes.
            size: side of the square in pixels.
            seed: unused; there is one drawing of everybody.

        Returns:
            (size, size, 3) uint8.
        """
        return drawn_view(character, "front", size)

    def render_view(self, character: Character, member: CastMember, *, view: str, size: int, seed: int) -> np.ndarray:
        """Draw one character as `render_portrait` does, seen otherwise.

        Args:
            character: who.
            member: unused; drawings follow the character's attributes.
            view: "front", "three_quarter" or "full_length".
            size: side of the square in pixels.
            seed: unused; there is one drawing of everybody.

        Returns:
            (size, size, 3) uint8.

        Raises:
            AlbumError: there is no such view.
        """
        return drawn_view(character, view, size)

    def render_plate(
        self, environment: Environment, style: Style, *, album_seed: int, width: int, height: int
    ) -> np.ndarray:
        """Draw a place without people and things, at noon on a clear summer day.

        Args:
            environment: the place, with its lasting features.
            style: of the album.
            album_seed: from which the place's own look is drawn.
            width: 64 to 2048 pixels.
            height: 64 to 2048 pixels.

        Returns:
            (height, width, 3) uint8.

        Raises:
            AlbumError: the size is out of range.
        """
        job = plate_job(environment, style, album_seed=album_seed, width=width, height=height)
        return self.render_photo(job, on_step=lambda *_: None)

    def close(self) -> None:
        """Nothing is held."""


def drawn_view(character: Character, view: str, size: int) -> np.ndarray:
    """One of the drawings that anchors are, (size, size, 3) uint8.

    Raises:
        AlbumError: there is no such view.
    """
    for known in figures.VIEWS:
        if known == view:
            return np.asarray(figures.draw_portrait(character, None, size=size, view=known))
    raise AlbumError(f"There is no view '{view}' of a character: choose {', '.join(figures.VIEWS)}.")
