"""Make `.venv` and install the project into it, once.

    python3 tools/environment.py EXTRA [EXTRA ...]

Runs on the standard library alone, so that a machine with only Python, pip and venv can start here. A second call
that needs nothing new returns at once; two calls at the same time wait for one another.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "synthetic-albums.installed"
# The version that is tested. On Linux, PyPI's build brings CUDA's libraries along; TORCH= chooses another, "" none.
TORCH = os.environ.get("TORCH", "torch==2.13.0")


def main() -> int:
    extras = sorted(set(sys.argv[1:]))
    if sys.version_info < (3, 10):
        print(f"Python 3.10 or newer is needed, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    with _one_at_a_time():
        installed = STAMP.read_text().splitlines() if STAMP.is_file() else []
        if installed[:1] == [_recipe()] and set(extras) <= set(installed[1:]):
            return 0
        everything = sorted(set(extras) | (set(installed[1:]) if installed[:1] == [_recipe()] else set()))
        STAMP.unlink(missing_ok=True)
        if not _has_pip(python := _python()):
            print("Making .venv …", file=sys.stderr)
            try:
                venv.create(VENV, with_pip=True, clear=True)
            except subprocess.CalledProcessError:
                print("Python cannot put pip into .venv: install the package python3-venv, too.", file=sys.stderr)
                return 1
        if TORCH:
            print(f"Installing {TORCH} …", file=sys.stderr)
            _pip(python, *TORCH.split())
        print(f"Installing synthetic-albums [{', '.join(everything)}] …", file=sys.stderr)
        _pip(python, "--editable", f"{ROOT}[{','.join(everything)}]")
        STAMP.write_text("\n".join([_recipe(), *everything]))
    return 0


def _recipe() -> str:
    """What the installation depends on besides the extras: a change of any of it installs anew."""
    parts = (ROOT / "pyproject.toml").read_bytes() + TORCH.encode() + sys.version.encode() + str(ROOT).encode()
    return hashlib.sha256(parts).hexdigest()


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _has_pip(python: Path) -> bool:
    """False also for a .venv that was interrupted in the making: it has Python, but no pip yet."""
    if not python.is_file():
        return False
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def _pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, check=False).returncode:
        sys.exit("pip could not install what is needed; its message is above. Run the same command again to resume.")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows: no make there either, so two calls at once are the caller's own doing
        yield
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
