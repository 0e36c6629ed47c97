"""Reading members and non-members, and refusing what would make the figures worth nothing."""

import pytest
from PIL import Image
from synthetic_albums.stages.album_folder import photo_file_name
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.membership.candidates import (
    picture_digest,
    read_candidates,
    released_photos,
    require_disjoint,
)


def test_pictures_are_known_by_their_pixels_and_not_by_their_names(sides, tmp_path, save, pictures):
    folder, _, members, _ = sides
    found = read_candidates(folder, "members")
    assert found.count == 120
    assert list(found.sources) == sorted(picture_digest(one) for one in members)
    assert found.with_conditions == 0
    again = save(tmp_path / "other names" / "deep", members[::-1])
    assert list(read_candidates(again.parent, "members").sources) == list(found.sources)


def test_a_picture_that_is_there_twice_counts_once(sides):
    folder, _, members, _ = sides
    Image.fromarray(members[0]).save(folder / "copy.bmp")
    found = read_candidates(folder, "members")
    assert (found.count, found.repeated) == (120, 1)


def test_photos_of_albums_bring_what_they_show_and_nothing_else_of_the_album_counts(
    sides, tmp_path, write_album, pictures
):
    folder, *_ = sides
    album = write_album(folder / "trip" / "alps", pictures(5, 4)).path
    Image.fromarray(pictures(6, 1)[0]).save(album / "anchor.png")
    withheld = album.with_name("alps.withheld")
    withheld.mkdir()
    Image.fromarray(pictures(7, 1)[0]).save(withheld / "s1.png")
    found = read_candidates(folder, "members")
    assert (found.count, found.with_conditions) == (124, 4)
    source = next(one for one in found.sources.values() if one.album is not None)
    assert source.photo.scene == source.path.stem
    assert found.sources[picture_digest(source.read())] is source


def test_a_photo_that_was_changed_is_skipped(sides, write_album, pictures):
    folder, *_ = sides
    album = write_album(folder / "alps", pictures(5, 3)).path
    (album / photo_file_name("s1")).write_bytes(b"no picture")
    found = read_candidates(folder, "members")
    assert found.count == 122
    assert found.skipped == (".png: gone, or changed since it was made",)


def test_released_are_the_finished_photos(tmp_path, write_album, pictures):
    folder = write_album(tmp_path / "album", pictures(5, 3))
    with folder.writing() as writer:
        record = writer.withhold(writer.album.photos[0])
        writer.save(writer.album.model_copy(update={"photos": [record, *writer.album.photos[1:]]}))
    assert released_photos(folder).count == 2


def test_a_few_pictures_that_cannot_be_read_are_listed_without_their_names(sides):
    folder, *_ = sides
    (folder / "secret holiday.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    (folder / "notes.txt").write_text("no picture", encoding="utf-8")
    found = read_candidates(folder, "members")
    assert found.count == 120
    assert len(found.skipped) == 1
    assert "secret" not in found.skipped[0]
    assert found.skipped[0].startswith(".png: ")


def test_many_that_cannot_be_read_are_refused_by_name(sides):
    folder, *_ = sides
    for number in range(14):
        (folder / f"broken {number}.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    with pytest.raises(AlbumError, match=r"14 of 134 picture files of the members .* 'broken 0.png' .* and 9 more"):
        read_candidates(folder, "members")


def test_too_few_are_refused(tmp_path, save, pictures):
    folder = save(tmp_path / "few", pictures(1, 99))
    with pytest.raises(AlbumError, match="holds 99 different pictures of non-members, but an audit needs at least 100"):
        read_candidates(folder, "non-members")


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(AlbumError, match="does not exist"):
        read_candidates(tmp_path / "nowhere", "members")


def test_sets_that_share_a_picture_are_refused(sides):
    folder, others, members, _ = sides
    Image.fromarray(members[3]).save(others / "stolen.png")
    with pytest.raises(AlbumError, match=r"1 pictures are both .*'private name 3.png' = 'stolen.png'"):
        require_disjoint(read_candidates(folder, "members"), read_candidates(others, "non-members"))


def test_a_picture_that_goes_away_during_the_audit_is_an_error(sides):
    folder, *_ = sides
    source = next(iter(read_candidates(folder, "members").sources.values()))
    source.path.unlink()
    with pytest.raises(AlbumError, match="leave the folder as it is"):
        source.read()
