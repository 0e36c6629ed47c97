"""The ROC curves of an audit as a picture, both axes logarithmic: what counts is how many are found at few errors."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .report import ACCESS_TEXT, AttackResult, MembershipReport

WIDTH, HEIGHT = 1120, 760  # pixels
_SCALE: Final = 2  # drawn larger and reduced, for smooth lines
_LEFT, _TOP, _SIDE = 100, 96, 560  # of the plot
_LEGEND: Final = 700
_TURN: Final = 14  # pixels; how long each of several equal curves is seen at a time
_INK, _GREY, _FAINT, _GROUND = "#1f2430", "#687083", "#e4e7ee", "#ffffff"
_DOUBT: Final = "#f4f1e6"
# Okabe & Ito's colours, which people with colour-blindness tell apart.
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_FINDINGS: Final = {
    "leak_shown": "Members can be told from non-members",
    "no_leak_shown": "No attack is surely better than guessing - which proves nothing",
}

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def roc_picture(report: MembershipReport) -> Image.Image:
    """Draw the curve of every attack that stands for itself.

    Args:
        report: of an audit.

    Returns:
        RGB, `WIDTH` x `HEIGHT`. Axes reach down to one non-member, or one member, whichever is the finer; left of one
        non-member nothing can be measured, and the ground is shaded.
    """
    return _Drawing(report).finished()


def roc_pixels(report: MembershipReport) -> np.ndarray:
    """`roc_picture` as (HEIGHT, WIDTH, 3) uint8."""
    return np.asarray(roc_picture(report))


class _Drawing:
    def __init__(self, report: MembershipReport) -> None:
        self.report = report
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _GROUND)
        self.pen = ImageDraw.Draw(self.image)
        finest = min(0.01, 1 / max(report.members.pictures, report.non_members.pictures))
        self.decades = math.ceil(-math.log10(finest) - 1e-9)
        self.shown = sorted(
            (attack for attack in report.attacks if not attack.detail), key=lambda attack: -attack.auc.value
        )[: len(_COLOURS)]

    def finished(self) -> Image.Image:
        self._heading()
        self._frame()
        curves = [self._corners(attack) for attack in self.shown]
        for corners, colour in reversed(list(zip(curves, _COLOURS, strict=False))):
            self._line(corners, colour, 3)
        for turn, (corners, colour) in enumerate(zip(curves, _COLOURS, strict=False)):
            for stretch in _stretches(corners, turn, len(curves)):
                self._line(stretch, colour, 3)
        self._legend()
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _heading(self) -> None:
        report = self.report
        self._text(_LEFT, 22, "Membership inference", 26, _INK)
        sizes = f"{report.members.pictures} members, {report.non_members.pictures} non-members"
        self._text(_LEFT, 58, f"{_FINDINGS[report.finding]}. {sizes}.", 15, _GREY)

    def _frame(self) -> None:
        x0, y0, x1, y1 = _LEFT, _TOP, _LEFT + _SIDE, _TOP + _SIDE
        doubtful = self._x(1 / self.report.non_members.pictures)
        self._box(x0, y0, doubtful, y1, _DOUBT)
        for decade in range(-self.decades, 1):
            value = 10.0**decade
            for step in range(1, 10 if decade < 0 else 2):
                colour = "#c9cedb" if step == 1 else _FAINT
                self._line([(self._x(step * value), y0), (self._x(step * value), y1)], colour, 1)
                self._line([(x0, self._y(step * value)), (x1, self._y(step * value))], colour, 1)
            name = _percent(value)
            self._text(self._x(value), y1 + 10, name, 14, _INK, anchor="ma")
            self._text(x0 - 10, self._y(value), name, 14, _INK, anchor="rm")
        self._dashed([(self._x(10.0**-self.decades), self._y(10.0**-self.decades)), (x1, y0)], _GREY)
        self._dashed([(self._x(0.01), y0), (self._x(0.01), y1)], _INK)
        self._text(self._x(0.01) + 6, y1 - 24, "1 % FPR", 13, _INK)
        if doubtful - x0 > 60:
            self._text((x0 + doubtful) / 2, y1 - 24, "not measurable", 12, _GREY, anchor="ma")
        self._line([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], _INK, 1)
        self._text((x0 + x1) / 2, y1 + 38, "non-members taken for members (false-positive rate)", 15, _INK, anchor="ma")
        self._sideways(26, (y0 + y1) / 2, "members found (true-positive rate)", 15)

    def _corners(self, attack: AttackResult) -> list[tuple[float, float]]:
        """A curve as steps: between two measured points nothing is known that would slope."""
        points: list[tuple[float, float]] = []
        height = 0.0
        for point in attack.roc:
            points += [(point.fpr, height), (point.fpr, point.tpr)]
            height = point.tpr
        return [(self._x(fpr), self._y(tpr)) for fpr, tpr in points]

    def _legend(self) -> None:
        y = _TOP
        for attack, colour in zip(self.shown, _COLOURS, strict=False):
            self._line([(_LEGEND, y + 10), (_LEGEND + 34, y + 10)], colour, 5)
            self._text(_LEGEND + 46, y, f"{attack.name}  ({ACCESS_TEXT[attack.access]})", 16, _INK)
            rate, auc = attack.rates[0], attack.auc
            self._text(_LEGEND + 46, y + 24, f"AUC {auc.value:.3f}  ({auc.low:.3f} to {auc.high:.3f})", 14, _GREY)
            found = f"TPR at 1 % FPR {rate.tpr.value:.1%}  ({rate.tpr.low:.1%} to {rate.tpr.high:.1%})"
            self._text(_LEGEND + 46, y + 44, found, 14, _GREY)
            y += 80
        self._dashed([(_LEGEND, y + 10), (_LEGEND + 34, y + 10)], _GREY)
        self._text(_LEGEND + 46, y, "guessing", 16, _INK)
        notes = [
            "Intervals: 95 %; AUC by DeLong, TPR by",
            "Clopper-Pearson. Shaded: fewer errors than",
            "one non-member. 0 lies on the edges.",
            "Images-only attacks are a weak lower bound:",
            "passing them does not show privacy.",
        ]
        for index, note in enumerate(notes):
            self._text(_LEGEND, y + 48 + 20 * index, note, 13, _GREY)

    def _x(self, rate: float) -> float:
        return _LEFT + _SIDE * self._along(rate)

    def _y(self, rate: float) -> float:
        return _TOP + _SIDE * (1 - self._along(rate))

    def _along(self, rate: float) -> float:
        """Place on an axis, 0 to 1; what is below the lowest decade lies on its edge."""
        return max(0.0, 1 + math.log10(rate) / self.decades) if rate > 0 else 0.0

    def _line(self, points: list[tuple[float, float]], colour: str, width: int) -> None:
        self.pen.line([(x * _SCALE, y * _SCALE) for x, y in points], colour, width * _SCALE, joint="curve")

    def _dashed(self, ends: list[tuple[float, float]], colour: str) -> None:
        (x0, y0), (x1, y1) = ends
        count = max(1, int(math.hypot(x1 - x0, y1 - y0) / 9))
        for index in range(0, count, 2):
            a, b = index / count, min(1.0, (index + 1) / count)
            dash = [(x0 + (x1 - x0) * at, y0 + (y1 - y0) * at) for at in (a, b)]
            self._line(dash, colour, 1)

    def _box(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> None:
        if x1 > x0:
            self.pen.rectangle([value * _SCALE for value in (x0, y0, x1, y1)], fill=colour)

    def _text(self, x: float, y: float, text: str, size: int, colour: str, *, anchor: str = "la") -> None:
        self.pen.text((x * _SCALE, y * _SCALE), text, colour, _font(size), anchor=anchor)

    def _sideways(self, x: float, y: float, text: str, size: int) -> None:
        font = _font(size)
        width, height = math.ceil(font.getlength(text)), 2 * size * _SCALE
        label = Image.new("RGB", (width, height), _GROUND)
        ImageDraw.Draw(label).text((0, 0), text, _INK, font)
        turned = label.rotate(90, expand=True)
        self.image.paste(turned, (round(x * _SCALE - height / 2), round(y * _SCALE - width / 2)))


def _stretches(corners: list[tuple[float, float]], turn: int, turns: int) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a curve that are its own where several coincide: they take turns along the way.

    Steps go right and up, so x - y grows along every curve; equal curves are cut at equal places.
    """
    for (x0, y0), (x1, y1) in pairwise(corners):
        start, end = x0 - y0, x1 - y1
        for number in range(math.floor(start / _TURN), math.floor(end / _TURN) + 1):
            low, high = max(start, number * _TURN), min(end, (number + 1) * _TURN)
            if number % turns == turn and high > low:
                ends = ((at - start) / (end - start) for at in (low, high))
                yield [(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in ends]


def _font(size: int) -> Font:
    return ImageFont.load_default(size * _SCALE)


def _percent(value: float) -> str:
    return f"{value:.0%}" if value >= 0.01 else f"{100 * value:g}%"
