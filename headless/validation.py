"""Is this graph fit to run? Every output is checked with everything it needs; errors have ComfyUI's shapes.

An output with a bad input is left out and the good ones still run, as in ComfyUI.
"""

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .calling import AsyncCalls
from .custom_check import CustomCheck
from .graph import Catalogue, Graph, InputSpec
from .inputs import collect_inputs
from .reports import ErrorReport, exception_facts, problem
from .values import broken_link, check_value, convert_value, misfit_link, missing_input, types_fit

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Validation:
    """`outputs` are the output nodes that may run. `error` is set when there is none."""

    outputs: list[str]
    error: ErrorReport | None = None
    node_errors: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The body that ComfyUI's server answers a refused graph with."""
        return {"error": self.error, "node_errors": self.node_errors}


@dataclass(frozen=True)
class NodeVerdict:
    """`errors` is empty when only something upstream is wrong."""

    ok: bool
    errors: list[ErrorReport] = field(default_factory=list)


_Check = Generator[
    str, NodeVerdict | None, NodeVerdict
]  # started with None; then yields the node whose verdict it needs


def validate_graph(graph: Graph, catalogue: Catalogue, calls: AsyncCalls) -> Validation:
    """Check a graph and convert its constants to the declared types, in place."""
    for node_id, node in graph.items():
        unknown = _unknown_class(node_id, node, catalogue)
        if unknown is not None:
            return Validation([], unknown)
    outputs = [node_id for node_id, node in graph.items() if catalogue.is_output(node["class_type"])]
    if not outputs:
        return Validation([], problem("prompt_no_outputs", "Prompt has no outputs", ""))
    return _Validator(graph, catalogue, calls).check(outputs)


def _unknown_class(node_id: str, node: Any, catalogue: Catalogue) -> ErrorReport | None:
    place = f"Node ID '#{node_id}'"
    if not isinstance(node, dict):
        return problem("invalid_prompt", "Cannot execute because a node is not an object.", place)
    meta = node.get("_meta")
    title = meta.get("title") if isinstance(meta, dict) else None
    class_type = node.get("class_type")
    facts = {"node_id": node_id, "class_type": class_type, "node_title": title}
    if class_type is None:
        message = (
            f"Node '{title or f'ID #{node_id}'}' has no class_type. "
            "The workflow may be corrupted or a custom node is missing."
        )
        return problem("missing_node_type", message, place, **facts)
    if not isinstance(class_type, str) or class_type not in catalogue.classes:
        message = f"Node '{title or class_type}' not found. The custom node may not be installed."
        return problem("missing_node_type", message, place, **facts)
    return None


