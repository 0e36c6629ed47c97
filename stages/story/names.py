"""First names: recognising those in a prompt, and choosing natural ones for people who have none."""

import random
import re
from functools import cache
from typing import Final

from .lexicon_names import MORE_NAMES, MORE_PET_NAMES, NAMES, PET_NAMES
from .lexicon_people import ANIMAL_WORDS, PERSON_WORDS
from .lexicon_places import split_list
from .scan import Mention, Token, plural

NOT_NAMES: Final = frozenset(  # capitalised words that are nobody
    split_list(
        "white; black; brown; green; grey; gray; blue; red; yellow; pink; purple; a; across; act; "
        "african; after; afternoon; afterwards; ai; album; alert; all; along; alpine; also; "
        "although; always; am; american; an; and; another; anybody; anyone; anything; arab; arabic; are; "
        "argentinian; around; as; asian; at; atlantic; australian; austrian; away; back; balinese; baroque; "
        "bbq; because; before; begin; behind; between; bff; body; both; brazilian; breakfast; british; "
        "buddhist; bulgarian; but; by; canadian; caribbean; cast; catholic; celtic; chapter; characters; "
        "chinese; christian; create; croatian; cuban; czech; dad; danish; day; dinner; div; dj; down; dr; "
        "drop; during; dutch; each; east; egyptian; eight; end; english; ethiopian; eu; european; even; "
        "evening; every; everybody; everyone; everything; everywhere; filipino; finally; finish; finnish; "
        "first; five; for; four; french; from; generate; german; ghanaian; god; gothic; gps; greek; had; has; "
        "have; hawaiian; he; hello; her; here; hers; hi; him; hindu; his; how; html; hungarian; i; i'm; i've; "
        "if; ii; iii; in; indian; indonesian; inside; instead; irish; is; it; italian; its; iv; japanese; "
        "jewish; just; kenyan; korean; later; latin; least; less; let; lots; lunch; make; malaysian; many; "
        "maori; maybe; me; meanwhile; mediterranean; mexican; mine; mom; mood; more; morning; moroccan; most; "
        "mr; mrs; ms; muslim; my; near; nepali; never; next; nigerian; night; nine; no; nobody; none; noon; "
        "nordic; north; northwest; norwegian; not; nothing; now; of; oh; ok; okay; on; once; one; only; "
        "other; our; ours; outside; over; own; pacific; page; pakistani; part; perhaps; persian; peruvian; "
        "photo; photos; picture; place; please; pm; polish; portuguese; rm; roman; romanian; russian; rv; "
        "saint; same; scandinavian; scene; scottish; script; select; serbian; setting; seven; she; show; "
        "since; sir; six; so; some; someone; something; sometimes; somewhere; south; spanish; st; start; "
        "still; style; such; suddenly; sudo; swedish; swiss; table; tell; ten; thai; than; thanks; that; the; "
        "their; theirs; them; theme; then; there; these; they; this; though; three; through; tibetan; time; "
        "title; to; today; tomorrow; too; turkish; tv; twice; two; uk; ukrainian; under; until; up; us; usa; "
        "very; victorian; vietnamese; viking; was; we; welsh; were; west; what; when; where; whether; while; "
        "who; why; with; without; wow; yes; yesterday; you; your; yours; zulu"
    )
)
_ALSO_WORDS: Final = frozenset(
    split_list("will; may; rose; mark; art; sue; bill; hope; ray; jack; grace; joy; dan; pat; sky")
)
_NAMING: Final = frozenset({"named", "called", "name", "nicknamed"})
_TITLES: Final = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "uncle",
        "aunt",
        "auntie",
        "monsieur",
        "madame",
        "señor",
        "señora",
        "herr",
        "frau",
        "professor",
    }
)


@cache
def name_genders() -> dict[str, str]:
    """Known first names in lower case with the gender they usually go with."""
    table: dict[str, str] = {}
    for row in (*NAMES.values(), MORE_NAMES):
        for names, gender in zip(row.split("|"), ("female", "male"), strict=True):
            for name in names.split():
                table[name.lower()] = gender if table.get(name.lower(), gender) == gender else "unspecified"
    return table


@cache
def _pet_names() -> frozenset[str]:
    return frozenset(name.lower() for name in (*PET_NAMES, *MORE_PET_NAMES))


