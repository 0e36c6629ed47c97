"""The sampler on a tiny model of the real classes: what it reads, what it gives, what it refuses."""

import importlib
import json
import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.builtin.conditions import job_sketch
from synthetic_albums.stages.render.builtin.detail import detail
from synthetic_albums.stages.render.builtin.sampler import Sampling, enlarge, load_builtin, refine, sample

FAST = Sampling(steps=2, guidance=1.0, closeup_steps=2)
DETAILER = ("detail_unet", "detail_conditioner")


def noise(model, count=1, height=128, width=128, seed=0):
    generator = torch.Generator().manual_seed(seed)
    shape = (count, 3 * model.patch**2, height // model.patch, width // model.patch)
    return torch.randn(shape, generator=generator)


def nobody(job):
    return [None] * len(job.characters)


def paint(model, job, sampling=FAST, vectors=None, **options):
    return sample(model, [job], [vectors or nobody(job)], noise(model), sampling, **options)


def edit(path, change):
    """Change the tensors of a file."""
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path, metadata={"format": "pt"})


def test_everything_is_read_in_single_precision_and_set_to_evaluate(loaded):
    for network in (loaded.unet, loaded.conditioner, loaded.text_encoder, loaded.upsampler):
        assert not network.training
        assert {parameter.dtype for parameter in network.parameters()} == {torch.float32}
    assert (loaded.size, loaded.patch) == (128, 4)


def test_loading_prints_nothing(tiny_builtin, capfd):
    load_builtin(tiny_builtin)
    assert capfd.readouterr() == ("", "")


def test_stock_loaders_read_every_part(tiny_builtin):
    index = json.loads((tiny_builtin / "model_index.json").read_text(encoding="utf-8"))
    parts = {name: entry for name, entry in index.items() if not name.startswith("_")}
    assert parts.keys() == {"unet", "scheduler", "text_encoder", "tokenizer", "conditioner", "upsampler", *DETAILER}
    for name, (module, kind) in parts.items():
        loader = getattr(importlib.import_module(module), kind)
        assert loader.from_pretrained(tiny_builtin / name, local_files_only=True) is not None


def test_the_tokenizer_is_the_one_that_was_saved(loaded, tiny_builtin):
    from transformers import PreTrainedTokenizerFast

    stock = PreTrainedTokenizerFast.from_pretrained(tiny_builtin / "tokenizer")
    captions = ["park , golden hour", "", "zeppelin " * 60]
    ours, theirs = (t(captions, padding="max_length", truncation=True) for t in (loaded.tokenizer, stock))
    assert ours["input_ids"] == theirs["input_ids"]
    assert ours["attention_mask"] == theirs["attention_mask"]


@pytest.mark.parametrize("prefix", ["", "text_model."])
def test_a_text_encoder_of_either_release_of_transformers_is_read(own_builtin, rewrite_hashes, loaded, prefix):
    path = own_builtin / "text_encoder" / "model.safetensors"
    named = {prefix + name.removeprefix("text_model."): value.half() for name, value in load_file(path).items()}
    save_file(named, path, metadata={"format": "pt"})
    rewrite_hashes(own_builtin)
    read = load_builtin(own_builtin).text_encoder
    for ours, theirs in zip(read.parameters(), loaded.text_encoder.parameters(), strict=True):
        assert torch.equal(ours, theirs.half().float())


def test_the_same_noise_gives_the_same_picture(loaded, job):
    first, second = paint(loaded, job()), paint(loaded, job())
    assert first.shape == (1, 3, 128, 128)
    assert first.min() >= -1
    assert first.max() <= 1
    assert torch.equal(first, second)


def test_other_noise_words_boxes_and_identities_give_another_picture(loaded, job):
    scene = job()
    plain = paint(loaded, scene)
    vector = np.eye(128, dtype=np.float32)[3]
    assert not torch.equal(plain, sample(loaded, [scene], [nobody(scene)], noise(loaded, seed=1), FAST))
    assert not torch.equal(plain, paint(loaded, job(lighting="night")))
    assert not torch.equal(plain, paint(loaded, job(people=("leo",))))
    assert not torch.equal(plain, paint(loaded, scene, vectors=[vector, None]))


def test_guidance_and_steps_count(loaded, job):
    steps = []
    plain = paint(loaded, job())
    guided = paint(loaded, job(), Sampling(2, 3.0), on_step=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 2), (2, 2)]
    assert not torch.equal(plain, guided)


def test_a_batch_gives_what_its_scenes_give_alone(loaded, job):
    scenes = [job(), job(people=("ana", "leo"), lighting="night")]  # of different numbers of regions
    both = noise(loaded, 2)
    together = sample(loaded, scenes, [nobody(scene) for scene in scenes], both, Sampling(2, 2.0))
    for index, scene in enumerate(scenes):
        alone = sample(loaded, [scene], [nobody(scene)], both[index : index + 1], Sampling(2, 2.0))
        assert torch.allclose(together[index], alone[0], atol=1e-4)


