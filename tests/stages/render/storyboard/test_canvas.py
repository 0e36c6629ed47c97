import numpy as np
import pytest
from synthetic_albums.stages.render.storyboard.canvas import Canvas, hex_rgb, mix, shade, smooth


def pixels(canvas):
    return np.asarray(canvas.finished(), np.float32)


def test_a_shape_covers_its_own_area_and_no_more():
    canvas = Canvas(40, 40, ground=(0, 0, 0))
    canvas.rectangle((10, 10, 20, 30), (255, 255, 255))
    assert pixels(canvas).mean() * 1600 / 255 == pytest.approx(200, rel=0.12)


def test_edges_are_antialiased():
    canvas = Canvas(40, 40, supersample=4, ground=(0, 0, 0))
    canvas.ellipse((20, 20), 12, 12, (255, 255, 255))
    assert len(np.unique(pixels(canvas))) > 4


def test_a_translucent_shape_blends_once_even_where_it_overlaps_itself():
    canvas = Canvas(40, 40, ground=(0, 0, 0))
    canvas.line([(5, 20), (35, 20), (5, 20)], 10, (255, 255, 255, 128))
    assert pixels(canvas)[20, 20, 0] == pytest.approx(128, abs=2)


def test_translucent_and_opaque_shapes_lie_at_the_same_place():
    masks = []
    for alpha in (255, 254):
        canvas = Canvas(50, 50, ground=(0, 0, 0))
        canvas.blob([(10, 12), (38, 9), (44, 40), (13, 35)], (255, 255, 255, alpha))
        masks.append(pixels(canvas) > 100)
    assert np.array_equal(*masks)


@pytest.mark.parametrize("paint", [(255, 0, 0), (255, 0, 0, 120)])
def test_shapes_that_reach_out_of_the_picture_are_cut_off(paint):
    canvas = Canvas(30, 30)
    canvas.polygon([(-50, -50), (90, -20), (15, 80)], paint)
    canvas.dabs([(-10, -10, 4, 4), (100, 100, 4, 4), (15, 15, 5, 5)], paint)
    canvas.strokes([(-9, 3, 70, 80)], 2, paint)
    canvas.glow((-5, -5), 12, (255, 255, 0, 200))
    canvas.patch(np.full((4, 4, 4), 200, np.uint8), (-20, 20, 10, 60))
    assert pixels(canvas).shape == (30, 30, 3)


def test_a_layer_can_be_blurred_faded_and_clipped():
    def drawn(**how):
        canvas = Canvas(40, 40, ground=(0, 0, 0))
        with canvas.layer(**how):
            canvas.rectangle((10, 10, 30, 30), (255, 255, 255))
        return pixels(canvas)

    assert drawn(blur=4)[20, 7, 0] > 5
    assert drawn(opacity=0.5)[20, 20, 0] == pytest.approx(128, abs=2)
    canvas = Canvas(40, 40)
    clipped = drawn(clip=canvas.stencil([(0, 0), (20, 0), (20, 40), (0, 40)]))
    assert clipped[20, 15, 0] == 255
    assert clipped[20, 25, 0] == 0


def test_a_glow_fades_from_the_middle():
    canvas = Canvas(60, 60, ground=(0, 0, 0))
    canvas.glow((30, 30), 25, (255, 255, 255))
    row = pixels(canvas)[30, :, 0]
    assert row[30] > row[20] > row[12] > row[2] == 0


def test_a_patch_fills_its_box():
    canvas = Canvas(40, 40, ground=(0, 0, 0))
    canvas.patch(np.full((3, 5, 4), 255, np.uint8), (8, 12, 24, 20))
    assert (pixels(canvas) > 200).sum() == 16 * 8 * 3


def test_a_smooth_curve_goes_through_its_points():
    points = [(0.0, 0.0), (10.0, 5.0), (20.0, 0.0)]
    assert set(points) <= set(smooth(points, closed=False))


def test_colours_are_mixed_and_shaded():
    assert mix((0, 0, 0), (100, 200, 50), 0.5) == (50, 100, 25)
    assert shade((100, 100, 100), -1) == (0, 0, 0)
    assert shade((100, 100, 100), 1) == (255, 255, 255)
    assert hex_rgb("#a07e56") == (160, 126, 86)
