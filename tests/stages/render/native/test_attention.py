"""Patches of self- and cross-attention, driven as ComfyUI drives them, against the equations written out by hand."""

import math

import numpy as np
import pytest
import torch
from synthetic_albums.stages.render.native.anchors import last_anchored
from synthetic_albums.stages.render.native.attention import patch_anchors, patch_regions, regions_possible
from synthetic_albums.stages.render.pipelines.injection import Injection
from synthetic_albums.stages.render.pipelines.masks import PhotoShares

from .doubles import HEADS, TEXT, WIDTH, attention, values

ROWS, COLUMNS = 4, 6
TOKENS = ROWS * COLUMNS
MIDDLE = "middle.0.0"
PLACES = {"input.1.0": 0, MIDDLE: 1, "output.3.0": 2}


def make_injection(*people, strength=1.0, isolate=False, soft=1.0, **changes):
    """Of a 4 x 6 grid; each person is given as its columns."""
    masks = np.zeros((len(people), ROWS, COLUMNS), np.float32)
    for index, columns in enumerate(people):
        masks[index][:, columns] = soft
    shares = PhotoShares(masks, 1 - masks.sum(axis=0))
    return Injection(
        shares=shares, grid=(ROWS, COLUMNS), strength=strength, isolate=isolate, device=torch.device("cpu"), **changes
    )


def shown_everywhere(*sizes, seed=1):
    """Features of references for every layer, None where the size is None."""
    return [
        None if size is None else {name: values(1, size, WIDTH, seed=seed + number) for name in PLACES}
        for number, size in enumerate(sizes)
    ]


class Asked:
    """ComfyUI's attention, which remembers what it was asked."""

    def __init__(self):
        self.extras = []

    def __call__(self, query, key, value, heads, mask, extra):
        assert heads == HEADS
        self.extras.append(extra)
        return attention(query, key, value, heads, mask)


@pytest.fixture
def attend():
    return Asked()


def options_of(model, *, rows=ROWS, columns=COLUMNS, kinds=(0,), place=("middle", 0)):
    given = model.model_options["transformer_options"]
    return {
        **given, "block": place, "block_index": 0, "original_shape": [len(kinds), 4, rows, columns],
        "cond_or_uncond": list(kinds),
    }  # fmt: skip


def options_for(hidden, model, **changes):
    chosen = options_of(model, **changes)
    return chosen | {"original_shape": [len(hidden), *chosen["original_shape"][1:]]}


def block_of(model, name=MIDDLE):
    return model.model.diffusion_model.blocks[PLACES[name]]


@torch.no_grad()
def run_self(model, hidden, **changes):
    return block_of(model).attend("attn1", hidden, hidden, options_for(hidden, model, **changes))


@torch.no_grad()
def run_cross(model, hidden, text, **changes):
    return block_of(model).attend("attn2", hidden, text, options_for(hidden, model, **changes))


@torch.no_grad()
def by_hand(layer, hidden, token, shown, logs, seen=None):
    """The equation of one token of one picture, head by head."""
    own = hidden if seen is None else hidden[seen]
    sources = torch.cat([own, shown])
    bias = torch.cat([torch.zeros(len(own)), logs])
    query, key, value = layer.to_q(hidden[token]), layer.to_k(sources), layer.to_v(sources)
    result, width = torch.zeros(WIDTH), WIDTH // HEADS
    for head in (slice(start, start + width) for start in range(0, WIDTH, width)):
        weights = torch.softmax(key[:, head] @ query[head] / math.sqrt(width) + bias, dim=0)
        result[head] = weights @ value[:, head]
    return layer.to_out(result)


@pytest.mark.parametrize("strength", [0.25, 1.0, 3.0])
@pytest.mark.parametrize("soft", [1.0, 0.75])
def test_a_token_attends_to_its_own_and_to_the_anchors_of_its_owner(unet, attend, strength, soft):
    injection = make_injection([0, 1], [4, 5], strength=strength, soft=soft)
    injection.features = shown_everywhere(5, 7, 3)
    patch_anchors(unet, injection, "all", attend)
    hidden = values(2, TOKENS, WIDTH)
    result = run_self(unet, hidden)
    layer = block_of(unet).attn1
    for token in range(TOKENS):
        owner = {0: 0, 1: 0, 4: 1, 5: 1}.get(token % COLUMNS, 2)
        shown = injection.features[owner][MIDDLE][0]
        share = soft if owner < 2 else 1.0
        for row in range(2):
            expected = by_hand(layer, hidden[row], token, shown, torch.full((len(shown),), math.log(strength * share)))
            assert torch.allclose(result[row, token], expected, atol=1e-5)


