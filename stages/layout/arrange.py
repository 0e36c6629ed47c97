"""Putting a company on the picture: in one or two rows, as large as the shot wants and the frame allows."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace

from .company import EMBRACES, Company
from .figures import Box, Figure, Placed
from .poses import LYING
from .view import View

MARGIN = 0.035  # of the picture's width that stays free at each side
_GAP = 0.10  # metres between boxes of people who have nothing to do with each other
_GROUP_GAP = (0.15, 0.40)  # metres between groups
_GAPS = {"throwing_to": 0.9, "chasing": 0.6, "playing_with": 0.3, "talking": 0.12, "looking_at": 0.2}
# How far apart the middles of two people are who touch, in head heights of the two together.
_TOUCHING = {
    "holding_hands": 1.12, "hugging": 0.66, "kissing": 0.70, "dancing_with": 1.45, "posing_together": 0.92,
    "walking_together": 1.05, "helping": 1.05, "sharing": 1.0,
}  # fmt: skip
_KNEES_FORWARD = {"sitting", "kneeling", "crouching", "running", "climbing", "eating", "drinking"}
_ROW_STEPS = (0.8, 0.72, 0.64, 0.56)  # how far from the horizon the back row stands, the front row being 1
_STEPS_AWAY = (1.0, 0.94, 0.87)  # the same of groups in one row
_FACE_LINE = 0.42  # y of faces in a close-up
_BELOW_FRAME = 1.03  # y just below the picture, where cut bodies end


def arrange_cast(
    company: Company, view: View, *, shot: str, share: float, rng: random.Random, stagger: bool
) -> tuple[dict[str, Placed], View]:
    """Place everybody who stands on the ground.

    Args:
        company: figures, groups and ties.
        view: the camera; moved back when the company does not fit.
        shot: the vocabulary's shot, "detail" only where there is something to show in detail.
        share: how much of the picture's width the company may take, 0..1.
        rng: for gaps and for where in the picture the company stands.
        stagger: groups of one row stand at slightly different distances.

    Returns:
        Placed figures by character id, and the camera that was used.
    """
    gaps = [rng.uniform(*_GROUP_GAP) for _ in range(len(company.groups) + 1)]
    room = view.aspect * (1 - 2 * MARGIN) * share
    centre = (0.5 if company.tables else rng.choice((0.36, 0.5, 0.5, 0.64))) * view.aspect
    if shot in ("close_up", "detail"):
        return _arrange_heads(company, view, shot, gaps, room, rng)
    row = line_up(company, company.groups, gaps)
    width = _extent(company, row)
    single = min(1.0, room / ((width[1] - width[0]) * view.scale))
    two = _two_rows(company, view, gaps, room, single, centre)
    if two is not None:
        return two
    view = view.scaled(single) if single < 1.0 else view
    placed = _stand(company, row, view, view.ground, centre)
    return (_staggered(company, placed, view, rng) if stagger else placed), view


def _staggered(company: Company, placed: dict[str, Placed], view: View, rng: random.Random) -> dict[str, Placed]:
    """Move whole groups a little away from the camera: they shrink where they stand, so nobody comes to overlap."""
    steps = [rng.choice(_STEPS_AWAY) for _ in company.groups]
    if steps and _STEPS_AWAY[0] not in steps:
        steps[0] = _STEPS_AWAY[0]  # somebody stays on the ground line
    for group, step in zip(company.groups, steps, strict=True):
        y = view.horizon + (view.ground - view.horizon) * step
        scale = view.scale_at(y)
        if y < 1.0:
            placed.update({name: Placed(one.figure, one.x, y, scale) for name in group if (one := placed[name])})
    return placed


def line_up(company: Company, groups: Sequence[Sequence[str]], gaps: Sequence[float]) -> dict[str, float]:
    """Middles of figures side by side, metres, from left to right; only those who touch may overlap."""
    row: dict[str, float] = {}
    for number, group in enumerate(groups):
        before = None
        for name in group:
            figure = company.figures[name]
            at = -math.inf
            for other, x in row.items():
                at = max(at, x + _distance(company, company.figures[other], figure, other == before))
                if other not in group:
                    at = max(at, x + company.figures[other].box[2] - figure.box[0] + gaps[number])
            row[name] = 0.0 if at == -math.inf else at
            before = name
    return row


def overlap(one: Box, other: Box) -> float:
    """Common area of two boxes."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)


def area(box: Box) -> float:
    """Area of a box."""
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _distance(company: Company, left: Figure, right: Figure, adjacent: bool) -> float:
    """How far apart two figures' middles must be at least, metres."""
    tie = company.tie_between(left.ref, right.ref)
    apart = left.box[2] - right.box[0]
    if tie is None:
        return apart + _GAP
    if tie.kind != "seat" and {left.ref, right.ref} & set(company.mount_kinds):
        return apart + _GAP  # bicycles and sleds take their room
    people = left.body is not None and right.body is not None
    upright = left.pose not in LYING and right.pose not in LYING
    if not adjacent:
        return -math.inf if tie.kind in EMBRACES and people else apart * 0.75
    if tie.kind == "seat" and upright:
        return max(0.58, apart * 0.8)
    if people and upright and tie.kind in _TOUCHING and left.body and right.body:
        near = _TOUCHING[tie.kind] * (left.body.metres + right.body.metres)
        bent = tie.kind not in EMBRACES and {left.pose, right.pose} & _KNEES_FORWARD
        return max(near, apart * 0.78) if bent else near
    return apart + _GAPS.get(tie.kind, 0.0)


