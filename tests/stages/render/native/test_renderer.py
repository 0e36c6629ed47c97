"""The renderer over stand-ins for the host: what it asks for, what it shows the model, and what may go wrong."""

import logging
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.render.builtin.renderer import job_noise
from synthetic_albums.stages.render.native import ModelRenderer, ModelSettings, words
from synthetic_albums.stages.render.native import renderer as renderer_module
from synthetic_albums.stages.seeds import derive_seed

from .doubles import CELL, Clip, Control, Host, Patcher, UNetModel, Vae, made_as, values

SIZE = (96, 64)
OFF = {"anchors": {"strength": 0.0}, "regions": "off"}


def pixels_of(name):
    return lambda job: np.full((job.height, job.width, 3), sum(map(ord, name)) % 256, np.uint8)


def embedding(text, **clip):
    return Clip(**clip).encode_from_tokens_scheduled(Clip(**clip).tokenize(text))[0][0]


# Photos


def test_a_photo_is_sampled_as_the_settings_say(build, job, render):
    renderer = build(sampler="euler", scheduler="simple", negative="blurry", **OFF)
    photo = render(renderer, job())
    assert (photo.shape, photo.dtype) == ((64, 96, 3), np.uint8)
    assert photo.std() > 0
    (asked,) = renderer.host.asked
    assert (asked.sampler, asked.scheduler, asked.steps, asked.guidance) == ("euler", "simple", 3, 2.0)
    assert (asked.denoise, asked.seed) == (1.0, job().seed)
    assert asked.latent.shape == (1, 4, 8, 12)
    assert not asked.latent.any()
    assert torch.equal(asked.noise, renderer.host.noise(asked.latent, job().seed))
    assert torch.equal(asked.negative[0][0], embedding("blurry"))
    assert "blurry" in renderer.clip.encoded


