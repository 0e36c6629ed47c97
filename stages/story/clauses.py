"""Splits a prompt into clauses and puts them in the order in which they happened, not in which they are told."""

from dataclasses import dataclass, field
from typing import Final

from .activities import activities
from .lexicon_places import split_list
from .scan import Mention, Token

_CONNECTORS: Final[tuple[tuple[tuple[str, ...], str], ...]] = tuple(
    (tuple(phrase.split()), link)
    for link, phrases in {
        "opening": "before all that; before all this; before any of that; before any of this; before it all; "
        "it all began; "
        "it all started; first of all; long before",
        "earlier": "before that; before this; earlier that day; earlier; previously; beforehand; the day before; "
        "the night before; "
        "prior to that; the evening before",
        "then": "and then; then; after that; after this; afterwards; afterward; later on; soon after; later; next; "
        "followed by; subsequently; and later; from there; which leads to; moving on to; continuing with; "
        "continuing to",
        "last": "and finally; finally; lastly; in the end; at the end; eventually; to finish; ending with; ends "
        "with; end with; "
        "ending in; ending at; ending on; ends at; ends in; ends on; "
        "end in; end up in; end up at; ends up in; ends up at; ended up in; ended up at; and last; "
        "closing with; finishing with; concluding "
        "with; ended with; end at; ending by; "
        "finish with; finishes with; ended at; ended in; until at last; wrapping up with; to end the day",
        "first": "starting with; beginning with; starts with; begins with; start with; starting at; starting in; "
        "starting from; "
        "started with; begin with; to begin with; opening with; firstly; at first; first; begins at; begins in; "
        "starts at; starts in",
        "before": "before; prior to",
        "after": "after; following",
    }.items()
    for phrase in phrases.split("; ")
)
_PARTICIPLES: Final = frozenset(
    split_list(
        "been; gone; eaten; taken; seen; bought; made; met; swum; driven; flown; built; ridden; drunk; "
        "caught; spent; slept; found; sung; won; read; got; gotten; stayed; had; started; lost; fed"
    )
)
_DETERMINERS: Final = frozenset(("the", "a", "her", "his", "my", "our", "their", "its", "'s", "very"))
_FULL_CLAUSE: Final = 5  # words: "at noon she shares empanadas"
_AFTER_FIRST: Final = frozenset(
    split_list(
        "we; i; he; she; they; it; the; a; an; to; in; at; on; some; my; our; his; her; their; there; by; breakfast; "
        "lunch; "
        "coffee; stop; up; come; comes; came; go; goes; went; for; off; with; two; three; everyone; everybody"
    )
)
_SUBJECT_WORDS: Final = frozenset(("we", "they", "he", "she", "i", "it", "everyone", "everybody"))
_DARK: Final = frozenset(("stargaze", "fireworks"))
_SENTENCE_ENDS: Final = frozenset(".;!?\n")
_EVENT_SENSES: Final = ("place", "city", "region", "activity", "holiday")
_TIME_SENSES: Final = ("month", "season", "weekday", "next_day", "daypart", "clock", "date")


@dataclass
class Clause:
    """A stretch of the prompt. `link` is how it joins what is told before it; `strong` that a new event may start."""

    start: int
    end: int
    link: str = ""
    strong: bool = False
    sentence: int = 0
    mentions: list[Mention] = field(default_factory=list)
    leading: bool = False
    listed: bool = False  # opens with a clock time, as one of several: "7:30 coffee, 8:00 a limping beagle"

    def has(self, *categories: str) -> bool:
        return any(
            mention.sense(category) for mention in self.mentions if not mention.negated for category in categories
        )

    def keys(self, category: str) -> list[str]:
        found = [mention.sense(category) for mention in self.mentions if not mention.negated]
        return [sense.key for sense in found if sense]


