"""Is somebody in the album a person of the gallery? Asked of every head, and of every character over all photos.

A character keeps one identity through the album, so the mean of its heads' vectors says more than any one of them:
each is blurred by its own pose, light and size. So most of the stated rate of false alarms goes to the decisions on
characters, and single heads, which are there for a photo that went astray, are flagged only when they are beyond doubt.

The heads of the gallery are grouped into people first, by average linkage at a laxer threshold, and each group
is compared by its mean. A mean of unit vectors has less noise than its members, which brings strangers and
the same a little nearer alike; benchmarks/leakage.py measures what thresholds of single pairs are worth for it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..encoders.calibration import Calibration
from ..encoders.interface import FoundPerson, Keypoints, PersonEncoder
from ..errors import AlbumError
from ..verdicts import CheckFacts, Finding
from ..wording import without_paths
from .gallery import Gallery
from .thresholds import NotCheckedError, Threshold, require_calibration, threshold_for
from .vectors import require_unit_rows, unit

GROUPING_RATE: Final = 1e-3  # false matches of the pairs that are put into one group
MAX_GROUPED: Final = 4000  # heads; past it linkage takes too much memory, and every head is its own person
LARGEST_WEIGHT_PX: Final = 40.0  # head height; a larger one is not known better
SMALLEST_WEIGHT_PX: Final = 8.0

_BY_LAYOUT: Final = "In an album people are looked for where its layout puts them, and not elsewhere in the photo."
_BY_DETECTOR: Final = "People are looked for by the encoder's detector: whom it does not find is not compared."
_BLOCK = 65_536  # gallery rows compared at once


@dataclass(frozen=True)
class ExpectedPerson:
    """Somebody whom the layout puts into a photo. keypoints: OpenPose-18, empty where the layout says nothing.

    hidden: the face is behind somebody or something else.
    """

    character: str
    keypoints: Keypoints = ()
    facing_away: bool = False
    hidden: bool = False


class Identities:
    """The check, ready for the photos of one album. Remembers what it saw until `characters` is asked.

    Args:
        gallery: with `people` and the handle of the encoder that made them.
        character_target: share of innocent characters that may be flagged; None where there are none to decide on.
        photo_target: share of innocent photos that may be flagged for a single head.

    Raises:
        NotCheckedError: the gallery, the encoder or its calibration does not allow it.
    """

    def __init__(self, gallery: Gallery, *, character_target: float | None, photo_target: float) -> None:
        try:
            self.encoder: PersonEncoder = gallery.require_person_encoder()
        except AlbumError as error:
            raise NotCheckedError(str(error)) from error
        if gallery.people is None or not len(gallery.people):
            raise NotCheckedError("nobody was found in the gallery's pictures, so there is nobody to compare with")
        self.gallery, self.photo_target = gallery, photo_target
        self.calibration: Calibration = require_calibration(self.encoder)
        require_unit_rows(gallery.people, "the gallery's people")
        self.check = f"identity {self.encoder.facts.label}"[:200]
        self._groups = _grouped(gallery.people, threshold_for(self.calibration, target=GROUPING_RATE, comparisons=1))
        self._means = _means(gallery.people, self._groups)
        self._by_heads = character_target is None
        target = photo_target if character_target is None else character_target
        self.threshold: Threshold = threshold_for(self.calibration, target=target, comparisons=self.people)
        self._seen: dict[str, list[tuple[np.ndarray, float]]] = defaultdict(list)

    @property
    def people(self) -> int:
        """How many people the gallery's heads are taken for."""
        return len(self._means)

    def look(self, photo: np.ndarray, expected: Sequence[ExpectedPerson] | None) -> list[Finding]:
        """One finding for each person of a photo.

        Args:
            photo: (height, width, 3) uint8.
            expected: who is in it by the layout; None where there is no layout, and then a detector is needed.
        """
        try:
            if expected is None:
                return self._strangers(photo)
            return self._expected(photo, expected)
        except (AlbumError, NotCheckedError) as error:
            return [self._finding("unchecked", f"People not checked: {without_paths(error)}"[:600])]

    def look_at_portrait(self, character: str, portrait: np.ndarray, skeleton: Keypoints | None) -> bool:
        """Take a character's anchor portrait into account.

        Args:
            character: whose.
            portrait: (height, width, 3) uint8.
            skeleton: where its head is; None asks the detector, whose largest head is taken.

        Returns:
            Whether a head was seen in it.
        """
        try:
            if skeleton is not None:
                found = [person for person in self.encoder.encode_known(portrait, [skeleton]) if person]
            else:
                found = self.encoder.find(portrait) if self.encoder.finds_people else []
            require_unit_rows(_stacked(found), "the portrait's vector")
        except (AlbumError, NotCheckedError):
            return False
        if found:
            self._remember(character, max(found, key=_height), portrait)
        return bool(found)

    def characters(self, characters: Iterable[str]) -> list[Finding]:
        """The decision on each character, over all that was seen of it."""
        return [self._character(character) for character in characters]

    def facts(self, status: str, reason: str = "") -> CheckFacts:
        """What the report says of this check."""
        encoder, threshold = self.encoder.facts, self.threshold
        heads = 0 if self.gallery.people is None else len(self.gallery.people)
        said = f"{heads} heads of the gallery are taken for {self.people} people; {threshold.note}. "
        said += _BY_DETECTOR if self._by_heads else _BY_LAYOUT
        return CheckFacts(
            kind="identity",
            check=self.check,
            status=status,  # pyright: ignore[reportArgumentType]
            references=heads,
            encoder=encoder.name[:200],
            encoder_sha256=encoder.sha256,
            calibration=threshold.calibration[:200],
            threshold=threshold.cosine,
            false_match_rate=threshold.false_match,
            false_non_match_rate=threshold.false_non_match,
            expected_false_alarms=threshold.expected,
            reason=f"{reason} {said}".strip()[:600],
        )

    def _expected(self, photo: np.ndarray, expected: Sequence[ExpectedPerson]) -> list[Finding]:
        known = [person for person in expected if person.keypoints and not person.facing_away and not person.hidden]
        found = self.encoder.encode_known(photo, [person.keypoints for person in known]) if known else []
        seen = dict(zip([person.character for person in known], found, strict=True))
        heads = [head for head in found if head is not None]
        require_unit_rows(_stacked(heads), "the photo's heads")
        findings = []
        for person in expected:
            head = seen.get(person.character)
            if head is None:
                findings.append(self._finding("unchecked", _why_unseen(person), subject=person.character))
                continue
            self._remember(person.character, head, photo)
            findings.append(self._head(head, len(heads), person.character))
        return findings

    def _strangers(self, photo: np.ndarray) -> list[Finding]:
        if not self.encoder.finds_people:
            raise NotCheckedError("the album has no layout that says where people are, and the encoder has no detector")
        heads = self.encoder.find(photo)
        require_unit_rows(_stacked(heads), "the photo's heads")
        return [self._head(head, len(heads), "") for head in heads]

    def _head(self, head: FoundPerson, heads: int, character: str) -> Finding:
        limit = threshold_for(self.calibration, target=self.photo_target, comparisons=self.people * heads).cosine
        score, row = self._nearest(head.vector)
        leak = score >= limit
        return self._finding(
            "leak" if leak else "clean",
            "A head looks like a person of the gallery." if leak else "",
            subject=character,
            score=round(score, 4),
            threshold=limit,
            nearest=self._label(row),
            box=head.box,
        )

    def _character(self, character: str) -> Finding:
        seen = self._seen.get(character, [])
        if not seen:
            return self._finding(
                "unchecked",
                f"Not checked: the head of {character} is seen in no photo and no portrait.",
                subject=character,
            )
        weights = np.array([weight for _, weight in seen])
        vectors = np.stack([vector for vector, _ in seen])
        mean = unit((weights[:, None] * vectors).sum(axis=0))
        if not np.isfinite(mean).all():
            return self._finding("unchecked", f"Not checked: the heads of {character} cancel out.", subject=character)
        score, row = self._nearest(mean)
        leak = score >= self.threshold.cosine
        times = "once" if len(seen) == 1 else f"{len(seen)} times"
        return self._finding(
            "leak" if leak else "clean",
            f"The character {character}, seen {times}, looks like a person of the gallery." if leak else "",
            subject=character,
            score=round(score, 4),
            nearest=self._label(row),
        )

    def _nearest(self, vector: np.ndarray) -> tuple[float, int]:
        """The cosine to the nearest group and the head of it that is most alike."""
        best, group = -np.inf, 0
        for first in range(0, len(self._means), _BLOCK):
            cosine = np.asarray(self._means[first : first + _BLOCK], dtype=np.float32) @ vector
            at = int(cosine.argmax())
            if cosine[at] > best:
                best, group = float(cosine[at]), first + at
        members = np.flatnonzero(self._groups == group) if self._groups is not None else np.array([group])
        heads = self.gallery.people
        if heads is None:
            raise NotCheckedError("the gallery has no people")
        return best, int(members[int((np.asarray(heads[members], dtype=np.float32) @ vector).argmax())])

    def _remember(self, character: str, head: FoundPerson, picture: np.ndarray) -> None:
        pixels = _height(head) * picture.shape[0]
        weight = math.sqrt(min(max(pixels, SMALLEST_WEIGHT_PX), LARGEST_WEIGHT_PX))
        self._seen[character].append((np.asarray(head.vector, dtype=np.float32), weight))

    def _label(self, head: int) -> str:
        of = self.gallery.people_of
        return self.gallery.label(int(of[head]) if of is not None and len(of) else head)

    def _finding(
        self,
        status: str,
        reason: str,
        *,
        subject: str = "",
        score: float | None = None,
        threshold: float | None = None,
        nearest: str = "",
        box: tuple[float, float, float, float] | None = None,
    ) -> Finding:
        return Finding(
            kind="identity",
            check=self.check,
            status=status,  # pyright: ignore[reportArgumentType]
            score=score,
            threshold=self.threshold.cosine if threshold is None else threshold,
            nearest=nearest,
            subject=subject,
            box=box,
            reason=reason,
        )


