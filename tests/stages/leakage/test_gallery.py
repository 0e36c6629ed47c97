import dataclasses
import os

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import save
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import build_gallery, check_photos, read_gallery, write_gallery


@pytest.fixture
def folder(tmp_path, references):
    """Eleven usable pictures, so that one that cannot be used is less than a tenth."""
    rng = np.random.default_rng(0)
    for number in range(11):
        noise = rng.integers(-20, 20, references[0].shape)
        pixels = np.clip(references[number % 6] + noise, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png", compress_level=1)
    return tmp_path


def status_of(photo, gallery):
    return check_photos([photo], gallery, threshold_bits=8)[0].status


def test_every_format_is_read_by_content_and_not_by_name(tmp_path, scene):
    for number, kind in enumerate(["PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"]):
        Image.fromarray(scene(number)).save(tmp_path / f"{number}.dat", format=kind)
    assert build_gallery(tmp_path).count == 6


def test_folders_below_are_read_and_hidden_files_are_not(tmp_path, scene):
    (tmp_path / "2019" / "summer").mkdir(parents=True)
    Image.fromarray(scene(1)).save(tmp_path / "2019" / "summer" / "a.png")
    Image.fromarray(scene(2)).save(tmp_path / ".hidden.png")
    gallery = build_gallery(tmp_path)
    assert gallery.count == 1
    assert status_of(scene(1), gallery) == "leak"


def test_pictures_are_compared_as_a_viewer_shows_them(tmp_path, scene):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right to see it upright
    Image.fromarray(scene(1)).save(tmp_path / "a.jpg", exif=exif, quality=95)
    Image.fromarray(scene(2)).convert("CMYK").save(tmp_path / "b.jpg")
    deep = np.array(Image.fromarray(scene(3)).convert("L")).astype(np.uint16) * 200
    Image.fromarray(deep).save(tmp_path / "c.png")
    hidden = np.dstack([scene(5), np.zeros(scene(5).shape[:2], np.uint8)])
    hidden[40:140, 40:200] = np.dstack([scene(4)[:100, :160], np.full((100, 160), 255, np.uint8)])
    Image.fromarray(hidden).save(tmp_path / "d.png")
    gallery = build_gallery(tmp_path)
    seen = np.full_like(scene(5), 255)
    seen[40:140, 40:200] = scene(4)[:100, :160]
    assert [status_of(photo, gallery) for photo in (scene(1), scene(2), scene(3), seen)] == ["leak"] * 4
    assert status_of(scene(5), gallery) == "clean"


def test_a_picture_that_its_file_says_to_turn_is_known_by_its_upright_pixels(tmp_path, scene):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.rot90(scene(1))).save(tmp_path / "a.png", exif=exif)
    verdict = check_photos([scene(1)], build_gallery(tmp_path), threshold_bits=8)[0]
    assert "exactly" in verdict.reason


def test_the_same_pictures_give_the_same_gallery_whatever_they_are_called(tmp_path, scene):
    for folder, names in (("one", "abc"), ("two", "zyx")):
        (tmp_path / folder).mkdir()
        for number, name in enumerate(names):
            Image.fromarray(scene(number)).save(tmp_path / folder / f"{name}.png")
    one, two = (build_gallery(tmp_path / folder) for folder in ("one", "two"))
    assert not (one.marks == two.marks).all()  # these are of the files, only for knowing them again
    one, two = (dataclasses.replace(g, marks=one.marks, marks_of=one.marks_of) for g in (one, two))
    assert write_gallery(one) == write_gallery(two)


def test_another_picture_changes_the_salt_and_so_every_label(tmp_path, scene):
    Image.fromarray(scene(1)).save(tmp_path / "a.png")
    before = build_gallery(tmp_path)
    Image.fromarray(scene(2)).save(tmp_path / "b.png")
    after = build_gallery(tmp_path)
    assert before.salt != after.salt
    assert before.label(0) not in {after.label(0), after.label(1)}


