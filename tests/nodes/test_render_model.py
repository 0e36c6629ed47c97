"""The node over MODEL, CLIP and VAE: everything arrives, and ComfyUI's own samplers are offered."""

import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import torch
from synthetic_albums.nodes import comfy_sampling
from synthetic_albums.nodes.render_model import AlbumModelRenderer
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render import pipelines
from synthetic_albums.stages.render.native import REGION_CHOICES, ModelRenderer
from synthetic_albums.stages.render.native.settings import MOST_GUIDANCE, MOST_STEPS
from synthetic_albums.stages.render.renderer import photo_job

DECLARED = AlbumModelRenderer.INPUT_TYPES()
WIDGETS = {
    name: spec for part in DECLARED.values() for name, spec in part.items() if len(spec) > 1 and "default" in spec[1]
}


@pytest.fixture
def made(small_model, small_clip, small_vae):
    """Run the node with some inputs changed; the others are as the editor has them."""

    def run(**changes):
        given = {"model": small_model, "clip": small_clip, "vae": small_vae}
        given |= {name: WIDGETS[name][1]["default"] for name in DECLARED["required"] if name in WIDGETS}
        return AlbumModelRenderer().make(**given | changes)[0]

    return run


def settings_of(renderer):
    """As (name, value) of all settings, those of anchors by their own names."""
    chosen = dict(vars(renderer.settings))
    anchors = chosen.pop("anchors")
    return {**chosen, **{f"anchors.{name}": value for name, value in vars(anchors).items()}}


def test_combos_and_ranges_are_those_of_the_stage():
    assert tuple(DECLARED["required"]["regions"][0]) == REGION_CHOICES
    assert set(DECLARED["optional"]["anchor_blocks"][0]) == set(pipelines.BLOCKS)
    assert DECLARED["required"]["steps"][1]["max"] == MOST_STEPS
    assert DECLARED["required"]["cfg"][1]["max"] == MOST_GUIDANCE


def test_what_an_old_graph_leaves_out_is_as_the_editor_shows_it(made):
    optional = {name: spec[1]["default"] for name, spec in DECLARED["optional"].items() if name in WIDGETS}
    assert settings_of(made()) == settings_of(made(**optional))


SET = {
    "sampler": ("sampler", "euler", "euler"),
    "scheduler": ("scheduler", "beta", "beta"),
    "steps": ("steps", 7, 7),
    "cfg": ("guidance", 2.5, 2.5),
    "denoise": ("denoise", 0.5, 0.5),
    "negative_prompt": ("negative", " cats\n", "cats"),
    "anchor_strength": ("anchors.strength", 0.3, 0.3),
    "regions": ("regions", "masks", "masks"),
    "region_strength": ("region_strength", 0.2, 0.2),
    "control_strength": ("control_strength", 0.4, 0.4),
    "extra_prompt": ("extra", "film", "film"),
    "anchor_blocks": ("anchors.blocks", "all", "all"),
    "anchors_until": ("anchors.until", 0.6, 0.6),
    "anchor_scale": ("anchors.scale", 0.7, 0.7),
    "anchor_cache_mib": ("anchors.cache_mib", 5, 5),
    "shared_noise": ("shared_noise", 0.1, 0.1),
}


def test_every_widget_is_tested():
    assert SET.keys() == WIDGETS.keys()


@pytest.mark.parametrize("name", SET)
def test_an_input_arrives_where_it_belongs_and_nowhere_else(made, name):
    setting, given, kept = SET[name]
    before, after = settings_of(made()), settings_of(made(**{name: given}))
    assert {key: value for key, value in after.items() if before[key] != value} == {setting: kept}


def test_sockets_arrive(made, small_model, small_clip, small_vae):
    pose, depth, segmentation = (SimpleNamespace(name=name) for name in ("pose", "depth", "segmentation"))
    renderer = made(pose_control_net=pose, depth_control_net=depth, segmentation_control_net=segmentation)
    assert isinstance(renderer, ModelRenderer)
    assert (renderer.model, renderer.clip, renderer.vae) == (small_model, small_clip, small_vae)
    assert renderer.controls == {"pose": pose, "depth": depth, "segmentation": segmentation}
    assert set(renderer.controls) == set(pipelines.CONTROL_KINDS)
    assert made(depth_control_net=depth).controls == {"depth": depth}
    assert made().controls == {}
    assert isinstance(renderer.host, comfy_sampling.ComfySampling)


