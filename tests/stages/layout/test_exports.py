"""The pictures and lists that other tools read, against the formats that their authors published."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageFilter
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.layout import (
    ADE20K,
    background_region,
    draw_depth,
    draw_openpose,
    draw_segmentation,
    lay_out_scenes,
    layout_elements,
    region_mask,
    scene_masks,
    scene_regions,
)
from synthetic_albums.stages.layout.openpose import JOINT_COLOURS, LIMB_PAIRS
from synthetic_albums.stages.records import Camera, CastEntry, Interaction, Outfit, SceneObject
from synthetic_albums.stages.vocabulary import ENVIRONMENT_KINDS, OBJECT_KINDS

SIZES = [(96, 96), (160, 64), (64, 160), (256, 144)]


@pytest.fixture
def plan(make):
    people = [make.person("ana"), make.person("ben", age_group="child"), make.animal("rex")]
    cast = [CastEntry(character=one.id, emotion="happy", action="strolling") for one in people]
    ball = SceneObject(id="ball", kind="ball", color="red")
    return make.plan_of(people, [make.scene_of(cast, objects=[ball], camera=Camera(shot="wide"))])


@pytest.fixture
def scene(plan):
    return lay_out_scenes(plan, width=512, height=512).scenes[0]


@pytest.fixture
def empty(make):
    plan = make.plan_of([make.person("ana")], [make.scene_of([])])
    return plan, lay_out_scenes(plan, width=256, height=256).scenes[0]


def test_limbs_and_colours_are_those_of_the_controlnet_annotator():
    """lllyasviel/ControlNet-v1-1-nightly, annotator/openpose/util.py: limbSeq counts from 1; 17 limbs are drawn."""
    sequence = [
        [2, 3], [2, 6], [3, 4], [4, 5], [6, 7], [7, 8], [2, 9], [9, 10], [10, 11], [2, 12], [12, 13], [13, 14],
        [2, 1], [1, 15], [15, 17], [1, 16], [16, 18],
    ]  # fmt: skip
    colours = [
        [255, 0, 0], [255, 85, 0], [255, 170, 0], [255, 255, 0], [170, 255, 0], [85, 255, 0], [0, 255, 0],
        [0, 255, 85], [0, 255, 170], [0, 255, 255], [0, 170, 255], [0, 85, 255], [0, 0, 255], [85, 0, 255],
        [170, 0, 255], [255, 0, 255], [255, 0, 170], [255, 0, 85],
    ]  # fmt: skip
    assert [[start + 1, end + 1] for start, end in LIMB_PAIRS] == sequence
    assert [list(colour) for colour in JOINT_COLOURS] == colours


def test_a_limb_is_blended_at_sixty_percent_over_black(scene):
    ana = next(region for region in scene.regions if region.ref == "ana")
    picture = draw_openpose(scene, 512, 512)
    (x0, y0, _), (x1, y1, _) = ana.keypoints[8], ana.keypoints[9]  # right thigh: limb 7
    middle = picture[int((y0 + y1) / 2 * 512), int((x0 + x1) / 2 * 512)]
    assert middle.tolist() == [0, 153, 51]


def test_skeleton_pixels_lie_inside_the_people(scene):
    picture = draw_openpose(scene, 512, 512)
    people = [region_mask(region, 512, 512) for region in scene.regions if region.keypoints]
    near = Image.fromarray(np.maximum.reduce(people)).filter(ImageFilter.MaxFilter(9))
    drawn = picture.any(axis=2)
    assert drawn.sum() > 200
    assert np.asarray(near)[drawn].all()


def test_skeletons_grow_with_the_picture(scene):
    small, large = ((draw_openpose(scene, size, size).any(axis=2)).mean() for size in (512, 1024))
    assert large == pytest.approx(small, rel=0.15)


def test_faces_seen_from_behind_have_no_nose(make):
    plan = make.plan_of([make.person("ana")], [make.scene_of([CastEntry(character="ana", facing="away")])])
    picture = draw_openpose(lay_out_scenes(plan, width=512, height=512).scenes[0], 512, 512)
    assert not (picture == JOINT_COLOURS[0]).all(axis=2).any()
    assert (picture == JOINT_COLOURS[10]).all(axis=2).any()


def test_palette_indices_names_and_colours_are_the_published_ones():
    """open-mmlab/mmsegmentation, mmseg/datasets/ade.py."""
    published = {
        "wall": (0, (120, 120, 120)), "building": (1, (180, 120, 120)), "sky": (2, (6, 230, 230)),
        "floor": (3, (80, 50, 50)), "tree": (4, (4, 200, 3)), "ceiling": (5, (120, 120, 80)),
        "road": (6, (140, 140, 140)), "grass": (9, (4, 250, 7)), "sidewalk": (11, (235, 255, 7)),
        "person": (12, (150, 5, 61)), "earth": (13, (120, 120, 70)), "table": (15, (255, 6, 82)),
        "mountain": (16, (143, 255, 140)), "chair": (19, (204, 70, 3)), "car": (20, (0, 102, 200)),
        "water": (21, (61, 230, 250)), "sea": (26, (9, 7, 230)), "field": (29, (112, 9, 255)),
        "lamp": (36, (224, 255, 8)), "box": (41, (0, 255, 20)), "sand": (46, (160, 150, 20)),
        "fireplace": (49, (250, 10, 15)), "flower": (66, (255, 0, 0)), "book": (67, (255, 163, 0)),
        "hill": (68, (255, 102, 0)), "bench": (69, (194, 255, 0)), "computer": (74, (0, 255, 173)),
        "boat": (76, (173, 255, 0)), "light": (82, (255, 173, 0)), "pole": (93, (51, 0, 255)),
        "land": (94, (0, 194, 255)), "poster": (100, (143, 255, 0)), "van": (102, (163, 255, 0)),
        "canopy": (106, (0, 255, 92)), "plaything": (108, (255, 0, 31)), "basket": (112, (92, 255, 0)),
        "tent": (114, (112, 224, 255)), "bag": (115, (70, 184, 160)), "ball": (119, (255, 0, 163)),
        "food": (120, (255, 204, 0)), "animal": (126, (255, 0, 122)), "bicycle": (127, (255, 245, 0)),
        "screen": (130, (0, 204, 255)), "blanket": (131, (20, 0, 255)), "sculpture": (132, (255, 255, 0)),
        "pier": (140, (71, 0, 255)), "plate": (142, (0, 255, 184)), "glass": (147, (25, 194, 194)),
        "flag": (149, (92, 0, 255)),
    }  # fmt: skip
    assert {name: (one.index, one.colour) for name, one in ADE20K.items()} == published


def test_every_region_has_its_class_colour_and_nothing_is_blended(plan, scene):
    picture = draw_segmentation(scene, plan, width=128, height=96)
    wanted = {"ana": "person", "ben": "person", "rex": "animal", "ball": "ball"}
    for region, mask in zip(scene.regions, scene_masks(scene, 128, 96), strict=True):
        assert (picture[mask > 0] == ADE20K[wanted[region.ref]].colour).all()
    known = {one.colour for one in ADE20K.values()}
    assert {tuple(pixel) for pixel in picture.reshape(-1, 3).tolist()} <= known


@pytest.mark.parametrize("kind", ENVIRONMENT_KINDS)
def test_every_place_has_ground_below_and_something_else_above(make, kind):
    plan = make.plan_of([make.person("ana")], [make.scene_of([])], place=kind)
    scene = lay_out_scenes(plan, width=64, height=64).scenes[0]
    picture = draw_segmentation(scene, plan, width=64, height=64)
    assert tuple(picture[-1, 32]) != tuple(picture[0, 32])
    depth = draw_depth(scene, plan, width=64, height=64)
    assert depth[-1, 32, 0] == depth.max() == 255
    assert depth.min() == 0


def test_every_kind_of_object_has_a_class(make):
    for kind in OBJECT_KINDS:
        plan = make.plan_of([], [make.scene_of([], objects=[SceneObject(id="thing", kind=kind)])])
        scene = lay_out_scenes(plan, width=64, height=64).scenes[0]
        assert draw_segmentation(scene, plan, width=64, height=64).shape == (64, 64, 3)


def test_a_layout_of_another_plan_is_refused(plan, scene, make):
    other = make.plan_of([make.person("ana"), make.person("ben"), make.animal("rex")], [make.scene_of([])])
    with pytest.raises(AlbumError, match="'ball', which is not an object of its scene"):
        draw_segmentation(scene, other, width=64, height=64)


def test_nearer_regions_are_lighter(make):
    cast = [CastEntry(character="ana"), CastEntry(character="ben")]
    things = [SceneObject(id="tent", kind="tent"), SceneObject(id="fire", kind="campfire")]
    plan = make.plan_of([make.person("ana"), make.person("ben")], [make.scene_of(cast, objects=things)])
    scene = lay_out_scenes(plan, width=300, height=200).scenes[0]
    depth = draw_depth(scene, plan, width=300, height=200)[..., 0]
    masks = scene_masks(scene, 300, 200)
    means = [(region.depth, depth[mask > 0].mean()) for region, mask in zip(scene.regions, masks, strict=True)]
    for (far, dark), (near, light) in pairwise(sorted(means, reverse=True)):
        assert light > dark or far - near < 0.05
    assert max(means)[0] - min(means)[0] > 0.1


def test_bodies_are_rounded_and_ground_rises_evenly(plan, scene):
    depth = draw_depth(scene, plan, width=200, height=200)[..., 0].astype(int)
    ana = next(
        mask for region, mask in zip(scene.regions, scene_masks(scene, 200, 200), strict=True) if region.ref == "ana"
    )
    assert depth[ana > 0].std() > 1
    steps = np.diff(depth[int(scene.horizon * 200) + 4 :, 1])
    assert (steps >= 0).all()
    assert steps.max() <= 6


@pytest.mark.parametrize("size", SIZES)
def test_all_exports_have_the_size_that_was_asked_for(plan, size):
    width, height = size
    scene = lay_out_scenes(plan, width=width, height=height).scenes[0]
    pictures = [
        draw_openpose(scene, width, height),
        draw_depth(scene, plan, width=width, height=height),
        draw_segmentation(scene, plan, width=width, height=height),
    ]
    assert {(one.shape, str(one.dtype)) for one in pictures} == {((height, width, 3), "uint8")}
    regions = scene_regions(scene, plan, {}, width=width, height=height)
    assert {one.mask.shape for one in regions} == {(height, width)}


def test_an_empty_scene_has_a_place_but_nobody(empty):
    plan, scene = empty
    assert not draw_openpose(scene, 64, 64).any()
    assert len(np.unique(draw_depth(scene, plan, width=64, height=64))) > 8
    assert layout_elements(scene, plan, {}) == []
    assert scene_regions(scene, plan, {}, width=64, height=64) == []
    assert background_region(scene, plan, width=64, height=64).mask.min() == 255


@pytest.mark.parametrize("draw", [draw_depth, draw_segmentation])
def test_pictures_without_pixels_are_refused(plan, scene, draw):
    with pytest.raises(AlbumError, match="at least 1 x 1 pixels, but 0 x 9"):
        draw(scene, plan, width=0, height=9)
    with pytest.raises(AlbumError, match="at least 1 x 1 pixels, but 9 x -1"):
        draw_openpose(scene, 9, -1)


def test_region_prompts_say_looks_clothes_action_and_feeling(make):
    outfits = [Outfit(id="day"), Outfit(id="dress", top="dress", top_color="red", pattern="dotted", footwear="sandals")]
    ana = make.person("ana").model_copy(update={"outfits": outfits})
    cast = [CastEntry(character="ana", outfit="dress", pose="dancing", emotion="happy", facing="camera")]
    things = [SceneObject(id="lamps", kind="lantern", count=3, color="yellow")]
    plan = make.plan_of([ana], [make.scene_of(cast, objects=things)])
    scene = lay_out_scenes(plan, width=128, height=128).scenes[0]
    prompts = {one.region: one.prompt for one in scene_regions(scene, plan, {"ana": "Ana, tall"}, width=64, height=64)}
    assert prompts["ana"] == (
        "Ana, tall, wearing a red dotted dress and white sandals, dancing, looking happy, facing the camera"
    )
    assert prompts["lamps"] == "3 x yellow lantern"


def test_the_background_prompt_names_place_weather_and_light(make):
    plan = make.plan_of([], [make.scene_of([], weather="rain", lighting="night")], place="old_town")
    scene = lay_out_scenes(plan, width=64, height=64).scenes[0]
    assert background_region(scene, plan, width=64, height=64).prompt == "old town, rain, night, joyful mood"


def test_region_masks_and_background_fill_the_picture_without_overlap(plan, scene):
    regions = scene_regions(scene, plan, {}, width=128, height=128)
    regions.append(background_region(scene, plan, width=128, height=128))
    assert (np.sum([one.mask > 0 for one in regions], axis=0) == 1).all()


def test_elements_have_the_form_that_core_builds_and_reads(plan, scene):
    """comfyanonymous/ComfyUI, comfy_extras/nodes_bounding_boxes.py: bbox is ymin, xmin, ymax, xmax in 0..1000."""
    elements = layout_elements(scene, plan, {"ana": "Ana, a tall woman"})
    assert [element["type"] for element in elements] == ["obj"] * len(scene.regions)
    for element, region in zip(elements, scene.regions, strict=True):
        assert list(element) == ["type", "bbox", "desc"]
        assert all(isinstance(edge, int) and 0 <= edge <= 1000 for edge in element["bbox"])
        ymin, xmin, ymax, xmax = (edge / 1000 for edge in element["bbox"])
        x0, y0, x1, y1 = (min(max(edge, 0.0), 1.0) for edge in region.box)
        assert (xmin, ymin, xmax, ymax) == pytest.approx((x0, y0, x1, y1), abs=0.001)
    ana = next(element for element, region in zip(elements, scene.regions, strict=True) if region.ref == "ana")
    assert ana["desc"].startswith("Ana, a tall woman, wearing a blue t-shirt, navy jeans and white sneakers, strolling")


def test_elements_cut_at_the_frame_stay_on_the_grid(make):
    cast = [CastEntry(character="ana"), CastEntry(character="ben")]
    links = [Interaction(kind="hugging", subject="ana", target="ben")]
    close = make.scene_of(cast, interactions=links, camera=Camera(shot="close_up"))
    plan = make.plan_of([make.person("ana"), make.person("ben")], [close])
    scene = lay_out_scenes(plan, width=512, height=512).scenes[0]
    assert max(region.box[3] for region in scene.regions) > 1
    assert all(element["bbox"][2] == 1000 for element in layout_elements(scene, plan, {}))
