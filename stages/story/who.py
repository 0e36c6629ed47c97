"""Who is in the story: people and animals as the prompt mentions them, counted and told apart."""

import re
from typing import Final

from .company import Company, Part
from .lexicon_people import ANIMAL_WORDS, GENDER_WORDS, PERSON_WORDS, PersonWord
from .names import find_names, name_genders
from .requests import number
from .scan import Mention, Token
from .who_named import add_named, add_pair, add_pronoun_lead, read_gender_of_named
from .who_words import age_behind_name, age_of, as_name, count_of, group_age, modifiers, names_after, years_in

__all__ = ["Company", "Part", "read_company"]

MAX_GROUP: Final = 8  # people of one group that are drawn; a scene holds twelve
_DEFINITE: Final = frozenset({"the", "my", "her", "his", "their", "our", "both", "its"})
_SAME: Final = {"puppy": "dog", "kitten": "cat"}


def read_company(
    text: str, tokens: list[Token], mentions: list[Mention], places: list[tuple[int, int, str]]
) -> Company:
    """People and animals that the prompt mentions, in the order of their first mention."""
    company = Company()
    names = find_names(tokens, mentions, places)
    used: set[int] = set()
    for mention in mentions:
        if mention.negated:
            _ban(company, mention)
        elif mention.phrase.startswith("grandma house"):
            company.parts.append(
                Part(
                    "person",
                    "grandmother",
                    "",
                    "senior",
                    "female",
                    "grandparent",
                    word="grandmother",
                    first=mention.start,
                    tokens=[mention.start],
                )
            )
        elif not any(at in names for at in range(mention.start, mention.end)):
            if mention.sense("person"):
                _add_people(company, tokens, mention, names, used)
            elif mention.sense("animal"):
                _add_animals(company, tokens, mention, names, used)
    add_named(company, tokens, names, used)
    _read_empty(company, text)
    words = {token.word for token in tokens}
    add_pronoun_lead(company, tokens)
    if not company.no_people and not words & {"i", "we", "my", "our"}:
        add_pair(company, tokens)
    company.narrator = bool(words & {"i", "me", "i'm", "i've", "myself", "i'd"})
    company.narrator |= bool(re.search(r"\bwith my\b|\b(teach|teaches|taught|show|shows) me\b", text, re.I))
    company.together = bool(words & {"we", "us", "our", "ours", "we'd", "we're", "we've", "ourselves"})
    read_gender_of_named(company, tokens)
    company.parts.sort(key=lambda part: part.first)
    return company


def _ban(company: Company, mention: Mention) -> None:
    animal, person, nobody = mention.sense("animal"), mention.sense("person"), mention.sense("nobody")
    if animal:
        company.banned.add(ANIMAL_WORDS[animal.key].species)
    if person:
        word = PERSON_WORDS[person.key]
        company.no_people |= person.key in {"people", "person", "persons"}
        company.banned.add(word.age if word.age in {"child", "baby", "teen"} else person.key)
    if nobody:
        company.no_people |= nobody.key in {"humans", "anyone", "anybody", "crowds"} and nobody.key != "crowds"
        company.no_animals |= nobody.key in {"animals", "pets", "animal", "pet"}


def _read_empty(company: Company, text: str) -> None:
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


