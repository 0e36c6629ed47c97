"""Checkpoints, asked what they see under noise: tiny ones with random weights, and oracles in the denoiser's place."""

import gc
import weakref
from datetime import datetime, timezone

import numpy as np
import pytest
import torch
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from PIL import Image
from synthetic_albums.stages.album_folder import AlbumFolder, photo_file_name
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.leakage.membership import Candidates, audit_album, audit_membership
from synthetic_albums.stages.leakage.membership.candidates import Source, picture_digest
from synthetic_albums.stages.photo_file import encode_photo
from synthetic_albums.stages.records import Album, AlbumLayout, AlbumPlan, PhotoRecord
from synthetic_albums.stages.render.pipelines import LoraFile
from synthetic_albums.stages.render.pipelines.settings import ImageAdapter
from synthetic_albums.stages.safe_files import file_digest
from synthetic_albums.stages.score_model import clean_of, noise_of

FAMILIES = pytest.mark.parametrize("family", ["sd15", "sdxl"])
EVERY_FORM = pytest.mark.parametrize(("family", "form"), [(f, s) for f in ("sd15", "sdxl") for s in ("folder", "file")])
KINDS = pytest.mark.parametrize(
    ("kind", "predicts"), [("epsilon", "noise"), ("v_prediction", "v"), ("sample", "clean")]
)
OUT_OF_MEMORY = torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


def noises(seed, count=1, side=8):
    return np.random.default_rng(seed).standard_normal((count, 4, side, side), np.float32)


def pictures(seed, count, side=64):
    """(count, side, side, 3) uint8: soft coloured noise."""
    small = np.random.default_rng(seed).integers(0, 256, (count, 4, 4, 3), dtype=np.uint8)
    enlarged = [Image.fromarray(one).resize((side, side), Image.Resampling.BICUBIC) for one in small]
    return np.stack([np.asarray(one) for one in enlarged])


def album_of(*jobs, layout=True, **changes):
    """The album whose photos these jobs make."""
    first = jobs[0]
    plan = AlbumPlan(
        title="A walk",
        style=first.style,
        seed=first.album_seed,
        characters=list(first.characters),
        environments=[first.environment],
        scenes=[job.scene for job in jobs],
    )
    return Album(
        created=datetime(2026, 1, 1, tzinfo=timezone.utc),
        plan=plan,
        layout=AlbumLayout(scenes=[job.layout for job in jobs]) if layout else None,
        photos=[PhotoRecord(number=number, scene=job.scene.id) for number, job in enumerate(jobs, start=1)],
        **changes,
    )


def told(score, job):
    album = album_of(job)
    return score.condition(album, album.photos[0])


@pytest.fixture
def predicting(open_renderer, checkpoints):
    """A renderer of the tiny SD 1.5 whose schedule says what is predicted; its weights are its own."""

    def make(kind, **changes):
        renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True, **changes)
        model, _ = renderer._loaded()
        model.pipe.scheduler = type(model.pipe.scheduler).from_config(model.pipe.scheduler.config, prediction_type=kind)
        return renderer

    return make


def alpha_bar(step):
    """Of the usual schedule of both families, from its definition."""
    betas = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    return np.cumprod(1 - betas)[step]


def knowing(renderer, kind, known):
    """Let the denoiser know (count, 4, h, w) latents by heart: what it is shown is the nearest of them, and noise."""
    known = torch.from_numpy(known)

    def forward(latents, step, **named):
        share = alpha_bar(int(step))
        a, s = share**0.5, (1 - share) ** 0.5
        clean = known[torch.cdist(latents.flatten(1) / a, known.flatten(1)).argmin(1)]
        noise = (latents - a * clean) / s
        return ({"epsilon": noise, "v_prediction": a * noise - s * clean, "sample": clean}[kind],)

    renderer._loaded()[0].pipe.unet.forward = forward


