"""Turns ordered clauses into events: where each happens, what is done there, and what the words say of when."""

import random
from dataclasses import dataclass, field
from typing import Final

from .activities import activities
from .clauses import Clause, order_clauses
from .event_places import Place, find_places, plain_place, said_place
from .lexicon_time import HOLIDAYS, LIT_BY, NEXT_DAY
from .said_times import find_clocks, half_of_day
from .said_words import Thing, things_in, told_text
from .scan import Mention, Token

__all__ = ["Event", "Place", "find_clocks", "plain_place", "read_events"]

_GENERIC: Final = frozenset({"sightsee", "play_tag", "talk", "explore", "lesson"})


@dataclass
class Event:
    """One stretch of the story. Hints are None or "" where the prompt says nothing."""

    place: Place | None = None
    said: list[str] = field(default_factory=list)
    customs: list[str] = field(default_factory=list)
    holiday: str = ""
    minute: int | None = None
    light: str = ""
    weather: str = ""
    banned_weather: set[str] = field(default_factory=set)
    mood: str = ""
    month: int | None = None
    season: str = ""
    weekday: int | None = None
    jump: int = 0
    date: tuple[int, int, int] | None = None  # year or 0, month or 0, day or 0, as the prompt says it
    things: list[Thing] = field(default_factory=list)
    vague_clock: int | None = None  # a time on a twelve-hour clock whose half of the day is not said
    town: str = ""  # named beside the event: "dinner near the Eiffel Tower"
    trailing: bool = False  # whether its month or season closes the clause, and so may mean the whole story
    told: str = ""  # the prompt's own words, where they say more than the planner understands
    tokens: set[int] = field(default_factory=set)
    weight: float = 1.0
    implied: bool = False


def read_events(
    tokens: list[Token], mentions: list[Mention], regions: list[tuple[int, int, str]], rng: random.Random
) -> list[Event]:
    """The events that the prompt tells, in story order, each with a place.

    Args:
        tokens: of the prompt.
        mentions: as scanned, clock times included.
        regions: (start, end, name) character spans of named lands.
        rng: chooses places for events that name none and whose activities leave a choice.
    """
    clauses = order_clauses(tokens, mentions)
    events = [_read_event(clause, tokens, regions) for clause in clauses]
    events = _drop_headers(events, clauses)
    find_places(events, rng)
    _settle_clocks(events)
    _date_the_whole(events)
    return _join_repeats(events)


def _date_the_whole(events: list[Event]) -> None:
    """A month or season said once, at the very end, is when all of it happened: "…, just me, in November"."""
    dated = [event for event in events if event.month or event.season or event.date]
    if len(dated) == 1 and dated[0] is events[-1] is not events[0] and dated[0].trailing and not dated[0].jump:
        first, last = events[0], events[-1]
        first.month, first.season, first.date = last.month, last.season, last.date
        last.month, last.season, last.date = None, "", None


def _settle_clocks(events: list[Event]) -> None:
    """Give "at 7" its half of the day, from what happens then and what came before."""
    before = -1
    for event in events:
        if event.jump or event.weekday is not None or event.date:
            before = -1
        if event.vague_clock is not None:
            usual = next((activities()[key].at for key in event.said if activities()[key].at >= 0), -1)
            event.minute = half_of_day(event.vague_clock, part=event.minute, usual=usual, earliest=before)
        before = event.minute if event.minute is not None else max(before, 540)  # that day has begun


