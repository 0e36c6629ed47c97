"""The people and animals of the training world, and which of them the models may see.

An identity is everything about a character that no scene changes: age, gender, build, height, skin tone, hair, face
and what is always worn. Clothes are not part of it. Its split follows from a hash of these values alone, so train,
held-out and gallery identities are disjoint by construction, in every world of every seed.
"""

import random
from typing import Final, Literal, get_args

from ...stages import vocabulary as v
from ...stages.records import Character, Coat, Face, Hair, Outfit
from ...stages.seeds import derive_seed

Split = Literal["train", "held_out", "gallery"]
SPLITS: Final = get_args(Split)
_SHARES: Final = {"train": range(80), "held_out": range(80, 90), "gallery": range(90, 100)}  # percent of identities

_AGES: Final = ("baby", "child", "child", "teen", "young_adult", "young_adult", "adult", "adult", "adult", "senior")
_STYLES: Final = {
    "female": ("bob", "long", "wavy_long", "curly_long", "ponytail", "bun", "braids", "pixie", "afro", "short"),
    "male": ("short", "buzz", "curly_short", "short", "afro", "bald", "long", "ponytail"),
    "unspecified": ("short", "bob", "curly_short", "pixie", "afro", "ponytail", "long"),
}
_CAP_LIKE: Final = ("cap", "sun_hat", "beanie", "headscarf", "turban", "flower_crown", "party_hat", "helmet")
_OTHER: Final = (
    "glasses", "glasses", "sunglasses", "scarf", "earrings", "necklace", "watch", "backpack", "hair_bow", "bow_tie",
    "headphones",
)  # fmt: skip
_DOG_COATS: Final = ("black", "white", "gray", "brown", "golden", "cream", "ginger")
_COATS: Final = {
    "parrot": ("green", "red", "blue"), "duck": ("white", "brown", "green"), "chicken": ("white", "brown", "red"),
    "turtle": ("green", "brown"), "other": ("brown", "gray", "golden"),
}  # fmt: skip
_SIZES: Final = {
    "horse": "large", "cow": "large", "sheep": "medium", "goat": "medium", "cat": "small", "rabbit": "small",
    "parrot": "small", "duck": "small", "chicken": "small", "turtle": "small",
}  # fmt: skip
_SPECIES: Final = (
    ("dog",) * 8 + ("cat",) * 3 + tuple(name for name in get_args(v.Species) if name not in ("dog", "cat"))
)
_BARE_BOTTOM: Final = frozenset({"dress", "suit", "swimsuit"})


def identity_key(character: Character) -> str:
    """What makes a character this identity, as text: equal for two characters who look alike in every scene."""
    if character.kind == "animal":
        return f"{character.species}|{character.breed}|{character.coat}|{character.size}"
    hair = "bald" if character.hair.style == "bald" else f"{character.hair.style} {character.hair.color}"
    worn = ",".join(sorted(character.accessories))
    parts = (character.age_group, character.gender, character.build, character.height, character.skin_tone, hair)
    return "|".join(map(str, (*parts, *character.face.model_dump().values(), worn)))


def split_of(character: Character) -> Split:
    """The split that an identity belongs to, whoever draws it."""
    bucket = derive_seed("identity split", identity_key(character)) % 100
    return next(split for split in SPLITS if bucket in _SHARES[split])


def draw_person(rng: random.Random, person_id: str, split: Split) -> Character:
    """A person with seeded looks, wearing two seeded outfits.

    Args:
        rng: where the looks come from.
        person_id: id and name.
        split: drawn again until the identity belongs to it.
    """
    while True:
        person = _person(rng, person_id)
        if split_of(person) == split:
            return person


def relook(character: Character, rng: random.Random, split: Split) -> Character:
    """The same character of a story with the looks of an identity of the split; age, gender, outfits stay."""
    while True:
        other = _person(rng, character.id, age=character.age_group, gender=character.gender)
        looks = {"build", "height", "skin_tone", "hair", "face", "accessories"}
        changed = character.model_copy(update={name: getattr(other, name) for name in looks})
        if split_of(changed) == split:
            return changed


