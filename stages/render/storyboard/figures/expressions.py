"""What each emotion does to brows, eyes and mouth."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Expression:
    """Heights in head heights, upwards positive for brows; `open` is the share of the eye that shows."""

    mouth: str
    inner_brow: float = 0.0
    outer_brow: float = 0.0
    open: float = 0.9
    arcs: bool = False  # eyes closed in a smile
    gaze: tuple[float, float] = (0.0, 0.0)
    blush: float = 0.30
    lower_lid: float = 0.0  # how far a cheek pushes the lower lid up
    bags: bool = False
    width: float = 1.0  # of the mouth


EXPRESSIONS: Final[dict[str, Expression]] = {
    "neutral": Expression("soft", blush=0.22),
    "happy": Expression("grin", inner_brow=0.02, outer_brow=0.015, open=0.95, blush=0.45, lower_lid=0.12),
    "laughing": Expression("laugh", inner_brow=0.04, outer_brow=0.02, arcs=True, blush=0.6),
    "content": Expression("smile", inner_brow=0.01, open=0.82, blush=0.42, lower_lid=0.1, width=0.9),
    "excited": Expression("laugh", inner_brow=0.065, outer_brow=0.05, open=1.12, blush=0.55, width=0.92),
    "surprised": Expression("round", inner_brow=0.085, outer_brow=0.07, open=1.22, blush=0.3),
    "thoughtful": Expression("aside", inner_brow=0.0, outer_brow=0.045, open=0.85, gaze=(0.5, -0.55), blush=0.2),
    "sad": Expression("frown", inner_brow=0.07, outer_brow=-0.035, open=0.78, gaze=(0.0, 0.4), blush=0.18),
    "angry": Expression("tense", inner_brow=-0.075, outer_brow=0.055, open=0.8, blush=0.4, lower_lid=0.1),
    "tired": Expression("yawn", inner_brow=0.03, outer_brow=-0.02, open=0.58, gaze=(0.0, 0.3), blush=0.12, bags=True),
}
ASLEEP: Final = Expression("soft", inner_brow=0.0, open=0.0, blush=0.3)
