"""Turns ordered clauses into events: where each happens, what is done there, and what the words say of when."""

import random
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from .activities import activities
from .clauses import Clause, order_clauses
from .company import Part
from .event_places import Place, find_places, plain_place, said_place
from .lexicon_time import HOLIDAYS, LIT_BY
from .said_times import find_clocks, half_of_day
from .said_words import Thing, things_in, told_text
from .scan import Mention, Token

__all__ = ["Event", "Place", "find_clocks", "plain_place", "read_events"]

_APART: Final = frozenset(("then", "last", "after", "before", "earlier", "opening"))
_BEGUN: Final = 540  # minute at which a day has begun where nothing says so
_STATES: Final = frozenset(("is", "was", "are", "runs", "run", "owns", "works", "lives", "worked", "has"))
_GENERIC: Final = frozenset({"sightsee", "play_tag", "talk", "explore", "lesson"})


@dataclass
class Event:
    """One stretch of the story. Hints are None or "" where the prompt says nothing."""

    place: Place | None = None
    said: list[str] = field(default_factory=list)
    customs: list[str] = field(default_factory=list)
    holiday: str = ""
    minute: int | None = None
    link: str = ""  # how the prompt joins it to what it tells before: "then", "after" …
    hint: str = ""  # the environment kind of an activity that is too general to be shown beside others
    told_at: int = -1  # the first token of `told`
    told_parts: dict[str, Part] = field(default_factory=dict)  # whom the pronouns in `told` mean, by their marks
    until: int | None = None  # minute at which it ends, where the prompt says so
    loose_part: bool = False  # whether its part of the day stands apart from all that is told
    loose_weather: bool = False
    exact: bool = False  # whether `minute` is a clock time of the prompt
    light: str = ""
    weather: str = ""
    skies: list[str] = field(default_factory=list)  # all the weather it names, where that is more than one
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
    loose_day: bool = False  # whether its weekday stands apart from all that is told: "One ordinary Tuesday."
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
    events = _drop_title(events, clauses, tokens)
    find_places(events, rng)
    _settle_clocks(events)
    _date_the_whole(events)
    if _introduces(events, tokens):
        first, second = events[:2]
        first.exact, first.minute, first.tokens, first.told = (
            second.exact,
            second.minute,
            first.tokens | second.tokens,
            first.told or second.told,
        )
        events = [first, *events[2:]]
    return _join_repeats(events)


def _date_the_whole(events: list[Event]) -> None:
    """A month or season said once, at the very end, is when all of it happened: "…, just me, in November"."""
    dated = [event for event in events if event.month or event.season or event.date]
    feast = any(event.holiday and HOLIDAYS[event.holiday].month for event in events)
    late = bool(dated) and any(event.jump > 20 for event in events[: _index(events, dated[0]) + 1])
    if len(dated) == 1 and dated[0] is not events[0] and not feast and not late:
        first, last = events[0], dated[0]
        first.month, first.season, first.date = last.month, last.season, last.date
        last.month, last.season, last.date = None, "", None
    timed = [event for event in events if event.minute is not None]
    if len(timed) == 1 and timed[0] is events[-1] is not events[0] and timed[0].loose_part:
        events[0].minute, events[0].light = events[-1].minute, events[0].light or events[-1].light
        events[-1].minute = None
    skies = [event for event in events if event.weather]
    if len(skies) == 1 and skies[0].loose_weather:
        for event in events:
            event.weather = skies[0].weather
    weekdays = [event for event in events if event.weekday is not None]
    if len(weekdays) == 1 and weekdays[0] is events[-1] is not events[0] and weekdays[0].loose_day:
        events[0].weekday, events[-1].weekday = events[-1].weekday, None


def _settle_clocks(events: list[Event]) -> None:
    """Give "at 7" its half of the day, from what happens then and what came before."""
    before = -1
    for event in events:
        if event.jump or event.weekday is not None or event.date:
            before = -1
        if event.vague_clock is not None:
            usual = next((activities()[key].at for key in event.said if activities()[key].at >= 0), -1)
            before = -1 if before == _BEGUN and _runs_on(events, event) else before
            event.minute = half_of_day(event.vague_clock, part=event.minute, usual=usual, earliest=before)
            if len(events) > 1 and event is events[1] and _is_morning(events[0]) and not event.jump:
                event.minute = event.vague_clock  # "Monday morning at the bakery: at 4 the dough"
                events[0].minute = min(events[0].minute or 0, max(0, event.minute - 30))
            following = _next_minute(events, event)
            if event.minute >= 720 and following is not None and event.minute - 720 < following < event.minute:
                event.minute -= 720
        before = event.minute if event.minute is not None else max(before, _BEGUN)  # that day has begun


def _runs_on(events: list[Event], event: Event) -> bool:
    """Whether three clock times run on as they are written: "alarm at 5, start at 9, home at 12"."""
    at = _index(events, event)
    times: list[int] = []
    for other in events[at:]:
        if other.jump and other is not event:
            break
        if other.vague_clock is not None or (other.exact and other.minute is not None):
            times.append(other.vague_clock if other.vague_clock is not None else other.minute or 0)
    return len(times) >= 3 and times[0] >= 240 and all(a < b for a, b in pairwise(times[:3]))


def _is_morning(event: Event) -> bool:
    return event.minute is not None and event.minute < 720 and not event.exact


def _next_minute(events: list[Event], event: Event) -> int | None:
    """The said minute of the next event of the same day, None if it has none."""
    later = next((other for other in events[_index(events, event) + 1 :] if other.minute is not None), None)
    return later.minute if later and not later.jump and later.weekday is None and not later.date else None


def _index(events: list[Event], event: Event) -> int:
    return next(index for index, other in enumerate(events) if other is event)


