"""Lighting and weather as colours: the sky, the tone of materials, the haze, how strong shadows are."""

from dataclasses import dataclass, replace

from .canvas import Rgb, hex_rgb, mix, shade

Gains = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """How a scene is lit."""

    zenith: Rgb
    middle: Rgb
    low: Rgb  # the sky at the horizon
    light: Gains  # what a white surface in the open reflects, per channel
    haze: Rgb
    sight_m: float  # metres at which two thirds of a colour are lost in the haze
    shadow: float  # 0 none to 1 hard
    sun_height: float  # of the sun or moon over the horizon, in focal lengths
    dark: bool = False  # windows and lamps are lit
    stars: bool = False
    clouds: float = 0.15  # 0 none to 1 closed
    gray_clouds: float = 0.0  # 0 white to 1 dark
    snowy: bool = False
    wet: bool = False
    windy: bool = False
    lighting: str = "daylight"
    weather: str = "clear"

    def tone(self, color: Rgb) -> Rgb:
        """A material's colour under this light."""
        red, green, blue = (min(255, round(value * gain)) for value, gain in zip(color, self.light, strict=True))
        return red, green, blue


def _lit(sky: str, light: Gains, sight_m: float, shadow: float, sun_height: float, *, dark: bool = False) -> Look:
    """`sky` is four colours: zenith, middle, horizon, haze."""
    zenith, middle, low, haze = (hex_rgb(color) for color in sky.split())
    return Look(zenith, middle, low, light, haze, sight_m, shadow, sun_height, dark=dark)


_OUTDOORS: dict[str, Look] = {
    "sunrise": _lit("#7f92c4 #efb3ac #ffdc9e #f3c8b4", (1.0, 0.87, 0.82), 650, 0.45, 0.09),
    "daylight": _lit("#3f86cf #86bce8 #d8ecf3 #c6dcec", (1.0, 1.0, 0.98), 1100, 0.55, 0.62),
    "golden_hour": _lit("#6b9cc6 #f3c486 #ffe3a2 #f6d49e", (1.07, 0.90, 0.68), 700, 0.6, 0.15),
    "blue_hour": _lit("#1d3067 #4b68a4 #d3a0a4 #6a7cae", (0.50, 0.58, 0.86), 700, 0.15, -0.2, dark=True),
    "night": _lit("#080e26 #131f47 #2c4272 #22345f", (0.40, 0.48, 0.74), 800, 0.25, 0.36, dark=True),
    "lamplight": _lit("#141935 #2b2f5c #6a5272 #433f68", (0.66, 0.54, 0.48), 700, 0.35, -0.2, dark=True),
    "firelight": _lit("#0a0e22 #161c3a #33335a #262a4a", (0.46, 0.38, 0.42), 600, 0.3, -0.2, dark=True),
}  # fmt: skip

# Indoors daylight comes through windows and is softer; in the dark there is always some lamp.
_INDOOR_LIGHT: dict[str, Gains] = {
    "sunrise": (1.0, 0.90, 0.82),
    "daylight": (1.0, 0.985, 0.95),
    "golden_hour": (1.05, 0.90, 0.70),
    "blue_hour": (0.60, 0.64, 0.84),
    "night": (0.50, 0.52, 0.70),
    "lamplight": (0.92, 0.76, 0.56),
    "firelight": (0.66, 0.48, 0.38),
}

# clouds, gray_clouds, how gray the sky turns, brightness, sight factor, shadow factor
_WEATHER: dict[str, tuple[float, float, float, float, float, float]] = {
    "clear": (0.12, 0.0, 0.0, 1.0, 1.0, 1.0),
    "partly_cloudy": (0.55, 0.08, 0.0, 0.99, 1.0, 0.9),
    "overcast": (1.0, 0.40, 0.72, 0.90, 0.6, 0.3),
    "rain": (1.0, 0.62, 0.85, 0.78, 0.22, 0.2),
    "snow": (1.0, 0.25, 0.80, 0.96, 0.16, 0.3),
    "fog": (0.0, 0.2, 0.9, 0.95, 0.035, 0.15),
    "storm": (1.0, 1.0, 0.9, 0.58, 0.25, 0.2),
    "wind": (0.45, 0.15, 0.1, 1.0, 0.9, 0.9),
}


def look_of(lighting: str, weather: str, *, indoors: bool) -> Look:
    """The light of a scene.

    Args:
        lighting: one of vocabulary.LIGHTINGS.
        weather: one of vocabulary.WEATHERS.
        indoors: whether the place has a roof; the sky is then what the windows show.
    """
    base = _OUTDOORS[lighting]
    clouds, gray_clouds, gray, brightness, sight, shadow = _WEATHER[weather]
    if base.dark:  # clouds take little from a scene that the sun does not light
        brightness = 1.0 - (1.0 - brightness) * 0.35
    cover = _cloud_gray(base, weather)
    sky = {
        name: shade(mix(getattr(base, name), cover, gray * weight), min(0.0, brightness - 1.0) * 0.6)
        for name, weight in (("zenith", 0.92), ("middle", 1.0), ("low", 0.9), ("haze", 0.95))
    }
    return replace(
        base,
        **sky,
        light=_indoor_light(lighting, brightness) if indoors else _weathered_light(base.light, gray, brightness),
        sight_m=base.sight_m * sight,
        shadow=base.shadow * shadow,
        clouds=clouds,
        gray_clouds=gray_clouds,
        stars=lighting in {"night", "lamplight", "firelight"} and weather in {"clear", "partly_cloudy", "wind"},
        snowy=weather == "snow",
        wet=weather in {"rain", "storm"},
        windy=weather in {"wind", "storm"},
        lighting=lighting,
        weather=weather,
    )


def _cloud_gray(base: Look, weather: str) -> Rgb:
    """The colour of a closed cloud cover: as bright as the sky that it hides, with a trace of its hue."""
    level = round(0.30 * base.middle[0] + 0.45 * base.middle[1] + 0.25 * base.middle[2])
    lift = {"snow": 1.12, "fog": 1.08, "storm": 0.52, "rain": 0.86}.get(weather, 1.0)
    level = min(236, round(level * lift) + (12 if base.dark else 0))
    return mix((level, level, min(255, round(level * 1.05))), base.middle, 0.14)


def _indoor_light(lighting: str, brightness: float) -> Gains:
    """Bad weather dims a room a little, unless lamps light it."""
    red, green, blue = _INDOOR_LIGHT[lighting]
    dim = 1.0 if lighting in {"night", "lamplight", "firelight"} else 1.0 + (brightness - 1.0) * 0.45
    return red * dim * (0.98 if dim < 1 else 1.0), green * dim, blue * dim * (1.02 if dim < 1 else 1.0)


def _weathered_light(light: Gains, gray: float, brightness: float) -> Gains:
    mean = sum(light) / 3
    red, green, blue = (brightness * (gain + (mean - gain) * gray * 0.55) for gain in light)
    return red, green, blue
