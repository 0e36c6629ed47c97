"""The story of a language model, completed: scripted drafts in, whole plans out."""

from datetime import datetime

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import AlbumPlan
from synthetic_albums.stages.story import plan_json, plan_story
from synthetic_albums.stages.story.draft import OpenSummaryDraft, SceneDraft, read_draft
from synthetic_albums.stages.story.draft_times import choose_moment
from synthetic_albums.stages.story.language_model import plan_with_model

BEACH = "two friends and a dog at the beach, then a campfire"


class Script:
    """Answers with the summary first and then with one scene after the other, the last one again and again."""

    name = "script"

    def __init__(self, summary=None, scenes=()):
        self.summary = {"title": "A day out", "summary": "They have a good day.", **(summary or {})}
        self.scenes = list(scenes) or [{"title": "A scene", "caption": "Something happens here."}]
        self.asked = []
        self.forms = []

    def write(self, messages, form, *, seed):
        self.asked.append(messages)
        self.forms.append(form)
        told = len(self.asked) - 2
        data = self.summary if told < 0 else self.scenes[min(told, len(self.scenes) - 1)]
        return read_draft(form, data)


def _plan(prompt=BEACH, *, photos=4, seed=1, style="auto", start=None, **script) -> AlbumPlan:
    return plan_with_model(prompt, photos=photos, seed=seed, style=style, start=start, writer=Script(**script))


def _person(name, **more):
    return {"name": name, "kind": "person", "age_group": "young_adult", "role": "friend", **more}


def test_a_model_that_leaves_everything_out_still_gives_the_whole_story():
    plan = _plan(summary={"title": "", "summary": ""}, scenes=[{"title": "", "caption": ""}])
    rules = plan_story(BEACH, photos=4, seed=1, style="auto")
    kinds = {place.id: place.kind for place in plan.environments}

    assert sorted(c.kind for c in plan.characters) == ["animal", "person", "person"]
    assert [kinds[s.environment] for s in plan.scenes] == [rules.environment(s.environment).kind for s in rules.scenes]
    assert "campfire" in {thing.kind for scene in plan.scenes for thing in scene.objects}
    assert all(scene.caption and scene.title for scene in plan.scenes)
    assert all(any(e.character == c.id for s in plan.scenes for e in s.cast) for c in plan.characters)
    assert any("Completed by rules" in note for note in plan.notes)


def test_the_planner_field_names_the_model():
    assert _plan().planner == "llm@1:script"


def test_title_summary_and_captions_are_the_models():
    plan = _plan(scenes=[{"title": "Waves", "caption": "The sea is loud today."}])
    assert (plan.title, plan.summary) == ("A day out", "They have a good day.")
    assert {scene.caption for scene in plan.scenes} == {"The sea is loud today."}


def test_the_model_names_those_whom_the_prompt_leaves_nameless():
    people = [_person("Imke"), _person("Jorun"), {"name": "Fenno", "kind": "animal", "species": "dog"}]
    plan = _plan(summary={"characters": people})
    assert [c.name for c in plan.characters if c.kind == "person"] in (["Imke", "Jorun"], ["Jorun", "Imke"])
    assert [c.name for c in plan.characters if c.kind == "animal"] == ["Fenno"]
    assert {c.id for c in plan.characters} == {"imke", "jorun", "fenno"}


def test_a_name_of_the_prompt_stands():
    plan = _plan(
        "Maria and her dog Rusty visit the market",
        summary={
            "characters": [_person("Agnes", gender="female"), {"name": "Bello", "kind": "animal", "species": "dog"}]
        },
    )
    assert {c.name for c in plan.characters} == {"Maria", "Rusty"}


def test_people_beyond_those_of_the_prompt_are_left_out_and_noted():
    people = [_person(name) for name in ("Imke", "Jorun", "Tjark")]
    plan = _plan(summary={"characters": people})
    assert len([c for c in plan.characters if c.kind == "person"]) == 2
    assert any(note.startswith("Left out") for note in plan.notes)


def test_a_summary_that_speaks_of_somebody_left_out_is_replaced():
    people = [_person(name) for name in ("Imke", "Jorun", "Tjark")]
    plan = _plan(summary={"characters": people, "summary": "Imke, Jorun and Tjark swim."})
    assert "Tjark" not in plan.summary


def test_ruled_out_animals_do_not_come_in_through_the_model():
    plan = _plan(
        "two friends at the beach, no dogs",
        summary={
            "characters": [_person("Imke"), _person("Jorun"), {"name": "Rex", "kind": "animal", "species": "dog"}]
        },
        scenes=[{"title": "Rex", "caption": "Rex runs."}],
    )
    assert all(c.kind == "person" for c in plan.characters)


