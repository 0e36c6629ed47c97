"""Personal data that has a shape: e-mail, phone, address, coordinates, plates, bank and card numbers.

The patterns take too much rather than too little: a gate that fails closed. A numbering-plan library was not chosen,
because it clears numbers that are not allocated, and a plausible invented number is as unwelcome in an album.
"""

import re
import unicodedata
from typing import Final

_AT: Final = r"(?:\s*(?:@|\(\s*(?:at|4t)\s*\)|\[\s*(?:at|4t)\s*\]|\{\s*at\s*\})\s*)"
_DOT: Final = r"(?:\s*(?:\(\s*d[o0]t\s*\)|\[\s*d[o0]t\s*\]|\{\s*d[o0]t\s*\})\s*|\s+d[o0]t\s+|\.)"
_LABEL: Final = r"[a-z0-9-]{1,63}"
_EMAIL: Final = (
    re.compile(rf"[\w.+%-]{{1,64}}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}", re.I),
    re.compile(rf"[\w.+%-]{{1,64}}\s+(?:at|4t)\s+{_LABEL}(?:\s+d[o0]t\s+{_LABEL}){{1,5}}", re.I),
    re.compile(rf"[\w.+%-]{{1,64}}\s*@\s*{_LABEL}(?:\s*[.,]\s*{_LABEL}){{1,5}}", re.I),
)
_STREET: Final = (
    r"(?:street|str|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|square|sq|way|terrace|crescent|"
    r"highway|hwy|parkway|pkwy|alley|row|mews|close|gardens|place|pl)"
)
_WORD: Final = r"(?!(?:the|a|an|on|in|at|of|to|down|up|from|along|and|or|his|her|their|our|my|by|near|across|minutes?|"
_WORD_END: Final = r"hours?|days?|photos?|kids|people|friends|dogs?|cats?|times|year)\b)[^\W\d_][\w.'’-]*"
_ADDRESS: Final = (
    re.compile(
        rf"\b\d{{1,5}}\s?[a-z]?,?\s+(?:{_WORD}{_WORD_END}\s+){{1,3}}{_STREET}\b(?!\s+(?:food|music|art|market|party))",
        re.I,
    ),
    re.compile(r"\b[^\W\d_]{2,}(?:straße|strasse|str\.|weg|gasse|platz|allee|ufer|ring)\s*\d{1,4}\s?[a-z]?\b", re.I),
    re.compile(r"\b[^\W\d_]{2,}\s+(?:straße|strasse|str\.|weg|gasse|platz|allee)\s*\d{1,4}\s?[a-z]?\b", re.I),
    re.compile(
        r"\b(?:calle|c/|carrer|avenida|avda\.?|paseo|plaza|via|viale|piazza|rua|praça|rue|quai|ulica|ul\.)\s+"
        r"(?:[^\W\d_][\w.'’-]*\s*){1,5},?\s*(?:n[º°o]\.?\s*)?\d{1,4}\b",
        re.I,
    ),
    re.compile(r"\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|quai|place|chemin|impasse)\s+\w", re.I),
    re.compile(r"\bp\.?\s?o\.?\s+box\s+\d+", re.I),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"),
    re.compile(r"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b"),
    re.compile(r"[\u4e00-\u9fff]{2,}(?:路|街|道|巷|弄)\s*\d+\s*[号號]"),
)
_COORDINATES: Final = (
    re.compile(r"(?<![\w.])[-+]?\d{1,2}\.\d{3,}\s*°?\s*[NS]?\s*[,;/ ]\s*[-+]?\d{1,3}\.\d{3,}\s*°?\s*[EWO]?", re.I),
    re.compile(r"\d{1,3}\s*°\s*\d{1,2}\s*['′’]\s*(?:\d{1,2}(?:\.\d+)?\s*[\"″”]?\s*)?[NSEWO]", re.I),
    re.compile(r"\b\d{1,3}\.\d{2,}\s*°\s*[NSEWO]\b", re.I),
    re.compile(r"\bgeo:-?\d", re.I),
    re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"),
)
_PLATE: Final = (
    re.compile(r"\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}[EH]?\b"),
    re.compile(r"\b[A-ZÄÖÜ]{1,3} [A-Z]{2} \d{2,4}[EH]?\b"),
    re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"),
    re.compile(r"\b[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}\b"),
    re.compile(r"\b(?!(?:19|20)\d\d)\d{4}[- ]?[BCDFGHJKLMNPRSTVWXYZ]{3}\b"),
    re.compile(r"\b\d[A-Z]{3}\d{3}\b|\b[A-Z]{3}[- ]\d{3,4}\b"),
    re.compile(r"[\u4e00-\u9fff][A-Z][·• ]?[A-Z0-9]{5,6}\b"),
    re.compile(
        r"\b(?:licen[cs]e|number|registration|reg\.?)?\s?(?:plates?|kennzeichen|matr[ií]cula)\s*:?\s*"
        r"(?:no\.?|number|is|reads)?\s*(?=[A-Z0-9 -]{0,8}\d)[A-Z0-9](?:[A-Z0-9 -]{2,8})[A-Z0-9]",
        re.I,
    ),
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.I)
_CARD: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_DIGITS: Final = re.compile(r"(?<![\w])(?:\+|00\s?)?\(?\d(?:[\s./()\u2010-\u2015-]{0,3}\d){6,17}(?!\w)")
_DATE: Final = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:[T ]\d{1,2}[:.]?\d\d(?:[:.]?\d\d)?)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|"
    r"(?:1[5-9]|20)\d\d\s*[\u2010-\u2015/-]\s*(?:1[5-9]|20)\d\d"
)
_SPOKEN: Final = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)[\s,-]+){6,}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b",
    re.I,
)
_MASKABLE: Final = {"Cf", "Mn", "Me"}


