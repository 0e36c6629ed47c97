"""Divides the photos among the events and decides what each photo of an event shows."""

import random
from dataclasses import dataclass
from typing import Final

from ..vocabulary import INDOOR_KINDS
from .activities import Activity, activities
from .events import Event
from .lexicon_places import NOUN_FILLERS, PLACE_KINDS, split_list

DETAILS: Final[dict[str, str]] = {  # kind: object kind=name=clause
    "park": "ball=tennis ball=A tennis ball that has seen better days;leash=leash=The leash, off duty for "
    "once;ice_cream=ice cream=Somebody put it down for only a second",
    "garden": "flowers=roses=The first roses, cut this morning;cup=tea cup=One cup left on the garden table",
    "playground": "toy=little bucket=A small bucket, left at its post;balloons=balloons=The balloons wait for "
    "their owners",
    "beach": "other=shells=Today's best shells, sorted by size;book=paperback=Sand between the pages",
    "harbor": "other=coiled rope=A rope, coiled the way it should be;lantern=ship's lantern=The old lantern on "
    "the quay",
    "coastal_town": "flowers=geraniums=Geraniums on a blue windowsill;bowl=paper cone of chips=Salt, vinegar, sea air",
    "forest": "other=mushrooms=Mushrooms, admired and left where they were;stick=walking stick=The best stick of "
    "the forest",
    "mountain": "backpack=backpack=The backpack has earned its rest;map=map=The map, folded wrong "
    "again;camera=camera=A camera on warm stone",
    "lake": "stick=driftwood=A piece of driftwood, smooth as soap;fishing_rod=fishing rod=The rod, leaning and waiting",
    "meadow": "flowers=wildflowers=A small bunch of everything that grows here;picnic_basket=basket=The basket, "
    "lighter by now",
    "desert": "backpack=water flask=The flask, checked twice;camera=camera=Dust on the lens, as it should be",
    "snowfield": "other=mittens=Two mittens, a little wet;cup=mug of cocoa=Steam, then chocolate;sled=sled=The "
    "sled takes a breath",
    "campsite": "lantern=lantern=The lantern keeps the dark at a distance;cup=tin mug=A tin mug, still "
    "warm;guitar=guitar=The guitar rests between two songs",
    "road": "map=road map=The route, in pencil;cup=coffee to go=Coffee for the next hundred "
    "miles;camera=camera=On the dashboard, ready",
    "city_street": "cup=coffee to go=Coffee, walking;bicycle=bicycle=Somebody's bicycle against the "
    "wall;flowers=flowers=Flowers from the corner stall",
    "old_town": "map=city map=The map, worn at the folds;ice_cream=ice cream=Pistachio, of course;camera=camera=A "
    "camera on old stone",
    "market": "bread=loaf of bread=Still warm;flowers=bunch of flowers=The yellow ones;bowl=cherries=A bowl of "
    "cherries, minus three",
    "farm": "bowl=basket of eggs=Six eggs, one still warm;bread=bread=Bread and butter on the fence "
    "post;pumpkin=pumpkin=The biggest of the patch",
    "kitchen": "bowl=mixing bowl=The bowl, licked clean on one side;bread=loaf=The crust sings as it "
    "cools;cup=cup=Coffee, forgotten and found",
    "living_room": "candles=candles=Two candles and a quiet corner;book=book=Face down at page ninety;cup=cup of "
    "tea=Tea, just poured",
    "bedroom": "book=picture book=The book that is read every night;toy=old teddy=Three generations "
    "old;suitcase=suitcase=Open, and nearly full",
    "cafe": "cup=cappuccino=A heart in the foam;cake=slice of cake=Two forks, one slice;book=notebook=Notes on "
    "the day so far",
    "restaurant": "candles=candle=The candle, halfway down;bread=bread=Bread before everything;flowers=flowers=A "
    "small bouquet between the plates",
    "classroom": "book=exercise book=Nobody's handwriting is like this;paintbrush=brushes=Brushes, washed and "
    "nearly clean;toy=model=The model, glue still wet",
    "museum": "book=guide=The guide, with a corner turned down;camera=camera=No flash, promised;other=tickets=The "
    "tickets, kept for the album",
    "": "camera=camera=The camera takes a break too;backpack=backpack=Everything needed, and three things "
    "more;cup=paper cup=A last warm sip",
    "station": "suitcase=suitcase=Everything for the journey;book=paperback=One chapter until departure;cup=paper "
    "cup=Platform coffee",
}  # fmt: skip
_SUMMER_ONLY: Final = frozenset({
    "garden_work", "picnic", "smell_flowers", "bench_rest", "nap", "sunbathe", "swim", "ice_cream", "pick_flowers",
    "wade", "paint", "read", "tea",
})  # fmt: skip
_CHILDISH: Final = frozenset(
    split_list(
        "play_tag; bubbles; swing; climb_frame; sand_play; pillow_fight; play_toys; snow_angel; show_drawing; "
        "raise_hand"
    )
)
_SPRY: Final = frozenset(["climb_tree", "climb_rocks", "climb_dune", "snowball", "sled", "pillow_fight"])
_SHOT_CYCLE: Final = ("medium", "close_up", "wide", "medium", "close_up", "medium", "wide")


