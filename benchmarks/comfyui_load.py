"""What the pack costs ComfyUI when it starts and when the editor asks for its nodes; `editor.py` starts it.

    python benchmarks/comfyui_load.py PACK SCRATCH

Run by ComfyUI's Python, with COMFYUI_ROOT set. PACK is a folder in custom_nodes, or one like it; SCRATCH one to write
to. Prints one JSON object: `startup_seconds`, what ComfyUI takes to load the pack, after it has loaded an empty one,
`object_info_ms`, what its server takes to answer for all nodes of the pack one by one, once they have been asked for,
and `object_info_first_ms`, the very first time.
"""

import asyncio
import importlib
import json
import os
import statistics
import sys
import time
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parent))
from empty_graph import declare_torchvision_operators

ROUNDS = 21


async def measure(pack: str, scratch: Path) -> dict[str, float]:
    """Load the pack as ComfyUI's start does, then ask its server for every node."""
    importlib.import_module("utils.install_util")  # before another package of that name is found
    import server

    import nodes

    prompt_server = server.PromptServer(asyncio.get_running_loop())
    empty = scratch / "empty-pack"
    empty.mkdir()
    (empty / "__init__.py").write_text("NODE_CLASS_MAPPINGS = {}\n")
    await nodes.load_custom_node(str(empty), module_parent="custom_nodes")
    known = set(nodes.NODE_CLASS_MAPPINGS)
    begun = time.perf_counter()
    if not await nodes.load_custom_node(pack, module_parent="custom_nodes"):
        raise RuntimeError(f"ComfyUI did not load {pack}")
    startup = time.perf_counter() - begun
    ours = sorted(set(nodes.NODE_CLASS_MAPPINGS) - known)
    routes = {route.path: route.handler for route in prompt_server.routes if hasattr(route, "handler")}
    asked = [SimpleNamespace(match_info={"node_class": name}) for name in ours]
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        answers = [await routes["/object_info/{node_class}"](request) for request in asked]
        taken.append((time.perf_counter() - begun) * 1000)
    if [next(iter(json.loads(answer.text))) for answer in answers] != ours or len(ours) < 20:
        raise RuntimeError(f"the server did not tell of every node: {ours}")
    return {
        "startup_seconds": startup,
        "object_info_ms": statistics.median(taken[1:]),
        "object_info_first_ms": taken[0],
        "nodes": len(ours),
    }


def main() -> int:
    """Measure what the command line asks for."""
    pack, scratch = sys.argv[1:]
    sys.path.insert(0, os.environ["COMFYUI_ROOT"])
    sys.argv = ["main.py", "--cpu", "--base-directory", scratch, "--database-url", "sqlite:///:memory:"]
    declare_torchvision_operators()
    import comfy.options

    comfy.options.enable_args_parsing()
    print("figures " + json.dumps(asyncio.run(measure(pack, Path(scratch)))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
