"""Who is in the story: people and animals as the prompt mentions them, counted and told apart."""

import re
from dataclasses import replace
from typing import Final

from .birthdays import read_birthdays, read_said_ages
from .company import Company, Part
from .lexicon_people import ANIMAL_WORDS, GENDER_WORDS, PERSON_WORDS, PersonWord
from .names import find_names, name_genders
from .referring import (
    read_descriptions,
    read_friends,
    read_generations,
    read_lists,
    read_named_groups,
    read_offspring,
    read_restated,
)
from .requests import number
from .scan import Mention, Token
from .who_else import count_all, is_mine, read_empty, read_who_else
from .who_known import is_away, is_return, matching, modifies, only_owns
from .who_named import (
    add_named,
    add_pair,
    add_pronoun_lead,
    call,
    read_gender_of_named,
    read_peers,
    read_shared_ages,
)
from .who_words import (
    age_behind_name,
    age_group,
    age_of,
    ages_behind,
    as_name,
    count_of,
    group_age,
    modifiers,
    names_after,
    years_in,
)

__all__ = ["Company", "Part", "read_company"]

MAX_GROUP: Final = 8  # people of one group that are drawn; a scene holds twelve
_MY_PARTNER: Final = re.compile(r"\bmy (?:husband|wife|boyfriend|girlfriend|partner|fiancée?|bf|gf|hubby)\b", re.I)
_CROWDS: Final = frozenset(  # passers-by unless they are counted
    ("people", "persons", "customers", "patients", "spectators", "fans", "passengers")
)
_BEARS: Final = frozenset(("have", "has", "had", "having", "expecting", "welcome", "welcomed", "got", "newborn"))


def read_company(
    text: str, tokens: list[Token], mentions: list[Mention], places: list[tuple[int, int, str]]
) -> Company:
    """People and animals that the prompt mentions, in the order of their first mention."""
    company = Company()
    names = find_names(tokens, mentions, places)
    used: set[int] = set()
    for mention in mentions:
        if mention.negated:
            _ban(company, mention, tokens)
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
    read_friends(company, tokens)
    read_lists(company, tokens, mentions)
    read_named_groups(company, tokens)
    read_restated(company, tokens)
    read_generations(company, tokens)
    read_descriptions(company, tokens)
    read_offspring(company)
    read_empty(company, text)
    words = {token.word for token in tokens}
    add_pronoun_lead(company, tokens)
    if not company.no_people and not words & {"i", "we", "my", "our"}:
        add_pair(company, tokens)
    company.narrator = bool(words & {"i", "me", "i'm", "i've", "myself", "i'd"})
    company.narrator |= bool(re.search(r"\bwith my\b|\b(teach|teaches|taught|show|shows) me\b", text, re.I))
    company.narrator |= bool(_MY_PARTNER.search(text)) and not company.no_people
    company.narrator |= "my" in words and not company.people() and not company.no_people
    company.narrator |= is_mine(company, tokens)
    company.together = bool(words & {"we", "us", "our", "ours", "we'd", "we're", "we've", "ourselves"})
    read_gender_of_named(company, tokens)
    read_birthdays(company, tokens)
    read_said_ages(company, tokens)
    read_shared_ages(company, tokens)
    read_peers(company, tokens)
    company.parts.sort(key=lambda part: part.first)
    count_all(company, tokens)
    read_who_else(company, tokens, text)
    return company


def _ban(company: Company, mention: Mention, tokens: list[Token]) -> None:
    if mention.start and tokens[mention.start - 1].word == "other":
        return  # "no other animals"
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


