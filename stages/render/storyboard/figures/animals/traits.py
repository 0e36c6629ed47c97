"""What distinguishes species and dog breeds: proportions, ears, tails, coats."""

from dataclasses import dataclass, replace
from typing import Final

from .....records import Character
from ...canvas import Rgb, shade
from ..palette import COAT, luma
from .breeds import BREEDS


@dataclass(frozen=True)
class Traits:
    """Lengths in units of the height of the back (1 = from the ground to the shoulders)."""

    body: float = 1.05  # from the shoulders to the hips
    chest: float = 0.25
    loin: float = 0.20
    leg: float = 0.062  # half thickness of a leg at its paw
    thigh: float = 0.17
    neck: float = 0.40
    neck_width: float = 0.15
    neck_angle: float = 56.0  # degrees above the horizontal
    head: float = 0.215
    muzzle: float = 0.20
    muzzle_width: float = 0.105
    ears: str = "drop"
    tail: str = "curve"
    fluffy: bool = False
    curly: bool = False
    hoofed: bool = False
    horns: bool = False
    mane: bool = False
    whiskers: bool = False
    back: float = 1.0  # height of the back
    mask: str = ""  # "husky", "saddle", "beagle", "corgi"
    color: str = "brown"
    second: str = "white"
    pattern: str = "plain"

    @property
    def white_trim(self) -> bool:
        """Whether muzzle, chest and paws are in the second colour."""
        return self.mask in ("husky", "corgi", "beagle", "fox", "collie")


_DOG = Traits(head=0.25, neck_width=0.175, leg=0.072, muzzle=0.215, muzzle_width=0.118, chest=0.27, loin=0.215)
_SPECIES: Final[dict[str, Traits]] = {
    "dog": _DOG,
    "cat": Traits(
        body=1.12,
        chest=0.20,
        loin=0.195,
        leg=0.052,
        thigh=0.165,
        neck=0.27,
        neck_width=0.14,
        neck_angle=50,
        head=0.25,
        muzzle=0.075,
        muzzle_width=0.10,
        ears="pointed",
        tail="long",
        whiskers=True,
        color="ginger",
    ),
    "rabbit": Traits(
        body=0.78,
        chest=0.27,
        loin=0.33,
        leg=0.06,
        thigh=0.26,
        neck=0.24,
        neck_width=0.16,
        neck_angle=58,
        head=0.25,
        muzzle=0.09,
        muzzle_width=0.115,
        ears="long",
        tail="puff",
        whiskers=True,
        color="brown",
        back=0.72,
    ),
    "horse": Traits(
        body=0.98,
        chest=0.225,
        loin=0.21,
        leg=0.045,
        thigh=0.15,
        neck=0.52,
        neck_width=0.125,
        neck_angle=52,
        head=0.142,
        muzzle=0.25,
        muzzle_width=0.088,
        ears="pricked",
        tail="hair",
        hoofed=True,
        mane=True,
        color="brown",
    ),
    "cow": Traits(
        body=1.22,
        chest=0.30,
        loin=0.285,
        leg=0.06,
        thigh=0.17,
        neck=0.28,
        neck_width=0.17,
        neck_angle=26,
        head=0.165,
        muzzle=0.17,
        muzzle_width=0.12,
        ears="side",
        tail="tuft",
        hoofed=True,
        horns=True,
        color="white",
        second="black",
        pattern="patches",
    ),
    "sheep": Traits(
        body=0.92,
        chest=0.33,
        loin=0.33,
        leg=0.055,
        thigh=0.10,
        neck=0.20,
        neck_width=0.17,
        neck_angle=38,
        head=0.165,
        muzzle=0.13,
        muzzle_width=0.095,
        ears="side",
        tail="puff",
        hoofed=True,
        curly=True,
        color="cream",
        second="gray",
    ),
    "goat": Traits(
        body=0.95,
        chest=0.245,
        loin=0.23,
        leg=0.048,
        thigh=0.13,
        neck=0.36,
        neck_width=0.12,
        neck_angle=58,
        head=0.155,
        muzzle=0.16,
        muzzle_width=0.088,
        ears="side",
        tail="stub",
        hoofed=True,
        horns=True,
        color="white",
        second="gray",
    ),
    "other": Traits(
        body=1.05,
        chest=0.23,
        loin=0.21,
        leg=0.055,
        thigh=0.17,
        neck=0.26,
        neck_width=0.14,
        head=0.235,
        muzzle=0.13,
        muzzle_width=0.085,
        ears="pointed",
        tail="brush",
        fluffy=True,
        color="ginger",
        second="cream",
        mask="fox",
    ),
}


@dataclass(frozen=True)
class Coloring:
    """The coat as colours: base, second, and what is darker than both."""

    base: Rgb
    second: Rgb
    dark: Rgb
    pattern: str


def traits_of(character: Character) -> Traits:
    """Proportions of a four-legged animal; dogs by their breed."""
    species = character.species or "other"
    traits = _SPECIES.get(species, _SPECIES["other"])
    if species == "dog":
        words = f"{character.breed} {character.role} {character.name} ".lower()
        for names, changes in BREEDS:
            if any(name in words for name in names):
                traits = replace(traits, **changes)
                break
    if character.coat is not None and character.coat.long_haired and not traits.hoofed:
        tail = "feather" if species == "dog" and traits.tail == "curve" else traits.tail
        traits = replace(traits, fluffy=True, tail="brush" if tail == "long" else tail)
    return traits


def coloring_of(character: Character, color: str, second: str, pattern: str) -> Coloring:
    """The plan's coat, or the species' own where the plan has none."""
    coat = character.coat
    if coat is not None:
        color, second, pattern = coat.color, coat.second_color, coat.pattern
    base = COAT[color]
    return Coloring(base, COAT[second], shade(base, -0.42 if luma(base) > 70 else 0.16), pattern)
