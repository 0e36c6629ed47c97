import random
from itertools import pairwise

import numpy as np
from synthetic_albums.models.train.looks import ACCESSORIES, CODES, SLOTS, imagined_twins, look_codes, twin_attribute
from synthetic_albums.models.train.people import TWIN_ATTRIBUTES, draw_person, draw_twin

PEOPLE = [draw_person(random.Random(number), f"p{number}", "train") for number in range(150)]


def test_codes_say_what_a_person_looks_like():
    for person in PEOPLE:
        codes = look_codes(person)
        assert codes.shape == (CODES,)
        said = {name: values[code] for (name, values), code in zip(SLOTS.items(), codes, strict=False)}
        assert said["skin"] == str(person.skin_tone)
        assert said["hair"] == person.hair.style
        assert said["hair_color"] == ("none" if person.hair.style == "bald" else person.hair.color)
        assert said["freckles"] == ("yes" if person.face.freckles else "no")
        worn = {name for name, code in zip(ACCESSORIES, codes[len(SLOTS) :], strict=True) if code}
        assert worn == set(person.accessories)


def test_imagined_twins_differ_in_one_code_that_exists():
    codes = np.stack([look_codes(person) for person in PEOPLE] * 20)
    twins = imagined_twins(codes, np.random.default_rng(0))
    changed = codes != twins
    assert (changed.sum(axis=1) == 1).all()
    assert set(np.nonzero(changed)[1]) == set(range(CODES))
    for slot, values in enumerate(SLOTS.values()):
        assert set(twins[:, slot]) <= set(range(len(values)))
        assert len(set(twins[changed[:, slot], slot])) == len(values)
    assert twins[:, len(SLOTS) :].max() == 1


def test_drawn_twins_are_known_by_their_attribute():
    found = set()
    for number, person in enumerate(PEOPLE):
        twin, attribute = draw_twin(person, random.Random(number), "twin", "train")
        assert twin_attribute(person, twin) == attribute
        found.add(attribute)
    assert found == set(TWIN_ATTRIBUTES)


def test_others_are_no_twins():
    assert twin_attribute(PEOPLE[0], PEOPLE[0].model_copy(update={"id": "x", "outfits": PEOPLE[1].outfits})) is None
    assert sum(twin_attribute(a, b) is not None for a, b in pairwise(PEOPLE)) == 0
    eyes = PEOPLE[0].face.model_copy(update={"eyes": "blue" if PEOPLE[0].face.eyes != "blue" else "green"})
    assert twin_attribute(PEOPLE[0], PEOPLE[0].model_copy(update={"face": eyes})) is None  # no twin attribute
