"""Completes the cast: narrator, families, owners, whoever a silent prompt needs, and how they are related."""

import random
from typing import Final

from .cast_ages import age_at_school, age_beside, agree_on_ages
from .company import Company, Part
from .relating import relate
from .target_mix import GROWN_UP, NOT_CHILD, pick, pick_lead
from .who_words import age_group
from .wildness import is_wild

__all__ = ["complete_cast", "is_wild", "relate"]

MAX_PEOPLE: Final = 12
_KIDS: Final = frozenset({"child", "baby", "teen"})
_FAMILY_FEASTS: Final = frozenset(
    ("christmas", "easter", "thanksgiving", "hanukkah", "eid", "diwali", "mother's day", "father's day")
)
_GROUPS: Final = {  # what company somebody of an age usually has
    "child": {"family": 0.5, "generations": 0.25, "friends": 0.25},
    "teen": {"friends": 0.5, "family": 0.3, "solo": 0.2},
    "young_adult": {"couple": 0.35, "friends": 0.4, "solo": 0.2, "family": 0.05},
    "adult": {"family": 0.5, "couple": 0.2, "friends": 0.15, "solo": 0.15},
    "senior": {"couple": 0.35, "generations": 0.3, "friends": 0.15, "solo": 0.1, "family": 0.1},
}


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
    if holiday in {"wedding", "anniversary"}:
        company.accompanied = False  # "an anniversary cruise with Bob and Linda" is theirs
    if not company.no_people:
        _add_narrator(company, rng)
        _add_family(company, rng)
        _pair_up(company, holiday, said)
        romance = bool(said & {"propose", "vows", "first_dance"})
        _add_missing(company, rng, holiday, "romance" if romance else "night" if late else kind)
        _fill_table(company)
        _add_guests(company, married=holiday == "wedding" or "vows" in said)
        age_at_school(company, "classroom" if company.school else kind, said)
        age_beside(company)
        agree_on_ages(company, rng)
    _keep_to_gender(company)
    del company.parts[MAX_PEOPLE + 10 :]
    return relate(company.parts)


def _keep_to_gender(company: Company) -> None:
    """Nobody invented or unspecified is of a gender that the prompt rules out: "no women"."""
    female = company.banned & {"women", "woman", "ladies", "girls", "wives"}
    male = company.banned & {"men", "man", "guys", "boys", "husbands"}
    for part in company.people():
        if not part.gender and bool(female) != bool(male):
            part.gender = "male" if female else "female"


def _invent(
    company: Company, role: str = "", age: str = "", gender: str = "", relation: str = "", group: str = ""
) -> None:
    company.parts.append(Part("person", role, "", age, gender, relation, group=group, first=-1, invented=True))


def _add_narrator(company: Company, rng: random.Random) -> None:
    others = company.people()
    if company.narrator or company.accompanied or (company.together and others):
        if not any(part.relation in {"friend"} and part.group and not part.name for part in others) or (
            company.narrator or company.together_with
        ):
            ours = company.together and not company.narrator and bool(others)
            both = ({"child"}, {"parent"})  # "we" and our children, or our parents, are two and more
            if ours and any(all(part.relation in kin for part in others) for kin in both):
                company.parts.insert(
                    0, Part("person", "partner", age="adult", relation="partner", first=-1, word="partner")
                )
                others = company.people()
            partner = next((part for part in others if part.relation in {"spouse", "partner"} and not part.group), None)
            relation = partner.relation if partner else ""
            company.parts.insert(
                0,
                Part(
                    "person", "", age="" if not partner else partner.age, relation=relation, first=-1, word="narrator"
                ),
            )
            if company.star_is_me:
                company.star = company.parts[0]
                company.star.age = age_group(company.years) if company.years else company.star.age
    elif company.together and not others and company.family is None:
        group = rng.choice(("couple", "friends"))
        _add_group(company, rng, group)
        company.notes.append('Read "we" as ' + ("a couple." if group == "couple" else "three friends."))


