"""The consistency monitor: are these the right people, at their places, in the right place, and none of them pasted?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ..encoders import PORTRAIT_REACH, HeadWindow, head_window
from ..encoders.calibration import Calibration
from ..encoders.interface import FoundPerson, PersonEncoder, PictureEncoder
from ..encoders.portraits import encode_portrait
from ..errors import AlbumError
from ..records import Cast, Region
from .pasting import pasted_score
from .renderer import PhotoJob
from .tries import Assessment

VERSION: Final = "consistency@1"
SIMILAR_AT: Final = 0.01  # false-match rate of the threshold at which a head counts as the cast member's
TWINS_AT: Final = 0.001  # anchors that are alike at this rate cannot be told apart, and are not
# Of 148 drawn heads in drawn scenes none scored so high (the highest 0.93), of as many pasted portraits 79 % did; the
# others were mostly cut by the picture's edge. 0.95 was passed by a frontal drawing in the portrait's own clothes.
PASTED_FROM: Final = 0.97
# By how much another place's plate may be nearer than the own one: light and weather change a place as well. Of 192
# drawn photos 1 % exceed it with the built-in encoder, and 82 % of those that are set in another place than planned.
PLACE_SLACK: Final = 0.2
SMALLEST_PASTE_PX: Final = 12.0  # head height below which a portrait cannot be recognised pixel by pixel
NEAR: Final = 0.8  # head heights between where a head is expected and where the detector sees it
SURE: Final = 0.6  # confidence from which somebody who is not in the scene counts


@dataclass(frozen=True)
class Bars:
    """Where a photo stops being consistent.

    similar: least cosine of a head and its anchor. twins: cosine of two anchors from which they are not told apart.
    pasted: highest correlation of an anchor's pixels with the photo. place_slack: by how much another plate may be
    nearer. place: least cosine of a photo and its plate; -1 asks for nothing but that no other plate is much nearer.
    """

    similar: float
    twins: float
    pasted: float = PASTED_FROM
    place_slack: float = PLACE_SLACK
    place: float = -1.0

    @classmethod
    def calibrated(cls, calibration: Calibration | None, encoder: str) -> "Bars":
        """Thresholds of a person encoder at the false-match rates `SIMILAR_AT` and `TWINS_AT`.

        Raises:
            AlbumError: the encoder is not calibrated, or not down to these rates.
        """
        if calibration is None:
            raise AlbumError(
                f"The encoder '{encoder}' has no calibration, so nobody can say from which similarity two heads are "
                "one person: calibrate it, or use another one for the monitor."
            )
        return cls(calibration.point(SIMILAR_AT).threshold, calibration.point(TWINS_AT).threshold)


@dataclass(eq=False)
class ConsistencyMonitor:
    """Compares each photo with the anchors that it was to follow, and with nothing else.

    Heads are looked for where the blueprint has them. Animals are not compared: the encoder knows people.

    Args:
        person_encoder: calibrated; best on heads in scenes against portraits.
        picture_encoder: for the places; None leaves them unchecked.
        bars: thresholds; None takes the encoder's calibration.

    Raises:
        AlbumError: the person encoder has no calibration that would give the thresholds.
    """

    person_encoder: PersonEncoder
    picture_encoder: PictureEncoder | None = None
    bars: Bars | None = None
    _limits: Bars = field(init=False)
    _anchors: dict[bytes, np.ndarray] = field(default_factory=dict, init=False)
    _plates: dict[bytes, np.ndarray] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        encoder = self.person_encoder
        self._limits = self.bars or Bars.calibrated(encoder.calibration, encoder.facts.name)

    @property
    def label(self) -> str:
        """Version, encoders and thresholds."""
        limits = self._limits
        place = f", {self.picture_encoder.facts.label}" if self.picture_encoder else ""
        bars = "/".join(
            f"{bar:.3g}" for bar in (limits.similar, limits.twins, limits.pasted, limits.place_slack, limits.place)
        )
        return f"{VERSION}: {self.person_encoder.facts.label}{place}, {bars}"[:200]

    def assess(self, job: PhotoJob, pixels: np.ndarray, cast: Cast) -> Assessment:
        """Judge one photo.

        Args:
            job: what it was made from; its layout says where everybody is.
            pixels: (height, width, 3) uint8.
            cast: all people of the album, without the animals, with anchor portraits, and plates where there are any.

        Returns:
            Scores "similar.<id>" and "confused.<id>" (cosines to the own and to the nearest other anchor),
            "pasted.<id>" (correlation), "people" and "people_expected" (counts), "place" and "place_other" (cosines).

        Raises:
            AlbumError: a portrait shows nobody, or an encoder cannot be used.
        """
        findings = _Findings()
        people = [region for region in job.layout.regions if _is_person(region, job)]
        heads = self.person_encoder.encode_known(pixels, [region.keypoints for region in people]) if people else []
        for region, head in zip(people, heads, strict=True):
            self._judge_person(findings, region, head, pixels, job, cast)
        self._count_people(findings, people, pixels, job)
        self._judge_place(findings, job, pixels, cast)
        return findings.assessment()

    def close(self) -> None:
        """Give the encoders' memory back and forget the anchors."""
        self._anchors.clear()
        self._plates.clear()
        self.person_encoder.close()
        if self.picture_encoder is not None:
            self.picture_encoder.close()

    def _judge_person(
        self,
        findings: "_Findings",
        region: Region,
        head: FoundPerson | None,
        pixels: np.ndarray,
        job: PhotoJob,
        cast: Cast,
    ) -> None:
        member = cast.member(region.ref)
        name = _name(job, region.ref)
        if not member.portraits:
            findings.unchecked.append(f"{name} has no portrait")
            return
        window = head_window(region.keypoints, pixels.shape[1], pixels.shape[0])
        if window.unit >= SMALLEST_PASTE_PX:
            self._judge_pasting(findings, region.ref, name, member.portraits[0], window, pixels)
        if head is None or region.facing == "away":
            findings.unchecked.append(f"the face of {name} cannot be seen")
            return
        own = float(head.vector @ self._anchor(member.portraits[0], name))
        findings.score(f"similar.{region.ref}", own)
        if own < self._limits.similar:
            findings.miss(self._limits.similar - own, f"{name} does not look like the portrait ({own:.2f}).")
        others = dict(self._told_apart(region.ref, cast, job))
        if not others:
            return
        nearest = max(others, key=lambda other: float(head.vector @ others[other]))
        likeness = float(head.vector @ others[nearest])
        findings.score(f"confused.{region.ref}", likeness)
        if likeness >= own:
            findings.miss(likeness - own, f"{name} looks more like {nearest} ({likeness:.2f} and {own:.2f}).")

    def _judge_pasting(
        self, findings: "_Findings", ref: str, name: str, portrait: np.ndarray, window: HeadWindow, pixels: np.ndarray
    ) -> None:
        score = pasted_score(pixels, portrait, x=window.x, y=window.y, side=PORTRAIT_REACH * window.unit)
        findings.score(f"pasted.{ref}", score)
        if score >= self._limits.pasted:
            findings.miss(score - self._limits.pasted, f"The portrait of {name} was copied ({score:.2f}).")

    def _told_apart(self, ref: str, cast: Cast, job: PhotoJob) -> Iterator[tuple[str, np.ndarray]]:
        """Names and anchors of the people whose portraits do not count as the same person's."""
        own = self._anchor(cast.member(ref).portraits[0], ref)
        for member in cast.members:
            if member.character == ref or not member.portraits:
                continue
            anchor = self._anchor(member.portraits[0], _name(job, member.character))
            if float(anchor @ own) < self._limits.twins:
                yield _name(job, member.character), anchor

    def _anchor(self, portrait: np.ndarray, name: str) -> np.ndarray:
        key = _key(portrait)
        if key not in self._anchors:
            self._anchors[key] = encode_portrait(self.person_encoder, portrait, name=name)
        return self._anchors[key]

    def _count_people(self, findings: "_Findings", people: list[Region], pixels: np.ndarray, job: PhotoJob) -> None:
        if not self.person_encoder.finds_people:
            if people:
                findings.unchecked.append("how many people there are: the encoder has no detector")
            return
        height, width = pixels.shape[:2]
        found = self.person_encoder.find(pixels)
        middles = [((f.box[0] + f.box[2]) / 2 * width, (f.box[1] + f.box[3]) / 2 * height) for f in found]
        free = set(range(len(found)))
        expected = 0
        for region in people:
            window = head_window(region.keypoints, width, height)
            near = [
                i for i in free if np.hypot(middles[i][0] - window.x, middles[i][1] - window.y) < NEAR * window.unit
            ]
            if near:
                free.discard(max(near, key=lambda i: found[i].confidence))
            if not _can_be_found(region, window, width, height):
                continue
            expected += 1
            if not near:
                findings.miss(0.5, f"Nobody is where {_name(job, region.ref)} should be.")
        strangers = sum(found[index].confidence >= SURE for index in free)
        findings.score("people", float(len(found)))
        findings.score("people_expected", float(expected))
        if strangers:
            findings.miss(0.5 * strangers, f"{strangers} more {'person' if strangers == 1 else 'people'} than planned.")

    def _judge_place(self, findings: "_Findings", job: PhotoJob, pixels: np.ndarray, cast: Cast) -> None:
        if self.picture_encoder is None or job.plate is None:
            findings.unchecked.append(
                "the place: there is no " + ("plate" if self.picture_encoder else "encoder for it")
            )
            return
        photo = self.picture_encoder.encode([pixels])[0]
        own = float(photo @ self._plate(job.plate))
        findings.score("place", own)
        if own < self._limits.place:
            findings.miss(self._limits.place - own, f"The place does not look like its plate ({own:.2f}).")
        others = [plate for place, plate in cast.plates.items() if place != job.environment.id]
        if not others:
            return
        nearest = max(float(photo @ self._plate(plate)) for plate in others)
        findings.score("place_other", nearest)
        if nearest - own > self._limits.place_slack:
            findings.miss(nearest - own, f"The place looks more like another one ({nearest:.2f} and {own:.2f}).")

    def _plate(self, plate: np.ndarray) -> np.ndarray:
        key = _key(plate)
        if key not in self._plates and self.picture_encoder is not None:
            self._plates[key] = self.picture_encoder.encode([plate])[0]
        return self._plates[key]


