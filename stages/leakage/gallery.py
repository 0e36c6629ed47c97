"""The gallery: what must not come back, kept as signatures and salted digests, never as pictures or names."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from ..errors import AlbumError
from . import signature as s
from .pictures import UnknownFormatError, UnreadablePictureError, list_files, promises_picture, read_pictures

MAX_SKIPPED_SHARE: Final = 0.1  # of the picture files; past that "nothing was found" would say too little
FORMAT: Final = "synthetic_albums.gallery"
VERSION: Final = 1
SIGNATURE: Final = f"dct{s.BITS}-grid{s.GRID}-windows{len(s.WINDOWS)}"  # galleries of another one cannot be compared

_SHOWN_FILES = 5
_DIGEST_CHARS = 16


@dataclass(frozen=True, eq=False)
class Gallery:
    """What is known of the reference pictures.

    signatures: (count, windows, s.BYTES) uint8. digests: (count, 32) uint8, salted SHA-256 of the pixels, sorted, so
    that neither names nor the order of files remain. skipped: one line for each picture file that could not be used,
    without its name. ignored: how many other files lay there. salt: derived from the whole content, so that the same
    folder gives the same report and reports on different galleries cannot be joined on a shared picture.
    """

    signatures: np.ndarray
    digests: np.ndarray
    salt: bytes
    skipped: tuple[str, ...] = ()
    ignored: int = 0

    @property
    def count(self) -> int:
        return len(self.digests)

    def label(self, index: int) -> str:
        """How reports name a reference: the start of its salted digest."""
        return self.digests[index].tobytes().hex()[:_DIGEST_CHARS]


@dataclass(frozen=True)
class _Skip:
    path: Path
    reason: str


def build_gallery(folder: Path) -> Gallery:
    """Read a folder of private pictures, with all folders below it, one file at a time.

    Fails closed: a gallery that would leave out more than a tenth of its picture files is refused.

    Args:
        folder: PNG, JPEG, WebP, BMP, TIFF and GIF files are told by content. Hidden files are left out.

    Raises:
        AlbumError: the folder is missing, unreadable or holds no usable picture, or too many of its picture files
            cannot be used; the message names some of them.
    """
    entries: dict[bytes, np.ndarray] = {}
    skips: list[_Skip] = []
    ignored = used = 0
    for path in list_files(folder):
        try:
            found = [_entry(pixels) for pixels in read_pictures(path)]
        except UnreadablePictureError as error:
            if isinstance(error, UnknownFormatError) and not promises_picture(path):
                ignored += 1
            else:
                skips.append(_Skip(path, str(error)))
            continue
        used += 1
        entries.update(found)
    _require_coverage(folder, used, skips)
    content = sorted(entries)
    salt = hashlib.sha256(b"synthetic_albums gallery\x00" + b"".join(content)).digest()
    rows = sorted((salted_digest(salt, digest), digest) for digest in content)
    return Gallery(
        signatures=np.stack([entries[digest] for _, digest in rows]),
        digests=np.stack([np.frombuffer(salted, dtype=np.uint8) for salted, _ in rows]),
        salt=salt,
        skipped=tuple(sorted(_describe(skip, salt) for skip in skips)),
        ignored=ignored,
    )


def pixel_digest(pixels: np.ndarray) -> bytes:
    """SHA-256 of a picture's size and pixels."""
    size = f"{pixels.shape[1]}x{pixels.shape[0]}\x00".encode()
    return hashlib.sha256(size + np.ascontiguousarray(pixels).tobytes()).digest()


def salted_digest(salt: bytes, digest: bytes) -> bytes:
    """SHA-256 that only says something to who has the gallery."""
    return hashlib.sha256(salt + digest).digest()


def write_gallery(gallery: Gallery) -> bytes:
    """One safetensors blob: the gallery can travel to where albums are made, the pictures stay where they are."""
    from safetensors.numpy import save

    facts = {
        "format": FORMAT,
        "version": VERSION,
        "signature": SIGNATURE,
        "salt": gallery.salt.hex(),
        "skipped": list(gallery.skipped),
        "ignored": gallery.ignored,
        "sha256": _checksum(gallery.signatures, gallery.digests),
    }
    tensors = {
        "digests": np.ascontiguousarray(gallery.digests),
        "signatures": np.ascontiguousarray(gallery.signatures),
    }
    return save(tensors, metadata={"gallery": json.dumps(facts, sort_keys=True)})


