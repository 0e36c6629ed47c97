import os

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage import folder_state


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.png").write_bytes(b"one")
    (tmp_path / "inner" / "b.png").write_bytes(b"two")
    return tmp_path


def grow(folder):
    (folder / "a.png").write_bytes(b"longer")


def touch(folder):
    os.utime(folder / "inner" / "b.png", ns=(1, 1))


def add(folder):
    (folder / "inner" / "c.png").write_bytes(b"")


def remove(folder):
    (folder / "a.png").unlink()


def rename(folder):
    (folder / "a.png").rename(folder / "z.png")


def test_the_same_folder_has_the_same_state(folder):
    assert folder_state(folder) == folder_state(folder)


@pytest.mark.parametrize("change", [grow, touch, add, remove, rename], ids=lambda change: change.__name__)
def test_a_changed_folder_has_another_state(folder, change):
    before = folder_state(folder)
    change(folder)
    assert folder_state(folder) != before


def test_a_link_to_nowhere_and_a_link_in_a_circle_are_no_trouble(folder):
    (folder / "dangling.png").symlink_to(folder / "nowhere")
    (folder / "circle").symlink_to(folder)
    assert folder_state(folder) == folder_state(folder)


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(AlbumError, match="does not exist"):
        folder_state(tmp_path / "nowhere")
