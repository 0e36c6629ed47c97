"""What a node is called with: constants, results of other nodes, hidden inputs; one list of values per input."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .graph import Declaration, LiveGraph, Node, is_link

Slots = list[list[Any]]  # one list of values per output of a node
MISSING = (None,)


@dataclass(frozen=True)
class Surroundings:
    """Where hidden inputs come from. Before a graph runs (validation, fingerprints) there is nothing around it."""

    live: LiveGraph | None = None
    extra_data: dict[str, Any] = field(default_factory=dict)

    def hidden_value(self, kind: str, node_id: str) -> Any:
        """The value of a hidden input, for the kinds of `HIDDEN_KINDS`."""
        if kind == "PROMPT":
            return self.live.get_original_prompt() if self.live is not None else {}
        if kind == "DYNPROMPT":
            return self.live
        if kind == "UNIQUE_ID":
            return node_id
        return self.extra_data.get(kind.lower())


HIDDEN_KINDS = frozenset(
    ("PROMPT", "DYNPROMPT", "EXTRA_PNGINFO", "UNIQUE_ID", "AUTH_TOKEN_COMFY_ORG", "API_KEY_COMFY_ORG")
)
NOWHERE = Surroundings()


def collect_inputs(
    node: Node,
    node_id: str,
    declaration: Declaration,
    around: Surroundings = NOWHERE,
    results: Callable[[str], Slots | None] | None = None,
) -> tuple[dict[str, Sequence[Any]], set[str]]:
    """Every input's list of values, and the names of linked inputs that are not computed (their list is `(None,)`)."""
    values: dict[str, Sequence[Any]] = {}
    missing: set[str] = set()
    for name, value in node["inputs"].items():
        spec = declaration.spec(name)
        if is_link(value) and not (spec is not None and spec.options.get("rawLink")):
            slots = results(value[0]) if results is not None else None
            if slots is None or value[1] >= len(slots):
                missing.add(name)
                values[name] = MISSING
            else:
                values[name] = slots[value[1]]
        elif spec is not None:
            values[name] = [value]
    for name, kind in declaration.hidden.items():
        if kind in HIDDEN_KINDS:
            values[name] = [around.hidden_value(kind, node_id)]
    return values, missing
