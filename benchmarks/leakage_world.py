"""Galleries, planted leaks and innocents out of the drawn world, for benchmarks/leakage.py.

Everybody belongs to the split "gallery", whose identities no training and no calibration ever sees. Albums of one world
seed are numbered: the first ones are private, others are innocent, and planted albums show the people of a private one
in other scenes, poses and clothes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image
from synthetic_albums.models.train.dataset import album_jobs, draw_shards, read_shard
from synthetic_albums.models.train.people import identity_key
from synthetic_albums.models.train.world import SCENES_PER_ALBUM, world_album
from synthetic_albums.stages.encoders import Calibration
from synthetic_albums.stages.encoders.interface import EncoderFacts, FoundPerson, Keypoints, PersonEncoder
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.leakage import signature as s
from synthetic_albums.stages.leakage.expected import people_of_layout
from synthetic_albums.stages.leakage.gallery import Gallery, pixel_digest, salted_digest
from synthetic_albums.stages.leakage.identities import ExpectedPerson
from synthetic_albums.stages.records import AlbumPlan, SceneLayout
from synthetic_albums.stages.render.storyboard.figures import draw_portrait
from synthetic_albums.stages.render.storyboard.scene import paint_scene

SPLIT = "gallery"
SIDE = 256  # pixels
ALBUMS_A_SHARD = 16


@dataclass(frozen=True, eq=False)
class WorldAlbum:
    """One album: pictures (scenes, 256, 256, 3) uint8, and a portrait of each person."""

    plan: AlbumPlan
    layouts: list[SceneLayout]
    pictures: np.ndarray
    portraits: dict[str, np.ndarray]

    @cached_property
    def people(self) -> dict[str, str]:
        """Character id to what makes the person that person."""
        return {c.id: identity_key(c) for c in self.plan.characters if c.kind == "person"}

    @cached_property
    def expected(self) -> list[list[ExpectedPerson]]:
        """For each scene who is in it by the layout."""
        return [people_of_layout(layout, set(self.people)) for layout in self.layouts]


def drawn_albums(folder: Path, first: int, count: int, *, seed: int, workers: int) -> list[WorldAlbum]:
    """Albums of the world, drawn into the folder unless they are there.

    Args:
        folder: of shards.
        first: number of an album, a multiple of 16.
        count: of albums.
        seed: of the world.
        workers: processes that draw.
    """
    shards = range(first // ALBUMS_A_SHARD, -(-(first + count) // ALBUMS_A_SHARD))
    draw_shards(folder, SPLIT, list(shards), seed=seed, workers=workers)
    albums = []
    for number in shards:
        shard = read_shard(folder, SPLIT, number)
        for at, plan in enumerate(shard.albums):
            scenes = slice(at * SCENES_PER_ALBUM, (at + 1) * SCENES_PER_ALBUM)
            albums.append(WorldAlbum(plan, shard.layouts[scenes], shard.rgb[scenes], _portraits(plan)))
    return albums[first % ALBUMS_A_SHARD :][:count]


def planted_album(folder: Path, original: WorldAlbum, number: int, *, seed: int) -> WorldAlbum:
    """The people of an album in the scenes, poses and clothes of another one, drawn unless it is there.

    Args:
        folder: keeps the pictures.
        original: whose people.
        number: of the album that gives the scenes.
        seed: of its world; another than that of the original.
    """
    plan = world_album(seed, number, SPLIT)
    looks = {c.id: c for c in original.plan.characters if c.kind == "person"}
    dressed = [looks[c.id].model_copy(update={"outfits": c.outfits}) if c.id in looks else c for c in plan.characters]
    plan = plan.model_copy(update={"characters": dressed})
    layouts = [lay_out_scene(plan, scene, width=SIDE, height=SIDE) for scene in plan.scenes]
    file = folder / f"planted-{seed}-{number:04d}.npy"
    if not file.is_file():
        drawn = [paint_scene(job, lambda done, steps: None) for job in album_jobs(plan, layouts)]
        np.save(file, np.stack([(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8) for picture in drawn]))
    return WorldAlbum(plan, layouts, np.load(file, mmap_mode="r"), _portraits(plan))


def _portraits(plan: AlbumPlan) -> dict[str, np.ndarray]:
    people = [character for character in plan.characters if character.kind == "person"]
    return {c.id: np.asarray(draw_portrait(c, c.outfits[0], size=96)) for c in people}


def copy_gallery(pictures: Sequence[np.ndarray], vectors: np.ndarray | None, facts: EncoderFacts | None) -> Gallery:
    """A gallery of pictures as `build_gallery` makes one, but in the order that is given."""
    signatures = [s.pack_signs(s.grid_coefficients(s.picture_luma(Image.fromarray(p)))) for p in pictures]
    salt = hashlib.sha256(b"benchmark").digest()
    digests = [np.frombuffer(salted_digest(salt, pixel_digest(picture)), np.uint8) for picture in pictures]
    return Gallery(np.stack(signatures), np.stack(digests), salt, vectors=vectors, picture_encoder=facts)


@dataclass(eq=False)
class RememberingEncoder:
    """A person encoder that encodes no head twice; the benchmark asks for the same ones against many galleries."""

    inner: PersonEncoder
    known: dict[tuple[bytes, Keypoints], FoundPerson | None] = field(default_factory=dict)

    @cached_property
    def calibration(self) -> Calibration | None:
        """The encoder's own, read once."""
        return self.inner.calibration

    @property
    def facts(self) -> EncoderFacts:
        """The encoder's own."""
        return self.inner.facts

    @property
    def finds_people(self) -> bool:
        """Without a detector: the layouts say where people are."""
        return False

    def encode_known(self, picture: np.ndarray, skeletons: Sequence[Keypoints]) -> list[FoundPerson | None]:
        """As the encoder's own."""
        digest = pixel_digest(np.asarray(picture))
        keys = [(digest, tuple(skeleton)) for skeleton in skeletons]
        new = [number for number, key in enumerate(keys) if key not in self.known]
        if new:
            found = self.inner.encode_known(np.asarray(picture), [skeletons[number] for number in new])
            self.known |= {keys[number]: person for number, person in zip(new, found, strict=True)}
        return [self.known[key] for key in keys]


def people_gallery(albums: Sequence[WorldAlbum], encoder: RememberingEncoder) -> tuple[Gallery, set[str]]:
    """A gallery of the heads in albums' scenes, and whom it knows."""
    heads, rows, known = [], [], set()
    for row, (album, scene) in enumerate((album, scene) for album in albums for scene in range(SCENES_PER_ALBUM)):
        seen = [p for p in album.expected[scene] if p.keypoints and not p.facing_away and not p.hidden]
        found = encoder.encode_known(album.pictures[scene], [person.keypoints for person in seen])
        for person, head in zip(seen, found, strict=True):
            if head is not None:
                heads.append(head.vector)
                rows.append(row)
                known.add(album.people[person.character])
    blank = Gallery(np.zeros((0, 0, 0), np.uint8), np.zeros((0, 32), np.uint8), hashlib.sha256(b"benchmark").digest())
    gallery = replace(
        blank, people=np.stack(heads).astype(np.float32), people_of=np.array(rows, np.int64),
        person_encoder=encoder.inner.facts, person_handle=encoder,  # type: ignore[arg-type]
    )  # fmt: skip
    return gallery, known
