"""What AlbumModelRenderer does in a real ComfyUI: `python native_side.py COMFYUI_ROOT TINY_CHECKPOINT > found.json`.

To be run with the Python that ComfyUI runs with. Every check gives plain values; test_native.py says what they must be.
"""

import contextlib
import gc
import importlib.util
import json
import logging
import math
import sys
from dataclasses import replace
from pathlib import Path

PACK = Path(__file__).resolve().parents[2]
PLAIN = {
    "sampler": "euler", "scheduler": "normal", "steps": 4, "cfg": 5.0, "denoise": 1.0, "negative_prompt": "bad",
    "anchor_strength": 1.0, "regions": "auto", "region_strength": 0.6,
}  # fmt: skip
ALONE = {"anchor_strength": 0.0, "regions": "off"}
EDIT = {"cfg": 1.0, "scheduler": "simple"}


def prepare(root):
    """Make ComfyUI importable on the CPU, and this pack beside it."""
    sys.path.insert(0, str(root))
    sys.argv = [sys.argv[0], "--cpu"]
    import torch

    torch.set_num_threads(1)
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        with contextlib.suppress(RuntimeError):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import comfy.options

    comfy.options.enable_args_parsing()
    package("synthetic_albums", PACK)
    from synthetic_albums.stages.render.native import renderer

    renderer._NATIVE.update(unet=128, reference=128, text=128)  # portraits of tiny models need not be large
    return library


def package(name, folder):
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def quiet(*_):
    pass


class Bench:
    """A tiny SD 1.5 and a scene with two people, their portraits and their place."""

    def __init__(self, tiny, checkpoint):
        self.tiny, self.checkpoint = tiny, checkpoint
        self.parts = tiny.TinyCheckpoint().load(str(checkpoint))
        self.job = make_job()

    def renderer(self, parts=None, **chosen):
        from synthetic_albums.nodes.render_model import AlbumModelRenderer

        return AlbumModelRenderer().make(*(parts or self.parts), **{**PLAIN, **chosen})[0]

    def photo(self, job=None, parts=None, **chosen):
        made = self.renderer(parts, **chosen)
        try:
            return made.render_photo(job or self.job, on_step=quiet)
        finally:
            made.close()

    def refusal(self, act):
        """The sentence that an act is refused with."""
        from synthetic_albums.stages.errors import AlbumError

        try:
            act()
        except AlbumError as error:
            return str(error)
        return None


def make_job(scene="s1", people=("ana", "leo"), size=64, **kept):
    """As the unit tests of the renderer over checkpoints have it."""
    import numpy as np
    from synthetic_albums.stages.identity import cast_characters
    from synthetic_albums.stages.layout import lay_out_scene
    from synthetic_albums.stages.records import AlbumPlan, CastEntry, Character, Environment, Hair, Outfit, Scene
    from synthetic_albums.stages.render.renderer import photo_job
    from synthetic_albums.stages.seeds import derive_seed

    def picture(name):
        pixels = np.full((64, 64, 3), 210, np.uint8)
        pixels[8:-8, 16:-16] = np.random.default_rng(derive_seed(name)).integers(0, 160, 3)
        return pixels

    plan = AlbumPlan(
        title="A walk",
        seed=5,
        characters=[
            Character(id="ana", name="Ana", gender="female", hair=Hair(style="long", color="red"),
                      outfits=[Outfit(id="day", top_color="blue")]),
            Character(id="leo", name="Leo", gender="male", skin_tone=9, outfits=[Outfit(id="day", top_color="red")]),
        ],
        environments=[Environment(id="place", kind="park", features=["red bandstand"])],
        scenes=[
            Scene(id=scene, title="t", caption="Ana and Leo.", environment="place", time="2026-06-14T09:30:00",
                  cast=[CastEntry(character=name, outfit="day") for name in people]),
        ],
    )  # fmt: skip
    cast = cast_characters(plan)
    members = tuple(replace(cast.member(name), portraits=(picture(name),)) for name in people)
    layout = lay_out_scene(plan, plan.scenes[0], width=size, height=size)
    job = photo_job(
        plan, plan.scenes[0], layout, members, width=size, height=size,
        seed=derive_seed(plan.seed, "photo", scene, 0), attempt=0, plate=picture("plate"),
    )  # fmt: skip
    return replace(job, **kept)


