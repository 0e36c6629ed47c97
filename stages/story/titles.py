"""The album's title and its summary."""

import random
import re
from typing import Final

from ..records import Character, Environment, Scene
from ..seeds import derive_seed
from .captions import join_names, title_case
from .events import Event
from .lexicon_time import HOLIDAYS

_TRIP_WORDS: Final = {
    "road trip": "Road Trip",
    "roadtrip": "Road Trip",
    "honeymoon": "Honeymoon",
    "camping trip": "Camping Trip",
    "vacation": "Holiday",
    "weekend": "Weekend",
    "week": "Week",
    "city break": "City Break",
}


def title_of(
    star: str,
    events: list[Event],
    characters: list[Character],
    wild: set[str],
    phrases: set[str],
    regions: list[str],
    seed: int,
) -> str:
    """A short title: who, what or where, in one of several forms chosen by the seed.

    Args:
        star: id of whose birthday or graduation it is, or "".
        events: of the story, each with a place.
        characters: the whole cast.
        wild: ids of animals that belong to nobody.
        phrases: known phrases of the prompt.
        regions: named lands.
        seed: of the story.
    """
    rng = random.Random(derive_seed(seed, "title"))  # noqa: S311
    people = [c.name for c in characters if c.kind == "person"]
    pets = [c.name for c in characters if c.kind == "animal" and c.id not in wild]
    heroes = join_names((people[:2] or pets[:2]) or ["Nobody"]) if len(people) <= 2 else ""
    holiday = next((event.holiday for event in events if event.holiday), "")
    trip = next((title for word, title in _TRIP_WORDS.items() if word in phrases), "")
    place = events[0].place
    where = f"{place.at}" if place else ""
    options: list[str] = []
    if holiday:
        options = _holiday_titles(holiday, [c.name for c in characters if c.id == star] or people)
    elif trip and regions:
        over = "across" if trip == "Road Trip" else "in"
        options = [
            f"A {trip} {over} {regions[0]}",
            f"{heroes or 'All of Us'}: {trip} {over} {regions[0]}",
            f"{over} {regions[0]}",
        ]
    elif trip and heroes:
        options = [f"The {trip} of {heroes}", f"{heroes}: A {trip} {where}", f"A {trip} to Remember"]
    elif len({id(event.place) for event in events}) == 1 and where:
        span = "Days" if any(event.jump or event.month or event.season for event in events[1:]) else "Day"
        options = [f"A {span} {where}" if span == "Day" else f"{span} {where}"]
        if pets and people:
            options += [f"{options[0]} with {pets[0]}", f"{pets[0]} and {people[0]} {where}"]
        elif heroes and (people or pets):
            options += [f"{heroes} {where}", f"{heroes}: {options[0]}"]
    else:
        places = list(dict.fromkeys(event.place.proper or event.place.noun for event in events if event.place))
        options = [f"From {_article(places[0])} to {_article(places[-1])}"] if len(places) > 1 else []
        options += (
            [f"{heroes}: {len(events)} Chapters"]
            if heroes and (people or pets)
            else [f"{len(events)} Chapters Together"]
        )
        options += (
            [f"With {heroes} from {_article(places[0])} to {_article(places[-1])}"]
            if heroes and (people or pets) and len(places) > 1
            else []
        )
    return title_case(rng.choice(options))[:120]


def _article(noun: str) -> str:
    return noun if noun[:1].isupper() or noun in {"home"} else f"the {noun}"


def _holiday_titles(holiday: str, people: list[str]) -> list[str]:
    name = HOLIDAYS[holiday].title
    if holiday == "wedding" and len(people) >= 2:
        return [
            f"The Wedding of {people[0]} and {people[1]}",
            f"{people[0]} and {people[1]} Say Yes",
            f"{people[0]} & {people[1]}",
        ]
    if holiday in {"birthday", "graduation"} and people:
        return [
            f"{people[0]}'s {name}",
            f"Happy {name}, {people[0]}" if holiday == "birthday" else f"{people[0]}'s Big Day",
            f"A {name} for {people[0]}",
        ]
    if people and len(people) <= 2:
        return [f"{name} with {join_names(people)}", f"{name}, All of It"]
    return [f"Our {name.removeprefix('the ')}" if not name.startswith("the ") else title_case(name), f"{name} Together"]


def summarise(
    events: list[Event],
    characters: list[Character],
    wild: set[str],
    scenes: list[Scene],
    themes: str,
    environments: dict[str, Environment],
) -> str:
    """Two or three sentences: who, the places in order, when, and what it is about."""
    people = [c for c in characters if c.kind == "person"]
    pets = [c for c in characters if c.kind == "animal" and c.id not in wild]
    names = [c.name for c in people[:4]] + ([f"{len(people) - 4} more"] if len(people) > 4 else [])
    names += [f"{pet.name} the {pet.role}" for pet in pets[:3]]
    order = list(dict.fromkeys(scene.environment for scene in scenes))
    nouns = {event.place.noun if not event.place.proper else event.place.proper for event in events if event.place}
    by_id = [
        next(
            (
                e.place.at
                for e in events
                if e.place
                and environments[i].kind == e.place.kind
                and (environments[i].name.lower().endswith(e.place.noun) or e.place.noun in nouns)
            ),
            "",
        )
        for i in order
    ]
    where = ", then ".join(dict.fromkeys(at for at in by_id[:6] if at)) or "outside"
    first, last = scenes[0].time, scenes[-1].time
    days = (last.date() - first.date()).days + 1
    span = "one day" if days == 1 else f"{days} days"
    when = f"from {span} in {first:%B} {first.year}" if days <= 31 else f"from {first:%B %Y} to {last:%B %Y}"
    who = join_names(names) if names else "No people"
    themes = re.sub(r"^(?:the )?themes? of ", "", themes)
    text = f"{who}: {len(scenes)} photo{'s' if len(scenes) != 1 else ''} {when}, {where}."
    return (text + (f" It is about {themes}." if themes else ""))[:600]
