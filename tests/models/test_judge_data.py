import random

import numpy as np
import pytest
from synthetic_albums.models.train import judge_data
from synthetic_albums.models.train.dataset import read_shard
from synthetic_albums.models.train.judge_data import NOTHING, gather_scenes, gather_things, people_count, seen_things
from synthetic_albums.models.train.seen import seen_people
from synthetic_albums.stages import vocabulary as v


@pytest.fixture(scope="module")
def drawn(people_world):
    shard = read_shard(people_world, "train", 0)
    return list(zip(shard.jobs(), shard.maps, strict=True))


def test_scenes_have_the_labels_of_their_plans(people_world, drawn):
    data = gather_scenes(people_world, "train")
    assert data.pictures.shape == (8, 128, 128, 3)
    assert [v.ENVIRONMENT_KINDS[place] for place in data.place] == [job.environment.kind for job, _ in drawn]
    assert [v.LIGHTINGS[light] for light in data.light] == [job.scene.lighting for job, _ in drawn]
    assert list(data.count) == [min(4, len(seen_people(job, maps[0]))) for job, maps in drawn]
    assert data.count.max() > 0


def test_the_map_of_people_adds_up_to_the_people_and_lies_on_them(people_world, drawn):
    data = gather_scenes(people_world, "train")
    for density, (job, maps) in zip(data.density.astype(float), drawn, strict=True):
        seen = seen_people(job, maps[0])
        assert density.sum() == pytest.approx(len(seen), abs=0.01)
        rows = [person.region + 1 for person in seen]
        anybody = np.isin(maps[0], rows).reshape(16, 16, 16, 16).any(axis=(1, 3))
        assert ((density > 0) <= anybody).all()


def test_things_that_are_hidden_or_small_are_not_asked_for(drawn):
    found = 0
    for job, maps in drawn:
        kinds = {thing.id: thing.kind for thing in job.scene.objects}
        for thing in seen_things(job, maps[0]):
            assert v.OBJECT_KINDS[thing.kind] == kinds[job.layout.regions[thing.region].ref]
            x, y, side = thing.square(1.3)
            x0, y0, x1, y1 = thing.box
            assert (x, y) == ((x0 + x1) / 2, (y0 + y1) / 2)
            assert side == pytest.approx(1.3 * max(x1 - x0, y1 - y0))
            assert min(x1 - x0, y1 - y0) >= 10
            half = maps[0].copy()
            rows = np.flatnonzero((half == thing.region + 1).ravel())
            half.ravel()[rows[: int(0.6 * len(rows))]] = 0
            if (maps[0] == thing.region + 1).sum() < 1.2 * judge_data._area(job.layout.regions[thing.region]) * 65536:
                assert thing.region not in [other.region for other in seen_things(job, half)]
            found += 1
        assert seen_things(job, np.zeros_like(maps[0])) == []
        assert people_count(job, np.zeros_like(maps[0])) == 0
    assert found > 2


def test_crops_of_nothing_show_no_object(people_world, drawn):
    rng, found = random.Random(0), 0
    for job, maps in drawn:
        square = judge_data._empty_square(job, maps[0], rng)
        if square is None:
            continue
        x, y, side = square
        ids = {thing.id for thing in job.scene.objects}
        inside = maps[0][max(0, int(y - side / 2)) : int(y + side / 2), max(0, int(x - side / 2)) : int(x + side / 2)]
        shown = {job.layout.regions[value - 1].ref for value in np.unique(inside) if value}
        assert not shown & ids
        found += 1
    data = gather_things(people_world, "train", seed=0)
    assert (data.kind == NOTHING).sum() == found > 2
    assert len(data.kind) == found + sum(len(seen_things(job, maps[0])) for job, maps in drawn)
    assert data.pictures.shape[1:] == (80, 80, 3)
