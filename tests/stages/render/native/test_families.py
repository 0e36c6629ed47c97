"""What a model is, told by its classes; and parts that do not belong to it."""

from types import SimpleNamespace

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.render.native import families
from synthetic_albums.stages.render.native.families import (
    Family,
    family_of,
    require_control,
    require_fitting,
    require_text_width,
)

from .doubles import Control, Patcher, Transformer, UNetModel, Vae, made_as, values

EDITING = ["QwenImage", "Omnigen2", "LongCatImage", "Flux2", "Flux"]
NO_PHOTOS = [
    ("SVD_img2vid", "videos"), ("SV3D_u", "turning objects"), ("SV3D_p", "turning objects"),
    ("Stable_Zero123", "turning objects"), ("GenmoMochi", "videos"), ("LTXV", "videos"), ("LTXAV", "videos"),
    ("HunyuanVideo", "videos"), ("CosmosVideo", "videos"), ("WAN21", "videos"), ("WAN22", "videos"),
    ("HunyuanVideo15", "videos"), ("StableAudio1", "sound"), ("ACEStep", "sound"), ("Hunyuan3Dv2", "shapes"),
    ("Hunyuan3Dv2_1", "shapes"), ("SD_X4Upscaler", "enlargements"),
    ("StableCascade_B", "the second half of a cascade"), ("SDXLRefiner", "refined pictures"),
]  # fmt: skip


def test_the_tables_are_those_that_are_tested():
    assert [name for name, _ in families._REFERENCE] == EDITING
    assert list(families._NO_PHOTOS.items()) == NO_PHOTOS
    assert {"Chroma", "ChromaRadiance"} == families._DROPPING


@pytest.mark.parametrize("config", ["SD15", "SD20", "SDXL", "SSD1B"])
def test_every_model_with_comfyuis_unet_is_a_unet_by_the_name_of_its_layout(config):
    assert family_of(Patcher(made_as("SDXL_Model", config=config))) == Family(config, "unet")


def test_a_subclass_of_the_unet_is_one_too(unet):
    unet.model.diffusion_model.__class__ = type("UNetWithMore", (UNetModel,), {})
    assert family_of(unet).kind == "unet"


@pytest.mark.parametrize("name", EDITING)
@pytest.mark.parametrize("by", ["itself", "a subclass"])
def test_models_for_editing_are_known_by_their_class(other, name, by):
    family = family_of(other(*(["Newer"] if by == "a subclass" else []), name))
    assert family is dict(families._REFERENCE)[name]
    assert family.kind == "reference"
    assert family.label.format(2).endswith(" 2")
    assert family.most >= 3
    assert family.pictures_in_text == (name == "QwenImage")


def test_the_most_special_class_decides(other):
    assert family_of(other("LongCatImage", "Flux")).name == "LongCat-Image"
    assert family_of(other("Flux2", "Flux")).name == "Flux.2"


def test_z_image_takes_references_where_it_has_a_part_that_reads_pictures(other):
    model = other("Lumina2")
    model.model.diffusion_model.siglip_embedder = None
    assert family_of(model).kind == "text"
    model.model.diffusion_model.siglip_embedder = object()
    family = family_of(model)
    assert (family.name, family.kind, family.texts_between) == ("Z-Image Omni", "reference", True)


@pytest.mark.parametrize("name", ["Chroma", "ChromaRadiance"])
def test_classes_that_drop_references_are_told_by_text_alone(other, name):
    assert family_of(other(name, "Flux")) == Family("Known", "text")


@pytest.mark.parametrize("names", [["SD3"], ["PixArt"], ["Lumina2"], ["SomethingNew"]])
def test_what_is_not_known_is_told_by_text_alone(other, names):
    assert family_of(other(*names)) == Family("Known", "text")


@pytest.mark.parametrize(("name", "made"), NO_PHOTOS)
@pytest.mark.parametrize("by", ["itself", "a subclass"])
def test_what_makes_no_photos_is_refused(other, name, made, by):
    with pytest.raises(AlbumError, match=f"which makes {made} and no photos: connect a model of pictures"):
        family_of(other(*(["WAN21_Vace"] if by == "a subclass" else []), name))


def test_a_video_unet_is_refused_although_it_is_a_unet():
    with pytest.raises(AlbumError, match="The model is a SVD_img2vid, which makes videos"):
        family_of(Patcher(made_as("SVD_img2vid")))


@pytest.mark.parametrize("given", [None, "a file name", SimpleNamespace(model=None), SimpleNamespace(model=object())])
def test_what_is_no_model_is_refused(given):
    with pytest.raises(AlbumError, match=f"of the type {type(given).__name__}, which cannot be sampled"):
        family_of(given)


def test_a_vae_of_another_latent_is_refused(unet):
    vae, family = Vae(), family_of(unet)
    require_fitting(unet, vae, family)
    vae.latent_channels = 16
    with pytest.raises(AlbumError, match=r"latents have 16 channels, but those of the model \(SD15\) have 4"):
        require_fitting(unet, vae, family)


@pytest.mark.parametrize("given", [None, object()])
def test_what_is_no_vae_is_refused(unet, given):
    with pytest.raises(AlbumError, match="The vae input holds no VAE"):
        require_fitting(unet, given, family_of(unet))


def test_a_vae_that_says_nothing_of_its_latents_is_given_the_benefit_of_the_doubt(unet):
    require_fitting(unet, SimpleNamespace(decode=lambda latent: latent), family_of(unet))


def test_a_controlnet_of_another_family_is_refused(unet, other):
    family = family_of(unet)
    require_control(Control(), "pose", unet, family)
    with pytest.raises(AlbumError, match="pose ControlNet was made for a UNet that reads texts of 20 numbers"):
        require_control(Control(told=20), "pose", unet, family)
    flux = other("Flux")
    with pytest.raises(AlbumError, match=r"the model \(Flux\) is no UNet: connect a ControlNet of the model's family"):
        require_control(Control(), "depth", flux, family_of(flux))


def test_a_controlnet_that_cannot_be_told_is_left_to_the_host(unet, other):
    for model in (unet, other("Flux")):
        require_control(Control(network=False), "pose", model, family_of(model))
        bare = SimpleNamespace(control_model=Transformer())
        require_control(bare, "pose", model, family_of(model))


def test_texts_of_another_width_are_refused(unet, other):
    require_text_width(values(1, 5, 12), unet, family_of(unet))
    with pytest.raises(AlbumError, match=r"gives 20 numbers a token, but the model \(SD15\) reads 12: connect the"):
        require_text_width(values(1, 5, 20), unet, family_of(unet))
    flux = other("Flux")
    require_text_width(values(1, 5, 20), flux, family_of(flux))  # of these the widths are not known
