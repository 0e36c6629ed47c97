"""A quality report as a picture: shares as bars with their intervals, and what a probe learned."""

import io
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .record import Interval, QualityReport

WIDTH: Final = 960
_LEFT: Final = 300
_RIGHT: Final = 150
_ROW: Final = 34
_INK, _SOFT, _LINE, _GROUND = "#1d2733", "#5c6b7a", "#d5dbe1", "#ffffff"
_PHOTO, _REAL, _GUESS = "#7db1d8", "#c3cdd6", "#c2571a"
_HEADLINE = "#2f6f9f"

_Bar = tuple[str, Interval, str]


def quality_chart(report: QualityReport) -> np.ndarray:
    """Draw the report.

    Returns:
        (height, 960, 3) uint8; the height follows from what was measured.
    """
    overlap, learned = _overlap_bars(report), _utility_bars(report)
    height = 150 + _block_height(overlap) + (_block_height(learned) + 24 if learned else 0)
    image = Image.new("RGB", (WIDTH, height), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.text((28, 22), "Quality beside the reference", fill=_INK, font=_font(26))
    sizes = f"{report.photos.pictures} photos, {report.reference.pictures} reference pictures"
    draw.text((28, 58), f"{sizes}; encoder {report.encoder_label}", fill=_SOFT, font=_font(15))
    kid = report.kid
    headline = f"KID {kid.value:.4f}"
    draw.text((28, 88), headline, fill=_HEADLINE, font=_font(24))
    beside = 28 + draw.textlength(headline, font=_font(24)) + 18
    draw.text(
        (beside, 95), f"95 %: {kid.low:.4f} to {kid.high:.4f}; 0 = cannot be told apart", fill=_SOFT, font=_font(15)
    )
    y = _block(draw, 132, "How the two sets overlap", overlap)
    if learned:
        _block(draw, y + 24, "Share right on real pictures, after learning from as many of each", learned)
        _guesses(draw, y + 24, report)
    return np.asarray(image)


def chart_png(chart: np.ndarray) -> bytes:
    """A chart as a PNG file; the same chart gives the same bytes."""
    file = io.BytesIO()
    Image.fromarray(chart).save(file, format="PNG")
    return file.getvalue()


def _overlap_bars(report: QualityReport) -> list[_Bar]:
    found = report.manifold
    if found is None:
        return []
    return [
        ("precision: photos like the reference", found.precision, _PHOTO),
        ("recall: reference among the photos", found.recall, _PHOTO),
        ("coverage: reference with photo nearby", found.coverage, _PHOTO),
    ]


def _utility_bars(report: QualityReport) -> list[_Bar]:
    bars: list[_Bar] = []
    for task in report.utility.tasks if report.utility else []:
        bars += [(f"{task.task}: synthetic", task.synthetic, _PHOTO), (f"{task.task}: real", task.real, _REAL)]
    return bars


def _block_height(bars: list[_Bar]) -> int:
    return 40 + _ROW * max(1, len(bars))


def _block(draw: ImageDraw.ImageDraw, top: int, title: str, bars: list[_Bar]) -> int:
    draw.text((28, top), title, fill=_INK, font=_font(17))
    y = top + 34
    if not bars:
        draw.text((28, y), "not measured: too few pictures for this k", fill=_SOFT, font=_font(15))
    for name, interval, colour in bars:
        _bar(draw, y, name, interval, colour)
        y += _ROW
    return top + _block_height(bars)


def _bar(draw: ImageDraw.ImageDraw, y: int, name: str, interval: Interval, colour: str) -> None:
    middle = y + _ROW // 2 - 4
    draw.text((_LEFT - 12, middle), name, fill=_INK, font=_font(14), anchor="rm")
    draw.rectangle((_LEFT, y + 2, _x(1.0), y + _ROW - 10), fill="#f2f4f6")
    draw.rectangle((_LEFT, y + 2, max(_LEFT + 1, _x(interval.value)), y + _ROW - 10), fill=colour)
    low, high = _x(interval.low), _x(interval.high)
    draw.line((low, middle, high, middle), fill=_INK, width=2)
    for x in (low, high):
        draw.line((x, middle - 5, x, middle + 5), fill=_INK, width=2)
    draw.text((_x(1.0) + 12, middle), f"{interval.value:.2f}", fill=_INK, font=_font(15), anchor="lm")
    draw.text(
        (_x(1.0) + 52, middle), f"{interval.low:.2f} to {interval.high:.2f}", fill=_SOFT, font=_font(12), anchor="lm"
    )


def _guesses(draw: ImageDraw.ImageDraw, top: int, report: QualityReport) -> None:
    """Where always guessing the same would end, across both bars of a task."""
    y = top + 34
    for task in report.utility.tasks if report.utility else []:
        draw.line((_x(task.baseline), y, _x(task.baseline), y + 2 * _ROW - 8), fill=_GUESS, width=2)
        y += 2 * _ROW
    draw.text((WIDTH - 28, top + 4), "orange: by guessing", fill=_GUESS, font=_font(13), anchor="rt")


def _x(share: float) -> int:
    return round(_LEFT + min(1.0, max(0.0, share)) * (WIDTH - _LEFT - _RIGHT))


def _font(size: int) -> "ImageFont.ImageFont | ImageFont.FreeTypeFont":
    return ImageFont.load_default(size)