def order_clauses(tokens: list[Token], mentions: list[Mention]) -> list[Clause]:
    """The clauses that tell an event, in story order; what tells none is joined to its neighbour."""
    clauses = _split(tokens, mentions)
    serial = sum(clause.has("month", "season", "next_day", "weekday", "date") for clause in clauses) > 1
    timed = sum(clause.has("daypart", "clock") for clause in clauses) > 2
    timed |= len({key for clause in clauses for key in clause.keys("daypart")[:1]}) > 1
    timed |= any(c.has("clock") for c in clauses) and sum(c.has("daypart", "clock") for c in clauses) > 1
    for clause in clauses:
        clause.listed = _opens_with_time(clause, tokens)
    if sum(clause.listed for clause in clauses) < 2:
        for clause in clauses:
            clause.listed = False
    skies = {key for clause in clauses for key in clause.keys("weather")[:1]}
    clauses = _join_asides(clauses, serial=serial, timed=timed, skies=len(skies) > 1)
    clauses = _join_alike(clauses, serial=serial)
    return _in_story_order(clauses, tokens)


def _split(tokens: list[Token], mentions: list[Mention]) -> list[Clause]:
    inside = {at: mention for mention in mentions for at in range(mention.start, mention.end)}
    clauses = [Clause(0, 0, strong=True)]
    at = sentence = 0
    while at < len(tokens):
        link, length = ("", 0) if at in inside else _connector(tokens, at)
        current = clauses[-1]
        told = any(not token.mark and token.word not in {"and", "but"} for token in tokens[current.start : at])
        if link:
            current.end = at
            leading = not told and current.strong and link in {"before", "after"}
            clauses.append(Clause(at + length, at + length, link, strong=True, sentence=sentence, leading=leading))
            at += length
            continue
        token = tokens[at]
        if token.mark and token.text in _SENTENCE_ENDS and at not in inside:
            sentence += 1
            current.end = at
            clauses.append(Clause(at + 1, at + 1, strong=True, sentence=sentence))
        elif (token.mark or token.word in {"and", "to", "while", "but", "plus", "or"}) and at not in inside:
            current.end = at
            clauses.append(Clause(at + 1, at + 1, strong=current.leading and token.text == ",", sentence=sentence))
        at += 1
    clauses[-1].end = len(tokens)
    taken = _adverbials(clauses, tokens)
    for mention in mentions:
        home = next((clause for clause in reversed(clauses) if clause.start <= mention.start), clauses[0])
        if mention.start not in taken or not mention.sense("weather"):
            home.mentions.append(mention)
    return _pass_links_on(clauses)


def _opens_with_time(clause: Clause, tokens: list[Token]) -> bool:
    at = clause.start + (clause.start < clause.end and tokens[clause.start].word in {"at", "on"})
    return any(mention.start == at and mention.sense("clock") for mention in clause.mentions)


def _adverbials(clauses: list[Clause], tokens: list[Token]) -> set[int]:
    """Tokens of "before the storm we …": a time within a clause, which therefore stays where it is told."""
    taken: set[int] = set()
    for clause in clauses:
        if not clause.leading:
            continue
        subject = next(
            (at for at in range(clause.start + 1, clause.end) if tokens[at].word in _SUBJECT_WORDS | {"there"}), 0
        )
        if subject and subject - clause.start <= 4 and tokens[clause.start].word not in _SUBJECT_WORDS:
            taken |= set(range(clause.start, subject))
            clause.link, clause.leading, clause.start = "", False, subject
    return taken


def _connector(tokens: list[Token], at: int) -> tuple[str, int]:
    for phrase, link in _CONNECTORS:
        found = tuple(token.word for token in tokens[at : at + len(phrase)])
        if phrase == ("first",) and at and tokens[at - 1].word in _DETERMINERS:
            continue  # "the first customers"
        if phrase == ("first",) and not _opens_with_first(tokens, at):
            continue  # "first kiss on the bridge"
        if found == phrase and phrase[0] == "the" and not _stands_alone(tokens, at + len(phrase)):
            continue  # "the night before the exam"
        if found == phrase and not (phrase == ("next",) and tokens[min(at + 1, len(tokens) - 1)].word == "to"):
            return link, len(phrase)
    return "", 0


