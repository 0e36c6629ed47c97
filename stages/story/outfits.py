"""What people wear. It changes when the day changes or when what they do asks for it, and never otherwise."""

import random
from datetime import datetime
from typing import Final

from ..records import Character, Outfit
from ..seeds import derive_seed

MAX_DAY_OUTFITS: Final = 8  # then clothes are worn again; a record holds 24
_COLORS: Final = (
    "white",
    "gray",
    "beige",
    "red",
    "burgundy",
    "orange",
    "yellow",
    "green",
    "olive",
    "teal",
    "turquoise",
    "blue",
    "navy",
    "purple",
    "pink",
)
_BOTTOM_COLORS: Final = ("navy", "black", "gray", "beige", "brown", "olive", "blue")
_WARM_TOPS: Final = {
    "female": ("t_shirt", "blouse", "dress", "tank_top", "shirt", "t_shirt"),
    "male": ("t_shirt", "shirt", "tank_top", "t_shirt"),
    "unspecified": ("t_shirt", "shirt"),
}
_MILD_TOPS: Final = {
    "female": ("sweater", "shirt", "blouse", "jacket", "dress"),
    "male": ("shirt", "sweater", "hoodie", "jacket"),
    "unspecified": ("sweater", "shirt", "hoodie"),
}


def wear_for(wants: str, *, moment: datetime, weather: str, indoor: bool) -> str:
    """The kind of clothes that activity, season and weather ask for; "" is the outfit of the day."""
    cold = moment.month in {11, 12, 1, 2, 3}
    if wants in {"swim", "formal", "sport", "party"}:
        return wants
    if not indoor and (weather == "snow" or wants == "snow"):
        return "snow"
    if not indoor and weather in {"rain", "storm"}:
        return "rain"
    if not indoor and cold:
        return "coat"
    return wants if wants in {"barefoot"} else ""


def choose_outfit(character: Character, outfits: list[Outfit], wear: str, day: int, moment: datetime, seed: int) -> str:
    """The id of the outfit for this scene; made and added to `outfits` when the person does not have it yet.

    Args:
        character: who wears it.
        outfits: what they have so far.
        wear: as `wear_for` says.
        day: 0 for the first day of the story.
        moment: sets warm or cool clothes.
        seed: the album's; each outfit is keyed by person and id.
    """
    worn = day % MAX_DAY_OUTFITS
    outfit_id = {
        "snow": "winter",
        "coat": "coat",
        "rain": "rain",
        "swim": "swim",
        "formal": "formal",
        "sport": "sport",
        "party": "party",
        "barefoot": f"day{worn + 1}-barefoot",
    }.get(wear, f"day{worn + 1}")
    if all(outfit.id != outfit_id for outfit in outfits):
        outfits.append(_make(character, outfit_id, wear, worn, moment, seed))
    return outfit_id


def _make(character: Character, outfit_id: str, wear: str, worn: int, moment: datetime, seed: int) -> Outfit:
    day = random.Random(derive_seed(seed, "outfit", character.id, worn))  # noqa: S311
    rng = random.Random(derive_seed(seed, "outfit", character.id, outfit_id))  # noqa: S311
    everyday = _everyday(character, outfit_id, day, moment)
    gown = character.gender == "female" or (character.gender == "unspecified" and rng.random() < 0.5)
    if wear == "barefoot":
        return everyday.model_copy(update={"footwear": "barefoot"})
    if wear == "swim":
        color = rng.choice(_COLORS[3:])
        top = (
            {"top": "swimsuit", "bottom": "none"}
            if gown
            else {"top": "tank_top" if character.age_group == "baby" else "swimsuit", "bottom": "swim_shorts"}
        )
        return everyday.model_copy(
            update={
                **top,
                "top_color": color,
                "bottom_color": color,
                "pattern": rng.choice(("plain", "striped", "dotted")),
                "footwear": "barefoot",
            }
        )
    if wear in {"snow", "coat", "rain"}:
        top = {"snow": "coat", "coat": "coat", "rain": "raincoat"}[wear]
        color = rng.choice(("yellow", "red", "blue", "teal")) if wear == "rain" else rng.choice(_COLORS[2:])
        return everyday.model_copy(
            update={
                "top": top,
                "top_color": color,
                "pattern": "plain",
                "bottom": "trousers" if everyday.bottom in {"none", "shorts", "skirt"} else everyday.bottom,
                "bottom_color": rng.choice(_BOTTOM_COLORS),
                "footwear": "boots",
                "footwear_color": rng.choice(("brown", "black")),
            }
        )
    if wear == "formal":
        return _formal(character, everyday, gown, rng)
    if wear == "sport":
        return everyday.model_copy(
            update={
                "top": "jersey",
                "top_color": rng.choice(_COLORS[3:]),
                "pattern": "plain",
                "bottom": "shorts",
                "bottom_color": "black",
                "footwear": "sneakers",
            }
        )
    if wear == "party" and gown and character.age_group != "baby":
        return everyday.model_copy(
            update={
                "top": "dress",
                "bottom": "none",
                "pattern": rng.choice(("dotted", "floral", "plain")),
                "top_color": rng.choice(_COLORS[3:]),
            }
        )
    if wear == "party":
        return everyday.model_copy(
            update={
                "top": "shirt",
                "pattern": rng.choice(("checked", "striped", "plain")),
                "top_color": rng.choice(_COLORS),
            }
        )
    return everyday


def _formal(character: Character, everyday: Outfit, gown: bool, rng: random.Random) -> Outfit:
    bride = character.role == "bride"
    if gown or bride:
        color = "white" if bride else rng.choice(("burgundy", "green", "navy", "pink", "purple", "teal"))
        return everyday.model_copy(
            update={
                "top": "dress",
                "top_color": color,
                "bottom": "none",
                "pattern": "plain",
                "footwear": "heels" if character.age_group in {"young_adult", "adult"} else "shoes",
                "footwear_color": "white" if bride else "beige",
            }
        )
    color = rng.choice(("navy", "gray", "black"))
    return everyday.model_copy(
        update={
            "top": "suit",
            "top_color": color,
            "bottom": "trousers",
            "bottom_color": color,
            "pattern": "plain",
            "footwear": "shoes",
            "footwear_color": "black",
        }
    )


def _everyday(character: Character, outfit_id: str, rng: random.Random, moment: datetime) -> Outfit:
    warm = moment.month in {5, 6, 7, 8, 9}
    top = rng.choice((_WARM_TOPS if warm else _MILD_TOPS)[character.gender])
    bottom = rng.choice(
        ("shorts", "jeans", "trousers", "skirt")
        if warm and character.gender == "female"
        else ("shorts", "jeans", "trousers")
        if warm
        else ("jeans", "trousers", "leggings")
        if character.gender == "female"
        else ("jeans", "trousers")
    )
    if character.age_group == "senior" and bottom in {"shorts", "leggings"}:
        bottom = "trousers"
    if top == "dress":
        bottom = "none"
    color = rng.choice(_COLORS)
    return Outfit(
        id=outfit_id,
        top=top,
        top_color=color,
        pattern=rng.choice(
            (
                "plain",
                "plain",
                "plain",
                "striped",
                "checked",
                "dotted",
                "floral" if top in {"dress", "blouse"} else "plain",
            )
        ),
        bottom=bottom,
        bottom_color="blue" if bottom == "jeans" else rng.choice([c for c in _BOTTOM_COLORS if c != color]),
        footwear=rng.choice(("sneakers", "sandals", "sneakers") if warm else ("sneakers", "boots", "shoes")),
        footwear_color=rng.choice(("white", "brown", "black", "gray", "red")),
    )
