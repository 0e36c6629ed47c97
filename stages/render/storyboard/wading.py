"""Swimmers and bathers: what of them is under water."""

from PIL import Image, ImageFilter

from ...records import Region
from ..renderer import PhotoJob
from .canvas import Xy, mix
from .view import View

_WATERSIDE = frozenset({"beach", "harbor", "coastal_town", "lake"})
_BACK = (1, 8, 11)  # neck and hips
_DRY_SHARE = {"swimming": 0.5, "lying": 0.45, "sleeping": 0.45}  # of the height that stays above water
_WADING_SHARE = 0.62
_BODY_SHINES = 0.3  # how much of a body can be seen through the water


def immersed(job: PhotoJob, region: Region) -> bool:
    """Whether somebody is in the water: where one of the cast swims, the blueprint puts everybody there."""
    if region.kind != "character" or job.environment.kind not in _WATERSIDE:
        return False
    swims = any(entry.pose == "swimming" for entry in job.scene.cast)
    return swims and job.scene.camera.shot in ("wide", "medium") and job.scene.camera.angle != "overhead"


def waterline(view: View, region: Region, before: Image.Image) -> None:
    """Let the water cover what was just drawn below the waterline, with foam where body and water meet.

    Args:
        view: the camera; its canvas holds the body.
        region: whose body.
        before: the canvas without it.
    """
    canvas = view.canvas
    x0, y0, x1, y1 = region.box
    left, right = x0 * canvas.width, x1 * canvas.width
    top, foot = y0 * canvas.height, y1 * canvas.height
    line = top + (foot - top) * _DRY_SHARE.get(region.pose or "", _WADING_SHARE)
    if region.pose == "swimming" and len(region.keypoints) == 18:  # at the back, not at the arm that is lifted
        line = (sum(region.keypoints[joint][1] for joint in _BACK) / len(_BACK)) * canvas.height
    line = max(line, view.horizon + 0.3 * max(foot - view.horizon, 0.0))
    mask = Image.new("L", canvas.image.size, 0)
    scale = canvas.scale
    area = (0, round(line * scale), canvas.image.width, canvas.image.height)
    mask.paste(round(255 * (1 - _BODY_SHINES)), area)
    mask = mask.filter(ImageFilter.BoxBlur(0.004 * canvas.height * scale))
    canvas.image = Image.composite(before, canvas.image, mask)
    foam = (*mix(view.look.tone((235, 245, 250)), (255, 255, 255), 0.2), 200)
    middle, half = (left + right) / 2, (right - left) / 2
    thick = max(1.0, 0.006 * canvas.height)
    for reach, drop, alpha in ((0.8, 0.0, 200), (1.1, 2.0, 110)):
        wave: list[Xy] = [
            (middle + half * reach * t, line + drop * thick + (thick * 0.5 if index % 2 else -thick * 0.3))
            for index, t in enumerate((-1.0, -0.6, -0.2, 0.2, 0.6, 1.0))
        ]
        canvas.curve(wave, thick, (*foam[:3], alpha))