def test_the_model_casts_the_story_when_the_prompt_does_not():
    people = [_person("Imke", role="diver"), _person("Jorun", to_first="partner")]
    plan = _plan("a picnic in the park", summary={"characters": people})
    assert [c.name for c in plan.characters] == ["Imke", "Jorun"]
    assert [(r.subject, r.kind, r.object) for r in plan.relations] == [("jorun", "partner", "imke")]


def test_children_are_nobodys_partner():
    people = [_person("Imke"), _person("Jorun", age_group="child", to_first="partner")]
    plan = _plan("a picnic in the park", summary={"characters": people})
    assert [r.kind for r in plan.relations] == ["friend"]


def test_the_model_cannot_move_the_story_away_from_the_places_of_the_prompt():
    plan = _plan(
        "a morning at the museum, then an evening at the beach",
        summary={"places": [{"kind": "farm", "name": "Old farm"}, {"kind": "museum", "features": ["green lamp"]}]},
    )
    kinds = {place.id: place for place in plan.environments}
    assert [kinds[scene.environment].kind for scene in plan.scenes] == ["museum", "museum", "beach", "beach"]
    assert "green lamp" in next(p for p in plan.environments if p.kind == "museum").features


def test_the_model_chooses_places_when_the_prompt_names_none():
    places = [{"kind": "forest", "name": "Elm wood", "features": ["mossy stones"]}, {"kind": "lake"}]
    scenes = [
        {"title": "In", "caption": "Trees.", "place": "elm-wood"},
        {"title": "Out", "caption": "Water.", "place": "lake"},
    ]
    plan = _plan("three friends have a great time", photos=2, summary={"places": places}, scenes=scenes)
    assert [plan.environment(scene.environment).kind for scene in plan.scenes] == ["forest", "lake"]
    assert plan.environments[0].features[0] == "mossy stones"
    assert len(plan.environments[0].features) >= 2


def test_references_of_the_scene_form_are_the_albums_ids():
    script = Script(summary={"characters": [_person("Imke"), _person("Jorun")]})
    plan = plan_with_model(BEACH, photos=2, seed=1, style="auto", writer=script)
    who = script.forms[1].model_json_schema()["$defs"]["CastLine"]["properties"]["character"]["enum"]
    assert set(who) == {c.id for c in plan.characters}


def test_a_scene_is_asked_for_with_the_summary_and_the_last_two_titles_only():
    script = Script(
        scenes=[{"title": f"Scene {n}", "caption": f"Words {n} here."} for n in ("one", "two", "three", "four")]
    )
    plan_with_model(BEACH, photos=4, seed=1, style="auto", writer=script)
    last = script.asked[4][1]["content"]
    assert "They have a good day." in last
    assert "Scene two / Scene three" in last
    assert "Scene one" not in last
    assert "Words" not in last


def test_the_context_does_not_grow_with_the_album():
    script = Script()
    plan_with_model("a picnic in the park", photos=60, seed=1, style="auto", writer=script)
    sizes = [sum(len(message["content"]) for message in asked) for asked in script.asked[3:]]
    assert max(sizes) - min(sizes) < 100


def test_time_runs_forward_whatever_the_model_says():
    parts = ["night", "dawn", "as_before", "morning", "as_before", "dawn"]
    scenes = [
        {"title": "S", "caption": "Some words.", "day_part": part, "days_later": n % 2} for n, part in enumerate(parts)
    ]
    plan = _plan("a picnic in the park", photos=6, scenes=scenes)
    times = [scene.time for scene in plan.scenes]
    assert times == sorted(times)


def test_a_story_of_one_day_stays_in_that_day():
    scenes = [{"title": "S", "caption": "Some words.", "day_part": "night", "days_later": 9}]
    plan = _plan("a day at the park with a golden retriever", photos=5, scenes=scenes)
    assert len({scene.time.date() for scene in plan.scenes}) == 1


def test_what_the_prompt_asks_for_keeps_its_hour_and_the_rest_makes_way():
    scenes = [{"title": "S", "caption": "Some words.", "day_part": "night", "days_later": 3}]
    plan = _plan(photos=4, scenes=scenes)
    rules = plan_story(BEACH, photos=4, seed=1, style="auto")
    fires = [n for n, scene in enumerate(rules.scenes) if any("fire" in e.action for e in scene.cast)]
    assert fires
    assert [plan.scenes[n].time for n in fires] == [rules.scenes[n].time for n in fires]


