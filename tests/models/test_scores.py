import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_albums.models.train.scores import equal_error_rate, threshold_at, wilson


def test_equal_error_rates_worked_by_hand():
    # Threshold 0.5 rejects 1 of 4 genuine pairs and accepts 1 of 4 impostors.
    assert equal_error_rate(np.array([0.4, 0.6, 0.8, 0.9]), np.array([0.1, 0.2, 0.3, 0.7])) == pytest.approx(0.25)
    # From 0.5 to 0.6 rejected goes 1/2 to 1/2 while accepted falls 1/1 to 0: they meet at 1/2.
    assert equal_error_rate(np.array([0.4, 0.6]), np.array([0.5])) == pytest.approx(0.5)
    # At 3 rejected is 2/5 and accepted 2/3; above 3 it is 2/5 and 1/3. They cross where rejected is 2/5.
    assert equal_error_rate(np.array([1, 2, 4, 5, 6]), np.array([0, 3, 4.5])) == pytest.approx(0.4)
    # Between two tries both move: rejected 0 to 1/2, accepted 1/2 to 0. Interpolated they meet at 1/4.
    assert equal_error_rate(np.array([1.0, 2.0]), np.array([0.0, 1.0])) == pytest.approx(0.25)


def test_equal_error_rates_at_the_ends():
    assert equal_error_rate(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 0
    assert equal_error_rate(np.array([0.0, 1.0]), np.array([2.0, 3.0])) == 1
    assert equal_error_rate(np.ones(5), np.ones(7)) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="impostor"):
        equal_error_rate(np.ones(2), np.zeros(0))


SCORES = st.lists(st.integers(-20, 20), min_size=1, max_size=30).map(lambda values: np.array(values, float))


@given(SCORES, SCORES)
def test_an_equal_error_rate_is_between_both_rates_at_every_threshold(genuine, impostor):
    rate = equal_error_rate(genuine, impostor)
    for threshold in np.arange(-21, 22):
        rejected, accepted = (genuine < threshold).mean(), (impostor >= threshold).mean()
        assert min(rejected, accepted) - 1e-9 <= rate <= max(rejected, accepted) + 1e-9
    assert equal_error_rate(-impostor, -genuine) == pytest.approx(rate)


@given(SCORES, st.sampled_from([0.001, 0.01, 0.1, 0.5]))
def test_a_threshold_keeps_its_rate_and_no_lower_one_does(impostor, rate):
    threshold = threshold_at(impostor, rate)
    assert (impostor >= threshold).mean() <= rate
    assert (impostor >= threshold - 1e-6).mean() > rate


def test_wilson_intervals_are_those_of_the_textbook():
    assert wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    low, high = wilson(0, 10)
    assert (low, round(high, 4)) == (0, 0.2775)
    assert wilson(10, 10)[1] == 1
