"""Runs one node of a graph: collects its inputs, calls it, and takes in what it returns."""

from collections.abc import Callable, Sequence
from typing import Any

from ..nodes.host import Host, hosted_by
from .blocker import ExecutionBlocker
from .caching import CachedResult, RunCache, Signatures
from .calling import AsyncCalls, call_over_lists, pending_tasks
from .graph import Catalogue, LiveGraph, is_link
from .host import NodeHost
from .inputs import Slots, Surroundings, collect_inputs
from .returns import Expansion, Ui, merge_results, read_returns
from .schedule import Schedule

Emit = Callable[[str, dict[str, Any]], None]


class DuplicateNodeError(ValueError):
    """An expansion added a node id that is taken."""


class NodeRunner:
    """Knows the results of a run so far, and how to get the next one.

    `values` are the results by node id, `shown` what the nodes show (`ui`), `executed` the ids in the order they ran.
    `inputs` is what the node that runs, or ran last, was called with.
    """

    def __init__(
        self,
        live: LiveGraph,
        catalogue: Catalogue,
        calls: AsyncCalls,
        *,
        cache: RunCache,
        around: Surroundings,
        host: Host,
        emit: Emit,
        on_blocked: Callable[[str, str], None],
    ) -> None:
        self._live = live
        self._catalogue = catalogue
        self._calls = calls
        self._cache = cache
        self._around = around
        self._host = host
        self._emit = emit
        self._on_blocked = on_blocked
        self._signatures = Signatures(live, catalogue, cache, calls)
        self._under_way: dict[str, list[Any]] = {}
        self._expansions: dict[str, list[Expansion]] = {}
        self.schedule = Schedule(live, catalogue, lambda node_id: self.results(node_id) is not None)
        self.values: dict[str, Slots] = {}
        self.shown: dict[str, Ui] = {}
        self.executed: list[str] = []
        self.inputs: dict[str, Sequence[Any]] | None = None

    def prepare(self, outputs: Sequence[str]) -> list[str]:
        """Schedule what the outputs need; returns the nodes whose results are known from an earlier run."""
        for node_id in outputs:
            self._signatures.compute(node_id)
        self._cache.keep_only(self._signatures.all(), self._live.original_prompt)
        cached = [node_id for node_id in self._signatures.nodes() if self._recall(node_id) is not None]
        for node_id in outputs:
            self.schedule.add(node_id)
        return cached

    def results(self, node_id: str) -> Slots | None:
        """A node's results, if it ran or one with the same signature did."""
        slots = self.values.get(node_id)
        return slots if slots is not None else self._recall(node_id)

    def run(self, node_id: str) -> bool:
        """Run a node as far as it goes now; False if it has to wait (lazy inputs, async calls, its expansion)."""
        self.inputs = None
        node_class = self._catalogue.classes[self._live.get_node(node_id)["class_type"]]
        if self.results(node_id) is not None:
            self._emit("executed", self._place(node_id, output=self.shown.get(node_id)))
            return True
        if node_id in self._expansions:
            results = [self._filled_in(expansion) for expansion in self._expansions.pop(node_id)]
            self._store(node_id, merge_results(results, node_class))
            return True
        returns = self._under_way.pop(node_id, None)
        if returns is not None:
            returns = self._calls.settle(returns)
        else:
            returns = self._call(node_id)
            if returns is None:
                return False
            if pending_tasks(returns):
                self._under_way[node_id] = returns
                self.schedule.hold(node_id)
                return False
        return self._take(node_id, returns, node_class)

    def wait_for_async(self) -> bool:
        """Let async calls go on for a moment; False if none is under way."""
        if not self._under_way:
            return False
        self._calls.wait([task for returns in self._under_way.values() for task in pending_tasks(returns)])
        for node_id, returns in self._under_way.items():
            if not pending_tasks(returns):
                self.schedule.release(node_id)
        return True

    def forget_stale_expansions(self) -> None:
        """Drop cached inner nodes that their expanding node, run again, no longer asked for."""
        expanded = set(map(self._live.get_real_node_id, self._live.ephemeral_parents))
        self._cache.forget(expanded, keep=set(self._signatures.all()))

    def _recall(self, node_id: str) -> Slots | None:
        hit = self._cache.results.get(self._signatures.compute(node_id))
        if hit is None:
            return None
        self.values[node_id] = hit.slots
        if hit.ui:
            self.shown[node_id] = hit.ui
        return hit.slots

    def _call(self, node_id: str) -> list[Any] | None:
        node = self._live.get_node(node_id)
        class_type = node["class_type"]
        declaration = self._catalogue.declaration(class_type)
        self.inputs, missing = collect_inputs(node, node_id, declaration, self._around, self.results)
        self._emit("executing", self._place(node_id))
        target = self._node_object(node_id, class_type)
        with hosted_by(NodeHost(self._host, lambda done, total: self._on_progress(node_id, done, total))):
            if getattr(target, "check_lazy_status", None) is not None:
                needed = self._lazy_inputs(target, missing)
                for name in needed:
                    self.schedule.require_input(node_id, name)
                if needed:
                    return None
            return call_over_lists(
                target,
                target.FUNCTION,
                self.inputs,
                self._calls,
                on_blocked=lambda blocker: self._block(node_id, blocker),
                before_call=self._host.raise_if_interrupted,
            )

    def _node_object(self, node_id: str, class_type: str) -> Any:
        key = (node_id, class_type)
        known = self._cache.objects.get(key)
        if known is None:
            known = self._cache.objects[key] = self._catalogue.classes[class_type]()
        return known

    def _lazy_inputs(self, target: Any, missing: set[str]) -> list[str]:
        inputs = self.inputs or {}
        answers = self._calls.settle(call_over_lists(target, "check_lazy_status", inputs, self._calls))
        asked = dict.fromkeys(name for answer in answers if isinstance(answer, list) for name in answer)
        return [name for name in asked if isinstance(name, str) and (name not in inputs or name in missing)]

    def _block(self, node_id: str, blocker: Any) -> Any:
        if blocker.message is None:
            return blocker
        self._on_blocked(node_id, blocker.message)
        return ExecutionBlocker(None)

    def _take(self, node_id: str, returns: list[Any], node_class: Any) -> bool:
        returned = read_returns(returns, node_class)
        if returned.ui:
            self.shown[node_id] = returned.ui
            self._emit("executed", self._place(node_id, output=returned.ui))
        if returned.expansions is not None:
            self._expand(node_id, returned.expansions)
            return False
        self._store(node_id, returned.slots)
        return True

    def _store(self, node_id: str, slots: Slots) -> None:
        owner = self._live.get_real_node_id(node_id)
        result = CachedResult(slots, self.shown.get(node_id, {}), owner if owner != node_id else None)
        self._cache.results[self._signatures.compute(node_id)] = result
        self.values[node_id] = slots
        self.executed.append(node_id)

    def _expand(self, node_id: str, expansions: list[Expansion]) -> None:
        outputs: list[str] = []
        sources: list[str] = []
        for graph, result in expansions:
            if graph is None:
                continue
            self._refuse_taken_ids(graph)
            for new_id, node in graph.items():
                self._live.add_ephemeral_node(new_id, node, node_id, node.get("override_display_id", node_id))
                if self._catalogue.is_output(node["class_type"]):
                    outputs.append(new_id)
            sources.extend(value[0] for value in result if is_link(value))
        for new_id in outputs:
            self.schedule.add(new_id)
        for source in sources:
            self.schedule.wait_for(source, node_id)
        self._expansions[node_id] = expansions

    def _refuse_taken_ids(self, graph: dict[str, Any]) -> None:
        for new_id in graph:
            if self._live.has_node(new_id):
                raise DuplicateNodeError(
                    f"Attempt to add duplicate node {new_id}. Ensure node ids are unique and deterministic or use "
                    "graph_utils.GraphBuilder."
                )

    def _filled_in(self, expansion: Expansion) -> Any:
        """The results of an expansion, with each link replaced by the values behind it."""
        if expansion.graph is None:
            return expansion.result
        filled: list[Any] = []
        for value in expansion.result:
            if is_link(value):
                filled.extend((self.results(value[0]) or [])[value[1]])
            else:
                filled.append(value)
        return tuple(filled)

    def _place(self, node_id: str, **more: Any) -> dict[str, Any]:
        return {"node": node_id, "display_node": self._live.get_display_node_id(node_id), **more}

    def _on_progress(self, node_id: str, done: int, total: int) -> None:
        self._emit("progress", {"node": node_id, "value": done, "max": total})
