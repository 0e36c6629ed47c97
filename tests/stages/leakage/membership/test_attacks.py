"""The attacks on a model whose memory is known exactly."""

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.membership.attacks import (
    MODEL_ATTACKS,
    Batch,
    denoising_loss,
    proximal_initialization,
    score_norm,
)
from synthetic_albums.stages.leakage.membership.roc import auc_interval
from synthetic_albums.stages.score_model import clean_of, noise_of

KINDS = [
    ("flow", "clean"), ("flow", "velocity"), ("flow", "noise"),
    ("variance_preserving", "noise"), ("variance_preserving", "v"), ("variance_preserving", "clean"),
]  # fmt: skip
EVERY_ATTACK = pytest.mark.parametrize("attack", MODEL_ATTACKS, ids=lambda attack: attack.name)
EVERY_KIND = pytest.mark.parametrize(("path", "predicts"), KINDS)


def batch_of(model, pictures):
    clean = np.stack([model.prepare(one, None) for one in pictures])
    return Batch(clean, [None] * len(clean), [one.tobytes().hex()[:40] for one in pictures])


def area(model, attack, members, others):
    scores = [attack.run(model, batch_of(model, side), 5)[attack.name] for side in (members, others)]
    return auc_interval(*scores)


@EVERY_ATTACK
@EVERY_KIND
def test_a_model_that_knows_its_pictures_by_heart_is_found_out(toy, pictures, attack, path, predicts):
    members, others = pictures(1, 100), pictures(2, 100)
    assert area(toy(members, 0.9, path, predicts), attack, members, others).value > 0.97


@EVERY_ATTACK
@EVERY_KIND
def test_a_model_that_knows_only_the_population_is_not(toy, pictures, attack, path, predicts):
    members, others = pictures(1, 150), pictures(2, 150)
    found = area(toy(members, 0.0, path, predicts), attack, members, others)
    assert found.low <= 0.5 <= found.high


@EVERY_ATTACK
def test_more_memory_is_found_more(toy, pictures, attack):
    members, others = pictures(1, 100), pictures(2, 100)
    areas = [area(toy(members, memory), attack, members, others).value for memory in (0.0, 0.03, 0.1, 0.5)]
    assert areas == sorted(areas)
    assert areas[-1] > areas[0] + 0.2


@EVERY_KIND
def test_every_parametrisation_names_the_same_picture_and_noise(toy, pictures, path, predicts):
    members = pictures(1, 5)
    model, plain = toy(members, 0.5, path, predicts), toy(members, 0.5, path, "clean")
    a, s = model.signal_and_noise(0.4)
    noisy = np.random.default_rng(0).normal(size=(3, 6, 6, 3)).astype(np.float32)
    wanted = plain.predict(noisy, 0.4, [None] * 3)
    clean = clean_of(model.facts, model.predict(noisy, 0.4, [None] * 3), noisy, a, s)
    noise = noise_of(model.facts, model.predict(noisy, 0.4, [None] * 3), noisy, a, s)
    assert clean == pytest.approx(wanted, abs=1e-5)
    assert a * clean + s * noise == pytest.approx(noisy, abs=1e-5)


def test_the_loss_is_the_error_of_the_picture(toy, pictures):
    """A model that always answers with one picture errs by the distance to it, at every time and noise."""
    known, asked = pictures(1, 1), pictures(2, 3)
    model = toy(known, 1.0)
    scores = denoising_loss(model, batch_of(model, asked), 0)
    wanted = -np.log((((asked.astype(float) - known) / 127.5) ** 2).mean(axis=(1, 2, 3)))
    assert set(scores) == {"loss", "loss t=0.4", "loss t=0.6", "loss t=0.8", "loss t=0.95"}
    for values in scores.values():
        assert values == pytest.approx(wanted, rel=1e-4)


def test_pia_of_a_noise_model_is_the_papers_distance(toy, pictures):
    members, asked = pictures(1, 4), pictures(2, 3)
    model = toy(members, 0.4, "variance_preserving", "noise")
    batch = batch_of(model, asked)
    first = model.predict(batch.clean, 0.0, [None] * 3)
    norms = []
    for time in (0.5, 0.8):
        a, s = model.signal_and_noise(time)
        second = model.predict((a * batch.clean + s * first).astype(np.float32), time, [None] * 3)
        norms.append(np.log(np.mean((first - second) ** 4.0, axis=(1, 2, 3)) ** 0.25))
    assert proximal_initialization(model, batch, 0)["pia"] == pytest.approx(-np.mean(norms, axis=0), rel=1e-4)


@pytest.mark.parametrize(("path", "predicts"), KINDS)
def test_pia_starts_at_no_noise_where_the_model_can_name_noise_there(toy, pictures, path, predicts):
    model = toy(pictures(1, 4), 0.4, path, predicts)
    proximal_initialization(model, batch_of(model, pictures(2, 3)), 0)
    assert [time for _, time, _ in model.asked] == [0.0 if predicts in ("noise", "v") else 0.8, 0.5, 0.8]


def test_pia_of_a_v_model_is_that_of_the_same_model_naming_noise(toy, pictures):
    members, asked = pictures(1, 4), pictures(2, 3)
    models = [toy(members, 0.4, "variance_preserving", predicts) for predicts in ("noise", "v")]
    noise, v = (proximal_initialization(model, batch_of(model, asked), 0)["pia"] for model in models)
    assert v == pytest.approx(noise, rel=1e-3)


def test_sima_asks_once_for_each_time_and_draws_nothing(toy, pictures):
    model = toy(pictures(1, 4), 0.4, "variance_preserving", "noise")
    batch = batch_of(model, pictures(2, 3))
    assert np.array_equal(score_norm(model, batch, 0)["sima"], score_norm(model, batch, 9)["sima"])
    assert [time for _, time, _ in model.asked] == [0.05, 0.2, 0.05, 0.2]


@EVERY_ATTACK
def test_an_attack_asks_as_often_as_it_says(toy, pictures, attack):
    model = toy(pictures(1, 4), 0.4)
    attack.run(model, batch_of(model, pictures(2, 3)), 0)
    assert len(model.asked) == attack.calls


@EVERY_ATTACK
def test_a_score_depends_on_the_picture_and_not_on_its_neighbours(toy, pictures, attack):
    model, asked = toy(pictures(1, 4), 0.4), pictures(2, 3)
    together = attack.run(model, batch_of(model, asked), 7)[attack.name]
    alone = [attack.run(model, batch_of(model, asked[i : i + 1]), 7)[attack.name][0] for i in (2, 1, 0)]
    assert together == pytest.approx(alone[::-1])


def test_another_seed_draws_another_noise(toy, pictures):
    model = toy(pictures(1, 4), 0.4)
    batch = batch_of(model, pictures(2, 3))
    assert not np.array_equal(denoising_loss(model, batch, 1)["loss"], denoising_loss(model, batch, 2)["loss"])


@EVERY_ATTACK
def test_a_model_that_gives_no_numbers_is_refused(toy, pictures, attack):
    model = toy(pictures(1, 4), np.nan)
    with pytest.raises(AlbumError, match="values that are not numbers at time"):
        attack.run(model, batch_of(model, pictures(2, 3)), 0)


def test_a_model_that_gives_another_shape_is_refused(toy, pictures):
    model = toy(pictures(1, 4), 0.4)
    answer = model.predict
    model.predict = lambda *asked: answer(*asked)[:, :3]
    with pytest.raises(AlbumError, match="does not keep to the interface"):
        denoising_loss(model, batch_of(model, pictures(2, 3)), 0)
