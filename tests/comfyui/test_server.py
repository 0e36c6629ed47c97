"""The pack inside the real ComfyUI server, through the interface that its users have."""

import copy
import json
import re
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
import synthetic_albums
from PIL import Image
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.stages.render.builtin import BUILTIN_FOLDER

pytestmark = pytest.mark.comfyui

QUICKSTART = json.loads(
    (Path(synthetic_albums.__file__).parent / "workflows/api/quickstart.json").read_text(encoding="utf-8")
)


def graph_with(**changes):
    """The quickstart graph, small, with inputs changed by class: `AlbumRender={"album_name": "x"}`."""
    graph = copy.deepcopy(QUICKSTART)
    small = {"AlbumStoryPlanner": {"photos": 3}, "AlbumLayout": {"width": 128, "height": 96}}
    for choices in (small, changes):
        for class_type, inputs in choices.items():
            node(graph, class_type)["inputs"].update(inputs)
    return graph


def node(graph, class_type):
    return next(entry for entry in graph.values() if entry["class_type"] == class_type)


def node_id(graph, class_type):
    return next(key for key, entry in graph.items() if entry["class_type"] == class_type)


def execution_error(entry):
    return next(data for kind, data in entry["status"]["messages"] if kind == "execution_error")


def photos_of(album):
    return {path.name: np.asarray(Image.open(path)) for path in sorted((album / "photos").glob("*.png"))}


@pytest.fixture(scope="module")
def finished(comfyui):
    """The quickstart graph after a run in ComfyUI."""
    graph = graph_with(AlbumRender={"album_name": "quick"})
    return graph, comfyui.run(graph)


def test_the_pack_loads_without_complaint(comfyui):
    lines = [line for line in comfyui.log.read_text(encoding="utf-8").splitlines() if "my-albums-checkout" in line]
    assert any(re.search(r"\d seconds", line) for line in lines)
    assert not any("FAILED" in line for line in lines)


def test_object_info_has_every_node_as_it_is_declared(comfyui):
    for class_type, node_class in synthetic_albums.NODE_CLASS_MAPPINGS.items():
        info = comfyui.get_json(f"/object_info/{class_type}")[class_type]
        declared = json.loads(json.dumps(node_class.INPUT_TYPES()))
        if class_type == "AlbumModelRenderer":  # its lists of samplers and schedulers are the server's own
            for name in ("sampler", "scheduler"):
                (known, _), (offered, _) = declared["required"][name], info["input"]["required"][name]
                assert set(known) <= set(offered)
                known[:] = offered
        assert info["input"] == declared
        assert info["output"] == list(node_class.RETURN_TYPES)
        assert info["display_name"] == synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS[class_type]
        assert info["description"] == node_class.DESCRIPTION
        assert info["category"].startswith("Synthetic Albums/")


def test_the_graph_runs_and_shows_the_sheet(comfyui, finished):
    graph, entry = finished
    assert entry["status"]["status_str"] == "success"
    shown = entry["outputs"][node_id(graph, "AlbumSave")]["images"]
    assert shown == [{"filename": "contact_sheet.png", "subfolder": "quick", "type": "output"}]
    assert comfyui.get("/view?filename=contact_sheet.png&subfolder=quick&type=output").startswith(b"\x89PNG")
    assert len(entry["outputs"][node_id(graph, "PreviewImage")]["images"]) == 3


@pytest.mark.skipif(not (BUILTIN_FOLDER / "hashes.json").is_file(), reason="models/builtin holds no weights")
def test_the_built_in_model_paints(comfyui):
    graph = graph_with(
        AlbumRender={"album_name": "painted"}, AlbumStoryPlanner={"photos": 1}, AlbumLayout={"height": 128}
    )
    node(graph, "AlbumStoryboardRenderer").update(class_type="AlbumBuiltinRenderer", inputs={"quality": "draft"})
    entry = comfyui.run(graph)
    assert entry["status"]["status_str"] == "success", execution_error(entry)["exception_message"]
    record = json.loads((comfyui.output / "painted" / "album.json").read_text(encoding="utf-8"))
    assert (record["renderer"]["name"], [photo["status"] for photo in record["photos"]]) == ("builtin", ["done"])


def test_the_pictures_are_those_of_the_headless_run(comfyui, finished, tmp_path):
    graph, _ = finished
    result = run_graph(
        graph,
        node_classes={**CORE_NODES, **synthetic_albums.NODE_CLASS_MAPPINGS},
        host=HeadlessHost(tmp_path, tmp_path),
    )
    assert result.status == "done"
    ours, theirs = photos_of(tmp_path / "quick"), photos_of(comfyui.output / "quick")
    assert len(ours) == 3
    assert ours.keys() == theirs.keys()
    for name, pixels in ours.items():
        assert np.array_equal(pixels, theirs[name]), f"{name} differs between ComfyUI and the headless run"


