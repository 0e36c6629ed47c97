"""What each shipped graph is for happens when it runs."""

import json

import numpy as np
import pytest
from PIL import Image


def album_at(folder, name):
    return json.loads((folder / "out" / name / "album.json").read_text(encoding="utf-8"))


def pixels(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("workflow", ["storyboard-only"])
def test_blueprints_are_shown_as_controlnets_read_them(ran, api):
    result, folder = ran
    title = {node["_meta"]["title"]: key for key, node in api.items()}
    first = {
        name: pixels(folder / "previews" / result.outputs[title[name]]["images"][0]["filename"])
        for name in ("OpenPose", "Depth", "Segmentation")
    }
    assert (first["OpenPose"].sum(axis=2) == 0).mean() > 0.5  # a skeleton on black
    assert np.ptp(first["OpenPose"]) > 100
    assert (first["Depth"] == first["Depth"][..., :1]).all()  # grey
    assert len(np.unique(first["Segmentation"].reshape(-1, 3), axis=0)) > 3


@pytest.mark.parametrize("workflow", ["own-checkpoint"])
def test_a_checkpoint_of_the_named_file_paints_the_album(api, run_small, tiny_checkpoint, tmp_path):
    (node,) = [node for node in api.values() if node["class_type"] == "AlbumDiffusersRenderer"]
    tiny_checkpoint.make_file(tmp_path / "in" / node["inputs"]["checkpoint"], "sd15")
    result = run_small(
        api,
        drawn=False,
        AlbumDiffusersRenderer={"steps": 1, "device": "cpu"},
        AlbumStoryPlanner={"prompt": "Maya at the beach", "photos": 1},
        AlbumIdentity={"portrait_size": 64},
        AlbumLayout={"width": 64, "height": 64},
    )
    assert result.status == "done", result.error
    record = album_at(tmp_path, "my checkpoint")
    assert record["renderer"]["name"] == "diffusers"
    (photo,) = record["photos"]
    assert photo["status"] == "done"
    assert "people" in photo["scores"]  # the monitor has looked
    anchors = {path.name for path in (tmp_path / "out" / "my checkpoint" / "anchors").iterdir()}
    assert {"maya.png", "maya~2.png", "maya~3.png", "place~beach.png"} <= anchors


@pytest.mark.parametrize("workflow", ["own-checkpoint"])
def test_without_the_checkpoint_the_message_names_the_file(api, run_small):
    result = run_small(api, drawn=False)
    assert result.status == "failed"
    assert "v1-5-pruned-emaonly-fp16.safetensors" in result.error["exception_message"]


@pytest.mark.parametrize("workflow", ["two-families"])
def test_several_people_are_told_apart_in_one_photo(ran):
    record = album_at(ran[1], "two families")
    assert [one["name"] for one in record["plan"]["characters"]] == ["Anna", "Paul", "Lena", "Grace", "Noah"]
    assert max(len(scene["cast"]) for scene in record["plan"]["scenes"]) == 5
    assert all("people" in photo["scores"] for photo in record["photos"])  # the monitor has looked
    anchors = ran[1] / "out" / "two families" / "anchors"
    portraits = [pixels(anchors / f"{one['id']}.png") for one in record["plan"]["characters"]]
    assert len({portrait.tobytes() for portrait in portraits}) == 5


@pytest.mark.parametrize("workflow", ["human-in-the-loop"])
def test_two_stories_become_one_and_a_scene_is_changed(ran):
    plan = album_at(ran[1], "my choice")["plan"]
    assert [character["name"] for character in plan["characters"]] == ["Maya", "Tom"]
    assert {scene["environment"] for scene in plan["scenes"]} >= {"mountain", "market"}
    changed = plan["scenes"][2]
    assert changed["camera"]["angle"] == "low"
    assert ("balloons", 3) in {(thing["kind"], thing["count"]) for thing in changed["objects"]}


@pytest.mark.parametrize("workflow", ["human-in-the-loop"])
def test_a_chosen_photo_is_redone_and_stays(api, run_small, tmp_path):
    runs = [{}, {"subset": "2", "attempt": 1}, {}]
    attempts = []
    for inputs in runs:
        assert run_small(api, AlbumRender=inputs).status == "done"
        attempts.append([photo["attempt"] for photo in album_at(tmp_path, "my choice")["photos"]])
    assert attempts == [[0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]]


@pytest.mark.parametrize("workflow", ["character-library"])
def test_the_same_person_is_in_both_albums(ran):
    folder = ran[1]
    one, two = (album_at(folder, f"album {number}")["plan"]["characters"] for number in ("one", "two"))
    assert [character["name"] for character in one] == ["Maya", "Biscuit"]
    assert [character["name"] for character in two] == ["Maya", "Rosa"]
    looks = ("age_group", "gender", "build", "height", "skin_tone", "hair", "face")
    assert [one[0][look] for look in looks] == [two[0][look] for look in looks]
    portraits = [pixels(folder / "out" / f"album {number}" / "anchors" / "maya.png") for number in ("one", "two")]
    assert np.array_equal(*portraits)
    assert (folder / "out" / "my people.safetensors").is_file()
