"""The archive of the registry holds what the pack needs and nothing of the workshop."""

import subprocess
from pathlib import Path

import pytest
import synthetic_albums

ROOT = Path(synthetic_albums.__file__).parent


def left_out(paths):
    """Those of the paths that `.comfyignore` leaves out, by git's own reading of the format."""
    command = ["git", "-c", f"core.excludesFile={ROOT / '.comfyignore'}", "check-ignore", "--no-index", "--stdin"]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(paths), capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return set(done.stdout.split("\n")) - {""}


@pytest.mark.parametrize("room", ["stages", "nodes", "headless", "web", "workflows", "subgraphs"])
def test_everything_in_the_packs_own_rooms_is_shipped(room):
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*") if path.is_file()]
    assert files
    assert not {path for path in left_out(files) if "__pycache__" not in path}


@pytest.mark.parametrize(
    "name", ["__init__.py", "pyproject.toml", "requirements.txt", "node_list.json", "LICENSE", "README.md"]
)
def test_files_that_an_install_needs_are_shipped(name):
    assert (ROOT / name).is_file()
    assert not left_out([name])


@pytest.mark.parametrize("name", ["hashes.json", "model_index.json", "unet/diffusion_pytorch_model.safetensors"])
def test_the_weights_are_shipped(name):
    assert not left_out([f"models/builtin/{name}"])


@pytest.mark.parametrize(
    "name", ["tests/x.py", "models/train/x.py", "benchmarks/x.py", "tools/x.py", ".ci/run", "docs/x.jpg"]
)
def test_the_workshop_is_not_shipped(name):
    assert left_out([name]) == {name}