def _add_family(company: Company, rng: random.Random) -> None:
    if company.family is None:
        return
    people = company.people()
    known = len(company.parts)
    kids = [part for part in people if part.age in _KIDS]
    raised = any(part.relation == "parent" for part in people)  # then whoever tells it is a child of the family
    kids += [part for part in people if part.word == "narrator" and raised and not part.age]
    grown = [
        part
        for part in people
        if part.relation in {"parent", "spouse", "partner"} or (part.word == "narrator" and not raised)
    ]
    size = company.family[1] or max(len(people), (2 + len(kids)) if kids else rng.choice((3, 4, 4, 5)))
    same_sex = rng.random() < 0.1
    genders = [("female", "female"), ("male", "male")][rng.randrange(2)] if same_sex else ("female", "male")
    wanted_parents = 2 if size - len(kids) >= 2 or not kids else 1
    for gender in genders[: max(0, wanted_parents - len(grown))]:
        _invent(company, "mother" if gender == "female" else "father", "adult", gender, "parent", "family")
    while len(company.people()) < size and "child" not in company.banned:
        gender = rng.choice(("female", "male"))
        _invent(company, "daughter" if gender == "female" else "son", "child", gender, "child", "family")
    if any(part.tokens and min(part.tokens) < company.family[0] for part in people):
        for part in company.parts[known:]:  # "Rosa bakes with Leo, then the whole family celebrates"
            part.tokens = [company.family[0]]


def _pair_up(company: Company, holiday: str, said: set[str]) -> None:
    """Two people of a wedding or a love story without a word on who they are to each other are the couple."""
    married = bool(said & {"vows", "first_dance", "propose"}) or company.romance
    plain = [part for part in company.people() if not part.relation and part.age not in _KIDS]
    pair = [part for part in company.people() if part.group and part.relation == "friend" and part.age not in _KIDS]
    if company.romance and not plain and len(pair) == 2:
        plain = pair
        for part in pair:
            part.relation = ""
    for part in plain if company.jubilee >= 40 else ():
        part.age = part.age or "senior"
    if (
        (holiday in {"wedding", "anniversary"} or married)
        and len(plain) == 2
        and not any(p.relation in {"spouse", "partner"} for p in company.people())
    ):
        wed = holiday in {"wedding", "anniversary"} or bool(said & {"vows", "first_dance"})
        for part in plain:
            role = {"female": "bride", "male": "groom"}.get(part.gender, "spouse") if holiday == "wedding" else ""
            part.relation = "spouse" if wed else "partner"
            part.role = role or part.role or part.relation
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
            star.age = age_group(company.years) if company.years else star.age
        company.star = company.star or star
        age = star.age or rng.choice(("child", "young_adult", "adult"))
        star.age = age
        if age in _KIDS:
            _invent(company, "mother", "adult", "female", "parent")
        for _ in range(2):
            _invent(company, "friend", age if age != "baby" else "adult", "", "friend", "friends")
        company.notes.append("Filled in: guests of the birthday.")
    elif not people and not company.fable:
        _add_default(company, rng, holiday, kind)


def _fill_table(company: Company) -> None:
    """A "dinner for six" is eaten by six."""
    missing = min(company.size, MAX_PEOPLE) - len(company.people())
    for _ in range(missing):
        _invent(company, "friend", "", "", "friend", "guests")
    if missing > 0:
        company.notes.append(f"Filled in {missing} of the {company.size} people.")


def _add_guests(company: Company, *, married: bool) -> None:
    """A wedding has guests, unless the prompt names them, wants few, or rules them out."""
    couple = [part for part in company.people() if part.relation == "spouse"]
    if not married or company.small or len(company.people()) > len(couple) or not couple:
        return
    for role in ("best friend", "maid of honour", "guest", "guest"):
        _invent(company, role, "adult" if role == "guest" else couple[0].age, "", "friend", "guests")
        company.parts[-1].gender = "female" if role == "maid of honour" else ""
    company.notes.append("Filled in: guests of the wedding.")


