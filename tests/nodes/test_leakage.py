import json
import math
import os

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.nodes.export import AlbumSave
from synthetic_albums.nodes.leakage import AlbumLeakageCheck
from synthetic_albums.nodes.leakage_gallery import AlbumGallery
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumError


@pytest.fixture
def private(host):
    """A folder with pictures that must not come back."""
    folder = host.input_directory() / "private"
    folder.mkdir()

    def add(name, pixels):
        Image.fromarray(pixels).save(folder / name)
        return folder

    return add


def check(album, gallery=None):
    return AlbumLeakageCheck().check(album, threshold_bits=8, gallery=gallery)


def test_a_gallery_is_found_in_the_input_folder_or_by_its_full_path(private, a_picture):
    folder = private("secret-name.png", a_picture("a"))
    for name in ("private", str(folder), f" {folder} "):
        gallery, summary = AlbumGallery().read(name)
        assert gallery.count == 1
        assert summary == "Pictures in the gallery: 1; could not be used: 0."


def test_no_folder_is_no_gallery_and_says_so(host):
    gallery, summary = AlbumGallery().read("  ")
    assert gallery is None
    assert "not checked" in summary
    assert AlbumGallery.IS_CHANGED("  ") == AlbumGallery.IS_CHANGED("")


def test_a_folder_that_is_missing_is_an_error(host):
    with pytest.raises(AlbumError, match="does not exist"):
        AlbumGallery().read("nowhere")
    assert math.isnan(AlbumGallery.IS_CHANGED("nowhere"))


def test_a_linked_folder_is_read_every_time(host):
    assert math.isnan(AlbumGallery.IS_CHANGED(None))


def test_a_picture_that_is_added_is_noticed(private, a_picture):
    private("a.png", a_picture("a"))
    before = AlbumGallery.IS_CHANGED("private")
    assert AlbumGallery.IS_CHANGED("private") == before
    private("b.png", a_picture("b"))
    assert AlbumGallery.IS_CHANGED("private") != before


def test_a_picture_that_is_another_now_is_noticed(private, a_picture):
    file = private("a.png", a_picture("a")) / "a.png"
    before = AlbumGallery.IS_CHANGED("private")
    Image.fromarray(a_picture("b")).save(file)
    os.utime(file, ns=(1, 1))
    assert AlbumGallery.IS_CHANGED("private") != before


def test_a_folder_without_pictures_is_an_error(host, private, a_picture):
    (private("a.png", a_picture("a")) / "a.png").unlink()
    with pytest.raises(AlbumError, match="holds no picture"):
        AlbumGallery().read("private")


def test_without_a_gallery_nothing_is_clean(render):
    album, _, _ = render()
    _, report, leaked, status, photos = check(album)
    assert status == "unchecked"
    assert leaked == 0
    assert report.startswith("UNCHECKED: Not checked: no gallery")
    assert photos.shape == (3, 64, 64, 3)
    assert album.read().leakage.status == "unchecked"


def test_strangers_are_clean(render, private, a_picture):
    private("a.png", a_picture("stranger"))
    album, _, _ = render()
    passed_on, report, leaked, status, _ = check(album, AlbumGallery().read("private")[0])
    assert passed_on is album
    assert (status, leaked) == ("clean", 0)
    assert report.count(": clean") == 3


def test_a_copy_is_withheld_and_not_handed_on(render, private):
    album, before, _ = render()
    private("holiday.png", album.load_photo(album.read().photos[1]))
    _, report, leaked, status, photos = check(album, AlbumGallery().read("private")[0])
    assert (status, leaked) == ("leak", 1)
    assert "2. s2: leak" in report
    assert "holiday" not in report
    assert not (album.path / "photos" / "s2.png").exists()
    assert (photos[0] == before[0]).all()
    assert len(np.unique(photos[1, :8])) == 1  # a grey card
    assert "holiday" not in json.dumps(album.read().model_dump(mode="json"))


@pytest.fixture
def leaked(render, private):
    """An album whose second photo is in the gallery, checked and withheld."""
    album, _, _ = render()
    original = (album.path / "photos" / "s2.png").read_bytes()
    private("holiday.png", album.load_photo(album.read().photos[1]))
    check(album, AlbumGallery().read("private")[0])
    return album, original


def test_the_withheld_file_lies_beside_the_album_and_not_in_it(leaked):
    album, original = leaked
    assert original not in [file.read_bytes() for file in album.path.rglob("*") if file.is_file()]
    quarantine = album.path.with_name("walks.withheld")
    assert original in [file.read_bytes() for file in quarantine.iterdir()]


