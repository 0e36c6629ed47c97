import random
from typing import get_args

import pytest
from synthetic_albums.models.train.people import (
    SPLITS,
    TWIN_ATTRIBUTES,
    draw_animal,
    draw_person,
    draw_twin,
    identity_key,
    relook,
    split_of,
)
from synthetic_albums.stages import vocabulary as v


def people(split, count=60, seed=0):
    rng = random.Random(seed)
    return [draw_person(rng, f"p{number}", split) for number in range(count)]


def attribute(person, name):
    outer, _, inner = name.partition(".")
    value = getattr(person, outer)
    return getattr(value, inner) if inner else value


def test_no_identity_is_in_two_splits():
    keys = {split: {identity_key(person) for person in people(split)} for split in SPLITS}
    assert all(len(found) > 50 for found in keys.values())
    for split, found in keys.items():
        assert not found & set().union(*(other for name, other in keys.items() if name != split))
        assert {split_of(person) for person in people(split, 10)} == {split}


def test_a_split_follows_from_looks_alone():
    for person in people("held_out", 10):
        other = person.model_copy(update={"id": "x", "name": "X", "role": "aunt", "outfits": person.outfits[:1]})
        assert split_of(other) == "held_out"
        assert identity_key(other) == identity_key(person)


def test_the_bald_have_no_hair_colour_and_the_order_of_what_is_worn_does_not_matter():
    person = people("train", 1)[0]
    bald = [
        person.model_copy(update={"hair": person.hair.model_copy(update={"style": "bald", "color": color})})
        for color in ("red", "black")
    ]
    assert identity_key(bald[0]) == identity_key(bald[1])
    worn = [person.model_copy(update={"accessories": items}) for items in (["cap", "scarf"], ["scarf", "cap"])]
    assert identity_key(worn[0]) == identity_key(worn[1])


@pytest.mark.parametrize("split", SPLITS)
def test_twins_differ_in_exactly_one_attribute_and_are_of_the_same_split(split):
    rng = random.Random(2)
    seen = set()
    for person in people(split, 40):
        twin, name = draw_twin(person, rng, "twin", split)
        seen.add(name)
        assert split_of(twin) == split
        assert identity_key(twin) != identity_key(person)
        differing = [key for key in TWIN_ATTRIBUTES if attribute(twin, key) != attribute(person, key)]
        assert differing == [name]
        for same in ("age_group", "gender", "height"):
            assert getattr(twin, same) == getattr(person, same)
        assert (twin.face.eyes, twin.face.freckles) == (person.face.eyes, person.face.freckles)
    assert len(seen) >= 4


def test_a_new_look_keeps_age_gender_and_clothes():
    rng = random.Random(4)
    for person in people("train", 10):
        other = relook(person, rng, "gallery")
        assert split_of(other) == "gallery"
        assert (other.age_group, other.gender, other.outfits) == (person.age_group, person.gender, person.outfits)


def test_everything_that_the_planner_may_say_of_looks_occurs():
    drawn = people("train", 400)
    for values, name in (
        (v.AgeGroup, "age_group"), (v.Gender, "gender"), (v.Build, "build"), (v.HairStyle, "hair.style"),
        (v.HairColor, "hair.color"), (v.FaceShape, "face.shape"), (v.EyeColor, "face.eyes"),
        (v.FacialHair, "face.facial_hair"),
    ):  # fmt: skip
        assert {attribute(person, name) for person in drawn} == set(get_args(values)), name
    assert {person.skin_tone for person in drawn} == set(range(1, 11))
    assert {item for person in drawn for item in person.accessories} == set(get_args(v.Accessory))


def test_every_species_occurs():
    rng = random.Random(0)
    assert {draw_animal(rng, "a").species for _ in range(300)} == set(get_args(v.Species))
