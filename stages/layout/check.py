"""Geometry that a blueprint must keep, checked from the finished regions."""

from collections.abc import Iterator

from ..records import AlbumLayout, AlbumPlan, Region, Scene, SceneLayout
from .arrange import area, overlap
from .body import NOSE
from .company import Company, gather
from .figures import Box, animal_posture
from .masks import region_mask
from .poses import JUMPS
from .things import THINGS

MAX_OVERLAP = 0.30  # of the smaller box; more hides somebody
SMALLEST = 0.04  # picture heights of the larger side of a cast member
LEAST_VISIBLE = 0.20  # of the part of a cast member that is inside the frame
_FEET_BELOW = 1.06  # y; in wide shots the whole figure is meant to be seen
_MASK_SIDE = 160  # pixels, to measure how much can be seen
_GROUND_TOLERANCE = 0.06  # picture heights between feet and the ground at their depth
_HIDING_IS_FINE = frozenset({"picnic_blanket", "bench", "chair", "table"})  # people sit on them or at them


def check_layout(layout: AlbumLayout, plan: AlbumPlan) -> list[str]:
    """List what is geometrically wrong with a layout; empty when all is well.

    Checked: every cast member and object has a region; no region lies outside the canvas; faces are inside it (but in
    a detail); feet stand on the ground of their depth; cast members who have nothing to do with each other overlap by
    at most 30 % of the smaller box; a nearer object or person hides at most 30 % of a farther object or person,
    except what people sit on, ride or hold, and what stands behind the faces of a close-up or detail; nobody of the
    cast is smaller than 4 % of the picture's height, cut at the feet by a wide shot, or hidden to 80 %.

    Args:
        layout: what `lay_out_scenes` made, perhaps edited since.
        plan: the plan it was made for.

    Returns:
        One sentence per problem, naming scene and region.
    """
    found = []
    for scene in plan.scenes:
        blueprint = next((one for one in layout.scenes if one.scene == scene.id), None)
        if blueprint is None:
            found.append(f"scene {scene.id}: has no blueprint")
        else:
            found += scene_violations(blueprint, scene, gather(plan, scene, pitch=0.0), plan)
    return found


def scene_violations(layout: SceneLayout, scene: Scene, company: Company, plan: AlbumPlan) -> list[str]:
    """The problems of one scene's blueprint; see `check_layout`. `company` is what `gather` gave for the scene."""
    found = [
        *_missing(layout, scene),
        *_outside(layout),
        *_faces(layout, scene),
        *_badly_seen(layout, scene),
        *_floating(layout, scene, plan, company),
        *_overlaps(layout, scene, company),
    ]
    return [f"scene {scene.id}: {problem}" for problem in found]


def _missing(layout: SceneLayout, scene: Scene) -> Iterator[str]:
    present = {(region.kind, region.ref) for region in layout.regions}
    for entry in scene.cast:
        if ("character", entry.character) not in present:
            yield f"'{entry.character}' of the cast has no region"
    for thing in scene.objects:
        if ("object", thing.id) not in present:
            yield f"object '{thing.id}' has no region"


def _outside(layout: SceneLayout) -> Iterator[str]:
    for region in layout.regions:
        x0, y0, x1, y1 = region.box
        if x1 <= 0.005 or y1 <= 0.005 or x0 >= 0.995 or y0 >= 0.995:
            yield f"'{region.ref}' is outside the canvas: its box is {_text(region.box)}"


def _faces(layout: SceneLayout, scene: Scene) -> Iterator[str]:
    if scene.camera.shot == "detail" and scene.objects:
        return
    for region in layout.regions:
        if region.keypoints:
            x, y, _ = region.keypoints[NOSE]
            if not (0.0 <= x <= 1.0 and 0.0 <= y <= 1.0):
                yield f"the face of '{region.ref}' is outside the canvas, at ({x:.2f}, {y:.2f})"


