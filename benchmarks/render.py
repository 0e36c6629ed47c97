"""What consistency costs, in time and memory: of the built-in model, and of checkpoints with random weights.

    python benchmarks/render.py [--json FILE] [--only builtin time memory] [--size PX] [--steps N]

Of the built-in model at 256 pixels:

time_ratio            a photo of the renderer / an independent photo of the scene (as in coherence.py: no identities,
                      no looks, no sketch); medians over the photos of an album, taken in alternation.
time_ratio_album      the photos of an album of 12 with their identities, portraits and plates / 12 independent photos.
memory_ratio          most memory that a process ever had which made 200 photos (drafts) / which made 5.

Of checkpoints, with "checkpoint_" in front:

time_ratio            a photo with anchors and regions / the plain pipeline's photo of the same scene; medians, taken in
                      alternation, features of anchors already there.
time_ratio_features   12 photos and the features of all their anchors / 12 plain photos (12 times their median).
time_ratio_album      the same with the portraits (one of each character) and the plates sampled too.
memory_ratio          most memory that a process ever had which made 200 photos / which made 5, at tiny size.
photo_seconds, …      what the ratios are made of.

The checkpoint's denoiser has the layout of SD 1.5 (four levels, two layers each, attention in three) at a quarter of
its channels. Convolutions grow with the square of the channels and attention between tokens only in proportion, so
attention weighs about four times as much here as in the real one: the time ratios are upper bounds. Time is the
processor's, of one thread, so that other programs on the machine count little.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from synthetic_albums.stages.identity import add_plates, add_portraits, cast_characters
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.records import AlbumPlan, Cast
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER, BuiltinRenderer
from synthetic_albums.stages.render.pipelines import AnchorSettings, DiffusersRenderer, RenderSettings
from synthetic_albums.stages.render.renderer import PhotoJob, photo_job, photo_seed
from synthetic_albums.stages.story import plan_story

sys.path.insert(0, str(Path(__file__).parent))
from coherence import SETTINGS, Painter
from memory import peak_mib
from tiny_checkpoint import make_folder

PROMPT = "a day of two friends, Maya and Tom: breakfast at a cafe, a walk in the park, an evening at the beach"
QUARTER = {
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
    "block_out_channels": (80, 160, 320, 320), "layers_per_block": 2, "norm_num_groups": 16, "attention_head_dim": 8,
}  # fmt: skip
PHOTOS = 12
ROUNDS = 3
TARGETS = {"time_ratio": "<= 1.15", "time_ratio_album": "<= 1.3", "memory_ratio": "<= 1.05"}


def album_jobs(plan: AlbumPlan, cast: Cast, size: int) -> list[PhotoJob]:
    """Every scene of a plan as the album loop gives it to a renderer."""
    return [
        photo_job(
            plan,
            scene,
            lay_out_scene(plan, scene, width=size, height=size),
            tuple(cast.member(entry.character) for entry in scene.cast),
            width=size,
            height=size,
            seed=photo_seed(plan, scene.id, 0),
            attempt=0,
            plate=cast.plates.get(scene.environment),
        )
        for scene in plan.scenes
    ]


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of an act, and what it gave."""
    begun = time.process_time()
    found = act()
    return time.process_time() - begun, found


def time_figures(folder: Path, *, size: int, steps: int) -> dict[str, float]:
    """Ratios of time; see above."""
    plan = plan_story(PROMPT, photos=PHOTOS, seed=3, style="auto")
    settings = RenderSettings(folder, steps=steps, device="cpu")
    ours = DiffusersRenderer(settings)
    plain = DiffusersRenderer(replace(settings, anchors=AnchorSettings(strength=0.0), region_strength=0.0))

    def make(renderer: DiffusersRenderer, job: PhotoJob) -> float:
        return timed(lambda: renderer.render_photo(job, on_step=lambda done, of: None))[0]

    bare = cast_characters(plan)
    busiest = max(album_jobs(plan, bare, size), key=lambda job: len(job.members))
    make(plain, busiest)  # warms up: loads, and settles the libraries
    make(ours, busiest)
    pictures, cast = timed(lambda: add_plates(add_portraits(bare, plan, ours, size=size), plan, ours, size=size))
    jobs = album_jobs(plan, cast, size)
    album = sum(make(ours, job) for job in jobs)
    shown = next(job for job in jobs if job.scene.id == busiest.scene.id)
    # Plain photos cost the same whoever is in them.
    pairs = [(make(ours, shown), make(plain, shown)) for _ in range(ROUNDS)]
    ours_seconds, plain_seconds = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {
        "time_ratio": ours_seconds / plain_seconds,
        "time_ratio_features": album / (PHOTOS * plain_seconds),
        "time_ratio_album": (album + pictures) / (PHOTOS * plain_seconds),
        "photo_seconds": ours_seconds,
        "plain_seconds": plain_seconds,
        "people": float(len(shown.members)),
        "characters": float(len(cast.members)),
        "plates": float(len(cast.plates)),
    }


