"""Prompts for the parts of a picture: who or what is where, in words and as masks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .. import vocabulary as v
from ..records import AlbumPlan, CastEntry, Environment, Outfit, Region, Scene, SceneLayout, SceneObject
from .figures import Box
from .masks import scene_masks

_POSES: dict[v.Pose, str] = {
    "hugging": "hugging", "holding_hands": "holding hands", "photographing": "taking a photo",
}  # fmt: skip
_FACING = {
    "left": "turned to the left", "right": "turned to the right", "camera": "facing the camera",
    "away": "seen from behind",
}  # fmt: skip
_PLURAL_BOTTOMS = frozenset({"jeans", "trousers", "shorts", "leggings", "swim_shorts"})
_WEATHER: dict[v.Weather, str] = {
    "clear": "clear sky", "partly_cloudy": "some clouds", "overcast": "overcast sky", "rain": "rain", "snow": "snow",
    "fog": "fog", "storm": "stormy sky", "wind": "wind",
}  # fmt: skip
_LIGHT: dict[v.Lighting, str] = {
    "sunrise": "light of sunrise", "daylight": "daylight", "golden_hour": "golden hour light",
    "blue_hour": "blue hour light", "night": "night", "lamplight": "lamplight", "firelight": "firelight",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class RegionPrompt:
    """One part of the picture: what is there and where it can be seen.

    region: id of the layout's region, "background" for what is behind them all. mask: (height, width) uint8, 0 or
    255, visible parts only. box: x0, y0, x1, y1 as fractions of the canvas, cut at its edges.
    """

    region: str
    kind: Literal["character", "object", "background"]
    prompt: str
    mask: np.ndarray
    box: Box


def scene_regions(
    layout: SceneLayout, plan: AlbumPlan, appearances: Mapping[str, str], *, width: int, height: int
) -> list[RegionPrompt]:
    """Describe every region of a scene so that it can be encoded as conditioning of its own, limited to its mask.

    Args:
        layout: of one scene.
        plan: it was made for.
        appearances: the locked appearance text by character id; who is missing goes by name.
        width: of the masks, pixels.
        height: of the masks, pixels.

    Returns:
        One prompt per region in the layout's order, farthest first. Masks do not overlap; one that is wholly hidden
        is all 0.

    Raises:
        AlbumError: the plan has no such scene or character.
    """
    scene = plan.scene(layout.scene)
    masks = scene_masks(layout, width, height)
    return [
        RegionPrompt(region.id, region.kind, region_text(region, scene, plan, appearances), mask, _cut(region.box))
        for region, mask in zip(layout.regions, masks, strict=True)
    ]


def background_region(layout: SceneLayout, plan: AlbumPlan, *, width: int, height: int) -> RegionPrompt:
    """Describe place, weather and light, and where nothing stands before them.

    Args:
        layout: of one scene.
        plan: it was made for.
        width: of the mask, pixels.
        height: of the mask, pixels.

    Raises:
        AlbumError: the plan has no such scene.
    """
    masks = scene_masks(layout, width, height)
    covered = masks.any(axis=0) if len(masks) else np.zeros((height, width), bool)
    free = np.where(covered, 0, 255).astype(np.uint8)
    return RegionPrompt("background", "background", background_text(layout, plan), free, (0.0, 0.0, 1.0, 1.0))


def background_text(layout: SceneLayout, plan: AlbumPlan) -> str:
    """The scene without its cast and objects, in words.

    Raises:
        AlbumError: the plan has no such scene.
    """
    scene = plan.scene(layout.scene)
    place = plan.environment(scene.environment)
    indoors = place.kind in v.INDOOR_KINDS
    weather = "" if indoors else _WEATHER[scene.weather]
    where = _place_words(place)
    features = [feature for feature in place.features if feature.lower() not in where.lower()]
    return _joined([where, *features, weather, _LIGHT[scene.lighting], f"{scene.mood} mood"])


def region_text(region: Region, scene: Scene, plan: AlbumPlan, appearances: Mapping[str, str]) -> str:
    """What one region shows, in words: looks, clothes, action and emotion of the cast; name and colour of things.

    Raises:
        AlbumError: the plan has no such character.
    """
    if region.kind == "object":
        thing = next((one for one in scene.objects if one.id == region.ref), None)
        return _thing_words(thing) if thing else region.ref.replace("-", " ").replace("_", " ")
    character = plan.character(region.ref)
    look = appearances.get(character.id, character.name)
    entry = next((one for one in scene.cast if one.character == character.id), CastEntry(character=character.id))
    outfit = plan.outfit(entry)
    clothes = f"wearing {_outfit_words(outfit)}" if outfit and character.kind == "person" else ""
    doing = entry.action or _POSES.get(entry.pose, entry.pose.replace("_", " "))
    feeling = {"neutral": "", "laughing": "laughing"}.get(entry.emotion, f"looking {entry.emotion}")
    return _joined([look, clothes, doing, feeling, _FACING[region.facing]])


def _outfit_words(outfit: Outfit) -> str:
    pattern = "" if outfit.pattern == "plain" else f"{outfit.pattern} "
    top = outfit.top.replace("t_shirt", "t-shirt").replace("_", " ")
    parts = [_article(f"{outfit.top_color} {pattern}{top}")]
    if outfit.bottom != "none" and outfit.top not in ("dress", "swimsuit"):
        bottom = f"{outfit.bottom_color} {outfit.bottom.replace('_', ' ')}"
        parts.append(bottom if outfit.bottom in _PLURAL_BOTTOMS else _article(bottom))
    if outfit.footwear != "barefoot":
        parts.append(f"{outfit.footwear_color} {outfit.footwear}")
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _thing_words(thing: SceneObject) -> str:
    name = thing.name or thing.kind.replace("_", " ")
    words = f"{thing.color} {name}" if thing.color and thing.color not in name else name
    if thing.count > 1:
        return f"{thing.count} x {words}"
    return words if name.endswith("s") else _article(words)


def _place_words(place: Environment) -> str:
    kind = place.kind.replace("_", " ")
    if place.description:
        return place.description
    return f"{place.name}, {_article(kind)}" if place.name and kind not in place.name.lower() else place.name or kind


def _article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def _joined(parts: list[str]) -> str:
    return ", ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _cut(box: Box) -> Box:
    x0, y0, x1, y1 = (min(max(edge, 0.0), 1.0) for edge in box)
    return x0, y0, x1, y1