@EVERY_FORM
def test_a_checkpoint_says_what_it_is_and_is_asked(checkpoints, open_renderer, job, family, form):
    renderer = open_renderer(checkpoints[family, form])
    score = renderer.score_model()
    facts = score.facts
    assert (facts.path, facts.predicts) == ("variance_preserving", "noise")
    assert facts.name == {"sd15": "diffusers, SD 1.5", "sdxl": "diffusers, SDXL"}[family]
    assert facts.sha256 == renderer.describe()["weights"]
    seen = score.predict(noises(1, 3), 0.5, [None, told(score, job()), None])
    assert (seen.shape, seen.dtype) == ((3, 4, 8, 8), np.float32)
    assert np.isfinite(seen).all()


def test_the_path_is_that_of_the_training_schedule(checkpoints, open_renderer):
    score = open_renderer(checkpoints["sd15", "folder"], scheduler="unipc").score_model()
    for time, step in ((0.0, 0), (0.05, 50), (0.2, 200), (0.5, 500), (0.95, 949), (1.0, 999)):
        a, s = score.signal_and_noise(time)
        assert a == pytest.approx(alpha_bar(step) ** 0.5, rel=1e-5)
        assert a**2 + s**2 == pytest.approx(1)


@KINDS
def test_an_oracle_is_understood_at_every_time(predicting, kind, predicts):
    """A denoiser that knows the latent by heart: what its answers stand for is that latent, and the very noise."""
    renderer = predicting(kind)
    score = renderer.score_model()
    known = score.prepare(pictures(0, 1)[0], None)
    knowing(renderer, kind, known[None])
    assert score.facts.predicts == predicts
    for time in (0.0, 0.003, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0):
        a, s = score.signal_and_noise(time)
        noise = noises(7)
        noisy = (a * known + s * noise).astype(np.float32)
        seen = score.predict(noisy, time, [None])
        assert clean_of(score.facts, seen, noisy, a, s)[0] == pytest.approx(known, abs=2e-4)
        assert noise_of(score.facts, seen, noisy, a, s) == pytest.approx(noise, abs=2e-4)


@KINDS
def test_random_predictions_mean_what_the_library_takes_them_for(predicting, kind, predicts):
    renderer = predicting(kind)
    score, model = renderer.score_model(), renderer._loaded()[0]
    ddim = DDIMScheduler.from_config(model.pipe.scheduler.config, clip_sample=False, thresholding=False)
    ddim.set_timesteps(1000)
    noisy = noises(3)
    for time in (0.1, 0.6):
        a, s = score.signal_and_noise(time)
        seen = score.predict(noisy, time, [None])
        step = ddim.step(torch.from_numpy(seen), round(time * 999), torch.from_numpy(noisy))
        assert clean_of(score.facts, seen, noisy, a, s) == pytest.approx(step.pred_original_sample.numpy(), abs=1e-4)


@FAMILIES
def test_a_pictures_latent_is_the_scaled_mean_and_without_chance(checkpoints, open_renderer, family):
    renderer = open_renderer(checkpoints[family, "folder"])
    score, vae = renderer.score_model(), renderer._loaded()[0].pipe.vae
    picture = pictures(4, 1)[0]
    scaled = torch.from_numpy(picture / 127.5 - 1).float().permute(2, 0, 1)[None]
    with torch.no_grad():
        mode = vae.encode(scaled).latent_dist.mode()[0] * {"sd15": 0.18215, "sdxl": 0.13025}[family]
    assert score.prepare(picture, None) == pytest.approx(mode.numpy(), abs=1e-5)
    assert np.array_equal(score.prepare(picture, None), score.prepare(picture, None))


@pytest.mark.parametrize(
    ("size", "cells"), [((64, 64), (8, 8)), ((300, 290), (8, 8)), ((40, 70), (8, 8)), ((64, 140), (8, 8))]
)
def test_pictures_of_other_sizes_are_brought_to_the_trained_area(checkpoints, open_renderer, size, cells):
    score = open_renderer(checkpoints["sd15", "folder"]).score_model()
    assert score.prepare(np.full((*size, 3), 99, np.uint8), None).shape == (4, *cells)


