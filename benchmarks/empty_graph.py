"""Graphs of empty nodes, run by ComfyUI's executor or by the headless runner; `pack.py` starts one process of each.

    python benchmarks/empty_graph.py headless|comfyui [--nodes N]

For every line on standard input ("chain" or "fan") it runs that graph once with nothing cached, and prints the seconds
that checking and executing took, and the seconds of executing alone where the two can be told apart.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

Seconds = dict[str, float]


class EmptyNode:
    """Gives on what it gets."""

    CATEGORY = "benchmark"
    FUNCTION = "give"
    RETURN_TYPES = ("INT",)

    @classmethod
    def INPUT_TYPES(cls) -> dict:  # noqa: N802
        """A number to give on, and one that makes this node another than its neighbours: equal ones run only once."""
        number = ("INT", {"default": 0, "min": 0, "max": 2**31})
        return {"required": {"value": number, "label": number}}

    def give(self, value: int, label: int) -> tuple[int]:
        """The same number."""
        CALLS.append(label)
        return (value,)


class EmptyOutput(EmptyNode):
    """A node for whose sake others run."""

    OUTPUT_NODE = True


CALLS: list[int] = []
NODES = {"BenchmarkEmpty": EmptyNode, "BenchmarkOutput": EmptyOutput}


def chain(count: int) -> dict[str, dict]:
    """`count` nodes one after another, in API format."""
    return {str(n): _node(n, source=n - 1, output=n == count - 1) for n in range(count)}


def fan(count: int) -> dict[str, dict]:
    """One node, and all others behind it side by side."""
    return {str(n): _node(n, source=min(n, 1) - 1, output=n > 0) for n in range(count)}


def _node(number: int, *, source: int, output: bool) -> dict:
    value = [str(source), 0] if source >= 0 else 7
    class_type = "BenchmarkOutput" if output else "BenchmarkEmpty"
    return {"class_type": class_type, "inputs": {"value": value, "label": number}}


def headless_runner() -> Callable[[dict], Seconds]:
    """This pack's runner."""
    from synthetic_albums.headless.executor import run_graph
    from synthetic_albums.headless.host import HeadlessHost

    host = HeadlessHost(Path.cwd(), Path.cwd())

    def run(graph: dict) -> Seconds:
        begun = time.perf_counter()
        result = run_graph(graph, node_classes=NODES, host=host)
        whole = time.perf_counter() - begun
        if result.status != "done":
            raise RuntimeError(f"the graph was not run: {result.status} {result.error}")
        return {"whole": whole}

    return run


class QuietServer:
    """What PromptExecutor needs of ComfyUI's server when nobody listens."""

    client_id = None
    last_node_id = None
    last_prompt_id = None

    def send_sync(self, event: str, data: dict, sid: str | None = None) -> None:
        """Nobody listens."""


def comfyui_executor() -> Callable[[dict], Seconds]:
    """ComfyUI's own, from the checkout at COMFYUI_ROOT."""
    sys.path.insert(0, os.environ["COMFYUI_ROOT"])
    sys.argv = ["main.py", "--cpu"]
    declare_torchvision_operators()
    import comfy.options

    comfy.options.enable_args_parsing()
    import execution

    import nodes

    nodes.NODE_CLASS_MAPPINGS.update(NODES)

    def run(graph: dict) -> Seconds:
        executor = execution.PromptExecutor(QuietServer())
        begun = time.perf_counter()
        valid = asyncio.run(execution.validate_prompt("benchmark", graph, None))
        checked = time.perf_counter()
        executor.execute(graph, "benchmark", {}, valid[2])
        ended = time.perf_counter()
        if not valid[0] or not executor.success:
            raise RuntimeError(f"the graph was not run: {valid} {executor.status_messages}")
        return {"whole": ended - begun, "executing": ended - checked}

    return run


def declare_torchvision_operators() -> None:
    """Let torchvision's GPU wheel be imported beside a CPU torch, as on a machine without a GPU."""
    import torch

    try:
        import torchvision  # noqa: F401
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "DEF")
        library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        globals()["_torchvision_operators"] = library  # they are gone with the last reference


def main() -> int:
    """Run a graph once for every line that names it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runner", choices=("headless", "comfyui"))
    parser.add_argument("--nodes", type=int, default=200)
    options = parser.parse_args()
    graphs = {"chain": json.dumps(chain(options.nodes)), "fan": json.dumps(fan(options.nodes))}
    run = headless_runner() if options.runner == "headless" else comfyui_executor()
    for line in sys.stdin:
        CALLS.clear()
        seconds = run(json.loads(graphs[line.strip()]))
        if len(CALLS) != options.nodes:
            raise RuntimeError(f"{len(CALLS)} of {options.nodes} nodes were run")
        print("seconds " + json.dumps(seconds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
