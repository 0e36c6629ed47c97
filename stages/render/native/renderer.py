"""The renderer over the host's own MODEL, CLIP and VAE: memory, samplers, LoRAs and patches stay the host's."""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...errors import AlbumError
from ...records import CastMember, Character, Environment, Style
from ...seeds import derive_seed
from ..collected.conditioning import Conditioning, require_text_encoder
from ..pipelines.masks import fitted
from ..pipelines.renderer import ControlPictures, no_pictures
from ..renderer import PhotoJob, StepCallback
from .digest import control_digest, weights_digest
from .families import Family, family_of, require_control, require_fitting, require_text_width
from .host import ModelHost
from .settings import ModelSettings
from .words import Words

if TYPE_CHECKING:
    from ..pipelines.anchors import Anchor, AnchorStudio
    from ..pipelines.masks import PhotoShares
    from ..pipelines.sampling import PhotoTexts
    from .anchors import AnchorModel

# Part of every photo's fingerprint: raised whenever the same weights, settings and job give other pixels than before.
SAMPLING_VERSION: Final = "1"
SMALLEST, LARGEST = 64, 8192  # pixels of a side
_NATIVE: Final = {"unet": 512, "reference": 1024, "text": 1024}  # pixels of a side that a family is at home in
_WIDE_TEXT: Final = 2048  # numbers a token from which on a UNet is one of SDXL's size

