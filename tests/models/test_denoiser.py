"""Training the denoiser on a tiny world: the loss is what it says, and a training goes on where it stopped."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch
from synthetic_albums.models.train.batches import BatchMaker
from synthetic_albums.models.train.denoiser import (
    CLOSEUPS,
    DenoiserTraining,
    Recipe,
    build_parts,
    flow_loss,
    load_widened,
)
from synthetic_albums.models.train.sheets import assemble
from synthetic_albums.stages.render.builtin.sampler import load_builtin
from torch.nn import functional

TINY = Recipe(size=64, channels=(16, 32, 32), batch=2)
PATCH = TINY.patch
TINY_CLOSEUPS = replace(CLOSEUPS, channels=(16, 32, 32), batch=2)


@pytest.fixture
def batch(scenes):
    return BatchMaker(scenes, batch=2, size=64, seed=0).make(0)


@pytest.fixture
def training(scenes, tmp_path, monkeypatch):
    """Start a training in one folder, or go on there; batches are made in this process."""

    def loader(self):
        maker = BatchMaker(self.scenes, batch=self.recipe.batch, size=self.recipe.size, seed=self.recipe.seed)
        number = self.step
        while True:
            yield maker.make(number)
            number += 1

    monkeypatch.setattr(DenoiserTraining, "_loader", loader)
    return lambda **options: DenoiserTraining(scenes, tmp_path / "run", TINY, **options)


def one_step(training):
    """Run until the time that is spent so far is used up by one more step."""
    return training.run(training.seconds / 60 + 1e-9, log=lambda *_, **__: None)


def weights(training):
    return {name: parameter.detach().clone() for name, parameter in training._named()}


def test_a_network_of_the_recipe_takes_the_conditions_of_the_conditioner():
    parts = build_parts(TINY)
    unet, conditioner = parts["unet"].config, parts["conditioner"].config
    assert unet.in_channels == unet.out_channels + conditioner.out_channels
    assert unet.out_channels == 3 * PATCH**2
    assert unet.sample_size == TINY.size // PATCH
    assert parts["text_encoder"].config.hidden_size == conditioner.token_dim == unet.cross_attention_dim


def test_the_loss_is_the_weighted_error_of_the_predicted_picture(batch):
    """A network that predicts grey everywhere has as its error the picture itself."""
    seen = {}

    class Grey(torch.nn.Module):
        def forward(self, noisy, time, tokens, **_others):
            seen.update(noisy=noisy, time=time)
            return SimpleNamespace(sample=torch.zeros(len(noisy), 3 * PATCH**2, 16, 16))

    parts = {**build_parts(TINY), "unet": Grey()}
    loss = flow_loss(parts, batch, torch.Generator().manual_seed(4), TINY, autocast=False)
    picture = batch["picture"].float() / 127.5 - 1
    clean = functional.pixel_unshuffle(picture, PATCH)
    noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(4))
    t = (seen["time"] / 1000)[:, None, None, None]
    assert ((t > 0) & (t < 1)).all()
    assert torch.allclose(seen["noisy"][:, : 3 * PATCH**2], (1 - t) * clean + t * noise, atol=1e-5)
    expected = (picture**2 * batch["weight"] / (t**2 + 0.25)).sum() / (3 * batch["weight"].sum())
    assert loss.item() == pytest.approx(expected.item(), rel=1e-4)


@pytest.mark.parametrize("recipe", [TINY, TINY_CLOSEUPS], ids=["scenes", "close-ups"])
@pytest.mark.parametrize("autocast", [False, True])
def test_the_loss_reaches_every_network(batch, autocast, recipe):
    parts = build_parts(recipe)
    loss = flow_loss(parts, batch, torch.Generator().manual_seed(0), recipe, autocast=autocast)
    loss.backward()
    assert torch.isfinite(loss)
    for name, network in parts.items():
        reached = [parameter.grad is not None and bool(parameter.grad.any()) for parameter in network.parameters()]
        assert sum(reached) > 0.8 * len(reached), name


def test_steps_learn_something_finite_and_the_average_follows(training):
    run = training()
    before = weights(run)
    losses = [one_step(run), one_step(run)]
    assert run.step == 2
    assert all(0 < loss < 100 for loss in losses)
    after = weights(run)
    assert sum(not torch.equal(after[name], before[name]) for name in after) > 0.8 * len(after)
    for name, value in run.average.items():
        assert torch.isfinite(value).all()
        low, high = torch.minimum(before[name], after[name]) - 0.02, torch.maximum(before[name], after[name]) + 0.02
        assert ((low <= value) & (value <= high)).all(), name


def test_a_training_goes_on_where_it_stopped(training):
    first = training()
    one_step(first)
    again = training()
    assert (again.step, again.seconds) == (1, first.seconds)
    for name, value in weights(first).items():
        assert torch.equal(value, weights(again)[name]), name
        assert torch.equal(first.average[name], again.average[name]), name
    ours, theirs = first.optimizer.tensors(), again.optimizer.tensors()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(value, theirs[name]) for name, value in ours.items())
    one_step(again)
    assert again.step == 2
    assert training().step == 2


def test_spent_minutes_are_not_spent_again(training):
    run = training()
    one_step(run)
    again = training()
    again.run(run.seconds / 61, log=lambda *_, **__: None)
    assert again.step == 1


def test_what_it_leaves_can_be_sampled_from(training):
    run = training()
    one_step(run)
    assemble(run.out / "average")
    model = load_builtin(run.out / "average", upsampler=False)
    for part in ("unet", "conditioner", "text_encoder"):
        for name, parameter in getattr(model, part).named_parameters():
            assert torch.equal(parameter, run.average[f"{part}.{name}"]), name


def test_a_training_may_start_from_a_finished_model(scenes, tiny_builtin, tmp_path):
    recipe = Recipe(channels=(16, 32, 32), batch=2, seed=8)
    run = DenoiserTraining(scenes, tmp_path / "run", recipe, start=tiny_builtin)
    model = load_builtin(tiny_builtin)
    for part, network in run.parts.items():
        for name, parameter in network.named_parameters():
            assert torch.equal(parameter, dict(getattr(model, part).named_parameters())[name]), name
    assert run.step == 0


def test_new_inputs_of_a_network_start_at_nothing():
    """A network that learned without a sketch goes on from what it knew, and says the same before it has learned."""
    wide, narrow = torch.nn.Conv2d(5, 2, 3), torch.nn.Conv2d(3, 2, 3)
    load_widened(wide, narrow.state_dict())
    seen = torch.randn(1, 5, 8, 8, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(wide(seen), narrow(seen[:, :3]), atol=1e-6)
    with pytest.raises(RuntimeError, match="size mismatch"):
        load_widened(narrow, wide.state_dict())


def test_close_ups_are_learned_without_captions_and_saved_without_a_tokenizer(scenes, tmp_path):
    run = DenoiserTraining(scenes, tmp_path / "run", TINY_CLOSEUPS)
    one_step(run)
    assert sorted(path.name for path in (run.out / "average").iterdir()) == ["conditioner", "unet"]
    assert DenoiserTraining(scenes, tmp_path / "run", TINY_CLOSEUPS).step == 1


def test_a_detailer_may_start_from_that_of_a_finished_model_or_from_nothing(scenes, tiny_builtin, tmp_path):
    recipe = replace(CLOSEUPS, channels=(16, 16, 32), conditions=8, batch=2, seed=8)
    run = DenoiserTraining(scenes, tmp_path / "run", recipe, start=tiny_builtin)
    stored = load_builtin(tiny_builtin).detail_unet
    for name, parameter in run.parts["unet"].named_parameters():
        assert torch.equal(parameter, dict(stored.named_parameters())[name]), name
    without = shutil.copytree(tiny_builtin, tmp_path / "without")
    for part in ("detail_unet", "detail_conditioner"):
        shutil.rmtree(without / part)
    fresh = DenoiserTraining(scenes, tmp_path / "fresh", recipe, start=without)
    assert not torch.equal(fresh.parts["unet"].conv_out.weight, run.parts["unet"].conv_out.weight)


def test_a_loss_that_is_no_number_stops_the_training(training):
    run = training()
    with torch.no_grad():
        next(iter(run.parts["unet"].parameters())).fill_(float("nan"))
    with pytest.raises(FloatingPointError, match="at step 1: lower the learning rate"):
        one_step(run)
    assert not (run.out / "checkpoint.safetensors").exists()


def test_the_rate_warms_up_stays_and_falls_to_nothing(training):
    run = training()
    assert run._rate(0.0) == pytest.approx(0.01)
    run.step = 1000
    assert run._rate(0.3) == 1.0
    assert run._rate(1 - TINY.decay_share / 2) == pytest.approx(0.5)
    assert run._rate(1.0) == 0.0