@pytest.mark.parametrize(
    ("size", "cells"),
    [((512, 512), (64, 64)), ((1200, 1600), (56, 72)), ((768, 512), (80, 56)), ((300, 1000), (48, 88))],
    ids=["trained", "large", "upright", "slim"],
)
def test_the_area_is_that_which_the_denoiser_names(checkpoints, open_renderer, monkeypatch, size, cells):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    model, asked = renderer._loaded()[0], []
    unet = model.pipe.unet
    monkeypatch.setattr(unet, "_internal_dict", type(unet.config)({**unet.config, "sample_size": 64}))
    monkeypatch.setattr(model, "encode_picture", lambda pixels: asked.append(pixels.shape) or torch.zeros(1, 4, 1, 1))
    renderer.score_model().prepare(np.zeros((*size, 3), np.uint8), None)
    assert asked == [(8 * cells[0], 8 * cells[1], 3)]
    assert abs(cells[0] * cells[1] / 64**2 - 1) < 0.1


@pytest.mark.parametrize(("width", "height"), [(7, 64), (64, 5), (400, 90)], ids=["narrow", "low", "slim"])
def test_a_size_that_the_autoencoder_cannot_take_names_the_photo(checkpoints, open_renderer, job, width, height):
    score = open_renderer(checkpoints["sd15", "folder"]).score_model()
    picture = np.zeros((height, width, 3), np.uint8)
    with pytest.raises(AlbumError, match=rf"asked about a picture of {width} x {height} pixels, .* Cut the picture"):
        score.prepare(picture, None)
    with pytest.raises(AlbumError, match=r"the photo of scene 's1' of the album 'A walk', which is \d+ x \d+ pixels"):
        score.prepare(picture, told(score, job()))


@FAMILIES
def test_a_photo_is_told_by_the_very_prompt_of_the_renderer(checkpoints, open_renderer, job, family):
    renderer = open_renderer(checkpoints[family, "folder"])
    model, asked = renderer._loaded()[0], job()
    wanted = renderer._texts(asked, model.count_tokens).photo
    for layout in (True, False):
        album = album_of(asked, layout=layout)
        assert renderer.score_model().condition(album, album.photos[0]).text == wanted


@FAMILIES
def test_the_denoiser_is_told_what_the_pipeline_tells_it(checkpoints, open_renderer, job, monkeypatch, family):
    """One step of the stock pipeline without guidance and one with, and the arguments that its denoiser was given."""
    renderer = open_renderer(checkpoints[family, "folder"], guidance=3.0)
    score, model = renderer.score_model(), renderer._loaded()[0]
    condition, given, forward = told(score, job()), [], model.pipe.unet.forward

    def listening(latents, step, **named):
        given.append(named)
        return forward(latents, step, **named)

    monkeypatch.setattr(model.pipe.unet, "forward", listening)
    model.pipe(
        prompt=condition.text, width=64, height=64, num_inference_steps=1, guidance_scale=3.0, output_type="latent"
    )
    score.predict(noises(0, 2), 0.5, [None, condition])  # the pipeline, too, puts the unguided half first
    wanted, asked = given
    assert torch.allclose(asked["encoder_hidden_states"], wanted["encoder_hidden_states"], atol=1e-6)
    for name in ("text_embeds", "time_ids") if family == "sdxl" else ():
        assert torch.allclose(asked["added_cond_kwargs"][name], wanted["added_cond_kwargs"][name], atol=1e-6)


@FAMILIES
def test_a_batch_sees_what_each_picture_sees_alone_and_conditions_count(checkpoints, open_renderer, job, family):
    score = open_renderer(checkpoints[family, "folder"]).score_model()
    asked = [told(score, job()), None, told(score, job(people=("leo",)))]
    same = np.repeat(noises(3), 3, axis=0)
    together = score.predict(same, 0.4, asked)
    alone = [score.predict(same[:1], 0.4, [one])[0] for one in asked]
    assert together == pytest.approx(np.stack(alone), abs=1e-5)
    assert all(np.abs(together[i] - together[j]).max() > 1e-4 for i, j in ((0, 1), (0, 2), (1, 2)))


