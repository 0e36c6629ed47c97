"""Workflows that are run from the editor: what its user sees of it."""

import json
import re

import pytest
import synthetic_albums

pytestmark = pytest.mark.browser

SMALL = {
    "AlbumStoryPlanner": {"photos": 2},
    "AlbumLayout": {"width": 128, "height": 96},
    "AlbumIdentity": {"portrait_size": 128},
}


def is_ours(node):
    return node["class_type"] in synthetic_albums.NODE_CLASS_MAPPINGS


def make_small(editor, types, album_name):
    for node_type, values in {**SMALL, "AlbumRender": {"album_name": album_name}}.items():
        if node_type in types:
            editor.set_widgets(node_type, **values)


@pytest.mark.parametrize("workflow", ["quickstart", "storyboard-only"], indirect=True, scope="session")
def test_a_run_shows_its_progress_and_its_pictures(fresh, server, workflow, shipped):
    album = f"{workflow} {'vue' if fresh.vue else 'canvas'}"
    make_small(fresh, {node["type"] for node in shipped["nodes"]}, album)
    seen = fresh.run()
    assert seen["ended"] == ["execution_success", None]
    ids = {node.get("title", node["type"]): node["id"] for node in shipped["nodes"]}
    steps = [(value, most) for node, value, most in seen["progress"] if node == str(ids["AlbumRender"])]
    assert len(steps) >= 2  # two photos
    assert [value for value, _ in steps] == sorted(value for value, _ in steps)
    assert steps[-1][0] == steps[-1][1]
    assert str(ids["AlbumRender"]) in seen["shown"]
    looks = {"quickstart": {"The checked photos": 2}, "storyboard-only": {"The storyboard": 2, "OpenPose": 2}}
    for title, count in looks[workflow].items():
        assert fresh.pictures(ids[title], count) == {(128, 96)}
    (sheet,) = fresh.pictures(ids["AlbumSave"], 1)
    assert min(sheet) > 128
    assert fresh.said == []
    record = json.loads((server.output / album / "album.json").read_text(encoding="utf-8"))
    assert [photo["status"] for photo in record["photos"]] == ["done", "done"]


@pytest.mark.parametrize("workflow", ["quickstart"], indirect=True, scope="session")
def test_what_is_wrong_is_said_on_the_node(fresh, shipped):
    make_small(fresh, {node["type"] for node in shipped["nodes"]}, "wrong")
    fresh.set_widgets("AlbumStoryPlanner", prompt="")
    ended, message = fresh.run()["ended"]
    assert ended == "execution_error"
    assert "The prompt is empty" in message
    fresh.complains("The prompt is empty")
    fresh.press("Escape")


@pytest.mark.parametrize("workflow", ["quickstart"], indirect=True, scope="session")
def test_what_cannot_be_is_refused_before_anything_runs(fresh, server):
    fresh.set_widgets("AlbumRender", album_name="../outside")
    fresh.queue()
    fresh.complains(re.compile("Album Render - album_name|album name"))
    fresh.press("Escape")
    assert not (server.output.parent / "outside").exists()


@pytest.mark.parametrize("workflow", ["quickstart"], indirect=True, scope="session")
def test_a_contact_sheet_dropped_on_the_editor_brings_the_graph_back(fresh, server, shipped):
    make_small(fresh, {node["type"] for node in shipped["nodes"]}, "dropped")
    assert fresh.run()["ended"] == ["execution_success", None]
    before = fresh.posted()
    fresh.evaluate("() => window.app.graph.clear()")
    fresh.drop("/api/view?filename=contact_sheet.png&subfolder=dropped&type=output", "contact_sheet.png")
    after = fresh.posted()
    assert after.keys() == before.keys()
    assert [after[key]["inputs"] for key in after if is_ours(after[key])] == [
        before[key]["inputs"] for key in after if is_ours(before[key])
    ]
