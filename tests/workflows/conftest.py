import copy
import importlib.util
import json
from pathlib import Path

import pytest
import synthetic_albums
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost

ROOT = Path(synthetic_albums.__file__).parent
WORKFLOWS = ROOT / "workflows"
NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.json"))
SMALL = {"AlbumStoryPlanner": {"photos": 3}, "AlbumLayout": {"width": 128, "height": 96}}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc):
    if "workflow" in metafunc.fixturenames:
        metafunc.parametrize("workflow", NAMES)


@pytest.fixture
def editor(workflow):
    """The file that the editor opens."""
    return read(WORKFLOWS / f"{workflow}.json")


@pytest.fixture
def api(workflow):
    """The file that is posted to a server."""
    return read(WORKFLOWS / "api" / f"{workflow}.json")


@pytest.fixture(scope="session")
def known_nodes():
    return {**CORE_NODES, **synthetic_albums.NODE_CLASS_MAPPINGS}


@pytest.fixture(scope="session")
def build_workflows():
    """The module that writes the files."""
    path = ROOT / "tools" / "build_workflows.py"
    spec = importlib.util.spec_from_file_location("build_workflows", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run_small(tmp_path, known_nodes):
    """Run a graph at a small size, with more inputs changed by class: `run_small(graph, AlbumRender={...})`.

    Photos are drawn unless a test says otherwise: that is quick and needs no weights.
    """

    def run(graph, *, drawn=True, **changes):
        graph = copy.deepcopy(graph)
        for node in graph.values():
            if drawn and node["class_type"] == "AlbumBuiltinRenderer":
                node.update(class_type="AlbumStoryboardRenderer", inputs={})
        for choices in (SMALL, changes):
            for node in graph.values():
                node["inputs"].update(choices.get(node["class_type"], {}))
        host = HeadlessHost(tmp_path / "out", tmp_path / "in", previews=tmp_path / "previews")
        return run_graph(graph, node_classes=known_nodes, host=host)

    return run
