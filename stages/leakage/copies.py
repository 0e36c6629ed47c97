"""Is a photo a near-copy of a picture in the gallery? Fails closed: what cannot be compared is "unchecked".

Two searches, each coarse then fine. The whole photo against every window of every reference finds copies, crops and
flips; windows of the photo against whole references find references that were framed, padded or put into a larger
picture. The best few dozen matches of each are looked at again with the photo's own window moved and trimmed by
fractions of a grid step, so that a crop need not lie on the grid. The distance is a Hamming distance out of
`signature.BITS` bits in which unsure bits count less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from ..errors import AlbumError
from ..records import Verdict
from . import signature as s
from .gallery import SIGNATURE, Gallery, pixel_digest, salted_digest

CHECK: Final = f"near-copy {SIGNATURE}"
# Measured by benchmarks/leakage_copies.py, which prints the share of copies found and of false alarms.
DEFAULT_THRESHOLD_BITS: Final = 8
MAX_THRESHOLD_BITS: Final = s.BITS // 2  # half the bits agree by chance
MIN_SIDE: Final = 16  # pixels; smaller pictures have no frequencies to compare

_BLOCK = 32  # references compared at once; 32 * windows * bits floats are about 14 MB
_COARSE_ORDER = 9  # frequencies that still agree when the window is a few percent off
_CANDIDATES = 512
_FRAMED_CANDIDATES = 16
_TRIMS = (0.0, 0.25, 0.5, 0.75, 1.0)  # of a grid step, inwards from each edge of the photo
_SHIFTS = (-1 / 3, 0.0, 1 / 3)  # of a grid step, either way from each edge of a window in the photo
NO_GALLERY = "Not checked: no gallery was connected."

_FREQUENCY = np.arange(1, s.ORDER * s.ORDER)
_COARSE_BITS = ((_FREQUENCY // s.ORDER < _COARSE_ORDER) & (_FREQUENCY % s.ORDER < _COARSE_ORDER)).astype(np.float32)


@dataclass(frozen=True)
class _Match:
    distance: float  # bits
    reference: int


def check_photos(photos: Sequence[np.ndarray], gallery: Gallery | None, *, threshold_bits: int) -> list[Verdict]:
    """Compare every photo with every reference.

    A photo counts as a leak at or below the threshold, or when its pixels are exactly a reference's. Without a
    gallery, and for photos that are too small or too plain to be compared, the verdict is "unchecked", never "clean".

    Args:
        photos: each (height, width, 3) uint8.
        gallery: from `build_gallery` or `read_gallery`.
        threshold_bits: 0 finds only the same signature; `DEFAULT_THRESHOLD_BITS` is measured; higher is stricter with
            the album and raises more false alarms. At most `MAX_THRESHOLD_BITS`.

    Raises:
        AlbumError: a photo is not such an array (all of them are named), the threshold is out of range, or the
            gallery is empty or has no signatures.
    """
    _require_photos(photos)
    if isinstance(threshold_bits, bool) or not isinstance(threshold_bits, int | np.integer):
        raise AlbumError(f"The threshold must be a whole number of bits, but it is {threshold_bits!r:.40}.")
    if not 0 <= threshold_bits <= MAX_THRESHOLD_BITS:
        raise AlbumError(f"The threshold must be 0 to {MAX_THRESHOLD_BITS} bits, but it is {threshold_bits}.")
    if gallery is None:
        return [_unchecked(NO_GALLERY, threshold_bits) for _ in photos]
    if gallery.count == 0:
        raise AlbumError("The gallery is empty: build it from a folder with at least one picture.")
    if gallery.vectors_alone:
        raise AlbumError("The gallery holds vectors alone: near-copies of its pictures cannot be told by their signs.")
    return [_check_photo(photo, gallery, int(threshold_bits)) for photo in photos]


def _check_photo(photo: np.ndarray, gallery: Gallery, threshold_bits: int) -> Verdict:
    digest = np.frombuffer(salted_digest(gallery.salt, pixel_digest(photo)), dtype=np.uint8)
    same = np.flatnonzero((gallery.digests == digest).all(axis=1))
    if len(same):
        return _verdict(
            "leak", _Match(0.0, int(same[0])), gallery, threshold_bits, "It has exactly the pixels of a reference."
        )
    if min(photo.shape[:2]) < MIN_SIDE:
        return _unchecked(f"Not checked: it is smaller than {MIN_SIDE} pixels.", threshold_bits)
    luma = s.picture_luma(Image.fromarray(photo))
    grid = s.grid_coefficients(luma)
    if s.too_plain(grid[s.WHOLE]):
        return _unchecked("Not checked: it is too plain to be compared with anything.", threshold_bits)
    match = _match_whole(luma, grid, gallery)
    if match.distance > threshold_bits:
        match = min(match, _match_framed(luma, grid, gallery), key=lambda m: m.distance)
    if match.distance <= threshold_bits:
        return _verdict("leak", match, gallery, threshold_bits, "It is too close to a reference.")
    return _verdict("clean", match, gallery, threshold_bits, "")


def _match_whole(luma: np.ndarray, grid: np.ndarray, gallery: Gallery) -> _Match:
    """The nearest window of any reference to the whole photo, in any orientation."""
    queries = _all_orientations(grid[s.WHOLE]) * _COARSE_BITS  # (orientations, bits)
    windows = len(s.WINDOWS)
    best = _Shortlist(_CANDIDATES)
    for start in range(0, gallery.count, _BLOCK):
        signs = s.unpack_signs(gallery.signatures[start : start + _BLOCK]).reshape(-1, s.BITS)
        best.add(_agreement(queries, signs), first_row=start * windows)
    trims = [fraction * s.SIDE / s.GRID for fraction in _TRIMS]
    inside = [(trim, s.SIDE - other) for trim in trims for other in trims]
    moved = s.window_coefficients(luma, inside, inside).reshape(-1, s.ORDER, s.ORDER)
    orientations, rows = best.indices()
    found = _Match(float("inf"), 0)
    for orientation in np.unique(orientations):
        chosen = rows[orientations == orientation]
        signs = s.unpack_signs(gallery.signatures[chosen // windows, chosen % windows])
        found = min(found, _nearest(moved, int(orientation), signs, chosen // windows), key=lambda m: m.distance)
    return found


def _match_framed(luma: np.ndarray, grid: np.ndarray, gallery: Gallery) -> _Match:
    """The nearest window of the photo to any whole reference, in any orientation."""
    queries = _all_orientations(grid).reshape(-1, s.BITS) * _COARSE_BITS  # (orientations * windows, bits)
    wholes = gallery.signatures[:, s.WHOLE]
    best = _Shortlist(_FRAMED_CANDIDATES)
    for start in range(0, gallery.count, _BLOCK):
        best.add(_agreement(queries, s.unpack_signs(wholes[start : start + _BLOCK])), first_row=start)
    found = _Match(float("inf"), 0)
    query_rows, references = best.indices()
    for query in np.unique(query_rows):
        orientation, window = divmod(int(query), len(s.WINDOWS))
        row, column = s.WINDOWS[window]
        moved = s.window_coefficients(luma, _around(s.INTERVALS[row]), _around(s.INTERVALS[column]))
        chosen = references[query_rows == query]
        nearest = _nearest(moved.reshape(-1, s.ORDER, s.ORDER), orientation, s.unpack_signs(wholes[chosen]), chosen)
        found = min(found, nearest, key=lambda m: m.distance)
    return found


class _Shortlist:
    """The best (query, row) pairs of several blocks; how many are kept is fixed, so memory is too."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._score = np.empty(0, dtype=np.float32)
        self._query = np.empty(0, dtype=np.int64)
        self._row = np.empty(0, dtype=np.int64)

    def add(self, agreement: np.ndarray, *, first_row: int) -> None:
        """Take in (queries, rows) scores, higher is nearer."""
        flat = agreement.ravel()
        keep = np.argpartition(-flat, self._size - 1)[: self._size] if len(flat) > self._size else np.arange(len(flat))
        query, row = np.divmod(keep, agreement.shape[1])
        score = np.concatenate([self._score, flat[keep]])
        order = np.argsort(-score, kind="stable")[: self._size]
        self._score = score[order]
        self._query = np.concatenate([self._query, query])[order]
        self._row = np.concatenate([self._row, row + first_row])[order]

    def indices(self) -> tuple[np.ndarray, np.ndarray]:
        return self._query, self._row


