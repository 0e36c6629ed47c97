import errno
import os
import stat
import subprocess
import sys
import threading
from datetime import datetime, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_albums.stages import safe_files
from synthetic_albums.stages.album_folder import AlbumFolder, album_path, photo_file_name, portrait_file_name
from synthetic_albums.stages.errors import AlbumBusyError, AlbumError
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import Album, AlbumPlan, Environment, PhotoRecord, Scene, Verdict

PNG = encode_photo(np.full((4, 6, 3), 90, np.uint8), facts={}, synthetic_source="algorithmicMedia")


def make_album(*ids, title="Trip"):
    scenes = [Scene(id=i, title=i, caption=i, environment="e", time=datetime(2026, 1, 1)) for i in ids]
    plan = AlbumPlan(title=title, environments=[Environment(id="e", kind="park")], scenes=scenes)
    photos = [PhotoRecord(number=n, scene=i) for n, i in enumerate(ids, start=1)]
    return Album(created=datetime(2026, 1, 1, tzinfo=timezone.utc), plan=plan, photos=photos)


@pytest.fixture
def folder(tmp_path):
    return AlbumFolder(tmp_path / "album")


def done(folder, writer, scene_id):
    file = photo_file_name(scene_id)
    writer.write_bytes(file, PNG)
    return PhotoRecord(
        number=1,
        scene=scene_id,
        status="done",
        file=file,
        fingerprint="a" * 64,
        sha256=safe_files.file_digest(PNG),
    )


def left_overs(folder):
    return [path for path in folder.path.rglob("*") if path.name.endswith(safe_files.TEMPORARY_SUFFIX)]


# --- saving and reading -------------------------------------------------------------------------------------------


def test_what_is_saved_is_read_back(folder):
    album = make_album("s1", "s2")
    folder.update(album)
    assert folder.read() == album
    with folder.writing() as writer:
        assert writer.album == album


def test_a_second_save_with_the_same_writer_shows_every_change(folder):
    album = make_album("s1", "s2")
    with folder.writing() as writer:
        writer.save(album)
        failed = album.photos[1].model_copy(update={"status": "failed"})
        changed = album.model_copy(update={"photos": [album.photos[0], failed], "software": "x 2"})
        writer.save(changed)
    assert folder.read() == changed


def test_what_could_not_be_opened_again_is_not_written(folder):
    album = make_album("s1")
    with folder.writing() as writer:
        writer.save(album)
        broken = album.photos[0].model_copy(update={"scores": {"sharpness": float("nan")}})
        with pytest.raises(ValueError, match="sharpness"):
            writer.save(album.model_copy(update={"photos": [broken]}))
        with pytest.raises(ValueError, match="software"):
            writer.save(album.model_copy(update={"software": "x" * 300}))
    assert folder.read() == album


def test_a_score_that_is_not_finite_is_kept_as_none(folder):
    album = make_album("s1")
    verdict = Verdict(status="unchecked", score=float("inf"))
    folder.update(album.model_copy(update={"photos": [album.photos[0].model_copy(update={"verdict": verdict})]}))
    assert folder.read().photos[0].verdict.score is None


def test_reading_a_folder_without_an_album_says_what_to_do(folder):
    with pytest.raises(AlbumError, match=r"no album .* render one"):
        folder.read()
    with folder.writing() as writer, pytest.raises(AlbumError, match=r"no album .* render one"):
        _ = writer.album
    assert not folder.exists()


def test_reading_needs_no_lock(folder):
    folder.update(make_album("s1"))
    with folder.writing():
        assert folder.read().plan.title == "Trip"


@pytest.mark.parametrize(
    "damage", [b"", b'{"version": 1, "plan"', b"\x00" * 50, b"[]", b'{"version": 1}', b"[" * 100_000]
)
def test_a_garbled_album_is_moved_aside_and_nothing_is_lost(folder, damage):
    folder.path.mkdir()
    for number in (1, 2):
        (folder.path / "album.json").write_bytes(damage)
        with pytest.raises(AlbumError, match=r"cannot be understood.*Run the album again"):
            folder.read()
        with folder.writing() as writer:
            assert writer.stored is None
        assert (folder.path / f"album.json.broken-{number}").read_bytes() == damage
        assert not (folder.path / "album.json").exists()


