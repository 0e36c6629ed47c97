"""More than the front portrait: other views of everybody, and a plate of every place, each made once."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from ..errors import AlbumError
from ..records import AlbumPlan, Cast, CastMember
from ..seeds import derive_seed
from .cast import add_portraits

FRONT: Final = "front"
MORE_VIEWS: Final = ("three_quarter", "full_length")
_PLATE_HEIGHT: Final = (128, 512)  # pixels: what every renderer can make
_PLATE_SHAPE: Final = 1.5  # width by height

_log = logging.getLogger(__name__)


def add_views(
    cast: Cast, plan: AlbumPlan, renderer: Any, *, size: int, check_interrupt: Callable[[], None] = lambda: None
) -> Cast:
    """Have a renderer show every member from the front, half from the side, and from head to foot.

    What is there already stays. A renderer without `render_view` makes the front portrait only. Who came from
    reference pictures and has a portrait from these gets no other views: no renderer has seen them.

    Args:
        cast: of the plan.
        plan: for the characters and the seed.
        renderer: with `render_portrait`, and `render_view` where it can.
        size: side of the square pictures, pixels.
        check_interrupt: called before each picture; what it raises stops.

    Raises:
        AlbumError: as `add_portraits`.
    """
    if not hasattr(renderer, "render_view"):
        _log.warning("The renderer '%s' makes front portraits only.", getattr(renderer, "name", "?"))
    members = []
    for member in cast.members:
        check_interrupt()
        if not member.portraits:
            (member,) = add_portraits(replace(cast, members=(member,)), plan, renderer, size=size).members
        members.append(_with_views(member, plan, renderer, size, check_interrupt))
    return replace(cast, members=tuple(members))


def _with_views(
    member: CastMember, plan: AlbumPlan, renderer: Any, size: int, check_interrupt: Callable[[], None]
) -> CastMember:
    views = member.views or (FRONT,) * len(member.portraits)
    if not hasattr(renderer, "render_view") or member.source == "reference":
        return replace(member, views=views)
    character, portraits = plan.character(member.character), list(member.portraits)
    for view in MORE_VIEWS:
        if view in views:
            continue
        check_interrupt()
        seed = derive_seed(plan.seed, "portrait", character.id, view)
        what = f"The view '{view}' of '{character.name}' ({character.id})"
        picture = _made(what, lambda v=view, s=seed: renderer.render_view(character, member, view=v, size=size, seed=s))
        portraits.append(_checked(what, picture, size, size))
        views = (*views, view)
    return replace(member, portraits=tuple(portraits), views=views)


def add_plates(
    cast: Cast, plan: AlbumPlan, renderer: Any, *, size: int, check_interrupt: Callable[[], None] = lambda: None
) -> Cast:
    """Have a renderer show every place of the plan without people.

    Args:
        cast: plates that it has stay.
        plan: for the places, the style and the seed.
        renderer: one without `render_plate` makes none.
        size: of the portraits, pixels; plates are as high, but 128 to 512, and half as wide again.
        check_interrupt: called before each plate; what it raises stops.

    Raises:
        AlbumError: the renderer failed on a place, or what it gave is no picture of that size.
    """
    if not hasattr(renderer, "render_plate"):
        _log.warning("The renderer '%s' makes no plates of the places.", getattr(renderer, "name", "?"))
        return cast
    least, most = _PLATE_HEIGHT
    height = min(most, max(least, size))
    width = round(height * _PLATE_SHAPE)
    plates = dict(cast.plates)
    for place in plan.environments:
        if place.id in plates:
            continue
        check_interrupt()
        what = f"The plate of '{place.name or place.kind}' ({place.id})"
        picture = _made(
            what,
            lambda p=place: renderer.render_plate(p, plan.style, album_seed=plan.seed, width=width, height=height),
        )
        plates[place.id] = _checked(what, picture, width, height)
    return replace(cast, plates=plates)


def _made(what: str, make: Callable[[], object]) -> object:
    try:
        return make()
    except AlbumError as error:
        # Kinds that callers tell apart (busy, interrupted) keep their kind.
        raise type(error)(f"{what} could not be made: {error}") from error


def _checked(what: str, picture: object, width: int, height: int) -> np.ndarray:
    if not isinstance(picture, np.ndarray) or picture.shape != (height, width, 3) or picture.dtype != np.uint8:
        came = f"{picture.shape} {picture.dtype}" if isinstance(picture, np.ndarray) else type(picture).__name__
        raise AlbumError(f"{what} must be ({height}, {width}, 3) uint8, but the renderer gave {came}.")
    return picture
