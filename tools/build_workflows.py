"""Write the shipped workflows, editor and API format, from one description of each.

    python tools/build_workflows.py [--check]

The descriptions are in `shipped_workflows`. Widget order, sockets and defaults are read from the node classes
themselves, so a workflow cannot fall behind them.
"""

import json
import sys
import uuid
from pathlib import Path
from typing import Any

from shipped_workflows import ALL, Node, Workflow
from synthetic_albums import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.stages.version import VERSION

WORKFLOWS = Path(__file__).resolve().parent.parent / "workflows"
WIDGET_TYPES = {"INT", "FLOAT", "STRING", "BOOLEAN"}
NOTES = {"MarkdownNote"}
OURS, CORE = "synthetic-albums", "comfy-core"


def editor_format(workflow: Workflow) -> dict[str, Any]:
    """The workflow as the editor saves it, schema 0.4."""
    numbers = {node.name: index for index, node in enumerate(workflow.nodes, start=1)}
    links: list[list[Any]] = []
    nodes = [_editor_node(node, numbers, workflow, links) for node in workflow.nodes]
    for link_id, source, slot, *_ in links:
        outputs = nodes[source - 1]["outputs"]
        outputs[slot]["links"] = [*(outputs[slot]["links"] or []), link_id]
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"synthetic-albums/{workflow.name}")),
        "revision": 0,
        "last_node_id": len(nodes),
        "last_link_id": len(links),
        "nodes": nodes,
        "links": links,
        "groups": [
            {
                "id": index,
                "title": group.title,
                "bounding": list(group.box),
                "color": group.color,
                "font_size": 24,
                "flags": {},
            }
            for index, group in enumerate(workflow.groups, start=1)
        ],
        "config": {},
        "extra": {"ds": {"scale": 0.7, "offset": [40, 60]}},
        "version": 0.4,
    }


def api_format(workflow: Workflow) -> dict[str, Any]:
    """The workflow as it is posted to `/prompt`; notes are left out."""
    numbers = {node.name: str(index) for index, node in enumerate(workflow.nodes, start=1)}
    graph = {}
    for node in workflow.nodes:
        if node.type in NOTES:
            continue
        inputs: dict[str, Any] = {}
        for name, spec in _declared(node.type).items():
            if isinstance(node.inputs.get(name), tuple):
                source, output = node.inputs[name]
                inputs[name] = [numbers[source], _slot(workflow, source, output)]
            elif _is_widget(spec):
                inputs[name] = node.inputs.get(name, _default(spec))
        graph[numbers[node.name]] = {
            "class_type": node.type,
            "inputs": inputs,
            "_meta": {"title": node.title or NODE_DISPLAY_NAME_MAPPINGS.get(node.type, node.type)},
        }
    return graph


def texts() -> dict[Path, str]:
    """Every file that is made, with its content."""
    files = {}
    for workflow in ALL:
        for path, content in (
            (WORKFLOWS / f"{workflow.name}.json", editor_format(workflow)),
            (WORKFLOWS / "api" / f"{workflow.name}.json", api_format(workflow)),
        ):
            files[path] = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    return files


def main() -> int:
    stale = [p for p, text in texts().items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what tools/build_workflows.py makes: run it.")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(texts()[path], encoding="utf-8")
        print(f"wrote {path.relative_to(WORKFLOWS.parent)}")
    return 0


def _editor_node(node: Node, numbers: dict[str, int], workflow: Workflow, links: list[list[Any]]) -> dict[str, Any]:
    inputs, values = [], []
    for name, spec in _declared(node.type).items():
        link = None
        if isinstance(node.inputs.get(name), tuple):
            source, output = node.inputs[name]
            slot = _slot(workflow, source, output)
            link = len(links) + 1
            links.append(
                [
                    link,
                    numbers[source],
                    slot,
                    numbers[node.name],
                    len(inputs),
                    _outputs(_find(workflow, source).type)[slot][1],
                ]
            )
        widget = _is_widget(spec)
        kind = "COMBO" if isinstance(spec[0], list) else spec[0]
        inputs.append({"name": name, "type": kind, **({"widget": {"name": name}} if widget else {}), "link": link})
        if widget:
            values.append(node.inputs.get(name, _default(spec)) if link is None else _default(spec))
            if _options(spec).get("control_after_generate"):
                values.append("fixed")
    if node.type in NOTES:
        values = [node.inputs["text"]]
    ours = node.type in NODE_CLASS_MAPPINGS
    return {
        "id": numbers[node.name],
        "type": node.type,
        **({"title": node.title} if node.title else {}),
        "pos": list(node.pos),
        "size": list(node.size),
        "flags": {},
        "order": numbers[node.name] - 1,
        "mode": 0,
        "inputs": inputs,
        "outputs": [{"name": name, "type": kind, "links": None} for name, kind in _outputs(node.type)],
        "properties": {
            "Node name for S&R": node.type,
            "cnr_id": OURS if ours else CORE,
            "ver": VERSION if ours else "0.3.64",
            **({"models": list(node.models)} if node.models else {}),
        },
        "widgets_values": values,
    }


def _declared(node_type: str) -> dict[str, Any]:
    if node_type in NOTES:
        return {}
    declared = {**CORE_NODES, **NODE_CLASS_MAPPINGS}[node_type].INPUT_TYPES()
    return {**declared.get("required", {}), **declared.get("optional", {})}


def _outputs(node_type: str) -> list[tuple[str, str]]:
    if node_type in NOTES:
        return []
    node_class = {**CORE_NODES, **NODE_CLASS_MAPPINGS}[node_type]
    types = node_class.RETURN_TYPES
    return list(zip(getattr(node_class, "RETURN_NAMES", None) or types, types, strict=True))


def _slot(workflow: Workflow, source: str, output: str) -> int:
    return [name for name, _ in _outputs(_find(workflow, source).type)].index(output)


def _find(workflow: Workflow, name: str) -> Node:
    return next(node for node in workflow.nodes if node.name == name)


def _options(spec: Any) -> dict[str, Any]:
    return spec[1] if len(spec) > 1 else {}


def _is_widget(spec: Any) -> bool:
    return (isinstance(spec[0], list) or spec[0] in WIDGET_TYPES) and not _options(spec).get("forceInput")


def _default(spec: Any) -> Any:
    options = _options(spec)
    if "default" in options:
        return options["default"]
    return (
        spec[0][0] if isinstance(spec[0], list) else {"INT": 0, "FLOAT": 0.0, "STRING": "", "BOOLEAN": False}[spec[0]]
    )


if __name__ == "__main__":
    sys.exit(main())
