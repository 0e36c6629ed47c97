"""Close-ups to learn from: of something, with labels that stay exact, and a sketch that is spoilt."""

import random

import numpy as np
import pytest
from PIL import Image
from synthetic_albums.models.train import closeups
from synthetic_albums.models.train.batches import BatchMaker
from synthetic_albums.models.train.closeups import CLOSEUP_DROPPING, SKETCH, cut_closeup
from synthetic_albums.stages.render.builtin.closeups import LARGEST_SIDE, SMALLEST_SIDE
from synthetic_albums.stages.render.builtin.raster import HEAD


@pytest.fixture(params=range(8))
def example(scenes, request):
    return scenes.examples[request.param]


def test_a_close_up_is_a_part_of_the_drawing_with_its_labels(scenes, example):
    drawing, maps = scenes.picture(example), scenes.raster(example)
    for seed in range(6):
        shown = cut_closeup(scenes, example, random.Random(seed))
        side = len(shown.picture)
        assert SMALLEST_SIDE <= side <= LARGEST_SIDE
        # Where it was cut from is read off the box of the whole scene: as it is, or mirrored.
        x0, y0, x1, _ = (round(edge) for edge in shown.rows.boxes[0] * side)
        top = -y0
        found = [
            np.array_equal(shown.picture[:, ::turn], drawing[top : top + side, left : left + side])
            and np.array_equal(shown.raster.instance[:, ::turn], maps.instance[top : top + side, left : left + side])
            for turn, left in ((1, -x0), (-1, x1 - side))
        ]
        assert any(found)
        assert shown.horizon == pytest.approx((example.horizon * 256 - top) / side)


def small(pixels, side):
    return np.asarray(Image.fromarray(np.ascontiguousarray(pixels)).resize((side, side), Image.Resampling.BOX), float)


def test_its_sketch_is_the_picture_blurred(scenes, example):
    shown = cut_closeup(scenes, example, random.Random(3))
    assert shown.sketch.shape[:2] == (SKETCH, SKETCH)
    told = shown.sketch[..., :3]
    assert 0 < np.abs(small(shown.picture, 4) - small(told, 4)).mean() < 40
    assert np.abs(small(shown.picture, SKETCH) - told).mean() > 2


def test_portraits_mostly_take_the_place_of_heads(scenes):
    rng, heads, portraits, whole = random.Random(0), 0, 0, 0
    for _ in range(80):
        example = rng.choice(scenes.examples)
        shown = cut_closeup(scenes, example, rng)
        if shown.sketch.shape[2] == 3:
            whole += 1
            continue
        trust = shown.sketch[..., 3]
        assert set(np.unique(trust)) <= {0, 128, 255}
        head = small((shown.raster.limbs >= HEAD).astype(np.uint8) * 255, SKETCH) > 200
        if head.any():
            heads += 1
            portraits += (trust[head] == 128).all()
            assert (trust[head] < 255).all()
        assert not shown.sketch[trust == 0].any()
    assert heads > 20
    assert 0.6 * heads < portraits < heads
    assert 1 <= whole < 25


def test_things_are_mostly_told_sharply_and_in_another_light(scenes, monkeypatch):
    rng, sharper, brightness = random.Random(0), [], []
    monkeypatch.setattr(closeups, "_HEADLESS", 0.0)
    for _ in range(150):
        example = rng.choice(scenes.examples)
        state = rng.getstate()
        told = cut_closeup(scenes, example, rng)
        rng.setstate(state)
        monkeypatch.setattr(closeups, "_THINGLESS", 1.1)
        blurred = cut_closeup(scenes, example, rng)
        monkeypatch.setattr(closeups, "_THINGLESS", 0.0)
        if not np.array_equal(told.picture, blurred.picture):  # another number of draws, another mirroring
            continue
        changed = (told.sketch != blurred.sketch).any(axis=2)
        if changed.sum() < 30:
            continue
        shown = small(told.picture, SKETCH)
        gains = told.sketch[changed].mean() / shown[changed].mean()
        brightness.append(gains)
        sharper.append(
            np.abs(told.sketch[changed] / gains - shown[changed]).mean()
            < np.abs(blurred.sketch[changed] * 1.0 - shown[changed]).mean()
        )
    assert len(sharper) > 10
    assert np.mean(sharper) > 0.8
    assert np.std(brightness) > 0.05


def test_batches_of_close_ups_leave_captions_out(scenes):
    maker = BatchMaker(scenes, batch=8, size=64, seed=1, dropping=CLOSEUP_DROPPING, cutter=cut_closeup)
    batch = maker.make(0)
    assert batch["picture"].shape == (8, 3, 64, 64)
    assert batch["sketch"].shape == (8, 4, 32, 32)
    assert (batch["mask"].sum(dim=1) == batch["mask"].sum(dim=1)[0]).all()
    assert all((batch[name] == maker.make(0)[name]).all() for name in batch)
    assert batch["known"].any()


def test_every_kind_is_shown_as_often_as_it_should(scenes, monkeypatch):
    seen = []
    near = closeups._near
    monkeypatch.setattr(closeups, "_near", lambda subject, rng: seen.append(subject.kind) or near(subject, rng))
    rng = random.Random(0)
    for _ in range(300):
        cut_closeup(scenes, rng.choice(scenes.examples), rng)
    assert seen.count("head") > 90
    assert len(seen) < 300
