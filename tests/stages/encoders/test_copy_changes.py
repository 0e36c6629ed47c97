import numpy as np
import pytest
from synthetic_albums.stages.encoders.copy_changes import CHANGES, cropped, flipped, recompressed, relit, resized


@pytest.fixture
def picture():
    ys, xs = np.mgrid[:60, :80]
    return np.stack([xs * 3, ys * 4, (xs + ys) % 256], axis=-1).astype(np.uint8)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_a_picture_and_follows_its_seed(picture, name):
    before = picture.copy()
    first, again, other = (CHANGES[name](picture, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first.dtype, first.ndim, first.shape[2]) == (np.uint8, 3, 3)
    assert np.array_equal(first, again)
    assert np.array_equal(picture, before)
    assert name == "flip" or first.shape != other.shape or not np.array_equal(first, other)


def test_a_crop_keeps_half_of_the_area_unchanged(picture):
    found = cropped(picture, np.random.default_rng(3))
    assert found.shape[0] * found.shape[1] == pytest.approx(0.5 * 60 * 80, rel=0.05)
    top, left = int(found[0, 0, 1]) // 4, int(found[0, 0, 0]) // 3
    assert np.array_equal(found, picture[top : top + found.shape[0], left : left + found.shape[1]])


def test_a_flip_is_undone_by_another(picture):
    rng = np.random.default_rng(0)
    assert np.array_equal(flipped(flipped(picture, rng), rng), picture)


def test_light_changes_and_shapes_stay(picture):
    found = relit(picture, np.random.default_rng(0))
    assert found.shape == picture.shape
    assert np.abs(found.astype(int) - picture).mean() > 3
    # where it is brighter, it still is
    assert np.corrcoef(found[:, :, 0].ravel(), picture[:, :, 0].ravel())[0, 1] > 0.9


def test_recompression_is_near_but_not_equal(picture):
    found = recompressed(picture, np.random.default_rng(0))
    assert 0 < np.abs(found.astype(int) - picture).mean() < 12


def test_a_resize_is_a_quarter_to_a_half(picture):
    sizes = [resized(picture, np.random.default_rng(seed)).shape for seed in range(20)]
    assert all(15 <= height <= 30 and 20 <= width <= 40 for height, width, _ in sizes)


def test_tiny_pictures_survive():
    dot = np.zeros((1, 1, 3), np.uint8)
    assert all(change(dot, np.random.default_rng(0)).size for change in CHANGES.values())
