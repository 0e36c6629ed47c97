"""Private things in text: personal data by its shape, listed names, and overlap with private captions.

Every room may use this package: the plan is checked before anything is drawn, and the finished album once more.
"""

from .fields import plan_texts
from .patterns import find_shapes
from .words import (
    MIN_NAME_LETTERS,
    NGRAM_WORDS,
    CaptionFinder,
    NameFinder,
    Word,
    reduce_words,
)

__all__ = [
    "MIN_NAME_LETTERS",
    "NGRAM_WORDS",
    "CaptionFinder",
    "NameFinder",
    "Word",
    "find_shapes",
    "plan_texts",
    "reduce_words",
]
