"""Where people, animals and things meet."""

from itertools import pairwise

import numpy as np
import pytest
from synthetic_albums.stages.layout import check_layout, lay_out_scenes, region_mask
from synthetic_albums.stages.records import Camera, CastEntry, Interaction, Region, SceneObject

NOSE, R_WRIST, L_WRIST, R_HIP, R_KNEE = 0, 4, 7, 8, 9


def regions_of(plan, width: int = 512, height: int = 512) -> dict[str, Region]:
    layout = lay_out_scenes(plan, width=width, height=height)
    assert check_layout(layout, plan) == []
    return {region.ref: region for region in layout.scenes[0].regions}


def wrists(region: Region) -> np.ndarray:
    return np.array([region.keypoints[joint][:2] for joint in (R_WRIST, L_WRIST)])


@pytest.mark.parametrize("shot", ["medium", "close_up"])
@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_a_petting_hand_touches_the_dog(make, shot, size):
    cast = [CastEntry(character="ana", pose="kneeling"), CastEntry(character="rex", pose="sitting", facing="left")]
    link = [Interaction(kind="petting", subject="ana", target="rex")]
    scene = make.scene_of(cast, interactions=link, camera=Camera(shot=shot))
    found = regions_of(make.plan_of([make.person("ana"), make.animal("rex", size=size)], [scene]))
    dog, height = found["rex"].box, found["rex"].box[3] - found["rex"].box[1]
    gaps = [max(dog[0] - x, x - dog[2], dog[1] - y, y - dog[3], 0.0) for x, y in wrists(found["ana"])]
    assert min(gaps) < 0.16 * height


@pytest.mark.parametrize("pose", ["eating", "drinking", "photographing", "standing"])
@pytest.mark.parametrize("kind", ["bowl", "cup", "camera", "ice_cream", "book"])
def test_held_things_stay_below_the_eyes(make, pose, kind):
    scene = make.scene_of(
        [CastEntry(character="ana", pose=pose)], objects=[SceneObject(id="thing", kind=kind, held_by="ana")]
    )
    found = regions_of(make.plan_of([make.person("ana")], [scene]))
    ana, thing = found["ana"].keypoints, found["thing"].box
    eyes = [ana[joint] for joint in (14, 15)]
    assert not any(thing[0] <= x <= thing[2] and thing[1] <= y <= thing[3] for x, y, _ in eyes)


@pytest.mark.parametrize(("pose", "age"), [("dancing", "child"), ("waving", "adult"), ("throwing", "teen")])
def test_free_arms_do_not_cross_faces(make, pose, age):
    for seed in range(12):
        cast = [CastEntry(character="ana", pose=pose), CastEntry(character="ben", pose="standing")]
        link = [Interaction(kind="walking_together", subject="ana", target="ben")]
        people = [make.person("ana"), make.person("ben", age_group=age)]
        found = regions_of(make.plan_of(people, [make.scene_of(cast, interactions=link)], seed=seed))
        nose, neck = (np.array(found["ben"].keypoints[joint][:2]) for joint in (NOSE, 1))
        radius = 0.4 * float(np.hypot(*(nose - neck)))
        for bones in ((2, 3, 4), (5, 6, 7)):
            joints = [np.array(found["ana"].keypoints[joint][:2]) for joint in bones]
            along = [one + (other - one) * t for one, other in pairwise(joints) for t in np.linspace(0, 1, 9)]
            assert min(np.hypot(*(point - nose)) for point in along) > radius, f"seed {seed}"


def test_who_eats_at_a_picnic_sits_on_the_ground(make):
    cast = [CastEntry(character="ana", pose="sitting"), CastEntry(character="ben", pose="eating")]
    things = [SceneObject(id="cloth", kind="picnic_blanket")]
    found = regions_of(make.plan_of([make.person("ana"), make.person("ben")], [make.scene_of(cast, objects=things)]))
    ben, ana = found["ben"].box, found["ana"].box
    assert (ben[3] - ben[1]) < 1.3 * (ana[3] - ana[1])
    cloth = found["cloth"].box
    assert cloth[0] < min(ana[0], ben[0])
    assert cloth[2] > max(ana[2], ben[2])


