"""Errors in the JSON shapes that ComfyUI's server sends, so that scripts written for it read ours."""

import traceback
from collections.abc import Mapping, Sequence
from typing import Any

MAX_SHOWN_CHARS = 500  # of a value that is not JSON; an album plan would fill pages
OUT_OF_MEMORY_TIP = (
    "This error means that memory ran out.\n\nTIPS: Make the pictures or the batch smaller, or render fewer at a time."
)

ErrorReport = dict[str, Any]


def problem(kind: str, message: str, details: str, **extra_info: Any) -> ErrorReport:
    """One validation error; `extra_info` is what programs read."""
    return {"type": kind, "message": message, "details": details, "extra_info": extra_info}


def type_name(kind: type) -> str:
    """The dotted name of an exception's class, without `builtins`."""
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def exception_facts(error: BaseException) -> dict[str, Any]:
    """What every report of an exception says of it."""
    return {"exception_type": type_name(type(error)), "traceback": traceback.format_tb(error.__traceback__)}


def execution_error(
    place: Mapping[str, Any],
    error: BaseException,
    *,
    inputs: Mapping[str, Sequence[Any]] | None,
    node_ids: Sequence[str],
) -> ErrorReport:
    """What is said of a node that raised.

    `place` holds prompt_id, node_id, node_type and executed; `node_ids` is every node that may have results.
    """
    tip = OUT_OF_MEMORY_TIP if _out_of_memory(error) else ""
    return {
        **place,
        "exception_message": f"{error}\n{tip}",
        **exception_facts(error),
        "current_inputs": {name: list(map(_shown, values)) for name, values in (inputs or {}).items()},
        "current_outputs": list(node_ids),
    }


def cycle_error(place: Mapping[str, Any], node_ids: Sequence[str]) -> ErrorReport:
    """What is said when the nodes that are left wait for each other."""
    return {
        **place,
        "exception_message": "Dependency cycle detected",
        "exception_type": "graph.DependencyCycleError",
        "traceback": [],
        "current_inputs": [],
        "current_outputs": list(node_ids),
    }


def blocked_error(place: Mapping[str, Any], message: str) -> ErrorReport:
    """What is said of a node that an ExecutionBlocker with a message kept from running."""
    return {
        **place,
        "exception_message": f"Execution Blocked: {message}",
        "exception_type": "ExecutionBlocked",
        "traceback": [],
        "current_inputs": [],
        "current_outputs": [],
    }


def _out_of_memory(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ in {"OutOfMemoryError", "OutOfMemoryException"}


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, (int, float, bool, str)):
        return value
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return f"{type(value).__name__} {tuple(value.shape)} {value.dtype}"
    text = str(value)
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS]}… ({len(text)} characters)"
