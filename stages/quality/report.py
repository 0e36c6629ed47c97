"""Everything about the quality of albums in one report."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from typing import Final

import numpy as np

from ..album_folder import AlbumFolder
from ..encoders.interface import PictureEncoder
from ..errors import AlbumError
from ..seeds import derive_seed
from ..version import SOFTWARE
from .cast_mix import MIN_LEADS, Mix, audit_albums
from .distances import (
    FRECHET_PICTURES,
    MIN_PICTURES,
    MOST_COMPARED,
    frechet_distance,
    kernel_distance,
    manifold_overlap,
)
from .diversity import mean_pairwise_distance, vendi_score
from .features import EncodedSet, encode_albums, encode_folder
from .probe import measure_utility
from .record import Diversity, Manifold, QualityReport, UtilityReport

FEW: Final = 100  # photos below which intervals are wide enough to say so
REPORT_FILE: Final = "reports/quality.json"
CHART_FILE: Final = "reports/quality.png"

ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Question:
    """What is measured.

    albums: from `find_albums`. reference: folder of real pictures. encoder: of whole pictures. k: neighbours.
    real: reference albums for the utility probe, none to leave it out. mix: target mix of the cast, None to leave the
    audit out.
    """

    albums: list[AlbumFolder]
    reference: Path
    encoder: PictureEncoder
    k: int = 5
    seed: int = 0
    real: tuple[AlbumFolder, ...] = ()
    mix: Mix | None = None


def measure_quality(
    question: Question,
    *,
    on_progress: ProgressCallback = lambda done, total: None,
    check_interrupt: Callable[[], None] = lambda: None,
) -> QualityReport:
    """Compare the finished photos of albums with a folder of reference pictures.

    Pictures are read one batch at a time; only their vectors are kept. The encoder is closed at the end.

    Args:
        question: what to measure.
        on_progress: called with pictures looked at and about how many there are in all.
        check_interrupt: called before each picture; what it raises stops the run.

    Returns:
        The report. Only `made` and `seconds` differ from run to run.

    Raises:
        AlbumError: there are fewer than `MIN_PICTURES` photos or reference pictures, the reference folder is missing,
            empty or too much of it unreadable, k does not fit, an album cannot be read, the encoder's vectors cannot
            be compared, or a package of the extra `quality` is missing.
    """
    begun = time.monotonic()
    _require_k(question.k)
    read = [album.read() for album in question.albums]
    count = _Counter(
        on_progress, check_interrupt, sum(photo.status == "done" for album in read for photo in album.photos)
    )
    try:
        photos = encode_albums(question.albums, question.encoder, on_picture=count.step)
        _require_some(photos, "photos")
        reference = encode_folder(question.reference, question.encoder, on_picture=count.step)
        _require_some(reference, "reference pictures")
        facts = question.encoder.facts
    finally:
        question.encoder.close()
    notes = [*_set_notes(photos, reference), *_encoder_notes(facts.name)]
    utility: UtilityReport | None = None
    if question.real:
        utility, said = measure_utility(question.albums, question.real, seed=question.seed, on_picture=count.step)
        notes += said
    scale = float(np.sqrt(facts.dim))
    some, others = _sample(photos, question.seed, "photos"), _sample(reference, question.seed, "reference")
    manifold, said = _manifold(some, others, question.k)
    cast = audit_albums([album.plan for album in read], question.mix) if question.mix else None
    if cast and cast.leads < MIN_LEADS:
        notes.append(
            f"The cast is counted but not tested: {cast.leads} albums had a prompt that says nothing about people, and "
            f"a test needs {MIN_LEADS}."
        )
    small = min(len(photos.vectors), len(reference.vectors)) < FRECHET_PICTURES
    return QualityReport(
        software=SOFTWARE,
        seed=question.seed,
        encoder=facts.name,
        encoder_sha256=facts.sha256,
        encoder_dim=facts.dim,
        photos=photos.facts,
        reference=reference.facts,
        headline="kid" if small else "frechet",
        kid=kernel_distance(some * scale, others * scale, seed=derive_seed(question.seed, "kid")),
        kid_photos=len(some),
        kid_reference=len(others),
        frechet=frechet_distance(photos.vectors * scale, reference.vectors * scale),
        frechet_biased=small,
        manifold=manifold,
        diversity=_diversity(photos, reference, question.seed),
        cast=cast,
        utility=utility,
        packages=_packages(),
        notes=notes + said,
        made=datetime.now(timezone.utc).replace(microsecond=0),
        seconds=round(time.monotonic() - begun, 3),
    )


def report_json(report: QualityReport) -> str:
    """The report as the text of `reports/quality.json`."""
    return json.dumps(report.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


class _Counter:
    """Turns "another picture" into progress; the reference folder is counted while it is read."""

    def __init__(self, on_progress: ProgressCallback, check_interrupt: Callable[[], None], expected: int) -> None:
        self._on_progress, self._check_interrupt = on_progress, check_interrupt
        self._done, self._expected = 0, max(1, expected)

    def step(self) -> None:
        self._check_interrupt()
        self._done += 1
        self._on_progress(self._done, max(2 * self._expected, self._done + 1))


def _sample(pictures: EncodedSet, seed: int, what: str) -> np.ndarray:
    vectors = pictures.vectors
    if len(vectors) <= MOST_COMPARED:
        return vectors
    chosen = np.random.default_rng(derive_seed(seed, "sample", what)).permutation(len(vectors))[:MOST_COMPARED]
    return vectors[np.sort(chosen)]


def _manifold(photos: np.ndarray, reference: np.ndarray, k: int) -> tuple[Manifold | None, list[str]]:
    fewest = min(len(photos), len(reference))
    if k > fewest - 2:
        return None, [
            f"Precision, recall, density and coverage were not measured: k = {k} needs at least {k + 2} pictures on "
            f"either side, and there are {fewest}. Use a smaller k or more pictures."
        ]
    return manifold_overlap(photos, reference, k=k), []


def _diversity(photos: EncodedSet, reference: EncodedSet, seed: int) -> Diversity:
    rng = np.random.default_rng(derive_seed(seed, "diversity"))
    groups = [photos.vectors[photos.owners == owner] for owner in np.unique(photos.owners)]
    within = [mean_pairwise_distance(group) for group in groups if len(group) > 1]
    fewest = min(len(photos.vectors), len(reference.vectors), MOST_COMPARED)
    chosen = [vectors[rng.permutation(len(vectors))[:fewest]] for vectors in (photos.vectors, reference.vectors)]
    return Diversity(
        within_album=float(np.mean(within)) if within else None,
        pairwise=mean_pairwise_distance(photos.vectors),
        reference_pairwise=mean_pairwise_distance(reference.vectors),
        vendi=vendi_score(chosen[0]),
        reference_vendi=vendi_score(chosen[1]),
        vendi_pictures=fewest,
    )


def _set_notes(photos: EncodedSet, reference: EncodedSet) -> list[str]:
    notes = []
    sizes = len(photos.vectors), len(reference.vectors)
    if min(sizes) < FRECHET_PICTURES:
        notes.append(
            f"Read KID, not the Fréchet distance: with {sizes[0]} photos and {sizes[1]} reference pictures, fewer than "
            f"{FRECHET_PICTURES}, the latter comes out too high, the more so the fewer there are."
        )
    if min(sizes) < FEW:
        notes.append(
            f"Fewer than {FEW} pictures on one side: the intervals are wide, and small differences mean nothing."
        )
    if photos.facts.albums < 5:
        notes.append(
            "Photos of one album share people and places, so intervals for few albums are too narrow: measure a folder "
            "of albums."
        )
    same = len(set(photos.digests) & set(reference.digests))
    if same:
        notes.append(f"{same} photos equal a reference picture pixel by pixel: run the leakage check against it.")
    for name, facts in (("photos", photos.facts), ("reference pictures", reference.facts)):
        if facts.repeated:
            notes.append(f"{facts.repeated} {name} equal another pixel by pixel and were counted once.")
        if facts.skipped:
            reasons = ", ".join(f"{count} {reason}" for reason, count in facts.skipped.items())
            notes.append(f"Files of the {name} that could not be used: {reasons}.")
    if max(sizes) > MOST_COMPARED:
        notes.append(
            f"KID, precision, recall and Vendi are about {MOST_COMPARED} pictures of a set, drawn by the seed."
        )
    return notes


def _encoder_notes(name: str) -> list[str]:
    if not name.startswith("builtin"):
        return []
    return [
        "The built-in encoder learned from drawn worlds to recognise a picture after crops and filters. It says "
        "whether photos resemble the reference as a whole, not whether they look real; connect a CLIP or DINO encoder "
        "for that. Numbers of different encoders, and published FID or KID, cannot be compared with these."
    ]


def _packages() -> dict[str, str]:
    found = {}
    for name in ("numpy", "prdc", "scikit-learn", "scipy", "torch", "torchmetrics"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _require_k(k: int) -> None:
    if k < 1:
        raise AlbumError(f"k is the number of neighbours and must be at least 1, but it is {k}: 3 or 5 are usual.")


def _require_some(pictures: EncodedSet, what: str) -> None:
    if len(pictures.vectors) < MIN_PICTURES:
        raise AlbumError(
            f"There are {len(pictures.vectors)} different {what}, but quality is not measured with fewer than "
            f"{MIN_PICTURES}: take a longer album, a folder of albums, or more reference pictures."
        )
