"""Running a graph for the command line: events to the terminal, the end as an exit code."""

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..stages.errors import AlbumError
from .core_nodes import CORE_NODES
from .executor import RunResult, run_graph
from .explain import explain
from .graph import Graph
from .host import HeadlessHost
from .overrides import apply_overrides
from .terminal import ProgressLine, logging_above

DONE, FAILED, INVALID, INTERRUPTED = 0, 1, 2, 130


def known_nodes() -> dict[str, type]:
    """The pack's nodes and the stand-ins for core nodes."""
    from .. import NODE_CLASS_MAPPINGS

    return {**CORE_NODES, **NODE_CLASS_MAPPINGS}


def set_inputs(graph: Graph, settings: Sequence[str], host: HeadlessHost) -> None:
    """Apply `--set`.

    Raises:
        AlbumError: a setting names what is not there.
    """
    from ..nodes.host import hosted_by

    if any(not isinstance(node, dict) or not isinstance(node.get("inputs", {}), dict) for node in graph.values()):
        raise AlbumError("--set needs a graph in API format: node ids with objects that have class_type and inputs.")
    with hosted_by(host):  # a node may look into the input folder to say what its inputs are
        apply_overrides(graph, settings, known_nodes())


def run_watched(graph: Graph, host: HeadlessHost, *, extra_data: dict[str, Any] | None = None) -> RunResult:
    """Run a graph with a progress line on a terminal; Ctrl-C stops it at the next safe point, a second one at once."""
    line = ProgressLine(graph)
    try:
        stopping = "Stopping as soon as it is safe. Ctrl-C again stops at once."
        with logging_above(line), host.stopped_by_ctrl_c(lambda: line.say(stopping)):
            return run_graph(
                graph, node_classes=known_nodes(), host=host, on_event=line.on_event, extra_data=extra_data
            )
    finally:
        line.close()


def exit_code(result: RunResult) -> int:
    """0 all was made, 1 a node failed or was blocked with a message, 2 the graph or a part of it is invalid."""
    if result.status == "interrupted":
        return INTERRUPTED
    if result.status == "failed" or result.blocked:
        return FAILED
    return INVALID if result.status == "invalid" or result.node_errors else DONE


def report(result: RunResult, graph: Graph) -> str:
    """What to say of a run that was not all right: sentences, and the traceback of what is our bug."""
    text = "\n".join(explain(result, graph))
    error = result.exception
    if result.status == "failed" and error is not None and not isinstance(error, AlbumError):
        text = "".join(traceback.format_exception(error)) + text
    return text


def shown_lines(result: RunResult, graph: Graph, folders: dict[str, Path | None]) -> list[str]:
    """What nodes show, one line each: paths of pictures, texts."""
    lines = []
    for node_id, ui in result.outputs.items():
        name = f"{graph.get(node_id, {}).get('class_type', 'node')} {node_id}"
        for key, items in ui.items():
            lines += [f"{name}: {_shown(key, item, folders)}" for item in items]
    return lines


def _shown(key: str, item: Any, folders: dict[str, Path | None]) -> str:
    folder = folders.get(str(item.get("type"))) if isinstance(item, dict) and "filename" in item else None
    if folder is not None:
        return str(folder / item.get("subfolder", "") / item["filename"])
    return str(item) if key == "text" else f"{key} {item}"
