"""The built-in model, asked what it sees under noise."""

from datetime import datetime, timezone

import numpy as np
import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import Album, AlbumLayout, AlbumPlan, PhotoRecord
from synthetic_albums.stages.render.builtin import BuiltinRenderer
from synthetic_albums.stages.render.builtin.hashes import verify_hashes


@pytest.fixture
def renderer(tiny_builtin):
    return BuiltinRenderer("draft", folder=tiny_builtin)


@pytest.fixture
def score(renderer):
    return renderer.score_model()


def noise_of(seed, count=1, side=32):
    return np.random.default_rng(seed).standard_normal((count, 48, side, side), np.float32)


def album_of(job, *, layout=True):
    plan = AlbumPlan(
        title="A walk",
        style=job.style,
        seed=job.album_seed,
        characters=list(job.characters),
        environments=[job.environment],
        scenes=[job.scene],
    )
    return Album(
        created=datetime(2026, 1, 1, tzinfo=timezone.utc),
        plan=plan,
        layout=AlbumLayout(scenes=[job.layout]) if layout else None,
        photos=[PhotoRecord(number=1, scene=job.scene.id)],
    )


def test_it_says_what_its_predictions_mean(score, tiny_builtin):
    facts = score.facts
    assert (facts.name, facts.path, facts.predicts) == ("builtin", "flow", "clean")
    assert facts.sha256 == verify_hashes(tiny_builtin)
    assert score.signal_and_noise(0.3) == (0.7, 0.3)


def test_one_step_of_the_sampler_is_its_prediction(score, renderer, job, tiny_builtin):
    """From pure noise, one Euler step without guidance ends at the predicted picture."""
    import torch
    from synthetic_albums.stages.render.builtin.sampler import Sampling, load_builtin, sample

    asked, noise = job(), noise_of(0)
    vectors = [[renderer.identity_vector(character) for character in asked.characters]]
    painted = sample(load_builtin(tiny_builtin), [asked], vectors, torch.from_numpy(noise), Sampling(1, 1.0))
    seen = score.predict(noise, 1.0, [asked])
    seen = torch.nn.functional.pixel_shuffle(torch.from_numpy(seen), 4).clamp(-1, 1)
    assert seen.numpy() == pytest.approx(painted.numpy(), abs=2e-5)


def test_a_photo_of_an_album_is_what_the_renderer_was_told(score, job):
    asked = job()
    album = album_of(asked)
    told = score.condition(album, album.photos[0])
    noise = noise_of(1)
    assert score.predict(noise, 0.5, [told]) == pytest.approx(score.predict(noise, 0.5, [asked]), abs=1e-6)


def test_conditions_change_what_is_seen_and_the_empty_one_is_asked_too(score, job):
    noise = noise_of(2)
    asked = [job(people=("ana",)), job(people=("ana", "leo")), None]
    seen = [score.predict(noise, 0.6, [one]) for one in asked]
    assert all(np.isfinite(one).all() for one in seen)
    assert not np.allclose(seen[0], seen[1], atol=1e-4)
    assert not np.allclose(seen[0], seen[2], atol=1e-4)


def test_a_batch_sees_what_each_picture_sees_alone(score, job):
    asked, noise = [job(people=("ana", "leo")), None, job()], noise_of(3, 3)
    together = score.predict(noise, 0.4, asked)
    alone = [score.predict(noise[i : i + 1], 0.4, asked[i : i + 1])[0] for i in range(3)]
    assert together == pytest.approx(np.stack(alone), abs=1e-4)


def test_a_picture_is_prepared_as_the_training_prepares_it(score):
    import torch
    from synthetic_albums.models.train.batches import _resized

    picture = np.random.default_rng(4).integers(0, 256, (256, 256, 3), dtype=np.uint8)
    wanted = torch.nn.functional.pixel_unshuffle(_resized(picture, 128).float() / 127.5 - 1, 4)
    assert np.array_equal(score.prepare(picture, None), wanted.numpy())


@pytest.mark.parametrize(
    ("size", "cells"), [((300, 300), (32, 32)), ((200, 300), (28, 40)), ((40, 900), (24, 44)), ((17, 9), (44, 24))]
)
def test_every_shape_of_picture_is_taken(score, job, size, cells):
    clean = score.prepare(np.full((*size, 3), 255, np.uint8), None)
    assert clean.shape == (48, *cells)
    assert clean == pytest.approx(1.0)
    assert score.predict(clean[None], 0.5, [None]).shape == clean[None].shape


def test_an_album_that_was_painted_with_other_weights_is_refused(score, renderer, job):
    album = album_of(job())
    described = renderer.describe()
    for made in ({}, described, {**described, "renderer": "storyboard", "weights": "0" * 64}):
        score.require_maker(album.model_copy(update={"renderer": made}))
    with pytest.raises(AlbumError, match=r"'A walk' was rendered with other weights than the renderer 'builtin' has"):
        score.require_maker(album.model_copy(update={"renderer": {**described, "weights": "0" * 64}}))


def test_an_album_without_layout_cannot_be_told(score, job):
    album = album_of(job(), layout=False)
    with pytest.raises(AlbumError, match="'A walk' has no layout"):
        score.condition(album, album.photos[0])


def test_closing_gives_the_networks_back_and_the_next_question_loads_again(score, renderer, job):
    asked, noise = job(), noise_of(5)
    before = score.predict(noise, 0.5, [asked])
    score.close()
    assert renderer._model is None
    assert np.array_equal(score.predict(noise, 0.5, [asked]), before)
