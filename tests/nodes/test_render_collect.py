import math

import numpy as np
import pytest
import torch
from synthetic_albums.headless.core_nodes import CORE_NODES
from synthetic_albums.headless.executor import run_graph
from synthetic_albums.nodes.export import AlbumSave
from synthetic_albums.nodes.leakage import AlbumLeakageCheck
from synthetic_albums.nodes.render_collect import AlbumCollect
from synthetic_albums.nodes.render_scenes import AlbumScenePick
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError


@pytest.fixture
def pictures(a_picture):
    """A batch of that many pictures, (count, 64, 64, 3) floats; another name gives other ones."""

    def make(count, name="first"):
        return torch.from_numpy(np.stack([a_picture(f"{name} {n}") for n in range(count)])).float() / 255

    return make


@pytest.fixture
def collect(host, plan, layout, cast):
    """Run the node as ComfyUI does: every input is a list."""

    def run(images, **changes):
        inputs = {"plan": plan, "layout": layout, "cast": cast, "album_name": "walks", "subset": "", "how": ""}
        lists = {name: [value] for name, value in (inputs | changes).items() if name != "seeds"}
        return AlbumCollect().collect(images=images, **lists, seeds=changes.get("seeds"))

    return run


def as_photos(images):
    return (images.numpy() * 255).round().astype(np.uint8)


@pytest.mark.parametrize("form", ["batch", "list", "mixed"])
def test_a_batch_and_a_list_give_the_same_album(collect, pictures, host, form):
    batch = pictures(3)
    images = {"batch": [batch], "list": list(batch.split(1)), "mixed": [batch[:2], batch[2:]]}[form]
    folder, photos, table = collect(images)
    assert folder.path == host.output_directory() / "walks"
    assert np.array_equal(as_photos(photos), as_photos(batch))
    assert [line.split("\t")[:3] for line in table.splitlines()[1:]] == [
        ["1", "s1", "done"], ["2", "s2", "done"], ["3", "s3", "done"],
    ]  # fmt: skip
    assert (folder.path / "anchors" / "cast.safetensors").is_file()


def test_half_precision_is_read(collect, pictures):
    folder, _, _ = collect([pictures(3).to(torch.bfloat16)])
    assert [photo.status for photo in folder.read().photos] == ["done"] * 3


def test_outputs_are_those_of_album_render(render, collect, pictures):
    rendered, collected = render(album_name="rendered"), collect([pictures(3)])
    assert AlbumCollect.RETURN_TYPES == ("ALBUM", "IMAGE", "STRING")
    assert [type(value) for value in rendered] == [type(value) for value in collected]
    assert rendered[2].splitlines() == collected[2].splitlines()  # seeds and attempts too


def test_seeds_come_as_a_list(collect, pictures):
    folder, _, _ = collect([pictures(3)], seeds=[3, 4, 5])
    assert [photo.seed for photo in folder.read().photos] == [3, 4, 5]


def test_collecting_again_replaces_just_the_given_scenes(collect, pictures):
    _, before, _ = collect([pictures(3)])
    folder, after, _ = collect([pictures(1, "second")], subset="2", how="by hand")
    assert torch.equal(after[[0, 2]], before[[0, 2]])
    assert np.array_equal(as_photos(after)[1], as_photos(pictures(1, "second"))[0])
    assert [photo.renderer for photo in folder.read().photos] == ["collected", "collected: by hand", "collected"]


def test_photos_that_are_not_there_are_grey(collect, pictures):
    _, photos, table = collect([pictures(1)], subset="3")
    assert [line.split("\t")[2] for line in table.splitlines()[1:]] == ["pending", "pending", "done"]
    assert len(np.unique(photos[0, :8])) == 1 < len(np.unique(photos[2, :8]))


def test_the_leakage_check_and_the_page_follow(collect, pictures, host):
    folder, _, _ = collect([pictures(3)], how="SDXL, 30 steps")
    required = AlbumLeakageCheck.INPUT_TYPES()["required"]
    given = {name: spec[1].get("default") for name, spec in required.items() if name != "album"}
    AlbumLeakageCheck().check(album=folder, **given)
    assert folder.read().leakage.status == "unchecked"  # there was no gallery to compare with
    save = {name: spec[1].get("default") for name, spec in AlbumSave.INPUT_TYPES()["required"].items()}
    getattr(AlbumSave(), AlbumSave.FUNCTION)(**save | {"album": folder})
    assert "SDXL, 30 steps" in (folder.path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("count", "subset", "message"),
    [(2, "", "2 pictures came for 3 photos"), (3, "1-2", "3 pictures came for 2 photos"), (3, "7", "Photos to make")],
)
def test_pictures_that_do_not_fit_the_scenes_are_refused(collect, pictures, host, count, subset, message):
    with pytest.raises(AlbumError, match=message):
        collect([pictures(count)], subset=subset)
    assert not (host.output_directory() / "walks").exists()


