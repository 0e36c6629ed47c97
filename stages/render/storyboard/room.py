"""The inside of a room: floor, walls, ceiling, and the windows through which the weather shows."""

from collections.abc import Sequence

import numpy as np

from .buildings import Facade
from .canvas import Rgb, mix, shade
from .ground import lay_ground
from .sky import sky_color
from .solids import paint_box
from .view import View


class Room:
    """A box seen from inside, its back wall parallel to the picture."""

    def __init__(self, view: View, *, half_width: float, height: float, depth: float) -> None:
        """All in metres; `depth` is the distance to the back wall."""
        self.view, self.half, self.height, self.depth = view, half_width, height, depth
        # In a wide picture the room is wider, so that side walls never fill it.
        self.half = max(half_width, view.reach * depth * 0.86)
        self.back = Facade(view, (-self.half, depth), (self.half, depth), -0.02)

    def shell(
        self,
        wall: Rgb,
        floor: str,
        *,
        ceiling: Rgb = (238, 234, 226),
        trim: Rgb = (244, 240, 232),
        dado: Rgb | None = None,
    ) -> None:
        """Floor, ceiling, three walls, skirting, and soft shade in the corners."""
        view, half, height, depth = self.view, self.half, self.height, self.depth
        canvas, p, near = view.canvas, view.point, 0.95
        top = view.color(shade(ceiling, -0.10), 4)
        canvas.rectangle((0, 0, canvas.width, canvas.height), top)
        line = p(0, height, depth)[1]
        canvas.vertical_gradient(
            max(0.0, line - 0.4 * view.focal),
            line,
            view.color(shade(ceiling, 0.05), 4),
            view.color(shade(ceiling, -0.16), 4),
        )
        lay_ground(view, floor)
        for side in (-1, 1):
            x = side * half
            amount = -0.16 if view.light[0] * side > 0 else -0.05
            canvas.polygon(
                [p(x, 0, near), p(x, 0, depth), p(x, height, depth), p(x, height, near)],
                view.color(shade(wall, amount), 4),
            )
            if dado:
                canvas.polygon(
                    [p(x, 0, near), p(x, 0, depth), p(x, 1.0, depth), p(x, 1.0, near)],
                    view.color(shade(dado, amount), 4),
                )
            canvas.polygon(
                [p(x, 0, near), p(x, 0, depth), p(x, 0.14, depth), p(x, 0.14, near)], view.color(shade(trim, amount), 4)
            )
        self._back_wall(wall, trim, dado)
        self._corners()

    def _back_wall(self, wall: Rgb, trim: Rgb, dado: Rgb | None) -> None:
        view, width = self.view, 2 * self.half
        (x0, y0), (x1, y1) = self.back.at(0, self.height), self.back.at(width, 0)
        rows = np.linspace(1.02, 0.93, 24)[:, None] * np.asarray(view.color(wall, 4))
        pixels = np.full((24, 1, 4), 255, np.uint8)
        pixels[:, 0, :3] = np.clip(rows, 0, 255)
        view.canvas.patch(pixels, (x0, y0, x1, y1))
        if dado:
            self.back.quad(0, 0, width, 1.0, dado)
            self.back.quad(0, 0.98, width, 1.05, trim)
        self.back.quad(0, 0, width, 0.14, trim)
        self.back.quad(0, self.height - 0.1, width, self.height, trim)

    def _corners(self) -> None:
        view, dark = self.view, (24, 18, 30, 46)
        with view.canvas.layer(blur=view.focal * 0.02):
            for x in (-self.half, self.half):
                view.canvas.line(
                    [view.point(x, 0, self.depth), view.point(x, self.height, self.depth)], view.focal * 0.02, dark
                )
            view.canvas.line(
                [view.point(-self.half, 0.0, self.depth), view.point(self.half, 0.0, self.depth)],
                view.focal * 0.022,
                dark,
            )
            view.canvas.line(
                [view.point(-self.half, self.height, self.depth), view.point(self.half, self.height, self.depth)],
                view.focal * 0.02,
                dark,
            )

    def window(
        self, x: float, h: float, width: float, height: float, *, curtain: Rgb | None = None, bars: int = 2
    ) -> None:
        """A window in the back wall; `x` is its middle, `h` its sill, all metres."""
        view, s = self.view, x + self.half
        wall = self.back
        wall.quad(s - width / 2 - 0.1, h - 0.1, s + width / 2 + 0.1, h + height + 0.1, (246, 243, 236))
        _outside(view, wall, s - width / 2, h, s + width / 2, h + height, name=f"window-{x:.1f}")
        for index in range(1, bars):
            at = s - width / 2 + width * index / bars
            wall.quad(at - 0.03, h, at + 0.03, h + height, (246, 243, 236))
        wall.quad(s - width / 2, h + height * 0.62, s + width / 2, h + height * 0.62 + 0.05, (246, 243, 236))
        wall.quad(s - width / 2 - 0.2, h - 0.18, s + width / 2 + 0.2, h - 0.08, (252, 250, 244))
        if curtain:
            self._curtains(s, h, width, height, curtain)
        self._daylight(x, width)

    def _curtains(self, s: float, h: float, width: float, height: float, color: Rgb) -> None:
        for side in (-1, 1):
            edge = s + side * (width / 2 + 0.25)
            for fold in range(5):
                a = edge - side * fold * 0.11
                self.back.quad(
                    min(a, a - side * 0.11),
                    h - 0.3,
                    max(a, a - side * 0.11),
                    h + height + 0.22,
                    shade(color, (0.1, -0.12, 0.04, -0.16, 0.0)[fold]),
                )
        self.back.quad(s - width / 2 - 0.4, h + height + 0.2, s + width / 2 + 0.4, h + height + 0.27, (120, 92, 66))

    def _daylight(self, x: float, width: float) -> None:
        """The patch of sun that falls on the floor."""
        view = self.view
        if view.look.dark or view.look.shadow < 0.3:
            return
        lean = -view.light[0] * 1.2
        z0, z1 = self.depth - 0.6, self.depth - 2.6
        warm = (*mix((255, 246, 214), view.look.low, 0.3), 66)
        with view.canvas.layer(blur=view.focal * 0.006):
            view.canvas.polygon(
                [
                    view.point(x - width / 2 + lean * 0.3, 0, z0),
                    view.point(x + width / 2 + lean * 0.3, 0, z0),
                    view.point(x + width / 2 + lean, 0, z1),
                    view.point(x - width / 2 + lean, 0, z1),
                ],
                warm,
            )

    def picture(
        self, x: float, h: float, width: float, height: float, name: str, *, frame: Rgb = (150, 112, 66)
    ) -> None:
        """A framed landscape on the back wall."""
        wall, s, rng = self.back, x + self.half, self.view.rng("picture", name)
        wall.quad(s - width / 2 - 0.09, h - 0.09, s + width / 2 + 0.09, h + height + 0.09, frame)
        wall.quad(s - width / 2 - 0.03, h - 0.03, s + width / 2 + 0.03, h + height + 0.03, shade(frame, -0.35))
        sky, land = rng.choice(
            (((196, 220, 234), (112, 142, 92)), ((250, 214, 160), (150, 104, 84)), ((222, 226, 240), (88, 112, 146)))
        )
        wall.quad(s - width / 2, h, s + width / 2, h + height, sky)
        view = self.view
        hills = [wall.at(s - width / 2, h), wall.at(s - width / 2, h + height * 0.4)]
        hills += [wall.at(s + width * t, h + height * rng.uniform(0.3, 0.62)) for t in (-0.25, 0.0, 0.25)]
        hills += [wall.at(s + width / 2, h + height * 0.35), wall.at(s + width / 2, h)]
        view.canvas.polygon(hills, view.color(land, 4))
        wall.quad(s - width / 2, h, s + width / 2, h + height * 0.2, shade(land, -0.2))
        cx, cy = wall.at(s + width * rng.uniform(-0.25, 0.25), h + height * 0.76)
        view.canvas.ellipse(
            (cx, cy),
            width * 0.07 * view.metre(self.depth),
            width * 0.07 * view.metre(self.depth),
            view.color((252, 236, 190), 4),
        )

    def pendant(self, x: float, z: float, drop: float, color: Rgb) -> None:
        """A hanging lamp, lit when it is dark outside."""
        view, m = self.view, self.view.metre(z)
        px, py = view.point(x, self.height - drop, z)
        view.canvas.line([view.point(x, self.height, z), (px, py)], max(0.5, 0.02 * m), view.color((60, 56, 54), z))
        lit = view.look.dark
        view.canvas.ellipse(
            (px, py + 0.20 * m), 0.11 * m, 0.09 * m, (255, 240, 190) if lit else view.color((240, 236, 224), z)
        )
        view.canvas.polygon(
            [(px - 0.06 * m, py), (px + 0.06 * m, py), (px + 0.3 * m, py + 0.22 * m), (px - 0.3 * m, py + 0.22 * m)],
            view.color(shade(color, 0.25 if lit else 0.0), z),
        )
        if lit:
            view.canvas.glow((px, py + 0.25 * m), 1.0 * m, (255, 214, 140, 150))
            view.add_lamp((px, py + 0.7 * m), 3.6 * m, 0.7)

    def shelves(self, x: float, width: float, h: float, rows: int, name: str, *, books: bool = True) -> None:
        """A bookcase, or a shelf of jars and bottles, against the back wall."""
        rng, z = self.view.rng("shelf", name), self.depth - 0.35
        front = Facade(self.view, (x - width / 2, z), (x + width / 2, z), 0.0)
        wood: Rgb = (142, 100, 64)
        paint_box(
            self.view, (x - width / 2 - 0.05, x + width / 2 + 0.05), (h, h + rows * 0.42 + 0.05), (z, z + 0.3), wood
        )
        tints: tuple[Rgb, ...] = (
            (176, 66, 60),
            (66, 104, 140),
            (214, 172, 92),
            (86, 128, 96),
            (226, 216, 196),
            (122, 86, 128),
        )
        for row in range(rows):
            low = h + row * 0.42
            front.quad(0.03, low + 0.05, width - 0.03, low + 0.42, shade(wood, -0.4))
            s = 0.06
            while s < width - 0.12:
                thick = rng.uniform(0.045, 0.09) if books else rng.uniform(0.10, 0.14)
                tall = rng.uniform(0.2, 0.33) if books else rng.uniform(0.16, 0.3)
                front.quad(s, low + 0.05, s + thick, low + 0.05 + tall, rng.choice(tints))
                s += thick + (0.01 if books else 0.07) + (0.15 if rng.random() < 0.08 else 0.0)