@dataclass(eq=False)
class _Findings:
    scores: dict[str, float] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    shortfall: float = 0.0

    def score(self, name: str, value: float) -> None:
        self.scores[name] = round(value, 4)

    def miss(self, by: float, reason: str) -> None:
        self.shortfall += by + 0.05  # each miss counts, however narrow
        self.reasons.append(reason)

    def assessment(self) -> Assessment:
        unchecked = tuple(dict.fromkeys(self.unchecked))
        return Assessment(self.scores, not self.reasons, tuple(self.reasons), round(self.shortfall, 6), unchecked)


def _is_person(region: Region, job: PhotoJob) -> bool:
    kinds = {character.id: character.kind for character in job.characters}
    return region.kind == "character" and kinds.get(region.ref) == "person" and bool(region.keypoints)


def _can_be_found(region: Region, window: HeadWindow, width: int, height: int) -> bool:
    """Whether a detector must see the head: turned to the camera, large enough and all in the picture."""
    half = window.unit / 2
    inside = half <= window.x <= width - half and half <= window.y <= height - half
    return inside and window.unit >= SMALLEST_PASTE_PX and region.facing != "away" and region.keypoints[0][2] > 0


def _name(job: PhotoJob, character_id: str) -> str:
    return next((character.name for character in job.characters if character.id == character_id), character_id)


def _key(picture: np.ndarray) -> bytes:
    from hashlib import sha256

    return sha256(np.ascontiguousarray(picture).tobytes()).digest()
