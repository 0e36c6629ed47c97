"""Finds the words that the planner knows in a prompt: longest phrase first, left to right, never overlapping."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from . import lexicon_people as people
from . import lexicon_time as times
from .activities import activities
from .lexicon_lands import LANDMARKS, LANDS
from .lexicon_objects import OBJECT_WORDS
from .lexicon_places import CITIES, PLACE_KINDS, split_list
from .lexicon_spots import PLACE_WORDS
from .misreadings import ARTICLES, misread

_TOKEN: Final = re.compile(
    r"(?<=\d)\s?[AaPp]\.[Mm]\.?|\d{1,2}[:.]\d\d|\d+(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*|[&;:.,!?()\n\"—–]|\s-\s"
)
_DOUBLED: Final = frozenset(
    split_list(
        "run; swim; shop; sit; hug; nap; chat; get; put; set; grab; jog; plan; wrap; skip; dig; win; trim; "
        "hit; stop; dip; row"
    )
) - {"row"}
_IRREGULAR: Final = {
    "swim": "swam swum", "run": "ran", "sit": "sat", "eat": "ate eaten", "drink": "drank drunk",
    "drive": "drove driven",
    "ride": "rode ridden", "fly": "flew flown", "throw": "threw thrown", "catch": "caught", "build": "built",
    "make": "made",
    "take": "took taken", "have": "had", "buy": "bought", "sing": "sang sung", "read": "", "sleep": "slept",
    "wake": "woke",
    "go": "went gone", "see": "saw seen", "feed": "fed", "find": "found", "get": "got", "say": "said", "meet": "met",
    "tell": "told", "hold": "held", "win": "won", "swing": "swung", "draw": "drew drawn", "teach": "taught",
    "blow": "blew blown",
    "cut": "cut", "put": "put", "set": "set", "spend": "spent", "light": "lit", "lie": "lay lying", "do": "did",
    "hang": "hung",
    "hide": "hid", "give": "gave", "learn": "learnt", "bring": "brought", "dig": "dug", "slide": "slid",
    "dive": "dove", "fall": "fell fallen",
    "break": "broke broken", "choose": "chose", "write": "wrote", "sew": "sewn", "pay": "paid", "hit": "hit",
    "try": "tried",
    "carry": "carried", "study": "studied", "tidy": "tidied", "marry": "married",
}  # fmt: skip
_IGNORED: Final = split_list(
    "learning to; learn to; learned to; learns to; learnt to; in front of; fall in love; "
    "falling in love; fell in love; rest of; best "
    "man; light hearted; teddy bear; "
    "at the same time; a lot of; look like; looking like; park the car; pool table; bar of; book of; short film; "
    "play of light; spring break; hot day; rock the; work of art; by car; last day of; photo book; story book; "
    "run a; runs a; ran a; running a; runs the; runs her; runs his; fall in line; race car; way home; "
    "the way back; imaginary friend; imaginary friends; camp out; bear hug; lost in; all day; the rest; "
    "works as; work as; worked as; working as; skip school; skips school; skipped school; skipping school; "
    "love story; top of; club sandwich; day after day; flower girl"
)
_IRREGULAR_PLURALS: Final = {
    "mouse": "mice",
    "goose": "geese",
    "sheep": "sheep",
    "deer": "deer",
    "calf": "calves",
    "wolf": "wolves",
    "fish": "fish",
}


@dataclass(frozen=True)
class Token:
    """`word` is lower case without a possessive 's; `mark` is true for punctuation."""

    text: str
    word: str
    possessive: bool
    mark: bool
    start: int
    end: int


@dataclass(frozen=True)
class Sense:
    """One thing that a phrase can mean: category and the key in that category's table."""

    category: str
    key: str
    plural: bool = False


@dataclass
class Mention:
    """A known phrase at tokens [start, end)."""

    start: int
    end: int
    phrase: str
    senses: tuple[Sense, ...]
    negated: bool = field(default=False)

    def sense(self, category: str) -> Sense | None:
        return next((sense for sense in self.senses if sense.category == category), None)


def tokenise(text: str) -> list[Token]:
    """Words, numbers and punctuation marks, with their character positions."""
    tokens = []
    for match in _TOKEN.finditer(text):
        raw = match.group().strip(" ") or "-"
        raw = raw.replace(".", "") if raw[-1] in "mM." and len(raw) > 2 else raw  # "a.m." ends no sentence
        mark = not raw[0].isalnum()
        possessive = len(raw) > 2 and raw.lower().endswith("'s")
        word = raw.lower()[:-2] if possessive else raw.lower().rstrip("'")
        tokens.append(Token(raw, word if not mark else raw, possessive, mark, match.start(), match.end()))
    return tokens