def draw_twin(person: Character, rng: random.Random, twin_id: str, split: Split) -> tuple[Character, str]:
    """Somebody who differs from a person in exactly one attribute: the hardest impostor.

    Returns:
        (twin, attribute): the attribute that differs, e.g. "hair.style".
    """
    while True:
        attribute = rng.choice(TWIN_ATTRIBUTES)
        other = _person(rng, twin_id, age=person.age_group, gender=person.gender)
        update: dict[str, object] = {"id": twin_id, "name": twin_id, "outfits": other.outfits}
        outer, _, inner = attribute.partition(".")
        if inner:
            part = getattr(person, outer)
            update[outer] = part.model_copy(update={inner: getattr(getattr(other, outer), inner)})
        else:
            update[outer] = getattr(other, outer)
        twin = person.model_copy(update=update)
        if identity_key(twin) != identity_key(person) and split_of(twin) == split:
            return twin, attribute


TWIN_ATTRIBUTES: Final = (
    "build", "skin_tone", "hair.style", "hair.color", "face.shape", "face.facial_hair", "accessories",
)  # fmt: skip


def draw_animal(rng: random.Random, animal_id: str) -> Character:
    """An animal; every coat may be seen in training, since animals are nobody's identity."""
    species = rng.choice(_SPECIES)
    colors = _COATS.get(species, _DOG_COATS)
    patterns = ("plain", "patches", "spots", "tabby") if species in ("cat", "dog") else ("plain", "patches")
    color = rng.choice(colors)
    coat = Coat(
        color=color,  # type: ignore[arg-type]
        pattern=rng.choice(patterns) if rng.random() < 0.4 else "plain",  # type: ignore[arg-type]
        second_color=rng.choice([name for name in _DOG_COATS if name != color]),  # type: ignore[arg-type]
        long_haired=rng.random() < 0.25,
    )
    size = _SIZES.get(species) or rng.choice(("small", "medium", "large"))
    breed = rng.choice(("", "", "golden retriever", "poodle", "terrier")) if species == "dog" else ""
    return Character(
        id=animal_id, name=animal_id, kind="animal", species=species, breed=breed, coat=coat,  # type: ignore[arg-type]
        size=size,  # type: ignore[arg-type]
    )  # fmt: skip


def draw_outfit(rng: random.Random, outfit_id: str) -> Outfit:
    """Clothes of any kind and colour."""
    top = rng.choice(get_args(v.Top))
    bare = top in _BARE_BOTTOM and rng.random() < 0.85
    return Outfit(
        id=outfit_id,
        top=top,
        top_color=rng.choice(get_args(v.Color)),
        pattern=rng.choice(get_args(v.Pattern)) if rng.random() < 0.4 else "plain",
        bottom="none" if bare else rng.choice(get_args(v.Bottom)[:-1]),
        bottom_color=rng.choice(get_args(v.Color)),
        footwear=rng.choice(get_args(v.Footwear)),
        footwear_color=rng.choice(get_args(v.Color)),
    )


def _person(rng: random.Random, person_id: str, *, age: str = "", gender: str = "") -> Character:
    age = age or rng.choice(_AGES)
    gender = gender or rng.choice(("female", "male", "female", "male", "unspecified"))
    young = age in ("baby", "child")
    style = "short" if age == "baby" and rng.random() < 0.6 else rng.choice(_STYLES[gender])
    if style == "bald" and young:
        style = "short"
    senior = age == "senior" and rng.random() < 0.7
    color = rng.choice(("gray", "white")) if senior else rng.choice(get_args(v.HairColor))
    bearded = gender != "female" and age in ("young_adult", "adult", "senior") and rng.random() < 0.4
    accessories = [rng.choice(_OTHER)] if rng.random() < 0.4 else []
    if rng.random() < 0.15:
        accessories.append(rng.choice(_CAP_LIKE))
    return Character(
        id=person_id,
        name=person_id,
        age_group=age,  # type: ignore[arg-type]
        gender=gender,  # type: ignore[arg-type]
        build="average" if young else rng.choice(get_args(v.Build)),
        height=rng.choice(get_args(v.Height)),
        skin_tone=rng.randint(1, 10),
        hair=Hair(style=style, color=color),  # type: ignore[arg-type]
        face=Face(
            shape=rng.choice(get_args(v.FaceShape)),
            eyes=rng.choice(get_args(v.EyeColor)),
            facial_hair=rng.choice(("stubble", "moustache", "beard")) if bearded else "none",
            freckles=rng.random() < 0.12,
        ),
        accessories=accessories,  # type: ignore[arg-type]
        outfits=[draw_outfit(rng, "a"), draw_outfit(rng, "b")],
    )
