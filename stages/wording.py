"""Plan values as words for readers. English and independent of the machine's locale."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_HIDDEN = "…"
# A path in quotes ends with them. Any other is followed to its last slash within the clause, since folders may have
# spaces in their names, and then to the next space.
_PATHS = re.compile(
    r"(?<=')(?:[A-Za-z]:)?[/\\][^']*(?=')"
    r"|(?<![\w./\\…])(?:[A-Za-z]:)?[/\\](?:[^':;(),\"\n]*[/\\])?[^\s':;(),\"]+"
)


def without_paths(text: object) -> str:
    """A message with every absolute path in it left out.

    Errors name files with their whole path, which helps whoever reads them on the machine. What an album keeps is
    shared, and a path tells of users, clients and private folders.

    Args:
        text: an error or its words.
    """
    return _PATHS.sub(_HIDDEN, str(text))


def readable(text: str) -> str:
    """The text without control characters and without those that reorder what stands around them."""
    kept = (
        character
        for character in text
        if character == "\n" or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _REORDERING)
    )
    return "".join(kept).strip()


def words(value: str) -> str:
    """A vocabulary value as words: "golden_hour" is "golden hour"."""
    return value.replace("_", " ")


def join_lines(names: Sequence[str]) -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def long_date(day: date) -> str:
    """Saturday, 14 June 2026."""
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """14 June."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def date_range(first: date, last: date) -> str:
    """14 June 2026, 14–16 June 2026, 30 June – 2 July 2026, or both dates in full."""
    if first == last:
        return f"{short_date(first)} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_date(last)} {last.year}"
    if first.year == last.year:
        return f"{short_date(first)} – {short_date(last)} {last.year}"
    return f"{short_date(first)} {first.year} – {short_date(last)} {last.year}"


def clock(moment: datetime) -> str:
    """9:05."""
    return f"{moment.hour}:{moment.minute:02}"
