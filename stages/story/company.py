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
    peers: int = 0  # the same number for names of one list, who are of one age
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
    alone: bool = False  # "solo", "by myself"
    accompanied: bool = False  # everybody named is only "with" somebody, who is not named
    together_with: bool = False  # "we" and somebody "with" us, who is therefore not all of us
    fable: bool = False  # animals among themselves
    romance: bool = False  # two people fall in love
    students: bool = False  # the story speaks of a university
    teens: bool = False  # the story speaks of a high school that somebody goes to
    jubilee: int = 0  # years that a couple is married
    grown: bool = False  # the story speaks of work
    school: bool = False  # the story speaks of a school for children
    size: int = 0  # people in all, where the prompt says so: "dinner for six"
    star: Part | None = None  # whose birthday or graduation it is
    star_is_me: bool = False
    years: int = 0  # how old the star is, where it is the narrator or nobody named
    notes: list[str] = field(default_factory=list)

    def people(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "person"]

    def animals(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "animal"]