StartPicture = Callable[[PhotoJob], np.ndarray]
Watch = Callable[[Any], None]  # puts patches into a copy of the model

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class ModelRenderer:
    """Makes photos with the model that the host has loaded.

    UNets get anchored attention, models for editing get the anchors as reference latents, and of any other it is said
    once that it cannot be shown anybody. The model itself is never changed: copies of its patcher are, for one picture.

    Args:
        model: the host's MODEL.
        clip: the host's CLIP.
        vae: the host's VAE.
        settings: everything that is chosen.
        host: samples, encodes and decodes.
        controls: the host's ControlNets by the kind of picture that they read.
        control_pictures: gives these pictures for a job, (height, width, 3) uint8.
        start_picture: what a photo starts from where `denoise` is below 1, (height, width, 3) uint8.
    """

    model: Any
    clip: Any
    vae: Any
    settings: ModelSettings
    host: ModelHost
    controls: Mapping[str, Any] = field(default_factory=dict)
    control_pictures: ControlPictures = no_pictures
    start_picture: StartPicture | None = None
    name: str = field(default="comfy", init=False)
    family: Family = field(init=False)
    _studio: "tuple[AnchorModel, AnchorStudio] | None" = field(default=None, init=False)
    words: Words = field(init=False)
    _warned: bool = field(default=False, init=False)
    _facts: dict[str, str | int | float | bool | None] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.family = family_of(self.model)
        self.clip = require_text_encoder(self.clip)
        self.words = Words(self.clip, self.family, self.settings, regional=self._regional())
        require_fitting(self.model, self.vae, self.family)
        for kind, control in self.controls.items():
            require_control(control, kind, self.model, self.family)
        if self.settings.regions == "attention" and self.family.kind != "unet":
            raise AlbumError(
                f"Texts act by region inside the attention of UNets only, and the model is a {self.family.name}: set "
                "`regions` to 'auto' or 'masks'."
            )
        if self.settings.denoise < 1 and self.start_picture is None:
            raise AlbumError("A denoise below 1 needs a picture to start from, and there is none: set it to 1.")

    def _regional(self) -> bool:
        if self.family.kind != "unet":
            return False
        from .attention import regions_possible

        possible = regions_possible(self.model)
        if not possible and self.settings.regions in ("auto", "attention"):
            _log.warning(
                "Another pack has replaced the model's cross-attention in every block, as IP-Adapters do: texts cannot "
                "act by region inside it, and everybody's looks are told in the one prompt."
            )
        return possible

    def describe(self) -> dict[str, str | int | float | bool | None]:
        """Version, a hash of the weights with all that is patched onto them, and every setting that changes pixels."""
        if self._facts is None:
            chosen, anchors = self.settings, self.settings.anchors
            self._facts = {
                "renderer": self.name,
                "version": SAMPLING_VERSION,
                "family": self.family.name,
                "weights": weights_digest(self.model, *_patchers(self.clip), *_patchers(self.vae)),
                "texts": _reading(self.clip),
                "sampler": chosen.sampler,
                "scheduler": chosen.scheduler,
                "steps": chosen.steps,
                "guidance": chosen.guidance,
                "denoise": chosen.denoise,
                "negative": chosen.negative,
                "extra": chosen.extra,
                "anchors": anchors.strength,
                "regions": self.words.regions,
                "region_strength": chosen.region_strength,
                "softness": chosen.softness,
                "shared_noise": chosen.shared_noise,
            }
            if anchors.strength > 0:
                self._facts |= {
                    "anchor_blocks": anchors.blocks,
                    "anchors_until": anchors.until,
                    "anchor_scale": anchors.scale,
                    "isolate": anchors.isolate,
                }
            for kind, control in self.controls.items():
                weights = control_digest(control)
                self._facts[f"control_{kind}"] = f"{weights}:{chosen.control_strength:g}"
        return dict(self._facts)

    def render_photo(self, job: PhotoJob, *, on_step: StepCallback) -> np.ndarray:
        """Sample one photo.

        Args:
            job: what to render; its sides are multiples of a cell of the model's latent, 64 to 8192 pixels.
            on_step: told before the first and after every step; may raise to stop.

        Returns:
            (job.height, job.width, 3) uint8.

        Raises:
            AlbumError: the size does not fit, model, text encoder, VAE and ControlNets do not fit each other, memory
                does not suffice, or the model gives values that are not numbers.
        """
        self._require_size(job)
        on_step(0, self.settings.steps + 1)  # the host may have to load the model first: whoever waits sees a start
        what = f"the photo of scene '{job.scene.id}' at {job.width} x {job.height} pixels"
        return self._guarded(lambda: self._photo(job, what, on_step), what)

    def render_portrait(self, character: Character, member: CastMember, *, size: int, seed: int) -> np.ndarray:
        """Sample a generation-0 anchor of one character from the front, on plain ground.

        It is sampled at about the size that the model was trained at and then reduced.

        Args:
            character: who.
            member: for the locked looks.
            size: side of the square in pixels.
            seed: of the noise.

        Returns:
            (size, size, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        return self.render_view(character, member, view="front", size=size, seed=seed)

    def render_view(self, character: Character, member: CastMember, *, view: str, size: int, seed: int) -> np.ndarray:
        """Sample another view of a character, which is shown the front portrait as photos are.

        Args:
            character: who.
            member: for the locked looks and the front portrait.
            view: "front", "three_quarter" or "full_length".
            size: side of the square in pixels.
            seed: of the noise.

        Returns:
            (size, size, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        what = f"the portrait of {character.name}"

        def sample() -> np.ndarray:
            from ..pipelines.anchors import Anchor

            said = self.words.portrait(character, member, view)
            anchors: list[list[Anchor]] = [[]]
            if view != "front" and member.portraits:
                front = self.words.portrait(character, member, "front")
                anchors = [[Anchor(member.portraits[0], whole=False, text=front)]]
            return self._reference(said, anchors, character.name, (size, size), seed, what)

        return fitted(self._guarded(sample, what), size, size)

    def render_plate(self, place: Environment, style: Style, *, album_seed: int, width: int, height: int) -> np.ndarray:
        """Sample a place without people, the anchor of its photos' background.

        Args:
            place: which.
            style: of the album.
            album_seed: the noise is drawn from it and the place.
            width: of the picture, pixels.
            height: of the picture, pixels.

        Returns:
            (height, width, 3) uint8.

        Raises:
            AlbumError: as `render_photo`.
        """
        what = f"the plate of '{place.id}'"
        seed = derive_seed(album_seed, "plate", place.id)

        def sample() -> np.ndarray:
            return self._reference(self.words.plate(style, place), [], "", (width, height), seed, what)

        return fitted(self._guarded(sample, what), width, height)

    def close(self) -> None:
        """Let go of what was encoded and kept; the model is the host's, and stays where the host wants it."""
        if self._studio is not None:
            self._studio[1].clear()
        self._studio = None
        self.words.clear()
        self._warned = False

    # Sampling

    def _photo(self, job: PhotoJob, what: str, on_step: StepCallback) -> np.ndarray:
        from ..pipelines.masks import photo_shares
        from ..pipelines.sampling import photo_anchors

        texts = self.words.photo(job)
        anchors = photo_anchors(job, texts)
        strength = self.settings.anchors.strength * job.weight
        shares = photo_shares(job, softness=self.settings.softness)
        size = (job.width, job.height)
        positive, watch = self._shown(job, texts, anchors, strength, shares, size)
        require_text_width(positive[0][0], self.model, self.family)
        negative = self._negative(positive)
        positive, negative = self._controlled(job, positive, negative)
        latent, noise = self._start(job)
        return self._sample(positive, negative, latent, noise, job.seed, watch, what, on_step)

    def _shown(
        self,
        job: PhotoJob,
        texts: "PhotoTexts",
        anchors: "tuple[tuple[Anchor, ...], ...]",
        strength: float,
        shares: "PhotoShares",
        size: tuple[int, int],
    ) -> tuple[Conditioning, Watch | None]:
        """The positive conditioning, and the patches that go with it."""
        from .telling import encode

        seen = strength > 0 and self.settings.anchors.until > 0 and any(anchors)
        if self.family.kind == "text" and seen:
            self._say_ignored()
        regions = self.words.regions if self.settings.region_strength > 0 else "off"
        masked = self._masked(texts, shares) if regions == "masks" else []
        positive = [*encode(self.clip, texts.photo), *masked]
        if self.family.kind == "reference" and seen:
            return self._with_references(job, texts, anchors, strength, size, positive, masked), None
        if self.family.kind != "unet":
            return positive, None
        own = tuple(encode(self.clip, text)[0][0] for text in (texts.people if regions == "attention" else ()))
        return positive, self._watch(anchors, strength, shares, own, size)

    def _negative(self, positive: Conditioning) -> Conditioning:
        """What is steered away from: with the same references, so that guidance does not double what they do."""
        from .telling import until, with_values

        plainly = self.words.told(self.settings.negative)
        shown = next((facts for _, facts in positive if "reference_latents" in facts), None)
        if shown is None or self.settings.guidance == 1:
            return plainly
        kept = {name: shown[name] for name in ("reference_latents", "reference_latents_text_embeds") if name in shown}
        return until(with_values(plainly, **kept), float(shown.get("end_percent", 1.0)), plainly)

    def _masked(self, texts: "PhotoTexts", shares: "PhotoShares") -> Conditioning:
        """Everybody's own text, limited to their region, as core's Conditioning (Set Mask) does it."""
        import torch

        from .telling import encode, with_values

        strength = self.settings.region_strength
        found: Conditioning = []
        for text, share in zip(texts.people, shares.people, strict=True):
            mask = torch.from_numpy(share)[None]
            found += with_values(encode(self.clip, text), mask=mask, set_area_to_bounds=False, mask_strength=strength)
        return found

    def _watch(
        self,
        anchors: "tuple[tuple[Anchor, ...], ...] | list[list[Anchor]]",
        strength: float,
        shares: "PhotoShares",
        texts: tuple[Any, ...],
        size: tuple[int, int],
    ) -> Watch | None:
        """Patches for anchors and regional texts; None where both are off, and then nothing is touched."""
        chosen = self.settings.anchors
        anchored = any(anchors) and strength > 0 and chosen.until > 0
        if not anchored and not texts:
            return None
        from ..pipelines.anchors import anchor_size
        from ..pipelines.injection import Injection
        from .anchors import anchor_stepping
        from .attention import before_each_prediction, patch_anchors, patch_regions

        device = self.host.load_device(self.model)
        injection = Injection(
            shares=shares,
            grid=(size[1] // self._cell(), size[0] // self._cell()),
            strength=strength if anchored else 1.0,
            isolate=chosen.isolate,
            device=device,
            texts=[text.to(device) for text in texts],
            region_strength=self.settings.region_strength,
        )
        sized = [[(anchor, anchor_size(anchor, *size, chosen.scale)) for anchor in one] for one in anchors]
        looking = self._anchors() if anchored else None
        if looking is not None:
            studio = looking[1]
            studio.cache.begin_photo({anchor.key(*at) for one in sized for anchor, at in one})
            for anchor, at in (pair for one in sized for pair in one):
                studio.prepare(anchor, at)  # ahead of sampling: encoding would drive the denoiser out of memory

        def watch(patched: Any) -> None:
            if looking is not None:
                patch_anchors(patched, injection, chosen.blocks, self.host.attend)
                before = anchor_stepping(*looking, injection, sized, chosen.until)
                before_each_prediction(self.host.on_prediction, patched, before)
            if texts:
                patch_regions(patched, injection, self.host.attend)

        return watch

    def _anchors(self) -> "tuple[AnchorModel, AnchorStudio]":
        if self._studio is None:
            from ..pipelines.anchors import AnchorStudio, FeatureCache
            from .anchors import AnchorModel

            device, bound = self.host.load_device(self.model), self.settings.anchors.cache_mib
            # Beside a GPU in main memory only: the host plans its memory, and does not know of ours.
            own = bound if device.type == "cpu" else 0
            model = AnchorModel(self.host, self.model, self.vae, self.words.told)
            self._studio = model, AnchorStudio(model, FeatureCache(device, own, bound))
        return self._studio

    def _with_references(
        self,
        job: PhotoJob,
        texts: "PhotoTexts",
        anchors: "tuple[tuple[Anchor, ...], ...]",
        strength: float,
        size: tuple[int, int],
        alone: Conditioning,
        masked: Conditioning,
    ) -> Conditioning:
        """The photo's text, and everybody's own, with references; weaker ones are let go of earlier for those alone."""
        from .telling import photo_references, until, with_references_named, with_values

        references = photo_references(job, anchors, self.family)
        text = with_references_named(texts.photo, references, self.family)
        shown = self._as_references(text, [reference.anchor for reference in references], size)
        latents = shown[0][1]["reference_latents"]
        shown = [*shown, *with_values(masked, reference_latents=latents)]
        return until(shown, self.settings.anchors.until * min(1.0, strength), alone)

    def _as_references(self, text: str, anchors: "list[Anchor]", size: tuple[int, int]) -> Conditioning:
        from ..pipelines.anchors import anchor_size
        from .telling import encode_with_references

        pictures = [fitted(one.pixels, *anchor_size(one, *size, self.settings.anchors.scale)) for one in anchors]
        return encode_with_references(self.host, self.clip, self.vae, self.family, text, pictures)

    def _reference(
        self, text: str, anchors: "list[list[Anchor]]", who: str, size: tuple[int, int], seed: int, what: str
    ) -> np.ndarray:
        """A portrait or a plate: the whole picture looks at the anchor of the same person, where there is one."""
        from ..pipelines.masks import PhotoShares
        from .telling import encode

        width, height = self._sampled_size(*size)
        shown = [one for own in anchors for one in own]
        watch = None
        if shown and self.family.kind == "reference" and self.settings.anchors.strength > 0:
            named = f"{text}. {self.family.label.format(1)}: {who}"
            positive = self._as_references(named, shown, (width, height))
        else:
            positive = encode(self.clip, text)
            if shown and self.family.kind == "unet":
                everywhere = PhotoShares(np.ones((1, 64, 64), np.float32), np.zeros((64, 64), np.float32))
                watch = self._watch([shown, []], self.settings.anchors.strength, everywhere, (), (width, height))
        require_text_width(positive[0][0], self.model, self.family)
        latent = self.host.empty_latent(self.model, width, height, self._cell())
        noise = self.host.noise(latent, seed)
        negative = self.words.told(self.settings.negative)
        return self._sample(positive, negative, latent, noise, seed, watch, what, lambda done, steps: None, denoise=1.0)

    def _controlled(
        self, job: PhotoJob, positive: Conditioning, negative: Conditioning
    ) -> tuple[Conditioning, Conditioning]:
        """Both conditionings with the ControlNets chained, as core's Apply ControlNet does."""
        import torch

        from .telling import with_values

        if not self.controls or self.settings.control_strength == 0:
            return positive, negative
        pictures = self.control_pictures(job)
        chained = None
        for kind, control in self.controls.items():
            if kind not in pictures:
                raise AlbumError(f"There is no {kind} picture of scene '{job.scene.id}': leave that ControlNet out.")
            hint = torch.from_numpy(pictures[kind].astype(np.float32) / 255)[None].movedim(-1, 1)
            fresh = control.copy().set_cond_hint(hint, self.settings.control_strength, (0.0, 1.0), vae=self.vae)
            fresh.set_previous_controlnet(chained)
            chained = fresh
        values = {"control": chained, "control_apply_to_uncond": False}
        return with_values(positive, **values), with_values(negative, **values)

    def _start(self, job: PhotoJob) -> tuple[Any, Any]:
        """The latent that a photo starts from, and the noise on it."""
        import torch

        from ..builtin.renderer import job_noise

        latent = self.host.empty_latent(self.model, job.width, job.height, self._cell())
        if self.settings.denoise < 1 and self.start_picture is not None:
            pixels = fitted(self.start_picture(job), job.width, job.height)
            latent = self.host.encode(self.vae, torch.from_numpy(pixels.astype(np.float32) / 255)[None])
        if self.settings.shared_noise == 0:
            return latent, self.host.noise(latent, job.seed)
        rows, columns = latent.shape[-2:]
        noise = job_noise(job, rows, columns, latent.shape[1], shared=self.settings.shared_noise)
        return latent, torch.from_numpy(noise).reshape(latent.shape).to(latent)

    def _sample(
        self,
        positive: Conditioning,
        negative: Conditioning,
        latent: Any,
        noise: Any,
        seed: int,
        watch: Watch | None,
        what: str,
        on_step: StepCallback,
        *,
        denoise: float | None = None,
    ) -> np.ndarray:
        import torch

        chosen = self.settings
        total = chosen.steps + 1

        def stepped(done: int, current: Any) -> None:
            if not torch.isfinite(current).all():
                raise _no_numbers(what, f"step {done}")
            on_step(min(done, total - 1), total)

        model = self.model
        if watch is not None:
            model = self.model.clone()
            watch(model)
        sampled = self.host.sample(
            model, noise, latent, positive, negative, sampler=chosen.sampler, scheduler=chosen.scheduler,
            steps=chosen.steps, guidance=chosen.guidance, denoise=chosen.denoise if denoise is None else denoise,
            seed=seed, on_step=stepped,
        )  # fmt: skip
        pixels = self.host.decode(self.vae, sampled)
        if not torch.isfinite(pixels).all():
            raise _no_numbers(what, "decoding")
        on_step(total, total)
        return (pixels[0].clamp(0, 1) * 255).round().byte().cpu().numpy()[..., :3]

    # Sizes, and what may go wrong

    def _cell(self) -> int:
        """Pixels of one cell of the latent, each way."""
        compression: Any = getattr(self.vae, "spacial_compression_encode", None)
        return int(compression()) if compression is not None else 8

    def _require_size(self, job: PhotoJob) -> None:
        cell = self._cell()
        sides = (job.width, job.height)
        if all(SMALLEST <= side <= LARGEST and side % cell == 0 for side in sides):
            return
        near = [min(LARGEST, max(SMALLEST, cell * round(side / cell))) for side in sides]
        raise AlbumError(
            f"Scene '{job.scene.id}' cannot be rendered at {job.width} x {job.height} pixels: width and height must be "
            f"multiples of {cell} from {SMALLEST} to {LARGEST}. The nearest is {near[0]} x {near[1]}; set it in Album "
            "Layout."
        )

    def _sampled_size(self, width: int, height: int) -> tuple[int, int]:
        """Sides at which a reference picture is sampled: its shape, about the area that the model knows."""
        native = _NATIVE[self.family.kind]
        if self.family.kind == "unet" and self.words.told(self.settings.negative)[0][0].shape[-1] >= _WIDE_TEXT:
            native = 2 * native
        factor = max(1.0, native / math.sqrt(width * height))
        across, down = (-(-round(side * factor) // 64) * 64 for side in (width, height))
        return across, down

    def _say_ignored(self) -> None:
        sentence = (
            f"The model is a {self.family.name}, which cannot be shown portraits or plates: it would ignore them in "
            "silence. People and places are held together by their words and the seed alone. For likeness take an SD "
            "1.5 or SDXL checkpoint, or a model for editing: Flux Kontext, Flux.2, Qwen-Image-Edit or OmniGen2."
        )
        if not self._warned:
            _log.warning(sentence)
            self._warned = True

    def _guarded(self, sample: Callable[[], np.ndarray], what: str) -> np.ndarray:
        """Run, and say what went wrong in a sentence that names the picture."""
        try:
            return sample()
        except AlbumError:
            raise
        except Exception as error:
            if self.host.out_of_memory(error):
                self.close()
                self.host.relieve()
                raise AlbumError(
                    f"There is not enough memory for {what}: choose a smaller size in Album Layout, fewer ControlNets "
                    "or a smaller anchor cache. Photos that are finished stay; the next run goes on from here."
                ) from error
            if isinstance(error, (RuntimeError, ValueError)) and _speaks_of_shapes(error):
                raise AlbumError(
                    f"The parts do not fit each other, as {what} shows ({str(error).splitlines()[0]}): connect MODEL, "
                    "CLIP, VAE and ControlNets of one family."
                ) from error
            raise


def _patchers(part: Any) -> list[Any]:
    """What holds the weights of the host's CLIP or VAE."""
    return [getattr(part, "patcher", None) or getattr(part, "first_stage_model", part)]


def _reading(clip: Any) -> str:
    """How the host's CLIP was told to read: the layer that it stops at, and options of its tokenizer."""
    options = getattr(clip, "tokenizer_options", None) or {}
    return f"layer {getattr(clip, 'layer_idx', None)} {sorted(options.items())}".removesuffix(" []")


def _speaks_of_shapes(error: Exception) -> bool:
    said = str(error)
    return any(words in said for words in ("shape", "size of tensor", "channels", "must match", "cannot be multiplied"))


def _no_numbers(what: str, where: str) -> AlbumError:
    return AlbumError(
        f"The model gave values that are not numbers for {what} ({where}): lower the CFG, choose another sampler or "
        "scheduler, or start the host with --force-fp32 or --fp32-vae."
    )
