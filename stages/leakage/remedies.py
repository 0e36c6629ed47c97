"""What is tried on a photo that leaked, in which order, and when it is given up.

Which remedy comes first depends on where the leak comes from:

* A near-copy of a whole picture comes out of the noise that sampling started from, so another seed is a real second
  draw. Only when several seeds come near again do the references share the blame, and their weight is lowered.
* A copy of the album's own anchors comes from the references: their weight is lowered at once, and seeds follow.
* A person who resembles somebody of the gallery is drawn from an identity vector and a portrait that every photo of
  that character shares. Where half of these photos or more are flagged, the identity itself is too near: it is
  replaced at once, in all of them. Where fewer are, one other seed tells chance from cause before the weight goes down,
  and only then the identity is replaced.
* Text is not healed by pixels: the photo is withheld until the plan is changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from ..record_base import Fraction, Record
from ..records import Album, PhotoRecord
from ..verdicts import Decision, Finding, FindingKind

Action = Literal["new_seed", "lower_weight", "new_identity"]

UNMOVED = 1e-3  # of a score, bits or cosine: less is what rounding and recompression do
SEEDS_FOR_IDENTITY = 1  # one other draw tells chance from cause; more only cost
IDENTITY_SHARE = 0.5  # of a character's photos: from here on the identity itself is too near

_SEVERITY: tuple[FindingKind, ...] = ("text", "identity", "copy_paste", "near_copy", "neighbours", "metadata")
_ORDERS: dict[FindingKind, tuple[Action, ...]] = {
    "near_copy": ("new_seed", "lower_weight"),
    "neighbours": ("new_seed", "lower_weight"),
    "metadata": ("new_seed",),
    "copy_paste": ("lower_weight", "new_seed"),
    "identity": ("new_seed", "lower_weight", "new_identity"),
    "text": (),
}
_IDENTITY_AT_LARGE: tuple[Action, ...] = ("new_identity", "lower_weight", "new_seed")


class Limits(Record):
    """How far a re-synthesis goes before it withholds."""

    seeds: int = Field(ge=0, le=20, description="other seeds for one photo")
    weights: tuple[Fraction, ...] = Field(max_length=8, description="lower shares of the references, falling")
    identities: int = Field(ge=0, le=4, description="new identities for one character")
    photos: int = Field(ge=0, le=10_000, description="photos made again in all")
    unchecked: bool = Field(default=False, description="whether photos that could not be checked count as leaks")


@dataclass(frozen=True)
class Trouble:
    """Why a photo may not stay as it is: the finding that decides what is tried. `character` is an id or ""."""

    kind: FindingKind | None
    score: float | None = None
    threshold: float | None = None
    character: str = ""
    at_large: bool = False  # the character is found in many of its photos, or in its anchors
    reason: str = ""


@dataclass(frozen=True)
class Remedy:
    action: Action
    weight: float


def trouble_of(album: Album, photo: PhotoRecord, limits: Limits) -> Trouble | None:
    """The gravest finding of a photo, or None where nothing is held against it.

    Args:
        album: with the verdicts of the last check.
        photo: one of its photos.
        limits: say whether "unchecked" counts.
    """
    verdict = photo.verdict
    if verdict is None or verdict.status == "unchecked":
        counts = limits.unchecked and photo.status == "done" and was_compared(album)
        reason = verdict.reason if verdict else ""
        return Trouble(None, reason=reason or "It could not be checked.") if counts else None
    if verdict.status == "clean":
        return None
    leaks = [finding for finding in verdict.findings if finding.status == "leak"]
    if not leaks:
        return Trouble(None, verdict.score, verdict.threshold, reason=verdict.reason)
    worst = min(leaks, key=lambda finding: _SEVERITY.index(finding.kind))
    character = _character(album, photo, worst) if worst.kind == "identity" else ""
    at_large = bool(character) and found_at_large(album, character)
    return Trouble(worst.kind, worst.score, worst.threshold, character, at_large, worst.reason or verdict.reason)


def was_compared(album: Album) -> bool:
    """Whether the last check had anything to compare with; without it no photo can be blamed for being unchecked."""
    summary = album.leakage
    return summary is not None and (
        summary.references > 0 or any(check.status != "unchecked" for check in summary.checks)
    )


def found_at_large(album: Album, character: str) -> bool:
    """Whether a character is found in its anchors, or in at least half of the photos that show it."""
    summary = album.leakage
    for finding in summary.findings if summary else []:
        if finding.kind == "identity" and finding.status == "leak" and finding.subject == character:
            return True
    shown = scenes_with(album, character)
    photos = [photo for photo in album.photos if photo.scene in shown]
    flagged = sum(_identifies(album, photo, character) for photo in photos)
    return flagged > 1 and flagged >= IDENTITY_SHARE * len(photos)


def found_characters(album: Album) -> list[Finding]:
    """Characters who were found over all their photos, or whose portrait is a copy: a new identity heals that."""
    known = {character.id for character in album.plan.characters}
    found: dict[str, Finding] = {}
    for finding in album.leakage.findings if album.leakage else []:
        if finding.kind in {"identity", "near_copy"} and finding.status == "leak" and finding.subject in known:
            found.setdefault(finding.subject, finding)
    return list(found.values())


def next_remedy(
    trouble: Trouble,
    photo: PhotoRecord,
    tried: Sequence[Decision],
    limits: Limits,
    *,
    may_recast: Mapping[str, bool],
) -> Remedy | None:
    """The first remedy that fits the trouble and is not used up; None where the photo is to be withheld.

    A remedy that left the score as it was is not tried a second time.

    Args:
        trouble: of `trouble_of`.
        photo: as it is now.
        tried: what this run did with the photo so far.
        limits: how far it may go.
        may_recast: whether a character may have one more new identity.
    """
    seeds = sum(decision.action == "new_seed" for decision in tried)
    used = {decision.weight for decision in tried if decision.action == "lower_weight"}
    weight = tried[-1].weight if tried else photo.weight
    lower = [share for share in limits.weights if share < weight and share not in used]
    idle = _changed_nothing(trouble, tried)
    seeds_left = 0 if "new_seed" in idle else limits.seeds - seeds
    if "lower_weight" in idle:
        lower = []
    if trouble.kind == "identity" and not trouble.at_large:
        seeds_left = min(seeds_left, SEEDS_FOR_IDENTITY - seeds)
    for action in _order(trouble):
        if action == "new_seed" and seeds_left > 0:
            return Remedy(action, weight)
        if action == "lower_weight" and lower:
            return Remedy(action, max(lower))
        if action == "new_identity" and may_recast.get(trouble.character, False):
            return Remedy(action, 1.0)  # a new person is worth its references again
    return None


def scenes_with(album: Album, character: str) -> list[str]:
    """The scenes that show a character, in the order of the plan."""
    return [scene.id for scene in album.plan.scenes if any(entry.character == character for entry in scene.cast)]


def _changed_nothing(trouble: Trouble, tried: Sequence[Decision]) -> set[str]:
    """Remedies that left the score where it was: this renderer does not heed them, so more of them are in vain."""
    kept = [decision for decision in tried if decision.kind == trouble.kind]
    after = [*(decision.score for decision in kept[1:]), trouble.score]
    return {
        decision.action
        for decision, score in zip(kept, after, strict=False)
        if decision.score is not None and score is not None and abs(score - decision.score) < UNMOVED
    }


def _order(trouble: Trouble) -> tuple[Action, ...]:
    if trouble.kind == "identity" and trouble.at_large:
        return _IDENTITY_AT_LARGE
    return _ORDERS[trouble.kind or "near_copy"]


def _identifies(album: Album, photo: PhotoRecord, character: str) -> bool:
    findings = photo.verdict.findings if photo.verdict else []
    return any(
        finding.kind == "identity" and finding.status == "leak" and _character(album, photo, finding) == character
        for finding in findings
    )


def _character(album: Album, photo: PhotoRecord, finding: Finding) -> str:
    """Whom an identity finding is about: who is named, who stands there, or the only person of the scene."""
    people = {character.id for character in album.plan.characters if character.kind == "person"}
    if finding.subject in people:
        return finding.subject
    shown = [scene for scene in album.plan.scenes if scene.id == photo.scene]
    present = [entry.character for scene in shown for entry in scene.cast if entry.character in people]
    if len(present) == 1:
        return present[0]
    return _who_stands_there(album, photo.scene, finding, set(present))


def _who_stands_there(album: Album, scene: str, finding: Finding, people: set[str]) -> str:
    layouts = [layout for layout in album.layout.scenes if layout.scene == scene] if album.layout else []
    if finding.box is None or not layouts:
        return ""
    x, y = (finding.box[0] + finding.box[2]) / 2, (finding.box[1] + finding.box[3]) / 2
    hit = [
        region
        for region in layouts[0].regions
        if region.ref in people and region.box[0] <= x <= region.box[2] and region.box[1] <= y <= region.box[3]
    ]
    return min(hit, key=lambda region: region.depth).ref if hit else ""
