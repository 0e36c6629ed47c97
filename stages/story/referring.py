"""Words that speak again of somebody who is already in the story: pronouns, descriptions, lists in apposition."""

from typing import Final

from .company import Company, Part
from .lexicon_people import AGE_WORDS, NUMBERS, PERSON_WORDS
from .requests import number
from .scan import Mention, Token
from .who_words import age_group

_PRONOUNS: Final = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_SAYS_WHAT: Final = frozenset(
    ("as", "is", "was", "be", "being", "become", "becomes", "became", "like", "i'm", "am", "he's", "she's", "into")
)
_DETERMINERS: Final = frozenset(("a", "an", "the", "my", "our", "his", "her", "their"))
_OPENS_LIST: Final = frozenset(":-–—(")
_SUBJECT_AFTER: Final = frozenset(
    (
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        "\n",
        "-",
        "–",
        "—",
        "then",
        "and",
        "later",
        "when",
        "while",
        "before",
        "after",
        "but",
    )
)
_ELDERS: Final = frozenset(("parent", "grandparent"))
_AS_NAMES: Final = frozenset(
    (
        "mom",
        "mum",
        "dad",
        "mama",
        "papa",
        "mommy",
        "daddy",
        "mummy",
        "grandma",
        "grandpa",
        "granny",
        "nana",
        "oma",
        "opa",
    )
)
_COMPANY_WORDS: Final = frozenset(
    ("and", ",", "&", "best", "old", "good", "dear", "own", "new", "favorite", "favourite")
)


def antecedent(company: Company, tokens: list[Token], at: int, *, years: int = 0) -> Part | None:
    """Whom the pronoun at a token means: the last one mentioned before it whose gender, and age if given, agree.

    Args:
        company: as read so far.
        tokens: of the prompt.
        at: index of the pronoun.
        years: how old they are, 0 if unsaid: nobody's grandmother turns seven.
    """
    gender = _PRONOUNS.get(tokens[at].word, "")
    best, last = None, -1
    for part in company.parts:
        if part.kind == "animal" and (not gender or not part.name) and tokens[at].word != "its":
            continue
        agrees = not gender or part.gender in {gender, "", "unspecified"}
        fits = not years or not part.age or part.age == age_group(years) or _loose(part, years)
        before = [token for token in part.tokens if token < at]
        if agrees and fits and before and not (part.group and part.kind == "person" and not part.name):
            sure = max(before) + (3 if part.gender == gender else 0)  # a known gender outweighs a few words
            if sure > last:
                best, last = part, sure
    return best


def _loose(part: Part, years: int) -> bool:
    """A "son" or "girl" may be of any age; a grandmother may not."""
    return part.relation in {"child", "parent", "spouse", "partner"} and years >= 13 and part.age != "baby"


def read_friends(company: Company, tokens: list[Token]) -> None:
    """Remember whose friend "her friend" is where only a name before it says so: "Anna and her friend Luis"."""
    for part in company.people():
        if part.relation != "friend" or part.beside is not None:
            continue
        for at in range(part.first - 1, max(-1, part.first - 5), -1):
            if tokens[at].word in {"his", "her"}:
                part.beside = antecedent(company, tokens, at)
                break
            if tokens[at].mark or tokens[at].word in {"and", "with"}:
                break


def read_descriptions(company: Company, tokens: list[Token]) -> None:
    """Drop people who only say what somebody is: "Tom's last day as a lighthouse keeper", "Ana is a nurse"."""
    for part in list(company.people()):
        apposed = _is_apposed(company, tokens, part)
        if part.name or part.group or part.first < 0 or not (apposed or _says_what(tokens, part.first)):
            continue
        before = [
            other
            for other in company.people()
            if other is not part and not other.group and other.tokens and min(other.tokens) < part.first
        ]
        words = {token.word for token in tokens[: part.first]}
        if not before and not words & {"i", "i'm", "my", "me"}:
            continue
        company.parts.remove(part)
        if before:
            known = before[-1]
            known.role = known.role or part.role or part.word
            known.age = known.age or part.age
            known.gender = known.gender or part.gender
            known.tokens += part.tokens
        else:
            company.narrator = True


