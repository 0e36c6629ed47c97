"""Brings the model's cast and places together with those that the prompt names."""

import random
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from ..records import Character, CharacterRelation, Coat, Environment
from ..seeds import derive_seed
from ..vocabulary import OBJECT_KINDS
from .draft import CharacterDraft, PlaceDraft, SummaryDraft, says_something
from .draft_facts import Facts, words_in
from .lexicon_people import ANIMAL_WORDS
from .lexicon_places import PLACE_KINDS, split_list
from .looks import make_characters
from .who import Part

_AGES: Final = {"baby": 0, "child": 1, "teen": 2, "young_adult": 3, "adult": 3, "senior": 4}
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+){0,3}\.?")
_MAX_CAST: Final = 32


@dataclass
class Company:
    """The album's cast as it is agreed. ids: character id of each draft that is in it. lost: names that are not."""

    characters: list[Character] = field(default_factory=list)
    relations: list[CharacterRelation] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def agree_on_cast(facts: Facts, summary: SummaryDraft, *, seed: int) -> Company:
    """The cast: whom the prompt names as the rules read them, the rest as the model wants it.

    The model gives names to those whom the prompt leaves without one. People whom neither the prompt nor the rules
    know are only added when the prompt does not say who is in the story; animals only when it names them.

    Args:
        facts: of the prompt.
        summary: of the model.
        seed: the album's.
    """
    drafts = {index: draft for index, draft in enumerate(summary.characters) if says_something(draft.name)}
    own_people = not facts.no_people and any(draft.kind == "person" for draft in drafts.values())
    kept = [
        character
        for character in facts.plan.characters
        if facts.readable and (character.kind == "animal" or facts.cast_said or not own_people)
    ]
    company = Company()
    pairs = _match(drafts, kept)
    taken = {_key(character.name) for character in kept}
    for character in kept:
        draft = next((drafts[index] for index, other in pairs.items() if other is character), None)
        named = character if draft is None else _named(character, draft, facts, taken)
        company.characters.append(named)
    extra = [index for index in drafts if index not in pairs and _welcome(drafts[index], facts, kept)]
    extra = [index for index in extra if _key(drafts[index].name) not in taken][: _MAX_CAST - len(kept)]
    company.lost = [drafts[index].name for index in drafts if index not in pairs and index not in extra]
    company.characters += _invented([drafts[index] for index in extra], seed)
    if not company.characters and not (facts.readable and facts.no_people):
        kept = list(facts.plan.characters)
        company.characters = list(kept)
    new_ids = _give_ids(company, facts, len(kept))
    for index, character in pairs.items():
        company.ids[index] = new_ids[character.id]
    for index, character in zip(extra, company.characters[len(kept) :], strict=False):
        company.ids[index] = character.id
    _relate(company, facts, drafts, new_ids)
    if company.lost:
        company.notes.append(f"Left out whom the prompt does not name: {', '.join(company.lost)}."[:200])
    missed = [c.name for c in company.characters[: len(kept)] if c.id not in company.ids.values()]
    if missed:
        company.notes.append(f"Added by rules, as the model left them out: {', '.join(missed)}."[:200])
    return company


def _match(drafts: dict[int, CharacterDraft], kept: list[Character]) -> dict[int, Character]:
    """Which draft means which character, best fit first."""
    scores = sorted(
        (
            (_likeness(draft, character), -index, -at)
            for index, draft in drafts.items()
            for at, character in enumerate(kept)
        ),
        reverse=True,
    )
    pairs: dict[int, Character] = {}
    used: set[int] = set()
    for score, index, at in scores:
        if score > 0 and -index not in pairs and at not in used:
            pairs[-index] = kept[-at]
            used.add(at)
    return pairs


def _likeness(draft: CharacterDraft, character: Character) -> int:
    if _key(draft.name) == _key(character.name):
        return 20
    if draft.kind != character.kind:
        return 0
    role = bool(set(words_in(draft.role)) & set(words_in(f"{character.role} {character.breed}")))
    if character.kind == "animal":
        return (5 if _species(draft) == character.species else 0) + 3 * role
    age = _AGES[draft.age_group] == _AGES[character.age_group] if draft.age_group else False
    gender = draft.gender == character.gender and draft.gender != "unspecified"
    clash = "unspecified" not in {draft.gender, character.gender} and not gender
    return max(0, 6 * role + 2 * age + 2 * gender - 3 * clash)


