from synthetic_albums.stages.leakage.expected import people_of_layout
from synthetic_albums.stages.records import Region, SceneLayout
from synthetic_albums.stages.vocabulary import OPENPOSE_18

POINTS = {"nose": (0.5, 0.3), "neck": (0.5, 0.45), "r_ear": (0.45, 0.3), "l_ear": (0.55, 0.3)}
SKELETON = [(*POINTS.get(name, (0.5, 0.6)), 1.0) for name in OPENPOSE_18]
FACE = [[(0.3, 0.1), (0.7, 0.1), (0.7, 0.5), (0.3, 0.5)]]
FEET = [[(0.3, 0.8), (0.7, 0.8), (0.7, 1.0), (0.3, 1.0)]]


def layout(*regions):
    return SceneLayout(scene="s1", width=256, height=256, horizon=0.5, ground=0.9, light=(0, -1), regions=list(regions))


def somebody(name="ana", **fields):
    return Region(id=name, kind="character", ref=name, box=(0, 0, 1, 1), depth=0.5, keypoints=SKELETON, **fields)


def thing(mask):
    return Region(id="thing", kind="object", ref="thing", box=(0, 0, 1, 1), depth=0.1, mask=mask)


def test_people_come_with_their_skeletons_and_animals_do_not():
    found = people_of_layout(layout(somebody(), somebody("rex")), {"ana"})
    assert [person.character for person in found] == ["ana"]
    assert found[0].keypoints == tuple(SKELETON)
    assert not found[0].facing_away


def test_who_faces_away_is_said_to():
    assert people_of_layout(layout(somebody(facing="away")), {"ana"})[0].facing_away


def test_a_face_behind_something_nearer_is_hidden():
    assert people_of_layout(layout(somebody(), thing(FACE)), {"ana"})[0].hidden
    assert not people_of_layout(layout(somebody(), thing(FEET)), {"ana"})[0].hidden
    assert not people_of_layout(layout(thing(FACE), somebody()), {"ana"})[0].hidden  # behind the person


def test_without_a_skeleton_nobody_is_said_to_be_hidden():
    bare = somebody().model_copy(update={"keypoints": []})
    assert not people_of_layout(layout(bare, thing(FACE)), {"ana"})[0].hidden
