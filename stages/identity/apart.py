"""Keeping invented people at a distance: from one another, and from the people of a protected gallery."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..encoders.calibration import Calibration
from ..encoders.interface import PersonEncoder
from ..encoders.portraits import encode_portrait
from ..errors import AlbumError
from ..records import AlbumPlan, Cast, CastMember
from .recast import MAX_RECASTS, recast_character

APART_AT: Final = 0.001  # false-match rate of the threshold below which people are different
_ROWS: Final = 65_536  # of a gallery that are compared at once

MakePortrait = Callable[[AlbumPlan, Cast, str], Cast]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Nearness:
    """How near an invented person is to others. gallery, cast: cosines to the nearest; -1 where there is nobody."""

    gallery: float
    cast: float
    who: str

    def excess(self, limit: float) -> tuple[float, float]:
        """What is too near, the gallery first."""
        return max(0.0, self.gallery - limit), max(0.0, self.cast - limit)


def keep_apart(
    plan: AlbumPlan,
    cast: Cast,
    encoder: PersonEncoder,
    *,
    make_portrait: MakePortrait,
    gallery: np.ndarray | None,
    check_interrupt: Callable[[], None] = lambda: None,
) -> tuple[AlbumPlan, Cast]:
    """Encode every invented person's own portrait, and recast who looks too much like somebody else.

    "Too much" is the encoder's threshold at a false-match rate of 0.001. The vector becomes the encoding of the
    portrait, so that it says what can be seen and can be compared with a gallery's. Who came from reference pictures
    stays as they are. `cast.metadata` says for each person how near the nearest other is, and who was recast.

    Args:
        plan: of the album.
        cast: with front portraits.
        encoder: calibrated.
        make_portrait: gives one member of a cast a portrait.
        gallery: (people, dim) unit vectors of the same encoder; None where there is no gallery.
        check_interrupt: called before each person; what it raises stops.

    Returns:
        (plan, cast): the plan as given unless somebody was recast.

    Raises:
        AlbumError: the encoder is not calibrated, the gallery has vectors of another size, or somebody stays too near
            to the gallery after 4 recasts.
    """
    limit = apart_threshold(encoder.calibration, encoder.facts.name)
    if gallery is not None and (gallery.ndim != 2 or gallery.shape[1] != encoder.facts.dim):
        raise AlbumError(
            f"The gallery's people have {gallery.shape[-1]} numbers each, the encoder '{encoder.facts.name}' makes "
            f"{encoder.facts.dim}: connect the encoder that the gallery was read with."
        )
    metadata = {"apart_encoder": encoder.facts.label, "apart_cosine": f"{limit:.4f}"}
    if gallery is not None:
        metadata["apart_gallery"] = str(len(gallery))
    cast = replace(cast, metadata={**cast.metadata, **metadata})
    settled: dict[str, np.ndarray] = {
        member.character: member.vector
        for member in cast.members
        if member.source == "reference" and member.encoder == encoder.facts.label
    }
    for character in plan.characters:
        if character.kind != "person" or cast.member(character.id).source == "reference":
            continue
        check_interrupt()
        plan, cast, near = _settle(plan, cast, character.id, encoder, make_portrait, gallery, settled, limit)
        settled[character.id] = cast.member(character.id).vector
        _require_away_from_gallery(near, limit, character.name)
        if near.cast >= limit:
            _log.warning("%s looks much like %s (similarity %.2f).", character.name, near.who, near.cast)
        cast = replace(cast, metadata={**cast.metadata, **_said(character.id, near, gallery is not None)})
    return plan, cast


def apart_threshold(calibration: Calibration | None, encoder: str) -> float:
    """The cosine from which two people are too near.

    Raises:
        AlbumError: the encoder is not calibrated, or not to this rate.
    """
    if calibration is None:
        raise AlbumError(
            f"The encoder '{encoder}' has no calibration, so nobody can say which distance is enough: calibrate it, or "
            "connect another one."
        )
    return calibration.point(APART_AT).threshold


def _settle(
    plan: AlbumPlan,
    cast: Cast,
    character_id: str,
    encoder: PersonEncoder,
    make_portrait: MakePortrait,
    gallery: np.ndarray | None,
    settled: dict[str, np.ndarray],
    limit: float,
) -> tuple[AlbumPlan, Cast, _Nearness]:
    """Recast until the person is far enough from everybody, else take who was farthest."""
    cast = _encoded(cast, character_id, encoder)
    best = plan, cast, _nearness(cast.member(character_id).vector, gallery, settled)
    for redraw in range(1, MAX_RECASTS + 1):
        if best[2].excess(limit) == (0.0, 0.0):
            break
        try:
            plan, cast = recast_character(plan, cast, character_id, redraw=redraw)
        except AlbumError as error:  # no look is left that is new enough
            _log.warning("%s", error)
            break
        cast = _encoded(make_portrait(plan, cast, character_id), character_id, encoder)
        near = _nearness(cast.member(character_id).vector, gallery, settled)
        if near.excess(limit) < best[2].excess(limit):
            best = plan, cast, near
    return best


def _encoded(cast: Cast, character_id: str, encoder: PersonEncoder) -> Cast:
    member = cast.member(character_id)
    if not member.portraits:
        raise AlbumError(f"'{character_id}' has no portrait to tell from others: connect a renderer.")
    vector = encode_portrait(encoder, member.portraits[0], name=character_id)
    changed = replace(member, vector=vector, encoder=encoder.facts.label)
    return replace(cast, members=tuple(_in_place(cast.members, changed)))


def _in_place(members: tuple[CastMember, ...], changed: CastMember) -> list[CastMember]:
    return [changed if member.character == changed.character else member for member in members]


def _nearness(vector: np.ndarray, gallery: np.ndarray | None, settled: dict[str, np.ndarray]) -> _Nearness:
    rows = range(0, 0 if gallery is None else len(gallery), _ROWS)
    known = (
        -1.0 if gallery is None else max((float((gallery[i : i + _ROWS] @ vector).max()) for i in rows), default=-1.0)
    )
    cosines = {name: float(vector @ other) for name, other in settled.items()}
    who = max(cosines, key=lambda name: cosines[name]) if cosines else ""
    return _Nearness(known, cosines.get(who, -1.0), who)


def _require_away_from_gallery(near: _Nearness, limit: float, name: str) -> None:
    if near.gallery >= limit:
        raise AlbumError(
            f"'{name}' looks too much like somebody in the gallery (similarity {near.gallery:.2f}, below {limit:.2f} "
            f"is needed) after {MAX_RECASTS} recasts: describe this character otherwise, or change the plan's seed."
        )


def _said(character_id: str, near: _Nearness, has_gallery: bool) -> dict[str, str]:
    said = {f"nearest.{character_id}": f"{near.who} {near.cast:.4f}"} if near.who else {}
    return {**said, f"nearest_in_gallery.{character_id}": f"{near.gallery:.4f}"} if has_gallery else said
