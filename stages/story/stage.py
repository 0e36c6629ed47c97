"""What a scene is made from: the album's cast and memory, and the setting of one event."""

from dataclasses import dataclass, field
from datetime import date

from ..records import Character, Outfit
from .events import Event


@dataclass
class Stage:
    """What stays the same while scenes are made: the cast, its relations, and what was already used."""

    seed: int
    characters: list[Character]
    wild: set[str]
    relations: list[tuple[str, str, str]]
    outfits: dict[str, list[Outfit]]
    first_date: date
    mood: str = ""
    days: dict[date, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    captions: set[str] = field(default_factory=set)
    ruled_out: frozenset[str] = frozenset()
    introduced: bool = False
    detail: str = ""
    scenes: int = 0

    def partner_of(self, character_id: str) -> str | None:
        pairs = [(s, o) for s, kind, o in self.relations if kind in {"partner", "spouse"}]
        return next((o if s == character_id else s for s, o in pairs if character_id in (s, o)), None)


@dataclass
class Setting:
    """One event as it stands on the calendar: its place with lasting features, weather and those present."""

    event: Event
    environment: str
    features: tuple[str, ...]
    name: str
    proper: str
    weather: str
    people: list[Character]
    animals: list[Character]
    celebrated: str = ""

    @property
    def home(self) -> bool:
        """Whether nobody arrives or leaves here, because everybody lives here."""
        return self.event.place is not None and self.event.place.kind in {"kitchen", "living_room", "bedroom"}
