import itertools

import numpy as np
import pytest
import torch
from synthetic_albums.models.train import fitting, identity_training
from synthetic_albums.models.train.heads import STORED_REACH, gather_heads
from synthetic_albums.models.train.identity_training import (
    HeadChooser,
    centered,
    encode_heads,
    go_on_compatibly,
    train_identity_encoder,
    vary_heads,
)
from synthetic_albums.stages.encoders import PORTRAIT_REACH, load_identity_encoder


@pytest.fixture
def heads(people_world):
    return gather_heads(people_world, "train")


def test_half_of_a_batch_are_pairs_of_twins_and_seeds_decide(heads):
    chooser = HeadChooser(heads, 4)
    rows, _ = chooser.choose(0, 32)
    first, second, _ = heads.twins[0]
    assert list(heads.identity[rows[:16]]) == [first, second] * 8
    assert set(heads.identity[rows[16:]]) - {first, second}
    assert (rows == HeadChooser(heads, 4).choose(0, 32)[0]).all()
    assert (rows != HeadChooser(heads, 5).choose(0, 32)[0]).any()


def test_varied_heads_still_resemble_themselves_most(heads):
    stored = torch.from_numpy(heads.pictures[heads.portrait][::2])
    plain = centered(stored.numpy(), PORTRAIT_REACH, 64)
    varied = vary_heads(stored, 64, torch.Generator().manual_seed(0), reach=PORTRAIT_REACH)
    assert varied.shape == plain.shape
    assert (varied - plain).abs().mean() > 0.03


def test_the_middle_of_a_stored_head_is_what_a_crop_would_be(heads):
    whole = centered(heads.pictures[:2], STORED_REACH, 80)
    expected = torch.from_numpy(heads.pictures[:2]).movedim(-1, 1).float() / 127.5 - 1
    assert torch.allclose(whole, expected, atol=1e-4)
    half = centered(heads.pictures[:2], STORED_REACH / 2, 40)
    assert torch.allclose(half, expected[:, :, 20:60, 20:60], atol=1e-4)


@pytest.fixture
def few_steps(monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(fitting.time, "monotonic", lambda: float(next(ticks)))
    monkeypatch.setattr(identity_training, "BATCH", 16)


def test_training_writes_an_encoder_that_loads_and_can_go_on_in_the_same_space(people_world, tmp_path, few_steps):
    figures = train_identity_encoder(people_world, tmp_path / "a", minutes=0.2, seed=0)
    assert {"encoder_eer", "portrait_eer", "twin_eer", "people", "twin_accepted/hair.color"} <= set(figures)
    assert figures["people"] == 4
    assert all(0 <= value <= 1 for name, value in figures.items() if "eer" in name)
    encoder = load_identity_encoder(tmp_path / "a" / "identity_encoder")
    held_out = gather_heads(people_world, "held_out")
    vectors = encode_heads(encoder, held_out.pictures)
    assert vectors.shape == (len(held_out.pictures), 128)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-3)
    further = go_on_compatibly(people_world, tmp_path / "a", tmp_path / "b", minutes=0.1, seed=1)
    assert 0.2 < further["compatible_cosine"] <= 1
    assert load_identity_encoder(tmp_path / "b" / "identity_encoder").config.dim == 128


def test_going_on_never_moves_the_class_vectors(people_world, tmp_path, few_steps, monkeypatch):
    train_identity_encoder(people_world, tmp_path, minutes=0.1, seed=0)
    seen = []
    made = identity_training._modules
    monkeypatch.setattr(identity_training, "_modules", lambda device: seen.append(made(device)) or seen[-1])
    go_on_compatibly(people_world, tmp_path, tmp_path / "b", minutes=0.1, seed=1)
    from safetensors.torch import load_file

    before = load_file(tmp_path / "checkpoints" / "identity.checkpoint.safetensors")
    for name, value in seen[0]["proxies"].state_dict().items():
        assert torch.equal(value, before[f"weight.proxies.{name}"])
    weights = seen[0]["encoder"].state_dict()["leave.weight"]
    assert not torch.equal(weights, before["weight.encoder.leave.weight"])
