"""What nodes return, put into the form that travels between nodes: one list of values per output."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from .blocker import is_blocker
from .graph import Graph
from .inputs import Slots

Ui = dict[str, list[Any]]


class Expansion(NamedTuple):
    """One call's return: the graph to run in the node's place, if any, and the results (values, or links into it)."""

    graph: Graph | None
    result: Any


class Returned(NamedTuple):
    """All calls of one node together: either `slots` or, if any call expanded, `expansions`."""

    slots: Slots
    ui: Ui
    expansions: list[Expansion] | None


def read_returns(returns: Sequence[Any], node_class: Any) -> Returned:
    """Sort out tuples, blockers and dictionaries with `ui`, `result` and `expand`."""
    calls: list[Expansion] = []
    uis: list[Ui] = []
    for value in returns:
        if not isinstance(value, dict):
            calls.append(Expansion(None, _over_all_outputs(value, node_class)))
            continue
        if "ui" in value:
            uis.append(value["ui"])
        if "expand" in value or "result" in value:
            calls.append(Expansion(value.get("expand"), _over_all_outputs(value.get("result"), node_class)))
    ui = {key: [item for one in uis for item in one[key]] for key in uis[0]} if uis else {}
    if any(call.graph is not None for call in calls):
        return Returned([], ui, calls)
    return Returned(merge_results([call.result for call in calls], node_class) if calls else [], ui, None)


def merge_results(results: Sequence[Any], node_class: Any) -> Slots:
    """Collect the calls' values per output; those of an `OUTPUT_IS_LIST` output are strung together."""
    count = len(results[0])
    slots: Slots = []
    for i, is_list in zip(range(count), getattr(node_class, "OUTPUT_IS_LIST", [False] * count), strict=False):
        values = [result[i] for result in results]
        slots.append(_strung_together(values) if is_list else values)
    return slots


def _strung_together(values: Sequence[Any]) -> list[Any]:
    joined: list[Any] = []
    for value in values:
        if is_blocker(value):
            joined.append(value)
        else:
            joined.extend(value)
    return joined


def _over_all_outputs(result: Any, node_class: Any) -> Any:
    return (result,) * len(node_class.RETURN_TYPES) if is_blocker(result) else result
