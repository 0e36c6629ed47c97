"""Faces, bodies and fur for whom the prompt leaves undescribed, drawn from a stated target mix."""

import random
import re
import unicodedata
from typing import Final

from ..records import Character, Coat, Face, Hair, Outfit
from ..seeds import derive_seed
from .casting import is_wild
from .lexicon_names import NAMES
from .lexicon_people import ANIMAL_WORDS, SPECIES_COATS, SPECIES_SIZES
from .names import choose_name, choose_pet_name
from .target_mix import TARGET_MIX, pick
from .who import Part

_STYLES: Final = {
    "female": ("bob", "long", "wavy_long", "curly_long", "ponytail", "bun", "braids", "pixie", "afro"),
    "male": ("short", "buzz", "curly_short", "short", "afro", "bald"),
    "unspecified": ("short", "bob", "curly_short", "pixie", "afro", "ponytail"),
}  # fmt: skip
_HAIR_COLORS: Final = (  # plausible colours by skin tone: tones 1-3, 4-6, 7-10
    ("blonde", "light_brown", "brown", "dark_brown", "red", "auburn", "black"),
    ("black", "dark_brown", "brown", "dark_brown", "light_brown", "auburn"),
    ("black", "black", "dark_brown"),
)
_EYES: Final = (("blue", "green", "gray", "hazel", "brown"), ("brown", "hazel", "brown", "green"), ("brown",))
_PARTNER_ROLES: Final = {"wife", "husband", "bride", "groom", "girlfriend", "boyfriend"}


def make_characters(parts: list[Part], relations: list[tuple[int, str, int]], *, seed: int) -> list[Character]:
    """Give every part an id, a name and a look. Outfits follow later; people carry a placeholder until then.

    Args:
        parts: the completed cast.
        relations: (subject, relation, object) indexes into `parts`.
        seed: the album's seed; each person's draw is keyed by the order of mention and not by the others' draws.
    """
    families = _families(parts, relations)
    names = {part.name for part in parts if part.name}
    ids: set[str] = set()
    characters = []
    for index, part in enumerate(parts):
        rng = random.Random(derive_seed(seed, "look", index, part.kind))  # noqa: S311
        family = random.Random(derive_seed(seed, "family", families[index]))  # noqa: S311
        make = _person if part.kind == "person" else _animal
        character = make(part, rng, family, names, alone=len([p for p in parts if p.kind == "person"]) == 1)
        characters.append(character.model_copy(update={"id": _unique_id(character.name, part.kind, ids)}))
    return characters


def _families(parts: list[Part], relations: list[tuple[int, str, int]]) -> list[int]:
    """The number of each part's blood family: partners keep their own, children join the first parent's."""
    family = list(range(len(parts)))
    for subject, kind, target in relations:
        if kind in {"parent", "sibling", "grandparent", "relative"}:
            old, new = family[target], family[subject]
            family = [new if number == old else number for number in family]
    return family


