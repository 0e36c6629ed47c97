"""Completes the cast: narrator, families, owners, whoever a silent prompt needs, and how they are related."""

import random
from typing import Final

from .lexicon_people import ANIMAL_WORDS, FARM_SPECIES, WILD_ANIMALS
from .who import Company, Part

MAX_PEOPLE: Final = 12
_KIDS: Final = frozenset({"child", "baby", "teen"})
_DEFAULT_GROUPS: Final = (("solo", 15), ("couple", 25), ("friends", 25), ("family", 25), ("generations", 10))


def complete_cast(
    company: Company, rng: random.Random, *, holiday: str, kind: str, said: set[str], late: bool
) -> list[tuple[int, str, int]]:
    """Add whom the prompt implies or leaves to us, and relate everybody.

    Args:
        company: as read; its parts are extended in place, `notes` says what was added.
        holiday: key of `HOLIDAYS` or "".
        rng: the cast's own draw.
        kind: environment kind of the first event, or "".
        said: activities that the prompt names.
        late: whether the story plays at night.

    Returns:
        Relations as (subject, relation, object), indexes into `company.parts`.
    """
    if company.no_people:
        company.parts[:] = company.animals()
    if company.no_animals:
        company.parts[:] = company.people()
    if not company.no_people:
        _add_narrator(company, rng)
        _add_family(company, rng)
        _pair_up(company, holiday)
        romance = bool(said & {"propose", "vows", "first_dance"})
        _add_missing(company, rng, holiday, "romance" if romance else "night" if late else kind)
        _age_at_school(company, kind, said)
        _agree_on_ages(company, rng)
    del company.parts[MAX_PEOPLE + 10 :]
    return relate(company.parts)


def _invent(
    company: Company, role: str = "", age: str = "", gender: str = "", relation: str = "", group: str = ""
) -> None:
    company.parts.append(Part("person", role, "", age, gender, relation, group=group, first=-1, invented=True))


def _add_narrator(company: Company, rng: random.Random) -> None:
    others = company.people()
    if company.narrator or (company.together and others):
        if not any(part.relation in {"friend"} and part.group for part in others) or company.narrator:
            partner = next((part for part in others if part.relation in {"spouse", "partner"} and not part.group), None)
            relation = partner.relation if partner else ""
            company.parts.insert(
                0,
                Part(
                    "person", "", age="" if not partner else partner.age, relation=relation, first=-1, word="narrator"
                ),
            )
    elif company.together and not others and company.family is None:
        group = rng.choice(("couple", "friends"))
        _add_group(company, rng, group)
        company.notes.append('Read "we" as ' + ("a couple." if group == "couple" else "three friends."))


def _add_family(company: Company, rng: random.Random) -> None:
    if company.family is None:
        return
    people = company.people()
    kids = [part for part in people if part.age in _KIDS]
    grown = [part for part in people if part.relation in {"parent", "spouse", "partner"} or part.word == "narrator"]
    size = company.family[1] or max(len(people), (2 + len(kids)) if kids else rng.choice((3, 4, 4, 5)))
    same_sex = rng.random() < 0.1
    genders = [("female", "female"), ("male", "male")][rng.randrange(2)] if same_sex else ("female", "male")
    wanted_parents = 2 if size - len(kids) >= 2 or not kids else 1
    for gender in genders[: max(0, wanted_parents - len(grown))]:
        _invent(company, "mother" if gender == "female" else "father", "adult", gender, "parent", "family")
    while len(company.people()) < size and "child" not in company.banned:
        gender = rng.choice(("female", "male"))
        _invent(company, "daughter" if gender == "female" else "son", "child", gender, "child", "family")


def _pair_up(company: Company, holiday: str) -> None:
    """Two people of a wedding without a word on who they are to each other are the couple."""
    plain = [part for part in company.people() if not part.relation and part.age not in _KIDS]
    if (
        holiday in {"wedding", "anniversary"}
        and len(plain) == 2
        and not any(p.relation in {"spouse", "partner"} for p in company.people())
    ):
        for part in plain:
            part.relation, part.role = (
                "spouse",
                {"female": "bride", "male": "groom"}.get(part.gender, "spouse") if holiday == "wedding" else "spouse",
            )
            part.group = "couple"


def _add_missing(company: Company, rng: random.Random, holiday: str, kind: str) -> None:
    people = company.people()
    if holiday == "wedding" and not any(part.relation == "spouse" for part in people):
        for role, gender in (("bride", "female"), ("groom", "male")):
            _invent(company, role, "young_adult", gender, "spouse", "couple")
        company.notes.append("Filled in: the wedding couple.")
    elif holiday == "birthday" and len(people) <= 1:
        star = people[0] if people else None
        if star is None:
            _invent(company, "", rng.choice(("child", "young_adult", "adult", "senior")))
            star = company.parts[-1]
        age = star.age or rng.choice(("child", "young_adult", "adult"))
        star.age = age
        if age in _KIDS:
            _invent(company, "mother", "adult", "female", "parent")
        for _ in range(2):
            _invent(company, "friend", age if age != "baby" else "adult", "", "friend", "friends")
        company.notes.append("Filled in: guests of the birthday.")
    elif not people:
        _add_default(company, rng, holiday, kind)


