"""Everybody in the story before they have faces."""

from dataclasses import dataclass, field


@dataclass
class Part:
    """One person or animal of the story before it has a face. `first` is the token that mentions it first."""

    kind: str
    role: str = ""
    name: str = ""
    age: str = ""
    gender: str = ""
    relation: str = ""
    anchor: int | None = None  # the token that names whose relative it is ("Ana's mother")
    group: str = ""
    word: str = ""
    first: int = 0
    tokens: list[int] = field(default_factory=list)
    local: bool = False
    beside: "Part | None" = None  # whom "his" or "her" before it means: "Leo and his best friend"
    invented: bool = False


@dataclass
class Company:
    """Everybody in the story, and whom the prompt rules out."""

    parts: list[Part] = field(default_factory=list)
    no_people: bool = False
    no_animals: bool = False
    banned: set[str] = field(default_factory=set)
    narrator: bool = False
    together: bool = False
    small: bool = False  # "just the two of them", "no guests", "elopement"
    family: tuple[int, int] | None = None  # (token, size or 0)
    notes: list[str] = field(default_factory=list)

    def people(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "person"]

    def animals(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "animal"]