def test_an_album_of_a_newer_pack_is_left_alone(folder):
    folder.path.mkdir()
    (folder.path / "album.json").write_text('{"version": 2}')
    with pytest.raises(AlbumError, match=r"version 2.*Update the pack"), folder.writing():
        pass
    with pytest.raises(AlbumError, match=r"version 2.*Update the pack"):
        folder.read()
    assert (folder.path / "album.json").read_text() == '{"version": 2}'


# --- crashes and a disk that refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize(
    ("code", "remedy"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EACCES, "not allowed"), (5, "system")],
)
def test_a_disk_that_refuses_leaves_the_old_state_intact(folder, monkeypatch, step, code, remedy):
    old = make_album("s1")
    folder.update(old)

    def refuse(*_args):
        raise OSError(code, os.strerror(code))

    with folder.writing() as writer, monkeypatch.context() as patch:
        patch.setattr(os, step, refuse)
        with pytest.raises(AlbumError, match=f"album.json.*{remedy}"):
            writer.save(make_album("s1", title="New"))
        with pytest.raises(AlbumError, match=f"s1.png.*{remedy}"):
            writer.write_bytes("photos/s1.png", PNG)
    assert folder.read() == old
    assert not (folder.path / "photos" / "s1.png").exists()
    assert not left_overs(folder)


def test_the_content_reaches_the_disk_before_the_name_and_the_name_before_the_end(folder, monkeypatch):
    steps = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (steps.append(stat.S_ISDIR(os.fstat(fd).st_mode)), fsync(fd)))
    monkeypatch.setattr(os, "replace", lambda *names: (steps.append("renamed"), replace(*names)))
    folder.update(make_album("s1"))
    assert steps == [False, "renamed", True]


def test_half_written_files_of_a_killed_writer_are_swept_when_the_next_one_opens(folder):
    folder.update(make_album("s1"))
    for place in ("", "photos"):
        (folder.path / place).mkdir(exist_ok=True)
        (folder.path / place / f".0{safe_files.TEMPORARY_SUFFIX}").write_bytes(b"half")
    (folder.path / "notes.txt").write_text("mine")
    folder.read()
    assert len(left_overs(folder)) == 2
    with folder.writing():
        assert not left_overs(folder)
    assert (folder.path / "notes.txt").read_text() == "mine"


def test_sweeping_does_not_follow_links_out_of_the_album(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    foreign = tmp_path / "elsewhere" / f".0{safe_files.TEMPORARY_SUFFIX}"
    foreign.write_bytes(b"")
    folder.path.mkdir()
    (folder.path / "photos").symlink_to(tmp_path / "elsewhere")
    with folder.writing():
        pass
    assert foreign.exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "album").write_text("mine")
    for path in (tmp_path / "album", tmp_path / "album" / "deeper"):
        with pytest.raises(AlbumError, match=r"album.*is a file"), AlbumFolder(path).writing():
            pass
    assert (tmp_path / "album").read_text() == "mine"


def test_a_name_too_long_for_the_disk_is_named(tmp_path):
    with pytest.raises(AlbumError, match="name is too long"), AlbumFolder(tmp_path / ("x" * 300)).writing():
        pass


def test_a_name_with_a_nul_character_is_an_album_error(tmp_path):
    with pytest.raises(AlbumError, match="Choose another name"), AlbumFolder(tmp_path / "a\0b").writing():
        pass


# --- one writer at a time -----------------------------------------------------------------------------------------