def test_a_step_may_stop_the_sampling(loaded, job):
    def stop(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        paint(loaded, job(), on_step=stop)


def test_a_free_caption_is_heard_and_one_that_says_nothing_is_place_and_light(loaded, job):
    said = [paint(loaded, job(), captions=[caption]) for caption in ("beach , night", "zeppelin", "park , daylight")]
    assert not torch.equal(said[0], said[1])
    assert torch.equal(said[1], said[2])


def test_unknown_words_of_a_caption_change_nothing(loaded, job):
    plain, odd = (paint(loaded, job(), captions=[caption]) for caption in ("park , night", "park , ufo night ufo"))
    assert torch.equal(plain, odd)


def test_the_upsampler_doubles_and_sharpens(loaded, job):
    small = paint(loaded, job())
    large = enlarge(loaded, job(), small)
    plain = torch.nn.functional.interpolate(small, scale_factor=2, mode="bicubic").clamp(-1, 1)
    assert large.shape == (1, 3, 256, 256)
    assert 0 < (large - plain).abs().mean() < 0.3


def test_refining_enlarges_and_paints_close_ups(loaded, job):
    small = paint(loaded, job())
    made = refine(loaded, job(), [None, None], small, FAST)
    assert made.shape == (1, 3, 256, 256)
    sketch = job_sketch(job(), 2 * 256, 2 * 256)
    large = enlarge(loaded, job(), small)
    assert torch.equal(made, detail(loaded, job(), [None, None], large, steps=2, sketch=sketch))


def test_a_model_without_a_detailer_enlarges(own_builtin, rewrite_hashes, job):
    for part in DETAILER:
        shutil.rmtree(own_builtin / part)
    rewrite_hashes(own_builtin)
    model = load_builtin(own_builtin)
    small = paint(model, job())
    assert torch.equal(refine(model, job(), [None, None], small, FAST), enlarge(model, job(), small))


def test_a_scene_without_anybody_or_anything_is_painted_and_enlarged(loaded, job):
    import dataclasses

    empty = job()
    empty = dataclasses.replace(
        empty,
        characters=(), outfits=(), members=(),
        scene=empty.scene.model_copy(update={"cast": [], "objects": []}),
        layout=empty.layout.model_copy(update={"regions": []}),
    )  # fmt: skip
    picture = sample(loaded, [empty], [[]], noise(loaded), FAST)
    assert enlarge(loaded, empty, picture).shape == (1, 3, 256, 256)
    assert refine(loaded, empty, [], picture, FAST).shape == (1, 3, 256, 256)


@pytest.mark.parametrize(
    "part", ["unet", "conditioner", "text_encoder", "upsampler", "tokenizer", "scheduler", *DETAILER]
)
def test_a_missing_part_is_named(own_builtin, rewrite_hashes, part):
    shutil.rmtree(own_builtin / part)
    rewrite_hashes(own_builtin)
    with pytest.raises(AlbumError, match=f"The built-in model has no '{part}' in .*: install the pack again"):
        load_builtin(own_builtin)


def test_a_missing_file_and_an_altered_one_are_named(own_builtin):
    weights = own_builtin / "unet" / "diffusion_pytorch_model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(AlbumError, match=r"unet.*was altered: its sha256 is [0-9a-f]{64}, expected [0-9a-f]{64}"):
        load_builtin(own_builtin)
    weights.unlink()
    with pytest.raises(AlbumError, match=r"unet.diffusion_pytorch_model\.safetensors is missing"):
        load_builtin(own_builtin)


@pytest.mark.parametrize("part", ["unet", "conditioner", "text_encoder"])
@pytest.mark.parametrize("damage", ["truncated", "lacking", "extra"])
def test_weights_that_do_not_fit_are_refused_and_never_guessed(own_builtin, rewrite_hashes, part, damage):
    (path,) = (own_builtin / part).glob("*.safetensors")
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:5000])
    elif damage == "lacking":
        edit(path, lambda tensors: tensors.pop(sorted(tensors)[0]))
    else:
        edit(path, lambda tensors: tensors.update({"stranger.weight": torch.zeros(2)}))
    rewrite_hashes(own_builtin)
    with pytest.raises(AlbumError, match=f"The built-in model's '{part}' in .* cannot be read"):
        load_builtin(own_builtin)


@pytest.mark.parametrize(("part", "name"), [("unet", "conv_out"), ("upsampler", "leave"), ("detail_unet", "conv_out")])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_said_to_be_damaged(own_builtin, rewrite_hashes, job, part, name, value):
    def spoil(tensors):
        tensors[f"{name}.bias"] = torch.full_like(tensors[f"{name}.bias"], value)

    edit(own_builtin / part / "diffusion_pytorch_model.safetensors", spoil)
    rewrite_hashes(own_builtin)
    model = load_builtin(own_builtin)
    with pytest.raises(AlbumError, match="values that are not numbers for scene 's1': its weights are damaged"):
        enlarge(model, job(), refine(model, job(), [None, None], paint(model, job()), FAST))


def test_without_an_upsampler_nothing_is_enlarged(tiny_builtin, job):
    model = load_builtin(tiny_builtin, upsampler=False)
    with pytest.raises(AlbumError, match="no upsampler"):
        enlarge(model, job(), paint(model, job()))


def test_it_is_loaded_and_used_in_inference_mode_as_comfyui_runs_nodes(tiny_builtin, loaded, job):
    with torch.inference_mode():
        model = load_builtin(tiny_builtin)
        picture = paint(model, job())
        assert enlarge(model, job(), picture).shape == (1, 3, 256, 256)
    assert torch.equal(picture, paint(loaded, job()))
