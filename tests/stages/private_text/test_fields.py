from datetime import datetime

from synthetic_albums.stages.private_text import find_shapes, plan_texts
from synthetic_albums.stages.records import AlbumPlan, CastEntry, Character, Environment, Outfit, Scene


def test_free_text_and_ids_are_read_and_vocabulary_and_references_are_not():
    plan = AlbumPlan(
        title="Three walks",
        characters=[Character(id="ana", name="Ana", outfits=[Outfit(id="day")])],
        environments=[Environment(id="park", kind="park")],
        scenes=[
            Scene(id="s1", title="One", caption="A walk", environment="park", time=datetime(2026, 6, 1),
                  cast=[CastEntry(character="ana")])
        ],
    )  # fmt: skip
    found = {path: (text, is_id) for path, text, is_id in plan_texts(plan)}
    assert found["title"] == ("Three walks", False)
    assert found["scenes[0].caption"] == ("A walk", False)
    assert found["characters[0].id"] == ("ana", True)
    assert found["characters[0].outfits[0].id"] == ("day", True)
    assert not {"scenes[0].environment", "scenes[0].cast[0].character", "environments[0].kind"} & set(found)


def test_shapes_come_with_where_they_stand():
    assert find_shapes("mail me@example.org now") == [(5, 19, "email")]
