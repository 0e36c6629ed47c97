"""Where bodies meet: joined hands, arms around each other, a hand on a dog, riders in the saddle, a child in arms."""

from collections.abc import Sequence

import numpy as np

from .body import (
    L_ELBOW,
    L_HIP,
    L_SHOULDER,
    L_WRIST,
    NECK,
    NOSE,
    R_ELBOW,
    R_HIP,
    R_SHOULDER,
    R_WRIST,
    bend_arm,
)  # fmt: skip
from .company import EMBRACES, Company
from .figures import Placed, animal_posture
from .poses import LYING

RIGHT, LEFT = (R_SHOULDER, R_ELBOW, R_WRIST), (L_SHOULDER, L_ELBOW, L_WRIST)
Arm = tuple[int, int, int]
# Where an animal that looks to the right is stroked, as fractions of its box: head and back.
_HEADS = {"standing": (0.88, 0.08), "sitting": (0.72, 0.06), "lying": (0.84, 0.12)}
_BACKS = {"standing": (0.42, 0.36), "sitting": (0.46, 0.46), "lying": (0.42, 0.42)}
_OWN_FACE, _OTHER_FACE = 0.46, 0.55  # head heights around a nose that hands and arms stay out of
_WITHIN_EMBRACE, _WITHIN_REACH = 1.0, 1.8  # between two people, in head heights of the two together


def arm_toward(person: Placed, x: float) -> Arm:
    """The arm whose shoulder is nearer to x in the picture."""
    joints = _joints(person)
    return min((RIGHT, LEFT), key=lambda arm: abs(float(joints[arm[0], 0]) - x))


def other_arm(arm: Arm) -> Arm:
    """The arm of the other side."""
    return LEFT if arm == RIGHT else RIGHT


def reach(person: Placed, arm: Arm, target: np.ndarray) -> None:
    """Bring a wrist to a point of the picture, or as near as the arm allows."""
    joints = _joints(person)
    body = person.figure.body
    if body is None:
        return
    shoulder, elbow, wrist = arm
    upper, lower = body.upper_arm * person.head, body.forearm * person.head
    gap = target - joints[shoulder]
    distance = float(np.hypot(*gap))
    limit = (upper + lower) * 0.99
    if distance > limit:
        target = joints[shoulder] + gap * (limit / distance)
    outward = 1 if joints[shoulder, 0] >= joints[NECK, 0] else -1
    joints[wrist] = target
    joints[elbow] = bend_arm(joints[shoulder], target, upper, lower, outward)


def join(company: Company, placed: dict[str, Placed]) -> dict[str, set[Arm]]:
    """Carry out what ties people with their hands.

    Returns:
        The arms that are taken, by character: they cannot hold things.
    """
    busy: dict[str, set[Arm]] = {name: set() for name in placed}
    for tie in company.ties:
        subject, target = placed[tie.subject], placed[tie.target]
        if subject.joints is None or subject.figure.pose in LYING:
            continue
        if target.joints is None:
            if tie.kind in ("petting", "feeding", "helping", "playing_with"):
                _touch_animal(subject, target, busy[tie.subject])
        elif target.figure.pose not in LYING:
            _join_people(tie.kind, subject, target, busy)
    return busy


def lift(company: Company, placed: dict[str, Placed]) -> None:
    """Put carried members into arms and riders of animals into the saddle."""
    for name, carrier in company.carried.items():
        if carrier in placed:
            placed[name] = _in_arms(company, name, placed[carrier])
    for rider, mount in company.mounts.items():
        if mount in placed:
            animal = placed[mount]
            x0, y0, x1, y1 = animal.box
            back = y0 + (y1 - y0) * 0.36
            toward = 0.46 if animal.figure.facing == "right" else 0.54
            placed[rider] = sit_at(company, rider, x0 + (x1 - x0) * toward, back, animal)


def sit_at(company: Company, rider: str, x: float, seat_y: float, mount: Placed) -> Placed:
    """A rider, or an animal that comes along, with the bottom at a point, nearer than the mount."""
    one = Placed(company.figures[rider], x, mount.y, mount.scale, near=mount.near + 1)
    if one.joints is None:
        one.shift(x - one.x, seat_y - one.y)
        return one
    hips = _joints(one)[[R_HIP, L_HIP]].mean(axis=0)
    one.shift(x - float(hips[0]), seat_y - one.head * 0.28 - float(hips[1]))
    return one


