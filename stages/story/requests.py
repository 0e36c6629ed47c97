"""What a prompt asks of the album itself rather than tells: number of photos, series, themes, look, region."""

import re
from dataclasses import dataclass
from typing import Final

from .lexicon_people import NUMBERS
from .lexicon_time import THEMES

_NUMBER: Final = r"(\d{1,4}|" + "|".join(sorted((n for n in NUMBERS if len(n) > 2), key=len, reverse=True)) + r")"
_PHOTOS: Final = (
    r"(?:photos?|photographs?|pictures?|images?|shots?|pages?|snapshots?|pics?|portraits?|scenes?|frames?|panels?)"
)
_COUNT: Final = (
    re.compile(
        _NUMBER
        + r"[\s-]+(?:\w+\s+)?"
        + _PHOTOS
        + r"\b(?!\s+(?:per|a|each|every|for (?:each|every))\s+day)(?:[\s-]+(?:photo\s?)?(?:album|book|story|series))?",
        re.I,
    ),
    re.compile(
        r"(?:album|series|story|book|set) (?:of|with|in) " + _NUMBER + r"\b(?!\s+(?:days?|friends|people|kids))", re.I
    ),
)
_SERIES: Final = {
    "months": re.compile(
        r"(?:(?:one|a|two|\d)\s*(?:photos?|pictures?|images?|scenes?)?\s*(?:for|per|of|from)\s+)?"
        r"(?:each|every|all twelve|the twelve|all 12|the 12|twelve|12)\s+months?(?: of (?:the|a) year)?|month by "
        r"month|\bper month|a year in the life|through(?:out)? the year", re.I),
    "seasons": re.compile(
        r"(?:(?:one|a|two|\d)\s*(?:photos?|pictures?|images?|scenes?)?\s*(?:for|per|of|from)\s+)?"
        r"(?:(?:each|every|all|across|through|in)\s+(?:of\s+)?(?:the\s+)?(?:four\s+)?seasons?|(?:the\s+)?four "
        r"seasons|season by season)"
        r"(?: of (?:the|a) year)?", re.I),
    "weekdays": re.compile(
        r"(?:(?:one|a)\s*(?:photo|picture|image|scene)?\s*(?:for|per|of|from)\s+)?(?:each|every) (?:week)?day of "
        r"(?:the|a) week|every weekday|each weekday", re.I),
}  # fmt: skip
_THEME: Final = re.compile(
    r",?\s*(?:and |while |with |all )*(?:emphasi[sz]ing|emphasi[sz]e|highlighting|highlight|underlining|evoking|"
    r"evoke|conveying|"
    r"convey|exploring themes?|focus(?:ing)? on|an? emphasis on|a focus on|themes? of|a theme of|the theme of|"
    r"theme:|themes:|"
    r"a sense of|a feeling of|the spirit of|in the spirit of|a mood of|mood:|capturing the (?:spirit|feeling|mood|"
    r"magic|joy|beauty|essence) of|"
    r"showcasing)(?P<what>[^.;\n]*?)(?=(?:,? (?:then|finally|starting|followed))|[.;\n]|$)",
    re.I,
)
_LEAD_IN: Final = re.compile(
    r"^\W*(?:please[, ]+)?(?:can you |could you |would you |i want (?:you to |to )?|i would like (?:you to |to )?|"
    r"i'd like (?:you to |to )?|i need |help me |let's )?"
    r"(?:please )?(?:(?:create|make|generate|design|show|give|produce|plan|build|compose|imagine|tell|draw|render|"
    r"see|have)\s+)?(?:me |us )?"
    r"(?:(?:a|an|the|my|our|some|one)\s+)?(?:[\w-]+ ){0,4}?(?:photo\s?-?(?:album|book|story|series|collection)|"
    r"album|photos|pictures|images|story|series|"
    r"scrapbook|slideshow|storyboard)\b(?:\s+(?:of|about|for|showing|with|that shows|in which|where|capturing|"
    r"featuring|depicting|telling|from|following|documenting|on|that tells))?",
    re.I,
)
_REGION: Final = re.compile(
    r"\b(?P<link>across|through|throughout|around|along|in|to|of|from|visiting|exploring|near|over|hik(?:es?|ed|ing)|visit(?:s|ed)?|explore[sd]?|tour(?:s|ed|ing)?|reach(?:es|ed)?)\s+(?P<the>the\s+)?"
    r"(?P<name>[A-Z][\w'-]+(?:\s+(?:de la|de|of the|of|du|and the)?\s*[A-Z][\w'-]+){0,3})"
)


@dataclass(frozen=True)
class Requests:
    """What the prompt asks of the album.

    count: photos asked for, or None. series: "months", "seasons", "weekdays" or "". text: the prompt with all of
    this blanked out, character positions kept. themes: words after "emphasizing" and the like.
    """

    text: str
    count: int | None
    series: str
    themes: tuple[str, ...]
    said_themes: str


_NUMBERED: Final = re.compile(
    r"\b(?:photo|picture|scene|image|shot|page|panel|frame|pic|slide)\s*(?:no\.?\s*|#\s*)?\d{1,3}\s*(?:[:.)]|\s[-–—]\s)"
    r"|(?:(?<=\n)|^)\s*\d{1,3}\s*[.)]\s|(?<=\s)\d{1,2}\)\s",
    re.I,
)


def read_requests(text: str) -> Requests:
    """Take the requests about the album out of the prompt, so that they do not become scenes.

    Args:
        text: the cleaned prompt. "Photo 1: … Photo 2: …" and numbered lines ask for that many photos.
    """
    count, series, themes, said = None, "", [], ""
    numbered = list(_NUMBERED.finditer(text))
    if len(numbered) >= 2:
        count = len(numbered)
        for match in numbered:
            text = text[: match.start()] + ".".ljust(match.end() - match.start()) + text[match.end() :]
    for name, pattern in _SERIES.items():
        match = pattern.search(text)
        if match and not series:
            series, text = name, _blank(text, match)
    for pattern in _COUNT:
        match = pattern.search(text)
        if match and count is None and number(match.group(1)):
            count = number(match.group(1))
            text = _blank(text, match)
    for match in list(_THEME.finditer(text)):
        said = match.group("what").strip(" ,")
        themes += [theme for theme in THEMES if re.search(rf"\b{theme[:-1]}", said, re.I)]
        text = _blank(text, match)
    match = _LEAD_IN.match(text)
    if match and match.end() < len(text.rstrip()):
        text = _blank(text, match)
    return Requests(text, count, series, tuple(dict.fromkeys(themes)), said)


def number(word: str) -> int | None:
    """The number that a numeral or a number word says, None for another word."""
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower())


def find_regions(text: str, known: frozenset[str]) -> list[tuple[int, int, str]]:
    """Names of lands and places after a preposition, as (start, end, "the Pacific Northwest").

    Args:
        text: the cleaned prompt, with its capitals.
        known: lower-case words that mean something else (months, people's names).
    """
    found = []
    for match in _REGION.finditer(text):
        name = match.group("name")
        words = [word.lower().removesuffix("'s") for word in name.split()]
        if words[0] in known or (name.endswith("'s")):
            continue
        article = "the " if match.group("the") else ""
        found.append((match.start("name"), match.end("name"), article + name))
    return found


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
