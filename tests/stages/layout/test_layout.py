import itertools
import math
from datetime import datetime

import numpy as np
import pytest
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.layout import body as b
from synthetic_albums.stages.layout import check_layout, lay_out_scene, lay_out_scenes
from synthetic_albums.stages.records import (
    AlbumLayout,
    AlbumPlan,
    Camera,
    CastEntry,
    Environment,
    Interaction,
    Region,
    SceneLayout,
    SceneObject,
)

SIZES = [(640, 360), (512, 512), (360, 640), (1000, 500), (400, 800), (64, 64)]


def entry(name: str, pose: str = "standing", facing: str = "camera") -> CastEntry:
    return CastEntry(character=name, pose=pose, facing=facing)


def link(kind: str, subject: str, target: str) -> Interaction:
    return Interaction(kind=kind, subject=subject, target=target)


def region(layout: SceneLayout, ref: str) -> Region:
    return next(one for one in layout.regions if one.ref == ref)


def joint(one: Region, index: int) -> np.ndarray:
    return np.array(one.keypoints[index][:2])


def head(layout: SceneLayout, one: Region) -> float:
    """Head height in picture heights."""
    gap = (joint(one, b.NOSE) - joint(one, b.NECK)) * (layout.width / layout.height, 1)
    return float(np.hypot(*gap)) / 0.75


@pytest.fixture
def stage(make):
    """Lay out one scene with ana, ben, a child, a baby, a dog, a cat and a horse to choose from."""
    people = [
        make.person("ana"), make.person("ben"),
        make.person("kid", age_group="child"), make.person("baby", age_group="baby"),
        make.animal("rex", size="large"), make.animal("tom", "cat"), make.animal("star", "horse"),
    ]  # fmt: skip

    def build(*cast, objects=(), links=(), shot="wide", angle="eye_level", size=(600, 400), seed=7, **fields):
        scene = make.scene_of(
            list(cast), objects=list(objects), interactions=list(links), camera=Camera(shot=shot, angle=angle), **fields
        )
        plan = make.plan_of(people, [scene], seed=seed)
        layout = lay_out_scene(plan, scene, width=size[0], height=size[1])
        assert check_layout(AlbumLayout(scenes=[layout]), plan) == []
        return layout

    return build


# --- any plan ---


@pytest.mark.parametrize("chunk", range(10))
def test_random_plans_of_every_kind_have_no_geometry_violations(make, chunk):
    for seed in range(chunk * 30, chunk * 30 + 30):
        plan = make.random_plan(seed, scenes=1)
        width, height = SIZES[seed % len(SIZES)]
        layout = lay_out_scenes(plan, width=width, height=height)
        assert check_layout(layout, plan) == [], f"seed {seed}"
        for scene, blueprint in zip(plan.scenes, layout.scenes, strict=True):
            wanted = sorted([one.character for one in scene.cast] + [thing.id for thing in scene.objects])
            assert sorted(one.ref for one in blueprint.regions) == wanted
            depths = [one.depth for one in blueprint.regions]
            assert depths == sorted(depths, reverse=True)


@pytest.mark.parametrize("size", [(64, 128), (128, 64), (64, 64), (8192, 4096), (4096, 8192), (333, 517)])
def test_every_size_works_and_is_recorded(make, size):
    plan = make.random_plan(5)
    layout = lay_out_scenes(plan, width=size[0], height=size[1])
    assert {(one.width, one.height) for one in layout.scenes} == {size}
    assert check_layout(layout, plan) == []


@pytest.mark.parametrize(("width", "height"), [(63, 64), (64, 8193), (0, 100), (-5, 100)])
def test_sizes_out_of_range_are_refused(make, width, height):
    plan = make.random_plan(1)
    with pytest.raises(AlbumError, match="must be 64 to 8192 pixels"):
        lay_out_scenes(plan, width=width, height=height)


def test_pictures_that_are_too_slim_are_refused(make):
    with pytest.raises(AlbumError, match="too slim"):
        lay_out_scenes(make.random_plan(1), width=64, height=8192)


def test_the_same_plan_gives_the_same_layout(make):
    once, again = (lay_out_scenes(make.random_plan(3, scenes=3), width=600, height=400) for _ in range(2))
    assert once.model_dump_json() == again.model_dump_json()


