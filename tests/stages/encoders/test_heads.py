import math

import numpy as np
import pytest
import torch
from synthetic_albums.stages.encoders import load_head_detector
from synthetic_albums.stages.encoders.heads import STRIDE, UNIT, Head, HeadDetector, apart, peaks
from synthetic_albums.stages.errors import AlbumError


@pytest.fixture(scope="module")
def detector():
    torch.manual_seed(0)
    return HeadDetector(size=64, widths=(4, 4, 8, 8), threshold=0.5).eval()


class Planted(HeadDetector):
    """Sees one head wherever it looks, of a fixed size at that scale; further right in wider pictures."""

    def forward(self, pictures):
        self.shapes = [*getattr(self, "shapes", []), tuple(pictures.shape[2:])]
        height, width = pictures.shape[2] // STRIDE, pictures.shape[3] // STRIDE
        seen = torch.zeros(1, 6, height, width)
        seen[:, 0] = -9.0
        head = [3.0, 0.25, -0.25, math.log(20 / UNIT), 0.5, math.sqrt(0.75)]
        seen[0, :, height // 2, width**2 // 64] = torch.tensor(head)
        return seen


def grid(*heads, cells=16):
    """A map in which only these heads (row, column, logit) are sure."""
    seen = torch.zeros(6, cells, cells)
    seen[0] = -9.0
    seen[5] = 1.0
    for row, column, logit in heads:
        seen[0, row, column] = logit
    return seen


def test_peaks_are_read_with_place_size_and_tilt():
    seen = grid((3, 5, 2.0))
    seen[1:, 3, 5] = torch.tensor([0.5, -0.25, math.log(2.0), -math.sin(0.3), math.cos(0.3)])
    (head,) = peaks(seen, 0.5)
    assert (head.x, head.y) == pytest.approx(((5.5 + 0.5) * STRIDE, (3.5 - 0.25) * STRIDE))
    assert head.unit == pytest.approx(2 * UNIT)
    assert head.tilt == pytest.approx(-math.degrees(0.3))
    assert head.confidence == pytest.approx(1 / (1 + math.exp(-2.0)))


def test_only_the_surest_of_neighbours_is_a_peak():
    found = peaks(grid((3, 5, 2.0), (3, 6, 1.0), (8, 8, 1.5), (12, 2, -3.0)), 0.5)
    assert [(round(head.x), round(head.y)) for head in found] == [(22, 14), (34, 34)]


def test_finds_of_one_head_become_one():
    heads = [Head(50, 50, 40, 0, 0.7), Head(60, 50, 30, 0, 0.9), Head(90, 50, 30, 0, 0.6), Head(50, 62, 2, 0, 0.5)]
    assert [head.confidence for head in apart(heads)] == [0.9, 0.6]


def test_places_are_those_of_the_picture_whatever_its_size():
    detector = Planted(size=64, widths=(4, 4, 8, 8), threshold=0.5)
    small, large = (np.zeros((height, width, 3), np.uint8) for height, width in ((40, 80), (32, 64)))
    first, second = detector.detect(small)[0], detector.detect(large)[0]
    assert detector.shapes == [(32, 64), (32, 64)]
    assert (second.x, second.y) == pytest.approx(((4 + 0.75) * 4, (4 + 0.25) * 4))
    assert (first.x, first.y, first.unit) == pytest.approx((second.x * 1.25, second.y * 1.25, 25))
    assert first.tilt == pytest.approx(30)


def test_large_pictures_are_looked_at_twice_as_closely_too():
    detector = Planted(size=64, widths=(4, 4, 8, 8), threshold=0.5)
    found = detector.detect(np.zeros((100, 200, 3), np.uint8))
    assert detector.shapes == [(32, 64), (64, 128)]
    assert sorted(round(head.unit, 3) for head in found) == [31.25, 62.5]


def test_a_picture_that_fills_no_whole_cells_is_padded(detector):
    for height, width in ((64, 50), (1, 1), (7, 64)):
        for head in detector.detect(np.zeros((height, width, 3), np.uint8), threshold=0.0):
            assert head.x < width * 1.05
            assert head.y < height * 1.05


def test_it_is_the_same_every_time_and_after_loading(detector, tmp_path):
    picture = np.random.default_rng(0).integers(0, 256, (64, 48, 3), dtype=np.uint8)
    detector.save_pretrained(tmp_path)
    first = detector.detect(picture, threshold=0.0)
    assert first == detector.detect(picture, threshold=0.0)
    again = load_head_detector(tmp_path).detect(picture, threshold=0.0)
    assert [head.x for head in again] == pytest.approx([head.x for head in first], abs=1e-3)
    assert first[0].confidence == max(head.confidence for head in first)


def test_the_threshold_is_its_own_unless_said_otherwise(detector):
    picture = np.zeros((64, 64, 3), np.uint8)
    assert detector.detect(picture) == []  # a new network is sure of nothing
    assert detector.detect(picture, threshold=0.0)


@pytest.mark.parametrize("value", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 3)), np.zeros((0, 9, 3), np.uint8)])
def test_what_is_no_picture_is_refused(detector, value):
    with pytest.raises(AlbumError, match="The head detector reads"):
        detector.detect(value)


def test_damaged_weights_are_noticed():
    detector = HeadDetector(size=64, widths=(4, 4, 8, 8))
    with torch.no_grad():
        detector.leave.weight.fill_(float("nan"))
    with pytest.raises(AlbumError, match="not numbers"):
        detector.detect(np.zeros((64, 64, 3), np.uint8))
