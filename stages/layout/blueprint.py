"""From plan to blueprint: every scene's camera, cast and objects as regions on a canvas."""

import random
from dataclasses import dataclass

import numpy as np

from ..errors import AlbumError
from ..records import AlbumLayout, AlbumPlan, Region, Scene, SceneLayout, SceneObject
from .arrange import arrange_cast
from .body import visible_joints
from .check import scene_violations
from .company import Company, gather, scene_seed
from .contacts import Arm, arm_toward, join, lift, other_arm, reach
from .figures import Placed, thing_figure
from .hands import hold
from .poses import LYING
from .props import Props
from .things import SMALL, THINGS, VESSELS, WATERSIDE, many
from .view import View, view_of_scene

SMALLEST, LARGEST = 64, 8192  # pixels of a side
SLIMMEST = 8.0  # longest side by shortest side; beyond that there is no room for a figure
_TRIES = 10  # with a camera that moves back a little each time
_STEP_BACK = 0.88
_USED_WHILE = {
    "eating": ("bread", "ice_cream", "pizza", "bowl"),
    "drinking": ("cup",),
    "cooking": ("bowl", "bread", "pizza"),
    "reading": ("book", "map"),
    "photographing": ("camera", "phone"),
}


def lay_out_scenes(plan: AlbumPlan, *, width: int, height: int) -> AlbumLayout:
    """Lay out every scene of a plan.

    A scene's blueprint depends on the plan's seed, the scene, its environment and its cast, never on another scene.

    Args:
        plan: what happens.
        width: of the pictures, pixels, 64 to 8192.
        height: of the pictures, pixels, 64 to 8192.

    Raises:
        AlbumError: the size is out of range.
    """
    return AlbumLayout(scenes=[lay_out_scene(plan, scene, width=width, height=height) for scene in plan.scenes])


def lay_out_scene(plan: AlbumPlan, scene: Scene, *, width: int, height: int) -> SceneLayout:
    """Lay out one scene: the same plan, scene and size always give the same blueprint.

    Args:
        plan: for the seed, the characters and the environments.
        scene: one scene of the plan.
        width: of the picture, pixels, 64 to 8192.
        height: of the picture, pixels, 64 to 8192.

    Raises:
        AlbumError: the size is out of range.
    """
    _check_size(width, height)
    pitch = view_of_scene(plan, scene, aspect=width / height, tallest=0.0).pitch
    company = gather(plan, scene, pitch=pitch)
    drafts = []
    for attempt in range(_TRIES):
        shrink = 0.8 ** max(attempt - 2, 0)
        draft = _draft(plan, scene, company, width, height, back=_STEP_BACK**attempt, shrink=shrink)
        problems = len(scene_violations(draft.layout(masks=False), scene, company, plan))
        drafts.append((problems, draft.props.crowded, attempt, draft))
        if problems == 0 and (attempt >= 3 or not draft.props.crowded):
            break
    return min(drafts, key=lambda one: one[:3])[3].layout(masks=True)


def _check_size(width: int, height: int) -> None:
    for name, value in (("width", width), ("height", height)):
        if not SMALLEST <= value <= LARGEST:
            raise AlbumError(f"The picture's {name} must be {SMALLEST} to {LARGEST} pixels, but it is {value}.")
    if max(width, height) > SLIMMEST * min(width, height):
        raise AlbumError(
            f"A picture of {width} x {height} pixels is too slim: make the longer side at most {SLIMMEST:g} times "
            "the shorter one."
        )


@dataclass
class Draft:
    """One attempt at a scene, with the camera somewhere."""

    scene: Scene
    view: View
    props: Props
    width: int
    height: int

    def layout(self, *, masks: bool) -> SceneLayout:
        """The record; without masks where only boxes are wanted."""
        placed = (*self.props.cast.values(), *self.props.placed.values())
        depths = [min(max(self.view.depth_at(one.line), 0.05), 0.95) - one.near * 0.01 for one in placed]
        regions: list[Region] = []
        for depth, one in sorted(zip(depths, placed, strict=True), key=lambda pair: -pair[0]):
            regions.append(_region(one, depth, self.view.aspect, masks=masks))
        return SceneLayout(
            scene=self.scene.id,
            width=self.width,
            height=self.height,
            horizon=round(self.view.horizon, 5),
            ground=round(min(max(self.view.ground, 0.0), 1.0), 5),
            light=(round(self.view.light[0], 5), round(self.view.light[1], 5)),
            regions=regions,
        )