def _extent(company: Company, row: dict[str, float], *, faces: bool = False) -> tuple[float, float]:
    """Left and right end of a row in metres, of its boxes or only of its faces."""
    lefts, rights = [0.0], [0.01]
    for name, x in row.items():
        figure = company.figures[name]
        x0, x1 = figure.box[0], figure.box[2]
        if faces and figure.joints is not None and figure.body is not None:
            nose, half = float(figure.joints[0, 0]), 0.6 * figure.body.metres
            x0, x1 = nose - half, nose + half
        lefts.append(x + x0)
        rights.append(x + x1)
    return min(lefts), max(rights)


def _stand(
    company: Company, row: dict[str, float], view: View, y: float, centre: float, *, faces: bool = False
) -> dict[str, Placed]:
    """Put a row on the ground at y, its middle near `centre` but inside the margins."""
    if not row:
        return {}
    scale = view.scale_at(y)
    left, right = (edge * scale for edge in _extent(company, row, faces=faces))
    margin = view.aspect * MARGIN
    start = centre - (right - left) / 2
    start = max(margin, min(start, view.aspect - margin - (right - left)))
    return {name: Placed(company.figures[name], start - left + x * scale, y, scale) for name, x in row.items()}


def _two_rows(
    company: Company, view: View, gaps: Sequence[float], room: float, single: float, centre: float
) -> tuple[dict[str, Placed], View] | None:
    """Front and back row, when that shows people larger than one row would and nobody is hidden."""
    if single > 0.75 or len(company.groups) < 2:
        return None
    low_first = sorted(company.groups, key=lambda group: max(company.figures[name].height for name in group))
    half = _half(company, low_first)
    front, back = low_first[:half], low_first[half:]
    if not front or not back:
        return None
    rows = line_up(company, front, gaps), line_up(company, back, gaps)
    widths = [(right - left) * view.scale for left, right in (_extent(company, row) for row in rows)]
    for step in _ROW_STEPS:
        factor = min(1.0, room / widths[0], room / (widths[1] * step))
        if factor * step < single:
            continue
        far = view.scaled(factor) if factor < 1.0 else view
        y_back = far.horizon + (far.ground - far.horizon) * step
        placed = _stand(company, rows[1], far, y_back, centre) | _stand(company, rows[0], far, far.ground, centre)
        if not _hidden(company, placed) and all(one.box[1] > 0.01 for one in placed.values()):
            return placed, far
    return None


def _half(company: Company, groups: Sequence[Sequence[str]]) -> int:
    """How many of the groups make the front row: just under half of the width."""
    widths = [sum(company.figures[name].width for name in group) for group in groups]
    taken, count = 0.0, 0
    for width in widths:
        if taken + width > sum(widths) * 0.5:
            break
        taken, count = taken + width, count + 1
    return max(count, 1)


def _hidden(company: Company, placed: dict[str, Placed]) -> bool:
    boxes = [(name, one.box) for name, one in placed.items()]
    for i, (name, box) in enumerate(boxes):
        for other, other_box in boxes[:i]:
            shared = overlap(box, other_box) / max(min(area(box), area(other_box)), 1e-9)
            if shared > 0.27 and company.tie_between(name, other) is None:
                return True
    return False


def _arrange_heads(
    company: Company, view: View, shot: str, gaps: Sequence[float], room: float, rng: random.Random
) -> tuple[dict[str, Placed], View]:
    """Close-ups: faces side by side near one line, bodies cut by the frame. In a detail the faces are cut instead."""
    row = line_up(company, company.groups, [gap * 0.3 for gap in gaps])
    left, right = _extent(company, row, faces=True)
    scale = min(view.scale, room / (right - left))
    ground = max(_BELOW_FRAME, _FACE_LINE + 1.5 * scale)
    view = replace(view, scale=scale, ground=ground)
    centre = rng.choice((0.42, 0.5, 0.58)) * view.aspect
    placed = _stand(company, row, view, ground, centre, faces=True)
    line = _FACE_LINE if shot == "close_up" else -0.08
    for one in placed.values():
        if one.joints is None:
            y = max(_BELOW_FRAME, 0.32 + one.figure.height * scale)
        else:
            y = one.y + line + rng.uniform(-0.02, 0.02) - float(one.joints[0, 1])
            y = 0.75 if one.figure.pose in LYING else max(y, _BELOW_FRAME)
        one.shift(0.0, min(y, 0.95 + one.figure.height * scale) - one.y)
        one.line = one.y
    return placed, view
