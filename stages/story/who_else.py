"""What a prompt says of everybody at once: how many in all, who else is there, what kind of story it is."""

import re
from typing import Final

from .company import Company
from .referring import follows_with, is_accompanied, is_bare, is_fable, misses_teller
from .requests import number
from .scan import Token
from .who_words import modifiers

_ALONE: Final = re.compile(
    r"\b(solo|alone|by myself|on my own|on (?:his|her) own|just me|only me|single person)\b", re.I
)
_TABLE_FOR: Final = re.compile(
    r"\b(?:dinner|party|table|lunch|brunch|picnic|barbecue|"
    r"thanksgiving|christmas|easter|supper|feast|cabin|tent|a week|weekend) (?:for|of) "
    r"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
    r"(?! (?:days|nights|hours|weeks|years|people|friends))",
    re.I,
)
_OF_US: Final = re.compile(r"\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve) of us\b", re.I)
_WORKS: Final = re.compile(
    r"\b(?:runs?|owns?|opens?|manages?) (?:a|an|the|her|his|their) |"
    r"\b(?:works? (?:as|at|in)|boss|office|divorced?|mortgage)\b",
    re.I,
)
_JUBILEE: Final = re.compile(
    r"\b(?:(\d\d)(?:st|nd|rd|th)|(golden|silver|diamond|ruby)) (?:wedding )?anniversary|\b(golden) wedding", re.I
)
_SCHOOL: Final = re.compile(
    r"\b(first day of (?:school|kindergarten)|recess|school ?yard|first grade|homework|school bus)\b", re.I
)
_COLLEGE: Final = re.compile(
    r"\b(high school|college|university|campus|finals|study group|dorm|semester|thesis|roommates)\b", re.I
)
_HIGH_SCHOOL: Final = re.compile(
    r"\b(?:high school|secondary school|prom night|junior high)\b(?! (?:reunion|sweetheart|friend|budd|teacher|days))",
    re.I,
)
_ROMANCE: Final = re.compile(
    r"\b(f[ae]ll(?:s|ing|en)? (?:madly )?in love|first (?:kiss|date)|love story|kiss(?:es|ed|ing)?|date night|lovers|"
    r"romantic|honeymoon|marr(?:y|ies|ied|iage)|get(?:s|ting)? engaged|got engaged|proposal|"
    r"propos(?:es|ed|ing) to|valentine'?s? day|on a date|second date|in love)\b",
    re.I,
)


def count_all(company: Company, tokens: list[Token]) -> None:
    """Take "4 adults and 5 kids" for everybody, and a group in a title for those who follow: "Medics: Ana and Bo"."""
    words = {part.word for part in company.people() if part.group}
    if words & {"adults", "grown ups", "grownups"} and words & {"kids", "children", "toddlers", "teenagers", "teens"}:
        company.family, company.together = None, False
    colon = next((at for at, token in enumerate(tokens[:10]) if token.text == ":"), 0)
    titled = [p for p in company.people() if p.group and not p.name and p.first < colon and p.relation == "friend"]
    counted = any(number(token.word) for token in tokens[:colon])
    if titled and not counted and sum(part.first > colon and part.kind == "person" for part in company.parts) >= 2:
        company.parts[:] = [part for part in company.parts if not any(part is old for old in titled)]


def is_mine(company: Company, tokens: list[Token]) -> bool:
    """Whether somebody is related to the teller: "a firefighter lets my son sit in the truck"."""
    kin = [p for p in company.people() if p.first > 0 and p.relation]
    return any("my" in modifiers(tokens, part.first) for part in kin)


def read_who_else(company: Company, tokens: list[Token], text: str) -> None:
    """Note whether somebody unnamed is there as well, or nobody else may be."""
    company.accompanied = not company.narrator and not company.together and is_accompanied(company, tokens)
    company.size = next((number(n) or 0 for n in _TABLE_FOR.findall(text) + _OF_US.findall(text)), 0)
    company.together_with = company.together and any(follows_with(tokens, part) for part in company.people())
    if not company.narrator and not company.together and misses_teller(company, tokens):
        company.accompanied = True
        company.narrator = any(is_bare(tokens, part) for part in company.people())
    company.fable = is_fable(company, tokens)
    company.alone = bool(_ALONE.search(text))
    jubilee = _JUBILEE.search(text)
    company.jubilee = (
        int(jubilee.group(1) or {"golden": 50, "silver": 25}.get((jubilee.group(2) or "").lower(), 60))
        if jubilee
        else 0
    )
    company.students = bool(_COLLEGE.search(text)) and "high school" not in text.lower()
    company.teens = bool(_HIGH_SCHOOL.search(text))
    company.grown = bool(_WORKS.search(text))
    company.school = bool(_SCHOOL.search(text)) and not _COLLEGE.search(text)
    company.romance = bool(_ROMANCE.search(text))


def read_empty(company: Company, text: str) -> None:
    """Note that the prompt wants nobody in the pictures, or few."""
    if re.search(
        r"\b(unpeopled|uninhabited|nobody (?:in|is)|people-free|no one|no-one|empty of people|no human)\b", text, re.I
    ):
        company.no_people = True
    company.small = bool(
        re.search(
            r"\b(no guests?|without (?:any )?guests?|just (?:the )?(?:two|us|them)|only (?:the )?(?:two|us|them)|"
            r"elop\w+|"
            r"(?:the )?two of (?:us|them)|alone|small wedding|tiny wedding|intimate|city hall|courthouse)\b",
            text,
            re.I,
        )
    )
