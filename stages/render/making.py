"""Makes one photo: renders it, has it judged where there is a monitor, and writes what is kept."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
from PIL import Image

from ..album_folder import AlbumWriter, photo_file_name
from ..errors import AlbumError
from ..photo_file import encode_photo
from ..records import AlbumLayout, AlbumPlan, Attempt, Cast, PhotoRecord, Scene
from ..wording import without_paths
from .fingerprint import fingerprint_from
from .renderer import PhotoJob, Renderer, photo_job, photo_seed
from .resume import MAX_ATTEMPTS_KEPT
from .tries import (
    Assessment,
    PhotoMonitor,
    failed_attempt,
    judged_attempt,
    kept_attempt,
    read_ladder,
    try_at,
    why_rejected,
    withheld_attempt,
)

ProgressCallback = Callable[[int, int, float, Image.Image | None], None]

PREVIEW_PX: Final = 512

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Run:
    """What stays the same from photo to photo."""

    plan: AlbumPlan
    layout: AlbumLayout
    cast: Cast
    renderer: Renderer
    facts: dict[str, str | int | float | bool | None]
    digests: dict[str, str]
    plates: dict[str, str]
    width: int
    height: int
    attempt: int
    chosen: frozenset[str]
    exact: bool
    synthetic_source: str
    on_progress: ProgressCallback
    check_interrupt: Callable[[], None]
    weight: float
    monitor: PhotoMonitor | None
    max_tries: int

    def job(self, scene: Scene, attempt: int, weight: float) -> PhotoJob:
        return photo_job(
            self.plan,
            scene,
            self.layout.scene(scene.id),
            tuple(self.cast.member(entry.character) for entry in scene.cast),
            width=self.width,
            height=self.height,
            seed=self.seed(scene, attempt),
            attempt=attempt,
            weight=weight,
            plate=self.cast.plates.get(scene.environment),
        )

    def seed(self, scene: Scene, attempt: int) -> int:
        return photo_seed(self.plan, scene.id, attempt)

    def fingerprint(self, scene: Scene, attempt: int, weight: float) -> str:
        job = self.job(scene, attempt, weight)
        return fingerprint_from(job, self.facts, self.digests, plate=self.plates.get(scene.environment))

    @cached_property
    def people(self) -> Cast:
        """The cast without the animals, whom no monitor knows."""
        kinds = {character.id: character.kind for character in self.plan.characters}
        members = tuple(member for member in self.cast.members if kinds.get(member.character) == "person")
        return replace(self.cast, members=members)

    @property
    def label(self) -> str | None:
        return None if self.monitor is None else self.monitor.label


def is_to_be_made(run: Run, record: PhotoRecord) -> bool:
    """Whether a photo of the subset needs anything: to be rendered, or to be judged by this run's monitor."""
    if record.status == "pending":
        return True
    if run.label is None or record.status != "done":
        return False
    ladder = read_ladder(record.attempts, run.label)
    return ladder is None or (ladder.below_bar and ladder.tries < run.max_tries)


def make_photo(
    run: Run,
    writer: AlbumWriter,
    record: PhotoRecord,
    *,
    photos_done: int,
    keep: Callable[[PhotoRecord], None],
) -> Image.Image | None:
    """Make one photo, or judge one that is there.

    Args:
        run: what stays the same.
        writer: of the album.
        record: of the photo, as `settle_record` gave it.
        photos_done: of this run, for the progress.
        keep: given the record whenever it says more than before: after each try, and at the end.

    Returns:
        A small picture of what was kept; None for a photo that failed.
    """
    making = _Making(run, writer, record, photos_done, keep)
    try:
        pixels = making.plainly() if run.monitor is None else making.judged(run.monitor)
    except PhotoFailedError as failure:
        _log.warning("Photo %d (scene '%s') failed: %s", record.number, record.scene, failure)
        making.give_up(str(failure))
        return None
    preview = Image.fromarray(pixels)
    preview.thumbnail((PREVIEW_PX, PREVIEW_PX))
    return preview