def _person(part: Part, rng: random.Random, family: random.Random, names: set[str], *, alone: bool) -> Character:
    tradition = family.choice(sorted(NAMES))
    family_tone = family.randint(1, 10)
    ages = {age: share for age, share in TARGET_MIX["age_group"].items() if not (age == "child" and alone)}
    age = part.age or pick(rng, ages)
    gender = part.gender or pick(rng, TARGET_MIX["gender"])
    tone = min(
        10,
        max(1, family_tone + (rng.choice((-1, 0, 0, 1)) if part.relation in {"child", "sibling", "grandchild"} else 0)),
    )
    band = 0 if tone <= 3 else 1 if tone <= 6 else 2
    young = age in {"baby", "child"}
    style = "short" if age == "baby" else rng.choice(_STYLES[gender])
    if style == "bald" and age not in {"adult", "senior"}:
        style = "short"
    color = rng.choice(("gray", "white", "gray")) if age == "senior" else rng.choice(_HAIR_COLORS[band])
    beard = gender == "male" and age in {"young_adult", "adult", "senior"} and rng.random() < 0.35
    accessories = ["glasses"] if not young and rng.random() < (0.45 if age == "senior" else 0.2) else []
    if gender == "female" and age not in {"baby", "child"} and rng.random() < 0.3:
        accessories.append(rng.choice(("earrings", "necklace")))
    elif young and gender == "female" and rng.random() < 0.3:
        accessories.append("hair_bow")
    return Character(
        id="x",
        name=part.name[:60] or choose_name(rng, gender, tradition, names),
        role=_role(part, gender),
        age_group=age,  # type: ignore[arg-type]
        gender=gender,  # type: ignore[arg-type]
        build="average" if young else pick(rng, TARGET_MIX["build"]),  # type: ignore[arg-type]
        height=pick(rng, TARGET_MIX["height"]),  # type: ignore[arg-type]
        skin_tone=tone,
        hair=Hair(style=style, color=color),  # type: ignore[arg-type]
        face=Face(
            shape=rng.choice(("oval", "round", "square", "heart", "long")),
            eyes=rng.choice(_EYES[band]),  # type: ignore[arg-type]
            facial_hair=rng.choice(("stubble", "moustache", "beard", "beard")) if beard else "none",
            freckles=band == 0 and rng.random() < 0.2,
        ),
        accessories=accessories,  # type: ignore[arg-type]
        outfits=[Outfit(id="plain")],
    )


def _role(part: Part, gender: str) -> str:
    if part.word == "narrator":
        return "who tells the story"
    if part.role in {"sibling", "twin"} and part.role == "sibling":
        return {"female": "sister", "male": "brother"}.get(gender, "sibling")
    if part.role == "grandchild":
        return {"female": "granddaughter", "male": "grandson"}.get(gender, "grandchild")
    if not part.role and part.word and part.word not in _PARTNER_ROLES:
        return part.word if part.word not in {"siblings", "man", "woman"} else ""
    return part.role


def _animal(part: Part, rng: random.Random, family: random.Random, names: set[str], *, alone: bool) -> Character:
    word = ANIMAL_WORDS[part.word]
    said = part.group.removeprefix("color:") if part.group.startswith("color:") else ""
    colors = [said] if said else word.colors.split(",") if word.colors else list(SPECIES_COATS[word.species])
    name = part.name or (_wild_name(part) if is_wild(part) else choose_pet_name(rng, names))
    pattern = word.pattern
    if pattern == "plain" and not word.breed and not said and word.species in {"cat", "dog", "cow", "horse", "rabbit"}:
        pattern = rng.choice(("plain", "patches", "tabby" if word.species == "cat" else "patches"))
    color = rng.choice(colors)
    return Character(
        id="x",
        name=name[:60],
        kind="animal",
        role=part.role or part.word,
        age_group="child" if part.word in {"puppy", "kitten", "lamb", "foal", "calf", "chick"} else "adult",
        species=word.species,  # type: ignore[arg-type]
        breed=word.breed,
        coat=Coat(
            color=color,  # type: ignore[arg-type]
            pattern=pattern,  # type: ignore[arg-type]
            second_color=word.second if word.second != color else "black",  # type: ignore[arg-type]
            long_haired=word.long_haired,
        ),
        size=word.size or SPECIES_SIZES[word.species],  # type: ignore[arg-type]
    )


def _wild_name(part: Part) -> str:
    return f"the {part.word}"


def _unique_id(name: str, kind: str, ids: set[str]) -> str:
    base = re.sub(
        r"[^a-z0-9]+",
        "-",
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().removeprefix("the "),
    ).strip("-")[:30]
    base = base if base[:1].isalpha() else f"{kind}-{base}".rstrip("-")
    slug, number = base, 2
    while slug in ids:
        slug, number = f"{base}-{number}", number + 1
    ids.add(slug)
    return slug
