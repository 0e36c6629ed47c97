"""A blueprint as the pixel maps that the built-in model is conditioned on."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image, ImageDraw

from ...records import Region, SceneLayout
from ...vocabulary import OPENPOSE_18

# Values of `limbs`: 1 to 13 are bones between OpenPose joints, in this order; then the head and what is in the face.
BONES: Final[tuple[tuple[str, str], ...]] = (
    ("neck", "r_shoulder"), ("r_shoulder", "r_elbow"), ("r_elbow", "r_wrist"),
    ("neck", "l_shoulder"), ("l_shoulder", "l_elbow"), ("l_elbow", "l_wrist"),
    ("neck", "r_hip"), ("r_hip", "r_knee"), ("r_knee", "r_ankle"),
    ("neck", "l_hip"), ("l_hip", "l_knee"), ("l_knee", "l_ankle"),
    ("neck", "nose"),
)  # fmt: skip
HEAD, EYE, NOSE = len(BONES) + 1, len(BONES) + 2, len(BONES) + 3
LIMB_VALUES: Final = NOSE + 1
# Values of `parts`: what a pixel of a region most likely shows; only people have more than a body.
PARTS: Final = ("none", "body", "forearm", "thigh", "shin", "foot", "hair", "face", "hand")
_PART: Final = {name: index for index, name in enumerate(PARTS)}
_JOINT: Final = {name: index for index, name in enumerate(OPENPOSE_18)}
_NEAREST = 0.8  # inverse depth of the ground on the ground line, where regions have depth 0.2
_BONE_WIDTH = 0.16  # of a head's height
_LIMB_WIDTH = 0.42  # likewise, of a clothed limb


@dataclass(frozen=True, eq=False)
class BlueprintRaster:
    """Maps of one scene, each (height, width) uint8.

    instance: 0 background, i + 1 where region i of the layout is seen.
    limbs: 0 none, else a bone, head, eye or nose of the person seen there; see `BONES`.
    nearness: inverse depth, 0 far to 255 near.
    parts: see `PARTS`.
    """

    instance: np.ndarray
    limbs: np.ndarray
    nearness: np.ndarray
    parts: np.ndarray

    def at(self, index: Any) -> "BlueprintRaster":
        """All maps indexed alike, as numpy does it."""
        return BlueprintRaster(self.instance[index], self.limbs[index], self.nearness[index], self.parts[index])


def blueprint_raster(layout: SceneLayout, *, width: int, height: int) -> BlueprintRaster:
    """Rasterise a blueprint, nearer regions over farther ones.

    Args:
        layout: of one scene; at most 64 regions.
        width: of the maps, pixels.
        height: of the maps, pixels.
    """
    instance = Image.new("L", (width, height), 0)
    limbs = Image.new("L", (width, height), 0)
    near = Image.fromarray(_ground(layout, width, height))
    parts = Image.new("L", (width, height), 0)
    draws = ImageDraw.Draw(instance), ImageDraw.Draw(limbs), ImageDraw.Draw(near), ImageDraw.Draw(parts)
    for index, region in enumerate(layout.regions):
        fills = (index + 1, 0, round(255 * min(1.0, 1.0 - region.depth)), _PART["body"])
        for polygon in _polygons(region, width, height):
            for draw, fill in zip(draws, fills, strict=True):
                draw.polygon(polygon, fill=fill)
        if region.keypoints:
            _draw_limbs(draws[1], region, width, height)
            _draw_parts(draws[3], region, width, height)
    # Parts are drawn wider than the figure: what lies outside every region is nobody's.
    shown = np.where(np.asarray(instance) > 0, np.asarray(parts), 0).astype(np.uint8)
    return BlueprintRaster(np.asarray(instance), np.asarray(limbs), np.asarray(near), shown)


def shrunk(raster: BlueprintRaster, size: int) -> BlueprintRaster:
    """A square raster at another size, by nearest pixels: a map's values are names."""
    side = raster.instance.shape[0]
    index = ((np.arange(size) + 0.5) * side / size).astype(np.int64)
    return raster.at(np.ix_(index, index))


