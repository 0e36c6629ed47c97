"""Reads a prompt: everything that is in it, before anything is filled in."""

import random
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ..errors import AlbumError
from ..records import MAX_SCENES
from ..seeds import derive_seed
from .clean import clean_prompt
from .events import Event, read_events
from .lexicon_places import split_list
from .lexicon_time import SPANS
from .names import name_genders
from .requests import Requests, find_regions, number, read_requests
from .retelling import mark_pronouns
from .said_times import find_clocks, find_dates, find_jumps
from .said_words import proper_name
from .scan import Mention, Sense, Token, find_mentions, tokenise
from .when import weather_at
from .who import Company, read_company

DEFAULT_PHOTOS: Final = 8
_LENGTH: Final = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen)[\s-]+(days?|nights?|weeks?|months?)\b"
    r"(?!\s+(?:later|after|before|ago|earlier|old))",
    re.I,
)
_PER_DAY: Final = re.compile(
    r"\b(\d{1,2}|a|one|two|three|four) (?:photos?|pictures?|shots?|scenes?|images?) "
    r"(?:per|a|each|every|for (?:each|every)) day\b",
    re.I,
)
_WHERE: Final = frozenset(
    split_list(
        "in; across; through; throughout; around; along; visiting; exploring; the; hikes; hike; hiked; hiking; visit; "
        "visits; visited; explore; explores; explored; tour; tours; toured; touring; reach; reaches; reached"
    )
)
_OWN: Final = frozenset(("my", "our", "his", "her", "their", "old", "uncle", "aunt", "auntie"))
_ONE_DAY: Final = re.compile(
    r"\b(?:last|first|final) day (?:of|at|in)\b(?!.*\b(?:later|next|weekend|week)\b)", re.I | re.S
)
_STRONG_STYLES: Final = ("black_and_white", "watercolor", "illustration")  # they win over "old-fashioned" or "film"
_AFTER_HOST: Final = frozenset(
    ("and", "for", "in", "on", "with", "then", "where", "place", "while", "after", "before", "until", "every", "near")
)


@dataclass
class Reading:
    """All that was read from the prompt."""

    text: str
    requests: Requests
    mentions: list[Mention]
    regions: list[tuple[int, int, str]]
    events: list[Event]
    company: Company
    notes: list[str]

    def phrases(self) -> set[str]:
        return {mention.phrase for mention in self.mentions if not mention.negated}

    def first(self, category: str) -> str:
        return next((s.key for m in self.mentions if not m.negated and (s := m.sense(category))), "")

    def style(self) -> tuple[str, str]:
        """The style that the prompt asks for and its words, ("", "") if none."""
        said = [(s.key, m.phrase) for m in self.mentions if not m.negated and (s := m.sense("style"))]
        strong = [style for style in said if style[0] in _STRONG_STYLES]
        return next(iter([*strong, *said]), ("", ""))

    def ruled_out(self) -> frozenset[str]:
        """Kinds of things that the prompt does not want to see: "no phones"."""
        return frozenset(s.key.split("/")[0] for m in self.mentions if m.negated and (s := m.sense("object")))


def read_story(prompt: str, seed: int) -> Reading:
    """Read a prompt.

    Args:
        prompt: as the user typed it.
        seed: chooses places for events that name none and leave a choice.

    Raises:
        AlbumError: as `clean_prompt`, or no word of it is known.
    """
    text, notes = clean_prompt(prompt)
    requests = read_requests(text)
    tokens = tokenise(requests.text)
    mentions = all_mentions(requests.text, tokens)
    known = frozenset(m.phrase.split()[0] for m in mentions if not m.sense("city")) | frozenset(name_genders())
    regions = find_regions(requests.text, known)
    company = read_company(requests.text, tokens, mentions, [*regions, *_proper_spans(mentions, tokens)])
    mentions = sorted([*mentions, *_unknown_towns(regions, mentions, tokens)], key=lambda mention: mention.start)
    told = any(not m.negated for m in mentions) or company.parts or company.together
    if not (told or requests.series or requests.themes):
        raise AlbumError(
            "Nothing in this prompt is known to the rule planner. Say who does what and where in plain English, "
            'e.g. "two friends and a dog at the beach, then dinner in town".'
        )
    events = read_events(tokens, mentions, regions, random.Random(derive_seed(seed, "places")))  # noqa: S311
    for event in events:
        mark_pronouns(event, tokens, company)
    return Reading(text, requests, mentions, regions, events, company, [*notes, *company.notes])


