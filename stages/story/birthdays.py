"""Whose day it is, and how old they are: "his 7th birthday", "Nonna turns 80", "my sweet sixteen"."""

import re
from typing import Final

from .company import Company, Part
from .referring import antecedent
from .requests import number
from .scan import Token
from .who_words import age_group

_DAYS: Final = frozenset(
    ("birthday", "bday", "birthdays", "b-day", "graduation", "quinceañera", "quinceanera", "mitzvah")
)
_YEARS_OF: Final = {"quinceañera": 15, "quinceanera": 15, "mitzvah": 13}
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fifteenth": 15, "sixteenth": 16, "eighteenth": 18,
    "twentieth": 20, "twenty-first": 21, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_TURNS: Final = frozenset(("turns", "turned", "turning", "turn"))
_OWN: Final = frozenset(("his", "her", "my", "our", "their", "its"))


def ordinal(word: str) -> int:
    """The number that "7th" or "seventh" says, 0 for another word."""
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    return int(match.group(1)) if match else _ORDINALS.get(word, 0)


def read_birthdays(company: Company, tokens: list[Token]) -> None:
    """Set whom the company celebrates, and their age group."""
    for at, token in enumerate(tokens):
        if token.word in _DAYS and company.star is None and not company.star_is_me:
            years = _YEARS_OF.get(token.word, 0) or _years_before(tokens, at) or _school_years(tokens, at)
            _celebrate(company, tokens, _owner(company, tokens, at, years), years)
        if token.word in _TURNS and at + 1 < len(tokens) and (years := number(tokens[at + 1].word)) and years > 1:
            _celebrate(company, tokens, _subject(company, tokens, at, years), years)
            if token.word == "turn" and tokens[at - 2].word == "and" and (other := _called(company, at - 3)):
                other.age = age_group(years)  # "Max and Mia turn 4"
            if tokens[at - 1].word == "i":  # "my sister and I turn 30"
                company.star_is_me, company.years = company.star is None, years
        elif tokens[at - 1].word == "sweet" and token.word in {"sixteen", "16"} and at:
            _celebrate(company, tokens, _owner(company, tokens, at - 1, 16), 16)


def read_said_ages(company: Company, tokens: list[Token]) -> None:
    """Ages in sentences of their own: "He is 14.", "Oma is 78", "our daughter was born"."""
    for at, token in enumerate(tokens[:-1]):
        mine = token.word == "i'm" or (token.word == "am" and at and tokens[at - 1].word == "i")
        if mine and tokens[at + 1].word.isdecimal() and 2 < int(tokens[at + 1].word) < 110 and company.star is None:
            company.star_is_me, company.years = True, int(tokens[at + 1].word)
        if token.word not in {"is", "was", "who's"} or not at:
            continue
        who = _subject(company, tokens, at, 0)
        years = number(tokens[at + 1].word) if tokens[at + 1].word.isdecimal() else None
        beyond = tokens[at + 2] if at + 2 < len(tokens) else None
        if not isinstance(who, Part) or who.kind != "person":
            continue
        if years and years < 110 and (beyond is None or beyond.mark or beyond.word in {"and", "years", "now", "but"}):
            who.age = age_group(years)
        elif tokens[at + 1].word == "born":
            who.age = "baby"


def _celebrate(company: Company, tokens: list[Token], who: Part | int | None, years: int) -> None:
    if isinstance(who, Part):
        company.star = company.star or who
        if years and who.kind == "person" and not (who.relation == "grandparent" and years > 45):
            who.age = age_group(years)
    elif who is not None and tokens[who].word == "my":
        company.star_is_me = company.narrator = True
    if years and not isinstance(who, Part):
        company.years = years


def _years_before(tokens: list[Token], at: int) -> int:
    near = [token.word for token in tokens[max(0, at - 4) : at]]
    years = next((n for word in reversed(near) if (n := ordinal(word))), 0)
    tens = next((number(word) or 0 for word in near if word in {"twenty", "thirty", "forty", "fifty"}), 0)
    return years + tens if years < 10 <= tens else years


def _school_years(tokens: list[Token], at: int) -> int:
    """How old those usually are who graduate from the school that is named, 0 for no known school."""
    school = (
        " ".join(token.word for token in tokens[max(0, at - 2) : at + 4]) if tokens[at].word == "graduation" else ""
    )
    return 18 if "high school" in school else 22 if "college" in school or "university" in school else 0


def _owner(company: Company, tokens: list[Token], at: int, years: int) -> Part | int | None:
    """The part whose birthday it is, the token of a pronoun that stands for nobody known, or None."""
    for before in range(at - 1, max(-1, at - 6), -1):
        if tokens[before].mark or tokens[before].word in {"with", "and", "for", "at", "the"}:
            break
        if tokens[before].possessive or tokens[before].text.endswith("'"):
            return _called(company, before) or _called(company, before - 1)
        if tokens[before].word in _OWN:
            return _mine(company, tokens, before, at, years)
    for after in range(at + 1, min(len(tokens), at + 8)):
        if tokens[after].mark and tokens[after].text not in {",", ":"}:
            break
        if (found := _called(company, after)) and {"for", "of", "girl", "boy", "child", "is"} & {
            token.word for token in tokens[at + 1 : after]
        }:
            return found
    before = _called(company, at - 1) or _called(company, at - 2)
    return before if before and years and not tokens[at - 1].mark else None


def _mine(company: Company, tokens: list[Token], own: int, at: int, years: int) -> Part | int | None:
    between = next((found for token in range(own + 1, at) if (found := _called(company, token))), None)
    if between is not None:  # "my son's birthday"
        return between
    if tokens[own].word in {"my", "our", "their"}:
        return own
    return antecedent(company, tokens, own, years=years) or own


def _subject(company: Company, tokens: list[Token], at: int, years: int) -> Part | int | None:
    for before in range(at - 1, max(-1, at - 6), -1):
        if tokens[before].mark:
            break
        if tokens[before].word in {"he", "she"}:
            return antecedent(company, tokens, before, years=years)
        if found := _called(company, before):
            return found
    return None


def _called(company: Company, at: int) -> Part | None:
    return next((part for part in company.parts if at in part.tokens and not (part.group and not part.name)), None)