class _Validator:
    def __init__(self, graph: Graph, catalogue: Catalogue, calls: AsyncCalls) -> None:
        self._graph = graph
        self._catalogue = catalogue
        self._calls = calls
        self._verdicts: dict[str, NodeVerdict] = {}
        self._cycles: dict[str, ErrorReport] = {}

    def check(self, outputs: Sequence[str]) -> Validation:
        good: list[str] = []
        failed: list[ErrorReport] = []
        node_errors: dict[str, dict[str, Any]] = {}
        for output in outputs:
            verdict = self._check_output(output)
            if verdict.ok:
                good.append(output)
                continue
            failed.extend(verdict.errors)
            for node_id, other in self._verdicts.items():
                if other.errors:
                    entry = {
                        "errors": other.errors,
                        "dependent_outputs": [],
                        "class_type": self._graph[node_id]["class_type"],
                    }
                    node_errors.setdefault(node_id, entry)["dependent_outputs"].append(output)
        if good:
            return Validation(good, None, node_errors)
        details = "\n".join(f"{error['message']}: {error['details']}" for error in failed)
        message = "Prompt outputs failed validation"
        return Validation([], problem("prompt_outputs_failed_validation", message, details), node_errors)

    def _check_output(self, output: str) -> NodeVerdict:
        try:
            return self._run_checks(output)
        except Exception as error:  # a node's own code may raise anything; so may a malformed graph
            logger.debug("Checking output %s failed", output, exc_info=error)
            report = problem(
                "exception_during_validation", "Exception when validating node", str(error), **exception_facts(error)
            )
            verdict = self._verdicts[output] = NodeVerdict(False, [report])
            return verdict

    def _run_checks(self, output: str) -> NodeVerdict:
        """Check a node after everything it is linked to, without recursion: a chain may be longer than the stack."""
        stack: dict[str, _Check] = {output: self._check_node(output)}
        answer: NodeVerdict | None = self._verdicts.get(output)
        if answer is not None:
            return answer
        failure: Exception | None = None
        while stack:
            node_id, check = next(reversed(stack.items()))
            try:
                wanted = check.send(answer) if failure is None else check.throw(failure)
            except StopIteration as end:
                del stack[node_id]
                answer, failure = self._settle(node_id, end.value), None
            except Exception as error:
                logger.debug("Checking node %s failed", node_id, exc_info=error)
                del stack[node_id]
                if not stack:
                    raise
                answer, failure = None, error
            else:
                failure = None
                answer = self._verdicts.get(wanted) or self._refuse_cycle(wanted, list(stack))
                if answer is None:
                    stack[wanted] = self._check_node(wanted)
        return self._verdicts[output]

    def _settle(self, node_id: str, verdict: NodeVerdict) -> NodeVerdict:
        if node_id in self._cycles:
            verdict = NodeVerdict(False, [*verdict.errors, self._cycles[node_id]])
        self._verdicts[node_id] = verdict
        return verdict

    def _refuse_cycle(self, wanted: str, waiting: list[str]) -> NodeVerdict | None:
        if wanted not in waiting:
            return None
        nodes = waiting[waiting.index(wanted) :]
        path = " -> ".join(f"{node_id} ({self._graph[node_id]['class_type']})" for node_id in [*nodes, wanted])
        for node_id in nodes:
            self._cycles[node_id] = problem(
                "dependency_cycle", "Dependency cycle detected", path, node_id=node_id, cycle_nodes=nodes
            )
        return NodeVerdict(False)

    def _check_node(self, node_id: str) -> _Check:
        node = self._graph[node_id]
        class_type, inputs = node["class_type"], node["inputs"]
        declaration = self._catalogue.declaration(class_type)
        custom = CustomCheck(self._catalogue.classes[class_type])
        errors: list[ErrorReport] = []
        upstream_ok = True
        link_types: dict[str, Any] = {}
        for name, spec in declaration.inputs.items():
            if name in inputs and isinstance(inputs[name], list):
                error = self._check_link(name, spec, inputs[name], link_types, any_type=custom.judges_types)
                if error is None:
                    upstream_ok &= yield from self._check_source(name, spec, inputs[name])
            else:
                error = _check_constant(inputs, name, spec, in_range=not custom.covers(name))
            if error is not None:
                errors.append(error)
        if custom.present:
            values, _ = collect_inputs(node, node_id, declaration)
            errors.extend(custom.errors(values, link_types, self._calls))
        return NodeVerdict(upstream_ok and not errors, errors)

    def _check_link(
        self, name: str, spec: InputSpec, link: list[Any], link_types: dict[str, Any], *, any_type: bool
    ) -> ErrorReport | None:
        if len(link) != 2:
            return broken_link(name, spec, link)
        source = self._catalogue.classes[self._graph[link[0]]["class_type"]]
        received = link_types[name] = source.RETURN_TYPES[link[1]]
        return None if any_type or types_fit(received, spec.type) else misfit_link(name, spec, link, received)

    def _check_source(self, name: str, spec: InputSpec, link: list[Any]) -> Generator[str, NodeVerdict | None, bool]:
        try:
            verdict = yield link[0]
        except Exception as error:
            logger.debug("Checking node %s failed", link[0], exc_info=error)
            self._verdicts[link[0]] = NodeVerdict(
                False,
                [
                    problem(
                        "exception_during_inner_validation",
                        "Exception when validating inner node",
                        str(error),
                        input_name=name,
                        input_config=spec.config,
                        exception_message=str(error),
                        **exception_facts(error),
                        linked_node=link,
                    )
                ],
            )
            return False
        return verdict is not None and verdict.ok


def _check_constant(inputs: dict[str, Any], name: str, spec: InputSpec, *, in_range: bool) -> ErrorReport | None:
    if name not in inputs:
        return missing_input(name) if spec.category == "required" else None
    error = convert_value(inputs, name, spec)
    if error is None and in_range:
        error = check_value(name, spec, inputs[name])
    return error
