"""Does an album lie nearer to the gallery than chance would have it? Asked of the album as a whole.

Each photo's distance to the nearest picture of the gallery is divided by its distance to the nearest of as many
held-out pictures, which nobody can have learned from. Below 1 it is nearer to the gallery (the idea of a relative
distance is Carlini et al., "Extracting Training Data from Diffusion Models", 2023, section 4.2). Innocent albums are
nearer to either about equally often, whatever their style; one that was made from the gallery is not.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..encoders.interface import PictureEncoder
from ..errors import AlbumError
from ..verdicts import CheckFacts, Finding
from .gallery import Gallery
from .search import Neighbours
from .thresholds import NotCheckedError

MIN_PHOTOS: Final = 10  # with fewer, even all of them prove nothing
CONFIDENCE: Final = 0.99  # photos of one album resemble one another, so more than the usual 95 %
REPORTED_CONFIDENCE: Final = 0.95

_SEED = 0  # of the choice among more pictures than are needed
_QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Ratios:
    """What was found. nearer: photos nearer to the gallery. interval: of their share, 95 %. quantiles: of ratios."""

    photos: int
    nearer: int
    interval: tuple[float, float]
    quantiles: tuple[float, float, float]
    references: int


class NeighbourRatios:
    """The check, ready for the photos of one album.

    Args:
        gallery: with vectors.
        held_out: with vectors of the same encoder.
        encoder: that made them.

    Raises:
        NotCheckedError: one of them has no vectors, or they are of different encoders.
    """

    def __init__(self, gallery: Gallery, held_out: Gallery, encoder: PictureEncoder) -> None:
        if gallery.vectors is None or held_out.vectors is None:
            which = "gallery" if gallery.vectors is None else "held-out set"
            raise NotCheckedError(f"the {which} has no vectors of whole pictures")
        if held_out.picture_encoder is None or held_out.picture_encoder.sha256 != encoder.facts.sha256:
            raise NotCheckedError(f"the held-out set was not encoded by {encoder.facts.label}")
        if _share_pictures(gallery, held_out):
            raise NotCheckedError("the held-out set holds pictures of the gallery")
        self.check = f"neighbours {encoder.facts.label}"[:200]
        self.encoder = encoder
        self.references = min(len(gallery.vectors), len(held_out.vectors))
        try:
            self._gallery = Neighbours(_some(gallery.vectors, self.references))
            self._held_out = Neighbours(_some(held_out.vectors, self.references))
        except AlbumError as error:
            raise NotCheckedError(str(error)) from error
        self._near: list[float] = []
        self._far: list[float] = []

    def look(self, photo: np.ndarray) -> None:
        """Take one photo in; one that cannot be encoded is left out and not counted."""
        try:
            vector = np.asarray(self.encoder.encode([photo]), np.float32)
            near, far = (float(1 - found.nearest(vector, 1)[0][0, 0]) for found in (self._gallery, self._held_out))
        except AlbumError:
            return
        self._near.append(near)
        self._far.append(far)

    def ratios(self) -> Ratios:
        """Of all photos that were looked at."""
        near, far = np.array(self._near), np.array(self._far)
        nearer = int((near < far).sum())
        quantiles = np.quantile(near / np.maximum(far, 1e-6), _QUANTILES) if len(near) else np.full(3, np.nan)
        return Ratios(
            photos=len(near),
            nearer=nearer,
            interval=clopper_pearson(nearer, len(near), REPORTED_CONFIDENCE),
            quantiles=(float(quantiles[0]), float(quantiles[1]), float(quantiles[2])),
            references=self.references,
        )

    def decide(self) -> tuple[Finding, CheckFacts]:
        """The finding about the album, and what the report says."""
        ratios = self.ratios()
        share = ratios.nearer / ratios.photos if ratios.photos else 0.0
        low = clopper_pearson(ratios.nearer, ratios.photos, CONFIDENCE)[0]
        if ratios.photos < MIN_PHOTOS:
            status, words = "unchecked", f"Not checked: {ratios.photos} photos are too few, it takes {MIN_PHOTOS}."
        else:
            status = "leak" if low > 0.5 else "clean"
            words = _in_words(ratios)
        finding = Finding(
            kind="neighbours", check=self.check, status=status, score=round(share, 4), threshold=0.5, reason=words
        )
        facts = CheckFacts(
            kind="neighbours",
            check=self.check,
            status=status,
            references=ratios.references,
            encoder=self.encoder.facts.name[:200],
            encoder_sha256=self.encoder.facts.sha256,
            threshold=0.5,
            expected_false_alarms=(1 - CONFIDENCE) / 2,
            reason=words,
        )
        return finding, facts


def clopper_pearson(hits: int, trials: int, confidence: float) -> tuple[float, float]:
    """The exact interval of a share (Clopper & Pearson, Biometrika 26, 1934); (0, 1) without trials."""
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, hits, trials - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, trials - hits)) if hits < trials else 1.0
    return low, high


def _in_words(ratios: Ratios) -> str:
    low, high = ratios.interval
    first, middle, last = ratios.quantiles
    return (
        f"{ratios.nearer} of {ratios.photos} photos are nearer to the gallery than to as many held-out pictures "
        f"({low:.0%} to {high:.0%} with 95 % confidence; half of them is what chance gives). Ratio of the distances: "
        f"median {middle:.2f}, 10 % below {first:.2f}, 10 % above {last:.2f}."
    )


def _some(vectors: np.ndarray, count: int) -> np.ndarray:
    """So many rows, chosen by a fixed seed, so that both sides offer equally many chances of being near."""
    if len(vectors) == count:
        return vectors
    return np.asarray(vectors[np.sort(np.random.default_rng(_SEED).permutation(len(vectors))[:count])])


def _share_pictures(gallery: Gallery, held_out: Gallery) -> bool:
    """Whether a held-out picture has the very vector of one of the gallery: then it is one of its pictures."""
    if gallery.vectors is None or held_out.vectors is None:
        return False
    rows = np.asarray(held_out.vectors, np.float32)
    try:
        scores, _ = Neighbours(gallery.vectors).nearest(rows, 1)
    except AlbumError as error:
        raise NotCheckedError(str(error)) from error
    return bool((scores >= 1 - 1e-6).mean() > 0.01)  # a chance twin or two do no harm
