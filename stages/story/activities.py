"""What an activity is to the planner, and the table of all of them."""

from dataclasses import dataclass, replace
from typing import Final

from .lexicon_deeds import MORE_WORDS


@dataclass(frozen=True)
class Activity:
    """One thing that people or animals do.

    title: short scene title. words: how a prompt may say it; the first word of "~throw a ball" is inflected.
    poses: given to the people in turn. action: what `CastEntry.action` says. lines: caption templates separated by
    "|", see captions.py for their placeholders. places: environment kinds it fits, the default first.
    objects: "kind", "kind@lead" or "kind@other" when held, "kind=name" to name it.
    links: interactions to try, "kind>other", "kind>pet" or "kind>thing" (the first object).
    pet: "pose:action" of animals meanwhile. needs: "pet", "two" people, a "person", or "" for anything alive.
    wear: what it asks of outfits. at: usual minute of the day, -1 for any.
    """

    title: str
    words: str
    poses: str
    action: str
    lines: str
    places: str
    objects: str = ""
    links: str = ""
    pet: str = "standing:staying close"
    needs: str = "person"
    emotion: str = "happy"
    wear: str = ""
    at: int = -1
    shot: str = "medium"


def _table() -> dict[str, Activity]:
    from .activities_city import CITY
    from .activities_feasts import FEASTS
    from .activities_home import HOME
    from .activities_more import MORE
    from .activities_outdoors import OUTDOORS
    from .activities_pets import PETS
    from .activities_school import SCHOOL
    from .activities_seasons import SEASONS
    from .activities_table import TABLE
    from .activities_travel import TRAVEL
    from .activities_water import WATER

    return {**PETS, **OUTDOORS, **SEASONS, **WATER, **TRAVEL, **TABLE, **HOME, **FEASTS, **CITY, **SCHOOL, **MORE}


ACTIVITIES: Final[dict[str, Activity]] = {}


def activities() -> dict[str, Activity]:
    """All activities by key, read once."""
    if not ACTIVITIES:
        for key, activity in _table().items():
            more = MORE_WORDS.get(key, "")
            ACTIVITIES[key] = replace(activity, words=f"{activity.words}; {more}") if more else activity
    return ACTIVITIES
