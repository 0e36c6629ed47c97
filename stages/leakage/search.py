"""Exact nearest neighbours by cosine, also among a million vectors and on a memory map.

An approximate index can miss the one reference that matters, so none is used. Vectors are compared roughly first, in
bfloat16 where the processor is fast at it; how wrong a rough score can be is bounded, and every row that could still be
among the nearest is compared again with its exact values. So the answer is that of comparing everything exactly.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..errors import AlbumError
from .rough import FLOAT32_ROUNDOFF, Bfloat16Scores, Float32Scores, RoughScores, require_unit_rows

Exclude = np.ndarray | tuple[np.ndarray, np.ndarray] | None

_QUERIES = 128  # compared at once
_ROWS = 65536  # of a block, at most
_FIRST_ROWS = 1024  # of the first block; the next ones are eight times as long each, up to _ROWS
_GROUP = 64  # rows whose best score is looked at first
_CANDIDATES = 4096  # of one query; more are compared exactly at once, so that memory is bounded
_PAIRS = 256  # of a query and a row that wait to be sorted, for each query
_PROBE = (64, 4096)  # queries and rows of the trial that chooses the faster arithmetic


def nearest(
    queries: np.ndarray, gallery_vectors: np.ndarray, k: int, *, exclude: Exclude = None, memory_mb: int = 256
) -> tuple[np.ndarray, np.ndarray]:
    """The k rows of a gallery with the highest cosine to each query, exactly; see `Neighbours`."""
    return Neighbours(gallery_vectors, memory_mb=memory_mb).nearest(queries, k, exclude=exclude)


class Neighbours:
    """A gallery that is ready to be searched again and again.

    Args:
        vectors: (n, dim) float32 or float16 of unit length, n at least 1; may be a memory map.
        memory_mb: megabytes used beside `vectors`. With two bytes for each of its numbers a rounded copy is kept and
            searches are some three times as fast; with less, every search reads `vectors` again.

    Raises:
        AlbumError: `vectors` is no such array, or a row is zero, not finite or not of unit length.
    """

    def __init__(self, vectors: np.ndarray, *, memory_mb: int = 256) -> None:
        if memory_mb < 16:
            raise AlbumError(f"A search needs at least 16 MB of memory, but is given {memory_mb}.")
        _require_matrix(vectors, "gallery")
        if len(vectors) == 0:
            raise AlbumError("The gallery has no vectors: there is nothing to compare with.")
        self._vectors = vectors
        self._memory = memory_mb * 2**20
        self._rough = self._choose()
        self._rough.prepare(vectors, self._step(_QUERIES, reads=True))

    def __len__(self) -> int:
        return len(self._vectors)

    def nearest(self, queries: np.ndarray, k: int, *, exclude: Exclude = None) -> tuple[np.ndarray, np.ndarray]:
        """The k nearest rows of each query.

        Args:
            queries: (q, dim) of unit length.
            k: at least 1.
            exclude: rows that do not count: a mask (n,) or (q, n) of bool, or two arrays of groups, (q,) of the
                queries and (n,) of the rows, where a row of the query's own group does not count.

        Returns:
            Scores (q, k) float32, highest first, and rows (q, k) int64. Equal scores are in the order of the rows. A
            score is the cosine, summed in float64 and then rounded. Where fewer than k rows count, the rest are -inf
            and -1.

        Raises:
            AlbumError: the queries have another dimension or a row that is no unit vector, k is below 1, or `exclude`
                does not fit.
        """
        if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 1:
            raise AlbumError(f"At least one neighbour must be asked for, but k is {k!r:.40}.")
        _require_matrix(queries, "query")
        if queries.shape[1] != self._vectors.shape[1]:
            raise AlbumError(
                f"The queries have {queries.shape[1]} numbers each, but the gallery's vectors have "
                f"{self._vectors.shape[1]}: both must come from the same encoder."
            )
        require_unit_rows(queries, 0, "query")
        excluded = _excluded(exclude, len(queries), len(self._vectors))
        scores = np.full((len(queries), k), -np.inf, np.float32)
        rows = np.full((len(queries), k), -1, np.int64)
        for first in range(0, len(queries), _QUERIES):
            part = slice(first, first + _QUERIES)
            scores[part], rows[part] = self._nearest(queries[part], int(k), first, excluded)
        return scores, rows

    def _nearest(self, queries: np.ndarray, k: int, first: int, excluded: "_Excluded") -> tuple[np.ndarray, np.ndarray]:
        try:
            return _Search(self._vectors, queries, k, first, excluded).run(
                self._rough, self._step(len(queries), reads=self._rough.reads)
            )
        except _RoundingError:  # a processor that rounds in another way than the bound allows
            self._rough = Float32Scores()
            self._rough.prepare(self._vectors, self._step(_QUERIES, reads=True))
            return _Search(self._vectors, queries, k, first, excluded).run(
                self._rough, self._step(len(queries), reads=self._rough.reads)
            )

    def _step(self, queries: int, *, reads: bool) -> int:
        """Rows of a block that fits into the memory, a multiple of the group.

        Args:
            queries: compared at once.
            reads: whether rows are read, rounded and measured; each then lies there in up to four forms.
        """
        row = queries * 12 + (self._vectors.shape[1] * 16 if reads else 0)
        free = self._memory - (self._copy_bytes() if self._copy_fits() else 0)
        return int(np.clip(free // row // 2, _GROUP, _ROWS)) // _GROUP * _GROUP

    def _copy_bytes(self) -> int:
        return self._vectors.size * 2

    def _copy_fits(self) -> bool:
        return self._copy_bytes() + self._memory // 8 <= self._memory

    def _choose(self) -> "RoughScores":
        queries, rows = _PROBE
        if len(self._vectors) < rows:
            return Float32Scores()
        try:
            import torch
        except ImportError:
            return Float32Scores()
        sample = np.array(self._vectors[:rows], np.float32)
        rounded = torch.from_numpy(sample).bfloat16()
        few = rounded[:queries]
        keep = self._copy_fits()
        in_bfloat16 = _seconds(lambda: few @ (rounded if keep else torch.from_numpy(sample).bfloat16()).T)
        return (
            Bfloat16Scores(keep=keep)
            if in_bfloat16 < _seconds(lambda: sample[:queries] @ sample.T)
            else Float32Scores()
        )


class _RoundingError(Exception):
    """A rough score was further from the exact one than it can be by the bound."""


@dataclass(frozen=True)
class _Excluded:
    """Which pairs of a query and a row do not count."""

    mask: np.ndarray | None = None  # (n,) or (q, n) bool
    of_queries: np.ndarray | None = None  # (q,)
    of_rows: np.ndarray | None = None  # (n,)

    @property
    def nothing(self) -> bool:
        return self.mask is None and self.of_queries is None

    def pairs(self, queries: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Whether each pair is excluded; the arrays are broadcast together."""
        if self.of_queries is not None and self.of_rows is not None:
            return self.of_queries[queries] == self.of_rows[rows]
        if self.mask is None:
            return np.zeros(np.broadcast_shapes(queries.shape, rows.shape), bool)
        return self.mask[queries, rows] if self.mask.ndim == 2 else self.mask[rows] | np.zeros_like(queries, bool)


