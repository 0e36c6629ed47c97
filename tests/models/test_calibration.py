import hashlib
import json

import numpy as np
import pytest
import torch
from synthetic_albums.models.train import calibration
from synthetic_albums.models.train.calibration import calibrate
from synthetic_albums.models.train.heads import gather_heads
from synthetic_albums.models.train.looks import CODES
from synthetic_albums.stages.encoders.networks import CopyEncoder, IdentityEncoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("encoders")
    IdentityEncoder(widths=(4, 4, 8, 8), dim=16).save_pretrained(folder / "identity_encoder")
    CopyEncoder(widths=(4, 4, 8, 8), dim=16, size=64).save_pretrained(folder / "copy_encoder")
    return folder


def test_thresholds_keep_their_rates_and_are_written(people_world, folder):
    found = calibrate(people_world, folder)
    assert json.loads((folder / "calibration.json").read_text()) == json.loads(json.dumps(found))
    weights = (folder / "identity_encoder" / "diffusion_pytorch_model.safetensors").read_bytes()
    assert found["identity_encoder"]["weights_sha256"] == hashlib.sha256(weights).hexdigest()
    for name in ("scene_to_scene", "scene_to_portrait"):
        kind = found["identity_encoder"][name]
        assert kind["people"] == 4
        assert kind["twin_pairs"] > 0
        for rate, at in kind["thresholds"].items():
            assert at["false_match_rate"] <= float(rate)
            low, high = at["false_non_match_interval"]
            assert low <= at["false_non_match_rate"] <= high
            assert at["twin_interval"][0] <= at["twin_false_match_rate"] <= at["twin_interval"][1]
        strict, loose = kind["thresholds"]["0.001"], kind["thresholds"]["0.01"]
        assert strict["threshold"] >= loose["threshold"]
    copies = found["copy_encoder"]
    assert (copies["pictures"], copies["impostor_pairs"], copies["same_album_pairs"]) == (8, 56, 56)
    for rate, at in copies["thresholds"].items():
        assert at["false_match_rate"] <= float(rate)
        assert set(at["missed"]) == {"crop", "flip", "relight", "recompress", "resize", "rotate", "all"}


def test_what_is_not_there_is_left_out(people_world, folder, tmp_path):
    assert calibrate(people_world, tmp_path) == {}


def test_intervals_of_people_are_wider_than_those_of_pairs_would_be(people_world):
    """Two of three people always match, one never does: what another choice of people would give varies a lot."""
    heads = gather_heads(people_world, "held_out")
    vectors = np.eye(2, dtype=np.float32)[(heads.identity == 0).astype(int)]
    assert heads.codes.shape == (4, CODES)
    (low, high), misses = calibration._bootstrap(heads, vectors, 0.5, portraits=False)
    assert misses == (0, 0)
    assert low < 0.7 < high
