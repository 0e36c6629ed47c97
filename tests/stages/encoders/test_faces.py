"""Face packs, with tiny ONNX files of the right shapes: a detector that always sees the planted faces, and a
recogniser whose vector is the mean colour of each quarter of the aligned face."""

import builtins
import shutil

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from synthetic_albums.stages.encoders import (  # noqa: E402
    face_encoder_from_folder,
    holds_face_pack,
    write_calibrations,
)
from synthetic_albums.stages.encoders.calibrate import Labelled, score_pairs  # noqa: E402
from synthetic_albums.stages.encoders.error_rates import measure_calibration  # noqa: E402
from synthetic_albums.stages.encoders.faces import _at_noses  # noqa: E402
from synthetic_albums.stages.encoders.scrfd import Face  # noqa: E402
from synthetic_albums.stages.errors import AlbumError  # noqa: E402

from ...tiny_faces import FACES, points_of, write_detector, write_recogniser  # noqa: E402


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packs") / "buffalo_t"
    folder.mkdir()
    write_detector(folder / "det_10g.onnx")
    write_recogniser(folder / "w600k_r50.onnx")
    (folder / "genderage.onnx").write_bytes(b"never opened")
    return folder


@pytest.fixture
def pack(files, tmp_path):
    return shutil.copytree(files, tmp_path / "buffalo_t")


@pytest.fixture
def picture():
    """Each planted face is a square with four coloured quarters, in its own colours."""
    found = np.zeros((640, 640, 3), np.uint8)
    for number, ((row, column), scale, _) in FACES.items():
        half = round(56 * scale)
        y, x = row * 32, column * 32
        for quarter, (down, across) in enumerate([(-half, -half), (-half, 0), (0, -half), (0, 0)]):
            color = np.roll([40 + 50 * quarter, 200 - 40 * number, 30 + 90 * number], quarter)
            found[max(0, y + down) : y + down + half, max(0, x + across) : x + across + half] = color
    return found


def color_vector(number):
    """What the recogniser makes of a planted face, computed from its colours."""
    quarters = [np.roll([40 + 50 * q, 200 - 40 * number, 30 + 90 * number], q) for q in range(4)]
    vector = ((np.array(quarters) - 127.5) / 127.5).T.ravel()
    return vector / np.linalg.norm(vector)


def test_planted_faces_are_found_cut_and_encoded(pack, picture):
    found = face_encoder_from_folder(pack).find(picture)
    assert [person.confidence for person in found] == pytest.approx([0.9, 0.8])  # the third is 13 pixels high
    for number, person in enumerate(found):
        (row, column), scale, _ = FACES[number]
        middle = np.array([column, row, column, row]) * 32
        expected = middle + 56 * scale * np.array([-1, -1, 1, 1])
        assert person.box == pytest.approx(expected / 640)
        assert np.linalg.norm(person.vector) == pytest.approx(1)
        assert person.vector @ color_vector(number) > 0.999
    assert found[0].vector @ found[1].vector < 0.99


def test_a_smaller_picture_is_scaled(pack, picture):
    small = np.ascontiguousarray(picture[::2, ::2])
    first, second = (face_encoder_from_folder(pack).find(one)[0] for one in (picture, small))
    assert second.box == pytest.approx(first.box, abs=0.002)
    assert first.vector @ second.vector > 0.998


def test_facts_name_file_licence_and_both_networks(pack):
    facts = face_encoder_from_folder(pack).facts
    assert (facts.name, facts.dim, facts.looks_at) == ("arcface-w600k_r50", 12, "person")
    assert "non-commercial research only" in facts.license
    data = bytearray((pack / "det_10g.onnx").read_bytes())
    (pack / "det_10g.onnx").write_bytes(bytes(data + b"\x00"))
    assert face_encoder_from_folder(pack).facts.sha256 != facts.sha256


def skeleton(nose, eyes=None, seen=1.0):
    joints = [(0.0, 0.0, 0.0)] * 18
    joints[0] = (*nose, seen)
    if eyes is not None:
        joints[14], joints[15] = (*eyes[0], seen), (*eyes[1], seen)
    return joints


def test_known_people_are_the_faces_at_their_noses(pack, picture):
    noses = [points_of(number)[2] / 640 for number in (1, 0)]
    encoder = face_encoder_from_folder(pack)
    people = encoder.encode_known(picture, [skeleton(noses[0]), skeleton((0.9, 0.9)), skeleton(noses[1])])
    found = encoder.find(picture)
    assert people[1] is None
    assert np.array_equal(people[0].vector, found[1].vector)
    assert np.array_equal(people[2].vector, found[0].vector)
    # One face is nobody's twice: the nearer nose gets it.
    beside = skeleton(noses[1] + 0.02)
    assert encoder.encode_known(picture, [beside, skeleton(noses[1])])[0] is None


def test_of_two_faces_around_one_nose_the_surer_is_known():
    def face(score, x):
        return Face((0, 0, 90, 90), score, np.full((5, 2), x, float))

    sure, unsure = face(0.9, 50.0), face(0.6, 40.0)
    assert _at_noses([sure, unsure], [np.array([40.0, 40.0])]) == {0: sure}
    assert _at_noses([sure, unsure], [np.array([40.0, 40.0]), np.array([48.0, 50.0])]) == {0: unsure, 1: sure}