def test_photos_start_from_the_storyboard_and_controlnets_from_the_blueprint(made, plan, layout, cast):
    from synthetic_albums.nodes.render_diffusers import control_pictures
    from synthetic_albums.stages.render.storyboard import StoryboardRenderer

    renderer, scene = made(denoise=0.5), plan.scenes[0]
    members = tuple(cast.member(entry.character) for entry in scene.cast)
    job = photo_job(plan, scene, layout.scenes[0], members, width=64, height=64, seed=1, attempt=0)
    drawn = StoryboardRenderer().render_photo(job, on_step=lambda done, steps: None)
    assert np.array_equal(renderer.start_picture(job), drawn)
    assert renderer.control_pictures is control_pictures


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"clip": None}, "The clip input is empty"),
        ({"vae": None}, "The vae input holds no VAE"),
        ({"model": "text"}, "of the type str, which cannot be sampled"),
        ({"cfg": 101.0}, "The CFG must be 0 to 100"),
        ({"steps": 0}, "The number of steps must be 1 to 10000"),
        ({"anchor_scale": 2.0}, "anchors' scale must be 0.25 to 1"),
        ({"anchors_until": 0.0, "anchor_strength": -1.0}, "anchors' strength must be 0 to 4"),
        ({"regions": "attention"}, "inside the attention of UNets only"),
    ],
)
def test_what_cannot_be_is_refused_on_the_node(made, changes, message):
    with pytest.raises(AlbumError, match=message):
        made(**changes)


def test_zeros_of_a_graph_are_not_taken_for_left_out(made):
    found = settings_of(made(control_strength=0.0, anchors_until=0.0, anchor_cache_mib=0, shared_noise=0.0))
    assert (found["control_strength"], found["anchors.until"], found["anchors.cache_mib"]) == (0.0, 0.0, 0)


# The lists of the running ComfyUI


def combos():
    declared = AlbumModelRenderer.INPUT_TYPES()["required"]
    return [declared[name][0] for name in ("sampler", "scheduler")]


@pytest.fixture
def comfy_samplers(monkeypatch):
    """ComfyUI's module, where a test may say what it knows."""
    module = ModuleType("comfy.samplers")
    monkeypatch.setitem(sys.modules, "comfy.samplers", module)
    return module


def test_without_comfyui_the_lists_are_those_that_every_version_knows(monkeypatch):
    monkeypatch.delitem(sys.modules, "comfy.samplers", raising=False)
    assert combos() == [list(comfy_sampling.SAMPLERS), list(comfy_sampling.SCHEDULERS)]
    for name in ("sampler", "scheduler"):
        values, options = AlbumModelRenderer.INPUT_TYPES()["required"][name]
        assert options["default"] in values
        assert len(set(values)) == len(values)


def test_inside_comfyui_the_lists_are_its_own(comfy_samplers):
    comfy_samplers.KSampler = SimpleNamespace(SAMPLERS=["euler", "of_a_pack"], SCHEDULERS=["karras", "of_a_pack_too"])
    assert combos() == [["euler", "of_a_pack"], ["karras", "of_a_pack_too"]]
    comfy_samplers.KSampler.SAMPLERS.append("registered_later")
    assert combos()[0][-1] == "registered_later"
    combos()[0].clear()
    assert len(comfy_samplers.KSampler.SAMPLERS) == 3  # the list that is handed out is a copy


@pytest.mark.parametrize("known", [{}, {"KSampler": None}, {"KSampler": SimpleNamespace(OTHER=1)}])
def test_a_comfyui_that_names_them_otherwise_leaves_the_lists_that_are_known(comfy_samplers, known):
    vars(comfy_samplers).update(known)
    assert combos() == [list(comfy_sampling.SAMPLERS), list(comfy_sampling.SCHEDULERS)]


