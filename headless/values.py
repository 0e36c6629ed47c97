"""Built-in checks of single inputs: links fit their socket, constants are converted and in range."""

from collections.abc import Callable
from typing import Any

from .graph import InputSpec
from .reports import ErrorReport, problem

MAX_LISTED_OPTIONS = 20  # longer lists are mostly scanned folders; they would drown the message

CONVERTERS: dict[str, Callable[[Any], Any]] = {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}


def types_fit(given: Any, wanted: Any) -> bool:
    """Whether an output may be linked to an input. "A,B" is a choice of types; one in common is enough."""
    if not given != wanted:  # noqa: SIM202 (classes of node packs that fit anything override only __ne__)
        return True
    if not isinstance(given, str) or not isinstance(wanted, str):
        return False
    return not _choices(given).isdisjoint(_choices(wanted))


def _choices(kind: str) -> set[str]:
    return {part.strip() for part in kind.split(",")}


def missing_input(name: str) -> ErrorReport:
    """A required input that the graph does not give."""
    return problem("required_input_missing", "Required input is missing", name, input_name=name)


def broken_link(name: str, spec: InputSpec, value: Any) -> ErrorReport:
    """A list that is no link."""
    return problem(
        "bad_linked_input",
        "Bad linked input, must be a length-2 list of [node_id, slot_index]",
        name,
        input_name=name,
        input_config=spec.config,
        received_value=value,
    )


def misfit_link(name: str, spec: InputSpec, link: Any, received: Any) -> ErrorReport:
    """A link from an output of another type."""
    return problem(
        "return_type_mismatch",
        "Return type mismatch between linked nodes",
        f"{name}, received_type({received}) mismatch input_type({spec.type})",
        input_name=name,
        input_config=spec.config,
        received_type=received,
        linked_node=link,
    )


def convert_value(inputs: dict[str, Any], name: str, spec: InputSpec) -> ErrorReport | None:
    """Unwrap `{"__value__": …}` and convert to the declared type, in place; what cannot be converted is reported."""
    value = inputs[name]
    if isinstance(value, dict) and "__value__" in value:
        # A plain list would be read as a link, so lists travel wrapped.
        value = inputs[name] = value["__value__"]
    converter = CONVERTERS.get(spec.type) if isinstance(spec.type, str) else None
    if converter is None:
        return None
    try:
        inputs[name] = converter(value)
    except (TypeError, ValueError, OverflowError) as error:
        return problem(
            "invalid_input_type",
            f"Failed to convert an input value to a {spec.type} value",
            f"{name}, {value}, {error}",
            input_name=name,
            input_config=spec.config,
            received_value=value,
            exception_message=str(error),
        )
    return None


def check_value(name: str, spec: InputSpec, value: Any) -> ErrorReport | None:
    """Check a converted constant against the range or the options of its input."""
    facts = {"input_name": name, "input_config": spec.config, "received_value": value}
    low, high = spec.options.get("min"), spec.options.get("max")
    if low is not None and value < low:
        return problem("value_smaller_than_min", f"Value {value} smaller than min of {low}", name, **facts)
    if high is not None and value > high:
        return problem("value_bigger_than_max", f"Value {value} bigger than max of {high}", name, **facts)
    if isinstance(spec.type, list) and value not in spec.type:
        listed = str(spec.type)
        if len(spec.type) > MAX_LISTED_OPTIONS:
            listed, facts["input_config"] = f"(list of length {len(spec.type)})", None
        return problem("value_not_in_list", "Value not in list", f"{name}: '{value}' not in {listed}", **facts)
    return None
