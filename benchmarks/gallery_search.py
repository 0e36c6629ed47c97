"""How fast exact neighbours are found in a large gallery, and how much memory a search and a gallery take.

`search`: 100 queries, the 10 nearest of 1,000,000 vectors of 512 float32, in turn by `Neighbours` and the two fastest
exact ways that were found among libraries: numpy's product of blocks of 65,536, and torch's product of bfloat16 blocks,
whose 50 best are scored again in float32 (which is almost always exact, but nothing guarantees it). All three have
their data in memory, and the two that use rounded copies have these made beforehand.

`map`: the same search on a memory map, in a process of its own whose peak memory is read, beside numpy's blocks.

`stream`: the peak memory of processes that make gallery files of 500 and of 10,000 small pictures.

Set OMP_NUM_THREADS=2 for the figures in RESULTS.md. Needs 5 GB of memory and 3 GB of disk.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from memory import peak_mib
from PIL import Image

ROWS, DIM, QUERIES, K = 1_000_000, 512, 100, 10
BLOCK = 65_536
RESCORED = 50
MEMORY_MB = 1536  # room for the rounded copy
MAP_MEMORY_MB = 256
PICTURES = (500, 10_000)
SIDE = (96, 72)

Found = tuple[np.ndarray, np.ndarray]


def write_vectors(path: Path, rows: int) -> None:
    """Random unit vectors, written in blocks."""
    rng = np.random.default_rng(0)
    vectors = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(rows, DIM))
    for start in range(0, rows, BLOCK):
        vectors[start : start + BLOCK] = unit(rng.standard_normal((min(BLOCK, rows - start), DIM), dtype=np.float32))
    vectors.flush()


def draw_queries(vectors: np.ndarray) -> np.ndarray:
    """Half of them near one of the rows, half near none."""
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((QUERIES, DIM), dtype=np.float32)
    near = np.array(vectors[rng.integers(0, len(vectors), QUERIES // 2)])
    noise[: QUERIES // 2] = near + 0.5 * unit(noise[: QUERIES // 2])
    return unit(noise)


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1."""
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def numpy_blocks(queries: np.ndarray, vectors: np.ndarray) -> Found:
    """The 10 best of each block, and then of all blocks."""
    scores, rows = [], []
    for start in range(0, len(vectors), BLOCK):
        found = queries @ vectors[start : start + BLOCK].T
        best = np.argpartition(found, -K, axis=1)[:, -K:]
        scores.append(np.take_along_axis(found, best, axis=1))
        rows.append(best + start)
    return best_of(np.concatenate(scores, axis=1), np.concatenate(rows, axis=1))


def torch_bfloat16(queries: np.ndarray, vectors: np.ndarray, rounded: object) -> Found:
    """The 50 best of each block in bfloat16, of these the 50 best of all, scored again in float32."""
    import torch

    few = torch.from_numpy(queries).bfloat16()
    scores, rows = [], []
    with torch.inference_mode():
        for start in range(0, len(vectors), BLOCK):
            found = (few @ rounded[start : start + BLOCK].T).topk(RESCORED, dim=1)  # type: ignore[index]
            scores.append(found.values.float())
            rows.append(found.indices + start)
        best = torch.cat(scores, 1).topk(RESCORED, dim=1).indices
        candidates = torch.cat(rows, 1).gather(1, best).numpy()
    exact = np.einsum("qcd,qd->qc", vectors[candidates], queries)
    return best_of(exact, candidates)


def best_of(scores: np.ndarray, rows: np.ndarray) -> Found:
    """The 10 best columns of each query, in order."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(rows, order, axis=1)


def measure_search(folder: Path, rows: int, rounds: int) -> dict[str, float]:
    """Seconds of each way, medians of turns taken in alternation."""
    import torch
    from synthetic_albums.stages.leakage.search import Neighbours

    vectors = np.load(folder / "vectors.npy")
    queries = draw_queries(vectors)
    rounded = torch.empty(vectors.shape, dtype=torch.bfloat16)
    for start in range(0, rows, BLOCK):
        rounded[start : start + BLOCK] = torch.from_numpy(vectors[start : start + BLOCK]).bfloat16()
    began = time.perf_counter()
    neighbours = Neighbours(vectors, memory_mb=MEMORY_MB)
    prepared = time.perf_counter() - began
    ways: dict[str, Callable[[], Found]] = {
        "ours": lambda: neighbours.nearest(queries, K),
        "numpy": lambda: numpy_blocks(queries, vectors),
        "torch": lambda: torch_bfloat16(queries, vectors, rounded),
    }
    seconds, found = alternate(ways, rounds)
    same = (found["ours"][1] == found["numpy"][1]).mean()
    return {
        "search_ratio": seconds["ours"] / min(seconds["numpy"], seconds["torch"]),
        "search_ms": 1000 * seconds["ours"],
        "search_numpy_ms": 1000 * seconds["numpy"],
        "search_torch_ms": 1000 * seconds["torch"],
        "search_prepare_s": prepared,
        "search_agreement": float(same),
        "search_torch_agreement": float((found["torch"][1] == found["numpy"][1]).mean()),
    }


def alternate(ways: dict[str, Callable[[], Found]], rounds: int) -> tuple[dict[str, float], dict[str, Found]]:
    """Median seconds and last answer of each way, after one round that warms up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    answers: dict[str, Found] = {}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            answers[name] = way()
            if number:
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}, answers


