import numpy as np
import pytest
import torch
from synthetic_albums.models.train.augment import jittered, noisy, patched, relit, softened

WHOLE = {"cover": (1.0, 1.0), "shift": 0.0, "degrees": 0.0}


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def pictures(count=6, size=40):
    return torch.from_numpy(np.random.default_rng(0).integers(0, 256, (count, size, size, 3), dtype=np.uint8))


def floats(count=6, size=40):
    return jittered(pictures(count, size), size, seeded(), mirror=False, **WHOLE)


def test_without_jitter_a_picture_stays_what_it_is():
    expected = pictures().movedim(-1, 1).float() / 127.5 - 1
    assert torch.allclose(floats(), expected, atol=1e-4)


def test_every_second_one_is_mirrored():
    made, plain = jittered(pictures(64), 40, seeded(), mirror=True, **WHOLE), floats(64)
    mirrored = [torch.allclose(a, b.flip(2), atol=1e-4) for a, b in zip(made, plain, strict=True)]
    same = [torch.allclose(a, b, atol=1e-4) for a, b in zip(made, plain, strict=True)]
    assert sum(mirrored) + sum(same) == 64
    assert 16 < sum(mirrored) < 48


def test_cover_and_shift_choose_the_square():
    ramp = torch.arange(40).repeat(3, 40, 1).permute(1, 2, 0)[None].to(torch.uint8).repeat(32, 1, 1, 1) * 5
    made = jittered(ramp, 20, seeded(), cover=(0.5, 0.5), shift=0.2, degrees=0, mirror=False)
    columns = (made[:, 0, 10] + 1) * 127.5 / 5
    assert torch.allclose(columns[:, -1] - columns[:, 0], torch.tensor(19.0), atol=0.05)
    middles = columns.mean(dim=1)
    assert middles.min() > 19.5 - 0.2 * 40 - 0.1
    assert middles.max() < 19.5 + 0.2 * 40 + 0.1
    assert middles.std() > 2


@pytest.mark.parametrize(
    "change",
    [
        lambda x, g: relit(x, g),
        lambda x, g: softened(x, g, smallest=8, share=1.0),
        lambda x, g: noisy(x, g),
        lambda x, g: patched(x, g, share=1.0),
    ],
    ids=["relit", "softened", "noisy", "patched"],
)
def test_changes_keep_shape_and_range_and_follow_their_seed(change):
    before = floats()
    made = change(before, seeded(1))
    assert made.shape == before.shape
    assert made.min() >= -1
    assert made.max() <= 1
    assert torch.equal(made, change(before, seeded(1)))
    assert not torch.equal(made, change(before, seeded(2)))
    assert all((a != b).any() for a, b in zip(made, before, strict=True))


def test_soft_pictures_have_less_detail():
    before = floats()
    made = softened(before, seeded(), smallest=8, share=1.0)
    assert made.diff(dim=3).abs().mean() < 0.6 * before.diff(dim=3).abs().mean()


def test_patches_cover_some_pictures_only():
    before = floats(200, 16)
    changed = (patched(before, seeded(), share=0.3) != before).flatten(1).any(dim=1).float().mean()
    assert 0.15 < changed < 0.45
