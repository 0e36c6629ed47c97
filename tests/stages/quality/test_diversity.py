import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality.diversity import mean_pairwise_distance, vendi_score


def test_equal_pictures_are_one_picture():
    alike = np.repeat(np.eye(4, dtype=np.float32)[:1], 5, axis=0)
    assert mean_pairwise_distance(alike) == pytest.approx(0.0, abs=1e-6)
    assert vendi_score(alike) == pytest.approx(1.0)


@pytest.mark.parametrize("dim", [6, 20])  # both ways to the same eigenvalues
def test_pictures_with_nothing_in_common_all_count(dim):
    rows = np.eye(dim, dtype=np.float32)[:6]
    assert mean_pairwise_distance(rows) == pytest.approx(1.0)
    assert vendi_score(rows) == pytest.approx(6.0)


def test_two_groups_are_two_pictures():
    rows = np.eye(8, dtype=np.float32)[[0, 0, 0, 1, 1, 1]]
    assert vendi_score(rows) == pytest.approx(2.0)
    assert mean_pairwise_distance(rows) == pytest.approx(18 / 30)


def test_the_mean_is_over_pairs():
    rows = np.random.default_rng(0).normal(size=(7, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    pairs = [1 - float(a @ b) for i, a in enumerate(rows) for j, b in enumerate(rows) if i != j]
    assert mean_pairwise_distance(rows) == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize("measure", [mean_pairwise_distance, vendi_score])
def test_one_picture_has_no_diversity(measure):
    with pytest.raises(AlbumError, match="there are 1"):
        measure(np.eye(3, dtype=np.float32)[:1])
