"""Lines between things: a leash from hand to collar, the strings of kites and balloons."""

import math
from collections.abc import Sequence

from ...records import Character, Region, SceneObject
from .canvas import Box, Canvas, Rgb, Tone, Xy, shade
from .props import COLORS

_R_ELBOW, _R_WRIST, _L_ELBOW, _L_WRIST = 3, 4, 6, 7
_STRING: Rgb = (236, 234, 226)
_LEATHER: Rgb = (206, 62, 58)
_BUNCH = 0.64  # width over height of a bunch of balloons with the short ends of its strings


def draw_leash(
    canvas: Canvas,
    thing: SceneObject,
    box: Box,
    regions: Sequence[Region],
    characters: Sequence[Character],
    tone: Tone,
) -> bool:
    """Draw a leash as a slack line from its holder's hand to the nearest animal's neck; False when nobody holds it.

    Args:
        canvas: drawn on in place.
        thing: the leash.
        box: what the blueprint says that it spans, pixels.
        regions: of the layout.
        characters: of the scene.
        tone: a material's daylight colour to its colour under the scene's light.
    """
    animals = {one.id for one in characters if one.kind == "animal"}
    led = [region for region in regions if region.ref in animals]
    hands = hands_of(canvas, thing.held_by, regions)
    if not hands or not led:
        return False
    hand = min(hands, key=lambda point: _outside(point, box))
    neck = min((_neck(canvas, region) for region in led), key=lambda point: _outside(point, box))
    width = max(1.2, 0.0045 * math.sqrt(canvas.width * canvas.height))
    color = tone(COLORS[thing.color] if thing.color else _LEATHER)
    sag = 0.10 * math.dist(hand, neck)
    line = [hand, ((hand[0] * 2 + neck[0]) / 3, (hand[1] * 2 + neck[1]) / 3 + sag)]
    line += [((hand[0] + neck[0] * 2) / 3, (hand[1] + neck[1] * 2) / 3 + sag), neck]
    canvas.curve(line, width * 1.7, shade(color, -0.4))
    canvas.curve(line, width, color)
    canvas.ellipse(neck, width * 1.3, width * 1.3, shade(color, -0.2))
    return True


def draw_string(canvas: Canvas, thing: SceneObject, box: Box, regions: Sequence[Region], tone: Tone) -> Box:
    """Draw the string that holds a kite or balloons down: to the hand, or to a weight on the ground.

    Args:
        canvas: drawn on in place, before the thing itself.
        thing: a kite or balloons.
        box: pixels.
        regions: of the layout.
        tone: a material's daylight colour to its colour under the scene's light.

    Returns:
        The box of the thing without its string, pixels.
    """
    x0, y0, x1, y1 = box
    middle, width = (x0 + x1) / 2, max(0.8, 0.0022 * math.sqrt(canvas.width * canvas.height))
    hands = hands_of(canvas, thing.held_by, regions)
    color = (*tone(_STRING), 225)
    if thing.kind == "kite":
        start: Xy = (middle, y0 + 0.3 * (y1 - y0))
        if hands:
            hand = min(hands, key=lambda point: point[1])  # the raised one
            sag = (hand[0] * 0.4 + start[0] * 0.6, hand[1] * 0.55 + start[1] * 0.45)
            canvas.curve([start, sag, hand], width, color)
        return box
    bunch = min(y1 - y0, (x1 - x0) / _BUNCH)
    end: Xy = min(hands, key=lambda point: math.dist(point, (middle, y1))) if hands else (middle, y1)
    canvas.curve([(middle, y0 + bunch * 0.97), ((middle + end[0]) / 2, (y0 + bunch + end[1]) / 2), end], width, color)
    if not hands and thing.held_by is None:
        size = 0.09 * (x1 - x0)
        canvas.ellipse((middle, y1 - size * 0.6), size, size * 0.7, tone((150, 84, 70)))
    return x0, y0, x1, y0 + bunch


def hands_of(canvas: Canvas, holder: str | None, regions: Sequence[Region]) -> list[Xy]:
    """The hands of a person in pixels, a little beyond the wrists; empty for nobody and for animals."""
    for region in regions:
        if region.ref == holder and len(region.keypoints) == 18:
            hands = []
            for elbow, wrist in ((_R_ELBOW, _R_WRIST), (_L_ELBOW, _L_WRIST)):
                (ex, ey, _), (wx, wy, _) = region.keypoints[elbow], region.keypoints[wrist]
                hands.append(((wx + (wx - ex) * 0.15) * canvas.width, (wy + (wy - ey) * 0.15) * canvas.height))
            return hands
    return []


def _neck(canvas: Canvas, region: Region) -> Xy:
    x0, y0, x1, y1 = region.box
    along = {"right": 0.75, "left": 0.25}.get(region.facing, 0.5)
    return (x0 + (x1 - x0) * along) * canvas.width, (y0 + (y1 - y0) * 0.35) * canvas.height


def _outside(point: Xy, box: Box) -> float:
    """Distance of a point from a box."""
    dx = max(box[0] - point[0], 0.0, point[0] - box[2])
    dy = max(box[1] - point[1], 0.0, point[1] - box[3])
    return math.hypot(dx, dy)
