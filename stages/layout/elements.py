"""A blueprint as the `elements` that ComfyUI core's bounding-box and JSON-prompt nodes read."""

from collections.abc import Mapping
from typing import Any

from ..records import AlbumPlan, SceneLayout
from .regional import region_text

GRID = 1000  # boxes are whole numbers on a square grid of 0..1000, whatever the picture's shape


def layout_elements(layout: SceneLayout, plan: AlbumPlan, appearances: Mapping[str, str]) -> list[dict[str, Any]]:
    """List the regions of a scene as prompt elements, farthest first, as core's editor asks for.

    Each is `{"type": "obj", "bbox": [y_min, x_min, y_max, x_max], "desc": text}`: y comes before x. The list is what
    "Create Bounding Boxes" gives as its `elements` and takes as its `bboxes` (as a list or as JSON text), and what
    "Build JSON Prompt (Ideogram)" puts into `compositional_deconstruction.elements`. The optional `color_palette` is
    left out; there are no elements of type "text", as blueprints hold no lettering.
    Source: comfyanonymous/ComfyUI, comfy_extras/nodes_bounding_boxes.py, build_elements and elements_to_boxes.

    Args:
        layout: of one scene.
        plan: it was made for.
        appearances: the locked appearance text by character id; who is missing goes by name.

    Returns:
        Plain data that `json.dumps` takes; empty for a scene without regions. What lies wholly outside the canvas
        is left out.

    Raises:
        AlbumError: the plan has no such scene or character.
    """
    scene = plan.scene(layout.scene)
    elements: list[dict[str, Any]] = []
    for region in layout.regions:
        x0, y0, x1, y1 = (min(max(round(edge * GRID), 0), GRID) for edge in region.box)
        if x1 > x0 and y1 > y0:
            text = region_text(region, scene, plan, appearances)
            elements.append({"type": "obj", "bbox": [y0, x0, y1, x1], "desc": text})
    return elements
