"""People whom the prompt calls by name or by pronoun alone."""

from itertools import pairwise
from typing import Final

from .company import Company, Part
from .names import name_genders
from .requests import number
from .scan import Token
from .who_words import age_behind_name, age_group, as_name

TITLES: Final = {
    "mr": "male", "mrs": "female", "ms": "female", "miss": "female", "dr": "", "prof": "", "monsieur": "male",
    "madame": "female", "señor": "male", "señora": "female", "senor": "male", "senora": "female", "herr": "male",
    "frau": "female", "signor": "male", "signora": "female", "sir": "male", "lady": "female", "don": "male",
}  # fmt: skip


_TITLE_WORDS: Final = frozenset(
    ("day", "life", "morning", "night", "shift", "year", "week", "story", "adventure", "journey")
)


def add_named(company: Company, tokens: list[Token], names: list[int], used: set[int]) -> None:
    """Names that stand alone are people, unless a later apposition makes them an animal ("Rusty the dog")."""
    by_name = {part.name: part for part in company.parts if part.name}
    for at in names:
        name = as_name(tokens[at].text)
        if at in used or name in by_name:
            if name in by_name:
                by_name[name].tokens.append(at)
            continue
        part = _apposed(company, tokens, at)
        part = part or _titled(company, tokens, at) or _one_of(company, tokens, at)
        if part is None and _is_adopted(tokens, at):
            part = Part("animal", "dog", first=at, word="dog")
            company.notes.append(f"Read {name}, who was adopted, as a dog.")
            company.parts.append(part)
        if part is None:
            part = Part("person", gender=name_genders().get(name.lower(), ""), first=at)
            company.parts.append(part)
        part.name, part.first = name, min(part.first, at)
        call(part, tokens, at)
        part.tokens.append(at)
        part.age = part.age or age_behind_name(tokens, at)
        by_name[name] = part


def call(part: Part, tokens: list[Token], at: int) -> None:
    """Take a title before a name along: "Mrs Alvarez" is a woman."""
    title = tokens[at - 1].text if at and tokens[at - 1].word in TITLES else ""
    if title:
        part.age = part.age or "adult"
        part.gender = TITLES[title.lower()] or part.gender
        part.name = f"{title} {part.name}"


def add_pronoun_lead(company: Company, tokens: list[Token]) -> None:
    """Reads "She missed the train": somebody whom nothing else in the prompt names."""
    for at, token in enumerate(tokens):
        if token.word not in {"she", "he"}:
            continue
        gender = "female" if token.word == "she" else "male"
        before = [
            part
            for part in company.parts
            if part.first < at
            and ((part.kind == "animal" and not part.group) or (part.kind == "person" and part.gender in {gender, ""}))
        ]
        known = [part for part in company.people() if part.gender == gender and part.beside is None]
        subordinate = at and tokens[at - 1].word in {
            "after",
            "before",
            "when",
            "while",
            "as",
            "once",
            "because",
            "that",
        }
        if not before and not known and not (subordinate and company.people()):
            company.parts.append(Part("person", gender=gender, first=at, tokens=[at]))
            if len(company.people()) == 1:
                _add_other(company, tokens, at)
        return


def _add_other(company: Company, tokens: list[Token], at: int) -> None:
    """The other one of "he's shy, she's funny", where nothing names either."""
    for later in range(at + 1, len(tokens)):
        if tokens[later].word in {"she", "he"} - {tokens[at].word}:
            gender = "female" if tokens[later].word == "she" else "male"
            company.parts.append(Part("person", gender=gender, first=later, tokens=[later]))
            for part in company.parts[-2:]:
                part.tokens = [0]  # both are there from the beginning
            return


def add_pair(company: Company, tokens: list[Token]) -> None:
    """Reads "They met in Rome": two people whom nothing else in the prompt names."""
    first = next((at for at, token in enumerate(tokens) if token.word == "they"), None)
    grown = [
        part for part in company.people() if part.relation not in {"child", "grandchild"} or part.first < (first or 0)
    ]
    if first is not None and not grown and not any(part.first < first for part in company.parts):
        for _ in range(2):
            company.parts.append(
                Part("person", "partner", relation="partner", group="they", first=first, tokens=[first])
            )


