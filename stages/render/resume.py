"""What of an album is there already: which photo is kept, which file is recognised, which must be made."""

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..album_folder import AlbumWriter, photo_file_name
from ..errors import AlbumError
from ..photo_file import decode_photo, read_statement
from ..records import Attempt, PhotoRecord, Scene, Verdict
from .tries import Ladder, read_ladder

MAX_ATTEMPTS_KEPT: Final = 64  # the record's own bound

_NUMBER = re.compile(r"[0-9]{1,6}")
_WEIGHT = re.compile(r"[01](?:\.[0-9]{1,24})?")
_log = logging.getLogger(__name__)


def settle_record(
    writer: AlbumWriter,
    scene: Scene,
    before: PhotoRecord | None,
    *,
    number: int,
    fingerprint: Callable[[int, float], str],
    seed: Callable[[int], int],
    attempt: int,
    weight: float,
    judge: str | None,
    chosen: bool,
    exact: bool,
) -> PhotoRecord:
    """The record that a scene's photo starts the run with: what it was if that still holds, else "pending".

    A photo file without a record (album.json was lost, or the crash came between the two) is taken over when its own
    text names the fingerprint that is wanted. A file that somebody changed is moved aside, never overwritten. A photo
    that the run's monitor was not done with, or whose file is gone since, stays pending with what was tried so far,
    which its fingerprint tells.

    Args:
        writer: of the album.
        scene: whose photo.
        before: what album.json said of it.
        number: its position now.
        fingerprint: by attempt and weight, under the plan as it is now.
        seed: by attempt.
        attempt: that the run makes.
        weight: that the run makes it with.
        judge: the label of the run's monitor, None without one.
        chosen: whether the run is to make this photo at all.
        exact: a later attempt of before does not count.
    """
    ladder = read_ladder(before.attempts, judge) if before is not None and judge is not None else None
    tries = _tries_that_count(before, ladder, (attempt, weight), exact)
    if before is not None and before.status == "done" and not _is_intact(writer, before):
        before = before.model_copy(update={"status": "pending"})
    if before is not None and _still_holds(before, {fingerprint(*tried) for tried in tries}, chosen):
        return before if before.number == number else before.model_copy(update={"number": number})
    history = before.attempts if before else []
    pending = PhotoRecord(number=number, scene=scene.id, attempts=history)
    for tried in tries:
        if writer.was_withheld(scene.id, mark := fingerprint(*tried)):
            return _still_withheld(pending, mark, tried, seed(tried[0]))
    if before is not None and _goes_on(before, ladder, tries, fingerprint):
        _set_aside_foreign(writer, scene.id)
        return before.model_copy(update={"number": number, "file": "", "sha256": None, "verdict": None})
    return _recognised(writer, pending, fingerprint, seed, tries, exact) or pending


def _still_withheld(pending: PhotoRecord, fingerprint: str, tried: tuple[int, float], seed: int) -> PhotoRecord:
    verdict = Verdict(status="leak", reason="An earlier check withheld it; the same photo would leak again.")
    made = {"status": "withheld", "fingerprint": fingerprint, "attempt": tried[0], "weight": tried[1], "seed": seed}
    return pending.model_copy(update={**made, "verdict": verdict})


def _tries_that_count(
    before: PhotoRecord | None, ladder: Ladder | None, wanted: tuple[int, float], exact: bool
) -> list[tuple[int, float]]:
    """(attempt, weight) of the photos that may stay: of a later one, and of one that the monitor led to from here."""
    if before is None:
        return [wanted]
    led_here = ladder is not None and ladder.start == wanted
    counts = led_here or (not exact and before.attempt > wanted[0])
    own = (before.attempt, before.weight)
    return [own, wanted] if counts and own != wanted else [wanted]


def _still_holds(before: PhotoRecord, wanted: set[str], chosen: bool) -> bool:
    if before.status == "pending":
        return False
    if not chosen:
        return True
    return before.status in {"done", "withheld"} and before.fingerprint in wanted


