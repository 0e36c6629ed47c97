"""The words around a person or animal: how many, how old, what they are called."""

import re
from itertools import pairwise
from typing import Final

from .lexicon_people import AGE_WORDS, PERSON_WORDS, PersonWord
from .lexicon_places import split_list
from .requests import number
from .scan import Mention, Token

_DEFINITE: Final = frozenset(("the", "my", "our", "his", "her", "their"))
_YEARS: Final = 1500  # a greater number is a year: "in 1962 my grandfather"
_BREAKS: Final = frozenset(
    split_list(
        "and; with; of; by; to; then; later; after; ago; before; when; while; where; who; that; is; are; was; "
        "were; has; have; "
        "had; for; until; in; at; on; from; into; plus; meets; as"
    )
)
_TITLES: Final = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "monsieur",
        "madame",
        "señor",
        "señora",
        "herr",
        "frau",
    )
)


def modifiers(tokens: list[Token], start: int) -> list[str]:
    """The words right before a noun, up to the next boundary, in order."""
    words: list[str] = []
    for token in reversed(tokens[max(0, start - 6) : start]):
        if token.mark or token.word in _BREAKS:
            break
        words.append(token.word)
    return words[::-1]


def count_of(before: list[str]) -> int:
    """The number among the words before a noun, 0 if there is none."""
    if "year" in before or "years" in before:
        before = before[: max(0, before.index("year" if "year" in before else "years") - 1)]
    if under_in(before):
        return 0
    if before[-2:] == ["couple", "of"] or "couple" in before:
        return 2
    after_article = max((at for at, word in enumerate(before) if word in _DEFINITE), default=-1)
    before = before[after_article + 1 :]  # "at 6 the first customers"
    counts = (number(word) or 0 for word in reversed(before) if number(word) and word not in {"single"})
    return next((count for count in counts if count < _YEARS), 0)


def age_of(before: list[str], tokens: list[Token], mention: Mention) -> str:
    """The age group that the words around a noun say, or ""."""
    years = years_in(before) or under_in(before)
    following = [token.word for token in tokens[mention.end : mention.end + 3]]
    if not years and following[:1] == [","] and len(following) > 2 and following[1].isdecimal() and following[2] == ",":
        years = int(following[1])  # "a widower, 70, learns to cook"
    if not years and following[:1] == ["aged"] and len(following) > 1:
        years = number(following[1])
    if years:
        return age_group(years)
    joined = " ".join(before)
    if "middle aged" in joined:
        return "adult"
    return next((AGE_WORDS[word] for word in reversed(before) if word in AGE_WORDS), "")


def years_in(before: list[str]) -> int:
    """The number of years of "7 year old", 0 if there is none."""
    for at, word in enumerate(before):
        if word in {"year", "years"} and at:
            return number(before[at - 1]) or 0
    return 0


def under_in(before: list[str]) -> int:
    """The greatest number of years of "under 12" or "U12", 0 if it is not said."""
    for word, limit in pairwise(before):
        if word in {"under", "u"} and limit.isdecimal():
            return int(limit) - 1
    return 0


def age_group(years: int) -> str:
    """The age group that a number of years belongs to."""
    limits = ((3, "baby"), (13, "child"), (20, "teen"), (33, "young_adult"), (62, "adult"))
    return next((name for limit, name in limits if years < limit), "senior")


def group_age(age: str, word: PersonWord) -> str:
    """A "little boy" is a child whatever else is said; "young" and "old" mean little before one."""
    if not age or (word.age in {"child", "baby"} and age in {"young_adult", "senior"}):
        return word.age or age
    return (
        age if not (word.relation == "friend" and age == "senior" and word.age == "") or age == "senior" else word.age
    )


def ages_behind(tokens: list[Token], end: int) -> list[str]:
    """The age groups listed behind a noun: "two brothers, aged 9 and 12", "kids (8, 5 and 3)", "twins of 4"."""
    at, bracket = end, False
    if at < len(tokens) and tokens[at].text in {",", "("}:
        bracket = tokens[at].text == "("
        at += 1
    said = at < len(tokens) and tokens[at].word in {"aged", "ages", "age", "both"}
    at += int(said)
    if at < len(tokens) and tokens[at].word == "aged":
        at += 1
    years: list[int] = []
    while at < len(tokens):
        value = number(tokens[at].word) if tokens[at].word not in {"a", "an"} else None
        if value is not None:
            years.append(value)
        elif tokens[at].word not in {"and", ",", "&"} or not years:
            break
        at += 1
    closes = at < len(tokens) and tokens[at].text == ")"
    years_follow = at < len(tokens) and tokens[at].word in {"years", "year", "yrs", "yo"}
    if not years or not (said or (bracket and closes) or (years_follow and end < len(tokens) and tokens[end].mark)):
        return []
    return [age_group(value) for value in years if value < 110]


def age_behind_name(tokens: list[Token], at: int) -> str:
    """The age group said with a name: "Leo (7)", "Leo, 7,", "Leo turns seven"; or ""."""
    following = [token.word for token in tokens[at + 1 : at + 4]]
    if following[:1] in (["("], [","]) and len(following) > 2 and (years := number(following[1])) and years > 1:
        beyond = tokens[at + 3].word
        if beyond in {")", ",", "."} or beyond.startswith("year"):
            return age_group(years)
    if following[:2] == [",", "aged"] and len(following) > 2 and number(following[2]):
        return age_group(number(following[2]) or 30)
    words = modifiers(tokens, at)
    if years_in(words):
        return age_group(years_in(words))
    later = re.sub(r"(st|nd|rd|th)$", "", following[0]) if following else ""
    if later.isdecimal() and tokens[at].possessive:
        return age_group(int(later))
    if following[:1] in (["turns"], ["turning"]) and len(following) > 1:
        return age_group(number(following[1]) or 30)
    return next((AGE_WORDS[word] for word in reversed(words[-1:]) if word in AGE_WORDS), "")


def as_name(text: str) -> str:
    """A name as it is written, with a capital."""
    text = text.removesuffix("'s")
    return text.capitalize() if text.islower() else text


def names_after(tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> list[int]:
    """Names in apposition: "her dog Rusty", "two kids named Leo and Mia", "three friends, Ana, Bo and Cy,"."""
    found: list[int] = []
    at = mention.end
    person = mention.sense("person")
    single = (
        mention.sense("animal") is None and PERSON_WORDS[person.key].count == 1
        if person
        else not any(s.plural for s in mention.senses)
    )
    while at < len(tokens) and at - mention.end < 14:
        word = tokens[at].word
        if at in names and at not in used:
            found.append(at)
            if single or tokens[at].possessive:
                break
        elif (
            word in {"named", "called", "name", "is"}
            or word in _TITLES
            or (word in {",", "and", "&", "(", ":"} and not single)
            or (word in AGE_WORDS and single and at > mention.end and tokens[at - 1].text == ",")
            or (found and (word in {"(", ")"} or word.isdecimal()))
        ):
            pass
        elif not (
            word in {",", "("} and single and not found and at + 2 < len(tokens) and _name_closes(tokens, at + 1, names)
        ):
            break
        at += 1
    return found


def _name_closes(tokens: list[Token], at: int, names: list[int]) -> bool:
    """Whether a name in apposition starts at a token and a mark follows: ", old Monsieur Dupont."."""
    while at < len(tokens) and (tokens[at].word in AGE_WORDS or tokens[at].word in _TITLES):
        at += 1
    return at in names and (at + 1 == len(tokens) or tokens[at + 1].text in {",", ")", "."})
