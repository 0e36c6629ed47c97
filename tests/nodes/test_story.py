import json

import pytest
from synthetic_albums.nodes.story import AlbumPlanEdit, AlbumStoryPlanner
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.story import MAX_PLAN_BYTES, plan_json, plan_story

PROMPT = "a day at the park with a golden retriever"


def test_the_planner_gives_plan_text_captions_and_count():
    plan, text, captions, photos = AlbumStoryPlanner().plan(PROMPT, photos=3, seed=5, style="film")
    assert plan == plan_story(PROMPT, photos=3, seed=5, style="film")
    told = json.loads(text)
    assert told["style"]["name"] == "film"
    assert captions == [scene["caption"] for scene in told["scenes"]]
    assert photos == len(captions) == 3


def test_no_number_of_photos_leaves_it_to_the_prompt():
    assert AlbumStoryPlanner().plan("a 5 photo album of a day at the beach", photos=0, seed=0, style="auto")[3] == 5


def test_an_empty_prompt_is_an_error_that_can_be_acted_on():
    with pytest.raises(AlbumError, match="prompt is empty"):
        AlbumStoryPlanner().plan("", photos=0, seed=0, style="auto")


def test_without_a_text_the_connected_plan_goes_through(plan):
    assert AlbumPlanEdit().edit(" \n", plan) == (plan, plan_json(plan))


def test_a_text_replaces_the_connected_plan(plan, make_plan):
    other = make_plan(5)
    assert AlbumPlanEdit().edit(plan_json(other), plan)[0] == other


def test_nothing_to_edit_is_said():
    with pytest.raises(AlbumError, match="no plan to edit"):
        AlbumPlanEdit().edit("")


def test_a_wrong_text_is_refused_before_anything_runs_and_names_the_field(plan):
    data = json.loads(plan_json(plan))
    data["scenes"][1]["weather"] = "hail"
    assert "scenes[1].weather" in AlbumPlanEdit.VALIDATE_INPUTS(json.dumps(data))


def test_a_wrong_text_that_came_by_a_link_is_refused_too_and_names_every_field(plan):
    data = json.loads(plan_json(plan))
    data["scenes"][0]["mood"] = "gay"
    data["characters"][1]["kind"] = "robot"
    with pytest.raises(AlbumError, match=r"characters\[1\]\.kind: .*; scenes\[0\]\.mood: "):
        AlbumPlanEdit().edit(json.dumps(data), plan)


def test_a_yaml_text_is_a_plan_too(plan):
    yaml = pytest.importorskip("yaml")
    text = yaml.safe_dump(json.loads(plan_json(plan)), sort_keys=False)
    assert AlbumPlanEdit().edit(text) == (plan, plan_json(plan))


@pytest.mark.parametrize("text", ["", "  ", None])
def test_no_text_and_a_linked_text_are_left_to_the_run(text):
    assert AlbumPlanEdit.VALIDATE_INPUTS(text) is True


def test_a_good_text_is_accepted(plan):
    assert AlbumPlanEdit.VALIDATE_INPUTS(plan_json(plan)) is True


def test_the_tooltip_says_how_much_text_is_read():
    tooltip = AlbumPlanEdit.INPUT_TYPES()["required"]["text"][1]["tooltip"]
    assert f"at most {MAX_PLAN_BYTES // 10**6} MB" in tooltip
