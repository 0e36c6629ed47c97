import hashlib

import numpy as np
import pytest
import torch
from synthetic_albums.models.train.calibration import calibrate
from synthetic_albums.stages.encoders import error_rates, read_calibrations
from synthetic_albums.stages.encoders.copy_changes import CHANGES
from synthetic_albums.stages.encoders.heads import Head, HeadDetector
from synthetic_albums.stages.encoders.networks import CopyEncoder, IdentityEncoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("encoders")
    IdentityEncoder(widths=(4, 4, 8, 8), dim=16).save_pretrained(folder / "identity_encoder")
    CopyEncoder(widths=(4, 4, 8, 8), dim=16, size=64).save_pretrained(folder / "copy_encoder")
    return folder


@pytest.fixture
def lenient(monkeypatch):
    """A world of four people has too few pairs for any rate."""
    monkeypatch.setattr(error_rates, "ERRORS_NEEDED", 0)
    monkeypatch.setattr(error_rates, "DRAWS", 20)


def test_all_conditions_are_measured_and_written(people_world, folder, lenient):
    found = {one.condition: one for one in calibrate(people_world, folder)}
    assert read_calibrations(folder / "calibration.json") == list(found.values())
    kinds = ("scene_to_scene", "scene_to_portrait")
    twins = {f"known_{name}/twins" for name in kinds}
    of_people = {*kinds, *(f"known_{name}" for name in kinds), *twins}
    assert set(found) == of_people | {"copies", *(f"copies/{name}" for name in CHANGES)}
    for name, part in (("scene_to_scene", "identity_encoder"), ("copies", "copy_encoder")):
        weights = (folder / part / "diffusion_pytorch_model.safetensors").read_bytes()
        assert found[name].encoder_sha256 == hashlib.sha256(weights).hexdigest()
    assert found["copies"].subjects == 8
    assert found["copies"].impostor_pairs == 8 * 7
    # Without a detector both heads are cut as their layouts say.
    assert found["scene_to_scene"].points == found["known_scene_to_scene"].points
    assert found["known_scene_to_scene/twins"].impostor_pairs < found["known_scene_to_scene"].impostor_pairs
    assert "pairs of such twins these are taken for one person" in found["scene_to_scene"].pairs


def test_found_heads_are_compared_with_known_ones(people_world, folder, lenient, monkeypatch):
    """A detector that is off by little finds everybody; one that is off by far finds nobody who is there."""
    from synthetic_albums.stages.encoders import builtin

    (folder / "head_detector").mkdir(exist_ok=True)
    shift = 0.05

    class Near(HeadDetector):
        def detect(self, picture, *, threshold=None):
            return [Head(w.x + shift * w.unit, w.y, w.unit, w.tilt, 0.9) for w in seen]

    seen = []
    monkeypatch.setattr(builtin, "load_head_detector", lambda folder: Near(widths=(4, 4, 8, 8)))
    encode_known = builtin.BuiltinPersonEncoder.encode_known

    def remember(self, picture, skeletons):
        seen[:] = [builtin.head_window(one, *picture.shape[1::-1]) for one in skeletons]
        return encode_known(self, picture, skeletons)

    monkeypatch.setattr(builtin.BuiltinPersonEncoder, "encode_known", remember)
    try:
        found = {one.condition: one for one in calibrate(people_world, folder)}
    finally:
        (folder / "head_detector").rmdir()
    own, known = found["scene_to_scene"], found["known_scene_to_scene"]
    assert "as it is found (100.0% are)" in own.pairs
    assert own.genuine_pairs == 2 * known.genuine_pairs  # each pair both ways round
    assert own.points != known.points


def test_a_world_that_is_too_small_is_said_to_be(people_world, folder, tmp_path, capsys):
    assert calibrate(people_world, folder) == []
    assert "not calibrated: A false-match rate of 0.01 needs at least" in capsys.readouterr().out
    assert calibrate(people_world, tmp_path) == []
    assert not (tmp_path / "calibration.json").exists()


def test_it_is_the_same_every_time(people_world, folder, lenient):
    first, again = calibrate(people_world, folder), calibrate(people_world, folder)
    assert [one.condition for one in first] == [one.condition for one in again]
    thresholds = [[point.threshold for one in found for point in one.points] for found in (first, again)]
    assert np.allclose(*thresholds, atol=1e-5)