def find_names(tokens: list[Token], mentions: list[Mention], places: list[tuple[int, int, str]]) -> list[int]:
    """Indexes of the tokens that name somebody.

    A known first name with a capital is one; so is any other capitalised word that means nothing else, where a
    name can stand: after "named", beside "and" and a person, before a possessive, or inside a sentence.
    """
    taken = {at: mention for mention in mentions for at in range(mention.start, mention.end)}
    found: list[int] = []
    surnames: set[int] = set()
    plain = all(token.text.islower() or not token.text[0].isalpha() for token in tokens if token.text != "I")
    for at, token in enumerate(tokens):
        if token.mark or token.word in NOT_NAMES or not token.text[0].isalpha():
            continue
        if token.word in _TITLES - {"don", "sir"} and not token.possessive:
            continue
        if _is_called(tokens, taken, found, at, plain=plain):
            found.append(at)
            continue
        if not token.text[0].isupper() or any(start <= token.start < end for start, end, _ in places):
            continue
        if at not in taken and _continues_name(tokens, at, {*found, *surnames}):
            surnames.add(at)  # "Elena Novak" is one person
            continue
        if _names_thing(tokens, taken, at) or (at in taken and not _name_after_all(token, taken[at], tokens, at)):
            continue
        if token.word in name_genders() or at in taken or _name_position(tokens, taken, found, at):
            found.append(at)
    return found


def _is_called(tokens: list[Token], taken: dict[int, Mention], found: list[int], at: int, *, plain: bool) -> bool:
    """Whether the words before say that this is a name: "named", a title, "my dog" in a text without capitals."""
    token, before = tokens[at], tokens[at - 1].word if at else ""
    second = before == "and" and at >= 3 and at - 2 in found and tokens[at - 3].word in _NAMING
    second = second and (plain or token.text[0].isupper())
    if before in _NAMING or second or (before in _TITLES and token.text[0].isupper()):
        return True
    if at in taken:
        return False
    if before in ANIMAL_WORDS and token.word in _pet_names():
        return True
    known = token.word in name_genders() and token.word not in _ALSO_WORDS
    return plain and known and before in (PERSON_WORDS.keys() | ANIMAL_WORDS.keys())


def _continues_name(tokens: list[Token], at: int, names: set[int]) -> bool:
    return at - 1 in names and not tokens[at - 1].possessive


def _names_thing(tokens: list[Token], taken: dict[int, Mention], at: int) -> bool:
    """Whether a capital is part of the name of a thing or place: "the Camino", "Santiago cathedral"."""
    if _in_title(tokens, at, taken):
        return True
    follows = taken.get(at + 1)
    if tokens[at].possessive:
        return False
    if at and tokens[at - 1].word == "the" and not (follows and follows.sense("person")):
        return True
    return follows is not None and follows.sense("place") is not None and at not in taken and _is_site(follows)


def _in_title(tokens: list[Token], at: int, taken: dict[int, Mention]) -> bool:
    """Whether a word is a later one of "The Rusty Spoons"."""
    start = at
    while start and tokens[start - 1].text[0].isupper() and tokens[start - 1].word != "the":
        start -= 1
    opened = start < at and start > 0 and tokens[start - 1].word == "the" and start not in taken
    return opened and tokens[start].word not in name_genders()


def _is_site(mention: Mention) -> bool:
    return mention.phrase != "home" and not mention.sense("activity") and not mention.sense("person")


def _name_after_all(token: Token, mention: Mention, tokens: list[Token], at: int) -> bool:
    """A known word that is a name here: "my daughter Summer", "Olive and her brother"."""
    single = mention.end - mention.start == 1
    if (
        single
        and token.word in name_genders()
        and (mention.sense("land") or mention.sense("city"))
        and _in_name_list(tokens, at)
    ):
        mention.senses = tuple(sense for sense in mention.senses if sense.category not in {"city", "land"})
        return True  # "Sam, Jordan and Alex"
    before_all = tokens[at - 1] if at else None
    kin = (
        before_all is not None
        and before_all.word in PERSON_WORDS
        and not before_all.possessive
        and token.text.istitle()
    )
    kin = kin and PERSON_WORDS[before_all.word].count == 1 if before_all else False
    law = before_all is not None and before_all.word == "law"
    if single and (kin or law) and (mention.sense("city") or mention.sense("land")):
        mention.senses = tuple(sense for sense in mention.senses if sense.category not in {"city", "land"})
        return True  # "my sister Florence"
    if (
        not single
        or mention.sense("city")
        or mention.sense("land")
        or mention.sense("month")
        or mention.sense("holiday")
    ):
        return False
    before = tokens[at - 1].word if at else ""
    after = [later.word for later in tokens[at + 1 : at + 3]]
    paired = before == "and" and at > 2 and tokens[at - 2].text.istitle() and not mention.sense("weekday")
    return (
        (paired and not mention.sense("person") and tokens[at - 3].word in {plural(word) for word in ANIMAL_WORDS})
        or before in PERSON_WORDS
        or before in ANIMAL_WORDS
        or (after[:1] == ["and"] and after[1:] in (["her"], ["his"]))
        or (
            token.possessive
            and before not in {"the", "a"}
            and token.text.removesuffix("'s").istitle()
            and at > 0
            and not mention.sense("person")
        )
    )