def _outside(view: View, wall: Facade, s0: float, h0: float, s1: float, h1: float, *, name: str) -> None:
    """What a window shows: sky, hills, a tree, and the weather."""
    (x0, y0), (x1, y1) = wall.at(s0, h1), wall.at(s1, h0)
    canvas, rng, look = view.canvas, view.rng("outside", name), view.look
    rows = np.array([sky_color(view, 0.42 * (1 - t)) for t in np.linspace(0, 1, 20)], np.uint8)
    pixels = np.full((20, 1, 4), 255, np.uint8)
    pixels[:, 0, :3] = rows
    canvas.patch(pixels, (x0, y0, x1, y1))
    w, h = x1 - x0, y1 - y0
    with canvas.layer(clip=canvas.stencil([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])):
        if look.clouds > 0.3 and not look.dark:
            puff = shade(mix((255, 255, 255), look.low, 0.3), -0.35 * look.gray_clouds)
            canvas.dabs(
                [
                    (x0 + w * t, y0 + h * (0.24 + d), w * 0.17, h * 0.085)
                    for t, d in ((0.2, 0.0), (0.34, 0.03), (0.5, -0.01), (0.85, 0.1))
                ],
                puff,
            )
        if look.stars:
            canvas.dabs(
                [
                    (x0 + rng.random() * w, y0 + rng.random() * h * 0.6, 0.006 * view.focal / 4, 0.006 * view.focal / 4)
                    for _ in range(22)
                ],
                (240, 244, 255, 220),
            )
            canvas.ellipse((x0 + w * 0.72, y0 + h * 0.22), w * 0.06, w * 0.06, (240, 240, 228))
        _outside_land(view, (x0, y0, x1, y1), rng.random())
        _outside_weather(view, (x0, y0, x1, y1), name)


