"""The mix of people that a prompt gets when it says nothing about them."""

import random
from typing import Final

TARGET_MIX: Final[dict[str, dict[str, float]]] = {
    "age_group": {"child": 0.12, "teen": 0.10, "young_adult": 0.30, "adult": 0.30, "senior": 0.18},
    "gender": {"female": 0.49, "male": 0.49, "unspecified": 0.02},
    "build": {"slim": 0.25, "average": 0.40, "athletic": 0.15, "broad": 0.20},
    "height": {"short": 0.25, "average": 0.50, "tall": 0.25},
    "skin_tone": {str(tone): 0.1 for tone in range(1, 11)},
}
"""Shares over the lead characters of albums whose prompt is silent about people; the cast audit measures them.

The lead is the first person of a plan. Its company follows from it: relatives share the tone of their family within
one step, couples and friends its age, parents and grandparents have children around them. So the mix is a target for
leads, one independent draw for each album, and companions are of all kinds because leads are.

Exceptions, by rule and not by chance: babies are never leads, children have the average build, and where the prompt
implies an age (school, a wedding, a pet's owner, a night out) the lead is drawn from the ages that remain.
Skin tone is uniform over the Monk scale, so that no album is of one kind by default.
"""

GROWN_UP: Final = frozenset({"young_adult", "adult", "senior"})
NOT_CHILD: Final = GROWN_UP | {"teen"}


def pick(rng: random.Random, mix: dict[str, float]) -> str:
    """One key, with the probability that its value says."""
    return rng.choices(list(mix), list(mix.values()))[0]


def pick_lead(rng: random.Random, ages: frozenset[str] | None = None) -> tuple[str, str]:
    """Age group and gender of a lead.

    Args:
        rng: the cast's own draw.
        ages: those that the prompt leaves open, None for all.
    """
    mix = {age: share for age, share in TARGET_MIX["age_group"].items() if ages is None or age in ages}
    return pick(rng, mix), pick(rng, TARGET_MIX["gender"])
