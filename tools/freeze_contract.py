"""Freeze what users' saved workflows rely on: ids, inputs and outputs of every node, as plain data.

    python tools/freeze_contract.py

writes tests/nodes/contract.json anew after something was appended. It refuses what would break a saved workflow:
inputs, outputs, combo values and nodes may be appended, and ranges widened; nothing is renamed, moved or removed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "tests" / "nodes" / "contract.json"
WIDGET_TYPES = {"INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"}

Contract = dict[str, dict[str, Any]]


def describe(node_class: Any) -> dict[str, Any]:
    """One node's promise. Inputs in the order of their widgets; a combo's values are part of it."""
    declared = node_class.INPUT_TYPES()
    types = node_class.RETURN_TYPES
    return {
        "category": node_class.CATEGORY,
        "inputs": [
            {"name": name, "section": section, **_described_input(*spec)}
            for section in ("required", "optional")
            for name, spec in declared.get(section, {}).items()
        ],
        "hidden": dict(declared.get("hidden", {})),
        "outputs": [
            {"name": name, "type": kind, "is_list": is_list}
            for name, kind, is_list in zip(
                node_class.RETURN_NAMES, types, getattr(node_class, "OUTPUT_IS_LIST", [False] * len(types)), strict=True
            )
        ],
        "output_node": getattr(node_class, "OUTPUT_NODE", False),
    }


def describe_all(node_classes: dict[str, Any]) -> Contract:
    return {node_id: describe(node_class) for node_id, node_class in node_classes.items()}


def broken_promises(frozen: Contract, current: Contract) -> list[str]:
    """Everything that a workflow saved under the frozen contract would stumble over."""
    problems = []
    for node_id, before in frozen.items():
        if node_id in current:
            problems += [f"{node_id}: {problem}" for problem in _broken_node(before, current[node_id])]
        else:
            problems.append(f"{node_id} is gone")
    return problems


def freeze(node_classes: dict[str, Any], file: Path) -> list[str]:
    """Write the contract, unless that would break the one in the file; gives what would break."""
    current = describe_all(node_classes)
    problems = broken_promises(json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}, current)
    if not problems:
        file.write_text(json.dumps(current, indent=1) + "\n", encoding="utf-8")
    return problems


def _described_input(kind: Any, options: dict[str, Any] | None = None) -> dict[str, Any]:
    options = options or {}
    values = list(kind) if isinstance(kind, list) else None
    name = "COMBO" if values else kind
    is_widget = name in WIDGET_TYPES and not options.get("forceInput", False)
    return {
        "type": name,
        "values": values,
        "range": [options.get("min"), options.get("max")],
        # Widgets are saved by position, and control_after_generate takes a place of its own.
        "widget_values": is_widget + (is_widget and bool(options.get("control_after_generate"))),
    }


def _broken_node(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    if after["category"] != before["category"]:
        yield f"its category was '{before['category']}' and is '{after['category']}'"
    if after["output_node"] != before["output_node"]:
        yield "whether it is an output node was changed"
    for name, kind in before["hidden"].items():
        if after["hidden"].get(name) != kind:
            yield f"its hidden input '{name}' was changed or removed"
    if after["outputs"][: len(before["outputs"])] != before["outputs"]:
        yield "its outputs were changed, removed or reordered"
    yield from _broken_inputs(before["inputs"], after["inputs"])


def _broken_inputs(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    for number, old in enumerate(before):
        if number < len(after):
            yield from _broken_input(old, after[number])
        else:
            yield f"its input '{old['name']}' is gone"
    for new in after[len(before) :]:
        if new["section"] != "optional":
            yield f"its new input '{new['name']}' is required"


def _broken_input(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    name = old["name"]
    if new["name"] != name:
        yield f"where its input '{name}' was there is now '{new['name']}'"
    for part in ("section", "type", "widget_values"):
        if new[part] != old[part]:
            yield f"{part} of its input '{name}' was {old[part]} and is {new[part]}"
    if (new["values"] or [])[: len(old["values"] or [])] != (old["values"] or []):
        yield f"values of its input '{name}' were changed, removed or reordered"
    if _narrower(old["range"], new["range"]):
        yield f"the range of its input '{name}' was {old['range']} and is {new['range']}"


def _narrower(old: list[Any], new: list[Any]) -> bool:
    (old_low, old_high), (low, high) = old, new
    too_high = low is not None and (old_low is None or low > old_low)
    return too_high or (high is not None and (old_high is None or high < old_high))


def main() -> int:
    from synthetic_albums import NODE_CLASS_MAPPINGS

    problems = freeze(NODE_CLASS_MAPPINGS, FILE)
    if problems:
        print("\n".join(["These changes would break saved workflows, so nothing was frozen:", *problems]))
        return 1
    print(f"{FILE.name} holds {len(NODE_CLASS_MAPPINGS)} nodes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
