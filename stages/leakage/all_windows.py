"""A second look at a photo that came near to a reference, but not near enough: do all their windows agree?

The signs of a whole picture say where its light and shade lie, and two scenes may share that by chance. The signs of
its many windows say so of every part as well, and strangers disagree in most of them; a copy in other tones, or turned
by a few degrees, agrees in all, though in none very well. So the middle of the windows' distances is asked.
"""

from typing import Final

import numpy as np
from PIL import Image

from ..verdicts import Finding
from . import signature as s
from .copies import CHECK
from .gallery import Gallery

WINDOWS_CHECK: Final = f"{CHECK} all windows"
# In units of the threshold of the whole picture: how near the whole must be to be looked at again, and how near the
# middle window must be then. Chosen on scenes of other splits than the benchmark's: of 1536 innocent photos 26 were
# looked at again and none was flagged; of 29 restyled copies that were, 26 were found.
SUSPECT: Final = 2.0
MIDDLE: Final = 2.5

_TURNS = (np.s_[:, :], np.s_[:, ::-1], np.s_[::-1, :], np.s_[::-1, ::-1])


def second_look(photo: np.ndarray, by_signs: Finding, gallery: Gallery, *, threshold_bits: int) -> Finding | None:
    """Compare all windows of a photo with those of the reference that it came near to, in all four flips.

    Args:
        photo: (height, width, 3) uint8.
        by_signs: what the check of whole pictures said.
        gallery: with signatures.
        threshold_bits: of that check.

    Returns:
        A leak, or None.
    """
    if by_signs.status != "clean" or by_signs.score is None or by_signs.score > SUSPECT * threshold_bits:
        return None
    signs = s.unpack_signs(gallery.signatures[_row(gallery, by_signs.nearest)])  # (windows, bits)
    middle = min(_middle_distance(np.ascontiguousarray(photo[turn]), signs) for turn in _TURNS)
    if middle > MIDDLE * threshold_bits:
        return None
    return Finding(
        kind="near_copy",
        check=WINDOWS_CHECK,
        status="leak",
        score=round(middle, 2),
        threshold=MIDDLE * threshold_bits,
        nearest=by_signs.nearest,
        reason="It is near to a reference as a whole, and so are its parts.",
    )


def _middle_distance(photo: np.ndarray, signs: np.ndarray) -> float:
    """Median over the windows of the weighted distance in bits."""
    weights = s.signed_weights(s.grid_coefficients(s.picture_luma(Image.fromarray(photo))))  # (windows, bits)
    return float(np.median((s.BITS - (weights * signs).sum(axis=1)) / 2))


def _row(gallery: Gallery, label: str) -> int:
    """The reference that a label names; the first where two begin alike."""
    start = np.frombuffer(bytes.fromhex(label), np.uint8)
    return int(np.flatnonzero((gallery.digests[:, : len(start)] == start).all(axis=1))[0])
