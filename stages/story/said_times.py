"""Clock times and calendar dates as people write them: "half past six", "at 7", "5 May 2024", "2024-05-05"."""

import re
from itertools import pairwise
from typing import Final

from .lexicon_places import split_list
from .lexicon_time import MONTHS
from .requests import number
from .scan import Mention, Sense, Token, known_as

_BEFORE_CLOCK: Final = frozenset(["at", "around", "about", "by", "until", "till", "from", "past"])
_AFTER_CLOCK: Final = frozenset(
    split_list(
        "in; and; we; they; he; she; i; it; then; sharp; on; to; for; with; when; but; until; till; the; a; "
        "my; our; his; her; their; everyone; before; after; every; by; from; as; while; that; this; again; at; "
        "o'; am; pm; o'clock; tomorrow; today"
    )
)
_DOES: Final = frozenset(
    split_list(
        "opens; closes; starts; begins; ends; leaves; gets; arrives; comes; goes; meets; wakes; has; is; are; was"
    )
)
_MONTH: Final = r"(?P<month>" + "|".join([*MONTHS, *(f"{m[:3]}\\.?" for m in MONTHS), "sept\\.?"]) + r")"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20|21)\d\d)"
_DATES: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?P<year>(?:19|20|21)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b(?:,?\s+{_YEAR}\b)?",
        rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!\s*(?:photos?|pictures?|images?|scenes?|people|friends|:\d|[ap]m))(?:,?\s+{_YEAR}\b)?",
        r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20|21)\d\d)\b",
        r"\b(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20|21)\d\d)\b",
        rf"\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}\b",
        rf"\b(?:in|of|during|back in|year)\s+{_YEAR}\b(?!\s*(?:photos?|pictures?|people|meters|metres|miles|km))",
        rf"\b(?:spring|summer|autumn|fall|winter|christmas|easter|halloween|thanksgiving|hanukkah|diwali|eid|carnival),?\s+{_YEAR}\b",
        rf",\s+{_YEAR}(?=\s*(?:$|[.,;:\n]))",
    )
)


def find_clocks(tokens: list[Token]) -> list[Mention]:
    """Clock times as mentions "clock"; the key ends in "?" where the half of the day is not said ("at 7")."""
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        mention = _spoken(tokens, at) or _written(tokens, at)
        if mention:
            found.append(mention)
        at = mention.end if mention else at + 1
    return found


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _spoken(tokens: list[Token], at: int) -> Mention | None:
    """Reads "half past six", "a quarter to nine", "ten past eight"."""
    amount = {"half": 30, "quarter": 15}.get(_word(tokens, at)) or {5: 5, 10: 10, 20: 20, 25: 25}.get(
        number(_word(tokens, at)) or 0
    )
    link, hour = _word(tokens, at + 1), number(_word(tokens, at + 2)) or 0
    if not amount or link not in {"past", "to", "after"} or not 1 <= hour <= 12 or _word(tokens, at + 2) in {"a", "an"}:
        return None
    if (link == "after" and amount not in {15, 30}) or (amount == 30 and link == "to"):
        return None
    if link == "to" and amount != 15 and _word(tokens, at - 1) not in _BEFORE_CLOCK:
        return None
    minute = hour % 12 * 60 + (amount if link != "to" else -amount)
    return _clock(tokens, at, at + 3, minute % 720, sure=False)


