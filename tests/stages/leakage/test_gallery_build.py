import os
import shutil

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import build_gallery, gallery_build, mapped, read_gallery, write_gallery
from synthetic_albums.stages.leakage.gallery import pixel_digest, salted_digest

from .looking import DIM, People, Pictures

PICTURES = 6


@pytest.fixture
def folder(tmp_path, scene):
    (tmp_path / "private" / "older").mkdir(parents=True)
    for number in range(PICTURES):
        place = tmp_path / "private" / ("older" if number % 2 else "") / f"{number}.png"
        Image.fromarray(scene(number, 64, 48)).save(place)
    return tmp_path / "private"


@pytest.fixture
def opened(monkeypatch):
    """Names of the files that were opened since."""
    names, read = [], gallery_build.read_pictures

    def reading(path):
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(gallery_build, "read_pictures", reading)
    return names


def built(folder, **options):
    return build_gallery(folder, **{"picture_encoder": Pictures(), "person_encoder": People()} | options)


def row_of(gallery, pixels):
    digest = salted_digest(gallery.salt, pixel_digest(pixels))
    return [row.tobytes() for row in gallery.digests].index(digest)


def same(one, other):
    return write_gallery(one) == write_gallery(other)


def test_every_picture_has_its_own_vector_and_its_people(folder, scene):
    gallery = built(folder)
    assert gallery.vectors.shape == (PICTURES, DIM)
    assert gallery.vectors.dtype == np.float32
    assert gallery.picture_encoder == Pictures().facts
    for number in range(PICTURES):
        pixels = scene(number, 64, 48)
        row = row_of(gallery, pixels)
        assert np.array_equal(gallery.vectors[row], Pictures().encode([pixels])[0])
        expected = [person.vector for person in People().find(pixels)]
        assert np.array_equal(gallery.people[gallery.people_of == row], expected or np.zeros((0, DIM)))
    counts = [int(scene(number, 64, 48)[0, 0, 0]) % 3 for number in range(PICTURES)]
    assert len(gallery.people) == sum(counts) > 0
    assert gallery.no_person == counts.count(0) > 0
    assert (np.diff(gallery.people_of) >= 0).all()


def test_pictures_are_encoded_in_batches_that_are_bounded_in_number_and_in_bytes(folder, monkeypatch):
    monkeypatch.setattr(gallery_build, "BATCH_PICTURES", 3)
    pictures = Pictures()
    built(folder, picture_encoder=pictures)
    assert pictures.batches == [3, 3]
    monkeypatch.setattr(gallery_build, "BATCH_BYTES", 64 * 48 * 3)
    pictures = Pictures()
    built(folder, picture_encoder=pictures)
    assert pictures.batches == [1] * PICTURES


def test_without_encoders_there_are_no_vectors(folder):
    gallery = build_gallery(folder)
    assert (gallery.vectors, gallery.people, gallery.people_of, gallery.no_person) == (None, None, None, 0)
    assert (gallery.picture_encoder, gallery.person_encoder) == (None, None)


def test_a_person_encoder_without_a_detector_is_named_and_nobody_is_looked_for(folder):
    gallery = built(folder, person_encoder=People(finds_people=False))
    assert gallery.people is None
    assert gallery.person_encoder == People().facts
    assert "has no detector" in gallery.summary()


class Nobodies(People):
    """A detector that finds nobody in any picture."""

    def find(self, picture):
        self.shown += 1
        return []


def test_a_detector_that_finds_nobody_did_look_and_need_not_look_again(folder, opened):
    gallery = built(folder, person_encoder=Nobodies())
    assert gallery.people.shape == (0, DIM)
    assert gallery.no_person == PICTURES
    assert "People found: 0; pictures in which nobody was found: 6" in gallery.summary()
    assert same(read_gallery(write_gallery(gallery)), gallery)
    opened.clear()
    again, people = Pictures(), Nobodies()
    assert same(built(folder, picture_encoder=again, person_encoder=people, previous=gallery), gallery)
    assert (opened, again.batches, people.shown) == ([], [], 0)


