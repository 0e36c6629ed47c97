import itertools
from dataclasses import replace

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.identity import cast_characters, recast_character
from synthetic_albums.stages.identity.recast import MAX_RECASTS, MIN_LOOK_DISTANCE, look_distance
from synthetic_albums.stages.records import Character, Coat, Hair, Outfit
from synthetic_albums.stages.vocabulary import AgeGroup, Gender, Species

KEPT = ("id", "name", "role", "kind", "species", "age_group", "gender", "build", "height", "skin_tone", "outfits")


def with_people(plan, people):
    return plan.model_copy(update={"characters": people})


def person(name="ana", **fields):
    return Character(**{"id": name, "name": name.title(), "outfits": [Outfit(id="day")], **fields})


def recast_all(plan, name, count=MAX_RECASTS):
    """The plans and casts after each of several recasts in a row."""
    state = plan, cast_characters(plan)
    steps = [state]
    for redraw in range(1, count + 1):
        state = recast_character(*state, name, redraw=redraw)
        steps.append(state)
    return steps


def test_what_the_story_says_stays_and_the_look_is_new(plan):
    after, cast = recast_character(plan, cast_characters(plan), "maya", redraw=1)
    old, new = plan.character("maya"), after.character("maya")
    assert [getattr(old, name) for name in KEPT] == [getattr(new, name) for name in KEPT]
    assert new.accessories == old.accessories
    assert look_distance(old, new) >= MIN_LOOK_DISTANCE
    assert new.hair.style != old.hair.style
    assert new.hair.color != old.hair.color
    assert after.character("rusty") == plan.character("rusty")
    assert after.scenes == plan.scenes
    member = cast.member("maya")
    assert new.hair.color.replace("_", " ") in member.appearance
    assert cast.metadata["recast.maya"] == "1"


def test_the_vector_is_new_and_away_from_everybody(plan):
    plan = with_people(plan, [person(f"p{n}", hair=Hair(style=s)) for n, s in enumerate(("bob", "long", "afro"))])
    steps = recast_all(plan, "p1")
    vectors = [cast.member("p1").vector for _, cast in steps]
    vectors += [steps[0][1].member(name).vector for name in ("p0", "p2")]
    for one, other in itertools.combinations(vectors, 2):
        assert float(one @ other) <= 0.40
    assert np.linalg.norm(vectors[1]) == pytest.approx(1, abs=1e-6)
    for _, cast in steps[1:]:
        assert cast.member("p0") is steps[0][1].member("p0")


def test_it_depends_on_seed_id_and_redraw_alone(plan):
    cast = cast_characters(plan)
    first, second = (recast_character(plan, cast, "maya", redraw=2) for _ in range(2))
    assert first[0] == second[0]
    np.testing.assert_array_equal(first[1].member("maya").vector, second[1].member("maya").vector)
    looks = [recast_character(plan, cast, "maya", redraw=n)[0].character("maya") for n in range(1, MAX_RECASTS + 1)]
    assert len({(look.hair.model_dump_json(), look.face.model_dump_json()) for look in looks}) == MAX_RECASTS
    other_seed = plan.model_copy(update={"seed": 8})
    assert recast_character(other_seed, cast, "maya", redraw=2)[0].character("maya") != first[0].character("maya")


def test_no_earlier_look_comes_back(plan):
    looks = [step.character("maya") for step, _ in recast_all(plan, "maya")]
    assert min(look_distance(a, b) for a, b in itertools.combinations(looks, 2)) >= MIN_LOOK_DISTANCE


def test_the_new_look_keeps_its_distance_from_the_others(plan):
    family = [person(f"p{n}", age_group="young_adult", gender="female", skin_tone=4) for n in range(6)]
    plan = with_people(plan, family)
    cast = cast_characters(plan)
    for number in range(6):
        plan, cast = recast_character(plan, cast, f"p{number}", redraw=1)
    people = plan.characters
    assert min(look_distance(a, b) for a, b in itertools.combinations(people, 2)) >= MIN_LOOK_DISTANCE


@pytest.mark.parametrize("age", AgeGroup.__args__)
@pytest.mark.parametrize("gender", Gender.__args__)
@pytest.mark.parametrize("tone", [1, 5, 10])
def test_looks_suit_age_gender_and_tone(plan, age, gender, tone):
    plan = with_people(plan, [person(age_group=age, gender=gender, skin_tone=tone)])
    for step, _ in recast_all(plan, "ana")[1:]:
        ana = step.character("ana")
        assert ana.face.facial_hair == "none" or (gender == "male" and age in ("young_adult", "adult", "senior"))
        assert (ana.hair.color in ("gray", "white")) == (age == "senior")
        assert not (ana.face.freckles and tone > 3)
        assert age == "baby" or ana.hair.style != "bald" or gender == "male"


@pytest.mark.parametrize("species", Species.__args__)
def test_animals_get_another_coat(plan, species):
    was = Character(
        id="rex", name="Rex", kind="animal", species=species, breed="collie", coat=Coat(color="golden"), size="small"
    )
    for before, after in itertools.pairwise(
        step.character("rex") for step, _ in recast_all(with_people(plan, [was]), "rex")
    ):
        assert after.coat.color != before.coat.color
        assert (after.species, after.size, after.breed) == (species, "small", "")


def test_portraits_and_consent_of_who_was_there_before_are_dropped(plan):
    cast = cast_characters(plan)
    referred = replace(
        cast.member("maya"), portraits=(np.zeros((8, 8, 3), np.uint8),), views=("front",), consent="She agreed.",
        source="reference", encoder="faces@1", vector=np.eye(512, dtype=np.float32)[0],
    )  # fmt: skip
    cast = replace(cast, members=(referred, cast.member("rusty")))
    member = recast_character(plan, cast, "maya", redraw=1)[1].member("maya")
    assert (member.portraits, member.views, member.consent, member.source) == ((), (), "", "sampled")
    assert (member.encoder, member.vector.shape) == ("seeded-gaussian@1", (128,))


@pytest.mark.parametrize("redraw", [0, -1, MAX_RECASTS + 1])
def test_recasts_are_bounded(plan, redraw):
    with pytest.raises(AlbumError, match="cannot be recast"):
        recast_character(plan, cast_characters(plan), "maya", redraw=redraw)


def test_a_stranger_cannot_be_recast(plan):
    with pytest.raises(AlbumError, match="no character 'nobody'"):
        recast_character(plan, cast_characters(plan), "nobody", redraw=1)


def test_a_cast_that_leaves_no_look_is_named(plan):
    """Babies have few looks; enough of them use all up."""
    looks = itertools.product(("bald", "buzz", "short", "curly_short"), ("black", "dark_brown", "brown"))
    babies = [
        person(f"b{n}", age_group="baby", skin_tone=9, hair=Hair(style=style, color=color))
        for n, (style, color) in enumerate(looks)
    ]
    plan = with_people(plan, babies)
    with pytest.raises(AlbumError, match="No look is left for 'B0'"):
        recast_character(plan, cast_characters(plan), "b0", redraw=1)


def test_damaged_metadata_is_named(plan):
    cast = cast_characters(plan)
    cast = replace(cast, metadata={**cast.metadata, "looks.maya": "{"})
    with pytest.raises(AlbumError, match=r"looks\.maya"):
        recast_character(plan, cast, "maya", redraw=1)
