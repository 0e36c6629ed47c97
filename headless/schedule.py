"""Which node runs next: a topological order that grows while the graph runs (lazy inputs, expansions)."""

import inspect
from collections.abc import Callable, Iterator

from .graph import Catalogue, LiveGraph, is_link


class NodeInputError(ValueError):
    """`check_lazy_status` asked for an input that cannot be computed."""


class DependencyCycleError(RuntimeError):
    """Nodes wait for each other, so none of them can run."""


class Schedule:
    """The nodes that still have to run, and what each of them waits for.

    `finished` says whether a node's results are there already; such a node is neither run nor waited for.
    """

    def __init__(self, graph: LiveGraph, catalogue: Catalogue, finished: Callable[[str], bool]) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._finished = finished
        self._arrival: dict[str, int] = {}
        self._arrivals = 0
        self._waits_for: dict[str, int] = {}  # how many nodes each pending node waits for
        self._blocks: dict[str, set[str]] = {}
        self._ready: set[str] = set()
        self._async: dict[str, bool] = {}  # per class

    def __bool__(self) -> bool:
        return bool(self._arrival)

    def add(self, node_id: str) -> None:
        """Schedule a node and, upstream, everything it needs that is neither lazy nor finished."""
        waiting, links = [node_id], []
        while waiting:
            current = waiting.pop()
            if current in self._arrival:
                continue
            sources = list(self._eager_sources(current))
            self._arrive(current)
            waiting.extend(sources)
            links.extend((source, current) for source in sources)
        for source, target in links:
            self.wait_for(source, target)

    def wait_for(self, source: str, target: str) -> None:
        """Let a scheduled node wait for another one, which is scheduled if it has to run."""
        if self._finished(source):
            return
        self.add(source)
        if target not in self._blocks[source]:
            self._blocks[source].add(target)
            self._waits_for[target] += 1
            self._ready.discard(target)

    def require_input(self, node_id: str, name: str) -> None:
        """Compute a lazy input after all.

        Raises:
            NodeInputError: the node has no such input, or it is a constant.
        """
        inputs = self._graph.get_node(node_id)["inputs"]
        if name not in inputs:
            raise NodeInputError(
                f"Node {node_id} says it needs input {name}, but there is no input to that node at all"
            )
        if not is_link(inputs[name]):
            raise NodeInputError(f"Node {node_id} says it needs input {name}, but that value is a constant")
        self.wait_for(inputs[name][0], node_id)

    def hold(self, node_id: str) -> None:
        """Keep a node back until `release`: its async calls are under way."""
        self._waits_for[node_id] += 1
        self._ready.discard(node_id)

    def release(self, node_id: str) -> None:
        self._one_less(node_id)

    def finish(self, node_id: str) -> None:
        """Take a node that ran off the schedule and let go of what waited for it."""
        del self._arrival[node_id]
        del self._waits_for[node_id]
        self._ready.discard(node_id)
        for target in self._blocks.pop(node_id):
            self._one_less(target)

    def next(self) -> str | None:
        """The node to run now, or None if every one of them waits.

        Outputs come first, so that a result is seen as soon as it can be, and async nodes, so that they run while
        others do; then what an output waits for, at one and at two removes; then whoever came first.
        """
        if len(self._ready) < 2:
            return next(iter(self._ready), None)
        return min(self._ready, key=lambda node_id: (self._distance_to_output(node_id), self._arrival[node_id]))

    def blamed_for_cycle(self) -> str:
        """A node to name when nothing can run: preferably one that an expansion added."""
        cycle = self._nodes_in_cycle()
        for node_id in cycle:
            shown = self._graph.get_display_node_id(node_id)
            if shown != node_id:
                return shown
        return cycle[0]

    def _arrive(self, node_id: str) -> None:
        self._arrival[node_id] = self._arrivals
        self._arrivals += 1
        self._waits_for[node_id] = 0
        self._blocks[node_id] = set()
        self._ready.add(node_id)

    def _eager_sources(self, node_id: str) -> Iterator[str]:
        node = self._graph.get_node(node_id)
        declaration = self._catalogue.declaration(node["class_type"])
        for name, value in node["inputs"].items():
            if is_link(value):
                spec = declaration.spec(name)
                lazy = spec is not None and spec.options.get("lazy")
                if not lazy and not self._finished(value[0]):
                    yield value[0]

    def _one_less(self, node_id: str) -> None:
        self._waits_for[node_id] -= 1
        if self._waits_for[node_id] == 0:
            self._ready.add(node_id)

    def _distance_to_output(self, node_id: str) -> int:
        if self._is_output(node_id) or self._is_async(node_id):
            return 0
        blocked = self._blocks[node_id]
        if any(map(self._is_output, blocked)):
            return 1
        if any(self._is_output(further) for target in blocked for further in self._blocks[target]):
            return 2
        return 3

    def _is_output(self, node_id: str) -> bool:
        return self._catalogue.is_output(self._graph.get_node(node_id)["class_type"])

    def _is_async(self, node_id: str) -> bool:
        class_type = self._graph.get_node(node_id)["class_type"]
        known = self._async.get(class_type)
        if known is None:
            node_class = self._catalogue.classes[class_type]
            known = inspect.iscoroutinefunction(getattr(node_class, node_class.FUNCTION, None))
            self._async[class_type] = known
        return known

    def _nodes_in_cycle(self) -> list[str]:
        blocked_by = {
            node_id: {s for s, targets in self._blocks.items() if node_id in targets} for node_id in self._arrival
        }
        while free := {node_id for node_id, sources in blocked_by.items() if not sources}:
            blocked_by = {node_id: sources - free for node_id, sources in blocked_by.items() if node_id not in free}
        return list(blocked_by)