def test_encoders_give_their_memory_back_also_when_the_reading_is_stopped(folder):
    pictures, people = Pictures(), People()
    built(folder, picture_encoder=pictures, person_encoder=people)
    assert (pictures.closed, people.closed) == (1, 1)

    def stop():
        raise AlbumError("Stopped.")

    with pytest.raises(AlbumError, match="Stopped"):
        built(folder, picture_encoder=pictures, person_encoder=people, check_interrupt=stop)
    assert (pictures.closed, people.closed) == (2, 2)


def test_half_precision_keeps_half(folder):
    whole, half = built(folder), built(folder, half=True)
    assert half.vectors.dtype == half.people.dtype == np.float16
    assert np.abs(whole.vectors - half.vectors).max() < 1e-3


def test_many_rows_go_to_files_and_give_the_same(folder, tmp_path, monkeypatch):
    in_memory = built(folder)
    monkeypatch.setattr(mapped, "_SPILL_BYTES", 100)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    gallery = built(folder, scratch=scratch)
    assert isinstance(gallery.signatures, np.memmap)
    assert isinstance(gallery.vectors, np.memmap)
    assert same(gallery, in_memory)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("fault", [0.0, np.nan, np.inf, 0.5])
def test_a_vector_that_cannot_be_compared_is_an_error_that_names_the_encoder(folder, fault):
    def spoil(rows):
        rows[-1] *= fault
        return rows

    with pytest.raises(AlbumError, match=r"encoder tiles@1 \w+ gave '\d\.png' a vector"):
        built(folder, picture_encoder=Pictures(spoil=spoil))
    with pytest.raises(AlbumError, match=r"encoder red@1 \w+ gave '\d\.png' a vector"):
        built(folder, person_encoder=People(spoil=fault))


@pytest.mark.parametrize("spoil", [lambda rows: rows[:-1], lambda rows: rows[:, 1:], lambda rows: rows.astype(int)])
def test_vectors_of_another_shape_are_an_error(folder, spoil):
    with pytest.raises(AlbumError, match=r"tiles@1 \w+ should give 6 vectors of 12 numbers"):
        built(folder, picture_encoder=Pictures(spoil=spoil))


def test_an_unchanged_folder_is_not_opened_again(folder, opened):
    before = built(folder)
    opened.clear()
    pictures, people = Pictures(), People()
    again = built(folder, picture_encoder=pictures, person_encoder=people, previous=before)
    assert (opened, pictures.batches, people.shown) == ([], [], 0)
    assert same(again, before)


def test_only_what_is_new_is_opened_and_encoded(folder, scene, opened):
    before = built(folder)
    opened.clear()
    Image.fromarray(scene(50, 64, 48)).save(folder / "new.png")
    (folder / "0.png").unlink()
    pictures, people = Pictures(), People()
    after = built(folder, picture_encoder=pictures, person_encoder=people, previous=before)
    assert (opened, pictures.batches, people.shown) == (["new.png"], [1], 1)
    assert after.count == PICTURES
    assert after.salt == before.salt
    fresh = built(folder)
    assert fresh.salt != after.salt
    for number in (1, 2, 3, 4, 5, 50):
        pixels = scene(number, 64, 48)
        one, other = row_of(after, pixels), row_of(fresh, pixels)
        assert np.array_equal(after.vectors[one], fresh.vectors[other])
        assert np.array_equal(after.signatures[one], fresh.signatures[other])
        assert np.array_equal(after.people[after.people_of == one], fresh.people[fresh.people_of == other])
    assert after.no_person == fresh.no_person
    with pytest.raises(ValueError, match="not in list"):
        row_of(after, scene(0, 64, 48))


def test_references_keep_their_labels_when_the_gallery_grows(folder, scene):
    before = built(folder)
    labels = {before.label(row) for row in range(before.count)}
    Image.fromarray(scene(50, 64, 48)).save(folder / "new.png")
    after = built(folder, previous=before)
    assert labels < {after.label(row) for row in range(after.count)}


