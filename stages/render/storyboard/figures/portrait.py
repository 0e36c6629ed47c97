"""Portraits: one character on a soft plain ground, from the front, turned, or from head to foot."""

import math
from typing import Final, Literal, get_args

from PIL import Image

from .... import vocabulary as v
from ....records import CastEntry, Character, Outfit, Region
from ..canvas import Canvas, Rgb, Xy, mix
from . import palette
from .animals import draw_animal
from .person import draw_person

_LIGHT: Xy = (-0.55, -0.835)
_SHADE: Rgb = (60, 60, 70)
_GROUNDS: tuple[Rgb, ...] = ((222, 232, 230), (236, 227, 214), (226, 224, 236))
# Joints of a bust in head heights from the nose; arms and legs leave the picture.
_BUST: dict[str, Xy] = {
    "nose": (0.0, 0.0), "neck": (0.0, 0.75), "r_shoulder": (-0.70, 0.82), "r_elbow": (-0.88, 1.8),
    "r_wrist": (-0.92, 2.7), "l_shoulder": (0.70, 0.82), "l_elbow": (0.88, 1.8), "l_wrist": (0.92, 2.7),
    "r_hip": (-0.44, 2.6), "r_knee": (-0.44, 4.0), "r_ankle": (-0.44, 5.3), "l_hip": (0.44, 2.6),
    "l_knee": (0.44, 4.0), "l_ankle": (0.44, 5.3), "r_eye": (-0.18, -0.1), "l_eye": (0.18, -0.1),
    "r_ear": (-0.42, -0.02), "l_ear": (0.42, -0.02),
}  # fmt: skip
_UPRIGHT = frozenset({"dog", "cat", "rabbit", "other"})  # these sit up; the others are shown from the side
View = Literal["front", "three_quarter", "full_length"]
VIEWS: Final = get_args(View)
_NOSE_AHEAD = 0.22  # of a turned head, head heights: the contract with the figures
_NARROW = 0.6  # how much of its width a turned body shows
# Head heights of a whole figure, and the share of the legs in what is below the neck.
_TALL = {"baby": (3.6, 0.50), "child": (4.6, 0.56), "teen": (5.7, 0.596)}
_GROWN_TALL = (6.0, 0.596)
_ABOVE_NOSE, _NOSE_TO_NECK, _SOLE = 0.55, 0.75, 0.24
_MARGIN = 0.07  # above and below a whole figure, of the side
_SHOULDERS = {"baby": 0.74, "child": 0.84, "teen": 0.95}


def draw_portrait(character: Character, outfit: Outfit | None, *, size: int, view: View = "front") -> Image.Image:
    """One character in plain daylight.

    Args:
        character: whom to draw.
        outfit: what a person wears; None for the first outfit of its own.
        size: width and height, pixels.
        view: "front" and "three_quarter" are head and shoulders of a person, "full_length" shows a person from head to
            foot. An animal is always there as a whole: from the front, or where that is said turned to the side.
    """
    ground = _ground(character)
    canvas = Canvas(size, size, supersample=2, ground=ground)
    canvas.glow((size * 0.5, size * 0.46), size * 0.62, (*mix(ground, palette.WHITE, 0.65), 230), power=1.2)
    if character.kind == "animal":
        _draw_whole_animal(canvas, character, ground, view)
        return canvas.finished()
    outfit = outfit or (character.outfits[0] if character.outfits else Outfit(id="portrait"))
    entry = CastEntry(character=character.id, emotion="content")
    if view == "full_length":
        canvas.ellipse((size * 0.5, size * (1 - _MARGIN)), size * 0.2, size * 0.022, (*mix(ground, _SHADE, 0.5), 90))
        region = _region(character, _standing(character), "camera")
    else:
        region = _bust(character, turned=view == "three_quarter")
    draw_person(canvas, region, character, outfit, entry, tone=_daylight, light=_LIGHT)
    return canvas.finished()


