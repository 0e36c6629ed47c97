"""The subgraph blueprint in the real editor: one node with five widgets, flattened when it is posted."""

import copy
import json

import pytest
import synthetic_albums
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.headless.run_command import known_nodes

pytestmark = pytest.mark.browser

VALUES = {"prompt": "two friends camping by a lake", "photos": 2, "seed": 5, "size": 96, "album_name": "camping"}
SET = """values => {
    const node = window.app.graph.getNodeById(1);
    for (const [name, value] of Object.entries(values)) {
        const widget = node.widgets.find(widget => widget.name === name);
        widget.value = value;
        widget.callback?.(value);
    }
}"""
WIDGETS = "() => window.app.graph.getNodeById(1).widgets.map(widget => [widget.name, widget.value])"
INSIDE = """() => {
    const subgraph = window.app.graph.getNodeById(1).subgraph;
    return subgraph._nodes.filter(node => !(node.type in window.LiteGraph.registered_node_types)).length
        || subgraph._nodes.length;
}"""


@pytest.fixture(scope="session")
def blueprint():
    path = synthetic_albums.__path__[0] + "/subgraphs/photo-album.json"
    with open(path, encoding="utf-8") as file:
        return json.load(file)


@pytest.fixture(scope="session")
def used(blueprint):
    """A workflow of the blueprint's node with a preview behind it."""
    workflow = copy.deepcopy(blueprint)
    instance = workflow["nodes"][0]
    instance["outputs"][0]["links"] = [1]
    look = {"id": 2, "type": "PreviewImage", "pos": [560, 90], "size": [420, 400], "flags": {}, "order": 1, "mode": 0}
    look["inputs"] = [{"name": "images", "type": "IMAGE", "link": 1}]
    look |= {"outputs": [], "properties": {"Node name for S&R": "PreviewImage"}, "widgets_values": []}
    workflow["nodes"].append(look)
    return {**workflow, "links": [[1, 1, 0, 2, 0, "IMAGE"]], "last_node_id": 2, "last_link_id": 1}


@pytest.fixture
def opened(editor, used):
    editor.open(used, "blueprint")
    return editor


def test_it_opens_without_a_complaint_and_has_five_widgets(opened, blueprint):
    assert (opened.dialogs(), opened.said) == ([], [])
    assert opened.evaluate(INSIDE) == len(blueprint["definitions"]["subgraphs"][0]["nodes"])
    shipped = blueprint["nodes"][0]
    names = [socket["name"] for socket in shipped["inputs"]]
    assert names == list(VALUES)
    assert opened.evaluate(WIDGETS) == [list(pair) for pair in zip(names, shipped["widgets_values"], strict=True)]


def test_what_is_inside_is_saved_as_it_was_opened(opened, blueprint):
    shipped, saved = blueprint["definitions"]["subgraphs"][0], opened.saved()["definitions"]["subgraphs"][0]
    for key in ("id", "name"):
        assert saved[key] == shipped[key]
    ends = ("origin_id", "origin_slot", "target_id", "target_slot", "type")
    links = [sorted(tuple(link[end] for end in ends) for link in graph["links"]) for graph in (saved, shipped)]
    assert links[0] == links[1]
    for side in ("inputs", "outputs"):
        assert [(s["name"], s["type"]) for s in saved[side]] == [(s["name"], s["type"]) for s in shipped[side]]
    kinds = [{node["id"]: node["type"] for node in graph["nodes"]} for graph in (saved, shipped)]
    assert kinds[0] == kinds[1]


def test_what_is_posted_runs_headless_with_the_widgets_values(opened, tmp_path):
    opened.evaluate(SET, VALUES)
    graph = opened.posted()
    inside = {node["class_type"]: node["inputs"] for node in graph.values()}
    assert all(key.startswith("1:") or key == "2" for key in graph)
    assert {key: inside["AlbumStoryPlanner"][key] for key in ("prompt", "photos", "seed")} == {
        key: VALUES[key] for key in ("prompt", "photos", "seed")
    }
    assert (inside["AlbumLayout"]["width"], inside["AlbumLayout"]["height"]) == (96, 96)
    host = HeadlessHost(tmp_path / "out", tmp_path / "in", previews=tmp_path / "previews")
    result = run_graph(graph, node_classes=known_nodes(), host=host)
    assert result.status == "done", result.error
    record = json.loads((tmp_path / "out" / "camping" / "album.json").read_text(encoding="utf-8"))
    assert [photo["status"] for photo in record["photos"]] == ["done", "done"]
    assert len(result.outputs["2"]["images"]) == 2


def test_it_runs_in_the_editor(opened, server):
    name = f"camping {'vue' if opened.vue else 'canvas'}"
    opened.evaluate(SET, {**VALUES, "album_name": name})
    assert opened.run()["ended"] == ["execution_success", None]
    assert opened.pictures(2, 2) == {(96, 96)}
    assert (server.output / name / "index.html").is_file()
    assert opened.said == []


def test_newer_editors_take_it_into_their_library(opened, server):
    if not hasattr(server, "blueprints_read"):
        pytest.skip("the real server does not say what was asked of it")
    if opened.version_number < (1, 30):
        pytest.skip(f"editor {opened.version} does not ask for the blueprints of node packs")
    assert "photo-album" in server.blueprints_read  # and the editor did not complain when it started
