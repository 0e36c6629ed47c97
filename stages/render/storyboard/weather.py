"""What the weather puts between the camera and the scene: rain, flakes, mist, blown leaves."""

import random

import numpy as np

from .canvas import mix
from .noise import SIZE
from .view import View


def paint_weather(view: View) -> None:
    """Draw the air of an outdoor scene over everything else."""
    weather = view.look.weather
    rng = random.Random(view.photo)  # noqa: S311 - drawing, not cryptography
    if weather in {"rain", "storm"}:
        _mist(view, 0.10)
        _rain(view, rng, heavy=weather == "storm")
    elif weather == "snow":
        _flakes(view, rng)
    elif weather == "fog":
        _mist(view, 0.42)
    elif weather == "wind":
        _gusts(view, rng)


def _mist(view: View, strength: float) -> None:
    """Drifting veils, thickest around the horizon."""
    rows, columns = 64, 96
    tile = view.tile("mist", 1.9)
    field = tile[np.arange(rows)[:, None] * 3 % SIZE, np.arange(columns)[None, :] % SIZE]
    height = (np.arange(rows) + 0.5) / rows * view.canvas.height
    band = np.exp(-(((height - view.horizon) / (0.34 * view.focal)) ** 2))[:, None]
    alpha = np.clip((field - 0.25) * 1.5, 0, 1) * (0.35 + 0.65 * band) * strength
    pixels = np.empty((rows, columns, 4), np.uint8)
    pixels[..., :3] = view.look.haze
    pixels[..., 3] = np.clip(alpha * 255, 0, 255)
    view.canvas.patch(pixels, (0, 0, view.canvas.width, view.canvas.height))


def _rain(view: View, rng: random.Random, *, heavy: bool) -> None:
    canvas, unit = view.canvas, view.canvas.width * view.canvas.height
    size = unit**0.5
    slant = -0.34 if heavy else -0.16
    color = mix((232, 240, 250), view.look.low, 0.2)
    for count, length, width, alpha in ((230, 0.05, 0.0016, 80), (110, 0.09, 0.0026, 110), (26, 0.15, 0.004, 90)):
        streaks = []
        for _ in range(round(count * (1.5 if heavy else 1.0))):
            x, y = rng.uniform(-0.05, 1.15) * canvas.width, rng.uniform(-0.1, 1.0) * canvas.height
            long = length * size * rng.uniform(0.7, 1.2)
            streaks.append((x, y, x + slant * long, y + long))
        canvas.strokes(streaks, width * size, (*color, alpha))


def paint_splashes(view: View) -> None:
    """Where drops hit the ground, under everything that stands on it."""
    if not view.look.wet:
        return
    rng = random.Random(view.photo + 1)  # noqa: S311 - drawing, not cryptography
    splashes = []
    for _ in range(80):
        z = 1 / rng.uniform(1 / 14, 1 / 2.4)
        x, y = view.point(rng.uniform(-view.reach, view.reach) * z, 0, z)
        if y < view.canvas.height:
            splashes.append((x, y, 0.045 * view.metre(z), 0.014 * view.metre(z)))
    view.canvas.dabs(splashes, (*mix((232, 240, 250), view.look.low, 0.2), 120))


def _flakes(view: View, rng: random.Random) -> None:
    canvas = view.canvas
    size = (canvas.width * canvas.height) ** 0.5
    for count, radius, alpha in ((240, 0.0017, 200), (120, 0.0030, 225), (34, 0.0060, 190)):
        dabs = []
        for _ in range(count):
            r = radius * size * rng.uniform(0.7, 1.3)
            dabs.append((rng.random() * canvas.width, rng.random() * canvas.height, r, r))
        canvas.dabs(dabs, (*mix((255, 255, 255), view.look.haze, 0.15 if not view.look.dark else 0.3), alpha))
    with canvas.layer(blur=size * 0.005):
        near = [
            (rng.random() * canvas.width, rng.random() * canvas.height, size * 0.011, size * 0.011) for _ in range(9)
        ]
        canvas.dabs(near, (250, 252, 255, 170))


def _gusts(view: View, rng: random.Random) -> None:
    """Leaves and pale streaks that the wind carries, all the way the grass bends."""
    canvas = view.canvas
    size = (canvas.width * canvas.height) ** 0.5
    way = 1 if view.light[0] > 0 else -1
    for _ in range(7):
        x, y = rng.uniform(-0.1, 0.9) * canvas.width, rng.uniform(0.08, 0.75) * canvas.height
        long = size * rng.uniform(0.16, 0.34)
        line = [
            (x, y),
            (x + 0.35 * long, y - 0.05 * long),
            (x + 0.7 * long, y + 0.03 * long),
            (x + long, y - 0.02 * long),
        ]
        canvas.curve(line, size * 0.0028, (255, 255, 255, 120))
        curl = [
            (x + long, y - 0.02 * long),
            (x + 1.07 * long, y - 0.06 * long),
            (x + 1.03 * long, y - 0.12 * long),
            (x + 0.97 * long, y - 0.09 * long),
        ]
        canvas.curve(curl, size * 0.0024, (255, 255, 255, 70))
    for _ in range(46):
        x, y = rng.random() * canvas.width, rng.uniform(0.05, 0.95) * canvas.height
        r = size * rng.uniform(0.006, 0.014)
        tint = rng.choice(((206, 140, 58), (170, 166, 66), (196, 96, 52), (128, 156, 70)))
        canvas.ellipse((x, y), r, r * 0.45, view.look.tone(tint), angle=way * rng.uniform(-0.2, 1.1))
