"""Ages that follow from the company somebody keeps."""

import random

from .company import Company
from .target_mix import GROWN_UP, pick_lead


def agree_on_ages(company: Company, rng: random.Random) -> None:
    """One age per group of friends or siblings, and couples of a kind; singles are left to the target mix."""
    ages: dict[str, str] = {}
    _age_peers(company, rng)
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


def age_at_school(company: Company, kind: str, said: set[str]) -> None:
    """Whoever goes to school alone is a child; whoever graduates is not."""
    raises = any(part.relation in {"child", "grandchild"} for part in company.people())
    for part in company.people():
        if (raises or company.grown) and not part.relation:
            continue
        peer = part.relation in {"sibling", "friend"} and part.role not in {"student"}
        if not part.age and (not part.relation or peer) and (kind == "classroom" or "graduate" in said):
            part.age = "young_adult" if "graduate" in said else "child"


def age_beside(company: Company) -> None:
    """A friend, twin or classmate of somebody is of their age."""
    for part in company.people():
        if not part.age and part.beside and part.beside.age and (part.relation == "friend" or "twin" in part.role):
            part.age = part.beside.age
        elif part.age and part.beside and not part.beside.age and part.relation == "friend":
            part.beside.age = part.age


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


def _age_peers(company: Company, rng: random.Random) -> None:
    """Names of one list are of one age; students without another age are young adults."""
    ages: dict[int, str] = {}
    raises = company.grown or any(part.role in {"nephew", "niece"} for part in company.people())
    for part in company.people():
        if not part.age and not part.relation and part.name and raises:
            part.age = pick_lead(rng, GROWN_UP)[0]
        elif not part.age and not part.relation and part.name and company.students:
            part.age = "young_adult"
        elif not part.age and part.peers:
            part.age = ages.setdefault(part.peers, pick_lead(rng, GROWN_UP)[0])
