"""The files of the editor and of servers, made from the description of a workflow.

Widget order, sockets and defaults are read from the node classes themselves, so a file cannot fall behind them.
"""

import uuid
from typing import Any

from shipped_workflows import Blueprint, Node, Workflow
from synthetic_albums import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.stages.version import VERSION

WIDGET_TYPES = {"INT", "FLOAT", "STRING", "BOOLEAN"}
NOTES = {"MarkdownNote"}
OURS, CORE = "synthetic-albums", "comfy-core"
LIST_SHAPE, OPTIONAL_SHAPE = 6, 7  # how the editor draws sockets of lists, and those that may stay empty
VIEW = {"scale": 0.7, "offset": [110, 130]}  # the first group is clear of the editor's bars, which lie on the canvas
LINK_KEYS = ("id", "origin_id", "origin_slot", "target_id", "target_slot", "type")
INPUTS, OUTPUTS = -10, -20  # the nodes that stand for a subgraph's own sockets inside it
FIRST_INSIDE = (
    101  # ids of a blueprint's nodes start where a workflow that uses it hardly comes; newer editors renumber
)


def editor_format(workflow: Workflow) -> dict[str, Any]:
    """The workflow as the editor saves it, schema 0.4."""
    nodes, links = _nodes_and_links(workflow)
    return {
        "id": _made_id(workflow.name),
        "revision": 0,
        "last_node_id": len(nodes),
        "last_link_id": len(links),
        "nodes": nodes,
        "links": links,
        "groups": _groups(workflow),
        "config": {},
        "extra": {"ds": VIEW},
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


def blueprint_format(blueprint: Blueprint) -> dict[str, Any]:
    """One node that holds the blueprint's workflow, with the exposed widgets and outputs: a workflow of its own."""
    definition = _definition(blueprint)
    widgets = [exposed.widgets[0] for exposed in blueprint.inputs]
    instance = {
        "id": 1,
        "type": definition["id"],
        "title": blueprint.title,
        "pos": [40, 90],
        "size": list(blueprint.size),
        "flags": {},
        "order": 0,
        "mode": 0,
        "inputs": [
            {"name": one["name"], "type": one["type"], "widget": {"name": one["name"]}, "link": None}
            for one in definition["inputs"]
        ],
        "outputs": [{"name": one["name"], "type": one["type"], "links": None} for one in definition["outputs"]],
        "properties": {"proxyWidgets": [], "cnr_id": OURS, "ver": VERSION},
        "widgets_values": [_value(_find(blueprint.workflow, node), widget) for node, widget in widgets],
    }
    return {
        "id": _made_id(blueprint.name),
        "revision": 0,
        "last_node_id": 1,
        "last_link_id": 0,
        "nodes": [instance],
        "links": [],
        "groups": [],
        "definitions": {"subgraphs": [definition]},
        "config": {},
        "extra": {
            "BlueprintDescription": blueprint.description,
            "BlueprintSearchAliases": list(blueprint.search_aliases),
        },
        "version": 0.4,
    }


def _definition(blueprint: Blueprint) -> dict[str, Any]:
    """The subgraph, schema 1: its links are objects, and its own inputs and outputs are nodes -10 and -20."""
    workflow = blueprint.workflow
    nodes, flat = _nodes_and_links(workflow, first=FIRST_INSIDE)
    links = [dict(zip(LINK_KEYS, link, strict=True)) for link in flat]
    left, right = workflow.nodes[0].pos[0] - 200, max(node.pos[0] + node.size[0] for node in workflow.nodes) + 80
    given, shown = _given(blueprint, nodes, links, left + 100), _shown(blueprint, nodes, links, right + 20)
    return {
        "id": _made_id(f"{blueprint.name}/definition"),
        "version": 1,
        "state": {
            "lastGroupId": len(workflow.groups),
            "lastNodeId": nodes[-1]["id"],
            "lastLinkId": len(links),
            "lastRerouteId": 0,
        },
        "revision": 0,
        "config": {},
        "name": blueprint.title,
        "inputNode": {"id": INPUTS, "bounding": [left, 90, 120, 40 + 20 * len(given)]},
        "outputNode": {"id": OUTPUTS, "bounding": [right, 90, 120, 40 + 20 * len(shown)]},
        "inputs": given,
        "outputs": shown,
        "widgets": [],
        "nodes": nodes,
        "groups": _groups(workflow),
        "links": links,
        "extra": {},
    }


def _given(blueprint: Blueprint, nodes: list[Any], links: list[Any], x: int) -> list[dict[str, Any]]:
    """The subgraph's inputs, joined to the widgets that they set."""
    given = []
    for index, exposed in enumerate(blueprint.inputs):
        joined, kind = [], ""
        for name, widget in exposed.widgets:
            node = _made(blueprint, nodes, name)
            slot = [socket["name"] for socket in node["inputs"]].index(widget)
            kind = node["inputs"][slot]["type"]
            joined.append(_join(links, (INPUTS, index), (node["id"], slot), kind))
            node["inputs"][slot]["link"] = joined[-1]
        given.append(_boundary(blueprint, exposed.name, kind, joined, (x, 110 + 20 * index)))
    return given


def _shown(blueprint: Blueprint, nodes: list[Any], links: list[Any], x: int) -> list[dict[str, Any]]:
    """The subgraph's outputs, joined to the nodes that they come from."""
    shown = []
    for index, (name, source, output) in enumerate(blueprint.outputs):
        node, slot = _made(blueprint, nodes, source), _slot(blueprint.workflow, source, output)
        socket = node["outputs"][slot]
        joined = _join(links, (node["id"], slot), (OUTPUTS, index), socket["type"])
        socket["links"] = [*(socket["links"] or []), joined]
        shown.append(_boundary(blueprint, name, socket["type"], [joined], (x, 110 + 20 * index)))
    return shown


def _made(blueprint: Blueprint, nodes: list[Any], name: str) -> dict[str, Any]:
    return nodes[[node.name for node in blueprint.workflow.nodes].index(name)]


def _join(links: list[Any], origin: tuple[int, int], target: tuple[int, int], kind: str) -> int:
    links.append(dict(zip(LINK_KEYS, (len(links) + 1, *origin, *target, kind), strict=True)))
    return len(links)


def _boundary(blueprint: Blueprint, name: str, kind: str, links: list[int], pos: tuple[int, int]) -> dict[str, Any]:
    """A socket of the blueprint itself."""
    return {
        "id": _made_id(f"{blueprint.name}/{name}"),
        "name": name,
        "type": kind,
        "linkIds": links,
        "pos": list(pos),
    }


def _made_id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"synthetic-albums/{name}"))


