"""What the report says of how the two sides were given."""

from pathlib import Path

import numpy as np
import pytest
from synthetic_albums.stages.leakage.membership.candidates import Candidates, Source
from synthetic_albums.stages.leakage.membership.roc import Interval
from synthetic_albums.stages.leakage.membership.summary import Facts, Run, summarise
from synthetic_albums.stages.score_model import ScoreModelFacts

COUNT = 100


def side(name, told):
    """A hundred pictures, of so many of which it is known what they show."""
    album = object()
    names = (f"{name}{number:03}" for number in range(COUNT))
    return Candidates({one: Source(Path(one), 0, album if n < told else None) for n, one in enumerate(names)})


def notes(members, non_members, *, model=True):
    scores = np.random.default_rng(0).normal(size=(2, COUNT))
    facts = ScoreModelFacts(name="m", sha256="0" * 64, path="flow", predicts="velocity") if model else None
    report = summarise(
        [Run("loss", "model", "s", 1, False, *scores)],
        Facts(side("a", members), side("b", non_members), Candidates(), facts, None, 0, Interval(0.5, 0.4, 0.6)),
    )
    return [note for note in report.notes if "figures measure that as well" in note]


@pytest.mark.parametrize(("members", "non_members"), [(100, 0), (0, 100), (100, 80)])
def test_a_model_that_is_told_of_one_side_only_measures_that(members, non_members):
    (note,) = notes(members, non_members)
    assert f"{members}% of the members" in note
    assert f"non-members {non_members}%" in note


@pytest.mark.parametrize(("members", "non_members"), [(100, 100), (0, 0), (50, 52)])
def test_sides_that_are_given_alike_need_no_warning(members, non_members):
    assert notes(members, non_members) == []


def test_without_a_model_nothing_is_told():
    assert notes(100, 0, model=False) == []
