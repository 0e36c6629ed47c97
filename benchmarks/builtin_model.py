"""How good the built-in model is, measured on people and scenes that it never saw.

    python benchmarks/builtin_model.py [--model DIR] [--scenes N] [--json FILE]

identity_top1    share of visible heads in sampled scenes whose own drawn portrait is the nearest of 24 people's.
pair_eer         equal error rate of all pairs of heads of different sampled scenes.
place_accuracy, light_accuracy, count_accuracy, props_found   share that the judge sees as planned.
accessory_ratio  F1 of what is worn on heads, over the same of the drawn scenes.
drawn_…          what the judge says of the drawn scenes themselves: its ceiling.
unsketched_…     the same of scenes that are sampled without a sketch of what should be there and without portraits.
photo_seconds    one photo of 256 px, 20 steps with guidance, on two threads; draft_seconds: 6 steps without.
model_mib        size of the model folder.

The judge was trained apart from the model and is never a condition of it. The encoder's own figures (encoder_eer,
twin_eer) come from its calibration file.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import torch
from synthetic_albums.models.train.dataset import album_jobs, draw_shards
from synthetic_albums.models.train.figures import model_figures
from synthetic_albums.models.train.vectors import encode_portraits
from synthetic_albums.models.train.world import world_album
from synthetic_albums.stages.encoders import read_calibrations
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER, BuiltinRenderer

WORLD_SEED = 1_000_003  # no world that anything was trained on
SHARDS = 4
TARGETS = {
    "identity_top1": ">= 0.97", "pair_eer": "<= 0.03", "place_accuracy": ">= 0.99", "light_accuracy": ">= 0.99",
    "props_found": ">= 0.95", "count_accuracy": ">= 0.97", "accessory_ratio": ">= 0.65", "encoder_eer": "<= 0.01",
    "twin_eer": "<= 0.10", "photo_seconds": "<= 2", "model_mib": "<= 60",
}  # fmt: skip


def photo_seconds(folder: Path, quality: str, *, rounds: int = 5) -> float:
    """Median seconds of one 256 px photo of a held-out scene, loading left out."""
    plan = world_album(WORLD_SEED, 0, "held_out")
    layouts = [lay_out_scene(plan, scene, width=256, height=256) for scene in plan.scenes]
    jobs = list(album_jobs(plan, layouts))
    renderer = BuiltinRenderer(quality=quality, folder=folder)  # type: ignore[arg-type]
    renderer.render_photo(jobs[0], on_step=lambda done, of: None)
    seconds = []
    for job in jobs[1 : rounds + 1]:
        begun = time.perf_counter()
        renderer.render_photo(job, on_step=lambda done, of: None)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def encoder_figures(folder: Path) -> dict[str, float]:
    """What the calibration measured on held-out people."""
    rates = {found.condition: found.equal_error_rate.value for found in read_calibrations(folder / "calibration.json")}
    return {"encoder_eer": rates["known_scene_to_scene"], "twin_eer": rates["known_scene_to_scene/twins"]}


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=BUILTIN_FOLDER)
    parser.add_argument("--scenes", type=int, default=192, help="that are sampled and judged")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(2)
    figures = {
        f"{kind}_seconds": photo_seconds(options.model, name)
        for kind, name in (("photo", "quality"), ("draft", "draft"))
    }
    figures["model_mib"] = sum(path.stat().st_size for path in options.model.rglob("*") if path.is_file()) / 2**20
    figures |= encoder_figures(options.model)
    with tempfile.TemporaryDirectory() as scratch:
        world = Path(scratch)
        draw_shards(world, "held_out", range(SHARDS), seed=WORLD_SEED, workers=2)
        encode_portraits(world, "held_out", options.model / "identity_encoder")
        figures |= model_figures(options.model, world, scenes=options.scenes)
    for name, value in figures.items():
        print(f"{name:28s} {value:8.3f}   {TARGETS.get(name, '')}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
