import itertools

import numpy as np
import pytest
import torch
from synthetic_albums.models.train import fitting, head_training
from synthetic_albums.models.train.head_data import FACE, MOST_HEADS, UNSURE
from synthetic_albums.models.train.head_training import (
    best_threshold,
    detection_figures,
    detection_loss,
    outcomes,
    train_head_detector,
    vary_scenes,
)
from synthetic_albums.stages.encoders import load_head_detector
from synthetic_albums.stages.encoders.heads import Head, HeadDetector


def truth(*scenes):
    found = np.full((len(scenes), MOST_HEADS, 5), np.nan, np.float32)
    for row, heads in enumerate(scenes):
        for place, head in enumerate(heads):
            found[row, place] = head
    return found


HEADS = truth([(50, 50, 20, 0, FACE), (150, 50, 20, 0, UNSURE), (200, 50, 10, 0, FACE)], [(90, 90, 30, 0, FACE)], [])
FINDS = [
    [Head(52, 50, 22, 0, 0.9), Head(51, 55, 18, 0, 0.5), Head(150, 51, 20, 0, 0.8), Head(200, 50, 10, 0, 0.7)],
    [Head(110, 90, 30, 0, 0.6)],
    [Head(10, 10, 30, 0, 0.4)],
]


def test_finds_are_right_wrong_or_neither():
    rows, there = outcomes(FINDS, HEADS)
    assert there == 2  # 50,50 and 90,90; one is unsure, one small
    # right; a second find of one head; too far away; nobody there
    assert sorted(map(tuple, rows.tolist())) == [(0.4, 0.0), (0.5, 0.0), (0.6, 0.0), (0.9, 1.0)]


def test_figures_follow_the_threshold():
    assert detection_figures(FINDS, HEADS, threshold=0.7) == {
        "head_recall": 0.5, "head_precision": 1.0, "head_average_precision": 0.5, "heads": 2.0,
    }  # fmt: skip
    assert detection_figures(FINDS, HEADS, threshold=0.1)["head_precision"] == 0.25
    assert detection_figures([[], [], []], HEADS, threshold=0.1)["head_recall"] == 0


def test_the_threshold_is_the_best_one():
    assert best_threshold(FINDS, HEADS) == pytest.approx(0.9)
    assert best_threshold([[], [], []], HEADS) == 0.3


def test_the_average_precision_is_that_of_scikit_learn():
    from sklearn.metrics import average_precision_score

    rng = np.random.default_rng(0)
    heads = truth(*[[(40, 40, 30, 0, FACE)]] * 60)
    finds = [
        [Head(40, 40, 30, 0, float(rng.normal(0.6, 0.1))), Head(200, 200, 30, 0, float(rng.normal(0.45, 0.1)))]
        for _ in range(60)
    ]
    rows, there = outcomes(finds, heads)
    assert there == 60
    figure = detection_figures(finds, heads, threshold=0.5)["head_average_precision"]
    assert figure == pytest.approx(average_precision_score(rows[:, 1], rows[:, 0]))


def test_the_loss_falls_towards_the_truth():
    sure, asked = torch.zeros(1, 4, 4), torch.ones(1, 4, 4, dtype=torch.bool)
    shape, seen = torch.zeros(1, 6, 4, 4), torch.zeros(1, 6, 4, 4)
    sure[0, 1, 2], shape[0, :, 1, 2] = 1.0, torch.tensor([1.0, 0.2, -0.1, 0.5, 0.0, 1.0])
    seen[:, 0] = -8.0
    wrong = detection_loss(seen, sure, asked, shape)
    seen[0, 0, 1, 2] = 8.0
    placed = detection_loss(seen, sure, asked, shape)
    seen[0, 1:, 1, 2] = shape[0, 1:, 1, 2]
    right = detection_loss(seen, sure, asked, shape)
    assert wrong > placed > right
    assert float(right) == pytest.approx(0, abs=1e-3)
    seen[0, 0, 3, 3] = 8.0  # where nobody asks, nothing counts
    asked[0, 3, 3] = False
    assert float(detection_loss(seen, sure, asked, shape)) == pytest.approx(float(right), abs=1e-6)


def test_pictures_vary_with_their_heads_and_by_their_seed():
    stored = torch.full((2, 256, 256, 3), 30, dtype=torch.uint8)
    stored[:, 90:110, 110:130] = 250
    heads = truth([(120, 100, 20, 0, FACE)], [(120, 100, 20, 0, FACE)])
    pictures, moved = vary_scenes(stored, heads, 128, torch.Generator().manual_seed(1))
    again, _ = vary_scenes(stored, heads, 128, torch.Generator().manual_seed(1))
    assert torch.equal(pictures, again)
    assert pictures.shape == (2, 3, 128, 128)
    for picture, ((x, y, *_), *_) in zip(pictures, moved, strict=True):
        if 3 <= x < 125 and 3 <= y < 125:
            assert picture[:, int(y), int(x)].mean() > picture.mean()


def test_a_short_training_gives_a_detector_that_loads(people_world, tmp_path, monkeypatch):
    monkeypatch.setattr(head_training, "HeadDetector", lambda: HeadDetector(size=64, widths=(4, 4, 8, 8)))
    ticks = itertools.count()
    monkeypatch.setattr(fitting.time, "monotonic", lambda: float(next(ticks)))
    figures = train_head_detector(people_world, tmp_path, minutes=0.2, seed=1)
    assert {"head_recall", "head_precision", "head_average_precision", "heads_loss"} <= set(figures)
    detector = load_head_detector(tmp_path / "head_detector")
    assert 0.1 <= detector.config["threshold"] <= 0.9
    assert (tmp_path / "checkpoints" / "heads.checkpoint.safetensors").is_file()