def apart(one, two):
    """Mean and largest difference of two pictures."""
    import numpy as np

    difference = np.abs(one.astype(int) - two.astype(int))
    return {"mean": float(difference.mean()), "max": int(difference.max())}


def with_ksampler(bench, parts, text, *, latent=None, cfg=5.0, scheduler="normal", denoise=1.0, seed=None):
    """The same picture by core's own nodes."""
    import torch

    try:
        from nodes import common_ksampler
    except ImportError:  # forks that are packages
        from comfy.nodes.base_nodes import common_ksampler

    model, clip, vae = parts
    told = [clip.encode_from_tokens_scheduled(clip.tokenize(one)) for one in (text, "bad")]
    latent = torch.zeros(1, 4, 8, 8) if latent is None else latent
    seed = bench.job.seed if seed is None else seed
    found = common_ksampler(model, seed, 4, cfg, "euler", scheduler, *told, {"samples": latent}, denoise=denoise)[0]
    return (vae.decode(found["samples"])[0].clamp(0, 1) * 255).round().byte().numpy()


def check_ksampler(bench):
    """Without anchors and regions a photo is KSampler's, from noise and from a picture."""
    import numpy as np
    import torch

    found = {}
    for name in ("sd15", "sdxl"):
        parts = bench.parts if name == "sd15" else bench.tiny.TinyModel().make("sdxl")
        made = bench.renderer(parts, **ALONE)
        text = made.words.photo(bench.job).photo
        found[name] = apart(made.render_photo(bench.job, on_step=quiet), with_ksampler(bench, parts, text))
        half = bench.renderer(parts, **ALONE, denoise=0.5)
        start = torch.from_numpy(half.start_picture(bench.job).astype(np.float32) / 255)[None]
        theirs = with_ksampler(bench, parts, text, latent=parts[2].encode(start), denoise=0.5)
        found[f"{name}_from_picture"] = apart(half.render_photo(bench.job, on_step=quiet), theirs)
        found[f"{name}_moved"] = apart(
            half.render_photo(bench.job, on_step=quiet), made.render_photo(bench.job, on_step=quiet)
        )
    return found


def check_effects(bench):
    """Everything that is chosen does something, and nothing depends on another photo."""
    alone, large = bench.photo(**ALONE), make_job(size=128)
    found = {
        "anchors": apart(bench.photo(regions="off"), alone),
        "regions": apart(bench.photo(anchor_strength=0.0), alone),
        "masks": apart(bench.photo(anchor_strength=0.0, regions="masks"), alone),
        "blocks": apart(bench.photo(anchor_blocks="all"), bench.photo()),
        "until": apart(bench.photo(anchors_until=0.25), bench.photo()),
        "scale": apart(bench.photo(large, anchor_scale=1.0), bench.photo(large)),
        "noise": apart(bench.photo(shared_noise=0.5), bench.photo()),
        "extra": apart(bench.photo(extra_prompt="oil painting"), bench.photo()),
        "no_weight": apart(bench.photo(replace(bench.job, weight=0.0), regions="off"), alone),
        "half_weight": apart(bench.photo(replace(bench.job, weight=0.5)), bench.photo()),
        "again": apart(bench.photo(), bench.photo()),
        "no_cache": apart(bench.photo(anchor_cache_mib=0), bench.photo()),
    }
    made = bench.renderer()
    made.render_photo(make_job("s2", ("leo",)), on_step=quiet)
    found["after_another"] = apart(made.render_photo(bench.job, on_step=quiet), bench.photo())
    found["computed"] = made._studio[1].cache.computed
    made.render_photo(make_job("s3"), on_step=quiet)
    found["computed_later"] = made._studio[1].cache.computed
    made.close()
    xl = bench.tiny.TinyModel().make("sdxl")
    found["sdxl_anchors"] = apart(bench.photo(parts=xl, regions="off"), bench.photo(parts=xl, **ALONE))
    found["sdxl_regions"] = apart(bench.photo(parts=xl, anchor_strength=0.0), bench.photo(parts=xl, **ALONE))
    return found