def test_isolated_people_do_not_see_each_other_and_the_ground_sees_all(unet, attend):
    injection = make_injection([0, 1], [4, 5], isolate=True)
    injection.features = shown_everywhere(5, None, None)
    patch_anchors(unet, injection, "all", attend)
    hidden = values(1, TOKENS, WIDTH)
    result, layer = run_self(unet, hidden), block_of(unet).attn1
    nothing = torch.zeros(0, WIDTH), torch.zeros(0)
    for token in range(TOKENS):
        column = token % COLUMNS
        hidden_columns = {0: [4, 5], 1: [4, 5], 4: [0, 1], 5: [0, 1]}.get(column, [])
        seen = [one for one in range(TOKENS) if one % COLUMNS not in hidden_columns]
        shown = (injection.features[0][MIDDLE][0], torch.zeros(5)) if column < 2 else nothing
        assert torch.allclose(result[0, token], by_hand(layer, hidden[0], token, *shown, seen), atol=1e-5)


def test_another_anchor_of_one_person_changes_nobody_else(unet, attend):
    hidden = values(2, TOKENS, WIDTH)

    def result(seed):
        injection, model = make_injection([0, 1], [4, 5]), unet.clone()
        injection.features = [*shown_everywhere(5, seed=seed), *shown_everywhere(5, None, seed=50)]
        patch_anchors(model, injection, "all", attend)
        return run_self(model, hidden)

    changed = (result(1) - result(9)).abs().amax(dim=(0, 2)) > 1e-6
    assert changed.tolist() == [token % COLUMNS < 2 for token in range(TOKENS)]


def test_while_anchors_rest_the_layer_is_as_it_was(unet, attend):
    hidden = values(2, TOKENS, WIDTH)
    plain = run_self(unet, hidden)
    injection, model = make_injection([0, 1]), unet.clone()
    patch_anchors(model, injection, "all", attend)
    for features in ((), [None, None]):
        injection.features = features
        assert torch.equal(run_self(model, hidden), plain)
    assert torch.equal(run_self(unet, hidden), plain)  # and what was copied is as it was


def test_a_vanishing_strength_comes_to_the_plain_result(unet, attend):
    hidden, gaps = values(1, TOKENS, WIDTH), []
    plain = run_self(unet, hidden)
    for strength in (1.0, 1e-2, 1e-5):
        injection, model = make_injection([0, 1], strength=strength), unet.clone()
        injection.features = shown_everywhere(5, 5)
        patch_anchors(model, injection, "all", attend)
        gaps.append(float((run_self(model, hidden) - plain).abs().max()))
    assert gaps[0] > 10 * gaps[1] > 100 * gaps[2]
    assert gaps[2] < 1e-4


@pytest.mark.parametrize(
    ("blocks", "changed"), [("all", [True, True, True]), ("decoder", [False, True, True]),
                            ("deepest", [False, True, False])]
)  # fmt: skip
def test_only_the_chosen_blocks_look(unet, attend, blocks, changed):
    injection, model = make_injection([0, 1]), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, blocks, attend)
    hidden = values(1, TOKENS, WIDTH)
    found = []
    for name, place in zip(PLACES, (("input", 1), ("middle", 0), ("output", 3)), strict=True):
        block, options = block_of(unet, name), options_of(model, place=place)
        with torch.no_grad():
            plain = block.attend("attn1", hidden, hidden, options_of(unet, place=place))
            found.append(not torch.equal(block.attend("attn1", hidden, hidden, options), plain))
    assert found == changed


@pytest.mark.parametrize(("rows", "columns"), [(2, 12), (5, 6), (8, 12)])
def test_a_pass_over_another_grid_such_as_a_tile_is_left_alone(unet, attend, rows, columns):
    injection, model = make_injection([0, 1], texts=[values(1, 3, TEXT)], region_strength=1.0), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    patch_regions(model, injection, attend)
    hidden, text = values(1, rows * columns, WIDTH), values(1, 4, TEXT)
    size = {"rows": rows, "columns": columns}
    assert torch.equal(run_self(model, hidden, **size), run_self(unet, hidden, **size))
    assert torch.equal(run_cross(model, hidden, text, **size), run_cross(unet, hidden, text, **size))


def test_coarser_levels_of_the_grid_look_too(unet, attend):
    injection, model = make_injection([0, 1]), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    hidden = values(1, 6, WIDTH)  # 2 x 3
    result, plain = run_self(model, hidden), run_self(unet, hidden)
    layer, shown = block_of(unet).attn1, injection.features[0][MIDDLE][0]
    assert torch.allclose(result[0, 3], by_hand(layer, hidden[0], 3, shown, torch.zeros(5)), atol=1e-5)
    assert not torch.allclose(result, plain, atol=1e-3)


