import itertools
import math

import numpy as np
import pytest
import torch
from synthetic_albums.models.train import copy_training, fitting
from synthetic_albums.models.train.copy_training import (
    album_mates,
    changed,
    choose_pictures,
    contrast,
    copy_figures,
    recompressed,
    single_changes,
    train_copy_encoder,
)
from synthetic_albums.stages.encoders import load_copy_encoder


def test_the_loss_is_the_one_of_the_paper():
    first, second = torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([[0.8, 0.6], [-0.6, 0.8]])
    both = torch.cat([first, second]).numpy()
    expected = 0.0
    for row, partner in ((0, 2), (1, 3), (2, 0), (3, 1)):
        exps = {other: math.exp(both[row] @ both[other] / 0.5) for other in range(4) if other != row}
        expected -= math.log(exps[partner] / sum(exps.values())) / 4
    assert contrast(first, second, temperature=0.5).item() == pytest.approx(expected, rel=1e-5)


def test_batches_hold_four_scenes_of_each_album():
    chosen = choose_pictures(8 * 40, np.random.default_rng(0))
    assert len(set(chosen)) == 48
    assert (np.unique(chosen // 8, return_counts=True)[1] == 4).all()


def test_recompression_keeps_a_picture_nearly():
    ramp = np.repeat(np.linspace(0, 255, 64).astype(np.uint8)[None, :, None], 64, axis=0).repeat(3, axis=2)
    made = recompressed(ramp, np.random.default_rng(0), share=1.0, quality=30)
    assert made.shape == ramp.shape
    assert 0 < np.abs(made.astype(int) - ramp).mean() < 6
    assert recompressed(ramp, np.random.default_rng(0), share=0.0) is ramp


def pictures(count=16):
    rng = np.random.default_rng(0)
    small = rng.integers(0, 256, (count, 6, 6, 3), dtype=np.uint8)
    return small.repeat(24, axis=1).repeat(24, axis=2)


def test_single_changes_change_what_they_say():
    found = single_changes(pictures(), 128, 3)
    plain = found["flip"].flip(3)
    assert set(found) == {"crop", "flip", "relight", "recompress", "resize", "rotate", "all"}
    assert all(views.shape == (16, 3, 128, 128) for views in found.values())
    assert (found["recompress"] - plain).abs().mean() < 0.05
    assert (found["relight"] - plain).abs().mean() > 0.05
    assert (found["crop"] - plain).abs().mean() > 0.1
    assert not torch.equal(found["all"], changed(torch.from_numpy(pictures()), 128, torch.Generator().manual_seed(9)))


class Mean(torch.nn.Module):
    """An encoder that sees average colours of a grid only, and is not told of mirrors."""

    config = {"size": 32}

    def forward(self, views):
        return torch.nn.functional.normalize(torch.nn.functional.adaptive_avg_pool2d(views, 4).flatten(1), dim=1)

    def both_ways(self, views):
        return self(views)


def test_figures_of_an_encoder_that_sees_places_of_colours():
    figures = copy_figures(Mean(), pictures(32))
    assert figures["copy_eer/recompress"] < 0.02
    assert figures["copy_eer/flip"] > 0.1
    assert figures["copy_eer/all"] > figures["copy_eer/recompress"]
    assert "copy_eer/mates" in figures


def test_album_mates_are_blocks():
    mates = album_mates(16)
    assert mates.sum() == 128
    assert mates[0, 7]
    assert not mates[7, 8]


def test_training_writes_an_encoder_that_loads(people_world, tmp_path, monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(fitting.time, "monotonic", lambda: float(next(ticks)))
    monkeypatch.setattr(copy_training, "_PICTURES", 8)
    figures = train_copy_encoder(people_world, tmp_path, minutes=0.1, seed=0)
    assert 0 <= figures["copy_eer/all"] <= 1
    encoder = load_copy_encoder(tmp_path / "copy_encoder")
    assert encoder.encode(pictures(2)).shape == (2, 192)
