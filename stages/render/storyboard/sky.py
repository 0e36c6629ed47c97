"""The sky: gradient, sun, moon, stars, clouds, lightning."""

import math

import numpy as np

from .canvas import Rgb, mix, shade
from .noise import SIZE, sample
from .view import View


def paint_sky(view: View) -> None:
    """The whole sky down to the horizon and a little below."""
    _gradient(view)
    if view.look.stars:
        _stars(view)
    _sun_or_moon(view)
    if view.look.clouds >= 0.9:
        _cloud_cover(view)
    elif view.look.clouds > 0:
        _cumulus(view)
    if view.look.weather == "storm":
        _lightning(view)


def sky_color(view: View, v: float) -> Rgb:
    """The sky's colour v focal lengths above the horizon."""
    look, height = view.look, max(0.0, v) / 0.62
    if height < 0.42:
        return mix(look.low, look.middle, (height / 0.42) ** 0.8)
    return mix(look.middle, look.zenith, (height - 0.42) / 0.58)


def _gradient(view: View) -> None:
    canvas = view.canvas
    bottom = min(canvas.height, max(1, math.ceil(view.horizon + 0.03 * view.focal)))
    rows = np.array([sky_color(view, (view.horizon - y) / view.focal) for y in range(bottom)], np.uint8)
    pixels = np.full((bottom, 1, 4), 255, np.uint8)
    pixels[:, 0, :3] = rows
    canvas.patch(pixels, (0, 0, canvas.width, bottom))
    if bottom < canvas.height:
        canvas.rectangle((0, bottom - 1, canvas.width, canvas.height), view.look.low)


def _stars(view: View) -> None:
    focal, canvas = view.focal, view.canvas
    size = max(0.35, focal / 900)
    for name, count, radius, alpha in (("dust", 260, 0.7, 130), ("stars", 110, 1.0, 220), ("bright", 16, 1.7, 255)):
        rng = view.rng("sky", name)
        dabs = []
        for _ in range(count):
            x, y = view.far(rng.uniform(-1.3, 1.3), rng.uniform(0.04, 1.4))
            r = radius * size * rng.uniform(0.7, 1.2)
            if -2 < x < canvas.width + 2 and -2 < y < canvas.height:
                dabs.append((x, y, r, r))
        canvas.dabs(dabs, (236, 240, 255, alpha))


def _sun_or_moon(view: View) -> None:
    look, focal, canvas = view.look, view.focal, view.canvas
    hidden = look.clouds >= 0.9 or look.weather == "fog"
    if look.sun_height < 0:
        glow = view.far(view.light[0] * 0.4, 0.0)
        canvas.glow(glow, 0.75 * focal, (*look.low, 120), power=1.6)
        return
    center = view.far(view.light[0] * 0.34, look.sun_height)
    if look.lighting == "night":
        if not hidden:
            canvas.glow(center, 0.34 * focal, (176, 196, 240, 90))
            _moon(view, center, 0.036 * focal)
        return
    warm = mix(look.low, (255, 250, 225), 0.5)
    canvas.glow(center, 0.9 * focal, (*warm, 60 if hidden else 150), power=1.8)
    if not hidden:
        canvas.glow(center, 0.30 * focal, (*mix(warm, (255, 255, 240), 0.5), 190), power=2.2)
        canvas.ellipse(center, 0.032 * focal, 0.032 * focal, (255, 250, 224))


def _moon(view: View, center: tuple[float, float], radius: float) -> None:
    canvas = view.canvas
    canvas.ellipse(center, radius, radius, (238, 240, 232))
    for dx, dy, size in ((-0.3, -0.2, 0.26), (0.25, 0.2, 0.2), (-0.1, 0.45, 0.15), (0.35, -0.35, 0.12)):
        spot = (center[0] + dx * radius, center[1] + dy * radius)
        canvas.ellipse(spot, size * radius, size * radius, (206, 210, 208))


def _cumulus(view: View) -> None:
    """Heaps of cloud, each lit like a bumpy height field."""
    rng = view.rng("clouds", view.look.weather)
    count = 5 if view.look.clouds < 0.3 else 13
    for index in range(count):
        v = rng.uniform(0.10, 0.62) if index else 0.22
        u = rng.uniform(-0.85, 0.85)
        width = rng.uniform(0.16, 0.34) * (0.55 + v) * (0.7 if count == 5 else 1.15)
        stretch = 2.9 if view.look.windy else 2.0
        seed = rng.randrange(2**31)
        x, y = view.far(u, v)
        half, height = width * view.focal * stretch / 2, width * view.focal
        if x + half < 0 or x - half > view.canvas.width or y < -height or y - height > view.canvas.height:
            continue
        pixels = _cloud(view, seed, opacity=0.72 if count == 5 else 0.95)
        view.canvas.patch(pixels, (x - half, y - 0.6 * height, x + half, y + 0.4 * height))


