import copy
import json
from datetime import datetime

import numpy as np
import pytest
from pydantic import ValidationError
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import (
    Album,
    AlbumLayout,
    AlbumPlan,
    Cast,
    CastEntry,
    CastMember,
    parse_record,
)

PLAN = {
    "title": "A day out",
    "characters": [
        {"id": "ana", "name": "Ana", "outfits": [{"id": "day"}, {"id": "party", "top": "dress"}]},
        {"id": "rex", "name": "Rex", "kind": "animal", "species": "dog"},
    ],
    "relations": [{"subject": "rex", "kind": "pet", "object": "ana"}],
    "environments": [{"id": "park", "kind": "park"}],
    "scenes": [
        {
            "id": "s1",
            "title": "Ball",
            "caption": "Ana throws a ball.",
            "environment": "park",
            "time": "2026-06-14T09:30:00",
            "cast": [{"character": "ana", "outfit": "day"}, {"character": "rex"}],
            "objects": [{"id": "ball", "kind": "ball", "held_by": "ana"}],
            "interactions": [{"kind": "throwing_to", "subject": "ana", "target": "rex"}],
        },
        {"id": "s2", "title": "Home", "caption": "They go home.", "environment": "park", "time": "2026-06-14T09:30:00"},
    ],
}


def plan_with(path, value):
    """The plan with one thing in it changed; a path is like `scenes.0.cast.1`."""
    data = copy.deepcopy(PLAN)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = data
    for part in parents:
        place = place[part]
    if isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return data


def test_a_good_plan_is_read_and_comes_back_the_same():
    plan = parse_record(AlbumPlan, PLAN, what="plan")
    assert AlbumPlan.model_validate_json(plan.model_dump_json()) == plan
    assert plan.scenes[0].time == datetime(2026, 6, 14, 9, 30)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("characters.1.id", "ana", "characters: the id 'ana' is used twice"),
        ("environments.1", {"id": "park", "kind": "beach"}, "environments: the id 'park' is used twice"),
        ("scenes.1.id", "s1", "scenes: the id 's1' is used twice"),
        ("scenes.0.cast.2", {"character": "ana"}, r"scenes\[0\]: 'ana' appears twice in cast and objects"),
        ("scenes.0.objects.0.id", "rex", r"scenes\[0\]: 'rex' appears twice in cast and objects"),
        ("characters.0.outfits.1.id", "day", r"characters\[0\]: outfits of 'ana': the id 'day' is used twice"),
        ("relations.0.subject", "bob", r"relations\[0\].subject: there is no character 'bob'"),
        ("relations.0.object", "bob", r"relations\[0\].object: there is no character 'bob'"),
        ("scenes.1.environment", "moon", r"scenes\[1\].environment: there is no environment 'moon'"),
        ("scenes.0.cast.0.character", "bob", r"scenes\[0\].cast\[0\].character: there is no character 'bob'"),
        ("scenes.0.cast.0.outfit", "swim", r"scenes\[0\].cast\[0\].outfit: 'ana' has no outfit 'swim'"),
        ("scenes.0.objects.0.held_by", "bob", r"scenes\[0\].objects\[0\].held_by: 'bob' is not in this scene"),
        ("scenes.0.interactions.0.subject", "ball", r"interactions\[0\].subject: 'ball' is not in this scene"),
        ("scenes.0.interactions.0.target", "bob", r"interactions\[0\].target: 'bob' is not in this scene"),
        ("scenes.1.time", "2026-06-14T09:29:59", r"scenes\[1\].time: 2026-06-14T09:29:59 is before 2026-06-14T09:30"),
        ("scenes.0.time", "2026-06-14T09:30:00Z", r"scenes\[0\].time: must be local wall-clock time"),
        ("characters.1.species", None, r"characters\[1\]: animal 'rex' needs a species"),
        ("characters.0.outfits", [], r"characters\[0\]: person 'ana' needs at least one outfit"),
        ("characters.0.skin_tone", 11, r"characters\[0\].skin_tone: .*less than or equal to 10 \(got 11\)"),
        ("characters.0.hair", {"color": "mauve"}, r"characters\[0\].hair.color: .*\(got 'mauve'\)"),
        ("scenes.0.id", "Scene 1", r"scenes\[0\].id: .*pattern"),
        ("scenes", [], "scenes: .*at least 1"),
        ("environments", [], "environments: .*at least 1"),
        ("title", "", "title: .*at least 1"),
        ("mood_board", 1, "mood_board: Extra inputs are not permitted"),
        ("seed", -1, "seed: .*greater than or equal to 0"),
        ("seed", 2**63, "seed: .*less than"),
    ],
)
def test_a_broken_plan_is_refused_with_the_path_of_the_field(path, value, message):
    with pytest.raises(AlbumError, match=rf"The plan is not valid: .*{message}"):
        parse_record(AlbumPlan, plan_with(path, value), what="plan")


