"""What one training example shows: crops and mirror images whose labels stay exact, and conditions left out."""

import random

import numpy as np
import pytest
import torch
from synthetic_albums.models.train import batches
from synthetic_albums.models.train.batches import WORD_IDS, BatchMaker, Dropping, cut
from synthetic_albums.models.train.dataset import MAPS, SIZE
from synthetic_albums.stages.render.builtin.raster import BONES, EYE, HEAD, NOSE, PARTS

KEPT, LEFT_OUT = 0.99, 0.0
WHOLE, CROPPED = 0.99, 0.0
PLAIN, MIRRORED = 0.99, 0.0


class Luck(random.Random):
    """Says what it is told for `random`, and is an ordinary generator for everything else."""

    def __init__(self, *values):
        super().__init__(5)
        self.values = list(values)

    def random(self):
        return self.values.pop(0)

    def getrandbits(self, bits):
        return super().getrandbits(bits)


@pytest.fixture(params=range(8))
def example(scenes, request):
    return scenes.examples[request.param]


def test_an_uncut_example_is_the_drawing(scenes, example):
    shown = cut(scenes, example, Luck(WHOLE, PLAIN))
    assert np.array_equal(shown.picture, scenes.picture(example))
    assert np.array_equal(shown.raster.instance, scenes.raster(example).instance)
    assert np.array_equal(shown.rows.boxes, example.rows.boxes)


def test_a_mirror_image_mirrors_maps_boxes_words_and_light_together(scenes, example):
    shown = cut(scenes, example, Luck(WHOLE, MIRRORED))
    before = scenes.raster(example)
    assert np.array_equal(shown.picture[:, ::-1], scenes.picture(example))
    assert np.array_equal(shown.raster.instance[:, ::-1], before.instance)
    assert np.array_equal(shown.raster.nearness[:, ::-1], before.nearness)
    assert np.array_equal(shown.raster.parts[:, ::-1], before.parts)
    assert shown.light == (-example.light[0], example.light[1])
    assert shown.horizon == example.horizon
    assert np.allclose(shown.rows.boxes[:, [2, 1, 0, 3]], [1, 0, 1, 0] + example.rows.boxes * [-1, 1, -1, 1])
    turned = {WORD_IDS["facing:left"]: WORD_IDS["facing:right"], WORD_IDS["facing:right"]: WORD_IDS["facing:left"]}
    for old, new in zip(example.rows.words.ravel(), shown.rows.words.ravel(), strict=True):
        assert new == turned.get(old, old)


def test_a_mirrored_right_arm_is_a_left_arm():
    table = batches._LIMBS_MIRRORED
    bones = ["_".join(bone) for bone in BONES]
    for value, (start, end) in enumerate(BONES, start=1):
        swapped = [name.replace("r_", "x_").replace("l_", "r_").replace("x_", "l_") for name in (start, end)]
        assert table[value] == bones.index("_".join(swapped)) + 1
    assert [table[value] for value in (0, HEAD, EYE, NOSE)] == [0, HEAD, EYE, NOSE]
    assert np.array_equal(table[table], np.arange(len(table)))
    assert np.array_equal(batches._WORDS_MIRRORED[batches._WORDS_MIRRORED], np.arange(len(WORD_IDS) + 1))


def test_a_crop_keeps_every_label_exact(scenes, example):
    shown = cut(scenes, example, Luck(CROPPED, PLAIN))
    side = shown.picture.shape[0]
    assert SIZE * 3 // 4 <= side < SIZE
    # Where it was cut from is read off the boxes, and then everything else must agree.
    corner = example.rows.boxes[0, :2] * SIZE - shown.rows.boxes[0, :2] * side
    x, y = corner.round().astype(int)
    assert np.allclose(corner, (x, y), atol=1e-3)
    window = np.s_[y : y + side, x : x + side]
    assert np.array_equal(shown.picture, scenes.picture(example)[window])
    for name in MAPS:
        assert np.array_equal(getattr(shown.raster, name), getattr(scenes.raster(example), name)[window])
    assert np.allclose(shown.rows.boxes * side + [x, y, x, y], example.rows.boxes * SIZE, atol=1e-3)
    assert shown.horizon * side + y == pytest.approx(example.horizon * SIZE, abs=1e-3)
    assert np.array_equal(shown.rows.words, example.rows.words)


