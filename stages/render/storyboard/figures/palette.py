"""The colours of people, clothes and coats in plain daylight, sRGB."""

from typing import Final

from .... import vocabulary as v
from ..canvas import Rgb, hex_rgb, mix

CLOTH: Final[dict[str, Rgb]] = {
    name: hex_rgb(code)
    for name, code in {
        "white": "#f4f1ea", "black": "#34333b", "gray": "#9a9ca3", "beige": "#dcc7a1", "brown": "#86583a",
        "red": "#d8453e", "burgundy": "#86293f", "orange": "#ea8a3c", "yellow": "#f2c546", "green": "#4c9a5b",
        "olive": "#7e8247", "teal": "#22807f", "turquoise": "#4bbfc0", "blue": "#4079c4", "navy": "#2d3f69",
        "purple": "#7e5aa8", "pink": "#ec90ab",
    }.items()
}  # fmt: skip
HAIR: Final[dict[str, Rgb]] = {
    name: hex_rgb(code)
    for name, code in {
        "black": "#2a262b", "dark_brown": "#46301f", "brown": "#6b4529", "light_brown": "#99703f",
        "auburn": "#88371f", "red": "#c8592a", "blonde": "#e3bd68", "gray": "#a3a3a8", "white": "#ebe8e3",
        "blue": "#3f74b8", "pink": "#e884a8",
    }.items()
}  # fmt: skip
EYES: Final[dict[str, Rgb]] = {
    name: hex_rgb(code)
    for name, code in {
        "brown": "#6a3f22", "hazel": "#8f6b2e", "green": "#3f8a4f", "blue": "#3a84c9", "gray": "#74808c",
    }.items()
}  # fmt: skip
COAT: Final[dict[str, Rgb]] = {
    name: hex_rgb(code)
    for name, code in {
        "black": "#38353a", "white": "#f3efe7", "gray": "#97989d", "brown": "#855636", "golden": "#dda44e",
        "cream": "#efdcb6", "ginger": "#d9803b", "green": "#57a553", "red": "#cf4738", "blue": "#3f86c6",
    }.items()
}  # fmt: skip

INK: Final[Rgb] = (58, 42, 44)
WHITE: Final[Rgb] = (255, 253, 248)
LIP: Final[Rgb] = (178, 72, 72)
MOUTH: Final[Rgb] = (122, 40, 46)
TONGUE: Final[Rgb] = (228, 122, 122)
METAL: Final[Rgb] = (226, 184, 84)
RUBBER: Final[Rgb] = (242, 240, 234)


def skin(tone: int) -> Rgb:
    """The daylight colour of a Monk skin tone, 1 to 10."""
    return hex_rgb(v.MONK_SKIN_TONES[tone - 1])


def blush(base: Rgb) -> Rgb:
    """A flush on skin: rosy on light skin, a deep warm red on dark skin."""
    return mix(base, (214, 74, 66) if luma(base) > 90 else (150, 54, 40), 0.6)


def luma(color: Rgb) -> float:
    """Brightness as the eye weighs it, 0 to 255."""
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]


def accent(color: Rgb) -> Rgb:
    """The second colour of a pattern: light on dark cloth, a deep version of itself on light cloth."""
    if luma(color) > 205:
        return hex_rgb("#6f93b8")
    return mix(color, WHITE, 0.78)


def scaled(color: Rgb, factors: tuple[float, float, float]) -> Rgb:
    """A colour multiplied channel by channel."""
    return tuple(max(0, min(255, round(c * f))) for c, f in zip(color, factors, strict=True))  # pyright: ignore[reportReturnType]
