"""What every saved record is built on: base class, bounded texts, and reading with errors that say what is wrong."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import AlbumError

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="lower-case id, unique in its list")]
Line = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=600)]
Fraction = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Seed = Annotated[int, Field(ge=0, lt=2**63)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Record(BaseModel):
    """Base of all saved records: unknown fields are errors, values are not changed after they are made."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="null")


RecordT = TypeVar("RecordT", bound=Record)


def parse_record(kind: type[RecordT], data: object, *, what: str) -> RecordT:
    """Validate plain data as a record.

    Args:
        kind: the record class.
        data: what `json.loads` or `yaml.safe_load` gave.
        what: how messages name it, e.g. "plan".

    Raises:
        AlbumError: the data does not fit; the message lists every wrong field with its path and what came.
    """
    if not isinstance(data, dict):
        raise AlbumError(f"The {what} must be an object with named fields, but it is {_article_type(data)}.")
    version = data.get("version", 1)
    if isinstance(version, int) and version > 1:
        raise AlbumError(f"The {what} has version {version}; this pack reads version 1. Update the pack.")
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise AlbumError(f"The {what} is not valid: {_describe(error)}") from error


def _describe(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False)[:20]:
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"]).lstrip(".")
        message = problem["msg"].removeprefix("Value error, ")
        value = problem.get("input")
        came = f" (got {value!r:.60})" if isinstance(value, str | int | float | bool) else ""
        lines.append(f"{path}: {message}{came}" if path else message)
    more = error.error_count() - len(lines)
    return "; ".join(lines) + (f"; … and {more} more" if more > 0 else "")


def _article_type(data: object) -> str:
    names = {list: "a list", str: "text", int: "a number", float: "a number", bool: "true or false"}
    return "empty" if data is None else names.get(type(data), f"of type {type(data).__name__}")
