"""`--set NODE.INPUT=VALUE`: changing a graph from the command line."""

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..stages.errors import AlbumError
from .graph import Catalogue, Graph, InputSpec, is_link

YES_AND_NO = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def apply_overrides(graph: Graph, settings: Sequence[str], node_classes: Mapping[str, type]) -> None:
    """Set inputs of a graph, in place.

    Args:
        graph: the graph.
        settings: "NODE.INPUT=VALUE" each. NODE is an id, a title, or a class_type that only one node has. VALUE is
            JSON, or else text; for a text input it is taken as it stands unless it is a quoted JSON string.
        node_classes: what the nodes declare; an input that the graph leaves out can be set as well.

    Raises:
        AlbumError: a setting has another form, or names a node or an input that is not there.
    """
    catalogue = Catalogue(node_classes)
    for setting in settings:
        target, separator, text = setting.partition("=")
        if not separator or "." not in target:
            raise AlbumError(f"--set {setting!r} is not of the form NODE.INPUT=VALUE, e.g. 3.seed=7.")
        node_id, name = _find_input(graph, target, setting)
        node = graph[node_id]
        declared = _declared_inputs(catalogue, node)
        inputs = node.setdefault("inputs", {})
        if name not in inputs and name not in declared:
            raise AlbumError(
                f"--set {setting!r}: node {node_id} ({node.get('class_type')}) has no input '{name}'. "
                + _suggest(name, {*inputs, *declared})
            )
        inputs[name] = _parse_value(text, declared.get(name), setting)


def _find_input(graph: Graph, target: str, setting: str) -> tuple[str, str]:
    """Split at the last dot that leaves the name of a node: titles and inputs may have dots themselves."""
    parts = target.split(".")
    for i in range(len(parts) - 1, 0, -1):
        wanted = ".".join(parts[:i])
        found = _matching_nodes(graph, wanted)
        if len(found) == 1:
            return found[0], ".".join(parts[i:])
        if found:
            raise AlbumError(
                f"--set {setting!r}: '{wanted}' is the name of several nodes: use one of the ids {', '.join(found)}."
            )
    wanted = target.rpartition(".")[0]
    known = {
        name for node_id, node in graph.items() for name in (node_id, _title(node), node.get("class_type")) if name
    }
    raise AlbumError(f"--set {setting!r}: the graph has no node '{wanted}'. " + _suggest(wanted, known))


def _matching_nodes(graph: Graph, wanted: str) -> list[str]:
    if wanted in graph:
        return [wanted]
    titled = [node_id for node_id, node in graph.items() if _title(node) == wanted]
    return titled or [node_id for node_id, node in graph.items() if node.get("class_type") == wanted]


def _title(node: dict[str, Any]) -> str | None:
    meta = node.get("_meta")
    return meta.get("title") if isinstance(meta, dict) else None


def _declared_inputs(catalogue: Catalogue, node: dict[str, Any]) -> dict[str, InputSpec]:
    class_type = str(node.get("class_type"))
    return catalogue.declaration(class_type).inputs if class_type in catalogue.classes else {}


def _suggest(wanted: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"There are: {', '.join(names[:20])}." if names else "It has none."


def _parse_value(text: str, spec: InputSpec | None, setting: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = text
    kind = spec.type if spec is not None else None
    if is_link(value):
        return value
    if kind == "STRING" or (isinstance(kind, list) and text in kind):
        return value if isinstance(value, str) else text
    if kind == "BOOLEAN" and not isinstance(value, bool):
        # ComfyUI would take every text but the empty one for true, also "false".
        if text.strip().lower() not in YES_AND_NO:
            raise AlbumError(f"--set {setting!r}: '{text}' is neither true nor false.")
        return YES_AND_NO[text.strip().lower()]
    return {"__value__": value} if isinstance(value, list) else value