def test_a_moved_or_touched_file_is_opened_and_not_encoded(folder, opened):
    before = built(folder)
    opened.clear()
    (folder / "0.png").rename(folder / "moved.png")
    os.utime(folder / "2.png", ns=(1, 1))
    pictures, people = Pictures(), People()
    after = built(folder, picture_encoder=pictures, person_encoder=people, previous=before)
    assert sorted(opened) == ["2.png", "moved.png"]
    assert (pictures.batches, people.shown) == ([], 0)
    assert np.array_equal(after.vectors, before.vectors)
    assert not np.array_equal(after.marks, before.marks)


def test_another_content_of_the_same_size_and_time_is_noticed(folder, scene, opened):
    """The system's own time of change cannot be set back by who writes to the file."""
    file = folder / "0.bmp"  # of fixed size
    Image.fromarray(scene(60, 64, 48)).save(file)
    before, status = built(folder), file.stat()
    opened.clear()
    Image.fromarray(scene(61, 64, 48)).save(file)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    after = built(folder, previous=before)
    assert opened == ["0.bmp"]
    assert row_of(after, scene(61, 64, 48)) >= 0


def test_a_gallery_of_other_encoders_is_not_used(folder, opened):
    before = built(folder)
    for other in ({"picture_encoder": Pictures("tiles@2")}, {"person_encoder": People("red@2")}):
        opened.clear()
        after = built(folder, previous=before, **other)
        assert len(opened) == PICTURES
        assert same(after, built(folder, **other))


def test_a_gallery_without_vectors_gets_them(folder):
    assert same(built(folder, previous=build_gallery(folder)), built(folder))


def test_an_encoder_that_is_not_connected_is_only_missed_for_new_pictures(folder, scene):
    import dataclasses

    before = dataclasses.replace(built(folder), picture_handle=None, person_handle=None)
    assert same(build_gallery(folder, previous=before), before)
    Image.fromarray(scene(50, 64, 48)).save(folder / "new.png")
    with pytest.raises(AlbumError, match=r"must be encoded by (red|tiles)@1 \w+, which is not built in"):
        build_gallery(folder, previous=before)


def test_a_gallery_that_keeps_no_picture_gets_a_salt_of_its_own(folder, tmp_path, scene):
    before = built(folder)
    (tmp_path / "other").mkdir()
    Image.fromarray(scene(70, 64, 48)).save(tmp_path / "other" / "a.png")
    after = built(tmp_path / "other", previous=before)
    assert same(after, built(tmp_path / "other"))


def test_the_same_picture_under_two_names_is_one_reference_of_two_files(folder, opened):
    shutil.copy(folder / "0.png", folder / "copy.png")
    pictures = Pictures()
    before = built(folder, picture_encoder=pictures)
    assert (before.count, len(before.marks), sum(pictures.batches)) == (PICTURES, PICTURES + 1, PICTURES)
    (folder / "0.png").unlink()
    opened.clear()
    after = built(folder, previous=before)
    assert (after.count, opened) == (PICTURES, [])


def test_all_pages_of_an_unchanged_file_stay(folder, scene, opened):
    pages = [Image.fromarray(scene(number, 64, 48)) for number in (80, 81, 82)]
    pages[0].save(folder / "pages.tif", save_all=True, append_images=pages[1:])
    before = built(folder)
    opened.clear()
    after = built(folder, previous=before)
    assert (before.count, opened) == (PICTURES + 3, [])
    assert same(after, before)


def test_files_that_cannot_be_used_are_tried_and_counted_every_time(folder, scene, opened):
    for number in range(90, 96):
        Image.fromarray(scene(number, 64, 48)).save(folder / f"{number}.png")
    (folder / "broken.png").write_bytes((folder / "0.png").read_bytes()[:60])
    (folder / "notes.txt").write_text("x")
    before = built(folder)
    opened.clear()
    after = built(folder, previous=before)
    assert sorted(opened) == ["broken.png", "notes.txt"]
    assert (len(after.skipped), after.ignored) == (1, 1)
    assert same(after, before)


