"""Is a photo a near-copy of a reference, by what an encoder of whole pictures sees in both?

It is asked beside the check by cosine signs, for what changes those: turns by some degrees, other styles, collages.
The whole photo and overlapping tiles of it are compared with every reference, exactly; a tile is for references that
were put into a larger picture.
"""

from typing import Final

import numpy as np

from ..encoders.calibration import Calibration
from ..encoders.interface import PictureEncoder
from ..errors import AlbumError
from ..verdicts import CheckFacts, Finding
from ..wording import without_paths
from .gallery import Gallery
from .search import Neighbours
from .thresholds import NotCheckedError, Threshold, require_calibration, threshold_for

TILE: Final = 0.72  # side of a tile, of the photo's: about half its area
MIN_TILE_SIDE: Final = 48  # pixels; smaller tiles are mostly what the resizing makes up

_WHOLE_BOX = (0.0, 0.0, 1.0, 1.0)
_TURNED_BOXES = (_WHOLE_BOX, _WHOLE_BOX)  # the whole photo as it is, and upside down
_TILE_BOXES = tuple(
    (x, y, x + TILE, y + TILE)
    for x, y in ((0, 0), (1 - TILE, 0), (0, 1 - TILE), (1 - TILE, 1 - TILE), ((1 - TILE) / 2, (1 - TILE) / 2))
)
_PROBE_SIDE = 64
_SAME_COSINE = 0.9999

Box = tuple[float, float, float, float]


class EncodedCopies:
    """The check, ready for photos of one album.

    Args:
        gallery: with `vectors` and the handle of the encoder that made them.
        target: share of innocent photos that may be flagged.

    Raises:
        NotCheckedError: the gallery, the encoder or its calibration does not allow it.
    """

    def __init__(self, gallery: Gallery, *, target: float) -> None:
        try:
            self.encoder: PictureEncoder = gallery.require_picture_encoder()
        except AlbumError as error:
            raise NotCheckedError(str(error)) from error
        self.gallery = gallery
        self.calibration: Calibration = require_calibration(self.encoder)
        self.check = f"near-copy {self.encoder.facts.label}"[:200]
        self.target = target
        vectors = gallery.vectors
        if vectors is None or not len(vectors):
            raise NotCheckedError("the gallery has no vectors of whole pictures")
        self._mirrored = not _flips_are_one(self.encoder)  # then each view is shown mirrored, too
        try:
            self._search = Neighbours(vectors)
        except AlbumError as error:  # zero rows, NaN
            raise NotCheckedError(str(error)) from error
        views = (len(_TURNED_BOXES) + len(_TILE_BOXES)) * (2 if self._mirrored else 1)
        self.threshold: Threshold = threshold_for(self.calibration, target=target, comparisons=len(vectors) * views)

    def look(self, photo: np.ndarray) -> Finding:
        """The nearest reference to any view of a photo.

        Args:
            photo: (height, width, 3) uint8.
        """
        boxes = _boxes(photo)
        views = [_cut(photo, box) for box in boxes]
        views[1] = views[1][::-1]
        if self._mirrored:
            views += [view[:, ::-1] for view in views]
        try:
            vectors = self.encoder.encode([np.ascontiguousarray(view) for view in views])
            scores, rows = self._search.nearest(np.asarray(vectors, np.float32), 1)
        except AlbumError as error:
            return self._finding(
                "unchecked", f"Not checked by {self.encoder.facts.label}: {without_paths(error)}"[:600]
            )
        best = int(scores[:, 0].argmax())
        score, box = float(scores[best, 0]), boxes[best % len(boxes)]
        leak = score >= self.threshold.cosine
        return self._finding(
            "leak" if leak else "clean",
            f"{'A part of it' if box != _WHOLE_BOX else 'It'} looks like a reference." if leak else "",
            score=round(score, 4),
            nearest=self.gallery.label(int(rows[best, 0])),
            box=box if leak and box != _WHOLE_BOX else None,
        )

    def facts(self, status: str, reason: str = "") -> CheckFacts:
        """What the report says of this check."""
        encoder, threshold = self.encoder.facts, self.threshold
        return CheckFacts(
            kind="near_copy",
            check=self.check,
            status=status,  # pyright: ignore[reportArgumentType]
            references=0 if self.gallery.vectors is None else len(self.gallery.vectors),
            encoder=encoder.name[:200],
            encoder_sha256=encoder.sha256,
            calibration=threshold.calibration[:200],
            threshold=threshold.cosine,
            false_match_rate=threshold.false_match,
            false_non_match_rate=threshold.false_non_match,
            expected_false_alarms=threshold.expected,
            reason=(reason or threshold.note)[:600],
        )

    def _finding(
        self,
        status: str,
        reason: str,
        *,
        score: float | None = None,
        nearest: str = "",
        box: Box | None = None,
    ) -> Finding:
        return Finding(
            kind="near_copy",
            check=self.check,
            status=status,  # pyright: ignore[reportArgumentType]
            score=score,
            threshold=self.threshold.cosine,
            nearest=nearest,
            box=box,
            reason=reason,
        )


def _boxes(photo: np.ndarray) -> list[Box]:
    small = min(photo.shape[:2]) * TILE < MIN_TILE_SIDE
    return list(_TURNED_BOXES) if small else [*_TURNED_BOXES, *_TILE_BOXES]


def _cut(photo: np.ndarray, box: Box) -> np.ndarray:
    height, width = photo.shape[:2]
    x0, y0, x1, y1 = (round(v * side) for v, side in zip(box, (width, height, width, height), strict=True))
    return np.ascontiguousarray(photo[y0:y1, x0:x1])


def _flips_are_one(encoder: PictureEncoder) -> bool:
    """Whether an encoder sees a picture and its mirror image as one, so that flips need no view of their own."""
    probe = np.random.default_rng(0).integers(0, 256, (_PROBE_SIDE, _PROBE_SIDE, 3), dtype=np.uint8)
    try:
        first, second = encoder.encode([probe, np.ascontiguousarray(probe[:, ::-1])])
    except AlbumError as error:
        raise NotCheckedError(f"the encoder cannot be used: {error}") from error
    return float(first @ second) >= _SAME_COSINE
