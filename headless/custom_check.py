"""A node's own say about its inputs: `VALIDATE_INPUTS`."""

import inspect
from collections.abc import Sequence
from typing import Any

from .blocker import is_blocker
from .calling import AsyncCalls, call_over_lists
from .reports import ErrorReport, problem


class CustomCheck:
    """What a class's `VALIDATE_INPUTS` looks at, and what it says."""

    def __init__(self, node_class: Any) -> None:
        self._class = node_class
        function = getattr(node_class, "VALIDATE_INPUTS", None)
        signature = inspect.getfullargspec(function) if function is not None else None
        self._names = frozenset(signature.args) if signature is not None else frozenset[str]()
        self._takes_all = signature is not None and signature.varkw is not None

    @property
    def present(self) -> bool:
        return bool(self._names) or self._takes_all

    @property
    def judges_types(self) -> bool:
        """Whether it is shown the types of the links and so replaces the check of them."""
        return "input_types" in self._names

    def covers(self, name: str) -> bool:
        """Whether the built-in checks of this input's value are left to it."""
        return name in self._names or self._takes_all

    def errors(
        self, inputs: dict[str, Sequence[Any]], link_types: dict[str, Any], calls: AsyncCalls
    ) -> list[ErrorReport]:
        """Ask it, with the constants it names (linked inputs are None); a complaint is reported per named input."""
        shown = {name: values for name, values in inputs.items() if self.covers(name)}
        if self.judges_types:
            shown["input_types"] = [link_types]
        answers = calls.settle(call_over_lists(self._class, "VALIDATE_INPUTS", shown, calls))
        complaints = [answer for answer in answers if answer is not True and not is_blocker(answer)]
        return [
            problem(
                "custom_validation_failed",
                "Custom validation failed for node",
                name if complaint is False else f"{name} - {complaint}",
                input_name=name,
            )
            for name in shown
            for complaint in complaints
        ]