def check_parity(bench):
    """Against the renderer over checkpoints, with the same weights, noise, sampler and steps."""
    from synthetic_albums.nodes.comfy_sampling import ComfySampling
    from synthetic_albums.stages.render.native import ModelRenderer, ModelSettings
    from synthetic_albums.stages.render.pipelines import AnchorSettings, DiffusersRenderer, RenderSettings

    class DiffusersNoise(ComfySampling):
        """diffusers starts "leading" timesteps from noise of variance sigma^2 + 1, ComfyUI from sigma^2."""

        def sample(self, model, noise, *given, **chosen):
            from comfy.samplers import KSampler

            steps, names = chosen["steps"], {"sampler": chosen["sampler"], "scheduler": chosen["scheduler"]}
            sigma = float(KSampler(model, steps=steps, device="cpu", denoise=1.0, **names).sigmas[0])
            return super().sample(model, noise * math.sqrt(sigma**2 + 1) / sigma, *given, **chosen)

    found = {}
    for strength in (0.0, 1.0):
        for region_strength in (0.0, 0.6):
            shared = {"anchors": AnchorSettings(strength=strength), "region_strength": region_strength}
            shared |= {"steps": 4, "guidance": 5.0, "negative": "bad", "shared_noise": 0.3}
            ours = ModelRenderer(
                *bench.parts,
                ModelSettings(sampler="euler", scheduler="ddim_uniform", **shared),
                DiffusersNoise(),
            )
            theirs = DiffusersRenderer(RenderSettings(bench.checkpoint, scheduler="euler", device="cpu", **shared))
            one, two = (made.render_photo(bench.job, on_step=quiet) for made in (ours, theirs))
            found[f"anchors {strength:g} regions {region_strength:g}"] = apart(one, two)
            ours.close()
            theirs.close()
    return found


def check_other_packs(bench):
    """Patches of others are called, a block that somebody replaced stays theirs, and the MODEL stays as it was."""
    from comfy.ldm.modules.attention import optimized_attention
    from comfy.patcher_extension import WrappersMP

    calls = dict.fromkeys(("attn1", "output", "cfg", "function", "replaced", "wrapper"), 0)

    def counted(name, result):
        def patch(*given):
            calls[name] += 1
            return result(*given)

        return patch

    model = bench.parts[0].clone()
    model.set_model_attn1_patch(counted("attn1", lambda n, context, value, extra: (n, context, value)))
    model.set_model_attn1_output_patch(counted("output", lambda n, extra: n))
    model.set_model_sampler_cfg_function(
        counted("cfg", lambda a: a["uncond"] + a["cond_scale"] * (a["cond"] - a["uncond"]))
    )
    model.set_model_unet_function_wrapper(counted("function", lambda f, a: f(a["input"], a["timestep"], **a["c"])))
    tokens = []

    def replaced(q, k, v, extra):
        calls["replaced"] += 1
        tokens.append((q.shape[1], k.shape[1]))
        return optimized_attention(q, k, v, extra["n_heads"])

    model.set_model_attn1_replace(replaced, "middle", 0)

    def wrapper(executor, *given, **named):
        calls["wrapper"] += 1
        return executor(*given, **named)

    model.add_wrapper_with_key(WrappersMP.APPLY_MODEL, "another pack", wrapper)
    parts = (model, *bench.parts[1:])
    before, weights = repr(model.model_options), sum(float(p.double().sum()) for p in model.model.parameters())
    anchored, alone = bench.photo(parts=parts), bench.photo(parts=parts, anchor_strength=0.0)
    after = sum(float(p.double().sum()) for p in model.model.parameters())
    only_middle = bench.photo(parts=parts, anchor_blocks="deepest", regions="off")
    return {
        "calls": calls,
        "still_anchored": apart(anchored, alone),
        "theirs_alone": apart(only_middle, bench.photo(parts=parts, **ALONE)),
        "their_tokens": sorted(set(tokens)),
        "options_kept": before == repr(model.model_options),
        "weights_kept": weights == after,
        "wrappers": sorted(str(kind) for kind in model.wrappers),
    }


