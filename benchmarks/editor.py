"""What the editor's users notice: start-up, the list of nodes, errors on the page, and the time that a run takes.

    COMFYUI_ROOT=<checkout> python benchmarks/editor.py [--json FILE] [--rounds N] [--only NAME …]

A real ComfyUI is started on the processor with this pack in its custom_nodes, and its editor opened in headless
Chromium. `RESULTS.md` says what each figure means.
"""

import argparse
import copy
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.headless.run_command import known_nodes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORKFLOWS = ROOT / "workflows"
TARGETS = {"startup_seconds": 0.1, "object_info_ms": 20.0, "console_errors": 0, "editor_ratio": 1.2}
Figures = dict[str, float | int]


def load(path: Path) -> ModuleType:
    """A module of the tests: they have the server and the editor's page already."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{path} cannot be imported")
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_costs(scratch: Path, *, rounds: int = 7) -> Figures:
    """Loading the pack and telling of its nodes, by ComfyUI's own functions, in a fresh process each time."""
    comfyui = load(ROOT / "tests" / "comfyui" / "server.py")
    python = comfyui.comfyui_python(comfyui.comfyui_root())
    found = []
    for number in range(rounds + 1):  # the first one compiles
        folder = scratch / f"load-{number}"
        folder.mkdir()
        run = subprocess.run(
            [python, str(HERE / "comfyui_load.py"), str(ROOT), str(folder)],
            check=True, capture_output=True, text=True, cwd=scratch,
        )  # fmt: skip
        line = next(line for line in run.stdout.splitlines() if line.startswith("figures "))
        found.append(json.loads(line.removeprefix("figures ")))
    return {key: statistics.median(figures[key] for figures in found[1:]) for key in found[0]}


@contextmanager
def opened_editor(playwright: Any, url: str, *, vue: bool) -> Iterator[Any]:
    """The editor in a browser of its own."""
    page_module = load(ROOT / "tests" / "editor" / "page.py")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    try:
        editor = page_module.Editor(browser.new_page(viewport={"width": 1600, "height": 900}), url, vue=vue)
        editor.start()
        yield editor
    finally:
        browser.close()


def console_errors(playwright: Any, server: Any) -> Figures:
    """Every workflow in both renderers: what the page complains of, with unknown nodes and dialogs."""
    errors, opened, version = [], 0, ""
    for vue in (False, True):
        with opened_editor(playwright, server.url, vue=vue) as editor:
            errors += editor.said
            version = editor.version
            for path in sorted(WORKFLOWS.glob("*.json")):
                editor.open(json.loads(path.read_text(encoding="utf-8")), path.stem)
                editor.posted()
                editor.page.wait_for_timeout(300)
                errors += [*editor.said, *editor.unknown(), *editor.dialogs()]
                opened += 1
    for error in errors:
        print(f"  {error}")
    print(f"  editor {version}, {opened} workflows opened")
    return {"console_errors": len(errors), "workflows_opened": opened}


def editor_ratio(playwright: Any, server: Any, scratch: Path, *, rounds: int) -> Figures:
    """The quickstart, queued in the editor / run headless, with the same seeds, taken in alternation; medians."""
    graph = json.loads((WORKFLOWS / "api" / "quickstart.json").read_text(encoding="utf-8"))
    workflow = json.loads((WORKFLOWS / "quickstart.json").read_text(encoding="utf-8"))
    host = HeadlessHost(scratch / "out", scratch / "in", previews=scratch / "previews")
    taken: dict[str, list[float]] = {"editor": [], "headless": []}
    with opened_editor(playwright, server.url, vue=False) as editor:
        editor.open(workflow, "quickstart")
        for seed in range(rounds + 1):  # the first one warms up
            name = f"round {seed}"
            taken["headless"].append(_headless_seconds(graph, host, seed, name))
            editor.set_widgets("AlbumStoryPlanner", seed=seed)
            editor.set_widgets("AlbumRender", album_name=name)
            seen = editor.run(timeout_s=300)
            if seen["ended"][0] != "execution_success":
                raise RuntimeError(f"the editor's run ended with {seen['ended']}")
            taken["editor"].append(seen["took_s"])
            ours, theirs = (sorted((out / name / "photos").glob("*.png")) for out in (scratch / "out", server.output))
            if not ours or [path.read_bytes() for path in ours] != [path.read_bytes() for path in theirs]:
                raise RuntimeError(f"the albums of {name} differ: {len(ours)} and {len(theirs)} photos")
    medians = {key: statistics.median(seconds[1:]) for key, seconds in taken.items()}
    ratios = [ours / theirs for ours, theirs in zip(taken["editor"][1:], taken["headless"][1:], strict=True)]
    return {
        "editor_ratio": statistics.median(ratios),
        "editor_seconds": medians["editor"],
        "headless_seconds": medians["headless"],
    }


def _headless_seconds(graph: dict[str, Any], host: HeadlessHost, seed: int, name: str) -> float:
    graph = copy.deepcopy(graph)
    for node in graph.values():
        node["inputs"].update({"AlbumStoryPlanner": {"seed": seed}, "AlbumRender": {"album_name": name}}.get(
            node["class_type"], {}
        ))  # fmt: skip
    begun = time.perf_counter()
    result = run_graph(graph, node_classes=known_nodes(), host=host)
    seconds = time.perf_counter() - begun
    if result.status != "done":
        raise RuntimeError(f"the headless run ended with {result.status}: {result.error}")
    return seconds


def main() -> int:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as one flat object")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="load, errors, ratio")
    parser.add_argument("--rounds", type=int, default=5, help="of the quickstart")
    options = parser.parse_args()
    if not os.environ.get("COMFYUI_ROOT"):
        parser.error("COMFYUI_ROOT is not set: these figures are those of a real ComfyUI")
    from playwright.sync_api import sync_playwright

    figures: Figures = {}
    wanted: Callable[[str], bool] = lambda name: not options.only or name in options.only  # noqa: E731
    with tempfile.TemporaryDirectory(prefix="synthetic-albums-") as folder:
        scratch = Path(folder)
        if wanted("load"):
            figures |= load_costs(scratch)
        if wanted("errors") or wanted("ratio"):
            (base := scratch / "comfyui").mkdir()
            comfyui = load(ROOT / "tests" / "comfyui" / "server.py")
            with comfyui.running_comfyui(base) as server, sync_playwright() as playwright:
                if wanted("errors"):
                    figures |= console_errors(playwright, server)
                if wanted("ratio"):
                    figures |= editor_ratio(playwright, server, scratch, rounds=options.rounds)
    for key, value in figures.items():
        target = f"  (target: at most {TARGETS[key]})" if key in TARGETS else ""
        print(f"{key} {value:.4g}{target}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if all(figures[key] <= target for key, target in TARGETS.items() if key in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