def test_a_school_day_is_one_day():
    scenes = [{"title": "S", "caption": "Some words.", "days_later": 3}]
    plan = _plan("a school day of a seven-year-old girl named Zola", photos=4, scenes=scenes)
    assert len({scene.time.date() for scene in plan.scenes}) == 1


def test_times_of_the_prompt_stand():
    scenes = [{"title": "S", "caption": "Some words.", "day_part": "dawn", "days_later": 3}]
    prompt = "breakfast at 8 am in the kitchen, then a walk in the park at 5 pm"
    plan = _plan(prompt, photos=2, scenes=scenes)
    assert [scene.time.hour for scene in plan.scenes] == [8, 17]


def test_light_follows_the_clock():
    scenes = [{"title": "S", "caption": "Some words.", "day_part": part} for part in ("midday", "night")]
    plan = _plan("two friends in the park", photos=2, scenes=scenes)
    assert [scene.lighting for scene in plan.scenes] == ["daylight", "night"]


def test_who_is_named_in_a_caption_is_in_the_photo():
    people = [_person("Imke"), _person("Jorun")]
    scenes = [{"title": "Waves", "caption": "Imke laughs at Jorun.", "cast": [{"character": "imke"}]}]
    plan = _plan(summary={"characters": people}, scenes=scenes)
    assert {e.character for e in plan.scenes[0].cast} >= {"imke", "jorun"}


def test_what_the_prompt_says_they_do_is_done_though_the_model_forgot_it():
    plan = _plan(
        "two friends on a beach build a sandcastle", photos=1, scenes=[{"title": "Sea", "caption": "The sea is calm."}]
    )
    scene = plan.scenes[0]
    assert "sandcastle" in {thing.kind for thing in scene.objects}
    assert any("sand" in entry.action for entry in scene.cast)


def test_poses_bring_their_things():
    scenes = [{"title": "Quiet", "caption": "A quiet hour.", "cast": [{"character": "imke", "pose": "reading"}]}]
    plan = _plan("a day in the park", photos=1, summary={"characters": [_person("Imke")]}, scenes=scenes)
    books = [thing for thing in plan.scenes[0].objects if thing.kind == "book"]
    assert [thing.held_by for thing in books] == ["imke"]


def test_babies_do_not_run_and_dogs_do_not_read():
    cast = [{"character": "pia", "pose": "running"}, {"character": "rusty", "pose": "reading"}]
    plan = _plan(
        "a picnic in the park with a dog",
        photos=1,
        summary={
            "characters": [_person("Pia", age_group="baby"), {"name": "Rusty", "kind": "animal", "species": "dog"}]
        },
        scenes=[{"title": "Pia", "caption": "Pia is here.", "cast": cast}],
    )
    poses = {entry.character: entry.pose for entry in plan.scenes[0].cast}
    assert poses["pia"] == "sitting"
    assert poses["rusty"] in {"standing", "sitting"}


@pytest.mark.parametrize(
    ("other", "became"), [({"age_group": "child"}, "hugging"), ({"to_first": "partner"}, "kissing")]
)
def test_only_couples_kiss(other, became):
    people = [_person("Imke"), _person("Jorun", **other)]
    link = {"kind": "kissing", "subject": "imke", "target": "jorun"}
    scenes = [
        {
            "title": "Two",
            "caption": "Two people.",
            "interactions": [link],
            "cast": [{"character": "imke"}, {"character": "jorun"}],
        }
    ]
    plan = _plan("a picnic in the park", photos=1, summary={"characters": people}, scenes=scenes)
    assert [i.kind for i in plan.scenes[0].interactions] == [became]


def test_everybody_fits_into_the_shot():
    people = [_person(name) for name in ("Imke", "Jorun", "Tjark", "Wiebke", "Onno")]
    cast = [{"character": name} for name in ("imke", "jorun", "tjark", "wiebke", "onno")]
    scenes = [{"title": "All", "caption": "All of them.", "shot": "close_up", "cast": cast}]
    plan = _plan("a picnic in the park", photos=1, summary={"characters": people}, scenes=scenes)
    assert plan.scenes[0].camera.shot == "wide"


def test_shots_vary_though_the_model_does_not():
    scenes = [{"title": "All", "caption": "All of them.", "shot": "wide", "cast": [{"character": "imke"}]}]
    plan = _plan("a picnic in the park", photos=6, summary={"characters": [_person("Imke")]}, scenes=scenes)
    shots = [scene.camera.shot for scene in plan.scenes]
    assert all(len(set(shots[n : n + 3])) > 1 for n in range(4))