def _in_name_list(tokens: list[Token], at: int) -> bool:
    """Whether known names stand on both sides of a word, in a list."""
    joins = {",", "and", "&"}
    left = (
        at > 1
        and tokens[at - 1].word in joins
        and tokens[at - 2].word in name_genders()
        and tokens[at - 2].text[0].isupper()
    )
    right = at + 2 < len(tokens) and tokens[at + 1].word in joins and tokens[at + 2].word in name_genders()
    return left and (right or at + 1 == len(tokens) or tokens[at + 1].mark)


def _name_position(tokens: list[Token], taken: dict[int, Mention], found: list[int], at: int) -> bool:
    token = tokens[at]
    if not token.text.removesuffix("'s").istitle() or len(token.text) < 2:
        return False
    opens = at == 0 or tokens[at - 1].text in {".", "!", "?", "\n", ":", '"'}
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    second = tokens[at + 2] if at + 2 < len(tokens) else None
    follows = taken.get(at + 1)
    if follows and (follows.sense("person") or follows.sense("animal")) and not token.possessive:
        return False  # "a Punjabi grandmother"
    if not opens:
        return token.word not in _TITLES
    third = tokens[at + 3].text if at + 3 < len(tokens) else ""
    if after in {"(", ","} and second is not None and second.text.isdecimal() and (after == "(" or third in {",", "."}):
        return True
    if token.possessive or after in {"and", ","}:
        joins = second is not None and (second.text[0].isupper() or second.word in {"her", "his", "their", "the", "a"})
        return token.possessive or joins
    if after == "the" and at + 2 in taken and (taken[at + 2].sense("animal") or taken[at + 2].sense("person")):
        return True
    follows = taken.get(at + 1)
    spoken_of = {later.word for later in tokens[at + 2 : at + 40]} & {"he", "she", "his", "her", "him"}
    if spoken_of and after.endswith("s") and len(after) > 2 and not token.text.endswith("s") and second is not None:
        return True
    return bool(follows and follows.sense("activity")) or after in {
        "is",
        "goes",
        "and",
        "has",
        "loves",
        "went",
        "visits",
        "wants",
        "was",
        "turns",
        "meets",
        "gets",
        "finds",
        "takes",
        "makes",
        "plays",
        "bakes",
        "learns",
        "wakes",
        "lives",
        "works",
        "dreams",
        "feels",
        "got",
        "had",
        "found",
        "met",
    }


def choose_name(rng: random.Random, gender: str, tradition: str, used: set[str]) -> str:
    """A name of the tradition that nobody has yet, with another first letter where possible.

    Args:
        rng: the person's own draw.
        gender: "female", "male" or "unspecified" (either list).
        tradition: a key of `NAMES`.
        used: names already given; the choice is added.
    """
    female, male = (names.split() for names in NAMES[tradition].split("|"))
    pool = {"female": female, "male": male}.get(gender, female + male)
    return (
        _fresh(rng, pool, used)
        or _fresh(rng, [name for row in NAMES.values() for name in re.findall(r"[\w-]+", row)], used)
        or "Robin"
    )


def choose_pet_name(rng: random.Random, used: set[str]) -> str:
    """A pet name that nobody has yet."""
    return _fresh(rng, list(PET_NAMES), used) or "Buddy"


def _fresh(rng: random.Random, pool: list[str], used: set[str]) -> str:
    letters = {name[0] for name in used}
    free = [name for name in pool if name not in used]
    best = [name for name in free if name[0] not in letters] or free
    if not best:
        return ""
    name = rng.choice(best)
    used.add(name)
    return name
