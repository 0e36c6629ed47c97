import numpy as np
import pytest
import torch
from synthetic_albums.stages.encoders.networks import CopyEncoder, IdentityEncoder
from synthetic_albums.stages.errors import AlbumError

TINY = {"identity": (IdentityEncoder, {"widths": (4, 4, 8, 8), "dim": 16}),
        "copy": (CopyEncoder, {"widths": (4, 4, 8, 8), "dim": 24, "size": 64})}  # fmt: skip


def tiny(name, seed=0):
    torch.manual_seed(seed)
    kind, options = TINY[name]
    return kind(**options).eval()


def noise(count, height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("name", TINY)
def test_vectors_are_of_unit_length_and_do_not_depend_on_the_batch(name):
    encoder, pictures = tiny(name), noise(70, 64, 64)
    vectors = encoder.encode(pictures)
    assert vectors.shape == (70, TINY[name][1]["dim"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(70), abs=1e-5)
    assert vectors[69:] == pytest.approx(encoder.encode([pictures[69]]), abs=1e-5)
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-4


def test_a_picture_and_its_mirror_image_have_one_vector():
    for name in TINY:
        encoder, pictures = tiny(name), noise(4, 64, 64)
        assert encoder.encode(pictures) == pytest.approx(encoder.encode(pictures[:, :, ::-1].copy()), abs=1e-5)


def test_pictures_of_any_shape_are_encoded_and_none_give_none():
    encoder = tiny("copy")
    assert encoder.encode([*noise(1, 90, 120), *noise(1, 40, 30)]).shape == (2, 24)
    assert encoder.encode([]).shape == (0, 24)


def test_what_is_no_picture_is_refused():
    with pytest.raises(AlbumError, match="uint8"):
        tiny("identity").encode([np.zeros((64, 64, 3), np.float32)])
    with pytest.raises(AlbumError, match=r"\(64, 64\)"):
        tiny("identity").encode([np.zeros((64, 64), np.uint8)])


def test_damaged_weights_are_noticed():
    encoder = tiny("identity")
    with torch.no_grad():
        encoder.leave.bias[0] = float("nan")
    with pytest.raises(AlbumError, match="IdentityEncoder gave values that are not numbers"):
        encoder.encode(noise(1, 64, 64))


def test_the_shipped_sizes_stay_small():
    for kind in (IdentityEncoder, CopyEncoder):
        assert 2 * sum(value.numel() for value in kind().state_dict().values()) < 3 * 2**20
