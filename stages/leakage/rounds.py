"""One round of a re-synthesis as a value: what is released, what is tried next, what is given up. Changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..records import Album, PhotoRecord
from ..verdicts import Decision
from .journal import Journal, Redraw
from .remedies import Limits, Remedy, Trouble, found_characters, next_remedy, scenes_with, trouble_of

FINAL = frozenset({"released", "withheld"})


@dataclass
class Round:
    """Decisions without their time; those of `tries` are still to be carried out."""

    released: list[Decision] = field(default_factory=list)
    tries: list[Decision] = field(default_factory=list)
    redraws: list[Redraw] = field(default_factory=list)
    given_up: list[Decision] = field(default_factory=list)


def plan_round(album: Album, journal: Journal, blocked: Mapping[str, str]) -> Round:
    """Decide on every photo of an album that has just been checked.

    Args:
        album: as checked.
        journal: with no round pending.
        blocked: characters for whom no other identity could be drawn, and why.

    Returns:
        What to do. Nothing to try means that the re-synthesis is over.
    """
    planned = Round(released=[_released(photo, journal) for photo in album.photos if _is_healed(photo, journal)])
    troubled = _troubled(album, journal)
    may_recast = {
        character.id: character.id not in blocked and _may_recast(album, journal, character.id)
        for character in album.plan.characters
    }
    remedies = {
        photo.scene: next_remedy(trouble, photo, journal.tried(photo.scene), journal.limits, may_recast=may_recast)
        for photo, trouble in troubled
    }
    asked_for = [trouble.character for photo, trouble in troubled if _is_recast(remedies[photo.scene])]
    asked_for += [finding.subject for finding in found_characters(album) if may_recast[finding.subject]]
    _add_new_identities(planned, album, journal, list(dict.fromkeys(asked_for)), troubled)
    taken = {decision.scene for decision in planned.tries}
    for photo, trouble in troubled:
        remedy = remedies[photo.scene]
        if photo.scene in taken:
            continue
        if remedy is None or _is_recast(remedy) or len(planned.tries) >= _photos_left(journal):
            why = blocked.get(trouble.character) or _why(album, journal, trouble, remedy)
            planned.given_up.append(_given_up(photo, trouble, why))
        else:
            planned.tries.append(_try(photo, trouble, remedy, last_attempt(photo, journal) + 1))
    _give_up_characters(planned, album, journal, blocked)
    return planned


def _give_up_characters(planned: Round, album: Album, journal: Journal, blocked: Mapping[str, str]) -> None:
    """Who was found over many photos and gets no other identity leaves the album with all of them."""
    recast = {drawn.character for drawn in planned.redraws}
    decided = {decision.scene for decision in planned.tries + planned.given_up}
    for finding in found_characters(album):
        character = finding.subject
        if character in recast or finding.kind != "identity":  # a portrait alone does not condemn the photos
            continue
        trouble = Trouble("identity", finding.score, finding.threshold, character, True, finding.reason)
        recastable = Remedy("new_identity", 1.0) if _may_recast(album, journal, character) else None
        why = blocked.get(character) or _why(album, journal, trouble, recastable)
        for photo in map(album.photo, scenes_with(album, character)):
            if photo.status == "done" and photo.scene not in decided:
                decided.add(photo.scene)
                planned.given_up.append(_given_up(photo, trouble, why))


def last_attempt(photo: PhotoRecord, journal: Journal) -> int:
    """The number of the last attempt at a photo, also where a crash reset its record."""
    return max([photo.attempt, *(decision.attempt for decision in journal.tried(photo.scene))])


def is_clean(photo: PhotoRecord) -> bool:
    """Whether a photo is there and its last check found nothing."""
    return photo.status == "done" and photo.verdict is not None and photo.verdict.status == "clean"


def is_given_up(photo: PhotoRecord, journal: Journal) -> bool:
    """Whether an earlier round found no remedy for exactly this photo."""
    return journal.given_up.get(photo.scene) == (photo.fingerprint or "none")


def _troubled(album: Album, journal: Journal) -> list[tuple[PhotoRecord, Trouble]]:
    found = []
    for photo in album.photos:
        trouble = trouble_of(album, photo, journal.limits) or _unhealed(photo, journal)
        if trouble is not None and not is_given_up(photo, journal):
            found.append((photo, trouble))
    return found


def _is_open(tried: Sequence[Decision]) -> bool:
    return bool(tried) and tried[-1].action not in FINAL


def _is_healed(photo: PhotoRecord, journal: Journal) -> bool:
    return is_clean(photo) and _is_open(journal.tried(photo.scene))


def _unhealed(photo: PhotoRecord, journal: Journal) -> Trouble | None:
    """A photo under treatment that is not clean is in trouble, whatever else it is."""
    tried = journal.tried(photo.scene)
    if not _is_open(tried) or is_clean(photo):
        return None
    failed = photo.status == "failed" and photo.attempts
    reason = f"It could not be made: {photo.attempts[-1].reason}" if failed else "It could not be checked."
    return Trouble(tried[-1].kind, character=tried[-1].character, reason=reason[:600])


def _is_recast(remedy: Remedy | None) -> bool:
    return remedy is not None and remedy.action == "new_identity"


def _add_new_identities(
    planned: Round,
    album: Album,
    journal: Journal,
    characters: list[str],
    troubled: list[tuple[PhotoRecord, Trouble]],
) -> None:
    """All photos of each character, as long as the limits leave room for all of them.

    Half an album with the old face and half with the new one would be neither, so a character whose photos do not all
    fit keeps its identity. Photos that are clean keep their draw and weight; only the person in them is another.
    """
    troubles = {photo.scene: trouble for photo, trouble in troubled}
    tries: dict[str, Decision] = {}
    for character in characters:
        scenes = [scene for scene in scenes_with(album, character) if scene not in tries]
        if len(tries) + len(scenes) > _photos_left(journal):
            continue
        planned.redraws.append(Redraw(character=character, redraw=_redraws(journal, character) + 1))
        for photo in map(album.photo, scenes):
            trouble, attempt = troubles.get(photo.scene), last_attempt(photo, journal)
            if trouble is None:
                told = Trouble(
                    "identity", character=character, reason=f"It shows '{character}', whose identity is new."
                )
                tries[photo.scene] = _try(photo, told, Remedy("new_identity", photo.weight), attempt)
            else:
                tried = _try(photo, trouble, Remedy("new_identity", 1.0), attempt + 1)
                tries[photo.scene] = tried.model_copy(update={"character": character})
    planned.tries += tries.values()


def _may_recast(album: Album, journal: Journal, character: str) -> bool:
    return not _was_given(album, character) and _redraws(journal, character) < journal.limits.identities


def _was_given(album: Album, character: str) -> bool:
    """Whether the user gave pictures of this person; nobody else may then take their place."""
    return any(member.character == character and member.source == "reference" for member in album.cast)


def _redraws(journal: Journal, character: str) -> int:
    return sum(drawn.character == character for drawn in journal.redraws)


def _photos_left(journal: Journal) -> int:
    return journal.limits.photos - sum(decision.action not in FINAL for decision in journal.of_this_run)


def _why(album: Album, journal: Journal, trouble: Trouble, remedy: Remedy | None) -> str:
    if trouble.kind == "text":
        return "Another picture does not heal a text: change the plan."
    if remedy is not None:
        return f"The limit of {journal.limits.photos} photos made again leaves no room for it."
    if trouble.kind == "identity" and _was_given(album, trouble.character):
        return f"'{trouble.character}' was given by the user and gets no other identity."
    limits: Limits = journal.limits
    if not (limits.seeds or limits.weights or limits.identities):
        return "No remedy is allowed."
    return "Every remedy that the limits allow was tried."


def _released(photo: PhotoRecord, journal: Journal) -> Decision:
    verdict = photo.verdict
    return Decision(
        photo=photo.number,
        scene=photo.scene,
        action="released",
        attempt=photo.attempt,
        weight=photo.weight,
        kind=journal.tried(photo.scene)[-1].kind,
        score=verdict.score if verdict else None,
        threshold=verdict.threshold if verdict else None,
        reason="Made again and found clean.",
    )


def _try(photo: PhotoRecord, trouble: Trouble, remedy: Remedy, attempt: int) -> Decision:
    return Decision(
        photo=photo.number,
        scene=photo.scene,
        action=remedy.action,
        attempt=attempt,
        weight=remedy.weight,
        character=trouble.character,
        kind=trouble.kind,
        score=trouble.score,
        threshold=trouble.threshold,
        reason=trouble.reason[:600],
    )


def _given_up(photo: PhotoRecord, trouble: Trouble, why: str) -> Decision:
    return Decision(
        photo=photo.number,
        scene=photo.scene,
        action="withheld",
        attempt=photo.attempt,
        weight=photo.weight,
        character=trouble.character,
        kind=trouble.kind,
        score=trouble.score,
        threshold=trouble.threshold,
        reason=" ".join(part for part in (why, trouble.reason) if part)[:600],
    )
