"""Anchored attention and regional text against independent computations, on single layers and a real denoiser."""

import math

import numpy as np
import pytest
import torch
from diffusers.models.attention_processor import Attention, AttnProcessor2_0
from synthetic_albums.stages.render.pipelines.attention import (
    AnchoredProcessor,
    Injection,
    RegionalProcessor,
    anchored_layers,
    injected,
)
from synthetic_albums.stages.render.pipelines.masks import PhotoShares

ROWS, COLUMNS, WIDTH = 4, 6, 16
NAME = "up_blocks.0.attn1.processor"


def make_shares(*people):
    """Shares of a 4 x 6 grid; each person is given as its columns."""
    masks = np.zeros((len(people), ROWS, COLUMNS), np.float32)
    for index, columns in enumerate(people):
        masks[index][:, columns] = 1
    return PhotoShares(masks, 1 - masks.sum(axis=0))


def make_injection(*people, strength=1.0, isolate=False, **changes):
    shares = make_shares(*people)
    return Injection(
        shares=shares, grid=(ROWS, COLUMNS), strength=strength, isolate=isolate, device=torch.device("cpu"), **changes
    )


@pytest.fixture
def layer():
    with torch.random.fork_rng():
        torch.manual_seed(4)
        return Attention(query_dim=WIDTH, heads=2, dim_head=8).eval()


@pytest.fixture
def cross():
    with torch.random.fork_rng():
        torch.manual_seed(5)
        return Attention(query_dim=WIDTH, cross_attention_dim=10, heads=2, dim_head=8).eval()


def values(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def by_hand(attn, hidden, token, shown, logs, seen=None):
    """The equation of one token, written out head by head. shown: anchors' features; logs: their bias."""
    keys = hidden if seen is None else hidden[:, seen]
    sources = torch.cat([keys, shown], dim=1) if shown is not None else keys
    bias = torch.cat([torch.zeros(keys.shape[1]), logs]) if shown is not None else torch.zeros(keys.shape[1])
    result = torch.zeros(len(hidden), WIDTH)
    for row in range(len(hidden)):
        source = sources[row]
        query, key, value = attn.to_q(hidden[row, token]), attn.to_k(source), attn.to_v(source)
        for head in (slice(0, 8), slice(8, 16)):
            weights = torch.softmax(key[:, head] @ query[head] / math.sqrt(8) + bias, dim=0)
            result[row, head] = weights @ value[:, head]
    return attn.to_out[0](result)


@pytest.mark.parametrize("strength", [0.25, 1.0, 3.0])
@torch.no_grad()
def test_a_token_attends_to_its_own_and_to_its_persons_anchors(layer, strength):
    injection = make_injection([0, 1], [4, 5], strength=strength)
    shown = [
        {NAME: values(1, 5, WIDTH, seed=1)},
        {NAME: values(1, 7, WIDTH, seed=2)},
        {NAME: values(1, 3, WIDTH, seed=3)},
    ]
    injection.features = shown
    hidden = values(2, ROWS * COLUMNS, WIDTH)
    result = AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden)
    for token in range(ROWS * COLUMNS):
        owner = {0: 0, 1: 0, 4: 1, 5: 1}.get(token % COLUMNS, 2)
        feature = shown[owner][NAME].expand(2, -1, -1)
        expected = by_hand(layer, hidden, token, feature, torch.full((feature.shape[1],), math.log(strength)))
        assert torch.allclose(result[:, token], expected, atol=1e-5)


@torch.no_grad()
def test_without_a_feature_the_rest_is_the_plain_processor(layer):
    injection = make_injection([0, 1])
    hidden = values(2, ROWS * COLUMNS, WIDTH)
    plain = AttnProcessor2_0()(layer, hidden)
    processor = AnchoredProcessor(AttnProcessor2_0(), NAME, injection)
    assert torch.equal(processor(layer, hidden), plain)
    injection.features = [None, None]
    assert torch.equal(processor(layer, hidden), plain)
    injection.features = [{NAME: values(1, 5, WIDTH, seed=1)}, None]
    result = processor(layer, hidden)
    inside = torch.tensor([token % COLUMNS < 2 for token in range(ROWS * COLUMNS)])
    assert torch.allclose(result[:, ~inside], plain[:, ~inside], atol=1e-6)
    assert (result[:, inside] - plain[:, inside]).abs().amax(dim=-1).min() > 1e-4


@torch.no_grad()
def test_vanishing_strength_comes_to_the_plain_result(layer):
    hidden = values(1, ROWS * COLUMNS, WIDTH)
    plain = AttnProcessor2_0()(layer, hidden)
    gaps = []
    for strength in (1.0, 1e-2, 1e-5):
        injection = make_injection([0, 1, 2], strength=strength)
        injection.features = [{NAME: values(1, 5, WIDTH, seed=1)}, {NAME: values(1, 5, WIDTH, seed=2)}]
        gaps.append(float((AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden) - plain).abs().max()))
    assert gaps[0] > 10 * gaps[1] > 100 * gaps[2]
    assert gaps[2] < 1e-4


@torch.no_grad()
def test_another_anchor_of_one_person_changes_no_token_of_anybody_else(layer):
    hidden = values(2, ROWS * COLUMNS, WIDTH)

    def result(seed):
        injection = make_injection([0, 1], [4, 5])
        injection.features = [
            {NAME: values(1, 5, WIDTH, seed=seed)}, {NAME: values(1, 5, WIDTH, seed=2)}, None
        ]  # fmt: skip
        return AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden)

    changed = (result(1) != result(9)).any(dim=-1).any(dim=0)
    assert changed.tolist() == [token % COLUMNS < 2 for token in range(ROWS * COLUMNS)]


