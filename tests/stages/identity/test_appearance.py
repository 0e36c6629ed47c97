import re
from typing import get_args

import pytest
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.identity import describe_appearance
from synthetic_albums.stages.records import Character, Coat, Face, Hair, Outfit


def person(**fields: object) -> Character:
    return Character(id="a", name="Ana", outfits=[Outfit(id="o", top="raincoat", footwear="boots")], **fields)


def test_a_person_reads_as_one_natural_fragment():
    maya = person(
        gender="female", age_group="young_adult", height="tall", skin_tone=2, hair=Hair(style="long", color="auburn"),
        face=Face(freckles=True), accessories=["glasses"],
    )  # fmt: skip
    expected = "Ana, a tall young woman with very light skin, long auburn hair, brown eyes, freckles and glasses"
    assert describe_appearance(maya) == expected


def test_an_animal_reads_as_one_natural_fragment():
    rusty = Character(
        id="r", name="Rusty", kind="animal", species="dog", breed="golden retriever", size="large",
        coat=Coat(color="golden", long_haired=True),
    )  # fmt: skip
    assert describe_appearance(rusty) == "Rusty, a large golden retriever with a golden long-haired coat"


def test_birds_have_plumage_and_turtles_shells():
    parrot = Character(id="p", name="Pol", kind="animal", species="parrot", coat=Coat(color="green"))
    turtle = Character(id="t", name="Tilda", kind="animal", species="turtle", coat=Coat(color="brown"))
    assert describe_appearance(parrot) == "Pol, a parrot with green plumage"
    assert describe_appearance(turtle) == "Tilda, a turtle with a brown shell"


def test_an_animal_without_a_coat_is_named_by_its_species():
    other = Character(id="o", name="Zug", kind="animal", species="other")
    assert describe_appearance(other) == "Zug, an animal"


def test_clothes_hats_and_bags_are_left_out():
    text = describe_appearance(person(accessories=["cap", "backpack", "scarf", "earrings"]))
    assert "earrings" in text
    assert not re.search(r"raincoat|boots|jeans|\bcap\b|backpack|scarf", text)


def test_babies_and_children_have_no_beards():
    bearded = Face(facial_hair="beard")
    assert "beard" in describe_appearance(person(face=bearded))
    assert "beard" not in describe_appearance(person(face=bearded, age_group="child"))
    assert "beard" not in describe_appearance(person(face=bearded, age_group="baby"))


@pytest.mark.parametrize("tone", range(1, 11))
def test_every_skin_tone_has_words(tone):
    assert re.search(
        r"with (very light|light|medium|medium brown|brown|dark brown|deep) skin",
        describe_appearance(person(skin_tone=tone)),
    )


def test_darker_tones_never_get_the_words_of_lighter_groups():
    words = [describe_appearance(person(skin_tone=tone)).split(" with ")[1].split(" skin")[0] for tone in range(1, 11)]
    firsts = [words.index(word) for word in words]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("style", get_args(v.HairStyle))
@pytest.mark.parametrize("age", get_args(v.AgeGroup))
def test_every_hair_style_and_age_is_described_grammatically(style, age):
    text = describe_appearance(person(hair=Hair(style=style, color="dark_brown"), age_group=age))
    assert "_" not in text
    assert "{" not in text
    assert "  " not in text
    assert not re.search(r"\ba [aeiou]", text)


def test_what_looks_the_same_but_for_an_attribute_reads_differently():
    looks = [
        person(),
        person(build="slim"),
        person(height="short"),
        person(face=Face(eyes="green")),
        person(skin_tone=9),
    ]
    assert len({describe_appearance(look) for look in looks}) == len(looks)
