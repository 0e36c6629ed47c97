import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.encoders import (
    FoundPerson,
    calibrate_people_folder,
    calibrate_picture_folder,
    read_calibrations,
    save_calibrations,
)
from synthetic_albums.stages.encoders.calibrate_folder import LONGEST_PX
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.errors import AlbumError


class CoarseColors:
    """A toy picture encoder: the colours of 4 x 4 parts."""

    facts = EncoderFacts("coarse@1", "c" * 64, 48, "picture")
    calibration = None

    def __init__(self):
        self.largest = 0

    def encode(self, pictures):
        self.largest = max(self.largest, *(max(picture.shape) for picture in pictures))
        small = [np.asarray(Image.fromarray(one).resize((4, 4), Image.Resampling.BOX), np.float32) for one in pictures]
        vectors = np.stack(small).reshape(len(small), -1) - 128
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class ColorOfFrame:
    """A toy person encoder: whoever is in a picture has its upper left pixel's colour; black pictures show nobody.

    Beside everybody stands the same small stranger.
    """

    facts = EncoderFacts("frame@1", "d" * 64, 3, "person")
    calibration = None
    finds_people = True

    def find(self, picture):
        color = picture[0, 0].astype(np.float32)
        if not color.any():
            return []
        stranger = FoundPerson((0.8, 0.8, 0.9, 0.9), np.array([1.0, 0, 0]), 1.0)
        return [stranger, FoundPerson((0.2, 0.2, 0.7, 0.7), color / np.linalg.norm(color), 0.5)]


def save(path, array):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(path)


@pytest.fixture
def pictures(tmp_path):
    rng = np.random.default_rng(0)
    for number in range(60):
        coarse = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        save(tmp_path / "photos" / f"{number // 20}" / f"{number}.png", np.kron(coarse, np.ones((8, 8, 1), np.uint8)))
    return tmp_path / "photos"


@pytest.fixture
def people(tmp_path):
    rng = np.random.default_rng(1)
    for number in range(60):
        color = rng.integers(60, 250, 3)
        for shot in range(2):
            near = np.clip(color + rng.integers(-8, 9, 3), 1, 255).astype(np.uint8)
            frame = np.tile(near, (10, 10, 1))
            save(tmp_path / "people" / f"person {number:02d}" / f"{shot}.png", frame)
    return tmp_path / "people"


def test_a_folder_of_pictures_is_calibrated(pictures):
    done = []
    found = calibrate_picture_folder(CoarseColors(), pictures, on_progress=lambda *now: done.append(now))
    whole = found.calibrations[0]
    assert (whole.condition, whole.encoder, whole.subjects, found.used) == ("copies", "coarse@1", 60, 60)
    assert whole.points[0].false_match.value <= 0.01
    assert whole.points[0].false_non_match.value < 0.6
    assert done[-1] == (60, 60)
    assert found.skipped == []
    assert str(pictures) not in whole.model_dump_json()


def test_a_folder_of_people_is_calibrated_by_the_largest_of_each_picture(people):
    (calibration,) = calibrate_people_folder(ColorOfFrame(), people).calibrations
    assert (calibration.condition, calibration.looks_at) == ("same_person", "person")
    assert (calibration.subjects, calibration.genuine_pairs, calibration.impostor_pairs) == (60, 60, 4 * 60 * 59 // 2)
    assert calibration.equal_error_rate.value < 0.2
    assert "person 0" not in calibration.model_dump_json()


def test_pictures_that_are_there_twice_count_once(pictures):
    (pictures / "copy of 7.png").write_bytes((pictures / "0" / "7.png").read_bytes())
    found = calibrate_picture_folder(CoarseColors(), pictures)
    assert (found.used, len(found.skipped)) == (60, 1)
    assert "the same picture as another" in found.skipped[0]


def test_large_pictures_are_made_smaller(pictures):
    save(pictures / "large.png", np.zeros((40, 3000, 3), np.uint8) + np.arange(3000, dtype=np.uint8)[None, :, None])
    encoder = CoarseColors()
    calibrate_picture_folder(encoder, pictures)
    assert encoder.largest == LONGEST_PX


def test_a_few_unreadable_pictures_are_named_and_many_are_refused(pictures):
    (pictures / "notes.txt").write_text("no picture, no gap")
    for number in range(6):
        (pictures / f"broken{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut short")
    found = calibrate_picture_folder(CoarseColors(), pictures)
    assert len(found.skipped) == 6
    assert found.skipped[0].startswith("broken0.jpg: ")
    for number in range(6, 12):
        (pictures / f"broken{number}.jpg").write_bytes(b"")
    with pytest.raises(AlbumError, match=r"12 of 72 picture files .* cannot be read"):
        calibrate_picture_folder(CoarseColors(), pictures)


def test_pictures_without_people_are_named(people):
    save(people / "person 03" / "sea.png", np.zeros((10, 10, 3), np.uint8))
    found = calibrate_people_folder(ColorOfFrame(), people)
    assert found.skipped == ["person 03/sea.png: no person found"]
    assert found.used == 120


def test_nobody_in_any_picture_is_refused(tmp_path):
    for name in "ab":
        save(tmp_path / name / "1.png", np.zeros((10, 10, 3), np.uint8))
        save(tmp_path / name / "2.png", np.zeros((12, 10, 3), np.uint8))
    with pytest.raises(AlbumError, match="No person was found in any picture"):
        calibrate_people_folder(ColorOfFrame(), tmp_path)


def test_too_few_people_are_refused(people, tmp_path):
    with pytest.raises(AlbumError, match="has 0 sub-folders"):
        calibrate_people_folder(ColorOfFrame(), people / "person 01")
    (tmp_path / "few").mkdir()
    for name in ("person 01", "person 02"):
        (people / name).rename(tmp_path / "few" / name)
    with pytest.raises(AlbumError, match=r"at least 3000 pairs of different people .* there are 4: give more people"):
        calibrate_people_folder(ColorOfFrame(), tmp_path / "few")


def test_one_picture_of_each_makes_no_genuine_pair(people):
    for path in people.glob("*/1.png"):
        path.unlink()
    with pytest.raises(AlbumError, match="at least two of each"):
        calibrate_people_folder(ColorOfFrame(), people)


@pytest.mark.parametrize("calibrate", [calibrate_picture_folder, calibrate_people_folder])
def test_a_folder_that_is_none_is_named(calibrate, tmp_path):
    encoder = CoarseColors() if calibrate is calibrate_picture_folder else ColorOfFrame()
    with pytest.raises(AlbumError, match="does not exist"):
        calibrate(encoder, tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(AlbumError, match="is not a folder"):
        calibrate(encoder, tmp_path / "file")


def test_an_encoder_without_detector_is_refused(people):
    encoder = ColorOfFrame()
    encoder.finds_people = False
    with pytest.raises(AlbumError, match="has no detector"):
        calibrate_people_folder(encoder, people)


def test_saving_replaces_its_own_and_keeps_others(pictures, people, tmp_path):
    path = tmp_path / "calibration.json"
    copies = calibrate_picture_folder(CoarseColors(), pictures).calibrations
    persons = calibrate_people_folder(ColorOfFrame(), people).calibrations
    save_calibrations(path, copies)
    save_calibrations(path, persons)
    assert read_calibrations(path) == [*persons, *copies]
    again = calibrate_picture_folder(CoarseColors(), pictures, seed=4).calibrations
    save_calibrations(path, again)
    assert read_calibrations(path) == [*again, *persons]
    path.write_text("{}")
    with pytest.raises(AlbumError, match="not valid"):
        save_calibrations(path, again)
    assert path.read_text() == "{}"
