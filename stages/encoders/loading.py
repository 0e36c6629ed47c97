"""Loads the encoders from their folders, and refuses what is missing or altered."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import AlbumError

if TYPE_CHECKING:
    from .heads import HeadDetector
    from .judge import Judge
    from .networks import CopyEncoder, IdentityEncoder

_HASHES: Final = "hashes.json"
_FILES: Final = ("config.json", "diffusion_pytorch_model.safetensors")
_REMEDY: Final = "install the pack again, or train it with python -m synthetic_albums.models.train"


def load_identity_encoder(folder: Path, *, device: str = "cpu") -> "IdentityEncoder":
    """Load the identity encoder, ready to encode.

    Args:
        folder: `identity_encoder/` of a model.
        device: "cpu" or "cuda".

    Raises:
        AlbumError: the folder or a file is missing, unreadable, or not the one whose hash the model's `hashes.json`
            names.
    """
    from .networks import IdentityEncoder

    return _load(IdentityEncoder, folder, device)


def load_copy_encoder(folder: Path, *, device: str = "cpu") -> "CopyEncoder":
    """Load the whole-picture copy encoder; see `load_identity_encoder`."""
    from .networks import CopyEncoder

    return _load(CopyEncoder, folder, device)


def load_head_detector(folder: Path, *, device: str = "cpu") -> "HeadDetector":
    """Load the detector of drawn heads; see `load_identity_encoder`."""
    from .heads import HeadDetector

    return _load(HeadDetector, folder, device)


def load_judge(folder: Path, *, device: str = "cpu") -> "Judge":
    """Load the judge; see `load_identity_encoder`."""
    from .judge import Judge

    return _load(Judge, folder, device)


def file_sha256(path: Path) -> str:
    """Of a file of any size, lower-case hex.

    Raises:
        OSError: it cannot be read.
    """
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            whole.update(block)
    return whole.hexdigest()


def _load(kind: Any, folder: Path, device: str) -> Any:
    import torch
    from safetensors import SafetensorError

    folder = Path(folder)
    _require_files(folder)
    try:
        network, found = kind.from_pretrained(
            folder, torch_dtype=torch.float32, low_cpu_mem_usage=False, use_safetensors=True, local_files_only=True,
            output_loading_info=True,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise AlbumError(f"The {kind.__name__} in {folder} cannot be read ({error}): {_REMEDY}.") from error
    if found["missing_keys"] or found["unexpected_keys"]:  # diffusers would go on with random weights
        raise AlbumError(
            f"The weights in {folder} are not those of a {kind.__name__}: missing {found['missing_keys'][:3]}, not "
            f"expected {found['unexpected_keys'][:3]}. To go on, {_REMEDY}."
        )
    return network.to(device).eval()


def _require_files(folder: Path) -> None:
    if not folder.is_dir():
        raise AlbumError(f"There is no folder {folder}: {_REMEDY}.")
    for name in _FILES:
        if not (folder / name).is_file():
            raise AlbumError(f"The file {folder / name} is missing: {_REMEDY}.")
    for listed in (folder / _HASHES, folder.parent / _HASHES):
        if listed.is_file():
            _require_hashes(listed, [folder / name for name in _FILES])


def require_listed(path: Path, folder: Path) -> None:
    """Compare one file with what the `hashes.json` of a folder says of it; a list that says nothing is no proof.

    Args:
        path: of the file.
        folder: that may have a `hashes.json`.

    Raises:
        AlbumError: the list cannot be read, or names another hash.
    """
    if (folder / _HASHES).is_file():
        _require_hashes(folder / _HASHES, [path])


def _require_hashes(listed: Path, paths: Sequence[Path]) -> None:
    try:
        hashes = json.loads(listed.read_text(encoding="utf-8"))
        expected = {path: hashes.get(path.relative_to(listed.parent).as_posix()) for path in paths}
    except (OSError, ValueError, AttributeError) as error:
        raise AlbumError(f"The list of hashes {listed} cannot be read ({error}): {_REMEDY}.") from error
    for path, wanted in expected.items():
        found = file_sha256(path)
        if wanted is not None and found != wanted:
            raise AlbumError(
                f"The file {path} was altered: its sha256 is {found}, expected {wanted}. To go on, {_REMEDY}."
            )