def _stands_alone(tokens: list[Token], at: int) -> bool:
    following = tokens[at] if at < len(tokens) else None
    return following is None or following.mark or following.word in _SUBJECT_WORDS or following.text[0].isupper()


def _opens_with_first(tokens: list[Token], at: int) -> bool:
    """Whether "first" says what comes first, and is no adjective: "first, …", "first we …", "first to the beach"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return True
    return (
        following.mark
        or following.word in _AFTER_FIRST
        or following.word.endswith("ing")
        or following.text[0].isupper()
    )


def _pass_links_on(clauses: list[Clause]) -> list[Clause]:
    """A connector before a comma ("finally, we …", ", and later, …") belongs to the words that follow."""
    kept: list[Clause] = []
    link, strong, leading = "", False, False
    for clause in clauses:
        clause.link = clause.link or link
        clause.strong = clause.strong or strong
        clause.leading = clause.leading or (leading and bool(link))
        if clause.mentions or clause.end - clause.start > 2:
            kept.append(clause)
            link, strong, leading = "", False, False
        else:
            link, strong, leading = clause.link, clause.strong, clause.leading
    return kept


def _tells_event(clause: Clause, *, serial: bool, timed: bool = False, skies: bool = False) -> bool:
    """Whether something happens: a known thing, a change of weather, or in a story told by the clock a long clause."""
    if clause.has("elapsed") and clause.end - clause.start >= _FULL_CLAUSE:
        return True
    if timed and clause.has("clock"):
        return True
    if clause.listed or (clause.has("next_day") and clause.end - clause.start >= _FULL_CLAUSE):
        return True
    if skies and clause.has("weather") and (clause.link or clause.has(*_TIME_SENSES)):
        return True
    if timed and clause.has("daypart", "clock") and clause.end - clause.start >= _FULL_CLAUSE:
        return True
    return clause.has(*_EVENT_SENSES) or (serial and clause.has("month", "season", "next_day", "weekday", "date"))


def _join_asides(clauses: list[Clause], *, serial: bool, timed: bool, skies: bool) -> list[Clause]:
    """Clauses without an event go to the one before in their sentence, else to the next one."""
    joined: list[Clause] = []
    waiting: list[Mention] = []
    waiting_link = ""
    for index, clause in enumerate(clauses):
        if _tells_event(clause, serial=serial, timed=timed, skies=skies):
            clause.mentions = waiting + clause.mentions
            clause.link = clause.link or waiting_link
            clause.strong = clause.strong or bool(waiting and not joined)
            joined.append(clause)
            waiting, waiting_link = [], ""
            continue
        follows = any(
            _tells_event(later, serial=serial) and later.sentence == clause.sentence for later in clauses[index + 1 :]
        )
        times_only = clause.has(*_TIME_SENSES) and clause.strong and follows
        if joined and not waiting and not times_only:
            joined[-1].mentions += clause.mentions
        else:
            waiting, waiting_link = waiting + clause.mentions, clause.link or waiting_link
            if index + 1 < len(clauses):
                clauses[index + 1].strong |= clause.strong
    if joined:
        joined[-1].mentions += waiting
        return joined
    return [Clause(0, 0, strong=True, mentions=waiting)]


def _join_alike(clauses: list[Clause], *, serial: bool) -> list[Clause]:
    """Neighbours that are not clearly separate events become one: "a picnic, frisbee and ice cream in the park"."""
    joined: list[Clause] = []
    for clause in clauses:
        previous = joined[-1] if joined else None
        if (
            previous
            and not clause.strong
            and clause.sentence == previous.sentence
            and _belong_together(previous, clause, serial=serial)
        ):
            previous.mentions += clause.mentions
            previous.end = clause.end
        else:
            joined.append(clause)
    return joined


def _belong_together(left: Clause, right: Clause, *, serial: bool) -> bool:
    times = ("month", "season", "next_day", "weekday", "date") if serial else ("next_day",)
    if right.has("next_day"):
        return False
    if any(right.keys(category) and left.keys(category) != right.keys(category) for category in times):
        return False
    if left.has("daypart", "clock") and right.has("daypart", "clock"):
        return False
    if (
        left.keys("activity")
        and right.keys("activity")
        and (right.has("daypart", "clock") or (_is_late(right) and not _is_late(left)))
    ):
        return False
    if left.keys("activity") and right.keys("activity") and _is_dark(left) != _is_dark(right):
        return False
    here, there = place_kinds(left), place_kinds(right)
    if here and there:
        return here[-1] == there[0] and left.keys("place")[-1:] == right.keys("place")[:1]
    if left.keys("weather") and right.keys("weather") and left.keys("weather") != right.keys("weather"):
        return False
    if right.has("holiday") and not right.has("activity") and not there:
        return True
    fits = fits_of(left) + fits_of(right)
    if here or there:
        only = fits_of(right) if here else fits_of(left)
        kind = (here or there)[-1 if here else 0]
        return all("*" in kinds or kind in kinds for kinds in only)
    common = (
        set.intersection(*(kinds for kinds in fits if "*" not in kinds))
        if any("*" not in kinds for kinds in fits)
        else {"*"}
    )
    usual = {kind for clause in (left, right) for kind in fits_in_order(clause)} | {"*"}
    return bool(common & usual)


def _is_late(clause: Clause) -> bool:
    return all(activities()[key].at >= 1100 for key in clause.keys("activity"))


def _is_dark(clause: Clause) -> bool:
    return bool(_DARK & set(clause.keys("activity")))


def fits_of(clause: Clause) -> list[set[str]]:
    """The environment kinds that each activity of the clause fits."""
    return [_fits(key) for key in clause.keys("activity")]


def fits_in_order(clause: Clause) -> list[str]:
    """The usual environment kind of each activity of the clause that has one."""
    kinds = [activities()[key].places.split(";")[0] for key in clause.keys("activity")]
    return [kind for kind in kinds if kind != "*"]


def place_kinds(clause: Clause) -> list[str]:
    """The environment kinds that the clause names, in order."""
    named = [mention.sense("place") or mention.sense("city") for mention in clause.mentions if not mention.negated]
    return [sense.key.split("/")[0] for sense in named if sense]


def _fits(key: str) -> set[str]:
    return set(activities()[key].places.split(";"))


def _in_story_order(clauses: list[Clause], tokens: list[Token]) -> list[Clause]:
    ordered: list[Clause] = []
    cursor, held, looking_back = 0, None, False
    for index, clause in enumerate(clauses):
        back = clause.link == "earlier" or (index > 0 and _past_perfect(tokens[clause.start : clause.end]))
        if (back and not looking_back) or (clause.link == "after" and not clause.leading and index):
            cursor = max(0, cursor - 1)
        elif (
            looking_back
            and not back
            and not (clause.link == "then" and _past_perfect(tokens[clause.start : clause.end]))
        ):
            cursor = len(ordered)
        if clause.link == "opening" or (clause.link == "first" and any(other.link == "last" for other in ordered)):
            cursor = 0
        if clause.link == "before" and clause.leading:
            held = clause
            continue
        ordered.insert(cursor, clause)
        cursor += 1
        if clause.link == "after" and not clause.leading and index:
            cursor += 1
        if held is not None:
            ordered.insert(cursor, held)
            cursor, held = cursor + 1, None
        looking_back = back
    if held is not None:
        ordered.append(held)
    return _first_to_front(ordered)


def _first_to_front(ordered: list[Clause]) -> list[Clause]:
    rank = {"first": 0, "last": 2}
    starts = [clause for clause in ordered if clause.link == "last"]
    if starts and ordered[-1] not in starts and ordered[0].link != "first" and ordered[-1].link == "first":
        ordered.sort(key=lambda clause: rank.get(clause.link, 1))
    return ordered


def _past_perfect(tokens: list[Token]) -> bool:
    for at, token in enumerate(tokens):
        if token.word == "had" or token.word.endswith("'d"):
            following = [later.word for later in tokens[at + 1 : at + 4]]
            if any(
                word in _PARTICIPLES - {"had", "read"} or (word.endswith("ed") and len(word) > 4) for word in following
            ):
                return True
    return False
