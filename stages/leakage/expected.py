"""Who is in a photo by the album's own layout, and whose face is hidden there."""

from typing import Final

from ..encoders import head_window
from ..errors import AlbumError
from ..records import Album, Point, Region, SceneLayout
from .identities import ExpectedPerson

_FACE_POINTS: Final = (
    (0.0, 0.0),
    (0.25, 0.0),
    (-0.25, 0.0),
    (0.0, 0.25),
    (0.0, -0.25),
)  # around the nose, head heights
_HIDDEN_POINTS: Final = 3  # of them, from which on a face says more of what is in front of it


def expected_people(album: Album, scene_id: str) -> list[ExpectedPerson] | None:
    """The people whom the layout puts into a scene.

    Args:
        album: with its plan and layout.
        scene_id: of the plan.

    Returns:
        In the order of the layout; None where the album has no layout of that scene.
    """
    layouts = album.layout.scenes if album.layout is not None else []
    layout = next((layout for layout in layouts if layout.scene == scene_id), None)
    if layout is None:
        return None
    people = {character.id for character in album.plan.characters if character.kind == "person"}
    return people_of_layout(layout, people)


def people_of_layout(layout: SceneLayout, people: set[str]) -> list[ExpectedPerson]:
    """The people of one scene's layout.

    Args:
        layout: regions are painted in order, so later ones lie in front.
        people: ids of the characters that are people.
    """
    return [
        ExpectedPerson(
            region.ref,
            tuple(region.keypoints),
            facing_away=region.facing == "away",
            hidden=_is_hidden(region, layout.regions[index + 1 :], layout),
        )
        for index, region in enumerate(layout.regions)
        if region.kind == "character" and region.ref in people
    ]


def _is_hidden(region: Region, in_front: list[Region], layout: SceneLayout) -> bool:
    try:
        unit = head_window(region.keypoints, layout.width, layout.height).unit
    except AlbumError:  # no skeleton, or one without a size
        return False
    x, y = region.keypoints[0][0], region.keypoints[0][1]
    points = [(x + dx * unit / layout.width, y + dy * unit / layout.height) for dx, dy in _FACE_POINTS]
    polygons = [polygon for other in in_front for polygon in other.mask]
    return sum(any(_inside(point, polygon) for polygon in polygons) for point in points) >= _HIDDEN_POINTS


def _inside(point: Point, polygon: list[Point]) -> bool:
    """Whether a ray from the point crosses the polygon's edge an odd number of times."""
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            odd = not odd
    return odd
