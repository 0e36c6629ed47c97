"""Times as people say them: ends, jumps, numbered days, ages of one who grows up."""

import pytest
from synthetic_albums.stages.story import plan_story


def _scenes(prompt, photos=None):
    return plan_story(prompt, photos=photos, seed=0, style="auto").scenes


@pytest.mark.parametrize(
    ("prompt", "days"),
    [
        ("Ana plants a tree in the garden. Fifty years later she sits under it in the garden.", 50 * 365),
        ("A picnic in the park, and after three weeks they meet again at the beach", 21),
        ("Our cat hides behind the sofa on day 1, eats in the kitchen on day 3, purrs in the garden on day 10", 9),
        (
            "A puppy grows up: 8 weeks old in the kitchen, 6 months old at the beach, 1 year old at the lake",
            300,
        ),
    ],
)
def test_a_stretch_of_time_passes_as_the_prompt_says(prompt, days):
    scenes = _scenes(prompt)
    passed = (scenes[-1].time.date() - scenes[0].time.date()).days

    assert days <= passed <= days * 1.15 + 14


def test_until_says_when_something_ends():
    scenes = _scenes("They dance in the garden until midnight", photos=6)

    assert all(scene.time.hour >= 20 for scene in scenes)


def test_eight_in_the_evening_is_eight():
    scenes = _scenes("Ana opens the shop at 9 am and has dinner at a restaurant at 8 pm")

    assert {"09:00", "20:00"} <= {f"{scene.time:%H:%M}" for scene in scenes}


def test_a_campfire_after_the_beach_leaves_the_beach_its_daylight():
    scenes = _scenes("two friends at the beach then a campfire")

    assert scenes[0].lighting == "daylight"
    assert scenes[-1].lighting == "firelight"


def test_weather_that_changes_is_told_in_order_and_lasts_for_the_day():
    scenes = _scenes("Fog at the lake in the morning. At noon it rains. In the afternoon they swim and walk home.")
    skies = list(dict.fromkeys(scene.weather for scene in scenes))

    assert skies == ["fog", "rain"]


def test_before_all_that_comes_first():
    plan = plan_story(
        "In the morning we hiked in the mountains; in the afternoon we visited a museum. "
        "Before all that we had packed our bags in the bedroom.",
        photos=None,
        seed=0,
        style="auto",
    )
    kinds = {place.id: place.kind for place in plan.environments}

    assert list(dict.fromkeys(kinds[scene.environment] for scene in plan.scenes)) == ["bedroom", "mountain", "museum"]


@pytest.mark.parametrize(
    ("prompt", "month"), [("a picnic at holi", 3), ("a walk in the park in may", 5), ("songkran in the streets", 4)]
)
def test_feasts_and_months_set_the_date(prompt, month):
    assert {scene.time.month for scene in _scenes(prompt)} == {month}
