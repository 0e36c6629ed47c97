"""Which results can be used again: in the same run, and from the run before.

Two nodes have the same signature when their class, their constants, their fingerprints (`IS_CHANGED`) and the
signatures of everything upstream are the same. Signatures are numbers: each distinct description gets the next one,
and a description names its sources by number, so that a long chain costs no more per node than a short one.
"""

import itertools
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .blocker import is_blocker
from .calling import AsyncCalls, call_over_lists
from .graph import Catalogue, LiveGraph, Node, is_link
from .inputs import Slots, collect_inputs
from .returns import Ui

logger = logging.getLogger(__name__)


class CachedResult(NamedTuple):
    slots: Slots
    ui: Ui
    owner: str | None  # the node of the given graph whose expansion made it


@dataclass
class RunCache:
    """What outlives a run when the caller passes the same cache again: results and node objects."""

    results: dict[int, CachedResult] = field(default_factory=dict)
    objects: dict[tuple[str, str], Any] = field(default_factory=dict)
    _numbers: dict[Any, int] = field(default_factory=dict)
    _next: Callable[[], int] = field(default_factory=lambda: itertools.count().__next__)

    def number(self, description: Any) -> int:
        known = self._numbers.get(description)
        if known is None:
            known = self._numbers[description] = self._next()
        return known

    def keep_only(self, signatures: Iterable[int], nodes: Mapping[str, Node]) -> None:
        """Forget what a new graph cannot use: it holds these signatures, and expansions of these nodes may return."""
        wanted = set(signatures)
        self.results = {s: r for s, r in self.results.items() if s in wanted or r.owner in nodes}
        wanted.update(self.results)
        self._numbers = {d: n for d, n in self._numbers.items() if n in wanted}
        present = {(node_id, node["class_type"]) for node_id, node in nodes.items()}
        self.objects = {key: made for key, made in self.objects.items() if key in present}

    def forget(self, owners: set[str], *, keep: set[int]) -> None:
        """Drop what expansions of `owners` made, but for the signatures to keep."""
        self.results = {s: r for s, r in self.results.items() if r.owner not in owners or s in keep}


class Signatures:
    """The signatures of one run's nodes."""

    def __init__(self, graph: LiveGraph, catalogue: Catalogue, cache: RunCache, calls: AsyncCalls) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._cache = cache
        self._calls = calls
        self._known: dict[str, int] = {}

    def all(self) -> Iterable[int]:
        return self._known.values()

    def nodes(self) -> list[str]:
        """The nodes whose signature is known, sources before what uses them."""
        return list(self._known)

    def compute(self, node_id: str) -> int:
        """The signature of a node; its sources get theirs on the way."""
        known = self._known.get(node_id)
        if known is not None:
            return known
        # Sources first, without recursion: a chain may be longer than Python's stack.
        open_nodes: set[str] = set()
        stack = [node_id]
        while stack:
            current = stack[-1]
            if current in self._known:
                stack.pop()
                continue
            sources = [s for s in self._sources(current) if s not in self._known and s not in open_nodes]
            if sources and current not in open_nodes:
                open_nodes.add(current)
                stack.extend(sources)
            else:
                self._known[current] = self._cache.number(self._describe(current))
                stack.pop()
        return self._known[node_id]

    def _sources(self, node_id: str) -> list[str]:
        if not self._graph.has_node(node_id):
            return []
        return [value[0] for value in self._graph.get_node(node_id)["inputs"].values() if is_link(value)]

    def _describe(self, node_id: str) -> Any:
        if not self._graph.has_node(node_id):
            return object()
        node = self._graph.get_node(node_id)
        class_type, inputs = node["class_type"], node["inputs"]
        node_class = self._catalogue.classes[class_type]
        by_id = getattr(node_class, "NOT_IDEMPOTENT", False) or (
            "UNIQUE_ID" in self._catalogue.declaration(class_type).hidden.values()
        )
        values = tuple((name, self._describe_value(inputs[name])) for name in sorted(inputs))
        return class_type, node_id if by_id else None, self._fingerprint(node_id, node, node_class), values

    def _describe_value(self, value: Any) -> Any:
        if is_link(value):
            source = self._known.get(value[0])  # unknown only in a cycle, which never runs
            return "link", object() if source is None else source, value[1]
        return _describe_constant(value)

    def _fingerprint(self, node_id: str, node: Node, node_class: Any) -> Any:
        if not hasattr(node_class, "IS_CHANGED"):
            return False
        try:
            # Constants only: what comes from other nodes is covered by their own signatures.
            inputs, _ = collect_inputs(node, node_id, self._catalogue.declaration(node["class_type"]))
            marks = self._calls.settle(call_over_lists(node_class, "IS_CHANGED", inputs, self._calls))
        except Exception as error:
            logger.warning("%s %s: IS_CHANGED failed, so it runs again: %s", node["class_type"], node_id, error)
            logger.debug("IS_CHANGED failed", exc_info=error)
            return object()
        return _describe_constant([None if is_blocker(mark) else mark for mark in marks])


def _describe_constant(value: Any) -> Any:
    """A hashable stand-in that is equal exactly for equal values; NaN and unknown objects equal nothing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float, bytes)):
        return (type(value), value) if value == value else object()  # NaN differs from itself
    if isinstance(value, Mapping):
        return "map", frozenset((_describe_constant(k), _describe_constant(v)) for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return "list", tuple(map(_describe_constant, value))
    return object()
