"""Writing an album's page and contact sheet into its folder."""

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..album_folder import CONTACT_SHEET, PAGE, AlbumFolder
from ..errors import AlbumError
from ..photo_file import encode_photo
from ..records import Album
from .page import render_page
from .sheet import contact_sheet

_TILE = 320
_log = logging.getLogger(__name__)


def export_album(folder: AlbumFolder, *, columns: int, graph: dict[str, str] | None) -> Path:
    """Write index.html and contact_sheet.png. Photos are read one at a time.

    A photo whose file is gone or was changed is shown as missing, with a warning in the log: the rest of the album
    can still be looked at.

    Args:
        folder: an album that has been rendered, wholly or in part.
        columns: of the contact sheet, 1 to 12.
        graph: ComfyUI's `prompt` and `workflow` as JSON texts, so that the graph comes back when the sheet is dropped
            on ComfyUI; None leaves them out.

    Returns:
        The path of the page.

    Raises:
        AlbumError: the folder is no album, cannot be written or is being written by another process, or `columns` is
            out of range.
    """
    with folder.writing() as writer:
        album = writer.album
        sheet = contact_sheet(album, album_photos(folder, album), columns=columns, tile=_TILE)
        facts = {"title": album.plan.title, "seed": str(album.plan.seed), **(graph or {})}
        writer.write_bytes(CONTACT_SHEET, encode_photo(sheet, facts=facts, synthetic_source=_source_type(album)))
        return writer.write_bytes(PAGE, render_page(album).encode("utf-8"))


def album_photos(folder: AlbumFolder, album: Album) -> Iterator[np.ndarray | None]:
    """Read the photos one after another; None for each that is not there, was changed, or is withheld."""
    for record in album.photos:
        if record.status != "done" or (record.verdict is not None and record.verdict.status == "leak"):
            yield None
            continue
        try:
            yield folder.load_photo(record)
        except AlbumError as error:
            _log.warning("Left out of the contact sheet: %s", error)
            yield None


def _source_type(album: Album) -> str:
    """Drawn storyboards come from an algorithm alone; every other renderer has a trained model in it."""
    return "algorithmicMedia" if album.renderer.get("name") == "storyboard" else "trainedAlgorithmicMedia"
