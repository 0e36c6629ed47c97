import hashlib
import json

import numpy as np
import pytest
import torch
from synthetic_albums.stages.encoders import (
    SMALLEST_HEAD_PX,
    builtin_person_encoder,
    builtin_picture_encoder,
    head_crop,
    load_identity_encoder,
    write_calibrations,
)
from synthetic_albums.stages.encoders.builtin import BUILTIN_MODELS
from synthetic_albums.stages.encoders.calibrate import Labelled, score_pairs
from synthetic_albums.stages.encoders.error_rates import measure_calibration
from synthetic_albums.stages.encoders.heads import HeadDetector
from synthetic_albums.stages.encoders.networks import CopyEncoder, IdentityEncoder
from synthetic_albums.stages.errors import AlbumError

WEIGHTS = "diffusion_pytorch_model.safetensors"


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    IdentityEncoder(widths=(4, 4, 8, 8), dim=16).save_pretrained(tmp_path / "identity_encoder")
    CopyEncoder(widths=(4, 4, 8, 8), dim=24, size=64).save_pretrained(tmp_path / "copy_encoder")
    return tmp_path


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 256, (120, 160, 3), dtype=np.uint8)


def skeleton(x, y, head, width=160, height=120, seen=1.0):
    """An upright person from the front: nose at (x, y), so many pixels from chin to crown."""
    joints = [(0.5, 0.5, 1.0)] * 18
    places = {0: (0, 0), 1: (0, 0.75), 14: (-0.15, -0.1), 15: (0.15, -0.1), 16: (-0.3, 0), 17: (0.3, 0)}
    for number, (across, down) in places.items():
        joints[number] = ((x + across * head) / width, (y + down * head) / height, seen)
    return joints


def small_calibration(facts, condition):
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((160, 12)).astype(np.float32)
    people = Labelled(vectors, np.repeat(np.arange(80), 2), np.arange(160))
    return measure_calibration(score_pairs(people), facts, condition=condition, told="toy")


def test_facts_are_known_without_the_network(folder):
    encoder = builtin_picture_encoder(folder)
    assert encoder.facts.sha256 == hashlib.sha256((folder / "copy_encoder" / WEIGHTS).read_bytes()).hexdigest()
    assert (encoder.facts.name, encoder.facts.dim, encoder.facts.looks_at) == ("builtin-copy@1", 24, "picture")
    assert builtin_person_encoder(folder).facts.looks_at == "person"
    assert encoder._networks == {}


def test_pictures_become_unit_vectors_and_memory_is_given_back(folder, picture):
    encoder = builtin_picture_encoder(folder)
    first = encoder.encode([picture, picture[:, ::-1].copy(), picture[:50]])
    assert first.shape == (3, 24)
    assert np.linalg.norm(first, axis=1) == pytest.approx(1)
    assert first[0] @ first[1] == pytest.approx(1, abs=1e-5)  # its mirror image
    encoder.close()
    assert encoder._networks == {}
    assert np.array_equal(encoder.encode([picture]), first[:1]) or encoder.encode([picture]) == pytest.approx(
        first[:1], abs=1e-6
    )


def test_known_people_are_cut_by_their_skeletons(folder, picture):
    person = skeleton(80, 60, 30)
    (found,) = builtin_person_encoder(folder).encode_known(picture, [person])
    network = load_identity_encoder(folder / "identity_encoder")
    assert found.vector == pytest.approx(network.encode([head_crop(picture, person)])[0], abs=1e-5)
    x0, y0, x1, y1 = found.box
    assert ((x1 - x0) * 160, (y1 - y0) * 120) == pytest.approx((30, 30))
    assert ((x0 + x1) * 80, (y0 + y1) * 60) == pytest.approx((80, 60 + 0.09 * 30))


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (skeleton(80, 60, SMALLEST_HEAD_PX - 0.5), "too small"),
        (skeleton(80, 60, 30, seen=0.0), "from behind"),
        (skeleton(80, 200, 30), "below the picture"),
        (skeleton(-3, 60, 30), "more than half of the face outside"),
        (skeleton(158, 119, 40), "a corner of the face only"),
    ],
)
def test_heads_that_cannot_be_known_by_are_none(folder, picture, person, why):
    encoder = builtin_person_encoder(folder)
    assert encoder.encode_known(picture, [person]) == [None], why
    beside = encoder.encode_known(picture, [person, skeleton(80, 60, SMALLEST_HEAD_PX + 0.5), person])
    assert [found is None for found in beside] == [True, False, True]