def test_another_album_seed_arranges_differently(stage):
    cast = entry("ana"), entry("ben"), entry("rex")
    assert stage(*cast, seed=1).model_dump_json() != stage(*cast, seed=2).model_dump_json()


def test_editing_or_adding_a_scene_leaves_the_others_as_they_were(make):
    plan = make.random_plan(11, scenes=4)
    before = lay_out_scenes(plan, width=600, height=400)
    edited = plan.scenes[1].model_copy(
        update={"camera": Camera(shot="close_up"), "cast": plan.scenes[1].cast[:1], "objects": [], "interactions": []}
    )
    added = edited.model_copy(update={"id": "new", "time": plan.scenes[2].time})
    scenes = [plan.scenes[0], edited, added, *plan.scenes[2:]]
    after = lay_out_scenes(AlbumPlan(**(plan.model_dump() | {"scenes": scenes})), width=600, height=400)
    for name in ("s0", "s2", "s3"):
        assert before.scene(name).model_dump_json() == after.scene(name).model_dump_json()
    assert before.scene("s1") != after.scene("s1")


def test_the_order_in_which_cast_is_listed_does_not_change_anyone_s_stance(make):
    people = [make.person("ana"), make.person("ben")]
    poses = []
    for cast in ([entry("ana"), entry("ben")], [entry("ben"), entry("ana")]):
        plan = make.plan_of(people, [make.scene_of(cast)])
        ana = region(lay_out_scene(plan, plan.scenes[0], width=600, height=400), "ana")
        poses.append((np.array(ana.keypoints)[:, :2] - joint(ana, b.NECK)).round(4).tolist())
    assert poses[0] == poses[1]


# --- camera and light ---


def test_a_low_camera_puts_the_horizon_low_and_a_high_one_high(stage):
    low, level, high, over = (stage(entry("ana"), angle=k).horizon for k in ("low", "eye_level", "high", "overhead"))
    assert low > level > high > over
    assert 0.40 <= level <= 0.5
    assert over < 0


def test_one_place_keeps_its_horizon_from_scene_to_scene(make):
    scenes = [make.scene_of([entry("ana")], id=name) for name in ("a", "b", "c")]
    plan = make.plan_of([make.person("ana")], scenes)
    assert len({one.horizon for one in lay_out_scenes(plan, width=600, height=400).scenes}) == 1


def test_the_sun_crosses_the_sky_of_a_place_from_morning_to_evening(make):
    hours = (7, 13, 19)
    scenes = [make.scene_of([], id=f"h{hour}", time=datetime(2026, 6, 14, hour)) for hour in hours]
    morning, noon, evening = (
        one.light for one in lay_out_scenes(make.plan_of([], scenes), width=600, height=400).scenes
    )
    assert np.sign(morning[0]) == -np.sign(evening[0])
    assert abs(noon[0]) < 0.3
    assert noon[1] < -0.9
    for light in (morning, noon, evening):
        assert math.hypot(*light) == pytest.approx(1, abs=1e-4)


def test_firelight_comes_from_below_and_lamps_from_above(make):
    scenes = [make.scene_of([], id=name, lighting=name) for name in ("firelight", "lamplight")]
    fire, lamp = (one.light for one in lay_out_scenes(make.plan_of([], scenes), width=600, height=400).scenes)
    assert fire[1] > 0 > lamp[1]


# --- sizes ---


def test_an_adult_fills_about_half_of_a_wide_shot_and_most_of_a_medium_one(stage):
    for shot, least, most in (("wide", 0.35, 0.55), ("medium", 0.72, 0.95)):
        box = region(stage(entry("ana"), shot=shot), "ana").box
        assert least <= box[3] - box[1] <= most


def test_a_close_up_is_head_and_shoulders(stage):
    layout = stage(entry("ana"), shot="close_up")
    ana = region(layout, "ana")
    assert 0.25 <= head(layout, ana) <= 0.45
    assert 0.3 <= joint(ana, b.NOSE)[1] <= 0.5
    assert ana.box[3] > 1.5


