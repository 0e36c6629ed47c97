"""Who is in the story: people and animals as the prompt mentions them, counted and told apart."""

import re
from dataclasses import dataclass, field
from typing import Final

from .lexicon_people import AGE_WORDS, ANIMAL_WORDS, GENDER_WORDS, PERSON_WORDS, PersonWord
from .names import find_names, name_genders
from .requests import number
from .scan import Mention, Token

MAX_GROUP: Final = 8  # people of one group that are drawn; a scene holds twelve
_DEFINITE: Final = frozenset({"the", "my", "her", "his", "their", "our", "both", "its"})
_SAME: Final = {"puppy": "dog", "kitten": "cat"}


@dataclass
class Part:
    """One person or animal of the story before it has a face. `first` is the token that mentions it first."""

    kind: str
    role: str = ""
    name: str = ""
    age: str = ""
    gender: str = ""
    relation: str = ""
    anchor: int | None = None  # index of the part that the relation is to, where the prompt says it ("Ana's mother")
    group: str = ""
    word: str = ""
    first: int = 0
    tokens: list[int] = field(default_factory=list)
    local: bool = False
    invented: bool = False


@dataclass
class Company:
    """Everybody in the story, and whom the prompt rules out."""

    parts: list[Part] = field(default_factory=list)
    no_people: bool = False
    no_animals: bool = False
    banned: set[str] = field(default_factory=set)
    narrator: bool = False
    together: bool = False
    family: tuple[int, int] | None = None  # (token, size or 0)
    notes: list[str] = field(default_factory=list)

    def people(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "person"]

    def animals(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "animal"]


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
    _add_named(company, tokens, names, used)
    _read_empty(company, text)
    words = {token.word for token in tokens}
    company.narrator = bool(words & {"i", "me", "i'm", "i've", "myself", "i'd"})
    company.narrator |= bool(re.search(r"\bwith my\b|\b(teach|teaches|taught|show|shows) me\b", text, re.I))
    company.together = bool(words & {"we", "us", "our", "ours", "we'd", "we're", "we've", "ourselves"})
    _read_gender_of_named(company, tokens)
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


