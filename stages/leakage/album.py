"""Checking a rendered album: what is too close to the gallery is withheld, and every verdict is written down."""

import logging
from collections.abc import Callable

from ..album_folder import CONTACT_SHEET, PAGE, AlbumFolder, AlbumWriter
from ..errors import AlbumError
from ..records import Album, PhotoRecord, Verdict
from .copies import CHECK, check_photos, summarise
from .gallery import Gallery

_log = logging.getLogger(__name__)


def check_album(
    folder: AlbumFolder,
    gallery: Gallery | None,
    *,
    threshold_bits: int,
    on_progress: Callable[[int, int], None],
    check_interrupt: Callable[[], None],
) -> Album:
    """Check every photo of an album, move leaks to the quarantine beside it, and record the verdicts in album.json.

    Photos are read one at a time. One that cannot be read is "unchecked", as all are without a gallery. A photo that
    was withheld before stays so whatever the gallery says now: only a new photo in its place is checked anew. A run
    that is stopped keeps what it found out, and the album as a whole is then "unchecked".

    Args:
        folder: of the album; locked for the whole check.
        gallery: what must not come back; None checks nothing and says so.
        threshold_bits: as for `check_photos`.
        on_progress: called with photos looked at and photos in all.
        check_interrupt: called before each photo; what it raises stops the check.

    Returns:
        The album as saved.

    Raises:
        AlbumError: the folder is no album or cannot be written, the gallery is empty, or the threshold is out of
            range.
        AlbumBusyError: another run is writing this album.
    """
    check_photos([], gallery, threshold_bits=threshold_bits)  # refuses bad arguments before anything is moved
    with folder.writing() as writer:
        album = writer.album
        photos = list(album.photos)
        finished = False
        try:
            for index, record in enumerate(photos):
                check_interrupt()
                photos[index] = _checked(writer, record, gallery, threshold_bits)
                if photos[index].status != record.status:  # a kill must not forget why the photo is gone
                    writer.save(album.model_copy(update={"photos": list(photos), "leakage": None}))
                on_progress(index + 1, len(photos))
            finished = True
        finally:
            verdicts = [photo.verdict for photo in photos if photo.verdict is not None]
            not_made = sum(photo.status in {"pending", "failed"} for photo in photos)
            leakage = summarise(verdicts, gallery, not_made=not_made)
            if not finished and leakage.status != "leak":
                leakage = leakage.model_copy(
                    update={"status": "unchecked", "reason": "Not checked: the check was stopped before its end."}
                )
            checked = album.model_copy(update={"photos": photos, "leakage": leakage})
            if checked != album:  # a check that finds nothing new changes no byte
                writer.save(checked)
        return writer.album


def _checked(writer: AlbumWriter, record: PhotoRecord, gallery: Gallery | None, threshold_bits: int) -> PhotoRecord:
    if record.status == "withheld":
        return record
    if record.status != "done":
        return record.model_copy(update={"verdict": None})
    try:
        photo = writer.folder.load_photo(record)
    except AlbumError as error:
        _log.warning("Photo %d could not be checked: %s", record.number, error)
        reason = "Not checked: the photo's file is gone or was changed. Run the album again."
        verdict = Verdict(status="unchecked", check=CHECK, threshold=float(threshold_bits), reason=reason)
        return record.model_copy(update={"verdict": verdict})
    verdict = check_photos([photo], gallery, threshold_bits=threshold_bits)[0]
    if verdict.status == "leak":
        for shared in (PAGE, CONTACT_SHEET):  # they may show the photo; Album Save writes them anew
            writer.remove(shared)
        record = writer.withhold(record)
    return record.model_copy(update={"verdict": verdict})
