"""Core's nodes between Album Scene Pick and Album Collect, in the real ComfyUI: once for each scene."""

import json

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.comfyui

STORY = {"plan": ["plan", 0], "layout": ["layout", 0], "cast": ["cast", 0]}


def own_sampling(name, *, scenes, subset=None, color=0):
    """A graph that fills every scene with a colour, in the place of a sampler, and one pose picture for each."""
    story = {"prompt": "two friends at the lake", "photos": 3, "seed": 1, "style": "auto"}
    picked = {**STORY, "scenes": scenes, "negative": "blurry", "attempt": 0}
    size = {"width": ["pick", 2], "height": ["pick", 3]}
    given = {"images": ["fill", 0], "album_name": name, "subset": scenes if subset is None else subset}
    nodes = {
        "plan": ("AlbumStoryPlanner", story),
        "layout": ("AlbumLayout", {"plan": ["plan", 0], "width": 96, "height": 64}),
        "cast": ("AlbumIdentity", {"plan": ["plan", 0], "portrait_size": 64}),
        "pick": ("AlbumScenePick", picked),
        "fill": ("EmptyImage", {**size, "batch_size": 1, "color": color}),
        "latent": ("EmptyLatentImage", {**size, "batch_size": 1}),
        "show": ("PreviewAny", {"source": ["pick", 0]}),
        "poses": ("PreviewImage", {"images": ["pick", 6]}),
        "collect": ("AlbumCollect", {**STORY, **given, "how": "EmptyImage", "seeds": ["pick", 4]}),
        "save": ("PreviewImage", {"images": ["collect", 1]}),
        "table": ("PreviewAny", {"source": ["collect", 2]}),
    }
    return {key: {"class_type": class_type, "inputs": inputs} for key, (class_type, inputs) in nodes.items()}


def execution_error(entry):
    return next((data for kind, data in entry["status"]["messages"] if kind == "execution_error"), None)


def album_of(comfyui, name):
    return json.loads((comfyui.output / name / "album.json").read_text(encoding="utf-8"))


def colours(comfyui, name):
    """The colour of each photo file, which must be of one colour."""
    found = {}
    for path in sorted((comfyui.output / name / "photos").glob("*.png")):
        (found[path.stem],) = {tuple(pixel) for pixel in np.asarray(Image.open(path)).reshape(-1, 3)}
    return found


def test_core_nodes_run_once_for_each_scene_and_the_album_is_whole(comfyui):
    entry = comfyui.run(own_sampling("own", scenes="all", color=0x336699))
    assert entry["status"]["status_str"] == "success", execution_error(entry)
    assert len(entry["outputs"]["show"]["text"]) == 3
    assert len(entry["outputs"]["poses"]["images"]) == 3
    assert len(entry["outputs"]["save"]["images"]) == 3
    album = album_of(comfyui, "own")
    assert [photo["status"] for photo in album["photos"]] == ["done"] * 3
    assert [(photo["width"], photo["height"]) for photo in album["photos"]] == [(96, 64)] * 3
    assert (album["renderer"]["name"], album["renderer"]["how"]) == ("collected", "EmptyImage")
    assert len({photo["seed"] for photo in album["photos"]}) == 3
    assert set(colours(comfyui, "own").values()) == {(0x33, 0x66, 0x99)}


def test_collecting_again_replaces_one_photo(comfyui):
    comfyui.run(own_sampling("again", scenes="", color=0x112233))
    entry = comfyui.run(own_sampling("again", scenes="2", color=0x445566))
    assert entry["status"]["status_str"] == "success", execution_error(entry)
    assert list(colours(comfyui, "again").values()) == [(0x11, 0x22, 0x33), (0x44, 0x55, 0x66), (0x11, 0x22, 0x33)]


def test_the_wrong_number_of_pictures_is_said_on_the_node(comfyui):
    entry = comfyui.run(own_sampling("short", scenes="1,2", subset=""))
    error = execution_error(entry)
    assert error["node_type"] == "AlbumCollect"
    assert "2 pictures came for 3 photos, photo 3" in error["exception_message"]
    assert not (comfyui.output / "short").exists()


def test_a_bad_album_name_is_refused_before_anything_runs(comfyui):
    status, answer = comfyui.post(own_sampling("../elsewhere", scenes=""))
    complaint = answer["node_errors"]["collect"]["errors"][0]
    assert status in (200, 400)  # the outputs that do not need the album may run
    assert complaint["type"] == "custom_validation_failed"
    assert "album name" in complaint["details"]