def test_settings_of_the_sampling_change_nothing_and_loras_do(tiny, checkpoints, open_renderer, job, tmp_path):
    folder, asked = checkpoints["sd15", "folder"], job()
    adapter = ImageAdapter(
        tiny.make_adapter(tmp_path / "ip.safetensors", tmp_path / "vision", "sd15"), tmp_path / "vision"
    )
    lora = LoraFile(tiny.make_lora(tmp_path / "own.safetensors", "sd15"), 0.5)
    changes = [
        {"anchors": {"strength": 0.0}}, {"scheduler": "heun", "steps": 9, "guidance": 9.0, "negative": "cats"},
        {"adapter": adapter}, {"loras": (lora,)},
    ]  # fmt: skip
    scores = [open_renderer(folder, **change).score_model() for change in changes]
    first, *same, other = [score.predict(noises(2, 2), 0.5, [told(score, asked), None]) for score in scores]
    assert all(one == pytest.approx(first, abs=1e-5) for one in same)
    assert np.abs(other - first).max() > 1e-3
    assert {score.facts.sha256 for score in scores[:3]} == {scores[0].facts.sha256}
    assert scores[3].facts.sha256 != scores[0].facts.sha256
    assert scores[3].facts.name == "diffusers, SD 1.5, LoRAs: 1"


def test_half_precision_gives_nearly_the_same(checkpoints, open_renderer):
    folder = checkpoints["sdxl", "folder"]
    full, half = (open_renderer(folder, dtype=dtype, device="cpu").score_model() for dtype in ("float32", "bfloat16"))
    picture = pictures(0, 1)[0]
    assert half.prepare(picture, None) == pytest.approx(full.prepare(picture, None), abs=0.05)
    seen = half.predict(noises(1), 0.5, [None])
    assert seen.dtype == np.float32
    assert seen == pytest.approx(full.predict(noises(1), 0.5, [None]), abs=0.1)


def test_a_denoiser_that_is_told_the_guidance_is_asked_without_any(tiny, open_renderer, job, tmp_path):
    """As those that were distilled to few steps."""
    folder = tiny.make_folder(tmp_path / "lcm", "sd15", layout={"time_cond_proj_dim": 16})
    score = open_renderer(folder, fresh=True).score_model()
    assert np.isfinite(score.predict(noises(1, 2), 0.5, [None, told(score, job())])).all()


def test_closing_gives_the_model_back_and_the_next_question_loads_again(checkpoints, open_renderer, job):
    renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True)
    score = renderer.score_model()
    assert renderer._model is None  # loaded at the first question
    condition = told(score, job())
    before = score.predict(noises(5), 0.5, [condition])
    gone = weakref.ref(renderer._model.pipe.unet)
    score.close()
    assert renderer._model is None
    gc.collect()
    assert gone() is None
    assert score.facts.sha256 == renderer.describe()["weights"]
    assert np.array_equal(score.predict(noises(5), 0.5, [condition]), before)


def change_weights(folder, seed):
    """Other weights under the same names, as a training that goes on writes them."""
    from safetensors.torch import load_file, save_file

    path = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights = load_file(path)
    weights["conv_in.bias"] = weights["conv_in.bias"] + seed
    save_file(weights, path)


def test_a_checkpoint_that_changes_during_the_audit_is_refused(own_folder, open_renderer):
    score = open_renderer(own_folder, fresh=True).score_model()
    score.predict(noises(0), 0.5, [None])
    change_weights(own_folder, 1)
    score.predict(noises(0), 0.5, [None])  # still the weights that were loaded
    score.close()
    with pytest.raises(AlbumError, match=r"own, or one of its LoRAs, was changed while the audit ran.*audit again"):
        score.predict(noises(0), 0.5, [None])


