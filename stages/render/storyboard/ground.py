"""Textured ground in perspective: grass, sand, snow, paving, boards … and water with reflections and glints."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from .canvas import Rgb, mix
from .noise import sample, sample_smooth
from .sky import sky_color
from .view import EYE_M, View

# (metres right, metres away) -> 0 bare to 1 covered
Cover = Callable[[np.ndarray, np.ndarray], np.ndarray]
_Texture = Callable[["_Plot"], np.ndarray]
_MAX_Z = 4000.0


class _Plot:
    """The ground seen by a view: for every pixel of some rows, where in the world it is."""

    def __init__(self, view: View, top: int, bottom: int) -> None:
        ys = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5
        xs = np.arange(view.canvas.width, dtype=np.float32)[None, :] + 0.5
        drop = np.maximum(ys - view.horizon, view.focal * EYE_M / _MAX_Z)
        self.view = view
        self.z = view.focal * EYE_M / drop  # (rows, 1) metres
        self.x = (xs - view.canvas.width / 2) * self.z / view.focal  # (rows, columns) metres
        self.near = np.clip(7.0 / self.z, 0.0, 1.0)  # fine texture fades before it would flicker

    def noise(self, name: str, roughness: float, per_metre_x: float, per_metre_z: float) -> np.ndarray:
        """Noise fixed to the ground, centred on 0, about -0.5..0.5."""
        tile = self.view.tile(name, roughness)
        z = np.broadcast_to(self.z * per_metre_z, self.x.shape)
        return sample_smooth(tile, self.x * per_metre_x, z) - 0.5


def lay_ground(view: View, texture: str, *, cover: Cover | None = None, soft: bool = True) -> None:
    """Cover the ground, or the part of it that `cover` says, with one of TEXTURES.

    Args:
        view: the camera.
        texture: a key of TEXTURES.
        cover: where; everywhere when None.
        soft: natural ground, which snow covers; paving and boards stay partly bare.
    """
    top, bottom = max(0, int(view.horizon)), view.canvas.height
    if bottom - top < 1:
        return
    plot = _Plot(view, top, bottom)
    color = TEXTURES[texture](plot)
    if view.look.snowy and texture in _OPEN_AIR:
        color = _snowed(plot, color, 0.95 if soft else 0.62)
    color = color * np.asarray(view.look.light, np.float32)
    if view.look.wet and texture in _OPEN_AIR:
        color = _puddled(plot, color, 0.76 if soft else 0.64)
    air = np.minimum(0.95, 1.0 - np.exp(-plot.z / view.look.sight_m))[..., None]
    color = color * (1 - air) + np.asarray(view.look.haze, np.float32) * air
    pixels = np.empty((*plot.x.shape, 4), np.uint8)
    pixels[..., :3] = np.clip(color, 0, 255)
    pixels[..., 3] = 255 if cover is None else (np.clip(cover(plot.x, plot.z), 0, 1) * 255).astype(np.uint8)
    view.canvas.patch(pixels, (0, top, view.canvas.width, bottom))


def winding(view: View, name: str, width_m: float, *, bend_m: float = 2.0, offset_m: float = 0.0) -> Cover:
    """Cover for a path or stream that winds away from the camera."""
    rng = view.rng("winding", name)
    phase, pace = rng.uniform(0, 6.28), rng.uniform(0.09, 0.14)
    tile = view.tile("edge", 1.0)

    def cover(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        middle = offset_m + bend_m * (np.sin(z * pace + phase) - np.sin(phase)) * np.clip(z / 12, 0, 1.6)
        ragged = (sample(tile, np.floor(x * 9), np.floor(np.broadcast_to(z * 7, x.shape))) - 0.5) * 0.5
        return (width_m / 2 + ragged - np.abs(x - middle)) * 4.0

    return cover


def shore(
    view: View, name: str, z_m: float, *, wobble_m: float = 1.0, beyond: bool = False, slope: float = 0.0
) -> Cover:
    """Cover for what lies this side of a wavy shore line `z_m` away, or beyond it."""
    rng = view.rng("shore", name)
    phase = rng.uniform(0, 6.28)
    sign = -1.0 if beyond else 1.0

    def cover(x: np.ndarray, z: np.ndarray) -> np.ndarray:
        edge = z_m + slope * x + wobble_m * (np.sin(x * 0.45 + phase) * 0.6 + np.sin(x * 1.13 + phase * 2) * 0.4)
        return sign * (edge - z) * 12 / np.maximum(z_m, 1) * 3

    return cover


def paint_water(
    view: View, name: str, *, cover: Cover | None = None, deep: Rgb = (38, 92, 120), calm: float = 0.6
) -> None:
    """Water that mirrors what is already drawn above the horizon.

    Args:
        view: the camera.
        name: of the water, for its waves.
        cover: where; everywhere below the horizon when None.
        deep: the water's own colour in daylight.
        calm: 0 rough sea to 1 mirror.
    """
    top, bottom = max(0, int(view.horizon)), view.canvas.height
    if bottom - top < 1:
        return
    plot = _Plot(view, top, bottom)
    waves = plot.noise(name, 0.9, 1.1, 5.0) + 0.6 * plot.noise(name + "-fine", 0.6, 5.0, 18.0)
    mirror = _mirror(view, top, bottom, waves, calm)
    own = np.asarray(view.look.tone(deep), np.float32)
    grazing = np.clip(0.34 + 0.5 * calm + plot.z / 160, 0, 0.93)[..., None] * 0.92
    color = own * (1 - grazing) + mirror * grazing
    color *= 1 + (waves * (1.0 - 0.55 * calm) * (0.35 + 0.35 * plot.near))[..., None] * 0.55
    color = _glints(plot, color, waves)
    pixels = np.empty((*plot.x.shape, 4), np.uint8)
    pixels[..., :3] = np.clip(color, 0, 255)
    pixels[..., 3] = 255 if cover is None else (np.clip(cover(plot.x, plot.z), 0, 1) * 255).astype(np.uint8)
    view.canvas.patch(pixels, (0, top, view.canvas.width, bottom))


def _mirror(view: View, top: int, bottom: int, waves: np.ndarray, calm: float) -> np.ndarray:
    """(rows, columns, 3) float32: the upper picture upside down, shaken by the waves."""
    canvas = view.canvas
    small = np.asarray(canvas.image.resize((canvas.width, canvas.height), Image.Resampling.BOX).convert("RGB"))
    ys = np.arange(top, bottom)[:, None]
    shake = (
        waves * view.focal * (0.012 + 0.035 * (1 - calm)) * np.clip((ys - view.horizon) / (0.05 * view.focal), 0.1, 2)
    )
    source_y = np.clip(2 * view.horizon - ys - np.abs(shake) * 2.0, 0, max(0, top - 1)).astype(np.int32)
    source_x = np.clip(np.arange(canvas.width)[None, :] + shake * 0.9, 0, canvas.width - 1).astype(np.int32)
    if top == 0:  # the camera looks down: there is only sky to mirror
        return np.full((bottom - top, canvas.width, 3), sky_color(view, 0.4), np.float32)
    return small[source_y, source_x].astype(np.float32)


def _glints(plot: _Plot, color: np.ndarray, waves: np.ndarray) -> np.ndarray:
    view = plot.view
    bright = np.asarray(mix(view.look.low, (255, 255, 255), 0.1 if view.look.dark else 0.6), np.float32)
    sun = view.light[0] * 0.34
    aisle = np.exp(-(((plot.x / plot.z - sun) / (0.05 + 0.5 / (plot.z + 2))) ** 2))
    sparkle = plot.noise("glint", 0.25, 9.0, 40.0)
    strength = 0.25 if view.look.clouds >= 0.9 else 1.0
    glint = np.clip((sparkle + waves * 0.5 - 0.24 + 0.26 * aisle) * 7, 0, 1) * (0.25 + 0.75 * aisle) * strength
    return color + (bright - color) * (glint * 0.8)[..., None]


def _snowed(plot: _Plot, color: np.ndarray, amount: float) -> np.ndarray:
    patch = np.clip(amount + plot.noise("snow-cover", 1.2, 2.2, 1.4) * 1.4 * (1.25 - amount), 0, 1)[..., None]
    return color * (1 - patch) + _snow(plot) * patch


def _puddled(plot: _Plot, color: np.ndarray, level: float) -> np.ndarray:
    field = plot.noise("puddles", 1.6, 3.2, 6.5) + 0.5
    wet = np.clip((field - level) * 9, 0, 1)[..., None] * 0.8
    sky = np.asarray(sky_color(plot.view, 0.25), np.float32) * (1 + 0.5 * plot.noise("ripple", 0.3, 14, 40))[..., None]
    return color * 0.84 * (1 - wet) + sky * wet


def _tint(first: Rgb, second: Rgb, amount: np.ndarray) -> np.ndarray:
    amount = np.clip(amount, 0, 1)[..., None]
    return np.asarray(first, np.float32) * (1 - amount) + np.asarray(second, np.float32) * amount


def _grass(plot: _Plot, light: Rgb = (140, 178, 82), dark: Rgb = (84, 132, 56)) -> np.ndarray:
    patch = 0.5 + plot.noise("grass-patch", 1.5, 3.0, 2.2) * 1.1
    blades = plot.noise("grass-blade", 0.5, 42, 13) * (0.25 + 0.75 * plot.near)
    return _tint(dark, light, patch + blades * 0.9) * (1 + 0.10 * blades)[..., None]


def _meadow(plot: _Plot) -> np.ndarray:
    return _grass(plot, (168, 190, 92), (104, 146, 62))


def _dry_grass(plot: _Plot) -> np.ndarray:
    return _grass(plot, (196, 182, 110), (140, 140, 74))


def _sand(plot: _Plot) -> np.ndarray:
    ripple = plot.noise("ripples", 0.9, 1.6, 9) * (0.3 + 0.7 * plot.near)
    grain = plot.noise("grain", 0.2, 60, 60) * plot.near
    return _tint((206, 176, 128), (242, 222, 178), 0.62 + ripple * 0.9 + grain * 0.25)


def _desert(plot: _Plot) -> np.ndarray:
    ripple = plot.noise("ripples", 1.1, 1.2, 6) * (0.4 + 0.6 * plot.near)
    return _tint((188, 126, 78), (236, 186, 128), 0.58 + ripple * 1.1)


def _snow(plot: _Plot) -> np.ndarray:
    drift = plot.noise("drift", 1.7, 1.6, 3.2)
    grain = plot.noise("grain", 0.2, 50, 50) * plot.near
    return _tint((196, 212, 234), (252, 253, 255), 0.72 + drift * 1.3 + grain * 0.15)


def _dirt(plot: _Plot) -> np.ndarray:
    rough = plot.noise("dirt", 0.8, 10, 10) * (0.4 + 0.6 * plot.near)
    return _tint((138, 108, 78), (192, 160, 118), 0.55 + rough * 1.0)


def _gravel(plot: _Plot) -> np.ndarray:
    return _tint((168, 150, 124), (226, 212, 184), 0.55 + plot.noise("gravel", 0.4, 24, 20) * (0.3 + 0.7 * plot.near))


def _litter(plot: _Plot) -> np.ndarray:
    leaves = plot.noise("litter", 0.6, 16, 12) * (0.4 + 0.6 * plot.near)
    moss = np.clip(plot.noise("moss", 1.5, 2.6, 2.0) * 4 + 0.3, 0, 1)
    return _tint((92, 74, 50), (152, 118, 74), 0.5 + leaves) * (1 - moss[..., None] * 0.8) + _grass(
        plot, (112, 138, 66), (66, 98, 48)
    ) * (moss[..., None] * 0.8)


def _rock(plot: _Plot) -> np.ndarray:
    return _tint((116, 112, 106), (176, 170, 160), 0.5 + plot.noise("rock", 0.9, 8, 8) * 1.2)


def _asphalt(plot: _Plot) -> np.ndarray:
    grain = plot.noise("asphalt", 0.4, 30, 30) * (0.3 + 0.7 * plot.near)
    return _tint((84, 86, 92), (116, 118, 122), 0.5 + grain + plot.noise("stain", 1.6, 2, 1.2) * 0.6)


def _tiles(plot: _Plot, size: float, joint: float, first: Rgb, second: Rgb, vary: float, *, offset: bool) -> np.ndarray:
    """Slabs in rows, each with its own shade, dark joints that fade with distance."""
    rows = np.broadcast_to(plot.z / size, plot.x.shape)
    row = np.floor(rows)
    columns = plot.x / size + (0.5 * (row % 2) if offset else 0.0)
    column = np.floor(columns)
    own = sample(plot.view.tile("slabs", 0.0), column * 7 + 3, row * 13 + 5) - 0.5
    edge = np.minimum(np.minimum(columns - column, 1 - (columns - column)), np.minimum(rows - row, 1 - (rows - row)))
    fade = np.clip(14 * size / plot.z, 0, 1)
    gap = np.clip((joint - edge) / joint, 0, 1) * fade * 0.42
    grain = plot.noise("grain", 0.6, 26, 26) * 0.25 * plot.near
    return _tint(first, second, 0.5 + own * vary * (0.3 + 0.7 * fade) + grain) * (1 - gap)[..., None]


def _paving(plot: _Plot) -> np.ndarray:
    return _tiles(plot, 0.8, 0.05, (160, 152, 142), (206, 198, 186), 1.3, offset=True)


def _cobbles(plot: _Plot) -> np.ndarray:
    return _tiles(plot, 0.24, 0.17, (122, 114, 108), (186, 174, 160), 1.5, offset=True)


def _stone_floor(plot: _Plot) -> np.ndarray:
    return _tiles(plot, 1.1, 0.025, (188, 180, 168), (226, 220, 208), 0.8, offset=False)


def _checker(plot: _Plot) -> np.ndarray:
    size = 0.5
    odd = (np.floor(plot.x / size) + np.floor(np.broadcast_to(plot.z / size, plot.x.shape))) % 2
    return _tint((112, 124, 128), (226, 220, 206), odd * 0.9 + 0.05 + plot.noise("grain", 0.8, 18, 18) * 0.15)


def _boards(plot: _Plot, first: Rgb = (150, 102, 62), second: Rgb = (206, 156, 104)) -> np.ndarray:
    """Floor boards that run away from the camera."""
    columns = plot.x / 0.22
    column = np.floor(columns)
    own = sample(
        plot.view.tile("boards", 0.0),
        column * 11,
        np.floor(np.broadcast_to(plot.z / 2.4, plot.x.shape) + column * 0.37) * 5,
    )
    edge = np.minimum(columns - column, 1 - (columns - column))
    gap = np.clip((0.05 - edge) / 0.05, 0, 1) * np.clip(7 / plot.z, 0, 1) * 0.5
    figure = plot.noise("figure", 0.9, 60, 3.0)
    return _tint(first, second, 0.5 + (own - 0.5) * 1.1 + figure * 0.5) * (1 - gap)[..., None]


def _planks(plot: _Plot) -> np.ndarray:
    """Weathered planks across the way: a pier or a deck."""
    rows = np.broadcast_to(plot.z / 0.28, plot.x.shape)
    row = np.floor(rows)
    own = sample(plot.view.tile("boards", 0.0), row * 3, row * 11) - 0.5
    edge = np.minimum(rows - row, 1 - (rows - row))
    gap = np.clip((0.08 - edge) / 0.08, 0, 1) * np.clip(5 / plot.z, 0, 1) * 0.55
    return (
        _tint((128, 108, 86), (188, 168, 138), 0.5 + own * 1.2 + plot.noise("figure", 0.9, 3, 40) * 0.5)
        * (1 - gap)[..., None]
    )


TEXTURES: dict[str, _Texture] = {
    "grass": _grass, "meadow": _meadow, "dry_grass": _dry_grass, "sand": _sand, "desert": _desert, "snow": _snow,
    "dirt": _dirt, "gravel": _gravel, "litter": _litter, "rock": _rock, "asphalt": _asphalt, "paving": _paving,
    "cobbles": _cobbles, "stone_floor": _stone_floor, "checker": _checker, "boards": _boards, "planks": _planks,
}  # fmt: skip
_OPEN_AIR = frozenset(TEXTURES) - {"snow", "stone_floor", "checker", "boards"}
