import hashlib
import json
from datetime import datetime

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import CheckOptions, build_gallery, check_folder, check_pictures
from synthetic_albums.stages.leakage.report import audit_report
from synthetic_albums.stages.records import Album, AlbumPlan, Environment, PhotoRecord, Scene

from .fake_encoders import PaintedPeople, with_people

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


def look(folder, gallery, pictures=(), **changes):
    floats = [picture.astype(np.float32) / 255 for picture in pictures]
    return check_pictures(folder, gallery, pictures=floats, options=CheckOptions(), **changes)


def statuses(checked):
    return {picture.name: picture.verdict.status for picture in checked.pictures}


def test_pictures_in_memory_are_checked_like_files(tmp_path, gallery, references, scene):
    save(tmp_path / "a.png", scene(700))
    (tmp_path / "notes.txt").write_text("x")
    checked = look(tmp_path, gallery, [scene(701), references[2]])
    assert statuses(checked) == {"a.png": "clean", "picture 1": "clean", "picture 2": "leak"}
    assert checked.summary.status == "leak"
    assert checked.ignored == 1
    assert "pixels of a reference" in checked.pictures[2].verdict.reason
    assert look(None, gallery, [scene(701)]).summary.status == "clean"
    assert look(None, gallery).summary.status == "unchecked"


def test_a_file_is_never_taken_for_a_picture_in_memory(tmp_path, gallery, references, scene):
    save(tmp_path / "a.png", references[0])
    (tmp_path / "a.png").rename(tmp_path / "picture 1")
    checked = look(tmp_path, gallery, [scene(700)])
    assert [picture.verdict.status for picture in checked.pictures] == ["leak", "clean"]
    assert checked.summary.status == "leak"


def test_files_are_named_by_their_hash(tmp_path, gallery, scene):
    save(tmp_path / "a.png", scene(700))
    (tmp_path / "b.png").write_bytes(b"no picture")
    checked = look(tmp_path, gallery, [scene(701)])
    digest = hashlib.sha256((tmp_path / "a.png").read_bytes()).hexdigest()
    assert [picture.sha256 for picture in checked.pictures] == [digest, None, None]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda picture: np.where(np.indices(picture.shape).sum(0) == 9, np.nan, picture), "not numbers"),
        (lambda picture: picture[..., :1], "no colour picture"),
        (lambda picture: picture[..., 0], "no colour picture"),
    ],
)
def test_a_picture_in_memory_that_is_none_is_not_checked(gallery, scene, spoil, reason):
    picture = scene(700).astype(np.float32) / 255
    checked = check_pictures(None, gallery, pictures=[picture, spoil(picture)], options=CheckOptions())
    assert statuses(checked) == {"picture 1": "clean", "picture 2": "unchecked"}
    assert reason in checked.pictures[1].verdict.reason
    assert checked.summary.status == "unchecked"


def test_without_a_gallery_nothing_is_clean(tmp_path, scene):
    save(tmp_path / "a.png", scene(700))
    checked = look(tmp_path, None, [scene(701)])
    assert set(statuses(checked).values()) == {"unchecked"}
    assert checked.summary.reason.startswith("Not checked: no gallery")


@pytest.mark.parametrize("change", ["added", "rewritten", "removed"])
def test_nothing_is_clean_where_files_change_during_the_check(tmp_path, gallery, scene, change):
    save(tmp_path / "a.png", scene(700))
    save(tmp_path / "b.png", scene(701))

    def meddle(done, total):
        if done == 2 and change == "added":
            save(tmp_path / "c.png", scene(702))
        elif done == 2 and change == "rewritten":
            save(tmp_path / "a.png", scene(703))
        elif done == 2:
            (tmp_path / "b.png").unlink()

    checked = look(tmp_path, gallery, [scene(704)], on_progress=meddle)
    assert set(statuses(checked).values()) == {"unchecked"}
    assert checked.summary.status == "unchecked"
    assert "changed during the check" in checked.summary.reason


def test_nothing_is_clean_where_the_gallery_changes_during_the_check(tmp_path, references, scene):
    private, folder = tmp_path / "private", tmp_path / "generated"
    save(private / "a.png", references[0])
    save(folder / "a.png", scene(700))
    gallery = build_gallery(private)
    checked = look(folder, gallery, on_progress=lambda done, total: save(private / "b.png", references[1]))
    assert statuses(checked) == {"a.png": "unchecked"}
    assert "the gallery has changed" in checked.summary.reason


def test_of_clean_pictures_alone_something_is_kept(tmp_path, gallery, references, scene):
    save(tmp_path / "a.png", scene(700))
    save(tmp_path / "b.png", references[0])
    seen = []
    checked = look(
        tmp_path, gallery, [scene(701), references[1]], keep=lambda pixels: seen.append(pixels.copy()) or b"kept"
    )
    assert [picture.kept for picture in checked.pictures] == [b"kept", b"", b"kept", b""]
    assert np.array_equal(seen[0], scene(700))
    assert np.array_equal(seen[1], scene(701))


def test_a_check_is_stopped_before_the_next_picture(tmp_path, gallery, scene):
    for number in range(3):
        save(tmp_path / f"{number}.png", scene(700 + number))
    done = []

    def stop():
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(tmp_path, gallery, check_interrupt=stop, on_progress=lambda *progress: done.append(progress))
    assert done == [(1, 3), (2, 3)]


def painted(pixels, red):
    """A picture with somebody in its middle, whom `PaintedPeople` knows by the red of that pixel."""
    found = pixels.copy()
    found[found.shape[0] // 2, found.shape[1] // 2, 0] = red
    return found


def test_in_pictures_that_are_no_album_single_heads_decide_and_get_the_whole_target(tmp_path, gallery, scene):
    encoder = PaintedPeople({10: "private", 20: "stranger"}, detector=True)
    known = with_people(gallery, encoder, ["private", "other"])
    for number, red in enumerate((10, 20)):
        save(tmp_path / f"{number}.png", painted(scene(700 + number), red))
    checked = look(tmp_path, known)
    assert statuses(checked) == {"0.png": "leak", "1.png": "clean"}
    (facts,) = [facts for facts in checked.summary.checks if facts.kind == "identity"]
    heads = [one for picture in checked.pictures for one in picture.verdict.findings if one.kind == "identity"]
    assert {head.threshold for head in heads} == {facts.threshold}
    assert facts.expected_false_alarms == pytest.approx(CheckOptions().false_alarm_target / 2)
    assert "detector" in facts.reason
    reported = audit_report(checked, title="made").report.checks
    words = " ".join(line for check in reported if check.facts.kind == "identity" for line in check.words)
    assert "photos that show nobody of the gallery" in words
    assert "character" not in words


def test_an_encoder_without_a_detector_clears_no_picture_that_is_of_no_album(tmp_path, gallery, scene):
    save(tmp_path / "a.png", scene(700))
    checked = look(tmp_path, with_people(gallery, PaintedPeople({10: "private"}), ["private"]))
    assert statuses(checked) == {"a.png": "unchecked"}
    assert "no detector" in checked.pictures[0].verdict.reason