def _badly_seen(layout: SceneLayout, scene: Scene) -> Iterator[str]:
    """Cast members that are dots, cut off by a wide shot's frame, or hidden behind others."""
    for index, region in enumerate(layout.regions):
        if region.kind != "character":
            continue
        x0, y0, x1, y1 = region.box
        size = max(y1 - y0, (x1 - x0) * layout.width / layout.height)
        if size < SMALLEST:
            yield f"'{region.ref}' is tiny: {size:.1%} of the picture's height; {SMALLEST:.0%} is the least"
        if scene.camera.shot == "wide" and y1 > _FEET_BELOW:
            yield f"the feet of '{region.ref}' are far below the frame of a wide shot, at {y1:.2f}"
        nearer = sum(overlap(region.box, other.box) for other in layout.regions[index + 1 :])
        if nearer > 0.5 * area(region.box):  # most are not: saves drawing their masks
            seen = _visible_share(layout, index)
            if seen < LEAST_VISIBLE:
                yield f"'{region.ref}' is hidden: {seen:.0%} of what is in the frame can be seen"


def _visible_share(layout: SceneLayout, index: int) -> float:
    """Share of a region inside the frame that no nearer region covers."""
    width, height = _MASK_SIDE, max(1, round(_MASK_SIDE * layout.height / layout.width))
    own = region_mask(layout.regions[index], width, height) > 0
    seen = own.copy()
    for other in layout.regions[index + 1 :]:
        seen &= region_mask(other, width, height) == 0
    return float(seen.sum() / own.sum()) if own.any() else 1.0


def _floating(layout: SceneLayout, scene: Scene, plan: AlbumPlan, company: Company) -> Iterator[str]:
    """Feet inside the picture must be where the ground of that depth is; nearest feet on the ground line."""
    lifted = company.lifted() | set(company.mounts) | set(company.seats)
    for region in layout.regions:
        if region.kind != "character" or region.ref in lifted or _leaps(region, plan):
            continue
        feet = region.box[3]
        ground = layout.horizon + (layout.ground - layout.horizon) * (1.0 - region.depth) / 0.8
        if feet >= 1.0 and ground >= layout.ground - _GROUND_TOLERANCE:
            continue  # cut by the frame
        if abs(feet - ground) > _GROUND_TOLERANCE * max(1.0, layout.ground - layout.horizon):
            verb = "floats" if feet < ground else "sinks in"
            yield f"'{region.ref}' {verb}: feet at {feet:.2f}, ground at {ground:.2f}"


def _leaps(region: Region, plan: AlbumPlan) -> bool:
    if plan.character(region.ref).kind == "animal":
        return region.pose is not None and animal_posture(region.pose) in ("jumping", "running")
    return region.pose in JUMPS


def _overlaps(layout: SceneLayout, scene: Scene, company: Company) -> Iterator[str]:
    kinds = {thing.id: thing.kind for thing in scene.objects}
    together = {frozenset((link.subject, link.target)) for link in scene.interactions}
    together |= {frozenset((thing.id, thing.held_by)) for thing in scene.objects if thing.held_by}
    for shared in (company.mounts, company.carried, company.seats, company.tables):
        together |= {frozenset(pair) for pair in shared.items()}
    together |= {frozenset((tie.subject, tie.target)) for tie in company.ties}
    for bearers in (company.carried, company.mounts):  # who is carried comes along wherever the carrier is close
        for name, bearer in bearers.items():
            together |= {frozenset((name, *pair - {bearer})) for pair in list(together) if bearer in pair}
    for index, near in enumerate(layout.regions):
        for far in layout.regions[:index]:
            if frozenset((near.ref, far.ref)) in together:
                continue
            share = _covered(near, far, kinds, close=scene.camera.shot in ("close_up", "detail"))
            if share > MAX_OVERLAP:
                yield f"'{near.ref}' overlaps '{far.ref}' by {share:.0%}; {MAX_OVERLAP:.0%} is the most"


def _covered(near: Region, far: Region, kinds: dict[str, str], *, close: bool) -> float:
    """Share that counts as hidden: of the smaller box among people, of the farther box where objects take part."""
    if near.kind == far.kind == "character":
        return overlap(near.box, far.box) / max(min(area(near.box), area(far.box)), 1e-9)
    if far.kind == "object" and (kinds.get(far.ref) in _HIDING_IS_FINE or close):
        return 0.0
    home = THINGS[kinds[near.ref]].home if near.ref in kinds else ""
    if near.ref in kinds and (close or kinds[near.ref] in ("table", "leash") or home == "flat"):
        return 0.0
    return overlap(near.box, far.box) / max(area(far.box), 1e-9)


def _text(box: Box) -> str:
    return "(" + ", ".join(f"{edge:.2f}" for edge in box) + ")"
