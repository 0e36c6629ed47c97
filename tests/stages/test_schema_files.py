import json

import pytest
from pydantic import TypeAdapter
from synthetic_albums.stages import schema_files
from synthetic_albums.stages.records import AlbumPlan


def test_the_schema_files_are_current():
    texts = schema_files.schema_texts()
    assert {path.name for path in schema_files.FOLDER.iterdir()} == set(texts)
    for name, text in texts.items():
        assert (schema_files.FOLDER / name).read_text(encoding="utf-8") == text, (
            f"{name} is stale: run python -m synthetic_albums.stages.schema_files"
        )


def test_writing_makes_the_files_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(schema_files, "FOLDER", tmp_path)
    schema_files.write_schemas()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == schema_files.schema_texts()


@pytest.mark.parametrize("name", ["plan", "layout", "album"])
def test_every_list_and_text_that_a_model_writes_is_bounded(name):
    """Constrained decoding ends only where the schema does."""
    schema = json.loads(schema_files.schema_texts()[f"{name}.schema.json"])
    unbounded = []
    for owner, record in {"": schema, **schema["$defs"]}.items():
        if owner in {"CastMember", "Album", "PhotoRecord", "Verdict"} or (name == "album" and owner == ""):
            continue  # never written by a model
        for field, rules in record.get("properties", {}).items():
            for rule in rules.get("anyOf", [rules]):
                # A fixed-size list says so with minItems and maxItems, an id with its pattern.
                if rule.get("type") == "array" and "maxItems" not in rule:
                    unbounded.append(f"{owner}.{field}")
                if rule.get("type") == "string" and not rule.keys() & {
                    "maxLength",
                    "pattern",
                    "enum",
                    "const",
                    "format",
                }:
                    unbounded.append(f"{owner}.{field}")
    assert unbounded == []


def test_the_schema_refuses_what_the_record_refuses():
    schema = json.loads(schema_files.schema_texts()["plan.schema.json"])
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"title", "environments", "scenes"}
    assert TypeAdapter(AlbumPlan).json_schema()["properties"] == schema["properties"]