def check_core_patches(bench):
    """Core's own nodes that change attention while sampling: photos are made, and still look at their anchors."""
    import importlib

    found = {}
    large = make_job(size=256)
    for module, name, given in (
        ("nodes_pag", "PerturbedAttentionGuidance", {"scale": 3.0}),
        ("nodes_tomesd", "TomePatchModel", {"ratio": 0.3}),
        ("nodes_hypertile", "HyperTile", {"tile_size": 128, "swap_size": 2, "max_depth": 1, "scale_depth": False}),
    ):
        kind = getattr(importlib.import_module(f"comfy_extras.{module}"), name)
        if hasattr(kind, "execute"):
            gave = kind.execute(model=bench.parts[0], **given)
            model = getattr(gave, "result", gave)[0]
        else:
            model = getattr(kind(), kind.FUNCTION)(model=bench.parts[0], **given)[0]
        parts = (model, *bench.parts[1:])
        shown = bench.photo(large, parts=parts)
        found[name] = apart(shown, bench.photo(large, parts=parts, anchor_strength=0.0))
    return found


def check_references(bench):
    """Models for editing are given anchors as latents, in order; others are said to ignore them."""
    found = {}
    for kind in ("flux", "omnigen2", "chroma", "z_image"):
        try:
            parts = bench.tiny.TinyModel().make(kind)
        except TypeError:  # this ComfyUI is older than that kind
            continue
        given, texts = [], []
        network, clip = parts[0].model.diffusion_model, parts[1]

        def forward(*inputs, _kept=network.forward, _given=given, **named):
            _given.append([tuple(one.shape) for one in named.get("ref_latents") or []])
            return _kept(*inputs, **named)

        def tokenize(text, *more, _kept=clip.tokenize, _texts=texts, **named):
            _texts.append(text)
            return _kept(text, *more, **named)

        network.forward, clip.tokenize = forward, tokenize
        with logged() as lines:
            full = bench.photo(parts=parts, **EDIT)
            shapes, given[:] = list(given), []
            weak = bench.photo(replace(bench.job, weight=0.5), parts=parts, **EDIT)
            weaker, given[:] = list(given), []
            alone = bench.photo(parts=parts, **EDIT, anchor_strength=0.0)
        found[kind] = {
            "shapes": shapes, "weaker": [len(one) for one in weaker], "alone": [len(one) for one in given],
            "effect": apart(full, alone), "weak_effect": apart(weak, full), "warned": lines,
            "texts": [text for text in texts if "image 1" in text][:1],
        }  # fmt: skip
    return found


@contextlib.contextmanager
def logged():
    """The warnings of the renderer."""
    lines = []

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())

    logger, handler = logging.getLogger("synthetic_albums.stages.render.native.renderer"), Lines(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)


def check_pictures_in_text(bench):
    """Qwen-Image: latents with a time, the host's own autoencoder, and pictures for the text encoder."""
    model, clip, vae = bench.tiny.TinyModel().make("qwen")
    texts, shapes = [], []
    network, plain = model.model.diffusion_model, clip.tokenize
    clip.tokenizer.llama_template_images = "<system><|vision_start|><|image_pad|><|vision_end|>{}<end>"

    def tokenize(text, images=(), llama_template=None, **named):
        texts.append((text, [tuple(one.shape) for one in images], llama_template))
        return plain(text, **named)

    def forward(*inputs, _kept=network.forward, **named):
        shapes.append([tuple(one.shape) for one in named.get("ref_latents") or []])
        return _kept(*inputs, **named)

    clip.tokenize, network.forward = tokenize, forward
    shown = bench.photo(parts=(model, clip, vae), **EDIT)
    first = shapes[0]
    alone = bench.photo(parts=(model, clip, vae), **EDIT, anchor_strength=0.0)
    return {
        "shapes": first, "effect": apart(shown, alone), "text": next(one for one in texts if one[1]),
        "from_picture": apart(bench.photo(parts=(model, clip, vae), **EDIT, denoise=0.5), shown),
    }  # fmt: skip


