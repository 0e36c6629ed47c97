"""Close-ups: where they are, what they depend on, and that they change nothing else."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from synthetic_albums.stages.render.builtin.closeups import (
    LARGEST_SIDE,
    SMALLEST_SIDE,
    Subject,
    closeup_sketch,
    subjects_of,
    thing_pixels,
    window_of,
    with_things,
)
from synthetic_albums.stages.render.builtin.conditions import job_sketch
from synthetic_albums.stages.render.builtin.detail import _fade, _lay_in, detail
from synthetic_albums.stages.render.builtin.raster import blueprint_raster
from synthetic_albums.stages.render.builtin.sampler import Sampling, refine

SIDE = 256
ANA, LEO = np.eye(128, dtype=np.float32)[:2]


@pytest.fixture
def picture():
    return torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0)) * 2 - 1


def painted(model, scene, picture, vectors=None):
    return detail(model, scene, vectors or [None] * len(scene.characters), picture, steps=2)


def covered(scene, kinds=("thing", "animal", "figure", "head")):
    """(SIDE, SIDE) bool: inside the window of a close-up."""
    mask = np.zeros((SIDE, SIDE), bool)
    for subject in subjects_of(scene.layout, SIDE, SIDE):
        if subject.kind in kinds:
            x, y, side = window_of(subject, SIDE, SIDE)
            mask[y : y + side, x : x + side] = True
    return mask


def only(scene, *kinds):
    """The scene with just some kinds of region."""

    def kind(region):
        return "person" if region.keypoints else "animal" if region.kind == "character" else "thing"

    regions = [region for region in scene.layout.regions if kind(region) in kinds]
    return replace(scene, layout=scene.layout.model_copy(update={"regions": regions}))


def test_everybody_has_a_head_and_heads_come_last(job):
    scene = job(people=("ana", "leo"))
    found = subjects_of(scene.layout, SIDE, SIDE)
    kinds = [subject.kind for subject in found]
    people = [index for index, region in enumerate(scene.layout.regions) if region.keypoints]
    assert [subject.region for subject in found if subject.kind == "head"] == people
    assert kinds == sorted(kinds, key="head".__eq__)
    assert {"animal", "thing"} <= set(kinds)


def test_what_is_outside_or_too_small_or_large_enough_as_it_is_has_no_close_up(job):
    scene = only(job(), "thing")
    (region,) = scene.layout.regions

    def kinds(box):
        layout = scene.layout.model_copy(update={"regions": [region.model_copy(update={"box": box})]})
        return [subject.kind for subject in subjects_of(layout, SIDE, SIDE)]

    assert kinds((0.4, 0.4, 0.6, 0.6)) == ["thing"]
    assert kinds((1.1, 0.4, 1.3, 0.6)) == []
    assert kinds((0.4, 0.4, 0.41, 0.6)) == []
    assert kinds((0.1, 0.1, 0.9, 0.9)) == []


@pytest.mark.parametrize(
    ("at", "size", "expected"),
    [
        ((100, 100), 60, (70, 70, 60)),
        ((100, 100), 10, (78, 78, SMALLEST_SIDE)),
        ((100, 100), 900, (20, 20, LARGEST_SIDE)),
        ((2, 250), 60, (0, 196, 60)),
    ],
)
def test_a_window_is_square_within_bounds_and_inside(at, size, expected):
    assert window_of(Subject(0, "head", *at, size), SIDE, SIDE) == expected


def test_a_window_fits_into_a_slim_picture():
    assert window_of(Subject(0, "head", 50, 50, 900), 300, 90) == (5, 0, 90)


def test_only_windows_change_and_the_same_job_gives_the_same_pixels(loaded, job, picture):
    scene = job(people=("ana", "leo"))
    before = picture.clone()
    made = painted(loaded, scene, picture)
    assert torch.equal(picture, before)
    assert made.shape == picture.shape
    assert made.abs().max() <= 1
    changed = (made != picture).any(dim=1)[0].numpy()
    mask = covered(scene)
    assert not changed[~mask].any()
    assert changed[mask].mean() > 0.9
    assert torch.equal(made, painted(loaded, scene, picture))


def test_a_scene_of_nothing_is_left_as_it_is(loaded, job, picture):
    assert torch.equal(painted(loaded, only(job()), picture), picture)


def test_a_close_up_follows_identity_words_seed_and_what_is_there(loaded, job, picture):
    scene = job(people=("ana",))
    vectors = [ANA, None]
    made = painted(loaded, scene, picture, vectors)
    assert not torch.equal(made, painted(loaded, scene, picture, [LEO, None]))
    assert not torch.equal(made, painted(loaded, job(people=("ana",), lighting="night"), picture, vectors))
    assert not torch.equal(made, painted(loaded, replace(scene, seed=scene.seed + 1), picture, vectors))
    mask = torch.from_numpy(covered(scene))
    darker = painted(loaded, scene, picture * 0.5, vectors)
    assert not torch.allclose(darker[..., mask], made[..., mask], atol=0.05)


def test_a_close_up_fades_towards_the_picture_but_not_at_its_border():
    fade = _fade(40, True, True)
    assert torch.allclose(fade, fade.flip(0))
    assert fade[0] < 0.02
    assert (fade[10:30] == 1).all()
    assert (fade.diff()[:6] > 0).all()
    assert (_fade(40, False, True)[:20] == 1).all()
    picture = torch.zeros(1, 3, 64, 64)
    _lay_in(picture, torch.ones(3, 64, 64), (0, 24, 40))
    assert picture[0, :, 44, 0].tolist() == [1, 1, 1]
    assert picture[0, 0, 44, 39] < 0.02
    assert picture[0, 0, 25, 5] < 0.2
    assert (picture[0, :, :, 40:] == 0).all()


@pytest.mark.parametrize("shape", [(256, 384), (384, 256)])
def test_other_shapes_than_squares(loaded, job, shape):
    height, width = shape
    picture = torch.zeros(1, 3, height, width)
    made = painted(loaded, job(width=width, height=height), picture)
    assert made.shape == picture.shape
    assert not torch.equal(made, picture)


def test_sampling_says_how_many_steps_a_close_up_has(loaded, job, picture):
    scene = job()
    assert not torch.equal(
        detail(loaded, scene, [None, None], picture, steps=1), detail(loaded, scene, [None, None], picture, steps=3)
    )


def test_what_the_denoiser_made_of_a_head_is_forgotten(loaded, job, picture):
    scene = job(people=("ana",))
    (head,) = [subject for subject in subjects_of(scene.layout, SIDE, SIDE) if subject.kind == "head"]
    # Only what is well inside, since a sketch is coarse and a close-up is laid in softly.
    rows, columns = np.mgrid[:SIDE, :SIDE]
    middle = torch.from_numpy((rows - head.y) ** 2 + (columns - head.x) ** 2 < (0.1 * head.size) ** 2)
    other = torch.where(middle, -picture, picture)
    one, two = painted(loaded, scene, picture), painted(loaded, scene, other)
    assert torch.equal(one, two)


def test_things_and_animals_take_their_shape_from_the_sketch_and_their_light_from_the_picture(job):
    scene = job(people=("ana",), width=SIDE, height=SIDE)
    instance = blueprint_raster(scene.layout, width=SIDE, height=SIDE).instance
    drawn = job_sketch(scene, 2 * SIDE, 2 * SIDE)
    things = thing_pixels(scene.layout, instance)
    people = np.isin(instance, [i for i, region in enumerate(scene.layout.regions, start=1) if region.keypoints])
    assert things.any()
    assert people.any()
    assert not (things & people).any()
    dark = np.full((SIDE, SIDE, 3), 40, np.uint8)
    shown = with_things(dark, drawn, scene.layout, instance)
    assert np.array_equal(shown[~things], dark[~things])
    for number, region in enumerate(scene.layout.regions, start=1):
        inside = instance == number
        if not region.keypoints:
            assert shown[inside].mean() == pytest.approx(40, abs=12)  # as bright as it was
            like = np.corrcoef(shown[inside].sum(axis=1), drawn[inside].sum(axis=1, dtype=int))[0, 1]
            assert like > 0.9
    green = np.full((SIDE, SIDE, 3), (20, 70, 20), np.uint8)
    on_green = with_things(green, drawn, scene.layout, instance)
    for number, region in enumerate(scene.layout.regions, start=1):
        inside = instance == number
        if not region.keypoints:  # it keeps its hue on ground of another colour
            hue, drawn_hue = (pixels[inside].mean(axis=0) / pixels[inside].mean() for pixels in (on_green, drawn))
            assert np.abs(hue - drawn_hue).max() < 0.15
    with_nothing = with_things(dark, np.zeros_like(drawn), scene.layout, instance)
    assert not with_nothing[things].any()


def test_only_things_follow_the_sketch_of_a_photo(loaded, job, picture):
    scene = job(people=("ana",))
    sketch = job_sketch(scene, 2 * SIDE, 2 * SIDE)
    vectors = [None, None]
    plain = painted(loaded, scene, picture)
    told = detail(loaded, scene, vectors, picture, steps=2, sketch=sketch)
    instance = blueprint_raster(scene.layout, width=SIDE, height=SIDE).instance
    things = torch.from_numpy(thing_pixels(scene.layout, instance))
    assert not torch.allclose(told[..., things], plain[..., things], atol=0.05)
    alone = only(scene, "person")
    assert torch.equal(detail(loaded, alone, vectors, picture, steps=2, sketch=sketch), painted(loaded, alone, picture))


def test_heads_are_painted_at_twice_the_size_of_the_training(loaded, job, picture, monkeypatch):
    sizes = []
    forward = loaded.detail_unet.forward

    def noted(latent, *given, **named):
        sizes.append(latent.shape[-1] * int(loaded.detail_conditioner.config["patch"]))
        return forward(latent, *given, **named)

    monkeypatch.setattr(loaded.detail_unet, "forward", noted)
    scene = job(people=("ana",))
    heads = only(scene, "person")
    painted(loaded, heads, picture)
    assert 128 in sizes
    sizes.clear()
    painted(loaded, only(scene, "thing"), picture)
    assert 128 not in sizes


def test_things_are_sketched_unless_sampling_says_otherwise(loaded, job):
    scene, small = job(people=("ana",)), torch.zeros(1, 3, SIDE // 2, SIDE // 2)
    with_sketch, without = (refine(loaded, scene, [None, None], small, Sampling(sketch=told)) for told in (True, False))
    assert not torch.equal(with_sketch, without)
    bare = only(scene, "person")
    assert torch.equal(*(refine(loaded, bare, [None, None], small, Sampling(sketch=told)) for told in (True, False)))


def test_looks_may_be_left_unsaid(loaded, job, picture):
    scene = job(people=("ana",))
    said, unsaid = (detail(loaded, scene, [ANA, None], picture, steps=2, looks=looks) for looks in (True, False))
    assert not torch.equal(said, unsaid)
    other = replace(
        scene,
        characters=(
            scene.characters[0].model_copy(update={"skin_tone": 10, "accessories": ["hat"]}),
            scene.characters[1],
        ),
    )
    assert torch.equal(unsaid, detail(loaded, other, [ANA, None], picture, steps=2, looks=False))


PORTRAIT = np.random.default_rng(0).integers(0, 256, (96, 96, 3), np.uint8)


def head_of(scene):
    return next(subject for subject in subjects_of(scene.layout, SIDE, SIDE) if subject.kind == "head")


def test_a_portrait_takes_the_place_of_the_head_and_is_marked(job):
    scene = job(people=("ana",))
    window = window_of(head_of(scene), SIDE, SIDE)
    seen = np.full((32, 32, 3), 7, np.uint8)
    grey = np.full((96, 96, 3), 200, np.uint8)
    shown, bare = (
        closeup_sketch(seen, scene.layout, portraits, window, SIDE, SIDE) for portraits in ({"ana": grey}, {})
    )
    hidden = shown[..., 3] != 255
    assert 0.2 < hidden.mean() < 0.8
    assert (shown[~hidden, :3] == 7).all()
    assert (shown[hidden] == (200, 200, 200, 128)).all()
    assert np.array_equal(bare[..., 3] == 0, hidden)
    assert not bare[hidden].any()


def test_a_portrait_is_upright_on_an_upright_head_and_turns_with_it(job):
    scene = job(people=("ana",))
    halves = np.zeros((96, 96, 3), np.uint8)
    halves[:48] = 255  # light above, dark below

    def light_side(layout):
        region = next(region for region in layout.regions if region.keypoints)
        (subject,) = [one for one in subjects_of(layout, SIDE, SIDE) if one.kind == "head"]
        window = window_of(subject, SIDE, SIDE)
        sketch = closeup_sketch(np.zeros((32, 32, 3), np.uint8), layout, {region.ref: halves}, window, SIDE, SIDE)
        rows, columns = np.nonzero(sketch[..., 0] > 127)
        dark_rows, dark_columns = np.nonzero((sketch[..., 0] < 128) & (sketch[..., 3] == 128))
        return columns.mean() - dark_columns.mean(), rows.mean() - dark_rows.mean()

    across, down = light_side(scene.layout)
    assert abs(across) < 2
    assert down < -5
    turned = []
    for region in scene.layout.regions:
        if region.keypoints:  # lying with the head to the right: what was up is right
            x, y, _ = region.keypoints[1]
            points = [(x - (b - y), y + (a - x), seen) for a, b, seen in region.keypoints]
            region = region.model_copy(update={"keypoints": points})
        turned.append(region)
    across, down = light_side(scene.layout.model_copy(update={"regions": turned}))
    assert across > 5
    assert abs(down) < 2


def test_heads_follow_portraits_and_nobody_elses(loaded, job, picture):
    scene = job(people=("ana",))
    plain = detail(loaded, scene, [None, None], picture, steps=2)
    shown = detail(loaded, scene, [None, None], picture, steps=2, portraits=[PORTRAIT, None])
    assert not torch.equal(plain, shown)
    assert torch.equal(plain, detail(loaded, scene, [None, None], picture, steps=2, portraits=[None, PORTRAIT]))
