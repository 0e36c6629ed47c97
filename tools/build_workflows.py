"""Write the shipped workflows, editor and API format, from one description of each.

    python tools/build_workflows.py [--check]

Widget order, sockets and defaults are read from the node classes themselves, so a workflow cannot fall behind them.
"""

import json
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synthetic_albums import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.stages.version import VERSION

WORKFLOWS = Path(__file__).resolve().parent.parent / "workflows"
WIDGET_TYPES = {"INT", "FLOAT", "STRING", "BOOLEAN"}
NOTES = {"MarkdownNote"}
OURS, CORE = "synthetic-albums", "comfy-core"
COLORS = {
    "story": "#5aa0d0",
    "stage": "#6fbf8f",
    "render": "#d08a6a",
    "check": "#d07ab0",
    "look": "#b8a94e",
    "save": "#8f8fd8",
}


@dataclass
class Node:
    """One node of a workflow: a link is `("name of the node", "name of its output")`."""

    name: str
    type: str
    pos: tuple[int, int]
    size: tuple[int, int]
    inputs: dict[str, Any] = field(default_factory=dict)
    title: str | None = None


@dataclass
class Group:
    title: str
    box: tuple[int, int, int, int]
    color: str


@dataclass
class Workflow:
    name: str
    nodes: list[Node]
    groups: list[Group]


QUICKSTART_NOTE = """## One prompt, one album

1. Write the story into **Album Story Planner**.
2. Press **Run**. The photos appear one by one.
3. Open `index.html` in the album's folder, inside ComfyUI's output folder.

Run again and only what changed is made. To redo photo 7, use the subset and attempt of **Album Render**.

**Album Storyboard Renderer** draws. Put *Album Builtin Renderer*, a tiny diffusion model, or any other renderer in \
its place: the rest stays as it is.

Give **Album Gallery** a folder of private pictures and every photo is compared with them. Without one the album says \
that it was *not checked*.

Every node has a help page: select it and click the info symbol above it.
"""

QUICKSTART = Workflow(
    "quickstart",
    [
        Node("note", "MarkdownNote", (40, 90), (400, 250), {"text": QUICKSTART_NOTE}, title="Start here"),
        Node("planner", "AlbumStoryPlanner", (40, 430), (400, 300)),
        Node("layout", "AlbumLayout", (540, 90), (320, 170), {"plan": ("planner", "plan")}),
        Node("renderer", "AlbumStoryboardRenderer", (540, 340), (320, 60)),
        Node(
            "identity",
            "AlbumIdentity",
            (540, 490),
            (320, 330),
            {"plan": ("planner", "plan"), "renderer": ("renderer", "renderer")},
        ),
        Node(
            "render",
            "AlbumRender",
            (960, 90),
            (340, 600),
            {
                "plan": ("planner", "plan"),
                "layout": ("layout", "layout"),
                "cast": ("identity", "cast"),
                "renderer": ("renderer", "renderer"),
            },
        ),
        Node("gallery", "AlbumGallery", (1400, 90), (340, 170)),
        Node(
            "check",
            "AlbumLeakageCheck",
            (1400, 340),
            (340, 330),
            {"album": ("render", "album"), "gallery": ("gallery", "gallery")},
        ),
        Node(
            "photos",
            "PreviewImage",
            (1840, 90),
            (460, 640),
            {"images": ("check", "photos")},
            title="The checked photos",
        ),
        Node("report", "PreviewAny", (1400, 750), (340, 180), {"source": ("check", "report")}, title="Report"),
        Node("save", "AlbumSave", (2400, 90), (520, 640), {"album": ("check", "album")}),
    ],
    [
        Group("1 · Story", (20, 360, 440, 390), COLORS["story"]),
        Group("2 · Layout and cast", (520, 20, 360, 820), COLORS["stage"]),
        Group("3 · Render", (940, 20, 380, 690), COLORS["render"]),
        Group("4 · Check", (1380, 20, 380, 930), COLORS["check"]),
        Group("5 · Look", (1820, 20, 500, 730), COLORS["look"]),
        Group("6 · Save", (2380, 20, 560, 730), COLORS["save"]),
    ],
)

