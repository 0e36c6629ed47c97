"""Casting: every character gets a seeded identity vector and, from a renderer, a portrait."""

from dataclasses import replace
from typing import Protocol

import numpy as np

from ..errors import AlbumError
from ..records import AlbumPlan, Cast, CastMember, Character
from ..seeds import derive_seed
from .appearance import describe_appearance

DIMENSION = 128
ENCODER = "seeded-gaussian@1"
LARGEST_COSINE = 0.40  # random directions in 128 dimensions have a cosine of 0 +- 0.09; 0.40 is 4.5 of these apart
MAX_REDRAWS = 32


class PortraitMaker(Protocol):
    """The part of a renderer that casting needs."""

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        """One portrait, (size, size, 3) uint8."""
        ...


def cast_characters(plan: AlbumPlan) -> Cast:
    """Give every character of a plan an identity vector and a locked appearance text.

    A vector depends on the plan's seed and the character's id. Only a draw that comes too near to an earlier
    character, which is practically never, is drawn again, and `metadata` says so.

    Args:
        plan: its seed and characters.

    Raises:
        AlbumError: a character came too near to another in every one of 32 redraws.

    Source:
        Normalised Gaussians are uniform on the sphere: Muller, CACM 2(4), 1959; Marsaglia, Ann. Math. Stat. 43, 1972.
    """
    members: list[CastMember] = []
    metadata = {"dimension": str(DIMENSION), "largest_cosine": f"{LARGEST_COSINE:.2f}"}
    for character in plan.characters:
        vector, redraws = _draw_apart(plan.seed, character.id, [member.vector for member in members])
        if redraws:
            metadata[f"redraws.{character.id}"] = str(redraws)
        members.append(
            CastMember(
                character=character.id,
                vector=vector,
                encoder=ENCODER,
                source="sampled",
                appearance=describe_appearance(character),
            )
        )
    return Cast(members=tuple(members), metadata=metadata)


def add_portraits(cast: Cast, plan: AlbumPlan, renderer: PortraitMaker, *, size: int) -> Cast:
    """Have a renderer make the generation-0 portrait of every member.

    Args:
        cast: what `cast_characters` gave for this plan.
        plan: for the characters and the seed.
        renderer: anything with `render_portrait`.
        size: side of the square portraits, pixels, at least 1.

    Raises:
        AlbumError: `size` is not positive, a member is not in the plan, the renderer failed on a character, or what
            it gave is not a (size, size, 3) uint8 picture.
    """
    if size < 1:
        raise AlbumError(f"The portrait size must be at least 1 pixel, but it is {size}.")
    return replace(cast, members=tuple(_with_portrait(member, plan, renderer, size) for member in cast.members))


def _with_portrait(member: CastMember, plan: AlbumPlan, renderer: PortraitMaker, size: int) -> CastMember:
    character = plan.character(member.character)
    seed = derive_seed(plan.seed, "portrait", character.id)
    try:
        portrait = renderer.render_portrait(character, member, size=size, seed=seed)
    except AlbumError as error:
        # Kinds that callers tell apart (busy, interrupted) keep their kind.
        raise type(error)(f"The portrait of '{character.name}' ({character.id}) could not be made: {error}") from error
    _check_portrait(portrait, character, size)
    return replace(member, portraits=(portrait,))


def _check_portrait(portrait: object, character: Character, size: int) -> None:
    where = f"The portrait of '{character.name}' ({character.id})"
    if not isinstance(portrait, np.ndarray):
        raise AlbumError(f"{where} must be an array, but the renderer gave {type(portrait).__name__}.")
    if portrait.shape != (size, size, 3) or portrait.dtype != np.uint8:
        raise AlbumError(
            f"{where} must be ({size}, {size}, 3) uint8, but the renderer gave {portrait.shape} {portrait.dtype}."
        )


def _draw_apart(album_seed: int, character_id: str, others: list[np.ndarray]) -> tuple[np.ndarray, int]:
    """A unit vector at a distance from all others, and how many draws were thrown away."""
    for redraw in range(MAX_REDRAWS + 1):
        vector = draw_vector(album_seed, character_id, *((redraw,) if redraw else ()))
        if all(float(vector @ other) <= LARGEST_COSINE for other in others):
            return vector, redraw
    raise AlbumError(
        f"No identity for '{character_id}' keeps its distance from the others of the cast after {MAX_REDRAWS} redraws: "
        "change the plan's seed."
    )


def draw_vector(album_seed: int, character_id: str, *parts: object) -> np.ndarray:
    """Uniform on the unit sphere, (128,) float32; other `parts` give another direction."""
    seed = derive_seed(album_seed, "identity", character_id, *parts)
    gaussian = np.random.default_rng(seed).standard_normal(DIMENSION)
    return (gaussian / np.linalg.norm(gaussian)).astype(np.float32)