def window(raster: BlueprintRaster, x: int, y: int, side: int) -> BlueprintRaster:
    """A square of a raster: corner and side in pixels."""
    return raster.at(np.s_[y : y + side, x : x + side])


def _ground(layout: SceneLayout, width: int, height: int) -> np.ndarray:
    """Inverse depth of flat ground grows evenly from the horizon down."""
    y = (np.arange(height, dtype=np.float32) + 0.5) / height
    slope = _NEAREST / max(min(layout.ground, 1.0) - layout.horizon, 0.05)
    column = np.rint(255 * np.clip((y - layout.horizon) * slope, 0.0, 1.0)).astype(np.uint8)
    return np.repeat(column[:, None], width, axis=1)


def _polygons(region: Region, width: int, height: int) -> list[list[tuple[float, float]]]:
    x0, y0, x1, y1 = region.box
    polygons = region.mask or [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]]
    return [[(x * width - 0.5, y * height - 0.5) for x, y in polygon] for polygon in polygons if len(polygon) > 2]


def _draw_limbs(draw: ImageDraw.ImageDraw, region: Region, width: int, height: int) -> None:
    points = [(x * width - 0.5, y * height - 0.5) for x, y, _ in region.keypoints]
    seen = [flag > 0 for _, _, flag in region.keypoints]
    head = _head_size(points)
    thick = max(1, round(head * _BONE_WIDTH))
    for value, (start, end) in enumerate(BONES, start=1):
        a, b = _JOINT[start], _JOINT[end]
        if seen[a] and seen[b]:
            draw.line([points[a], points[b]], fill=value, width=thick)
    nose = _JOINT["nose"]
    _dot(draw, points[nose], head * 0.42, HEAD)
    for name, value in (("r_eye", EYE), ("l_eye", EYE), ("nose", NOSE)):
        if seen[_JOINT[name]]:
            _dot(draw, points[_JOINT[name]], head * 0.07, value)


def _draw_parts(draw: ImageDraw.ImageDraw, region: Region, width: int, height: int) -> None:
    points = {
        name: (x * width - 0.5, y * height - 0.5) for name, (x, y, _) in zip(OPENPOSE_18, region.keypoints, strict=True)
    }
    head = _head_size(list(points.values()))
    thick = max(1, round(head * _LIMB_WIDTH))
    for side in ("r", "l"):
        for start, end, part in (("hip", "knee", "thigh"), ("knee", "ankle", "shin"), ("elbow", "wrist", "forearm")):
            ends = [points[f"{side}_{start}"], points[f"{side}_{end}"]]
            draw.line(ends, fill=_PART[part], width=thick if part != "forearm" else max(1, round(0.7 * thick)))
        _dot(draw, points[f"{side}_ankle"], 0.26 * head, _PART["foot"])
        _dot(draw, points[f"{side}_wrist"], 0.18 * head, _PART["hand"])
    (x0, y0), (x1, y1) = points["neck"], points["nose"]
    _dot(draw, (x1 + 0.08 * (x1 - x0), y1 + 0.08 * (y1 - y0)), 0.55 * head, _PART["hair"])
    if region.keypoints[_JOINT["nose"]][2] > 0:
        _dot(draw, (x1 - 0.12 * (x1 - x0), y1 - 0.12 * (y1 - y0)), 0.38 * head, _PART["face"])


def _head_size(points: list[tuple[float, float]]) -> float:
    """Pixels from the neck to the nose and as much again: about a head."""
    (x0, y0), (x1, y1) = points[_JOINT["neck"]], points[_JOINT["nose"]]
    return 1.3 * float(np.hypot(x1 - x0, y1 - y0))


def _dot(draw: ImageDraw.ImageDraw, center: tuple[float, float], radius: float, value: int) -> None:
    x, y = center
    radius = max(radius, 0.4)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=value)
