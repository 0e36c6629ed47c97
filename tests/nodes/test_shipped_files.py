"""The archive of the registry holds what the pack needs and nothing of the workshop."""

from pathlib import Path

import pytest
import synthetic_albums

ROOT = Path(synthetic_albums.__file__).parent
ENTRIES = [line for line in (ROOT / ".comfyignore").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def is_left_out(path):
    """Entries are plain names: a folder with everything in it, or a file."""
    return any(path == entry or (entry.endswith("/") and path.startswith(entry)) for entry in ENTRIES)


def test_entries_are_plain_names_without_patterns():
    assert ENTRIES
    assert not set("*?[!\\") & set("".join(ENTRIES))


@pytest.mark.parametrize("room", ["stages", "nodes", "headless", "web", "workflows"])
def test_everything_in_the_packs_own_rooms_is_shipped(room):
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if is_left_out(path)]


@pytest.mark.parametrize(
    "name", ["__init__.py", "pyproject.toml", "requirements.txt", "node_list.json", "LICENSE", "README.md"]
)
def test_files_that_an_install_needs_are_shipped(name):
    assert (ROOT / name).is_file()
    assert not is_left_out(name)


@pytest.mark.parametrize("name", ["tests/x.py", "benchmarks/x.py", "tools/x.py", ".ci/run", "docs/x.jpg"])
def test_the_workshop_is_not_shipped(name):
    assert is_left_out(name)
