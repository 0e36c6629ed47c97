import json

import numpy as np
import pytest
import torch
from PIL import Image
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.headless.pictures import load_channel, load_picture
from synthetic_albums.nodes.host import hosted_by

PIXELS = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


def at(class_type, **inputs):
    return {"class_type": class_type, "inputs": inputs}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    Image.fromarray(PIXELS).save(tmp_path / "in" / "a.png")
    return tmp_path


def go(folder, graph, **options):
    host = HeadlessHost(folder / "out", folder / "in", **options)
    return run_graph(graph, node_classes=CORE_NODES, host=host)


def test_a_loaded_and_saved_picture_is_the_same(folder):
    graph = {"1": at("LoadImage", image="a.png"), "2": at("SaveImage", images=["1", 0], filename_prefix="trip/day")}
    result = go(folder, graph)
    assert result.outputs["2"]["images"] == [{"filename": "day_00001_.png", "subfolder": "trip", "type": "output"}]
    with Image.open(folder / "out" / "trip" / "day_00001_.png") as saved:
        assert np.array_equal(np.asarray(saved), PIXELS)
        assert json.loads(saved.text["prompt"]) == graph


def test_pictures_are_counted_on_and_never_overwritten(folder):
    graph = {"1": at("LoadImage", image="a.png"), "2": at("SaveImage", images=["1", 0], filename_prefix="x")}
    names = [go(folder, graph).outputs["2"]["images"][0]["filename"] for _ in range(3)]
    assert names == ["x_00001_.png", "x_00002_.png", "x_00003_.png"]


def test_a_batch_is_one_file_each_with_its_number(folder):
    graph = {
        "1": at("LoadImage", image="a.png"),
        "2": at("ImageBatch", image1=["1", 0], image2=["1", 0]),
        "3": at("SaveImage", images=["2", 0], filename_prefix="%width%x%height%-%batch_num%-%other%"),
    }
    names = [image["filename"] for image in go(folder, graph).outputs["3"]["images"]]
    assert names == ["6x4-0-%other%_00001_.png", "6x4-1-%other%_00002_.png"]


def test_the_graph_stays_out_of_pictures_where_metadata_is_not_allowed(folder):
    graph = {"1": at("LoadImage", image="a.png"), "2": at("SaveImage", images=["1", 0], filename_prefix="x")}
    go(folder, graph, metadata=False)
    with Image.open(folder / "out" / "x_00001_.png") as saved:
        assert saved.text == {}


@pytest.mark.parametrize("prefix", ["../x", "/abs/x", "a/../../x", "..\\x", "a\0b"])
def test_nothing_is_written_outside_the_output_folder(folder, prefix):
    graph = {"1": at("LoadImage", image="a.png"), "2": at("SaveImage", images=["1", 0], filename_prefix=prefix)}
    result = go(folder, graph)
    assert result.status == "failed"
    assert "filename_prefix" in result.error["exception_message"]
    assert sorted(p.name for p in folder.rglob("*.png")) == ["a.png"]


def test_a_link_out_of_the_output_folder_is_not_followed(folder):
    (folder / "out").mkdir()
    (folder / "elsewhere").mkdir()
    (folder / "out" / "away").symlink_to(folder / "elsewhere")
    graph = {"1": at("LoadImage", image="a.png"), "2": at("SaveImage", images=["1", 0], filename_prefix="away/x")}
    assert go(folder, graph).status == "failed"
    assert not list((folder / "elsewhere").iterdir())


def test_a_folder_that_cannot_be_written_is_named(folder):
    (folder / "out").write_text("a file in the way")
    graph = {"1": at("LoadImage", image="a.png"), "2": at("SaveImage", images=["1", 0], filename_prefix="x")}
    assert "Cannot write pictures to" in go(folder, graph).error["exception_message"]


def test_previews_are_written_only_where_somebody_wants_them(folder):
    graph = {"1": at("LoadImage", image="a.png"), "2": at("PreviewImage", images=["1", 0])}
    assert go(folder, graph).outputs["2"]["images"] == []
    shown = go(folder, graph, previews=folder / "previews").outputs["2"]["images"]
    assert shown == [{"filename": "preview_00001_.png", "subfolder": "", "type": "temp"}]
    assert (folder / "previews" / "preview_00001_.png").is_file()


def test_a_picture_that_is_not_there_is_refused_before_anything_runs(folder):
    graph = {"1": at("LoadImage", image="gone.png"), "2": at("PreviewImage", images=["1", 0])}
    result = go(folder, graph)
    assert result.node_errors["1"]["errors"][0]["details"] == "image - Invalid image file: gone.png"


def test_pictures_outside_the_input_folder_are_refused(folder):
    Image.fromarray(PIXELS).save(folder / "secret.png")
    graph = {"1": at("LoadImage", image="../secret.png"), "2": at("PreviewImage", images=["1", 0])}
    assert "lies outside" in go(folder, graph).node_errors["1"]["errors"][0]["details"]


def test_a_picture_of_the_output_folder_can_be_loaded(folder):
    (folder / "out").mkdir()
    Image.fromarray(PIXELS).save(folder / "out" / "b.png")
    graph = {"1": at("LoadImage", image="b.png [output]"), "2": at("PreviewImage", images=["1", 0])}
    assert go(folder, graph).status == "done"


