import mmap

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import rough, search
from synthetic_albums.stages.leakage.search import Neighbours, nearest

WAYS = {
    "float32": rough.Float32Scores,
    "bfloat16": lambda: rough.Bfloat16Scores(keep=True),
    "bfloat16 without a copy": lambda: rough.Bfloat16Scores(keep=False),
}


def unit(rows):
    rows = np.asarray(rows, np.float64)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def brute_force(queries, vectors, k, allowed=None):
    scores = np.array(
        [
            [np.float32((row.astype(np.float64) * query.astype(np.float64)).sum()) for row in vectors]
            for query in queries
        ]
    ).reshape(len(queries), len(vectors))
    if allowed is not None:
        scores = np.where(allowed, scores, -np.inf)
    rows = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    found = np.take_along_axis(scores, rows, axis=1)
    rows = np.where(np.isfinite(found), rows, -1)
    missing = ((0, 0), (0, k - rows.shape[1]))
    return np.pad(found, missing, constant_values=-np.inf), np.pad(rows, missing, constant_values=-1)


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """Each arithmetic in turn, whichever this machine would choose."""
    monkeypatch.setattr(Neighbours, "_choose", lambda self: WAYS[request.param]())
    return request.param


def drawn(seed, n, dim, kind):
    """Galleries that are easy and hard: spread, in tight clusters, with repeated rows, all on one side."""
    rng = np.random.default_rng(seed)
    if kind == "spread":
        return unit(rng.normal(size=(n, dim)))
    if kind == "clusters":  # nearer to each other than bfloat16 can tell
        return unit(rng.normal(size=(4, dim))[rng.integers(0, 4, n)] + 1e-4 * rng.normal(size=(n, dim)))
    if kind == "repeated":
        return unit(rng.normal(size=(max(1, n // 5), dim)))[rng.integers(0, max(1, n // 5), n)]
    if kind == "rounded":  # bfloat16 already: only the rounding of the score is left
        return (unit(rng.normal(size=(n, dim))).view(np.int32) + 0x8000 & -0x10000).view(np.float32)
    return unit(np.abs(rng.normal(size=(n, dim))) * -1)


@pytest.mark.parametrize("kind", ["spread", "clusters", "repeated", "one side"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_it_finds_what_comparing_everything_finds(kind, data):
    seed = data.draw(st.integers(0, 10**6))
    n, dim = data.draw(st.integers(1, 700)), data.draw(st.sampled_from([1, 2, 7, 64]))
    q, k = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 30))
    vectors = drawn(seed, n, dim, kind)
    rng = np.random.default_rng(seed + 1)
    queries = np.concatenate([vectors[rng.integers(0, n, q)], unit(rng.normal(size=(q, dim)))])
    expected = brute_force(queries, vectors, k)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FIRST_ROWS", data.draw(st.sampled_from([64, 128, 1024])))
        patch.setattr(search, "_CANDIDATES", data.draw(st.sampled_from([8, 4096])))
        for make in WAYS.values():
            patch.setattr(Neighbours, "_choose", lambda self, make=make: make())
            scores, rows = nearest(queries, vectors, k)
            assert np.array_equal(rows, expected[1])
            assert np.array_equal(scores, expected[0])


@pytest.mark.usefixtures("way")
def test_a_larger_gallery_gives_the_same_in_little_memory_and_in_much():
    vectors = drawn(3, 20_000, 32, "spread")
    queries = unit(np.random.default_rng(4).normal(size=(150, 32)))
    little, much = (Neighbours(vectors, memory_mb=memory).nearest(queries, 10) for memory in (16, 512))
    scores = queries.astype(np.float64) @ vectors.astype(np.float64).T
    assert np.array_equal(little[1], np.argsort(-scores, axis=1, kind="stable")[:, :10])
    assert np.array_equal(little[0], much[0])
    assert np.array_equal(little[1], much[1])


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("kind", ["spread", "clusters", "repeated", "one side", "rounded"])
def test_rough_scores_keep_to_their_bound(monkeypatch, name, kind):
    """Else every search would be done twice, and the rows that are left out could not be trusted."""
    monkeypatch.setattr(Neighbours, "_choose", lambda self: WAYS[name]())
    neighbours = Neighbours(drawn(3, 3000, 480, kind))
    before = neighbours._rough
    neighbours.nearest(drawn(4, 100, 480, kind), 20)
    assert neighbours._rough is before


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_a_memory_map_gives_the_same_as_an_array(tmp_path, dtype):
    vectors = drawn(5, 9000, 24, "spread").astype(dtype)
    np.save(tmp_path / "vectors.npy", vectors)
    queries = unit(np.random.default_rng(6).normal(size=(3, 24)))
    mapped = nearest(queries, np.load(tmp_path / "vectors.npy", mmap_mode="r"), 7)
    direct = nearest(queries, vectors, 7)
    assert np.array_equal(mapped[0], direct[0])
    assert np.array_equal(mapped[1], direct[1])


def test_pages_of_a_map_are_let_go_of(tmp_path, monkeypatch):
    """Else a large gallery would fill the memory that it was mapped to spare."""
    vectors = drawn(5, 9000, 24, "spread")
    np.save(tmp_path / "vectors.npy", vectors)
    dropped = []
    monkeypatch.setattr(rough, "forget", lambda rows: dropped.append(len(rows)))
    Neighbours(np.load(tmp_path / "vectors.npy", mmap_mode="r")).nearest(vectors[:1], 1)
    assert sum(dropped) >= 9000


@pytest.mark.usefixtures("way")
def test_equal_rows_come_in_their_order():
    vectors = np.repeat(unit([[1, 0], [0, 1]]), 300, axis=0)
    scores, rows = nearest(vectors[:1], vectors, 4)
    assert rows.tolist() == [[0, 1, 2, 3]]
    assert scores.tolist() == [[1, 1, 1, 1]]
    assert nearest(vectors[-1:], vectors, 2)[1].tolist() == [[300, 301]]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("kind", ["spread", "repeated"])
def test_excluded_rows_do_not_count(kind):
    rng = np.random.default_rng(7)
    vectors, queries = drawn(8, 3000, 16, kind), drawn(9, 4, 16, "spread")
    mask = rng.random(3000) < 0.9
    pairs = rng.random((4, 3000)) < 0.99
    groups = rng.integers(0, 4, 4), rng.integers(0, 4, 3000)
    for exclude, allowed in (
        (mask, ~mask[None]), (pairs, ~pairs), (groups, groups[0][:, None] != groups[1][None]),
    ):  # fmt: skip
        scores, rows = nearest(queries, vectors, 40, exclude=exclude)
        expected = brute_force(queries, vectors, 40, allowed)
        assert np.array_equal(rows, expected[1])
        assert np.array_equal(scores, expected[0])


def test_groups_are_those_of_the_query_also_far_down_the_list():
    vectors = drawn(10, 50, 8, "spread")
    queries = np.repeat(vectors[:1], 200, axis=0)
    groups = np.arange(200)
    _, rows = nearest(queries, vectors, 1, exclude=(groups, np.full(50, 199)))
    assert rows[:199].ravel().tolist() == [0] * 199
    assert rows[199, 0] == -1


@pytest.mark.usefixtures("way")
def test_more_neighbours_than_rows_are_filled_up():
    scores, rows = nearest(unit([[1, 0]]), unit([[0, 1], [1, 0]]), 4)
    assert rows.tolist() == [[1, 0, -1, -1]]
    assert scores.tolist() == [[1, 0, -np.inf, -np.inf]]


def test_no_queries_have_no_neighbours():
    scores, rows = nearest(np.zeros((0, 3), np.float32), unit(np.eye(3)), 2)
    assert scores.shape == rows.shape == (0, 2)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf, 3.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_a_row_that_is_no_unit_vector_is_refused_with_its_number(bad, dtype):
    vectors = drawn(11, 300, 8, "spread").astype(dtype)
    vectors[257] *= bad
    with pytest.raises(AlbumError, match="gallery vector 257 "):
        nearest(vectors[:1], vectors, 1)
    with pytest.raises(AlbumError, match="query 257 "):
        nearest(vectors, vectors[:1], 1)


def test_another_dimension_is_refused():
    with pytest.raises(AlbumError, match="2 numbers each, but the gallery's vectors have 3"):
        nearest(unit(np.eye(2)), unit(np.eye(3)), 1)


@pytest.mark.parametrize("bad", [np.eye(2), np.ones(2, np.float32), [[1.0, 0.0]], np.zeros((2, 0), np.float32)])
def test_what_are_no_vectors_is_refused(bad):
    with pytest.raises(AlbumError, match="must be"):
        nearest(unit(np.eye(2)), bad, 1)
    with pytest.raises(AlbumError, match="must be"):
        nearest(bad, unit(np.eye(2)), 1)


def test_an_empty_gallery_is_refused():
    with pytest.raises(AlbumError, match="nothing to compare"):
        nearest(unit(np.eye(2)), np.zeros((0, 2), np.float32), 1)


@pytest.mark.parametrize("k", [0, -1, True, 1.5])
def test_no_neighbours_are_refused(k):
    with pytest.raises(AlbumError, match="At least one neighbour"):
        nearest(unit(np.eye(2)), unit(np.eye(2)), k)


@pytest.mark.parametrize(
    "exclude",
    [np.ones(3, bool), np.ones(2), np.ones((2, 3), bool), (np.ones(2), np.ones(3)), (np.ones(1), np.ones(2))],
)
def test_an_exclusion_that_does_not_fit_is_refused(exclude):
    with pytest.raises(AlbumError, match="exclude"):
        nearest(unit(np.eye(2)), unit(np.eye(2)), 1, exclude=exclude)


def test_too_little_memory_is_refused():
    with pytest.raises(AlbumError, match="at least 16 MB"):
        nearest(unit(np.eye(2)), unit(np.eye(2)), 1, memory_mb=1)


def test_a_processor_that_rounds_worse_than_the_bound_changes_no_answer(monkeypatch):
    class Sloppy(rough.Bfloat16Scores):
        def compare(self, start, stop):
            return self.code((0.5 - 0.3 * self.values(super().compare(start, stop))).astype(np.float64))

    monkeypatch.setattr(Neighbours, "_choose", lambda self: Sloppy(keep=True))
    vectors = drawn(12, 2000, 16, "spread")
    scores, rows = nearest(vectors[:5], vectors, 3)
    expected = brute_force(vectors[:5], vectors, 3)
    assert np.array_equal(rows, expected[1])
    assert np.array_equal(scores, expected[0])


def test_a_large_gallery_is_searched_without_torch_too(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "torch", None)
    vectors = drawn(13, 5000, 8, "spread")
    assert isinstance(Neighbours(vectors)._rough, rough.Float32Scores)
    assert nearest(vectors[42:43], vectors, 1)[1].item() == 42


def test_the_faster_arithmetic_is_taken(monkeypatch):
    vectors = drawn(13, 5000, 8, "spread")
    for seconds, kind in (([1.0, 2.0], rough.Bfloat16Scores), ([2.0, 1.0], rough.Float32Scores)):
        monkeypatch.setattr(search, "_seconds", lambda work, left=seconds: left.pop(0))
        assert isinstance(Neighbours(vectors)._rough, kind)


def test_only_read_only_maps_are_let_go_of(tmp_path):
    """A private map would lose what was written to it."""
    from synthetic_albums.stages.leakage.mapped import forget

    np.save(tmp_path / "a.npy", np.zeros(mmap.PAGESIZE))
    private = np.load(tmp_path / "a.npy", mmap_mode="c")
    private += 1
    forget(private)
    assert private.sum() == mmap.PAGESIZE
    shared = np.load(tmp_path / "a.npy", mmap_mode="r")
    forget(shared[7:600])
    assert shared.sum() == 0
