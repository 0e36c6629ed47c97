"""How people stand, move and sit: one stance for every pose of the vocabulary, with small seeded differences."""

import random
from dataclasses import replace

from .. import vocabulary as v
from .body import Bend, Limb, Reach, Stance

_LEG = Bend(1, 4, -3, 2)
_HANGING = Bend(-3, 11, 10, 5)
_STRIDE_FRONT, _STRIDE_BACK = Bend(25, 3, 13, 2), Bend(-13, 3, -42, 2)
_ON_GROUND_LEG = Bend(130, 34, 40, 2)
_ON_SEAT_LEG = Bend(84, 16, 3, -5)

_STANDING = Stance(_HANGING, _HANGING, _LEG, _LEG)
_WALKING = Stance(Bend(-27, 8, -6, 5), Bend(24, 8, 44, 4), _STRIDE_FRONT, _STRIDE_BACK, lean=4)
_MOUTH = Reach((0.18, 0.10, 0.60), (0.7, -1.0, -0.1))  # just below the chin: the face stays to be seen
_NAPE = Reach((0.10, 0.50, -0.40), (0.8, 0.9, 0.5))

_STANCES: dict[str, Stance] = {
    "standing": _STANDING,
    "walking": _WALKING,
    "running": Stance(
        Bend(-58, 10, 32, 4), Bend(34, 10, 118, -6), Bend(62, 4, -12, 3), Bend(-24, 4, -66, 3), lean=12, lift=0.3
    ),
    "jumping": Stance(
        Bend(0, 128, 0, 152), Bend(0, 128, 0, 152), Bend(22, 24, -52, 12), Bend(30, 22, -44, 12), lift=1.1
    ),
    "sitting": Stance(Bend(36, 16, 74, -8), Bend(36, 16, 74, -8), _ON_GROUND_LEG, _ON_GROUND_LEG, lean=4),
    "kneeling": Stance(Bend(18, 14, 62, -6), Bend(10, 12, 30, 4), Bend(90, 14, -2, 4), Bend(0, 8, -86, 4), lean=5),
    "crouching": Stance(
        Bend(48, 14, 66, -4), Bend(44, 14, 70, -6), Bend(106, 20, -24, 6), Bend(102, 20, -28, 6), lean=24
    ),
    "lying": Stance(_NAPE, Bend(10, 12, 34, -26), Bend(48, 4, -42, 3), Bend(4, 4, 2, 3), turn=84, nod=-8),
    "sleeping": Stance(
        Bend(12, 10, 34, -34), Bend(10, 10, 40, -30), Bend(30, 4, -28, 3), Bend(16, 4, -12, 3), turn=86, nod=-4
    ),
    "dancing": Stance(Bend(0, 138, 0, 164), Bend(10, 58, 40, 12), Bend(38, 16, -26, 4), Bend(2, 6, -6, 3), tilt=6),
    "climbing": Stance(
        Bend(140, 24, 168, 6), Bend(105, 28, 160, 8), Bend(92, 24, -4, 8), Bend(6, 8, -14, 4), lean=6
    ),
    "swimming": Stance(Bend(176, 6, 178, 4), Bend(-84, 10, -160, 5), Bend(10, 3, 4, 2), Bend(-8, 3, -20, 2), turn=-82),
    "cycling": Stance(Bend(58, 9, 74, 2), Bend(58, 9, 74, 2), Bend(82, 5, 6, 3), Bend(30, 5, -24, 3), lean=30),
    "waving": replace(_STANDING, right_arm=Bend(6, 98, 4, 166)),
    "pointing": replace(_STANDING, right_arm=Bend(8, 84, 6, 90)),
    "cheering": replace(_STANDING, right_arm=Bend(4, 142, 4, 160), left_arm=Bend(4, 142, 4, 160)),
    "hugging": replace(_STANDING, right_arm=Bend(58, 18, 84, -30), left_arm=Bend(46, 18, 78, -34), lean=5),
    "holding_hands": replace(_STANDING, right_arm=Bend(2, 20, 8, 16)),
    "eating": replace(_STANDING, right_arm=_MOUTH, left_arm=Bend(14, 12, 76, -10)),
    "drinking": replace(_STANDING, right_arm=_MOUTH),
    "reading": replace(
        _STANDING, right_arm=Reach((0.36, -0.85, 0.95)), left_arm=Reach((0.36, -0.85, 0.95)), nod=0
    ),
    "photographing": replace(
        _STANDING,
        right_arm=Reach((0.28, 0.06, 0.90), (0.9, -1.0, 0.0)),
        left_arm=Reach((0.28, 0.06, 0.90), (0.9, -1.0, 0.0)),
    ),
    "carrying": replace(
        _STANDING,
        right_arm=Reach((0.50, -1.05, 0.85), (0.9, -0.8, -0.5)),
        left_arm=Reach((0.50, -1.05, 0.85), (0.9, -0.8, -0.5)),
    ),
    "throwing": Stance(
        Bend(0, 96, 0, 168), Bend(10, 62, 6, 78), Bend(-16, 12, -26, 8), Bend(20, 12, 8, 8), tilt=-7
    ),
    "cooking": replace(
        _STANDING,
        right_arm=Reach((0.45, -1.15, 1.0), (0.9, -0.8, -0.5)),
        left_arm=Reach((0.60, -1.25, 0.8), (0.9, -0.8, -0.5)),
        lean=4,
    ),
    "playing": Stance(
        Bend(20, 70, 40, 96), Bend(30, 44, 64, 30), Bend(34, 10, -14, 4), Bend(-6, 8, -20, 4), lean=6, tilt=4
    ),
}  # fmt: skip

