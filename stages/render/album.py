"""The album loop: makes the photos that are not there yet, one by one, and writes down each before the next."""

import platform
from collections.abc import Callable
from datetime import datetime, timezone
from importlib import metadata

from ..album_folder import AlbumFolder, AlbumWriter
from ..errors import AlbumError
from ..records import Album, AlbumLayout, AlbumPlan, Cast, PhotoRecord
from ..version import SOFTWARE
from .anchors import write_anchors
from .fingerprint import member_digest, photo_fingerprint, plate_digest, renderer_facts
from .making import ProgressCallback, Run, is_to_be_made, make_photo
from .photo_request import check_request
from .renderer import Renderer
from .resume import settle_record
from .saving import Saving
from .shown_photos import load_photos
from .subset import means_all, parse_subset
from .tries import PhotoMonitor, check_tries

__all__ = ["load_photos", "parse_subset", "photo_fingerprint", "render_album"]


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
    weight: float = 1.0,
    monitor: PhotoMonitor | None = None,
    max_tries: int = 4,
) -> Album:
    """Make every chosen photo that is not in the album folder yet, in the order of the plan.

    A photo whose fingerprint is in the folder with an intact file is kept, wherever it stood in the album before; one
    that was withheld stays withheld. album.json is written after every photo (in albums of hundreds, after every
    few), and photo files are recognised without it, so a crash costs at most the photo that was being made. Photos
    outside the subset are left as they are, also where the plan changed under them. Files of scenes that left the
    plan are moved beside the album to `<album>.removed/` and taken back from there if the scene returns. No pixels
    are kept from photo to photo: memory is flat.

    Without a subset `attempt` is the least: photos that were redone at a later attempt keep that one. A subset
    that is named is made at exactly `attempt`.

    With a monitor every chosen photo is assessed, also one that is there already and was not assessed by this monitor.
    What fails is made again with another seed, from the fourth try on with weaker references too, at most `max_tries`
    times; each try is in the record with its reason. If all fail, the best of them is kept, and its record, the log
    and the table say that it is below the bar. A run that was stopped between tries goes on with the next one.

    Args:
        plan: what happens.
        layout: the blueprint of the same plan.
        cast: has a member for every character of the plan.
        renderer: makes the pixels; `close()` is called at the end, also after an error.
        folder: where the album is written; locked for the whole run.
        width: of every photo, 64 to 8192 pixels; with `height` of the layout's aspect ratio.
        height: as `width`.
        subset: 1-based numbers and ranges like "3,7-9"; "" and "all" make all.
        attempt: 0 for the first try; another number gives another variation.
        on_progress: called with photos done, photos in all, the fraction of the photo in the making, and a preview
            of at most 512 pixels after each photo that was made, else None.
        check_interrupt: called before each photo and each step; what it raises stops the run, the album stays whole.
        synthetic_source: the IPTC term written into the pictures; None chooses it by the renderer.
        cast_bytes: the cast as a file, kept as anchors/cast.safetensors.
        weight: share of the references' strength that renderers are asked for, 0 to 1.
        monitor: judges each photo; None takes them as they come. `close()` is called at the end, also after an error.
        max_tries: at one photo, 1 to 16; used with a monitor only.

    Returns:
        The album as saved.

    Raises:
        AlbumError: layout, cast, size, subset, attempt, weight or tries do not fit, the folder cannot be written, or
            photos could not be made: then all others are, and each failed one is named with its scene and reason.
        AlbumBusyError: another run is writing this album.
    """
    numbers = parse_subset(subset, len(plan.scenes))
    check_request(plan, layout, cast, width=width, height=height, attempt=attempt)
    check_tries(max_tries, weight)
    run = Run(
        plan=plan,
        layout=layout,
        cast=cast,
        renderer=renderer,
        facts=renderer_facts(renderer),
        digests={member.character: member_digest(member) for member in cast.members},
        plates={place: plate_digest(plate) for place, plate in cast.plates.items()},
        width=width,
        height=height,
        attempt=attempt,
        chosen=frozenset(plan.scenes[number - 1].id for number in numbers),
        exact=not means_all(subset),
        synthetic_source=synthetic_source or _synthetic_source(renderer),
        on_progress=on_progress,
        check_interrupt=check_interrupt,
        weight=weight,
        monitor=monitor,
        max_tries=max_tries,
    )
    try:
        with folder.writing() as writer:
            return make_album(run, writer, cast_bytes)
    finally:
        renderer.close()
        if monitor is not None:
            monitor.close()


def make_album(run: Run, writer: AlbumWriter, cast_bytes: bytes | None) -> Album:
    """Make what a run lacks, in an album that is open for writing. Raises as `render_album`."""
    album = _begin(run, writer, cast_bytes)
    return _make_photos(run, writer, album)


def _begin(run: Run, writer: AlbumWriter, cast_bytes: bytes | None) -> Album:
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
            fingerprint=lambda attempt, weight, scene=scene: run.fingerprint(scene, attempt, weight),
            seed=lambda attempt, scene=scene: run.seed(scene, attempt),
            attempt=run.attempt,
            weight=run.weight,
            judge=run.label,
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


def _make_photos(run: Run, writer: AlbumWriter, album: Album) -> Album:
    photos = list(album.photos)
    to_make = [i for i, photo in enumerate(photos) if photo.scene in run.chosen and is_to_be_made(run, photo)]
    total = len(run.chosen)
    done = total - len(to_make)
    saving = Saving(writer)
    run.on_progress(done, total, 0.0, None)

    def keep(record: PhotoRecord) -> None:
        nonlocal album
        same = record.verdict == photos[record.number - 1].verdict
        photos[record.number - 1] = record
        changes = {"photos": list(photos), **({} if same else {"leakage": None})}
        album = album.model_copy(update=changes)
        saving.save_if_cheap(album)

    try:
        for index in to_make:
            run.check_interrupt()
            preview = make_photo(run, writer, photos[index], photos_done=done, keep=keep)
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


def _synthetic_source(renderer: Renderer) -> str:
    # The storyboard alone draws by rules; whatever else makes pixels was trained.
    return "algorithmicMedia" if renderer.name == "storyboard" else "trainedAlgorithmicMedia"


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in ("numpy", "pillow")}}
