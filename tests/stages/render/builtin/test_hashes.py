import hashlib
import json

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.builtin.hashes import verify_hashes, write_hashes


@pytest.fixture
def folder(tmp_path):
    for name, content in {
        "unet/weights.bin": b"1234",
        "config.json": b"{}",
        "README.md": b"read",
        "a.png": b"p",
    }.items():
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    write_hashes(tmp_path / "model")
    return tmp_path / "model"


def test_files_are_listed_but_texts_and_pictures_are_not(folder):
    assert sorted(json.loads((folder / "hashes.json").read_text())) == ["config.json", "unet/weights.bin"]


def test_the_digest_follows_every_listed_file(folder):
    before = verify_hashes(folder)
    assert verify_hashes(folder) == before
    (folder / "README.md").write_text("other")
    assert verify_hashes(folder) == before
    (folder / "config.json").write_text("[]")
    assert write_hashes(folder) != before


def test_an_altered_file_is_named_with_both_hashes(folder):
    expected = json.loads((folder / "hashes.json").read_text())["unet/weights.bin"]
    (folder / "unet/weights.bin").write_bytes(b"1235")
    with pytest.raises(AlbumError, match="was altered") as caught:
        verify_hashes(folder)
    text = str(caught.value)
    assert str(folder / "unet" / "weights.bin") in text
    assert f"its sha256 is {hashlib.sha256(b'1235').hexdigest()}, expected {expected}." in text
    assert "--renderer storyboard" in text


def test_a_missing_file_is_named(folder):
    (folder / "config.json").unlink()
    with pytest.raises(AlbumError, match=r"config\.json is missing: install the pack again"):
        verify_hashes(folder)


def test_a_missing_model_is_said_to_be_missing(tmp_path):
    with pytest.raises(AlbumError, match=r"The built-in model is not there: .*hashes\.json is missing"):
        verify_hashes(tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"a": 5}', "\x00"])
def test_a_list_that_is_none_is_refused(folder, content):
    (folder / "hashes.json").write_text(content)
    with pytest.raises(AlbumError, match=r"list of hashes .*hashes\.json (cannot be read|names no files)"):
        verify_hashes(folder)


def test_a_folder_in_place_of_a_file_is_refused(folder):
    (folder / "config.json").unlink()
    (folder / "config.json").mkdir()
    with pytest.raises(AlbumError, match=r"config\.json cannot be read"):
        verify_hashes(folder)
