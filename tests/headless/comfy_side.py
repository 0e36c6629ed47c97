"""Runs the parity cases in a real ComfyUI, without its server: `python comfy_side.py COMFYUI_ROOT > ends.json`.

To be run with the Python that ComfyUI runs with.
"""

import asyncio
import contextlib
import importlib.util
import json
import logging
import sys
from pathlib import Path


def load_cases():
    place = Path(__file__).with_name("parity_cases.py")
    spec = importlib.util.spec_from_file_location("parity_cases", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepare_comfyui(root):
    """Make ComfyUI importable, on the CPU."""
    sys.path.insert(0, str(root))
    sys.argv = sys.argv[:1]
    import torch

    # A torchvision built for another torch lacks its compiled operators; importing it only takes their names.
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        with contextlib.suppress(RuntimeError):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    from comfy.cli_args import args

    args.cpu = True
    return library


class ListeningServer:
    """The part of ComfyUI's server that the executor talks to."""

    def __init__(self):
        self.client_id = None
        self.last_node_id = None
        self.last_prompt_id = None
        self.events = []

    def send_sync(self, event, data, sid=None):
        self.events.append((event, data))


def run_in_comfyui(case, cases, execution, nodes):
    nodes.NODE_CLASS_MAPPINGS.update(case.nodes)
    from comfy_execution import caching

    caching.NODE_CLASS_CONTAINS_UNIQUE_ID.clear()  # it remembers classes by name, and cases reuse names
    server = ListeningServer()
    executor = execution.PromptExecutor(server)
    ends = []
    for number in range(case.runs):
        graph = json.loads(json.dumps(case.graph))
        cases.CALLS.clear()
        server.events.clear()
        _, error, outputs, node_errors = asyncio.run(execution.validate_prompt(str(number), graph, None))
        shown = {}
        if error is None:
            executor.execute(graph, str(number), {"client_id": "test"}, outputs)
            shown = executor.history_result["outputs"]
        ends.append(cases.comparable(error, node_errors, server.events, shown))
    for name in case.nodes:
        del nodes.NODE_CLASS_MAPPINGS[name]
    return ends


def main():
    cases = load_cases()
    library = prepare_comfyui(Path(sys.argv[1]).resolve())
    with contextlib.redirect_stdout(sys.stderr):
        import execution

        import nodes

        logging.disable(logging.CRITICAL)
        ends = {case.name: run_in_comfyui(case, cases, execution, nodes) for case in cases.CASES}
    json.dump(ends, sys.stdout, indent=1)
    del library


if __name__ == "__main__":
    main()
