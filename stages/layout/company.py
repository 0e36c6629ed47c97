"""Who stands with whom: the cast of a scene as an ordered company, with seats, facings and poses settled."""

import itertools
import random
from collections import deque
from dataclasses import dataclass, field, replace

from .. import vocabulary as v
from ..records import AlbumPlan, CastEntry, Character, Scene, SceneObject
from ..seeds import derive_seed
from .figures import Figure, animal_figure, animal_shoulder, person_figure, standing_height
from .poses import LYING, SIT_DOWN
from .things import RIDDEN, THINGS, VESSELS

EMBRACES = frozenset({"hugging", "kissing"})
_FACE_EACH_OTHER = EMBRACES | {
    "talking", "playing_with", "throwing_to", "dancing_with", "feeding", "petting", "sharing", "helping",
}  # fmt: skip
_UPRIGHT = frozenset({"standing", "walking", "waving", "pointing", "holding_hands", "dancing", "carrying", "playing"})
_TABLE_POSES = frozenset({"sitting", "eating", "drinking", "reading", "cooking"})
_OPPOSITE: dict[str, v.Facing] = {"left": "right", "right": "left"}
_MOUNTED: dict[str, v.Pose] = {"bicycle": "cycling", "surfboard": "standing"}
_CARRIABLE = 1.25  # metres: a child, at most
_FITS_IN_A_BOAT = 0.7  # metres at the shoulder, of animals
_BIG_ENOUGH_TO_RIDE = 1.0  # metres at the shoulder


@dataclass(frozen=True)
class Tie:
    """Two cast members that belong side by side; `kind` is an interaction kind or "seat" (they share one)."""

    kind: str
    subject: str
    target: str


@dataclass
class Company:
    """The cast, ready to be placed."""

    figures: dict[str, Figure] = field(default_factory=dict)
    groups: list[list[str]] = field(default_factory=list)  # each from left to right
    ties: list[Tie] = field(default_factory=list)
    seats: dict[str, str] = field(default_factory=dict)  # who sits -> bench or chair object
    tables: dict[str, str] = field(default_factory=dict)  # who is at a table -> table object
    mounts: dict[str, str] = field(default_factory=dict)  # rider -> animal or object
    grounded: set[str] = field(default_factory=set)  # who sits on the ground to eat, drink, read or play
    mount_kinds: dict[str, str] = field(default_factory=dict)  # rider -> "animal" or the object's kind
    carried: dict[str, str] = field(default_factory=dict)  # who is carried -> who carries

    def tie_between(self, one: str, other: str) -> Tie | None:
        """How two members are tied, or None."""
        for tie in self.ties:
            if {tie.subject, tie.target} == {one, other}:
                return tie
        return None

    def lifted(self) -> set[str]:
        """Members placed on another cast member's back or in its arms, not on the ground."""
        return set(self.carried) | {rider for rider, mount in self.mounts.items() if mount in self.figures}


def gather(plan: AlbumPlan, scene: Scene, *, pitch: float) -> Company:
    """Settle seats, order, facings and poses of a scene's cast and build their figures.

    Args:
        plan: for the characters and the seed.
        scene: cast, objects and interactions.
        pitch: degrees that the camera looks down.
    """
    company = Company()
    entries = {entry.character: entry for entry in scene.cast}
    characters = {name: plan.character(name) for name in entries}
    _settle_lifts(company, scene, entries, characters)
    company.mount_kinds = {rider: _kind_of(scene, mount) for rider, mount in company.mounts.items()}
    on_ground = [name for name in entries if name not in company.carried and company.mounts.get(name) not in entries]
    _settle_seats(company, scene, entries, [n for n in on_ground if characters[n].kind == "person"])
    company.ties = [tie for tie in _ties(company, scene) if {tie.subject, tie.target} <= set(on_ground)]
    company.grounded = _grounded(company, scene, entries, [n for n in on_ground if characters[n].kind == "person"])
    company.groups = _groups(on_ground, company.ties, random.Random(scene_seed(plan, scene, "order")))  # noqa: S311
    facings = _facings(company, scene, entries)
    poses = _poses(company, entries, characters)
    poses.update(_beside_cars(scene, poses))
    for name, character in characters.items():
        rng = random.Random(scene_seed(plan, scene, "pose", name))  # noqa: S311
        if character.kind == "animal":
            company.figures[name] = animal_figure(character, poses[name], facings[name])
        else:
            seat = "ground" if name in company.grounded else _seat_kind(company, name)
            figure = person_figure(
                character, poses[name], facings[name], seat=seat, pitch=pitch, rng=rng, high=name in company.tables
            )
            company.figures[name] = _with_room_for_mount(figure, company.mount_kinds.get(name, ""))
    for name, carrier in company.carried.items():
        company.figures[carrier] = _with_room_beside(company.figures[carrier], company.figures[name].width)
    return company