def test_a_checkpoint_that_was_changed_since_it_was_loaded_is_loaded_anew(own_folder, open_renderer):
    renderer = open_renderer(own_folder, fresh=True)
    before = renderer._loaded()[0]
    change_weights(own_folder, 1)
    score = renderer.score_model()
    assert score.facts.sha256 == renderer.describe()["weights"]
    assert renderer._loaded()[0] is not before


def test_a_checkpoint_that_changes_while_it_is_loaded_is_refused(own_folder, open_renderer, monkeypatch):
    from synthetic_albums.stages.render.pipelines import loading

    load = loading.load_model

    def slow(*given):
        model = load(*given)
        change_weights(own_folder, 2)
        return model

    monkeypatch.setattr(loading, "load_model", slow)
    renderer = open_renderer(own_folder, fresh=True)
    with pytest.raises(AlbumError, match="own, or one of its LoRAs, was changed while it was loaded"):
        renderer.score_model().predict(noises(0), 0.5, [None])
    assert renderer._model is None


def test_an_album_of_the_checkpoint_as_it_was_before_is_refused(own_folder, open_renderer, job):
    renderer = open_renderer(own_folder, fresh=True)
    album = album_of(job(), renderer={**renderer.describe(), "name": "diffusers"})
    renderer.score_model().require_maker(album)
    change_weights(own_folder, 1)
    with pytest.raises(AlbumError, match="'A walk' was rendered with other weights than the renderer 'diffusers' has"):
        renderer.score_model().require_maker(album)
    for other in ({"renderer": "builtin", "weights": "0" * 64}, {"renderer": "storyboard", "version": "1"}, {}):
        renderer.score_model().require_maker(album.model_copy(update={"renderer": other}))
    assert renderer._model is None  # nothing was loaded for that


def test_an_album_made_with_another_lora_is_refused(tiny, checkpoints, open_renderer, job, tmp_path):
    lora = LoraFile(tiny.make_lora(tmp_path / "own.safetensors", "sd15"), 0.5)
    renderers = [
        open_renderer(checkpoints["sd15", "folder"], fresh=True, loras=loras)
        for loras in ((), (lora,), (LoraFile(lora.path, 0.6),))
    ]
    album = album_of(job(), renderer=dict(renderers[1].describe()))
    renderers[1].score_model().require_maker(album)
    for other in (renderers[0], renderers[2]):
        with pytest.raises(AlbumError, match="other weights"):
            other.score_model().require_maker(album)


def test_a_scene_that_the_plan_lacks_is_named(checkpoints, open_renderer, job):
    score = open_renderer(checkpoints["sd15", "folder"]).score_model()
    with pytest.raises(AlbumError, match="The plan has no scene 's9'"):
        score.condition(album_of(job()), PhotoRecord(number=1, scene="s9"))


def test_predictions_that_are_no_numbers_name_the_photo(checkpoints, open_renderer, job, monkeypatch):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    score, unet = renderer.score_model(), renderer._loaded()[0].pipe.unet
    forward = unet.forward

    def spoiled(latents, step, **named):
        found = forward(latents, step, **named)[0].clone()
        found[1, 0, 0, 0] = float("inf")
        return (found,)

    monkeypatch.setattr(unet, "forward", spoiled)
    with pytest.raises(
        AlbumError, match=r"not numbers for the photo of scene 's1' .* at time 0\.5: choose dtype float32"
    ):
        score.predict(noises(0, 2), 0.5, [None, told(score, job())])
    with pytest.raises(AlbumError, match=r"not numbers for a picture of 64 x 64 pixels at time 0\.5"):
        score.predict(noises(0, 2), 0.5, [None, None])


def test_latents_that_are_no_numbers_name_the_photo(checkpoints, open_renderer, job, monkeypatch):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    score, model = renderer.score_model(), renderer._loaded()[0]
    monkeypatch.setattr(model, "encode_picture", lambda pixels: torch.full((1, 4, 8, 8), float("nan")))
    with pytest.raises(AlbumError, match=r"autoencoder gave values that are not numbers for the photo of scene 's1'"):
        score.prepare(pictures(0, 1)[0], told(score, job()))