def test_no_skeletons_and_nobody_to_encode_load_nothing(folder, picture):
    encoder = builtin_person_encoder(folder)
    assert encoder.encode_known(picture, []) == []
    assert encoder.encode_known(picture, [skeleton(-90, 60, 30)]) == [None]
    assert encoder._networks == {}


def test_a_skeleton_that_is_none_is_refused(folder, picture):
    with pytest.raises(AlbumError, match="18 joints"):
        builtin_person_encoder(folder).encode_known(picture, [[(0.5, 0.5, 1.0)]])


def test_without_a_detector_nobody_is_found(folder, picture):
    encoder = builtin_person_encoder(folder)
    assert not encoder.finds_people
    with pytest.raises(AlbumError, match="no head detector"):
        encoder.find(picture)


def test_found_people_are_encoded_where_they_are_found(folder, picture):
    detector = HeadDetector(size=64, widths=(4, 4, 8, 8), threshold=0.0)
    detector.save_pretrained(folder / "head_detector")
    encoder = builtin_person_encoder(folder)
    assert encoder.finds_people
    people = encoder.find(picture)
    assert people
    for person in people:
        x0, y0, x1, y1 = person.box
        assert 0 <= x0 <= x1 <= 1
        assert 0 <= y0 <= y1 <= 1
        assert np.linalg.norm(person.vector) == pytest.approx(1)
    confidences = [person.confidence for person in people]
    assert confidences == sorted(confidences, reverse=True)


def test_the_calibration_of_the_condition_is_answered(folder):
    encoder = builtin_person_encoder(folder)
    assert encoder.calibration is None
    known = [small_calibration(encoder.facts, name) for name in ("scene_to_scene", "scene_to_portrait")]
    write_calibrations(folder / "calibration.json", known)
    assert builtin_person_encoder(folder).calibration == known[0]
    assert builtin_person_encoder(folder, condition="scene_to_portrait").calibration == known[1]
    with pytest.raises(AlbumError, match="was made for builtin-identity@1"):
        _ = builtin_picture_encoder(folder).calibration


def test_an_altered_calibration_is_refused(folder):
    encoder = builtin_person_encoder(folder)
    write_calibrations(folder / "calibration.json", [small_calibration(encoder.facts, "scene_to_scene")])
    (folder / "hashes.json").write_text(json.dumps({"calibration.json": "0" * 64}))
    with pytest.raises(AlbumError, match=r"calibration\.json was altered"):
        _ = encoder.calibration


def test_weights_that_change_while_in_use_are_noticed(folder, picture):
    encoder = builtin_picture_encoder(folder)
    encoder.encode([picture])
    encoder.close()
    CopyEncoder(widths=(4, 4, 8, 8), dim=24, size=64).save_pretrained(folder / "copy_encoder")
    with pytest.raises(AlbumError, match="changed while they were in use"):
        encoder.encode([picture])


@pytest.mark.parametrize("missing", [WEIGHTS, "config.json"])
def test_a_missing_file_is_named(folder, missing):
    (folder / "copy_encoder" / missing).unlink()
    with pytest.raises(AlbumError, match=missing):
        _ = builtin_picture_encoder(folder).facts


needs_weights = pytest.mark.skipif(
    not (BUILTIN_MODELS / "hashes.json").is_file(), reason="models/builtin holds no weights: train them"
)


@needs_weights
@pytest.mark.parametrize(
    "make",
    [
        builtin_picture_encoder,
        builtin_person_encoder,
        lambda: builtin_person_encoder(condition="scene_to_portrait"),
    ],
)
def test_the_shipped_encoders_are_calibrated_down_to_one_in_ten_thousand(make):
    calibration = make().calibration
    assert [point.target for point in calibration.points] == [0.01, 0.001, 0.0001]
    thresholds = [point.threshold for point in calibration.points]
    assert thresholds == sorted(thresholds)
    assert calibration.equal_error_rate.value < 0.03


@needs_weights
def test_the_shipped_detector_finds_people_and_is_small():
    assert builtin_person_encoder().finds_people
    assert (BUILTIN_MODELS / "head_detector" / WEIGHTS).stat().st_size < 1.5 * 2**20