def _is_apposed(company: Company, tokens: list[Token], part: Part) -> bool:
    """Whether an indefinite noun follows a name and a comma: "Sister Agnes, a nun"."""
    at = part.first - 1
    while at > 0 and part.first - at < 4 and tokens[at].word not in {"a", "an"}:
        at -= 1
    named = {token for other in company.people() if other.name for token in other.tokens} | {
        token + 1 for other in company.people() if other.name for token in other.tokens
    }
    closes = any(token.mark for token in tokens[part.first : part.first + 6])
    for other in company.people():  # "its owner, an old lady,"
        start = other.tokens[0] if other.tokens and not other.group and other is not part else 0
        if start and tokens[start - 1].word in {"the", "its", "his", "her", "their", "my", "our"}:
            named.add(start)
    return at > 1 and tokens[at].word in {"a", "an"} and tokens[at - 1].text == "," and at - 2 in named and closes


def _says_what(tokens: list[Token], first: int) -> bool:
    at = first - 1
    while at >= 0 and not tokens[at].mark and first - at < 5 and tokens[at].word not in _SAYS_WHAT:
        at -= 1
    if at < 0 or tokens[at].word not in _SAYS_WHAT:
        return False
    between = [token.word for token in tokens[at + 1 : first]]
    named = tokens[at].word in {"is", "was", "be"} and (at == 0 or tokens[at - 1].word in {"there", "it", "here"})
    owned = tokens[at].word in {"is", "was", "becomes"} and between[:1] in (["my"], ["our"], ["his"], ["her"])
    called = at > 0 and tokens[at - 1].text[0].isupper() and tokens[at].word in {"is", "was"}
    described = not between or between[0] in {"a", "an"} or tokens[at].word == "as"
    return not named and (described or owned or (called and between[0] == "the"))


def read_lists(company: Company, tokens: list[Token], mentions: list[Mention]) -> None:
    """Drop groups whose members are listed after them: "three women – grandmother, mother and daughter –"."""
    ends = {mention.start: mention.end for mention in mentions}
    for first in sorted({part.first for part in company.people() if part.group}):
        group = [part for part in company.people() if part.first == first]
        if any(part.name for part in group) or first not in ends:
            continue
        at = ends[first]
        mark = tokens[at].text if at < len(tokens) else ""
        if mark not in _OPENS_LIST and mark != ",":
            continue
        listed = _listed(company, tokens, at + 1, ends)
        counted = any(number(token.word) for token in tokens[max(0, first - 3) : first])
        fits = len(listed) == len(group) or (not counted and mark != "," and len(listed) >= 2)
        if fits and all(_agree(group[0], part, loose=mark != ",") for part in listed):
            company.parts[:] = [part for part in company.parts if not any(part is old for old in group)]
            for part in listed:
                part.relation = group[0].relation if part.relation in {"", "friend"} else part.relation
                part.age, part.gender = part.age or group[0].age, part.gender or group[0].gender
                part.group = part.group or group[0].group


def _listed(company: Company, tokens: list[Token], at: int, ends: dict[int, int]) -> list[Part]:
    """The people of an unbroken list that starts at a token."""
    listed: list[Part] = []
    while at < len(tokens):
        here = [part for part in company.people() if part.first == at and part not in listed]
        here += [part for part in company.people() if part.name and at in part.tokens and part not in [*listed, *here]]
        word = tokens[at].word
        if here:
            listed += here
            at = max(at + 1, ends.get(at, at + 1))
        elif word in _COMPANY_WORDS or word in _DETERMINERS or word in NUMBERS or word in AGE_WORDS or word.isdecimal():
            at += 1
        else:
            break
    return listed


def _agree(group: Part, part: Part, *, loose: bool) -> bool:
    gender = not group.gender or part.gender in {group.gender, ""}
    if loose:
        return gender
    age = not group.age or part.age in {group.age, ""} or group.word in {"women", "men", "ladies"}
    return gender and age and part.relation in {"", "friend", group.relation}


