"""What went wrong with a run, in sentences for people."""

from collections.abc import Iterator
from typing import Any

from ..stages.errors import AlbumError
from .executor import RunResult
from .graph import Graph, is_link


def explain(result: RunResult, graph: Graph) -> list[str]:
    """One sentence for each thing that kept a run from being complete; none for a run without a flaw."""
    if result.status == "interrupted":
        return [str(result.exception) or "Stopped on request."]
    sentences = [*_refused(result), *_node_errors(result, graph)]
    sentences += [f"Node {_name(e)}: {e['exception_message']}." for e in result.blocked]
    if result.status == "failed" and result.error is not None:
        sentences.append(_failure(result))
    return sentences


def _refused(result: RunResult) -> Iterator[str]:
    if result.status != "invalid" or result.error is None or result.node_errors:
        return
    error = result.error["error"]
    yield f"The graph cannot run: {_sentence(error['message'])} {error['details']}".rstrip()


def _node_errors(result: RunResult, graph: Graph) -> Iterator[str]:
    for node_id, entry in result.node_errors.items():
        place = f"Node {node_id} ({entry['class_type']})"
        dangling = list(_dangling_links(graph, node_id))
        yield from (f"{place}, {text}" for text in dangling)
        if dangling and entry["errors"][0]["type"].startswith("exception_during"):
            continue
        for error in entry["errors"]:
            yield f"{place}: {_node_error(error)}"


def _node_error(error: dict[str, Any]) -> str:
    if error["type"] == "custom_validation_failed" and " - " in error["details"]:
        return _sentence(error["details"].partition(" - ")[2])
    return f"{error['message']}: {_sentence(error['details'])}"


def _dangling_links(graph: Graph, node_id: str) -> Iterator[str]:
    inputs = graph[node_id].get("inputs")
    if not isinstance(inputs, dict):
        yield "'inputs' is missing or is not an object."
        return
    for name, value in inputs.items():
        if is_link(value) and value[0] not in graph:
            yield f"input '{name}': it is linked to node '{value[0]}', which is not in the graph."


def _failure(result: RunResult) -> str:
    error = result.error or {}
    message = _sentence(str(error["exception_message"]).strip())
    if isinstance(result.exception, AlbumError):
        return f"{message} (node {_name(error)})"
    return f"Node {_name(error)} failed: {error['exception_type']}: {message}"


def _name(error: dict[str, Any]) -> str:
    return f"{error['node_id']} ({error['node_type']})"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."
