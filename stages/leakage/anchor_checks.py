"""The checks of what lies in anchors/: portraits and plates are shared with the album, so they are looked at too."""

from collections.abc import Sequence

import numpy as np

from ..album_folder import AlbumFolder
from ..errors import AlbumError
from ..records import Album
from ..verdicts import Finding
from . import copy_paste, metadata
from .anchors import PORTRAIT_SKELETON, Anchor, OtherPicture, read_others
from .copies import CHECK
from .identities import Identities
from .photo_checks import PhotoChecks


def check_anchors(
    checks: PhotoChecks, folder: AlbumFolder, album: Album, anchors: Sequence[Anchor]
) -> tuple[list[Finding], int]:
    """Whether portraits, plates and other files among them copy the gallery, and what their files say.

    Args:
        checks: made ready.
        folder: of the album.
        album: as stored there.
        anchors: of `read_anchors`.

    Returns:
        Leaks, and "unchecked" findings for what could not be looked at, which forbid "clean"; and how many files were
        read.

    Raises:
        AlbumError: the folder may not be read.
    """
    findings: list[Finding] = []
    files = 0
    for anchor in anchors:
        data = _bytes(folder, anchor.file)
        files += data is not None
        findings += _of_portrait(checks, anchor, data)
    for other in read_others(folder, album):
        files += 1
        findings += _of_other(checks, other)
    return findings, files


def look_at_portraits(identities: Identities, anchors: Sequence[Anchor]) -> None:
    """Let portraits count when a character is decided on."""
    for anchor in anchors:
        if anchor.pixels is not None:
            skeleton = PORTRAIT_SKELETON if anchor.drawn else None
            identities.look_at_portrait(anchor.character, anchor.pixels, skeleton)


def _of_portrait(checks: PhotoChecks, anchor: Anchor, data: bytes | None) -> list[Finding]:
    about = f"The portrait of {anchor.character}"
    found = metadata.check_metadata(data, what=about) if data else []
    if anchor.pixels is not None:
        return found + _copies_in(checks, anchor.pixels, subject=anchor.character, about=about, portrait=True)
    reason = f"Not checked: the portrait {anchor.file} is gone or damaged. Run the album again."
    gap = Finding(
        kind="copy_paste", check=copy_paste.CHECK, status="unchecked", subject=anchor.character, reason=reason
    )
    return [gap, *found]


def _of_other(checks: PhotoChecks, other: OtherPicture) -> list[Finding]:
    about, subject = f"The file {other.file}", other.file[:200]
    found = metadata.check_metadata(other.data, what=about) if other.data else []
    if other.pixels is not None:
        return found + _copies_in(checks, other.pixels, subject=subject, about=about, portrait=False)
    reason = f"Not checked: {other.file} is no picture that can be read. Remove it, or run the album again."[:600]
    gap = Finding(kind="near_copy", check=CHECK, status="unchecked", subject=subject, reason=reason)
    return [gap, *found]


def _copies_in(checks: PhotoChecks, picture: np.ndarray, *, subject: str, about: str, portrait: bool) -> list[Finding]:
    """What the near-copy checks say of a picture among the anchors, but that it is clean.

    That its signs say too little, as those of plain portraits and empty places do, holds nothing up; that an encoder
    failed does.
    """
    if not checks.signatures and checks.copies is None:
        return []
    return [
        finding.model_copy(update={"subject": subject, "reason": f"{about}: {finding.reason}"[:600]})
        for finding in checks.near_copies(picture, portrait=portrait)
        if finding.status == "leak" or (finding.status == "unchecked" and finding.check != CHECK)
    ]


def _bytes(folder: AlbumFolder, file: str) -> bytes | None:
    try:
        return folder.read_bytes(file)
    except AlbumError:  # it was logged when its pixels could not be read
        return None