def test_where_memory_runs_out_fewer_pictures_are_asked_about_at_once(checkpoints, open_renderer, job, monkeypatch):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    score, unet = renderer.score_model(), renderer._loaded()[0].pipe.unet
    conditions = [None, told(score, job()), None, told(score, job(people=())), None]
    wanted = score.predict(noises(0, 5), 0.5, conditions)
    forward, sizes = unet.forward, []

    def short(latents, step, **named):
        sizes.append(len(latents))
        if len(latents) > 2:
            raise OUT_OF_MEMORY
        return forward(latents, step, **named)

    monkeypatch.setattr(unet, "forward", short)
    assert score.predict(noises(0, 5), 0.5, conditions) == pytest.approx(wanted, abs=1e-5)
    assert sizes == [5, 2, 2, 1]
    score.predict(noises(0, 5), 0.6, conditions)
    assert sizes[4:] == [2, 2, 1]  # it remembers


@pytest.mark.parametrize("error", [OUT_OF_MEMORY, MemoryError()], ids=["device", "python"])
def test_memory_that_does_not_suffice_for_one_names_the_photo(checkpoints, open_renderer, job, monkeypatch, error):
    renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True)
    score, calls = renderer.score_model(), []
    condition = told(score, job())

    def short(latents, step, **named):
        calls.append(len(latents))
        raise error

    monkeypatch.setattr(renderer._loaded()[0].pipe.unet, "forward", short)
    with pytest.raises(
        AlbumError, match=r"not enough memory to ask .* the photo of scene 's1' .* choose dtype float16"
    ):
        score.predict(noises(0, 2), 0.5, [condition, None])
    assert calls == [2, 1, 1]
    assert renderer._model is None


def test_memory_that_runs_out_in_the_autoencoder_is_tried_once_more(checkpoints, open_renderer, monkeypatch):
    renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True)
    score, model, calls = renderer.score_model(), renderer._loaded()[0], []
    wanted, encode = score.prepare(pictures(0, 1)[0], None), model.encode_picture

    def short(pixels):
        calls.append(pixels.shape)
        if len(calls) in (1, 3, 4):
            raise OUT_OF_MEMORY
        return encode(pixels)

    monkeypatch.setattr(model, "encode_picture", short)
    assert np.array_equal(score.prepare(pictures(0, 1)[0], None), wanted)
    with pytest.raises(AlbumError, match="not enough memory to ask the checkpoint about a picture of 64 x 64 pixels"):
        score.prepare(pictures(0, 1)[0], None)


def test_memory_that_does_not_suffice_for_loading_is_said(checkpoints, open_renderer, monkeypatch):
    from synthetic_albums.stages.render.pipelines import loading

    def short(*given):
        raise OUT_OF_MEMORY

    monkeypatch.setattr(loading, "load_model", short)
    with pytest.raises(AlbumError, match=r"not enough memory to load the checkpoint .*sd15: choose dtype float16"):
        _ = open_renderer(checkpoints["sd15", "folder"], fresh=True).score_model().facts


@pytest.mark.parametrize("change", ["flow_prediction", "no table"])
def test_another_kind_of_noise_schedule_is_refused(checkpoints, open_renderer, monkeypatch, change):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    model = renderer._loaded()[0]
    scheduler = type(model.pipe.scheduler).from_config(model.pipe.scheduler.config)
    if change == "no table":
        scheduler.alphas_cumprod = None
    else:
        scheduler.register_to_config(prediction_type=change)
    monkeypatch.setattr(model.pipe, "scheduler", scheduler)
    for ask in (lambda score: score.facts, lambda score: score.signal_and_noise(0.5)):
        with pytest.raises(AlbumError, match=r"noise schedule \(\w+Scheduler, .* is not that of SD 1\.5 or SDXL"):
            ask(renderer.score_model())


