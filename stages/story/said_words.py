"""The prompt's own words: things with number and colour, proper names of places, whole sentences."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from ..vocabulary import Color
from .lexicon_places import split_list
from .lexicon_time import MONTHS, WEEKDAYS
from .names import NOT_NAMES, name_genders
from .requests import number
from .scan import Mention, Token

if TYPE_CHECKING:
    from .clauses import Clause

_BOTH: Final = ("tent/", "boat/", "bench/")  # things that are also where somebody is
_MOST_THINGS: Final = 20  # of one kind, as a record holds them
_SMALL: Final = frozenset(
    split_list(
        "a; an; the; and; or; but; of; with; in; on; at; to; for; from; their; her; his; my; our; your; is; "
        "are; was; were; then; by; into; who; that; which; it; its; they; we; i; she; he; after; before; no; "
        "without; some; day; this; these; those; be; been; have; has; had; not; as; them; him; me; us; you; "
        "when; while; during; over; through; up; out; there; so; very; just; each; every; all; both; where; "
        "what; how; than; about; around; under; off; down; again; also; too; more; most; only; another; "
        "other; later; until; because; if; do; does; did; can; could; will; would; should; may; might; must; "
        "let; get; gets; got; go; goes; went; going; one; two; three; four; five; six; seven; eight; nine; "
        "ten; many; few; several; lots; lot; of; near; next; last; first; finally; photo; photos; picture; "
        "pictures; album; make; shows; show; showing; scene; scenes"
    )
)
_ORDERS: Final = frozenset(
    split_list(
        "make; please; create; show; include; add; let; generate; use; keep; each; every; all; give; draw; "
        "tell; want; need; themes; theme; style; photo; photos; picture; pictures; album; title; the"
    )
) - {"the"}
_SUBJECTS: Final = frozenset(
    (
        "a",
        "an",
        "the",
        "she",
        "he",
        "they",
        "we",
        "i",
        "it",
        "my",
        "our",
        "her",
        "his",
        "their",
        "at",
        "in",
        "on",
        "two",
    )
)
_LONGEST_QUOTE: Final = 26  # words; a caption is read at a glance


@dataclass(frozen=True)
class Thing:
    """A thing that the prompt names: its kind, the word for it where that says more, how many, and the colour."""

    kind: str
    name: str = ""
    count: int = 1
    color: str | None = None


def things_in(mentions: list[Mention], tokens: list[Token]) -> list[Thing]:
    """The things that mentions name, each kind once."""
    found: dict[str, Thing] = {}
    for mention in mentions:
        sense = mention.sense("object")
        if (
            sense is None
            or mention.negated
            or (mention.sense("place") and not sense.plural and not sense.key.startswith(_BOTH))
        ):
            continue
        kind, word = sense.key.split("/")
        before = [token.word for token in tokens[max(0, mention.start - 3) : mention.start] if not token.mark]
        count = next((n for w in reversed(before) if (n := number(w))), 0)
        count = min(
            _MOST_THINGS, count or (3 if sense.plural and kind not in {"candles", "flowers", "balloons"} else 1)
        )
        color = next(
            (w.replace("grey", "gray") for w in reversed(before) if w.replace("grey", "gray") in get_args(Color)), None
        )
        name = word if word.replace(" ", "_") not in {kind, kind.removesuffix("s")} else ""
        found.setdefault(kind, Thing(kind, name, count, color))
    return list(found.values())


def proper_text(mention: Mention, tokens: list[Token]) -> str:
    """A land or town as the prompt writes it, or with capitals where it is written without."""
    text = " ".join(token.text.removesuffix("'s") for token in tokens[mention.start : mention.end])
    if text.islower():
        small = {"de", "of", "and", "the", "la", "del"}
        text = " ".join(w if w in small and n else w.capitalize() for n, w in enumerate(text.split()))
    return "the " + text[4:] if text.lower().startswith("the ") else text


def proper_name(place: Mention, tokens: list[Token]) -> str:
    """The whole name that a place noun is part of: "Central Park", "Lake Como", "the Louvre museum", or ""."""
    words = [token for token in tokens if not token.mark]
    if sum(token.text[0].isupper() for token in words) > 0.6 * len(words):
        return ""  # a headline, in which capitals say nothing
    titled = tokens[place.start].text[0].isupper()
    start, end = place.start, place.end
    while (
        start and _is_capital(tokens[start - 1], known_names=not titled) and (titled or not _opens(tokens, start - 1))
    ):
        start -= 1
    while titled and end < len(tokens) and _is_capital(tokens[end], known_names=False):
        end += 1
    if (start, end) == (place.start, place.end):
        return ""
    article = "the " if start and tokens[start - 1].word == "the" else ""
    return article + " ".join(token.text for token in tokens[start:end])


def _is_capital(token: Token, *, known_names: bool) -> bool:
    if token.mark or token.possessive or not token.text[0].isupper() or not token.word.isalpha():
        return False
    if known_names and token.word in name_genders():
        return False
    return (
        token.word not in NOT_NAMES and token.word not in _SMALL and token.word not in (*MONTHS, *WEEKDAYS, "christmas")
    )


def _opens(tokens: list[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].text in {".", "!", "?", "\n", ":", ";", '"', "-", "(", ")"}


def told_text(clause: "Clause", tokens: list[Token]) -> tuple[str, int]:
    """The clause itself, where it holds words that the planner does not know and nothing that it must not repeat.

    Returns:
        (text, index of its first token), or ("", -1).
    """
    own = tokens[clause.start : clause.end]
    while own and (own[0].mark or own[0].word in {"and", "then", "but", "so", "also", "with"}):
        own = own[1:]
    while own and (own[-1].mark or own[-1].word in {"and", "then", "but", "to", "with", "the", "a", "or", "while"}):
        own = own[:-1]
    words = [token for token in own if not token.mark]
    if not 3 <= len(words) <= _LONGEST_QUOTE or words[0].word in _ORDERS or any(m.negated for m in clause.mentions):
        return "", -1
    if any(token.text in {"<", ">", "$", "(", ")", '"', "\n"} for token in own):
        return "", -1
    first = next(at for at, token in enumerate(tokens) if token is own[0])
    if not (_opens(tokens, first) or own[0].word in _SUBJECTS or own[0].text[0].isupper()):
        return "", -1  # "takes it home": the subject is in another clause
    known = {at for mention in clause.mentions for at in range(mention.start, mention.end)}
    new = [
        token
        for at, token in enumerate(tokens[clause.start : clause.end], clause.start)
        if not token.mark
        and at not in known
        and token.word not in _SMALL
        and token.word.isalpha()
        and len(token.word) > 2
        and not token.text[0].isupper()
    ]
    if not new:
        return "", -1
    pieces = "".join(
        ("" if not n or token.text in {",", ";", ":"} else " ") + token.text for n, token in enumerate(own)
    )
    text = re.sub(r"\s+", " ", pieces).strip(" ,;:-")
    return text[:1].upper() + text[1:] + ".", first
