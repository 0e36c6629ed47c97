import math

import numpy as np
import pytest
import torch
from synthetic_albums.models.train.dataset import SIZE, read_shard
from synthetic_albums.models.train.head_data import (
    FACE,
    MOST_HEADS,
    UNSURE,
    gather_head_scenes,
    head_maps,
    moved_heads,
    shard_heads,
)
from torch.nn import functional


def heads_of(*known):
    found = np.full((1, MOST_HEADS, 5), np.nan, np.float32)
    for place, head in enumerate(known):
        found[0, place] = head
    return found


def matrix(scale=1.0, degrees=0.0, flip=1.0, shift=(0.0, 0.0)):
    cos, sin = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    return np.array([[[cos * flip, -sin, shift[0]], [sin * flip, cos, shift[1]]]], np.float32)


def test_heads_are_where_people_are_and_backs_are_none(people_world):
    shard = read_shard(people_world, "train", 0)
    heads = shard_heads(shard)
    assert heads.shape == (8, MOST_HEADS, 5)
    for row, job in enumerate(shard.jobs()):
        known = heads[row][np.isfinite(heads[row, :, 0])]
        people = [one for one in job.layout.regions if one.keypoints and one.facing != "away"]
        assert len(known) <= len(people)
        noses = np.array([one.keypoints[0][:2] for one in people]) * SIZE
        for x, y, unit, _, _ in known:
            assert np.hypot(noses[:, 0] - x, noses[:, 1] - y).min() < 0.5 * unit
    assert (heads[..., 4] == FACE).sum() >= 8


def test_scenes_of_several_shards_are_found_by_their_place(people_world):
    scenes = gather_head_scenes(people_world, "train", [0, 0])
    assert scenes.heads.shape == (16, MOST_HEADS, 5)
    assert np.array_equal(scenes.pictures(np.array([9]))[0], scenes.shards[0][1])


@pytest.mark.parametrize(
    ("theta", "expected"),
    [
        (matrix(), (64, 96, 40, 10)),
        (matrix(flip=-1.0), (SIZE - 64, 96, 40, -10)),
        (matrix(scale=0.5), (0, 64, 80, 10)),
        (matrix(scale=2.0), (96, 112, 20, 10)),
        (matrix(shift=(0.25, 0.0)), (32, 96, 40, 10)),
        (matrix(degrees=90), (96, 192, 40, -80)),
    ],
)
def test_heads_move_with_the_picture(theta, expected):
    found = moved_heads(heads_of((64, 96, 40, 10, FACE)), theta, SIZE)[0, 0]
    assert found[:4] == pytest.approx(expected, abs=0.01)
    assert found[4] == FACE


@pytest.mark.parametrize("theta", [matrix(1.4, 9, -1, (0.2, -0.1)), matrix(0.7, -20, 1, (-0.3, 0.2))])
def test_heads_stay_on_what_is_painted_there(theta):
    """Against torch's own warp: a bright spot at the head's middle, another where its crown is."""
    x, y, unit, tilt = 120.0, 140.0, 40.0, 25.0
    crown = x + math.sin(math.radians(tilt)) * unit, y - math.cos(math.radians(tilt)) * unit
    ys, xs = np.mgrid[:SIZE, :SIZE] + 0.5
    found = moved_heads(heads_of((x, y, unit, tilt, FACE)), theta, 128)[0, 0]
    top = found[0] + math.sin(math.radians(found[3])) * found[2], found[1] - math.cos(math.radians(found[3])) * found[2]
    for place, expected in (((x, y), (found[0], found[1])), (crown, top)):
        spot = torch.from_numpy(np.exp(-((xs - place[0]) ** 2 + (ys - place[1]) ** 2) / 18))[None, None].float()
        grid = functional.affine_grid(torch.from_numpy(theta), [1, 1, 128, 128], align_corners=False)
        row, column = divmod(int(functional.grid_sample(spot, grid, align_corners=False)[0, 0].argmax()), 128)
        assert (column + 0.5, row + 0.5) == pytest.approx(expected, abs=1.0)


def test_heads_that_become_tiny_are_unsure():
    found = moved_heads(heads_of((64, 96, 12, 0, FACE)), matrix(scale=2.0), SIZE)
    assert found[0, 0, 4] == UNSURE
    assert np.isnan(found[0, 1]).all()


def test_maps_say_where_heads_are_and_what_is_asked():
    sure, asked, shape = head_maps(
        heads_of((22, 30, 64, 30, FACE), (100, 100, 40, 0, UNSURE), (300, 10, 40, 0, FACE)), 128, 4, 32.0
    )
    assert sure[0].max() == sure[0, 7, 5] == 1
    assert (sure == 1).sum() == 1
    assert not asked[0, 25, 25]
    assert asked[0, 7, 5]
    assert asked[0, 0, 31]
    inside = shape[0, 0] == 1
    assert inside[7, 5]
    assert inside.sum() < 30
    across, down, size, sine, cosine = shape[0, 1:, 7, 5]
    assert ((5.5 + across) * 4, (7.5 + down) * 4) == pytest.approx((22, 30))
    assert (size, sine, cosine) == pytest.approx((math.log(2), 0.5, math.cos(math.radians(30))))


def test_of_heads_that_overlap_each_has_its_own_middle():
    sure, _, shape = head_maps(heads_of((40, 40, 80, 0, FACE), (60, 40, 30, 0, FACE)), 128, 4, 32.0)
    assert (sure == 1).sum() == 2
    assert shape[0, 3, 10, 10] == pytest.approx(math.log(80 / 32))
    assert shape[0, 3, 10, 15] == pytest.approx(math.log(30 / 32))