def test_a_checkpoint_that_is_not_there_is_said_before_anything_is_read(open_renderer, tmp_path, job, write_album):
    score = open_renderer(tmp_path / "none.safetensors", fresh=True).score_model()
    folder = write_album(tmp_path / "album", [job()], pictures(0, 1))
    with pytest.raises(AlbumError, match=r"There is no checkpoint .*none\.safetensors"):
        audit_album(folder, tmp_path / "no members", tmp_path / "no others", model=score)


@pytest.fixture
def write_album():
    """Write an album whose finished photos are given pictures."""

    def write(path, jobs, pixels, **changes):
        folder, album = AlbumFolder(path), album_of(*jobs, **changes)
        with folder.writing() as writer:
            photos = []
            for photo, picture in zip(album.photos, pixels, strict=True):
                data, name = (
                    encode_photo(picture, facts={}, synthetic_source="algorithmicMedia"),
                    photo_file_name(photo.scene),
                )
                writer.write_bytes(name, data)
                photos.append(photo.model_copy(update={"status": "done", "file": name, "sha256": file_digest(data)}))
            writer.save(album.model_copy(update={"photos": photos}))
        return folder

    return write


def candidates(folder, pixels):
    """One side of an audit, smaller than a user may have it."""
    folder.mkdir()
    sources = {}
    for number, picture in enumerate(pixels):
        Image.fromarray(picture).save(folder / f"private {number}.png")
        sources[picture_digest(picture)] = Source(folder / f"private {number}.png")
    return Candidates(dict(sorted(sources.items())))


@pytest.mark.parametrize("kind", ["epsilon", "v_prediction"])
def test_a_checkpoint_that_remembers_is_found_out_by_every_attack(predicting, tmp_path, monkeypatch, kind):
    """The autoencoder is one that keeps the colours: to one with random weights all pictures are nearly the same."""

    def colours(pixels):
        small = torch.from_numpy(np.array(Image.fromarray(pixels).convert("RGBX").resize((8, 8)))).float()
        return small.permute(2, 0, 1)[None] / 127.5 - 1

    members, others = (candidates(tmp_path / str(seed), pictures(seed, 40)) for seed in (1, 2))
    renderer = predicting(kind)
    score = renderer.score_model()
    monkeypatch.setattr(renderer._loaded()[0], "encode_picture", colours)
    latents = [score.prepare(source.read(), None) for source in members.sources.values()]
    knowing(renderer, kind, np.stack(latents))
    report = audit_membership(members, others, Candidates(), model=score)
    assert report.finding == "leak_shown"
    assert {attack.name: attack.auc.value > 0.95 for attack in report.attacks if not attack.detail} == {
        "loss": True, "pia": True, "sima": True,
    }  # fmt: skip
    assert report.model.path == "variance_preserving"
    assert report.model.sha256 == renderer.describe()["weights"]
    assert renderer._model is None  # given back


def test_a_picture_that_cannot_be_audited_is_named(checkpoints, open_renderer, tmp_path):
    members, others = (candidates(tmp_path / str(seed), pictures(seed, 3)) for seed in (1, 2))
    Image.new("RGB", (64, 6)).save(next(iter(others.sources.values())).path)
    renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True)
    with pytest.raises(AlbumError, match=r"private \d\.png' cannot be audited\. A checkpoint cannot be asked about"):
        audit_membership(members, others, Candidates(), model=renderer.score_model())
    assert renderer._model is None


@FAMILIES
def test_the_same_audit_gives_the_same_figures(checkpoints, open_renderer, tmp_path, family):
    members, others = (candidates(tmp_path / str(seed), pictures(seed, 5)) for seed in (1, 2))
    reports = [
        audit_membership(
            members, others, Candidates(), model=open_renderer(checkpoints[family, "folder"]).score_model(), seed=4
        )
        for _ in range(2)
    ]
    assert reports[0] == reports[1]
