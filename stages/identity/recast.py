"""Recasting: another look and another identity vector for one character, everything the story says of it kept."""

import itertools
import json
import random
from dataclasses import replace
from typing import Final, TypeVar, get_args

import numpy as np

from .. import vocabulary as v
from ..errors import AlbumError
from ..records import AlbumPlan, Cast, Character, Coat, Face, Hair
from ..seeds import derive_seed
from .appearance import describe_appearance
from .cast import DIMENSION, ENCODER, LARGEST_COSINE, MAX_REDRAWS, draw_vector

MAX_RECASTS: Final = 4  # of one character in one album; each has looks of its own to choose from
MIN_LOOK_DISTANCE: Final = 5.0  # another haircut in another colour is 6
# What a difference weighs: about 13 times what it takes off the cosine of two drawn portraits, by the built-in
# identity encoder, median of 40 people (haircut 0.23, hair colour 0.20, face 0.12, eyes 0.12, facial hair up to 0.33).
_WEIGHTS: Final = {"style": 3.0, "color": 3.0, "shape": 1.5, "eyes": 1.5, "facial_hair": 2.0, "freckles": 0.5}
_KEPT: Final = {"age_group": 4.0, "gender": 3.0, "build": 1.0}  # in which others of the cast may differ
_TONE: Final = 1.0  # for each step of the skin tone scale

_STYLES: Final = {
    "female": ("pixie", "bob", "long", "wavy_long", "curly_long", "afro", "ponytail", "bun", "braids"),
    "male": ("buzz", "short", "curly_short", "afro", "long", "ponytail"),
    "unspecified": ("short", "curly_short", "pixie", "bob", "afro", "ponytail", "long"),
}
_BABY_STYLES: Final = ("bald", "buzz", "short", "curly_short")
_COLORS: Final = (  # plausible by skin tone: 1-3, 4-6, 7-10
    ("black", "dark_brown", "brown", "light_brown", "auburn", "red", "blonde"),
    ("black", "dark_brown", "brown", "light_brown", "auburn"),
    ("black", "dark_brown", "brown"),
)
_SENIOR_COLORS: Final = ("gray", "white")
_EYES: Final = (("brown", "hazel", "green", "blue", "gray"), ("brown", "hazel", "green"), ("brown", "hazel"))
_GROWN_UP: Final = frozenset({"young_adult", "adult", "senior"})
_COATS: Final = {
    "parrot": ("green", "red", "blue"), "duck": ("white", "brown", "black"), "chicken": ("white", "brown", "red"),
    "turtle": ("green", "brown", "gray"), "cow": ("black", "white", "brown"), "sheep": ("white", "black", "brown"),
}  # fmt: skip
_FURS: Final = ("black", "white", "gray", "brown", "golden", "cream", "ginger")
_LONG_FURRED: Final = frozenset({"dog", "cat", "rabbit"})

_LOOK: Final = {"hair", "face", "coat", "breed"}
_Look = tuple[Hair, Face]
T = TypeVar("T")


def recast_character(plan: AlbumPlan, cast: Cast, character_id: str, *, redraw: int) -> tuple[AlbumPlan, Cast]:
    """Give one character another look and another vector.

    Kept are name, role, kind, species, age group, gender, build, height, skin tone, accessories and outfits. New are a
    person's hair and face, an animal's coat; the breed, which would say how the coat looks, is dropped. Every `redraw`
    chooses from looks of its own, so no two give the same. Portraits are dropped: they show who was there before. A
    character that came from reference pictures becomes an invented one, and the consent for them is dropped too.

    Args:
        plan: of the album; its seed decides.
        cast: of the same plan, as it is now.
        character_id: who is changed.
        redraw: 1 to 4; another number gives another look.

    Returns:
        (plan, cast) in which only this character differs. `cast.metadata` says `recast.<id>` = redraw, and in
        `looks.<id>` how the character looked before: what comes later keeps its distance from all of that.

    Raises:
        AlbumError: the character is not in plan or cast, `redraw` is out of range, or no look is left that is far
            enough from what it was and from the others.
    """
    if not 1 <= redraw <= MAX_RECASTS:
        raise AlbumError(
            f"'{character_id}' cannot be recast for the {redraw}. time: {MAX_RECASTS} looks are tried. Describe this "
            "character otherwise in the plan, or change the plan's seed."
        )
    character, member = plan.character(character_id), cast.member(character_id)
    others = [other for other in plan.characters if other.id != character_id]
    past = [character, *_earlier_looks(cast, character)]
    make = _new_animal if character.kind == "animal" else _new_person
    new = make(plan, past, others, redraw)
    vectors = [other.vector for other in cast.members if other.character != character_id]
    vector, thrown = _new_vector(plan.seed, character_id, redraw, [*vectors, member.vector])
    metadata = {
        **cast.metadata,
        f"recast.{character_id}": str(redraw),
        f"looks.{character_id}": json.dumps([look.model_dump(include=_LOOK) for look in past], sort_keys=True),
    }
    if thrown:
        metadata[f"redraws.{character_id}"] = str(thrown)
    changed = replace(
        member, vector=vector, encoder=ENCODER, source="sampled", appearance=describe_appearance(new), portraits=(),
        views=(), consent="",
    )  # fmt: skip
    return (
        plan.model_copy(update={"characters": [new if c.id == character_id else c for c in plan.characters]}),
        replace(
            cast,
            members=tuple(changed if m.character == character_id else m for m in cast.members),
            metadata=metadata,
        ),
    )


def look_distance(one: Character, other: Character) -> float:
    """How differently two people look: 0 alike; 6 is another haircut in another colour on the same head."""
    apart = _between((one.hair, one.face), (other.hair, other.face))
    apart += sum(weight for name, weight in _KEPT.items() if getattr(one, name) != getattr(other, name))
    return apart + _TONE * abs(one.skin_tone - other.skin_tone)