def test_looking_at_an_anchor_changes_nothing_and_collects_every_layer(unet, attend):
    injection, model = make_injection([0, 1], texts=[values(1, 3, TEXT)], region_strength=1.0), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    patch_regions(model, injection, attend)
    latent, text, seen = values(1, 4, ROWS, COLUMNS), values(1, 4, TEXT), {}
    injection.collect = lambda name, hidden: seen.update({name: hidden})
    network = unet.model.diffusion_model
    with torch.no_grad():
        assert torch.equal(network(latent, text, model.model_options["transformer_options"]), network(latent, text, {}))
    assert seen.keys() == PLACES.keys()
    assert {tuple(hidden.shape) for hidden in seen.values()} == {(1, TOKENS, WIDTH)}


def test_a_block_that_another_pack_replaced_is_left_to_it(unet, attend):
    def theirs(query, key, value, extra):
        return query + key.mean(dim=1, keepdim=True)

    unet.set_model_attn1_replace(theirs, "middle", 0)
    unet.set_model_attn2_replace(theirs, "middle", 0)
    assert regions_possible(unet)
    injection, model = make_injection([0, 1], texts=[values(1, 3, TEXT)], region_strength=1.0), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    patch_regions(model, injection, attend)
    hidden, text = values(1, TOKENS, WIDTH), values(1, 4, TEXT)
    assert torch.equal(run_self(model, hidden), run_self(unet, hidden))
    assert torch.equal(run_cross(model, hidden, text), run_cross(unet, hidden, text))
    block = block_of(unet, "output.3.0")
    place = {"place": ("output", 3)}
    with torch.no_grad():
        ours = block.attend("attn1", hidden, hidden, options_of(model, **place))
        assert not torch.equal(ours, block.attend("attn1", hidden, hidden, options_of(unet, **place)))


def test_where_every_block_is_somebody_elses_no_text_can_act_by_region(unet):
    assert regions_possible(unet)
    for place in (("input", 1), ("middle", 0), ("output", 3)):
        assert regions_possible(unet)
        unet.set_model_attn2_replace(lambda query, key, value, extra: query, *place)
    assert not regions_possible(unet)


def test_a_block_that_is_replaced_while_sampling_gives_the_photos_tokens_only(unet, attend):
    def perturbed(query, key, value, extra):  # as perturbed-attention guidance does
        return value

    injection, model = make_injection([0, 1]), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    model.set_model_attn1_replace(perturbed, "middle", 0)
    hidden = values(1, TOKENS, WIDTH)
    assert torch.equal(run_self(model, hidden), run_self_with(unet, perturbed, hidden))


def run_self_with(unet, replacement, hidden):
    plain = unet.clone()
    plain.set_model_attn1_replace(replacement, "middle", 0)
    return run_self(plain, hidden)


@pytest.mark.parametrize("kind", ["merged tokens", "tiles in the batch"])
def test_layers_whose_tokens_are_not_the_whole_map_are_left_alone(unet, attend, kind):
    injection, model = make_injection([0, 1]), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    (show,) = model.model_options["transformer_options"]["patches"]["attn1_patch"]
    batch, tokens = (1, TOKENS - 2) if kind == "merged tokens" else (4, TOKENS)
    extra = {
        "block": ("middle", 0), "block_index": 0, "original_shape": [1, 4, ROWS, COLUMNS],
        "activations_shape": [1, WIDTH, ROWS, COLUMNS], "n_heads": 1,
    }  # fmt: skip
    hidden = values(batch, tokens, WIDTH)
    assert all(one is hidden for one in show(hidden, hidden, hidden, extra))
    injection.collect = lambda name, seen: pytest.fail("it was looked at")
    assert all(one is hidden for one in show(hidden, hidden, hidden, extra))


def test_the_patches_of_other_packs_still_act(unet, attend):
    def louder(hidden, context, value, extra):
        return hidden * 2, context * 2, value * 2

    unet.set_model_attn1_patch(louder)
    injection, model = make_injection([0, 1]), unet.clone()
    injection.features = shown_everywhere(5, 3)
    patch_anchors(model, injection, "all", attend)
    hidden = values(1, TOKENS, WIDTH)
    result, layer = run_self(model, hidden), block_of(unet).attn1
    shown = injection.features[0][MIDDLE][0]
    assert torch.allclose(result[0, 0], by_hand(layer, hidden[0] * 2, 0, shown, torch.zeros(5)), atol=1e-5)


def test_the_hosts_attention_is_told_what_the_pass_is(unet, attend):
    injection = make_injection([0, 1])
    injection.features = shown_everywhere(5, None)
    patch_anchors(unet, injection, "all", attend)
    run_self(unet, values(1, TOKENS, WIDTH))
    assert {extra["block"] for extra in attend.extras} == {("middle", 0)}


