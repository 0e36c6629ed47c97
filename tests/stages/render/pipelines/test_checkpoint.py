"""Checkpoints are recognised from their files alone; what is broken, a pickle or of another family is refused."""

import json
import shutil
import struct

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.pipelines import weights
from synthetic_albums.stages.render.pipelines.checkpoint import inspect_checkpoint
from synthetic_albums.stages.render.pipelines.weights import digest_of, file_digest, read_header


def write_weights(path, shapes, *, metadata=None, missing_bytes=0):
    """A safetensors file of zeros in half precision."""
    header, offset = ({"__metadata__": metadata} if metadata else {}), 0
    for name, shape in shapes.items():
        size = 2
        for side in shape:
            size *= side
        header[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(offset - missing_bytes))
    return path


WHOLE = {
    "model.diffusion_model.input_blocks.0.0.weight": (8, 4, 3, 3),
    "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (8, 768),
    "first_stage_model.encoder.conv_in.weight": (8, 3, 3, 3),
    "cond_stage_model.transformer.text_model.final_layer_norm.weight": (8,),
}


_CROSS = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"


@pytest.mark.parametrize(
    "change", [{_CROSS: None}, {_CROSS: (768,)}, {"model.diffusion_model.input_blocks.0.0.weight": (8,)}]
)
def test_a_denoiser_of_other_shapes_is_refused_in_words(tmp_path, change):
    shapes = {name: shape for name, shape in {**WHOLE, **change}.items() if shape is not None}
    with pytest.raises(AlbumError, match="no denoiser that reads text"):
        inspect_checkpoint(write_weights(tmp_path / "odd.safetensors", shapes))


@pytest.mark.parametrize(("family", "form"), [(f, s) for f in ("sd15", "sdxl") for s in ("folder", "file")])
def test_family_and_form_are_recognised(checkpoints, family, form):
    found = inspect_checkpoint(checkpoints[family, form])
    assert (found.family, found.is_file, found.variant) == (family, form == "file", None)
    assert len(found.digest()) == 64


def test_a_folder_with_half_precision_weights_alone_is_read_as_such(own_folder):
    for path in own_folder.rglob("*.safetensors"):
        path.rename(path.with_name(path.name.replace(".safetensors", ".fp16.safetensors")))
    found = inspect_checkpoint(own_folder)
    before = found.digest()
    assert found.variant == "fp16"
    path = next((own_folder / "unet").glob("*.fp16.safetensors"))
    path.write_bytes(path.read_bytes() + b" ")
    assert found.digest() != before


def test_a_moved_checkpoint_has_the_same_digest_and_a_changed_one_another(own_folder, checkpoints):
    before = inspect_checkpoint(checkpoints["sd15", "folder"]).digest()
    assert inspect_checkpoint(own_folder).digest() == before
    path = own_folder / "scheduler" / "scheduler_config.json"
    path.write_text(path.read_text() + " ")
    assert inspect_checkpoint(own_folder).digest() != before


@pytest.mark.parametrize("name", ["model.ckpt", "model.pt", "model.pth", "model.bin", "MODEL.CKPT"])
def test_pickles_are_refused_with_the_reason(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x80\x04")
    with pytest.raises(AlbumError, match=r"is a pickle: such files can run code when they are opened"):
        inspect_checkpoint(tmp_path / name)


def test_a_folder_with_pickled_weights_alone_is_refused(own_folder):
    path = own_folder / "unet" / "diffusion_pytorch_model.safetensors"
    path.rename(path.with_suffix(".bin"))
    with pytest.raises(AlbumError, match=r"diffusion_pytorch_model\.bin is a pickle"):
        inspect_checkpoint(own_folder)


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(AlbumError, match="There is no checkpoint"):
        inspect_checkpoint(tmp_path / "nowhere.safetensors")
    (tmp_path / "model.gguf").touch()
    with pytest.raises(AlbumError, match="is not a safetensors file: give"):
        inspect_checkpoint(tmp_path / "model.gguf")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: shutil.rmtree(folder / "vae"), "has no 'vae': it was only partly downloaded"),
        (lambda folder: (folder / "model_index.json").unlink(), r"only partly downloaded: it has no model_index\.json"),
        (lambda folder: (folder / "model_index.json").write_text("{"), "cannot be read"),
        (
            lambda folder: (folder / "unet" / "diffusion_pytorch_model.safetensors").unlink(),
            "has no safetensors weights: it was only partly downloaded",
        ),
        (lambda folder: cut(folder / "vae" / "diffusion_pytorch_model.safetensors", 100), "is cut short: it has"),
        (lambda folder: cut(folder / "vae" / "diffusion_pytorch_model.safetensors", 10**9), r"is cut short \(0 bytes"),
        (
            lambda folder: (folder / "vae" / "x.safetensors.index.json").write_text('{"weight_map": {"a": "gone"}}'),
            "lacks gone: it was only partly downloaded",
        ),
    ],
)
def test_a_half_downloaded_folder_is_refused(own_folder, spoil, message):
    spoil(own_folder)
    with pytest.raises(AlbumError, match=message):
        inspect_checkpoint(own_folder)