def _written(tokens: list[Token], at: int) -> Mention | None:
    digits = tokens[at].word.replace(".", ":")
    hour, colon, minutes = digits.partition(":")
    value = int(hour) if hour.isdecimal() and len(hour) <= 2 else (number(hour) if hour.isalpha() else None)
    if value is None or value > 23 or (colon and not minutes.isdecimal()) or int(minutes or 0) > 59:
        return None
    after = _word(tokens, at + 1)
    marked = after in {"am", "pm", "a.m", "p.m", "o'clock"} or (after in {"a", "p"} and _word(tokens, at + 3) == "m")
    bare = _word(tokens, at - 1) in _BEFORE_CLOCK and (
        at + 1 == len(tokens) or tokens[at + 1].mark or after in _AFTER_CLOCK or not _counts(tokens, at)
    )
    bare = bare and value <= 12
    if (hour.isalpha() and not (bare or after == "o'clock")) or (hour in {"a", "an", "one"} and after != "o'clock"):
        return None
    if not (colon and "." not in tokens[at].word) and not marked and not (bare and (value >= 1 or colon)):
        return None
    minute = value % 24 * 60 + int(minutes or 0)
    if after in {"am", "a", "a.m", "pm", "p", "p.m"} and value <= 12 and marked:
        minute = value % 12 * 60 + int(minutes or 0) + 720 * after.startswith("p")
        return _clock(tokens, at, at + 2, minute, sure=True)
    sure = value > 12 or value == 0 or (hour.startswith("0") and bool(colon))
    return _clock(tokens, at, at + 1, minute if sure else minute % 720, sure=sure)


def _counts(tokens: list[Token], at: int) -> bool:
    """Whether a number says how many of what follows: "at 3 markets", not "at 9 opens the shop"."""
    known = known_as(tokens[at + 1].word)
    return not known & {"activity"} and (bool(known) or tokens[at - 1].word != "at" or tokens[at + 1].word not in _DOES)


def _clock(tokens: list[Token], start: int, end: int, minute: int, *, sure: bool) -> Mention:
    phrase = " ".join(token.word for token in tokens[start:end])
    return Mention(start, end, phrase, (Sense("clock", str(minute) if sure else f"{minute}?"),))


def half_of_day(minute: int, *, part: int | None, usual: int, earliest: int) -> int:
    """Which of two readings of a twelve-hour clock is meant.

    Args:
        minute: 0 to 719.
        part: minute of a part of the day said beside it, None if there is none.
        usual: minute at which what happens there usually does, -1 for any.
        earliest: minute of the event before on the same day, -1 if there is none.
    """
    late = minute + 720
    if part is not None or usual >= 0:
        aim = part if part is not None else usual
        return min(minute, late, key=lambda reading: abs(reading - aim))
    if earliest >= 0 and minute < earliest <= late:
        return late
    return minute if minute >= 360 else late


_UNITS: Final = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365.25, "decade": 3652.5}


def find_jumps(tokens: list[Token]) -> list[Mention]:
    """Stretches that pass between events as mentions "next_day": "fifty years later", "after three weeks"."""
    found: list[Mention] = [*_ages_of_one(tokens), *_numbered_days(tokens)]
    aged = {index for mention in found for index in range(mention.start, mention.end)}
    for at, token in enumerate(tokens):
        if at in aged:
            continue
        unit = _UNITS.get(token.word.removesuffix("s"))
        amount = {"couple": 2, "few": 3, "several": 4}.get(_word(tokens, at - 1)) or number(_word(tokens, at - 1)) or 0
        if not unit or not amount or _word(tokens, at - 1) in {"some", "both"}:
            continue
        start = at - 2 if _word(tokens, at - 2) in {"a", "twenty", "thirty", "forty", "fifty"} else at - 1
        tens = number(_word(tokens, at - 2)) or 0 if start == at - 2 and _word(tokens, at - 2) != "a" else 0
        days = max(1, round((amount + tens) * unit))
        if _word(tokens, at + 1) in {"later", "afterwards", "on"} or (
            _word(tokens, at + 1) == "after" and at + 2 == len(tokens)
        ):
            if _word(tokens, at + 1) == "on" and at + 2 < len(tokens) and not tokens[at + 2].mark:
                continue
            found.append(Mention(start, at + 2, "later", (Sense("next_day", str(days)),)))
        elif _word(tokens, start - 1) == "after" and (at + 1 == len(tokens) or _word(tokens, at + 1) in _SUBJECTS):
            found.append(Mention(start - 1, at + 1, "later", (Sense("next_day", str(days)),)))
        elif _word(tokens, start - 1) == "after":
            found.append(Mention(start - 1, at + 1, "after all", (Sense("elapsed", str(days)),)))
    return found