def _add_people(company: Company, tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> None:
    key = mention.sense("person").key  # type: ignore[union-attr]
    word = PERSON_WORDS[key]
    before = modifiers(tokens, mention.start)
    count, age = count_of(before), age_of(before, tokens, mention)
    gender = next((GENDER_WORDS[token] for token in before if token in GENDER_WORDS), "") or word.gender
    if word.role == "family":
        _note_family(company, tokens, mention, before)
        return
    if word.relation == "" and key in {"people", "persons"} and not count:
        return
    if _is_return(company, key, word, before, count):
        for part in _matching(company, key, word):
            part.tokens.append(mention.start)
        return
    following_names = names_after(tokens, mention, names, used)
    total = _group_size(word, count, len(following_names))
    if total > MAX_GROUP:
        company.notes.append(f"Shows {MAX_GROUP} of the {total} {key}.")
        total = MAX_GROUP
    age = group_age(age, word)
    beside = _antecedent(company, before)
    own_child = word.role in {"child", "girl", "boy"} and bool(set(before) & {"my", "our", "their", "her", "his"})
    for index in range(total):
        name = following_names[index] if index < len(following_names) else None
        part = Part(
            "person",
            word.role,
            tokens[name].text if name is not None else "",
            age,
            gender,
            "child" if own_child else word.relation,
            None,
            key if total > 1 else "",
            key,
            mention.start,
            [mention.start],
        )
        _tell_apart(part, key, index, gender)
        part.name = as_name(part.name)
        part.age = (age_behind_name(tokens, name) if name is not None else "") or part.age
        part.gender = part.gender or name_genders().get(part.name.lower(), "")
        part.beside = beside
        company.parts.append(part)
    used.update(following_names)
    _take_owner(company, tokens, mention, names)


def _antecedent(company: Company, before: list[str]) -> Part | None:
    own = next((word for word in reversed(before) if word in {"his", "her", "their"}), "")
    gender = {"his": "male", "her": "female"}.get(own, "")
    people = [part for part in company.people() if part.gender in {gender, "", "unspecified"} or not gender]
    return people[-1] if own and people else None


def _note_family(company: Company, tokens: list[Token], mention: Mention, before: list[str]) -> None:
    following = [token.word for token in tokens[mention.end : mention.end + 2]]
    size = number(following[1]) or 0 if following[:1] == ["of"] and len(following) > 1 else 0
    if company.family is None:
        company.family = (mention.start, min(size or years_in(before) or 0, MAX_GROUP))


def _group_size(word: PersonWord, count: int, named: int) -> int:
    """How many people a noun means here: as counted, as named, else a pair or three."""
    if word.count == 2 and word.role in {"partner", "spouse", "parent", "grandparent", "twin"}:
        return 2 * (count if count > 1 and word.role == "partner" else 1)
    unsaid = 2 if word.role in {"brother", "sister", "sibling", "parent", "mother", "father"} else 3
    return count or word.count or (named if named > 1 else unsaid)


def _tell_apart(part: Part, key: str, index: int, gender: str) -> None:
    """Parents, grandparents and wedding couples are one of each, unless the prompt says otherwise."""
    if part.role == "parent" and key in {"parents", "mom and dad", "mum and dad"}:
        part.gender = ("female", "male")[index % 2]
        part.role = ("mother", "father")[index % 2]
    if part.role == "grandparent" and not gender:
        part.gender, part.role = (("female", "grandmother"), ("male", "grandfather"))[index % 2]
    if key == "bride and groom":
        part.gender, part.role = (("female", "bride"), ("male", "groom"))[index % 2]


def _take_owner(company: Company, tokens: list[Token], mention: Mention, names: list[int]) -> None:
    """Remember whose relative it is: "Ana's mother"."""
    for at in range(mention.start - 1, max(-1, mention.start - 4), -1):
        if at in names and tokens[at].possessive:
            company.parts[-1].anchor = at


def _matching(company: Company, key: str, word: PersonWord) -> list[Part]:
    people = company.people()
    same = [part for part in people if part.word == key or (part.role and part.role == word.role)]
    if same or word.relation in {"partner", "spouse"}:
        return same or [part for part in people if part.relation in {"partner", "spouse"}]
    if word.age == "child":
        return [part for part in people if part.age in {"child", "baby"} and word.gender in {"", part.gender}]
    if key in {"people", "persons", "friends"}:
        return people
    return [part for part in people if word.age and part.age == word.age and word.gender and part.gender == word.gender]


def _is_return(company: Company, key: str, word: PersonWord, before: list[str], count: int) -> bool:
    known = _matching(company, key, word)
    if not known or (count and count not in {1, len(known)}):
        return False
    if "another" in before or "other" in before or "second" in before or (set(before) & {"a", "an"}):
        return False
    return bool(set(before) & _DEFINITE) or (not count and bool(word.count != 1))


def _add_animals(company: Company, tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> None:
    sense = mention.sense("animal")
    if sense is None:
        return
    animal = ANIMAL_WORDS[sense.key]
    before = modifiers(tokens, mention.start)
    count = count_of(before)
    known = [
        part
        for part in company.animals()
        if ANIMAL_WORDS[part.word].species == animal.species and (animal.species != "other" or part.word == sense.key)
    ]
    if known and not (set(before) & {"a", "an", "another"}) and count in {0, 1, len(known)}:
        for part in known:
            part.tokens.append(mention.start)
        return
    following = names_after(tokens, mention, names, used)
    total = min(count or (max(2, len(following)) if sense.plural else 1), MAX_GROUP)
    for index in range(total):
        name = as_name(tokens[following[index]].text) if index < len(following) else ""
        company.parts.append(
            Part(
                "animal",
                animal.breed or sense.key,
                name,
                word=sense.key,
                first=mention.start,
                tokens=[mention.start],
                group=sense.key if total > 1 else "",
            )
        )
    used.update(following)
    colors = [
        word
        for word in before
        if word
        in {"black", "white", "brown", "golden", "gray", "grey", "ginger", "orange", "cream", "red", "green", "blue"}
    ]
    if colors:
        company.parts[-1].group = company.parts[-1].group or "color:" + colors[0].replace("grey", "gray").replace(
            "orange", "ginger"
        )
