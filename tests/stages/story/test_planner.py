import itertools
import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import MAX_SCENES
from synthetic_albums.stages.story import MAX_PROMPT_CHARS, plan_story

PARK = "a day at the park with a golden retriever"
TRIP = (
    "a young couple's road trip across the Pacific Northwest, starting with a scenic mountain hike, then a visit to a "
    "coastal town, and finally a cozy campfire evening, emphasizing themes of adventure and togetherness"
)


def _plan(prompt, photos=None, seed=1, style="auto", start=None):
    return plan_story(prompt, photos=photos, seed=seed, style=style, start=start)


@pytest.mark.parametrize("prompt", [PARK, TRIP])
def test_the_same_arguments_give_the_same_plan(prompt):
    assert _plan(prompt) == _plan(prompt)


def test_a_hundred_seeds_give_at_least_fifty_clearly_different_albums():
    plans = [_plan(PARK, photos=8, seed=seed) for seed in range(100)]

    stories = {(tuple(c.name for c in p.characters), tuple(p.environments[0].features)) for p in plans}
    captions = {tuple(scene.caption for scene in p.scenes) for p in plans}
    titles = {p.title for p in plans}

    assert len(stories) >= 50
    assert len(captions) >= 95
    assert len(titles) >= 25


def test_a_golden_retriever_is_one_in_every_field_and_has_its_owner():
    plan = _plan(PARK)

    dog = next(c for c in plan.characters if c.kind == "animal")
    assert (dog.species, dog.breed, dog.coat.color, dog.coat.long_haired, dog.size) == (
        "dog", "golden retriever", "golden", True, "large",
    )  # fmt: skip
    assert any(r.subject == dog.id and r.kind == "pet" for r in plan.relations)
    assert sum(any(entry.character == dog.id for entry in scene.cast) for scene in plan.scenes) >= 4


@pytest.mark.parametrize("seed", range(12))
def test_the_road_trip_ends_at_the_fire_in_the_dark_with_the_couple(seed):
    plan = _plan(TRIP, seed=seed)

    last = plan.scenes[-1]
    assert plan.environment(last.environment).kind == "campsite"
    assert last.lighting == "firelight"
    assert any(thing.kind == "campfire" for thing in last.objects)
    assert {r.kind for r in plan.relations} == {"partner"}
    assert "Pacific Northwest" in plan.title


def test_the_same_place_named_again_is_the_same_environment():
    plan = _plan("A picnic in the park. Then a walk to the museum. In the evening we dance in the park.")

    assert [place.id for place in plan.environments] == ["park", "museum"]
    assert plan.scenes[0].environment == plan.scenes[-1].environment == "park"


def test_neighbouring_scenes_differ_in_shot_or_in_what_happens():
    for prompt in (PARK, TRIP, "a cat at home, no people", "a lake without people"):
        scenes = _plan(prompt, photos=40).scenes
        pairs = itertools.pairwise(scenes)
        assert all((a.camera.shot, a.title) != (b.camera.shot, b.title) for a, b in pairs)


def test_captions_agree_with_their_subjects_and_leave_no_placeholder():
    for seed in range(40):
        for scene in _plan("two friends and a dog at the beach", photos=12, seed=seed).scenes:
            assert not re.search(r"[{}\[\]|]|\ba [aeiou]|\band (is|has|walks|runs)\b|  ", scene.caption), scene.caption
            assert scene.caption[0].isupper()
            assert scene.caption[-1] in ".!?"


def test_themes_set_the_mood_and_never_become_a_scene():
    plan = _plan("a day at the beach, emphasizing themes of family, museums and castles")

    assert {place.kind for place in plan.environments} == {"beach"}
    assert "museums" in plan.summary


def test_clothes_change_only_with_the_day_or_for_swimming():
    plan = _plan("three friends have breakfast at home, then walk in the old town, then swim at the beach", photos=12)

    worn = {}
    for scene in plan.scenes:
        for entry in scene.cast:
            worn.setdefault((entry.character, plan.environment(scene.environment).kind), set()).add(entry.outfit)
    for (person, kind), outfits in worn.items():
        if kind == "old_town":
            assert outfits == worn.get((person, "living_room"), outfits)
    beach = [plan.outfit(e) for s in plan.scenes for e in s.cast if e.pose == "swimming"]
    assert beach
    assert all(outfit.top == "swimsuit" for outfit in beach)