def test_the_sheet_carries_the_graph_and_the_photos_do_not(comfyui, finished):
    graph, _ = finished
    album = comfyui.output / "quick"
    carried = json.loads(Image.open(album / "contact_sheet.png").text["prompt"])
    for entry in carried.values():
        entry.pop("is_changed", None)  # ComfyUI's own note beside the inputs
    assert carried == graph
    for path in (album / "photos").glob("*.png"):
        text = Image.open(path).text
        assert "prompt" not in text
        assert "synthetic" in text["Statement"]


def test_a_second_run_renders_nothing_again(comfyui, finished):
    graph, _ = finished
    before = {path: path.stat().st_mtime_ns for path in (comfyui.output / "quick" / "photos").glob("*.png")}
    assert comfyui.run(graph)["status"]["status_str"] == "success"
    assert before == {path: path.stat().st_mtime_ns for path in (comfyui.output / "quick" / "photos").glob("*.png")}


def test_a_deleted_photo_is_made_again(comfyui):
    graph = graph_with(AlbumRender={"album_name": "deleted"})
    comfyui.run(graph)
    photo = min((comfyui.output / "deleted" / "photos").glob("*.png"))
    data = photo.read_bytes()
    photo.unlink()
    assert comfyui.run(graph)["status"]["status_str"] == "success"
    assert photo.read_bytes() == data


def test_an_album_that_was_deleted_is_made_again(comfyui):
    graph = graph_with(AlbumRender={"album_name": "gone"})
    comfyui.run(graph)
    shutil.rmtree(comfyui.output / "gone")
    assert comfyui.run(graph)["status"]["status_str"] == "success"
    assert len(photos_of(comfyui.output / "gone")) == 3


def test_the_third_run_is_answered_from_the_cache(comfyui):
    graph = graph_with(AlbumRender={"album_name": "cached"})
    for _ in range(2):  # the second one finds the album that the first one made
        comfyui.run(graph)
    messages = dict(comfyui.run(graph)["status"]["messages"])
    assert set(messages["execution_cached"]["nodes"]) == set(graph)


def test_one_edited_scene_makes_one_photo(comfyui):
    graph = graph_with(AlbumRender={"album_name": "edited"})
    comfyui.run(graph)
    album = comfyui.output / "edited"
    before = {path.name: path.stat().st_mtime_ns for path in (album / "photos").glob("*.png")}
    plan = json.loads((album / "album.json").read_text(encoding="utf-8"))["plan"]
    plan["scenes"][1]["weather"] = "fog"
    graph["edit"] = {"class_type": "AlbumPlanEdit", "inputs": {"text": json.dumps(plan)}}
    for class_type in ("AlbumLayout", "AlbumIdentity", "AlbumRender"):
        node(graph, class_type)["inputs"]["plan"] = ["edit", 0]
    assert comfyui.run(graph)["status"]["status_str"] == "success"
    after = {path.name: path.stat().st_mtime_ns for path in (album / "photos").glob("*.png")}
    assert after.keys() == before.keys()
    assert [name for name in before if after[name] != before[name]] == [f"{plan['scenes'][1]['id']}.png"]


def test_core_nodes_can_follow(comfyui):
    graph = graph_with(AlbumRender={"album_name": "core"})
    planner, layout = node_id(graph, "AlbumStoryPlanner"), node_id(graph, "AlbumLayout")
    identity, check = node_id(graph, "AlbumIdentity"), node_id(graph, "AlbumLeakageCheck")
    graph["captions"] = {"class_type": "PreviewAny", "inputs": {"source": [planner, 2]}}
    graph["masks"] = {"class_type": "MaskToImage", "inputs": {"mask": [layout, 2]}}
    graph["sheet"] = {"class_type": "AlbumContactSheet", "inputs": {"album": [check, 0], "columns": 2, "tile": 64}}
    pictures = {"mask": ["masks", 0], "blueprint": [layout, 1], "portrait": [identity, 1], "sheets": ["sheet", 0]}
    for name, source in pictures.items():
        graph["save_" + name] = {"class_type": "SaveImage", "inputs": {"images": source, "filename_prefix": name}}
    entry = comfyui.run(graph)
    assert entry["status"]["status_str"] == "success", entry["status"]
    assert len(entry["outputs"]["captions"]["text"]) == 3
    counts = {name: len(entry["outputs"]["save_" + name]["images"]) for name in pictures}
    cast = len(json.loads((comfyui.output / "core" / "album.json").read_text(encoding="utf-8"))["plan"]["characters"])
    assert counts == {"mask": 3, "blueprint": 3, "portrait": cast, "sheets": 1}


