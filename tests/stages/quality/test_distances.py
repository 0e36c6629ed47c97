import sys

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality.distances import (
    MIN_PICTURES,
    counted_share,
    frechet_distance,
    kernel_distance,
    manifold_overlap,
)

scipy_linalg = pytest.importorskip("scipy.linalg")
torch = pytest.importorskip("torch")


def vectors(seed, count=40, dim=12, shift=0.0):
    return (np.random.default_rng(seed).normal(size=(count, dim)) + shift).astype(np.float32)


def textbook_frechet(x, y):
    """Heusel et al. with scipy's matrix square root."""
    x, y = x.astype(np.float64), y.astype(np.float64)
    root = scipy_linalg.sqrtm(np.cov(x.T) @ np.cov(y.T))
    spread = np.trace(np.cov(x.T)) + np.trace(np.cov(y.T)) - 2 * np.trace(root).real
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + spread)


@pytest.mark.parametrize("shift", [0.0, 0.5, 3.0])
def test_frechet_agrees_with_the_textbook(shift):
    pytest.importorskip("torchmetrics")
    x, y = vectors(0), vectors(1, 60, shift=shift)
    assert frechet_distance(x, y) == pytest.approx(textbook_frechet(x, y), rel=1e-9)


def test_frechet_takes_fewer_pictures_than_dimensions():
    pytest.importorskip("torchmetrics")
    x, y = vectors(0, count=5, dim=64), vectors(1, count=7, dim=64, shift=1.0)
    found = frechet_distance(x, y)
    assert np.isfinite(found)
    assert found >= ((x.mean(0) - y.mean(0)) ** 2).sum() - 1e-3
    assert frechet_distance(x, x) == pytest.approx(0.0, abs=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_the_kernel_distance_is_that_of_torchmetrics_for_sets_of_one_size(seed):
    kid = pytest.importorskip("torchmetrics.image.kid")
    x, y = vectors(seed), vectors(seed + 10, shift=0.2)
    theirs = kid.poly_mmd(torch.from_numpy(y).double(), torch.from_numpy(x).double())
    assert kernel_distance(x, y, seed=0).value == pytest.approx(float(theirs), rel=1e-10)


def test_the_kernel_distance_of_other_sizes_is_the_mean_over_pairs():
    x, y = vectors(0, count=6, dim=3), vectors(1, count=9, dim=3)

    def k(a, b):
        return (float(a.astype(float) @ b.astype(float)) / 3 + 1) ** 3

    xx = np.mean([k(a, b) for i, a in enumerate(x) for j, b in enumerate(x) if i != j])
    yy = np.mean([k(a, b) for i, a in enumerate(y) for j, b in enumerate(y) if i != j])
    xy = np.mean([k(a, b) for a in x for b in y])
    assert kernel_distance(x, y, seed=0).value == pytest.approx(xx + yy - 2 * xy)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """The truth: two large sets from the same two sources."""
    truth = kernel_distance(vectors(1000, 1500, 6), vectors(1001, 1500, 6, shift=0.4), seed=0).value
    hits = 0
    for trial in range(40):
        found = kernel_distance(vectors(trial, 60, 6), vectors(trial + 500, 60, 6, shift=0.4), seed=trial)
        hits += found.low <= truth <= found.high
    assert hits >= 33  # of 40; 95 % would be 38


def test_sets_of_one_kind_lie_around_zero_and_others_above_it():
    same = kernel_distance(vectors(0, 200), vectors(1, 200), seed=3)
    other = kernel_distance(vectors(0, 200), vectors(1, 200, shift=1.0), seed=3)
    assert same.low < 0 < same.high
    assert 0 < other.low < other.value < other.high
    assert other == kernel_distance(vectors(0, 200), vectors(1, 200, shift=1.0), seed=3)


@pytest.mark.parametrize("k", [1, 3, 5])
def test_neighbourhoods_are_those_of_prdc(k, capsys):
    prdc = pytest.importorskip("prdc")
    x, y = vectors(0, 50), vectors(1, 70, shift=0.3)
    ours = manifold_overlap(x, y, k=k)
    printed = capsys.readouterr().out
    theirs = prdc.compute_prdc(y.astype(np.float64), x.astype(np.float64), k)
    assert printed == ""
    assert ours.density == pytest.approx(theirs["density"])
    for name in ("precision", "recall", "coverage"):
        assert getattr(ours, name).value == pytest.approx(theirs[name])


def test_neighbourhoods_tell_a_collapsed_set_from_a_varied_one():
    pytest.importorskip("prdc")
    reference = vectors(0, 60)
    collapsed = reference[:1] + vectors(1, 60) * 1e-3
    found = manifold_overlap(collapsed, reference, k=3)
    assert found.precision.value == 1.0
    assert found.recall.value <= 0.05
    assert found.coverage.value <= 0.2


@pytest.mark.parametrize("k", [0, -1, 9, 40])
def test_a_k_that_does_not_fit_is_refused(k):
    with pytest.raises(AlbumError, match=r"k must be 1 to 8, but it is"):
        manifold_overlap(vectors(0, 10), vectors(1, 20), k=k)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("measure", [frechet_distance, lambda x, y: kernel_distance(x, y, seed=0)])
def test_what_is_not_a_number_is_refused(measure, value):
    bad = vectors(0)
    bad[3, 1] = value
    with pytest.raises(AlbumError, match="not made of numbers"):
        measure(vectors(1), bad)


def test_sets_that_are_too_small_or_do_not_fit_are_refused():
    with pytest.raises(AlbumError, match=f"There are {MIN_PICTURES - 1} photos"):
        kernel_distance(vectors(0, MIN_PICTURES - 1), vectors(1), seed=0)
    with pytest.raises(AlbumError, match="There are 0 reference pictures"):
        kernel_distance(vectors(0), vectors(1)[:0], seed=0)
    with pytest.raises(AlbumError, match="12 numbers and those of the reference pictures 5"):
        kernel_distance(vectors(0), vectors(1, dim=5), seed=0)


def test_a_share_has_the_interval_of_wilson():
    found = counted_share(8, 10)
    assert (found.value, round(found.low, 4), round(found.high, 4)) == (0.8, 0.4902, 0.9433)
    assert counted_share(0, 10).low == 0.0
    assert counted_share(10, 10).high == 1.0


@pytest.mark.parametrize(
    ("package", "measure"),
    [
        ("torchmetrics.image.fid", lambda x, y: frechet_distance(x, y)),
        ("prdc.prdc", lambda x, y: manifold_overlap(x, y, k=3)),
    ],
)
def test_a_missing_package_is_named_with_its_extra(monkeypatch, package, measure):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(AlbumError, match=r"synthetic-albums\[quality\]"):
        measure(vectors(0), vectors(1))
