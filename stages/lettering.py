"""Text in pictures with the font that Pillow brings, so that sheets look the same on every machine.

That font knows Latin letters only. Others become their nearest Latin letter where there is one; a line of which too
little would be left is not drawn at all, since a row of question marks tells nobody anything.
"""

import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from .wording import readable

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_LEGIBLE_SHARE = 0.6  # of a line's letters
# Signs that have no decomposition but a plain equal.
_STAND_INS = str.maketrans(
    {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "×": "x", "ß": "ss"}
)
_UNKNOWN = "\U0010ffff"  # no font has it, so it is drawn as the sign for a missing letter


@lru_cache(maxsize=32)
def font(size: int) -> Font:
    """Pillow's own font, `size` in pixels."""
    return ImageFont.load_default(max(8, size))


def legible(text: str) -> str:
    """The text in letters that the font has, on one line; empty where too little of it is legible."""
    flat = " ".join(readable(text).split())
    parts = [_drawable(character) for character in flat]
    letters = [part for part, character in zip(parts, flat, strict=True) if character.isalnum()]
    if letters and sum(bool(part) for part in letters) < _LEGIBLE_SHARE * len(letters):
        return ""
    return " ".join("".join(parts).split())


def text_width(text: str, size: int) -> float:
    """Pixels from the first letter's start to the last one's end."""
    return font(size).getlength(text)


def wrap(text: str, size: int, width: int, lines: int) -> list[str]:
    """Break text into at most `lines` lines of at most `width` pixels; what does not fit ends in an ellipsis."""
    wrapped: list[str] = []
    rest = text.split(" ") if text else []
    while rest and len(wrapped) < lines:
        taken = len(rest)
        if len(wrapped) < lines - 1:
            while taken > 1 and text_width(" ".join(rest[:taken]), size) > width:
                taken -= 1
        wrapped.append(shorten(" ".join(rest[:taken]), size, width))
        rest = rest[taken:]
    return wrapped


def shorten(text: str, size: int, width: int) -> str:
    """The text, cut to `width` pixels with an ellipsis where it is longer."""
    if text_width(text, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, color: str, anchor: str) -> None:
    """Draw one line; `anchor` as Pillow's text anchors."""
    if text:
        draw.text(place, text, font=font(size), fill=color, anchor=anchor)


def _drawable(character: str) -> str:
    if _in_font(character):
        return character
    plain = unicodedata.normalize("NFKD", character).translate(_STAND_INS)
    return "".join(part for part in plain if part.isascii() and _in_font(part))


@lru_cache(maxsize=4096)
def _in_font(character: str) -> bool:
    if character == " ":
        return True
    return _drawn(character) not in (_drawn(_UNKNOWN), _drawn(" "))


def _drawn(character: str) -> bytes:
    """The pixels of one character."""
    image = Image.new("L", (48, 48))
    ImageDraw.Draw(image).text((8, 8), character, font=font(24), fill=255)
    return image.tobytes()
