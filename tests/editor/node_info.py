"""What a server says of its node classes under `/object_info`, in ComfyUI's shape."""

from typing import Any

CUSTOM = "custom_nodes.synthetic-albums"


def object_info(node_classes: dict[str, type], titles: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Every node class with its inputs and outputs; those with a title in `titles` count as the pack's."""
    return {name: _node_info(name, node_class, titles.get(name)) for name, node_class in node_classes.items()}


def _node_info(name: str, node_class: Any, title: str | None) -> dict[str, Any]:
    inputs, outputs = node_class.INPUT_TYPES(), tuple(node_class.RETURN_TYPES)
    info = {
        "name": name,
        "display_name": title or getattr(node_class, "TITLE", name),
        "description": getattr(node_class, "DESCRIPTION", ""),
        "category": node_class.CATEGORY,
        "python_module": CUSTOM if title else "nodes",
        "input": inputs,
        "input_order": {part: list(names) for part, names in inputs.items()},
        "output": list(outputs),
        "output_is_list": list(getattr(node_class, "OUTPUT_IS_LIST", [False] * len(outputs))),
        "output_name": list(getattr(node_class, "RETURN_NAMES", outputs)),
        "output_node": bool(getattr(node_class, "OUTPUT_NODE", False)),
    }
    for attribute in ("OUTPUT_TOOLTIPS", "DEPRECATED", "EXPERIMENTAL", "SEARCH_ALIASES"):
        if hasattr(node_class, attribute):
            info[attribute.lower()] = getattr(node_class, attribute)
    return info
