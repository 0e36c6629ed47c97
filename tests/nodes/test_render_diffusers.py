import importlib.util
from pathlib import Path

import numpy as np
import pytest
import synthetic_albums
from synthetic_albums.nodes.host import ComfyHost
from synthetic_albums.nodes.render_diffusers import AlbumDiffusersRenderer, control_pictures
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render import pipelines
from synthetic_albums.stages.render.builtin import BuiltinRenderer
from synthetic_albums.stages.render.renderer import photo_job

ROOT = Path(synthetic_albums.__file__).parent
DECLARED = AlbumDiffusersRenderer.INPUT_TYPES()["required"]


def made(**changes):
    inputs = {name: spec[1]["default"] for name, spec in DECLARED.items()}
    return AlbumDiffusersRenderer().make(**inputs | changes)[0]


@pytest.fixture(autouse=True)
def _in_a_host(host):
    """Every test runs inside a host."""


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("tiny_checkpoint", ROOT / "benchmarks" / "tiny_checkpoint.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make_folder(tmp_path_factory.mktemp("models") / "sd15", "sd15")


def test_without_a_checkpoint_it_is_the_built_in_model():
    assert isinstance(made(), BuiltinRenderer)
    assert isinstance(made(checkpoint="  "), BuiltinRenderer)


def test_combos_are_those_of_the_stage():
    assert tuple(DECLARED["scheduler"][0]) == pipelines.SCHEDULERS
    assert tuple(DECLARED["dtype"][0]) == pipelines.DTYPES
    assert tuple(DECLARED["device"][0]) == pipelines.DEVICES
    assert tuple(DECLARED["anchor_blocks"][0]) == pipelines.BLOCKS


def test_names_are_looked_for_where_models_are_and_everything_arrives(host):
    renderer = made(
        checkpoint=" sd.safetensors ", steps=7, guidance=2.5, scheduler="ddim", negative_prompt=" cats ",
        anchor_strength=0.5, region_strength=0.1,
        loras="film.safetensors:0.8\n\nC:\\a.safetensors\nold.safetensors : -1",
        pose_controlnet="pose", depth_controlnet="", segmentation_controlnet="seg", control_strength=0.4,
        ip_adapter="ip.safetensors", image_encoder="vision", ip_adapter_scale=0.3, shared_noise=0.2,
        anchor_blocks="all", anchors_until=0.9, anchor_cache_mib=5, dtype="float16", device="cpu", offload=True,
    )  # fmt: skip
    models, settings = host.input_directory(), renderer.settings
    assert settings.checkpoint == models / "sd.safetensors"
    assert (settings.steps, settings.guidance, settings.scheduler, settings.negative) == (7, 2.5, "ddim", "cats")
    assert [(lora.path.name, lora.weight) for lora in settings.loras] == [
        ("film.safetensors", 0.8), ("C:\\a.safetensors", 1.0), ("old.safetensors", -1.0),
    ]  # fmt: skip
    assert [(one.kind, one.path, one.weight) for one in settings.controls] == [
        ("pose", models / "pose", 0.4), ("segmentation", models / "seg", 0.4),
    ]  # fmt: skip
    assert settings.adapter == pipelines.ImageAdapter(models / "ip.safetensors", models / "vision", 0.3)
    assert settings.anchors == pipelines.AnchorSettings(0.5, "all", 0.9, cache_mib=5)
    assert (settings.region_strength, settings.shared_noise) == (0.1, 0.2)
    assert (settings.dtype, settings.device, settings.offload) == ("float16", "cpu", True)


def test_an_adapter_without_its_encoder_is_refused():
    with pytest.raises(AlbumError, match="fill in image_encoder"):
        made(checkpoint="a", ip_adapter="ip.safetensors")


def test_zero_steps_are_refused():
    with pytest.raises(AlbumError, match="needs 1 to 150 steps, but 0"):
        made(checkpoint="a", steps=0)


def test_another_file_under_the_same_name_is_noticed(host):
    path = host.input_directory() / "sd.safetensors"
    changed = AlbumDiffusersRenderer.IS_CHANGED
    assert changed(checkpoint="") == changed(checkpoint="", steps=3)
    assert changed(checkpoint="sd.safetensors") != changed(checkpoint="sd.safetensors")  # not there: always run
    path.write_bytes(b"one")
    first = changed(checkpoint="sd.safetensors")
    assert changed(checkpoint="sd.safetensors") == first
    path.write_bytes(b"three")
    second = changed(checkpoint="sd.safetensors")
    assert second != first
    assert changed(checkpoint=None) != changed(checkpoint=None)
    assert changed(checkpoint="sd.safetensors", loras="none") != changed(checkpoint="sd.safetensors", loras="none")


@pytest.mark.parametrize("name", ["loras", "pose_controlnet", "depth_controlnet", "ip_adapter", "image_encoder"])
def test_every_file_of_weights_is_followed(tmp_path, name):
    checkpoint, other = tmp_path / "sd.safetensors", tmp_path / "other"
    checkpoint.write_bytes(b"one")
    other.mkdir()
    (other / "weights.safetensors").write_bytes(b"one")
    asked = {"checkpoint": str(checkpoint), name: str(other)}
    first = AlbumDiffusersRenderer.IS_CHANGED(**asked)
    assert AlbumDiffusersRenderer.IS_CHANGED(**asked) == first
    (other / "weights.safetensors").write_bytes(b"three")
    assert AlbumDiffusersRenderer.IS_CHANGED(**asked) != first


def test_comfyui_is_asked_for_each_kind_of_folder(tmp_path, monkeypatch):
    import sys
    from types import SimpleNamespace

    extra, models = tmp_path / "extra", tmp_path / "models"
    for path in (extra / "own.safetensors", models / "diffusers" / "folder" / "model_index.json"):
        path.parent.mkdir(parents=True)
        path.touch()
    paths = SimpleNamespace(
        models_dir=str(models),
        folder_names_and_paths={"checkpoints": ()},
        get_folder_paths=lambda kind: [str(models / kind), str(extra)],
    )
    monkeypatch.setitem(sys.modules, "folder_paths", paths)
    kinds = ("checkpoints", "diffusers")
    assert ComfyHost().model_path(kinds, "own.safetensors") == extra / "own.safetensors"
    assert ComfyHost().model_path(kinds, "folder") == models / "diffusers" / "folder"
    assert ComfyHost().model_path(kinds, "nowhere") == models / "checkpoints" / "nowhere"
    assert ComfyHost().model_path(kinds, str(extra)) == extra


def test_the_blueprint_is_drawn_for_every_kind_of_controlnet(plan, layout, cast):
    scene = plan.scenes[0]
    members = tuple(cast.member(entry.character) for entry in scene.cast)
    job = photo_job(plan, scene, layout.scenes[0], members, width=64, height=72, seed=1, attempt=0)
    pictures = control_pictures(job)
    assert set(pictures) == set(pipelines.CONTROL_KINDS)
    assert all((one.shape, one.dtype) == ((72, 64, 3), np.uint8) for one in pictures.values())
    assert all(one.std() > 0 for one in pictures.values())


def test_an_album_is_made_with_a_checkpoint_and_its_memory_given_back(tiny_folder, render):
    renderer = made(checkpoint=str(tiny_folder), steps=1, guidance=1.0, device="cpu")
    folder, photos, _ = render(renderer=renderer)
    assert [photo.status for photo in folder.read().photos] == ["done"] * 3
    assert photos.shape == (3, 64, 64, 3)
    assert folder.read().renderer["family"] == "sd15"
    assert renderer._model is None
