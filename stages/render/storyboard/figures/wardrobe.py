"""What each garment is, as numbers: sleeves, hems, how loose it falls."""

from dataclasses import dataclass
from typing import Final

from .... import vocabulary as v


@dataclass(frozen=True)
class TopCut:
    """`sleeve` and `reach` are fractions of the arm and the leg (0.5 is elbow and knee); `loose` in head heights."""

    sleeve: float
    loose: float = 0.02
    reach: float = 0.0  # hangs over the legs that far; 0 ends at the hips
    flare: float = 0.0
    puff: float = 1.0  # how much wider the sleeve is than the arm
    neckline: str = "crew"


@dataclass(frozen=True)
class BottomCut:
    length: float  # fraction of the leg
    wide: float = 1.12
    skirt: bool = False


TOPS: Final[dict[v.Top, TopCut]] = {
    "t_shirt": TopCut(0.36, puff=1.28),
    "shirt": TopCut(0.93, puff=1.14, neckline="collar"),
    "blouse": TopCut(0.88, puff=1.34, neckline="v"),
    "tank_top": TopCut(0.0, loose=-0.01, neckline="straps"),
    "sweater": TopCut(0.95, loose=0.05, puff=1.30, neckline="rib"),
    "hoodie": TopCut(0.95, loose=0.06, puff=1.36, neckline="hood"),
    "jacket": TopCut(0.95, loose=0.06, puff=1.32, neckline="open"),
    "coat": TopCut(0.96, loose=0.07, reach=0.42, flare=0.06, puff=1.36, neckline="lapels"),
    "raincoat": TopCut(0.96, loose=0.08, reach=0.34, flare=0.10, puff=1.42, neckline="hood"),
    "suit": TopCut(0.95, loose=0.05, puff=1.26, neckline="tie"),
    "dress": TopCut(0.26, loose=0.0, reach=0.54, flare=0.20, puff=1.36, neckline="scoop"),
    "swimsuit": TopCut(0.0, loose=-0.02, neckline="straps"),
    "jersey": TopCut(0.42, loose=0.04, puff=1.38, neckline="v"),
}
BOTTOMS: Final[dict[v.Bottom, BottomCut | None]] = {
    "jeans": BottomCut(0.97, 1.10),
    "trousers": BottomCut(0.985, 1.18),
    "shorts": BottomCut(0.40, 1.24),
    "skirt": BottomCut(0.46, skirt=True),
    "leggings": BottomCut(0.93, 1.0),
    "swim_shorts": BottomCut(0.34, 1.28),
    "none": None,
}
