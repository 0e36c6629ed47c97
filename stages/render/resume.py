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

MAX_ATTEMPTS_KEPT: Final = 64  # the record's own bound

_NUMBER = re.compile(r"[0-9]{1,6}")
_log = logging.getLogger(__name__)


def settle_record(
    writer: AlbumWriter,
    scene: Scene,
    before: PhotoRecord | None,
    *,
    number: int,
    fingerprint: Callable[[int], str],
    seed: Callable[[int], int],
    attempt: int,
    chosen: bool,
    exact: bool,
) -> PhotoRecord:
    """The record that a scene's photo starts the run with: what it was if that still holds, else "pending".

    A photo file without a record (album.json was lost, or the crash came between the two) is taken over when its own
    text names the fingerprint that is wanted. A file that somebody changed is moved aside, never overwritten.

    Args:
        writer: of the album.
        scene: whose photo.
        before: what album.json said of it.
        number: its position now.
        fingerprint: by attempt, under the plan as it is now.
        seed: by attempt.
        attempt: that the run makes.
        chosen: whether the run is to make this photo at all.
        exact: a later attempt of before does not count.
    """
    attempts = _attempts_that_count(before, attempt, exact)
    if before is not None and before.status == "done" and not _is_intact(writer, before):
        before = before.model_copy(update={"status": "pending"})
    if before is not None and _still_holds(before, {fingerprint(a) for a in attempts}, chosen):
        return before if before.number == number else before.model_copy(update={"number": number})
    history = before.attempts if before else []
    pending = PhotoRecord(number=number, scene=scene.id, attempts=history)
    for tried in attempts:
        if writer.was_withheld(scene.id, mark := fingerprint(tried)):
            return _still_withheld(pending, mark, tried, seed(tried))
    return _recognised(writer, pending, fingerprint, seed, attempts, exact) or pending


def _still_withheld(pending: PhotoRecord, fingerprint: str, attempt: int, seed: int) -> PhotoRecord:
    verdict = Verdict(status="leak", reason="An earlier check withheld it; the same photo would leak again.")
    made = {"status": "withheld", "fingerprint": fingerprint, "attempt": attempt, "seed": seed, "verdict": verdict}
    return pending.model_copy(update=made)


def _attempts_that_count(before: PhotoRecord | None, attempt: int, exact: bool) -> list[int]:
    later = [before.attempt] if before is not None and not exact and before.attempt > attempt else []
    return [*later, attempt]


def _still_holds(before: PhotoRecord, wanted: set[str], chosen: bool) -> bool:
    if before.status == "pending":
        return False
    if not chosen:
        return True
    return before.status in {"done", "withheld"} and before.fingerprint in wanted


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
    fingerprint: Callable[[int], str],
    seed: Callable[[int], int],
    attempts: list[int],
    exact: bool,
) -> PhotoRecord | None:
    """The record of a photo file that is there without one, if it is the photo that is wanted."""
    data = writer.folder.read_bytes(photo_file_name(pending.scene))
    if data is not None:
        found = _find(data)
        if found is None or found.facts["Scene"] != pending.scene:
            _log.warning("The file of scene '%s' is no whole photo of this album; it is moved aside.", pending.scene)
            writer.set_aside(pending.scene, f"changed-{hashlib.sha256(data).hexdigest()[:12]}")
        else:
            own = int(found.facts["Attempt"])
            for attempt in [own, *attempts] if not exact and own > max(attempts) else attempts:
                if found.facts["Fingerprint"] == fingerprint(attempt):
                    return _taken_over(pending, found, attempt, seed(attempt))
    for attempt in attempts:
        mark = fingerprint(attempt)
        removed = writer.read_removed(pending.scene, mark)
        found = _find(removed) if removed is not None else None
        if found is not None and found.facts["Fingerprint"] == mark:
            writer.take_back(pending.scene, mark)
            return _taken_over(pending, found, attempt, seed(attempt))
    return None


def _taken_over(pending: PhotoRecord, found: "_FoundPhoto", attempt: int, seed: int) -> PhotoRecord:
    outcome = Attempt(attempt=attempt, seed=seed, outcome="done", reason="recognised by its own text")
    return pending.model_copy(
        update={
            "status": "done",
            "file": photo_file_name(pending.scene),
            "fingerprint": found.facts["Fingerprint"],
            "sha256": found.sha256,
            "seed": seed,
            "attempt": attempt,
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


def _find(data: bytes) -> _FoundPhoto | None:
    """What a file says of itself; None unless it is a whole picture with everything that an album's photo says."""
    try:
        facts = read_statement(data)
        height, width = decode_photo(data).shape[:2]
    except AlbumError:
        return None
    if not facts.keys() >= {"Scene", "Fingerprint", "Renderer"} or not _NUMBER.fullmatch(facts.get("Attempt", "")):
        return None
    return _FoundPhoto(facts, hashlib.sha256(data).hexdigest(), width, height)
