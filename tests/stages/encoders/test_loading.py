import hashlib
import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from synthetic_albums.stages.encoders import load_copy_encoder, load_identity_encoder, load_judge
from synthetic_albums.stages.encoders.networks import CopyEncoder, IdentityEncoder
from synthetic_albums.stages.errors import AlbumError

WEIGHTS = "diffusion_pytorch_model.safetensors"


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    IdentityEncoder(widths=(4, 4, 8, 8), dim=16).save_pretrained(tmp_path / "identity_encoder")
    return tmp_path / "identity_encoder"


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def damage(path):
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def test_what_was_saved_is_loaded(folder):
    encoder = load_identity_encoder(folder)
    crop = np.random.default_rng(0).integers(0, 256, (1, 64, 64, 3), dtype=np.uint8)
    again = IdentityEncoder.from_pretrained(folder).eval()
    assert not encoder.training
    assert encoder.encode(crop) == pytest.approx(again.encode(crop), abs=1e-6)


def test_half_precision_files_are_computed_in_single_precision(folder):
    IdentityEncoder.from_pretrained(folder).half().save_pretrained(folder)
    assert load_identity_encoder(folder).dtype == torch.float32


def test_missing_folders_and_files_are_named(folder):
    with pytest.raises(AlbumError, match="nowhere"):
        load_copy_encoder(folder.parent / "nowhere")
    (folder / WEIGHTS).unlink()
    with pytest.raises(AlbumError, match=WEIGHTS):
        load_identity_encoder(folder)


@pytest.mark.parametrize("place", ["own", "of the model"])
def test_altered_weights_are_refused_with_both_hashes(folder, place):
    good = sha(folder / WEIGHTS)
    if place == "own":
        (folder / "hashes.json").write_text(json.dumps({WEIGHTS: good}))
    else:
        (folder.parent / "hashes.json").write_text(json.dumps({f"identity_encoder/{WEIGHTS}": good}))
    load_identity_encoder(folder)
    damage(folder / WEIGHTS)
    with pytest.raises(AlbumError, match="altered") as caught:
        load_identity_encoder(folder)
    assert good in str(caught.value)
    assert sha(folder / WEIGHTS) in str(caught.value)


def test_a_broken_list_of_hashes_is_named(folder):
    (folder.parent / "hashes.json").write_text("[1]")
    with pytest.raises(AlbumError, match="list of hashes"):
        load_identity_encoder(folder)


def test_weights_of_another_network_are_refused(folder):
    with pytest.raises(AlbumError, match="CopyEncoder"):
        load_copy_encoder(folder)
    CopyEncoder(widths=(4, 4, 8, 8), dim=8).save_pretrained(folder.parent / "copy_encoder")
    assert load_copy_encoder(folder.parent / "copy_encoder").config.dim == 8
    with pytest.raises(AlbumError, match="Judge"):
        load_judge(folder)


def test_missing_weights_do_not_become_random_ones(folder):
    tensors = load_file(folder / WEIGHTS)
    del tensors["leave.weight"]
    save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
    with pytest.raises(AlbumError, match="leave"):
        load_identity_encoder(folder)


def test_a_file_that_is_no_safetensors_is_an_error_of_the_user(folder):
    (folder / WEIGHTS).write_bytes(b"nothing")
    with pytest.raises(AlbumError, match="cannot be read"):
        load_identity_encoder(folder)
