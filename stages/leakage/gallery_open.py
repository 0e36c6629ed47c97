"""A gallery from a folder, from a file, or from a file that is brought up to date with a folder."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from ..encoders.interface import PersonEncoder, PictureEncoder
from ..errors import AlbumError
from .gallery import Gallery
from .gallery_build import build_gallery
from .gallery_file import checksum, read_gallery_file, read_with_checksum, require_gallery_name, write_gallery_file
from .mapped import file_stamp
from .state import folder_state


def open_gallery(
    folder: Path | None,
    file: Path | None,
    *,
    picture_encoder: PictureEncoder | None = None,
    person_encoder: PersonEncoder | None = None,
    half: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    check_interrupt: Callable[[], None] = lambda: None,
) -> Gallery | None:
    """The gallery of a folder, of a file, or of both: then only what is new in the folder is read and encoded.

    Args:
        folder: of private pictures; None reads the file alone.
        file: of `write_gallery_file`, or an embedding file, see `read_gallery_file`; with a folder it is made when it
            is not there, and replaced when the folder's pictures are others than it says. None keeps nothing.
        picture_encoder: as for `build_gallery`, and for the photos that are checked.
        person_encoder: likewise.
        half: as for `build_gallery`.
        on_progress: as for `build_gallery`.
        check_interrupt: as for `build_gallery`.

    Returns:
        None where neither is given.

    Raises:
        AlbumError: as `build_gallery` and `read_gallery_file` do; the file lies in the folder; or the vectors in the
            file are of another encoder than is given and there is no folder to make them anew from.
    """
    if folder is None:
        return None if file is None else read_gallery_file(file).resolve(picture_encoder, person_encoder)
    if file is not None:
        _require_apart(folder, file)
    previous, before = read_with_checksum(file) if file is not None and file.exists() else (None, "")
    built = build_gallery(
        folder,
        picture_encoder=picture_encoder,
        person_encoder=person_encoder,
        previous=previous,
        half=half,
        scratch=file.parent if file is not None and file.parent.is_dir() else None,
        on_progress=on_progress,
        check_interrupt=check_interrupt,
    )
    del previous  # lets go of the file, which some systems do not replace while it is mapped
    if file is None:
        return built
    if checksum(built) != before:
        write_gallery_file(built, file)
    return _mapped(built, file)


def gallery_state(folder: Path | None, file: Path | None) -> str:
    """A short text that changes when `open_gallery` would find something else.

    Raises:
        AlbumError: the folder, or the file where there is no folder, is missing or may not be read.
    """
    told = folder_state(folder) if folder is not None else ""
    if file is not None and (folder is None or file.exists()):
        told += f" {file_stamp(file)}"
    return told


def _mapped(built: Gallery, file: Path) -> Gallery:
    """The same gallery with its arrays mapped from the file, so that nothing is held twice."""
    read = read_gallery_file(file).resolve(built.picture_handle, built.person_handle)

    of_folder, of_file = built.unchanged, read.unchanged  # not the gallery itself, whose arrays may go

    def unchanged() -> None:
        for require in (of_folder, of_file):
            if require is not None:
                require()

    return dataclasses.replace(read, unchanged=unchanged)


def _require_apart(folder: Path, file: Path) -> None:
    require_gallery_name(file)
    if file.resolve().is_relative_to(folder.resolve()):
        raise AlbumError(
            f"The gallery file '{file}' would lie among the private pictures, which would then be others after every "
            "run: choose a place outside of their folder."
        )
