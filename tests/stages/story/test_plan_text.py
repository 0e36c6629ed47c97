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


def _small(scenes=2):
    people = [{"id": "ann", "name": "Ann", "outfits": [{"id": "day1"}]}]
    base = {"title": "T", "caption": "C", "environment": "park"}
    return {
        "title": "X",
        "characters": people,
        "environments": [{"id": "park", "kind": "park"}],
        "scenes": [{"id": f"s{n}", "time": "2026-06-14T09:30:00", **base} for n in range(scenes)],
    }


def _broken(change):
    data = _small()
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["scenes"][0].update(environment="moon"), r"scenes\[0\]\.environment.*'moon'"),
        (
            lambda d: d["scenes"][1].update(cast=[{"character": "bob"}]),
            r"scenes\[1\]\.cast\[0\]\.character.*'bob'",
        ),
        (
            lambda d: d["scenes"][1].update(cast=[{"character": "ann", "outfit": "gown"}]),
            r"scenes\[1\]\.cast\[0\]\.outfit.*no outfit 'gown'",
        ),
        (
            lambda d: d["scenes"][0].update(interactions=[{"kind": "hugging", "subject": "ann", "target": "ann"}]),
            r"scenes\[0\]\.interactions\[0\]\.subject: 'ann' is not in this scene",
        ),
        (
            lambda d: d.update(relations=[{"subject": "ann", "kind": "friend", "object": "bob"}]),
            r"relations\[0\]\.object",
        ),
        (lambda d: d["scenes"][1].update(time="2026-06-14T09:00:00"), r"scenes\[1\]\.time: .* is before"),
        (lambda d: d["scenes"][1].update(id="s0"), "scenes: the id 's0' is used twice"),
        (lambda d: d["characters"].append(d["characters"][0]), "characters: the id 'ann' is used twice"),
        (lambda d: d["environments"].append(d["environments"][0]), "environments: the id 'park' is used twice"),
    ],
)  # fmt: skip
def test_a_plan_that_does_not_hold_together_is_refused_with_the_field(change, message):
    with pytest.raises(AlbumError, match=message):
        read_plan(_broken(change))


@pytest.mark.parametrize("scenes", [1001, 10_000])
def test_too_many_scenes_are_counted_and_to_be_split(scenes):
    with pytest.raises(AlbumError, match=r"scenes.*holds 1000.*[Ss]plit it into several"):
        read_plan(json.dumps(_small(scenes)))


def test_a_plan_with_the_most_scenes_is_read():
    assert len(read_plan(json.dumps(_small(1000))).scenes) == 1000


def test_ten_thousand_full_scenes_are_refused_by_number_although_the_text_is_too_large():
    with pytest.raises(AlbumError, match="about 10,000 scenes"):
        read_plan(json.dumps(_small(10_000), indent=2) + " " * MAX_PLAN_BYTES)
