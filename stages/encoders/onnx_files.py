"""ONNX files of face packs: which is which, and opening them."""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ..errors import AlbumError

EXTRA: Final = 'pip install "synthetic-albums[faces]"'
_DETECTORS: Final = ("det_", "scrfd")  # how names of detectors begin
_OTHERS: Final = ("2d106det", "1k3d68", "genderage")  # of the same packs, not needed


def pack_files(folder: Path) -> tuple[Path, Path | None]:
    """The recogniser and, where there is one, the detector of a pack.

    A pack that was unpacked one level too deep, as antelopev2/antelopev2 often is, is found too.

    Args:
        folder: of the pack, e.g. ComfyUI/models/insightface/models/buffalo_l.

    Raises:
        AlbumError: the folder is missing, or holds no recogniser, or several.
    """
    if not folder.is_dir():
        raise AlbumError(
            f"There is no folder {folder}: give the folder of a face pack, e.g. …/insightface/models/buffalo_l."
        )
    levels = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    packs = [found for found in map(_onnx_in, levels) if found]
    if not packs:
        raise AlbumError(
            f"The folder {folder} and its sub-folders hold no .onnx file: give the folder of a face pack with a "
            "recogniser such as w600k_r50.onnx and a detector such as det_10g.onnx."
        )
    if len(packs) > 1 and not _onnx_in(folder):
        names = ", ".join(pack[0].parent.name for pack in packs)
        raise AlbumError(
            f"The folder {folder} holds several face packs ({names[:200]}): give the folder of one of them."
        )
    detectors = [path for path in packs[0] if path.name.startswith(_DETECTORS)]
    recognisers = [path for path in packs[0] if not path.name.startswith((*_DETECTORS, *_OTHERS))]
    if len(recognisers) != 1:
        what = "no recogniser such as w600k_r50.onnx or glintr100.onnx" if not recognisers else "several recognisers"
        names = ", ".join(path.name for path in recognisers or packs[0])
        raise AlbumError(
            f"The face pack {packs[0][0].parent} has {what} ({names[:200]}): give a folder with exactly one."
        )
    return recognisers[0], (detectors or [None])[0]


def holds_face_pack(folder: Path) -> bool:
    """Whether a folder, or one in it, has ONNX files."""
    return folder.is_dir() and any(True for pattern in ("*.onnx", "*/*.onnx") for _ in folder.glob(pattern))


def open_onnx(path: Path) -> Any:
    """An onnxruntime session on the CPU.

    Raises:
        AlbumError: onnxruntime is not installed, or the file cannot be read as a network.
    """
    try:
        import onnxruntime

        state = import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    except ImportError as error:
        raise AlbumError(f"Face packs need the package onnxruntime, which cannot be imported: {EXTRA}.") from error
    names = ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NoSuchFile", "NotImplemented")
    refusals = tuple(getattr(state, name) for name in names if hasattr(state, name))
    try:
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    except (*refusals, RuntimeError, ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise AlbumError(f"The file {path} cannot be read as a network ({reason:.200}): download it again.") from error


def require_input(session: Any, path: Path, shape: tuple[int, ...], what: str) -> str:
    """The name of a network's one input, if pictures of this shape fit.

    Raises:
        AlbumError: it has several inputs, or one of another shape.
    """
    inputs = session.get_inputs()
    found = list(inputs[0].shape) if len(inputs) == 1 else None
    fits = found is not None and len(found) == len(shape) + 1
    if not fits or any(isinstance(a, int) and a != b for a, b in zip(found[1:], shape, strict=True)):  # type: ignore[index]
        told = "; ".join(f"{one.name} {one.shape}" for one in inputs)
        raise AlbumError(
            f"The file {path} is no {what}: it reads {told[:200]} and not (n, {', '.join(map(str, shape))})."
        )
    return str(inputs[0].name)


def _onnx_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".onnx" and path.is_file())