def test_clothes_stay_for_the_day_and_change_for_swimming():
    scenes = [
        {"title": "One", "caption": "Standing.", "weather": "clear", "cast": [{"character": "imke", "pose": pose}]}
        for pose in ("standing", "sitting", "swimming")
    ]
    plan = _plan("a sunny day at the beach in July", photos=3, summary={"characters": [_person("Imke")]}, scenes=scenes)
    assert [scene.cast[0].outfit for scene in plan.scenes] == ["day1", "day1", "swim"]


def test_one_place_has_one_weather_a_day():
    scenes = [{"title": "S", "caption": "Some words.", "weather": w} for w in ("clear", "storm", "snow")]
    plan = _plan("a day in the park with two friends", photos=3, scenes=scenes)
    assert {scene.weather for scene in plan.scenes} == {"clear"}


def test_a_prompt_in_another_language_is_left_to_the_model():
    script = Script(summary={"characters": [_person("Anna")], "places": [{"kind": "beach"}], "photos": 3})
    plan = plan_with_model(
        "Anna verbringt einen Tag am Strand mit ihrer Familie und einem Hund",
        photos=None,
        seed=1,
        style="auto",
        writer=script,
    )
    assert script.forms[0] is OpenSummaryDraft
    assert [c.name for c in plan.characters] == ["Anna"]
    assert len(plan.scenes) == 3
    assert "could not read the prompt" in plan.notes[0]


def test_the_asked_number_of_photos_is_made():
    assert len(_plan("a 7 photo album of a picnic", photos=None).scenes) == 7
    assert len(_plan(photos=2).scenes) == 2


def test_the_style_is_the_users_then_the_prompts_then_the_models():
    summary = {"style": "watercolor"}
    assert _plan(summary=summary, style="film").style.name == "film"
    assert _plan(f"{BEACH}, black and white film", summary=summary).style.name == "black_and_white"
    assert _plan(summary=summary).style.name == "watercolor"


def test_the_start_is_used():
    plan = _plan("a picnic in the park", start=datetime(2031, 5, 4, 10, 30))
    assert plan.scenes[0].time == datetime(2031, 5, 4, 10, 30)


def test_the_same_drafts_give_the_same_bytes():
    assert plan_json(_plan()) == plan_json(_plan())


def test_steps_are_reported_and_can_stop_the_planning():
    seen = []

    def stop(done, total):
        seen.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan_with_model(BEACH, photos=4, seed=1, style="auto", writer=Script(), on_step=stop)
    assert seen == [(0, 5), (1, 5), (2, 5)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"prompt": ""}, "empty"),
        ({"prompt": " \u200b "}, "empty"),
        ({"prompt": 7}, "must be text"),
        ({"prompt": "a " * 3000}, "at most 4,000"),
        ({"photos": 0}, "number of photos"),
        ({"seed": -1}, "seed"),
        ({"style": "cubist"}, "no style"),
    ],
)
def test_wrong_arguments_are_refused_before_the_model_is_asked(change, message):
    script = Script()
    arguments = {"prompt": BEACH, "photos": 2, "seed": 1, "style": "auto", **change}
    with pytest.raises(AlbumError, match=message):
        plan_with_model(arguments.pop("prompt"), writer=script, **arguments)
    assert script.asked == []


def test_drafts_lose_what_does_not_fit_and_keep_the_rest():
    draft = read_draft(
        SceneDraft,
        {
            "title": "T" * 99,
            "caption": "A \ud800 caption\x00 here",
            "mood": "sour",
            "cast": [{"pose": "standing"}, {"character": "a", "pose": "flying"}],
            "objects": 3,
        },
    )
    assert (len(draft.title), draft.caption, draft.mood) == (60, "A caption here", "joyful")
    assert [(line.character, line.pose) for line in draft.cast] == [("a", "standing")]
    assert draft.objects == []


@pytest.mark.parametrize("data", [[], "text", None, {"foo": 1}, {"title": "only"}, {"title": 3, "caption": "c"}])
def test_a_draft_without_its_main_fields_is_refused(data):
    with pytest.raises(ValueError, match=r"JSON object|required"):
        read_draft(SceneDraft, data)


def test_a_free_scene_stays_before_the_next_fixed_one():
    usual = [datetime(2026, 7, 4, hour) for hour in (10, 12, 14)]
    draft = SceneDraft(title="S", caption="Some words.", days_later=5, day_part="night")
    fixed = [False, False, True]
    moment = choose_moment(draft, 1, usual[0], usual, fixed, last_day=None, seed=1)
    assert usual[0] <= moment <= usual[2]
