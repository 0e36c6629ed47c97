"""How the people and animals of a cast are related, as the words imply."""

from collections.abc import Callable
from typing import Final

from .company import Part
from .wildness import is_wild

_KIDS: Final = frozenset({"child", "baby", "teen"})


def _generations(parts: list[Part], people: list[int]) -> tuple[list[int], list[int]]:
    """The children of the cast, and those who are their parents."""
    kids = [
        i
        for i in people
        if parts[i].relation in {"child", "grandchild"}
        or (
            parts[i].age in {"child", "baby"}
            and parts[i].relation in {"", "friend", "sibling"}
            and parts[i].role != "pupil"
        )
    ]
    grown = [i for i in people if parts[i].relation == "parent"]
    if any(parts[i].relation == "child" for i in people) and not grown:
        grown = [
            i
            for i in people
            if parts[i].age not in {"child", "baby"}
            and parts[i].relation in {"", "spouse", "partner"}
            and i not in kids
        ][:2]
    if kids and not grown:
        grown = [i for i in people if parts[i].relation in {"spouse", "partner"} and parts[i].age not in _KIDS][:2]
    if grown and any(parts[i].relation == "sibling" for i in kids):  # a small brother's parents are his sister's too
        kids += [
            i
            for i in people
            if parts[i].relation == "" and not parts[i].group and parts[i].age != "senior" and i not in kids + grown
        ]
    return kids, grown


def _is_elder(part: Part, parts: list[Part], people: list[int]) -> bool:
    """Whether somebody is a grandparent, by name or as the only senior: "a widower, 70, and his granddaughter"."""
    relations = {parts[i].relation for i in people}
    only = "grandchild" in relations and "grandparent" not in relations
    return part.relation == "grandparent" or (not part.relation and part.age == "senior" and only)


def _grandchildren(part: Part, index: int, parts: list[Part], people: list[int], kids: list[int]) -> list[int]:
    if part.relation != "grandparent":
        return [kid for kid in kids if parts[kid].relation == "grandchild"]
    return kids or [i for i in people if i != index and not parts[i].relation][:1]


def relate(parts: list[Part]) -> list[tuple[int, str, int]]:
    """Relations that the words imply, each pair once, as (subject, relation, object)."""
    people = [index for index, part in enumerate(parts) if part.kind == "person"]
    found: dict[tuple[int, int], str] = {}

    def add(subject: int, kind: str, target: int) -> None:
        if subject != target and (subject, target) not in found and (target, subject) not in found:
            found[(subject, target)] = kind

    _relate_couples(parts, people, add)
    kids, grown = _generations(parts, people)
    offspring = kids or [i for i in people if parts[i].relation in {"", "sibling"}]
    for index in people:
        part = parts[index]
        if index in grown:
            [add(index, "parent", kid) for kid in offspring if parts[kid].relation != "grandchild"]
            [add(index, "spouse", other) for other in grown if other != index]
        elif _is_elder(part, parts, people):
            [add(index, "grandparent", kid) for kid in _grandchildren(part, index, parts, people, kids)]
        elif part.relation in {"sibling", "friend", "colleague", "relative"}:
            peers = [
                i
                for i in people
                if i != index and (parts[i].group == part.group if part.group else i < index or not parts[i].relation)
            ]
            lead = [i for i in people if parts[i].relation == "" and not parts[i].group][:1] if part.group else []
            [
                add(index, part.relation, other)
                for other in [*lead, *peers[:6]]
                if parts[other].relation not in {"parent", "grandparent"}
            ]
        elif part.relation == "teacher":
            [add(index, "teacher", other) for other in people if other != index]
    _relate_siblings(parts, kids, add, known=bool(grown))
    _befriend_peers(parts, people, add)
    if people:
        owner = next((i for i in people if parts[i].age not in {"baby"}), people[0])
        [add(i, "pet", owner) for i, part in enumerate(parts) if part.kind == "animal" and not is_wild(part)]
    return [(subject, kind, target) for (subject, target), kind in list(found.items())[:96]]


def _relate_siblings(parts: list[Part], kids: list[int], add: Callable[[int, str, int], None], *, known: bool) -> None:
    """Children of the same people are siblings; `known` says that their parents are there."""
    for at, first in enumerate(kids):
        for other in kids[at + 1 :]:
            same = parts[other].relation == parts[first].relation
            young = known and parts[first].relation == "" and parts[first].age != ""
            if same and (young or parts[first].relation in {"child", "grandchild"}):
                add(first, "sibling", other)


def _befriend_peers(parts: list[Part], people: list[int], add: Callable[[int, str, int], None]) -> None:
    """Three or more people of one list, the teller counted in, are friends where nothing else is said."""
    plain = [i for i in people if not parts[i].relation and (parts[i].peers or parts[i].word == "narrator")]
    if len(plain) >= 3 and all(not parts[i].relation for i in people):
        for at, first in enumerate(plain):
            for second in plain[at + 1 : at + 7]:
                add(first, "friend", second)


def _relate_couples(parts: list[Part], people: list[int], add: object) -> None:
    loving = [i for i in people if parts[i].relation in {"spouse", "partner"}]
    if len(loving) % 2:
        other = next(
            (
                i
                for i in people
                if i not in loving and parts[i].age not in _KIDS and parts[i].relation in {"", "parent"}
            ),
            None,
        )
        loving = [*loving, other] if other is not None else loving[:-1]
    for first, second in zip(loving[::2], loving[1::2], strict=True):
        kind = next(
            (parts[i].relation for i in (first, second) if parts[i].relation in {"spouse", "partner"}), "partner"
        )
        add(first, kind, second)  # type: ignore[operator]
