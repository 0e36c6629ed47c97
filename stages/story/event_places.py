"""Where events happen: said, carried on from before, or guessed from what is done."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .activities import activities
from .clauses import Clause, fits_in_order, fits_of
from .lexicon_lands import LANDMARKS
from .lexicon_places import OWN_AT, PLACE_KINDS, split_list
from .lexicon_time import HOLIDAYS
from .said_words import proper_name, proper_text
from .scan import Mention, Token

if TYPE_CHECKING:
    from .events import Event

_ASIDE_PLACES: Final = frozenset(
    {"near", "by", "beside", "overlooking", "of", "next", "towards", "toward", "from", "facing", "with"}
)


_AT_HOME: Final = frozenset({"home", "house", "kitchen", "bedroom", "bed", "living room", "school", "office"})


_WILD_KINDS: Final = frozenset({"road", "campsite", "mountain", "forest", "desert", "farm", "meadow"})


_PORTABLE: Final = frozenset(  # feasts go on where they began
    (
        "birthday_cake",
        "dance",
        "toast",
        "gifts",
        "speech",
        "first_dance",
        "bouquet",
        "vows",
        "party",
        "talk",
        "hug",
        "cheer",
    )
)
_HOSTS: Final = frozenset(
    ("garden", "beach", "lake", "meadow", "park", "restaurant", "living_room", "farm", "campsite", "harbor", "mountain")
)


_TRAVELS: Final = frozenset(("board_train", "wait_train", "drive", "fly_away", "bicycle", "stroll", "run", "hike"))
_WORK: Final = frozenset(("office", "gym", "hospital", "workshop", "clinic", "factory", "warehouse", "office building"))
_SHORES: Final = frozenset(("lake", "beach", "park", "mountain", "desert"))


@dataclass
class Place:
    """Where: an environment kind, the noun used for it, a proper name if one was given, and the town or land."""

    kind: str
    noun: str
    proper: str = ""
    town: str = ""

    @property
    def at(self) -> str:
        if self.proper:
            own = PLACE_KINDS[self.kind].at.split()[0] if self.kind not in {"old_town", "city_street"} else "in"
            return f"{'at' if self.proper.startswith('the ') and own == 'in' else own} {self.proper}"
        at = OWN_AT.get(self.noun, PLACE_KINDS[self.kind].at)
        return f"{at} {self.noun}".strip()


def _carry_towns(events: "list[Event]") -> None:
    """A town that was named stays the scene of what follows, except at home, until another is named."""
    town = ""
    for event in events:
        place = event.place
        if place is None:
            town = event.town or town
            continue
        if event.town and not place.town and not place.proper:
            place.town = event.town
        if place.town or place.proper:
            town = place.town or (place.proper if place.kind in {"old_town", "city_street"} else town)
            town = "" if place.proper in split_list(";".join(LANDMARKS.values())) else town
        if place.noun in _AT_HOME or event.jump > 6:
            town = ""
        elif town and town != place.proper and not place.town and place.kind not in _WILD_KINDS:
            place.town = town


def said_place(clause: Clause, tokens: list[Token]) -> tuple[Place | None, str]:
    """The place that a clause names, and the town or land beside it."""
    named = [m for m in clause.mentions if not m.negated and (m.sense("place") or m.sense("city"))]
    spots = [m for m in named if m.sense("place")]
    main = [m for m in spots if not (m.start and _is_aside(tokens, m.start))] or spots
    cities = [m for m in named if m.sense("city")]
    lands = [m for m in clause.mentions if m.sense("land") and not m.negated]
    if len(cities) + len(lands) > 1:  # where somebody comes from is elsewhere
        cities = [m for m in cities if tokens[m.start - 1].word != "from"] or cities
        lands = [m for m in lands if tokens[m.start - 1].word != "from"]
    land = proper_text(lands[0], tokens) if lands else ""
    town = proper_text(cities[0], tokens) if cities else land
    if main:
        chosen = main[0]
        for later in main[1:]:
            if later.start == chosen.end:  # "mountain lake" is a lake
                chosen = later
        kind, noun = chosen.sense("place").key.split("/")  # type: ignore[union-attr]
        if chosen.phrase == "home" and _is_homeward(chosen, clause):
            return None, town
        if _passed(chosen, kind, clause, tokens):
            return _plain(next(iter(fits_in_order(clause)), "road")), town
        name = proper_name(chosen, tokens)
        return Place(
            kind, name.lower().removeprefix("the ") if name else noun, name, "" if name in town else town
        ), town
    beside = [m for m in cities if m.start and _is_aside(tokens, m.start)]
    outdoors = bool(beside) and cities[0].sense("city").key.split("/")[0] in _SHORES  # type: ignore[union-attr]
    if cities and (outdoors or not (beside and fits_of(clause))):
        kind, city = cities[0].sense("city").key.split("/")  # type: ignore[union-attr]
        return Place(kind, city, town, land), town
    return None, town


def _is_homeward(home: Mention, clause: Clause) -> bool:
    """Whether home is only where something leads: "they swim home"."""
    before = next((m.sense("activity") for m in clause.mentions if m.end == home.start and m.sense("activity")), None)
    if before is None:
        return False
    kinds = activities()[before.key].places.split(";")
    return "*" not in kinds and not {"living_room", "kitchen", "bedroom"} & set(kinds) and before.key not in _TRAVELS


def _passed(place: Mention, kind: str, clause: Clause, tokens: list[Token]) -> bool:
    """Whether people only go past it: "drove along the coast" happens on the road."""
    before = {token.word for token in tokens[max(0, place.start - 2) : place.start]}
    fits = [kinds for kinds in fits_of(clause) if "*" not in kinds]
    return bool(before & {"along", "past", "across", "through"}) and bool(fits) and all(kind not in f for f in fits)


def _is_aside(tokens: list[Token], start: int) -> bool:
    for token in reversed(tokens[max(0, start - 3) : start]):
        if token.word in _ASIDE_PLACES:
            return True
        if token.word not in {
            "the",
            "a",
            "an",
            "to",
            "their",
            "our",
            "my",
            "his",
            "her",
            "old",
            "little",
            "small",
            "big",
        }:
            return False
    return False


def find_places(events: "list[Event]", rng: random.Random) -> None:
    """Give places to the events that name none; the same place named again is one object."""
    here: Place | None = None
    for index, event in enumerate(events):
        if event.place is None:
            guess = _guess_place(event, here, events[index + 1 :], rng)
            apart = guess is here and here is not None and event.town and event.town != here.town
            event.place = Place(guess.kind, guess.noun) if guess and apart else guess
        elif (
            here
            and not event.place.proper
            and event.place.kind == here.kind
            and event.place.noun in {here.kind.replace("_", " "), here.noun}
        ):
            event.place = here
        here = event.place
    _carry_towns(events)
    known: dict[tuple[str, str, str], Place] = {}
    for event in events:
        if event.place:
            event.place = known.setdefault((event.place.kind, event.place.noun, event.place.town), event.place)


def _guess_place(event: "Event", here: Place | None, later: "list[Event]", rng: random.Random) -> Place | None:
    fits = [activities()[key].places.split(";") for key in event.said]
    fits = [kinds for kinds in fits if kinds != ["*"]]
    if (
        here
        and here.noun in _WORK
        and fits
        and (event.link or event.weekday is not None or event.jump)
        and here.kind not in {kinds[0] for kinds in fits}
    ):
        return _plain(fits[0][0])
    if event.hint and not fits and (here is None or here.kind != event.hint):
        return _plain(event.hint)
    if here and (
        (not event.said and not event.holiday)
        or (fits and all(here.kind in kinds for kinds in fits))
        or (event.said and not fits)
    ):
        return here
    if here and set(event.said) <= _PORTABLE and event.said and not event.jump and here.kind in _HOSTS:
        return here
    if fits:
        shared = [kind for kind in fits[0] if all(kind in kinds for kinds in fits)]
        usual = split_list(HOLIDAYS[event.holiday].places) if event.holiday else ()
        shared = [kind for kind in usual if kind in shared] or shared
        return _plain(shared[0] if shared else fits[0][0])
    if event.holiday:
        kinds = split_list(HOLIDAYS[event.holiday].places)
        return _plain(rng.choice(kinds))
    if event.weather == "snow" and (here is None or event.jump > 1):
        return _plain("snowfield")
    return (
        here
        or next((other.place for other in later[:1] if other.place and not other.jump), None)
        or (None if any(other.jump for other in later) else next((other.place for other in later if other.place), None))
    )


def _plain(kind: str) -> Place:
    noun = {"living_room": "living room", "city_street": "street", "snowfield": "snowy field"}.get(
        kind, kind.replace("_", " ")
    )
    return Place(kind, noun)


def plain_place(kind: str) -> Place:
    """A place of a kind under its plainest noun."""
    return _plain(kind)
