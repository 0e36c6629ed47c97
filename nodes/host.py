"""What the pack needs of the program that runs its nodes: folders, progress, interruption.

ComfyUI is one such program, the headless runner another. The runner sets its own for the time of a run; a context
variable keeps two runs in one process apart, and nothing global is changed.
"""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from ..stages.errors import AlbumError

Progress = Callable[[int, int, object], None]  # (done, total, preview: PIL image or None)


class Host(Protocol):
    def output_directory(self) -> Path:
        """Where albums may be written."""
        ...

    def input_directory(self) -> Path:
        """What relative paths of the user's own files start from."""
        ...

    def language_model_directory(self) -> Path:
        """What relative names of language model folders start from."""
        ...

    def model_path(self, kinds: tuple[str, ...], name: str) -> Path:
        """A model file or folder of the user's: a full path, or its name in the first folder of these that has it."""
        ...

    def progress(self, total: int) -> Progress:
        """A fresh progress bar for the node that is running."""
        ...

    def raise_if_interrupted(self) -> None:
        """Raise whatever stops the run, if the user asked for that."""
        ...

    def metadata_allowed(self) -> bool:
        """Whether pictures may carry the graph that made them."""
        ...


class ComfyHost:
    """ComfyUI itself."""

    def output_directory(self) -> Path:
        import folder_paths

        return Path(folder_paths.get_output_directory())

    def input_directory(self) -> Path:
        import folder_paths

        return Path(folder_paths.get_input_directory())

    def language_model_directory(self) -> Path:
        import folder_paths

        return Path(folder_paths.models_dir, "LLM")

    def model_path(self, kinds: tuple[str, ...], name: str) -> Path:
        import folder_paths

        models = Path(folder_paths.models_dir)
        known = [kind for kind in kinds if kind in folder_paths.folder_names_and_paths]
        folders = [Path(folder) for kind in known for folder in folder_paths.get_folder_paths(kind)]
        wanted = Path(name).expanduser()
        found = (folder / wanted for folder in [*folders, *(models / kind for kind in kinds)])
        return next((path for path in found if path.exists()), models / kinds[0] / wanted)

    def progress(self, total: int) -> Progress:
        from comfy.utils import ProgressBar

        bar = ProgressBar(total)

        def update(done: int, whole: int, preview: object = None) -> None:
            bar.update_absolute(done, whole, ("JPEG", preview, 512) if preview is not None else None)

        return update

    def raise_if_interrupted(self) -> None:
        from comfy.model_management import throw_exception_if_processing_interrupted

        throw_exception_if_processing_interrupted()

    def metadata_allowed(self) -> bool:
        from comfy.cli_args import args

        return not args.disable_metadata


_HOST: ContextVar[Host | None] = ContextVar("synthetic_albums_host", default=None)


def current_host() -> Host:
    """The host of this run: what `hosted_by` set, else ComfyUI.

    Raises:
        AlbumError: neither is there, i.e. a node was called by hand outside both.
    """
    host = _HOST.get()
    if host is not None:
        return host
    if importlib.util.find_spec("folder_paths") is None:  # only ComfyUI has it
        raise AlbumError("This node runs inside ComfyUI or through `synthetic-albums run`.")
    return ComfyHost()


@contextmanager
def hosted_by(host: Host) -> Iterator[None]:
    """Make `host` the current one inside the block."""
    token = _HOST.set(host)
    try:
        yield
    finally:
        _HOST.reset(token)
