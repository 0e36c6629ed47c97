import numpy as np
import pytest
from synthetic_albums.stages.layout import lay_out_scene, region_mask, scene_masks
from synthetic_albums.stages.records import CastEntry, Region, SceneLayout


def square(name: str, x0: float, y0: float, x1: float, y1: float, depth: float) -> Region:
    return Region(id=name, kind="object", ref=name, box=(x0, y0, x1, y1), depth=depth)


def test_a_mask_fills_its_polygons_and_nothing_else():
    triangle = Region(
        id="t", kind="object", ref="t", box=(0, 0, 1, 1), depth=0.5, mask=[[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]]
    )
    mask = region_mask(triangle, 64, 32)
    assert mask.shape == (32, 64)
    assert mask.dtype == np.uint8
    assert set(np.unique(mask)) == {0, 255}
    assert (mask > 0).mean() == pytest.approx(0.5, abs=0.03)
    assert mask[2, 2] == 255
    assert mask[-2, -2] == 0


def test_a_region_without_polygons_is_its_box_clipped_to_the_canvas():
    mask = region_mask(square("a", 0.5, -3.0, 9.0, 0.5, 0.1), 80, 40)
    assert (mask[:20, 40:] == 255).all()
    assert (mask > 0).mean() == pytest.approx(0.25, abs=0.02)


def test_a_region_outside_the_canvas_has_an_empty_mask():
    assert not region_mask(square("a", 1.2, 0.0, 1.5, 1.0, 0.1), 32, 32).any()


def test_nearer_regions_cut_farther_ones_and_no_pixel_belongs_to_two():
    layout = SceneLayout(
        scene="s", width=64, height=64, horizon=0.4, ground=0.9, light=(0.0, -1.0),
        regions=[square("far", 0.0, 0.0, 1.0, 1.0, 0.9), square("near", 0.5, 0.0, 1.0, 1.0, 0.1)],
    )  # fmt: skip
    far, near = scene_masks(layout, 64, 64)
    assert (near[:, 32:] == 255).all()
    assert not far[:, 33:].any()
    assert (far[:, :31] == 255).all()
    assert not ((far > 0) & (near > 0)).any()


def test_masks_of_a_scene_without_regions_are_an_empty_stack():
    layout = SceneLayout(scene="s", width=64, height=64, horizon=0.4, ground=0.9, light=(0.0, -1.0))
    assert scene_masks(layout, 20, 10).shape == (0, 10, 20)


def test_a_person_s_mask_lies_in_its_box_and_covers_its_visible_joints(make):
    plan = make.plan_of([make.person("ana")], [make.scene_of([CastEntry(character="ana", pose="cheering")])])
    layout = lay_out_scene(plan, plan.scenes[0], width=300, height=200)
    mask = region_mask(layout.regions[0], 300, 200)
    x0, y0, x1, y1 = layout.regions[0].box
    rows, columns = np.nonzero(mask)
    assert columns.min() >= x0 * 300 - 1
    assert columns.max() <= x1 * 300 + 1
    assert rows.min() >= y0 * 200 - 1
    assert rows.max() <= y1 * 200 + 1
    assert all(mask[int(y * 200), int(x * 300)] == 255 for x, y, _ in layout.regions[0].keypoints)
