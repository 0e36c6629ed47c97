"""The album while a language model tells it: what is agreed, and what the scenes so far have used."""

from dataclasses import dataclass, field
from datetime import date

from ..records import Character, CharacterRelation, Environment, Outfit, Scene
from .draft_facts import Facts


@dataclass
class Telling:
    """The album while it is told: what is agreed, and what the scenes so far have used."""

    facts: Facts
    seed: int
    characters: dict[str, Character]
    relations: list[CharacterRelation]
    places: dict[str, Environment]
    ids: dict[str, str] = field(default_factory=dict)  # of the rule plan's cast, to those of the album
    outfits: dict[str, list[Outfit]] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)
    weathers: dict[tuple[date, str], str] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    completed: dict[str, int] = field(default_factory=dict)

    def fill(self, what: str) -> None:
        """Count one thing that the rules had to fill in, for the notes."""
        self.completed[what] = self.completed.get(what, 0) + 1
