"""Figures: people, animals and things at their real size in metres, before they are put on a picture.

A figure's own frame has its origin on the ground below its middle, x to the right, y down (so heads are negative).
"""

import random
from dataclasses import dataclass, field, replace

import numpy as np

from .. import vocabulary as v
from ..records import Character
from .body import CROWN_ABOVE_NOSE, L_HIP, NECK, NOSE, R_HIP, Body, body_of, pose_figure
from .poses import JUMPS, stance_of, view_of
from .silhouette import bounds, capsule, disc, person_outline

Box = tuple[float, float, float, float]

_NECK_AT_TABLE = 0.98  # metres, of who sits at a table
SEAT_HEIGHT = 0.45  # metres, of chairs and benches


@dataclass(frozen=True, eq=False)
class Figure:
    """Something that can be placed. People carry joints, others ready outlines; all in metres."""

    ref: str
    kind: str  # "character" or "object"
    facing: v.Facing
    pose: v.Pose | None
    box: Box
    outlines: tuple[np.ndarray, ...] = ()
    joints: np.ndarray | None = None  # (18, 2)
    body: Body | None = None

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """From the ground to the highest point, metres."""
        return -self.box[1]


@dataclass(eq=False)
class Placed:
    """A figure on the picture. Unit: picture heights, so x runs from 0 to the aspect ratio."""

    figure: Figure
    x: float
    y: float  # of the ground below it
    scale: float  # picture heights per metre
    joints: np.ndarray | None = field(init=False)
    near: float = 0.0  # tie-break: more is nearer to the camera than its ground line says
    line: float = -1.0  # y of the ground that gives its depth; y itself unless it is lifted off the ground

    def __post_init__(self) -> None:
        joints = self.figure.joints
        self.line = self.y if self.line < 0 else self.line
        self.joints = None if joints is None else joints * self.scale + (self.x, self.y)

    @property
    def head(self) -> float:
        """Head height in picture heights; people only."""
        return self.figure.body.metres * self.scale if self.figure.body else 0.0

    @property
    def box(self) -> Box:
        if self.joints is not None:
            return bounds(self.outlines())
        x0, y0, x1, y1 = self.figure.box
        return x0 * self.scale + self.x, y0 * self.scale + self.y, x1 * self.scale + self.x, y1 * self.scale + self.y

    def outlines(self) -> list[np.ndarray]:
        """Polygons in picture heights; a person's follow its joints, which contacts may have moved."""
        if self.joints is not None and self.figure.body is not None:
            return person_outline(self.joints, self.head, self.figure.body.breadth, self.figure.facing)
        return [outline * self.scale + (self.x, self.y) for outline in self.figure.outlines]

    def face(self) -> Box | None:
        """The face of a person, or None."""
        if self.joints is None:
            return None
        x, y = self.joints[NOSE]
        half = self.head * 0.45
        return (x - half, y - half, x + half, y + half)

    def shift(self, dx: float, dy: float) -> None:
        self.x, self.y = self.x + dx, self.y + dy
        if self.joints is not None:
            self.joints = self.joints + np.array([dx, dy])


def person_figure(
    character: Character,
    pose: v.Pose,
    facing: v.Facing,
    *,
    seat: str,
    pitch: float,
    rng: random.Random,
    high: bool = False,
) -> Figure:
    """A person in a pose, feet (or seat, or back) on the ground.

    Args:
        character: whose proportions to use.
        pose: any pose of the vocabulary.
        facing: where they look; poses that only read from the side turn to one.
        seat: "" on the feet (or as the pose says), "ground" sitting on it, "chair" on something 0.45 m high,
            "saddle" astride.
        pitch: degrees that the camera looks down.
        rng: source of small differences.
        high: a small child's chair is high enough to look over a table.
    """
    body = body_of(character)
    facing = view_of("cycling" if seat == "saddle" else pose, facing, rng)
    stance = stance_of(pose, facing, seated=seat in ("chair", "saddle"), rng=rng, on_ground=seat == "ground")
    joints = pose_figure(body, stance, facing, pitch=pitch) * body.metres
    box = bounds(person_outline(joints, body.metres, body.breadth, facing))
    drop = -box[3] - (stance.lift * body.metres if pose in JUMPS else 0.0)
    if seat == "chair":  # hips at seat height, so that children's feet dangle instead of the seat sinking
        hips = float(joints[[R_HIP, L_HIP], 1].mean())
        drop = min(drop, -(SEAT_HEIGHT + 0.25 * body.metres) - hips)
        if high:
            drop = min(drop, -_NECK_AT_TABLE - float(joints[NECK, 1]))
    middle = (box[0] + box[2]) / 2 if abs(stance.turn) > 45 else 0.0
    joints = joints + np.array([-middle, drop])
    outlines = tuple(person_outline(joints, body.metres, body.breadth, facing))
    return Figure(character.id, "character", facing, pose, bounds(list(outlines)), outlines, joints, body)


