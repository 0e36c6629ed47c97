"""From plan to blueprint: every scene's camera, cast and objects as regions on a canvas."""

import random
from dataclasses import dataclass

import numpy as np

from ..errors import AlbumError
from ..records import AlbumLayout, AlbumPlan, Region, Scene, SceneLayout
from .arrange import arrange_cast
from .body import visible_joints
from .check import scene_violations
from .company import Company, gather, scene_seed
from .contacts import clear_faces, join, lift
from .figures import Placed
from .furnish import place_objects, show_detail
from .props import Props
from .things import THINGS, VESSELS, WATERSIDE
from .view import View, view_of_scene

SMALLEST, LARGEST = 64, 8192  # pixels of a side
SLIMMEST = 8.0  # longest side by shortest side; beyond that there is no room for a figure
_SMALLEST_SHOWN = 0.055  # picture heights of the larger side of a cast member
_TRIES = 10  # with a camera that moves back a little each time
_STEP_BACK = 0.88


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
        problems = len(scene_violations(draft.layout(masks=True), scene, company, plan))
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
        swims = any(figure.pose == "swimming" for figure in company.figures.values())
        view = view.toward_water(0.5 if swims else 0.6)
    shot = scene.camera.shot
    if shot == "detail" and not scene.objects:
        shot = "close_up"  # a detail of nothing but people is their faces
    rng = random.Random(scene_seed(plan, scene, "arrange"))  # noqa: S311
    cast, view = arrange_cast(
        company, view, shot=shot, share=_share(scene, shot, back), rng=rng, stagger=_may_stagger(scene)
    )
    _enlarge_tiny(cast)
    busy = join(company, cast)
    lift(company, cast)
    clear_faces(cast, busy)
    props = Props(scene, company, cast, view, random.Random(scene_seed(plan, scene, "things")), shrink=shrink)  # noqa: S311
    if shot == "detail":
        show_detail(scene, props, busy)
    else:
        place_objects(scene, props, busy)
    return Draft(scene, view, props, width, height)


def _afloat(plan: AlbumPlan, scene: Scene, company: Company) -> bool:
    """Whether somebody swims or everybody is in a boat, at a place where the water lies beyond the shore."""
    names = [name for group in company.groups for name in group]
    swims = any(company.figures[name].pose == "swimming" for name in names)
    wet = [swims or company.mount_kinds.get(name) in VESSELS for name in names]
    on_shore = scene.camera.shot in ("wide", "medium") and scene.camera.angle != "overhead"
    return bool(wet) and all(wet) and on_shore and plan.environment(scene.environment).kind in WATERSIDE


def _enlarge_tiny(cast: dict[str, Placed]) -> None:
    """A turtle in a wide shot is drawn larger than life rather than as a dot."""
    for name, one in cast.items():
        x0, y0, x1, y1 = one.box
        size = max(x1 - x0, y1 - y0)
        if 0 < size < _SMALLEST_SHOWN:
            larger = Placed(one.figure, one.x, one.y, one.scale * _SMALLEST_SHOWN / size, near=one.near, line=one.line)
            cast[name] = larger


def _tallest(company: Company) -> float:
    """Metres of the highest figure, riders in the saddle included."""
    heights = [0.0]
    for name, figure in company.figures.items():
        raised = (
            company.figures[company.mounts[name]].height * 0.55 if company.mounts.get(name) in company.figures else 0
        )
        heights.append(figure.height + raised)
    return max(heights)


def _may_stagger(scene: Scene) -> bool:
    """Groups stand nearer and farther, unless something they share holds them on one line."""
    return not any(thing.kind in ("picnic_blanket", "table", "boat", "canoe", "campfire") for thing in scene.objects)


def _share(scene: Scene, shot: str, back: float) -> float:
    """How much of the width the cast may take; objects on the ground need the rest."""
    if shot in ("close_up", "detail"):
        return min(1.0, 0.3 + 0.7 * back)
    standing = sum(THINGS[thing.kind].home in ("ground", "back") and not thing.held_by for thing in scene.objects)
    return max(0.5, 1.0 - 0.07 * min(standing, 4)) * min(1.0, 0.3 + 0.7 * back)


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
