from dataclasses import replace

import numpy as np
import pytest
from synthetic_albums.models.train.dataset import read_shard
from synthetic_albums.models.train.seen import seen_people
from synthetic_albums.stages.vocabulary import OPENPOSE_18


@pytest.fixture(scope="module")
def jobs(world):
    shard = read_shard(world, "train", 0)
    return list(zip(shard.jobs(), shard.maps, strict=True))


def test_people_who_are_drawn_are_seen_and_nobody_else(jobs):
    count = 0
    for job, maps in jobs:
        for seen in seen_people(job, maps[0]):
            region = job.layout.regions[seen.region]
            assert job.characters[seen.member].id == region.ref
            assert job.characters[seen.member].kind == "person"
            assert seen.area == pytest.approx((maps[0] == seen.region + 1).mean())
            assert seen.face <= (region.facing != "away")
            count += seen.face
    assert count > 3


def test_nobody_is_seen_where_something_stands_in_front(jobs):
    for job, maps in jobs:
        assert seen_people(job, np.zeros_like(maps[0])) == []


def test_a_face_behind_an_own_arm_is_no_face(jobs):
    job, maps = next((job, maps) for job, maps in jobs if any(p.face for p in seen_people(job, maps[0])))
    person = next(p for p in seen_people(job, maps[0]) if p.face)
    region = job.layout.regions[person.region]
    raised = list(region.keypoints)
    raised[OPENPOSE_18.index("r_wrist")] = region.keypoints[0]
    regions = list(job.layout.regions)
    regions[person.region] = region.model_copy(update={"keypoints": raised})
    job = replace(job, layout=job.layout.model_copy(update={"regions": regions}))
    again = next(p for p in seen_people(job, maps[0]) if p.region == person.region)
    assert not again.face
    assert again.face_shown == person.face_shown


def test_a_covered_face_is_no_face_though_its_person_is_counted(jobs):
    job, maps = next((job, maps) for job, maps in jobs if any(p.face for p in seen_people(job, maps[0])))
    person = next(p for p in seen_people(job, maps[0]) if p.face)
    nose = np.array(job.layout.regions[person.region].keypoints[0][:2]) * 256
    instance = maps[0].copy()
    reach = round(0.5 * person.head * 256)
    x, y = nose.astype(int)
    instance[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach] = 0
    left = [p for p in seen_people(job, instance) if p.region == person.region]
    assert all(not p.face and p.face_shown < 0.3 for p in left)
    assert person.face_shown >= 0.55
