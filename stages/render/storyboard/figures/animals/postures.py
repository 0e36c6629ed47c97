"""Where a four-legged animal's joints are in each pose, seen from the side and looking to the right."""

from dataclasses import dataclass
from typing import Final

from ...canvas import Xy
from .traits import Traits


@dataclass(frozen=True)
class Posture:
    """Legs run from the body to the paw: far hind, far front, near hind, near front."""

    shoulder: Xy
    hip: Xy
    legs: tuple[tuple[Xy, ...], ...]
    neck_angle: float  # degrees above the horizontal
    tail_angle: float  # degrees above the horizontal, backwards
    head_tilt: float = 0.0  # degrees, nose down positive
    submerged: bool = False


_SAME: Final = {
    "dancing": "jumping", "cheering": "jumping", "kneeling": "sitting", "crouching": "lying", "cycling": "running",
    "climbing": "standing", "waving": "sitting", "drinking": "eating", "throwing": "playing", "hugging": "sitting",
}  # fmt: skip


def posture_name(pose: str, traits: Traits) -> str:
    """The posture drawn for a pose; hoofed animals lie where others sit."""
    name = _SAME.get(pose, pose)
    if name not in _POSTURES:
        name = "standing"
    if traits.hoofed:
        name = {"sitting": "lying", "playing": "running"}.get(name, name)
    return name


def posture_of(name: str, traits: Traits) -> Posture:
    """The joints of a named posture (see `posture_name`)."""
    return _POSTURES[name](traits)


def _upright(
    t: Traits, steps: tuple[float, float, float, float], *, neck: float = 0.0, tail: float = 30.0, tilt: float = 0.0
) -> Posture:
    """Four legs on the ground, each paw moved along by a step."""
    top = -(t.back - t.chest)
    shoulder, hip = (t.body / 2, top), (-t.body / 2, -(t.back - t.loin * 1.05))
    far_hind, far_front, near_hind, near_front = steps
    return Posture(
        shoulder, hip,
        (
            _hind(t, (hip[0] + 0.05, hip[1]), far_hind + 0.07), _front(t, (shoulder[0] + 0.05, top), far_front + 0.07),
            _hind(t, hip, near_hind), _front(t, shoulder, near_front),
        ),
        t.neck_angle + neck, tail, tilt,
    )  # fmt: skip


def _front(t: Traits, start: Xy, step: float) -> tuple[Xy, ...]:
    foot = -t.leg * 0.9
    lift = min(0.10, abs(step) * 0.2) if step < -0.1 else 0.0
    knee = (start[0] + step * 0.45 + 0.02, start[1] * 0.45)
    return start, knee, (start[0] + step, foot - lift)


def _hind(t: Traits, start: Xy, step: float) -> tuple[Xy, ...]:
    foot = -t.leg * 0.9
    knee = (start[0] + step * 0.4 + 0.07, start[1] * 0.58)
    hock = (start[0] + step * 0.9 - 0.09, start[1] * 0.30)
    return start, knee, hock, (start[0] + step - 0.03, foot)


def _standing(t: Traits) -> Posture:
    return _upright(t, (0.0, 0.0, 0.0, 0.0))


def _walking(t: Traits) -> Posture:
    return _upright(t, (0.18, -0.24, -0.20, 0.16), tail=38)


def _eating(t: Traits) -> Posture:
    return _upright(t, (0.05, 0.08, -0.05, -0.02), neck=-t.neck_angle - 48, tilt=26)


def _running(t: Traits) -> Posture:
    up = 0.10
    shoulder, hip = (t.body / 2, -(t.back - t.chest) - up), (-t.body / 2, -(t.back - t.loin) - up)
    y1, y2 = shoulder[1], hip[1]
    low = t.back * 0.28
    return Posture(
        shoulder, hip,
        (
            (hip, (hip[0] - 0.04, y2 * 0.66), (hip[0] - 0.30, y2 * 0.48), (hip[0] - 0.50, -low)),
            (shoulder, (shoulder[0] + 0.20, y1 * 0.62), (shoulder[0] + 0.50, -low * 1.2)),
            (hip, (hip[0] + 0.10, y2 * 0.55), (hip[0] - 0.08, y2 * 0.30), (hip[0] - 0.22, -0.07)),
            (shoulder, (shoulder[0] + 0.14, y1 * 0.50), (shoulder[0] + 0.34, -0.12)),
        ),
        t.neck_angle - 14, 22, 2.0,
    )  # fmt: skip