# Regional text


def texts_of(*sizes):
    return [None if size is None else values(1, size, TEXT, seed=30 + number) for number, size in enumerate(sizes)]


@torch.no_grad()
def read_by_hand(layer, hidden, text):
    return attention(layer.to_q(hidden), layer.to_k(text), layer.to_v(text), HEADS)


@pytest.mark.parametrize("kinds", [(0,), (0, 1), (1, 0), (0, 0), (0, 1, 1)])
@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_each_region_reads_its_own_text_in_the_rows_that_are_told_the_prompt(unet, attend, kinds, strength):
    injection = make_injection([0, 1], [3, 4], soft=0.5, texts=texts_of(3, 4), region_strength=strength)
    patch_regions(unet, injection, attend)
    hidden, text = values(len(kinds), TOKENS, WIDTH), values(len(kinds), 6, TEXT, seed=7)
    result, layer = run_cross(unet, hidden, text, kinds=kinds), block_of(unet).attn2
    with torch.no_grad():
        told = read_by_hand(layer, hidden, text)
        for row, kind in enumerate(kinds):
            for token in range(TOKENS):
                person = {0: 0, 1: 0, 3: 1, 4: 1}.get(token % COLUMNS)
                expected = told[row, token]
                if kind == 0 and person is not None:
                    own = read_by_hand(layer, hidden[row : row + 1], injection.texts[person])[0, token]
                    expected = expected + strength * 0.5 * (own - expected)
                assert torch.allclose(result[row, token], layer.to_out(expected), atol=1e-5)


def test_overlapping_regions_add_up(unet, attend):
    injection = make_injection([0, 1], [1, 2], soft=0.5, texts=texts_of(3, 4), region_strength=0.8)
    patch_regions(unet, injection, attend)
    hidden, text = values(1, TOKENS, WIDTH), values(1, 6, TEXT, seed=7)
    result, layer = run_cross(unet, hidden, text), block_of(unet).attn2
    with torch.no_grad():
        told, *own = (read_by_hand(layer, hidden, one)[0, 1] for one in (text, *injection.texts))
        expected = layer.to_out(told + 0.4 * (own[0] - told) + 0.4 * (own[1] - told))
    assert torch.allclose(result[0, 1], expected, atol=1e-5)


def test_the_rows_of_the_negative_prompt_and_everything_outside_stay_bit_for_bit(unet, attend):
    injection, model = make_injection([0, 1], texts=texts_of(3), region_strength=1.0), unet.clone()
    patch_regions(model, injection, attend)
    hidden, text = values(2, TOKENS, WIDTH), values(2, 6, TEXT)
    changed = (run_cross(model, hidden, text, kinds=(0, 1)) != run_cross(unet, hidden, text)).any(dim=-1)
    assert changed[0].tolist() == [token % COLUMNS < 2 for token in range(TOKENS)]
    assert not changed[1].any()


@pytest.mark.parametrize(
    "changes", [{"region_strength": 0.0, "texts": texts_of(3)}, {"region_strength": 1.0, "texts": [None]}]
)
def test_without_a_strength_or_a_text_nothing_changes(unet, attend, changes):
    injection, model = make_injection([0, 1], **changes), unet.clone()
    patch_regions(model, injection, attend)
    hidden, text = values(1, TOKENS, WIDTH), values(1, 6, TEXT)
    assert torch.equal(run_cross(model, hidden, text), run_cross(unet, hidden, text))


def test_whoever_has_no_text_is_passed_over(unet, attend):
    injection, model = make_injection([0, 1], [4, 5], texts=texts_of(None, 4), region_strength=1.0), unet.clone()
    patch_regions(model, injection, attend)
    hidden, text = values(1, TOKENS, WIDTH), values(1, 6, TEXT)
    result, layer = run_cross(model, hidden, text), block_of(unet).attn2
    with torch.no_grad():
        expected = layer.to_out(read_by_hand(layer, hidden, injection.texts[1]))
    assert torch.allclose(result[0, 4], expected[0, 4], atol=1e-5)
    assert torch.equal(result[0, 0], run_cross(unet, hidden, text)[0, 0])


# Steps


@pytest.mark.parametrize(
    ("until", "level"), [(1.0, 1.0), (0.55, 46.0), (0.5, 51.0), (0.01, 100.0), (0.001, 100.0), (0.8, 21.0)]
)
def test_the_last_step_with_anchors_is_that_of_its_share(until, level):
    sigmas = torch.arange(100, -1, -1, dtype=torch.float32)  # 100 steps
    assert last_anchored(sigmas, until) == level


def test_a_host_that_does_not_tell_its_steps_has_anchors_in_all():
    assert last_anchored(None, 0.3) == 0.0
