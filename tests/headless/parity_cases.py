"""Small graphs that must end the same way here and in ComfyUI, and the form in which the two ends are compared.

Used by `test_executor.py` (with the answers written down), by `comfy_side.py` (in ComfyUI's own Python) and by
`tests/comfyui/test_parity.py`, which compares the two. So this module imports neither side at its top.
"""

import asyncio
import json
from pathlib import Path
from typing import NamedTuple

CALLS = []  # what nodes were called with, in order


def node(name, inputs=None, *, returns=("*",), run=None, output=False, **attributes):
    """A node class: `inputs` as INPUT_TYPES gives them, `run` its function, everything else class attributes."""
    declared = inputs or {}
    if "required" not in declared and "optional" not in declared and "hidden" not in declared:
        declared = {"required": declared}

    def call(self, **values):
        CALLS.append([name, {key: _shown(value) for key, value in values.items()}])
        return run(**values) if run is not None else (None,) * len(returns)

    async def call_async(self, **values):
        CALLS.append([name, {key: _shown(value) for key, value in values.items()}])
        return await run(**values)

    body = {
        "INPUT_TYPES": classmethod(lambda cls: declared),
        "RETURN_TYPES": returns,
        "FUNCTION": "call",
        "CATEGORY": "tests",
        "OUTPUT_NODE": output,
        "call": call_async if asyncio.iscoroutinefunction(run) else call,
        **attributes,
    }
    return {name: type(name, (), body)}


def _shown(value):
    return value if isinstance(value, (str, int, float, bool, list, dict, tuple, type(None))) else "object"


def at(class_type, **inputs):
    return {"class_type": class_type, "inputs": inputs}


def blocker(message):
    try:
        from comfy_execution.graph_utils import ExecutionBlocker
    except ImportError:
        from synthetic_albums.headless.blocker import ExecutionBlocker
    return ExecutionBlocker(message)


class Anything(str):
    """The type that node packs use for sockets that fit everything."""

    __slots__ = ()

    def __ne__(self, other):
        return False

    __eq__ = str.__eq__
    __hash__ = str.__hash__


class Case(NamedTuple):
    name: str
    nodes: dict
    graph: dict
    runs: int = 1  # how often the graph is run with the same cache