@dataclass(frozen=True)
class Beat:
    """One photo. `form` is arrival, activity, portrait, pet, detail, scenic or leaving; only some have an activity."""

    form: str
    activity: str = ""
    shot: str = "medium"
    variant: int = 0


def share_photos(events: list[Event], photos: int) -> tuple[list[Event], list[int]]:
    """How many photos each event gets; events that get none are left out.

    Args:
        events: in story order; a heavier `weight` earns more photos.
        photos: how many there are to give.
    """
    if photos < len(events):
        ends = {0, len(events) - 1} if photos > 1 else {0}
        ranked = sorted(range(len(events)), key=lambda i: (i not in ends, -events[i].weight, i))
        kept = sorted(ranked[:photos])
        return [events[i] for i in kept], [1] * photos
    weights = [event.weight for event in events]
    counts = [1] * len(events)
    for _ in range(photos - len(events)):
        neediest = max(range(len(events)), key=lambda i: (counts[i] < len(events[i].said), weights[i] / counts[i], -i))
        counts[neediest] += 1
    return events, counts


def usable(activity: Activity, people: int, pets: int, dogs: int, wild: int) -> bool:
    """Whether the cast at hand can do it."""
    if activity.needs == "pet":
        return people > 0 and (dogs if "fetch" in activity.words or "dog" in activity.words else pets) > 0
    if "bouquet" in activity.words:
        return people >= 3
    if activity.needs == "two":
        return people >= 2
    if activity.needs == "animal":
        return pets + wild > 0
    if activity.needs == "person":
        return people > 0
    return people + pets + wild > 0


def plan_beats(
    event: Event,
    count: int,
    *,
    people: int,
    pets: int,
    dogs: int,
    wild: int,
    opens: bool,
    arrives: bool,
    closes: bool,
    minute: int,
    done: dict[str, int],
    rng: random.Random,
    ages: frozenset[str] = frozenset({"child"}),
) -> list[Beat]:
    """What the photos of one event show, neighbours always different in activity or shot.

    Args:
        event: with its place.
        count: photos of the event.
        people: how many people are there.
        pets: how many animals with an owner.
        dogs: how many of those are dogs.
        wild: how many animals without one.
        opens: whether the event begins the album.
        closes: whether it ends the album.
        arrives: whether the place is new after the event before.
        minute: of the day at which it begins.
        done: how often each activity was shown in the album so far; updated.
        rng: keyed by the event.
        ages: age groups of the people there; only children play tag unasked, only the spry climb.
    """
    table = activities()
    cast = {"people": people, "pets": pets, "dogs": dogs, "wild": wild}
    said = [_instead(key, **cast) for key in event.said]
    said = list(dict.fromkeys(key for key in said if usable(table[key], **cast)))
    if not people + pets + wild:
        return [Beat("scenic", shot=("wide", "detail", "medium", "close_up")[n % 4], variant=n) for n in range(count)]
    fillers = [key for key in _fillers(event, minute, rng, **cast) if key not in said]
    fillers = [key for key in fillers if _suits_age(key, ages)] or ["animal_look" if not people else "stroll"]
    fillers.sort(key=lambda key: done.get(key, 0))
    arrives = arrives and (
        (count >= 3 and len(said) < count) or (count == 2 and (not said or (opens and minute < 1080)))
    )
    beats: list[Beat] = [Beat("arrival", shot="wide")] if arrives else []
    leaves = closes and count >= 5
    queue = _queue(said, fillers, people, pets + wild, rng)
    while len(beats) < count - int(leaves):
        form, key, variant = next(queue)
        shot = _shot(form, key, variant, beats)
        if not beats and count > 1 and form == "activity":
            shot = "wide"  # an event that does not begin with an arrival still shows where it is
        beats.append(Beat(form, key, shot, variant))
        if key:
            done[key] = done.get(key, 0) + 1
    if leaves:
        beats.append(Beat("leaving", shot="wide" if beats[-1].shot != "wide" else "medium"))
    return beats


