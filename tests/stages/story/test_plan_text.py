import json

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.story import MAX_PLAN_BYTES, plan_json, plan_story, read_plan


@pytest.fixture(scope="module")
def plan():
    return plan_story("a picnic in the park with a dog", photos=3, seed=1, style="auto")


def test_a_plan_survives_json_and_is_written_the_same_each_time(plan):
    text = plan_json(plan)

    assert read_plan(text) == plan
    assert plan_json(read_plan(text)) == text


def test_a_plan_survives_yaml_with_its_date_times(plan):
    yaml = pytest.importorskip("yaml")
    text = yaml.safe_dump(json.loads(plan_json(plan)), sort_keys=False).replace("'20", "20").replace(":00'", ":00")

    assert read_plan(text) == plan


def test_a_wrong_field_is_named_with_its_path(plan):
    data = json.loads(plan_json(plan))
    data["scenes"][1]["weather"] = "frogs"

    with pytest.raises(AlbumError, match=r"scenes\[1\]\.weather.*frogs"):
        read_plan(json.dumps(data))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("[1, 2]", "must be an object"),
        ("just words", "must be an object"),
        ('{"title": "x", ', "JSON"),
        ("title: [a\nb: {", "neither JSON nor YAML in line"),
        ("a: &x [1]\nb: [*x, *x]", r"alias \*x in line 2"),
        ("!!python/object/apply:os.system ['true']", "neither JSON nor YAML"),
        ("[" * 100_000, "nested too deeply"),
        ("{a: " * 5_000 + "1" + "}" * 5_000, "nested too deeply"),
        ("- " * 20_000 + "a", "nested too deeply"),
        ("x" * (MAX_PLAN_BYTES + 1), "bytes"),
    ],
)
def test_text_that_is_no_plan_is_refused_with_the_reason(text, message):
    with pytest.raises(AlbumError, match=message):
        read_plan(text)