def find_shapes(text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of everything that looks like personal data, in order; the most telling kind wins."""
    clean, positions = _visible(text)
    found: list[tuple[int, int, str]] = []
    for kind, spans in (
        ("email", _matches(_EMAIL, clean)),
        ("iban", [m.span() for m in _IBAN.finditer(clean) if is_iban(m.group())]),
        ("card", [m.span() for m in _CARD.finditer(clean) if is_card(m.group())]),
        ("coordinates", _matches(_COORDINATES, clean)),
        ("phone", _phones(clean)),
        ("address", _matches(_ADDRESS, clean)),
        ("plate", _matches(_PLATE, clean)),
    ):
        found += [(s, e, kind) for s, e in spans if all(e <= start or end <= s for start, end, _ in found)]
    return sorted((positions[start], positions[end - 1] + 1, kind) for start, end, kind in found)


def _visible(text: str) -> tuple[str, list[int]]:
    """The text without invisible characters, full-width and mathematical letters made plain, and where each was."""
    kept: list[str] = []
    positions: list[int] = []
    for at, character in enumerate(text):
        if unicodedata.category(character) in _MASKABLE:
            continue
        plain = unicodedata.normalize("NFKC", character)
        kept.append(plain)
        positions += [at] * len(plain)
    return "".join(kept), positions


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for pattern in patterns:
        spans += [m.span() for m in pattern.finditer(text) if all(m.end() <= s or e <= m.start() for s, e in spans)]
    return spans


def _phones(text: str) -> list[tuple[int, int]]:
    spoken = [match.span() for match in _SPOKEN.finditer(text)]
    return spoken + [m.span() for m in _DIGITS.finditer(text) if _is_phone(m.group())]


def _is_phone(found: str) -> bool:
    if _DATE.fullmatch(found.strip()):
        return False
    digits = re.sub(r"\D", "", found)
    groups = [len(group) for group in re.findall(r"\d+", found)]
    marked = found.startswith(("+", "0", "("))
    if not 7 <= len(digits) <= 15:
        return marked and len(digits) > 15
    return marked or len(digits) >= 9 or groups in ([3, 4], [3, 3, 4], [1, 3, 3, 4])


def is_card(text: str) -> bool:
    """Luhn's checksum, which every payment card fulfils."""
    digits = [int(digit) for digit in re.sub(r"\D", "", text)]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def is_iban(text: str) -> bool:
    """The ISO 13616 check: moved and written as digits, the rest modulo 97 is 1."""
    compact = re.sub(r"[\s-]", "", text).upper()
    digits = sum(character.isdigit() for character in compact)
    if not 15 <= len(compact) <= 34 or not compact.isascii() or digits < 10:  # words pass modulo 97 once in 97
        return False
    moved = "".join(str(int(character, 36)) for character in compact[4:] + compact[:4])
    return int(moved) % 97 == 1
