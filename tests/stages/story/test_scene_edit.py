from datetime import datetime

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import AlbumPlan
from synthetic_albums.stages.story import edit_scene, plan_story


@pytest.fixture(scope="module")
def plan():
    return plan_story("Maria and her dog Rusty at the market, then the beach", photos=5, seed=1, style="auto")


def test_an_edit_without_values_changes_nothing(plan):
    assert edit_scene(plan, 2) == plan


def test_an_edit_touches_only_its_scene_and_keeps_the_ids(plan):
    edited = edit_scene(plan, 2, caption="New words", camera_shot="wide", camera_angle="low", weather="Partly cloudy")

    scene = edited.scenes[1]
    assert (scene.caption, scene.camera.shot, scene.camera.angle, scene.weather) == (
        "New words", "wide", "low", "partly_cloudy",
    )  # fmt: skip
    assert [s.id for s in edited.scenes] == [s.id for s in plan.scenes]
    assert [a == b for a, b in zip(plan.scenes, edited.scenes, strict=True)] == [True, False, True, True, True]
    assert AlbumPlan.model_validate(edited.model_dump()) == edited


def test_an_emotion_goes_to_all_or_to_those_named(plan):
    assert {entry.emotion for entry in edit_scene(plan, 1, emotion="tired").scenes[0].cast} == {"tired"}

    named = edit_scene(plan, 1, emotion="Maria: sad").scenes[0].cast
    assert [entry.emotion for entry in named if entry.character == "maria"] == ["sad"]
    assert all(entry.emotion != "sad" for entry in named if entry.character != "maria")


def test_a_new_time_keeps_the_day_and_turns_the_light_that_followed_the_clock(plan):
    last = len(plan.scenes)
    edited = edit_scene(plan, last, time="23:30")

    assert edited.scenes[-1].time == plan.scenes[-1].time.replace(hour=23, minute=30)
    assert edited.scenes[-1].lighting == "night"
    assert edit_scene(plan, last, time="23:30", lighting="lamplight").scenes[-1].lighting == "lamplight"


def test_who_leaves_takes_their_interactions_and_lets_go_of_things(plan):
    edited = edit_scene(plan, 1, cast_remove="Rusty")

    scene = edited.scenes[0]
    assert all(entry.character != "rusty" for entry in scene.cast)
    assert all("rusty" not in (link.subject, link.target) for link in scene.interactions)
    assert all(thing.held_by != "rusty" for thing in scene.objects)


def test_who_joins_wears_what_they_wear_that_day(plan):
    without = (
        edit_scene(plan, 2, cast_remove="maria") if any(e.character == "maria" for e in plan.scenes[1].cast) else plan
    )
    joined = edit_scene(without, 2, cast_add="Maria").scenes[1]

    outfit = next(entry.outfit for entry in joined.cast if entry.character == "maria")
    day = plan.scenes[1].time.date()
    assert outfit in {e.outfit for s in plan.scenes if s.time.date() == day for e in s.cast if e.character == "maria"}


def test_things_are_added_with_number_and_colour_and_removed_by_name(plan):
    edited = edit_scene(plan, 2, objects_add=["3 red balloons", "other: birdhouse"])

    added = {thing.id: thing for thing in edited.scenes[1].objects}
    assert (added["balloons"].count, added["balloons"].color) == (3, "red")
    assert added["birdhouse"].kind == "other"
    assert "birdhouse" not in {t.id for t in edit_scene(edited, 2, objects_remove="birdhouse").scenes[1].objects}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scene_number": 0}, "scenes 1 to 5"),
        ({"scene_number": 6}, "scenes 1 to 5"),
        ({"emotion": "hapy"}, "Did you mean 'happy'"),
        ({"camera_shot": "huge"}, "There are: wide"),
        ({"camera_angle": "eye levle"}, "Did you mean 'eye_level'"),
        ({"weather": "frogs"}, "no weather 'frogs'"),
        ({"lighting": "dark"}, "no lighting"),
        ({"mood": "x"}, "no mood"),
        ({"time": "25:99"}, "is no time"),
        ({"time": "soon"}, "is no time"),
        ({"time": "2026-01-01T10:00:00+02:00"}, "time zone"),
        ({"time": datetime(1999, 1, 1)}, "of scene 1 and not after"),
        ({"cast_add": "Mariah"}, "Did you mean 'Maria'"),
        ({"cast_remove": "Zoe"}, "no character 'Zoe'"),
        ({"emotion": "Zoe: happy"}, "no character 'Zoe'"),
        ({"objects_add": "bal"}, "Did you mean 'ball'"),
        ({"objects_add": "99 ball"}, "1 to 20"),
        ({"objects_remove": "piano"}, "no object in this scene called 'piano'"),
        ({"objects_add": ["ball"] * 13}, "12 is the most"),
        ({"caption": "x" * 601}, "edited scene 2 is not valid: caption"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(plan, arguments, message):
    with pytest.raises(AlbumError, match=message):
        edit_scene(plan, **{"scene_number": 2, **arguments})