def _add_people(company: Company, tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> None:
    key = mention.sense("person").key  # type: ignore[union-attr]
    word = PERSON_WORDS[key]
    before = modifiers(tokens, mention.start)
    count = count_of(before)
    if word.role == "family" and not _is_animals(tokens, mention):
        _note_family(company, tokens, mention, before)
        return
    if _brings_nobody(company, tokens, mention, before):
        return
    if is_return(company, key, word, before, count):
        _meet_again(company, tokens, mention, names, used)
        return
    if key in {"twins", "triplets"} and mention.start and tokens[mention.start - 1].word in _BEARS:
        word = replace(word, relation="child", age=word.age or "baby")
    following_names = names_after(tokens, mention, names, used)
    total = _group_size(word, _said_count(tokens, mention, word, count), len(following_names))
    if total > MAX_GROUP:
        company.notes.append(f"Shows {MAX_GROUP} of the {total} {key}.")
        total = MAX_GROUP
    if _is_offspring(tokens, mention, before) or (
        word.role in {"child", "girl", "boy"} and set(before) & {"my", "our", "their", "her", "his"}
    ):
        word = replace(word, relation="child")
    first = Part(
        "person",
        word.role,
        age=_said_age(tokens, mention, word, before),
        gender=next((GENDER_WORDS[token] for token in before if token in GENDER_WORDS), "") or word.gender,
        relation=word.relation,
        group=key if total > 1 else "",
        word=key,
        first=mention.start,
        beside=_antecedent(company, before),
    )
    _add_group(company, tokens, mention, first, following_names, total)
    _add_children_of(company, tokens, mention, word)
    used.update(following_names)
    _take_owner(company, tokens, mention, names)


def _add_group(
    company: Company, tokens: list[Token], mention: Mention, first: Part, following: list[int], total: int
) -> None:
    """Add as many people like `first` as there are, with the names and ages that follow the noun."""
    ages = ages_behind(tokens, mention.end)
    group = []
    for index in range(total):
        part = replace(first, tokens=[mention.start])
        _tell_apart(part, part.word, index, part.gender)
        if index < len(following):
            name = following[index]
            part.name = as_name(tokens[name].text)
            part.age = age_behind_name(tokens, name) or part.age
            part.gender = part.gender or name_genders().get(part.name.lower(), "")
            call(part, tokens, name)
        if ages and len(ages) in {1, total}:
            part.age = ages[index % len(ages)]
        group.append(part)
    if first.word in {"twins", "triplets"} and group[-1].age:
        for part in group:
            part.age = group[-1].age  # "the triplets Ada, Ida and Uma (7)"
    company.parts += group


def _is_animals(tokens: list[Token], mention: Mention) -> bool:
    """Whether a word of kin stands behind an animal and means it: "a polar bear mother"."""
    before = tokens[mention.start - 1].word if mention.start else ""
    near = " ".join(token.word for token in tokens[max(0, mention.start - 2) : mention.start])
    word = PERSON_WORDS[mention.sense("person").key]  # type: ignore[union-attr]
    kin = word.relation in {"parent", "child", "partner"} or word.role == "family"
    return kin and (before in ANIMAL_WORDS or near in ANIMAL_WORDS)


def _add_children_of(company: Company, tokens: list[Token], mention: Mention, word: PersonWord) -> None:
    """The children of "a mother of two"."""
    following = [token.word for token in tokens[mention.end : mention.end + 3]]
    count = number(following[1]) or 0 if following[:1] == ["of"] and len(following) > 1 else 0
    noun = following[2] if len(following) > 2 else ""
    if word.relation != "parent" or not 1 < count <= MAX_GROUP or noun in PERSON_WORDS or noun in {"young", "little"}:
        return
    for _ in range(count):
        at = mention.start
        company.parts.append(
            Part("person", "child", "", "child", "", "child", group="of", word="child", first=at, tokens=[at])
        )


def _brings_nobody(company: Company, tokens: list[Token], mention: Mention, before: list[str]) -> bool:
    """Whether a noun counts a family, describes another noun, or speaks of somebody who is not there."""
    key = mention.sense("person").key  # type: ignore[union-attr]
    word, count = PERSON_WORDS[key], count_of(before)
    if key in {"people", "persons"} and company.family and 0 < mention.start - company.family[0] < 5:
        company.family = (company.family[0], min(count, MAX_GROUP))  # "the whole family, 14 people"
        return True
    if _is_animals(tokens, mention) or (key in _CROWDS and not count):
        return True
    if modifies(tokens, mention) or only_owns(tokens, mention, word):
        return True
    return word.count == 1 and not matching(company, key, word) and is_away(tokens, mention)


def _meet_again(company: Company, tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> None:
    """Note that somebody known is mentioned, with the name that they may get only now."""
    key = mention.sense("person").key  # type: ignore[union-attr]
    again = matching(company, key, PERSON_WORDS[key])
    for part in again:
        part.tokens.append(mention.start)
        part.age = "baby" if PERSON_WORDS[key].age == "baby" and len(again) == 1 else part.age
    behind = names_after(tokens, mention, names, used) if len(again) == 1 and not again[0].name else []
    if behind:
        again[0].name = as_name(tokens[behind[0]].text)
        call(again[0], tokens, behind[0])
        again[0].tokens.append(behind[0])
        used.update(behind[:1])


def _said_age(tokens: list[Token], mention: Mention, word: PersonWord, before: list[str]) -> str:
    """The age group of a noun with the words before it."""
    if mention.phrase in {"year old", "year olds"}:
        return age_group((number(tokens[mention.start - 1].word) or 7) if mention.start else 7)
    age = age_of(before, tokens, mention)
    if "old" in before and word.relation in {"friend", "colleague"}:
        age = ""  # "old friends" have known each other for long
    earlier = PERSON_WORDS.get(tokens[mention.start - 1].word) if mention.start and before else None
    if not age and earlier and earlier.age and (earlier.age != "adult" or not word.age):
        age = earlier.age  # "toddler twins", "her painter friend"
    return group_age(age, word)


def _said_count(tokens: list[Token], mention: Mention, word: PersonWord, count: int) -> int:
    """The number of a noun: before it, or behind it as in "a crew of four"; a singular noun is one."""
    if mention.phrase == "year olds":
        return number(tokens[mention.start - 2].word) or 0 if mention.start > 1 else 0
    born_together = {"twin": 2, "triplet": 3}.get(tokens[mention.start - 1].word, 0) if mention.start else 0
    if born_together and word.count == 0:
        return born_together
    behind = [token.word for token in tokens[mention.end : mention.end + 2]]
    beyond = tokens[mention.end + 2] if mention.end + 2 < len(tokens) else None
    closes = beyond is None or beyond.mark or beyond.word in {"on", "in", "at", "with", "from", "and", "who"}
    if behind[:1] == ["of"] and len(behind) > 1 and count <= 1 and word.count == 0 and closes:
        return number(behind[1]) or 0
    return min(count, 1) if word.count == 1 else count


def _is_offspring(tokens: list[Token], mention: Mention, before: list[str]) -> bool:
    """Whether children are somebody's by "of": "a mother of two girls"."""
    at = mention.start - len(before) - 1
    if at < 1 or tokens[at].word != "of":
        return False
    parent = PERSON_WORDS.get(tokens[at - 1].word)
    return parent is not None and (parent.relation in {"parent", "partner"} or parent.role == "family")


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


def _in_header(tokens: list[Token], known: list[Part], mention: Mention) -> bool:
    """Whether the known ones stand in a title before a colon: "The fox and the crow: a fox …"."""
    colon = next((at for at, token in enumerate(tokens) if token.text == ":"), 0)
    return bool(known) and 0 < colon <= 8 and mention.start > colon and all(part.first < colon for part in known)


def _becomes(tokens: list[Token], mention: Mention, before: list[str]) -> bool:
    """Whether an animal is what a known one has become: "she had grown into a huge cat"."""
    at = mention.start - len(before) - 1
    near = [token.word for token in tokens[max(0, at - 1) : mention.start]]
    return bool({"into", "become", "becomes", "became"} & set(near)) or (
        len(near) > 1 and near[1] in {"a", "an"} and near[0] in {"is", "was"}
    )


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
    titled = _in_header(tokens, known, mention) or _becomes(tokens, mention, before)
    if titled and known[0].group and known[0].word != sense.key and not known[0].name:
        company.parts[:] = [part for part in company.parts if all(part is not old for old in known)]
        known = []  # "Dogs only: a corgi, a pug …"
    again = not set(before) & {"a", "an", "another"} or titled
    if known and again and count in {0, 1, len(known)}:
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