@pytest.mark.parametrize("photos", [1, 2, 5, 500])
def test_there_are_as_many_scenes_as_photos_asked_for(photos):
    assert len(_plan(TRIP, photos=photos).scenes) == photos


def test_a_few_photos_of_many_events_keep_the_first_and_the_last():
    plan = _plan("First the market, then the museum, then the beach, then the forest, finally the campsite", photos=2)

    assert [plan.environment(s.environment).kind for s in plan.scenes] == ["market", "campsite"]
    assert any("5 events" in note for note in plan.notes)


def test_the_start_is_the_time_of_the_first_scene_when_the_prompt_has_none():
    plan = _plan(PARK, start=datetime(2031, 5, 4, 11, 15))

    assert plan.scenes[0].time == datetime(2031, 5, 4, 11, 15)


def test_invisible_characters_are_stripped_and_noted():
    plan = _plan("a day\u202e at the \u200bpark\x07 with a dog")

    assert plan.prompt == "a day at the park with a dog"
    assert any("3 invisible" in note for note in plan.notes)


def test_markup_and_shell_text_become_neither_names_nor_scenes():
    plan = _plan('<script>alert("x")</script> a walk in the forest; $(rm -rf /) ../../etc/passwd')

    assert {place.kind for place in plan.environments} == {"forest"}
    assert not {"Script", "Alert", "alert", "script"} & {c.name for c in plan.characters}


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        ("", "empty"),
        (" \n\t\u200b ", "empty"),
        ("?!.", "empty"),
        ("x" * 100_000, "100,000 characters"),
        ("asdf qwer zxcv", "Nothing in this prompt is known"),
        ("Un día en el parque con un perro y mi familia", "Spanish"),
        ("Ein Tag im Park mit einem Hund und den Kindern", "German"),
        ("Une journée dans le parc avec un chien et les enfants", "French"),
        ("和一只金毛犬在公园里的一天", "Chinese"),
        ("День в парке с собакой", "Cyrillic"),
    ],
)
def test_a_prompt_that_cannot_be_read_is_refused_with_the_reason(prompt, message):
    with pytest.raises(AlbumError, match=message):
        _plan(prompt)


def test_the_longest_prompt_is_read():
    prompt = (PARK + ". ") * 200

    assert _plan(prompt[:MAX_PROMPT_CHARS]).scenes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"photos": 0}, "number of photos"),
        ({"photos": MAX_SCENES + 1}, "number of photos"),
        ({"seed": -1}, "seed"),
        ({"style": "oil"}, "no style 'oil'"),
        ({"start": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}, "time zone"),
        ({"start": datetime(9999, 1, 1)}, "years 1900"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, message):
    with pytest.raises(AlbumError, match=message):
        _plan(PARK, **arguments)


WORDS = [
    "dog", "cats", "park", "no", "not", "without", "before", "after", "then", "finally", "we", "I", "my",
    "wife", "family", "of", "four", "three", "kids", "beach", "in", "June", "at", "7", "pm", "Ana", "Tom's",
    "and", ",", ".", "(", ")", "had", "visited", "the", "museum", "swim", "sunset", "Christmas", "snow", "week",
    "12", "photos", "each", "month", "wedding", "0:00", "99", "couple", ",", "baby", "grandparents", "named",
    "birthday", "next", "day", "Monday", "February", "cows", "horse", "under", "stars", "campfire",
]  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.sampled_from([None, 1, 3, 30]), st.integers(0, 99))
def test_any_heap_of_known_words_gives_a_plan_or_a_clear_error(words, photos, seed):
    try:
        plan = _plan(" ".join(words), photos=photos, seed=seed)
    except AlbumError:
        return
    assert photos is None or len(plan.scenes) == photos


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_gives_a_plan_or_a_clear_error(text):
    try:
        plan = _plan(text)
    except AlbumError:
        return
    assert plan.scenes


def test_no_people_means_none_even_where_somebody_is_named():
    plan = _plan("Maria's garden and her cat, without any people")

    assert [c.species for c in plan.characters] == ["cat"]


def test_five_hundred_photos_of_one_place_have_hardly_a_caption_twice():
    captions = [scene.caption for scene in _plan("a day at the beach", photos=500, seed=3).scenes]

    assert len(set(captions)) >= 450


@pytest.mark.parametrize("seed", range(15))
def test_seniors_do_not_play_tag_and_grey_days_have_no_sun(seed):
    for scene in _plan("two retired friends spend an overcast day in the park", photos=12, seed=seed).scenes:
        assert scene.title != "Catch me"
        assert not re.search(r"\b(sunny|sunlight|in the sun|shade)\b", f"{scene.title} {scene.caption}")


def test_animals_of_the_farm_are_mentioned():
    plan = _plan("a girl and three cows on a farm", photos=8)

    assert any("cow" in scene.caption.lower() for scene in plan.scenes)


def test_the_birthday_of_a_pet_is_its_own():
    plan = _plan("My cat Miso's birthday party in the garden", seed=4)

    assert "Miso" in plan.title


@pytest.mark.parametrize(
    ("prompt", "guests"),
    [("the wedding of Ana and Tom", True), ("the wedding of Ana and Tom, just the two of them, no guests", False)],
)
def test_a_wedding_has_guests_unless_it_is_small(prompt, guests):
    assert (len(_plan(prompt).characters) > 2) == guests


def test_named_towns_stay_with_their_places():
    plan = _plan("A week in Japan: first Tokyo, then a temple in Kyoto, then dinner")

    names = [place.name for place in plan.environments]
    assert "Tokyo" in names[0]
    assert any("temple" in name.lower() and "Kyoto" in name for name in names)


@pytest.mark.parametrize(
    ("prompt", "clock"),
    [
        ("at half past six she walks in the park", "06:30"),
        ("dinner at 7 in a restaurant", "19:00"),
        ("breakfast at 7 in the kitchen", "07:00"),
        ("a picnic in the park at noon", "12:00"),
        ("a quarter to nine in the evening: a walk on the beach", "20:45"),
        ("lunch at 13:30 in a cafe", "13:30"),
    ],
)
def test_the_first_scene_is_at_the_clock_time_that_is_said(prompt, clock):
    assert f"{_plan(prompt).scenes[0].time:%H:%M}" == clock


@pytest.mark.parametrize(
    ("prompt", "day"),
    [
        ("a picnic in the park on 5 May 2024", "2024-05-05"),
        ("On March 3rd, 2021 we went to the beach", "2021-03-03"),
        ("2019-07-04: a day at the lake", "2019-07-04"),
        ("a walk in the forest, 24/12/2022", "2022-12-24"),
    ],
)
def test_the_first_scene_is_on_the_date_that_is_said(prompt, day):
    assert f"{_plan(prompt).scenes[0].time:%Y-%m-%d}" == day


def test_numbered_photos_ask_for_that_many():
    plan = _plan("Photo 1: a girl wakes up. Photo 2: she has breakfast. Photo 3: she swims in the lake.")

    assert len(plan.scenes) == 3


def test_things_come_in_the_number_and_colour_that_is_said_and_not_when_ruled_out():
    plan = _plan("a boy with three red balloons and a cake in the garden, no umbrellas", photos=6)

    things = [thing for scene in plan.scenes for thing in scene.objects]
    assert any((thing.kind, thing.count, thing.color) == ("balloons", 3, "red") for thing in things)
    assert all(thing.kind != "umbrella" for thing in things)


def test_what_the_planner_does_not_understand_is_quoted():
    plan = _plan("Two friends repaint a rusty lighthouse lamp at the harbor, then have dinner", photos=6)

    assert any("rusty" in scene.caption for scene in plan.scenes)


@pytest.mark.parametrize("prompt", ["a sunny day at the beach in July", "July at the beach"])
def test_it_does_not_snow_in_july_unless_the_prompt_says_so(prompt):
    assert all(s.weather != "snow" for seed in range(20) for s in _plan(prompt, seed=seed).scenes)
    assert {s.weather for s in _plan("snow at the beach in July").scenes} == {"snow"}