def _outside_land(view: View, box: tuple[float, float, float, float], turn: float) -> None:
    x0, y0, x1, y1 = box
    canvas, look, w, h = view.canvas, view.look, x1 - x0, y1 - y0
    green: Rgb = (232, 240, 250) if look.snowy else (112, 150, 84)
    gain = 0.34 if look.dark else 0.75 if look.clouds > 0.9 else 1.0

    def out(color: Rgb) -> Rgb:
        return mix(shade(color, gain - 1), look.haze, 0.3 if look.sight_m > 100 else 0.75)

    hill = [
        (x0, y1),
        (x0, y0 + h * 0.66),
        (x0 + w * 0.3, y0 + h * 0.56),
        (x0 + w * 0.65, y0 + h * 0.66),
        (x1, y0 + h * 0.6),
        (x1, y1),
    ]
    canvas.polygon(hill, out(mix(green, look.middle, 0.35)))
    canvas.polygon(
        [(x0, y1), (x0, y0 + h * 0.8), (x0 + w * 0.5, y0 + h * 0.74), (x1, y0 + h * 0.82), (x1, y1)], out(green)
    )
    tx = x0 + w * (0.2 + 0.6 * turn)
    canvas.line([(tx, y0 + h * 0.86), (tx, y0 + h * 0.6)], w * 0.03, out((92, 72, 56)))
    crown = [
        (tx + dx * w, y0 + h * (0.55 + dy), w * 0.12, w * 0.11) for dx, dy in ((-0.08, 0.03), (0.08, 0.03), (0, -0.06))
    ]
    canvas.dabs(crown, out(shade(green, -0.25)))
    canvas.dabs([(cx - w * 0.02, cy - w * 0.03, r * 0.7, r * 0.6) for cx, cy, r, _ in crown], out(shade(green, -0.05)))


