"""What a plan says and a model was not taught: left out, and said once."""

import dataclasses
from typing import get_args

import pytest
from synthetic_albums.models.train.text import SYNONYMS, build_tokenizer
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.render.builtin.known_words import told_caption, understood, unknown_words
from synthetic_albums.stages.render.builtin.words import REGION_WORDS, scene_caption

IDS = {word: index for index, word in enumerate(REGION_WORDS, start=1)}


@pytest.fixture(scope="module")
def tokenizer():
    return build_tokenizer()


def test_words_are_parted_into_known_and_unknown(tokenizer):
    heard = understood("A Zeppelin over the PARK, at golden-hour; zeppelin!", tokenizer)
    assert heard.known == ("a", "the", "park", ",", "at", "golden", "hour")
    assert heard.unknown == ("zeppelin", "over")
    assert heard.text == "a the park , at golden hour"
    assert heard.says_something


def test_no_comma_is_left_where_all_between_two_was_unknown(tokenizer):
    assert understood(", zeppelin, park, ufo, , night, xyz ,", tokenizer).text == "park , night"


@pytest.mark.parametrize("caption", ["", " , ,", "!!!", "zeppelin", "the zeppelin in an ufo", "公園", "<end> <pad>"])
def test_a_caption_that_says_nothing_falls_back_to_place_and_light(tokenizer, job, caption):
    assert not understood(caption, tokenizer).says_something
    assert told_caption(caption, job(lighting="golden_hour"), tokenizer) == "park , golden hour"


def test_a_caption_with_one_known_word_is_kept(tokenizer, job):
    assert told_caption("a zeppelin at night", job(), tokenizer) == "a at night"


def test_special_tokens_in_a_caption_end_nothing(tokenizer, job):
    told = told_caption("park <end> <pad> night", job(), tokenizer)
    ids = tokenizer(told)["input_ids"]
    assert ids.count(tokenizer.eos_token_id) == 1
    assert tokenizer.unk_token_id not in ids
    assert tokenizer.pad_token_id not in ids


def test_the_composed_caption_is_known_to_the_last_word_and_unchanged(tokenizer, job):
    caption = scene_caption(job(people=("ana", "leo"), features=["old oak tree"]))
    assert understood(caption, tokenizer).unknown == ()
    assert told_caption(caption, job(), tokenizer) == caption


@pytest.mark.parametrize("kind", v.ENVIRONMENT_KINDS)
def test_every_place_is_known(tokenizer, job, kind):
    drawn = job()
    drawn = dataclasses.replace(drawn, environment=drawn.environment.model_copy(update={"kind": kind}))
    assert understood(scene_caption(drawn), tokenizer).unknown == ()


@pytest.mark.parametrize(
    ("part", "values"),
    [("lighting", v.LIGHTINGS), ("weather", v.WEATHERS), ("shot", v.SHOTS), ("angle", v.ANGLES)],
)
def test_every_light_weather_and_camera_is_known(tokenizer, job, part, values):
    drawn = job()
    for value in values:
        if part in ("shot", "angle"):
            scene = drawn.scene.model_copy(update={"camera": drawn.scene.camera.model_copy(update={part: value})})
        else:
            scene = drawn.scene.model_copy(update={part: value})
        assert understood(scene_caption(dataclasses.replace(drawn, scene=scene)), tokenizer).unknown == ()


def test_every_thing_colour_animal_and_synonym_is_known(tokenizer):
    told_otherwise = [word for words in SYNONYMS.values() for word in words]
    for value in (*v.OBJECT_KINDS, *get_args(v.Color), *get_args(v.Species), *SYNONYMS, *told_otherwise):
        assert understood(value.replace("_", " "), tokenizer).unknown == ()


def test_a_scene_in_the_models_own_words_lacks_nothing(tokenizer, job):
    missing = unknown_words(job(people=("ana", "leo")), IDS, tokenizer)
    assert (missing.values, missing.caption) == ((), ())
    assert missing.sentences(job()) == []


def test_what_an_older_model_was_not_taught_is_said_with_what_it_falls_back_to(tokenizer, job):
    older = {word: index for word, index in IDS.items() if word not in ("top:t_shirt", "wears:glasses")}
    scene = job(features=["zeppelin mast", "zeppelin hall"])
    missing = unknown_words(scene, older, tokenizer)
    assert missing.values == ("top:t_shirt", "wears:glasses")
    assert missing.caption == ("zeppelin", "mast", "hall")
    first, second = missing.sentences(scene)
    assert "was not taught top 't shirt', wears 'glasses' (in scene 's1'): it falls back to the blueprint" in first
    assert "does not know 'zeppelin', 'mast', 'hall' (in scene 's1')" in second
    assert "among them 'park, daylight'" in second


def test_a_feature_that_the_drawer_reads_is_understood_whatever_its_adjectives(tokenizer, job):
    assert unknown_words(job(features=["gnarled oak tree", "mossy fountain"]), IDS, tokenizer).caption == ()


def test_a_place_that_an_older_model_was_not_taught_is_said(tokenizer, job):
    older = {word: index for word, index in IDS.items() if word != "place:park"}
    assert "place 'park'" in unknown_words(job(), older, tokenizer).sentences(job())[0]


def test_unknown_words_of_a_free_caption_are_all_listed(tokenizer, job):
    assert unknown_words(job(), IDS, tokenizer, caption="an ufo over the park").caption == ("ufo", "over")


def test_what_was_said_before_is_not_said_again(tokenizer, job):
    missing = unknown_words(job(features=["zeppelin mast"]), IDS, tokenizer)
    assert missing.without({"zeppelin"}).caption == ("mast",)
    assert missing.without({"zeppelin", "mast"}).sentences(job()) == []