def make(scenes, number=0, **dropping):
    everything_kept = {"everything": 0.0, "looks": 0.0, "vector": 0.0}
    maker = BatchMaker(scenes, batch=6, size=64, seed=1, dropping=Dropping(**everything_kept | dropping))
    return maker.make(number)


def people_of(batch):
    """(batch, regions) bool: where a person is."""
    return (batch["words"] == WORD_IDS["kind:person"]).any(dim=-1)


def test_a_batch_has_what_a_step_needs(scenes):
    batch = make(scenes)
    assert batch["picture"].shape == (6, 3, 64, 64)
    assert batch["picture"].dtype == torch.uint8
    assert batch["instance"].shape == batch["limbs"].shape == batch["nearness"].shape == (6, 64, 64)
    assert batch["tokens"].shape == batch["mask"].shape
    assert int(batch["instance"].max()) <= batch["words"].shape[1]


def test_the_same_number_gives_the_same_batch(scenes):
    first, again, other = make(scenes), make(scenes), make(scenes, number=1)
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["picture"], other["picture"])


def test_nothing_is_dropped_when_nothing_is_to_be(scenes):
    batch = make(scenes)
    assert people_of(batch).any()
    assert torch.equal(batch["known"] > 0, people_of(batch))
    lengths = batch["identity"].norm(dim=-1)[people_of(batch)]
    assert torch.allclose(lengths, torch.ones_like(lengths), atol=1e-5)


def test_dropping_everything_leaves_the_maps(scenes):
    batch, full = make(scenes, everything=1.0), make(scenes)
    assert not batch["words"].any()
    assert not batch["colours"].any()
    assert not batch["known"].any()
    assert batch["mask"].sum(dim=1).tolist() == [2] * 6  # start and end
    assert batch["instance"].any()
    assert batch["present"].any()
    assert full["words"].any()


def test_people_are_known_by_words_alone_or_by_their_vector_alone(scenes):
    looks = [index for word, index in WORD_IDS.items() if word.startswith(("hair:", "skin:", "build:"))]
    by_words, by_vector = make(scenes, vector=1.0), make(scenes, looks=1.0)
    assert not by_words["known"].any()
    assert torch.isin(by_words["words"], torch.tensor(looks)).any()
    assert torch.equal(by_vector["known"] > 0, people_of(by_vector))
    assert not torch.isin(by_vector["words"], torch.tensor(looks)).any()
    assert people_of(by_vector).any()  # clothes and poses are still said
    skin, clothes = PARTS.index("face"), PARTS.index("body")
    assert by_words["colours"][people_of(by_words)][:, skin, 3].all()
    assert not by_vector["colours"][people_of(by_vector)][:, skin].any()
    assert by_vector["colours"][people_of(by_vector)][:, clothes, 3].all()


def test_heads_and_eyes_weigh_most(scenes):
    batch = make(scenes)
    weight, limbs, instance = batch["weight"][:, 0], batch["limbs"], batch["instance"]
    assert set(weight[limbs >= EYE].tolist()) == {6.0}
    assert set(weight[limbs == HEAD].tolist()) == {4.0}
    assert set(weight[(instance == 0) & (limbs == 0)].tolist()) == {1.0}


def test_an_overfit_twin_sees_only_its_own_scenes(world):
    few = batches.Scenes(world, "train", only=3)
    assert few.refresh() == few.refresh() == 3
    assert [example.scene for example in few.examples] == [0, 1, 2]
