"""ComfyUI's sampling, encoding and memory, as the renderer over its models needs them.

Whatever ComfyUI names differently from version to version is looked up here and nowhere else. Tried with 0.3.64 and
with a fork of 0.12.
"""

import functools
import sys

# Offered where ComfyUI is not there to be asked: what all of its versions know.
SAMPLERS = (
    "euler",
    "euler_ancestral",
    "heun",
    "dpm_2",
    "dpm_2_ancestral",
    "lms",
    "dpmpp_2s_ancestral",
    "dpmpp_sde",
    "dpmpp_2m",
    "dpmpp_2m_sde",
    "dpmpp_3m_sde",
    "ddpm",
    "lcm",
    "ddim",
    "uni_pc",
    "uni_pc_bh2",
)
SCHEDULERS = ("normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform", "beta")


def sampler_names():
    """The samplers of the running ComfyUI, else those that all versions know."""
    return list(getattr(_sampling_class(), "SAMPLERS", SAMPLERS))


def scheduler_names():
    """The schedulers of the running ComfyUI, else those that all versions know."""
    return list(getattr(_sampling_class(), "SCHEDULERS", SCHEDULERS))


def _sampling_class():
    loaded = sys.modules.get("comfy.samplers")  # never imported from here: listing nodes must stay cheap
    return getattr(loaded, "KSampler", None)


class ComfySampling:
    """`stages.render.native.ModelHost` by ComfyUI itself."""

    def sample(
        self,
        model,
        noise,
        latent,
        positive,
        negative,
        *,
        sampler,
        scheduler,
        steps,
        guidance,
        denoise,
        seed,
        on_step,
    ):
        import comfy.model_management
        import comfy.sample

        def stepped(step, denoised, current, total):
            comfy.model_management.throw_exception_if_processing_interrupted()
            on_step(step + 1, current)

        latent = comfy.sample.fix_empty_latent_channels(model, latent)
        return comfy.sample.sample(
            model,
            noise.reshape(latent.shape),
            steps,
            guidance,
            sampler,
            scheduler,
            positive,
            negative,
            latent,
            denoise=denoise,
            callback=stepped,
            disable_pbar=True,
            seed=seed,
        )

    def empty_latent(self, model, width, height, cell):
        import comfy.model_management
        import comfy.sample
        import torch

        channels = getattr(model.get_model_object("latent_format"), "latent_channels", 4)
        device = comfy.model_management.intermediate_device()
        empty = torch.zeros((1, channels, height // cell, width // cell), device=device)
        return comfy.sample.fix_empty_latent_channels(model, empty)

    def noise(self, latent, seed):
        import comfy.sample

        return comfy.sample.prepare_noise(latent, seed)

    def encode(self, vae, pixels):
        return vae.encode(pixels[..., :3])

    def decode(self, vae, latent):
        pixels = vae.decode(latent)
        return pixels if pixels.ndim == 4 else pixels.reshape(-1, *pixels.shape[-3:])

    def load_device(self, model):
        return model.load_device

    def attend(self, query, key, value, heads, mask, extra):
        from comfy.ldm.modules.attention import optimized_attention, optimized_attention_masked

        chosen = optimized_attention if mask is None else optimized_attention_masked
        if mask is not None and chosen.__name__ == "attention_sage":  # which drops masks without a word
            from comfy.ldm.modules.attention import attention_pytorch as chosen
        given = {} if mask is None else {"mask": mask}
        precision = extra.get("attn_precision")
        if not _takes_options(chosen):
            return chosen(query, key, value, heads, attn_precision=precision, **given)
        return chosen(query, key, value, heads, attn_precision=precision, transformer_options=extra, **given)

    def on_prediction(self, model, key, wrapper):
        from comfy.patcher_extension import WrappersMP

        model.add_wrapper_with_key(WrappersMP.PREDICT_NOISE, key, wrapper)

    def predict(self, inner, conditioning, latent, sigma, options):
        import comfy.sampler_helpers
        import comfy.samplers

        conds = {"positive": comfy.sampler_helpers.convert_cond(conditioning)}
        conds = comfy.samplers.process_conds(inner, latent, conds, latent.device)
        comfy.samplers.calc_cond_batch(inner, [conds["positive"]], latent, sigma, options)

    def relieve(self):
        import comfy.model_management

        comfy.model_management.unload_all_models()
        comfy.model_management.soft_empty_cache()

    def out_of_memory(self, error):
        import comfy.model_management
        import torch

        known = getattr(comfy.model_management, "OOM_EXCEPTION", torch.cuda.OutOfMemoryError)
        asks = getattr(comfy.model_management, "is_oom", None)  # of newer versions, which know more kinds
        return isinstance(error, (known, MemoryError)) or bool(asks and asks(error))


@functools.cache
def _takes_options(attention):
    import inspect

    parameters = inspect.signature(attention).parameters.values()
    return any(one.name == "transformer_options" or one.kind is one.VAR_KEYWORD for one in parameters)
