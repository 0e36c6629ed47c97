import json
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder, photo_file_name
from synthetic_albums.stages.errors import AlbumBusyError, AlbumError, InterruptedAlbumError
from synthetic_albums.stages.leakage import DEFAULT_THRESHOLD_BITS, check_album
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import Album, AlbumPlan, Environment, PhotoRecord, Scene
from synthetic_albums.stages.safe_files import file_digest


@pytest.fixture
def album(tmp_path, scene, references):
    """Three photos: two strangers, and a copy of a reference in the middle. A fourth is not made yet."""
    folder = AlbumFolder(tmp_path / "album")
    pictures = [scene(100), references[2], scene(101)]
    day = {"title": "t", "caption": "c", "environment": "park"}
    scenes = [Scene(id=f"s{n}", time=datetime(2026, 6, 1, 8 + n), **day) for n in range(1, 5)]
    plan = AlbumPlan(title="Album", environments=[Environment(id="park", kind="park")], scenes=scenes)
    records = [PhotoRecord(number=4, scene="s4")]
    with folder.writing() as writer:
        for number in (3, 2, 1):
            data = encode_photo(pictures[number - 1], facts={}, synthetic_source="algorithmicMedia")
            file = photo_file_name(f"s{number}")
            writer.write_bytes(file, data)
            record = PhotoRecord(
                number=number, scene=f"s{number}", status="done", file=file, fingerprint=f"{number}" * 64,
                sha256=file_digest(data), width=240, height=180,
            )  # fmt: skip
            records.insert(0, record)
        writer.save(Album(created=datetime(2026, 6, 2), plan=plan, photos=records))
    return folder


def check(
    album, gallery, *, on_progress=lambda done, total: None, check_interrupt=lambda: None, bits=DEFAULT_THRESHOLD_BITS
):
    return check_album(
        album, gallery, threshold_bits=bits, on_progress=on_progress, check_interrupt=check_interrupt
    )  # fmt: skip


def statuses(album):
    return [photo.status for photo in album.photos]


def test_a_leak_is_withheld_and_the_rest_stays(album, gallery):
    checked = check(album, gallery)
    assert statuses(checked) == ["done", "withheld", "done", "pending"]
    assert [photo.verdict and photo.verdict.status for photo in checked.photos] == ["clean", "leak", "clean", None]
    assert checked.leakage.status == "leak"
    assert not (album.path / "photos" / "s2.png").exists()
    assert len(list(album.path.with_name("album.withheld").iterdir())) == 1


def test_what_was_found_is_on_disk(album, gallery):
    assert check(album, gallery) == album.read()


def test_a_withheld_photo_stays_withheld_whatever_is_asked_later(album, gallery):
    verdict = check(album, gallery).photos[1].verdict
    again = check(album, None, bits=0)
    assert again.photos[1].status == "withheld"
    assert again.photos[1].verdict == verdict


def test_without_a_gallery_everything_is_unchecked(album):
    checked = check(album, None)
    assert [photo.verdict and photo.verdict.status for photo in checked.photos] == ["unchecked"] * 3 + [None]
    assert checked.leakage.status == "unchecked"


def test_an_old_clean_verdict_does_not_outlive_its_gallery(album, gallery):
    check(album, gallery)
    assert check(album, None).photos[0].verdict.status == "unchecked"


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"other")])
def test_a_photo_that_is_gone_or_changed_is_unchecked_and_so_is_the_album(album, gallery, damage):
    check(album, gallery)
    damage(album.path / "photos" / "s1.png")
    checked = check(album, gallery)
    assert checked.photos[0].verdict.status == "unchecked"
    assert "Run the album again" in checked.photos[0].verdict.reason
    assert checked.leakage.status != "clean"


def test_a_check_that_finds_nothing_new_changes_no_byte(album, gallery):
    check(album, gallery)
    before = (album.path / "album.json").stat().st_mtime_ns
    check(album, gallery)
    assert (album.path / "album.json").stat().st_mtime_ns == before


def test_a_check_that_is_stopped_is_never_clean_and_keeps_what_it_found(album, gallery):
    def stop_at(number):
        done = iter(range(10))

        def count():
            if next(done) == number:
                raise InterruptedAlbumError("stopped")

        return count

    with pytest.raises(InterruptedAlbumError):
        check(album, gallery, check_interrupt=stop_at(1))
    assert album.read().leakage.status == "unchecked"
    assert album.read().photos[0].verdict.status == "clean"
    with pytest.raises(InterruptedAlbumError):
        check(album, gallery, check_interrupt=stop_at(2))
    assert album.read().photos[1].status == "withheld"
    assert album.read().leakage.status == "leak"


def test_progress_counts_photos(album, gallery):
    seen = []
    check(album, gallery, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_threshold_out_of_range_is_refused_before_anything_is_moved(album, gallery):
    before = json.loads((album.path / "album.json").read_text())
    with pytest.raises(AlbumError, match="threshold"):
        check(album, gallery, bits=1000)
    assert json.loads((album.path / "album.json").read_text()) == before


def test_a_folder_without_an_album_is_an_error(tmp_path, gallery):
    with pytest.raises(AlbumError, match="no album"):
        check(AlbumFolder(tmp_path / "empty"), gallery)


def test_an_album_that_is_being_written_is_left_alone(album, gallery):
    with album.writing(), pytest.raises(AlbumBusyError):
        check(album, gallery)


def test_the_pixels_of_what_stays_are_untouched(album, gallery, scene):
    checked = check(album, gallery)
    assert np.array_equal(album.load_photo(checked.photos[0]), scene(100))


def test_a_leak_takes_the_page_and_the_sheet_that_may_show_it_along(album, gallery):
    with album.writing() as writer:
        writer.write_bytes("index.html", b"page")
        writer.write_bytes("contact_sheet.png", b"sheet")
    check(album, gallery)
    assert not {"index.html", "contact_sheet.png"} & {path.name for path in album.path.iterdir()}


def test_an_album_that_is_not_all_made_is_not_clean(album, gallery, scene):
    with album.writing() as writer:
        kept = [photo for photo in writer.album.photos if photo.scene != "s2"]
        writer.save(writer.album.model_copy(update={"photos": kept}))
    checked = check(album, gallery)
    assert [photo.verdict and photo.verdict.status for photo in checked.photos] == ["clean", "clean", None]
    assert checked.leakage.status == "unchecked"
    assert "1 photo of the album not made yet" in checked.leakage.reason


def test_what_was_withheld_is_written_down_at_once(album, gallery, monkeypatch):
    states = []

    def stopped(done, total):
        states.append(statuses(album.read()))

    check(album, gallery, on_progress=stopped)
    assert states[1] == ["done", "withheld", "done", "pending"]
