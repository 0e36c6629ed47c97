import json

import numpy as np
import pytest
from synthetic_albums.nodes import images
from synthetic_albums.nodes.layout_export import AlbumLayoutControl, AlbumSceneRegions
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.layout import draw_depth, draw_openpose, draw_segmentation, lay_out_scenes


def describe(plan, layout, cast, scene):
    return AlbumSceneRegions().describe(plan, layout, cast, scene)


def test_control_pictures_are_batches_of_the_layouts_size_in_the_order_of_the_scenes(plan):
    layout = lay_out_scenes(plan, width=96, height=64)
    batches = AlbumLayoutControl().draw(plan, layout)
    for batch in batches:
        assert batch.shape == (3, 64, 96, 3)
        assert str(batch.dtype) == "torch.float32"
        assert 0 <= batch.min() < batch.max() <= 1
    pose, depth, segmentation = batches
    for number, scene in enumerate(layout.scenes):
        drawn = (
            draw_openpose(scene, 96, 64),
            draw_depth(scene, plan, width=96, height=64),
            draw_segmentation(scene, plan, width=96, height=64),
        )
        for batch, picture in zip((pose, depth, segmentation), drawn, strict=True):
            assert np.array_equal((batch[number].numpy() * 255).round(), picture)


def test_a_scene_without_people_has_a_black_pose_picture(plan, layout):
    pose, _, _ = AlbumLayoutControl().draw(plan, layout)
    assert not plan.scenes[2].cast
    assert pose[2].max() == 0 < pose[0].max()


def test_control_pictures_of_a_long_album_are_reduced(plan, layout, monkeypatch):
    monkeypatch.setattr(images, "MAX_BATCH_BYTES", 3 * 32 * 32 * 12)
    assert {tuple(batch.shape) for batch in AlbumLayoutControl().draw(plan, layout)} == {(3, 32, 32, 3)}


def test_a_layout_of_another_plan_is_refused(plan, layout, make_plan):
    longer = lay_out_scenes(make_plan(5), width=64, height=64)
    with pytest.raises(AlbumError, match="plan has no scene 's4'"):
        AlbumLayoutControl().draw(plan, longer)


def test_regions_are_lists_of_one_length_with_the_background_first(plan, layout, cast):
    prompts, masks, names, _ = describe(plan, layout, cast, 2)
    assert len(prompts) == len(masks) == len(names) == 3
    assert names == ["background", *(region.id for region in layout.scenes[1].regions)]
    assert "park" in prompts[0]
    assert all(prompts)


def test_the_prompt_of_a_region_has_the_locked_description(plan, layout, cast):
    prompts, _, names, _ = describe(plan, layout, cast, 2)
    told = dict(zip(names, prompts, strict=True))
    looks = {member.character: member.appearance for member in cast.members}
    for region in layout.scenes[1].regions:
        assert told[region.id].startswith(looks[region.ref].rstrip("."))


def test_masks_are_batches_of_one_that_cover_the_picture_once(plan, layout, cast):
    _, masks, _, _ = describe(plan, layout, cast, 2)
    for mask in masks:
        assert mask.shape == (1, 64, 64)
        assert str(mask.dtype) == "torch.float32"
        assert mask.unique().tolist() in ([0, 1], [1], [0])
    assert (sum(masks) == 1).all()


def test_a_scene_with_nobody_is_background_alone(plan, layout, cast):
    prompts, masks, names, elements = describe(plan, layout, cast, 3)
    assert (len(prompts), names, json.loads(elements)) == (1, ["background"], [])
    assert (masks[0] == 1).all()


def test_elements_are_json_with_boxes_on_a_grid_of_a_thousand(plan, layout, cast):
    prompts, _, names, text = describe(plan, layout, cast, 2)
    elements = json.loads(text)
    assert [element["desc"] for element in elements] == prompts[1:]
    for element, region in zip(elements, layout.scenes[1].regions, strict=True):
        y0, x0, y1, x1 = element["bbox"]
        assert 0 <= y0 < y1 <= 1000
        assert 0 <= x0 < x1 <= 1000
        assert abs(x0 - region.box[0] * 1000) <= 1 or x0 == 0
    assert len(elements) == len(names) - 1


@pytest.mark.parametrize("scene", [-1, 0, 4, 1000])
def test_a_scene_that_the_layout_does_not_have_is_refused(plan, layout, cast, scene):
    with pytest.raises(AlbumError, match=f"There is no scene {scene}: the layout has scenes 1 to 3"):
        describe(plan, layout, cast, scene)