def _draw_whole_animal(canvas: Canvas, character: Character, ground: Rgb, view: View) -> None:
    size = canvas.width
    upright = character.species in _UPRIGHT
    pose, facing = ("sitting", "camera") if upright else ("standing", "right")
    if view == "three_quarter":
        pose, facing = "standing", "right" if upright else "camera"
    elif view == "full_length":
        pose, facing = "standing", "left"
    entry = CastEntry(character=character.id, pose=pose, emotion="happy", facing=facing)
    box = (0.12, 0.08, 0.88, 0.93)
    region = Region(id="portrait", kind="character", ref=character.id, box=box, depth=0.0, facing=facing, pose=pose)
    canvas.ellipse((size * 0.5, size * 0.93), size * 0.34, size * 0.035, (*mix(ground, _SHADE, 0.5), 90))
    draw_animal(canvas, region, character, entry, tone=_daylight, light=_LIGHT)


def _bust(character: Character, *, turned: bool) -> Region:
    wide = _SHOULDERS.get(character.age_group, 1.0)
    unit = 0.44
    joints = dict(_BUST)
    if turned:
        joints = {name: (x * _NARROW, y) for name, (x, y) in joints.items()}
        for name in ("nose", "r_eye", "l_eye"):
            joints[name] = (joints[name][0] + _NOSE_AHEAD, joints[name][1])
        joints["neck"] = (
            0.0,
            math.sqrt(_NOSE_TO_NECK**2 - _NOSE_AHEAD**2),
        )  # the head keeps its size and stays upright
    keypoints = [
        (0.5 + x * (wide if abs(x) > 0.5 else 1.0) * unit, 0.47 + y * unit, 1.0)
        for x, y in (joints[name] for name in v.OPENPOSE_18)
    ]
    return _region(character, keypoints, "right" if turned else "camera")


def _standing(character: Character) -> list[tuple[float, float, float]]:
    """The joints of a whole figure that fills the square from top to bottom, arms hanging."""
    heads, legs = _TALL.get(character.age_group, _GROWN_TALL)
    unit = (1 - 2 * _MARGIN) / heads
    below = heads - _ABOVE_NOSE - _NOSE_TO_NECK - _SOLE
    neck = _ABOVE_NOSE + _NOSE_TO_NECK
    hip, knee = neck + below * (1 - legs), neck + below * (1 - legs + legs * 0.512)
    arm = below * 0.494
    across = _SHOULDERS.get(character.age_group, 1.0)
    half = {"r": -1.0, "l": 1.0}
    joints: dict[str, Xy] = {"nose": (0.0, _ABOVE_NOSE), "neck": (0.0, neck)}
    for side, sign in half.items():
        joints |= {
            f"{side}_shoulder": (sign * 0.70 * across, neck + 0.07),
            f"{side}_elbow": (sign * 0.80 * across, neck + 0.07 + arm * 0.523),
            f"{side}_wrist": (sign * 0.86 * across, neck + 0.07 + arm),
            f"{side}_hip": (sign * 0.42 * across, hip),
            f"{side}_knee": (sign * 0.42 * across, knee),
            f"{side}_ankle": (sign * 0.42 * across, heads - _SOLE),
            f"{side}_eye": (sign * 0.18, _ABOVE_NOSE - 0.1),
            f"{side}_ear": (sign * 0.42, _ABOVE_NOSE - 0.02),
        }
    return [(0.5 + joints[name][0] * unit, _MARGIN + joints[name][1] * unit, 1.0) for name in v.OPENPOSE_18]


def _region(character: Character, keypoints: list[tuple[float, float, float]], facing: v.Facing) -> Region:
    return Region(
        id="portrait",
        kind="character",
        ref=character.id,
        box=(0.05, 0.1, 0.95, 2.9),
        depth=0.0,
        facing=facing,
        pose="standing",
        keypoints=keypoints,
    )


def _ground(character: Character) -> Rgb:
    """A calm ground that the hair, or an animal's coat, stands out from."""
    name = character.hair.color if character.kind == "person" else (character.coat.color if character.coat else "")
    if name in ("white", "cream", "gray", "blonde", "golden"):
        return (196, 214, 216)
    return _GROUNDS[sum(map(ord, character.id)) % len(_GROUNDS)]


def _daylight(color: Rgb) -> Rgb:
    return color
