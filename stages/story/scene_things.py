"""The things in a scene, and who does what to whom."""

import random

from ..records import Character, Interaction, SceneObject
from ..vocabulary import INDOOR_KINDS
from .activities import Activity
from .beats import DETAILS, Beat
from .lexicon_places import NOUN_FILLERS, split_list
from .stage import Setting, Stage


class _Tray:
    """Collects things: each once, with the number and colour that the prompt gives, and none that it rules out."""

    def __init__(self, stage: Stage, setting: Setting) -> None:
        self.things: list[SceneObject] = []
        self._taken = {character.id for character in stage.characters}
        self._ruled_out = stage.ruled_out
        self._said = {thing.kind: thing for thing in setting.event.things}

    def add(self, kind: str, name: str = "", holder: str | None = None) -> None:
        same = [
            thing for thing in self.things if thing.kind == kind and (thing.name == name or not name or not thing.name)
        ]
        if kind in self._ruled_out or same:
            return
        said = self._said.get(kind)
        count, color = (said.count, said.color) if said else (1, None)
        base = kind if kind not in self._taken else f"{kind}-1"
        unique = base if all(thing.id != base for thing in self.things) else f"{base}-{len(self.things) + 1}"
        self.things.append(
            SceneObject(id=unique, kind=kind, name=name, count=count, color=color, held_by=holder)  # type: ignore[arg-type]
        )


def things_of(
    stage: Stage,
    setting: Setting,
    beat: Beat,
    activity: Activity,
    people: list[Character],
    animals: list[Character],
    rng: random.Random,
    *,
    fire: bool,
    told: bool,
) -> list[SceneObject]:
    """The things in the picture: those of what happens, and those that the prompt names for this event."""
    tray = _Tray(stage, setting)
    if beat.form == "detail":
        kind = setting.event.place.kind if setting.event.place and setting.event.place.noun not in NOUN_FILLERS else ""
        stage.detail = _least_used(split_list(DETAILS[kind]), stage.used, rng)
        what, name, _ = stage.detail.split("=")
        tray.add(what, name)
        return tray.things
    portrait = beat.shot == "close_up" and beat.form != "activity"
    for what, name, hand in [] if portrait else _specs(activity.objects):
        if what != "leash" or animals:
            tray.add(what, name, people[0].id if hand == "lead" and people else None)
    leading = beat.form == "activity" and beat.activity in setting.event.said[:1]
    for thing in [] if portrait else setting.event.things[:4]:
        new = f"thing {id(setting.event)} {thing.kind}"
        if told or leading or (beat.form in {"activity", "arrival"} and new not in stage.used):
            tray.add(thing.kind, thing.name)
            stage.used[new] = 1
    if fire:
        tray.add("campfire")
    _add_occasion(tray, setting, beat, None if portrait or not people else people[-1].id)
    return tray.things


def _add_occasion(tray: _Tray, setting: Setting, beat: Beat, holder: str | None) -> None:
    """What weather and holiday bring: an umbrella where a hand is free, balloons."""
    outdoors = setting.event.place is not None and setting.event.place.kind not in INDOOR_KINDS
    if setting.weather == "rain" and holder and outdoors and not any(thing.held_by for thing in tray.things):
        tray.add("umbrella", "", holder)
    balloons = any(thing.kind == "balloons" for thing in tray.things)
    if setting.event.holiday == "birthday" and not balloons and beat.shot in {"wide", "medium"}:
        tray.add("balloons")


def _specs(objects: str) -> list[tuple[str, str, str]]:
    """The (kind, name, hand) of each "kind@hand=name" of an activity."""
    found = []
    for spec in split_list(objects):
        bare, _, hand = spec.partition("@")
        kind, _, name = bare.partition("=")
        hand, _, late_name = hand.partition("=")
        name = name or late_name
        found.append((kind, name, hand))
    return found


def _least_used(options: tuple[str, ...], used: dict[str, int], rng: random.Random) -> str:
    fewest = min(used.get(option, 0) for option in options)
    chosen = rng.choice([option for option in options if used.get(option, 0) == fewest])
    used[chosen] = used.get(chosen, 0) + 1
    return chosen


def interactions_of(
    stage: Stage, activity: Activity, people: list[Character], animals: list[Character], objects: list[SceneObject]
) -> list[Interaction]:
    """Who does what to whom: the first links of the activity whose targets are in the picture."""
    lead = people[0] if people else animals[0] if animals and activity.needs == "animal" else None
    if lead is None:
        return []
    partner = stage.partner_of(lead.id)
    present = {person.id for person in people}
    baby = next((person.id for person in people[1:] if person.age_group == "baby"), None)
    targets = {
        "partner": partner if partner in present else None,
        "other": people[1].id if len(people) > 1 else None,
        "pet": animals[0].id if animals and animals[0] is not lead else None,
        "thing": objects[0].id if objects else None,
        "baby": baby,
    }
    found: list[Interaction] = []
    for link in split_list(activity.links):
        kind, target = link.split(">")
        if targets[target] and all(other.target != targets[target] for other in found) and len(found) < 2:
            found.append(Interaction(kind=kind, subject=lead.id, target=targets[target]))  # type: ignore[arg-type]
    return found
