import json

import numpy as np
import pytest
from synthetic_albums.nodes import images
from synthetic_albums.nodes.layout import AlbumLayout
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.layout import lay_out_scenes, scene_masks
from synthetic_albums.stages.records import SceneObject


def test_the_layout_comes_with_pictures_masks_and_text(plan):
    layout, blueprints, masks, text = AlbumLayout().lay_out(plan, width=96, height=64)
    assert layout == lay_out_scenes(plan, width=96, height=64)
    assert blueprints.shape == (3, 64, 96, 3)
    assert masks.shape == (3, 64, 96)
    assert {str(blueprints.dtype), str(masks.dtype)} == {"torch.float32"}
    assert 0 <= blueprints.min() < blueprints.max() <= 1
    assert masks.unique().tolist() == [0, 1]
    assert json.loads(text) == layout.model_dump(mode="json")


def test_a_mask_covers_the_people_of_its_scene(plan):
    layout, _, masks, _ = AlbumLayout().lay_out(plan, width=64, height=64)
    assert plan.scenes[0].cast
    assert not plan.scenes[2].cast
    everything = scene_masks(layout.scenes[0], 64, 64).max(axis=0) / 255
    assert np.array_equal(masks[0].numpy(), everything)  # this scene has people only
    assert masks[0].sum() > 0
    assert masks[2].sum() == 0


def test_a_mask_leaves_things_out(plan):
    first = plan.scenes[0].model_copy(update={"objects": [SceneObject(id="tent", kind="tent")]})
    plan = plan.model_copy(update={"scenes": [first, *plan.scenes[1:]]})
    layout, _, masks, _ = AlbumLayout().lay_out(plan, width=64, height=64)
    kinds = [region.kind for region in layout.scenes[0].regions]
    people, things = (
        scene_masks(layout.scenes[0], 64, 64)[[kind == wanted for kind in kinds]].max(axis=0) > 0
        for wanted in ("character", "object")
    )
    assert things.any()
    assert np.array_equal(masks[0].numpy() > 0, people)


def test_pictures_of_a_long_album_are_reduced_and_its_layout_is_not(plan, monkeypatch):
    monkeypatch.setattr(images, "MAX_BATCH_BYTES", 3 * 32 * 32 * 12)
    layout, blueprints, masks, _ = AlbumLayout().lay_out(plan, width=64, height=64)
    assert layout.scenes[0].width == 64
    assert blueprints.shape == (3, 32, 32, 3)
    assert masks.shape == (3, 32, 32)


def test_a_shape_without_room_for_a_figure_is_refused(plan):
    with pytest.raises(AlbumError, match="too slim"):
        AlbumLayout().lay_out(plan, width=2048, height=64)
