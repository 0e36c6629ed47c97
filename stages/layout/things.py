"""Every kind of object: its real size in metres and where it belongs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thing:
    """Width and height in metres; small things are drawn a little larger than life so that they can be seen.

    home: "ground", "front" (nearer than people), "table" (on a table where there is one), "hand", "sky", "back"
    (stands behind people), "water" (floats, farther away), "flat" (lies under people) or "seat".
    """

    width: float
    height: float
    home: str
    outline: str = "box"


THINGS: dict[str, Thing] = {
    "ball": Thing(0.26, 0.26, "ground", "round"),
    "frisbee": Thing(0.32, 0.12, "hand", "round"),
    "kite": Thing(0.80, 0.95, "sky"),
    "picnic_blanket": Thing(1.90, 0.42, "flat"),
    "picnic_basket": Thing(0.46, 0.42, "ground"),
    "umbrella": Thing(1.10, 1.05, "hand"),
    "beach_umbrella": Thing(2.00, 2.10, "back"),
    "tent": Thing(2.40, 1.50, "back", "peak"),
    "campfire": Thing(0.80, 0.75, "front", "peak"),
    "lantern": Thing(0.22, 0.36, "table"),
    "backpack": Thing(0.38, 0.52, "ground"),
    "suitcase": Thing(0.48, 0.72, "ground"),
    "map": Thing(0.56, 0.40, "hand"),
    "camera": Thing(0.20, 0.17, "hand"),
    "phone": Thing(0.11, 0.20, "hand"),
    "laptop": Thing(0.40, 0.28, "table"),
    "book": Thing(0.34, 0.26, "hand"),
    "guitar": Thing(0.95, 0.60, "hand"),
    "bicycle": Thing(1.70, 1.05, "ground"),
    "car": Thing(4.00, 1.45, "back"),
    "van": Thing(4.60, 2.10, "back"),
    "boat": Thing(4.20, 2.40, "water"),
    "canoe": Thing(3.60, 0.60, "water"),
    "surfboard": Thing(0.55, 1.90, "ground", "round"),
    "fishing_rod": Thing(1.50, 1.60, "hand"),
    "sandcastle": Thing(0.70, 0.55, "ground", "peak"),
    "snowman": Thing(0.85, 1.50, "ground"),
    "sled": Thing(1.10, 0.45, "ground"),
    "bench": Thing(1.60, 0.85, "seat"),
    "table": Thing(1.50, 0.76, "ground"),
    "chair": Thing(0.52, 0.92, "seat"),
    "cup": Thing(0.14, 0.16, "table"),
    "bowl": Thing(0.28, 0.16, "table"),
    "cake": Thing(0.36, 0.32, "table"),
    "candles": Thing(0.30, 0.26, "table"),
    "gift": Thing(0.38, 0.36, "ground"),
    "balloons": Thing(0.75, 1.20, "sky"),
    "flowers": Thing(0.36, 0.46, "hand"),
    "ice_cream": Thing(0.14, 0.28, "hand"),
    "pizza": Thing(0.42, 0.14, "table"),
    "christmas_tree": Thing(1.30, 2.10, "back", "peak"),
    "pumpkin": Thing(0.42, 0.36, "ground", "round"),
    "stick": Thing(0.70, 0.16, "ground"),
    "leash": Thing(0.60, 0.60, "hand"),
    "telescope": Thing(1.00, 1.45, "ground"),
    "toy": Thing(0.28, 0.26, "ground"),
    "trophy": Thing(0.24, 0.38, "hand"),
    "paintbrush": Thing(0.10, 0.30, "hand"),
    "bread": Thing(0.36, 0.17, "table"),
    "flag": Thing(0.90, 1.30, "hand"),
    "other": Thing(0.40, 0.40, "ground"),
}

RIDDEN = frozenset({"bicycle", "sled", "boat", "canoe", "surfboard"})
VESSELS = frozenset({"boat", "canoe"})  # the rider sits in it: its side hides their legs
WATERSIDE = frozenset({"beach", "harbor", "coastal_town", "lake"})  # water fills the picture from shore to horizon
SMALL = 0.6  # metres: what fits in a hand or on a table


def many(thing: Thing, count: int) -> tuple[float, float]:
    """Width and height, metres, of `count` of a thing standing together: rows of up to five, overlapping upwards."""
    columns = min(count, 5)
    rows = -(-count // 5)
    return thing.width * (1 + 0.6 * (columns - 1)), thing.height * (1 + 0.4 * (rows - 1))