def test_a_detail_shows_the_thing_large_and_hands_at_it(stage):
    layout = stage(entry("ana"), objects=[SceneObject(id="cup", kind="cup", held_by="ana")], shot="detail")
    cup, ana = region(layout, "cup"), region(layout, "ana")
    assert cup.box[3] - cup.box[1] > 0.3
    assert cup.depth < ana.depth
    for wrist in (b.R_WRIST, b.L_WRIST):
        assert min(abs(joint(ana, wrist)[0] - edge) for edge in (cup.box[0], cup.box[2])) < 0.03


def test_age_and_species_set_the_size(stage):
    layout = stage(entry("ana"), entry("kid"), entry("baby"), entry("rex"), entry("tom"))
    heights = {one.ref: one.box[3] - one.box[1] for one in layout.regions}
    assert heights["ana"] > heights["kid"] > heights["baby"] > heights["tom"]
    assert heights["kid"] > heights["rex"] > heights["tom"]
    assert heights["kid"] / heights["ana"] == pytest.approx(1.15 / 1.70, abs=0.05)


@pytest.mark.parametrize("count", [2, 5, 8, 12])
@pytest.mark.parametrize("size", [(640, 360), (400, 800)])
@pytest.mark.parametrize("shot", ["wide", "medium", "close_up"])
def test_groups_up_to_twelve_fit_with_every_face_in_the_picture(make, count, size, shot):
    people = [make.person(f"p{i}") for i in range(count)]
    plan = make.plan_of(people, [make.scene_of([entry(one.id) for one in people], camera=Camera(shot=shot))])
    layout = lay_out_scenes(plan, width=size[0], height=size[1])
    assert check_layout(layout, plan) == []
    boxes = [one.box for one in layout.scenes[0].regions]
    assert max(box[2] for box in boxes) - min(box[0] for box in boxes) > min(0.1 * count, 0.7)


# --- togetherness ---


def test_wrists_meet_when_hands_are_held(stage):
    layout = stage(entry("ana", "walking"), entry("kid", "walking"), links=[link("holding_hands", "ana", "kid")])
    ana, kid = region(layout, "ana"), region(layout, "kid")
    gaps = [
        float(np.hypot(*((joint(ana, one) - joint(kid, other)) * (1.5, 1))))
        for one, other in itertools.product((b.R_WRIST, b.L_WRIST), repeat=2)
    ]
    assert min(gaps) < 0.3 * head(layout, ana)


@pytest.mark.parametrize("kind", ["talking", "hugging", "kissing", "throwing_to", "dancing_with", "sharing"])
def test_people_who_do_something_together_face_each_other(stage, kind):
    layout = stage(entry("ana"), entry("ben"), links=[link(kind, "ana", "ben")])
    left, right = sorted(layout.regions, key=lambda one: joint(one, b.NECK)[0])
    assert (left.facing, right.facing) == ("right", "left")


def test_a_hug_brings_bodies_and_arms_together(stage):
    layout = stage(entry("ana"), entry("ben"), links=[link("hugging", "ana", "ben")], shot="medium")
    ana, ben = region(layout, "ana"), region(layout, "ben")
    size = head(layout, ana)
    apart = abs(joint(ana, b.NECK)[0] - joint(ben, b.NECK)[0]) * 1.5
    assert 0.5 * size < apart < 1.6 * size
    for wrist in (b.R_WRIST, b.L_WRIST):
        assert abs(joint(ana, wrist)[0] - joint(ben, b.NECK)[0]) * 1.5 < 0.6 * size


def test_a_small_dog_is_petted_from_a_crouch_with_a_hand_on_it(stage):
    layout = stage(entry("ana"), entry("tom"), links=[link("petting", "ana", "tom")], shot="medium")
    ana, tom = region(layout, "ana"), region(layout, "tom")
    assert ana.pose == "crouching"
    near = min(abs(joint(ana, wrist)[0] - (tom.box[0] + tom.box[2]) / 2) for wrist in (b.R_WRIST, b.L_WRIST))
    assert near < 0.25


def test_who_carries_a_baby_holds_it_at_the_chest(stage):
    layout = stage(entry("ana"), entry("baby"), links=[link("carrying", "ana", "baby")], shot="medium")
    ana, baby = region(layout, "ana"), region(layout, "baby")
    assert baby.depth < ana.depth
    assert joint(ana, b.NOSE)[1] < joint(baby, b.NOSE)[1] < joint(ana, b.R_HIP)[1]
    assert ana.pose == "carrying"


