"""Reading known members and non-members: plain folders of pictures, or albums, whose photos bring their conditions."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from ...album_folder import AlbumFolder
from ...errors import AlbumError
from ...picture_files import (
    UnknownFormatError,
    UnreadablePictureError,
    list_files,
    promises_picture,
    read_pictures,
)
from ...records import Album, PhotoRecord

MIN_CANDIDATES: Final = 100  # of each side: of fewer non-members, 1 % is less than one picture
MAX_SKIPPED_SHARE: Final = 0.1  # of the picture files; past that the rest may not be like the whole
_ALBUM_FILE: Final = "album.json"
_SHOWN_FILES: Final = 5


class Source(NamedTuple):
    """Where one candidate's pixels are, and what is known of it. frame: of a file with several pictures."""

    path: Path
    frame: int = 0
    album: Album | None = None
    photo: PhotoRecord | None = None

    def read(self) -> np.ndarray:
        """(height, width, 3) uint8.

        Raises:
            AlbumError: the file was changed or taken away since it was listed.
        """
        try:
            return read_pictures(self.path)[self.frame]
        except (UnreadablePictureError, IndexError) as error:
            raise AlbumError(
                f"The picture '{self.path}' could be read a moment ago and now cannot: leave the folder as it is while "
                "the audit runs, then audit again."
            ) from error


@dataclass(frozen=True, eq=False)
class Candidates:
    """One side of the audit. Pictures stay on disk.

    sources: by the digest of the pixels, in the order of the digests, so that nothing depends on the files' names.
    skipped: a line for each picture file that could not be used, without its name. repeated: how many pictures were
    left out since another one has the same pixels.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    repeated: int = 0

    @property
    def count(self) -> int:
        return len(self.sources)

    @property
    def with_conditions(self) -> int:
        """How many come from an album, so that a model can be told what they show."""
        return sum(source.album is not None for source in self.sources.values())


def read_candidates(folder: Path, what: str) -> Candidates:
    """List the pictures below a folder, one file in memory at a time.

    A folder with an album.json is read as an album: its finished photos, each with the plan and layout it was made
    from. Everything else is read as pictures of which nothing is known.

    Args:
        folder: with all folders below it; hidden files are left out.
        what: how messages name this side, e.g. "members".

    Raises:
        AlbumError: the folder is missing, an album in it cannot be read, fewer than `MIN_CANDIDATES` different
            pictures can be used, or too large a share of the picture files cannot; the message names some of them.
    """
    skips: list[tuple[Path, str]] = []
    candidates = _listed(_pictures(Path(folder), skips), skips)
    _require_enough(folder, what, candidates, skips)
    return candidates


def released_photos(folder: AlbumFolder) -> Candidates:
    """The finished photos of an album: what an attacker gets to see.

    Raises:
        AlbumError: the folder is no album.
    """
    skips: list[tuple[Path, str]] = []
    return _listed(_photos(folder, skips), skips)


def _listed(pictures: Iterator[tuple[Source, np.ndarray]], skips: list[tuple[Path, str]]) -> Candidates:
    found: dict[str, Source] = {}
    repeated = 0
    for source, pixels in pictures:
        digest = picture_digest(pixels)
        repeated += digest in found
        if digest not in found or (found[digest].album is None and source.album is not None):
            found[digest] = source
    return Candidates(
        sources={digest: found[digest] for digest in sorted(found)},
        skipped=tuple(sorted(f"{_kind(path)}: {reason}" for path, reason in skips)),
        repeated=repeated,
    )


def picture_digest(pixels: np.ndarray) -> str:
    """SHA-256 of a picture's size and pixels, lower-case hex."""
    size = f"{pixels.shape[1]}x{pixels.shape[0]}\x00".encode()
    return hashlib.sha256(size + np.ascontiguousarray(pixels).tobytes()).hexdigest()


def require_disjoint(members: Candidates, non_members: Candidates) -> None:
    """Refuse sets that share a picture: it would be a member and none.

    Raises:
        AlbumError: they do; the message names some of the files.
    """
    shared = [digest for digest in members.sources if digest in non_members.sources]
    if not shared:
        return
    named = "; ".join(
        f"'{members.sources[digest].path.name}' = '{non_members.sources[digest].path.name}'"
        for digest in shared[:_SHOWN_FILES]
    )
    raise AlbumError(
        f"{len(shared)} pictures are both among the members and among the non-members ({named}): take them out of one "
        "of the folders. Non-members must be pictures that the generator has certainly never seen."
    )


def _pictures(folder: Path, skips: list[tuple[Path, str]]) -> Iterator[tuple[Source, np.ndarray]]:
    files = list(list_files(folder))
    albums = sorted({path.parent for path in files if path.name == _ALBUM_FILE})
    for root in albums:
        yield from _photos(AlbumFolder(root), skips)
    # What lies in or beside an album and is no photo of it: portraits, sheets, photos that were withheld or removed.
    apart = {root.with_name(f"{root.name}{ending}") for root in albums for ending in ("", ".withheld", ".removed")}
    for path in files:
        if apart.isdisjoint(path.parents):
            yield from _frames(path, skips)


def _photos(folder: AlbumFolder, skips: list[tuple[Path, str]]) -> Iterator[tuple[Source, np.ndarray]]:
    album = folder.read()
    for photo in album.photos:
        if photo.status != "done":
            continue
        try:
            pixels = folder.load_photo(photo)
        except AlbumError:
            skips.append((folder.path / photo.file, "gone, or changed since it was made"))
            continue
        yield Source(folder.photo_path(photo), 0, album, photo), pixels


def _frames(path: Path, skips: list[tuple[Path, str]]) -> Iterator[tuple[Source, np.ndarray]]:
    try:
        frames = read_pictures(path)
    except UnreadablePictureError as error:
        if not isinstance(error, UnknownFormatError) or promises_picture(path):
            skips.append((path, str(error)))
        return
    for number, pixels in enumerate(frames):
        yield Source(path, number), pixels


def _require_enough(folder: Path, what: str, found: Candidates, skips: list[tuple[Path, str]]) -> None:
    named = "; ".join(f"'{path.name}' ({reason})" for path, reason in skips[:_SHOWN_FILES])
    more = f" and {len(skips) - _SHOWN_FILES} more" if len(skips) > _SHOWN_FILES else ""
    of_all = found.count + found.repeated + len(skips)
    if len(skips) > MAX_SKIPPED_SHARE * of_all:
        raise AlbumError(
            f"{len(skips)} of {of_all} picture files of the {what} in '{folder}' cannot be read, so the audit would "
            f"say too little. Repair, convert or move them: {named}{more}."
        )
    if found.count < MIN_CANDIDATES:
        raise AlbumError(
            f"The folder '{folder}' holds {found.count} different pictures of {what}, but an audit needs at least "
            f"{MIN_CANDIDATES} members and {MIN_CANDIDATES} non-members: with fewer, a false-positive rate of 1 % "
            "cannot be measured. Add more."
        )


def _kind(path: Path) -> str:
    return path.suffix.lower() if path.suffix and promises_picture(path) else "file"