def check_controls(bench):
    """A ControlNet acts; one of another family is refused."""
    control = bench.tiny.tiny_control()
    plain = bench.photo()
    return {
        "effect": apart(bench.photo(pose_control_net=control), plain),
        "two": apart(
            bench.photo(pose_control_net=control, depth_control_net=control), bench.photo(pose_control_net=control)
        ),
        "off": apart(bench.photo(pose_control_net=control, control_strength=0.0), plain),
        "left_as_it_was": control.cond_hint_original is None and control.previous_controlnet is None,
        "other_family": bench.refusal(lambda: bench.photo(depth_control_net=bench.tiny.tiny_control(48))),
        "unet_for_flux": bench.refusal(
            lambda: bench.photo(parts=bench.tiny.TinyModel().make("flux"), pose_control_net=control, **EDIT)
        ),
    }


def check_references_of_people(bench):
    """Portraits, views and plates."""
    member, character = bench.job.members[0], bench.job.characters[0]
    found = {}
    for kind in ("sd15", "flux"):
        parts = bench.parts if kind == "sd15" else bench.tiny.TinyModel().make(kind)
        made = bench.renderer(parts, **(EDIT if kind == "flux" else {}))
        front = made.render_portrait(character, member, size=64, seed=3)
        known = replace(member, portraits=(front,))
        view = made.render_view(character, known, view="three_quarter", size=64, seed=3)
        blind = made.render_view(character, replace(member, portraits=()), view="three_quarter", size=64, seed=3)
        plate = made.render_plate(bench.job.environment, bench.job.style, album_seed=1, width=96, height=64)
        found[kind] = {
            "sizes": [front.shape, view.shape, plate.shape],
            "view_follows_front": apart(view, blind),
            "again": apart(front, made.render_portrait(character, member, size=64, seed=3)),
        }
        made.close()
    return found


def check_refusals(bench):
    """Bad input, in a sentence each."""
    import comfy.model_management
    import torch

    model, clip, vae = bench.parts
    flux = bench.tiny.TinyModel().make("flux")
    broken = model.clone()
    broken.set_model_sampler_cfg_function(lambda a: a["cond"] * float("nan"))
    full = model.clone()

    def exhausted(_function, _arguments):
        raise comfy.model_management.OOM_EXCEPTION("CUDA out of memory")

    full.set_model_unet_function_wrapper(exhausted)
    stopped = model.clone()

    def interrupt(_function, _arguments):
        comfy.model_management.interrupt_current_processing(True)
        comfy.model_management.throw_exception_if_processing_interrupted()

    stopped.set_model_unet_function_wrapper(interrupt)
    pending, stops = [BaseException], []  # where the class lies depends on the version
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        stops += [kind] if kind.__name__ == "InterruptProcessingException" else []
    try:
        bench.photo(parts=(stopped, clip, vae))
        interruption = "none"
    except tuple(stops) as error:
        interruption = type(error).__name__
    narrow = bench.tiny.TinyModel().make("sdxl")[1]

    class Wide:
        """A text encoder of another width."""

        tokenizer = narrow.tokenizer

        def tokenize(self, text):
            return narrow.tokenize(text)

        def encode_from_tokens_scheduled(self, tokens):
            return [[torch.zeros(1, 77, 48), {}]]

    return {
        "vae": bench.refusal(lambda: bench.renderer((model, clip, flux[2]))),
        "no_clip": bench.refusal(lambda: bench.renderer((model, None, vae))),
        "no_vae": bench.refusal(lambda: bench.renderer((model, clip, None))),
        "no_model": bench.refusal(lambda: bench.renderer((None, clip, vae))),
        "clip": bench.refusal(lambda: bench.photo(parts=(model, Wide(), vae))),
        "size": bench.refusal(lambda: bench.photo(replace(bench.job, width=60))),
        "regions": bench.refusal(lambda: bench.renderer(flux, regions="attention")),
        "numbers": bench.refusal(lambda: bench.photo(parts=(broken, clip, vae))),
        "memory": bench.refusal(lambda: bench.photo(parts=(full, clip, vae))),
        "interruption": interruption,
    }


