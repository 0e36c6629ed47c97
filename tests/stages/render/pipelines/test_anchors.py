"""Features of anchors: kept within a bound, and the same whether kept or computed."""

import numpy as np
import pytest
import torch
from synthetic_albums.stages.render.pipelines.anchors import (
    Anchor,
    FeatureCache,
    anchor_size,
    joined_features,
)

CPU, DEVICE = torch.device("cpu"), torch.device("meta")  # a device beside the processor that every machine has
MIB = 2**20


def features(mib):
    return {"layer": torch.zeros(1, round(mib * MIB) // 2, 1, dtype=torch.float16)}


def test_a_cache_never_exceeds_its_bound():
    cache = FeatureCache(CPU, 3, 99)
    cache.begin_photo({"a"})
    for step in range(10):
        cache.put("a", float(step), features(0.7))
        assert cache.held_bytes <= 3 * MIB
    assert [cache.get("a", float(step)) is not None for step in range(5)] == [True] * 4 + [False]


def test_what_the_photo_in_the_making_uses_is_never_thrown_out():
    cache = FeatureCache(CPU, 2, 0)
    cache.begin_photo({"a"})
    cache.put("a", 1.0, features(1))
    cache.put("a", 2.0, features(1))
    cache.put("a", 3.0, features(1))
    assert [cache.get("a", step) is not None for step in (1.0, 2.0, 3.0)] == [True, True, False]
    cache.begin_photo({"b"})
    cache.put("b", 1.0, features(1))
    assert cache.get("b", 1.0) is not None
    assert sum(cache.get("a", step) is not None for step in (1.0, 2.0)) == 1
    assert cache.held_bytes == 2 * MIB


def test_longest_unused_anchors_make_room_first():
    cache = FeatureCache(CPU, 2, 0)
    for key in ("a", "b"):
        cache.begin_photo({key})
        cache.put(key, 1.0, features(1))
    cache.begin_photo({"a"})
    cache.begin_photo({"c"})
    cache.put("c", 1.0, features(1))
    assert cache.get("a", 1.0) is not None
    assert cache.get("b", 1.0) is None


def test_beside_a_device_the_rest_goes_to_the_processors_memory():
    cache = FeatureCache(DEVICE, 1, 1)
    cache.begin_photo({"a"})
    for step in (1.0, 2.0, 3.0):
        cache.put("a", step, features(1))
    kept = [cache.get("a", step) for step in (1.0, 2.0, 3.0)]
    # Wherever it was kept, it comes back to where the denoiser is, beside what was just computed there.
    assert [None if one is None else one["layer"].device.type for one in kept] == ["meta", "meta", None]
    assert joined_features([kept[0], kept[1]])["layer"].device.type == "meta"
    assert [tier.used > 0 for tier in cache._tiers] == [True, True]
    cache.clear()
    assert cache.held_bytes == 0
    assert cache.get("a", 1.0) is None


def test_the_bound_changes_no_pixel(checkpoints, open_renderer, render, job):
    photos = []
    for mib, computed in ((0, 12), (64, 6)):  # 3 anchors in 2 steps, for each photo or once
        renderer = open_renderer(checkpoints["sd15", "folder"], steps=2, anchors={"cache_mib": mib})
        photos += [render(renderer, job()), render(renderer, job())]
        assert renderer._studio.cache.computed == computed
        assert renderer._studio.cache.held_bytes <= mib * MIB
    assert all(np.array_equal(photo, photos[0]) for photo in photos)


def test_anchors_are_looked_at_once_an_album_and_only_in_their_steps(checkpoints, open_renderer, render, job):
    renderer = open_renderer(checkpoints["sd15", "folder"], steps=4, anchors={"until": 0.5})
    for scene in ("s1", "s2", "s3"):
        render(renderer, job(scene=scene))
    assert renderer._studio.cache.computed == 3 * 2


def test_an_anchor_is_known_by_picture_words_and_size():
    pixels = np.zeros((8, 8, 3), np.uint8)
    keys = {
        Anchor(pixels, False, "a").key(64, 64),
        Anchor(pixels + 1, False, "a").key(64, 64),
        Anchor(pixels, True, "a").key(64, 64),
        Anchor(pixels, False, "b").key(64, 64),
        Anchor(pixels, False, "a").key(64, 128),
    }
    assert len(keys) == 5
    assert Anchor(pixels.copy(), False, "a").key(64, 64) in keys


@pytest.mark.parametrize(
    ("shape", "expected"), [((256, 256), (256, 256)), ((256, 512), (384, 192)), ((10, 1000), (2560, 64))]
)
def test_an_anchor_keeps_its_shape_on_whole_cells(shape, expected):
    anchor = Anchor(np.zeros((*shape, 3), np.uint8), True, "")
    assert anchor_size(anchor, 512, 512, 0.5) == expected


def test_anchors_of_one_person_are_joined():
    one, two = ({"layer": torch.full((1, count, 2), float(count))} for count in (2, 3))
    assert joined_features([]) is None
    assert joined_features([one]) is one
    assert joined_features([one, two])["layer"].shape == (1, 5, 2)


def test_a_pass_over_an_anchor_sees_the_picture_noised_to_its_timestep(checkpoints, open_renderer, job, monkeypatch):
    renderer = open_renderer(checkpoints["sd15", "folder"], scheduler="ddim", steps=2, region_strength=0.0)
    model, studio = renderer._loaded()
    looked = []
    look = model.look
    monkeypatch.setattr(
        model,
        "look",
        lambda noised, timestep, *rest: looked.append((timestep, noised)) or look(noised, timestep, *rest),
    )
    renderer.render_photo(job(people=(), plate=True), on_step=lambda done, steps: None)
    table = model.pipe.scheduler.alphas_cumprod
    for timestep, noised in looked:
        assert model.alpha_bar(timestep) == pytest.approx(float(table[int(timestep)]), rel=1e-4)
        assert noised.shape == (1, 4, 8, 8)
    (first, early), (second, late) = looked
    assert first > second
    latent = next(iter(studio._prepared.values())).latent
    noise = next(iter(studio._prepared.values())).noise
    alpha = float(table[int(first)])
    assert torch.allclose(early, alpha**0.5 * latent + (1 - alpha) ** 0.5 * noise, atol=1e-4)
    assert (late - latent).abs().mean() < (early - latent).abs().mean()


@pytest.mark.parametrize(
    ("until", "steps", "anchored"), [(0.55, 100, 55), (0.8, 25, 20), (0.5, 3, 2), (0.01, 10, 1), (1.0, 4, 4)]
)
def test_anchors_rest_after_their_share_of_the_steps(until, steps, anchored):
    from synthetic_albums.stages.render.pipelines.sampling import _last_anchored

    timesteps = torch.arange(steps, 0, -1)
    assert int((timesteps >= _last_anchored(timesteps, until)).sum()) == anchored