def _jumping(t: Traits) -> Posture:
    shoulder, hip = (t.body * 0.44, -t.back - 0.22), (-t.body * 0.44, -t.back * 0.72)
    return Posture(
        shoulder, hip,
        (
            (hip, (hip[0] - 0.02, hip[1] + 0.22), (hip[0] - 0.22, hip[1] + 0.34), (hip[0] - 0.36, hip[1] + 0.50)),
            (shoulder, (shoulder[0] + 0.24, shoulder[1] + 0.12), (shoulder[0] + 0.36, shoulder[1] + 0.34)),
            (hip, (hip[0] + 0.08, hip[1] + 0.26), (hip[0] - 0.12, hip[1] + 0.42), (hip[0] - 0.22, hip[1] + 0.60)),
            (shoulder, (shoulder[0] + 0.20, shoulder[1] + 0.20), (shoulder[0] + 0.22, shoulder[1] + 0.46)),
        ),
        t.neck_angle - 4, 40, 0.0,
    )  # fmt: skip


def _sitting(t: Traits) -> Posture:
    hip = (-t.body * 0.30, -t.loin * 1.12)
    shoulder = (t.body * 0.17, -(t.back - t.chest) - 0.06)
    foot = -t.leg * 0.9
    return Posture(
        shoulder, hip,
        (
            (hip, (hip[0] + 0.22, -0.20), (hip[0] + 0.34, foot)),
            (shoulder, (shoulder[0] + 0.10, shoulder[1] * 0.5), (shoulder[0] + 0.13, foot)),
            (hip, (hip[0] + 0.20, -0.24), (hip[0] + 0.10, -0.07), (hip[0] + 0.30, foot)),
            (shoulder, (shoulder[0] + 0.04, shoulder[1] * 0.5), (shoulder[0] + 0.05, foot)),
        ),
        t.neck_angle + 14, -12, 0.0,
    )  # fmt: skip


def _lying(t: Traits) -> Posture:
    shoulder, hip = (t.body * 0.46, -t.chest * 1.12), (-t.body * 0.46, -t.loin * 1.12)
    foot = -t.leg * 0.95
    return Posture(
        shoulder, hip,
        (
            (hip, (hip[0] + 0.28, -0.14), (hip[0] + 0.40, foot)),
            (shoulder, (shoulder[0] + 0.14, -0.09), (shoulder[0] + 0.44, foot)),
            (hip, (hip[0] + 0.24, -0.22), (hip[0] + 0.04, -0.08), (hip[0] + 0.32, foot)),
            (shoulder, (shoulder[0] + 0.02, -0.10), (shoulder[0] + 0.30, foot)),
        ),
        t.neck_angle + 4, -8, 0.0,
    )  # fmt: skip


def _sleeping(t: Traits) -> Posture:
    lying = _lying(t)
    return Posture(lying.shoulder, lying.hip, lying.legs, -10.0, -14, 14.0)


def _playing(t: Traits) -> Posture:
    shoulder, hip = (t.body * 0.46, -t.back * 0.40), (-t.body * 0.44, -(t.back - t.loin))
    foot = -t.leg * 0.95
    return Posture(
        shoulder, hip,
        (
            _hind(t, (hip[0] + 0.05, hip[1]), 0.06),
            (shoulder, (shoulder[0] + 0.14, -0.10), (shoulder[0] + 0.44, foot)),
            _hind(t, hip, -0.02),
            (shoulder, (shoulder[0] + 0.02, -0.12), (shoulder[0] + 0.32, foot)),
        ),
        t.neck_angle - 4, 62, -4.0,
    )  # fmt: skip


def _swimming(t: Traits) -> Posture:
    shoulder, hip = (t.body / 2, -t.chest * 0.55), (-t.body / 2, -t.loin * 0.35)
    paddle = (shoulder, (shoulder[0] + 0.18, -0.05), (shoulder[0] + 0.26, 0.0))
    return Posture(
        shoulder,
        hip,
        ((hip, (hip[0], 0.0)), paddle, (hip, (hip[0], 0.0)), paddle),
        t.neck_angle - 2,
        8,
        -4.0,
        submerged=True,
    )


_POSTURES: Final = {
    "standing": _standing, "walking": _walking, "running": _running, "jumping": _jumping, "sitting": _sitting,
    "lying": _lying, "sleeping": _sleeping, "playing": _playing, "swimming": _swimming, "eating": _eating,
}  # fmt: skip