ANY = Anything("*")
SHOW = node("Show", {"value": (ANY,)}, returns=(), output=True, run=lambda value: {"ui": {"shown": [value]}})
SHOW_TWO = node(
    "ShowTwo", {"a": (ANY,), "b": (ANY,)}, returns=(), output=True, run=lambda a, b: {"ui": {"shown": [[a, b]]}}
)
NUMBER = node("Number", {"value": ("INT", {"default": 1})}, returns=("INT",), run=lambda value: (value,))
TEXT = node("Text", {"value": ("STRING", {})}, returns=("STRING",), run=lambda value: (value,))
ADD = node("Add", {"a": ("INT", {}), "b": ("INT", {})}, returns=("INT",), run=lambda a, b: (a + b,))
COUNT_UP = node(
    "CountUp", {"n": ("INT", {})}, returns=("INT",), run=lambda n: (list(range(n)),), OUTPUT_IS_LIST=(True,)
)
TOTAL = node("Total", {"values": ("INT", {})}, returns=("INT",), run=lambda values: (sum(values),), INPUT_IS_LIST=True)
FAIL = node("Fail", {"value": (ANY,)}, run=lambda value: 1 // 0)
BLOCK = node("Block", {"message": ("STRING", {})}, run=lambda message: (blocker(message or None),), returns=("INT",))
SCALED = node(
    "Scaled",
    {
        "size": ("INT", {"min": 1, "max": 10}),
        "share": ("FLOAT", {"min": 0.0, "max": 1.0}),
        "mode": (["soft", "hard"],),
        "name": ("STRING", {}),
        "on": ("BOOLEAN", {}),
    },
    returns=(),
    output=True,
    run=lambda **values: {"ui": {"shown": [values]}},
)
GOOD_SCALE = {"size": 5, "share": 0.5, "mode": "soft", "name": "x", "on": True}
MANY = node("Many", {"pick": ([f"file{i}" for i in range(30)],)}, returns=(), output=True)


def scaled(**changes):
    return {"1": at("Scaled", **{**GOOD_SCALE, **changes})}


def choose(pick_first, **attributes):
    """A lazy switch: asks for one of its inputs only."""

    def check_lazy_status(self, first=None, second=None, **_):
        wanted, value = ("first", first) if pick_first else ("second", second)
        return [wanted] if value is None else []

    return node(
        "Choose",
        {"required": {"first": (ANY, {"lazy": True}), "second": (ANY, {"lazy": True})}},
        run=lambda first=None, second=None: (first if pick_first else second,),
        returns=("INT",),
        **{"check_lazy_status": check_lazy_status, **attributes},
    )


def validating(function, *, inputs=None, **attributes):
    """An output node with its own VALIDATE_INPUTS."""
    return node(
        "Judged",
        inputs or {"size": ("INT", {"min": 1, "max": 10}), "mode": (["soft", "hard"],)},
        returns=(),
        output=True,
        run=lambda **values: {"ui": {"shown": [sorted(values)]}},
        VALIDATE_INPUTS=classmethod(function),
        **attributes,
    )


async def slow_double(value):
    await asyncio.sleep(0.01)
    return (value * 2,)


async def slow_failure(value):
    await asyncio.sleep(0.01)
    raise ValueError(f"no luck with {value}")


def expanding(build, **options):
    return node("Grow", {"value": ("INT", {})}, returns=("INT",), run=build, **options)


def grow_sum(value):
    graph = {"grown.a": at("Number", value=value), "grown.b": at("Add", a=["grown.a", 0], b=10)}
    return {"result": (["grown.b", 0],), "expand": graph}


def grow_list(value):
    graph = {"grown.a": at("CountUp", n=value)}
    return {"result": (["grown.a", 0],), "expand": graph}


def grow_failure(value):
    return {"result": (["grown.a", 0],), "expand": {"grown.a": at("Fail", value=value)}}


def grow_output(value):
    return {"result": (value,), "expand": {"grown.s": at("Show", value=f"inner {value}")}}


def grow_duplicate(value):
    return {"result": (value,), "expand": {"1": at("Number", value=value)}}


def grow_cycle(value):
    graph = {"grown.a": at("Add", a=["grown.b", 0], b=1), "grown.b": at("Add", a=["grown.a", 0], b=1)}
    return {"result": (["grown.a", 0],), "expand": graph}


HIDDEN = node(
    "Hidden",
    {
        "required": {"value": ("INT", {})},
        "hidden": {
            "graph": "PROMPT",
            "me": "UNIQUE_ID",
            "info": "EXTRA_PNGINFO",
            "token": "AUTH_TOKEN_COMFY_ORG",
            "key": "API_KEY_COMFY_ORG",
            "live": "DYNPROMPT",
        },
    },
    returns=(),
    output=True,
    run=lambda live=None, **values: {"ui": {"shown": [values, live.get_real_node_id("1")]}},
)
RAW = node(
    "Raw", {"link": ("INT", {"rawLink": True})}, returns=(), output=True, run=lambda link: {"ui": {"shown": [link]}}
)
STAMPED = node(
    "Stamped",
    {"value": ("INT", {})},
    returns=("INT",),
    run=lambda value: (value,),
    IS_CHANGED=classmethod(lambda cls, value: CALLS.append(["stamp", {"value": value}]) or float("nan")),
)
STEADY = node(
    "Steady",
    {"value": ("INT", {})},
    returns=("INT",),
    run=lambda value: (value,),
    IS_CHANGED=classmethod(lambda cls, value: "always the same"),
)
BROKEN_STAMP = node(
    "BrokenStamp",
    {"value": ("INT", {})},
    returns=("INT",),
    run=lambda value: (value,),
    IS_CHANGED=classmethod(lambda cls, value: 1 // 0),
)
NAMED = node(
    "Named",
    {"required": {"value": ("INT", {})}, "hidden": {"me": "UNIQUE_ID"}},
    returns=("INT",),
    run=lambda value, me: (value,),
)

CASES = [
    Case("a value travels", {**NUMBER, **SHOW}, {"1": at("Number", value=3), "2": at("Show", value=["1", 0])}),
    Case("constants are converted", SCALED, scaled(size="7", share="1e-1", name=12, on="false")),
    Case("numbers are cut to integers", SCALED, scaled(size=3.9)),
    Case("unknown constants are ignored", SCALED, scaled(nonsense=1)),
    Case(
        "an unknown linked input reaches the function",
        {**NUMBER, **SHOW},
        {"1": at("Number", value=3), "2": at("Show", value=1, extra=["1", 0])},
    ),
    Case("a wrapped list is unwrapped", SHOW, {"1": at("Show", value={"__value__": [1, 2, 3]})}),
    Case(
        "a missing optional input is absent",
        node("Maybe", {"optional": {"x": ("INT", {"default": 4})}}, returns=(), output=True),
        {"1": at("Maybe")},
    ),
    Case(
        "only what outputs need runs",
        {**NUMBER, **SHOW},
        {"1": at("Number", value=3), "2": at("Number", value=4), "3": at("Show", value=["1", 0])},
    ),
    Case(
        "lists map and the last value repeats",
        {**COUNT_UP, **ADD, **SHOW},
        {
            "1": at("CountUp", n=3),
            "2": at("CountUp", n=2),
            "3": at("Add", a=["1", 0], b=["2", 0]),
            "4": at("Show", value=["3", 0]),
        },
    ),
    Case(
        "INPUT_IS_LIST takes whole lists",
        {**COUNT_UP, **TOTAL, **SHOW},
        {"1": at("CountUp", n=4), "2": at("Total", values=["1", 0]), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "mapped list outputs are strung together",
        {**COUNT_UP, **SHOW},
        {"1": at("CountUp", n=3), "2": at("CountUp", n=["1", 0]), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "an empty list calls without arguments",
        {**COUNT_UP, **SHOW},
        {"1": at("CountUp", n=0), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "INPUT_IS_LIST wraps widgets and hidden inputs",
        node(
            "Wrapped",
            {"required": {"x": ("INT", {})}, "hidden": {"me": "UNIQUE_ID"}},
            returns=(),
            output=True,
            INPUT_IS_LIST=True,
            run=lambda x, me: {"ui": {"shown": [x, me]}},
        ),
        {"7": at("Wrapped", x=5)},
    ),
    Case("hidden inputs are filled in", HIDDEN, {"1": at("Hidden", value=2)}),
    Case("a raw link stays a link", {**NUMBER, **RAW}, {"1": at("Number", value=3), "2": at("Raw", link=["1", 0])}),
    Case(
        "equal nodes run once",
        {**NUMBER, **SHOW_TWO},
        {"1": at("Number", value=3), "2": at("Number", value=3), "3": at("ShowTwo", a=["1", 0], b=["2", 0])},
    ),
    Case(
        "equal nodes that ask for their id run twice",
        {**NAMED, **SHOW_TWO},
        {"1": at("Named", value=3), "2": at("Named", value=3), "3": at("ShowTwo", a=["1", 0], b=["2", 0])},
    ),
    Case(
        "a second run repeats nothing",
        {**NUMBER, **SHOW},
        {"1": at("Number", value=3), "2": at("Show", value=["1", 0])},
        2,
    ),
    Case(
        "a NaN fingerprint runs again",
        {**STAMPED, **SHOW},
        {"1": at("Stamped", value=3), "2": at("Show", value=["1", 0])},
        2,
    ),
    Case(
        "a steady fingerprint does not",
        {**STEADY, **SHOW},
        {"1": at("Steady", value=3), "2": at("Show", value=["1", 0])},
        2,
    ),
    Case(
        "a failing fingerprint runs again",
        {**BROKEN_STAMP, **SHOW},
        {"1": at("BrokenStamp", value=3), "2": at("Show", value=["1", 0])},
        2,
    ),
    Case(
        "a lazy input that is not needed never runs",
        {**choose(True), **NUMBER, **FAIL, **SHOW},
        {
            "1": at("Number", value=3),
            "2": at("Fail", value=1),
            "3": at("Choose", first=["1", 0], second=["2", 0]),
            "4": at("Show", value=["3", 0]),
        },
    ),
    Case(
        "a given constant is not asked for",
        {**choose(False), **NUMBER, **SHOW},
        {"1": at("Number", value=3), "3": at("Choose", first=["1", 0], second=5), "4": at("Show", value=["3", 0])},
    ),
    Case(
        "asking lazily for an input that is not there fails",
        {**choose(False, check_lazy_status=lambda self, **_: ["other"]), **NUMBER, **SHOW},
        {"1": at("Number", value=3), "3": at("Choose", first=["1", 0], second=5), "4": at("Show", value=["3", 0])},
    ),
    Case(
        "what check_lazy_status returns need not be a list",
        {**choose(True, check_lazy_status=lambda self, **_: None), **NUMBER, **SHOW},
        {"1": at("Number", value=3), "3": at("Choose", first=["1", 0], second=5), "4": at("Show", value=["3", 0])},
    ),
    Case(
        "async nodes run",
        {**node("Slow", {"value": ("INT", {})}, returns=("INT",), run=slow_double), **COUNT_UP, **SHOW},
        {"1": at("CountUp", n=3), "2": at("Slow", value=["1", 0]), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "an async node fails",
        {**node("Slow", {"value": ("INT", {})}, returns=("INT",), run=slow_failure), **SHOW},
        {"1": at("Slow", value=4), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "an expansion takes the node's place",
        {**expanding(grow_sum), **NUMBER, **ADD, **SHOW},
        {"1": at("Grow", value=5), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "an expansion is remembered",
        {**expanding(grow_sum), **NUMBER, **ADD, **SHOW},
        {"1": at("Grow", value=5), "2": at("Show", value=["1", 0])},
        2,
    ),
    Case(
        "a list out of an expansion fills the outputs",
        {**expanding(grow_list), **COUNT_UP, **SHOW},
        {"1": at("Grow", value=3), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "an error inside an expansion is its node's",
        {**expanding(grow_failure), **FAIL, **SHOW},
        {"1": at("Grow", value=5), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "an output inside an expansion runs",
        {**expanding(grow_output), **SHOW},
        {"1": at("Grow", value=5), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "an expansion may not take an id",
        {**expanding(grow_duplicate), **NUMBER, **SHOW},
        {"1": at("Grow", value=5), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "a cycle in an expansion is refused",
        {**expanding(grow_cycle), **ADD, **SHOW},
        {"1": at("Grow", value=5), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "a silent blocker stops what is downstream",
        {**BLOCK, **ADD, **SHOW},
        {"1": at("Block", message=""), "2": at("Add", a=["1", 0], b=1), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "a blocker with a message is reported",
        {**BLOCK, **ADD, **SHOW},
        {"1": at("Block", message="no"), "2": at("Add", a=["1", 0], b=1), "3": at("Show", value=["2", 0])},
    ),
    Case("a node fails", {**FAIL, **SHOW}, {"1": at("Fail", value=[1, 2, 3]), "2": at("Show", value=["1", 0])}),
    Case(
        "a failure shows its inputs",
        {**NUMBER, **FAIL, **SHOW},
        {"1": at("Number", value=3), "2": at("Fail", value=["1", 0]), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "a node returns nothing",
        {**node("Nothing", run=lambda: None), **SHOW},
        {"1": at("Nothing"), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "a link to an output that was not returned is None",
        {**node("Short", returns=("INT", "INT"), run=lambda: (1,)), **SHOW},
        {"1": at("Short"), "2": at("Show", value=["1", 1])},
    ),
    Case("no outputs", NUMBER, {"1": at("Number", value=3)}),
    Case("an empty graph", NUMBER, {}),
    Case("an unknown class", SHOW, {"1": at("Show", value=1), "2": at("Gone")}),
    Case("no class_type", SHOW, {"1": at("Show", value=1), "2": {"inputs": {}}}),
    Case("no inputs object", SHOW, {"1": {"class_type": "Show"}}),
    Case(
        "a required input is missing",
        SCALED,
        {"1": at("Scaled", **{k: v for k, v in GOOD_SCALE.items() if k != "size"})},
    ),
    Case("too small", SCALED, scaled(size=0, share=-1)),
    Case("too big", SCALED, scaled(size=11, share=1.5)),
    Case("not a number", SCALED, scaled(size="many", share=None)),
    Case("not in the list", SCALED, scaled(mode="loud")),
    Case("not in a long list", MANY, {"1": at("Many", pick="file99")}),
    Case("a link of three", SHOW, {"1": at("Show", value=["1", 0, 0])}),
    Case("a link to nowhere", SHOW, {"1": at("Show", value=["9", 0])}),
    Case(
        "a link to an output that does not exist",
        {**NUMBER, **SHOW},
        {"1": at("Number", value=1), "2": at("Show", value=["1", 5])},
    ),
    Case(
        "a link to nowhere upstream",
        {**ADD, **SHOW},
        {"1": at("Add", a=["9", 0], b=1), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "types that do not fit",
        {**TEXT, **ADD, **SHOW},
        {"1": at("Text", value="a"), "2": at("Add", a=["1", 0], b=1), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "types that have one in common",
        {**node("Either", returns=("INT,STRING",), run=lambda: (3,)), **ADD, **SHOW},
        {"1": at("Either"), "2": at("Add", a=["1", 0], b=1), "3": at("Show", value=["2", 0])},
    ),
    Case(
        "an error upstream is named where it is",
        {**SCALED, **NUMBER, **SHOW},
        {"1": at("Number", value="x"), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "a good output runs beside a bad one",
        {**NUMBER, **SHOW},
        {"1": at("Number", value="x"), "2": at("Show", value=["1", 0]), "3": at("Show", value=7)},
    ),
    Case(
        "two outputs depend on one bad node",
        {**NUMBER, **SHOW},
        {"1": at("Number", value="x"), "2": at("Show", value=["1", 0]), "3": at("Show", value=["1", 0])},
    ),
    Case(
        "VALIDATE_INPUTS replaces the checks it names",
        validating(lambda cls, size: True),
        {"1": at("Judged", size=99, mode="soft")},
    ),
    Case(
        "VALIDATE_INPUTS leaves the others",
        validating(lambda cls, size: True),
        {"1": at("Judged", size=99, mode="loud")},
    ),
    Case(
        "VALIDATE_INPUTS with keywords replaces all checks",
        validating(lambda cls, **_: True),
        {"1": at("Judged", size=99, mode="loud")},
    ),
    Case(
        "VALIDATE_INPUTS complains once per named input",
        validating(lambda cls, size, mode: "these do not go together"),
        {"1": at("Judged", size=1, mode="soft")},
    ),
    Case("VALIDATE_INPUTS says no", validating(lambda cls, size: False), {"1": at("Judged", size=1, mode="soft")}),
    Case("VALIDATE_INPUTS raises", validating(lambda cls, size: 1 // 0), {"1": at("Judged", size=1, mode="soft")}),
    Case(
        "VALIDATE_INPUTS sees None for links",
        {**validating(lambda cls, size: f"saw {size}"), **NUMBER},
        {"1": at("Number", value=3), "2": at("Judged", size=["1", 0], mode="soft")},
    ),
    Case(
        "VALIDATE_INPUTS judges the types of links",
        {**validating(lambda cls, input_types: f"saw {input_types}"), **TEXT},
        {"1": at("Text", value="a"), "2": at("Judged", size=["1", 0], mode="soft")},
    ),
    Case(
        "VALIDATE_INPUTS accepts any type",
        {**validating(lambda cls, input_types: True), **TEXT},
        {"1": at("Text", value="a"), "2": at("Judged", size=["1", 0], mode="soft")},
    ),
    Case(
        "VALIDATE_INPUTS raises upstream",
        {**validating(lambda cls, size: 1 // 0, RETURN_TYPES=("INT",), OUTPUT_NODE=False), **SHOW},
        {"1": at("Judged", size=1, mode="soft"), "2": at("Show", value=["1", 0])},
    ),
    Case(
        "INPUT_TYPES raises",
        {**node("Bad", returns=(), output=True, INPUT_TYPES=classmethod(lambda cls: 1 // 0))},
        {"1": at("Bad")},
    ),
]


def case_named(name):
    return next(case for case in CASES if case.name == name)


def run_headless(case):
    """Run a case here."""
    from synthetic_albums.headless.caching import RunCache
    from synthetic_albums.headless.executor import run_graph
    from synthetic_albums.headless.host import HeadlessHost

    cache, ends = RunCache(), []
    for _ in range(case.runs):
        CALLS.clear()
        events = []
        result = run_graph(
            case.graph,
            node_classes=case.nodes,
            host=HeadlessHost(Path("out"), Path("in")),
            on_event=lambda kind, data, events=events: events.append((kind, data)),
            cache=cache,
        )
        refused = result.error["error"] if result.status == "invalid" else None
        ends.append(comparable(refused, result.node_errors, events, result.outputs))
    return ends


def comparable(refused, node_errors, events, outputs):
    """What two runs must have in common: no ids of runs, no tracebacks, nothing that depends on the order of a set."""
    end = {
        "refused": _without_order(refused),
        "node_errors": {node_id: _node_error(entry) for node_id, entry in (node_errors or {}).items()},
        "calls": list(CALLS),
        "executing": [data["node"] for kind, data in events if kind == "executing"],
        "executed": [
            [data["node"], data["display_node"], data["output"]] for kind, data in events if kind == "executed"
        ],
        "cached": [sorted(data["nodes"]) for kind, data in events if kind == "execution_cached"],
        "errors": [_runtime_error(data) for kind, data in events if kind == "execution_error"],
        "success": any(kind == "execution_success" for kind, _ in events),
        "outputs": outputs,
    }
    return json.loads(json.dumps(end, default=str, sort_keys=True))


def _without_order(refused):
    if refused is None:
        return None
    if refused["type"] in {"invalid_prompt", "missing_node_type"}:
        return {"type": "missing_node_type"}  # renamed, with other words, in ComfyUI releases after 0.3.64
    return {**refused, "details": sorted(refused["details"].split("\n"))}


def _node_error(entry):
    errors = sorted((_error(error) for error in entry["errors"]), key=lambda e: (e["type"], e["details"]))
    return {**entry, "errors": errors, "dependent_outputs": sorted(entry["dependent_outputs"])}


def _error(error):
    facts = {key: value for key, value in error["extra_info"].items() if key != "traceback"}
    if "traceback" in error["extra_info"]:
        facts["has_traceback"] = all(isinstance(line, str) for line in error["extra_info"]["traceback"])
    return {**error, "extra_info": facts}


def _runtime_error(data):
    kept = {key: value for key, value in data.items() if key not in {"prompt_id", "timestamp", "traceback"}}
    kept["executed"] = sorted(kept["executed"])
    kept["current_outputs"] = sorted(kept["current_outputs"])
    kept["exception_type"] = kept["exception_type"].rsplit(".", 1)[-1]
    kept["keys"] = sorted(set(data) - {"timestamp"})
    return kept