HOLD = """
import sys
from synthetic_albums.stages.album_folder import AlbumFolder
with AlbumFolder(sys.argv[1]).writing():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_writer_in_another_process_is_refused_until_the_first_one_is_killed(folder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        try:
            assert holder.stdout.readline().strip() == b"held"
            with (
                pytest.raises(AlbumBusyError, match=r"being written by another run.*or choose another"),
                folder.writing(),
            ):
                pass
        finally:
            holder.kill()
    with folder.writing() as writer:
        writer.save(make_album("s1"))


def test_a_second_writer_in_another_thread_is_refused(folder):
    refused = []

    def write():
        try:
            folder.update(make_album("s2"))
        except AlbumBusyError:
            refused.append(True)

    with folder.writing() as writer:
        writer.save(make_album("s1"))
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert refused == [True]
    assert folder.read().plan.scenes[0].id == "s1"


def test_the_lock_is_free_again_after_an_error(folder):
    with pytest.raises(RuntimeError), folder.writing():
        raise RuntimeError
    folder.update(make_album("s1"))


# --- paths --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "relative",
    [
        "../out.txt",
        "/etc/passwd",
        "photos/../../out",
        "photos\\x.png",
        "c:/x",
        "C:x",
        "",
        ".",
        "a\nb",
        "a\0b",
        "\u202ea",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(folder, tmp_path, relative):
    with folder.writing() as writer:
        for use in (lambda: writer.write_bytes(relative, b"x"), lambda: writer.remove(relative)):
            with pytest.raises(AlbumError, match="not a path inside"):
                use()
    with pytest.raises(AlbumError, match="not a path inside"):
        folder.read_bytes(relative)
    assert {path.name for path in tmp_path.iterdir()} == {"album"}


def test_links_out_of_the_folder_are_not_followed(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(PNG)
    folder.path.mkdir()
    (folder.path / "photos").symlink_to(outside)
    (folder.path / "index.html").symlink_to(outside / "secret.png")
    record = PhotoRecord(number=1, scene="secret", status="done", file="photos/secret.png")
    with folder.writing() as writer:
        for use in (
            lambda: writer.write_bytes("photos/s1.png", b"x"),
            lambda: writer.write_text("index.html", "x"),
            lambda: writer.remove("photos/secret.png"),
            lambda: writer.withhold(record),
            lambda: writer.set_aside("secret", "x"),
        ):
            with pytest.raises(AlbumError, match="symbolic link"):
                use()
    with pytest.raises(AlbumError, match="symbolic link"):
        folder.load_photo(record)
    assert [path.name for path in outside.iterdir()] == ["secret.png"]
    assert (outside / "secret.png").read_bytes() == PNG


def test_an_album_json_that_is_a_link_is_replaced_and_not_written_through(folder, tmp_path):
    folder.path.mkdir()
    (tmp_path / "mine.json").write_text("mine")
    (folder.path / "album.json").symlink_to(tmp_path / "mine.json")
    folder.update(make_album("s1"))
    assert (tmp_path / "mine.json").read_text() == "mine"
    assert folder.read().plan.title == "Trip"


def test_the_albums_own_files_are_written_by_save_alone(folder):
    with folder.writing() as writer:
        for name in ("album.json", "album.lock", "Album.JSON"):
            with pytest.raises(AlbumError, match="`save` alone"):
                writer.write_bytes(name, b"{}")


def test_no_scene_and_no_character_gets_a_device_name_of_windows():
    assert photo_file_name("beach") == "photos/beach.png"
    assert photo_file_name("con") == "photos/con~.png"
    assert portrait_file_name("aux", 0) == "anchors/aux~.png"
    assert portrait_file_name("ana", 0) == "anchors/ana.png"
    assert portrait_file_name("ana", 2) == "anchors/ana~3.png"


# --- photos -------------------------------------------------------------------------------------------------------


def test_a_photo_is_loaded_as_pixels(folder):
    with folder.writing() as writer:
        record = done(folder, writer, "s1")
    assert folder.photo_path(record) == folder.path / "photos" / "s1.png"
    assert np.array_equal(folder.load_photo(record), np.full((4, 6, 3), 90, np.uint8))


def test_a_photo_that_was_changed_or_is_gone_is_not_loaded(folder):
    with folder.writing() as writer:
        record = done(folder, writer, "s1")
    folder.photo_path(record).write_bytes(PNG + b"x")
    with pytest.raises(AlbumError, match=r"scene 's1'.*was changed"):
        folder.load_photo(record)
    folder.photo_path(record).unlink()
    with pytest.raises(AlbumError, match=r"Cannot read .*s1\.png"):
        folder.load_photo(record)


def test_a_photo_that_is_not_done_has_no_file(folder):
    with pytest.raises(AlbumError, match=r"scene 's1'.*withheld and has no file"):
        folder.photo_path(PhotoRecord(number=1, scene="s1", status="withheld", file="photos/s1.png"))


def test_a_withheld_photo_leaves_the_album_folder(folder):
    with folder.writing() as writer:
        record = done(folder, writer, "s1")
        withheld = writer.withhold(record)
    assert (withheld.status, withheld.file, withheld.fingerprint) == ("withheld", "", record.fingerprint)
    assert list((folder.path / "photos").iterdir()) == []
    quarantine = folder.path.with_name("album.withheld")
    assert [path.read_bytes() for path in quarantine.iterdir()] == [PNG]


def test_a_quarantine_that_is_a_link_is_refused(folder, tmp_path):
    (tmp_path / "public").mkdir()
    (tmp_path / "album.withheld").symlink_to(tmp_path / "public")
    with folder.writing() as writer:
        record = done(folder, writer, "s1")
        with pytest.raises(AlbumError, match="symbolic link"):
            writer.withhold(record)
    assert list((tmp_path / "public").iterdir()) == []


def test_what_is_set_aside_can_be_taken_back(folder):
    with folder.writing() as writer:
        done(folder, writer, "s1")
        writer.set_aside("s1", "mark")
        assert not (folder.path / "photos/s1.png").exists()
        assert writer.read_removed("s1", "mark") == PNG
        writer.take_back("s1", "mark")
        assert writer.read_removed("s1", "mark") is None
        assert folder.read_bytes("photos/s1.png") == PNG
        with pytest.raises(AlbumError, match="Cannot move"):
            writer.take_back("s1", "mark")
        writer.set_aside("not_there", "mark")


def test_removing_deletes_one_file_and_minds_no_missing_one(folder):
    with folder.writing() as writer:
        writer.write_text("reports/a.txt", "ä")
        assert folder.read_bytes("reports/a.txt") == "ä".encode()
        writer.remove("reports/a.txt")
        writer.remove("reports/a.txt")
    assert folder.read_bytes("reports/a.txt") is None


def test_the_state_token_changes_with_album_json_and_with_the_photo_files(folder):
    tokens = [folder.state_token()]
    folder.update(make_album("s1"))
    tokens.append(folder.state_token())
    assert folder.state_token() == tokens[-1]
    folder.update(make_album("s1", title="Trap"))  # of the same size
    tokens.append(folder.state_token())
    with folder.writing() as writer:
        done(folder, writer, "s1")
    tokens.append(folder.state_token())
    folder.photo_path(PhotoRecord(number=1, scene="s1", status="done", file="photos/s1.png")).unlink()
    folder.update(make_album("s1", title="Other title"))
    tokens.append(folder.state_token())
    assert len(set(tokens)) == 5


# --- album names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("summer 2026", ["summer 2026"]),
        ("trips/2026", ["trips", "2026"]),
        ("Ana's birthday!", ["Ana-s birthday"]),
        ("日本 旅行", ["日本 旅行"]),
        ("हिन्दी", ["हिन्दी"]),
        ("a\u202eb", ["ab"]),
        ("e\u0301te\u0301", ["\u00e9t\u00e9"]),
        ("<script>", ["script"]),
        ("$(rm -rf ~)", ["rm -rf"]),
    ],
)
def test_a_name_becomes_a_folder_inside_the_base(tmp_path, name, parts):
    assert album_path(tmp_path, name) == tmp_path.joinpath(*parts)


@pytest.mark.parametrize(
    "name",
    ["", "  ", ".", "..", "../x", "a/../b", "a/./b", "/etc", "a\\b", "C:x", "c:/x", "con", "trips/NUL", "COM1", "!!",
     "a//b", "x" * 500, "a/" * 20 + "a"],
)  # fmt: skip
def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path, name):
    with pytest.raises(AlbumError, match="Choose a name like"):
        album_path(tmp_path, name)


def test_a_name_does_not_leave_the_base_over_a_link(tmp_path):
    base = tmp_path / "output"
    base.mkdir()
    (base / "way_out").symlink_to(tmp_path)
    with pytest.raises(AlbumError, match="symbolic link"):
        album_path(base, "way_out/x")


@given(st.text(max_size=60))
def test_every_name_is_inside_the_base_or_refused(tmp_path_factory, name):
    base = tmp_path_factory.getbasetemp() / "names"
    try:
        path = album_path(base, name)
    except AlbumError:
        return
    assert path != base
    assert path.resolve().is_relative_to(base.resolve())
    assert path.relative_to(base).as_posix().isprintable()


@pytest.mark.parametrize("name", ["index.html", "contact_sheet.png"])
def test_a_folder_that_never_was_an_album_is_not_written_over(folder, name):
    folder.path.mkdir()
    (folder.path / name).write_text("my own")
    with pytest.raises(AlbumError, match=rf"is no album, but has a '{name}'"), folder.writing():
        pass
    assert [path.name for path in folder.path.iterdir()] == [name]
    assert (folder.path / name).read_text() == "my own"
