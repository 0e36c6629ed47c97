"""The JSON Schemas in `schemas/`, for language models and editors.

`python -m synthetic_albums.stages.schema_files` writes them anew after a change of the records.
"""

import json
from pathlib import Path
from typing import Final

from .records import Album, AlbumLayout, AlbumPlan, Record

FOLDER: Final = Path(__file__).parent / "schemas"
SCHEMAS: Final[dict[str, type[Record]]] = {"plan": AlbumPlan, "layout": AlbumLayout, "album": Album}


def schema_texts() -> dict[str, str]:
    """The schema files as they should be: name to content."""
    return {
        f"{name}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **record.model_json_schema()},
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for name, record in SCHEMAS.items()
    }


def write_schemas() -> None:
    """Write all of them to `schemas/`."""
    for name, text in schema_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas()