def test_the_page_shows_a_placeholder_for_a_withheld_photo(leaked):
    album, _ = leaked
    AlbumSave().save(album, columns=2, embed_workflow=False)
    page = (album.path / "index.html").read_text(encoding="utf-8")
    assert "Withheld: it came too close" in page
    assert page.count('<img src="photos/') == 2
    assert "s2.png" not in page


def test_the_next_run_does_not_bring_a_withheld_photo_back(leaked, render, renderer):
    album, _ = leaked
    _, photos, table = render()
    assert renderer.photos == ["s1", "s2", "s3"]
    assert table.splitlines()[2].split("\t")[2] == "withheld"
    assert not (album.path / "photos" / "s2.png").exists()
    assert len(np.unique(photos[1, :8])) == 1  # a grey card


def test_a_withheld_photo_stays_so_without_the_gallery(leaked):
    _, _, leaked_count, status, _ = check(leaked[0])
    assert (status, leaked_count) == ("leak", 1)


def test_another_attempt_replaces_a_withheld_photo_and_is_checked_anew(leaked, render):
    render(subset="2", attempt=1)
    album, _ = leaked
    _, report, leaked_count, status, _ = check(album, AlbumGallery().read("private")[0])
    assert (status, leaked_count) == ("clean", 0), report
    assert (album.path / "photos" / "s2.png").is_file()


def test_an_album_that_was_never_rendered_cannot_be_checked(host):
    with pytest.raises(AlbumError, match="no album"):
        check(AlbumFolder(host.output_directory() / "nothing"))


def test_the_bar_counts_photos(render, host, monkeypatch):
    album, _, _ = render()
    seen = []
    monkeypatch.setattr(host, "progress", lambda total: lambda done, whole, preview: seen.append((done, whole)))
    check(album)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_home_folder_is_found(private, a_picture, monkeypatch):
    folder = private("a.png", a_picture("a"))
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    assert AlbumGallery().read("~/private")[0].count == 1


def test_the_threshold_is_the_one_that_was_chosen(render):
    album, _, _ = render()
    AlbumLeakageCheck().check(album, threshold_bits=3)
    assert album.read().leakage.threshold == 3


def test_private_texts_are_read_from_the_input_folder_and_found(render, host, private, a_picture):
    private("a.png", a_picture("stranger"))
    album, _, _ = render()
    caption = album.read().plan.title
    (host.input_directory() / "texts.txt").write_text(f"{caption} of somebody else entirely\nthree little walks here\n")
    gallery = AlbumGallery().read("private")[0]
    _, report, _, status, _ = AlbumLeakageCheck().check(album, 8, gallery, private_texts="texts.txt")
    assert status == "clean"
    assert "private text 8-word runs" in report
    (host.input_directory() / "texts.txt").write_text("nothing\n")
    with pytest.raises(AlbumError, match="nothing to look for"):
        AlbumLeakageCheck().check(album, 8, gallery, private_texts="texts.txt")


def test_a_change_of_the_private_texts_is_noticed(host):
    file = host.input_directory() / "texts.txt"
    file.write_text("a private line of words")
    before = AlbumLeakageCheck.IS_CHANGED(private_texts="texts.txt", album=None)
    assert AlbumLeakageCheck.IS_CHANGED(private_texts="texts.txt") == before
    file.write_text("another private line of words")
    assert AlbumLeakageCheck.IS_CHANGED(private_texts="texts.txt") != before
    assert AlbumLeakageCheck.IS_CHANGED(private_texts=" ") == AlbumLeakageCheck.IS_CHANGED() == ""
    assert math.isnan(AlbumLeakageCheck.IS_CHANGED(private_texts=None))
    assert math.isnan(AlbumLeakageCheck.IS_CHANGED(private_texts="nowhere.txt"))


def test_everybody_can_be_required_and_then_a_gallery_without_people_clears_nothing(render, private, a_picture):
    private("a.png", a_picture("stranger"))
    album, _, _ = render()
    gallery = AlbumGallery().read("private")[0]
    _, report, _, status, _ = AlbumLeakageCheck().check(album, 8, gallery, required="copies and identities")
    assert status == "unchecked"
    assert "no encoder has looked for people" in report


def test_the_report_says_what_was_run_and_what_is_open(render, private, a_picture):
    private("a.png", a_picture("stranger"))
    album, _, _ = render()
    report = check(album, AlbumGallery().read("private")[0])[1]
    assert "- near copy by near-copy dct143" in report
    assert "outcome clean, 1 references, threshold 8" in report
    assert "metadata by file metadata@1, outcome clean" in report