_NOTHING = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)


class _Search:
    """One pass over the gallery for a few queries.

    Of each query the rows that can still be among its k nearest are kept. A row is dropped only when k others are
    better for sure: when even its highest possible score is below the lowest possible score of the k-th best.
    """

    def __init__(self, vectors: np.ndarray, queries: np.ndarray, k: int, first: int, excluded: _Excluded) -> None:
        self._vectors, self._queries, self._k, self._first, self._excluded = vectors, queries, k, first, excluded
        self._rows = [np.zeros(0, np.int64) for _ in queries]
        self._rough = [np.zeros(0, np.float32) for _ in queries]
        self._floor = np.full(len(queries), -np.inf)  # what a row must be able to reach
        self._most = max(_CANDIDATES, 8 * k)
        self._waiting, self._waiting_pairs, self._sorted_at = [_NOTHING], 0, 0

    def run(self, rough: RoughScores, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Scores (q, k) and rows (q, k) of the k nearest."""
        self._relative = rough.relative
        self._bound = rough.start(self._queries)
        start, size = 0, min(step, max(_FIRST_ROWS, -(-self._k // _GROUP) * _GROUP))
        while start < len(self._vectors):
            stop = min(len(self._vectors), start + size)
            codes = rough.compare(start, stop)
            if not np.isfinite(self._floor).all():
                self._raise_floor(rough.values(codes), start)
            self._take(codes, start, rough)
            if stop >= 2 * self._sorted_at or self._waiting_pairs > _PAIRS * len(self._queries):
                self._sort(stop)
            start, size = stop, min(step, size * 8)
        self._sort(start)
        scores = np.full((len(self._queries), self._k), -np.inf, np.float32)
        rows = np.full((len(self._queries), self._k), -1, np.int64)
        for query in range(len(self._queries)):
            best, where = self._best(query)
            scores[query, : len(best)], rows[query, : len(where)] = best, where
        return scores, rows

    def _raise_floor(self, values: np.ndarray, start: int) -> None:
        """From one whole block, since nothing is known yet."""
        count = values.shape[1]
        if count < self._k:
            return
        if not self._excluded.nothing:
            queries = np.arange(len(values))[:, None] + self._first
            values = np.where(self._excluded.pairs(queries, np.arange(start, start + count)), -np.inf, values)
        lowest = np.partition(values, count - self._k, axis=1)[:, count - self._k]
        for query, rough in enumerate(lowest.tolist()):
            if rough > -np.inf:
                self._raise(query, self._at_least(query, rough))

    def _raise(self, query: int, floor: float) -> None:
        self._floor[query] = max(float(self._floor[query]), floor)

    def _at_least(self, query: int, rough: float) -> float:
        """The lowest exact score behind a rough one."""
        return rough - self._relative * abs(rough) - float(self._bound[query])

    def _threshold(self, query: int) -> float:
        """The rough score below which a row cannot reach the floor."""
        needed = float(self._floor[query] - self._bound[query])
        return needed / (1 + self._relative if needed > 0 else 1 - self._relative)

    def _take(self, codes: np.ndarray, start: int, rough: RoughScores) -> None:
        """Put the rows of a block that can reach the floor with those that wait to be sorted."""
        thresholds = np.array([self._threshold(query) for query in range(len(codes))])
        if (thresholds > 1e-30).all():
            queries, columns = _above(codes, rough.code(thresholds))
        else:
            queries, columns = np.nonzero(rough.values(codes) >= thresholds[:, None])
        values = rough.values(codes[queries, columns])
        rows = columns + start
        if not self._excluded.nothing:
            kept = ~self._excluded.pairs(queries + self._first, rows)
            queries, rows, values = queries[kept], rows[kept], values[kept]
        self._waiting.append((queries, rows, values))
        self._waiting_pairs += len(rows)

    def _sort(self, seen: int) -> None:
        """Give each query its rows, and raise its floor. Seldom: it costs the same for few rows as for many."""
        self._sorted_at = seen
        queries, rows, values = (np.concatenate(parts) for parts in zip(*self._waiting, strict=True))
        self._waiting, self._waiting_pairs = [_NOTHING], 0
        order = np.argsort(queries, kind="stable")
        ends = np.searchsorted(queries[order], np.arange(len(self._queries) + 1))
        for query in np.unique(queries).tolist():
            mine = order[ends[query] : ends[query + 1]]
            self._add(query, rows[mine], values[mine])

    def _add(self, query: int, rows: np.ndarray, values: np.ndarray) -> None:
        rows = np.concatenate([self._rows[query], rows])
        values = np.concatenate([self._rough[query], values])
        if len(values) >= self._k:
            lowest = float(np.partition(values, len(values) - self._k)[len(values) - self._k])
            self._raise(query, self._at_least(query, lowest))
            kept = values >= self._threshold(query)
            rows, values = rows[kept], values[kept]
        self._rows[query], self._rough[query] = rows, values
        if len(rows) > self._most:
            scores, self._rows[query] = self._best(query)
            self._rough[query] = scores
            self._raise(query, float(scores[-1]) - FLOAT32_ROUNDOFF * 2)

    def _best(self, query: int) -> tuple[np.ndarray, np.ndarray]:
        """The k best candidates by exact score and then by row."""
        order = np.argsort(self._rows[query], kind="stable")
        rows, rough = self._rows[query][order], self._rough[query][order]
        scores = self._exact(query, rows)
        allowed = self._relative * np.abs(rough) + self._bound[query] + FLOAT32_ROUNDOFF * 2
        if (np.abs(scores - rough) > allowed).any():
            raise _RoundingError
        best = np.argsort(-scores, kind="stable")[: self._k]  # rows are in order, so equal scores are too
        return scores[best], rows[best]

    def _exact(self, query: int, rows: np.ndarray) -> np.ndarray:
        """(rows,) float32. Not a matrix product: its sums could differ between equal rows in other places."""
        exact = self._queries[query].astype(np.float64)
        scores = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _FIRST_ROWS):
            some = slice(start, start + _FIRST_ROWS)
            scores[some] = (self._vectors[rows[some]].astype(np.float64) * exact).sum(axis=1)
        return scores


def _above(codes: np.ndarray, least: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Queries and columns of the codes (q, columns) that are not below `least` (q,)."""
    if codes.shape[1] % _GROUP:
        queries, columns = np.nonzero(codes >= least[:, None])
        return queries, columns
    groups = codes.reshape(len(codes), _GROUP, -1)  # (q, members, groups): columns far apart, which is fastest
    queries, group = np.nonzero(groups.max(axis=1) >= least[:, None])
    found, member = np.nonzero(groups[queries, :, group] >= least[queries, None])
    return queries[found], member * groups.shape[2] + group[found]


def _excluded(exclude: Exclude, queries: int, rows: int) -> _Excluded:
    if exclude is None:
        return _Excluded()
    if isinstance(exclude, tuple):
        of_queries, of_rows = (np.asarray(part) for part in exclude)
        if of_queries.shape != (queries,) or of_rows.shape != (rows,):
            raise AlbumError(
                f"The groups to exclude are {of_queries.shape} and {of_rows.shape}, but there are {queries} queries "
                f"and {rows} rows."
            )
        return _Excluded(of_queries=of_queries, of_rows=of_rows)
    mask = np.asarray(exclude)
    if mask.dtype != bool or mask.shape not in {(rows,), (queries, rows)}:
        raise AlbumError(
            f"The mask to exclude is {mask.dtype} {mask.shape}, but must be bool ({rows},) or ({queries}, {rows})."
        )
    return _Excluded(mask=mask)


def _require_matrix(vectors: np.ndarray, what: str) -> None:
    fits = isinstance(vectors, np.ndarray) and vectors.ndim == 2 and vectors.shape[1] > 0
    if not fits or vectors.dtype not in (np.float16, np.float32):
        found = f"{vectors.dtype} {vectors.shape}" if isinstance(vectors, np.ndarray) else type(vectors).__name__
        raise AlbumError(f"The {what} vectors must be (rows, numbers) float32 or float16, not {found}.")


def _seconds(work: Callable[[], object]) -> float:
    """The shortest of a few runs; only the speed of a search hangs on it, never its answer."""
    shortest = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest
