"""Rules of reading that hold for whole families of prompts: who is counted, who only describes, when it was."""

from datetime import date

import pytest
from synthetic_albums.stages.story import plan_story


def _plan(prompt: str, seed: int = 0, photos: int | None = None):
    return plan_story(prompt, photos=photos, seed=seed, style="auto")


def _people(plan):
    return [c for c in plan.characters if c.kind == "person"]


def _species(plan):
    return [c.species for c in plan.characters if c.kind == "animal"]


def _kinds(plan):
    return [next(e.kind for e in plan.environments if e.id == scene.environment) for scene in plan.scenes]


@pytest.mark.parametrize(
    ("prompt", "people"),
    [
        ("a couple with twin babies at the beach", 4),
        ("the four of us (me, Ann, Ben and Carl) at a lake", 4),
        ("Christmas dinner for seven at home", 7),
        ("a mother of two bakes bread", 3),
        ("a picnic with mom and dad", 3),
        ("a trip to the zoo with in total 2 adults and 3 kids", 5),
        ("Medics: two colleagues, Ann and Ben, drink coffee at the station", 2),
        ("a firefighter lets my son sit in the fire truck", 3),
        ("two kids from the village, Jo (9) and Al (6), fish at the lake", 2),
    ],
)
def test_people_are_counted_as_a_reader_counts_them(prompt, people):
    assert len(_people(_plan(prompt))) == people


@pytest.mark.parametrize(
    ("prompt", "species"),
    [
        ("a girl eats a unicorn cake in the garden", []),
        ("I adopted a kitten in May; by July she had grown into a huge cat", ["cat"]),
        ("A polar bear mother and her two cubs in the snow, no humans, no other animals", ["other"] * 3),
        ("no phones, camp on an island with a dog", ["dog"]),
    ],
)
def test_animals_are_counted_as_a_reader_counts_them(prompt, species):
    assert _species(_plan(prompt)) == species


def test_a_person_noun_before_a_thing_brings_nobody():
    assert len(_people(_plan("Two friends in cowboy boots dance under fairy lights in the park"))) == 2


def test_a_place_before_people_is_not_where_they_are():
    assert "city_street" not in _kinds(_plan("the neighborhood kids swim in the lake"))


def test_a_toy_of_a_vehicle_is_no_place():
    assert "station" not in _kinds(_plan("my grandfather builds model trains in the basement"))


def test_an_age_behind_a_noun_is_read():
    grandparent, child = _people(_plan("a widower, 70, learns to cook from his granddaughter"))

    assert (grandparent.age_group, child.age_group) == ("senior", "child")


def test_a_limit_of_years_is_an_age():
    people = _people(_plan("our under-12 team plays football in the park"))

    assert {"child"} <= {person.age_group for person in people}


@pytest.mark.parametrize("seed", [0, 7])
def test_what_is_told_before_a_dated_feast_happens_right_before_it(seed):
    plan = _plan("a band practices in the park, then the parade downtown on the 4th of July", seed)

    assert plan.scenes[0].time.date() >= date(plan.scenes[-1].time.year, 6, 20)
    assert plan.scenes[-1].time.date() == date(plan.scenes[-1].time.year, 7, 4)


def test_numbered_weeks_are_weeks_apart():
    plan = _plan("Week 1: a meadow, week 2: the mountains, week 3: a lake")

    assert (plan.scenes[-1].time - plan.scenes[0].time).days >= 13


def test_clock_times_that_run_on_begin_in_the_morning():
    plan = _plan("Marathon day. Alarm at 5, start at 9:00, finish line at 12:47")

    assert [hour for hour in (5, 9, 12) if hour in {scene.time.hour for scene in plan.scenes}] == [5, 9, 12]


def test_dots_in_am_end_no_sentence():
    plan = _plan("At 3 a.m. he kneads the dough, at 2 p.m. he naps on the sofa")

    assert {3, 14} <= {scene.time.hour for scene in plan.scenes}


def test_one_photo_per_day_of_a_week_makes_seven():
    assert len(_plan("a week in Iceland, one photo per day").scenes) == 7


def test_a_town_that_no_table_knows_is_where_it_happens():
    plan = _plan("Our weekend in Fairhopeville, karaoke on Friday night and brunch on Sunday")

    assert any("Fairhopeville" in place.name for place in plan.environments)


def test_somebody_called_after_a_deed_does_it_where_nothing_else_is_told():
    plan = _plan("a lone cyclist in the wind")

    assert any(thing.kind == "bicycle" for scene in plan.scenes for thing in scene.objects)


def test_a_thing_that_is_named_is_seen_at_least_once():
    plan = _plan("Two friends watch the harbor beside a red lantern")

    assert any(thing.kind == "lantern" for scene in plan.scenes for thing in scene.objects)


def test_all_kinds_of_weather_of_one_clause_are_shown():
    plan = _plan("8 photos of a lighthouse in all kinds of weather: sun, fog, storm, snow")

    assert {"clear", "fog", "storm", "snow"} <= {scene.weather for scene in plan.scenes}


def test_tellers_say_how_old_they_are():
    plan = _plan("I am 72 and go fishing. My grandson, 19, is my coach.")

    assert sorted(person.age_group for person in _people(plan)) == ["senior", "teen"]


def test_both_of_a_pair_turn_the_same_age():
    plan = _plan("Max and Mia turn 4 in the garden")

    assert {c.age_group for c in _people(plan) if c.name in {"Max", "Mia"}} == {"child"}
