"""Runs an API-format graph as ComfyUI does: only what outputs need, each thing once, lists mapped over nodes."""

import copy
import importlib.util
import logging
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Literal

from ..nodes.host import Host, hosted_by
from ..stages.errors import InterruptedAlbumError
from .caching import RunCache
from .calling import AsyncCalls
from .graph import Catalogue, Graph, LiveGraph
from .inputs import Slots, Surroundings
from .node_runner import NodeRunner
from .reports import ErrorReport, blocked_error, cycle_error, execution_error
from .schedule import DependencyCycleError
from .validation import validate_graph

logger = logging.getLogger(__name__)

OnEvent = Callable[[str, dict[str, Any]], None]
Status = Literal["done", "failed", "invalid", "interrupted"]

# Sockets that carry tensors. A node that makes one imports torch, and then it has to run in inference mode.
TENSOR_SOCKETS = frozenset(
    ("IMAGE", "MASK", "LATENT", "CONDITIONING", "MODEL", "CLIP", "VAE", "CONTROL_NET", "CLIP_VISION", "AUDIO", "NOISE")
)


@dataclass
class RunResult:
    """How a run ended and what it made.

    `outputs` is what nodes show (`ui`), by node id. `values` is every finished node's results: one list of values per
    output. `error` is the failure in ComfyUI's shape: `execution_error`, or for a refused graph the server's answer.
    `exception` is what the node raised. `node_errors` may name outputs that were left out of a run that is done.
    `blocked` are the errors of execution blockers with a message.
    """

    prompt_id: str
    status: Status = "done"
    outputs: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    values: dict[str, Slots] = field(default_factory=dict)
    executed: list[str] = field(default_factory=list)
    cached: list[str] = field(default_factory=list)
    error: ErrorReport | None = None
    exception: BaseException | None = None
    node_errors: dict[str, dict[str, Any]] = field(default_factory=dict)
    blocked: list[ErrorReport] = field(default_factory=list)


def run_graph(
    graph: Graph,
    *,
    node_classes: Mapping[str, type],
    host: Host,
    on_event: OnEvent | None = None,
    cache: RunCache | None = None,
    extra_data: dict[str, Any] | None = None,
    prompt_id: str | None = None,
) -> RunResult:
    """Check a graph and run what its valid output nodes need.

    Args:
        graph: node id to `{"class_type", "inputs"}`; it is not changed.
        node_classes: class_type to node class (ComfyUI's V1 form).
        host: folders, progress and interruption for the nodes.
        on_event: told ComfyUI's events: execution_start, execution_cached, executing, progress, executed,
            execution_success, execution_error, execution_interrupted.
        cache: pass the same one again to run only what changed.
        extra_data: `extra_pnginfo` and the like, for hidden inputs.
        prompt_id: names the run in events and errors; a new one by default.
    """
    graph = copy.deepcopy(graph)  # constants are converted in place
    result = RunResult(prompt_id or str(uuid.uuid4()))
    catalogue, calls = Catalogue(node_classes), AsyncCalls()
    try:
        with hosted_by(host):
            validation = validate_graph(graph, catalogue, calls)
            result.node_errors = validation.node_errors
            if validation.error is not None:
                result.status, result.error = "invalid", validation.as_json()
            else:
                live, cache = LiveGraph(graph), cache if cache is not None else RunCache()
                around = Surroundings(live, extra_data or {})
                run = _Run(
                    live, catalogue, calls, cache=cache, around=around, host=host, on_event=on_event, result=result
                )
                run.run(validation.outputs)
    finally:
        calls.close()
    return result


