"""What albums cost with the model on ComfyUI's canvas, beside core's own sampler.

    COMFYUI_ROOT=<checkout> python benchmarks/native.py [--json FILE] [--rounds N] [--photos N] [--steps N] [--size N]

A real ComfyUI is started on the processor; SD 1.5 has its real size and random weights. `RESULTS.md` says what each
figure means and how to repeat it.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMFYUI = ROOT / "tests" / "comfyui"
TARGETS = {"loop_ratio": 1.03, "parity_max_abs": 2, "memory_second_run_ratio": 1.02}
Figures = dict[str, float]
Graph = dict[str, dict[str, Any]]


def load(path: Path) -> ModuleType:
    """A module of the tests: they have the server, the models and the checks already."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{path} cannot be imported")
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def album(seed: int, way: str, *, photos: int, steps: int, size: int, cfg: float = 5.0) -> Graph:
    """An album of one prompt: by Album Render, plain or with anchors, or by core's nodes and Album Collect."""
    told = {"plan": ["plan", 0], "layout": ["layout", 0], "cast": ["cast", 0]}
    parts = {"model": ["model", 0], "clip": ["model", 1], "vae": ["model", 2]}
    story = {"prompt": "two friends at the lake", "photos": photos, "seed": seed, "style": "auto"}
    nodes: dict[str, tuple[str, dict[str, Any]]] = {
        "model": ("RandomCheckpoint", {}),
        "plan": ("AlbumStoryPlanner", story),
        "layout": ("AlbumLayout", {"plan": ["plan", 0], "width": size, "height": size}),
        "drawn": ("AlbumStoryboardRenderer", {}),
        "cast": ("AlbumIdentity", {"plan": ["plan", 0], "portrait_size": 256, "renderer": ["drawn", 0]}),
    }
    name = f"{way}-{seed}"
    if way == "core":
        sampling = {"steps": steps, "cfg": cfg, "sampler_name": "euler", "scheduler": "normal", "denoise": 1.0}
        nodes |= {
            "pick": ("AlbumScenePick", {**told, "scenes": "", "negative": "bad", "attempt": 0, "clip": ["model", 1]}),
            "positive": ("CLIPTextEncode", {"clip": ["model", 1], "text": ["pick", 0]}),
            "negative": ("CLIPTextEncode", {"clip": ["model", 1], "text": "bad"}),
            "latent": ("EmptyLatentImage", {"width": ["pick", 2], "height": ["pick", 3], "batch_size": 1}),
            "sample": (
                "KSampler",
                {
                    **sampling, "model": ["model", 0], "seed": ["pick", 4], "positive": ["positive", 0],
                    "negative": ["negative", 0], "latent_image": ["latent", 0],
                },
            ),
            "decode": ("VAEDecode", {"samples": ["sample", 0], "vae": ["model", 2]}),
            "made": (
                "AlbumCollect",
                {**told, "images": ["decode", 0], "album_name": name, "subset": "", "how": "core"},
            ),
        }  # fmt: skip
    else:
        anchored = way == "anchored"
        settings = {
            "sampler": "euler", "scheduler": "normal", "steps": steps, "cfg": cfg, "denoise": 1.0,
            "negative_prompt": "bad", "anchor_strength": 1.0 if anchored else 0.0,
            "regions": "auto" if anchored else "off", "region_strength": 0.6,
        }  # fmt: skip
        nodes |= {
            "renderer": ("AlbumModelRenderer", {**parts, **settings}),
            "made": (
                "AlbumRender",
                {**told, "renderer": ["renderer", 0], "album_name": name, "subset": "", "attempt": 0},
            ),
        }
    nodes["show"] = ("PreviewImage", {"images": ["made", 1]})
    return {key: {"class_type": kind, "inputs": inputs} for key, (kind, inputs) in nodes.items()}


def seconds(server: Any, graph: Graph) -> float:
    """From the start of a graph to its end, by the server's own clock."""
    entry = server.run(graph)
    times = {kind: data["timestamp"] for kind, data in entry["status"]["messages"] if "timestamp" in data}
    if "execution_success" not in times:
        raise RuntimeError(f"the graph failed: {entry['status']['messages'][-1]}")
    return (times["execution_success"] - times["execution_start"]) / 1000


def memory(server: Any, field: str) -> float:
    """MiB that the server's process holds (VmRSS), or held at most (VmHWM)."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            if b"launch.py" not in command or server.url.rpartition(":")[2].encode() not in command.split(b"\0"):
                continue
            status = (process / "status").read_text()
        except OSError:
            continue
        return int(next(line for line in status.splitlines() if line.startswith(field)).split()[1]) / 1024
    raise RuntimeError("the server's process was not found")


def loop(server: Any, rounds: int, **shape: Any) -> Figures:
    """Album Render / core's sampler for the same photos, and what anchors and regions add, taken in alternation."""
    taken: dict[str, list[float]] = {"core": [], "plain": [], "anchored": []}
    for seed in range(rounds + 1):  # the first one warms up
        for way, times in taken.items():
            times.append(seconds(server, album(seed, way, **shape)))
            print(f"  {way} {times[-1]:.1f} s", flush=True)
    core, plain, anchored = (statistics.median(times[1:]) for times in taken.values())
    each = [one / two for one, two in zip(taken["plain"][1:], taken["core"][1:], strict=True)]
    return {
        "loop_ratio": statistics.median(each),
        "anchored_ratio": anchored / plain,
        "core_seconds_a_photo": core / shape["photos"],
    }


def two_runs(server: Any, **shape: Any) -> Figures:
    """The most memory that a second queued album takes / the first."""
    server.run(album(1001, "anchored", **shape))
    first = memory(server, "VmHWM")
    server.run(album(1002, "anchored", **shape))
    second = memory(server, "VmHWM")
    return {"memory_second_run_ratio": second / first, "memory_mib": first}


def parity(scratch: Path) -> Figures:
    """The largest difference of a pixel between this renderer and the one over checkpoints, of 255, tiny weights."""
    server = load(COMFYUI / "server.py")
    tiny = load(ROOT / "benchmarks" / "tiny_checkpoint.py")
    checkpoint = tiny.make_file(scratch / "tiny.safetensors", "sd15", vae_width=32)
    root = server.comfyui_root()
    command = [server.comfyui_python(root), str(COMFYUI / "native_side.py"), str(root), str(checkpoint), "parity"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)["parity"]
    return {
        "parity_max_abs": max(one["max"] for one in found.values()),
        "parity_mean_abs": max(one["mean"] for one in found.values()),
    }


def main() -> None:
    """Measure, say whether each target is met, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--photos", type=int, default=2)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--size", type=int, default=256)
    chosen = parser.parse_args()
    if "COMFYUI_ROOT" not in os.environ:
        parser.error("set COMFYUI_ROOT to a ComfyUI checkout")
    shape = {"photos": chosen.photos, "steps": chosen.steps, "size": chosen.size}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        figures = parity(scratch)
        with load(COMFYUI / "server.py").running_comfyui(scratch / "comfyui") as server:
            figures |= loop(server, chosen.rounds, **shape)
            figures |= two_runs(server, **shape)
    for name, value in figures.items():
        target = TARGETS.get(name)
        met = "" if target is None else f"  (at most {target:g}: {'met' if value <= target else 'missed'})"
        print(f"{name:28} {value:8.3f}{met}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