def read_restated(company: Company, tokens: list[Token]) -> None:
    """Drop groups that are two or more people named before: "Ana and Bo … the siblings", "Ana and Mia are sisters"."""
    for first in sorted({part.first for part in company.people() if part.group}):
        group = [part for part in company.people() if part.first == first]
        known = [
            part
            for part in company.people()
            if part.name
            and not part.group
            and part.tokens
            and min(part.tokens) < first
            and _agree(group[0], part, loose=True)
        ]
        if len(known) < 2 or any(part.name for part in group) or not _restates(tokens, first, group[0].word):
            continue
        known = known[-2:] if group[0].relation in {"partner", "spouse"} or len(group) == 2 else known
        company.parts[:] = [part for part in company.parts if not any(part is old for old in group)]
        for part in known:
            part.relation, part.age = part.relation or group[0].relation, part.age or group[0].age
            part.gender, part.group = part.gender or group[0].gender, part.group or group[0].group
            part.role = part.role or group[0].role
            part.tokens += group[0].tokens


def _restates(tokens: list[Token], first: int, key: str) -> bool:
    at = first - 1
    words: list[str] = []
    while (
        at >= 0
        and not tokens[at].mark
        and len(words) < 4
        and tokens[at].word not in {"are", "were", "become", "became"}
    ):
        words.insert(0, tokens[at].word)
        if tokens[at].word == "the":
            at -= 1
            break
        at -= 1
    if at >= 0 and tokens[at].word in {"are", "were", "become", "became"}:
        return True
    word = PERSON_WORDS[key]
    peers = word.relation in {"sibling", "partner", "spouse", "friend"} and key not in {"kids", "children", "people"}
    if words[:1] == ["the"]:
        return peers and (at < 0 or tokens[at].text in _SUBJECT_AFTER or tokens[at].word in _SUBJECT_AFTER)
    apposed = at > 0 and tokens[at].text == "," and tokens[at - 1].text[0].isupper()
    closes = any(token.text in {",", ")"} for token in tokens[first : first + 6])
    return peers and apposed and closes and bool(words or key not in {"friends"})


def read_generations(company: Company, tokens: list[Token]) -> None:
    """Read "three generations of women" as a grandmother, her daughter and granddaughter, where nobody lists them."""
    for at, token in enumerate(tokens):
        count = number(tokens[at - 1].word) if at else None
        if token.word not in {"generations", "generation"} or not count or not 2 <= count <= 4:
            continue
        following = next((part for part in company.people() if at < part.first <= at + 4 and part.group), None)
        if {part.relation for part in company.people()} & {"grandparent", "grandchild"}:
            if (
                following and not following.name and PERSON_WORDS[following.word].count == 0
            ):  # "three generations of fishermen: grandpa Nils, his son …"
                company.parts[:] = [part for part in company.parts if part.first != following.first]
            return
        gender = following.gender if following else ""
        if following:
            company.parts[:] = [part for part in company.parts if part.first != following.first]
        female, male = gender != "male", gender == "male"
        rows = (
            ("grandfather" if male else "grandmother", "senior", "male" if male else "female", "grandparent"),
            ("father" if male else "mother", "adult", "male" if male else "female", "parent"),
            ("daughter" if female and gender else "son" if male else "child", "child", gender, "child"),
        )
        for role, age, own, relation in rows[3 - min(3, count) :]:
            company.parts.append(Part("person", role, "", age, own, relation, word=role, first=at, tokens=[at]))
        company.family = None
        return


def is_accompanied(company: Company, tokens: list[Token]) -> bool:
    """Whether everybody named is only with somebody: "pizza on the floor with Tom and Elif", "tea with grandma"."""
    people = company.people()
    known = {token for part in company.parts for token in part.tokens}
    return bool(people) and all(
        (not part.group or part.relation in _ELDERS) and (part.name or part.relation) and part.relation not in {"child"}
        and any(_follows_with(tokens, token, known) for token in sorted(part.tokens)[:1])
        for part in people
    )  # fmt: skip


