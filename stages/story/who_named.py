"""People whom the prompt calls by name or by pronoun alone."""

from .company import Company, Part
from .names import name_genders
from .scan import Token
from .who_words import age_behind_name, as_name


def add_named(company: Company, tokens: list[Token], names: list[int], used: set[int]) -> None:
    """Names that stand alone are people, unless a later apposition makes them an animal ("Rusty the dog")."""
    by_name = {part.name: part for part in company.parts if part.name}
    for at in names:
        name = as_name(tokens[at].text)
        if at in used or name in by_name:
            if name in by_name:
                by_name[name].tokens.append(at)
            continue
        part = _apposed(company, tokens, at)
        if part is None and _is_adopted(tokens, at):
            part = Part("animal", "dog", first=at, word="dog")
            company.notes.append(f"Read {name}, who was adopted, as a dog.")
            company.parts.append(part)
        if part is None:
            part = Part("person", gender=name_genders().get(name.lower(), ""), first=at)
            company.parts.append(part)
        title = tokens[at - 1].text if at and tokens[at - 1].word in {"mr", "mrs", "ms", "miss", "dr", "prof"} else ""
        if title:
            part.age = part.age or "adult"
            part.gender = {"mr": "male", "mrs": "female", "ms": "female", "miss": "female"}.get(
                title.lower(), part.gender
            )
        part.name, part.first = f"{title} {name}".strip(), min(part.first, at)
        part.tokens.append(at)
        part.age = part.age or age_behind_name(tokens, at)
        by_name[name] = part


def add_pronoun_lead(company: Company, tokens: list[Token]) -> None:
    """Reads "She missed the train": somebody whom nothing else in the prompt names."""
    for at, token in enumerate(tokens):
        if token.word not in {"she", "he"}:
            continue
        gender = "female" if token.word == "she" else "male"
        before = [
            part for part in company.parts if part.first < at and (part.kind == "animal" or part.gender in {gender, ""})
        ]
        known = [part for part in company.people() if part.gender == gender and part.beside is None]
        subordinate = at and tokens[at - 1].word in {
            "after",
            "before",
            "when",
            "while",
            "as",
            "once",
            "because",
            "that",
        }
        if not before and not known and not (subordinate and company.people()):
            company.parts.append(Part("person", gender=gender, first=at, tokens=[at]))
        return


def add_pair(company: Company, tokens: list[Token]) -> None:
    """Reads "They met in Rome": two people whom nothing else in the prompt names."""
    first = next((at for at, token in enumerate(tokens) if token.word == "they"), None)
    grown = [
        part for part in company.people() if part.relation not in {"child", "grandchild"} or part.first < (first or 0)
    ]
    if first is not None and not grown and not any(part.first < first for part in company.parts):
        for _ in range(2):
            company.parts.append(
                Part("person", "partner", relation="partner", group="they", first=first, tokens=[first])
            )


def _apposed(company: Company, tokens: list[Token], at: int) -> Part | None:
    """The unnamed part that is described right after a name: "Rusty, a golden retriever", "Rusty the dog"."""
    following = tokens[at + 1 : at + 3]
    words = [token.word for token in following]
    if words[:1] not in (["the"], [","], ["is"], ["("]) or (
        words[0] != "the" and words[1:] not in (["a"], ["an"], ["the"], ["her"], ["his"], ["my"], ["their"], ["our"])
    ):
        return None
    start = at + (1 if words[0] == "the" else 2)
    return next(
        (
            part
            for part in company.parts
            if not part.name
            and start < part.first <= start + 4
            and not any(t.mark for t in tokens[start + 1 : part.first])
        ),
        None,
    )


def _is_adopted(tokens: list[Token], at: int) -> bool:
    near = [token.word for token in tokens[max(0, at - 3) : at + 7]]
    return bool({"adopt", "adopted", "adopts", "adopting", "rescued"} & set(near[:3])) and "shelter" in near


def read_gender_of_named(company: Company, tokens: list[Token]) -> None:
    """The gender of people with unknown names, from the pronoun that follows."""
    for part in company.people():
        if part.gender or not part.tokens:
            continue
        following = [token.word for token in tokens[part.tokens[0] + 1 : part.tokens[0] + 8]]
        pronoun = next((word for word in following if word in {"her", "his", "she", "he", "their", "they"}), "")
        part.gender = {"her": "female", "she": "female", "his": "male", "he": "male"}.get(pronoun, "")
