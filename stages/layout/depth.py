"""A blueprint as a depth picture, near white and far black."""

import numpy as np
from PIL import Image, ImageFilter

from ..errors import AlbumError
from ..records import AlbumPlan, SceneLayout
from .backdrop import backdrop_of
from .masks import region_mask

_RELIEF = 0.05  # how much nearer the middle of a body is than its edge
_ROUND = 0.035  # of the picture's shorter side: how wide the rounding is
_SOFT = 0.0015  # of the shorter side: blur of the finished picture, so that outlines do not alias


def draw_depth(layout: SceneLayout, plan: AlbumPlan, *, width: int, height: int) -> np.ndarray:
    """Draw inverse depth as MiDaS estimates it and depth ControlNets read it: near is white, far black.

    Ground rises evenly from the horizon to the lower edge, rooms have walls and a ceiling, streets facades; every
    region lies at its depth with a rounded relief. The range is stretched to 0..255 as the annotator does.
    Source: Ranftl et al., MiDaS, TPAMI 2020; ControlNet's annotator/midas.

    Args:
        layout: of one scene.
        plan: for the kind of the scene's place.
        width: of the picture, pixels, at least 1.
        height: of the picture, pixels, at least 1.

    Returns:
        (height, width, 3) uint8, three equal channels.

    Raises:
        AlbumError: the size is not positive, or the plan has no such scene.
    """
    if width < 1 or height < 1:
        raise AlbumError(f"A depth picture needs at least 1 x 1 pixels, but {width} x {height} was asked for.")
    place = plan.environment(plan.scene(layout.scene).environment)
    near = backdrop_of(layout, place.kind, place.id, width, height).nearness.copy()
    for region in layout.regions:
        mask = region_mask(region, width, height)
        inside = mask > 0
        near[inside] = 1.0 - region.depth + _RELIEF * _rounded(mask)[inside]
    low, high = float(near.min()), float(near.max())
    grey = Image.fromarray(np.rint((near - low) / max(high - low, 1e-6) * 255).astype(np.uint8))
    grey = grey.filter(ImageFilter.GaussianBlur(_SOFT * min(width, height)))
    return np.repeat(np.asarray(grey)[..., None], 3, axis=2)


def _rounded(mask: np.ndarray) -> np.ndarray:
    """-1 at a shape's edge to 1 well inside it: a blurred mask is half at the edge and full far from it."""
    radius = _ROUND * min(mask.shape)
    soft = np.asarray(Image.fromarray(mask).filter(ImageFilter.GaussianBlur(radius)), dtype=np.float32) / 255
    return np.clip((soft - 0.5) * 2, 0.0, 1.0) * 2 - 1