def follows_with(tokens: list[Token], part: Part) -> bool:
    """Whether a person is introduced by "with"."""
    return bool(part.tokens) and _follows_with(tokens, min(part.tokens), set())


def _follows_with(tokens: list[Token], at: int, known: set[int]) -> bool:
    for before in range(at - 1, max(-1, at - 14), -1):
        word = tokens[before].word
        if word in {"with", "w"}:
            return True
        counted = word in NUMBERS or word.isdecimal() or word in AGE_WORDS
        if not (counted or before in known or word in _COMPANY_WORDS or word in _DETERMINERS - {"his", "her", "their"}):
            return False
    return False


def misses_teller(company: Company, tokens: list[Token]) -> bool:
    """Whether parents or grandparents are somebody's whom nothing names: "market with mom, movie night with dad"."""
    people = company.people()
    elders = [part for part in people if part.relation in _ELDERS]
    others = [part for part in people if part.relation in {"", "child", "grandchild", "sibling"}]
    return not others and any(follows_with(tokens, part) or is_bare(tokens, part) for part in elders)


def is_bare(tokens: list[Token], part: Part) -> bool:
    """Whether a word of kin stands like a name, as it does for their own child: "dad falls asleep"."""
    before = tokens[part.first - 1] if part.first > 0 else None
    plain = before is None or before.mark or before.word in {"at", "and", "for", "when", "then", "with", "to"}
    return part.word in _AS_NAMES and not part.name and plain


def is_fable(company: Company, tokens: list[Token]) -> bool:
    """Whether animals are all there is, and act: no owner is missing in "a fox and a hare race through the snow"."""
    animals = company.animals()
    if not animals or company.people() or company.narrator or company.together or company.family:
        return False
    words = {token.word for token in tokens}
    known = {token for part in animals for token in part.tokens}
    if words & {"my", "our", "owner", "owners", "leash", "walker", "adopt", "adopted"} or any(
        _follows_with(tokens, min(part.tokens), known) for part in animals
    ):
        return False
    kinds = {part.word for part in animals}
    return len(kinds) > 1 or len(animals) > 1 or not kinds & {"dog", "puppy", "horse", "pony"}


def read_offspring(company: Company) -> None:
    """Children beside parents in a family are theirs: "a family: mother, father, two children"."""
    people = company.people()
    if company.family is None or not any(part.relation == "parent" for part in people):
        return
    for part in people:
        if part.age in {"child", "baby", "teen"} and part.relation in {"", "friend"} and not part.name:
            part.relation = "child"


def read_named_groups(company: Company, tokens: list[Token]) -> None:
    """Give a counted group the names that follow later in its sentence: "two kids from foster care, Jo (9) and Al"."""
    for first in sorted({part.first for part in company.people() if part.group and not part.name}):
        group = [part for part in company.people() if part.first == first]
        end = next((at for at in range(first, len(tokens)) if tokens[at].text in {".", ";", "!", "?"}), len(tokens))
        after = [part for part in company.people() if first < part.first < end]
        named = [part for part in after if part.name and not part.relation and not part.group]
        if (
            not group
            or any(part.name for part in group)
            or len(named) != len(group)
            or named != after[: len(named)]
            or tokens[named[0].first - 1].text not in ",:(-–—"
        ):
            continue
        between = {token.word for token in tokens[named[0].first : named[-1].first] if not token.text[0].isupper()}
        titled = any(token.text == ":" for token in tokens[first : named[0].first]) and len(after) == len(group)
        if not titled and any(word not in {",", "and", "&", "(", ")"} and not word.isdecimal() for word in between):
            continue
        if any(
            one.gender and other.gender and one.gender != other.gender for one, other in zip(group, named, strict=True)
        ):
            continue
        for one, other in zip(group, named, strict=True):
            one.name, one.age, one.gender = other.name, other.age or one.age, one.gender or other.gender
            one.tokens += other.tokens
        company.parts[:] = [part for part in company.parts if not any(part is old for old in named)]
