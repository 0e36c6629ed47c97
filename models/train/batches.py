"""Training batches: scenes of drawn shards, cropped, mirrored, and with some of their conditions left out."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from ...stages.render.builtin.conditions import RegionRows, region_rows, rows_in_window, stack_conditions
from ...stages.render.builtin.raster import BONES, EYE, HEAD, LIMB_VALUES, BlueprintRaster, shrunk, window
from ...stages.render.builtin.words import REGION_WORDS, scene_caption
from .dataset import SIZE, Shard, drawn_shards, read_shard, shard_path
from .people import Split
from .text import build_tokenizer, reworded

WORD_IDS: Final = {word: index for index, word in enumerate(REGION_WORDS, start=1)}
_PERSON = WORD_IDS["kind:person"]
_OTHER_SIDE: Final = {"r": "l", "l": "r"}


@dataclass(frozen=True, eq=False)
class Example:
    """One drawn scene. faces: for each character of the job the rows of its portraits in the shard."""

    shard: int
    scene: int
    rows: RegionRows
    caption: str
    horizon: float
    light: tuple[float, float]
    faces: tuple[int, ...]


class Scenes:
    """Every complete shard of a split, with the words of its scenes looked up once.

    Args:
        world: folder of `draw_shards`.
        split: which of it.
        limit: at most so many shards.
        only: at most so many scenes, for a model that is to learn them by heart.
    """

    def __init__(self, world: Path, split: Split, *, limit: int | None = None, only: int | None = None) -> None:
        self.world, self.split, self.limit, self.only = world, split, limit, only
        self.shards: dict[int, Shard] = {}
        self.vectors: dict[int, np.ndarray] = {}  # of each shard's portraits, (portraits, outfits, dim)
        self.examples: list[Example] = []

    def refresh(self) -> int:
        """Take in shards that were drawn since; gives the number of scenes."""
        for number in drawn_shards(self.world, self.split)[: self.limit]:
            if self.only is not None and len(self.examples) >= self.only:
                break
            if number not in self.shards:
                self.shards[number] = read_shard(self.world, self.split, number)
                self.examples += list(_examples(number, self.shards[number]))
                path = shard_path(self.world, self.split, number).with_suffix(".vectors.npy")
                if path.is_file():
                    self.vectors[number] = np.load(path)
        self.examples = self.examples[: self.only]
        return len(self.examples)

    def picture(self, example: Example) -> np.ndarray:
        """(256, 256, 3) uint8."""
        return self.shards[example.shard].rgb[example.scene]

    def sketch(self, example: Example) -> np.ndarray:
        """(64, 64, 3) uint8."""
        return self.shards[example.shard].sketches[example.scene]

    def raster(self, example: Example) -> BlueprintRaster:
        """Maps of (256, 256)."""
        return BlueprintRaster(*self.shards[example.shard].maps[example.scene])


def _examples(number: int, shard: Shard) -> Iterator[Example]:
    first = 0
    starts = {}
    for album, plan in enumerate(shard.albums):
        starts[album] = {character.id: first + index for index, character in enumerate(plan.characters)}
        first += len(plan.characters)
    per_album = len(shard.layouts) // len(shard.albums)
    for scene, job in enumerate(shard.jobs()):
        faces = starts[scene // per_album]
        yield Example(
            shard=number,
            scene=scene,
            rows=region_rows(job, WORD_IDS),
            caption=scene_caption(job),
            horizon=job.layout.horizon,
            light=job.layout.light,
            faces=tuple(faces[character.id] for character in job.characters),
        )


@dataclass(frozen=True, eq=False)
class Cut:
    """One example as it is shown once: cropped, perhaps mirrored.

    sketch: of the same part, (side, side, 3 or 4) uint8.
    """

    picture: np.ndarray
    sketch: np.ndarray
    raster: BlueprintRaster
    rows: RegionRows
    horizon: float
    light: tuple[float, float]


def cut(scenes: Scenes, example: Example, rng: random.Random) -> Cut:
    """Show an example: the whole picture, or a square of at least three quarters of its side; every second mirrored.

    Maps are cut with the picture, so the labels stay exact. Where a model is to learn pictures by heart, they are
    always shown as they are.
    """
    x, y, side = 0, 0, SIZE
    by_heart = scenes.only is not None
    if not by_heart and rng.random() < 0.4:
        side = rng.randrange(SIZE * 3 // 4, SIZE)
        x, y = rng.randrange(SIZE - side + 1), rng.randrange(SIZE - side + 1)
    sketch = scenes.sketch(example)
    shown = windowed(scenes, example, x, y, side, sketch if side == SIZE else _sketch_window(sketch, x, y, side))
    return shown if by_heart else mirrored_at_times(shown, rng)


def windowed(scenes: Scenes, example: Example, x: int, y: int, side: int, sketch: np.ndarray) -> Cut:
    """A square of an example, with everything that is known of it: corner and side in pixels, and its sketch."""
    return Cut(
        picture=scenes.picture(example)[y : y + side, x : x + side],
        sketch=sketch,
        raster=window(scenes.raster(example), x, y, side),
        rows=rows_in_window(example.rows, (x, y, side), SIZE, SIZE),
        horizon=(example.horizon * SIZE - y) / side,
        light=example.light,
    )


def mirrored_at_times(one: Cut, rng: random.Random) -> Cut:
    """Every second one, with its labels."""
    if rng.random() >= 0.5:
        return one
    return Cut(
        picture=one.picture[:, ::-1],
        sketch=one.sketch[:, ::-1],
        raster=_mirrored(one.raster),
        rows=_mirrored_rows(one.rows),
        horizon=one.horizon,
        light=(-one.light[0], one.light[1]),
    )


def _sketch_window(sketch: np.ndarray, x: int, y: int, side: int) -> np.ndarray:
    """The part of a sketch that a square of its picture covers, as large as the whole was."""
    small = len(sketch) / SIZE
    box = (x * small, y * small, (x + side) * small, (y + side) * small)
    shown = Image.fromarray(np.ascontiguousarray(sketch))
    return np.asarray(shown.resize(sketch.shape[:2], Image.Resampling.BILINEAR, box=box))


def _mirrored(raster: BlueprintRaster) -> BlueprintRaster:
    turned = raster.at(np.s_[:, ::-1])
    return replace(turned, limbs=_LIMBS_MIRRORED[turned.limbs])


def _mirrored_rows(rows: RegionRows) -> RegionRows:
    x0, y0, x1, y1 = rows.boxes.T
    return replace(rows, words=_WORDS_MIRRORED[rows.words], boxes=np.stack([1 - x1, y0, 1 - x0, y1], axis=1))


def _limbs_mirrored() -> np.ndarray:
    table = np.arange(LIMB_VALUES, dtype=np.uint8)
    names = list(BONES)
    for index, bone in enumerate(names):
        other = tuple(_OTHER_SIDE[end[0]] + end[1:] if end[1] == "_" else end for end in bone)
        table[index + 1] = names.index(other) + 1  # type: ignore[arg-type]
    return table


def _words_mirrored() -> np.ndarray:
    table = np.arange(len(REGION_WORDS) + 1)
    left, right = WORD_IDS["facing:left"], WORD_IDS["facing:right"]
    table[left], table[right] = right, left
    return table


_LIMBS_MIRRORED: Final = _limbs_mirrored()
_WORDS_MIRRORED: Final = _words_mirrored()


@dataclass(frozen=True)
class Dropping:
    """How often conditions are left out, so that the model can do without and guidance has something to compare.

    everything: of scenes (text, words, identities and sketch, never the maps). text, scene: of captions, and of the
    words of the scene as a whole, which say much the same. looks: of people who are known by their vector alone.
    vector: of people who are known by words alone. Both are kept for the rest. sketch: of scenes.
    """

    everything: float = 0.1
    text: float = 0.1
    scene: float = 0.1
    looks: float = 0.35
    vector: float = 0.25
    sketch: float = 0.1


class BatchMaker:
    """Makes batches of tensors; the same seed and number give the same batch of the same shards.

    Args:
        scenes: where from.
        batch: scenes a batch.
        size: pixels of a picture's side.
        seed: of the choice.
        dropping: what is left out.
        cutter: what of an example is shown.
    """

    def __init__(
        self,
        scenes: Scenes,
        *,
        batch: int,
        size: int,
        seed: int,
        dropping: Dropping | None = None,
        cutter: Callable[[Scenes, Example, random.Random], Cut] = cut,
    ) -> None:
        self.scenes, self.batch, self.size, self.seed, self.cutter = scenes, batch, size, seed, cutter
        self.dropping = dropping or Dropping()
        self.tokenizer = build_tokenizer()

    def make(self, number: int) -> dict[str, Any]:
        """Batch number `number`.

        Returns:
            picture: (batch, 3, size, size) uint8. weight: (batch, 1, size, size) float32. tokens, mask: of the text.
            The other keys are the fields of `networks.Conditions`.
        """
        import torch

        rng = random.Random(self.seed * 1_000_003 + number)  # noqa: S311
        chosen = [rng.choice(self.scenes.examples) for _ in range(self.batch)]
        cuts = [self.cutter(self.scenes, example, rng) for example in chosen]
        dropped = [rng.random() < self.dropping.everything for _ in chosen]
        captions = [
            "" if gone or rng.random() < self.dropping.text else reworded(example.caption, rng)
            for example, gone in zip(chosen, dropped, strict=True)
        ]
        rows, vectors = [], []
        for example, one, gone in zip(chosen, cuts, dropped, strict=True):
            kept, known = self._drop(example, one.rows, rng, gone=gone)
            rows.append(kept)
            vectors.append(known)
        rasters = [shrunk(one.raster, self.size) for one in cuts]
        arrays = stack_conditions(
            rows, rasters, vectors, horizons=[one.horizon for one in cuts], lights=[one.light for one in cuts],
            identity_dim=128, sketches=self._sketches(cuts, dropped, rng),
        )  # fmt: skip
        people = [(one.rows.words == _PERSON).any(axis=1) for one in cuts]
        text = self.tokenizer(captions, padding="max_length", truncation=True, return_tensors="pt")
        batch: dict[str, Any] = {name: torch.from_numpy(array) for name, array in arrays.items()}
        batch["picture"] = torch.stack([_resized(one.picture, self.size) for one in cuts])
        batch["weight"] = torch.from_numpy(
            np.stack([_weight(raster, person) for raster, person in zip(rasters, people, strict=True)])[:, None]
        )
        batch["tokens"], batch["mask"] = text["input_ids"], text["attention_mask"]
        return batch

    def _sketches(self, cuts: Sequence[Cut], dropped: Sequence[bool], rng: random.Random) -> list[np.ndarray | None]:
        side = self.size // 2
        found: list[np.ndarray | None] = []
        for one, gone in zip(cuts, dropped, strict=True):
            left_out = gone or rng.random() < self.dropping.sketch
            shown = Image.fromarray(np.ascontiguousarray(one.sketch)) if not left_out else None
            found.append(None if shown is None else np.asarray(shown.resize((side, side), Image.Resampling.BOX)))
        return found

    def _drop(
        self, example: Example, rows: RegionRows, rng: random.Random, *, gone: bool
    ) -> tuple[RegionRows, list[np.ndarray | None]]:
        vectors: list[np.ndarray | None] = [None] * len(example.faces)
        if gone:
            blank = {name: np.zeros_like(getattr(rows, name)) for name in ("words", "looks", "colours")}
            return replace(rows, **blank), vectors
        of_shard = self.scenes.vectors.get(example.shard)
        words, looks, colours = rows.words.copy(), rows.looks.copy(), rows.colours.copy()
        if rng.random() < self.dropping.scene:
            words[0] = 0
        for row, member in enumerate(rows.cast):
            if member < 0 or of_shard is None:
                continue
            luck = rng.random()
            if luck >= self.dropping.vector:
                vectors[member] = of_shard[example.faces[member], rng.randrange(2)]
            if luck > 1 - self.dropping.looks:
                looks[row], colours[row] = 0, rows.clothes[row]
        return replace(rows, words=words, looks=looks, colours=colours), vectors


def _resized(picture: np.ndarray, size: int) -> Any:
    import torch
    from torch.nn import functional

    tensor = torch.from_numpy(np.array(picture)).movedim(-1, 0)[None]
    return functional.interpolate(tensor, (size, size), mode="bilinear", antialias=True)[0]


def _weight(raster: BlueprintRaster, person: np.ndarray) -> np.ndarray:
    """People count twice, their heads four times, eyes six times; other regions one and a half."""
    weight = np.where(raster.instance > 0, 1.5, 1.0).astype(np.float32)
    weight[person[raster.instance]] = 2.0
    weight[raster.limbs >= HEAD] = 4.0
    weight[raster.limbs >= EYE] = 6.0
    return weight
