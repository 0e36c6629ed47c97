"""Figures of a ROC curve against scikit-learn, scipy and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score
from sklearn.metrics import roc_curve as sklearn_curve
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.membership.roc import auc_interval, clopper_pearson, rate_at, roc_curve

SCORES = st.lists(st.integers(-4, 4).map(float), min_size=2, max_size=40)  # few values: many ties


def labels(members, others):
    return np.r_[np.ones(len(members)), np.zeros(len(others))], np.r_[members, others]


@given(SCORES, SCORES)
@settings(max_examples=150, deadline=None)
def test_area_and_curve_agree_with_scikit_learn(members, others):
    members, others = np.array(members), np.array(others)
    truth, scores = labels(members, others)
    assert auc_interval(members, others).value == pytest.approx(roc_auc_score(truth, scores))
    fpr, tpr, _ = sklearn_curve(truth, scores, drop_intermediate=False)
    found = roc_curve(members, others)
    assert found.fpr == pytest.approx(fpr)
    assert found.tpr == pytest.approx(tpr)


@given(SCORES, SCORES, st.sampled_from([0.01, 0.1, 0.5]))
@settings(max_examples=150, deadline=None)
def test_the_threshold_is_the_best_that_keeps_the_false_positives(members, others, target):
    members, others = np.array(members), np.array(others)
    truth, scores = labels(members, others)
    fpr, tpr, _ = sklearn_curve(truth, scores, drop_intermediate=False)
    rate = rate_at(members, others, target)
    assert rate.tpr.value == pytest.approx(tpr[fpr <= target + 1e-12].max())
    assert rate.fpr.value == pytest.approx((others >= rate.threshold).mean())
    assert rate.fpr.value <= target + 1e-12
    assert rate.tpr_low <= rate.tpr.low + 1e-12
    assert rate.tpr_high >= rate.tpr.high - 1e-12


def test_the_delong_interval_holds_the_truth_as_often_as_it_says():
    """Two normal distributions one deviation apart: the true area is Phi(1 / sqrt 2)."""
    truth, rng, hits = 0.7602499389065233, np.random.default_rng(0), 0
    for _ in range(400):
        found = auc_interval(rng.normal(1, 1, 60), rng.normal(0, 1, 80))
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 400 <= 0.98


def test_the_delong_variance_is_that_of_the_definition():
    """By the structural components, pair by pair (DeLong et al. 1988, equations 1 to 5)."""
    rng = np.random.default_rng(3)
    members, others = rng.normal(0.5, 1, 40).round(1), rng.normal(0, 1, 50).round(1)
    wins = (members[:, None] > others[None]) + 0.5 * (members[:, None] == others[None])
    variance = wins.mean(axis=1).var(ddof=1) / 40 + wins.mean(axis=0).var(ddof=1) / 50
    auc = wins.mean()
    found = auc_interval(members, others)
    width = 1.959963984540054 * np.sqrt(variance) / (auc * (1 - auc))
    logit = np.log(auc / (1 - auc))
    assert (found.low, found.high) == pytest.approx((1 / (1 + np.exp(width - logit)), 1 / (1 + np.exp(-width - logit))))


def test_perfect_separation_is_not_certain():
    found = auc_interval(np.arange(100, 200.0), np.arange(100.0))
    assert found.value == 1.0
    assert found.low == pytest.approx(clopper_pearson(100, 100).low)
    assert found.high == 1.0
    assert auc_interval(np.arange(100.0), np.arange(100, 200.0)).high < 0.05


def test_scores_that_are_all_equal_are_guessing():
    found = auc_interval(np.zeros(50), np.zeros(60))
    assert found.value == 0.5
    assert found.low < 0.4 < 0.6 < found.high


def test_the_interval_that_allows_for_the_threshold_holds_the_truth():
    """True-positive rate at exactly 5 % false positives of two normals two deviations apart."""
    truth, rng, hits, plain = 0.6387600313123353, np.random.default_rng(1), 0, 0
    for _ in range(300):
        rate = rate_at(rng.normal(2, 1, 150), rng.normal(0, 1, 200), 0.05)
        hits += rate.tpr_low <= truth <= rate.tpr_high
        plain += rate.tpr.low <= truth <= rate.tpr.high
    assert hits / 300 >= 0.95
    assert plain < hits  # what the fixed threshold leaves out


def test_few_non_members_leave_the_rate_at_one_percent_open_below():
    rate = rate_at(np.arange(200, 400.0), np.arange(200.0), 0.01)
    assert rate.tpr.value == 1.0
    assert rate.tpr_low == 0.0  # 0 of 200 may still be a true rate above 1 %
    assert rate_at(np.arange(1000, 2000.0), np.arange(1000.0), 0.01).tpr_low > 0.99


@pytest.mark.parametrize(("hits", "trials"), [(0, 10), (10, 10), (3, 17), (500, 1000)])
def test_exact_intervals_agree_with_scipy(hits, trials):
    from scipy.stats import binomtest

    found, wanted = clopper_pearson(hits, trials), binomtest(hits, trials).proportion_ci()
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_scores_that_are_no_numbers_are_refused(bad):
    with pytest.raises(AlbumError, match="1 of 3 scores of members are not numbers"):
        auc_interval(np.array([1.0, bad, 2.0]), np.arange(3.0))
    with pytest.raises(AlbumError, match="no scores of non-members"):
        roc_curve(np.arange(3.0), np.array([]))
