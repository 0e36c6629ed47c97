"""Graphs that need a model of ComfyUI's: known, checked, and refused in one sentence."""

import json
from pathlib import Path

import pytest
import synthetic_albums
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.explain import explain
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.headless.model_nodes import MODEL_NODES
from synthetic_albums.headless.run_command import known_nodes
from synthetic_albums.stages.errors import AlbumError

API = Path(synthetic_albums.__file__).parent / "workflows" / "api"
LOADERS = ["CheckpointLoaderSimple", "DualCLIPLoader", "UNETLoader", "VAELoader"]


def go(folder, graph):
    return run_graph(graph, node_classes=known_nodes(), host=HeadlessHost(folder / "out", folder / "in"))


@pytest.mark.parametrize("name", ["own-model", "reference-model", "sample-it-yourself"])
def test_a_shipped_graph_that_needs_a_model_is_refused_before_anything_is_made(tmp_path, name):
    graph = json.loads((API / f"{name}.json").read_text(encoding="utf-8"))
    result = go(tmp_path, graph)
    assert (result.status, result.executed) == ("invalid", [])
    refused = {graph[key]["class_type"] for key, entry in result.node_errors.items() if entry["errors"]}
    assert refused == {node["class_type"] for node in graph.values()} & set(LOADERS)
    said = " ".join(explain(result, graph))
    assert "works with models that are loaded in ComfyUI: run this graph there" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", MODEL_NODES)
def test_none_of_them_runs(name):
    node = MODEL_NODES[name]()
    with pytest.raises(AlbumError, match="works with models that are loaded in ComfyUI"):
        getattr(node, node.FUNCTION)()


@pytest.mark.parametrize("name", LOADERS)
def test_whatever_file_a_loader_names_it_is_the_loader_that_is_refused(tmp_path, name):
    inputs = {key: spec[0][0] if spec[0] else "any.safetensors"
              for key, spec in MODEL_NODES[name].INPUT_TYPES()["required"].items()}  # fmt: skip
    graph = {
        "1": {"class_type": name, "inputs": inputs},
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 0]}},
    }
    errors = go(tmp_path, graph).node_errors["1"]["errors"]
    files = [key for key, value in inputs.items() if value == "any.safetensors"]
    assert [(error["type"], error["extra_info"]["input_name"]) for error in errors] == [
        ("custom_validation_failed", key) for key in files
    ]
    assert all(MODEL_NODES[name].TITLE in error["details"] for error in errors)
