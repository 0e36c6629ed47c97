import math
import os

import numpy as np
import pytest
from synthetic_albums.nodes.encoders import AlbumBuiltinEncoder, AlbumEncoderLoader, AlbumFaceEncoder
from synthetic_albums.stages.encoders import builtin_person_encoder, write_calibrations
from synthetic_albums.stages.encoders.builtin import BUILTIN_MODELS
from synthetic_albums.stages.errors import AlbumError

needs_weights = pytest.mark.skipif(
    not (BUILTIN_MODELS / "hashes.json").is_file(), reason="models/builtin holds no weights: train them"
)


@pytest.fixture
def model(vision_model):
    return vision_model


@needs_weights
@pytest.mark.parametrize(
    ("looks_at", "gallery_of", "condition"),
    [
        ("pictures", "scenes", "copies"),
        ("people", "scenes", "scene_to_scene"),
        ("people", "portraits", "scene_to_portrait"),
    ],
)
def test_the_built_in_encoders_say_what_they_are_and_how_they_err(looks_at, gallery_of, condition):
    encoder, facts = AlbumBuiltinEncoder().make(looks_at, gallery_of)
    assert encoder.facts.looks_at == ("person" if looks_at == "people" else "picture")
    assert encoder.calibration.condition == condition
    assert facts.splitlines()[0].startswith(encoder.facts.name)
    assert encoder.facts.sha256 in facts
    assert "Licence: Apache-2.0" in facts
    assert f"Calibration: {condition}, " in facts
    assert facts.count("false matches") == 3
    assert encoder._networks == {}  # a handle: nothing is loaded yet


def test_a_vision_model_is_loaded_by_name_or_full_path_and_encodes(model):
    for text in ("tiny-dino", f" {model} "):
        encoder, facts = AlbumEncoderLoader().load(text, "")
        assert encoder._network is None
        assert facts.splitlines()[-1].startswith("Not calibrated: nothing can be called clean by it.")
    assert encoder.encode([np.zeros((40, 40, 3), np.uint8)]).shape == (1, 16)


@needs_weights
def test_a_calibration_of_another_encoder_is_refused(model, tmp_path):
    other = builtin_person_encoder().calibration
    write_calibrations(tmp_path / "other.json", [other])
    with pytest.raises(AlbumError, match="and not for tiny-dino"):
        AlbumEncoderLoader().load("tiny-dino", str(tmp_path / "other.json"))


@pytest.mark.parametrize("node", [AlbumEncoderLoader, AlbumFaceEncoder])
def test_what_is_not_there_is_named(host, node):
    with pytest.raises(AlbumError, match="No encoder folder is given"):
        node().load(" ", "")
    with pytest.raises(AlbumError, match=r"no folder .*nowhere"):
        node().load("nowhere", "")
    assert math.isnan(node.IS_CHANGED("nowhere", ""))
    assert math.isnan(node.IS_CHANGED("", ""))
    assert math.isnan(node.IS_CHANGED(None, ""))  # linked


def test_a_calibration_that_is_not_there_is_named(model):
    with pytest.raises(AlbumError, match=r"no calibration .*mine\.json"):
        AlbumEncoderLoader().load("tiny-dino", "mine.json")


def test_a_file_that_changes_makes_the_node_run_again(model):
    first = AlbumEncoderLoader.IS_CHANGED("tiny-dino", "")
    assert first == AlbumEncoderLoader.IS_CHANGED("tiny-dino", "")
    os.utime(model / "model.safetensors", ns=(1, 1))
    second = AlbumEncoderLoader.IS_CHANGED("tiny-dino", "")
    assert second != first
    (model / "calibration.json").write_text("{}")
    assert AlbumEncoderLoader.IS_CHANGED("tiny-dino", "") != second