def test_listing_nodes_imports_nothing_of_comfyui(monkeypatch):
    monkeypatch.delitem(sys.modules, "comfy.samplers", raising=False)
    AlbumModelRenderer.INPUT_TYPES()
    assert "comfy.samplers" not in sys.modules


def a_module(monkeypatch, name, **values):
    module = ModuleType(name)
    vars(module).update(values)
    monkeypatch.setitem(sys.modules, name, module)
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, module)
    return module


@pytest.fixture
def comfy(monkeypatch):
    """Put modules of ComfyUI's names in place: `comfy("comfy.sample", sample=…)`."""
    a_module(monkeypatch, "comfy")
    return lambda name, **values: a_module(monkeypatch, name, **values)


class TheirMemoryError(Exception):
    """As a device's own."""


def test_every_version_says_in_its_own_way_that_memory_ran_out(comfy):
    host = comfy_sampling.ComfySampling()
    comfy("comfy.model_management", OOM_EXCEPTION=TheirMemoryError)
    assert host.out_of_memory(TheirMemoryError())
    assert host.out_of_memory(MemoryError())
    assert not host.out_of_memory(RuntimeError("out of memory, perhaps"))
    comfy("comfy.model_management", OOM_EXCEPTION=TheirMemoryError, is_oom=lambda error: "perhaps" in str(error))
    assert host.out_of_memory(RuntimeError("out of memory, perhaps"))
    comfy("comfy.model_management")
    assert host.out_of_memory(torch.cuda.OutOfMemoryError())


def test_attention_is_told_its_options_where_it_takes_any(comfy):
    seen = []

    def older(query, key, value, heads, mask=None, attn_precision=None):
        seen.append(("older", mask, attn_precision))

    def newer(query, key, value, heads, mask=None, attn_precision=None, transformer_options=None):
        seen.append(("newer", mask, transformer_options))

    def wrapped(*given, **named):
        seen.append(("wrapped", named.get("mask"), named.get("transformer_options")))

    host, extra = comfy_sampling.ComfySampling(), {"attn_precision": "float32", "block": ("middle", 0)}
    comfy("comfy.ldm")
    comfy("comfy.ldm.modules")
    for plain, masked in ((older, newer), (newer, wrapped)):
        comfy("comfy.ldm.modules.attention", optimized_attention=plain, optimized_attention_masked=masked)
        for mask in (None, "mask"):
            host.attend("q", "k", "v", 2, mask, extra)
    assert seen == [
        ("older", None, "float32"), ("newer", "mask", extra), ("newer", None, extra), ("wrapped", "mask", extra),
    ]  # fmt: skip


def test_sampling_is_asked_of_comfyui_as_ksampler_asks_it(comfy):
    asked, steps = [], []

    def sample(model, noise, count, cfg, sampler, scheduler, positive, negative, latent, **named):
        asked.append((model, tuple(noise.shape), count, cfg, sampler, scheduler, positive, negative))
        named.pop("callback")(0, "denoised", "latent", count)
        asked.append(named)
        return latent

    comfy("comfy.model_management", throw_exception_if_processing_interrupted=lambda: steps.append("asked"))
    comfy("comfy.sample", sample=sample, fix_empty_latent_channels=lambda model, latent: latent.repeat(1, 4, 1, 1))
    latent = comfy_sampling.ComfySampling().sample(
        "model", torch.zeros(16), torch.zeros(1, 1, 2, 2), "positive", "negative", sampler="euler", scheduler="simple",
        steps=3, guidance=2.0, denoise=0.5, seed=9, on_step=lambda done, current: steps.append((done, current)),
    )  # fmt: skip
    assert latent.shape == (1, 4, 2, 2)
    assert asked[0] == ("model", (1, 4, 2, 2), 3, 2.0, "euler", "simple", "positive", "negative")
    assert asked[1] == {"denoise": 0.5, "disable_pbar": True, "seed": 9}
    assert steps == ["asked", (1, "latent")]  # whether the user has stopped the run
