"""How a shipped workflow is described: nodes with their links, in groups that stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

COLORS = {
    "story": "#5aa0d0",
    "stage": "#6fbf8f",
    "render": "#d08a6a",
    "check": "#d07ab0",
    "look": "#b8a94e",
    "save": "#8f8fd8",
}
LEFT, TOP = 40, 90  # of the first node, pixels of the canvas
NODE_GAP, COLUMN_GAP = 90, 100  # between the bodies of nodes: below each other, side by side
BORDER, HEADING = 20, 70  # of a group around its nodes: at the sides and below, above the first one's body


@dataclass
class Node:
    """One node of a workflow: a link is `("name of the node", "name of its output")`.

    models: the files that the node needs, as the editor offers to download them: name, url, directory.
    """

    name: str
    type: str
    pos: tuple[int, int]
    size: tuple[int, int]
    inputs: dict[str, Any] = field(default_factory=dict)
    title: str | None = None
    models: tuple[dict[str, str], ...] = ()


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


@dataclass
class Exposed:
    """A widget of a blueprint; it sets these widgets inside, as `("name of the node", "name of its widget")`."""

    name: str
    widgets: tuple[tuple[str, str], ...]


@dataclass
class Blueprint:
    """A workflow as one node of the editor's library.

    outputs: name, the node inside, its output. size: of the node. search_aliases: words that find it.
    """

    name: str
    title: str
    description: str
    search_aliases: tuple[str, ...]
    workflow: Workflow
    inputs: tuple[Exposed, ...]
    outputs: tuple[tuple[str, str, str], ...]
    size: tuple[int, int]


@dataclass
class Column:
    """A group of nodes below each other; its note stands above the group.

    width: of the nodes. Of a node in it the position and the width are not said, only the height.
    """

    title: str
    color: str
    width: int
    nodes: list[Node]
    note: Node | None = None


def part(
    name: str,
    kind: str,
    height: int,
    title: str | None = None,
    /,
    *,
    models: tuple[dict[str, str], ...] = (),
    **inputs: Any,
) -> Node:
    """A node of a column."""
    return Node(name, kind, (0, 0), (0, height), inputs, title, models)


def note(name: str, height: int, title: str, text: str) -> Node:
    """A note for the top of a column."""
    return part(name, "MarkdownNote", height, title, text=text)


def in_columns(name: str, columns: Sequence[Column]) -> Workflow:
    """Columns from left to right, each with its nodes from top to bottom."""
    nodes: list[Node] = []
    groups: list[Group] = []
    x = LEFT
    for number, column in enumerate(columns, start=1):
        y = TOP
        if column.note is not None:
            y = _put(column.note, x, y, column.width)
            nodes.append(column.note)
        top = y - HEADING
        for node in column.nodes:
            y = _put(node, x, y, column.width)
        nodes += column.nodes
        bottom = y - NODE_GAP + BORDER
        box = (x - BORDER, top, column.width + 2 * BORDER, bottom - top)
        groups.append(Group(f"{number} · {column.title}", box, COLORS[column.color]))
        x += column.width + COLUMN_GAP
    return Workflow(name, nodes, groups)


def _put(node: Node, x: int, y: int, width: int) -> int:
    """Give a node its place; returns where the next one below it starts."""
    node.pos, node.size = (x, y), (width, node.size[1])
    return y + node.size[1] + NODE_GAP
