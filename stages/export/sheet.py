"""The contact sheet: all photos of an album on one picture."""

from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from ..errors import AlbumError
from ..lettering import legible, shorten, wrap, write
from ..records import Album, PhotoRecord
from ..wording import date_range, join_lines

MAX_SIDE: Final = 16384  # pixels; larger pictures are refused by many viewers
STATEMENT: Final = "Synthetic album. Made by software; shows no real person, place or event."

_PAPER, _INK, _SOFT, _LINE, _EMPTY = "#faf7f2", "#26221d", "#6d6459", "#ddd3c4", "#efe8dd"
_PLACEHOLDERS = {
    "pending": "not made yet",
    "failed": "could not be made",
    "withheld": "withheld",
    "done": "file missing",
}


def contact_sheet(album: Album, photos: Iterable[np.ndarray | None], *, columns: int, tile: int) -> np.ndarray:
    """Draw title, cast, every photo with its number and caption, and the statement.

    Photos are reduced as they come, so an iterator keeps memory flat however long the album is.

    Args:
        album: gives titles, captions and the order.
        photos: one for each of `album.photos`, (height, width, 3) uint8 of any size; None draws a placeholder. Missing
            ones at the end count as None.
        columns: photos side by side, 1 to 12; fewer photos make fewer columns.
        tile: pixels of the square that each photo is fitted into, 64 to 1024. Albums too long for one picture at
            this size get smaller tiles.

    Returns:
        (height, width, 3) uint8.

    Raises:
        AlbumError: columns or tile are out of range, or a photo is not such an array.
    """
    if not 1 <= columns <= 12:
        raise AlbumError(f"A contact sheet has 1 to 12 columns, but {columns} were asked for.")
    if not 64 <= tile <= 1024:
        raise AlbumError(f"The tiles of a contact sheet are 64 to 1024 pixels, but {tile} were asked for.")
    grid = _Grid(album, min(columns, max(1, len(album.photos))), tile)
    sheet = Image.new("RGB", (grid.width, grid.height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    _draw_head(draw, album, grid)
    for index, (record, photo) in enumerate(_paired(album, photos)):
        _draw_tile(sheet, draw, album, record, photo, grid, index)
    _draw_foot(draw, grid)
    return np.array(sheet)


class _Grid:
    """Where everything goes. All sizes follow from the tile, so that small sheets keep their proportions."""

    def __init__(self, album: Album, columns: int, tile: int) -> None:
        self.columns = columns
        shapes = [record.height / record.width for record in album.photos if record.width and record.height]
        self.shape = (
            min(1.0, max(0.4, *shapes)) if shapes else 1.0
        )  # height by width of a cell: no air over wide photos
        rows = max(1, -(-len(album.photos) // columns))
        self.tile = tile
        self._measure(rows)
        while max(self.width, self.height) > MAX_SIDE and self.tile > 32:
            self.tile = max(32, int(self.tile * min(0.95, MAX_SIDE / max(self.width, self.height))))
            self._measure(rows)

    def _measure(self, rows: int) -> None:
        self.cell = round(self.tile * self.shape)
        self.margin = max(16, round(self.tile * 0.16))
        self.gap = max(8, round(self.tile * 0.075))
        self.caption_size = max(9, min(18, round(self.tile * 0.055)))
        self.width = 2 * self.margin + self.columns * self.tile + (self.columns - 1) * self.gap
        self.title_size = max(14, min(round(self.width * 0.032) + 10, 64))
        self.small_size = max(10, round(self.title_size * 0.42))
        self.head = self.margin + round(self.title_size * 1.35) + round(self.small_size * 4.4)
        self.caption_height = round(self.caption_size * 3.6)
        self.row_height = self.cell + self.caption_height + self.gap
        self.foot = round(self.small_size * 2.2) + self.margin
        self.height = self.head + rows * self.row_height + self.foot

    def corner(self, index: int) -> tuple[int, int]:
        row, column = divmod(index, self.columns)
        return self.margin + column * (self.tile + self.gap), self.head + row * self.row_height


def _paired(album: Album, photos: Iterable[np.ndarray | None]) -> Iterator[tuple[PhotoRecord, np.ndarray | None]]:
    yield from zip(album.photos, chain(photos, repeat(None)), strict=False)


def _draw_head(draw: ImageDraw.ImageDraw, album: Album, grid: _Grid) -> None:
    plan, room = album.plan, grid.width - 2 * grid.margin
    times = [scene.time.date() for scene in plan.scenes]
    title = legible(plan.title) or "Album"
    write(draw, (grid.margin, grid.margin), shorten(title, grid.title_size, room), grid.title_size, _INK, "la")
    top = grid.margin + round(grid.title_size * 1.35)
    count = len(album.photos)
    line = f"{legible(date_range(min(times), max(times)))}  ·  {count} photo{'s' if count != 1 else ''}"
    write(draw, (grid.margin, top), shorten(line, grid.small_size, room), grid.small_size, _SOFT, "la")
    names = [name for name in (legible(character.name) for character in plan.characters) if name]
    if names:
        cast = shorten(f"With {join_lines(names)}", grid.small_size, room)
        write(draw, (grid.margin, top + round(grid.small_size * 1.5)), cast, grid.small_size, _SOFT, "la")


def _draw_tile(
    sheet: Image.Image,
    draw: ImageDraw.ImageDraw,
    album: Album,
    record: PhotoRecord,
    photo: np.ndarray | None,
    grid: _Grid,
    index: int,
) -> None:
    x, y = grid.corner(index)
    if photo is None:
        draw.rectangle((x, y, x + grid.tile - 1, y + grid.cell - 1), fill=_EMPTY, outline=_LINE)
        middle = (x + grid.tile / 2, y + grid.cell / 2)
        note = shorten(_PLACEHOLDERS[record.status], grid.caption_size, grid.tile - 8)
        write(draw, middle, note, grid.caption_size, _SOFT, "mm")
    else:
        small = _fitted(photo, grid, record)
        # Captions start under the photos, so photos of one row stand on one line.
        sheet.paste(small, (x + (grid.tile - small.width) // 2, y + grid.cell - small.height))
    _draw_caption(draw, album, record, grid, x, y + grid.cell + round(grid.caption_size * 0.6))


def _draw_caption(draw: ImageDraw.ImageDraw, album: Album, record: PhotoRecord, grid: _Grid, x: int, y: int) -> None:
    scenes = [scene for scene in album.plan.scenes if scene.id == record.scene]
    caption = (legible(scenes[0].title) or legible(scenes[0].caption)) if scenes else ""
    lines = wrap(f"{record.number}  {caption}".strip(), grid.caption_size, grid.tile, 2)
    for number, line in enumerate(lines):
        write(draw, (x, y + round(number * grid.caption_size * 1.3)), line, grid.caption_size, _INK, "la")


def _draw_foot(draw: ImageDraw.ImageDraw, grid: _Grid) -> None:
    line = grid.height - grid.foot
    draw.line((grid.margin, line, grid.width - grid.margin, line), fill=_LINE)
    size = grid.small_size
    while size > 8 and draw.textlength(STATEMENT, font_size=size) > grid.width - 2 * grid.margin:
        size -= 1
    for number, part in enumerate(wrap(STATEMENT, size, grid.width - 2 * grid.margin, 3)):
        write(
            draw,
            (grid.margin, line + round(grid.small_size * 0.8) + round(number * size * 1.25)),
            part,
            size,
            _SOFT,
            "la",
        )


def _fitted(photo: np.ndarray, grid: _Grid, record: PhotoRecord) -> Image.Image:
    if not isinstance(photo, np.ndarray) or photo.dtype != np.uint8 or photo.ndim != 3 or photo.shape[2] != 3:
        came = f"{photo.dtype} {photo.shape}" if isinstance(photo, np.ndarray) else type(photo).__name__
        raise AlbumError(f"Photo {record.number} must be a (height, width, 3) array of uint8, but it is {came}.")
    if 0 in photo.shape:
        raise AlbumError(f"Photo {record.number} has no pixels: render it again.")
    scale = min(grid.tile / photo.shape[1], grid.cell / photo.shape[0])
    size = (max(1, round(photo.shape[1] * scale)), max(1, round(photo.shape[0] * scale)))
    return Image.fromarray(np.ascontiguousarray(photo)).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
