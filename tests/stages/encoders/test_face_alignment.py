import numpy as np
import pytest
from PIL import Image
from synthetic_albums.stages.encoders.face_alignment import SIDE, TEMPLATE, aligned_face, similarity
from synthetic_albums.stages.errors import AlbumError


def transform(scale, degrees, shift):
    angle = np.radians(degrees)
    turned = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turned, np.array(shift, float)


@pytest.mark.parametrize(("scale", "degrees"), [(1, 0), (0.3, 25), (4, -170), (2, 90)])
def test_a_similarity_is_found_again(scale, degrees):
    turned, shift = transform(scale, degrees, (12, -7))
    found = similarity(TEMPLATE, TEMPLATE @ turned.T + shift)
    assert found[:, :2] == pytest.approx(turned)
    assert found[:, 2] == pytest.approx(shift)


def test_noisy_points_are_fitted_in_the_least_squares():
    """Against numpy's solver on the four unknowns a, b, x, y of [[a, -b], [b, a]] p + (x, y)."""
    rng = np.random.default_rng(0)
    source, target = TEMPLATE + rng.normal(0, 3, (5, 2)), TEMPLATE * 1.5 + rng.normal(0, 3, (5, 2))
    rows = np.concatenate([
        np.stack([source[:, 0], -source[:, 1], np.ones(5), np.zeros(5)], axis=1),
        np.stack([source[:, 1], source[:, 0], np.zeros(5), np.ones(5)], axis=1),
    ])  # fmt: skip
    a, b, x, y = np.linalg.lstsq(rows, np.concatenate([target[:, 0], target[:, 1]]), rcond=None)[0]
    assert similarity(source, target) == pytest.approx(np.array([[a, -b, x], [b, a, y]]))


def test_a_mirror_image_is_not_undone():
    mirrored = similarity(TEMPLATE, TEMPLATE * (-1, 1))
    assert np.linalg.det(mirrored[:, :2]) > 0


@pytest.mark.parametrize("bad", [np.zeros((5, 2)), np.full((5, 2), np.nan)])
def test_points_without_extent_are_refused(bad):
    with pytest.raises(AlbumError, match="all in one place"):
        similarity(bad, TEMPLATE)


def test_a_face_that_lies_right_stays_as_it_is():
    picture = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    assert np.abs(aligned_face(picture, TEMPLATE).astype(int) - picture).max() <= 1  # Pillow rounds down


@pytest.mark.parametrize("degrees", [0, 30, -60])
def test_marks_come_to_lie_where_they_belong(degrees):
    turned, shift = transform(2.5, degrees, (200, 180))
    points = (TEMPLATE - 56) @ turned.T + shift
    picture = np.zeros((400, 420, 3), np.uint8)
    ys, xs = np.mgrid[:400, :420]
    for number, (x, y) in enumerate(points):
        picture[np.hypot(xs - x, ys - y) < 6, 0] = 50 * (number + 1)
    x, y = points[0]
    picture[np.hypot(xs - x, ys - y) < 6, 1] = 200
    face = aligned_face(picture, points)
    for number, (x, y) in enumerate(TEMPLATE):
        assert abs(int(face[round(y), round(x), 0]) - 50 * (number + 1)) <= 1
    weight = face[:, :, 1] / face[:, :, 1].sum()
    middle = [(weight.sum(axis=0) * np.arange(SIDE)).sum(), (weight.sum(axis=1) * np.arange(SIDE)).sum()]
    assert np.allclose(middle, TEMPLATE[0], atol=0.15)


def test_a_quarter_turn_is_exact():
    """Pixel by pixel what numpy's rotation gives, so half a pixel is neither lost nor won."""
    picture = np.random.default_rng(1).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    last = SIDE - 1
    points = np.stack([last - TEMPLATE[:, 1], TEMPLATE[:, 0]], axis=1)  # each (x, y) of the face lies there
    assert np.abs(aligned_face(picture, points).astype(int) - np.rot90(picture)).max() <= 1


def test_outside_is_black():
    face = aligned_face(np.full((60, 60, 3), 200, np.uint8), TEMPLATE)
    assert face[:59, :59].min() == 200
    assert face[62:, 62:].max() == 0


def test_it_bends_as_pillow_itself_would():
    picture = np.asarray(Image.linear_gradient("L").convert("RGB"))
    face = aligned_face(picture, TEMPLATE * 2)
    expected = np.clip(np.arange(SIDE) * 2, 0, 255)[:, None].repeat(SIDE, 1)
    assert face[:, :, 0].astype(int) == pytest.approx(expected, abs=1)