def _goes_on(
    before: PhotoRecord,
    ladder: Ladder | None,
    tries: list[tuple[int, float]],
    fingerprint: Callable[[int, float], str],
) -> bool:
    """Whether what the monitor tried before was tried at this very photo."""
    own = (before.attempt, before.weight)
    return (
        ladder is not None and before.status == "pending" and own in tries and before.fingerprint == fingerprint(*own)
    )


def _is_intact(writer: AlbumWriter, record: PhotoRecord) -> bool:
    """Whether the file has the bytes that were written. One that has others is moved aside."""
    data = writer.folder.read_bytes(record.file)
    if data is None:
        return False
    digest = hashlib.sha256(data).hexdigest()
    if digest == record.sha256:
        return True
    _log.warning("%s was changed since it was made; it is moved aside and made anew.", record.file)
    writer.set_aside(record.scene, f"changed-{digest[:12]}")
    return False


def _recognised(
    writer: AlbumWriter,
    pending: PhotoRecord,
    fingerprint: Callable[[int, float], str],
    seed: Callable[[int], int],
    tries: list[tuple[int, float]],
    exact: bool,
) -> PhotoRecord | None:
    """The record of a photo file that is there without one, if it is the photo that is wanted."""
    found = _set_aside_foreign(writer, pending.scene)
    if found is not None:
        own = found.tried
        later = not exact and own[0] > max(attempt for attempt, _ in tries)
        for tried in [own, *tries] if later else tries:
            if found.facts["Fingerprint"] == fingerprint(*tried):
                return _taken_over(pending, found, tried, seed(tried[0]))
    for tried in tries:
        mark = fingerprint(*tried)
        removed = writer.read_removed(pending.scene, mark)
        found = _find(removed) if removed is not None else None
        if found is not None and found.facts["Fingerprint"] == mark:
            writer.take_back(pending.scene, mark)
            return _taken_over(pending, found, tried, seed(tried[0]))
    return None


def _set_aside_foreign(writer: AlbumWriter, scene_id: str) -> "_FoundPhoto | None":
    """What the file at the photo's place says of itself. One that is no photo of this scene is moved aside."""
    data = writer.folder.read_bytes(photo_file_name(scene_id))
    if data is None:
        return None
    found = _find(data)
    if found is None or found.facts["Scene"] != scene_id:
        _log.warning("The file of scene '%s' is no whole photo of this album; it is moved aside.", scene_id)
        writer.set_aside(scene_id, f"changed-{hashlib.sha256(data).hexdigest()[:12]}")
        return None
    return found


def _taken_over(pending: PhotoRecord, found: "_FoundPhoto", tried: tuple[int, float], seed: int) -> PhotoRecord:
    attempt, weight = tried
    outcome = Attempt(attempt=attempt, seed=seed, weight=weight, outcome="done", reason="recognised by its own text")
    return pending.model_copy(
        update={
            "status": "done",
            "file": photo_file_name(pending.scene),
            "fingerprint": found.facts["Fingerprint"],
            "sha256": found.sha256,
            "seed": seed,
            "attempt": attempt,
            "weight": weight,
            "attempts": [*pending.attempts, outcome][-MAX_ATTEMPTS_KEPT:],
            "width": found.width,
            "height": found.height,
            "renderer": found.facts["Renderer"][:200],
        }
    )


@dataclass(frozen=True)
class _FoundPhoto:
    facts: dict[str, str]
    sha256: str
    width: int
    height: int

    @property
    def tried(self) -> tuple[int, float]:
        """Its attempt and weight."""
        return int(self.facts["Attempt"]), float(self.facts.get("Weight", "1"))


def _find(data: bytes) -> _FoundPhoto | None:
    """What a file says of itself; None unless it is a whole picture with everything that an album's photo says."""
    try:
        facts = read_statement(data)
        height, width = decode_photo(data).shape[:2]
    except AlbumError:
        return None
    numbers = _NUMBER.fullmatch(facts.get("Attempt", "")) and _WEIGHT.fullmatch(facts.get("Weight", "1"))
    if not facts.keys() >= {"Scene", "Fingerprint", "Renderer"} or not numbers:
        return None
    return _FoundPhoto(facts, hashlib.sha256(data).hexdigest(), width, height)
