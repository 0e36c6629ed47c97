import json
import math

import numpy as np
import pytest
import torch
from PIL import Image
from synthetic_albums.nodes.leakage_gallery import AlbumGallery
from synthetic_albums.nodes.leakage_pictures import AlbumPictureAudit
from synthetic_albums.stages.encoders import builtin_picture_encoder
from synthetic_albums.stages.errors import AlbumError


@pytest.fixture
def folder(host, a_picture):
    """Adds pictures to folders inside the input folder."""

    def add(name, **pictures):
        path = host.input_directory() / name
        path.mkdir(parents=True, exist_ok=True)
        for file, seed in pictures.items():
            Image.fromarray(a_picture(seed)).save(path / f"{file}.png")
        return path

    return add


@pytest.fixture
def uncalibrated(thumbnail_encoder):
    """An encoder that nobody calibrated."""

    class OfLengthOne(thumbnail_encoder):
        def encode(self, pictures):
            vectors = super().encode(pictures)
            return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return OfLengthOne()


def audit(folder="", name="audit", gallery=None, images=None, **changes):
    """Everything as the host gives it: in lists."""
    given = {"folder": folder, "report_name": name, "threshold_bits": 8, "gallery": gallery, **changes}
    done = AlbumPictureAudit().audit(**{key: [value] for key, value in given.items()}, images=images)
    assert done["ui"]["text"] == [done["result"][0]]
    return done["result"]


def tensor(*pictures):
    return torch.from_numpy(np.stack(pictures)).float() / 255


def test_a_folder_made_elsewhere_is_checked_where_it_is(host, folder):
    path = folder("made", one="a", two="b", three="c")
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="b")))
    before = {file.name: file.read_bytes() for file in path.iterdir()}
    text, picture, page, leaked, status = audit("made", gallery=gallery)
    assert (leaked, status) == (1, "leak")
    assert "two.png: leak" in text
    assert "one.png: clean" in text
    assert "holiday" not in text
    assert picture.shape[0] == 1
    assert picture.shape[2:] == (1240, 3)
    assert page == str(host.output_directory() / "audit" / "reports" / "leakage.html")
    told = json.loads((host.output_directory() / "audit" / "reports" / "leakage.json").read_text(encoding="utf-8"))
    assert told["outcome"] == "leak"
    assert told["title"] == "made"
    assert {file.name: file.read_bytes() for file in path.iterdir()} == before


def test_pictures_of_the_graph_are_checked_in_batches_and_lists(host, folder, a_picture):
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="b")))
    images = [tensor(a_picture("a"), a_picture("b")), tensor(a_picture("c"))]
    text, _, page, leaked, status = audit(name="", gallery=gallery, images=images)
    assert (leaked, status, page) == (1, "leak", "")
    assert "Pictures: 3 pictures of a graph" in text
    assert "2. picture 2: leak" in text
    assert not host.output_directory().exists()
    assert audit(gallery=gallery, images=images[1:])[3:] == (0, "clean")


def test_folder_and_pictures_go_into_one_report(folder, a_picture):
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")))
    folder("made", one="a")
    text, *_, status = audit("made", gallery=gallery, images=[tensor(a_picture("b"))])
    assert status == "clean"
    assert "Pictures: made, and 1 picture of a graph" in text
    assert text.index("1. one.png: clean") < text.index("2. picture 1: clean")


def test_without_a_gallery_or_pictures_nothing_is_clean(folder):
    folder("made", one="a")
    text, _, _, leaked, status = audit("made")
    assert (leaked, status) == (0, "unchecked")
    assert text.startswith("NOT CHECKED: Not checked: no gallery was connected.")
    assert audit("  ")[0].startswith("NOT CHECKED: There was no picture to check: name a folder")
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")))
    folder("empty")
    assert audit("empty", gallery=gallery)[4] == "unchecked"


def test_what_cannot_be_read_is_listed_and_never_clean(folder):
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")))
    path = folder("made", one="a", two="b")
    (path / "two.png").write_bytes((path / "two.png").read_bytes()[:90])
    text, *_, status = audit("made", gallery=gallery)
    assert status == "unchecked"
    assert "two.png: not checked (Not checked: cut short or damaged.)" in text


def test_encoders_of_the_gallery_look_at_the_pictures(folder):
    encoder = builtin_picture_encoder()
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")), picture_encoder=encoder)
    folder("made", one="x")
    text, *_ = audit("made", gallery=gallery, picture_encoder=encoder, false_alarm_target=0.1)
    assert "Copies of pictures, by encoder: leaks found" in text
    assert encoder.facts.name in text
    _, *_, status = audit("made", gallery=gallery, required="copies and identities")
    assert status == "leak"


def test_where_people_are_required_nothing_is_clean_without_them(folder):
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")))
    folder("made", one="a")
    text, *_, status = audit("made", gallery=gallery, required="copies and identities")
    assert status == "unchecked"
    assert "no encoder has looked for people" in text


def test_another_encoder_than_the_gallerys_clears_nothing(folder, uncalibrated):
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")), picture_encoder=builtin_picture_encoder())
    folder("made", one="a")
    text, *_, status = audit("made", gallery=gallery, picture_encoder=uncalibrated)
    assert status == "unchecked"
    assert "cannot be compared" in text


def test_an_encoder_without_a_calibration_clears_nothing(folder, uncalibrated):
    gallery, _ = AlbumGallery().read(str(folder("private", holiday="x")), picture_encoder=uncalibrated)
    folder("made", one="a")
    text, *_, status = audit("made", gallery=gallery)
    assert status == "unchecked"
    assert "has no calibration" in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"folder": "nowhere"}, "does not exist"),
        ({"threshold_bits": 72}, "0 to 71 bits"),
        ({"false_alarm_target": 0.0}, "above 0"),
        ({"required": "nothing"}, "no choice"),
        ({"name": "../out"}, "album name"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(host, changes, message):
    with pytest.raises(AlbumError, match=message):
        audit(**changes)
    assert not host.output_directory().exists()


def test_an_albums_own_report_is_kept(host, render):
    album, _, _ = render()
    with pytest.raises(AlbumError, match="is an album with reports of its own"):
        audit(name=album.path.relative_to(host.output_directory()).as_posix())


def test_a_picture_that_is_added_is_noticed(folder):
    folder("made", one="a")
    changed = AlbumPictureAudit.IS_CHANGED
    before = changed(["made"], report_name=["audit"])
    assert changed(["made"]) == before
    folder("made", two="b")
    assert changed(["made"]) != before
    assert changed([" "]) == changed([""])
    assert math.isnan(changed(["nowhere"]))
    assert math.isnan(changed(None))


def test_a_name_that_leads_elsewhere_is_refused_before_the_run(host):
    assert AlbumPictureAudit.VALIDATE_INPUTS(["audits/july"]) is True
    assert AlbumPictureAudit.VALIDATE_INPUTS([""]) is True
    assert AlbumPictureAudit.VALIDATE_INPUTS(None) is True
    assert "album name" in AlbumPictureAudit.VALIDATE_INPUTS(["../july"])
