"""What is asked of a run is looked at before anything is written."""

from typing import Final

from ..errors import AlbumError
from ..records import AlbumLayout, AlbumPlan, Cast

MIN_SIDE_PX: Final = 64
MAX_SIDE_PX: Final = 8192
MAX_STRETCH: Final = 0.02  # of the aspect ratio: rounding to multiples of 64 stays below, a wrong shape does not


def check_request(plan: AlbumPlan, layout: AlbumLayout, cast: Cast, *, width: int, height: int, attempt: int) -> None:
    """Refuse what cannot give an album.

    Raises:
        AlbumError: the size or attempt is out of range, or layout or cast belong to another plan or shape.
    """
    if not (MIN_SIDE_PX <= width <= MAX_SIDE_PX and MIN_SIDE_PX <= height <= MAX_SIDE_PX):
        raise AlbumError(
            f"Photos of {width} x {height} pixels cannot be made: use {MIN_SIDE_PX} to {MAX_SIDE_PX} a side."
        )
    if attempt < 0:
        raise AlbumError(f"The attempt is {attempt}: use 0 for the first try, 1, 2 … for others.")
    planned, laid_out = {scene.id for scene in plan.scenes}, {scene.scene for scene in layout.scenes}
    if planned != laid_out:
        raise AlbumError(
            "The layout belongs to another plan: "
            + "; ".join(
                f"{what} {', '.join(sorted(ids)[:10])}"
                for what, ids in (("it lacks scenes", planned - laid_out), ("it has extra scenes", laid_out - planned))
                if ids
            )
            + ". Lay out this plan."
        )
    for scene in layout.scenes:
        if abs((width / height) / (scene.width / scene.height) - 1) > MAX_STRETCH:
            raise AlbumError(
                f"Scene '{scene.scene}' was laid out for {scene.width} x {scene.height}, photos of {width} x {height} "
                "would be stretched: use the same shape in both."
            )
    for character in plan.characters:
        cast.member(character.id)