def _earlier_looks(cast: Cast, character: Character) -> list[Character]:
    """The character as it looked before earlier recasts."""
    try:
        looks = json.loads(cast.metadata.get(f"looks.{character.id}", "[]"))
        return [Character.model_validate({**character.model_dump(), **look}) for look in looks]
    except (ValueError, TypeError) as error:
        raise AlbumError(
            f"The cast's metadata 'looks.{character.id}' is damaged: run the identity stage on this plan again."
        ) from error


def _new_person(plan: AlbumPlan, past: list[Character], others: list[Character], redraw: int) -> Character:
    character = past[0]
    people = [other for other in others if other.kind == "person"]
    best, farthest = None, -1.0
    for hair, face in _share(_looks(character), plan.seed, character.id, redraw):
        candidate = character.model_copy(update={"hair": hair, "face": face})
        apart = min(look_distance(candidate, other) for other in (*past, *people))
        if apart > farthest:
            best, farthest = candidate, apart
    if best is None or farthest < MIN_LOOK_DISTANCE:
        raise AlbumError(
            f"No look is left for '{character.name}' ({character.id}) that differs enough from what it was and from "
            "the others of the cast: describe this character or the others otherwise in the plan."
        )
    return best


def _looks(character: Character) -> list[_Look]:
    """Every look that suits age, gender and skin tone."""
    tone = character.skin_tone
    band = 0 if tone <= 3 else 1 if tone <= 6 else 2
    styles = _BABY_STYLES if character.age_group == "baby" else _STYLES[character.gender]
    if character.gender == "male" and character.age_group in ("adult", "senior"):
        styles = ("bald", *styles)
    colors = _SENIOR_COLORS if character.age_group == "senior" else _COLORS[band]
    bearded = character.gender == "male" and character.age_group in _GROWN_UP
    facial = get_args(v.FacialHair) if bearded else ("none",)
    freckles = (False, True) if band == 0 else (False,)
    hairs = [
        Hair(style=style, color=color)  # type: ignore[arg-type]
        for style, color in itertools.product(styles, colors)
        if style != "bald" or color == colors[0]
    ]
    faces = [
        Face(shape=shape, eyes=eyes, facial_hair=hair, freckles=spots)  # type: ignore[arg-type]
        for shape, eyes, hair, spots in itertools.product(get_args(v.FaceShape), _EYES[band], facial, freckles)
    ]
    return list(itertools.product(hairs, faces))


def _between(one: _Look, other: _Look) -> float:
    (hair, face), (hair2, face2) = one, other
    apart = _WEIGHTS["style"] if hair.style != hair2.style else 0.0
    if hair.color != hair2.color and "bald" not in (hair.style, hair2.style):
        apart += _WEIGHTS["color"]
    elif hair.style != hair2.style and "bald" in (hair.style, hair2.style):
        apart += _WEIGHTS["color"]  # without hair there is no colour of it
    names = ("shape", "eyes", "facial_hair", "freckles")
    return apart + sum(_WEIGHTS[name] for name in names if getattr(face, name) != getattr(face2, name))


def _new_animal(plan: AlbumPlan, past: list[Character], others: list[Character], redraw: int) -> Character:
    character = past[0]
    species = character.species or "other"
    colors = _COATS.get(species, _FURS)
    patterns = ("plain", "patches", "spots", *(("tabby",) if species == "cat" else ()))
    furs = (False, True) if species in _LONG_FURRED else (False,)
    coats = [
        Coat(color=color, pattern=pattern, second_color=second, long_haired=long_haired)  # type: ignore[arg-type]
        for color, pattern, second, long_haired in itertools.product(colors, patterns, colors, furs)
        if second != color and (pattern != "plain" or second == next(name for name in colors if name != color))
    ]
    was_last = (character.coat or Coat()).color
    was = {(look.coat or Coat()).color for look in past}
    share = _share(coats, plan.seed, character.id, redraw)
    taken = [other.coat for other in others if other.species == species]
    free = [coat for coat in share if coat not in taken and coat not in [look.coat for look in past]]
    fitting = [coat for coat in free if coat.color not in was] or [coat for coat in free if coat.color != was_last]
    if not fitting:
        raise AlbumError(
            f"No coat is left for '{character.name}' ({character.id}): describe this animal otherwise in the plan."
        )
    return character.model_copy(update={"coat": fitting[0], "breed": ""})


def _share(looks: list[T], seed: int, character_id: str, redraw: int) -> list[T]:
    """The looks that one redraw may choose from: no other redraw has them."""
    shuffled = list(looks)
    random.Random(derive_seed(seed, "recast", character_id)).shuffle(shuffled)  # noqa: S311
    return shuffled[redraw - 1 :: MAX_RECASTS]


def _new_vector(seed: int, character_id: str, redraw: int, others: list[np.ndarray]) -> tuple[np.ndarray, int]:
    # Away also from who the character was at first and at the redraws before this one.
    past = [draw_vector(seed, character_id)]
    past += [draw_vector(seed, character_id, "recast", before, 0) for before in range(1, redraw)]
    comparable = [other for other in (*others, *past) if other.shape == (DIMENSION,)]
    for thrown in range(MAX_REDRAWS + 1):
        vector = draw_vector(seed, character_id, "recast", redraw, thrown)
        if all(float(vector @ other) <= LARGEST_COSINE for other in comparable):
            return vector, thrown
    raise AlbumError(
        f"No identity for '{character_id}' keeps its distance from the others of the cast after {MAX_REDRAWS} redraws: "
        "change the plan's seed."
    )
