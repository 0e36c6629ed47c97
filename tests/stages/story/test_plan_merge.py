from datetime import datetime
from typing import get_args

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import AlbumPlan
from synthetic_albums.stages.story import merge_plans, plan_story
from synthetic_albums.stages.vocabulary import Color


def _plan(prompt, seed=1, photos=3, **more):
    return plan_story(prompt, photos=photos, seed=seed, style="auto", **more)


FIRST = _plan("Maria and her dog Rusty at the market in May")
SECOND = _plan("Maria and her dog Rusty at the beach in July", seed=2)


def test_characters_of_the_same_id_and_name_are_one_with_the_first_look():
    merged = merge_plans(FIRST, SECOND)

    assert [c.id for c in merged.characters] == [c.id for c in FIRST.characters]
    assert merged.character("maria").hair == FIRST.character("maria").hair
    assert merged.scenes[:3] == FIRST.scenes
    assert AlbumPlan.model_validate(merged.model_dump()) == merged


def test_what_the_second_wears_stays_what_it_wore():
    merged = merge_plans(FIRST, SECOND)

    for old, new in zip(SECOND.scenes, merged.scenes[3:], strict=True):
        for before, after in zip(old.cast, new.cast, strict=True):
            if before.outfit:
                assert SECOND.outfit(before).model_copy(update={"id": after.outfit}) == merged.outfit(after)


def test_clashing_ids_are_renamed_the_same_way_each_time():
    other = SECOND.model_copy(
        update={
            "characters": [c.model_copy(update={"name": "Other"}) if c.id == "maria" else c for c in SECOND.characters]
        }
    )

    merged = merge_plans(FIRST, other)

    assert {"maria", "maria-2"} <= {c.id for c in merged.characters}
    assert any(entry.character == "maria-2" for scene in merged.scenes[3:] for entry in scene.cast)
    assert merged == merge_plans(FIRST, other)
    assert len({scene.id for scene in merged.scenes}) == 6


def test_later_times_are_kept_and_earlier_ones_moved_by_whole_days():
    assert [s.time for s in merge_plans(FIRST, SECOND).scenes[3:]] == [s.time for s in SECOND.scenes]

    back = merge_plans(SECOND, FIRST)
    assert back.scenes[3].time.date() > back.scenes[2].time.date()
    assert [s.time.time() for s in back.scenes[3:]] == [s.time.time() for s in FIRST.scenes]
    assert any("Moved the second album" in note for note in back.notes)


def test_an_album_merged_with_itself_tells_itself_twice():
    merged = merge_plans(FIRST, FIRST)

    assert merged.title == FIRST.title
    assert len(merged.scenes) == 6
    assert len(merged.environments) == len(FIRST.environments)
    assert len(merged.relations) == len(FIRST.relations)


def test_too_many_scenes_together_are_refused():
    long = _plan("a day at the beach", photos=600)

    with pytest.raises(AlbumError, match="1200 scenes; an album holds 1000"):
        merge_plans(long, long)


def test_too_many_characters_together_are_refused():
    crowd = [c.model_copy(update={"id": f"p{n}", "name": f"P{n}"}) for n, c in enumerate([FIRST.characters[0]] * 20)]
    crowds = [
        plan.model_copy(
            update={"characters": [*plan.characters, *[c.model_copy(update={"id": c.id + x}) for c in crowd]]}
        )
        for plan, x in ((FIRST, "a"), (SECOND, "b"))
    ]

    with pytest.raises(AlbumError, match="characters; an album holds 32"):
        merge_plans(*crowds)


def test_too_many_outfits_of_a_shared_character_are_refused():
    def dressed(plan, x):
        maria = plan.character("maria")
        more = [
            maria.outfits[0].model_copy(update={"id": f"{x}{number}", "pattern": "checked", "top_color": color})
            for number, color in enumerate(get_args(Color)[:16])
        ]
        more = [o.model_copy(update={"bottom": "skirt" if x == "a" else "shorts"}) for o in more]
        outfits = [*maria.outfits, *more]
        people = [c.model_copy(update={"outfits": outfits}) if c.id == "maria" else c for c in plan.characters]
        return plan.model_copy(update={"characters": people})

    with pytest.raises(AlbumError, match="outfits; 24 is the most"):
        merge_plans(dressed(FIRST, "a"), dressed(SECOND, "b"))


def test_a_calendar_that_ends_is_refused():
    late = FIRST.model_copy(
        update={"scenes": [FIRST.scenes[0].model_copy(update={"time": datetime(9999, 12, 31, 23)})]}
    )

    with pytest.raises(AlbumError, match="year 9999"):
        merge_plans(late, SECOND)