def _nodes_and_links(workflow: Workflow, *, first: int = 1) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """The nodes, whose ids count from `first`, and their links."""
    numbers = {node.name: index for index, node in enumerate(workflow.nodes, start=first)}
    links: list[list[Any]] = []
    nodes = [_editor_node(node, numbers, workflow, links) for node in workflow.nodes]
    for link_id, source, slot, *_ in links:
        outputs = nodes[source - first]["outputs"]
        outputs[slot]["links"] = [*(outputs[slot]["links"] or []), link_id]
    return nodes, links


def _groups(workflow: Workflow) -> list[dict[str, Any]]:
    return [
        {
            "id": index,
            "title": group.title,
            "bounding": list(group.box),
            "color": group.color,
            "font_size": 24,
            "flags": {},
        }
        for index, group in enumerate(workflow.groups, start=1)
    ]


def _editor_node(node: Node, numbers: dict[str, int], workflow: Workflow, links: list[list[Any]]) -> dict[str, Any]:
    inputs = _editor_inputs(node)
    for slot, socket in enumerate(inputs):
        if isinstance(node.inputs.get(socket["name"]), tuple):
            source, output = node.inputs[socket["name"]]
            out_slot = _slot(workflow, source, output)
            kind = _outputs(_find(workflow, source).type)[out_slot]["type"]
            socket["link"] = len(links) + 1
            links.append([socket["link"], numbers[source], out_slot, numbers[node.name], slot, kind])
    ours = node.type in NODE_CLASS_MAPPINGS
    return {
        "id": numbers[node.name],
        "type": node.type,
        **({"title": node.title} if node.title else {}),
        "pos": list(node.pos),
        "size": list(node.size),
        "flags": {},
        "order": list(numbers).index(node.name),
        "mode": 0,
        "inputs": inputs,
        "outputs": _outputs(node.type),
        "properties": {
            "Node name for S&R": node.type,
            "cnr_id": OURS if ours else CORE,
            "ver": VERSION if ours else "0.3.64",
            **({"models": list(node.models)} if node.models else {}),
        },
        "widgets_values": _widget_values(node),
        **({"color": "#432", "bgcolor": "#653"} if node.type in NOTES else {}),
    }


def _editor_inputs(node: Node) -> list[dict[str, Any]]:
    """The node's sockets in the editor's order: those that only take links stand before those of widgets."""
    sockets, widgets = [], []
    optional = _class_of(node.type).INPUT_TYPES().get("optional", {}) if node.type not in NOTES else {}
    for name, spec in _declared(node.type).items():
        socket = {"name": name, "type": "COMBO" if isinstance(spec[0], list) else spec[0]}
        if name in optional:
            socket["shape"] = OPTIONAL_SHAPE
        if _is_widget(spec):
            socket["widget"] = {"name": name}
        (widgets if _is_widget(spec) else sockets).append({**socket, "link": None})
    return sockets + widgets


def _widget_values(node: Node) -> list[Any]:
    if node.type in NOTES:
        return [node.inputs["text"]]
    values = []
    for name, spec in _declared(node.type).items():
        if _is_widget(spec):
            values.append(_value(node, name))
            if _options(spec).get("control_after_generate"):
                values.append("fixed")
    return values


def _value(node: Node, widget: str) -> Any:
    given = node.inputs.get(widget)
    return _default(_declared(node.type)[widget]) if given is None or isinstance(given, tuple) else given


def _class_of(node_type: str) -> Any:
    return {**CORE_NODES, **NODE_CLASS_MAPPINGS}[node_type]


def _declared(node_type: str) -> dict[str, Any]:
    if node_type in NOTES:
        return {}
    declared = _class_of(node_type).INPUT_TYPES()
    return {**declared.get("required", {}), **declared.get("optional", {})}


def _outputs(node_type: str) -> list[dict[str, Any]]:
    if node_type in NOTES:
        return []
    node_class = _class_of(node_type)
    types = node_class.RETURN_TYPES
    names = getattr(node_class, "RETURN_NAMES", None) or types
    listed = getattr(node_class, "OUTPUT_IS_LIST", None) or [False] * len(types)
    return [
        {"name": name, "type": kind, **({"shape": LIST_SHAPE} if many else {}), "links": None}
        for name, kind, many in zip(names, types, listed, strict=True)
    ]


def _slot(workflow: Workflow, source: str, output: str) -> int:
    return [socket["name"] for socket in _outputs(_find(workflow, source).type)].index(output)


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
