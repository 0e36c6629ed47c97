"""The value that stops what is downstream of it."""

from typing import Any


class ExecutionBlocker:
    """A node returns this to keep everything that would use the output from running.

    Without a message that happens silently; with one, the message is reported as an error.
    """

    def __init__(self, message: str | None) -> None:
        self.message = message


def is_blocker(value: Any) -> bool:
    """Whether a value is this class or its namesake from ComfyUI, which a node may bring along."""
    return type(value).__name__ == "ExecutionBlocker" and hasattr(value, "message")