def _draft(
    plan: AlbumPlan, scene: Scene, company: Company, width: int, height: int, *, back: float, shrink: float
) -> Draft:
    """One attempt, with the camera moved back by a factor."""
    view = view_of_scene(plan, scene, aspect=width / height, tallest=_tallest(company))
    view = view.scaled(back) if back < 1.0 else view
    if _afloat(plan, scene, company):
        view = view.toward_water()
    shot = scene.camera.shot
    if shot == "detail" and not scene.objects:
        shot = "close_up"  # a detail of nothing but people is their faces
    rng = random.Random(scene_seed(plan, scene, "arrange"))  # noqa: S311
    cast, view = arrange_cast(company, view, shot=shot, share=_share(scene, shot, back), rng=rng)
    busy = join(company, cast)
    lift(company, cast)
    props = Props(scene, company, cast, view, random.Random(scene_seed(plan, scene, "things")), shrink=shrink)  # noqa: S311
    if shot == "detail":
        _show_detail(scene, props, busy)
    else:
        _place_objects(scene, props, busy)
    return Draft(scene, view, props, width, height)


def _afloat(plan: AlbumPlan, scene: Scene, company: Company) -> bool:
    """Whether everybody is in a boat or swims, at a place where the water lies beyond the shore."""
    names = [name for group in company.groups for name in group]
    wet = [company.mount_kinds.get(name) in VESSELS or company.figures[name].pose == "swimming" for name in names]
    on_shore = scene.camera.shot in ("wide", "medium") and scene.camera.angle != "overhead"
    return bool(wet) and all(wet) and on_shore and plan.environment(scene.environment).kind in WATERSIDE


def _tallest(company: Company) -> float:
    """Metres of the highest figure, riders in the saddle included."""
    heights = [0.0]
    for name, figure in company.figures.items():
        raised = (
            company.figures[company.mounts[name]].height * 0.55 if company.mounts.get(name) in company.figures else 0
        )
        heights.append(figure.height + raised)
    return max(heights)


def _share(scene: Scene, shot: str, back: float) -> float:
    """How much of the width the cast may take; objects on the ground need the rest."""
    if shot in ("close_up", "detail"):
        return min(1.0, 0.3 + 0.7 * back)
    standing = sum(THINGS[thing.kind].home in ("ground", "back") and not thing.held_by for thing in scene.objects)
    return max(0.5, 1.0 - 0.07 * min(standing, 4)) * min(1.0, 0.3 + 0.7 * back)


def _place_objects(scene: Scene, props: Props, busy: dict[str, set[Arm]]) -> None:
    """Every object of a scene, those that carry others first."""
    props.place_supports()
    waiting = [thing for thing in scene.objects if thing.id not in props.placed]
    animals = [one for one in props.cast.values() if one.joints is None]
    for thing in list(waiting):
        holder = props.cast.get(thing.held_by or "") or _user_of(thing, scene, props, busy)
        if holder is None or not _can_hold(thing, holder, busy.setdefault(holder.figure.ref, set())):
            continue
        held = hold(thing, holder, busy[holder.figure.ref], animals)
        if props.held_well(thing, held):
            props.placed[thing.id] = held
            waiting.remove(thing)
    for thing in sorted(waiting, key=lambda thing: -THINGS[thing.kind].width):  # what needs most room chooses first
        if thing.kind in ("ball", "frisbee", "stick") and props.place_in_flight(thing):
            continue
        if THINGS[thing.kind].home not in ("table", "sky") and not _for_table(thing, scene):
            props.place_free(thing)
    props.place_on_table([thing for thing in waiting if _for_table(thing, scene)])
    for thing in waiting:
        if thing.id not in props.placed:
            if THINGS[thing.kind].home == "sky":
                props.place_in_sky(thing)
            else:
                props.place_free(thing)


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


def _show_detail(scene: Scene, props: Props, busy: dict[str, set[Arm]]) -> None:
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


def _region(one: Placed, depth: float, aspect: float, *, masks: bool) -> Region:
    figure = one.figure
    stretch = np.array([1.0 / aspect, 1.0])
    outlines = [outline * stretch for outline in one.outlines()] if masks else []
    x0, y0, x1, y1 = one.box
    keypoints = []
    if one.joints is not None:
        seen = visible_joints(figure.facing)
        flat = one.joints * stretch
        keypoints = [(_round(x), _round(y), float(flag)) for (x, y), flag in zip(flat, seen, strict=True)]
    return Region(
        id=figure.ref,  # unique: a plan's scene refuses an object named like one of its cast
        kind="character" if figure.kind == "character" else "object",
        ref=figure.ref,
        box=(_round(x0 / aspect), _round(y0), _round(x1 / aspect), _round(y1)),
        depth=_round(min(max(depth, 0.0), 1.0)),
        facing=figure.facing,
        pose=figure.pose,
        keypoints=keypoints,
        mask=[[(_round(x), _round(y)) for x, y in outline] for outline in outlines],
    )


def _round(value: float) -> float:
    """Six decimals: a hundredth of a pixel of the largest canvas, and the same text on every machine."""
    return round(float(value), 6) + 0.0
