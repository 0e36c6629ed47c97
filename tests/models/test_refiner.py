import numpy as np
import pytest
import torch
from synthetic_albums.models.train import refiner
from synthetic_albums.models.train.refiner import RefinerTraining, picture_loss
from synthetic_albums.stages.render.builtin.networks import Conditions
from synthetic_albums.stages.render.builtin.refiner import AlbumRefiner


@pytest.fixture
def training(scenes, tiny_builtin, tmp_path):
    return RefinerTraining(scenes, tiny_builtin, tmp_path / "ref", batch=2)


def test_a_training_saves_what_loads_and_says_how_good_it_is(training):
    figures = training.run(1e-6)  # one step
    assert training.step == 1
    assert set(figures) == {"refiner_psnr", "enlarged_psnr"}
    assert all(5 < value < 60 for value in figures.values())
    network = AlbumRefiner.from_pretrained(training.out / "refiner")
    for name, value in network.named_parameters():
        assert torch.equal(value, training.average[name])


def test_it_goes_on_where_it_stopped(training, scenes, tiny_builtin):
    training.run(1e-6)
    again = RefinerTraining(scenes, tiny_builtin, training.out, batch=2)
    assert (again.step, again.seconds) == (1, training.seconds)
    for one, other in zip(again.network.parameters(), training.network.parameters(), strict=True):
        assert torch.equal(one, other)
    again.run(again.seconds / 60 + 1e-6)
    assert again.step == 2


def test_the_base_paints_at_half_size_from_what_was_drawn(training):
    from synthetic_albums.models.train.batches import BatchMaker

    batch = BatchMaker(training.scenes, batch=2, size=256, seed=0).make(0)
    painted, given, wanted = training.base.painted(batch, torch.Generator().manual_seed(0))
    assert painted.shape == (2, 3, 128, 128)
    assert painted.abs().max() <= 1
    assert isinstance(given, Conditions)
    assert given.instance.shape == (2, 256, 256)
    assert np.array_equal(((wanted + 1) * 127.5).round().byte().numpy(), batch["picture"].numpy())
    assert not any(value.requires_grad for value in training.base.unet.parameters())


def test_untrained_it_is_bicubic_enlarging(training, loaded_batch):
    painted, given = loaded_batch
    made = training.network(painted, given)
    plain = torch.nn.functional.interpolate(painted, scale_factor=2, mode="bicubic", align_corners=False)
    assert torch.equal(made, plain)


@pytest.fixture
def loaded_batch(training):
    from synthetic_albums.models.train.batches import BatchMaker

    batch = BatchMaker(training.scenes, batch=1, size=256, seed=0).make(0)
    return training.base.painted(batch, torch.Generator().manual_seed(0))[:2]


def test_the_loss_is_nothing_for_the_truth_and_sees_lost_edges_and_weights():
    wanted = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    weight = torch.ones(1, 1, 16, 16)
    assert picture_loss(wanted, wanted, weight) == 0
    flat = wanted.mean(dim=(2, 3), keepdim=True).expand_as(wanted)
    shifted = wanted + (flat - wanted).abs().mean()
    assert picture_loss(flat, wanted, weight) > 1.5 * picture_loss(shifted, wanted, weight)
    assert picture_loss(flat, wanted, 2 * weight) == pytest.approx(2 * picture_loss(flat, wanted, weight).item())


def test_the_average_follows_slowly(training):
    before = {name: value.clone() for name, value in training.average.items()}
    with torch.no_grad():
        for value in training.network.parameters():
            value.add_(1.0)
    training.step = 10**6
    training._follow()
    name = "last.bias"
    assert torch.allclose(training.average[name] - before[name], torch.full_like(before[name], 1 - refiner._KEEP))
