import dataclasses

import pytest
from synthetic_albums.stages.records import Region
from synthetic_albums.stages.render.builtin.words import (
    REGION_WORDS,
    place_and_light,
    region_text,
    scene_caption,
    scene_words,
)


def region_of(job, ref):
    return next(region for region in job.layout.regions if region.ref == ref)


def test_the_caption_says_place_light_camera_cast_and_things(job):
    caption = scene_caption(job(people=("ana", "leo"), features=["Old oak tree"], lighting="golden_hour"))
    assert caption.split(" , ") == [
        "park", "old oak tree", "golden hour", "clear", "summer", "medium shot", "eye level view", "two people", "dog",
        "yellow ball",
    ]  # fmt: skip
    assert place_and_light(job(lighting="night")) == "park , night"


def test_the_scene_as_a_whole_has_words_of_its_own(job):
    words = scene_words(job(people=("ana", "leo"), features=["old oak tree", "zeppelin"], lighting="night"))
    assert words[:7] == (
        "place:park", "light:night", "weather:clear", "season:summer", "shot:medium", "angle:eye_level", "people:2",
    )  # fmt: skip
    assert len(words) == 8  # the drawer reads one of the two features
    assert set(words) <= set(REGION_WORDS)


@pytest.mark.parametrize(("people", "said"), [((), "nobody"), (("ana",), "one person")])
def test_the_caption_counts_people_and_not_animals(job, people, said):
    assert f" , {said} , dog" in scene_caption(job(people=people))


def test_a_person_is_told_by_clothes_of_this_scene_and_by_looks_apart(job):
    scene = job(people=("ana",))
    text = region_text(scene, region_of(scene, "ana"))
    assert {"kind:person", "top:t_shirt", "top_color:blue", "gender:female"} <= set(text.scene)
    assert {"hair:long", "hair_color:red", "wears:glasses"} <= set(text.looks)
    assert not {word for word in text.scene if word.startswith(("hair", "skin", "wears"))}


def test_animals_and_things_have_words_and_no_looks(job):
    scene = job()
    dog, ball = (region_text(scene, region_of(scene, ref)) for ref in ("rex", "toy"))
    assert {"kind:animal", "species:dog", "pose:sitting"} <= set(dog.scene)
    assert {"kind:object", "object:ball", "object_color:yellow", "count:1", "held:no"} == set(ball.scene)
    assert dog.looks == ball.looks == ()


def test_every_word_that_is_said_is_in_the_vocabulary(job):
    scene = job(people=("ana", "leo"))
    for region in scene.layout.regions:
        text = region_text(scene, region)
        assert set(text.scene) | set(text.looks) <= set(REGION_WORDS)
    assert len(set(REGION_WORDS)) == len(REGION_WORDS)


def test_a_region_of_nobody_says_nothing(job):
    stray = Region(id="r", kind="object", ref="ghost", box=(0, 0, 1, 1), depth=0.5)
    text = region_text(dataclasses.replace(job()), stray)
    assert (text.scene, text.looks) == ((), ())
