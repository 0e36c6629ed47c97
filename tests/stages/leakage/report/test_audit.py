"""The report on pictures that are no album: the same as an album's, without what only an album has."""

import dataclasses
import io
import json
from datetime import datetime

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import CheckOptions, check_pictures
from synthetic_albums.stages.leakage.report import (
    LeakageReport,
    audit_report,
    audit_thumbnail,
    report_page,
    report_picture,
    report_text,
    write_audit_report,
    writing,
)

NOON, LATER = datetime(2026, 7, 1, 12), datetime(2026, 7, 2, 9)


def look(gallery, folder, pictures=()):
    floats = [picture.astype(np.float32) / 255 for picture in pictures]
    return check_pictures(folder, gallery, pictures=floats, options=CheckOptions(), keep=audit_thumbnail)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, references, scene):
    """A clean picture, a leak, one that is cut short, and a note."""
    path = tmp_path_factory.mktemp("made")
    Image.fromarray(scene(700)).save(path / "a.png")
    Image.fromarray(references[3][:, ::-1]).save(path / "b.png")
    (path / "c.png").write_bytes((path / "a.png").read_bytes()[:600])
    (path / "prompts.txt").write_text("x")
    return path


@pytest.fixture(scope="module")
def parts(folder, gallery):
    return audit_report(look(gallery, folder), title="made", now=lambda: NOON)


def test_every_picture_is_named_with_its_verdict(parts):
    report = parts.report
    assert [(photo.title, photo.state) for photo in report.photos] == [
        ("a.png", "clean"), ("b.png", "leak"), ("c.png", "unchecked"),
    ]  # fmt: skip
    assert (report.outcome, report.headline) == ("leak", "Leak found")
    assert report.summary.startswith("1 picture of 3 is clean. 1 picture is too near to the gallery")
    assert "1 picture could not be checked, and so is not clean" in report.summary
    assert (report.counts.photos, report.counts.leaking, report.counts.unchecked) == (3, 1, 1)
    assert "left out: 1." in " ".join(report.not_checked)
    assert not report.of_album
    assert list(parts.thumbnails) == [1]


def test_text_page_and_picture_say_nothing_of_an_album(parts):
    text, page = report_text(parts.report), report_page(parts.report, parts.thumbnails)
    assert "Pictures: made" in text
    assert "2. b.png: leak" in text
    for told in (text, page):
        assert "made by software" not in told.replace("whether software made them", "")
        assert "made again" not in told
        assert "Album seed" not in told
        assert "None" not in told.replace("None was made", "")
    assert "album made" not in page
    assert "Plan SHA-256" not in page
    assert page.count("data:image/jpeg") == 1
    assert report_picture(parts.report, parts.thumbnails).width == 1240


def test_the_same_pictures_give_the_same_report_but_for_the_time(folder, gallery, parts):
    again = audit_report(look(gallery, folder), title="made", now=lambda: LATER).report
    assert again.content_sha256 == parts.report.content_sha256
    assert again.written_time != parts.report.written_time


def test_clean_is_said_of_clean_pictures_alone(gallery, scene):
    report = audit_report(look(gallery, None, [scene(700), scene(701)]), title="two").report
    assert (report.outcome, report.headline) == ("clean", "No leak found")
    assert report.summary == "2 pictures of 2 are clean."
    assert "anonymous in the sense of the GDPR" in report.limits[0]


@pytest.mark.parametrize(("with_gallery", "pictures"), [(False, 1), (True, 0), (False, 0)])
def test_without_gallery_or_pictures_nothing_was_checked(gallery, scene, with_gallery, pictures):
    checked = look(gallery if with_gallery else None, None, [scene(700)] * pictures)
    parts = audit_report(checked, title="")
    assert (parts.report.outcome, parts.report.headline) == ("unchecked", "Not checked")
    assert parts.report.title == "Pictures"
    assert not parts.thumbnails
    assert ("name a folder" in parts.report.summary) is (pictures == 0)
    assert report_picture(parts.report, {}).height > 300


def test_many_pictures_get_smaller_thumbnails(gallery, scene, monkeypatch):
    from synthetic_albums.stages.leakage.report import parts as module

    monkeypatch.setattr(module, "MANY_PHOTOS", 1)
    parts = audit_report(look(gallery, None, [scene(700), scene(701)]), title="two")
    assert {max(Image.open(io.BytesIO(data)).size) for data in parts.thumbnails.values()} == {module.FEWER_PX}


@pytest.mark.parametrize("name", ["x" * 300 + ".png", "\u202egnp.\x07a", "\udcff.png"])
def test_strange_names_are_made_harmless(gallery, scene, tmp_path, name):
    checked = look(gallery, None, [scene(700)])
    checked.pictures[0] = dataclasses.replace(checked.pictures[0], name=name)
    shown = audit_report(checked, title=name).report.photos[0].title
    assert len(shown) <= 200
    assert not set(shown) & set("\u202e\x07\udcff")
    assert shown.endswith(".png") or "gnp" in shown


def test_a_report_is_written_and_replaced(parts, tmp_path, monkeypatch):
    written = write_audit_report(tmp_path / "audits" / "july", parts)
    assert written.page == tmp_path / "audits" / "july" / "reports" / "leakage.html"
    stored = json.loads((written.page.parent / "leakage.json").read_text(encoding="utf-8"))
    assert LeakageReport.model_validate(stored) == parts.report
    before = written.page.read_bytes()
    other = audit_report(look(None, None), title="none", now=lambda: LATER)

    def full(target, data):
        raise AlbumError("Cannot write: the disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_atomically", full)
        with pytest.raises(AlbumError, match="disk is full"):
            write_audit_report(tmp_path / "audits" / "july", other)
    assert written.page.read_bytes() == before
    write_audit_report(tmp_path / "audits" / "july", other)
    assert written.page.read_bytes() != before
    assert sorted(path.name for path in written.page.parent.iterdir()) == ["leakage.html", "leakage.json"]


def test_an_albums_own_report_is_never_replaced(parts, tmp_path):
    (tmp_path / "album.json").write_text("{}")
    with pytest.raises(AlbumError, match="is an album with reports of its own"):
        write_audit_report(tmp_path, parts)
    assert not (tmp_path / "reports").exists()
