"""How many copies the leakage check finds, and how often it cries wolf.

Reference pictures are put into a gallery; every reference is copied with each transform and must be found; other
pictures (impostors) must not. `--pictures procedural` draws landscapes with hills, houses, trees and people from
random numbers; `--pictures storyboard` renders albums, references and impostors from different plans.

Prints a table: the share of copies found and the 50th and 99th percentile of their distance in bits, beside what the
library hash `imagehash.phash` (64 bits, whole picture, eight orientations) finds when its threshold is set to raise
the same share of false alarms or up to 1 %.
"""

import argparse
import io
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import imagehash
import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from synthetic_albums.stages.leakage import DEFAULT_THRESHOLD_BITS, Gallery, build_gallery, check_photos
from synthetic_albums.stages.seeds import derive_seed

Transform = Callable[[np.ndarray, np.random.Generator], np.ndarray]

WIDTH, HEIGHT = 480, 360
STORIES = (
    "a day at the park with a golden retriever", "a road trip to the coast and the mountains",
    "a birthday party at home with friends", "a week of camping by the lake", "a winter holiday in the snow",
    "a trip to an old town with museums and cafes", "a school day and a football match",
    "a wedding by the beach and dinner at night",
)  # fmt: skip


# --- pictures -----------------------------------------------------------------------------------------------------


def procedural(rng: np.random.Generator) -> np.ndarray:
    """A landscape: sky, hills, ground, and some things standing on it."""
    top, bottom = rng.integers(60, 256, 3), rng.integers(60, 256, 3)
    down = np.linspace(0, 1, HEIGHT)[:, None, None]
    sky = np.broadcast_to(top * (1 - down) + bottom * down, (HEIGHT, WIDTH, 3))
    sky = sky + _clouds(rng, HEIGHT, WIDTH, 1.5)[..., None] * rng.uniform(2, 12)
    image = Image.fromarray(np.clip(sky, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    horizon = rng.uniform(0.4, 0.7) * HEIGHT
    for layer in range(rng.integers(1, 4)):
        crest = horizon - (0.25 - 0.1 * layer) * HEIGHT * rng.uniform(0.3, 1.2)
        ridge = _clouds(rng, 1, WIDTH, 2.2)[0] * HEIGHT * 0.05 + crest
        draw.polygon([(0, HEIGHT), *enumerate(ridge), (WIDTH, HEIGHT)], fill=_color(rng))
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill=_color(rng))
    for _ in range(rng.integers(4, 14)):
        foot = rng.uniform(horizon, HEIGHT)
        size = (foot - horizon + 0.15 * HEIGHT) * rng.uniform(0.3, 0.9)
        _thing(draw, rng, rng.uniform(0, WIDTH), foot, size)
    grain = rng.normal(size=(HEIGHT, WIDTH, 1)) * rng.uniform(0, 6)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), dtype=float)
    return np.clip(soft + grain, 0, 255).astype(np.uint8)


def _thing(draw: ImageDraw.ImageDraw, rng: np.random.Generator, x: float, foot: float, size: float) -> None:
    kind, color = rng.integers(0, 4), _color(rng)
    if kind == 0:  # a tree
        draw.rectangle((x - size * 0.08, foot - size, x + size * 0.08, foot), fill=(70, 50, 30))
        draw.ellipse((x - size * 0.4, foot - 1.5 * size, x + size * 0.4, foot - 0.6 * size), fill=color)
    elif kind == 1:  # a person
        draw.rounded_rectangle((x - size * 0.15, foot - size * 0.75, x + size * 0.15, foot), size * 0.06, fill=color)
        draw.ellipse((x - size * 0.12, foot - size, x + size * 0.12, foot - size * 0.74), fill=(200, 160, 130))
    elif kind == 2:  # a house
        draw.rectangle((x - size * 0.5, foot - size * 0.7, x + size * 0.5, foot), fill=color)
        roof = [(x - size * 0.6, foot - size * 0.7), (x, foot - size * 1.1), (x + size * 0.6, foot - size * 0.7)]
        draw.polygon(roof, fill=(120, 40, 30))
    else:  # a bush
        draw.ellipse((x - size * 0.3, foot - size * 0.2, x + size * 0.3, foot), fill=color)


def _clouds(rng: np.random.Generator, height: int, width: int, beta: float) -> np.ndarray:
    """Noise with 1/f**beta power, mean 0 and deviation 1."""
    frequency = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None] ** 2
    frequency[0, 0] = 1
    spectrum = rng.normal(size=frequency.shape) + 1j * rng.normal(size=frequency.shape)
    field = np.fft.irfft2(spectrum * frequency ** (-beta / 2), s=(height, width))
    return (field - field.mean()) / field.std()