def _join_people(kind: str, subject: Placed, target: Placed, busy: dict[str, set[Arm]]) -> None:
    names = subject.figure.ref, target.figure.ref
    apart = abs(subject.x - target.x) / (subject.head + target.head)
    if apart > (_WITHIN_EMBRACE if kind in EMBRACES else _WITHIN_REACH):
        return  # somebody else stands between them
    if kind in EMBRACES:
        for one, other in ((subject, target), (target, subject)):
            _embrace(one, other)
            busy[one.figure.ref] |= {RIGHT, LEFT}
    elif kind in ("holding_hands", "dancing_with"):
        arms = arm_toward(subject, target.x), arm_toward(target, subject.x)
        if arms[0] in busy[names[0]] or arms[1] in busy[names[1]]:
            return
        _hold(subject, arms[0], target, arms[1], low=kind == "holding_hands")
        busy[names[0]].add(arms[0])
        busy[names[1]].add(arms[1])
    elif kind in ("helping", "sharing"):
        arm = arm_toward(subject, target.x)
        if arm not in busy[names[0]]:
            joints = _joints(target)
            near = joints[arm_toward(target, subject.x)[1]]
            before = _joints(subject).copy()
            reach(subject, arm, near)
            if hides_face(subject, arm, [subject, target]):
                subject.joints = before
            else:
                busy[names[0]].add(arm)


def _hold(one: Placed, one_arm: Arm, other: Placed, other_arm_: Arm, *, low: bool) -> None:
    """Wrists of two people meet between them, at the height that suits the shorter one."""
    shoulders = _joints(one)[one_arm[0]], _joints(other)[other_arm_[0]]
    arms = [(p.figure.body.upper_arm + p.figure.body.forearm) * p.head if p.figure.body else 0.0 for p in (one, other)]
    x = float(shoulders[0][0] * arms[1] + shoulders[1][0] * arms[0]) / sum(arms)
    top, bottom = max(s[1] for s in shoulders), min(s[1] + a * 0.93 for s, a in zip(shoulders, arms, strict=True))
    y = bottom if low else float(shoulders[0][1] + shoulders[1][1]) / 2 + 0.25 * min(arms)
    if low and bottom < top:  # a tall one and a small one: the small one reaches up, the tall one down
        y = (bottom + top) / 2
    meeting = np.array([x, y])
    for _ in range(8):  # pull the meeting point into reach of both arms
        for shoulder, arm in zip(shoulders, arms, strict=True):
            gap = meeting - shoulder
            distance = float(np.hypot(*gap))
            if distance > arm * 0.985:
                meeting = shoulder + gap * (arm * 0.985 / distance)
    reach(one, one_arm, meeting)
    reach(other, other_arm_, meeting)


def _embrace(one: Placed, other: Placed) -> None:
    """Both arms around the other's back, one higher than the other."""
    joints, theirs = _joints(one), _joints(other)
    side = 1.0 if theirs[NECK, 0] >= joints[NECK, 0] else -1.0
    for arm, down in ((RIGHT, 0.55), (LEFT, 1.15)):
        reach(one, arm, theirs[NECK] + np.array([side * 0.18, down]) * other.head)


def _touch_animal(person: Placed, animal: Placed, busy: set[Arm]) -> None:
    """A hand on the animal's head, or on its back when it looks away; it comes near enough for that."""
    arm = arm_toward(person, animal.x)
    body = person.figure.body
    if arm in busy or body is None:
        return
    shoulder = _joints(person)[arm[0]]
    limit = (body.upper_arm + body.forearm) * person.head * 0.96
    gap = _touch_point(person, animal) - shoulder
    aside = float(np.sqrt(max(limit**2 - float(gap[1]) ** 2, 0.0)))
    missing = abs(float(gap[0])) - aside
    if missing > 0:
        x0, _, x1, _ = animal.box
        animal.shift(-float(np.sign(gap[0])) * min(missing, 0.5 * (x1 - x0)), 0.0)
    reach(person, arm, _touch_point(person, animal))
    busy.add(arm)


