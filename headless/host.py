"""What the nodes of a headless run get of their surroundings: folders, a progress line, Ctrl-C."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ..nodes.host import Host, Progress
from ..stages.errors import InterruptedAlbumError


def _ignore_progress(done: int, total: int, preview: object = None) -> None:
    """Quiet: nobody watches."""


class HeadlessHost:
    """Folders and interruption of a run without ComfyUI.

    Args:
        output: where albums and pictures are written; made when the first one is.
        input: what relative paths of the user's own files start from.
        previews: where PreviewImage writes its pictures; None keeps them from being written.
        metadata: whether pictures may carry the graph that made them.
    """

    def __init__(
        self,
        output: Path,
        input: Path,  # noqa: A002 (the folder is called that everywhere)
        *,
        previews: Path | None = None,
        metadata: bool = True,
    ) -> None:
        self._output = Path(output).absolute()
        self._input = Path(input).absolute()
        self._metadata = metadata
        self._interrupted = threading.Event()
        self.previews = previews

    def output_directory(self) -> Path:
        return self._output

    def input_directory(self) -> Path:
        return self._input

    def language_model_directory(self) -> Path:
        return self._input

    def model_path(self, kinds: tuple[str, ...], name: str) -> Path:
        return self._input / Path(name).expanduser()

    def progress(self, total: int) -> Progress:
        return _ignore_progress

    def raise_if_interrupted(self) -> None:
        if self._interrupted.is_set():
            raise InterruptedAlbumError("Stopped on request. What was finished is kept; the same command goes on.")

    def metadata_allowed(self) -> bool:
        return self._metadata

    def interrupt(self) -> None:
        """Stop the run at the next safe point."""
        self._interrupted.set()

    @contextmanager
    def stopped_by_ctrl_c(self, on_first: Callable[[], None]) -> Iterator[None]:
        """Let the first Ctrl-C end the run at the next safe point and the second one at once.

        In another thread than the main one this changes nothing: Python delivers signals only there.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def handle(_signal: int, _frame: FrameType | None) -> None:
            if self._interrupted.is_set():
                raise KeyboardInterrupt
            self.interrupt()
            on_first()

        before = signal.signal(signal.SIGINT, handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


class NodeHost:
    """The host as one node sees it: its progress is also an event of the run."""

    def __init__(self, host: Host, on_progress: Callable[[int, int], None]) -> None:
        self._host = host
        self._on_progress = on_progress

    def progress(self, total: int) -> Progress:
        update = self._host.progress(total)

        def both(done: int, whole: int, preview: object = None) -> None:
            update(done, whole, preview)
            self._on_progress(done, whole)

        return both

    def output_directory(self) -> Path:
        return self._host.output_directory()

    def input_directory(self) -> Path:
        return self._host.input_directory()

    def language_model_directory(self) -> Path:
        return self._host.language_model_directory()

    def model_path(self, kinds: tuple[str, ...], name: str) -> Path:
        return self._host.model_path(kinds, name)

    def raise_if_interrupted(self) -> None:
        self._host.raise_if_interrupted()

    def metadata_allowed(self) -> bool:
        return self._host.metadata_allowed()

    @property
    def previews(self) -> Path | None:
        """Where pictures that are only to be looked at go; nowhere for hosts without such a place."""
        return getattr(self._host, "previews", None)