def _numbered_days(tokens: list[Token]) -> list[Mention]:
    """Jumps between what is numbered: "day 1", "day 3", "day 10"; "year one", "year two"."""
    return [jump for unit in ("day", "week", "month", "year") for jump in _numbered(tokens, unit)]


def _numbered(tokens: list[Token], unit: str) -> list[Mention]:
    days = [
        (at, round((number(tokens[at + 1].word) or 0) * _UNITS[unit]))
        for at in range(len(tokens) - 1)
        if tokens[at].word == unit
        and (not at or tokens[at - 1].mark or tokens[at - 1].word in {"on", "in", "and", "then", "by"})
        and number(tokens[at + 1].word)
        and tokens[at + 1].word not in {"a", "an", "some", "few"}
    ]
    if len(days) < 2 or any(later <= earlier for (_, earlier), (_, later) in pairwise(days)):
        return []
    first = ("next_day", days[0][1] - 1) if unit == "day" and days[0][1] > 1 else ("elapsed", 0)
    jumps = [first, *(("next_day", later - earlier) for (_, earlier), (_, later) in pairwise(days))]
    return [
        Mention(at, at + 2, "numbered", (Sense(category, str(count)),))
        for (at, _), (category, count) in zip(days, jumps, strict=True)
    ]


def _ages_of_one(tokens: list[Token]) -> list[Mention]:
    """Jumps between the ages of one who grows up: "8 weeks old in a basket, 6 months old in the snow"."""
    ages = [
        (at, round((number(tokens[at].word) or 0) * _UNITS[tokens[at + 1].word.removesuffix("s")]))
        for at in range(len(tokens) - 2)
        if number(tokens[at].word)
        and tokens[at + 1].word.removesuffix("s") in _UNITS
        and tokens[at + 2].word == "old"
        and (at + 3 == len(tokens) or tokens[at + 3].mark or tokens[at + 3].word in {"in", "at", "on", "and", "with"})
    ]
    if len(ages) < 2 or any(later <= earlier for (_, earlier), (_, later) in pairwise(ages)):
        return []
    jumps = [("elapsed", 0), *(("next_day", later - earlier) for (_, earlier), (_, later) in pairwise(ages))]
    return [
        Mention(at, at + 3, "grown", (Sense(category, str(days)),))
        for (at, _), (category, days) in zip(ages, jumps, strict=True)
    ]


_SUBJECTS: Final = frozenset((",", "we", "he", "she", "they", "i", "it", "the"))


def find_dates(text: str, tokens: list[Token]) -> list[Mention]:
    """Dates as mentions "date" with the key "year-month-day", 0 for what is not said; a bare year has month 0."""
    found: list[Mention] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            day, month = _day_month(parts)
            spoken_may = parts.get("month", "") == "may" and not (parts.get("year") or parts.get("day"))
            if month > 12 or day > 31 or spoken_may or (day and not month):
                continue
            inside = [at for at, token in enumerate(tokens) if match.start() <= token.start < match.end()]
            if not inside or any(other.start <= inside[0] < other.end for other in found):
                continue
            key = f"{int(parts.get('year') or 0)}-{month}-{day}"
            found.append(Mention(inside[0], inside[-1] + 1, match.group().lower(), (Sense("date", key),)))
    return found


def _day_month(parts: dict[str, str | None]) -> tuple[int, int]:
    if parts.get("first") and parts.get("second"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        return (first, second) if first > 12 else (second, first)
    month = (parts.get("month") or "").lower().rstrip(".")
    number_of = int(month) if month.isdecimal() else 0
    if month.isalpha():
        number_of = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
    return int(parts.get("day") or 0), number_of
