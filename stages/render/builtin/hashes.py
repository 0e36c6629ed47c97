"""The list of sha256 hashes that ships with the weights."""

import hashlib
import json
from pathlib import Path
from typing import Final

from ...errors import AlbumError

HASHES: Final = "hashes.json"
REMEDY: Final = (
    "install the pack again, or let the storyboard draw the photos (the node Album Storyboard Renderer, on the command "
    "line --renderer storyboard)"
)


def verify_hashes(folder: Path) -> str:
    """Compare every file that `hashes.json` names with its sha256.

    Args:
        folder: of the model.

    Returns:
        A sha256 over all of them, in the order of their names.

    Raises:
        AlbumError: a file is missing or altered; the message names it and both hashes.
    """
    whole = hashlib.sha256()
    for name, expected in sorted(_listed(folder).items()):
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except FileNotFoundError as error:
            raise AlbumError(f"The built-in model's file {folder / name} is missing: {REMEDY}.") from error
        except OSError as error:
            raise AlbumError(
                f"The built-in model's file {folder / name} cannot be read ({error}): {REMEDY}."
            ) from error
        if found != expected:
            raise AlbumError(
                f"The built-in model's file {folder / name} was altered: its sha256 is {found}, expected {expected}. "
                f"To go on, {REMEDY}."
            )
        whole.update(f"{name}\0{found}\0".encode())
    return whole.hexdigest()


def _listed(folder: Path) -> dict[str, str]:
    path = folder / HASHES
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AlbumError(f"The built-in model is not there: {path} is missing; {REMEDY}.") from error
    except (OSError, ValueError) as error:
        raise AlbumError(f"The built-in model's list of hashes {path} cannot be read ({error}): {REMEDY}.") from error
    if not isinstance(listed, dict) or not listed or not all(isinstance(value, str) for value in listed.values()):
        raise AlbumError(f"The built-in model's list of hashes {path} names no files: {REMEDY}.")
    return listed


def write_hashes(folder: Path) -> str:
    """Write `hashes.json` for all files of a model folder but itself and its texts; gives the digest of all."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != HASHES and path.suffix not in (".md", ".png", ".jpg")
    )
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / HASHES).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")
    return verify_hashes(folder)