def _named(character: Character, draft: CharacterDraft, facts: Facts, taken: set[str]) -> Character:
    """The character with the model's name, unless the prompt gives one or the name cannot be one."""
    said = all(word in facts.words for word in words_in(character.name))
    if said or not _NAME.fullmatch(draft.name) or _key(draft.name) in taken:
        return character
    taken.add(_key(draft.name))
    return character.model_copy(update={"name": draft.name})


def _welcome(draft: CharacterDraft, facts: Facts, kept: list[Character]) -> bool:
    """Whether somebody whom the rules did not find may join: one of "two friends" too many may not."""
    known = {word for character in kept for word in words_in(f"{character.role} {character.breed}")}
    role = facts.names(draft.role) and not known & set(words_in(draft.role))
    if draft.kind == "person":
        if facts.no_people or (draft.age_group or "") in facts.banned:
            return False
        return not facts.readable or not facts.cast_said or facts.names(draft.name) or role
    if facts.no_animals or _species(draft) in facts.banned:
        return False
    return not facts.readable or facts.names(draft.name) or role


def _species(draft: CharacterDraft) -> str:
    if draft.species:
        return draft.species
    word = next(
        (w for w in (draft.role.lower(), *words_in(draft.role), *words_in(draft.name)) if w in ANIMAL_WORDS), ""
    )
    return ANIMAL_WORDS[word].species if word else "other"


def _invented(drafts: list[CharacterDraft], seed: int) -> list[Character]:
    """Characters for drafts, with looks from the target mix."""
    parts = [_part(draft) for draft in drafts]
    links = [(0, "parent" if d.to_first == "child" else d.to_first, n) for n, d in enumerate(drafts) if n]
    family = [link for link in links if link[1] in {"parent", "sibling", "grandparent", "relative"}]
    found = make_characters(parts, family, seed=derive_seed(seed, "model's cast"))
    return [
        character.model_copy(
            update={"species": "other", "role": draft.role, "breed": "", "coat": Coat(), "size": "medium"}
        )
        if draft.kind == "animal" and _species(draft) == "other"
        else character
        for draft, character in zip(drafts, found, strict=True)
    ]


def _part(draft: CharacterDraft) -> Part:
    if draft.kind == "person":
        gender = "" if draft.gender == "unspecified" else draft.gender
        kin = draft.to_first if draft.to_first in {"child", "sibling", "grandchild"} else ""
        return Part("person", draft.role, draft.name, draft.age_group or "", gender, kin, invented=True)
    species, role = _species(draft), draft.role.lower()
    fits = role in ANIMAL_WORDS and ANIMAL_WORDS[role].species == species
    return Part("animal", draft.role, draft.name, word=role if fits else species if species in ANIMAL_WORDS else "dog")


def _give_ids(company: Company, facts: Facts, kept: int) -> dict[str, str]:
    """Ids after the names, distinct from each other and from what things are called. Old id to new, of the kept."""
    taken = set(OBJECT_KINDS) | {thing.id for scene in facts.plan.scenes for thing in scene.objects}
    new_ids: dict[str, str] = {}
    for number, character in enumerate(company.characters):
        new = slug(character.name, character.kind, taken)
        if number < kept:
            new_ids[character.id] = new
        company.characters[number] = character.model_copy(update={"id": new})
    return new_ids