def find_mentions(tokens: list[Token]) -> list[Mention]:
    """All known phrases in order. Negated ones ("no dogs", "without rain") are marked."""
    lexicon = _lexicon()
    mentions: list[Mention] = []
    at = 0
    while at < len(tokens):
        found = _longest(lexicon, tokens, at)
        if found:
            mentions.append(found)
            mentions += _within(lexicon, tokens, found)
            at = found.end
        else:
            at += 1
    mentions = [mention for mention in mentions if not misread(mention, tokens, _look_up)]
    _mark_negated(mentions, tokens)
    return mentions


def known_as(word: str) -> set[str]:
    """The categories of a single word: {"place"} for "market"."""
    return {s.category for words, senses in _lexicon().get(word, ()) if len(words) == 1 for s in senses}


def _within(
    lexicon: dict[str, list[tuple[tuple[str, ...], list[Sense]]]], tokens: list[Token], found: Mention
) -> list[Mention]:
    """Animals and parts of the day inside an activity: "feeds the goats", "watch the sunset"."""
    if found.sense("activity") is None or found.end - found.start < 2 or found.phrase.startswith("hot dog"):
        return []
    inside = [_longest(lexicon, tokens[: found.end], at) for at in range(found.start, found.end)]
    kept = [mention for mention in inside if mention and mention.end - mention.start < found.end - found.start]
    return [
        Mention(m.start, m.end, m.phrase, senses)
        for m in kept
        if (senses := tuple(sense for sense in m.senses if _kept_inside(sense, tokens, m, found)))
    ]


def _kept_inside(sense: Sense, tokens: list[Token], inner: Mention, outer: Mention) -> bool:
    """A place inside an activity counts behind a preposition: "breakfast in bed", "walk home", not "book club"."""
    if sense.category == "place":
        at = inner.start - 1
        while at > outer.start and tokens[at].word in ARTICLES:
            at -= 1
        home = inner.phrase == "home" and outer.phrase.split()[0] in {
            "walk",
            "walks",
            "walked",
            "walking",
            "run",
            "runs",
            "ran",
        }
        sought = outer.phrase.split()[0].rstrip("sding") in {"explore", "explor", "visit", "tour", "roam"}
        return home or sought or (at > outer.start and tokens[at].word in {"in", "on", "at", "into", "by", "to"})
    if sense.category == "object":
        return inner.start > outer.start and tokens[inner.start - 1].word in {
            "a",
            "an",
            "her",
            "his",
            "my",
            "their",
            "our",
        }
    if sense.category == "weather":
        return inner.start > outer.start and not inner.phrase.startswith("umbrella")
    return sense.category in {"animal", "daypart"}


def _look_up(tokens: list[Token], at: int) -> Mention | None:
    return _longest(_lexicon(), tokens, at)


def _longest(
    lexicon: dict[str, list[tuple[tuple[str, ...], list[Sense]]]], tokens: list[Token], at: int
) -> Mention | None:
    for words, senses in lexicon.get(tokens[at].word, ()):
        end = at + len(words)
        if end <= len(tokens) and all(token.word == word for token, word in zip(tokens[at:end], words, strict=True)):
            return Mention(at, end, " ".join(words), tuple(senses))
    return None


def _mark_negated(mentions: list[Mention], tokens: list[Token]) -> None:
    joiners = {"or", "and", "nor", ",", "any", "other", "the", "a"}
    for index, mention in enumerate(mentions):
        before = [token.word for token in tokens[max(0, mention.start - 4) : mention.start]]
        if _says_no(before):
            mention.negated = True
        elif index and mentions[index - 1].negated:
            between = [token.word for token in tokens[mentions[index - 1].end : mention.start]]
            mention.negated = (
                bool(between)
                and set(between) <= joiners
                and ("or" in between or "nor" in between or "no" in between or _alike(mentions[index - 1], mention))
            )


def _alike(left: Mention, right: Mention) -> bool:
    """Whether a comma carries a "no" on: "no dogs, cats", but not "no phones, camp on an island"."""
    kinds = {"animal": "living", "person": "living", "nobody": "living"}
    return bool(
        {kinds.get(s.category, s.category) for s in left.senses}
        & {kinds.get(s.category, s.category) for s in right.senses}
    )


def _says_no(before: list[str]) -> bool:
    for distance, word in enumerate(reversed(before)):
        if word in {",", ".", "but", "then", ";", ":"}:
            return False
        if word in {
            "no",
            "without",
            "not",
            "never",
            "don't",
            "didn't",
            "isn't",
            "instead",
            "excluding",
            "except",
            "nobody",
        }:
            only = len(before) - distance
            return not (only < len(before) and before[only] == "only") and (distance <= 2 or word == "without")
    return False


