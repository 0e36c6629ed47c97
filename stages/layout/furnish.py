"""Bringing all objects of a scene to their places: into hands, onto tables, under people, free on the ground."""

import numpy as np

from ..records import Scene, SceneObject
from .contacts import LEFT, RIGHT, Arm, arm_toward, other_arm, reach
from .figures import Placed, thing_figure
from .hands import hold, hold_low
from .poses import LYING
from .props import Props
from .things import SMALL, THINGS, many

_USED_WHILE = {
    "eating": ("bread", "ice_cream", "pizza", "bowl"),
    "drinking": ("cup",),
    "cooking": ("bowl", "bread", "pizza"),
    "reading": ("book", "map"),
    "photographing": ("camera", "phone"),
}


def place_objects(scene: Scene, props: Props, busy: dict[str, set[Arm]]) -> None:
    """Every object of a scene, those that carry others first."""
    props.place_supports()
    waiting = _place_held(scene, props, busy)
    for thing in sorted(waiting, key=lambda thing: -THINGS[thing.kind].width):  # what needs most room chooses first
        if thing.kind in ("ball", "frisbee", "stick") and props.place_in_flight(thing):
            continue
        if THINGS[thing.kind].home not in ("table", "sky") and not _for_table(thing, scene):
            props.place_free(thing)
    props.place_on_table([thing for thing in waiting if _for_table(thing, scene)])
    for thing in waiting:
        if thing.id not in props.placed:
            if thing.kind == "kite":
                props.place_in_sky(thing)
                _pull_string(thing, props, busy)
            else:
                props.place_free(thing)


def _place_held(scene: Scene, props: Props, busy: dict[str, set[Arm]]) -> list[SceneObject]:
    """Put things into the hands that hold them; gives back what is not placed yet."""
    waiting = [thing for thing in scene.objects if thing.id not in props.placed]
    animals = [one for one in props.cast.values() if one.joints is None]
    for thing in list(waiting):
        holder = props.cast.get(thing.held_by or "") or _user_of(thing, scene, props, busy)
        if holder is None or not _can_hold(thing, holder, busy.setdefault(holder.figure.ref, set())):
            continue
        held = hold(thing, holder, busy[holder.figure.ref], animals)
        if not props.held_well(thing, held):
            held = _lowered(thing, holder, props) or held
        if props.held_well(thing, held):
            props.placed[thing.id] = held
            waiting.remove(thing)
    return waiting


def _lowered(thing: SceneObject, holder: Placed, props: Props) -> Placed | None:
    """The thing in a hanging hand, when that leaves everybody to be seen; None, and arms as they were, otherwise."""
    if holder.joints is None or thing.kind in ("guitar", "leash", "fishing_rod"):
        return None
    before = holder.joints.copy()
    for arm in (RIGHT, LEFT):
        held = hold_low(thing, holder, arm)
        if props.held_well(thing, held):
            return held
        holder.joints = before.copy()
    return None


def _pull_string(thing: SceneObject, props: Props, busy: dict[str, set[Arm]]) -> None:
    """Raise the hand that holds a kite's string."""
    holder, kite = props.cast.get(thing.held_by or ""), props.placed.get(thing.id)
    if holder is None or kite is None or holder.joints is None or holder.figure.body is None:
        return
    arm = arm_toward(holder, kite.x)
    if arm in busy.get(holder.figure.ref, set()) or holder.figure.pose in LYING:
        return
    length = (holder.figure.body.upper_arm + holder.figure.body.forearm) * holder.head
    side = 1.0 if kite.x >= holder.x else -1.0
    reach(holder, arm, holder.joints[arm[0]] + np.array([side * 0.72, -0.35]) * length)


def _user_of(thing: SceneObject, scene: Scene, props: Props, busy: dict[str, set[Arm]]) -> Placed | None:
    """Who holds a thing that nobody was said to hold: somebody who eats, reads or cooks with it, where no table is."""
    if thing.held_by or any(other.kind == "table" for other in scene.objects):
        return None
    holding = {other.held_by for other in scene.objects}
    for name, one in props.cast.items():
        suits = one.joints is not None and thing.kind in _USED_WHILE.get(one.figure.pose or "", ())
        if suits and name not in holding and not busy.get(name):
            return one
    return None


def _can_hold(thing: SceneObject, holder: Placed, busy: set[Arm]) -> bool:
    """Whether somebody really can hold something now: a held kite flies, nobody holds a van or twenty cakes."""
    size = THINGS[thing.kind]
    liftable = size.home in ("hand", "table", "sky") or max(size.width, size.height) <= SMALL * 1.25
    free = len(busy) < 2 if holder.joints is not None else not busy
    awake = holder.figure.pose not in LYING or size.height < 0.5
    return free and awake and liftable and thing.kind != "kite" and thing.count <= 5


def _for_table(thing: SceneObject, scene: Scene) -> bool:
    small_gift = thing.kind in ("gift", "flowers", "book", "camera", "phone", "trophy", "toy", "ice_cream", "pumpkin")
    has_table = any(other.kind == "table" for other in scene.objects)
    return has_table and (THINGS[thing.kind].home == "table" or small_gift)


def show_detail(scene: Scene, props: Props, busy: dict[str, set[Arm]]) -> None:
    """Objects large along the bottom, the one that matters largest and before who holds it; hands come to it."""
    view = props.view
    touched = {name for link in scene.interactions for name in (link.subject, link.target)}
    ranked = sorted(scene.objects, key=lambda thing: (not thing.held_by, thing.id not in touched))
    main, others = ranked[0], ranked[1:]
    holder = props.cast.get(main.held_by or "") or next((p for p in props.cast.values() if p.joints is not None), None)
    before = round((holder.x / view.aspect if holder else 0.5) * len(others))
    order = [*others[:before], main, *others[before:]]
    slot = view.aspect * 0.94 / (len(order) + 1.2)
    x = view.aspect * 0.03
    for thing in order:
        wide, share, bottom, near = (slot * 2.2, 0.46, 0.80, 3) if thing is main else (slot, 0.26, 0.86, 2)
        width, height = many(THINGS[thing.kind], thing.count)
        scale = min(share / max(width, height), wide * 0.92 / width)
        figure = thing_figure(thing.id, width, height, outline=THINGS[thing.kind].outline)
        props.placed[thing.id] = Placed(figure, x + wide / 2, bottom, scale, near=near, line=max(view.ground, 1.0))
        x += wide
    if holder is not None:
        _hands_to(holder, props.placed[main.id], busy.get(holder.figure.ref, set()))


def _hands_to(person: Placed, thing: Placed, busy: set[Arm]) -> None:
    """Bring the hands that are free to the sides of a thing, where they reach it."""
    if person.joints is None or person.figure.body is None or person.figure.pose in LYING:
        return
    x0, y0, x1, y1 = thing.box
    right = arm_toward(person, x1)
    length = (person.figure.body.upper_arm + person.figure.body.forearm) * person.head
    for arm, edge in ((right, x1), (other_arm(right), x0)):
        grip = np.array([edge, (y0 + 2 * y1) / 3])
        if arm not in busy and float(np.hypot(*(grip - person.joints[arm[0]]))) <= length:
            reach(person, arm, grip)
