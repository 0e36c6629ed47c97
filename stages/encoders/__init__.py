"""Networks that look: identity vectors of heads, copy vectors of whole pictures, and the judge of results.

Every room may use this package. Importing it imports no torch; the networks load when a loader is called.
"""

from .crops import CROP, PORTRAIT_REACH, HeadWindow, head_crop, head_window, portrait_crop, square_crop
from .loading import load_copy_encoder, load_identity_encoder, load_judge

__all__ = [
    "CROP",
    "PORTRAIT_REACH",
    "HeadWindow",
    "head_crop",
    "head_window",
    "load_copy_encoder",
    "load_identity_encoder",
    "load_judge",
    "portrait_crop",
    "square_crop",
]
