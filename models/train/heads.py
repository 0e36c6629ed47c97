"""Every head of a split's drawn shards, cropped once with room to jitter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final, get_args

import numpy as np

from ...stages.encoders import PORTRAIT_REACH, head_crop, portrait_crop
from ...stages.records import AlbumPlan, Character, Outfit
from ...stages.vocabulary import Color
from .dataset import Shard, drawn_shards, read_shard
from .looks import look_codes, twin_attribute
from .people import Split, identity_key
from .seen import seen_people

STORED: Final = 80  # pixels of a stored crop's side
TOP_COLORS: Final = get_args(Color)
STORED_REACH: Final = 1.25 * PORTRAIT_REACH  # side of a stored crop in head heights


@dataclass(frozen=True, eq=False)
class Heads:
    """Heads of people whose faces are seen, from scenes and portraits.

    pictures: (heads, STORED, STORED, 3) uint8. identity: (heads,) int64, index into the next two. codes: (identities,
    CODES) uint8. people: one character of each identity. portrait: (heads,) bool. pixels: (heads,) float32, head
    height in the picture it was cut from. top: (heads,) uint8, index of the top's colour. twins: pairs of identities
    of one album that differ in one attribute, and which.
    """

    pictures: np.ndarray
    identity: np.ndarray
    codes: np.ndarray
    people: list[Character]
    portrait: np.ndarray
    pixels: np.ndarray
    top: np.ndarray
    twins: list[tuple[int, int, str]]

    def of_identity(self, *, portraits: bool = True) -> list[np.ndarray]:
        """For each identity the rows of its heads."""
        rows = np.arange(len(self.identity)) if portraits else np.flatnonzero(~self.portrait)
        order = rows[np.argsort(self.identity[rows], kind="stable")]
        bounds = np.searchsorted(self.identity[order], np.arange(len(self.codes) + 1))
        return [order[a:b] for a, b in pairwise(bounds)]


@dataclass(frozen=True, eq=False)
class _Head:
    picture: np.ndarray
    person: Character
    portrait: bool
    pixels: float
    top: int


def gather_heads(world: Path, split: Split, numbers: Sequence[int] | None = None) -> Heads:
    """Crop all heads of a split.

    Args:
        world: folder of `draw_shards`.
        split: which of it.
        numbers: of shards; all that are drawn unless said otherwise.
    """
    index: dict[str, int] = {}
    people: list[Character] = []
    heads: list[_Head] = []
    identity: list[int] = []
    twins: dict[tuple[int, int], str] = {}
    for number in drawn_shards(world, split) if numbers is None else numbers:
        shard = read_shard(world, split, number)
        for head in (*scene_heads(shard), *portrait_heads(shard)):
            key = identity_key(head.person)
            if key not in index:
                index[key] = len(people)
                people.append(head.person)
            heads.append(head)
            identity.append(index[key])
        for plan in shard.albums:
            twins |= album_twins(plan, index)
    return Heads(
        pictures=np.stack([head.picture for head in heads]),
        identity=np.array(identity, np.int64),
        codes=np.stack([look_codes(person) for person in people]),
        people=people,
        portrait=np.array([head.portrait for head in heads]),
        pixels=np.array([head.pixels for head in heads], np.float32),
        top=np.array([head.top for head in heads], np.uint8),
        twins=[(a, b, attribute) for (a, b), attribute in twins.items()],
    )


def scene_heads(shard: Shard) -> Iterator[_Head]:
    """Heads with visible faces of all scenes of a shard."""
    for job, picture, maps in zip(shard.jobs(), shard.rgb, shard.maps, strict=True):
        for seen in seen_people(job, maps[0]):
            if not seen.face:
                continue
            crop = head_crop(picture, job.layout.regions[seen.region].keypoints, reach=STORED_REACH, size=STORED)
            outfit = job.outfits[seen.member]
            yield _Head(crop, job.characters[seen.member], False, seen.head * len(picture), _top(outfit))


def portrait_heads(shard: Shard) -> Iterator[_Head]:
    """Heads of the portraits of all people of a shard, in two outfits each."""
    row = 0
    for plan in shard.albums:
        for character in plan.characters:
            if character.kind == "person":
                for outfit, portrait in zip(character.outfits, shard.portraits[row], strict=True):
                    crop = portrait_crop(portrait, reach=STORED_REACH, size=STORED)
                    yield _Head(crop, character, True, len(portrait) / PORTRAIT_REACH, _top(outfit))
            row += 1


def _top(outfit: Outfit | None) -> int:
    return TOP_COLORS.index(outfit.top_color if outfit else "white")


def album_twins(plan: AlbumPlan, index: dict[str, int]) -> dict[tuple[int, int], str]:
    """Pairs of people of an album that differ in one attribute, by their places in `index`, and which it is."""
    people = [character for character in plan.characters if character.kind == "person"]
    found = {}
    for first, second in combinations(people, 2):
        attribute = twin_attribute(first, second)
        if attribute is not None:
            found[index[identity_key(first)], index[identity_key(second)]] = attribute
    return found
