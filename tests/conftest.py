"""What several rooms need: a built-in model of the real classes, tiny and with random weights; a real ComfyUI."""

import pytest


def write_tiny_model(folder, *, words=None, seed=0):
    """The folder layout of the shipped model, a few megabytes, untrained."""
    from dataclasses import replace

    import torch
    from synthetic_albums.models.train.denoiser import CLOSEUPS, Recipe, build_parts
    from synthetic_albums.models.train.sheets import assemble
    from synthetic_albums.models.train.text import build_tokenizer
    from synthetic_albums.stages.encoders.networks import IdentityEncoder
    from synthetic_albums.stages.render.builtin.networks import AlbumConditioner, AlbumUpsampler
    from synthetic_albums.stages.render.builtin.words import REGION_WORDS

    parts = build_parts(Recipe(channels=(16, 32, 32), seed=seed))
    known = list(REGION_WORDS if words is None else words)
    if words is not None:
        parts["conditioner"] = AlbumConditioner.from_config({**parts["conditioner"].config, "words": known})
    parts["upsampler"] = AlbumUpsampler(words=known, width=8, depth=1)
    with torch.no_grad():  # it starts as plain enlarging; let it do something
        parts["upsampler"].leave.weight.normal_(std=0.01)
    detailer = build_parts(replace(CLOSEUPS, channels=(16, 16, 32), conditions=8, seed=seed))
    parts |= {f"detail_{name}": part for name, part in detailer.items()}
    if words is not None:
        parts["detail_conditioner"] = AlbumConditioner.from_config({**detailer["conditioner"].config, "words": known})
    parts["tokenizer"] = build_tokenizer()
    parts["identity_encoder"] = IdentityEncoder(widths=(8, 8, 8, 8))
    for name, part in parts.items():
        part.save_pretrained(folder / name)
    assemble(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_builtin(tmp_path_factory):
    """The folder of a tiny built-in model; copy it before changing a file."""
    return write_tiny_model(tmp_path_factory.mktemp("models") / "builtin")


@pytest.fixture
def make_builtin(tmp_path):
    """Write a tiny built-in model with other words or another seed; gives its folder."""
    return lambda **options: write_tiny_model(tmp_path / "made", **options)


@pytest.fixture
def with_tiny_builtin(tiny_builtin, monkeypatch):
    """Let the tiny model take the place of the one that ships."""
    from synthetic_albums.stages.render.builtin import renderer

    monkeypatch.setattr(renderer, "BUILTIN_FOLDER", tiny_builtin)
    return tiny_builtin


@pytest.fixture(scope="session")
def comfyui(tmp_path_factory):
    """The real server, one for all tests; skipped where there is none."""
    from .comfyui.server import comfyui_root, running_comfyui

    if comfyui_root() is None:
        pytest.skip("COMFYUI_ROOT is not set")
    with running_comfyui(tmp_path_factory.mktemp("comfyui")) as server:
        yield server