def _apposed(company: Company, tokens: list[Token], at: int) -> Part | None:
    """The unnamed part that is described right after a name: "Rusty, a golden retriever", "Rusty the dog"."""
    following = tokens[at + 1 : at + 3]
    words = [token.word for token in following]
    if words[:1] not in (["the"], [","], ["is"], ["("]) or (
        words[0] != "the" and words[1:] not in (["a"], ["an"], ["the"], ["her"], ["his"], ["my"], ["their"], ["our"])
    ):
        return None
    start = at + (1 if words[0] == "the" else 2)
    return next(
        (
            part
            for part in company.parts
            if not part.name
            and start < part.first <= start + 4
            and not any(t.mark for t in tokens[start + 1 : part.first])
        ),
        None,
    )


def _titled(company: Company, tokens: list[Token], at: int) -> Part | None:
    """Whom the words before a colon are about: "A guide dog's day: Bruno leads …"."""
    if at < 2 or tokens[at - 1].text != ":" or at > 10:
        return None
    if not _TITLE_WORDS & {token.word for token in tokens[:at]}:
        return None
    before = [part for part in company.parts if part.first < at]
    return before[0] if len(before) == 1 and not before[0].name and not before[0].group else None


def _one_of(company: Company, tokens: list[Token], at: int) -> Part | None:
    """One of a group who is named by what they are: "five guys … Matt is the groom"."""
    if [token.word for token in tokens[at + 1 : at + 3]] != ["is", "the"]:
        return None
    gender = name_genders().get(tokens[at].word, "")
    return next(
        (p for p in company.people() if p.group and not p.name and p.first < at and p.gender in {gender, ""}), None
    )


def _is_adopted(tokens: list[Token], at: int) -> bool:
    near = [token.word for token in tokens[max(0, at - 3) : at + 7]]
    return bool({"adopt", "adopted", "adopts", "adopting", "rescued"} & set(near[:3])) and "shelter" in near


def read_gender_of_named(company: Company, tokens: list[Token]) -> None:
    """The gender of people with unknown names, from the pronoun that follows."""
    for part in company.people():
        if part.gender or not part.tokens:
            continue
        others = [at for other in company.people() if other is not part for at in other.tokens]
        until = min([at for at in others if at > part.tokens[0]], default=len(tokens))
        following = [token.word for token in tokens[part.tokens[0] + 1 : min(until + 1, part.tokens[0] + 32)]]
        pronoun = next((word for word in following if word in {"her", "his", "she", "he", "their", "they"}), "")
        part.gender = {"her": "female", "she": "female", "his": "male", "he": "male"}.get(pronoun, "")


def read_shared_ages(company: Company, tokens: list[Token]) -> None:
    """Ages of people named before: "Zeynep and her best friend Lale, both 17"."""
    for at, token in enumerate(tokens[:-2]):
        if token.word == "they" and tokens[at + 1].word in {"are", "were"}:
            _read_their_age(company, tokens, at)
        follows = at + 2 if tokens[at + 1].word == "aged" else at + 1
        years = number(tokens[follows].word) if follows < len(tokens) else None
        beyond = tokens[follows + 1] if follows + 1 < len(tokens) else None
        ends = beyond is None or beyond.mark or beyond.word in {"and", "years", "year"}
        if token.word not in {"both", "all"} or not years or not ends:
            continue
        before = [part for part in company.people() if part.tokens and min(part.tokens) < at]
        for part in before[-2:] if token.word == "both" else before:
            part.age = age_group(years)


def _read_their_age(company: Company, tokens: list[Token], at: int) -> None:
    """Give "they are five now" to the last group or the last two people before it."""
    years = number(tokens[at + 2].word)
    beyond = tokens[at + 3] if at + 3 < len(tokens) else None
    ends = beyond is None or beyond.mark or beyond.word in {"now", "years", "and", "today"}
    before = [part for part in company.people() if part.tokens and min(part.tokens) < at]
    if not years or not ends or len(before) < 2:
        return
    group = [part for part in before if part.group and part.group == before[-1].group]
    for part in group or before[-2:]:
        part.age = age_group(years)


def read_peers(company: Company, tokens: list[Token]) -> None:
    """Mark names of one list, "Aisha, Ben, Chen and Divya", as people of one age unless something else is said."""
    plain = [part for part in company.people() if part.name and not part.age and not part.relation and not part.group]
    for left, right in pairwise(sorted(plain, key=lambda part: part.tokens[0])):
        between = [token.word for token in tokens[left.tokens[0] + 1 : right.tokens[0]]]
        if between in ([","], ["and"], ["&"], [",", "and"]):
            right.peers = left.peers = left.peers or left.first + 1