def _all_orientations(coefficients: np.ndarray) -> np.ndarray:
    """(..., ORDER, ORDER) to (orientations, ..., bits) signed weights."""
    return np.stack([s.signed_weights(s.oriented(coefficients, turn)) for turn in range(len(s.ORIENTATIONS))])


def _agreement(queries: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """(queries, rows): -1 all weighted bits differ, 1 all agree."""
    return (queries @ signs.T) / (np.abs(queries).sum(axis=1, keepdims=True) + 1e-6)


def _nearest(moved: np.ndarray, orientation: int, signs: np.ndarray, references: np.ndarray) -> _Match:
    """The smallest distance between any moved window and any of the chosen signatures."""
    weights = s.signed_weights(s.oriented(moved, orientation))
    distances = (s.BITS - weights @ signs.T) / 2  # (moved windows, chosen)
    place = int(distances.min(axis=0).argmin())
    return _Match(max(0.0, float(distances[:, place].min())), int(references[place]))


def _around(interval: s.Interval) -> list[s.Interval]:
    """The interval with each edge moved by up to a third of a grid step either way, inside the picture."""
    shifts = [fraction * s.SIDE / s.GRID for fraction in _SHIFTS]

    def edges() -> Iterator[s.Interval]:
        for start in shifts:
            for end in shifts:
                yield max(0.0, interval[0] + start), min(float(s.SIDE), interval[1] + end)

    return sorted(set(edges()))


def _require_photos(photos: Sequence[np.ndarray]) -> None:
    wrong = [
        f"photo {number} is {photo.dtype} {photo.shape}"
        if isinstance(photo, np.ndarray)
        else f"photo {number} is no array"
        for number, photo in enumerate(photos, start=1)
        if not _is_picture(photo)
    ]
    if wrong:
        raise AlbumError(f"Photos must be (height, width, 3) arrays of uint8, but {'; '.join(wrong[:20])}.")


def _is_picture(photo: object) -> bool:
    return (
        isinstance(photo, np.ndarray)
        and photo.dtype == np.uint8
        and photo.ndim == 3
        and photo.shape[2] == 3
        and photo.size > 0
    )


def _verdict(status: str, match: _Match, gallery: Gallery, threshold_bits: int, reason: str) -> Verdict:
    return Verdict(
        status=status,  # pyright: ignore[reportArgumentType]
        check=CHECK,
        score=round(match.distance, 2),
        threshold=float(threshold_bits),
        nearest=gallery.label(match.reference),
        reason=reason,
    )


def _unchecked(reason: str, threshold_bits: int) -> Verdict:
    return Verdict(status="unchecked", check=CHECK, threshold=float(threshold_bits), reason=reason)
