"""Draws the training world to disk, in shards that any number of processes make independently."""

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from ...stages.identity import cast_characters
from ...stages.layout import lay_out_scene
from ...stages.records import AlbumPlan, SceneLayout, parse_record
from ...stages.render.builtin.raster import blueprint_raster
from ...stages.render.renderer import PhotoJob, photo_job
from ...stages.render.storyboard.figures import draw_portrait
from ...stages.render.storyboard.scene import paint_scene, paint_sketch
from ...stages.seeds import derive_seed
from .people import Split
from .world import SCENES_PER_ALBUM, world_album

SIZE: Final = 256  # pixels of a drawn scene's side
SKETCH: Final = 64  # pixels of a sketch's side
PORTRAIT: Final = 96  # pixels of a portrait's side
ALBUMS_PER_SHARD: Final = 16
MAPS: Final = ("instance", "limbs", "nearness", "parts")


@dataclass(frozen=True, eq=False)
class Shard:
    """One shard, arrays mapped from disk.

    albums: plans, ALBUMS_PER_SHARD of them. layouts: for each scene. rgb: (scenes, 256, 256, 3) uint8.
    maps: (scenes, 4, 256, 256) uint8, in the order of `MAPS`. sketches: (scenes, 64, 64, 3) uint8. portraits:
    (characters of all albums in order, outfits 2, 96, 96, 3) uint8; animals have the same picture twice.
    """

    albums: list[AlbumPlan]
    layouts: list[SceneLayout]
    rgb: np.ndarray
    maps: np.ndarray
    sketches: np.ndarray
    portraits: np.ndarray

    def jobs(self) -> Iterator[PhotoJob]:
        """The photo job of every scene, in the order of the arrays."""
        for number, album in enumerate(self.albums):
            yield from album_jobs(album, self.layouts[number * SCENES_PER_ALBUM : (number + 1) * SCENES_PER_ALBUM])


def shard_path(folder: Path, split: Split, number: int) -> Path:
    """Where a shard lies; its parts differ by suffix, and the `.json` part is written last."""
    return folder / f"{split}-{number:04d}"


def draw_shards(folder: Path, split: Split, numbers: Sequence[int], *, seed: int, workers: int) -> None:
    """Draw the shards that are not there yet.

    Args:
        folder: made when it is missing.
        split: whose identities are cast.
        numbers: which shards; shard n holds albums 16 n to 16 n + 15.
        seed: of the world.
        workers: processes; the shards do not depend on it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = set(drawn_shards(folder, split))
    todo = [number for number in numbers if number not in drawn]
    if workers <= 1:
        for number in todo:
            draw_shard(folder, split, number, seed)
        return
    with ProcessPoolExecutor(workers) as pool:
        for future in [pool.submit(draw_shard, folder, split, number, seed) for number in todo]:
            future.result()


def draw_shard(folder: Path, split: Split, number: int, seed: int) -> None:
    """Draw one shard: 128 scenes with their maps, and the portraits of their casts."""
    rgb, maps, sketches, portraits, records = [], [], [], [], []
    for index in range(number * ALBUMS_PER_SHARD, (number + 1) * ALBUMS_PER_SHARD):
        plan = world_album(seed, index, split)
        layouts = [lay_out_scene(plan, scene, width=SIZE, height=SIZE) for scene in plan.scenes]
        for job in album_jobs(plan, layouts):
            picture = paint_scene(job, _ignore)
            rgb.append((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))
            raster = blueprint_raster(job.layout, width=SIZE, height=SIZE)
            maps.append(np.stack([getattr(raster, name) for name in MAPS]))
            sketches.append(_sketch(job))
        portraits.append(np.stack([_portraits(character) for character in plan.characters]))
        records.append(
            {"plan": plan.model_dump(mode="json"), "layouts": [layout.model_dump(mode="json") for layout in layouts]}
        )
    path = shard_path(folder, split, number)
    arrays = {"rgb": np.stack(rgb), "maps": np.stack(maps), "sketches": np.stack(sketches)}
    for name, array in (arrays | {"faces": np.concatenate(portraits)}).items():
        _write(path.with_suffix(f".{name}.npy"), array)
    part = path.with_suffix(".json.part")
    part.write_text(json.dumps(records), encoding="utf-8")
    os.replace(part, path.with_suffix(".json"))


def read_shard(folder: Path, split: Split, number: int) -> Shard:
    """Open a drawn shard.

    Raises:
        FileNotFoundError: it has not been drawn.
    """
    path = shard_path(folder, split, number)
    records: list[dict[str, Any]] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Shard(
        albums=[parse_record(AlbumPlan, record["plan"], what="plan") for record in records],
        layouts=[
            parse_record(SceneLayout, layout, what="layout") for record in records for layout in record["layouts"]
        ],
        rgb=np.load(path.with_suffix(".rgb.npy"), mmap_mode="r"),
        maps=np.load(path.with_suffix(".maps.npy"), mmap_mode="r"),
        sketches=np.load(path.with_suffix(".sketches.npy"), mmap_mode="r"),
        portraits=np.load(path.with_suffix(".faces.npy"), mmap_mode="r"),
    )


def drawn_shards(folder: Path, split: Split) -> list[int]:
    """Numbers of the shards that are complete: those of an older kind, which had no sketches, are drawn again."""
    complete = (path for path in folder.glob(f"{split}-*.json") if path.with_suffix(".sketches.npy").is_file())
    return sorted(int(path.stem.rpartition("-")[2]) for path in complete)


def album_jobs(plan: AlbumPlan, layouts: Sequence[SceneLayout]) -> Iterator[PhotoJob]:
    """The photo job of every scene of a world album."""
    cast = cast_characters(plan)
    for scene, layout in zip(plan.scenes, layouts, strict=True):
        yield photo_job(
            plan,
            scene,
            layout,
            tuple(cast.member(entry.character) for entry in scene.cast),
            width=layout.width,
            height=layout.height,
            seed=derive_seed(plan.seed, "photo", scene.id),
            attempt=0,
        )


def _sketch(job: PhotoJob) -> np.ndarray:
    return paint_sketch(replace(job, width=SKETCH, height=SKETCH))


def _portraits(character: Any) -> np.ndarray:
    outfits = character.outfits or [None, None]
    return np.stack([np.asarray(draw_portrait(character, outfit, size=PORTRAIT)) for outfit in outfits])


def _write(path: Path, array: np.ndarray) -> None:
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, array)
    os.replace(part, path)


def _ignore(done: int, steps: int) -> None:
    """Nobody waits for a single scene."""
