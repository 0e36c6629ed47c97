import json
from datetime import datetime

import pytest
from PIL import Image
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import check_folder
from synthetic_albums.stages.records import Album, AlbumPlan, Environment, PhotoRecord, Scene

NOON = datetime(2026, 6, 1, 12)


def check(folder, gallery):
    return check_folder(folder, gallery, threshold_bits=10)


def save(path, pixels):
    path.parent.mkdir(exist_ok=True, parents=True)
    Image.fromarray(pixels).save(path)


def write_album(folder, files):
    scenes = [
        Scene(id=f"s{n}", title="A", caption="A", environment="park", time=NOON) for n in range(1, len(files) + 1)
    ]
    plan = AlbumPlan(title="A", environments=[Environment(id="park", kind="park")], scenes=scenes)
    photos = [PhotoRecord(number=n, scene=f"s{n}", status="done", file=file) for n, file in enumerate(files, start=1)]
    album = Album(created=NOON, plan=plan, photos=photos)
    (folder / "album.json").write_text(album.model_dump_json())


def test_a_folder_of_other_pictures_is_clean(tmp_path, gallery, scene):
    save(tmp_path / "a.png", scene(700))
    save(tmp_path / "below" / "b.jpg", scene(701))
    (tmp_path / "notes.txt").write_text("x")
    report = check(tmp_path, gallery)
    assert report["status"] == "clean"
    assert [photo["file"] for photo in report["photos"]] == ["a.png", "below/b.jpg"]
    assert report["references"] == 6
    json.dumps(report, allow_nan=False)


def test_one_copy_makes_the_folder_a_leak(tmp_path, gallery, references, scene):
    save(tmp_path / "a.png", scene(700))
    save(tmp_path / "b.jpg", references[4][:, ::-1])
    report = check(tmp_path, gallery)
    assert report["status"] == "leak"
    assert [photo["status"] for photo in report["photos"]] == ["clean", "leak"]


def test_one_picture_that_cannot_be_read_leaves_the_folder_unchecked(tmp_path, gallery, scene):
    save(tmp_path / "a.png", scene(700))
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes()[:500])
    report = check(tmp_path, gallery)
    assert report["status"] == "unchecked"
    assert "cut short" in report["photos"][1]["reason"]


def test_a_folder_without_pictures_is_unchecked(tmp_path, gallery):
    assert check(tmp_path, gallery)["status"] == "unchecked"


def test_of_an_album_the_photos_are_checked_and_not_its_contact_sheet(tmp_path, gallery, scene, references):
    write_album(tmp_path, ["photos/001.png"])
    save(tmp_path / "photos" / "001.png", scene(700))
    save(tmp_path / "contact_sheet.png", references[0])
    report = check(tmp_path, gallery)
    assert (report["status"], [photo["file"] for photo in report["photos"]]) == ("clean", ["photos/001.png"])


def test_a_photo_that_the_album_lists_but_has_not_is_unchecked(tmp_path, gallery, scene):
    write_album(tmp_path, ["photos/001.png", "photos/002.png"])
    save(tmp_path / "photos" / "001.png", scene(700))
    report = check(tmp_path, gallery)
    assert report["status"] == "unchecked"
    assert report["photos"][1]["file"] == "photos/002.png"


def test_an_album_without_photos_yet_is_unchecked(tmp_path, gallery):
    write_album(tmp_path, [""])
    assert check(tmp_path, gallery)["status"] == "unchecked"


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 9}', "[" * 100_000])
def test_a_broken_album_is_refused(tmp_path, gallery, text):
    (tmp_path / "album.json").write_text(text)
    with pytest.raises(AlbumError, match="album"):
        check(tmp_path, gallery)


def test_a_missing_folder_is_refused(tmp_path, gallery):
    with pytest.raises(AlbumError, match="does not exist"):
        check(tmp_path / "missing", gallery)