def _instead(key: str, *, people: int, pets: int, dogs: int, wild: int) -> str:
    """What animals do when the prompt has nobody for it, and walks that become walks with the dog."""
    if people == 0 and activities()[key].needs in {"pet", "person", "two"} and pets + wild:
        return {
            "nap": "animal_rest",
            "read": "animal_rest",
            "bench_rest": "animal_rest",
            "explore": "animal_explore",
            "fetch": "animal_play",
            "play_tag": "animal_play",
            "play_toys": "animal_play",
        }.get(key, "animal_look")
    return key


def _fillers(event: Event, minute: int, rng: random.Random, **cast: int) -> list[str]:
    table = activities()
    kind = event.place.kind if event.place else "park"
    own = list(split_list(NOUN_FILLERS.get(event.place.noun if event.place else "", PLACE_KINDS[kind].fillers)))
    rng.shuffle(own)
    if cast["pets"] and cast["people"]:
        own[1:1] = ["pet_cuddle"]
        own[:0] = ["fetch"] if cast["dogs"] and kind in table["fetch"].places else []
    if not cast["people"]:
        own = ["animal_explore", "animal_look", "animal_play", "animal_rest"]
        rng.shuffle(own)
    elif cast["pets"] and rng.random() < 0.5:
        own.append("animal_rest")
    own = list(event.customs) + own
    if event.weather == "snow" or event.season == "winter" or event.month in {12, 1, 2}:
        own = [key for key in own if kind in INDOOR_KINDS or key not in _SUMMER_ONLY]
    suits = [
        key
        for key in own
        if usable(table[key], **cast)
        and _timely(table[key], minute, key in event.customs)
        and (key not in event.customs or table[key].places == "*" or kind in table[key].places.split(";"))
    ]
    if event.weather in {"rain", "storm"} and cast["people"] and kind in table["puddles"].places:
        suits[:0] = ["puddles"]
    return list(dict.fromkeys(suits)) or ["animal_look" if not cast["people"] else "stroll"]


def _suits_age(key: str, ages: frozenset[str]) -> bool:
    if key in _CHILDISH and not ages & {"child", "teen", "baby"}:
        return False
    return not (key in _SPRY and ages and ages <= {"senior", "baby"})


def _timely(activity: Activity, minute: int, custom: bool) -> bool:
    return custom or activity.at < 0 or (minute - 120 <= activity.at <= minute + 200)


def _queue(said: list[str], fillers: list[str], people: int, animals: int, rng: random.Random):  # noqa: ANN202
    """(form, activity, variant) for ever: said activities first, portraits and details between, then fillers."""
    portrait = ("portrait", "pet") if people and animals else ("portrait",) if people else ("pet",)
    rest = [*said[1:], *fillers]
    pattern: list[tuple[str, str]] = [("activity", said[0])] if said else []
    while rest or not pattern:
        pattern += [("activity", key) for key in rest[:1]]
        rest = rest[1:]
        said_left = any(key in said for key in rest)
        if not said_left or len(said) > 3:
            number = sum(form != "activity" for form, _ in pattern)
            pattern.append((portrait[number // 2 % len(portrait)], "") if number % 2 == 0 else ("detail", ""))
            pattern += [("activity", key) for key in rest[:1]]
            rest = rest[1:]
    variant = 0
    while True:
        for form, key in pattern:
            yield form, key, variant
        variant += 1


def _shot(form: str, key: str, variant: int, beats: list[Beat]) -> str:
    last = beats[-1].shot if beats else ""
    if form == "detail":
        return "detail"
    if form in {"portrait", "pet"}:
        return "close_up"
    usual = activities()[key].shot
    if variant:
        usual = _SHOT_CYCLE[(variant + len(key)) % len(_SHOT_CYCLE)]
    if usual == last:
        return {"wide": "medium", "medium": "wide", "close_up": "medium"}.get(usual, "medium")
    return usual
