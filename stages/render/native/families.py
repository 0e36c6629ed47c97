"""What a model is, and so how it can be shown who is to be painted.

A model is known by the classes that its host built it of, never by its name. Three kinds are told apart: UNets, whose
self-attention can look at anchors; models for editing, which take reference latents as further picture tokens; and all
others, which would ignore either in silence, so that this has to be said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ...errors import AlbumError

FamilyKind = Literal["unet", "reference", "text"]


@dataclass(frozen=True)
class Family:
    """A kind of model. label: how prompts call the n-th reference. most: references in one picture.

    pictures_in_text: whether its text encoder is shown the references, too. texts_between: whether it reads a piece of
    text ahead of every reference, which makes of text and pictures one sequence.
    """

    name: str
    kind: FamilyKind
    label: str = ""
    most: int = 0
    pictures_in_text: bool = False
    texts_between: bool = False


# By class, most special first. What each honours is read from the hosts' sources; see the help page.
_REFERENCE: Final[tuple[tuple[str, Family], ...]] = (
    ("QwenImage", Family("Qwen-Image", "reference", "Picture {}", 5, pictures_in_text=True)),
    ("Omnigen2", Family("OmniGen2", "reference", "image {}", 5)),
    ("LongCatImage", Family("LongCat-Image", "reference", "image {}", 4)),
    ("Flux2", Family("Flux.2", "reference", "image {}", 6)),
    ("Flux", Family("Flux", "reference", "image {}", 4)),
)
# Built like Z-Image, which takes none; it has a part that reads pictures.
_Z_IMAGE: Final = Family("Z-Image Omni", "reference", "image {}", 5, texts_between=True)
# They inherit from a class that takes references, but drop them on the way.
_DROPPING: Final = {"Chroma", "ChromaRadiance"}
_NO_PHOTOS: Final[dict[str, str]] = {
    "SVD_img2vid": "videos", "SV3D_u": "turning objects", "SV3D_p": "turning objects",
    "Stable_Zero123": "turning objects", "GenmoMochi": "videos", "LTXV": "videos", "LTXAV": "videos",
    "HunyuanVideo": "videos", "CosmosVideo": "videos", "WAN21": "videos", "WAN22": "videos",
    "HunyuanVideo15": "videos", "StableAudio1": "sound", "ACEStep": "sound", "Hunyuan3Dv2": "shapes",
    "Hunyuan3Dv2_1": "shapes", "SD_X4Upscaler": "enlargements", "StableCascade_B": "the second half of a cascade",
    "SDXLRefiner": "refined pictures",
}  # fmt: skip


def family_of(model: Any) -> Family:
    """What a MODEL is.

    Args:
        model: a patcher whose `model` is the host's model and whose `model.diffusion_model` is the network.

    Raises:
        AlbumError: there is no model, it is none, or it makes no photos.
    """
    inner = getattr(model, "model", None)
    network = getattr(inner, "diffusion_model", None)
    if model is None or inner is None or network is None:
        raise AlbumError(
            f"The model input is of the type {type(model).__name__}, which cannot be sampled: connect the MODEL of "
            "Load Checkpoint or Load Diffusion Model."
        )
    classes = _classes(inner)
    made = next((_NO_PHOTOS[name] for name in classes if name in _NO_PHOTOS), None)
    if made is not None:
        raise AlbumError(f"The model is a {classes[0]}, which makes {made} and no photos: connect a model of pictures.")
    known = type(getattr(inner, "model_config", inner)).__name__  # of a checkpoint's layout, as in SD15 or SDXL
    if "UNetModel" in _classes(network):
        return Family(known, "unet")
    if "Lumina2" in classes and getattr(network, "siglip_embedder", None) is not None:
        return _Z_IMAGE
    if not _DROPPING & set(classes):
        for name, family in _REFERENCE:
            if name in classes:
                return family
    return Family(known, "text")


def _classes(thing: Any) -> Sequence[str]:
    return [kind.__name__ for kind in type(thing).__mro__]


def require_fitting(model: Any, vae: Any, family: Family) -> None:
    """Refuse a VAE of another latent than the model's.

    Raises:
        AlbumError: there is no VAE, or its latents have another number of channels.
    """
    if vae is None or not callable(getattr(vae, "decode", None)):
        raise AlbumError("The vae input holds no VAE: connect the VAE of the checkpoint, or of Load VAE.")
    wanted = getattr(model.get_model_object("latent_format"), "latent_channels", None)
    given = getattr(vae, "latent_channels", None)
    if wanted is not None and given is not None and wanted != given:
        raise AlbumError(
            f"The VAE's latents have {given} channels, but those of the model ({family.name}) have {wanted}: connect "
            "the VAE that belongs to the model."
        )


def require_control(control: Any, kind: str, model: Any, family: Family) -> None:
    """Refuse a ControlNet that was made for another family.

    Raises:
        AlbumError: it can be told from its weights.
    """
    wanted = _text_width(getattr(model.model, "diffusion_model", None)) if family.kind == "unet" else None
    given = _text_width(getattr(control, "control_model", None))
    if given is not None and given != wanted:
        needs = f"reads texts of {wanted} numbers a token" if wanted else "is no UNet"
        raise AlbumError(
            f"The {kind} ControlNet was made for a UNet that reads texts of {given} numbers a token (768 is SD 1.5, "
            f"2048 SDXL), but the model ({family.name}) {needs}: connect a ControlNet of the model's family, or none."
        )


def require_text_width(embedding: Any, model: Any, family: Family) -> None:
    """Refuse texts that the model cannot read.

    Args:
        embedding: (1, tokens, channels).
        model: whose texts they are to be.
        family: of the model.

    Raises:
        AlbumError: a UNet reads texts of another width.
    """
    wanted = _text_width(model.model.diffusion_model) if family.kind == "unet" else None
    given = int(embedding.shape[-1])
    if wanted is not None and given != wanted:
        raise AlbumError(
            f"The text encoder gives {given} numbers a token, but the model ({family.name}) reads {wanted}: connect "
            "the CLIP that belongs to the model."
        )


def _text_width(network: Any) -> int | None:
    """Numbers of one token of text, read off the first layer that reads text; None where there is none."""
    modules = getattr(network, "named_modules", None)
    if modules is None:
        return None
    for name, module in modules():
        if name.endswith("attn2.to_k"):
            return int(module.weight.shape[1])
    return None
