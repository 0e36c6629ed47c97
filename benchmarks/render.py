"""What anchors and regions cost, in time and memory, on checkpoints with random weights.

    python benchmarks/render.py [--json FILE] [--only time memory] [--size PX] [--steps N]

time_ratio            a photo with anchors and regions / the plain pipeline's photo of the same scene; medians, taken in
                      alternation, features of anchors already there.
time_ratio_features   12 photos and the features of all their anchors / 12 plain photos (12 times their median).
time_ratio_album      the same with the portraits (one of each character) and the plates sampled too.
memory_ratio          most memory that a process ever had which made 200 photos / which made 5, at tiny size.
photo_seconds, …      what the ratios are made of.

The denoiser has the layout of SD 1.5 (four levels, two layers each, attention in three) at a quarter of its channels.
Convolutions grow with the square of the channels and attention between tokens only in proportion, so attention weighs
about four times as much here as in the real one: the time ratios are upper bounds. Time is the processor's, of one
thread, so that other programs on the machine count little.
"""

import argparse
import json
import resource
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
from synthetic_albums.stages.render.pipelines import AnchorSettings, DiffusersRenderer, RenderSettings
from synthetic_albums.stages.render.renderer import PhotoJob, photo_job
from synthetic_albums.stages.seeds import derive_seed
from synthetic_albums.stages.story import plan_story

sys.path.insert(0, str(Path(__file__).parent))
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
            seed=derive_seed(plan.seed, "photo", scene.id, 0),
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


def peak_mib(folder: Path, photos: int) -> float:
    """Most memory that a fresh process had that made so many photos."""
    command = [sys.executable, __file__, "--folder", str(folder), "--photos", str(photos)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])


def make_photos(folder: Path, photos: int) -> None:
    """Make photos of a long album and print the peak of memory in MiB."""
    plan = plan_story(PROMPT, photos=photos, seed=3, style="auto")
    renderer = DiffusersRenderer(RenderSettings(folder, steps=1, device="cpu", anchors=AnchorSettings(cache_mib=2)))
    cast = add_plates(add_portraits(cast_characters(plan), plan, renderer, size=64), plan, renderer, size=64)
    for job in album_jobs(plan, cast, 64):
        renderer.render_photo(job, on_step=lambda done, of: None)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="+", choices=("time", "memory"), default=["time", "memory"])
    parser.add_argument("--size", type=int, default=512, help="of the timed photos, pixels")
    parser.add_argument("--steps", type=int, default=5, help="of the timed photos")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--photos", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.folder is not None:
        make_photos(options.folder, options.photos)
        return
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        if "time" in options.only:
            folder = make_folder(Path(scratch) / "quarter", "sd15", layout=QUARTER)
            figures |= time_figures(folder, size=options.size, steps=options.steps)
        if "memory" in options.only:
            folder = make_folder(Path(scratch) / "tiny", "sd15")
            few, many = peak_mib(folder, 5), peak_mib(folder, 200)
            figures |= {"memory_ratio": many / few, "peak_mib_5": few, "peak_mib_200": many}
    for name, value in figures.items():
        print(f"{name:24s} {value:9.3f}   {TARGETS.get(name, '')}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
