"""Calling a node over lists of values, async functions included."""

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from typing import Any

from ..stages.errors import AlbumError
from .blocker import is_blocker

POLL_SECONDS = 0.1  # how often a run that only waits looks whether it was interrupted


class AsyncCalls:
    """The event loop of one run. It is made for the first async node; a graph without one needs none."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, coroutine: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start a call; it runs up to its first real wait before this returns."""
        if self._loop is None:
            self._loop = _new_loop(coroutine)
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        self._loop.run_until_complete(asyncio.sleep(0))
        return task

    def settle(self, results: list[Any]) -> list[Any]:
        """Wait for every call among `results` and put its value in its place; the first failure is raised."""
        pending = [r for r in results if isinstance(r, asyncio.Task) and not r.done()]
        if pending and self._loop is not None:
            self._loop.run_until_complete(asyncio.wait(pending))
        return [r.result() if isinstance(r, asyncio.Task) else r for r in results]

    def wait(self, tasks: Iterable["asyncio.Task[Any]"]) -> None:
        """Let the calls go on until one ends, or for a moment."""
        if self._loop is not None:
            waiting = asyncio.wait(tasks, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            self._loop.run_until_complete(waiting)

    def close(self) -> None:
        """Cancel what is still under way."""
        if self._loop is None:
            return
        for task in self._tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
        self._loop = None


def _new_loop(coroutine: Coroutine[Any, Any, Any]) -> asyncio.AbstractEventLoop:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.new_event_loop()
    coroutine.close()
    raise AlbumError("This graph has async nodes, so it cannot run inside an event loop: call run_graph in a thread.")


def pending_tasks(results: Iterable[Any]) -> "list[asyncio.Task[Any]]":
    """The calls among `results` that are still under way."""
    return [r for r in results if isinstance(r, asyncio.Task) and not r.done()]


def call_over_lists(
    target: Any,
    function: str,
    inputs: dict[str, Sequence[Any]],
    calls: AsyncCalls,
    *,
    on_blocked: Callable[[Any], Any] | None = None,
    before_call: Callable[[], None] | None = None,
) -> list[Any]:
    """Call a method once per list position, or once with the lists themselves (`INPUT_IS_LIST`).

    Args:
        target: the node object, or its class.
        function: name of the method.
        inputs: a list of values per argument; a short list repeats its last value.
        calls: starts async functions.
        on_blocked: gives the result in place of a call that got a blocker; without it the blocker is the result.
        before_call: may raise to stop the run.

    Returns:
        What the calls returned; a task for an async call that is still under way.
    """
    method = getattr(target, function)
    is_async = inspect.iscoroutinefunction(method)
    whole_lists = getattr(target, "INPUT_IS_LIST", False)
    results = []
    for arguments in [inputs] if whole_lists else _slices(inputs):
        if before_call is not None:
            before_call()
        blocker = _find_blocker(arguments, whole_lists=whole_lists)
        if blocker is not None:
            results.append(on_blocked(blocker) if on_blocked is not None else blocker)
        elif is_async:
            task = calls.start(method(**arguments))
            results.append(task.result() if task.done() else task)
        else:
            results.append(method(**arguments))
    return results


def _slices(inputs: dict[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    longest = max(map(len, inputs.values()), default=0)
    if longest == 0:
        yield {}
    elif longest == 1:
        yield {name: values[-1] for name, values in inputs.items()}
    else:
        for i in range(longest):
            yield {name: values[i if i < len(values) else -1] for name, values in inputs.items()}


def _find_blocker(arguments: dict[str, Any], *, whole_lists: bool) -> Any:
    for value in arguments.values():
        for item in value if whole_lists else (value,):
            if is_blocker(item):
                return item
    return None
