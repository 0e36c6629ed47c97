"""A toy diffusion model whose memory is known: the exact denoiser of a finite set, mixed with that of a population."""

from dataclasses import dataclass, field
from datetime import datetime, timezone

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.album_folder import AlbumFolder, photo_file_name
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import Album, AlbumPlan, Environment, PhotoRecord, Scene
from synthetic_albums.stages.safe_files import file_digest
from synthetic_albums.stages.score_model import ScoreModelFacts

SHAPE = (6, 6, 3)  # of a toy picture
_POPULATION = 0.5  # standard deviation of the pixels of all pictures, in -1..1


def toy_pictures(seed, count):
    """(count, 6, 6, 3) uint8 pictures of one population."""
    values = np.random.default_rng(seed).normal(0, _POPULATION, (count, *SHAPE))
    return ((np.clip(values, -1, 1) + 1) * 127.5 + 0.5).astype(np.uint8)


@dataclass
class ToyModel:
    """E[x_0 | x_t] for pictures that are drawn from `members` alone, or for all of the population.

    memory: 1 knows nothing but the members by heart, 0 knows only what all pictures have in common. For a finite set
    the expectation is a softmax over the members; for a normal population it is a shrunken x_t.
    """

    members: np.ndarray
    memory: float
    path: str = "flow"
    predicts: str = "clean"
    asked: list = field(default_factory=list)
    checked: list = field(default_factory=list)
    closed: int = 0

    @property
    def facts(self):
        return ScoreModelFacts("toy", "0" * 64, self.path, self.predicts)

    def require_maker(self, album):
        self.checked.append(album.plan.title)

    def condition(self, album, photo):
        return (album.plan.title, photo.scene)

    def prepare(self, picture, condition):
        return picture.astype(np.float32) / 127.5 - 1

    def signal_and_noise(self, time):
        return (
            (1 - time, time)
            if self.path == "flow"
            else (float(np.cos(np.pi / 2 * time)), float(np.sin(np.pi / 2 * time)))
        )

    def predict(self, noisy, time, conditions):
        self.asked.append((len(noisy), time, tuple(conditions)))
        a, s = self.signal_and_noise(time)
        a, s = max(a, 1e-3), max(s, 1e-3)
        flat = noisy.reshape(len(noisy), -1).astype(np.float64)
        known = self.members.reshape(len(self.members), -1) / 127.5 - 1
        energy = (a * flat @ known.T - a**2 * (known**2).sum(axis=1) / 2) / s**2  # but for what all members share
        weight = np.exp(energy - energy.max(axis=1, keepdims=True))
        by_heart = weight / weight.sum(axis=1, keepdims=True) @ known
        variance = _POPULATION**2
        in_common = a * variance / (a**2 * variance + s**2) * flat
        clean = self.memory * by_heart + (1 - self.memory) * in_common
        found = {
            "clean": clean, "noise": (flat - a * clean) / s, "velocity": (flat - clean) / s,
            "v": (a * flat - clean) / s,
        }  # fmt: skip
        return found[self.predicts].reshape(noisy.shape).astype(np.float32)

    def close(self):
        self.closed += 1


class ToyEncoder:
    """A picture's own pixels as its vector."""

    calibration = None

    def __init__(self, *, looks_at="picture", broken=None):
        self.facts = EncoderFacts("toy-pixels@1", "1" * 64, int(np.prod(SHAPE)), looks_at, "none")
        self.broken, self.closed = broken, 0

    def encode(self, pictures):
        vectors = np.stack([np.asarray(one, np.float32).reshape(-1)[: self.facts.dim] for one in pictures]) - 127.0
        if self.broken is not None:
            vectors[0] = self.broken
            return vectors
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def close(self):
        self.closed += 1


def write_pictures(folder, pictures):
    folder.mkdir(parents=True, exist_ok=True)
    for number, pixels in enumerate(pictures):
        Image.fromarray(pixels).save(folder / f"private name {number}.png")
    return folder


def make_album(path, pictures):
    """An album folder with these pictures as its finished photos s0, s1 …."""
    time = datetime(2026, 1, 1)
    scenes = [
        Scene(id=f"s{number}", title="A walk", caption="A walk.", environment="park", time=time)
        for number in range(len(pictures))
    ]
    plan = AlbumPlan(title="Walk", seed=3, environments=[Environment(id="park", kind="park")], scenes=scenes)
    folder, photos = AlbumFolder(path), []
    with folder.writing() as writer:
        for number, (scene, pixels) in enumerate(zip(scenes, pictures, strict=True), start=1):
            data, name = encode_photo(pixels, facts={}, synthetic_source="algorithmicMedia"), photo_file_name(scene.id)
            writer.write_bytes(name, data)
            photos.append(
                PhotoRecord(number=number, scene=scene.id, status="done", file=name, sha256=file_digest(data))
            )
        writer.save(Album(created=datetime(2026, 1, 1, tzinfo=timezone.utc), plan=plan, photos=photos))
    return folder


@pytest.fixture
def write_album():
    return make_album


@pytest.fixture
def pictures():
    return toy_pictures


@pytest.fixture
def toy():
    return ToyModel


@pytest.fixture
def encoder():
    return ToyEncoder


@pytest.fixture
def save():
    return write_pictures


@pytest.fixture
def sides(tmp_path):
    """Folders of 120 members and 120 others, and the pictures in them."""
    members, others = toy_pictures(1, 120), toy_pictures(2, 120)
    write_pictures(tmp_path / "members", members)
    write_pictures(tmp_path / "others", others)
    return tmp_path / "members", tmp_path / "others", members, others