def _cloud(view: View, seed: int, *, opacity: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    height, width = 56, 112
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    xs, ys = xs / width * 2 - 1, ys / height  # x -1..1, y 0 top to 1 bottom
    field = np.full((height, width), -1.0, np.float32)
    for x in np.linspace(-0.68, 0.68, 9):
        top = 1 - abs(x) ** 1.5
        radius = rng.uniform(0.13, 0.22) * (0.6 + 0.6 * top)
        y = 0.78 - radius * 1.3 - rng.uniform(0.0, 0.34) * top
        distance = ((xs - x - rng.uniform(-0.06, 0.06)) / 1.15) ** 2 + ((ys - y) * 1.15) ** 2
        field = np.maximum(field, 1 - distance / radius**2)
        field = np.maximum(field, 1 - (((xs - x) / 1.6) ** 2 + ((ys - 0.76) * 2.0) ** 2) / radius**2)
    tile = view.tile("cloud", 1.5)
    ox, oy = rng.integers(0, SIZE, 2)
    bumps = tile[(np.arange(height) * 2 + oy)[:, None] % SIZE, (np.arange(width) * 2 + ox)[None, :] % SIZE]
    field = field + (bumps - 0.5) * 1.1
    alpha = np.clip(field * 2.2 + 0.25, 0, 1) * np.clip((0.93 - ys) * 9, 0, 1)
    relief = np.sqrt(np.clip(field, 0, 1))
    slope_y, slope_x = np.gradient(relief)
    side = 1 if view.light[0] > 0 else -1
    lit = np.clip(0.62 - slope_x * side * 2.4 + slope_y * 3.2 + (0.55 - ys) * 0.75, 0, 1)
    bright, dark = _cloud_colors(view)
    color = np.asarray(dark) * (1 - lit[..., None]) + np.asarray(bright) * lit[..., None]
    return np.dstack([color, alpha * 255 * opacity]).astype(np.uint8)


def _cloud_colors(view: View) -> tuple[Rgb, Rgb]:
    look = view.look
    if look.dark:
        return mix(look.middle, look.low, 0.6), shade(look.middle, -0.1)
    bright = mix((255, 255, 255), look.low, 0.25 if look.lighting == "daylight" else 0.55)
    dark = mix(mix(look.middle, (150, 160, 185), 0.55), look.low, 0.25)
    return shade(bright, -0.12 * look.gray_clouds), shade(dark, -0.2 * look.gray_clouds)


def _cloud_cover(view: View) -> None:
    """A closed ceiling of cloud in perspective: it thins to streaks towards the horizon."""
    canvas, look = view.canvas, view.look
    bottom = min(canvas.height, int(view.horizon))
    if bottom < 2:
        return
    step = 3
    ys = np.arange(0, bottom, step, dtype=np.float32)[:, None]
    xs = np.arange(0, canvas.width, step, dtype=np.float32)[None, :]
    height = np.maximum((view.horizon - ys) / view.focal, 0.02)
    distance = 1.0 / (height + 0.12)
    across = (xs - canvas.width / 2) / view.focal * distance
    tile = view.tile("cover", 1.7)
    field = 0.65 * sample(tile, across * 34 + 99, distance * 52 + across * 0) + 0.35 * sample(
        tile, across * 90, distance * 120 + across * 0
    )
    field = np.clip((field - 0.5) * (1.6 + look.gray_clouds) + 0.5, 0, 1)
    high = shade(look.middle, 0.28 - 0.12 * look.gray_clouds)
    low = shade(look.zenith, -0.10 - 0.34 * look.gray_clouds)
    color = np.asarray(low) * (1 - field[..., None]) + np.asarray(high) * field[..., None]
    alpha = np.clip(height / 0.10, 0, 1) * 235 + field * 0
    canvas.patch(np.dstack([color, alpha]).astype(np.uint8), (0, 0, canvas.width, bottom))


def _lightning(view: View) -> None:
    rng = view.rng("lightning", view.photo)
    u = rng.choice((-1, 1)) * rng.uniform(0.16, 0.36)
    points, v = [view.far(u, 0.62)], 0.62
    while v > 0.05:
        v -= rng.uniform(0.03, 0.07)
        u += rng.uniform(-0.045, 0.045)
        points.append(view.far(u, v))
    width = view.focal * 0.007
    view.canvas.glow(points[len(points) // 3], 0.5 * view.focal, (190, 200, 255, 150))
    with view.canvas.layer(blur=width * 1.6):
        view.canvas.line(points, width * 3.2, (190, 200, 255, 200))
    view.canvas.limb(points, width * 1.3, width * 0.5, (250, 250, 255))
    fork = points[len(points) // 2]
    view.canvas.limb(
        [fork, (fork[0] + 0.05 * view.focal, fork[1] + 0.06 * view.focal),
         (fork[0] + 0.04 * view.focal, fork[1] + 0.13 * view.focal)],
        width * 0.8, width * 0.2, (240, 242, 255),
    )  # fmt: skip
