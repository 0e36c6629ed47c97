"""Pictures that were sampled elsewhere become the photos of an album, as if a renderer had made them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ...album_folder import AlbumFolder, AlbumWriter
from ...errors import AlbumError
from ...photo_file import to_photo
from ...records import Album, AlbumLayout, AlbumPlan, Cast, CastMember, Character, Scene
from ...wording import readable, without_paths
from ..album import make_album
from ..fingerprint import fingerprint_from, member_digest, plate_digest
from ..making import ProgressCallback, Run
from ..photo_request import check_request
from ..renderer import PhotoJob, StepCallback
from ..subset import parse_subset
from .pictures import picture_digest, what_is_wrong

NAME: Final = "collected"
VERSION: Final = 1  # raised when the same pictures come to be kept otherwise
MAX_HOW_CHARS: Final = 600
MAX_SEED: Final = 2**63 - 1  # the record's own bound


@dataclass(frozen=True, eq=False)
class _Given:
    """One picture that came for a photo; seed is None where it was not said."""

    picture: np.ndarray
    digest: str
    seed: int | None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.picture.shape[1], self.picture.shape[0]


class CollectedRenderer:
    """Hands on what came. It makes nothing, and has no portraits."""

    def __init__(self, given: Mapping[str, _Given], how: str) -> None:
        self._given = given
        self._how = how
        self.name = f"{NAME}: {how}" if how else NAME

    def describe(self) -> dict[str, str | int | float | bool | None]:
        return {"version": VERSION, "how": self._how}

    def render_photo(self, job: PhotoJob, *, on_step: StepCallback) -> np.ndarray:
        on_step(1, 1)
        return to_photo(self._given[job.scene.id].picture)

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        raise AlbumError(f"Collected pictures have no portrait of '{character.name}': connect a renderer for those.")

    def close(self) -> None:
        """Holds nothing of its own."""


@dataclass(frozen=True, eq=False)
class _CollectedRun(Run):
    """A run whose photos depend on the pictures that came: on their pixels, their sizes and their seeds."""

    given: Mapping[str, _Given]

    def job(self, scene: Scene, attempt: int, weight: float) -> PhotoJob:
        job, one = super().job(scene, attempt, weight), self.given.get(scene.id)
        return job if one is None else replace(job, width=one.size[0], height=one.size[1])

    def seed(self, scene: Scene, attempt: int) -> int:
        one = self.given.get(scene.id)
        return super().seed(scene, attempt) if one is None or one.seed is None else one.seed

    def fingerprint(self, scene: Scene, attempt: int, weight: float) -> str:
        one = self.given.get(scene.id)
        facts = {**self.facts, "picture": None if one is None else one.digest}
        plate = self.plates.get(scene.environment)
        return fingerprint_from(self.job(scene, attempt, weight), facts, self.digests, plate=plate)


def collect_album(
    plan: AlbumPlan,
    layout: AlbumLayout,
    cast: Cast,
    pictures: Sequence[np.ndarray],
    folder: AlbumFolder,
    *,
    subset: str,
    seeds: Sequence[int],
    how: str,
    on_progress: ProgressCallback,
    check_interrupt: Callable[[], None],
    cast_bytes: bytes | None = None,
) -> Album:
    """Write pictures into the album folder as `render_album` writes what a renderer makes.

    The photos of the chosen scenes become the pictures, all others stay as they are. The same pictures with the same
    plan, seeds and words change no byte; a photo that a leakage check withheld stays withheld until its pixels change.

    Args:
        plan: what happens.
        layout: the blueprint of the same plan; pictures have its shape, at any size.
        cast: has a member for every character of the plan.
        pictures: one for each chosen scene in the order of the album, (height, width, 3 or 4) floats, 0 to 1.
        folder: where the album is written; locked for the whole run.
        subset: which photos the pictures are: 1-based numbers and ranges like "3,7-9"; "" and "all" mean all.
        seeds: what they were sampled with: one for each, one for all, or none, which stands for those of
            `pick_scenes` at the first attempt.
        how: what made them, in free words; kept without absolute paths, at most 600 characters.
        on_progress: as in `render_album`.
        check_interrupt: called before each picture; what it raises stops the run, the album stays whole.
        cast_bytes: the cast as a file, kept as anchors/cast.safetensors.

    Returns:
        The album as saved.

    Raises:
        AlbumError: nothing was written, because the numbers of pictures or seeds, layout, cast or subset do not fit or
            the album has photos of another plan; or some pictures cannot be photos: then all others are collected, and
            each of these is named with its scene and reason.
        AlbumBusyError: another run is writing this album.
    """
    first = layout.scenes[0]
    check_request(plan, layout, cast, width=first.width, height=first.height, attempt=0)
    numbers = parse_subset(subset, len(plan.scenes))
    _require_one_each(plan, numbers, len(pictures))
    own_seeds = _seeds_of(plan, numbers, seeds)
    given: dict[str, _Given] = {}
    wrong: dict[int, str] = {}
    for number, picture, seed in zip(numbers, pictures, own_seeds, strict=True):
        check_interrupt()
        scene = plan.scenes[number - 1].id
        reason = what_is_wrong(picture, layout.scene(scene))
        if reason:
            wrong[number] = f"photo {number} (scene '{scene}') {reason}"
        else:
            given[scene] = _Given(picture, picture_digest(picture), seed)
    if not given:
        raise _not_collected(wrong, len(numbers))
    words = readable(without_paths(how))[:MAX_HOW_CHARS]
    renderer = CollectedRenderer(given, words)
    run = _CollectedRun(
        plan=plan,
        layout=layout,
        cast=cast,
        renderer=renderer,
        facts={**renderer.describe(), "name": NAME},
        digests={member.character: member_digest(member) for member in cast.members},
        plates={place: plate_digest(plate) for place, plate in cast.plates.items()},
        width=first.width,
        height=first.height,
        attempt=0,
        chosen=frozenset(given),
        exact=True,
        synthetic_source="trainedAlgorithmicMedia",
        on_progress=on_progress,
        check_interrupt=check_interrupt,
        weight=1.0,
        monitor=None,
        max_tries=1,
        given=given,
    )
    with folder.writing() as writer:
        _require_same_story(writer, plan)
        album = make_album(run, writer, cast_bytes)
    if wrong:
        raise _not_collected(wrong, len(numbers))
    return album


def _require_one_each(plan: AlbumPlan, numbers: Sequence[int], came: int) -> None:
    wanted = len(numbers)
    if came == wanted:
        return
    if came < wanted:
        number = numbers[came]
        where = f"photo {number} (scene '{plan.scenes[number - 1].id}') is the first without one"
    else:
        number = numbers[-1]
        where = f"the last of them is photo {number} (scene '{plan.scenes[number - 1].id}')"
    raise AlbumError(
        f"{_counted(came, 'picture')} came for {_counted(wanted, 'photo')}, {where}: give subset the same text as in "
        "Album Scene Pick, and sample one picture for each scene (batch_size 1)."
    )


def _seeds_of(plan: AlbumPlan, numbers: Sequence[int], seeds: Sequence[int]) -> list[int | None]:
    wanted = len(numbers)
    if not seeds:
        return [None] * wanted
    if len(seeds) not in (1, wanted):
        raise AlbumError(
            f"{_counted(len(seeds), 'seed')} came for {_counted(wanted, 'photo')}: connect the seeds of Album Scene "
            "Pick with the same scenes, one seed for all, or none."
        )
    own = [*seeds] * wanted if len(seeds) == 1 else [*seeds]
    for number, seed in zip(numbers, own, strict=True):
        if not 0 <= seed <= MAX_SEED:
            raise AlbumError(
                f"The seed of photo {number} (scene '{plan.scenes[number - 1].id}') is {seed}, but an album keeps 0 to "
                "2^63-1: sample with the seeds of Album Scene Pick, or leave seeds unconnected."
            )
    return [*own]


def _require_same_story(writer: AlbumWriter, plan: AlbumPlan) -> None:
    """Refuse a folder with photos of another plan: scenes of both may have the same ids.

    A plan that was edited stays the same as long as it has its seed, and its prompt or one of its scenes.
    """
    stored = writer.stored
    finished = [photo for photo in stored.photos if photo.status in ("done", "withheld")] if stored else []
    if stored is None or not finished:
        return
    told = {(scene.id, scene.title, scene.caption) for scene in stored.plan.scenes}
    shared = any((scene.id, scene.title, scene.caption) in told for scene in plan.scenes)
    if stored.plan.seed == plan.seed and (shared or (plan.prompt != "" and stored.plan.prompt == plan.prompt)):
        return
    raise AlbumError(
        f"The album {writer.folder.path} has photo {finished[0].number} (scene '{finished[0].scene}') of another plan, "
        f"'{stored.plan.title}': choose another album_name for '{plan.title}'."
    )


def _not_collected(wrong: Mapping[int, str], total: int) -> AlbumError:
    kept = "nothing was changed" if len(wrong) == total else "the others are in the album"
    return AlbumError(
        f"{len(wrong)} of {_counted(total, 'picture')} could not be collected, {kept}: {'; '.join(wrong.values())}. "
        f"Then collect with the subset '{','.join(map(str, wrong))}'."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
