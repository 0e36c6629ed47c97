"""Who does what to whom in a scene that a language model drafted."""

from typing import Final

from ..records import CastEntry, Character, CharacterRelation, Interaction, SceneObject
from .draft import SceneDraft

_MOST: Final = 4
_GROWN: Final = frozenset({"young_adult", "adult", "senior"})
_ON_ANIMALS: Final = frozenset({"petting", "feeding", "chasing"})
_BY_POSE: Final = {"hugging": "hugging", "holding_hands": "holding_hands"}


def complete_interactions(
    draft: SceneDraft,
    entries: list[CastEntry],
    objects: list[SceneObject],
    characters: dict[str, Character],
    relations: list[CharacterRelation],
) -> list[Interaction]:
    """The model's interactions as far as they are possible, those that poses imply, and at least one where several are.

    Args:
        draft: the model's scene.
        entries: the cast as completed.
        objects: the things as completed.
        characters: the album's cast by id.
        relations: of the cast; only couples kiss.
    """
    here = [entry.character for entry in entries]
    found: list[Interaction] = []
    for link in draft.interactions:
        if link.subject in here and link.target in here and link.subject != link.target:
            _add(found, _fitting(link.kind, characters[link.subject], characters[link.target], relations), link)
    people = [who for who in here if characters[who].kind == "person"]
    for entry in entries:
        kind = _BY_POSE.get(entry.pose)
        others = [who for who in here if who != entry.character]
        if kind and others and characters[entry.character].kind == "person" and not _involved(found, entry.character):
            partner = next((who for who in others if who in people), others[0])
            kind = kind if partner in people or kind == "hugging" else "petting"
            found.append(Interaction(kind=kind, subject=entry.character, target=partner))  # type: ignore[arg-type]
    if not found and len(here) > 1 and people:
        other = next(who for who in [*people, *here] if who != people[0])
        posing = all(entry.facing == "camera" for entry in entries)
        kind = "posing_together" if posing else "talking" if other in people else "looking_at"
        found.append(Interaction(kind=kind, subject=people[0], target=other))
    if not people and len(here) > 1 and not found:
        found.append(Interaction(kind="looking_at", subject=here[0], target=here[1]))
    return found[:_MOST]


def _add(found: list[Interaction], kind: str, link: object) -> None:
    subject, target = link.subject, link.target  # type: ignore[attr-defined]
    if all({other.subject, other.target} != {subject, target} for other in found):
        found.append(Interaction(kind=kind, subject=subject, target=target))  # type: ignore[arg-type]


def _involved(found: list[Interaction], who: str) -> bool:
    return any(who in (link.subject, link.target) for link in found)


def _fitting(kind: str, subject: Character, target: Character, relations: list[CharacterRelation]) -> str:
    """The interaction, or the nearest one that these two can have."""
    both_people = subject.kind == target.kind == "person"
    if subject.kind == "animal" and kind not in {"chasing", "playing_with", "walking_together", "looking_at"}:
        return "looking_at"
    couple = any(
        {link.subject, link.object} == {subject.id, target.id} and link.kind in {"partner", "spouse"}
        for link in relations
    )
    if kind == "kissing" and not (couple and {subject.age_group, target.age_group} <= _GROWN):
        return "hugging" if both_people else "petting"
    if kind == "dancing_with" and not both_people:
        return "playing_with"
    if kind == "holding_hands" and not both_people:
        return "petting"
    if kind in _ON_ANIMALS and both_people and not (kind == "feeding" and target.age_group in {"baby", "child"}):
        return "playing_with" if kind == "chasing" else "looking_at"
    if kind == "riding" and (both_people or target.species != "horse"):
        return "looking_at" if both_people else "petting"
    if kind == "carrying" and both_people and target.age_group not in {"baby", "child"}:
        return "helping"
    if kind == "carrying" and not both_people and target.size == "large":
        return "petting"
    return kind
