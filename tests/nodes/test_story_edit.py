import json
import math
import os

import pytest
from synthetic_albums.nodes.identity import AlbumIdentity
from synthetic_albums.nodes.layout import AlbumLayout
from synthetic_albums.nodes.story_edit import UNCHANGED, AlbumPlanCheck, AlbumPlanMerge, AlbumSceneEdit
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.story import plan_json

TEXTS = ("caption", "emotion", "time", "cast_add", "cast_remove", "objects_add", "objects_remove")
CHOICES = ("mood", "camera_shot", "camera_angle", "lighting", "weather")
NOTHING = {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(CHOICES, UNCHANGED)}


def edit(plan, scene, **changes):
    return AlbumSceneEdit().edit(plan, scene, **NOTHING | changes)


def fingerprints(album):
    return {photo.scene: photo.fingerprint for photo in album.read().photos}


CHANGES = pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"caption": "Rain at last."}, lambda scene: scene.caption == "Rain at last."),
        ({"emotion": "sad"}, lambda scene: {entry.emotion for entry in scene.cast} == {"sad"}),
        ({"emotion": "Leo: sad"}, lambda scene: [entry.emotion for entry in scene.cast][1] == "sad"),
        ({"mood": "tense"}, lambda scene: scene.mood == "tense"),
        ({"camera_shot": "wide"}, lambda scene: scene.camera.shot == "wide"),
        ({"camera_angle": "overhead"}, lambda scene: scene.camera.angle == "overhead"),
        ({"time": "11:30"}, lambda scene: (scene.time.hour, scene.time.minute) == (11, 30)),
        ({"lighting": "night"}, lambda scene: scene.lighting == "night"),
        ({"weather": "storm"}, lambda scene: scene.weather == "storm"),
        ({"cast_remove": "Ana"}, lambda scene: [entry.character for entry in scene.cast] == ["leo"]),
        ({"objects_add": "3 red balloons"}, lambda scene: [thing.count for thing in scene.objects] == [3]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)


@CHANGES
def test_every_input_changes_its_scene_and_no_other(plan, change, seen):
    edited, text = edit(plan, 2, **change)
    assert not seen(plan.scenes[1])
    assert seen(edited.scenes[1])
    assert edited.scenes[1].id == "s2"
    assert [edited.scenes[n] for n in (0, 2)] == [plan.scenes[n] for n in (0, 2)]
    assert edited.model_copy(update={"scenes": plan.scenes}) == plan
    assert json.loads(text) == edited.model_dump(mode="json")


def test_somebody_joins_and_a_thing_goes(plan):
    edited, _ = edit(plan, 1, cast_add="Leo", objects_add="ball, kite")
    assert [entry.character for entry in edited.scenes[0].cast] == ["ana", "leo"]
    edited, _ = edit(edited, 1, objects_remove="kite")
    assert [thing.kind for thing in edited.scenes[0].objects] == ["ball"]


@CHANGES
def test_only_the_edited_photo_is_rendered_again(render, renderer, plan, change, seen):
    before = fingerprints(render()[0])
    edited, _ = edit(plan, 2, **change)
    layout = AlbumLayout().lay_out(edited, width=64, height=64)[0]
    cast = AlbumIdentity().cast(edited, portrait_size=64, renderer=None)[0]
    renderer.photos.clear()
    after = fingerprints(render(plan=edited, layout=layout, cast=cast)[0])
    assert renderer.photos == ["s2"]
    assert before.pop("s2") != after.pop("s2")
    assert before == after


@pytest.mark.parametrize("blank", ["", " \n"])
def test_what_is_left_unchanged_or_empty_leaves_the_plan_as_it_is(plan, blank):
    assert edit(plan, 2, **dict.fromkeys(TEXTS, blank)) == (plan, plan_json(plan))


@pytest.mark.parametrize("scene", [0, 4])
def test_a_scene_that_the_plan_does_not_have_is_refused(plan, scene):
    with pytest.raises(AlbumError, match=f"There is no scene {scene}: the plan has scenes 1 to 3"):
        edit(plan, scene, caption="Nobody sees this.")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"emotion": "hapy"}, "Did you mean 'happy'"),
        ({"time": "23:00"}, "Scene 2 cannot be at"),
        ({"time": "noonish"}, "is no time"),
        ({"cast_add": "Zoe"}, "no character 'Zoe'"),
        ({"objects_add": "birdhouse"}, "no object kind 'birdhouse'"),
    ],
)
def test_what_does_not_exist_or_fit_is_said(plan, change, message):
    with pytest.raises(AlbumError, match=message):
        edit(plan, 2, **change)