def test_an_interrupted_album_goes_on_where_it_stopped(comfyui):
    story = {"photos": 40}
    size = {"width": 512, "height": 512}
    graph = graph_with(AlbumStoryPlanner=story, AlbumLayout=size, AlbumRender={"album_name": "stopped"})
    photos = comfyui.output / "stopped" / "photos"
    _, answer = comfyui.post(graph)
    end = time.monotonic() + 120
    while not list(photos.glob("*.png")) and time.monotonic() < end:
        time.sleep(0.05)
    comfyui.interrupt()
    messages = dict(comfyui.wait(answer["prompt_id"])["status"]["messages"])
    assert messages["execution_interrupted"]["node_type"] == "AlbumRender"
    made = {path: path.stat().st_mtime_ns for path in photos.glob("*.png")}
    assert 0 < len(made) < 40
    assert comfyui.run(graph)["status"]["status_str"] == "success"
    assert len(list(photos.glob("*.png"))) == 40
    assert made == {path: path.stat().st_mtime_ns for path in made}


@pytest.mark.parametrize(
    ("class_type", "inputs", "error", "words"),
    [
        ("AlbumLayout", {"width": 9}, "value_smaller_than_min", "width"),
        ("AlbumStoryPlanner", {"photos": 1001}, "value_bigger_than_max", "photos"),
        ("AlbumStoryPlanner", {"style": "baroque"}, "value_not_in_list", "style"),
        ("AlbumRender", {"album_name": "../outside"}, "custom_validation_failed", "album name"),
    ],
)
def test_a_bad_value_is_refused_on_its_node(comfyui, class_type, inputs, error, words):
    graph = graph_with(**{class_type: inputs})
    status, answer = comfyui.post(graph)
    assert status == 400
    errors = answer["node_errors"][node_id(graph, class_type)]["errors"]
    assert [each["type"] for each in errors] == [error]
    assert words in errors[0]["details"]
    assert not (comfyui.base / "outside").exists()


def test_a_wrong_plan_is_refused_before_anything_runs(comfyui):
    graph = graph_with(AlbumRender={"album_name": "never"})
    graph["edit"] = {"class_type": "AlbumPlanEdit", "inputs": {"text": '{"title": "x", "scenes": []}'}}
    node(graph, "AlbumRender")["inputs"]["plan"] = ["edit", 0]
    status, answer = comfyui.post(graph)
    assert status == 400
    assert "environments" in answer["node_errors"]["edit"]["errors"][0]["details"]
    assert not (comfyui.output / "never").exists()


@pytest.mark.parametrize(
    ("class_type", "inputs", "words"),
    [
        ("AlbumStoryPlanner", {"prompt": ""}, "The prompt is empty"),
        ("AlbumGallery", {"folder": "no-such-folder"}, "does not exist"),
        ("AlbumRender", {"subset": "2-99"}, "The album has photos 1 to 3"),
    ],
)
def test_what_the_user_can_put_right_is_one_sentence_on_the_node(comfyui, class_type, inputs, words):
    entry = comfyui.run(graph_with(**{class_type: inputs}))
    assert entry["status"]["status_str"] == "error"
    error = execution_error(entry)
    assert error["node_type"] == class_type
    assert error["exception_type"].endswith("AlbumError")
    assert words in error["exception_message"]
    assert "\n" not in error["exception_message"].strip()


def test_a_planted_copy_is_withheld(comfyui):
    comfyui.run(graph_with(AlbumRender={"album_name": "leaky"}))
    album = comfyui.output / "leaky"
    private = comfyui.base / "private"
    private.mkdir()
    copied = min((album / "photos").glob("*.png"))
    Image.open(copied).convert("RGB").save(private / "holiday.jpg", quality=80)
    entry = comfyui.run(graph_with(AlbumRender={"album_name": "leaky"}, AlbumGallery={"folder": str(private)}))
    assert entry["status"]["status_str"] == "success"
    assert not copied.exists()
    record = json.loads((album / "album.json").read_text(encoding="utf-8"))
    statuses = {photo["scene"]: photo["status"] for photo in record["photos"]}
    assert statuses[copied.stem] == "withheld"
    assert list(statuses.values()).count("withheld") == 1
    assert record["leakage"]["status"] == "leak"
    assert "holiday" not in (album / "album.json").read_text(encoding="utf-8")


def test_the_editor_is_served_templates_and_help(comfyui):
    templates = comfyui.get_json("/workflow_templates")
    assert "quickstart" in templates["my-albums-checkout"]
    served = json.loads(comfyui.get("/api/workflow_templates/my-albums-checkout/quickstart.json"))
    assert {entry["type"] for entry in served["nodes"]} >= {"AlbumStoryPlanner", "AlbumSave"}
    assert comfyui.get("/api/workflow_templates/my-albums-checkout/quickstart.jpg").startswith(b"\xff\xd8")
    for class_type in synthetic_albums.NODE_CLASS_MAPPINGS:
        help_page = comfyui.get(f"/extensions/my-albums-checkout/docs/{class_type}.md").decode()
        assert help_page.startswith("# ")
