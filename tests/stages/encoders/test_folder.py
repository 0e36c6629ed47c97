"""Vision folders, with tiny random models of transformers' real classes."""

import json
import shutil

import numpy as np
import pytest
import torch
import transformers
from PIL import Image
from synthetic_albums.stages.encoders import picture_encoder_from_folder, write_calibrations
from synthetic_albums.stages.encoders.calibrate import Labelled, score_pairs
from synthetic_albums.stages.encoders.error_rates import measure_calibration
from synthetic_albums.stages.errors import AlbumError

SMALL = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "image_size": 32, "patch_size": 8}
VISION = {**SMALL, "intermediate_size": 32}
PREPROCESSOR = {
    "image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": {"shortest_edge": 32}, "resample": 3,
    "do_center_crop": True, "crop_size": {"height": 32, "width": 32}, "do_rescale": True, "rescale_factor": 1 / 255,
    "do_normalize": True, "image_mean": [0.48, 0.46, 0.41], "image_std": [0.27, 0.26, 0.28], "do_convert_rgb": True,
}  # fmt: skip


def tiny_clip():
    text = {name: VISION[name] for name in VISION if name not in ("image_size", "patch_size")} | {"vocab_size": 20}
    return transformers.CLIPModel(transformers.CLIPConfig(text_config=text, vision_config=VISION, projection_dim=12))


MODELS = {
    "clip": (tiny_clip, 12),
    "clip_vision": (
        lambda: transformers.CLIPVisionModelWithProjection(transformers.CLIPVisionConfig(**VISION, projection_dim=12)),
        12,
    ),
    "siglip": (lambda: transformers.SiglipVisionModel(transformers.SiglipVisionConfig(**VISION)), 16),
    "dinov2": (lambda: transformers.Dinov2Model(transformers.Dinov2Config(**SMALL)), 16),
    "vit": (lambda: transformers.ViTModel(transformers.ViTConfig(**VISION), add_pooling_layer=False), 16),
    "resnet": (
        lambda: transformers.ResNetModel(
            transformers.ResNetConfig(hidden_sizes=[8, 24], depths=[1, 1], embedding_size=8)
        ),
        24,
    ),
}


def save(path, name):
    torch.manual_seed(0)
    model = MODELS[name][0]()
    for parameter in model.parameters():  # new norms and biases would hide which of them are used
        torch.nn.init.normal_(parameter, std=0.2)
    model.save_pretrained(path)
    (path / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR))
    return path


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return {name: save(tmp_path_factory.mktemp(name) / f"tiny-{name}", name) for name in MODELS}


@pytest.fixture
def dino(saved, tmp_path):
    return shutil.copytree(saved["dinov2"], tmp_path / "tiny-dinov2")


@pytest.fixture
def pictures():
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (*size, 3), dtype=np.uint8) for size in ((40, 60), (32, 32), (90, 50))]


@pytest.mark.parametrize("name", MODELS)
def test_every_kind_gives_unit_vectors_of_its_length(saved, pictures, name):
    encoder = picture_encoder_from_folder(saved[name])
    vectors = encoder.encode(pictures)
    assert (encoder.facts.name, encoder.facts.dim) == (f"tiny-{name}", MODELS[name][1])
    assert (vectors.shape, vectors.dtype) == ((3, MODELS[name][1]), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert np.abs(vectors @ vectors.T - np.eye(3)).min() < 0.9999


def by_hand(picture):
    """What the preparation says: shorter side to 32 by bicubic, the middle of 32 x 32, mean and deviation."""
    scale = 32 / min(picture.shape[:2])
    height, width = (int(side * scale) for side in picture.shape[:2])
    image = Image.fromarray(picture).resize((width, height), Image.Resampling.BICUBIC)
    top, left = (height - 32) // 2, (width - 32) // 2
    pixels = np.asarray(image)[top : top + 32, left : left + 32] / 255
    pixels = (pixels - PREPROCESSOR["image_mean"]) / PREPROCESSOR["image_std"]
    return torch.from_numpy(pixels).float().movedim(-1, 0)[None]


def test_clip_vectors_are_its_own_projection_of_its_own_preparation(saved, pictures):
    model = transformers.CLIPModel.from_pretrained(saved["clip"]).eval()
    with torch.inference_mode():
        pooled = model.vision_model(pixel_values=by_hand(pictures[0])).pooler_output
        expected = torch.nn.functional.normalize(model.visual_projection(pooled), dim=1).numpy()
    assert picture_encoder_from_folder(saved["clip"]).encode(pictures[:1]) == pytest.approx(expected, abs=1e-4)


def test_dino_vectors_are_the_first_token(saved, pictures):
    model = transformers.Dinov2Model.from_pretrained(saved["dinov2"]).eval()
    with torch.inference_mode():
        token = model(pixel_values=by_hand(pictures[2])).last_hidden_state[:, 0]
    expected = torch.nn.functional.normalize(token, dim=1).numpy()
    assert picture_encoder_from_folder(saved["dinov2"]).encode(pictures[2:]) == pytest.approx(expected, abs=1e-4)


def test_nothing_is_loaded_before_and_kept_after(dino, pictures):
    encoder = picture_encoder_from_folder(dino)
    assert encoder.facts.dim == 16
    assert encoder._network is None
    first = encoder.encode(pictures)
    encoder.close()
    assert encoder._network is None
    assert encoder.encode(pictures) == pytest.approx(first, abs=1e-6)
    assert encoder.encode([]).shape == (0, 16)


def test_the_hash_follows_all_that_the_vectors_depend_on(dino):
    seen = {picture_encoder_from_folder(dino).facts.sha256}
    for name in ("preprocessor_config.json", "config.json"):
        data = json.loads((dino / name).read_text())
        (dino / name).write_text(json.dumps(data, indent=7))
        seen.add(picture_encoder_from_folder(dino).facts.sha256)
    torch.manual_seed(1)
    transformers.Dinov2Model(transformers.Dinov2Config(**SMALL)).save_pretrained(dino)
    seen.add(picture_encoder_from_folder(dino).facts.sha256)
    assert len(seen) == 4
    (dino / "notes.txt").write_text("hello")
    assert picture_encoder_from_folder(dino).facts.sha256 in seen


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.pth"])
def test_pickles_are_refused_with_the_reason(dino, name):
    (dino / "model.safetensors").rename(dino / name)
    with pytest.raises(AlbumError, match=r"are pickles .* can run any code"):
        picture_encoder_from_folder(dino)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("config.json", r"has no config\.json"),
        ("preprocessor_config.json", r"has no preprocessor_config\.json"),
        ("model.safetensors", r"holds no \.safetensors"),
    ],
)
def test_a_missing_file_is_named(dino, name, message):
    (dino / name).unlink()
    with pytest.raises(AlbumError, match=message):
        picture_encoder_from_folder(dino)