def scene_seed(plan: AlbumPlan, scene: Scene, *parts: object) -> int:
    """A seed that depends on the album and on this scene's id only."""
    return derive_seed(plan.seed, "layout", scene.id, *parts)


def _grounded(company: Company, scene: Scene, entries: dict[str, CastEntry], people: list[str]) -> set[str]:
    """Who sits down on the ground with the others: at a picnic or a fire, or beside a partner who sits there."""
    upright = {n for n in people if n not in company.seats and n not in company.tables and n not in company.mounts}
    free = {n for n in upright if entries[n].pose in SIT_DOWN and entries[n].pose != "playing"}
    sitting = {n for n in upright if entries[n].pose in ("sitting", "lying")}
    if sitting and any(thing.kind in ("picnic_blanket", "campfire") for thing in scene.objects):
        return free
    return {n for n in free if any({n} < {t.subject, t.target} <= sitting | {n} for t in company.ties)} | (
        free & sitting
    )


def _seat_kind(company: Company, name: str) -> str:
    if company.mount_kinds.get(name) in ("surfboard", *VESSELS):
        return ""
    if name in company.mounts:
        return "saddle"
    return "chair" if name in company.seats or name in company.carried else ""


def _with_room_beside(carrier: Figure, width: float) -> Figure:
    """Who carries somebody takes the room of both in the row."""
    x0, y0, x1, y1 = carrier.box
    out = (0.55 * carrier.body.metres if carrier.body else 0.0) + width / 2
    if carrier.facing == "left":
        x0 = min(x0, -out)
    else:
        x1 = max(x1, out)
    return replace(carrier, box=(x0, y0, x1, y1))


def _with_room_for_mount(figure: Figure, kind: str) -> Figure:
    """Riders of a bicycle, sled or boat take its width in the row, not only their own."""
    if kind not in RIDDEN:
        return figure
    half = THINGS[kind].width / 2 if kind not in VESSELS else 0.5
    x0, y0, x1, y1 = figure.box
    return replace(figure, box=(min(x0, -half), y0, max(x1, half), y1))


def _settle_lifts(
    company: Company, scene: Scene, entries: dict[str, CastEntry], characters: dict[str, Character]
) -> None:
    """Who rides what and who is carried by whom; people do both, and one thing at a time."""
    objects = {thing.id: thing for thing in scene.objects}
    for link in scene.interactions:
        doer, target = link.subject, link.target
        if characters[doer].kind == "animal" or doer == target:
            continue
        taken = {*company.mounts, *company.mounts.values(), *company.carried, *company.carried.values()}
        if link.kind == "carrying" and target in characters and not taken & {doer, target}:
            if _can_be_carried(characters[target]) and entries[doer].pose not in LYING:
                company.carried[target] = doer
        elif link.kind == "riding" and doer not in taken:
            shared = target in objects and objects[target].kind in VESSELS
            if (target not in taken or shared) and _can_be_ridden(target, objects, characters):
                company.mounts[doer] = target
    _cyclists_take_bicycles(company, scene, characters)
    _all_aboard(company, scene, entries, characters)


def _all_aboard(
    company: Company, scene: Scene, entries: dict[str, CastEntry], characters: dict[str, Character]
) -> None:
    """When somebody rides a boat, all who do not swim sit in it too, the dog included."""
    vessel = next((mount for mount in company.mounts.values() if _kind_of(scene, mount) in VESSELS), None)
    for name, character in characters.items():
        small = character.kind == "person" or animal_shoulder(character) < _FITS_IN_A_BOAT
        free = name not in company.mounts and name not in company.carried
        if vessel and free and small and entries[name].pose != "swimming":
            company.mounts[name] = vessel


