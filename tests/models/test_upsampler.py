import math

import numpy as np
import torch
from synthetic_albums.models.train import upsampler
from synthetic_albums.models.train.upsampler import train_upsampler
from synthetic_albums.stages.render.builtin.networks import AlbumUpsampler
from synthetic_albums.stages.render.builtin.words import REGION_WORDS


def test_a_training_saves_what_loads_and_says_how_good_it_is(scenes, tmp_path, monkeypatch):
    monkeypatch.setattr(upsampler, "CROP", 32)
    figures = train_upsampler(scenes, tmp_path / "up", minutes=1e-6, batch=2)  # one step
    assert set(figures) == {"upsampler_psnr", "bicubic_psnr"}
    assert all(15 < value < 60 for value in figures.values())
    network = AlbumUpsampler.from_pretrained(tmp_path / "up")
    assert network.config.words == list(REGION_WORDS)
    assert network.leave.weight.abs().max() > 0


def test_untrained_it_is_bicubic_enlarging():
    network = AlbumUpsampler(words=list(REGION_WORDS), width=8, depth=1)
    picture = torch.rand(1, 3, 16, 16) * 2 - 1
    nothing = torch.zeros(1, 1, 4, dtype=torch.int64)
    made = network(picture, nothing, torch.zeros(1, 16, 16), torch.zeros(1, 32, 32))
    plain = torch.nn.functional.interpolate(picture, scale_factor=2, mode="bicubic", align_corners=False)
    assert torch.equal(made, plain)


def test_damage_is_like_a_samplers_and_leaves_the_scene(scenes):
    picture = torch.from_numpy(np.array(scenes.picture(scenes.examples[0]))).movedim(-1, 0)[None].float() / 127.5 - 1
    pictures = picture.repeat(6, 1, 1, 1)
    damaged = upsampler._damaged(pictures, torch.Generator().manual_seed(0))
    assert damaged.abs().max() <= 1
    errors = (damaged - pictures).pow(2).mean(dim=(1, 2, 3)).sqrt()
    assert (errors > 0).all()
    assert (errors < 0.35).all()
    assert len({round(error, 4) for error in errors.tolist()}) == 6


def test_the_loss_is_nothing_for_the_truth_and_sees_lost_edges():
    wanted = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    weight = torch.ones(1, 1, 16, 16)
    assert upsampler._loss(wanted, wanted, weight) == 0
    flat = wanted.mean(dim=(2, 3), keepdim=True).expand_as(wanted)
    shifted = wanted + (flat - wanted).abs().mean()
    assert upsampler._loss(flat, wanted, weight) > 1.5 * upsampler._loss(shifted, wanted, weight)


def test_psnr_is_in_decibels():
    assert math.isclose(upsampler._psnr(torch.zeros(4), torch.full((4,), 0.2)), 20.0, abs_tol=1e-4)
