import copy
import importlib.util
import json
from functools import partial
from pathlib import Path

import pytest
import synthetic_albums
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost

ROOT = Path(synthetic_albums.__file__).parent
WORKFLOWS = ROOT / "workflows"
NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.json"))
SMALL = {
    "AlbumStoryPlanner": {"photos": 3},
    "AlbumLayout": {"width": 128, "height": 96},
    "AlbumIdentity": {"portrait_size": 128},
    "AlbumRender": {"max_tries": 1},
}


def loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DRAWN = loaded(ROOT / "tools" / "drawn.py")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc):
    """Every test is about all graphs, unless it names those that it is about."""
    named = any(mark.args[0] == "workflow" for mark in metafunc.definition.iter_markers("parametrize"))
    if "workflow" in metafunc.fixturenames and not named:
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
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "tools")
        return loaded(ROOT / "tools" / "build_workflows.py")


@pytest.fixture(scope="session")
def tiny_checkpoint():
    """The module that writes tiny checkpoints."""
    return loaded(ROOT / "benchmarks" / "tiny_checkpoint.py")


@pytest.fixture
def albums(api):
    """The names of the albums that the graph makes."""
    return sorted(node["inputs"]["album_name"] for node in api.values() if "album_name" in node["inputs"])


def run_in(folder, known_nodes, graph, *, drawn=True, **changes):
    """Run a graph at a small size below a folder."""
    graph = DRAWN.as_drawn(graph) if drawn else copy.deepcopy(graph)
    for choices in (SMALL, changes):
        for node in graph.values():
            node["inputs"].update(choices.get(node["class_type"], {}))
    host = HeadlessHost(folder / "out", folder / "in", previews=folder / "previews")
    return run_graph(graph, node_classes=known_nodes, host=host)


@pytest.fixture
def run_small(tmp_path, known_nodes):
    """Run a graph at a small size, with more inputs changed by class: `run_small(graph, AlbumRender={...})`.

    Photos are drawn unless a test says otherwise: that is quick and needs no weights.
    """
    return partial(run_in, tmp_path, known_nodes)


@pytest.fixture
def drawn_nodes(api):
    """Ids of the nodes that run where models are drawn instead; the others only prepare a model or ask it."""
    return set(DRAWN.as_drawn(api))


@pytest.fixture(scope="session")
def _runs():
    """By graph, how it ran and where: for tests that only look."""
    return {}


@pytest.fixture
def ran(workflow, api, known_nodes, tmp_path_factory, _runs):
    """How the graph ran at a small size, and the folder with what it made. Not to be changed."""
    if workflow not in _runs:
        folder = tmp_path_factory.mktemp(workflow)
        _runs[workflow] = run_in(folder, known_nodes, api), folder
    return _runs[workflow]
