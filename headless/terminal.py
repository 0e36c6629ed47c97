"""What a run shows on a terminal: one line that is overwritten. In a pipe nothing."""

import logging
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from .graph import Graph

BAR_CELLS = 24


def printable(text: str) -> str:
    """Text without characters that steer a terminal: a prompt may hold anything."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else "�" for c in text)


class ProgressLine:
    """Takes a run's events. Pass `on_event` to the runner, `close` when it is over."""

    def __init__(self, graph: Graph, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._graph = graph
        self._finished = 0
        self._node = ""
        self.shown = False
        self.active = self._stream.isatty()

    def on_event(self, kind: str, data: dict[str, Any]) -> None:
        if not self.active:
            return
        if kind == "executing":
            self._finished += data["node"] in self._graph
            self._node = self._graph.get(data["display_node"], {}).get("class_type", "")
            self._show(self._head())
        elif kind == "progress" and data["max"] > 0:
            fraction = min(max(data["value"] / data["max"], 0.0), 1.0)
            filled = round(fraction * BAR_CELLS)
            bar = "█" * filled + "░" * (BAR_CELLS - filled)
            self._show(f"{self._head()} {bar} {data['value']}/{data['max']}")

    def say(self, text: str) -> None:
        """Leave a line standing above the one that changes."""
        self.close()
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def close(self) -> None:
        """Wipe the line."""
        if self.shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self.shown = False

    def _head(self) -> str:
        return f"[{min(self._finished, len(self._graph))}/{len(self._graph)}] {self._node}"

    def _show(self, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(f"\r\x1b[K{printable(text)[:width]}")
        self._stream.flush()
        self.shown = True


class _LogLines(logging.Handler):
    """Puts what the pack logs above the progress line: warnings always, the rest only where somebody watches."""

    def __init__(self, line: ProgressLine) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING or self._line.active:
            self._line.say(printable(record.getMessage()))


@contextmanager
def logging_above(line: ProgressLine) -> Iterator[None]:
    """Show the pack's own log messages with the line while the block runs."""
    pack = logging.getLogger(__name__.partition(".")[0])
    level, handler = pack.level, _LogLines(line)
    pack.addHandler(handler)
    pack.setLevel(logging.INFO)
    try:
        yield
    finally:
        pack.setLevel(level)
        pack.removeHandler(handler)
