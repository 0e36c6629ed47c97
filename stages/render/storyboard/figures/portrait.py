"""Portraits: one character on a soft plain ground."""

from PIL import Image

from .... import vocabulary as v
from ....records import CastEntry, Character, Outfit, Region
from ..canvas import Canvas, Rgb, Xy, mix
from . import palette
from .animals import draw_animal
from .person import draw_person

_LIGHT: Xy = (-0.55, -0.835)
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
_SHOULDERS = {"baby": 0.74, "child": 0.84, "teen": 0.95}


def draw_portrait(character: Character, outfit: Outfit | None, *, size: int) -> Image.Image:
    """Head and shoulders of a person, or the whole animal, in plain daylight.

    Args:
        character: whom to draw.
        outfit: what a person wears; None for the first outfit of its own.
        size: width and height, pixels.
    """
    ground = _ground(character)
    canvas = Canvas(size, size, supersample=2, ground=ground)
    canvas.glow((size * 0.5, size * 0.46), size * 0.62, (*mix(ground, palette.WHITE, 0.65), 230), power=1.2)
    if character.kind == "animal":
        upright = character.species in _UPRIGHT
        pose, facing = ("sitting", "camera") if upright else ("standing", "right")
        entry = CastEntry(character=character.id, pose=pose, emotion="happy", facing=facing)
        box = (0.12, 0.08, 0.88, 0.93)
        region = Region(id="portrait", kind="character", ref=character.id, box=box, depth=0.0, facing=facing, pose=pose)
        canvas.ellipse((size * 0.5, size * 0.93), size * 0.34, size * 0.035, (*mix(ground, (60, 60, 70), 0.5), 90))
        draw_animal(canvas, region, character, entry, tone=_daylight, light=_LIGHT)
        return canvas.finished()
    outfit = outfit or (character.outfits[0] if character.outfits else Outfit(id="portrait"))
    entry = CastEntry(character=character.id, emotion="content")
    draw_person(canvas, _bust(character), character, outfit, entry, tone=_daylight, light=_LIGHT)
    return canvas.finished()


def _bust(character: Character) -> Region:
    wide = _SHOULDERS.get(character.age_group, 1.0)
    unit = 0.44
    keypoints = [
        (0.5 + x * (wide if abs(x) > 0.5 else 1.0) * unit, 0.47 + y * unit, 1.0)
        for x, y in (_BUST[name] for name in v.OPENPOSE_18)
    ]
    return Region(
        id="portrait",
        kind="character",
        ref=character.id,
        box=(0.05, 0.1, 0.95, 2.9),
        depth=0.0,
        facing="camera",
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