def _add_default(company: Company, rng: random.Random, holiday: str, kind: str) -> None:
    """A lead drawn from the target mix, and company that suits the lead and the occasion."""
    pets = [part for part in company.animals() if not is_wild(part)]
    ages = GROWN_UP if kind == "romance" else NOT_CHILD if pets or kind == "night" or company.banned & _KIDS else None
    if company.teens and not pets:
        _add_group(company, rng, "friends", "teen", rng.choice(("female", "male")))
        company.notes.append("Filled in the cast: three teenagers.")
        return
    age, gender = pick_lead(rng, ages)
    group = _group_for(rng, age, kind)
    if pets:
        group = rng.choice(("solo", "solo", "couple")) if age in GROWN_UP else "solo"
    elif company.alone:
        group = "solo"
    elif holiday in _FAMILY_FEASTS or kind == "playground":
        group = "family"
    if company.banned & _KIDS and group in {"family", "generations", "class"}:
        group = "couple" if age in GROWN_UP else "friends"
    _add_group(company, rng, group, age, gender)
    said = {
        "couple": "a couple",
        "friends": "three friends",
        "family": "a family",
        "solo": "one person",
        "generations": "a grandparent and a child",
        "class": "a teacher and three children",
    }
    company.notes.append(f"Filled in the cast: {said[group]}.")


def _group_for(rng: random.Random, age: str, kind: str) -> str:
    if kind == "romance":
        return "couple"
    if kind == "classroom":
        return "class"
    if kind == "night":
        return rng.choice(("couple", "friends")) if age in GROWN_UP else "friends"
    return pick(rng, _GROUPS[age])


def _add_group(company: Company, rng: random.Random, group: str, age: str = "", gender: str = "") -> None:
    """A group around a lead, who comes first; without an age the lead is drawn."""
    if not age:
        age, gender = pick_lead(rng, GROWN_UP if group == "couple" else NOT_CHILD)
    if group == "solo":
        _invent(company, "", age, gender)
    elif group == "couple":
        _invent(company, "partner", age, gender, "partner", "couple")
        _invent(company, "partner", age, "", "partner", "couple")
    elif group == "friends":
        for number in range(3):
            _invent(company, "friend", age, gender if number == 0 else "", "friend", "friends")
    elif group == "family":
        _add_family_around(company, rng, age, gender)
    elif group == "generations":
        _add_generations(company, rng, age, gender)
    else:
        _add_class(company, age, gender)


def _add_family_around(company: Company, rng: random.Random, age: str, gender: str) -> None:
    if age in {"young_adult", "adult"}:
        _invent(company, {"female": "mother", "male": "father"}.get(gender, "parent"), age, gender, "parent", "family")
    elif age in {"child", "teen"}:
        _invent(company, {"female": "daughter", "male": "son"}.get(gender, "child"), age, gender, "child", "family")
    else:
        role = {"female": "grandmother", "male": "grandfather"}.get(gender, "grandparent")
        _invent(company, role, age, gender, "grandparent")
        company.family = (0, 4)
    company.family = company.family or (0, 0)
    _add_family(company, rng)


def _add_generations(company: Company, rng: random.Random, age: str, gender: str) -> None:
    other = rng.choice(("female", "male"))
    old, young = ("senior", "child") if age == "senior" else ("", "child")
    elder = {"female": "grandmother", "male": "grandfather"}
    grandchild = {"female": "granddaughter", "male": "grandson"}
    if old:
        _invent(company, elder.get(gender, "grandparent"), "senior", gender, "grandparent")
        _invent(company, grandchild[other], young, other, "grandchild")
    else:
        _invent(company, grandchild.get(gender, "grandchild"), age, gender, "grandchild")
        _invent(company, elder[other], "senior", other, "grandparent")


def _add_class(company: Company, age: str, gender: str) -> None:
    grown = age in GROWN_UP
    if grown:
        _invent(company, "teacher", age, gender, "teacher")
    for number in range(3):
        own = gender if number == 0 and not grown else ""
        _invent(company, "pupil", age if age in {"child", "teen"} else "child", own, "friend", "pupils")
    if not grown:
        _invent(company, "teacher", "adult", "", "teacher")
