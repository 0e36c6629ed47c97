import json

import numpy as np
import pytest
import torch
import transformers
from PIL import Image
from synthetic_albums.headless import cli
from synthetic_albums.stages.encoders import picture_encoder_from_folder, read_calibrations
from synthetic_albums.stages.encoders.builtin import BUILTIN_MODELS

PREPROCESSOR = {
    "image_processor_type": "BitImageProcessor", "do_resize": True, "size": {"shortest_edge": 32}, "resample": 3,
    "do_center_crop": True, "crop_size": {"height": 32, "width": 32}, "do_rescale": True, "rescale_factor": 1 / 255,
    "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.25] * 3, "do_convert_rgb": True,
}  # fmt: skip

needs_weights = pytest.mark.skipif(
    not (BUILTIN_MODELS / "hashes.json").is_file(), reason="models/builtin holds no weights: train them"
)


@pytest.fixture
def pictures(tmp_path):
    rng = np.random.default_rng(0)
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(57):
        coarse = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        Image.fromarray(np.kron(coarse, np.ones((8, 8, 1), np.uint8))).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def model(tmp_path):
    torch.manual_seed(0)
    config = transformers.Dinov2Config(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32, patch_size=8
    )
    transformers.Dinov2Model(config).save_pretrained(tmp_path / "tiny-dino")
    (tmp_path / "tiny-dino" / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR))
    return tmp_path / "tiny-dino"


def test_a_vision_folder_is_calibrated_beside_its_weights(pictures, model, capsys):
    (pictures / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert cli.main(["calibrate", str(pictures), "--encoder", str(model)]) == 0
    text = capsys.readouterr().out
    made = picture_encoder_from_folder(model).calibration
    assert (made.condition, made.subjects) == ("copies", 57)
    assert f"threshold {made.points[0].threshold:.4f}: false matches" in text
    assert ": 57 pictures, 285 genuine and 3192 impostor pairs" in text
    assert "Left out: 1\n  broken.png: " in text
    assert text.endswith(f"{model / 'calibration.json'}\n")


def test_another_file_is_written_where_out_says(pictures, model, tmp_path):
    (tmp_path / "made").mkdir()
    arguments = ["calibrate", str(pictures), "--encoder", str(model), "--out"]
    assert cli.main([*arguments, str(tmp_path / "made")]) == 0
    assert cli.main([*arguments, str(tmp_path / "made" / "other.json"), "--seed", "3"]) == 0
    first, second = (read_calibrations(tmp_path / "made" / name) for name in ("calibration.json", "other.json"))
    assert first[0].points != second[0].points
    assert not (model / "calibration.json").exists()


def test_too_few_pictures_are_said_and_nothing_is_written(pictures, model, capsys):
    for number in range(30):
        (pictures / f"{number}.png").unlink()
    assert cli.main(["calibrate", str(pictures), "--encoder", str(model)]) == 2
    assert "needs at least 3000 pairs of different pictures" in capsys.readouterr().err
    assert not (model / "calibration.json").exists()


@pytest.mark.parametrize("looks_at", ["people", "pictures"])
def test_the_built_in_calibration_is_never_replaced(pictures, looks_at, capsys):
    before = (BUILTIN_MODELS / "calibration.json").stat().st_mtime_ns if BUILTIN_MODELS.is_dir() else None
    assert cli.main(["calibrate", str(pictures), "--encoder", "builtin", "--looks-at", looks_at]) == 2
    assert "say with --out" in capsys.readouterr().err
    assert before is None or (BUILTIN_MODELS / "calibration.json").stat().st_mtime_ns == before


@needs_weights
def test_the_built_in_encoder_can_be_calibrated_on_ones_own_pictures(pictures, tmp_path):
    out = tmp_path / "mine.json"
    assert cli.main(["calibrate", str(pictures), "--encoder", "builtin", "--out", str(out)]) == 0
    assert read_calibrations(out)[0].encoder == "builtin-copy@1"


@needs_weights
def test_people_need_a_folder_for_each(pictures, tmp_path, capsys):
    arguments = ["--encoder", "builtin", "--looks-at", "people", "--out", str(tmp_path / "mine.json")]
    assert cli.main(["calibrate", str(pictures), *arguments]) == 2
    assert "has 0 sub-folders" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("encoder", "message"), [("nowhere", "no folder nowhere"), (".", r"has no config.json"), ("", "has no config.json")]
)
def test_an_encoder_that_is_none_is_refused(pictures, tmp_path, monkeypatch, capsys, encoder, message):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["calibrate", str(pictures), "--encoder", encoder]) == 2
    assert message in capsys.readouterr().err


def test_a_face_pack_is_taken_for_one(pictures, tmp_path, capsys):
    (tmp_path / "buffalo_t").mkdir()
    (tmp_path / "buffalo_t" / "det_10g.onnx").write_bytes(b"")
    assert cli.main(["calibrate", str(pictures), "--encoder", str(tmp_path / "buffalo_t")]) == 2
    assert "no recogniser" in capsys.readouterr().err


def test_help_and_wrong_choices(capsys):
    assert cli.main(["calibrate", "--help"]) == 0
    assert "0.01 % of false matches" in " ".join(capsys.readouterr().out.split())
    assert cli.main(["calibrate", "x", "--encoder", "builtin", "--looks-at", "moon"]) == 2
