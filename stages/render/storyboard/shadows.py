"""The shadows that people and things throw on the ground."""

from collections.abc import Collection, Sequence

from ...records import Region
from .canvas import Xy
from .view import View


def paint_shadows(view: View, regions: Sequence[Region], held: Collection[str]) -> None:
    """Contact shadows under everything that stands on the ground, and cast ones away from the light.

    Args:
        view: the camera.
        regions: of the layout.
        held: ids of objects in somebody's hands, which throw none.
    """
    canvas = view.canvas
    dark = (16, 18, 34)
    contact = 95 + round(70 * view.look.shadow)
    for region in regions:
        x0, y0, x1, y1 = _pixels(view, region)
        width = x1 - x0
        if region.ref in held or y1 < view.horizon + 0.02 * view.focal or y1 > canvas.height * 1.06 or width <= 0:
            continue
        if view.look.shadow > 0.2:
            with canvas.layer(blur=max(0.8, 0.012 * (y1 - y0)), opacity=min(0.62, view.look.shadow)):
                for outline in _outlines(region, (x0, y0, x1, y1), view):
                    canvas.polygon(_thrown(outline, y1, view), (*dark, 200))
        with canvas.layer(blur=max(0.6, 0.035 * width)):
            shift = -view.light[0] * 0.06 * width
            canvas.ellipse(
                ((x0 + x1) / 2 + shift, y1 - 0.008 * width),
                0.46 * width,
                min(0.075 * width, 0.05 * view.focal),
                (*dark, contact),
            )


def _pixels(view: View, region: Region) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = region.box
    width, height = view.canvas.width, view.canvas.height
    return x0 * width, y0 * height, x1 * width, y1 * height


def _outlines(region: Region, box: tuple[float, float, float, float], view: View) -> list[list[Xy]]:
    if region.mask:
        width, height = view.canvas.width, view.canvas.height
        return [[(x * width, y * height) for x, y in polygon] for polygon in region.mask if len(polygon) > 2]
    x0, y0, x1, y1 = box
    inset = 0.12 * (x1 - x0)
    return [
        [
            (x0 + inset, y1),
            (x0 + inset, y0 + 2 * inset),
            ((x0 + x1) / 2, y0),
            (x1 - inset, y0 + 2 * inset),
            (x1 - inset, y1),
        ]
    ]


def _thrown(outline: Sequence[Xy], foot: float, view: View) -> list[Xy]:
    """Lay an upright outline on the ground, away from the light."""
    light_x, light_y = view.light
    steep = max(0.35, -light_y)
    reach = max(-1.5, min(1.5, -light_x / steep))
    return [(x + reach * max(0.0, foot - y) * 0.75, foot - max(0.0, foot - y) * 0.10) for x, y in outline]
