"""An API-format graph: which values are links, what each node class declares, and what expansion adds on the way."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Node = dict[str, Any]
Graph = dict[str, Node]


class NodeNotFoundError(LookupError):
    """A link leads to a node that is not in the graph."""


def is_link(value: Any) -> bool:
    """Whether an input value is `[node id, output slot]`; any other value is a constant."""
    return (
        isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], (int, float))
    )


class InputSpec(NamedTuple):
    """One declared input. `type` is a socket name or, for a combo, the list of its options."""

    type: Any
    category: str  # "required", "optional" or "hidden"
    options: Mapping[str, Any]

    @property
    def config(self) -> tuple[Any, Mapping[str, Any]]:
        """What an error report calls `input_config`."""
        return self.type, self.options


class Declaration(NamedTuple):
    """What `INPUT_TYPES()` of a class said."""

    inputs: dict[str, InputSpec]  # required first, then optional
    hidden: dict[str, Any]

    def spec(self, name: str) -> InputSpec | None:
        found = self.inputs.get(name)
        if found is None and name in self.hidden:
            return InputSpec(self.hidden[name], "hidden", {})
        return found


class Catalogue:
    """The node classes of a run. A class is asked for its inputs once per run, however many nodes use it."""

    def __init__(self, classes: Mapping[str, type]) -> None:
        self.classes = classes
        self._declarations: dict[str, Declaration] = {}
        self._outputs: dict[str, bool] = {}

    def declaration(self, class_type: str) -> Declaration:
        known = self._declarations.get(class_type)
        if known is None:
            known = self._declarations[class_type] = _read_declaration(self.classes[class_type])
        return known

    def is_output(self, class_type: str) -> bool:
        known = self._outputs.get(class_type)
        if known is None:
            known = self._outputs[class_type] = getattr(self.classes[class_type], "OUTPUT_NODE", False) is True
        return known


def _read_declaration(node_class: Any) -> Declaration:
    declared = node_class.INPUT_TYPES()
    inputs: dict[str, InputSpec] = {}
    for category in ("required", "optional"):
        for name, info in declared.get(category, {}).items():
            inputs.setdefault(name, InputSpec(info[0], category, info[1] if len(info) > 1 else {}))
    hidden = {name: kind[0] if isinstance(kind, tuple) else kind for name, kind in declared.get("hidden", {}).items()}
    return Declaration(inputs, hidden)


class LiveGraph:
    """The graph that was given, plus the nodes that expansions add. What nodes receive as `DYNPROMPT`."""

    def __init__(self, original_prompt: Graph) -> None:
        self.original_prompt = original_prompt
        self.ephemeral_prompt: Graph = {}
        self.ephemeral_parents: dict[str, str] = {}
        self.ephemeral_display: dict[str, str] = {}

    def get_node(self, node_id: str) -> Node:
        node = self.ephemeral_prompt.get(node_id) or self.original_prompt.get(node_id)
        if node is None:
            raise NodeNotFoundError(f"Node {node_id} not found")
        return node

    def has_node(self, node_id: str) -> bool:
        return node_id in self.original_prompt or node_id in self.ephemeral_prompt

    def add_ephemeral_node(self, node_id: str, node_info: Node, parent_id: str, display_id: str) -> None:
        self.ephemeral_prompt[node_id] = node_info
        self.ephemeral_parents[node_id] = parent_id
        self.ephemeral_display[node_id] = display_id

    def get_real_node_id(self, node_id: str) -> str:
        """The node of the given graph that `node_id` was expanded from."""
        return _follow(self.ephemeral_parents, node_id)

    def get_display_node_id(self, node_id: str) -> str:
        """The node that shows the progress of `node_id`."""
        return _follow(self.ephemeral_display, node_id)

    def get_parent_node_id(self, node_id: str) -> str | None:
        return self.ephemeral_parents.get(node_id)

    def all_node_ids(self) -> set[str]:
        return {*self.original_prompt, *self.ephemeral_prompt}

    def get_original_prompt(self) -> Graph:
        return self.original_prompt


def _follow(steps: dict[str, str], start: str) -> str:
    while start in steps:
        start = steps[start]
    return start
