import numpy as np
import pytest
from synthetic_albums.stages.album_folder import AlbumFolder
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality.features import encode_albums, encode_folder, find_albums, unit_vectors


def quiet():
    """Nobody watches."""


def test_albums_are_found_alone_and_below_a_folder(worlds):
    found = find_albums(worlds / "honest")
    assert [folder.path.name for folder in found] == [f"a{number}" for number in range(8)]
    assert [folder.path.name for folder in find_albums(worlds / "honest" / "a3")] == ["a3"]


def test_a_place_without_albums_is_refused(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(AlbumError, match="holds no album"):
        find_albums(tmp_path)
    with pytest.raises(AlbumError, match="does not exist"):
        find_albums(tmp_path / "nowhere")
    with pytest.raises(AlbumError, match="is not a folder"):
        find_albums(tmp_path / "file.txt")


def test_photos_of_albums_are_encoded_with_their_album(make_album, encoder):
    albums = [make_album("one", 1, scenes=4), make_album("two", 2, scenes=3)]
    found = encode_albums(albums, encoder, on_picture=quiet)
    assert found.vectors.shape == (7, 48)
    assert found.owners.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert found.facts.pictures == 7
    assert found.facts.albums == 2


def test_withheld_and_unmade_photos_are_no_part_of_a_release(make_album, encoder):
    folder = make_album("one", 1, scenes=6)
    with folder.writing() as writer:
        photos = list(writer.album.photos)
        photos[0] = writer.withhold(photos[0])
        photos[1] = photos[1].model_copy(update={"status": "failed", "file": ""})
        writer.save(writer.album.model_copy(update={"photos": photos}))
    found = encode_albums([folder], encoder, on_picture=quiet)
    assert found.facts.pictures == 4
    assert found.facts.skipped == {}


def test_photos_that_were_changed_are_counted_and_too_many_are_refused(make_album, encoder):
    folder = make_album("one", 1, scenes=20)
    photos = sorted((folder.path / "photos").glob("*.png"))
    photos[0].write_bytes(photos[1].read_bytes())
    assert encode_albums([folder], encoder, on_picture=quiet).facts.skipped == {
        "missing or changed since it was made": 1
    }
    photos[2].unlink()
    photos[3].unlink()
    with pytest.raises(AlbumError, match=r"3 of 20 files of the photos cannot be used.*one/photos/"):
        encode_albums([folder], encoder, on_picture=quiet)


def test_a_folder_is_read_in_batches_and_repeated_pictures_count_once(tmp_path, save_picture, encoder):
    for number in range(70):
        save_picture(tmp_path / f"sub{number % 2}" / f"{number}.png", number)
    save_picture(tmp_path / "again.png", 3)
    (tmp_path / "notes.txt").write_text("not a picture")
    found = encode_folder(tmp_path, encoder, on_picture=quiet)
    assert encoder.batches == [32, 32, 6]
    assert (found.facts.pictures, found.facts.repeated, found.facts.albums) == (70, 1, 0)
    assert found.facts.skipped == {}


def test_of_an_album_among_references_only_the_photos_count(make_album, save_picture, encoder):
    folder = make_album("ref/one", 1, scenes=5)
    save_picture(folder.path / "contact_sheet.png", 1)
    save_picture(folder.path / "anchors" / "ana.png", 2)
    save_picture(folder.path.parent / "loose.png", 3)
    assert encode_folder(folder.path.parent, encoder, on_picture=quiet).facts.pictures == 6


def test_a_report_on_references_holds_no_name(tmp_path, save_picture, encoder):
    for number in range(20):
        save_picture(tmp_path / f"grandma_{number}.png", number)
    (tmp_path / "grandma_broken.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    facts = encode_folder(tmp_path, encoder, on_picture=quiet).facts
    assert sum(facts.skipped.values()) == 1
    assert "grandma" not in facts.model_dump_json()


def test_the_digest_follows_the_pictures_and_not_their_names(tmp_path, save_picture, encoder):
    for number in range(6):
        save_picture(tmp_path / "a" / f"{number}.png", number)
        save_picture(tmp_path / "b" / f"{9 - number}.png", number)
        save_picture(tmp_path / "c" / f"{number}.png", number + 1)
    a, b, c = (encode_folder(tmp_path / name, encoder, on_picture=quiet).facts.digest for name in "abc")
    assert a == b != c


def test_too_many_unreadable_references_are_refused_by_name(tmp_path, save_picture, encoder):
    for number in range(6):
        save_picture(tmp_path / f"{number}.png", number)
    (tmp_path / "broken.png").write_bytes(b"")
    with pytest.raises(AlbumError, match=r"1 of 7 files .* cannot be used.*broken.png"):
        encode_folder(tmp_path, encoder, on_picture=quiet)


def test_empty_sets_are_refused(tmp_path, make_album, encoder):
    with pytest.raises(AlbumError, match="There are no reference pictures"):
        encode_folder(tmp_path, encoder, on_picture=quiet)
    with pytest.raises(AlbumError, match="does not exist"):
        encode_folder(tmp_path / "nowhere", encoder, on_picture=quiet)
    folder = make_album("one", 1, scenes=2)
    album = folder.read()
    none = [photo.model_copy(update={"status": "pending", "file": ""}) for photo in album.photos]
    folder.update(album.model_copy(update={"photos": none}))
    with pytest.raises(AlbumError, match="There are no photos"):
        encode_albums([AlbumFolder(folder.path)], encoder, on_picture=quiet)


@pytest.mark.parametrize("value", [0.0, float("nan"), float("inf")])
def test_vectors_that_say_nothing_are_refused(value):
    rows = np.eye(4, dtype=np.float32)
    rows[2] = value
    with pytest.raises(AlbumError, match=r"1 of 4 vectors of the photos are zero or not made of numbers"):
        unit_vectors(rows, 4, "photos")


def test_a_vector_is_needed_for_each_picture():
    with pytest.raises(AlbumError, match="one vector for each"):
        unit_vectors(np.eye(3, dtype=np.float32), 4, "photos")


def test_vectors_come_out_with_unit_length():
    assert np.linalg.norm(unit_vectors(np.full((3, 5), 7.0), 3, "photos"), axis=1) == pytest.approx(1.0)