def standing_height(character: Character) -> float:
    """Metres from sole to crown."""
    body = body_of(character)
    bones = body.torso + body.thigh + body.shin
    return (bones + 0.75 + CROWN_ABOVE_NOSE + 0.24) * body.metres


# Shoulder height in metres of a medium animal, and how high it stands as a multiple of that.
_ANIMALS: dict[str, tuple[float, float]] = {
    "dog": (0.48, 1.42), "cat": (0.27, 1.40), "rabbit": (0.20, 1.60), "horse": (1.50, 1.42), "parrot": (0.30, 1.00),
    "duck": (0.34, 1.05), "chicken": (0.38, 1.05), "cow": (1.35, 1.15), "sheep": (0.75, 1.20), "goat": (0.70, 1.35),
    "turtle": (0.18, 1.00), "other": (0.45, 1.35),
}  # fmt: skip
# Width over height with the tail, from the side (standing, sitting, lying, running, jumping) and from the front
# (standing, sitting): a box of other proportions would not be filled by an animal that keeps its own.
_PROPORTIONS: dict[str, tuple[float, float, float, float, float, float, float]] = {
    "dog": (1.74, 1.19, 2.25, 1.79, 1.30, 0.58, 0.74), "cat": (1.70, 1.20, 2.55, 1.72, 1.40, 0.49, 0.54),
    "rabbit": (1.30, 0.91, 1.38, 1.41, 0.88, 0.62, 0.62), "horse": (1.37, 1.91, 1.91, 1.61, 1.10, 0.31, 1.71),
    "parrot": (0.67, 0.72, 0.72, 0.67, 0.67, 0.51, 0.55), "duck": (1.11, 1.29, 1.29, 1.05, 1.05, 0.59, 0.66),
    "chicken": (0.97, 1.16, 1.16, 0.94, 0.94, 0.57, 0.68), "cow": (1.86, 2.39, 2.39, 2.01, 1.33, 0.43, 2.43),
    "sheep": (1.66, 2.02, 2.02, 1.76, 1.14, 0.64, 2.04), "goat": (1.24, 1.67, 1.67, 1.43, 0.99, 0.39, 1.70),
    "turtle": (2.15, 2.15, 2.15, 2.15, 2.15, 2.15, 2.15), "other": (1.62, 1.11, 2.24, 1.65, 1.22, 0.51, 0.64),
}  # fmt: skip
_POSTURES = ("standing", "sitting", "lying", "running", "jumping")
_ANIMAL_SIZES = {"small": 0.75, "medium": 1.0, "large": 1.2}
_DOG_SIZES = {"small": 0.6, "medium": 1.0, "large": 1.22}  # breeds differ more than other animals: 0.29 to 0.59 m
_BIRDS = frozenset({"parrot", "duck", "chicken"})
_LARGE = frozenset({"horse", "cow", "sheep", "goat"})
_UPRIGHT_SIT = frozenset({"dog", "cat", "rabbit", "other"})


def animal_shoulder(character: Character) -> float:
    """Height of an animal's back in metres."""
    shoulder, _ = _ANIMALS[character.species or "other"]
    sizes = _DOG_SIZES if character.species == "dog" else _ANIMAL_SIZES
    return shoulder * sizes[character.size or "medium"]


def animal_figure(character: Character, pose: v.Pose, facing: v.Facing) -> Figure:
    """An animal in one of the postures that animals have: standing, running, jumping, sitting or lying."""
    species = character.species or "other"
    shoulder = animal_shoulder(character)
    posture = animal_posture(pose)
    if posture == "sitting" and species in _LARGE:
        posture = "lying"  # they rest with folded legs
    height, lift = _ANIMALS[species][1] * shoulder, 0.0
    if posture == "lying":
        height *= 0.85 if species in _BIRDS or species == "turtle" else 0.56
    elif posture in ("running", "jumping"):
        height *= 0.96
        lift = shoulder * (0.45 if posture == "jumping" else 0.06)
    side = facing in ("left", "right") or posture == "lying"
    seen = _POSTURES.index(posture) if side else 6 if posture == "sitting" else 5
    width = height * _PROPORTIONS[species][seen]
    shapes = _animal_shapes(species, posture, side=side)
    flip = -1.0 if facing == "left" else 1.0
    outlines = tuple((shape - (0.5, 1.0)) * (width * flip, height) + (0.0, -lift) for shape in shapes)
    box = (-width / 2, -height - lift, width / 2, -lift)
    return Figure(character.id, "character", facing, pose, box, (*_fill(box, outlines),))


def animal_posture(pose: v.Pose) -> str:
    """Which of the five animal postures stands for a pose."""
    if pose in ("sitting", "kneeling", "crouching", "reading", "photographing"):
        return "sitting"
    if pose in ("lying", "sleeping"):
        return "lying"
    if pose in ("jumping", "cheering"):
        return "jumping"
    return "running" if pose in ("running", "playing", "dancing", "swimming") else "standing"