def read_gallery(data: bytes) -> Gallery:
    """Read what `write_gallery` wrote.

    Raises:
        AlbumError: it is something else, damaged, empty, or of a version or signature that cannot be compared.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        tensors = load(data)
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        facts = json.loads(header["__metadata__"]["gallery"])
        signatures, digests = tensors["signatures"], tensors["digests"]
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise AlbumError("This is not a gallery file, or it is damaged: build the gallery again.") from error
    _require_known(facts)
    try:
        salt = bytes.fromhex(facts["salt"])
        skipped = tuple(str(line) for line in facts["skipped"])
        intact = facts["sha256"] == _checksum(signatures, digests)
        ignored = int(facts["ignored"])
    except (KeyError, TypeError, ValueError) as error:
        raise AlbumError("The gallery file is damaged: build the gallery again.") from error
    if not intact or not _shapes_fit(signatures, digests) or len(salt) != hashlib.sha256().digest_size:
        raise AlbumError("The gallery file is damaged: build the gallery again.")
    return Gallery(signatures=signatures, digests=digests, salt=salt, skipped=skipped, ignored=ignored)


def _entry(pixels: np.ndarray) -> tuple[bytes, np.ndarray]:
    coefficients = s.grid_coefficients(s.picture_luma(Image.fromarray(pixels)))
    if s.too_plain(coefficients[s.WHOLE]):
        raise UnreadablePictureError("too plain to be compared")
    return pixel_digest(pixels), s.pack_signs(coefficients)


def _require_coverage(folder: Path, used: int, skips: list[_Skip]) -> None:
    named = "; ".join(f"'{skip.path.relative_to(folder)}' ({skip.reason})" for skip in skips[:_SHOWN_FILES])
    more = f" and {len(skips) - _SHOWN_FILES} more" if len(skips) > _SHOWN_FILES else ""
    if used == 0:
        found = f": {named}{more}" if skips else ""
        raise AlbumError(f"The gallery folder '{folder}' holds no picture that can be compared{found}.")
    if len(skips) > MAX_SKIPPED_SHARE * (used + len(skips)):
        raise AlbumError(
            f"{len(skips)} of {used + len(skips)} picture files in '{folder}' cannot be compared, so a check against "
            f"them would say too little. Repair, convert or move them: {named}{more}."
        )


def _describe(skip: _Skip, salt: bytes) -> str:
    """A line that the owner of the pictures can match with a file, and nobody else."""
    suffix = skip.path.suffix.lower() if promises_picture(skip.path) else "file"
    if not skip.path.is_file():  # opening a pipe would wait for its other end
        return f"{suffix}: {skip.reason}"
    try:
        with skip.path.open("rb") as file:
            start = file.read(2**20)
    except OSError:
        return f"{suffix}: {skip.reason}"
    return f"{salted_digest(salt, start).hex()[:_DIGEST_CHARS]} {suffix}: {skip.reason}"


def _checksum(signatures: np.ndarray, digests: np.ndarray) -> str:
    return hashlib.sha256(signatures.tobytes() + digests.tobytes()).hexdigest()


def _require_known(facts: object) -> None:
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise AlbumError("This safetensors file is not a gallery: build one from the folder of private pictures.")
    if facts.get("version") != VERSION or facts.get("signature") != SIGNATURE:
        raise AlbumError(
            f"The gallery file is of version {facts.get('version')!r:.20} with signatures "
            f"{facts.get('signature')!r:.60}; this pack compares version {VERSION} with '{SIGNATURE}'. "
            "Build the gallery again from the pictures."
        )


def _shapes_fit(signatures: np.ndarray, digests: np.ndarray) -> bool:
    count = len(digests) if digests.ndim else 0
    return (
        count > 0
        and digests.shape == (count, hashlib.sha256().digest_size)
        and signatures.shape == (count, len(s.WINDOWS), s.BYTES)
        and signatures.dtype == digests.dtype == np.uint8
    )