def test_a_rider_sits_on_the_horse_s_back(stage):
    layout = stage(entry("ana"), entry("star"), links=[link("riding", "ana", "star")])
    ana, star = region(layout, "ana"), region(layout, "star")
    assert star.box[1] < joint(ana, b.R_HIP)[1] < (star.box[1] + star.box[3]) / 2
    assert star.box[0] < joint(ana, b.R_HIP)[0] < star.box[2]
    assert ana.facing == star.facing
    assert ana.depth < star.depth


def test_a_cyclist_is_on_the_bicycle(stage):
    layout = stage(entry("ana", "cycling"), objects=[SceneObject(id="bike", kind="bicycle")])
    ana, bike = region(layout, "ana"), region(layout, "bike")
    assert bike.box[0] < joint(ana, b.R_HIP)[0] < bike.box[2]
    assert joint(ana, b.R_HIP)[1] < bike.box[1] + 0.3 * (bike.box[3] - bike.box[1])
    assert ana.facing in ("left", "right")


@pytest.mark.parametrize("place", ["lake", "beach", "harbor"])
def test_a_canoe_with_its_paddlers_floats_near_the_horizon(make, place):
    cast = [entry("ana", "sitting"), entry("ben", "sitting")]
    links = [link("riding", name, "canoe") for name in ("ana", "ben")]
    scene = make.scene_of(cast, objects=[SceneObject(id="canoe", kind="canoe")], interactions=links)
    plan = make.plan_of([make.person("ana"), make.person("ben")], [scene], place=place)
    layout = lay_out_scenes(plan, width=600, height=400)
    assert check_layout(layout, plan) == []
    canoe = region(layout.scenes[0], "canoe")
    assert canoe.box[3] < layout.scenes[0].horizon + 0.2
    for name in ("ana", "ben"):
        paddler = region(layout.scenes[0], name)
        assert canoe.box[0] < joint(paddler, b.NECK)[0] < canoe.box[2]
        assert joint(paddler, b.NOSE)[1] < canoe.box[1]
        assert canoe.depth < paddler.depth


def test_people_sit_on_the_bench_that_is_there(stage):
    layout = stage(entry("ana", "sitting"), entry("ben", "sitting"), objects=[SceneObject(id="bench", kind="bench")])
    bench = region(layout, "bench")
    for name in ("ana", "ben"):
        one = region(layout, name)
        assert bench.box[0] < joint(one, b.R_HIP)[0] < bench.box[2]
        assert bench.box[1] < joint(one, b.R_HIP)[1] < bench.box[3]
        assert one.depth < bench.depth


def test_without_a_seat_people_sit_on_the_ground_and_on_the_blanket(stage):
    layout = stage(entry("ana", "sitting"), objects=[SceneObject(id="rug", kind="picnic_blanket")])
    ana, rug = region(layout, "ana"), region(layout, "rug")
    assert ana.box[3] - joint(ana, b.R_HIP)[1] < 1.0 * head(layout, ana)
    assert rug.box[0] < ana.box[0] < ana.box[2] < rug.box[2]
    assert rug.depth > ana.depth


def test_diners_sit_behind_the_table_and_dishes_stand_on_it(stage):
    dishes = [
        SceneObject(id="table", kind="table"),
        SceneObject(id="cake", kind="cake"),
        SceneObject(id="cup", kind="cup"),
    ]
    layout = stage(entry("ana", "eating"), entry("ben", "drinking"), objects=dishes, shot="medium")
    table = region(layout, "table")
    for name in ("ana", "ben"):
        one = region(layout, name)
        assert one.depth > table.depth
        assert joint(one, b.NECK)[1] < table.box[1]
    for name in ("cake", "cup"):
        dish = region(layout, name)
        assert table.box[0] <= dish.box[0] < dish.box[2] <= table.box[2]
        assert abs(dish.box[3] - table.box[1]) < 0.08
        assert dish.depth < table.depth


# --- things ---


