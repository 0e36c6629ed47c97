"""The renderer over checkpoints as the album loop sees it, on tiny checkpoints with random weights."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from synthetic_albums.stages.errors import AlbumError, InterruptedAlbumError
from synthetic_albums.stages.render.pipelines import LoraFile
from synthetic_albums.stages.render.pipelines.settings import SCHEDULERS, ControlFile, ImageAdapter

FAMILIES = pytest.mark.parametrize("family", ["sd15", "sdxl"])
EVERY_FORM = pytest.mark.parametrize(("family", "form"), [(f, s) for f in ("sd15", "sdxl") for s in ("folder", "file")])


def plain_pixels(renderer, job, **changes):
    """What the stock pipeline gives for the same texts and noise, called by hand."""
    from synthetic_albums.stages.render.builtin.renderer import job_noise
    from synthetic_albums.stages.seeds import derive_seed

    model, _ = renderer._loaded()
    text = renderer._texts(job, model.count_tokens).photo
    noise = job_noise(job, job.height // 8, job.width // 8, 4, shared=0.0)
    result = model.pipe(
        prompt=text, width=job.width, height=job.height, num_inference_steps=renderer.settings.steps,
        guidance_scale=renderer.settings.guidance, latents=torch.from_numpy(noise),
        generator=torch.Generator().manual_seed(derive_seed(job.seed, "diffusers steps")), output_type="np", **changes,
    )  # fmt: skip
    return np.rint(result.images[0] * 255).astype(np.uint8)


def test_importing_it_imports_no_torch():
    code = (
        "import sys; from synthetic_albums.stages.render.pipelines import DiffusersRenderer; "
        "print([name for name in ('torch', 'diffusers', 'transformers', 'safetensors') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


@EVERY_FORM
def test_a_checkpoint_makes_the_same_photo_again_also_after_it_was_given_back(
    checkpoints, open_renderer, render, job, family, form
):
    renderer = open_renderer(checkpoints[family, form], fresh=True)
    described = renderer.describe()
    assert renderer._model is None
    first = render(renderer, job())
    assert (first.shape, first.dtype) == ((64, 64, 3), np.uint8)
    assert first.std() > 5
    renderer.close()
    assert (renderer._model, renderer._studio) == (None, None)
    assert np.array_equal(render(renderer, job()), first)
    assert renderer.describe() == described
    assert (described["family"], len(described["weights"])) == (family, 64)


@FAMILIES
def test_without_strength_it_is_the_plain_pipeline_bit_for_bit(checkpoints, open_renderer, render, job, family):
    renderer = open_renderer(checkpoints[family, "folder"], anchors={"strength": 0.0}, region_strength=0.0)
    assert np.array_equal(render(renderer, job()), plain_pixels(renderer, job()))
    anchored = open_renderer(checkpoints[family, "folder"], region_strength=0.0)
    assert np.array_equal(render(anchored, job(weight=0.0)), plain_pixels(renderer, job()))
    assert not np.array_equal(render(anchored, job()), plain_pixels(renderer, job()))


@FAMILIES
def test_the_processors_are_the_very_objects_that_were_there_also_after_a_stop(
    checkpoints, open_renderer, render, job, family
):
    renderer = open_renderer(checkpoints[family, "folder"], steps=2)
    unet = renderer._loaded()[0].pipe.unet
    before, modules = dict(unet.attn_processors), [name for name, _ in unet.named_modules()]
    seen = []

    def stop(done, steps):
        seen.append({name for name, one in unet.attn_processors.items() if one is not before[name]})
        if done == 1:
            raise InterruptedAlbumError("Stopped on request.")

    with pytest.raises(InterruptedAlbumError):
        renderer.render_photo(job(), on_step=stop)
    assert seen[-1]
    render(renderer, job())
    after = unet.attn_processors
    assert after.keys() == before.keys()
    assert all(after[name] is before[name] for name in before)
    assert [name for name, _ in unet.named_modules()] == modules
    assert not unet._forward_pre_hooks


@pytest.mark.parametrize(
    "change",
    [
        lambda job: replace(job, plate=255 - job.plate),
        lambda job: replace(job, weight=0.5),
        lambda job: replace(job, seed=job.seed + 1),
        lambda job: replace(job, members=(replace(job.members[0], portraits=()), *job.members[1:])),
        lambda job: replace(job, members=(replace(job.members[0], appearance="Ana, a tall woman"), *job.members[1:])),
    ],
    ids=["plate", "weight", "seed", "portrait", "looks"],
)
def test_what_changes_in_the_job_changes_the_pixels(checkpoints, open_renderer, render, job, change):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    assert not np.array_equal(render(renderer, job()), render(renderer, change(job())))


def test_a_photo_does_not_depend_on_what_was_made_before_it(checkpoints, open_renderer, render, job):
    fresh = render(open_renderer(checkpoints["sd15", "folder"]), job(scene="s2"))
    used = open_renderer(checkpoints["sd15", "folder"])
    render(used, job(scene="s1", people=("leo",)))
    assert np.array_equal(render(used, job(scene="s2")), fresh)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_every_scheduler_makes_a_photo(checkpoints, open_renderer, render, job, plain, scheduler):
    for steps in (1, 3):
        renderer = open_renderer(checkpoints["sd15", "folder"], **plain, scheduler=scheduler, steps=steps, guidance=1.0)
        assert render(renderer, job(people=("ana",))).std() > 0


def test_without_guidance_there_is_one_half_and_no_negative_text(checkpoints, open_renderer, render, job, plain):
    one, other = (
        open_renderer(checkpoints["sd15", "folder"], **plain, guidance=1.0, negative=negative)
        for negative in ("", "a cat")
    )
    assert np.array_equal(render(one, job()), render(other, job()))


def test_a_size_off_the_grid_is_refused_with_the_nearest_that_fits(checkpoints, open_renderer, render, job):
    renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True)
    with pytest.raises(AlbumError, match=r"Scene 's1' .* 132 x 128 pixels: .* The nearest is 128 x 128"):
        render(renderer, replace(job(size=128), width=132))
    with pytest.raises(AlbumError, match=r"The nearest is 64 x 64"):
        render(renderer, replace(job(), width=32, height=40))
    assert renderer._model is None


def test_steps_are_told_from_before_loading_to_the_end(checkpoints, open_renderer, job, plain):
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain, fresh=True, steps=3)
    seen = []
    renderer.render_photo(job(size=64), on_step=lambda done, steps: seen.append((done, steps, renderer._model is None)))
    assert seen == [(0, 4, True), (1, 4, False), (2, 4, False), (3, 4, False), (4, 4, False)]


@pytest.mark.parametrize("stopped_at", [0, 1, 2, 3])
def test_a_stop_goes_through_at_any_step(checkpoints, open_renderer, job, plain, stopped_at):
    def stop(done, steps):
        if done == stopped_at:
            raise InterruptedAlbumError("Stopped on request.")

    with pytest.raises(InterruptedAlbumError):
        open_renderer(checkpoints["sd15", "folder"], **plain, steps=2).render_photo(job(size=64), on_step=stop)


def test_latents_that_are_no_numbers_fail_the_photo(checkpoints, open_renderer, render, job, plain):
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain, fresh=True)
    unet = renderer._loaded()[0].pipe.unet
    with torch.no_grad():
        unet.conv_out.bias[0] = float("nan")
    with pytest.raises(AlbumError, match=r"not numbers for scene 's1' \(step 1\): choose dtype float32"):
        render(renderer, job())


def test_pixels_that_are_no_numbers_fail_the_photo(checkpoints, open_renderer, render, job, plain):
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain, fresh=True)
    with torch.no_grad():
        renderer._loaded()[0].pipe.vae.decoder.conv_out.bias[0] = float("nan")
    with pytest.raises(AlbumError, match=r"not numbers for scene 's1' \(decoding\)"):
        render(renderer, job())


def run_out(renderer, monkeypatch, times, error):
    """Let memory run out in the first calls of the denoiser; gives the list of calls."""
    unet, calls = renderer._loaded()[0].pipe.unet, []
    forward = unet.forward

    def short(*given, **named):
        calls.append(len(calls))
        if len(calls) <= times:
            raise error
        return forward(*given, **named)

    monkeypatch.setattr(unet, "forward", short)
    return calls


OUT_OF_MEMORY = [
    torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
    RuntimeError("[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory"),
    MemoryError(),
]


@pytest.mark.parametrize("error", OUT_OF_MEMORY, ids=["device", "processor", "python"])
def test_memory_that_runs_out_once_costs_a_second_try(
    checkpoints, open_renderer, render, job, plain, monkeypatch, caplog, error
):
    expected = render(open_renderer(checkpoints["sd15", "folder"], **plain), job())
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain, fresh=True)
    run_out(renderer, monkeypatch, 1, error)
    assert np.array_equal(render(renderer, job()), expected)
    assert "Memory ran out for the photo of scene 's1'" in caplog.text


def test_memory_that_runs_out_twice_names_the_photo_and_gives_the_model_back(
    checkpoints, open_renderer, render, job, monkeypatch
):
    renderer = open_renderer(checkpoints["sd15", "folder"], fresh=True, anchors={"strength": 0.0}, region_strength=0.0)
    calls = run_out(renderer, monkeypatch, 99, OUT_OF_MEMORY[0])
    with pytest.raises(AlbumError, match=r"not enough memory for the photo of scene 's1' at 64 x 64 pixels, also"):
        render(renderer, job())
    assert len(calls) == 2
    assert renderer._model is None


def test_the_second_try_offloads_where_there_is_a_device(checkpoints, open_renderer, monkeypatch, job, plain):
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain, fresh=True)
    model, _ = renderer._loaded()
    asked = []
    monkeypatch.setattr(model, "device", torch.device("cuda"))
    monkeypatch.setattr(model.pipe, "enable_model_cpu_offload", lambda device: asked.append(device))
    renderer._relieve()
    renderer._relieve()
    assert asked == [torch.device("cuda")]
    assert model.offloaded


def test_other_errors_are_not_tried_again(checkpoints, open_renderer, render, job, plain, monkeypatch):
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain)
    calls = run_out(renderer, monkeypatch, 99, RuntimeError("shapes do not fit"))
    with pytest.raises(RuntimeError, match="shapes do not fit"):
        render(renderer, job())
    assert len(calls) == 1


def test_offload_without_a_device_and_a_missing_device_are_refused(checkpoints, open_renderer, render, job):
    with pytest.raises(AlbumError, match="Offloading needs a GPU"):
        render(open_renderer(checkpoints["sd15", "folder"], device="cpu", offload=True), job())
    if not torch.cuda.is_available():
        with pytest.raises(AlbumError, match='The device "cuda" is not there'):
            render(open_renderer(checkpoints["sd15", "folder"], device="cuda"), job())


@FAMILIES
def test_a_portrait_has_its_size_and_follows_looks_and_seed(checkpoints, open_renderer, job, family):
    renderer = open_renderer(checkpoints[family, "folder"])
    scene = job(portraits=False)
    character, member = scene.characters[0], scene.members[0]
    first = renderer.render_portrait(character, member, size=50, seed=1)
    assert (first.shape, first.dtype) == ((50, 50, 3), np.uint8)
    assert np.array_equal(renderer.render_portrait(character, member, size=50, seed=1), first)
    assert not np.array_equal(renderer.render_portrait(character, member, size=50, seed=2), first)
    other = replace(member, appearance="Ana, a tall woman")
    assert not np.array_equal(renderer.render_portrait(character, other, size=50, seed=1), first)


def test_other_views_look_at_the_front_portrait(checkpoints, open_renderer, job):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    scene = job()
    character, member = scene.characters[0], scene.members[0]

    def view(name, portraits):
        shown = replace(member, portraits=portraits)
        return renderer.render_view(character, shown, view=name, size=64, seed=1)

    first = view("full_length", member.portraits)
    assert np.array_equal(view("full_length", member.portraits), first)
    for other in (view("three_quarter", member.portraits), view("full_length", (255 - member.portraits[0],))):
        assert not np.array_equal(other, first)
    assert np.array_equal(view("front", member.portraits), renderer.render_portrait(character, member, size=64, seed=1))


def test_a_plate_has_its_size_and_follows_place_and_album(checkpoints, open_renderer, job):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    scene = job()

    def plate(seed=5, place=scene.environment):
        return renderer.render_plate(place, scene.style, album_seed=seed, width=96, height=60)

    first = plate()
    assert (first.shape, first.dtype) == ((60, 96, 3), np.uint8)
    assert np.array_equal(plate(), first)
    assert not np.array_equal(plate(seed=6), first)
    assert not np.array_equal(plate(place=scene.environment.model_copy(update={"kind": "beach"})), first)


def test_a_lora_changes_the_photo_and_none_of_another_family_is_taken(
    tiny, checkpoints, open_renderer, render, job, plain, tmp_path
):
    path = tiny.make_lora(tmp_path / "own.safetensors", "sd15")
    photos = [
        render(open_renderer(checkpoints["sd15", "folder"], **plain, loras=loras), job())
        for loras in ((), (LoraFile(path, 0.0),), (LoraFile(path, 1.0),))
    ]
    assert np.array_equal(photos[0], photos[1])
    assert not np.array_equal(photos[0], photos[2])
    other = LoraFile(tiny.make_lora(tmp_path / "other.safetensors", "sdxl"))
    with pytest.raises(
        AlbumError, match=r"other\.safetensors is for another family than SD 1\.5 \(text width 96, not 32\)"
    ):
        render(open_renderer(checkpoints["sd15", "folder"], **plain, loras=(other,)), job())


def test_a_lora_without_peft_says_what_to_install(tiny, checkpoints, open_renderer, render, job, tmp_path, monkeypatch):
    from synthetic_albums.stages.render.pipelines import addons

    path = tiny.make_lora(tmp_path / "own.safetensors", "sd15")
    monkeypatch.setattr(addons.util, "find_spec", lambda name: None)
    with pytest.raises(AlbumError, match=r"A LoRA needs the package 'peft'.*synthetic-albums\[checkpoints\]"):
        render(open_renderer(checkpoints["sd15", "folder"], loras=(LoraFile(path),)), job())


def control_pictures(job):
    shade = np.linspace(0, 255, job.width, dtype=np.uint8)
    return {
        "pose": np.repeat(np.repeat(shade[None, :, None], job.height, 0), 3, 2),
        "depth": np.zeros((8, 8, 3), np.uint8),
    }


@pytest.mark.parametrize(
    ("family", "names"), [("sd15", ("folder", "file", "off", "both")), ("sdxl", ("folder", "both"))]
)
def test_controlnets_change_the_photo_alone_and_together(
    tiny, checkpoints, open_renderer, render, job, plain, tmp_path, family, names
):
    folder = tiny.make_control(tmp_path / "control", family)
    cases = {
        "folder": (ControlFile("pose", folder),),
        "file": (ControlFile("pose", folder / "diffusion_pytorch_model.safetensors"),),
        "off": (ControlFile("pose", folder, 0.0),),
        "both": (ControlFile("pose", folder), ControlFile("depth", folder, 0.5)),
    }
    without = render(open_renderer(checkpoints[family, "folder"], **plain), job())
    photos = {
        name: render(
            open_renderer(
                checkpoints[family, "folder"], controls=cases[name], control_pictures=control_pictures, **plain
            ),
            job(),
        )
        for name in names
    }
    assert not np.array_equal(without, photos["folder"])
    assert not np.array_equal(photos["folder"], photos["both"])
    if family == "sd15":
        assert np.array_equal(photos["folder"], photos["file"])
        assert np.array_equal(photos["off"], without)


def test_a_controlnet_goes_together_with_anchors_and_regions(tiny, checkpoints, open_renderer, render, job, tmp_path):
    controls = (ControlFile("pose", tiny.make_control(tmp_path / "control", "sd15")),)
    renderer = open_renderer(checkpoints["sd15", "folder"], controls=controls, control_pictures=control_pictures)
    first = render(renderer, job())
    assert np.array_equal(render(renderer, job()), first)
    assert not np.array_equal(render(renderer, replace(job(), plate=255 - job().plate)), first)


def test_a_controlnet_of_another_family_is_refused_before_sampling(
    tiny, checkpoints, open_renderer, render, job, tmp_path, monkeypatch
):
    folder = tiny.make_control(tmp_path / "control", "sdxl")
    for path in (folder, folder / "diffusion_pytorch_model.safetensors"):
        renderer = open_renderer(checkpoints["sd15", "folder"], controls=(ControlFile("pose", path),))
        with pytest.raises(
            AlbumError, match=r"for another family than the checkpoint, which is SD 1\.5 \(text width 96"
        ):
            render(renderer, job())


def test_what_is_no_controlnet_or_is_not_there_is_refused(checkpoints, open_renderer, render, job, tmp_path):
    for path, message in (
        (tmp_path / "nowhere", "There is no ControlNet"),
        (checkpoints["sd15", "file"], "is not a ControlNet"),
        (checkpoints["sd15", "folder"] / "unet", "holds a UNet2DConditionModel, not a ControlNet"),
        (tmp_path / "control.pth", "is a pickle"),
    ):
        with pytest.raises(AlbumError, match=message):
            render(open_renderer(checkpoints["sd15", "folder"], controls=(ControlFile("pose", path),)), job())


def test_a_missing_control_picture_is_named(tiny, checkpoints, open_renderer, render, job, tmp_path):
    folder = tiny.make_control(tmp_path / "control", "sd15")
    renderer = open_renderer(checkpoints["sd15", "folder"], controls=(ControlFile("pose", folder),))
    with pytest.raises(AlbumError, match="There is no pose picture of scene 's1'"):
        render(renderer, job())


@FAMILIES
def test_an_ip_adapter_acts_by_portrait_and_is_mute_without_people(
    tiny, checkpoints, open_renderer, render, job, tmp_path, family
):
    adapter = ImageAdapter(
        tiny.make_adapter(tmp_path / "a" / "ip.safetensors", tmp_path / "vision", family), tmp_path / "vision"
    )
    plain = open_renderer(checkpoints[family, "folder"])
    renderer = open_renderer(checkpoints[family, "folder"], adapter=adapter)
    shown = render(renderer, job())
    assert not np.array_equal(shown, render(plain, job()))
    assert not np.array_equal(shown, render(renderer, job(people=("leo", "ana"))))
    assert np.array_equal(render(renderer, job(people=())), render(plain, job(people=())))
    assert np.array_equal(render(renderer, job()), shown)


def test_an_ip_adapter_of_another_family_or_without_its_encoder_is_refused(
    tiny, checkpoints, open_renderer, render, job, tmp_path
):
    path = tiny.make_adapter(tmp_path / "ip.safetensors", tmp_path / "vision", "sdxl")
    for adapter, message in (
        (ImageAdapter(path, tmp_path / "vision"), r"IP-Adapter .* is for another family than SD 1\.5"),
        (ImageAdapter(checkpoints["sd15", "file"], tmp_path / "vision"), "is not an IP-Adapter"),
        (ImageAdapter(tmp_path / "ip.bin", tmp_path / "vision"), "is a pickle"),
    ):
        with pytest.raises(AlbumError, match=message):
            render(open_renderer(checkpoints["sd15", "folder"], adapter=adapter), job())
    own = tiny.make_adapter(tmp_path / "own.safetensors", tmp_path / "vision", "sd15")
    with pytest.raises(AlbumError, match=r"is not the folder of an image encoder, .* it has no config\.json"):
        render(open_renderer(checkpoints["sd15", "folder"], adapter=ImageAdapter(own, tmp_path / "none")), job())


def test_photos_of_one_place_share_noise_where_that_is_asked_for(checkpoints, open_renderer, render, job):
    renderer = open_renderer(
        checkpoints["sd15", "folder"], shared_noise=1.0, anchors={"strength": 0.0}, region_strength=0.0
    )
    first, second = job(scene="s1"), job(scene="s2")
    assert np.array_equal(render(renderer, first), render(renderer, second))
    assert not np.array_equal(render(renderer, first), render(renderer, replace(second, attempt=1)))


def test_every_setting_that_changes_pixels_is_in_the_description(tiny, checkpoints, open_renderer, tmp_path):
    plain = open_renderer(checkpoints["sd15", "folder"]).describe()
    json.dumps(plain)
    control = tiny.make_control(tmp_path / "control", "sd15")
    lora = LoraFile(tiny.make_lora(tmp_path / "own.safetensors", "sd15"), 0.5)
    adapter = ImageAdapter(
        tiny.make_adapter(tmp_path / "ip.safetensors", tmp_path / "vision", "sd15"), tmp_path / "vision"
    )
    changes = [
        {"steps": 3}, {"guidance": 2.0}, {"scheduler": "ddim"}, {"negative": "cat"}, {"dtype": "float32"},
        {"loras": (lora,)}, {"anchors": {"strength": 0.5}}, {"anchors": {"until": 0.5}},
        {"anchors": {"blocks": "all"}}, {"anchors": {"scale": 1.0}}, {"anchors": {"isolate": False}},
        {"region_strength": 0.1}, {"softness": 0.1}, {"shared_noise": 0.5},
        {"controls": (ControlFile("pose", control),)}, {"adapter": adapter},
    ]  # fmt: skip
    described = [open_renderer(checkpoints["sd15", "folder"], **change).describe() for change in changes]
    texts = {json.dumps(one, sort_keys=True) for one in [plain, *described]}
    assert len(texts) == len(changes) + 1
    same = open_renderer(checkpoints["sd15", "folder"], anchors={"cache_mib": 1}, device="cpu", offload=True).describe()
    assert same == plain


def test_what_does_not_fit_into_clip_is_left_out_and_said_once(checkpoints, open_renderer, render, job, caplog):
    renderer = open_renderer(checkpoints["sd15", "folder"])
    long = job()
    long = replace(long, style=long.style.model_copy(update={"description": "grainy " * 40}))
    with caplog.at_level("INFO"):
        render(renderer, long)
        render(renderer, long)
    said = [record.getMessage() for record in caplog.records if "left out of the prompt" in record.getMessage()]
    assert any("grainy" in line for line in said)
    assert len(said) == len(set(said)) == 1 + sum("scene 's1'" in line and "grainy" not in line for line in said)
    model, _ = renderer._loaded()
    assert model.count_tokens(renderer._texts(long, model.count_tokens).photo) <= 75


def test_a_checkpoint_whose_checker_holds_a_picture_back_fails_the_photo(
    checkpoints, open_renderer, render, job, plain
):
    renderer = open_renderer(checkpoints["sd15", "folder"], **plain, fresh=True)
    pipe = renderer._loaded()[0].pipe
    pipe.run_safety_checker = lambda image, device, dtype: (image, [True])
    with pytest.raises(AlbumError, match="own safety checker held back the picture of scene 's1'"):
        render(renderer, job())


def test_a_package_that_is_not_installed_is_named(checkpoints, open_renderer, render, job, monkeypatch):
    monkeypatch.delitem(sys.modules, "synthetic_albums.stages.render.pipelines.loading", raising=False)
    monkeypatch.setitem(sys.modules, "diffusers", None)
    with pytest.raises(AlbumError, match=r"needs the package 'diffusers', .*pip install"):
        render(open_renderer(checkpoints["sd15", "folder"], fresh=True), job())