def _add_people(company: Company, tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> None:
    key = mention.sense("person").key  # type: ignore[union-attr]
    word = PERSON_WORDS[key]
    before = _modifiers(tokens, mention.start)
    count, age = _count(before), _age(before, tokens, mention)
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
    following_names = _names_after(tokens, mention, names, used)
    total = _group_size(word, count, len(following_names))
    if total > MAX_GROUP:
        company.notes.append(f"Shows {MAX_GROUP} of the {total} {key}.")
        total = MAX_GROUP
    age = _group_age(age, word)
    for index in range(total):
        name = following_names[index] if index < len(following_names) else None
        part = Part(
            "person",
            word.role,
            tokens[name].text if name is not None else "",
            age,
            gender,
            word.relation,
            None,
            key if total > 1 else "",
            key,
            mention.start,
            [mention.start],
        )
        _tell_apart(part, key, index, gender)
        part.name = part.name.removesuffix("'s")
        company.parts.append(part)
    used.update(following_names)
    _take_owner(company, tokens, mention, names)


def _note_family(company: Company, tokens: list[Token], mention: Mention, before: list[str]) -> None:
    following = [token.word for token in tokens[mention.end : mention.end + 2]]
    size = number(following[1]) or 0 if following[:1] == ["of"] and len(following) > 1 else 0
    if company.family is None:
        company.family = (mention.start, min(size or _years(before) or 0, MAX_GROUP))


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


def _modifiers(tokens: list[Token], start: int) -> list[str]:
    words: list[str] = []
    for token in reversed(tokens[max(0, start - 6) : start]):
        if token.mark or token.word in {"and", "with", "of", "by", "to", "then"}:
            break
        words.append(token.word)
    return words[::-1]


def _count(before: list[str]) -> int:
    if "year" in before or "years" in before:
        before = before[: max(0, before.index("year" if "year" in before else "years") - 1)]
    if before[-2:] == ["couple", "of"] or "couple" in before:
        return 2
    return next((number(word) or 0 for word in reversed(before) if number(word) and word not in {"single"}), 0)


def _age(before: list[str], tokens: list[Token], mention: Mention) -> str:
    years = _years(before)
    following = [token.word for token in tokens[mention.end : mention.end + 3]]
    if not years and following[:1] == ["aged"] and len(following) > 1:
        years = number(following[1])
    if years:
        return age_group(years)
    joined = " ".join(before)
    if "middle aged" in joined:
        return "adult"
    return next((AGE_WORDS[word] for word in reversed(before) if word in AGE_WORDS), "")


def _years(before: list[str]) -> int:
    for at, word in enumerate(before):
        if word in {"year", "years"} and at:
            return number(before[at - 1]) or 0
    return 0


def age_group(years: int) -> str:
    """The age group that a number of years belongs to."""
    limits = ((3, "baby"), (13, "child"), (20, "teen"), (33, "young_adult"), (62, "adult"))
    return next((name for limit, name in limits if years < limit), "senior")


def _group_age(age: str, word: PersonWord) -> str:
    """A "little boy" is a child whatever else is said; "young" and "old" mean little before one."""
    if not age or (word.age in {"child", "baby"} and age in {"young_adult", "senior"}):
        return word.age or age
    return (
        age if not (word.relation == "friend" and age == "senior" and word.age == "") or age == "senior" else word.age
    )


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


def _names_after(tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> list[int]:
    """Names in apposition: "her dog Rusty", "two kids named Leo and Mia", "three friends, Ana, Bo and Cy,"."""
    found: list[int] = []
    at = mention.end
    single = (
        mention.sense("animal") is None and PERSON_WORDS[mention.sense("person").key].count == 1
        if mention.sense("person")
        else not any(s.plural for s in mention.senses)
    )
    while at < len(tokens) and at - mention.end < 14:
        word = tokens[at].word
        if at in names and at not in used:
            found.append(at)
            if single or tokens[at].possessive:
                break
        elif word in {"named", "called", "name", "is"} or (word in {",", "and", "&", "(", ":"} and not single):
            pass
        elif not (
            word in {",", "("}
            and single
            and not found
            and at + 2 < len(tokens)
            and at + 1 in names
            and tokens[at + 2].text in {",", ")", "."}
        ):
            break
        at += 1
    return found


def _add_animals(company: Company, tokens: list[Token], mention: Mention, names: list[int], used: set[int]) -> None:
    sense = mention.sense("animal")
    if sense is None:
        return
    animal = ANIMAL_WORDS[sense.key]
    before = _modifiers(tokens, mention.start)
    count = _count(before)
    known = [
        part
        for part in company.animals()
        if ANIMAL_WORDS[part.word].species == animal.species and (animal.species != "other" or part.word == sense.key)
    ]
    if known and not (set(before) & {"a", "an", "another"}) and count in {0, 1, len(known)}:
        for part in known:
            part.tokens.append(mention.start)
        return
    following = _names_after(tokens, mention, names, used)
    total = min(count or (max(2, len(following)) if sense.plural else 1), MAX_GROUP)
    for index in range(total):
        name = tokens[following[index]].text.removesuffix("'s") if index < len(following) else ""
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


def _add_named(company: Company, tokens: list[Token], names: list[int], used: set[int]) -> None:
    """Names that stand alone are people, unless a later apposition makes them an animal ("Rusty the dog")."""
    by_name = {part.name: part for part in company.parts if part.name}
    for at in names:
        name = tokens[at].text.removesuffix("'s")
        if at in used or name in by_name:
            if name in by_name:
                by_name[name].tokens.append(at)
            continue
        part = _apposed(company, tokens, at)
        if part is None:
            part = Part("person", gender=name_genders().get(name.lower(), ""), first=at)
            company.parts.append(part)
        part.name, part.first = name, min(part.first, at)
        part.tokens.append(at)
        part.age = part.age or _age_behind_name(tokens, at)
        by_name[name] = part


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


def _age_behind_name(tokens: list[Token], at: int) -> str:
    following = [token.word for token in tokens[at + 1 : at + 4]]
    if following[:1] in (["("], [","]) and len(following) > 2 and following[1].isdecimal():
        return age_group(int(following[1]))
    words = _modifiers(tokens, at)
    if _years(words):
        return age_group(_years(words))
    later = re.sub(r"(st|nd|rd|th)$", "", following[0]) if following else ""
    if later.isdecimal() and tokens[at].possessive:
        return age_group(int(later))
    if following[:1] in (["turns"], ["turning"]) and len(following) > 1:
        return age_group(number(following[1]) or 30)
    return next((AGE_WORDS[word] for word in reversed(words[-1:]) if word in AGE_WORDS), "")


def _read_gender_of_named(company: Company, tokens: list[Token]) -> None:
    for part in company.people():
        if part.gender or not part.tokens:
            continue
        following = [token.word for token in tokens[part.tokens[0] + 1 : part.tokens[0] + 8]]
        pronoun = next((word for word in following if word in {"her", "his", "she", "he", "their", "they"}), "")
        part.gender = {"her": "female", "she": "female", "his": "male", "he": "male"}.get(pronoun, "")