def _read_event(clause: Clause, tokens: list[Token], regions: list[tuple[int, int, str]]) -> Event:
    event = Event(
        link=clause.link, tokens={mention.start for mention in clause.mentions} | set(range(clause.start, clause.end))
    )
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
    if region and event.place is None and clause.keys("activity"):
        event.town = event.town or region.removeprefix("the ")
    if region and event.place is None and not clause.keys("activity"):
        event.place = Place("old_town", region, region)
    event.things = things_in(clause.mentions, tokens)
    event.told, event.told_at = told_text(clause, tokens)
    event.said = list(dict.fromkeys(clause.keys("activity")))
    if len(event.said) > 1:
        event.hint = "classroom" if "lesson" in event.said else ""
        event.said = [key for key in event.said if key not in _GENERIC] or event.said[:1]
    if not event.said and event.place is None and clause.has("month", "season", "weekday"):
        event.said = ["drive"] if any(m.phrase in {"road trip", "roadtrip"} for m in clause.mentions) else []
    event.holiday = next((key for key in clause.keys("holiday")), "")
    if event.holiday:
        event.customs = HOLIDAYS[event.holiday].customs.split(";")
    _read_when(event, clause)
    event.loose_part = not event.exact and _stands_apart(clause, tokens, "daypart")
    event.loose_weather = _stands_apart(clause, tokens, "weather")
    event.loose_day = _stands_apart(clause, tokens, "weekday")
    event.weather = next(iter(clause.keys("weather")), "")
    skies = list(dict.fromkeys(clause.keys("weather")))
    event.skies = skies if len(skies) > 1 else []
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
    event.exact = bool(clocks)
    if clocks and not sure:
        event.vague_clock = int(clocks[0].rstrip("?"))
    if sure and parts and sure[0] < 720 <= parts[0]:
        event.minute = sure[0] + 720
    ends = clause.keys("until")
    if ends:
        event.until = int(ends[0].rstrip("?"))
        event.until += 720 if ends[0].endswith("?") and event.until >= 360 else 0
    dates = clause.keys("date")
    if dates:
        year, month, day = (int(part) for part in dates[0].split("-"))
        event.date = (year, month, day)
    if event.minute is None and not ends and any(mention.phrase.startswith("night") for mention in clause.mentions):
        event.minute = 1270
    if event.minute is None:
        event.minute = next((540 for mention in clause.mentions if "morning" in mention.phrase), None)
    if event.minute is None and any(mention.phrase.endswith("evening") for mention in clause.mentions):
        event.minute = 1230 if "campfire" in event.said else 1140
    event.light = next(
        (
            light
            for mention in clause.mentions
            if not mention.negated
            and not mention.sense("until")
            and (light := LIT_BY.get(mention.phrase.removeprefix("at ")))
        ),
        "",
    )
    event.month = next((int(key) for key in clause.keys("month")), None)
    event.season = next(iter(clause.keys("season")), "")
    times = [
        m.start for m in clause.mentions if not m.negated and (m.sense("month") or m.sense("season") or m.sense("date"))
    ]
    deeds = [m.start for m in clause.mentions if m.sense("activity") or m.sense("place") or m.sense("city")]
    event.trailing = bool(times) and (not deeds or times[0] > max(deeds))
    event.weekday = next((int(key) for key in clause.keys("weekday")), None)
    event.jump = max((int(key) for key in clause.keys("next_day")), default=0)


def _drop_title(events: list[Event], clauses: list[Clause], tokens: list[Token]) -> list[Event]:
    """A town before a colon is where all of it is: "Ramadan evening in Cairo: the family sets the table"."""
    head, end = events[0], clauses[0].end
    titled = end < len(tokens) and tokens[end].text == ":" and head.place is not None and bool(head.place.proper)
    if len(events) < 2 or not titled or head.said or head.place is None:
        return events
    following = events[1]
    following.town = following.town or head.place.proper
    following.holiday = following.holiday or head.holiday
    following.customs = following.customs or head.customs
    for name in ("weather", "mood", "season", "month", "weekday", "date", "minute", "light"):
        setattr(following, name, getattr(following, name) or getattr(head, name))
    following.tokens |= head.tokens
    return events[1:]


def _stands_apart(clause: Clause, tokens: list[Token], category: str) -> bool:
    """Whether the stretch between two marks that holds a time tells nothing else."""
    time = next((mention for mention in clause.mentions if mention.sense(category)), None)
    if time is None:
        return False
    start = next((at + 1 for at in range(time.start - 1, -1, -1) if tokens[at].mark), 0)
    end = next((at for at in range(time.end, len(tokens)) if tokens[at].mark), len(tokens))
    near = [mention for mention in clause.mentions if start <= mention.start < end]
    return not any(mention.sense("activity") or mention.sense("place") for mention in near) and end - start <= 5


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


def _introduces(events: list[Event], tokens: list[Token]) -> bool:
    """Whether the first event only says what somebody is or does for a living, and the second tells when and what."""
    if len(events) < 2 or events[0].place is not events[1].place or events[0].minute is not None:
        return False
    words = {tokens[at].word for at in events[0].tokens if at < len(tokens)}
    return bool(words & _STATES) and events[1].minute is not None and not events[1].said


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
            or (event.weather and last and last.weather and event.weather != last.weather)
        )
        if (
            last
            and last.place is event.place
            and not timed
            and not event.holiday
            and not last.implied
            and (not event.said or (not last.said and event.link not in _APART))
        ):
            last.said = last.said or event.said
            last.tokens |= event.tokens
            last.things += event.things
            if not last.told:
                last.told, last.told_at = event.told, event.told_at
            last.weather, last.mood = last.weather or event.weather, last.mood or event.mood
            last.light = last.light or event.light
            continue
        joined.append(event)
    return joined