def _touch_point(person: Placed, animal: Placed) -> np.ndarray:
    x0, y0, x1, y1 = animal.box
    facing, posture = animal.figure.facing, animal_posture(animal.figure.pose or "standing")
    along, down = _HEADS.get(posture, _HEADS["standing"])
    if facing in ("camera", "away"):
        along, down = 0.5, 0.06
    elif (person.x > animal.x) != (facing == "right"):
        along, down = _BACKS.get(posture, _BACKS["standing"])
    along = along if facing != "left" else 1.0 - along
    return np.array([x0 + (x1 - x0) * along, y0 + (y1 - y0) * down - 0.1 * person.head])


def clear_faces(cast: dict[str, Placed], busy: dict[str, set[Arm]]) -> None:
    """Move free arms that would lie across a face, somebody else's or the own one."""
    people = [one for one in cast.values() if one.joints is not None and one.figure.body is not None]
    for one in people:
        if one.figure.pose in LYING:
            continue
        for arm in (RIGHT, LEFT):
            if arm not in busy.get(one.figure.ref, set()) and hides_face(one, arm, people):
                _move_aside(one, arm, people)


def hides_face(person: Placed, arm: Arm, people: Sequence[Placed]) -> bool:
    """Whether an arm lies across somebody's face; the own face only counts for the hand."""
    joints = _joints(person)
    shoulder, elbow, wrist = (joints[joint] for joint in arm)
    hand = wrist + (wrist - elbow) * 0.25
    if float(np.hypot(*(hand - joints[NOSE]))) < _OWN_FACE * person.head:
        return True
    for other in people:
        if other is person or other.joints is None:
            continue
        nose, near = other.joints[NOSE], _OTHER_FACE * other.head
        if min(_to_segment(nose, shoulder, elbow), _to_segment(nose, elbow, hand)) < near:
            return True
    return False


def _move_aside(person: Placed, arm: Arm, people: Sequence[Placed]) -> None:
    """Raise or lower the arm until it is clear; hanging down when nothing else is."""
    joints, body = _joints(person), person.figure.body
    shoulder, gap = joints[arm[0]].copy(), joints[arm[2]] - joints[arm[0]]
    length = (body.upper_arm + body.forearm) * person.head if body else 0.0
    outward = 1.0 if shoulder[0] >= joints[NECK, 0] else -1.0
    hanging = np.array([outward * 0.18 * length, 0.95 * length])
    for degrees in (-30, 30, -55, 55):
        turn = np.radians(degrees)
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        reach(person, arm, shoulder + np.array([gap[0] * cos - gap[1] * sin, gap[0] * sin + gap[1] * cos]))
        if not hides_face(person, arm, people):
            return
    reach(person, arm, shoulder + hanging)


def _to_segment(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    """Distance of a point from a line between two others."""
    line = end - start
    share = float(np.clip((point - start) @ line / max(float(line @ line), 1e-12), 0.0, 1.0))
    return float(np.hypot(*(point - start - line * share)))


def _in_arms(company: Company, name: str, carrier: Placed) -> Placed:
    """The one carried sits on the carrier's forearm, at one side of the chest, and is held there."""
    joints = _joints(carrier)
    figure = company.figures[name]
    side = {"left": -1.0, "right": 1.0}.get(carrier.figure.facing, 1.0)
    chest = joints[NECK] + np.array([side * 0.55, 1.35]) * carrier.head
    chest[1] = min(chest[1], max(float(joints[NECK, 1]) + 0.5 * carrier.head, 0.95))  # still in a close-up's frame
    one = Placed(figure, float(chest[0]), carrier.y, carrier.scale, near=carrier.near + 1)
    if one.joints is not None:
        hips = one.joints[[R_HIP, L_HIP]].mean(axis=0)
        one.shift(float(chest[0] - hips[0]), float(chest[1] - hips[1]) - one.head * 0.3)
    else:
        one.shift(0.0, float(chest[1]) - carrier.y)
    near, far = arm_toward(carrier, chest[0]), other_arm(arm_toward(carrier, chest[0]))
    reach(carrier, near, chest + np.array([0.0, 0.1]) * carrier.head)
    reach(carrier, far, chest + np.array([-side * 0.25, -0.35]) * carrier.head)
    return one


def face_point(person: Placed) -> np.ndarray:
    """The nose of a person."""
    return _joints(person)[NOSE]


def _joints(person: Placed) -> np.ndarray:
    if person.joints is None:
        raise ValueError(f"'{person.figure.ref}' has no joints")
    return person.joints
