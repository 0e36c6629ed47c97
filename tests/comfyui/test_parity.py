"""The headless runner against ComfyUI's own executor: the same graphs, the same ends."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEADLESS = Path(__file__).parents[1] / "headless"

pytestmark = pytest.mark.comfyui


def comfyui_python(root):
    """The Python that this ComfyUI runs with: COMFYUI_PYTHON, a virtual environment in or beside it, or ours."""
    if "COMFYUI_PYTHON" in os.environ:
        return os.environ["COMFYUI_PYTHON"]
    places = [folder / name / "bin" / "python" for folder in (root, root.parent) for name in ("venv", ".venv")]
    return next((str(place) for place in places if place.exists()), sys.executable)


@pytest.fixture(scope="module")
def cases():
    spec = importlib.util.spec_from_file_location("parity_cases", HEADLESS / "parity_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def comfyui_ends(request):
    if "COMFYUI_ROOT" not in os.environ:
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            sys.stdout.write("\nskipped: parity with ComfyUI's executor (set COMFYUI_ROOT to run it)\n")
        pytest.skip("COMFYUI_ROOT is not set")
    root = Path(os.environ["COMFYUI_ROOT"]).resolve()
    command = [comfyui_python(root), str(HEADLESS / "comfy_side.py"), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"COMFYUI_ROOT is set, but the cases did not run there:\n{done.stderr[-3000:]}"
    return json.loads(done.stdout)


def test_every_graph_ends_here_as_it_does_in_comfyui(cases, comfyui_ends):
    different = {}
    for case in cases.CASES:
        ours, theirs = cases.run_headless(case), comfyui_ends[case.name]
        if ours != theirs:
            different[case.name] = {"ours": ours, "theirs": theirs}
    assert not different, json.dumps(different, indent=1)


def test_the_recorded_ends_are_those_of_this_comfyui(comfyui_ends):
    recorded = json.loads((HEADLESS / "comfyui_ends.json").read_text(encoding="utf-8"))
    assert comfyui_ends == recorded
