"""Figures of pictures by the judge: of drawn ones its ceilings, of sampled ones how good the model is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from ...stages.encoders import head_crop, load_judge, portrait_crop, square_crop
from ...stages.encoders.judge import HeadVerdicts, Judge
from ...stages.records import Character
from ...stages.render.builtin.raster import blueprint_raster
from ...stages.render.renderer import PhotoJob
from ...stages.render.storyboard.renderer import drawn_view
from .dataset import PORTRAIT, drawn_shards, read_shard
from .heads import TOP_COLORS
from .judge_data import NOTHING, THING_REACH, people_count, seen_things
from .looks import ACCESSORIES, SLOTS, look_codes
from .people import Split, identity_key
from .scores import equal_error_rate
from .seen import seen_people

_UNSEEN: Final = ("watch", "backpack")  # worn where no head crop reaches
HEAD_ACCESSORIES: Final = tuple(name for name in ACCESSORIES if name not in _UNSEEN)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What the judge found in n pictures.

    place, light, count: (n,) bool, whether it is as planned. people: (n,) what it counted. things: of each object that
    should be seen (picture, kind index, kind that the judge saw, its probability of the planned kind). heads: of each
    face that should be seen; head_picture, head_member say where, head_people who.
    """

    place: np.ndarray
    light: np.ndarray
    count: np.ndarray
    people: np.ndarray
    things: list[tuple[int, int, int, float]]
    heads: HeadVerdicts | None
    head_picture: np.ndarray
    head_member: np.ndarray
    head_people: list[Character]
    tops: np.ndarray

    @property
    def identities(self) -> np.ndarray:
        """(heads,) int64: equal for heads of one identity."""
        keys = [identity_key(person) for person in self.head_people]
        known = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        return np.array([known[key] for key in keys], np.int64)

    def figures(self) -> dict[str, float]:
        """Shares of what is right; identity figures need `identity_top1` and `pair_eer`."""
        found = {
            "place_accuracy": float(self.place.mean()),
            "light_accuracy": float(self.light.mean()),
            "count_accuracy": float(self.count.mean()),
            "pictures": float(len(self.place)),
            "things": float(len(self.things)),
            "heads": float(len(self.head_people)),
        }
        if self.things:
            found["props_found"] = float(np.mean([kind == seen for _, kind, seen, _ in self.things]))
        return found | (_head_figures(self) if self.heads else {})


def judge_scenes(judge: Judge, pictures: Sequence[np.ndarray] | np.ndarray, jobs: Sequence[PhotoJob]) -> Verdicts:
    """Judge pictures against what was planned.

    Args:
        judge: of `load_judge`.
        pictures: (n, h, w, 3) uint8, square, 256 pixels a side or so.
        jobs: of the pictures, in their order.

    Returns:
        The verdicts. What the blueprint hides or makes too small to see is not asked for.
    """
    if len(pictures) != len(jobs):
        raise ValueError(f"There are {len(pictures)} pictures but {len(jobs)} jobs.")
    config = judge.config
    scenes = judge.judge_scenes(pictures)
    places = [list(config["places"]).index(job.environment.kind) for job in jobs]
    lights = [list(config["lights"]).index(job.scene.lighting) for job in jobs]
    cuts = [_Cut(judge, picture, job) for picture, job in zip(pictures, jobs, strict=True)]
    things = [(number, *thing) for number, cut in enumerate(cuts) for thing in cut.things]
    heads = [(number, *head) for number, cut in enumerate(cuts) for head in cut.heads]
    seen = judge.judge_things([crop for *_, crop in things]) if things else np.zeros((0, NOTHING + 1))
    counted = scenes.counts.argmax(axis=1)
    return Verdicts(
        place=scenes.places.argmax(axis=1) == np.array(places),
        light=scenes.lights.argmax(axis=1) == np.array(lights),
        count=counted == np.array([cut.count for cut in cuts]),
        people=counted,
        things=[
            (number, kind, int(found.argmax()), float(found[kind]))
            for (number, kind, _), found in zip(things, seen, strict=True)
        ],
        heads=judge.judge_heads([crop for *_, crop in heads]) if heads else None,
        head_picture=np.array([number for number, *_ in heads], np.int64),
        head_member=np.array([member for _, member, _, _ in heads], np.int64),
        head_people=[jobs[number].characters[member] for number, member, _, _ in heads],
        tops=np.array([top for _, _, top, _ in heads], np.int64),
    )


class _Cut:
    """The crops of one picture. things: (kind, crop). heads: (member, top, crop)."""

    def __init__(self, judge: Judge, picture: np.ndarray, job: PhotoJob) -> None:
        height, width = picture.shape[:2]
        instance = blueprint_raster(job.layout, width=256, height=256).instance
        self.count = people_count(job, instance)
        self.things: list[tuple[int, np.ndarray]] = []
        for thing in seen_things(job, instance):
            x, y, side = (value * height / 256 for value in thing.square(THING_REACH))
            crop = square_crop(picture, x * width / height, y, side, int(judge.config["thing_size"]))
            self.things.append((thing.kind, crop))
        self.heads: list[tuple[int, int, np.ndarray]] = []
        reach, size = float(judge.config["reach"]), int(judge.config["head_size"])
        for seen in seen_people(job, instance):
            if seen.face:
                outfit = job.outfits[seen.member]
                top = TOP_COLORS.index(outfit.top_color) if outfit else 0
                crop = head_crop(picture, job.layout.regions[seen.region].keypoints, reach=reach, size=size)
                self.heads.append((seen.member, top, crop))