def test_all_problems_are_listed_at_once_up_to_a_readable_number():
    data = plan_with("scenes.0.environment", "moon")
    data["relations"][0]["subject"] = "bob"
    with pytest.raises(AlbumError, match=r"(?s)no character 'bob'.*no environment 'moon'"):
        parse_record(AlbumPlan, data, what="plan")
    scenes = [{**PLAN["scenes"][1], "id": f"s{n}", "environment": "moon"} for n in range(50)]
    with pytest.raises(AlbumError, match="and 30 more"):
        parse_record(AlbumPlan, {**PLAN, "scenes": scenes}, what="plan")
    with pytest.raises(AlbumError, match="and 30 more"):
        parse_record(AlbumPlan, {**PLAN, "scenes": [{}] * 10}, what="plan")


@pytest.mark.parametrize(
    ("data", "came"),
    [(None, "empty"), ([], "a list"), ("x", "text"), (3, "a number"), (True, "true"), ({1}, "type set")],
)
def test_what_is_no_object_is_named(data, came):
    with pytest.raises(AlbumError, match=f"The plan must be an object with named fields, but it is .*{came}"):
        parse_record(AlbumPlan, data, what="plan")


def test_a_plan_of_a_newer_pack_asks_for_an_update():
    with pytest.raises(AlbumError, match=r"version 2; this pack reads version 1\. Update"):
        parse_record(AlbumPlan, {**PLAN, "version": 2}, what="plan")


def test_a_long_value_does_not_flood_the_message():
    with pytest.raises(AlbumError) as caught:
        parse_record(AlbumPlan, plan_with("title", "x" * 100_000), what="plan")
    assert len(str(caught.value)) < 300


def test_the_outfit_of_a_scene_is_the_named_one_else_the_first():
    plan = parse_record(AlbumPlan, PLAN, what="plan")
    assert plan.outfit(CastEntry(character="ana", outfit="party")).top == "dress"
    assert plan.outfit(CastEntry(character="ana")).id == "day"
    assert plan.outfit(CastEntry(character="rex")) is None
    with pytest.raises(AlbumError, match="no outfit of 'ana' 'swim'"):
        plan.outfit(CastEntry(character="ana", outfit="swim"))


def test_what_is_looked_up_is_found_or_named():
    plan = parse_record(AlbumPlan, PLAN, what="plan")
    assert plan.scene("s2").title == "Home"
    assert plan.character("rex").species == "dog"
    assert plan.environment("park").kind == "park"
    for look_up, message in (
        (plan.scene, "no scene 'x'"),
        (plan.character, "no character 'x'"),
        (plan.environment, "no environment 'x'"),
    ):
        with pytest.raises(AlbumError, match=message):
            look_up("x")


def test_layout_cast_and_album_look_up_by_id():
    layout = AlbumLayout.model_validate(
        {"scenes": [{"scene": "s1", "width": 64, "height": 64, "horizon": 0.5, "ground": 1, "light": [0, -1]}]}
    )
    member = CastMember("ana", np.ones(1, np.float32), "e@1", "sampled", "")
    album = Album(created="2026-01-01T00:00:00Z", plan=PLAN, photos=[{"number": 1, "scene": "s1"}])
    for owner, find, known in (
        (layout, layout.scene, "s1"),
        (Cast((member,)), Cast((member,)).member, "ana"),
        (album, album.photo, "s1"),
    ):
        assert find(known) is not None, owner
        with pytest.raises(AlbumError, match="'nobody'"):
            find("nobody")


def test_records_are_not_changed_after_they_are_made():
    plan = parse_record(AlbumPlan, PLAN, what="plan")
    with pytest.raises(ValidationError, match="frozen"):
        plan.title = "Other"


def test_a_microsecond_is_not_kept():
    plan = parse_record(AlbumPlan, plan_with("scenes.1.time", "2026-06-14T09:30:00.999"), what="plan")
    assert json.loads(plan.model_dump_json())["scenes"][1]["time"] == "2026-06-14T09:30:00"
