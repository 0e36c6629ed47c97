import numpy as np
import pytest
from sklearn.metrics import roc_curve
from synthetic_albums.stages.encoders.error_rates import (
    ERRORS_NEEDED,
    ScoredPairs,
    equal_error_rate,
    measure_calibration,
    threshold_at,
)
from synthetic_albums.stages.encoders.interface import EncoderFacts
from synthetic_albums.stages.errors import AlbumError

FACTS = EncoderFacts("toy@1", "a" * 64, 4, "person")


def scored(people=40, each=4, spread=0.2, seed=0):
    """Genuine scores about 0.8, impostor scores about 0, of so many people."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(people), each)
    between = np.array([(a, b) for a in range(people) for b in range(a + 1, people)])
    between = np.repeat(between, each, axis=0)
    return ScoredPairs(
        rng.normal(0.8, spread, len(owner)).clip(-1, 1),
        owner,
        rng.normal(0.0, spread, len(between)).clip(-1, 1),
        between,
        people,
    )


def measured(pairs, **options):
    return measure_calibration(pairs, FACTS, condition="toy", told="made up", **options)


@pytest.mark.parametrize("seed", range(4))
def test_rates_are_those_of_scikit_learn(seed):
    pairs = scored(seed=seed)
    truth = np.concatenate([np.ones(len(pairs.genuine)), np.zeros(len(pairs.impostor))])
    scores = np.concatenate([pairs.genuine, pairs.impostor])
    accepted, found, thresholds = roc_curve(truth, scores, drop_intermediate=False)
    gap = np.abs(accepted - (1 - found))
    assert equal_error_rate(pairs.genuine, pairs.impostor) == pytest.approx(
        (accepted + 1 - found)[gap.argmin()] / 2, abs=1 / len(pairs.genuine)
    )
    for point in measured(pairs, targets=(0.02,)).points:
        just = np.flatnonzero(accepted <= point.target)[-1]
        assert point.false_match.value == pytest.approx(accepted[just])
        assert point.false_non_match.value == pytest.approx(1 - found[just])
        # roc_curve takes the lowest score that is accepted, we the number just above the highest that is not
        assert point.threshold <= thresholds[just]


def test_the_threshold_accepts_as_many_impostors_as_it_may_and_none_more():
    impostor = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    for rate, allowed in ((0.0, 0), (0.1, 1), (0.25, 2), (1.0, 10)):
        assert int((impostor >= threshold_at(impostor, rate)).sum()) == allowed


def test_equal_scores_are_never_cut_apart_to_the_wrong_side():
    impostor = np.array([0.5] * 50 + [0.1] * 50)
    assert (impostor >= threshold_at(impostor, 0.1)).mean() <= 0.1


@pytest.mark.parametrize(
    ("genuine", "impostor", "rate"),
    [([0.9, 0.8], [0.1, 0.2], 0.0), ([0.1, 0.2], [0.8, 0.9], 1.0), ([0.5, 0.5], [0.5, 0.5], 0.5)],
)
def test_equal_error_rates_of_clear_cases(genuine, impostor, rate):
    assert equal_error_rate(np.array(genuine), np.array(impostor)) == pytest.approx(rate)


def test_a_target_needs_thirty_expected_errors():
    pairs = scored(people=30, each=4)
    assert len(pairs.impostor) == 1740
    reached = [point.target for point in measured(pairs, targets=(0.1, 0.02, 0.01)).points]
    assert reached == [0.1, 0.02]
    assert ERRORS_NEEDED == 30
    with pytest.raises(AlbumError, match=r"needs at least 3000 pairs of different people .* there are 1740: give more"):
        measured(pairs, impostors="people")


def test_intervals_hold_their_rates_and_follow_the_subjects():
    few, many = measured(scored(people=12, each=60, spread=0.35)), measured(scored(people=80, spread=0.35))
    for calibration in (few, many):
        for point in calibration.points:
            for rate in (point.false_match, point.false_non_match):
                assert 0 <= rate.low <= rate.value <= rate.high <= 1
            assert point.false_match.value <= point.target
        assert calibration.equal_error_rate.low < calibration.equal_error_rate.high


def test_pairs_of_one_subject_do_not_count_as_independent():
    """Half of the people always match themselves, half never: 20 people say little, however many pairs they have."""
    owner = np.repeat(np.arange(20), 500)
    genuine = np.where(owner % 2 == 0, 0.9, 0.1)
    other = scored(people=20, each=20)
    pairs = ScoredPairs(genuine, owner, other.impostor, other.impostor_subjects, 20)
    missed = measured(pairs).points[0].false_non_match
    assert missed.value == pytest.approx(0.5)
    of_pairs = 1.96 * (0.25 / len(genuine)) ** 0.5
    assert missed.high - missed.low > 10 * of_pairs
    assert missed.low == pytest.approx(0.28, abs=0.08)  # binomial of 20 people: 0.28 to 0.72


def test_one_person_whom_everybody_resembles_widens_the_false_matches():
    """All false matches are with number 19: where a draw leaves that one out, as a third do, there is none."""
    between = np.array([(a, b) for a in range(20) for b in range(a + 1, 20)])
    impostor = np.where(between[:, 1] == 19, 0.9, 0.1)
    pairs = ScoredPairs(np.full(40, 0.95), np.repeat(np.arange(20), 2), impostor, between, 20)
    rate = measured(pairs, targets=(0.2,)).points[0].false_match
    assert (rate.value, rate.low) == (pytest.approx(0.1), 0)
    assert rate.high > 0.25


def test_no_error_at_all_still_has_an_upper_end():
    pairs = scored()
    pairs = ScoredPairs(np.ones(160), pairs.genuine_subject, pairs.impostor, pairs.impostor_subjects, 40)
    missed = measured(pairs).points[0].false_non_match
    assert (missed.value, missed.low) == (0, 0)
    assert missed.high == pytest.approx(1 - 0.025 ** (1 / 40))  # Clopper-Pearson, no error in 40 trials


def test_the_same_seed_gives_the_same_calibration():
    assert measured(scored(), seed=3) == measured(scored(), seed=3)
    assert measured(scored(), seed=3) != measured(scored(), seed=4)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_scores_that_are_no_numbers_are_refused(bad):
    pairs = scored()
    pairs.impostor[7] = bad
    with pytest.raises(AlbumError, match="not numbers"):
        measured(pairs)


def test_no_genuine_pair_is_refused():
    pairs = scored()
    with pytest.raises(AlbumError, match="give at least two of each"):
        measured(ScoredPairs(np.zeros(0), np.zeros(0, int), pairs.impostor, pairs.impostor_subjects, 40))
