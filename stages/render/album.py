"""The album loop: makes the photos that are not there yet, one by one, and writes down each before the next."""

import hashlib
import logging
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib import metadata
from typing import Final

import numpy as np
from PIL import Image

from ..album_folder import AlbumFolder, AlbumWriter, photo_file_name
from ..errors import AlbumError
from ..photo_file import encode_photo
from ..records import Album, AlbumLayout, AlbumPlan, Attempt, Cast, PhotoRecord, Scene
from ..seeds import derive_seed
from ..version import SOFTWARE
from .anchors import write_anchors
from .fingerprint import fingerprint_from, member_digest, photo_fingerprint, renderer_facts
from .photo_request import check_request
from .renderer import PhotoJob, Renderer, photo_job
from .resume import MAX_ATTEMPTS_KEPT, settle_record
from .saving import Saving
from .shown_photos import load_photos
from .subset import parse_subset

__all__ = ["load_photos", "parse_subset", "photo_fingerprint", "render_album"]

ProgressCallback = Callable[[int, int, float, Image.Image | None], None]

PREVIEW_PX: Final = 512

_log = logging.getLogger(__name__)


def render_album(
    plan: AlbumPlan,
    layout: AlbumLayout,
    cast: Cast,
    renderer: Renderer,
    folder: AlbumFolder,
    *,
    width: int,
    height: int,
    subset: str,
    attempt: int,
    on_progress: ProgressCallback,
    check_interrupt: Callable[[], None],
    synthetic_source: str | None = None,
    cast_bytes: bytes | None = None,
) -> Album:
    """Make every chosen photo that is not in the album folder yet, in the order of the plan.

    A photo whose fingerprint is in the folder with an intact file is kept, wherever it stood in the album before; one
    that was withheld stays withheld. album.json is written after every photo (in albums of hundreds, after every
    few), and photo files are recognised without it, so a crash costs at most the photo that was being made. Photos
    outside the subset are left as they are, also where the plan changed under them. Files of scenes that left the
    plan are moved beside the album to `<album>.removed/` and taken back from there if the scene returns. No pixels
    are kept from photo to photo: memory is flat.

    With an empty subset `attempt` is the least: photos that were redone at a later attempt keep that one. A subset
    that is named is made at exactly `attempt`.

    Args:
        plan: what happens.
        layout: the blueprint of the same plan.
        cast: has a member for every character of the plan.
        renderer: makes the pixels; `close()` is called at the end, also after an error.
        folder: where the album is written; locked for the whole run.
        width: of every photo, 64 to 8192 pixels; with `height` of the layout's aspect ratio.
        height: as `width`.
        subset: 1-based numbers and ranges like "3,7-9"; "" makes all.
        attempt: 0 for the first try; another number gives another variation.
        on_progress: called with photos done, photos in all, the fraction of the photo in the making, and a preview
            of at most 512 pixels after each photo that was made, else None.
        check_interrupt: called before each photo and each step; what it raises stops the run, the album stays whole.
        synthetic_source: the IPTC term written into the pictures; None chooses it by the renderer.
        cast_bytes: the cast as a file, kept as anchors/cast.safetensors.

    Returns:
        The album as saved.

    Raises:
        AlbumError: layout, cast, size, subset or attempt do not fit, the folder cannot be written, or photos could
            not be made: then all others are, and each failed one is named with its scene and reason.
        AlbumBusyError: another run is writing this album.
    """
    numbers = parse_subset(subset, len(plan.scenes))
    check_request(plan, layout, cast, width=width, height=height, attempt=attempt)
    run = _Run(
        plan=plan,
        layout=layout,
        cast=cast,
        renderer=renderer,
        facts=renderer_facts(renderer),
        digests={member.character: member_digest(member) for member in cast.members},
        width=width,
        height=height,
        attempt=attempt,
        chosen=frozenset(plan.scenes[number - 1].id for number in numbers),
        exact=bool(subset.strip()),
        synthetic_source=synthetic_source or _synthetic_source(renderer),
        on_progress=on_progress,
        check_interrupt=check_interrupt,
    )
    try:
        with folder.writing() as writer:
            album = _begin(run, writer, cast_bytes)
            return _make_photos(run, writer, album)
    finally:
        renderer.close()


@dataclass(frozen=True, eq=False)
class _Run:
    """What stays the same from photo to photo."""

    plan: AlbumPlan
    layout: AlbumLayout
    cast: Cast
    renderer: Renderer
    facts: dict[str, str | int | float | bool | None]
    digests: dict[str, str]
    width: int
    height: int
    attempt: int
    chosen: frozenset[str]
    exact: bool
    synthetic_source: str
    on_progress: ProgressCallback
    check_interrupt: Callable[[], None]

    def job(self, scene: Scene, attempt: int) -> PhotoJob:
        return photo_job(
            self.plan,
            scene,
            self.layout.scene(scene.id),
            tuple(self.cast.member(entry.character) for entry in scene.cast),
            width=self.width,
            height=self.height,
            seed=derive_seed(self.plan.seed, "photo", scene.id, attempt),
            attempt=attempt,
        )

    def fingerprint(self, scene: Scene, attempt: int) -> str:
        return fingerprint_from(self.job(scene, attempt), self.facts, self.digests)


