"""Whose birthday it is and how old they are."""

import pytest
from synthetic_albums.stages.story import plan_story


def _ages(prompt):
    plan = plan_story(prompt, photos=None, seed=0, style="auto")
    return {character.name: character.age_group for character in plan.characters}, plan


@pytest.mark.parametrize(
    ("prompt", "name", "age"),
    [
        ("Grandma Rosa bakes a cake with Leo, then the family celebrates his 7th birthday", "Leo", "child"),
        ("Nonna Rosa and her son Marco have dinner at home on her eightieth birthday", "Rosa", "senior"),
        ("Lena turns 30 and dances at a bar", "Lena", "young_adult"),
        ("A party in the garden for Mia's sweet sixteen", "Mia", "teen"),
        ("My son Ben plays in the park. He is 14.", "Ben", "teen"),
        ("Our twins Nora and Nils play in the park, they are five now", "Nils", "child"),
        ("Zeynep and her best friend Lale, both 17, swim in the lake", "Zeynep", "teen"),
    ],
)
def test_ages_are_given_to_whom_the_words_mean(prompt, name, age):
    assert _ages(prompt)[0][name] == age


def test_ages_listed_behind_a_noun_are_shared_out():
    ages, _ = _ages("Two brothers, aged 9 and 15, build a tree house in the forest")

    assert sorted(ages.values()) == ["child", "teen"]


def test_a_birthday_of_a_pronoun_gives_the_album_its_title():
    _, plan = _ages("Grandma Rosa bakes a cake with Leo, then the whole family celebrates his 7th birthday")

    assert "Leo" in plan.title
    assert "Rosa" not in plan.title
