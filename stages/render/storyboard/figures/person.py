"""A whole person, from what is behind to what is in front."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from ....records import CastEntry, Character, Outfit, Region
from ..canvas import Canvas, Rgb, Xy
from .accessories import draw_at_neck, draw_backpack_bag, draw_backpack_straps, draw_watch
from .body import Body, read_body
from .bottoms import draw_leg, draw_pelvis
from .brush import Brush
from .expressions import ASLEEP, EXPRESSIONS
from .face import draw_face
from .hair import draw_back_hair, draw_hair, hair_cut
from .head import Head, draw_head, draw_neck, read_head
from .headwear import draw_headwear, draw_wrap_behind
from .limbs import draw_bare_arm
from .tops import draw_bare_trunk, draw_sleeve, draw_top
from .wardrobe import BOTTOMS, TOPS

_CLAY = (150, 150, 150)  # of a head that is nobody's

if TYPE_CHECKING:
    Tone = Callable[[Rgb], Rgb]


def draw_person(
    canvas: Canvas,
    region: Region,
    character: Character,
    outfit: Outfit,
    entry: CastEntry,
    *,
    tone: "Tone",
    light: Xy,
) -> None:
    """Draw a person on the joints of its region.

    Args:
        canvas: drawn on in place.
        region: OpenPose-18 keypoints as fractions of the canvas; `facing` decides between face and back.
        character: the looks that stay the same from scene to scene.
        outfit: what the person wears here.
        entry: pose and emotion in this scene.
        tone: a material's daylight colour to its colour under the scene's light.
        light: unit vector in the picture towards the light.
    """
    brush = Brush(canvas, tone, light)
    body = read_body(canvas, region, character)
    _Person(brush, body, read_head(body, character), character, outfit, entry).draw()


def draw_mannequin(
    canvas: Canvas,
    region: Region,
    character: Character,
    outfit: Outfit,
    entry: CastEntry,
    *,
    tone: "Tone",
    light: Xy,
) -> None:
    """Draw a dressed figure without a face, hair or anything worn that is not the outfit's: who it is stays open.

    Args:
        canvas: drawn on in place.
        region: as in `draw_person`.
        character: for the build and the skin.
        outfit: what the person wears here.
        entry: pose in this scene.
        tone: a material's daylight colour to its colour under the scene's light.
        light: unit vector in the picture towards the light.
    """
    brush = Brush(canvas, tone, light)
    body = read_body(canvas, region, character)
    _Mannequin(brush, body, read_head(body, character), character, outfit, entry).draw()


class _Person:
    def __init__(
        self, brush: Brush, body: Body, head: Head, character: Character, outfit: Outfit, entry: CastEntry
    ) -> None:
        self.brush, self.body, self.head, self.outfit, self.entry = brush, body, head, outfit, entry
        self.worn = set(character.accessories)

    def draw(self) -> None:
        far, near = self.body.sides
        raised = [side for side in (far, near) if self._raised(side)]
        behind = {far} if self.body.turn else ({far, near} if self.body.away else set())
        self._behind()
        for side in (far, near):
            if side in behind and side not in raised:
                self._arm(side)
        over = self._legs_over_the_top()
        self._legs([side for side in (far, near) if side not in over])
        self._trunk()
        self._legs([side for side in (far, near) if side in over])
        for side in (far, near):
            if side not in behind and side not in raised:
                self._arm(side)
        self._head()
        for side in raised:
            self._arm(side)

    def _behind(self) -> None:
        if self.body.away:
            return
        if "backpack" in self.worn:
            draw_backpack_bag(self.brush, self.body)
        draw_back_hair(self.brush, self.head)
        draw_wrap_behind(self.brush, self.head)

    def _legs(self, sides: list[str]) -> None:
        far = self.body.sides[0] if self.body.turn else ""
        for side in sides:
            draw_leg(self.brush, self.body, side, self.outfit, self.head.skin, far=side == far)

    def _legs_over_the_top(self) -> set[str]:
        """The raised thighs of someone who sits; cloth that hangs over the legs stays above them."""
        bottom = BOTTOMS[self.outfit.bottom]
        if TOPS[self.outfit.top].reach or bottom is None or bottom.skirt or self.body.away:
            return set()
        far = self.body.sides[0] if self.body.turn else ""
        return {side for side in "lr" if side != far and self.body.folded(side)}

    def _trunk(self) -> None:
        brush, body, skin = self.brush, self.body, self.head.skin
        draw_bare_trunk(brush, body, skin)
        draw_pelvis(brush, body, self.outfit)
        draw_neck(brush, body, self.head)
        draw_top(brush, body, self.outfit, skin)
        if "backpack" in self.worn:
            draw_backpack_straps(brush, body)
        draw_at_neck(brush, body, self.worn)

    def _arm(self, side: str) -> None:
        draw_bare_arm(self.brush, self.body, side, self.head.skin)
        draw_sleeve(self.brush, self.body, side, self.outfit, self.head.skin)
        if side == "l" and "watch" in self.worn:
            draw_watch(self.brush, self.body)

    def _head(self) -> None:
        brush, head = self.brush, self.head
        if head.away and "backpack" in self.worn:
            draw_backpack_bag(brush, self.body)
        cut = hair_cut(head)
        draw_head(brush, head, ears=cut is None or not cut.covers_ears)
        if not head.away:
            asleep = self.entry.pose == "sleeping"
            draw_face(brush, head, ASLEEP if asleep else EXPRESSIONS[self.entry.emotion])
        draw_hair(brush, head)
        for accessory in sorted(self.worn):
            draw_headwear(brush, head, accessory)

    def _raised(self, side: str) -> bool:
        """Whether the hand is near the head, so that the arm must lie over it."""
        _, elbow, wrist = self.body.arm(side)
        reach = self.body.unit
        return any(math.dist(point, self.head.frame.origin) < reach * 1.0 for point in (elbow, wrist))


class _Mannequin(_Person):
    """Only the clothes and the pose of a person."""

    def __init__(
        self, brush: Brush, body: Body, head: Head, character: Character, outfit: Outfit, entry: CastEntry
    ) -> None:
        super().__init__(brush, body, head, character, outfit, entry)
        self.worn = set()

    def _behind(self) -> None:
        """No hair."""

    def _head(self) -> None:
        self.brush.fill([self.head.frame.ellipse(0.0, 0.0, 0.4, 0.48)], _CLAY)