def _add_default(company: Company, rng: random.Random, holiday: str, kind: str) -> None:
    pets = [part for part in company.animals() if not is_wild(part)]
    if pets:
        group = rng.choice(("solo", "solo", "couple"))
    elif holiday in {
        "christmas",
        "easter",
        "thanksgiving",
        "hanukkah",
        "eid",
        "diwali",
        "mother's day",
        "father's day",
    }:
        group = "family"
    elif kind == "romance":
        group = "couple"
    elif kind == "night":
        group = rng.choice(("couple", "friends"))
    elif kind == "classroom":
        group = "class"
    elif kind == "playground":
        group = "family"
    else:
        names, weights = zip(*_DEFAULT_GROUPS, strict=True)
        group = rng.choices(names, weights)[0]
    if company.banned & _KIDS and group in {"family", "generations", "class"}:
        group = "couple"
    _add_group(company, rng, group)
    said = {
        "couple": "a couple",
        "friends": "three friends",
        "family": "a family",
        "solo": "one person",
        "generations": "a grandparent and a child",
        "class": "a teacher and three children",
    }
    company.notes.append(f"Filled in the cast: {said[group]}.")


def _add_group(company: Company, rng: random.Random, group: str) -> None:
    if group == "solo":
        _invent(company)
    elif group == "couple":
        age = rng.choices(("young_adult", "adult", "senior"), (45, 35, 20))[0]
        for _ in range(2):
            _invent(company, "partner", age, "", "partner", "couple")
    elif group == "friends":
        for _ in range(3):
            _invent(company, "friend", "", "", "friend", "friends")
    elif group == "family":
        company.family = company.family or (0, 0)
        _add_family(company, rng)
    elif group == "generations":
        gender = rng.choice(("female", "male"))
        _invent(company, "grandmother" if gender == "female" else "grandfather", "senior", gender, "grandparent")
        child = rng.choice(("female", "male"))
        _invent(company, "granddaughter" if child == "female" else "grandson", "child", child, "grandchild")
    else:
        _invent(company, "teacher", "adult", "", "teacher")
        for _ in range(3):
            _invent(company, "pupil", "child", "", "friend", "pupils")


def is_wild(part: Part) -> bool:
    """Whether an animal belongs to a place rather than to a person: cows on a farm, a fox in the wood."""
    word = ANIMAL_WORDS[part.word]
    return word.breed in WILD_ANIMALS or part.word in WILD_ANIMALS or (word.species in FARM_SPECIES and not part.name)


def _agree_on_ages(company: Company, rng: random.Random) -> None:
    """One age per group of friends or siblings, and couples of a kind; singles are left to the target mix."""
    ages: dict[str, str] = {}
    _age_by_relatives(company)
    for part in company.people():
        if part.age:
            if part.group:
                ages.setdefault(part.group, part.age)
            continue
        alone = part.relation in {"sibling", "friend"} and not part.group
        anchor = next((other for other in company.people() if other.age and other is not part), None) if alone else None
        key = part.group or (f"{part.relation}" if alone else "")
        if key and key not in ages:
            shares = (0, 10, 50, 40) if part.invented else (8, 12, 45, 35)
            default = rng.choices(("child", "teen", "young_adult", "adult"), shares)[0]
            lead = next((other for other in company.people() if other.age), None)
            young = lead is not None and lead.age in {"child", "teen"} and not lead.group
            ages[key] = (
                lead.age
                if young and lead
                else anchor.age
                if anchor and anchor.age != "baby" and part.relation != "friend"
                else default
            )
        part.age = ages.get(key, "")


def _age_at_school(company: Company, kind: str, said: set[str]) -> None:
    """Whoever goes to school alone is a child; whoever graduates is not."""
    for part in company.people():
        if not part.age and not part.relation and (kind == "classroom" or "graduate" in said):
            part.age = "young_adult" if "graduate" in said else "child"


def _age_by_relatives(company: Company) -> None:
    """Partners of a single wife or husband are of that age; parents of children are adults."""
    people = company.people()
    spouse = next(
        (part for part in people if part.relation in {"spouse", "partner"} and not part.group and part.age), None
    )
    for part in people:
        if part.age or part.relation not in {"", "spouse", "partner"}:
            continue
        if spouse is not None and part is not spouse:
            part.age, spouse = spouse.age, None
        elif any(other.relation == "parent" and not other.invented for other in people):
            part.age = "teen"
        elif any(other.relation == "child" for other in people) or part.word == "narrator":
            part.age = "adult"
        elif any(other.relation == "grandchild" for other in people):
            part.age = "senior"


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
    return kids, grown


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
        elif part.relation == "grandparent":
            [
                add(index, "grandparent", kid)
                for kid in kids or [i for i in people if i != index and not parts[i].relation][:1]
            ]
        elif part.relation in {"sibling", "friend", "colleague", "relative"}:
            peers = [
                i
                for i in people
                if i != index and (parts[i].group == part.group if part.group else i < index or not parts[i].relation)
            ]
            [
                add(index, part.relation, other)
                for other in peers[:6]
                if parts[other].relation not in {"parent", "grandparent"}
            ]
        elif part.relation == "teacher":
            [add(index, "teacher", other) for other in people if other != index]
    for first in kids:
        [
            add(first, "sibling", other)
            for other in kids
            if other > first and parts[other].relation == parts[first].relation in {"child", "grandchild"}
        ]
    if people:
        owner = next((i for i in people if parts[i].age not in {"baby"}), people[0])
        [add(i, "pet", owner) for i, part in enumerate(parts) if part.kind == "animal" and not is_wild(part)]
    return [(subject, kind, target) for (subject, target), kind in list(found.items())[:96]]


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
