"""Grows a short prompt into a story: series of months or seasons, wedding days, city breaks, trips of several days."""

import copy
import random
from typing import Final

from .activities import activities
from .events import Event, Place, plain_place
from .lexicon_time import TRIPS

_MONTH_EVENTS: Final = (  # place and activity that suit each month, January first
    ("snowfield", "sled"), ("living_room", "board_game"), ("garden", "garden_work"), ("park", "picnic"),
    ("meadow", "pick_flowers"), ("lake", "canoe"), ("beach", "sandcastle"), ("campsite", "campfire"),
    ("farm", "pick_fruit"), ("forest", "gather_leaves"), ("kitchen", "bake"), ("living_room", "decorate_tree"),
)  # fmt: skip
_SEASON_EVENTS: Final = (
    ("spring", "garden", "smell_flowers"), ("summer", "beach", "swim"), ("autumn", "forest", "gather_leaves"),
    ("winter", "snowfield", "snowman"),
)  # fmt: skip
_SEASON_ACTS: Final = {"spring": "smell_flowers", "summer": "picnic", "autumn": "gather_leaves", "winter": "snowman"}
_WEEK_EVENTS: Final = (
    ("kitchen", "breakfast"), ("classroom", "lesson"), ("park", "ball_game"), ("kitchen", "bake"),
    ("living_room", "movie"), ("market", "shop"), ("garden", "picnic"),
)  # fmt: skip
_ITINERARIES: Final[dict[str, tuple[tuple[str, str, int, int], ...]]] = {  # place, activity, minute, day
    "wedding": (("bedroom", "dress_up", 600, 0), ("garden", "vows", 900, 0), ("restaurant", "first_dance", 1200, 0)),
    "birthday": (("kitchen", "bake", 630, 0), ("living_room", "birthday_cake", 930, 0)),
    "city": (("old_town", "sightsee", 600, 0), ("cafe", "coffee", 930, 0), ("museum", "look_art", 630, 1),
    ("restaurant", "dinner", 1170, 1)),
    "road trip": (("road", "drive", 570, 0), ("mountain", "viewpoint", 840, 0), ("coastal_town", "stroll", 690,
    1), ("campsite", "campfire", 1230, 1)),
    "school day": (("classroom", "lesson", 540, 0), ("playground", "play_tag", 720, 0)),
    "christmas": (("kitchen", "bake", 660, 0), ("living_room", "decorate_tree", 960, 0), ("living_room", "gifts",
    1110, 0)),
    "weekend": (("market", "shop", 600, 0), ("park", "picnic", 780, 0), ("kitchen", "breakfast", 540, 1),
    ("lake", "canoe", 720, 1)),
}  # fmt: skip


