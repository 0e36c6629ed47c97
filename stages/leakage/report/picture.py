"""The report on one picture, for IMAGE sockets: verdict, key figures, checks, and every photo with its result."""

import io
import re
from collections.abc import Mapping
from typing import Final

from PIL import Image, ImageDraw

from ...lettering import legible, shorten, text_width, wrap, write
from .record import LeakageReport, ReportedCheck, ReportedPhoto
from .words import RESULT_WORDS, SHORT, STATE_WORDS, compared_words, finding_words, threshold_words

WIDTH: Final = 1240  # pixels; an A4 sheet at 150 dots per inch
MAX_ROWS: Final = 40  # of photos; longer albums show what is not clean, and say how many are left out

_MARGIN, _GAP = 64, 24
_COLUMNS: Final = 4
_TILE: Final = (_W := (WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) // _COLUMNS, round(_W * 0.75))
_LABEL: Final = 78  # below each picture
_INK, _SOFT, _LINE, _PAPER, _GROUND = "#1f2328", "#5a636c", "#d9dee3", "#ffffff", "#f2f4f6"
_COLOURS: Final = {
    "clean": ("#1f6b3f", "#e8f3ec"),
    "withheld": ("#7a5200", "#fcf2da"),
    "unchecked": ("#7a5200", "#fcf2da"),
    "not_made": ("#7a5200", "#fcf2da"),
    "leak": ("#9c2a22", "#fae7e4"),
}


def report_picture(report: LeakageReport, thumbnails: Mapping[int, bytes]) -> Image.Image:
    """Draw the report.

    Args:
        report: what is said.
        thumbnails: JPEG files of photos that may be shown, by number; others get a plain card.

    Returns:
        RGB, `WIDTH` pixels wide; the height follows from the number of checks and photos.
    """
    shown, left_out = _shown(report)
    drawing = _Drawing(report, thumbnails)
    rows = -(-len(shown) // _COLUMNS)
    height = drawing.head_height() + drawing.checks_height() + rows * (_TILE[1] + _LABEL) + 190
    drawing.open(height)
    y = drawing.head(_MARGIN - 8)
    y = drawing.checks(y + 34)
    y = drawing.photos(y + 34, shown, left_out)
    return drawing.closed(y)


def _shown(report: LeakageReport) -> tuple[list[ReportedPhoto], int]:
    """The photos that fit, those in trouble before clean ones, in their order; and how many are left out."""
    most = MAX_ROWS * _COLUMNS
    ranked = sorted(report.photos, key=lambda photo: (photo.state == "clean", photo.number))[:most]
    return sorted(ranked, key=lambda photo: photo.number), len(report.photos) - len(ranked)


class _Drawing:
    """The pen, and where it stands."""

    def __init__(self, report: LeakageReport, thumbnails: Mapping[int, bytes]) -> None:
        self.report, self.thumbnails = report, thumbnails
        self.room = WIDTH - 2 * _MARGIN
        self.summary = wrap(legible(report.summary), 20, self.room - 120, 6)
        gaps = legible("; ".join(re.split(r"[:;,.(]", line)[0].strip() for line in report.not_checked))
        self.gaps = wrap(f"Not checked: {gaps}." if gaps else "", 17, self.room, 4)

    def open(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH, height), _PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def closed(self, y: int) -> Image.Image:
        foot = "Pictures that leaked or were not checked are not shown."
        if self.report.of_album:
            foot = "Every picture here was made by software. Photos that leaked or were not checked are not shown."
        self.pen.line((_MARGIN, y + 8, WIDTH - _MARGIN, y + 8), fill=_LINE)
        write(self.pen, (_MARGIN, y + 22), foot, 15, _SOFT, "la")
        mark = f"content {self.report.content_sha256[:16]}"
        write(self.pen, (WIDTH - _MARGIN, y + 22), mark, 15, _SOFT, "ra")
        return self.image.crop((0, 0, WIDTH, y + 64))

    def head_height(self) -> int:
        return _MARGIN + 100 + self._verdict_height() + 130

    def _verdict_height(self) -> int:
        return 74 + 28 * len(self.summary)

    def head(self, y: int) -> int:
        report, pen = self.report, self.pen
        write(pen, (_MARGIN, y), "LEAKAGE REPORT", 16, "#34526b", "la")
        title = shorten(legible(report.title) or "Album", 40, self.room)
        write(pen, (_MARGIN, y + 26), title, 40, _INK, "la")
        y += 96
        colour, ground = _COLOURS[report.outcome]
        bottom = y + self._verdict_height()
        pen.rectangle((_MARGIN, y, WIDTH - _MARGIN, bottom), fill=ground)
        pen.rectangle((_MARGIN, y, _MARGIN + 8, bottom), fill=colour)
        write(pen, (_MARGIN + 36, y + 18), report.headline, 32, colour, "la")
        for number, line in enumerate(self.summary):
            write(pen, (_MARGIN + 36, y + 62 + 28 * number), line, 20, _INK, "la")
        return self._figures(bottom + 22)

    def _figures(self, y: int) -> int:
        counts = self.report.counts
        figures = [
            (counts.photos, "photos" if self.report.of_album else "pictures", _INK),
            (counts.clean, "clean", _COLOURS["clean"][0]),
            (counts.withheld, "withheld", _COLOURS["withheld"][0] if counts.withheld else _INK),
            (counts.leaking + counts.unchecked + counts.not_made, "leaking or not checked", _COLOURS["leak"][0]),
            (counts.made_again, "made again", _INK),
            (self.report.gallery.references, "references", _INK),
        ]
        left_out = {"leaking or not checked"} | (set() if self.report.of_album else {"withheld", "made again"})
        figures = [figure for figure in figures if figure[0] or figure[1] not in left_out]
        width = (self.room - (len(figures) - 1) * 14) // len(figures)
        for number, (value, name, colour) in enumerate(figures):
            x = _MARGIN + number * (width + 14)
            self.pen.rounded_rectangle((x, y, x + width, y + 84), 6, fill=_GROUND)
            write(self.pen, (x + 16, y + 12), f"{value:,}", 30, colour, "la")
            write(self.pen, (x + 16, y + 54), shorten(name, 16, width - 24), 16, _SOFT, "la")
        return y + 84

    def checks_height(self) -> int:
        return 34 + 50 + 34 * max(1, len(self.report.checks)) + 24 * len(self.gaps) + 30

    def checks(self, y: int) -> int:
        write(self.pen, (_MARGIN, y), "What was checked", 24, _INK, "la")
        y += 44
        if not self.report.checks:
            write(self.pen, (_MARGIN, y), "Nothing.", 18, _SOFT, "la")
            y += 34
        for check in self.report.checks:
            self._check(y, check)
            y += 34
        for line in self.gaps:
            write(self.pen, (_MARGIN, y + 10), line, 17, _COLOURS["unchecked"][0], "la")
            y += 24
        return y + 4

    def _check(self, y: int, check: ReportedCheck) -> None:
        facts = check.facts
        write(self.pen, (_MARGIN, y), shorten(check.title, 18, 330), 18, _INK, "la")
        self._badge(_MARGIN + 340, y - 2, facts.status, RESULT_WORDS[facts.status])
        encoder = f"{facts.encoder} {(facts.encoder_sha256 or '')[:8]}".strip()
        limit = threshold_words(facts)
        told = [compared_words(facts), encoder]
        told += [f"found at {limit}" if limit else ""]
        line = legible(", ".join(part for part in told if part))
        write(self.pen, (_MARGIN + 480, y), shorten(line, 18, self.room - 480), 18, _SOFT, "la")
        self.pen.line((_MARGIN, y + 27, WIDTH - _MARGIN, y + 27), fill=_LINE)

    def photos(self, y: int, shown: list[ReportedPhoto], left_out: int) -> int:
        if not shown:
            return y
        title = (
            f"Every {'photo' if self.report.of_album else 'picture'}"
            if not left_out
            else f"Photos ({left_out:,} clean ones are not shown)"
        )
        write(self.pen, (_MARGIN, y), title, 24, _INK, "la")
        y += 46
        for number, photo in enumerate(shown):
            row, column = divmod(number, _COLUMNS)
            self._photo(_MARGIN + column * (_TILE[0] + _GAP), y + row * (_TILE[1] + _LABEL), photo)
        return y + -(-len(shown) // _COLUMNS) * (_TILE[1] + _LABEL)

    def _photo(self, x: int, y: int, photo: ReportedPhoto) -> None:
        width, height = _TILE
        data = self.thumbnails.get(photo.number) if photo.state == "clean" else None
        colour, ground = _COLOURS[photo.state]
        if data is None:
            self.pen.rectangle((x, y, x + width - 1, y + height - 1), fill=ground, outline=colour)
            words = STATE_WORDS[photo.state]
            write(self.pen, (x + width / 2, y + height / 2), words, 22, colour, "mm")
        else:
            self._fill(x, y, data)
        left = self._badge(x, y + height + 8, photo.state) + 10
        name = f"{photo.number}  {legible(photo.title)}"
        write(self.pen, (x + left, y + height + 10), shorten(name, 17, width - left), 17, _INK, "la")
        worst = photo.findings[0] if photo.findings else None
        score = f"{SHORT[worst.kind]} {finding_words(worst)}" if worst and finding_words(worst) else photo.reason
        write(self.pen, (x, y + height + 38), shorten(legible(score), 15, width), 15, _SOFT, "la")

    def _fill(self, x: int, y: int, data: bytes) -> None:
        """A thumbnail on a neutral ground, whole."""
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            small = picture.convert("RGB")
        scale = min(_TILE[0] / small.width, _TILE[1] / small.height)
        small = small.resize(
            (max(1, round(small.width * scale)), max(1, round(small.height * scale))), Image.Resampling.LANCZOS
        )
        self.pen.rectangle((x, y, x + _TILE[0] - 1, y + _TILE[1] - 1), fill=_GROUND)
        self.image.paste(small, (x + (_TILE[0] - small.width) // 2, y + (_TILE[1] - small.height) // 2))

    def _badge(self, x: int, y: int, state: str, words: str = "") -> int:
        """A rounded label; its width."""
        colour, ground = _COLOURS[state]
        words = words or STATE_WORDS[state]
        width = round(text_width(words, 15)) + 24
        self.pen.rounded_rectangle((x, y, x + width, y + 24), 12, fill=ground)
        write(self.pen, (x + width / 2, y + 12), words, 15, colour, "mm")
        return width