def builtin_figures() -> dict[str, float]:
    """Ratios of time of the built-in model; see above."""
    plan = plan_story(PROMPT, photos=PHOTOS, seed=3, style="auto")
    renderer, painter = BuiltinRenderer(), Painter(BUILTIN_FOLDER)
    bare = cast_characters(plan)
    first = album_jobs(plan, bare, 256)[0]
    painter.paint([first], SETTINGS["independent"])  # warms up
    renderer.render_photo(first, on_step=lambda done, of: None)
    pictures, cast = timed(lambda: add_plates(add_portraits(bare, plan, renderer, size=256), plan, renderer, size=256))
    jobs = album_jobs(plan, cast, 256)
    ours, alone = [], []
    for job in jobs:
        ours.append(timed(lambda job=job: renderer.render_photo(job, on_step=lambda done, of: None))[0])
        alone.append(timed(lambda job=job: painter.paint([job], SETTINGS["independent"]))[0])
    return {
        "time_ratio": statistics.median(ours) / statistics.median(alone),
        "time_ratio_album": (sum(ours) + pictures) / sum(alone),
        "photo_seconds": statistics.median(ours),
        "independent_seconds": statistics.median(alone),
        "anchors_seconds": pictures,
        "plates": float(len(cast.plates)),
    }


def peak_of_photos(folder: Path | None, photos: int) -> float:
    """Most memory that a fresh process had that made so many photos; without a folder, with the built-in model."""
    command = [sys.executable, __file__, "--folder", str(folder or ""), "--photos", str(photos)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])


def make_photos(folder: str, photos: int) -> None:
    """Make photos of a long album and print the peak of memory in MiB."""
    plan = plan_story(PROMPT, photos=photos, seed=3, style="auto")
    renderer: Any = BuiltinRenderer("draft")
    size = 256
    if folder:
        settings = RenderSettings(Path(folder), steps=1, device="cpu", anchors=AnchorSettings(cache_mib=2))
        renderer, size = DiffusersRenderer(settings), 64
    cast = add_plates(add_portraits(cast_characters(plan), plan, renderer, size=size), plan, renderer, size=size)
    for job in album_jobs(plan, cast, size):
        renderer.render_photo(job, on_step=lambda done, of: None)
    print(peak_mib())


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parts = ("builtin", "builtin_memory", "time", "memory")
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    parser.add_argument("--size", type=int, default=512, help="of the timed photos, pixels")
    parser.add_argument("--steps", type=int, default=5, help="of the timed photos")
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--photos", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.folder is not None:
        make_photos(options.folder, options.photos)
        return
    figures: dict[str, float] = {}
    if "builtin" in options.only:
        figures |= builtin_figures()
    if "builtin_memory" in options.only:
        few, many = peak_of_photos(None, 5), peak_of_photos(None, 200)
        figures |= {"memory_ratio": many / few, "peak_mib_5": few, "peak_mib_200": many}
    with tempfile.TemporaryDirectory() as scratch:
        if "time" in options.only:
            folder = make_folder(Path(scratch) / "quarter", "sd15", layout=QUARTER)
            found = time_figures(folder, size=options.size, steps=options.steps)
            figures |= {f"checkpoint_{name}": value for name, value in found.items()}
        if "memory" in options.only:
            folder = make_folder(Path(scratch) / "tiny", "sd15")
            few, many = peak_of_photos(folder, 5), peak_of_photos(folder, 200)
            found = {"memory_ratio": many / few, "peak_mib_5": few, "peak_mib_200": many}
            figures |= {f"checkpoint_{name}": value for name, value in found.items()}
    for name, value in figures.items():
        print(f"{name:32s} {value:9.3f}   {TARGETS.get(name.removeprefix('checkpoint_'), '')}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