def slug(name: str, fallback: str, taken: set[str]) -> str:
    """An id made of a name, not in `taken`, to which it is added."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().removeprefix("the ")
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:22].strip("-")
    base = base if base[:1].isalpha() else f"{fallback.replace('_', '-')}-{base}".strip("-")
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    taken.add(found)
    return found


def _relate(company: Company, facts: Facts, drafts: dict[int, CharacterDraft], new_ids: dict[str, str]) -> None:
    """The rules' relations among their own, the model's for everybody whom it brought."""
    kept = set(new_ids.values())
    people = {character.id: character for character in company.characters}
    company.relations = [
        relation.model_copy(update={"subject": new_ids[relation.subject], "object": new_ids[relation.object]})
        for relation in facts.plan.relations
        if relation.subject in new_ids and relation.object in new_ids
    ]
    first = people.get(company.ids.get(min(drafts, default=0), ""))
    for index, character_id in company.ids.items():
        other = people[character_id]
        if first is None or other is first or {first.id, other.id} <= kept:
            continue
        link = _link(first, other, drafts[index].to_first)
        if link:
            company.relations.append(link)
    tame = {new_ids[r.subject] for r in facts.plan.relations if r.kind == "pet" and r.subject in new_ids}
    owner = next((c for c in company.characters if c.kind == "person" and c.age_group != "baby"), None)
    linked = {relation.subject for relation in company.relations}
    company.relations += [
        CharacterRelation(subject=pet.id, kind="pet", object=owner.id)
        for pet in company.characters
        if owner and pet.kind == "animal" and pet.id not in linked and (pet.id in tame or pet.id not in kept)
    ]


def _link(first: Character, other: Character, kin: str) -> CharacterRelation | None:
    """What `other` is to `first`, if their ages and kinds allow it."""
    if kin == "none" or "animal" in {first.kind, other.kind} or kin == "pet":
        return None
    gap = _AGES[other.age_group] - _AGES[first.age_group]
    grown = min(_AGES[first.age_group], _AGES[other.age_group]) >= 3
    if kin in {"child", "grandchild"}:
        kind = "parent" if kin == "child" else "grandparent"
        return (
            CharacterRelation(subject=first.id, kind=kind, object=other.id) if gap <= 0 and gap + grown <= 0 else None
        )
    if kin in {"parent", "grandparent"} and (gap < 0 or (gap == 0 and not grown)):
        return None
    kind = "friend" if kin in {"partner", "spouse"} and not grown else kin
    return CharacterRelation(subject=other.id, kind=kind, object=first.id)  # type: ignore[arg-type]


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ")


def agree_on_places(facts: Facts, drafts: list[PlaceDraft], *, seed: int) -> tuple[list[Environment], dict[str, str]]:
    """The album's places, and for each environment of the rule plan the one that stands for it.

    Args:
        facts: of the prompt. Places that it names stay; the model may only name and furnish them.
        drafts: the model's places.
        seed: the album's.
    """
    own = list(facts.plan.environments)
    taken: set[str] = set()
    stands = {place.id: place.id for place in own}
    places = []
    if facts.places_said or not drafts:
        rest = list(drafts)
        for place in own:
            draft = next((draft for draft in rest if draft.kind == place.kind), None)
            if draft is not None:
                rest.remove(draft)
            places.append(place if draft is None else _furnished(place, draft, facts))
        return places, stands
    for draft in drafts:
        if all(draft.kind != place.kind or draft.name.casefold() != place.name.casefold() for place in places):
            places.append(_made(draft, slug(draft.name or draft.kind, draft.kind, taken), seed))
    needed = [facts.must(scene) and scene.environment for scene in facts.plan.scenes]
    for place in own:
        alike = next((other for other in places if other.kind == place.kind), None)
        if alike is not None:
            stands[place.id] = alike.id
        elif place.id in needed:
            stands[place.id] = slug(place.id, place.kind, taken)
            places.append(place.model_copy(update={"id": stands[place.id]}))
        else:
            stands[place.id] = places[0].id
    return places, stands


def _furnished(place: Environment, draft: PlaceDraft, facts: Facts) -> Environment:
    said = facts.names(place.name)
    name = draft.name if says_something(draft.name) and not said else place.name
    features = list(dict.fromkeys([*filter(says_something, draft.features), *place.features]))[:4]
    return place.model_copy(update={"name": name, "features": features, "description": _described(name, features)})


def _made(draft: PlaceDraft, place_id: str, seed: int) -> Environment:
    rng = random.Random(derive_seed(seed, "place", place_id))  # noqa: S311
    features = list(dict.fromkeys(filter(says_something, draft.features)))
    usual = [feature for feature in split_list(PLACE_KINDS[draft.kind].features) if feature not in features]
    features += rng.sample(usual, max(0, 2 - len(features)))
    name = draft.name if says_something(draft.name) else f"The {draft.kind.replace('_', ' ')}"
    return Environment(
        id=place_id, kind=draft.kind, name=name, description=_described(name, features), features=features
    )


def _described(name: str, features: list[str]) -> str:
    return f"{name} with {', '.join(features[:-1])} and {features[-1]}." if len(features) > 1 else f"{name}."