def cut(path, count):
    path.write_bytes(path.read_bytes()[:-count])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"_class_name": "FluxPipeline"}, "holds a FluxPipeline, which is not SD 1.5 or SDXL"),
        ({"_class_name": "StableDiffusionXLPipeline"}, "has no 'text_encoder_2'"),
        ({"unet": ["my_module", "UNet2DConditionModel"]}, r"wants the class my_module\.UNet2DConditionModel"),
        ({"vae": ["diffusers", "AutoencoderTiny"]}, r"wants the class diffusers\.AutoencoderTiny"),
        ({"scheduler": ["subprocess", "EulerDiscreteScheduler"]}, "wants the class subprocess"),
    ],
)
def test_a_folder_of_another_family_or_with_classes_of_its_own_is_refused(own_folder, change, message):
    path = own_folder / "model_index.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(AlbumError, match=message):
        inspect_checkpoint(own_folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"in_channels": 9}, "is an inpainting checkpoint"),
        ({"cross_attention_dim": 1024}, "is SD 2, not"),
        ({"addition_embed_type": "text_time"}, "its files are mixed up"),
    ],
)
def test_a_denoiser_of_another_kind_is_refused(own_folder, change, message):
    path = own_folder / "unet" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(AlbumError, match=message):
        inspect_checkpoint(own_folder)


def test_a_whole_single_file_passes_and_each_missing_part_is_named(tmp_path):
    assert inspect_checkpoint(write_weights(tmp_path / "a.safetensors", WHOLE)).family == "sd15"
    for part, message in (("model.", "no denoiser"), ("first_stage", "no autoencoder"), ("cond_stage", "no text enc")):
        left = {name: shape for name, shape in WHOLE.items() if not name.startswith(part)}
        with pytest.raises(AlbumError, match=message):
            inspect_checkpoint(write_weights(tmp_path / "b.safetensors", left))


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ({"model.diffusion_model.joint_blocks.0.x.weight": (2, 2)}, "is SD 3, not"),
        ({"double_blocks.0.img_attn.qkv.weight": (2, 2)}, "is Flux, not"),
        ({"lora_unet_down_blocks_0.lora_down.weight": (2, 2)}, "is a LoRA, not"),
        ({"control_model.input_blocks.0.0.weight": (2, 2)}, "is a ControlNet, not"),
        ({"cond_stage_model.model.ln_final.weight": (2,), "model.diffusion_model.out.0.weight": (2,)}, "is SD 2, not"),
        (WHOLE | {"model.diffusion_model.input_blocks.0.0.weight": (8, 9, 3, 3)}, "is an inpainting checkpoint"),
        ({"something.weight": (2, 2)}, "holds no denoiser of SD 1.5 or SDXL"),
    ],
)
def test_single_files_of_other_families_are_refused_by_name(tmp_path, shapes, message):
    with pytest.raises(AlbumError, match=message):
        inspect_checkpoint(write_weights(tmp_path / "a.safetensors", shapes))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"is cut short \(0 bytes\)"),
        (struct.pack("<Q", 500) + b"{", r"is cut short \(9 bytes\)"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "is only a pointer of git-lfs"),
        (b"<html>" * 50, "is not a safetensors file"),
        (struct.pack("<Q", 4) + b"[1]]", "is not a safetensors file"),
        (struct.pack("<Q", 8) + b'{"a": 1}', "is not a safetensors file"),
    ],
)
def test_what_is_no_whole_safetensors_file_is_refused(tmp_path, content, message):
    path = tmp_path / "a.safetensors"
    path.write_bytes(content)
    with pytest.raises(AlbumError, match=message):
        read_header(path)


def test_a_file_that_lacks_its_last_byte_is_cut_short(tmp_path):
    path = write_weights(tmp_path / "a.safetensors", WHOLE, missing_bytes=1)
    with pytest.raises(AlbumError, match=rf"is cut short: it has {path.stat().st_size} of {path.stat().st_size + 1}"):
        read_header(path)


def test_the_header_has_shapes_and_text(tmp_path):
    header = read_header(write_weights(tmp_path / "a.safetensors", {"a.b": (2, 3)}, metadata={"author": "x"}))
    assert (dict(header.shapes), dict(header.metadata)) == ({"a.b": (2, 3)}, {"author": "x"})
    assert header.has("a.")
    assert not header.has("b")


def test_a_file_is_hashed_once_until_it_changes(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = file_digest(path)
    monkeypatch.setattr(weights.hashlib, "sha256", None)
    assert file_digest(path) == first
    monkeypatch.undo()
    path.write_bytes(b"others")
    assert file_digest(path) != first
    assert digest_of([path]) != digest_of([path.rename(tmp_path / "b")])
    with pytest.raises(AlbumError, match="cannot be read"):
        file_digest(tmp_path / "gone")


def test_weights_that_a_whole_file_lacks_are_noticed_when_it_is_loaded(
    checkpoints, tmp_path, open_renderer, render, job
):
    from safetensors.torch import load_file, save_file

    kept = load_file(checkpoints["sd15", "file"])
    del kept["model.diffusion_model.out.2.bias"]
    save_file(kept, tmp_path / "a.safetensors")
    with pytest.raises(AlbumError, match=r"lacks 1 of \d+ weights of its unet: download it again"):
        render(open_renderer(tmp_path / "a.safetensors"), job())


def test_weights_that_a_folder_lacks_are_noticed_when_it_is_loaded(own_folder, open_renderer, render, job):
    from safetensors.torch import load_file, save_file

    path = own_folder / "vae" / "diffusion_pytorch_model.safetensors"
    kept = load_file(path)
    del kept["decoder.conv_out.bias"]
    save_file(kept, path, metadata={"format": "pt"})
    with pytest.raises(AlbumError, match=r"lacks 1 of \d+ weights of its vae"):
        render(open_renderer(own_folder), job())


def test_a_configuration_that_does_not_go_with_its_weights_is_one_sentence(own_folder, open_renderer, render, job):
    path = own_folder / "unet" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"block_out_channels": [32, 96]}))
    with pytest.raises(AlbumError, match=r"own cannot be loaded: its files do not fit together or are damaged"):
        render(open_renderer(own_folder), job())
