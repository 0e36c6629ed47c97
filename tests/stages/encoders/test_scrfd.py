import numpy as np
import pytest
from synthetic_albums.stages.encoders.scrfd import Face, decode_faces, detector_input, without_overlaps
from synthetic_albums.stages.errors import AlbumError

COUNTS = {8: 12800, 16: 3200, 32: 800}


def outputs():
    """What a detector gives that sees nothing: scores, boxes, points for the strides 8, 16, 32."""
    return [np.zeros((count, width), np.float32) for width in (1, 4, 10) for count in COUNTS.values()]


def plant(found, stride, row, column, anchor, score, box, points):
    """A face by its box and points in pixels of 640, at an anchor whose corner is (column, row) * stride."""
    place = (row * (640 // stride) + column) * 2 + anchor
    level = list(COUNTS).index(stride)
    x, y = column * stride, row * stride
    found[level][place] = score
    found[3 + level][place] = np.array([x - box[0], y - box[1], box[2] - x, box[3] - y]) / stride
    found[6 + level][place] = ((np.array(points) - (x, y)) / stride).ravel()


POINTS = [(110, 100), (150, 101), (130, 120), (112, 140), (148, 141)]
BOX = (90, 60, 170, 160)


@pytest.mark.parametrize(("stride", "row", "column"), [(8, 13, 16), (16, 7, 8), (32, 3, 4)])
@pytest.mark.parametrize("anchor", [0, 1])
def test_a_planted_face_is_read_where_it_was_planted(stride, row, column, anchor):
    found = outputs()
    plant(found, stride, row, column, anchor, 0.9, BOX, POINTS)
    (face,) = decode_faces(found, 0.5)
    assert face.box == pytest.approx(np.array(BOX) / 0.5, abs=1e-3)
    assert face.points == pytest.approx(np.array(POINTS) / 0.5, abs=1e-3)
    assert face.score == pytest.approx(0.9)


def test_outputs_in_any_order_and_with_an_axis_in_front_are_read_alike():
    found = outputs()
    plant(found, 16, 7, 8, 0, 0.9, BOX, POINTS)
    mixed = [part[None] for part in np.array(found, dtype=object)[[5, 2, 8, 0, 7, 1, 3, 6, 4]]]
    first, second = decode_faces(found, 1.0)[0], decode_faces([np.array(part, np.float32) for part in mixed], 1.0)[0]
    assert first.box == second.box
    assert np.array_equal(first.points, second.points)


def test_of_overlapping_faces_the_surest_stays():
    found = outputs()
    plant(found, 8, 13, 16, 0, 0.8, BOX, POINTS)
    plant(found, 16, 7, 8, 1, 0.95, (92, 62, 172, 162), POINTS)
    plant(found, 32, 15, 15, 0, 0.6, (450, 450, 520, 540), np.array(POINTS) + 360)
    plant(found, 8, 40, 40, 0, 0.49, (300, 300, 340, 340), np.array(POINTS) + 200)
    assert [face.score for face in decode_faces(found, 1.0)] == pytest.approx([0.95, 0.6])


def test_suppression_counts_the_share_of_the_union():
    def face(x, score):
        return Face((x, 0, x + 10, 10), score, np.zeros((5, 2)))

    # 10 x 10 boxes that are moved by d share (10 - d) / (10 + d) of their union: 0.43 for 4, 0.38 for 4.5
    assert len(without_overlaps([face(0, 0.9), face(4, 0.8)])) == 1
    assert len(without_overlaps([face(0, 0.9), face(4.5, 0.8)])) == 2
    chain = without_overlaps([face(4, 0.8), face(8, 0.7), face(0, 0.9)])  # the middle one is gone, so the last stays
    assert [one.score for one in chain] == [0.9, 0.7]


def test_a_picture_is_fitted_into_the_square():
    picture = np.zeros((100, 200, 3), np.uint8)
    picture[:, :, 0], picture[:50, :, 1] = 255, 255
    square, scale = detector_input(picture)
    assert (square.shape, square.dtype, scale) == ((1, 3, 640, 640), np.float32, 3.2)
    assert square[0, 0, :320] == pytest.approx((255 - 127.5) / 128)
    assert square[0, :, 320:] == pytest.approx(-127.5 / 128)
    assert square[0, 1, 100, 100] == pytest.approx((255 - 127.5) / 128)
    assert square[0, 2, 100, 100] == pytest.approx(-127.5 / 128)
    assert detector_input(np.zeros((1280, 9, 3), np.uint8))[1] == 0.5


@pytest.mark.parametrize("damage", [lambda f: f[:8], lambda f: [*f[:8], f[8][:, :4]], lambda f: [f[0][:7], *f[1:]]])
def test_other_outputs_are_refused(damage):
    with pytest.raises(AlbumError, match="strides 8, 16 and 32"):
        decode_faces(damage(outputs()), 1.0)


def test_values_that_are_no_numbers_are_refused():
    found = outputs()
    found[4][3] = np.nan
    with pytest.raises(AlbumError, match="not numbers"):
        decode_faces(found, 1.0)
