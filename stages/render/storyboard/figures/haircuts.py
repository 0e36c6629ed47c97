"""The thirteen hair styles as data: volumes, hairlines and the outline of what hangs behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..canvas import Xy

Line = Sequence[Xy]

# Hairlines run from the right temple to the left one; x in half head widths, y in head heights.
_NATURAL: Line = (
    (1.0, -0.02),
    (0.95, -0.17),
    (0.72, -0.27),
    (0.36, -0.315),
    (0.0, -0.30),
    (-0.36, -0.315),
    (-0.72, -0.27),
    (-0.95, -0.17),
    (-1.0, -0.02),
)
_CLOSE: Line = (
    (1.0, -0.0),
    (0.95, -0.15),
    (0.74, -0.255),
    (0.35, -0.30),
    (0.0, -0.31),
    (-0.35, -0.30),
    (-0.74, -0.255),
    (-0.95, -0.15),
    (-1.0, 0.0),
)
_SIDE_PART: Line = (
    (1.0, 0.02),
    (0.93, -0.13),
    (0.80, -0.235),
    (0.56, -0.33),
    (0.40, -0.365),
    (0.18, -0.27),
    (-0.25, -0.205),
    (-0.66, -0.185),
    (-0.93, -0.12),
    (-1.0, 0.02),
)
_SWEPT: Line = (
    (1.0, 0.14),
    (0.90, -0.03),
    (0.80, -0.20),
    (0.60, -0.325),
    (0.30, -0.24),
    (-0.10, -0.165),
    (-0.55, -0.105),
    (-0.86, -0.03),
    (-0.93, 0.07),
    (-1.0, 0.18),
)
_BANGS: Line = (
    (1.0, 0.30),
    (0.88, 0.06),
    (0.84, -0.11),
    (0.55, -0.155),
    (0.28, -0.145),
    (0.0, -0.16),
    (-0.28, -0.145),
    (-0.55, -0.155),
    (-0.84, -0.11),
    (-0.88, 0.06),
    (-1.0, 0.30),
)
_CENTER: Line = (
    (1.0, 0.42),
    (0.96, 0.20),
    (0.90, 0.0),
    (0.76, -0.17),
    (0.45, -0.32),
    (0.0, -0.435),
    (-0.45, -0.32),
    (-0.76, -0.17),
    (-0.90, 0.0),
    (-0.96, 0.20),
    (-1.0, 0.42),
)
_DRAPED: Line = (
    (1.0, 0.42),
    (0.95, 0.20),
    (0.90, 0.02),
    (0.80, -0.16),
    (0.60, -0.29),
    (0.36, -0.42),
    (0.0, -0.295),
    (-0.42, -0.20),
    (-0.76, -0.08),
    (-0.90, 0.05),
    (-0.96, 0.22),
    (-1.0, 0.42),
)
_PULLED: Line = (
    (1.0, -0.05),
    (0.93, -0.20),
    (0.66, -0.31),
    (0.30, -0.36),
    (0.0, -0.365),
    (-0.30, -0.36),
    (-0.66, -0.31),
    (-0.93, -0.20),
    (-1.0, -0.05),
)
_PARTED: Line = (
    (1.0, 0.05),
    (0.94, -0.11),
    (0.76, -0.23),
    (0.42, -0.335),
    (0.0, -0.44),
    (-0.42, -0.335),
    (-0.76, -0.23),
    (-0.94, -0.11),
    (-1.0, 0.05),
)

# Right halves of what hangs behind, from the crown down to the middle; same units.
_BOB_BACK: Line = (
    (0.0, -0.52),
    (0.86, -0.38),
    (1.17, -0.08),
    (1.24, 0.22),
    (1.22, 0.46),
    (1.0, 0.56),
    (0.5, 0.55),
    (0.0, 0.52),
)
_LONG_BACK: Line = (
    (0.0, -0.52),
    (0.86, -0.38),
    (1.13, -0.05),
    (1.20, 0.45),
    (1.30, 0.95),
    (1.28, 1.28),
    (0.95, 1.42),
    (0.4, 1.46),
    (0.0, 1.44),
)
_WAVY_BACK: Line = (
    (0.0, -0.53),
    (0.86, -0.40),
    (1.18, -0.10),
    (1.14, 0.22),
    (1.36, 0.48),
    (1.24, 0.78),
    (1.46, 1.02),
    (1.28, 1.30),
    (0.98, 1.44),
    (0.5, 1.38),
    (0.0, 1.46),
)
_CURLY_BACK: Line = (
    (0.0, -0.55),
    (0.90, -0.42),
    (1.28, -0.08),
    (1.42, 0.36),
    (1.52, 0.80),
    (1.38, 1.12),
    (0.8, 1.26),
    (0.0, 1.24),
)
_AFRO_BACK: Line = ((0.0, -0.80), (0.80, -0.72), (1.42, -0.40), (1.58, -0.02), (1.34, 0.32), (0.8, 0.48), (0.0, 0.46))


@dataclass(frozen=True)
class Cut:
    """A hair style. Volumes in head heights; `ends` is where the hair at the sides of the face stops."""

    top: float
    side: float
    line: Line
    ends: float = 0.0
    back: Line | None = None
    curl: float = 0.0  # radius of the curls along the edges
    extra: str = ""  # "tail", "bun" or "braids"
    sheer: bool = False  # so short that the scalp shows
    strands: int = 3
    covers_ears: bool = False


CUTS: Final[dict[str, Cut | None]] = {
    "bald": None,
    "buzz": Cut(0.008, 0.004, _CLOSE, ends=0.0, sheer=True, strands=0),
    "short": Cut(0.085, 0.035, _SIDE_PART, ends=0.04),
    "curly_short": Cut(0.07, 0.03, _NATURAL, ends=-0.03, curl=0.095, strands=0),
    "pixie": Cut(0.065, 0.04, _SWEPT, ends=0.17),
    "bob": Cut(0.07, 0.075, _BANGS, ends=0.50, back=_BOB_BACK, covers_ears=True),
    "long": Cut(0.06, 0.06, _CENTER, ends=0.86, back=_LONG_BACK, covers_ears=True, strands=4),
    "wavy_long": Cut(0.075, 0.075, _DRAPED, ends=0.80, back=_WAVY_BACK, covers_ears=True, strands=4),
    "curly_long": Cut(0.09, 0.11, _NATURAL, ends=0.40, back=_CURLY_BACK, curl=0.125, covers_ears=True, strands=0),
    "afro": Cut(0.24, 0.20, _NATURAL, ends=0.10, back=_AFRO_BACK, curl=0.11, covers_ears=True, strands=0),
    "ponytail": Cut(0.05, 0.025, _PULLED, ends=-0.02, extra="tail"),
    "bun": Cut(0.05, 0.025, _PULLED, ends=-0.02, extra="bun"),
    "braids": Cut(0.05, 0.035, _PARTED, ends=0.08, extra="braids", strands=4),
}


def flattened(cut: Cut) -> Cut:
    """The same hair pressed down by a hat: nothing stands up, what hangs still hangs."""
    back = cut.back
    if back is not None:
        back = tuple((x, max(y, -0.30)) for x, y in back)
    extra = "" if cut.extra == "bun" else cut.extra
    return replace(
        cut, top=min(cut.top, 0.03), side=min(cut.side, 0.07), back=back, extra=extra, curl=min(cut.curl, 0.07)
    )
