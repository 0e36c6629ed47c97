"""Placing the objects of a scene: under people, on tables, on the ground where nothing is hidden, in the sky."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ..records import Scene, SceneObject
from .arrange import MARGIN, area, overlap
from .body import L_HIP, R_HIP
from .company import Company
from .contacts import LEFT, RIGHT, reach, sit_at
from .figures import Box, Placed, resized, thing_figure
from .sight import NEAR_HIDES, Sight
from .things import THINGS, VESSELS, many
from .view import View

LINES = 9  # ground lines that are tried for an object
COLUMNS = 21  # places along each line
_FIRE_HIDES = 0.22  # people sit behind their fire
_TABLE_HEIGHT = 0.76
_TABLE_TOP = 0.32  # metres that stand on it at most
_TETHERED = 1.9  # metres from the ground to the top of balloons that nobody holds
_ADULT_LEGS = 0.75  # metres from hip to ankle, for which a bicycle of full size is made


class Props:
    """The objects of one scene while they are being placed; `crowded` says that something found no good place."""

    def __init__(
        self, scene: Scene, company: Company, cast: dict[str, Placed], view: View, rng: random.Random, *, shrink: float
    ) -> None:
        self.scene = scene
        self.company = company
        self.cast = cast
        self.view = view
        self.rng = rng
        self.placed: dict[str, Placed] = {}
        self.crowded = False
        self.shrink = shrink  # of what stands free, when a scene has more things than its ground has room for

    # --- what carries people ---

    def place_supports(self) -> None:
        """Benches, chairs, tables, blankets and mounts, under those who use them."""
        users: dict[str, list[str]] = {}
        for shared in (self.company.tables, self.company.seats, self.company.mounts):
            for name, thing in shared.items():
                if name not in users.setdefault(thing, []):
                    users[thing].append(name)
        for thing in self.scene.objects:
            people = [self.cast[name] for name in users.get(thing.id, []) if name in self.cast]
            if thing.kind == "picnic_blanket":
                people = [one for one in self._on_the_ground() if one.line < 1.0]
            if people:
                self.placed[thing.id] = self._support(thing, people)

    def _on_the_ground(self) -> list[Placed]:
        taken = {**self.company.seats, **self.company.mounts, **self.company.carried}
        low = ("sitting", "lying", "sleeping", "kneeling")
        down = {name for name, one in self.cast.items() if one.figure.pose in low} | self.company.grounded
        sitters = [one for name, one in self.cast.items() if name in down and name not in taken]
        nearest = max((one.line for one in sitters), default=0.0)
        return [one for one in sitters if one.line == nearest]

    def _support(self, thing: SceneObject, people: list[Placed]) -> Placed:
        first = people[0]
        spans = [_trunk_span(one) for one in people]
        left, right = min(span[0] for span in spans), max(span[1] for span in spans)
        scale, y = first.scale, first.y
        wide = (right - left) / scale
        size = THINGS[thing.kind]
        if thing.kind == "picnic_blanket":
            boxes = [one.box for one in people]
            left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
            deep = max(0.42, 1.3 * float(np.sin(np.radians(self.view.pitch))))
            figure = thing_figure(thing.id, max((right - left) / scale + 0.4, 1.5), deep)
            return Placed(figure, (left + right) / 2, y + 0.10 * scale, scale, near=-3, line=first.line)
        if thing.kind in ("bench", "chair"):
            width, _ = many(size, thing.count if thing.kind == "chair" else 1)
            figure = thing_figure(thing.id, max(wide + 0.15, width), size.height)
            sunk = 0.38 * np.sin(np.radians(self.view.pitch)) if first.figure.facing in ("camera", "away") else 0.0
            return Placed(figure, (left + right) / 2, y - float(sunk) * scale, scale, near=-1, line=first.line)
        if thing.kind == "table":
            figure = thing_figure(thing.id, max(wide + 0.5, self._table_width(), size.width), _TABLE_HEIGHT)
            return Placed(figure, (left + right) / 2, y + 0.08 * scale, scale, near=2, line=first.line)
        return self._mount(thing, people, (left + right) / 2, wide)

    def _table_width(self) -> float:
        tops = [THINGS[thing.kind].width for thing in self.scene.objects if THINGS[thing.kind].home == "table"]
        return min(sum(tops) * 1.2, 3.0)

    def _mount(self, thing: SceneObject, riders: list[Placed], x: float, wide: float) -> Placed:
        """Put riders of a bicycle, sled, board or boat on it. Children get a smaller bicycle."""
        first, size = riders[0], THINGS[thing.kind]
        scale, y = first.scale, first.y
        if thing.kind == "surfboard":
            return Placed(thing_figure(thing.id, 1.9, 0.14), x, y + 0.04 * scale, scale, near=-1, line=first.line)
        if thing.kind in VESSELS:
            mount = Placed(
                thing_figure(thing.id, max(size.width * 0.8, wide + 1.0), size.height),
                x,
                y,
                scale,
                near=2,
                line=first.line,
            )
            seat = 0.60 if thing.kind == "boat" else 0.22
        else:
            factor = _leg_metres(first) / _ADULT_LEGS if thing.kind == "bicycle" else 1.0
            figure = replace(thing_figure(thing.id, size.width, size.height), facing=first.figure.facing)
            mount = Placed(resized(figure, factor), x, y, scale, near=-1, line=first.line)
            seat = (0.88 if thing.kind == "bicycle" else 0.3) * factor
        for rider in riders:
            at = rider.x
            if thing.kind == "bicycle":  # the saddle is behind the middle
                at = x + (-0.22 if rider.figure.facing == "right" else 0.22) * mount.figure.width / 1.7 * scale
            seated = sit_at(self.company, rider.figure.ref, at, y - seat * scale, mount)
            seated.near = 3 if thing.kind == "boat" else 1  # on deck, before the sails; in a canoe, behind its side
            self.cast[rider.figure.ref] = seated
            if thing.kind == "bicycle":
                _grasp_handlebar(seated, mount)
        return mount

    # --- tables ---

    def place_on_table(self, things: Sequence[SceneObject]) -> None:
        """Stand things side by side on the table top, smaller when they are many."""
        table = next((self.placed[t.id] for t in self.scene.objects if t.kind == "table" and t.id in self.placed), None)
        if table is None or not things:
            return
        x0, y0, x1, _ = table.box
        x0, x1 = max(x0, 0.01 * self.view.aspect), min(x1, 0.99 * self.view.aspect)
        sizes = [_table_size(thing) for thing in things]
        shrink = min(1.0, (x1 - x0) * 0.92 / (sum(width for width, _ in sizes) * table.scale * 1.1))
        spare = (x1 - x0) - sum(width for width, _ in sizes) * table.scale * shrink
        rows = [self._set_table(things, sizes, table, (x0 + spare * share, y0), shrink) for share in (0.0, 0.5, 1.0)]
        if len(things) > 2:  # spread evenly, or smaller and to one side of who sits there
            rows = [self._set_table(things, sizes, table, (x0, y0), shrink, gap=spare / (len(things) + 1))]
            left = (x1 - x0) * 0.5 + spare * 0.5
            rows += [
                self._set_table(things, sizes, table, (x0 + left * share, y0), shrink * 0.5) for share in (0.0, 1.0)
            ]
        self.placed.update(min(rows, key=lambda row: self._hidden_behind(row.values())))

    def _set_table(
        self,
        things: Sequence[SceneObject],
        sizes: Sequence[tuple[float, float]],
        table: Placed,
        corner: tuple[float, float],
        shrink: float,
        *,
        gap: float = 0.0,
    ) -> dict[str, Placed]:
        """Things in a row on the table top, from a corner on."""
        row, x = {}, corner[0]
        for thing, (width, height) in zip(things, sizes, strict=True):
            half = width * shrink * table.scale / 2
            x += gap + half
            figure = thing_figure(thing.id, width * shrink, height * shrink, outline=THINGS[thing.kind].outline)
            at = min(corner[1] + 0.05 * table.scale, 0.97)
            row[thing.id] = Placed(figure, x, at, table.scale, near=3, line=table.line)
            x += half
        return row

    def _hidden_behind(self, things: Iterable[Placed]) -> float:
        """How much of people, and three times as much of their faces, things hide; picture heights squared."""
        total = 0.0
        for thing in things:
            for one in self.cast.values():
                face = one.face()
                total += overlap(thing.box, one.box) + (3 * overlap(thing.box, face) if face else 0.0)
        return total

    # --- thrown things ---

    def place_in_flight(self, thing: SceneObject) -> bool:
        """Put a ball or frisbee in the air between two who throw it; False when nobody does."""
        for link in self.scene.interactions:
            pair = [self.cast[name] for name in (link.subject, link.target) if name in self.cast]
            if link.kind != "throwing_to" or len(pair) < 2 or thing.held_by:
                continue
            size, (thrower, catcher) = THINGS[thing.kind], pair
            scale = min(thrower.scale, catcher.scale)
            box, other = sorted((thrower.box, catcher.box))
            left, right = box[2], other[0]
            if right - left < size.width * scale:
                return False
            y = min(thrower.box[1], catcher.box[1]) * 0.6 + max(thrower.box[1], catcher.box[1]) * 0.4
            figure = thing_figure(thing.id, size.width, size.height, outline=size.outline)
            self.placed[thing.id] = Placed(
                figure, (left + right) / 2, max(y, 0.12) + 0.1 * scale, scale, near=1, line=thrower.line
            )
            return True
        return False

    # --- free places ---

    def place_free(self, thing: SceneObject) -> None:
        """Stand a thing where it neither hides nor is hidden, near whom it belongs to."""
        size = THINGS[thing.kind]
        width, height = many(size, thing.count)
        if thing.kind == "balloons":  # one bunch, on strings tied to the ground
            width, height = size.width, _TETHERED
        figure = thing_figure(thing.id, width, height, outline=size.outline)
        wanted_x = self._wanted_x(thing)
        sight = self._sight()
        best: tuple[float, Placed, float] | None = None
        for y in self._lines(size.home):
            scale = self.view.scale_at(y)
            limit = min(0.6 * self.view.aspect / (width * scale), (y - 0.02) / (height * scale), self.shrink)
            xs, boxes = self._along(y, width * scale * limit, height * scale * limit)
            trouble = sight.trouble(boxes, y, hides=_FIRE_HIDES if size.home == "front" else NEAR_HIDES)
            costs = (
                trouble * 20 + abs(xs - wanted_x) / self.view.aspect + self._line_cost(size.home, y) + (1 - limit) * 2
            )
            at = int(np.argmin(costs))
            if best is None or costs[at] < best[0]:
                place = Placed(resized(figure, limit) if limit < 1 else figure, float(xs[at]), y, scale)
                best = (float(costs[at]), place, float(trouble[at]))
        if best is not None:
            self.placed[thing.id] = best[1]
            self.crowded = self.crowded or best[2] > 0

    def _along(self, y: float, width: float, height: float) -> tuple[np.ndarray, np.ndarray]:
        """Middles (places,) and boxes (places, 4) of a thing moved along one ground line, inside the frame."""
        half = width / 2 + self.view.aspect * MARGIN * 0.5
        xs = half + (self.view.aspect - 2 * half) * np.arange(COLUMNS) / (COLUMNS - 1)
        edges = [xs - width / 2, np.full(COLUMNS, y - height), xs + width / 2, np.full(COLUMNS, y)]
        return xs, np.stack(edges, axis=1)

    def _sight(self) -> Sight:
        things = [one.box for name, one in self.placed.items() if self._kind(name) != "picnic_blanket"]
        return Sight([(one.line, one.box, one.face()) for one in self.cast.values()], things)

    def _wanted_x(self, thing: SceneObject) -> float:
        around = self._belongs_to(thing)
        if around is not None:
            return around.x
        if THINGS[thing.kind].home == "front" and self.cast:
            return sum(other.x for other in self.cast.values()) / len(self.cast)
        return self.rng.uniform(0.15, 0.85) * self.view.aspect

    def _belongs_to(self, thing: SceneObject) -> Placed | None:
        for link in self.scene.interactions:
            if thing.id in (link.subject, link.target):
                other = link.target if link.subject == thing.id else link.subject
                if other in self.cast:
                    return self.cast[other]
        return None

    def _lines(self, home: str) -> list[float]:
        top = max(self.view.horizon, 0.0) + (0.05 if home == "water" else 0.09)
        bottom = 0.975
        lines = [top + (bottom - top) * i / (LINES - 1) for i in range(LINES)]
        if top < self.view.ground < bottom:
            lines.append(self.view.ground)
        return lines

    def _line_cost(self, home: str, y: float) -> float:
        """How far a ground line is from where such a thing likes to stand."""
        ground = min(self.view.ground, 0.97)
        near = (y - self.view.horizon) / max(ground - self.view.horizon, 0.05)
        wanted = {"back": 0.62, "water": 0.25, "flat": 1.05, "seat": 0.85, "front": 1.12}.get(home, 0.97)
        return abs(near - wanted) * 1.6

    def _kind(self, name: str) -> str:
        return next(thing.kind for thing in self.scene.objects if thing.id == name)

    def place_in_sky(self, thing: SceneObject) -> None:
        """High up, a little aside of who holds the string, where it covers nobody."""
        size = THINGS[thing.kind]
        width, height = many(size, min(thing.count, 5))
        scale = min(self.view.scale, 0.24 / height, 0.3 * self.view.aspect / width)
        figure = thing_figure(thing.id, width, height, outline=size.outline)
        far = self.view.horizon + 0.3 * (self.view.ground - self.view.horizon)
        holder = self.cast.get(thing.held_by or "")
        wish = holder.x if holder else self.rng.uniform(0.2, 0.8) * self.view.aspect
        sight = self._sight()
        best: tuple[float, Placed] | None = None
        for row in range(4):
            y = 0.03 + height * scale + row * 0.05
            xs, boxes = self._along(y, width * scale, height * scale)
            aside = abs(abs(xs - wish) / self.view.aspect - (0.2 if holder else 0.0))
            costs = sight.trouble(boxes, far) * 20 + aside + row * 0.1
            at = int(np.argmin(costs))
            if best is None or costs[at] < best[0]:
                best = (float(costs[at]), Placed(figure, float(xs[at]), y, scale, line=far))
        if best is not None:
            self.placed[thing.id] = best[1]

    # --- hands ---

    def held_well(self, thing: SceneObject, one: Placed) -> bool:
        """Whether a held thing leaves other people and things to be seen."""
        seen = overlap(one.box, (0.0, 0.0, self.view.aspect, 1.0))
        if seen < 0.5 * area(one.box):
            return False  # a hand beyond the frame
        if thing.kind == "leash":
            return True
        behind = one.near < 0
        for name, other in self.cast.items():
            whole = area(one.box) if behind else area(other.box)
            if name == thing.held_by:
                continue
            face = other.face()
            if other.line > one.line and overlap(one.box, other.box) > 0.25 * area(one.box):
                return False  # somebody nearer would hide it
            if overlap(one.box, other.box) > 0.22 * whole or (
                face is not None and not behind and overlap(one.box, face) > 0.08 * area(face)
            ):
                return False
        loose = [p.box for name, p in self.placed.items() if not self._carries(name)]
        return all(overlap(one.box, box) <= 0.22 * max(min(area(one.box), area(box)), 1e-9) for box in loose)

    def _carries(self, name: str) -> bool:
        """Whether people are on or at a placed object, so that what they hold is in front of it."""
        kind = self._kind(name)
        return THINGS[kind].home in ("seat", "flat") or kind == "table" or name in self.company.mounts.values()


def _table_size(thing: SceneObject) -> tuple[float, float]:
    """Metres of things on a table, low enough to see who sits behind them."""
    width, height = many(THINGS[thing.kind], thing.count)
    low = min(1.0, _TABLE_TOP / height)
    return width * low, height * low


def _grasp_handlebar(rider: Placed, bicycle: Placed) -> None:
    x0, y0, x1, y1 = bicycle.box
    along = 0.72 if rider.figure.facing == "right" else 0.28
    bar = np.array([x0 + (x1 - x0) * along, y0 + (y1 - y0) * 0.16])
    for arm, aside in ((RIGHT, -0.06), (LEFT, 0.06)):
        reach(rider, arm, bar + np.array([aside * rider.head, 0.0]))


def _leg_metres(one: Placed) -> float:
    body = one.figure.body
    return (body.thigh + body.shin) * body.metres if body else _ADULT_LEGS


def _trunk_span(one: Placed) -> tuple[float, float]:
    """Left and right of somebody's hips, or of an animal."""
    if one.joints is None:
        box: Box = one.box
        return box[0], box[2]
    hips = one.joints[[R_HIP, L_HIP], 0]
    return float(hips.min()) - 0.6 * one.head, float(hips.max()) + 0.6 * one.head
