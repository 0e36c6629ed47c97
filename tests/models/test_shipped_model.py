"""The weights that ship, where they are there: whole, small, loadable by stock loaders, and worth what they say."""

import importlib
import json

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.models.train.dataset import album_jobs
from synthetic_albums.models.train.world import world_album
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER, BuiltinRenderer
from synthetic_albums.stages.render.builtin.hashes import verify_hashes
from synthetic_albums.stages.render.builtin.words import REGION_WORDS
from synthetic_albums.stages.render.storyboard import StoryboardRenderer

LARGEST_BYTES = 60 * 2**20

pytestmark = pytest.mark.skipif(
    not (BUILTIN_FOLDER / "hashes.json").is_file(), reason="models/builtin holds no weights: train them"
)


@pytest.fixture(scope="module")
def renderer():
    made = BuiltinRenderer("draft")
    yield made
    made.close()


@pytest.fixture(scope="module")
def jobs():
    """One scene of each of six albums with people who were not in the training."""
    found = []
    for index in range(6):
        plan = world_album(77, index, "held_out")
        layouts = [lay_out_scene(plan, scene, width=128, height=128) for scene in plan.scenes]
        found.append(next(job for job in album_jobs(plan, layouts) if job.characters))
    return found


def painted(renderer, job):
    return renderer.render_photo(job, on_step=lambda done, steps: None)


def coarse(picture):
    """What of a picture is seen from afar: 8 x 8 colours."""
    return np.asarray(Image.fromarray(picture).resize((8, 8), Image.Resampling.BOX), np.float32)


def test_every_file_is_the_one_that_was_released():
    verify_hashes(BUILTIN_FOLDER)
    listed = set(json.loads((BUILTIN_FOLDER / "hashes.json").read_text(encoding="utf-8")))
    weights = {path.relative_to(BUILTIN_FOLDER).as_posix() for path in BUILTIN_FOLDER.rglob("*.safetensors")}
    assert weights <= listed
    assert {"unet", "conditioner", "text_encoder", "upsampler", "identity_encoder"} <= {
        n.split("/")[0] for n in weights
    }


def test_all_of_it_is_small_and_nothing_can_run_code():
    files = [path for path in BUILTIN_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= LARGEST_BYTES
    assert {path.suffix for path in files} <= {".json", ".safetensors", ".md", ".png", ".jpg"}


def test_stock_loaders_read_every_part():
    index = json.loads((BUILTIN_FOLDER / "model_index.json").read_text(encoding="utf-8"))
    for name, entry in index.items():
        if not name.startswith("_"):
            loader = getattr(importlib.import_module(entry[0]), entry[1])
            assert loader.from_pretrained(BUILTIN_FOLDER / name, local_files_only=True) is not None


def test_it_knows_nearly_every_word_of_the_planner(renderer):
    known = renderer._loaded().conditioner.word_ids
    assert sum(word in known for word in REGION_WORDS) >= 0.95 * len(REGION_WORDS)


def test_the_same_job_gives_the_same_photo(renderer, jobs):
    first = painted(renderer, jobs[0])
    renderer.close()
    assert np.array_equal(painted(renderer, jobs[0]), first)


def test_a_photo_resembles_its_own_scene_more_than_any_other(renderer, jobs):
    drawn = [coarse(painted(StoryboardRenderer(), job)) for job in jobs]
    for index, job in enumerate(jobs):
        distances = [float(np.abs(coarse(painted(renderer, job)) - other).mean()) for other in drawn]
        assert np.argmin(distances) == index, f"scene {index}: {np.round(distances, 1)}"


def test_a_larger_photo_shows_the_same_scene(renderer):
    plan = world_album(77, 0, "held_out")
    small, large = (
        painted(
            renderer, next(iter(album_jobs(plan, [lay_out_scene(plan, s, width=n, height=n) for s in plan.scenes])))
        )
        for n in (128, 512)
    )
    assert large.shape == (512, 512, 3)
    assert np.abs(coarse(small) - coarse(large)).mean() < 20