def test_a_missing_folder_and_unreadable_settings_are_named(dino):
    with pytest.raises(AlbumError, match="no folder"):
        picture_encoder_from_folder(dino / "nowhere")
    for content, message in (("{", "cannot be read as JSON"), ("[1]", "holds no settings")):
        (dino / "config.json").write_text(content)
        with pytest.raises(AlbumError, match=message):
            picture_encoder_from_folder(dino)


@pytest.mark.parametrize("kind", ["llama", "", "auto_map"])
def test_other_kinds_of_networks_are_refused(dino, kind):
    (dino / "config.json").write_text(json.dumps({"model_type": kind, "auto_map": {"AutoModel": "evil.Model"}}))
    with pytest.raises(AlbumError, match=r"not known as an encoder of pictures.*dinov2"):
        picture_encoder_from_folder(dino)


def test_weights_that_lack_parts_are_refused_instead_of_drawn(dino, pictures):
    from safetensors.torch import load_file, save_file

    tensors = load_file(dino / "model.safetensors")
    removed = next(name for name in tensors if "attention" in name and name.endswith("weight"))
    save_file({name: value for name, value in tensors.items() if name != removed}, dino / "model.safetensors")
    with pytest.raises(AlbumError, match=r"lack 1 parts of a dinov2 model.*random values"):
        picture_encoder_from_folder(dino).encode(pictures)


def test_damaged_weights_are_refused(dino, pictures):
    (dino / "model.safetensors").write_bytes(b"\x10\x00\x00\x00\x00\x00\x00\x00broken")
    with pytest.raises(AlbumError, match="cannot be loaded"):
        picture_encoder_from_folder(dino).encode(pictures)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.0])
def test_vectors_that_are_zero_or_no_numbers_are_refused(dino, pictures, value):
    from safetensors.torch import load_file, save_file

    tensors = load_file(dino / "model.safetensors")
    for name in ("layernorm.weight", "layernorm.bias"):
        tensors[name] = torch.full_like(tensors[name], value)
    save_file(tensors, dino / "model.safetensors")
    with pytest.raises(AlbumError, match="zero or not numbers"):
        picture_encoder_from_folder(dino).encode(pictures)


def test_files_that_change_while_in_use_are_noticed(dino, pictures):
    encoder = picture_encoder_from_folder(dino)
    encoder.encode(pictures)
    encoder.close()
    data = json.loads((dino / "preprocessor_config.json").read_text())
    (dino / "preprocessor_config.json").write_text(json.dumps({**data, "do_center_crop": False}))
    with pytest.raises(AlbumError, match="changed while they were in use"):
        encoder.encode(pictures)


@pytest.mark.parametrize("value", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 3)), np.zeros((0, 9, 3), np.uint8)])
def test_what_is_no_picture_is_refused(saved, value):
    with pytest.raises(AlbumError, match="An encoder reads"):
        picture_encoder_from_folder(saved["dinov2"]).encode([value])


def test_the_licence_is_read_from_the_model_card(dino):
    assert picture_encoder_from_folder(dino).facts.license == ""
    (dino / "README.md").write_text("---\ntags:\n- vision\nlicense: apache-2.0\n---\n# Model\n")
    assert picture_encoder_from_folder(dino).facts.license == "apache-2.0"


def test_the_calibration_beside_the_weights_or_another_file_is_read(dino, tmp_path):
    encoder = picture_encoder_from_folder(dino)
    assert encoder.calibration is None
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((160, 8)).astype(np.float32)
    pairs = score_pairs(Labelled(vectors, np.repeat(np.arange(80), 2), np.arange(160)))
    made = measure_calibration(pairs, encoder.facts, condition="copies", told="toy")
    write_calibrations(tmp_path / "mine.json", [made])
    assert picture_encoder_from_folder(dino, tmp_path / "mine.json").calibration == made
    shutil.copy(tmp_path / "mine.json", dino / "calibration.json")
    assert encoder.calibration == made
    data = json.loads((dino / "calibration.json").read_text())
    (dino / "calibration.json").write_text(json.dumps({**data, "version": 2}))
    with pytest.raises(AlbumError, match="has version 2"):
        _ = encoder.calibration
    data["calibrations"][0]["encoder_sha256"] = "0" * 64
    (dino / "calibration.json").write_text(json.dumps(data))
    with pytest.raises(AlbumError, match="and not for tiny-dinov2"):
        _ = encoder.calibration
    with pytest.raises(AlbumError, match="no calibration"):
        _ = picture_encoder_from_folder(dino, tmp_path / "nowhere.json").calibration