def _cyclists_take_bicycles(company: Company, scene: Scene, characters: dict[str, Character]) -> None:
    free = [thing.id for thing in scene.objects if thing.kind == "bicycle" and not thing.held_by]
    free = [name for name in free if name not in company.mounts.values()]
    for entry in scene.cast:
        rides = entry.pose == "cycling" and characters[entry.character].kind == "person"
        if rides and free and entry.character not in company.mounts and entry.character not in company.carried:
            company.mounts[entry.character] = free.pop(0)


def _can_be_carried(character: Character) -> bool:
    if character.kind == "animal":
        return animal_shoulder(character) < 0.4
    return standing_height(character) <= _CARRIABLE


def _can_be_ridden(target: str, objects: dict[str, SceneObject], characters: dict[str, Character]) -> bool:
    if target in objects:
        return objects[target].kind in RIDDEN and not objects[target].held_by
    return characters[target].kind == "animal" and animal_shoulder(characters[target]) >= _BIG_ENOUGH_TO_RIDE


def _settle_seats(company: Company, scene: Scene, entries: dict[str, CastEntry], people: list[str]) -> None:
    """Sit people down where there is something to sit on, and bring those who eat or work to the table."""
    waiting = deque(n for n in people if entries[n].pose in SIT_DOWN and n not in company.mounts)
    seats = [thing for thing in scene.objects if thing.kind in ("bench", "chair") and not thing.held_by]
    for thing in sorted(seats, key=lambda thing: thing.kind):  # benches first: they seat friends together
        room = 3 * thing.count if thing.kind == "bench" else thing.count
        while room and waiting:
            company.seats[waiting.popleft()] = thing.id
            room -= 1
    tables = [thing.id for thing in scene.objects if thing.kind == "table" and not thing.held_by]
    diners = [n for n in people if entries[n].pose in _TABLE_POSES and n not in company.mounts]
    if tables and entries:
        for name in diners[:4]:
            company.tables[name] = tables[0]
            if entries[name].pose not in ("cooking", "reading"):
                company.seats.setdefault(name, tables[0])


def _ties(company: Company, scene: Scene) -> list[Tie]:
    names = {entry.character for entry in scene.cast}
    ties = [
        Tie(link.kind, link.subject, link.target)
        for link in scene.interactions
        if {link.subject, link.target} <= names and link.subject != link.target
    ]
    vessels = {rider: mount for rider, mount in company.mounts.items() if mount not in names}
    for shared in (company.tables, company.seats, vessels):
        for place in dict.fromkeys(shared.values()):
            sharing = [name for name, seat in shared.items() if seat == place]
            ties += [Tie("seat", one, other) for one, other in itertools.pairwise(sharing)]
    return ties


def _groups(names: list[str], ties: list[Tie], rng: random.Random) -> list[list[str]]:
    """Chains of tied members, neighbours next to each other where possible, in a seeded order."""
    near: dict[str, list[str]] = {name: [] for name in names}
    # What shares a seat must stay together, so those links are followed first.
    for tie in sorted(ties, key=lambda tie: tie.kind != "seat"):
        if tie.target not in near[tie.subject]:
            near[tie.subject].append(tie.target)
            near[tie.target].append(tie.subject)
    left = sorted(names)
    groups = []
    while left:
        start = min(left, key=lambda name: (len(near[name]) or 99, name))
        chain = _chain(start, near)
        left = [name for name in left if name not in chain]
        groups.append(chain[::-1] if rng.random() < 0.5 else chain)
    rng.shuffle(groups)
    return groups


def _chain(start: str, near: dict[str, list[str]]) -> list[str]:
    """Depth-first walk over the links: whoever comes next is tied to the one before, if anybody is left who is."""
    chain, stack = [], [start]
    while stack:
        name = stack.pop()
        if name not in chain:
            chain.append(name)
            stack += [other for other in reversed(near[name]) if other not in chain]
    return chain