def search_map(folder: Path, rounds: int) -> dict[str, float]:
    """In a process of its own: what a search on a memory map takes beyond what the process had."""
    import torch  # noqa: F401  # so that importing it is not counted
    from synthetic_albums.stages.leakage.search import Neighbours

    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    queries = draw_queries(vectors)
    Neighbours(np.array(vectors[:5000])).nearest(queries, K)
    before = peak_mib()
    neighbours = Neighbours(vectors, memory_mb=MAP_MEMORY_MB)
    neighbours.nearest(queries, K)
    extra = peak_mib() - before
    ways: dict[str, Callable[[], Found]] = {
        "ours": lambda: neighbours.nearest(queries, K),
        "numpy": lambda: numpy_blocks(queries, vectors),
    }
    seconds, _ = alternate(ways, rounds)
    return {
        "search_map_extra_mb": extra,
        "search_map_ms": 1000 * seconds["ours"],
        "search_map_numpy_ms": 1000 * seconds["numpy"],
    }


def draw_pictures(folder: Path, count: int) -> None:
    """Small soft pictures, no two alike."""
    folder.mkdir()
    for number in range(count):
        coarse = np.random.default_rng(number).integers(0, 256, (6, 8, 3), dtype=np.uint8)
        picture = Image.fromarray(coarse).resize(SIDE, Image.Resampling.BICUBIC)
        picture.save(folder / f"{number:05d}.jpg", quality=90)


def build(folder: Path) -> dict[str, float]:
    """In a process of its own: the peak memory of making a gallery file."""
    from synthetic_albums.stages.encoders import builtin_picture_encoder
    from synthetic_albums.stages.leakage import open_gallery

    began = time.perf_counter()
    file = folder.with_suffix(".safetensors")
    gallery = open_gallery(folder, file, picture_encoder=builtin_picture_encoder())
    if gallery is None or gallery.vectors is None:
        raise SystemExit("no gallery was made")
    return {
        "pictures": gallery.count,
        "peak_mb": peak_mib(),
        "file_mb": file.stat().st_size / 2**20,
        "seconds": time.perf_counter() - began,
    }


def measure_stream(folder: Path, counts: tuple[int, int]) -> dict[str, float]:
    """Peak memory of a small and of a large gallery."""
    found = []
    for count in counts:
        draw_pictures(folder / str(count), count)
        found.append(in_child("build", folder / str(count)))
        if found[-1]["pictures"] != count:
            raise SystemExit(f"{found[-1]['pictures']} of {count} pictures are in the gallery")
    few, many = found
    return {
        "gallery_stream_ratio": many["peak_mb"] / few["peak_mb"],
        "gallery_peak_mb_500": few["peak_mb"],
        "gallery_peak_mb_10000": many["peak_mb"],
        "gallery_file_mb_10000": many["file_mb"],
        "gallery_seconds_10000": many["seconds"],
    }


def in_child(what: str, folder: Path, *options: str) -> dict[str, float]:
    """Run a part of this script in a fresh process."""
    command = [sys.executable, __file__, "--child", what, "--folder", str(folder), *options]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=("search", "map", "stream"), default=["search", "map", "stream"])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pictures", type=int, nargs=2, default=PICTURES)
    parser.add_argument("--folder", type=Path, help="where the large files are made for the time of the run")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--child", choices=("map", "build"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(
            json.dumps(
                build(options.folder) if options.child == "build" else search_map(options.folder, options.rounds)
            )
        )
        return
    figures: dict[str, float] = {"threads": float(os.environ.get("OMP_NUM_THREADS", 0))}
    with tempfile.TemporaryDirectory(dir=options.folder) as made:
        folder = Path(made)
        if "stream" in options.only:
            figures |= measure_stream(folder, tuple(options.pictures))
        if {"search", "map"} & set(options.only):
            write_vectors(folder / "vectors.npy", options.rows)
        if "map" in options.only:
            figures |= in_child("map", folder, "--rounds", str(options.rounds))
        if "search" in options.only:
            figures |= measure_search(folder, options.rows, options.rounds)
    for name, value in figures.items():
        print(f"{name:24} {value:.4g}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