def test_steps_are_told_from_the_first_to_the_last(build, job):
    told = []
    build().render_photo(job(), on_step=lambda done, steps: told.append((done, steps)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_same_job_gives_the_same_pixels_kept_or_computed(build, job, render):
    renderer = build()
    first = render(renderer, job())
    looks = renderer.host.predicted
    assert looks == 9  # three anchors in each of three steps, since 0.8 of them are rounded up
    assert np.array_equal(render(renderer, job()), first)
    assert renderer.host.predicted == looks
    renderer.close()
    assert np.array_equal(render(renderer, job()), first)
    assert renderer.host.predicted == 2 * looks
    assert np.array_equal(render(build(anchors={"cache_mib": 0}), job()), first)


def test_another_portrait_gives_other_pixels(build, job, paint, render):
    one = job()
    other = replace(one, members=(replace(one.members[0], portraits=(paint("somebody"),)), one.members[1]))
    renderer = build()
    assert not np.array_equal(render(renderer, one), render(renderer, other))
    assert not np.array_equal(render(renderer, one), render(renderer, job(plate=False)))
    assert not np.array_equal(render(renderer, one), render(renderer, job(weight=0.5)))


def test_anchors_are_let_go_of_after_their_share_of_the_steps(build, job, render):
    renderer = build(anchors={"until": 0.34})
    render(renderer, job())
    assert renderer.host.predicted == 6  # a third of three steps is one, and a hair above it two


@pytest.mark.parametrize(
    ("anchors", "changes", "weight"),
    [
        ({"strength": 0.0}, {"regions": "off"}, 1.0),
        ({"strength": 0.0}, {"region_strength": 0.0}, 1.0),
        ({}, {"regions": "off"}, 0.0),
        ({"until": 0.0}, {"regions": "off"}, 1.0),
        ({"strength": 0.0}, {"regions": "masks"}, 1.0),
    ],
)
def test_with_everything_off_the_very_model_is_sampled(build, unet, job, render, anchors, changes, weight):
    renderer = build(anchors=anchors, **changes)
    render(renderer, job(weight=weight))
    assert renderer.host.asked[0].model is unet
    assert renderer.host.predicted == 0


def test_a_photo_that_shows_nobody_and_no_plate_is_sampled_with_the_very_model(build, unet, job, render):
    renderer = build()
    render(renderer, job(people=(), plate=False))
    assert renderer.host.asked[0].model is unet


def test_only_a_copy_is_patched_and_only_with_what_is_asked_for(build, unet, job, render):
    for changes, kinds in (
        ({}, {"attn1_patch", "attn1_output_patch", "attn2_patch"}),
        ({"regions": "off"}, {"attn1_patch", "attn1_output_patch"}),
        ({"anchors": {"strength": 0.0}}, {"attn2_patch"}),
    ):
        renderer = build(**changes)
        render(renderer, job())
        patched = renderer.host.asked[0].model
        assert patched is not unet
        assert patched.model_options["transformer_options"]["patches"].keys() == kinds
        assert bool(patched.wrappers) == ("attn1_patch" in kinds)
    assert unet.model_options == {"transformer_options": {}}
    assert unet.wrappers == {}


def test_a_weight_of_nothing_keeps_the_regions_and_lets_go_of_the_anchors(build, job, render):
    renderer = build()
    render(renderer, job(weight=0.0))
    patches = renderer.host.asked[0].model.model_options["transformer_options"]["patches"]
    assert patches.keys() == {"attn2_patch"}


def test_everybody_is_told_by_an_own_text_where_regions_are(build, job, render):
    for regions, many in (("attention", 2), ("masks", 2), ("off", 0)):
        renderer = build(regions=regions, anchors={"strength": 0.0})
        render(renderer, job())
        own = [text for text in renderer.clip.encoded if "wearing" in text and "people" not in text]
        assert len(own) == many, regions


def test_with_masks_every_person_has_an_own_pass(build, job, render):
    renderer = build(regions="masks", region_strength=0.4, anchors={"strength": 0.0})
    render(renderer, job())
    whole, *people = renderer.host.asked[0].positive
    assert "mask" not in whole[1]
    assert [facts["mask_strength"] for _, facts in people] == [0.4, 0.4]
    masks = [facts["mask"] for _, facts in people]
    assert all(mask.shape == (1, 64, 96) and 0 <= mask.min() < mask.max() <= 1 for mask in masks)
    assert not torch.equal(*masks)


def test_words_of_the_user_are_put_behind_the_prompt_as_they_are(build, job, render):
    renderer = build(extra=" (film grain:1.2), embedding:mine ", **OFF)
    render(renderer, job())
    (prompt,) = (text for text in renderer.clip.encoded if "film grain" in text)
    assert prompt.endswith(", (film grain:1.2), embedding:mine")


def test_shared_noise_is_that_of_the_other_renderers(build, job, render):
    renderer = build(shared_noise=0.5, **OFF)
    render(renderer, job())
    expected = job_noise(job(), 8, 12, 4, shared=0.5)
    assert np.array_equal(renderer.host.asked[0].noise.numpy(), expected)


def test_below_a_denoise_of_one_photos_start_from_the_given_picture(build, job, render):
    start = pixels_of("start")
    renderer = build(denoise=0.6, objects={"start_picture": start}, **OFF)
    render(renderer, job())
    (asked,) = renderer.host.asked
    assert asked.denoise == 0.6
    given = torch.from_numpy(start(job()).astype(np.float32) / 255)[None]
    assert torch.equal(asked.latent, Vae().encode(given))
    whole = build(objects={"start_picture": start}, **OFF)
    render(whole, job())
    assert not whole.host.asked[0].latent.any()
    assert whole.host.encoded == []


def test_texts_that_many_pictures_share_are_encoded_once(build, job, render):
    renderer = build(negative="blurry")
    for scene in ("s1", "s2", "s3"):
        render(renderer, job(scene=scene))
    for text in ("blurry", *(text for text in renderer.clip.encoded if "plain light gray" in text)):
        assert renderer.clip.encoded.count(text) == 1
    assert sum("plain light gray" in text for text in renderer.clip.encoded) == 2  # Ana and Leo


# Portraits and plates


@pytest.fixture
def at_home_small(monkeypatch):
    """Reference pictures are sampled at 128 pixels, so that they take no time."""
    monkeypatch.setattr(renderer_module, "_NATIVE", dict.fromkeys(renderer_module._NATIVE, 128))


@pytest.mark.usefixtures("at_home_small")
def test_a_portrait_is_sampled_from_its_seed_and_made_small(build, job):
    renderer = build(denoise=0.5, objects={"start_picture": pixels_of("start")})
    one = job()
    portrait = renderer.render_portrait(one.characters[0], one.members[0], size=64, seed=77)
    assert (portrait.shape, portrait.dtype) == ((64, 64, 3), np.uint8)
    (asked,) = renderer.host.asked
    assert asked.latent.shape == (1, 4, 16, 16)  # 128 pixels
    assert (asked.seed, asked.denoise) == (77, 1.0)
    assert torch.equal(asked.noise, renderer.host.noise(asked.latent, 77))
    assert asked.model is renderer.model
    assert any("plain light gray" in text for text in renderer.clip.encoded)


def test_every_family_paints_references_at_the_size_that_it_is_at_home_in(build, other):
    wide = Patcher(made_as("SDXL", network=UNetModel(told=2048)))
    assert build()._sampled_size(64, 64) == (512, 512)
    assert build(wide, clip=Clip(width=2048))._sampled_size(64, 64) == (1024, 1024)
    assert build(other("Flux"))._sampled_size(64, 64) == (1024, 1024)
    assert build()._sampled_size(768, 512) == (768, 512)
    assert build()._sampled_size(200, 100) == (768, 384)


@pytest.mark.usefixtures("at_home_small")
def test_another_view_is_shown_the_front(build, job):
    one, renderer = job(), build()
    for view, looks in (("front", 0), ("three_quarter", 3), ("full_length", 3)):
        before = renderer.host.predicted
        picture = renderer.render_view(one.characters[0], one.members[0], view=view, size=64, seed=1)
        assert picture.shape == (64, 64, 3)
        assert renderer.host.predicted - before == (looks if view != "full_length" else 0), view  # kept by then
        patched = renderer.host.asked[-1].model
        assert bool(patched.wrappers) == (looks > 0)


@pytest.mark.usefixtures("at_home_small")
def test_a_plate_is_drawn_from_the_albums_seed_and_its_place(build, job):
    one, renderer = job(), build(denoise=0.5, objects={"start_picture": pixels_of("start")})
    plate = renderer.render_plate(one.environment, one.style, album_seed=5, width=96, height=64)
    assert plate.shape == (64, 96, 3)
    (asked,) = renderer.host.asked
    assert (asked.seed, asked.denoise) == (derive_seed(5, "plate", "place"), 1.0)
    rows, columns = asked.latent.shape[-2:]
    assert rows * columns >= 16 * 16
    assert columns / rows == pytest.approx(96 / 64, rel=0.15)
    assert any("no people" in text for text in renderer.clip.encoded)


# Models for editing, and others


def test_everybodys_own_text_has_the_references_too_where_regions_are_masked(build, other, job, render):
    renderer = build(other("Flux"), regions="masks")
    render(renderer, job())
    (asked,) = renderer.host.asked
    before, after = asked.positive[:3], asked.positive[3:]
    assert [("mask" in facts, "reference_latents" in facts) for _, facts in before] == [
        (False, True), (True, True), (True, True),
    ]  # fmt: skip
    assert [("mask" in facts, "reference_latents" in facts) for _, facts in after] == [
        (False, False), (True, False), (True, False),
    ]  # fmt: skip
    assert {facts["end_percent"] for _, facts in before} == {0.8}
    assert before[1][1]["reference_latents"] is before[0][1]["reference_latents"]
    own = [text for text in renderer.clip.encoded if text.startswith(("a woman", "a man"))]
    assert len(set(own)) == 2


def test_a_model_for_editing_gets_the_anchors_as_references(build, other, job, render):
    renderer = build(other("Flux"), negative="blurry")
    render(renderer, job())
    (asked,) = renderer.host.asked
    assert asked.model is renderer.model
    first, after = asked.positive
    latents = first[1]["reference_latents"]
    assert len(latents) == 3
    assert all(latent.shape[:2] == (1, 4) and not any(side % 8 for side in latent.shape[-2:]) for latent in latents)
    assert (first[1]["start_percent"], first[1]["end_percent"]) == (0.0, 0.8)
    assert (after[1]["start_percent"], after[1]["end_percent"]) == (0.8, 1.0)
    assert "reference_latents" not in after[1]
    # Steered away from with the same references, so that guidance does not double them.
    assert asked.negative[0][1]["reference_latents"] is latents
    assert asked.negative[0][1]["end_percent"] == 0.8
    assert "reference_latents" not in asked.negative[1][1]
    plain, text = renderer.clip.encoded[:2]
    assert text.startswith(plain)
    assert text[len(plain) :].startswith(". image 1: Ana, the woman")
    assert "; image 2: Leo, the man" in text
    assert "; image 3: the place, park. " in text
    assert torch.equal(first[0], embedding(text))
    assert torch.equal(after[0], embedding(plain))


@pytest.mark.parametrize(
    ("anchors", "weight", "share"), [({}, 0.5, 0.4), ({"strength": 3.0}, 1.0, 0.8), ({"strength": 0.5}, 0.5, 0.2)]
)
def test_weaker_references_are_let_go_of_earlier(build, other, job, render, anchors, weight, share):
    renderer = build(other("Flux2"), anchors=anchors)
    render(renderer, job(weight=weight))
    assert renderer.host.asked[0].positive[0][1]["end_percent"] == pytest.approx(share)


@pytest.mark.parametrize(
    ("anchors", "kept"), [({"strength": 0.0}, {}), ({"until": 0.0}, {}), ({}, {"weight": 0.0}),
                          ({}, {"portraits": False, "plate": False})]
)  # fmt: skip
def test_without_a_strength_or_a_picture_there_are_no_references(build, other, job, render, anchors, kept):
    renderer = build(other("Flux"), anchors=anchors)
    render(renderer, job(**kept))
    (only,) = renderer.host.asked[0].positive
    assert only[1].keys() == {"pooled_output"}
    assert not any("image 1" in text for text in renderer.clip.encoded)


def test_one_that_reads_pictures_gets_them_with_its_text(build, other, job, render):
    template = "<|vision_start|><|image_pad|><|vision_end|>{}"
    renderer = build(other("QwenImage"), clip=Clip(template=template))
    render(renderer, job())
    ((text, more),) = renderer.clip.shown
    assert len(more["images"]) == len(renderer.host.asked[0].positive[0][1]["reference_latents"]) == 3
    assert "Picture 1: Ana" in text
    assert text.count("<|image_pad|>") == 3


@pytest.mark.usefixtures("at_home_small")
def test_a_view_by_a_model_for_editing_is_shown_the_front(build, other, job):
    one, renderer = job(), build(other("Omnigen2"))
    renderer.render_view(one.characters[0], one.members[0], view="front", size=64, seed=1)
    renderer.render_view(one.characters[0], one.members[0], view="full_length", size=64, seed=1)
    front, full = (asked.positive for asked in renderer.host.asked)
    assert "reference_latents" not in front[0][1]
    assert len(full[0][1]["reference_latents"]) == 1
    assert renderer.host.asked[0].latent.shape == (1, 4, 16, 16)
    assert any(text.endswith(". image 1: Ana") for text in renderer.clip.encoded)


def test_of_a_model_that_would_ignore_anchors_it_is_said_once(build, other, job, render, caplog):
    renderer = build(other("SD3"))
    with caplog.at_level(logging.WARNING):
        for scene in ("s1", "s2"):
            render(renderer, job(scene=scene))
    (record,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "The model is a Known, which cannot be shown portraits or plates" in record.getMessage()
    assert renderer.host.asked[0].model is renderer.model
    assert [facts.keys() for _, facts in renderer.host.asked[0].positive] == [{"pooled_output"}]


def test_nothing_is_said_where_nobody_asked_for_anchors(build, other, job, render, caplog):
    with caplog.at_level(logging.WARNING):
        render(build(other("SD3"), anchors={"strength": 0.0}), job())
        render(build(other("SD3")), job(weight=0.0))
        render(build(other("SD3")), job(portraits=False, plate=False))
    assert not caplog.records


def test_what_has_no_regions_tells_looks_in_the_one_prompt(build, other, job, render):
    renderer = build(other("SD3"))
    render(renderer, job())
    assert any("red hair" in text and "2 people" in text for text in renderer.clip.encoded)


# ControlNets


def test_controlnets_are_chained_with_the_pictures_of_the_scene(build, job, render):
    kinds = {"pose": Control(), "depth": Control()}
    pictures = {"pose": pixels_of("pose"), "depth": pixels_of("depth"), "segmentation": pixels_of("s")}
    objects = {
        "controls": kinds,
        "control_pictures": lambda job: {kind: draw(job) for kind, draw in pictures.items()},
    }
    renderer = build(objects=objects, control_strength=0.7)
    render(renderer, job())
    (asked,) = renderer.host.asked
    last = asked.positive[0][1]["control"]
    assert last is asked.negative[0][1]["control"]
    assert asked.positive[0][1]["control_apply_to_uncond"] is False
    for kind, control in (("depth", last), ("pose", last.previous)):
        assert (control.strength, control.range, control.vae) == (0.7, (0.0, 1.0), renderer.vae)
        assert control.hint.shape == (1, 3, 64, 96)
        assert control.hint.mean().item() == pytest.approx(pictures[kind](job())[0, 0, 0] / 255)
    assert last.previous.previous is None
    assert all(control.hint is None for control in kinds.values())  # copies were told


def test_controlnets_of_no_strength_are_left_out(build, job, render):
    renderer = build(objects={"controls": {"pose": Control()}}, control_strength=0.0)
    render(renderer, job())
    assert "control" not in renderer.host.asked[0].positive[0][1]


def test_a_controlnet_without_its_picture_is_named(build, job, render):
    renderer = build(objects={"controls": {"pose": Control()}, "control_pictures": lambda job: {}})
    with pytest.raises(AlbumError, match="There is no pose picture of scene 's1': leave that ControlNet out"):
        render(renderer, job())


# Fingerprints


def test_a_description_is_stable_and_small(build):
    first = build().describe()
    renderer = build()
    assert renderer.describe() == renderer.describe() == first
    assert all(isinstance(value, (str, int, float, bool)) for value in first.values())
    renderer.describe()["steps"] = 99
    assert renderer.describe() == first


@pytest.mark.parametrize(
    "changes",
    [
        {"sampler": "euler"}, {"scheduler": "simple"}, {"steps": 4}, {"guidance": 2.5}, {"negative": "x"},
        {"extra": "x"}, {"regions": "masks"}, {"region_strength": 0.1}, {"softness": 0.1}, {"shared_noise": 0.1},
        {"denoise": 0.9, "objects": {"start_picture": pixels_of("x")}},
        {"anchors": {"strength": 0.9}}, {"anchors": {"blocks": "all"}}, {"anchors": {"until": 0.7}},
        {"anchors": {"scale": 0.6}}, {"anchors": {"isolate": False}}, {"objects": {"controls": {"pose": Control()}}},
        {"clip": Clip(seed=9)}, {"vae": Vae(seed=9)},
    ],
    ids=lambda changes: "-".join(changes),
)  # fmt: skip
def test_whatever_changes_pixels_changes_the_description(build, changes):
    assert build(**changes).describe() != build().describe()


def test_controlnets_count_with_their_weights_and_their_strength(build):
    control = Control()
    found = [
        build(objects={"controls": {kind: one}}, control_strength=strength).describe()
        for kind, one, strength in (
            ("pose", control, 0.8), ("pose", control, 0.9), ("depth", control, 0.8), ("pose", Control(), 0.8)
        )
    ]  # fmt: skip
    assert len({str(one) for one in found}) == 4


def test_what_changes_no_pixel_is_not_in_it(build):
    assert build(anchors={"cache_mib": 7}).describe() == build().describe()
    assert build(regions="attention").describe() == build().describe()  # as auto is with a UNet
    off = {"anchors": {"strength": 0.0}}
    assert build(**off).describe() == build(anchors={"strength": 0.0, "scale": 0.9}).describe()


def test_how_the_text_encoder_was_told_to_read_is_in_it(build):
    """As core's CLIP Set Last Layer and the options of tokenizers tell it."""
    found = []
    for told in ({}, {"layer_idx": -2}, {"layer_idx": -3}, {"tokenizer_options": {"t5xxl_min_padding": 8}}):
        clip = Clip()
        vars(clip).update(told)
        found.append(build(clip=clip).describe()["texts"])
    assert len(set(found)) == len(found)


def test_other_weights_or_a_lora_change_it(build, unet):
    before = build().describe()
    changed = unet.clone()
    changed.patches = {"diffusion_model.leave.weight": [(0.5, ("diff", (values(4, 16),)), 1.0, None, None)]}
    assert build(changed).describe()["weights"] != before["weights"]
    assert build(Patcher(made_as("SD15_Model"))).describe()["weights"] != before["weights"]


# What may go wrong


def test_a_model_without_text_encoder_vae_or_of_another_family_is_refused_at_once(build, other):
    with pytest.raises(AlbumError, match="The clip input is of the type Host, which encodes no text"):
        build(clip=Host())
    with pytest.raises(AlbumError, match="The vae input holds no VAE"):
        build(vae=object())
    with pytest.raises(AlbumError, match="latents have 4 channels, but those of the model"):
        build(other("Flux", channels=16))
    with pytest.raises(AlbumError, match="which makes videos"):
        build(other("WAN21"))
    with pytest.raises(AlbumError, match="The depth ControlNet was made for a UNet"):
        build(objects={"controls": {"depth": Control(told=20)}})


def test_an_empty_clip_is_refused(unet):
    with pytest.raises(AlbumError, match="The clip input is empty"):
        ModelRenderer(unet, None, Vae(), ModelSettings(), Host())


@pytest.mark.parametrize("name", ["Flux", "SD3"])
def test_regions_inside_the_attention_are_for_unets(build, other, name):
    with pytest.raises(AlbumError, match=r"inside the attention of UNets only, .* set `regions` to 'auto' or 'masks'"):
        build(other(name), regions="attention")
    assert build(other(name)).describe()["regions"] == "off"
    assert build(other(name), regions="masks").describe()["regions"] == "masks"


def test_a_low_denoise_without_a_picture_is_refused(build):
    with pytest.raises(AlbumError, match="A denoise below 1 needs a picture to start from, and there is none"):
        build(denoise=0.5)


def test_a_text_encoder_of_another_width_is_refused_before_sampling(build, job, render):
    renderer = build(clip=Clip(width=20))
    with pytest.raises(AlbumError, match=r"gives 20 numbers a token, but the model \(SD15\) reads 12"):
        render(renderer, job(portraits=False, plate=False))
    with pytest.raises(AlbumError, match="gives 20 numbers a token"):
        renderer.render_portrait(job().characters[0], job().members[0], size=64, seed=1)
    assert renderer.host.asked == []


@pytest.mark.parametrize(
    ("width", "height", "near"),
    [
        (60, 64, "64 x 64"),
        (100, 64, "96 x 64"),
        (64, 8200, "64 x 8192"),
        (20, 9000, "64 x 8192"),
        (107, 69, "104 x 72"),
    ],
)
def test_sizes_that_do_not_fit_are_refused_with_the_nearest_that_do(build, job, render, width, height, near):
    renderer = build()
    with pytest.raises(AlbumError, match=rf"'s1' cannot be rendered at {width} x {height} .* The nearest is {near}"):
        render(renderer, replace(job(), width=width, height=height))
    assert renderer.clip.encoded == []


def test_a_cell_is_what_the_vae_says(build, job, render):
    vae = Vae()
    vae.spacial_compression_encode = lambda: 16
    with pytest.raises(AlbumError, match=r"must be multiples of 16 from 64 to 8192\. The nearest is 96 x 64"):
        render(build(vae=vae), job(width=104))
    assert build(vae=SimpleNamespace(decode=print, first_stage_model=torch.nn.Linear(1, 1)))._cell() == CELL


def test_latents_that_are_no_numbers_are_said_at_their_step(build, job, render):
    renderer = build()
    renderer.host.trouble = lambda step, latent: latent if step < 2 else latent / 0 * 0
    with pytest.raises(AlbumError, match=r"not numbers for the photo of scene 's1' at 96 x 64 pixels \(step 2\)"):
        render(renderer, job())


@pytest.mark.usefixtures("at_home_small")
def test_pixels_that_are_no_numbers_are_said(build, job, render):
    renderer = build()
    renderer.host.decode_trouble = lambda pixels: pixels * float("nan")
    with pytest.raises(AlbumError, match=r"for the photo of scene 's1' .* \(decoding\): lower the CFG"):
        render(renderer, job())
    with pytest.raises(AlbumError, match=r"for the portrait of Ana \(decoding\)"):
        renderer.render_portrait(job().characters[0], job().members[0], size=64, seed=1)


def failing(error):
    def trouble(step, latent):
        raise error

    return trouble


def test_where_memory_runs_out_photo_and_remedy_are_named_and_everything_is_let_go_of(build, job, render):
    renderer = build()
    render(renderer, job())
    cache = renderer._studio[1].cache
    assert cache.held_bytes > 0
    renderer.host.trouble = failing(MemoryError("no room"))
    with pytest.raises(AlbumError, match=r"not enough memory for the photo of scene 's1' at 96 x 64 .* smaller size"):
        render(renderer, job())
    assert cache.held_bytes == 0
    assert (renderer._studio, renderer.words.texts) == (None, {})
    renderer.host.trouble = lambda step, latent: latent
    assert render(renderer, job()).shape == (64, 96, 3)


def test_shapes_that_do_not_match_become_one_sentence(build, job, render):
    renderer = build()
    error = "mat1 and mat2 shapes cannot be multiplied (77x1024 and 768x320)\nat a long place"
    renderer.host.trouble = failing(RuntimeError(error))
    with pytest.raises(AlbumError, match=r"do not fit each other, as the photo of scene 's1' .*\(77x1024") as caught:
        render(renderer, job())
    assert "\n" not in str(caught.value)
    assert "connect MODEL, CLIP, VAE and ControlNets of one family" in str(caught.value)


@pytest.mark.parametrize("error", [RuntimeError("something else"), KeyError("shape"), InterruptedAlbumError("stop")])
def test_other_errors_go_on_as_they_are(build, job, render, error):
    renderer = build()
    renderer.host.trouble = failing(error)
    with pytest.raises(type(error)) as caught:
        render(renderer, job())
    assert caught.value is error


def test_a_run_is_stopped_between_steps(build, job):
    told = []

    def stop(done, steps):
        told.append(done)
        if done == 2:
            raise InterruptedAlbumError("stopped")

    with pytest.raises(InterruptedAlbumError):
        build().render_photo(job(), on_step=stop)
    assert told == [0, 1, 2]


def test_closing_lets_go_of_everything_and_the_renderer_goes_on(build, job, render):
    renderer = build()
    first = render(renderer, job())
    cache = renderer._studio[1].cache
    assert cache.held_bytes > 0
    assert renderer.words.texts
    renderer.close()
    assert cache.held_bytes == 0
    assert (renderer._studio, renderer.words.texts, renderer.words.said) == (None, {}, set())
    renderer.close()
    assert np.array_equal(render(renderer, job()), first)


def test_no_more_texts_are_kept_than_there_is_room_for(build):
    renderer, most = build(), words.KEPT_TEXTS
    for number in range(most + 5):
        renderer.words.told(f"text {number}")
    assert len(renderer.words.texts) == most
    assert f"text {most + 4}" in renderer.words.texts
    assert "text 0" not in renderer.words.texts
