"""Which texts of a plan are free text, and what they are called."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

_REFERENCES: Final = frozenset({"environment", "character", "outfit", "held_by", "subject", "object", "target"})


def plan_texts(record: BaseModel, path: str = "") -> Iterator[tuple[str, str, bool]]:
    """All free text of a record; closed vocabularies and references are not free.

    Args:
        record: a plan, or a part of one.
        path: put before the names of fields.

    Returns:
        (path such as "scenes[2].caption", text, whether it is an id).
    """
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name in _REFERENCES or _is_vocabulary(field.annotation):
            continue
        where = f"{path}.{name}".lstrip(".")
        items = [(where, value)] if not isinstance(value, list) else [(f"{where}[{n}]", v) for n, v in enumerate(value)]
        for at, item in items:
            if isinstance(item, str) and item:
                yield at, item, name == "id"
            elif isinstance(item, BaseModel):
                yield from plan_texts(item, at)


def _is_vocabulary(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin is Literal:
        return True
    return origin in {list, Union, UnionType} and any(_is_vocabulary(part) for part in get_args(annotation))
