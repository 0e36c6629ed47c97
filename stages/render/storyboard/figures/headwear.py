"""What people wear on the head: glasses, bows, flowers, headphones, earrings; hats are in `hats`."""

from collections.abc import Callable

from ..canvas import Rgb, ellipse_points, shade
from . import palette
from .brush import Brush
from .hats import HATS
from .head import Head, near_ear
from .on_head import TRIM, OnHead


def draw_headwear(brush: Brush, head: Head, accessory: str) -> None:
    """One accessory of the head, over the hair. Others than the head's are left alone."""
    painter = _PAINTERS.get(accessory)
    if painter is not None:
        painter(OnHead(brush, head))


def draw_wrap_behind(brush: Brush, head: Head) -> None:
    """The part of a headscarf that falls behind the neck; drawn before the trunk."""
    if "headscarf" in head.character.accessories:
        w = head.width
        fall = [
            (-w * 1.1, -0.2),
            (w * 1.1, -0.2),
            (w * 1.2, 0.4),
            (w * 1.25, 0.85),
            (0.0, 0.95),
            (-w * 1.25, 0.85),
            (-w * 1.2, 0.4),
        ]
        brush.fill([head.frame.blob(fall)], shade(TRIM["headscarf"], -0.22), outline=head.frame.unit * 0.012)


def _lenses(on: OnHead, color: Rgb, glass: Rgb, opacity: float) -> None:
    if on.head.away:
        return
    low = {"baby": 0.075, "child": 0.055, "teen": 0.02}.get(on.head.age, 0.0) + 0.01
    centers = []
    for side in (-1, 1):
        x = on.head.across(side * 0.175)
        far = 0.84 if side * on.t > 0 else 1.0
        lens = [on.frame.ellipse(x, low, 0.132 * far, 0.118)]
        on.brush.fill(lens, glass, opacity=opacity)
        ring = [on.frame(*point) for point in _circle(x, low, 0.132 * far, 0.118)]
        on.brush.line(ring, on.unit * 0.022, color)
        glint = [(x - 0.05, low - 0.055), (x - 0.085, low + 0.0)]
        on.line(glint, 0.018, palette.WHITE, lens)
        centers.append((x, far))
    (left, lf), (right, rf) = centers
    on.line(
        [(left + 0.132 * lf, low - 0.02), ((left + right) / 2, low - 0.045), (right - 0.132 * rf, low - 0.02)],
        0.022,
        color,
    )
    for side, (x, far) in zip((-1, 1), centers, strict=True):
        if side * on.t <= 0:
            end = (near_ear(on.head), low) if on.t else (side * on.w * 1.0, low - 0.02)
            on.line([(x + side * 0.132 * far, low - 0.03), end], 0.02, color)


def _circle(x: float, y: float, rx: float, ry: float) -> list[tuple[float, float]]:
    points = ellipse_points((x, y), rx, ry, count=30)
    return [*points, points[0]]


def _glasses(on: OnHead) -> None:
    _lenses(on, (52, 44, 52), (224, 240, 250), 0.22)


def _sunglasses(on: OnHead) -> None:
    _lenses(on, (34, 30, 38), (44, 42, 58), 0.9)


def _hair_bow(on: OnHead) -> None:
    color = TRIM["hair_bow"]
    x, y = (on.w * 0.62 * (-on.t or 1), -0.47) if not on.head.away else (0.0, -0.3)
    for side in (-1, 1):
        on.blob(
            [(x, y), (x + side * 0.15, y - 0.10), (x + side * 0.185, y + 0.01), (x + side * 0.14, y + 0.095)],
            color,
            shaded=0.025,
            tension=0.4,
        )
    on.blob(
        [(x - 0.04, y - 0.045), (x + 0.04, y - 0.045), (x + 0.04, y + 0.045), (x - 0.04, y + 0.045)],
        shade(color, -0.2),
        shaded=0,
    )


def _flower_crown(on: OnHead) -> None:
    colors: tuple[Rgb, ...] = ((240, 120, 140), (252, 244, 232), (246, 196, 80), (150, 120, 200))
    r = on.w + 0.04
    arc = [
        (-r, -0.25),
        (-r * 0.72, -0.37),
        (-r * 0.38, -0.435),
        (0.0, -0.455),
        (r * 0.38, -0.435),
        (r * 0.72, -0.37),
        (r, -0.25),
    ]
    on.line(arc, 0.05, (86, 140, 82))
    for index, (x, y) in enumerate(arc):
        color = colors[index % len(colors)]
        petals = [
            on.frame.ellipse(x + dx, y + dy, 0.05, 0.05)
            for dx, dy in ((0.05, 0.0), (-0.05, 0.0), (0.0, 0.05), (0.0, -0.05))
        ]
        on.brush.fill(petals, color, outline=on.unit * 0.008)
        on.brush.fill(
            [on.frame.ellipse(x, y, 0.032, 0.032)],
            (250, 205, 90) if color[0] < 245 or color[2] > 200 else (190, 90, 60),
        )


def _headphones(on: OnHead) -> None:
    color = TRIM["headphones"]
    r = on.w + 0.075
    on.line(
        [
            (-r, 0.0),
            (-r * 0.96, -0.34),
            (-r * 0.55, -0.56),
            (0.0, -0.63),
            (r * 0.55, -0.56),
            (r * 0.96, -0.34),
            (r, 0.0),
        ]
        if not on.t
        else [(near_ear(on.head), 0.0), (near_ear(on.head) * 0.8, -0.4), (-on.t * 0.02, -0.62)],
        0.055,
        color,
    )
    for x in (near_ear(on.head),) if on.t else (-on.w * 1.06, on.w * 1.06):
        on.brush.fill(
            [on.frame.ellipse(x, 0.05, 0.10 if not on.t else 0.135, 0.165)],
            (222, 92, 82),
            outline=on.unit * 0.014,
            shade=on.unit * 0.04,
        )


def _earrings(on: OnHead) -> None:
    if on.head.away:
        return
    for x in (near_ear(on.head),) if on.t else (-on.w * 1.02, on.w * 1.02):
        on.brush.fill([on.frame.ellipse(x, 0.20, 0.042, 0.05)], palette.METAL, outline=on.unit * 0.01)
        on.brush.fill([on.frame.ellipse(x - 0.012, 0.188, 0.012, 0.014)], palette.WHITE)


_PAINTERS: dict[str, Callable[[OnHead], None]] = {
    **HATS, "glasses": _glasses, "sunglasses": _sunglasses, "hair_bow": _hair_bow, "flower_crown": _flower_crown,
    "headphones": _headphones, "earrings": _earrings,
}  # fmt: skip