def _unknown_towns(regions: list[tuple[int, int, str]], mentions: list[Mention], tokens: list[Token]) -> list[Mention]:
    """Places that no table knows, by "in" and a capital: "a weekend in Fairhope"."""
    known = {at for mention in mentions for at in range(mention.start, mention.end)}
    found = []
    for start, end, name in regions:
        inside = [at for at, token in enumerate(tokens) if start <= token.start < end]
        where = tokens[inside[0] - 1].word if inside and inside[0] else ""
        if inside and not known & set(inside) and where in _WHERE:
            plain = name.removeprefix("the ").lower()
            found.append(Mention(inside[0], inside[-1] + 1, plain, (Sense("land", plain),)))
    return found


def all_mentions(text: str, tokens: list[Token]) -> list[Mention]:
    """Known phrases, clock times and dates; where a phrase is part of a date or time, only the latter."""
    dates = find_dates(text, tokens)
    taken = {at for mention in dates for at in range(mention.start, mention.end)}
    jumps = [m for m in find_jumps(tokens) if not taken & set(range(m.start, m.end))]
    taken |= {at for mention in jumps for at in range(mention.start, mention.end)}
    clocks = [m for m in find_clocks(tokens) if not taken & set(range(m.start, m.end))]
    taken |= {at for mention in clocks for at in range(mention.start, mention.end)}
    phrases = [
        m
        for m in find_mentions(tokens)
        if not taken & set(range(m.start, m.end)) or m.sense("season") or m.sense("holiday")
    ]
    _mark_ends([*phrases, *clocks], tokens)
    return sorted(
        [*phrases, *clocks, *dates, *jumps, *_homes(tokens, phrases), *_turned_years(tokens)],
        key=lambda mention: mention.start,
    )


def _turned_years(tokens: list[Token]) -> list[Mention]:
    """Birthdays without the word: "Lucas turns 8"."""
    return [
        Mention(at, at + 1, "birthday", (Sense("holiday", "birthday"),))
        for at, token in enumerate(tokens[:-1])
        if token.word in {"turns", "turned", "turning", "turn"}
        and 1 < (number(tokens[at + 1].word) or 0) < 110
        and (
            at + 2 == len(tokens)
            or tokens[at + 2].mark
            or tokens[at + 2].word in {"and", "today", "this", "on", "in", "at"}
        )
    ]


def _mark_ends(mentions: list[Mention], tokens: list[Token]) -> None:
    """Turn times behind "until" into ends: "until 2 am", "until the stars come out"."""
    for mention in mentions:
        before = [token.word for token in tokens[max(0, mention.start - 2) : mention.start]]
        if "until" in before[-2:] or before[-1:] in (["till"], ["til"]):
            senses = [Sense("until", s.key) if s.category in {"clock", "daypart"} else s for s in mention.senses]
            mention.senses = tuple(senses)


def _homes(tokens: list[Token], phrases: list[Mention]) -> list[Mention]:
    """Somebody's home without the word: "at my in-laws", "to grandma's", "at Priya's"."""
    people = {m.end: m for m in phrases if m.sense("person")}
    found = []
    for at, token in enumerate(tokens):
        if token.word not in {"at", "to", "from"}:
            continue
        end = next((end for end in range(at + 2, min(len(tokens), at + 5) + 1) if _is_host(tokens, at, end, people)), 0)
        following = tokens[end] if end and end < len(tokens) else None
        if end and (following is None or following.mark or following.word in _AFTER_HOST):
            found.append(Mention(at, at + 1, "at home", (Sense("place", "living_room/house"),)))
    return found


