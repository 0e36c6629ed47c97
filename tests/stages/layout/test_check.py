import pytest
from synthetic_albums.stages.layout import check_layout, lay_out_scenes
from synthetic_albums.stages.records import AlbumLayout, Camera, CastEntry, Interaction, Region, SceneObject


@pytest.fixture
def plan(make):
    people = [make.person("ana"), make.person("ben"), make.animal("rex")]
    cast = [CastEntry(character=one.id) for one in people]
    tent = SceneObject(id="tent", kind="tent")
    return make.plan_of(people, [make.scene_of(cast, objects=[tent], camera=Camera(shot="wide"))])


@pytest.fixture
def layout(plan):
    return lay_out_scenes(plan, width=600, height=400)


def moved(region: Region, dx: float, dy: float) -> Region:
    x0, y0, x1, y1 = region.box
    keypoints = [(x + dx, y + dy, flag) for x, y, flag in region.keypoints]
    return region.model_copy(update={"box": (x0 + dx, y0 + dy, x1 + dx, y1 + dy), "keypoints": keypoints})


def edited(layout: AlbumLayout, **regions: Region | None) -> AlbumLayout:
    """The layout with regions replaced by their ref, or removed."""
    scene = layout.scenes[0]
    kept = [regions.get(one.ref, one) for one in scene.regions]
    scene = scene.model_copy(update={"regions": [one for one in kept if one is not None]})
    return AlbumLayout(scenes=[scene])


def region(layout: AlbumLayout, ref: str) -> Region:
    return next(one for one in layout.scenes[0].regions if one.ref == ref)


def test_what_the_stage_lays_out_is_clean(layout, plan):
    assert check_layout(layout, plan) == []


def test_a_scene_without_a_blueprint_is_named(layout, plan):
    other = layout.scenes[0].model_copy(update={"scene": "other"})
    assert check_layout(AlbumLayout(scenes=[other]), plan) == ["scene s1: has no blueprint"]


def test_missing_regions_are_named(layout, plan):
    problems = check_layout(edited(layout, ana=None, tent=None), plan)
    assert "scene s1: 'ana' of the cast has no region" in problems
    assert "scene s1: object 'tent' has no region" in problems


def test_floating_people_are_found_with_the_two_heights(layout, plan):
    ana = region(layout, "ana")
    problems = check_layout(edited(layout, ana=moved(ana, 0, -0.15)), plan)
    feet, ground = ana.box[3] - 0.15, ana.box[3]
    assert problems == [f"scene s1: 'ana' floats: feet at {feet:.2f}, ground at {ground:.2f}"]


def test_sunken_animals_are_found(layout, plan):
    problems = check_layout(edited(layout, rex=moved(region(layout, "rex"), 0, 0.08)), plan)
    assert any("'rex' sinks in" in problem for problem in problems)


def test_a_jump_does_not_float(make):
    plan = make.plan_of([make.person("ana")], [make.scene_of([CastEntry(character="ana", pose="jumping")])])
    layout = lay_out_scenes(plan, width=600, height=400)
    assert region(layout, "ana").box[3] < layout.scenes[0].ground - 0.03
    assert check_layout(layout, plan) == []


def test_what_left_the_canvas_is_found(layout, plan):
    problems = check_layout(edited(layout, ana=moved(region(layout, "ana"), 2.0, 0)), plan)
    assert any(problem.startswith("scene s1: 'ana' is outside the canvas") for problem in problems)
    assert any("the face of 'ana' is outside" in problem for problem in problems)


def on_top(layout: AlbumLayout, one: str, other: str) -> AlbumLayout:
    dx = region(layout, other).box[0] - region(layout, one).box[0]
    return edited(layout, **{one: moved(region(layout, one), dx, 0)})


def test_strangers_that_overlap_are_found_and_interacting_people_are_not(layout, plan):
    problems = check_layout(on_top(layout, "ana", "ben"), plan)
    assert any("overlaps" in problem and "'ana'" in problem and "'ben'" in problem for problem in problems)
    hug = Interaction(kind="hugging", subject="ana", target="ben")
    hugging = plan.model_copy(update={"scenes": [plan.scenes[0].model_copy(update={"interactions": [hug]})]})
    assert not any(
        "'ben'" in problem for problem in check_layout(on_top(layout, "ana", "ben"), hugging) if "'ana'" in problem
    )


def test_an_overlap_below_thirty_percent_is_fine(layout, plan):
    ana, ben = region(layout, "ana"), region(layout, "ben")
    width = ben.box[2] - ben.box[0]
    beside = moved(ana, ben.box[2] - 0.2 * width - ana.box[0], 0)
    assert not any(
        "'ana' overlaps 'ben'" in p or "'ben' overlaps 'ana'" in p
        for p in check_layout(edited(layout, ana=beside), plan)
    )


def test_a_tent_hidden_behind_somebody_is_found(layout, plan):
    tent, ana = region(layout, "tent"), region(layout, "ana")
    small = tent.model_copy(update={"box": (ana.box[0], ana.box[1] + 0.1, ana.box[2], ana.box[1] + 0.2)})
    assert any("'ana' overlaps 'tent'" in problem for problem in check_layout(edited(layout, tent=small), plan))


def test_in_a_close_up_things_may_hide_behind_faces_but_faces_may_not_leave(make):
    scene = make.scene_of([CastEntry(character="ana")], camera=Camera(shot="close_up"))
    plan = make.plan_of([make.person("ana")], [scene])
    layout = lay_out_scenes(plan, width=600, height=400)
    assert check_layout(layout, plan) == []
    up = edited(layout, ana=moved(region(layout, "ana"), 0, -0.6))
    assert any("face of 'ana'" in problem for problem in check_layout(up, plan))


def resized(region: Region, factor: float) -> Region:
    """The region shrunk towards its feet."""
    x0, _, x1, y1 = region.box
    middle = (x0 + x1) / 2

    def shrink(x: float, y: float) -> tuple[float, float]:
        return middle + (x - middle) * factor, y1 + (y - y1) * factor

    box = (*shrink(x0, region.box[1]), *shrink(x1, y1))
    keypoints = [(*shrink(x, y), flag) for x, y, flag in region.keypoints]
    mask = [[shrink(x, y) for x, y in outline] for outline in region.mask]
    return region.model_copy(update={"box": box, "keypoints": keypoints, "mask": mask})


def test_people_like_dots_are_found(layout, plan):
    ana = region(layout, "ana")
    factor = 0.03 / (ana.box[3] - ana.box[1])
    problems = check_layout(edited(layout, ana=resized(ana, factor)), plan)
    assert "scene s1: 'ana' is tiny: 3.0% of the picture's height; 4% is the least" in problems


def test_feet_far_below_the_frame_of_a_wide_shot_are_found(layout, plan):
    ana = region(layout, "ana")
    problems = check_layout(edited(layout, ana=moved(ana, 0, 1.15 - ana.box[3])), plan)
    assert "scene s1: the feet of 'ana' are far below the frame of a wide shot, at 1.15" in problems


def test_somebody_behind_somebody_else_is_found(layout, plan):
    ana, ben = region(layout, "ana"), region(layout, "ben")
    wall = [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]
    front = ben.model_copy(update={"mask": wall, "box": (0.0, 0.0, 1.0, 1.0)})
    scene = layout.scenes[0].model_copy(update={"regions": [ana, region(layout, "rex"), region(layout, "tent"), front]})
    problems = check_layout(AlbumLayout(scenes=[scene]), plan)
    assert "scene s1: 'ana' is hidden: 0% of what is in the frame can be seen" in problems
