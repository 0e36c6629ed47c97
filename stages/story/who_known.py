"""Which person nouns bring nobody new: who is meant again, only owns something, describes somebody or is away."""

import re
from typing import Final

from .company import Company, Part
from .lexicon_people import PERSON_WORDS, PersonWord
from .lexicon_places import split_list
from .lexicon_trades import VERBS_TOO
from .scan import Mention, Token, known_as

_DEFINITE: Final = frozenset({"the", "my", "her", "his", "their", "our", "both", "its"})
_MODIFIED: Final = frozenset(
    split_list(
        "party; costume; costumes; ship; hat; hats; movie; theme; film; outfit; outfits; boots; boot; lights; light; "
        "tale; tales; truck; uniform; dress; mask; helmet; suit; gear; station; school; shirt; shirts; jersey; badge; "
        "story; stories; song; songs; museum; "
        "exam; clothes; apron; coat; house; dance; class; training; bread; shift; trip; getaway"
    )
)
_AWAY: Final = re.compile(
    r"\b(wait(?:s|ed|ing)? for|letters? to|writ(?:es?|ing) to|wrote to|postcards? to|miss(?:es|ed|ing)?|"
    r"think(?:s|ing)? (?:of|about)|thought of|remember(?:s|ed|ing)?|phone(?:s|d)?|late|calls|called|photos? of|"
    r"calls? to|called)"
    r"(?: (?:the|a|an|my|our|his|her|their|old))*$"
)


def modifies(tokens: list[Token], mention: Mention) -> bool:
    """Whether a person noun only describes the next one: "a refugee family", "a farmer couple"."""
    following = tokens[mention.end] if mention.end < len(tokens) else None
    if following is None or tokens[mention.end - 1].possessive or following.text[0].isupper():
        return False
    if PERSON_WORDS[mention.sense("person").key].age == "adult" and following.word in _MODIFIED:  # type: ignore[union-attr]
        return True
    categories = known_as(following.word)
    return "animal" in categories or ("person" in categories and following.word not in VERBS_TOO)


def only_owns(tokens: list[Token], mention: Mention, word: PersonWord) -> bool:
    """Whether somebody unnamed only owns what is there: "the neighbour's dog"."""
    if not tokens[mention.end - 1].possessive or word.relation not in {"", "friend"} or mention.end >= len(tokens):
        return False
    return any(
        known_as(token.word) & {"animal", "object", "activity"} for token in tokens[mention.end : mention.end + 2]
    )


def is_away(tokens: list[Token], mention: Mention) -> bool:
    """Whether somebody is only waited for, written to or missed, and so is in no picture."""
    near = [token.word for token in tokens[max(0, mention.start - 6) : mention.start]]
    joined = " ".join(near)
    following = tokens[mention.end].word if mention.end < len(tokens) else ""
    if following in {"calls", "called", "phones", "phoned", "texts", "texted", "writes", "skypes", "emails"}:
        return True
    return bool(_AWAY.search(joined)) and mention.start > 0


def matching(company: Company, key: str, word: PersonWord) -> list[Part]:
    """Those of the company whom a noun may mean."""
    people = company.people()
    same = [part for part in people if part.word == key or (part.role and part.role == word.role)]
    if same or word.relation in {"partner", "spouse"}:
        return same or [part for part in people if part.relation in {"partner", "spouse"}]
    if word.age in {"child", "baby"}:
        return [part for part in people if part.age in {"child", "baby"} and word.gender in {"", part.gender}]
    if key in {"people", "persons", "friends"}:
        return people
    return [part for part in people if word.age and part.age == word.age and word.gender and part.gender == word.gender]


def is_return(company: Company, key: str, word: PersonWord, before: list[str], count: int) -> bool:
    """Whether a noun speaks of somebody who is already there: "the girl", "her parents", "Oma"."""
    known = matching(company, key, word)
    if not known or (count and count not in {1, len(known)}):
        return False
    own = any(part.word == key or (part.role and part.role == word.role) for part in known)
    if word.age == "baby" and word.count == 1 and not before and len([p for p in known if p.relation == "child"]) == 1:
        return True  # "our son's first year: newborn in January"
    if word.relation in {"parent", "grandparent"} and word.count == 1 and not before and own:
        return True  # "Oma is 78": kin words without an article are names
    if "another" in before or "other" in before or "second" in before or (set(before) & {"a", "an"}):
        return False
    return bool(set(before) & _DEFINITE) or (not count and bool(word.count != 1))