class PhotoFailedError(Exception):
    """This photo could not be made; the next one may be."""


@dataclass(eq=False)
class _Making:
    """One photo in the making."""

    run: Run
    writer: AlbumWriter
    record: PhotoRecord
    photos_done: int
    keep: Callable[[PhotoRecord], None]
    tried: tuple[int, float] = field(init=False)  # attempt and weight of the try that is under way
    best: np.ndarray | None = field(default=None, init=False)  # pixels of the try that the record tells of

    def __post_init__(self) -> None:
        self.scene = self.run.plan.scene(self.record.scene)
        self.tried = (self.run.attempt, self.run.weight)

    def plainly(self) -> np.ndarray:
        """Without a monitor: the first try is kept."""
        pixels = self._rendered()
        job = self._job()
        self._write(pixels, Attempt(attempt=job.attempt, seed=job.seed, weight=job.weight, outcome="done"))
        return pixels

    def judged(self, monitor: PhotoMonitor) -> np.ndarray:
        """With a monitor: try until one passes, else keep the best."""
        # A record that names a fingerprint was tried before, by whomever; one that does not is new.
        ladder = read_ladder(self.record.attempts, monitor.label) if self.record.fingerprint else None
        if ladder is not None and ladder.settled and not ladder.below_bar:  # its file is gone
            return self._written_again()
        if ladder is None:
            self.record = self.record.model_copy(update={"scores": {}})
        start = ladder.start if ladder else self._start()
        for index in range(ladder.tries if ladder else 0, self.run.max_tries):
            self.tried = try_at(start, index)
            pixels = self._one_try(monitor, index + 1, judge_file=ladder is None and index == 0)
            if pixels is not None:
                return pixels
            if self.record.attempts[-1].outcome == "failed":
                break
        return self._keep_best(monitor.label)

    def _start(self) -> tuple[int, float]:
        is_there = self.record.status == "done"
        return (self.record.attempt, self.record.weight) if is_there else (self.run.attempt, self.run.weight)

    def _one_try(self, monitor: PhotoMonitor, number: int, *, judge_file: bool) -> np.ndarray | None:
        """Render and judge; gives the pixels of a try that passed and was written."""
        job = self._job()
        if self.writer.was_withheld(self.scene.id, self._fingerprint()):
            self._note(withheld_attempt(job, number, monitor.label))
            return None
        is_there = judge_file and self.record.status == "done"
        try:
            pixels = self.writer.folder.load_photo(self.record) if is_there else self._rendered()
        except PhotoFailedError as failure:
            if "shortfall" not in self.record.scores:
                raise
            self._note(failed_attempt(job, number, without_paths(failure), monitor.label))
            return None
        found = monitor.assess(job, pixels, self.run.people)
        entry = judged_attempt(job, number, found, monitor.label)
        scores = {**found.scores, "shortfall": round(found.shortfall, 6)}
        if found.passed and is_there:
            self._note(entry, scores=scores)
            return pixels
        if found.passed:
            self._write(pixels, entry, scores=scores)
            return pixels
        _log.info("Photo %d (scene '%s') is made again: %s", self.record.number, self.scene.id, entry.reason)
        self._turn_down(pixels, entry, found, scores)
        return None

    def _turn_down(self, pixels: np.ndarray, entry: Attempt, found: Assessment, scores: dict[str, float]) -> None:
        changes: dict[str, object] = {"status": "pending", "verdict": None}
        before = self.record.scores.get("shortfall")
        if before is None or found.shortfall < before:
            self.best = pixels
            changes.update(self._facts(), scores=scores)
        self._note(entry, **changes)

    def _keep_best(self, label: str) -> np.ndarray:
        """Write the best of the tries that were turned down, and say so."""
        if "shortfall" not in self.record.scores:
            raise PhotoFailedError(
                "an earlier leakage check withheld every try: change the scene, the cast or the seed"
            )
        self.tried = (self.record.attempt, self.record.weight)
        reasons = why_rejected(self.record.attempts, self.tried, label)
        ladder = read_ladder(self.record.attempts, label)
        tries = ladder.tries if ladder else 0
        pixels = self.best if self.best is not None else self._rendered()
        _log.warning(
            "Photo %d (scene '%s') stays below the bar after %d tries: %s",
            self.record.number, self.scene.id, tries, reasons,
        )  # fmt: skip
        self._write(pixels, kept_attempt(self.record, tries, label, reasons), scores=self.record.scores)
        return pixels

    def _written_again(self) -> np.ndarray:
        self.tried = (self.record.attempt, self.record.weight)
        pixels = self._rendered()
        self._write(pixels, None, scores=self.record.scores)
        return pixels

    def give_up(self, reason: str) -> None:
        job, kept = self._job(), without_paths(reason)  # the album may be shared
        entry = Attempt(attempt=job.attempt, seed=job.seed, weight=job.weight, outcome="failed", reason=kept[:600])
        self._note(entry, status="failed", scores={}, **self._facts())

    def _job(self) -> PhotoJob:
        return self.run.job(self.scene, *self.tried)

    def _fingerprint(self) -> str:
        return self.run.fingerprint(self.scene, *self.tried)

    def _facts(self) -> dict[str, object]:
        attempt, weight = self.tried
        return {
            "fingerprint": self._fingerprint(),
            "seed": self.run.seed(self.scene, attempt),
            "attempt": attempt,
            "weight": weight,
            "renderer": self.run.renderer.name[:200],
        }

    def _note(self, entry: Attempt | None, **changes: object) -> None:
        attempts = [*self.record.attempts, *([entry] if entry else [])][-MAX_ATTEMPTS_KEPT:]
        self.record = self.record.model_copy(update={"attempts": attempts, **changes})
        self.keep(self.record)

    def _write(self, pixels: np.ndarray, entry: Attempt | None, *, scores: dict[str, float] | None = None) -> None:
        facts, job = self._facts(), self._job()
        said = {
            "Fingerprint": str(facts["fingerprint"]),
            "Scene": self.scene.id,
            "Seed": str(job.seed),
            "Attempt": str(job.attempt),
            "Renderer": self.run.renderer.name,
        }
        if job.weight != 1.0:
            said["Weight"] = np.format_float_positional(job.weight, trim="-")
        data = encode_photo(pixels, facts=said, synthetic_source=self.run.synthetic_source)
        file = photo_file_name(self.scene.id)
        self.writer.write_bytes(file, data)
        made = {"status": "done", "file": file, "sha256": hashlib.sha256(data).hexdigest(), "verdict": None}
        size = {"width": job.width, "height": job.height}
        self._note(entry, **facts, **made, **size, scores=scores or {})

    def _rendered(self) -> np.ndarray:
        run, job = self.run, self._job()
        in_callback = False

        def on_step(step: int, steps: int) -> None:
            nonlocal in_callback
            in_callback = True
            run.check_interrupt()
            run.on_progress(self.photos_done, len(run.chosen), min(1.0, step / max(1, steps)), None)
            in_callback = False

        try:
            pixels = run.renderer.render_photo(job, on_step=on_step)
        except (AlbumError, MemoryError) as error:
            if in_callback:  # the user or the host stops the run, whatever the class of the error
                raise
            raise PhotoFailedError(str(error) or "not enough memory: choose a smaller size") from error
        wanted = (job.height, job.width, 3)
        if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8 or pixels.shape != wanted:
            came = f"{pixels.dtype} {pixels.shape}" if isinstance(pixels, np.ndarray) else type(pixels).__name__
            raise PhotoFailedError(
                f"the renderer '{run.renderer.name}' gave {came} and not uint8 {wanted}: choose another renderer or "
                "size"
            )
        return pixels
