import importlib.util
import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def cases():
    """The module with the parity cases, which is shared with a script and so is not a package's module."""
    spec = importlib.util.spec_from_file_location("parity_cases", HERE / "parity_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def recorded_ends():
    """How the cases ended in ComfyUI 0.3.64: `comfy_side.py`, run with it."""
    return json.loads((HERE / "comfyui_ends.json").read_text(encoding="utf-8"))


@pytest.fixture
def host(tmp_path):
    from synthetic_albums.headless.host import HeadlessHost

    return HeadlessHost(tmp_path / "out", tmp_path / "in")


@pytest.fixture
def run(host):
    """Run a graph of these node classes."""
    from synthetic_albums.headless.executor import run_graph

    def run_it(graph, *node_classes, **options):
        classes = {name: made for group in node_classes for name, made in group.items()}
        return run_graph(graph, node_classes=classes, host=host, **options)

    return run_it


def pytest_generate_tests(metafunc):
    if "recorded_name" in metafunc.fixturenames:
        names = json.loads((HERE / "comfyui_ends.json").read_text(encoding="utf-8"))
        metafunc.parametrize("recorded_name", names)
