import itertools

import numpy as np
import pytest
import torch
from synthetic_albums.models.train import fitting, judge_training
from synthetic_albums.models.train.heads import gather_heads
from synthetic_albums.models.train.judge_training import new_judge, train_judge
from synthetic_albums.stages import vocabulary as v
from synthetic_albums.stages.encoders import load_judge


def test_a_new_judge_knows_the_planners_words_and_is_small():
    judge = new_judge()
    assert tuple(judge.config.places) == v.ENVIRONMENT_KINDS
    assert tuple(judge.config.kinds) == v.OBJECT_KINDS
    assert 2 * sum(value.numel() for value in judge.state_dict().values()) < 8 * 2**20


def test_scenes_are_chosen_more_often_than_portraits(people_world, monkeypatch):
    monkeypatch.setitem(judge_training._BATCH, "people", 4000)
    heads = gather_heads(people_world, "train")
    rows = judge_training._people_rows(heads, np.random.default_rng(0))
    expected = 0.25 * heads.portrait.sum() / (0.25 * heads.portrait.sum() + (~heads.portrait).sum())
    assert heads.portrait[rows].mean() == pytest.approx(expected, abs=0.03)
    assert set(rows) == set(range(len(heads.portrait)))


def test_training_writes_a_judge_and_gives_its_ceilings(people_world, tmp_path, monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(fitting.time, "monotonic", lambda: float(next(ticks)))
    for part in judge_training._BATCH:
        monkeypatch.setitem(judge_training._BATCH, part, 8)
    figures = train_judge(people_world, tmp_path, minutes=0.3, seed=0)
    assert {"judge_people_loss", "judge_scenes_loss", "judge_things_loss"} <= set(figures)
    assert {"ceiling/place_accuracy", "ceiling/props_found", "ceiling/accessory_f1", "ceiling/pair_eer"} <= set(figures)
    judge = load_judge(tmp_path / "judge")
    before = new_judge().state_dict()
    torch.manual_seed(0)
    assert any(not torch.equal(value, before[name]) for name, value in judge.state_dict().items())
    assert len(list((tmp_path / "checkpoints").iterdir())) == 3
