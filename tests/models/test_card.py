from synthetic_albums.models.train.card import encoder_rows
from synthetic_albums.stages.encoders import write_calibrations
from synthetic_albums.stages.encoders.calibration import Calibration, OperatingPoint, Rate


def calibration(condition, targets):
    points = [
        OperatingPoint(
            target=target,
            threshold=0.5,
            false_match=Rate(value=target, low=0, high=1),
            false_non_match=Rate(value=0.125, low=0.1, high=0.15),
        )
        for target in targets
    ]
    return Calibration(
        encoder="toy@1",
        encoder_sha256="a" * 64,
        looks_at="person",
        condition=condition,
        pairs="made up",
        interval="none",
        subjects=3,
        genuine_pairs=30,
        impostor_pairs=4000,
        equal_error_rate=Rate(value=0.0123, low=0, high=1),
        points=points,
    )


def test_calibrations_are_told_row_by_row_without_twins(tmp_path):
    path = tmp_path / "calibration.json"
    write_calibrations(path, [calibration("scene_to_scene", [0.01, 0.001]), calibration("x/twins", [0.1])])
    missed = "12.5 [10.0, 15.0] %"
    assert encoder_rows(path) == [f"| scene_to_scene | 30 | 4000 | 1.23% | {missed} | {missed} | – |"]


def test_a_model_without_calibration_has_no_rows(tmp_path):
    assert encoder_rows(tmp_path / "calibration.json") == []