def test_neither_pictures_nor_names_are_in_the_gallery_file(folder, references):
    (folder / "anna_smith.jpg").write_bytes(b"\xff\xd8\xff\xe0 broken")
    data = write_gallery(build_gallery(folder))
    assert b"anna" not in data
    assert b"png" not in data
    thumbnail = np.array(Image.fromarray(references[0]).convert("L").resize((12, 12)))
    assert thumbnail.tobytes() not in data


def test_a_file_that_cannot_be_used_is_counted_without_its_name(folder):
    whole = (folder / "0.png").read_bytes()
    (folder / "anna_smith.png").write_bytes(whole[: len(whole) // 2])
    gallery = build_gallery(folder)
    assert gallery.count == 11
    assert len(gallery.skipped) == 1
    assert gallery.skipped[0].endswith(" .png: cut short or damaged")
    assert "anna" not in gallery.skipped[0]


def test_other_files_do_not_count_as_pictures(folder):
    for number in range(30):
        (folder / f"{number}.txt").write_text("notes")
    gallery = build_gallery(folder)
    assert (gallery.count, gallery.skipped, gallery.ignored) == (11, (), 30)


@pytest.mark.parametrize("name", ["a.jpg", "a.heic", "a.dng"])
def test_a_picture_file_of_a_format_that_is_not_read_is_a_gap(folder, name):
    (folder / name).write_bytes(b"something else")
    assert len(build_gallery(folder).skipped) == 1


def test_more_than_a_tenth_of_unusable_pictures_is_refused_and_named(folder):
    for name in ("x.jpg", "y.jpg"):
        (folder / name).write_bytes(b"\xff\xd8 broken")
    with pytest.raises(AlbumError, match=r"2 of 13 picture files.*'x\.jpg'"):
        build_gallery(folder)


def test_a_plain_picture_is_a_gap(folder):
    Image.new("RGB", (64, 64), "white").save(folder / "scan.png")
    assert build_gallery(folder).skipped[0].endswith("too plain to be compared")


def test_gigantic_pictures_are_skipped_before_they_are_unpacked(folder, monkeypatch):
    monkeypatch.setattr("synthetic_albums.stages.picture_files.MAX_PIXELS", 200 * 200)
    Image.new("RGB", (300, 300), "red").save(folder / "poster.png")
    with pytest.raises(AlbumError, match="megapixels"):
        build_gallery(folder)


def test_gigantic_files_are_skipped_before_they_are_read(folder, monkeypatch):
    monkeypatch.setattr("synthetic_albums.stages.picture_files.MAX_FILE_BYTES", 10**6)
    with (folder / "huge.png").open("wb") as file:
        file.truncate(2 * 10**6)
    assert "larger than" in build_gallery(folder).skipped[0]


def test_damaged_files_of_every_format_are_skipped_and_never_raise(tmp_path, scene):
    rng = np.random.default_rng(1)
    for number, kind in enumerate(["png", "jpeg", "webp", "bmp", "tiff", "gif"]):
        whole = tmp_path / f"whole.{kind}"
        Image.fromarray(scene(number)).save(whole)
        for turn in range(12):
            data = bytearray(whole.read_bytes())
            for place in rng.integers(0, len(data), 20):
                data[place] = rng.integers(0, 256)
            (tmp_path / f"{turn}.{kind}").write_bytes(data[: rng.integers(10, len(data))])
    with pytest.raises(AlbumError, match="cannot be compared"):
        build_gallery(tmp_path)


def test_linked_folders_are_read_once_and_circles_end(tmp_path, scene):
    (tmp_path / "real").mkdir()
    (tmp_path / "gallery").mkdir()
    Image.fromarray(scene(1)).save(tmp_path / "real" / "a.png")
    (tmp_path / "gallery" / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "back").symlink_to(tmp_path / "gallery")
    assert build_gallery(tmp_path / "gallery").count == 1


def test_a_broken_link_and_a_pipe_are_gaps(folder):
    os.mkfifo(folder / "pipe.png")
    assert build_gallery(folder).skipped == (".png: not a regular file",)


@pytest.mark.parametrize(("name", "message"), [("missing", "does not exist"), ("file.txt", "is not a folder")])
def test_what_is_no_folder_is_refused(tmp_path, name, message):
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(AlbumError, match=message):
        build_gallery(tmp_path / name)


def test_a_folder_without_pictures_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(AlbumError, match="holds no picture"):
        build_gallery(tmp_path)


def test_a_folder_that_may_not_be_read_is_refused(folder, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(AlbumError, match="may not be read"):
        build_gallery(folder)


def test_a_written_gallery_comes_back_whole(gallery, references):
    again = read_gallery(write_gallery(gallery))
    assert np.array_equal(again.signatures, gallery.signatures)
    assert (again.salt, again.skipped, again.count) == (gallery.salt, gallery.skipped, gallery.count)
    assert status_of(references[3][:, ::-1].copy(), again) == "leak"


@pytest.mark.parametrize("data", [b"", b"garbled", b"\x10" + bytes(200), save({"x": np.zeros(3)})])
def test_what_is_no_gallery_file_is_refused(data):
    with pytest.raises(AlbumError, match="gallery"):
        read_gallery(data)


def test_one_flipped_bit_in_a_gallery_file_is_noticed(gallery):
    data = bytearray(write_gallery(gallery))
    data[-100] ^= 1
    with pytest.raises(AlbumError, match="damaged"):
        read_gallery(bytes(data))


def test_a_gallery_file_that_is_cut_short_is_refused(gallery):
    with pytest.raises(AlbumError, match="damaged"):
        read_gallery(write_gallery(gallery)[:-10])


@pytest.mark.parametrize(("name", "value"), [("READ_VERSIONS", (9,)), ("SIGNATURE", "other")])
def test_a_gallery_of_another_version_is_refused(gallery, monkeypatch, name, value):
    data = write_gallery(gallery)
    monkeypatch.setattr(f"synthetic_albums.stages.leakage.gallery_file.{name}", value)
    with pytest.raises(AlbumError, match="Build the gallery again"):
        read_gallery(data)


def test_an_empty_gallery_file_is_refused(gallery):
    empty = dataclasses.replace(gallery, signatures=gallery.signatures[:0], digests=gallery.digests[:0])
    with pytest.raises(AlbumError, match="damaged"):
        read_gallery(write_gallery(empty))


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP"])
def test_every_page_of_a_file_is_a_reference(tmp_path, scene, kind):
    first, second = (Image.fromarray(scene(number)) for number in (1, 2))
    first.save(tmp_path / "pages.dat", format=kind, save_all=True, append_images=[second], quality=95)
    gallery = build_gallery(tmp_path)
    assert gallery.count == 2
    assert [status_of(scene(number), gallery) for number in (1, 2)] == ["leak", "leak"]


def test_a_file_of_too_many_pages_is_skipped(folder, scene):
    page = Image.fromarray(scene(1)).resize((32, 24))
    page.save(folder / "long.tif", save_all=True, append_images=[page] * 200)
    gallery = build_gallery(folder)
    assert [line.split(" ", 1)[1] for line in gallery.skipped] == [".tif: more than 200 frames"]


@pytest.mark.parametrize("name", ["a.hif", "a.nrw", "a.unheard-of", "a"])
def test_a_file_that_might_be_a_picture_and_cannot_be_read_counts_as_skipped(folder, name):
    (folder / name).write_bytes(b"something")
    gallery = build_gallery(folder)
    assert (len(gallery.skipped), gallery.ignored) == (1, 0)


def test_what_could_not_be_compared_is_said_with_the_result(folder, scene):
    from synthetic_albums.stages.leakage import summarise

    (folder / "a.heic").write_bytes(b"something")
    gallery = build_gallery(folder)
    verdicts = check_photos([scene(100)], gallery, threshold_bits=8)
    assert "1 more gallery file could not be compared" in summarise(verdicts, gallery).reason
