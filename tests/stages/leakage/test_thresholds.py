import pytest
from synthetic_albums.stages.encoders import EncoderFacts
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.thresholds import NotCheckedError, require_calibration, threshold_for

from .fake_encoders import ThumbnailEncoder, calibration_of

FACTS = EncoderFacts("e@1", "c" * 64, 8, "picture")
CALIBRATION = calibration_of(FACTS)  # 1e-2 at 0.6, 1e-3 at 0.7, 1e-4 at 0.8


@pytest.mark.parametrize(
    ("target", "comparisons", "cosine"),
    [(0.01, 1, 0.6), (0.01, 10, 0.7), (0.01, 100, 0.8), (0.3, 1, 0.6), (0.01, 1000, 0.9), (10**-2.5, 1, 0.65)],
)
def test_the_threshold_grows_with_the_number_of_comparisons(target, comparisons, cosine):
    found = threshold_for(CALIBRATION, target=target, comparisons=comparisons)
    assert found.cosine == pytest.approx(cosine)
    assert found.expected <= target * 1.001


def test_a_target_out_of_reach_costs_false_alarms_and_no_leak():
    found = threshold_for(CALIBRATION, target=0.01, comparisons=10**7)
    assert found.cosine == pytest.approx(0.99)
    assert found.expected == 1.0
    assert "out of its reach" in found.note


def test_one_measured_point_is_not_extrapolated():
    found = threshold_for(calibration_of(FACTS, ((1e-3, 0.7),)), target=0.01, comparisons=1000)
    assert found.cosine == 0.7
    assert found.expected == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("points", "most"),
    [(((1e-3, 0.995),), 1.0), (((1e-2, 0.98), (1e-3, 0.995)), 1e-2), (((1e-2, 0.9), (1e-3, 0.95)), 1e-3)],
)
def test_a_threshold_that_is_kept_below_the_measured_ones_has_no_better_rate_than_is_known(points, most):
    """Rounding decides above 0.99, so thresholds stop there; what was measured further up is not true of it."""
    found = threshold_for(calibration_of(FACTS, points), target=1e-3, comparisons=10**4)
    assert found.cosine == pytest.approx(0.99)
    assert most * 0.1 <= found.false_match[0] <= most
    if points[-1][1] > 0.99:
        assert found.false_match[0] == most


def test_a_tail_that_ends_is_followed_as_a_generalised_pareto():
    """Points of a known distribution, and thresholds far beyond them."""
    shape, scale = -0.2, 0.12
    quantile = lambda rate: 0.3 + scale / shape * (rate**-shape - 1)  # noqa: E731
    points = tuple((rate, quantile(rate)) for rate in (1e-2, 1e-3, 1e-4))
    found = threshold_for(calibration_of(FACTS, points), target=1e-6, comparisons=1)
    assert found.cosine == pytest.approx(quantile(1e-6), abs=0.002)
    assert "generalised Pareto (shape -0.20)" in found.note


def test_between_three_unevenly_spaced_points_the_tail_is_still_theirs():
    points = ((1e-2, 0.5), (1e-3, 0.6), (2e-4, 0.66))
    found = threshold_for(calibration_of(FACTS, points), target=2e-5, comparisons=1)
    assert 0.66 < found.cosine < 0.66 + 0.1


def test_a_tail_is_never_taken_to_be_heavier_than_exponential():
    points = ((1e-2, 0.5), (1e-3, 0.55), (1e-4, 0.7))
    found = threshold_for(calibration_of(FACTS, points), target=1e-5, comparisons=1)
    assert found.cosine == pytest.approx(0.85)


def test_what_a_threshold_says_of_itself():
    found = threshold_for(CALIBRATION, target=0.01, comparisons=10)
    assert found.false_match == pytest.approx((1e-3, 1e-3, 1e-3))
    assert found.false_non_match == pytest.approx((0.02, 0.02, 0.02))
    assert "100 subjects" in found.calibration
    assert threshold_for(CALIBRATION, target=0.01, comparisons=1000).false_non_match is None


def test_an_encoder_without_calibration_or_with_anothers_cannot_check():
    with pytest.raises(NotCheckedError, match="no calibration"):
        require_calibration(ThumbnailEncoder(points=None))
    other = ThumbnailEncoder()
    other.calibration = calibration_of(FACTS)
    with pytest.raises(NotCheckedError, match="and not of thumbnail@1"):
        require_calibration(other)


def test_a_calibration_that_cannot_be_read_is_a_reason():
    class Unreadable(ThumbnailEncoder):
        calibration = property(lambda self: (_ for _ in ()).throw(AlbumError("altered")), lambda self, value: None)

    with pytest.raises(NotCheckedError, match="altered"):
        require_calibration(Unreadable())