def test_cyclists_have_their_hands_on_the_handlebar_of_a_bicycle_that_faces_their_way(make):
    cast = [CastEntry(character="ana", pose="cycling", facing="left")]
    scene = make.scene_of(cast, objects=[SceneObject(id="bike", kind="bicycle")])
    found = regions_of(make.plan_of([make.person("ana")], [scene]))
    x0, y0, x1, y1 = found["bike"].box
    assert found["bike"].facing == found["ana"].facing == "left"
    for x, y in wrists(found["ana"]):
        assert x == pytest.approx(x0 + 0.28 * (x1 - x0), abs=0.12 * (x1 - x0))
        assert y == pytest.approx(y0 + 0.16 * (y1 - y0), abs=0.2 * (y1 - y0))


def test_who_has_no_bicycle_runs_along(make):
    cast = [CastEntry(character=name, pose="cycling", facing="right") for name in ("ana", "ben")]
    scene = make.scene_of(cast, objects=[SceneObject(id="bike", kind="bicycle")])
    found = regions_of(make.plan_of([make.person("ana"), make.person("ben")], [scene]))
    assert sorted(found[name].pose for name in ("ana", "ben")) == ["cycling", "running"]


def test_everybody_who_sits_gets_into_the_canoe_and_the_dog_too(make):
    cast = [CastEntry(character=name, pose="sitting") for name in ("ana", "ben", "rex")]
    link = [Interaction(kind="riding", subject="ana", target="canoe")]
    scene = make.scene_of(cast, objects=[SceneObject(id="canoe", kind="canoe")], interactions=link)
    people = [make.person("ana"), make.person("ben"), make.animal("rex")]
    found = regions_of(make.plan_of(people, [scene], place="lake"), 768, 512)
    canoe = found["canoe"].box
    for name in ("ana", "ben", "rex"):
        middle = (found[name].box[0] + found[name].box[2]) / 2
        assert canoe[0] < middle < canoe[2]


def test_swimmers_are_where_the_water_is(make):
    cast = [CastEntry(character="ana", pose="swimming"), CastEntry(character="ben", pose="jumping")]
    plan = make.plan_of([make.person("ana"), make.person("ben")], [make.scene_of(cast)], place="beach")
    layout = lay_out_scenes(plan, width=512, height=512).scenes[0]
    assert layout.ground - layout.horizon < 0.2
    assert {region.ref: region.pose for region in layout.regions} == {"ana": "swimming", "ben": "cheering"}


def test_a_kite_is_held_by_a_raised_hand(make):
    scene = make.scene_of(
        [CastEntry(character="ana", pose="running", facing="right")],
        objects=[SceneObject(id="kite", kind="kite", held_by="ana")],
    )
    found = regions_of(make.plan_of([make.person("ana")], [scene]))
    assert wrists(found["ana"])[:, 1].min() < found["ana"].keypoints[1][1]


def test_balloons_that_nobody_holds_are_tied_to_the_ground(make):
    scene = make.scene_of([CastEntry(character="ana")], objects=[SceneObject(id="party", kind="balloons", count=5)])
    plan = make.plan_of([make.person("ana")], [scene])
    layout = lay_out_scenes(plan, width=512, height=512).scenes[0]
    x0, y0, x1, y1 = next(region.box for region in layout.regions if region.ref == "party")
    assert y1 > layout.horizon + 0.05
    assert y1 - y0 > 1.8 * (x1 - x0)


def test_groups_stand_at_different_distances(make):
    people = [make.person(name) for name in ("ana", "ben", "cleo", "dan")]
    cast = [CastEntry(character=one.id) for one in people]
    lines = []
    for seed in range(6):
        plan = make.plan_of(people, [make.scene_of(cast, camera=Camera(shot="wide"))], seed=seed)
        lines.append({round(region.box[3], 2) for region in regions_of(plan, 768, 512).values()})
    assert sum(len(one) > 1 for one in lines) > 3


def test_animals_fill_their_boxes_with_what_is_drawn(make):
    scene = make.scene_of([CastEntry(character="rex", pose="sitting", facing="left")])
    dog = regions_of(make.plan_of([make.animal("rex")], [scene]))["rex"]
    mask = region_mask(dog, 512, 512)
    rows, columns = np.nonzero(mask)
    assert (columns.max() - columns.min()) / (rows.max() - rows.min()) == pytest.approx(1.19, abs=0.05)
