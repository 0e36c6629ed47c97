"""AlbumModelRenderer in the real ComfyUI, with tiny models of ComfyUI's own classes."""

import importlib.util
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from .server import comfyui_python, comfyui_root

pytestmark = pytest.mark.comfyui

HERE = Path(__file__).parent
SAME = {"mean": 0.0, "max": 0}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    path = HERE.parents[1] / "benchmarks" / "tiny_checkpoint.py"
    spec = importlib.util.spec_from_file_location("tiny_checkpoint", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make_file(tmp_path_factory.mktemp("native") / "tiny.safetensors", "sd15", vae_width=32)


@pytest.fixture(scope="module")
def found(checkpoint):
    root = comfyui_root()
    if root is None:
        pytest.skip("COMFYUI_ROOT is not set")
    command = [comfyui_python(root), str(HERE / "native_side.py"), str(root), str(checkpoint)]
    environment = {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, env=environment)
    assert done.returncode == 0, f"COMFYUI_ROOT is set, but the checks did not run there:\n{done.stderr[-3000:]}"
    return json.loads(done.stdout)


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_without_anchors_and_regions_a_photo_is_ksamplers_bit_for_bit(found, family):
    one = found["ksampler"]
    assert one[family] == SAME
    assert one[f"{family}_from_picture"] == SAME
    assert one[f"{family}_moved"]["mean"] > 1


def test_everything_that_is_chosen_does_something(found):
    effects = found["effects"]
    for name in ("anchors", "regions", "masks", "blocks", "until", "scale", "noise", "extra", "half_weight"):
        assert effects[name]["max"] > 0, name
    assert effects["sdxl_anchors"]["max"] > 0
    assert effects["sdxl_regions"]["max"] > 0


def test_a_photo_depends_on_anchors_and_never_on_another_photo(found):
    effects = found["effects"]
    for name in ("no_weight", "again", "no_cache", "after_another"):
        assert effects[name] == SAME, name
    assert effects["computed"] == effects["computed_later"]  # anchors are looked at once for all photos


def test_the_same_weights_give_the_same_pixels_as_diffusers(found):
    assert len(found["parity"]) == 4
    for name, difference in found["parity"].items():
        assert difference["max"] <= 2, name
        assert difference["mean"] < 0.05, name


def test_patches_of_other_packs_keep_working(found):
    one = found["other_packs"]
    assert all(count > 0 for count in one["calls"].values()), one["calls"]
    assert one["their_tokens"] == [[16, 16]]  # no anchors in a block that is somebody else's
    assert one["still_anchored"]["max"] > 0
    assert one["theirs_alone"] == SAME
    assert one["options_kept"]
    assert one["weights_kept"]
    assert one["wrappers"] == ["apply_model"]


def test_cores_own_patches_of_attention_go_together_with_anchors(found):
    assert len(found["core_patches"]) == 3
    # Where tokens are merged or tiled in every layer, no layer is left that could look at anchors.
    assert found["core_patches"]["PerturbedAttentionGuidance"]["max"] > 0


@pytest.mark.parametrize("kind", ["flux", "omnigen2", "z_image"])
def test_models_for_editing_get_the_anchors_as_reference_latents(found, kind):
    if kind not in found["references"]:
        pytest.skip(f"this ComfyUI does not know {kind}")
    one = found["references"][kind]
    assert one["shapes"] == [[[1, 16, 8, 8]] * 3] * 4
    assert one["weaker"] == [3, 3, 0, 0]  # let go of after half of the steps
    assert one["alone"] == [0, 0, 0, 0]
    assert one["effect"]["max"] > 0
    assert one["weak_effect"]["max"] > 0
    assert one["warned"] == []
    (text,) = one["texts"]
    assert "image 1: Ana, the woman" in text
    assert "image 2: Leo, the man" in text
    assert "image 3: the place, park" in text


def test_a_model_that_would_ignore_them_is_named(found):
    one = found["references"]["chroma"]
    assert one["effect"] == SAME
    assert all(shown == [] for shown in one["shapes"])
    assert one["warned"]
    assert "Chroma" in one["warned"][0]
    assert "by their words" in one["warned"][0]


def test_qwen_is_shown_the_pictures_twice(found):
    one = found["pictures_in_text"]
    assert one["shapes"] == [[1, 16, 1, 8, 8]] * 3
    text, pictures, template = one["text"]
    assert text.startswith("Picture 1: <|vision_start|><|image_pad|><|vision_end|>Picture 2:")
    assert text.count("<|image_pad|>") == len(pictures) == 3
    assert template == "<system>{}<end>"
    assert "Picture 1: Ana" in text
    assert one["effect"]["max"] > 0
    assert one["from_picture"]["max"] > 0


def test_control_nets_act_and_stay_as_they_were(found):
    one = found["controls"]
    assert one["effect"]["max"] > 0
    assert one["two"]["max"] > 0
    assert one["off"] == SAME
    assert one["left_as_it_was"]
    assert "depth ControlNet was made for a UNet that reads texts of 48" in one["other_family"]
    assert "is no UNet" in one["unet_for_flux"]


@pytest.mark.parametrize("kind", ["sd15", "flux"])
def test_portraits_views_and_plates(found, kind):
    one = found["people"][kind]
    assert one["sizes"] == [[64, 64, 3], [64, 64, 3], [64, 96, 3]]
    assert one["view_follows_front"]["max"] > 0
    assert one["again"] == SAME


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("vae", "latents have 16 channels, but those of the model (SD15) have 4"),
        ("no_clip", "clip input is empty"),
        ("no_vae", "holds no VAE"),
        ("no_model", "cannot be sampled"),
        ("clip", "gives 48 numbers a token"),
        ("size", "The nearest is 64 x 64"),
        ("regions", "set `regions` to 'auto' or 'masks'"),
        ("numbers", "not numbers for the photo of scene 's1'"),
        ("memory", "not enough memory for the photo of scene 's1'"),
        ("interruption", "InterruptProcessingException"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(found, name, said):
    assert said in found["refusals"][name]


def test_nothing_of_ours_stays_after_a_run(found):
    one = found["nothing_stays"]
    tensors, ours = one["before"]
    assert ours == 0
    assert one["during"][0] > tensors
    assert one["during"][1] > 0
    assert one["closed"] == [tensors, 0]
    assert one["second"] == one["first"]  # a second run holds no more than the first
    assert one["models"][0] == one["models"][1]


def test_weights_are_known_by_what_they_are(found):
    one = found["fingerprint"]
    assert one["plain"] == one["again"] == one["plain_after_run"]
    assert one["lora"] == one["lora_after_run"]
    assert len({one["plain"], one["lora"], one["weaker"], one["sdxl"]}) == 4
    assert one["lora_acts"]["max"] > 0


# Through the server, as users do


def album_graph(checkpoint, name, **chosen):
    """A story, its blueprints and cast, and the model on the canvas; photos by Album Render and by KSampler."""
    settings = {
        "sampler": "euler", "scheduler": "normal", "steps": 2, "cfg": 4.0, "denoise": 1.0, "negative_prompt": "bad",
        "anchor_strength": 0.0, "regions": "off", "region_strength": 0.6, **chosen,
    }  # fmt: skip
    story = {"prompt": "two friends at the lake", "photos": 3, "seed": 1, "style": "auto"}
    parts = {"model": ["tiny", 0], "clip": ["tiny", 1], "vae": ["tiny", 2]}
    told = {"plan": ["plan", 0], "layout": ["layout", 0], "cast": ["cast", 0]}
    nodes = {
        "tiny": ("TinyCheckpoint", {"path": str(checkpoint)}),
        "plan": ("AlbumStoryPlanner", story),
        "layout": ("AlbumLayout", {"plan": ["plan", 0], "width": 64, "height": 64}),
        "drawn": ("AlbumStoryboardRenderer", {}),
        "cast": ("AlbumIdentity", {"plan": ["plan", 0], "portrait_size": 64, "renderer": ["drawn", 0]}),
        "renderer": ("AlbumModelRenderer", {**parts, **settings}),
        "render": (
            "AlbumRender",
            {**told, "renderer": ["renderer", 0], "album_name": name, "subset": "", "attempt": 0},
        ),
        "show": ("PreviewImage", {"images": ["render", 1]}),
        "table": ("PreviewAny", {"source": ["render", 2]}),
    }
    return {key: {"class_type": class_type, "inputs": inputs} for key, (class_type, inputs) in nodes.items()}


def with_own_sampling(graph, name):
    """The same photos by Album Scene Pick, core's KSampler and Album Collect."""
    told = {"plan": ["plan", 0], "layout": ["layout", 0], "cast": ["cast", 0]}
    sampling = {"steps": 2, "cfg": 4.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 1.0}
    nodes = {
        "pick": ("AlbumScenePick", {**told, "scenes": "", "negative": "bad", "attempt": 0, "clip": ["tiny", 1]}),
        "positive": ("CLIPTextEncode", {"clip": ["tiny", 1], "text": ["pick", 0]}),
        "negative": ("CLIPTextEncode", {"clip": ["tiny", 1], "text": ["pick", 1]}),
        "latent": ("EmptyLatentImage", {"width": ["pick", 2], "height": ["pick", 3], "batch_size": 1}),
        "sample": (
            "KSampler",
            {
                **sampling, "model": ["tiny", 0], "seed": ["pick", 4], "positive": ["positive", 0],
                "negative": ["negative", 0], "latent_image": ["latent", 0],
            },
        ),
        "decode": ("VAEDecode", {"samples": ["sample", 0], "vae": ["tiny", 2]}),
        "collect": (
            "AlbumCollect",
            {**told, "images": ["decode", 0], "album_name": name, "subset": "", "how": "core", "seeds": ["pick", 4]},
        ),
        "collected": ("PreviewImage", {"images": ["collect", 1]}),
    }  # fmt: skip
    return graph | {key: {"class_type": kind, "inputs": inputs} for key, (kind, inputs) in nodes.items()}


def execution_error(entry):
    return next((data for kind, data in entry["status"]["messages"] if kind == "execution_error"), None)


def photos(comfyui, name):
    album = json.loads((comfyui.output / name / "album.json").read_text(encoding="utf-8"))
    files = [comfyui.output / name / photo["file"] for photo in album["photos"] if photo["status"] == "done"]
    return album, [np.asarray(Image.open(file).convert("RGB")) for file in files]


def test_an_album_by_album_render_is_the_album_by_ksampler(comfyui, checkpoint):
    graph = with_own_sampling(album_graph(checkpoint, "native"), "sampled")
    entry = comfyui.run(graph)
    assert entry["status"]["status_str"] == "success", execution_error(entry)
    (album, ours), (_, theirs) = photos(comfyui, "native"), photos(comfyui, "sampled")
    assert album["renderer"]["name"] == "comfy"
    assert len(ours) == len(theirs) == 3
    for one, two in zip(ours, theirs, strict=True):
        assert np.array_equal(one, two)
    assert len({one.tobytes() for one in ours}) == 3


def test_a_second_run_makes_nothing_and_a_deleted_photo_comes_back_the_same(comfyui, checkpoint):
    graph = album_graph(checkpoint, "resumed", anchor_strength=1.0, regions="auto")
    comfyui.run(graph)
    album, before = photos(comfyui, "resumed")
    files = [comfyui.output / "resumed" / photo["file"] for photo in album["photos"]]
    written = [file.stat().st_mtime_ns for file in files]
    comfyui.run(graph)
    _, after = photos(comfyui, "resumed")
    assert written == [file.stat().st_mtime_ns for file in files]
    (comfyui.output / "resumed" / album["photos"][1]["file"]).unlink()
    entry = comfyui.run(graph)
    assert entry["status"]["status_str"] == "success", execution_error(entry)
    _, mended = photos(comfyui, "resumed")
    for one, two, three in zip(before, after, mended, strict=True):
        assert np.array_equal(one, two)
        assert np.array_equal(one, three)


def test_what_does_not_fit_is_said_on_the_node(comfyui, checkpoint):
    graph = album_graph(checkpoint, "misfit")
    graph["flux"] = {"class_type": "TinyModel", "inputs": {"kind": "flux"}}
    graph["renderer"]["inputs"]["vae"] = ["flux", 2]
    error = execution_error(comfyui.run(graph))
    assert error["node_type"] == "AlbumModelRenderer"
    assert "latents have 16 channels" in error["exception_message"]


def test_a_model_for_editing_makes_an_album(comfyui, checkpoint):
    graph = album_graph(checkpoint, "edited", cfg=1.0, scheduler="simple", anchor_strength=1.0, regions="auto")
    graph["tiny"] = {"class_type": "TinyModel", "inputs": {"kind": "flux"}}
    entry = comfyui.run(graph)
    assert entry["status"]["status_str"] == "success", execution_error(entry)
    album, made = photos(comfyui, "edited")
    assert len(made) == 3
    assert album["renderer"]["family"] == "Flux"
