"""Prompts say what the plan says, by priority, within the tokens that CLIP reads."""

from dataclasses import replace

import pytest
from synthetic_albums.stages.render.pipelines.prompts import (
    company_words,
    fit_parts,
    person_prompt,
    photo_prompt,
    place_prompt,
    portrait_prompt,
)


def words(text):
    return len(text.replace(",", " ,").split())


def plenty(text):
    return 0


def test_a_photo_says_style_company_place_deeds_light_and_clothes(job):
    text = photo_prompt(job(), plenty).text
    for part in (
        "natural color photograph", "2 people, a woman and a man", "park", "woman standing", "in daylight", "clear sky",
        "yellow ball", "woman wearing a blue t-shirt", "red bandstand",
    ):  # fmt: skip
        assert part in text


def test_names_are_left_out_everywhere(job):
    scene = job()
    texts = [
        photo_prompt(scene, plenty).text,
        person_prompt(scene, 0, plenty).text,
        portrait_prompt(scene.characters[0], scene.members[0], plenty).text,
    ]
    assert not [text for text in texts if "Ana" in text or "Leo" in text]
    assert "the woman and the man at the bandstand" in texts[0]


def test_a_person_s_text_is_of_that_person_alone(job):
    ana, leo = (person_prompt(job(), index, plenty).text for index in (0, 1))
    assert "red hair" in ana
    assert "blue t-shirt" in ana
    assert "red hair" not in leo
    assert "blue t-shirt" not in leo


def test_what_matters_least_is_left_out_first_and_named(job):
    whole = photo_prompt(
        job(),
        words,
    )
    short = fit_parts([(0, "one"), (2, "two two"), (1, "three")], words, limit=3)
    assert (short.text, short.dropped) == ("one, three", ("two two",))
    assert whole.text.startswith("natural color photograph")


def test_a_small_part_is_kept_where_a_larger_one_before_it_does_not_fit():
    fitted = fit_parts([(0, "a"), (1, "b b b b"), (2, "c")], words, limit=4)
    assert (fitted.text, fitted.dropped) == ("a, c", ("b b b b",))


def test_repeated_and_empty_parts_are_skipped_and_spaces_cleaned():
    assert fit_parts([(0, " a \n b. "), (1, "a b"), (0, " ")], plenty).text == "a b"


@pytest.mark.parametrize("limit", [1, 5, 20, 75])
def test_a_prompt_never_exceeds_its_tokens(job, limit):
    parts = [(index % 4, f"part {index}") for index in range(60)]
    assert words(fit_parts(parts, words, limit=limit).text) <= limit


def test_an_empty_scene_says_so_and_a_plate_has_nobody(job):
    assert "nobody" in photo_prompt(job(people=()), plenty).text
    assert company_words(job(people=("leo",)).characters) == "a man"
    place = place_prompt(job().style, job().environment, plenty).text
    assert "no people" in place
    assert "red bandstand" in place


def test_indoors_there_is_no_weather(job):
    scene = job()
    inside = replace(scene, environment=scene.environment.model_copy(update={"kind": "kitchen"}))
    assert "clear sky" not in photo_prompt(inside, plenty).text


def test_views_of_a_portrait_differ_and_an_unknown_one_is_the_front(job):
    scene = job()
    texts = [
        portrait_prompt(scene.characters[0], scene.members[0], plenty, view=view).text
        for view in ("front", "three_quarter", "full_length", "sideways")
    ]
    assert len(set(texts)) == 3
    assert texts[0] == texts[3]
    assert all("plain light gray background" in text for text in texts)
