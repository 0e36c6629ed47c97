"""The hash of weights and of all that is patched onto them."""

from types import SimpleNamespace

import pytest
import torch
from synthetic_albums.stages.render.native.digest import weights_digest

from .doubles import Patcher, made_as, values

NAME = "diffusion_model.blocks.1.attn1.to_q.weight"


class Adapter:
    def __init__(self, *weights):
        self.weights = weights


class Shifted:
    def __init__(self, shift, sigma_max=14.6):
        self.shift, self.sigma_max = shift, torch.tensor(sigma_max)


class Other(Shifted):
    pass


def a_wrapper(executor, *given):
    return executor(*given)


def another_wrapper(executor, *given):
    return executor(*given)


def digest_with(unet, **changes):
    patcher = unet.clone()
    for name, value in changes.items():
        setattr(patcher, name, value)
    return weights_digest(patcher)


def test_it_is_sixteen_digits_and_the_same_for_equal_weights(unet):
    found = weights_digest(unet)
    assert len(found) == 16
    assert int(found, 16) >= 0
    again = Patcher(made_as("SD15_Model"))
    assert weights_digest(again) != found
    again.model.load_state_dict(unet.model.state_dict())
    assert weights_digest(again) == found


@pytest.mark.parametrize("position", [0, -1])
def test_other_weights_give_another(unet, position):
    before = weights_digest(unet)
    with torch.no_grad():
        unet.model.diffusion_model.blocks[2].attn2.to_out.bias.reshape(-1)[position] += 1e-3
    assert weights_digest(unet) != before


def test_names_types_and_order_of_parts_count(unet):
    halved = Patcher(unet.model)
    before = weights_digest(unet)
    halved.model.half()
    assert weights_digest(halved) != before
    assert weights_digest(torch.nn.Linear(2, 2), unet) != weights_digest(unet, torch.nn.Linear(2, 2))
    assert weights_digest(torch.nn.Linear(2, 2)) != weights_digest(torch.nn.Conv2d(2, 2, 1))


@pytest.mark.parametrize("form", ["tuple", "adapter"])
def test_a_lora_counts_with_its_strength_and_its_weights(unet, form):
    def patches(strength=0.8, seed=1, name=NAME):
        weights = (values(16, 2, seed=seed), values(2, 16, seed=2), 4.0, None)
        what = ("lora", weights) if form == "tuple" else Adapter(*weights)
        return {name: [(strength, what, 1.0, None, None)]}

    found = [
        digest_with(unet),
        digest_with(unet, patches=patches()),
        digest_with(unet, patches=patches(strength=0.7)),
        digest_with(unet, patches=patches(seed=5)),
        digest_with(unet, patches=patches(name=NAME.replace("to_q", "to_k"))),
        digest_with(unet, patches={NAME: patches()[NAME] * 2}),
    ]
    assert len(set(found)) == len(found)
    assert digest_with(unet, patches=patches()) == found[1]


def test_a_lora_that_was_added_to_the_weights_for_a_run_changes_nothing(unet):
    before = weights_digest(unet)
    weight = unet.model.get_parameter(NAME)
    kept = weight.detach().clone()
    with torch.no_grad():
        weight += 0.5
    assert weights_digest(unet) != before
    unet.backup = {NAME: SimpleNamespace(weight=kept, inplace_update=False)}
    assert weights_digest(unet) == before


def test_what_stands_for_a_part_of_the_model_counts(unet):
    found = [
        digest_with(unet, object_patches=parts)
        for parts in (
            {},
            {"model_sampling": Shifted(1.15)},
            {"model_sampling": Shifted(3.0)},
            {"model_sampling": Shifted(3.0, sigma_max=80.0)},
            {"model_sampling": Other(3.0)},
            {"other_part": Shifted(3.0)},
        )
    ]
    assert len(set(found)) == len(found)
    assert digest_with(unet, object_patches={"model_sampling": Shifted(3.0)}) == found[2]


def test_wrappers_and_options_count_by_their_names(unet):
    def options(**more):
        return {"transformer_options": more}

    replaced = {"patches_replace": {"attn1": {("middle", 0): a_wrapper}}}
    found = [
        digest_with(unet),
        digest_with(unet, model_options=options(patches={"attn1_patch": [a_wrapper]})),
        digest_with(unet, model_options=options(patches={"attn1_patch": [another_wrapper]})),
        digest_with(unet, model_options=options(**replaced)),
        digest_with(unet, model_options={**options(), "sampler_cfg_function": a_wrapper}),
        digest_with(unet, model_options={**options(), "sampler_cfg_function": another_wrapper}),
        digest_with(unet, model_options={**options(), "some_number": 0.5}),
        digest_with(unet, wrappers={"predict": {"pack": [a_wrapper]}}),
        digest_with(unet, wrappers={"predict": {"pack": [another_wrapper]}}),
        digest_with(unet, wrappers={"predict": {"other": [a_wrapper]}}),
    ]
    assert len(set(found)) == len(found)
    assert digest_with(unet, wrappers={"predict": {"pack": [a_wrapper]}}) == found[7]


def test_weights_whose_values_cannot_be_read_are_no_trouble(unet):
    class Packed:
        """As quantised weights of other packs: a shape, but no values."""

        shape, dtype = (4, 4), "q4"

        def detach(self):
            return self

        def reshape(self, *_):
            return self

        def numel(self):
            return 16

        def __getitem__(self, _):
            raise NotImplementedError

    def digest(*shape):
        packed = Packed()
        packed.shape = shape
        return weights_digest(SimpleNamespace(model=SimpleNamespace(state_dict=lambda: {"a": packed, "b": 3})))

    assert digest(4, 4) == digest(4, 4) != digest(2, 8)
    assert weights_digest(SimpleNamespace(state_dict=lambda: {"meta": torch.empty(3, device="meta")}))
