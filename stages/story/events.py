"""Turns ordered clauses into events: where each happens, what is done there, and what the words say of when."""

import random
from dataclasses import dataclass, field
from typing import Final

from .activities import activities
from .clauses import Clause, order_clauses
from .lexicon_places import OWN_AT, PLACE_KINDS, split_list
from .lexicon_time import HOLIDAYS, LIT_BY, NEXT_DAY
from .scan import Mention, Sense, Token

_ASIDE_PLACES: Final = frozenset(
    {"near", "by", "beside", "overlooking", "of", "next", "towards", "toward", "from", "facing", "with"}
)
_GENERIC: Final = frozenset({"sightsee", "play_tag", "talk", "explore", "lesson"})


@dataclass
class Place:
    """Where: an environment kind, the noun used for it, and a proper name if one was given."""

    kind: str
    noun: str
    proper: str = ""

    @property
    def at(self) -> str:
        if self.proper:
            return f"in {self.proper}"
        at = OWN_AT.get(self.noun, PLACE_KINDS[self.kind].at)
        return f"{at} {self.noun}".strip()


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
    tokens: set[int] = field(default_factory=set)
    weight: float = 1.0
    implied: bool = False


def find_clocks(tokens: list[Token]) -> list[Mention]:
    """Clock times: "9:30", "7 pm", "at 8 o'clock"."""
    clocks = []
    for at, token in enumerate(tokens):
        digits = token.word.replace(".", ":")
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        hour, _, minute = digits.partition(":")
        if not hour.isdecimal() or (minute and not minute.isdecimal()) or int(hour) > 23 or int(minute or 0) > 59:
            continue
        if minute or after in {"am", "pm", "a", "p", "o'clock"}:
            late = after in {"pm", "p"} and int(hour) < 12
            minutes = (int(hour) % 12 if after in {"am", "a"} else int(hour) + 12 * late) * 60 + int(minute or 0)
            clocks.append(Mention(at, at + 1, token.word, (Sense("clock", str(minutes)),)))
    return clocks


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
    _find_places(events, rng)
    return _join_repeats(events)


def _read_event(clause: Clause, tokens: list[Token], regions: list[tuple[int, int, str]]) -> Event:
    event = Event(tokens={mention.start for mention in clause.mentions} | set(range(clause.start, clause.end)))
    event.place = _said_place(clause, tokens)
    region = next(
        (
            name
            for start, end, name in regions
            if clause.start < clause.end
            and any(start <= tokens[at].start < end for at in range(clause.start, clause.end))
        ),
        "",
    )
    if region and event.place is None and not clause.keys("activity"):
        event.place = Place("old_town", region, region)
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
    clocks = [int(key) for key in clause.keys("clock")]
    event.minute = clocks[0] if clocks else parts[0] if parts else None
    if clocks and parts and clocks[0] < 720 <= parts[0]:
        event.minute = clocks[0] + 720
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
    event.weekday = next((int(key) for key in clause.keys("weekday")), None)
    event.jump = max((NEXT_DAY.get(mention.phrase, 0) for mention in clause.mentions), default=0)


def _said_place(clause: Clause, tokens: list[Token]) -> Place | None:
    named = [
        mention
        for mention in clause.mentions
        if not mention.negated and (mention.sense("place") or mention.sense("city"))
    ]
    spots = [mention for mention in named if mention.sense("place")]
    main = [mention for mention in spots if not (mention.start and _is_aside(tokens, mention.start))] or spots
    if main:
        chosen = main[0]
        for later in main[1:]:
            if later.start == chosen.end:  # "mountain lake" is a lake
                chosen = later
        kind, noun = chosen.sense("place").key.split("/")  # type: ignore[union-attr]
        return Place(kind, noun)
    if named:
        kind, city = named[0].sense("city").key.split("/")  # type: ignore[union-attr]
        return Place(kind, city, city.title().replace(" De ", " de "))
    return None


def _is_aside(tokens: list[Token], start: int) -> bool:
    for token in reversed(tokens[max(0, start - 3) : start]):
        if token.word in _ASIDE_PLACES:
            return True
        if token.word not in {
            "the",
            "a",
            "an",
            "to",
            "their",
            "our",
            "my",
            "his",
            "her",
            "old",
            "little",
            "small",
            "big",
        }:
            return False
    return False


def _drop_headers(events: list[Event], clauses: list[Clause]) -> list[Event]:
    """A first clause that only announces ("a weekend in Lisbon: …") gives its hints to the first real event."""
    if len(events) < 2 or events[0].said or events[0].holiday:
        return events
    head, following = events[0], events[1]
    announces = any(clauses[0].has(category) for category in ("span",)) and (head.place is None or head.place.proper)
    if not announces:
        return events
    for name in ("weather", "mood", "season", "month", "weekday"):
        setattr(following, name, getattr(following, name) or getattr(head, name))
    following.tokens |= head.tokens
    return events[1:]


def _find_places(events: list[Event], rng: random.Random) -> None:
    here: Place | None = None
    for index, event in enumerate(events):
        if event.place is None:
            event.place = _guess_place(event, here, events[index + 1 :], rng)
        elif here and event.place.kind == here.kind and event.place.noun in {here.kind.replace("_", " "), here.noun}:
            event.place = here
        here = event.place
    known: dict[tuple[str, str], Place] = {}
    for event in events:
        place = event.place
        if place:
            event.place = known.setdefault((place.kind, place.noun), place)


def _guess_place(event: Event, here: Place | None, later: list[Event], rng: random.Random) -> Place | None:
    fits = [activities()[key].places.split(";") for key in event.said]
    fits = [kinds for kinds in fits if kinds != ["*"]]
    if here and (
        (not event.said and not event.holiday)
        or (fits and all(here.kind in kinds for kinds in fits))
        or (event.said and not fits)
    ):
        return here
    if fits:
        shared = [kind for kind in fits[0] if all(kind in kinds for kinds in fits)]
        return _plain(shared[0] if shared else fits[0][0])
    if event.holiday:
        kinds = split_list(HOLIDAYS[event.holiday].places)
        return _plain(rng.choice(kinds))
    return here or next((other.place for other in later if other.place), None)


def _plain(kind: str) -> Place:
    noun = {"living_room": "living room", "city_street": "street", "snowfield": "snowy field"}.get(
        kind, kind.replace("_", " ")
    )
    return Place(kind, noun)


def plain_place(kind: str) -> Place:
    """A place of a kind under its plainest noun."""
    return _plain(kind)


def _join_repeats(events: list[Event]) -> list[Event]:
    """Neighbours at one place where the second adds no activity and no time are one event."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        timed = event.minute is not None or event.jump or event.month or event.season or event.weekday is not None
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
            last.weather, last.mood = last.weather or event.weather, last.mood or event.mood
            last.light = last.light or event.light
            continue
        joined.append(event)
    return joined