def test_a_changed_picture_is_loaded_again(folder):
    fingerprint = CORE_NODES["LoadImage"].IS_CHANGED
    with hosted_by(HeadlessHost(folder / "out", folder / "in")):
        before = fingerprint(image="a.png")
        Image.fromarray(PIXELS + 1).save(folder / "in" / "a.png")
        assert fingerprint(image="a.png") != before


def test_transparency_becomes_a_mask(tmp_path):
    rgba = np.dstack([PIXELS, np.full((4, 6), 51, np.uint8)])
    Image.fromarray(rgba).save(tmp_path / "t.png")
    image, mask = load_picture(tmp_path / "t.png")
    assert tuple(image.shape) == (1, 4, 6, 3)
    assert torch.allclose(image[0], torch.from_numpy(PIXELS / 255.0).float())
    assert torch.allclose(mask, torch.full((1, 4, 6), 0.8))


def test_a_picture_without_transparency_has_an_empty_mask(folder):
    assert load_picture(folder / "in" / "a.png")[1].sum() == 0


def test_the_frames_of_an_animation_are_a_batch(tmp_path):
    frames = [Image.new("RGB", (5, 3), color) for color in ("red", "lime", "blue")]
    frames[0].save(tmp_path / "t.gif", save_all=True, append_images=frames[1:])
    image, _ = load_picture(tmp_path / "t.gif")
    assert image[:, 0, 0].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_a_photo_is_turned_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by a quarter
    Image.fromarray(PIXELS).save(tmp_path / "t.png", exif=exif)
    assert tuple(load_picture(tmp_path / "t.png")[0].shape) == (1, 6, 4, 3)


@pytest.mark.parametrize(("channel", "expected"), [("red", 1.0), ("green", 0.2), ("alpha", 0.4)])
def test_a_channel_becomes_a_mask(tmp_path, channel, expected):
    Image.new("RGBA", (2, 2), (255, 51, 0, 153)).save(tmp_path / "t.png")
    assert torch.allclose(load_channel(tmp_path / "t.png", channel), torch.full((1, 2, 2), expected))


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_fails_with_its_name(folder, content):
    (folder / "in" / "bad.png").write_bytes(content)
    graph = {"1": at("LoadImage", image="bad.png"), "2": at("PreviewImage", images=["1", 0])}
    assert "bad.png" in go(folder, graph).error["exception_message"]


@pytest.mark.parametrize("name", ["cut.png", "cut.jpg"])
def test_a_cut_off_picture_fails_with_its_name(folder, name):
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "in" / name)
    whole = (folder / "in" / name).read_bytes()
    (folder / "in" / name).write_bytes(whole[: len(whole) // 2])
    result = go(folder, {"1": at("LoadImage", image=name), "2": at("PreviewImage", images=["1", 0])})
    assert f"The picture {name} is damaged" in result.error["exception_message"]


def test_masks_and_images_turn_into_each_other():
    mask = torch.rand(2, 3, 4)
    (image,) = CORE_NODES["MaskToImage"]().mask_to_image(mask)
    assert tuple(image.shape) == (2, 3, 4, 3)
    assert torch.equal(CORE_NODES["ImageToMask"]().image_to_mask(image, "green")[0], mask)


def test_a_batch_of_unequal_pictures_takes_the_first_ones_size():
    wide, tall = torch.zeros(1, 4, 8, 3), torch.ones(1, 16, 8, 3)
    (batch,) = CORE_NODES["ImageBatch"]().batch(wide, tall)
    assert tuple(batch.shape) == (2, 4, 8, 3)
    assert batch.mean(dim=(1, 2, 3)).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("value", "text"), [("a", "a"), (3, "3"), (None, "None"), ([1, "b"], '[1, "b"]'), (True, "True"), ({1}, "{1}")]
)
def test_any_value_is_shown_as_text(value, text):
    assert CORE_NODES["PreviewAny"]().main(value) == {"ui": {"text": (text,)}}


@pytest.mark.parametrize(
    ("mode", "pattern", "group", "found"),
    [
        ("First Match", r"[a-z]+\.png", 1, "one.png"),
        ("First Match", "x", 1, ""),
        ("All Matches", r"[a-z]+\.png", 1, "one.png\ntwo.png"),
        ("All Matches", r"([a-z]+)(\.)png", 1, "one\ntwo"),
        ("First Group", r"([a-z]+)\.(png)", 2, "png"),
        ("First Group", r"([a-z]+)\.png", 2, ""),
        ("All Groups", r"([a-z]+)\.(png)", 1, "one\ntwo"),
        ("All Groups", r"[a-z]+", 0, ""),
        ("First Match", "(", 1, ""),
    ],
)
def test_what_a_regular_expression_finds(mode, pattern, group, found):
    node = CORE_NODES["RegexExtract"]()
    flags = {"case_insensitive": False, "multiline": False, "dotall": False}
    assert node.execute("a/one.png b/two.png", pattern, mode, group_index=group, **flags) == (found,)


def test_the_flags_of_a_regular_expression_count():
    node, text = CORE_NODES["RegexExtract"](), "One\ntwo"
    off = {"case_insensitive": False, "multiline": False, "dotall": False, "group_index": 1}
    for flag, pattern, found in [
        ("case_insensitive", "one", "One"),
        ("multiline", "^two$", "two"),
        ("dotall", "One.two", text),
    ]:
        assert node.execute(text, pattern, "First Match", **off) == ("",)
        assert node.execute(text, pattern, "First Match", **off | {flag: True}) == (found,)