def _color(rng: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = rng.integers(20, 236, 3)
    return int(red), int(green), int(blue)


def storyboard(count: int, family: str) -> list[np.ndarray]:
    """Photos of storyboard albums; another family has other plans and seeds."""
    from synthetic_albums.stages.identity import cast_characters
    from synthetic_albums.stages.layout import lay_out_scenes
    from synthetic_albums.stages.render.renderer import photo_job
    from synthetic_albums.stages.render.storyboard import StoryboardRenderer
    from synthetic_albums.stages.story import plan_story

    renderer, pictures, number = StoryboardRenderer(), [], 0
    while len(pictures) < count:
        seed = derive_seed("leakage benchmark", family, number)
        plan = plan_story(STORIES[number % len(STORIES)], photos=8, seed=seed, style="auto")
        layout, cast = lay_out_scenes(plan, width=WIDTH, height=HEIGHT), cast_characters(plan)
        for scene in plan.scenes:
            members = tuple(cast.member(entry.character) for entry in scene.cast)
            job = photo_job(
                plan, scene, layout.scene(scene.id), members, width=WIDTH, height=HEIGHT,
                seed=derive_seed(seed, scene.id), attempt=0,
            )  # fmt: skip
            pictures.append(renderer.render_photo(job, on_step=lambda done, total: None))
        number += 1
    return pictures[:count]


# --- transforms ---------------------------------------------------------------------------------------------------


def recompress(quality: int) -> Transform:
    """Write as JPEG and read again."""

    def apply(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        file = io.BytesIO()
        Image.fromarray(picture).save(file, "JPEG", quality=quality)
        return np.array(Image.open(file).convert("RGB"))

    return apply


def resize(low: float, high: float) -> Transform:
    """Scale both sides by a factor between the two."""

    def apply(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        image, factor = Image.fromarray(picture), np.exp(rng.uniform(np.log(low), np.log(high)))
        size = (max(16, round(image.width * factor)), max(16, round(image.height * factor)))
        return np.array(image.resize(size, Image.Resampling.LANCZOS))

    return apply


def crop(area: float, *, keep_shape: bool) -> Transform:
    """Keep this part of the area, anywhere; with `keep_shape` false also as a wider or taller cut."""

    def apply(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        height, width = picture.shape[:2]
        stretch = 1.0 if keep_shape else float(np.exp(rng.uniform(np.log(area), -np.log(area)) / 2))
        across, down = min(1.0, area**0.5 * stretch), min(1.0, area**0.5 / stretch)
        w, h = round(width * max(across, area / down)), round(height * max(down, area / across))
        x, y = rng.integers(0, width - w + 1), rng.integers(0, height - h + 1)
        return picture[y : y + h, x : x + w]

    return apply


def relight(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another exposure, gamma and white balance, and a light from one side."""
    values = (picture / 255.0) ** rng.uniform(0.55, 1.8) * rng.uniform(0.7, 1.25, 3) + rng.uniform(-0.08, 0.08)
    y, x = np.mgrid[-1 : 1 : picture.shape[0] * 1j, -1 : 1 : picture.shape[1] * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    values = values * (1 + rng.uniform(0, 0.35) * (np.cos(angle) * x + np.sin(angle) * y))[..., None]
    return (np.clip(values, 0, 1) * 255).astype(np.uint8)


def rotate(degrees: float) -> Transform:
    """Turn inside the frame; black corners appear."""
    return lambda picture, rng: np.array(Image.fromarray(picture).rotate(degrees, Image.Resampling.BICUBIC))


def frame(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A border of one colour, a tenth of each side."""
    height, width = picture.shape[:2]
    edge = ((height // 10, height // 10), (width // 10, width // 10), (0, 0))
    return np.pad(picture, edge, constant_values=int(rng.integers(0, 256)))


def inset(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The picture at three quarters of its size, pasted into another one."""
    ground, small = procedural(rng), resize(0.75, 0.75)(picture, rng)
    h, w = small.shape[:2]
    y, x = rng.integers(0, max(1, HEIGHT - h)), rng.integers(0, max(1, WIDTH - w))
    ground[y : y + h, x : x + w] = small[: HEIGHT - y, : WIDTH - x]
    return ground


def chain(*steps: Transform) -> Transform:
    """One after the other."""

    def apply(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        for step in steps:
            picture = step(picture, rng)
        return picture

    return apply


TRANSFORMS: dict[str, Transform] = {
    "same": lambda picture, rng: picture,
    "recompressed": recompress(30),
    "recompressed_hard": recompress(8),
    "resized": resize(0.2, 2.0),
    "blurred": lambda picture, rng: np.array(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(3))),
    "mirrored": lambda picture, rng: picture[:, ::-1],
    "quarter_turn": lambda picture, rng: np.rot90(picture),
    "relit": relight,
    "cropped_90": crop(0.9, keep_shape=True),
    "cropped_70": crop(0.7, keep_shape=True),
    "cropped_50": crop(0.5, keep_shape=True),
    "cropped_50_any_shape": crop(0.5, keep_shape=False),
    "crop_mirror_jpeg": chain(crop(0.6, keep_shape=True), lambda picture, rng: picture[:, ::-1], recompress(40)),
    "crop_relit": chain(crop(0.7, keep_shape=False), relight),
    "rotated_3_degrees": rotate(3),
    "framed": frame,
    "inset": inset,
}


# --- measuring ----------------------------------------------------------------------------------------------------


def gallery_of(pictures: list[np.ndarray], folder: Path) -> Gallery:
    """A gallery made the way users make it: from files."""
    for number, picture in enumerate(pictures):
        Image.fromarray(picture).save(folder / f"{number}.png", compress_level=1)
    return build_gallery(folder)


def distances(photos: list[np.ndarray], gallery: Gallery) -> np.ndarray:
    """Distance in bits to the nearest reference; infinite for what could not be checked."""
    verdicts = check_photos(photos, gallery, threshold_bits=DEFAULT_THRESHOLD_BITS)
    return np.array([np.inf if verdict.score is None else verdict.score for verdict in verdicts])


def library_distances(photos: list[np.ndarray], hashes: np.ndarray) -> np.ndarray:
    """The same with imagehash.phash of the whole picture in eight orientations."""

    def nearest(photo: np.ndarray) -> int:
        turns = [np.rot90(side, turn) for side in (photo, photo[:, ::-1]) for turn in range(4)]
        own = np.stack([phash(turn) for turn in turns])  # (8, 64)
        return int((own[:, None] != hashes[None]).sum(axis=2).min())

    return np.array([nearest(photo) for photo in photos])


def phash(picture: np.ndarray) -> np.ndarray:
    """The library hash, (64,) bool."""
    return imagehash.phash(Image.fromarray(np.ascontiguousarray(picture))).hash.ravel()


def measure(references: list[np.ndarray], impostors: list[np.ndarray], copies: int, folder: Path) -> dict[str, float]:
    """Print the table and give its figures by name."""
    started = time.perf_counter()
    gallery = gallery_of(references, folder)
    build_ms = (time.perf_counter() - started) / len(references) * 1000
    hashes = np.stack([phash(reference) for reference in references])
    started = time.perf_counter()
    strangers = distances(impostors, gallery)
    photo_ms = (time.perf_counter() - started) / len(impostors) * 1000
    false_alarms = float((strangers <= DEFAULT_THRESHOLD_BITS).mean())
    library = library_distances(impostors, hashes)
    library_cut = max((bits for bits in range(32) if (library <= bits).mean() <= max(0.01, false_alarms)), default=0)
    low, middle = np.quantile(strangers, [0.01, 0.5])
    print(f"{len(references)} references, {len(impostors)} impostors, threshold {DEFAULT_THRESHOLD_BITS} bits")
    print(f"false alarms {false_alarms:.2%}; impostor distance: 1 % below {low:.1f}, median {middle:.1f} bits")
    print(f"{build_ms:.0f} ms per reference, {photo_ms:.0f} ms per photo")
    print(f"{'transform':24}{'found':>9}{'p50':>7}{'p99':>7}{'phash64':>10}  (at {library_cut} bits)")
    figures = {
        "references": len(references), "impostors": len(impostors), "copies_each": copies,
        "threshold_bits": DEFAULT_THRESHOLD_BITS, "false_alarm_rate": false_alarms,
        "impostor_p01_bits": float(low), "reference_ms": build_ms, "photo_ms": photo_ms,
    }  # fmt: skip
    for name, transform in TRANSFORMS.items():
        made = [
            transform(references[number % len(references)], np.random.default_rng(derive_seed(name, number)))
            for number in range(copies)
        ]
        found = distances(made, gallery)
        p50, p99 = np.quantile(found, [0.5, 0.99], method="higher")
        share = float((found <= DEFAULT_THRESHOLD_BITS).mean())
        other = float((library_distances(made, hashes) <= library_cut).mean())
        print(f"{name:24}{share:9.1%}{p50:7.1f}{p99:7.1f}{other:10.1%}", flush=True)
        figures |= {f"found_{name}": share, f"phash64_{name}": other}
    return figures


def main() -> None:
    """Read the command line, measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", choices=("procedural", "storyboard"), default="procedural")
    parser.add_argument("--references", type=int, default=200)
    parser.add_argument("--impostors", type=int, default=300)
    parser.add_argument("--copies", type=int, default=100, help="of each transform")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    if options.pictures == "storyboard":
        references = storyboard(options.references, "references")
        impostors = storyboard(options.impostors, "impostors")
    else:
        kinds = {"references": options.references, "impostors": options.impostors}
        references, impostors = (
            [procedural(np.random.default_rng(derive_seed(kind, number))) for number in range(count)]
            for kind, count in kinds.items()
        )
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(references, impostors, options.copies, Path(folder))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