class _Run:
    """One run: takes node after node from the schedule until none is left or one fails."""

    def __init__(
        self,
        live: LiveGraph,
        catalogue: Catalogue,
        calls: AsyncCalls,
        *,
        cache: RunCache,
        around: Surroundings,
        host: Host,
        on_event: OnEvent | None,
        result: RunResult,
    ) -> None:
        self._live = live
        self._catalogue = catalogue
        self._host = host
        self._on_event = on_event
        self._result = result
        self._nodes = NodeRunner(
            live, catalogue, calls, cache=cache, around=around, host=host, emit=self._emit, on_blocked=self._on_blocked
        )
        self._current: str | None = None  # the node that is to blame if something goes wrong

    def run(self, outputs: Sequence[str]) -> None:
        self._emit("execution_start", {})
        with ExitStack() as stack:
            try:
                self._current = outputs[0]
                self._run_all(outputs, stack)
            except (KeyboardInterrupt, InterruptedAlbumError) as stop:
                self._end("interrupted", "execution_interrupted", self._place(), stop)
            except Exception as error:
                logger.debug("Node %s failed", self._current, exc_info=error)
                inputs, node_ids = self._nodes.inputs, list(self._live.original_prompt)
                report = execution_error(self._place(), error, inputs=inputs, node_ids=node_ids)
                self._end("failed", "execution_error", report, error)
            else:
                if self._result.status == "done":
                    self._emit("execution_success", {})
        self._nodes.forget_stale_expansions()
        self._result.outputs, self._result.values = self._nodes.shown, self._nodes.values
        self._result.executed = self._nodes.executed

    def _run_all(self, outputs: Sequence[str], stack: ExitStack) -> None:
        self._result.cached = self._nodes.prepare(outputs)
        self._emit("execution_cached", {"nodes": self._result.cached})
        schedule = self._nodes.schedule
        inference = _InferenceMode(stack)
        while schedule:
            node_id = schedule.next()
            if node_id is None:
                if not self._nodes.wait_for_async():
                    self._refuse_cycle(schedule.blamed_for_cycle())
                    return
                self._host.raise_if_interrupted()
                continue
            self._current = node_id
            inference.enter_for(self._catalogue.classes[self._live.get_node(node_id)["class_type"]])
            if self._nodes.run(node_id):
                schedule.finish(node_id)

    def _refuse_cycle(self, node_id: str) -> None:
        self._current = node_id
        report = cycle_error(self._place(), list(self._live.original_prompt))
        self._end("failed", "execution_error", report, DependencyCycleError(report["exception_message"]))

    def _end(self, status: Status, event: str, report: ErrorReport, cause: BaseException) -> None:
        self._result.status, self._result.error, self._result.exception = status, report, cause
        self._emit(event, report)

    def _on_blocked(self, node_id: str, message: str) -> None:
        place = {**self._place(), "node_id": node_id, "node_type": self._live.get_node(node_id)["class_type"]}
        report = blocked_error(place, message)
        self._result.blocked.append(report)
        self._emit("execution_error", report)

    def _place(self) -> dict[str, Any]:
        # Inner nodes of an expansion are unknown to whoever sent the graph; the node they came from is not.
        node_id = self._live.get_real_node_id(self._current or "")
        return {
            "prompt_id": self._result.prompt_id,
            "node_id": node_id,
            "node_type": self._live.get_node(node_id)["class_type"],
            "executed": list(self._nodes.executed),
        }

    def _emit(self, event: str, data: dict[str, Any]) -> None:
        if self._on_event is not None:
            self._on_event(event, {"prompt_id": self._result.prompt_id, **data})


class _InferenceMode:
    """Switches torch's gradients off, as ComfyUI does, without importing torch for graphs that never use it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._entered = False

    def enter_for(self, node_class: Any) -> None:
        if self._entered:
            return
        makes_tensors = not TENSOR_SOCKETS.isdisjoint(filter(_is_text, getattr(node_class, "RETURN_TYPES", ())))
        if "torch" not in sys.modules and not (makes_tensors and importlib.util.find_spec("torch")):
            return
        import torch

        self._stack.enter_context(torch.inference_mode())
        self._entered = True


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
