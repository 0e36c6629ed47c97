"""One photo, from the ground up: place, lasting features, shadows, the people and things, weather, light, style."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter

from ...errors import AlbumError
from ...records import Region, SceneObject
from ...seeds import derive_seed
from ...vocabulary import INDOOR_KINDS
from ..renderer import PhotoJob, StepCallback
from . import figures
from .canvas import Canvas, Rgb, Tone, shade
from .environments import ENVIRONMENTS
from .features import paint_features
from .grade import grade, relight
from .look import look_of
from .props import draw_prop
from .seasons import season_of
from .shadows import paint_shadows
from .strings import draw_leash, draw_string
from .view import EYE_M, View
from .wading import immersed, waterline
from .weather import paint_splashes, paint_weather

# How much longer than in a medium shot the lens is, and how blurred what is behind becomes (of the picture's size).
_ZOOM = {"wide": 0.86, "medium": 1.0, "close_up": 1.4, "detail": 1.75}
_BLUR = {"wide": 0.0, "medium": 0.0, "close_up": 0.0055, "detail": 0.009}

_ON_TABLES = frozenset(
    {
        *("map", "camera", "phone", "laptop", "book", "cup", "bowl", "cake", "candles", "gift", "flowers", "ice_cream"),
        *("pizza", "toy", "trophy", "paintbrush", "bread", "lantern", "other"),
    }
)

# Things that shine in the dark: metres they reach, strength, colour.
_GLOWING: dict[str, tuple[float, float, Rgb]] = {
    "campfire": (3.4, 1.6, (255, 160, 80)),
    "lantern": (2.2, 1.0, (255, 196, 110)),
    "candles": (1.8, 0.9, (255, 186, 100)),
    "christmas_tree": (1.6, 0.6, (255, 206, 140)),
    "cake": (1.2, 0.5, (255, 196, 110)),
    "laptop": (1.3, 0.4, (190, 214, 255)),
}


def paint_photo(job: PhotoJob, on_step: StepCallback) -> np.ndarray:
    """Draw one photo in the album's style.

    Args:
        job: what to draw.
        on_step: told after the place, every region, and the finish; may raise to stop.

    Returns:
        (job.height, job.width, 3) uint8.

    Raises:
        AlbumError: a region of the layout names somebody or something that is not in the scene.
    """
    return develop(paint_scene(job, on_step), job)


def develop(picture: np.ndarray, job: PhotoJob) -> np.ndarray:
    """Give a picture the look of the album's style.

    Args:
        picture: (h, w, 3) float32, 0..1 and above where lights shine.
        job: for the style and the seeds of paper and grain.

    Returns:
        (h, w, 3) uint8.
    """
    place, photo = _seeds(job)
    return grade(picture, job.style.name, place=place, photo=photo)


def paint_scene(job: PhotoJob, on_step: StepCallback) -> np.ndarray:
    """Draw one photo before any style: what the built-in model learns from.

    Args:
        job: what to draw.
        on_step: told after the place, every region, and the finish; may raise to stop.

    Returns:
        (job.height, job.width, 3) float32, 0..1 and above where lights shine.

    Raises:
        AlbumError: a region of the layout names somebody or something that is not in the scene.
    """
    regions = job.layout.regions
    steps = len(regions) + 2
    view = _view(job)
    indoors = job.environment.kind in INDOOR_KINDS
    ENVIRONMENTS[job.environment.kind](view)
    paint_features(view, job.environment, indoors=indoors)
    _blur_background(view, _BLUR[job.scene.camera.shot])
    if not indoors:
        paint_splashes(view)
    if job.scene.camera.shot == "detail":
        _table_top(view, job)
    afloat = {thing.id for thing in job.scene.objects if thing.held_by or thing.kind in ("kite", "leash")}
    afloat |= {region.ref for region in regions if immersed(job, region)}
    paint_shadows(view, regions, afloat)
    on_step(1, steps)
    for index, region in enumerate(regions):
        before = view.canvas.image.copy() if immersed(job, region) else None
        _draw_region(view, job, region)
        if before is not None:
            waterline(view, region, before)
        on_step(index + 2, steps)
    if not indoors:
        paint_weather(view)
    _fallback_fire(view, job)
    picture = np.asarray(view.canvas.finished(), np.float32) / 255
    picture = relight(picture, view.lamps, dusk=sum(view.look.light) / 3)
    on_step(steps, steps)
    return picture


def paint_sketch(job: PhotoJob) -> np.ndarray:
    """Draw the place, the animals and the things of a photo flat, by plain daylight, and people as mannequins.

    What the built-in model is told of colours and where they are (a spatial palette: Mou et al., AAAI 2024, section
    3.3); who the people are, the light, the weather, shadows and all that is fine are left to it. The place is the same
    in all of its photos, so this is what makes it stay the same.

    Args:
        job: what to sketch, at the job's own size.

    Returns:
        (job.height, job.width, 3) uint8.

    Raises:
        AlbumError: a region of the layout names somebody or something that is not in the scene.
    """
    plain = job.scene.model_copy(update={"lighting": "daylight", "weather": "clear"})
    job = replace(job, scene=plain)
    view = _view(job, supersample=2)
    ENVIRONMENTS[job.environment.kind](view)
    paint_features(view, job.environment, indoors=view.indoors)
    if plain.camera.shot == "detail":
        _table_top(view, job)
    for region in job.layout.regions:
        _draw_region(view, job, region, person=figures.draw_mannequin)
    return np.asarray(view.canvas.finished())


def _seeds(job: PhotoJob) -> tuple[int, int]:
    """Of what must not change from scene to scene, and of what may."""
    return (
        derive_seed(job.album_seed, job.environment.id, "place"),
        derive_seed(job.seed, job.scene.id, "photo"),
    )


def _view(job: PhotoJob, *, supersample: int | None = None) -> View:
    indoors = job.environment.kind in INDOOR_KINDS
    size = math.sqrt(job.width * job.height)
    supersample = supersample or (4 if size < 160 else 2)
    look = look_of(job.scene.lighting, job.scene.weather, indoors=indoors)
    canvas = Canvas(job.width, job.height, supersample=supersample, ground=look.low)
    place, photo = _seeds(job)
    return View(
        canvas=canvas,
        look=look,
        place=place,
        photo=photo,
        horizon=job.layout.horizon * job.height,
        focal=size * _ZOOM[job.scene.camera.shot],
        light=job.layout.light,
        season=season_of(job.scene.time.month),
        indoors=indoors,
    )


def _blur_background(view: View, amount: float) -> None:
    if amount <= 0:
        return
    canvas = view.canvas
    radius = amount * math.sqrt(canvas.width * canvas.height)
    small = canvas.image.convert("RGB").reduce(canvas.scale).filter(ImageFilter.GaussianBlur(radius))
    canvas.image = small.resize(canvas.image.size, Image.Resampling.BILINEAR).convert("RGBA")


def _table_top(view: View, job: PhotoJob) -> None:
    """Under a small thing seen from near lies a table, not the far ground."""
    kinds = {thing.id: thing.kind for thing in job.scene.objects}
    small = [region for region in job.layout.regions if kinds.get(region.ref) in _ON_TABLES]
    if not small or len(small) < len(job.layout.regions):
        return
    canvas, wood = view.canvas, view.look.tone((176, 124, 78))
    width, height = canvas.width, canvas.height
    foot = max(region.box[3] for region in small) * height
    edge = foot - 0.16 * height
    canvas.vertical_gradient(edge, height, shade(wood, 0.16), shade(wood, -0.14))
    rng = view.rng("table-top")
    for index in range(9):
        y = edge + (height - edge) * (index / 9) ** 1.4
        canvas.line([(0, y), (width, y)], 0.002 * height, (*shade(wood, -0.3), 60))
        for _ in range(6):
            x, long = rng.uniform(0, width), rng.uniform(0.06, 0.2) * width
            grain = y + rng.uniform(0.01, 0.05) * height
            canvas.line([(x, grain), (x + long, grain)], 0.0015 * height, (*shade(wood, -0.2), 70))
    canvas.line([(0, edge), (width, edge)], 0.004 * height, shade(wood, 0.3))


def _distance(view: View, region: Region) -> float:
    """Metres to a region that stands on the ground, from where its foot is in the picture."""
    drop = region.box[3] * view.canvas.height - view.horizon
    return min(60.0, max(1.5, view.focal * EYE_M / drop)) if drop > 1 else 12.0


def _draw_region(view: View, job: PhotoJob, region: Region, person: Callable[..., None] = figures.draw_person) -> None:
    z = _distance(view, region)

    def tone(color: Rgb) -> Rgb:
        return view.color(color, z)

    if region.kind == "object":
        _draw_object(view, job, region, tone)
        return
    for entry, character, outfit in zip(job.scene.cast, job.characters, job.outfits, strict=True):
        if entry.character != region.ref:
            continue
        if character.kind == "animal" or outfit is None:
            figures.draw_animal(view.canvas, region, character, entry, tone=tone, light=view.light)
        else:
            person(view.canvas, region, character, outfit, entry, tone=tone, light=view.light)
        return
    raise AlbumError(
        f"The layout of scene '{job.scene.id}' places '{region.ref}', who is not in its cast: lay out this plan again."
    )


def _draw_object(view: View, job: PhotoJob, region: Region, tone: Tone) -> None:
    thing = _object(job, region)
    width, height = view.canvas.width, view.canvas.height
    x0, y0, x1, y1 = region.box
    box = (x0 * width, y0 * height, x1 * width, y1 * height)
    if thing.kind == "leash" and draw_leash(view.canvas, thing, box, job.layout.regions, job.characters, tone):
        return
    if thing.kind in ("kite", "balloons"):
        box = draw_string(view.canvas, thing, box, job.layout.regions, tone)
    draw_prop(
        view.canvas, thing.kind, box, color=thing.color, count=thing.count, name=thing.name, tone=tone,
        light=view.light, seed=derive_seed(job.album_seed, thing.kind, thing.name, thing.color),
        mirrored=region.facing == "left",
    )  # fmt: skip
    if thing.kind in _GLOWING and view.look.dark:
        reach, strength, color = _GLOWING[thing.kind]
        size = max(box[2] - box[0], box[3] - box[1])
        at = ((box[0] + box[2]) / 2, box[1] + 0.6 * (box[3] - box[1]))
        view.canvas.glow(at, size * 1.1, (*color, 120))
        view.add_lamp(at, size * reach, strength, color)


def _object(job: PhotoJob, region: Region) -> SceneObject:
    for thing in job.scene.objects:
        if thing.id == region.ref:
            return thing
    raise AlbumError(
        f"The layout of scene '{job.scene.id}' places '{region.ref}', which is not one of its objects: "
        "lay out this plan again."
    )


def _fallback_fire(view: View, job: PhotoJob) -> None:
    """Firelight without a fire in the picture comes from in front of it, lamplight from beside it."""
    lit = {thing.kind for thing in job.scene.objects} & {"campfire", "lantern", "candles"}
    if lit or job.scene.lighting not in {"firelight", "lamplight"}:
        return
    width, height = view.canvas.width, view.canvas.height
    size = math.sqrt(width * height)
    if job.scene.lighting == "firelight":
        view.add_lamp((width / 2, height * 1.02), size * 0.85, 0.9, (255, 150, 72))
    else:
        view.add_lamp((width * (0.5 + 0.3 * view.light[0]), height * 0.35), size * 0.8, 0.5, (255, 200, 120))