def thing_figure(ref: str, width: float, height: float, *, outline: str = "box") -> Figure:
    """An object, metres; `outline` is "box", "round" or "peak" (a tent, a tree)."""
    half = width / 2
    if outline == "round":
        shape = disc(np.array([0.0, -height / 2]), half, height / 2)
    elif outline == "peak":
        shape = np.array([(-half, 0.0), (-half * 0.12, -height), (half * 0.12, -height), (half, 0.0)])
    else:
        shape = np.array([(-half, 0.0), (-half, -height), (half, -height), (half, 0.0)])
    box = (-half, -height, half, 0.0)
    return Figure(ref, "object", "camera", None, box, (*_fill(box, (shape,)),))


def resized(figure: Figure, factor: float) -> Figure:
    """The same figure at another size; objects and animals only."""
    x0, y0, x1, y1 = (edge * factor for edge in figure.box)
    return replace(figure, box=(x0, y0, x1, y1), outlines=tuple(outline * factor for outline in figure.outlines))


def _fill(box: Box, outlines: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    """Stretch outlines so that together they touch all four sides of the box."""
    x0, y0, x1, y1 = bounds(list(outlines))
    factor = np.array([(box[2] - box[0]) / (x1 - x0), (box[3] - box[1]) / (y1 - y0)])
    return tuple((outline - (x0, y0)) * factor + (box[0], box[1]) for outline in outlines)


def _animal_shapes(species: str, posture: str, *, side: bool) -> list[np.ndarray]:
    """Outlines in a unit box, facing right, y down."""
    stride = 0.14 if posture in ("running", "jumping") else 0.03
    if species == "turtle":
        return [_oval(0.45, 0.55, 0.42, 0.42), _oval(0.9, 0.55, 0.1, 0.2), _oval(0.45, 0.85, 0.38, 0.15)]
    if species in _BIRDS:
        legs = [_bar(x, 0.7, x, 0.98, 0.05, 0.04) for x in (0.45, 0.6)]
        return [_oval(0.42, 0.58, 0.4, 0.28), _oval(0.74, 0.2, 0.18, 0.19), _bar(0.7, 0.25, 0.6, 0.5, 0.14, 0.2), *legs]
    if not side:
        legs = [_bar(x, 0.65, x, 0.95, 0.13, 0.1) for x in (0.26, 0.74)]
        return [_oval(0.5, 0.26, 0.34, 0.26), _oval(0.5, 0.64, 0.42, 0.32), *legs]
    if posture == "lying":
        return [_oval(0.42, 0.68, 0.4, 0.32), _oval(0.84, 0.32, 0.16, 0.32), _bar(0.6, 0.9, 0.92, 0.92, 0.09, 0.07)]
    if posture == "sitting" and species in _UPRIGHT_SIT:
        trunk = [_bar(0.62, 0.32, 0.42, 0.75, 0.2, 0.3), _oval(0.4, 0.88, 0.36, 0.12)]
        return [_oval(0.72, 0.2, 0.26, 0.19), *trunk, _bar(0.66, 0.45, 0.72, 0.95, 0.12, 0.08)]
    if species in _LARGE:  # a long trunk, a small head on a strong neck
        trunk = [_bar(0.24, 0.48, 0.62, 0.48, 0.16, 0.17), _bar(0.1, 0.42, 0.04, 0.66, 0.03, 0.03)]
        head = [_bar(0.68, 0.42, 0.82, 0.14, 0.12, 0.07), _bar(0.82, 0.1, 0.95, 0.2, 0.08, 0.05)]
        return [*trunk, *head, *_legs((0.16, 0.24, 0.62, 0.7), 0.07, stride * 0.8)]
    trunk = [_oval(0.44, 0.48, 0.33, 0.2), _bar(0.14, 0.42, 0.02, 0.28, 0.05, 0.03)]
    head = [_oval(0.84, 0.18, 0.16, 0.17), _bar(0.78, 0.22, 0.66, 0.44, 0.1, 0.15)]
    return [*trunk, *head, *_legs((0.2, 0.27, 0.64, 0.7), 0.085, stride)]


def _legs(tops: tuple[float, ...], radius: float, stride: float) -> list[np.ndarray]:
    """Hind legs reach back and forelegs forward by the stride."""
    return [_bar(x, 0.56, x - stride if x < 0.5 else x + stride, 0.96, radius, radius * 0.55) for x in tops]


def _bar(x0: float, y0: float, x1: float, y1: float, start: float, end: float) -> np.ndarray:
    return capsule(np.array([x0, y0]), np.array([x1, y1]), start, end)


def _oval(x: float, y: float, radius_x: float, radius_y: float) -> np.ndarray:
    return disc(np.array([x, y]), radius_x, radius_y)