def _why_unseen(person: ExpectedPerson) -> str:
    if person.facing_away:
        return "Not checked: this person is turned away."
    if person.hidden:
        return "Not checked: this person's face is hidden."
    if not person.keypoints:
        return "Not checked: the layout does not say where this person's head is."
    return "Not checked: this person's head is too small or not in the picture."


def _height(head: FoundPerson) -> float:
    return head.box[3] - head.box[1]


def _stacked(heads: Sequence[FoundPerson]) -> np.ndarray:
    return np.stack([head.vector for head in heads]) if heads else np.zeros((0, 1), np.float32)


def _grouped(people: np.ndarray, threshold: Threshold) -> np.ndarray | None:
    """(people,) int64, the group of each head; None where every head is its own."""
    if not 2 <= len(people) <= MAX_GROUPED:
        return None
    from scipy.cluster.hierarchy import fcluster, linkage

    heads = np.asarray(people, dtype=np.float64)
    distances = 1 - np.clip(heads @ heads.T, -1, 1)[np.triu_indices(len(heads), 1)]
    return fcluster(linkage(distances, "average"), 1 - threshold.cosine, "distance").astype(np.int64) - 1


def _means(people: np.ndarray, groups: np.ndarray | None) -> np.ndarray:
    """(groups, dim) of unit length; the heads themselves where there are no groups, perhaps still a memory map."""
    if groups is None:
        return people
    sums = np.zeros((int(groups.max()) + 1, people.shape[1]), np.float32)
    np.add.at(sums, groups, np.asarray(people, dtype=np.float32))
    return unit(sums)