def test_nothing_at_all_is_refused(collect):
    with pytest.raises(AlbumError, match="0 pictures came for 3 photos"):
        collect([torch.zeros(0, 64, 64, 3)])


def test_a_spoiled_picture_is_named_and_the_rest_is_collected(collect, pictures, host):
    batch = pictures(3)
    batch[1, 5, 5] = float("nan")
    with pytest.raises(AlbumError, match=r"photo 2 \(scene 's2'\) has pixels that are not numbers.* the subset '2'"):
        collect([batch])
    assert sorted(path.name for path in (host.output_directory() / "walks" / "photos").iterdir()) == [
        "s1.png", "s3.png",
    ]  # fmt: skip


def test_an_album_of_another_plan_is_refused(collect, pictures, plan):
    collect([pictures(3)])
    other = plan.model_copy(update={"seed": 8})
    with pytest.raises(AlbumError, match=r"photo 1 \(scene 's1'\) of another plan, 'Three walks'"):
        collect([pictures(3)], plan=other)


def test_an_interruption_stops_it(collect, pictures, host):
    host.interrupt()
    with pytest.raises(InterruptedAlbumError):
        collect([pictures(3)])


@pytest.mark.parametrize("name", ["../elsewhere", "/elsewhere", "", "nul"])
def test_a_name_that_leaves_the_output_folder_is_refused_before_anything_runs(host, name):
    assert "album" in AlbumCollect.VALIDATE_INPUTS([name])


@pytest.mark.parametrize("name", [["trips/alps"], [None], (None,), "trips/alps"])
def test_a_good_name_and_a_linked_one_are_accepted(host, name):
    assert AlbumCollect.VALIDATE_INPUTS(name) is True


def test_what_is_on_disk_decides_whether_the_node_runs(collect, pictures):
    assert math.isnan(AlbumCollect.IS_CHANGED(["walks"], subset=[""]))
    folder, _, _ = collect([pictures(3)])
    before = AlbumCollect.IS_CHANGED(["walks"], subset=[""])
    assert before == AlbumCollect.IS_CHANGED(["walks"], subset=[""])
    (folder.path / "photos" / "s2.png").unlink()
    assert AlbumCollect.IS_CHANGED(["walks"], subset=[""]) != before


class Sampler:
    """Stands for a core path from a scene's text, size and seed to one picture; called once for each."""

    CATEGORY = "test"
    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "sample"

    @classmethod
    def INPUT_TYPES(cls):
        numbers = {name: ("INT", {"default": 0}) for name in ("width", "height", "seed")}
        return {"required": {"prompt": ("STRING", {}), **numbers, "pose": ("IMAGE",)}}

    def sample(self, prompt, width, height, seed, pose):
        assert prompt
        assert pose.shape == (1, height, width, 3)
        values = np.random.default_rng(seed).random((1, 8, 8, 3), np.float32)
        return (torch.from_numpy(values.repeat(height // 8, axis=1).repeat(width // 8, axis=2)),)


class Story:
    """Gives what the tests made."""

    CATEGORY = "test"
    RETURN_TYPES = ("ALBUM_PLAN", "ALBUM_LAYOUT", "ALBUM_CAST")
    FUNCTION = "give"
    given = ()

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {}}

    def give(self):
        return self.given


def test_a_graph_samples_once_for_each_scene(host, plan, layout, cast, monkeypatch):
    monkeypatch.setattr(Story, "given", (plan, layout, cast))
    story = {"plan": ["1", 0], "layout": ["1", 1], "cast": ["1", 2]}
    fields = {"prompt": ["2", 0], "width": ["2", 2], "height": ["2", 3], "seed": ["2", 4], "pose": ["2", 6]}
    graph = {
        "1": {"class_type": "Story", "inputs": {}},
        "2": {"class_type": "AlbumScenePick", "inputs": {**story, "scenes": "1,3", "negative": "", "attempt": 2}},
        "3": {"class_type": "Sampler", "inputs": fields},
        "4": {
            "class_type": "AlbumCollect",
            "inputs": {
                **story, "images": ["3", 0], "album_name": "walks", "subset": "1,3", "how": "test", "seeds": ["2", 4],
            },
        },
        "5": {"class_type": "PreviewAny", "inputs": {"source": ["4", 2]}},
    }  # fmt: skip
    nodes = {**CORE_NODES, "Story": Story, "Sampler": Sampler}
    nodes |= {node.__name__: node for node in (AlbumScenePick, AlbumCollect)}
    result = run_graph(graph, node_classes=nodes, host=host)
    assert result.status == "done", result.error
    (table,) = result.outputs["5"]["text"]
    lines = [line.split("\t") for line in table.splitlines()[1:]]
    assert [line[2] for line in lines] == ["done", "pending", "done"]
    seeds = result.values["2"][4]
    assert [lines[0][3], lines[2][3]] == [str(seed) for seed in seeds]
    again = run_graph(graph, node_classes=nodes, host=host)
    assert again.outputs == result.outputs
