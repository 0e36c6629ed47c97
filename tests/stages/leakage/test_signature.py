import imagehash
import numpy as np
import pytest
from PIL import Image
from scipy.fft import dctn
from synthetic_albums.stages.leakage import signature as s


def coefficients(pixels):
    return s.grid_coefficients(s.picture_luma(Image.fromarray(pixels)))[s.WHOLE]


def test_the_whole_window_has_the_coefficients_that_scipy_computes(scene):
    luma = s.picture_luma(Image.fromarray(scene(1)))
    expected = dctn(luma.astype(float), type=2)[: s.ORDER, : s.ORDER] / (4 * s.SIDE**2)
    whole = s.window_coefficients(luma, [(0, s.SIDE)], [(0, s.SIDE)])[0, 0]
    assert np.allclose(whole, expected, atol=1e-3)


def test_a_window_has_the_coefficients_of_the_cut_out_picture(scene):
    luma = s.picture_luma(Image.fromarray(scene(1)))
    window = s.window_coefficients(luma, [(10, 90)], [(30, 110)])[0, 0]
    expected = dctn(luma[10:90, 30:110].astype(float), type=2)[: s.ORDER, : s.ORDER] / (4 * 80**2)
    assert np.allclose(window, expected, atol=1e-3)


def test_low_bits_agree_with_the_library_hash(scene):
    ours = s.unpack_signs(s.pack_signs(coefficients(scene(2))))
    square = np.concatenate([[1.0], ours]).reshape(s.ORDER, s.ORDER)[:8, :8].ravel()[1:] > 0
    theirs = imagehash.phash(Image.fromarray(scene(2))).hash.ravel()[1:]
    assert (square != theirs).sum() <= 8  # the library compares with the median, we with zero


@pytest.mark.parametrize("orientation", range(8))
def test_turning_the_coefficients_is_turning_the_picture(scene, orientation):
    luma = s.picture_luma(Image.fromarray(scene(3)))
    swap, down, right = s.ORIENTATIONS[orientation]
    turned = (luma.T if swap else luma)[::down, ::right]
    edges = [(0.0, float(s.SIDE))]
    direct = s.window_coefficients(turned, edges, edges)[0, 0]
    assert np.allclose(s.oriented(s.window_coefficients(luma, edges, edges)[0, 0], orientation), direct, atol=1e-2)


def test_packing_keeps_every_sign(scene):
    values = coefficients(scene(4))
    assert np.array_equal(s.unpack_signs(s.pack_signs(values)) > 0, values.ravel()[1:] > 0)


def test_distances_are_in_bits(scene):
    weights = s.signed_weights(coefficients(scene(5)))
    signs = np.sign(weights)
    assert (s.BITS - weights @ signs) / 2 == pytest.approx(0, abs=1e-3)
    assert (s.BITS + weights @ signs) / 2 == pytest.approx(s.BITS, abs=1e-3)


def test_the_whole_picture_is_one_of_the_windows():
    row, column = s.WINDOWS[s.WHOLE]
    assert s.INTERVALS[row] == s.INTERVALS[column] == (0, s.SIDE)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_one_colour_is_too_plain(value):
    assert s.too_plain(coefficients(np.full((64, 64, 3), value, np.uint8)))


def test_a_gradient_is_too_plain():
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[:, None, None], (256, 256, 3))
    assert s.too_plain(coefficients(np.ascontiguousarray(ramp)))


def test_a_scene_is_not_too_plain(scene):
    assert not s.too_plain(coefficients(scene(6)))