def _facings(company: Company, scene: Scene, entries: dict[str, CastEntry]) -> dict[str, v.Facing]:
    """Where each looks: as planned, but towards those they do something with."""
    facings: dict[str, v.Facing] = {name: entry.facing for name, entry in entries.items()}
    place = {name: i for i, name in enumerate(name for group in company.groups for name in group)}
    settled = set(company.tables)
    for tie in company.ties:
        toward: v.Facing = "right" if place[tie.subject] < place[tie.target] else "left"
        for name, facing in _turns(tie, toward, facings[tie.subject]).items():
            if name not in settled:
                facings[name] = facing
                settled.add(name)
    facings.update(dict.fromkeys(company.tables, "camera"))
    benches = {thing.id for thing in scene.objects if thing.kind == "bench"}
    facings.update({name: "camera" for name, seat in company.seats.items() if seat in benches})
    for rider, mount in company.mounts.items():
        side: v.Facing = facings[rider] if facings[rider] in _OPPOSITE else _side_of(scene.id, mount)
        facings[rider] = side
        if mount in facings:
            facings[mount] = side
    for name, carrier in company.carried.items():
        facings[name] = facings[carrier] if facings[carrier] != "away" else "camera"
    return facings


def _turns(tie: Tie, toward: v.Facing, now: v.Facing) -> dict[str, v.Facing]:
    """New facings that a tie asks for. `toward`: the side on which the target is; `now`: where the subject looks."""
    if tie.kind in _FACE_EACH_OTHER:
        return {tie.subject: toward, tie.target: _OPPOSITE[toward]}
    if tie.kind == "chasing":
        return {tie.subject: toward, tie.target: toward}
    if tie.kind == "looking_at" and now != "away":
        return {tie.subject: toward}
    return {tie.target: now} if tie.kind == "walking_together" else {}


def _side_of(*parts: str) -> v.Facing:
    return "left" if derive_seed("side", *parts) % 2 else "right"


def _poses(company: Company, entries: dict[str, CastEntry], characters: dict[str, Character]) -> dict[str, v.Pose]:
    """Poses as planned, adapted to what two people do together."""
    poses: dict[str, v.Pose] = {name: entry.pose for name, entry in entries.items()}
    for tie in company.ties:
        _adapt_to_tie(poses, tie, characters[tie.target])
    for name in company.tables:
        if name in company.seats and poses[name] in LYING:
            poses[name] = "sitting"
    for name, pose in poses.items():
        if pose == "cycling" and characters[name].kind == "person" and name not in company.mounts:
            poses[name] = "running"  # there is no bicycle left: runs along
        elif pose in ("jumping", "running") and "swimming" in poses.values():
            poses[name] = "cheering" if characters[name].kind == "person" else "swimming"  # they are in the water too
    for name, kind in company.mount_kinds.items():
        poses[name] = _MOUNTED.get(kind, "sitting")
    for name, carrier in company.carried.items():
        poses[name] = "sitting"
        if poses[carrier] in _UPRIGHT:
            poses[carrier] = "carrying"
    return poses


def _beside_cars(scene: Scene, poses: dict[str, v.Pose]) -> dict[str, v.Pose]:
    """Drivers and passengers stand at their car: nobody can be seen inside it, and nobody sits on the road."""
    cars = {thing.id for thing in scene.objects if thing.kind in ("car", "van")}
    ridden = any(link.kind == "riding" and link.target in cars for link in scene.interactions)
    return {name: "standing" for name, pose in poses.items() if ridden and pose == "sitting"}


def _adapt_to_tie(poses: dict[str, v.Pose], tie: Tie, target: Character) -> None:
    if tie.kind in EMBRACES:
        poses.update({name: "hugging" for name in (tie.subject, tie.target) if poses[name] in _UPRIGHT})
    small = tie.kind in ("petting", "feeding") and target.kind == "animal" and animal_shoulder(target) < 0.6
    if small and poses[tie.subject] == "standing":
        poses[tie.subject] = "crouching"  # nobody strokes a cat with straight knees


def _kind_of(scene: Scene, name: str) -> str:
    return next((thing.kind for thing in scene.objects if thing.id == name), "animal")
