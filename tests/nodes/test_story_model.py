import json

import pytest
from synthetic_albums.headless.host import HeadlessHost
from synthetic_albums.nodes.host import hosted_by
from synthetic_albums.nodes.story_model import AlbumEndpointPlanner, AlbumLanguageModelPlanner
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.story import endpoint, read_plan

KEY = "sk-very-secret-4711"
STORY = {"prompt": "two friends and a dog at the beach", "photos": 2, "seed": 3, "style": "auto", "temperature": 0.5}
SUMMARY = (200, json.dumps({"title": "Salt and wind", "summary": "They spend a day by the sea.", "style": "film"}))
SCENES = [
    (200, json.dumps({"title": "Waves", "caption": "The sea is loud today.", "weather": "storm"})),
    (200, json.dumps({"title": "Calm", "caption": "Now it is calm.", "mood": "calm"})),
]


@pytest.fixture(autouse=True)
def _in_a_host(host, monkeypatch):
    monkeypatch.setattr(endpoint.time, "sleep", lambda _: None)  # between tries


def local(folder, **changes):
    return AlbumLanguageModelPlanner().plan(**STORY | {"model_folder": str(folder), "device": "cpu"} | changes)


def remote(server, **changes):
    inputs = {"base_url": f" {server.url} ", "model": " tiny ", "key_variable": "", "timeout_seconds": 20.0}
    return AlbumEndpointPlanner().plan(**STORY | inputs | changes)


@pytest.mark.parametrize("folder", ["", " \n"])
def test_without_a_model_folder_the_other_planner_is_named(folder):
    with pytest.raises(AlbumError, match="use Album Story Planner, which needs none"):
        local(folder)


def test_a_folder_that_is_missing_is_looked_for_where_models_are(host):
    with pytest.raises(AlbumError, match="There is no model folder") as caught:
        local(" nowhere ")
    assert f"{host.language_model_directory() / 'nowhere'}:" in str(caught.value)


def test_a_home_folder_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "empty").mkdir()
    with pytest.raises(AlbumError, match=r"empty has no config\.json"):
        local("~/empty")


def test_a_local_model_plans_inside_the_models_folder_by_its_name(language_model, tmp_path):
    with hosted_by(HeadlessHost(tmp_path / "out", language_model.parent)):
        plan, text, captions, photos = local(language_model.name, photos=1)
    assert plan.planner == f"llm@1:{language_model.name}"
    assert read_plan(text) == plan
    assert captions == [scene.caption for scene in plan.scenes]
    assert photos == len(plan.scenes) == 1


def test_a_server_tells_the_story(serve):
    server = serve(SUMMARY, *SCENES)
    plan, text, captions, photos = remote(server)
    assert (plan.title, plan.planner, plan.style.name) == ("Salt and wind", "llm@1:tiny", "film")
    assert captions == ["The sea is loud today.", "Now it is calm."]
    assert plan.scenes[0].weather == "storm"
    assert sorted(character.kind for character in plan.characters) == ["animal", "person", "person"]
    assert photos == 2
    assert read_plan(text) == plan
    assert server.url not in text
    assert [(request["model"], request["temperature"]) for request in server.requests] == [("tiny", 0.5)] * 3
    assert server.keys == [None] * 3


def test_no_number_of_photos_leaves_it_to_the_prompt(serve):
    plan, *_ = remote(serve(SUMMARY, *SCENES), photos=0, prompt="a 4 photo album of two friends at the beach")
    assert len(plan.scenes) == 4


def test_the_style_that_is_chosen_stands(serve):
    assert remote(serve(SUMMARY, *SCENES), style="watercolor")[0].style.name == "watercolor"


def test_the_key_is_sent_and_never_told(serve, monkeypatch):
    monkeypatch.setenv("ALBUM_TEST_KEY", KEY)
    server = serve(SUMMARY, *SCENES)
    _, text, _, _ = remote(server, key_variable=" ALBUM_TEST_KEY ")
    assert server.keys == [f"Bearer {KEY}"] * 3
    assert KEY not in text


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_an_error_that_repeats_the_key_is_shown_without_it(serve, monkeypatch, status):
    monkeypatch.setenv("ALBUM_TEST_KEY", KEY)
    server = serve((status, f"the key {KEY} is not known here"))
    with pytest.raises(AlbumError, match=f"status {status}") as caught:
        remote(server, key_variable="ALBUM_TEST_KEY")
    assert server.keys[0] == f"Bearer {KEY}"
    error = caught.value
    while error is not None:
        assert KEY not in str(error)
        error = error.__cause__


def test_a_key_that_was_written_into_the_field_is_neither_shown_nor_sent(serve):
    server = serve(SUMMARY)
    with pytest.raises(AlbumError, match="begins with ALBUM_") as caught:
        remote(server, key_variable=KEY)
    assert KEY not in str(caught.value)
    assert server.requests == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": "  "}, "Name the server's model"),
        ({"base_url": "ftp://127.0.0.1"}, "must begin with http"),
        ({"base_url": "http://127.0.0.1:1/v1", "timeout_seconds": 2.0}, "cannot be reached"),
        ({"key_variable": "ALBUM_NOT_SET_HERE"}, "holds no usable key"),
        ({"prompt": " "}, "prompt is empty"),
    ],
)
def test_what_is_missing_or_wrong_is_said_before_anything_is_asked(serve, changes, message):
    server = serve(SUMMARY)
    with pytest.raises(AlbumError, match=message):
        remote(server, **changes)
    assert server.requests == []


def test_answers_without_a_story_end_in_an_error_that_names_the_model(serve):
    with pytest.raises(AlbumError, match=r"'tiny' at .* gave no usable answer in 3 tries"):
        remote(serve((200, "I would rather not.")))


def test_the_bar_counts_the_summary_and_every_scene_to_the_end(serve, host, monkeypatch):
    seen = []
    monkeypatch.setattr(host, "progress", lambda total: lambda done, whole, preview: seen.append(done / whole))
    remote(serve(SUMMARY, *SCENES))
    assert seen == [0, 1 / 3, 2 / 3, 1]


def test_a_stop_ends_the_planning_before_the_next_question(serve, host, monkeypatch):
    server = serve(SUMMARY, *SCENES)
    monkeypatch.setattr(host, "progress", lambda total: lambda done, whole, preview: host.interrupt())
    with pytest.raises(InterruptedAlbumError):
        remote(server)
    assert len(server.requests) == 1