def test_grey_of_127_5_is_nothing_to_the_recogniser(pack):
    """(x - 127.5) / 127.5: a little lighter gives the opposite of a little darker."""
    encoder = face_encoder_from_folder(pack)
    light, dark = (np.full((112, 112, 3), grey, np.uint8) for grey in (128, 127))
    vectors = encoder._vectors([light, dark])
    assert vectors[0] == pytest.approx(np.full(12, 12**-0.5), abs=1e-5)
    assert vectors[1] == pytest.approx(-vectors[0])


def test_without_detector_nobody_is_found_but_eyes_and_nose_serve(pack, picture):
    (pack / "det_10g.onnx").unlink()
    encoder = face_encoder_from_folder(pack)
    assert not encoder.finds_people
    with pytest.raises(AlbumError, match=r"no detector such as det_10g\.onnx"):
        encoder.find(picture)
    marks = points_of(0) / 640
    person, hidden = encoder.encode_known(
        picture, [skeleton(marks[2], marks[:2]), skeleton(marks[2], marks[:2], seen=0.0)]
    )
    assert hidden is None
    assert person.vector @ color_vector(0) > 0.999
    tiny = points_of(2) / 640
    assert encoder.encode_known(picture, [skeleton(tiny[2], tiny[:2])]) == [None]
    assert encoder.encode_known(picture, []) == []


@pytest.mark.parametrize("levels", ["antelopev2", "deep"])
def test_a_pack_one_folder_too_deep_is_found(files, tmp_path, levels):
    shutil.copytree(files, tmp_path / "antelopev2" / levels)
    assert holds_face_pack(tmp_path / "antelopev2")
    encoder = face_encoder_from_folder(tmp_path / "antelopev2")
    assert encoder.finds_people
    assert encoder.facts.dim == 12


def test_folders_without_one_pack_are_refused(files, tmp_path):
    with pytest.raises(AlbumError, match="no folder"):
        face_encoder_from_folder(tmp_path / "nowhere")
    with pytest.raises(AlbumError, match=r"hold no \.onnx file"):
        face_encoder_from_folder(tmp_path)
    for name in ("a", "b"):
        shutil.copytree(files, tmp_path / name)
    with pytest.raises(AlbumError, match=r"several face packs \(a, b\)"):
        face_encoder_from_folder(tmp_path)
    (tmp_path / "a" / "w600k_r50.onnx").unlink()
    with pytest.raises(AlbumError, match="no recogniser"):
        face_encoder_from_folder(tmp_path / "a")
    shutil.copy(tmp_path / "b" / "w600k_r50.onnx", tmp_path / "b" / "glintr100.onnx")
    with pytest.raises(AlbumError, match="several recognisers"):
        face_encoder_from_folder(tmp_path / "b")


@pytest.mark.parametrize(
    ("name", "write", "options", "message"),
    [
        ("w600k_r50.onnx", write_recogniser, {"side": 128}, "no ArcFace recogniser: it reads"),
        ("w600k_r50.onnx", write_recogniser, {"shape": (1, 3, 2, 2)}, "no ArcFace recogniser: it gives"),
        ("det_10g.onnx", write_detector, {"side": 320}, "no SCRFD detector"),
        ("det_10g.onnx", write_detector, {"outputs": 6}, "strides 8, 16 and 32"),
    ],
)
def test_networks_of_other_shapes_are_refused(pack, picture, name, write, options, message):
    write(pack / name, **options)
    with pytest.raises(AlbumError, match=message):
        face_encoder_from_folder(pack).find(picture)


def test_a_damaged_file_is_named(pack, picture):
    (pack / "w600k_r50.onnx").write_bytes(b"not a network")
    with pytest.raises(AlbumError, match=r"w600k_r50\.onnx cannot be read as a network"):
        face_encoder_from_folder(pack).find(picture)


def test_a_missing_package_is_named_with_its_extra(pack, monkeypatch):
    imported = builtins.__import__

    def refuse(name, *rest, **more):
        if name.startswith("onnxruntime"):
            raise ImportError(name=name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    encoder = face_encoder_from_folder(pack)  # a handle is made all the same
    with pytest.raises(AlbumError, match=r"synthetic-albums\[faces\]"):
        _ = encoder.facts


def test_a_file_that_changes_while_in_use_is_noticed(pack, picture):
    encoder = face_encoder_from_folder(pack)
    encoder.find(picture)
    encoder.close()
    encoder.find(picture)
    encoder.close()
    model = onnx.load(pack / "det_10g.onnx")
    model.doc_string = "another"
    onnx.save(model, pack / "det_10g.onnx")
    with pytest.raises(AlbumError, match="changed while they were in use"):
        encoder.find(picture)


@pytest.mark.parametrize("value", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 3)), np.zeros((0, 9, 3), np.uint8)])
def test_what_is_no_picture_is_refused(pack, value):
    with pytest.raises(AlbumError, match="A face encoder reads"):
        face_encoder_from_folder(pack).find(value)


def test_a_calibration_beside_the_networks_is_read(pack):
    assert face_encoder_from_folder(pack).calibration is None
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((160, 12)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    people = Labelled(vectors, np.repeat(np.arange(80), 2), np.arange(160))
    facts = face_encoder_from_folder(pack).facts
    made = measure_calibration(score_pairs(people), facts, condition="same_person", told="toy")
    write_calibrations(pack / "calibration.json", [made])
    assert face_encoder_from_folder(pack).calibration == made
    (pack / "det_10g.onnx").unlink()
    with pytest.raises(AlbumError, match="was made for arcface-w600k_r50"):
        _ = face_encoder_from_folder(pack).calibration