@torch.no_grad()
def test_isolated_people_do_not_see_each_other_and_the_background_sees_all(layer):
    injection = make_injection([0, 1], [4, 5], isolate=True)
    shown = values(1, 5, WIDTH, seed=1)
    injection.features = [{NAME: shown}, None, None]
    hidden = values(1, ROWS * COLUMNS, WIDTH)
    result = AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden)
    not_second = [token for token in range(ROWS * COLUMNS) if token % COLUMNS < 4]
    not_first = [token for token in range(ROWS * COLUMNS) if token % COLUMNS > 1]
    assert torch.allclose(result[:, 0], by_hand(layer, hidden, 0, shown, torch.zeros(5), not_second), atol=1e-5)
    assert torch.allclose(result[:, 5], by_hand(layer, hidden, 5, None, None, not_first), atol=1e-5)
    assert torch.allclose(result[:, 2], by_hand(layer, hidden, 2, None, None), atol=1e-5)


@torch.no_grad()
def test_at_a_soft_edge_the_share_counts(layer):
    injection = make_injection([0, 1, 2])
    injection.shares.people[0][:, 2] = 0.75
    injection.shares.background[:, 2] = 0.25
    shown = values(1, 5, WIDTH, seed=1)
    injection.features = [{NAME: shown}, None]
    hidden = values(1, ROWS * COLUMNS, WIDTH)
    result = AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden)
    expected = by_hand(layer, hidden, 2, shown, torch.full((5,), math.log(0.75)))
    assert torch.allclose(result[:, 2], expected, atol=1e-5)


@torch.no_grad()
def test_a_level_that_is_not_known_is_left_alone(layer):
    injection = make_injection([0])
    injection.features = [{NAME: values(1, 5, WIDTH)}, None]
    hidden = values(1, 7, WIDTH)
    assert torch.equal(
        AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden), AttnProcessor2_0()(layer, hidden)
    )


@torch.no_grad()
def test_collecting_changes_nothing_and_gets_what_the_layer_is_shown(layer):
    injection, seen = make_injection([0]), {}
    injection.features = [{NAME: values(1, 5, WIDTH)}, None]
    injection.collect = seen.__setitem__
    hidden = values(1, ROWS * COLUMNS, WIDTH)
    result = AnchoredProcessor(AttnProcessor2_0(), NAME, injection)(layer, hidden)
    assert torch.equal(result, AttnProcessor2_0()(layer, hidden))
    assert torch.equal(seen[NAME], hidden)


@pytest.mark.parametrize("halves", [1, 2])
@torch.no_grad()
def test_a_text_acts_in_its_own_region_of_the_guided_half_alone(cross, halves):
    hidden, told = values(halves, ROWS * COLUMNS, WIDTH), values(halves, 77, 10, seed=1)
    own, plain = values(1, 77, 10, seed=2), AttnProcessor2_0()
    injection = make_injection([0, 1], [4, 5], texts=[own, None], region_strength=0.6)
    result = RegionalProcessor(AttnProcessor2_0(), injection)(cross, hidden, told)
    expected = plain(cross, hidden, told)
    inside = torch.tensor([token % COLUMNS < 2 for token in range(ROWS * COLUMNS)])
    assert torch.equal(result[:-1], expected[:-1])
    assert torch.equal(result[-1, ~inside], expected[-1, ~inside])
    mixed = 0.4 * expected[-1:] + 0.6 * plain(cross, hidden[-1:], own)
    assert torch.allclose(result[-1:, inside], mixed[:, inside], atol=1e-5)


@torch.no_grad()
def test_another_text_of_one_person_changes_no_token_of_the_other(cross):
    hidden, told = values(2, ROWS * COLUMNS, WIDTH), values(2, 77, 10, seed=1)

    def result(seed):
        texts = [values(1, 77, 10, seed=seed), values(1, 77, 10, seed=7)]
        injection = make_injection([0, 1], [4, 5], texts=texts, region_strength=1.0)
        return RegionalProcessor(AttnProcessor2_0(), injection)(cross, hidden, told)

    changed = (result(2) != result(3)).any(dim=-1).any(dim=0)
    assert changed.tolist() == [token % COLUMNS < 2 for token in range(ROWS * COLUMNS)]


def test_blocks_are_chosen_by_name(tiny):
    unet = tiny.make_parts("sdxl")["unet"]
    every, decoder, deepest = (anchored_layers(unet, blocks) for blocks in ("all", "decoder", "deepest"))
    assert set(deepest) < set(decoder) < set(every)
    assert all(name.startswith("mid_block.") for name in deepest)
    assert not [name for name in decoder if name.startswith("down_blocks.")]
    assert all(name.endswith(".attn1.processor") for name in every)


def test_processors_come_back_also_after_an_error(tiny):
    unet = tiny.make_parts("sd15")["unet"]
    before = dict(unet.attn_processors)
    layers = anchored_layers(unet, "decoder")

    def fail():
        with injected(unet, make_injection([0]), layers, regional=True):
            inside = unet.attn_processors
            changed = {name for name, one in inside.items() if one is not before[name]}
            assert changed == {*layers, *(name for name in before if ".attn2." in name)}
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert all(one is before[name] for name, one in unet.attn_processors.items())
    assert not [name for name, _ in unet.named_modules() if "inner" in name]
