"""Words that speak again of somebody: pronouns, apposition, lists, generations, and who is there unsaid."""

import pytest
from synthetic_albums.stages.story import plan_story


def _plan(prompt):
    return plan_story(prompt, photos=None, seed=0, style="auto")


def _people(prompt):
    return [c for c in _plan(prompt).characters if c.kind == "person"]


@pytest.mark.parametrize(
    ("prompt", "number"),
    [
        ("Tom's last day as a lighthouse keeper", 1),
        ("Ana is a nurse and takes the tram home", 1),
        ("Three women – grandmother, mother and daughter – bake bread in the kitchen", 3),
        ("A knitting afternoon with three friends: Ana, Bo and Cy, in the living room", 3),
        ("Ana and Bo paint the kitchen. Later the siblings eat pizza.", 2),
        ("Three generations of women cook dinner in the kitchen", 3),
        ("A refugee family of five arrives at the station", 5),
        ("Mina walks the neighbour's dog in the park", 1),
        ("George stares out of the window at home, then his daughter calls", 1),
        ("A crew of four on a boat in a storm", 4),
        ("Elena Novak reads in the garden", 1),
    ],
)
def test_words_for_people_who_are_already_there_bring_nobody_new(prompt, number):
    assert len(_people(prompt)) == number


def test_whoever_is_with_named_people_is_there_too():
    names = {person.name for person in _people("pizza on the floor with Tom and Elif")}

    assert {"Tom", "Elif"} < names
    assert len(names) == 3


def test_a_fable_has_no_owner():
    plan = _plan("A fox and a hare race through the snowy forest")

    assert [c.kind for c in plan.characters] == ["animal", "animal"]


def test_the_fox_of_the_title_is_the_fox_of_the_story():
    plan = _plan("The fox and the crow: a fox wants the cheese, the crow sits in a tree in the forest")

    assert sorted(c.role for c in plan.characters) == ["crow", "fox"]


@pytest.mark.parametrize(
    "meal", ["roast lamb at home", "chicken soup in the kitchen", "a rocking horse in the bedroom"]
)
def test_food_and_toys_are_no_animals(meal):
    assert all(c.kind == "person" for c in _plan(f"Ana and Bo with {meal}").characters)


def test_a_quoted_sentence_names_whom_its_pronoun_means():
    plan = _plan("Marisol runs a flower shop. Her nephew Pablo helps at noon. She wraps gigantic orchids at 5 pm.")
    captions = " ".join(scene.caption for scene in plan.scenes)

    assert "Marisol wraps gigantic orchids" in captions
    assert "⟨" not in captions
