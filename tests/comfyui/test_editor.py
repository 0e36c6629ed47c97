"""The shipped graphs in ComfyUI's own editor. Skipped where there is no Chromium."""

import json
import shutil
from pathlib import Path

import pytest
import synthetic_albums

pytestmark = [pytest.mark.comfyui, pytest.mark.browser]

WORKFLOWS = Path(synthetic_albums.__file__).parent / "workflows"
NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.json"))
READY = "window.app && window.app.graph && window.app.canvas && window.app.extensionManager?.setting"
POSTED = "window.app.graphToPrompt().then(result => result.output)"
# What a node would not draw smaller than: a saved size below it makes nodes run into each other.
SIZES = "window.app.graph._nodes.map(n => ({type: n.type, size: [...n.size], least: [...n.computeSize()]}))"
DROP = """async ([url, name]) => {
    const data = await (await fetch(url)).blob();
    await window.app.handleFile(new File([data], name, {type: 'image/png'}));
}"""


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def editor(comfyui):
    """A page with the editor open; `said` collects what goes wrong in it."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("there is no Chromium: the editor was not tried")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        page.goto(comfyui.url)
        page.wait_for_function(READY, timeout=120_000)
        page.wait_for_timeout(3000)  # the editor goes on loading its own first graph
        page.said = []
        page.on("pageerror", lambda error: page.said.append(str(error)))
        yield page
        browser.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_editor_opens_a_graph_and_would_post_what_is_shipped(editor, name):
    editor.said.clear()
    editor.evaluate("graph => window.app.loadGraphData(graph)", read(WORKFLOWS / f"{name}.json"))
    posted, shipped = editor.evaluate(POSTED), read(WORKFLOWS / "api" / f"{name}.json")
    assert posted.keys() == shipped.keys()
    for key, node in shipped.items():
        assert posted[key]["class_type"] == node["class_type"]
        assert posted[key]["_meta"] == node["_meta"]
        # Nodes of ComfyUI itself may have widgets in the editor alone.
        assert node["inputs"].items() <= posted[key]["inputs"].items()
        if node["class_type"] in synthetic_albums.NODE_CLASS_MAPPINGS:
            assert posted[key]["inputs"] == node["inputs"]
    assert editor.said == []


@pytest.mark.parametrize("name", NAMES)
def test_no_node_needs_more_room_than_it_has(editor, name):
    editor.evaluate("graph => window.app.loadGraphData(graph)", read(WORKFLOWS / f"{name}.json"))
    small = [n for n in editor.evaluate(SIZES) if n["size"][0] < n["least"][0] or n["size"][1] < n["least"][1]]
    assert small == []


def test_a_contact_sheet_dropped_on_the_editor_brings_the_graph_back(comfyui, editor):
    graph = read(WORKFLOWS / "api" / "quickstart.json")
    for node in graph.values():
        changes = {
            "AlbumStoryPlanner": {"photos": 1},
            "AlbumLayout": {"width": 64, "height": 64},
            "AlbumRender": {"album_name": "dropped"},
        }
        node["inputs"].update(changes.get(node["class_type"], {}))
        if node["class_type"] == "AlbumBuiltinRenderer":
            node.update(class_type="AlbumStoryboardRenderer", inputs={})
    _, answer = comfyui.post(graph, workflow=read(WORKFLOWS / "quickstart.json"))
    assert comfyui.wait(answer["prompt_id"])["status"]["status_str"] == "success"
    editor.evaluate("window.app.graph.clear()")
    editor.evaluate(DROP, ["/view?filename=contact_sheet.png&subfolder=dropped&type=output", "contact_sheet.png"])
    assert editor.evaluate(POSTED).keys() == graph.keys()
