import numpy as np
import pytest
from synthetic_albums.nodes import images
from synthetic_albums.nodes.images import fitting_size, image_batch, mask_batch, photo_batch


def test_every_value_survives_the_way_to_an_image_and_back():
    picture = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    batch = image_batch([picture, 255 - picture], 2)
    assert batch.shape == (2, 16, 16, 3)
    assert str(batch.dtype) == "torch.float32"
    # What ComfyUI's SaveImage does: scale and cut off, not round.
    back = np.clip(255.0 * batch.numpy(), 0, 255).astype(np.uint8)
    assert np.array_equal(back, [picture, 255 - picture])


def test_pictures_that_are_locked_are_read():
    picture = np.zeros((2, 2, 3), np.uint8)
    picture.flags.writeable = False
    assert image_batch([picture], 1).sum() == 0


def test_masks_have_no_channels():
    batch = mask_batch([np.full((2, 3), 255, np.uint8)], 1)
    assert batch.shape == (1, 2, 3)
    assert batch.min() == 1.0


def test_no_picture_is_no_image():
    with pytest.raises(ValueError, match="at least one"):
        image_batch([], 1)


def test_a_batch_that_fits_keeps_its_size():
    assert fitting_size(8, 512, 384) == (512, 384)


def test_a_batch_that_would_fill_the_memory_is_reduced(caplog):
    width, height = fitting_size(500, 1024, 512)
    assert 500 * width * height * 12 <= images.MAX_BATCH_BYTES
    assert width / height == pytest.approx(2, rel=0.01)
    assert "to save memory" in caplog.text


def test_a_long_albums_photos_are_handed_on_reduced(render, monkeypatch):
    folder, photos, _ = render()
    monkeypatch.setattr(images, "MAX_BATCH_BYTES", 3 * 32 * 32 * 12)
    assert photos.shape == (3, 64, 64, 3)
    assert photo_batch(folder, folder.read()).shape == (3, 32, 32, 3)