PRIVATE_NOTE = """## An album that must not give anybody away

1. Give **Album Gallery** the folder of your private pictures. Only vectors and hashes of them are kept.
2. Write the story into **Album Story Planner**. Press **Run**.
3. Every photo is compared with the gallery: near-copies, and the people in it. What is too near is made again with \
another seed, less reference, another identity; what still fails is withheld.
4. Open `reports/leakage.html` in the album's folder: what was compared with what, at which error rates, and what was \
redone.

The two **Album Builtin Encoder** nodes know drawn pictures only. For real photos put *Album Encoder Loader* (CLIP, \
DINOv2, SSCD) and *Album Face Encoder* in their places, and calibrate them with `synthetic-albums calibrate`: without \
a calibration nothing is called clean. Without a folder the album says that it was *not checked*.
"""

_SHARED = {"gallery": ("gallery", "gallery")}
PRIVATE_GALLERY = Workflow(
    "private-gallery",
    [
        Node("note", "MarkdownNote", (40, 90), (400, 400), {"text": PRIVATE_NOTE}, title="Start here"),
        Node("planner", "AlbumStoryPlanner", (40, 580), (400, 300)),
        Node("layout", "AlbumLayout", (540, 90), (320, 170), {"plan": ("planner", "plan")}),
        Node("renderer", "AlbumStoryboardRenderer", (540, 340), (320, 60)),
        Node("people", "AlbumBuiltinEncoder", (540, 490), (320, 130), {"looks_at": "people"}, title="People encoder"),
        Node(
            "pictures", "AlbumBuiltinEncoder", (540, 710), (320, 130), {"looks_at": "pictures"}, title="Picture encoder"
        ),
        Node(
            "gallery",
            "AlbumGallery",
            (960, 90),
            (340, 190),
            {"picture_encoder": ("pictures", "encoder"), "person_encoder": ("people", "encoder")},
        ),
        Node(
            "identity",
            "AlbumIdentity",
            (960, 370),
            (340, 330),
            {"plan": ("planner", "plan"), "renderer": ("renderer", "renderer")},
        ),
        Node(
            "render",
            "AlbumRender",
            (1400, 90),
            (340, 600),
            {
                "plan": ("identity", "plan"),
                "layout": ("layout", "layout"),
                "cast": ("identity", "cast"),
                "renderer": ("renderer", "renderer"),
            },
        ),
        Node("check", "AlbumLeakageCheck", (1840, 90), (340, 330), {"album": ("render", "album"), **_SHARED}),
        Node(
            "redo",
            "AlbumResynthesize",
            (1840, 510),
            (340, 560),
            {
                "album": ("check", "album"),
                "plan": ("identity", "plan"),
                "layout": ("layout", "layout"),
                "cast": ("identity", "cast"),
                "renderer": ("renderer", "renderer"),
                **_SHARED,
            },
        ),
        Node("report", "AlbumLeakageReport", (2280, 90), (420, 130), {"album": ("redo", "album")}),
        Node(
            "picture",
            "PreviewImage",
            (2280, 310),
            (420, 560),
            {"images": ("report", "picture")},
            title="The leakage report",
        ),
        Node("log", "PreviewAny", (2280, 950), (420, 160), {"source": ("redo", "log")}, title="What was redone"),
        Node("save", "AlbumSave", (2800, 90), (520, 640), {"album": ("redo", "album")}),
    ],
    [
        Group("1 · Story", (20, 510, 440, 390), COLORS["story"]),
        Group("2 · Layout, renderer, encoders", (520, 20, 360, 840), COLORS["stage"]),
        Group("3 · Gallery and cast", (940, 20, 380, 700), COLORS["stage"]),
        Group("4 · Render", (1380, 20, 380, 690), COLORS["render"]),
        Group("5 · Check and redo", (1820, 20, 380, 1070), COLORS["check"]),
        Group("6 · Report", (2260, 20, 460, 1110), COLORS["look"]),
        Group("7 · Save", (2780, 20, 560, 730), COLORS["save"]),
    ],
)

ALL = [QUICKSTART, PRIVATE_GALLERY]


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