@cache
def _lexicon() -> dict[str, list[tuple[tuple[str, ...], list[Sense]]]]:
    phrases: dict[tuple[str, ...], list[Sense]] = {}

    def add(phrase: str, sense: Sense) -> None:
        plain = phrase.replace("-", " ")
        letters = plain.replace(" ", "").isalpha()  # then splitting at spaces is enough, and much faster
        words = tuple(plain.split()) if letters else tuple(token.word for token in tokenise(plain))
        senses = phrases.setdefault(words, [])
        if all(sense.category != known.category for known in senses):
            senses.append(sense)

    for phrase, sense in (
        *_place_senses(),
        *_activity_senses(),
        *_living_senses(),
        *_time_senses(),
        *_object_senses(),
    ):
        add(phrase, sense)
    for phrase in _IGNORED:
        phrases[tuple(token.word for token in tokenise(phrase))] = [Sense("ignored", phrase)]
    index: dict[str, list[tuple[tuple[str, ...], list[Sense]]]] = {}
    for words, senses in sorted(phrases.items(), key=lambda item: -len(item[0])):
        index.setdefault(words[0], []).append((words, senses))
    return index


_TIME_TABLES: Final = {
    "daypart": {**times.DAY_PARTS, "midnight": 1435},
    "month": {name: number for number, name in enumerate(times.MONTHS, 1)},
    "weekday": {name: number for number, name in enumerate(times.WEEKDAYS)},
    "season": {name: name for name in times.SEASONS},
    "next_day": times.NEXT_DAY,
    "span": times.SPANS,
    "holiday": times.HOLIDAY_WORDS,
    "weather": times.WEATHER_WORDS,
    "mood": times.MOOD_WORDS,
    "style": times.STYLE_WORDS,
    "light": times.LIT_BY,
}


def _activity_senses() -> list[tuple[str, Sense]]:
    return [
        (form, Sense("activity", key))
        for key, activity in activities().items()
        for phrase in split_list(activity.words)
        for form in (inflect(phrase[1:]) if phrase.startswith("~") else (phrase,))
    ]


def _time_senses() -> list[tuple[str, Sense]]:
    return [
        (phrase, Sense(category, str(key))) for category, table in _TIME_TABLES.items() for phrase, key in table.items()
    ]


def _place_senses() -> list[tuple[str, Sense]]:
    senses = [
        (form, Sense("place", f"{kind}/{phrase}"))
        for kind, place in PLACE_KINDS.items()
        for phrase in split_list(f"{place.words}; {PLACE_WORDS.get(kind, '')}")
        for form in dict.fromkeys((phrase, plural(phrase)))
    ]
    senses += [
        (city, Sense("city", f"{kind}/{city}"))
        for table in (CITIES, LANDMARKS)
        for kind, names in table.items()
        for city in split_list(names)
    ]
    senses += [(land, Sense("land", land)) for land in split_list(LANDS)]
    return senses


def _object_senses() -> list[tuple[str, Sense]]:
    return [
        (form, Sense("object", f"{kind}/{phrase}", plural=form != phrase))
        for kind, words in OBJECT_WORDS.items()
        for phrase in split_list(words)
        for form in (phrase, plural(phrase))
    ]


def _living_senses() -> list[tuple[str, Sense]]:
    senses = [(phrase, Sense("person", phrase)) for phrase in people.PERSON_WORDS]
    for phrase in people.ANIMAL_WORDS:
        senses += [(phrase, Sense("animal", phrase)), (plural(phrase), Sense("animal", phrase, plural=True))]
    senses += [
        (word, Sense("nobody", word))
        for word in ("humans", "anyone", "anybody", "animals", "pets", "crowds", "animal", "pet")
    ]
    return senses


def plural(phrase: str) -> str:
    """The regular plural of a noun phrase, with the few irregular ones that the tables use."""
    *head, last = phrase.split()
    if last in _IRREGULAR_PLURALS:
        last = _IRREGULAR_PLURALS[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last += "s"
    return " ".join([*head, last])


def inflect(phrase: str) -> list[str]:
    """The phrase with its first word as base, -s, -ing and past forms."""
    verb, _, rest = phrase.partition(" ")
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    silent = verb.endswith("e") and not verb.endswith("ee")
    root = verb[:-1] if silent else stem
    third = plural(verb) if verb.endswith(("s", "x", "ch", "sh", "y", "o")) and verb != "go" else verb + "s"
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else root + "ed"
    forms = [verb, third, "goes" if verb == "go" else third, root + "ing", past, *_IRREGULAR.get(verb, "").split()]
    return [f"{form} {rest}".strip() for form in dict.fromkeys(forms)]