def expand_events(
    events: list[Event], *, series: str, phrases: set[str], days: float, photos: int | None, rng: random.Random
) -> list[Event]:
    """Add the events that the prompt implies but does not tell.

    Args:
        rng: the story's own draw.
        events: as told; may be one without a place.
        series: "months", "seasons", "weekdays" or "".
        phrases: known phrases of the prompt, for "road trip" and the like.
        days: how many days the story takes, 0 if unsaid.
        photos: number of photos, None if open.
    """
    if series and sum(event.month is not None or bool(event.season) for event in events) < 2:
        return _series(events, series)
    only = events[0] if len(events) == 1 else None
    room = photos or 8
    if only is not None:
        name = _itinerary(only, phrases, days)
        if name and room >= 4:
            return _follow(only, _ITINERARIES[name], spread=days > 3)
        if len(only.skies) > 1 and days == 0 and room >= len(only.skies):  # "in all weathers: sun, fog, storm"
            return _repeat_daily(only, len(only.skies), len(only.skies))
        if days >= 2 and room >= 4:
            return _repeat_daily(only, min(int(days), max(2, room // 3, len(only.skies)), 14), int(days))
    elif (
        phrases & {"road trip", "roadtrip"}
        and room >= 6
        and not any(event.place and event.place.kind == "road" for event in events)
        and sum(event.month is not None for event in events) < 2
    ):
        drive = Event(plain_place("road"), ["drive"], weight=0.7, implied=True, tokens=set(events[0].tokens))
        events.insert(1, drive)
    return events


def is_trip(phrases: set[str]) -> bool:
    """Whether the prompt speaks of a journey that sleeps somewhere else every night or so."""
    return bool(phrases & TRIPS)


def _itinerary(only: Event, phrases: set[str], days: float) -> str:
    place = only.place
    if (
        only.holiday in {"wedding", "birthday", "christmas"}
        and not only.said
        and (place is None or place.noun == place.kind.replace("_", " "))
        and not phrases & {"garden", "living room", "beach", "park", "at home", "home"}
    ):
        return only.holiday
    if (
        phrases & {"road trip", "roadtrip"}
        and not only.said
        and (place is None or place.proper or place.kind in {"road", "mountain"})
    ):
        return "road trip"
    if place and place.proper and not only.said and (days >= 2 or "city break" in phrases):
        return "city"
    if "city break" in phrases or (
        place and place.kind in {"city_street", "old_town"} and days >= 2 and set(only.said) <= {"sightsee"}
    ):
        return "city"
    if "school day" in phrases:
        return "school day"
    return "weekend" if place is None and days == 2 and not only.said else ""


def _follow(only: Event, steps: tuple[tuple[str, str, int, int], ...], *, spread: bool) -> list[Event]:
    """The steps as events; `spread` leaves their days to the length of the story."""
    events = []
    for kind, activity, minute, day in steps:
        event = copy.deepcopy(only)
        same = only.place and only.place.kind == kind
        event.place = only.place if same and only.place else plain_place(kind)
        if kind in {"old_town", "city_street"} and only.place and only.place.proper:
            event.place = Place(only.place.kind, only.place.noun, only.place.proper)
        event.said, event.minute = [activity], minute
        event.jump = 1 if day and events and not spread and not any(e.jump for e in events) else 0
        event.implied = True
        if events:
            event.month, event.season, event.weekday = None, "", None
            event.holiday = ""
        events.append(event)
    known: dict[str, Place] = {}
    for event in events:
        if event.place:
            event.place = known.setdefault(event.place.noun, event.place)
    return events


def _repeat_daily(only: Event, days: int, length: int) -> list[Event]:
    """The event on several days, spread over all days of the story."""
    minutes = (600, 930, 1110, 540, 840)
    step = max(1, round((length - 1) / (days - 1))) if days > 1 else 1
    events = []
    for day in range(days):
        event = copy.copy(only)
        event.minute = only.minute if only.minute is not None else minutes[day % len(minutes)]
        event.said = (
            list(only.said)
            if day == 0 or len(only.said) < 2
            else only.said[day % len(only.said) :] + only.said[: day % len(only.said)]
        )
        event.tokens, event.implied = set(only.tokens), True
        event.jump = step if day else 0
        event.weather = only.skies[day % len(only.skies)] if only.skies else only.weather
        if day:
            event.month, event.season, event.weekday, event.holiday = None, "", None, ""
        events.append(event)
    return events


def _series(events: list[Event], series: str) -> list[Event]:
    base = events[0]
    told = [event for event in events if event.place or event.said]
    rows: list[tuple[int | None, str, int | None, str, str]]
    if series == "months":
        rows = [(month, "", None, kind, act) for month, (kind, act) in enumerate(_MONTH_EVENTS, 1)]
    elif series == "seasons":
        rows = [(None, season, None, kind, act) for season, kind, act in _SEASON_EVENTS]
    else:
        rows = [(None, "", day, kind, act) for day, (kind, act) in enumerate(_WEEK_EVENTS)]
    if len(told) >= len(rows):
        return events
    expanded = []
    for index, (month, season, weekday, kind, activity) in enumerate(rows):
        event = copy.copy(told[index % len(told)] if told else base)
        event.place = event.place or plain_place(kind)
        fitting = _SEASON_ACTS.get(season, activity)
        event.said = list(event.said) or (
            [fitting] if event.place.kind in activities()[fitting].places.split(";") else []
        )
        event.month, event.season, event.weekday, event.minute = (
            month,
            season,
            weekday if weekday is not None else event.weekday,
            event.minute or 690 + 17 * (index % 5),
        )
        event.tokens, event.implied, event.jump = set(base.tokens) | set(event.tokens), True, 0
        expanded.append(event)
    return expanded