def _head_figures(verdicts: Verdicts) -> dict[str, float]:
    assert verdicts.heads is not None  # noqa: S101 - for the type checker
    codes = np.stack([look_codes(person) for person in verdicts.head_people])
    found = {
        f"{name}_accuracy": float((verdicts.heads.slots[name].argmax(axis=1) == codes[:, slot]).mean())
        for slot, name in enumerate(SLOTS)
    }
    found["top_color_accuracy"] = float((verdicts.heads.tops.argmax(axis=1) == verdicts.tops).mean())
    asked = [ACCESSORIES.index(name) for name in HEAD_ACCESSORIES]
    worn = codes[:, len(SLOTS) :][:, asked].astype(bool)
    seen = verdicts.heads.accessories[:, asked] >= 0.5
    right = int((worn & seen).sum())
    found["accessory_recall"] = right / max(1, int(worn.sum()))
    found["accessory_precision"] = right / max(1, int(seen.sum()))
    found["accessory_f1"] = 2 * right / max(1, int(worn.sum() + seen.sum()))
    return found


def portrait_vectors(judge: Judge, people: Sequence[Character]) -> np.ndarray:
    """The judge's vectors of drawn portraits in the first outfit, (people, dim) float32 of unit length."""
    reach, size = float(judge.config["reach"]), int(judge.config["head_size"])
    crops = []
    for person in people:
        portrait = drawn_view(person, "front", PORTRAIT)
        crops.append(portrait_crop(portrait, reach=reach, size=size))
    return judge.judge_heads(crops).vectors


def identity_top1(judge: Judge, verdicts: Verdicts, *, of: int = 24, seed: int = 0) -> float:
    """How often a head's own portrait is the nearest of `of` people.

    The people of the verdicts are shuffled into galleries of `of`, each of one drawn portrait a person, so that every
    head is asked for once. What is left over when the people do not divide evenly joins the last gallery's draw.

    Args:
        judge: that gave the verdicts.
        verdicts: with heads of at least `of` identities.
        of: people of a gallery.
        seed: of the galleries.
    """
    if verdicts.heads is None:
        raise ValueError("There are no heads to identify.")
    identities = verdicts.identities
    first = [int(np.argmax(identities == number)) for number in range(identities.max() + 1)]
    if len(first) < of:
        raise ValueError(f"A gallery of {of} needs as many people, but there are {len(first)}.")
    gallery = portrait_vectors(judge, [verdicts.head_people[row] for row in first])
    order = np.random.default_rng(seed).permutation(len(first))
    right = 0
    for start in range(0, len(order), of):
        asked = order[start : start + of]
        shown = np.concatenate([asked, order[: of - len(asked)]])  # the last gallery is filled up
        rows = np.flatnonzero(np.isin(identities, asked))
        nearest = shown[(verdicts.heads.vectors[rows] @ gallery[shown].T).argmax(axis=1)]
        right += int((nearest == identities[rows]).sum())
    return right / len(identities)


def pair_eer(verdicts: Verdicts) -> float:
    """Equal error rate of all pairs of heads of different pictures, by the judge's vectors.

    Pairs of people who look alike but for one attribute are impostors like all others.
    """
    if verdicts.heads is None:
        raise ValueError("There are no heads to compare.")
    identities, vectors = verdicts.identities, verdicts.heads.vectors
    first, second = np.triu_indices(len(identities), 1)
    apart = verdicts.head_picture[first] != verdicts.head_picture[second]
    first, second = first[apart], second[apart]
    scores = (vectors[first] * vectors[second]).sum(axis=1)
    same = identities[first] == identities[second]
    return equal_error_rate(scores[same], scores[~same])


def drawn_scenes(world: Path, split: Split) -> Iterator[tuple[np.ndarray, PhotoJob]]:
    """Pictures and jobs of a split as they were drawn."""
    for number in drawn_shards(world, split):
        shard = read_shard(world, split, number)
        yield from zip(map(np.asarray, shard.rgb), shard.jobs(), strict=True)


def drawn_ceilings(folder: Path, world: Path, *, device: str = "cpu", split: Split = "held_out") -> dict[str, float]:
    """The judge's figures on drawn scenes of a split: what perfect pictures would get.

    Args:
        folder: `judge/` of a model.
        world: folder of `draw_shards`.
        device: "cpu" or "cuda".
        split: people that the judge never saw.
    """
    judge = load_judge(folder, device=device)
    pictures, jobs = zip(*drawn_scenes(world, split), strict=True)
    verdicts = judge_scenes(judge, pictures, jobs)
    figures = {**verdicts.figures(), "pair_eer": pair_eer(verdicts)}
    if len(set(verdicts.identities.tolist())) >= 24:
        figures["identity_top1"] = identity_top1(judge, verdicts)
    return {f"ceiling/{name}": value for name, value in figures.items()}
