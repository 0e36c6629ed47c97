"""The configuration of a single file is read from its shapes, and its tokenizer comes with the pack."""

import json

import pytest
import torch
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.pipelines.single_file import scheduler_config, write_configs, write_tokenizer
from synthetic_albums.stages.render.pipelines.weights import WeightHeader, read_header


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_a_single_file_gives_the_networks_that_it_was_made_of(tiny, checkpoints, open_renderer, family):
    pipe = open_renderer(checkpoints[family, "file"])._loaded()[0].pipe
    for name, part in tiny.make_parts(family, words=49408).items():
        loaded = getattr(pipe, name)
        assert type(loaded) is type(part)
        wanted, found = part.state_dict(), loaded.state_dict()
        assert wanted.keys() == found.keys()
        assert all(torch.equal(value.half().float(), found[key].float()) for key, value in wanted.items()), name


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_the_configuration_is_what_the_networks_say_themselves(tiny, checkpoints, tmp_path, family):
    folder = write_configs(read_header(checkpoints[family, "file"]), family, tmp_path)
    parts = tiny.make_parts(family, words=49408)
    unet = json.loads((folder / "unet" / "config.json").read_text())
    config = parts["unet"].config
    for key in ("block_out_channels", "down_block_types", "up_block_types", "layers_per_block", "cross_attention_dim"):
        made = list(config[key]) if isinstance(config[key], tuple | list) else config[key]
        assert unet[key] == made, key
    assert unet["use_linear_projection"] == (family == "sdxl")
    if family == "sdxl":
        assert unet["addition_time_embed_dim"] == 8
        assert unet["attention_head_dim"] == [1, 1]


def test_checkpoints_that_predict_velocity_say_so_with_an_empty_tensor():
    assert scheduler_config(WeightHeader({}, {}))["prediction_type"] == "epsilon"
    velocity = scheduler_config(WeightHeader({"v_pred": (0,), "ztsnr": (0,)}, {}))
    assert (velocity["prediction_type"], velocity["rescale_betas_zero_snr"]) == ("v_prediction", True)


def test_the_tokenizer_is_clips_own(tmp_path):
    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer.from_pretrained(write_tokenizer(tmp_path), local_files_only=True)
    assert len(tokenizer) == 49408
    # Known from CLIP's paper code: "a diagram", "a dog", "a cat".
    found = tokenizer(["a diagram", "a dog", "a cat"]).input_ids
    assert found == [[49406, 320, 22697, 49407], [49406, 320, 1929, 49407], [49406, 320, 2368, 49407]]
    assert tokenizer("dog", padding="max_length").input_ids[-1] == 49407


def test_the_second_tokenizer_of_sdxl_pads_with_zeros(tmp_path):
    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer.from_pretrained(write_tokenizer(tmp_path, pad="!"), local_files_only=True)
    assert tokenizer("dog", padding="max_length").input_ids == [49406, 1929, 49407] + [0] * 74


def test_a_text_encoder_that_lacks_a_weight_is_refused(checkpoints, tmp_path, open_renderer, render, job):
    from safetensors.torch import load_file, save_file

    kept = load_file(checkpoints["sdxl", "file"])
    del kept["conditioner.embedders.1.model.transformer.resblocks.1.mlp.c_fc.bias"]
    save_file(kept, tmp_path / "a.safetensors")
    with pytest.raises(AlbumError, match=r"cannot be loaded: .*Missing key.*encoder\.layers\.1\.mlp\.fc1\.bias"):
        render(open_renderer(tmp_path / "a.safetensors", fresh=True), job())