def test_a_held_thing_is_at_the_wrist_and_a_little_nearer(stage):
    layout = stage(entry("ana", "drinking"), objects=[SceneObject(id="cup", kind="cup", held_by="ana")], shot="medium")
    ana, cup = region(layout, "ana"), region(layout, "cup")
    middle = np.array([(cup.box[0] + cup.box[2]) / 2, (cup.box[1] + cup.box[3]) / 2])
    gaps = [float(np.hypot(*((joint(ana, wrist) - middle) * (1.5, 1)))) for wrist in (b.R_WRIST, b.L_WRIST)]
    assert min(gaps) < 0.5 * head(layout, ana)
    assert 0 < ana.depth - cup.depth < 0.1


def test_what_somebody_eats_or_reads_is_in_their_hands_though_nobody_said_so(stage):
    for pose, kind in (("eating", "bread"), ("reading", "book"), ("photographing", "camera")):
        layout = stage(entry("ana", pose), objects=[SceneObject(id="it", kind=kind)], shot="medium")
        it, ana = region(layout, "it"), region(layout, "ana")
        assert ana.box[1] < (it.box[1] + it.box[3]) / 2 < joint(ana, b.R_HIP)[1]
        assert it.depth < ana.depth


def test_an_umbrella_is_above_the_head_and_a_kite_in_the_sky(stage):
    things = [
        SceneObject(id="brolly", kind="umbrella", held_by="ana"),
        SceneObject(id="kite", kind="kite", held_by="ben"),
    ]
    layout = stage(entry("ana"), entry("ben"), objects=things)
    brolly, kite, ana = region(layout, "brolly"), region(layout, "kite"), region(layout, "ana")
    assert brolly.box[1] < ana.box[1]
    assert kite.box[3] < 0.45


def test_a_thrown_frisbee_is_in_the_air_between_the_two(stage):
    layout = stage(
        entry("ana", "throwing"), entry("rex", "jumping"), objects=[SceneObject(id="disc", kind="frisbee")],
        links=[link("throwing_to", "ana", "rex")],
    )  # fmt: skip
    disc, ana, rex = region(layout, "disc"), region(layout, "ana"), region(layout, "rex")
    left, right = sorted((ana.box, rex.box))
    assert left[2] <= (disc.box[0] + disc.box[2]) / 2 <= right[0]
    assert disc.box[3] < ana.box[3] - 0.1


@pytest.mark.parametrize("kind", v.OBJECT_KINDS)
def test_every_kind_of_object_is_placed_alone_and_with_somebody(stage, kind):
    thing = SceneObject(id="thing", kind=kind)
    for cast in ((), (entry("ana"),)):
        box = region(stage(*cast, objects=[thing]), "thing").box
        assert box[0] >= -0.01
        assert box[1] >= -0.01
        assert box[2] <= 1.01
        assert box[3] <= 1.01
        assert (box[2] - box[0]) * (box[3] - box[1]) > 0.0001


def test_tents_and_cars_stand_behind_people(stage):
    layout = stage(entry("ana"), objects=[SceneObject(id="tent", kind="tent"), SceneObject(id="ball", kind="ball")])
    assert region(layout, "tent").depth > region(layout, "ana").depth
    assert region(layout, "tent").box[3] < region(layout, "ana").box[3]


def test_an_empty_scene_has_a_camera_and_no_regions(stage):
    layout = stage()
    assert layout.regions == []
    assert 0 < layout.horizon < layout.ground <= 1


def test_people_carry_eighteen_keypoints_and_animals_none(stage):
    layout = stage(entry("ana"), entry("rex"))
    assert len(region(layout, "ana").keypoints) == 18
    assert {flag for _, _, flag in region(layout, "ana").keypoints} <= {0.0, 1.0}
    assert region(layout, "rex").keypoints == []
    assert region(layout, "rex").mask


def test_the_same_people_stand_elsewhere_in_other_scenes(make):
    scenes = [make.scene_of([entry("ana")], id=f"s{i}") for i in range(12)]
    plan = make.plan_of([make.person("ana")], scenes)
    places = {round(joint(one.regions[0], b.NECK)[0], 1) for one in lay_out_scenes(plan, width=600, height=400).scenes}
    assert len(places) >= 3


def test_a_plan_may_have_environments_of_every_kind(make):
    for kind in v.ENVIRONMENT_KINDS:
        plan = make.plan_of([make.person("ana")], [make.scene_of([entry("ana")])], place=kind)
        assert isinstance(plan.environments[0], Environment)
        assert check_layout(lay_out_scenes(plan, width=300, height=200), plan) == []
