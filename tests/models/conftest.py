"""A drawn world of one album, and identity vectors for its portraits."""

import numpy as np
import pytest


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """The folder of a world whose one shard has one album of eight scenes."""
    from synthetic_albums.models.train import dataset

    folder = tmp_path_factory.mktemp("world")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "ALBUMS_PER_SHARD", 1)
        dataset.draw_shards(folder, "train", [0], seed=3, workers=1)
    portraits = np.load(folder / "train-0000.faces.npy", mmap_mode="r")
    vectors = np.random.default_rng(0).standard_normal((*portraits.shape[:2], 128)).astype(np.float32)
    np.save(folder / "train-0000.vectors.npy", vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
    return folder


@pytest.fixture(scope="session")
def scenes(world):
    from synthetic_albums.models.train.batches import Scenes

    found = Scenes(world, "train")
    assert found.refresh() == 8
    return found


@pytest.fixture(scope="session")
def people_world(tmp_path_factory):
    """The folder of a world with one album for training and one held out; the first two people of both are twins."""
    from synthetic_albums.models.train import dataset

    folder = tmp_path_factory.mktemp("people")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "ALBUMS_PER_SHARD", 1)
        dataset.draw_shards(folder, "train", [0], seed=3, workers=1)
        dataset.draw_shards(folder, "held_out", [0], seed=3, workers=1)
    return folder