def test_merged_plans_are_told_one_after_the_other(plan, make_plan):
    second = make_plan(2, people=("ana", "mia"))
    merged, text = AlbumPlanMerge().merge(plan, second)
    assert merged.scenes[:3] == plan.scenes
    assert [scene.caption for scene in merged.scenes[3:]] == [scene.caption for scene in second.scenes]
    assert len({scene.id for scene in merged.scenes}) == 5
    assert [scene.time for scene in merged.scenes] == sorted(scene.time for scene in merged.scenes)
    assert [character.id for character in merged.characters] == ["ana", "leo", "mia"]
    assert json.loads(text) == merged.model_dump(mode="json")


def test_photos_of_the_first_plan_are_not_rendered_again_after_a_merge(render, renderer, plan, make_plan):
    render()
    merged, _ = AlbumPlanMerge().merge(plan, make_plan(1))
    layout = AlbumLayout().lay_out(merged, width=64, height=64)[0]
    cast = AlbumIdentity().cast(merged, portrait_size=64, renderer=None)[0]
    renderer.photos.clear()
    render(plan=merged, layout=layout, cast=cast)
    assert renderer.photos == [merged.scenes[3].id]


@pytest.fixture
def names(host):
    file = host.input_directory() / "names.txt"
    file.write_text("# family\nLeo\n\n", encoding="utf-8")
    return file


def check(plan, when_found="mask", deny="", captions=""):
    return AlbumPlanCheck().check(plan, when_found, deny, captions)


@pytest.mark.parametrize("by", ["names.txt", " names.txt ", "full path"])
def test_a_listed_name_is_masked_wherever_it_stands(names, plan, by):
    plan = edit(plan, 3, caption="Leo waves to Ana.")[0]
    masked, report, findings = check(plan, deny=str(names) if by == "full path" else by)
    assert findings == report.count("\n") >= 3
    assert "leo" not in plan_json(masked).lower()
    assert "Leo" not in report
    assert "scenes[2].caption: name L… (3 characters)" in report
    assert masked.characters[0] == plan.characters[0]
    assert len(masked.scenes) == 3
    assert check(masked, deny="names.txt")[2] == 0


def test_a_finding_stops_the_run_without_repeating_it(names, plan):
    plan = edit(plan, 3, caption="Write to ana.k@example.org.")[0]
    with pytest.raises(AlbumError, match=r"personal data in 1 places: scenes\[2\]\.caption: email") as caught:
        check(plan, "stop")
    assert "example" not in str(caught.value)


def test_a_report_leaves_the_plan_as_it_is(names, plan):
    reported, report, findings = check(plan, "report", deny="names.txt")
    assert reported == plan
    assert findings == len(report.splitlines()) - 1 > 0


def test_a_private_caption_is_found(host, plan):
    file = host.input_directory() / "captions.txt"
    file.write_text(plan.scenes[1].caption + "\n", encoding="utf-8")
    masked, report, findings = check(plan, captions="captions.txt")
    assert findings >= 1
    assert "scenes[1].caption: private caption" in report
    assert plan.scenes[1].caption not in plan_json(masked)


@pytest.mark.parametrize("when_found", ["mask", "stop", "report"])
def test_a_plan_without_findings_goes_through_as_it_is(plan, host, when_found):
    checked, report, findings = check(plan, when_found, deny="  ")
    assert checked == plan
    assert findings == 0
    assert report.startswith("0 findings in ")


@pytest.mark.parametrize("inputs", [{"deny": "nowhere.txt"}, {"captions": "nowhere.txt"}, {"deny": "~nobody-here/x"}])
def test_a_list_that_is_missing_never_passes_a_plan(host, plan, inputs):
    with pytest.raises(AlbumError, match="Cannot read the list"):
        check(plan, **inputs)


def test_an_empty_list_never_passes_a_plan(names, plan):
    names.write_text("# nobody yet\n", encoding="utf-8")
    with pytest.raises(AlbumError, match="has no entries: nothing was checked"):
        check(plan, deny="names.txt")


def changed(deny="", captions=""):
    return AlbumPlanCheck.IS_CHANGED(deny_names_file=deny, private_captions_file=captions, when_found="mask", plan=None)


@pytest.mark.parametrize("which", ["deny", "captions"])
def test_a_list_that_was_changed_is_read_again(names, which):
    before = changed(**{which: "names.txt"})
    assert changed(**{which: "names.txt"}) == before != changed()
    names.write_text("Leo\nAna\n", encoding="utf-8")
    longer = changed(**{which: "names.txt"})
    assert longer != before
    os.utime(names, ns=(1, 1))
    assert changed(**{which: "names.txt"}) != longer


def test_no_lists_are_always_the_same(host):
    assert changed() == changed("  ", " \n")


def test_lists_that_are_linked_or_missing_are_read_every_time(host):
    for state in (changed(None), changed("", None), changed("nowhere.txt")):
        assert math.isnan(state)