def check_nothing_stays(bench):
    """After a run nothing of ours is alive but the renderer, and it holds no tensor of its own."""
    import torch
    from synthetic_albums.stages.render.pipelines.anchors import AnchorStudio
    from synthetic_albums.stages.render.pipelines.injection import Injection

    def count():
        gc.collect()
        found = gc.get_objects()
        ours = [one for one in found if isinstance(one, (Injection, AnchorStudio))]
        return sum(isinstance(one, torch.Tensor) for one in found), len(ours)

    def patchers():
        """Patchers of the model that are alive: ours are copies, which must go."""
        return sum(type(one) is type(bench.parts[0]) and one.model is bench.parts[0].model for one in gc.get_objects())

    bench.photo()  # what ComfyUI keeps for itself is there from now on
    before, models = count(), patchers()
    made = bench.renderer()
    made.render_photo(bench.job, on_step=quiet)
    during = count()
    made.close()
    closed = count()
    first = [made.render_photo(bench.job, on_step=quiet), made.close(), count()][2]
    second = [made.render_photo(bench.job, on_step=quiet), made.close(), count()][2]
    return {
        "before": before, "during": during, "closed": closed, "first": first, "second": second,
        "models": [models, patchers()],
    }  # fmt: skip


def check_fingerprint(bench):
    """The same weights have the same hash, patched or loaded anew; others have another."""

    def weights(parts):
        return bench.renderer(parts).describe()["weights"]

    model, clip, vae = bench.parts
    lora = model.clone()
    name = next(name for name in model.model.state_dict() if name.endswith("attn1.to_v.weight"))
    lora.add_patches({name: ("diff", (2 * model.model.state_dict()[name],))}, 0.5)
    weaker = model.clone()
    weaker.add_patches({name: ("diff", (2 * model.model.state_dict()[name],))}, 0.25)
    before = weights((lora, clip, vae))
    plain_before = weights(bench.parts)
    changed = bench.photo(parts=(lora, clip, vae))
    return {
        "plain": plain_before, "again": weights(bench.tiny.TinyCheckpoint().load(str(bench.checkpoint))),
        "lora": before, "weaker": weights((weaker, clip, vae)), "lora_after_run": weights((lora, clip, vae)),
        "plain_after_run": weights(bench.parts), "sdxl": weights(bench.tiny.TinyModel().make("sdxl")),
        "lora_acts": apart(changed, bench.photo()),
    }  # fmt: skip


CHECKS = {
    "ksampler": check_ksampler,
    "effects": check_effects,
    "parity": check_parity,
    "other_packs": check_other_packs,
    "core_patches": check_core_patches,
    "references": check_references,
    "pictures_in_text": check_pictures_in_text,
    "controls": check_controls,
    "people": check_references_of_people,
    "refusals": check_refusals,
    "nothing_stays": check_nothing_stays,
    "fingerprint": check_fingerprint,
}


def main():
    root, checkpoint = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    chosen = sys.argv[3:] or list(CHECKS)
    library = prepare(root)
    logging.disable(logging.INFO)
    import torch

    bench = None
    found = {}
    with torch.inference_mode(), contextlib.redirect_stdout(sys.stderr):
        bench = Bench(package("tiny_models", Path(__file__).parent / "tiny_models"), checkpoint)
        for name in chosen:
            found[name] = CHECKS[name](bench)
    sys.stdout.write(json.dumps(found))
    del library


if __name__ == "__main__":
    main()
