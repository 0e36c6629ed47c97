"""Shares of people and ground, and the subject of a portrait."""

import numpy as np
import pytest
from synthetic_albums.stages.render.pipelines.masks import (
    fitted,
    owners,
    photo_shares,
    subject_share,
    to_grid,
    token_grids,
)


@pytest.mark.parametrize("softness", [0.0, 0.02, 0.2])
def test_shares_are_one_together_and_each_person_has_its_own_place(job, softness):
    scene = job(size=128)
    shares = photo_shares(scene, softness=softness)
    assert shares.people.shape == (2, 128, 128)
    assert np.allclose(shares.people.sum(axis=0) + shares.background, 1, atol=1e-5)
    assert all(person.max() > 0.3 for person in shares.people)
    for index, character in enumerate(scene.characters):
        region = next(region for region in scene.layout.regions if region.ref == character.id)
        x0, y0, x1, y1 = (min(max(edge, 0), 1) * 128 for edge in region.box)
        inside = shares.people[index][round(y0) : round(y1) + 1, round(x0) : round(x1) + 1].sum()
        assert inside > (0.98 if softness == 0 else 0.6) * shares.people[index].sum()


def test_hard_edges_have_no_share_between_and_soft_ones_have(job):
    hard, soft = (photo_shares(job(size=128), softness=softness).people for softness in (0.0, 0.05))
    assert set(np.unique(hard)) == {0.0, 1.0}
    assert ((soft > 0.1) & (soft < 0.9)).any()


def test_nobody_leaves_all_to_the_background(job):
    shares = photo_shares(job(people=(), size=128), softness=0.02)
    assert shares.people.shape == (0, 128, 128)
    assert (shares.background == 1).all()


def test_levels_halve_and_round_up():
    assert token_grids(9, 16) == {144: (9, 16), 40: (5, 8), 12: (3, 4), 4: (2, 2), 1: (1, 1)}


def test_cells_average_their_pixels():
    shares = np.zeros((4, 4), np.float32)
    shares[:2, 2] = 1
    assert to_grid(shares, 2, 2).tolist() == [0.0, 0.5, 0.0, 0.0]


def test_a_cell_belongs_to_the_largest_share():
    found = owners([np.array([0.1, 0.6, 0.0]), np.array([0.3, 0.4, 0.0])], least=0.2)
    assert found.tolist() == [1, 0, -1]


def test_the_subject_is_told_from_plain_ground():
    portrait = np.full((80, 60, 3), 200, np.uint8)
    portrait[20:, 20:40] = (150, 30, 30)
    share = subject_share(portrait)
    assert share[30:, 22:38].min() == 1
    assert share[:15].max() == 0


@pytest.mark.parametrize("value", [0, 128, 255])
def test_without_a_subject_the_whole_picture_counts(value):
    assert subject_share(np.full((40, 40, 3), value, np.uint8)).min() == 1


def test_a_picture_is_fitted_without_being_stretched():
    picture = np.zeros((40, 80, 3), np.uint8)
    picture[:, 30:50] = 255
    found = fitted(picture, 64, 64)
    assert found.shape == (64, 64, 3)
    assert (found[32, :, 0] > 127).sum() == pytest.approx(32, abs=2)  # 20 of 40 pixels, enlarged by 1.6
