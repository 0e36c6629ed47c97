import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.quality.cast_mix import MIN_LEADS, audit_albums, compare_with_mix, is_silent, lead_of
from synthetic_albums.stages.records import AlbumPlan, Character, Environment, Outfit, Scene

MIX = {"gender": {"female": 0.5, "male": 0.5}, "build": {"slim": 0.5, "broad": 0.5}}
SILENT = "Filled in the cast: the prompt names nobody."


def person(name, **facts):
    return Character(id=name, name=name, outfits=[Outfit(id="day")], **facts)


def album(*characters, silent=True):
    return AlbumPlan(
        title="x",
        characters=list(characters),
        environments=[Environment(id="park", kind="park")],
        scenes=[Scene(id="s1", title="x", caption="x", environment="park", time="2026-06-14T09:00:00")],
        notes=[SILENT] if silent else [],
    )


def leads(female, male):
    return [person(f"a{n}", gender="female" if n < female else "male", build="slim") for n in range(female + male)]


def test_a_cast_that_keeps_the_mix_passes_and_one_that_leaves_it_fails():
    pytest.importorskip("scipy")
    assert compare_with_mix(leads(130, 130), MIX)["gender"]["p"] == 1.0
    biased = compare_with_mix(leads(200, 60), MIX)
    assert biased["gender"]["p"] < 1e-6
    assert biased["build"]["observed"] == {"slim": 260, "broad": 0}


def test_a_value_outside_the_mix_fails():
    pytest.importorskip("scipy")
    people = [*leads(130, 129), person("odd", gender="unspecified", build="slim")]
    found = compare_with_mix(people, MIX)["gender"]
    assert (found["p"], found["chi2"], found["observed"]["unspecified"]) == (0.0, None, 1)


def test_the_build_of_children_is_not_counted():
    pytest.importorskip("scipy")
    people = [*leads(130, 130), *(person(f"c{n}", age_group="child", gender="male") for n in range(5))]
    assert sum(compare_with_mix(people, MIX)["build"]["observed"].values()) == 260


def test_too_few_leads_are_refused():
    with pytest.raises(AlbumError, match=f"at least {MIN_LEADS}"):
        compare_with_mix(leads(5, 5), MIX)


def test_few_albums_are_counted_and_not_tested():
    dog = Character(id="rex", name="Rex", kind="animal", species="dog")
    plans = [
        album(person("ana", gender="female", build="slim"), person("leo", gender="male", build="broad")),
        album(dog, person("kim", gender="female", build="slim")),
        album(person("tom", gender="male", build="average"), silent=False),
        album(dog),
    ]
    found = audit_albums(plans, MIX)
    assert (found.albums, found.people, found.leads) == (4, 4, 2)
    assert found.attributes["gender"].everybody == {"female": 2, "male": 2}
    assert found.attributes["gender"].observed == {"female": 2, "male": 0}
    assert found.attributes["gender"].expected == {"female": 1.0, "male": 1.0}
    assert found.attributes["gender"].p is None


def test_many_albums_are_tested_as_the_audit_of_the_planner_does():
    pytest.importorskip("scipy")
    plans = [album(lead) for lead in leads(200, 60)]
    found = audit_albums(plans, MIX).attributes["gender"]
    assert found.p == compare_with_mix(leads(200, 60), MIX)["gender"]["p"]


def test_the_lead_is_the_first_person_and_silence_is_what_the_planner_noted():
    dog = Character(id="rex", name="Rex", kind="animal", species="dog")
    assert lead_of(album(dog, person("ana"))).id == "ana"
    assert lead_of(album(dog)) is None
    assert is_silent(album())
    assert not is_silent(album(silent=False))


def test_the_planner_says_in_these_words_that_a_prompt_was_silent():
    from synthetic_albums.stages.story import plan_story

    assert is_silent(plan_story("a day at the beach", photos=1, seed=0, style="auto"))
    assert not is_silent(plan_story("two old men in the park", photos=1, seed=0, style="auto"))
