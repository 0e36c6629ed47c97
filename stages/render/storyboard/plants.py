"""Bushes, grass, flowers, reeds, cacti."""

import random

from .canvas import Rgb, mix, shade
from .trees import SNOW, paint_foliage, tree_shadow
from .view import View


def paint_bush(
    view: View,
    x: float,
    z: float,
    height_m: float,
    rng: random.Random,
    leaf: Rgb = (96, 138, 62),
    flowers: Rgb | None = None,
) -> None:
    """A round bush, with flowers or without."""
    size = height_m * view.metre(z)
    px, py = view.point(x, 0, z)
    if px + 2 * size < 0 or px - 2 * size > view.canvas.width or size < 0.8:
        return
    tree_shadow(view, x, z, height_m * 1.5)
    clusters = [
        (px + d * size + rng.uniform(-0.05, 0.05) * size, py - lift * size, rng.uniform(0.30, 0.38) * size)
        for d, lift in ((-0.55, 0.28), (0.55, 0.28), (-0.2, 0.3), (0.22, 0.32), (-0.3, 0.62), (0.3, 0.6), (0.0, 0.72))
    ]
    paint_foliage(view, clusters, leaf, z, rng, fine=size > 20)
    if flowers and view.season != "winter":
        for tint in (shade(flowers, -0.15), flowers, shade(flowers, 0.3)):
            spots = [rng.choice(clusters) for _ in range(14)]
            dot = size * 0.045
            dabs = [(cx + rng.uniform(-0.8, 0.8) * r, cy + rng.uniform(-0.8, 0.7) * r, dot, dot) for cx, cy, r in spots]
            view.canvas.dabs(dabs, view.color(tint, z))


def paint_grass(
    view: View, name: str, z0: float, z1: float, color: Rgb, *, height_m: float = 0.22, amount: int = 240
) -> None:
    """Single tufts between z0 and z1 metres, farther ones first; bent when it blows."""
    rng = view.rng("tufts", name)
    bend = (0.9 if view.light[0] > 0 else -0.9) if view.look.windy else 0.0
    color = mix(color, SNOW, 0.5) if view.look.snowy else color
    rows: list[list[tuple[float, float, float, float]]] = [[], [], []]
    zs = sorted((1 / rng.uniform(1 / z1, 1 / z0) for _ in range(amount)), reverse=True)
    for z in zs:
        x = rng.uniform(-1.3, 1.3) * z
        px, py = view.point(x, 0, z)
        tall = height_m * rng.uniform(0.5, 1.1) * view.metre(z)
        if -tall < px < view.canvas.width + tall and py < view.canvas.height + tall:
            for blade in range(3):
                sway = (blade - 1) * 0.3 + rng.uniform(-0.2, 0.2) + bend
                rows[(blade + rng.randrange(2)) % 3].append(
                    (px, py, px + sway * tall, py - tall * (1 - 0.25 * abs(bend)))
                )
    middle = (z0 + z1) / 2
    for segments, amount_shade in zip(rows, (-0.28, -0.02, 0.22), strict=True):
        view.canvas.strokes(segments, max(0.6, view.focal * 0.0026), view.color(shade(color, amount_shade), middle))


def paint_flowers(view: View, name: str, z0: float, z1: float, colors: tuple[Rgb, ...], *, amount: int = 90) -> None:
    """Flowers on stems, scattered in drifts."""
    if view.look.snowy or view.season == "winter":
        return
    for index, color in enumerate(colors):
        rng = view.rng("flowers", name, index)
        petals, hearts, stems = [], [], []
        for _ in range(amount // len(colors)):
            z = 1 / rng.uniform(1 / z1, 1 / z0)
            px, py = view.point(rng.uniform(-1.2, 1.2) * z, 0, z)
            size = 0.05 * view.metre(z) * rng.uniform(0.7, 1.1)
            if not (-size < px < view.canvas.width + size and py - 6 * size < view.canvas.height):
                continue
            top = py - rng.uniform(3, 5) * size
            stems.append((px, py, px, top))
            petals += [
                (px + dx * size, top + dy * size, size * 0.62, size * 0.55)
                for dx, dy in ((-0.5, 0), (0.5, 0), (0, -0.5), (0, 0.45))
            ]
            hearts.append((px, top, size * 0.4, size * 0.4))
        middle = (z0 + z1) / 2
        view.canvas.strokes(stems, max(0.5, view.focal * 0.002), view.color((88, 126, 56), middle))
        view.canvas.dabs(petals, view.color(color, middle))
        view.canvas.dabs(hearts, view.color((250, 214, 90) if color[2] > 90 else (120, 74, 40), middle))


def paint_cactus(view: View, x: float, z: float, height_m: float) -> None:
    """A saguaro with two arms."""
    px, py = view.point(x, 0, z)
    size = height_m * view.metre(z)
    tree_shadow(view, x, z, height_m * 0.4)
    side = 1 if view.light[0] > 0 else -1
    for color, shift, width in (((62, 104, 70), 0.0, 1.0), ((98, 144, 92), 0.02 * side, 0.45)):
        tint, dx = view.color(color, z), shift * size
        view.canvas.limb([(px + dx, py), (px + dx, py - size)], 0.15 * size * width, 0.13 * size * width, tint)
        for way, low, high in ((-1, 0.42, 0.72), (1, 0.55, 0.86)):
            arm = [
                (px + dx, py - low * size),
                (px + dx + way * 0.2 * size, py - low * size),
                (px + dx + way * 0.22 * size, py - high * size),
            ]
            view.canvas.limb(arm, 0.10 * size * width, 0.085 * size * width, tint)


def paint_reeds(view: View, name: str, z: float, side: int) -> None:
    """Reeds at one edge of the picture."""
    rng = view.rng("reeds", name, side)
    for _ in range(16):
        x = side * (0.30 + 0.22 * rng.random()) * z
        px, py = view.point(x, 0, z)
        tall = rng.uniform(0.7, 1.2) * view.metre(z)
        lean = rng.uniform(-0.12, 0.12) * tall + (0.3 * tall if view.look.windy else 0)
        view.canvas.limb(
            [(px, py), (px + lean * 0.4, py - 0.6 * tall), (px + lean, py - tall)],
            0.03 * tall,
            0.008 * tall,
            view.color(shade((120, 136, 70), rng.uniform(-0.2, 0.2)), z),
        )
        if rng.random() < 0.4:
            view.canvas.limb(
                [(px + lean, py - tall), (px + lean, py - 0.86 * tall)],
                0.05 * tall,
                0.05 * tall,
                view.color((112, 76, 46), z),
            )