def _begin(run: _Run, writer: AlbumWriter, cast_bytes: bytes | None) -> Album:
    """Find out what is there already, and write that down before anything is made."""
    stored = writer.stored
    before = {photo.scene: photo for photo in stored.photos} if stored else {}
    for scene_id in before.keys() - {scene.id for scene in run.plan.scenes}:
        writer.set_aside(scene_id, before[scene_id].fingerprint or "unknown")
    photos = []
    for number, scene in enumerate(run.plan.scenes, start=1):
        run.check_interrupt()
        record = settle_record(
            writer,
            scene,
            before.get(scene.id),
            number=number,
            fingerprint=lambda attempt, scene=scene: run.fingerprint(scene, attempt),
            seed=lambda attempt, scene=scene: derive_seed(run.plan.seed, "photo", scene.id, attempt),
            attempt=run.attempt,
            chosen=scene.id in run.chosen,
            exact=run.exact,
        )
        photos.append(record)
    album = Album(
        software=SOFTWARE,
        created=stored.created if stored else datetime.now(timezone.utc).replace(microsecond=0),
        plan=run.plan,
        layout=run.layout,
        cast=write_anchors(writer, run.cast, cast_bytes, synthetic_source=run.synthetic_source),
        renderer=run.facts,
        photos=photos,
        # What the check said of the album holds only while the album has the very photos that were checked.
        leakage=stored.leakage if stored and stored.photos == photos else None,
        versions=_versions(),
    )
    if stored is not None and album == stored:
        return stored  # a run that finds everything done changes no byte
    writer.save(album)
    return album


def _make_photos(run: _Run, writer: AlbumWriter, album: Album) -> Album:
    photos = list(album.photos)
    to_make = [i for i, photo in enumerate(photos) if photo.status == "pending" and photo.scene in run.chosen]
    total = len(run.chosen)
    done = total - len(to_make)
    saving = Saving(writer)
    run.on_progress(done, total, 0.0, None)
    try:
        for index in to_make:
            run.check_interrupt()
            photos[index], preview = _make_photo(run, writer, photos[index], photos_done=done)
            album = album.model_copy(update={"photos": list(photos)})
            saving.save_if_cheap(album)
            done += 1
            run.on_progress(done, total, 0.0, preview)
    finally:
        saving.save(album)
    failed = [photos[index] for index in to_make if photos[index].status == "failed"]
    if failed:
        reasons = "; ".join(f"photo {p.number} (scene '{p.scene}'): {p.attempts[-1].reason}" for p in failed)
        raise AlbumError(
            f"{len(failed)} of {total} photos could not be made, the others are finished and kept. {reasons} "
            "Put that right and run again: only these are tried."
        )
    return album


def _make_photo(
    run: _Run, writer: AlbumWriter, record: PhotoRecord, *, photos_done: int
) -> tuple[PhotoRecord, Image.Image | None]:
    scene = run.plan.scene(record.scene)
    job = run.job(scene, run.attempt)
    facts = {
        "fingerprint": fingerprint_from(job, run.facts, run.digests),
        "seed": job.seed,
        "attempt": job.attempt,
        "renderer": run.renderer.name[:200],
    }
    try:
        pixels = _rendered(run, job, photos_done)
    except _PhotoFailedError as failure:
        _log.warning("Photo %d (scene '%s') failed: %s", record.number, scene.id, failure)
        return record.model_copy(update={**facts, "status": "failed", **_tried(record, job, str(failure))}), None
    data = encode_photo(
        pixels,
        facts={
            "Fingerprint": str(facts["fingerprint"]),
            "Scene": scene.id,
            "Seed": str(job.seed),
            "Attempt": str(job.attempt),
            "Renderer": run.renderer.name,
        },
        synthetic_source=run.synthetic_source,
    )
    file = photo_file_name(scene.id)
    writer.write_bytes(file, data)
    made = {**facts, "status": "done", "file": file, "sha256": hashlib.sha256(data).hexdigest(), "width": job.width}
    preview = Image.fromarray(pixels)
    preview.thumbnail((PREVIEW_PX, PREVIEW_PX))
    return record.model_copy(update={**made, "height": job.height, **_tried(record, job, "")}), preview


class _PhotoFailedError(Exception):
    """This photo could not be made; the next one may be."""


def _rendered(run: _Run, job: PhotoJob, photos_done: int) -> np.ndarray:
    in_callback = False

    def on_step(step: int, steps: int) -> None:
        nonlocal in_callback
        in_callback = True
        run.check_interrupt()
        run.on_progress(photos_done, len(run.chosen), min(1.0, step / max(1, steps)), None)
        in_callback = False

    try:
        pixels = run.renderer.render_photo(job, on_step=on_step)
    except (AlbumError, MemoryError) as error:
        if in_callback:  # the user or the host stops the run, whatever the class of the error
            raise
        raise _PhotoFailedError(str(error) or "not enough memory: choose a smaller size") from error
    wanted = (job.height, job.width, 3)
    if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8 or pixels.shape != wanted:
        came = f"{pixels.dtype} {pixels.shape}" if isinstance(pixels, np.ndarray) else type(pixels).__name__
        raise _PhotoFailedError(
            f"the renderer '{run.renderer.name}' gave {came} and not uint8 {wanted}: choose another renderer or size"
        )
    return pixels


def _tried(record: PhotoRecord, job: PhotoJob, reason: str) -> dict[str, list[Attempt]]:
    outcome = Attempt(attempt=job.attempt, seed=job.seed, outcome="failed" if reason else "done", reason=reason[:600])
    return {"attempts": [*record.attempts, outcome][-MAX_ATTEMPTS_KEPT:]}


def _synthetic_source(renderer: Renderer) -> str:
    # The storyboard alone draws by rules; whatever else makes pixels was trained.
    return "algorithmicMedia" if renderer.name == "storyboard" else "trainedAlgorithmicMedia"


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in ("numpy", "pillow")}}