def _read_event(clause: Clause, tokens: list[Token], regions: list[tuple[int, int, str]]) -> Event:
    event = Event(tokens={mention.start for mention in clause.mentions} | set(range(clause.start, clause.end)))
    event.place, event.town = said_place(clause, tokens)
    region = next(
        (
            name
            for start, end, name in regions
            if clause.start < clause.end
            and any(start <= tokens[at].start < end for at in range(clause.start, clause.end))
        ),
        "",
    )
    lands = [mention for mention in clause.mentions if mention.sense("land") and not mention.negated]
    if event.place is not None and not event.place.proper and region and not lands:
        event.place.town = event.place.town or region.removeprefix("the ")
    if region and event.place is None and not clause.keys("activity"):
        event.place = Place("old_town", region, region)
    event.things = things_in(clause.mentions, tokens)
    event.told = told_text(clause, tokens)
    event.said = list(dict.fromkeys(clause.keys("activity")))
    if len(event.said) > 1:
        event.said = [key for key in event.said if key not in _GENERIC] or event.said[:1]
    event.holiday = next((key for key in clause.keys("holiday")), "")
    if event.holiday:
        event.customs = HOLIDAYS[event.holiday].customs.split(";")
    _read_when(event, clause)
    event.weather = next(iter(clause.keys("weather")), "")
    event.banned_weather = {
        sense.key for mention in clause.mentions if mention.negated and (sense := mention.sense("weather"))
    }
    event.mood = next(iter(clause.keys("mood")), "")
    event.weight = 1.0 + 0.6 * max(0, len(event.said) - 1)
    return event


def _read_when(event: Event, clause: Clause) -> None:
    parts = [int(key) for key in clause.keys("daypart")]
    clocks = clause.keys("clock")
    sure = [int(key) for key in clocks if not key.endswith("?")]
    event.minute = sure[0] if sure else parts[0] if parts else None
    if clocks and not sure:
        event.vague_clock = int(clocks[0].rstrip("?"))
    if sure and parts and sure[0] < 720 <= parts[0]:
        event.minute = sure[0] + 720
    dates = clause.keys("date")
    if dates:
        year, month, day = (int(part) for part in dates[0].split("-"))
        event.date = (year, month, day)
    if event.minute is None and any(mention.phrase.startswith("night") for mention in clause.mentions):
        event.minute = 1270
    if event.minute is None:
        event.minute = next((540 for mention in clause.mentions if "morning" in mention.phrase), None)
    if event.minute is None and any(mention.phrase.endswith("evening") for mention in clause.mentions):
        event.minute = 1230 if "campfire" in event.said else 1140
    event.light = next(
        (LIT_BY[mention.phrase] for mention in clause.mentions if mention.phrase in LIT_BY and not mention.negated), ""
    )
    event.month = next((int(key) for key in clause.keys("month")), None)
    event.season = next(iter(clause.keys("season")), "")
    times = [
        m.start for m in clause.mentions if not m.negated and (m.sense("month") or m.sense("season") or m.sense("date"))
    ]
    deeds = [m.start for m in clause.mentions if m.sense("activity") or m.sense("place") or m.sense("city")]
    event.trailing = bool(times) and (not deeds or times[0] > max(deeds))
    event.weekday = next((int(key) for key in clause.keys("weekday")), None)
    event.jump = max((NEXT_DAY.get(mention.phrase, 0) for mention in clause.mentions), default=0)


def _drop_headers(events: list[Event], clauses: list[Clause]) -> list[Event]:
    """A first clause that only announces ("a weekend in Lisbon: …") gives its hints to the first real event."""
    if len(events) < 2 or events[0].said or events[0].holiday:
        return events
    head, following = events[0], events[1]
    stops = any(event.town or (event.place and event.place.proper) for event in events[1:])
    announces = clauses[0].has("span") and (head.place is None or (bool(head.place.proper) and not stops))
    if not announces:
        return events
    following.town = following.town or head.town
    if head.place is not None and following.place is not None and not following.place.town:
        following.place.town = head.place.proper
    for name in ("weather", "mood", "season", "month", "weekday", "date"):
        setattr(following, name, getattr(following, name) or getattr(head, name))
    following.tokens |= head.tokens
    return events[1:]


def _join_repeats(events: list[Event]) -> list[Event]:
    """Neighbours at one place where the second adds no activity and no time are one event."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        timed = (
            event.minute is not None
            or event.jump
            or event.month
            or event.date
            or event.season
            or event.weekday is not None
        )
        if (
            last
            and last.place is event.place
            and not timed
            and not event.holiday
            and not last.implied
            and (not event.said or not last.said)
        ):
            last.said = last.said or event.said
            last.tokens |= event.tokens
            last.things += event.things
            last.told = last.told or event.told
            last.weather, last.mood = last.weather or event.weather, last.mood or event.mood
            last.light = last.light or event.light
            continue
        joined.append(event)
    return joined
