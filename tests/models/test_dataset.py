import numpy as np
import pytest
from synthetic_albums.models.train import dataset
from synthetic_albums.models.train.dataset import MAPS, draw_shards, drawn_shards, read_shard
from synthetic_albums.models.train.world import world_album
from synthetic_albums.stages.layout import lay_out_scene
from synthetic_albums.stages.render.builtin.raster import blueprint_raster
from synthetic_albums.stages.render.storyboard.scene import paint_scene


@pytest.fixture(scope="module")
def shard(world):
    return read_shard(world, "train", 0)


def test_a_shard_comes_back_as_it_was_drawn(shard):
    assert shard.albums == [world_album(3, 0, "train")]
    assert shard.rgb.shape == (8, 256, 256, 3)
    assert shard.maps.shape == (8, len(MAPS), 256, 256)
    people_and_animals = len(shard.albums[0].characters)
    assert shard.portraits.shape == (people_and_animals, 2, 96, 96, 3)
    assert shard.rgb.dtype == shard.maps.dtype == shard.portraits.dtype == np.uint8


def test_layouts_maps_and_pixels_are_those_of_the_scene(shard):
    for index, job in enumerate(shard.jobs()):
        assert job.layout == lay_out_scene(shard.albums[0], job.scene, width=256, height=256)
        raster = blueprint_raster(job.layout, width=256, height=256)
        assert np.array_equal(shard.maps[index], np.stack([getattr(raster, name) for name in MAPS]))
    painted = paint_scene(job, lambda done, steps: None)
    assert np.abs(np.clip(painted, 0, 1) * 255 - shard.rgb[index]).max() <= 0.51


def test_portraits_differ_by_outfit_for_people_and_not_for_animals(shard):
    for character, pair in zip(shard.albums[0].characters, shard.portraits, strict=True):
        assert np.array_equal(pair[0], pair[1]) == (character.kind == "animal")


def test_what_is_drawn_is_not_drawn_again(world, monkeypatch):
    monkeypatch.setattr(dataset, "draw_shard", lambda *_: pytest.fail("drawn again"))
    draw_shards(world, "train", [0], seed=3, workers=1)
    assert drawn_shards(world, "train") == [0]
    assert drawn_shards(world, "held_out") == []


def test_a_shard_that_was_interrupted_does_not_count(tmp_path, world):
    for path in world.glob("train-0000*"):
        if path.suffix != ".json":
            (tmp_path / path.name).write_bytes(b"half")
    (tmp_path / "train-0000.json.part").write_text("[")
    assert drawn_shards(tmp_path, "train") == []


def test_a_shard_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="train-0007"):
        read_shard(tmp_path, "train", 7)