# Arms that point at the camera vanish; seen from the side the same action swings forwards instead of outwards.
_SIDE_STANCES: dict[str, Stance] = {
    "pointing": replace(_STANDING, right_arm=Bend(86, 4, 92, 2)),
    "waving": replace(_STANDING, right_arm=Bend(62, 40, 160, 20)),
    "throwing": Stance(Bend(-84, 26, -172, 12), Bend(64, 12, 84, 6), Bend(-20, 6, -34, 4), Bend(26, 6, 10, 4), lean=-6),
    "dancing": Stance(Bend(150, 20, 172, 10), Bend(-30, 24, 20, 16), Bend(38, 8, -30, 4), Bend(-4, 5, -10, 3), lean=-3),
    "cheering": replace(_STANDING, right_arm=Bend(162, 20, 172, 10), left_arm=Bend(148, 20, 164, 10)),
    "hugging": replace(_STANDING, right_arm=Bend(62, 6, 84, -10), left_arm=Bend(48, 6, 80, -10), lean=2),
    "playing": Stance(Bend(70, 16, 98, 6), Bend(20, 14, 70, 4), Bend(34, 6, -10, 4), Bend(-12, 5, -34, 3), lean=8),
}
_ON_LAP = Bend(20, 12, 60, -8)
_ONLY_FROM_THE_SIDE = ("cycling", "swimming", "lying", "sleeping")

LYING = frozenset({"lying", "sleeping"})
LOW = frozenset({"sitting", "kneeling", "crouching"}) | LYING
JUMPS = frozenset({"jumping", "running"})
SIT_DOWN = frozenset({"sitting", "reading", "eating", "drinking", "playing"})  # may be done on a seat


def stance_of(pose: v.Pose, facing: v.Facing, *, seated: bool, rng: random.Random, on_ground: bool = False) -> Stance:
    """The stance of a pose as it reads best from one side, with small seeded differences.

    Args:
        pose: any pose of the vocabulary.
        facing: where the person looks.
        seated: on a chair or bench rather than on the ground or on their feet.
        rng: source of the small differences; the same state gives the same stance.
        on_ground: eats, drinks or reads sitting on the ground, as at a picnic.
    """
    side = facing in ("left", "right")
    stance = _SIDE_STANCES[pose] if side and pose in _SIDE_STANCES else _STANCES[pose]
    if seated and pose != "cycling":
        arms = (_ON_LAP, _ON_LAP) if pose == "sitting" else (stance.right_arm, stance.left_arm)
        stance = Stance(*arms, _ON_SEAT_LEG, _ON_SEAT_LEG, lean=2)
    elif on_ground and pose in SIT_DOWN and pose != "sitting":
        stance = replace(stance, right_leg=_ON_GROUND_LEG, left_leg=_ON_GROUND_LEG, lean=4)
    elif pose == "sitting" and rng.random() < 0.5:  # leaning back on one hand
        stance = replace(stance, left_arm=Bend(-34, 20, -26, 14), lean=-7)
    elif pose == "standing" and rng.random() < 0.25:  # a hand on the hip
        stance = replace(stance, left_arm=Bend(-14, 42, 22, -38))
    mirror = rng.random() < 0.5
    if side and stance.right_leg != stance.left_leg:
        mirror = _right_leg_leads(stance) == (facing == "right")  # the far leg leads: legs do not cross in the picture
    stance = _loosened(stance, rng)
    return stance.mirrored() if mirror else stance


def view_of(pose: v.Pose, facing: v.Facing, rng: random.Random) -> v.Facing:
    """Poses that only read from the side are shown from a side."""
    if pose in _ONLY_FROM_THE_SIDE and facing in ("camera", "away"):
        return "left" if rng.random() < 0.5 else "right"
    return facing


def _right_leg_leads(stance: Stance) -> bool:
    right, left = stance.right_leg, stance.left_leg
    return right.upper_swing + right.lower_swing > left.upper_swing + left.lower_swing


def _loosened(stance: Stance, rng: random.Random) -> Stance:
    return replace(
        stance,
        right_arm=_loose_limb(stance.right_arm, rng, 4.0),
        left_arm=_loose_limb(stance.left_arm, rng, 4.0),
        right_leg=_loose_limb(stance.right_leg, rng, 1.5),
        left_leg=_loose_limb(stance.left_leg, rng, 1.5),
        tilt=stance.tilt + rng.uniform(-1.5, 1.5),
        nod=stance.nod + rng.uniform(-3.0, 3.0),
    )


def _loose_limb(limb: Limb, rng: random.Random, degrees: float) -> Limb:
    if isinstance(limb, Reach):
        return limb
    shift = rng.uniform(-degrees, degrees)
    return Bend(limb.upper_swing + shift, limb.upper_spread, limb.lower_swing + shift * 1.3, limb.lower_spread)