def _outside_weather(view: View, box: tuple[float, float, float, float], name: str) -> None:
    x0, y0, x1, y1 = box
    canvas, look, w, h = view.canvas, view.look, x1 - x0, y1 - y0
    rng = view.rng("pane", name)
    thin = max(0.5, view.focal * 0.0016)
    if look.wet:
        drops = [(rng.uniform(x0, x1), rng.uniform(y0, y1)) for _ in range(46)]
        canvas.strokes([(x, y, x - 0.03 * w, y + 0.10 * h) for x, y in drops], thin, (226, 236, 246, 190))
        if look.weather == "storm":
            canvas.line(
                [(x0 + w * t, y0 + h * d) for t, d in ((0.3, 0.0), (0.36, 0.18), (0.28, 0.28), (0.38, 0.5))],
                thin * 2,
                (250, 250, 255),
            )
    if look.snowy:
        canvas.dabs(
            [(rng.uniform(x0, x1), rng.uniform(y0, y1), thin * 1.5, thin * 1.5) for _ in range(46)],
            (250, 252, 255, 235),
        )
    if look.weather == "fog":
        canvas.rectangle(box, (*look.haze, 150))
    if look.windy and look.weather == "wind":
        leaves: Sequence[tuple[float, float]] = [(rng.uniform(x0, x1), rng.uniform(y0, y1)) for _ in range(12)]
        for x, y in leaves:
            canvas.ellipse((x, y), thin * 3, thin * 1.4, (176, 132, 62, 230), angle=rng.uniform(0, 3))
