import json
from pathlib import Path

import pytest
from synthetic_albums.stages.encoders import read_calibrations, write_calibrations
from synthetic_albums.stages.encoders.calibration import Calibration, OperatingPoint, Rate
from synthetic_albums.stages.encoders.calibration_file import fitting_calibration
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.errors import AlbumError

RATE = Rate(value=0.01, low=0.0, high=0.02)
FACTS = EncoderFacts("toy@1", "a" * 64, 4, "person")


def calibration(sha="a" * 64, condition="scene_to_scene", looks_at="person"):
    return Calibration(
        encoder="toy@1",
        encoder_sha256=sha,
        looks_at=looks_at,
        condition=condition,
        pairs="made up",
        interval="none",
        subjects=3,
        genuine_pairs=3,
        impostor_pairs=3000,
        equal_error_rate=RATE,
        points=[OperatingPoint(target=0.01, threshold=0.5, false_match=RATE, false_non_match=RATE)],
    )


def test_what_is_written_is_read(tmp_path):
    path = tmp_path / "calibration.json"
    write_calibrations(path, [calibration(), calibration(condition="scene_to_portrait")])
    assert read_calibrations(path) == [calibration(), calibration(condition="scene_to_portrait")]
    assert [file.name for file in tmp_path.iterdir()] == ["calibration.json"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[]", "must be an object"),
        (b'{"version": 2, "calibrations": []}', "has version 2"),
        (b'{"version": 1, "calibrations": []}', "at least 1 item"),
        (b'{"version": 1, "calibrations": [{"encoder": "x"}]}', "encoder_sha256"),
        (b" " * (4 * 2**20 + 1), "larger than 4 MB"),
    ],
)
def test_what_is_no_calibration_is_refused(tmp_path, content, message):
    path = tmp_path / "calibration.json"
    path.write_bytes(content)
    with pytest.raises(AlbumError, match=message):
        read_calibrations(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(AlbumError, match=r"no calibration .*nowhere\.json"):
        read_calibrations(tmp_path / "nowhere.json")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(AlbumError, match="cannot be written"):
        write_calibrations(tmp_path / "nowhere" / "calibration.json", [calibration()])


def test_a_number_that_is_none_is_refused(tmp_path):
    path = tmp_path / "calibration.json"
    write_calibrations(path, [calibration()])
    data = json.loads(path.read_text())
    data["calibrations"][0]["points"][0]["threshold"] = float("nan")
    path.write_text(json.dumps(data))
    with pytest.raises(AlbumError, match="threshold"):
        read_calibrations(path)


def test_the_calibration_of_these_weights_and_this_condition_is_chosen():
    known = [calibration("b" * 64), calibration(), calibration(condition="scene_to_portrait")]
    assert fitting_calibration(known, FACTS, None, source=Path("x")) is known[1]
    assert fitting_calibration(known, FACTS, "scene_to_portrait", source=Path("x")) is known[2]


@pytest.mark.parametrize("other", [{"sha": "b" * 64}, {"looks_at": "picture"}])
def test_a_calibration_of_other_weights_or_of_another_use_is_refused(other):
    with pytest.raises(AlbumError, match="and not for toy@1 aaaaaaaaaaaa") as caught:
        fitting_calibration([calibration(**other)], FACTS, None, source=Path("x.json"))
    assert "x.json" in str(caught.value)


def test_an_unknown_condition_is_refused():
    with pytest.raises(AlbumError, match=r"no condition 'moon'; it has: scene_to_scene"):
        fitting_calibration([calibration()], FACTS, "moon", source=Path("x"))