def _is_host(tokens: list[Token], at: int, end: int, people: dict[int, Mention]) -> bool:
    last, person = tokens[end - 1], people.get(end)
    if any(token.mark for token in tokens[at + 1 : end]):
        return False
    owns = last.possessive or (person is not None and person.phrase in {"in laws", "parents", "grandparents"})
    named = last.possessive and last.text[0].isupper()
    kin = all(
        any(m.start <= n < m.end for m in people.values()) or tokens[n].word in _OWN for n in range(at + 1, end - 1)
    )
    return owns and (person is not None or (named and kin))


def _proper_spans(mentions: list[Mention], tokens: list[Token]) -> list[tuple[int, int, str]]:
    """Character spans of names that belong to places, so that "the Louvre museum" brings nobody called Louvre."""
    spans = []
    for mention in mentions:
        name = proper_name(mention, tokens) if mention.sense("place") else ""
        if name:
            length = len(name.removeprefix("the ").split())
            first = max(0, mention.end - length)
            last = min(len(tokens), mention.start + length)
            spans.append((tokens[first].start, tokens[last - 1].end, name))
    return spans


def story_days(reading: Reading) -> float:
    """How many days the story takes as the prompt says, 0 if it does not."""
    spans = [SPANS[m.phrase] for m in reading.mentions if not m.negated and m.sense("span")]
    for said in _LENGTH.finditer(reading.requests.text):
        unit = {"d": 1, "n": 1, "w": 7, "m": 30}[said.group(2)[0].lower()]
        spans.append(float(min(400, (number(said.group(1)) or 1) * unit)))
    if _ONE_DAY.search(reading.requests.text):
        return 1.0
    return max(spans, default=0.0)


def photo_count(reading: Reading, photos: int | None) -> int:
    """The number of photos: as given, as the prompt asks, or what suits the story."""
    asked = reading.requests.count
    daily = _PER_DAY.search(reading.text)
    if daily and asked is None:
        asked = round((number(daily.group(1)) or 1) * story_days(reading)) or None
    if photos is None and asked and asked > MAX_SCENES:
        reading.notes.append(f"Asked for {asked} photos; made {MAX_SCENES}, the most of one album.")
    if photos is not None or asked:
        return min(MAX_SCENES, photos or asked or DEFAULT_PHOTOS)
    series = {"months": 12, "seasons": 8, "weekdays": 7}.get(reading.requests.series, 0)
    return series or min(
        24,
        max(
            DEFAULT_PHOTOS,
            2 * len(reading.events),
            sum(max(1, len(event.said)) for event in reading.events),
            len({e.month for e in reading.events if e.month}),
        ),
    )


def story_weather(reading: Reading, events: list[Event]) -> str:
    """Weather that is said once, for the whole: of a one-event story, or before the first event."""
    said = {event.weather for event in events if event.weather}
    return said.pop() if len(said) == 1 and (len(events) == 1 or all(e.implied for e in events)) else ""


def story_skies(reading: Reading, events: list[Event], starts: list[datetime], seed: int) -> list[str]:
    """The weather of each event: what is said, which lasts for the day unless it is fog, a storm or wind."""
    said = story_weather(reading, events)
    lasting: dict[date, str] = {}
    skies = []
    for event, start in zip(events, starts, strict=True):
        if event.weather in {"rain", "snow", "clear", "overcast", "partly_cloudy"}:
            lasting[start.date()] = event.weather
        elif event.weather:
            lasting.pop(start.date(), None)
        before = lasting.get(start.date(), "")
        skies.append(
            weather_at(event, start, seed=seed, said=said or ("" if before in event.banned_weather else before))
        )
    return skies


def filled_notes(reading: Reading) -> list[str]:
    """What the prompt leaves open and the planner fills in."""
    notes = []
    said = {sense.category for m in reading.mentions if not m.negated for sense in m.senses}
    if reading.requests.said_themes and not reading.requests.themes:
        notes.append(f"Themes that set no mood here: {reading.requests.said_themes}.")
    if not said & {"month", "season", "holiday", "date"}:
        notes.append("Filled in the date.")
    if "weather" not in said:
        notes.append("Filled in the weather.")
    if "activity" not in said:
        notes.append("Filled in what people do.")
    if not said & {"place", "city"}:
        notes.append("Filled in the place from what happens.")
    return notes
