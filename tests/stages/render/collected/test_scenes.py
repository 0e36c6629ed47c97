import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.layout import lay_out_scenes
from synthetic_albums.stages.render.collected import pick_scenes
from synthetic_albums.stages.render.pipelines.prompts import TOKENS
from synthetic_albums.stages.seeds import derive_seed


def words(text):
    return len(text.replace(",", " ,").split())


@pytest.mark.parametrize(("subset", "numbers"), [("", [1, 2, 3]), ("all", [1, 2, 3]), ("3,1", [1, 3])])
def test_the_chosen_scenes_come_in_order_with_size_and_seed(story, subset, numbers):
    picked = pick_scenes(*story.parts, subset=subset)
    assert [one.number for one in picked] == numbers
    for one in picked:
        assert one.scene == f"s{one.number}"
        assert (one.width, one.height) == (96, 64)
        assert one.seed == derive_seed(5, "photo", one.scene, 0)


def test_another_attempt_has_other_seeds_and_the_same_words(story):
    first, second = (pick_scenes(*story.parts, subset="", attempt=attempt) for attempt in (0, 1))
    assert [one.prompt for one in first] == [one.prompt for one in second]
    assert not {one.seed for one in first} & {one.seed for one in second}


def test_without_regions_a_prompt_says_looks_and_with_them_they_do(story):
    (plain,) = pick_scenes(*story.parts, subset="2")
    (regional,) = pick_scenes(*story.parts, subset="2", regional=True)
    assert plain.regions == ()
    assert "red hair" in plain.prompt
    assert "red hair" not in regional.prompt
    by_region = {one.region: one.text for one in regional.regions}
    assert by_region.keys() == {"ana", "leo", "ball"}
    assert "red hair" in by_region["ana"]
    assert "green" in by_region["leo"]
    assert by_region["ball"].startswith("yellow ball")
    shown = story.layout.scene("s2").regions
    assert [shown[one.index].id for one in regional.regions] == [one.region for one in regional.regions]


def test_the_plan_is_prose_and_what_is_added_is_not(story):
    (picked,) = pick_scenes(*story.parts, subset="1", extra=" (film grain:1.2) ")
    assert picked.prompt.endswith(", (film grain:1.2)")
    prose = picked.prompt.removesuffix(", (film grain:1.2)")
    assert "\\(and" in prose
    assert "(" not in prose.replace("\\(", "")


def test_prompts_are_cut_to_the_tokens_that_there_are_and_the_extra_words_stay(story):
    extra = "grain " * 60
    whole = pick_scenes(*story.parts, subset="", extra=extra, regional=True)
    cut = pick_scenes(*story.parts, subset="", extra=extra, regional=True, count=words)
    for long, short in zip(whole, cut, strict=True):
        assert words(short.prompt) <= TOKENS < words(long.prompt)
        assert short.prompt.endswith(extra.strip())
        assert "lake" in short.prompt


def test_extra_words_that_are_too_long_alone_cost_the_plan_nothing(story):
    extra = "grain " * 80
    (cut,) = pick_scenes(*story.parts, subset="2", extra=extra, count=words)
    (alone,) = pick_scenes(*story.parts, subset="2", count=words)
    assert cut.prompt == f"{alone.prompt}, {extra.strip()}"


@pytest.mark.parametrize("subset", ["4", "0", "2-1", "one"])
def test_a_subset_that_names_no_photos_is_refused(story, subset):
    with pytest.raises(AlbumError, match="Photos to make"):
        pick_scenes(*story.parts, subset=subset)


def test_a_size_that_latents_cannot_have_is_refused_with_one_that_they_can(story):
    layout = lay_out_scenes(story.plan, width=100, height=64)
    with pytest.raises(AlbumError, match=r"'s1' is laid out for 100 x 64 pixels.* lay out the plan at 96 x 64"):
        pick_scenes(story.plan, layout, story.cast, subset="")


def test_a_layout_of_another_plan_is_refused(story, tell):
    with pytest.raises(AlbumError, match="The layout belongs to another plan"):
        pick_scenes(story.plan, tell(4).layout, story.cast, subset="")


def test_somebody_in_the_layout_who_left_the_scene_is_named(story, tell):
    scenes = [scene.model_copy(update={"cast": []}) for scene in story.plan.scenes]
    with pytest.raises(AlbumError, match="layout of scene 's1' shows 'ana', who is not in that scene"):
        pick_scenes(tell(scenes=scenes).plan, story.layout, story.cast, subset="1", regional=True)


def test_a_cast_of_another_plan_is_refused(story, tell):
    (ana, _) = story.plan.characters
    nobody = tell(characters=[ana], scenes=[story.plan.scenes[0]])
    with pytest.raises(AlbumError, match="The cast has nobody called 'leo'"):
        pick_scenes(story.plan, story.layout, nobody.cast, subset="")