@pytest.mark.parametrize("change", ["comes", "goes", "changes"])
def test_a_folder_that_changes_while_it_is_read_is_refused(folder, change):
    def interfere(done, total):
        if done == 2:
            if change == "comes":
                shutil.copy(folder / "0.png", folder / "new.png")
            elif change == "goes":
                (folder / "0.png").unlink()
            else:
                os.utime(folder / "0.png", ns=(1, 1))

    with pytest.raises(AlbumError, match="during the run"):
        built(folder, on_progress=interfere)


def test_a_folder_that_changed_later_is_noticed_when_it_is_asked(folder):
    gallery = built(folder)
    gallery.require_unchanged()
    (folder / "0.png").unlink()
    with pytest.raises(AlbumError, match="during the run"):
        gallery.require_unchanged()


def test_progress_and_interruption_go_from_file_to_file(folder):
    seen = []
    built(folder, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(number + 1, PICTURES) for number in range(PICTURES)]

    def stop():
        if len(seen) >= PICTURES + 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        built(folder, on_progress=lambda done, total: seen.append((done, total)), check_interrupt=stop)
    assert len(seen) == PICTURES + 3


def test_neither_names_nor_times_are_in_what_is_kept(folder):
    data = write_gallery(built(folder))
    for path in folder.rglob("*.png"):
        stamp = path.stat().st_mtime_ns
        assert path.name.encode() not in data
        assert str(stamp).encode() not in data
        assert stamp.to_bytes(8, "little") not in data


def test_a_full_disk_is_an_error_that_says_so(folder, monkeypatch):
    import errno

    class Full:
        def __init__(self, *_, **__):
            self.closed = False

        def seek(self, *_):
            """Anywhere."""

        def write(self, *_):
            raise OSError(errno.ENOSPC, "full")

        def close(self):
            self.closed = True

    monkeypatch.setattr(mapped.tempfile, "SpooledTemporaryFile", Full)
    with pytest.raises(AlbumError, match="disk is full"):
        built(folder)


def test_the_summary_counts_pictures_people_and_what_was_skipped(folder):
    summary = built(folder).summary().splitlines()
    assert summary[0] == "Pictures in the gallery: 6; could not be used: 0."
    assert summary[1] == f"Pictures are compared by {Pictures().facts.label} too."
    gallery = built(folder)
    assert summary[2] == (
        f"People found: {len(gallery.people)}; pictures in which nobody was found: {gallery.no_person}; "
        f"compared by {People().facts.label}."
    )


def test_photos_are_looked_at_with_the_very_same_encoders(folder):
    pictures, people = Pictures(), People()
    gallery = built(folder, picture_encoder=pictures, person_encoder=people)
    assert gallery.require_picture_encoder() is pictures
    assert gallery.require_person_encoder() is people
    assert gallery.resolve(Pictures(), None).picture_handle is not pictures
    with pytest.raises(AlbumError, match=r"encoded by tiles@1 \w+ and cannot be compared by tiles@2"):
        gallery.resolve(Pictures("tiles@2"), None)
    with pytest.raises(AlbumError, match=r"encoded by red@1 \w+ and cannot be compared by red@2"):
        gallery.resolve(None, People("red@2"))


def test_a_gallery_that_no_encoder_looked_at_is_compared_by_none(folder):
    gallery = build_gallery(folder)
    with pytest.raises(AlbumError, match="No encoder has looked at the pictures"):
        gallery.require_picture_encoder()
    with pytest.raises(AlbumError, match="No encoder has looked at the people"):
        gallery.resolve(None, People())
    assert gallery.picture_neighbours() is None


def test_neighbours_of_the_gallery_are_its_pictures(folder, scene):
    gallery = built(folder)
    neighbours = gallery.picture_neighbours()
    scores, rows = neighbours.nearest(Pictures().encode([scene(3, 64, 48)]), 1)
    assert rows.item() == row_of(gallery, scene(3, 64, 48))
    assert scores.item() == pytest.approx(1)
