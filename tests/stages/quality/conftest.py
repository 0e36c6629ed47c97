"""Small albums whose pictures say by their colours what the plan says, and an encoder that sees colours."""

from datetime import datetime

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.identity import cast_characters
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.records import AlbumPlan, CastEntry, Character, Environment, Outfit, Scene
from synthetic_albums.stages.render import render_album
from synthetic_albums.stages.seeds import derive_seed

SIZE = 64
ALBUMS = 8  # of six photos each
PLACES = ("park", "beach", "kitchen")
LIGHTS = ("daylight", "night")


class ColourEncoder:
    """Vectors are colours on a grid, less their middle."""

    calibration = None

    def __init__(self):
        self.facts = EncoderFacts("colours@1", "ab" * 32, 48, "picture")
        self.closed, self.batches = 0, []

    def encode(self, pictures):
        self.batches.append(len(pictures))
        grids = [np.asarray(Image.fromarray(p).resize((4, 4), Image.Resampling.BOX), np.float32) for p in pictures]
        vectors = np.stack([grid.ravel() for grid in grids]) - 127.5
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def close(self):
        self.closed += 1


class ColourRenderer:
    """Paints the place as a colour, the light as brightness, people as white boxes; `told` off paints noise only."""

    name = "colours"

    def __init__(self, told=True):
        self.told = told

    def describe(self):
        return {"version": 1, "told": self.told}

    def render_photo(self, job, *, on_step):
        rng = np.random.default_rng(derive_seed(job.seed, self.told))
        noise = rng.integers(-20, 21, (8, 8, 3)).repeat(job.height // 8, axis=0).repeat(job.width // 8, axis=1)
        if not self.told:
            return (noise * 3 + 128).astype(np.uint8)
        colour = np.full((job.height, job.width, 3), 40)
        colour[..., PLACES.index(job.environment.kind)] = 200
        if job.scene.lighting == "night":
            colour //= 3
        for region in job.layout.regions:
            x0, y0, x1, y1 = (round(value * SIZE) for value in region.box)
            colour[max(0, y0) : y1, max(0, x0) : x1] = 240
        return np.clip(colour + noise, 0, 255).astype(np.uint8)

    def render_portrait(self, character, member, *, size, seed):
        return np.full((size, size, 3), 128, np.uint8)

    def close(self):
        """Holds nothing."""


def plan_of(seed, scenes=6):
    rng = np.random.default_rng(seed)
    people = [Character(id=name, name=name.title(), outfits=[Outfit(id="day")]) for name in ("ana", "leo")]
    return AlbumPlan(
        title=f"Walks {seed}",
        seed=seed,
        characters=people,
        environments=[Environment(id=kind, kind=kind) for kind in PLACES],
        scenes=[
            Scene(
                id=f"s{number}",
                title=f"Walk {number}",
                caption=f"The walk number {number}.",
                environment=PLACES[int(rng.integers(3))],
                lighting=LIGHTS[int(rng.integers(2))],
                time=datetime(2026, 6, 14, 9, number),
                cast=[CastEntry(character=p.id, outfit="day") for p in people[: int(rng.integers(3))]],
            )
            for number in range(scenes)
        ],
    )


def write_album(path, seed, *, told=True, scenes=6, layout=True):
    plan = plan_of(seed, scenes)
    folder = AlbumFolder(path)
    render_album(
        plan,
        lay_out_scenes(plan, width=SIZE, height=SIZE),
        cast_characters(plan),
        ColourRenderer(told),
        folder,
        width=SIZE,
        height=SIZE,
        subset="",
        attempt=0,
        on_progress=lambda *_: None,
        check_interrupt=lambda: None,
    )
    if not layout:
        folder.update(folder.read().model_copy(update={"layout": None}))
    return folder


@pytest.fixture
def make_album(tmp_path):
    """Write a small album; gives its AlbumFolder."""
    return lambda name, seed, **options: write_album(tmp_path / name, seed, **options)


@pytest.fixture(scope="session")
def worlds(tmp_path_factory):
    """Folders of albums: honest (shows its labels), noise (does not), real (other plans, drawn alike)."""
    root = tmp_path_factory.mktemp("worlds")
    for number in range(ALBUMS):
        write_album(root / "honest" / f"a{number}", 100 + number)
        write_album(root / "noise" / f"a{number}", 100 + number, told=False)
        write_album(root / "real" / f"a{number}", 500 + number)
    return root


@pytest.fixture(scope="session")
def make_encoder():
    return ColourEncoder


@pytest.fixture
def encoder():
    return ColourEncoder()


@pytest.fixture
def save_picture():
    """Write a picture file of noise by a seed."""

    def save(path, seed, size=32):
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8)
        Image.fromarray(noise).save(path)
        return path

    return save
