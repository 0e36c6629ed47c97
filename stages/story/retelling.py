"""Names in place of the pronouns of a quoted sentence, so that it can stand alone under a photo."""

import re
from typing import Final

from .company import Company
from .events import Event
from .lexicon_places import split_list
from .referring import antecedent
from .scan import Token

_SUBJECTS: Final = frozenset(("he", "she"))
_OWNERS: Final = frozenset(("his", "her"))
_BEHIND_OBJECTS: Final = frozenset(  # words that stand after "her" where it is an object
    split_list(
        "around; to; with; home; and; at; in; on; for; from; back; away; again; every; a; an; the; up; down; off; "
        "out; when; "
        "while; until; into; by; first; there; as; like; but"
    )
)
_MARK: Final = "\u27e8{}\u27e9"  # cannot come from a prompt's words


def mark_pronouns(event: Event, tokens: list[Token], company: Company) -> None:
    """Replace the first pronoun of `event.told` whose meaning is known by a mark, and note whom the mark means.

    Args:
        event: changed in place.
        tokens: of the prompt.
        company: as read, before anybody is invented.
    """
    if not event.told:
        return
    for at in range(event.told_at, min(len(tokens), event.told_at + 12)):
        token = tokens[at]
        if token.text[:1].isupper() and at > event.told_at and token.word not in _SUBJECTS | _OWNERS:
            return  # somebody is named
        if token.word not in _SUBJECTS | _OWNERS:
            continue
        known = {part.first for part in company.people()}
        if token.word in _OWNERS and any(start in known for start in range(event.told_at, at)):
            return  # "the girl and her dog"
        if token.word == "her" and (
            at + 1 == len(tokens) or tokens[at + 1].mark or tokens[at + 1].word in _BEHIND_OBJECTS
        ):
            return  # "follows her around"
        part = antecedent(company, tokens, at)
        if part is not None:
            owns = "'s" if token.word in _OWNERS else ""
            mark = _MARK.format(0)
            event.told = re.sub(rf"\b{token.word}\b", mark + owns, event.told, count=1, flags=re.I)
            event.told_parts[mark] = part
        return


def _is_object(tokens: list[Token], at: int) -> bool:
    return at + 1 == len(tokens) or tokens[at + 1].mark or tokens[at + 1].word in _BEHIND_OBJECTS


def unmark(text: str, names: dict[str, str]) -> str:
    """The text with names in place of its marks."""
    for mark, name in names.items():
        text = text.replace(mark, name)
    return text
