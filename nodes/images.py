"""Between our pictures, uint8 arrays, and ComfyUI's IMAGE and MASK tensors."""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from torch import Tensor

MAX_BATCH_BYTES: Final = 2**30  # of one IMAGE output, so that an album of hundreds does not fill the memory
CARD_SIZE: Final = (512, 512)  # of the grey cards while no photo of the album is there

_BYTES_PER_PIXEL = 12  # three float32
_log = logging.getLogger(__name__)


def fitting_size(count: int, width: int, height: int) -> tuple[int, int]:
    """The largest (width, height) up to the given one at which `count` pictures stay below `MAX_BATCH_BYTES`."""
    scale = (MAX_BATCH_BYTES / (count * width * height * _BYTES_PER_PIXEL)) ** 0.5
    if scale >= 1:
        return width, height
    reduced = max(1, int(width * scale)), max(1, int(height * scale))
    _log.warning(
        "%d pictures of %d x %d pixels are handed on at %d x %d, to save memory.", count, width, height, *reduced
    )
    return reduced


def image_batch(pictures: Iterable[Any], count: int) -> "Tensor":
    """Stack pictures into an IMAGE.

    Args:
        pictures: each (height, width, 3) uint8, of one size. An iterator is read one at a time.
        count: how many there are, at least 1.

    Returns:
        (count, height, width, 3) float32 in 0..1.
    """
    import torch

    batch = None
    for index, picture in enumerate(pictures):
        if batch is None:
            batch = torch.empty((count, *picture.shape), dtype=torch.float32)
        batch.numpy()[index] = picture  # the same memory; NumPy also reads arrays that are locked
    if batch is None:
        raise ValueError("an IMAGE needs at least one picture")
    return batch.div_(255.0)


def photo_batch(folder: Any, album: Any) -> "Tensor":
    """All photos of an album in order as an IMAGE, with a grey card for each that cannot be shown.

    Args:
        folder: the AlbumFolder.
        album: its Album, with at least one photo.
    """
    from ..stages.render import load_photos

    count = len(album.photos)
    width, height = next(((p.width, p.height) for p in album.photos if p.width), CARD_SIZE)
    return image_batch(load_photos(folder, album, size=fitting_size(count, width, height)), count)


def separate(batches: "Iterable[Tensor | None]") -> list[Any]:
    """A list of IMAGEs as one list of (height, width, channels) float arrays, in the same memory where it can be."""
    return [picture.detach().float().cpu().numpy() for batch in batches if batch is not None for picture in batch]


def mask_batch(masks: Iterable[Any], count: int) -> "Tensor":
    """Stack (height, width) uint8 masks into a MASK, (count, height, width) float32 in 0..1. As `image_batch`."""
    return image_batch(masks, count)
